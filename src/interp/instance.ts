// An instance: a module with the things its indices mean. Functions are numbers in the machine,
// globals cells in its arenas; memories and tables are objects, shared with whoever imports them.
//
// A group is a set of instances that live and die together, since functions of each may come into
// the hands of any other: they share a table, a global of a reference type, or a function that
// takes or gives references. Importing a plain function is a reference one way: the group of the
// importer knows the other instance, and not the other way round. The machine itself knows groups
// only while their code runs, so that JavaScript's garbage collector decides how long they live;
// what has to be given back then (see numbers.ts) stands in the group's ledger, which holds
// nothing but numbers.

import type { Module } from "../wasm/module.ts";
import type { FuncType } from "../wasm/types.ts";
import { noMemory } from "./memory.ts";
import type { Memory } from "./memory.ts";
import type { Table } from "./table.ts";

/** The object that stands for something in JavaScript, if there is one yet. */
export type Face = object | undefined;

/** A global's cell, an index of I, and its type. Shared like memories and tables. */
export interface Global {
  readonly cell: number;
  readonly type: number;
  readonly mutable: boolean;
  face: Face;
  /** Who gives the cell back: kept alive by whoever uses the cell. */
  readonly keeper: object;
}

/** One dropped segment or none: what is left of it. */
export const noBytes = new Uint8Array(0);
export const noElems = new Int32Array(0);

/**
 * A function of the host: the arguments are in the slots from `base` on, one behind the other (see
 * slots.ts), and so are the results.
 */
export type RawHost = (I: Int32Array, base: number) => void;

export interface HostFunction {
  readonly type: FuncType;
  /** Words of arguments or results, whichever is more. */
  readonly words: number;
  readonly call: RawHost;
  face: Face;
}

/** Numbers in the machine. */
export interface Ledger {
  /** Functions of the host. */
  readonly hosts: number[];
  readonly instances: {
    readonly number: number;
    readonly funcs: Int32Array;
    readonly imported: number;
  }[];
  /** Cells of globals, by their words. */
  readonly cells: Readonly<Record<2 | 4, number[]>>;
}

export class Group {
  /** By number: its own, and others whose functions they import. */
  readonly instances = new Map<number, Instance>();
  /** Functions of the host that its instances may call, by number. */
  readonly hosts = new Map<number, HostFunction>();
  /** Values of externref by handle, and how many there may be before dead ones are looked for. */
  externs: Map<number, unknown> | undefined;
  externLimit = 1024;
  readonly ledger: Ledger = { hosts: [], instances: [], cells: { 2: [], 4: [] } };
  /** The ledger is settled when the group is collected. */
  isWatched = false;
  /** The group that this one has become a part of. */
  into: Group | undefined;
}

/** What a group has become a part of. */
export function wholeOf(group: Group): Group {
  let whole = group;
  while (whole.into !== undefined) whole = whole.into;
  return whole;
}

export class Instance {
  readonly module: Module | undefined;
  /** Number in the machine, what OWNER holds. */
  readonly number: number;
  /** Operators are counted, in code translated from now on. */
  counts: boolean;
  group: Group;
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
  /** Of its own functions, by number. */
  readonly faces = new Map<number, object>();

  constructor(module: Module | undefined, number: number, group: Group, counts: boolean) {
    this.module = module;
    this.number = number;
    this.group = group;
    this.counts = counts;
    this.funcs = new Int32Array(module?.funcs.length ?? 0);
  }
}

/** What the loop works for at the moment. */
export interface State {
  inst: Instance;
  /** Number of `inst`. */
  self: number;
}
