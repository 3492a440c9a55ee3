// One file of the cache, looked at before it is trusted. In: a file and the key it should have.
// Out: an entry that is what its name says, or an ArtifactError with the reason.
//
// Three questions, each cheaper than the next:
//   whose is it?     a plain file that nobody but its owner may write, its owner we or root
//   what is it?      the header (object/header.ts) names the module, and what compiled it how; both
//                    hashed are the key, so that an entry under another's name, or of another
//                    version or target, does not answer to its own
//   is it whole?     the checksum in the header covers all other bytes: a flipped bit shows.
//                    `checkWhole` reads the file for that; whoever maps it can look instead, at the
//                    speed of memory (runtime-support/checksum.c)

import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import type { Stats } from "node:fs";
import { ROUND, addEnd, addRounds, endSums, newSums } from "../object/checksum.ts";
import {
  ArtifactError,
  CHECKSUM_AT,
  CHECKSUM_SIZE,
  HEAD_SIZE,
  readHeader,
} from "../object/header.ts";
import type { Header } from "../object/header.ts";
import { reasonOf } from "../support/errno.ts";
import { foreign } from "./trust.ts";
import { buildStamp } from "./version.ts";

const refuse = (why: string): never => {
  throw new ArtifactError(why);
};

/** The name for artifacts of a module, made in a way (made.ts): 64 hexadecimal digits. */
export const keyOf = (wasmHash: Uint8Array, made: Uint8Array): string =>
  createHash("sha256").update(wasmHash).update(made).update(buildStamp()).digest("hex");

/** An open entry whose owner and name have been checked. */
export interface Entry {
  readonly fd: number;
  readonly stats: Stats;
  /** The first HEAD_SIZE bytes. */
  readonly bytes: Uint8Array;
  readonly head: Header;
}

/** Reads into a buffer, as many bytes as there are; answers how many. */
function readAt(fd: number, buffer: Uint8Array, position: number): number {
  let got = 0;
  try {
    for (let n = -1; n !== 0 && got < buffer.length; got += n) {
      n = readSync(fd, buffer, got, buffer.length - got, position + got);
    }
    return got;
  } catch (error) {
    return refuse(`it cannot be read: ${reasonOf(error)}`);
  }
}

/** The entry that an open file is; throws ArtifactError if it is not the one of this key. */
export function identify(fd: number, stats: Stats, key: string): Entry {
  if (!stats.isFile()) refuse("it is not a file");
  const why = foreign(stats);
  if (why !== undefined) refuse(why);
  const bytes = new Uint8Array(HEAD_SIZE);
  const head = readHeader(bytes.subarray(0, readAt(fd, bytes, 0)));
  if (keyOf(head.wasmHash, head.made) !== key) refuse("it is the entry of something else");
  // Sums do not notice zeros that come or go at the end.
  if (stats.size !== head.size) refuse(`it has ${stats.size} bytes, not ${head.size}`);
  return { fd, stats, bytes, head };
}

/** Bytes that are read at once. */
const CHUNK = 32768 * ROUND;

/** Reads an entry and throws ArtifactError if it does not have its checksum. */
export function checkWhole({ fd, stats, bytes, head }: Entry): void {
  const from = CHECKSUM_AT + CHECKSUM_SIZE;
  const size = stats.size - from;
  if (size % 8 !== 0) refuse("it is not made of words");
  const sums = newSums();
  addEnd(sums, bytes.subarray(0, CHECKSUM_AT));
  const buffer = new Uint8Array(Math.min(CHUNK, size));
  const read = (at: number, count: number): Uint8Array => {
    const part = buffer.subarray(0, count);
    return readAt(fd, part, from + at) === count ? part : refuse("it is truncated");
  };
  let at = 0;
  for (; size - at >= CHUNK; at += CHUNK) addRounds(sums, read(at, CHUNK));
  addEnd(sums, read(at, size - at));
  const [low, high] = endSums(sums);
  const [wantedLow, wantedHigh] = head.checksum;
  if (low !== wantedLow || high !== wantedHigh) refuse("it is damaged, its checksum is wrong");
}
