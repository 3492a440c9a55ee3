// The loader's control mode from the other side, as bare as it is: one request, its reply, and host
// calls in between, during which more requests may be made. The tests of the runtime use it to say
// things that no engine would say.

import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { REPLY, REQUEST } from "../src/abi.ts";
import { FrameReader, FrameSplitter, FrameWriter } from "../src/engine/frames.ts";
import type { Value } from "../src/engine/store.ts";

export interface Reply {
  readonly message: number;
  readonly read: FrameReader;
}

/** Answers a host call; may use the session meanwhile. */
export type HostAnswer = (number: number, args: readonly Value[]) => Promise<FrameWriter>;

export interface Handle {
  readonly kind: number;
  readonly id: number;
}

export class Session {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly replies: Reply[] = [];
  private wake: () => void = () => undefined;
  private over = "";
  onHost: HostAnswer = () => Promise.resolve(new FrameWriter(REQUEST.hostTrap).text("no host"));

  /** Starts the loader by this command; `streams` become its descriptors from 3 on. */
  constructor(
    [program = "", ...words]: readonly string[],
    options: readonly string[] = [],
    streams: readonly (number | "ignore")[] = [],
  ) {
    const stdio: ["pipe", "pipe", "inherit"] = ["pipe", "pipe", "inherit"];
    this.child = spawn(program, [...words, "--control", ...options], {
      stdio: [...stdio, ...streams] as typeof stdio,
    });
    const splitter = new FrameSplitter((message, payload) => {
      this.replies.push({ message, read: new FrameReader(Uint8Array.from(payload)) });
      this.wake();
    });
    this.child.stdout.on("data", (chunk: Uint8Array) => splitter.push(chunk));
    this.child.stdin.on("error", () => undefined);
    this.child.on("close", (code, signal) => {
      this.over = `the loader ended: ${signal ?? code}`;
      this.wake();
    });
  }

  /** Process of the loader, or of the emulator that it runs in. */
  get pid(): number {
    return this.child.pid!;
  }

  private async next(): Promise<Reply> {
    for (;;) {
      const reply = this.replies.shift();
      if (reply !== undefined) return reply;
      if (this.over !== "") throw new Error(this.over);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  /** Sends a request and waits for its reply, serving host calls until it comes. */
  async request(frame: FrameWriter): Promise<Reply> {
    this.child.stdin.write(frame.done().slice());
    for (;;) {
      const reply = await this.next();
      if (reply.message !== REPLY.hostCall) return reply;
      const number = reply.read.u32();
      const answer = await this.onHost(number, reply.read.values());
      this.child.stdin.write(answer.done().slice());
    }
  }

  /** The same for a request that must succeed. */
  async ok(frame: FrameWriter): Promise<FrameReader> {
    const { message, read } = await this.request(frame);
    if (message === REPLY.ok) return read;
    const why = message === REPLY.trap ? `trap ${read.u32()}` : read.text();
    throw new Error(`reply ${message}: ${why}`);
  }

  load(artifact: Uint8Array): Promise<Reply> {
    const frame = new FrameWriter(REQUEST.load).u32(artifact.length);
    return this.request(frame.raw(artifact));
  }

  instantiate(module: number, imports: readonly Handle[]): Promise<Reply> {
    const frame = new FrameWriter(REQUEST.instantiate).u32(module).u32(imports.length);
    for (const { kind, id } of imports) frame.u8(kind).u64(id);
    return this.request(frame);
  }

  async exports(instance: number): Promise<Map<string, Handle>> {
    const reply = await this.ok(new FrameWriter(REQUEST.exports).u32(instance));
    const found = new Map<string, Handle>();
    for (let n = reply.u32(); n > 0; n--) {
      const name = reply.text();
      found.set(name, { kind: reply.u8(), id: reply.u64() });
    }
    return found;
  }

  /** Loads, instantiates and answers the exports. */
  async link(artifact: Uint8Array, imports: readonly Handle[]): Promise<Map<string, Handle>> {
    const loaded = await this.load(artifact);
    if (loaded.message !== REPLY.ok) throw new Error(loaded.read.text());
    const made = await this.instantiate(loaded.read.u32(), imports);
    if (made.message === REPLY.trap) throw new Error(`trap ${made.read.u32()}`);
    if (made.message !== REPLY.ok) throw new Error(made.read.text());
    return this.exports(made.read.u32());
  }

  invoke(func: number, args: readonly Value[]): Promise<Reply> {
    return this.request(new FrameWriter(REQUEST.invoke).u64(func).values(args));
  }

  async end(): Promise<void> {
    if (this.over !== "") return;
    await this.request(new FrameWriter(REQUEST.quit));
    this.child.stdin.end();
  }
}
