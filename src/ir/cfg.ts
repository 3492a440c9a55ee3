// What the blocks of a function are to each other: predecessors, dominators, loops. In: a Func
// whose blocks all have terminators and whose layout is a reverse post-order with the entry first
// (func.ts). Out: columns by block, valid until the next `compute`; one Cfg is reused for all
// functions.
//
// Wasm is structured, so the graph is reducible: every cycle has one header, which dominates it and
// stands before the rest of it in the layout. Hence
//   dominators  one pass of Cooper, Harvey, Kennedy (2001) over the layout is exact: the sources of
//               back edges, not yet known, are dominated by their target anyway
//   loops       headers from inner to outer, each walking backwards from its back edges; a loop
//               that is already known is stepped over by way of its header
// A block that nothing reaches has idom 0 and is in no loop.

import { Edges } from "./edges.ts";
import type { Block, Func } from "./func.ts";

export class Cfg {
  /** Edges into block b: edges.list[k] from edges.from[k], start[b] <= k < start[b + 1]. */
  readonly edges = new Edges();
  /** Index of a block in the layout, -1 for one that was not begun. */
  position = new Int32Array(64);
  /** Immediate dominator, 0 for the entry. */
  idom = new Int32Array(64);
  /** Length of the way to the entry in the dominator tree. */
  domDepth = new Int32Array(64);
  /** Number of loops around a block. */
  loopDepth = new Int32Array(64);
  /** Header of the innermost loop around a block; a header's is itself; 0 = no loop. */
  loopHeader = new Int32Array(64);
  /** By header: the header of the next loop around it, 0 = none. */
  loopParent = new Int32Array(64);

  // The subtree of b in the dominator tree has the numbers first[b] .. first[b] + size[b].
  private first = new Int32Array(64);
  private size = new Int32Array(64);
  private stack = new Int32Array(64);
  private f!: Func;

  compute(f: Func): void {
    this.f = f;
    this.edges.collect(f);
    if (this.idom.length < f.blockCount) this.grow(f.blockCount * 2);
    this.position.fill(-1, 0, f.blockCount);
    for (let k = 0; k < f.layoutCount; k++) this.position[f.layout[k]!] = k;
    this.findDominators();
    this.numberTree();
    this.findLoops();
  }

  private grow(size: number): void {
    this.position = new Int32Array(size);
    this.idom = new Int32Array(size);
    this.domDepth = new Int32Array(size);
    this.loopDepth = new Int32Array(size);
    this.loopHeader = new Int32Array(size);
    this.loopParent = new Int32Array(size);
    this.first = new Int32Array(size);
    this.size = new Int32Array(size);
    this.stack = new Int32Array(size);
  }

  /** True if every way to `b` leads through `a`; a block dominates itself. */
  dominates(a: Block, b: Block): boolean {
    return (this.first[b]! - this.first[a]!) >>> 0 < this.size[a]!;
  }

  /** The deepest block that dominates both. */
  commonDominator(a: Block, b: Block): Block {
    const { idom, domDepth } = this;
    let x = a;
    let y = b;
    while (x !== y) {
      if (domDepth[x]! >= domDepth[y]!) x = idom[x]!;
      else y = idom[y]!;
    }
    return x;
  }

  /** True if `header` is that of a loop around `b` (or of b's own). */
  isInLoop(b: Block, header: Block): boolean {
    let h = this.loopHeader[b]!;
    while (this.loopDepth[h]! > this.loopDepth[header]!) h = this.loopParent[h]!;
    return h === header;
  }

  isReachable(b: Block): boolean {
    return b === this.f.layout[0] || this.idom[b] !== 0;
  }

  private findDominators(): void {
    const { f, idom, domDepth, edges } = this;
    const { start, from } = edges;
    idom.fill(0, 0, f.blockCount);
    domDepth.fill(0, 0, f.blockCount);
    const entry = f.layout[0]!;
    for (let k = 1; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      let best = 0;
      for (let e = start[b]!; e < start[b + 1]!; e++) {
        const p = from[e]!;
        if (p !== entry && idom[p] === 0) continue;
        best = best === 0 ? p : this.commonDominator(best, p);
      }
      idom[b] = best;
      domDepth[b] = best === 0 ? 0 : domDepth[best]! + 1;
    }
  }

  /** Sizes of subtrees from the leaves up, then first numbers from the root down. */
  private numberTree(): void {
    const { f, idom, first, size } = this;
    size.fill(0, 0, f.blockCount);
    first.fill(-1, 0, f.blockCount);
    for (let k = f.layoutCount - 1; k >= 0; k--) {
      const b = f.layout[k]!;
      if (!this.isReachable(b)) continue;
      size[b]!++;
      if (k > 0) size[idom[b]!]! += size[b]!;
    }
    const next = this.stack;
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      if (!this.isReachable(b)) continue;
      const parent = idom[b]!;
      first[b] = k === 0 ? 0 : next[parent]!;
      if (k > 0) next[parent]! += size[b]!;
      next[b] = first[b]! + 1;
    }
  }

  private findLoops(): void {
    const { f, loopDepth, loopHeader, loopParent } = this;
    loopDepth.fill(0, 0, f.blockCount);
    loopHeader.fill(0, 0, f.blockCount);
    loopParent.fill(0, 0, f.blockCount);
    for (let k = f.layoutCount - 1; k >= 0; k--) this.collectLoop(f.layout[k]!);
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      const h = loopHeader[b]!;
      if (h === b) loopDepth[b] = loopDepth[loopParent[b]!]! + 1;
      else if (h !== 0) loopDepth[b] = loopDepth[h]!;
    }
  }

  /** Gives the blocks of the loop of `header`, if it is one, their header. */
  private collectLoop(header: Block): void {
    const { edges, loopHeader, stack } = this;
    const { start, from } = edges;
    let top = 0;
    for (let e = start[header]!; e < start[header + 1]!; e++) {
      if (!this.isReachable(from[e]!) || !this.dominates(header, from[e]!)) continue;
      loopHeader[header] = header;
      top = this.enter(from[e]!, header, top);
    }
    while (top > 0) {
      const b = stack[--top]!;
      for (let e = start[b]!; e < start[b + 1]!; e++) {
        if (this.isReachable(from[e]!)) top = this.enter(from[e]!, header, top);
      }
    }
  }

  /** Adds to the loop what stands for `b` in it: `b` itself or its outermost loop so far. */
  private enter(b: Block, header: Block, top: number): number {
    const { loopHeader, loopParent, stack } = this;
    let h = loopHeader[b]!;
    if (h === 0) {
      loopHeader[b] = header;
      stack[top] = b;
      return top + 1;
    }
    while (h !== header && loopParent[h] !== 0) h = loopParent[h]!;
    if (h === header) return top;
    loopParent[h] = header;
    stack[top] = h;
    return top + 1;
  }
}
