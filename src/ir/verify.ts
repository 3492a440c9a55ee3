// Checks a function between passes. In: a Func and how far it is. Out: nothing, or a Bug that names
// the law, the instruction and the function. What it demands, at every stage:
//
//  1. The layout lists each block once, the entry first. Every other block has a predecessor
//     before it, and an edge that leads backwards in the layout leads to a block that dominates
//     its source. No edge leads to the entry.
//  2. A block ends with its one control instruction.
//  3. The parameters of a block are consecutive, number themselves, and stand nowhere else; those
//     of the entry are the function's. Every edge brings one argument of the right type for each.
//  4. Operands are values of this function, alive, and until it is placed older than their user (a
//     lower id).
//  5. Types fit the row of the opcode in typing.ts, calls their signature. The 64-bit integers
//     i64, ref and ptr mix; i32 mixes with nothing.
//  6. Definitions dominate uses. A floating value is available where all its operands are; those
//     lie on one path of the dominator tree.
//  7. Access words are made of known widths and classes; nothing stores to what is fixed; a width
//     is narrower than the type. A version is not negative, that of a fixed load is 0.
//     A signed offset is below 0 and of an i32 address. Vectors are loaded with WIDTH u32 or u64,
//     or in full, and stored in full.
//  8. A `result` names a call of this function and one of its results beyond the first, once.
//     A vector opcode has a shape that it comes in, its lane is below their number, and the
//     indices of a shuffle are a constant.
//
// and of a placed function:
//
//  9. The order covers the layout block by block, and each instruction but constants and parameters
//     stands in it exactly once, in its block. Operands stand before their users, control last.
// 10. Pinned instructions stand in the order of their ids; results right behind their call.

import { LIBCALLS, TRAPS } from "../abi.ts";
import { bug } from "../support/errors.ts";
import { Cfg } from "./cfg.ts";
import type { Block, Edge, Func, Signature, Value } from "./func.ts";
import {
  ACCESS_SIGNED,
  CLASS,
  CLASS_NAMES,
  FLAG,
  IR,
  OP_COUNT,
  OP_FLAGS,
  OP_NAMES,
  WIDTH,
  WIDTH_BYTES,
  WIDTH_NAMES,
  classOf,
  widthOf,
} from "./ops.ts";
import type { Op } from "./ops.ts";
import { callType, printFunc, printInst, typeName } from "./print.ts";
import type { Stage } from "./print.ts";
import { LANE_TYPE, isVector, shapeProblem } from "./shapes.ts";
import { TYPE_RULES } from "./typing.ts";
import {
  F32,
  F64,
  I32,
  I64,
  NONE,
  PTR,
  REF,
  TYPE_NAMES,
  TYPE_SIZE,
  V128,
  isFloat,
  isInt,
} from "./types.ts";
import type { Type } from "./types.ts";

const RULE: readonly string[] = OP_NAMES.map(
  (name) => (TYPE_RULES as Record<string, string>)[name]!,
);

/** The types that mix are the same here. */
const kindOf = (t: Type): Type => (t === REF || t === PTR ? I64 : t);

const LETTER: Readonly<Record<string, Type>> = {
  i: I32,
  I: I64,
  f: F32,
  F: F64,
  p: I64,
  v: V128,
  "-": NONE,
};

const LIBCALL_TYPE: Readonly<Record<string, Type>> = { i: I32, I: I64, r: REF };
const libcallSignatures: readonly Signature[] = LIBCALLS.map(([, letters]) => {
  const [params, results] = letters
    .split(":")
    .map((part) => [...part].map((c) => LIBCALL_TYPE[c] ?? NONE));
  return { params: params ?? [], results: results ?? [] };
});

const isCall = (op: Op): boolean =>
  op === IR.call || op === IR.callslot || op === IR.callref || op === IR.libcall;

/** Where `like` says what e stands for. */
const LANE = 3;

/** Functions up to this many instructions are printed in full with the complaint. */
const SHOWN = 500;

export class Verify {
  private f!: Func;
  private stage: Stage = "built";
  private readonly cfg = new Cfg();
  /** The instruction that is being looked at. */
  private at: Value = 0;
  /** Deepest block where a value is available, by value; 0 = not yet known. */
  private early = new Int32Array(1024);
  /** Index in the order, by instruction; -1 = not in it. */
  private position = new Int32Array(1024);
  /** What n, x, t and e stand for in the row at hand; NONE: nothing yet. */
  private readonly like = new Uint8Array(4);

  run(f: Func, stage: Stage): void {
    this.f = f;
    this.stage = stage;
    this.at = 0;
    if (this.early.length < f.count) {
      this.early = new Int32Array(f.count * 2);
      this.position = new Int32Array(f.count * 2);
    }
    this.checkLayout();
    this.checkParams();
    this.checkTerminators();
    this.checkEdges();
    this.cfg.compute(f);
    this.checkFlow();
    if (stage === "placed") this.checkOrder();
    this.checkInsts();
    this.checkArguments();
  }

  private fail(what: string): never {
    const { f, at } = this;
    const inst = at === 0 ? "" : ` at ${f.hasValue(at) ? "" : `(${at}) `}${printInst(f, at)}`;
    const text = f.count <= SHOWN ? `\n${printFunc(f)}` : "";
    return bug(`verify (${this.stage}): function ${f.index}: ${what}${inst}${text}`);
  }

  // Blocks ----------------------------------------------------------------------------------------

  private isBegun(b: Block): boolean {
    return b > 0 && b < this.f.blockCount && this.cfg.position[b]! >= 0;
  }

  private checkLayout(): void {
    const { f } = this;
    if (f.layoutCount === 0) this.fail("no blocks");
    // Cfg.position is used before compute, to know the blocks that were begun.
    const { position } = this.cfg;
    if (position.length < f.blockCount) this.cfg.position = new Int32Array(f.blockCount * 2);
    this.cfg.position.fill(-1);
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      if (b <= 0 || b >= f.blockCount) this.fail(`b${b} in the layout does not exist`);
      if (this.cfg.position[b]! >= 0) this.fail(`b${b} stands twice in the layout`);
      this.cfg.position[b] = k;
    }
  }

  private checkParams(): void {
    const { f } = this;
    let total = 0;
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      const first = f.firstParam[b]!;
      for (let p = 0; p < f.paramCount[b]!; p++) {
        this.at = first + p;
        const good = f.op[first + p] === IR.param && f.a[first + p] === p;
        if (!good || f.block[first + p] !== b) this.fail(`not parameter ${p} of b${b}`);
        if (f.ty[first + p] === NONE) this.fail("parameter without type");
        total++;
      }
    }
    for (let i = 1; i < f.count; i++) {
      if (f.op[i] === IR.param && this.isBegun(f.block[i]!)) total--;
    }
    this.at = 0;
    if (total !== 0) this.fail("a parameter stands outside of its block's list");
    const entry = f.layout[0]!;
    const { params } = f.signature;
    if (f.paramCount[entry] !== params.length) this.fail("the entry has not the function's params");
    params.forEach((ty, p) => {
      if (f.ty[f.firstParam[entry]! + p] !== ty)
        this.fail(`parameter ${p} is not a ${typeName(ty)}`);
    });
  }

  private checkTerminators(): void {
    const { f } = this;
    for (let i = 1; i < f.count; i++) {
      if (f.op[i]! >= OP_COUNT) this.fail(`unknown opcode ${f.op[i]}`);
      if ((OP_FLAGS[f.op[i]!]! & FLAG.control) === 0 || !this.isBegun(f.block[i]!)) continue;
      this.at = i;
      if (f.term[f.block[i]!] !== i) this.fail(`b${f.block[i]} has two ends`);
    }
    this.at = 0;
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      const t = f.term[b]!;
      if (t <= 0 || t >= f.count || (OP_FLAGS[f.op[t]!]! & FLAG.control) === 0) {
        this.fail(`b${b} has no end`);
      }
      this.at = t;
      if (f.block[t] !== b) this.fail(`the end of b${b} is in b${f.block[t]}`);
      this.at = 0;
    }
  }

  /** Calls `check` for every edge of the terminator `t`. */
  private eachEdge(t: Value, check: (e: Edge) => void): void {
    const { f } = this;
    this.at = t;
    if (f.op[t] === IR.jump) check(f.a[t]!);
    else if (f.op[t] === IR.br) {
      check(f.b[t]!);
      check(f.c[t]!);
    } else if (f.op[t] === IR.switch) {
      const list = f.b[t]!;
      this.checkPool(list);
      if (f.pool[list] === 0) this.fail("switch without default");
      for (let k = 1; k <= f.pool[list]!; k++) check(f.pool[list + k]!);
    }
  }

  private checkPool(at: number): void {
    const { f } = this;
    if (at <= 0 || at >= f.poolCount) this.fail(`pool index ${at} does not exist`);
    if (f.pool[at]! < 0 || at + f.pool[at]! >= f.poolCount) this.fail(`list ${at} leaves the pool`);
  }

  /** Targets and numbers of arguments; the arguments themselves wait for dominators. */
  private checkEdges(): void {
    const { f } = this;
    const check = (e: Edge): void => {
      if (e <= 0 || e >= f.poolCount) this.fail(`edge ${e} does not exist`);
      this.checkPool(e + 1);
      const target = f.pool[e]!;
      if (!this.isBegun(target)) this.fail(`edge to b${target}, which was not begun`);
      if (target === f.layout[0]) this.fail("edge to the entry");
      const count = f.pool[e + 1]!;
      if (count !== f.paramCount[target]) this.fail(`${count} arguments for b${target}`);
    };
    for (let k = 0; k < f.layoutCount; k++) this.eachEdge(f.term[f.layout[k]!]!, check);
    this.at = 0;
  }

  private checkFlow(): void {
    const { f, cfg } = this;
    for (let k = 1; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      if (!cfg.isReachable(b)) this.fail(`b${b} has no predecessor before it`);
      for (let e = cfg.edges.start[b]!; e < cfg.edges.start[b + 1]!; e++) {
        const from = cfg.edges.from[e]!;
        if (cfg.position[from]! < k || cfg.dominates(b, from)) continue;
        this.at = f.term[from]!;
        this.fail(`edge back to b${b}, which does not dominate b${from}`);
      }
    }
    this.at = 0;
  }

  // Order -----------------------------------------------------------------------------------------

  private checkOrder(): void {
    const { f, position } = this;
    position.fill(-1, 0, f.count);
    let at = 0;
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      if (f.start[b] !== at || f.end[b]! <= at) this.fail(`the order of b${b} is not a range`);
      let pinned = 0;
      for (; at < f.end[b]!; at++) {
        const i = (this.at = f.order[at]!);
        if (i <= 0 || i >= f.count) this.fail(`${i} in the order does not exist`);
        if (position[i] !== -1) this.fail("twice in the order");
        position[i] = at;
        if (f.block[i] !== b) this.fail(`in the order of b${b}, but belongs to b${f.block[i]}`);
        if (f.op[i] === IR.result) this.checkBehindCall(i, at);
        if (!f.isPinned(i)) continue;
        if (i < pinned) this.fail("pinned, but not in the order of ids");
        pinned = i;
      }
      this.at = f.order[at - 1]!;
      if (this.at !== f.term[b]) this.fail(`last in b${b}`);
    }
    this.at = 0;
    if (at !== f.orderCount) this.fail("the order goes on behind the last block");
  }

  private checkBehindCall(i: Value, at: number): void {
    const { f } = this;
    let k = at - 1;
    while (k >= 0 && f.op[f.order[k]!] === IR.result && f.a[f.order[k]!] === f.a[i]) k--;
    if (f.order[k] !== f.a[i]) this.fail("not right behind its call");
  }

  // Instructions ----------------------------------------------------------------------------------

  private checkInsts(): void {
    const { f, early } = this;
    const entry = f.layout[0]!;
    early.fill(0, 0, f.count);
    for (let i = 1; i < f.count; i++) {
      const op = f.op[i]!;
      if (op === IR.none) continue;
      this.at = i;
      if (op === IR.const) {
        early[i] = entry;
        this.checkConst(i);
        continue;
      }
      const b = f.block[i]!;
      if (!this.isBegun(b)) this.fail(`in b${b}, which was not begun`);
      early[i] = f.isPinned(i) ? b : entry;
      if (op === IR.param) continue;
      if (this.stage === "placed" && this.position[i] === -1) this.fail("not in the order");
      this.checkOperands(i);
      this.checkTypes(i);
    }
    this.at = 0;
  }

  private checkConst(i: Value): void {
    const { f } = this;
    const ty = f.ty[i]!;
    if (ty === NONE || ty >= TYPE_NAMES.length) this.fail("constant without type");
    if (ty === V128 && (f.a[i]! <= 0 || f.a[i]! + 4 > f.poolCount)) this.fail("words not in pool");
  }

  private checkOperands(i: Value): void {
    const { f } = this;
    const flags = OP_FLAGS[f.op[i]!]!;
    if (flags & FLAG.a) this.checkUse(f.a[i]!);
    if (flags & FLAG.b) this.checkUse(f.b[i]!);
    if (flags & FLAG.c) this.checkUse(f.c[i]!);
    if (flags & FLAG.listA) this.checkList(f.a[i]!);
    if (flags & FLAG.listB) this.checkList(f.b[i]!);
    if (f.op[i] === IR.result) this.early[i] = f.block[f.a[i]!]!;
  }

  private checkList(at: number): void {
    this.checkPool(at);
    for (let k = 1; k <= this.f.pool[at]!; k++) this.checkUse(this.f.pool[at + k]!);
  }

  private checkExists(v: Value): void {
    const { f } = this;
    if (v <= 0 || v >= f.count) this.fail(`operand v${v} does not exist`);
    if (f.op[v] === IR.none) this.fail(`operand v${v} is dead`);
    if (f.ty[v] === NONE) this.fail(`operand v${v} is no value`);
  }

  /** Operand `v` of the instruction at hand: defined on every way to it. */
  private checkUse(v: Value): void {
    const { f, at, early } = this;
    this.checkExists(v);
    if (this.stage === "placed") return this.checkBefore(v, f.block[at]!, this.position[at]!);
    if (v >= at) this.fail(`operand v${v} is not older`);
    const from = early[v]!;
    if (from === 0) this.fail(`operand v${v} is in no block`);
    if (f.isPinned(at)) {
      if (!this.cfg.dominates(from, f.block[at]!)) this.fail(`v${v} does not dominate its use`);
    } else if (this.cfg.dominates(early[at]!, from)) early[at] = from;
    else if (!this.cfg.dominates(from, early[at]!))
      this.fail(`v${v} and another operand never meet`);
  }

  /** In a placed function: `v` stands before index `position` of block `b`, or above `b`. */
  private checkBefore(v: Value, b: Block, position: number): void {
    const { f } = this;
    if (f.op[v] === IR.const) return;
    if (!this.cfg.dominates(f.block[v]!, b)) this.fail(`v${v} does not dominate its use`);
    if (f.op[v] === IR.param) return;
    if (this.position[v] === -1) this.fail(`operand v${v} is not in the order`);
    if (f.block[v] === b && this.position[v]! >= position) this.fail(`v${v} stands behind its use`);
  }

  // Types -----------------------------------------------------------------------------------------

  private checkTypes(i: Value): void {
    const { f } = this;
    const rule = RULE[f.op[i]!]!;
    if (rule === "*") this.checkSpecial(i);
    else this.checkRule(i, rule);
    if (f.op[i] === IR.trapif) this.checkTrap(f.b[i]!);
    if (f.op[i] === IR.trap) this.checkTrap(f.a[i]!);
  }

  private checkRule(i: Value, rule: string): void {
    const { f } = this;
    const columns = [f.a[i]!, f.b[i]!, f.c[i]!];
    const end = rule.length - 2;
    this.like.fill(NONE);
    if (isVector(f.op[i]!)) {
      const problem = shapeProblem(f, i);
      if (problem !== "") this.fail(problem);
      this.like[LANE] = LANE_TYPE[f.aux[i]!]!;
    } else if (f.aux[i] !== 0) this.fail(`aux ${f.aux[i]} without meaning`);
    for (let k = 0; k < end; k++) this.checkLetter(rule[k]!, f.ty[columns[k]!]!);
    this.checkLetter(rule[end + 1]!, f.ty[i]!);
  }

  private checkLetter(letter: string, ty: Type): void {
    const fixed = LETTER[letter];
    const kind = kindOf(ty);
    if (fixed !== undefined) {
      if (kind !== fixed) this.fail(`${typeName(ty)} where ${letter} is due`);
      return;
    }
    const slot = "nxte".indexOf(letter);
    const like = this.like[slot]!;
    if (like !== NONE && kind !== like) this.fail(`${typeName(ty)} beside ${typeName(like)}`);
    if (letter === "n" && !isInt(ty)) this.fail(`${typeName(ty)} is no integer`);
    if (letter === "x" && !isFloat(ty)) this.fail(`${typeName(ty)} is no float`);
    if (kind === NONE) this.fail("no value");
    this.like[slot] = kind;
  }

  private checkTrap(code: number): void {
    if (code <= 0 || code >= TRAPS.length) this.fail(`no trap ${code}`);
  }

  private checkSpecial(i: Value): void {
    const { f } = this;
    switch (f.op[i]) {
      case IR.result:
        return this.checkResult(i);
      case IR.bitcast:
        return this.checkBitcast(i);
      case IR.load:
      case IR.store:
        return this.checkAccess(i);
      case IR.ret:
        if (f.ty[i] !== NONE) this.fail("ret has no value");
        return this.checkValues(f.a[i]!, f.signature.results, "results");
      default:
        this.checkCall(i);
    }
  }

  private checkBitcast(i: Value): void {
    const { f } = this;
    const from = f.ty[f.a[i]!]!;
    const to = f.ty[i]!;
    const crosses = isInt(from) !== isInt(to) && from !== V128 && to !== V128;
    if (!crosses || TYPE_SIZE[from] !== TYPE_SIZE[to]) {
      this.fail(`bits of ${typeName(from)} as ${typeName(to)}`);
    }
  }

  private checkAccess(i: Value): void {
    const { f } = this;
    const aux = f.aux[i]!;
    const klass = classOf(aux);
    if (widthOf(aux) >= WIDTH_NAMES.length || klass >= CLASS_NAMES.length || aux > 511) {
      this.fail(`access word ${aux}`);
    }
    if (aux & ACCESS_SIGNED && (f.ty[f.a[i]!] !== I32 || f.c[i]! >= 0 || klass !== CLASS.memory)) {
      this.fail("signed offset without need");
    }
    if (!isInt(f.ty[f.a[i]!]!)) this.fail("the address is no integer");
    const isLoad = f.op[i] === IR.load;
    const ty = isLoad ? f.ty[i]! : f.ty[f.b[i]!]!;
    if (isLoad !== (f.ty[i] !== NONE)) this.fail("a load has a value, a store has none");
    const bytes = WIDTH_BYTES[widthOf(aux)]!;
    const isZeroed = widthOf(aux) === WIDTH.u32 || widthOf(aux) === WIDTH.u64;
    if (bytes > 0 && ty === V128) {
      if (!isLoad || !isZeroed) this.fail("no width of vectors");
    } else if (bytes > 0 && (!isInt(ty) || bytes >= TYPE_SIZE[ty]!)) {
      this.fail("width is not narrower");
    }
    if (klass === CLASS.fixed && !isLoad) this.fail("store to what is fixed");
    if (isLoad && f.b[i]! < 0) this.fail("negative version");
    if (isLoad && klass === CLASS.fixed && f.b[i] !== 0) this.fail("version of what is fixed");
  }

  /** Signature of a call, of whatever kind. */
  private signatureOf(call: Value): Signature {
    const { f } = this;
    if (f.op[call] === IR.libcall) {
      return libcallSignatures[f.a[call]!] ?? this.fail(`no library call ${f.a[call]}`);
    }
    const type = callType(f, call);
    return f.types[type] ?? this.fail(`no type ${type}`);
  }

  private checkCall(i: Value): void {
    const { f } = this;
    const { params, results } = this.signatureOf(i);
    this.checkValues(f.b[i]!, params, "arguments");
    if (kindOf(f.ty[i]!) !== kindOf(results[0] ?? NONE)) this.fail("not the type of result 0");
    if (f.op[i] === IR.callref && kindOf(f.ty[f.a[i]!]!) !== I64) this.fail("callee is no address");
  }

  private checkValues(list: number, types: readonly Type[], what: string): void {
    const { f } = this;
    if (f.pool[list] !== types.length) this.fail(`${f.pool[list]} ${what} for ${types.length}`);
    for (let k = 0; k < types.length; k++) {
      const ty = f.ty[f.pool[list + 1 + k]!]!;
      if (kindOf(ty) !== kindOf(types[k]!)) this.fail(`${what}: ${typeName(ty)} at ${k}`);
    }
  }

  private checkResult(i: Value): void {
    const { f } = this;
    const call = f.a[i]!;
    const n = f.b[i]!;
    if (!isCall(f.op[call]!)) this.fail("not of a call");
    const { results } = this.signatureOf(call);
    if (n < 1 || n >= results.length) this.fail(`the call has ${results.length} results`);
    if (kindOf(f.ty[i]!) !== kindOf(results[n]!)) this.fail(`not the type of result ${n}`);
    if (f.block[i] !== f.block[call]) this.fail("not in the block of its call");
    for (let k = i - 1; k > call; k--) {
      if (f.op[k] === IR.result && f.a[k] === call && f.b[k] === n) this.fail("twice");
    }
  }

  // Arguments of edges ----------------------------------------------------------------------------

  private checkArguments(): void {
    const { f } = this;
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      this.eachEdge(f.term[b]!, (e) => this.checkEdgeArguments(e, b));
    }
    this.at = 0;
  }

  private checkEdgeArguments(e: Edge, b: Block): void {
    const { f } = this;
    const target = f.pool[e]!;
    for (let p = 0; p < f.pool[e + 1]!; p++) {
      const v = f.pool[e + 2 + p]!;
      this.checkExists(v);
      const ty = f.ty[f.firstParam[target]! + p]!;
      if (kindOf(f.ty[v]!) !== kindOf(ty)) this.fail(`argument v${v} is not a ${typeName(ty)}`);
      if (this.stage === "placed") this.checkBefore(v, b, f.end[b]!);
      else if (!this.cfg.dominates(this.early[v]!, b)) this.fail(`v${v} does not reach b${target}`);
    }
  }
}

/** Checks `f` once. */
export function verify(f: Func, stage: Stage): void {
  new Verify().run(f, stage);
}
