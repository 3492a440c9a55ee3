// What a WASI function sees of its caller: arguments in slots, and memory that is checked before
// every use. In: the slots of the arguments, and the memory of the moment. 64-bit numbers are
// BigInts here; none of this is hot.

import { fail } from "./errno.ts";

/** Where the guest's memory is found: it moves when it grows. */
export interface GuestMemory {
  readonly view: DataView<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export class Call {
  private readonly slots: Int32Array;
  private readonly base: number;
  private readonly memory: GuestMemory | undefined;

  constructor(slots: Int32Array, base: number, memory: GuestMemory | undefined) {
    this.slots = slots;
    this.base = base;
    this.memory = memory;
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
}
