// A linear memory. `view` and `bytes` see exactly the memory; whoever keeps one of them must fetch
// it again after anything that may grow the memory. `buffer` is for hosts: always the same object
// until the memory grows, when it is detached.
//
// What they see is, until it first grows, a buffer of its own, which is quickly made. Then it is a
// WebAssembly.Memory, where the host has one: that grows in place and detaches what it had. Large
// memories begin so. Without it growing copies; the buffer is then larger than the memory, so that
// growing a page at a time does not copy each time, unless the host has been shown the buffer.
//
// A memory may also be *borrowed*: the host has it already, and may grow it at any time. Before the
// machine goes on, it looks at those.

import type { Limits } from "../wasm/types.ts";

export const PAGE = 65_536;
export const MAX_PAGES = 65_536;

/** From how many pages on a buffer of one's own takes longer to make. */
const LARGE = 16;

/** A WebAssembly.Memory. */
interface HostMemory {
  readonly buffer: ArrayBuffer;
  /** Throws RangeError when that is not possible. */
  grow(delta: number): number;
}

/** What the host has to offer. */
export interface MemoryHost {
  readonly Memory?: (new (limits: { initial: number; maximum: number }) => HostMemory) | undefined;
  readonly structuredClone?:
    ((value: ArrayBuffer, options: { transfer: ArrayBuffer[] }) => ArrayBuffer) | undefined;
}

// As they are now: a preload may replace the global WebAssembly later.
const { WebAssembly: wasm, structuredClone } = globalThis as MemoryHost & {
  readonly WebAssembly?: MemoryHost;
};
const theHost: MemoryHost = { Memory: wasm?.Memory, structuredClone };

/** What `make` gives, or undefined where the host has no such amount. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** Pages that memories may still take; those of a program have one in common. */
export interface Budget {
  left: number;
}

/** All borrowed ones. */
let borrowed: readonly WeakRef<Memory>[] = [];

/** Whoever runs guests calls this before they go on. */
export function lookAtBorrowed(): void {
  if (borrowed.length > 0) lookAtAll();
}

function lookAtAll(): void {
  let isOneGone = false;
  for (const ref of borrowed) {
    const memory = ref.deref();
    if (memory === undefined) isOneGone = true;
    else memory.look();
  }
  if (isOneGone) borrowed = borrowed.filter((ref) => ref.deref() !== undefined);
}

export class Memory {
  view!: DataView<ArrayBuffer>;
  bytes!: Uint8Array<ArrayBuffer>;
  /** Current size. */
  pages!: number;
  /** What the loop compares with: bytes, at most 2^31 - 1. */
  limit!: number;
  /** Declared maximum, -1 = none. */
  readonly max: number;
  /** The object that stands for it in JavaScript. */
  face: object | undefined;
  /** Pages that it may have, if there are as many left. */
  private readonly most: number;
  private readonly budget: Budget;
  private readonly host: MemoryHost;
  private inner: HostMemory | undefined;
  /** The host has been shown the buffer. */
  private isShown = false;

  /** Throws RangeError when the host has no such amount, or too little is left. */
  constructor(
    { min, max }: Limits,
    budget: Budget = { left: MAX_PAGES },
    host = theHost,
    lent?: HostMemory,
  ) {
    if (min > budget.left) throw new RangeError("more memory than is allowed");
    this.host = host;
    this.max = max;
    this.most = Math.min(max < 0 ? MAX_PAGES : max, budget.left);
    this.budget = budget;
    this.inner = lent ?? (min < LARGE ? undefined : this.newInner(min));
    this.use(this.inner?.buffer ?? new ArrayBuffer(min * PAGE), min);
    budget.left -= min;
  }

  /** One that the host has; its limits are as they are now. */
  static borrow(memory: HostMemory, limits: Limits): Memory {
    const made = new Memory(limits, undefined, undefined, memory);
    borrowed = [...borrowed, new WeakRef(made)];
    return made;
  }

  /** Sees what has become of a borrowed one. */
  look(): void {
    // Growing detaches what is seen of it.
    if (this.pages > 0 && this.bytes.buffer.byteLength === this.pages * PAGE) return;
    const { buffer } = this.inner!;
    const pages = buffer.byteLength / PAGE;
    if (buffer === this.bytes.buffer && pages === this.pages) return;
    this.budget.left -= pages - this.pages;
    this.use(buffer as ArrayBuffer, pages);
  }

  private newInner(pages: number): HostMemory | undefined {
    const { Memory: HostMemory } = this.host;
    if (HostMemory === undefined) return undefined;
    return attempt(() => new HostMemory({ initial: pages, maximum: this.most }));
  }

  /** The same bytes in a new buffer; the old one is detached, if the host can do that. */
  private moved(buffer: ArrayBuffer): ArrayBuffer {
    const { structuredClone: clone } = this.host;
    return clone?.(buffer, { transfer: [buffer] }) ?? buffer.slice(0);
  }

  private use(buffer: ArrayBuffer, pages: number): void {
    const size = pages * PAGE;
    this.pages = pages;
    this.view = new DataView(buffer, 0, size);
    this.bytes = new Uint8Array(buffer, 0, size);
    this.limit = Math.min(size, 0x7fff_ffff);
  }

  /** Exactly the memory; see above. */
  get buffer(): ArrayBuffer {
    const { buffer, length } = this.bytes;
    if (buffer.byteLength !== length) this.use(buffer.slice(0, length), this.pages);
    this.isShown = true;
    return this.bytes.buffer;
  }

  /** Grows by `delta` (unsigned) pages; the old size, or -1 where that is not possible. */
  grow(delta: number): number {
    const old = this.pages;
    const pages = old + delta;
    const { inner, budget } = this;
    if (pages > this.most || delta > budget.left) return -1;
    if (inner !== undefined) {
      if (attempt(() => inner.grow(delta)) === undefined) return -1;
      this.use(inner.buffer, pages);
    } else if (delta > 0) {
      if (!this.move(pages)) return -1;
    } else if (this.isShown) {
      this.use(this.moved(this.bytes.buffer), pages);
      this.isShown = false;
    }
    budget.left -= delta;
    return old;
  }

  /** Whether it may be that large. */
  mayHave(pages: number): boolean {
    return pages <= this.most && pages - this.pages <= this.budget.left;
  }

  /** Becomes so many pages, at most those it may have, that begin with `bytes`; the rest is 0. */
  become(pages: number, bytes: Uint8Array, isNew: boolean): void {
    const before = this.pages;
    if (pages !== before) this.replace(pages);
    else if (!isNew) this.bytes.fill(0, bytes.length);
    this.bytes.set(bytes);
    this.budget.left -= pages - before;
  }

  /** Another buffer of that many pages, whatever is in it. */
  private replace(pages: number): void {
    const { inner, isShown } = this;
    const old = this.bytes.buffer;
    this.inner = pages < LARGE ? undefined : this.newInner(pages);
    this.use(this.inner?.buffer ?? new ArrayBuffer(pages * PAGE), pages);
    // Growing detaches what the host's memories have shown; nobody else may do it.
    if (inner !== undefined) attempt(() => inner.grow(0));
    else if (isShown) this.moved(old);
    this.isShown = false;
  }

  /** Finds room for that many pages. */
  private move(pages: number): boolean {
    const { bytes } = this;
    if (pages * PAGE <= bytes.buffer.byteLength) {
      this.use(bytes.buffer, pages);
      return true;
    }
    this.inner = this.newInner(pages);
    const roomy = Math.min(this.most, Math.ceil(pages * 1.5));
    const buffer =
      this.inner?.buffer ??
      attempt(() => new ArrayBuffer(roomy * PAGE)) ??
      attempt(() => new ArrayBuffer(pages * PAGE));
    if (buffer === undefined) return false;
    this.use(buffer, pages);
    this.bytes.set(bytes);
    if (this.isShown) this.moved(bytes.buffer);
    this.isShown = false;
    return true;
  }
}

/** What a module without a memory is given. */
export const noMemory = new Memory({ min: 0, max: 0, shared: false });
