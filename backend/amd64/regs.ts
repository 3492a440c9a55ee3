// TABLE. Registers of amd64 and the part of the native ABI that the compiler decides. General
// registers have their machine numbers 0-15, vector registers theirs plus 32 where a single number
// space is needed (locations). r15 holds R, rsp the guest stack; xmm15 is free for moves between
// memory and memory and for the inside of any one record. No other register is set aside.

import { bug } from "../../src/support/errors.ts";
import { FIRST_VEC } from "../lir.ts";
import type { Registers } from "../lir.ts";

// prettier-ignore
export const INT_NAMES = [
  "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
  "r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15",
] as const;
export const VEC_NAMES: readonly string[] = Array.from({ length: 16 }, (_, n) => `xmm${n}`);

// prettier-ignore
export const REG = {
  rax: 0, rcx: 1, rdx: 2, rbx: 3, rsp: 4, rbp: 5, rsi: 6, rdi: 7,
  r8: 8, r9: 9, r10: 10, r11: 11, r12: 12, r13: 13, r14: 14, r15: 15,
} as const;
export const SCRATCH_VEC = 15;
export const PINNED = REG.r15;

/** Number of a register by its name, 0-15 or 32-47. */
export function registerNumber(name: string): number {
  const int = (INT_NAMES as readonly string[]).indexOf(name);
  if (int >= 0) return int;
  const vec = VEC_NAMES.indexOf(name);
  return vec >= 0 ? FIRST_VEC + vec : bug(`register ${name}`);
}

const set = (names: string): number =>
  names.split(" ").reduce((mask, name) => mask | (1 << (registerNumber(name) & 31)), 0);
const list = (names: string): readonly number[] => names.split(" ").map(registerNumber);

/** Argument and result registers, in order. */
export const ARG_INTS = list("rdi rsi rdx rcx r8 r9 rax");
export const RESULT_INTS = list("rax rdx rcx rsi rdi r8 r9");
export const ARG_VECS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7];
export const RESULT_VECS = ARG_VECS;
/** Arguments of a library call (the C ABI): all of them integers. */
export const C_ARG_INTS = list("rdi rsi rdx rcx r8 r9");

export const CALLEE_SAVED = set("rbx rbp r12 r13 r14");
export const CALLER_SAVED = set("rax rcx rdx rsi rdi r8 r9 r10 r11");

/** Clobber sets by id. */
export const CLOBBER = { none: 0, call: 1 } as const;

// The order of allocation: registers without a REX prefix first, those that lengthen addresses
// last.
export const registers: Registers = {
  ints: list("rax rcx rdx rsi rdi r8 r9 r10 r11 rbx rbp r14 r12 r13"),
  vecs: Array.from({ length: 15 }, (_, n) => n),
  calleeSavedInts: CALLEE_SAVED,
  calleeSavedVecs: 0,
  clobbers: [
    { ints: 0, vecs: 0 },
    { ints: CALLER_SAVED, vecs: 0xffff },
  ],
  scratchVec: SCRATCH_VEC,
  intNames: INT_NAMES,
  vecNames: VEC_NAMES,
};
