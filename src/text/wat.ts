// The text of a module becomes its bytes. In: text, or tokens from some field on. Out: a binary
// module, which the decoder then reads like any other, so that there is one way in. Nothing is
// validated here: unknown types and indices beyond their space are encoded as written.
//
// Two walks: declare.ts gathers identifiers and types, then this one writes each field into the
// buffer of its section. Identifiers of the module, of functions and of locals go into a name
// section, so that a trace shows what the author wrote.

import { ByteWriter } from "../support/bytes.ts";
import { OP, OPS } from "../wasm/ops.ts";
import type { ValType } from "../wasm/types.ts";
import { Code, type Scope } from "./code.ts";
import { Cursor } from "./cursor.ts";
import { declareFields, externSpace, newScope } from "./declare.ts";
import { Tok, tokenize, type Tokens } from "./lexer.ts";
import { Names } from "./names.ts";
import { isRefType, readRefType, readValType, Space, type OnParam } from "./scope.ts";
import { Section, type Output } from "./section.ts";
import { dataField, elemField, inlineData, inlineElem } from "./segment.ts";

export { decodeText } from "./string.ts";

const PAGE = 65536;
const END = OPS[OP.end]!.code;

/** Numbers of import and export kinds. */
const kinds: Readonly<Record<string, number>> = { func: 0, table: 1, memory: 2, global: 3 };

/** Numbers of sections, in the order in which a module has them. */
const sectionOrder = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11] as const;
type SectionId = (typeof sectionOrder)[number];

/** Encodes the text of a module: `(module ...)` or its fields alone. Throws Malformed. */
export function parseWat(text: string): Uint8Array {
  const c = new Cursor(tokenize(text));
  if (!c.enter("module")) return finish(c, moduleBytes(c, undefined));
  const bytes = moduleBytes(c, c.id());
  c.close();
  return finish(c, bytes);
}

function finish(c: Cursor, bytes: Uint8Array): Uint8Array {
  if (c.kind !== Tok.end) c.unexpected();
  return bytes;
}

/** Encodes a module whose fields begin at token `pos`; `name` is its identifier. */
export function encodeFields(tokens: Tokens, pos: number, name: string | undefined): Uint8Array {
  const c = new Cursor(tokens, pos);
  const bytes = moduleBytes(c, name);
  if (c.kind !== Tok.close) c.unexpected();
  return bytes;
}

function moduleBytes(c: Cursor, name: string | undefined): Uint8Array {
  const scope = newScope();
  declareFields(c, scope);
  return new ModuleWriter(c, scope, name).run();
}

class ModuleWriter implements Output {
  readonly c: Cursor;
  readonly scope: Scope;
  readonly code: Code;
  readonly elems = new Section();
  readonly datas = new Section();
  private readonly imports = new Section();
  private readonly funcs = new Section();
  private readonly tables = new Section();
  private readonly memories = new Section();
  private readonly globals = new Section();
  private readonly exports = new Section();
  private readonly bodies = new Section();
  private readonly body = new ByteWriter(1024);
  private readonly names: Names;
  /** Indices of the next function, table, memory and global. */
  private readonly next: Record<string, number> = { func: 0, table: 0, memory: 0, global: 0 };
  private start = -1;

  constructor(c: Cursor, scope: Scope, name: string | undefined) {
    this.c = c;
    this.scope = scope;
    this.code = new Code(c, scope);
    this.names = new Names(name);
  }

  run(): Uint8Array {
    const { c } = this;
    while (c.kind === Tok.open) {
      this.field(c.text(c.pos + 1));
      c.close();
    }
    return this.assemble();
  }

  /** One field, without its `)`. */
  private field(word: string): void {
    const { c } = this;
    const begin = c.pos;
    c.pos += 2;
    switch (c.kindAt(begin + 1) === Tok.word ? word : "") {
      case "type":
        // Complete since the first walk.
        c.pos = c.past(begin) - 1;
        return;
      case "import":
        return this.import();
      case "func":
      case "table":
      case "memory":
      case "global":
        return this.define(word);
      case "export":
        return this.export();
      case "start":
        return this.startField(begin);
      case "elem":
        return elemField(this);
      case "data":
        return dataField(this);
      default:
        return c.unexpected(begin + 1);
    }
  }

  // ---- imports and exports ----------------------------------------------------------------------

  private import(): void {
    const { c } = this;
    const from = { module: c.name(), name: c.name() };
    if (c.kind !== Tok.open) c.unexpected();
    const word = c.text(++c.pos);
    if (c.kind !== Tok.word || kinds[word] === undefined) c.unexpected();
    c.pos++;
    c.id();
    this.importEntry(word, this.newIndex(word), from);
    c.close();
  }

  private importEntry(word: string, index: number, from: { module: string; name: string }): void {
    const w = this.imports.entry();
    w.name(from.module);
    w.name(from.name);
    w.u8(kinds[word]!);
    switch (word) {
      case "func": {
        const locals = new Space("local");
        w.u32(this.scope.types.use(this.c, this.naming(locals)));
        return this.names.func(index, locals.ids);
      }
      case "table":
        return this.tableType(w);
      case "memory":
        return this.limits(w);
      default:
        return this.globalType(w);
    }
  }

  /** Limits and reference type; the binary format has them the other way round. */
  private tableType(w: ByteWriter): void {
    const limits = new ByteWriter(16);
    this.limits(limits);
    w.u8(readRefType(this.c));
    w.bytes(limits.view());
  }

  private limits(w: ByteWriter): void {
    const { c } = this;
    const min = c.natural();
    const max = c.kind === Tok.nat ? c.natural() : -1;
    const shared = c.take("shared");
    w.u8((max < 0 ? 0 : 1) | (shared ? 2 : 0));
    w.u32(min);
    if (max >= 0) w.u32(max);
  }

  private globalType(w: ByteWriter): void {
    const { c } = this;
    const mutable = c.enter("mut");
    w.u8(readValType(c));
    w.u8(mutable ? 1 : 0);
    if (mutable) c.close();
  }

  private export(): void {
    const { c } = this;
    const name = c.name();
    if (c.kind !== Tok.open) c.unexpected();
    const word = c.text(++c.pos);
    const space = c.kind === Tok.word ? externSpace(this.scope, word) : undefined;
    if (space === undefined) return c.unexpected();
    c.pos++;
    this.exportEntry(name, word, space.index(c));
    c.close();
  }

  private exportEntry(name: string, word: string, index: number): void {
    const w = this.exports.entry();
    w.name(name);
    w.u8(kinds[word]!);
    w.u32(index);
  }

  private startField(begin: number): void {
    if (this.start >= 0) this.c.fail("multiple start sections", begin);
    this.start = this.scope.funcs.index(this.c);
  }

  // ---- definitions ------------------------------------------------------------------------------

  private newIndex(word: string): number {
    const index = this.next[word]!;
    this.next[word] = index + 1;
    return index;
  }

  /** A function, table, memory or global, which may turn out to be an import. */
  private define(word: string): void {
    const { c } = this;
    const index = this.newIndex(word);
    c.id();
    while (c.enter("export")) {
      this.exportEntry(c.name(), word, index);
      c.close();
    }
    if (c.enter("import")) {
      const from = { module: c.name(), name: c.name() };
      c.close();
      this.importEntry(word, index, from);
    } else if (word === "func") this.func(index);
    else if (word === "table") this.table(index);
    else if (word === "memory") this.memory(index);
    else this.global();
  }

  private table(index: number): void {
    const { c } = this;
    const w = this.tables.entry();
    if (!isRefType(c)) return this.tableType(w);
    const type = readRefType(c);
    if (!c.isForm("elem")) c.unexpected();
    const size = inlineElem(this, index, type);
    w.u8(type);
    fixedLimits(w, size);
  }

  private memory(index: number): void {
    const { c } = this;
    const w = this.memories.entry();
    if (!c.isForm("data")) return this.limits(w);
    fixedLimits(w, Math.ceil(inlineData(this, index) / PAGE));
  }

  private global(): void {
    const w = this.globals.entry();
    this.globalType(w);
    this.code.sequence(w);
    w.u8(END);
  }

  private func(index: number): void {
    const { c, code, body } = this;
    const locals = new Space("local");
    const type = this.scope.types.use(c, this.naming(locals));
    locals.count = this.scope.types.list[type]?.params.length ?? 0;
    this.funcs.entry().u32(type);
    body.clear();
    this.locals(locals);
    code.locals = locals;
    code.sequence(body);
    code.locals = noLocals;
    body.u8(END);
    const w = this.bodies.entry();
    w.u32(body.length);
    w.bytes(body.view());
    this.names.func(index, locals.ids);
  }

  /** Enters the identifiers of parameters into a space. */
  private naming(locals: Space): OnParam {
    return (pos, param) => {
      locals.count = param;
      locals.add(this.c, pos);
    };
  }

  /** `(local ...)*`, equal neighbours counted together. */
  private locals(space: Space): void {
    const { c } = this;
    const types: ValType[] = [];
    while (c.enter("local")) {
      if (c.kind === Tok.id) {
        space.add(c, c.pos++);
        types.push(readValType(c));
      } else {
        for (; c.kind !== Tok.close; space.count++) types.push(readValType(c));
      }
      c.close();
    }
    writeRuns(this.body, types);
  }

  // ---- assembly ---------------------------------------------------------------------------------

  private assemble(): Uint8Array {
    const w = new ByteWriter(1024);
    w.word(0x6d736100);
    w.word(1);
    for (const id of sectionOrder) this.section(w, id);
    this.names.write(w, this.scope.funcs);
    return w.finish();
  }

  private section(w: ByteWriter, id: SectionId): void {
    const section = this.sectionOf(id);
    if (section !== undefined) {
      if (section.count === 0) return;
      const head = new ByteWriter(8);
      head.u32(section.count);
      w.u8(id);
      w.u32(head.length + section.bytes.length);
      w.bytes(head.view());
      w.bytes(section.bytes.view());
    } else if (id === 8 && this.start >= 0) {
      w.u8(id);
      w.sized((s) => s.u32(this.start));
    } else if (id === 12 && this.code.usesData) {
      w.u8(id);
      w.sized((s) => s.u32(this.datas.count));
    }
  }

  private sectionOf(id: SectionId): Section | undefined {
    switch (id) {
      case 1:
        return this.typeSection();
      case 2:
        return this.imports;
      case 3:
        return this.funcs;
      case 4:
        return this.tables;
      case 5:
        return this.memories;
      case 6:
        return this.globals;
      case 7:
        return this.exports;
      case 9:
        return this.elems;
      case 10:
        return this.bodies;
      case 11:
        return this.datas;
      default:
        return undefined;
    }
  }

  private typeSection(): Section {
    const section = new Section();
    for (const { params, results } of this.scope.types.list) {
      const w = section.entry();
      w.u8(0x60);
      w.u32(params.length);
      for (const t of params) w.u8(t);
      w.u32(results.length);
      for (const t of results) w.u8(t);
    }
    return section;
  }
}

const noLocals = new Space("local");

function fixedLimits(w: ByteWriter, size: number): void {
  w.u8(1);
  w.u32(size);
  w.u32(size);
}

/** A vector of types, run by run. */
function writeRuns(w: ByteWriter, types: readonly ValType[]): void {
  const runs: { type: ValType; count: number }[] = [];
  for (const type of types) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  w.u32(runs.length);
  for (const { type, count } of runs) {
    w.u32(count);
    w.u8(type);
  }
}
