// Predicates on values that rules of any kind use (rule.ts law 6): pure functions of the columns.
// Those on constants take the constant's id; integer constants are two words, of which an i32 uses
// the low one. The matchers' own tests for numbers in rules are here as well.

import type { Func, Value } from "./func.ts";
import { IR } from "./ops.ts";
import type { Maker } from "./rule.ts";
import { F32, F64, I32, V128, isFloat, isInt } from "./types.ts";
import type { Type } from "./types.ts";

const BITS = new DataView(new ArrayBuffer(8));

/** True if `v` is the integer constant `n` (an int32, sign-extended for 64 bits), or four of it. */
export function hasInt(f: Func, v: Value, n: number): boolean {
  if (f.op[v] !== IR.const) return false;
  if (f.ty[v] === V128) return hasWords(f, f.a[v]!, n);
  return f.a[v] === n && (f.ty[v] === I32 || (isInt(f.ty[v]!) && f.b[v] === n >> 31));
}

const hasWords = (f: Func, at: number, n: number): boolean =>
  f.pool[at] === n && f.pool[at + 1] === n && f.pool[at + 2] === n && f.pool[at + 3] === n;

/** True if `v` is the float constant with exactly the bits of `n`. */
export function hasFloat(f: Func, v: Value, n: number): boolean {
  if (f.op[v] !== IR.const) return false;
  if (f.ty[v] === F32) {
    BITS.setFloat32(0, n);
    return f.a[v] === BITS.getInt32(0);
  }
  BITS.setFloat64(0, n);
  return f.ty[v] === F64 && f.a[v] === BITS.getInt32(4) && f.b[v] === BITS.getInt32(0);
}

/** True for an integer constant that is the sign extension of its low 32 bits: any i32. */
export const fitsI32 = (f: Func, c: Value): boolean =>
  f.ty[c] === I32 || (isInt(f.ty[c]!) && f.b[c] === f.a[c]! >> 31);

/** The sign extension of its low 8 bits. */
export const fitsI8 = (f: Func, c: Value): boolean =>
  fitsI32(f, c) && f.a[c] === (f.a[c]! << 24) >> 24;

/** The zero extension of its low 32 bits: any i32. */
export const fitsU32 = (f: Func, c: Value): boolean =>
  f.ty[c] === I32 || (isInt(f.ty[c]!) && f.b[c] === 0);

const isPow2Word = (w: number): boolean => w !== 0 && (w & (w - 1)) === 0;

/** Exactly one bit set: 2^31 of an i32 and 2^63 of an i64 included. */
export function isPow2(f: Func, c: Value): boolean {
  if (!isInt(f.ty[c]!)) return false;
  const lo = f.a[c]!;
  const hi = f.ty[c] === I32 ? 0 : f.b[c]!;
  return hi === 0 ? isPow2Word(lo) : lo === 0 && isPow2Word(hi);
}

/** Ones from bit 0 up, at least one, not all: 1, 3, 7 ... */
export function isMask(f: Func, c: Value): boolean {
  if (!isInt(f.ty[c]!)) return false;
  const lo = f.a[c]!;
  if (f.ty[c] === I32 || f.b[c] === 0) return lo > 0 && (lo & (lo + 1)) === 0;
  return lo === -1 && f.b[c]! > 0 && (f.b[c]! & (f.b[c]! + 1)) === 0;
}

/** Its sign bit is set. */
export const isNegative = (f: Func, c: Value): boolean =>
  (f.ty[c] === I32 ? f.a[c]! : f.b[c]!) < 0 && isInt(f.ty[c]!);

/** Not zero. */
export const isNonZero = (f: Func, c: Value): boolean =>
  isInt(f.ty[c]!) && (f.a[c] !== 0 || (f.ty[c] !== I32 && f.b[c] !== 0));

/** The value is a 32-bit integer. */
export const isWord = (f: Func, v: Value): boolean => f.ty[v] === I32;

/** The value is a 64-bit integer, reference or host address. */
export const isWide = (f: Func, v: Value): boolean => f.ty[v] !== I32 && isInt(f.ty[v]!);

/** The value is an f32 or f64. */
export const isFloating = (f: Func, v: Value): boolean => isFloat(f.ty[v]!);

/** Both have one type. */
export const sameType = (f: Func, v: Value, w: Value): boolean => f.ty[v] === f.ty[w];

/** The float constant `n` of type `ty`, for results that name one. */
export function makeFloat(v: Maker, ty: Type, n: number): Value {
  BITS.setFloat32(0, n);
  if (ty === F32) return v.constant(ty, BITS.getInt32(0), 0);
  BITS.setFloat64(0, n);
  return v.constant(ty, BITS.getInt32(4), BITS.getInt32(0));
}
