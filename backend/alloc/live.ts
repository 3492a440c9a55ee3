// Where vregs are live. Comes in: a Lir. Goes out: numbered records, uses and defs per vreg, and
// each vreg's first segments (bundles.ts).
//
// Every block opens with a label, a record of no operands that exists only here: block parameters
// are defined at it, and moves of edges into the block happen there. Record i has the points 2 i
// (start) and 2 i + 1 (end); moves stand between the end of one record and the start of the next.
// So
//
//   a use needs its value over point 2 i, a crossed one over 2 i + 1 as well;
//   a def is live from 2 i + 1, a crossed one from 2 i, a parameter from 2 i of its label;
//   a fixed use needs it just before 2 i (the move to the register stands there), a fixed def gives
//   it from 2 i + 2, and the registers themselves are blocked at those points of the record;
//   an edge's argument is used to the end of its block.
//
// Most vregs live in one block. For the others the blocks from each use back to the def are walked
// (path exploration, as in Boissinot et al., "Computing liveness sets for SSA-form programs"),
// which takes time in the size of the result and no memory per pair of block and vreg.

import { bug } from "../../src/support/errors.ts";
import { Bundles } from "./bundles.ts";
import { room, roomByte, wider } from "./columns.ts";
import { blockFrequencies } from "./frequency.ts";
import { CLASS, CONSTRAINT, HEAD, clobbersOf, constraintOf, immsOf, isCrossed } from "../lir.ts";
import { isDef, numberOf, operandsOf, vregOf } from "../lir.ts";
import type { Lir, Registers } from "../lir.ts";
import { Occupancy } from "./occupancy.ts";

// A use, packed: record << 3 | kind.
export const USE = { any: 0, reg: 1, anyCrossed: 2, regCrossed: 3, fixed: 4, edge: 5, copied: 6 };
/** True for kinds that want a register at the record. */
export const wantsReg = (use: number): boolean => (use & 5) === 1;

/**
 * How a vreg is defined; `crossed` (live from the start of the record) is added to one of the
 * others, and to `tied` where the tied use is copied first.
 */
export const BY = { none: 0, any: 1, reg: 2, fixed: 3, tied: 4, param: 5, crossed: 8 } as const;

/** Point up to which a use needs the value. */
export const useEnd = (use: number): number => {
  const kind = use & 7;
  const point = (use >> 3) * 2;
  if (kind < 2) return point + 1;
  return kind === USE.fixed || kind === USE.copied ? point : point + 2;
};

/** Point at which a use reads its value. */
export const usePoint = (use: number): number => {
  const kind = use & 7;
  const point = (use >> 3) * 2;
  if (kind < USE.fixed) return point;
  return kind === USE.edge ? point + 1 : point - 1;
};

/** Copying between two vregs, or between a vreg and a register, that a good choice makes vanish. */
export class Hints {
  /** First and last hint of each first bundle. */
  head = new Int32Array(0);
  private tail = new Int32Array(0);
  next = new Int32Array(256);
  /** The other vreg, or -1 - register number. */
  other = new Int32Array(256);
  gain = new Float64Array(256);
  private count = 1;

  reset(vregs: number): void {
    this.count = 1;
    this.head = room(this.head, vregs).fill(0, 0, vregs);
    this.tail = room(this.tail, vregs);
  }

  add(b: number, other: number, gain: number): void {
    const h = this.count++;
    if (h >= this.next.length) {
      this.next = wider(this.next, h + 1);
      this.other = wider(this.other, h + 1);
      const gains = new Float64Array(this.next.length);
      gains.set(this.gain);
      this.gain = gains;
    }
    this.next[h] = 0;
    this.other[h] = other;
    this.gain[h] = gain;
    if (this.head[b] === 0) this.head[b] = h;
    else this.next[this.tail[b]!] = h;
    this.tail[b] = h;
  }

  /** Hints of b become hints of a. */
  join(a: number, b: number): void {
    if (this.head[b] === 0) return;
    if (this.head[a] === 0) this.head[a] = this.head[b]!;
    else this.next[this.tail[a]!] = this.head[b]!;
    this.tail[a] = this.tail[b]!;
  }
}

export class Live {
  lir!: Lir;
  /** Word of each record; for a label that of the block's first record. */
  recWord = new Int32Array(0);
  recBlock = new Int32Array(0);
  recCount = 0;
  /** The label of each block; firstRec[blockCount] = recCount. */
  firstRec = new Int32Array(0);
  /** How often a block runs, relative to the entry. */
  freq = new Float64Array(0);
  /**
   * Edges into block b: predEdge[predStart[b] .. predStart[b + 1]); edgeBlock = where one
   * leaves.
   */
  predStart = new Int32Array(0);
  predEdge = new Int32Array(0);
  /** The block that each of them leaves: predBlock[k] = edgeBlock[predEdge[k]]. */
  predBlock = new Int32Array(0);
  edgeBlock = new Int32Array(0);
  /** Edges that have no place for moves: out of several, into several. */
  criticalEdges = 0;
  /** Their targets, ascending: criticalBlocks[0 .. criticalCount). */
  criticalBlocks = new Int32Array(0);
  criticalCount = 0;
  /** First and last block with an edge into block b. */
  predLow = new Int32Array(0);
  predHigh = new Int32Array(0);

  /** Uses of vreg v, ascending: useAt[useStart[v] .. useStart[v + 1]). */
  useStart = new Int32Array(0);
  useAt = new Int32Array(0);
  private cursor = new Int32Array(0);
  defRec = new Int32Array(0);
  /** First point at which each vreg is live. */
  defPoint = new Int32Array(0);
  /** Word of the def's operand, 0 for parameters. */
  defWord = new Int32Array(0);
  defBy = new Uint8Array(0);
  /** Defs that are tied, in the order of the code. */
  tied = new Int32Array(64);
  tiedCount = 0;
  hasVecs = false;

  readonly bundles = new Bundles();
  readonly hints = new Hints();
  readonly files: readonly [Occupancy, Occupancy] = [new Occupancy(), new Occupancy()];
  private readonly registers: Registers;

  private inMark = new Int32Array(0);
  private outMark = new Int32Array(0);
  private list = new Int32Array(0);

  constructor(registers: Registers) {
    this.registers = registers;
  }

  /** Computes everything for one function. */
  run(lir: Lir): void {
    this.lir = lir;
    this.number();
    this.linkEdges();
    this.bundles.reset(lir.vregCount);
    this.hints.reset(lir.vregCount);
    for (let f = 0; f < (this.hasVecs ? 2 : 1); f++) this.files[f]!.reset(2 * this.recCount);
    this.fillUses();
    for (let f = 0; f < (this.hasVecs ? 2 : 1); f++) this.files[f]!.seal();
    this.makeSegments();
  }

  /** The register of a fixed def. */
  defReg(v: number): number {
    return numberOf(this.lir.code[this.defWord[v]!]!);
  }

  private prepare(): void {
    const lir = this.lir;
    const blocks = lir.blockCount;
    const most = ((lir.size / HEAD) | 0) + blocks + 1;
    this.recWord = room(this.recWord, most);
    this.recBlock = room(this.recBlock, most);
    this.firstRec = room(this.firstRec, blocks + 1);
    this.freq = blockFrequencies(lir, this.freq);
    this.inMark = room(this.inMark, blocks).fill(0, 0, blocks);
    this.outMark = room(this.outMark, blocks).fill(0, 0, blocks);
    this.list = room(this.list, blocks + 1);
    const vregs = lir.vregCount;
    this.useStart = room(this.useStart, vregs + 2).fill(0, 0, vregs + 2);
    this.cursor = room(this.cursor, vregs + 1);
    this.defRec = room(this.defRec, vregs);
    this.defPoint = room(this.defPoint, vregs);
    this.defWord = room(this.defWord, vregs);
    this.defBy = roomByte(this.defBy, vregs).fill(0, 0, vregs);
    this.tiedCount = 0;
    this.hasVecs = false;
    for (let v = 1; v < vregs; v++) {
      if (lir.vregClass[v] !== CLASS.int) this.hasVecs = true;
    }
  }

  /** Numbers records, finds defs and counts uses (into useStart[v + 1]). */
  private number(): void {
    this.prepare();
    const { lir, recWord, recBlock, firstRec, useStart } = this;
    const code = lir.code;
    let i = 0;
    for (let b = 0; b < lir.blockCount; b++) {
      firstRec[b] = i;
      for (let k = lir.paramStart[b]!; k < lir.paramStart[b + 1]!; k++) {
        this.define(lir.params[k]!, i, 0, BY.param);
      }
      recWord[i] = lir.blockStart[b]!;
      recBlock[i++] = b;
      const end = lir.blockStart[b + 1]!;
      for (let w = lir.blockStart[b]!; w < end;) {
        const top = w + HEAD + operandsOf(code[w]!);
        for (let k = w + HEAD; k < top; k++) {
          const o = code[k]!;
          if (isDef(o)) this.define(vregOf(o), i, k, byOf(o));
          else useStart[vregOf(o) + 1]!++;
        }
        recWord[i] = w;
        recBlock[i++] = b;
        w = top + immsOf(code[w]!);
      }
      for (
        let k = lir.argStart[lir.edgeStart[b]!]!;
        k < lir.argStart[lir.edgeStart[b + 1]!]!;
        k++
      ) {
        if (lir.args[k]! > 0) useStart[lir.args[k]! + 1]!++;
      }
    }
    firstRec[lir.blockCount] = i;
    this.recCount = i;
  }

  private define(v: number, rec: number, word: number, by: number): void {
    if (this.defBy[v] !== BY.none) bug(`v${v} has two defs`);
    this.defRec[v] = rec;
    this.defWord[v] = word;
    this.defBy[v] = by;
    if ((by & 7) !== BY.tied) return;
    if (this.tiedCount === this.tied.length) this.tied = wider(this.tied, this.tiedCount + 1);
    this.tied[this.tiedCount++] = v;
  }

  private linkEdges(): void {
    const lir = this.lir;
    const edges = lir.edgeStart[lir.blockCount]!;
    const blocks = lir.blockCount;
    this.predStart = room(this.predStart, blocks + 2).fill(0, 0, blocks + 2);
    this.predEdge = room(this.predEdge, edges);
    this.predBlock = room(this.predBlock, edges);
    this.edgeBlock = room(this.edgeBlock, edges);
    const { predStart, predEdge, predBlock, edgeBlock } = this;
    // Counted two places up, summed, then filled one place up: ends as the starts.
    for (let e = 0; e < edges; e++) predStart[lir.edgeTarget[e]! + 2]!++;
    for (let b = 2; b <= blocks; b++) predStart[b]! += predStart[b - 1]!;
    for (let b = 0; b < blocks; b++) {
      for (let e = lir.edgeStart[b]!; e < lir.edgeStart[b + 1]!; e++) {
        edgeBlock[e] = b;
        const k = predStart[lir.edgeTarget[e]! + 1]!++;
        predEdge[k] = e;
        predBlock[k] = b;
      }
    }
    this.boundPreds(blocks, edges);
  }

  private boundPreds(blocks: number, edges: number): void {
    this.predLow = room(this.predLow, blocks).fill(blocks, 0, blocks);
    this.predHigh = room(this.predHigh, blocks).fill(-1, 0, blocks);
    this.criticalBlocks = room(this.criticalBlocks, blocks);
    this.criticalEdges = this.criticalCount = 0;
    const { predLow, predHigh, predStart, edgeBlock, inMark } = this;
    for (let e = 0; e < edges; e++) {
      const t = this.lir.edgeTarget[e]!;
      const b = edgeBlock[e]!;
      if (b < predLow[t]!) predLow[t] = b;
      if (b > predHigh[t]!) predHigh[t] = b;
      if (predStart[t + 1]! - predStart[t]! < 2 || !this.isCritical(e)) continue;
      this.criticalEdges++;
      inMark[t] = -1;
    }
    if (this.criticalEdges === 0) return;
    for (let b = 0; b < blocks; b++) {
      if (inMark[b] === -1) this.criticalBlocks[this.criticalCount++] = b;
    }
  }

  /** True for an edge that leaves several and enters several: nothing can be moved along it. */
  isCritical(e: number): boolean {
    const { lir, predStart } = this;
    const b = this.edgeBlock[e]!;
    const t = lir.edgeTarget[e]!;
    return lir.edgeStart[b + 1]! - lir.edgeStart[b]! > 1 && predStart[t + 1]! - predStart[t]! > 1;
  }

  /** Fills in the uses, blocks what the code itself takes and notes hints. */
  private fillUses(): void {
    const { lir, useStart, cursor, recWord, recBlock } = this;
    const vregs = lir.vregCount;
    for (let v = 1; v <= vregs; v++) {
      useStart[v]! += useStart[v - 1]!;
      cursor[v] = useStart[v]!;
    }
    this.useAt = room(this.useAt, useStart[vregs]!);
    const useAt = this.useAt;
    const code = lir.code;
    for (let i = 0; i < this.recCount; i++) {
      const b = recBlock[i]!;
      if (i === this.firstRec[b]) continue;
      const w = recWord[i]!;
      const top = w + HEAD + operandsOf(code[w]!);
      for (let k = w + HEAD; k < top; k++) {
        const o = code[k]!;
        const v = vregOf(o);
        if (constraintOf(o) === CONSTRAINT.fixed) this.blockFixed(o, i, this.freq[b]!);
        if (!isDef(o)) useAt[cursor[v]!++] = (i << 3) | kindOf(o);
      }
      const set = clobbersOf(code[w + 2]!);
      if (set !== 0) this.blockClobbers(set, i);
      if (i + 1 === this.firstRec[b + 1]) this.fillArgs(b, i);
    }
  }

  private fillArgs(b: number, i: number): void {
    const { lir, cursor, useAt } = this;
    for (let k = lir.argStart[lir.edgeStart[b]!]!; k < lir.argStart[lir.edgeStart[b + 1]!]!; k++) {
      const v = lir.args[k]!;
      if (v > 0) useAt[cursor[v]!++] = (i << 3) | USE.edge;
    }
  }

  private blockFixed(o: number, i: number, gain: number): void {
    const v = vregOf(o);
    const file = this.files[this.lir.vregClass[v] === CLASS.int ? 0 : 1];
    const mask = 1 << numberOf(o);
    if (!isDef(o) || isCrossed(o)) file.block(2 * i, mask);
    if (isDef(o) || isCrossed(o)) file.block(2 * i + 1, mask);
    this.hints.add(v, -1 - numberOf(o), gain);
  }

  private blockClobbers(set: number, i: number): void {
    const { ints, vecs } = this.registers.clobbers[set]!;
    this.files[0].block(2 * i + 1, ints);
    if (this.hasVecs) this.files[1].block(2 * i + 1, vecs);
  }

  private makeSegments(): void {
    const { lir, bundles, useStart, useAt, recBlock, firstRec } = this;
    for (let v = 1; v < lir.vregCount; v++) {
      bundles.segOf[v] = bundles.segCount;
      bundles.file[v] = lir.vregClass[v] === CLASS.int ? 0 : 1;
      const by = this.defBy[v]!;
      if (by === BY.none) {
        if (useStart[v] !== useStart[v + 1]) bug(`v${v} is used but never defined`);
        continue;
      }
      const start = startOf(by, this.defRec[v]!);
      this.defPoint[v] = start;
      const db = recBlock[this.defRec[v]!]!;
      const u0 = useStart[v]!;
      const u1 = useStart[v + 1]!;
      if ((by & 7) === BY.fixed && start >= 2 * firstRec[db + 1]!) {
        bug(`v${v}: fixed def by the last record of block ${db}`);
      }
      if (u0 === u1) {
        if (by !== BY.param && (by & 7) !== BY.fixed)
          this.segment(v, start, (start | 1) + 1, u0, u0);
        continue;
      }
      if (recBlock[useAt[u0]! >> 3] === db && recBlock[useAt[u1 - 1]! >> 3] === db) {
        this.segment(v, start, this.lastEnd(u0, u1), u0, u1);
      } else {
        this.walk(v, db);
        this.segmentsOf(v, start, db, u0, u1);
      }
    }
    bundles.segOf[lir.vregCount] = bundles.segCount;
  }

  private segment(v: number, from: number, to: number, u: number, end: number): void {
    // A fixed def whose only use is fixed in the next record needs no other place.
    if (from >= to) return;
    this.bundles.append(v, this.bundles.newSegment(v, from, to, u, end));
  }

  /** Point to which the last of the uses u .. end needs the value. */
  private lastEnd(u: number, end: number): number {
    const useAt = this.useAt;
    const rec = useAt[end - 1]! >> 3;
    let to = useEnd(useAt[end - 1]!);
    for (let k = end - 2; k >= u && useAt[k]! >> 3 === rec; k--) {
      to = Math.max(to, useEnd(useAt[k]!));
    }
    return to;
  }

  /** Marks the blocks that v is live into (inMark, also listed) and out of (outMark). */
  private walk(v: number, db: number): void {
    const { useStart, useAt, recBlock, inMark, outMark, list, predStart, predBlock } = this;
    let n = 0;
    for (let k = useStart[v]!; k < useStart[v + 1]!; k++) {
      const b = recBlock[useAt[k]! >> 3]!;
      if (b !== db && inMark[b] !== v) {
        inMark[b] = v;
        list[n++] = b;
      }
    }
    for (let j = 0; j < n; j++) {
      const b = list[j]!;
      if (b === 0 || predStart[b] === predStart[b + 1]) bug(`v${v} is used without a def before`);
      for (let k = predStart[b]!; k < predStart[b + 1]!; k++) {
        const p = predBlock[k]!;
        outMark[p] = v;
        if (p !== db && inMark[p] !== v) {
          inMark[p] = v;
          list[n++] = p;
        }
      }
    }
    list[n++] = db;
    this.sortList(n, v, db);
  }

  /** Sorts list[0 .. n), the blocks marked for v and db, and puts -1 behind. */
  private sortList(n: number, v: number, db: number): void {
    const { list, inMark } = this;
    let low = db;
    let high = db;
    for (let j = 0; j < n; j++) {
      low = Math.min(low, list[j]!);
      high = Math.max(high, list[j]!);
    }
    if (high - low < 8 * n) {
      let j = 0;
      for (let b = low; b <= high; b++) if (inMark[b] === v || b === db) list[j++] = b;
    } else if (n > 24) {
      list.subarray(0, n).sort();
    } else {
      insertionSort(list, n);
    }
    list[n] = -1;
  }

  /** Makes the segments of v from the marks of `walk`. */
  private segmentsOf(v: number, start: number, db: number, u0: number, u1: number): void {
    const { list, outMark, useAt, firstRec } = this;
    let from = -1;
    let to = -1;
    let first = u0;
    let u = u0;
    for (let j = 0; list[j]! >= 0; j++) {
      const b = list[j]!;
      const low = b === db ? start : 2 * firstRec[b]!;
      if (low !== to) {
        if (from >= 0) this.segment(v, from, to, first, u);
        from = low;
        first = u;
      }
      const end = firstRec[b + 1]!;
      const before = u;
      while (u < u1 && useAt[u]! >> 3 < end) u++;
      to = outMark[b] === v ? 2 * end : this.lastEnd(before, u);
    }
    this.segment(v, from, to, first, u);
  }
}

function insertionSort(list: Int32Array, n: number): void {
  for (let j = 1; j < n; j++) {
    const x = list[j]!;
    let k = j;
    for (; k > 0 && list[k - 1]! > x; k--) list[k] = list[k - 1]!;
    list[k] = x;
  }
}

/** First point at which what record `rec` defines is live. */
function startOf(by: number, rec: number): number {
  if (by === BY.param || by >= BY.crossed) return 2 * rec;
  return by === BY.fixed ? 2 * rec + 2 : 2 * rec + 1;
}

function byOf(o: number): number {
  const crossed = isCrossed(o) ? BY.crossed : 0;
  const c = constraintOf(o);
  if (c === CONSTRAINT.fixed) return BY.fixed;
  if (c === CONSTRAINT.tied) return BY.tied;
  return (c === CONSTRAINT.reg ? BY.reg : BY.any) | crossed;
}

function kindOf(o: number): number {
  const c = constraintOf(o);
  if (c === CONSTRAINT.fixed) return USE.fixed;
  return (c === CONSTRAINT.reg ? USE.reg : USE.any) | (isCrossed(o) ? USE.anyCrossed : 0);
}
