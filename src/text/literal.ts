// Literals behind operators and in scripts: scalars by type, vectors by shape, lane indices. In:
// tokens. Out: words and bytes; numbers that do not fit are "constant out of range".

import type { Cursor } from "./cursor.ts";
import { Tok } from "./lexer.ts";
import { f32Bits, f64Words, i64Words, intBits, type Words } from "./number.ts";

/** Types of scalars and of vector lanes. */
export type Scalar = "i8" | "i16" | "i32" | "i64" | "f32" | "f64";

/** Bytes of a scalar. */
export const scalarSize: Readonly<Record<Scalar, number>> = {
  i8: 1,
  i16: 2,
  i32: 4,
  i64: 8,
  f32: 4,
  f64: 8,
};

/** Lane types by the name of the shape. */
export const shapes: ReadonlyMap<string, Scalar> = new Map([
  ["i8x16", "i8"],
  ["i16x8", "i16"],
  ["i32x4", "i32"],
  ["i64x2", "i64"],
  ["f32x4", "f32"],
  ["f64x2", "f64"],
]);

const word = (bits: number): Words | undefined => (bits < 0 ? undefined : { lo: bits, hi: 0 });

const convert: Readonly<Record<Scalar, (s: string) => Words | undefined>> = {
  i8: (s) => word(intBits(s, 8)),
  i16: (s) => word(intBits(s, 16)),
  i32: (s) => word(intBits(s, 32)),
  i64: i64Words,
  f32: (s) => word(f32Bits(s)),
  f64: f64Words,
};

/** A number of the given type. */
export function readConst(c: Cursor, type: Scalar): Words {
  if (!c.isNumber()) c.unexpected();
  const words = convert[type](c.text());
  if (words === undefined) return c.fail("constant out of range");
  c.pos++;
  return words;
}

/** A shape and its lane type. */
export function readShape(c: Cursor): Scalar {
  const lane = c.kind === Tok.word ? shapes.get(c.text()) : undefined;
  if (lane === undefined) return c.unexpected();
  c.pos++;
  return lane;
}

/** Little-endian bytes of a scalar at `at`. */
export function putScalar(bytes: Uint8Array, at: number, size: number, words: Words): void {
  for (let i = 0; i < size; i++) {
    bytes[at + i] = i < 4 ? words.lo >>> (8 * i) : words.hi >>> (8 * (i - 4));
  }
}

/** Number of literals in a row from the cursor on. */
function countNumbers(c: Cursor): number {
  let n = 0;
  while (c.isNumber(c.pos + n)) n++;
  return n;
}

/** `shape lane*`: the sixteen bytes of a vector. */
export function readVector(c: Cursor): Uint8Array {
  const lane = readShape(c);
  const size = scalarSize[lane];
  const count = countNumbers(c);
  if (count !== 16 / size) {
    // What ends the row may be at fault.
    if (c.isForeign(c.pos + count)) c.unexpected(c.pos + count);
    c.fail("wrong number of lane literals");
  }
  const bytes = new Uint8Array(16);
  for (let at = 0; at < 16; at += size) putScalar(bytes, at, size, readConst(c, lane));
  return bytes;
}

/** A lane index. */
export function readLane(c: Cursor): number {
  if (c.kind !== Tok.nat) c.unexpected();
  const lane = intBits(c.text(), 8);
  if (lane < 0) c.fail("malformed lane index");
  c.pos++;
  return lane;
}

/** The sixteen lane indices of a shuffle. */
export function readLanes(c: Cursor): Uint8Array {
  if (countNumbers(c) !== 16) c.fail("invalid lane length");
  const lanes = new Uint8Array(16);
  for (let i = 0; i < 16; i++) {
    if (c.kind !== Tok.nat) c.fail("malformed lane index");
    lanes[i] = readLane(c);
  }
  return lanes;
}
