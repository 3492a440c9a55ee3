// A table of references. `elems` has exactly two words per element, as a slot has: a function is
// its number in the machine and 0, an externref the two words that the host chose; null is 0, 0.

import { TABLE_MAX } from "../abi.ts";
import type { TableType, ValType } from "../wasm/types.ts";

export class Table {
  elems: Int32Array;
  readonly type: ValType;
  /** Declared maximum, -1 = none. */
  readonly max: number;
  /** The object that stands for it in JavaScript. */
  face: object | undefined;
  private buffer: Int32Array;
  /** Elements that it may have, whatever was declared. */
  private readonly most: number;

  /** Throws RangeError when the host has no such amount, or it is not allowed. */
  constructor({ elem, limits }: TableType, most = TABLE_MAX) {
    if (limits.min > most) throw new RangeError("table too large");
    this.most = most;
    this.type = elem;
    this.max = limits.max;
    this.buffer = this.elems = new Int32Array(2 * limits.min);
  }

  get size(): number {
    return this.elems.length >> 1;
  }

  /** Grows by `delta` (unsigned) elements; the old size, or -1 where that is not possible. */
  grow(delta: number, lo: number, hi: number): number {
    const old = this.size;
    const size = old + delta;
    if (size > (this.max < 0 ? this.most : Math.min(this.max, this.most))) return -1;
    if (2 * size > this.buffer.length && !this.move(size)) return -1;
    this.elems = this.buffer.subarray(0, 2 * size);
    this.fill(old, delta, lo, hi);
    return old;
  }

  private move(size: number): boolean {
    try {
      const bigger = new Int32Array(Math.max(2 * size, Math.min(3 * size, 2 * this.most)));
      bigger.set(this.elems);
      this.buffer = bigger;
      return true;
    } catch {
      return false;
    }
  }

  /** Whether it may be that large. */
  mayHave(size: number): boolean {
    return size <= this.most;
  }

  /** Becomes these words, two per element, at most as many as it may have. */
  become(words: Int32Array): void {
    if (words.length > this.buffer.length) this.buffer = new Int32Array(words.length);
    this.elems = this.buffer.subarray(0, words.length);
    this.elems.set(words);
  }

  /** In bounds. */
  fill(from: number, count: number, lo: number, hi: number): void {
    for (let i = from; i < from + count; i++) {
      this.elems[2 * i] = lo;
      this.elems[2 * i + 1] = hi;
    }
  }

  /** True if [from, from + count) lies inside. */
  has(from: number, count: number): boolean {
    return from + count <= this.size;
  }
}
