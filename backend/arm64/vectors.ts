// Forms of vectors: what is one instruction (direct.ts) and what takes several. Those of single
// lanes and of shuffles are in lanes.ts. Comments say why a sequence computes what the opcode means
// for all operands.
//
// A record that overwrites an operand is given one that dies there, where there is a choice; the
// allocator copies what lives on.

import type { Func, Value } from "../../src/ir/func.ts";
import { IR, SHAPE } from "../../src/ir/ops.ts";
import { SHAPE_COUNT } from "../../src/ir/shapes.ts";
import { CLASS } from "../lir.ts";
import type { Vreg } from "../lir.ts";
import type { Lowering } from "../lower.ts";
import { AGAINST_ZERO, DIRECT, DIRECT_SIZE, EXCHANGED, LANE_BYTES } from "./direct.ts";
import { INST } from "./insts.ts";
import type { VectorMaker } from "./vector.ts";

export class Vectors {
  f!: Func;
  private readonly l: Lowering;
  private readonly v: VectorMaker;

  constructor(l: Lowering, v: VectorMaker) {
    this.l = l;
    this.v = v;
  }

  private rowOf(i: Value): number {
    return this.f.op[i]! * SHAPE_COUNT + this.f.aux[i]!;
  }

  private bytesOf(i: Value): number {
    return LANE_BYTES[this.f.aux[i]!]!;
  }

  /** One instruction computes `i`. */
  isDirect(i: Value): boolean {
    return DIRECT[this.rowOf(i)] !== 0;
  }

  /** Comparison `i` has an instruction for a second operand of zero. */
  hasZero(i: Value): boolean {
    return AGAINST_ZERO[this.rowOf(i)] !== 0;
  }

  // One instruction -------------------------------------------------------------------------------

  binary(i: Value, x: Value, y: Value): void {
    const row = this.rowOf(i);
    const isTurned = EXCHANGED[row] !== 0;
    const left = this.l.reg(isTurned ? y : x);
    const right = this.l.reg(isTurned ? x : y);
    this.v.two(this.l.def(i), DIRECT[row]!, DIRECT_SIZE[row]!, left, right);
  }

  unary(i: Value, x: Value): void {
    const row = this.rowOf(i);
    this.v.one(this.l.def(i), DIRECT[row]!, DIRECT_SIZE[row]!, this.l.reg(x));
  }

  /** Comparison with zero. */
  againstZero(i: Value, x: Value): void {
    const row = this.rowOf(i);
    this.v.one(this.l.def(i), AGAINST_ZERO[row]!, DIRECT_SIZE[row]!, this.l.reg(x));
  }

  /** Bits by an instruction of their own. */
  bits(i: Value, op: number, x: Value, y: Value): void {
    this.v.two(this.l.def(i), op, 1, this.l.reg(x), this.l.reg(y));
  }

  // Several ---------------------------------------------------------------------------------------

  /** x where c has ones, y where it has zeros: written over whichever is not needed any more. */
  select(i: Value, x: Value, y: Value, c: Value): void {
    const { l, v } = this;
    const a = l.reg(x);
    const b = l.reg(y);
    const mask = l.reg(c);
    const d = l.def(i);
    if (l.livesOn(c) && !l.livesOn(y)) v.three(d, INST.vbit, 1, b, a, mask);
    else if (l.livesOn(c) && !l.livesOn(x)) v.three(d, INST.vbif, 1, a, b, mask);
    else v.three(d, INST.vbsl, 1, mask, a, b);
  }

  /** x * y and z, joined by `op`, which overwrites z; lanes of the shape or half as wide. */
  multiplyAdd(i: Value, op: number, x: Value, y: Value, z: Value): void {
    const { l } = this;
    const isLong = op !== INST.vmla && op !== INST.vmls;
    const size = isLong ? this.bytesOf(i) / 2 : this.bytesOf(i);
    const sum = l.reg(z);
    const a = l.reg(x);
    this.v.three(l.def(i), op, size, sum, a, l.reg(y));
  }

  /** The sums of neighbours in x, which are half as wide, and z. */
  pairsAdd(i: Value, op: number, x: Value, z: Value): void {
    const sum = this.l.reg(z);
    this.v.two(this.l.def(i), op, this.bytesOf(i) / 2, sum, this.l.reg(x));
  }

  /**
   * Products of 64 bits out of those of 32: the low product, and above it the two mixed ones, of
   * which only the low halves count.
   */
  multiplyLong(i: Value, x: Value, y: Value): void {
    const { v } = this;
    const a = this.l.reg(x);
    const b = this.l.reg(y);
    const mixed = v.two(0, INST.vmul, 4, a, v.one(0, INST.vrev64, 4, b));
    const high = v.oneImm(0, INST.vshl, 8, v.one(0, INST.vuaddlp, 4, mixed), 32);
    const low = v.one(0, INST.vxtn, 4, a);
    v.three(this.l.def(i), INST.vumlal, 4, high, low, v.one(0, INST.vxtn, 4, b));
  }

  /** Sums of neighbouring products of 16 bits. */
  dot(i: Value, x: Value, y: Value): void {
    const { v } = this;
    const a = this.l.reg(x);
    const b = this.l.reg(y);
    const low = v.two(0, INST.vsmull, 2, a, b);
    v.two(this.l.def(i), INST.vaddp, 4, low, v.two(0, INST.vsmull2, 2, a, b));
  }

  /** x and y are not equal: NaNs are equal to nothing. */
  notEqual(i: Value, x: Value, y: Value): void {
    const { v } = this;
    const size = this.bytesOf(i);
    const op = this.f.aux[i]! >= SHAPE.f32x4 ? INST.vfcmeq : INST.vcmeq;
    const a = this.l.reg(x);
    v.one(this.l.def(i), INST.vnot, 1, v.two(0, op, size, a, this.l.reg(y)));
  }

  /** x is not zero. */
  notZero(i: Value, x: Value): void {
    const a = this.l.reg(x);
    if (this.f.aux[i]! < SHAPE.f32x4) {
      this.v.two(this.l.def(i), INST.vcmtst, this.bytesOf(i), a, a);
    } else {
      const equal = this.v.one(0, INST.vfcmeqz, this.bytesOf(i), a);
      this.v.one(this.l.def(i), INST.vnot, 1, equal);
    }
  }

  /** y where it is less (greater) than x, else x: false for NaNs, and for zeros of either sign. */
  pick(i: Value, x: Value, y: Value, isGreater: number): void {
    const { v } = this;
    const a = this.l.reg(x);
    const b = this.l.reg(y);
    const size = this.bytesOf(i);
    const mask = v.two(0, INST.vfcmgt, size, isGreater ? b : a, isGreater ? a : b);
    v.three(this.l.def(i), INST.vbsl, 1, mask, b, a);
  }

  // Shifts ----------------------------------------------------------------------------------------

  /** By a constant: an instruction to the right has no shift by 0. */
  shiftImm(i: Value, x: Value, c: Value): void {
    const size = this.bytesOf(i);
    const n = this.f.a[c]! & (size * 8 - 1);
    const op = this.f.op[i]!;
    const right = op === IR.vshrs ? INST.vsshr : INST.vushr;
    const inst = n === 0 || op === IR.vshl ? INST.vshl : right;
    this.v.oneImm(this.l.def(i), inst, size, this.l.reg(x), n);
  }

  /** By the low bits of y, the same for all lanes. */
  shift(i: Value, x: Value, y: Value): void {
    const { v } = this;
    const size = this.bytesOf(i);
    const a = this.l.reg(x);
    let n = v.int(INST.andi, this.l.low(y), 2, size * 8 - 1);
    if (this.f.op[i] !== IR.vshl) n = v.int(INST.neg, n, 0, 0);
    const counts = v.one(0, INST.vdupr, size, n);
    const op = this.f.op[i] === IR.vshrs ? INST.vsshl : INST.vushl;
    v.two(this.l.def(i), op, size, a, counts);
  }

  // Widths ----------------------------------------------------------------------------------------

  /** Both operands narrowed, `first` for the lower half, `second` for the upper one. */
  narrow(i: Value, first: number, second: number, x: Value, y: Value): void {
    const size = this.bytesOf(i);
    const low = this.v.one(0, first, size, this.l.reg(x));
    this.v.two(this.l.def(i), second, size, low, this.l.reg(y));
  }

  /** The lower i32 lanes to f64. */
  convertLow(i: Value, extend: number, convert: number, x: Value): void {
    const wide = this.v.one(0, extend, 4, this.l.reg(x));
    this.v.one(this.l.def(i), convert, 8, wide);
  }

  /** f64 lanes to i64, then to i32, both saturating: the same as at once. */
  saturate(i: Value, convert: number, narrow: number, x: Value): void {
    const wide = this.v.one(0, convert, 8, this.l.reg(x));
    this.v.one(this.l.def(i), narrow, 4, wide);
  }

  // Truth -----------------------------------------------------------------------------------------

  /** A general register that is zero if all bits of x are. */
  any(x: Vreg): Vreg {
    const folded = this.v.two(0, INST.vumaxp, 4, x, x);
    return this.v.cross(0, CLASS.int, INST.fmovr, 8, folded);
  }

  /** Ones in the lanes of x that are zero. */
  zeros(x: Vreg, size: number): Vreg {
    return this.v.one(0, INST.vcmeqz, size, x);
  }

  /** A general register that is zero if a lane of x is; not for lanes of 8 bytes. */
  least(x: Vreg, size: number): Vreg {
    const lane = this.v.one(0, INST.vuminv, size, x);
    return this.v.cross(0, CLASS.int, INST.fmovr, 4, lane);
  }

  /**
   * The sign bits of the lanes: each lane becomes its own bit if it is negative, and the bits are
   * added up. Bytes are joined to halves first, byte 8 + k becoming the upper half of k.
   */
  bitMask(i: Value, x: Value): void {
    const { v } = this;
    const size = this.bytesOf(i);
    const a = this.l.reg(x);
    if (size === 8) {
      this.bitMaskLong(i, a);
      return;
    }
    const signs = this.isMask(x, size) ? a : v.one(0, INST.vcmltz, size, a);
    let bits = v.two(0, INST.vand, 1, signs, this.ownBits(size));
    if (size === 1) {
      const upper = v.twoImm(0, INST.vext, 1, bits, bits, 8);
      bits = v.two(0, INST.vzip1, 1, bits, upper);
    }
    const sum = v.one(0, INST.vaddv, size === 1 ? 2 : size, bits);
    v.cross(this.l.def(i), CLASS.int, INST.fmovr, 4, sum);
  }

  /** Lanes of `size` bytes of x are all ones or all zeros: a comparison of lanes as large. */
  private isMask(x: Value, size: number): boolean {
    const op = this.f.op[x]!;
    return op >= IR.veq && op <= IR.vfge && this.bytesOf(x) >= size;
  }

  /** A general register that is zero if no lane of x has its sign bit. */
  anySign(t: Value, x: Value): Vreg {
    const size = this.bytesOf(t);
    const a = this.l.reg(x);
    return this.any(this.isMask(x, size) ? a : this.v.one(0, INST.vcmltz, size, a));
  }

  /** Lane k is 1 << k; of bytes k modulo 8. */
  private ownBits(size: number): Vreg {
    const { v } = this;
    if (size === 1) return v.words(0x08040201, 0x80402010 | 0, 0x08040201, 0x80402010 | 0);
    if (size === 2) return v.words(0x00020001, 0x00080004, 0x00200010, 0x00800040);
    return v.words(1, 2, 4, 8);
  }

  private bitMaskLong(i: Value, a: Vreg): void {
    const { v } = this;
    const bits = v.oneImm(0, INST.vushr, 8, a, 63);
    const low = v.cross(0, CLASS.int, INST.fmovr, 8, bits);
    const high = v.crossLane(0, CLASS.int, INST.vumov64, 8, bits, 1);
    v.intSum(this.l.def(i), low, high, 1);
  }
}
