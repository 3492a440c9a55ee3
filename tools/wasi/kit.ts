// What the tests of the conformance suite share: WASI's numbers, and a player, who has a guest's
// place and a directory of its own on the host to play in. The player's memory has fixed uses, so
// that a call is one line: paths at PATH and PATH2, vectors at VECTOR, their bytes at DATA, results
// from OUT on.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Guest, Host, World } from "./guest.ts";

// prettier-ignore
export const E = {
  success: 0, toobig: 1, acces: 2, again: 6, badf: 8, exist: 20, fault: 21, fbig: 22, inval: 28,
  io: 29, isdir: 31, loop: 32, mfile: 33, nametoolong: 37, noent: 44, notdir: 54, notempty: 55,
  notsock: 57, notsup: 58, perm: 63, pipe: 64, rofs: 69, spipe: 70, notcapable: 76,
} as const;

const names = new Map<number, string>(Object.entries(E).map(([name, n]) => [n, name]));
/** The name of an errno, for messages that can be read. */
export const nameOf = (errno: number): string => names.get(errno) ?? String(errno);

// prettier-ignore
const RIGHT_NAMES = [
  "datasync", "read", "seek", "setFlags", "sync", "tell", "write", "advise", "allocate",
  "createDirectory", "createFile", "linkSource", "linkTarget", "open", "readdir", "readlink",
  "renameSource", "renameTarget", "pathStat", "pathSetSize", "pathSetTimes", "stat", "setSize",
  "setTimes", "symlink", "removeDirectory", "unlink", "poll", "shutdown", "accept",
] as const;
type Right = (typeof RIGHT_NAMES)[number];
/** The bits of these rights. */
export const rights = (...some: Right[]): bigint =>
  some.reduce((bits, name) => bits | (1n << BigInt(RIGHT_NAMES.indexOf(name))), 0n);
export const ALL_RIGHTS = (1n << 30n) - 1n;
export const FILE_RIGHTS = rights(
  ...(["datasync", "read", "seek", "setFlags", "sync", "tell", "write", "advise"] as const),
  ...(["allocate", "stat", "setSize", "setTimes", "poll"] as const),
);
export const READING = FILE_RIGHTS & ~rights("write", "allocate", "setSize");
export const DIRECTORY_RIGHTS =
  (ALL_RIGHTS & ~(FILE_RIGHTS | rights("shutdown", "accept"))) |
  rights("stat", "setTimes", "setFlags", "sync", "datasync");

export const O = { create: 1, directory: 2, exclusive: 4, truncate: 8 } as const;
export const F = { append: 1, dsync: 2, nonblock: 4, rsync: 8, sync: 16 } as const;
export const TYPE = {
  unknown: 0,
  character: 2,
  directory: 3,
  regular: 4,
  stream: 6,
  link: 7,
} as const;

export const OUT = 0x100;
export const PATH = 0x1000;
export const PATH2 = 0x3000;
export const VECTOR = 0x5000;
export const EVENTS = 0x7000;
export const DATA = 0x1_0000;

export const bytesOf = (s: string): Uint8Array => new TextEncoder().encode(s);
export const textOf = (b: Uint8Array): string => new TextDecoder().decode(b);

export interface Opening {
  readonly dir?: number;
  readonly follow?: number;
  readonly oflags?: number;
  readonly base?: bigint;
  readonly inheriting?: bigint;
  readonly fdflags?: number;
}

export interface Stats {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly type: number;
  readonly links: bigint;
  readonly size: bigint;
  readonly atim: bigint;
  readonly mtim: bigint;
  readonly ctim: bigint;
}

export interface Entry {
  readonly next: bigint;
  readonly ino: bigint;
  readonly type: number;
  readonly name: string;
}

export class Player {
  readonly guest: Guest;
  /** On the host; `box` in it is the guest's descriptor 3, "/". */
  readonly outside: string;
  readonly box: string;

  constructor(guest: Guest, outside: string) {
    this.guest = guest;
    this.outside = outside;
    this.box = join(outside, "box");
  }

  call(name: string, ...args: (number | bigint)[]): Promise<number> {
    return this.guest.call(name, ...args);
  }

  /** Makes a call that must answer with this errno. */
  async fails(errno: number, name: string, ...args: (number | bigint)[]): Promise<void> {
    const what = `${name}(${args.join(", ")})`;
    expect(`${what}: ${nameOf(await this.call(name, ...args))}`).toBe(`${what}: ${nameOf(errno)}`);
  }

  ok(name: string, ...args: (number | bigint)[]): Promise<void> {
    return this.fails(E.success, name, ...args);
  }

  /** Writes a path and answers the two arguments that it is. */
  async path(text: string, at = PATH): Promise<[number, number]> {
    const bytes = bytesOf(text);
    await this.guest.write(at, bytes);
    return [at, bytes.length];
  }

  async view(at: number, count: number): Promise<DataView> {
    const bytes = await this.guest.read(at, count);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  async u32(at = OUT): Promise<number> {
    return (await this.view(at, 4)).getUint32(0, true);
  }

  async u64(at = OUT): Promise<bigint> {
    return (await this.view(at, 8)).getBigUint64(0, true);
  }

  /** Opens a path; the descriptor, or a negative errno. */
  async open(path: string, o: Opening = {}): Promise<number> {
    const { dir = 3, follow = 1, oflags = 0, base = READING, inheriting = 0n, fdflags = 0 } = o;
    const [at, size] = await this.path(path);
    const given = [at, size, oflags, base, inheriting, fdflags, OUT];
    const error = await this.call("path_open", dir, follow, ...given);
    return error === 0 ? this.u32() : -error;
  }

  /** Opens a path that can be opened. */
  async opened(path: string, o: Opening = {}): Promise<number> {
    const fd = await this.open(path, o);
    expect(`${path}: ${fd < 0 ? nameOf(-fd) : "opened"}`).toBe(`${path}: opened`);
    return fd;
  }

  /** A new file to read and write. */
  create(path: string, o: Opening = {}): Promise<number> {
    return this.opened(path, { oflags: O.create, base: FILE_RIGHTS, ...o });
  }

  /** Writes vectors for these sizes, their bytes one after another at DATA; the two arguments. */
  async vectors(...sizes: number[]): Promise<[number, number]> {
    const words = new Uint32Array(2 * sizes.length);
    let at = DATA;
    sizes.forEach((size, k) => {
      words.set([at, size], 2 * k);
      at += size;
    });
    await this.guest.write(VECTOR, new Uint8Array(words.buffer));
    return [VECTOR, sizes.length];
  }

  /** Reads up to `count` bytes. */
  async read(fd: number, count = 1000): Promise<string> {
    await this.ok("fd_read", fd, ...(await this.vectors(count)), OUT);
    return textOf(await this.guest.read(DATA, await this.u32()));
  }

  async write(fd: number, text: string): Promise<void> {
    const bytes = bytesOf(text);
    await this.guest.write(DATA, bytes);
    await this.ok("fd_write", fd, ...(await this.vectors(bytes.length)), OUT);
    expect(await this.u32()).toBe(bytes.length);
  }

  async seek(fd: number, offset: bigint, whence = 0): Promise<bigint> {
    await this.ok("fd_seek", fd, offset, whence, OUT);
    return this.u64();
  }

  async stats(at = OUT): Promise<Stats> {
    const v = await this.view(at, 64);
    const word = (k: number): bigint => v.getBigUint64(8 * k, true);
    const [dev, ino, links, size, atim, mtim, ctim] = [0, 1, 3, 4, 5, 6, 7].map(word);
    const type = v.getUint8(16);
    return {
      dev: dev!,
      ino: ino!,
      type,
      links: links!,
      size: size!,
      atim: atim!,
      mtim: mtim!,
      ctim: ctim!,
    };
  }

  async stat(path: string, follow = 1, dir = 3): Promise<Stats> {
    await this.ok("path_filestat_get", dir, follow, ...(await this.path(path)), OUT);
    return this.stats();
  }

  async fdstat(
    fd: number,
  ): Promise<{ type: number; flags: number; base: bigint; inheriting: bigint }> {
    await this.ok("fd_fdstat_get", fd, OUT);
    const v = await this.view(OUT, 24);
    const [base, inheriting] = [v.getBigUint64(8, true), v.getBigUint64(16, true)];
    return { type: v.getUint8(0), flags: v.getUint16(2, true), base, inheriting };
  }

  /** Whole entries of one fd_readdir, and how many bytes it used. */
  async list(
    fd: number,
    cookie: bigint,
    room: number,
  ): Promise<{ entries: Entry[]; used: number }> {
    await this.ok("fd_readdir", fd, DATA, room, cookie, OUT);
    const used = await this.u32();
    const v = await this.view(DATA, used);
    const entries: Entry[] = [];
    for (let at = 0; at + 24 <= used;) {
      const size = v.getUint32(at + 16, true);
      if (at + 24 + size > used) break;
      const raw = new Uint8Array(v.buffer, v.byteOffset + at + 24, size);
      const [next, ino] = [v.getBigUint64(at, true), v.getBigUint64(at + 8, true)];
      entries.push({ next, ino, type: v.getUint8(at + 20), name: textOf(raw) });
      at += 24 + size;
    }
    return { entries, used };
  }
}

/** Runs a player in a new directory, and takes both away. */
export async function play(
  host: Host,
  given: World | ((outside: string) => World),
  body: (p: Player) => Promise<void>,
): Promise<void> {
  const outside = mkdtempSync(join(tmpdir(), "ingot-wasi-"));
  mkdirSync(join(outside, "box"));
  const dirs = [{ host: join(outside, "box"), guest: "/" }];
  const world = typeof given === "function" ? given(outside) : given;
  const guest = await host.start({ dirs, ...world });
  try {
    await body(new Player(guest, outside));
  } finally {
    await guest.end();
    rmSync(outside, { recursive: true, force: true });
  }
}

export type Body = (p: Player) => Promise<void>;

/** Tests of functions by name; `tested` collects the names. */
export interface Tests {
  readonly host: Host;
  readonly tested: Set<string>;
  /** A test, in a directory of its own, of these functions (separated by spaces). */
  test(
    functions: string,
    what: string,
    body: Body,
    world?: World | ((outside: string) => World),
  ): void;
}

export function newTests(host: Host): Tests {
  const tested = new Set<string>();
  return {
    host,
    tested,
    test(functions, what, body, world = {}) {
      functions.split(" ").forEach((name) => tested.add(name));
      it(`${functions}: ${what}`, () => play(host, world, body));
    },
  };
}
