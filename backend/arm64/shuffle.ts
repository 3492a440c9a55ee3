// Which instruction moves bytes as a mask says. A mask is sixteen numbers of bytes: 0-15 of the
// first operand, 16-31 of the second. In: a mask. Out: in `found`, an instruction with its size and
// immediates, and whether its operands change places.

import { INST } from "./insts.ts";

export type Mask = Uint8Array;

/** What `find` has found. */
export interface Found {
  op: number;
  size: number;
  /** Immediates: bytes of ext; lane of dup and ins, and where ins takes it from. */
  n: number;
  from: number;
  /** The operands change places. */
  isTurned: boolean;
}

export const found: Found = { op: 0, size: 0, n: 0, from: 0, isTurned: false };

/** Lane k of `width` bytes comes from this lane of both operands; -1 if from pieces of several. */
export function laneOf(m: Mask, width: number, k: number): number {
  const at = m[k * width]!;
  if (at % width !== 0) return -1;
  for (let j = 1; j < width; j++) if (m[k * width + j] !== at + j) return -1;
  return at / width;
}

/** Instructions that arrange lanes in pairs, and lane k of the result of `count` lanes. */
const PAIRINGS = [INST.vzip1, INST.vzip2, INST.vuzp1, INST.vuzp2, INST.vtrn1, INST.vtrn2] as const;

function paired(kind: number, count: number, k: number): number {
  const half = count >> 1;
  switch (kind) {
    case 0:
      return (k & 1) * count + (k >> 1);
    case 1:
      return (k & 1) * count + half + (k >> 1);
    case 2:
      return 2 * k;
    case 3:
      return 2 * k + 1;
    case 4:
      return (k & 1) * count + (k & ~1);
    default:
      return (k & 1) * count + (k | 1);
  }
}

function note(op: number, size: number, n: number, from: number, isTurned: boolean): true {
  found.op = op;
  found.size = size;
  found.n = n;
  found.from = from;
  found.isTurned = isTurned;
  return true;
}

/** The bytes that `from`, a number of all lanes, stands for modulo `all` are lane k of the mask. */
const isLane = (m: Mask, width: number, k: number, from: number, lanes: number): boolean =>
  laneOf(m, width, k) === from % lanes;

function isPairing(m: Mask, width: number, kind: number, flip: number, lanes: number): boolean {
  const count = 16 / width;
  for (let k = 0; k < count; k++) {
    if (!isLane(m, width, k, paired(kind, count, k) ^ (flip * count), lanes)) return false;
  }
  return true;
}

/** Bytes in a row: of the operands one behind the other, or of one that is turned (lanes 16). */
function isRun(m: Mask, first: number, bytes: number): boolean {
  for (let k = 0; k < 16; k++) if (m[k] !== (first + k) % bytes) return false;
  return true;
}

/** All lanes are the same one, of the first operand or of the second. */
function findDup(m: Mask): boolean {
  for (let width = 8; width >= 1; width >>= 1) {
    const lane = laneOf(m, width, 0);
    if (lane < 0) continue;
    let k = 1;
    while (k < 16 / width && laneOf(m, width, k) === lane) k++;
    const count = 16 / width;
    if (k === count) return note(INST.vdup, width, lane % count, 0, lane >= count);
  }
  return false;
}

const REVERSALS = [
  [INST.vrev64, 8],
  [INST.vrev32, 4],
  [INST.vrev16, 2],
] as const;

/** Lanes turned round in pieces of 8, 4 or 2 bytes. */
function findReversal(m: Mask): boolean {
  for (const [op, piece] of REVERSALS) {
    for (let width = 1; width < piece; width <<= 1) {
      let k = 0;
      const last = piece / width - 1;
      while (k < 16 / width && laneOf(m, width, k) === (k ^ last)) k++;
      if (k === 16 / width) return note(op, width, 0, 0, false);
    }
  }
  return false;
}

/** All lanes but one stay where they are in one operand. */
function findInsertion(m: Mask, operands: number): boolean {
  for (let width = 8; width >= 1; width >>= 1) {
    const count = 16 / width;
    for (let flip = 0; flip < operands; flip++) {
      let moved = 0;
      let at = 0;
      for (let k = 0; k < count; k++) {
        if (laneOf(m, width, k) === k + flip * count) continue;
        moved++;
        at = k;
      }
      const from = laneOf(m, width, at);
      if (moved === 1 && from >= 0) return note(INST.vins, width, at, from, flip === 1);
    }
  }
  return false;
}

/**
 * Finds the instruction for a mask of one operand (no number above 15) or of two. An insertion
 * counts its lanes (`from`) over both operands, the unturned ones; it goes into the first, into the
 * second if turned.
 */
export function find(m: Mask, operands: number): boolean {
  const bytes = 16 * operands;
  if (findDup(m)) return true;
  if (operands === 1 && findReversal(m)) return true;
  for (let width = 8; width >= 1; width >>= 1) {
    for (let kind = 0; kind < PAIRINGS.length; kind++) {
      for (let flip = 0; flip < operands; flip++) {
        if (isPairing(m, width, kind, flip, bytes / width)) {
          return note(PAIRINGS[kind]!, width, 0, 0, flip === 1);
        }
      }
    }
  }
  const first = m[0]!;
  if (isRun(m, first, bytes)) return note(INST.vext, 1, first & 15, 0, first >= 16);
  return findInsertion(m, operands);
}

/** Every byte stays where it is in one of the operands. */
export function isBlend(m: Mask): boolean {
  for (let k = 0; k < 16; k++) if ((m[k]! & 15) !== k) return false;
  return true;
}

/** Every byte stays where it is. */
export const isIdentity = (m: Mask): boolean => isRun(m, 0, 32);
