// Standard streams for embedders: input that is given as bytes, output that goes to a function.
// They take the place of the host's descriptors in `stdio` (world.ts).

import { fail } from "./errno.ts";
import { TYPE } from "./fs.ts";
import type { File, Stat } from "./fs.ts";

const stat: Stat = {
  dev: 0n,
  ino: 0n,
  type: TYPE.unknown,
  nlink: 1n,
  size: 0n,
  atim: 0n,
  mtim: 0n,
  ctim: 0n,
};

/** What a stream that can neither be read nor written does. */
const stream: File = {
  isDirectory: false,
  canRead: false,
  canWrite: false,
  type: TYPE.unknown,
  stat: () => stat,
  setTimes: () => fail("inval"),
  setSize: () => fail("inval"),
  sync: () => fail("inval"),
  datasync: () => fail("inval"),
  setFlags: () => undefined,
  close: () => undefined,
  offset: () => 0,
  read: () => fail("badf"),
  write: () => fail("badf"),
  ready: () => ({ count: 0, ended: true }),
};

/** Input: these bytes, and then the end. */
export function byteSource(bytes: Uint8Array): File {
  let left = bytes;
  const read = (into: Uint8Array): number => {
    const n = Math.min(into.length, left.length);
    into.set(left.subarray(0, n));
    left = left.subarray(n);
    return n;
  };
  return {
    ...stream,
    canRead: true,
    read,
    ready: () => ({ count: left.length, ended: left.length === 0 }),
  };
}

/** Output: `take` gets every piece, in an array of its own. */
export function byteSink(take: (bytes: Uint8Array) => void): File {
  const write = (from: Uint8Array): number => {
    take(from.slice());
    return from.length;
  };
  return { ...stream, canWrite: true, write };
}
