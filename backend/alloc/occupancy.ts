// Which registers of one file are taken, and by whom, over the points of a function. A point is
// half a record: 2 i is the start of record i, 2 i + 1 its end. Masks have a bit per register
// number.
//
// Two things are kept apart. What the code itself demands (fixed operands, clobbers) is entered
// point by point with `block`, then sealed: a segment tree of masks, `fixed`. What has been given
// to bundles is entered segment by segment: a second tree, where `cover` has the registers taken
// over all of a node's points and `some` those taken at one of them, answers for all registers at
// once; since a register has one owner at a point, a node's cover bit is set by one segment only
// and removal is exact. Owners are found by a bit set of segment starts per register (three levels
// of summary) and the chain of segments that start at a point.
//
// Every operation takes O(log points) for a segment, whatever its length.

import { room, wider } from "./columns.ts";

const REGS = 32;

export class Occupancy {
  /** Number of points, rounded up to a power of two; node k has children 2 k and 2 k + 1. */
  private leaves = 1;
  private fixed = new Int32Array(2);
  private some = new Int32Array(2);
  private cover = new Int32Array(2);
  /** Bit sets of starts: register r's words are bits0[r * words0 ..]. */
  private words0 = 0;
  private words1 = 0;
  private words2 = 0;
  private bits0 = new Int32Array(0);
  private bits1 = new Int32Array(0);
  private bits2 = new Int32Array(0);
  /** First segment that starts at a point, 0 = none; `next` chains them. */
  private head = new Int32Array(0);
  private next = new Int32Array(0);
  private segReg = new Int32Array(0);
  private segTo = new Int32Array(0);
  private segFrom = new Int32Array(0);

  /** Empties it for a function of so many points. */
  reset(points: number): void {
    let leaves = 32;
    while (leaves < points) leaves *= 2;
    this.leaves = leaves;
    this.fixed = room(this.fixed, 2 * leaves).fill(0, 0, 2 * leaves);
    this.some = room(this.some, 2 * leaves).fill(0, 0, 2 * leaves);
    this.cover = room(this.cover, 2 * leaves).fill(0, 0, 2 * leaves);
    this.words0 = leaves >> 5;
    this.words1 = (this.words0 + 31) >> 5;
    this.words2 = (this.words1 + 31) >> 5;
    this.bits0 = room(this.bits0, REGS * this.words0).fill(0, 0, REGS * this.words0);
    this.bits1 = room(this.bits1, REGS * this.words1).fill(0, 0, REGS * this.words1);
    this.bits2 = room(this.bits2, REGS * this.words2).fill(0, 0, REGS * this.words2);
    this.head = room(this.head, leaves).fill(0, 0, leaves);
  }

  /** The code itself takes these registers at a point. */
  block(point: number, mask: number): void {
    this.fixed[this.leaves + point]! |= mask;
  }

  /** Ends the calls of `block`. */
  seal(): void {
    const fixed = this.fixed;
    for (let k = this.leaves - 1; k > 0; k--) fixed[k] = fixed[2 * k]! | fixed[2 * k + 1]!;
  }

  fixedAt(point: number): number {
    return this.fixed[this.leaves + point]!;
  }

  /** Registers that the code itself takes at some point of [from, to). */
  fixedIn(from: number, to: number): number {
    const fixed = this.fixed;
    let mask = 0;
    for (let l = from + this.leaves, r = to + this.leaves; l < r; l >>= 1, r >>= 1) {
      if ((l & 1) !== 0) mask |= fixed[l++]!;
      if ((r & 1) !== 0) mask |= fixed[--r]!;
    }
    return mask;
  }

  /** First point of [from, to) where the code itself takes a register of the mask, or `to`. */
  nextFixed(mask: number, from: number, to: number): number {
    const { fixed, leaves } = this;
    if (from >= to) return to;
    let k = from + leaves;
    while ((fixed[k]! & mask) === 0) {
      while ((k & 1) !== 0) k >>= 1;
      if (k === 0) return to;
      k++;
    }
    while (k < leaves) {
      k *= 2;
      if ((fixed[k]! & mask) === 0) k++;
    }
    return k - leaves < to ? k - leaves : to;
  }

  /** Last point of [from, to) where the code itself takes a register of the mask, or from - 1. */
  lastFixed(mask: number, from: number, to: number): number {
    const { fixed, leaves } = this;
    if (from >= to) return from - 1;
    let k = to - 1 + leaves;
    while ((fixed[k]! & mask) === 0) {
      while (k > 1 && (k & 1) === 0) k >>= 1;
      if (k === 1) return from - 1;
      k--;
    }
    while (k < leaves) {
      k = 2 * k + 1;
      if ((fixed[k]! & mask) === 0) k--;
    }
    return k - leaves >= from ? k - leaves : from - 1;
  }

  /** Registers given to bundles at some point of [from, to). */
  takenIn(from: number, to: number): number {
    const { some, cover } = this;
    let mask = 0;
    let l = from + this.leaves;
    let r = to + this.leaves;
    let a = l >> 1;
    let b = (r - 1) >> 1;
    for (; l < r; l >>= 1, r >>= 1) {
      if ((l & 1) !== 0) mask |= some[l++]!;
      if ((r & 1) !== 0) mask |= some[--r]!;
    }
    for (; a !== b; a >>= 1, b >>= 1) mask |= cover[a]! | cover[b]!;
    for (; a > 0; a >>= 1) mask |= cover[a]!;
    return mask;
  }

  /** Gives register `reg` over [from, to) to the segment; all of it must be free. */
  insert(seg: number, from: number, to: number, reg: number): void {
    const { some, cover } = this;
    const bit = 1 << reg;
    let l = from + this.leaves;
    let r = to + this.leaves;
    // Upwards first: where the bit is set already, it is set all the way up.
    for (let k = l >> 1; k > 0 && (some[k]! & bit) === 0; k >>= 1) some[k]! |= bit;
    for (let k = (r - 1) >> 1; k > 0 && (some[k]! & bit) === 0; k >>= 1) some[k]! |= bit;
    for (; l < r; l >>= 1, r >>= 1) {
      if ((l & 1) !== 0) {
        cover[l]! |= bit;
        some[l++]! |= bit;
      }
      if ((r & 1) !== 0) {
        cover[--r]! |= bit;
        some[r]! |= bit;
      }
    }
    this.chain(seg, from, to, reg);
  }

  /** Takes register `reg` over [from, to) from the segment again. */
  remove(seg: number, from: number, to: number, reg: number): void {
    const { some, cover } = this;
    const keep = ~(1 << reg);
    let l = from + this.leaves;
    let r = to + this.leaves;
    const a = l >> 1;
    const b = (r - 1) >> 1;
    for (; l < r; l >>= 1, r >>= 1) {
      if ((l & 1) !== 0) {
        cover[l]! &= keep;
        some[l++]! &= keep;
      }
      if ((r & 1) !== 0) {
        cover[--r]! &= keep;
        some[r]! &= keep;
      }
    }
    for (let k = a; k > 0; k >>= 1) some[k] = cover[k]! | some[2 * k]! | some[2 * k + 1]!;
    for (let k = b; k > 0; k >>= 1) some[k] = cover[k]! | some[2 * k]! | some[2 * k + 1]!;
    this.unchain(seg, from, reg);
  }

  /**
   * The segment that owns `reg` at `point`, or else the first that starts after it; 0 = none.
   * Walk on with `after`.
   */
  ownerFrom(reg: number, point: number): number {
    const at = this.startUpTo(reg, point);
    if (at >= 0) {
      const seg = this.startingAt(reg, at);
      if (this.segTo[seg]! > point) return seg;
    }
    return this.ownerAfter(reg, point);
  }

  /** The last segment of `reg` that starts at or before the point; 0 = none. */
  ownerUpTo(reg: number, point: number): number {
    const at = point < 0 ? -1 : this.startUpTo(reg, point);
    return at < 0 ? 0 : this.startingAt(reg, at);
  }

  /** The first segment of `reg` that starts after the point; 0 = none. */
  ownerAfter(reg: number, point: number): number {
    const at = this.startAfter(reg, point);
    return at < 0 ? 0 : this.startingAt(reg, at);
  }

  /** The owner that follows a segment in its register; 0 = none. */
  after(seg: number): number {
    return this.ownerAfter(this.segReg[seg]!, this.segFrom[seg]!);
  }

  /** First of the segments that start at the point, 0 = none. */
  firstAt(point: number): number {
    return this.head[point]!;
  }

  /** The next of the segments that start at one point, 0 = none. */
  nextAt(seg: number): number {
    return this.next[seg]!;
  }

  private chain(seg: number, from: number, to: number, reg: number): void {
    if (seg >= this.next.length) {
      this.next = wider(this.next, seg + 1);
      this.segReg = wider(this.segReg, seg + 1);
      this.segTo = wider(this.segTo, seg + 1);
      this.segFrom = wider(this.segFrom, seg + 1);
    }
    this.next[seg] = this.head[from]!;
    this.head[from] = seg;
    this.segReg[seg] = reg;
    this.segFrom[seg] = from;
    this.segTo[seg] = to;
    this.bits0[reg * this.words0 + (from >> 5)]! |= 1 << (from & 31);
    this.bits1[reg * this.words1 + (from >> 10)]! |= 1 << ((from >> 5) & 31);
    this.bits2[reg * this.words2 + (from >> 15)]! |= 1 << ((from >> 10) & 31);
  }

  private unchain(seg: number, from: number, reg: number): void {
    const next = this.next;
    if (this.head[from] === seg) {
      this.head[from] = next[seg]!;
    } else {
      let s = this.head[from]!;
      while (next[s] !== seg) s = next[s]!;
      next[s] = next[seg]!;
    }
    const k0 = reg * this.words0 + (from >> 5);
    this.bits0[k0]! &= ~(1 << (from & 31));
    if (this.bits0[k0] !== 0) return;
    const k1 = reg * this.words1 + (from >> 10);
    this.bits1[k1]! &= ~(1 << ((from >> 5) & 31));
    if (this.bits1[k1] !== 0) return;
    this.bits2[reg * this.words2 + (from >> 15)]! &= ~(1 << ((from >> 10) & 31));
  }

  private startingAt(reg: number, point: number): number {
    let seg = this.head[point]!;
    while (this.segReg[seg] !== reg) seg = this.next[seg]!;
    return seg;
  }

  /** Last start of `reg` at or before the point, -1 = none. */
  private startUpTo(reg: number, point: number): number {
    const base0 = reg * this.words0;
    let k = point >> 5;
    let word = this.bits0[base0 + k]! & (-1 >>> (31 - (point & 31)));
    if (word !== 0) return k * 32 + 31 - Math.clz32(word);
    const base1 = reg * this.words1;
    let j = k >> 5;
    word = this.bits1[base1 + j]! & ((1 << (k & 31)) - 1);
    if (word === 0) {
      const base2 = reg * this.words2;
      let i = j >> 5;
      let top = this.bits2[base2 + i]! & ((1 << (j & 31)) - 1);
      while (top === 0 && i > 0) top = this.bits2[base2 + --i]!;
      if (top === 0) return -1;
      j = i * 32 + 31 - Math.clz32(top);
      word = this.bits1[base1 + j]!;
    }
    k = j * 32 + 31 - Math.clz32(word);
    return k * 32 + 31 - Math.clz32(this.bits0[base0 + k]!);
  }

  /** First start of `reg` after the point, -1 = none. */
  private startAfter(reg: number, point: number): number {
    const base0 = reg * this.words0;
    let k = point >> 5;
    let word = this.bits0[base0 + k]! & above(point & 31);
    if (word !== 0) return k * 32 + lowest(word);
    const base1 = reg * this.words1;
    let j = k >> 5;
    word = this.bits1[base1 + j]! & above(k & 31);
    if (word === 0) {
      const base2 = reg * this.words2;
      let i = j >> 5;
      let top = this.bits2[base2 + i]! & above(j & 31);
      while (top === 0 && ++i < this.words2) top = this.bits2[base2 + i]!;
      if (top === 0) return -1;
      j = i * 32 + lowest(top);
      word = this.bits1[base1 + j]!;
    }
    k = j * 32 + lowest(word);
    return k * 32 + lowest(this.bits0[base0 + k]!);
  }
}

/** Mask of the bits above bit n (n in 0..31). */
const above = (n: number): number => (n === 31 ? 0 : -1 << (n + 1));
/** Number of the lowest bit set. */
const lowest = (word: number): number => 31 - Math.clz32(word & -word);
