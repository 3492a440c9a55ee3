// What a feature set means to those who read bytes: which type bytes exist, whether a place holds a
// reserved zero or an index, and how errors are worded. The test suites of standard 1.0 and 2.0
// differ in wording; that of 1.0 holds where reference types are off, so that its scripts pass to
// the letter.

import { needs } from "./features.ts";
import type { Feature, Features } from "./features.ts";
import { EXTERNREF, F32, F64, FUNCREF, I32, I64, V128 } from "./types.ts";

export interface Words {
  readonly utf8: string;
  readonly section: string;
  readonly mutability: string;
  readonly zeroByte: string;
  readonly valueType: string;
  readonly refType: string;
  readonly funcType: string;
  readonly importKind: string;
  readonly exportKind: string;
  /** A length beyond the rest of the module, but not beyond its size. */
  readonly pastEnd: string;
}

const words1: Words = {
  utf8: "invalid UTF-8 encoding",
  section: "invalid section id",
  mutability: "invalid mutability",
  zeroByte: "zero flag expected",
  valueType: "invalid value type",
  refType: "invalid element type",
  funcType: "invalid function type",
  importKind: "invalid import kind",
  exportKind: "invalid export kind",
  pastEnd: "unexpected end of section or function",
};

const words2: Words = {
  utf8: "malformed UTF-8 encoding",
  section: "malformed section id",
  mutability: "malformed mutability",
  zeroByte: "zero byte expected",
  valueType: "malformed value type",
  refType: "malformed reference type",
  funcType: "malformed function type",
  importKind: "malformed import kind",
  exportKind: "malformed export kind",
  pastEnd: "length out of bounds",
};

// Features by type byte; bytes that are not listed are no types in any proposal.
// prettier-ignore
const typeFeatures: Readonly<Record<number, readonly [string, Feature]>> = {
  [V128]:      ["v128", "simd"],
  [FUNCREF]:   ["funcref as a value type", "reference-types"],
  [EXTERNREF]: ["externref", "reference-types"],
  0x78: ["a packed type", "gc"],        0x77: ["a packed type", "gc"],
  0x74: ["noexnref", "exceptions"],     0x73: ["nofuncref", "gc"],
  0x72: ["noexternref", "gc"],          0x71: ["nullref", "gc"],
  0x6e: ["anyref", "gc"],               0x6d: ["eqref", "gc"],
  0x6c: ["i31ref", "gc"],               0x6b: ["structref", "gc"],
  0x6a: ["arrayref", "gc"],             0x69: ["exnref", "exceptions"],
  0x68: ["contref", "stack-switching"], 0x64: ["a typed reference", "function-references"],
  0x63: ["a typed reference", "function-references"],
  0x40: ["a table with an initializer", "function-references"],
};

export interface Dialect {
  readonly features: Features;
  readonly words: Words;
  /** Reference types are on: table indices instead of reserved bytes. */
  readonly refs: boolean;
  /** 1 for the bytes that are value types. */
  readonly valTypes: Uint8Array;
}

/** The dialect of a feature set. */
export function newDialect(features: Features): Dialect {
  const refs = features.has("reference-types");
  const valTypes = new Uint8Array(256);
  for (const t of [I32, I64, F32, F64]) valTypes[t] = 1;
  if (features.has("simd")) valTypes[V128] = 1;
  if (refs) valTypes[FUNCREF] = valTypes[EXTERNREF] = 1;
  return { features, words: refs ? words2 : words1, refs, valTypes };
}

/** Why `byte` is no type here: the given wording and, where it helps, the feature it needs. */
export function noType(words: string, byte: number, dialect: Dialect): string {
  // Types are signed LEB128 numbers of seven bits.
  if (byte >= 0x80) return "integer representation too long";
  const known = typeFeatures[byte];
  if (known === undefined || dialect.features.has(known[1])) {
    return `${words} 0x${byte.toString(16)}`;
  }
  return `${words}: ${needs(known[0], known[1])}`;
}
