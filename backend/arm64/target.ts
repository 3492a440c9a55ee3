// arm64 as a target: the baseline is ARMv8.0 with its vector instructions; everything newer is
// asked for by name (abi.ts CPU).

import type { Target } from "../target.ts";
import { Arm64Encoder } from "./encode.ts";
import { COND_NAMES, insts } from "./insts.ts";
import { ARG_INTS, ARG_VECS, RESULT_INTS, RESULT_VECS, registers } from "./regs.ts";
import { REACH, STUB_SIZE, VENEER_SIZE, branches, farBranches } from "./relocs.ts";
import { patch, writeStub, writeVeneer } from "./relocs.ts";
import { Arm64Selector } from "./select.ts";

export const arm64: Target = {
  name: "arm64",
  registers,
  insts,
  conditionNames: COND_NAMES,
  args: { ints: ARG_INTS, vecs: ARG_VECS },
  results: { ints: RESULT_INTS, vecs: RESULT_VECS },
  loopAlign: 16,
  branches,
  newSelector: (l) => new Arm64Selector(l),
  newEncoder: (asm) => new Arm64Encoder(asm),
  stubSize: STUB_SIZE,
  writeStub,
  patch,
  reach: REACH,
  veneerSize: VENEER_SIZE,
  writeVeneer,
};

/**
 * The same with everything that reaches far reaching `reach` bytes, or a few instructions inside of
 * functions: what only the largest modules need, for tests of small ones.
 */
export const nearsighted = (reach: number): Target => ({
  ...arm64,
  branches: farBranches,
  reach,
});
