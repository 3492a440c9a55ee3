// TABLE. Registers of arm64 and the part of the native ABI that the compiler decides. General
// registers have their machine numbers 0-30, 31 is sp or the zero register, as the instruction has
// it; vector registers their numbers plus 32 where a single number space is needed (locations). x28
// holds R and x27 the address of the instance record, I. x16 and x17 are free inside of any one
// record, for edits, and for veneers; so is v31. x29 and x18 are never touched, x30 is the return
// address. All vector registers die in calls: C keeps only the low halves of v8-v15.

import { bug } from "../../src/support/errors.ts";
import { FIRST_VEC } from "../lir.ts";
import type { Registers } from "../lir.ts";

export const INT_NAMES: readonly string[] = [
  ...Array.from({ length: 31 }, (_, n) => `x${n}`),
  "sp",
];
export const VEC_NAMES: readonly string[] = Array.from({ length: 32 }, (_, n) => `v${n}`);

// prettier-ignore
export const REG = { x0: 0, x15: 15, x16: 16, x17: 17, x27: 27, x28: 28, x30: 30, sp: 31, zr: 31 } as const;
export const SCRATCH_VEC = 31;
export const PINNED = REG.x28;
export const RECORD = REG.x27;

/** Number of a register by its name, 0-31 or 32-63. */
export function registerNumber(name: string): number {
  const int = INT_NAMES.indexOf(name);
  if (int >= 0) return int;
  const vec = VEC_NAMES.indexOf(name);
  return vec >= 0 ? FIRST_VEC + vec : bug(`register ${name}`);
}

/** Registers `from` up to `to`. */
const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);
const set = (list: readonly number[]): number => list.reduce((mask, n) => mask | (1 << n), 0);

/** Argument and result registers, in order. */
export const ARG_INTS = range(0, 7);
export const RESULT_INTS = ARG_INTS;
export const ARG_VECS = range(0, 7);
export const RESULT_VECS = ARG_VECS;
/** Arguments of a library call (the C ABI): all of them integers. */
export const C_ARG_INTS = ARG_INTS;

export const CALLEE_SAVED = set(range(19, 26));
export const CALLER_SAVED = set(range(0, 17));

/** Clobber sets by id. */
export const CLOBBER = { none: 0, call: 1 } as const;

// The order of allocation: registers that carry no arguments come after those that do.
export const registers: Registers = {
  ints: [...range(0, 15), ...range(19, 26)],
  vecs: [...range(0, 7), ...range(16, 30), ...range(8, 15)],
  calleeSavedInts: CALLEE_SAVED,
  calleeSavedVecs: 0,
  clobbers: [
    { ints: 0, vecs: 0 },
    { ints: CALLER_SAVED, vecs: -1 },
  ],
  scratchVec: SCRATCH_VEC,
  intNames: INT_NAMES,
  vecNames: VEC_NAMES,
};
