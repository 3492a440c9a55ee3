// The order in which bundles are placed: a sorted array for those known at the start, a heap for
// those that come later. Keys are numbers whose integer part below 2^48 is rank * 2^23 + bundle, so
// no two are equal and the order is the same everywhere.
//
// Bundles that reach over several blocks come first, longest first; those of one block follow in
// the order of the code, which colours straight-line code well (after LLVM's greedy allocator).

import { roomFloat, widerFloat } from "./columns.ts";

const IDS = 2 ** 23;
const LOCAL = 2 ** 24;

/** Rank of a bundle: by its size in points, or by its first point if it lies in one block. */
export const rankGlobal = (size: number): number => LOCAL + Math.min(size, LOCAL - 1);
export const rankLocal = (point: number): number => LOCAL - 1 - Math.min(point, LOCAL - 1);

export class Queue {
  private sorted = new Float64Array(0);
  private sortedCount = 0;
  private heap = new Float64Array(256);
  private heapCount = 0;

  reset(most: number): void {
    this.sorted = roomFloat(this.sorted, most);
    this.sortedCount = this.heapCount = 0;
  }

  /** Before the first `pop` only, followed by `sort`. */
  add(bundle: number, rank: number): void {
    this.sorted[this.sortedCount++] = rank * IDS + bundle;
  }

  sort(): void {
    this.sorted.subarray(0, this.sortedCount).sort();
  }

  push(bundle: number, rank: number): void {
    let k = this.heapCount++;
    if (k === this.heap.length) this.heap = widerFloat(this.heap, k + 1);
    const heap = this.heap;
    const key = rank * IDS + bundle;
    while (k > 0) {
      const up = (k - 1) >> 1;
      if (heap[up]! >= key) break;
      heap[k] = heap[up]!;
      k = up;
    }
    heap[k] = key;
  }

  /** The bundle of highest rank, 0 when there is none. */
  pop(): number {
    const next = this.sortedCount > 0 ? this.sorted[this.sortedCount - 1]! : -1;
    if (this.heapCount > 0 && this.heap[0]! > next) return this.popHeap() % IDS;
    if (next < 0) return 0;
    this.sortedCount--;
    return next % IDS;
  }

  private popHeap(): number {
    const heap = this.heap;
    const top = heap[0]!;
    const n = --this.heapCount;
    const key = heap[n]!;
    let k = 0;
    for (;;) {
      let down = 2 * k + 1;
      if (down >= n) break;
      if (down + 1 < n && heap[down + 1]! > heap[down]!) down++;
      if (heap[down]! <= key) break;
      heap[k] = heap[down]!;
      k = down;
    }
    heap[k] = key;
    return top;
  }
}
