// What the rules of arm64 (rules.ts) call: each form builds the records of one shape; rules choose
// the form, the instruction and what is swallowed. Questions that rules ask are here as well;
// lower.ts answers those that are the same for every target. Forms of comparisons are in flags.ts.

import { FuncRef, Instance, TRAP } from "../../src/abi.ts";
import type { Func, Value } from "../../src/ir/func.ts";
import { IR, WIDTH, widthOf } from "../../src/ir/ops.ts";
import { I32, NONE, V128, isFloat } from "../../src/ir/types.ts";
import { bug } from "../../src/support/errors.ts";
import { CONSUMER } from "../fusion.ts";
import { CLASS, MODE, MODE_REF } from "../lir.ts";
import type { LowerEnv, Lowering } from "../lower.ts";
import { fusedSize } from "../shape.ts";
import { Flags } from "./flags.ts";
import { isArith } from "./immediates.ts";
import { CHECK, COND, INST, SELECTS } from "./insts.ts";
import { Lanes } from "./lanes.ts";
import { Arm64Records } from "./record.ts";
import { CLOBBER, C_ARG_INTS, REG } from "./regs.ts";
import { VectorMaker } from "./vector.ts";
import { Vectors } from "./vectors.ts";

/** A generated matcher: selects instruction `i`, whose opcode is `op`. */
export type Matcher = (s: Forms, op: number, i: Value) => boolean;

// Instructions of loads by WIDTH.
// prettier-ignore
const LOADS = [
  INST.ldr, INST.ldrb, INST.ldrsb, INST.ldrh, INST.ldrsh, INST.ldr, INST.ldrsw,
];

export class Forms {
  f!: Func;
  readonly r: Arm64Records;
  readonly flags: Flags;
  readonly vec: Vectors;
  readonly lanes: Lanes;
  private readonly v: VectorMaker;
  private readonly l: Lowering;

  constructor(l: Lowering, select: Matcher, truth: Matcher) {
    this.l = l;
    this.r = new Arm64Records(l);
    this.v = new VectorMaker(this.r);
    this.vec = new Vectors(l, this.v);
    this.lanes = new Lanes(this.r, this.v);
    this.flags = new Flags(
      this.r,
      this.vec,
      (v) => select(this, this.f.op[v]!, v),
      (v) => truth(this, this.f.op[v]!, v),
    );
  }

  begin(env: LowerEnv): void {
    this.f = this.l.f;
    this.r.begin(env);
    this.vec.f = this.lanes.f = this.f;
  }

  /** Instruction `i` is being selected. */
  reset(i: Value): void {
    this.v.reset(i);
    this.flags.reset(i);
  }

  // Questions -------------------------------------------------------------------------------------

  folds(v: Value): boolean {
    return this.flags.folds(v);
  }

  /** The load or store moves a whole value of its type. */
  isWhole(m: Value): boolean {
    return widthOf(this.f.aux[m]!) === WIDTH.full;
  }

  /** A value with several users that each of them may compute. */
  mayRepeat(v: Value): boolean {
    return this.l.mayRepeat(v);
  }

  /** The sum being selected is one relative to R. */
  isRecordSum(v: Value): boolean {
    return this.r.address.isRecordSum(v);
  }

  // Forms: arithmetic -----------------------------------------------------------------------------

  /** x op y of the result's size, 32 bits of shift counts included. */
  binary(i: Value, op: number, x: Value, y: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.give(this.r.read(y, size));
    this.r.done(op, size);
  }

  /** x op (y shifted by c); `kind` as in SHIFT. */
  binaryShift(i: Value, op: number, x: Value, y: Value, kind: number, c: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.give(this.r.read(y, size));
    this.r.imm((this.f.a[c]! & (size * 8 - 1)) | (kind << 6));
    this.r.done(op, size);
  }

  /** x op (the i32 y extended); `extend` as in EXTEND. */
  binaryExtend(i: Value, op: number, x: Value, y: Value, extend: number): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.reg(x));
    this.r.give(this.l.low(y));
    this.r.imm(extend);
    this.r.done(op, 8);
  }

  /** x + c; a constant that takes two additions is made outside of a loop. */
  addImm(i: Value, x: Value, c: Value): void {
    if (isArith(this.f.a[c]!) || !this.r.shared.isInQuietLoop()) this.plus(i, x, this.f.a[c]!);
    else this.binary(i, INST.add, x, c);
  }

  /** x - c as x + -c */
  minusImm(i: Value, x: Value, c: Value): void {
    if (isArith(this.f.a[c]!) || !this.r.shared.isInQuietLoop()) this.plus(i, x, -this.f.a[c]!);
    else this.binary(i, INST.sub, x, c);
  }

  private plus(i: Value, x: Value, n: number): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.imm(n);
    this.r.done(INST.addi, size);
  }

  /** x op c with a logical immediate. */
  logical(i: Value, op: number, x: Value, c: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.imm(this.f.a[c]!);
    this.r.imm(size === 4 ? 0 : this.f.b[c]!);
    this.r.done(op, size);
  }

  /** One operand; `size` 0 is that of the result, else that of the operation. */
  unary(i: Value, op: number, size: number, x: Value): void {
    const { f, r } = this;
    const bytes = size || r.sizeOf(i);
    r.start(i);
    r.give(this.l.def(i));
    r.give(isFloat(f.ty[x]!) ? this.l.reg(x) : r.read(x, r.sizeOf(x)));
    r.done(op, bytes);
  }

  /** 0 op (y shifted by c) */
  unaryShift(i: Value, op: number, y: Value, kind: number, c: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(y, size));
    this.r.imm((this.f.a[c]! & (size * 8 - 1)) | (kind << 6));
    this.r.done(op, size);
  }

  /** x * y and z, joined by `op`. */
  multiply(i: Value, op: number, x: Value, y: Value, z: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.give(this.r.read(y, size));
    this.r.give(this.r.read(z, size));
    this.r.done(op, size);
  }

  /** x * y of 32-bit operands to 64 bits. */
  multiplyLong(i: Value, op: number, x: Value, y: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.low(x));
    this.r.give(this.l.low(y));
    this.r.done(op, 8);
  }

  /** The same and a 64-bit z. */
  multiplyAddLong(i: Value, op: number, x: Value, y: Value, z: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.low(x));
    this.r.give(this.l.low(y));
    this.r.give(this.l.reg(z));
    this.r.done(op, 8);
  }

  /** x * (2^k + 1) */
  timesPow2Plus1(i: Value, x: Value, c: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.give(this.r.read(x, size));
    this.r.imm(31 - Math.clz32(this.f.a[c]! - 1));
    this.r.done(INST.addsh, size);
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

  // Forms: shifts and fields ----------------------------------------------------------------------

  private field(i: Value, op: number, size: number, x: Value, immr: number, imms: number): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.imm(immr);
    this.r.imm(imms);
    this.r.done(op, size);
  }

  private count(size: number, c: Value): number {
    return this.f.a[c]! & (size * 8 - 1);
  }

  /** x << c */
  shiftLeft(i: Value, x: Value, c: Value): void {
    const size = this.r.sizeOf(i);
    const n = this.count(size, c);
    this.field(i, INST.ubfm, size, x, -n & (size * 8 - 1), size * 8 - 1 - n);
  }

  /** x >> c, by ubfm or sbfm. */
  shiftRight(i: Value, op: number, x: Value, c: Value): void {
    const size = this.r.sizeOf(i);
    this.field(i, op, size, x, this.count(size, c), size * 8 - 1);
  }

  /** x << c >> d: a field of x moved to its place. */
  shiftBoth(i: Value, op: number, x: Value, c: Value, d: Value): void {
    const size = this.r.sizeOf(i);
    const left = this.count(size, c);
    const immr = (this.count(size, d) - left) & (size * 8 - 1);
    this.field(i, op, size, x, immr, size * 8 - 1 - left);
  }

  /** x >>> c & mask, the mask being ones from bit 0 up. */
  extract(i: Value, x: Value, c: Value, mask: Value): void {
    const size = this.r.sizeOf(i);
    const n = this.count(size, c);
    this.field(i, INST.ubfm, size, x, n, Math.min(n + this.width(mask), size * 8) - 1);
  }

  /** (x & mask) << c, the mask being ones from bit 0 up. */
  insert(i: Value, x: Value, mask: Value, c: Value): void {
    const size = this.r.sizeOf(i);
    const n = this.count(size, c);
    const width = Math.min(this.width(mask), size * 8 - n);
    this.field(i, INST.ubfm, size, x, -n & (size * 8 - 1), width - 1);
  }

  /** The number of ones in a mask. */
  private width(mask: Value): number {
    const { f } = this;
    const hi = f.ty[mask] === I32 ? 0 : f.b[mask]!;
    return hi === 0 ? 32 - Math.clz32(f.a[mask]!) : 64 - Math.clz32(hi);
  }

  /** The i32 x extended, then shifted by c. */
  extendShift(i: Value, x: Value, c: Value): void {
    const n = this.count(8, c);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.low(x));
    this.r.imm(-n & 63);
    this.r.imm(Math.min(31, 63 - n));
    this.r.done(INST.sbfm, 8);
  }

  /** The low `bits` of x, sign-extended. */
  extend(i: Value, x: Value, bits: number): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.low(x));
    this.r.imm(0);
    this.r.imm(bits - 1);
    this.r.done(INST.sbfm, this.r.sizeOf(i));
  }

  wrap(i: Value, x: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.l.low(x));
    this.r.done(INST.mov, 4);
  }

  /** x rotated by c, to the left if `isLeft`. */
  rotate(i: Value, x: Value, c: Value, isLeft: number): void {
    const size = this.r.sizeOf(i);
    const n = this.count(size, c);
    this.concatenate(i, x, x, isLeft === 0 ? n : -n & (size * 8 - 1));
  }

  /** x << c | y >>> (width - c), the second count being d. */
  funnel(i: Value, x: Value, y: Value, d: Value): void {
    this.concatenate(i, x, y, this.count(this.r.sizeOf(i), d));
  }

  private concatenate(i: Value, x: Value, y: Value, lsb: number): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.give(this.r.read(y, size));
    this.r.imm(lsb);
    this.r.done(INST.extr, size);
  }

  /** x shifted by the low bits of y. */
  shift(i: Value, op: number, x: Value, y: Value): void {
    const size = this.r.sizeOf(i);
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.give(this.r.read(x, size));
    this.r.give(this.l.low(y));
    this.r.done(op, size);
  }

  // Forms: conversions ----------------------------------------------------------------------------

  /** float -> integer: `narrow` or `wide` by the result, the size is the float's. */
  truncate(i: Value, narrow: number, wide: number, x: Value): void {
    this.unary(i, this.r.sizeOf(i) === 4 ? narrow : wide, this.r.sizeOf(x), x);
  }

  /** integer -> float: `narrow` or `wide` by the operand. */
  float(i: Value, narrow: number, wide: number, x: Value): void {
    this.unary(i, this.r.sizeOf(x) === 4 ? narrow : wide, 0, x);
  }

  /** A sum relative to R; the question isRecordSum has just found the address. */
  leaRecord(i: Value): void {
    if (!this.r.address.isRecordSum(i)) bug("select: no sum of the record");
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.recordSum();
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
    if (isFloat(ty) || ty === V128) return this.r.done(INST.fldr, this.r.bytesOf(i));
    const isSigned = width === WIDTH.s8 || width === WIDTH.s16 || width === WIDTH.s32;
    const size = width === WIDTH.full || isSigned ? this.r.sizeOf(i) : 4;
    this.r.done(LOADS[width]!, size);
  }

  /** A load of one register file by an instruction of the other. */
  loadAs(i: Value, m: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.access(m);
    this.r.done(isFloat(this.f.ty[i]!) ? INST.fldr : INST.ldr, this.r.sizeOf(i));
  }

  /** The i32 load m, sign-extended. */
  loadSigned(i: Value, m: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.access(m);
    this.r.done(INST.ldrsw, 8);
  }

  store(i: Value, v: Value): void {
    const size = this.r.bytesOf(i);
    const ty = this.f.ty[v]!;
    const isVec = isFloat(ty) || ty === V128;
    this.r.start(i);
    this.r.give(isVec ? this.l.reg(v) : this.r.read(v, size));
    this.r.access(i);
    this.r.done(isVec ? INST.fstr : INST.str, size);
  }

  storeZero(i: Value): void {
    this.r.start(i);
    this.r.access(i);
    this.r.done(INST.strz, this.r.bytesOf(i));
  }

  // Forms: control and checks ---------------------------------------------------------------------

  branch(_i: Value, x: Value): void {
    this.flags.consume(CONSUMER.j, x);
  }

  trapIf(_i: Value, x: Value): void {
    this.flags.consume(CONSUMER.trap, x);
  }

  choose(i: Value, x: Value): void {
    const ty = this.f.ty[i]!;
    const consumer = isFloat(ty) ? CONSUMER.fsel : CONSUMER.sel;
    this.flags.consume(ty === V128 ? SELECTS.vsel : consumer, x);
  }

  /** Traps with null or signature. A null reference faults: the record is a `ref` site. */
  checkSignature(i: Value, x: Value): void {
    this.r.start(i);
    this.r.base = this.l.reg(x);
    this.r.mode = MODE.base | MODE_REF;
    this.r.disp = FuncRef.sig;
    this.r.imm(this.f.b[i]!);
    this.r.imm(TRAP.signature);
    this.r.done(INST.sigcheck, 4);
  }

  jumpTable(i: Value, x: Value): void {
    this.r.start(i);
    this.r.give(this.l.low(x));
    this.r.done(INST.switch, 4);
  }

  branchOnCase(i: Value, k: number): void {
    this.r.start(i);
    this.r.give(this.l.low(this.f.a[i]!));
    this.r.imm(k);
    this.r.emit(INST["cmpi.j"], fusedSize(4, 0), COND.eq, CLOBBER.none);
  }

  // Forms: calls ----------------------------------------------------------------------------------

  call(i: Value): void {
    this.callWith(i, INST.call, this.f.a[i]!);
  }

  callSlot(i: Value): void {
    this.callWith(i, INST.calls, this.f.a[i]!);
  }

  private callWith(i: Value, op: number, imm: number): void {
    const { l } = this;
    l.openCall(i, l.signatureOf(i));
    this.r.start(i);
    this.r.giveWords();
    this.r.imm(imm);
    this.r.imm(l.args.bytes);
    this.r.emit(op, 0, 0, CLOBBER.call);
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
    l.libcallWords(i, raw, REG.x0, this.r.recordBase(), C_ARG_INTS);
    this.r.start(i);
    this.r.giveWords();
    this.r.imm(Instance.libcalls + 8 * f.a[i]!);
    this.r.emit(INST.callc, 0, 0, CLOBBER.call);
    if (raw === value) return;
    this.r.start(i);
    this.r.give(value);
    this.r.give(raw);
    this.r.done(INST.mov, 4);
  }
}
