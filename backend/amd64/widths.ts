// Forms of vectors that change the shape: wider and narrower integers, integers and floats. As in
// vectors.ts, each comment says why the sequence is right for all operands.

import type { Func, Value } from "../../src/ir/func.ts";
import { IR, SHAPE } from "../../src/ir/ops.ts";
import type { Vreg } from "../lir.ts";
import type { Lowering } from "../lower.ts";
import { INST, ROUND } from "./insts.ts";
import { RELATION } from "./packed.ts";
import type { VectorMaker } from "./vector.ts";

// Rows by SHAPE of the result.
const SIGNED = [0, INST.pmovsxbw, INST.pmovsxwd, INST.pmovsxdq];
const UNSIGNED = [0, INST.pmovzxbw, INST.pmovzxwd, INST.pmovzxdq];
const HIGH = [0, INST.punpckhbw, INST.punpckhwd, INST.punpckhdq];

// Immediates of pshufd: the upper half below; lanes 0 and 1, or 2 and 3, at the even places.
const UPPER = 0xee;
const LOW_PAIR = 0x50;
const HIGH_PAIR = 0xfa;
/** Immediate of pblendw: the upper half of each 32-bit lane from the second operand. */
const UPPER_WORDS = 0xaa;
/** Immediate of shufps: lanes 0 and 2 of both operands. */
const EVEN_LANES = 0x88;

export class Widths {
  f!: Func;
  private readonly l: Lowering;
  private readonly v: VectorMaker;

  constructor(l: Lowering, v: VectorMaker) {
    this.l = l;
    this.v = v;
  }

  // Integers --------------------------------------------------------------------------------------

  private isSigned(i: Value): boolean {
    const op = this.f.op[i];
    return op === IR.vexthighs || op === IR.vmullows || op === IR.vmulhighs || op === IR.vpairs;
  }

  private isHigh(i: Value): boolean {
    const op = this.f.op[i]!;
    return op === IR.vexthighs || op === IR.vexthighu || op === IR.vmulhighs || op === IR.vmulhighu;
  }

  extendHigh(i: Value, x: Value): void {
    this.widen(i, this.l.def(i), this.l.reg(x));
  }

  /** The half of x that `i` is about at twice the width. */
  private widen(i: Value, d: Vreg, x: Vreg): Vreg {
    const { v } = this;
    const shape = this.f.aux[i]!;
    const extend = (this.isSigned(i) ? SIGNED : UNSIGNED)[shape]!;
    if (!this.isHigh(i)) return v.one(d, extend, 0, x);
    if (!this.isSigned(i)) return v.two(d, HIGH[shape]!, 0, x, v.zero());
    return v.one(d, extend, 0, v.oneImm(0, INST.pshufd, x, UPPER));
  }

  /** Products of twice the width of half of the lanes. */
  multiply(i: Value, x: Value, y: Value): void {
    const a = this.l.reg(x);
    const b = this.l.reg(y);
    const shape = this.f.aux[i];
    if (shape === SHAPE.i16x8) this.multiplyBytes(i, a, b);
    else if (shape === SHAPE.i32x4) this.multiplyWords(i, a, b);
    else this.multiplyDwords(i, a, b);
  }

  private multiplyBytes(i: Value, a: Vreg, b: Vreg): void {
    const left = this.widen(i, 0, a);
    const right = a === b ? left : this.widen(i, 0, b);
    this.v.two(this.l.def(i), INST.pmullw, 0, left, right);
  }

  /** The low and the high halves of the products, put together. */
  private multiplyWords(i: Value, a: Vreg, b: Vreg): void {
    const { v } = this;
    const low = v.two(0, INST.pmullw, 0, a, b);
    const high = v.two(0, this.isSigned(i) ? INST.pmulhw : INST.pmulhuw, 0, a, b);
    v.two(this.l.def(i), this.isHigh(i) ? INST.punpckhwd : INST.punpcklwd, 0, low, high);
  }

  /** The machine multiplies the even lanes. */
  private multiplyDwords(i: Value, a: Vreg, b: Vreg): void {
    const { v } = this;
    const pair = this.isHigh(i) ? HIGH_PAIR : LOW_PAIR;
    const left = v.oneImm(0, INST.pshufd, a, pair);
    const right = a === b ? left : v.oneImm(0, INST.pshufd, b, pair);
    v.two(this.l.def(i), this.isSigned(i) ? INST.pmuldq : INST.pmuludq, 0, left, right);
  }

  /** Sums of neighbours as products with 1; pmaddubsw takes unsigned bytes left, signed right. */
  addPairs(i: Value, x: Value): void {
    const { v, f } = this;
    const d = this.l.def(i);
    const a = this.l.reg(x);
    const isSigned = this.isSigned(i);
    if (f.aux[i] === SHAPE.i16x8) {
      if (isSigned) v.two(d, INST.pmaddubsw, 0, v.load(v.bytes(1)), a);
      else v.twoConst(d, INST.pmaddubsw, 0, a, v.bytes(1));
    } else if (isSigned) {
      v.twoConst(d, INST.pmaddwd, 0, a, v.halves(1));
    } else {
      const odd = v.oneImm(0, INST.psrldi, a, 16);
      const even = v.twoConst(0, INST.pand, 0, a, v.dwords(0xffff));
      v.two(d, INST.paddd, 0, odd, even);
    }
  }

  // To floats -------------------------------------------------------------------------------------

  /**
   * u32 to f32. The halves are put into the low bits of 2^23 and 2^39, whose units they count:
   * 2^23 + low and 2^39 + 2^16 high. The second less 2^39 + 2^23 is exact, so that the sum of both
   * is rounded once.
   */
  convertUnsigned(i: Value, x: Value): void {
    const { v, f } = this;
    if (f.aux[i] === SHAPE.f64x2) return this.convertUnsignedLow(i, x);
    const a = this.l.reg(x);
    const low = v.twoConstImm(0, INST.pblendw, 0, a, v.dwords(0x4b000000), UPPER_WORDS);
    const top = v.oneImm(0, INST.psrldi, a, 16);
    const high = v.twoConstImm(0, INST.pblendw, 0, top, v.dwords(0x53000000), UPPER_WORDS);
    const exact = v.twoConst(0, INST.subp, 4, high, v.dwords(0x53000080));
    v.two(this.l.def(i), INST.addp, 4, exact, low);
  }

  /** u32 to f64: in the low bits of 2^52, which is subtracted. */
  private convertUnsignedLow(i: Value, x: Value): void {
    const { v } = this;
    const upper = 0x43300000;
    const sum = v.twoConst(0, INST.punpckldq, 0, this.l.reg(x), v.words(upper, upper, 0, 0));
    v.twoConst(this.l.def(i), INST.subp, 8, sum, v.qwords(0, upper));
  }

  // To integers -----------------------------------------------------------------------------------
  // The machine gives the least number for what it cannot convert.

  /** f32 to i32: NaN becomes 0 first; of what is 2^31 or more the result is turned round. */
  saturateSigned(i: Value, x: Value): void {
    const { v, f } = this;
    if (f.aux[i] === SHAPE.f64x2) return this.saturateSignedLow(i, x);
    const a = this.l.reg(x);
    const isNumber = v.twoImm(0, INST.cmpp, 4, a, a, RELATION.eq);
    const number = v.two(0, INST.pand, 0, isNumber, a);
    const isHigh = v.twoConstImm(0, INST.cmpp, 4, number, v.dwords(0x4f000000), RELATION.nlt);
    const least = v.one(0, INST.cvttps2dq, 0, number);
    v.two(this.l.def(i), INST.pxor, 0, least, isHigh);
  }

  /** f64 to i32: at most 2^31 - 1, and for NaN the minimum's second operand, 0. */
  private saturateSignedLow(i: Value, x: Value): void {
    const { v } = this;
    const a = this.l.reg(x);
    const isNumber = v.twoImm(0, INST.cmpp, 8, a, a, RELATION.eq);
    const most = v.twoConst(0, INST.pand, 0, isNumber, v.qwords(-0x400000, 0x41dfffff));
    const number = v.two(0, INST.minp, 8, a, most);
    v.one(this.l.def(i), INST.cvttpd2dq, 0, number);
  }

  /**
   * f32 to u32. NaN and what is negative become 0. What is below 2^31 is converted as signed, and
   * the rest of it, x - 2^31, is negative and counts as 0. From 2^31 on the first conversion gives
   * 2^31, to which the rest is added: exactly, or 2^31 - 1 from 2^32 on.
   */
  saturateUnsigned(i: Value, x: Value): void {
    const { v, f } = this;
    if (f.aux[i] === SHAPE.f64x2) return this.saturateUnsignedLow(i, x);
    const zero = v.zero();
    const number = v.two(0, INST.maxp, 4, this.l.reg(x), zero);
    const over = v.twoConst(0, INST.subp, 4, number, v.dwords(0x4f000000));
    const isHigh = v.twoConstImm(0, INST.cmpp, 4, over, v.dwords(0x4f000000), RELATION.nlt);
    const rest = v.two(0, INST.pxor, 0, v.one(0, INST.cvttps2dq, 0, over), isHigh);
    const added = v.two(0, INST.pmaxsd, 0, rest, zero);
    v.two(this.l.def(i), INST.paddd, 0, v.one(0, INST.cvttps2dq, 0, number), added);
  }

  /** f64 to u32: brought into range and cut off, then read from the low bits of 2^52 + x. */
  private saturateUnsignedLow(i: Value, x: Value): void {
    const { v } = this;
    const zero = v.zero();
    const positive = v.two(0, INST.maxp, 8, this.l.reg(x), zero);
    const number = v.twoConst(0, INST.minp, 8, positive, v.qwords(-0x200000, 0x41efffff));
    const whole = v.oneImm(0, INST.roundpd, number, ROUND.trunc);
    const sum = v.twoConst(0, INST.addp, 8, whole, v.qwords(0, 0x43300000));
    v.twoImm(this.l.def(i), INST.shufps, 0, sum, zero, EVEN_LANES);
  }
}
