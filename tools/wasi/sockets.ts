// The functions on sockets, with this process at the other end.

import { once } from "node:events";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import type { Writable } from "node:stream";
import { expect, it } from "vitest";
import { DATA, E, F, OUT, TYPE, bytesOf, play, rights, textOf } from "./kit.ts";
import type { Player, Tests } from "./kit.ts";

/** A port that nobody listened at a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function receive(p: Player, fd: number, flags = 0): Promise<string> {
  await p.ok("sock_recv", fd, ...(await p.vectors(3, 100)), flags, OUT, OUT + 4);
  return textOf(await p.guest.read(DATA, await p.u32()));
}

/** Waits for what another process does. */
async function until(happened: () => Promise<boolean>): Promise<void> {
  for (let k = 0; k < 500 && !(await happened()); k++) await new Promise((r) => setTimeout(r, 10));
}

async function accepted(p: Player, flags = 0): Promise<number> {
  await p.ok("sock_accept", 4, flags, OUT);
  return p.u32();
}

async function talk(p: Player, socket: Socket): Promise<void> {
  const fd = await accepted(p);
  expect((await p.fdstat(fd)).type).toBe(TYPE.stream);
  let heard = "";
  const ended = once(socket, "end");
  socket.on("data", (chunk: Uint8Array) => (heard += textOf(chunk)));
  socket.write("hello");
  expect(await receive(p, fd, 1)).toBe("hello"); // a peek
  expect(await receive(p, fd)).toBe("hello");
  await p.guest.write(DATA, bytesOf("good day"));
  await p.ok("sock_send", fd, ...(await p.vectors(4, 4)), 0, OUT);
  expect(await p.u32()).toBe(8);
  await until(() => Promise.resolve(heard === "good day"));
  expect(heard).toBe("good day");
  await p.write(fd, "!");
  socket.write("bye");
  expect(await p.read(fd)).toBe("bye");
  await p.ok("fd_fdstat_set_flags", fd, F.nonblock);
  const vectors = await p.vectors(3);
  await p.fails(E.again, "sock_recv", fd, ...vectors, 0, OUT, OUT + 4);
  await p.fails(E.again, "fd_read", fd, ...vectors, OUT);
  await p.fails(E.inval, "sock_recv", fd, ...vectors, 4, OUT, OUT + 4);
  await p.fails(E.inval, "sock_send", fd, ...vectors, 1, OUT);
  for (const how of [0, 4]) await p.fails(E.inval, "sock_shutdown", fd, how);
  await p.ok("sock_shutdown", fd, 2);
  await p.fails(E.pipe, "sock_send", fd, ...vectors, 0, OUT);
  await ended;
  await p.ok("sock_shutdown", fd, 1);
  expect(await receive(p, fd)).toBe("");
}

/** What Node makes of "pipe" are sockets, which is nothing to a guest. */
function standardSocket({ test }: Tests): void {
  let child: ChildProcess;
  const withSocket = (): { stdin: number } => {
    // The guest's end is the one that Node does not read; a socket can be written to from both.
    const script = 'printf "through a socket" >&0; read line <&3';
    const stdio = ["pipe", "ignore", "ignore", "pipe"] as const;
    child = spawn("sh", ["-c", script], { stdio: [...stdio] });
    return { stdin: (child.stdin as unknown as { _handle: { fd: number } })._handle.fd };
  };
  test(
    "fd_read sock_recv sock_shutdown",
    "take standard input that is a socket for a pipe",
    async (p) => {
      const { type, base } = await p.fdstat(0);
      expect(type).toBe(TYPE.unknown);
      const some = rights("setFlags", "sync", "datasync", "stat", "poll", "read");
      expect(base & ~rights("write")).toBe(some);
      await p.ok("fd_filestat_get", 0, OUT);
      expect((await p.stats()).type).toBe(TYPE.unknown);
      expect(await p.read(0)).toBe("through a socket");
      await p.fails(E.notsock, "sock_recv", 0, ...(await p.vectors(1)), 0, OUT, OUT + 4);
      await p.fails(E.notsock, "sock_shutdown", 0, 1);
      (child.stdio[3] as Writable).end("\n");
      expect(await p.read(0)).toBe("");
    },
    withSocket,
  );
}

export function socketTests(tests: Tests): void {
  const { test, host, tested } = tests;
  standardSocket(tests);
  ["sock_accept", "sock_recv", "sock_send", "sock_shutdown"].forEach((name) => tested.add(name));
  it.skipIf(!host.listens)("sock_accept sock_recv sock_send sock_shutdown: serve", async () => {
    const port = await freePort();
    await play(host, { listen: `127.0.0.1:${port}` }, async (p) => {
      expect((await p.fdstat(4)).type).toBe(TYPE.stream);
      await p.ok("fd_fdstat_set_flags", 4, F.nonblock);
      await p.fails(E.again, "sock_accept", 4, 0, OUT);
      await p.fails(E.inval, "sock_accept", 4, F.append, OUT);
      await p.ok("fd_fdstat_set_flags", 4, 0);
      const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
      try {
        await once(socket, "connect");
        await talk(p, socket);
      } finally {
        socket.destroy();
      }
    });
  });
  test("sock_accept sock_recv sock_send sock_shutdown", "want sockets", async (p) => {
    const fd = await p.create("f");
    const vectors = await p.vectors(1);
    for (const [errno, on] of [
      [E.notsock, fd],
      [E.notsock, 1],
      [E.notsock, 3],
      [E.badf, 99],
    ] as const) {
      await p.fails(errno, "sock_accept", on, 0, OUT);
      await p.fails(errno, "sock_recv", on, ...vectors, 0, OUT, OUT + 4);
      await p.fails(errno, "sock_send", on, ...vectors, 0, OUT);
      await p.fails(errno, "sock_shutdown", on, 1);
    }
  });
}
