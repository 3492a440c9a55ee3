// Prints src/lanes.gen.ts: the meanings of the vector operators that do the same to every lane, and
// the table of all meanings. In: the rows below, an expression per lane. Out: a function each, on
// the places of src/lanes.ts, with the lanes written out or in a loop.
//
//   x y   the lanes of a and b, as the row's view has them: signed integers or floats
//   X Y   the same as unsigned integers
//   k     a shift count, taken modulo the lane's width
//
// A row may stand for several shapes; $min $max $umax are the limits of the shape's lanes. Floats
// get a canonical NaN where one comes out. 64-bit integers are done by semantics.ts in two words.

import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

type View = "i8" | "u8" | "i16" | "u16" | "i32" | "u32" | "f32" | "f64";

/** Views of signed and unsigned lanes, and how many lanes there are. */
const INTEGERS = {
  i8x16: { signed: "i8", unsigned: "u8", bits: 8, lanes: 16 },
  i16x8: { signed: "i16", unsigned: "u16", bits: 16, lanes: 8 },
  i32x4: { signed: "i32", unsigned: "u32", bits: 32, lanes: 4 },
} as const;
type Integers = keyof typeof INTEGERS;

/** Where in a view a place begins. */
const START: Readonly<Record<View, (place: string) => string>> = {
  i8: (place) => `4 * ${place}`,
  u8: (place) => `4 * ${place}`,
  i16: (place) => `2 * ${place}`,
  u16: (place) => `2 * ${place}`,
  i32: (place) => place,
  u32: (place) => place,
  f32: (place) => place,
  f64: (place) => `(${place} >> 1)`,
};

/** A lane as written in the output: a number, or the variable of a loop. */
type Index = number | "i";

const at = (view: View, place: string, index: Index): string =>
  `${view}[${START[view](place)}${index === 0 ? "" : ` + ${index}`}]`;

// ---- printing ----------------------------------------------------------------------------------

const out: string[] = [];
const names: string[] = [];

const VIEWS: readonly View[] = ["i8", "u8", "i16", "u16", "i32", "u32", "f32", "f64"];

function printFunction(name: string, lines: readonly string[]): void {
  const text = lines.join("\n");
  const used = VIEWS.filter((v) => new RegExp(`\\b${v}\\[`).test(text));
  const params = /\bb\b/.test(text) ? "d, a, b" : "d, a";
  out.push(`export const ${name}: Lanes = ({ ${used.join(", ")} }, ${params}) => {`);
  out.push(...lines.map((l) => `  ${l}`), "};");
  names.push(name);
}

interface Reading {
  readonly signed: View;
  readonly unsigned: View;
}

/** The expression for one lane. */
function lane(expression: string, from: Reading, index: Index): string {
  return expression
    .replace(/\bx\b/g, `${at(from.signed, "a", index)}!`)
    .replace(/\by\b/g, `${at(from.signed, "b", index)}!`)
    .replace(/\bX\b/g, `${at(from.unsigned, "a", index)}!`)
    .replace(/\bY\b/g, `${at(from.unsigned, "b", index)}!`);
}

/** Operators whose lanes do not depend on each other: many of them make a loop. */
function printLanewise(
  name: string,
  lanes: number,
  before: readonly string[],
  body: (index: Index) => readonly string[],
): void {
  if (lanes <= 4) {
    const all = Array.from({ length: lanes }, (_, i) => body(i));
    return printFunction(name, [...before, ...all.flat()]);
  }
  const inner = body("i").map((l) => `  ${l}`);
  printFunction(name, [...before, `for (let i = 0; i < ${lanes}; i++) {`, ...inner, "}"]);
}

/** Operators whose results lie elsewhere than their operands: all are computed, then stored. */
function printCrossing(
  name: string,
  to: View,
  results: readonly string[],
  store = (i: number): readonly string[] => [`${at(to, "d", i)} = r${i};`],
): void {
  const compute = results.map((e, i) => `const r${i} = ${e};`);
  printFunction(name, [...compute, ...results.flatMap((_, i) => store(i))]);
}

// ---- integers ----------------------------------------------------------------------------------

const ALL: readonly Integers[] = ["i8x16", "i16x8", "i32x4"];
const SMALL: readonly Integers[] = ["i8x16", "i16x8"];

/** Operator, its shapes, and a lane of its result. */
type IntegerRow = readonly [name: string, shapes: readonly Integers[], expression: string];

// prettier-ignore
const INTEGER_ROWS: readonly IntegerRow[] = [
  ["eq",            ALL,              "x === y ? -1 : 0"],
  ["ne",            ALL,              "x !== y ? -1 : 0"],
  ["lt_s",          ALL,              "x < y ? -1 : 0"],
  ["lt_u",          ALL,              "X < Y ? -1 : 0"],
  ["gt_s",          ALL,              "x > y ? -1 : 0"],
  ["gt_u",          ALL,              "X > Y ? -1 : 0"],
  ["le_s",          ALL,              "x <= y ? -1 : 0"],
  ["le_u",          ALL,              "X <= Y ? -1 : 0"],
  ["ge_s",          ALL,              "x >= y ? -1 : 0"],
  ["ge_u",          ALL,              "X >= Y ? -1 : 0"],
  ["abs",           ALL,              "x < 0 ? -x : x"],
  ["neg",           ALL,              "-x"],
  ["popcnt",        ["i8x16"],        "i32_popcnt(X)"],
  ["shl",           ALL,              "x << k"],
  ["shr_s",         ALL,              "x >> k"],
  ["shr_u",         ALL,              "X >>> k"],
  ["add",           ALL,              "x + y"],
  ["sub",           ALL,              "x - y"],
  ["mul",           ["i16x8", "i32x4"], "Math.imul(x, y)"],
  ["add_sat_s",     SMALL,            "Math.max($min, Math.min($max, x + y))"],
  ["add_sat_u",     SMALL,            "Math.min($umax, X + Y)"],
  ["sub_sat_s",     SMALL,            "Math.max($min, Math.min($max, x - y))"],
  ["sub_sat_u",     SMALL,            "Math.max(0, X - Y)"],
  ["min_s",         ALL,              "Math.min(x, y)"],
  ["min_u",         ALL,              "Math.min(X, Y)"],
  ["max_s",         ALL,              "Math.max(x, y)"],
  ["max_u",         ALL,              "Math.max(X, Y)"],
  ["avgr_u",        SMALL,            "(X + Y + 1) >> 1"],
  ["q15mulr_sat_s", ["i16x8"],        "Math.min($max, (x * y + 0x4000) >> 15)"],
];

function limited(expression: string, bits: number): string {
  return expression
    .replace("$min", String(-(2 ** (bits - 1))))
    .replace("$max", String(2 ** (bits - 1) - 1))
    .replace("$umax", String(2 ** bits - 1));
}

function printIntegers(): void {
  for (const [name, shapes, expression] of INTEGER_ROWS) {
    for (const shape of shapes) {
      const s = INTEGERS[shape];
      const text = limited(expression, s.bits);
      const before = /\bk\b/.test(text) ? [`const k = i32[b]! & ${s.bits - 1};`] : [];
      printLanewise(`${shape}_${name}`, s.lanes, before, (i) => [
        `${at(s.signed, "d", i)} = ${lane(text, s, i)};`,
      ]);
    }
  }
}

// ---- between widths ----------------------------------------------------------------------------

/** From lanes of one shape to half as many of another. */
const WIDENING = [
  ["i8x16", "i16x8"],
  ["i16x8", "i32x4"],
] as const;

function printWidening(): void {
  for (const [narrow, wide] of WIDENING) {
    const from = INTEGERS[narrow];
    const to = INTEGERS[wide];
    const n = to.lanes;
    const print = (name: string, sign: string, result: (i: number) => string): void =>
      printCrossing(
        `${wide}_${name}_${narrow}_${sign}`,
        to.signed,
        Array.from({ length: n }, (_, i) => result(i)),
      );
    for (const sign of ["s", "u"] as const) {
      const [x, product] = sign === "s" ? ["x", "x * y"] : ["X", "X * Y"];
      const pair = (i: number): string => `${lane(x, from, 2 * i)} + ${lane(x, from, 2 * i + 1)}`;
      print("extend_low", sign, (i) => lane(x, from, i));
      print("extend_high", sign, (i) => lane(x, from, n + i));
      print("extmul_low", sign, (i) => lane(product, from, i));
      print("extmul_high", sign, (i) => lane(product, from, n + i));
      print("extadd_pairwise", sign, pair);
      const limits =
        sign === "s" ? "Math.max($min, Math.min($max, z))" : "Math.max(0, Math.min($umax, z))";
      const narrowed = (i: number): string =>
        limited(limits, from.bits).replace("z", i < n ? lane("x", to, i) : lane("y", to, i - n));
      printCrossing(
        `${narrow}_narrow_${wide}_${sign}`,
        from.signed,
        Array.from({ length: from.lanes }, (_, i) => narrowed(i)),
      );
    }
  }
  const from = INTEGERS.i16x8;
  const dot = (i: number): string =>
    `${lane("x * y", from, 2 * i)} + ${lane("x * y", from, 2 * i + 1)}`;
  printCrossing("i32x4_dot_i16x8_s", "i32", [0, 1, 2, 3].map(dot));
}

// ---- 64 bits -----------------------------------------------------------------------------------

/** Stores an i64 whose low word the call returns. */
const storeWide = (d: string, i: number, call: string): readonly string[] => [
  `${at("i32", d, 2 * i)} = ${call};`,
  `${at("i32", d, 2 * i + 1)} = wide.hi;`,
];

const wordsOf = (place: string, i: number): string =>
  `${at("i32", place, 2 * i)}!, ${at("i32", place, 2 * i + 1)}!`;

function printWide(): void {
  const print = (
    name: string,
    body: (i: number) => readonly string[],
    before: string[] = [],
  ): void => printFunction(`i64x2_${name}`, [...before, ...body(0), ...body(1)]);
  for (const name of ["add", "sub", "mul"]) {
    print(name, (i) => storeWide("d", i, `i64_${name}(${wordsOf("a", i)}, ${wordsOf("b", i)})`));
  }
  for (const name of ["eq", "ne", "lt_s", "gt_s", "le_s", "ge_s"]) {
    const call = (i: number): string => `i64_${name}(${wordsOf("a", i)}, ${wordsOf("b", i)})`;
    const result = (i: number): string => `${at("i32", "d", 2 * i)} = ${at("i32", "d", 2 * i + 1)}`;
    print(name, (i) => [`${result(i)} = -${call(i)};`]);
  }
  for (const name of ["shl", "shr_s", "shr_u"]) {
    const call = (i: number): string => `i64_${name}(${wordsOf("a", i)}, k, 0)`;
    print(name, (i) => storeWide("d", i, call(i)), ["const k = i32[b]!;"]);
  }
  print("neg", (i) => storeWide("d", i, `i64_sub(0, 0, ${wordsOf("a", i)})`));
  print("abs", (i) => [
    `const s${i} = ${at("i32", "a", 2 * i + 1)}! >> 31;`,
    `const lo${i} = ${at("i32", "a", 2 * i)}! ^ s${i};`,
    `const hi${i} = ${at("i32", "a", 2 * i + 1)}! ^ s${i};`,
    ...storeWide("d", i, `i64_sub(lo${i}, hi${i}, s${i}, s${i})`),
  ]);
  for (const half of ["low", "high"]) {
    const [p, q] = half === "low" ? [0, 1] : [2, 3];
    const word = (place: string, i: number): string => `${at("i32", place, i)}!`;
    const extend = (sign: string, hi: (r: string) => string): void =>
      printFunction(`i64x2_extend_${half}_i32x4_${sign}`, [
        `const r0 = ${word("a", p!)};`,
        `const r1 = ${word("a", q!)};`,
        ...[0, 1].flatMap((i) => [
          `${at("i32", "d", 2 * i)} = r${i};`,
          `${at("i32", "d", 2 * i + 1)} = ${hi(`r${i}`)};`,
        ]),
      ]);
    extend("s", (r) => `${r} >> 31`);
    extend("u", () => "0");
    for (const sign of ["s", "u"]) {
      const product = (i: number): readonly string[] => [
        `${at("i32", "d", 2 * i)} = Math.imul(x${i}, y${i});`,
        `${at("i32", "d", 2 * i + 1)} = i32_mulh_${sign}(x${i}, y${i});`,
      ];
      printFunction(`i64x2_extmul_${half}_i32x4_${sign}`, [
        ...[p!, q!].flatMap((k, i) => [
          `const x${i} = ${word("a", k)};`,
          `const y${i} = ${word("b", k)};`,
        ]),
        ...product(0),
        ...product(1),
      ]);
    }
  }
}

// ---- floats ------------------------------------------------------------------------------------

/** Operator and a lane of its result, a number. */
// prettier-ignore
const FLOAT_ROWS: readonly (readonly [name: string, expression: string])[] = [
  ["add",     "x + y"],
  ["sub",     "x - y"],
  ["mul",     "x * y"],
  ["div",     "x / y"],
  ["min",     "Math.min(x, y)"],
  ["max",     "Math.max(x, y)"],
  ["sqrt",    "Math.sqrt(x)"],
  ["ceil",    "Math.ceil(x)"],
  ["floor",   "Math.floor(x)"],
  ["trunc",   "Math.trunc(x)"],
  ["nearest", "f64_nearest(x)"],
];

// prettier-ignore
const COMPARISONS: readonly (readonly [name: string, expression: string])[] = [
  ["eq", "x === y"], ["ne", "x !== y"], ["lt", "x < y"],
  ["gt", "x > y"],   ["le", "x <= y"],  ["ge", "x >= y"],
];

const PSEUDO = [
  ["pmin", "y < x"],
  ["pmax", "x < y"],
] as const;

const F32: Reading = { signed: "f32", unsigned: "f32" };
const F64: Reading = { signed: "f64", unsigned: "f64" };

/** Stores a float, or the canonical NaN. */
function storeFloat(view: "f32" | "f64", i: Index, value: string): readonly string[] {
  const high = view === "f32" ? at("i32", "d", i) : at("i32", "d", 2 * Number(i) + 1);
  const isNaN = `if (r${i} !== r${i}) `;
  const nan =
    view === "f32"
      ? `${high} = 0x7fc00000;`
      : `{ ${at("i32", "d", 2 * Number(i))} = 0; ${high} = 0x7ff80000; }`;
  return [`const r${i} = ${value};`, `${at(view, "d", i)} = r${i};`, isNaN + nan];
}

function printFloats(): void {
  for (const [name, expression] of FLOAT_ROWS) {
    printLanewise(`f32x4_${name}`, 4, [], (i) => storeFloat("f32", i, lane(expression, F32, i)));
    printLanewise(`f64x2_${name}`, 2, [], (i) => storeFloat("f64", i, lane(expression, F64, i)));
  }
  const low = (place: string, i: Index): string => at("i32", place, 2 * Number(i));
  const high = (place: string, i: Index): string => at("i32", place, 2 * Number(i) + 1);
  for (const [name, expression] of COMPARISONS) {
    printLanewise(`f32x4_${name}`, 4, [], (i) => [
      `${at("i32", "d", i)} = ${lane(expression, F32, i)} ? -1 : 0;`,
    ]);
    printLanewise(`f64x2_${name}`, 2, [], (i) => [
      `${low("d", i)} = ${high("d", i)} = ${lane(expression, F64, i)} ? -1 : 0;`,
    ]);
  }
  const bits = (place: string, i: Index): string => `${at("i32", place, i)}!`;
  for (const [name, condition] of PSEUDO) {
    printLanewise(`f32x4_${name}`, 4, [], (i) => [
      `${at("i32", "d", i)} = ${lane(condition, F32, i)} ? ${bits("b", i)} : ${bits("a", i)};`,
    ]);
    printLanewise(`f64x2_${name}`, 2, [], (i) => [
      `const p${i} = ${lane(condition, F64, i)} ? b : a;`,
      `const lo${i} = ${low(`p${i}`, i)}!;`,
      `const hi${i} = ${high(`p${i}`, i)}!;`,
      `${low("d", i)} = lo${i};`,
      `${high("d", i)} = hi${i};`,
    ]);
  }
  for (const [name, expression] of [
    ["neg", "x ^ -2147483648"],
    ["abs", "x & 0x7fffffff"],
  ] as const) {
    const word = (i: number): string => lane(expression, INTEGERS.i32x4, i);
    printLanewise(`f32x4_${name}`, 4, [], (i) => [`${at("i32", "d", i)} = ${word(Number(i))};`]);
    printLanewise(`f64x2_${name}`, 2, [], (i) => [
      `${low("d", i)} = ${low("a", i)}!;`,
      `${high("d", i)} = ${word(2 * Number(i) + 1)};`,
    ]);
  }
}

function printConversions(): void {
  const i32 = INTEGERS.i32x4;
  for (const [sign, x] of [
    ["s", "x"],
    ["u", "X"],
  ] as const) {
    printLanewise(`f32x4_convert_i32x4_${sign}`, 4, [], (i) => [
      `${at("f32", "d", i)} = ${lane(x, i32, i)};`,
    ]);
    const pair = [lane(x, i32, 0), lane(x, i32, 1)];
    printCrossing(`f64x2_convert_low_i32x4_${sign}`, "f64", pair);
    const call = `i32_trunc_sat_f64_${sign}(x)`;
    printLanewise(`i32x4_trunc_sat_f32x4_${sign}`, 4, [], (i) => [
      `${at("i32", "d", i)} = ${lane(call, F32, i)};`,
    ]);
    const upper = ["0", "0"];
    printCrossing(`i32x4_trunc_sat_f64x2_${sign}_zero`, "i32", [
      lane(call, F64, 0),
      lane(call, F64, 1),
      ...upper,
    ]);
  }
  const nan32 = (i: number): readonly string[] =>
    i < 2 ? storeFloat("f32", i, "").slice(1) : [`${at("f32", "d", i)} = r${i};`];
  const nan64 = (i: number): readonly string[] => storeFloat("f64", i, "").slice(1);
  const lanes64 = [lane("x", F64, 0), lane("x", F64, 1), "0", "0"];
  printCrossing("f32x4_demote_f64x2_zero", "f32", lanes64, nan32);
  printCrossing("f64x2_promote_low_f32x4", "f64", [lane("x", F32, 0), lane("x", F32, 1)], nan64);
}

// ---- the file ----------------------------------------------------------------------------------

// prettier-ignore
const BY_HAND = [
  "v128_not", "v128_and", "v128_andnot", "v128_or", "v128_xor", "v128_bitselect", "v128_any_true",
  "i8x16_splat", "i16x8_splat", "i32x4_splat", "i64x2_splat", "f32x4_splat", "f64x2_splat",
  "i8x16_extract_lane_s", "i8x16_extract_lane_u", "i16x8_extract_lane_s", "i16x8_extract_lane_u",
  "i32x4_extract_lane", "i64x2_extract_lane", "f32x4_extract_lane", "f64x2_extract_lane",
  "i8x16_replace_lane", "i16x8_replace_lane", "i32x4_replace_lane", "i64x2_replace_lane",
  "f32x4_replace_lane", "f64x2_replace_lane", "i8x16_shuffle", "i8x16_swizzle",
  "i8x16_all_true", "i16x8_all_true", "i32x4_all_true", "i64x2_all_true",
  "i8x16_bitmask", "i16x8_bitmask", "i32x4_bitmask", "i64x2_bitmask",
];

function print(): string {
  printIntegers();
  printWidening();
  printWide();
  printFloats();
  printConversions();
  const calls = new Set(out.join("\n").match(/\b(?:i32|i64|f64)_\w+(?=\()|\bwide\b/g));
  return [
    "// Printed by tools/gen/lanes.ts (`make gen`). Do not edit.",
    `import {\n${BY_HAND.map((n) => `  ${n},`).join("\n")}\n} from "./lanes.ts";`,
    'import type { Lanes } from "./lanes.ts";',
    `import {\n${[...calls]
      .sort()
      .map((n) => `  ${n},`)
      .join("\n")}\n} from "./semantics.ts";`,
    "",
    ...out,
    "",
    "/** Each vector operator but those of memory, by its name with `.` written `_`. */",
    "export const LANES = {",
    ...[...BY_HAND, ...names].map((n) => `  ${n},`),
    "} as const satisfies Readonly<Record<string, Lanes>>;",
    "",
    "export type LanesName = keyof typeof LANES;",
    "",
  ].join("\n");
}

/** This file runs as dist/tools/gen/lanes.js; sources stand one level above dist. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
writeFileSync(join(root, "src/lanes.gen.ts"), print());
