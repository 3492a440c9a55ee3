// Reads the text form of print.ts. In: a text with any number of functions; `;` begins a comment.
// Out: one Func each; Malformed with the line for what is no such text. What it means is left to
// verify.ts, except for names that lead nowhere.
//
// Values keep the ids that the text gives them. Constants and instructions without a value have
// none there; they get free ids such that an operand is older than its user and the instructions of
// a block stand in the order of the text. Where the text leaves no room (written by hand), every
// instruction is numbered anew, in the order of the text.
//
// Two steps: the text becomes a draft, a list of items whose operands are names and constants; then
// ids are chosen, and the columns filled.

import { LIBCALLS, TRAPS } from "../abi.ts";
import { bitsOfF32, bitsOfF64, wide } from "../semantics.ts";
import { Malformed, bug } from "../support/errors.ts";
import { Func } from "./func.ts";
import type { Block, Signature, Value } from "./func.ts";
import {
  ACCESS_GUARD,
  CLASS,
  CLASS_NAMES,
  FLAG,
  IR,
  OP_FLAGS,
  OP_NAMES,
  OP_OPERANDS,
  WIDTH_NAMES,
  accessOf,
  classOf,
} from "./ops.ts";
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
interface Const {
  readonly ty: Type;
  readonly words: readonly number[];
}
/** A value by the id of the text, or a constant. */
type Operand = number | Const;

interface EdgeDraft {
  readonly target: Block;
  readonly args: readonly Operand[];
}

interface Item {
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

type Column =
  | { readonly plain: number }
  | { readonly value: Operand }
  | { readonly values: readonly Operand[] }
  | { readonly edge: EdgeDraft }
  | { readonly edges: readonly EdgeDraft[] };

interface Param {
  readonly name: number;
  readonly ty: Type;
}

interface BlockDraft {
  readonly number: Block;
  readonly params: readonly Param[];
  readonly cold: boolean;
  readonly items: Item[];
}

interface Draft {
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

  private columns(item: Item, suffix: string): void {
    const isAccess = item.op === IR.load || item.op === IR.store;
    const width = widthNumber.get(suffix);
    if (width === undefined || (suffix !== "" && !isAccess)) this.t.fail("unknown suffix before");
    switch (item.op) {
      case IR.load:
      case IR.store:
        return this.access(item, width);
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
      return { ty, words: [0, 1, 2, 3].map(() => this.t.natural() | 0) };
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
    const offset = t.accept("+") ? t.natural() | 0 : 0;
    let second: Column = { plain: 0 };
    if (item.op === IR.store) {
      t.expect(",");
      second = this.value();
    }
    item.aux = accessOf(width, klass, t.accept("guard") ? ACCESS_GUARD : 0);
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

// ---- ids ---------------------------------------------------------------------------------------

const constKey = (c: Const): string => `${c.ty} ${c.words.join(" ")}`;

function* operandsOf(item: Item): Generator<Operand> {
  for (const column of item.columns) {
    if ("value" in column) yield column.value;
    else if ("values" in column) yield* column.values;
    else if ("edge" in column) yield* column.edge.args;
    else if ("edges" in column) for (const e of column.edges) yield* e.args;
  }
}

const isConst = (operand: Operand): operand is Const => typeof operand !== "number";
const isControl = (op: number): boolean => op >= IR.jump;

/** As Func.isPinned. */
function isPinned(item: Item): boolean {
  const flags = OP_FLAGS[item.op]!;
  if (flags & FLAG.pure) return false;
  return (flags & FLAG.load) === 0 || classOf(item.aux) !== CLASS.fixed;
}

/** Ids for what the text does not number. */
interface Ids {
  /** New id by id of the text. */
  readonly values: ReadonlyMap<number, Value>;
  readonly items: ReadonlyMap<Item, Value>;
  readonly consts: ReadonlyMap<string, Value>;
}

/** All ids that the text gives; Malformed if one is given twice. */
function namesOf(draft: Draft): Set<number> {
  const names = new Set<number>();
  const add = (name: number, line: number): void => {
    if (name === 0) return;
    if (names.has(name)) throw new Malformed(`line ${line}: v${name} is defined twice`);
    names.add(name);
  };
  for (const block of draft.blocks) {
    for (const p of block.params) add(p.name, block.items[0]?.line ?? 0);
    for (const item of block.items) add(item.name, item.line);
  }
  for (const block of draft.blocks) {
    for (const item of block.items) {
      for (const operand of operandsOf(item)) {
        if (isConst(operand) || names.has(operand)) continue;
        throw new Malformed(`line ${item.line}: v${operand} is not defined`);
      }
    }
  }
  return names;
}

/** Something that needs a free id, at least `first` and below `end`. */
interface Seeker {
  first: number;
  end: number;
  id: Value;
}

const UNBOUNDED = 2 ** 30;
const newSeeker = (): Seeker => ({ first: 1, end: UNBOUNDED, id: 0 });

/** Ids that keep those of the text, or undefined where the text leaves no room. */
function keepIds(draft: Draft, names: ReadonlySet<number>): Ids | undefined {
  const consts = new Map<string, Seeker>();
  const items = new Map<Item, Seeker>();
  const seekers: Seeker[] = [];
  for (const block of draft.blocks) {
    const first = block.params[0]?.name ?? 0;
    if (block.params.some((p, k) => p.name !== first + k)) return undefined;
    for (const item of block.items) {
      for (const operand of operandsOf(item)) {
        if (!isConst(operand) || consts.has(constKey(operand))) continue;
        const seeker = newSeeker();
        consts.set(constKey(operand), seeker);
        seekers.push(seeker);
      }
      if (item.name !== 0) continue;
      const seeker = newSeeker();
      for (const v of operandsOf(item))
        if (!isConst(v)) seeker.first = Math.max(seeker.first, v + 1);
      items.set(item, seeker);
      seekers.push(seeker);
    }
    boundItems(block, draft.placed, items);
  }
  for (const block of draft.blocks) {
    for (const item of block.items) {
      if (!boundOperands(item, items.get(item), consts)) return undefined;
    }
  }
  if (!assignIds(seekers, names)) return undefined;
  const values = new Map<number, Value>();
  for (const name of names) values.set(name, name);
  const idOf = (item: Item): Value => item.name || items.get(item)!.id;
  return {
    values,
    items: new Map(draft.blocks.flatMap((b) => b.items.map((item) => [item, idOf(item)]))),
    consts: new Map([...consts].map(([key, seeker]) => [key, seeker.id])),
  };
}

/** Items of a block keep their order: all of them, or once placed the pinned ones. */
function boundItems(block: BlockDraft, placed: boolean, items: Map<Item, Seeker>): void {
  const row = block.items.filter((item) => !placed || isPinned(item));
  let first = block.params.at(-1)?.name ?? 0;
  for (const item of row) {
    const seeker = items.get(item);
    if (seeker === undefined) first = Math.max(first, item.name);
    else first = seeker.first = Math.max(first + 1, seeker.first);
  }
  let end = UNBOUNDED;
  for (const item of row.reverse()) {
    const seeker = items.get(item);
    if (seeker === undefined) end = Math.min(end, item.name);
    else seeker.end = end--;
  }
}

/** Operands are older than their user; false if the text has it otherwise. */
function boundOperands(item: Item, user: Seeker | undefined, consts: Map<string, Seeker>): boolean {
  const end = user === undefined ? item.name : user.end - 1;
  for (const operand of operandsOf(item)) {
    if (isConst(operand)) {
      const seeker = consts.get(constKey(operand))!;
      seeker.end = Math.min(seeker.end, end);
    } else if (user === undefined && operand >= item.name) return false;
  }
  return true;
}

/**
 * Gives each seeker a free id. From the lowest id on, it goes to whoever must have one first, which
 * finds a solution if there is one; among equals to the first in the text.
 */
function assignIds(seekers: readonly Seeker[], names: ReadonlySet<number>): boolean {
  const waiting = seekers.map((seeker, k) => ({ seeker, k }));
  waiting.sort((x, y) => y.seeker.first - x.seeker.first || y.k - x.k);
  const ready: { seeker: Seeker; k: number }[] = [];
  const isBefore = (x: (typeof ready)[0], y: (typeof ready)[0]): boolean =>
    x.seeker.end < y.seeker.end || (x.seeker.end === y.seeker.end && x.k < y.k);
  for (let id = 1; waiting.length + ready.length > 0; id++) {
    if (names.has(id)) continue;
    while (waiting.length > 0 && waiting.at(-1)!.seeker.first <= id) {
      const next = waiting.pop()!;
      let low = 0;
      for (let high = ready.length; low < high;) {
        const middle = (low + high) >> 1;
        if (isBefore(next, ready[middle]!)) low = middle + 1;
        else high = middle;
      }
      ready.splice(low, 0, next);
    }
    const chosen = ready.pop()?.seeker;
    if (chosen === undefined) continue;
    if (id >= chosen.end) return false;
    chosen.id = id;
  }
  return true;
}

/** Ids in the order of the text. */
function newIds(draft: Draft): Ids {
  let count = 1;
  const items = new Map<Item, Value>();
  const consts = new Map<string, Value>();
  const values = new Map<number, Value>();
  for (const block of draft.blocks) {
    for (const p of block.params) values.set(p.name, count++);
    for (const item of block.items) {
      for (const operand of operandsOf(item)) {
        if (isConst(operand) && !consts.has(constKey(operand))) {
          consts.set(constKey(operand), count++);
        }
      }
      if (item.name !== 0) values.set(item.name, count);
      items.set(item, count++);
    }
  }
  return { values, items, consts };
}

// ---- draft to function -------------------------------------------------------------------------

class Filler {
  private readonly f = new Func();
  private readonly draft: Draft;
  private readonly ids: Ids;

  constructor(draft: Draft) {
    this.draft = draft;
    this.ids = keepIds(draft, namesOf(draft)) ?? newIds(draft);
  }

  run(): Func {
    const { f, draft } = this;
    f.reset(draft.index, draft.signature);
    f.types = draft.types;
    f.callTypes = draft.callTypes;
    this.mint();
    for (const block of draft.blocks) this.block(block);
    if (draft.placed) this.order();
    return f;
  }

  private idOf(operand: Operand): Value {
    const id = isConst(operand)
      ? this.ids.consts.get(constKey(operand))
      : this.ids.values.get(operand);
    return id ?? bug("operand without id");
  }

  /** Makes all instructions as `none`, all blocks, and the constants. */
  private mint(): void {
    const { f, draft, ids } = this;
    const all = [...ids.values.values(), ...ids.items.values(), ...ids.consts.values()];
    const entry = draft.blocks[0]?.number ?? 1;
    for (let k = all.reduce((x, y) => Math.max(x, y), 0); k > 0; k--) {
      f.inst(IR.none, NONE, 0, 0, 0, entry);
    }
    const last = draft.blocks.reduce((x, b) => Math.max(x, b.number, ...targetsOf(b)), 0);
    for (let b = 1; b <= last; b++) f.newBlock();
    for (const [key, id] of ids.consts) {
      const [ty, ...words] = key.split(" ").map(Number);
      f.op[id] = IR.const;
      f.ty[id] = ty!;
      f.a[id] = ty === V128 ? this.words(words) : words[0]!;
      f.b[id] = ty === V128 ? 0 : words[1]!;
    }
  }

  private words(words: readonly number[]): number {
    const at = this.f.words(words.length);
    this.f.pool.set(words, at);
    return at;
  }

  private block(block: BlockDraft): void {
    const { f } = this;
    const b = block.number;
    if (f.layout.subarray(0, f.layoutCount).includes(b)) {
      throw new Malformed(`b${b} stands twice in function ${f.index}`);
    }
    f.begin(b);
    f.cold[b] = block.cold ? 1 : 0;
    f.paramCount[b] = block.params.length;
    block.params.forEach((p, k) => {
      const id = this.idOf(p.name);
      if (k === 0) f.firstParam[b] = id;
      this.set(id, IR.param, p.ty, b);
      f.a[id] = k;
    });
    for (const item of block.items) this.item(item, b);
  }

  private set(id: Value, op: number, ty: Type, b: Block): void {
    this.f.op[id] = op;
    this.f.ty[id] = ty;
    this.f.block[id] = b;
  }

  private item(item: Item, b: Block): void {
    const { f } = this;
    const id = this.ids.items.get(item)!;
    this.set(id, item.op, item.ty, b);
    f.aux[id] = item.aux;
    f.source[id] = item.source;
    f.a[id] = this.column(item.columns[0]);
    f.b[id] = this.column(item.columns[1]);
    f.c[id] = this.column(item.columns[2]);
    if (!isControl(item.op)) return;
    if (f.term[b] !== 0) throw new Malformed(`line ${item.line}: b${b} has ended before`);
    f.term[b] = id;
  }

  private column(column: Column | undefined): number {
    if (column === undefined) return 0;
    if ("plain" in column) return column.plain;
    if ("value" in column) return this.idOf(column.value);
    if ("edge" in column) return this.edge(column.edge);
    if ("edges" in column) {
      const edges = column.edges.map((e) => this.edge(e));
      return this.words([edges.length, ...edges]);
    }
    return this.words([column.values.length, ...column.values.map((v) => this.idOf(v))]);
  }

  private edge({ target, args }: EdgeDraft): number {
    return this.words([target, args.length, ...args.map((v) => this.idOf(v))]);
  }

  private order(): void {
    const { f, draft } = this;
    // `order` grows with the instruction columns, so it has room for all of them.
    for (const block of draft.blocks) {
      f.start[block.number] = f.orderCount;
      for (const item of block.items) f.order[f.orderCount++] = this.ids.items.get(item)!;
      f.end[block.number] = f.orderCount;
    }
  }
}

function targetsOf(block: BlockDraft): number[] {
  const targets: number[] = [];
  for (const item of block.items) {
    for (const column of item.columns) {
      if ("edge" in column) targets.push(column.edge.target);
      else if ("edges" in column) targets.push(...column.edges.map((e) => e.target));
    }
  }
  return targets;
}

/** All functions of a text. */
export function parseFuncs(text: string): Func[] {
  return new Reader(text).funcs().map((draft) => new Filler(draft).run());
}

/** The one function of a text. */
export function parseFunc(text: string): Func {
  const funcs = parseFuncs(text);
  if (funcs.length !== 1) throw new Malformed(`expected one function, found ${funcs.length}`);
  return funcs[0]!;
}
