// The walk over a function body: validates every operator and reports the reachable ones to a sink
// (see sink.ts for the laws). After the algorithm in the appendix of the specification, with two
// typed arrays for its two stacks:
//
//   stack    one byte per operand: its value type, BOT for "any type" in unreachable code
//   frames   one entry per open block, the function's own at 0, in columns:
//              kind      what opened it
//              height    operand stack height at its start, parameters excluded
//              poly      1 after an unconditional branch: popping below `height` gives BOT
//              seen      1 if it was entered by reachable code, so that the sink knows it
//              branched  1 if reported code reaches its end by a branch (or by its then-arm)
//
// `poly` is the specification's notion of unreachable and decides what is valid; `live` is ours and
// decides what is reported: after `block br 0 end` the former is over, after `block return end` the
// latter is still off.
//
// Signatures come from the rows of ops.ts by way of columns.ts. Capacity of `stack` is ensured
// where lists are pushed; any other operator pushes at most one value per byte of code, for which
// there is always room.

import { ByteReader } from "../support/bytes.ts";
import { Invalid, Unsupported } from "../support/errors.ts";
import { ImmChecker } from "./checks.ts";
import { KIND, isTyped, kinds, popCount, popTypes, pushCount, pushTypes } from "./columns.ts";
import { LIMITS } from "./decode.ts";
import { newDialect } from "./dialect.ts";
import type { Dialect } from "./dialect.ts";
import { defaultFeatures } from "./features.ts";
import type { Features } from "./features.ts";
import { ImmBox, emptyBlock, readImm, readMemarg, readOp, readValType } from "./immediates.ts";
import type { Module } from "./module.ts";
import { Imm, OPS, opOfByte } from "./ops.ts";
import type { BlockType, Sink } from "./sink.ts";
import { BOT, F32, F64, FUNCREF, I32, I64, V128, isRef, typeName } from "./types.ts";
import type { FuncType, ValType } from "./types.ts";

// Block types that are no type index; one object each, shared by all walks.
const empty: BlockType = { params: [], results: [] };
const single: (BlockType | undefined)[] = [];
for (const t of [I32, I64, F32, F64, V128, FUNCREF, 0x6f]) single[t] = { params: [], results: [t] };

/** Implementation limit: height of the operand stack. */
const maxHeight = 10_000_000;

// Frame kinds.
const BLOCK = 0;
const LOOP = 1;
const IF = 2;
const ELSE = 3;

/** A sink that ignores everything: plain validation. */
export const nullSink: Sink = {
  begin: () => undefined,
  op: () => undefined,
  block: () => undefined,
  loop: () => undefined,
  if_: () => undefined,
  else_: () => undefined,
  end: () => undefined,
  br: () => undefined,
  brIf: () => undefined,
  brTable: () => undefined,
  return_: () => undefined,
  unreachable: () => undefined,
  finish: () => undefined,
};

/** Validates function bodies of a module that passed the module-level checks of validate.ts. */
export class BodyWalker {
  private readonly m: Module;
  private readonly dialect: Dialect;
  private readonly r: ByteReader;
  private readonly imm = new ImmBox();
  private readonly checks: ImmChecker;
  private readonly kinds: Uint8Array;
  private sink: Sink = nullSink;
  private op = 0;

  private stack = new Uint8Array(1024);
  private sp = 0;
  private localTypes = new Uint8Array(256);
  private localCount = 0;

  private depth = 0;
  private frameKind = new Uint8Array(64);
  private frameHeight = new Int32Array(64);
  private framePoly = new Uint8Array(64);
  private frameSeen = new Uint8Array(64);
  private frameBranched = new Uint8Array(64);
  /** Number of the last br_table that named the frame: each is checked once. */
  private frameStamp = new Int32Array(64);
  private stamps = 0;
  private readonly frameType: BlockType[] = [];
  // The innermost frame's height and poly.
  private height = 0;
  private poly = 0;
  private live = true;

  constructor(m: Module, features: Features = defaultFeatures) {
    this.m = m;
    this.dialect = newDialect(features);
    this.r = new ByteReader(m.bytes);
    this.checks = new ImmChecker(m, this.r, this.imm);
    this.kinds = kinds.map((kind, op) => (features.has(OPS[op]!.feature) ? kind : KIND.off));
  }

  /**
   * Walks the body of function `func`, which must be defined in the module. Throws Malformed,
   * Invalid or Unsupported; the walker can be used again afterwards.
   */
  walk(func: number, sink: Sink): void {
    const { m, r, imm } = this;
    const body = m.bodies[func - m.importedFuncs]!;
    r.reset(m.bytes, body.start, body.end);
    r.func = func;
    this.sink = sink;
    const type = m.types[m.funcs[func]!]!;
    imm.offset = body.start;
    const locals = this.readLocals(type);
    this.sp = this.height = this.poly = 0;
    this.depth = -1;
    this.live = true;
    this.reserve(0);
    this.open(BLOCK, { params: [], results: type.results });
    sink.begin(m, func, type, locals, imm);
    this.operators();
  }

  private readLocals(type: FuncType): ValType[] {
    const { r } = this;
    const locals = type.params.slice();
    const at = r.pos;
    const runs = r.u32();
    const most = LIMITS.locals - locals.length;
    let declared = 0;
    for (let i = 0; i < runs; i++) {
      const count = r.u32();
      declared += count;
      const t = readValType(r, this.dialect);
      if (declared <= most) for (let k = 0; k < count; k++) locals.push(t);
    }
    if (declared >= 0x1_0000_0000) r.fail("too many locals", at);
    if (declared > most) {
      throw new Unsupported(`more than ${LIMITS.locals} locals`, at, r.func);
    }
    const n = locals.length;
    if (n > this.localTypes.length) this.localTypes = new Uint8Array(n * 2);
    for (let i = 0; i < n; i++) this.localTypes[i] = locals[i]!;
    this.localCount = n;
    return locals;
  }

  private operators(): void {
    const { r, imm, kinds } = this;
    const { bytes, end } = r;
    while (r.pos < end) {
      const at = r.pos;
      imm.offset = at;
      let op = opOfByte[bytes[at]!]!;
      if (op >= 0) r.pos = at + 1;
      else op = readOp(r, this.dialect.features);
      this.op = op;
      this.step(op, kinds[op]!);
      if (this.depth < 0) return this.finish();
    }
    this.unfinished();
  }

  // Bytes of the body are left over, or not.
  private finish(): void {
    if (this.r.pos !== this.r.end) this.r.fail("section size mismatch");
  }

  // The body ended without `end`. The reference interpreter reads on, so that what it says depends
  // on the next byte.
  private unfinished(): never {
    const { r } = this;
    const next = r.bytes[r.pos];
    if (next === undefined) return r.fail("unexpected end of section or function");
    return r.fail(next === 0x0b ? "section size mismatch" : "END opcode expected");
  }

  private step(op: number, kind: number): void {
    const { r, imm } = this;
    switch (kind) {
      case 1: // plain
        this.apply(op);
        if (this.live) this.sink.op(op);
        return;
      case 2: // local.get
        this.stack[this.sp++] = this.localType();
        if (this.live) this.sink.op(op);
        return;
      case 3: // local.set
        this.pop(this.localType());
        if (this.live) this.sink.op(op);
        return;
      case 4: // local.tee
        this.tee(this.localType());
        if (this.live) this.sink.op(op);
        return;
      case 5: // i32.const
        imm.lo = r.s32();
        imm.hi = 0;
        this.stack[this.sp++] = I32;
        if (this.live) this.sink.op(op);
        return;
      case 6: // loads and stores
        this.access(op);
        if (this.live) this.sink.op(op);
        return;
      case 7:
        return this.end();
      case 8:
        return this.brIf();
      case 9:
        return this.block();
      case 10:
        return this.br();
      case 11:
        return this.call();
      case 12: // i64.const, f32.const, f64.const
        readImm(r, OPS[op]!.imm, imm, this.dialect);
        this.stack[this.sp++] = pushTypes[op]!;
        if (this.live) this.sink.op(op);
        return;
      default:
        this.stepOn(op, kind);
    }
  }

  private stepOn(op: number, kind: number): void {
    switch (kind) {
      case 13: // drop
        this.popAny();
        if (this.live) this.sink.op(op);
        return;
      case 14:
        return this.globalGet();
      case 15:
        return this.globalSet();
      case 16:
        return this.select();
      case 17:
        return this.loop();
      case 18:
        return this.if_();
      case 19:
        return this.else_();
      case 20:
        return this.brTable();
      case 21:
        return this.return_();
      case 22:
        return this.callIndirect();
      case 23:
        return this.unreachable();
      case 24: // nop
        return;
      case 25:
        return this.rare(op);
      default: // off: readOp says why
        this.r.pos = this.imm.offset;
        readOp(this.r, this.dialect.features);
    }
  }

  // Operands --------------------------------------------------------------------------------------

  // Pops and pushes what the row says; the usual case first, mismatch and BOT in popTypesOf.
  private apply(op: number): void {
    const { stack } = this;
    const n = popCount[op]!;
    const types = popTypes[op]!;
    const sp = this.sp;
    const base = sp - n;
    if (
      base >= this.height &&
      (n === 0 || stack[sp - 1] === (types & 255)) &&
      (n < 2 || stack[sp - 2] === ((types >> 8) & 255)) &&
      n < 3
    ) {
      this.sp = base;
    } else {
      this.popTypesOf(n, types);
    }
    const pushes = pushCount[op]!;
    if (pushes === 1) stack[this.sp++] = pushTypes[op]!;
    else for (let i = pushes - 1; i >= 0; i--) stack[this.sp++] = pushTypes[op]! >> (8 * i);
  }

  private popTypesOf(n: number, types: number): void {
    for (let i = 0; i < n; i++) this.pop((types >> (8 * i)) & 255);
  }

  private pop(want: ValType): void {
    if (this.sp > this.height) {
      const t = this.stack[--this.sp]!;
      if (t !== want && t !== BOT) this.mismatch(typeName(want), typeName(t));
    } else if (this.poly === 0) {
      this.mismatch(typeName(want), "nothing");
    }
  }

  private popAny(): ValType {
    if (this.sp > this.height) return this.stack[--this.sp]!;
    if (this.poly === 0) this.mismatch("a value", "nothing");
    return BOT;
  }

  private tee(want: ValType): void {
    this.pop(want);
    this.stack[this.sp++] = want;
  }

  private popList(types: readonly ValType[]): void {
    for (let i = types.length - 1; i >= 0; i--) this.pop(types[i]!);
  }

  private pushList(types: readonly ValType[]): void {
    const n = types.length;
    if (n > 1) this.reserve(n);
    for (let i = 0; i < n; i++) this.stack[this.sp++] = types[i]!;
  }

  // Makes room for `n` values and one per byte of code that is left.
  private reserve(n: number): void {
    const need = this.sp + n + (this.r.end - this.r.pos) + 8;
    if (this.sp + n > maxHeight) {
      throw new Unsupported("operand stack too high", this.imm.offset, this.r.func);
    }
    if (need <= this.stack.length) return;
    const bigger = new Uint8Array(Math.max(need, this.stack.length * 2));
    bigger.set(this.stack.subarray(0, this.sp));
    this.stack = bigger;
  }

  private localType(): ValType {
    const index = this.r.u32();
    this.imm.a = index;
    if (index >= this.localCount) this.invalid(`unknown local ${index}`);
    return this.localTypes[index]!;
  }

  // Errors ----------------------------------------------------------------------------------------

  private invalid(reason: string): never {
    throw new Invalid(reason, this.imm.offset, this.r.func);
  }

  private mismatch(want: string, got: string): never {
    this.invalid(`type mismatch in ${OPS[this.op]!.name}: expected ${want}, found ${got}`);
  }

  // Control ---------------------------------------------------------------------------------------

  private open(kind: number, type: BlockType): void {
    const d = ++this.depth;
    if (d >= this.frameKind.length) this.growFrames();
    if (d > 0) this.framePoly[d - 1] = this.poly;
    this.frameKind[d] = kind;
    this.frameHeight[d] = this.height = this.sp;
    this.frameSeen[d] = this.live ? 1 : 0;
    this.frameBranched[d] = 0;
    this.frameType[d] = type;
    this.poly = 0;
    this.pushList(type.params);
  }

  private growFrames(): void {
    const size = this.frameKind.length * 2;
    const widen = (column: Uint8Array): Uint8Array<ArrayBuffer> => {
      const bigger = new Uint8Array(size);
      bigger.set(column);
      return bigger;
    };
    this.frameKind = widen(this.frameKind);
    this.framePoly = widen(this.framePoly);
    this.frameSeen = widen(this.frameSeen);
    this.frameBranched = widen(this.frameBranched);
    this.frameStamp = new Int32Array(size);
    const heights = new Int32Array(size);
    heights.set(this.frameHeight);
    this.frameHeight = heights;
  }

  private blockType(): BlockType {
    const { imm } = this;
    readImm(this.r, Imm.blocktype, imm, this.dialect);
    const index = imm.a;
    if (index === emptyBlock) return empty;
    if (index < 0) return single[index + 0x80]!;
    const type = this.m.types[index];
    if (type === undefined) this.invalid(`unknown type ${index}`);
    return type;
  }

  private block(): void {
    const type = this.blockType();
    this.popList(type.params);
    this.open(BLOCK, type);
    if (this.live) this.sink.block(type);
  }

  private loop(): void {
    const type = this.blockType();
    this.popList(type.params);
    this.open(LOOP, type);
    if (this.live) this.sink.loop(type);
  }

  private if_(): void {
    const type = this.blockType();
    this.pop(I32);
    this.popList(type.params);
    this.open(IF, type);
    if (this.live) this.sink.if_(type);
  }

  // The end of an arm: exactly the results are on the stack.
  private closeArm(type: BlockType): void {
    this.popList(type.results);
    if (this.sp !== this.height) {
      const extra = this.sp - this.height;
      this.invalid(`type mismatch: ${extra} too many on the stack at the end of a block`);
    }
  }

  private else_(): void {
    const d = this.depth;
    if (this.frameKind[d] !== IF) this.r.fail("END opcode expected", this.imm.offset);
    const type = this.frameType[d]!;
    this.closeArm(type);
    const wasLive = this.live;
    if (wasLive) this.frameBranched[d] = 1;
    this.frameKind[d] = ELSE;
    this.poly = 0;
    this.live = this.frameSeen[d] === 1;
    this.pushList(type.params);
    if (this.live) this.sink.else_(wasLive);
  }

  private end(): void {
    const d = this.depth;
    const kind = this.frameKind[d]!;
    const type = this.frameType[d]!;
    this.closeArm(type);
    if (kind === IF) this.checkMissingElse(type);
    const wasLive = this.live;
    const next = wasLive || this.frameBranched[d] === 1 || (kind === IF && this.frameSeen[d] === 1);
    this.depth = d - 1;
    if (d === 0) return this.sink.finish(wasLive, next);
    this.height = this.frameHeight[d - 1]!;
    this.poly = this.framePoly[d - 1]!;
    this.pushList(type.results);
    if (this.frameSeen[d] === 0) return;
    this.live = next;
    this.sink.end(wasLive, next);
  }

  // Without `else`, the parameters are the results.
  private checkMissingElse(type: BlockType): void {
    const { params, results } = type;
    let same = params.length === results.length;
    for (let i = 0; same && i < params.length; i++) same = params[i] === results[i];
    if (!same) this.invalid("type mismatch: an if without else must not change the stack");
  }

  /** The frame of a label. */
  private target(label: number): number {
    // A br_table keeps its labels as signed words.
    if (label >>> 0 > this.depth) this.invalid(`unknown label ${label >>> 0}`);
    return this.depth - label;
  }

  private labelTypes(frame: number): readonly ValType[] {
    const type = this.frameType[frame]!;
    return this.frameKind[frame] === LOOP ? type.params : type.results;
  }

  private markBranch(frame: number): void {
    if (this.frameKind[frame] !== LOOP) this.frameBranched[frame] = 1;
  }

  private br(): void {
    const label = this.r.u32();
    const frame = this.target(label);
    this.popList(this.labelTypes(frame));
    if (this.live) {
      this.markBranch(frame);
      this.sink.br(label);
    }
    this.cut();
  }

  private brIf(): void {
    const label = this.r.u32();
    const frame = this.target(label);
    const types = this.labelTypes(frame);
    this.pop(I32);
    this.popList(types);
    this.pushList(types);
    if (this.live) {
      this.markBranch(frame);
      this.sink.brIf(label);
    }
  }

  private brTable(): void {
    const { r, imm } = this;
    readImm(r, Imm.labels, imm, this.dialect);
    this.pop(I32);
    const { targets, count } = imm;
    const fallback = this.labelTypes(this.target(targets[count]!));
    const stamp = ++this.stamps;
    for (let i = 0; i <= count; i++) {
      const frame = this.target(targets[i]!);
      if (this.frameStamp[frame] === stamp) continue;
      this.frameStamp[frame] = stamp;
      this.checkLabel(this.labelTypes(frame), fallback);
      if (this.live) this.markBranch(frame);
    }
    if (this.live) this.sink.brTable(targets, count);
    this.cut();
  }

  // The operands fit a label of br_table; they stay. In 1.0 all labels must have one type, since
  // 2.0 they must only have one arity.
  private checkLabel(types: readonly ValType[], fallback: readonly ValType[]): void {
    const n = types.length;
    if (n !== fallback.length) {
      this.invalid(`type mismatch: br_table targets take ${n} and ${fallback.length} values`);
    }
    for (let i = 1; i <= n; i++) {
      const want = types[n - i]!;
      if (!this.dialect.refs && want !== fallback[n - i]) {
        this.mismatch(typeName(fallback[n - i]!), typeName(want));
      }
      if (this.sp - i < this.height) {
        if (this.poly === 0) this.mismatch(typeName(want), "nothing");
        continue;
      }
      const got = this.stack[this.sp - i]!;
      if (got !== want && got !== BOT) this.mismatch(typeName(want), typeName(got));
    }
  }

  private return_(): void {
    this.popList(this.frameType[0]!.results);
    if (this.live) this.sink.return_();
    this.cut();
  }

  private unreachable(): void {
    if (this.live) this.sink.unreachable();
    this.cut();
  }

  // Code that follows is not reachable.
  private cut(): void {
    this.sp = this.height;
    this.poly = 1;
    this.live = false;
  }

  // Calls -----------------------------------------------------------------------------------------

  private call(): void {
    const index = this.r.u32();
    const { m, imm } = this;
    if (index >= m.funcs.length) this.invalid(`unknown function ${index}`);
    const type = m.types[m.funcs[index]!]!;
    this.popList(type.params);
    this.pushList(type.results);
    imm.a = index;
    if (this.live) this.sink.op(this.op);
  }

  private callIndirect(): void {
    const { m, r, imm } = this;
    readImm(r, Imm.callIndirect, imm, this.dialect);
    if (this.checks.tableElem(imm.b) !== FUNCREF) this.mismatch("a table of funcref", "another");
    const type = m.types[imm.a];
    if (type === undefined) this.invalid(`unknown type ${imm.a}`);
    this.pop(I32);
    this.popList(type.params);
    this.pushList(type.results);
    if (this.live) this.sink.op(this.op);
  }

  // Variables and select --------------------------------------------------------------------------

  private globalGet(): void {
    const index = this.globalIndex();
    this.stack[this.sp++] = this.m.globals[index]!.type;
    if (this.live) this.sink.op(this.op);
  }

  private globalSet(): void {
    const global = this.m.globals[this.globalIndex()]!;
    if (!global.mutable) this.invalid("global is immutable");
    this.pop(global.type);
    if (this.live) this.sink.op(this.op);
  }

  private globalIndex(): number {
    const index = this.r.u32();
    if (index >= this.m.globals.length) this.invalid(`unknown global ${index}`);
    return (this.imm.a = index);
  }

  private select(): void {
    this.pop(I32);
    const second = this.popAny();
    const first = this.popAny();
    if (isRef(first) || isRef(second)) {
      this.mismatch("numbers", "references (they need a select with a type)");
    }
    if (first !== second && first !== BOT && second !== BOT) {
      this.mismatch(typeName(first), typeName(second));
    }
    const type = first === BOT ? second : first;
    this.stack[this.sp++] = type;
    this.imm.type = type;
    if (this.live) this.sink.op(this.op);
  }

  // Memory, tables, references, SIMD --------------------------------------------------------------

  private access(op: number): void {
    readMemarg(this.r, this.imm);
    this.checks.access(op);
    this.apply(op);
  }

  private rare(op: number): void {
    const { r, imm } = this;
    const row = OPS[op]!;
    readImm(r, row.imm, imm, this.dialect);
    this.checks.check(op, row);
    if (isTyped[op] === 1) this.typed(op);
    else this.apply(op);
    if (this.live) this.sink.op(op);
  }

  // Operators whose operand types depend on an immediate.
  private typed(op: number): void {
    const { imm } = this;
    switch (OPS[op]!.name) {
      case "select_t":
        this.pop(I32);
        this.pop(imm.type);
        this.pop(imm.type);
        return this.push(imm.type);
      case "table.get":
        this.pop(I32);
        return this.push(this.checks.tableElem(imm.a));
      case "table.set":
        this.pop(this.checks.tableElem(imm.a));
        return this.pop(I32);
      case "table.grow":
        this.pop(I32);
        this.pop(this.checks.tableElem(imm.a));
        return this.push(I32);
      case "table.fill":
        this.pop(I32);
        this.pop(this.checks.tableElem(imm.a));
        return this.pop(I32);
      case "ref.null":
        return this.push(imm.type);
      case "ref.func":
        return this.push(FUNCREF);
      default:
        this.refIsNull();
    }
  }

  private push(type: ValType): void {
    this.stack[this.sp++] = type;
  }

  private refIsNull(): void {
    const type = this.popAny();
    if (!isRef(type) && type !== BOT) this.mismatch("a reference", typeName(type));
    this.push(I32);
  }
}
