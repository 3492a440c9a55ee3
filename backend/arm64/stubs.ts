// Branches inside a function and the code that is moved to its end: traps, and the rare half of
// float conversions (sequences.ts has the other half). A stub keeps registers, source and open
// stack of the record it belongs to; it may defer further stubs.

import { RELOC, SITE, TRAP } from "../../src/abi.ts";
import { bug } from "../../src/support/errors.ts";
import { STUB } from "../asm.ts";
import { V31, W } from "./code.ts";
import type { Code } from "./code.ts";
import { COND, INST } from "./insts.ts";
import { REG } from "./regs.ts";
import { JUMP, opposite } from "./relocs.ts";

/** Kinds of stubs and their three arguments. */
export const COLD = {
  trap: 0, // trap code
  overflow: 1, // the stack's, before there is a frame
  trunc: 2, // op, size, source
} as const;

/**
 * Goes to one of two labels, falling through where it can. `kind` is that of a conditional branch.
 */
export function jumpEither(c: Code, kind: number, yes: number, no: number, next: number): void {
  if (yes === no) {
    jump(c, yes, next);
  } else if (yes === next) {
    c.asm.branch(opposite(kind), no);
  } else {
    c.asm.branch(kind, yes);
    jump(c, no, next);
  }
}

/** Jumps to `label` unless it follows. */
export function jump(c: Code, label: number, next: number): void {
  if (label !== next) c.asm.branch(JUMP, label);
}

const labelOf = (c: Code, s: number): number => c.asm.stubs[s * STUB]!;

/** Label of a new trap stub. */
export function trapLabel(c: Code, code: number): number {
  return labelOf(c, c.asm.defer(COLD.trap, code, 0, 0, c.source, c.open));
}

/** Label of a new stub for a stack too small for the frame. */
export function overflowLabel(c: Code): number {
  return labelOf(c, c.asm.defer(COLD.overflow, 0, 0, 0, c.source, 0));
}

/**
 * Jumps to a new stub if the condition holds; the stub comes back to behind the jump if it does.
 */
export function coldIf(c: Code, cond: number, kind: number, x: number, y: number, z: number): void {
  const s = c.asm.defer(kind, x, y, z, c.source, c.open);
  c.asm.branch(cond, labelOf(c, s));
  c.asm.bind(c.asm.stubs[s * STUB + 5]!);
}

/** A call of a trap stub of the module. `link`: x15 gets the return address, which is in x30. */
function callStub(c: Code, code: number, link: boolean): void {
  const { asm } = c;
  if (link) c.move(8, REG.x15, REG.x30);
  c.word(W.bl);
  asm.reloc(asm.size - 4, RELOC.stub, code);
  asm.site(c.source, SITE.trap | (c.open << 8));
}

export function writeTrap(c: Code, code: number): void {
  callStub(c, code, c.isLeaf);
}

/** Writes deferred stub `s`. */
export function writeStubCode(c: Code, s: number): void {
  const { asm } = c;
  const at = s * STUB;
  const { stubs } = asm;
  const kind = stubs[at + 1]!;
  const x = stubs[at + 2]!;
  const y = stubs[at + 3]!;
  const z = stubs[at + 4]!;
  const back = stubs[at + 5]!;
  c.source = stubs[at + 6]!;
  c.open = stubs[at + 7]!;
  asm.bind(stubs[at]!);
  if (kind === COLD.trap) writeTrap(c, x);
  else if (kind === COLD.overflow) callStub(c, TRAP.stack, true);
  else if (kind === COLD.trunc) coldTruncate(c, x, y, z, back);
  else bug(`stub ${kind}`);
}

// Out of range or NaN; or -2^63, which is as good as any, where the result has 64 bits and a sign.
function coldTruncate(c: Code, op: number, size: number, x: number, back: number): void {
  const { asm } = c;
  c.compareFloats(size, x, x);
  asm.branch(COND.vs, trapLabel(c, TRAP.conversion));
  if (op === INST.truncs64) {
    if (size === 4) c.fconst(4, V31, 0xdf000000 | 0, 0, 0, 0);
    else c.fconst(8, V31, 0, 0xc3e00000 | 0, 0, 0);
    c.compareFloats(size, x, V31);
    asm.branch(COND.eq, back);
  }
  writeTrap(c, TRAP.overflow);
}
