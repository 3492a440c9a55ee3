// LEB128 both ways against BigInt arithmetic, and the errors of the specification for each way in
// which a number can be wrong.

import { expect, test } from "vitest";
import { ByteReader, ByteWriter } from "./bytes.ts";

const reader = (...bytes: number[]): ByteReader => new ByteReader(Uint8Array.from(bytes));

function written(write: (w: ByteWriter) => void): ByteReader {
  const w = new ByteWriter(1);
  write(w);
  return new ByteReader(w.finish());
}

const words = [0, 1, -1, 63, 64, -64, -65, 127, 128, 8191, 8192, -8192, 0x7fffffff, -0x80000000];

test("32-bit numbers come back", () => {
  for (const n of words) {
    expect(written((w) => w.s32(n)).s32()).toBe(n);
    expect(written((w) => w.u32(n)).u32()).toBe(n >>> 0);
    expect(written((w) => w.s33(n)).s33()).toBe(n);
    expect(written((w) => w.s33(n >>> 0)).s33()).toBe(n >>> 0);
    expect(written((w) => w.word(n)).word()).toBe(n);
  }
});

test("64-bit numbers come back, at every length", () => {
  for (let bits = 0n; bits < 64n; bits++) {
    for (const delta of [-1n, 0n, 1n]) {
      for (const sign of [1n, -1n]) {
        const n = BigInt.asIntN(64, sign * ((1n << bits) + delta));
        const lo = Number(BigInt.asIntN(32, n));
        const hi = Number(BigInt.asIntN(32, n >> 32n));
        const r = written((w) => w.s64(lo, hi));
        expect(r.bytes.length).toBe(sleb(n));
        r.s64();
        expect([r.lo, r.hi, r.pos]).toEqual([lo, hi, r.end]);
      }
    }
  }
});

// Length of the shortest signed LEB128 of n.
function sleb(n: bigint): number {
  let length = 1;
  while (n < -64n || n > 63n) {
    n >>= 7n;
    length++;
  }
  return length;
}

test("padded numbers are read to their full length", () => {
  expect(reader(0x82, 0x80, 0x80, 0x80, 0x00).u32()).toBe(2);
  expect(reader(0xff, 0xff, 0xff, 0xff, 0x7f).s32()).toBe(-1);
  const r = reader(0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00);
  r.s64();
  expect([r.lo, r.hi]).toEqual([2, 0]);
});

test("numbers that are too long or too large", () => {
  const long = "integer representation too long";
  const large = "integer too large";
  expect(() => reader(0x80, 0x80, 0x80, 0x80, 0x80, 0).u32()).toThrow(long);
  expect(() => reader(0xff, 0xff, 0xff, 0xff, 0x1f).u32()).toThrow(large);
  expect(() => reader(0x80, 0x80, 0x80, 0x80, 0x80, 0).s32()).toThrow(long);
  expect(() => reader(0xff, 0xff, 0xff, 0xff, 0x0f).s32()).toThrow(large);
  expect(() => reader(0x80, 0x80, 0x80, 0x80, 0x70).s32()).toThrow(large);
  expect(() => reader(0xff, 0xff, 0xff, 0xff, 0x3f).s33()).toThrow(large);
  const nine = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80];
  expect(() => reader(...nine, 0x80, 0).s64()).toThrow(long);
  expect(() => reader(...nine, 0x7e).s64()).toThrow(large);
  expect(() => reader(2).u1()).toThrow(large);
  expect(() => reader(0x81, 0).u1()).toThrow(long);
  expect(() => reader(0x80).u32()).toThrow("unexpected end");
});

test("names and lengths", () => {
  expect(written((w) => w.name("größe")).name()).toBe("größe");
  expect(() => reader(1, 0xff).name()).toThrow("malformed UTF-8 encoding");
  expect(() => reader(2, 0x61).name()).toThrow("length out of bounds");
  expect(() => reader(1).take(2)).toThrow("unexpected end");
  expect(() => reader(1, 2, 3).word()).toThrow("unexpected end");
});

test("the writer grows, aligns, nests and patches", () => {
  const w = new ByteWriter(1);
  w.u8(7);
  w.align(4);
  w.words(1, 2);
  w.sized((inner) => inner.bytes(Uint8Array.of(5, 6)));
  w.patchWord(4, 0x01020304);
  w.patchByte(0, 9);
  w.u16(0x0a0b);
  expect([...w.finish()]).toEqual([9, 0, 0, 0, 4, 3, 2, 1, 2, 0, 0, 0, 2, 5, 6, 0x0b, 0x0a]);
  expect(w.length).toBe(17);
  expect(() => w.patchWord(14, 0)).toThrow(RangeError);
  w.clear();
  expect(w.view().length).toBe(0);
});
