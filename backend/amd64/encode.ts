// From records with locations to bytes. Most rows of insts.ts are encoded from their form alone;
// fused records add a consumer, `{name}` rows go to sequences.ts. `open` is kept in step with the
// records that open and close the stack areas of calls, so that spill slots are found under them.

import { RELOC, SITE } from "../../src/abi.ts";
import { F32, F64, V128 } from "../../src/ir/types.ts";
import { bug } from "../../src/support/errors.ts";
import type { Asm } from "../asm.ts";
import { Frame } from "../frame.ts";
import { CONSUMER, inverse } from "../fusion.ts";
import { CLASS, EDIT, FIRST_SLOT, FIRST_TARGET_OP, FIRST_VEC, HEAD, LIR, MODE } from "../lir.ts";
import { conditionOf, modeOf, opOf, operandsOf, scaleOf } from "../lir.ts";
import { sizeOf, vregOf } from "../lir.ts";
import type { Allocation, Lir } from "../lir.ts";
import type { EmitOptions, Encoder } from "../target.ts";
import { Code, F, MEM, STACK } from "./code.ts";
import { dropStack, layOut, takeStack, writeEpilogue, writePrologue } from "./frame.ts";
import { COND, INST, consumerOf, insts } from "./insts.ts";
import {
  forms,
  hasIs4,
  immOf,
  isSequence,
  isVex,
  merges,
  modrmOf,
  regAt,
  rmAt,
  vexAt,
} from "./notation.ts";
import { addressOperands } from "../shape.ts";
import { CALLEE_SAVED, PINNED, REG } from "./regs.ts";
import * as seq from "./sequences.ts";
import { X15, jump, jumpEither, jumpIf, trapLabel, writeStubCode, writeTrap } from "./stubs.ts";

/** Ops that destroy R. */
const switches = new Uint8Array(insts.names.length);
switches[INST.callr] = 1;

export class Amd64Encoder implements Encoder {
  cpu = 0;
  private readonly asm: Asm;
  private readonly c: Code;
  private readonly layout = new Frame();
  private lir!: Lir;
  private words!: Int32Array;
  private locs!: Int32Array;
  /** Bytes of code where the last call ended. */
  private callEnd = -1;

  constructor(asm: Asm) {
    this.asm = asm;
    this.c = new Code(asm);
  }

  get frame(): number {
    return this.layout.total;
  }

  begin(lir: Lir, alloc: Allocation, options: EmitOptions): void {
    this.lir = lir;
    this.words = lir.code;
    this.locs = alloc.locs;
    this.cpu = 0;
    this.callEnd = -1;
    this.c.open = 0;
    this.c.source = 0;
    this.layout.scan(lir, alloc, insts.pops, switches, CALLEE_SAVED);
    layOut(this.layout, alloc.slots);
    writePrologue(this.c, this.layout, options.distance);
  }

  end(): void {
    // A return address must lie inside of its function.
    if (this.callEnd === this.asm.size) this.c.byte(0xcc);
  }

  stub(s: number): void {
    writeStubCode(this.c, s);
    this.callEnd = this.asm.size;
  }

  edit(kind: number, from: number, to: number): void {
    if (kind === EDIT.swap) this.c.op(F.xchg, 8, from, to);
    else if (from < 0) this.moveConstant(-1 - from, to);
    else this.move(kind, from, to);
  }

  /** Moves a whole register or slot; `from` or `to` may be STACK. */
  private move(klass: number, from: number, to: number): void {
    const { c } = this;
    if (isMemory(from) && isMemory(to)) {
      this.move(klass === CLASS.wide ? CLASS.wide : CLASS.float, from, X15);
      this.move(klass === CLASS.wide ? CLASS.wide : CLASS.float, X15, to);
    } else if (klass === CLASS.int) {
      if (isMemory(to)) c.op(F.store, 8, from, to);
      else c.op(F.mov, 8, to, from);
    } else if (isMemory(to)) {
      if (klass === CLASS.wide) c.op(F.movupsTo, 4, from, to);
      else c.op(F.fstore, 8, from, to);
    } else if (isMemory(from)) {
      if (klass === CLASS.wide) c.op(F.movups, 4, to, from);
      else c.op(F.fload, 8, to, from);
    } else {
      c.op(F.movaps, 4, to, from);
    }
  }

  private moveConstant(k: number, to: number): void {
    const { c } = this;
    const words = this.lir.constWords;
    const type = this.lir.constType[k]!;
    const size = type === V128 ? 16 : type === F32 ? 4 : 8;
    const lo = words[k * 4]!;
    const hi = size === 4 ? 0 : words[k * 4 + 1]!;
    if (to >= FIRST_SLOT) {
      this.storeWords(to, lo, hi);
      if (size === 16) this.storeWords(to + 1, words[k * 4 + 2]!, words[k * 4 + 3]!);
    } else if (to < FIRST_VEC) {
      c.movi(to, lo, hi);
    } else if ((lo | hi | (size === 16 ? words[k * 4 + 2]! | words[k * 4 + 3]! : 0)) === 0) {
      c.op(F.xorps, 4, to, to);
    } else if (size === 16 && (lo & hi & words[k * 4 + 2]! & words[k * 4 + 3]!) === -1) {
      c.op(F.pcmpeqd, 4, to, to);
    } else {
      c.constant(size, lo, hi, words[k * 4 + 2]!, words[k * 4 + 3]!);
      if (size === 16) c.op(F.movaps, 4, to, MEM);
      else c.op(F.fload, size, to, MEM);
    }
  }

  /** Eight bytes of a slot. */
  private storeWords(slot: number, lo: number, hi: number): void {
    const { c } = this;
    if (hi === lo >> 31) {
      c.opi(F.storei, 8, 0, slot, lo);
      return;
    }
    c.stackAt = (slot - FIRST_SLOT) * 8;
    c.opi(F.storei, 4, 0, STACK, lo);
    c.stackAt += 4;
    c.opi(F.storei, 4, 0, STACK, hi);
  }

  record(r: number): void {
    const { words, c } = this;
    const w = words[r]!;
    const op = opOf(w);
    c.source = words[r + 1]!;
    if (op < FIRST_TARGET_OP) {
      this.common(r, op, r + HEAD + operandsOf(w));
      return;
    }
    const form = forms[op]!;
    if (form === 0) bug(`op ${op}`);
    this.cpu |= insts.rows[op]![5] ?? 0;
    const third = words[r + 2]!;
    const mode = modeOf(third);
    if (mode !== MODE.none) this.setAddress(r, w, third, mode);
    const imm = r + HEAD + operandsOf(w) + (mode === MODE.none ? 0 : 1);
    const consumer = consumerOf(op);
    if (consumer >= 0) this.fused(r, op, form, consumer, imm);
    else if (isSequence(form)) this.sequence(r, op, sizeOf(third), mode, imm);
    else this.plain(r, op, form, sizeOf(third), mode, imm);
  }

  private setAddress(r: number, w: number, third: number, mode: number): void {
    const { c, words, locs } = this;
    const end = r + HEAD + operandsOf(w);
    if (mode === MODE.pool) {
      this.setConstant(words[end]!);
      return;
    }
    const first = end - addressOperands(mode);
    const hasBase = mode === MODE.base || mode === MODE.indexed;
    const index = mode === MODE.base || mode === MODE.r ? 0 : locs[end - 1]!;
    c.address(mode, scaleOf(third), hasBase ? locs[first]! : 0, index, words[end]!);
    const site = (third >>> 13) & 3;
    if (site !== 0) c.siteKind(site === 1 ? SITE.access : SITE.ref);
  }

  /** Makes MEM constant `k` of the function. */
  private setConstant(k: number): void {
    const { constWords, constType } = this.lir;
    const type = constType[k];
    const size = type === V128 ? 16 : type === F64 ? 8 : type === F32 || type === 1 ? 4 : 8;
    const at = k * 4;
    this.c.constant(
      size,
      constWords[at]!,
      constWords[at + 1]!,
      constWords[at + 2]!,
      constWords[at + 3]!,
    );
  }

  /** Location of operand `k` of the record at `r`. */
  private loc(r: number, k: number): number {
    return this.locs[r + HEAD + k]!;
  }

  private plain(
    r: number,
    op: number,
    form: number,
    size: number,
    mode: number,
    imm: number,
  ): void {
    const { c } = this;
    const reg = regAt[op] === 255 ? 0 : this.loc(r, regAt[op]!);
    const rm = mode === MODE.none ? this.loc(r, rmAt[op]!) : MEM;
    if (isVex(form)) {
      const third = vexAt[op] === 255 ? 0 : this.loc(r, vexAt[op]!);
      const mask = hasIs4(form) ? this.loc(r, 2) : -1;
      const hasImm = immOf(form) !== 0;
      c.vex(form, size, reg & 31, third & 15, rm, hasImm || mask >= 0 ? 1 : 0);
      if (mask >= 0) c.byte((mask & 15) << 4);
      else if (hasImm) c.byte(this.words[imm]!);
      return;
    }
    if (merges(form)) seq.clear(c, reg, rm);
    if (immOf(form) === 0) c.op(form, size, reg, rm);
    else c.opi(form, size, reg, rm, this.words[imm]!);
  }

  private sequence(r: number, op: number, size: number, mode: number, imm: number): void {
    const { c, words } = this;
    const d = operandsOf(words[r]!) > 0 ? this.loc(r, 0) : 0;
    const source = (k: number): number => (mode === MODE.none ? this.loc(r, k) : MEM);
    switch (op) {
      case INST.movi:
        return c.movi(d, words[imm]!, words[imm + 1]!);
      case INST.lea:
        return seq.lea(c, size, d);
      case INST.fzero:
        return c.op(F.xorps, 4, d, d);
      case INST.ones:
        return c.op(F.pcmpeqd, 4, d, d);
      case INST.same:
        return;
      case INST.bsrz:
      case INST.bsfz:
        return seq.bits(c, op, size, d, source(1));
      case INST.popcnts:
        return seq.popcount(c, size, d, this.loc(r, 1));
      case INST.fround:
        return seq.round(c, size, d, source(1), words[imm]!);
      case INST.fmin:
      case INST.fmax:
        return seq.minmax(c, op, size, d, this.loc(r, 2));
      case INST.fneg:
      case INST.fabs:
        return seq.sign(c, op, size, d, 0);
      case INST.fcopysign:
        return seq.sign(c, op, size, d, this.loc(r, 2));
      case INST.movxi:
        return seq.bitsOfFloat(c, size, d, this.loc(r, 1));
      case INST.cvtui64:
        return seq.convertUnsigned(c, size, d, this.loc(r, 1), this.loc(r, 2));
      case INST.divs:
      case INST.divu:
      case INST.rems:
      case INST.remu:
        return seq.divide(c, op, size, words[imm]!, this.loc(r, 3));
      case INST.call:
      case INST.callr:
      case INST.callc:
        return this.call(op, imm);
      default: {
        // Conversions of floats to integers; u32 has a temporary.
        const last = operandsOf(words[r]!) - 1;
        return seq.truncate(c, op, size, d, this.loc(r, 1), this.loc(r, last));
      }
    }
  }

  private call(op: number, imm: number): void {
    const { asm, c, words } = this;
    let popped = 0;
    if (op === INST.call) {
      c.byte(0xe8);
      c.word(0);
      asm.reloc(asm.size - 4, RELOC.call, words[imm]!);
      popped = words[imm + 1]!;
    } else if (op === INST.callc) {
      c.op(F.callm, 4, 0, MEM);
    } else {
      this.switchR();
      popped = words[imm]!;
    }
    asm.site(c.source, SITE.call | (c.open << 8));
    this.callEnd = asm.size;
    c.open -= popped;
    if (op !== INST.callr) return;
    c.stackAt = this.layout.rAt;
    c.op(F.mov, 8, PINNED, STACK);
  }

  /** Calls through the code and base words at MEM. r11 carries no argument and dies in calls. */
  private switchR(): void {
    const { c } = this;
    const isOwn = c.base === PINNED;
    if (isOwn) c.op(F.mov, 8, REG.r11, MEM);
    c.disp += 8;
    c.op(F.mov, 8, PINNED, MEM);
    c.disp -= 8;
    c.op(F.callm, 4, 0, isOwn ? REG.r11 : MEM);
  }

  /** Compares; the consumer's operands stand before the compare's. */
  private compare(r: number, op: number, form: number, imm: number): void {
    const { c, words } = this;
    const third = words[r + 2]!;
    const size = sizeOf(third) & 15;
    const reg = regAt[op] === 255 ? 0 : this.loc(r, regAt[op]!);
    const rm = modeOf(third) === MODE.none ? this.loc(r, rmAt[op]!) : MEM;
    if (immOf(form) === 0) {
      c.op(form, size, reg, rm);
      return;
    }
    const value = words[imm]!;
    const isTest = (form & 0xff) === 0xf7;
    if (isTest && size !== 1 && rm !== MEM && value >= 0 && value < 128) {
      // The flags are those of the low byte. 1 << 23 is the form for bytes.
      c.opi(form | (1 << 23), 1, reg, rm, value);
    } else if (
      !isTest &&
      size > 2 &&
      value === 0 &&
      modrmOf(form) === 7 &&
      rm >= 0 &&
      rm < FIRST_SLOT
    ) {
      c.op(F.test, size, rm, rm);
    } else {
      c.opi(form, size, reg, rm, value);
    }
  }

  private fused(r: number, op: number, form: number, consumer: number, imm: number): void {
    const { c, words } = this;
    const condition = conditionOf(words[r + 2]!);
    if (consumer === CONSUMER.set) {
      this.set(r, op, form, condition, imm);
      return;
    }
    this.compare(r, op, form, imm);
    if (consumer === CONSUMER.trap) {
      const code = words[imm + (immOf(form) === 0 ? 0 : 1)]!;
      jumpIf(c, condition, trapLabel(c, code));
    } else if (consumer === CONSUMER.sel) {
      this.cmov(condition, sizeOf(words[r + 2]!) >> 4, this.loc(r, 0), this.loc(r, 2));
    } else if (consumer === CONSUMER.fsel) {
      const skip = this.asm.newLabel();
      jumpIf(c, inverse(condition), skip);
      this.move(this.classAt(r, 2), this.loc(r, 2), this.loc(r, 0));
      this.asm.bind(skip);
    } else {
      bug("a branch is a control record");
    }
  }

  private cmov(condition: number, size: number, d: number, x: number): void {
    const { asm, c } = this;
    if (condition === COND.feq) {
      const skip = asm.newLabel();
      jumpIf(c, COND.fne, skip);
      c.op(F.mov, size, d, x);
      asm.bind(skip);
    } else if (condition === COND.fne) {
      c.op(F.cmov + COND.ne, size, d, x);
      c.op(F.cmov + COND.p, size, d, x);
    } else {
      c.op(F.cmov + condition, size, d, x);
    }
  }

  /** The result as 0 or 1, cleared beforehand unless the compare reads the register. */
  private set(r: number, op: number, form: number, condition: number, imm: number): void {
    const { c, words } = this;
    const d = this.loc(r, 0);
    if (condition >= COND.feq) {
      const third = words[r + 2]!;
      const size = sizeOf(third) & 15;
      c.op(F.movaps, 4, X15, this.loc(r, 1));
      const other = modeOf(third) === MODE.none ? this.loc(r, 2) : MEM;
      c.opi(F.cmpf, size, X15, other, condition === COND.feq ? 0 : 4);
      c.op(F.movdTo, 4, X15, d);
      c.opi(F.andi, 4, 0, d, 1);
      return;
    }
    let reads = false;
    const end = r + HEAD + operandsOf(words[r]!);
    for (let k = r + HEAD + 1; k < end; k++) if (this.locs[k] === d) reads = true;
    if (!reads) c.op(F.xor, 4, d, d);
    this.compare(r, op, form, imm);
    c.op(F.setcc + condition, 4, 0, d);
    if (reads) c.op(F.movzx8, 4, d, d);
  }

  private common(r: number, op: number, imm: number): void {
    const { c, words } = this;
    const bytes = words[imm]!;
    switch (op) {
      case LIR.nop:
      case LIR.entry:
        return;
      case LIR.arg:
        c.stackAt = this.layout.total + 8 + bytes;
        return this.move(this.classAt(r), STACK, this.loc(r, 0));
      case LIR.put:
      case LIR.take:
        // Relative to the stack pointer as it stands, not to the frame.
        c.stackAt = bytes - c.open;
        if (op === LIR.take) return this.move(this.classAt(r), STACK, this.loc(r, 0));
        return this.move(this.classAt(r), this.loc(r, 0), STACK);
      case LIR.give:
        c.stackAt = this.layout.total + 8 + this.layout.popped + bytes;
        return this.move(this.classAt(r), this.loc(r, 0), STACK);
      case LIR.open:
        takeStack(c, bytes);
        c.open += bytes;
        return;
      case LIR.close:
        dropStack(c, bytes);
        c.open -= bytes;
        return;
      default:
        bug(`record ${op} ends a block`);
    }
  }

  private classAt(r: number, k = 0): number {
    return this.lir.vregClass[vregOf(this.words[r + HEAD + k]!)]!;
  }

  control(r: number, labels: Int32Array, first: number, count: number, next: number): void {
    const { c, words } = this;
    const w = words[r]!;
    const op = opOf(w);
    c.source = words[r + 1]!;
    if (c.open !== 0) bug("a block ends inside of a call");
    if (op === LIR.jump) {
      jump(c, labels[first]!, next);
    } else if (op === LIR.ret) {
      writeEpilogue(c, this.layout);
    } else if (op === LIR.trap) {
      writeTrap(c, words[r + HEAD + operandsOf(w)]!);
      this.callEnd = this.asm.size;
    } else if (op === INST.switch) {
      this.jumpTable(r, labels, first, count);
    } else {
      if (consumerOf(op) !== CONSUMER.j || count !== 2) bug(`control record ${op}`);
      const third = words[r + 2]!;
      const mode = modeOf(third);
      if (mode !== MODE.none) this.setAddress(r, w, third, mode);
      const imm = r + HEAD + operandsOf(w) + (mode === MODE.none ? 0 : 1);
      this.compare(r, op, forms[op]!, imm);
      jumpEither(c, conditionOf(third), labels[first]!, labels[first + 1]!, next);
    }
  }

  /** The index is whole: its upper half is zero, as that of any address. */
  private jumpTable(r: number, labels: Int32Array, first: number, count: number): void {
    const { asm, c } = this;
    const cases = count - 1;
    const table = this.loc(r, 0);
    const entry = this.loc(r, 1);
    const x = this.loc(r, 2);
    c.opi(F.cmpi, 4, 0, x, cases);
    asm.branch(COND.ae, labels[first + cases]!);
    const at = asm.jumpTable(cases);
    for (let k = 0; k < cases; k++) asm.jumpEntry(at, k, labels[first + k]!);
    c.poolAddress(at);
    c.op(F.lea, 8, table, MEM);
    c.address(MODE.indexed, 2, table, x, 0);
    c.op(F.movsxd, 8, entry, MEM);
    c.op(F.add, 8, table, entry);
    c.op(F.jmpm, 4, 0, table);
  }
}

const isMemory = (loc: number): boolean => loc >= FIRST_SLOT || loc === STACK;
