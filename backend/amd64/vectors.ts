// Forms of vectors that keep their shape: what is one instruction (direct.ts) and what takes
// several. Forms that change shapes are in widths.ts, those of single lanes and of shuffles in
// lanes.ts. Each comment says why the sequence computes what the opcode means, for all operands.
//
// A record that overwrites an operand is given one that dies there, where there is a choice; the
// allocator copies what lives on.

import type { Func, Value } from "../../src/ir/func.ts";
import { FLAG, IR, OP_FLAGS, SHAPE, WIDTH, widthOf } from "../../src/ir/ops.ts";
import { bug } from "../../src/support/errors.ts";
import type { Vreg } from "../lir.ts";
import type { Lowering } from "../lower.ts";
import { givenOf, GIVEN, widthOf as bytesOf } from "../shape.ts";
import { DIRECT, DIRECT_IMM, EXCHANGED, SHAPES } from "./direct.ts";
import { INST, insts } from "./insts.ts";
import { RELATION } from "./packed.ts";
import type { Amd64Records } from "./record.ts";
import type { VectorMaker } from "./vector.ts";

/** Bits of a lane by SHAPE. */
export const LANE_BITS = [8, 16, 32, 64, 32, 64] as const;

// Rows by SHAPE; i8x16 has no shifts, i64x2 few of the others.
const SUBS = [INST.psubb, INST.psubw, INST.psubd, INST.psubq];
const LEFT = [0, INST.psllw, INST.pslld, INST.psllq];
const RIGHT = [0, INST.psrlw, INST.psrld, INST.psrlq];
const SIGNED = [0, INST.psraw, INST.psrad, 0];
const LEFT_IMM = [0, INST.psllwi, INST.pslldi, INST.psllqi];
const RIGHT_IMM = [0, INST.psrlwi, INST.psrldi, INST.psrlqi];
const SIGNED_IMM = [0, INST.psrawi, INST.psradi, 0];
const EQUALS = [INST.pcmpeqb, INST.pcmpeqw, INST.pcmpeqd, INST.pcmpeqq];
const GREATER = [INST.pcmpgtb, INST.pcmpgtw, INST.pcmpgtd];

/** pshufd: the upper half of each 64-bit lane in both of its halves. */
const UPPER_HALVES = 0xf5;
/** How deep a mask is looked into. */
const DEPTH = 4;

export class Vectors {
  f!: Func;
  private readonly r: Amd64Records;
  private readonly l: Lowering;
  private readonly v: VectorMaker;

  constructor(r: Amd64Records, v: VectorMaker) {
    this.r = r;
    this.l = r.l;
    this.v = v;
  }

  // Questions -------------------------------------------------------------------------------------

  private rowOf(i: Value): number {
    return this.f.op[i]! * SHAPES + this.f.aux[i]!;
  }

  /** One instruction computes `i`. */
  isDirect(i: Value): boolean {
    return DIRECT[this.rowOf(i)] !== 0;
  }

  /** The instruction of `i` may read load `m` itself as its last operand. */
  reads(i: Value, m: Value): boolean {
    const op = DIRECT[this.rowOf(i)]!;
    return op !== 0 && this.fits(op, m);
  }

  /** Load `m` reads just what the last operand of `op` is, and may be anywhere. */
  private fits(op: number, m: Value): boolean {
    const fact = insts.fact[insts.first[op + 1]! - 1]!;
    const width = widthOf(this.f.aux[m]!);
    if (givenOf(fact) !== GIVEN.rm) return false;
    if (bytesOf(fact) === 16) return width === WIDTH.full && this.v.hasAvx;
    return bytesOf(fact) === 8 && width === WIDTH.u64;
  }

  isLong(i: Value): boolean {
    return this.f.aux[i] === SHAPE.i64x2;
  }

  isFloat(i: Value): boolean {
    return this.f.aux[i]! >= SHAPE.f32x4;
  }

  /** Every byte of `v` is all ones or all zeros. */
  isMask(v: Value): boolean {
    return this.isMaskTo(v, DEPTH);
  }

  private isMaskTo(v: Value, depth: number): boolean {
    const { f } = this;
    const op = f.op[v]!;
    if (op >= IR.veq && op <= IR.vfge) return true;
    if (op === IR.const) return this.isMaskConst(f.a[v]!);
    if (depth === 0) return false;
    if (op === IR.vnot) return this.isMaskTo(f.a[v]!, depth - 1);
    if (op < IR.vand || op > IR.vandnot) return false;
    return this.isMaskTo(f.a[v]!, depth - 1) && this.isMaskTo(f.b[v]!, depth - 1);
  }

  private isMaskConst(at: number): boolean {
    const { pool } = this.f;
    for (let k = 0; k < 16; k++) {
      const byte = (pool[at + (k >> 2)]! >> (8 * (k & 3))) & 255;
      if (byte !== 0 && byte !== 255) return false;
    }
    return true;
  }

  // One instruction -------------------------------------------------------------------------------

  private sizeOf(op: number, shape: number): number {
    return insts.sizes[op] === 0 ? 0 : shape === SHAPE.f64x2 ? 8 : 4;
  }

  /** Begins the record of a direct opcode with its def. */
  private startDirect(i: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
  }

  private endDirect(i: Value): void {
    const row = this.rowOf(i);
    const op = DIRECT[row]!;
    if (DIRECT_IMM[row] !== 0) this.r.imm(DIRECT_IMM[row]! - 1);
    this.r.done(this.v.inst(op), this.sizeOf(op, this.f.aux[i]!));
  }

  binary(i: Value, x: Value, y: Value): void {
    const isTurned = EXCHANGED[this.rowOf(i)] === 1 || this.isBetterTurned(i, x, y);
    const left = isTurned ? y : x;
    const right = isTurned ? x : y;
    this.startDirect(i);
    this.r.give(this.l.reg(left));
    this.r.giveRm(right, 16);
    this.endDirect(i);
  }

  /** The operands may change places, and the second one dies. */
  private isBetterTurned(i: Value, x: Value, y: Value): boolean {
    const { f, l } = this;
    if ((OP_FLAGS[f.op[i]!]! & FLAG.commutes) === 0 || f.op[y] === IR.const) return false;
    return l.livesOn(x) && !l.livesOn(y);
  }

  binaryMem(i: Value, x: Value, m: Value): void {
    this.startDirect(i);
    this.r.give(this.l.reg(x));
    this.r.access(m);
    this.endDirect(i);
  }

  unary(i: Value, x: Value): void {
    this.startDirect(i);
    this.r.giveRm(x, 16);
    this.endDirect(i);
  }

  unaryMem(i: Value, m: Value): void {
    this.startDirect(i);
    this.r.access(m);
    this.endDirect(i);
  }

  // Bits ------------------------------------------------------------------------------------------

  not(i: Value, x: Value): void {
    const a = this.l.reg(x);
    this.v.two(this.l.def(i), INST.pxor, 0, this.v.ones(), a);
  }

  /** ~x & y */
  andNot(i: Value, x: Value, y: Value): void {
    const a = this.l.reg(x);
    this.v.two(this.l.def(i), INST.pandn, 0, a, this.l.reg(y));
  }

  /** x where c has ones, y where it has zeros. */
  select(i: Value, x: Value, y: Value, c: Value): void {
    const { v } = this;
    const mask = this.l.reg(c);
    const ones = v.two(0, INST.pand, 0, this.l.reg(x), mask);
    const zeros = v.two(0, INST.pandn, 0, mask, this.l.reg(y));
    v.two(this.l.def(i), INST.por, 0, ones, zeros);
  }

  /** The same where c has whole bytes of them. */
  blend(i: Value, x: Value, y: Value, c: Value): void {
    const over = this.l.reg(y);
    const mask = this.l.reg(c);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(over);
    this.r.give(mask);
    this.r.giveRm(x, 16);
    this.r.done(this.v.hasAvx ? INST.vpblendvb : INST.pblendvb, 0);
  }

  // Arithmetic ------------------------------------------------------------------------------------

  /** 0 - x; of floats the sign bits. */
  negate(i: Value, x: Value): void {
    const { v } = this;
    const shape = this.f.aux[i]!;
    const a = this.l.reg(x);
    if (shape < SHAPE.f32x4) v.two(this.l.def(i), SUBS[shape]!, 0, v.zero(), a);
    else v.twoConst(this.l.def(i), INST.pxor, 0, a, this.signs(shape));
  }

  /** The sign bits of the lanes. */
  private signs(shape: number): number {
    const { v } = this;
    if (shape === SHAPE.f64x2 || shape === SHAPE.i64x2) return v.qwords(0, 0x80000000);
    return v.dwords(0x80000000);
  }

  /** i64x2: (x ^ s) - s, s = all ones where x is negative. Floats: all but the sign. */
  absolute(i: Value, x: Value): void {
    const { v } = this;
    const shape = this.f.aux[i]!;
    const a = this.l.reg(x);
    if (shape === SHAPE.i64x2) {
      const sign = this.signOfLong(a);
      const flipped = v.two(0, INST.pxor, 0, a, sign);
      v.two(this.l.def(i), INST.psubq, 0, flipped, sign);
    } else {
      const k = shape === SHAPE.f32x4 ? v.dwords(0x7fffffff) : v.qwords(-1, 0x7fffffff);
      v.twoConst(this.l.def(i), INST.pand, 0, a, k);
    }
  }

  /** All ones in the lanes of 64 bits that are negative. */
  private signOfLong(x: Vreg, d: Vreg = 0): Vreg {
    const upper = this.v.oneImm(0, INST.pshufd, x, UPPER_HALVES);
    return this.v.oneImm(d, INST.psradi, upper, 31);
  }

  /** 64 bits: the low halves' product, and the cross products in the upper half. */
  multiplyLong(i: Value, x: Value, y: Value): void {
    const { v } = this;
    const a = this.l.reg(x);
    const b = this.l.reg(y);
    const first = v.two(0, INST.pmuludq, 0, v.oneImm(0, INST.psrlqi, a, 32), b);
    const second = v.two(0, INST.pmuludq, 0, v.oneImm(0, INST.psrlqi, b, 32), a);
    const cross = v.oneImm(0, INST.psllqi, v.two(0, INST.paddq, 0, first, second), 32);
    v.two(this.l.def(i), INST.paddq, 0, v.two(0, INST.pmuludq, 0, a, b), cross);
  }

  /** (x y + 2^14) >> 15; the machine wraps only for -2^15 times itself, to -2^15. */
  multiplyFractions(i: Value, x: Value, y: Value): void {
    const { v } = this;
    const a = this.l.reg(x);
    const product = v.two(0, INST.pmulhrsw, 0, a, this.l.reg(y));
    const wrapped = v.twoConst(0, INST.pcmpeqw, 0, product, v.halves(0x8000));
    v.two(this.l.def(i), INST.pxor, 0, product, wrapped);
  }

  /** A table of the counts of four bits, asked twice. */
  countBits(i: Value, x: Value): void {
    const { v } = this;
    const a = this.l.reg(x);
    const upper = v.twoConst(0, INST.pand, 0, v.oneImm(0, INST.psrlwi, a, 4), v.bytes(15));
    const lower = v.twoConst(0, INST.pand, 0, a, v.bytes(15));
    const counts = v.load(v.words(0x02010100, 0x03020201, 0x03020201, 0x04030302));
    const first = v.two(0, INST.pshufb, 0, counts, upper);
    const second = v.two(0, INST.pshufb, 0, counts, lower);
    v.two(this.l.def(i), INST.paddb, 0, first, second);
  }

  // Shifts ----------------------------------------------------------------------------------------

  /** By a constant that is not 0 modulo the lane's width. */
  shiftImm(i: Value, x: Value, c: Value): void {
    const { v, f } = this;
    const shape = f.aux[i]!;
    const n = f.a[c]! & (LANE_BITS[shape]! - 1);
    const op = f.op[i];
    const a = this.l.reg(x);
    const d = this.l.def(i);
    if (n === 0) v.one(d, INST.same, 0, a);
    else if (shape === SHAPE.i8x16) this.shiftBytes(d, op!, a, n);
    else if (op === IR.vshl) v.oneImm(d, LEFT_IMM[shape]!, a, n);
    else if (op === IR.vshru) v.oneImm(d, RIGHT_IMM[shape]!, a, n);
    else if (shape !== SHAPE.i64x2) v.oneImm(d, SIGNED_IMM[shape]!, a, n);
    else if (n === 63) this.signOfLong(a, d);
    else this.signExtend(d, v.oneImm(0, INST.psrlqi, a, n), v.load(this.bit64(63 - n)), INST.psubq);
  }

  private bit64(n: number): number {
    return n < 32 ? this.v.qwords(1 << n, 0) : this.v.qwords(0, 1 << (n - 32));
  }

  /** x with the copies of its sign bit s that an unsigned shift has left out. */
  private signExtend(d: Vreg, x: Vreg, s: Vreg, sub: number): void {
    this.v.two(d, sub, 0, this.v.two(0, INST.pxor, 0, x, s), s);
  }

  /** Bytes are shifted in words; a mask takes away what came from the neighbour. */
  private shiftBytes(d: Vreg, op: number, x: Vreg, n: number): void {
    const { v } = this;
    if (op === IR.vshl) {
      if (n === 1) v.two(d, INST.paddb, 0, x, x);
      else v.twoConst(d, INST.pand, 0, v.oneImm(0, INST.psllwi, x, n), v.bytes(255 << n));
    } else if (op === IR.vshru) {
      v.twoConst(d, INST.pand, 0, v.oneImm(0, INST.psrlwi, x, n), v.bytes(255 >> n));
    } else if (n === 7) {
      v.two(d, INST.pcmpgtb, 0, v.zero(), x);
    } else {
      const words = v.oneImm(0, INST.psrlwi, x, n);
      const bytes = v.twoConst(0, INST.pand, 0, words, v.bytes(255 >> n));
      this.signExtend(d, bytes, v.load(v.bytes(128 >> n)), INST.psubb);
    }
  }

  /** By a count in a register, modulo the lane's width. */
  shift(i: Value, x: Value, y: Value): void {
    const { v, f } = this;
    const shape = f.aux[i]!;
    const op = f.op[i]!;
    const a = this.l.reg(x);
    const count = v.intImm(INST.andi, this.l.low(y), LANE_BITS[shape]! - 1);
    if (shape === SHAPE.i8x16 && op === IR.vshrs) {
      this.shiftBytesSigned(i, a, v.intImm(INST.addi, count, 8));
      return;
    }
    const n = v.one(0, INST.movix, 4, count);
    const d = this.l.def(i);
    if (shape === SHAPE.i8x16) {
      this.shiftBytesBy(d, op, a, n);
    } else if (op !== IR.vshrs) {
      v.two(d, op === IR.vshl ? LEFT[shape]! : RIGHT[shape]!, 0, a, n);
    } else if (shape !== SHAPE.i64x2) {
      v.two(d, SIGNED[shape]!, 0, a, n);
    } else {
      const sign = v.two(0, INST.psrlq, 0, v.load(v.qwords(0, 0x80000000)), n);
      this.signExtend(d, v.two(0, INST.psrlq, 0, a, n), sign, INST.psubq);
    }
  }

  /** The mask is a byte of shifted ones: the low one of the word, or the high one. */
  private shiftBytesBy(d: Vreg, op: number, x: Vreg, n: Vreg): void {
    const { v } = this;
    const shift = op === IR.vshl ? INST.psllw : INST.psrlw;
    const ones = v.two(0, shift, 0, v.ones(), n);
    const mask =
      op === IR.vshl
        ? v.two(0, INST.pshufb, 0, ones, v.zero())
        : v.twoConst(0, INST.pshufb, 0, ones, v.bytes(1));
    v.two(d, INST.pand, 0, v.two(0, shift, 0, x, n), mask);
  }

  /** Each byte in the upper half of a word, shifted by 8 more. */
  private shiftBytesSigned(i: Value, x: Vreg, count: Vreg): void {
    const { v } = this;
    const n = v.one(0, INST.movix, 4, count);
    const low = v.two(0, INST.psraw, 0, v.two(0, INST.punpcklbw, 0, x, x), n);
    const high = v.two(0, INST.psraw, 0, v.two(0, INST.punpckhbw, 0, x, x), n);
    v.two(this.l.def(i), INST.packsswb, 0, low, high);
  }

  // Comparisons -----------------------------------------------------------------------------------

  /** Not equal: integers. */
  compareUnequal(i: Value, x: Value, y: Value): void {
    const { v } = this;
    const a = this.l.reg(x);
    const equal = v.two(0, EQUALS[this.f.aux[i]!]!, 0, a, this.l.reg(y));
    v.two(this.l.def(i), INST.pxor, 0, v.ones(), equal);
  }

  /** x <= y where the minimum is x, x >= y where it is y. */
  compareOrEqual(i: Value, x: Value, y: Value): void {
    const { v, f } = this;
    const shape = f.aux[i]!;
    const op = f.op[i]!;
    const min = op === IR.vles || op === IR.vges ? IR.vmins : IR.vminu;
    const isLess = op === IR.vles || op === IR.vleu;
    const a = this.l.reg(x);
    const b = this.l.reg(y);
    const least = v.two(0, DIRECT[min * SHAPES + shape]!, 0, a, b);
    v.two(this.l.def(i), EQUALS[shape]!, 0, least, isLess ? a : b);
  }

  /** Unsigned: both moved down by half of the range, then compared as signed. */
  compareUnsigned(i: Value, x: Value, y: Value): void {
    const { v, f } = this;
    const shape = f.aux[i]!;
    const half =
      shape === SHAPE.i8x16
        ? v.bytes(0x80)
        : shape === SHAPE.i16x8
          ? v.halves(0x8000)
          : v.dwords(0x80000000);
    const a = this.moved(x, half);
    const b = this.moved(y, half);
    const isLess = f.op[i] === IR.vltu;
    v.two(this.l.def(i), GREATER[shape] ?? bug("lanes"), 0, isLess ? b : a, isLess ? a : b);
  }

  /** x ^ the constant `half`, computed here if x is constant. */
  private moved(x: Value, half: number): Vreg {
    const { v, f } = this;
    if (f.op[x] !== IR.const) return v.twoConst(0, INST.pxor, 0, this.l.reg(x), half);
    const sign = this.l.lir.constWords[half * 4]!;
    const { pool } = f;
    const at = f.a[x]!;
    return v.load(
      v.words(pool[at]! ^ sign, pool[at + 1]! ^ sign, pool[at + 2]! ^ sign, pool[at + 3]! ^ sign),
    );
  }

  /** i64x2, signed. */
  compareLong(i: Value, x: Value, y: Value): void {
    const { v, f } = this;
    const op = f.op[i]!;
    const a = this.l.reg(x);
    const b = this.l.reg(y);
    const isLess = op === IR.vlts || op === IR.vges;
    const isNegated = op === IR.vles || op === IR.vges;
    const d = isNegated ? 0 : this.l.def(i);
    const found = this.greaterLong(d, isLess ? b : a, isLess ? a : b);
    if (isNegated) v.two(this.l.def(i), INST.pxor, 0, v.ones(), found);
  }

  /**
   * a > b. Without the instruction: where the upper halves differ they decide; where they are equal
   * the upper half of b - a is all ones if the low half of b is below that of a, else zero.
   */
  private greaterLong(d: Vreg, a: Vreg, b: Vreg): Vreg {
    const { v } = this;
    if (v.hasAvx) return v.two(d, INST.vpcmpgtq, 0, a, b);
    const below = v.two(0, INST.psubq, 0, b, a);
    const equal = v.two(0, INST.pcmpeqd, 0, b, a);
    const low = v.two(0, INST.pand, 0, equal, below);
    const upper = v.two(0, INST.pcmpgtd, 0, a, b);
    return v.oneImm(d, INST.pshufd, v.two(0, INST.por, 0, upper, low), UPPER_HALVES);
  }

  // Floats ----------------------------------------------------------------------------------------

  /**
   * The machine's minimum gives its second operand for NaN and for two zeros, so both ways round
   * are tried. They differ in the sign of zero, which `or` makes negative, and where one of them is
   * NaN, which `or` keeps; there all bits are set, then the payload is cleared.
   */
  minimum(i: Value, x: Value, y: Value): void {
    const { v } = this;
    const size = this.f.aux[i] === SHAPE.f64x2 ? 8 : 4;
    const a = this.l.reg(x);
    const b = this.l.reg(y);
    const first = v.two(0, INST.minp, size, b, a);
    const second = v.two(0, INST.minp, size, a, b);
    const both = v.two(0, INST.por, 0, first, second);
    const isNan = v.twoImm(0, INST.cmpp, size, second, both, RELATION.unord);
    this.canonical(i, size, isNan, v.two(0, INST.por, 0, both, isNan));
  }

  /**
   * Both ways round again. Their difference is 0, or the sign bit for zeros of two signs: `or` with
   * it gives -0, and -0 - -0 is +0. For NaN `or` keeps it, and the subtraction quietens it.
   */
  maximum(i: Value, x: Value, y: Value): void {
    const { v } = this;
    const size = this.f.aux[i] === SHAPE.f64x2 ? 8 : 4;
    const a = this.l.reg(x);
    const b = this.l.reg(y);
    const first = v.two(0, INST.maxp, size, b, a);
    const second = v.two(0, INST.maxp, size, a, b);
    const difference = v.two(0, INST.pxor, 0, second, first);
    const both = v.two(0, INST.por, 0, first, difference);
    const positive = v.two(0, INST.subp, size, both, difference);
    const isNan = v.twoImm(0, INST.cmpp, size, difference, positive, RELATION.unord);
    this.canonical(i, size, isNan, positive);
  }

  /** `x`, without the payload where it is NaN. */
  private canonical(i: Value, size: number, isNan: Vreg, x: Vreg): void {
    const { v } = this;
    const payload =
      size === 4 ? v.oneImm(0, INST.psrldi, isNan, 10) : v.oneImm(0, INST.psrlqi, isNan, 13);
    v.two(this.l.def(i), INST.pandn, 0, payload, x);
  }
}
