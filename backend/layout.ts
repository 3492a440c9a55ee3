// Order of the blocks in memory. In: an allocated Lir, whose blocks are in reverse post-order with
// loops together. Out: `order`, the blocks to be written, and `target`, where an edge into a block
// really leads.
//
// 1. A block that holds nothing but a jump is not written; edges into it go where it goes.
// 2. Cold blocks come last.
// 3. A loop whose header decides whether to go on, and whose last block jumps to the header, is
//    rotated: the header moves to the loop's end, so that each round takes one branch, the
//    conditional one. The loop is entered by a jump to the header.
// 4. Innermost loops are marked at their first block, to be aligned.

import { HEAD, LIR, opOf } from "./lir.ts";
import type { Allocation, Lir } from "./lir.ts";

const room = (old: Int32Array<ArrayBuffer>, need: number): Int32Array<ArrayBuffer> =>
  old.length >= need ? old : new Int32Array(need * 2);

export class Layout {
  /** Blocks in the order of memory: order[0 .. count); the first `hot` are not cold. */
  order = new Int32Array(64);
  count = 0;
  hot = 0;
  /** The block that edges into block b lead to. */
  target = new Int32Array(64);
  /** First edit of each block; firstEdit[blockCount] = number of edits. */
  firstEdit = new Int32Array(65);
  private spare = new Int32Array(64);

  compute(lir: Lir, alloc: Allocation): void {
    const n = lir.blockCount;
    this.order = room(this.order, n);
    this.target = room(this.target, n);
    this.firstEdit = room(this.firstEdit, n + 1);
    this.spare = room(this.spare, n);
    this.findEdits(lir, alloc);
    this.thread(lir);
    this.list(lir);
    for (let i = this.hot - 1; i > 0; i--) this.rotate(lir, i);
  }

  private findEdits(lir: Lir, alloc: Allocation): void {
    const { firstEdit } = this;
    const { edits, editCount } = alloc;
    let e = 0;
    for (let b = 0; b < lir.blockCount; b++) {
      while (e < editCount && edits[e * 4]! < lir.blockStart[b]!) e++;
      firstEdit[b] = e;
    }
    firstEdit[lir.blockCount] = editCount;
  }

  private isEmpty(lir: Lir, b: number): boolean {
    if (b === 0 || this.firstEdit[b + 1] !== this.firstEdit[b]) return false;
    const r = lir.blockStart[b]!;
    return opOf(lir.code[r]!) === LIR.jump && lir.blockStart[b + 1] === r + HEAD;
  }

  private thread(lir: Lir): void {
    const { target, spare } = this;
    for (let b = 0; b < lir.blockCount; b++) {
      target[b] = this.isEmpty(lir, b) ? lir.edgeTarget[lir.edgeStart[b]!]! : b;
    }
    for (let b = 0; b < lir.blockCount; b++) {
      // The chain from b; one that ends in a circle of empty blocks keeps its first block as it is.
      let n = 0;
      let to = b;
      while (target[to] !== to && n < lir.blockCount) {
        spare[n++] = to;
        to = target[to]!;
      }
      const end = n < lir.blockCount ? to : b;
      while (n > 0) target[spare[--n]!] = end;
    }
  }

  private list(lir: Lir): void {
    const { order, target } = this;
    let at = 0;
    for (let b = 0; b < lir.blockCount; b++) {
      if (target[b] === b && (lir.cold[b] === 0 || b === 0)) order[at++] = b;
    }
    this.hot = at;
    for (let b = 1; b < lir.blockCount; b++) {
      if (target[b] === b && lir.cold[b] !== 0) order[at++] = b;
    }
    this.count = at;
  }

  /** Rotates the loop whose header is order[i], if that is a header and it is worth it. */
  private rotate(lir: Lir, i: number): void {
    const { order, target } = this;
    const h = order[i]!;
    const depth = lir.loopDepth[h]!;
    if (lir.loopHeader[h] !== h || lir.edgeStart[h + 1]! - lir.edgeStart[h]! !== 2) return;
    let end = i + 1;
    while (end < this.hot && this.isInside(lir, order[end]!, h, depth)) end++;
    const last = order[end - 1]!;
    if (last === h || lir.edgeStart[last + 1]! - lir.edgeStart[last]! !== 1) return;
    if (target[lir.edgeTarget[lir.edgeStart[last]!]!] !== h) return;
    const e = lir.edgeStart[h]!;
    const inside = (to: number): boolean => {
      for (let k = i; k < end; k++) if (order[k] === to) return true;
      return false;
    };
    if (inside(target[lir.edgeTarget[e]!]!) === inside(target[lir.edgeTarget[e + 1]!]!)) return;
    order.copyWithin(i, i + 1, end);
    order[end - 1] = h;
  }

  private isInside(lir: Lir, b: number, h: number, depth: number): boolean {
    const d = lir.loopDepth[b]!;
    return d > depth || (d === depth && lir.loopHeader[b] === h);
  }

  /** If an innermost loop begins at order[i]: the index behind its last block, else 0. */
  loopEnd(lir: Lir, i: number): number {
    const { order } = this;
    const b = order[i]!;
    const h = lir.loopHeader[b]!;
    const depth = lir.loopDepth[b]!;
    if (i >= this.hot || h < 0 || (i > 0 && lir.loopHeader[order[i - 1]!] === h)) return 0;
    if (i > 0 && lir.loopDepth[order[i - 1]!]! > depth) return 0;
    let end = i + 1;
    while (end < this.hot && lir.loopHeader[order[end]!] === h) end++;
    return end < this.hot && lir.loopDepth[order[end]!]! > depth ? 0 : end;
  }
}
