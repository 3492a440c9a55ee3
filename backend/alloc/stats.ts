// What an allocation costs, in figures: moves, stores to slots and loads from slots among the
// edits, operands that are read from memory; each counted plainly and weighted by how often its
// block runs (frequency.ts).

import { EDIT, FIRST_SLOT, HEAD, immsOf, isDef, operandsOf } from "../lir.ts";
import type { Allocation, Lir } from "../lir.ts";
import { blockFrequencies } from "./frequency.ts";

export interface AllocationStats {
  records: number;
  vregs: number;
  /** Register to register, and exchanges. */
  moves: number;
  /** To a slot; slot to slot counts as store and reload. */
  stores: number;
  reloads: number;
  /** Constants made for edges. */
  constants: number;
  /** Operands read or written in memory by their record. */
  memoryOperands: number;
  /** The same, weighted by block frequency. */
  weightedMoves: number;
  weightedStores: number;
  weightedReloads: number;
  weightedMemoryOperands: number;
  /** Records, weighted: what the others are to be measured against. */
  weightedRecords: number;
  /** Spill area in bytes. */
  frame: number;
}

const zero = (): AllocationStats => ({
  records: 0,
  vregs: 0,
  moves: 0,
  stores: 0,
  reloads: 0,
  constants: 0,
  memoryOperands: 0,
  weightedMoves: 0,
  weightedStores: 0,
  weightedReloads: 0,
  weightedMemoryOperands: 0,
  weightedRecords: 0,
  frame: 0,
});

function countEdit(total: AllocationStats, alloc: Allocation, k: number, freq: number): void {
  const from = alloc.edits[k * 4 + 2]!;
  const to = alloc.edits[k * 4 + 3]!;
  if (from >= FIRST_SLOT) {
    total.reloads++;
    total.weightedReloads += freq;
  }
  if (to >= FIRST_SLOT) {
    total.stores++;
    total.weightedStores += freq;
  }
  if (from < 0) {
    total.constants++;
  } else if (from < FIRST_SLOT && to < FIRST_SLOT) {
    const exchange = alloc.edits[k * 4 + 1] === EDIT.swap;
    total.moves++;
    total.weightedMoves += exchange ? 1.5 * freq : freq;
  }
}

/** Figures of one function. */
export function stats(lir: Lir, alloc: Allocation): AllocationStats {
  const total = zero();
  const code = lir.code;
  total.vregs = lir.vregCount - 1;
  total.frame = alloc.slots * 8;
  let k = 0;
  const frequencies = blockFrequencies(lir, new Float64Array(0));
  for (let b = 0; b < lir.blockCount; b++) {
    const freq = frequencies[b]!;
    for (let w = lir.blockStart[b]!; w < lir.blockStart[b + 1]!;) {
      for (; k < alloc.editCount && alloc.edits[k * 4] === w; k++) {
        countEdit(total, alloc, k, freq);
      }
      total.records++;
      total.weightedRecords += freq;
      const top = w + HEAD + operandsOf(code[w]!);
      for (let j = w + HEAD; j < top; j++) {
        if (alloc.locs[j]! < FIRST_SLOT || isDef(code[j]!)) continue;
        total.memoryOperands++;
        total.weightedMemoryOperands += freq;
      }
      w = top + immsOf(code[w]!);
    }
  }
  return total;
}

/** Adds the figures of one function to a sum. */
export function addStats(sum: AllocationStats, one: AllocationStats): void {
  for (const key of Object.keys(sum) as (keyof AllocationStats)[]) sum[key] += one[key];
}

export const noStats = zero;

/** One line for a dump. */
export function printStats(s: AllocationStats): string {
  const per = (n: number): string =>
    s.weightedRecords > 0 ? (n / s.weightedRecords).toFixed(4) : "0";
  return (
    `${s.records} records, ${s.vregs} vregs, ${s.moves} moves, ${s.stores} stores, ` +
    `${s.reloads} reloads, ${s.memoryOperands} memory operands, ${s.frame} bytes; weighted per ` +
    `record: moves ${per(s.weightedMoves)}, stores ${per(s.weightedStores)}, ` +
    `reloads ${per(s.weightedReloads)}, operands ${per(s.weightedMemoryOperands)}`
  );
}
