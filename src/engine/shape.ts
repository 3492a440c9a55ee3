// Where the values of a call travel between JavaScript and native code: the walk over register
// slots and stack area that call.c makes, as byte offsets into what the addon shows of its Context
// (binding.ts). In: a function type. Out: its Shape.

import { F32, F64, I32, I64, V128, isRef } from "../wasm/types.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import type { Places, Views } from "./binding.ts";

export interface Shape {
  readonly type: FuncType;
  /** Byte offset of each parameter. */
  readonly params: Int32Array;
  /** Byte offset of each result. Those on the stack are moved to the area's beginning. */
  readonly results: Int32Array;
  /** Bytes that the values beyond the registers take, multiples of 16. */
  readonly paramArea: number;
  readonly resultArea: number;
  /** A v128 among them: JavaScript cannot call it, nor be called. */
  readonly vectors: boolean;
  /** References among them. */
  readonly refs: boolean;
}

interface Walk {
  readonly offsets: Int32Array;
  readonly area: number;
}

function walk(types: readonly ValType[], places: Places): Walk {
  let ints = 0;
  let vecs = 0;
  let area = 0;
  const offsets = Int32Array.from(types, (type) => {
    if (type === F32 || type === F64 || type === V128) {
      if (vecs < places.vecRegs) return places.vecs + 16 * vecs++;
    } else if (ints < places.intRegs) return places.ints + 8 * ints++;
    const size = type === V128 ? 16 : 8;
    const at = Math.ceil(area / size) * size;
    area = at + size;
    return places.area + at;
  });
  return { offsets, area: Math.ceil(area / 16) * 16 };
}

export function newShape(type: FuncType, places: Places): Shape {
  const params = walk(type.params, places);
  const results = walk(type.results, places);
  const all = [...type.params, ...type.results];
  return {
    type,
    params: params.offsets,
    results: results.offsets,
    paramArea: params.area,
    resultArea: results.area,
    vectors: all.includes(V128),
    refs: all.some(isRef),
  };
}

const HALF = 2 ** 32;

/**
 * Writes a value at a byte offset if it needs no conversion that could run the program's code; else
 * answers false. A reference is an address or a number below 2^53.
 */
export function write({ i32, i64, f32, f64 }: Views, type: ValType, at: number, value: unknown) {
  switch (type) {
    case I64:
      if (typeof value !== "bigint") return false;
      i64[at >> 3] = value;
      return true;
    case F64:
      if (typeof value !== "number") return false;
      f64[at >> 3] = value;
      return true;
    case I32:
      if (typeof value !== "number") return false;
      i32[at >> 2] = value;
      i32[(at >> 2) + 1] = 0;
      return true;
    case F32:
      if (typeof value !== "number") return false;
      f32[at >> 2] = value;
      i32[(at >> 2) + 1] = 0;
      return true;
    default:
      i32[at >> 2] = (value as number) % HALF;
      i32[(at >> 2) + 1] = (value as number) / HALF;
      return true;
  }
}

/** Reads what `write` writes. */
export function read({ i32, i64, f32, f64 }: Views, type: ValType, at: number): number | bigint {
  switch (type) {
    case I32:
      return i32[at >> 2]!;
    case I64:
      return i64[at >> 3]!;
    case F32:
      return f32[at >> 2]!;
    case F64:
      return f64[at >> 3]!;
    default:
      return (i32[at >> 2]! >>> 0) + i32[(at >> 2) + 1]! * HALF;
  }
}
