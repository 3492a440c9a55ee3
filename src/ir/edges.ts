// The edges of a function by target. In: a Func whose blocks all have terminators. Out: for each
// block the pool indices of the edges that lead to it, in layout order of their sources.

import type { Block, Edge, Func } from "./func.ts";
import { IR } from "./ops.ts";

/** Appends the edges that leave `b` to `out` from `at` on; returns the new end. */
export function edgesOf(f: Func, b: Block, out: Edge[], at: number): number {
  const t = f.term[b]!;
  switch (f.op[t]) {
    case IR.jump:
      out[at++] = f.a[t]!;
      return at;
    case IR.br:
      out[at++] = f.b[t]!;
      out[at++] = f.c[t]!;
      return at;
    case IR.switch: {
      const list = f.b[t]!;
      for (let k = 1; k <= f.pool[list]!; k++) out[at++] = f.pool[list + k]!;
      return at;
    }
    default:
      return at;
  }
}

export class Edges {
  /** Edges into block b: list[start[b] .. start[b + 1]), and the block each comes from. */
  start = new Int32Array(65);
  list = new Int32Array(64);
  from = new Int32Array(64);
  count = 0;
  private readonly all: Edge[] = [];
  private readonly sources: Block[] = [];

  collect(f: Func): void {
    let n = 0;
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      const end = edgesOf(f, b, this.all, n);
      while (n < end) this.sources[n++] = b;
    }
    this.count = n;
    if (this.start.length < f.blockCount + 1) this.start = new Int32Array(f.blockCount * 2 + 1);
    if (this.list.length < n) {
      this.list = new Int32Array(n * 2);
      this.from = new Int32Array(n * 2);
    }
    this.sort(f);
  }

  /** Counting sort by target, stable. */
  private sort(f: Func): void {
    const { start, list, from, all, sources, count } = this;
    start.fill(0);
    for (let k = 0; k < count; k++) start[f.pool[all[k]!]!]!++;
    let at = 0;
    for (let b = 0; b < f.blockCount; b++) {
      const n = start[b]!;
      start[b] = at;
      at += n;
    }
    start[f.blockCount] = at;
    for (let k = 0; k < count; k++) {
      const e = all[k]!;
      const to = start[f.pool[e]!]!++;
      list[to] = e;
      from[to] = sources[k]!;
    }
    for (let b = f.blockCount; b > 0; b--) start[b] = start[b - 1]!;
    start[0] = 0;
  }
}
