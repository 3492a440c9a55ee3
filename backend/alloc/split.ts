// Plans how to split a bundle that no register fits. The plan is a list of ranges of points,
// ascending and disjoint: what becomes a bundle of its own; greedy.ts carves it out.
//
// isolate   The hottest use lies in a loop and the bundle reaches beyond it: the ranges are the
//           loop's blocks. The inner bundle weighs more per point, so it can evict; the outer one
//           is free of the loop's pressure.
//
// plan      For a register r, the bundle falls into runs over which r is free or held by lighter
//           bundles: between calls, for instance. A run gains what its uses would cost from memory
//           and costs a reload wherever it is entered from outside the runs. Runs that cost more
//           than they gain are dropped until none is; the register with the best balance wins.
//           An SSA value's spill slot stays valid, so leaving a run costs nothing.
//
// Runs begin at even points, where moves can stand. They end at odd ones too (an argument of a call
// is read at the start of the record, its register clobbered at the end), except in records that
// need the value to the end or turn it into a tied def.

import type { Bundle, Bundles, Segment } from "./bundles.ts";
import { room, wider, widerFloat } from "./columns.ts";
import { BY, USE, useEnd, usePoint } from "./live.ts";
import type { Live } from "./live.ts";
import type { Occupancy } from "./occupancy.ts";

/** What a use gains by a register, by kind. */
const GAIN = Float64Array.of(0.6, 1, 0.6, 1, 0.5, 0.4, 0.6, 0);
const MOST_RUNS = 1 << 16;
/** Registers that one plan looks at, and uses that choose them. */
const MOST_EXAMINED = 2;
const MOST_SAMPLES = 64;
/** What a reload costs in a block that would have no code without it: a jump comes with it. */
const DETOUR = 2;
/** A plan that gains this share of what others could gain at most is taken at once. */
const GOOD_ENOUGH = 0.6;

export class Splitter {
  private readonly live: Live;
  private readonly bundles: Bundles;
  /** The plan. */
  from = new Int32Array(64);
  to = new Int32Array(64);
  count = 0;
  /** What the plan gains. */
  balance = 0;
  /** Steps taken so far for this function. */
  work = 0;

  /** Runs of the register under examination. */
  private runFrom = new Int32Array(64);
  private runTo = new Int32Array(64);
  private gain = new Float64Array(64);
  private cost = new Float64Array(64);
  private support = new Float64Array(64);
  private firstUse = new Int32Array(64);
  private lastUse = new Int32Array(64);
  /** 1 where a def starts the run. */
  private startsDef = new Int32Array(64);
  /** End of the run within its first segment. */
  private firstEnd = new Int32Array(64);
  private runs = 0;
  /** By register: bound of what it can gain. */
  private readonly hope = new Float64Array(32);
  /** The loop that `findLoop` found. */
  private low = 0;
  private high = 0;
  /** Where the conflict that `conflict` found ends. */
  private conflictEnd = 0;

  constructor(live: Live) {
    this.live = live;
    this.bundles = live.bundles;
  }

  reset(): void {
    this.work = 0;
  }

  // ---- loops -----------------------------------------------------------------------------------

  /** Plans to take the bundle's hottest loop out of it; false if that does not pay. */
  isolate(b: Bundle): boolean {
    const { bundles, live } = this;
    const { segFrom, segTo, segNext } = bundles;
    const block = this.hottest(b);
    if (block < 0 || live.lir.loopDepth[block] === 0) return false;
    this.findLoop(block);
    const { low, high } = this;
    const from = 2 * live.firstRec[low]!;
    const to = 2 * live.firstRec[high + 1]!;
    if (segFrom[bundles.first[b]!]! >= from && segTo[bundles.last[b]!]! <= to) return false;
    let size = 0;
    let inside = 0;
    let all = 0;
    for (let s = bundles.first[b]!; s !== 0; s = segNext[s]!) {
      const part = Math.min(segTo[s]!, to) - Math.max(segFrom[s]!, from);
      const gain = this.gainOf(s);
      all += gain;
      if (part <= 0) continue;
      size += part;
      inside += gain;
    }
    if (size === 0) return false;
    const entry = this.entryOf(low, high);
    // What is left outside must be worth the split too: cold uses only, or much room.
    if (inside <= 2 * entry || inside / (size + 12) < 1.5 * bundles.weight[b]!) return false;
    this.from[0] = from;
    this.to[0] = to;
    this.count = 1;
    return all > 0;
  }

  /** Block of the hottest use that gains by a register, -1 = none. */
  private hottest(b: Bundle): number {
    const { segUse, segUseEnd, segNext } = this.bundles;
    const { useAt, recBlock, freq } = this.live;
    let best = -1;
    for (let s = this.bundles.first[b]!; s !== 0; s = segNext[s]!) {
      for (let u = segUse[s]!; u < segUseEnd[s]!; u++) {
        this.work++;
        const block = recBlock[useAt[u]! >> 3]!;
        if (best < 0 || freq[block]! > freq[best]!) best = block;
      }
    }
    return best;
  }

  /** Sets low and high to the first and last block of the innermost loop around a block. */
  private findLoop(block: number): void {
    let low = block;
    let high = block;
    while (low > 0 && this.isInLoop(low - 1, block)) low--;
    while (high + 1 < this.live.lir.blockCount && this.isInLoop(high + 1, block)) high++;
    this.work += high - low;
    this.low = low;
    this.high = high;
  }

  /** Whether a block next to a loop belongs to it, going by depths and headers. */
  private isInLoop(b: number, block: number): boolean {
    const { loopDepth, loopHeader } = this.live.lir;
    const deeper = loopDepth[b]! - loopDepth[block]!;
    return deeper > 0 || (deeper === 0 && loopHeader[b] === loopHeader[block]);
  }

  /** What all uses of the bundle gain by a register. */
  gainOfAll(b: Bundle): number {
    let gain = 0;
    for (let s = this.bundles.first[b]!; s !== 0; s = this.bundles.segNext[s]!) {
      gain += this.gainOf(s);
    }
    return gain;
  }

  /** How often the blocks low .. high are entered from others. */
  private entryOf(low: number, high: number): number {
    const { predStart, predBlock, predLow, predHigh, freq } = this.live;
    let sum = 0;
    for (let b = low; b <= high; b++) {
      if (predLow[b]! >= low && predHigh[b]! <= high) continue;
      for (let j = predStart[b]!; j < predStart[b + 1]!; j++) {
        const p = predBlock[j]!;
        if (p < low || p > high) sum += Math.min(freq[p]!, freq[b]!);
      }
    }
    return sum;
  }

  private gainOf(s: Segment): number {
    const { segUse, segUseEnd } = this.bundles;
    const { useAt, recBlock, freq } = this.live;
    let gain = 0;
    for (let u = segUse[s]!; u < segUseEnd[s]!; u++) {
      const use = useAt[u]!;
      gain += GAIN[use & 7]! * freq[recBlock[use >> 3]!]!;
    }
    return gain;
  }

  // ---- runs ------------------------------------------------------------------------------------

  /**
   * Plans the runs of the register that gains most, and returns it; -1 if none does. Only the few
   * registers are examined that are free at the most weight of uses.
   */
  plan(b: Bundle, order: Int32Array, file: 0 | 1): number {
    this.estimate(b, order, file);
    let best = -1;
    let most = 0;
    this.balance = 0;
    if (order.length === 0) return -1;
    for (let n = 0; n < MOST_EXAMINED; n++) {
      const reg = this.mostHopeful(order);
      if (this.hope[reg]! <= most) break;
      this.hope[reg] = 0;
      const balance = this.examine(b, reg, file);
      if (balance <= most * 1.0001) continue;
      this.balance = most = balance;
      best = reg;
      this.keepRuns();
      if (balance >= GOOD_ENOUGH * this.hope[this.mostHopeful(order)]!) break;
    }
    return best;
  }

  private mostHopeful(order: Int32Array): number {
    const hope = this.hope;
    let best = order[0]!;
    for (let k = 1; k < order.length; k++) if (hope[order[k]!]! > hope[best]!) best = order[k]!;
    return best;
  }

  /** Bounds what each register can gain by the uses at which it is free. */
  private estimate(b: Bundle, order: Int32Array, file: 0 | 1): void {
    const { bundles, live, hope } = this;
    const { segUse, segUseEnd, segNext } = bundles;
    const { useAt, recBlock, freq } = live;
    const occupancy = live.files[file];
    hope.fill(0);
    let left = MOST_SAMPLES;
    for (let s = bundles.first[b]!; s !== 0 && left > 0; s = segNext[s]!) {
      for (let u = segUse[s]!; u < segUseEnd[s]! && left > 0; u++, left--) {
        const use = useAt[u]!;
        const point = usePoint(use);
        const taken = occupancy.takenIn(point, point + 1) | occupancy.fixedAt(point);
        const gain = GAIN[use & 7]! * freq[recBlock[use >> 3]!]!;
        for (let k = 0; k < order.length; k++) {
          if (((taken >>> order[k]!) & 1) === 0) hope[order[k]!]! += gain;
        }
        this.work += 8;
      }
    }
  }

  private keepRuns(): void {
    this.from = room(this.from, this.runs);
    this.to = room(this.to, this.runs);
    let count = 0;
    for (let k = 0; k < this.runs; k++) {
      if (this.runFrom[k]! >= this.runTo[k]!) continue;
      this.from[count] = this.runFrom[k]!;
      this.to[count++] = this.runTo[k]!;
    }
    this.count = count;
  }

  /** Finds the runs of one register that pay; returns what they gain together. */
  private examine(b: Bundle, reg: number, file: 0 | 1): number {
    this.findRuns(b, reg, this.live.files[file]);
    if (this.runs === 0 || this.runs > MOST_RUNS) return 0;
    for (let k = 0; k < this.runs; k++) this.trim(k);
    let dropped = true;
    for (let round = 0; dropped && round < 8; round++) {
      this.price();
      dropped = false;
      for (let k = 0; k < this.runs; k++) {
        if (this.runFrom[k]! >= this.runTo[k]!) continue;
        if (this.gain[k]! + this.support[k]! <= this.cost[k]!) {
          this.runTo[k] = this.runFrom[k]!;
          dropped = true;
        }
      }
    }
    if (dropped) this.price();
    let balance = 0;
    for (let k = 0; k < this.runs; k++) {
      if (this.runFrom[k]! < this.runTo[k]!) balance += this.gain[k]! - this.cost[k]!;
    }
    return balance;
  }

  /** Finds the stretches around uses over which a register can be had. */
  private findRuns(b: Bundle, reg: number, occupancy: Occupancy): void {
    const { segTo, segNext, weight } = this.bundles;
    const limit = weight[b]!;
    this.runs = 0;
    let open = -1; // end of the segment before, where its last run reaches it
    for (let s = this.bundles.first[b]!; s !== 0; s = segNext[s]!) {
      open = this.runsIn(s, reg, occupancy, limit, open) ? segTo[s]! : -1;
      if (this.runs > MOST_RUNS) return;
    }
  }

  /** Finds the runs of one segment; true if the last one reaches its end. */
  private runsIn(s: Segment, reg: number, occ: Occupancy, limit: number, open: number): boolean {
    const { segFrom, segTo, segUse, segUseEnd, segVreg } = this.bundles;
    const { useAt, defBy } = this.live;
    const to = segTo[s]!;
    let pos = segFrom[s]!;
    let u = segUse[s]!;
    const tied = (pos & 1) === 1 && defBy[segVreg[s]!] === BY.tied;
    if (open === pos) {
      const end = this.freeUntil(s, reg, occ, pos, to, limit);
      if (end > pos) u = this.addRun(s, pos, end, u, true);
      else if (tied) this.runTo[this.runs - 1]!--;
      if (end === to) return true;
      pos = (this.conflictEnd + 1) & -2;
    } else if (tied) {
      pos++;
    }
    while (u < segUseEnd[s]!) {
      const point = usePoint(useAt[u]!);
      const start = point < pos ? point + 1 : this.freeSince(occ, reg, pos, point, limit);
      if (start > point) {
        u++;
        continue;
      }
      const end = this.freeUntil(s, reg, occ, point, to, limit);
      if (end > start) u = this.addRun(s, start, end, u, false);
      if (end === to) return true;
      pos = (this.conflictEnd + 1) & -2;
      if (end <= point) u++;
    }
    return false;
  }

  /** Where a run over `pos` must end: at a conflict, or before a record that it would cut. */
  private freeUntil(
    s: Segment,
    reg: number,
    occ: Occupancy,
    pos: number,
    to: number,
    limit: number,
  ): number {
    const hit = this.conflict(occ, reg, pos, to, limit);
    if (hit < to && (hit & 1) === 1 && this.pinned(s, hit >> 1)) return hit - 1;
    return hit;
  }

  /** Adds a run, or lengthens the last one; `u` is the first use that may lie in it. */
  private addRun(s: Segment, from: number, to: number, u: number, joins: boolean): number {
    const { useAt, recBlock, freq } = this.live;
    let k = this.runs - 1;
    if (!joins) {
      k = this.runs++;
      this.reserve();
      this.runFrom[k] = from;
      this.gain[k] = 0;
      this.firstUse[k] = this.lastUse[k] = -1;
      this.firstEnd[k] = to;
      this.startsDef[k] = from === this.live.defPoint[this.bundles.segVreg[s]!]! ? 1 : 0;
    }
    this.runTo[k] = to;
    const end = this.bundles.segUseEnd[s]!;
    while (u < end && usePoint(useAt[u]!) < from) u++;
    while (u < end && usePoint(useAt[u]!) < to) {
      const use = useAt[u++]!;
      this.gain[k]! += GAIN[use & 7]! * freq[recBlock[use >> 3]!]!;
      if (this.firstUse[k]! < 0) this.firstUse[k] = use;
      this.lastUse[k] = use;
      this.work++;
    }
    return u;
  }

  private reserve(): void {
    const need = this.runs;
    if (need <= this.support.length) return;
    this.runFrom = wider(this.runFrom, need);
    this.runTo = wider(this.runTo, need);
    this.firstUse = wider(this.firstUse, need);
    this.lastUse = wider(this.lastUse, need);
    this.startsDef = wider(this.startsDef, need);
    this.firstEnd = wider(this.firstEnd, need);
    this.gain = widerFloat(this.gain, need);
    this.cost = widerFloat(this.cost, need);
    this.support = widerFloat(this.support, need);
  }

  /** First point of [pos, to) at which the register is taken by the code or by a heavy owner. */
  private conflict(occ: Occupancy, reg: number, pos: number, to: number, limit: number): number {
    const { segFrom, segTo, segBundle, weight } = this.bundles;
    this.work += 4;
    const hit = occ.nextFixed(1 << reg, pos, to);
    for (let t = occ.ownerFrom(reg, pos); t !== 0 && segFrom[t]! < hit; t = occ.after(t)) {
      this.work++;
      if (weight[segBundle[t]!]! < limit) continue;
      this.conflictEnd = segTo[t]!;
      return Math.max(segFrom[t]!, pos);
    }
    this.conflictEnd = hit + 1;
    return hit;
  }

  /** The even point from which a register can be had up to `point`; beyond it if it cannot. */
  private freeSince(
    occ: Occupancy,
    reg: number,
    pos: number,
    point: number,
    limit: number,
  ): number {
    const { segFrom, segTo, segBundle, weight } = this.bundles;
    this.work += 4;
    const last = occ.lastFixed(1 << reg, pos, point + 1);
    let end = last < pos ? pos : last + 1;
    for (let t = occ.ownerUpTo(reg, point); t !== 0; t = occ.ownerUpTo(reg, segFrom[t]! - 1)) {
      this.work++;
      if (segTo[t]! <= end) break;
      if (weight[segBundle[t]!]! < limit) continue;
      end = segTo[t]!;
      break;
    }
    return end === pos ? pos : (end + 1) & -2;
  }

  /** Whether the segment's value is needed at the end of a record, or becomes a tied def there. */
  private pinned(s: Segment, rec: number): boolean {
    const { segUse, segUseEnd, segTo, segNext, segFrom } = this.bundles;
    const useAt = this.live.useAt;
    let low = segUse[s]!;
    let high = segUseEnd[s]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (useAt[middle]! >> 3 < rec) low = middle + 1;
      else high = middle;
    }
    for (; low < segUseEnd[s]! && useAt[low]! >> 3 === rec; low++) {
      const kind = useAt[low]! & 7;
      if (kind === USE.anyCrossed || kind === USE.regCrossed) return true;
    }
    const next = segNext[s]!;
    return segTo[s] === 2 * rec + 1 && next !== 0 && segFrom[next] === segTo[s];
  }

  /** Shortens a run at both ends as far as that cannot cost anything. */
  private trim(k: number): void {
    const first = this.firstUse[k]!;
    if (first < 0) return;
    this.trimStart(k, first);
    this.trimEnd(k, this.lastUse[k]!);
    if (this.runFrom[k]! > this.runTo[k]!) this.runTo[k] = this.runFrom[k]!;
  }

  /** A run that starts within a block starts no earlier than its first use there, or leaves it. */
  private trimStart(k: number, first: number): void {
    const { live } = this;
    const from = this.runFrom[k]!;
    const block = live.recBlock[from >> 1]!;
    if (from === 2 * live.firstRec[block]! || this.startsDef[k] === 1) return;
    const start = Math.min(usePoint(first), 2 * live.firstRec[block + 1]!, this.firstEnd[k]!);
    this.runFrom[k] = Math.max(from, start & -2);
  }

  /** A run ends behind its last use, unless it flows on into uses further up: around a loop. */
  private trimEnd(k: number, last: number): void {
    const { live } = this;
    const { firstRec, recBlock } = live;
    const from = this.runFrom[k]!;
    const to = this.runTo[k]!;
    const block = recBlock[last >> 3]!;
    let b = recBlock[(to - 1) >> 1]!;
    for (; b >= block; b--) {
      this.work++;
      if (2 * firstRec[b + 1]! <= to && this.flowsBack(b, from, 2 * (last >> 3))) break;
    }
    if (b > block) this.runTo[k] = 2 * firstRec[b + 1]!;
    else if (b < block) this.runTo[k] = Math.min(to, (useEnd(last) + 1) & -2);
    else this.runTo[k] = Math.min(to, 2 * firstRec[b + 1]!);
  }

  private flowsBack(b: number, from: number, to: number): boolean {
    const { lir, firstRec } = this.live;
    for (let e = lir.edgeStart[b]!; e < lir.edgeStart[b + 1]!; e++) {
      const start = 2 * firstRec[lir.edgeTarget[e]!]!;
      if (start >= from && start <= to) return true;
    }
    return false;
  }

  /** Computes what entering each run costs, and what each saves the others. */
  private price(): void {
    const { live } = this;
    const { firstRec, recBlock, freq, predLow, predHigh } = live;
    this.support.fill(0, 0, this.runs);
    for (let k = 0; k < this.runs; k++) {
      const from = this.runFrom[k]!;
      const to = this.runTo[k]!;
      this.cost[k] = 0;
      if (from >= to) continue;
      let b = recBlock[from >> 1]!;
      if (from !== 2 * firstRec[b]!) {
        if (this.startsDef[k] === 0) this.cost[k] = freq[b]!;
        b++;
      }
      // Blocks whose end lies in the run: low .. high - 1.
      const low = recBlock[from >> 1]!;
      const last = recBlock[(to - 1) >> 1]!;
      const high = to === 2 * firstRec[last + 1]! ? last + 1 : last;
      this.work += last - b;
      for (; b <= last; b++) {
        if (predLow[b]! < low || predHigh[b]! >= high) this.priceBlock(k, b);
      }
    }
  }

  private priceBlock(k: number, b: number): void {
    const { predStart, predEdge, edgeBlock, firstRec, freq } = this.live;
    let cost = 0;
    for (let j = predStart[b]!; j < predStart[b + 1]!; j++) {
      this.work++;
      const e = predEdge[j]!;
      const p = edgeBlock[e]!;
      const point = 2 * firstRec[p + 1]! - 1;
      if (point >= this.runFrom[k]! && point < this.runTo[k]!) continue;
      // A block that only jumps is threaded away unless something is moved in it.
      const detour = this.onlyJumps(p) || this.onlyJumps(b) ? DETOUR : 1;
      const weight = Math.min(freq[p]!, freq[b]!) * detour;
      const other = this.runAt(point);
      if (other >= 0) {
        this.support[other]! += weight;
      } else if (this.live.isCritical(e)) {
        cost = freq[b]!;
        break;
      } else {
        cost += weight;
      }
    }
    this.cost[k]! += Math.min(cost, freq[b]! * DETOUR);
  }

  private onlyJumps(b: number): boolean {
    // The label counts as a record.
    return this.live.firstRec[b + 1]! - this.live.firstRec[b]! === 2;
  }

  /** The run that holds a point, -1 = none. */
  private runAt(point: number): number {
    let low = 0;
    let high = this.runs - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.runFrom[middle]! <= point) low = middle;
      else high = middle - 1;
    }
    return this.runFrom[low]! <= point && point < this.runTo[low]! ? low : -1;
  }
}
