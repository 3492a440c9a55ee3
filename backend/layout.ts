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
// 5. Where many blocks of a loop jump to a short one that jumps on, as the cases of a switch do to
//    what ends the round, they have it copied in place of their jumps. It is not written itself if
//    nothing else leads there.

import { HEAD, LIR, clobbersOf, opOf, recordSize } from "./lir.ts";
import type { Allocation, Lir } from "./lir.ts";

const room = (old: Int32Array<ArrayBuffer>, need: number): Int32Array<ArrayBuffer> =>
  old.length >= need ? old : new Int32Array(need * 2);

/** Most records and moves of a copy, and fewest jumps that it is made for. */
const LONGEST_COPY = 6;
const FEWEST_JUMPS = 4;

export class Layout {
  /** Blocks in the order of memory: order[0 .. count); the first `hot` are not cold. */
  order = new Int32Array(64);
  count = 0;
  hot = 0;
  /** The block that edges into block b lead to. */
  target = new Int32Array(64);
  /** First edit of each block; firstEdit[blockCount] = number of edits. */
  firstEdit = new Int32Array(65);
  /** Records and moves of a block that is copied in place of jumps to it; 0 = not copied. */
  copied = new Int32Array(64);
  private spare = new Int32Array(64);

  compute(lir: Lir, alloc: Allocation): void {
    const n = lir.blockCount;
    this.order = room(this.order, n);
    this.target = room(this.target, n);
    this.firstEdit = room(this.firstEdit, n + 1);
    this.spare = room(this.spare, n);
    this.copied = room(this.copied, n);
    this.findEdits(lir, alloc);
    this.thread(lir);
    this.findCopied(lir);
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

  /** Finds the blocks to copy: from the last on, since a copy goes on with what it jumps to. */
  private findCopied(lir: Lir): void {
    const { copied, target, spare } = this;
    copied.fill(0, 0, lir.blockCount);
    if (lir.blockCount < FEWEST_JUMPS) return;
    spare.fill(0, 0, lir.blockCount);
    for (let b = 0; b < lir.blockCount; b++) {
      if (target[b] === b && this.isJump(lir, b)) spare[this.targetOf(lir, b)]!++;
    }
    for (let b = lir.blockCount - 1; b > 0; b--) {
      if (spare[b]! < FEWEST_JUMPS || lir.loopDepth[b] === 0 || lir.cold[b] !== 0) continue;
      if (lir.loopHeader[b] === b || !this.isJump(lir, b)) continue;
      const own = this.lengthOf(lir, b);
      const all = own + copied[this.targetOf(lir, b)]!;
      if (own > 0 && all <= LONGEST_COPY) copied[b] = all;
    }
  }

  private isJump(lir: Lir, b: number): boolean {
    return lir.edgeStart[b + 1]! - lir.edgeStart[b]! === 1;
  }

  /** Where the jump at the end of a block leads. */
  private targetOf(lir: Lir, b: number): number {
    return this.target[lir.edgeTarget[lir.edgeStart[b]!]!]!;
  }

  /** Records before the jump and moves of a block; 0 if it may not be copied. */
  private lengthOf(lir: Lir, b: number): number {
    const { code, blockStart } = lir;
    let length = this.firstEdit[b + 1]! - this.firstEdit[b]!;
    for (let r = blockStart[b]!; r < blockStart[b + 1]!; r += recordSize(code[r]!)) {
      if (opOf(code[r]!) === LIR.jump) return length;
      if (clobbersOf(code[r + 2]!) !== 0 || ++length > LONGEST_COPY) return 0;
    }
    return 0;
  }

  private list(lir: Lir): void {
    const { order, target } = this;
    let at = 0;
    this.noteFallen(lir);
    for (let b = 0; b < lir.blockCount; b++) {
      if (this.isWritten(b) && target[b] === b && (lir.cold[b] === 0 || b === 0)) order[at++] = b;
    }
    this.hot = at;
    for (let b = 1; b < lir.blockCount; b++) {
      if (this.isWritten(b) && target[b] === b && lir.cold[b] !== 0) order[at++] = b;
    }
    this.count = at;
  }

  /** Notes in `spare` which blocks something other than a jump leads to. */
  private noteFallen(lir: Lir): void {
    const { spare, target } = this;
    spare.fill(0, 0, lir.blockCount);
    for (let b = 0; b < lir.blockCount; b++) {
      if (target[b] !== b || this.isJump(lir, b)) continue;
      for (let e = lir.edgeStart[b]!; e < lir.edgeStart[b + 1]!; e++) {
        spare[target[lir.edgeTarget[e]!]!] = 1;
      }
    }
  }

  private isWritten(b: number): boolean {
    return this.copied[b] === 0 || this.spare[b] !== 0;
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
