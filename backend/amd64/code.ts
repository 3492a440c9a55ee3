// Writes single instructions. A form (notation.ts), a size and operands become bytes: prefixes, REX
// or VEX, opcode, ModRM with SIB and displacement, immediate.
//
// Operands are locations as the allocator gives them: general registers 0-31, vector registers
// 32-63, spill slots from 64 on, found at [rsp + open + 8 n], where `open` is what calls under way
// have put below the frame. Two more stand for memory: MEM, the address set by `address` and its
// kin (the record's own), and STACK, [rsp + open + stackAt]. Whatever reads MEM first notes the
// site that the record asks for.

import { FIRST_SLOT, FIRST_VEC, MODE } from "../lir.ts";
import type { Asm } from "../asm.ts";
import { IMM, PREFIX, W, hasByteForm, hasByteOperand, immOf, lengthOf } from "./notation.ts";
import { mapOf, modrmOf, opcodeOf, prefixOf, wOf } from "./notation.ts";
import { PINNED, REG } from "./regs.ts";

export const MEM = -1;
export const STACK = -2;

// Forms of instructions that are no rows of their own or are used inside sequences.
const RM = 8 << 13;
const BY_SIZE = W.bySize << 17;
const O0F = 1 << 8;
const SCALAR = O0F | RM | (PREFIX.scalar << 10);
const PACKED = O0F | RM | (PREFIX.packed << 10);
const SIGNED = IMM.signed << 21;
const BYTE = IMM.byte << 21;
const digit = (d: number): number => d << 13;

// prettier-ignore
export const F = {
  add:      0x03 | RM | BY_SIZE,          or:       0x0b | RM | BY_SIZE,
  and:      0x23 | RM | BY_SIZE,          sub:      0x2b | RM | BY_SIZE,
  xor:      0x33 | RM | BY_SIZE,          cmp:      0x3b | RM | BY_SIZE,
  test:     0x85 | RM | BY_SIZE,          xchg:     0x87 | RM | BY_SIZE,
  store:    0x89 | RM | BY_SIZE,          mov:      0x8b | RM | BY_SIZE,
  lea:      0x8d | RM | BY_SIZE,          movsxd:   0x63 | RM | BY_SIZE,
  addi:     0x81 | digit(0) | BY_SIZE | SIGNED,
  ori:      0x81 | digit(1) | BY_SIZE | SIGNED,
  andi:     0x81 | digit(4) | BY_SIZE | SIGNED,
  subi:     0x81 | digit(5) | BY_SIZE | SIGNED,
  xori:     0x81 | digit(6) | BY_SIZE | SIGNED,
  cmpi:     0x81 | digit(7) | BY_SIZE | SIGNED,
  storei:   0xc7 | digit(0) | BY_SIZE | (IMM.sized << 21),
  shli:     0xc1 | digit(4) | BY_SIZE | BYTE,
  shri:     0xc1 | digit(5) | BY_SIZE | BYTE,
  shr1:     0xd1 | digit(5) | BY_SIZE,
  btci:     0xba | O0F | digit(7) | BY_SIZE | BYTE,
  imul:     0xaf | O0F | RM | BY_SIZE,
  imuli:    0x69 | RM | BY_SIZE | SIGNED,
  neg:      0xf7 | digit(3) | BY_SIZE,
  div:      0xf7 | digit(6) | BY_SIZE,    idiv:     0xf7 | digit(7) | BY_SIZE,
  bsf:      0xbc | O0F | RM | BY_SIZE,    bsr:      0xbd | O0F | RM | BY_SIZE,
  cmov:     0x40 | O0F | RM | BY_SIZE,    setcc:    0x90 | O0F | digit(0) | (1 << 24),
  movzx8:   0xb6 | O0F | RM | (1 << 24),
  callm:    0xff | digit(2),              jmpm:     0xff | digit(4),
  movups:   0x10 | O0F | RM,              movupsTo: 0x11 | O0F | RM,
  movaps:   0x28 | O0F | RM,              xorps:    0x57 | O0F | RM,
  fload:    0x10 | SCALAR,                fstore:   0x11 | SCALAR,
  fadd:     0x58 | SCALAR,                fsub:     0x5c | SCALAR,
  fmin:     0x5d | SCALAR,                fmax:     0x5f | SCALAR,
  cvtsi:    0x2a | SCALAR | (W.always << 17),
  cvtt:     0x2c | SCALAR,                cvtt64:   0x2c | SCALAR | (W.always << 17),
  cmpf:     0xc2 | SCALAR | BYTE,
  ucomis:   0x2e | PACKED,                andps:    0x54 | O0F | RM,
  orps:     0x56 | O0F | RM,              pcmpeqd:  0x76 | O0F | RM | (PREFIX.p66 << 10),
  movd:     0x6e | O0F | RM | (PREFIX.p66 << 10) | BY_SIZE,
  movdTo:   0x7e | O0F | RM | (PREFIX.p66 << 10) | BY_SIZE,
  round:    0x0a | (3 << 8) | RM | (PREFIX.p66 << 10) | BYTE,
} as const;

/** Prefix byte by PREFIX and whether the size is 8. */
const PREFIX_BYTES = [0, 0, 0x66, 0x66, 0xf3, 0xf3, 0xf2, 0xf2, 0xf3, 0xf2, 0, 0x66];
/** VEX.pp of a prefix byte. */
const PP: Readonly<Record<number, number>> = { 0: 0, 0x66: 1, 0xf3: 2, 0xf2: 3 };

export class Code {
  readonly asm: Asm;
  /** Bytes that calls under way keep below the frame. */
  open = 0;
  /** Displacement of STACK. */
  stackAt = 0;
  /** Byte offset in the module, for sites. */
  source = 0;
  /** SITE kind that the next access through MEM notes, -1 = none. */
  private accessKind = -1;
  /** MEM: mode (r as base, rIndex as indexed) and parts. */
  mode = 0;
  base = 0;
  index = 0;
  scale = 0;
  disp = 0;

  constructor(asm: Asm) {
    this.asm = asm;
  }

  /** Sets MEM; `base` and `index` are registers as far as the mode has them. */
  address(mode: number, scale: number, base: number, index: number, disp: number): void {
    const hasR = mode === MODE.r || mode === MODE.rIndex;
    this.mode = hasR ? mode - MODE.r + MODE.base : mode;
    this.base = hasR ? PINNED : base;
    this.index = index;
    this.scale = scale;
    this.disp = disp;
    this.accessKind = -1;
    // rbp and r13 as a base need a displacement, as an index they do not.
    const low = this.base & 7;
    if (this.mode === MODE.indexed && scale === 0 && disp === 0 && low === 5 && (index & 7) !== 5) {
      this.index = this.base;
      this.base = index;
    }
  }

  /** Makes accesses through MEM sites of this kind. */
  siteKind(kind: number): void {
    this.accessKind = kind;
  }

  /** Makes MEM a constant of the pool. */
  constant(size: number, w0: number, w1: number, w2: number, w3: number): void {
    this.address(MODE.pool, 0, 0, 0, this.asm.constant(size, w0, w1, w2, w3));
  }

  /** Makes MEM the byte `offset` of the pool. */
  poolAddress(offset: number): void {
    this.address(MODE.pool, 0, 0, 0, offset);
  }

  byte(value: number): void {
    this.asm.reserve(1);
    this.asm.code[this.asm.size++] = value;
  }

  word(value: number): void {
    const { asm } = this;
    asm.reserve(4);
    const b = asm.code;
    const p = asm.size;
    b[p] = value;
    b[p + 1] = value >> 8;
    b[p + 2] = value >> 16;
    b[p + 3] = value >> 24;
    asm.size = p + 4;
  }

  /** A general register becomes a constant, by the shortest instruction. */
  movi(reg: number, lo: number, hi: number): void {
    if (lo === 0 && hi === 0) {
      this.op(F.xor, 4, reg, reg);
    } else if (hi !== 0 && hi === lo >> 31) {
      this.opi(F.storei, 8, 0, reg, lo);
    } else {
      const rex = (hi === 0 ? 0 : 8) | (reg >> 3);
      if (rex !== 0) this.byte(0x40 | rex);
      this.byte(0xb8 | (reg & 7));
      this.word(lo);
      if (hi !== 0) this.word(hi);
    }
  }

  /** An instruction; `reg` is ignored where the form has a digit. */
  op(form: number, size: number, reg: number, rm: number): void {
    const m = modrmOf(form);
    this.write(form, size, m < 8 ? m : reg & 31, rm, 0, m >= 8);
  }

  /** An instruction with an immediate. */
  opi(form: number, size: number, reg: number, rm: number, imm: number): void {
    const m = modrmOf(form);
    const field = m < 8 ? m : reg & 31;
    const kind = immOf(form);
    if (kind === IMM.signed && (size === 1 || (imm << 24) >> 24 === imm)) {
      // 81 becomes 83, 69 becomes 6B; the byte form of 81 is 80, which takes a byte anyway.
      this.write(size === 1 ? form : form + 2, size, field, rm, 1, m >= 8);
      this.byte(imm);
    } else if (kind === IMM.byte || (kind === IMM.sized && size === 1)) {
      this.write(form, size, field, rm, 1, m >= 8);
      this.byte(imm);
    } else if (size === 2) {
      this.write(form, size, field, rm, 2, m >= 8);
      this.byte(imm);
      this.byte(imm >> 8);
    } else {
      this.write(form, size, field, rm, 4, m >= 8);
      this.word(imm);
    }
  }

  /** An instruction with a third register in VEX.vvvv (0 where the form has none). */
  vex(form: number, size: number, reg: number, third: number, rm: number, imms: number): void {
    const { asm } = this;
    if (rm === MEM && this.accessKind >= 0) this.noteAccess();
    asm.reserve(16);
    const b = asm.code;
    let p = asm.size;
    const map = mapOf(form);
    const w = wOf(form) === W.bySize && size === 8 ? 0x80 : 0;
    const pp = PP[PREFIX_BYTES[prefixOf(form) * 2 + (size === 8 ? 1 : 0)]!]!;
    const low = ((~third & 15) << 3) | (lengthOf(form) << 2) | pp;
    const xb = this.highBits(rm);
    const digit = modrmOf(form);
    const field = digit < 8 ? digit : reg;
    const r = (field & 8) === 0 ? 0x80 : 0;
    if (map === 1 && w === 0 && xb === 0) {
      b[p++] = 0xc5;
      b[p++] = r | low;
    } else {
      b[p++] = 0xc4;
      b[p++] = r | ((~xb & 3) << 5) | map;
      b[p++] = w | low;
    }
    b[p++] = opcodeOf(form);
    asm.size = p;
    this.modrm(field & 7, rm, imms);
  }

  /** REX.X << 1 | REX.B of an operand. */
  private highBits(rm: number): number {
    if (rm >= 0) return rm < FIRST_SLOT ? (rm >> 3) & 1 : 0;
    if (rm === STACK || this.mode === MODE.pool) return 0;
    const x = this.mode === MODE.base ? 0 : (this.index >> 2) & 2;
    if (this.mode === MODE.scaled) return x;
    return x | ((this.base >> 3) & 1);
  }

  private noteAccess(): void {
    this.asm.site(this.source, this.accessKind | (this.open << 8));
  }

  private write(
    form: number,
    size: number,
    reg: number,
    rm: number,
    imms: number,
    isReg: boolean,
  ): void {
    const { asm } = this;
    if (rm === MEM && this.accessKind >= 0) this.noteAccess();
    asm.reserve(24);
    const b = asm.code;
    let p = asm.size;
    const prefix = PREFIX_BYTES[prefixOf(form) * 2 + (size === 8 ? 1 : 0)]!;
    if (prefix !== 0) b[p++] = prefix;
    const sized = hasByteForm(form);
    if (sized && size === 2) b[p++] = 0x66;
    const w = wOf(form);
    let rex = ((reg & 8) >> 1) | this.highBits(rm);
    if (w === W.always || (w === W.bySize && size === 8)) rex |= 8;
    // Without REX, 4-7 as byte registers are ah, ch, dh, bh.
    const bytes = sized && size === 1;
    if (bytes && isReg && reg >= 4) rex |= 0x40;
    if ((bytes || hasByteOperand(form)) && rm >= 4 && rm < FIRST_VEC) rex |= 0x40;
    if (rex !== 0) b[p++] = rex | 0x40;
    const map = mapOf(form);
    if (map !== 0) b[p++] = 0x0f;
    if (map >= 2) b[p++] = map === 2 ? 0x38 : 0x3a;
    b[p++] = opcodeOf(form) - (bytes ? 1 : 0);
    asm.size = p;
    this.modrm(reg & 7, rm, imms);
  }

  /** ModRM, SIB and displacement; `imms` bytes of immediate will follow. */
  private modrm(reg: number, rm: number, imms: number): void {
    const field = reg << 3;
    if (rm >= FIRST_SLOT) this.based(field, REG.rsp, (rm - FIRST_SLOT) * 8 + this.open);
    else if (rm >= 0) this.asm.code[this.asm.size++] = 0xc0 | field | (rm & 7);
    else if (rm === STACK) this.based(field, REG.rsp, this.stackAt + this.open);
    else if (this.mode === MODE.base) this.based(field, this.base, this.disp);
    else if (this.mode === MODE.indexed) this.indexed(field);
    else if (this.mode === MODE.scaled) this.scaled(field);
    else this.relative(field, imms);
  }

  private based(field: number, base: number, disp: number): void {
    const { asm } = this;
    const b = asm.code;
    const low = base & 7;
    const mod = disp === 0 && low !== 5 ? 0 : (disp << 24) >> 24 === disp ? 0x40 : 0x80;
    b[asm.size++] = mod | field | low;
    if (low === 4) b[asm.size++] = 0x24;
    this.displacement(mod, disp);
  }

  private indexed(field: number): void {
    const { asm, base, index, disp } = this;
    const b = asm.code;
    const mod = disp === 0 && (base & 7) !== 5 ? 0 : (disp << 24) >> 24 === disp ? 0x40 : 0x80;
    b[asm.size++] = mod | field | 4;
    b[asm.size++] = (this.scale << 6) | ((index & 7) << 3) | (base & 7);
    this.displacement(mod, disp);
  }

  /** An index without a base always has four bytes of displacement. */
  private scaled(field: number): void {
    const { asm } = this;
    asm.code[asm.size++] = field | 4;
    asm.code[asm.size++] = (this.scale << 6) | ((this.index & 7) << 3) | 5;
    this.word(this.disp);
  }

  private displacement(mod: number, disp: number): void {
    if (mod === 0x40) this.asm.code[this.asm.size++] = disp;
    else if (mod === 0x80) this.word(disp);
  }

  private relative(field: number, imms: number): void {
    const { asm } = this;
    asm.code[asm.size++] = field | 5;
    const at = asm.size;
    this.word(0);
    asm.poolFix(at, 4 + imms, this.disp);
  }
}
