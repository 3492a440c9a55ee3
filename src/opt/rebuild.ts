// Builds a function anew from another one, every value through opt/values.ts: simplification, value
// numbering and facts for functions that did not come from a Wasm body, such as those of file tests
// and of the random generator. In: a Func in stage "built" or "tidied", with unsigned offsets. Out:
// another Func, in stage "built".
//
// Blocks keep their layout. The state that a block starts with is merged from the ends of its
// predecessors; at a loop header everything may have changed.

import { Cfg } from "../ir/cfg.ts";
import type { Block, Edge, Func, Value } from "../ir/func.ts";
import { ACCESS_SIGNED, FLAG, IR, OP_FLAGS } from "../ir/ops.ts";
import { NONE, V128 } from "../ir/types.ts";
import { bug } from "../support/errors.ts";
import { LOOP, Values } from "./values.ts";

export class Rebuild {
  private readonly old: Func;
  private readonly f: Func;
  private readonly values: Values;
  private readonly cfg = new Cfg();
  /** New value by old one, 0 = not made yet; new block by old one. */
  private readonly map: Int32Array;
  private readonly blocks: Int32Array;
  private readonly states: Int32Array[] = [];

  /** Reads `old`, writes `f`. */
  constructor(old: Func, f: Func, facts: boolean) {
    this.old = old;
    this.f = f;
    this.values = new Values(f, { facts });
    this.map = new Int32Array(old.count);
    this.blocks = new Int32Array(old.blockCount);
  }

  run(): void {
    const { old, f, values } = this;
    f.reset(old.index, old.signature);
    f.types = old.types;
    f.callTypes = old.callTypes;
    values.reset();
    this.cfg.compute(old);
    const pinned = this.pinned();
    for (let k = 0; k < old.layoutCount; k++) this.blocks[old.layout[k]!] = f.newBlock();
    for (let k = 0; k < old.layoutCount; k++) {
      const b = old.layout[k]!;
      this.begin(b);
      for (const i of pinned[b]!) this.instruction(i);
      this.terminate(old.term[b]!);
      const state = new Int32Array(values.stateSize);
      values.saveState(state);
      this.states[b] = state;
    }
  }

  private pinned(): Value[][] {
    const { old } = this;
    const lists: Value[][] = Array.from({ length: old.blockCount }, () => []);
    for (let i = 1; i < old.count; i++) {
      const op = old.op[i]!;
      const isPinned = op === IR.result || old.isPinned(i);
      if (op === IR.none || op === IR.param || !isPinned) continue;
      const b = op === IR.result ? old.block[old.a[i]!]! : old.block[i]!;
      if (old.term[b] !== i) lists[b]!.push(i);
    }
    return lists;
  }

  private begin(b: Block): void {
    const { old, f, cfg, values } = this;
    const block = this.blocks[b]!;
    f.begin(block);
    f.cold[block] = old.cold[b]!;
    f.paramCount[block] = old.paramCount[b]!;
    values.begin(block, this.blocks[cfg.idom[b]!]!);
    this.enterState(b);
    f.firstParam[block] = old.paramCount[b] === 0 ? 0 : f.count;
    for (let p = 0; p < old.paramCount[b]!; p++) {
      const v = old.firstParam[b]! + p;
      this.map[v] = f.inst(IR.param, old.ty[v]!, p, 0, 0, block);
    }
  }

  private enterState(b: Block): void {
    const { cfg, values } = this;
    const { start, from } = cfg.edges;
    let merged: Int32Array | undefined;
    let loops = false;
    for (let e = start[b]!; e < start[b + 1]!; e++) {
      const state = this.states[from[e]!];
      if (state === undefined) loops = true;
      else if (merged === undefined) merged = state.slice();
      else {
        values.loadState(state);
        values.mergeState(merged);
      }
    }
    if (merged !== undefined) values.loadState(merged);
    if (loops) values.loopState(LOOP.calls);
  }

  // Values ----------------------------------------------------------------------------------------

  /** The new value for an old one, made here and now if it floats. */
  private get(v: Value): Value {
    if (this.map[v] === 0) this.map[v] = this.make(v);
    return this.map[v]!;
  }

  private make(v: Value): Value {
    const { old, values } = this;
    const op = old.op[v]!;
    const flags = OP_FLAGS[op]!;
    const ty = old.ty[v]!;
    if (op === IR.const) return this.constant(v);
    if (op === IR.inst) return values.inst();
    if (flags & FLAG.load) return this.load(v);
    if (old.isPinned(v)) return bug(`v${v} is used before it is made`);
    const a = flags & FLAG.a ? this.get(old.a[v]!) : 0;
    const b = flags & FLAG.b ? this.get(old.b[v]!) : old.b[v]!;
    const c = flags & FLAG.c ? this.get(old.c[v]!) : old.c[v]!;
    if (op === IR.membase) return values.number(op, ty, 0, 0, 0, 0);
    if (op === IR.select) return values.select(a, b, c);
    return values.pure(op, ty, a, b, c, old.aux[v]!);
  }

  private constant(v: Value): Value {
    const { old, values } = this;
    if (old.ty[v] !== V128) return values.constant(old.ty[v]!, old.a[v]!, old.b[v]!);
    const { pool } = old;
    const at = old.a[v]!;
    return values.vector(pool[at]!, pool[at + 1]!, pool[at + 2]!, pool[at + 3]!);
  }

  private load(v: Value): Value {
    const { old } = this;
    const aux = old.aux[v]!;
    if (aux & ACCESS_SIGNED) return bug("signed offsets cannot be built again");
    return this.values.load(old.ty[v]!, this.get(old.a[v]!), old.c[v]! >>> 0, aux);
  }

  private list(at: number): number {
    const { old, f } = this;
    const count = old.pool[at]!;
    for (let k = 1; k <= count; k++) this.get(old.pool[at + k]!);
    const list = f.words(1 + count);
    f.pool[list] = count;
    for (let k = 1; k <= count; k++) f.pool[list + k] = this.get(old.pool[at + k]!);
    return list;
  }

  // Instructions ----------------------------------------------------------------------------------

  private instruction(i: Value): void {
    const { old, values } = this;
    values.source = old.source[i]!;
    const ty = old.ty[i]!;
    const a = old.a[i]!;
    switch (old.op[i]) {
      case IR.result:
        this.map[i] = values.result(ty, this.get(a), old.b[i]!);
        return;
      case IR.load:
        this.map[i] = this.load(i);
        return;
      case IR.store:
        if (old.aux[i]! & ACCESS_SIGNED) bug("signed offsets cannot be built again");
        values.store(this.get(a), this.get(old.b[i]!), old.c[i]! >>> 0, old.aux[i]!);
        return;
      case IR.call:
      case IR.callslot:
      case IR.libcall:
        this.map[i] = values.call(old.op[i]!, ty, a, this.list(old.b[i]!), old.c[i]!);
        return;
      case IR.callref: {
        const ref = this.get(a);
        this.map[i] = values.call(IR.callref, ty, ref, this.list(old.b[i]!), old.c[i]!);
        return;
      }
      case IR.sigcheck:
        values.sigCheck(this.get(a), old.b[i]!);
        return;
      case IR.trapif:
        values.trapIf(this.get(a), old.b[i]!);
        return;
      default:
        this.trapping(i);
    }
  }

  private trapping(i: Value): void {
    const { old, values } = this;
    const flags = OP_FLAGS[old.op[i]!]!;
    const a = this.get(old.a[i]!);
    const b = flags & FLAG.b ? this.get(old.b[i]!) : 0;
    this.map[i] = values.pure(old.op[i]!, old.ty[i]!, a, b, 0);
  }

  // Control ---------------------------------------------------------------------------------------

  private edge(e: Edge): Edge {
    const { old, f } = this;
    const count = old.pool[e + 1]!;
    for (let k = 0; k < count; k++) this.get(old.pool[e + 2 + k]!);
    const edge = f.words(2 + count);
    f.pool[edge] = this.blocks[old.pool[e]!]!;
    f.pool[edge + 1] = count;
    for (let k = 0; k < count; k++) f.pool[edge + 2 + k] = this.get(old.pool[e + 2 + k]!);
    return edge;
  }

  private terminate(t: Value): void {
    const { old, f, values } = this;
    const op = old.op[t]!;
    let a = old.a[t]!;
    let b = old.b[t]!;
    let c = old.c[t]!;
    if (op === IR.jump) a = this.edge(a);
    else if (op === IR.br) {
      a = this.get(a);
      b = this.edge(b);
      c = this.edge(c);
    } else if (op === IR.switch) {
      a = this.get(a);
      b = this.cases(b);
    } else if (op === IR.ret) a = this.list(a);
    const i = f.inst(op, NONE, a, b, c, values.block);
    f.source[i] = old.source[t]!;
    f.term[values.block] = i;
  }

  private cases(list: number): number {
    const { old, f } = this;
    const count = old.pool[list]!;
    const edges: Edge[] = [];
    for (let k = 1; k <= count; k++) edges.push(this.edge(old.pool[list + k]!));
    const at = f.words(1 + count);
    f.pool[at] = count;
    f.pool.set(edges, at + 1);
    return at;
  }
}
