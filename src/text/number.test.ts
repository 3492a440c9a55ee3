// Numbers against exact arithmetic: every rounding next to a midpoint, the ends of each range.

import { describe, expect, it } from "vitest";
import { f32Bits, f64Words, i64Words, intBits, natural } from "./number.ts";

/** A reproducible stream of 32-bit words. */
function words(seed: number): () => number {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x >>> 0;
  };
}

const view = new DataView(new ArrayBuffer(8));

function singleOf(bits: number): number {
  view.setUint32(0, bits);
  return view.getFloat32(0);
}

function doubleOf(hi: number, lo: number): number {
  view.setUint32(0, hi);
  view.setUint32(4, lo);
  return view.getFloat64(0);
}

function wordsOf(value: number): { lo: number; hi: number } {
  view.setFloat64(0, value);
  return { lo: view.getUint32(4), hi: view.getUint32(0) };
}

/** The double above the one with these words. */
const after = (hi: number, lo: number): number =>
  lo === 0xffffffff ? doubleOf(hi + 1, 0) : doubleOf(hi, lo + 1);

/** Exact decimal of m * 2^e. */
function decimal(m: bigint, e: number): string {
  return e >= 0 ? String(m << BigInt(e)) : `${m * 5n ** BigInt(-e)}e${e}`;
}

/** Significand and exponent of a positive f32. */
function parts(bits: number): { m: bigint; e: number } {
  const exponent = bits >>> 23;
  const fraction = bits & 0x7fffff;
  return exponent === 0
    ? { m: BigInt(fraction), e: -149 }
    : { m: BigInt(fraction | 0x800000), e: exponent - 150 };
}

describe("integers", () => {
  it("take what fits, signed or unsigned", () => {
    expect(intBits("0", 32)).toBe(0);
    expect(intBits("-0", 32)).toBe(0);
    expect(intBits("+1_000", 32)).toBe(1000);
    expect(intBits("4294967295", 32)).toBe(0xffffffff);
    expect(intBits("-2147483648", 32)).toBe(0x80000000);
    expect(intBits("-0x8000_0000", 32)).toBe(0x80000000);
    expect(intBits("-1", 8)).toBe(255);
    expect(intBits("-32768", 16)).toBe(0x8000);
  });

  it("refuse what does not", () => {
    expect(intBits("4294967296", 32)).toBe(-1);
    expect(intBits("-2147483649", 32)).toBe(-1);
    expect(intBits("256", 8)).toBe(-1);
    expect(intBits("-129", 8)).toBe(-1);
    expect(intBits("1.0", 32)).toBe(-1);
    expect(natural("0x1_0000_0000")).toBe(-1);
    expect(natural("4294967295")).toBe(4294967295);
    expect(i64Words("18446744073709551616")).toBeUndefined();
    expect(i64Words("-9223372036854775809")).toBeUndefined();
    expect(i64Words("1e3")).toBeUndefined();
  });

  it("of 64 bits come as words", () => {
    const next = words(7);
    for (let i = 0; i < 2000; i++) {
      const n = BigInt.asIntN(64, (BigInt(next()) << 32n) | BigInt(next())) >> BigInt(next() % 64);
      const lo = Number(BigInt.asUintN(32, n));
      const hi = Number(BigInt.asUintN(32, n >> 32n));
      expect(i64Words(String(n))).toEqual({ lo, hi });
      const unsigned = BigInt.asUintN(64, n);
      expect(i64Words(`0x${unsigned.toString(16)}`)).toEqual({ lo, hi });
    }
    expect(i64Words("-0x8000000000000000")).toEqual({ lo: 0, hi: 0x80000000 });
    expect(i64Words("-4294967296")).toEqual({ lo: 0, hi: 0xffffffff });
  });
});

describe("f32", () => {
  it("is rounded once, next to every midpoint", () => {
    const next = words(11);
    for (let i = 0; i < 2000; i++) {
      // A third of them subnormal or next to it.
      const bits = next() % (i % 3 === 0 ? 0x1000000 : 0x7f7fffff);
      const { m, e } = parts(bits);
      // The midpoint of this number and the next one, a little below it and a little above.
      const middle = 2n * m + 1n;
      const even = bits % 2 === 0 ? bits : bits + 1;
      expect(f32Bits(decimal(middle, e - 1))).toBe(even);
      expect(f32Bits(decimal((middle << 200n) - 1n, e - 201))).toBe(bits);
      expect(f32Bits(decimal((middle << 200n) + 1n, e - 201))).toBe(bits + 1);
      expect(f32Bits(`0x${middle.toString(16)}p${e - 1}`)).toBe(even);
      expect(f32Bits(`-0x${((middle << 200n) - 1n).toString(16)}p${e - 201}`)).toBe(
        bits + 0x80000000,
      );
      expect(f32Bits(String(singleOf(bits)))).toBe(bits);
    }
  });

  it("knows its ends", () => {
    expect(f32Bits("0x1.fffffep127")).toBe(0x7f7fffff);
    expect(f32Bits("0x1.fffffeffffffp127")).toBe(0x7f7fffff);
    expect(f32Bits("0x1.ffffffp127")).toBe(-1);
    expect(f32Bits("340282356779733661637539395458142568447")).toBe(0x7f7fffff);
    expect(f32Bits("340282356779733661637539395458142568448")).toBe(-1);
    expect(f32Bits("1e1000000000")).toBe(-1);
    expect(f32Bits("1e-1000000000")).toBe(0);
    expect(f32Bits("-0x1p-1000000000000")).toBe(0x80000000);
    expect(f32Bits("0x1p-149")).toBe(1);
    expect(f32Bits("0x1p-150")).toBe(0);
    expect(f32Bits("0x1.000001p-150")).toBe(1);
    expect(f32Bits("0x0p999999999999")).toBe(0);
    expect(f32Bits("1_0.2_5e0_1")).toBe(f32Bits("102.5"));
  });

  it("has NaN with payloads", () => {
    expect(f32Bits("nan")).toBe(0x7fc00000);
    expect(f32Bits("-nan")).toBe(0xffc00000);
    expect(f32Bits("nan:0x1")).toBe(0x7f800001);
    expect(f32Bits("nan:0x7f_ffff")).toBe(0x7fffffff);
    expect(f32Bits("nan:0x0")).toBe(-1);
    expect(f32Bits("nan:0x800000")).toBe(-1);
    expect(f32Bits("-inf")).toBe(0xff800000);
  });
});

describe("f64", () => {
  it("comes back from decimal and hexadecimal", () => {
    const next = words(13);
    for (let i = 0; i < 2000; i++) {
      const hi = (i % 4 === 0 ? next() % 0x200000 : next() % 0x7ff00000) >>> 0;
      const lo = next();
      const expected = { lo, hi };
      expect(f64Words(String(doubleOf(hi, lo)))).toEqual(expected);
      const exponent = hi >>> 20;
      const lead = exponent === 0 ? "0" : "1";
      const digits =
        (hi & 0xfffff).toString(16).padStart(5, "0") + lo.toString(16).padStart(8, "0");
      const scale = exponent === 0 ? -1022 : exponent - 1023;
      expect(f64Words(`0x${lead}.${digits}p${scale}`)).toEqual(expected);
      // Half a unit in the last place goes to even, a hair less goes down.
      const even = lo % 2 === 0 ? doubleOf(hi, lo) : after(hi, lo);
      expect(f64Words(`0x${lead}.${digits}8p${scale}`)).toEqual(wordsOf(even));
      expect(f64Words(`0x${lead}.${digits}7fffffffffp${scale}`)).toEqual(expected);
    }
  });

  it("knows its ends and its NaN", () => {
    expect(f64Words("0x1.fffffffffffff7ffp1023")).toEqual({ lo: 0xffffffff, hi: 0x7fefffff });
    expect(f64Words("0x1.fffffffffffff8p1023")).toBeUndefined();
    expect(f64Words("1e309")).toBeUndefined();
    expect(f64Words("-5e-324")).toEqual({ lo: 1, hi: 0x80000000 });
    expect(f64Words("0x1p-1075")).toEqual({ lo: 0, hi: 0 });
    expect(f64Words("-nan:0xf_ffff_ffff_ffff")).toEqual({ lo: 0xffffffff, hi: 0xffffffff });
    expect(f64Words("nan:0x10000000000000")).toBeUndefined();
    expect(f64Words("inf")).toEqual({ lo: 0, hi: 0x7ff00000 });
  });
});
