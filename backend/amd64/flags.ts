// amd64's half of comparisons (../fusion.ts): which instruction compares what.

import type { Value } from "../../src/ir/func.ts";
import { IR } from "../../src/ir/ops.ts";
import { CONSUMER, Fusion } from "../fusion.ts";
import type { Select } from "../fusion.ts";
import { COND, INST } from "./insts.ts";
import type { Amd64Records } from "./record.ts";
import type { VectorMaker } from "./vector.ts";

// Conditions of integer comparisons by opcode, from eq on.
// prettier-ignore
const CONDITIONS = [
  COND.e, COND.ne, COND.l, COND.b, COND.g, COND.a, COND.le, COND.be, COND.ge, COND.ae,
];
// Signed comparisons of what is known not to be negative are unsigned ones.
// prettier-ignore
const UNSIGNED = [
  COND.e, COND.ne, COND.b, COND.b, COND.a, COND.a, COND.be, COND.be, COND.ae, COND.ae,
];

// Equality by SHAPE.
const EQUALS = [INST.pcmpeqb, INST.pcmpeqw, INST.pcmpeqd, INST.pcmpeqq];

export class Flags extends Fusion<Amd64Records> {
  private readonly v: VectorMaker;

  constructor(r: Amd64Records, v: VectorMaker, select: Select, truth: Select) {
    super(r, select, truth);
    this.v = v;
  }

  /** Written over what is picked if the condition is false: better the one that dies. */
  protected startSelect(yes: Value, no: Value): void {
    const size = this.r.sizeOf(this.root);
    const isInteger = this.consumer === CONSUMER.sel;
    const swap = this.r.l.livesOn(no) && !this.r.l.livesOn(yes);
    if (swap) this.invert ^= 1;
    const over = swap ? yes : no;
    const other = swap ? no : yes;
    this.r.give(this.r.l.def(this.root));
    this.r.give(isInteger ? this.r.read(over, size) : this.r.l.reg(over));
    this.r.give(isInteger ? this.r.read(other, size) : this.r.l.reg(other));
  }

  protected compareZero(x: Value): void {
    const size = this.r.sizeOf(x);
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.give(this.r.read(x, size));
    this.fuse(INST["test.j"], size, COND.ne);
  }

  private conditionOf(k: Value): number {
    return CONDITIONS[this.f.op[k]! - IR.eq]!;
  }

  private sizeOfCompare(k: Value): number {
    return this.r.sizeOf(this.f.a[k]!);
  }

  compare(k: Value, x: Value, y: Value): void {
    const size = this.sizeOfCompare(k);
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.giveRm(y, size);
    this.fuse(INST["cmp.j"], size, this.conditionOf(k));
  }

  compareImm(k: Value, x: Value, c: Value): void {
    const size = this.sizeOfCompare(k);
    const n = this.f.a[c]!;
    this.startFused();
    this.r.give(this.r.read(x, size));
    if (n === 0) {
      // The flags of x & x are those of x - 0.
      this.r.give(this.r.read(x, size));
      return this.fuse(INST["test.j"], size, this.conditionOf(k));
    }
    this.r.imm(n);
    this.fuse(INST["cmpi.j"], size, this.conditionOf(k));
  }

  /** x against memory. */
  compareMem(k: Value, x: Value, m: Value): void {
    const size = this.sizeOfCompare(k);
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.access(m);
    this.fuse(INST["cmp.j"], size, this.conditionOf(k));
  }

  /** Memory against x. */
  compareToReg(k: Value, m: Value, x: Value): void {
    const size = this.sizeOfCompare(k);
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.access(m);
    this.fuse(INST["cmpm.j"], size, this.conditionOf(k));
  }

  compareMemImm(k: Value, m: Value, c: Value): void {
    this.startFused();
    this.r.access(m);
    this.r.imm(this.f.a[c]!);
    this.fuse(INST["cmpmi.j"], this.sizeOfCompare(k), this.conditionOf(k));
  }

  /** A zero-extended byte of memory against 0-255: all comparisons are unsigned ones. */
  compareByte(k: Value, m: Value, c: Value): void {
    this.startFused();
    this.r.access(m);
    this.r.imm((this.f.a[c]! << 24) >> 24);
    this.fuse(INST["cmpmi.j"], 1, UNSIGNED[this.f.op[k]! - IR.eq]!);
  }

  /** A sign-extended byte of memory against -128..127. */
  compareSignedByte(k: Value, m: Value, c: Value): void {
    this.startFused();
    this.r.access(m);
    this.r.imm(this.f.a[c]!);
    this.fuse(INST["cmpmi.j"], 1, this.conditionOf(k));
  }

  compareFloats(_k: Value, x: Value, y: Value, condition: number): void {
    const size = this.r.sizeOf(x);
    this.startFused();
    this.r.give(this.r.l.reg(x));
    this.r.giveRm(y, size);
    this.fuse(INST["ucomis.j"], size, condition);
  }

  compareFloatMem(_k: Value, x: Value, m: Value, condition: number): void {
    this.startFused();
    this.r.give(this.r.l.reg(x));
    this.r.access(m);
    this.fuse(INST["ucomis.j"], this.r.sizeOf(x), condition);
  }

  // What `truth` makes of values that are tested against zero.

  testBoth(t: Value, x: Value, y: Value): void {
    const size = this.r.sizeOf(t);
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.giveRm(y, size);
    this.fuse(INST["test.j"], size, COND.ne);
  }

  testMem(t: Value, x: Value, m: Value): void {
    this.startFused();
    this.r.give(this.r.read(x, this.r.sizeOf(t)));
    this.r.access(m);
    this.fuse(INST["test.j"], this.r.sizeOf(t), COND.ne);
  }

  testImm(t: Value, x: Value, c: Value): void {
    const isNarrow = this.f.a[c]! >= 0;
    const size = isNarrow ? 4 : this.r.sizeOf(t);
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.imm(this.f.a[c]!);
    this.fuse(INST["testi.j"], size, COND.ne);
  }

  testMemImm(t: Value, m: Value, c: Value): void {
    this.startFused();
    this.r.access(m);
    this.r.imm(this.f.a[c]!);
    this.fuse(INST["testmi.j"], this.r.sizeOf(t), COND.ne);
  }

  testByteImm(_t: Value, m: Value, c: Value): void {
    this.startFused();
    this.r.access(m);
    this.r.imm((this.f.a[c]! << 24) >> 24);
    this.fuse(INST["testmi.j"], 1, COND.ne);
  }

  /** Memory itself is not zero. */
  testLoad(t: Value): void {
    const size = this.r.bytesOf(t);
    this.startFused();
    this.r.access(t);
    this.r.imm(0);
    this.fuse(INST["cmpmi.j"], size, COND.ne);
  }

  /** Bit y of x. */
  testBit(t: Value, x: Value, y: Value): void {
    const size = this.r.sizeOf(t);
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.give(this.r.l.low(y));
    this.fuse(INST["bt.j"], size, COND.b);
  }

  /** Bit c of x: by a mask while it fits, because `test` fuses with the jump. */
  testShifted(t: Value, x: Value, c: Value): void {
    const size = this.r.sizeOf(t);
    const bit = this.f.a[c]! & (size * 8 - 1);
    const isMask = bit < 31;
    this.startFused();
    this.r.give(this.r.read(x, isMask ? 4 : size));
    this.r.imm(isMask ? 1 << bit : bit);
    if (isMask) this.fuse(INST["testi.j"], 4, COND.ne);
    else this.fuse(INST["bti.j"], size, COND.b);
  }

  /** The one bit of `c` in x. */
  testBitImm(t: Value, x: Value, c: Value): void {
    const { f } = this;
    const bit = f.a[c] !== 0 ? 31 - Math.clz32(f.a[c]!) : 63 - Math.clz32(f.b[c]!);
    this.startFused();
    this.r.give(this.r.read(x, this.r.sizeOf(t)));
    this.r.imm(bit);
    this.fuse(INST["bti.j"], this.r.sizeOf(t), COND.b);
  }

  /** A bit of vector x is not zero. */
  testAny(_t: Value, x: Value): void {
    const a = this.r.l.reg(x);
    this.startFused();
    this.r.give(a);
    this.r.give(a);
    this.fuse(INST["ptest.j"], 0, COND.ne);
  }

  /** No lane of vector x equals zero. */
  testAll(t: Value, x: Value): void {
    const a = this.r.l.reg(x);
    const zeros = this.v.two(0, EQUALS[this.f.aux[t]!]!, 0, a, this.v.zero());
    this.startFused();
    this.r.give(zeros);
    this.r.give(zeros);
    this.fuse(INST["ptest.j"], 0, COND.e);
  }
}
