// Cleans a function after it was built: parameters that always get the same value are replaced by
// it, and what nothing needs is dropped. In: a built Func. Out: the same one, operands resolved,
// every dead instruction turned into `none`, dead parameters gone from blocks and edges.
//
// `rep` is a union-find column: the value that stands for each value. A parameter is replaced by
// the one argument that all its edges bring besides itself (Braun et al., 2013); since the graph is
// reducible this finds all of them. Passes over the parameters alternate in direction, for chains
// run both ways; after PASSES of them the rest is left as it is, so that time stays linear in the
// edges.
//
// What stays is marked from the roots: effects, control, traps. An access whose address facts.ts
// took apart gets its own address back if that is needed anyway: then folding would only keep
// another value alive. The parameters of a block that stay close up: they keep their order and take
// the lowest ids of the block's parameters.

import { Edges } from "../ir/edges.ts";
import type { Block, Edge, Func, Value } from "../ir/func.ts";
import { ACCESS_GUARD, ACCESS_SIGNED, CLASS, FLAG, IR, OP_FLAGS, classOf } from "../ir/ops.ts";
import { NONE } from "../ir/types.ts";

const PASSES = 16;
/** In `live`: a folded access that nothing needs so far. */
const FOLDED = 2;

/** True for what must stay although its value is not used. */
export function isRoot(f: Func, i: Value): boolean {
  const flags = OP_FLAGS[f.op[i]!]!;
  if (flags & (FLAG.effect | FLAG.control | FLAG.traps)) return true;
  // A load may trap at the guard; one of instance state cannot.
  if ((flags & FLAG.load) === 0) return false;
  return classOf(f.aux[i]!) === CLASS.memory && (f.aux[i]! & ACCESS_GUARD) !== 0;
}

export class Tidy {
  private f!: Func;
  private readonly edges = new Edges();
  private rep = new Int32Array(1024);
  /** True if some value stands for another. */
  private replaced = false;
  /** 1 = needed. */
  private live = new Uint8Array(1024);
  private work = new Int32Array(1024);
  private workCount = 0;
  /** Pairs (old id, new id) of parameters. */
  private readonly moves: number[] = [];
  private moveCount = 0;

  run(f: Func): void {
    this.f = f;
    if (this.rep.length < f.count) {
      this.rep = new Int32Array(f.op.length);
      this.live = new Uint8Array(f.op.length);
      this.work = new Int32Array(f.op.length);
    }
    this.edges.collect(f);
    for (let i = 0; i < f.count; i++) this.rep[i] = i;
    this.replaced = false;
    this.findTrivial();
    if (this.replaced) for (let i = 1; i < f.count; i++) this.rep[i] = this.find(i);
    this.mark();
    this.sweep();
    if (this.dropParams() || this.replaced) this.rewrite();
  }

  // Trivial parameters ----------------------------------------------------------------------------

  private find(v: Value): Value {
    const { rep } = this;
    let root = rep[v]!;
    if (rep[root] === root) return root;
    while (rep[root] !== root) root = rep[root]!;
    for (let x = v; x !== root;) {
      const next = rep[x]!;
      rep[x] = root;
      x = next;
    }
    return root;
  }

  private findTrivial(): void {
    const { f } = this;
    for (let pass = 0; pass < PASSES; pass++) {
      let found = false;
      for (let k = 1; k < f.layoutCount; k++) {
        const b = f.layout[pass % 2 === 0 ? k : f.layoutCount - k]!;
        if (f.paramCount[b] !== 0 && this.findIn(b)) found = true;
      }
      if (!found) return;
      this.replaced = true;
    }
  }

  /** Replaces what is trivial among the parameters of `b`; true if there was any. */
  private findIn(b: Block): boolean {
    const { f, rep } = this;
    let found = false;
    for (let p = 0; p < f.paramCount[b]!; p++) {
      const v = f.firstParam[b]! + p;
      if (rep[v] !== v) continue;
      const same = this.onlyArgument(b, p, v);
      if (same === 0) continue;
      rep[v] = same;
      found = true;
    }
    return found;
  }

  /** The one value that reaches parameter `p` of `b`, 0 if there are several. */
  private onlyArgument(b: Block, p: number, v: Value): Value {
    const { start, list } = this.edges;
    const { pool } = this.f;
    const end = start[b + 1]!;
    let same = 0;
    for (let k = start[b]!; k < end; k++) {
      const arg = this.find(pool[list[k]! + 2 + p]!);
      if (arg === v || arg === same) continue;
      if (same !== 0) return 0;
      same = arg;
    }
    return same;
  }

  // Operands --------------------------------------------------------------------------------------

  /** Replaces every operand and argument by its entry in `rep`. */
  private rewrite(): void {
    const { f, rep } = this;
    for (let i = 1; i < f.count; i++) {
      const flags = OP_FLAGS[f.op[i]!]!;
      if (flags & FLAG.a) f.a[i] = rep[f.a[i]!]!;
      if (flags & FLAG.b) f.b[i] = rep[f.b[i]!]!;
      if (flags & FLAG.c) f.c[i] = rep[f.c[i]!]!;
      if (flags & FLAG.listA) this.rewriteList(f.a[i]!);
      if (flags & FLAG.listB) this.rewriteList(f.b[i]!);
    }
    // A switch may name one edge several times; its target is negative once it is done.
    const { list, count } = this.edges;
    const { pool } = f;
    for (let k = 0; k < count; k++) {
      const e = list[k]!;
      if (pool[e]! < 0) continue;
      this.rewriteList(e + 1);
      pool[e] = ~pool[e]!;
    }
    for (let k = 0; k < count; k++) {
      const e = list[k]!;
      if (pool[e]! < 0) pool[e] = ~pool[e]!;
    }
  }

  private rewriteList(at: number): void {
    const { rep } = this;
    const { pool } = this.f;
    for (let k = pool[at]!; k > 0; k--) pool[at + k] = rep[pool[at + k]!]!;
  }

  // Dead code -------------------------------------------------------------------------------------

  private mark(): void {
    const { f, live } = this;
    live.fill(0, 0, f.count);
    this.workCount = 0;
    for (let k = 0; k < f.foldCount; k += 3) live[f.folds[k]!] = FOLDED;
    for (let i = 1; i < f.count; i++) {
      if (live[i] === 0 && isRoot(f, i)) this.need(i);
      else if (live[i] === FOLDED && isRoot(f, i)) this.needFolded(i);
    }
    this.needMore();
    for (let k = 0; k < f.foldCount; k += 3) this.settle(k);
    f.foldCount = 0;
  }

  private needMore(): void {
    const { f } = this;
    while (this.workCount > 0) {
      const v = this.work[--this.workCount]!;
      if (f.op[v] === IR.param) this.needArguments(v);
      else this.needOperands(v);
    }
  }

  /** An access that was folded: whether it needs its address or the folded one is seen later. */
  private needFolded(i: Value): void {
    const { f } = this;
    this.live[i] = 1;
    if (OP_FLAGS[f.op[i]!]! & FLAG.b) this.need(f.b[i]!);
  }

  /** Decides about the fold at `k`. */
  private settle(k: number): void {
    const { f, live } = this;
    const i = f.folds[k]!;
    if (live[i] === FOLDED) {
      live[i] = 0;
      return;
    }
    const address = this.rep[f.folds[k + 1]!]!;
    if (live[address] === 0) {
      this.need(f.a[i]!);
      return this.needMore();
    }
    f.a[i] = address;
    f.c[i] = f.folds[k + 2]!;
    f.aux[i]! &= ~ACCESS_SIGNED;
  }

  /** Marks what stands for `operand`. */
  private need(operand: Value): void {
    const v = this.rep[operand]!;
    const was = this.live[v]!;
    if (was === 1) return;
    if (was === FOLDED) return this.needFolded(v);
    this.live[v] = 1;
    this.work[this.workCount++] = v;
  }

  private needOperands(i: Value): void {
    const { f } = this;
    const flags = OP_FLAGS[f.op[i]!]!;
    if (flags & FLAG.a) this.need(f.a[i]!);
    if (flags & FLAG.b) this.need(f.b[i]!);
    if (flags & FLAG.c) this.need(f.c[i]!);
    if (flags & FLAG.listA) this.needList(f.a[i]!);
    if (flags & FLAG.listB) this.needList(f.b[i]!);
  }

  private needList(at: number): void {
    const { pool } = this.f;
    for (let k = 1; k <= pool[at]!; k++) this.need(pool[at + k]!);
  }

  /** A parameter is needed: so is its argument on every edge. */
  private needArguments(v: Value): void {
    const { f } = this;
    const { start, list } = this.edges;
    const b = f.block[v]!;
    for (let k = start[b]!; k < start[b + 1]!; k++) this.need(f.pool[list[k]! + 2 + f.a[v]!]!);
  }

  private sweep(): void {
    const { f, live } = this;
    for (let i = 1; i < f.count; i++) {
      if (live[i] === 0 && f.op[i] !== IR.param) this.drop(i);
    }
  }

  private drop(i: Value): void {
    this.f.op[i] = IR.none;
    this.f.ty[i] = NONE;
  }

  // Dead parameters -------------------------------------------------------------------------------

  /** True if one that stays has another id now. */
  private dropParams(): boolean {
    const { f, live, moves } = this;
    this.moveCount = 0;
    for (let k = 1; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      const first = f.firstParam[b]!;
      const count = f.paramCount[b]!;
      let kept = 0;
      for (let p = 0; p < count; p++) if (live[first + p] !== 0) kept++;
      if (kept === count) continue;
      this.closeUpArguments(b, first, count, kept);
      this.closeUp(first, count);
      f.paramCount[b] = kept;
      if (kept === 0) f.firstParam[b] = 0;
    }
    if (this.moveCount === 0) return false;
    const to = this.work;
    to.fill(0, 0, f.count);
    for (let k = 0; k < this.moveCount; k += 2) to[moves[k]!] = moves[k + 1]!;
    for (let i = 1; i < f.count; i++) {
      const moved = to[this.rep[i]!]!;
      if (moved !== 0) this.rep[i] = moved;
    }
    return true;
  }

  /** Moves the live parameters of a block to its lowest ids. */
  private closeUp(first: Value, count: number): void {
    const { f, live } = this;
    let to = first;
    for (let v = first; v < first + count; v++) {
      if (live[v] === 0) continue;
      if (to !== v) {
        f.op[to] = IR.param;
        f.ty[to] = f.ty[v]!;
        f.a[to] = to - first;
        this.moves[this.moveCount++] = v;
        this.moves[this.moveCount++] = to;
      }
      to++;
    }
    while (to < first + count) this.drop(to++);
  }

  private closeUpArguments(b: Block, first: Value, count: number, kept: number): void {
    const { start, list } = this.edges;
    const { pool } = this.f;
    for (let k = start[b]!; k < start[b + 1]!; k++) {
      const e = list[k]!;
      if (pool[e + 1] !== kept) this.closeUpEdge(e, first, count, kept);
    }
  }

  private closeUpEdge(e: Edge, first: Value, count: number, kept: number): void {
    const { live } = this;
    const { pool } = this.f;
    let to = e + 2;
    for (let p = 0; p < count; p++) {
      if (live[first + p] !== 0) pool[to++] = pool[e + 2 + p]!;
    }
    pool[e + 1] = kept;
  }
}
