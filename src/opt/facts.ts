// Address facts: what successful accesses prove about addresses. In: accesses and explicit bounds
// checks of linear memories in the order they are built. Out: base and displacement for each, so
// that sums `x + C`, which LLVM could not prove not to wrap, become displacements; and checks that
// need not be made.
//
// Notation. Y is the value of an i32 `root` as an unsigned number. V(C) = (Y + C) mod 2^32 is the
// address that the program computes for `add root, C`. An access at static offset o >= 0 of n >= 1
// bytes touches [V + o, V + o + n) in 64-bit arithmetic and succeeds iff V + o + n <= M, the size
// of the memory, which only grows. M <= 2^32 - G: with guard pages (options.facts) G is
// GUARD_BELOW, a memory never exceeds the cap FACTS_MAX_PAGES, and [-G, 0) is inaccessible;
// otherwise G = 0.
//
// An entry says of one root, at all points that its block dominates:
//   base   a value P with P = V(shift);
//   low    low <= 0 and P + low >= 0;
//   high   P + high <= 2^32 - G, and of an entry made by a check or an access: P + high <= M.
// SSA makes these lasting: wherever the block of the entry dominates, it ran with the same P. Of
// the root itself, taken as a base with shift 0, low = 0 and high = 1 - G hold before anything is
// known.
//
// Let d = C - shift, taken mod 2^32 into [-2^31, 2^31). Then V(C) = (P + d) mod 2^32, and:
//
// 1. If low <= d < G + high, then 0 <= P + low <= P + d < P + G + high <= 2^32, so V(C) = P + d
//    without wrapping: [P + (d + o)] is the same address, whatever o is, and fails if and only
//    if the other does. If the access succeeds, P + d + o + n <= M: high may be raised to d + o
//    + n.
// 2. If d < low, o = 0 and -d <= G: either P + d >= 0, and V(C) = P + d as in 1. Or P + d < 0:
//    then V(C) = P + d + 2^32 >= 2^32 - G >= M, so the program's access fails; and [P + d]
//    starts in [-G, 0), where it faults. Same address or both fail. If it succeeds, P + d >= 0:
//    low may sink to d, and high may be raised to d + n. With o > 0 this would be wrong: for P +
//    d < 0 <= P + d + o the program's access fails, since it computes V(C) + o >= 2^32 - G,
//    while the folded one would touch [P + d + o].
// 3. Otherwise the program's own address is used: base V(C), shift C, low 0. If the access
//    succeeds, V(C) + o + n <= M gives high = o + n. If besides d < 0 and -d <= G + o, it did
//    not wrap, because V(C) = P + d + 2^32 would make V(C) + o >= 2^32 - G >= M; so V(C) + (high
//    - d) = P + high holds too.
// 4. A check V(C) + k <= M is redundant if 1. gives V(C) = P + d and d + k <= high: P + high <=
//    M held when the entry was made, and M has only grown.
// 5. If the bits of the root say that Y + C < 2^32, or C goes to bits that the root has not
//    (`or`), then V(C) = Y + C, and the address is [Y + (C + o)].
//
// The root of a chain of sums with constants is what is left without any of them: modulo 2^32 the
// constants add up. The displacement must fit 31 bits, and 1. and 2. make it at least -G.

import type { Func, Value } from "../ir/func.ts";
import { IR } from "../ir/ops.ts";
import { bitsOf } from "./bits.ts";
import type { Dominators } from "./dominators.ts";

/** Entries of one root that are looked at. */
const CHAIN = 8;
const TWO31 = 2 ** 31;
const TWO32 = 2 ** 32;

const grow = (old: Int32Array): Int32Array<ArrayBuffer> => {
  const wide = new Int32Array(old.length * 2);
  wide.set(old);
  return wide;
};

export class Facts {
  /** What the last question was answered with. */
  address: Value = 0;
  offset = 0;

  // The last value taken apart: root, constant, and whether their sum is known not to wrap.
  root: Value = 0;
  constant = 0;
  private exact = false;

  private readonly f: Func;
  private readonly tree: Dominators;
  private readonly below: number;

  /** Newest entry by root. */
  private head = new Int32Array(1024);
  private count = 1;
  private rootOf = new Int32Array(256);
  private base = new Int32Array(256);
  private shift = new Int32Array(256);
  private memory = new Int32Array(256);
  private block = new Int32Array(256);
  private previous = new Int32Array(256);
  private low = new Float64Array(256);
  private high = new Float64Array(256);

  /** `below`: G, the inaccessible bytes below the memory and the bytes it stays below 4 GiB. */
  constructor(f: Func, tree: Dominators, below: number) {
    this.f = f;
    this.tree = tree;
    this.below = below;
  }

  /** Forgets the last function. */
  reset(): void {
    for (let e = 1; e < this.count; e++) this.head[this.rootOf[e]!] = 0;
    this.count = 1;
  }

  /** Takes an i32 apart into `root` + `constant`; a constant has root 0. */
  split(x: Value): void {
    const { f } = this;
    this.exact = false;
    this.root = x;
    this.constant = 0;
    const op = f.op[x]!;
    if (op === IR.const) {
      this.root = 0;
      this.constant = f.a[x]!;
      return;
    }
    const b = f.b[x]!;
    if ((op !== IR.add && op !== IR.or) || f.op[b] !== IR.const) return;
    const bits = bitsOf(f, f.a[x]!);
    const c = f.a[b]!;
    const joins = (bits & c) === 0;
    if (op === IR.or && !joins) return;
    this.root = f.a[x]!;
    this.constant = c;
    this.exact = c >= 0 && (joins || (bits >>> 0) + c < TWO32);
    this.splitFurther();
  }

  /** The root may be a sum with a constant itself. */
  private splitFurther(): void {
    const { f } = this;
    for (let depth = 0; depth < CHAIN; depth++) {
      const { root } = this;
      if (f.op[root] !== IR.add || f.op[f.b[root]!] !== IR.const) return;
      this.constant = (this.constant + f.a[f.b[root]!]!) | 0;
      this.root = f.a[root]!;
      this.exact = false;
    }
  }

  /**
   * An access at x + offset (u32) of `bytes` bytes in `block`, whose failure is a fault: sets
   * `address` and `offset` (negative or below 2^32), and remembers that it succeeds. `x` was just
   * split and is no constant.
   */
  access(x: Value, offset: number, bytes: number, block: number): void {
    this.address = x;
    this.offset = offset;
    const { root, constant, below } = this;
    if (this.exact && constant + offset < TWO31) {
      this.address = root;
      this.offset = constant + offset;
      this.learn(
        this.find(root, root, 0, block),
        root,
        root,
        0,
        0,
        constant + offset + bytes,
        0,
        block,
      );
      return;
    }
    let last = 0;
    for (let e = this.newest(root), k = 0; e !== 0 && k < CHAIN; e = this.previous[e]!, k++) {
      if (this.memory[e] !== 0 || !this.tree.dominates(this.block[e]!, block)) continue;
      if (this.reaches(e, offset, bytes, block)) return;
      if (last === 0) last = e;
    }
    if (this.reachesFromRoot(offset, bytes, block)) return;
    let high = offset + bytes;
    if (last !== 0) {
      const d = (constant - this.shift[last]!) | 0;
      if (d < 0 && -d <= below + offset) high = Math.max(high, this.high[last]! - d);
    }
    this.push(root, x, constant, 0, high, 0, block);
  }

  /** Law 1 or 2 with entry `e`. */
  private reaches(e: number, offset: number, bytes: number, block: number): boolean {
    const d = (this.constant - this.shift[e]!) | 0;
    const base = this.base[e]!;
    const low = this.low[e]!;
    const high = this.high[e]!;
    const end = d + offset + bytes;
    if (d >= low && d < this.below + high) {
      if (d + offset >= TWO31) return false;
      this.learn(e, this.root, base, this.shift[e]!, low, end, 0, block);
    } else if (offset === 0 && d < 0 && -d <= this.below) {
      this.learn(e, this.root, base, this.shift[e]!, d, end, 0, block);
    } else return false;
    // The root is needed anyway: not by way of another value.
    if (this.address === this.root) return true;
    this.address = base;
    this.offset = d + offset;
    return true;
  }

  /** Law 1 or 2 with the root as the base, of which nothing is known. */
  private reachesFromRoot(offset: number, bytes: number, block: number): boolean {
    const { root, constant } = this;
    if (constant === 0) {
      this.push(root, root, 0, 0, offset + bytes, 0, block);
      return true;
    }
    if (offset !== 0 || constant > 0 || -constant > this.below) return false;
    this.push(root, root, 0, constant, constant + bytes, 0, block);
    this.address = root;
    this.offset = constant;
    return true;
  }

  /**
   * An explicit check of x + reach <= size of `memory` (0 = our own). True if it is redundant;
   * otherwise address + offset <= size is the same check, and it is remembered that it succeeds.
   */
  check(x: Value, reach: number, memory: number, block: number): boolean {
    this.split(x);
    this.address = x;
    this.offset = reach;
    const { root, constant } = this;
    if (this.exact) return this.checkAt(root, 0, constant, reach, memory, block);
    for (let e = this.newest(root), k = 0; e !== 0 && k < CHAIN; e = this.previous[e]!, k++) {
      if (this.memory[e] !== memory || !this.tree.dominates(this.block[e]!, block)) continue;
      const d = (constant - this.shift[e]!) | 0;
      if (d < this.low[e]! || d >= this.high[e]!) continue;
      return this.checkAt(this.base[e]!, this.shift[e]!, d, reach, memory, block);
    }
    this.push(root, x, constant, 0, reach, memory, block);
    return false;
  }

  /** Law 4, where V(C) = base + d is known. */
  private checkAt(
    base: Value,
    shift: number,
    d: number,
    reach: number,
    memory: number,
    block: number,
  ): boolean {
    const { root } = this;
    this.address = base;
    this.offset = d + reach;
    const e = this.find(root, base, memory, block);
    if (e !== 0 && d + reach <= this.high[e]!) return true;
    this.learn(e, root, base, shift, 0, d + reach, memory, block);
    return false;
  }

  /** An access that was checked before, or that nothing is to be learnt from; as `access`. */
  locate(x: Value, offset: number, block: number): void {
    this.address = x;
    this.offset = offset;
    const { root, constant } = this;
    if (root === x) return;
    if (this.exact && constant + offset < TWO31) {
      this.address = root;
      this.offset = constant + offset;
      return;
    }
    for (let e = this.newest(root), k = 0; e !== 0 && k < CHAIN; e = this.previous[e]!, k++) {
      const d = (constant - this.shift[e]!) | 0;
      if (this.memory[e] !== 0 || d < this.low[e]! || d >= this.high[e]!) continue;
      if (!this.tree.dominates(this.block[e]!, block) || d + offset >= TWO31) continue;
      this.address = this.base[e]!;
      this.offset = d + offset;
      return;
    }
  }

  // Entries ---------------------------------------------------------------------------------------

  private newest(root: Value): number {
    return root < this.head.length ? this.head[root]! : 0;
  }

  /** The newest entry of `root` with this base that holds in `block`, 0 if none. */
  private find(root: Value, base: Value, memory: number, block: number): number {
    for (let e = this.newest(root), k = 0; e !== 0 && k < CHAIN; e = this.previous[e]!, k++) {
      if (this.base[e] !== base || this.memory[e] !== memory) continue;
      if (this.tree.dominates(this.block[e]!, block)) return e;
    }
    return 0;
  }

  /** Widens what entry `e` (0: none yet) says; from this block on only. */
  private learn(
    e: number,
    root: Value,
    base: Value,
    shift: number,
    low: number,
    high: number,
    memory: number,
    block: number,
  ): void {
    if (e === 0) return this.push(root, base, shift, low, high, memory, block);
    const lower = Math.min(low, this.low[e]!);
    const higher = Math.max(high, this.high[e]!);
    if (lower === this.low[e] && higher === this.high[e]) return;
    if (this.block[e] === block) {
      this.low[e] = lower;
      this.high[e] = higher;
    } else this.push(root, base, shift, lower, higher, memory, block);
  }

  private push(
    root: Value,
    base: Value,
    shift: number,
    low: number,
    high: number,
    memory: number,
    block: number,
  ): void {
    if (this.count === this.base.length) this.growEntries();
    if (root >= this.head.length) {
      const wide = new Int32Array(root * 2);
      wide.set(this.head);
      this.head = wide;
    }
    const e = this.count++;
    this.rootOf[e] = root;
    this.base[e] = base;
    this.shift[e] = shift;
    this.low[e] = low;
    this.high[e] = high;
    this.memory[e] = memory;
    this.block[e] = block;
    this.previous[e] = this.head[root]!;
    this.head[root] = e;
  }

  private growEntries(): void {
    this.rootOf = grow(this.rootOf);
    this.base = grow(this.base);
    this.shift = grow(this.shift);
    this.memory = grow(this.memory);
    this.block = grow(this.block);
    this.previous = grow(this.previous);
    const wideLow = new Float64Array(this.low.length * 2);
    wideLow.set(this.low);
    this.low = wideLow;
    const wideHigh = new Float64Array(this.high.length * 2);
    wideHigh.set(this.high);
    this.high = wideHigh;
  }
}
