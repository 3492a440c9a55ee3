// Descriptors and paths of WASI on a Node host, read-only. A path is resolved beneath a directory
// component by component, symbolic links by hand, so that neither ".." nor a link leads out. What
// another process does to the tree meanwhile is not guarded against (the C runtime's openat2 does).
//
// Paths are bytes: strings here hold one byte per character (latin1), host paths included.
//
// Node cannot ask where a descriptor's file offset is. Files that were opened here have their
// offset here; a standard stream uses the host's until the guest seeks in it.

import { Buffer } from "node:buffer";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  readlinkSync,
  writeSync,
} from "node:fs";
import type { BigIntStats } from "node:fs";
import { resolve } from "node:path";
import { fail } from "./errno.ts";

/** File types of WASI. */
export const TYPE = {
  unknown: 0,
  block: 1,
  character: 2,
  directory: 3,
  regular: 4,
  socket: 6,
  link: 7,
} as const;

const PATH_MAX = 4096;
const LINKS_MAX = 40;

export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const hostPath = (path: string): Buffer => Buffer.from(path, "latin1");
const guestPath = (path: string): string => Buffer.from(path, "utf8").toString("latin1");

export function typeOfStats(s: BigIntStats): number {
  if (s.isFile()) return TYPE.regular;
  if (s.isDirectory()) return TYPE.directory;
  if (s.isCharacterDevice()) return TYPE.character;
  if (s.isBlockDevice()) return TYPE.block;
  if (s.isSocket()) return TYPE.socket;
  return s.isSymbolicLink() ? TYPE.link : TYPE.unknown;
}

export class Descriptor {
  readonly host: number;
  readonly type: number;
  /** Opened by the guest, and closed with it. */
  readonly own: boolean;
  /** Host path of a directory. */
  readonly path: string;
  /** Guest's name of a preopened directory, empty for anything else. */
  readonly preopen: Uint8Array;
  flags: number;
  /** File offset, -1 = the host keeps it. */
  private position: number;

  constructor(
    host: number,
    own: boolean,
    path = "",
    preopen: Uint8Array = new Uint8Array(0),
    flags = 0,
  ) {
    this.host = host;
    this.own = own;
    this.path = path;
    this.preopen = preopen;
    this.flags = flags;
    this.type = typeOfHost(host);
    this.position = own && this.type === TYPE.regular ? 0 : -1;
  }

  stats(): BigIntStats {
    return fstatSync(this.host, { bigint: true });
  }

  read(into: Uint8Array): number {
    const n = patiently(() => readSync(this.host, into, 0, into.length, this.at()));
    if (this.position >= 0) this.position += n;
    return n;
  }

  write(from: Uint8Array): number {
    const n = patiently(() => writeSync(this.host, from, 0, from.length, this.at()));
    if (this.position >= 0) this.position += n;
    return n;
  }

  private at(): number | null {
    return this.position < 0 ? null : this.position;
  }

  /** Moves the file offset and answers it. */
  seek(offset: bigint, whence: number): bigint {
    if (this.type !== TYPE.regular) fail(this.type === TYPE.directory ? "inval" : "spipe");
    const from = [0n, BigInt(this.current()), this.stats().size][whence]!;
    const to = from + offset;
    if (to < 0n || to > BigInt(Number.MAX_SAFE_INTEGER)) fail("inval");
    if (offset !== 0n || whence !== 1) this.position = Number(to);
    return to;
  }

  private current(): number {
    return this.position >= 0 ? this.position : hostOffset(this.host);
  }

  close(): void {
    if (this.own) closeSync(this.host);
  }
}

function typeOfHost(host: number): number {
  try {
    return typeOfStats(fstatSync(host, { bigint: true }));
  } catch {
    return TYPE.unknown;
  }
}

/** The offset that the host has for one of its descriptors, 0 where it does not say. */
function hostOffset(host: number): number {
  try {
    const info = readFileSync(`/proc/self/fdinfo/${host}`, "latin1");
    return Number(/^pos:\s*(\d+)/m.exec(info)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

const alarm = new Int32Array(new SharedArrayBuffer(4));

/** Sleeps, blocking. */
export function sleep(milliseconds: number): void {
  Atomics.wait(alarm, 0, 0, milliseconds);
}

/** Repeats a transfer that a non-blocking stream of the host refuses for the moment. */
function patiently(transfer: () => number): number {
  for (;;) {
    try {
      return transfer();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN" && code !== "EINTR") throw error;
      sleep(1);
    }
  }
}

// ---- paths -------------------------------------------------------------------------------------

/** Opens a directory of the host; throws the host's error. */
export function openDirectory(path: string): { host: number; path: string } {
  const flags = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0);
  return { host: openSync(path, flags), path: guestPath(resolve(path)) };
}

interface Found {
  readonly path: string;
  readonly stats: BigIntStats;
}

const statOf = (path: string): BigIntStats => lstatSync(hostPath(path), { bigint: true });

/** Takes the first component off a path. */
function split(path: string): { name: string; rest: string; slash: boolean } {
  const parts = /^\/*([^/]*)(\/*)(.*)$/s.exec(path)!;
  return { name: parts[1]!, slash: parts[2] !== "", rest: parts[3]! };
}

/** Finds what a path below the directory `top` names; `follow`: also through a link at its end. */
export function findBeneath(top: string, path: string, follow: boolean): Found {
  if (path === "") fail("noent");
  if (path.length >= PATH_MAX) fail("nametoolong");
  if (path.startsWith("/")) fail("notcapable");
  const dirs = [top];
  let left = path;
  let links = 0;
  for (;;) {
    const { name, rest, slash } = split(left);
    const dir = dirs[dirs.length - 1]!;
    left = rest;
    if (name === "" || name === "." || name === "..") {
      if (name === ".." && dirs.length === 1) fail("notcapable");
      if (name === "..") dirs.pop();
      const here = dirs[dirs.length - 1]!;
      if (rest === "") return { path: here, stats: statOf(here) };
      continue;
    }
    const inner = `${dir}/${name}`;
    const stats = statOf(inner);
    const last = rest === "";
    if (stats.isSymbolicLink() && (!last || follow || slash)) {
      if (++links > LINKS_MAX) fail("loop");
      left = expand(inner, rest, slash);
      continue;
    }
    if ((!last || slash) && !stats.isDirectory()) fail("notdir");
    if (last) return { path: inner, stats };
    dirs.push(inner);
  }
}

/** A link's target with what stood behind the link. */
function expand(link: string, rest: string, slash: boolean): string {
  const target = readlinkSync(hostPath(link), "latin1");
  if (target === "") fail("noent");
  if (target.startsWith("/")) fail("notcapable");
  const path = target + (slash ? "/" : "") + rest;
  if (path.length >= 2 * PATH_MAX) fail("nametoolong");
  return path;
}

export interface OpenFlags {
  readonly follow: boolean;
  readonly directory: boolean;
  readonly nonblock: boolean;
}

/** Opens a path beneath a directory for reading. */
export function openBeneath(top: string, path: string, flags: OpenFlags): Descriptor {
  const found = findBeneath(top, path, flags.follow);
  if (found.stats.isSymbolicLink()) fail("loop");
  const { O_RDONLY, O_DIRECTORY = 0, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  const how =
    O_RDONLY | O_NOFOLLOW | (flags.directory ? O_DIRECTORY : 0) | (flags.nonblock ? O_NONBLOCK : 0);
  return new Descriptor(openSync(hostPath(found.path), how), true, found.path);
}
