// Predicates of amd64's rules on constants (rule.ts law 6): what fits an instruction's fields.

import type { Func, Value } from "../../src/ir/func.ts";
import { fitsI32, fitsU32, hasInt } from "../../src/ir/predicates.ts";
import { I32 } from "../../src/ir/types.ts";

/** A shift count that an address scales by: 1 to 3. */
export const isScale = (f: Func, c: Value): boolean => {
  const n = f.a[c]! & (f.ty[c] === I32 ? 31 : 63);
  return n >= 1 && n <= 3;
};

/** A shift count that is not 0 modulo the width. */
export const isRealShift = (f: Func, c: Value): boolean =>
  (f.a[c]! & (f.ty[c] === I32 ? 31 : 63)) !== 0;

/** Its sign bit is clear. */
export const isPositive = (f: Func, c: Value): boolean =>
  (f.ty[c] === I32 ? f.a[c]! : f.b[c]!) >= 0;

export const isByteMask = (f: Func, c: Value): boolean => hasInt(f, c, 0xff);
export const isHalfMask = (f: Func, c: Value): boolean => hasInt(f, c, 0xffff);

/** The low 32 bits of a 64-bit value. */
export const isLowWord = (f: Func, c: Value): boolean =>
  f.ty[c] !== I32 && f.a[c] === -1 && f.b[c] === 0;

/** 0 to 2^31 - 1: an immediate that is the same for 32 and 64 bits. */
export const isU31 = (f: Func, c: Value): boolean => f.a[c]! >= 0 && fitsU32(f, c);

/** 0 to 255. */
export const isUnsignedByte = (f: Func, c: Value): boolean => isU31(f, c) && f.a[c]! <= 255;

/** -128 to 127. */
export const isSignedByte = (f: Func, c: Value): boolean =>
  fitsI32(f, c) && f.a[c]! >= -128 && f.a[c]! <= 127;

/** The negated constant is an immediate; of 32 bits every one is. */
export const negFitsI32 = (f: Func, c: Value): boolean =>
  f.ty[c] === I32 || (fitsI32(f, c) && f.a[c] !== -0x80000000);

/** A mask that keeps every bit of a shift count that counts. */
export const countMasked = (f: Func, c: Value): boolean => {
  const bits = f.ty[c] === I32 ? 31 : 63;
  return (f.a[c]! & bits) === bits;
};
