// Cleans a function after it was built: parameters that always get the same value are replaced by it, and
// what nothing needs is dropped. In: a built Func. Out: the same one, operands resolved, `uses` counted,
// every dead instruction turned into `none`, dead parameters gone from blocks and edges.
//
// `rep` is a union-find column: the value that stands for each value. It is resolved once, here.

import { Edges } from "../ir/edges.ts";
import type { Func, Value } from "../ir/func.ts";
import { CLASS, FLAG, IR, OP_FLAGS, classOf } from "../ir/ops.ts";
import { NONE } from "../ir/types.ts";

/** True for what must stay although its value is not used. */
export function isRoot(f: Func, i: Value): boolean {
  const flags = OP_FLAGS[f.op[i]!]!;
  if (flags & (FLAG.effect | FLAG.control | FLAG.traps)) return true;
  // A load may trap at the guard; one of instance state cannot.
  return (flags & FLAG.load) !== 0 && classOf(f.aux[i]!) === CLASS.memory && f.aux[i]! >= 128;
}

export class Tidy {
  /** Number of uses of each value, by other instructions and by edges. */
  uses = new Int32Array(1024);
  private rep = new Int32Array(1024);
  private work = new Int32Array(1024);
  private workCount = 0;
  private f!: Func;
  private readonly edges = new Edges();

  run(f: Func): void {
    this.f = f;
    if (this.uses.length < f.count) {
      this.uses = new Int32Array(f.op.length);
      this.rep = new Int32Array(f.op.length);
      this.work = new Int32Array(f.op.length);
    }
    this.edges.collect(f);
    this.findTrivial();
    this.resolve();
    this.sweep();
    this.dropParams();
  }

  private find(v: Value): Value {
    const { rep } = this;
    let root = v;
    while (rep[root] !== root) root = rep[root]!;
    for (let x = v; x !== root;) {
      const next = rep[x]!;
      rep[x] = root;
      x = next;
    }
    return root;
  }

  /** Parameters all of whose arguments are one value (or the parameter itself) become that value. */
  private findTrivial(): void {
    const { f, rep } = this;
    for (let i = 0; i < f.count; i++) rep[i] = i;
    for (let again = true; again;) {
      again = false;
      for (let k = 1; k < f.layoutCount; k++) {
        const b = f.layout[k]!;
        for (let p = 0; p < f.paramCount[b]!; p++) {
          const v = f.firstParam[b]! + p;
          if (rep[v] !== v) continue;
          const same = this.onlyArgument(b, p, v);
          if (same === 0) continue;
          rep[v] = same;
          again = true;
        }
      }
    }
  }

  /** The one value that reaches parameter `p` of `b`, 0 if there are several. */
  private onlyArgument(b: number, p: number, v: Value): Value {
    const { f } = this;
    let same = 0;
    for (let k = this.edges.start[b]!; k < this.edges.start[b + 1]!; k++) {
      const arg = this.find(f.pool[this.edges.list[k]! + 2 + p]!);
      if (arg === v || arg === same) continue;
      if (same !== 0) return 0;
      same = arg;
    }
    return same;
  }

  /** Rewrites every operand to its representative. */
  private resolve(): void {
    const { f } = this;
    for (let i = 1; i < f.count; i++) {
      const flags = OP_FLAGS[f.op[i]!]!;
      if (flags & FLAG.a) f.a[i] = this.find(f.a[i]!);
      if (flags & FLAG.b) f.b[i] = this.find(f.b[i]!);
      if (flags & FLAG.c) f.c[i] = this.find(f.c[i]!);
      if (flags & FLAG.listA) this.resolveList(f.a[i]!);
      if (flags & FLAG.listB) this.resolveList(f.b[i]!);
    }
    const total = this.edges.count;
    for (let k = 0; k < total; k++) this.resolveList(this.edges.list[k]! + 1);
  }

  private resolveList(at: number): void {
    const { pool } = this.f;
    for (let k = pool[at]!; k > 0; k--) pool[at + k] = this.find(pool[at + k]!);
  }

  /** Marks from the roots, counting uses; what is not reached becomes `none`. */
  private sweep(): void {
    const { f, uses } = this;
    uses.fill(0, 0, f.count);
    this.workCount = 0;
    for (let i = 1; i < f.count; i++) {
      if (isRoot(f, i)) this.markOperands(i);
    }
    while (this.workCount > 0) {
      const v = this.work[--this.workCount]!;
      if (f.op[v] === IR.param) this.markArguments(v);
      else if (!isRoot(f, v)) this.markOperands(v);
    }
    for (let i = 1; i < f.count; i++) {
      if (uses[i] === 0 && !isRoot(f, i) && f.op[i] !== IR.param) {
        f.op[i] = IR.none;
        f.ty[i] = NONE;
      }
    }
  }

  private mark(v: Value): void {
    if (this.uses[v]!++ === 0) this.work[this.workCount++] = v;
  }

  private markOperands(i: Value): void {
    const { f } = this;
    const flags = OP_FLAGS[f.op[i]!]!;
    if (flags & FLAG.a) this.mark(f.a[i]!);
    if (flags & FLAG.b) this.mark(f.b[i]!);
    if (flags & FLAG.c) this.mark(f.c[i]!);
    if (flags & FLAG.listA) this.markList(f.a[i]!);
    if (flags & FLAG.listB) this.markList(f.b[i]!);
  }

  private markList(at: number): void {
    const { pool } = this.f;
    for (let k = 1; k <= pool[at]!; k++) this.mark(pool[at + k]!);
  }

  /** A parameter is needed: so is its argument on every edge. */
  private markArguments(v: Value): void {
    const { f } = this;
    const b = f.block[v]!;
    for (let k = this.edges.start[b]!; k < this.edges.start[b + 1]!; k++) {
      this.mark(f.pool[this.edges.list[k]! + 2 + f.a[v]!]!);
    }
  }

  /** Removes parameters without uses and their arguments; the rest keeps its order. */
  private dropParams(): void {
    const { f, uses } = this;
    for (let k = 1; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      const first = f.firstParam[b]!;
      const count = f.paramCount[b]!;
      let kept = 0;
      for (let p = 0; p < count; p++) {
        const v = first + p;
        if (uses[v] === 0) continue;
        for (let e = this.edges.start[b]!; e < this.edges.start[b + 1]!; e++) {
          const at = this.edges.list[e]! + 2;
          f.pool[at + kept] = f.pool[at + p]!;
        }
        this.moveParam(v, first + kept, kept);
        kept++;
      }
      for (let p = kept; p < count; p++) {
        f.op[first + p] = IR.none;
        f.ty[first + p] = NONE;
      }
      f.paramCount[b] = kept;
      if (kept === 0) f.firstParam[b] = 0;
      for (let e = this.edges.start[b]!; e < this.edges.start[b + 1]!; e++) {
        f.pool[this.edges.list[e]! + 1] = kept;
      }
    }
    this.renumber();
  }

  /** Parameter `v` moves to id `to`; `rep` remembers it for `renumber`. */
  private moveParam(v: Value, to: Value, position: number): void {
    const { f } = this;
    this.rep[v] = to;
    if (v === to) {
      f.a[v] = position;
      return;
    }
    f.op[to] = IR.param;
    f.ty[to] = f.ty[v]!;
    f.a[to] = position;
    this.uses[to] = this.uses[v]!;
    this.moved = true;
  }
  private moved = false;

  /** Applies the moves of parameters to all operands. */
  private renumber(): void {
    if (!this.moved) return;
    this.moved = false;
    const { f, rep } = this;
    // Each moved to a lower id of its own block; operands name the old ids, so one step is enough.
    const to = rep;
    for (let i = 1; i < f.count; i++) {
      const flags = OP_FLAGS[f.op[i]!]!;
      if (flags & FLAG.a) f.a[i] = to[f.a[i]!]!;
      if (flags & FLAG.b) f.b[i] = to[f.b[i]!]!;
      if (flags & FLAG.c) f.c[i] = to[f.c[i]!]!;
      if (flags & FLAG.listA) this.stepList(f.a[i]!);
      if (flags & FLAG.listB) this.stepList(f.b[i]!);
    }
    const total = this.edges.count;
    for (let k = 0; k < total; k++) this.stepList(this.edges.list[k]! + 1);
  }

  private stepList(at: number): void {
    const { rep } = this;
    const { pool } = this.f;
    for (let k = pool[at]!; k > 0; k--) pool[at + k] = rep[pool[at + k]!]!;
  }
}
