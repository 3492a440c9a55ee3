// The records of arm64 that run (tools/sequencetest.ts): every Wasm operator on numbers, and what
// comparisons are fused with.

import { describe, it } from "vitest";
import { canRun } from "../../tools/machine.ts";
import { binary, isFloatKind, sizeOf, testSequences, unary } from "../../tools/sequencetest.ts";
import type { Kind, Subject } from "../../tools/sequencetest.ts";
import { fusedSize } from "../shape.ts";
import { COND, INST, consumerOf, insts } from "./insts.ts";
import type { InstName } from "./insts.ts";
import { arm64 } from "./target.ts";

/** eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u */
// prettier-ignore
const INT_CONDITIONS = [
  COND.eq, COND.ne, COND.lt, COND.lo, COND.gt, COND.hi, COND.le, COND.ls, COND.ge, COND.hs,
];
/** eq ne lt gt le ge */
const FLOAT_CONDITIONS = [COND.eq, COND.ne, COND.mi, COND.gt, COND.ls, COND.ge];

const compareOf = (kind: string): "cmp" | "fcmp" => (isFloatKind(kind) ? "fcmp" : "cmp");

/** All comparisons of two operands, with this consumer. */
function comparisons(consumer: "set" | "j"): Subject[] {
  return (["i", "l", "f", "d"] as const).flatMap((kind) => {
    const base = { i: 0x46, l: 0x51, f: 0x5b, d: 0x61 }[kind];
    const conditions = isFloatKind(kind) ? FLOAT_CONDITIONS : INT_CONDITIONS;
    return conditions.map((condition, n): Subject => ({
      wasm: [base + n],
      takes: kind + kind,
      gives: "i",
      op: INST[`${compareOf(kind)}.${consumer}`],
      size: sizeOf(kind),
      condition,
    }));
  });
}

// What selecting consumers make of the second operand, in Wasm.
const MADE: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  sel: { i: [], l: [] },
  inc: { i: [0x41, 1, 0x6a], l: [0x42, 1, 0x7c] },
  inv: { i: [0x41, 0x7f, 0x73], l: [0x42, 0x7f, 0x85] },
};

/** select by comparison: (b, c, x, y) -> x < y ? b : made(c). */
function selections(): Subject[] {
  return (["i", "l", "f", "d"] as const).flatMap((value) => {
    const kinds = isFloatKind(value) ? ["fsel"] : Object.keys(MADE);
    return kinds.flatMap((kind) =>
      comparisons("set").map((c): Subject => {
        const made = MADE[kind]?.[value] ?? [];
        // Parameters: b c x y; the others are computed anew behind what stands on the stack.
        const swap = made.length === 0 ? [] : [0x1a, 0x1a, 0x1a, 0x20, 1, ...fromBits(value)];
        const again = [0x20, 2, ...fromBits(c.takes[0]!), 0x20, 3, ...fromBits(c.takes[0]!)];
        return {
          wasm: [...swap, ...made, ...(made.length === 0 ? [] : again), ...c.wasm, 0x1b],
          takes: value + value + c.takes,
          gives: value,
          op: INST[`${compareOf(c.takes[0]!)}.${kind}` as InstName],
          size: fusedSize(c.size, sizeOf(value)),
          condition: c.condition ?? 0,
        };
      }),
    );
  });
}

/** From the bits of a parameter, an i64, to its kind. */
const fromBits = (kind: string): number[] =>
  ({ i: [0xa7], l: [], f: [0xa7, 0xbe], d: [0xbf] })[kind as Kind];

/** Conversions of floats to integers: trapping ones, then saturating ones. */
const truncations = (): Subject[] =>
  (["i", "l"] as const).flatMap((r, n) =>
    (["f", "d"] as const).flatMap((a, k) => {
      const bits = n === 0 ? "32" : "64";
      const plain = (r === "i" ? 0xa8 : 0xae) + 2 * k;
      return (["s", "u"] as const).flatMap((sign, s) => [
        unary([plain + s], a, r, INST[`trunc${sign}${bits}`], sizeOf(a)),
        unary([0xfc, 4 * n + 2 * k + s], a, r, INST[`fcvtz${sign}${bits}`], sizeOf(a)),
      ]);
    }),
  );

const conversions = (): Subject[] =>
  (["f", "d"] as const).flatMap((r) => {
    const base = r === "f" ? 0xb2 : 0xb7;
    const { scvtf32, ucvtf32, scvtf64, ucvtf64 } = INST;
    return [scvtf32, ucvtf32, scvtf64, ucvtf64].map((op, n) =>
      unary([base + n], n < 2 ? "i" : "l", r, op, sizeOf(r)),
    );
  });

const integers = (kind: "i" | "l", base: number): Subject[] => {
  const { add, sub, mul, sdiv, udiv, srem, urem, and, orr, eor } = INST;
  const { lslv, asrv, lsrv, rolv, rorv, clz, ctz, popcnt } = INST;
  return [
    ...[clz, ctz, popcnt].map((op, n) => unary([base + n], kind, kind, op, sizeOf(kind))),
    ...binary(base + 3, kind, [add, sub, mul]),
    ...binary(base + 6, kind, [sdiv, udiv, srem, urem], [3]),
    ...binary(base + 10, kind, [and, orr, eor, lslv, asrv, lsrv, rolv, rorv]),
  ];
};

const floating = (): Subject[] =>
  (["f", "d"] as const).flatMap((k) => {
    const base = k === "f" ? 0x8b : 0x99;
    const { fabs, fneg, frintp, frintm, frintz, frintn, fsqrt } = INST;
    const { fadd, fsub, fmul, fdiv, fmin, fmax, fcopysign } = INST;
    return [
      ...[fabs, fneg, frintp, frintm, frintz, frintn, fsqrt].map((op, n) =>
        unary([base + n], k, k, op, sizeOf(k)),
      ),
      ...binary(base + 7, k, [fadd, fsub, fmul, fdiv, fmin, fmax, fcopysign]),
    ];
  });

/** i64 constants that take every way of making one: halfwords of 0, ones, others, and patterns. */
const CONSTANTS = [
  [0, 0], [1, 0], [-1, -1], [-1, 0], [0, -1], [0x12340000, 0], [0x12345678, 0], [-2, -1],
  [0x7fffffff, -1], [0, 0x12340000], [0x1234ffff, -1], [-1, 0x1234ffff], [0x55555555, 0x55555555],
  [0x12345678, 0x9abcdef], [0xff00, 0xff00], [0xf0, 0], [0, 0xf0], [0x0f0f0f0f, 0x0f0f0f0f],
  [-65536, 0], [0x5678, 0x9abc], [0xffff5678 | 0, 0x9abcffff | 0], [-256, 255],
] as const; // prettier-ignore

/** i64.const as operator of no operands: signed LEB128. */
function constants(): Subject[] {
  return CONSTANTS.map(([lo, hi]) => {
    let n = (BigInt(hi) << 32n) | BigInt(lo >>> 0);
    const bytes = [0x42];
    for (let k = 0; k < 9; k++, n >>= 7n) bytes.push(Number(n & 0x7fn) | 0x80);
    bytes.push(Number(n & 0x7fn));
    return { wasm: bytes, takes: "", gives: "l", op: INST.movi, size: 0, imms: [lo, hi] };
  });
}

const addends = (): Subject[] =>
  [0, 1, -1, 4095, -4095, 4096, -4096, 4097, 0xffffff, -0xffffff].map((n) => ({
    ...unary([0x42, ...sleb(n), 0x7c], "l", "l", INST.addi, 8),
    imms: [n],
  }));

/** Signed LEB128 of an int32. */
function sleb(n: number): number[] {
  const out: number[] = [];
  for (let k = 0; k < 4; k++) out.push(((n >> (7 * k)) & 0x7f) | 0x80);
  return [...out, (n >> 28) & 0x7f];
}

const SUBJECTS: readonly Subject[] = [
  ...integers("i", 0x67),
  ...integers("l", 0x79),
  ...floating(),
  ...conversions(),
  ...truncations(),
  ...comparisons("set"),
  ...comparisons("j"),
  ...selections(),
  ...constants(),
  ...addends(),
  unary([0xb6], "d", "f", INST.demote, 4),
  unary([0xbb], "f", "d", INST.promote, 8),
  unary([0xbc], "f", "i", INST.fmovr, 4),
  unary([0xbd], "d", "l", INST.fmovr, 8),
  unary([0xbe], "i", "f", INST.fmovx, 4),
  unary([0xbf], "l", "d", INST.fmovx, 8),
  unary([0xa7], "l", "i", INST.mov, 4),
];

/** Operators on bits, which keep a NaN as it is. */
const BITWISE: readonly number[] = [INST.fabs, INST.fneg, INST.fcopysign, INST.fmovx];

const present = canRun("arm64");
if (!present) console.warn("no arm64 and no cross compiler with qemu: sequences are not run");

describe("arm64 sequences", () => {
  it.runIf(present)("compute what V8 computes", { timeout: 120_000 }, () => {
    testSequences({
      target: arm64,
      subjects: SUBJECTS,
      movi: INST.movi,
      isBranch: (op) => consumerOf(op) === 0,
      keepsNan: (op) => BITWISE.includes(op) || insts.names[op]!.endsWith(".fsel"),
    });
  });
});
