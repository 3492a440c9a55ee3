// Predicates of arm64's rules on constants (rule.ts law 6): what fits an instruction's fields.

import type { Func, Value } from "../../src/ir/func.ts";
import { fitsI32 } from "../../src/ir/predicates.ts";
import { I32, isInt } from "../../src/ir/types.ts";
import { isArith, isArith24, logicalField } from "./immediates.ts";

const bitsOf = (f: Func, c: Value): number => (f.ty[c] === I32 ? 32 : 64);

/** An addend of up to 24 bits, either sign: two instructions at most. */
export const isAddend = (f: Func, c: Value): boolean => fitsI32(f, c) && isArith24(f.a[c]!);

/** What a comparison takes. */
export const isCompared = (f: Func, c: Value): boolean => fitsI32(f, c) && isArith(f.a[c]!);

/** A logical immediate. */
export const isLogical = (f: Func, c: Value): boolean =>
  isInt(f.ty[c]!) && logicalField(f.a[c]!, f.b[c]!, bitsOf(f, c) / 8) >= 0;

/** A shift that costs nothing within another operation: 1 to 4. */
export const isLittleShift = (f: Func, c: Value): boolean => {
  const n = f.a[c]! & (bitsOf(f, c) - 1);
  return n >= 1 && n <= 4;
};

/** A mask that keeps every bit of a shift count that counts. */
export const countMasked = (f: Func, c: Value): boolean => {
  const bits = bitsOf(f, c) - 1;
  return (f.a[c]! & bits) === bits;
};

/** The counts add up to the width, neither being 0: left and right half of a rotation. */
export const isWhole = (f: Func, c: Value, d: Value): boolean => {
  const bits = bitsOf(f, c);
  const x = f.a[c]! & (bits - 1);
  return x !== 0 && x + (f.a[d]! & (bits - 1)) === bits;
};

/** 2^k + 1, k at least 1: a sum of the operand and the shifted operand. */
export const isPow2Plus1 = (f: Func, c: Value): boolean => {
  const n = f.a[c]! - 1;
  return fitsI32(f, c) && n > 1 && (n & (n - 1)) === 0;
};
