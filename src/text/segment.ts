// Element and data segments of the text format, in fields of their own or inside of a table or a
// memory. In: tokens. Out: entries of the element and data sections. Element segments are written
// in the shortest of their eight binary forms, so that a text that 1.0 could say becomes a binary
// that 1.0 can read.
//
//   flags   bit 0   passive or declarative
//           bit 1   active: with a table index; else: declarative
//           bit 2   items are expressions

import { ByteWriter } from "../support/bytes.ts";
import { OP, OPS } from "../wasm/ops.ts";
import { FUNCREF, type ValType } from "../wasm/types.ts";
import { Tok } from "./lexer.ts";
import { isRefType, readRefType, type Space } from "./scope.ts";
import type { Output } from "./section.ts";

const END = OPS[OP.end]!.code;
const FUNC_KIND = 0;

/** The items of an element segment, written as function indices or as expressions. */
interface Items {
  readonly type: ValType;
  readonly expressions: boolean;
  readonly count: number;
  readonly bytes: ByteWriter;
}

/** Where an active segment goes. */
interface Target {
  readonly index: number;
  readonly offset: ByteWriter;
}

function readFuncs(out: Output): Items {
  const bytes = new ByteWriter(32);
  let count = 0;
  for (; out.c.isIndex(); count++) bytes.u32(out.scope.funcs.index(out.c));
  return { type: FUNCREF, expressions: false, count, bytes };
}

/** `(item ...)` or single folded instructions. */
function readExpressions(out: Output, type: ValType): Items {
  const bytes = new ByteWriter(32);
  let count = 0;
  for (; out.c.kind === Tok.open; count++) readExpression(out, "item", bytes);
  return { type, expressions: true, count, bytes };
}

/** `(word instruction*)` or one folded instruction. */
function readExpression(out: Output, word: string, bytes: ByteWriter): void {
  const { c, code } = out;
  if (c.enter(word)) {
    code.sequence(bytes);
    c.close();
  } else code.folded(bytes);
  bytes.u8(END);
}

/** `(table x)? offset`, `x? offset`, or undefined for a segment that is not active. */
function readTarget(out: Output, word: string, space: Space): Target | undefined {
  const { c } = out;
  let index = 0;
  const given = c.isForm(word);
  const old = c.kind === Tok.nat;
  if (given) {
    c.enter(word);
    index = space.index(c);
    c.close();
  } else if (old) index = space.index(c);
  if (!given && !old && c.kind !== Tok.open) return undefined;
  const offset = new ByteWriter(16);
  readExpression(out, "offset", offset);
  return { index, offset };
}

/** The inside of `(elem ...)`. */
export function elemField(out: Output): void {
  const { c } = out;
  c.id();
  const declared = c.take("declare");
  const target = declared ? undefined : readTarget(out, "table", out.scope.tables);
  writeElem(out, target, declared ? 3 : 1, readItems(out, target !== undefined));
}

/** Items with their type; an active segment may list functions without saying `func`. */
function readItems(out: Output, bare: boolean): Items {
  const { c } = out;
  if (isRefType(c)) return readExpressions(out, readRefType(c));
  if (!c.take("func") && !(bare && (c.isIndex() || c.kind === Tok.close))) c.unexpected();
  return readFuncs(out);
}

/** `(elem ...)` inside of a table; returns the number of elements. */
export function inlineElem(out: Output, table: number, type: ValType): number {
  const { c } = out;
  c.need("elem");
  const asFuncs = c.isIndex() || (c.kind === Tok.close && type === FUNCREF);
  const items = asFuncs ? readFuncs(out) : readExpressions(out, type);
  c.close();
  writeElem(out, { index: table, offset: zero() }, 0, items);
  return items.count;
}

function zero(): ByteWriter {
  const w = new ByteWriter(4);
  w.u8(OPS[OP["i32.const"]]!.code);
  w.s32(0);
  w.u8(END);
  return w;
}

/** `inactive`: the flags of a segment without a target. */
function writeElem(out: Output, target: Target | undefined, inactive: number, items: Items): void {
  const w = out.elems.entry();
  const { type, expressions, count, bytes } = items;
  const short = target !== undefined && target.index === 0 && type === FUNCREF;
  const mode = target === undefined ? inactive : short ? 0 : 2;
  w.u8(expressions ? mode | 4 : mode);
  if (target !== undefined) {
    if (!short) w.u32(target.index);
    w.bytes(target.offset.view());
  }
  if (!short) w.u8(expressions ? type : FUNC_KIND);
  w.u32(count);
  w.bytes(bytes.view());
}

/** The inside of `(data ...)`. */
export function dataField(out: Output): void {
  out.c.id();
  writeData(out, readTarget(out, "memory", out.scope.memories));
}

/** `(data ...)` inside of a memory; returns the number of bytes. */
export function inlineData(out: Output, memory: number): number {
  out.c.need("data");
  const size = writeData(out, { index: memory, offset: zero() });
  out.c.close();
  return size;
}

function writeData(out: Output, target: Target | undefined): number {
  const w = out.datas.entry();
  if (target === undefined) w.u8(1);
  else {
    w.u8(target.index === 0 ? 0 : 2);
    if (target.index !== 0) w.u32(target.index);
    w.bytes(target.offset.view());
  }
  const parts: Uint8Array[] = [];
  while (out.c.kind === Tok.string) parts.push(out.c.string());
  const size = parts.reduce((n, part) => n + part.length, 0);
  w.u32(size);
  for (const part of parts) w.bytes(part);
  return size;
}
