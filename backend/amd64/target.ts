// amd64 as a target: the baseline is SSE4.1, everything newer is asked for by name (abi.ts CPU).

import type { Target } from "../target.ts";
import { Amd64Encoder } from "./encode.ts";
import { COND_NAMES, insts } from "./insts.ts";
import { ARG_INTS, ARG_VECS, RESULT_INTS, RESULT_VECS, registers } from "./regs.ts";
import { REACH, STUB_SIZE, VENEER_SIZE, branches } from "./relocs.ts";
import { patch, writeStub, writeVeneer } from "./relocs.ts";
import { Amd64Selector } from "./select.ts";

export const amd64: Target = {
  name: "amd64",
  registers,
  insts,
  conditionNames: COND_NAMES,
  args: { ints: ARG_INTS, vecs: ARG_VECS },
  results: { ints: RESULT_INTS, vecs: RESULT_VECS },
  loopAlign: 32,
  branches,
  newSelector: (l) => new Amd64Selector(l),
  newEncoder: (asm) => new Amd64Encoder(asm),
  stubSize: STUB_SIZE,
  writeStub,
  patch,
  reach: REACH,
  veneerSize: VENEER_SIZE,
  writeVeneer,
};
