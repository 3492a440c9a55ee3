// One function in SSA form: structure of arrays. The id of a value is the id of the instruction
// that makes it; id 0 is none. Blocks have parameters instead of phis, and every edge carries
// arguments.
//
//   op u8 | ty u8 | aux u16 | a i32 | b i32 | c i32 | block i32 | source i32
//
// (source: byte offset in the module.)
//
// `pool` holds what does not fit three columns:
//   value list  [count, value...]          edge  [target block, count, value...]
//   switch      [count, edge...]           v128 constant [4 words]
//
// Blocks are numbered as they are begun; `rpo` order is the order of their numbers except that a
// block's number may be taken before it is begun, so `layout` lists them in the order they were
// begun, which is a reverse post-order. Block 1 is the entry; block 0 is none.
//
// Before `place` a block's skeleton is its pinned instructions in id order, pure instructions float
// (their `block` is merely where they were made). After it `order[]` lists every instruction that
// is to be emitted, block by block: order[start[b] .. end[b]). Constants are in no order.
//
// One Func is reused for all functions of a worker: `reset` keeps the columns.

import { CLASS, FLAG, OP_FLAGS, classOf } from "./ops.ts";
import type { Op } from "./ops.ts";
import { NONE } from "./types.ts";
import type { Type } from "./types.ts";

export type Value = number;
export type Block = number;
/** Pool index of an edge. */
export type Edge = number;

/** Signature of a function in IR types; results beyond the first are read by `result`. */
export interface Signature {
  readonly params: readonly Type[];
  readonly results: readonly Type[];
}

const grow32 = (old: Int32Array, size: number): Int32Array<ArrayBuffer> => {
  const wide = new Int32Array(size);
  wide.set(old);
  return wide;
};

export class Func {
  op = new Uint8Array(1024);
  ty = new Uint8Array(1024);
  aux = new Uint16Array(1024);
  a = new Int32Array(1024);
  b = new Int32Array(1024);
  c = new Int32Array(1024);
  /** Block of each instruction. */
  block = new Int32Array(1024);
  source = new Int32Array(1024);
  /** Number of instructions, none (id 0) included. */
  count = 1;

  pool = new Int32Array(1024);
  poolCount = 1;

  /** Terminator of each block, 0 while open. */
  term = new Int32Array(64);
  /** First parameter of each block; a block's parameters have consecutive ids. */
  firstParam = new Int32Array(64);
  paramCount = new Int32Array(64);
  /** 1 = unlikely to run (ends in a trap, or by the branch that leads to it). */
  cold = new Uint8Array(64);
  blockCount = 1;

  /** Blocks in the order they were begun: layout[0 .. layoutCount). */
  layout = new Int32Array(64);
  layoutCount = 0;

  /** Filled by place. */
  order = new Int32Array(1024);
  orderCount = 0;
  start = new Int32Array(64);
  end = new Int32Array(64);

  /**
   * Triples (access, address, offset): how the program wrote what opt/facts.ts folded, equal in
   * effect. Consumed by tidy.
   */
  folds = new Int32Array(192);
  foldCount = 0;

  /** Function index in the module and its signature. */
  index = 0;
  signature: Signature = { params: [], results: [] };
  /** Signatures of calls by type index; `callTypes[index]` is the type of function `index`. */
  types: readonly Signature[] = [];
  callTypes: readonly number[] = [];

  /** Forgets the last function; the columns stay. */
  reset(index: number, signature: Signature): void {
    this.index = index;
    this.signature = signature;
    this.count = this.poolCount = this.blockCount = 1;
    this.layoutCount = this.orderCount = this.foldCount = 0;
  }

  /** Mints an instruction in block `b`; callers set further columns. */
  inst(op: Op, ty: Type, a: number, b: number, c: number, block: Block): Value {
    const i = this.count++;
    if (i === this.op.length) this.growInsts();
    this.op[i] = op;
    this.ty[i] = ty;
    this.aux[i] = 0;
    this.a[i] = a;
    this.b[i] = b;
    this.c[i] = c;
    this.block[i] = block;
    this.source[i] = 0;
    return i;
  }

  private growInsts(): void {
    const size = this.op.length * 2;
    const bytes = (old: Uint8Array): Uint8Array<ArrayBuffer> => {
      const wide = new Uint8Array(size);
      wide.set(old);
      return wide;
    };
    this.op = bytes(this.op);
    this.ty = bytes(this.ty);
    const aux = new Uint16Array(size);
    aux.set(this.aux);
    this.aux = aux;
    this.a = grow32(this.a, size);
    this.b = grow32(this.b, size);
    this.c = grow32(this.c, size);
    this.block = grow32(this.block, size);
    this.source = grow32(this.source, size);
    this.order = grow32(this.order, size);
  }

  /** Takes a block number; the block is begun by `begin`. */
  newBlock(): Block {
    const b = this.blockCount++;
    if (b === this.term.length) this.growBlocks();
    this.term[b] = this.firstParam[b] = this.paramCount[b] = this.start[b] = this.end[b] = 0;
    this.cold[b] = 0;
    return b;
  }

  private growBlocks(): void {
    const size = this.term.length * 2;
    this.term = grow32(this.term, size);
    this.firstParam = grow32(this.firstParam, size);
    this.paramCount = grow32(this.paramCount, size);
    this.start = grow32(this.start, size);
    this.end = grow32(this.end, size);
    this.layout = grow32(this.layout, size);
    const cold = new Uint8Array(size);
    cold.set(this.cold);
    this.cold = cold;
  }

  /** Appends a block to the layout. */
  begin(b: Block): void {
    this.layout[this.layoutCount++] = b;
  }

  /** Reserves `n` words of pool and returns their index. */
  words(n: number): number {
    const at = this.poolCount;
    this.poolCount += n;
    if (this.poolCount > this.pool.length) {
      this.pool = grow32(this.pool, Math.max(this.pool.length * 2, this.poolCount));
    }
    return at;
  }

  /** Remembers that access `i` may as well use `address` and `offset` (a u32). */
  addFold(i: Value, address: Value, offset: number): void {
    if (this.foldCount + 3 > this.folds.length) this.folds = grow32(this.folds, this.foldCount * 2);
    this.folds[this.foldCount] = i;
    this.folds[this.foldCount + 1] = address;
    this.folds[this.foldCount + 2] = offset;
    this.foldCount += 3;
  }

  /** True for what keeps its place in the skeleton of its block. */
  isPinned(i: Value): boolean {
    const flags = OP_FLAGS[this.op[i]!]!;
    if (flags & FLAG.pure) return false;
    if (flags & FLAG.load) return classOf(this.aux[i]!) !== CLASS.fixed;
    return true;
  }

  /** True for an instruction that makes a value. */
  hasValue(i: Value): boolean {
    return this.ty[i] !== NONE;
  }
}
