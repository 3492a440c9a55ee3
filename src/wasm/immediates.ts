// Reading one operator: its opcode, and its immediates by the kind that its row names. Every reader
// of code uses it: the decoder (constant expressions), the walker (all but the hottest kinds), the
// scanner and the printer. Nothing is checked here beyond what the binary format itself says.

import type { ByteReader } from "../support/bytes.ts";
import { bug } from "../support/errors.ts";
import { needs } from "./features.ts";
import type { Feature, Features } from "./features.ts";
import { Imm, OPS, isPrefix, opOfByte, opOfPrefixed } from "./ops.ts";
import type { Immediates } from "./sink.ts";
import { EXTERNREF, FUNCREF } from "./types.ts";
import type { ValType } from "./types.ts";
import { noType } from "./dialect.ts";
import type { Dialect } from "./dialect.ts";

/** Block type of an empty block, as the s33 that the format uses. */
export const emptyBlock = -64;

/**
 * Immediates of an operator, and what only readers of the binary format need: a block type as its
 * s33 in `a`; targets of br_table; types of `select`.
 */
export class ImmBox implements Immediates {
  a = 0;
  b = 0;
  c = 0;
  d = 0;
  lo = 0;
  hi = 0;
  type: ValType = 0;
  readonly bytes = new Uint8Array(16);
  offset = 0;
  /** br_table: `count` targets, then the default. */
  targets = new Int32Array(16);
  /** Number of targets (br_table) or of types (select_t). */
  count = 0;
}

/**
 * The number of the operator at the reader, which moves behind its opcode. Fails in the words
 * "illegal opcode" where there is none in the dialect.
 */
export function readOp(r: ByteReader, features: Features): number {
  const at = r.pos;
  const byte = r.u8();
  if (!isPrefix(byte)) {
    const op = opOfByte[byte]!;
    if (op < 0 || !features.has(OPS[op]!.feature)) illegalOpcode(r, at, op, byte.toString(16));
    return op;
  }
  const sub = r.u32();
  const op = opOfPrefixed(byte, sub);
  if (op < 0 || !features.has(OPS[op]!.feature)) {
    illegalOpcode(r, at, op, `${byte.toString(16)} ${sub.toString(16).padStart(2, "0")}`);
  }
  return op;
}

function illegalOpcode(r: ByteReader, at: number, op: number, code: string): never {
  const padded = code.padStart(2, "0");
  if (op < 0) r.fail(`illegal opcode ${padded}`, at);
  const row = OPS[op]!;
  r.fail(`illegal opcode ${padded}: ${needs(row.name, row.feature)}`, at);
}

/** Reads the immediates of kind `imm`. */
export function readImm(r: ByteReader, imm: number, out: ImmBox, dialect: Dialect): void {
  switch (imm) {
    case Imm.none:
      return;
    case Imm.blocktype:
      out.a = readBlockType(r, dialect);
      return;
    case Imm.label:
    case Imm.func:
    case Imm.funcRef:
    case Imm.local:
    case Imm.global:
    case Imm.table:
    case Imm.elem:
    case Imm.data:
      out.a = r.u32();
      return;
    case Imm.labels:
      readLabels(r, out);
      return;
    case Imm.memarg:
      readMemarg(r, out);
      return;
    case Imm.i32:
      out.lo = r.s32();
      out.hi = 0;
      return;
    case Imm.i64:
      r.s64();
      out.lo = r.lo;
      out.hi = r.hi;
      return;
    case Imm.f32:
      out.lo = r.word();
      out.hi = 0;
      return;
    case Imm.f64:
      r.words();
      out.lo = r.lo;
      out.hi = r.hi;
      return;
    default:
      readRare(r, imm, out, dialect);
  }
}

function readRare(r: ByteReader, imm: number, out: ImmBox, dialect: Dialect): void {
  switch (imm) {
    case Imm.callIndirect:
      out.a = r.u32();
      out.b = dialect.refs ? r.u32() : zeroByte(r, dialect, "a table index", "reference-types");
      return;
    case Imm.refTypes:
      readTypes(r, out, dialect);
      return;
    case Imm.memory:
      out.a = zeroMemory(r, dialect);
      return;
    case Imm.memory2:
      out.a = zeroMemory(r, dialect);
      out.b = zeroMemory(r, dialect);
      return;
    case Imm.memoryInit:
      out.a = r.u32();
      out.b = zeroMemory(r, dialect);
      return;
    case Imm.tableInit:
    case Imm.tableCopy:
      out.a = r.u32();
      out.b = r.u32();
      return;
    case Imm.heapType:
      out.type = out.a = readRefType(r, dialect);
      return;
    case Imm.v128:
      readV128(r, out);
      return;
    case Imm.shuffle:
      readBytes(r, out);
      return;
    case Imm.lane:
      out.d = r.u8();
      return;
    case Imm.memargLane:
      readMemarg(r, out);
      out.d = r.u8();
      return;
    default:
      bug(`immediate kind ${imm} has no reader`);
  }
}

// emptyBlock, a value type as the s33 of its byte, or a type index.
function readBlockType(r: ByteReader, dialect: Dialect): number {
  const at = r.pos;
  const byte = r.u8();
  if (byte === 0x40 || dialect.valTypes[byte] === 1) return byte - 0x80;
  r.pos = at;
  const index = r.s33();
  const words = dialect.words.valueType;
  if (index < 0) r.fail(noType(words, byte, dialect), at);
  if (!dialect.features.has("multi-value")) {
    r.fail(`${words}: ${needs("a block type index", "multi-value")}`, at);
  }
  return index;
}

// A reserved byte, which a later feature made an index.
function zeroByte(r: ByteReader, dialect: Dialect, what: string, feature: Feature): number {
  if (r.u8() !== 0) r.fail(`${dialect.words.zeroByte}: ${needs(what, feature)}`, r.pos - 1);
  return 0;
}

const zeroMemory = (r: ByteReader, dialect: Dialect): number =>
  zeroByte(r, dialect, "a memory index", "multi-memory");

/** Alignment exponent into `c`, offset into `a`. */
export function readMemarg(r: ByteReader, out: ImmBox): void {
  const at = r.pos;
  const flags = r.u32();
  if (flags >= 32) badAccess(r, flags, at);
  out.c = flags;
  out.a = r.u32();
  out.b = 0;
}

// Alignments below 2^32 take five bits; the next one but one announces a memory index.
function badAccess(r: ByteReader, flags: number, at: number): never {
  const why = (flags & 0x40) !== 0 ? `: ${needs("a memory index", "multi-memory")}` : "";
  return r.fail(`malformed memop flags${why}`, at);
}

function readLabels(r: ByteReader, out: ImmBox): void {
  // A target takes at least a byte: a count beyond the rest of the body ends in an error.
  const count = r.u32();
  if (count >= out.targets.length) {
    out.targets = new Int32Array(Math.min(count, r.end - r.pos) * 2 + 1);
  }
  for (let i = 0; i <= count; i++) out.targets[i] = r.u32();
  out.count = count;
}

function readTypes(r: ByteReader, out: ImmBox, dialect: Dialect): void {
  const count = r.u32();
  out.count = count;
  for (let i = 0; i < count; i++) {
    out.type = readValType(r, dialect);
  }
}

/** A value type of the dialect. */
export function readValType(r: ByteReader, dialect: Dialect): ValType {
  const t = r.u8();
  if (dialect.valTypes[t] === 0) r.fail(noType(dialect.words.valueType, t, dialect), r.pos - 1);
  return t;
}

/** A reference type; where reference types are off, only the element type of tables. */
export function readRefType(r: ByteReader, dialect: Dialect): ValType {
  const t = r.u8();
  if (t !== FUNCREF && (t !== EXTERNREF || !dialect.refs)) {
    r.fail(noType(dialect.words.refType, t, dialect), r.pos - 1);
  }
  return t;
}

function readBytes(r: ByteReader, out: ImmBox): void {
  const at = r.pos;
  r.skip(16);
  for (let i = 0; i < 16; i++) out.bytes[i] = r.bytes[at + i]!;
}

function readV128(r: ByteReader, out: ImmBox): void {
  readBytes(r, out);
  r.pos -= 16;
  out.lo = r.word();
  out.hi = r.word();
  out.a = r.word();
  out.b = r.word();
}
