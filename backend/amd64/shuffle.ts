// Which instruction a shuffle is. A mask has sixteen bytes: where each byte of the result comes
// from, 0-15 = the first operand, 16-31 = the second, ZERO = nowhere, the byte is 0. A finder
// returns the immediate with which its instruction does what the mask says (0 if it has none), or
// -1. Masks with ZERO take from the first operand only.
//
// The tables list instructions by how good they are: what reads one operand and overwrites none
// comes first, what needs a constant last.

import { INST } from "./insts.ts";

export const ZERO = 0x80;
/** Sixteen bytes, see above. */
export type Mask = Uint8Array;
export type Finder = (m: Mask) => number;

const NONE = -1;

// ---- lanes of several bytes --------------------------------------------------------------------

/** Lane `k` of `width` bytes: the lane it comes from, or -1 if it is not one lane as a whole. */
function laneOf(m: Mask, width: number, k: number): number {
  const at = k * width;
  const first = m[at]!;
  if (first % width !== 0) return NONE;
  for (let j = 1; j < width; j++) if (m[at + j] !== first + j) return NONE;
  return first / width;
}

/** True if lane `k` is zero. */
function isZero(m: Mask, width: number, k: number): boolean {
  for (let j = 0; j < width; j++) if (m[k * width + j] !== ZERO) return false;
  return true;
}

/** True if the bytes from `at` to `end` come from `first` and what follows it. */
function isRun(m: Mask, at: number, end: number, first: number): boolean {
  for (let k = at; k < end; k++) if (m[k] !== first + k - at) return false;
  return true;
}

// ---- finders -----------------------------------------------------------------------------------

export const isIdentity = (m: Mask): boolean => isRun(m, 0, 16, 0);

/** Four lanes of 32 bits, two bits each. */
const dwords: Finder = (m) => {
  let imm = 0;
  for (let k = 0; k < 4; k++) {
    const lane = laneOf(m, 4, k);
    if (lane < 0 || lane > 3) return NONE;
    imm |= lane << (2 * k);
  }
  return imm;
};

/** Four words of one half, which come from that half, while the other half stays. */
const wordsOf =
  (half: number): Finder =>
  (m) => {
    const other = 8 - 8 * half;
    if (!isRun(m, other, other + 8, other)) return NONE;
    let imm = 0;
    for (let k = 0; k < 4; k++) {
      const lane = laneOf(m, 2, 4 * half + k);
      if (lane < 4 * half || lane >= 4 * half + 4) return NONE;
      imm |= (lane & 3) << (2 * k);
    }
    return imm;
  };

/** Lanes of both operands in turn, from lane `from` of each on. */
const unpack =
  (width: number, from: number): Finder =>
  (m) => {
    const count = 16 / width;
    for (let k = 0; k < count; k++) {
      if (laneOf(m, width, k) !== (k & 1) * count + from + (k >> 1)) return NONE;
    }
    return 0;
  };

/** The same with the first operand in both places. */
const twice =
  (width: number, from: number): Finder =>
  (m) => {
    for (let k = 0; k < 16 / width; k++) {
      if (laneOf(m, width, k) !== from + (k >> 1)) return NONE;
    }
    return 0;
  };

/** All lanes are the first one. */
const broadcast =
  (width: number): Finder =>
  (m) => {
    for (let k = 0; k < 16; k++) if (m[k] !== k % width) return NONE;
    return 0;
  };

/** Sixteen bytes in a row of the two operands, or of the first one turned. */
const run: Finder = (m) => (m[0]! < 16 && isRun(m, 0, 16, m[0]!) ? m[0]! : NONE);
const turn: Finder = (m) => {
  const n = m[0]!;
  return n < 16 && isRun(m, 0, 16 - n, n) && isRun(m, 16 - n, 16, 0) ? n : NONE;
};

/** Moved down or up by bytes, zeros behind. */
const down: Finder = (m) => {
  const n = m[0]!;
  if (n >= 16 || !isRun(m, 0, 16 - n, n)) return NONE;
  for (let k = 16 - n; k < 16; k++) if (m[k] !== ZERO) return NONE;
  return n;
};
const up: Finder = (m) => {
  let n = 0;
  while (n < 16 && m[n] === ZERO) n++;
  return isRun(m, n, 16, 0) ? n : NONE;
};

/** Lanes of `width` bytes from the first on, zero-extended to `to` bytes. */
const extended =
  (width: number, to: number): Finder =>
  (m) => {
    for (let k = 0; k < 16; k++) {
      const j = k % to;
      if (m[k] !== (j < width ? Math.floor(k / to) * width + j : ZERO)) return NONE;
    }
    return 0;
  };
const lowHalf = extended(8, 16);

/** Every word stays where it is in one of the operands: a bit each, 1 = the second. */
export const blend: Finder = (m) => {
  let imm = 0;
  for (let k = 0; k < 8; k++) {
    const lane = laneOf(m, 2, k);
    if (lane !== k && lane !== k + 8) return NONE;
    if (lane !== k) imm |= 1 << k;
  }
  return imm;
};

/** Every byte stays where it is in one of the operands. */
export const blendBytes: Finder = (m) => {
  for (let k = 0; k < 16; k++) if ((m[k]! & 15) !== k || m[k]! >= ZERO) return NONE;
  return 0;
};

/** Two lanes of the first operand, then two of the second. */
const shufps: Finder = (m) => {
  let imm = 0;
  for (let k = 0; k < 4; k++) {
    const lane = laneOf(m, 4, k) - (k < 2 ? 0 : 4);
    if (lane < 0 || lane > 3) return NONE;
    imm |= lane << (2 * k);
  }
  return imm;
};

/** One lane from anywhere (of the second operand, if there are two), the others stay or are 0. */
const insert: Finder = (m) => {
  let imm = 0;
  let moved = 0;
  for (let k = 0; k < 4; k++) {
    const lane = laneOf(m, 4, k);
    if (lane === k) continue;
    if (isZero(m, 4, k)) imm |= 1 << k;
    else if (lane < 0) return NONE;
    else {
      imm |= ((lane & 3) << 6) | (k << 4);
      moved += lane < 4 ? 16 : 1;
    }
  }
  // With two operands the lane is the second's; with one it is the first's own.
  return moved === 1 || moved === 16 || moved === 0 ? imm : NONE;
};
const insertOther: Finder = (m) => (m.some((k) => k >= 16) ? insert(m) : NONE);

/** Bytes stay or are 0. */
export const keeps = (m: Mask): boolean => m.every((from, k) => from === k || from === ZERO);

// ---- tables ------------------------------------------------------------------------------------

export type Row = readonly [find: Finder, op: number];

/** One operand that is read only. */
export const ONE: readonly Row[] = [
  [dwords, INST.pshufd],
  [wordsOf(0), INST.pshuflw],
  [wordsOf(1), INST.pshufhw],
  [lowHalf, INST.movq],
  [extended(1, 2), INST.pmovzxbw],
  [extended(1, 4), INST.pmovzxbd],
  [extended(1, 8), INST.pmovzxbq],
  [extended(2, 4), INST.pmovzxwd],
  [extended(2, 8), INST.pmovzxwq],
  [extended(4, 8), INST.pmovzxdq],
];

/** The same with AVX2, tried first. */
export const BROADCASTS: readonly Row[] = [
  [broadcast(1), INST.vpbroadcastb],
  [broadcast(2), INST.vpbroadcastw],
];

/** One operand that is overwritten. */
export const SHIFTS: readonly Row[] = [
  [down, INST.psrldqi],
  [up, INST.pslldqi],
];

/** One operand in both places. */
export const SELF: readonly Row[] = [
  [twice(1, 0), INST.punpcklbw],
  [twice(1, 8), INST.punpckhbw],
  [twice(2, 0), INST.punpcklwd],
  [twice(2, 4), INST.punpckhwd],
  [turn, INST.palignr],
];

/** One operand and zeros, which an insertion makes. */
export const INSERT: Finder = insert;

/** Two operands; those of palignr stand the other way round. */
export const TWO: readonly Row[] = [
  [unpack(1, 0), INST.punpcklbw],
  [unpack(1, 8), INST.punpckhbw],
  [unpack(2, 0), INST.punpcklwd],
  [unpack(2, 4), INST.punpckhwd],
  [unpack(4, 0), INST.punpckldq],
  [unpack(4, 2), INST.punpckhdq],
  [unpack(8, 0), INST.punpcklqdq],
  [unpack(8, 1), INST.punpckhqdq],
  [blend, INST.pblendw],
  [run, INST.palignr],
  [shufps, INST.shufps],
  [insertOther, INST.insertps],
];

// ---- masks made from masks ---------------------------------------------------------------------

/** The mask with its operands exchanged. */
export function exchange(m: Mask): void {
  for (let k = 0; k < 16; k++) m[k]! ^= 16;
}

/** Lanes of 32 bits that come from the second operand, a bit each; -1 if these are no lanes. */
export function lanesOfSecond(m: Mask): number {
  let bits = 0;
  for (let k = 0; k < 4; k++) {
    const lane = laneOf(m, 4, k);
    if (lane < 0) return NONE;
    if (lane > 3) bits |= 1 << k;
  }
  return bits;
}

/** pshufd that brings the first operand's lanes to their places. */
export function placing(m: Mask): number {
  let imm = 0;
  for (let k = 0; k < 4; k++) imm |= (m[4 * k]! < 16 ? m[4 * k]! >> 2 : k) << (2 * k);
  return imm;
}

/** insertps of the one lane, number `k`, that comes from the second operand. */
export const inserting = (m: Mask, k: number): number => (((m[4 * k]! >> 2) & 3) << 6) | (k << 4);

/** shufps that gathers two lanes of each operand; `arranging` is the pshufd behind it. */
export function gathering(m: Mask): number {
  let imm = 0;
  let first = 0;
  let second = 4;
  for (let k = 0; k < 4; k++) {
    const from = m[4 * k]!;
    const lane = (from >> 2) & 3;
    if (from < 16) {
      imm |= lane << first;
      first += 2;
    } else {
      imm |= lane << second;
      second += 2;
    }
  }
  return imm;
}

export function arranging(m: Mask): number {
  let imm = 0;
  let first = 0;
  let second = 2;
  for (let k = 0; k < 4; k++) imm |= (m[4 * k]! < 16 ? first++ : second++) << (2 * k);
  return imm;
}

/** The bytes of operand `which` as an operand of pshufb: all others are zero. */
export function bytesOf(m: Mask, which: number, out: Mask): void {
  for (let k = 0; k < 16; k++) out[k] = m[k]! >> 4 === which ? m[k]! & 15 : ZERO;
}

/** The word blend of two operands that have been moved to their places; -1 if bytes mix. */
export function blendMoved(m: Mask): number {
  let imm = 0;
  for (let k = 0; k < 8; k++) {
    const which = m[2 * k]! >> 4;
    if (m[2 * k + 1]! >> 4 !== which) return NONE;
    imm |= which << k;
  }
  return imm;
}

/** True if all bytes of operand `which` stay where they are. */
export const isStill = (m: Mask, which: number): boolean =>
  m.every((from, k) => from >> 4 !== which || (from & 15) === k);
