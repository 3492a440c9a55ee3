// Runs a function in SSA form, at any stage: for tests, and to find the pass that broke a program.
// In: a Func, arguments as words, a world to live in. Out: results as words, or a Trap. A value
// outside of a function is two words, a v128 four (types.ts wordCount); inside each has four.
//
// Before `place` pure values float, so they are computed when they are asked for, at most once per
// entry of a block: what they depend on changes only when a block is entered or by a pinned
// instruction, and one that a value depends on has run before the value is asked for. A placed
// function runs in its order, and a value read before it was made is a Bug: it tests the order.
//
// Addresses. A ptr is a pair of words. The address space is cut into regions of 64 GiB, number n
// from n << 36 on: room for a guard on either side. Region 1 is the instance record, region 2
// memory 0 (an i32 address is an offset in it); a world may add others. Outside of a region an
// access with the guard flag traps, any other is a Bug. Address 0 is null.

import { FuncRef, TRAP, trapOf } from "../abi.ts";
import { viewsOf } from "../lanes.ts";
import type { Views } from "../lanes.ts";
import { wide } from "../semantics.ts";
import { Trap, bug } from "../support/errors.ts";
import type { Block, Func, Value } from "./func.ts";
import { meaningOf } from "./meaning.ts";
import { ACCESS_GUARD, FLAG, IR, OP_FLAGS, WIDTH, WIDTH_BYTES, offsetOf, widthOf } from "./ops.ts";
import { callType, printInst } from "./print.ts";
import { isVector, lanesOf } from "./shapes.ts";
import { I32, TYPE_SIZE, V128, wordCount, wordCounts } from "./types.ts";

export const RECORD = 1;
export const MEMORY = 2;

const REGION_SIZE = 2 ** 36;
/** High word of the address of a region's first byte; the low word is 0. */
export const regionHigh = (region: number): number => region << 4;

/** What a function runs in. */
export interface World {
  /** Bytes by region number; the length is the size. May be replaced while the function calls. */
  readonly regions: (DataView | undefined)[];
  /**
   * Performs a call. `op` is call (lo = function index), callslot (lo = record offset), callref
   * (lo, hi = address of the FuncRef) or libcall (lo = number).
   */
  call(op: number, lo: number, hi: number, args: Int32Array): ArrayLike<number>;
}

const trap = (code: number, f: Func, i: Value): never => {
  throw trapOf(code, f.source[i] || -1, f.index);
};

const NEVER = 0;
/** Stamp of what is valid as long as the function runs. */
const ALWAYS = -1;

/** One function in progress. */
class Activation {
  private readonly f: Func;
  private readonly runner: Runner;
  private readonly world: World;
  /** Value v has the words from 4 * v on: a place (lanes.ts). */
  private readonly words: Int32Array<ArrayBuffer>;
  private views: Views | undefined;
  /** When a value was made: NEVER, ALWAYS or the number of the entry of a block. */
  private readonly stamp: Int32Array;
  private readonly placed: boolean;
  private entry = 0;
  /** Results of each call, by its id, for `result`. */
  private readonly callResults = new Map<Value, ArrayLike<number>>();

  constructor(f: Func, runner: Runner) {
    this.f = f;
    this.runner = runner;
    this.world = runner.world;
    this.words = new Int32Array(4 * f.count);
    this.stamp = new Int32Array(f.count);
    this.placed = f.orderCount > 0;
    for (let i = 1; i < f.count; i++) {
      if (f.op[i] !== IR.const) continue;
      if (f.ty[i] === V128) this.take(i, f.pool, f.a[i]!);
      else this.set(i, f.a[i]!, f.b[i]!);
    }
  }

  run(args: ArrayLike<number>): Int32Array {
    const { f } = this;
    let b = f.layout[0]!;
    this.takeAll(b, args);
    for (;;) {
      this.entry++;
      this.runner.step();
      this.body(b);
      const t = f.term[b]!;
      this.prepare(t);
      if (f.op[t] === IR.ret) return this.wordsOf(f.a[t]!);
      if (f.op[t] === IR.trap) trap(f.a[t]!, f, t);
      b = this.follow(this.chooseEdge(t));
    }
  }

  private body(b: Block): void {
    const { f } = this;
    if (this.placed) {
      for (let at = f.start[b]!; at < f.end[b]! - 1; at++) this.perform(f.order[at]!);
      return;
    }
    for (const i of this.runner.skeleton(f, b)) {
      this.prepare(i);
      this.perform(i);
    }
  }

  private set(i: Value, lo: number, hi: number): void {
    this.words[4 * i] = lo;
    this.words[4 * i + 1] = TYPE_SIZE[this.f.ty[i]!] === 4 ? 0 : hi;
    this.stamp[i] = ALWAYS;
  }

  private lo(v: Value): number {
    return this.words[4 * v]!;
  }

  private hi(v: Value): number {
    return this.words[4 * v + 1]!;
  }

  /** Gives `i` the words of a row of values from `at` on; returns where the next value is. */
  private take(i: Value, row: ArrayLike<number>, at: number): number {
    const next = at + wordCount(this.f.ty[i]!);
    this.set(i, row[at]!, row[at + 1]!);
    for (let k = at + 2; k < next; k++) this.words[4 * i + k - at] = row[k]!;
    return next;
  }

  /** Gives the parameters of block `b` their values. */
  private takeAll(b: Block, row: ArrayLike<number>): void {
    const { f } = this;
    let at = 0;
    for (let p = 0; p < f.paramCount[b]!; p++) at = this.take(f.firstParam[b]! + p, row, at);
  }

  // Floating values -------------------------------------------------------------------------------

  /** Makes the operands of `i` available. */
  private prepare(i: Value): void {
    const { f } = this;
    const flags = OP_FLAGS[f.op[i]!]!;
    if (flags & FLAG.a) this.need(f.a[i]!);
    if (flags & FLAG.b) this.need(f.b[i]!);
    if (flags & FLAG.c) this.need(f.c[i]!);
    if (flags & FLAG.listA) this.needList(f.a[i]!);
    if (flags & FLAG.listB) this.needList(f.b[i]!);
  }

  private needList(at: number): void {
    const { pool } = this.f;
    for (let k = 1; k <= pool[at]!; k++) this.need(pool[at + k]!);
  }

  private need(v: Value): void {
    const stamp = this.stamp[v]!;
    if (stamp === ALWAYS || (stamp === this.entry && !this.placed)) return;
    if (this.placed || this.f.isPinned(v)) {
      if (stamp === NEVER) bug(`function ${this.f.index}: v${v} is read before it is made`);
      return;
    }
    this.prepare(v);
    this.perform(v);
    this.stamp[v] = this.entry;
  }

  // Instructions ----------------------------------------------------------------------------------

  private perform(i: Value): void {
    if (this.placed) this.prepare(i);
    const { f } = this;
    const op = f.op[i]!;
    const a = f.a[i]!;
    const b = f.b[i]!;
    switch (op) {
      case IR.result:
        return this.result(i, a, b);
      case IR.inst:
        return this.set(i, 0, regionHigh(RECORD));
      case IR.membase:
        return this.set(i, 0, regionHigh(MEMORY));
      case IR.select:
        this.take(i, this.words, 4 * (this.lo(a) !== 0 ? b : f.c[i]!));
        return;
      case IR.load:
        return this.load(i);
      case IR.store:
        return this.store(i);
      case IR.call:
      case IR.callslot:
      case IR.libcall:
        return this.call(i, a, 0);
      case IR.callref:
        return this.call(i, this.lo(a), this.hi(a));
      case IR.sigcheck:
        return this.checkSignature(i);
      case IR.trapif:
        if (this.lo(a) !== 0) trap(b, f, i);
        return;
      default:
        if (isVector(op)) return this.lanes(i, a, b);
        return this.compute(i, a, b);
    }
  }

  private lanes(i: Value, a: Value, b: number): void {
    const { f } = this;
    const meaning = lanesOf(f.op[i]!, f.aux[i]!);
    if (meaning === undefined) return bug(`function ${f.index}: cannot run ${printInst(f, i)}`);
    this.views ??= viewsOf(this.words.buffer);
    const flags = OP_FLAGS[f.op[i]!]!;
    const c = f.c[i]!;
    meaning(this.views, 4 * i, 4 * a, flags & FLAG.b ? 4 * b : b, flags & FLAG.c ? 4 * c : c);
    this.stamp[i] = ALWAYS;
  }

  private compute(i: Value, a: Value, b: Value): void {
    const { f } = this;
    const meaning = meaningOf(f.op[i]!, f.ty[a]!, f.ty[i]!);
    if (meaning === undefined) return bug(`function ${f.index}: cannot run ${printInst(f, i)}`);
    const binary = OP_FLAGS[f.op[i]!]! & FLAG.b;
    try {
      const blo = binary ? this.lo(b) : 0;
      const bhi = binary ? this.hi(b) : 0;
      const result = meaning(this.lo(a), this.hi(a), blo, bhi);
      this.set(i, result, wide.hi);
    } catch (e) {
      // The operator does not know where it stands.
      throw e instanceof Trap ? trapOf(e.code, f.source[i] || -1, f.index) : e;
    }
  }

  /** The values of a pool list in a row. */
  private wordsOf(list: number): Int32Array {
    const { words } = this;
    const { pool, ty } = this.f;
    const end = list + 1 + pool[list]!;
    let size = 0;
    for (let k = list + 1; k < end; k++) size += wordCount(ty[pool[k]!]!);
    const row = new Int32Array(size);
    for (let k = list + 1, at = 0; k < end; k++) {
      const v = pool[k]!;
      const n = wordCount(ty[v]!);
      for (let w = 0; w < n; w++) row[at++] = words[4 * v + w]!;
    }
    return row;
  }

  /** Result `n` of a call. */
  private result(i: Value, call: Value, n: number): void {
    const { f } = this;
    const row = this.callResults.get(call) ?? bug(`function ${f.index}: result without call`);
    this.take(i, row, wordCounts(f.types[callType(f, call)]!.results.slice(0, n)));
  }

  private call(i: Value, lo: number, hi: number): void {
    const { f } = this;
    const results = this.world.call(f.op[i]!, lo, hi, this.wordsOf(f.b[i]!));
    this.callResults.set(i, results);
    if (f.hasValue(i)) this.take(i, results, 0);
  }

  private checkSignature(i: Value): void {
    const { f } = this;
    const ref = f.a[i]!;
    if (this.lo(ref) === 0 && this.hi(ref) === 0) trap(TRAP.null, f, i);
    const at = this.locate(i, this.lo(ref), this.hi(ref), FuncRef.sig, 4, 0);
    if (this.view.getInt32(at, true) !== f.b[i]) trap(TRAP.signature, f, i);
  }

  // Control ---------------------------------------------------------------------------------------

  private chooseEdge(t: Value): number {
    const { f } = this;
    if (f.op[t] === IR.jump) return f.a[t]!;
    const word = this.lo(f.a[t]!);
    if (f.op[t] === IR.br) return word !== 0 ? f.b[t]! : f.c[t]!;
    const list = f.b[t]!;
    const last = f.pool[list]! - 1;
    return f.pool[list + 1 + Math.min(word >>> 0, last)]!;
  }

  /** Gives the parameters of the target their arguments, all at once. */
  private follow(edge: number): Block {
    const { f } = this;
    this.needList(edge + 1);
    const target = f.pool[edge]!;
    this.takeAll(target, this.wordsOf(edge + 1));
    return target;
  }

  // Memory ----------------------------------------------------------------------------------------

  private view: DataView = new DataView(new ArrayBuffer(0));

  /** Leaves the region of an address in `view` and returns the offset in it. */
  private locate(
    i: Value,
    lo: number,
    hi: number,
    displacement: number,
    bytes: number,
    guard: number,
  ): number {
    const { f } = this;
    const at = (hi >>> 0) * 2 ** 32 + (lo >>> 0) + displacement;
    const region = Math.floor((at + REGION_SIZE / 2) / REGION_SIZE);
    const offset = at - region * REGION_SIZE;
    const view = this.world.regions[region];
    if (view === undefined || offset < 0 || offset + bytes > view.byteLength) {
      if (guard !== 0) trap(TRAP.memory, f, i);
      return bug(`function ${f.index}: wild access to ${at.toString(16)} by ${printInst(f, i)}`);
    }
    this.view = view;
    return offset;
  }

  private address(i: Value, bytes: number): number {
    const { f } = this;
    const a = f.a[i]!;
    const hi = f.ty[a] === I32 ? regionHigh(MEMORY) : this.hi(a);
    const aux = f.aux[i]!;
    const displacement = offsetOf(aux, f.c[i]!);
    return this.locate(i, this.lo(a), hi, displacement, bytes, aux & ACCESS_GUARD);
  }

  private load(i: Value): void {
    const { f } = this;
    const ty = f.ty[i]!;
    const width = widthOf(f.aux[i]!);
    const bytes = WIDTH_BYTES[width]! || TYPE_SIZE[ty]!;
    const at = this.address(i, bytes);
    const { view } = this;
    if (ty === V128) {
      const word = (k: number): number => (k < bytes ? view.getInt32(at + k, true) : 0);
      this.take(i, [word(0), word(4), word(8), word(12)], 0);
      return;
    }
    switch (width) {
      case WIDTH.u8:
        return this.set(i, view.getUint8(at), 0);
      case WIDTH.u16:
        return this.set(i, view.getUint16(at, true), 0);
      case WIDTH.u32:
        return this.set(i, view.getInt32(at, true), 0);
      case WIDTH.s8:
        return this.setSigned(i, view.getInt8(at));
      case WIDTH.s16:
        return this.setSigned(i, view.getInt16(at, true));
      case WIDTH.s32:
        return this.setSigned(i, view.getInt32(at, true));
      default:
        return this.set(
          i,
          view.getInt32(at, true),
          TYPE_SIZE[ty] === 8 ? view.getInt32(at + 4, true) : 0,
        );
    }
  }

  private setSigned(i: Value, word: number): void {
    this.set(i, word, word >> 31);
  }

  private store(i: Value): void {
    const { f } = this;
    const v = f.b[i]!;
    const bytes = WIDTH_BYTES[widthOf(f.aux[i]!)]! || TYPE_SIZE[f.ty[v]!]!;
    const at = this.address(i, bytes);
    const { view } = this;
    if (bytes === 1) view.setInt8(at, this.lo(v));
    else if (bytes === 2) view.setInt16(at, this.lo(v), true);
    for (let k = 0; k + 4 <= bytes; k += 4) view.setInt32(at + k, this.words[4 * v + k / 4]!, true);
  }
}

/** Runs functions in one world. */
export class Runner {
  readonly world: World;
  /** Blocks that may still be entered. */
  private steps: number;
  /** Pinned instructions by block, terminators left out, of each function that ran unplaced. */
  private readonly skeletons = new WeakMap<Func, readonly (readonly Value[])[]>();

  /** `steps`: how many blocks may be entered before the code is interrupted by a Trap. */
  constructor(world: World, steps = 1_000_000) {
    this.world = world;
    this.steps = steps;
  }

  /** Runs `f`, which must not change afterwards. */
  run(f: Func, args: ArrayLike<number>): Int32Array {
    return new Activation(f, this).run(args);
  }

  /** Counts the entry of a block. */
  step(): void {
    if (this.steps-- === 0) throw new Trap("interrupted");
  }

  skeleton(f: Func, b: Block): readonly Value[] {
    let lists = this.skeletons.get(f);
    if (lists === undefined) {
      lists = skeletonOf(f);
      this.skeletons.set(f, lists);
    }
    return lists[b] ?? [];
  }
}

function skeletonOf(f: Func): Value[][] {
  const lists: Value[][] = Array.from({ length: f.blockCount }, () => []);
  for (let i = 1; i < f.count; i++) {
    if (f.op[i] === IR.param || !f.isPinned(i)) continue;
    if (f.term[f.block[i]!] !== i) lists[f.block[i]!]?.push(i);
  }
  return lists;
}

/** Runs `f` once. */
export function run(f: Func, args: ArrayLike<number>, world: World, steps?: number): Int32Array {
  return new Runner(world, steps).run(f, args);
}
