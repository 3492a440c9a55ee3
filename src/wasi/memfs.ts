// A file system in memory, for embedders and for programs that must not see the host's:
// directories, files and links, with the meaning they have on Linux, which is what the errors are
// taken from. Its `root` is a directory to preopen; the methods of MemoryFileSystem are for the
// embedder, who names things by paths from there.
//
// Inode numbers count up from 1, and directories list their entries in the order in which they were
// made, so nothing depends on the machine. Times do, unless a clock is given.

import { Buffer } from "node:buffer";
import { ERRNO, errnoOf, fail } from "./errno.ts";
import { FLAG, TYPE } from "./fs.ts";
import type { Directory, Entry, File, Listing, OpenHow, Ready, Stat, Times } from "./fs.ts";
import { walk } from "./walk.ts";

const NAME_MAX = 255;
const DEVICE = 1n;
const noBytes = new Uint8Array(0);

/** Bytes of a file. */
class Bytes {
  /** At least as long as the file; 0 behind its end. */
  private room: Uint8Array = noBytes;
  private length = 0;

  get size(): number {
    return this.length;
  }

  read(into: Uint8Array, at: number): number {
    const bytes = this.room.subarray(Math.min(at, this.length), this.length);
    const n = Math.min(into.length, bytes.length);
    into.set(bytes.subarray(0, n));
    return n;
  }

  write(from: Uint8Array, at: number): number {
    if (from.length > 0 && at + from.length > this.length) this.resize(at + from.length);
    this.room.set(from, from.length > 0 ? at : 0);
    return from.length;
  }

  resize(size: number): void {
    if (size > this.room.length) {
      const wide = allocate(Math.max(size, 2 * this.room.length)) ?? allocate(size);
      if (wide === undefined) return fail("nospc");
      wide.set(this.room.subarray(0, this.length));
      this.room = wide;
    }
    if (size < this.length) this.room.fill(0, size, this.length);
    this.length = size;
  }
}

function allocate(size: number): Uint8Array | undefined {
  try {
    return new Uint8Array(size);
  } catch {
    return undefined;
  }
}

type Entries = Map<string, Node>;

/** What is in a directory; shared by all that have it open and all names it has. */
class Node {
  readonly system: MemoryFileSystem;
  /** Of a file its bytes, of a directory its entries, of a link its target. */
  readonly contents: Bytes | Entries | string;
  readonly ino: bigint;
  /** Directory above; undefined: the root, or removed. */
  parent: Node | undefined;
  links = 1;
  atim: bigint;
  mtim: bigint;
  ctim: bigint;

  constructor(system: MemoryFileSystem, contents: Bytes | Entries | string, parent?: Node) {
    this.system = system;
    this.contents = contents;
    this.parent = parent;
    this.ino = system.newNumber();
    this.atim = this.mtim = this.ctim = system.now();
    if (this.entries !== undefined) this.links = 2;
  }

  get entries(): Entries | undefined {
    return this.contents instanceof Map ? this.contents : undefined;
  }

  get bytes(): Bytes | undefined {
    return this.contents instanceof Bytes ? this.contents : undefined;
  }

  get target(): string | undefined {
    return typeof this.contents === "string" ? this.contents : undefined;
  }

  get type(): number {
    if (this.entries !== undefined) return TYPE.directory;
    return this.bytes !== undefined ? TYPE.regular : TYPE.link;
  }

  get size(): number {
    return this.bytes?.size ?? this.target?.length ?? 0;
  }

  stat(): Stat {
    const { type, ino, atim, mtim, ctim } = this;
    const [nlink, size] = [BigInt(this.links), BigInt(this.size)];
    return { dev: DEVICE, ino, type, nlink, size, atim, mtim, ctim };
  }

  setTimes({ atim, mtim }: Times): void {
    this.atim = atim ?? this.atim;
    this.mtim = mtim ?? this.mtim;
    this.ctim = this.system.now();
  }

  /** Its contents have changed. */
  touch(): void {
    this.mtim = this.ctim = this.system.now();
  }

  /** It has one name more (1) or less (-1). */
  count(names: number): void {
    this.links += names;
    this.ctim = this.system.now();
  }

  /** This directory is `other`, or lies above it. */
  contains(other: Node): boolean {
    for (let at: Node | undefined = other; at !== undefined; at = at.parent) {
      if (at === this) return true;
    }
    return false;
  }
}

// ---- open files and directories ----------------------------------------------------------------

class MemoryFile implements File {
  readonly isDirectory = false;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly type = TYPE.regular;
  private readonly node: Node;
  private readonly bytes: Bytes;
  private flags: number;

  constructor(node: Node, bytes: Bytes, how: OpenHow) {
    this.node = node;
    this.bytes = bytes;
    this.flags = how.flags;
    this.canRead = how.read;
    this.canWrite = how.write;
  }

  stat(): Stat {
    return this.node.stat();
  }
  setTimes(times: Times): void {
    this.node.setTimes(times);
  }
  sync(): void {}
  datasync(): void {}
  close(): void {}
  offset(): number {
    return 0;
  }

  read(into: Uint8Array, at: number): number {
    this.node.atim = this.node.system.now();
    return this.bytes.read(into, at);
  }

  write(from: Uint8Array, at: number): number {
    const isAppended = (this.flags & FLAG.append) !== 0;
    const n = this.bytes.write(from, isAppended ? this.bytes.size : at);
    if (n > 0) this.node.touch();
    return n;
  }

  setSize(size: number): void {
    this.bytes.resize(size);
    this.node.touch();
  }

  setFlags(flags: number): void {
    this.flags = flags;
  }

  ready(): Ready {
    return { count: this.node.size, ended: false };
  }
}

class MemoryDirectory implements Directory {
  readonly isDirectory = true;
  readonly type = TYPE.directory;
  readonly system: MemoryFileSystem;
  private readonly node: Node;
  private readonly entries: Entries;

  constructor(node: Node, entries: Entries) {
    this.node = node;
    this.entries = entries;
    this.system = node.system;
  }

  stat(): Stat {
    return this.node.stat();
  }
  setTimes(times: Times): void {
    this.node.setTimes(times);
  }
  sync(): void {}
  datasync(): void {}
  close(): void {}

  private find(name: string): Node | undefined {
    if (name === ".") return this.node;
    return name.length > NAME_MAX ? fail("nametoolong") : this.entries.get(name);
  }

  private get(name: string): Node {
    return this.find(name) ?? fail("noent");
  }

  private put(name: string, node: Node): void {
    this.entries.set(name, node);
    if (node.entries !== undefined) this.node.links++;
    this.node.touch();
  }

  private take(name: string, node: Node): void {
    this.entries.delete(name);
    if (node.entries !== undefined) this.node.links--;
    this.node.touch();
  }

  /** Makes a new entry where there is none. */
  private add(name: string, make: () => Node): Node {
    if (this.find(name) !== undefined) fail("exist");
    if (this.node.links === 0) fail("noent");
    const node = make();
    this.put(name, node);
    return node;
  }

  enter(name: string): Directory | undefined {
    const node = this.get(name);
    if (node.target !== undefined) return undefined;
    return node.entries === undefined ? fail("notdir") : new MemoryDirectory(node, node.entries);
  }

  lookup(name: string): Stat {
    return this.get(name).stat();
  }

  target(name: string): string | undefined {
    return this.find(name)?.target;
  }

  readlink(name: string): string {
    return this.get(name).target ?? fail("inval");
  }

  open(name: string, how: OpenHow): File | Directory {
    const found = this.find(name);
    if (found === undefined && !how.create) fail("noent");
    if (found !== undefined && how.create && how.exclusive) fail("exist");
    const node = found ?? this.add(name, () => new Node(this.system, new Bytes()));
    const { entries, bytes } = node;
    if (entries !== undefined) {
      if (how.write || how.create || how.truncate) fail("isdir");
      return new MemoryDirectory(node, entries);
    }
    if (how.directory) fail("notdir");
    if (bytes === undefined) return fail("loop");
    const file = new MemoryFile(node, bytes, how);
    if (how.truncate) file.setSize(0);
    return file;
  }

  makeDirectory(name: string): void {
    this.add(name, () => new Node(this.system, new Map(), this.node));
  }

  removeDirectory(name: string): void {
    if (name === ".") fail("inval");
    const node = this.get(name);
    if ((node.entries ?? fail("notdir")).size > 0) fail("notempty");
    this.remove(name, node);
  }

  unlink(name: string): void {
    const node = this.get(name);
    if (node.entries !== undefined) fail("isdir");
    this.remove(name, node);
  }

  private remove(name: string, node: Node): void {
    this.take(name, node);
    node.count(node.entries === undefined ? -1 : -2);
    node.parent = undefined;
  }

  symlink(name: string, target: string): void {
    this.add(name, () => new Node(this.system, target));
  }

  link(name: string, to: Directory, newName: string): void {
    const node = this.get(name);
    if (!(to instanceof MemoryDirectory) || to.system !== this.system) return fail("xdev");
    if (to.find(newName) !== undefined) fail("exist");
    if (node.entries !== undefined) fail("perm");
    to.add(newName, () => node).count(1);
  }

  rename(name: string, to: Directory, newName: string): void {
    if (!(to instanceof MemoryDirectory) || to.system !== this.system) return fail("xdev");
    if (name === "." || newName === ".") fail("busy");
    const node = this.get(name);
    const old = to.find(newName);
    const isDirectory = node.entries !== undefined;
    if (isDirectory && node.contains(to.node)) fail("inval");
    if (old?.entries !== undefined && old.contains(this.node)) fail("notempty");
    if (old === node) return;
    if (to.node.links === 0) fail("noent");
    if (old !== undefined) to.giveWay(newName, old, isDirectory);
    this.take(name, node);
    to.put(newName, node);
    if (isDirectory) node.parent = to.node;
    node.count(0);
  }

  /** Takes away what another node, a directory or not, is to replace. */
  private giveWay(name: string, old: Node, isDirectory: boolean): void {
    if (isDirectory && old.entries === undefined) fail("notdir");
    if (!isDirectory && old.entries !== undefined) fail("isdir");
    if ((old.entries?.size ?? 0) > 0) fail("notempty");
    this.remove(name, old);
  }

  setTimesOf(name: string, times: Times): void {
    this.get(name).setTimes(times);
  }

  list(): Listing {
    const entries = this.entries.entries(); // sees what is added and deleted meanwhile
    const next = (): Entry | undefined => {
      const { value, done } = entries.next();
      if (done === true) return undefined;
      const [name, { ino, type }] = value;
      return { name, ino, type };
    };
    return { next, close: () => undefined };
  }
}

// ---- the embedder's side -----------------------------------------------------------------------

const guestName = (path: string): string => Buffer.from(path, "utf8").toString("latin1");
const hostName = (name: string): string => Buffer.from(name, "latin1").toString("utf8");

/** A path from the root, without the "/" that it may begin with. */
const below = (path: string): string => guestName(path.replace(/^\/+/, "")) || ".";

const PLAIN: OpenHow = {
  read: true,
  write: false,
  create: false,
  exclusive: false,
  truncate: false,
  directory: false,
  flags: 0,
};

/** How a file system in memory is made. */
export interface MemoryFileSystemOptions {
  /** Nanoseconds since 1970, for the times of files; the host's clock by default. */
  readonly now?: () => bigint;
}

/**
 * Directories, files and links in memory, for guests that must not see the host's. Paths begin at
 * its root, with or without a "/".
 */
export class MemoryFileSystem {
  /** @internal */
  readonly now: () => bigint;
  /** @internal The directory to preopen. */
  readonly root: Directory;
  private last = 0n;

  /** An empty directory. */
  constructor({ now }: MemoryFileSystemOptions = {}) {
    this.now = now ?? (() => BigInt(Date.now()) * 1_000_000n);
    const entries: Entries = new Map();
    this.root = new MemoryDirectory(new Node(this, entries), entries);
  }

  /** @internal */
  newNumber(): bigint {
    return ++this.last;
  }

  /** Makes a directory and those that lead to it. */
  makeDirectory(path: string): void {
    const parts = below(path).split("/");
    parts.forEach((_, i) => {
      const part = parts.slice(0, i + 1).join("/");
      walk(this.root, part, "follow", ({ directory, name }) => {
        if (name !== "." && !exists(directory, name)) directory.makeDirectory(name);
      });
    });
  }

  /** Writes a file, anew, in a directory that is made where it is missing. */
  writeFile(path: string, contents: Uint8Array | string): void {
    const bytes = typeof contents === "string" ? Buffer.from(contents, "utf8") : contents;
    const end = path.lastIndexOf("/");
    if (end > 0) this.makeDirectory(path.slice(0, end));
    walk(this.root, below(path), "follow", ({ directory, name }) => {
      const how = { ...PLAIN, write: true, create: true, truncate: true };
      (directory.open(name, how) as File).write(bytes, 0);
    });
  }

  /** The bytes of a file. Throws WasiError where there is none. */
  readFile(path: string): Uint8Array {
    return walk(this.root, below(path), "follow", ({ directory, name }) => {
      const file = directory.open(name, PLAIN);
      if (file.isDirectory) return fail("isdir");
      const bytes = new Uint8Array(Number(file.stat().size));
      file.read(bytes, 0);
      return bytes;
    });
  }

  /** Makes a symbolic link. */
  symlink(path: string, target: string): void {
    walk(this.root, below(path), "entry", ({ directory, name }) => {
      directory.symlink(name, guestName(target));
    });
  }

  /** Names in a directory. */
  list(path: string): string[] {
    return walk(this.root, below(path), "follow", ({ directory, name }) => {
      const found = directory.open(name, { ...PLAIN, directory: true }) as Directory;
      const names: string[] = [];
      const listing = found.list();
      for (let e = listing.next(); e !== undefined; e = listing.next())
        names.push(hostName(e.name));
      return names;
    });
  }
}

function exists(directory: Directory, name: string): boolean {
  try {
    directory.lookup(name);
    return true;
  } catch (error) {
    if (errnoOf(error) === ERRNO["noent"]) return false;
    throw error;
  }
}
