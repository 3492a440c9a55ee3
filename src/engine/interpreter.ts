// The interpreter as a store: the machine of src/interp with the objects that scripts, tests and
// hosts hold on to. Everything happens at once; promises are there because the other engine needs
// them. All stores of a process share one machine, and give back what they took when they are
// cleared.

import { TRAP, trapOf } from "../abi.ts";
import { Group } from "../interp/instance.ts";
import type { Global, Instance as Inner, RawHost } from "../interp/instance.ts";
import { checkImports, instantiate } from "../interp/instantiate.ts";
import type { Imported } from "../interp/instantiate.ts";
import { theMachine } from "../interp/machine.ts";
import { Memory, PAGE } from "../interp/memory.ts";
import type { Budget } from "../interp/memory.ts";
import { wordsOf, wordsOfAll } from "../interp/slots.ts";
import { Table } from "../interp/table.ts";
import { checkModule } from "../interp/validate.ts";
import { Unsupported } from "../support/errors.ts";
import type { Features } from "../wasm/features.ts";
import type { ExternKind, Module } from "../wasm/module.ts";
import { MODULES, ProcExit, wasiFunctions } from "../wasi/preview1.ts";
import type { WasiModule } from "../wasi/preview1.ts";
import { openDirectory } from "../wasi/hostfs.ts";
import { Wasi } from "../wasi/world.ts";
import type { WasiOptions } from "../wasi/world.ts";
import { F32, I32, I64, V128, newFuncType } from "../wasm/types.ts";
import type { FuncType, GlobalType, Limits, TableType, ValType } from "../wasm/types.ts";
import { HostWorld, findHost } from "./hosts.ts";
import { Exit } from "./store.ts";
import type { Extern, HostFunc, Instance, Store, Value } from "./store.ts";

export interface InterpreterOptions {
  /** Operators that may be executed before Trap("interrupted"). */
  readonly limit?: number;
  /** When Trap("interrupted") ends the guest: a value of performance.now(). */
  readonly deadline?: number | undefined;
  /** Pages that all memories together may have. */
  readonly mostPages?: number | undefined;
}

/** Finds what a program can import, by module and name; the type chooses among several. */
export type FindImport = (module: string, name: string, type?: FuncType) => Extern | undefined;

/** Operators between looks at the clock. */
const SLICE = 1_000_000;

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

/** proc_exit, thrown as every engine throws it: the program is over, and its files are closed. */
const exiting =
  (world: Wasi, call: RawHost): RawHost =>
  (I, base) => {
    try {
      call(I, base);
    } catch (error) {
      if (!(error instanceof ProcExit)) throw error;
      world.end(error.code);
      throw new Exit(error.code);
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
  private readonly deadline: number | undefined;
  private readonly mostPages: number | undefined;
  private budget: Budget | undefined;
  private readonly memories: Memory[] = [];
  private readonly tables: Table[] = [];
  private readonly globals: Global[] = [];
  private ids = new Map<object, number>();
  private readonly group = new Group();
  /** WASI programs, and whose each host function is. */
  private worlds: Wasi[] = [];
  private readonly worldOf = new Map<number, Wasi>();
  /** The same of those of hosts.ts. */
  private readonly hostOf = new Map<number, HostWorld>();
  /** Whose each instance is that imports WASI functions, by its number. */
  private readonly worldOfInstance = new Map<number, Wasi>();

  constructor(features: Features, options: InterpreterOptions = {}) {
    this.features = features;
    this.limit = options.limit;
    this.deadline = options.deadline;
    this.mostPages = options.mostPages;
    this.refund();
  }

  private refund(): void {
    this.budget = this.mostPages === undefined ? undefined : { left: this.mostPages };
  }

  private get counts(): boolean {
    return this.limit !== undefined || this.deadline !== undefined;
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
    const { machine, limit, deadline } = this;
    if (machine.isBusy || !this.counts) return;
    const { FUEL } = machine.arenas;
    let left = limit ?? Infinity;
    machine.refuel = () => {
      if (left <= 0 || (deadline !== undefined && performance.now() >= deadline)) return false;
      FUEL[0] = Math.min(left, deadline === undefined ? Infinity : SLICE);
      left -= FUEL[0];
      return true;
    };
    FUEL[0] = 0;
    machine.refuel();
  }

  instantiateNow(module: Module, imports: readonly Extern[]): Instance {
    checkModule(module, this.features);
    this.fill();
    const { machine, features, group, counts, budget } = this;
    const checksFirst = !features.has("bulk-memory");
    const options = { group, checksFirst, counts, budget: budget && (() => budget) };
    const given = imports.map((e) => this.imported(e));
    checkImports(machine, module, given);
    const inst = instantiate(machine, module, given, options, (made) => this.adopt(made));
    const exports = new Map<string, Extern>();
    for (const e of module.exports) exports.set(e.name, this.extern(inst, e.kind, e.index));
    return { module, exports };
  }

  /** WASI functions that an instance is the first to import work on its memory. */
  private adopt(inst: Inner): void {
    const { module } = inst;
    const memory = module?.exports.find((e) => e.name === "memory" && e.kind === "memory");
    for (let i = 0; i < (module?.importedFuncs ?? 0); i++) {
      const world = this.worldOf.get(inst.funcs[i]!);
      if (world === undefined) continue;
      this.worldOfInstance.set(inst.number, world);
      if (memory !== undefined) world.find ??= () => inst.memories[memory.index];
      this.hostOf.get(inst.funcs[i]!)?.bind(inst);
    }
  }

  async instantiate(module: Module, imports: readonly Extern[]): Promise<Instance> {
    return this.instantiateNow(module, imports);
  }

  /** A program that has ended stays so: whoever calls into it learns its exit code. */
  private checkAlive(func: Extern): void {
    const world = this.worldOfInstance.get(this.machine.arenas.OWNER[func.id]!);
    if (world?.exitCode !== undefined) throw new Exit(world.exitCode);
  }

  invokeNow(func: Extern, args: readonly Value[]): Value[] {
    this.checkAlive(func);
    const { params, results } = this.machine.numbers.typeOf(func.id);
    const words = new Int32Array(wordsOfAll(params));
    putValues(words, 0, params, args);
    this.fill();
    return valuesAt(this.machine.invoke(this.group, func.id, words), 0, results);
  }

  async invoke(func: Extern, args: readonly Value[]): Promise<readonly Value[]> {
    return this.invokeNow(func, args);
  }

  /** A host function that reads and writes slots itself. */
  newRawFunc(type: FuncType, call: RawHost): Extern {
    return { kind: "func", id: this.machine.numbers.newHostFunc(this.group, type, call) };
  }

  async newFunc(type: FuncType, call: HostFunc): Promise<Extern> {
    return this.newRawFunc(type, (I, base) => {
      putValues(I, base, type.results, call(valuesAt(I, base, type.params)));
    });
  }

  /**
   * What one program can import, by module and name: the functions of "wasi_snapshot_preview1" and
   * "wasi_unstable", and those of hosts.ts, of the type that is asked for if there are several.
   */
  wasiNow(options: WasiOptions): FindImport {
    const world = new Wasi(options);
    const host = new HostWorld(this.machine, this.group, world);
    this.worlds.push(world);
    const modules = new Map<string, ReadonlyMap<string, Extern>>();
    return (module, name, type) => {
      if (!Object.hasOwn(MODULES, module)) return this.bindHost(host, module, name, type);
      const known = modules.get(module) ?? this.bindWasi(world, module as WasiModule);
      modules.set(module, known);
      return known.get(name);
    };
  }

  /** Functions of the field's compilers for the same program: see hosts.ts. */
  private bindHost(
    host: HostWorld,
    module: string,
    name: string,
    wanted: FuncType | undefined,
  ): Extern | undefined {
    const found = findHost(module, name, wanted);
    if (found === undefined) return undefined;
    const extern = this.newRawFunc(found.type, (I, base) => found.code(host, I, base));
    this.worldOf.set(extern.id, host.wasi);
    this.hostOf.set(extern.id, host);
    return extern;
  }

  private bindWasi(world: Wasi, module: WasiModule): ReadonlyMap<string, Extern> {
    const types = (letters: string): ValType[] => [...letters].map((c) => (c === "i" ? I32 : I64));
    const externs = new Map<string, Extern>();
    for (const { name, params, results, call } of wasiFunctions(world, module)) {
      const type = newFuncType(types(params), types(results));
      const extern = this.newRawFunc(type, exiting(world, call));
      this.worldOf.set(extern.id, world);
      externs.set(name, extern);
    }
    return externs;
  }

  /** Functions of wasi_snapshot_preview1; throws the host's error for a directory. */
  async wasi(
    args: readonly string[],
    env: readonly string[],
    dirs: readonly (readonly [host: string, guest: string])[],
  ): Promise<ReadonlyMap<string, Extern>> {
    const preopens = dirs.map(([host, guest]) => ({ guest, directory: openDirectory(host) }));
    const world = new Wasi({ args, env, preopens });
    this.worlds.push(world);
    return this.bindWasi(world, "wasi_snapshot_preview1");
  }

  async newMemory(limits: Limits): Promise<Extern> {
    const memory = orOutOfMemory(() => new Memory(limits, this.budget));
    return { kind: "memory", id: this.idIn(this.memories, memory) };
  }

  async newTable(type: TableType, init: Value): Promise<Extern> {
    const table = orOutOfMemory(() => new Table(type));
    table.fill(0, table.size, init.lo, init.hi);
    return { kind: "table", id: this.idIn(this.tables, table) };
  }

  async newGlobal({ type, mutable }: GlobalType, init: Value): Promise<Extern> {
    const global = this.machine.numbers.newGlobal(this.group, type, mutable);
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
    if (index >>> 0 >= t.size) throw trapOf(TRAP.table);
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
    if (offset < 0 || offset + count > bytes.length) throw trapOf(TRAP.memory);
    return bytes.subarray(offset, offset + count);
  }

  async memoryRead(memory: Extern, offset: number, count: number): Promise<Uint8Array> {
    return this.range(memory, offset, count).slice();
  }

  async memoryWrite(memory: Extern, offset: number, bytes: Uint8Array): Promise<void> {
    this.range(memory, offset, bytes.length).set(bytes);
  }

  async clear(): Promise<void> {
    this.machine.numbers.release(this.group);
    this.refund();
    for (const world of this.worlds) world.closeAll();
    this.worldOf.clear();
    this.hostOf.clear();
    this.worldOfInstance.clear();
    this.worlds = [];
    this.ids = new Map();
    this.memories.length = this.tables.length = this.globals.length = 0;
  }

  close(): Promise<void> {
    return this.clear();
  }
}
