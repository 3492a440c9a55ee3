// The TypeScript host as a host of the conformance suite: in a process of its own (guest.js), since
// its calls block, and so that standard streams are those of a process. In: calls as messages.

import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Exit } from "./guest.ts";
import type { Guest, Host, World } from "./guest.ts";

/** What the process is asked for. */
export type Request =
  | { readonly start: World }
  | { readonly call: string; readonly args: readonly (number | bigint)[] }
  | { readonly read: readonly [at: number, count: number] }
  | { readonly write: readonly [at: number, bytes: Uint8Array] };

/** And answers. */
export type Reply =
  { readonly value: unknown } | { readonly exit: number } | { readonly failure: string };

const root = new URL("../..", import.meta.url).pathname.replace(/dist\/$/, "");
const PROGRAM = fileURLToPath(new URL(`file://${root}dist/tools/wasi/process-of-node.js`));

// What is measured is what is kept, not how long garbage may lie.
const execArgv = ["--max-semi-space-size=1"];

class ProcessGuest implements Guest {
  names: readonly string[] = [];
  private readonly child: ChildProcess;
  private waiting: ((reply: Reply) => void)[] = [];

  constructor({ stdin, stdout }: World) {
    const stdio = [stdin ?? "ignore", stdout ?? "ignore", "inherit", "ipc"] as const;
    this.child = fork(PROGRAM, { stdio: [...stdio], serialization: "advanced", execArgv });
    this.child.on("message", (reply: Reply) => this.waiting.shift()?.(reply));
    this.child.on("exit", (code, signal) => {
      const failure = `the host ended: ${signal ?? code}`;
      for (const answer of this.waiting.splice(0)) answer({ failure });
    });
  }

  private async ask(request: Request): Promise<unknown> {
    const reply = await new Promise<Reply>((resolve) => {
      this.waiting.push(resolve);
      this.child.send(request);
    });
    if ("failure" in reply) throw new Error(reply.failure);
    if ("exit" in reply) throw new Exit(reply.exit);
    return reply.value;
  }

  async start(world: World): Promise<void> {
    this.names = (await this.ask({ start: world })) as string[];
  }

  async call(name: string, ...args: (number | bigint)[]): Promise<number> {
    return (await this.ask({ call: name, args })) as number;
  }

  async read(at: number, count: number): Promise<Uint8Array> {
    return (await this.ask({ read: [at, count] })) as Uint8Array;
  }

  async write(at: number, bytes: Uint8Array): Promise<void> {
    await this.ask({ write: [at, bytes] });
  }

  usage(): { descriptors: number; bytes: number } {
    const proc = `/proc/${this.child.pid}`;
    const pages = Number(readFileSync(`${proc}/statm`, "utf8").split(" ")[1]);
    return { descriptors: readdirSync(`${proc}/fd`).length, bytes: pages * 4096 };
  }

  async end(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }
}

export const node: Host = {
  name: "node",
  missing: existsSync(PROGRAM) ? "" : "make build has not been run",
  fewer: 1,
  listens: false,
  async start(world: World): Promise<Guest> {
    const guest = new ProcessGuest(world);
    await guest.start(world);
    return guest;
  },
};
