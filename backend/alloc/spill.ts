// Takes a bundle apart that stays in memory: records that need its value in a register get bundles
// of their own, loaded before and, for a def, stored behind. Uses that stand close together in
// one block share one ("reach"); what is still refused a register comes back with no reach, and is
// cut down to single records, which always find a place.
//
// A use whose place a tied def takes brings the def's end of the record along.

import type { Bundle, Bundles, Segment } from "./bundles.ts";
import { wider } from "./columns.ts";
import { CONSTRAINT, HEAD, constraintOf, numberOf } from "../lir.ts";
import { BY, USE, useEnd, wantsReg } from "./live.ts";
import type { Live } from "./live.ts";

/** Most points that a shared bundle covers. */
const LONGEST = 96;

export class Spiller {
  /** The bundles made, in the order of the code. */
  made = new Int32Array(64);
  count = 0;

  private readonly live: Live;
  private readonly bundles: Bundles;
  private readonly masks: readonly [number, number];
  /** The bundle being made, 0 = none; where it starts, and its last segment so far. */
  private open = 0;
  private start = 0;
  private vreg = 0;
  private from = 0;
  private to = 0;
  private use = 0;
  private useEnd = 0;

  constructor(live: Live, masks: readonly [number, number]) {
    this.live = live;
    this.bundles = live.bundles;
    this.masks = masks;
  }

  /** Makes the bundles for `b`; uses at most `reach` points apart may share one. */
  run(b: Bundle, reach: number): void {
    const { bundles, live } = this;
    this.count = 0;
    this.open = 0;
    let end = 0;
    for (let s = bundles.first[b]!; s !== 0; s = bundles.segNext[s]!) {
      const v = bundles.segVreg[s]!;
      const from = bundles.segFrom[s]!;
      // What lies between two segments of a vreg belongs to another bundle.
      if (from !== end) this.close();
      end = bundles.segTo[s]!;
      if (from === live.defPoint[v]! && this.defNeedsReg(v)) {
        const use = bundles.segUse[s]!;
        this.begin(b, v, from, (from | 1) + 1, use, use);
      }
      this.uses(b, s, reach);
    }
    this.close();
  }

  /** Whether the def alone needs a register; a tied one that joined its use goes by the use. */
  defNeedsReg(v: number): boolean {
    const { live } = this;
    const by = live.defBy[v]!;
    if ((by & 7) === BY.reg) return true;
    if (by !== (BY.tied | BY.crossed)) return false;
    const code = live.lir.code;
    const use = live.recWord[live.defRec[v]!]! + HEAD + numberOf(code[live.defWord[v]!]!);
    return constraintOf(code[use]!) !== CONSTRAINT.any;
  }

  private uses(b: Bundle, s: Segment, reach: number): void {
    const { bundles, live } = this;
    const v = bundles.segVreg[s]!;
    const end = bundles.segUseEnd[s]!;
    for (let u = bundles.segUse[s]!; u < end;) {
      const rec = live.useAt[u]! >> 3;
      const first = u;
      let wanted = false;
      let placed = false;
      let to = 2 * rec + 1;
      for (; u < end && live.useAt[u]! >> 3 === rec; u++) {
        const use = live.useAt[u]!;
        if (wantsReg(use)) wanted = true;
        if ((use & 7) >= USE.fixed) continue;
        placed = true;
        to = Math.max(to, useEnd(use));
      }
      if (!placed) continue;
      if (this.reaches(v, 2 * rec, to, reach)) this.lengthen(to, u);
      else if (wanted) this.begin(b, v, 2 * rec, to, first, u);
      else continue;
      const next = this.tiedAfter(s, 2 * rec + 1);
      if (next !== 0) this.turnInto(next);
    }
  }

  /** Whether the open bundle may be lengthened over [at, to). */
  private reaches(v: number, at: number, to: number, reach: number): boolean {
    if (this.open === 0 || this.vreg !== v || at < this.to) return false;
    if (at - this.to > reach || to - this.start > LONGEST) return false;
    const { live, bundles } = this;
    if (live.recBlock[at >> 1] !== live.recBlock[this.start >> 1]) return false;
    const file = bundles.file[v] as 0 | 1;
    const mask = this.masks[file];
    return reach > 0 && (live.files[file].fixedIn(this.to, at) & mask) !== mask;
  }

  private begin(b: Bundle, v: number, from: number, to: number, use: number, end: number): void {
    this.close();
    this.open = this.bundles.newBundle(b);
    this.start = from;
    this.part(v, from, to, use, end);
  }

  private part(v: number, from: number, to: number, use: number, end: number): void {
    this.vreg = v;
    this.from = from;
    this.to = to;
    this.use = use;
    this.useEnd = end;
  }

  private lengthen(to: number, useEnd: number): void {
    this.to = to;
    this.useEnd = useEnd;
  }

  /** The segment of the tied def that takes the place of a segment's value at a point, 0 = none. */
  private tiedAfter(s: Segment, point: number): Segment {
    const { segFrom, segTo, segNext, segVreg } = this.bundles;
    const next = segNext[s]!;
    if (segTo[s] !== point || next === 0 || segFrom[next] !== point) return 0;
    return this.live.defBy[segVreg[next]!] === BY.tied ? next : 0;
  }

  /** The open bundle goes on with the value that replaces its own. */
  private turnInto(s: Segment): void {
    const { segFrom, segUse, segVreg } = this.bundles;
    this.endPart();
    const from = segFrom[s]!;
    this.part(segVreg[s]!, from, from + 1, segUse[s]!, segUse[s]!);
  }

  private endPart(): void {
    const { bundles } = this;
    const s = bundles.newSegment(this.vreg, this.from, this.to, this.use, this.useEnd);
    bundles.append(this.open, s);
  }

  private close(): void {
    if (this.open === 0) return;
    this.endPart();
    this.made = wider(this.made, this.count + 1);
    this.made[this.count++] = this.open;
    this.open = 0;
  }
}
