// What vector opcodes are tried on (vectortest.ts): vectors with a liking for what is special in
// their lanes, and masks of shuffles.

import type { Random } from "../src/ir/draw.ts";
import type { Words } from "./lanetrial.ts";

// ---- values ------------------------------------------------------------------------------------

const view = new DataView(new ArrayBuffer(16));
const INTS = [0, 1, -1, 2, 3, 7, 15, 16, 31, 63, 64, 127, 128, 255, 256];
const EDGES = [0x7f, 0x80, 0x7fff, 0x8000, 0x7fffffff, 0x80000000, 0xffff, 0x10000, 0x55555555];
// prettier-ignore
const FLOATS = [
  0, 1, 1.5, 0.5, 0.25, 2.5, 3.5, 2147483647, 2147483648, 2147483648.5, 4294967295, 4294967040,
  4294967295.5, 4294967296, 2147483520, 8388609, 8388607.5, 2 ** 52 + 0.5, 2 ** 63, 1e300, 1e38,
  1e-300, 5e-324, 1.1754943508222875e-38, 1e-45, 0.9999999, 3.4028234663852886e38, Infinity,
].flatMap((x) => [x, -x]);
const NANS32 = [0x7fc00000, 0xffc00000, 0x7fa00000, 0xff800001, 0x7fffffff];
const NANS64 = [0x7ff80000, 0xfff80000, 0x7ff40000, 0xfff00000, 0x7fffffff];

function fillInts(random: Random, bytes: number): void {
  for (let k = 0; k < 16; k += bytes) {
    const n = random.chance(60) ? random.pick([...INTS, ...EDGES]) : random.word();
    const x = random.chance(30) ? -n : n;
    if (bytes === 1) view.setUint8(k, x);
    else if (bytes === 2) view.setUint16(k, x, true);
    else if (bytes === 4) view.setInt32(k, x, true);
    else view.setBigInt64(k, BigInt(x) << BigInt(random.pick([0, 0, 0, 16, 31, 32])), true);
  }
}

function fillFloats(random: Random, bytes: number): void {
  for (let k = 0; k < 16; k += bytes) {
    if (random.chance(15)) {
      if (bytes === 8) view.setInt32(k, random.pick([0, 1, -1]), true);
      view.setInt32(k + bytes - 4, random.pick(bytes === 4 ? NANS32 : NANS64), true);
    } else if (bytes === 4) view.setFloat32(k, random.pick(FLOATS), true);
    else view.setFloat64(k, random.pick(FLOATS), true);
  }
}

/** A vector with a liking for what is special in the shape. */
export function draw(random: Random, shape: number): Words {
  const bytes = [1, 2, 4, 8, 4, 8][shape]!;
  if (random.chance(25)) for (let k = 0; k < 16; k += 4) view.setInt32(k, random.word(), true);
  else if (shape >= 4) fillFloats(random, bytes);
  else fillInts(random, bytes);
  if (random.chance(20))
    for (let k = bytes; k < 16; k++) view.setUint8(k, view.getUint8(k % bytes));
  return [0, 4, 8, 12].map((k) => view.getInt32(k, true)) as unknown as Words;
}

/** Bytes that are all ones or all zeros. */
export const byteMask = (random: Random): Words => {
  for (let k = 0; k < 16; k++) view.setInt8(k, -random.below(2));
  return [0, 4, 8, 12].map((k) => view.getInt32(k, true)) as unknown as Words;
};

// ---- masks --------------------------------------------------------------------------------------

const bytes = (lane: (k: number) => number, width: number): number[] =>
  Array.from({ length: 16 }, (_, k) => lane(Math.floor(k / width)) * width + (k % width));
const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);
const two = (imm: number, k: number): number => (imm >> (2 * k)) & 3;

/** Masks of two operands that single instructions make, and random ones. */
export function* masks(random: Random): Generator<number[]> {
  for (const imm of range(256)) {
    yield bytes((k) => two(imm, k), 4);
    yield bytes((k) => (k < 4 ? two(imm, k) : k), 2);
    yield bytes((k) => (k < 4 ? k : 4 + two(imm, k - 4)), 2);
    yield bytes((k) => (k < 2 ? two(imm, k) : 4 + two(imm, k)), 4);
    yield bytes((k) => k + (((imm >> k) & 1) !== 0 ? 8 : 0), 2);
    yield bytes((k) => (k === two(imm, 0) ? 4 + two(imm, 1) : k), 4);
  }
  for (const width of [1, 2, 4, 8]) {
    const count = 16 / width;
    for (const from of [0, count / 2]) {
      yield bytes((k) => (k & 1) * count + from + (k >> 1), width);
      yield bytes((k) => from + (k >> 1), width);
    }
    for (const odd of [0, 1]) {
      yield bytes((k) => 2 * k + odd, width);
      yield bytes((k) => (2 * k + odd) & (count - 1), width);
      yield bytes((k) => (k & 1) * count + (k & ~1) + odd, width);
      yield bytes((k) => (k & ~1) + odd, width);
    }
    for (const lanes of [2, 4, 8])
      if (lanes < 2 * count) yield bytes((k) => k ^ (lanes - 1), width);
    for (const lane of range(2 * count)) yield bytes(() => lane, width);
    for (let n = 0; n < 200; n++) yield bytes(() => random.below(2 * count), width);
    for (let n = 0; n < 50; n++) yield bytes((k) => k + count * random.below(2), width);
    for (let n = 0; n < 50; n++) {
      yield bytes((k) => (random.chance(50) ? k : count + random.below(count)), width);
      yield bytes((k) => (random.chance(90) ? k : random.below(2 * count)), width);
    }
  }
  for (const n of range(32)) yield range(16).map((k) => (n + k) & 31);
  for (const n of range(16)) yield range(16).map((k) => (n + k) & 15);
  // Zeros, where the second operand is zero.
  for (const n of range(16)) {
    yield range(16).map((k) => (k + n < 16 ? k + n : 16));
    yield range(16).map((k) => (k >= n ? k - n : 31));
    yield range(16).map((k) => (((n * 0x1357) >> k) & 1 ? k : 20));
  }
  for (const [width, to] of [
    [1, 2],
    [1, 4],
    [1, 8],
    [2, 4],
    [2, 8],
    [4, 8],
    [8, 16],
  ] as const) {
    yield range(16).map((k) => (k % to < width ? Math.floor(k / to) * width + (k % to) : 17));
  }
}
