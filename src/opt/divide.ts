// Division by constants becomes multiplication. In: divs, divu, rems or remu of a value by a
// constant that is not 0 and (signed) not -1, so that nothing traps. Out: an expression without
// division. Powers of two of unsigned division are rules (rules.ts).
//
// After Granlund and Montgomery, "Division by invariant integers using multiplication" (1994). Let
// W be the width, d > 0 no power of two, and 0 <= x < 2^N. For M = ceil(2^(W+s) / d) with error e =
// M d - 2^(W+s), floor(x M / 2^(W+s)) = floor(x / d) if 0 < e <= 2^(W+s-N): then
//
//   x M / 2^(W+s) = x / d + x e / (d 2^(W+s)), and the excess is less than 1 / d.
//
// Of a negative x the floor is one below the quotient, which is rounded to zero; for -2^N <= x < 0
// the same bound on e serves. So signed division takes N = W - 1 and adds the sign bit of x.
// `magic` finds the smallest s. For N = W the multiplier may need W + 1 bits; for N < W it never
// does.
//
// A 32-bit quotient is taken from a 64-bit product: a multiplier of 32 bits by one multiplication
// in any registers; one of 33 bits is replaced by ceil(2^64 / d), whose high product is exact for
// all x < 2^32.

import type { Value } from "../ir/func.ts";
import { IR } from "../ir/ops.ts";
import type { Op } from "../ir/ops.ts";
import { I32, I64 } from "../ir/types.ts";
import type { Type } from "../ir/types.ts";
import {
  divide,
  i32_ctz,
  i64_add,
  i64_shl,
  i64_shr_u,
  i64_sub,
  ratio,
  wide,
} from "../semantics.ts";
import { i64_ctz, i64_ge_u, i64_le_u } from "../semantics.ts";
import type { Maker } from "../ir/rule.ts";

/** The multiplier that `magic` found: words, the shift s, and 1 if it has one bit more. */
export const found = { lo: 0, hi: 0, shift: 0, carry: 0 };

/**
 * Finds the multiplier for divisors d (64 bits, no power of two) and numbers below 2^(64 - spare).
 */
export function magic(dlo: number, dhi: number, spare: number): void {
  // 2^64 = (2^64 - 1) + 1; the remainder cannot become d, which would have to be a power of two.
  divide(-1, -1, dlo, dhi);
  let qlo = ratio.lo;
  let qhi = ratio.hi;
  let rlo = i64_add(ratio.restLo, ratio.restHi, 1, 0);
  let rhi = wide.hi;
  found.carry = 0;
  for (let s = 0; ; s++) {
    const elo = i64_sub(dlo, dhi, rlo, rhi);
    const ehi = wide.hi;
    const limitLo = i64_shl(1, 0, Math.min(s + spare, 63), 0);
    if (s + spare > 63 || i64_le_u(elo, ehi, limitLo, wide.hi) !== 0) {
      found.lo = i64_add(qlo, qhi, 1, 0);
      found.hi = wide.hi;
      found.shift = s;
      return;
    }
    // Twice the dividend: quotient and remainder double, and the divisor may go once more.
    if (qhi < 0) found.carry = 1;
    const isLarge = rhi < 0;
    qlo = i64_add(qlo, qhi, qlo, qhi);
    qhi = wide.hi;
    rlo = i64_add(rlo, rhi, rlo, rhi);
    rhi = wide.hi;
    if (isLarge || i64_ge_u(rlo, rhi, dlo, dhi) !== 0) {
      rlo = i64_sub(rlo, rhi, dlo, dhi);
      rhi = wide.hi;
      qlo = i64_add(qlo, qhi, 1, 0);
      qhi = wide.hi;
    }
  }
}

const binary = (v: Maker, op: Op, a: Value, b: Value): Value => v.pure(op, v.f.ty[a]!, a, b, 0);
const shift = (v: Maker, op: Op, a: Value, n: number): Value =>
  n === 0 ? a : v.pure(op, v.f.ty[a]!, a, v.constant(v.f.ty[a]!, n, 0), 0);

/** `op` of x and the constant `c`, rewritten; 0 if it must stay a division. */
export function divideByConstant(v: Maker, op: Op, ty: Type, x: Value, c: Value): Value {
  const { f } = v;
  const lo = f.a[c]!;
  const hi = ty === I32 ? 0 : f.b[c]!;
  if ((lo | hi) === 0) return 0;
  const signed = op === IR.divs || op === IR.rems;
  if (signed && lo === -1 && (ty === I32 || hi === -1)) return 0;
  const rest = op === IR.rems || op === IR.remu;
  if (signed) {
    const negative = (ty === I32 ? lo : hi) < 0;
    // |d| as words; the smallest number is its own magnitude, unsigned.
    const dlo = negative ? -lo | 0 : lo;
    const dhi = ty === I64 && negative ? (i64_sub(0, 0, lo, hi), wide.hi) : hi;
    const power = powerOfTwo(dlo, dhi);
    if (rest && power >= 0) return restByPower(v, ty, x, power);
    const q = power >= 0 ? quotientByPower(v, ty, x, power) : signedQuotient(v, ty, x, dlo, dhi);
    if (rest) return restOf(v, ty, x, q, dlo, dhi);
    return negative ? v.pure(IR.sub, ty, v.constant(ty, 0, 0), q, 0) : q;
  }
  if (powerOfTwo(lo, hi) >= 0) return 0;
  const q = unsignedQuotient(v, ty, x, lo, hi);
  return rest ? restOf(v, ty, x, q, lo, hi) : q;
}

/** The exponent if the words are a power of two, else -1. */
function powerOfTwo(lo: number, hi: number): number {
  if (hi === 0) return (lo & (lo - 1)) === 0 ? i32_ctz(lo) : -1;
  return lo === 0 && (hi & (hi - 1)) === 0 ? 32 + i32_ctz(hi) : -1;
}

/** x - q d */
function restOf(v: Maker, ty: Type, x: Value, q: Value, dlo: number, dhi: number): Value {
  return binary(v, IR.sub, x, v.pure(IR.mul, ty, q, v.constant(ty, dlo, dhi), 0));
}

// ---- signed, by powers of two ------------------------------------------------------------------

/** x, or x + 2^n - 1 if it is negative: what `shrs` by n rounds to zero. */
function biased(v: Maker, ty: Type, x: Value, n: number): Value {
  const width = ty === I32 ? 32 : 64;
  const sign = n === 1 ? x : shift(v, IR.shrs, x, width - 1);
  return binary(v, IR.add, x, shift(v, IR.shru, sign, width - n));
}

function quotientByPower(v: Maker, ty: Type, x: Value, n: number): Value {
  if (n === 0) return x;
  return shift(v, IR.shrs, biased(v, ty, x, n), n);
}

function restByPower(v: Maker, ty: Type, x: Value, n: number): Value {
  if (n === 0) return v.constant(ty, 0, 0);
  const mask = v.pure(IR.shl, ty, v.constant(ty, -1, -1), v.constant(ty, n, 0), 0);
  return binary(v, IR.sub, x, binary(v, IR.and, biased(v, ty, x, n), mask));
}

// ---- multiplication ----------------------------------------------------------------------------

/**
 * d of 32 bits as the upper word of a 64-bit problem: M is then 2^(64+s) / (d 2^32) = 2^(32+s) / d.
 */
function magic32(d: number, spare: number): void {
  magic(0, d, spare);
}

function signedQuotient(v: Maker, ty: Type, x: Value, dlo: number, dhi: number): Value {
  if (ty === I32) {
    magic32(dlo, 1 + 32);
    const product = multiplied(v, IR.exts, x);
    const high = v.pure(IR.wrap, I32, shift(v, IR.shrs, product, 32 + found.shift), 0, 0);
    return binary(v, IR.add, high, shift(v, IR.shru, x, 31));
  }
  magic(dlo, dhi, 1);
  const s = found.shift;
  const isNegative = found.hi < 0;
  let high = binary(v, IR.mulhs, x, v.constant(I64, found.lo, found.hi));
  // The multiplier was read as M - 2^64.
  if (isNegative) high = binary(v, IR.add, high, x);
  return binary(v, IR.add, shift(v, IR.shrs, high, s), shift(v, IR.shru, x, 63));
}

/** The i32 x, extended by `op`, times the 32-bit multiplier found. */
function multiplied(v: Maker, op: Op, x: Value): Value {
  const long = v.pure(op, I64, x, 0, 0);
  return binary(v, IR.mul, long, v.constant(I64, found.lo, 0));
}

function unsignedQuotient(v: Maker, ty: Type, x: Value, dlo: number, dhi: number): Value {
  // Above half of the range the quotient is 0 or 1.
  if ((ty === I32 ? dlo : dhi) < 0) {
    const one = v.pure(IR.geu, I32, x, v.constant(ty, dlo, dhi), 0);
    return ty === I32 ? one : v.pure(IR.extu, I64, one, 0, 0);
  }
  return ty === I32 ? unsigned32(v, x, dlo) : unsigned64(v, x, dlo, dhi);
}

function unsigned32(v: Maker, x: Value, d: number): Value {
  magic32(d, 32);
  if (found.hi === 0) {
    const product = multiplied(v, IR.extu, x);
    return v.pure(IR.wrap, I32, shift(v, IR.shru, product, 32 + found.shift), 0, 0);
  }
  const even = i32_ctz(d);
  if (even > 0) {
    magic32(d >>> even, 32 + even);
    const product = multiplied(v, IR.extu, shift(v, IR.shru, x, even));
    return v.pure(IR.wrap, I32, shift(v, IR.shru, product, 32 + found.shift), 0, 0);
  }
  // ceil(2^64 / d): its error is below d, at most 2^(64-32).
  divide(-1, -1, d, 0);
  const lo = i64_add(ratio.lo, ratio.hi, 1, 0);
  const long = v.pure(IR.extu, I64, x, 0, 0);
  const high = binary(v, IR.mulhu, long, v.constant(I64, lo, wide.hi));
  return v.pure(IR.wrap, I32, high, 0, 0);
}

function unsigned64(v: Maker, x: Value, dlo: number, dhi: number): Value {
  magic(dlo, dhi, 0);
  if (found.carry === 0) {
    const high = binary(v, IR.mulhu, x, v.constant(I64, found.lo, found.hi));
    return shift(v, IR.shru, high, found.shift);
  }
  const even = i64_ctz(dlo, dhi);
  if (even > 0) {
    const lo = i64_shr_u(dlo, dhi, even, 0);
    magic(lo, wide.hi, even);
    const n = found.shift;
    const m = v.constant(I64, found.lo, found.hi);
    return shift(v, IR.shru, binary(v, IR.mulhu, shift(v, IR.shru, x, even), m), n);
  }
  // M = 2^64 + m: x M / 2^64 = x + h; halved as (x - h) / 2 + h, which does not overflow.
  const n = found.shift;
  const h = binary(v, IR.mulhu, x, v.constant(I64, found.lo, found.hi));
  const half = shift(v, IR.shru, binary(v, IR.sub, x, h), 1);
  return shift(v, IR.shru, binary(v, IR.add, half, h), n - 1);
}
