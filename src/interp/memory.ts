// A linear memory. Its buffer is larger than the memory after it grew, so that growing a page at a
// time does not copy each time; `view` and `bytes` see exactly the memory. Whoever keeps one of
// them must fetch it again after anything that may grow the memory.

import type { Limits } from "../wasm/types.ts";

export const PAGE = 65_536;
export const MAX_PAGES = 65_536;

export class Memory {
  view: DataView<ArrayBuffer>;
  bytes: Uint8Array<ArrayBuffer>;
  /** Current size. */
  pages: number;
  /** What the loop compares with: bytes, at most 2^31 - 1. */
  limit: number;
  /** Declared maximum, -1 = none. */
  readonly max: number;
  /** Pages that it may have, whatever was declared. */
  private readonly most: number;

  /** Throws RangeError when the host has no such amount. */
  constructor({ min, max }: Limits, most = MAX_PAGES) {
    this.max = max;
    this.most = most;
    this.pages = min;
    const buffer = new ArrayBuffer(min * PAGE);
    this.view = new DataView(buffer);
    this.bytes = new Uint8Array(buffer);
    this.limit = Math.min(min * PAGE, 0x7fff_ffff);
  }

  /** Grows by `delta` (unsigned) pages; the old size, or -1 where that is not possible. */
  grow(delta: number): number {
    const old = this.pages;
    const pages = old + delta;
    const most = this.max < 0 ? this.most : Math.min(this.max, this.most);
    if (pages > most) return -1;
    if (delta === 0) return old;
    const size = pages * PAGE;
    const buffer =
      size <= this.bytes.buffer.byteLength ? this.bytes.buffer : this.copy(size, most * PAGE);
    if (buffer === undefined) return -1;
    this.pages = pages;
    this.view = new DataView(buffer, 0, size);
    this.bytes = new Uint8Array(buffer, 0, size);
    this.limit = Math.min(size, 0x7fff_ffff);
    return old;
  }

  private copy(size: number, most: number): ArrayBuffer | undefined {
    const roomy = Math.min(most, Math.max(size, Math.ceil((size * 1.5) / PAGE) * PAGE));
    const buffer = tryAllocate(roomy) ?? tryAllocate(size);
    if (buffer !== undefined) new Uint8Array(buffer).set(this.bytes);
    return buffer;
  }
}

function tryAllocate(size: number): ArrayBuffer | undefined {
  try {
    return new ArrayBuffer(size);
  } catch {
    return undefined;
  }
}

/** What a module without a memory is given. */
export const noMemory = new Memory({ min: 0, max: 0, shared: false });
