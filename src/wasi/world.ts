// A program's view of the world: what it is given, its descriptors, its clocks and its dice. In:
// options, all of them optional, nothing being granted by default but the standard streams. With a
// fixed clock and a seed, and files in memory, nothing that a program sees depends on the machine.

import { randomFillSync } from "node:crypto";
import { Trap } from "../support/errors.ts";
import { Descriptor } from "./descriptor.ts";
import { fail } from "./errno.ts";
import type { Kind } from "./descriptor.ts";
import type { Directory, File } from "./fs.ts";
import type { GuestMemory } from "./guest.ts";
import { sleep } from "./host.ts";
import { standardStream } from "./hostfs.ts";
import { Dice } from "./dice.ts";
import { ALL, FILE, STREAM, fittingAccess } from "./rights.ts";

const FDS_MAX = 1024;

/** A directory that the program finds open. */
export interface Preopen {
  /** The program's name for it. */
  readonly guest: string;
  readonly directory: Directory;
  readonly readOnly?: boolean;
}

export interface WasiOptions {
  readonly args?: readonly string[];
  /** NAME=VALUE. */
  readonly env?: readonly string[];
  readonly preopens?: readonly Preopen[];
  /** Descriptors of this process or files, by default 0, 1 and 2. */
  readonly stdio?: readonly (number | File)[];
  /** What every clock says, in nanoseconds; time does not pass. */
  readonly fixedClock?: bigint | undefined;
  /** random_get is a function of this number. */
  readonly seed?: bigint | undefined;
  /** When waiting ends in a trap: a value of performance.now(). */
  readonly deadline?: number | undefined;
}

const encoder = new TextEncoder();
const encode = (strings: readonly string[]): Uint8Array[] => strings.map((s) => encoder.encode(s));

const MOST = 0x7fff_0000;
const PAUSE = 2;

/** Clocks 0 (real), 1 (monotonic), 2 (process) and 3 (thread, here that of the process). */
export const CLOCKS = 4;

export class Wasi {
  readonly args: readonly Uint8Array[];
  readonly env: readonly Uint8Array[];
  /** Finds the memory of the program, once there is one. */
  find: (() => GuestMemory | undefined) | undefined;
  /** The program has ended, with this code. */
  exitCode: number | undefined;
  readonly fixedClock: bigint | undefined;
  private readonly deadline: number | undefined;
  private readonly dice: Dice | undefined;
  private readonly fds: (Descriptor | undefined)[];

  constructor(options: WasiOptions) {
    this.args = encode(options.args ?? []);
    this.env = encode(options.env ?? []);
    this.fixedClock = options.fixedClock;
    this.deadline = options.deadline;
    this.dice = options.seed === undefined ? undefined : new Dice(options.seed);
    const stdio = options.stdio ?? [0, 1, 2];
    this.fds = stdio.map((given) => {
      const file = typeof given === "number" ? standardStream(given) : given;
      const shared = typeof given === "number";
      if (file === undefined) return undefined;
      const base = fittingAccess(FILE | STREAM, file.canRead, file.canWrite);
      return new Descriptor(file, { base, inheriting: 0, shared });
    });
    for (const { guest, directory, readOnly = false } of options.preopens ?? []) {
      const preopen = encoder.encode(guest);
      const rights = { base: ALL, inheriting: ALL };
      this.fds.push(new Descriptor(directory, { ...rights, readOnly, preopen }));
    }
  }

  // ---- descriptors ------------------------------------------------------------------------------

  fd(number: number): Descriptor {
    return this.fds[number] ?? fail("badf");
  }

  /** A descriptor of this kind with all of these rights. */
  fdFor(number: number, kind: Kind, rights: number): Descriptor {
    const fd = this.fd(number);
    fd.check(kind, rights);
    return fd;
  }

  /** Gives a descriptor the lowest free number. */
  add(fd: Descriptor): number {
    const free = this.fds.indexOf(undefined);
    const number = free < 0 ? this.fds.length : free;
    if (number < FDS_MAX) {
      this.fds[number] = fd;
      return number;
    }
    fd.close();
    return fail("mfile");
  }

  close(number: number): void {
    const fd = this.fd(number);
    this.fds[number] = undefined;
    fd.close();
  }

  /** Gives a descriptor the number of another one, which is closed. */
  renumber(from: number, to: number): void {
    const [fd, old] = [this.fd(from), this.fd(to)];
    if (fd === old) return;
    this.fds[to] = fd;
    this.fds[from] = undefined;
    old.close();
  }

  /** Writes a message to standard error, if that can be written to. */
  complain(bytes: Uint8Array): void {
    const fd = this.fds[2];
    if (fd === undefined || fd.open.isDirectory) return;
    for (let at = 0; at < bytes.length;) {
      const n = fd.write(bytes.subarray(at), this.pause);
      if (n === 0) return;
      at += n;
    }
  }

  /** The program is over. */
  end(code: number): void {
    this.exitCode ??= code;
    this.closeAll();
  }

  /** Closes what the guest left open. */
  closeAll(): void {
    this.fds.forEach((fd, i) => fd !== undefined && this.close(i));
  }

  // ---- time and chance --------------------------------------------------------------------------

  /** Nanoseconds of a clock. */
  now(clock: number): bigint {
    if (this.fixedClock !== undefined) return this.fixedClock;
    switch (clock) {
      case 0:
        return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
      case 1:
        return process.hrtime.bigint();
      default: {
        const { user, system } = process.cpuUsage();
        return BigInt(user + system) * 1000n;
      }
    }
  }

  resolution(clock: number): bigint {
    return this.fixedClock !== undefined || clock === 1 ? 1n : 1000n;
  }

  fillRandom(bytes: Uint8Array): void {
    if (this.dice !== undefined) return this.dice.fill(bytes);
    for (let at = 0; at < bytes.length; at += MOST) randomFillSync(bytes.subarray(at, at + MOST));
  }

  /** Milliseconds that may be waited, at most `most`. Throws a trap when there are none left. */
  patience(most: number): number {
    if (this.deadline === undefined) return most;
    const left = this.deadline - performance.now();
    if (left <= 0) throw new Trap("interrupted");
    return Math.min(most, left);
  }

  /** Waits a moment, or less. */
  readonly pause = (most = PAUSE): void => sleep(this.patience(Math.min(most, PAUSE)));

  /** There is a time at which waiting must end, so that no call may block. */
  get isTimed(): boolean {
    return this.deadline !== undefined;
  }

  /** Sleeps, as long as the deadline lets it. */
  sleep(milliseconds: number): void {
    sleep(this.patience(milliseconds));
  }
}
