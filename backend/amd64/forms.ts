// What the rules of amd64 (rules.ts) call: each form builds the records of one shape; rules choose
// the form, the instruction and what is swallowed. Questions that rules ask are here as well;
// lower.ts answers those that are the same for every target. Forms of comparisons are in flags.ts.

import { CPU, FuncRef, Instance, TRAP } from "../../src/abi.ts";
import type { Func, Value } from "../../src/ir/func.ts";
import { IR, WIDTH, widthOf } from "../../src/ir/ops.ts";
import { I32, NONE, V128, isFloat, isInt } from "../../src/ir/types.ts";
import { bug } from "../../src/support/errors.ts";
import { CONSUMER } from "../fusion.ts";
import { CLASS, MODE, MODE_REF } from "../lir.ts";
import type { LowerEnv, Lowering } from "../lower.ts";
import { fusedSize } from "../shape.ts";
import { Flags } from "./flags.ts";
import { CHECK, COND, INST } from "./insts.ts";
import { Lanes } from "./lanes.ts";
import { Amd64Records } from "./record.ts";
import { CLOBBER, C_ARG_INTS, REG } from "./regs.ts";
import { VectorMaker } from "./vector.ts";
import { Vectors } from "./vectors.ts";
import { Widths } from "./widths.ts";

/** A generated matcher: selects instruction `i`, whose opcode is `op`. */
export type Matcher = (s: Forms, op: number, i: Value) => boolean;

// Instructions of loads by WIDTH.
// prettier-ignore
const LOADS = [
  INST.mov, INST.movzx8, INST.movsx8, INST.movzx16, INST.movsx16, INST.mov, INST.movsx32,
];

export class Forms {
  f!: Func;
  readonly r: Amd64Records;
  readonly flags: Flags;
  readonly vec: Vectors;
  readonly widths: Widths;
  readonly lanes: Lanes;
  private readonly v: VectorMaker;
  private readonly l: Lowering;
  private cpu = 0;
  private root: Value = 0;

  constructor(l: Lowering, select: Matcher, truth: Matcher) {
    this.l = l;
    this.r = new Amd64Records(l);
    this.v = new VectorMaker(this.r);
    this.vec = new Vectors(this.r, this.v);
    this.widths = new Widths(l, this.v);
    this.lanes = new Lanes(this.r, this.v);
    this.flags = new Flags(
      this.r,
      this.v,
      (v) => select(this, this.f.op[v]!, v),
      (v) => truth(this, this.f.op[v]!, v),
    );
  }

  begin(env: LowerEnv): void {
    this.f = this.l.f;
    this.cpu = env.cpu;
    this.r.begin(env);
    this.vec.f = this.widths.f = this.lanes.f = this.f;
    this.v.hasAvx = this.hasAvx();
    this.lanes.hasAvx2 = (env.cpu & CPU.amd64.avx2) !== 0;
  }

  /** Instruction `i` is being selected. */
  reset(i: Value): void {
    this.root = i;
    this.v.reset(i);
    this.flags.reset(i);
  }

  // Questions -------------------------------------------------------------------------------------

  folds(v: Value): boolean {
    return this.flags.folds(v);
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

  /** One `lea` relative to R computes the sum being selected. */
  isRecordSum(v: Value): boolean {
    return this.r.address.isRecordSum(v);
  }

  /** The constant can be stored as an immediate. */
  isStorable(c: Value): boolean {
    const { f } = this;
    if (f.ty[c] === V128) return false;
    return this.r.bytesOf(this.root) < 8 || f.b[c] === f.a[c]! >> 31;
  }

  // Forms: arithmetic -----------------------------------------------------------------------------

  /** x op y, written over x. */
  binary(i: Value, op: number, x: Value, y: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.giveRm(y, size);
    this.r.done(op, size);
  }

  /** The same where the operands may change places: written over the one that dies. */
  commuting(i: Value, op: number, x: Value, y: Value): void {
    if (this.l.livesOn(x) && !this.l.livesOn(y) && this.f.op[y] !== IR.const) {
      this.binary(i, op, y, x);
    } else this.binary(i, op, x, y);
  }

  /** x op y, both in registers. */
  binaryReg(i: Value, op: number, x: Value, y: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.reg(x));
    this.r.give(this.l.reg(y));
    this.r.done(op, size);
  }

  binaryMem(i: Value, op: number, x: Value, m: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.access(m);
    this.r.done(op, size);
  }

  binaryImm(i: Value, op: number, x: Value, c: Value): void {
    this.withImm(i, op, x, this.f.a[c]!, this.r.sizeOf(i));
  }

  private withImm(i: Value, op: number, x: Value, n: number, size: number): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.imm(n);
    this.r.done(op, size);
  }

  /** x - c as x + -c. */
  minusImm(i: Value, x: Value, c: Value): void {
    this.withImm(i, INST.addi, x, -this.f.a[c]! | 0, this.r.sizeOf(i));
  }

  /** A 64-bit result whose upper half is zero, by a 32-bit operation. */
  narrowImm(i: Value, op: number, x: Value, c: Value): void {
    this.withImm(i, op, x, this.f.a[c]!, 4);
  }

  shiftImm(i: Value, op: number, x: Value, c: Value): void {
    const size = this.r.sizeOf(i);
    this.withImm(i, op, x, this.f.a[c]! & (size * 8 - 1), size);
  }

  shift(i: Value, op: number, x: Value, y: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.give(this.l.low(y));
    this.r.done(op, size);
  }

  /** BMI2: the count in any register, the operand not overwritten. */
  shiftx(i: Value, op: number, x: Value, y: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.low(y));
    this.r.giveRm(x, size);
    this.r.done(op, size);
  }

  shiftxMem(i: Value, op: number, m: Value, y: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.low(y));
    this.r.access(m);
    this.r.done(op, this.r.sizeOf(i));
  }

  rorx(i: Value, x: Value, c: Value, isLeft: number): void {
    const size = this.r.sizeOf(i);
    const n = this.f.a[c]!;
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.giveRm(x, size);
    this.r.imm((isLeft === 0 ? n : -n) & (size * 8 - 1));
    this.r.done(INST.rorx, size);
  }

  /** ~x & y */
  andn(i: Value, x: Value, y: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.giveRm(y, size);
    this.r.done(INST.andn, size);
  }

  times(i: Value, x: Value, c: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.giveRm(x, size);
    this.r.imm(this.f.a[c]!);
    this.r.done(INST.imuli, size);
  }

  timesMem(i: Value, m: Value, c: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.access(m);
    this.r.imm(this.f.a[c]!);
    this.r.done(INST.imuli, this.r.sizeOf(i));
  }

  /** High half of a product; the operand that is not in rax may be in memory. */
  high(i: Value, op: number, x: Value, y: Value): void {
    this.binary(i, op, x, y);
  }

  divide(i: Value, op: number, x: Value, y: Value): void {
    const { f } = this;
    const size = this.r.sizeOf(i);
    const isConst = f.op[y] === IR.const;
    const isZero = f.a[y] === 0 && (size === 4 || f.b[y] === 0);
    const isMinusOne = f.a[y] === -1 && (size === 4 || f.b[y] === -1);
    let checks = 0;
    if (!isConst || isZero) checks |= CHECK.zero;
    if (!isConst || isMinusOne) checks |= CHECK.minusOne;
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.give(this.r.read(y, size));
    this.r.imm(checks);
    this.r.done(op, size);
  }

  /** One operand, overwritten. */
  unary(i: Value, op: number, x: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(isFloat(this.f.ty[x]!) ? this.l.reg(x) : this.r.read(x, size));
    this.r.done(op, size);
  }

  /** One operand, not overwritten; `size` 0 is that of the result, else that of the operation. */
  convert(i: Value, op: number, size: number, x: Value): void {
    const bytes = size || this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    if (isInt(this.f.ty[x]!)) this.r.give(this.r.read(x, this.r.sizeOf(x)));
    else this.r.giveRm(x, bytes);
    this.r.done(op, bytes);
  }

  convertMem(i: Value, op: number, size: number, m: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.access(m);
    this.r.done(op, size || this.r.sizeOf(i));
  }

  /** The low 4 bytes or fewer of x, extended by `op`; `size` 0 is that of the result. */
  extend(i: Value, op: number, size: number, x: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.low(x));
    this.r.done(op, size || this.r.sizeOf(i));
  }

  /** float -> integer: `narrow` or `wide` by the result, the size is the float's. */
  truncate(i: Value, narrow: number, wide: number, x: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.reg(x));
    this.r.done(this.r.sizeOf(i) === 4 ? narrow : wide, this.r.sizeOf(x));
  }

  /** integer -> float: `narrow` or `wide` by the operand. */
  float(i: Value, narrow: number, wide: number, x: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.reg(x));
    this.r.done(this.r.sizeOf(x) === 4 ? narrow : wide, this.r.sizeOf(i));
  }

  floatMem(i: Value, narrow: number, wide: number, m: Value): void {
    this.convertMem(i, this.r.sizeOf(m) === 4 ? narrow : wide, 0, m);
  }

  round(i: Value, kind: number, x: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.giveRm(x, this.r.sizeOf(i));
    this.r.imm(kind);
    this.r.done(INST.fround, this.r.sizeOf(i));
  }

  roundMem(i: Value, kind: number, m: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.access(m);
    this.r.imm(kind);
    this.r.done(INST.fround, this.r.sizeOf(i));
  }

  // Forms: lea ------------------------------------------------------------------------------------

  /** x + y << k + c; c = 0 stands for none. A 32-bit `lea` reads only low halves. */
  lea(i: Value, x: Value, y: Value, k: Value | 0, c: Value | 0): void {
    const size = this.r.sizeOf(i);
    const scale = k === 0 ? 0 : this.f.a[k]! & (size * 8 - 1);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.base = this.r.read(x, size);
    this.r.index = this.r.read(y, size);
    this.r.mode = MODE.indexed | (scale << 3);
    this.r.disp = c === 0 ? 0 : this.f.a[c]!;
    this.r.done(INST.lea, size);
  }

  /** y << k + c; c = 0 stands for none. */
  leaScaled(i: Value, y: Value, k: Value, c: Value | 0): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.index = this.r.read(y, size);
    this.r.mode = MODE.scaled | ((this.f.a[k]! & (size * 8 - 1)) << 3);
    this.r.disp = c === 0 ? 0 : this.f.a[c]!;
    this.r.done(INST.lea, size);
  }

  leaImm(i: Value, x: Value, c: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.base = this.r.read(x, size);
    this.r.mode = MODE.base;
    this.r.disp = this.f.a[c]!;
    this.r.done(INST.lea, size);
  }

  /** x + x << scale */
  leaTimes(i: Value, x: Value, scale: number): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.base = this.r.index = this.r.read(x, size);
    this.r.mode = MODE.indexed | (scale << 3);
    this.r.done(INST.lea, size);
  }

  /** A sum relative to R; the question isRecordSum has just found the address. */
  leaRecord(i: Value): void {
    const { address } = this.r;
    if (!address.isRecordSum(i)) bug("select: no sum of the record");
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.index = this.r.indexOf(address);
    this.r.mode = address.mode | (address.scale << 3);
    this.r.disp = address.disp;
    this.r.done(INST.lea, 8);
  }

  // Forms: memory ---------------------------------------------------------------------------------

  load(i: Value): void {
    const { f } = this;
    const width = widthOf(f.aux[i]!);
    const ty = f.ty[i]!;
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.access(i);
    if (ty === V128) {
      // Of 4 or 8 bytes, the rest zero.
      const bytes = this.r.bytesOf(i);
      return bytes === 16 ? this.r.done(INST.load128, 0) : this.r.done(INST.fload, bytes);
    }
    if (width === WIDTH.full) {
      return this.r.done(isFloat(ty) ? INST.fload : INST.mov, this.r.sizeOf(i));
    }
    const size =
      width === WIDTH.u8 || width === WIDTH.u16 || width === WIDTH.u32 ? 4 : this.r.sizeOf(i);
    this.r.done(LOADS[width]!, size);
  }

  /** A load of one register file by an instruction of the other. */
  loadAs(i: Value, m: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.access(m);
    this.r.done(isFloat(this.f.ty[i]!) ? INST.fload : INST.mov, this.r.sizeOf(i));
  }

  store(i: Value, v: Value): void {
    const size = this.r.bytesOf(i);
    const ty = this.f.ty[v]!;
    this.r.start(i);
    this.r.give(isInt(ty) ? this.r.read(v, size) : this.l.reg(v));
    this.r.access(i);
    if (ty === V128) return this.r.done(INST.store128, 0);
    this.r.done(isFloat(ty) ? INST.fstore : INST.store, size);
  }

  storeImm(i: Value, c: Value): void {
    this.r.start(i);
    this.r.access(i);
    this.r.imm(this.f.a[c]!);
    this.r.done(INST.storei, this.r.bytesOf(i));
  }

  // Forms: control and checks ---------------------------------------------------------------------

  branch(_i: Value, x: Value): void {
    this.flags.consume(CONSUMER.j, x);
  }

  trapIf(_i: Value, x: Value): void {
    this.flags.consume(CONSUMER.trap, x);
  }

  choose(i: Value, x: Value): void {
    this.flags.consume(isInt(this.f.ty[i]!) ? CONSUMER.sel : CONSUMER.fsel, x);
  }

  /** Traps with null or signature. A null reference faults: the record is a `ref` site. */
  checkSignature(i: Value, x: Value): void {
    this.r.start(i);
    this.r.base = this.l.reg(x);
    this.r.mode = MODE.base | MODE_REF;
    this.r.disp = FuncRef.sig;
    this.r.imm(this.f.b[i]!);
    this.r.imm(TRAP.signature);
    this.r.emit(INST["cmpmi.trap"], fusedSize(4, 0), COND.ne, CLOBBER.none);
  }

  jumpTable(i: Value, x: Value): void {
    this.r.start(i);
    this.r.give(this.l.reg(x));
    this.r.done(INST.switch, 4);
  }

  branchOnCase(i: Value, k: number): void {
    const x = this.l.low(this.f.a[i]!);
    this.r.start(i);
    this.r.give(x);
    if (k === 0) this.r.give(x);
    else this.r.imm(k);
    const op = k === 0 ? INST["test.j"] : INST["cmpi.j"];
    this.r.emit(op, fusedSize(4, 0), COND.e, CLOBBER.none);
  }

  // Forms: calls ----------------------------------------------------------------------------------

  call(i: Value): void {
    const { l } = this;
    l.openCall(i, l.signatureOf(i));
    this.r.start(i);
    this.r.giveWords();
    this.r.imm(this.f.a[i]!);
    this.r.imm(l.args.bytes);
    this.r.emit(INST.call, 0, 0, CLOBBER.call);
    l.closeCall(i);
  }

  callSlot(i: Value): void {
    const { l } = this;
    l.openCall(i, l.signatureOf(i));
    this.r.start(i);
    this.r.giveWords();
    this.r.mode = MODE.r;
    this.r.disp = this.f.a[i]! - this.r.address.distance;
    this.r.imm(l.args.bytes);
    this.r.emit(INST.callr, 0, 0, CLOBBER.call);
    l.closeCall(i);
  }

  callRef(i: Value, x: Value): void {
    const { l } = this;
    l.openCall(i, l.signatureOf(i));
    this.r.start(i);
    this.r.giveWords();
    this.r.base = l.reg(x);
    this.r.mode = MODE.base;
    this.r.imm(l.args.bytes);
    this.r.emit(INST.callr, 0, 0, CLOBBER.call);
    l.closeCall(i);
  }

  /** A C function returns an i32 with any upper half. */
  libcall(i: Value): void {
    const { l, f } = this;
    const ty = f.ty[i]!;
    const value = ty === NONE ? 0 : l.def(i);
    const raw = ty === I32 ? l.lir.newVreg(CLASS.int) : value;
    l.libcallWords(i, raw, REG.rax, this.r.recordBase(), C_ARG_INTS);
    this.r.start(i);
    this.r.giveWords();
    this.r.mode = MODE.r;
    this.r.disp = Instance.libcalls + 8 * f.a[i]! - this.r.address.distance;
    this.r.emit(INST.callc, 0, 0, CLOBBER.call);
    if (raw === value) return;
    this.r.start(i);
    this.r.give(value);
    this.r.give(raw);
    this.r.done(INST.mov, 4);
  }
}
