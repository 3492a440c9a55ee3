// Standard input and output that are a terminal. `script` of util-linux makes one: it sleeps at
// the far end of it, whose name it tells, and what it is given counts as typed. Where it is
// missing, the test is skipped and says so.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { E, F, OUT, TYPE, play, rights } from "./kit.ts";
import type { Player, Tests } from "./kit.ts";
import { poll } from "./process.ts";

const MS = 1_000_000n;
const hasScript = spawnSync("script", ["--version"], { stdio: "ignore" }).status === 0;

class Terminal {
  readonly fd: number;
  private readonly script: ChildProcess;

  constructor(directory: string) {
    const name = join(directory, "tty");
    const sleep = `stty -echo; tty > '${name}'; exec sleep 600`;
    const stdio = ["pipe", "ignore", "ignore"] as const;
    this.script = spawn("script", ["-qc", sleep, "/dev/null"], { stdio: [...stdio] });
    execFileSync("sh", ["-c", 'until test -s "$0"; do sleep 0.02; done', name]);
    this.fd = openSync(readFileSync(name, "utf8").trim(), constants.O_RDWR | constants.O_NOCTTY);
  }

  type(text: string): void {
    this.script.stdin!.write(text);
  }

  close(): void {
    closeSync(this.fd);
    this.script.kill("SIGKILL");
  }
}

const soon = { data: 9n, clock: [1, 20n * MS, 0] } as const;
const late = { data: 9n, clock: [1, 100_000n * MS, 0] } as const;

/** What a poll of standard input tells, and how many bytes there are; 9 when time is up. */
async function wait(p: Player, clock: typeof soon | typeof late): Promise<[bigint, bigint]> {
  const [event] = await poll(p, [{ data: 1n, read: 0 }, clock]);
  expect(event!.error).toBe(0);
  return [event!.data, event!.bytes];
}

/** The guest is told that it is a terminal: no right to seek, and no offset. */
async function isTerminal(p: Player): Promise<void> {
  for (const fd of [0, 1]) {
    const { type, base } = await p.fdstat(fd);
    expect(type).toBe(TYPE.character);
    const some = rights("setFlags", "sync", "datasync", "stat", "poll", "read", "write");
    expect(base).toBe(some);
    await p.fails(E.spipe, "fd_seek", fd, 0n, 1, OUT);
  }
}

async function talk(p: Player, terminal: Terminal): Promise<void> {
  await isTerminal(p);
  await p.write(1, "what is your name?\n");
  const [written] = await poll(p, [{ data: 2n, write: 1 }, late]);
  expect([written!.data, written!.error]).toEqual([2n, 0]);
  expect(await wait(p, soon)).toEqual([9n, 0n]);
  terminal.type("a line\nanother\n");
  expect((await wait(p, late))[0]).toBe(1n);
  expect(await p.read(0, 3)).toBe("a l");
  expect(await p.read(0)).toBe("ine\n");
  expect(await p.read(0)).toBe("another\n");
  // A line is not there before it is ended, be it by the key for the end of input.
  terminal.type("half");
  expect(await wait(p, soon)).toEqual([9n, 0n]);
  terminal.type("\x04");
  expect((await wait(p, late))[0]).toBe(1n);
  expect(await p.read(0)).toBe("half");
  terminal.type("\x04");
  expect(await p.read(0)).toBe("");
  terminal.type("it goes on\n");
  expect(await p.read(0)).toBe("it goes on\n");
  await p.ok("fd_fdstat_set_flags", 0, F.nonblock);
  await p.fails(E.again, "fd_read", 0, ...(await p.vectors(8)), OUT);
  terminal.type("now\n");
  expect((await wait(p, late))[0]).toBe(1n);
  expect(await p.read(0)).toBe("now\n");
  await p.fails(E.again, "fd_read", 0, ...(await p.vectors(8)), OUT);
  await p.ok("fd_fdstat_set_flags", 0, 0);
  setTimeout(() => terminal.type("patience\n"), 200);
  expect(await p.read(0)).toBe("patience\n");
}

export function terminalTests({ host }: Tests): void {
  const missing = hasScript ? "" : " (script is not on the PATH)";
  const title = `fd_read fd_write poll_oneoff: talk to a terminal${missing}`;
  it.runIf(hasScript)(title, async () => {
    let terminal: Terminal | undefined;
    const world = (outside: string): { stdin: number; stdout: number } => {
      terminal = new Terminal(outside);
      return { stdin: terminal.fd, stdout: terminal.fd };
    };
    try {
      await play(host, world, (p) => talk(p, terminal!));
    } finally {
      terminal?.close();
    }
  });
}
