// The host's file system. Node has no openat, but on Linux a path can begin at an open directory:
// /proc/self/fd/N/name looks `name` up in what descriptor N is open for, wherever that has been
// moved to, and with O_NOFOLLOW it ends there. So on Linux a name is always looked up in a
// directory that is held open, as the C runtime does, and no other process can swap what was
// checked. Elsewhere, or without /proc, names are appended to the path that the directory had when
// it was opened: links are still resolved by hand and nothing leads out of a tree that stays as it
// is, but a process that swaps directories for links while a path is being resolved can win that
// race.

import { Buffer } from "node:buffer";
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  opendirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  unlinkSync,
} from "node:fs";
import type { Dir } from "node:fs";
import { resolve } from "node:path";
import { codeOf, fail } from "./errno.ts";
import { TYPE } from "./fs.ts";
import type { Directory, Entry, File, Listing, OpenHow, Stat, Times } from "./fs.ts";
import { O, accessOf, hasProc, hostFlags, isWindows, statOf, typeOf } from "./host.ts";
import { HostFile } from "./hostfile.ts";
import { setTimes } from "./times.ts";

const bytesOf = (path: string): Buffer => Buffer.from(path, "latin1");
const guestPath = (path: string): string => Buffer.from(path, "utf8").toString("latin1");

/** A target of a link, where there is a link. */
function linkAt(path: Buffer): string | undefined {
  try {
    return readlinkSync(path, "latin1");
  } catch (error) {
    const code = codeOf(error);
    if (code === "EINVAL" || code === "ENOENT" || code === "UNKNOWN") return undefined;
    throw error;
  }
}

export class HostDirectory implements Directory {
  readonly isDirectory = true;
  readonly type = TYPE.directory;
  readonly system = "host";
  /** Descriptor, -1 where a path has to do. */
  private readonly fd: number;
  /** What names are appended to. */
  private readonly prefix: string;

  constructor(fd: number, path: string) {
    this.fd = fd;
    this.prefix = hasProc ? `/proc/self/fd/${fd}/` : `${path}/`;
  }

  private at(name: string): Buffer {
    if (isWindows && /[\\:]/.test(name)) fail("notcapable");
    return bytesOf(this.prefix + name);
  }

  private reopened(fd: number, name: string): HostDirectory {
    return new HostDirectory(fd, this.prefix + name);
  }

  stat(): Stat {
    if (this.fd < 0) return statOf(statSync(this.at("."), { bigint: true }));
    return statOf(fstatSync(this.fd, { bigint: true }));
  }

  setTimes(times: Times): void {
    setTimes({ path: `${this.prefix}.` }, times, this.stat());
  }

  sync(): void {
    if (this.fd >= 0) fsyncSync(this.fd);
  }

  datasync(): void {
    if (this.fd >= 0) fdatasyncSync(this.fd);
  }

  close(): void {
    if (this.fd >= 0) closeSync(this.fd);
  }

  enter(name: string): HostDirectory | undefined {
    const path = this.at(name);
    if (!hasProc) return this.enterByPath(path, name);
    try {
      return this.reopened(openSync(path, O.PATH | O.DIRECTORY | O.NOFOLLOW), name);
    } catch (error) {
      const code = codeOf(error);
      if ((code === "ENOTDIR" || code === "ELOOP") && linkAt(path) !== undefined) return undefined;
      throw error;
    }
  }

  private enterByPath(path: Buffer, name: string): HostDirectory | undefined {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) return undefined;
    return stats.isDirectory() ? this.reopened(-1, name) : fail("notdir");
  }

  lookup(name: string): Stat {
    return statOf(lstatSync(this.at(name), { bigint: true }));
  }

  target(name: string): string | undefined {
    return linkAt(this.at(name));
  }

  readlink(name: string): string {
    return readlinkSync(this.at(name), "latin1");
  }

  open(name: string, how: OpenHow): File | Directory {
    const access = how.write ? (how.read ? O.RDWR : O.WRONLY) : O.RDONLY;
    const flags =
      access |
      O.NOFOLLOW |
      O.NOCTTY |
      (how.create ? O.CREAT : 0) |
      (how.exclusive ? O.EXCL : 0) |
      (how.truncate ? O.TRUNC : 0) |
      (how.directory ? O.DIRECTORY : 0) |
      hostFlags(how.flags);
    const path = this.at(name);
    if (O.NOFOLLOW === 0) this.refuseLink(name);
    if (isWindows && this.isDirectoryAt(name)) return this.openByPath(name, how);
    const fd = openSync(path, flags, 0o666);
    const stats = fstatSync(fd, { bigint: true });
    if (stats.isDirectory()) return this.reopened(fd, name);
    return new HostFile(fd, typeOf(stats), { access, flags: how.flags, isOwn: true });
  }

  // ---- hosts without O_NOFOLLOW, or that do not open directories --------------------------------

  private refuseLink(name: string): void {
    if (linkAt(this.at(name)) !== undefined) fail("loop");
  }

  private isDirectoryAt(name: string): boolean {
    return lstatSync(this.at(name), { throwIfNoEntry: false })?.isDirectory() ?? false;
  }

  private openByPath(name: string, how: OpenHow): HostDirectory {
    if (how.write || how.create) fail("isdir");
    return this.reopened(-1, name);
  }

  // -----------------------------------------------------------------------------------------------

  makeDirectory(name: string): void {
    mkdirSync(this.at(name), 0o777);
  }

  removeDirectory(name: string): void {
    rmdirSync(this.at(name));
  }

  unlink(name: string): void {
    unlinkSync(this.at(name));
  }

  symlink(name: string, target: string): void {
    symlinkSync(bytesOf(target), this.at(name));
  }

  link(name: string, to: Directory, newName: string): void {
    if (!(to instanceof HostDirectory)) return fail("xdev");
    linkSync(this.at(name), to.at(newName));
  }

  rename(name: string, to: Directory, newName: string): void {
    if (!(to instanceof HostDirectory)) return fail("xdev");
    renameSync(this.at(name), to.at(newName));
  }

  setTimesOf(name: string, times: Times): void {
    this.at(name);
    setTimes({ path: this.prefix + name }, times, this.lookup(name));
  }

  list(): Listing {
    const open = opendirSync(this.at("."), {
      encoding: "latin1" as BufferEncoding,
      bufferSize: 64,
    });
    return new HostListing(open, (name) => this.lookup(name));
  }
}

// Node's listing gives no inode numbers: they are asked for one by one.
class HostListing implements Listing {
  private readonly open: Dir;
  private readonly lookup: (name: string) => Stat;

  constructor(open: Dir, lookup: (name: string) => Stat) {
    this.open = open;
    this.lookup = lookup;
  }

  next(): Entry | undefined {
    const dirent = this.open.readSync();
    if (dirent === null) return undefined;
    const { name } = dirent;
    try {
      const { ino, type } = this.lookup(name);
      return { name, ino, type };
    } catch {
      return { name, ino: 0n, type: typeOf(dirent) }; // gone meanwhile
    }
  }

  close(): void {
    this.open.closeSync();
  }
}

/** Opens a directory of the host; throws the host's error. */
export function openDirectory(path: string): HostDirectory {
  const full = resolve(path);
  if (!hasProc) {
    if (!statSync(full).isDirectory()) fail("notdir");
    return new HostDirectory(-1, guestPath(full));
  }
  return new HostDirectory(openSync(full, O.RDONLY | O.DIRECTORY), guestPath(full));
}

/** A descriptor that this process was started with; undefined where it is closed. */
export function standardStream(fd: number): HostFile | undefined {
  try {
    const type = typeOf(fstatSync(fd, { bigint: true }));
    // One that is a socket is the host's business: to the guest it is like a pipe.
    const shown = type === TYPE.stream ? TYPE.unknown : type;
    return new HostFile(fd, shown, { access: accessOf(fd), flags: 0, isOwn: false });
  } catch {
    return undefined;
  }
}
