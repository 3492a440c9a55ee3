// Edges without a place for moves: out of several, into several. Such an edge carries no arguments,
// but a value that lives across it must be at its end where it is at its start, or be in memory at
// its end. So a bundle that a split has made must hold both ends of the edge or not hold the start
// of its target: there it is cut, and its value is loaded behind the label.

import type { Bundle, Bundles, Segment } from "./bundles.ts";
import { wider } from "./columns.ts";
import { BY, usePoint } from "./live.ts";
import type { Live } from "./live.ts";

export class CriticalEdges {
  private readonly live: Live;
  private readonly bundles: Bundles;
  /** The segments of the bundle at hand. */
  private segs = new Int32Array(64);

  constructor(live: Live) {
    this.live = live;
    this.bundles = live.bundles;
  }

  /** Cuts block starts out of a bundle that an edge without moves enters from outside of it. */
  dodge(b: Bundle): void {
    const { bundles } = this;
    const { segNext, segFrom, segTo } = bundles;
    let n = 0;
    let crosses = false;
    for (let s = bundles.first[b]!; s !== 0; s = segNext[s]!) {
      if (this.isCrossed(segFrom[s]!, segTo[s]!)) crosses = true;
      this.segs = wider(this.segs, n + 1);
      this.segs[n++] = s;
    }
    if (!crosses) return;
    bundles.first[b] = bundles.last[b] = 0;
    for (let k = 0; k < n; k++) this.dodgeIn(b, this.segs[k]!, n);
  }

  /** Appends to the bundle what may stay of a segment. */
  private dodgeIn(b: Bundle, s: Segment, n: number): void {
    const { bundles, live } = this;
    const { firstRec, recBlock } = live;
    const v = bundles.segVreg[s]!;
    const to = bundles.segTo[s]!;
    const end = bundles.segUseEnd[s]!;
    let from = bundles.segFrom[s]!;
    let use = bundles.segUse[s]!;
    const first = recBlock[from >> 1]!;
    const last = recBlock[(to - 1) >> 1]!;
    for (let k = this.firstFrom(from); k < live.criticalCount; k++) {
      const block = live.criticalBlocks[k]!;
      const cut = 2 * firstRec[block]!;
      if (cut >= to) break;
      // Most often all edges come from inside of the segment.
      if (live.predLow[block]! >= first && live.predHigh[block]! < last) continue;
      const param = live.defBy[v] === BY.param && live.defRec[v] === firstRec[block];
      if (param || !this.entersCritically(block, n)) continue;
      const before = use;
      while (use < end && usePoint(live.useAt[use]!) < cut) use++;
      if (from < cut) bundles.append(b, bundles.newSegment(v, from, cut, before, use));
      from = cut + 2;
    }
    if (from === bundles.segFrom[s]) bundles.append(b, s);
    else if (from < to) bundles.append(b, bundles.newSegment(v, from, to, use, end));
  }

  /** Index of the first target of a critical edge that starts at the point or behind it. */
  private firstFrom(point: number): number {
    const { criticalBlocks, criticalCount, firstRec } = this.live;
    let low = 0;
    let high = criticalCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (2 * firstRec[criticalBlocks[middle]!]! < point) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a target of a critical edge starts in [from, to). */
  private isCrossed(from: number, to: number): boolean {
    const { criticalBlocks, criticalCount, firstRec } = this.live;
    const k = this.firstFrom(from);
    return k < criticalCount && 2 * firstRec[criticalBlocks[k]!]! < to;
  }

  private entersCritically(block: number, n: number): boolean {
    const { predStart, predEdge, edgeBlock, firstRec } = this.live;
    for (let j = predStart[block]!; j < predStart[block + 1]!; j++) {
      const e = predEdge[j]!;
      const point = 2 * firstRec[edgeBlock[e]! + 1]! - 1;
      if (this.live.isCritical(e) && !this.covered(point, n)) return true;
    }
    return false;
  }

  /** Whether one of segs[0 .. n) holds the point. */
  private covered(point: number, n: number): boolean {
    const { segFrom, segTo } = this.bundles;
    const segs = this.segs;
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (segFrom[segs[middle]!]! <= point) low = middle;
      else high = middle - 1;
    }
    return segFrom[segs[low]!]! <= point && point < segTo[segs[low]!]!;
  }
}
