// The code of one function on its way to bytes. Instructions go into `code` at once; what has no
// known length yet is a gap of no bytes in it: a branch to a label, or padding before a loop.
// Positions of labels, sites and patches are marks, two numbers: bytes written and gaps made so
// far.
//
//   address of a mark = bytes + sizes of the gaps before it
//
// `finish` chooses the sizes: every branch starts long and becomes short once its target is
// certainly near, until nothing changes (shrinking never moves two places apart, so a short branch
// stays right). Padding counts as its maximum while distances are judged. Then it copies the code
// with the gaps filled, and the constant pool behind it.
//
// Code that is rarely run is deferred: `defer` notes a stub for the end of the function (kind and
// arguments mean something to the target only).
//
// One Asm serves all functions of a worker.

import type { Blob } from "../src/object/blob.ts";
import { RELOC_WORDS, SITE_WORDS } from "../src/object/blob.ts";
import { bug } from "../src/support/errors.ts";

/**
 * How a target encodes branches. The low five bits of a kind are its class, the index of the
 * columns below; what is above them is the target's own (a register, a bit number). Loads and
 * addresses of the pool whose length depends on the distance are branches to it.
 */
export interface Branches {
  readonly long: Uint8Array;
  readonly short: Uint8Array;
  /** Reach of the short form, from its end. */
  readonly min: Int32Array;
  readonly max: Int32Array;
  /** Writes a branch of `size` bytes at `at`; `distance` counts from its end. */
  write(out: Uint8Array, at: number, kind: number, size: number, distance: number): void;
  /** Fills `size` bytes at `at` with instructions that do nothing. */
  pad(out: Uint8Array, at: number, size: number): void;
}

type Words = Int32Array<ArrayBuffer>;
type Bytes = Uint8Array<ArrayBuffer>;

const wider = (old: Words, need: number): Words => {
  if (need <= old.length) return old;
  const wide = new Int32Array(Math.max(need, old.length * 2));
  wide.set(old);
  return wide;
};

const widerBytes = (old: Bytes, need: number): Bytes => {
  if (need <= old.length) return old;
  const wide = new Uint8Array(Math.max(need, old.length * 2));
  wide.set(old);
  return wide;
};

/** Kind of a gap that is padding; its label is the alignment. */
const PADDING = -1;
const CLASSES = 31;
const GAP_WORDS = 3;
// Words of the lists below: two for the mark, then what is said there.
const MARK = 2;
const RELOC = MARK + 2;
const SITE = MARK + 2;
const FIX = MARK + 2;
const POOL_HASH = 256;
/** Words of a stub. */
export const STUB = 8;

export class Asm {
  code = new Uint8Array(4096);
  size = 0;

  /** Gap g: bytes before it, branch kind or PADDING, label (-1 - pool offset) or alignment. */
  private gaps = new Int32Array(64 * GAP_WORDS);
  private gapSize = new Uint8Array(64);
  gapCount = 0;
  /** Bytes of all gaps before gap g; starts[gapCount] = of all. */
  private starts = new Int32Array(65);

  private labels = new Int32Array(128);
  labelCount = 0;

  private relocs = new Int32Array(32 * RELOC);
  private relocCount = 0;
  private sites = new Int32Array(32 * SITE);
  private siteCount = 0;
  /** Patches: mark of a 32-bit field, pool offset, bytes from the field to where it counts from. */
  private fixes = new Int32Array(32 * FIX);
  private fixCount = 0;

  private pool = new Uint8Array(256);
  private poolView = new DataView(this.pool.buffer);
  private poolSize = 0;
  private poolAlign = 1;
  /** Where the pool begins, by the last `measure`. */
  private poolAt = 0;
  /** Constants by hash of their words: offset + 1 << 5 | size; the last one with that hash. */
  private readonly poolLast = new Int32Array(POOL_HASH);
  /** Entries of jump tables: pool offset, offset of the table, label. */
  private tables = new Int32Array(32 * 3);
  private tableCount = 0;

  /** Deferred code, STUB words each; see `defer`. */
  stubs = new Int32Array(32 * STUB);
  stubCount = 0;

  /** Alignment of the whole. */
  align = 16;
  private readonly branches: Branches;

  constructor(branches: Branches) {
    this.branches = branches;
  }

  /** Forgets the last function; the first `labels` labels are taken. */
  reset(labels: number): void {
    this.size = this.gapCount = this.relocCount = this.siteCount = this.fixCount = 0;
    this.poolSize = this.tableCount = this.stubCount = 0;
    this.poolAlign = 1;
    this.poolLast.fill(0);
    this.align = 16;
    this.labels = wider(this.labels, 2 * labels);
    this.labels.fill(-1, 0, 2 * labels);
    this.labelCount = labels;
  }

  /** Makes room for `n` more bytes of code. */
  reserve(n: number): void {
    if (this.size + n > this.code.length) this.code = widerBytes(this.code, this.size + n);
  }

  newLabel(): number {
    const l = this.labelCount++;
    this.labels = wider(this.labels, 2 * this.labelCount);
    this.labels[2 * l] = -1;
    return l;
  }

  /** Puts label `l` here. */
  bind(l: number): void {
    this.labels[2 * l] = this.size;
    this.labels[2 * l + 1] = this.gapCount;
  }

  /** A branch of this kind to a label. */
  branch(kind: number, label: number): void {
    this.gap(kind, label);
  }

  /** A branch of this kind to the pool's byte `offset`. */
  toPool(kind: number, offset: number): void {
    this.gap(kind, -1 - offset);
  }

  /** Padding; `alignTo` decides how much. Returns its number. */
  padding(): number {
    return this.gap(PADDING, 1);
  }

  /** Makes padding `gap` align to `to`, a power of two. */
  alignTo(gap: number, to: number): void {
    this.gaps[gap * GAP_WORDS + 2] = to;
    if (to > this.align) this.align = to;
  }

  private gap(kind: number, label: number): number {
    const g = this.gapCount++;
    if (g * GAP_WORDS + GAP_WORDS > this.gaps.length) {
      this.gaps = wider(this.gaps, (g + 1) * GAP_WORDS);
      this.gapSize = widerBytes(this.gapSize, g * 2 + 2);
    }
    const at = g * GAP_WORDS;
    this.gaps[at] = this.size;
    this.gaps[at + 1] = kind;
    this.gaps[at + 2] = label;
    return g;
  }

  /** A relocation of the four bytes at `at`, which have just been written. */
  reloc(at: number, kind: number, symbol: number): void {
    const to = this.relocCount++ * RELOC;
    this.relocs = wider(this.relocs, to + RELOC);
    this.relocs[to] = at;
    this.relocs[to + 1] = this.gapCount;
    this.relocs[to + 2] = kind;
    this.relocs[to + 3] = symbol;
  }

  /** Says that here is a place the runtime must know. */
  site(source: number, info: number): void {
    const to = this.siteCount++ * SITE;
    this.sites = wider(this.sites, to + SITE);
    this.sites[to] = this.size;
    this.sites[to + 1] = this.gapCount;
    this.sites[to + 2] = source;
    this.sites[to + 3] = info;
  }

  /**
   * The 32-bit field at `at` (just written) becomes the distance from `at + after` to the pool's
   * byte `offset`.
   */
  poolFix(at: number, after: number, offset: number): void {
    const to = this.fixCount++ * FIX;
    this.fixes = wider(this.fixes, to + FIX);
    this.fixes[to] = at;
    this.fixes[to + 1] = this.gapCount;
    this.fixes[to + 2] = offset;
    this.fixes[to + 3] = after;
  }

  private poolRoom(size: number, align: number): number {
    const at = (this.poolSize + align - 1) & -align;
    if (at + size > this.pool.length) {
      this.pool = widerBytes(this.pool, at + size);
      this.poolView = new DataView(this.pool.buffer);
    }
    this.pool.fill(0, this.poolSize, at);
    this.poolSize = at + size;
    if (align > this.poolAlign) this.poolAlign = align;
    return at;
  }

  /** Offset in the pool of a constant of 4, 8 or 16 bytes, shared with an equal one near by. */
  constant(size: number, w0: number, w1: number, w2: number, w3: number): number {
    const mix = Math.imul(
      w0 ^ Math.imul(w1 ^ (w2 << 1) ^ (w3 << 2), 0x9e3779b1) ^ size,
      0x85ebca6b,
    );
    const slot = mix >>> 24;
    const known = this.poolLast[slot]!;
    const at = (known >> 5) - 1;
    if (at >= 0 && (known & 31) === size && this.poolHolds(at, size, w0, w1, w2, w3)) return at;
    const to = this.poolRoom(size, size);
    this.poolView.setInt32(to, w0, true);
    if (size >= 8) this.poolView.setInt32(to + 4, w1, true);
    if (size === 16) {
      this.poolView.setInt32(to + 8, w2, true);
      this.poolView.setInt32(to + 12, w3, true);
    }
    this.poolLast[slot] = ((to + 1) << 5) | size;
    return to;
  }

  private poolHolds(
    at: number,
    size: number,
    w0: number,
    w1: number,
    w2: number,
    w3: number,
  ): boolean {
    const v = this.poolView;
    if (v.getInt32(at, true) !== w0) return false;
    if (size >= 8 && v.getInt32(at + 4, true) !== w1) return false;
    return size < 16 || (v.getInt32(at + 8, true) === w2 && v.getInt32(at + 12, true) === w3);
  }

  /** Room for a table of `n` 32-bit entries; returns its offset in the pool. */
  jumpTable(n: number): number {
    return this.poolRoom(n * 4, 4);
  }

  /** Entry `k` of a jump table: the distance from the table to a label. */
  jumpEntry(table: number, k: number, label: number): void {
    const to = this.tableCount++ * 3;
    this.tables = wider(this.tables, to + 3);
    this.tables[to] = table + 4 * k;
    this.tables[to + 1] = table;
    this.tables[to + 2] = label;
  }

  /**
   * Notes code for the end of the function and returns its number. The words at STUB * number are
   * label, kind, three arguments, label to come back to (the caller binds it), source, open stack.
   */
  defer(kind: number, a: number, b: number, c: number, source: number, open: number): number {
    const s = this.stubCount++;
    const to = s * STUB;
    this.stubs = wider(this.stubs, to + STUB);
    const stubs = this.stubs;
    stubs[to] = this.newLabel();
    stubs[to + 1] = kind;
    stubs[to + 2] = a;
    stubs[to + 3] = b;
    stubs[to + 4] = c;
    stubs[to + 5] = this.newLabel();
    stubs[to + 6] = source;
    stubs[to + 7] = open;
    return s;
  }

  /** Bytes of gaps before each gap, padding at its most. */
  private measure(): void {
    const { gapSize, starts } = this;
    let sum = 0;
    for (let g = 0; g < this.gapCount; g++) {
      starts[g] = sum;
      sum += gapSize[g]!;
    }
    this.endGaps(sum);
  }

  /** All gaps together take `sum` bytes. */
  private endGaps(sum: number): void {
    this.starts[this.gapCount] = sum;
    this.poolAt = (this.size + sum + this.poolAlign - 1) & -this.poolAlign;
  }

  private addressOf(label: number): number {
    if (label < 0) return this.poolAt - 1 - label;
    const at = this.labels[2 * label]!;
    return at < 0
      ? bug(`label ${label} is nowhere`)
      : at + this.starts[this.labels[2 * label + 1]!]!;
  }

  /** Makes branches short; true if one changed. Distances are those of the last `measure`. */
  private shrink(): boolean {
    const { gaps, gapSize, starts } = this;
    const { long, short, min, max } = this.branches;
    let changed = false;
    for (let g = 0; g < this.gapCount; g++) {
      const kind = gaps[g * GAP_WORDS + 1]!;
      const k = kind & CLASSES;
      if (kind === PADDING || gapSize[g] === short[k]) continue;
      const start = gaps[g * GAP_WORDS]! + starts[g]!;
      const to = this.addressOf(gaps[g * GAP_WORDS + 2]!);
      const distance = to - start - (to > start ? long[k]! : short[k]!);
      if (distance < min[k]! || distance > max[k]!) continue;
      gapSize[g] = short[k]!;
      changed = true;
    }
    return changed;
  }

  private relax(): void {
    const { gaps, gapSize } = this;
    this.starts = wider(this.starts, this.gapCount + 1);
    for (let g = 0; g < this.gapCount; g++) {
      const kind = gaps[g * GAP_WORDS + 1]!;
      gapSize[g] =
        kind === PADDING ? gaps[g * GAP_WORDS + 2]! - 1 : this.branches.long[kind & CLASSES]!;
    }
    do this.measure();
    while (this.shrink());
    let sum = 0;
    for (let g = 0; g < this.gapCount; g++) {
      this.starts[g] = sum;
      if (gaps[g * GAP_WORDS + 1] === PADDING) {
        gapSize[g] = -(gaps[g * GAP_WORDS]! + sum) & (gaps[g * GAP_WORDS + 2]! - 1);
      }
      sum += gapSize[g]!;
    }
    this.endGaps(sum);
  }

  /** The finished function. */
  finish(frame: number, cpu: number): Blob {
    this.relax();
    const codeSize = this.size + this.starts[this.gapCount]!;
    const { poolAt } = this;
    const bytes = new Uint8Array(this.poolSize === 0 ? codeSize : poolAt + this.poolSize);
    this.copyCode(bytes);
    for (let k = 0; k < this.poolSize; k++) bytes[poolAt + k] = this.pool[k]!;
    const view = new DataView(bytes.buffer);
    for (let k = 0; k < this.fixCount * FIX; k += FIX) {
      const at = this.markAt(this.fixes, k);
      view.setInt32(at, poolAt + this.fixes[k + 2]! - at - this.fixes[k + 3]!, true);
    }
    for (let k = 0; k < this.tableCount * 3; k += 3) {
      const distance = this.addressOf(this.tables[k + 2]!) - poolAt - this.tables[k + 1]!;
      view.setInt32(poolAt + this.tables[k]!, distance, true);
    }
    const relocs = new Int32Array(this.relocCount * RELOC_WORDS);
    this.copyMarks(this.relocs, relocs, RELOC_WORDS);
    const sites = new Int32Array(this.siteCount * SITE_WORDS);
    this.copyMarks(this.sites, sites, SITE_WORDS);
    const align = Math.max(this.align, this.poolAlign);
    return { bytes, align, relocs, sites, frame, codeSize, cpu };
  }

  private copyCode(out: Uint8Array): void {
    const { code, gaps, gapSize, branches } = this;
    let from = 0;
    let to = 0;
    for (let g = 0; g < this.gapCount; g++) {
      const at = gaps[g * GAP_WORDS]!;
      while (from < at) out[to++] = code[from++]!;
      const kind = gaps[g * GAP_WORDS + 1]!;
      const size = gapSize[g]!;
      if (kind === PADDING) branches.pad(out, to, size);
      else
        branches.write(out, to, kind, size, this.addressOf(gaps[g * GAP_WORDS + 2]!) - to - size);
      to += size;
    }
    while (from < this.size) out[to++] = code[from++]!;
  }

  private markAt(list: Int32Array, k: number): number {
    return list[k]! + this.starts[list[k + 1]!]!;
  }

  private copyMarks(from: Int32Array, to: Int32Array, words: number): void {
    for (let k = 0, j = 0; k < to.length; k += words, j += MARK + words - 1) {
      to[k] = this.markAt(from, j);
      to[k + 1] = from[j + 2]!;
      to[k + 2] = from[j + 3]!;
    }
  }
}
