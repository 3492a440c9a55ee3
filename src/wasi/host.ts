// Facts about the host that its files and directories share: whether an open descriptor can be
// named as a path, flags of open, what Node's numbers of a file mean, and how one waits.

import { constants, existsSync, readFileSync } from "node:fs";
import type { BigIntStats, Dirent } from "node:fs";
import { FLAG, TYPE } from "./fs.ts";
import type { Stat } from "./fs.ts";

/** Descriptors of this process are found under /proc/self/fd. */
export const hasProc = process.platform === "linux" && existsSync("/proc/self/fd");

export const isWindows = process.platform === "win32";

/** Flags of open; those that the host has no word for are 0. */
export const O = {
  RDONLY: constants.O_RDONLY,
  WRONLY: constants.O_WRONLY,
  RDWR: constants.O_RDWR,
  CREAT: constants.O_CREAT,
  EXCL: constants.O_EXCL,
  TRUNC: constants.O_TRUNC,
  APPEND: constants.O_APPEND,
  DIRECTORY: constants.O_DIRECTORY ?? 0,
  NOFOLLOW: constants.O_NOFOLLOW ?? 0,
  NONBLOCK: constants.O_NONBLOCK ?? 0,
  NOCTTY: constants.O_NOCTTY ?? 0,
  DSYNC: constants.O_DSYNC ?? 0,
  SYNC: constants.O_SYNC ?? 0,
  /** Linux: for looking names up, no right to read needed. Node does not name it. */
  PATH: 0o10000000,
} as const;

/** Flags of open for a WASI descriptor's flags. */
export function hostFlags(flags: number): number {
  return (
    ((flags & FLAG.append) === 0 ? 0 : O.APPEND) |
    ((flags & FLAG.dsync) === 0 ? 0 : O.DSYNC) |
    ((flags & FLAG.nonblock) === 0 ? 0 : O.NONBLOCK) |
    ((flags & (FLAG.rsync | FLAG.sync)) === 0 ? 0 : O.SYNC)
  );
}

export function typeOf(s: BigIntStats | Dirent): number {
  if (s.isFile()) return TYPE.regular;
  if (s.isDirectory()) return TYPE.directory;
  if (s.isSymbolicLink()) return TYPE.link;
  if (s.isCharacterDevice()) return TYPE.character;
  if (s.isBlockDevice()) return TYPE.block;
  return s.isSocket() ? TYPE.stream : TYPE.unknown;
}

export const statOf = (s: BigIntStats): Stat => ({
  dev: s.dev,
  ino: s.ino,
  type: typeOf(s),
  nlink: s.nlink,
  size: s.size,
  atim: s.atimeNs,
  mtim: s.mtimeNs,
  ctim: s.ctimeNs,
});

/** What an open descriptor has under a name in /proc, e.g. "flags"; empty where it is not told. */
export function fdInfo(fd: number, name: string): string {
  if (!hasProc) return "";
  const info = readFileSync(`/proc/self/fdinfo/${fd}`, "latin1");
  return new RegExp(`^${name}:\\s*(\\S+)`, "m").exec(info)?.[1] ?? "";
}

/** O.RDONLY, O.WRONLY or O.RDWR, taken to be the last where it is not told. */
export function accessOf(fd: number): number {
  const flags = fdInfo(fd, "flags");
  return flags === "" ? O.RDWR : parseInt(flags, 8) & (O.WRONLY | O.RDWR);
}

const alarm = new Int32Array(new SharedArrayBuffer(4));

/** Sleeps, blocking. */
export function sleep(milliseconds: number): void {
  Atomics.wait(alarm, 0, 0, milliseconds);
}
