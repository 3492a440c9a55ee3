// WASI preview 1 for Node hosts: what a command needs, file system read-only. In: a program's
// arguments, environment and directories. Out: host functions by name that read their arguments
// from slots (see interp/machine.ts). Functions of preview 1 that are not provided can be imported
// and answer ENOSYS. The same behaviour as runtime-support/wasi.c and files.c has.

import { randomFillSync } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { ERRNO, errnoOf, fail } from "./errno.ts";
import {
  Descriptor,
  TYPE,
  findBeneath,
  latin1,
  openBeneath,
  openDirectory,
  sleep,
  typeOfStats,
} from "./files.ts";
import { Call } from "./guest.ts";
import type { GuestMemory } from "./guest.ts";

/** Thrown by proc_exit. */
export class ProcExit extends Error {
  override name = "ProcExit";
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

const FDS_MAX = 512;

// prettier-ignore
const RIGHT = {
  read: 1 << 1, seek: 1 << 2, flags: 1 << 3, tell: 1 << 5, write: 1 << 6, pathOpen: 1 << 13,
  pathStat: 1 << 18, stat: 1 << 21, poll: 1 << 27, all: 0x3fff_ffff,
} as const;

// Flags of path_open and fd_fdstat_set_flags.
const CREATE = 1;
const DIRECTORY = 2;
const EXCLUSIVE = 4;
const TRUNCATE = 8;
const APPEND = 1;
const NONBLOCK = 4;
const FOLLOW = 1;

const SLICES = 64;
const MOST = 0x7fff_f000;

type WasiCode = (wasi: Wasi, c: Call) => void;

// ---- arguments and environment -----------------------------------------------------------------

function sizesGet(strings: readonly Uint8Array[], c: Call): void {
  const count = c.view(c.u32(0), 4);
  const size = c.view(c.u32(1), 4);
  count.setUint32(0, strings.length, true);
  size.setUint32(
    0,
    strings.reduce((sum, s) => sum + s.length + 1, 0),
    true,
  );
}

function stringsGet(strings: readonly Uint8Array[], c: Call): void {
  const pointers = c.view(c.u32(0), 4 * strings.length);
  let at = c.u32(1);
  strings.forEach((s, i) => {
    const to = c.bytes(at, s.length + 1);
    pointers.setUint32(4 * i, at, true);
    to.set(s);
    to[s.length] = 0;
    at += s.length + 1;
  });
}

// ---- clocks, chance, waiting -------------------------------------------------------------------

/**
 * Nanoseconds of clock 0 (real), 1 (monotonic), 2 (process) or 3 (thread, here that of the
 * process).
 */
function readClock(clock: number): bigint {
  switch (clock) {
    case 0:
      return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
    case 1:
      return process.hrtime.bigint();
    case 2:
    case 3: {
      const { user, system } = process.cpuUsage();
      return BigInt(user + system) * 1000n;
    }
    default:
      return fail("inval");
  }
}

function clockResGet(_: Wasi, c: Call): void {
  const clock = c.u32(0);
  if (clock > 3) fail("inval");
  c.view(c.u32(1), 8).setBigUint64(0, clock === 1 ? 1n : 1000n, true);
}

function clockTimeGet(_: Wasi, c: Call): void {
  if (c.u32(0) > 3) fail("inval");
  const to = c.view(c.u32(2), 8);
  to.setBigUint64(0, readClock(c.u32(0)), true);
}

function randomGet(_: Wasi, c: Call): void {
  const bytes = c.bytes(c.u32(0), c.u32(1));
  for (let at = 0; at < bytes.length; at += MOST) randomFillSync(bytes.subarray(at, at + MOST));
}

/** Nanoseconds from now on until the clock subscription at `s` is due. */
function timeLeft(s: DataView): bigint {
  const clock = s.getUint32(16, true);
  const timeout = s.getBigUint64(24, true);
  if (clock > 3) fail("inval");
  if ((s.getUint8(40) & 1) === 0) return timeout;
  const now = readClock(clock);
  return timeout > now ? timeout - now : 0n;
}

/** What a subscription comes to: the time it waits for, or an error at once. */
function outlook(s: DataView): { left: bigint; errno: number } {
  if (s.getUint8(8) !== 0) return { left: 0n, errno: ERRNO.notsup };
  try {
    return { left: timeLeft(s), errno: 0 };
  } catch (error) {
    return { left: 0n, errno: errnoOf(error) };
  }
}

function putEvent(to: Uint8Array, s: DataView, errno: number): void {
  const event = new DataView(to.buffer, to.byteOffset, to.length);
  for (let i = 0; i < 32; i++) to[i] = i < 8 ? s.getUint8(i) : 0;
  event.setUint16(8, errno, true);
  to[10] = s.getUint8(8);
}

const LONGEST = 2 ** 31 - 1;

/** Clocks only; a subscription to a descriptor is answered with ENOTSUP at once. */
function pollOneoff(_: Wasi, c: Call): void {
  const count = c.u32(2);
  const all = c.bytes(c.u32(0), count * 48);
  const out = c.bytes(c.u32(1), count * 32);
  const stored = c.view(c.u32(3), 4);
  if (count === 0) fail("inval");
  const each = Array.from({ length: count }, (_unused, i) => {
    return new DataView(all.buffer, all.byteOffset + 48 * i, 48);
  });
  let least = outlook(each[0]!).left;
  for (const s of each) {
    const { left } = outlook(s);
    if (left < least) least = left;
  }
  const end = process.hrtime.bigint() + least;
  for (let left = least; left > 0n; left = end - process.hrtime.bigint()) {
    sleep(Math.min(Number(left) / 1e6, LONGEST));
  }
  let events = 0;
  for (const s of each) {
    const { left, errno } = outlook(s);
    const isAbsolute = (s.getUint8(40) & 1) === 1;
    if (errno === 0 && left > (isAbsolute ? 0n : least)) continue;
    putEvent(out.subarray(32 * events, 32 * events + 32), s, errno);
    events++;
  }
  stored.setUint32(0, events, true);
}

// ---- descriptors -------------------------------------------------------------------------------

function rightsOf(fd: Descriptor): number {
  switch (fd.type) {
    case TYPE.directory:
      return RIGHT.pathOpen | RIGHT.pathStat | RIGHT.stat | RIGHT.flags;
    case TYPE.regular: {
      const common = RIGHT.read | RIGHT.seek | RIGHT.tell | RIGHT.flags | RIGHT.stat | RIGHT.poll;
      return common | (fd.own ? 0 : RIGHT.write);
    }
    default:
      return RIGHT.read | RIGHT.write | RIGHT.flags | RIGHT.stat | RIGHT.poll;
  }
}

// A directory passes on all rights, so that a guest that opens for writing asks for that right and
// is told that the file system is read-only, instead of failing at its first write.
function fdFdstatGet(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  c.bytes(c.u32(1), 24).fill(0);
  const to = c.view(c.u32(1), 24);
  to.setUint8(0, fd.type);
  to.setUint16(2, fd.flags, true);
  to.setBigUint64(8, BigInt(rightsOf(fd)), true);
  to.setBigUint64(16, BigInt(fd.type === TYPE.directory ? RIGHT.all : 0), true);
}

// What files of the guest are opened for does not depend on either flag.
function fdFdstatSetFlags(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const flags = c.u32(1);
  if ((flags & ~(APPEND | NONBLOCK)) !== 0) fail("inval");
  if (fd.own) fd.flags = flags;
}

/** Linux packs the numbers of a device in an odd way. */
function deviceOf(dev: bigint): bigint {
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xffff_f000n);
  const minor = (dev & 0xffn) | ((dev >> 12n) & 0xffff_ff00n);
  return (major << 32n) | minor;
}

function putStat(s: BigIntStats, at: number, c: Call): void {
  c.bytes(at, 64).fill(0);
  const to = c.view(at, 64);
  to.setBigUint64(0, deviceOf(s.dev), true);
  to.setBigUint64(8, s.ino, true);
  to.setUint8(16, typeOfStats(s));
  to.setBigUint64(24, s.nlink, true);
  to.setBigUint64(32, s.size, true);
  to.setBigUint64(40, s.atimeNs, true);
  to.setBigUint64(48, s.mtimeNs, true);
  to.setBigUint64(56, s.ctimeNs, true);
}

function fdFilestatGet(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  c.bytes(c.u32(1), 64);
  putStat(fd.stats(), c.u32(1), c);
}

function preopened(wasi: Wasi, c: Call): Uint8Array {
  const { preopen } = wasi.fd(c.u32(0));
  return preopen.length === 0 ? fail("badf") : preopen;
}

function fdPrestatGet(wasi: Wasi, c: Call): void {
  const name = preopened(wasi, c);
  const to = c.view(c.u32(1), 8);
  to.setUint32(0, 0, true); // a directory
  to.setUint32(4, name.length, true);
}

function fdPrestatDirName(wasi: Wasi, c: Call): void {
  const name = preopened(wasi, c);
  if (c.u32(2) < name.length) fail("nametoolong");
  c.bytes(c.u32(1), name.length).set(name);
}

/** The guest's vectors, the first 64 of them. */
function slices(c: Call): Uint8Array[] {
  const count = c.u32(2);
  const vectors = c.bytes(c.u32(1), count * 8);
  c.view(c.u32(3), 4);
  const view = new DataView(vectors.buffer, vectors.byteOffset, vectors.length);
  return Array.from({ length: Math.min(count, SLICES) }, (_, i) =>
    c.bytes(view.getUint32(8 * i, true), view.getUint32(8 * i + 4, true)),
  );
}

/** Like readv and writev: slice after slice until one is not done in full. */
function transfer(wasi: Wasi, c: Call, move: (fd: Descriptor, slice: Uint8Array) => number): void {
  const fd = wasi.fd(c.u32(0));
  const all = slices(c).filter((s) => s.length > 0);
  let total = 0;
  if (all.length === 0) move(fd, new Uint8Array(0));
  for (const slice of all) {
    const part = slice.subarray(0, Math.max(0, MOST - total));
    const n = total === 0 ? move(fd, part) : moveOn(() => move(fd, part));
    total += n;
    if (n < slice.length) break;
  }
  c.view(c.u32(3), 4).setUint32(0, total, true);
}

// What was moved before a failure counts; the failure comes back with the next call.
function moveOn(move: () => number): number {
  try {
    return move();
  } catch {
    return 0;
  }
}

function seek(wasi: Wasi, c: Call, offset: bigint, whence: number, result: number): void {
  const fd = wasi.fd(c.u32(0));
  if (whence > 2) fail("inval");
  const to = c.view(result, 8);
  to.setBigUint64(0, fd.seek(offset, whence), true);
}

// ---- paths -------------------------------------------------------------------------------------

function pathAt(c: Call, at: number, length: number): string {
  const path = latin1(c.bytes(at, length));
  if (length >= 4096) fail("nametoolong");
  return path.includes("\0") ? fail("inval") : path;
}

function directory(wasi: Wasi, c: Call): Descriptor {
  const fd = wasi.fd(c.u32(0));
  return fd.type === TYPE.directory ? fd : fail("notdir");
}

function pathFilestatGet(wasi: Wasi, c: Call): void {
  const dir = directory(wasi, c);
  const path = pathAt(c, c.u32(2), c.u32(3));
  c.bytes(c.u32(4), 64);
  const { stats } = findBeneath(dir.path, path, (c.u32(1) & FOLLOW) !== 0);
  putStat(stats, c.u32(4), c);
}

function pathOpen(wasi: Wasi, c: Call): void {
  const dir = directory(wasi, c);
  const path = pathAt(c, c.u32(2), c.u32(3));
  const to = c.view(c.u32(8), 4);
  const open = c.u32(4);
  const flags = c.u32(7) & 0xffff;
  const wantsWrite = (c.i64(5) & BigInt(RIGHT.write)) !== 0n;
  if ((open & (CREATE | TRUNCATE | EXCLUSIVE)) !== 0 || wantsWrite) fail("rofs");
  const fd = openBeneath(dir.path, path, {
    follow: (c.u32(1) & FOLLOW) !== 0,
    directory: (open & DIRECTORY) !== 0,
    nonblock: (flags & NONBLOCK) !== 0,
  });
  fd.flags = flags;
  to.setUint32(0, wasi.add(fd), true);
}

// ---- the table ---------------------------------------------------------------------------------

function procExit(_: Wasi, c: Call): never {
  throw new ProcExit(c.u32(0));
}

// Name, parameters (i = i32, I = i64) and code, if it is provided. The result is an i32, an errno,
// but for proc_exit's.
// prettier-ignore
const rows: readonly (readonly [name: string, params: string, code?: WasiCode])[] = [
  ["args_get",                "ii",        (w, c) => stringsGet(w.args, c)],
  ["args_sizes_get",          "ii",        (w, c) => sizesGet(w.args, c)],
  ["clock_res_get",           "ii",        clockResGet],
  ["clock_time_get",          "iIi",       clockTimeGet],
  ["environ_get",             "ii",        (w, c) => stringsGet(w.env, c)],
  ["environ_sizes_get",       "ii",        (w, c) => sizesGet(w.env, c)],
  ["fd_advise",               "iIIi"],
  ["fd_allocate",             "iII"],
  ["fd_close",                "i",         (w, c) => w.close(c.u32(0))],
  ["fd_datasync",             "i"],
  ["fd_fdstat_get",           "ii",        fdFdstatGet],
  ["fd_fdstat_set_flags",     "ii",        fdFdstatSetFlags],
  ["fd_fdstat_set_rights",    "iII"],
  ["fd_filestat_get",         "ii",        fdFilestatGet],
  ["fd_filestat_set_size",    "iI"],
  ["fd_filestat_set_times",   "iIIi"],
  ["fd_pread",                "iiiIi"],
  ["fd_prestat_dir_name",     "iii",       fdPrestatDirName],
  ["fd_prestat_get",          "ii",        fdPrestatGet],
  ["fd_pwrite",               "iiiIi"],
  ["fd_read",                 "iiii",      (w, c) => transfer(w, c, (fd, to) => fd.read(to))],
  ["fd_readdir",              "iiiIi"],
  ["fd_renumber",             "ii"],
  ["fd_seek",                 "iIii",      (w, c) => seek(w, c, c.i64(1), c.u32(2), c.u32(3))],
  ["fd_sync",                 "i"],
  ["fd_tell",                 "ii",        (w, c) => seek(w, c, 0n, 1, c.u32(1))],
  ["fd_write",                "iiii",      (w, c) => transfer(w, c, (fd, from) => fd.write(from))],
  ["path_create_directory",   "iii"],
  ["path_filestat_get",       "iiiii",     pathFilestatGet],
  ["path_filestat_set_times", "iiiiIIi"],
  ["path_link",               "iiiiiii"],
  ["path_open",               "iiiiiIIii", pathOpen],
  ["path_readlink",           "iiiiii"],
  ["path_remove_directory",   "iii"],
  ["path_rename",             "iiiiii"],
  ["path_symlink",            "iiiii"],
  ["path_unlink_file",        "iii"],
  ["poll_oneoff",             "iiii",      pollOneoff],
  ["proc_exit",               "i",         procExit],
  ["proc_raise",              "i"],
  ["random_get",              "ii",        randomGet],
  ["sched_yield",             "",          () => undefined],
  ["sock_accept",             "iii"],
  ["sock_recv",               "iiiiii"],
  ["sock_send",               "iiiii"],
  ["sock_shutdown",           "ii"],
];

/** One importable function: its parameters, a letter each (i = i32, I = i64), and results. */
export interface WasiFunction {
  readonly name: string;
  readonly params: string;
  readonly results: "" | "i";
  /** Reads arguments from the slots and writes the errno in place of the first. */
  readonly call: (slots: Int32Array, base: number) => void;
}

export interface WasiOptions {
  readonly args: readonly string[];
  /** NAME=VALUE. */
  readonly env: readonly string[];
  /** Directories of the host with the guest's names for them. */
  readonly dirs: readonly (readonly [host: string, guest: string])[];
}

const encoder = new TextEncoder();
const encode = (strings: readonly string[]): Uint8Array[] => strings.map((s) => encoder.encode(s));

/** A program's view of the world. */
export class Wasi {
  readonly args: readonly Uint8Array[];
  readonly env: readonly Uint8Array[];
  /** Finds the memory of the program, once there is one. */
  find: (() => GuestMemory | undefined) | undefined;
  private readonly fds: (Descriptor | undefined)[];

  /** Throws the host's error when a directory cannot be opened. */
  constructor({ args, env, dirs }: WasiOptions) {
    this.args = encode(args);
    this.env = encode(env);
    this.fds = [0, 1, 2].map((host) => new Descriptor(host, false));
    for (const [dir, guest] of dirs) {
      const { host, path } = openDirectory(dir);
      this.fds.push(new Descriptor(host, true, path, encoder.encode(guest)));
    }
  }

  fd(number: number): Descriptor {
    return this.fds[number] ?? fail("badf");
  }

  /** Gives a descriptor the lowest free number from 3 up. */
  add(fd: Descriptor): number {
    for (let i = 3; i < FDS_MAX; i++) {
      if (this.fds[i] !== undefined) continue;
      this.fds[i] = fd;
      return i;
    }
    fd.close();
    return fail("mfile");
  }

  close(number: number): void {
    const fd = this.fd(number);
    this.fds[number] = undefined;
    fd.close();
  }

  /** Closes what the guest left open. */
  closeAll(): void {
    this.fds.forEach((fd, i) => fd !== undefined && this.close(i));
  }

  /** All functions of preview 1. */
  functions(): WasiFunction[] {
    return rows.map(([name, params, code]) => ({
      name,
      params,
      results: name === "proc_exit" ? "" : "i",
      call: (slots, base) => {
        slots[base] = this.perform(code, new Call(slots, base, this.find?.()));
      },
    }));
  }

  private perform(code: WasiCode | undefined, c: Call): number {
    if (code === undefined) return ERRNO.nosys;
    try {
      code(this, c);
      return ERRNO.success;
    } catch (error) {
      if (error instanceof ProcExit) throw error;
      return errnoOf(error);
    }
  }
}
