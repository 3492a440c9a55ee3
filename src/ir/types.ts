// Types of SSA values. Invariant: an i32 in a 64-bit register has a zero upper half, so that using
// one as an address costs nothing. `ptr` is a host address (64 bits), `ref` a reference (64 bits).

/** A type of the IR; indexes the small tables below. */
export type Type = number;

export const NONE: Type = 0;
export const I32: Type = 1;
export const I64: Type = 2;
export const F32: Type = 3;
export const F64: Type = 4;
export const V128: Type = 5;
export const REF: Type = 6;
export const PTR: Type = 7;

export const TYPE_NAMES = ["none", "i32", "i64", "f32", "f64", "v128", "ref", "ptr"] as const;
/** Bytes of a value in memory. */
export const TYPE_SIZE = [0, 4, 8, 4, 8, 16, 8, 8] as const;
/** Words of a value where values stand in a row: arguments and results outside of a function. */
export const wordCount = (t: Type): number => (t === V128 ? 4 : 2);
/** Words of a row of values. */
export const wordCounts = (types: readonly Type[]): number =>
  types.reduce((n, t) => n + wordCount(t), 0);

export const isFloat = (t: Type): boolean => t === F32 || t === F64;
/** True for what lives in a general register. */
export const isInt = (t: Type): boolean => t === I32 || t === I64 || t === REF || t === PTR;
