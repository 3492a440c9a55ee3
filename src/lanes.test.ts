// Every vector operator against the WebAssembly of the process: all 236 of them, with every lane
// number and with random shuffles. One module has a function per case, which reads its operands
// from memory, applies the operator and writes the result there. Operators of memory are put
// together from meanings as the compiler does. Where arithmetic gives a NaN it must be the
// canonical one here and an arithmetic one there; everything else must be the same bits.

import { describe, expect, test } from "vitest";
import { LANES } from "./lanes.gen.ts";
import type { LanesName } from "./lanes.gen.ts";
import { viewsOf } from "./lanes.ts";
import { Imm, OPS } from "./wasm/ops.ts";
import type { OpRow } from "./wasm/ops.ts";

/** Numbers that depend on nothing but the seed. */
function newRandom(seed: number): () => number {
  let s = seed;
  return () => {
    s = (Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return Math.imul(s ^ (s >>> 13), 0x297a2d39) >>> 3;
  };
}

// ---- cases -------------------------------------------------------------------------------------

/** An operator with an immediate: lane, shuffle or constant. */
interface Case {
  readonly op: OpRow;
  readonly imm: readonly number[];
}

const simd = OPS.filter((row) => row.feature === "simd");

const lanesOf = (name: string): number => {
  const access = /^v128\.(?:load|store)(\d+)_lane$/.exec(name);
  return access !== null ? 128 / Number(access[1]) : Number(/x(\d+)\./.exec(name)![1]);
};

const random = newRandom(1);
const someBytes = (below: number): number[] => Array.from({ length: 16 }, () => random() % below);

function immediatesOf({ name, imm }: OpRow): (readonly number[])[] {
  switch (imm) {
    case Imm.lane:
    case Imm.memargLane:
      return Array.from({ length: lanesOf(name) }, (_, k) => [k]);
    case Imm.shuffle:
      return Array.from({ length: 64 }, () => someBytes(32));
    case Imm.v128:
      return Array.from({ length: 16 }, () => someBytes(256));
    default:
      return [[]];
  }
}

const cases: readonly Case[] = simd.flatMap((op) => immediatesOf(op).map((imm) => ({ op, imm })));

// ---- the oracle --------------------------------------------------------------------------------

/** Bytes of memory where the operands, the result, and what is loaded or stored are. */
const OPERANDS = [0, 16, 32];
const RESULT = 48;
const ACCESSED = 64;

// prettier-ignore
const types: Readonly<Record<string, { load: number[]; store: number[]; size: number }>> = {
  i: { load: [0x28, 0, 0], store: [0x36, 0, 0], size: 4 },
  I: { load: [0x29, 0, 0], store: [0x37, 0, 0], size: 8 },
  f: { load: [0x2a, 0, 0], store: [0x38, 0, 0], size: 4 },
  F: { load: [0x2b, 0, 0], store: [0x39, 0, 0], size: 8 },
  v: { load: [0xfd, 0, 0, 0], store: [0xfd, 11, 0, 0], size: 16 },
};

const leb = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >>> 7)]);
const constant = (n: number): number[] => [0x41, ...(n < 64 ? [n] : [n | 128, n >> 7])];

const isAccess = ({ imm }: OpRow): boolean => imm === Imm.memarg || imm === Imm.memargLane;
const signatureOf = ({ sig }: OpRow): [string, string] => sig.split(":") as [string, string];

function codeOf({ op, imm }: Case): number[] {
  const [params, result] = signatureOf(op);
  const operands = [...params].flatMap((t, i) =>
    isAccess(op) && i === 0 ? constant(ACCESSED) : [...constant(OPERANDS[i]!), ...types[t]!.load],
  );
  const memarg = isAccess(op) ? [0, 0] : [];
  const code = [...operands, 0xfd, ...leb(op.code & 0xffff), ...memarg, ...imm];
  if (result === "") return [0, ...code, 0x0b];
  return [0, ...constant(RESULT), ...code, ...types[result]!.store, 0x0b];
}

const section = (id: number, content: number[]): number[] => [
  id,
  ...leb(content.length),
  ...content,
];
const text = (s: string): number[] => [s.length, ...[...s].map((c) => c.charCodeAt(0))];
const list = (items: number[][]): number[] => [...leb(items.length), ...items.flat()];

function moduleOf(): Uint8Array<ArrayBuffer> {
  const bodies = cases.map(codeOf);
  const exports = cases.map((_, k) => [...text(`f${k}`), 0, ...leb(k)]);
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, list(cases.map(() => [0]))),
    ...section(5, [1, 0, 1]),
    ...section(7, list([[...text("m"), 2, 0], ...exports])),
    ...section(10, list(bodies.map((b) => [...leb(b.length), ...b]))),
  ]);
}

const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleOf()));
const theirs = viewsOf((exports["m"] as WebAssembly.Memory).buffer);

// ---- the meanings ------------------------------------------------------------------------------

const mine = viewsOf(new ArrayBuffer(128));
const [A, B, C, D, M] = [...OPERANDS, RESULT, ACCESSED].map((byte) => byte >> 2) as number[];
const SCALAR = 28;

const meaning = (name: string): (typeof LANES)[LanesName] => {
  const fn = LANES[name.replace(".", "_") as LanesName];
  if (fn === undefined) throw new Error(`no meaning of ${name}`);
  return fn;
};

const shapeOfBits: Readonly<Record<string, string>> = {
  8: "i8x16",
  16: "i16x8",
  32: "i32x4",
  64: "i64x2",
};

/** `bytes` bytes of what is accessed, with zeros behind. */
function loadTo(place: number, bytes: number): void {
  mine.i32.fill(0, place, place + 4);
  for (let i = 0; i < bytes; i++) mine.u8[4 * place + i] = mine.u8[4 * M! + i]!;
}

const wider: Readonly<Record<string, string>> = {
  "8x8": "i16x8.extend_low_i8x16",
  "16x4": "i32x4.extend_low_i16x8",
  "32x2": "i64x2.extend_low_i32x4",
};

function access(name: string, lane: number): void {
  const [, verb, bits, rest] = /^v128\.(load|store)(\d*)(.*)$/.exec(name)!;
  const shape = shapeOfBits[bits!]!;
  const bytes = Number(bits) / 8;
  if (rest === "_splat") {
    loadTo(SCALAR, bytes);
    meaning(`${shape}.splat`)(mine, D!, SCALAR, 0, 0);
  } else if (rest === "_zero") loadTo(D!, bytes);
  else if (rest === "_lane" && verb === "load") {
    loadTo(SCALAR, bytes);
    meaning(`${shape}.replace_lane`)(mine, D!, B!, SCALAR, lane);
  } else if (rest === "_lane") {
    const sign = bytes < 4 ? "_u" : "";
    meaning(`${shape}.extract_lane${sign}`)(mine, SCALAR, B!, lane, 0);
    for (let i = 0; i < bytes; i++) mine.u8[4 * M! + i] = mine.u8[4 * SCALAR + i]!;
  } else if (bits === "") {
    const [to, from] = verb === "load" ? [D!, M!] : [M!, B!];
    mine.i32.copyWithin(to, from, from + 4);
  } else {
    loadTo(D!, 8);
    const extend = wider[`${bits}${rest!.slice(0, 2)}`]!;
    meaning(`${extend}${rest!.slice(2)}`)(mine, D!, D!, 0, 0);
  }
}

function apply({ op, imm }: Case): void {
  if (isAccess(op)) return access(op.name, imm[0] ?? 0);
  if (op.imm === Imm.v128) return mine.u8.set(imm, RESULT);
  const fn = meaning(op.name);
  if (op.imm === Imm.shuffle) {
    mine.u8.set(imm, 4 * C!);
    return fn(mine, D!, A!, B!, C!);
  }
  if (op.imm !== Imm.lane) return fn(mine, D!, A!, B!, C!);
  if (signatureOf(op)[1] === "v") fn(mine, D!, A!, B!, imm[0]!);
  else fn(mine, D!, A!, imm[0]!, 0);
}

// ---- operands ----------------------------------------------------------------------------------

const single = new Float32Array(1);
const singleBits = new Int32Array(single.buffer);
const bits32 = (x: number): number => {
  single[0] = x;
  return singleBits[0]!;
};

// prettier-ignore
const words8 = [
  0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 63, 64, 65, 126, 127, 128, 129, 191, 192, 254, 255,
];
// prettier-ignore
const words16 = [
  0, 1, 2, 15, 16, 127, 128, 129, 255, 256, 0x3fff, 0x4000, 0x5a82, 0x7ffe, 0x7fff, 0x8000, 0x8001,
  0xff7f, 0xff80, 0xff81, 0xfffe, 0xffff,
];
// prettier-ignore
const words32 = [
  0, 1, 31, 32, 33, 63, 64, 0x7fff, 0x8000, 0x8001, 0xffff, 0x10000, 0x7ffffffe, 0x7fffffff,
  0x80000000, 0x80000001, 0xffff7fff, 0xffff8000, 0xffff8001, 0xfffffffe, 0xffffffff,
  ...[0, 0.5, 1, 1.5, 2.5, 3.5, 0.4999999, 8388607.5, 8388608, 16777217, 2147483520, 2147483648,
    4294967040, 4294967296, 1e30, 3.4028234663852886e38, 1e-45, 1.1754943508222875e-38, Infinity,
    1 / 3].flatMap((x) => [bits32(x), bits32(-x)]),
  0x7fc00000, 0xffc00000, 0x7f800001, 0xff800001, 0x7fa12345, 0x7fffffff,
];
// prettier-ignore
const doubles = [
  0, 0.5, 1, 1.5, 2.5, 3.5, 0.49999999999999994, 4503599627370495.5, 4503599627370496,
  2147483646.9, 2147483647, 2147483647.5, 2147483648, 4294967295, 4294967295.5, 4294967296, 1e19,
  1e300, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 3.4028235677973366e38, 1e-45,
  7e-46, Infinity, 1 / 3,
].flatMap((x) => [x, -x]);
// prettier-ignore
const nans64: readonly (readonly [number, number])[] = [
  [0, 0x7ff80000], [0, 0xfff80000], [1, 0x7ff00000], [1, 0xfff00000], [0x12345678, 0x7ff40000],
];
const one = (from: readonly number[]): number => from[random() % from.length]!;

/** Fills the sixteen bytes at a place with lanes of some width that matter, or with anything. */
function fill(place: number): void {
  const kind = random() % 8;
  for (let i = 0; i < 4; i++) mine.i32[place + i] = (random() << 8) ^ random();
  for (let i = 0; i < 16; i++) {
    if (kind === 1 || (kind === 2 && random() % 2 === 0)) mine.u8[4 * place + i] = one(words8);
    if (kind === 3 && i < 8) mine.u16[2 * place + i] = one(words16);
    if (kind === 4 && i < 4) mine.i32[place + i] = one(words32);
    if (kind === 5 && i < 4) mine.f32[place + i] = (random() - 0x10000000) / 2 ** (random() % 40);
    if (kind === 6 && i < 2) mine.f64[(place >> 1) + i] = one(doubles);
  }
  if (kind === 7) {
    const [lo, hi] = nans64[random() % nans64.length]!;
    const at = place + 2 * (random() & 1);
    mine.i32[at] = lo;
    mine.i32[at + 1] = hi;
    mine.f64[(at ^ 2) >> 1] = one(doubles);
  }
}

// ---- comparison --------------------------------------------------------------------------------

const isNaN32 = (w: number): boolean => (w & 0x7fffffff) > 0x7f800000;
const isNaN64 = (lo: number, hi: number): boolean =>
  (hi & 0x7fffffff) > 0x7ff00000 || ((hi & 0x7fffffff) === 0x7ff00000 && lo !== 0);

/** Lane type of the float arithmetic of an operator, "" where every bit counts. */
function floatOf(name: string): string {
  const [shape, rest] = name.split(".") as [string, string];
  const arithmetic = /^(add|sub|mul|div|min|max|sqrt|ceil|floor|trunc|nearest|demote|promote)/;
  return arithmetic.test(rest) && shape.startsWith("f") ? shape : "";
}

/** Makes each arithmetic NaN among V8's lanes the canonical one. */
function normalise(name: string): void {
  const float = floatOf(name);
  const words = theirs.i32;
  for (let i = D!; i < D! + 4; i++) {
    if (float === "f32x4" && isNaN32(words[i]!) && (words[i]! & 0x400000) !== 0) {
      words[i] = 0x7fc00000;
    }
    if (float !== "f64x2" || (i & 1) === 1) continue;
    if (isNaN64(words[i]!, words[i + 1]!) && (words[i + 1]! & 0x80000) !== 0) {
      words[i] = 0;
      words[i + 1] = 0x7ff80000;
    }
  }
}

const hex = (v: typeof mine, place: number): string =>
  Array.from(v.u32.subarray(place, place + 4), (w) => w.toString(16).padStart(8, "0")).join(" ");

function compare(c: Case, what: string): void {
  for (const place of [D!, M!]) {
    if (hex(mine, place) === hex(theirs, place)) continue;
    const operands = [A!, B!, C!].map((p) => hex(theirs, p)).join(", ");
    const got = `${hex(mine, place)}, V8: ${hex(theirs, place)}`;
    throw new Error(`${c.op.name} ${c.imm.join(" ")} ${what}(${operands}) = ${got}`);
  }
}

/** Again with the result where an operand is. */
function overlap(c: Case): void {
  const fn = meaning(c.op.name);
  const params = signatureOf(c.op)[0];
  const size = types[signatureOf(c.op)[1]]!.size / 4;
  const operands = [A!, B!, C!];
  const run = (places: readonly number[], d: number): void => {
    const lane = c.imm[0]!;
    if (c.op.imm !== Imm.lane) fn(mine, d, places[0]!, places[1]!, places[2]!);
    else if (params.length === 2) fn(mine, d, places[0]!, places[1]!, lane);
    else fn(mine, d, places[0]!, lane, 0);
    mine.i32.copyWithin(D!, d, d + size);
  };
  const count = c.op.imm === Imm.shuffle ? 3 : params.length;
  const saved = mine.i32.slice();
  for (let k = 0; k < count; k++) {
    run(operands, operands[k]!);
    compare(c, `into operand ${k}`);
    mine.i32.set(saved);
  }
  if (params !== "vv") return;
  mine.i32.copyWithin(B!, A!, A! + 4);
  run([A!, B!, C!], D!);
  const apart = hex(mine, D!);
  run([A!, A!, C!], A!);
  if (hex(mine, D!) !== apart) throw new Error(`${c.op.name}: into both operands`);
}

function check(c: Case, rounds: number): void {
  const run = exports[`f${cases.indexOf(c)}`] as () => void;
  for (let i = 0; i < rounds; i++) {
    for (const place of [A!, B!, C!, M!]) fill(place);
    mine.i32.fill(0, D!, D! + 4);
    if (c.op.imm === Imm.shuffle) mine.u8.set(c.imm, 4 * C!);
    theirs.i32.set(mine.i32.subarray(0, SCALAR));
    apply(c);
    run();
    normalise(c.op.name);
    compare(c, "");
    if (!isAccess(c.op) && c.op.imm !== Imm.v128) overlap(c);
  }
}

describe("against V8", () => {
  test.each(simd.map((op) => op.name))("%s", (name) => {
    const mine = cases.filter((c) => c.op.name === name);
    for (const c of mine) check(c, mine.length > 1 ? 50 : 400);
  });
});

test("all operators of the proposal, and no others", () => {
  expect(simd.length).toBe(236);
  const pure = simd.filter((op) => !isAccess(op) && op.imm !== Imm.v128);
  const expected = pure.map((op) => op.name.replace(".", "_"));
  expect(Object.keys(LANES).sort()).toEqual(expected.sort());
});
