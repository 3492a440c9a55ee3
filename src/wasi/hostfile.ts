// Open files, pipes, terminals and sockets of the host.
//
// Node can neither ask where a descriptor's offset is nor change its flags nor poll it. On Linux
// the first is in /proc/self/fdinfo, and the others are had by opening /proc/self/fd/N once more:
// another description of the same file, with flags of its own. Reading from a pipe or terminal that
// must not block goes to such a twin; what it gives before the guest wants it is kept here. A
// socket cannot be opened again, and elsewhere nothing can: there, reading blocks, and a stream
// counts as ready.

import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { codeOf, fail } from "./errno.ts";
import { FLAG, TYPE } from "./fs.ts";
import type { File, Ready, Stat, Times } from "./fs.ts";
import { O, fdInfo, hasProc, hostFlags, statOf } from "./host.ts";
import { setTimes } from "./times.ts";

const AHEAD = 65_536;
/** Instead of a descriptor: nobody has tried to have one, and none can be had. */
const UNTRIED = -1;
const NONE = -2;

export interface HostFileOptions {
  /** O_RDONLY, O_WRONLY or O_RDWR. */
  readonly access: number;
  /** fdflags it was opened with. */
  readonly flags: number;
  /** Closed with the guest's descriptor. */
  readonly isOwn: boolean;
}

export class HostFile implements File {
  readonly isDirectory = false;
  readonly type: number;
  private fd: number;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  private readonly access: number;
  private readonly isOwn: boolean;
  /** The flags in force, and those that the host has been told of. */
  private flags: number;
  private told: number;
  private twin = UNTRIED;
  private ahead = new Uint8Array(0);
  private isEnded = false;

  constructor(fd: number, type: number, { access, flags, isOwn }: HostFileOptions) {
    this.fd = fd;
    this.type = type;
    this.access = access;
    this.canRead = access !== O.WRONLY;
    this.canWrite = access !== O.RDONLY;
    this.isOwn = isOwn;
    this.flags = this.told = flags;
  }

  private get isRegular(): boolean {
    return this.type === TYPE.regular || this.type === TYPE.block;
  }

  stat(): Stat {
    return { ...statOf(fstatSync(this.fd, { bigint: true })), type: this.type };
  }

  setTimes(times: Times): void {
    setTimes({ fd: this.fd }, times, this.stat());
  }

  sync(): void {
    if (this.isRegular) fsyncSync(this.fd);
    else fail("inval");
  }

  datasync(): void {
    if (this.isRegular) fdatasyncSync(this.fd);
    else fail("inval");
  }

  setSize(size: number): void {
    if (this.type !== TYPE.regular) fail("inval");
    ftruncateSync(this.fd, size);
  }

  close(): void {
    if (this.twin >= 0) closeSync(this.twin);
    this.twin = NONE;
    if (this.isOwn) closeSync(this.fd);
  }

  offset(): number {
    return Number(fdInfo(this.fd, "pos"));
  }

  // ---- transfer ---------------------------------------------------------------------------------

  /** Without waiting: EAGAIN as the host has it. */
  read(into: Uint8Array, at: number): number {
    if (this.ahead.length > 0) return this.readAhead(into);
    if (this.isEnded) {
      this.isEnded = false; // a terminal may go on after its end
      return 0;
    }
    const fd = (this.flags & FLAG.nonblock) !== 0 && this.twin >= 0 ? this.twin : this.fd;
    return readFrom(fd, into, at);
  }

  private readAhead(into: Uint8Array): number {
    const n = Math.min(into.length, this.ahead.length);
    into.set(this.ahead.subarray(0, n));
    this.ahead = this.ahead.subarray(n);
    return n;
  }

  write(from: Uint8Array, at: number): number {
    if ((this.flags & ~this.told & FLAG.append) === 0) return writeTo(this.fd, from, at);
    return writeTo(this.fd, from, fstatSync(this.fd).size);
  }

  // ---- flags ------------------------------------------------------------------------------------

  setFlags(flags: number): void {
    if (this.isOwn && hasProc) {
      const fd = openSync(`/proc/self/fd/${this.fd}`, this.access | O.NOCTTY | hostFlags(flags));
      closeSync(this.fd);
      this.fd = fd;
      this.told = flags;
    } else if ((flags & FLAG.nonblock) !== 0 && !this.isRegular && !this.hasTwin()) {
      fail("notsup");
    }
    this.flags = flags;
  }

  /** Opens the twin to read from without blocking, if that can be. */
  private hasTwin(): boolean {
    if (this.twin !== UNTRIED) return this.twin >= 0;
    try {
      if (!hasProc) fail("notsup");
      this.twin = openSync(`/proc/self/fd/${this.fd}`, O.RDONLY | O.NOCTTY | O.NONBLOCK);
    } catch {
      this.twin = NONE;
    }
    return this.twin >= 0;
  }

  ready(): Ready | undefined {
    if (this.isRegular) return { count: Number(this.stat().size), ended: false };
    const { ahead } = this;
    if (ahead.length > 0) return { count: ahead.length, ended: false };
    if (this.isEnded) return { count: 0, ended: true };
    if (!this.canRead || !this.hasTwin()) return { count: 0, ended: false };
    const into = new Uint8Array(AHEAD);
    try {
      const n = readFrom(this.twin, into, -1);
      this.ahead = into.subarray(0, n);
      this.isEnded = n === 0;
      return { count: n, ended: n === 0 };
    } catch (error) {
      if (codeOf(error) === "EAGAIN") return undefined;
      throw error;
    }
  }
}

const place = (at: number): number | null => (at < 0 ? null : at);

function readFrom(fd: number, into: Uint8Array, at: number): number {
  try {
    return readSync(fd, into, 0, into.length, place(at));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EOF") return 0; // Windows
    throw error;
  }
}

function writeTo(fd: number, from: Uint8Array, at: number): number {
  return writeSync(fd, from, 0, from.length, place(at));
}
