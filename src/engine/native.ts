// The native engine as a store: a loader in control mode (ingot-rt --control) as a child process,
// which maps artifacts and runs their code. In: modules, compiled here. Out: the Store interface.
// The same client drives the code of any target: under an emulator the command is just longer.

import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { REPLY, REQUEST, TRAP, trapText } from "../abi.ts";
import { Exhaustion, LinkError, Trap } from "../support/errors.ts";
import type { ExternKind, Module } from "../wasm/module.ts";
import type { FuncType, GlobalType, Limits, TableType } from "../wasm/types.ts";
import { FrameReader, FrameSplitter, FrameWriter } from "./frames.ts";
import { Exit } from "./store.ts";
import type { Extern, Frame, HostFunc, Instance, Store, Value } from "./store.ts";

/** A trap of native code, with its Wasm stack. */
export class NativeTrap extends Trap {
  override name = "Trap";
  readonly frames: readonly Frame[];
  constructor(reason: string, frames: readonly Frame[]) {
    super(reason, frames[0]?.offset ?? -1, frames[0]?.func ?? -1);
    this.frames = frames;
  }
}

const KINDS: readonly ExternKind[] = ["func", "table", "memory", "global"];

interface Waiting {
  readonly resolve: (reply: FrameReader) => void;
  readonly reject: (error: Error) => void;
}

export interface NativeOptions {
  /** The loader and what comes before it, e.g. ["qemu-aarch64", "build/arm64/ingot-rt"]. */
  readonly command: readonly string[];
  /** Compiles a module for the loader's target. */
  readonly compile: (module: Module) => Promise<Uint8Array>;
}

export class NativeStore implements Store {
  private readonly options: NativeOptions;
  private child: ChildProcessByStdio<Writable, Readable, null> | undefined;
  private waiting: Waiting[] = [];
  private hostFuncs: HostFunc[] = [];
  private thrown: unknown;
  private readonly artifacts = new WeakMap<Module, Promise<Uint8Array>>();

  constructor(options: NativeOptions) {
    this.options = options;
  }

  private start(): ChildProcessByStdio<Writable, Readable, null> {
    const [command = "", ...args] = this.options.command;
    const child = spawn(command, [...args, "--control"], { stdio: ["pipe", "pipe", "inherit"] });
    const splitter = new FrameSplitter((message, payload) => this.onReply(message, payload));
    child.stdout.on("data", (chunk: Uint8Array) => splitter.push(chunk));
    child.stdin.on("error", () => undefined);
    child.on("error", (error) => this.fail(`cannot start the loader: ${error.message}`));
    child.on("exit", (code, signal) => {
      if (this.child === child) this.child = undefined;
      this.fail(`the loader ended unexpectedly (${signal ?? `exit code ${code}`})`);
    });
    this.child = child;
    return child;
  }

  private fail(why: string): void {
    const { waiting } = this;
    this.waiting = [];
    for (const w of waiting) w.reject(new Error(why));
  }

  private send(request: FrameWriter): void {
    (this.child ?? this.start()).stdin.write(request.done());
  }

  private request(request: FrameWriter): Promise<FrameReader> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.send(request);
    });
  }

  private onReply(message: number, payload: Uint8Array): void {
    const reply = new FrameReader(payload);
    if (message === REPLY.hostCall) {
      this.callHost(reply);
      return;
    }
    const waiting = this.waiting.shift();
    if (waiting === undefined) return;
    if (message === REPLY.ok) waiting.resolve(reply);
    else waiting.reject(this.errorOf(message, reply));
  }

  private callHost(call: FrameReader): void {
    const func = this.hostFuncs[call.u32()]!;
    try {
      const results = func(call.values());
      this.send(new FrameWriter(REQUEST.hostReturn).values(results));
    } catch (error) {
      this.thrown = error;
      this.send(new FrameWriter(REQUEST.hostTrap).text(String(error)));
    }
  }

  private errorOf(message: number, reply: FrameReader): Error {
    switch (message) {
      case REPLY.trap:
        return trapOf(reply);
      case REPLY.linkError:
        return new LinkError(reply.text());
      case REPLY.hostError:
        return this.thrown instanceof Error ? this.thrown : new Error(reply.text());
      case REPLY.exit:
        return new Exit(reply.u32());
      default:
        return new Error(reply.text());
    }
  }

  async instantiate(module: Module, imports: readonly Extern[]): Promise<Instance> {
    let artifact = this.artifacts.get(module);
    if (artifact === undefined) {
      artifact = this.options.compile(module);
      this.artifacts.set(module, artifact);
    }
    const bytes = await artifact;
    const load = new FrameWriter(REQUEST.load).u32(bytes.length).raw(bytes);
    const loaded = (await this.request(load)).u32();
    const request = new FrameWriter(REQUEST.instantiate).u32(loaded).u32(imports.length);
    for (const { kind, id } of imports) request.u8(KINDS.indexOf(kind)).u64(id);
    const instance = (await this.request(request)).u32();
    const reply = await this.request(new FrameWriter(REQUEST.exports).u32(instance));
    const exports = new Map<string, Extern>();
    for (let n = reply.u32(); n > 0; n--) {
      const name = reply.text();
      const kind = KINDS[reply.u8()]!;
      exports.set(name, { kind, id: reply.u64() });
    }
    return { module, exports };
  }

  async invoke(func: Extern, args: readonly Value[]): Promise<readonly Value[]> {
    const request = new FrameWriter(REQUEST.invoke).u64(func.id).values(args);
    return (await this.request(request)).values();
  }

  /** Like `invoke`, and how long the call took in the loader, in nanoseconds. */
  async time(func: Extern, args: readonly Value[]): Promise<{ ns: number; results: Value[] }> {
    const reply = await this.request(new FrameWriter(REQUEST.time).u64(func.id).values(args));
    return { ns: reply.u64(), results: reply.values() };
  }

  /**
   * The loader's WASI as imports of wasi_snapshot_preview1, by name; `dirs` are (host, guest)
   * pairs.
   */
  async wasi(
    args: readonly string[],
    env: readonly string[],
    dirs: readonly (readonly [host: string, guest: string])[],
  ): Promise<ReadonlyMap<string, Extern>> {
    const request = new FrameWriter(REQUEST.wasi).u32(args.length);
    for (const arg of args) request.text(arg);
    request.u32(env.length);
    for (const pair of env) request.text(pair);
    request.u32(dirs.length);
    for (const [host, guest] of dirs) request.text(host).text(guest).u8(0);
    const reply = await this.request(request);
    const externs = new Map<string, Extern>();
    for (let n = reply.u32(); n > 0; n--) {
      const module = reply.text();
      const name = reply.text();
      const id = reply.u64();
      if (module === "wasi_snapshot_preview1") externs.set(name, { kind: "func", id });
    }
    return externs;
  }

  private async handle(kind: ExternKind, request: FrameWriter): Promise<Extern> {
    return { kind, id: (await this.request(request)).u64() };
  }

  newFunc(type: FuncType, call: HostFunc): Promise<Extern> {
    const number = this.hostFuncs.push(call) - 1;
    const bytes = (ts: readonly number[]): string => String.fromCharCode(...ts);
    const request = new FrameWriter(REQUEST.newFunc)
      .u32(number)
      .text(type.key)
      .text(bytes(type.params))
      .text(bytes(type.results));
    return this.handle("func", request);
  }

  newMemory({ min, max }: Limits): Promise<Extern> {
    return this.handle("memory", new FrameWriter(REQUEST.newMemory).u32(min).u64(max));
  }

  newTable({ elem, limits }: TableType, init: Value): Promise<Extern> {
    const request = new FrameWriter(REQUEST.newTable);
    return this.handle("table", request.u8(elem).u32(limits.min).u64(limits.max).value(init));
  }

  newGlobal({ type, mutable }: GlobalType, init: Value): Promise<Extern> {
    const request = new FrameWriter(REQUEST.newGlobal);
    return this.handle(
      "global",
      request
        .u8(type)
        .u8(mutable ? 1 : 0)
        .value(init),
    );
  }

  async globalGet(global: Extern): Promise<Value> {
    return (await this.request(new FrameWriter(REQUEST.globalGet).u64(global.id))).value();
  }

  async globalSet(global: Extern, value: Value): Promise<void> {
    await this.request(new FrameWriter(REQUEST.globalSet).u64(global.id).value(value));
  }

  async tableGet(table: Extern, index: number): Promise<Value> {
    return (await this.request(new FrameWriter(REQUEST.tableGet).u64(table.id).u32(index))).value();
  }

  async tableSet(table: Extern, index: number, value: Value): Promise<void> {
    await this.request(new FrameWriter(REQUEST.tableSet).u64(table.id).u32(index).value(value));
  }

  async tableSize(table: Extern): Promise<number> {
    return (await this.request(new FrameWriter(REQUEST.tableSize).u64(table.id))).u32();
  }

  async memorySize(memory: Extern): Promise<number> {
    return (await this.request(new FrameWriter(REQUEST.memorySize).u64(memory.id))).u64();
  }

  async memoryRead(memory: Extern, offset: number, count: number): Promise<Uint8Array> {
    const request = new FrameWriter(REQUEST.memoryRead).u64(memory.id).u64(offset).u32(count);
    return (await this.request(request)).rest();
  }

  async memoryWrite(memory: Extern, offset: number, bytes: Uint8Array): Promise<void> {
    const request = new FrameWriter(REQUEST.memoryWrite).u64(memory.id).u64(offset);
    await this.request(request.u32(bytes.length).raw(bytes));
  }

  async clear(): Promise<void> {
    this.hostFuncs = [];
    if (this.child !== undefined) await this.request(new FrameWriter(REQUEST.freeAll));
  }

  async close(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    child.removeAllListeners("exit");
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.stdin.end(new FrameWriter(REQUEST.quit).done());
    await ended;
  }
}

function trapOf(reply: FrameReader): Trap {
  const code = reply.u32();
  const reason = trapText(code);
  const frames = Array.from({ length: reply.u32() }, () => ({
    func: reply.u32(),
    offset: reply.u32() | 0, // -1: unknown
    name: reply.text(),
  }));
  if (code === TRAP.stack) return new Exhaustion(reason, frames[0]?.offset, frames[0]?.func);
  return new NativeTrap(reason, frames);
}
