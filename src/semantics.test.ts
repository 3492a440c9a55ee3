// Every row of the table against the WebAssembly of the process: one small module per operator
// reads two operands as bits from memory and writes the result there. Wide multiplication, which is
// no Wasm operator, is compared with BigInt. Where a NaN comes out it must be arithmetic; where the
// operator is about bits, the NaN must be the very same.

import { describe, expect, test } from "vitest";
import {
  MEANINGS,
  bitsOfF32,
  bitsOfF64,
  f32OfBits,
  f64OfBits,
  overWords,
  wide,
} from "./semantics.ts";
import type { MeaningName } from "./semantics.ts";
import { TRAPS } from "./abi.ts";
import { Trap } from "./support/errors.ts";
import { OPS, opByName } from "./wasm/ops.ts";

interface Code {
  readonly params: string;
  readonly result: string;
  readonly bytes: readonly number[];
}

// prettier-ignore
const types: Readonly<Record<string, { load: number; store: number; size: number }>> = {
  i: { load: 0x28, store: 0x36, size: 4 },
  I: { load: 0x29, store: 0x37, size: 8 },
  f: { load: 0x2a, store: 0x38, size: 4 },
  F: { load: 0x2b, store: 0x39, size: 8 },
};

const asType = (letter: string): string => letter.replace("w", "f").replace("W", "F");

function codeOf(name: MeaningName): Code | undefined {
  const [params, result] = MEANINGS[name][0].split(":") as [string, string];
  const op = opByName(name.replace("_", "."));
  if (op < 0) return undefined;
  const code = OPS[op]!.code;
  const bytes = code < 256 ? [code] : [code >>> 16, code & 0xff];
  return { params: [...params].map(asType).join(""), result: asType(result), bytes };
}

/** A module that exports memory `m` and `f`, which computes m[16] = op(m[0], m[8]). */
function moduleOf(code: Code): Uint8Array<ArrayBuffer> {
  const loads = [...code.params].flatMap((t, i) => [0x41, 8 * i, types[t]!.load, 0, 0]);
  const store = [types[code.result]!.store, 0, 0, 0x0b];
  const body = [0, 0x41, 16, ...loads, ...code.bytes, ...store];
  const section = (id: number, content: number[]): number[] => [id, content.length, ...content];
  const text = (s: string): number[] => [s.length, ...[...s].map((c) => c.charCodeAt(0))];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...text("m"), 2, 0, ...text("f"), 0, 0]),
    ...section(10, [1, body.length, ...body]),
  ]);
}

interface Oracle {
  readonly memory: DataView;
  readonly run: () => void;
}

function oracleOf(code: Code): Oracle {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(moduleOf(code)));
  const memory = instance.exports["m"] as WebAssembly.Memory;
  return { memory: new DataView(memory.buffer), run: instance.exports["f"] as () => void };
}

const words32 = [
  0, 1, 2, 3, 5, 7, 8, 10, 31, 32, 33, 63, 64, 100, 127, 128, 129, 255, 256, 0x7ff, 0x800, 0x7fff,
  0x8000, 0xffff, 0x10000, 0x10001, 0x7fffff, 0x800000, 0xffffff, 0x1000000, 0x1000001, 0x12345678,
  0x3fffffff, 0x40000000, 0x55555555, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0x89abcdef,
  0xaaaaaaaa, 0xc0000000, 0xfffffffe, 0xffffffff, 0xffff0000, 0xfffff800, 0xdeadbeef,
];

// High words that matter: about the sign, 2^53, single and double rounding, 32-bit boundaries.
const highs = [
  0, 1, 2, 0xffff, 0x1fffff, 0x200000, 0x200001, 0x7fffffff, 0x80000000, 0x80000001, 0xffdfffff,
  0xffe00000, 0xffffffff, 0xfffffffe, 0x00100000, 0x7fffff80, 0x3fffffff,
];
const lows = [
  0, 1, 2, 10, 32, 63, 0x3ff, 0x400, 0x401, 0x7ff, 0x800, 0x801, 0xffff, 0x7fffffff, 0x80000000,
  0x80000001, 0xbfffffff, 0xc0000000, 0xffffff7f, 0xffffff80, 0xffffffff,
];
const wides = [...highs.flatMap((hi) => lows.map((lo) => [lo, hi] as const))];

const floats = [
  0,
  0.25,
  0.5,
  0.75,
  1,
  1.5,
  2,
  2.5,
  3.5,
  4.5,
  0.49999999999999994,
  0.9999999999999999,
  1e-10,
  2147483647,
  2147483647.5,
  2147483648,
  2147483649,
  4294967294,
  4294967295,
  4294967295.5,
  4294967296,
  9007199254740991,
  9007199254740992,
  4503599627370495.5,
  4503599627370496,
  4503599627370497.5,
  2251799813685248.5,
  2251799813685249.5,
  8388607.5,
  8388608,
  16777216,
  16777217,
  9223372036854774784,
  9223372036854775808,
  9223372036854777856,
  18446744073709549568,
  18446744073709551616,
  36893488147419103232,
  1e19,
  1e30,
  3.4028234663852886e38,
  3.4028235677973366e38,
  1.7976931348623157e308,
  2.2250738585072014e-308,
  5e-324,
  1e-45,
  1.1754943508222875e-38,
  7e-46,
  Math.PI,
  1 / 3,
  123456.789,
  Infinity,
].flatMap((x) => [x, -x]);

const nans32 = [0x7fc00000, 0xffc00000, 0x7f800001, 0xff800001, 0x7fa12345, 0x7fffffff];
const nans64 = [
  [0, 0x7ff80000],
  [0, 0xfff80000],
  [1, 0x7ff00000],
  [1, 0xfff00000],
  [0x12345678, 0x7ff40000],
  [0xffffffff, 0x7fffffff],
] as const;

type Words = readonly [lo: number, hi: number];

// prettier-ignore
const operandsOf: Readonly<Record<string, readonly Words[]>> = {
  i: words32.map((w) => [w | 0, 0]),
  I: wides.map(([lo, hi]) => [lo | 0, hi | 0]),
  f: [...floats.map((x) => bitsOfF32(Math.fround(x))), ...nans32].map((w) => [w | 0, 0]),
  F: [
    ...floats.map((x): Words => [bitsOfF64(x), wide.hi]),
    ...nans64.map(([lo, hi]): Words => [lo | 0, hi | 0]),
  ],
};

/** Numbers that depend on nothing but the seed. */
function newRandom(seed: number): () => number {
  let s = seed;
  return () => {
    s = Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return Math.imul(s ^ (s >>> 13), 0x297a2d39) | 0;
  };
}

function operands(name: string, type: string): Words[] {
  const random = newRandom(name.length * 7919 + name.charCodeAt(4));
  const list = [...operandsOf[type]!];
  for (let i = 0; i < 40; i++)
    list.push([random() >> (random() & 31), random() >> (random() & 31)]);
  return list;
}

const isNaN32 = (w: number): boolean => (w & 0x7fffffff) > 0x7f800000;
const isNaN64 = (lo: number, hi: number): boolean =>
  (hi & 0x7fffffff) > 0x7ff00000 || ((hi & 0x7fffffff) === 0x7ff00000 && lo !== 0);
const quiet32 = 0x7fc00000;
const quiet64 = 0x7ff80000;

const show = (lo: number, hi: number): string =>
  `${(hi >>> 0).toString(16)}_${(lo >>> 0).toString(16).padStart(8, "0")}`;

/** The operator in V8: the result's bits, or the message of a trap. */
function expected(o: Oracle, code: Code, a: Words, b: Words): string {
  const m = o.memory;
  m.setInt32(0, a[0], true);
  m.setInt32(4, a[1], true);
  m.setInt32(8, b[0], true);
  m.setInt32(12, b[1], true);
  m.setInt32(20, 0, true);
  try {
    o.run();
  } catch {
    return "trap";
  }
  return show(m.getInt32(16, true), types[code.result]!.size === 8 ? m.getInt32(20, true) : 0);
}

function actual(fn: () => number): { lo: number; hi: number } | string {
  try {
    const lo = fn();
    return { lo, hi: wide.hi };
  } catch (e) {
    if (!(e instanceof Trap) || TRAPS.every(([, text]) => text !== e.reason)) throw e;
    return "trap";
  }
}

/** Makes every arithmetic NaN of a type the same, unless the operator is about bits. */
function normal(code: Code, exact: boolean, text: string): string {
  if (exact || text === "trap") return text;
  const [hi, lo] = text.split("_").map((s) => parseInt(s, 16)) as [number, number];
  if (code.result === "f" && isNaN32(lo)) return (lo & quiet32) === quiet32 ? "nan" : "signalling";
  if (code.result === "F" && isNaN64(lo, hi)) {
    return (hi & quiet64) === quiet64 ? "nan" : "signalling";
  }
  return text;
}

// First in the file, because unoptimised code is where V8 leaks them: this begins cold, ends hot.
describe("results as numbers", () => {
  const floatRows = (Object.keys(MEANINGS) as MeaningName[]).filter((n) =>
    /^[fF]+:[fF]$/.test(MEANINGS[n][0]),
  );

  // The interpreter stores these results without overWords: a signalling NaN must not pass through.
  test.each(floatRows)("%s quiets NaNs", (name) => {
    const fn = MEANINGS[name][1] as (a: number, b: number) => number;
    const isSingle = MEANINGS[name][0].startsWith("f");
    const asSingle = new Float32Array(2);
    const asDouble = new Float64Array(2);
    const inputs = isSingle ? asSingle : asDouble;
    const bits = new Int32Array(inputs.buffer);
    const toSingle = MEANINGS[name][0].endsWith("f");
    const out = toSingle ? new Float32Array(1) : new Float64Array(1);
    const outBits = new Int32Array(out.buffer);
    // Hot enough to be optimised on the way.
    for (let i = 0; i < 20_000; i++) {
      bits[isSingle ? 0 : 1] = isSingle ? 0x7f800001 : 0x7ff00001;
      inputs[1] = i;
      out[0] = fn(inputs[i & 1]!, inputs[~i & 1]!);
      const top = outBits[toSingle ? 0 : 1]!;
      const quiet = toSingle ? quiet32 : quiet64;
      if (out[0] !== out[0] && (top & quiet) !== quiet)
        throw new Error(`${i}: ${top.toString(16)}`);
    }
  });
});

const inWasm = (Object.keys(MEANINGS) as MeaningName[]).filter((n) => codeOf(n) !== undefined);

describe("against V8", () => {
  test("all operators but the wide multiplications are Wasm's", () => {
    const rest = Object.keys(MEANINGS).filter((n) => !inWasm.includes(n as MeaningName));
    expect(rest).toEqual(["i32_mulh_s", "i64_mulh_s", "i32_mulh_u", "i64_mulh_u"]);
    expect(inWasm.length).toBe(136);
  });

  test.each(inWasm)("%s", (name) => {
    const code = codeOf(name)!;
    const exact = /[wW]/.test(MEANINGS[name][0]);
    const oracle = oracleOf(code);
    const fn = overWords(name);
    const left = operands(name, code.params[0]!);
    const right = code.params.length === 2 ? operands(name, code.params[1]!) : [[0, 0] as const];
    left.forEach((a, i) => {
      // Every third pair, all operands on either side.
      for (let k = right.length === 1 ? 0 : i % 3; k < right.length; k += 3) {
        const b = right[k]!;
        const r = actual(() => fn(a[0], a[1], b[0], b[1]));
        const mine = normal(code, exact, typeof r === "string" ? r : show(r.lo, r.hi));
        if (mine === "signalling") throw new Error(`${name}: signalling NaN from ${show(...a)}`);
        if (typeof r !== "string" && (r.lo !== (r.lo | 0) || r.hi !== (r.hi | 0))) {
          throw new Error(`${name}: not words: ${r.lo} ${r.hi}`);
        }
        const theirs = normal(code, exact, expected(oracle, code, a, b));
        if (mine !== theirs) {
          throw new Error(`${name}(${show(...a)}, ${show(...b)}) = ${mine}, V8: ${theirs}`);
        }
      }
    });
  });
});

describe("wide multiplication", () => {
  const big = (lo: number, hi: number, signed: boolean): bigint =>
    (BigInt(signed ? hi : hi >>> 0) << 32n) | BigInt(lo >>> 0);

  test.each(["i32_mulh_s", "i32_mulh_u"] as const)("%s", (name) => {
    const signed = name.endsWith("s");
    const fn = MEANINGS[name][1];
    for (const [a] of operands(name, "i")) {
      for (const [b] of operands(name, "i")) {
        const x = BigInt(signed ? a : a >>> 0) * BigInt(signed ? b : b >>> 0);
        expect(fn(a, b)).toBe(Number(BigInt.asIntN(32, x >> 32n)));
      }
    }
  });

  test.each(["i64_mulh_s", "i64_mulh_u"] as const)("%s", (name) => {
    const signed = name.endsWith("s");
    const fn = MEANINGS[name][1];
    for (const a of operands(name, "I")) {
      for (const b of operands(name, "I")) {
        const x = (big(...a, signed) * big(...b, signed)) >> 64n;
        const lo = fn(a[0], a[1], b[0], b[1]);
        if (big(lo, wide.hi, true) !== BigInt.asIntN(64, x)) {
          throw new Error(`${show(...a)} ${show(...b)}`);
        }
      }
    }
  });
});

test("floats and their bits", () => {
  for (const x of floats) {
    expect(f32OfBits(bitsOfF32(Math.fround(x)))).toBe(Math.fround(x));
    expect(f64OfBits(bitsOfF64(x), wide.hi)).toBe(x);
  }
  expect(bitsOfF32(f32OfBits(0x7f800001))).toBe(0x7fc00000);
  expect([bitsOfF64(f64OfBits(1, 0x7ff00000)), wide.hi]).toEqual([0, 0x7ff80000]);
});
