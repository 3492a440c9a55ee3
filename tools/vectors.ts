// The interpreter's vector instructions, and the functions that perform them. In: the names of the
// operators and of their meanings (src/lanes.gen.ts). Out: a row per instruction, and the text of
// src/interp/vectors.gen.ts.
//
// The dispatch loop leaves vectors to a function of their own, since together they would be more
// than V8 optimises. It goes on from instruction to instruction until it finds one that is not a
// vector's. A handler calls the meaning, which works on places of the frame; only what moves and
// what touches memory is done here. Besides what instructions.ts says, a template may use
//
//   I V        words of slots, and all views of the same
//   mem limit  memory 0 and its size up to 2^31 - 1
//   x y z w, w0 w1, k  scratch

import { LANES } from "../src/lanes.gen.ts";
import * as lanes from "../src/lanes.ts";
import { OPS } from "../src/wasm/ops.ts";
import { effect, load, loadLane, printHandler, store, storeLane, value } from "./instructions.ts";
import type { Row } from "./instructions.ts";

// ---- moves and memory --------------------------------------------------------------------------

/** Word `n` of the vector at `place`. */
const at = (place: string, n: number): string =>
  n === 0 ? `I[${place}]` : `I[(${place} + ${n}) | 0]`;

/** Reads all before it writes: the places may overlap. */
function copy(to: string, from: string): string {
  const words = ["x", "y", "z", "w"];
  const reads = words.map((v, n) => `${v} = ${at(from, n)}!;`);
  const writes = words.map((v, n) => `${at(to, n)} = ${v};`);
  return [...reads, ...writes].join(" ");
}

// prettier-ignore
const moves: readonly Row[] = [
  value("copy128",        3, copy("d", "a")),
  value("const128",       6, [2, 3, 4, 5].map((k, n) => `${at("d", n)} = $${k};`).join(" ")),
  value("global.get128",  3, `k = $2; ${copy("d", "k")}`),
  effect("global.set128", 3, `k = $1; ${copy("k", "a")}`),
  // Condition in word 4.
  value("select128",      5, `if (I[c]! === 0) a = b; ${copy("d", "a")}`),
];

const getWord = (n: number): string =>
  `mem.getInt32(${n === 0 ? "x" : `(x + ${4 * n}) | 0`}, true)`;

/** Loads some words; the others of the vector become zero if they are named. */
function loadWords(count: number, zeros: number): string {
  const loads = Array.from({ length: count }, (_, n) => `${at("d", n)} = ${getWord(n)};`);
  const clears = Array.from({ length: zeros }, (_, n) => `${at("d", count + n)} = 0;`);
  return [...loads, ...clears].join(" ");
}

const storeWords = Array.from(
  { length: 4 },
  (_, n) => `mem.setInt32(${n === 0 ? "x" : `(x + ${4 * n}) | 0`}, ${at("a", n)}!, true);`,
).join(" ");

/** Applies a meaning to what was loaded into the result. */
const then = (name: string): string => `${name}(V, d, d, 0, 0);`;

// What a lane is loaded into is a copy of a vector that may lie across the result.
const copyOperand = copy("d", "b");

// prettier-ignore
const memory: readonly Row[] = [
  ...load("v128.load",         16, loadWords(4, 0), true),
  ...load("v128.load8x8_s",     8, loadWords(2, 0) + then("i16x8_extend_low_i8x16_s")),
  ...load("v128.load8x8_u",     8, loadWords(2, 0) + then("i16x8_extend_low_i8x16_u")),
  ...load("v128.load16x4_s",    8, loadWords(2, 0) + then("i32x4_extend_low_i16x8_s")),
  ...load("v128.load16x4_u",    8, loadWords(2, 0) + then("i32x4_extend_low_i16x8_u")),
  ...load("v128.load32x2_s",    8, loadWords(2, 0) + then("i64x2_extend_low_i32x4_s")),
  ...load("v128.load32x2_u",    8, loadWords(2, 0) + then("i64x2_extend_low_i32x4_u")),
  ...load("v128.load8_splat",   1, "I[d] = mem.getUint8(x);" + then("i8x16_splat")),
  ...load("v128.load16_splat",  2, "I[d] = mem.getUint16(x, true);" + then("i16x8_splat")),
  ...load("v128.load32_splat",  4, loadWords(1, 0) + then("i32x4_splat")),
  ...load("v128.load64_splat",  8, loadWords(2, 0) + then("i64x2_splat")),
  ...load("v128.load32_zero",   4, loadWords(1, 3)),
  ...load("v128.load64_zero",   8, loadWords(2, 2)),
  ...store("v128.store",       16, storeWords, true),
  loadLane("v128.load8_lane",   1, `w0 = mem.getUint8(x); ${copyOperand} V.u8[(d << 2) + k] = w0;`),
  loadLane("v128.load16_lane",  2, `w0 = mem.getUint16(x, true); ${copyOperand} V.u16[(d << 1) + k] = w0;`),
  loadLane("v128.load32_lane",  4, `w0 = ${getWord(0)}; ${copyOperand} I[(d + k) | 0] = w0;`),
  loadLane("v128.load64_lane",  8, `w0 = ${getWord(0)}; w1 = ${getWord(1)}; ${copyOperand} k = (d + k + k) | 0; I[k] = w0; I[(k + 1) | 0] = w1;`),
  storeLane("v128.store8_lane",  1, "mem.setUint8(x, V.u8[(a << 2) + k]!);"),
  storeLane("v128.store16_lane", 2, "mem.setUint16(x, V.u16[(a << 1) + k]!, true);"),
  storeLane("v128.store32_lane", 4, "mem.setInt32(x, I[(a + k) | 0]!, true);"),
  storeLane("v128.store64_lane", 8, "k = (a + k + k) | 0; mem.setInt32(x, I[k]!, true); mem.setInt32((x + 4) | 0, I[(k + 1) | 0]!, true);"),
];

// ---- operators ---------------------------------------------------------------------------------

/** Operands of a meaning as they stand in an instruction: a vector, a scalar, or a lane's number. */
function computed(name: string, operands: string, hasLane: boolean): Row {
  const meaning = name.replace(".", "_");
  if (!(meaning in LANES)) throw new Error(`lanes.gen.ts has no ${meaning}`);
  const n = operands.length;
  const args = ["a", "b", "c"].slice(0, n);
  if (hasLane) args.push(`$${n + 2}`);
  while (args.length < 3) args.push("0");
  const length = 2 + n + (hasLane ? 1 : 0);
  return value(name, length, `${meaning}(V, d, ${args.join(", ")});`);
}

const operators: readonly Row[] = OPS.filter(
  ({ name, feature }) => feature === "simd" && !/^v128\.(load|store|const)/.test(name),
).map(({ name, sig }) => {
  // The indices of a shuffle are a third vector.
  const operands = name === "i8x16.shuffle" ? "vvv" : sig.split(":")[0]!;
  return computed(name, operands, /_lane/.test(name));
});

/** All vector instructions; their numbers follow those of the others. */
export const vectorRows: readonly Row[] = [...moves, ...memory, ...operators];

// ---- the file ----------------------------------------------------------------------------------

/** Imports of the meanings that the text calls: some are written by hand, some printed. */
function importsFor(text: string): string {
  const called = new Set([...text.matchAll(/\b(\w+)\(V, /g)].map((m) => m[1]!));
  const names = Object.keys(LANES).filter((name) => called.has(name));
  const from = (file: string, some: readonly string[]): string =>
    `import {\n${some.map((name) => `  ${name},`).join("\n")}\n} from "../${file}";`;
  return [
    from(
      "lanes.gen.ts",
      names.filter((name) => !(name in lanes)),
    ),
    from(
      "lanes.ts",
      names.filter((name) => name in lanes),
    ),
  ].join("\n");
}

/** A case for each access, all its forms together. */
function printAccesses(first: number): string {
  const byAction = new Map<string, number[]>();
  vectorRows.forEach(({ access }, k) => {
    if (access === undefined) return;
    const numbers = byAction.get(access.action);
    if (numbers === undefined) byAction.set(access.action, [first + k]);
    else numbers.push(first + k);
  });
  return [...byAction]
    .map(([action, numbers]) => {
      const cases = numbers.map((n) => `    case ${n}:`).join("\n");
      return `${cases}\n      ${action}\n      return;`;
    })
    .join("\n");
}

/** The text of vectors.gen.ts, for instructions numbered from `first` on. */
export function printVectors(first: number): string {
  const leave = (): string => "return ~pc;";
  const handlers = vectorRows.map((row, k) => printHandler(row, first + k, leave)).join("\n");
  const accesses = printAccesses(first);
  return `// Printed by tools/gen/interp.ts (\`make gen\`). Do not edit.
${importsFor(handlers)}
import type { Views } from "../lanes.ts";

type Words = Int32Array;

/** Performs the vector instructions from pc on, in the frame fp; answers the pc of what follows. */
export type Vectors = (pc: number, fp: number, mem: DataView, limit: number) => number;

/**
 * Vectors over these arrays. What it answers is the complement of a pc where an access there did
 * not pass the quick check.
 */
export function newVectors(
  V: Views, I: Words, code: Words, c1: Words, c2: Words, c3: Words, c4: Words,
): Vectors {
  return function vectors(start: number, fp: number, mem: DataView, limit: number): number {
    let pc = start, d = 0, a = 0, b = 0, c = 0, k = 0;
    let x = 0, y = 0, z = 0, w = 0, w0 = 0, w1 = 0;
    for (;;) {
      switch (code[pc]!) {
${handlers}
      default:
        return pc;
      }
    }
  };
}

/**
 * Performs the access \`op\` at the beginning of \`mem\`, with places and a lane's number as the
 * instruction has them.
 */
export function accessVector(
  op: number, mem: DataView, V: Views, d: number, a: number, b: number, k: number,
): void {
  const I = V.i32;
  let x = 0, y = 0, z = 0, w = 0, w0 = 0, w1 = 0;
  switch (op) {
${accesses}
  }
}
`;
}
