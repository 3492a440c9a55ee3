// amd64's half of the record in the making (../record.ts): addresses as the machine's modes,
// operands that may be in memory, constants.

import type { Value } from "../../src/ir/func.ts";
import { IR } from "../../src/ir/ops.ts";
import { F32, I32, V128, isFloat, isInt } from "../../src/ir/types.ts";
import type { Address } from "../address.ts";
import { CLASS, MODE } from "../lir.ts";
import type { Vreg } from "../lir.ts";
import type { Lowering } from "../lower.ts";
import { RecordMaker } from "../record.ts";
import { newRecord, traits } from "../shape.ts";
import { INST, insts } from "./insts.ts";

export class Amd64Records extends RecordMaker {
  constructor(l: Lowering) {
    super(l, insts);
  }

  /** Gives the last operand, of kind r/m: constants that are no immediates are read from memory. */
  giveRm(v: Value, size: number): void {
    const { f } = this;
    if (f.ty[v] === V128) {
      this.giveWide(v);
      return;
    }
    const x = isFloat(f.ty[v]!) ? v : size <= 4 ? this.l.stripped(v) : v;
    const isWide = isInt(f.ty[x]!) && size === 8 && f.b[x] !== f.a[x]! >> 31 && f.b[x] !== 0;
    if (f.op[x] === IR.const && (isWide || isFloat(f.ty[x]!))) {
      this.mode = MODE.pool;
      this.disp = this.l.constantOf(x);
    } else this.give(this.l.reg(x));
  }

  /** Constants of equal bits are made, others read from memory. */
  private giveWide(v: Value): void {
    if (this.f.op[v] === IR.const && this.bitsOf(v) < 0) {
      this.mode = MODE.pool;
      this.disp = this.l.constantOf(v);
    } else this.give(this.l.reg(v));
  }

  /** 0 or 1 if all bits of a V128 constant are that, else -1. */
  private bitsOf(v: Value): number {
    const { pool } = this.f;
    const at = this.f.a[v]!;
    const word = pool[at]!;
    if (word !== 0 && word !== -1) return -1;
    for (let k = 1; k < 4; k++) if (pool[at + k] !== word) return -1;
    return word & 1;
  }

  /** Makes the address of load or store `m` that of the record. */
  access(m: Value): void {
    const { address, f } = this;
    const rest = address.match(m);
    if (f.op[m] === IR.load) this.l.swallow(m);
    if (f.source[m] !== 0) this.source = f.source[m]!;
    let index = this.indexOf(address);
    const base = address.base === 0 ? 0 : this.l.reg(address.base);
    if (rest !== 0) {
      const offset = this.constantWords(rest | 0, 0);
      index = index === 0 ? offset : this.plus(offset, index, address.scale);
      address.scale = 0;
      address.mode = base === 0 ? MODE.rIndex : MODE.indexed;
    }
    this.mode = address.modeByte(m);
    this.base = base;
    this.index = index;
    this.disp = address.disp;
  }

  /** The index of an address in a register: a value, or a field of one. */
  indexOf({ index, shift, isByte }: Address): Vreg {
    if (index === 0) return 0;
    if (shift === 0) return this.l.reg(index);
    const x = this.l.low(index);
    this.sideImms[0] = shift;
    const field = this.beside(INST.shri, traits(0, 0, 0, 4), x, 0, 1);
    return isByte ? this.beside(INST.movzx8, traits(0, 0, 0, 4), field, 0, 0) : field;
  }

  // Records beside this one -----------------------------------------------------------------------

  constant(v: Value): Vreg {
    const { f } = this;
    const ty = f.ty[v]!;
    if (ty === V128) return this.wideConstant(v);
    if (!isFloat(ty)) return this.constantWords(f.a[v]!, ty === I32 ? 0 : f.b[v]!);
    const isZero = f.a[v] === 0 && (ty === F32 || f.b[v] === 0);
    const third = traits(0, isZero ? 0 : MODE.pool, 0, this.sizeOf(v));
    const x = this.l.lir.newVreg(CLASS.float);
    this.sideVregs[0] = x;
    if (!isZero) this.sideImms[0] = this.l.constantOf(v);
    const op = isZero ? INST.fzero : INST.fload;
    const imms = isZero ? 0 : 1;
    newRecord(insts, this.l.lir, op, 0, third, this.sideVregs, 1, this.sideImms, imms);
    return x;
  }

  private wideConstant(v: Value): Vreg {
    const bits = this.bitsOf(v);
    const x = this.l.lir.newVreg(CLASS.wide);
    this.sideVregs[0] = x;
    if (bits < 0) this.sideImms[0] = this.l.constantOf(v);
    const op = bits < 0 ? INST.load128 : bits === 0 ? INST.fzero : INST.ones;
    const third = traits(0, bits < 0 ? MODE.pool : 0, 0, bits === 0 ? 4 : 0);
    newRecord(insts, this.l.lir, op, 0, third, this.sideVregs, 1, this.sideImms, bits < 0 ? 1 : 0);
    return x;
  }

  constantWords(lo: number, hi: number): Vreg {
    this.sideImms[0] = lo;
    this.sideImms[1] = hi;
    return this.beside(INST.movi, 0, 0, 0, 2);
  }

  /** base + index << scale in a new vreg. */
  private plus(base: Vreg, index: Vreg, scale: number): Vreg {
    this.sideImms[0] = 0;
    return this.beside(INST.lea, traits(0, MODE.indexed | (scale << 3), 0, 8), base, index, 1);
  }

  /** The address of the instance record in a new vreg. */
  recordBase(): Vreg {
    this.sideImms[0] = -this.address.distance;
    return this.beside(INST.lea, traits(0, MODE.r, 0, 8), 0, 0, 1);
  }
}
