// Reads the text form of print.ts. In: a text with any number of functions; `;` begins a comment.
// Out: one Func each; Malformed with the line for what is no such text. What it means is left to
// verify.ts, except for names that lead nowhere.
//
// Values keep the ids that the text gives them. Constants and instructions without a value have
// none there; they get free ids such that (until it is placed) an operand is older than its user
// and the instructions of a block stand in the order of the text. Where the text leaves no room
// (written by hand), every instruction is numbered anew, in the order of the text.
//
// Two steps: draft.ts makes of the text a draft, items whose operands are names and constants; here
// ids are chosen, and the columns filled.

import { Malformed, bug } from "../support/errors.ts";
import { readDrafts } from "./draft.ts";
import type { BlockDraft, Column, Const, Draft, EdgeDraft, Item, Operand } from "./draft.ts";
import { Func } from "./func.ts";
import type { Block, Value } from "./func.ts";
import { CLASS, FLAG, IR, OP_FLAGS, classOf } from "./ops.ts";
import { NONE, V128 } from "./types.ts";
import type { Type } from "./types.ts";

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
      for (const v of operandsOf(item)) {
        if (!isConst(v) && !draft.placed) seeker.first = Math.max(seeker.first, v + 1);
      }
      items.set(item, seeker);
      seekers.push(seeker);
    }
    boundItems(block, draft.placed, items);
  }
  for (const block of draft.blocks) {
    for (const item of block.items) {
      if (!boundOperands(item, items.get(item), consts) && !draft.placed) return undefined;
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
  let older = true;
  for (const operand of operandsOf(item)) {
    if (isConst(operand)) {
      const seeker = consts.get(constKey(operand))!;
      seeker.end = Math.min(seeker.end, end);
    } else if (user === undefined && operand >= item.name) older = false;
  }
  return older;
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
  return readDrafts(text).map((draft) => new Filler(draft).run());
}

/** The one function of a text. */
export function parseFunc(text: string): Func {
  const funcs = parseFuncs(text);
  if (funcs.length !== 1) throw new Malformed(`expected one function, found ${funcs.length}`);
  return funcs[0]!;
}
