// Memories of the host's own WebAssembly, as ingot's engines can use them: by the host's functions
// themselves, which no program can replace. What JavaScript does not say of a memory, its maximum,
// is found out by linking it with modules that do nothing but import a memory. In: anything. Out: a
// HostMemory, where it is a memory of 32-bit addresses that threads do not share.

import { PAGE } from "../abi.ts";
import { LinkError } from "../support/errors.ts";
import type { MemoryType } from "../wasm/types.ts";

/** A WebAssembly.Memory. */
export interface ForeignMemory {
  readonly buffer: ArrayBuffer;
  /** Throws RangeError when that is not possible. */
  grow(delta: number): number;
}

interface Host {
  readonly Memory: (new (descriptor: object) => object) & { readonly prototype: ForeignMemory };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => object;
}

// As it is now: a preload may replace the global later.
const { WebAssembly: host } = globalThis as { readonly WebAssembly?: Host };
const prototype = host?.Memory.prototype;
const getBuffer = prototype && Object.getOwnPropertyDescriptor(prototype, "buffer")!.get;
const grow = prototype?.grow;

/** V8's words. */
const SHARED = "mismatch in shared state of memory, declared = 0, imported = 1";

/** Pages of the largest memories. */
const MOST = 65_536;

function leb(number: number): number[] {
  const bytes: number[] = [];
  for (; number > 127; number >>>= 7) bytes.push((number & 127) | 128);
  return [...bytes, number];
}

/** A module that imports a memory of at most so many pages; -1: of any maximum, or none. */
function probe(max: number): Uint8Array {
  const limits = max < 0 ? [0, 0] : [1, 0, ...leb(max)];
  const section = [1, 0, 0, 2, ...limits];
  return Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 2, section.length, ...section);
}

function fits(memory: object, max: number): boolean {
  try {
    return new host!.Instance(new host!.Module(probe(max)), { "": { "": memory } }) !== undefined;
  } catch {
    return false;
  }
}

/** The smallest maximum that fits: the memory's own; -1 if it has none. */
function maximumOf(memory: object, pages: number): number {
  if (!fits(memory, MOST)) return -1;
  let [low, high] = [pages, MOST];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fits(memory, middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

export class HostMemory implements ForeignMemory {
  /** `limits.min` is the size that it had at first. */
  readonly type: MemoryType;
  /** The WebAssembly.Memory. */
  readonly object: object;

  private constructor(object: object, type: MemoryType) {
    this.object = object;
    this.type = type;
  }

  /**
   * What a value stands for, if it is a memory of the host's; its type is found out if it is not
   * given. Throws LinkError for odd ones.
   */
  static of(value: unknown, type?: MemoryType): HostMemory | undefined {
    if (!isHostMemory(value)) return undefined;
    if (type !== undefined) return new HostMemory(value, type);
    const buffer = getBuffer!.call(value) as ArrayBuffer;
    if (!(buffer instanceof ArrayBuffer)) throw new LinkError(SHARED);
    if (!fits(value, -1)) throw new LinkError("the memory has addresses of 64 bits");
    const min = buffer.byteLength / PAGE;
    return new HostMemory(value, { limits: { min, max: maximumOf(value, min), shared: false } });
  }

  /** Changes when the memory grows, or its length does. */
  get buffer(): ArrayBuffer {
    return getBuffer!.call(this.object) as ArrayBuffer;
  }

  grow(delta: number): number {
    return grow!.call(this.object as ForeignMemory, delta);
  }
}

/** An empty one; undefined where the host has no WebAssembly. */
export const newHostMemory = (): object | undefined => host && new host.Memory({ initial: 0 });

/** Whether a value is a memory of the host's own WebAssembly. */
function isHostMemory(value: unknown): value is object {
  if (getBuffer === undefined || typeof value !== "object" || value === null) return false;
  try {
    getBuffer.call(value);
    return true;
  } catch {
    return false;
  }
}
