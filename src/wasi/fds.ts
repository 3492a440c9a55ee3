// fd_*: what is done with open descriptors. Rights to the first argument's descriptor have been
// checked by the table (preview1.ts), which is where each function's are listed.

import { fail } from "./errno.ts";
import type { Descriptor } from "./descriptor.ts";
import { FLAG, TYPE } from "./fs.ts";
import type { Times } from "./fs.ts";
import type { Call } from "./guest.ts";
import { rights, rightsIn } from "./rights.ts";
import type { Wasi } from "./world.ts";

// ---- what a descriptor is ----------------------------------------------------------------------

export function fdFdstatGet(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const to = c.view(c.u32(1), 24);
  for (let i = 0; i < 24; i += 8) to.setBigUint64(i, 0n, true);
  to.setUint8(0, fd.type);
  to.setUint16(2, fd.flags, true);
  to.setBigUint64(8, BigInt(fd.base), true);
  to.setBigUint64(16, BigInt(fd.inheriting), true);
}

export function fdFdstatSetFlags(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const flags = c.u32(1);
  // Whether writes are synchronous cannot be changed.
  if (((flags ^ fd.flags) & ~(FLAG.append | FLAG.nonblock)) !== 0) fail("inval");
  if (!fd.open.isDirectory) fd.open.setFlags(flags);
  fd.flags = flags;
}

export function fdFdstatSetRights(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const base = rightsIn(c.i64(1));
  const inheriting = rightsIn(c.i64(2));
  if ((base & ~fd.base) !== 0 || (inheriting & ~fd.inheriting) !== 0) fail("notcapable");
  fd.base = base;
  fd.inheriting = inheriting;
}

export function fdFilestatGet(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  c.putStat(c.filestat(1), fd.open.stat());
}

/** A number of bytes that files can have. */
function sizeIn(n: bigint): number {
  if (n < 0n) fail("inval");
  return n > BigInt(Number.MAX_SAFE_INTEGER) ? fail("fbig") : Number(n);
}

export function fdFilestatSetSize(wasi: Wasi, c: Call): void {
  const { file } = wasi.fd(c.u32(0));
  file.setSize(sizeIn(c.i64(1)));
}

/** The times that arguments k, k + 1 and flags k + 2 ask for. */
export function timesIn(wasi: Wasi, c: Call, k: number): Times {
  const flags = c.u32(k + 2);
  if ((flags & ~15) !== 0 || (flags & 3) === 3 || (flags & 12) === 12) fail("inval");
  // The present, in as fine a unit as every host can set.
  const now = (flags & 10) === 0 ? 0n : wasi.now(0);
  const pick = (given: number, present: number, time: bigint): bigint | undefined =>
    (flags & present) !== 0 ? now : (flags & given) !== 0 ? time : undefined;
  return { atim: pick(1, 2, c.u64(k)), mtim: pick(4, 8, c.u64(k + 1)) };
}

export function fdFilestatSetTimes(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const times = timesIn(wasi, c, 1);
  fd.open.setTimes(times);
}

// Advice is taken note of, and nothing else.
export function fdAdvise(wasi: Wasi, c: Call): void {
  const { file } = wasi.fd(c.u32(0));
  if (c.u32(3) > 5 || c.i64(1) < 0n || c.i64(2) < 0n) fail("inval");
  if (file.type !== TYPE.regular && file.type !== TYPE.block) fail("spipe");
}

// Node cannot reserve space on a disk: the file gets its size, and blocks when it is written.
export function fdAllocate(wasi: Wasi, c: Call): void {
  const { file } = wasi.fd(c.u32(0));
  const [offset, size] = [c.i64(1), c.i64(2)];
  if (offset < 0n || size <= 0n) fail("inval");
  const end = sizeIn(offset + size);
  if (file.stat().size < BigInt(end)) file.setSize(end);
}

export function fdSync(wasi: Wasi, c: Call): void {
  wasi.fd(c.u32(0)).open.sync();
}

export function fdDatasync(wasi: Wasi, c: Call): void {
  wasi.fd(c.u32(0)).open.datasync();
}

// ---- preopened directories ---------------------------------------------------------------------

function preopened(wasi: Wasi, c: Call): Uint8Array {
  const { preopen } = wasi.fd(c.u32(0));
  return preopen.length === 0 ? fail("badf") : preopen;
}

export function fdPrestatGet(wasi: Wasi, c: Call): void {
  const name = preopened(wasi, c);
  const to = c.view(c.u32(1), 8);
  to.setUint32(0, 0, true); // a directory
  to.setUint32(4, name.length, true);
}

export function fdPrestatDirName(wasi: Wasi, c: Call): void {
  const name = preopened(wasi, c);
  if (c.u32(2) < name.length) fail("nametoolong");
  c.bytes(c.u32(1), name.length).set(name);
}

// ---- reading and writing -----------------------------------------------------------------------

const SLICES = 1024;
const MOST = 0x7fff_f000;

/** The guest's vectors, as many as one transfer takes; each of them lies in its memory. */
function slices(c: Call, at: number, count: number): Uint8Array[] {
  const vectors = c.view(at, count * 8);
  return Array.from({ length: Math.min(count, SLICES) }, (_, i) =>
    c.bytes(vectors.getUint32(8 * i, true), vectors.getUint32(8 * i + 4, true)),
  );
}

/** Slice after slice until one is not done in full; bytes moved. */
function transfer(all: readonly Uint8Array[], move: (slice: Uint8Array, at: number) => number) {
  let total = 0;
  for (const slice of all) {
    if (slice.length === 0) continue;
    const part = slice.subarray(0, MOST - total);
    const n = total === 0 ? move(part, 0) : moveOn(() => move(part, total));
    total += n;
    if (n < slice.length) break;
  }
  return total;
}

// What was moved before a failure counts; the failure comes back with the next call.
function moveOn(move: () => number): number {
  try {
    return move();
  } catch {
    return 0;
  }
}

const isStream = (fd: Descriptor): boolean =>
  fd.type !== TYPE.regular && fd.type !== TYPE.block && !fd.open.isDirectory;

/** Reads like readv; where time is limited, a stream is not read before it has something. */
export function readInto(wasi: Wasi, fd: Descriptor, all: readonly Uint8Array[]): number {
  const { file } = fd;
  if (wasi.isTimed && isStream(fd) && (fd.flags & FLAG.nonblock) === 0) {
    while (file.ready() === undefined) wasi.pause();
  }
  if (all.every((s) => s.length === 0)) return 0;
  let isFirst = true;
  return transfer(all, (slice) => {
    if (!isFirst && isStream(fd) && file.ready() === undefined) return 0;
    isFirst = false;
    return fd.read(slice, wasi.pause);
  });
}

export function fdRead(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const all = slices(c, c.u32(1), c.u32(2));
  const result = c.view(c.u32(3), 4);
  result.setUint32(0, readInto(wasi, fd, all), true);
}

export function fdWrite(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const all = slices(c, c.u32(1), c.u32(2));
  const result = c.view(c.u32(3), 4);
  fd.file;
  result.setUint32(
    0,
    transfer(all, (slice) => fd.write(slice, wasi.pause)),
    true,
  );
}

export function fdPread(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const all = slices(c, c.u32(1), c.u32(2));
  const result = c.view(c.u32(4), 4);
  const { file } = fd;
  const place = fd.placeOf(c.i64(3));
  const move = (slice: Uint8Array, at: number): number => file.read(slice, place + at);
  result.setUint32(0, place < 0 ? 0 : transfer(all, move), true);
}

export function fdPwrite(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const all = slices(c, c.u32(1), c.u32(2));
  const result = c.view(c.u32(4), 4);
  const { file } = fd;
  const place = fd.placeOf(c.i64(3));
  if (place < 0) fail("fbig");
  result.setUint32(
    0,
    transfer(all, (slice, at) => file.write(slice, place + at)),
    true,
  );
}

// ---- the rest ----------------------------------------------------------------------------------

const SEEK = rights("fd_seek");
const TELL = rights("fd_tell");

export function fdSeek(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const whence = c.layout.whence.indexOf(c.u32(2));
  const offset = c.i64(1);
  // Who only asks where it is needs no right to move.
  const asks = whence === 1 && offset === 0n && (fd.base & TELL) !== 0;
  if (!asks && (fd.base & SEEK) === 0) fail("notcapable");
  if (whence < 0) fail("inval");
  c.view(c.u32(3), 8).setBigUint64(0, fd.seek(offset, whence), true);
}

export function fdTell(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  c.view(c.u32(1), 8).setBigUint64(0, fd.seek(0n, 1), true);
}

export function fdRenumber(wasi: Wasi, c: Call): void {
  wasi.renumber(c.u32(0), c.u32(1));
}

const HEAD = 24;

/** Fills the buffer, the last entry being cut where it ends: that tells that there are more. */
export function fdReaddir(wasi: Wasi, c: Call): void {
  const { cursor } = wasi.fd(c.u32(0));
  const buffer = c.bytes(c.u32(1), c.u32(2));
  const result = c.view(c.u32(4), 4);
  const cookie = c.u64(3);
  if (cookie > BigInt(Number.MAX_SAFE_INTEGER)) fail("inval");
  cursor.seek(Number(cookie));
  let next = cookie;
  let used = 0;
  while (used < buffer.length) {
    const entry = cursor.next();
    if (entry === undefined) break;
    const record = new Uint8Array(HEAD + entry.name.length);
    const head = new DataView(record.buffer);
    head.setBigUint64(0, ++next, true);
    head.setBigUint64(8, entry.ino, true);
    head.setUint32(16, entry.name.length, true);
    head.setUint8(20, entry.type);
    for (let i = 0; i < entry.name.length; i++) record[HEAD + i] = entry.name.charCodeAt(i);
    const part = record.subarray(0, buffer.length - used);
    buffer.set(part, used);
    used += part.length;
  }
  result.setUint32(0, used, true);
}

// ---- sockets -----------------------------------------------------------------------------------

// Node accepts connections while its loop turns, not in the middle of a call.
export function sockAccept(): never {
  return fail("notsup");
}

export function sockRecv(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const all = slices(c, c.u32(1), c.u32(2));
  const [size, flags] = [c.view(c.u32(4), 4), c.view(c.u32(5), 2)];
  if (c.u32(3) !== 0) fail("notsup");
  size.setUint32(0, readInto(wasi, fd, all), true);
  flags.setUint16(0, 0, true);
}

export function sockSend(wasi: Wasi, c: Call): void {
  const fd = wasi.fd(c.u32(0));
  const all = slices(c, c.u32(1), c.u32(2));
  const size = c.view(c.u32(4), 4);
  if (c.u32(3) !== 0) fail("inval");
  size.setUint32(
    0,
    transfer(all, (slice) => fd.write(slice, wasi.pause)),
    true,
  );
}

export function sockShutdown(): never {
  return fail("notsup");
}
