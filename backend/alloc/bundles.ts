// Segments and bundles: what the allocator hands out registers to.
//
// A segment is a stretch [from, to) of points over which one vreg is live, with its uses there
// (`use .. useEnd`, indices into the uses of live.ts). A bundle is a list of segments, ascending
// and disjoint, that gets one register or none; its segments may belong to several vregs of one
// class. Bundle v is at first the live range of vreg v; coalescing joins bundles (the joined one is
// left empty), splitting makes new bundles out of new segments. The segments made first, segOf[v]
// .. segOf[v + 1] of vreg v, stay as the record of where v is live, whatever happens to bundles.

import { room, roomByte, wider, widerFloat } from "./columns.ts";

export type Segment = number;
export type Bundle = number;

/** Where a bundle is: no register yet, split into others, or in memory where it is live. */
export const PENDING = -1;
export const SPLIT = -2;
export const MEMORY = -3;

export class Bundles {
  segFrom = new Int32Array(1024);
  segTo = new Int32Array(1024);
  segVreg = new Int32Array(1024);
  segUse = new Int32Array(1024);
  segUseEnd = new Int32Array(1024);
  segNext = new Int32Array(1024);
  /** The bundle that holds the segment at present. */
  segBundle = new Int32Array(1024);
  segCount = 1;
  /** First segments of each vreg: segOf[v] .. segOf[v + 1]. */
  segOf = new Int32Array(0);

  first = new Int32Array(256);
  last = new Int32Array(256);
  /** Register number, or PENDING, SPLIT, MEMORY. */
  reg = new Int32Array(256);
  /** Spill cost per point: who has more may evict who has less. */
  weight = new Float64Array(256);
  /** Registers that the code itself takes somewhere in the bundle. */
  fixed = new Int32Array(256);
  /** The bundle of the group that this one was split from; itself if it was not. */
  origin = new Int32Array(256);
  count = 1;
  /** Of the first bundles, by coalescing: the one a vreg's bundle was joined to. */
  private parent = new Int32Array(0);
  /** 0 general registers, 1 vector registers; by first bundle. */
  file = new Uint8Array(0);

  /** A bundle for each vreg, without segments yet. */
  reset(vregs: number): void {
    this.segCount = this.count = 1;
    this.segOf = room(this.segOf, vregs + 1);
    this.parent = room(this.parent, vregs);
    this.file = roomByte(this.file, vregs);
    this.reserve(vregs);
    this.count = vregs;
    this.first.fill(0, 0, vregs);
    this.last.fill(0, 0, vregs);
    this.reg.fill(PENDING, 0, vregs);
    for (let v = 0; v < vregs; v++) this.parent[v] = this.origin[v] = v;
  }

  newSegment(vreg: number, from: number, to: number, use: number, useEnd: number): Segment {
    const s = this.segCount++;
    if (s >= this.segFrom.length) this.growSegments();
    this.segFrom[s] = from;
    this.segTo[s] = to;
    this.segVreg[s] = vreg;
    this.segUse[s] = use;
    this.segUseEnd[s] = useEnd;
    this.segNext[s] = 0;
    return s;
  }

  /** An empty bundle split from another. */
  newBundle(from: Bundle): Bundle {
    const b = this.count++;
    this.reserve(this.count);
    this.first[b] = this.last[b] = 0;
    this.reg[b] = PENDING;
    this.origin[b] = this.origin[from]!;
    return b;
  }

  /** Adds a segment behind all others of the bundle. */
  append(b: Bundle, s: Segment): void {
    if (this.first[b] === 0) this.first[b] = s;
    else this.segNext[this.last[b]!] = s;
    this.last[b] = s;
    this.segNext[s] = 0;
    this.segBundle[s] = b;
  }

  /** The bundle that a vreg's first bundle has been joined to. */
  find(v: number): Bundle {
    const parent = this.parent;
    let root = parent[v]!;
    if (parent[root] === root) return root;
    while (parent[root] !== root) root = parent[root]!;
    for (let k = v; parent[k] !== root;) {
      const up = parent[k]!;
      parent[k] = root;
      k = up;
    }
    return root;
  }

  /** Says that bundle b is now part of bundle a. */
  join(a: Bundle, b: Bundle): void {
    this.parent[b] = a;
    this.first[b] = this.last[b] = 0;
  }

  fileOf(b: Bundle): number {
    return this.file[this.origin[b]!]!;
  }

  private reserve(need: number): void {
    if (need <= this.first.length) return;
    this.first = wider(this.first, need);
    this.last = wider(this.last, need);
    this.reg = wider(this.reg, need);
    this.weight = widerFloat(this.weight, need);
    this.fixed = wider(this.fixed, need);
    this.origin = wider(this.origin, need);
  }

  private growSegments(): void {
    const need = this.segCount;
    this.segFrom = wider(this.segFrom, need);
    this.segTo = wider(this.segTo, need);
    this.segVreg = wider(this.segVreg, need);
    this.segUse = wider(this.segUse, need);
    this.segUseEnd = wider(this.segUseEnd, need);
    this.segNext = wider(this.segNext, need);
    this.segBundle = wider(this.segBundle, need);
  }
}
