// Records that are several instructions: where flags or branches are needed inside, or where the
// machine's operation is not Wasm's. Each function gets the operands' locations; the rare half of a
// sequence is in stubs.ts. xmm15 is free throughout; flags are free between records.
//
// The order of reads and writes here is what the operand column of the row promises to the
// allocator.

import { TRAP } from "../../src/abi.ts";
import { FIRST_SLOT, MODE } from "../lir.ts";
import { F, MEM } from "./code.ts";
import type { Code } from "./code.ts";
import { CHECK, COND, INST } from "./insts.ts";
import { REG } from "./regs.ts";
import { COLD, X15, coldIf, comeBack, divideWide, trapLabel } from "./stubs.ts";

/** d = MEM's address, in the shortest way. */
export function lea(c: Code, size: number, d: number): void {
  const plain = c.mode === MODE.base;
  if (plain && c.disp === 0) {
    // A move of size 4 cuts off the upper half even onto itself.
    if (size === 4 || d !== c.base) c.op(F.mov, size, d, c.base);
  } else if (plain && d === c.base) {
    c.opi(F.addi, size, 0, d, c.disp);
  } else if (
    c.mode === MODE.indexed &&
    c.scale === 0 &&
    c.disp === 0 &&
    (d === c.base || d === c.index)
  ) {
    c.op(F.add, size, d, d === c.base ? c.index : c.base);
  } else {
    c.op(F.lea, size, d, MEM);
  }
}

/**
 * rax, rdx and the divisor d. 64-bit operands that both fit 32 bits are divided as such, which
 * takes less than half the time on most machines.
 */
export function divide(c: Code, op: number, size: number, checks: number, d: number): void {
  const { asm } = c;
  if ((checks & CHECK.zero) !== 0) {
    if (d >= FIRST_SLOT) c.opi(F.cmpi, size, 0, d, 0);
    else c.op(F.test, size, d, d);
    const hasRest = op === INST.rems || op === INST.remu;
    asm.branch(COND.e, trapLabel(c, hasRest ? TRAP.remainder : TRAP.divide));
  }
  if (size === 4) {
    const done = asm.newLabel();
    divideWide(c, op, 4, checks, d, done);
    asm.bind(done);
    return;
  }
  c.op(F.mov, 8, REG.rdx, REG.rax);
  c.op(F.or, 8, REG.rdx, d);
  c.opi(F.shri, 8, 0, REG.rdx, 32);
  coldIf(c, COND.ne, COLD.div, op, checks, d);
  c.op(F.div, 4, 0, d); // rdx is 0
  comeBack(c);
}

/** clz or ctz: bsr and bsf leave the destination alone if the source is 0. */
export function bits(c: Code, op: number, size: number, d: number, x: number): void {
  if (op === INST.bsfz) {
    c.movi(d, size * 8, 0);
    c.op(F.bsf, size, d, x);
  } else {
    c.movi(d, size * 16 - 1, 0);
    c.op(F.bsr, size, d, x);
    c.opi(F.xori, 4, 0, d, size * 8 - 1);
  }
}

/** and rm, mask repeated in every byte; size 8 takes it from the pool. */
function andBytes(c: Code, size: number, reg: number, mask: number): void {
  if (size === 4) {
    c.opi(F.andi, 4, 0, reg, mask);
  } else {
    c.constant(8, mask, mask, 0, 0);
    c.op(F.and, 8, reg, MEM);
  }
}

/** Bits counted in pairs, fours and bytes, then summed by a multiplication. */
export function popcount(c: Code, size: number, d: number, t: number): void {
  c.op(F.mov, size, t, d);
  c.op(F.shr1, size, 0, t);
  andBytes(c, size, t, 0x55555555);
  c.op(F.sub, size, d, t);
  c.op(F.mov, size, t, d);
  c.opi(F.shri, size, 0, t, 2);
  andBytes(c, size, t, 0x33333333);
  andBytes(c, size, d, 0x33333333);
  c.op(F.add, size, d, t);
  c.op(F.mov, size, t, d);
  c.opi(F.shri, size, 0, t, 4);
  c.op(F.add, size, d, t);
  andBytes(c, size, d, 0x0f0f0f0f);
  if (size === 4) {
    c.opi(F.imuli, 4, d, d, 0x01010101);
  } else {
    c.constant(8, 0x01010101, 0x01010101, 0, 0);
    c.op(F.imul, 8, d, MEM);
  }
  c.opi(F.shri, size, 0, d, size * 8 - 8);
}

/** d = min or max of d and b. */
export function minmax(c: Code, op: number, size: number, d: number, b: number): void {
  c.op(F.ucomis, size, d, b);
  coldIf(c, COND.e, COLD.minmax, op | (size << 16), d, b);
  c.op(op === INST.fmin ? F.fmin : F.fmax, size, d, b);
  comeBack(c);
}

/** Makes MEM sixteen bytes of sign bits, or of all others. */
function signMask(c: Code, size: number, mask: number): void {
  const low = size === 4 ? mask : mask === 0x80000000 ? 0 : -1;
  c.constant(16, low | 0, mask | 0, low | 0, mask | 0);
}

/** neg, abs, copysign on the bits; `s` gives the sign. */
export function sign(c: Code, op: number, size: number, d: number, s: number): void {
  if (op === INST.fneg) {
    signMask(c, size, 0x80000000);
    c.op(F.xorps, 4, d, MEM);
    return;
  }
  if (op === INST.fcopysign) {
    c.op(F.movaps, 4, X15, s);
    signMask(c, size, 0x80000000);
    c.op(F.andps, 4, X15, MEM);
  }
  signMask(c, size, 0x7fffffff);
  c.op(F.andps, 4, d, MEM);
  if (op === INST.fcopysign) c.op(F.orps, 4, d, X15);
}

/** roundss, roundsd; `x` may be MEM. */
export function round(c: Code, size: number, d: number, x: number, kind: number): void {
  clear(c, d, x);
  c.opi(F.round + (size === 8 ? 1 : 0), 4, d, x, kind);
}

/** Clears d, so that an instruction that keeps a part of it need not wait; not if x is d. */
export function clear(c: Code, d: number, x: number): void {
  if (d !== x) c.op(F.xorps, 4, d, d);
}

/** u64 to float: as signed, unless it is negative as such. */
export function convertUnsigned(c: Code, size: number, d: number, t: number, x: number): void {
  clear(c, d, -1);
  c.op(F.test, 8, x, x);
  coldIf(c, COND.s, COLD.cvtu, size, d, t | (x << 8));
  c.op(F.cvtsi, size, d, x);
  comeBack(c);
}

/**
 * Float to integer. The machine gives the least number for what it cannot convert: `cmp d, 1`
 * overflows for that one only. u32 goes through 64 bits, whose upper half must be zero (t); u64
 * shows by its sign that it is not as easy.
 */
export function truncate(c: Code, op: number, size: number, d: number, t: number, x: number): void {
  const what = op | (size << 16);
  if (op === INST.truncsi32 || op === INST.satsi32) {
    c.op(F.cvtt, size, d, x);
    c.opi(F.cmpi, 4, 0, d, 1);
    coldIf(c, COND.o, COLD.trunc, what, d, x);
  } else if (op === INST.truncsi64 || op === INST.satsi64) {
    c.op(F.cvtt64, size, d, x);
    c.opi(F.cmpi, 8, 0, d, 1);
    coldIf(c, COND.o, COLD.trunc, what, d, x);
  } else if (op === INST.truncui64 || op === INST.satui64) {
    c.op(F.cvtt64, size, d, x);
    c.op(F.test, 8, d, d);
    coldIf(c, COND.s, COLD.trunc, what, d, x);
  } else {
    c.op(F.cvtt64, size, d, x);
    c.op(F.mov, 4, t, d);
    c.op(F.cmp, 8, t, d);
    coldIf(c, COND.ne, COLD.trunc, what, d, x);
  }
  comeBack(c);
}

/** Bits of a float to a general register; `x` may be a slot. */
export function bitsOfFloat(c: Code, size: number, d: number, x: number): void {
  if (x >= FIRST_SLOT) c.op(F.mov, size, d, x);
  else c.op(F.movdTo, size, x, d);
}
