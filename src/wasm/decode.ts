// Bytes to a Module: magic number, section order and sizes, counts, names, types, constant
// expressions. What the binary format forbids is Malformed here; what validation forbids is left to
// validate.ts, and function bodies are only delimited, not read.
//
// Sections are read against the end of the module and their sizes compared afterwards, as in the
// reference interpreter: so the errors of a broken module are those that the test suite expects.
// Nothing is allocated by a count that the input claims: every entry takes at least one byte, and
// arrays grow entry by entry. Limits are those of the JS API ("implementation-defined limits").

import { ByteReader } from "../support/bytes.ts";
import { Unsupported } from "../support/errors.ts";
import { newDialect } from "./dialect.ts";
import type { Dialect } from "./dialect.ts";
import { defaultFeatures, needs } from "./features.ts";
import type { Feature, Features } from "./features.ts";
import { firstError } from "./form.ts";
import { ImmBox, readImm, readOp, readRefType, readValType } from "./immediates.ts";
import type {
  Body,
  ConstExpr,
  ConstOp,
  CustomSection,
  DataSegment,
  ElemSegment,
  Export,
  ExternKind,
  Import,
  Module,
} from "./module.ts";
import { Imm, OP, OPS } from "./ops.ts";
import { FUNCREF, newFuncType } from "./types.ts";
import type { FuncType, GlobalType, Limits, MemoryType, TableType, ValType } from "./types.ts";

/**
 * Implementation limits; beyond them a module is refused as unsupported. Tables and memories count
 * with the imported ones, locals with the parameters.
 */
export const LIMITS = {
  moduleSize: 1_073_741_824,
  types: 1_000_000,
  functions: 1_000_000,
  imports: 1_000_000,
  exports: 1_000_000,
  globals: 1_000_000,
  dataSegments: 100_000,
  elemSegments: 10_000_000,
  tables: 100_000,
  memories: 100,
  parameters: 1_000,
  results: 1_000,
  bodySize: 7_654_321,
  locals: 50_000,
} as const;

// Rank of each section number in the order that a module must keep; data count (12) precedes code,
// tags (13) precede globals.
const sectionRank = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6];
const kinds: readonly ExternKind[] = ["func", "table", "memory", "global"];

/** Decodes a module; throws Malformed or Unsupported. */
export function decodeModule(bytes: Uint8Array, features: Features = defaultFeatures): Module {
  return new Decoder(bytes, newDialect(features)).module();
}

class Decoder {
  private readonly r: ByteReader;
  readonly bytes: Uint8Array;
  private readonly dialect: Dialect;
  private readonly imm = new ImmBox();

  private readonly types: FuncType[] = [];
  private readonly imports: Import[] = [];
  private readonly funcs: number[] = [];
  private readonly tables: TableType[] = [];
  private readonly memories: MemoryType[] = [];
  private readonly globals: GlobalType[] = [];
  private readonly imported = { func: 0, table: 0, memory: 0, global: 0 };
  private readonly globalInits: ConstExpr[] = [];
  private readonly exports: Export[] = [];
  private start = -1;
  private readonly elems: ElemSegment[] = [];
  private readonly datas: DataSegment[] = [];
  private dataCount = -1;
  readonly bodies: Body[] = [];
  private readonly customs: CustomSection[] = [];

  constructor(bytes: Uint8Array, dialect: Dialect) {
    this.bytes = bytes;
    this.dialect = dialect;
    this.r = new ByteReader(bytes);
  }

  module(): Module {
    if (this.bytes.length > LIMITS.moduleSize) {
      throw new Unsupported(`module larger than ${LIMITS.moduleSize} bytes`);
    }
    this.header();
    try {
      this.sections();
      this.checkCounts();
    } catch (error) {
      throw firstError(error, this, this.imported.func, this.dialect);
    }
    return {
      bytes: this.bytes,
      types: this.types,
      imports: this.imports,
      funcs: this.funcs,
      tables: this.tables,
      memories: this.memories,
      globals: this.globals,
      importedFuncs: this.imported.func,
      importedTables: this.imported.table,
      importedMemories: this.imported.memory,
      importedGlobals: this.imported.global,
      globalInits: this.globalInits,
      exports: this.exports,
      start: this.start,
      elems: this.elems,
      datas: this.datas,
      dataCount: this.dataCount,
      bodies: this.bodies,
      customs: this.customs,
      declared: this.declared(),
    };
  }

  private header(): void {
    const { r } = this;
    if (r.end < 4) r.fail("unexpected end", r.end);
    if (r.word() !== 0x6d73_6100) r.fail("magic header not detected", 0);
    if (r.end < 8) r.fail("unexpected end", r.end);
    const version = r.word();
    if (version === 0x0001_000d) r.fail("unknown binary version: this is a component", 4);
    if (version !== 1) r.fail("unknown binary version", 4);
  }

  private sections(): void {
    const { r } = this;
    let last = 0;
    let lastRank = 0;
    while (r.pos < r.end) {
      const at = r.pos;
      const id = r.u8();
      this.checkSection(id, at);
      const size = this.length();
      const start = r.pos;
      if (id === 0) {
        this.custom(start + size, last);
        continue;
      }
      const rank = sectionRank[id]!;
      if (rank <= lastRank) r.fail("unexpected content after last section", at);
      last = id;
      lastRank = rank;
      this.section(id);
      if (r.pos !== start + size) r.fail("section size mismatch", start);
    }
  }

  private checkSection(id: number, at: number): void {
    const { words, features } = this.dialect;
    if (id > 13) this.r.fail(`${words.section} ${id}`, at);
    if (id === 12 && !features.has("bulk-memory")) {
      this.r.fail(`${words.section} 12: ${needs("a data count section", "bulk-memory")}`, at);
    }
  }

  private section(id: number): void {
    switch (id) {
      case 1:
        return this.vector("types", () => this.types.push(this.funcType()));
      case 2:
        return this.vector("imports", () => this.imports.push(this.import()));
      case 3:
        return this.vector("functions", () => this.funcs.push(this.r.u32()));
      case 4:
        return this.vector("tables", () => this.tables.push(this.tableType()));
      case 5:
        return this.vector("memories", () => this.memories.push(this.memoryType()));
      case 6:
        return this.vector("globals", () => this.global());
      case 7:
        return this.vector("exports", () => this.exports.push(this.export()));
      case 8:
        this.start = this.r.u32();
        return;
      case 9:
        return this.vector("elemSegments", () => this.elems.push(this.elem()));
      case 10:
        return this.vector("functions", () => this.bodies.push(this.body()));
      case 11:
        return this.vector("dataSegments", () => this.datas.push(this.data()));
      case 12:
        this.dataCount = this.r.u32();
        return;
      default:
        this.tags();
    }
  }

  /** A tag section without tags uses nothing, and toolchains write it. */
  private tags(): void {
    const { r, dialect } = this;
    const at = r.pos;
    if (r.u32() === 0) return;
    r.fail(`${dialect.words.section} 13: ${needs("a tag", "exceptions")}`, at);
  }

  private vector(what: keyof typeof LIMITS, entry: () => void): void {
    const at = this.r.pos;
    const count = this.r.u32();
    for (let i = 0; i < count; i++) {
      if (i >= LIMITS[what]) {
        throw new Unsupported(`more than ${LIMITS[what]} entries in the section`, at);
      }
      entry();
    }
  }

  private custom(end: number, after: number): void {
    const { r } = this;
    const name = this.name();
    if (r.pos > end) r.fail("unexpected end of section or function");
    this.customs.push({ name, bytes: r.take(end - r.pos), after });
  }

  // A length that must fit into the rest of the module. The reference interpreter of 1.0 compared
  // with the size of the whole module.
  private length(): number {
    const { r } = this;
    const at = r.pos;
    const n = r.u32();
    if (n > r.end - r.pos) {
      r.fail(n > r.end ? "length out of bounds" : this.dialect.words.pastEnd, at);
    }
    return n;
  }

  private name(): string {
    const { r } = this;
    const at = r.pos;
    this.length();
    r.pos = at;
    return r.name(this.dialect.words.utf8);
  }

  private funcType(): FuncType {
    const { r } = this;
    const form = r.u8();
    if (form !== 0x60) {
      const isGc = (form >= 0x4d && form <= 0x50) || form === 0x5e || form === 0x5f;
      const why = isGc ? `: ${needs("a type of this form", "gc")}` : "";
      const words = `${this.dialect.words.funcType} 0x${form.toString(16)}${why}`;
      r.fail(form >= 0x80 ? "integer representation too long" : words, r.pos - 1);
    }
    const params = this.valTypes("parameters");
    return newFuncType(params, this.valTypes("results"));
  }

  private valTypes(what: "parameters" | "results"): ValType[] {
    const types: ValType[] = [];
    const at = this.r.pos;
    const count = this.r.u32();
    for (let i = 0; i < count; i++) types.push(readValType(this.r, this.dialect));
    if (count > LIMITS[what]) throw new Unsupported(`more than ${LIMITS[what]} ${what}`, at);
    return types;
  }

  private import(): Import {
    const { r } = this;
    const offset = r.pos;
    const module = this.name();
    const name = this.name();
    const kind = this.externKind(this.dialect.words.importKind);
    const index = this.imported[kind]++;
    if (kind === "func") this.funcs.push(r.u32());
    else if (kind === "table") this.tables.push(this.tableType());
    else if (kind === "memory") this.memories.push(this.memoryType());
    else this.globals.push(this.globalType());
    return { module, name, kind, index, offset };
  }

  private externKind(words: string): ExternKind {
    const code = this.r.u8();
    const kind = kinds[code];
    if (kind !== undefined) return kind;
    const why = code === 4 ? `: ${needs("a tag", "exceptions")}` : ` ${code}`;
    return this.r.fail(words + why, this.r.pos - 1);
  }

  private tableType(): TableType {
    const elem = readRefType(this.r, this.dialect);
    return { elem, limits: this.limits() };
  }

  private memoryType(): MemoryType {
    return { limits: this.limits() };
  }

  private limits(): Limits {
    const { r } = this;
    const flag = this.bytes[r.pos] ?? 0;
    const hint = limitsHint(flag);
    if (hint !== "") r.fail(`integer too large${hint}`);
    const hasMax = r.u1() === 1;
    const min = r.u32();
    const max = hasMax ? r.u32() : -1;
    return { min, max, shared: false };
  }

  private globalType(): GlobalType {
    const type = readValType(this.r, this.dialect);
    const mutable = this.r.u8();
    if (mutable > 1) this.r.fail(this.dialect.words.mutability, this.r.pos - 1);
    return { type, mutable: mutable === 1 };
  }

  private global(): void {
    this.globals.push(this.globalType());
    this.globalInits.push(this.constExpr());
  }

  private export(): Export {
    const { r } = this;
    const offset = r.pos;
    const name = this.name();
    const kind = this.externKind(this.dialect.words.exportKind);
    return { name, kind, index: r.u32(), offset };
  }

  private body(): Body {
    const { r } = this;
    const at = r.pos;
    const size = this.length();
    if (size > LIMITS.bodySize) {
      throw new Unsupported(`function body larger than ${LIMITS.bodySize} bytes`, at);
    }
    const start = r.pos;
    r.pos += size;
    return { start, end: r.pos };
  }

  // Flags of an element segment: 1 = not active, 2 = with a table index (active) or declarative,
  // 4 = items are expressions. In 1.0 the flags are a table index.
  private elem(): ElemSegment {
    const { r, dialect } = this;
    const offset = r.pos;
    const flags = r.u32();
    if (!dialect.features.has("bulk-memory") && !dialect.refs) {
      const start = this.constExpr();
      const items = this.funcItems();
      return { mode: "active", type: FUNCREF, table: flags, start, items, offset };
    }
    if (flags > 7) r.fail(`malformed elements segment kind ${flags}`, offset);
    const active = (flags & 1) === 0;
    const explicit = (flags & 2) !== 0;
    const table = active && explicit ? r.u32() : 0;
    const start = active ? this.constExpr() : undefined;
    const expressions = (flags & 4) !== 0;
    const typed = !active || explicit;
    const type = typed ? this.elemType(expressions) : FUNCREF;
    const items = expressions ? this.exprItems() : this.funcItems();
    const mode = active ? "active" : explicit ? "declarative" : "passive";
    return { mode, type, table, start, items, offset };
  }

  private elemType(expressions: boolean): ValType {
    const { r } = this;
    if (expressions) return readRefType(r, this.dialect);
    const kind = r.u8();
    if (kind !== 0) r.fail(`malformed element kind ${kind}`, r.pos - 1);
    return FUNCREF;
  }

  private funcItems(): ConstExpr[] {
    const items: ConstExpr[] = [];
    const count = this.r.u32();
    for (let i = 0; i < count; i++) {
      const offset = this.r.pos;
      const index = this.r.u32();
      items.push({ ops: [{ op: OP["ref.func"], lo: index | 0, hi: 0 }], offset });
    }
    return items;
  }

  private exprItems(): ConstExpr[] {
    const items: ConstExpr[] = [];
    const count = this.r.u32();
    for (let i = 0; i < count; i++) items.push(this.constExpr());
    return items;
  }

  // Flags of a data segment: 0 = active, 1 = passive, 2 = active with a memory index. In 1.0 the
  // flags are a memory index.
  private data(): DataSegment {
    const { r, dialect } = this;
    const offset = r.pos;
    const flags = r.u32();
    const bulk = dialect.features.has("bulk-memory");
    if (bulk && flags > 2) r.fail(`malformed data segment kind ${flags}`, offset);
    const passive = bulk && flags === 1;
    const memory = bulk ? (flags === 2 ? r.u32() : 0) : flags;
    const start = passive ? undefined : this.constExpr();
    const size = r.u32();
    const bytes = r.take(size);
    return { mode: passive ? "passive" : "active", memory, start, bytes, offset };
  }

  // Any well-formed operators up to the matching `end`: validation says which are constant.
  private constExpr(): ConstExpr {
    const { r, imm, dialect } = this;
    const offset = r.pos;
    const ops: ConstOp[] = [];
    let depth = 0;
    for (;;) {
      const at = r.pos;
      const op = readOp(r, dialect.features);
      const kind = OPS[op]!.imm;
      if (op === OP["else"] && depth === 0) r.fail("END opcode expected", at);
      if (op === OP["end"] && depth-- === 0) return { ops, offset };
      if (kind === Imm.blocktype) depth++;
      readImm(r, kind, imm, dialect);
      ops.push(this.constOp(op, kind));
    }
  }

  private constOp(op: number, kind: Imm): ConstOp {
    const { imm } = this;
    switch (kind) {
      case Imm.i32:
      case Imm.i64:
      case Imm.f32:
      case Imm.f64:
        return { op, lo: imm.lo, hi: imm.hi };
      case Imm.v128:
        return { op, lo: imm.lo, hi: imm.hi, bytes: imm.bytes.slice() };
      case Imm.none:
        return { op, lo: 0, hi: 0 };
      default:
        return { op, lo: imm.a | 0, hi: 0 };
    }
  }

  private checkCounts(): void {
    const { r } = this;
    if (this.funcs.length - this.imported.func !== this.bodies.length) {
      r.fail("function and code section have inconsistent lengths", r.end);
    }
    if (this.dataCount >= 0 && this.dataCount !== this.datas.length) {
      r.fail("data count and data section have inconsistent lengths", r.end);
    }
    for (const what of ["tables", "memories"] as const) {
      if (this[what].length > LIMITS[what]) {
        throw new Unsupported(`more than ${LIMITS[what]} ${what}, imported ones included`);
      }
    }
  }

  // Functions that occur outside of bodies: exported, in element segments, in global initialisers.
  private declared(): Uint8Array {
    const declared = new Uint8Array(this.funcs.length);
    const mark = (e: ConstExpr): void => {
      for (const { op, lo } of e.ops) if (op === OP["ref.func"]) declared[lo >>> 0] = 1;
    };
    for (const e of this.exports) if (e.kind === "func") declared[e.index] = 1;
    for (const e of this.elems) e.items.forEach(mark);
    this.globalInits.forEach(mark);
    return declared;
  }
}

// Limits flags of later proposals: 2 = shared, 4 = 64-bit index, 8 = page size.
function limitsHint(flag: number): string {
  if (flag < 2 || flag > 15) return "";
  const feature: Feature =
    (flag & 8) !== 0 ? "custom-page-sizes" : (flag & 4) !== 0 ? "memory64" : "threads";
  return `: ${needs(`limits flag ${flag}`, feature)}`;
}
