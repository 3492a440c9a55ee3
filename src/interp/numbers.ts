// The numbers that a machine gives to functions, types, instances and cells of globals, and takes
// back from groups that nobody can reach any more: at once when told to, else some time after the
// garbage collector has found out, when the host's event loop turns.

import { Unsupported } from "../support/errors.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import { HOST } from "./arenas.ts";
import type { Arenas } from "./arenas.ts";
import { Group, Instance, wholeOf } from "./instance.ts";
import type { Global, Ledger, RawHost } from "./instance.ts";
import { wordsOf, wordsOfAll } from "./slots.ts";

export class Numbers {
  private readonly arenas: Arenas;
  private readonly types: FuncType[] = [];
  private readonly typeNumbers = new Map<string, number>();
  /** Function index in its module, by function. */
  private readonly indices: number[] = [0];
  private readonly freeFuncs: number[] = [];
  private instances = 1;
  private readonly freeInstances: number[] = [];
  private cells: number;
  /** Cells to use again, by the words that they have. */
  private readonly freeCells: Readonly<Record<2 | 4, number[]>> = { 2: [], 4: [] };
  private readonly watch = new FinalizationRegistry<Ledger>((ledger) => this.settle(ledger));

  /** Told of functions that are no more. */
  private readonly forsake: (func: number) => void;

  constructor(arenas: Arenas, forsake: (func: number) => void) {
    this.arenas = arenas;
    this.forsake = forsake;
    this.cells = arenas.END;
  }

  // Types and functions ---------------------------------------------------------------------------

  /** Number of a function type; equal types have equal numbers. */
  ofType(type: FuncType): number {
    let number = this.typeNumbers.get(type.key);
    if (number === undefined) {
      number = this.types.push(type) - 1;
      this.typeNumbers.set(type.key, number);
    }
    return number;
  }

  typeOf(func: number): FuncType {
    return this.types[this.arenas.SIG[func]!]!;
  }

  /** Index in its module. */
  indexOf(func: number): number {
    return this.indices[func]!;
  }

  private newFunc(type: FuncType, owner: number, index: number): number {
    const { SIG, OWNER, E } = this.arenas;
    const func = this.freeFuncs.pop() ?? this.indices.length;
    if (func >= E.length) throw new Unsupported("too many functions for the interpreter");
    this.indices[func] = index;
    SIG[func] = this.ofType(type);
    OWNER[func] = owner;
    E[func] = 0;
    return func;
  }

  private freeFunc(func: number): void {
    this.forsake(func);
    this.arenas.OWNER[func] = this.arenas.E[func] = 0;
    this.freeFuncs.push(func);
  }

  // What groups have ------------------------------------------------------------------------------

  private ledgerOf(group: Group): Ledger {
    if (!group.isWatched) {
      group.isWatched = true;
      this.watch.register(group, group.ledger, group);
    }
    return group.ledger;
  }

  /** `index` is that in the module which imports it, if one does. */
  newHostFunc(group: Group, type: FuncType, call: RawHost, index = -1): number {
    const func = this.newFunc(type, HOST, index);
    this.ledgerOf(group).hosts.push(func);
    const words = Math.max(wordsOfAll(type.params), wordsOfAll(type.results));
    group.hosts.set(func, { type, words, call, face: undefined });
    return func;
  }

  /** A global; what is in its cell is left from others. */
  newGlobal(group: Group, type: ValType, mutable: boolean): Global {
    const cell = this.newCell(type);
    this.ledgerOf(group).cells[wordsOf(type)].push(cell);
    return { cell, type, mutable, face: undefined, keeper: group };
  }

  /** A global that belongs to no group: it lives as long as somebody refers to it. */
  newFreeGlobal(type: ValType, mutable: boolean): Global {
    const cell = this.newCell(type);
    const ledger: Ledger = { hosts: [], instances: [], cells: { 2: [], 4: [] } };
    ledger.cells[wordsOf(type)].push(cell);
    const keeper = {};
    this.watch.register(keeper, ledger);
    return { cell, type, mutable, face: undefined, keeper };
  }

  private newCell(type: ValType): number {
    const words = wordsOf(type);
    const cell = this.freeCells[words].pop();
    if (cell !== undefined) return cell;
    this.cells += words;
    if (this.cells > this.arenas.I.length) throw new Unsupported("too many globals");
    return this.cells - words;
  }

  /** An instance with functions, and nothing else in it yet. */
  newInstance(
    group: Group,
    module: NonNullable<Instance["module"]>,
    counts: boolean,
    imported: readonly number[],
  ): Instance {
    const ledger = this.ledgerOf(group);
    const number = this.freeInstances.pop() ?? this.instances++;
    const inst = new Instance(module, number, group, counts);
    const { funcs } = inst;
    ledger.instances.push({ number, funcs, imported: module.importedFuncs });
    group.instances.set(number, inst);
    funcs.set(imported);
    for (let i = module.importedFuncs; i < funcs.length; i++) {
      funcs[i] = this.newFunc(module.types[module.funcs[i]!]!, number, i);
    }
    return inst;
  }

  /** Makes one group of two. */
  unite(one: Group, other: Group): Group {
    const [a, b] = [wholeOf(one), wholeOf(other)];
    if (a === b) return a;
    const [whole, part] = a.instances.size < b.instances.size ? [b, a] : [a, b];
    for (const [number, inst] of part.instances) {
      whole.instances.set(number, inst);
      if (inst.group === part) inst.group = whole;
    }
    for (const [func, host] of part.hosts) whole.hosts.set(func, host);
    if (part.externs !== undefined) {
      whole.externs ??= new Map();
      for (const [handle, value] of part.externs) whole.externs.set(handle, value);
    }
    if (part.isWatched) {
      this.watch.unregister(part);
      move(part.ledger, this.ledgerOf(whole));
    }
    part.into = whole;
    return whole;
  }

  /** Gives back at once what a group has, which nothing may use any more. */
  release(group: Group): void {
    if (!group.isWatched) return;
    this.watch.unregister(group);
    group.isWatched = false;
    this.settle(group.ledger);
    group.instances.clear();
    group.hosts.clear();
  }

  private settle({ hosts, instances, cells }: Ledger): void {
    for (const { number, funcs, imported } of instances.splice(0)) {
      // Zeros are functions that there was no number for.
      for (let i = imported; i < funcs.length && funcs[i] !== 0; i++) this.freeFunc(funcs[i]!);
      this.freeInstances.push(number);
    }
    for (const func of hosts.splice(0)) this.freeFunc(func);
    for (const words of [2, 4] as const) {
      for (const cell of cells[words].splice(0)) this.freeCells[words].push(cell);
    }
  }

  /** How many of each are in use. */
  get inUse(): { funcs: number; instances: number; words: number } {
    const { freeCells } = this;
    return {
      funcs: this.indices.length - 1 - this.freeFuncs.length,
      instances: this.instances - 1 - this.freeInstances.length,
      words: this.cells - this.arenas.END - 2 * freeCells[2].length - 4 * freeCells[4].length,
    };
  }
}

function move(from: Ledger, to: Ledger): void {
  for (const func of from.hosts) to.hosts.push(func);
  for (const inst of from.instances) to.instances.push(inst);
  for (const words of [2, 4] as const) {
    for (const cell of from.cells[words]) to.cells[words].push(cell);
  }
}
