// arm64's half of comparisons (../fusion.ts): which instruction compares what, and selections that
// make something of what they pick.

import type { Value } from "../../src/ir/func.ts";
import { IR } from "../../src/ir/ops.ts";
import { CONSUMER, Fusion } from "../fusion.ts";
import type { Select } from "../fusion.ts";
import type { Vreg } from "../lir.ts";
import { traits } from "../shape.ts";
import { LANE_BYTES } from "./direct.ts";
import { COND, INST, SELECTS } from "./insts.ts";
import type { Arm64Records } from "./record.ts";
import type { Vectors } from "./vectors.ts";

// Conditions of integer comparisons by opcode, from eq on.
// prettier-ignore
const CONDITIONS = [
  COND.eq, COND.ne, COND.lt, COND.lo, COND.gt, COND.hi, COND.le, COND.ls, COND.ge, COND.hs,
];

export class Flags extends Fusion<Arm64Records> {
  private readonly vec: Vectors;
  /** What a selection of kind SELECTS picks from; 0 = the root's operands. */
  private yes: Value = 0;
  private no: Value = 0;

  constructor(r: Arm64Records, vec: Vectors, select: Select, truth: Select) {
    super(r, select, truth);
    this.vec = vec;
  }

  protected startSelect(yes: Value, no: Value): void {
    const { consumer } = this;
    this.r.give(this.r.l.def(this.root));
    this.pick(this.yes === 0 ? yes : this.yes);
    if (consumer !== SELECTS.selz) this.pick(this.yes === 0 ? no : this.no);
  }

  private pick(v: Value): void {
    const size = this.r.sizeOf(this.root);
    const isVec = this.consumer === CONSUMER.fsel || this.consumer === SELECTS.vsel;
    this.r.give(isVec ? this.r.l.reg(v) : this.r.read(v, size));
  }

  override reset(root: Value): void {
    super.reset(root);
    this.yes = 0;
  }

  /** Picks `yes` if x is not zero (is zero: `isTurned`), else what `kind` makes of `no`. */
  choose(_i: Value, kind: number, x: Value, yes: Value, no: Value, isTurned: number): void {
    this.yes = yes;
    this.no = no;
    this.invert ^= isTurned;
    this.consume(kind, x);
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
    this.r.give(this.r.read(y, size));
    this.fuse(INST["cmp.j"], size, this.conditionOf(k));
  }

  compareImm(k: Value, x: Value, c: Value): void {
    const size = this.sizeOfCompare(k);
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.imm(this.f.a[c]!);
    this.fuse(INST["cmpi.j"], size, this.conditionOf(k));
  }

  /** x against y shifted by c; `kind` as in SHIFT. */
  compareShifted(k: Value, x: Value, y: Value, kind: number, c: Value): void {
    const size = this.sizeOfCompare(k);
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.give(this.r.read(y, size));
    this.r.imm((this.f.a[c]! & (size * 8 - 1)) | (kind << 6));
    this.fuse(INST["cmpsh.j"], size, this.conditionOf(k));
  }

  compareFloats(_k: Value, x: Value, y: Value, condition: number): void {
    this.startFused();
    this.r.give(this.r.l.reg(x));
    this.r.give(this.r.l.reg(y));
    this.fuse(INST["fcmp.j"], this.r.sizeOf(x), condition);
  }

  compareFloatZero(_k: Value, x: Value, condition: number): void {
    this.startFused();
    this.r.give(this.r.l.reg(x));
    this.fuse(INST["fcmpz.j"], this.r.sizeOf(x), condition);
  }

  protected compareZero(x: Value): void {
    const size = this.r.sizeOf(x);
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.imm(0);
    this.fuse(INST["cmpi.j"], size, COND.ne);
  }

  // What `truth` makes of values that are tested against zero.

  testBoth(t: Value, x: Value, y: Value): void {
    const size = this.r.sizeOf(t);
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.give(this.r.read(y, size));
    this.fuse(INST["tst.j"], size, COND.ne);
  }

  testImm(t: Value, x: Value, c: Value): void {
    const { f } = this;
    const size = this.r.sizeOf(t);
    this.testWords(x, size, f.a[c]!, size === 4 ? 0 : f.b[c]!);
  }

  private testWords(x: Value, size: number, lo: number, hi: number): void {
    this.startFused();
    this.r.give(this.r.read(x, size));
    this.r.imm(lo);
    this.r.imm(hi);
    this.fuse(INST["tsti.j"], size, COND.ne);
  }

  /** Bit c of x. */
  testShifted(t: Value, x: Value, c: Value): void {
    const size = this.r.sizeOf(t);
    const bit = this.f.a[c]! & (size * 8 - 1);
    this.testWords(x, size, bit < 32 ? 1 << bit : 0, bit < 32 ? 0 : 1 << (bit - 32));
  }

  /** Bit y of x: shifted down to bit 0. */
  testBit(t: Value, x: Value, y: Value): void {
    const size = this.r.sizeOf(t);
    const third = traits(0, 0, 0, size);
    this.startFused();
    this.r.give(this.r.shifted(third, this.r.read(x, size), this.r.l.low(y)));
    this.r.imm(1);
    this.r.imm(0);
    this.fuse(INST["tsti.j"], size, COND.ne);
  }

  /** A bit of vector x is not zero. */
  testAny(_t: Value, x: Value): void {
    this.testVector(this.vec.any(this.r.l.reg(x)), COND.ne);
  }

  /** No lane of vector x is zero. */
  testAll(t: Value, x: Value): void {
    const size = LANE_BYTES[this.f.aux[t]!]!;
    const a = this.r.l.reg(x);
    if (size === 8) this.testVector(this.vec.any(this.vec.zeros(a, size)), COND.eq);
    else this.testVector(this.vec.least(a, size), COND.ne);
  }

  /** A lane of vector x has its sign bit. */
  testSigns(t: Value, x: Value): void {
    this.testVector(this.vec.anySign(t, x), COND.ne);
  }

  private testVector(x: Vreg, condition: number): void {
    this.startFused();
    this.r.give(x);
    this.r.imm(0);
    this.fuse(INST["cmpi.j"], 8, condition);
  }
}
