// Global code motion: gives every pure value a block, and every block its order. In: a tidied Func,
// its Cfg. Out: f.block of pure values, f.order, f.start, f.end. After Click (1995).
//
// A value may stand anywhere between the deepest of its operands ("early") and the common dominator
// of its uses ("late"). It goes to the shallowest loop on that way, and there as late as possible,
// so that what only a cold path needs is computed on that path. What selection swallows into its
// user (comparisons, extensions, small address arithmetic) stays with the user: hoisting it costs a
// register and saves nothing.
//
// A switch is the exception to one place per value: what several of its cases need and the switch
// itself does not would be computed for all of them and held in a register across the jump, often
// for none. A cheap value of one variable operand is made anew in each block that wants it.
//
// Inside a block a value of two variable operands stands where the program computed it: moved down
// to its first user it would keep two registers alive for one. So does a vector that is made of a
// load, since machines do both at once if nothing stands between them. Any other stands right
// before its first user.

import type { Cfg } from "../ir/cfg.ts";
import { edgesOf } from "../ir/edges.ts";
import type { Block, Func, Value } from "../ir/func.ts";
import { FLAG, IR, OP_FLAGS } from "../ir/ops.ts";
import { I32 } from "../ir/types.ts";
import { Dominators } from "./dominators.ts";

const grow = (old: Int32Array<ArrayBuffer>, need: number): Int32Array<ArrayBuffer> =>
  old.length >= need ? old : new Int32Array(need * 2);

// Notes on instructions.
/** It floats and is no constant. */
const FLOATS = 1;
/** The i32 address of an access: a sum of that is not swallowed. */
const ADDRESS = 2;
/** It stays where the program computed it. */
const KEEP = 4;
/** It is in the order. */
const DONE = 8;
/** Some user stands in the block that is its late block so far. */
const HERE = 16;
/** It is made where it is wanted. */
const SPREAD = 32;

/** Most values, each the operand of the next, that are made anew for one user. */
const LONGEST = 3;

export class Place {
  private f!: Func;
  private cfg!: Cfg;
  private readonly tree = new Dominators();
  private early = new Int32Array(1024);
  private late = new Int32Array(1024);
  /**
   * ADDRESS: the i32 address of an access, a sum of which is not swallowed. KEEP: see keepsPlace.
   */
  private notes = new Uint8Array(1024);
  /** Deepest loop of a user, and how many SPREAD values in a row lead from a value to a user. */
  private useDepth = new Uint8Array(1024);
  private chained = new Uint8Array(1024);
  /** Of SPREAD values: the instruction that was made last, 0 = none yet. */
  private latest = new Int32Array(1024);
  private anySpread = false;
  /** Instructions by block: a linked list in id order. */
  private first = new Int32Array(64);
  private last = new Int32Array(64);
  private next = new Int32Array(1024);
  private stack = new Int32Array(256);
  private readonly edges: number[] = [];

  run(f: Func, cfg: Cfg): void {
    this.f = f;
    this.cfg = cfg;
    this.early = grow(this.early, f.count);
    this.late = grow(this.late, f.count);
    this.next = grow(this.next, f.count);
    this.first = grow(this.first, f.blockCount);
    this.last = grow(this.last, f.blockCount);
    this.latest = grow(this.latest, f.count);
    if (this.notes.length < f.count) {
      this.notes = new Uint8Array(f.count * 2);
      this.useDepth = new Uint8Array(f.count * 2);
      this.chained = new Uint8Array(f.count * 2);
    }
    for (let k = 0; k < f.layoutCount; k++) this.tree.add(f.layout[k]!, cfg.idom[f.layout[k]!]!);
    this.findEarly();
    this.findLate();
    this.schedule();
  }

  private deeper(a: Block, b: Block): Block {
    return this.tree.depth[a]! >= this.tree.depth[b]! ? a : b;
  }

  /** Operands of a pure value are older, except through parameters, which are pinned. */
  private findEarly(): void {
    const { f, early, notes } = this;
    const entry = f.layout[0]!;
    notes.fill(0, 0, f.count);
    for (let i = 1; i < f.count; i++) {
      const op = f.op[i]!;
      if (op === IR.none) continue;
      if (op === IR.const) {
        early[i] = entry;
        continue;
      }
      const flags = OP_FLAGS[op]!;
      if (op === IR.result) f.block[i] = f.block[f.a[i]!]!;
      if (op === IR.result || ((flags & FLAG.pure) === 0 && f.isPinned(i))) {
        early[i] = f.block[i]!;
        continue;
      }
      notes[i] = FLOATS;
      let b = entry;
      if (flags & FLAG.a) b = this.deeper(b, early[f.a[i]!]!);
      if (flags & FLAG.b) b = this.deeper(b, early[f.b[i]!]!);
      if (flags & FLAG.c) b = this.deeper(b, early[f.c[i]!]!);
      early[i] = b;
    }
  }

  private use(v: Value, block: Block): void {
    const { notes, useDepth } = this;
    if ((notes[v]! & FLOATS) === 0) return;
    const late = this.late[v]!;
    const both = late === 0 ? block : this.tree.common(late, block);
    this.late[v] = both;
    if (both !== late) notes[v]! &= ~HERE;
    if (both === block) notes[v]! |= HERE;
    const depth = this.cfg.loopDepth[block]!;
    if (depth > useDepth[v]!) useDepth[v] = Math.min(depth, 255);
  }

  /** The operand of a value that is SPREAD: it is wanted wherever that is. */
  private useSpread(i: Value, block: Block): void {
    const { f, notes, useDepth, chained } = this;
    const v = f.a[i]!;
    if ((notes[v]! & FLOATS) === 0) return;
    const here = this.late[v] === block ? notes[v]! & HERE : 0;
    this.use(v, block);
    if (this.late[v] === block && here === 0) notes[v]! &= ~HERE;
    if (useDepth[i]! > useDepth[v]!) useDepth[v] = useDepth[i]!;
    if (chained[i]! >= chained[v]!) chained[v] = chained[i]! + 1;
  }

  private useList(at: number, block: number): void {
    const { pool } = this.f;
    for (let k = 1; k <= pool[at]!; k++) this.use(pool[at + k]!, block);
  }

  private useOperands(i: Value, block: number): void {
    const { f } = this;
    const flags = OP_FLAGS[f.op[i]!]!;
    if (flags & FLAG.a) this.use(f.a[i]!, block);
    if (flags & FLAG.b) this.use(f.b[i]!, block);
    if (flags & FLAG.c) this.use(f.c[i]!, block);
    if (flags & FLAG.listA) this.useList(f.a[i]!, block);
    if (flags & FLAG.listB) this.useList(f.b[i]!, block);
  }

  /** Users before what they use: pinned ones and edges first, then pure ones from young to old. */
  private findLate(): void {
    const { f, late, notes } = this;
    late.fill(0, 0, f.count);
    this.useDepth.fill(0, 0, f.count);
    this.chained.fill(0, 0, f.count);
    this.anySpread = false;
    for (let i = 1; i < f.count; i++) {
      const op = f.op[i]!;
      if ((OP_FLAGS[op]! & FLAG.pure) !== 0 || (notes[i]! & FLOATS) !== 0) continue;
      this.useOperands(i, f.block[i]!);
      if ((op === IR.load || op === IR.store) && f.ty[f.a[i]!] === I32) notes[f.a[i]!]! |= ADDRESS;
    }
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      const n = edgesOf(f, b, this.edges, 0);
      for (let e = 0; e < n; e++) this.useList(this.edges[e]! + 1, b);
    }
    for (let i = f.count - 1; i > 0; i--) {
      if ((notes[i]! & FLOATS) === 0 || late[i] === 0) continue;
      const b = this.choose(i);
      if (b === f.block[i] && this.keepsPlace(i)) notes[i]! |= KEEP;
      f.block[i] = b;
      if (this.isSpread(i, b)) {
        notes[i]! |= SPREAD;
        this.latest[i] = 0;
        this.anySpread = true;
        this.useSpread(i, b);
      } else this.useOperands(i, b);
    }
  }

  /** The block of a value between its early and its late block. */
  private choose(i: Value): Block {
    const { idom, loopDepth, loopHeader } = this.cfg;
    const { depth } = this.tree;
    const top = depth[this.early[i]!]!;
    let best = this.late[i]!;
    if (this.isSwallowed(i)) return best;
    // A way up leaves a loop by its header: only what lies before headers can be in fewer loops.
    for (let h = loopHeader[best]!; h !== 0;) {
      const b = idom[h]!;
      if (b === 0 || depth[b]! < top) break;
      if (loopDepth[b]! < loopDepth[best]!) best = b;
      h = loopHeader[b]!;
    }
    return best;
  }

  /** True for a cheap value that cases of the switch behind block `b` want, but not `b` itself. */
  private isSpread(i: Value, b: Block): boolean {
    const { f, notes, cfg } = this;
    if (f.op[f.term[b]!] !== IR.switch || b !== this.late[i] || (notes[i]! & HERE) !== 0) {
      return false;
    }
    if (this.useDepth[i]! > cfg.loopDepth[b]! || this.chained[i]! >= LONGEST) return false;
    const op = f.op[i]!;
    if (op === IR.extu || op === IR.exts || op === IR.wrap) return true;
    const isCheap = op === IR.add || op === IR.sub || (op >= IR.and && op <= IR.shru);
    return isCheap && f.op[f.b[i]!] === IR.const;
  }

  /** True for what costs nothing beside its user. */
  private isSwallowed(i: Value): boolean {
    const { f } = this;
    const op = f.op[i]!;
    if (op === IR.extu || op === IR.inst || op === IR.membase) return true;
    if (op >= IR.eq && op <= IR.fge) return true;
    if (op !== IR.add && op !== IR.shl) return false;
    return f.op[f.b[i]!] === IR.const && (this.notes[i]! & ADDRESS) === 0;
  }

  /** True for what stays where the program computed it, if it stays in that block. */
  private keepsPlace(i: Value): boolean {
    const { f } = this;
    const op = f.op[i]!;
    if (op === IR.vsplat || op === IR.vextlows || op === IR.vextlowu) {
      return f.op[f.a[i]!] === IR.load;
    }
    if ((OP_FLAGS[op]! & FLAG.b) === 0) return false;
    if (f.op[f.a[i]!] === IR.const || f.op[f.b[i]!] === IR.const) return false;
    return !this.isSwallowed(i);
  }

  // Order -----------------------------------------------------------------------------------------

  private schedule(): void {
    const { f, notes } = this;
    this.chain();
    f.orderCount = 0;
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      f.start[b] = f.orderCount;
      const terminator = f.term[b]!;
      for (let i = this.first[b]!; i !== 0; i = this.next[i]!) {
        if (i === terminator) continue;
        if ((notes[i]! & FLOATS) !== 0) {
          if ((notes[i]! & (KEEP | SPREAD)) === KEEP) this.emitTree(i, b);
          continue;
        }
        this.emitOperands(i, b);
        this.emit(i);
      }
      // Values that live on: those this block feeds to edges and to the blocks it dominates.
      for (let i = this.first[b]!; i !== 0; i = this.next[i]!) {
        if ((notes[i]! & (FLOATS | DONE | SPREAD)) === FLOATS) this.emitTree(i, b);
      }
      if (this.anySpread) this.spreadEdges(b);
      this.emitOperands(terminator, b);
      this.emit(terminator);
      f.end[b] = f.orderCount;
    }
    if (this.anySpread) this.removeSpread();
  }

  /** Links the instructions of each block in id order; parameters and constants are in no order. */
  private chain(): void {
    const { f, first, last, next } = this;
    first.fill(0, 0, f.blockCount);
    for (let i = 1; i < f.count; i++) {
      const op = f.op[i]!;
      if (op === IR.none || op === IR.const || op === IR.param) continue;
      const b = f.block[i]!;
      if (first[b] === 0) first[b] = i;
      else next[last[b]!] = i;
      last[b] = i;
      next[i] = 0;
    }
  }

  // Values made where they are wanted -------------------------------------------------------------

  /** The arguments of the edges that leave a block. */
  private spreadEdges(b: Block): void {
    const { f } = this;
    const n = edgesOf(f, b, this.edges, 0);
    for (let e = 0; e < n; e++) this.spreadList(this.edges[e]! + 1, b);
  }

  private spreadList(at: number, b: Block): void {
    const { pool } = this.f;
    for (let k = 1; k <= pool[at]!; k++) pool[at + k] = this.wanted(pool[at + k]!, b);
  }

  /** A copy may make the columns grow, so it is made before a column is taken hold of. */
  private spreadOperands(i: Value, b: Block): void {
    const { f } = this;
    const flags = OP_FLAGS[f.op[i]!]!;
    const x = flags & FLAG.a ? this.wanted(f.a[i]!, b) : f.a[i]!;
    const y = flags & FLAG.b ? this.wanted(f.b[i]!, b) : f.b[i]!;
    const z = flags & FLAG.c ? this.wanted(f.c[i]!, b) : f.c[i]!;
    f.a[i] = x;
    f.b[i] = y;
    f.c[i] = z;
    if (flags & FLAG.listA) this.spreadList(f.a[i]!, b);
    if (flags & FLAG.listB) this.spreadList(f.b[i]!, b);
  }

  /** The instruction that is value `v` in block `b`: a copy if it is SPREAD, in no order itself. */
  private wanted(v: Value, b: Block): Value {
    const { f, notes, latest } = this;
    if ((notes[v]! & SPREAD) === 0) return v;
    const last = latest[v]!;
    if (last !== 0 && this.tree.dominates(f.block[last]!, b)) return last;
    const operand = this.wanted(f.a[v]!, b);
    const i = f.inst(f.op[v]!, f.ty[v]!, operand, f.b[v]!, f.c[v]!, b);
    f.aux[i] = f.aux[v]!;
    f.source[i] = f.source[v]!;
    this.reserve(i);
    latest[v] = i;
    this.emit(i);
    return i;
  }

  /** Of values that were made where they are wanted only the copies stay. */
  private removeSpread(): void {
    const { f, notes } = this;
    for (let i = 1; i < f.count; i++) if ((notes[i]! & SPREAD) !== 0) f.op[i] = IR.none;
  }

  private reserve(i: Value): void {
    if (i >= this.notes.length) {
      const wide = new Uint8Array(i * 2);
      wide.set(this.notes);
      this.notes = wide;
    }
    this.notes[i] = 0;
  }

  private emit(i: Value): void {
    if (this.f.orderCount === this.f.order.length) {
      const wide = new Int32Array(this.f.orderCount * 2);
      wide.set(this.f.order);
      this.f.order = wide;
    }
    this.notes[i]! |= DONE;
    this.f.order[this.f.orderCount++] = i;
  }

  private emitOperands(i: Value, b: number): void {
    const { f } = this;
    if (this.anySpread) this.spreadOperands(i, b);
    const flags = OP_FLAGS[f.op[i]!]!;
    if (flags & FLAG.a) this.emitTree(f.a[i]!, b);
    if (flags & FLAG.b) this.emitTree(f.b[i]!, b);
    if (flags & FLAG.c) this.emitTree(f.c[i]!, b);
    if (flags & FLAG.listA) this.emitList(f.a[i]!, b);
    if (flags & FLAG.listB) this.emitList(f.b[i]!, b);
  }

  private emitList(at: number, b: number): void {
    const { pool } = this.f;
    for (let k = 1; k <= pool[at]!; k++) this.emitTree(pool[at + k]!, b);
  }

  private waits(v: Value, b: number): boolean {
    return (this.notes[v]! & (FLOATS | DONE)) === FLOATS && this.f.block[v] === b;
  }

  /** Emits `root` after the operands it waits for; depth first, without recursion. */
  private emitTree(root: Value, b: number): void {
    if (!this.waits(root, b)) return;
    let top = 0;
    this.stack[top++] = root;
    while (top > 0) {
      const v = this.stack[top - 1]!;
      const waiting = this.nextOperand(v, b);
      if (waiting === 0) {
        top--;
        if ((this.notes[v]! & DONE) !== 0) continue;
        if (this.anySpread) this.spreadOperands(v, b);
        this.emit(v);
        continue;
      }
      if (top === this.stack.length) {
        const wide = new Int32Array(top * 2);
        wide.set(this.stack);
        this.stack = wide;
      }
      this.stack[top++] = waiting;
    }
  }

  /** An operand of `v` in block `b` that is not in the order yet, 0 if none. */
  private nextOperand(v: Value, b: number): Value {
    const { f } = this;
    const flags = OP_FLAGS[f.op[v]!]!;
    if (flags & FLAG.a && this.waits(f.a[v]!, b)) return f.a[v]!;
    if (flags & FLAG.b && this.waits(f.b[v]!, b)) return f.b[v]!;
    if (flags & FLAG.c && this.waits(f.c[v]!, b)) return f.c[v]!;
    return 0;
  }
}
