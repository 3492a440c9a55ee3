// SSA construction: the sink of the validator's walk. In: the reachable operators of a valid body,
// one by one. Out: a Func whose pure values were folded and numbered on the way (opt/values.ts).
//
// The operand stack and the locals are arrays of values. No fix-points: Wasm's structure says where
// values can meet. A loop gets a parameter for each of its block parameters and each local that the
// scan (wasm/scan.ts) saw assigned inside it; a forward label gets parameters when it is reached,
// for what really differs (joins.ts). The journal remembers what a local was before a frame first
// assigned it, so that leaving a frame restores the state it was entered with, and a branch knows
// what has changed.

import { TRAP } from "../abi.ts";
import { Func } from "../ir/func.ts";
import type { Block, Value } from "../ir/func.ts";
import { IR } from "../ir/ops.ts";
import { NONE } from "../ir/types.ts";
import { Values } from "../opt/values.ts";
import { popCount } from "../wasm/columns.ts";
import type { Module } from "../wasm/module.ts";
import { OP } from "../wasm/ops.ts";
import { Scanner } from "../wasm/scan.ts";
import type { BlockType, Immediates, Sink } from "../wasm/sink.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import { irType } from "./env.ts";
import type { Env } from "./env.ts";
import { Joins } from "./joins.ts";
import type { Label } from "./joins.ts";
import { State } from "./state.ts";
import { FORM, formOf, irOf, typeOf } from "./table.ts";
import { Vectors } from "./vectors.ts";

const FUNCTION = 0;
const BLOCK = 1;
const LOOP = 2;
const IF = 3;
const ELSE = 4;

/** An open block; one object per depth, reused. */
class Frame {
  kind = BLOCK;
  type: BlockType = { params: [], results: [] };
  /** Height of the operand stack below the block's parameters. */
  base = 0;
  /** Start of the copy of an if's parameters in `saved`. */
  saved = 0;
  readonly label: Label = { first: 0, last: 0, count: 0, arity: 0 };
  /** Where the frame was entered. */
  entry: Block = 0;
  /** Immediate dominator of the label, as far as branches to it were seen. */
  dominator: Block = 0;
  header: Block = 0;
  /** The `br` of an if whose false edge is not yet connected. */
  split: Value = 0;
  journal = 0;
  serial = 0;
  /** Locals with parameters: Scanner.locals[first .. first + count). */
  localFirst = 0;
  localCount = 0;
  /** State numbers (opt/values.ts) at the entry and merged over the branches to the label. */
  entryState = new Int32Array(0);
  labelState = new Int32Array(0);
}

export class Builder implements Sink {
  readonly func: Func;
  private readonly values: Values;
  private readonly state: State;
  private readonly vectors: Vectors;
  private readonly joins = new Joins();
  private readonly scanner = new Scanner();
  private imm!: Immediates;

  private stack = new Int32Array(256);
  private height = 0;
  private locals = new Int32Array(64);
  private localTypes = new Uint8Array(64);

  private readonly frames: Frame[] = [];
  private depth = 0;
  private frame!: Frame;
  private serials = 0;
  private nextLoop = 0;

  /** Triples (local, value before, serial of the frame that had logged it before). */
  private journal = new Int32Array(384);
  private journalSize = 0;
  private logged = new Int32Array(64);
  private seen = new Int32Array(64);
  private seenMark = 0;
  private saved = new Int32Array(64);
  private savedSize = 0;
  private results = new Int32Array(16);

  private readonly env: Env;

  constructor(env: Env, func: Func) {
    this.env = env;
    this.func = func;
    this.values = new Values(func, { facts: env.facts });
    this.state = new State(env, func, this.values);
    this.vectors = new Vectors(this.values, this.state);
  }

  begin(
    m: Module,
    index: number,
    type: FuncType,
    locals: readonly ValType[],
    imm: Immediates,
  ): void {
    this.imm = imm;
    this.scanner.scan(m, index);
    const f = this.func;
    f.reset(index, this.env.types[m.funcs[index]!]!);
    f.types = this.env.types;
    f.callTypes = m.funcs;
    this.height = this.depth = this.journalSize = this.savedSize = this.nextLoop = 0;
    this.reserveLocals(locals.length);
    this.joins.reset(locals.length);
    this.values.reset();
    const entry = f.newBlock();
    f.begin(entry);
    f.firstParam[entry] = f.count;
    f.paramCount[entry] = type.params.length;
    for (let k = 0; k < type.params.length; k++) {
      this.locals[k] = f.inst(IR.param, irType(type.params[k]!), k, 0, 0, entry);
    }
    if (type.params.length === 0) f.firstParam[entry] = 0;
    this.values.begin(entry, 0);
    for (let l = 0; l < locals.length; l++) {
      this.localTypes[l] = irType(locals[l]!);
      if (l >= type.params.length) this.locals[l] = this.values.zero(this.localTypes[l]!);
    }
    this.open(FUNCTION, { params: [], results: type.results });
  }

  private reserveLocals(n: number): void {
    if (n > this.locals.length) {
      this.locals = new Int32Array(n * 2);
      this.localTypes = new Uint8Array(n * 2);
      this.logged = new Int32Array(n * 2);
      this.seen = new Int32Array(n * 2);
    }
    this.logged.fill(0, 0, n);
    this.serials = 0;
  }

  // Operand stack ---------------------------------------------------------------------------------

  private push(v: Value): void {
    if (this.height === this.stack.length) {
      const wide = new Int32Array(this.height * 2);
      wide.set(this.stack);
      this.stack = wide;
    }
    this.stack[this.height++] = v;
  }

  private pop(): Value {
    return this.stack[--this.height]!;
  }

  // Frames and locals -----------------------------------------------------------------------------

  private open(kind: number, type: BlockType): Frame {
    const depth = this.depth++;
    let frame = this.frames[depth];
    if (frame === undefined) {
      frame = new Frame();
      frame.entryState = new Int32Array(this.values.stateSize);
      frame.labelState = new Int32Array(this.values.stateSize);
      this.frames[depth] = frame;
    }
    frame.kind = kind;
    frame.type = type;
    frame.base = this.height - type.params.length;
    frame.saved = this.savedSize;
    frame.label.first = frame.label.last = frame.label.count = 0;
    frame.label.arity = type.results.length;
    frame.entry = this.values.block;
    frame.journal = this.journalSize;
    frame.serial = ++this.serials;
    frame.localCount = 0;
    this.values.saveState(frame.entryState);
    this.frame = frame;
    return frame;
  }

  private setLocal(l: number, v: Value): void {
    if (this.locals[l] === v) return;
    if (this.logged[l] !== this.frame.serial) {
      if (this.journalSize + 3 > this.journal.length) {
        const wide = new Int32Array(this.journal.length * 2);
        wide.set(this.journal);
        this.journal = wide;
      }
      this.journal[this.journalSize] = l;
      this.journal[this.journalSize + 1] = this.locals[l]!;
      this.journal[this.journalSize + 2] = this.logged[l]!;
      this.journalSize += 3;
      this.logged[l] = this.frame.serial;
    }
    this.locals[l] = v;
  }

  /** Puts the locals back to what they were at `mark` of the journal. */
  private undo(mark: number): void {
    while (this.journalSize > mark) {
      this.journalSize -= 3;
      const l = this.journal[this.journalSize]!;
      this.locals[l] = this.journal[this.journalSize + 1]!;
      this.logged[l] = this.journal[this.journalSize + 2]!;
    }
  }

  // Branches --------------------------------------------------------------------------------------

  /** Ends the current block with `inst`. */
  private terminate(op: number, a: number, b: number, c: number): Value {
    const block = this.values.block;
    const i = this.func.inst(op, NONE, a, b, c, block);
    this.func.source[i] = this.imm.offset;
    this.func.term[block] = i;
    return i;
  }

  /** Connects `column` of terminator `inst` with the label of the frame at `depth`. */
  private connect(depth: number, inst: Value, column: number): void {
    const frame = this.frames[this.depth - 1 - depth]!;
    if (frame.kind === LOOP) {
      const edge = this.loopEdge(frame);
      if (column === 0) this.func.a[inst] = edge;
      else this.func.b[inst] = edge;
      return;
    }
    this.record(frame, inst, column);
  }

  private record(frame: Frame, inst: Value, column: number): void {
    const { label } = frame;
    const from = this.func.block[inst]!;
    if (label.count === 0) {
      this.values.saveState(frame.labelState);
      frame.dominator = from;
    } else {
      this.values.mergeState(frame.labelState);
      frame.dominator = this.values.commonDominator(frame.dominator, from);
    }
    this.joins.branch(label, inst, column);
    const base = this.height - label.arity;
    for (let k = 0; k < label.arity; k++) this.joins.addValue(this.stack[base + k]!);
    const mark = ++this.seenMark;
    for (let j = frame.journal; j < this.journalSize; j += 3) {
      const l = this.journal[j]!;
      if (this.seen[l] === mark) continue;
      this.seen[l] = mark;
      this.joins.addLocal(label, l, this.locals[l]!);
    }
  }

  /** Makes the edge of a branch back to a loop, or into it. */
  private loopEdge(frame: Frame): number {
    const arity = frame.type.params.length;
    const edge = this.func.words(2 + arity + frame.localCount);
    const { pool } = this.func;
    pool[edge] = frame.header;
    pool[edge + 1] = arity + frame.localCount;
    const base = this.height - arity;
    for (let k = 0; k < arity; k++) pool[edge + 2 + k] = this.stack[base + k]!;
    for (let k = 0; k < frame.localCount; k++) {
      pool[edge + 2 + arity + k] = this.locals[this.scanner.locals[frame.localFirst + k]!]!;
    }
    return edge;
  }

  /** An edge without arguments. */
  private plainEdge(block: Block): number {
    const edge = this.func.words(2);
    this.func.pool[edge] = block;
    this.func.pool[edge + 1] = 0;
    return edge;
  }

  private beginBlock(b: Block, idom: Block): void {
    this.func.begin(b);
    this.values.begin(b, idom);
  }

  // Sink: control ---------------------------------------------------------------------------------

  block(type: BlockType): void {
    this.open(BLOCK, type);
  }

  loop(type: BlockType): void {
    const f = this.func;
    const frame = this.open(LOOP, type);
    while (this.scanner.loopOffset[this.nextLoop]! < this.imm.offset) this.nextLoop++;
    const n = this.nextLoop++;
    frame.localFirst = this.scanner.loopFirst[n]!;
    frame.localCount = this.scanner.loopCount[n]!;
    const header = f.newBlock();
    frame.header = header;
    const edge = this.loopEdge(frame);
    this.terminate(IR.jump, edge, 0, 0);
    this.beginBlock(header, frame.entry);
    this.values.loopState(this.scanner.loopFlags[n]!);
    const arity = type.params.length;
    f.paramCount[header] = arity + frame.localCount;
    f.firstParam[header] = f.paramCount[header] === 0 ? 0 : f.count;
    for (let k = 0; k < arity; k++) {
      const ty = irType(type.params[k]!);
      this.stack[frame.base + k] = f.inst(IR.param, ty, k, 0, 0, header);
    }
    for (let k = 0; k < frame.localCount; k++) {
      const l = this.scanner.locals[frame.localFirst + k]!;
      this.setLocal(l, f.inst(IR.param, this.localTypes[l]!, arity + k, 0, 0, header));
    }
  }

  if_(type: BlockType): void {
    const condition = this.pop();
    const frame = this.open(IF, type);
    this.saveParams(frame);
    const then = this.func.newBlock();
    const entry = frame.entry;
    frame.split = this.terminate(IR.br, condition, this.plainEdge(then), 0);
    this.beginBlock(then, entry);
  }

  private saveParams(frame: Frame): void {
    const n = frame.type.params.length;
    if (this.savedSize + n > this.saved.length) {
      const wide = new Int32Array((this.savedSize + n) * 2);
      wide.set(this.saved);
      this.saved = wide;
    }
    for (let k = 0; k < n; k++) this.saved[this.savedSize++] = this.stack[frame.base + k]!;
  }

  /** Puts the state back to where the if was entered. */
  private restoreIf(frame: Frame): void {
    this.undo(frame.journal);
    this.values.loadState(frame.entryState);
    this.height = frame.base;
    for (let k = 0; k < frame.type.params.length; k++) this.push(this.saved[frame.saved + k]!);
  }

  else_(live: boolean): void {
    const frame = this.frame;
    if (live) this.fallThrough(frame);
    frame.kind = ELSE;
    const other = this.func.newBlock();
    this.func.c[frame.split] = this.plainEdge(other);
    this.beginBlock(other, frame.entry);
    this.restoreIf(frame);
  }

  private fallThrough(frame: Frame): void {
    this.record(frame, this.terminate(IR.jump, 0, 0, 0), 0);
  }

  end(live: boolean, next: boolean): void {
    const frame = this.frame;
    if (frame.kind === LOOP) {
      this.endLoop(frame, next);
      return;
    }
    if (live) this.fallThrough(frame);
    if (frame.kind === IF) {
      this.restoreIf(frame);
      this.record(frame, frame.split, 2);
    }
    this.savedSize = frame.saved;
    this.undo(frame.journal);
    this.close(frame);
    if (frame.label.count > 0) this.land(frame);
    else this.height = frame.base;
  }

  private close(frame: Frame): void {
    this.depth--;
    if (this.depth > 0) this.frame = this.frames[this.depth - 1]!;
    this.savedSize = frame.saved;
  }

  /** The end of a loop is no join: what was assigned in it stays assigned. */
  private endLoop(frame: Frame, next: boolean): void {
    this.close(frame);
    if (next) this.adopt(frame.journal);
    else this.undo(frame.journal);
  }

  /** Hands the journal from `mark` on, of a loop that is left, over to the frame around it. */
  private adopt(mark: number): void {
    const { journal, logged } = this;
    const outer = this.frame.serial;
    let out = mark;
    for (let j = mark; j < this.journalSize; j += 3) {
      const l = journal[j]!;
      logged[l] = outer;
      if (journal[j + 2] === outer) continue;
      journal[out] = l;
      journal[out + 1] = journal[j + 1]!;
      journal[out + 2] = journal[j + 2]!;
      out += 3;
    }
    this.journalSize = out;
  }

  private readonly onLocal = (l: number, v: Value): void => this.setLocal(l, v);
  private readonly labelTypes: number[] = [];

  /** Begins the block of a label that something branches to. */
  private land(frame: Frame): void {
    const { label, type } = frame;
    const block = this.func.newBlock();
    if (label.arity > this.results.length) this.results = new Int32Array(label.arity * 2);
    for (let k = 0; k < label.arity; k++) this.labelTypes[k] = irType(type.results[k]!);
    this.beginBlock(block, frame.dominator);
    this.values.loadState(frame.labelState);
    this.joins.resolve(
      this.func,
      label,
      block,
      this.labelTypes,
      this.localTypes,
      this.results,
      this.locals,
      this.onLocal,
    );
    this.height = frame.base;
    for (let k = 0; k < label.arity; k++) this.push(this.results[k]!);
  }

  br(depth: number): void {
    if (depth === this.depth - 1) return this.return_();
    this.connect(depth, this.terminate(IR.jump, 0, 0, 0), 0);
  }

  brIf(depth: number): void {
    const condition = this.pop();
    const from = this.values.block;
    const next = this.func.newBlock();
    const i = this.terminate(IR.br, condition, 0, this.plainEdge(next));
    if (depth === this.depth - 1) this.leaveIf(i, from);
    else this.connect(depth, i, 1);
    this.beginBlock(next, from);
  }

  /** The taken side of a conditional return. */
  private leaveIf(i: Value, from: Block): void {
    const leave = this.func.newBlock();
    this.func.b[i] = this.plainEdge(leave);
    this.beginBlock(leave, from);
    this.return_();
  }

  brTable(targets: Int32Array, count: number): void {
    const f = this.func;
    const index = this.pop();
    const from = this.values.block;
    const i = this.terminate(IR.switch, index, 0, 0);
    const list = f.words(2 + count);
    f.b[i] = list;
    f.pool[list] = count + 1;
    // One forwarding block per distinct label; `edgeOf` maps depth to its edge.
    const edgeOf = new Int32Array(this.depth);
    for (let k = 0; k <= count; k++) {
      const depth = targets[k]!;
      if (edgeOf[depth] === 0) edgeOf[depth] = this.forward(depth, from);
      f.pool[list + 1 + k] = edgeOf[depth]!;
    }
  }

  /** A block that only branches to the label at `depth`; returns the edge to it. */
  private forward(depth: number, from: Block): number {
    const b = this.func.newBlock();
    const edge = this.plainEdge(b);
    this.beginBlock(b, from);
    this.br(depth);
    return edge;
  }

  return_(): void {
    const count = this.func.signature.results.length;
    const list = this.func.words(1 + count);
    this.func.pool[list] = count;
    for (let k = 0; k < count; k++) {
      this.func.pool[list + 1 + k] = this.stack[this.height - count + k]!;
    }
    this.terminate(IR.ret, list, 0, 0);
  }

  unreachable(): void {
    this.terminate(IR.trap, TRAP.unreachable, 0, 0);
    this.func.cold[this.values.block] = 1;
  }

  finish(live: boolean, _next: boolean): void {
    if (live) this.return_();
  }

  // Sink: everything else -------------------------------------------------------------------------

  op(op: number): void {
    this.values.source = this.imm.offset;
    switch (formOf[op]) {
      case FORM.unary: {
        const a = this.pop();
        this.push(this.values.unary(irOf[op]!, typeOf[op]!, a));
        return;
      }
      case FORM.binary: {
        const b = this.pop();
        const a = this.pop();
        this.push(this.values.binary(irOf[op]!, typeOf[op]!, a, b));
        return;
      }
      case FORM.load: {
        const address = this.pop();
        this.push(this.state.load(address, this.imm.a, this.imm.b, typeOf[op]!, irOf[op]!));
        return;
      }
      case FORM.store: {
        const v = this.pop();
        const address = this.pop();
        this.state.store(address, v, this.imm.a, this.imm.b, typeOf[op]!, irOf[op]!);
        return;
      }
      case FORM.vector: {
        this.height -= popCount[op]!;
        const v = this.vectors.op(op, this.imm, this.stack, this.height);
        if (v !== 0) this.push(v);
        return;
      }
    }
    this.variable(op);
  }

  /** Locals, constants and stack operators; the rest is instance state. */
  private variable(op: number): void {
    const { imm, values } = this;
    switch (op) {
      case OP["local.get"]:
        this.push(this.locals[imm.a]!);
        return;
      case OP["local.set"]:
        this.setLocal(imm.a, this.pop());
        return;
      case OP["local.tee"]:
        this.setLocal(imm.a, this.stack[this.height - 1]!);
        return;
      case OP["i32.const"]:
        this.push(values.i32(imm.lo));
        return;
      case OP["i64.const"]:
        this.push(values.i64(imm.lo, imm.hi));
        return;
      case OP["f32.const"]:
        this.push(values.f32(imm.lo));
        return;
      case OP["f64.const"]:
        this.push(values.f64(imm.lo, imm.hi));
        return;
      case OP["drop"]:
        this.height--;
        return;
      case OP["nop"]:
        return;
      case OP["select"]:
      case OP["select_t"]: {
        const condition = this.pop();
        const b = this.pop();
        const a = this.pop();
        this.push(values.select(condition, a, b));
        return;
      }
      case OP["i32.eqz"]:
      case OP["i64.eqz"]:
      case OP["ref.is_null"]: {
        const a = this.pop();
        this.push(values.isZero(a));
        return;
      }
      default:
        this.stateful(op);
    }
  }

  private stateful(op: number): void {
    const count = this.state.pops(op, this.imm);
    const base = this.height - count;
    this.height = base;
    const results = this.state.op(op, this.imm, this.stack, base);
    for (let k = 0; k < results; k++) this.push(this.state.results[k]!);
  }
}
