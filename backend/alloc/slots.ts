// Spill slots. All vregs of one group (the bundle that coalescing made) share a slot, so an
// argument in memory and its parameter in memory need no move. Groups whose hulls, from the first
// to the last point of their vregs in memory, do not meet share slots too: linear scan over hulls.
//
// Slots of 8 bytes come first, those of 16 behind them at even numbers.

import { room } from "./columns.ts";
import { CLASS, FIRST_SLOT } from "../lir.ts";
import type { Lir } from "../lir.ts";

export class Slots {
  /** Location of each group's slot, -1 = none; by first bundle. */
  loc = new Int32Array(0);
  /** Spill area in 8-byte units. */
  units = 0;
  private low = new Int32Array(0);
  private high = new Int32Array(0);
  private groups = new Int32Array(64);
  private groupCount = 0;
  private keys = new Float64Array(64);
  /** Slots in use as a heap by end, and free ones as a heap by number. */
  private readonly active: Heap = new Heap();
  private readonly free: Heap = new Heap();

  reset(lir: Lir): void {
    const n = lir.vregCount;
    this.loc = room(this.loc, n).fill(-1, 0, n);
    this.low = room(this.low, n);
    this.high = room(this.high, n);
    this.groupCount = this.units = 0;
  }

  /** The group needs a slot over the vreg's live range. */
  need(group: number, from: number, to: number): void {
    if (this.loc[group] === -1) {
      this.loc[group] = -2;
      this.low[group] = from;
      this.high[group] = to;
      if (this.groupCount === this.groups.length) {
        const wide = new Int32Array(this.groupCount * 2);
        wide.set(this.groups);
        this.groups = wide;
      }
      this.groups[this.groupCount++] = group;
      return;
    }
    if (from < this.low[group]!) this.low[group] = from;
    if (to > this.high[group]!) this.high[group] = to;
  }

  /** Gives each group its slot. */
  assign(lir: Lir): void {
    const n = this.groupCount;
    if (n === 0) return;
    if (this.keys.length < n) this.keys = new Float64Array(n * 2);
    for (let k = 0; k < n; k++)
      this.keys[k] = this.low[this.groups[k]!]! * 2 ** 22 + this.groups[k]!;
    this.keys.subarray(0, n).sort();
    const narrow = this.scan(n, lir, false);
    const even = (narrow + 1) & -2;
    const wide = this.scan(n, lir, true);
    this.units = wide === 0 ? narrow : even + 2 * wide;
    for (let k = 0; k < n; k++) {
      const g = this.groups[k]!;
      const slot = this.loc[g]!;
      this.loc[g] = FIRST_SLOT + (lir.vregClass[g] === CLASS.wide ? even + 2 * slot : slot);
    }
  }

  /** Linear scan over the groups of one width; returns how many slots they take. */
  private scan(n: number, lir: Lir, wide: boolean): number {
    const { active, free } = this;
    active.count = free.count = 0;
    let slots = 0;
    for (let k = 0; k < n; k++) {
      const g = this.keys[k]! % 2 ** 22;
      if ((lir.vregClass[g] === CLASS.wide) !== wide) continue;
      while (active.count > 0 && Math.floor(active.top() / 2 ** 22) <= this.low[g]!) {
        free.push(active.pop() % 2 ** 22);
      }
      const slot = free.count > 0 ? free.pop() : slots++;
      this.loc[g] = slot;
      active.push(this.high[g]! * 2 ** 22 + slot);
    }
    return slots;
  }
}

/** A binary heap of numbers, smallest first. */
class Heap {
  count = 0;
  private keys = new Float64Array(64);

  top(): number {
    return this.keys[0]!;
  }

  push(key: number): void {
    let k = this.count++;
    if (k === this.keys.length) {
      const wide = new Float64Array(k * 2);
      wide.set(this.keys);
      this.keys = wide;
    }
    const keys = this.keys;
    while (k > 0 && keys[(k - 1) >> 1]! > key) {
      keys[k] = keys[(k - 1) >> 1]!;
      k = (k - 1) >> 1;
    }
    keys[k] = key;
  }

  pop(): number {
    const keys = this.keys;
    const top = keys[0]!;
    const n = --this.count;
    const key = keys[n]!;
    let k = 0;
    for (;;) {
      let down = 2 * k + 1;
      if (down >= n) break;
      if (down + 1 < n && keys[down + 1]! < keys[down]!) down++;
      if (keys[down]! >= key) break;
      keys[k] = keys[down]!;
      k = down;
    }
    keys[k] = key;
    return top;
  }
}
