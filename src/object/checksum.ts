// The checksum of an executable's payload, 64 bits: in 8 lanes of 32 bits a sum of the words, and a
// sum of these sums that rotates, so that the upper bits have a sense of place too (Fletcher's have
// none). It is for accidents, not for enemies, who could as well write a new one: it is quick
// enough to be looked at whenever a program starts, and changes with any change of a single word.
// runtime-support/payload.c computes the same.

import { bug } from "../support/errors.ts";

const LANES = 8;
const LANE_BYTES = 4;

function fold(lanes: Int32Array): number {
  let h = 0x811c9dc5 | 0;
  for (const lane of lanes) {
    h = Math.imul(h ^ lane, 0x01000193);
    h ^= h >>> 15;
  }
  return h >>> 0;
}

/** Low and high word of the checksum of parts, each a multiple of 8 bytes and padded to 32. */
export function checksum(parts: readonly Uint8Array[]): readonly [number, number] {
  const a = new Int32Array(LANES).fill(1);
  const b = new Int32Array(LANES);
  for (const part of parts) {
    if (part.length % 8 !== 0) bug("a checksum of half a word");
    // A last round of fewer than 8 lanes, maybe of none, adds zeros in the others.
    const words = part.length / LANE_BYTES;
    const rounds = Math.floor(words / LANES) + 1;
    const view = new DataView(part.buffer, part.byteOffset, part.length);
    for (let k = 0; k < rounds * LANES; k++) {
      const lane = k % LANES;
      const word = k < words ? view.getInt32(k * LANE_BYTES, true) : 0;
      a[lane] = (a[lane]! + word) | 0;
      b[lane] = (((b[lane]! << 7) | (b[lane]! >>> 25)) + a[lane]!) | 0;
    }
  }
  return [fold(a), fold(b)];
}
