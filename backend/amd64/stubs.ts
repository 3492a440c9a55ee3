// Branches inside a function and the code that is moved to its end: traps, and the rare halves of
// sequences (sequences.ts has the other halves and says what they compute). A stub keeps registers,
// source and open stack of the record it belongs to; it may defer further stubs.

import { RELOC, SITE, TRAP } from "../../src/abi.ts";
import { bug } from "../../src/support/errors.ts";
import { STUB } from "../asm.ts";
import { inverse } from "../fusion.ts";
import { F, MEM } from "./code.ts";
import type { Code } from "./code.ts";
import { CHECK, COND, INST } from "./insts.ts";
import { FIRST_VEC } from "../lir.ts";
import { JMP } from "./relocs.ts";
import { REG, SCRATCH_VEC } from "./regs.ts";

/** Kinds of stubs and their three arguments. */
export const COLD = {
  trap: 0, // trap code
  minmax: 1, // op | size << 16, destination, other operand
  cvtu: 2, // size, destination, temporary | source << 8
  trunc: 3, // op | size << 16, destination, source
  div: 4, // op, checks, divisor
} as const;

export const X15 = FIRST_VEC + SCRATCH_VEC;

/** Jumps to `label` if the condition of the last comparison holds. */
export function jumpIf(c: Code, condition: number, label: number): void {
  const { asm } = c;
  if (condition < COND.feq) {
    asm.branch(condition, label);
  } else if (condition === COND.fne) {
    asm.branch(COND.ne, label);
    asm.branch(COND.p, label);
  } else {
    const skip = asm.newLabel();
    asm.branch(COND.p, skip);
    asm.branch(COND.e, label);
    asm.bind(skip);
  }
}

/** Goes to one of two labels, falling through where it can. */
export function jumpEither(
  c: Code,
  condition: number,
  yes: number,
  no: number,
  next: number,
): void {
  if (yes === no) {
    jump(c, yes, next);
  } else if (yes === next) {
    jumpIf(c, inverse(condition), no);
  } else {
    jumpIf(c, condition, yes);
    jump(c, no, next);
  }
}

/** Jumps to `label` unless it follows. */
export function jump(c: Code, label: number, next: number): void {
  if (label !== next) c.asm.branch(JMP, label);
}

const labelOf = (c: Code, s: number): number => c.asm.stubs[s * STUB]!;

/** Label of a new trap stub. */
export function trapLabel(c: Code, code: number): number {
  return labelOf(c, c.asm.defer(COLD.trap, code, 0, 0, c.source, c.open));
}

/** Jumps to a new stub if the condition holds; the stub comes back to here if it does. */
export function coldIf(c: Code, cond: number, kind: number, x: number, y: number, z: number): void {
  const s = c.asm.defer(kind, x, y, z, c.source, c.open);
  c.asm.branch(cond, labelOf(c, s));
}

/** Puts the label that the last deferred stub comes back to. */
export function comeBack(c: Code): void {
  c.asm.bind(c.asm.stubs[(c.asm.stubCount - 1) * STUB + 5]!);
}

/** A call of a trap stub of the module. */
export function writeTrap(c: Code, code: number): void {
  const { asm } = c;
  c.byte(0xe8);
  c.word(0);
  asm.reloc(asm.size - 4, RELOC.stub, code);
  asm.site(c.source, SITE.trap | (c.open << 8));
}

/** Writes deferred stub `s`. */
export function writeStubCode(c: Code, s: number): void {
  const { asm } = c;
  const at = s * STUB;
  const stubs = asm.stubs;
  const kind = stubs[at + 1]!;
  const x = stubs[at + 2]!;
  const y = stubs[at + 3]!;
  const z = stubs[at + 4]!;
  const back = stubs[at + 5]!;
  c.source = stubs[at + 6]!;
  c.open = stubs[at + 7]!;
  asm.bind(stubs[at]!);
  if (kind === COLD.trap) writeTrap(c, x);
  else if (kind === COLD.minmax) coldMinmax(c, x & 0xffff, x >> 16, y, z, back);
  else if (kind === COLD.cvtu) coldConvert(c, x, y, z & 255, z >> 8, back);
  else if (kind === COLD.div) coldDivide(c, x, y, z, back);
  else if (kind === COLD.trunc) coldTruncate(c, x & 0xffff, x >> 16, y, z, back);
  else bug(`stub ${kind}`);
}

// Equal or unordered. Equal numbers differ at most in the sign (of zero): or makes the smaller, and
// the larger. Otherwise one is NaN, which addition hands on quietened.
function coldMinmax(c: Code, op: number, size: number, d: number, b: number, back: number): void {
  const { asm } = c;
  const nan = asm.newLabel();
  asm.branch(COND.p, nan);
  c.op(op === INST.fmin ? F.orps : F.andps, 4, d, b);
  asm.branch(JMP, back);
  asm.bind(nan);
  c.op(F.fadd, size, d, b);
  asm.branch(JMP, back);
}

// The upper half of u64: halved with the lost bit kept sticky, converted as signed, doubled.
function coldConvert(c: Code, size: number, d: number, t: number, x: number, back: number): void {
  const { asm } = c;
  const even = asm.newLabel();
  c.op(F.mov, 8, t, x);
  c.op(F.shr1, 8, 0, t);
  asm.branch(COND.ae, even);
  c.opi(F.ori, 8, 0, t, 1);
  asm.bind(even);
  c.op(F.cvtsi, size, d, t);
  c.op(F.fadd, size, d, d);
  asm.branch(JMP, back);
}

// A 64-bit division whose operands do not both fit 32 bits.
function coldDivide(c: Code, op: number, checks: number, d: number, back: number): void {
  divideWide(c, op, 8, checks, d, back);
  c.asm.branch(JMP, back);
}

/** Division at full size after the check for zero; `done` is where the result is needed. */
export function divideWide(
  c: Code,
  op: number,
  size: number,
  checks: number,
  d: number,
  done: number,
): void {
  const { asm } = c;
  if (op === INST.divu || op === INST.remu) {
    c.op(F.xor, 4, REG.rdx, REG.rdx);
    c.op(F.div, size, 0, d);
    return;
  }
  if ((checks & CHECK.minusOne) !== 0) {
    if (op === INST.rems) {
      c.op(F.xor, 4, REG.rdx, REG.rdx);
      c.opi(F.cmpi, size, 0, d, -1);
      asm.branch(COND.e, done);
    } else {
      const fine = asm.newLabel();
      c.opi(F.cmpi, size, 0, d, -1);
      asm.branch(COND.ne, fine);
      c.opi(F.cmpi, size, 0, REG.rax, 1); // overflows for the least number only
      asm.branch(COND.o, trapLabel(c, TRAP.quotient));
      asm.bind(fine);
    }
  }
  if (size === 8) c.byte(0x48);
  c.byte(0x99);
  c.op(F.idiv, size, 0, d);
}

// prettier-ignore
const LOWEST = [
  // size, bits of the result, words of the bound, condition of being too low
  [4, 32, 0xcf000000, 0,          COND.b],
  [8, 32, 0x00200000, 0xc1e00000, COND.be], // -2^31 - 1 is a double, and too low
  [4, 64, 0xdf000000, 0,          COND.b],
  [8, 64, 0,          0xc3e00000, COND.b],
] as const;

/** Makes MEM 2^63. */
function twoTo63(c: Code, size: number): void {
  if (size === 4) c.constant(4, 0x5f000000, 0, 0, 0);
  else c.constant(8, 0, 0x43e00000, 0, 0);
}

/** Converts x - 2^63 and jumps to `bad` if that is not in [0, 2^63); else adds 2^63. */
function upperHalf(c: Code, size: number, d: number, x: number, bad: number): void {
  c.op(F.movaps, 4, X15, x);
  twoTo63(c, size);
  c.op(F.fsub, size, X15, MEM);
  c.op(F.cvtt64, size, d, X15);
  c.op(F.test, 8, d, d);
  c.asm.branch(COND.s, bad);
  c.opi(F.btci, 8, 0, d, 63);
}

function coldTruncate(c: Code, op: number, size: number, d: number, x: number, back: number): void {
  if (op >= INST.satsi32) {
    coldSaturate(c, op, size, d, x, back);
    return;
  }
  const { asm } = c;
  c.op(F.ucomis, size, x, x);
  asm.branch(COND.p, trapLabel(c, TRAP.conversion));
  if (op === INST.truncui32) {
    writeTrap(c, TRAP.overflow);
    return;
  }
  const overflow = trapLabel(c, TRAP.overflow);
  if (op === INST.truncui64) {
    upperHalf(c, size, d, x, overflow);
  } else {
    const bits = op === INST.truncsi32 ? 32 : 64;
    const row = LOWEST.find((r) => r[0] === size && r[1] === bits) ?? bug("bound");
    c.constant(size, row[2], row[3], 0, 0);
    c.op(F.ucomis, size, x, MEM);
    asm.branch(row[4], overflow);
    c.op(F.xorps, 4, X15, X15);
    c.op(F.ucomis, size, x, X15);
    asm.branch(COND.a, overflow);
  }
  asm.branch(JMP, back);
}

// What is out of range or NaN, or is the least number itself (which d holds already).
function coldSaturate(c: Code, op: number, size: number, d: number, x: number, back: number): void {
  const { asm } = c;
  const isSigned = op === INST.satsi32 || op === INST.satsi64;
  const low = asm.newLabel();
  c.op(F.xorps, 4, X15, X15);
  c.op(F.ucomis, size, x, X15);
  asm.branch(isSigned ? COND.p : COND.be, low); // be holds for NaN as well
  if (isSigned) {
    asm.branch(COND.be, back);
    if (op === INST.satsi32) c.movi(d, 0x7fffffff, 0);
    else c.movi(d, -1, 0x7fffffff);
  } else if (op === INST.satui32) {
    c.movi(d, -1, 0);
  } else {
    const high = asm.newLabel();
    upperHalf(c, size, d, x, high);
    asm.branch(JMP, back);
    asm.bind(high);
    c.movi(d, -1, -1);
  }
  asm.branch(JMP, back);
  asm.bind(low);
  c.op(F.xor, 4, d, d);
  asm.branch(JMP, back);
}
