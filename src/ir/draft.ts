// The text form of a function becomes a draft: blocks of items whose operands are still names and
// constants. First half of parse.ts, which says what the text is and gives the names their ids.
// In: a text. Out: a Draft per function; Malformed with the line for what is no such text.

import { LIBCALLS, TRAPS } from "../abi.ts";
import { bitsOfF32, bitsOfF64, wide } from "../semantics.ts";
import { Malformed } from "../support/errors.ts";
import type { Block, Signature } from "./func.ts";
import {
  ACCESS_GUARD,
  ACCESS_SIGNED,
  CLASS_NAMES,
  IR,
  OP_NAMES,
  OP_OPERANDS,
  SHAPE_NAMES,
  WIDTH_NAMES,
  accessOf,
} from "./ops.ts";
import { isVector } from "./shapes.ts";
import { F32, F64, I32, NONE, TYPE_NAMES, V128 } from "./types.ts";
import type { Type } from "./types.ts";

// ---- tokens ------------------------------------------------------------------------------------

const TOKEN = new RegExp(
  [
    /[-+]?(?:0x[0-9a-fA-F]+|nan:0x[0-9a-fA-F]+|inf\b|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)/,
    /->|[A-Za-z_][\w.]*|[()[\]{},:=+#@%]/,
  ]
    .map((r) => r.source)
    .join("|"),
  "y",
);
const BLANK = /(?:\s|;[^\n]*)*/y;

class Tokens {
  readonly text: string;
  /** The current token, "" at the end. */
  token = "";
  private pos = 0;
  private start = 0;

  constructor(text: string) {
    this.text = text;
    this.next();
  }

  /** Steps on and returns the token that was current. */
  next(): string {
    const last = this.token;
    BLANK.lastIndex = this.pos;
    BLANK.exec(this.text);
    this.start = TOKEN.lastIndex = BLANK.lastIndex;
    const m = TOKEN.exec(this.text);
    this.token = m?.[0] ?? "";
    this.pos = this.start + this.token.length;
    if (m === null && this.start < this.text.length) this.fail("unexpected character");
    return last;
  }

  get line(): number {
    return this.text.slice(0, this.start).split("\n").length;
  }

  fail(what: string): never {
    const found = this.token === "" ? this.text.slice(this.start, this.start + 1) : this.token;
    throw new Malformed(`line ${this.line}: ${what}: ${found === "" ? "end of text" : found}`);
  }

  accept(token: string): boolean {
    if (this.token !== token) return false;
    this.next();
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) this.fail(`expected ${token}`);
  }

  /** A token that matches, as the number behind its first `skip` characters. */
  numbered(pattern: RegExp, skip: number, what: string): number {
    if (!pattern.test(this.token)) this.fail(`expected ${what}`);
    return Number(this.next().slice(skip));
  }

  natural(): number {
    return this.numbered(/^(?:0x[0-9a-fA-F]+|\d+)$/, 0, "a number");
  }
}

// ---- the draft ---------------------------------------------------------------------------------

/** A constant: type and words (two, or four of a v128). */
export interface Const {
  readonly ty: Type;
  readonly words: readonly number[];
}
/** A value by the id of the text, or a constant. */
export type Operand = number | Const;

export interface EdgeDraft {
  readonly target: Block;
  readonly args: readonly Operand[];
}

export interface Item {
  readonly line: number;
  /** The id of the text, 0 = none. */
  readonly name: number;
  readonly ty: Type;
  op: number;
  aux: number;
  source: number;
  /** Columns: a plain number, an operand, a list of operands, an edge, a list of edges. */
  columns: Column[];
}

export type Column =
  | { readonly plain: number }
  | { readonly value: Operand }
  | { readonly values: readonly Operand[] }
  | { readonly edge: EdgeDraft }
  | { readonly edges: readonly EdgeDraft[] };

interface Param {
  readonly name: number;
  readonly ty: Type;
}

export interface BlockDraft {
  readonly number: Block;
  readonly params: readonly Param[];
  readonly cold: boolean;
  readonly items: Item[];
}

export interface Draft {
  readonly index: number;
  readonly signature: Signature;
  readonly placed: boolean;
  readonly blocks: readonly BlockDraft[];
  readonly types: Signature[];
  readonly callTypes: number[];
}

// ---- text to draft -----------------------------------------------------------------------------

const opNumber = new Map<string, number>(OP_NAMES.map((name, op) => [name, op]));
const typeNumber = new Map<string, Type>(TYPE_NAMES.map((name, t) => [name, t]));
const libcallNumber = new Map<string, number>(LIBCALLS.map(([name], n) => [name, n]));
const trapCode = new Map<string, number>(TRAPS.map(([name], code) => [name, code]));
const widthNumber = new Map<string, number>(WIDTH_NAMES.map((name, w) => [name, w]));
const shapeNumber = new Map<string, number>(SHAPE_NAMES.map((name, s) => [name, s]));

const VALUE = /^v[0-9]+$/;
const isValueType = (t: Type | undefined): t is Type => t !== undefined && t !== NONE;

/** The type that a word before a constant names; v128 would be a value. */
function constType(word: string): Type | undefined {
  if (word === "vec") return V128;
  const ty = typeNumber.get(word);
  return isValueType(ty) ? ty : undefined;
}

class Reader {
  private readonly t: Tokens;
  private types: Signature[] = [];
  private callTypes: number[] = [];

  constructor(text: string) {
    this.t = new Tokens(text);
  }

  funcs(): Draft[] {
    const drafts: Draft[] = [];
    this.types = [];
    while (this.t.token !== "") {
      if (this.t.accept("type")) {
        const index = this.t.numbered(/^t\d+$/, 1, "a type index");
        this.types[index] = this.signature();
      } else drafts.push(this.func());
    }
    return drafts;
  }

  private type(): Type {
    const ty = typeNumber.get(this.t.token);
    if (!isValueType(ty)) return this.t.fail("expected a type");
    this.t.next();
    return ty;
  }

  /** What `read` reads, between brackets, separated by commas. */
  private list<T>(open: string, close: string, read: () => T): T[] {
    const items: T[] = [];
    this.t.expect(open);
    if (this.t.accept(close)) return items;
    do items.push(read());
    while (this.t.accept(","));
    this.t.expect(close);
    return items;
  }

  private signature(): Signature {
    const params = this.list("(", ")", () => this.type());
    this.t.expect("->");
    return { params, results: this.list("(", ")", () => this.type()) };
  }

  private func(): Draft {
    const { t } = this;
    this.callTypes = [];
    t.expect("func");
    t.expect("%");
    const index = t.natural();
    const signature = this.signature();
    const placed = t.accept("placed");
    t.expect("{");
    const blocks: BlockDraft[] = [];
    while (!t.accept("}")) blocks.push(this.block());
    return { index, signature, placed, blocks, types: this.types, callTypes: this.callTypes };
  }

  private param(): Param {
    const name = this.t.numbered(VALUE, 1, "a value");
    this.t.expect(":");
    return { name, ty: this.type() };
  }

  private blockNumber(): Block {
    return this.t.numbered(/^b[1-9][0-9]*$/, 1, "a block");
  }

  private block(): BlockDraft {
    const { t } = this;
    const number = this.blockNumber();
    const params = t.token === "(" ? this.list("(", ")", () => this.param()) : [];
    const cold = t.accept("cold");
    t.expect(":");
    const items: Item[] = [];
    while (t.token !== "}" && !/^b\d+$/.test(t.token)) items.push(this.item());
    return { number, params, cold, items };
  }

  private item(): Item {
    const { t } = this;
    const line = t.line;
    const result = VALUE.test(t.token) ? this.param() : { name: 0, ty: NONE };
    if (result.name !== 0) t.expect("=");
    const [word, ...suffix] = t.token.split(".");
    const op = opNumber.get(word!);
    if (op === undefined || op === IR.none || op === IR.const || op === IR.param) {
      return t.fail("expected an opcode");
    }
    t.next();
    const item: Item = { line, ...result, op, aux: 0, source: 0, columns: [] };
    this.columns(item, suffix.join("."));
    if (t.accept("aux")) item.aux = t.natural();
    if (t.accept("@")) item.source = t.natural();
    return item;
  }

  /** The number of a width or shape; 0 for opcodes without a suffix. */
  private suffix(op: number, suffix: string): number {
    const isAccess = op === IR.load || op === IR.store;
    const names = isVector(op) ? shapeNumber : widthNumber;
    const number = names.get(suffix);
    if (number === undefined || (suffix !== "" && !isAccess && !isVector(op))) {
      return this.t.fail("unknown suffix before");
    }
    return number;
  }

  private columns(item: Item, suffix: string): void {
    const number = this.suffix(item.op, suffix);
    switch (item.op) {
      case IR.load:
      case IR.store:
        return this.access(item, number);
      case IR.call:
      case IR.callslot:
      case IR.callref:
      case IR.libcall:
        return this.call(item);
      case IR.sigcheck:
        item.columns = [this.value(), this.after(() => this.t.natural() | 0)];
        return;
      case IR.trapif:
        item.columns = [this.value(), this.after(() => this.trap())];
        return;
      case IR.trap:
        item.columns = [{ plain: this.trap() }];
        return;
      case IR.jump:
        item.columns = [{ edge: this.edge() }];
        return;
      case IR.br:
        return this.branch(item);
      case IR.switch:
        return this.cases(item);
      case IR.ret:
        item.columns = [{ values: this.startsOperand() ? this.operands() : [] }];
        return;
      default:
        if (isVector(item.op)) item.aux = number;
        this.plain(item);
    }
  }

  /** Operands of an instruction whose columns are values and numbers. */
  private plain(item: Item): void {
    const letters = OP_OPERANDS[item.op] ?? "";
    for (let k = 0; k < letters.length && letters[k] !== "."; k++) {
      if (k > 0) this.t.expect(",");
      item.columns.push(letters[k] === "v" ? this.value() : { plain: this.t.natural() });
    }
  }

  private after(read: () => number): Column {
    this.t.expect(",");
    return { plain: read() };
  }

  private trap(): number {
    const code = trapCode.get(this.t.token);
    if (code === undefined) return this.t.natural();
    this.t.next();
    return code;
  }

  private startsOperand(): boolean {
    const { token } = this.t;
    return VALUE.test(token) || /^-?\d/.test(token) || constType(token) !== undefined;
  }

  private operand(): Operand {
    const { t } = this;
    if (VALUE.test(t.token)) return Number(t.next().slice(1));
    const ty = constType(t.token);
    if (ty !== undefined) t.next();
    return this.constant(ty ?? I32);
  }

  private operands(): Operand[] {
    const list = [this.operand()];
    while (this.t.accept(",")) list.push(this.operand());
    return list;
  }

  private value(): Column {
    return { value: this.operand() };
  }

  private constant(ty: Type): Const {
    if (ty === V128) {
      const word = /^(?:0x[0-9a-fA-F]+|-?\d+)$/;
      return { ty, words: [0, 1, 2, 3].map(() => this.t.numbered(word, 0, "a word") | 0) };
    }
    if (!/^[-+]?(?:\d|inf|nan)/.test(this.t.token)) this.t.fail("expected a value or a constant");
    const text = this.t.next();
    if (ty === F32 || ty === F64) return { ty, words: floatWords(ty, text) };
    if (!/^-?(?:0x[0-9a-fA-F]+|\d+)$/.test(text)) this.t.fail("expected an integer before");
    if (ty === I32) return { ty, words: [Number(text) | 0, 0] };
    if (text.startsWith("0x")) {
      const digits = text.slice(2).padStart(16, "0");
      return {
        ty,
        words: [parseInt(digits.slice(8), 16) | 0, parseInt(digits.slice(0, 8), 16) | 0],
      };
    }
    const n = Number(text);
    if (!Number.isSafeInteger(n)) this.t.fail("write it in hexadecimal, before");
    return { ty, words: [n | 0, Math.floor(n / 2 ** 32) | 0] };
  }

  private access(item: Item, width: number): void {
    const { t } = this;
    const klass = CLASS_NAMES.findIndex((name) => name === t.token);
    if (klass < 0) t.fail("expected a class of state");
    t.next();
    const address = this.value();
    let offset = 0;
    let signed = 0;
    if (t.accept("+")) {
      if (/^-\d+$/.test(t.token)) signed = ACCESS_SIGNED;
      offset = signed === 0 ? t.natural() | 0 : Number(t.next()) | 0;
    }
    let second: Column = { plain: 0 };
    if (item.op === IR.store) {
      t.expect(",");
      second = this.value();
    }
    item.aux = accessOf(width, klass, t.accept("guard") ? ACCESS_GUARD : 0) | signed;
    if (item.op === IR.load && t.accept("#")) second = { plain: t.natural() };
    item.columns = [address, second, { plain: offset }];
  }

  private call(item: Item): void {
    const { t } = this;
    if (item.op === IR.libcall) {
      const number = libcallNumber.get(t.token);
      if (number === undefined) return t.fail("expected a library call");
      t.next();
      item.columns = [{ plain: number }, this.arguments()];
      return;
    }
    let callee: Column;
    if (item.op === IR.call) callee = { plain: t.numbered(/^f\d+$/, 1, "a function") };
    else callee = item.op === IR.callslot ? { plain: t.natural() } : this.value();
    const type = t.numbered(/^t\d+$/, 1, "a type index");
    if (this.types[type] === undefined) t.fail(`type t${type} is not declared before`);
    if (item.op === IR.call && "plain" in callee) this.callTypes[callee.plain] = type;
    const column = { plain: item.op === IR.call ? 0 : type };
    item.columns = [callee, this.arguments(), column];
  }

  private arguments(): Column {
    return { values: this.list("(", ")", () => this.operand()) };
  }

  private edge(): EdgeDraft {
    const target = this.blockNumber();
    const args = this.t.token === "(" ? this.list("(", ")", () => this.operand()) : [];
    return { target, args };
  }

  private branch(item: Item): void {
    const condition = this.value();
    this.t.expect(",");
    const taken = { edge: this.edge() };
    this.t.expect(",");
    item.columns = [condition, taken, { edge: this.edge() }];
  }

  private cases(item: Item): void {
    const index = this.value();
    const edges = this.list("[", "]", () => this.edge());
    edges.push(this.edge());
    item.columns = [index, { edges }];
  }
}

function floatWords(ty: Type, text: string): readonly number[] {
  const minus = text.startsWith("-") ? 0x80000000 : 0;
  const nan = /nan:0x([0-9a-fA-F]+)/.exec(text)?.[1];
  if (nan !== undefined) {
    if (ty === F32) return [minus | 0x7f800000 | parseInt(nan, 16), 0];
    const digits = nan.padStart(13, "0");
    const high = parseInt(digits.slice(0, -8), 16);
    return [parseInt(digits.slice(-8), 16) | 0, minus | 0x7ff00000 | high];
  }
  const n = text.endsWith("inf") ? (minus ? -Infinity : Infinity) : Number(text);
  if (ty === F32) return [bitsOfF32(Math.fround(n)), 0];
  return [bitsOfF64(n), wide.hi];
}

/** The drafts of all functions of a text. */
export const readDrafts = (text: string): Draft[] => new Reader(text).funcs();
