// Writes single instructions, each a word. The words of rows come from notation.ts; W below has
// those that no row has. Operands are machine numbers 0-31 of whatever file the instruction takes.
//
// An access goes through MEM, set by `address`: base and index, or base and displacement; whoever
// makes addresses (record.ts) keeps to what instructions can add. Stack places may be far away:
// x17 holds their address then. Neighbouring moves to or from the stack become pairs.

import { FIRST_SLOT, MODE } from "../lir.ts";
import { bug } from "../../src/support/errors.ts";
import type { Asm } from "../asm.ts";
import { floatField, halfOf, logicalField, moveCost, vectorWord } from "./immediates.ts";
import { INST } from "./insts.ts";
import { wordOf } from "./notation.ts";
import { PINNED, RECORD, REG, SCRATCH_VEC } from "./regs.ts";
import { ADR, LITERAL } from "./relocs.ts";

// Words of instructions that are no rows; those with a size for size 8.
// prettier-ignore
export const W = {
  addSp:    0x8b206000 | 0,               // add d, n, m: n and d may be sp (uxtx)
  subSp:    0xcb206000 | 0,
  subi:     0xd1000000 | 0,               addi:     0x91000000 | 0,
  b:        0x14000000,                   br:       0xd61f0000 | 0,
  blr:      0xd63f0000 | 0,               ret:      0xd65f03c0 | 0,
  bl:       0x94000000 | 0,               nop:      0xd503201f | 0,
  adr:      0x10000000,                   udf:      0,
  movz:     0x52800000,                   movn:     0x12800000,
  movk:     0x72800000,
  ldp:      0xa9400000 | 0,               stp:      0xa9000000 | 0,
  stpPre:   0xa9800000 | 0,               ldpPost:  0xa8c00000 | 0,
  ldpD:     0x6d400000,                   stpD:     0x6d000000,
  ldpQ:     0xad400000 | 0,               stpQ:     0xad000000 | 0,
  ld1r:     0x4d40c000,                   // v, [n]; size in bits 10-11
  ldrPre:   0xf8400c00 | 0,
  ccmp:     0x7a400000,                   // n, m << 16, flags, condition << 12
  ccmpi:    0x7a400800,                   ccmni:    0x3a400800,
  cmni:     0x3100001f,
  sdiv:     0x1ac00c00,                   udiv:     0x1ac00800,
  fccmp:    0x1e200400,
  csinc:    0x1a800400,                   csel:     0x1a800000,
  csinv:    0x5a800000,                   csneg:    0x5a800400,
  fcsel:    0x1e200c00,
  fmov:     0x1e204000,                   fmovi:    0x1e201000,
  mov16b:   0x4ea01c00,                   // orr v.16b, n, m
  movi0:    0x2f00e400,                   // movi d, #0
  movi0q:   0x6f00e400,                   // movi v.2d, #0
  cnt8b:    0x0e205800,                   addv8b:   0x0e31b800,
  bsl8b:    0x2e601c00,                   fneg2d:   0x6ee0f800,
  sign2s:   0x0f046400,                   // movi v.2s, #0x80, lsl #24
  cmpsxtw:  0xeb20c01f | 0,               cmpuxtw:  0xeb20401f | 0,
  ldrswx:   0xb8a05800 | 0,               // ldrsw t, [n, m, uxtw #2]
} as const;

/** Bit 31 (and for floats bit 22) by size. */
export const sf = (size: number): number => (size === 8 ? 1 << 31 : 0);
export const ftype = (size: number): number => (size === 8 ? 1 << 22 : 0);
export const rd = (d: number): number => d & 31;
export const rn = (n: number): number => (n & 31) << 5;
export const rm = (m: number): number => (m & 31) << 16;
export const cond = (c: number): number => c << 12;

const SCRATCH = REG.x16;
const FAR = REG.x17;
/** From the form with the 12-bit offset to the others: with a signed 9-bit one, with an index. */
const NEAR_FORM = ~0x01000000;
const INDEX_FORM = 0x00206800;
/** Least displacement that every load and store can add itself. */
const NEAR = -256;

export class Code {
  readonly asm: Asm;
  /** Bytes that calls under way keep below the frame. */
  open = 0;
  /** Where spill slots begin in the frame. */
  slotsAt = 0;
  /** Byte offset in the module, for sites. */
  source = 0;
  /** x30 holds the return address throughout. */
  isLeaf = false;
  /** R - I. */
  distance = 0;
  // MEM: registers, -1 = no index.
  private base = 0;
  private index = -1;
  private scale = 0;
  private disp = 0;
  /** SITE kind that the next access through MEM notes, -1 = none. */
  private accessKind = -1;
  /** Where the last stack access ends, whether it loads, its word, register and offset. */
  private pairEnd = -1;
  private pairWord = 0;
  private pairReg = 0;
  private pairAt = 0;

  constructor(asm: Asm) {
    this.asm = asm;
  }

  /** Begins a function. */
  reset(distance: number): void {
    this.open = this.source = this.slotsAt = 0;
    this.pairEnd = -1;
    this.distance = distance;
  }

  word(w: number): void {
    const { asm } = this;
    asm.reserve(4);
    const b = asm.code;
    const p = asm.size;
    b[p] = w;
    b[p + 1] = w >> 8;
    b[p + 2] = w >> 16;
    b[p + 3] = w >> 24;
    asm.size = p + 4;
  }

  /** A row with two or three registers. */
  op2(op: number, size: number, d: number, n: number): void {
    this.word(wordOf(op, size) | rd(d) | rn(n));
  }

  op3(op: number, size: number, d: number, n: number, m: number): void {
    this.word(wordOf(op, size) | rd(d) | rn(n) | rm(m));
  }

  /** fcmp n, m */
  compareFloats(size: number, n: number, m: number): void {
    this.word(wordOf(INST["fcmp.j"], size) | rn(n) | rm(m));
  }

  /** d = m, all 64 bits or the lower 32. */
  move(size: number, d: number, m: number): void {
    this.word(wordOf(INST.mov, size) | rd(d) | rm(m));
  }

  /** A general register becomes a constant. */
  movi(d: number, lo: number, hi: number): void {
    const size = hi === 0 ? 4 : 8;
    const field = moveCost(lo, hi) > 1 ? logicalField(lo, hi, size) : -1;
    if (field >= 0) this.word(wordOf(INST.orri, size) | rd(d) | rn(REG.zr) | (field << 10));
    else if (hi === 0) this.movi32(d, lo);
    else this.movi64(d, lo, hi);
  }

  private movi32(d: number, lo: number): void {
    const low = halfOf(lo, 0, 0);
    const high = halfOf(lo, 0, 1);
    if (high === 0) this.word(W.movz | (low << 5) | d);
    else if (low === 0) this.word(W.movz | (1 << 21) | (high << 5) | d);
    else if (high === 0xffff) this.word(W.movn | ((low ^ 0xffff) << 5) | d);
    else if (low === 0xffff) this.word(W.movn | (1 << 21) | ((high ^ 0xffff) << 5) | d);
    else {
      this.word(W.movz | (low << 5) | d);
      this.word(W.movk | (1 << 21) | (high << 5) | d);
    }
  }

  private movi64(d: number, lo: number, hi: number): void {
    let zeros = 0;
    let ones = 0;
    for (let k = 0; k < 4; k++) {
      const h = halfOf(lo, hi, k);
      if (h === 0) zeros++;
      else if (h === 0xffff) ones++;
    }
    const skip = ones > zeros ? 0xffff : 0;
    let first = true;
    for (let k = 0; k < 4; k++) {
      const h = halfOf(lo, hi, k);
      if (h === skip) continue;
      const word = !first ? W.movk : skip === 0 ? W.movz : W.movn;
      const bits = first && skip !== 0 ? h ^ 0xffff : h;
      this.word(word | sf(8) | (k << 21) | (bits << 5) | d);
      first = false;
    }
    if (first) this.word(W.movn | sf(8) | d);
  }

  /** d = n + imm; up to 24 bits and either sign take two instructions at most. sp is allowed. */
  addi(size: number, d: number, n: number, imm: number): void {
    const m = Math.abs(imm);
    if (m >= 1 << 24) {
      // Not with sp and not by the emitter itself: x16 would be taken.
      this.movi(SCRATCH, imm, size === 8 ? imm >> 31 : 0);
      this.op3(INST.add, size, d, n, SCRATCH);
      return;
    }
    const word = (W.addi & 0x7fffffff) | sf(size) | (imm < 0 ? 1 << 30 : 0);
    const high = m >> 12;
    const low = m & 4095;
    if (high !== 0) this.word(word | (1 << 22) | (high << 10) | rn(n) | rd(d));
    if (low !== 0 || high === 0) this.word(word | (low << 10) | rn(high !== 0 ? d : n) | rd(d));
  }

  /** A vector register becomes a constant of 4, 8 or 16 bytes. */
  fconst(size: number, d: number, w0: number, w1: number, w2: number, w3: number): void {
    const hi = size === 4 ? 0 : w1;
    if (size === 16) {
      const word = vectorWord(w0, w1, w2, w3);
      if (word !== 0) this.word(word | rd(d));
      else if ((w2 | w3) === 0) this.fconst(8, d, w0, w1, 0, 0);
      else this.literal(size, d, w0, w1, w2, w3);
      return;
    }
    const field = floatField(w0, hi, size);
    if ((w0 | hi) === 0) {
      this.word(W.movi0 | rd(d));
    } else if (field >= 0) {
      this.word(W.fmovi | ftype(size) | (field << 13) | rd(d));
    } else if (moveCost(w0, hi) === 1 || logicalField(w0, hi, size) >= 0) {
      this.movi(SCRATCH, w0, hi);
      this.op2(INST.fmovx, size, d, SCRATCH);
    } else {
      this.literal(size, d, w0, hi, 0, 0);
    }
  }

  private literal(size: number, d: number, w0: number, w1: number, w2: number, w3: number): void {
    this.endPairs();
    const opc = 29 - Math.clz32(size); // 0, 1, 2 for 4, 8, 16
    const offset = this.asm.constant(size, w0, w1, w2, w3);
    this.asm.toPool(LITERAL | (rd(d) << 5) | (opc << 10), offset);
  }

  /** d = address of the pool's byte `offset`; may destroy x17. */
  poolAddress(d: number, offset: number): void {
    this.asm.toPool(ADR | (d << 5), offset);
  }

  // Memory ----------------------------------------------------------------------------------------

  /** Sets MEM; `base` and `index` are registers as far as the mode has them. */
  address(mode: number, scale: number, base: number, index: number, disp: number): void {
    this.base = mode === MODE.r || mode === MODE.rIndex ? PINNED : base;
    this.index = mode === MODE.indexed || mode === MODE.rIndex ? index : -1;
    this.scale = scale;
    this.disp = disp;
    this.accessKind = -1;
    if (mode === MODE.r && isInRecord(disp, this.distance)) {
      this.base = RECORD;
      this.disp = disp + this.distance;
    }
  }

  /** Makes accesses through MEM sites of this kind. */
  siteKind(kind: number): void {
    this.accessKind = kind;
  }

  /** A load or store through MEM; `word` is the form with the 12-bit offset. */
  access(word: number, size: number, t: number): void {
    if (this.accessKind >= 0) {
      this.asm.site(this.source, this.accessKind | (this.open << 8));
    }
    const { base, disp } = this;
    const log = 31 - Math.clz32(size);
    if (this.index >= 0) {
      if (disp !== 0 || (this.scale !== 0 && this.scale !== log)) bug("arm64: address mode");
      const scaled = this.scale !== 0 ? 1 << 12 : 0;
      this.word((word & NEAR_FORM) | INDEX_FORM | scaled | rm(this.index) | rn(base) | rd(t));
      return;
    }
    const offset = offsetBits(disp, log);
    if (offset === -1) bug("arm64: displacement");
    this.word((offset < 0 ? word & NEAR_FORM : word) | (offset & 0x3ffc00) | rn(base) | rd(t));
  }

  /** All lanes of vector register d become what is at MEM. */
  loadAll(size: number, d: number): void {
    let { base } = this;
    if (this.index >= 0 || this.disp !== 0) {
      this.lea(SCRATCH);
      base = SCRATCH;
    }
    if (this.accessKind >= 0) {
      this.asm.site(this.source, this.accessKind | (this.open << 8));
    }
    this.word(W.ld1r | ((31 - Math.clz32(size)) << 10) | rn(base) | rd(d));
  }

  /** d = MEM's address. */
  lea(d: number): void {
    const { base, index, disp } = this;
    if (index >= 0) {
      if (disp !== 0) bug("arm64: sum of three");
      this.word(wordOf(INST.addsh, 8) | (this.scale << 10) | rd(d) | rn(base) | rm(index));
    } else if (disp === 0) {
      if (d !== base) this.move(8, d, base);
    } else {
      this.addi(8, d, base, disp);
    }
  }

  // The stack -------------------------------------------------------------------------------------

  /** Offset from sp of a spill slot. */
  slotAt(loc: number): number {
    return (loc - FIRST_SLOT) * 8 + this.slotsAt + this.open;
  }

  /** A load or store of 8 or 16 bytes at sp + at; `word` as in `access`. */
  stack(word: number, size: number, t: number, at: number): void {
    const reg = rd(t);
    if (this.pairs(word, size, reg, at)) return;
    const offset = offsetBits(at, 31 - Math.clz32(size));
    if (offset === -1) {
      this.movi(FAR, at, 0);
      this.word((word & NEAR_FORM) | INDEX_FORM | rm(FAR) | rn(REG.sp) | reg);
      return;
    }
    const near = offset < 0 ? word & NEAR_FORM : word;
    this.word(near | (offset & 0x3ffc00) | rn(REG.sp) | reg);
    this.pairEnd = this.asm.size;
    this.pairWord = word;
    this.pairReg = reg;
    this.pairAt = at;
  }

  /** Stack accesses before and after this do not become pairs. */
  endPairs(): void {
    this.pairEnd = -1;
  }

  /** Makes a pair of this access and the one that has just been written, if they are neighbours. */
  private pairs(word: number, size: number, reg: number, at: number): boolean {
    const { asm, pairAt, pairReg } = this;
    if (this.pairEnd !== asm.size || word !== this.pairWord) return false;
    this.pairEnd = -1;
    const low = Math.min(at, pairAt);
    if (Math.abs(at - pairAt) !== size || low > 63 * size || low % size !== 0) return false;
    const isLoad = (word & (1 << 22)) !== 0;
    if (isLoad && reg === pairReg) return false;
    const isVec = (word & (1 << 26)) !== 0;
    const loads = size === 16 ? W.ldpQ : isVec ? W.ldpD : W.ldp;
    const stores = size === 16 ? W.stpQ : isVec ? W.stpD : W.stp;
    asm.size -= 4;
    const first = at < pairAt ? reg : pairReg;
    const second = at < pairAt ? pairReg : reg;
    // The offset counts in registers.
    this.pair(isLoad ? loads : stores, first, second, REG.sp, (low / size) * 8);
    return true;
  }

  /** ldp or stp of t and u of 8 bytes at base + at, a multiple of 8 from -512 to 504. */
  pair(word: number, t: number, u: number, base: number, at: number): void {
    this.word(word | (((at >> 3) & 127) << 15) | (u << 10) | rn(base) | t);
  }
}

/** True if R + disp is better expressed as I + something. */
export const isInRecord = (disp: number, distance: number): boolean =>
  disp < NEAR && disp + distance >= 0 && disp + distance < 1 << 24;

/**
 * The offset field of an access of 2^log bytes: of the 12-bit form, or negative for that of the
 * 9-bit form (bits 10-21 of either are the field); -1 for none. A field has bit 22 clear, so that
 * -1 is none of them.
 */
function offsetBits(disp: number, log: number): number {
  if (disp >= 0 && disp < 4096 << log && (disp & ((1 << log) - 1)) === 0) {
    return (disp >> log) << 10;
  }
  if (disp >= -256 && disp < 256) return (1 << 31) | ((disp & 511) << 12);
  return -1;
}

/** True if an access of `size` bytes can add this displacement itself. */
export const isOffset = (disp: number, size: number): boolean =>
  offsetBits(disp, 31 - Math.clz32(size)) !== -1;

export const V31 = SCRATCH_VEC;
