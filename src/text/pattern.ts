// Values in scripts: what goes into a call, and what may come out of it. In: tokens. Out: words of
// 32 bits, never BigInt, so that either engine takes them as they are; floats are bits.
// `matchesWords` decides about numbers and vectors; references are the engine's to judge.

import type { Cursor } from "./cursor.ts";
import { Tok } from "./lexer.ts";
import { putScalar, readConst, readShape, scalarSize, type Scalar } from "./literal.ts";
import type { Words } from "./number.ts";

export type NumType = "i32" | "i64" | "f32" | "f64";
export type Nan = "canonical" | "arithmetic";

/** A number; `hi` is 0 for types of 32 bits. */
export interface NumConst {
  readonly kind: "num";
  readonly type: NumType;
  readonly lo: number;
  readonly hi: number;
}

/** An argument of a call. `extern` and `host` values are opaque numbers of the script's choice. */
export type Const =
  | NumConst
  | { readonly kind: "vector"; readonly words: readonly [number, number, number, number] }
  | { readonly kind: "null"; readonly heap: string }
  | { readonly kind: "extern" | "host"; readonly value: number };

/** One lane of an expected vector: exact words, or any NaN of a kind. */
export interface Lane extends Words {
  readonly nan: Nan | undefined;
}

/**
 * An expected result. A NaN of type "any" may be f32 or f64 (assertions of 1.0 do not say); a
 * reference is described by its heap type (`func`, `extern`, `host`, `struct`, ...) and, for
 * `extern` and `host`, by the value if one is given; a null without heap type may be any null.
 */
export type Pattern =
  | NumConst
  | { readonly kind: "nan"; readonly type: "f32" | "f64" | "any"; readonly nan: Nan }
  | { readonly kind: "vector"; readonly lane: Scalar; readonly lanes: readonly Lane[] }
  | { readonly kind: "null"; readonly heap: string | undefined }
  | { readonly kind: "ref"; readonly heap: string; readonly value: number | undefined }
  | { readonly kind: "either"; readonly of: readonly Pattern[] };

const isNum = (type: string): type is NumType =>
  type === "i32" || type === "i64" || type === "f32" || type === "f64";

/** Any number of arguments. */
export function readConsts(c: Cursor): Const[] {
  const consts: Const[] = [];
  while (c.kind === Tok.open) {
    const at = c.pos;
    consts.push(asConst(readPattern(c)) ?? c.unexpected(at + 1));
  }
  return consts;
}

/** Any number of expected results. */
export function readPatterns(c: Cursor): Pattern[] {
  const patterns: Pattern[] = [];
  while (c.kind === Tok.open) patterns.push(readPattern(c));
  return patterns;
}

/** A pattern that only one value matches, as that value. */
function asConst(p: Pattern): Const | undefined {
  switch (p.kind) {
    case "num":
      return p;
    case "vector":
      return p.lanes.some((lane) => lane.nan !== undefined)
        ? undefined
        : { kind: "vector", words: vectorWords(p.lane, p.lanes) };
    case "null":
      return p.heap === undefined ? undefined : { kind: "null", heap: p.heap };
    case "ref":
      if (p.value === undefined || (p.heap !== "extern" && p.heap !== "host")) return undefined;
      return { kind: p.heap, value: p.value };
    default:
      return undefined;
  }
}

function vectorWords(
  type: Scalar,
  lanes: readonly Lane[],
): readonly [number, number, number, number] {
  const bytes = new Uint8Array(16);
  const size = scalarSize[type];
  lanes.forEach((lane, i) => putScalar(bytes, i * size, size, lane));
  const view = new DataView(bytes.buffer);
  const at = (i: number): number => view.getUint32(4 * i, true);
  return [at(0), at(1), at(2), at(3)];
}

function readPattern(c: Cursor): Pattern {
  if (c.kind !== Tok.open) c.unexpected();
  c.pos++;
  const at = c.pos;
  const word = c.word();
  const pattern = readInside(c, word, at);
  c.close();
  return pattern;
}

function readInside(c: Cursor, word: string, at: number): Pattern {
  const type = word.endsWith(".const") ? word.slice(0, -6) : "";
  if (isNum(type)) return readNumber(c, type);
  if (type === "v128") return readLanes(c);
  if (word === "either") return { kind: "either", of: readPatterns(c) };
  if (!word.startsWith("ref.")) c.unexpected(at);
  const heap = word.slice(4);
  if (heap === "null") return { kind: "null", heap: readHeap(c) };
  const value = c.kind === Tok.nat ? c.natural() : undefined;
  return { kind: "ref", heap, value };
}

function readHeap(c: Cursor): string | undefined {
  return c.kind === Tok.word || c.isIndex() ? c.text(c.pos++) : undefined;
}

function readNan(c: Cursor): Nan | undefined {
  if (c.take("nan:canonical")) return "canonical";
  return c.take("nan:arithmetic") ? "arithmetic" : undefined;
}

function readNumber(c: Cursor, type: NumType): Pattern {
  if (type === "f32" || type === "f64") {
    const nan = readNan(c);
    if (nan !== undefined) return { kind: "nan", type, nan };
  }
  const { lo, hi } = readConst(c, type);
  return { kind: "num", type, lo, hi };
}

function readLanes(c: Cursor): Pattern {
  const lane = readShape(c);
  const lanes: Lane[] = [];
  const isFloat = lane === "f32" || lane === "f64";
  while (c.kind !== Tok.close) {
    const nan = isFloat ? readNan(c) : undefined;
    const words = nan === undefined ? readConst(c, lane) : { lo: 0, hi: 0 };
    lanes.push({ lo: words.lo, hi: words.hi, nan });
  }
  if (lanes.length !== 16 / scalarSize[lane]) c.fail("wrong number of lane literals");
  return { kind: "vector", lane, lanes };
}

/**
 * Whether a value fits. `type` is the value's type in the text format, `words` its words, the low
 * one first, signed or unsigned. A reference fits no pattern here.
 */
export function matchesWords(p: Pattern, type: string, words: ArrayLike<number>): boolean {
  const lo = (words[0] ?? 0) >>> 0;
  const hi = (words[1] ?? 0) >>> 0;
  switch (p.kind) {
    case "num":
      return p.type === type && p.lo === lo && (is32(type) || p.hi === hi);
    case "nan":
      return (
        (p.type === type || (p.type === "any" && type[0] === "f")) && isNan(p.nan, type, lo, hi)
      );
    case "vector":
      return type === "v128" && p.lanes.every((lane, i) => laneFits(p.lane, lane, i, words));
    case "either":
      return p.of.some((q) => matchesWords(q, type, words));
    default:
      return false;
  }
}

const is32 = (type: string): boolean => type === "i32" || type === "f32";

function isNan(nan: Nan, type: string, lo: number, hi: number): boolean {
  if (type === "f32") {
    return nan === "canonical"
      ? (lo & 0x7fffffff) === 0x7fc00000
      : (lo & 0x7fc00000) === 0x7fc00000;
  }
  if (nan === "arithmetic") return (hi & 0x7ff80000) === 0x7ff80000;
  return (hi & 0x7fffffff) === 0x7ff80000 && lo === 0;
}

function laneFits(type: Scalar, lane: Lane, i: number, words: ArrayLike<number>): boolean {
  const size = scalarSize[type];
  const at = (i * size) >> 2;
  const shift = ((i * size) & 3) * 8;
  const mask = size < 4 ? (1 << (8 * size)) - 1 : -1;
  const lo = (((words[at] ?? 0) >>> shift) & mask) >>> 0;
  const hi = size === 8 ? (words[at + 1] ?? 0) >>> 0 : 0;
  return lane.nan === undefined ? lane.lo === lo && lane.hi === hi : isNan(lane.nan, type, lo, hi);
}
