// From records with locations to words. Most rows of insts.ts are encoded from their columns in
// notation.ts alone; fused records add a consumer, `{name}` rows go to sequences.ts. `open` is kept
// in step with the records that open and close the stack areas of calls, so that spill slots are
// found under them.

import { FuncRef, ImportSlot, RELOC, SITE } from "../../src/abi.ts";
import { F32, V128 } from "../../src/ir/types.ts";
import { bug } from "../../src/support/errors.ts";
import type { Asm } from "../asm.ts";
import { Frame } from "../frame.ts";
import { CONSUMER, inverse } from "../fusion.ts";
import { CLASS, EDIT, FIRST_SLOT, FIRST_TARGET_OP, FIRST_VEC, HEAD, LIR, MODE } from "../lir.ts";
import { conditionOf, modeOf, opOf, operandsOf, scaleOf, siteOf } from "../lir.ts";
import { sizeOf, vregOf } from "../lir.ts";
import type { Allocation, Lir } from "../lir.ts";
import { addressOperands } from "../shape.ts";
import type { EmitOptions, Encoder } from "../target.ts";
import { Code, V31, W, cond, ftype, rd, rm, rn, sf } from "./code.ts";
import { dropStack, frameInfo, layOut, takeStack, writeEpilogue, writePrologue } from "./frame.ts";
import { logicalField } from "./immediates.ts";
import { COND, INST, SELECTS, consumerOf, insts } from "./insts.ts";
import { FIELDS, IMM, NO_FIELD, fieldCounts, fields, firstOperands, imms } from "./notation.ts";
import { isMemory, isSequence, wordOf } from "./notation.ts";
import { CALLEE_SAVED, PINNED, RECORD, REG } from "./regs.ts";
import { BIT } from "./relocs.ts";
import * as seq from "./sequences.ts";
import { jump, jumpEither, trapLabel, writeStubCode, writeTrap } from "./stubs.ts";

const STORE = wordOf(INST.str, 8);
const LOAD = wordOf(INST.ldr, 8);
/** Ops that destroy R. */
const switches = new Uint8Array(insts.names.length);
switches[INST.callr] = switches[INST.calls] = 1;

export class Arm64Encoder implements Encoder {
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
    return frameInfo(this.c, this.layout);
  }

  begin(lir: Lir, alloc: Allocation, options: EmitOptions): void {
    this.lir = lir;
    this.words = lir.code;
    this.locs = alloc.locs;
    this.cpu = 0;
    this.callEnd = -1;
    this.c.reset(options.distance);
    this.layout.scan(lir, alloc, insts.pops, switches, CALLEE_SAVED);
    layOut(this.c, this.layout, alloc.slots);
    writePrologue(this.c, this.layout);
  }

  end(): void {
    // A return address must lie inside of its function.
    if (this.callEnd === this.asm.size) this.c.word(W.udf);
  }

  stub(s: number): void {
    writeStubCode(this.c, s);
    this.callEnd = this.asm.size;
  }

  // Moves -----------------------------------------------------------------------------------------

  edit(kind: number, from: number, to: number): void {
    const { c } = this;
    if (kind === EDIT.swap) {
      c.move(8, REG.x16, from);
      c.move(8, from, to);
      c.move(8, to, REG.x16);
    } else if (from < 0) {
      this.moveConstant(-1 - from, to);
    } else {
      this.move(kind, from, to);
    }
  }

  /** Moves a whole register or slot. */
  private move(klass: number, from: number, to: number): void {
    const isFrom = from >= FIRST_SLOT;
    if (to >= FIRST_SLOT) {
      this.moveStack(klass, from, isFrom ? this.c.slotAt(from) : -1, this.c.slotAt(to));
    } else if (isFrom) {
      this.load(klass, to, this.c.slotAt(from));
    } else if (klass === CLASS.int) {
      this.c.move(8, to, from);
    } else if (klass === CLASS.float) {
      this.c.word(W.fmov | ftype(8) | rd(to) | rn(from));
    } else {
      this.c.word(W.mov16b | rd(to) | rn(from) | rm(from));
    }
  }

  /** A register, or what is at sp + fromAt if that is not negative, to sp + at. */
  private moveStack(klass: number, from: number, fromAt: number, at: number): void {
    if (fromAt < 0) {
      this.store(klass, from, at);
      return;
    }
    const copy = klass === CLASS.wide ? CLASS.wide : CLASS.float;
    this.load(copy, FIRST_VEC + V31, fromAt);
    this.store(copy, FIRST_VEC + V31, at);
  }

  private load(klass: number, to: number, at: number): void {
    const size = klass === CLASS.wide ? 16 : 8;
    this.c.stack(klass === CLASS.int ? LOAD : wordOf(INST.fldr, size), size, to, at);
  }

  private store(klass: number, from: number, at: number): void {
    const size = klass === CLASS.wide ? 16 : 8;
    this.c.stack(klass === CLASS.int ? STORE : wordOf(INST.fstr, size), size, from, at);
  }

  private moveConstant(k: number, to: number): void {
    const { c } = this;
    const words = this.lir.constWords;
    const type = this.lir.constType[k]!;
    const at = k * 4;
    const lo = words[at]!;
    const hi = type === F32 ? 0 : words[at + 1]!;
    if (to >= FIRST_SLOT) {
      this.storeWords(c.slotAt(to), lo, hi);
      if (type === V128) this.storeWords(c.slotAt(to) + 8, words[at + 2]!, words[at + 3]!);
    } else if (to < FIRST_VEC) {
      c.movi(to, lo, hi);
    } else {
      this.constant(k, to);
    }
  }

  /** A vector register becomes constant `k` of the function. */
  private constant(k: number, to: number): void {
    const { constWords, constType } = this.lir;
    const type = constType[k];
    const size = type === V128 ? 16 : type === F32 ? 4 : 8;
    const at = k * 4;
    this.c.fconst(
      size,
      to,
      constWords[at]!,
      constWords[at + 1]!,
      constWords[at + 2]!,
      constWords[at + 3]!,
    );
  }

  /** Eight bytes at sp + at. */
  private storeWords(at: number, lo: number, hi: number): void {
    const isZero = (lo | hi) === 0;
    if (!isZero) this.c.movi(REG.x16, lo, hi);
    this.c.stack(STORE, 8, isZero ? REG.zr : REG.x16, at);
  }

  // Records ---------------------------------------------------------------------------------------

  record(r: number): void {
    const { words, c } = this;
    const w = words[r]!;
    const op = opOf(w);
    c.source = words[r + 1]!;
    c.endPairs();
    if (op < FIRST_TARGET_OP) {
      this.common(r, op, r + HEAD + operandsOf(w));
      return;
    }
    this.cpu |= insts.rows[op]![5] ?? 0;
    const third = words[r + 2]!;
    const mode = modeOf(third);
    const imm = r + HEAD + operandsOf(w) + (mode === MODE.none ? 0 : 1);
    if (mode !== MODE.none && mode !== MODE.pool) this.setAddress(r, w, third, mode);
    if (consumerOf(op) >= 0) this.fused(r, op, imm);
    else if (isSequence[op] !== 0) this.sequence(r, op, sizeOf(third), imm);
    else if (isMemory[op] === 0) this.c.word(this.plainWord(r, op, sizeOf(third), imm));
    else if (mode === MODE.pool) this.constant(words[imm - 1]!, this.loc(r, 0));
    else c.access(wordOf(op, sizeOf(third)), sizeAt(op, sizeOf(third)), this.transferred(r, op));
    c.endPairs();
  }

  /** The register that a load or store moves. */
  private transferred(r: number, op: number): number {
    return fieldCounts[op] === 0 ? REG.zr : this.loc(r, 0);
  }

  private setAddress(r: number, w: number, third: number, mode: number): void {
    const { c, words, locs } = this;
    const end = r + HEAD + operandsOf(w);
    const base = locs[end - addressOperands(mode)]!;
    c.address(mode, scaleOf(third), base, locs[end - 1]!, words[end]!);
    const site = siteOf(third);
    if (site !== 0) c.siteKind(site === 1 ? SITE.access : SITE.ref);
  }

  /** Machine number of operand `k` of the record at `r`. */
  private loc(r: number, k: number): number {
    return this.locs[r + HEAD + k]! & 31;
  }

  /** The word of a row with its fields. */
  private plainWord(r: number, op: number, size: number, imm: number): number {
    let word = wordOf(op, size);
    const first = firstOperands[op]!;
    for (let k = 0; k < fieldCounts[op]!; k++) {
      const shift = fields[FIELDS * op + k]!;
      if (shift !== NO_FIELD) word |= this.loc(r, first + k) << shift;
    }
    return this.withImms(word, op, size, imm);
  }

  private withImms(word: number, op: number, size: number, imm: number): number {
    const { words } = this;
    const value = words[imm]!;
    switch (imms[op * 2]) {
      case IMM.none:
        return word;
      case IMM.immr:
        return word | (value << 16) | (words[imm + 1]! << 10);
      case IMM.imms:
        return word | (value << 10);
      case IMM.logical: {
        const field = logicalField(value, words[imm + 1]!, size);
        return field < 0 ? bug("arm64: no logical immediate") : word | (field << 10);
      }
      case IMM.shift:
        return word | ((value >> 6) << 22) | ((value & 63) << 10);
      case IMM.extend:
        return word | (value << 13);
      case IMM.lane: {
        const from = imms[op * 2 + 1] === IMM.none ? 0 : words[imm + 1]!;
        return word | ((value * 2 * size) << 16) | ((from * size) << 11);
      }
      case IMM.left:
        return word | (value << 16);
      case IMM.right:
        return word | ((size * 8 - value) << 16);
      case IMM.bytes:
        return word | (value << 11);
      default:
        return arithmetic(word, value);
    }
  }

  private sequence(r: number, op: number, size: number, imm: number): void {
    const { c, words } = this;
    const value = words[imm]!;
    const d = operandsOf(words[r]!) > 0 ? this.loc(r, 0) : 0;
    switch (op) {
      case INST.movi:
        return c.movi(d, value, words[imm + 1]!);
      case INST.lea:
        return c.lea(d);
      case INST.addi:
        return c.addi(size, d, this.loc(r, 1), value);
      case INST.smulh32:
      case INST.umulh32:
        return seq.mulHigh(c, op, d, this.loc(r, 1), this.loc(r, 2));
      case INST.rolv:
        return seq.rotateLeft(c, size, d, this.loc(r, 1), this.loc(r, 2));
      case INST.sdiv:
      case INST.udiv:
      case INST.srem:
      case INST.urem:
        return seq.divide(c, op, size, value, d, this.loc(r, 1), this.loc(r, 2));
      case INST.ctz:
        return seq.trailingZeros(c, size, d, this.loc(r, 1));
      case INST.popcnt:
        return seq.popcount(c, size, d, this.loc(r, 1));
      case INST.fcopysign:
        return seq.copySign(c, size, d, this.loc(r, 1), this.loc(r, 2));
      case INST.truncs32:
      case INST.truncs64:
      case INST.truncu32:
      case INST.truncu64:
        return seq.truncate(c, op, size, d, this.loc(r, 1));
      case INST.vld1r:
        return c.loadAll(size, d);
      case INST.sigcheck:
        return this.checkSignature(value, words[imm + 1]!);
      default:
        return this.call(r, op, imm);
    }
  }

  // Calls -----------------------------------------------------------------------------------------

  private call(r: number, op: number, imm: number): void {
    const { asm, c, words } = this;
    let popped = 0;
    if (op === INST.call) {
      c.word(W.bl);
      asm.reloc(asm.size - 4, RELOC.call, words[imm]!);
      popped = words[imm + 1]!;
    } else if (op === INST.callc) {
      this.loadRecord(REG.x16, words[imm]!);
      c.word(W.blr | rn(REG.x16));
    } else if (op === INST.calls) {
      this.loadRecord(REG.x16, words[imm]! + ImportSlot.ref);
      this.switchR(REG.x16);
      popped = words[imm + 1]!;
    } else if (op === INST.callr) {
      this.switchR(this.locs[r + HEAD + operandsOf(words[r]!) - 1]!);
      popped = words[imm]!;
    } else {
      bug(`op ${op}`);
    }
    asm.site(c.source, SITE.call | (c.open << 8));
    this.callEnd = asm.size;
    c.open -= popped;
    if (op === INST.calls || op === INST.callr) this.restoreR();
  }

  /** x = word at I + offset. */
  private loadRecord(x: number, offset: number): void {
    const { c } = this;
    if (offset < 4096 * 8) {
      c.word(LOAD | ((offset >> 3) << 10) | rn(RECORD) | rd(x));
    } else {
      c.movi(x, offset, 0);
      c.address(MODE.indexed, 0, RECORD, x, 0);
      c.access(LOAD, 8, x);
    }
  }

  /** Calls the function whose FuncRef is at the address in `ref`. */
  private switchR(ref: number): void {
    const { c } = this;
    c.pair(W.ldp, REG.x17, PINNED, ref, FuncRef.code);
    c.word(LOAD | ((FuncRef.owner >> 3) << 10) | rn(ref) | rd(RECORD));
    c.word(W.blr | rn(REG.x17));
  }

  /** I and R come back from the bottom of the frame. */
  private restoreR(): void {
    const { c } = this;
    if (c.open <= 504) {
      c.pair(W.ldp, RECORD, PINNED, REG.sp, c.open);
    } else {
      c.stack(LOAD, 8, RECORD, c.open);
      c.stack(LOAD, 8, PINNED, c.open + 8);
    }
  }

  /** Compares the word at MEM with `sig`. */
  private checkSignature(sig: number, code: number): void {
    const { c } = this;
    c.access(wordOf(INST.ldr, 4), 4, REG.x16);
    c.movi(REG.x17, sig, 0);
    c.word(wordOf(INST["cmp.j"], 4) | rn(REG.x16) | rm(REG.x17));
    this.asm.branch(COND.ne, trapLabel(c, code));
  }

  // Fused records ---------------------------------------------------------------------------------

  private fused(r: number, op: number, imm: number): void {
    const { c, words } = this;
    const third = words[r + 2]!;
    const consumer = consumerOf(op);
    if (consumer === CONSUMER.trap) {
      const kind = this.branchKind(r, op, imm);
      this.asm.branch(kind, trapLabel(c, words[imm + immCount(op)]!));
      return;
    }
    this.compare(r, op, imm);
    const condition = conditionOf(third);
    const size = sizeOf(third) >> 4;
    const d = this.loc(r, 0);
    if (consumer === CONSUMER.set) {
      c.word(W.csinc | rd(d) | rn(REG.zr) | rm(REG.zr) | cond(inverse(condition)));
    } else if (consumer === CONSUMER.fsel) {
      const fields = rn(this.loc(r, 1)) | rm(this.loc(r, 2)) | cond(condition);
      c.word(W.fcsel | ftype(size) | rd(d) | fields);
    } else if (consumer === SELECTS.vsel) {
      seq.selectVector(c, condition, d, this.loc(r, 1));
    } else {
      const no = consumer === SELECTS.selz ? REG.zr : this.loc(r, 2);
      const fields = rn(this.loc(r, 1)) | rm(no) | cond(condition);
      c.word(SELECT_WORDS[consumer]! | sf(size) | rd(d) | fields);
    }
  }

  /** Sets the flags. */
  private compare(r: number, op: number, imm: number): void {
    this.c.word(this.plainWord(r, op, sizeOf(this.words[r + 2]!) & 15, imm));
  }

  /**
   * Compares, and returns the kind of the branch for the record's condition. Comparisons with zero
   * and tests of one bit are in the branch itself.
   */
  private branchKind(r: number, op: number, imm: number): number {
    const { words } = this;
    const third = words[r + 2]!;
    const condition = conditionOf(third);
    const size = sizeOf(third) & 15;
    const first = op - consumerOf(op);
    const x = this.loc(r, firstOperands[op]!);
    if (first === INST["cmpi.j"] && words[imm] === 0) {
      if (condition <= COND.ne) return seq.zeroBranch(size, x, condition);
      // Less than zero, or not.
      const sign = (x << 5) | ((size * 8 - 1) << 10);
      if (condition === COND.lt) return BIT | sign | (1 << 16);
      if (condition === COND.ge) return BIT | sign;
    } else if (first === INST["tsti.j"] && condition <= COND.ne) {
      const bit = bitOf(words[imm]!, size === 4 ? 0 : words[imm + 1]!);
      if (bit >= 0) return BIT | (x << 5) | (bit << 10) | (condition << 16);
    }
    this.compare(r, op, imm);
    return condition;
  }

  // Records that all targets have -----------------------------------------------------------------

  private common(r: number, op: number, imm: number): void {
    const { c, words } = this;
    const bytes = words[imm]!;
    switch (op) {
      case LIR.nop:
      case LIR.entry:
        return;
      case LIR.arg:
        return this.load(this.classAt(r), this.loc(r, 0), this.layout.total + c.open + bytes);
      case LIR.take:
        return this.load(this.classAt(r), this.loc(r, 0), bytes);
      case LIR.put:
        return this.putAt(r, bytes);
      case LIR.give:
        return this.putAt(r, this.layout.total + this.layout.popped + c.open + bytes);
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

  /** The record's operand goes to sp + at. */
  private putAt(r: number, at: number): void {
    const from = this.locs[r + HEAD]!;
    const fromAt = from >= FIRST_SLOT ? this.c.slotAt(from) : -1;
    this.moveStack(this.classAt(r), from, fromAt, at);
  }

  private classAt(r: number): number {
    return this.lir.vregClass[vregOf(this.words[r + HEAD]!)]!;
  }

  control(r: number, labels: Int32Array, first: number, count: number, next: number): void {
    const { c, words } = this;
    const w = words[r]!;
    const op = opOf(w);
    c.source = words[r + 1]!;
    c.endPairs();
    if (c.open !== 0) bug("a block ends inside of a call");
    const imm = r + HEAD + operandsOf(w);
    if (op === LIR.jump) {
      jump(c, labels[first]!, next);
    } else if (op === LIR.ret) {
      writeEpilogue(c, this.layout);
    } else if (op === LIR.trap) {
      writeTrap(c, words[imm]!);
      this.callEnd = this.asm.size;
    } else if (op === INST.switch) {
      this.jumpTable(this.loc(r, 0), labels, first, count);
    } else {
      if (consumerOf(op) !== CONSUMER.j || count !== 2) bug(`control record ${op}`);
      const kind = this.branchKind(r, op, imm);
      jumpEither(c, kind, labels[first]!, labels[first + 1]!, next);
    }
  }

  private jumpTable(x: number, labels: Int32Array, first: number, count: number): void {
    const { asm, c } = this;
    const cases = count - 1;
    const { x16, x17 } = REG;
    if (cases < 4096) {
      c.word(arithmetic(wordOf(INST["cmpi.j"], 4) | rn(x), cases));
    } else {
      c.movi(x16, cases, 0);
      c.word(wordOf(INST["cmp.j"], 4) | rn(x) | rm(x16));
    }
    asm.branch(COND.hs, labels[first + cases]!);
    const at = asm.jumpTable(cases);
    for (let k = 0; k < cases; k++) asm.jumpEntry(at, k, labels[first + k]!);
    c.poolAddress(x16, at);
    c.word(W.ldrswx | rd(x17) | rn(x16) | rm(x));
    c.op3(INST.add, 8, x16, x16, x17);
    c.word(W.br | rn(x16));
  }
}

/** Words of selecting consumers, by number. */
const SELECT_WORDS: readonly number[] = Object.assign([] as number[], {
  [CONSUMER.sel]: W.csel,
  [SELECTS.inc]: W.csinc,
  [SELECTS.inv]: W.csinv,
  [SELECTS.neg]: W.csneg,
  [SELECTS.selz]: W.csel,
});

/** Bytes that a load or store of this op moves. */
const sizeAt = (op: number, size: number): number => {
  if (op === INST.ldrb || op === INST.ldrsb) return 1;
  if (op === INST.ldrh || op === INST.ldrsh) return 2;
  return op === INST.ldrsw ? 4 : size;
};

/** Number of immediates of a compare. */
const immCount = (op: number): number => {
  const kind = imms[op * 2]!;
  return kind === IMM.none ? 0 : kind === IMM.logical ? 2 : 1;
};

/** The word with an arithmetic immediate: 12 bits, shifted or not, negated or not. */
function arithmetic(word: number, n: number): number {
  const m = Math.abs(n);
  const w = n < 0 ? word ^ (1 << 30) : word;
  if (m < 4096) return w | (m << 10);
  if ((m & 4095) !== 0 || m >= 1 << 24) bug("arm64: no arithmetic immediate");
  return w | (1 << 22) | ((m >> 12) << 10);
}

/** The number of the only bit that is set, -1 if there is not exactly one. */
function bitOf(lo: number, hi: number): number {
  if (hi === 0) return lo !== 0 && (lo & (lo - 1)) === 0 ? 31 - Math.clz32(lo) : -1;
  return lo === 0 && (hi & (hi - 1)) === 0 ? 63 - Math.clz32(hi) : -1;
}
