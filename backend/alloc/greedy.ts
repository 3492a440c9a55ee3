// Gives each bundle a register, or memory. After LLVM's greedy allocator and regalloc2:
//
//   take a bundle from the queue;
//   a register that is free all over it: the best hinted one, or the first in the target's order;
//   else evict bundles that are all of less weight, the lightest such set;
//   else split (split.ts plans, this file carves): out of the hottest loop, or into the stretches
//   over which some register can be had; the rest queues up again;
//   else memory: what needs a register gets a bundle of its own inside one record, which outweighs
//   everything and so always finds a place.
//
// It ends because a bundle evicts lighter ones only and a split makes bundles smaller. `work`
// counts what planning costs; beyond a budget in the size of the function, bundles go to memory
// unplanned.

import { bug } from "../../src/support/errors.ts";
import { MEMORY, PENDING, SPLIT } from "./bundles.ts";
import type { Bundle, Bundles, Segment } from "./bundles.ts";
import { wider } from "./columns.ts";
import { CriticalEdges } from "./critical.ts";
import { CONSTRAINT, HEAD, constraintOf, isDef, numberOf, vregOf } from "../lir.ts";
import type { Registers } from "../lir.ts";
import { BY, usePoint, wantsReg } from "./live.ts";
import type { Live } from "./live.ts";
import type { Occupancy } from "./occupancy.ts";
import { Queue, rankGlobal, rankLocal } from "./queue.ts";
import { Spiller } from "./spill.ts";
import { Splitter } from "./split.ts";

/** What a use costs when its value is in memory, by kind. */
const USE_COST = Float64Array.of(0.6, 1, 0.6, 1, 0.5, 0.4, 0.6, 0);
/** Added to a bundle's size, so that a few points more or less do not decide. */
const SIZE_BIAS = 20;
const UNSPILLABLE = 1e30;
const MOST_HINTS = 24;
/** Points between uses that share a reload. */
const NEAR = 32;
/** What a push and a pop cost, where the entry block costs 1. */
const OPENING_COST = 1.8;

export class Greedy {
  private readonly live: Live;
  private readonly bundles: Bundles;
  private readonly splitter: Splitter;
  private readonly spiller: Spiller;
  private readonly critical: CriticalEdges;
  private readonly queue = new Queue();
  /** Allocatable registers per file: mask, and numbers in order of preference. */
  private readonly masks: readonly [number, number];
  private readonly orders: readonly [Int32Array, Int32Array];
  private readonly calleeSaved: readonly [number, number];
  private readonly callerSaved: readonly [Int32Array, Int32Array];
  /** Callee-saved registers that some bundle has had already. */
  private readonly opened = Int32Array.of(0, 0);
  private readonly score = new Float64Array(32);
  /** The other half of a split, by bundle: a register in common saves moves. */
  private sibling = new Int32Array(256);
  /** 1 for bundles that the spiller made. */
  private isShort = new Int32Array(256);
  private budget = 0;
  private taken = 0;
  /** Registers that the last look at hints has scored. */
  private seen = 0;

  constructor(live: Live, registers: Registers) {
    this.live = live;
    this.bundles = live.bundles;
    this.splitter = new Splitter(live);
    this.critical = new CriticalEdges(live);
    const mask = (list: readonly number[]): number => list.reduce((m, r) => m | (1 << r), 0);
    this.masks = [mask(registers.ints), mask(registers.vecs)];
    this.orders = [Int32Array.from(registers.ints), Int32Array.from(registers.vecs)];
    this.calleeSaved = [registers.calleeSavedInts, registers.calleeSavedVecs];
    this.spiller = new Spiller(live, this.masks);
    const free = (file: 0 | 1): Int32Array =>
      this.orders[file].filter((r) => ((this.calleeSaved[file] >>> r) & 1) === 0);
    this.callerSaved = [free(0), free(1)];
  }

  run(): void {
    this.opened.fill(0);
    this.splitter.reset();
    const records = this.live.recCount;
    this.budget = 40_000 + Math.min(50 * records, 4_000_000 + 10 * records);
    this.enqueueAll();
    for (;;) {
      const b = this.queue.pop();
      if (b === 0) break;
      // A bundle that was evicted and then queued again may have been split since.
      if (this.bundles.reg[b] === PENDING) this.place(b);
    }
    for (let b = 1; b < this.bundles.count; b++) {
      if (this.bundles.reg[b]! >= 0) this.reconsider(b);
    }
  }

  /** Now that all have their places: moves a bundle to a register that saves more moves. */
  private reconsider(b: Bundle): void {
    const { bundles, live } = this;
    if (live.hints.head[bundles.find(bundles.origin[b]!)] === 0) return;
    const file = bundles.fileOf(b) as 0 | 1;
    const reg = bundles.reg[b]!;
    this.taken = this.takenOver(b, file) & ~(1 << reg);
    const better = this.hinted(b, file, this.masks[file] & ~(this.taken | bundles.fixed[b]!));
    if (better < 0 || better === reg || this.opens(file, better)) return;
    if (((this.seen >>> reg) & 1) !== 0 && this.score[better]! <= this.score[reg]!) return;
    this.removeAll(b, file);
    this.assign(b, better, file);
  }

  /** Registers that others have somewhere in the bundle. */
  private takenOver(b: Bundle, file: 0 | 1): number {
    const { segFrom, segTo, segNext } = this.bundles;
    const occupancy = this.live.files[file];
    let taken = 0;
    for (let s = this.bundles.first[b]!; s !== 0; s = segNext[s]!) {
      taken |= occupancy.takenIn(segFrom[s]!, segTo[s]!);
    }
    return taken;
  }

  private enqueueAll(): void {
    const { bundles, queue } = this;
    const count = bundles.count;
    queue.reset(count);
    for (let b = 1; b < count; b++) {
      if (bundles.first[b] !== 0) queue.add(b, this.weigh(b));
    }
    queue.sort();
  }

  /** Computes what a bundle weighs and which registers the code takes in it; returns its rank. */
  private weigh(b: Bundle): number {
    const { bundles, live } = this;
    const { segFrom, segTo, segUse, segUseEnd, segNext, segVreg, segBundle } = bundles;
    const { useAt, recBlock, freq, defPoint } = live;
    const occupancy = live.files[bundles.fileOf(b)]!;
    let size = 0;
    let cost = 0;
    let fixed = 0;
    const start = segFrom[bundles.first[b]!]!;
    const last = segTo[bundles.last[b]!]! - 1;
    const local = recBlock[start >> 1] === recBlock[last >> 1];
    for (let s = bundles.first[b]!; s !== 0; s = segNext[s]!) {
      const from = segFrom[s]!;
      segBundle[s] = b;
      size += segTo[s]! - from;
      fixed |= occupancy.fixedIn(from, segTo[s]!);
      const v = segVreg[s]!;
      if (from === defPoint[v]) cost += this.defCost(v);
      let uses = 0;
      for (let u = segUse[s]!; u < segUseEnd[s]!; u++) {
        const use = useAt[u]!;
        uses += local ? USE_COST[use & 7]! : USE_COST[use & 7]! * freq[recBlock[use >> 3]!]!;
      }
      cost += local ? uses * freq[recBlock[start >> 1]!]! : uses;
    }
    bundles.fixed[b] = fixed;
    bundles.weight[b] =
      start >> 1 === last >> 1 && this.needsReg(b)
        ? UNSPILLABLE * (size + this.tightness(b, fixed))
        : cost / (size + SIZE_BIAS);
    return local ? rankLocal(start) : rankGlobal(size);
  }

  private defCost(v: number): number {
    const by = this.live.defBy[v]! & 7;
    return this.live.freq[this.live.recBlock[this.live.defRec[v]!]!]! * (by === BY.param ? 0.4 : 1);
  }

  /** Between 0 and 1: the share of registers that a bundle cannot have. */
  private tightness(b: Bundle, fixed: number): number {
    let count = 0;
    for (let m = fixed & this.masks[this.bundles.fileOf(b) as 0 | 1]; m !== 0; m &= m - 1) count++;
    return count / 32;
  }

  /** Whether a bundle inside one record may not be in memory. */
  private needsReg(b: Bundle): boolean {
    const { segFrom, segUse, segUseEnd, segNext, segVreg } = this.bundles;
    for (let s = this.bundles.first[b]!; s !== 0; s = segNext[s]!) {
      const v = segVreg[s]!;
      if (segFrom[s] === this.live.defPoint[v]! && this.spiller.defNeedsReg(v)) return true;
      for (let u = segUse[s]!; u < segUseEnd[s]!; u++) {
        if (wantsReg(this.live.useAt[u]!)) return true;
      }
    }
    return false;
  }

  private enqueue(b: Bundle): void {
    this.queue.push(b, this.weigh(b));
  }

  private place(b: Bundle): void {
    const { bundles } = this;
    const file = bundles.fileOf(b) as 0 | 1;
    const taken = this.takenOver(b, file);
    this.taken = taken;
    const free = this.masks[file] & ~(taken | bundles.fixed[b]!);
    let reg = this.hinted(b, file, free);
    if (reg < 0 && free !== 0) reg = this.firstFree(file, free);
    if (reg < 0) {
      if (!this.evictFor(b, file)) this.split(b, file);
    } else if (!this.opens(file, reg) || !this.doesWithout(b, file)) {
      this.assign(b, reg, file);
    }
  }

  /** Whether the register would have to be saved and restored for this bundle first. */
  private opens(file: 0 | 1, reg: number): boolean {
    return (((this.calleeSaved[file] & ~this.opened[file]!) >>> reg) & 1) !== 0;
  }

  /** Places a bundle without a callee-saved register if that costs less than opening one. */
  private doesWithout(b: Bundle, file: 0 | 1): boolean {
    const { bundles, splitter, live } = this;
    if (bundles.weight[b]! >= UNSPILLABLE) return false;
    const first = bundles.segVreg[bundles.first[b]!]!;
    const store = 2 * live.freq[live.recBlock[live.defRec[first]!]!]!;
    const all = Math.min(store, 1) + splitter.gainOfAll(b);
    if (all < OPENING_COST) {
      this.split(b, file);
      return true;
    }
    if (splitter.work >= this.budget) return false;
    const reg = splitter.plan(b, this.callerSaved[file], file);
    if (reg < 0 || all - splitter.balance >= OPENING_COST) return false;
    const inner = this.carve(b);
    this.queueTo(inner, reg, bundles.weight[b]!, file);
    return true;
  }

  private firstFree(file: 0 | 1, free: number): number {
    const order = this.orders[file];
    let k = 0;
    while (((free >>> order[k]!) & 1) === 0) k++;
    return order[k]!;
  }

  private assign(b: Bundle, reg: number, file: 0 | 1): void {
    const { bundles, live } = this;
    const { segFrom, segTo, segNext } = bundles;
    const occupancy = live.files[file];
    for (let s = bundles.first[b]!; s !== 0; s = segNext[s]!) {
      occupancy.insert(s, segFrom[s]!, segTo[s]!, reg);
    }
    bundles.reg[b] = reg;
    this.opened[file]! |= (1 << reg) & this.calleeSaved[file];
  }

  private evict(b: Bundle, file: 0 | 1): void {
    this.removeAll(b, file);
    this.bundles.reg[b] = PENDING;
    this.enqueue(b);
  }

  private removeAll(b: Bundle, file: 0 | 1): void {
    const { bundles, live } = this;
    const { segFrom, segTo, segNext } = bundles;
    const occupancy = live.files[file];
    const reg = bundles.reg[b]!;
    for (let s = bundles.first[b]!; s !== 0; s = segNext[s]!) {
      occupancy.remove(s, segFrom[s]!, segTo[s]!, reg);
    }
  }

  // ---- hints -----------------------------------------------------------------------------------

  /** The hinted register of most gain that the bundle can have now, or -1. */
  private hinted(b: Bundle, file: 0 | 1, free: number): number {
    const { live, bundles, score } = this;
    const { hints } = live;
    const origin = bundles.find(bundles.origin[b]!);
    const sibling = b < live.lir.vregCount ? 0 : this.sibling[b]!;
    let h = hints.head[origin]!;
    this.seen = 0;
    if (h === 0 && sibling === 0) return -1;
    const possible = free | (bundles.fixed[b]! & this.masks[file] & ~this.taken);
    let seen = 0;
    if (sibling !== 0 && bundles.reg[sibling]! >= 0) {
      const r = bundles.reg[sibling]!;
      seen = (1 << r) & possible;
      score[r] = 1e9;
    }
    for (let n = 0; h !== 0 && n < MOST_HINTS; h = hints.next[h]!, n++) {
      const other = hints.other[h]!;
      const r = other < 0 ? -1 - other : bundles.reg[bundles.find(other)]!;
      if (r < 0 || ((possible >>> r) & 1) === 0) continue;
      if (((seen >>> r) & 1) === 0) score[r] = 0;
      seen |= 1 << r;
      score[r]! += hints.gain[h]!;
    }
    this.seen = seen;
    return this.bestScore(b, file, free, seen);
  }

  private bestScore(b: Bundle, file: 0 | 1, free: number, seen: number): number {
    const score = this.score;
    while (seen !== 0) {
      let best = -1;
      for (let m = seen; m !== 0; m &= m - 1) {
        const r = 31 - Math.clz32(m & -m);
        if (best < 0 || score[r]! > score[best]!) best = r;
      }
      if (((free >>> best) & 1) !== 0 || this.ownOnly(b, best, file)) return best;
      seen &= ~(1 << best);
    }
    return -1;
  }

  /** Whether the code takes the register within the bundle only to read the bundle's own value. */
  private ownOnly(b: Bundle, reg: number, file: 0 | 1): boolean {
    const { segFrom, segTo, segNext, segVreg } = this.bundles;
    const occupancy = this.live.files[file];
    let left = 16;
    for (let s = this.bundles.first[b]!; s !== 0; s = segNext[s]!) {
      const to = segTo[s]!;
      let p = occupancy.nextFixed(1 << reg, segFrom[s]!, to);
      for (; p < to; p = occupancy.nextFixed(1 << reg, p + 1, to)) {
        if (left-- === 0 || !this.isOwn(segVreg[s]!, p, reg)) return false;
      }
    }
    return true;
  }

  /** Whether it is a fixed use of v alone that takes the register at the start of a record. */
  private isOwn(v: number, point: number, reg: number): boolean {
    if ((point & 1) !== 0) return false;
    const { live } = this;
    const code = live.lir.code;
    const w = live.recWord[point >> 1]!;
    const top = w + HEAD + ((code[w]! >>> 16) & 0xff);
    const file = this.bundles.file[v];
    for (let k = w + HEAD; k < top; k++) {
      const o = code[k]!;
      if (constraintOf(o) !== CONSTRAINT.fixed || numberOf(o) !== reg) continue;
      if (this.bundles.file[vregOf(o)] !== file) continue;
      if (vregOf(o) !== v || isDef(o)) {
        // A def in the register is no obstacle at the start, unless it is crossed: then it blocks.
        if (!isDef(o) || ((o >>> 26) & 1) !== 0) return false;
      }
    }
    return true;
  }

  // ---- eviction --------------------------------------------------------------------------------

  /** Places the bundle where the heaviest owner is lightest, if it is lighter than the bundle. */
  private evictFor(b: Bundle, file: 0 | 1): boolean {
    const { bundles } = this;
    const order = this.orders[file];
    const mine = bundles.weight[b]!;
    let best = -1;
    let bound = mine;
    for (let k = 0; k < order.length; k++) {
      const r = order[k]!;
      if (((bundles.fixed[b]! >>> r) & 1) !== 0) continue;
      const heaviest = this.heaviest(b, r, file, bound);
      if (heaviest < bound) {
        bound = heaviest;
        best = r;
      }
    }
    if (best < 0) return false;
    this.evictAll(b, best, file);
    this.assign(b, best, file);
    return true;
  }

  /** Weight of the heaviest owner of a register within the bundle; stops at `bound`. */
  private heaviest(b: Bundle, reg: number, file: 0 | 1, bound: number): number {
    const { segFrom, segTo, segNext, segBundle, weight } = this.bundles;
    const occupancy = this.live.files[file];
    let heaviest = 0;
    for (let s = this.bundles.first[b]!; s !== 0; s = segNext[s]!) {
      const to = segTo[s]!;
      let t = occupancy.ownerFrom(reg, segFrom[s]!);
      for (; t !== 0 && segFrom[t]! < to; t = occupancy.after(t)) {
        this.splitter.work++;
        const w = weight[segBundle[t]!]!;
        if (w >= bound) return bound;
        if (w > heaviest) heaviest = w;
      }
    }
    return heaviest;
  }

  private evictAll(b: Bundle, reg: number, file: 0 | 1): void {
    const { segFrom, segTo, segNext, segBundle } = this.bundles;
    const occupancy: Occupancy = this.live.files[file];
    for (let s = this.bundles.first[b]!; s !== 0; s = segNext[s]!) {
      for (;;) {
        const t = occupancy.ownerFrom(reg, segFrom[s]!);
        if (t === 0 || segFrom[t]! >= segTo[s]!) break;
        this.evict(segBundle[t]!, file);
      }
    }
  }

  // ---- splitting -------------------------------------------------------------------------------

  private isLocal(b: Bundle): boolean {
    const { first, last, segFrom, segTo } = this.bundles;
    const { recBlock } = this.live;
    return recBlock[segFrom[first[b]!]! >> 1] === recBlock[(segTo[last[b]!]! - 1) >> 1];
  }

  private split(b: Bundle, file: 0 | 1): void {
    const { bundles, splitter } = this;
    if (bundles.weight[b]! >= UNSPILLABLE) {
      bug(`no register for v${bundles.segVreg[bundles.first[b]!]!} at one record`);
    }
    const short = b >= this.live.lir.vregCount && this.isShort[b] === 1;
    if (!short && !this.isLocal(b) && splitter.work < this.budget) {
      if (splitter.isolate(b)) {
        this.carve(b);
        return;
      }
      const reg = splitter.plan(b, this.orders[file], file);
      if (reg >= 0) {
        const inner = this.carve(b);
        this.queueTo(inner, reg, bundles.weight[b]!, file);
        return;
      }
    }
    this.toMemory(b);
  }

  /** Places a bundle where planning found room for it, at the expense of lighter ones. */
  private queueTo(inner: Bundle, reg: number, weight: number, file: 0 | 1): void {
    if (inner === 0 || this.bundles.reg[inner] !== PENDING) return;
    if (((this.bundles.fixed[inner]! >>> reg) & 1) !== 0) return;
    const bound = Math.max(weight, this.bundles.weight[inner]!);
    if (this.heaviest(inner, reg, file, bound) >= bound) return;
    this.bundles.weight[inner] = bound;
    this.evictAll(inner, reg, file);
    this.assign(inner, reg, file);
  }

  /**
   * Splits a bundle into what lies in the splitter's ranges and the rest; queues both, and returns
   * the first. Parts of the rest that nothing reads or writes are left to memory.
   */
  private carve(b: Bundle): Bundle {
    const { bundles, splitter } = this;
    const inner = bundles.newBundle(b);
    const outer = bundles.newBundle(b);
    let k = 0;
    for (let s = bundles.first[b]!; s !== 0; s = bundles.segNext[s]!) {
      const to = bundles.segTo[s]!;
      let from = bundles.segFrom[s]!;
      let use = bundles.segUse[s]!;
      while (from < to) {
        while (k < splitter.count && splitter.to[k]! <= from) k++;
        const inside = k < splitter.count && splitter.from[k]! <= from;
        let end = to;
        if (inside) end = Math.min(to, splitter.to[k]!);
        else if (k < splitter.count) end = Math.min(to, splitter.from[k]!);
        const first = use;
        use = this.pastUses(use, bundles.segUseEnd[s]!, end);
        if (inside) {
          this.addPart(inner, s, from, end, first, use);
        } else if (this.isOfUse(s, from, first, use)) {
          // Moves stand at even points: behind a register that ends within a record lies memory.
          const odd = from & 1 & (from === bundles.segFrom[s] ? 0 : 1);
          if (from + odd < end) this.addPart(outer, s, from + odd, end, first, use);
        }
        from = end;
      }
    }
    bundles.reg[b] = SPLIT;
    this.noteSplit(inner, outer, 0);
    this.noteSplit(outer, inner, 0);
    this.settle(inner);
    this.settle(outer);
    return inner;
  }

  private pastUses(use: number, end: number, point: number): number {
    const useAt = this.live.useAt;
    while (use < end && usePoint(useAt[use]!) < point) use++;
    return use;
  }

  /** Whether a part that starts at `from` with these uses has anything to do with registers. */
  private isOfUse(s: Segment, from: number, use: number, useEnd: number): boolean {
    if (use < useEnd) return true;
    return from === this.live.defPoint[this.bundles.segVreg[s]!]!;
  }

  private addPart(b: Bundle, s: Segment, from: number, to: number, use: number, end: number): void {
    const part = this.bundles.newSegment(this.bundles.segVreg[s]!, from, to, use, end);
    this.bundles.append(b, part);
  }

  /** Makes a new bundle fit for edges without moves, and queues it unless it is empty. */
  private settle(b: Bundle): void {
    if (this.live.criticalEdges > 0) this.critical.dodge(b);
    if (this.bundles.first[b] === 0) this.bundles.reg[b] = SPLIT;
    else this.enqueue(b);
  }

  // ---- memory ----------------------------------------------------------------------------------

  /** Leaves a bundle in memory, but for small bundles where records need a register. */
  private toMemory(b: Bundle): void {
    const { bundles, spiller } = this;
    bundles.reg[b] = MEMORY;
    const again = b >= this.live.lir.vregCount && this.isShort[b] === 1;
    spiller.run(b, again ? 0 : NEAR);
    for (let k = 0; k < spiller.count; k++) {
      const small = spiller.made[k]!;
      this.noteSplit(small, 0, 1);
      this.enqueue(small);
    }
  }

  /** Records where a new bundle comes from. */
  private noteSplit(b: Bundle, sibling: Bundle, short: number): void {
    if (b >= this.sibling.length) {
      this.sibling = wider(this.sibling, b + 1);
      this.isShort = wider(this.isShort, b + 1);
    }
    this.sibling[b] = sibling;
    this.isShort[b] = short;
  }
}
