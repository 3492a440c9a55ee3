// The record in the making. Forms gather its operands here, in the row's order, with its address
// and immediates, and append it last: asking for a constant appends the record that makes it.

import type { Func, Value } from "../../src/ir/func.ts";
import { IR, WIDTH_BYTES, widthOf } from "../../src/ir/ops.ts";
import { F32, I32, TYPE_SIZE, V128, isFloat, isInt } from "../../src/ir/types.ts";
import { bug } from "../../src/support/errors.ts";
import { CLASS, MODE } from "../lir.ts";
import type { Vreg } from "../lir.ts";
import type { LowerEnv, Lowering } from "../lower.ts";
import { newRecord, traits } from "../shape.ts";
import { Address } from "./address.ts";
import { INST, insts } from "./insts.ts";
import { CLOBBER } from "./regs.ts";

/** Most operands of a record, and one more. */
const MOST = 256;

export class RecordMaker {
  f!: Func;
  readonly l: Lowering;
  readonly address: Address;
  mode = 0;
  base: Vreg = 0;
  index: Vreg = 0;
  disp = 0;

  private source = 0;
  private readonly vregs = new Int32Array(MOST);
  private vregCount = 0;
  private readonly imms = new Int32Array(4);
  private immCount = 0;
  /** Operands and immediates of records that are made beside this one. */
  private readonly sideVregs = new Int32Array(3);
  private readonly sideImms = new Int32Array(2);

  constructor(l: Lowering) {
    this.l = l;
    this.address = new Address(l);
  }

  begin(env: LowerEnv): void {
    this.f = this.l.f;
    this.address.begin(env.distance);
  }

  sizeOf(v: Value): number {
    return TYPE_SIZE[this.f.ty[v]!]!;
  }

  /** Bytes that a load or store touches. */
  bytesOf(i: Value): number {
    const { f } = this;
    const ty = f.op[i] === IR.store ? f.ty[f.b[i]!]! : f.ty[i]!;
    return WIDTH_BYTES[widthOf(f.aux[i]!)]! || TYPE_SIZE[ty]!;
  }

  /** A vreg for an operand of which `size` bytes are read. */
  read(v: Value, size: number): Vreg {
    return size <= 4 ? this.l.low(v) : this.l.reg(v);
  }

  start(i: Value): void {
    this.vregCount = this.immCount = 0;
    this.mode = this.base = this.index = this.disp = 0;
    this.source = this.f.source[i]!;
  }

  give(x: Vreg): void {
    this.vregs[this.vregCount++] = x;
  }

  imm(n: number): void {
    this.imms[this.immCount++] = n;
  }

  /** Gives the operand words of a call. */
  giveWords(): void {
    const { words, wordCount } = this.l;
    if (wordCount + 2 > MOST) bug("select: a call has too many operands");
    for (let k = 0; k < wordCount; k++) this.give(words[k]!);
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

  /** Appends the record; the displacement comes first, the address operands last. */
  emit(op: number, size: number, condition: number, clobbers: number): void {
    const { imms, mode } = this;
    if (mode !== 0) {
      for (let k = this.immCount++; k > 0; k--) imms[k] = imms[k - 1]!;
      imms[0] = this.disp;
    }
    if (this.base !== 0) this.give(this.base);
    if (this.index !== 0) this.give(this.index);
    const third = traits(clobbers, mode, condition, size);
    const { lir } = this.l;
    newRecord(insts, lir, op, this.source, third, this.vregs, this.vregCount, imms, this.immCount);
  }

  done(op: number, size: number): void {
    this.emit(op, size, 0, CLOBBER.none);
  }

  // Records beside this one -----------------------------------------------------------------------

  /** Appends a record of its own with a new integer def, x and y (0 = none); returns the def. */
  private beside(op: number, third: number, x: Vreg, y: Vreg, imms: number): Vreg {
    const { sideVregs } = this;
    const def = this.l.lir.newVreg(CLASS.int);
    sideVregs[0] = def;
    sideVregs[1] = x;
    sideVregs[2] = y;
    const count = x === 0 ? 1 : y === 0 ? 2 : 3;
    newRecord(insts, this.l.lir, op, 0, third, sideVregs, count, this.sideImms, imms);
    return def;
  }

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
