// Selection, the part that all targets share: IR to LIR. In: a placed Func and its Cfg. Out: a Lir
// that obeys the laws of lir.ts (verify.ts checks them).
//
// Blocks are taken from the last to the first and instructions from the end of a block to its
// start, so every use is seen before the definition. A use asks for the vreg of its operand; what
// nobody has asked for when its turn comes, and what has no effect, was swallowed by its users and
// makes no records. The target's rules (rule.ts) decide what to swallow; the questions they ask
// about uses, loads and lives are answered here.
//
// Swallowing a load moves it down to its user. A counter per class of state, and one of everything
// that may trap or be observed, says whether anything between the two forbids that (after wazevo's
// colours): a load keeps the counts at its place, and they must be the same at its user.
//
// Records are appended in groups, one per instruction, each group in order; at the end the groups
// are turned round into the spare buffer.
//
// i32 values have a zero upper half, so `extu` is a second name for its operand and makes nothing
// (nor does `wrap` of what has none), and who reads only 32 bits reads through `wrap`, `extu` and
// `exts` (see `low`).

import type { Cfg } from "../src/ir/cfg.ts";
import type { Block, Func, Signature, Value } from "../src/ir/func.ts";
import {
  ACCESS_GUARD,
  CLASS as STATE,
  FLAG,
  IR,
  OP_FLAGS,
  WIDTH,
  classOf,
  widthOf,
} from "../src/ir/ops.ts";
import { F32, I32 } from "../src/ir/types.ts";
import { Unsupported, bug } from "../src/support/errors.ts";
import { CLASS, CONSTRAINT, DEF, FIRST_VEC, LIR, MAX_VREGS, operand } from "./lir.ts";
import type { Lir, Vreg } from "./lir.ts";
import { KIND, caseCount, isChained } from "./order.ts";
import { Outline } from "./outline.ts";
import { newRecord, traits } from "./shape.ts";
import type { InstTable } from "./shape.ts";
import { Places, classOfType } from "./signature.ts";
import type { Sequence } from "./signature.ts";

/** What selection must know of the module and the machine. */
export interface LowerEnv {
  /** R - I (abi.ts). */
  readonly distance: number;
  /** CPU features that may be used, beyond the baseline (abi.ts CPU). */
  readonly cpu: number;
  /** Accesses are checked by code, so none needs a guard. */
  readonly explicitBounds: boolean;
}

/** The target's half. */
export interface Selector {
  /** A new function begins. */
  begin(env: LowerEnv): void;
  /** Emits the records of instruction `i`. */
  select(i: Value): void;
  /** Emits what makes constant `v` in a register; returns its vreg. */
  constant(v: Value): Vreg;
  /** Ends a block: goes to its first edge if switch `i` selects case `k`, else to the second. */
  branchOnCase(i: Value, k: number): void;
  /**
   * Emits what was put off until it can stand right behind `i`, or at the start of the block if `i`
   * is 0. Called as long as `postponed` of the Lowering is not 0.
   */
  settle(i: Value): void;
}

export interface LoweringTarget {
  readonly insts: InstTable;
  readonly args: Sequence;
  readonly results: Sequence;
  readonly newSelector: (l: Lowering) => Selector;
}

/** Counters of state: one per class that changes, and one of all that traps or is observed. */
const EFFECTS = 4;
const COUNTERS = 5;

/** Most uses of a value that each of them computes anew. */
const REPEATED = 2;

const grown = (old: Int32Array<ArrayBuffer>, need: number): Int32Array<ArrayBuffer> =>
  old.length >= need ? old : new Int32Array(need * 2);

const isUnsigned = (width: number): boolean =>
  width === WIDTH.u8 || width === WIDTH.u16 || width === WIDTH.u32;

export const isCall = (op: number): boolean =>
  op === IR.call || op === IR.callslot || op === IR.callref || op === IR.libcall;

export class Lowering {
  f!: Func;
  cfg!: Cfg;
  lir!: Lir;
  /** Uses of each value by instructions and edges. */
  uses = new Int32Array(1024);
  /** Operand words of the call being made: defs, then uses. */
  readonly words: number[] = [];
  wordCount = 0;
  /** Where the arguments and results of the current call stand. */
  readonly args = new Places();
  readonly results = new Places();

  /** What the selector has put off until its operands are defined (see Selector.settle). */
  postponed = 0;

  private readonly outline = new Outline();
  private readonly order = this.outline.order;
  private readonly target: LoweringTarget;
  private readonly selector: Selector;
  /** Vreg of each value that was asked for, 0 = none yet. */
  private vregs = new Int32Array(1024);
  /** 1 = a load that its user made. */
  private swallowed = new Uint8Array(1024);
  private color = new Int32Array(1024);
  private readonly counters = new Int32Array(COUNTERS);
  /** The block of the IR that is being lowered. */
  block: Block = 0;
  /** Index in f.order. */
  private position = 0;
  /** Values of the results of the current call, 0 = unused. */
  private readonly resultValues: number[] = [];

  private groups = new Int32Array(1024);
  private groupCount = 0;
  private blockGroups = new Int32Array(65);
  private spare = new Int32Array(4096);
  private readonly one = new Int32Array(4);
  private readonly oneImm = new Int32Array(4);

  constructor(target: LoweringTarget) {
    this.target = target;
    this.selector = target.newSelector(this);
  }

  /** Makes the LIR of `f`; `cfg` is that of the placed function. */
  run(f: Func, cfg: Cfg, lir: Lir, env: LowerEnv): void {
    this.f = f;
    this.cfg = cfg;
    this.lir = lir;
    lir.reset();
    this.outline.run(f, cfg, lir);
    this.reserve();
    this.countUses();
    this.selector.begin(env);
    for (let k = this.order.count - 1; k >= 0; k--) this.lowerBlock(k);
    this.turnRound();
    if (lir.vregCount >= MAX_VREGS) throw new Unsupported("function too large", -1, f.index);
  }

  private reserve(): void {
    const { f } = this;
    if (this.vregs.length < f.count) {
      this.vregs = new Int32Array(f.op.length);
      this.uses = new Int32Array(f.op.length);
      this.color = new Int32Array(f.op.length);
      this.swallowed = new Uint8Array(f.op.length);
    }
    this.vregs.fill(0, 0, f.count);
    this.swallowed.fill(0, 0, f.count);
    this.groupCount = 0;
    this.blockGroups = grown(this.blockGroups, this.order.count + 1);
  }

  private countUses(): void {
    const { f, uses } = this;
    const { pool } = f;
    uses.fill(0, 0, f.count);
    for (let k = 0; k < f.orderCount; k++) {
      const i = f.order[k]!;
      const flags = OP_FLAGS[f.op[i]!]!;
      if (flags & FLAG.a) uses[f.a[i]!]!++;
      if (flags & FLAG.b) uses[f.b[i]!]!++;
      if (flags & FLAG.c) uses[f.c[i]!]!++;
      if (flags & (FLAG.listA | FLAG.listB)) {
        const at = flags & FLAG.listA ? f.a[i]! : f.b[i]!;
        for (let n = pool[at]!; n > 0; n--) uses[pool[at + n]!]!++;
      }
    }
    const { list, count } = this.cfg.edges;
    for (let k = 0; k < count; k++) {
      const at = list[k]! + 1;
      for (let n = pool[at]!; n > 0; n--) uses[pool[at + n]!]!++;
    }
  }

  // Blocks and edges ------------------------------------------------------------------------------

  /** The parameters get their vregs when the code of their block has asked for them. */
  private fillParams(k: number, b: Block): void {
    const { f, lir } = this;
    const at = lir.paramStart[k]!;
    for (let p = 0; p < f.paramCount[b]!; p++) lir.params[at + p] = this.reg(f.firstParam[b]! + p);
  }

  private fillArguments(k: number): void {
    const { lir } = this;
    const { pool } = this.f;
    const first = lir.edgeStart[k]!;
    for (let e = first; e < lir.edgeStart[k + 1]!; e++) {
      const from = lir.argStart[e]!;
      const count = lir.argStart[e + 1]! - from;
      if (count === 0) continue;
      const edge = this.outline.irEdge(k, e - first);
      for (let n = 0; n < count; n++) lir.args[from + n] = this.argument(pool[edge + 2 + n]!);
    }
  }

  /** An edge's argument: a vreg or a constant. */
  private argument(v: Value): number {
    const { f } = this;
    const x = this.unnamed(v);
    return f.op[x] === IR.const ? -1 - this.constantOf(x) : this.reg(x);
  }

  /** The LIR constant of an IR constant. */
  constantOf(v: Value): number {
    const { f, lir } = this;
    const ty = f.ty[v]!;
    const a = f.a[v]!;
    if (classOfType(ty) === CLASS.wide) {
      const { pool } = f;
      return lir.newConst(ty, pool[a]!, pool[a + 1]!, pool[a + 2]!, pool[a + 3]!);
    }
    const hi = ty === I32 || ty === F32 ? 0 : f.b[v]!;
    return lir.newConst(ty, a, hi, 0, 0);
  }

  // Code ------------------------------------------------------------------------------------------

  private lowerBlock(k: number): void {
    const { order, f } = this;
    const b = order.block[k]!;
    this.block = b;
    this.blockGroups[k] = this.groupCount;
    this.fillArguments(k);
    if (order.kind[k] === KIND.split) this.jumpOn();
    else if (order.kind[k] === KIND.chain) this.branchOnCase(f.term[b]!, order.detail[k]!);
    else {
      this.lowerInsts(b);
      if (k > 0) this.fillParams(k, b);
      else this.enter();
    }
  }

  private jumpOn(): void {
    this.newGroup();
    this.jump(0);
  }

  private branchOnCase(t: Value, k: number): void {
    this.newGroup();
    this.selector.branchOnCase(t, k);
  }

  private lowerInsts(b: Block): void {
    const { f } = this;
    this.colorLoads(b);
    for (let at = f.end[b]! - 1; at >= f.start[b]!; at--) {
      const i = f.order[at]!;
      this.position = at;
      if (this.postponed > 0) this.selector.settle(i);
      const op = f.op[i]!;
      const flags = OP_FLAGS[op]!;
      this.count(i, op, flags, -1);
      if (this.isNeeded(i, op, flags)) this.lowerInst(i, op);
    }
    if (this.postponed > 0) this.selector.settle(0);
  }

  private isNeeded(i: Value, op: number, flags: number): boolean {
    if (op === IR.result || op === IR.const || this.isAlias(i, op)) return false;
    if (flags & (FLAG.effect | FLAG.control | FLAG.traps)) return true;
    if (this.vregs[i] !== 0) return true;
    if ((flags & FLAG.load) === 0 || this.swallowed[i] !== 0) return false;
    return (this.f.aux[i]! & ACCESS_GUARD) !== 0;
  }

  private lowerInst(i: Value, op: number): void {
    this.newGroup();
    switch (op) {
      case IR.jump:
        return this.jump(this.f.source[i]!);
      case IR.ret:
        return this.leave(i);
      case IR.trap:
        return this.simple(LIR.trap, this.f.source[i]!, this.f.a[i]!);
      case IR.switch:
        if (!isChained(this.f, i)) return this.selector.select(i);
        if (caseCount(this.f, i) === 0) return this.jump(this.f.source[i]!);
        return this.selector.branchOnCase(i, 0);
      default:
        return this.selector.select(i);
    }
  }

  /** Begins a group of records, which stand before those of the groups made so far. */
  newGroup(): void {
    if (this.groupCount === this.groups.length) {
      const wide = new Int32Array(this.groupCount * 2);
      wide.set(this.groups);
      this.groups = wide;
    }
    this.groups[this.groupCount++] = this.lir.size;
  }

  /** Turns the groups round: blocks from the first on, instructions in order. */
  private turnRound(): void {
    const { lir, order, groups } = this;
    const from = lir.code;
    if (this.spare.length < from.length) this.spare = new Int32Array(from.length);
    const to = this.spare;
    const start = (g: number): number => (g < this.groupCount ? groups[g]! : lir.size);
    let at = 0;
    for (let k = 0; k < order.count; k++) {
      lir.blockStart[k] = at;
      const end = k === 0 ? this.groupCount : this.blockGroups[k - 1]!;
      for (let g = end - 1; g >= this.blockGroups[k]!; g--) {
        const stop = start(g + 1);
        for (let w = start(g); w < stop; w++) to[at++] = from[w]!;
      }
    }
    lir.blockStart[order.count] = at;
    if (at !== lir.size) bug("lower: records lost");
    lir.code = to;
    this.spare = from;
  }

  // Loads that move -------------------------------------------------------------------------------

  /** Counts what instruction `i` does to the state, forwards or back. */
  private count(i: Value, op: number, flags: number, step: number): void {
    const { counters } = this;
    if ((flags & (FLAG.effect | FLAG.traps)) === 0) return;
    counters[EFFECTS]! += step;
    if (op === IR.store) counters[classOf(this.f.aux[i]!)]! += step;
    else if (isCall(op)) for (let k = 0; k < EFFECTS; k++) counters[k]! += step;
  }

  private colorOf(i: Value): number {
    const aux = this.f.aux[i]!;
    const klass = classOf(aux);
    if (aux & ACCESS_GUARD) return this.counters[EFFECTS]!;
    return klass === STATE.fixed ? 0 : this.counters[klass]!;
  }

  private colorLoads(b: Block): void {
    const { f } = this;
    this.counters.fill(0);
    for (let at = f.start[b]!; at < f.end[b]!; at++) {
      const i = f.order[at]!;
      const op = f.op[i]!;
      if (op === IR.load) this.color[i] = this.colorOf(i);
      this.count(i, op, OP_FLAGS[op]!, 1);
    }
  }

  /** True if the instruction being selected may compute `v` itself, as its only user. */
  folds(v: Value): boolean {
    const { f } = this;
    if (this.uses[v] !== 1 || f.block[v] !== this.block) return false;
    const flags = OP_FLAGS[f.op[v]!]!;
    if (flags & FLAG.pure) return true;
    return (flags & FLAG.load) !== 0 && this.color[v] === this.colorOf(v);
  }

  /** LIR block of an IR block. */
  indexOf(b: Block): number {
    return this.order.of(b);
  }

  /** True if `v` has one use. */
  isSingle(v: Value): boolean {
    return this.uses[v] === 1;
  }

  /** True if `v` is computed in the block being selected. */
  isHere(v: Value): boolean {
    return this.f.block[v] === this.block;
  }

  /** True if computing `v` once more at each of its uses costs less than keeping it. */
  mayRepeat(v: Value): boolean {
    return this.uses[v]! <= REPEATED && this.vregs[v] === 0 && this.f.block[v] === this.block;
  }

  /** The load `v` is made by the current record. */
  swallow(v: Value): void {
    this.swallowed[v] = 1;
  }

  // Vregs -----------------------------------------------------------------------------------------

  /** The vreg of `v`, all of it: the upper half of an i32 is zero. */
  reg(v: Value): Vreg {
    const known = this.vregs[v]!;
    if (known !== 0) return known;
    const { f } = this;
    const op = f.op[v]!;
    if (this.isAlias(v, op)) return this.reg(f.a[v]!);
    if (op === IR.const) return this.selector.constant(v);
    const x = this.lir.newVreg(classOfType(f.ty[v]!));
    this.vregs[v] = x;
    return x;
  }

  /** True for a second name of column a: the same 64 bits in a register. */
  private isAlias(v: Value, op: number): boolean {
    return op === IR.extu || (op === IR.wrap && this.isShort(this.f.a[v]!));
  }

  /** True for a 64-bit value whose upper half is zero. */
  private isShort(v: Value): boolean {
    const { f } = this;
    const b = f.b[v]!;
    switch (f.op[v]) {
      case IR.extu:
        return true;
      case IR.shru:
        return f.op[b] === IR.const && (f.a[b]! & 63) >= 32;
      case IR.and:
        return f.op[b] === IR.const && f.b[b] === 0;
      case IR.load:
        return isUnsigned(widthOf(f.aux[v]!));
      default:
        return false;
    }
  }

  /** What `v` is another name for. */
  unnamed(v: Value): Value {
    let x = v;
    while (this.isAlias(x, this.f.op[x]!)) x = this.f.a[x]!;
    return x;
  }

  /** A value whose low 32 bits are those of `v`, free of conversions. */
  stripped(v: Value): Value {
    const { f } = this;
    let x = v;
    while (f.op[x] === IR.wrap || f.op[x] === IR.extu || f.op[x] === IR.exts) x = f.a[x]!;
    return x;
  }

  /** A vreg for who reads only the low 32 bits of `v`. */
  low(v: Value): Vreg {
    return this.reg(this.stripped(v));
  }

  /** The vreg that instruction `i` defines; one that nobody reads if its value is unused. */
  def(i: Value): Vreg {
    return this.vregs[i] || this.lir.newVreg(classOfType(this.f.ty[i]!));
  }

  /** True if somebody asked for the value of `i`. */
  isAsked(i: Value): boolean {
    return this.vregs[i] !== 0;
  }

  /**
   * True if `v` seems to be needed after the instruction being selected: it has been asked for, or
   * comes from outside of the loop. An instruction that overwrites it would copy it first.
   */
  livesOn(v: Value): boolean {
    const { f, cfg } = this;
    const x = this.unnamed(v);
    if (f.op[x] === IR.const) return false;
    if (this.vregs[x] !== 0) return true;
    const loop = cfg.loopHeader[this.block]!;
    return loop !== 0 && !cfg.isInLoop(f.block[x]!, loop);
  }

  // Records that all targets have -----------------------------------------------------------------

  /** A record with at most one operand word and one immediate. */
  private plain(op: number, source: number, word: number, imm: number, kn: number): void {
    this.one[0] = word;
    this.oneImm[0] = imm;
    const third = traits(0, 0, 0, 0);
    const vn = word === 0 ? 0 : 1;
    newRecord(this.target.insts, this.lir, op, source, third, this.one, vn, this.oneImm, kn);
  }

  private simple(op: number, source: number, imm: number): void {
    this.plain(op, source, 0, imm, 1);
  }

  private jump(source: number): void {
    this.plain(LIR.jump, source, 0, 0, 0);
  }

  private addWord(x: Vreg, location: number, flags: number): void {
    this.words[this.wordCount++] = operand(x, CONSTRAINT.fixed, flags, location & (FIRST_VEC - 1));
  }

  /** The entry's record and the arguments in memory. */
  private enter(): void {
    const { f, args, vregs } = this;
    this.newGroup();
    args.assign(f.signature.params, this.target.args);
    this.wordCount = 0;
    const first = f.firstParam[f.layout[0]!]!;
    for (let p = 0; p < args.count; p++) {
      const x = vregs[first + p]!;
      if (x !== 0 && args.location[p]! >= 0) this.addWord(x, args.location[p]!, DEF);
    }
    const { lir, words, wordCount } = this;
    newRecord(this.target.insts, lir, LIR.entry, 0, 0, words, wordCount, this.oneImm, 0);
    for (let p = 0; p < args.count; p++) {
      const x = vregs[first + p]!;
      if (x === 0 || args.location[p]! >= 0) continue;
      this.plain(LIR.arg, 0, operand(x, CONSTRAINT.reg, DEF, 0), args.offset[p]!, 1);
    }
  }

  private leave(i: Value): void {
    const { f, args, results } = this;
    const source = f.source[i]!;
    args.assign(f.signature.params, this.target.args);
    results.assign(f.signature.results, this.target.results);
    const list = f.a[i]! + 1;
    this.wordCount = 0;
    for (let k = 0; k < results.count; k++) {
      const x = this.reg(f.pool[list + k]!);
      if (results.location[k]! >= 0) this.addWord(x, results.location[k]!, 0);
      else this.plain(LIR.give, source, operand(x, CONSTRAINT.any, 0, 0), results.offset[k]!, 1);
    }
    this.oneImm[0] = args.bytes;
    const { lir, words, wordCount } = this;
    newRecord(this.target.insts, lir, LIR.ret, source, 0, words, wordCount, this.oneImm, 1);
  }

  // Calls -----------------------------------------------------------------------------------------

  /** Signature of a call by type. */
  signatureOf(i: Value): Signature {
    const { f } = this;
    const type = f.op[i] === IR.call ? f.callTypes[f.a[i]!]! : f.c[i]!;
    return f.types[type] ?? bug(`lower: call of unknown type ${type}`);
  }

  /**
   * Opens a call: the stack area, the arguments in memory, and in `words` the operands that the
   * call's record must have: results in registers, then arguments in registers.
   */
  openCall(i: Value, signature: Signature): void {
    const { f, args, results } = this;
    const source = f.source[i]!;
    args.assign(signature.params, this.target.args);
    results.assign(signature.results, this.target.results);
    this.findResults(i, results.count);
    const bytes = args.bytes + results.bytes;
    if (bytes > 0) this.simple(LIR.open, source, bytes);
    this.wordCount = 0;
    for (let k = 0; k < results.count; k++) {
      const v = this.resultValues[k]!;
      if (v === 0 || results.location[k]! < 0 || this.vregs[v] === 0) continue;
      this.addWord(this.vregs[v]!, results.location[k]!, DEF);
    }
    const list = f.b[i]! + 1;
    for (let k = 0; k < args.count; k++) {
      const x = this.reg(f.pool[list + k]!);
      if (args.location[k]! >= 0) this.addWord(x, args.location[k]!, 0);
      else this.plain(LIR.put, source, operand(x, CONSTRAINT.any, 0, 0), args.offset[k]!, 1);
    }
  }

  /** Takes the results in memory and drops their area. */
  closeCall(i: Value): void {
    const { results } = this;
    if (results.bytes === 0) return;
    const source = this.f.source[i]!;
    for (let k = 0; k < results.count; k++) {
      const v = this.resultValues[k]!;
      if (v === 0 || results.location[k]! >= 0 || this.vregs[v] === 0) continue;
      const word = operand(this.vregs[v]!, CONSTRAINT.reg, DEF, 0);
      this.plain(LIR.take, source, word, results.offset[k]!, 1);
    }
    this.simple(LIR.close, source, results.bytes);
  }

  /**
   * The operand words of a library call: the result in `result`, `inst` and the arguments in the
   * C ABI's registers. `to` is the vreg that gets the raw result, 0 = none.
   */
  libcallWords(i: Value, to: Vreg, result: number, inst: Vreg, regs: readonly number[]): void {
    const { f } = this;
    this.wordCount = 0;
    if (to !== 0) this.addWord(to, result, DEF);
    this.addWord(inst, regs[0]!, 0);
    const list = f.b[i]!;
    const count = f.pool[list]!;
    if (count >= regs.length) bug("lower: too many arguments for a library call");
    for (let k = 1; k <= count; k++) this.addWord(this.reg(f.pool[list + k]!), regs[k]!, 0);
  }

  /** The values of a call's results; `result` instructions stand right behind their call. */
  private findResults(i: Value, count: number): void {
    const { f, resultValues } = this;
    for (let k = 0; k < count; k++) resultValues[k] = 0;
    if (count > 0) resultValues[0] = i;
    for (let at = this.position + 1; at < f.orderCount; at++) {
      const r = f.order[at]!;
      if (f.op[r] !== IR.result || f.a[r] !== i) return;
      resultValues[f.b[r]!] = r;
    }
  }
}
