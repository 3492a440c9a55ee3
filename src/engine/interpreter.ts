// The interpreter as a store: the machine of src/interp with the objects that scripts, tests and
// hosts hold on to. Everything happens at once; promises are there because the other engine needs
// them. All stores of a process share one machine, and give back what they took when they are
// cleared.

import type { Global, Instance as Inner } from "../interp/instance.ts";
import { instantiate } from "../interp/instantiate.ts";
import type { Imported } from "../interp/instantiate.ts";
import { theMachine } from "../interp/machine.ts";
import type { RawHost } from "../interp/machine.ts";
import { Memory, PAGE } from "../interp/memory.ts";
import { wordsOf, wordsOfAll } from "../interp/slots.ts";
import { Table } from "../interp/table.ts";
import { checkModule } from "../interp/validate.ts";
import { Trap, Unsupported } from "../support/errors.ts";
import type { Features } from "../wasm/features.ts";
import type { ExternKind, Module } from "../wasm/module.ts";
import { ProcExit, Wasi } from "../wasi/preview1.ts";
import { F32, I32, I64, V128, newFuncType } from "../wasm/types.ts";
import type { FuncType, GlobalType, Limits, TableType, ValType } from "../wasm/types.ts";
import { Exit } from "./store.ts";
import type { Extern, HostFunc, Instance, Store, Value } from "./store.ts";

export interface InterpreterOptions {
  /** Operators that may be executed before Trap("interrupted"). */
  readonly limit?: number;
}

const isNarrow = (type: ValType): boolean => type === I32 || type === F32;

function valueAt(words: Int32Array, at: number, type: ValType): Value {
  const lo = words[at]!;
  const hi = isNarrow(type) ? 0 : words[at + 1]!;
  if (type !== V128) return { type, lo, hi };
  return { type, lo, hi, w2: words[at + 2]!, w3: words[at + 3]! };
}

function putValue(words: Int32Array, at: number, type: ValType, value: Value): void {
  words[at] = value.lo;
  words[at + 1] = value.hi;
  if (type !== V128) return;
  words[at + 2] = value.w2 ?? 0;
  words[at + 3] = value.w3 ?? 0;
}

/** The values of these types from `at` on. */
function valuesAt(words: Int32Array, at: number, types: readonly ValType[]): Value[] {
  let place = at;
  return types.map((type) => {
    const value = valueAt(words, place, type);
    place += wordsOf(type);
    return value;
  });
}

function putValues(
  words: Int32Array,
  at: number,
  types: readonly ValType[],
  values: readonly Value[],
): void {
  let place = at;
  types.forEach((type, i) => {
    putValue(words, place, type, values[i]!);
    place += wordsOf(type);
  });
}

/** proc_exit, thrown as every engine throws it. */
const exiting =
  (call: RawHost): RawHost =>
  (I, base) => {
    try {
      call(I, base);
    } catch (error) {
      throw error instanceof ProcExit ? new Exit(error.code) : error;
    }
  };

const outOfMemory = (): Unsupported => new Unsupported("out of memory");

function orOutOfMemory<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof RangeError ? outOfMemory() : error;
  }
}

export class InterpreterStore implements Store {
  private readonly machine = theMachine();
  private readonly features: Features;
  private readonly limit: number | undefined;
  private readonly memories: Memory[] = [];
  private readonly tables: Table[] = [];
  private readonly globals: Global[] = [];
  private ids = new Map<object, number>();
  private instances: Inner[] = [];
  private hostFuncs: number[] = [];
  private ownGlobals: Global[] = [];
  /** WASI programs, and whose each host function is. */
  private worlds: Wasi[] = [];
  private readonly worldOf = new Map<number, Wasi>();

  constructor(features: Features, options: InterpreterOptions = {}) {
    this.features = features;
    this.limit = options.limit;
  }

  // Externs: functions by their number in the machine, all else by position here.

  private imported({ kind, id }: Extern): Imported {
    switch (kind) {
      case "func":
        return { kind, func: id };
      case "table":
        return { kind, table: this.tables[id]! };
      case "memory":
        return { kind, memory: this.memories[id]! };
      default:
        return { kind, global: this.globals[id]! };
    }
  }

  private idIn<T extends object>(list: T[], object: T): number {
    let id = this.ids.get(object);
    if (id === undefined) this.ids.set(object, (id = list.push(object) - 1));
    return id;
  }

  private extern(inst: Inner, kind: ExternKind, index: number): Extern {
    switch (kind) {
      case "func":
        return { kind, id: inst.funcs[index]! };
      case "table":
        return { kind, id: this.idIn(this.tables, inst.tables[index]!) };
      case "memory":
        return { kind, id: this.idIn(this.memories, inst.memories[index]!) };
      default:
        return { kind, id: this.idIn(this.globals, inst.globals[index]!) };
    }
  }

  /** Starts counting operators, unless it is a host function that calls. */
  private fill(): void {
    if (this.limit !== undefined && !this.machine.isBusy) this.machine.arenas.FUEL[0] = this.limit;
  }

  instantiateNow(module: Module, imports: readonly Extern[]): Instance {
    checkModule(module, this.features);
    this.fill();
    const options = { features: this.features, counts: this.limit !== undefined };
    const given = imports.map((e) => this.imported(e));
    const inst = instantiate(this.machine, module, given, options, (made) => this.adopt(made));
    const exports = new Map<string, Extern>();
    for (const e of module.exports) exports.set(e.name, this.extern(inst, e.kind, e.index));
    return { module, exports };
  }

  /** Notes an instance; WASI functions that it is the first to import work on its memory. */
  private adopt(inst: Inner): void {
    this.instances.push(inst);
    const { module } = inst;
    const memory = module?.exports.find((e) => e.name === "memory" && e.kind === "memory");
    if (module === undefined || memory === undefined) return;
    for (let i = 0; i < module.importedFuncs; i++) {
      const world = this.worldOf.get(inst.funcs[i]!);
      if (world !== undefined) world.find ??= () => inst.memories[memory.index];
    }
  }

  async instantiate(module: Module, imports: readonly Extern[]): Promise<Instance> {
    return this.instantiateNow(module, imports);
  }

  invokeNow(func: Extern, args: readonly Value[]): Value[] {
    const { params, results } = this.machine.typeOf(func.id);
    const words = new Int32Array(wordsOfAll(params));
    putValues(words, 0, params, args);
    this.fill();
    return valuesAt(this.machine.invoke(func.id, words), 0, results);
  }

  async invoke(func: Extern, args: readonly Value[]): Promise<readonly Value[]> {
    return this.invokeNow(func, args);
  }

  /** A host function that reads and writes slots itself. */
  newRawFunc(type: FuncType, call: RawHost): Extern {
    const id = this.machine.newHostFunc(type, call);
    this.hostFuncs.push(id);
    return { kind: "func", id };
  }

  async newFunc(type: FuncType, call: HostFunc): Promise<Extern> {
    return this.newRawFunc(type, (I, base) => {
      putValues(I, base, type.results, call(valuesAt(I, base, type.params)));
    });
  }

  /**
   * Functions of wasi_snapshot_preview1 by name for a program with these arguments, environment and
   * directories (host and guest names). Throws the host's error for one that cannot be opened.
   */
  wasiNow(
    args: readonly string[],
    env: readonly string[],
    dirs: readonly (readonly [host: string, guest: string])[],
  ): ReadonlyMap<string, Extern> {
    const world = new Wasi({ args, env, dirs });
    this.worlds.push(world);
    const types = (letters: string): ValType[] => [...letters].map((c) => (c === "i" ? I32 : I64));
    const externs = new Map<string, Extern>();
    for (const { name, params, results, call } of world.functions()) {
      const type = newFuncType(types(params), types(results));
      const extern = this.newRawFunc(type, name === "proc_exit" ? exiting(call) : call);
      this.worldOf.set(extern.id, world);
      externs.set(name, extern);
    }
    return externs;
  }

  async wasi(
    args: readonly string[],
    env: readonly string[],
    dirs: readonly (readonly [host: string, guest: string])[],
  ): Promise<ReadonlyMap<string, Extern>> {
    return this.wasiNow(args, env, dirs);
  }

  async newMemory(limits: Limits): Promise<Extern> {
    const memory = orOutOfMemory(() => new Memory(limits));
    return { kind: "memory", id: this.idIn(this.memories, memory) };
  }

  async newTable(type: TableType, init: Value): Promise<Extern> {
    const table = orOutOfMemory(() => new Table(type));
    table.fill(0, table.size, init.lo, init.hi);
    return { kind: "table", id: this.idIn(this.tables, table) };
  }

  async newGlobal({ type, mutable }: GlobalType, init: Value): Promise<Extern> {
    const global = { cell: this.machine.newCell(type), type, mutable };
    this.ownGlobals.push(global);
    putValue(this.machine.arenas.I, global.cell, type, init);
    return { kind: "global", id: this.idIn<Global>(this.globals, global) };
  }

  async globalGet(global: Extern): Promise<Value> {
    const { cell, type } = this.globals[global.id]!;
    return valueAt(this.machine.arenas.I, cell, type);
  }

  async globalSet(global: Extern, value: Value): Promise<void> {
    const { cell, type } = this.globals[global.id]!;
    putValue(this.machine.arenas.I, cell, type, value);
  }

  private element(table: Extern, index: number): Table {
    const t = this.tables[table.id]!;
    if (index >>> 0 >= t.size) throw new Trap("out of bounds table access");
    return t;
  }

  async tableGet(table: Extern, index: number): Promise<Value> {
    const { elems, type } = this.element(table, index);
    return { type, lo: elems[2 * index]!, hi: elems[2 * index + 1]! };
  }

  async tableSet(table: Extern, index: number, value: Value): Promise<void> {
    this.element(table, index).fill(index, 1, value.lo, value.hi);
  }

  async tableSize(table: Extern): Promise<number> {
    return this.tables[table.id]!.size;
  }

  /** The memory itself, for hosts. */
  memory(memory: Extern): Memory {
    return this.memories[memory.id]!;
  }

  async memorySize(memory: Extern): Promise<number> {
    return this.memory(memory).pages * PAGE;
  }

  private range(memory: Extern, offset: number, count: number): Uint8Array {
    const { bytes } = this.memory(memory);
    if (offset < 0 || offset + count > bytes.length) throw new Trap("out of bounds memory access");
    return bytes.subarray(offset, offset + count);
  }

  async memoryRead(memory: Extern, offset: number, count: number): Promise<Uint8Array> {
    return this.range(memory, offset, count).slice();
  }

  async memoryWrite(memory: Extern, offset: number, bytes: Uint8Array): Promise<void> {
    this.range(memory, offset, bytes.length).set(bytes);
  }

  async clear(): Promise<void> {
    const { machine } = this;
    for (const inst of this.instances) {
      const imported = inst.module?.importedGlobals ?? 0;
      for (const g of inst.globals.slice(imported)) machine.freeCell(g);
      machine.freeInstance(inst);
    }
    for (const g of this.ownGlobals) machine.freeCell(g);
    for (const func of this.hostFuncs) machine.freeFunc(func);
    for (const world of this.worlds) world.closeAll();
    this.worldOf.clear();
    this.worlds = [];
    this.instances = [];
    this.hostFuncs = [];
    this.ownGlobals = [];
    this.ids = new Map();
    this.memories.length = this.tables.length = this.globals.length = 0;
  }

  close(): Promise<void> {
    return this.clear();
  }
}
