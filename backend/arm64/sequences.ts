// Records that are several instructions: where flags or branches are needed inside, or where the
// machine's operation is not Wasm's. Each function gets machine numbers of registers; the rare half
// of a sequence is in stubs.ts. x16, x17 and v31 are free throughout, flags are free between
// records.
//
// The order of reads and writes here is what the operand column of the row promises to the
// allocator.

import { TRAP } from "../../src/abi.ts";
import { inverse } from "../fusion.ts";
import { V31, W, cond, ftype, rd, rm, rn, sf } from "./code.ts";
import type { Code } from "./code.ts";
import { CHECK, COND, INST } from "./insts.ts";
import { wordOf } from "./notation.ts";
import { REG } from "./regs.ts";
import { ZERO } from "./relocs.ts";
import { COLD, coldIf, trapLabel } from "./stubs.ts";

const { x16 } = REG;
// Flags as ccmp sets them.
const FLAG_Z = 4;
const FLAG_V = 1;

/** Kind of the branch that is taken if register x is zero, or is not (`isNot` 1). */
export const zeroBranch = (size: number, x: number, isNot: number): number =>
  ZERO | (x << 5) | ((size === 8 ? 1 : 0) << 10) | (isNot << 11);

/**
 * Quotient or remainder of n and m. The machine gives 0 for n / 0 and the least number for that
 * number / -1, so that its remainder comes out as 0.
 */
export function divide(
  c: Code,
  op: number,
  size: number,
  checks: number,
  d: number,
  n: number,
  m: number,
): void {
  const { asm } = c;
  const isSigned = op === INST.sdiv || op === INST.srem;
  const hasRest = op === INST.srem || op === INST.urem;
  const zero = hasRest ? TRAP.remainder : TRAP.divide;
  if ((checks & CHECK.zero) !== 0) asm.branch(zeroBranch(size, m, 0), trapLabel(c, zero));
  if (op === INST.sdiv && (checks & CHECK.minusOne) !== 0) {
    // m + 1 is 0 and n - 1 overflows.
    c.word(W.cmni | sf(size) | (1 << 10) | rn(m));
    c.word(W.ccmpi | sf(size) | (1 << 16) | cond(COND.eq) | rn(n));
    asm.branch(COND.vs, trapLabel(c, TRAP.quotient));
  }
  const word = (isSigned ? W.sdiv : W.udiv) | sf(size) | rn(n) | rm(m);
  if (!hasRest) {
    c.word(word | rd(d));
  } else {
    c.word(word | x16);
    c.word(wordOf(INST.msub, size) | rd(d) | rn(x16) | rm(m) | (n << 10));
  }
}

/** The high half of a product of 32-bit numbers. */
export function mulHigh(c: Code, op: number, d: number, n: number, m: number): void {
  c.op3(op === INST.smulh32 ? INST.smull : INST.umull, 8, d, n, m);
  c.word(wordOf(INST.ubfm, 8) | (32 << 16) | (63 << 10) | rd(d) | rn(d));
}

/** Rotation to the left: to the right by the negated count. */
export function rotateLeft(c: Code, size: number, d: number, n: number, m: number): void {
  c.word(wordOf(INST.neg, 4) | x16 | rm(m));
  c.op3(INST.rorv, size, d, n, x16);
}

export function trailingZeros(c: Code, size: number, d: number, n: number): void {
  c.op2(INST.rbit, size, d, n);
  c.op2(INST.clz, size, d, d);
}

/** Bits are counted per byte in a vector register, then the bytes are summed. */
export function popcount(c: Code, size: number, d: number, n: number): void {
  c.op2(INST.fmovx, size, V31, n);
  c.word(W.cnt8b | rn(V31) | V31);
  c.word(W.addv8b | rn(V31) | V31);
  c.op2(INST.fmovr, 4, d, V31);
}

/** d = x with the sign of s. */
export function copySign(c: Code, size: number, d: number, x: number, s: number): void {
  if (size === 4) {
    c.word(W.sign2s | V31);
  } else {
    c.word(W.movi0q | V31);
    c.word(W.fneg2d | rn(V31) | V31);
  }
  c.word(W.bsl8b | rm(x) | rn(s) | V31); // where the mask is set, s, elsewhere x
  c.word(W.fmov | ftype(size) | rn(V31) | rd(d));
}

/**
 * Float to integer, with traps. Results of 32 bits are converted to 64 with a sign and must survive
 * being cut off. One of 64 bits with a sign may be off only if it is the greatest or least number,
 * one without if it is the greatest or the float is -1 or less. NaN gives 0 and is unordered.
 */
export function truncate(c: Code, op: number, size: number, d: number, x: number): void {
  const fccmp = W.fccmp | ftype(size) | rm(x) | rn(x);
  let bad: number = COND.ne;
  if (op === INST.truncs32 || op === INST.truncu32) {
    const isSigned = op === INST.truncs32;
    c.op2(INST.fcvtzs64, size, d, x);
    c.word((isSigned ? W.cmpsxtw : W.cmpuxtw) | rn(d) | rm(d));
    c.word(fccmp | cond(COND.eq));
  } else if (op === INST.truncs64) {
    c.op2(INST.fcvtzs64, size, d, x);
    c.word(W.cmni | sf(8) | (1 << 10) | rn(d)); // d + 1 overflows?
    c.word(W.ccmpi | sf(8) | (1 << 16) | cond(COND.vc) | rn(d) | FLAG_V); // d - 1 does?
    c.word(fccmp | cond(COND.vc) | FLAG_V);
    bad = COND.vs;
  } else {
    c.fconst(size, V31, size === 4 ? 0xbf800000 | 0 : 0, 0xbff00000 | 0, 0, 0); // -1
    c.op2(INST.fcvtzu64, size, d, x);
    c.compareFloats(size, x, V31);
    c.word(W.ccmni | sf(8) | (1 << 16) | cond(COND.gt) | rn(d) | FLAG_Z); // d + 1 is 0?
    bad = COND.eq;
  }
  coldIf(c, bad, COLD.trunc, op, size, x);
  if (op === INST.truncs32) c.move(4, d, d);
}

/** d = x if the flags say so: bits of x come in where a mask, made of the condition, has ones. */
export function selectVector(c: Code, condition: number, d: number, x: number): void {
  const mask = cond(inverse(condition)) | rn(REG.zr) | rm(REG.zr);
  c.word(W.csinv | sf(8) | mask | x16); // csetm
  c.op2(INST.vdupr, 8, V31, x16);
  c.op3(INST.vbit, 1, d, x, V31);
}
