// Conditions of the simplification rules (rules.ts) beyond ir/predicates.ts: pure functions of the
// columns. A count is a constant to shift by; `width` is the number of bits of the type, 32 or 64.

import type { Func, Value } from "../ir/func.ts";
import { IR, WIDTH, widthOf } from "../ir/ops.ts";
import { I32, isInt } from "../ir/types.ts";
import { bitsOf } from "./bits.ts";

const widthMask = (f: Func, v: Value): number => (f.ty[v] === I32 ? 31 : 63);
const highOf = (f: Func, c: Value): number => (f.ty[c] === I32 ? 0 : f.b[c]!);

// ---- shift counts ------------------------------------------------------------------------------

/** A count of 0 modulo the width. */
export const isNoShift = (f: Func, c: Value): boolean => (f.a[c]! & widthMask(f, c)) === 0;

/** A count that is not below the width, or negative. */
export const isLongCount = (f: Func, c: Value): boolean =>
  f.a[c] !== (f.a[c]! & widthMask(f, c)) || highOf(f, c) !== 0;

/** A mask that keeps all bits of a count that matter. */
export const keepsCount = (f: Func, c: Value): boolean =>
  (f.a[c]! & widthMask(f, c)) === widthMask(f, c);

/** A mask that keeps the six bits of a count of an i64. */
export const keepsWideCount = (f: Func, c: Value): boolean => (f.a[c]! & 63) === 63;

/** A multiple of the width other than 0. */
export const isWholeTurn = (f: Func, c: Value): boolean => isNoShift(f, c) && f.a[c] !== 0;

/** The sum of two counts in [0, width); -1 if they are not. */
const sumOf = (f: Func, c: Value, d: Value): number =>
  isLongCount(f, c) || isLongCount(f, d) ? -1 : f.a[c]! + f.a[d]!;

/** Two counts in [0, width) whose sum is below the width, is not below it, is the width. */
export const sumIsShort = (f: Func, c: Value, d: Value): boolean =>
  sumOf(f, c, d) >= 0 && sumOf(f, c, d) <= widthMask(f, c);
export const sumIsLong = (f: Func, c: Value, d: Value): boolean => sumOf(f, c, d) > widthMask(f, c);
export const sumIsWidth = (f: Func, c: Value, d: Value): boolean =>
  sumOf(f, c, d) === widthMask(f, c) + 1;

/** A count of an i64 below 32, or in [32, 64). */
export const isShort = (f: Func, c: Value): boolean => f.a[c]! >>> 0 < 32 && f.b[c] === 0;
export const isFar = (f: Func, c: Value): boolean => (f.a[c]! & 63) >= 32;

/** Any count of an i32; of an i64 one whose mask of low bits, or of high bits, is an immediate. */
export const masksLow = (f: Func, c: Value): boolean => f.ty[c] === I32 || f.a[c]! >= 32;
export const masksHigh = (f: Func, c: Value): boolean => f.ty[c] === I32 || f.a[c]! < 32;

/** Shifting left by `d` moves out every bit that the mask `c` clears. */
export function shiftsOut(f: Func, c: Value, d: Value): boolean {
  if (isLongCount(f, d)) return false;
  if (f.ty[c] === I32) return f.a[c]! << f.a[d]! === -1 << f.a[d]!;
  const n = f.a[d]!;
  if (n >= 32) return f.a[c]! << n === -1 << n;
  return n === 0 ? false : f.a[c] === -1 && f.b[c]! << n === -1 << n;
}

// ---- masks and bits ----------------------------------------------------------------------------

/** The mask `c` keeps every bit that `x` can have. */
export const isCovered = (f: Func, x: Value, c: Value): boolean =>
  (bitsOf(f, x) & ~f.a[c]!) === 0 && (f.ty[c] === I32 || f.b[c] === -1 || isHighZero(f, x));

/** No bit of the constant `c` is one that `x` can have. */
export const isDisjoint = (f: Func, x: Value, c: Value): boolean =>
  (bitsOf(f, x) & f.a[c]!) === 0 && (f.ty[c] === I32 || f.b[c] === 0 || isHighZero(f, x));

/** The i64 `x` is below 2^32. */
export function isHighZero(f: Func, x: Value): boolean {
  switch (f.op[x]) {
    case IR.extu:
      return true;
    case IR.const:
      return f.b[x] === 0;
    case IR.load: {
      const width = widthOf(f.aux[x]!);
      return width === WIDTH.u8 || width === WIDTH.u16 || width === WIDTH.u32;
    }
    case IR.and: {
      const b = f.b[x]!;
      return f.op[b] === IR.const && f.b[b] === 0;
    }
    case IR.shru: {
      const b = f.b[x]!;
      return f.op[b] === IR.const && (f.a[b]! & 63) >= 32;
    }
    default:
      return false;
  }
}

/** The i32 has no sign bit. */
export const isNonNegative = (f: Func, x: Value): boolean => f.ty[x] === I32 && bitsOf(f, x) >= 0;

/** The i32 fits seven bits, so that extending its byte changes nothing; and so on. */
export const fitsByte = (f: Func, x: Value): boolean =>
  f.ty[x] === I32 && (bitsOf(f, x) & ~0x7f) === 0;
export const fitsHalf = (f: Func, x: Value): boolean =>
  f.ty[x] === I32 && (bitsOf(f, x) & ~0x7fff) === 0;

/** The mask `c` has no bits beyond the low byte, halfword, word. */
export const withinByte = (f: Func, c: Value): boolean =>
  (f.a[c]! & ~0xff) === 0 && highOf(f, c) === 0;
export const withinHalf = (f: Func, c: Value): boolean =>
  (f.a[c]! & ~0xffff) === 0 && highOf(f, c) === 0;
export const withinWord = (f: Func, c: Value): boolean => f.ty[c] !== I32 && f.b[c] === 0;

/** The mask `c` keeps the low byte, halfword, word. */
export const keepsByte = (f: Func, c: Value): boolean => (f.a[c]! & 0xff) === 0xff;
export const keepsHalf = (f: Func, c: Value): boolean => (f.a[c]! & 0xffff) === 0xffff;
export const keepsWord = (f: Func, c: Value): boolean => f.a[c] === -1;

/** The mask of exactly the low word of an i64. */
export const isWordMask = (f: Func, c: Value): boolean =>
  f.ty[c] !== I32 && f.a[c] === -1 && f.b[c] === 0;

/** Constants that have every bit between them. */
export const allBetween = (f: Func, c: Value, d: Value): boolean =>
  (f.a[c]! | f.a[d]!) === -1 && (f.ty[c] === I32 || (f.b[c]! | f.b[d]!) === -1);

// ---- bounds ------------------------------------------------------------------------------------

/** The i32 `x`, unsigned, is below the constant `c` whatever it is. */
export const isBelow = (f: Func, x: Value, c: Value): boolean =>
  f.ty[x] === I32 && bitsOf(f, x) >>> 0 < f.a[c]! >>> 0;

/** The same, or equal. */
export const isAtMost = (f: Func, x: Value, c: Value): boolean =>
  f.ty[x] === I32 && bitsOf(f, x) >>> 0 <= f.a[c]! >>> 0;

/** The largest or smallest number of the type, signed. */
export const isMax = (f: Func, c: Value): boolean =>
  f.ty[c] === I32 ? f.a[c] === 0x7fffffff : f.a[c] === -1 && f.b[c] === 0x7fffffff;
export const isMin = (f: Func, c: Value): boolean =>
  f.ty[c] === I32 ? f.a[c] === -0x80000000 : f.a[c] === 0 && f.b[c] === -0x80000000;

/** A 64-bit constant that no zero-extended i32 equals. */
export const isBeyondWord = (f: Func, c: Value): boolean => f.ty[c] !== I32 && f.b[c] !== 0;

/** The same, and negative: below all of them as a signed number. */
export const isNegativeWide = (f: Func, c: Value): boolean => f.ty[c] !== I32 && f.b[c]! < 0;

/** The same, and positive: above all of them as a signed number. */
export const isAboveWord = (f: Func, c: Value): boolean => f.ty[c] !== I32 && f.b[c]! > 0;

/** A 64-bit constant that is the sign extension of its low word. */
export const isExtended = (f: Func, c: Value): boolean =>
  f.ty[c] !== I32 && isInt(f.ty[c]!) && f.b[c] === f.a[c]! >> 31;

/** One that no sign-extended i32 equals. */
export const isNotExtended = (f: Func, c: Value): boolean =>
  f.ty[c] !== I32 && f.b[c] !== f.a[c]! >> 31;

/** No constant: keeps two rules that turn operands round from undoing each other. */
export const isVariable = (f: Func, x: Value): boolean => f.op[x] !== IR.const;
