// An instance: a module with the things its indices mean. Functions are numbers in the machine,
// globals cells in its arenas; memories and tables are objects, shared with whoever imports them.

import type { Module } from "../wasm/module.ts";
import { noMemory } from "./memory.ts";
import type { Memory } from "./memory.ts";
import type { Table } from "./table.ts";

/** A global's cell, an index of I, and its type. Shared like memories and tables. */
export interface Global {
  readonly cell: number;
  readonly type: number;
  readonly mutable: boolean;
}

/** One dropped segment or none: what is left of it. */
export const noBytes = new Uint8Array(0);
export const noElems = new Int32Array(0);

export class Instance {
  readonly module: Module | undefined;
  /** Number in the machine, what OWNER holds. */
  readonly number: number;
  readonly funcs: Int32Array;
  readonly globals: Global[] = [];
  readonly memories: Memory[] = [];
  readonly tables: Table[] = [];
  /** Memory 0. */
  memory: Memory = noMemory;
  /** Data segments; dropped ones are empty. */
  readonly datas: Uint8Array[] = [];
  /** Element segments, two words per element; dropped ones are empty. */
  readonly elems: Int32Array[] = [];

  constructor(module: Module | undefined, number: number) {
    this.module = module;
    this.number = number;
    this.funcs = new Int32Array(module?.funcs.length ?? 0);
  }
}

/** What the loop works for at the moment. */
export interface State {
  inst: Instance;
  /** Number of `inst`. */
  self: number;
}
