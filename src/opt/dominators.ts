// The dominator tree while it grows: every block is added after its immediate dominator, and at any
// time one may ask whether a block dominates another and where two meet. Both take logarithmic time
// whatever the shape, so that no input makes them slow.
//
// Beside its parent a block has a `jump` to some ancestor, chosen so that the jumps have the
// lengths of a skew-binary number (Myers, "An applicative random-access stack", 1983): a block
// jumps as far as its parent's two jumps together if those are equally long, else to its parent.

import type { Block } from "../ir/func.ts";

const grow = (old: Int32Array, need: number): Int32Array<ArrayBuffer> => {
  const wide = new Int32Array(need * 2);
  wide.set(old);
  return wide;
};

export class Dominators {
  /** Immediate dominator; the root's is 0. */
  idom = new Int32Array(64);
  /** Length of the way to the root. */
  depth = new Int32Array(64);
  private jump = new Int32Array(64);

  /** Adds `b` below `idom`, 0 for the root. */
  add(b: Block, idom: Block): void {
    if (b >= this.idom.length) {
      this.idom = grow(this.idom, b);
      this.depth = grow(this.depth, b);
      this.jump = grow(this.jump, b);
    }
    const { depth, jump } = this;
    this.idom[b] = idom;
    if (idom === 0) {
      depth[b] = 0;
      jump[b] = b;
      return;
    }
    const near = jump[idom]!;
    const far = jump[near]!;
    depth[b] = depth[idom]! + 1;
    jump[b] = depth[idom]! - depth[near]! === depth[near]! - depth[far]! ? far : idom;
  }

  /** True if every way to `b` leads through `a`. */
  dominates(a: Block, b: Block): boolean {
    if (a === b) return true;
    const { depth, jump, idom } = this;
    const d = depth[a]!;
    let x = b;
    while (depth[x]! > d) x = depth[jump[x]!]! >= d ? jump[x]! : idom[x]!;
    return x === a;
  }

  /** The deepest block that dominates both. */
  common(a: Block, b: Block): Block {
    if (a === b) return a;
    const { depth, jump, idom } = this;
    let x = a;
    let y = b;
    while (depth[x]! > depth[y]!) x = depth[jump[x]!]! >= depth[y]! ? jump[x]! : idom[x]!;
    while (depth[y]! > depth[x]!) y = depth[jump[y]!]! >= depth[x]! ? jump[y]! : idom[y]!;
    // At one depth both jump equally far.
    while (x !== y) {
      const together = jump[x] === jump[y];
      x = together ? idom[x]! : jump[x]!;
      y = together ? idom[y]! : jump[y]!;
    }
    return x;
  }
}
