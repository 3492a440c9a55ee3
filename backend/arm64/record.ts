// arm64's half of the record in the making (../record.ts): addresses as the machine can add them,
// and constants. An instruction adds two registers, or a register and a small displacement, to an
// address; the rest is added beforehand, and shared where it can be (shared.ts).

import type { Value } from "../../src/ir/func.ts";
import { IR } from "../../src/ir/ops.ts";
import { I32, TYPE_SIZE, V128, isFloat } from "../../src/ir/types.ts";
import { CLASS, MODE } from "../lir.ts";
import type { Vreg } from "../lir.ts";
import type { LowerEnv, Lowering } from "../lower.ts";
import { RecordMaker } from "../record.ts";
import { newRecord, traits } from "../shape.ts";
import { isInRecord, isOffset } from "./code.ts";
import { floatField, isArith24, logicalField, moveCost } from "./immediates.ts";
import { INST, insts } from "./insts.ts";
import { SHARED, Shared } from "./shared.ts";

const MODE_BITS = 3;
const TWO32 = 2 ** 32;
/** The part of a displacement that an access adds itself, if that can be. */
const LOW = 4095;

export class Arm64Records extends RecordMaker {
  readonly shared: Shared;

  constructor(l: Lowering) {
    super(l, insts);
    this.shared = new Shared(l);
  }

  override begin(env: LowerEnv): void {
    super.begin(env);
    this.shared.begin();
  }

  // Addresses -------------------------------------------------------------------------------------

  /** Makes the address of load or store `m` that of the record. */
  access(m: Value): void {
    const { address, f } = this;
    const rest = address.match(m);
    if (f.op[m] === IR.load) this.l.swallow(m);
    if (f.source[m] !== 0) this.source = f.source[m]!;
    const site = address.modeByte(m) & ~(((1 << MODE_BITS) - 1) | (3 << MODE_BITS));
    this.settleAddress(this.bytesOf(m), rest);
    this.mode |= site;
  }

  /**
   * Turns what Address has found, plus `rest`, into a mode that an access of `size` bytes has. Size
   * 0 stands for an addition: two of base, index and displacement.
   */
  private settleAddress(size: number, rest: number): void {
    const { address } = this;
    const hasR = address.mode === MODE.r || address.mode === MODE.rIndex;
    this.base = address.base === 0 ? 0 : this.l.reg(address.base);
    this.disp = address.disp;
    let { scale } = address;
    if (rest !== 0) {
      const sum = rest + this.disp; // 33 bits
      const offset = this.constantWords((sum % TWO32) | 0, Math.floor(sum / TWO32));
      this.disp = 0;
      const index = this.indexOf();
      this.index = index === 0 ? offset : this.sum(MODE.indexed, scale, offset, index, 0);
      scale = 0;
    } else if (address.index !== 0 && this.disp !== 0) {
      scale = this.splitIndex(hasR, size);
    } else if (hasR) {
      // Where R + index is at hand, the index itself need not be kept.
      const index = this.l.unnamed(address.index);
      const isPlain = scale === 0 && address.shift === 0 && index !== 0;
      this.base = isPlain ? this.shared.find(SHARED.sum, index, 0, 0) : 0;
      if (this.base === 0) this.index = this.indexOf();
    } else {
      this.index = this.indexOf();
    }
    this.close(hasR && this.base === 0, scale, size);
  }

  /** Index and displacement: one of them is added to the base. Returns the scale that is left. */
  private splitIndex(hasR: boolean, size: number): number {
    const { address, disp } = this;
    const { scale } = address;
    const isScale = scale === 0 || 1 << scale === size;
    if (hasR && isScale && !isOffset(disp, size || 1) && isArith24(disp)) {
      this.index = this.indexOf();
      this.base = this.sumOf(0, 0, disp);
      this.disp = 0;
      return scale;
    }
    if (hasR && address.shift === 0) {
      this.base = this.sumOf(this.l.unnamed(address.index), scale, 0);
    } else {
      const mode = hasR ? MODE.rIndex : MODE.indexed;
      this.base = this.sum(mode, scale, this.base, this.indexOf(), 0);
    }
    return 0;
  }

  /** The mode for base (R if `isR`), index and displacement. */
  private close(isR: boolean, scale: number, size: number): void {
    if (this.index !== 0) {
      this.mode = (isR ? MODE.rIndex : MODE.indexed) | (scale << MODE_BITS);
      if (size === 0 || scale === 0 || 1 << scale === size) return;
      this.base = this.sum(this.mode & 7, scale, this.base, this.index, 0);
      this.index = 0;
      this.mode = MODE.base;
      return;
    }
    this.mode = isR ? MODE.r : MODE.base;
    if (size !== 0) this.shorten(isR, size);
    else if (!this.isSum(isR)) this.addConstant(isR);
  }

  /** Base and displacement are one addition. */
  private isSum(isR: boolean): boolean {
    const { disp } = this;
    return isArith24(disp) || (isR && isInRecord(disp, this.address.distance));
  }

  /** Makes the displacement one that an access of `size` bytes can add. */
  private shorten(isR: boolean, size: number): void {
    const { disp } = this;
    const { distance } = this.address;
    if (isR && isInRecord(disp, distance)) {
      if (isOffset(disp + distance, size)) return;
      this.base = this.sum(MODE.r, 0, 0, 0, disp);
      this.disp = 0;
      this.mode = MODE.base;
      return;
    }
    if (isOffset(disp, size)) return;
    if (!isArith24(disp)) {
      this.addConstant(isR);
      return;
    }
    const low = isOffset(disp & LOW, size) ? disp & LOW : 0;
    if (isR) this.base = this.sumOf(0, 0, disp - low);
    else this.base = this.sum(MODE.base, 0, this.base, 0, disp - low);
    this.disp = low;
    this.mode = MODE.base;
  }

  /** The displacement becomes a constant index. */
  private addConstant(isR: boolean): void {
    this.index = this.constantWords(this.disp, this.disp >> 31);
    this.disp = 0;
    this.mode = isR ? MODE.rIndex : MODE.indexed;
  }

  /** The index of the address in a register: a value, or a field of one. */
  private indexOf(): Vreg {
    const { index, shift, isByte } = this.address;
    if (index === 0) return 0;
    if (shift === 0) return this.l.reg(index);
    this.sideImms[0] = shift;
    this.sideImms[1] = isByte ? Math.min(shift + 7, 31) : 31;
    return this.beside(INST.ubfm, traits(0, 0, 0, 4), this.l.low(index), 0, 2);
  }

  /** Base, index << scale and displacement, as far as the mode has them, in a new vreg. */
  private sum(mode: number, scale: number, base: Vreg, index: Vreg, disp: number): Vreg {
    this.sideImms[0] = disp;
    const third = traits(0, mode | (scale << MODE_BITS), 0, 8);
    return base === 0
      ? this.beside(INST.lea, third, index, 0, 1)
      : this.beside(INST.lea, third, base, index, 1);
  }

  /** A sum relative to R, as the form of an addition; isRecordSum has just found it. */
  recordSum(): void {
    this.settleAddress(0, 0);
  }

  /** The address of the instance record in a new vreg. */
  recordBase(): Vreg {
    return this.sum(MODE.r, 0, 0, 0, -this.address.distance);
  }

  /** x shifted down by y in a new vreg; `third` has the size. */
  shifted(third: number, x: Vreg, y: Vreg): Vreg {
    return this.beside(INST.lsrv, third, x, y, 0);
  }

  /** R + v << scale, or R + disp if v is 0. */
  private sumOf(v: Value, scale: number, disp: number): Vreg {
    const { l, shared } = this;
    const known = shared.find(SHARED.sum, v, scale, disp);
    if (known !== 0) return known;
    const x = v === 0 ? 0 : l.reg(v);
    if (v === 0 || !l.isSingle(v)) {
      const made = shared.add(SHARED.sum, v, scale, disp);
      if (made !== 0) return made;
    }
    return this.sum(v === 0 ? MODE.r : MODE.rIndex, scale, 0, x, disp);
  }

  // Constants -------------------------------------------------------------------------------------

  constant(v: Value): Vreg {
    const { f, l } = this;
    const ty = f.ty[v]!;
    if (ty !== V128 && !isFloat(ty)) return this.integer(v, f.a[v]!, ty === I32 ? 0 : f.b[v]!);
    const size = TYPE_SIZE[ty]!;
    const number = l.constantOf(v);
    const isShared = ty !== V128 && isCostly(f.a[v]!, f.b[v]!, size) && this.isWanted(v);
    if (isShared) {
      const made = this.share(SHARED.float, number, size);
      if (made !== 0) return made;
    }
    const x = l.lir.newVreg(ty === V128 ? CLASS.wide : CLASS.float);
    this.sideVregs[0] = x;
    this.sideImms[0] = number;
    const third = traits(0, MODE.pool, 0, size);
    newRecord(insts, l.lir, INST.fldr, 0, third, this.sideVregs, 1, this.sideImms, 1);
    return x;
  }

  /** The constant `v` is better made once than at each use. */
  private isWanted(v: Value): boolean {
    return this.shared.isInQuietLoop() || (v !== 0 && !this.l.isSingle(v));
  }

  private share(kind: number, a: number, b: number): Vreg {
    const { shared } = this;
    return shared.find(kind, 0, a, b) || shared.add(kind, 0, a, b);
  }

  private constantWords(lo: number, hi: number): Vreg {
    return this.integer(0, lo, hi);
  }

  /** An integer constant, that of value `v` if that is not 0. */
  private integer(v: Value, lo: number, hi: number): Vreg {
    const cost = moveCost(lo, hi);
    if (cost > 1 && logicalField(lo, hi, hi === 0 ? 4 : 8) < 0) {
      const isShared = cost > 2 ? this.isWanted(v) : this.shared.isInQuietLoop();
      const made = isShared ? this.share(SHARED.int, lo, hi) : 0;
      if (made !== 0) return made;
    }
    this.sideImms[0] = lo;
    this.sideImms[1] = hi;
    return this.beside(INST.movi, 0, 0, 0, 2);
  }
}

/** True for a float that takes more than one instruction, or memory. */
const isCostly = (lo: number, hi: number, size: number): boolean =>
  (lo !== 0 || (size === 8 && hi !== 0)) && floatField(lo, hi, size) < 0;
