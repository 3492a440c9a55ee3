// Runs modules on the IR itself, at a chosen stage, through the same interface as an engine: so the
// differential test and the scripts of the specification also check translation and each pass
// without any machine code. All functions of a module are built, and taken as far as the stage
// says, at once. Functions and globals may be imported; memories and tables may not, though they
// can be made, for scripts that do not use them.

import type { Extern, HostFunc, Instance as Made, Store, Value } from "../src/engine/store.ts";
import { Unsupported, bug } from "../src/support/errors.ts";
import type { Bounds } from "../src/translate/env.ts";
import { newEnv } from "../src/translate/env.ts";
import type { Module } from "../src/wasm/module.ts";
import type { FuncType, GlobalType, ValType } from "../src/wasm/types.ts";
import { Instance } from "./instance.ts";
import type { Cell } from "./instance.ts";
import { translate } from "./passes.ts";
import { valuesOf, wordsOf } from "./traces.ts";

export type Stage = "built" | "tidied" | "placed";

const PASSES: Readonly<Record<Stage, readonly string[]>> = {
  built: [],
  tidied: ["tidy"],
  placed: ["tidy", "place"],
};
const STEPS = 3_000_000;

interface Func {
  readonly type: FuncType;
  readonly call: (words: Int32Array) => ArrayLike<number>;
}

interface Global extends Cell {
  readonly type: ValType;
}

/** A store over the IR. */
export class IrEngine implements Store {
  private readonly bounds: Bounds;
  private readonly stage: Stage;
  private funcs: Func[] = [];
  private globals: Global[] = [];
  private memories: (() => DataView)[] = [];

  constructor(bounds: Bounds, stage: Stage) {
    this.bounds = bounds;
    this.stage = stage;
  }

  async instantiate(module: Module, imports: readonly Extern[]): Promise<Made> {
    const source = { module, env: newEnv(module, this.bounds) };
    const funcs = module.bodies.map((_, k) =>
      translate(source, module.importedFuncs + k, PASSES[this.stage]),
    );
    const host = imports.flatMap(({ kind, id }) => (kind === "func" ? [this.funcs[id]!.call] : []));
    const cells = imports.flatMap(({ kind, id }) => (kind === "global" ? [this.globals[id]!] : []));
    const instance = new Instance(source, funcs, host, STEPS, cells);
    const exports = module.exports.map(({ name, kind, index }): [string, Extern] => {
      if (kind === "func") return [name, this.addFunc(module, instance, index)];
      if (kind === "global") return [name, this.addGlobal(module, instance, index)];
      if (kind === "table") return [name, { kind, id: 0 }];
      return [name, { kind, id: this.memories.push(() => instance.memory(index)) - 1 }];
    });
    return { module, exports: new Map(exports) };
  }

  private addFunc(module: Module, instance: Instance, index: number): Extern {
    const type = module.types[module.funcs[index]!]!;
    const call = (words: Int32Array): ArrayLike<number> => instance.invoke(index, words);
    return { kind: "func", id: this.funcs.push({ type, call }) - 1 };
  }

  private addGlobal(module: Module, instance: Instance, index: number): Extern {
    const global = { type: module.globals[index]!.type, ...instance.cell(index) };
    return { kind: "global", id: this.globals.push(global) - 1 };
  }

  async invoke({ id }: Extern, args: readonly Value[]): Promise<readonly Value[]> {
    const { type, call } = this.funcs[id]!;
    return valuesOf(type.results, call(wordsOf(args)));
  }

  async newFunc(type: FuncType, host: HostFunc): Promise<Extern> {
    const call = (words: Int32Array): Int32Array => wordsOf(host(valuesOf(type.params, words)));
    return { kind: "func", id: this.funcs.push({ type, call }) - 1 };
  }

  async newGlobal({ type }: GlobalType, init: Value): Promise<Extern> {
    const view = new DataView(new ArrayBuffer(16));
    const extern: Extern = {
      kind: "global",
      id: this.globals.push({ type, view, at: 0 }) - 1,
    };
    await this.globalSet(extern, init);
    return extern;
  }

  async newMemory(): Promise<Extern> {
    return { kind: "memory", id: this.memories.push(() => new DataView(new ArrayBuffer(0))) - 1 };
  }

  async newTable(): Promise<Extern> {
    return { kind: "table", id: 0 };
  }

  async globalGet({ id }: Extern): Promise<Value> {
    const { type, view, at } = this.globals[id]!;
    const words = [0, 4, 8, 12].map((k) =>
      at + k < view.byteLength ? view.getInt32(at + k, true) : 0,
    );
    return valuesOf([type], words)[0]!;
  }

  async globalSet({ id }: Extern, value: Value): Promise<void> {
    const { view, at } = this.globals[id]!;
    wordsOf([value]).forEach((word, k) => view.setInt32(at + 4 * k, word, true));
  }

  async tableGet(): Promise<Value> {
    throw new Unsupported("tables from outside");
  }

  async tableSet(): Promise<void> {
    throw new Unsupported("tables from outside");
  }

  async tableSize(): Promise<number> {
    throw new Unsupported("tables from outside");
  }

  private memory({ id }: Extern): DataView {
    return (this.memories[id] ?? bug("no such memory"))();
  }

  async memorySize(memory: Extern): Promise<number> {
    return this.memory(memory).byteLength;
  }

  async memoryRead(memory: Extern, offset: number, count: number): Promise<Uint8Array> {
    const { buffer } = this.memory(memory);
    return new Uint8Array(buffer.slice(offset, offset + count) as ArrayBuffer);
  }

  async memoryWrite(memory: Extern, offset: number, bytes: Uint8Array): Promise<void> {
    new Uint8Array(this.memory(memory).buffer, offset, bytes.length).set(bytes);
  }

  async clear(): Promise<void> {
    this.funcs = [];
    this.globals = [];
    this.memories = [];
  }

  async close(): Promise<void> {
    await this.clear();
  }
}
