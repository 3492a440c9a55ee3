// Numbers for random modules (wasmgen.ts), with a liking for the edges of their types.

import type { Random } from "./random.ts";

/** Keeps a random pattern from being a NaN. */
function finite(bits: number, exponent: number): number {
  return (bits & exponent) === exponent ? bits & ~(exponent & -exponent) : bits;
}

/** A word. */
export function interesting(r: Random): number {
  switch (r.below(5)) {
    case 0:
      return r.below(16) - 4;
    case 1:
      return 1 << r.below(32);
    case 2:
      return (1 << r.below(32)) - 1;
    case 3:
      return r.pick([-1, 0x7fffffff, -0x80000000, 0xffff, 65535 * 65536, 255, -256]);
    default:
      return r.word();
  }
}

/** Bits of an f32 that is the canonical NaN if it is one. */
export function f32Bits(r: Random): number {
  const bits = new Int32Array(
    new Float32Array([
      r.pick([0, -0, 1, -1, 0.5, 1e10, -2147483648, 4294967296, Infinity, r.below(1000) / 8]),
    ]).buffer,
  )[0]!;
  if (r.oneIn(12)) return 0x7fc00000;
  return r.oneIn(3) ? finite(r.word(), 0x7f800000) : bits;
}

/** The two words of such an f64. */
export function f64Words(r: Random): readonly [number, number] {
  if (r.oneIn(12)) return [0, 0x7ff80000];
  if (r.oneIn(3)) return [r.word(), finite(r.word(), 0x7ff00000)];
  const value = r.pick([
    0,
    -0,
    1,
    -1,
    0.5,
    1e300,
    2 ** 63,
    -(2 ** 63),
    2 ** 31,
    2 ** 32,
    -Infinity,
    r.below(10000) / 16,
  ]);
  const words = new Int32Array(new Float64Array([value]).buffer);
  return [words[0]!, words[1]!];
}

/** A word of lanes of any width. */
export function laneWord(r: Random): number {
  const byte = r.pick([0, 1, 0x7f, 0x80, 0xff, r.below(256)]);
  const bytes = byte | (byte << 8) | (r.below(256) << 16) | (byte << 24);
  return r.pick([interesting(r), f32Bits(r), bytes, r.word() & 0x1f1f1f1f]);
}
