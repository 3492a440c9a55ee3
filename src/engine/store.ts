// One instance model over two engines. A Store owns modules, instances and what they share; both
// engines implement it, so that whatever drives one (the script runner, the differential tests,
// `ingot run`) drives the other. Calls are asynchronous because native code runs in a process of
// its own.
//
// Values are words, never BigInt: i32 and f32 use `lo` (f32 as bits), i64 and f64 use `lo` and
// `hi`, v128 all four. A reference is a number that its store gave out, 0 for null; externref
// values are chosen by the host and come back as they were given.

import type { ExternKind, Module } from "../wasm/module.ts";
import type { FuncType, GlobalType, Limits, TableType, ValType } from "../wasm/types.ts";

export interface Value {
  readonly type: ValType;
  readonly lo: number;
  readonly hi: number;
  /** Upper words of a v128. */
  readonly w2?: number;
  readonly w3?: number;
}

/** A function, table, memory or global of a store; `id` means something to its store only. */
export interface Extern {
  readonly kind: ExternKind;
  readonly id: number;
}

export interface Instance {
  readonly module: Module;
  readonly exports: ReadonlyMap<string, Extern>;
}

/** A host function: gets the arguments, answers the results or throws to unwind the guest. */
export type HostFunc = (args: readonly Value[]) => readonly Value[];

/** A guest that called proc_exit. */
export class Exit extends Error {
  override name = "Exit";
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

export interface Store {
  /** Instantiates a valid module; imports in the module's order. Throws LinkError or Trap. */
  instantiate(module: Module, imports: readonly Extern[]): Promise<Instance>;
  /** Throws Trap, Exhaustion, Exit, or what a host function threw. */
  invoke(func: Extern, args: readonly Value[]): Promise<readonly Value[]>;
  newFunc(type: FuncType, call: HostFunc): Promise<Extern>;
  newMemory(limits: Limits): Promise<Extern>;
  newTable(type: TableType, init: Value): Promise<Extern>;
  newGlobal(type: GlobalType, init: Value): Promise<Extern>;
  globalGet(global: Extern): Promise<Value>;
  globalSet(global: Extern, value: Value): Promise<void>;
  tableGet(table: Extern, index: number): Promise<Value>;
  tableSet(table: Extern, index: number, value: Value): Promise<void>;
  tableSize(table: Extern): Promise<number>;
  /** Bytes. */
  memorySize(memory: Extern): Promise<number>;
  memoryRead(memory: Extern, offset: number, count: number): Promise<Uint8Array>;
  memoryWrite(memory: Extern, offset: number, bytes: Uint8Array): Promise<void>;
  /** Frees everything; the store can be used again. */
  clear(): Promise<void>;
  /** Ends the store. */
  close(): Promise<void>;
}

/** Trap of running code with what the engine knows about where: innermost frame first. */
export interface Frame {
  readonly func: number;
  readonly name: string;
  /** Byte offset in the module. */
  readonly offset: number;
}
