// The records of amd64 that run (tools/sequencetest.ts): every Wasm operator on numbers, and what
// comparisons are fused with.

import { describe, it } from "vitest";
import { canRun } from "../../tools/machine.ts";
import { binary, isFloatKind, sizeOf, testSequences, unary } from "../../tools/sequencetest.ts";
import type { Subject } from "../../tools/sequencetest.ts";
import { fusedSize } from "../shape.ts";
import { COND, INST, consumerOf, insts } from "./insts.ts";
import { amd64 } from "./target.ts";

const { divs, divu, rems, remu, shl, sar, shr, rol, ror } = INST;
const INT_CONDITIONS = [
  COND.e,
  COND.ne,
  COND.l,
  COND.b,
  COND.g,
  COND.a,
  COND.le,
  COND.be,
  COND.ge,
  COND.ae,
];

function comparisons(consumer: "set" | "j"): Subject[] {
  const ints = (["i", "l"] as const).flatMap((kind) =>
    INT_CONDITIONS.map((condition, n): Subject => ({
      wasm: [(kind === "i" ? 0x46 : 0x51) + n],
      takes: kind + kind,
      gives: "i",
      op: INST[`cmp.${consumer}`],
      size: sizeOf(kind),
      condition,
    })),
  );
  // eq ne lt gt le ge; lt and le with operands exchanged.
  const conditions = [COND.feq, COND.fne, COND.a, COND.a, COND.ae, COND.ae];
  const floats = (["f", "d"] as const).flatMap((kind) =>
    conditions.map((condition, n): Subject => ({
      wasm: [(kind === "f" ? 0x5b : 0x61) + n],
      takes: kind + kind,
      gives: "i",
      op: INST[`ucomis.${consumer}`],
      size: sizeOf(kind),
      condition,
      order: n === 2 || n === 4 ? [1, 0] : [0, 1],
    })),
  );
  return [...ints, ...floats];
}

/** select by comparison: (b, c, x, y) -> x < y ? b : c, for two or all kinds of comparison. */
function selections(): Subject[] {
  const all: Subject[] = [];
  for (const value of ["i", "l", "f", "d"] as const) {
    const fused = isFloatKind(value) ? "fsel" : "cmov";
    for (const c of comparisons("set")) {
      const compare = isFloatKind(c.takes[0]!) ? "ucomis" : "cmp";
      const [x, y] = c.order ?? [0, 1];
      all.push({
        wasm: [...c.wasm, 0x1b],
        takes: value + value + c.takes,
        gives: value,
        op: INST[`${compare}.${fused}`],
        size: fusedSize(c.size, sizeOf(value)),
        condition: c.condition ?? 0,
        order: [1, 0, 2 + x!, 2 + y!],
      });
    }
  }
  return all;
}

const truncations = (): Subject[] => {
  const { truncsi32, truncui32, truncsi64, truncui64, satsi32, satui32, satsi64, satui64 } = INST;
  const all: Subject[] = [];
  (["i", "l"] as const).forEach((r, n) => {
    (["f", "d"] as const).forEach((a, k) => {
      const ops = [
        [truncsi32, truncui32, satsi32, satui32],
        [truncsi64, truncui64, satsi64, satui64],
      ][n]!;
      const plain = (r === "i" ? 0xa8 : 0xae) + 2 * k;
      for (const s of [0, 1]) {
        all.push(unary([plain + s], a, r, ops[s]!, sizeOf(a)));
        all.push(unary([0xfc, 4 * n + 2 * k + s], a, r, ops[2 + s]!, sizeOf(a)));
      }
    });
  });
  return all;
};

const conversions = (): Subject[] =>
  (["f", "d"] as const).flatMap((r) => {
    const base = r === "f" ? 0xb2 : 0xb7;
    const { cvtsi32, cvtui32, cvtsi64, cvtui64 } = INST;
    return [cvtsi32, cvtui32, cvtsi64, cvtui64].map((op, n) =>
      unary([base + n], n < 2 ? "i" : "l", r, op, sizeOf(r)),
    );
  });

const bitwise = (): Subject[] =>
  (["i", "l"] as const).flatMap((k) => {
    const base = k === "i" ? 0x67 : 0x79;
    const { bsrz, bsfz, popcnts } = INST;
    return [bsrz, bsfz, popcnts].map((op, n) => unary([base + n], k, k, op, sizeOf(k)));
  });

const floating = (): Subject[] =>
  (["f", "d"] as const).flatMap((k) => {
    const base = k === "f" ? 0x8b : 0x99;
    const size = sizeOf(k);
    const rounds = [10, 9, 11, 8].map((kind, n) => ({
      ...unary([base + 2 + n], k, k, INST.fround, size),
      imms: [kind],
    }));
    const { fadd, fsub, fmul, fdiv, fmin, fmax, fcopysign } = INST;
    return [
      unary([base], k, k, INST.fabs, size),
      unary([base + 1], k, k, INST.fneg, size),
      ...rounds,
      unary([base + 6], k, k, INST.fsqrt, size),
      ...binary(base + 7, k, [fadd, fsub, fmul, fdiv, fmin, fmax, fcopysign]),
    ];
  });

const { add, sub, imul, and, or, xor, movxi, movix } = INST;

const SUBJECTS: readonly Subject[] = [
  ...binary(0x6a, "i", [add, sub, imul]),
  ...binary(0x6d, "i", [divs, divu, rems, remu], [3]),
  ...binary(0x71, "i", [and, or, xor, shl, sar, shr, rol, ror]),
  ...binary(0x7c, "l", [add, sub, imul]),
  ...binary(0x7f, "l", [divs, divu, rems, remu], [3]),
  ...binary(0x83, "l", [and, or, xor, shl, sar, shr, rol, ror]),
  ...bitwise(),
  ...floating(),
  ...conversions(),
  ...truncations(),
  ...comparisons("set"),
  ...comparisons("j"),
  ...selections(),
  unary([0xb6], "d", "f", INST.demote, 4),
  unary([0xbb], "f", "d", INST.promote, 8),
  unary([0xbc], "f", "i", movxi, 4),
  unary([0xbd], "d", "l", movxi, 8),
  unary([0xbe], "i", "f", movix, 4),
  unary([0xbf], "l", "d", movix, 8),
  unary([0xa7], "l", "i", INST.mov, 4),
  unary([0xac], "i", "l", INST.movsx32, 8),
  unary([0xc0], "i", "i", INST.movsx8, 4),
  unary([0xc1], "i", "i", INST.movsx16, 4),
  unary([0xc2], "l", "l", INST.movsx8, 8),
  unary([0xc3], "l", "l", INST.movsx16, 8),
];

/** Operators on bits, which keep a NaN as it is. */
const BITWISE: readonly number[] = [INST.fabs, INST.fneg, INST.fcopysign, INST.movix];

const present = canRun("amd64");
if (!present) console.warn("no cc or no amd64 Linux: sequences are not run");

describe("amd64 sequences", () => {
  it.runIf(present)("compute what V8 computes", { timeout: 60_000 }, () => {
    testSequences({
      target: amd64,
      subjects: SUBJECTS,
      movi: INST.movi,
      isBranch: (op) => consumerOf(op) === 0,
      keepsNan: (op) => BITWISE.includes(op) || insts.names[op]!.endsWith(".fsel"),
    });
  });
});
