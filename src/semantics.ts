// TABLE. Each operator's meaning, once: a pure function named after the Wasm operator with `.`
// written `_`, and at the end of the file a row per function that says what it takes and gives. The
// interpreter inlines these bodies, the constant folder and the IR runner call them through words.
//
//   i32   one word: a number that is an int32; a result always is one (`| 0`)
//   i64   two parameters, low and high word; a result is the low word, the high word is in wide.hi.
//         Operands are parameters, so they are all read before wide.hi is written
//   f32   a number that fround does not change; f64 a number. Which NaN comes out is not said,
//         only that it is an arithmetic one, whatever came in
//   bits  neg, abs, copysign and reinterpret work on bits, since they must keep a NaN's payload:
//         an f32 is its word, an f64 its two words, as an i32 and an i64
//
// Shift counts beyond 31 rely on JavaScript taking them modulo 32: `x << n`, `x >>> ~n` (= 31 - n).
// `x >>> 1 >>> ~n` is `x >>> (32 - n)` that gives 0 for n = 0.

import { TRAP, trapOf } from "./abi.ts";

/** High word of the last i64 result. An object is faster than a typed array in V8. */
export const wide = { hi: 0 };

type Op1 = (a: number) => number;
type Op2 = (a: number, b: number) => number;
type Wide1 = (lo: number, hi: number) => number;
type Wide2 = (alo: number, ahi: number, blo: number, bhi: number) => number;

export function divideByZero(): never {
  throw trapOf(TRAP.divide);
}

export function remainderByZero(): never {
  throw trapOf(TRAP.remainder);
}

/** What to say of the least number divided by -1. */
export function badQuotient(): never {
  throw trapOf(TRAP.quotient);
}

/** What to say of a float that does not fit the integer type. */
export function badConversion(a: number): never {
  throw trapOf(a !== a ? TRAP.conversion : TRAP.overflow);
}

const TWO32 = 4294967296;

// ---- i32 ---------------------------------------------------------------------------------------

export const i32_add: Op2 = (a, b) => (a + b) | 0;
export const i32_sub: Op2 = (a, b) => (a - b) | 0;
export const i32_mul: Op2 = (a, b) => Math.imul(a, b);
export const i32_div_s: Op2 = (a, b) =>
  b === 0 ? divideByZero() : b === -1 && a === -2147483648 ? badQuotient() : (a / b) | 0;
export const i32_div_u: Op2 = (a, b) => (b === 0 ? divideByZero() : ((a >>> 0) / (b >>> 0)) | 0);
export const i32_rem_s: Op2 = (a, b) => (b === 0 ? remainderByZero() : (a % b) | 0);
export const i32_rem_u: Op2 = (a, b) => (b === 0 ? remainderByZero() : ((a >>> 0) % (b >>> 0)) | 0);
export const i32_and: Op2 = (a, b) => a & b;
export const i32_or: Op2 = (a, b) => a | b;
export const i32_xor: Op2 = (a, b) => a ^ b;
export const i32_shl: Op2 = (a, b) => a << b;
export const i32_shr_s: Op2 = (a, b) => a >> b;
export const i32_shr_u: Op2 = (a, b) => (a >>> b) | 0;
export const i32_rotl: Op2 = (a, b) => (a << b) | (a >>> -b);
export const i32_rotr: Op2 = (a, b) => (a >>> b) | (a << -b);
export const i32_clz: Op1 = (a) => Math.clz32(a);
export const i32_ctz: Op1 = (a) => (a === 0 ? 32 : 31 - Math.clz32(a & -a));
/** Sums of 2, 4, then 8 bits side by side; the multiplication adds the four bytes. */
export const i32_popcnt: Op1 = (a) => {
  const pairs = a - ((a >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};
export const i32_extend8_s: Op1 = (a) => (a << 24) >> 24;
export const i32_extend16_s: Op1 = (a) => (a << 16) >> 16;
export const i32_eqz: Op1 = (a) => (a === 0 ? 1 : 0);
export const i32_eq: Op2 = (a, b) => (a === b ? 1 : 0);
export const i32_ne: Op2 = (a, b) => (a !== b ? 1 : 0);
export const i32_lt_s: Op2 = (a, b) => (a < b ? 1 : 0);
export const i32_lt_u: Op2 = (a, b) => (a >>> 0 < b >>> 0 ? 1 : 0);
export const i32_gt_s: Op2 = (a, b) => (a > b ? 1 : 0);
export const i32_gt_u: Op2 = (a, b) => (a >>> 0 > b >>> 0 ? 1 : 0);
export const i32_le_s: Op2 = (a, b) => (a <= b ? 1 : 0);
export const i32_le_u: Op2 = (a, b) => (a >>> 0 <= b >>> 0 ? 1 : 0);
export const i32_ge_s: Op2 = (a, b) => (a >= b ? 1 : 0);
export const i32_ge_u: Op2 = (a, b) => (a >>> 0 >= b >>> 0 ? 1 : 0);

/** High word of the unsigned product, by halves: no partial sum exceeds 32 bits. */
export const i32_mulh_u: Op2 = (a, b) => {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const t = Math.imul(ah, bl) + (Math.imul(al, bl) >>> 16);
  const u = Math.imul(al, bh) + (t & 0xffff);
  return (Math.imul(ah, bh) + (t >>> 16) + (u >>> 16)) | 0;
};
export const i32_mulh_s: Op2 = (a, b) => (i32_mulh_u(a, b) - ((a >> 31) & b) - ((b >> 31) & a)) | 0;

// ---- i64 ---------------------------------------------------------------------------------------

export const i64_add: Wide2 = (alo, ahi, blo, bhi) => {
  const lo = (alo + blo) | 0;
  wide.hi = (ahi + bhi + (lo >>> 0 < alo >>> 0 ? 1 : 0)) | 0;
  return lo;
};
export const i64_sub: Wide2 = (alo, ahi, blo, bhi) => {
  wide.hi = (ahi - bhi - (alo >>> 0 < blo >>> 0 ? 1 : 0)) | 0;
  return (alo - blo) | 0;
};
export const i64_mul: Wide2 = (alo, ahi, blo, bhi) => {
  wide.hi = (i32_mulh_u(alo, blo) + Math.imul(alo, bhi) + Math.imul(ahi, blo)) | 0;
  return Math.imul(alo, blo);
};

/** High half of the unsigned product: columns of words, with the carry between them. */
export const i64_mulh_u: Wide2 = (alo, ahi, blo, bhi) => {
  const p = Math.imul(alo, bhi);
  const q = Math.imul(ahi, blo);
  const r = Math.imul(ahi, bhi);
  const one = (i32_mulh_u(alo, blo) >>> 0) + (p >>> 0) + (q >>> 0);
  const sum = (i32_mulh_u(alo, bhi) >>> 0) + (i32_mulh_u(ahi, blo) >>> 0) + (r >>> 0);
  const two = sum + Math.floor(one / TWO32);
  wide.hi = (i32_mulh_u(ahi, bhi) + Math.floor(two / TWO32)) | 0;
  return two | 0;
};
export const i64_mulh_s: Wide2 = (alo, ahi, blo, bhi) => {
  const lo = i64_mulh_u(alo, ahi, blo, bhi);
  const a = ahi >> 31;
  const b = bhi >> 31;
  const mid = i64_sub(lo, wide.hi, a & blo, a & bhi);
  return i64_sub(mid, wide.hi, b & alo, b & ahi);
};

/** Quotient and remainder of the last unsigned 64-bit division. */
export const ratio = { lo: 0, hi: 0, restLo: 0, restHi: 0 };

/** Divides unsigned by a divisor below 2^32, not 0: digits of 16 bits, all sums below 2^48. */
function divideByWord(nlo: number, nhi: number, d: number): void {
  const n = nhi >>> 0;
  ratio.hi = (n / d) | 0;
  const upper = (n % d) * 65536 + (nlo >>> 16);
  const digit = Math.floor(upper / d);
  const lower = (upper - digit * d) * 65536 + (nlo & 0xffff);
  const last = Math.floor(lower / d);
  ratio.lo = (digit << 16) | last;
  ratio.restLo = (lower - last * d) | 0;
  ratio.restHi = 0;
}

/**
 * Divides unsigned by a divisor from 2^32 up. The quotient has 32 bits, so its estimate from
 * rounded operands is off by at most one; lowered by one it is never too large.
 */
function divideByWide(nlo: number, nhi: number, dlo: number, dhi: number): void {
  const n = (nhi >>> 0) * TWO32 + (nlo >>> 0);
  const d = (dhi >>> 0) * TWO32 + (dlo >>> 0);
  let q = Math.max(0, Math.floor(n / d) - 1) | 0;
  const high = (i32_mulh_u(q, dlo) + Math.imul(q, dhi)) | 0;
  let lo = i64_sub(nlo, nhi, Math.imul(q, dlo), high);
  let hi = wide.hi;
  while (i64_ge_u(lo, hi, dlo, dhi) !== 0) {
    lo = i64_sub(lo, hi, dlo, dhi);
    hi = wide.hi;
    q = (q + 1) | 0;
  }
  ratio.lo = q;
  ratio.hi = 0;
  ratio.restLo = lo;
  ratio.restHi = hi;
}

/** Unsigned division, the result in `ratio`. */
export function divide(nlo: number, nhi: number, dlo: number, dhi: number): void {
  if (dhi !== 0) divideByWide(nlo, nhi, dlo, dhi);
  else if (dlo !== 0) divideByWord(nlo, nhi, dlo >>> 0);
  else divideByZero();
}

/** Divides magnitudes; signs are the caller's. */
function divideMagnitudes(alo: number, ahi: number, blo: number, bhi: number): void {
  const nlo = ahi < 0 ? i64_sub(0, 0, alo, ahi) : alo;
  const nhi = ahi < 0 ? wide.hi : ahi;
  const dlo = bhi < 0 ? i64_sub(0, 0, blo, bhi) : blo;
  divide(nlo, nhi, dlo, bhi < 0 ? wide.hi : bhi);
}

export const i64_div_s: Wide2 = (alo, ahi, blo, bhi) => {
  if (ahi === -2147483648 && alo === 0 && (blo & bhi) === -1) badQuotient();
  divideMagnitudes(alo, ahi, blo, bhi);
  if ((ahi ^ bhi) < 0) return i64_sub(0, 0, ratio.lo, ratio.hi);
  wide.hi = ratio.hi;
  return ratio.lo;
};
export const i64_div_u: Wide2 = (alo, ahi, blo, bhi) => {
  divide(alo, ahi, blo, bhi);
  wide.hi = ratio.hi;
  return ratio.lo;
};
export const i64_rem_s: Wide2 = (alo, ahi, blo, bhi) => {
  if ((blo | bhi) === 0) remainderByZero();
  divideMagnitudes(alo, ahi, blo, bhi);
  if (ahi < 0) return i64_sub(0, 0, ratio.restLo, ratio.restHi);
  wide.hi = ratio.restHi;
  return ratio.restLo;
};
export const i64_rem_u: Wide2 = (alo, ahi, blo, bhi) => {
  if ((blo | bhi) === 0) remainderByZero();
  divide(alo, ahi, blo, bhi);
  wide.hi = ratio.restHi;
  return ratio.restLo;
};
export const i64_and: Wide2 = (alo, ahi, blo, bhi) => {
  wide.hi = ahi & bhi;
  return alo & blo;
};
export const i64_or: Wide2 = (alo, ahi, blo, bhi) => {
  wide.hi = ahi | bhi;
  return alo | blo;
};
export const i64_xor: Wide2 = (alo, ahi, blo, bhi) => {
  wide.hi = ahi ^ bhi;
  return alo ^ blo;
};
export const i64_shl: Wide2 = (alo, ahi, blo) => {
  wide.hi = (blo & 32) !== 0 ? alo << blo : (ahi << blo) | ((alo >>> 1) >>> ~blo);
  return (blo & 32) !== 0 ? 0 : alo << blo;
};
export const i64_shr_s: Wide2 = (alo, ahi, blo) => {
  wide.hi = (blo & 32) !== 0 ? ahi >> 31 : ahi >> blo;
  return (blo & 32) !== 0 ? ahi >> blo : (alo >>> blo) | ((ahi << 1) << ~blo);
};
export const i64_shr_u: Wide2 = (alo, ahi, blo) => {
  wide.hi = (blo & 32) !== 0 ? 0 : (ahi >>> blo) | 0;
  return (blo & 32) !== 0 ? (ahi >>> blo) | 0 : (alo >>> blo) | ((ahi << 1) << ~blo);
};
export const i64_rotl: Wide2 = (alo, ahi, blo) => {
  const lo = (blo & 32) !== 0 ? ahi : alo;
  const hi = (blo & 32) !== 0 ? alo : ahi;
  wide.hi = (hi << blo) | ((lo >>> 1) >>> ~blo);
  return (lo << blo) | ((hi >>> 1) >>> ~blo);
};
export const i64_rotr: Wide2 = (alo, ahi, blo) => {
  const lo = (blo & 32) !== 0 ? ahi : alo;
  const hi = (blo & 32) !== 0 ? alo : ahi;
  wide.hi = (hi >>> blo) | ((lo << 1) << ~blo);
  return (lo >>> blo) | ((hi << 1) << ~blo);
};
export const i64_clz: Wide1 = (lo, hi) => {
  wide.hi = 0;
  return hi === 0 ? 32 + Math.clz32(lo) : Math.clz32(hi);
};
export const i64_ctz: Wide1 = (lo, hi) => {
  wide.hi = 0;
  return lo === 0 ? 32 + i32_ctz(hi) : i32_ctz(lo);
};
export const i64_popcnt: Wide1 = (lo, hi) => {
  wide.hi = 0;
  return i32_popcnt(lo) + i32_popcnt(hi);
};
export const i64_extend8_s: Wide1 = (lo) => {
  wide.hi = (lo << 24) >> 31;
  return (lo << 24) >> 24;
};
export const i64_extend16_s: Wide1 = (lo) => {
  wide.hi = (lo << 16) >> 31;
  return (lo << 16) >> 16;
};
export const i64_extend32_s: Wide1 = (lo) => {
  wide.hi = lo >> 31;
  return lo;
};
export const i64_eqz: Wide1 = (lo, hi) => ((lo | hi) === 0 ? 1 : 0);
export const i64_eq: Wide2 = (alo, ahi, blo, bhi) => (alo === blo && ahi === bhi ? 1 : 0);
export const i64_ne: Wide2 = (alo, ahi, blo, bhi) => (alo !== blo || ahi !== bhi ? 1 : 0);
export const i64_lt_s: Wide2 = (alo, ahi, blo, bhi) =>
  (ahi === bhi ? alo >>> 0 < blo >>> 0 : ahi < bhi) ? 1 : 0;
export const i64_lt_u: Wide2 = (alo, ahi, blo, bhi) =>
  (ahi === bhi ? alo >>> 0 < blo >>> 0 : ahi >>> 0 < bhi >>> 0) ? 1 : 0;
export const i64_gt_s: Wide2 = (alo, ahi, blo, bhi) =>
  (ahi === bhi ? alo >>> 0 > blo >>> 0 : ahi > bhi) ? 1 : 0;
export const i64_gt_u: Wide2 = (alo, ahi, blo, bhi) =>
  (ahi === bhi ? alo >>> 0 > blo >>> 0 : ahi >>> 0 > bhi >>> 0) ? 1 : 0;
export const i64_le_s: Wide2 = (alo, ahi, blo, bhi) =>
  (ahi === bhi ? alo >>> 0 <= blo >>> 0 : ahi < bhi) ? 1 : 0;
export const i64_le_u: Wide2 = (alo, ahi, blo, bhi) =>
  (ahi === bhi ? alo >>> 0 <= blo >>> 0 : ahi >>> 0 < bhi >>> 0) ? 1 : 0;
export const i64_ge_s: Wide2 = (alo, ahi, blo, bhi) =>
  (ahi === bhi ? alo >>> 0 >= blo >>> 0 : ahi > bhi) ? 1 : 0;
export const i64_ge_u: Wide2 = (alo, ahi, blo, bhi) =>
  (ahi === bhi ? alo >>> 0 >= blo >>> 0 : ahi >>> 0 > bhi >>> 0) ? 1 : 0;

// ---- floats as numbers -------------------------------------------------------------------------
// + - * / and sqrt of f32 may be done in f64 and rounded again: 53 >= 2 * 24 + 2 bits.

export const f32_add: Op2 = (a, b) => Math.fround(a + b);
export const f32_sub: Op2 = (a, b) => Math.fround(a - b);
export const f32_mul: Op2 = (a, b) => Math.fround(a * b);
export const f32_div: Op2 = (a, b) => Math.fround(a / b);
export const f32_sqrt: Op1 = (a) => Math.fround(Math.sqrt(a));
export const f64_add: Op2 = (a, b) => a + b;
export const f64_sub: Op2 = (a, b) => a - b;
export const f64_mul: Op2 = (a, b) => a * b;
export const f64_div: Op2 = (a, b) => a / b;
export const f64_sqrt: Op1 = (a) => Math.sqrt(a);

// Math.min and Math.max order the zeros and give NaN for a NaN, as Wasm wants.
export const f64_min: Op2 = (a, b) => Math.min(a, b);
export const f64_max: Op2 = (a, b) => Math.max(a, b);

// The roundings of V8 pass a signalling NaN through, some of the time.
export const f64_ceil: Op1 = (a) => (a !== a ? NaN : Math.ceil(a));
export const f64_floor: Op1 = (a) => (a !== a ? NaN : Math.floor(a));
export const f64_trunc: Op1 = (a) => (a !== a ? NaN : Math.trunc(a));
/**
 * Adding 2^52 to something smaller rounds it to an integer, ties to even; the outer minus keeps the
 * sign of a zero. What is not in (0, 2^52) in magnitude is an integer or infinite, or a NaN.
 */
export const f64_nearest: Op1 = (a) =>
  a > 0 && a < 4503599627370496
    ? a + 4503599627370496 - 4503599627370496
    : a < 0 && a > -4503599627370496
      ? -(4503599627370496 - a - 4503599627370496)
      : a !== a
        ? NaN
        : a;
export const f64_eq: Op2 = (a, b) => (a === b ? 1 : 0);
export const f64_ne: Op2 = (a, b) => (a !== b ? 1 : 0);
export const f64_lt: Op2 = (a, b) => (a < b ? 1 : 0);
export const f64_gt: Op2 = (a, b) => (a > b ? 1 : 0);
export const f64_le: Op2 = (a, b) => (a <= b ? 1 : 0);
export const f64_ge: Op2 = (a, b) => (a >= b ? 1 : 0);

// On numbers these mean the same for both types.
export const f32_min = f64_min;
export const f32_max = f64_max;
export const f32_ceil = f64_ceil;
export const f32_floor = f64_floor;
export const f32_trunc = f64_trunc;
export const f32_nearest = f64_nearest;
export const f32_eq = f64_eq;
export const f32_ne = f64_ne;
export const f32_lt = f64_lt;
export const f32_gt = f64_gt;
export const f32_le = f64_le;
export const f32_ge = f64_ge;

// ---- floats as bits ----------------------------------------------------------------------------

export const f32_neg: Op1 = (a) => a ^ -2147483648;
export const f32_abs: Op1 = (a) => a & 0x7fffffff;
export const f32_copysign: Op2 = (a, b) => (a & 0x7fffffff) | (b & -2147483648);
export const f64_neg: Wide1 = (lo, hi) => {
  wide.hi = hi ^ -2147483648;
  return lo;
};
export const f64_abs: Wide1 = (lo, hi) => {
  wide.hi = hi & 0x7fffffff;
  return lo;
};
export const f64_copysign: Wide2 = (alo, ahi, _blo, bhi) => {
  wide.hi = (ahi & 0x7fffffff) | (bhi & -2147483648);
  return alo;
};
export const i32_reinterpret_f32: Op1 = (a) => a;
export const f32_reinterpret_i32: Op1 = (a) => a;
export const i64_reinterpret_f64: Wide1 = (lo, hi) => {
  wide.hi = hi;
  return lo;
};
export const f64_reinterpret_i64: Wide1 = (lo, hi) => {
  wide.hi = hi;
  return lo;
};

// ---- conversions -------------------------------------------------------------------------------

export const i32_wrap_i64: Wide1 = (lo) => lo;
export const i64_extend_i32_s: Op1 = (a) => {
  wide.hi = a >> 31;
  return a;
};
export const i64_extend_i32_u: Op1 = (a) => {
  wide.hi = 0;
  return a;
};
export const f64_promote_f32: Op1 = (a) => a;
export const f32_demote_f64: Op1 = (a) => Math.fround(a);
export const f32_convert_i32_s: Op1 = (a) => Math.fround(a);
export const f32_convert_i32_u: Op1 = (a) => Math.fround(a >>> 0);
export const f64_convert_i32_s: Op1 = (a) => a;
export const f64_convert_i32_u: Op1 = (a) => a >>> 0;
export const f64_convert_i64_s: Wide1 = (lo, hi) => hi * TWO32 + (lo >>> 0);
export const f64_convert_i64_u: Wide1 = (lo, hi) => (hi >>> 0) * TWO32 + (lo >>> 0);

// The sum of the words must not be rounded to 53 bits before it is rounded to 24. If it needs more
// than 53, its low 11 bits become one: bit 11 is set if any of them is (rounding to odd).
export const f32_convert_i64_s: Wide1 = (lo, hi) =>
  (hi + 0x200000) >>> 0 < 0x400000
    ? Math.fround(hi * TWO32 + (lo >>> 0))
    : Math.fround(hi * TWO32 + ((((lo & 0x7ff) !== 0 ? lo | 0x800 : lo) & -0x800) >>> 0));
export const f32_convert_i64_u: Wide1 = (lo, hi) =>
  hi >>> 0 < 0x200000
    ? Math.fround(hi * TWO32 + (lo >>> 0))
    : Math.fround((hi >>> 0) * TWO32 + ((((lo & 0x7ff) !== 0 ? lo | 0x800 : lo) & -0x800) >>> 0));

// `a | 0` truncates towards zero and takes the result modulo 2^32, whatever the size of `a`, so it
// is the low word of every type; the high word is that of the integral part.
export const i32_trunc_f64_s: Op1 = (a) =>
  a > -2147483649 && a < 2147483648 ? a | 0 : badConversion(a);
export const i32_trunc_f64_u: Op1 = (a) => (a > -1 && a < 4294967296 ? a | 0 : badConversion(a));
export const i64_trunc_f64_s: Op1 = (a) => {
  if (!(a >= -9223372036854775808 && a < 9223372036854775808)) badConversion(a);
  wide.hi = Math.floor(Math.trunc(a) / TWO32) | 0;
  return a | 0;
};
export const i64_trunc_f64_u: Op1 = (a) => {
  if (!(a > -1 && a < 18446744073709551616)) badConversion(a);
  wide.hi = (a / TWO32) | 0;
  return a | 0;
};
export const i32_trunc_sat_f64_s: Op1 = (a) =>
  a >= 2147483647 ? 2147483647 : a <= -2147483648 ? -2147483648 : a | 0;
export const i32_trunc_sat_f64_u: Op1 = (a) => (a >= 4294967295 ? -1 : a <= 0 ? 0 : a | 0);
export const i64_trunc_sat_f64_s: Op1 = (a) => {
  const big = a >= 9223372036854775808;
  const small = a < -9223372036854775808;
  wide.hi = big ? 0x7fffffff : small ? -2147483648 : Math.floor(Math.trunc(a) / TWO32) | 0;
  return big ? -1 : small ? 0 : a | 0;
};
export const i64_trunc_sat_f64_u: Op1 = (a) => {
  const big = a >= 18446744073709551616;
  wide.hi = big ? -1 : a > 0 ? (a / TWO32) | 0 : 0;
  return big ? -1 : a > 0 ? a | 0 : 0;
};

export const i32_trunc_f32_s = i32_trunc_f64_s;
export const i32_trunc_f32_u = i32_trunc_f64_u;
export const i64_trunc_f32_s = i64_trunc_f64_s;
export const i64_trunc_f32_u = i64_trunc_f64_u;
export const i32_trunc_sat_f32_s = i32_trunc_sat_f64_s;
export const i32_trunc_sat_f32_u = i32_trunc_sat_f64_u;
export const i64_trunc_sat_f32_s = i64_trunc_sat_f64_s;
export const i64_trunc_sat_f32_u = i64_trunc_sat_f64_u;

// ---- the table ---------------------------------------------------------------------------------
// Operands ":" result, a letter each:
//   i  i32, one word       f  f32, a number     w  bits of an f32, one word
//   I  i64, two words      F  f64, a number     W  bits of an f64, two words

/** What a function takes and gives, and the function. */
export type Meaning = readonly [shape: string, fn: Op1 | Op2 | Wide2];

// prettier-ignore
export const MEANINGS = {
  i32_add:       ["ii:i", i32_add],       i64_add:       ["II:I", i64_add],
  i32_sub:       ["ii:i", i32_sub],       i64_sub:       ["II:I", i64_sub],
  i32_mul:       ["ii:i", i32_mul],       i64_mul:       ["II:I", i64_mul],
  i32_mulh_s:    ["ii:i", i32_mulh_s],    i64_mulh_s:    ["II:I", i64_mulh_s],
  i32_mulh_u:    ["ii:i", i32_mulh_u],    i64_mulh_u:    ["II:I", i64_mulh_u],
  i32_div_s:     ["ii:i", i32_div_s],     i64_div_s:     ["II:I", i64_div_s],
  i32_div_u:     ["ii:i", i32_div_u],     i64_div_u:     ["II:I", i64_div_u],
  i32_rem_s:     ["ii:i", i32_rem_s],     i64_rem_s:     ["II:I", i64_rem_s],
  i32_rem_u:     ["ii:i", i32_rem_u],     i64_rem_u:     ["II:I", i64_rem_u],
  i32_and:       ["ii:i", i32_and],       i64_and:       ["II:I", i64_and],
  i32_or:        ["ii:i", i32_or],        i64_or:        ["II:I", i64_or],
  i32_xor:       ["ii:i", i32_xor],       i64_xor:       ["II:I", i64_xor],
  i32_shl:       ["ii:i", i32_shl],       i64_shl:       ["II:I", i64_shl],
  i32_shr_s:     ["ii:i", i32_shr_s],     i64_shr_s:     ["II:I", i64_shr_s],
  i32_shr_u:     ["ii:i", i32_shr_u],     i64_shr_u:     ["II:I", i64_shr_u],
  i32_rotl:      ["ii:i", i32_rotl],      i64_rotl:      ["II:I", i64_rotl],
  i32_rotr:      ["ii:i", i32_rotr],      i64_rotr:      ["II:I", i64_rotr],
  i32_clz:       ["i:i",  i32_clz],       i64_clz:       ["I:I",  i64_clz],
  i32_ctz:       ["i:i",  i32_ctz],       i64_ctz:       ["I:I",  i64_ctz],
  i32_popcnt:    ["i:i",  i32_popcnt],    i64_popcnt:    ["I:I",  i64_popcnt],
  i32_extend8_s: ["i:i",  i32_extend8_s], i64_extend8_s: ["I:I",  i64_extend8_s],
  i32_extend16_s:["i:i",  i32_extend16_s],i64_extend16_s:["I:I",  i64_extend16_s],
                                          i64_extend32_s:["I:I",  i64_extend32_s],
  i32_eqz:       ["i:i",  i32_eqz],       i64_eqz:       ["I:i",  i64_eqz],
  i32_eq:        ["ii:i", i32_eq],        i64_eq:        ["II:i", i64_eq],
  i32_ne:        ["ii:i", i32_ne],        i64_ne:        ["II:i", i64_ne],
  i32_lt_s:      ["ii:i", i32_lt_s],      i64_lt_s:      ["II:i", i64_lt_s],
  i32_lt_u:      ["ii:i", i32_lt_u],      i64_lt_u:      ["II:i", i64_lt_u],
  i32_gt_s:      ["ii:i", i32_gt_s],      i64_gt_s:      ["II:i", i64_gt_s],
  i32_gt_u:      ["ii:i", i32_gt_u],      i64_gt_u:      ["II:i", i64_gt_u],
  i32_le_s:      ["ii:i", i32_le_s],      i64_le_s:      ["II:i", i64_le_s],
  i32_le_u:      ["ii:i", i32_le_u],      i64_le_u:      ["II:i", i64_le_u],
  i32_ge_s:      ["ii:i", i32_ge_s],      i64_ge_s:      ["II:i", i64_ge_s],
  i32_ge_u:      ["ii:i", i32_ge_u],      i64_ge_u:      ["II:i", i64_ge_u],
  f32_add:       ["ff:f", f32_add],       f64_add:       ["FF:F", f64_add],
  f32_sub:       ["ff:f", f32_sub],       f64_sub:       ["FF:F", f64_sub],
  f32_mul:       ["ff:f", f32_mul],       f64_mul:       ["FF:F", f64_mul],
  f32_div:       ["ff:f", f32_div],       f64_div:       ["FF:F", f64_div],
  f32_min:       ["ff:f", f32_min],       f64_min:       ["FF:F", f64_min],
  f32_max:       ["ff:f", f32_max],       f64_max:       ["FF:F", f64_max],
  f32_sqrt:      ["f:f",  f32_sqrt],      f64_sqrt:      ["F:F",  f64_sqrt],
  f32_ceil:      ["f:f",  f32_ceil],      f64_ceil:      ["F:F",  f64_ceil],
  f32_floor:     ["f:f",  f32_floor],     f64_floor:     ["F:F",  f64_floor],
  f32_trunc:     ["f:f",  f32_trunc],     f64_trunc:     ["F:F",  f64_trunc],
  f32_nearest:   ["f:f",  f32_nearest],   f64_nearest:   ["F:F",  f64_nearest],
  f32_eq:        ["ff:i", f32_eq],        f64_eq:        ["FF:i", f64_eq],
  f32_ne:        ["ff:i", f32_ne],        f64_ne:        ["FF:i", f64_ne],
  f32_lt:        ["ff:i", f32_lt],        f64_lt:        ["FF:i", f64_lt],
  f32_gt:        ["ff:i", f32_gt],        f64_gt:        ["FF:i", f64_gt],
  f32_le:        ["ff:i", f32_le],        f64_le:        ["FF:i", f64_le],
  f32_ge:        ["ff:i", f32_ge],        f64_ge:        ["FF:i", f64_ge],
  f32_neg:       ["w:w",  f32_neg],       f64_neg:       ["W:W",  f64_neg],
  f32_abs:       ["w:w",  f32_abs],       f64_abs:       ["W:W",  f64_abs],
  f32_copysign:  ["ww:w", f32_copysign],  f64_copysign:  ["WW:W", f64_copysign],
  i32_reinterpret_f32: ["w:i", i32_reinterpret_f32],
  i64_reinterpret_f64: ["W:I", i64_reinterpret_f64],
  f32_reinterpret_i32: ["i:w", f32_reinterpret_i32],
  f64_reinterpret_i64: ["I:W", f64_reinterpret_i64],
  i32_wrap_i64:        ["I:i", i32_wrap_i64],
  i64_extend_i32_s:    ["i:I", i64_extend_i32_s],    i64_extend_i32_u:    ["i:I", i64_extend_i32_u],
  f64_promote_f32:     ["f:F", f64_promote_f32],     f32_demote_f64:      ["F:f", f32_demote_f64],
  f32_convert_i32_s:   ["i:f", f32_convert_i32_s],
  f32_convert_i32_u:   ["i:f", f32_convert_i32_u],
  f32_convert_i64_s:   ["I:f", f32_convert_i64_s],
  f32_convert_i64_u:   ["I:f", f32_convert_i64_u],
  f64_convert_i32_s:   ["i:F", f64_convert_i32_s],
  f64_convert_i32_u:   ["i:F", f64_convert_i32_u],
  f64_convert_i64_s:   ["I:F", f64_convert_i64_s],
  f64_convert_i64_u:   ["I:F", f64_convert_i64_u],
  i32_trunc_f32_s:     ["f:i", i32_trunc_f32_s],     i32_trunc_f32_u:     ["f:i", i32_trunc_f32_u],
  i32_trunc_f64_s:     ["F:i", i32_trunc_f64_s],     i32_trunc_f64_u:     ["F:i", i32_trunc_f64_u],
  i64_trunc_f32_s:     ["f:I", i64_trunc_f32_s],     i64_trunc_f32_u:     ["f:I", i64_trunc_f32_u],
  i64_trunc_f64_s:     ["F:I", i64_trunc_f64_s],     i64_trunc_f64_u:     ["F:I", i64_trunc_f64_u],
  i32_trunc_sat_f32_s: ["f:i", i32_trunc_sat_f32_s],
  i32_trunc_sat_f32_u: ["f:i", i32_trunc_sat_f32_u],
  i32_trunc_sat_f64_s: ["F:i", i32_trunc_sat_f64_s],
  i32_trunc_sat_f64_u: ["F:i", i32_trunc_sat_f64_u],
  i64_trunc_sat_f32_s: ["f:I", i64_trunc_sat_f32_s],
  i64_trunc_sat_f32_u: ["f:I", i64_trunc_sat_f32_u],
  i64_trunc_sat_f64_s: ["F:I", i64_trunc_sat_f64_s],
  i64_trunc_sat_f64_u: ["F:I", i64_trunc_sat_f64_u],
} as const satisfies Readonly<Record<string, Meaning>>;

export type MeaningName = keyof typeof MEANINGS;

// ---- over words --------------------------------------------------------------------------------

const scratch = new DataView(new ArrayBuffer(8));

/** The f32 with these bits. */
export function f32OfBits(word: number): number {
  scratch.setInt32(0, word, true);
  return scratch.getFloat32(0, true);
}

/** Bits of an f32; every NaN becomes the canonical one. */
export function bitsOfF32(value: number): number {
  if (value !== value) return 0x7fc00000;
  scratch.setFloat32(0, value, true);
  return scratch.getInt32(0, true);
}

/** The f64 with these bits. */
export function f64OfBits(lo: number, hi: number): number {
  scratch.setInt32(0, lo, true);
  scratch.setInt32(4, hi, true);
  return scratch.getFloat64(0, true);
}

/** Low word of an f64, the high one in wide.hi; every NaN becomes the canonical one. */
export function bitsOfF64(value: number): number {
  if (value !== value) {
    wide.hi = 0x7ff80000;
    return 0;
  }
  scratch.setFloat64(0, value, true);
  wide.hi = scratch.getInt32(4, true);
  return scratch.getInt32(0, true);
}

/**
 * An operator over bits, whatever its types: two words per operand, low word of the result
 * returned, high word (0 for types of one word) in wide.hi.
 */
export type WordMeaning = Wide2;

function readingWords(operands: string, fn: Wide2): Wide2 {
  const narrow = fn as Op2;
  switch (operands) {
    case "i":
    case "w":
    case "ii":
    case "ww":
      return (alo, _ahi, blo) => narrow(alo, blo);
    case "f":
    case "ff":
      return (alo, _ahi, blo) => narrow(f32OfBits(alo), f32OfBits(blo));
    case "F":
    case "FF":
      return (alo, ahi, blo, bhi) => narrow(f64OfBits(alo, ahi), f64OfBits(blo, bhi));
    default:
      return fn;
  }
}

/** The operator `name` over words. */
export function overWords(name: MeaningName): WordMeaning {
  const [shape, fn] = MEANINGS[name];
  const [operands, result] = shape.split(":") as [string, string];
  const inner = readingWords(operands, fn as Wide2);
  if (result === "I" || result === "W") return inner;
  if (result === "F") return (alo, ahi, blo, bhi) => bitsOfF64(inner(alo, ahi, blo, bhi));
  const narrow = result === "f" ? bitsOfF32 : i32_reinterpret_f32;
  return (alo, ahi, blo, bhi) => {
    const word = narrow(inner(alo, ahi, blo, bhi));
    wide.hi = 0;
    return word;
  };
}
