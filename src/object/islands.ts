// Where the functions of a module stand in .text, and how calls reach what is too far away. In:
// blobs in index order and how far a call of the target reaches. Out: an offset per blob, and
// islands of veneers: jumps that reach anything, standing between functions. Functions form groups
// of half the reach; the island behind a group serves its calls.
//
// Which calls are too far depends on the sizes of the islands, which depend on those calls: veneers
// are added until no call is too far any more. None is ever taken away, so that this ends.

import { RELOC } from "../abi.ts";
import { bug } from "../support/errors.ts";
import type { Blob } from "./blob.ts";
import { RELOC_WORDS } from "./blob.ts";

/** What placing needs of a target. */
export interface Reach {
  /** Most bytes from a call to its target, either way. */
  readonly reach: number;
  /** Bytes of a veneer. */
  readonly veneerSize: number;
}

interface Island {
  /** The group: blobs from `first` up to `end`. */
  readonly first: number;
  readonly end: number;
  at: number;
  /** Number of the veneer by what it leads to (a key). */
  readonly veneers: Map<number, number>;
}

const alignUp = (n: number, to: number): number => Math.ceil(n / to) * to;

export class Islands {
  readonly offsets: Uint32Array;
  /** Bytes of text. */
  size = 0;
  private readonly blobs: readonly Blob[];
  private readonly importedFuncs: number;
  /** Where the functions begin, and the size of one of the stubs before them. */
  private readonly start: number;
  private readonly stubSize: number;
  private readonly limits: Reach;
  private readonly islands: Island[] = [];

  constructor(
    blobs: readonly Blob[],
    importedFuncs: number,
    start: number,
    stubSize: number,
    limits: Reach,
  ) {
    this.blobs = blobs;
    this.importedFuncs = importedFuncs;
    this.start = start;
    this.stubSize = stubSize;
    this.limits = limits;
    this.offsets = new Uint32Array(blobs.length);
    this.group();
    this.place();
    while (this.size > limits.reach && this.addVeneers()) this.place();
  }

  /** Where the call of relocation `kind` and `symbol` at `at` in blob `k` has to lead. */
  target(k: number, at: number, kind: number, symbol: number): number {
    const key = this.keyOf(kind, symbol);
    const to = this.addressOf(key);
    if (this.isNear(at, to)) return to;
    const island = this.islandOf(k);
    const n = island.veneers.get(key) ?? bug(`no veneer to ${key}`);
    const veneer = island.at + n * this.limits.veneerSize;
    return this.isNear(at, veneer) ? veneer : bug(`a veneer is ${veneer - at} bytes away`);
  }

  /** Calls `visit` with the offset of each veneer and that of what it leads to. */
  eachVeneer(visit: (at: number, to: number) => void): void {
    for (const { at, veneers } of this.islands) {
      for (const [key, n] of veneers) visit(at + n * this.limits.veneerSize, this.addressOf(key));
    }
  }

  /** A number for a function or a stub. */
  private keyOf(kind: number, symbol: number): number {
    if (kind === RELOC.stub) return -1 - symbol;
    if (kind !== RELOC.call) bug(`relocation kind ${kind}`);
    const k = symbol - this.importedFuncs;
    return k >= 0 && k < this.blobs.length ? k : bug(`call of function ${symbol}, without code`);
  }

  private addressOf(key: number): number {
    return key < 0 ? (-1 - key) * this.stubSize : this.offsets[key]!;
  }

  private isNear(at: number, to: number): boolean {
    return Math.abs(to - at) <= this.limits.reach;
  }

  private islandOf(k: number): Island {
    let low = 0;
    let high = this.islands.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.islands[middle]!.first <= k) low = middle;
      else high = middle - 1;
    }
    return this.islands[low]!;
  }

  private group(): void {
    const { blobs } = this;
    const most = this.limits.reach / 2;
    let first = 0;
    let bytes = 0;
    blobs.forEach((blob, k) => {
      const size = blob.bytes.length + blob.align;
      if (k > first && bytes + size > most) {
        this.islands.push({ first, end: k, at: 0, veneers: new Map() });
        first = k;
        bytes = 0;
      }
      bytes += size;
    });
    this.islands.push({ first, end: blobs.length, at: 0, veneers: new Map() });
  }

  private place(): void {
    const { blobs, offsets } = this;
    let at = this.start;
    for (const island of this.islands) {
      for (let k = island.first; k < island.end; k++) {
        at = alignUp(at, blobs[k]!.align);
        offsets[k] = at;
        at += blobs[k]!.bytes.length;
      }
      if (island.veneers.size > 0) at = alignUp(at, 4);
      island.at = at;
      at += island.veneers.size * this.limits.veneerSize;
    }
    this.size = at;
  }

  /** Adds a veneer for each call that does not reach its target; false if there is none. */
  private addVeneers(): boolean {
    let added = false;
    for (const { first, end, veneers } of this.islands) {
      for (let k = first; k < end; k++) {
        const { relocs } = this.blobs[k]!;
        for (let r = 0; r < relocs.length; r += RELOC_WORDS) {
          const key = this.keyOf(relocs[r + 1]!, relocs[r + 2]!);
          const at = this.offsets[k]! + relocs[r]!;
          if (this.isNear(at, this.addressOf(key)) || veneers.has(key)) continue;
          veneers.set(key, veneers.size);
          added = true;
        }
      }
    }
    return added;
  }
}
