// Joins bundles so that copies vanish: a tied def with the use it names, a block parameter with the
// arguments of its edges. Two bundles are joined where they are nowhere live at once. What cannot
// be joined is kept as a hint.
//
// Ties come first, in the order of the code: there a copy is certain, and when a tied def does not
// join, its live range is lengthened by the copy (it then starts before the record), which must be
// known before anything else joins it. Edges follow, hottest first.
//
// Joining two lists costs their length unless one ends before the other starts; a budget
// in the size of the function keeps long lists from being walked too often.

import type { Bundle, Bundles } from "./bundles.ts";
import { room } from "./columns.ts";
import { HEAD, isCrossed, isDef, numberOf, vregOf } from "../lir.ts";
import { BY, USE, useEnd } from "./live.ts";
import type { Live } from "./live.ts";

const CLASSES = 12;

export class Coalescer {
  private readonly live: Live;
  private readonly bundles: Bundles;
  private budget = 0;
  private order = new Int32Array(0);
  private readonly starts = new Int32Array(CLASSES + 1);

  constructor(live: Live) {
    this.live = live;
    this.bundles = live.bundles;
  }

  run(): void {
    const { live } = this;
    this.budget = 100_000 + 40 * live.recCount;
    for (let k = 0; k < live.tiedCount; k++) this.tie(live.tied[k]!);
    this.edges();
  }

  private tie(d: number): void {
    const { live, bundles } = this;
    const code = live.lir.code;
    const i = live.defRec[d]!;
    const w = live.defWord[d]!;
    const useWord = live.recWord[i]! + HEAD + numberOf(code[w]!);
    const u = vregOf(code[useWord]!);
    const s = this.segmentAt(u, 2 * i);
    const dies = bundles.segTo[s] === 2 * i + 1;
    const blocked = isCrossed(code[w]!) && this.usesOf(u, i) > 1;
    if (dies && !blocked && this.join(bundles.find(u), bundles.find(d))) {
      return;
    }
    live.defBy[d] = BY.tied | BY.crossed;
    bundles.segFrom[bundles.segOf[d]!] = live.defPoint[d] = 2 * i;
    live.useAt[this.useIndex(u, i, useWord)] = (i << 3) | USE.copied;
    if (dies && !blocked) this.shorten(s, i);
    this.hint(u, d, live.freq[live.recBlock[i]!]!);
  }

  /** The first segment of v that covers a point. */
  private segmentAt(v: number, point: number): number {
    const { segOf, segTo } = this.bundles;
    let low = segOf[v]!;
    let high = segOf[v + 1]! - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (segTo[middle]! <= point) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Uses of v by record i. */
  private usesOf(v: number, i: number): number {
    const { useStart, useAt } = this.live;
    const first = this.firstUse(v, i);
    let k = first;
    while (k < useStart[v + 1]! && useAt[k]! >> 3 === i) k++;
    return k - first;
  }

  /** Index of the first use of v by record i. */
  private firstUse(v: number, i: number): number {
    const { useStart, useAt } = this.live;
    let low = useStart[v]!;
    let high = useStart[v + 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (useAt[middle]! >> 3 < i) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Index of the use of v that the operand at `word` of record i is. */
  private useIndex(v: number, i: number, word: number): number {
    const { lir, recWord } = this.live;
    let index = this.firstUse(v, i);
    for (let k = recWord[i]! + HEAD; k < word; k++) {
      const o = lir.code[k]!;
      if (!isDef(o) && vregOf(o) === v) index++;
    }
    return index;
  }

  /** The use that died in record i is copied before it: nothing else may need it there. */
  private shorten(s: number, i: number): void {
    const { segFrom, segTo, segUse, segUseEnd } = this.bundles;
    const useAt = this.live.useAt;
    let to = 2 * i;
    for (let k = segUseEnd[s]! - 1; k >= segUse[s]! && useAt[k]! >> 3 === i; k--) {
      to = Math.max(to, useEnd(useAt[k]!));
    }
    if (to > segFrom[s]!) segTo[s] = to;
  }

  private hint(a: number, b: number, gain: number): void {
    const { bundles, live } = this;
    live.hints.add(bundles.find(a), b, gain);
    live.hints.add(bundles.find(b), a, gain);
  }

  /** Joins parameters with arguments, edges of hot blocks first. */
  private edges(): void {
    const { live, starts } = this;
    const lir = live.lir;
    const edges = lir.edgeStart[lir.blockCount]!;
    this.order = room(this.order, edges);
    starts.fill(0);
    for (let e = 0; e < edges; e++) starts[this.rank(e) + 1]!++;
    for (let k = 1; k <= CLASSES; k++) starts[k]! += starts[k - 1]!;
    for (let e = 0; e < edges; e++) this.order[starts[this.rank(e)]!++] = e;
    for (let k = 0; k < edges; k++) this.edge(this.order[k]!);
  }

  /** 0 for the hottest. */
  private rank(e: number): number {
    const lir = this.live.lir;
    const b = this.live.edgeBlock[e]!;
    if (lir.cold[b] !== 0) return CLASSES - 1;
    return CLASSES - 2 - Math.min(lir.loopDepth[b]!, CLASSES - 2);
  }

  private edge(e: number): void {
    const { live, bundles } = this;
    const lir = live.lir;
    const t = lir.edgeTarget[e]!;
    const params = lir.paramStart[t]!;
    const from = lir.argStart[e]!;
    const gain = live.freq[live.edgeBlock[e]!]!;
    for (let k = from; k < lir.argStart[e + 1]!; k++) {
      const a = lir.args[k]!;
      const p = lir.params[params + k - from]!;
      if (a < 0 || bundles.segOf[p] === bundles.segOf[p + 1]) continue;
      const x = bundles.find(a);
      const y = bundles.find(p);
      if (x !== y && !this.join(x, y)) this.hint(a, p, gain);
    }
  }

  /** Joins two bundles into one unless they are live at once somewhere. */
  private join(a: Bundle, b: Bundle): boolean {
    const { bundles, live } = this;
    const { first, last, segFrom, segTo, segNext } = bundles;
    if (a === b) return false;
    if (live.lir.vregClass[a] !== live.lir.vregClass[b]) return false;
    if (first[a] === 0 || first[b] === 0) return false;
    if (segTo[last[a]!]! <= segFrom[first[b]!]!) {
      segNext[last[a]!] = first[b]!;
      last[a] = last[b]!;
    } else if (segTo[last[b]!]! <= segFrom[first[a]!]!) {
      segNext[last[b]!] = first[a]!;
      first[a] = first[b]!;
    } else {
      if (this.budget <= 0 || this.overlap(first[a]!, first[b]!)) return false;
      this.weave(a, b);
    }
    bundles.join(a, b);
    live.hints.join(a, b);
    return true;
  }

  private overlap(s: number, t: number): boolean {
    const { segFrom, segTo, segNext } = this.bundles;
    while (s !== 0 && t !== 0) {
      this.budget--;
      if (segTo[s]! <= segFrom[t]!) s = segNext[s]!;
      else if (segTo[t]! <= segFrom[s]!) t = segNext[t]!;
      else return true;
    }
    return false;
  }

  /** Merges b's list into a's. */
  private weave(a: Bundle, b: Bundle): void {
    const { first, last, segFrom, segNext } = this.bundles;
    let s = first[a]!;
    let t = first[b]!;
    let tail = 0;
    while (s !== 0 && t !== 0) {
      let x = s;
      if (segFrom[s]! < segFrom[t]!) s = segNext[s]!;
      else t = segNext[(x = t)]!;
      if (tail === 0) first[a] = x;
      else segNext[tail] = x;
      tail = x;
    }
    segNext[tail] = s !== 0 ? s : t;
    if (s === 0) last[a] = last[b]!;
  }
}
