// A checksum of 64 bits for files that are checked whenever they are used: an executable's payload,
// an entry of the cache. In 8 lanes of 32 bits a sum of the words, and a sum of these sums that
// rotates, so that the upper bits have a sense of place too (Fletcher's have none). It is for
// accidents, not for enemies, who could as well write a new one: it reads memory as fast as that
// can be read, and changes with any change of a single word. runtime-support/checksum.c computes
// the same.

import { bug } from "../support/errors.ts";

const LANES = 8;
/** Bytes that are added in one round, a word to each lane. */
export const ROUND = LANES * 4;

/** A checksum under way: lanes of sums, then lanes of sums of sums. */
export type Sums = Int32Array;

/** The checksum of nothing so far. */
export const newSums = (): Sums => new Int32Array(2 * LANES).fill(1, 0, LANES);

/** Adds bytes, a multiple of ROUND. */
export function addRounds(sums: Sums, bytes: Uint8Array): void {
  if (bytes.length % ROUND !== 0) bug("a checksum of half a round");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // Each lane in a local, or it would be stored in every round.
  let [a0, a1, a2, a3, a4, a5, a6, a7, b0, b1, b2, b3, b4, b5, b6, b7] = sums as unknown as Lanes;
  for (let k = 0; k < bytes.length; k += ROUND) {
    a0 = (a0 + view.getInt32(k, true)) | 0;
    b0 = (((b0 << 7) | (b0 >>> 25)) + a0) | 0;
    a1 = (a1 + view.getInt32(k + 4, true)) | 0;
    b1 = (((b1 << 7) | (b1 >>> 25)) + a1) | 0;
    a2 = (a2 + view.getInt32(k + 8, true)) | 0;
    b2 = (((b2 << 7) | (b2 >>> 25)) + a2) | 0;
    a3 = (a3 + view.getInt32(k + 12, true)) | 0;
    b3 = (((b3 << 7) | (b3 >>> 25)) + a3) | 0;
    a4 = (a4 + view.getInt32(k + 16, true)) | 0;
    b4 = (((b4 << 7) | (b4 >>> 25)) + a4) | 0;
    a5 = (a5 + view.getInt32(k + 20, true)) | 0;
    b5 = (((b5 << 7) | (b5 >>> 25)) + a5) | 0;
    a6 = (a6 + view.getInt32(k + 24, true)) | 0;
    b6 = (((b6 << 7) | (b6 >>> 25)) + a6) | 0;
    a7 = (a7 + view.getInt32(k + 28, true)) | 0;
    b7 = (((b7 << 7) | (b7 >>> 25)) + a7) | 0;
  }
  sums.set([a0, a1, a2, a3, a4, a5, a6, a7, b0, b1, b2, b3, b4, b5, b6, b7]);
}

// prettier-ignore
type Lanes = [
  number, number, number, number, number, number, number, number,
  number, number, number, number, number, number, number, number,
];

/** Adds the end of a part: its last bytes, a multiple of 8, in rounds that zeros fill up. */
export function addEnd(sums: Sums, bytes: Uint8Array): void {
  if (bytes.length % 8 !== 0) bug("a checksum of half a word");
  const whole = bytes.length - (bytes.length % ROUND);
  addRounds(sums, bytes.subarray(0, whole));
  // A round of zeros where nothing is left.
  const last = new Uint8Array(ROUND);
  last.set(bytes.subarray(whole));
  addRounds(sums, last);
}

function fold(lanes: Int32Array): number {
  let h = 0x811c9dc5 | 0;
  for (const lane of lanes) {
    h = Math.imul(h ^ lane, 0x01000193);
    h ^= h >>> 15;
  }
  return h >>> 0;
}

/** Low and high word of the checksum. */
export const endSums = (sums: Sums): readonly [number, number] => [
  fold(sums.subarray(0, LANES)),
  fold(sums.subarray(LANES)),
];

/** Low and high word of the checksum of parts, each a multiple of 8 bytes. */
export function checksum(parts: readonly Uint8Array[]): readonly [number, number] {
  const sums = newSums();
  for (const part of parts) addEnd(sums, part);
  return endSums(sums);
}
