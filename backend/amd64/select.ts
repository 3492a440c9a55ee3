// The selector of amd64: what the rules (rules.ts) call. Each form below builds the records of one shape;
// rules choose the form, the instruction and what is swallowed. Questions that rules ask are here as
// well, or in lower.ts where they are the same for every target.
//
// Operands are gathered first and the record is appended last, because asking for a constant appends
// the record that makes it.
//
// Flags never leave a record (lir.ts law 2), so a comparison is made together with what uses its
// outcome: the consumer (br, select, trapif, or 0/1 as a value) is noted, then the comparison is selected,
// by the same rules wherever it is used, and appends the fused record. `invert` is the parity of the
// negations on the way.

import { CPU, FuncRef, Instance, TRAP } from "../../src/abi.ts";
import type { Func, Value } from "../../src/ir/func.ts";
import { FLAG, IR, OP_FLAGS, WIDTH, WIDTH_BYTES, widthOf } from "../../src/ir/ops.ts";
import { F32, I32, NONE, TYPE_SIZE, V128, isFloat, isInt } from "../../src/ir/types.ts";
import { bug } from "../../src/support/errors.ts";
import { CLASS, MODE } from "../lir.ts";
import type { Vreg } from "../lir.ts";
import type { LowerEnv, Lowering, LoweringTarget, Selector } from "../lower.ts";
import { newRecord, traits } from "../shape.ts";
import { Address } from "./address.ts";
import { CHECK, COND, CONSUMER, INST, MODE_REF, fusedSize, insts } from "./insts.ts";
import { inverse } from "./insts.ts";
import { ARG_INTS, ARG_VECS, CLOBBER, C_ARG_INTS, REG, RESULT_INTS, RESULT_VECS } from "./regs.ts";
import { select, truth } from "./rules.gen.ts";

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

const isCompare = (op: number): boolean => op >= IR.eq && op <= IR.fge;

export class Amd64Selector implements Selector {
  f!: Func;
  private readonly l: Lowering;
  private readonly address: Address;
  private cpu = 0;

  // The record in the making: vregs (or words) in the row's order, address operands, immediates.
  private readonly vregs: number[] = [];
  private readonly imms: number[] = [];
  private mode = 0;
  private base: Vreg = 0;
  private index: Vreg = 0;
  private disp = 0;
  private source = 0;

  /** What the comparison being selected is for. */
  private consumer: number = CONSUMER.set;
  private root: Value = 0;
  private invert = 0;
  /** The comparison has further users, so nothing below it may be made here for good. */
  private isRepeated = false;

  constructor(l: Lowering) {
    this.l = l;
    this.address = new Address(l);
  }

  begin(env: LowerEnv): void {
    this.f = this.l.f;
    this.cpu = env.cpu;
    this.address.begin(env.distance);
  }

  select(i: Value): void {
    this.root = i;
    this.consumer = CONSUMER.set;
    this.invert = 0;
    this.isRepeated = false;
    if (!select(this, this.f.op[i]!, i)) bug(`select: no rule for opcode ${this.f.op[i]}`);
  }

  // Questions -------------------------------------------------------------------------------------

  folds(v: Value): boolean {
    if (this.isRepeated && (OP_FLAGS[this.f.op[v]!]! & FLAG.load) !== 0) return false;
    return this.l.folds(v);
  }

  livesOn(v: Value): boolean {
    return this.l.livesOn(v);
  }

  bothLiveOn(x: Value, y: Value): boolean {
    return this.l.livesOn(x) && this.l.livesOn(y);
  }

  hasPopcnt(): boolean {
    return (this.cpu & CPU.amd64.popcnt) !== 0;
  }

  hasLzcnt(): boolean {
    return (this.cpu & CPU.amd64.lzcnt) !== 0;
  }

  hasBmi1(): boolean {
    return (this.cpu & CPU.amd64.bmi1) !== 0;
  }

  hasBmi2(): boolean {
    return (this.cpu & CPU.amd64.bmi2) !== 0;
  }

  hasAvx(): boolean {
    return (this.cpu & CPU.amd64.avx) !== 0;
  }

  /** The load or store moves a whole value of its type. */
  isWhole(m: Value): boolean {
    return widthOf(this.f.aux[m]!) === WIDTH.full;
  }

  isByte(m: Value): boolean {
    return widthOf(this.f.aux[m]!) === WIDTH.u8;
  }

  isSignedByte(m: Value): boolean {
    return widthOf(this.f.aux[m]!) === WIDTH.s8;
  }

  /** The store being selected writes back what load `m`, from the same address, has read. */
  isUpdate(m: Value): boolean {
    const { f, root } = this;
    return f.c[m] === f.c[root] && this.bytesOf(root) === this.bytesOf(m);
  }

  /** One `lea` relative to R computes the sum being selected. */
  isRecordSum(v: Value): boolean {
    return this.address.isRecordSum(v);
  }

  /** The constant can be stored as an immediate. */
  isStorable(c: Value): boolean {
    const { f } = this;
    if (f.ty[c] === V128) return false;
    return this.bytesOf(this.root) < 8 || f.b[c] === f.a[c]! >> 31;
  }

  // Sizes and operands ----------------------------------------------------------------------------

  private sizeOf(v: Value): number {
    return TYPE_SIZE[this.f.ty[v]!]!;
  }

  /** Bytes that a load or store touches. */
  private bytesOf(i: Value): number {
    const { f } = this;
    const ty = f.op[i] === IR.store ? f.ty[f.b[i]!]! : f.ty[i]!;
    return WIDTH_BYTES[widthOf(f.aux[i]!)]! || TYPE_SIZE[ty]!;
  }

  /** A vreg for an operand of which `size` bytes are read. */
  private read(v: Value, size: number): Vreg {
    return size <= 4 ? this.l.low(v) : this.l.reg(v);
  }

  private start(i: Value): void {
    this.vregs.length = this.imms.length = 0;
    this.mode = this.base = this.index = this.disp = 0;
    this.source = this.f.source[i]!;
  }

  private give(x: Vreg): void {
    this.vregs.push(x);
  }

  /** Gives the last operand, of kind r/m: constants that are no immediates are read from memory. */
  private giveRm(v: Value, size: number): void {
    const { f } = this;
    const x = isFloat(f.ty[v]!) ? v : size <= 4 ? this.l.stripped(v) : v;
    const isWide = isInt(f.ty[x]!) && size === 8 && f.b[x] !== f.a[x]! >> 31 && f.b[x] !== 0;
    if (f.op[x] === IR.const && (isWide || isFloat(f.ty[x]!))) {
      this.mode = MODE.pool;
      this.disp = this.l.constantOf(x);
    } else this.give(this.l.reg(x));
  }

  /** Makes the address of load or store `m` that of the record. */
  private access(m: Value): void {
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
  private indexOf({ index, shift, isByte }: Address): Vreg {
    if (index === 0) return 0;
    if (shift === 0) return this.l.reg(index);
    const field = this.l.lir.newVreg(CLASS.int);
    const third = traits(0, 0, 0, 4);
    newRecord(insts, this.l.lir, INST.shri, 0, third, [field, this.l.low(index)], 2, [shift], 1);
    if (!isByte) return field;
    const byte = this.l.lir.newVreg(CLASS.int);
    newRecord(insts, this.l.lir, INST.movzx8, 0, third, [byte, field], 2, [], 0);
    return byte;
  }

  /** Appends the record; the displacement comes first, the address operands last. */
  private emit(op: number, size: number, condition: number, clobbers: number): void {
    const { vregs, imms, mode } = this;
    if (mode !== 0) imms.unshift(this.disp);
    if (this.base !== 0) vregs.push(this.base);
    if (this.index !== 0) vregs.push(this.index);
    const third = traits(clobbers, mode, condition, size);
    newRecord(insts, this.l.lir, op, this.source, third, vregs, vregs.length, imms, imms.length);
  }

  private done(op: number, size: number): void {
    this.emit(op, size, 0, CLOBBER.none);
  }

  // Constants -------------------------------------------------------------------------------------
  // Made on their own, beside the record in the making.

  constant(v: Value): Vreg {
    const { f } = this;
    const ty = f.ty[v]!;
    if (ty === V128) return bug("select: v128 constant");
    if (!isFloat(ty)) return this.constantWords(f.a[v]!, ty === I32 ? 0 : f.b[v]!);
    const x = this.l.lir.newVreg(CLASS.float);
    const isZero = f.a[v] === 0 && (ty === F32 || f.b[v] === 0);
    const third = traits(0, isZero ? 0 : MODE.pool, 0, this.sizeOf(v));
    const imms = isZero ? [] : [this.l.constantOf(v)];
    const op = isZero ? INST.fzero : INST.fload;
    newRecord(insts, this.l.lir, op, 0, third, [x], 1, imms, imms.length);
    return x;
  }

  private constantWords(lo: number, hi: number): Vreg {
    const x = this.l.lir.newVreg(CLASS.int);
    newRecord(insts, this.l.lir, INST.movi, 0, 0, [x], 1, [lo, hi], 2);
    return x;
  }

  /** base + index << scale in a new vreg. */
  private plus(base: Vreg, index: Vreg, scale: number): Vreg {
    const x = this.l.lir.newVreg(CLASS.int);
    const third = traits(0, MODE.indexed | (scale << 3), 0, 8);
    newRecord(insts, this.l.lir, INST.lea, 0, third, [x, base, index], 3, [0], 1);
    return x;
  }

  /** The address of the instance record in a new vreg. */
  private recordBase(): Vreg {
    const x = this.l.lir.newVreg(CLASS.int);
    const third = traits(0, MODE.r, 0, 8);
    newRecord(insts, this.l.lir, INST.lea, 0, third, [x], 1, [-this.address.distance], 1);
    return x;
  }

  // Forms: arithmetic -----------------------------------------------------------------------------

  /** x op y, written over x. */
  binary(i: Value, op: number, x: Value, y: Value): void {
    const size = this.sizeOf(i);
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.read(x, size));
    this.giveRm(y, size);
    this.done(op, size);
  }

  /** The same where the operands may change places: written over the one that dies. */
  commuting(i: Value, op: number, x: Value, y: Value): void {
    if (this.l.livesOn(x) && !this.l.livesOn(y) && this.f.op[y] !== IR.const) {
      this.binary(i, op, y, x);
    } else this.binary(i, op, x, y);
  }

  /** x op y, both in registers. */
  binaryReg(i: Value, op: number, x: Value, y: Value): void {
    const size = this.sizeOf(i);
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.l.reg(x));
    this.give(this.l.reg(y));
    this.done(op, size);
  }

  binaryMem(i: Value, op: number, x: Value, m: Value): void {
    const size = this.sizeOf(i);
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.read(x, size));
    this.access(m);
    this.done(op, size);
  }

  binaryImm(i: Value, op: number, x: Value, c: Value): void {
    this.withImm(i, op, x, this.f.a[c]!, this.sizeOf(i));
  }

  private withImm(i: Value, op: number, x: Value, n: number, size: number): void {
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.read(x, size));
    this.imms.push(n);
    this.done(op, size);
  }

  /** x - c as x + -c. */
  minusImm(i: Value, x: Value, c: Value): void {
    this.withImm(i, INST.addi, x, -this.f.a[c]! | 0, this.sizeOf(i));
  }

  /** A 64-bit result whose upper half is zero, by a 32-bit operation. */
  narrowImm(i: Value, op: number, x: Value, c: Value): void {
    this.withImm(i, op, x, this.f.a[c]!, 4);
  }

  shiftImm(i: Value, op: number, x: Value, c: Value): void {
    const size = this.sizeOf(i);
    this.withImm(i, op, x, this.f.a[c]! & (size * 8 - 1), size);
  }

  shift(i: Value, op: number, x: Value, y: Value): void {
    const size = this.sizeOf(i);
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.read(x, size));
    this.give(this.l.low(y));
    this.done(op, size);
  }

  /** BMI2: the count in any register, the operand not overwritten. */
  shiftx(i: Value, op: number, x: Value, y: Value): void {
    const size = this.sizeOf(i);
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.l.low(y));
    this.giveRm(x, size);
    this.done(op, size);
  }

  shiftxMem(i: Value, op: number, m: Value, y: Value): void {
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.l.low(y));
    this.access(m);
    this.done(op, this.sizeOf(i));
  }

  rorx(i: Value, x: Value, c: Value, isLeft: number): void {
    const size = this.sizeOf(i);
    const n = this.f.a[c]!;
    this.start(i);
    this.give(this.l.def(i));
    this.giveRm(x, size);
    this.imms.push((isLeft === 0 ? n : -n) & (size * 8 - 1));
    this.done(INST.rorx, size);
  }

  /** ~x & y */
  andn(i: Value, x: Value, y: Value): void {
    const size = this.sizeOf(i);
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.read(x, size));
    this.giveRm(y, size);
    this.done(INST.andn, size);
  }

  times(i: Value, x: Value, c: Value): void {
    const size = this.sizeOf(i);
    this.start(i);
    this.give(this.l.def(i));
    this.giveRm(x, size);
    this.imms.push(this.f.a[c]!);
    this.done(INST.imuli, size);
  }

  timesMem(i: Value, m: Value, c: Value): void {
    this.start(i);
    this.give(this.l.def(i));
    this.access(m);
    this.imms.push(this.f.a[c]!);
    this.done(INST.imuli, this.sizeOf(i));
  }

  /** High half of a product; the operand that is not in rax may be in memory. */
  high(i: Value, op: number, x: Value, y: Value): void {
    this.binary(i, op, x, y);
  }

  divide(i: Value, op: number, x: Value, y: Value): void {
    const { f } = this;
    const size = this.sizeOf(i);
    const isConst = f.op[y] === IR.const;
    const isZero = f.a[y] === 0 && (size === 4 || f.b[y] === 0);
    const isMinusOne = f.a[y] === -1 && (size === 4 || f.b[y] === -1);
    let checks = 0;
    if (!isConst || isZero) checks |= CHECK.zero;
    if (!isConst || isMinusOne) checks |= CHECK.minusOne;
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.read(x, size));
    this.give(this.read(y, size));
    this.imms.push(checks);
    this.done(op, size);
  }

  /** One operand, overwritten. */
  unary(i: Value, op: number, x: Value): void {
    const size = this.sizeOf(i);
    this.start(i);
    this.give(this.l.def(i));
    this.give(isFloat(this.f.ty[x]!) ? this.l.reg(x) : this.read(x, size));
    this.done(op, size);
  }

  /** One operand, not overwritten; `size` 0 is that of the result, else that of the operation. */
  convert(i: Value, op: number, size: number, x: Value): void {
    const bytes = size || this.sizeOf(i);
    this.start(i);
    this.give(this.l.def(i));
    if (isInt(this.f.ty[x]!)) this.give(this.read(x, this.sizeOf(x)));
    else this.giveRm(x, bytes);
    this.done(op, bytes);
  }

  convertMem(i: Value, op: number, size: number, m: Value): void {
    this.start(i);
    this.give(this.l.def(i));
    this.access(m);
    this.done(op, size || this.sizeOf(i));
  }

  /** The low 4 bytes or fewer of x, extended by `op`; `size` 0 is that of the result. */
  extend(i: Value, op: number, size: number, x: Value): void {
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.l.low(x));
    this.done(op, size || this.sizeOf(i));
  }

  /** float -> integer: `narrow` or `wide` by the result, the size is the float's. */
  truncate(i: Value, narrow: number, wide: number, x: Value): void {
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.l.reg(x));
    this.done(this.sizeOf(i) === 4 ? narrow : wide, this.sizeOf(x));
  }

  /** integer -> float: `narrow` or `wide` by the operand. */
  float(i: Value, narrow: number, wide: number, x: Value): void {
    this.start(i);
    this.give(this.l.def(i));
    this.give(this.l.reg(x));
    this.done(this.sizeOf(x) === 4 ? narrow : wide, this.sizeOf(i));
  }

  floatMem(i: Value, narrow: number, wide: number, m: Value): void {
    this.convertMem(i, this.sizeOf(m) === 4 ? narrow : wide, 0, m);
  }

  round(i: Value, kind: number, x: Value): void {
    this.start(i);
    this.give(this.l.def(i));
    this.giveRm(x, this.sizeOf(i));
    this.imms.push(kind);
    this.done(INST.fround, this.sizeOf(i));
  }

  roundMem(i: Value, kind: number, m: Value): void {
    this.start(i);
    this.give(this.l.def(i));
    this.access(m);
    this.imms.push(kind);
    this.done(INST.fround, this.sizeOf(i));
  }

  // Forms: lea ------------------------------------------------------------------------------------

  /** x + y << k + c; c = 0 stands for none. A 32-bit `lea` reads only low halves. */
  lea(i: Value, x: Value, y: Value, k: Value | 0, c: Value | 0): void {
    const size = this.sizeOf(i);
    const scale = k === 0 ? 0 : this.f.a[k]! & (size * 8 - 1);
    this.start(i);
    this.give(this.l.def(i));
    this.base = this.read(x, size);
    this.index = this.read(y, size);
    this.mode = MODE.indexed | (scale << 3);
    this.disp = c === 0 ? 0 : this.f.a[c]!;
    this.done(INST.lea, size);
  }

  leaImm(i: Value, x: Value, c: Value): void {
    const size = this.sizeOf(i);
    this.start(i);
    this.give(this.l.def(i));
    this.base = this.read(x, size);
    this.mode = MODE.base;
    this.disp = this.f.a[c]!;
    this.done(INST.lea, size);
  }

  /** x + x << scale */
  leaTimes(i: Value, x: Value, scale: number): void {
    const size = this.sizeOf(i);
    this.start(i);
    this.give(this.l.def(i));
    this.base = this.index = this.read(x, size);
    this.mode = MODE.indexed | (scale << 3);
    this.done(INST.lea, size);
  }

  /** A sum relative to R; the question isRecordSum has just found the address. */
  leaRecord(i: Value): void {
    const { address } = this;
    if (!address.isRecordSum(i)) bug("select: no sum of the record");
    this.start(i);
    this.give(this.l.def(i));
    this.index = this.indexOf(address);
    this.mode = address.mode | (address.scale << 3);
    this.disp = address.disp;
    this.done(INST.lea, 8);
  }

  // Forms: memory ---------------------------------------------------------------------------------

  load(i: Value): void {
    const { f } = this;
    const width = widthOf(f.aux[i]!);
    const ty = f.ty[i]!;
    this.start(i);
    this.give(this.l.def(i));
    this.access(i);
    if (width === WIDTH.full) {
      if (ty === V128) bug("select: v128 load");
      return this.done(isFloat(ty) ? INST.fload : INST.mov, this.sizeOf(i));
    }
    const size =
      width === WIDTH.u8 || width === WIDTH.u16 || width === WIDTH.u32 ? 4 : this.sizeOf(i);
    this.done(LOADS[width]!, size);
  }

  /** A load of one register file by an instruction of the other. */
  loadAs(i: Value, m: Value): void {
    this.start(i);
    this.give(this.l.def(i));
    this.access(m);
    this.done(isFloat(this.f.ty[i]!) ? INST.fload : INST.mov, this.sizeOf(i));
  }

  store(i: Value, v: Value): void {
    const size = this.bytesOf(i);
    const ty = this.f.ty[v]!;
    if (ty === V128) bug("select: v128 store");
    this.start(i);
    this.give(isFloat(ty) ? this.l.reg(v) : this.read(v, size));
    this.access(i);
    this.done(isFloat(ty) ? INST.fstore : INST.store, size);
  }

  storeImm(i: Value, c: Value): void {
    this.start(i);
    this.access(i);
    this.imms.push(this.f.a[c]!);
    this.done(INST.storei, this.bytesOf(i));
  }

  /** [address of load m] op= x */
  update(i: Value, op: number, m: Value, x: Value): void {
    const size = this.bytesOf(i);
    this.start(i);
    this.l.swallow(m);
    this.give(this.read(x, size));
    this.access(i);
    this.done(op, size);
  }

  updateImm(i: Value, op: number, m: Value, c: Value): void {
    this.start(i);
    this.l.swallow(m);
    this.access(i);
    this.imms.push(this.f.a[c]!);
    this.done(op, this.bytesOf(i));
  }

  // Forms: comparisons ----------------------------------------------------------------------------

  /** Begins a fused record with the operands of the consumer. */
  private startFused(): void {
    const { f, root } = this;
    this.start(root);
    switch (this.consumer) {
      case CONSUMER.set:
        return this.give(this.l.def(root));
      case CONSUMER.cmov:
      case CONSUMER.fsel:
        return this.startSelect(f.b[root]!, f.c[root]!);
      default:
    }
  }

  /** Written over what is picked if the condition is false: better the one that dies. */
  private startSelect(yes: Value, no: Value): void {
    const size = this.sizeOf(this.root);
    const isInteger = this.consumer === CONSUMER.cmov;
    const swap = this.l.livesOn(no) && !this.l.livesOn(yes);
    if (swap) this.invert ^= 1;
    const over = swap ? yes : no;
    const other = swap ? no : yes;
    this.give(this.l.def(this.root));
    this.give(isInteger ? this.read(over, size) : this.l.reg(over));
    this.give(isInteger ? this.read(other, size) : this.l.reg(other));
  }

  /** Appends the fused record: `compare` is its row with the first consumer. */
  private fuse(compare: number, size: number, condition: number): void {
    const { consumer, root } = this;
    if (consumer === CONSUMER.trap) this.imms.push(this.f.b[root]!);
    const value = consumer === CONSUMER.cmov || consumer === CONSUMER.fsel ? this.sizeOf(root) : 0;
    const cond = this.invert !== 0 ? inverse(condition) : condition;
    this.emit(compare + consumer, fusedSize(size, value), cond, CLOBBER.none);
  }

  private conditionOf(k: Value): number {
    return CONDITIONS[this.f.op[k]! - IR.eq]!;
  }

  private sizeOfCompare(k: Value): number {
    return this.sizeOf(this.f.a[k]!);
  }

  compare(k: Value, x: Value, y: Value): void {
    const size = this.sizeOfCompare(k);
    this.startFused();
    this.give(this.read(x, size));
    this.giveRm(y, size);
    this.fuse(INST["cmp.j"], size, this.conditionOf(k));
  }

  compareImm(k: Value, x: Value, c: Value): void {
    const size = this.sizeOfCompare(k);
    const n = this.f.a[c]!;
    this.startFused();
    this.give(this.read(x, size));
    if (n === 0) {
      // The flags of x & x are those of x - 0.
      this.give(this.read(x, size));
      return this.fuse(INST["test.j"], size, this.conditionOf(k));
    }
    this.imms.push(n);
    this.fuse(INST["cmpi.j"], size, this.conditionOf(k));
  }

  /** x against memory. */
  compareMem(k: Value, x: Value, m: Value): void {
    const size = this.sizeOfCompare(k);
    this.startFused();
    this.give(this.read(x, size));
    this.access(m);
    this.fuse(INST["cmp.j"], size, this.conditionOf(k));
  }

  /** Memory against x. */
  compareToReg(k: Value, m: Value, x: Value): void {
    const size = this.sizeOfCompare(k);
    this.startFused();
    this.give(this.read(x, size));
    this.access(m);
    this.fuse(INST["cmpm.j"], size, this.conditionOf(k));
  }

  compareMemImm(k: Value, m: Value, c: Value): void {
    this.startFused();
    this.access(m);
    this.imms.push(this.f.a[c]!);
    this.fuse(INST["cmpmi.j"], this.sizeOfCompare(k), this.conditionOf(k));
  }

  /** A zero-extended byte of memory against 0-255: all comparisons are unsigned ones. */
  compareByte(k: Value, m: Value, c: Value): void {
    this.startFused();
    this.access(m);
    this.imms.push((this.f.a[c]! << 24) >> 24);
    this.fuse(INST["cmpmi.j"], 1, UNSIGNED[this.f.op[k]! - IR.eq]!);
  }

  /** A sign-extended byte of memory against -128..127. */
  compareSignedByte(k: Value, m: Value, c: Value): void {
    this.startFused();
    this.access(m);
    this.imms.push(this.f.a[c]!);
    this.fuse(INST["cmpmi.j"], 1, this.conditionOf(k));
  }

  compareFloats(_k: Value, x: Value, y: Value, condition: number): void {
    const size = this.sizeOf(x);
    this.startFused();
    this.give(this.l.reg(x));
    this.giveRm(y, size);
    this.fuse(INST["ucomis.j"], size, condition);
  }

  compareFloatMem(_k: Value, x: Value, m: Value, condition: number): void {
    this.startFused();
    this.give(this.l.reg(x));
    this.access(m);
    this.fuse(INST["ucomis.j"], this.sizeOf(x), condition);
  }

  /** x == 0 */
  isZero(_k: Value, x: Value): void {
    this.invert ^= 1;
    this.test(x);
  }

  /** x != 0 */
  isNonZero(_k: Value, x: Value): void {
    this.test(x);
  }

  /** Fuses `x is not zero` with the consumer. */
  private test(x: Value): void {
    if (this.swallows(x) && truth(this, this.f.op[x]!, x)) return;
    const size = this.sizeOf(x);
    this.startFused();
    this.give(this.read(x, size));
    this.give(this.read(x, size));
    this.fuse(INST["test.j"], size, COND.ne);
  }

  /**
   * A comparison may be made anew for each of its users: that costs no more than testing its outcome,
   * but keeps its operands alive, so only where they are at hand.
   */
  private swallows(x: Value): boolean {
    const { f, l } = this;
    const op = f.op[x]!;
    if (!isCompare(op)) return this.folds(x);
    if (l.isSingle(x)) return true;
    if (!l.isHere(x) && f.op[f.b[x]!] !== IR.const) return false;
    this.isRepeated = true;
    return true;
  }

  // What `truth` makes of values that are tested against zero.

  testBoth(t: Value, x: Value, y: Value): void {
    const size = this.sizeOf(t);
    this.startFused();
    this.give(this.read(x, size));
    this.giveRm(y, size);
    this.fuse(INST["test.j"], size, COND.ne);
  }

  testMem(t: Value, x: Value, m: Value): void {
    this.startFused();
    this.give(this.read(x, this.sizeOf(t)));
    this.access(m);
    this.fuse(INST["test.j"], this.sizeOf(t), COND.ne);
  }

  testImm(t: Value, x: Value, c: Value): void {
    const isNarrow = this.f.a[c]! >= 0;
    const size = isNarrow ? 4 : this.sizeOf(t);
    this.startFused();
    this.give(this.read(x, size));
    this.imms.push(this.f.a[c]!);
    this.fuse(INST["testi.j"], size, COND.ne);
  }

  testMemImm(t: Value, m: Value, c: Value): void {
    this.startFused();
    this.access(m);
    this.imms.push(this.f.a[c]!);
    this.fuse(INST["testmi.j"], this.sizeOf(t), COND.ne);
  }

  testByteImm(_t: Value, m: Value, c: Value): void {
    this.startFused();
    this.access(m);
    this.imms.push((this.f.a[c]! << 24) >> 24);
    this.fuse(INST["testmi.j"], 1, COND.ne);
  }

  /** Memory itself is not zero. */
  testLoad(t: Value): void {
    const size = this.bytesOf(t);
    this.startFused();
    this.access(t);
    this.imms.push(0);
    this.fuse(INST["cmpmi.j"], size, COND.ne);
  }

  /** Bit y of x. */
  testBit(t: Value, x: Value, y: Value): void {
    const size = this.sizeOf(t);
    this.startFused();
    this.give(this.read(x, size));
    this.give(this.l.low(y));
    this.fuse(INST["bt.j"], size, COND.b);
  }

  /** Bit c of x: by a mask while it fits, because `test` fuses with the jump. */
  testShifted(t: Value, x: Value, c: Value): void {
    const size = this.sizeOf(t);
    const bit = this.f.a[c]! & (size * 8 - 1);
    const isMask = bit < 31;
    this.startFused();
    this.give(this.read(x, isMask ? 4 : size));
    this.imms.push(isMask ? 1 << bit : bit);
    if (isMask) this.fuse(INST["testi.j"], 4, COND.ne);
    else this.fuse(INST["bti.j"], size, COND.b);
  }

  /** The one bit of `c` in x. */
  testBitImm(t: Value, x: Value, c: Value): void {
    const { f } = this;
    const bit = f.a[c] !== 0 ? 31 - Math.clz32(f.a[c]!) : 63 - Math.clz32(f.b[c]!);
    this.startFused();
    this.give(this.read(x, this.sizeOf(t)));
    this.imms.push(bit);
    this.fuse(INST["bti.j"], this.sizeOf(t), COND.b);
  }

  /** The comparison `t` itself. */
  testCompare(t: Value): void {
    if (!select(this, this.f.op[t]!, t)) bug("select: no rule for a comparison");
  }

  // Forms: control and checks ---------------------------------------------------------------------

  branch(_i: Value, x: Value): void {
    this.consumer = CONSUMER.j;
    this.test(x);
  }

  trapIf(_i: Value, x: Value): void {
    this.consumer = CONSUMER.trap;
    this.test(x);
  }

  choose(i: Value, x: Value): void {
    if (this.f.ty[i] === V128) bug("select: select of v128");
    this.consumer = isFloat(this.f.ty[i]!) ? CONSUMER.fsel : CONSUMER.cmov;
    this.test(x);
  }

  /** Traps with null or signature. A null reference faults: the record is a `ref` site. */
  checkSignature(i: Value, x: Value): void {
    this.start(i);
    this.base = this.l.reg(x);
    this.mode = MODE.base | MODE_REF;
    this.disp = FuncRef.sig;
    this.imms.push(this.f.b[i]!, TRAP.signature);
    this.emit(INST["cmpmi.trap"], fusedSize(4, 0), COND.ne, CLOBBER.none);
  }

  jumpTable(i: Value, x: Value): void {
    this.start(i);
    this.give(this.l.low(x));
    this.done(INST.switch, 4);
  }

  branchOnCase(i: Value, k: number): void {
    const x = this.l.low(this.f.a[i]!);
    this.start(i);
    this.give(x);
    if (k === 0) this.give(x);
    else this.imms.push(k);
    const op = k === 0 ? INST["test.j"] : INST["cmpi.j"];
    this.emit(op, fusedSize(4, 0), COND.e, CLOBBER.none);
  }

  // Forms: calls ----------------------------------------------------------------------------------

  call(i: Value): void {
    const { l } = this;
    l.openCall(i, l.signatureOf(i));
    this.start(i);
    this.giveWords();
    this.imms.push(this.f.a[i]!, l.args.bytes);
    this.emit(INST.call, 0, 0, CLOBBER.call);
    l.closeCall(i);
  }

  callSlot(i: Value): void {
    const { l } = this;
    l.openCall(i, l.signatureOf(i));
    this.start(i);
    this.giveWords();
    this.mode = MODE.r;
    this.disp = this.f.a[i]! - this.address.distance;
    this.imms.push(l.args.bytes);
    this.emit(INST.callr, 0, 0, CLOBBER.call);
    l.closeCall(i);
  }

  callRef(i: Value, x: Value): void {
    const { l } = this;
    l.openCall(i, l.signatureOf(i));
    this.start(i);
    this.giveWords();
    this.base = l.reg(x);
    this.mode = MODE.base;
    this.imms.push(l.args.bytes);
    this.emit(INST.callr, 0, 0, CLOBBER.call);
    l.closeCall(i);
  }

  /** A C function returns an i32 with any upper half. */
  libcall(i: Value): void {
    const { l, f } = this;
    const ty = f.ty[i]!;
    const value = ty === NONE ? 0 : l.def(i);
    const raw = ty === I32 ? l.lir.newVreg(CLASS.int) : value;
    l.libcallWords(i, raw, REG.rax, this.recordBase(), C_ARG_INTS);
    this.start(i);
    this.giveWords();
    this.mode = MODE.r;
    this.disp = Instance.libcalls + 8 * f.a[i]! - this.address.distance;
    this.emit(INST.callc, 0, 0, CLOBBER.call);
    if (raw === value) return;
    this.start(i);
    this.give(value);
    this.give(raw);
    this.done(INST.mov, 4);
  }

  private giveWords(): void {
    const { words, wordCount } = this.l;
    for (let k = 0; k < wordCount; k++) this.vregs.push(words[k]!);
  }
}

// Instructions of loads by WIDTH.
// prettier-ignore
const LOADS = [
  INST.mov, INST.movzx8, INST.movsx8, INST.movzx16, INST.movsx16, INST.mov, INST.movsx32,
];

export const amd64Lowering: LoweringTarget = {
  insts,
  args: { ints: ARG_INTS, vecs: ARG_VECS },
  results: { ints: RESULT_INTS, vecs: RESULT_VECS },
  newSelector: (l) => new Amd64Selector(l),
};
