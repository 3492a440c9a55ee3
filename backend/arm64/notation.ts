// Reads the encoding column of insts.ts into columns by op: the word, what sizes do to it, and a
// field per operand and immediate of the record.

import { bug } from "../../src/support/errors.ts";
import { CONSUMER_OPERANDS, consumerOf, insts } from "./insts.ts";

/** What the size does to the word. */
export const SIZING = {
  none: 0,
  w: 1,
  f: 2,
  both: 3,
  log: 4,
  flip: 5,
  lanes: 6,
  shift: 7,
  lane: 8,
} as const;

const SIZE_TOKENS: Readonly<Record<string, number>> = {
  W: SIZING.w,
  F: SIZING.f,
  B: SIZING.both,
  S: SIZING.log,
  X: SIZING.flip,
  V: SIZING.lanes,
  L: SIZING.shift,
  K: SIZING.lane,
};
const SHIFTS: Readonly<Record<string, number>> = { d: 0, t: 0, n: 5, a: 10, m: 16 };

/** Kinds of immediates. */
export const IMM = {
  none: 0,
  immr: 1,
  imms: 2,
  arith: 3,
  logical: 4,
  shift: 5,
  extend: 6,
  lane: 7,
  from: 8,
  left: 9,
  right: 10,
  bytes: 11,
} as const;
const IMM_TOKENS: Readonly<Record<string, number>> = {
  r: IMM.immr,
  s: IMM.imms,
  i: IMM.arith,
  l: IMM.logical,
  h: IMM.shift,
  e: IMM.extend,
  k: IMM.lane,
  j: IMM.from,
  u: IMM.left,
  w: IMM.right,
  b: IMM.bytes,
};

/** Most fields of operands. */
export const FIELDS = 4;
/** A field of an operand that the word does not name. */
export const NO_FIELD = 255;

const count = insts.names.length;
/** The word; 0 for sequences. */
export const words = new Int32Array(count);
export const sizings = new Uint8Array(count);
export const isMemory = new Uint8Array(count);
/** Number of fields, and the bit of each: fields[FIELDS * op + k] is that of operand first + k. */
export const fieldCounts = new Uint8Array(count);
export const fields = new Uint8Array(count * FIELDS).fill(NO_FIELD);
/** Kinds of the first two immediates. */
export const imms = new Uint8Array(count * 2);
/** 1 = a sequence: sequences.ts writes it. */
export const isSequence = new Uint8Array(count);
/** The first operand that the word names: behind those of a consumer. */
export const firstOperands = new Uint8Array(count);

function addField(op: number, token: string): void {
  const shift = token === "-" ? NO_FIELD : SHIFTS[token];
  if (shift !== undefined) {
    fields[FIELDS * op + fieldCounts[op]!++] = shift;
    return;
  }
  const kind = IMM_TOKENS[token] ?? bug(`field ${token}`);
  imms[op * 2 + (imms[op * 2] === IMM.none ? 0 : 1)] = kind;
}

function addRow(op: number): void {
  const encoding = insts.rows[op]?.[4] ?? "";
  if (encoding === "") return;
  const consumer = consumerOf(op);
  firstOperands[op] = consumer < 0 ? 0 : CONSUMER_OPERANDS[consumer]!;
  if (encoding.startsWith("{")) {
    isSequence[op] = 1;
    return;
  }
  for (const token of encoding.split(" ")) {
    if (/^[0-9A-F]{8}$/.test(token)) words[op] = Number.parseInt(token, 16) | 0;
    else if (token === "M") isMemory[op] = 1;
    else if (SIZE_TOKENS[token] !== undefined) sizings[op] = SIZE_TOKENS[token];
    else addField(op, token);
  }
}

for (let op = 0; op < count; op++) addRow(op);

/** The word of an op at a size, fields 0. */
export function wordOf(op: number, size: number): number {
  return sized(words[op]!, sizings[op]!, size);
}

function sized(word: number, sizing: number, size: number): number {
  switch (sizing) {
    case SIZING.log:
      return size === 16 ? word | (1 << 23) : word | ((31 - Math.clz32(size)) << 30);
    case SIZING.flip:
      return size === 8 ? word ^ (1 << 22) : word;
    case SIZING.lanes:
      return word | ((31 - Math.clz32(size)) << 22);
    case SIZING.shift:
      return word | (size << 19);
    case SIZING.lane:
      return word | (size << 16);
    case SIZING.none:
      return word;
    default:
      return size === 8 ? word | ((sizing & 1) << 31) | ((sizing & 2) << 21) : word;
  }
}
