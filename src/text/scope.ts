// What identifiers of a module mean, and its types. In: declarations in source order. Out: indices.
// Written types come first, in their order; a type use that spells out a function type takes the
// first type equal to it, and where there is none it appends one, in order of appearance.

import {
  EXTERNREF,
  F32,
  F64,
  FUNCREF,
  I32,
  I64,
  V128,
  newFuncType,
  type FuncType,
  type ValType,
} from "../wasm/types.ts";
import type { Cursor } from "./cursor.ts";
import { Tok } from "./lexer.ts";

/** An index space: how many there are, and which have identifiers. */
export class Space {
  /** What its members are called in errors about duplicates and about unknown ones. */
  readonly noun: string;
  readonly longNoun: string;
  readonly ids = new Map<string, number>();
  count = 0;

  constructor(noun: string, longNoun = noun) {
    this.noun = noun;
    this.longNoun = longNoun;
  }

  /** Adds a member, which bears the identifier at token `pos` if there is one there. */
  add(c: Cursor, pos: number): number {
    const index = this.count++;
    if (c.kindAt(pos) === Tok.id) {
      const id = c.idAt(pos);
      if (this.ids.has(id)) c.fail(`duplicate ${this.noun} ${c.text(pos)}`, pos);
      this.ids.set(id, index);
    }
    return index;
  }

  /** Reads an index: a number as it stands, an identifier by what it was declared to be. */
  index(c: Cursor): number {
    if (c.kind !== Tok.id) return c.natural();
    const index = this.ids.get(c.idAt(c.pos));
    if (index === undefined) return c.fail(`unknown ${this.longNoun} ${c.text()}`);
    c.pos++;
    return index;
  }

  /** An index if one stands here, else 0. */
  indexOrZero(c: Cursor): number {
    return c.isIndex() ? this.index(c) : 0;
  }
}

const valTypes: ReadonlyMap<string, ValType> = new Map([
  ["i32", I32],
  ["i64", I64],
  ["f32", F32],
  ["f64", F64],
  ["v128", V128],
  ["funcref", FUNCREF],
  ["externref", EXTERNREF],
]);

/** The value type at the cursor, if one stands there. */
function tryValType(c: Cursor): ValType | undefined {
  const type = c.kind === Tok.word ? valTypes.get(c.text()) : undefined;
  if (type !== undefined) c.pos++;
  return type;
}

export function readValType(c: Cursor): ValType {
  return tryValType(c) ?? c.unexpected();
}

/** Whether a reference type stands at the cursor. */
export const isRefType = (c: Cursor): boolean => c.isWord("funcref") || c.isWord("externref");

export function readRefType(c: Cursor): ValType {
  return isRefType(c) ? readValType(c) : c.unexpected();
}

/** `func` or `extern`, as in `ref.null func`: the reference type it heads. */
export function readHeapType(c: Cursor): ValType {
  if (c.take("func")) return FUNCREF;
  if (c.take("extern")) return EXTERNREF;
  return c.unexpected();
}

/** Types up to the end of a form such as `(param i32 i64)`; takes its `)`. */
function readTypes(c: Cursor, into: ValType[]): void {
  for (let t = tryValType(c); t !== undefined; t = tryValType(c)) into.push(t);
  c.close();
}

/** Called with the token of a parameter's identifier and the parameter's number. */
export type OnParam = (pos: number, param: number) => void;

/** `(param ...)* (result ...)*`; identifiers only where `onParam` takes them. */
export function readSignature(c: Cursor, onParam: OnParam | undefined): FuncType {
  const params: ValType[] = [];
  const results: ValType[] = [];
  while (c.enter("param")) {
    if (c.kind === Tok.id && onParam !== undefined) {
      onParam(c.pos++, params.length);
      params.push(readValType(c));
      c.close();
    } else readTypes(c, params);
  }
  readResults(c, results);
  // In any other order it is no signature, whatever may follow one here.
  if (c.isForm("param") || c.isForm("type")) c.unexpected(c.pos + 1);
  return newFuncType(params, results);
}

/** `(result ...)*` */
export function readResults(c: Cursor, into: ValType[]): void {
  while (c.enter("result")) readTypes(c, into);
}

/** The function types of a module. */
export class Types {
  readonly space = new Space("type");
  readonly list: FuncType[] = [];
  private readonly byKey = new Map<string, number>();

  /** `(type $id? (func ...))` at the cursor. */
  define(c: Cursor): void {
    c.need("type");
    if (c.kind === Tok.id) c.pos++;
    this.space.add(c, c.pos - 1);
    c.need("func");
    // Identifiers of parameters say nothing here, not even twice.
    this.append(readSignature(c, () => undefined));
    c.close();
    c.close();
  }

  private append(type: FuncType): number {
    const index = this.list.push(type) - 1;
    if (!this.byKey.has(type.key)) this.byKey.set(type.key, index);
    return index;
  }

  /** Index of a type that is spelt out. */
  indexOf(type: FuncType): number {
    return this.byKey.get(type.key) ?? this.append(type);
  }

  /** `(type x)` if it stands here, else -1. */
  readIndex(c: Cursor): number {
    if (!c.enter("type")) return -1;
    const index = this.space.index(c);
    c.close();
    return index;
  }

  /** A type use: `(type x)? (param ...)* (result ...)*`. */
  use(c: Cursor, onParam?: OnParam): number {
    const at = c.pos;
    const index = this.readIndex(c);
    const before = c.pos;
    const type = readSignature(c, onParam);
    if (index < 0) return this.indexOf(type);
    if (c.pos !== before) this.check(c, at, index, type);
    return index;
  }

  /** A type use that names a type and spells it out must do so alike. */
  check(c: Cursor, pos: number, index: number, type: FuncType): void {
    const named = this.list[index];
    if (named === undefined) c.fail(`unknown type ${index}`, pos);
    if (named.key !== type.key) c.fail("inline function type", pos);
  }
}
