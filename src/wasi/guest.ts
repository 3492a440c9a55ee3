// What a WASI function sees of its caller: arguments in slots, memory that is checked before every
// use, and how structures are laid out there, which differs between the two names that preview 1
// had. In: the slots of the arguments, and the memory of the moment. 64-bit numbers are BigInts
// here; none of this is hot.

import { fail } from "./errno.ts";
import type { Stat } from "./fs.ts";

/** Where the guest's memory is found: it moves when it grows. */
export interface GuestMemory {
  readonly view: DataView<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What differs in wasi_unstable: its records are older. */
export interface Layout {
  /** fd_seek's numbers for from the start, from here and from the end, in this order. */
  readonly whence: readonly number[];
  readonly filestat: { readonly size: number; readonly wideLinks: boolean };
  /** A subscription, and in it the clock's number, its time and its flags. */
  readonly subscription: Readonly<Record<"size" | "clock" | "timeout" | "flags", number>>;
}

export const preview1: Layout = {
  whence: [0, 1, 2],
  filestat: { size: 64, wideLinks: true },
  subscription: { size: 48, clock: 16, timeout: 24, flags: 40 },
};

export const unstable: Layout = {
  whence: [2, 0, 1],
  filestat: { size: 56, wideLinks: false },
  subscription: { size: 56, clock: 24, timeout: 32, flags: 48 },
};

export class Call {
  readonly layout: Layout;
  private readonly slots: Int32Array;
  private readonly base: number;
  private readonly memory: GuestMemory | undefined;

  constructor(slots: Int32Array, base: number, memory: GuestMemory | undefined, layout: Layout) {
    this.slots = slots;
    this.base = base;
    this.memory = memory;
    this.layout = layout;
  }

  /** Argument `k`, an i32, unsigned. */
  u32(k: number): number {
    return this.slots[this.base + 2 * k]! >>> 0;
  }

  /** Argument `k`, an i64, signed. */
  i64(k: number): bigint {
    const at = this.base + 2 * k;
    return (BigInt(this.slots[at + 1]!) << 32n) | BigInt(this.slots[at]! >>> 0);
  }

  /** Argument `k`, an i64, unsigned. */
  u64(k: number): bigint {
    return BigInt.asUintN(64, this.i64(k));
  }

  /** Guest memory [at, at + size). */
  bytes(at: number, size: number): Uint8Array<ArrayBuffer> {
    const { memory } = this;
    if (memory === undefined || at + size > memory.bytes.length) fail("fault");
    return memory.bytes.subarray(at, at + size);
  }

  /** The same to read and write numbers in. */
  view(at: number, size: number): DataView<ArrayBuffer> {
    const { buffer, byteOffset } = this.bytes(at, size);
    return new DataView(buffer, byteOffset, size);
  }

  /** Where the filestat goes that argument `k` points to. */
  filestat(k: number): DataView<ArrayBuffer> {
    return this.view(this.u32(k), this.layout.filestat.size);
  }

  putStat(to: DataView, s: Stat): void {
    const { wideLinks } = this.layout.filestat;
    for (let i = 0; i < to.byteLength; i += 8) to.setBigUint64(i, 0n, true);
    to.setBigUint64(0, BigInt.asUintN(64, s.dev), true);
    to.setBigUint64(8, s.ino, true);
    to.setUint8(16, s.type);
    if (wideLinks) to.setBigUint64(24, s.nlink, true);
    else to.setUint32(20, Number(s.nlink & 0xffff_ffffn), true);
    const rest = wideLinks ? 32 : 24;
    [s.size, s.atim, s.mtim, s.ctim].forEach((n, i) => {
      to.setBigUint64(rest + 8 * i, BigInt.asUintN(64, n), true);
    });
  }
}
