// Instructions of the text format. In: tokens, folded or plain or both at once. Out: the bytes of
// an expression, without the final `end`. What an operator carries is told by its row in the
// operator table, so that a new operator with a known kind of immediate needs no line here.
//
// There is no recursion: a stack of frames remembers what is open, be it a parenthesis or a plain
// block. A folded operator is encoded when it is met, because its immediates see the labels of
// that place, and written when its `)` comes.
//
//   fold    ( op immediates <here> )       only folded instructions may follow
//   paren   (block, (loop, (then, (else    any instruction may follow
//   test    (if type <here> (then          only folded instructions, then `(then`
//   then_   (if ... (then ...) <here>      only `(else` or the end
//   else_   (if ... (else ...) <here>      only the end
//   plain   block, loop, if, else          closed by `end`, never by `)`

import { ByteWriter } from "../support/bytes.ts";
import { Unsupported, bug } from "../support/errors.ts";
import { Imm, OP, OPS, type OpRow } from "../wasm/ops.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import { opOfWord, type Cursor } from "./cursor.ts";
import { readConst, readLane, readLanes, readVector } from "./literal.ts";
import { Tok } from "./lexer.ts";
import { natural } from "./number.ts";
import { readHeapType, readResults, readSignature, Space, type Types } from "./scope.ts";

/** The index spaces that instructions refer to. */
export interface Scope {
  readonly types: Types;
  readonly funcs: Space;
  readonly tables: Space;
  readonly memories: Space;
  readonly globals: Space;
  readonly elems: Space;
  readonly datas: Space;
}

const Frame = { fold: 0, paren: 1, test: 2, then_: 3, else_: 4, plain: 5, plainIf: 6 } as const;
type Frame = (typeof Frame)[keyof typeof Frame];

const EMPTY_BLOCK = 0x40;
const MEMORY_FLAG = 0x40;

const writeOp = (w: ByteWriter, row: OpRow): void => {
  const prefix = row.code >> 16;
  if (prefix === 0) w.u8(row.code);
  else {
    w.u8(prefix);
    w.u32(row.code & 0xffff);
  }
};

export class Code {
  private readonly c: Cursor;
  private readonly scope: Scope;
  /** Locals of the current function; empty in constant expressions. */
  locals = new Space("local");
  /** True once an instruction was met that needs a data count section. */
  usesData = false;

  private out = new ByteWriter(0);
  /** What is open, and per frame the identifier of its label. */
  private readonly frames: Frame[] = [];
  private readonly frameLabels: (string | undefined)[] = [];
  /** Encoded operators of open `fold` and `test` frames; as long as the deepest nesting so far. */
  private readonly pending: ByteWriter[] = [];
  private folds = 0;
  private readonly labels: (string | undefined)[] = [];

  constructor(c: Cursor, scope: Scope) {
    this.c = c;
    this.scope = scope;
  }

  /** Writes the instructions up to the `)` of the form around them, which is left standing. */
  sequence(out: ByteWriter): void {
    this.begin(out);
    while (this.frames.length > 0 || this.c.kind !== Tok.close) this.step();
  }

  /** Writes one folded instruction. */
  folded(out: ByteWriter): void {
    if (this.c.kind !== Tok.open) this.c.unexpected();
    this.begin(out);
    do this.step();
    while (this.frames.length > 0);
  }

  private begin(out: ByteWriter): void {
    this.out = out;
    this.frames.length = 0;
    this.frameLabels.length = 0;
    this.labels.length = 0;
    this.folds = 0;
  }

  private step(): void {
    switch (this.c.kind) {
      case Tok.open:
        return this.open();
      case Tok.close:
        return this.close();
      case Tok.word:
        return this.plain();
      default:
        return this.c.unexpected();
    }
  }

  private get top(): Frame {
    return this.frames.at(-1) ?? Frame.paren;
  }

  private push(frame: Frame, label: string | undefined): void {
    this.frames.push(frame);
    this.frameLabels.push(label);
  }

  private pop(): void {
    this.frames.pop();
    this.frameLabels.pop();
  }

  /** Operator number of the word at `pos`; anything else is refused. */
  private opAt(pos: number): number {
    const { c } = this;
    const op = c.kindAt(pos) === Tok.word ? opOfWord(c.text(pos)) : -1;
    return op < 0 ? c.unexpected(pos) : op;
  }

  // ---- forms ------------------------------------------------------------------------------------

  private open(): void {
    const { c, top } = this;
    if (top === Frame.test && c.enter("then")) return this.openArm(Frame.then_);
    if (top === Frame.then_ && c.isForm("else")) return this.openElse();
    if (top === Frame.then_ || top === Frame.else_) c.unexpected();
    const op = this.opAt(++c.pos);
    c.pos++;
    if (op === OP.block || op === OP.loop) {
      const label = c.id();
      this.writeBlock(this.out, op);
      this.labels.push(label);
      this.push(Frame.paren, label);
    } else if (op === OP.if) {
      const label = c.id();
      this.writeBlock(this.nextPending(), op);
      this.push(Frame.test, label);
    } else if (isMark(op)) c.unexpected(c.pos - 1);
    else {
      this.writePlain(this.nextPending(), op);
      this.push(Frame.fold, undefined);
    }
  }

  private nextPending(): ByteWriter {
    if (this.folds === this.pending.length) this.pending.push(new ByteWriter(16));
    const w = this.pending[this.folds++] ?? bug("no room for a folded operator");
    w.clear();
    return w;
  }

  private writePending(): void {
    const w = this.pending[--this.folds] ?? bug("no folded operator to write");
    this.out.bytes(w.view());
  }

  /** `(then`: the condition is complete, the label begins to hold. */
  private openArm(next: Frame): void {
    this.writePending();
    this.labels.push(this.frameLabels.at(-1));
    this.frames[this.frames.length - 1] = next;
    this.push(Frame.paren, undefined);
  }

  private openElse(): void {
    this.c.pos += 2;
    this.out.u8(OPS[OP.else]!.code);
    this.frames[this.frames.length - 1] = Frame.else_;
    this.push(Frame.paren, undefined);
  }

  private close(): void {
    const { c, top } = this;
    if (top === Frame.test || top === Frame.plain || top === Frame.plainIf) c.unexpected();
    c.pos++;
    this.pop();
    if (top === Frame.fold) return this.writePending();
    // The `)` of an arm: its `if` is still open, and so is the label.
    const around = this.top;
    const arm = top === Frame.paren && (around === Frame.then_ || around === Frame.else_);
    if (!arm) this.writeEnd();
  }

  private writeEnd(): void {
    this.labels.pop();
    this.out.u8(OPS[OP.end]!.code);
  }

  // ---- plain instructions -----------------------------------------------------------------------

  private plain(): void {
    const { c, top } = this;
    if (top !== Frame.paren && top !== Frame.plain && top !== Frame.plainIf) c.unexpected();
    const op = this.opAt(c.pos);
    if (op === OP.end || op === OP.else) return this.plainMark(op);
    if (isMark(op)) c.unexpected();
    c.pos++;
    if (op !== OP.block && op !== OP.loop && op !== OP.if) return this.writePlain(this.out, op);
    const label = c.id();
    this.writeBlock(this.out, op);
    this.labels.push(label);
    this.push(op === OP.if ? Frame.plainIf : Frame.plain, label);
  }

  /** `end` or `else`, with the label of the block or none. */
  private plainMark(op: number): void {
    const { c, top } = this;
    const fits = top === Frame.plainIf || (top === Frame.plain && op === OP.end);
    if (!fits) c.unexpected();
    c.pos++;
    if (c.kind === Tok.id && c.idAt(c.pos) !== this.frameLabels.at(-1)) c.fail("mismatching label");
    c.id();
    if (op === OP.else) {
      this.frames[this.frames.length - 1] = Frame.plain;
      this.out.u8(OPS[OP.else]!.code);
    } else {
      this.pop();
      this.writeEnd();
    }
  }

  // ---- operators and their immediates -----------------------------------------------------------

  /** `block`, `loop` or `if` with its type. */
  private writeBlock(w: ByteWriter, op: number): void {
    writeOp(w, OPS[op]!);
    this.blockType(w);
  }

  private blockType(w: ByteWriter): void {
    const { c } = this;
    const { types } = this.scope;
    const at = c.pos;
    const index = types.readIndex(c);
    const before = c.pos;
    const type = readSignature(c, undefined);
    if (index >= 0) {
      if (c.pos !== before) types.check(c, at, index, type);
      w.s33(index);
    } else this.spelledBlockType(w, type);
  }

  private spelledBlockType(w: ByteWriter, type: FuncType): void {
    const { params, results } = type;
    if (params.length > 0 || results.length > 1) w.s33(this.scope.types.indexOf(type));
    else w.u8(results[0] ?? EMPTY_BLOCK);
  }

  private writePlain(w: ByteWriter, op: number): void {
    const row = OPS[op]!;
    if (op === OP.select && this.c.isForm("result")) return this.typedSelect(w);
    writeOp(w, row);
    if (row.imm !== Imm.none) this.immediates(w, row);
  }

  private typedSelect(w: ByteWriter): void {
    const types: ValType[] = [];
    readResults(this.c, types);
    writeOp(w, OPS[OP.select_t]!);
    w.u32(types.length);
    for (const t of types) w.u8(t);
  }

  private immediates(w: ByteWriter, row: OpRow): void {
    const { c, scope } = this;
    switch (row.imm) {
      case Imm.label:
        return w.u32(this.label());
      case Imm.labels:
        return this.branchTable(w);
      case Imm.func:
      case Imm.funcRef:
        return w.u32(scope.funcs.index(c));
      case Imm.callIndirect:
        return this.callIndirect(w);
      case Imm.type:
        return w.u32(scope.types.space.index(c));
      case Imm.local:
        return w.u32(this.locals.index(c));
      case Imm.global:
        return w.u32(scope.globals.index(c));
      case Imm.table:
        return w.u32(scope.tables.indexOrZero(c));
      case Imm.memory:
        return w.u32(scope.memories.indexOrZero(c));
      case Imm.tableCopy:
        return this.pair(w, scope.tables);
      case Imm.memory2:
        return this.pair(w, scope.memories);
      case Imm.elem:
        return w.u32(scope.elems.index(c));
      case Imm.data:
        this.usesData = true;
        return w.u32(scope.datas.index(c));
      case Imm.tableInit:
        return this.init(w, scope.tables, scope.elems);
      case Imm.memoryInit:
        this.usesData = true;
        return this.init(w, scope.memories, scope.datas);
      case Imm.memarg:
        return this.memarg(w, row, c.isIndex());
      case Imm.memargLane:
        return this.memargLane(w, row);
      case Imm.heapType:
        return w.u8(readHeapType(c));
      case Imm.fence:
        return w.u8(0);
      default:
        return this.literal(w, row);
    }
  }

  private literal(w: ByteWriter, row: OpRow): void {
    const { c } = this;
    switch (row.imm) {
      case Imm.i32: {
        const words = readConst(c, "i32");
        return w.s32(words.lo);
      }
      case Imm.i64: {
        const words = readConst(c, "i64");
        return w.s64(words.lo, words.hi);
      }
      case Imm.f32:
        return w.word(readConst(c, "f32").lo);
      case Imm.f64: {
        const words = readConst(c, "f64");
        return w.words(words.lo, words.hi);
      }
      case Imm.v128:
        return w.bytes(readVector(c));
      case Imm.shuffle:
        return w.bytes(readLanes(c));
      case Imm.lane:
        return w.u8(readLane(c));
      default:
        throw new Unsupported(`feature ${row.feature}: ${row.name} in the text format`);
    }
  }

  /** A label: depth from the innermost. */
  private label(): number {
    const { c, labels } = this;
    if (c.kind !== Tok.id) return c.natural();
    const index = labels.lastIndexOf(c.idAt(c.pos));
    if (index < 0) c.fail(`unknown label ${c.text()}`);
    c.pos++;
    return labels.length - 1 - index;
  }

  private branchTable(w: ByteWriter): void {
    const { c } = this;
    const targets = [this.label()];
    while (c.isIndex()) targets.push(this.label());
    w.u32(targets.length - 1);
    for (const t of targets) w.u32(t);
  }

  private callIndirect(w: ByteWriter): void {
    const table = this.scope.tables.indexOrZero(this.c);
    w.u32(this.scope.types.use(this.c));
    w.u32(table);
  }

  /** Two indices of one space, or none for 0 and 0. */
  private pair(w: ByteWriter, space: Space): void {
    const given = this.c.isIndex();
    w.u32(given ? space.index(this.c) : 0);
    w.u32(given ? space.index(this.c) : 0);
  }

  /** `table.init t? e`, `memory.init m? d`: the segment is written first. */
  private init(w: ByteWriter, target: Space, segments: Space): void {
    const two = this.c.isIndex(this.c.pos + 1);
    const index = two ? target.index(this.c) : 0;
    w.u32(segments.index(this.c));
    w.u32(index);
  }

  /** `m? offset=? align=?` */
  private memarg(w: ByteWriter, row: OpRow, withMemory: boolean): void {
    const memory = withMemory ? this.scope.memories.index(this.c) : 0;
    const offset = this.assignment("offset=") ?? 0;
    const align = this.alignment(row);
    w.u32(memory === 0 ? align : align | MEMORY_FLAG);
    if (memory !== 0) w.u32(memory);
    w.u32(offset);
  }

  private memargLane(w: ByteWriter, row: OpRow): void {
    const { c } = this;
    // A number alone is the lane.
    const next = c.pos + 1;
    const more = c.kindAt(next) === Tok.nat || c.kindAt(next) === Tok.word;
    const isMemory = more && /^[0-9$]|^(?:offset|align)=/.test(c.text(next));
    this.memarg(w, row, c.kind === Tok.id || (c.kind === Tok.nat && isMemory));
    w.u8(readLane(c));
  }

  /** The exponent of `align=`, natural where none is given. */
  private alignment(row: OpRow): number {
    const at = this.c.pos;
    const align = this.assignment("align=");
    if (align === undefined) return row.align;
    const exponent = Math.log2(align);
    if (!Number.isInteger(exponent)) this.c.fail("alignment must be a power of two", at);
    return exponent;
  }

  /** The number in a keyword such as `offset=8`, if that keyword stands here. */
  private assignment(name: string): number | undefined {
    const { c } = this;
    const text = c.kind === Tok.word ? c.text() : "";
    if (!text.startsWith(name)) return undefined;
    const digits = text.slice(name.length);
    if (!/^(?:0x[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|[0-9]+(?:_[0-9]+)*)$/.test(digits)) {
      c.fail(`unknown operator ${text}`);
    }
    const n = natural(digits);
    if (n < 0) c.fail("i32 constant out of range");
    c.pos++;
    return n;
  }
}

/** Operators that only continue a block. */
const isMark = (op: number): boolean =>
  op === OP.else || op === OP.end || op === OP.catch || op === OP.catch_all || op === OP.delegate;
