// Forms of single lanes (splat, extract, replace, with and without memory), of a bit per lane, and
// of shuffles. What a shuffle is, shuffle.ts finds out; here its operands are put in order and the
// records made.

import type { Func, Value } from "../../src/ir/func.ts";
import { IR, SHAPE } from "../../src/ir/ops.ts";
import { V128 } from "../../src/ir/types.ts";
import { CLASS } from "../lir.ts";
import type { Vreg } from "../lir.ts";
import type { Lowering } from "../lower.ts";
import { INST, insts } from "./insts.ts";
import type { Amd64Records } from "./record.ts";
import * as shuffle from "./shuffle.ts";
import { ZERO } from "./shuffle.ts";
import type { Row } from "./shuffle.ts";
import type { VectorMaker } from "./vector.ts";

/** Bytes of a lane by SHAPE. */
const LANE_BYTES = [1, 2, 4, 8, 4, 8] as const;
// Rows by SHAPE.
const EXTRACTS = [INST.pextrb, INST.pextrw, INST.pextr, INST.pextr];
const INSERTS = [INST.pinsrb, INST.pinsrw, INST.pinsr, INST.pinsr, INST.pinsr];
const STORES = [INST.pextrbm, INST.pextrwm, INST.pextrm, 0, INST.pextrm];

// Immediates of pshufd: the lower or the upper half in both.
const LOWER = 0x44;
const UPPER = 0xee;
/** Added with saturation it sets the top bit of what is no index of a byte. */
const OUT_OF_RANGE = 0x70;

export class Lanes {
  f!: Func;
  hasAvx2 = false;
  private readonly r: Amd64Records;
  private readonly l: Lowering;
  private readonly v: VectorMaker;
  private readonly mask = new Uint8Array(16);
  private readonly part = new Uint8Array(16);

  constructor(r: Amd64Records, v: VectorMaker) {
    this.r = r;
    this.l = r.l;
    this.v = v;
  }

  // Splat -----------------------------------------------------------------------------------------

  splat(i: Value, x: Value): void {
    const { l, v } = this;
    const shape = this.f.aux[i]!;
    const d = l.def(i);
    if (shape === SHAPE.f64x2) {
      v.one(d, INST.movddup, 0, l.reg(x));
    } else if (shape === SHAPE.f32x4) {
      v.oneImm(d, INST.pshufd, v.one(0, INST.same, 0, l.reg(x)), 0);
    } else if (shape === SHAPE.i64x2) {
      v.oneImm(d, INST.pshufd, v.one(0, INST.movix, 8, l.reg(x)), LOWER);
    } else {
      this.splatInt(d, shape, v.one(0, INST.movix, 4, l.low(x)));
    }
  }

  /** The lowest lane of x, of 8 to 32 bits, everywhere. */
  private splatInt(d: Vreg, shape: number, x: Vreg): void {
    const { v } = this;
    if (shape === SHAPE.i32x4) {
      v.oneImm(d, INST.pshufd, x, 0);
    } else if (this.hasAvx2) {
      v.one(d, shape === SHAPE.i8x16 ? INST.vpbroadcastb : INST.vpbroadcastw, 0, x);
    } else if (shape === SHAPE.i8x16) {
      v.two(d, INST.pshufb, 0, x, v.zero());
    } else {
      v.oneImm(d, INST.pshufd, v.oneImm(0, INST.pshuflw, x, 0), 0);
    }
  }

  /** Load `m` reads just a lane of `i`. */
  readsLane(i: Value, m: Value): boolean {
    return this.r.bytesOf(m) === LANE_BYTES[this.f.aux[i]!];
  }

  /** The lane that load `m` reads gets everywhere in one step, or two without the integer file. */
  splatsFrom(i: Value, m: Value): boolean {
    return this.readsLane(i, m) && (this.f.aux[i]! > SHAPE.i16x8 || this.hasAvx2);
  }

  splatMem(i: Value, m: Value): void {
    const { r, v } = this;
    const size = LANE_BYTES[this.f.aux[i]!]!;
    const isTwo = size === 4 && !v.hasAvx;
    const d = isTwo ? this.l.lir.newVreg(CLASS.wide) : this.l.def(i);
    r.start(i);
    r.give(d);
    r.access(m);
    if (size === 1) r.done(INST.vpbroadcastb, 0);
    else if (size === 2) r.done(INST.vpbroadcastw, 0);
    else if (size === 8) r.done(v.inst(INST.movddup), 0);
    else if (!isTwo) r.done(INST.vbroadcastss, 0);
    else {
      r.done(INST.fload, 4);
      v.oneImm(this.l.def(i), INST.pshufd, d, 0);
    }
  }

  // Extract ---------------------------------------------------------------------------------------

  extract(i: Value, x: Value): void {
    const { f, l, v } = this;
    const shape = f.aux[i]!;
    const lane = f.b[i]!;
    const size = LANE_BYTES[shape]!;
    const a = l.reg(x);
    const d = l.def(i);
    if (shape >= SHAPE.f32x4) {
      if (lane === 0) v.one(d, INST.same, 0, a);
      else v.oneImm(d, INST.pshufd, a, size === 4 ? lane : UPPER);
    } else if (f.op[i] === IR.vextracts) {
      const field = this.extractInt(0, shape, a, lane);
      v.cross(d, CLASS.int, size === 1 ? INST.movsx8 : INST.movsx16, 4, field);
    } else {
      this.extractInt(d, shape, a, lane);
    }
  }

  private extractInt(d: Vreg, shape: number, x: Vreg, lane: number): Vreg {
    const { r, v } = this;
    const size = LANE_BYTES[shape]!;
    if (size >= 4 && lane === 0) return v.cross(d, CLASS.int, INST.movxi, size, x);
    const def = d === 0 ? this.l.lir.newVreg(CLASS.int) : d;
    v.startWith(def);
    r.give(x);
    r.imm(lane);
    r.done(v.inst(EXTRACTS[shape]!), size < 4 ? 0 : size);
    return def;
  }

  /** The store being selected writes just the lane that `e` extracts. */
  isLaneStore(w: Value, e: Value): boolean {
    return this.r.bytesOf(w) === LANE_BYTES[this.f.aux[e]!];
  }

  /** Stores the lane of x that `e` is. */
  storeLane(i: Value, e: Value, x: Value): void {
    const { f, r, v } = this;
    const shape = f.aux[e]!;
    const size = LANE_BYTES[shape]!;
    const lane = f.b[e]!;
    r.start(i);
    r.give(this.l.reg(x));
    r.access(i);
    if (size >= 4 && lane === 0) return r.done(INST.fstore, size);
    if (size === 8) return r.done(INST.movhpst, 0);
    r.imm(lane);
    r.done(v.inst(STORES[shape]!), size < 4 ? 0 : size);
  }

  // Replace ---------------------------------------------------------------------------------------

  replace(i: Value, x: Value, y: Value): void {
    const { f, l, v } = this;
    const shape = f.aux[i]!;
    const lane = f.c[i]!;
    if (lane === 0 && this.isZero(x) && this.replaceZero(i, y)) return;
    const a = l.reg(x);
    const d = l.def(i);
    if (shape === SHAPE.f64x2) {
      v.two(d, lane === 0 ? INST.movsd : INST.movlhps, 0, a, l.reg(y));
    } else if (shape === SHAPE.f32x4) {
      if (lane === 0) v.two(d, INST.movss, 0, a, l.reg(y));
      else v.twoImm(d, INST.insertps, 0, a, l.reg(y), lane << 4);
    } else {
      const size = shape === SHAPE.i64x2 ? 8 : shape === SHAPE.i32x4 ? 4 : 0;
      v.twoImm(d, INSERTS[shape]!, size, a, size === 8 ? l.reg(y) : l.low(y), lane);
    }
  }

  /** Lane 0 of zero: what moves it clears the rest. */
  private replaceZero(i: Value, y: Value): boolean {
    const { l, v } = this;
    const shape = this.f.aux[i]!;
    if (shape === SHAPE.i32x4) v.one(l.def(i), INST.movix, 4, l.low(y));
    else if (shape === SHAPE.i64x2) v.one(l.def(i), INST.movix, 8, l.reg(y));
    else if (shape === SHAPE.f64x2) v.one(l.def(i), INST.movq, 0, l.reg(y));
    else return false;
    return true;
  }

  replaceMem(i: Value, x: Value, m: Value): void {
    const { f, r, v } = this;
    const shape = f.aux[i]!;
    const size = LANE_BYTES[shape]!;
    const lane = f.c[i]!;
    r.start(i);
    r.give(this.l.def(i));
    r.give(this.l.reg(x));
    r.access(m);
    if (size === 8) return r.done(v.inst(lane === 0 ? INST.movlpm : INST.movhpm), 0);
    r.imm(lane);
    r.done(v.inst(INSERTS[shape]!), size < 4 ? 0 : size);
  }

  // A bit per lane --------------------------------------------------------------------------------

  /** The lanes' top bits; words are narrowed to bytes, which keeps their signs. */
  bitMask(i: Value, x: Value): void {
    const { v } = this;
    const shape = this.f.aux[i]!;
    const a = this.l.reg(x);
    const d = this.l.def(i);
    const size = LANE_BYTES[shape]!;
    if (size >= 4) {
      v.cross(d, CLASS.int, INST.movmskp, size, a);
    } else {
      const bytes = size === 1 ? a : v.two(0, INST.packsswb, 0, a, v.zero());
      v.cross(d, CLASS.int, INST.pmovmskb, 0, bytes);
    }
  }

  // Shuffles --------------------------------------------------------------------------------------

  /** Bytes of x by number, 0 for numbers from 16 on. */
  swizzle(i: Value, x: Value, y: Value): void {
    const { v } = this;
    const a = this.l.reg(x);
    const index = v.twoConst(0, INST.paddusb, 0, this.l.reg(y), v.bytes(OUT_OF_RANGE));
    v.two(this.l.def(i), INST.pshufb, 0, a, index);
  }

  swizzleConst(i: Value, x: Value, c: Value): void {
    for (let k = 0; k < 16; k++) {
      const from = this.byteOf(c, k);
      this.mask[k] = from < 16 ? from : ZERO;
    }
    this.shuffleOne(i, x);
  }

  shuffle(i: Value, x: Value, y: Value, c: Value): void {
    const { mask } = this;
    for (let k = 0; k < 16; k++) mask[k] = this.byteOf(c, k) & 31;
    if (x === y) for (let k = 0; k < 16; k++) mask[k]! &= 15;
    const isFirst = mask.some(fromFirst);
    const isSecond = mask.some(fromSecond);
    if (isFirst && isSecond && !this.isZero(x) && !this.isZero(y)) {
      this.shuffleTwo(i, x, y);
      return;
    }
    const useSecond = !isFirst || (isSecond && this.isZero(x));
    if (useSecond) shuffle.exchange(mask);
    for (let k = 0; k < 16; k++) if (mask[k]! >= 16) mask[k] = ZERO;
    this.shuffleOne(i, useSecond ? y : x);
  }

  /** Byte `k` of constant `c`. */
  private byteOf(c: Value, k: number): number {
    return (this.f.pool[this.f.a[c]! + (k >> 2)]! >> (8 * (k & 3))) & 255;
  }

  private isZero(v: Value): boolean {
    const { f } = this;
    if (f.op[v] !== IR.const || f.ty[v] !== V128) return false;
    const at = f.a[v]!;
    return (f.pool[at]! | f.pool[at + 1]! | f.pool[at + 2]! | f.pool[at + 3]!) === 0;
  }

  /** The mask takes bytes of x and zeros. */
  private shuffleOne(i: Value, x: Value): void {
    const { mask, l, v } = this;
    const d = l.def(i);
    if (mask.every(isNothing)) {
      v.zero(d);
      return;
    }
    const a = l.reg(x);
    if (shuffle.isIdentity(mask)) v.one(d, INST.same, 0, a);
    else if (this.hasAvx2 && this.byOne(d, a, shuffle.BROADCASTS)) return;
    else if (this.byOne(d, a, shuffle.ONE) || this.byOne(d, a, shuffle.SHIFTS)) return;
    else if (this.byTwo(d, a, a, shuffle.SELF)) return;
    else if (shuffle.keeps(mask)) v.twoConst(d, INST.pand, 0, a, this.kept());
    else {
      const n = shuffle.INSERT(mask);
      if (n >= 0) v.twoImm(d, INST.insertps, 0, a, a, n);
      else v.twoConst(d, INST.pshufb, 0, a, v.mask(mask));
    }
  }

  /** Ones where bytes are kept. */
  private kept(): number {
    const { mask, part } = this;
    for (let k = 0; k < 16; k++) part[k] = mask[k] === ZERO ? 0 : 255;
    return this.v.mask(part);
  }

  /** Tries the instructions of a table. */
  private byOne(d: Vreg, x: Vreg, rows: readonly Row[]): boolean {
    const { mask, v } = this;
    for (let k = 0; k < rows.length; k++) {
      const [find, op] = rows[k]!;
      const n = find(mask);
      if (n < 0) continue;
      if (insts.imms[op] !== 0) v.oneImm(d, op, x, n);
      else v.one(d, op, 0, x);
      return true;
    }
    return false;
  }

  private byTwo(d: Vreg, x: Vreg, y: Vreg, rows: readonly Row[]): boolean {
    const { mask, v } = this;
    for (let k = 0; k < rows.length; k++) {
      const [find, op] = rows[k]!;
      const n = find(mask);
      if (n < 0) continue;
      if (op === INST.palignr) v.twoImm(d, op, 0, y, x, n);
      else if (insts.imms[op] !== 0) v.twoImm(d, op, 0, x, y, n);
      else v.two(d, op, 0, x, y);
      return true;
    }
    return false;
  }

  private shuffleTwo(i: Value, x: Value, y: Value): void {
    const { mask, l } = this;
    const d = l.def(i);
    const a = l.reg(x);
    const b = l.reg(y);
    if (this.byTwo(d, a, b, shuffle.TWO)) return;
    shuffle.exchange(mask);
    if (this.byTwo(d, b, a, shuffle.TWO)) return;
    shuffle.exchange(mask);
    if (shuffle.blendBytes(mask) >= 0) return this.blend(d, a, b);
    const second = shuffle.lanesOfSecond(mask);
    if (second >= 0) this.moveLanes(d, a, b, second);
    else this.moveBytes(d, a, b);
  }

  private blend(d: Vreg, x: Vreg, y: Vreg): void {
    const { mask, part, v, r } = this;
    for (let k = 0; k < 16; k++) part[k] = mask[k]! >= 16 ? 255 : 0;
    const picks = v.load(v.mask(part));
    v.startWith(d);
    r.give(x);
    r.give(picks);
    r.give(y);
    r.done(v.hasAvx ? INST.vpblendvb : INST.pblendvb, 0);
  }

  /** Lanes of 32 bits, of which those in the bits of `second` are the second operand's. */
  private moveLanes(d: Vreg, x: Vreg, y: Vreg, second: number): void {
    const { mask, v } = this;
    const count = bitCount(second);
    if (count === 2) {
      const both = v.twoImm(0, INST.shufps, 0, x, y, shuffle.gathering(mask));
      v.oneImm(d, INST.pshufd, both, shuffle.arranging(mask));
      return;
    }
    const isTurned = count === 3;
    if (isTurned) shuffle.exchange(mask);
    const alone = 31 - Math.clz32(isTurned ? second ^ 15 : second);
    const placed = v.oneImm(0, INST.pshufd, isTurned ? y : x, shuffle.placing(mask));
    const other = isTurned ? x : y;
    v.twoImm(d, INST.insertps, 0, placed, other, shuffle.inserting(mask, alone));
  }

  private moveBytes(d: Vreg, x: Vreg, y: Vreg): void {
    const { mask, v } = this;
    const words = shuffle.blendMoved(mask);
    if (words >= 0 && (shuffle.isStill(mask, 0) || shuffle.isStill(mask, 1))) {
      const first = shuffle.isStill(mask, 0) ? x : this.bytesOf(x, 0);
      const second = shuffle.isStill(mask, 1) ? y : this.bytesOf(y, 1);
      v.twoImm(d, INST.pblendw, 0, first, second, words);
    } else {
      const first = this.bytesOf(x, 0);
      v.two(d, INST.por, 0, first, this.bytesOf(y, 1));
    }
  }

  /** The bytes that the mask takes of operand `which` in their places, zeros elsewhere. */
  private bytesOf(x: Vreg, which: number): Vreg {
    const { mask, part, v } = this;
    shuffle.bytesOf(mask, which, part);
    return v.twoConst(0, INST.pshufb, 0, x, v.mask(part));
  }
}

const fromFirst = (from: number): boolean => from < 16;
const fromSecond = (from: number): boolean => from >= 16;
const isNothing = (from: number): boolean => from === ZERO;
/** Of four bits. */
const bitCount = (n: number): number => (n & 1) + ((n >> 1) & 1) + ((n >> 2) & 1) + (n >> 3);
