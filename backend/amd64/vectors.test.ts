// Every vector opcode of amd64 is tried (tools/vectortest.ts), with and without AVX and AVX2.

import { CPU } from "../../src/abi.ts";
import { hostCpu } from "../../tools/host.ts";
import { testVectors } from "../../tools/vectortest.ts";
import { amd64 } from "./target.ts";

const { avx, avx2 } = CPU.amd64;

testVectors({
  target: amd64,
  features: (hostCpu() & avx2) !== 0 ? [0, avx, avx | avx2] : [0],
});
