// The first of two walks over a module's fields. In: tokens. Out: every index space with its
// identifiers and all written types, so that the second walk may meet uses before definitions. It
// looks at heads only and is lenient: what it cannot make sense of, the second walk refuses with
// better words. It does report what concerns declarations: duplicates, and imports that come after
// definitions, which would disturb the numbering.

import type { Scope } from "./code.ts";
import type { Cursor } from "./cursor.ts";
import { Tok } from "./lexer.ts";
import { Space, Types } from "./scope.ts";

export function newScope(): Scope {
  return {
    types: new Types(),
    funcs: new Space("func", "function"),
    tables: new Space("table"),
    memories: new Space("memory"),
    globals: new Space("global"),
    elems: new Space("elem", "elem segment"),
    datas: new Space("data", "data segment"),
  };
}

/** The spaces that imports and exports name by a keyword. */
export function externSpace(scope: Scope, word: string): Space | undefined {
  switch (word) {
    case "func":
      return scope.funcs;
    case "table":
      return scope.tables;
    case "memory":
      return scope.memories;
    case "global":
      return scope.globals;
    default:
      return undefined;
  }
}

/** Walks the fields from the cursor to the end of the module; the cursor stays. */
export function declareFields(c: Cursor, scope: Scope): void {
  const begin = c.pos;
  new Declarations(c, scope).run();
  c.pos = begin;
}

class Declarations {
  private readonly c: Cursor;
  private readonly scope: Scope;
  /** What was defined first, imports aside. */
  private defined = "";

  constructor(c: Cursor, scope: Scope) {
    this.c = c;
    this.scope = scope;
  }

  run(): void {
    const { c } = this;
    while (c.kind === Tok.open) {
      const next = c.past();
      if (c.isForm("type")) this.scope.types.define(c);
      else this.field(c.text(c.pos + 1), c.pos);
      c.pos = next;
    }
  }

  private field(word: string, pos: number): void {
    const { scope } = this;
    const space = externSpace(scope, word);
    if (space !== undefined) this.extern(space, word, pos);
    else if (word === "import") this.import(pos);
    else if (word === "elem") this.segment(scope.elems, scope.tables, pos);
    else if (word === "data") this.segment(scope.datas, scope.memories, pos);
  }

  /** `(func $id? (export "")* (import "" "")? ...)` and its like. */
  private extern(space: Space, word: string, pos: number): void {
    const { c, scope } = this;
    let p = pos + 2;
    space.add(c, p);
    if (c.kindAt(p) === Tok.id) p++;
    while (c.isForm("export", p)) p = c.past(p);
    if (c.isForm("import", p)) return this.imported(pos);
    if (this.defined === "") this.defined = space.longNoun;
    if (word === "table" && c.isForm("elem", p + 1)) scope.elems.count++;
    if (word === "memory" && c.isForm("data", p)) scope.datas.count++;
  }

  /** `(import "" "" (func $id? ...))` */
  private import(pos: number): void {
    const { c, scope } = this;
    const p = pos + 4;
    if (c.kindAt(p) !== Tok.open) return;
    const space = externSpace(scope, c.text(p + 1));
    if (space === undefined) return;
    space.add(c, p + 2);
    this.imported(pos);
  }

  private imported(pos: number): void {
    if (this.defined !== "") this.c.fail(`import after ${this.defined}`, pos);
  }

  /**
   * `(elem $id? ...)`, `(data $id? ...)`. In 1.0 an identifier here named the table or memory, of
   * which there was one: where it still does, it names no segment.
   */
  private segment(space: Space, target: Space, pos: number): void {
    const { c } = this;
    const named = c.kindAt(pos + 2) === Tok.id && !target.ids.has(c.idAt(pos + 2));
    space.add(c, named ? pos + 2 : pos);
  }
}
