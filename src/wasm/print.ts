// Modules as text, for `dump`, `inspect` and people: the flat form of the text format, which the
// text reader reads back. Indices stay numbers; names and byte offsets stand in comments. Driven by
// the rows of ops.ts: an operator prints as its name and its immediates by kind.
//
// A body that cannot be read is printed up to the error, which follows as a comment.

import { ByteReader } from "../support/bytes.ts";
import { describe } from "../support/errors.ts";
import { hex, quoteBytes, quoteName } from "../support/text.ts";
import { newDialect } from "./dialect.ts";
import type { Dialect } from "./dialect.ts";
import { defaultFeatures } from "./features.ts";
import type { Features } from "./features.ts";
import { ImmBox, emptyBlock, readImm, readOp, readValType } from "./immediates.ts";
import type {
  ConstExpr,
  ConstOp,
  ElemSegment,
  Export,
  ExternKind,
  Import,
  Module,
} from "./module.ts";
import { moduleNames } from "./names.ts";
import { Imm, OP, OPS } from "./ops.ts";
import type { OpRow } from "./ops.ts";
import { FUNCREF, typeName } from "./types.ts";
import type { FuncType, GlobalType, Limits, TableType, ValType } from "./types.ts";

export interface PrintOptions {
  /** Byte offsets in front of operators, as comments. */
  readonly offsets?: boolean;
  readonly features?: Features;
}

/** A whole module. */
export function printModule(m: Module, options: PrintOptions = {}): string {
  const out: string[] = ["(module"];
  m.types.forEach((type, i) => out.push(`  (type (;${i};) (func${signature(type)}))`));
  for (const entry of m.imports) out.push(`  ${importText(m, entry)}`);
  for (let i = m.importedFuncs; i < m.funcs.length; i++) {
    out.push(indent(printFunc(m, i, options)));
  }
  m.tables.slice(m.importedTables).forEach((table, i) => {
    out.push(`  (table (;${m.importedTables + i};) ${tableText(table)})`);
  });
  m.memories.slice(m.importedMemories).forEach(({ limits }, i) => {
    out.push(`  (memory (;${m.importedMemories + i};) ${limitsText(limits)})`);
  });
  m.globalInits.forEach((init, i) => {
    const index = m.importedGlobals + i;
    out.push(`  (global (;${index};) ${globalText(m.globals[index]!)} ${exprText(init)})`);
  });
  for (const entry of m.exports) out.push(`  ${exportText(entry)}`);
  if (m.start >= 0) out.push(`  (start ${m.start})`);
  m.elems.forEach((elem, i) => out.push(`  (elem (;${i};)${elemText(elem)})`));
  m.datas.forEach((data, i) => {
    const where =
      data.start === undefined ? "" : ` (memory ${data.memory}) (offset ${exprText(data.start)})`;
    out.push(`  (data (;${i};)${where} ${quoteBytes(data.bytes)})`);
  });
  for (const custom of m.customs) {
    out.push(`  ;; custom section ${quoteName(custom.name)}, ${custom.bytes.length} bytes`);
  }
  return out.join("\n") + "\n)\n";
}

const indent = (text: string): string => text.replace(/^(?=.)/gm, "  ");

/** One function that is defined in the module, as a `func` field. */
export function printFunc(m: Module, func: number, options: PrintOptions = {}): string {
  const type = m.types[m.funcs[func]!];
  const name = moduleNames(m).funcs.get(func);
  const comment = name === undefined ? `${func}` : `${func} ${commentText(name)}`;
  const types = type === undefined ? "" : signature(type);
  const head = `(func (;${comment};) (type ${m.funcs[func]})${types}`;
  const body = new BodyPrinter(m, func, options).print();
  return `${head}${body}\n)`;
}

// A name must not close the comment it stands in.
const commentText = (name: string): string => quoteName(name).replaceAll(";", "\\3b");

class BodyPrinter {
  private readonly m: Module;
  private readonly func: number;
  private readonly offsets: boolean;
  private readonly dialect: Dialect;
  private readonly r: ByteReader;
  private readonly imm = new ImmBox();
  private readonly out: string[] = [];
  private depth = 1;

  constructor(m: Module, func: number, options: PrintOptions) {
    const body = m.bodies[func - m.importedFuncs]!;
    this.m = m;
    this.func = func;
    this.offsets = options.offsets ?? false;
    this.dialect = newDialect(options.features ?? defaultFeatures);
    this.r = new ByteReader(m.bytes, body.start, body.end);
    this.r.func = func;
  }

  /** Locals and operators; every line begins with a line feed. */
  print(): string {
    try {
      this.locals();
      while (this.r.pos < this.r.end) this.operator();
    } catch (error) {
      this.line(`;; ${describe(error)}`);
    }
    return this.out.join("");
  }

  private line(text: string): void {
    this.out.push("\n" + "  ".repeat(Math.max(this.depth, 1)) + text);
  }

  private locals(): void {
    const { r, dialect } = this;
    const runs = r.u32();
    for (let i = 0; i < runs; i++) {
      const count = r.u32();
      const type = typeName(readValType(r, dialect));
      // A count that is beyond any limit must not become text of that length.
      if (count > 100_000) this.line(`;; ${count} locals of type ${type}`);
      else if (count > 0) this.line(`(local${` ${type}`.repeat(count)})`);
    }
  }

  private operator(): void {
    const { r, imm, dialect } = this;
    const at = r.pos;
    const op = readOp(r, dialect.features);
    const row = OPS[op]!;
    readImm(r, row.imm, imm, dialect);
    if (op === OP["end"] || op === OP["else"]) this.depth--;
    const isLast = op === OP["end"] && this.depth === 0;
    const offset = this.offsets ? `(;${hex(at, 4)};) ` : "";
    if (!isLast) this.line(offset + opText(this.m, row, imm));
    if (row.imm === Imm.blocktype || op === OP["else"]) this.depth++;
    if (isLast && r.pos < r.end) r.fail(`code behind the end of function ${this.func}`);
  }
}

/** The operator at a byte offset, for messages; empty where there is none. */
export function printOperator(m: Module, offset: number): string {
  const imm = new ImmBox();
  const r = new ByteReader(m.bytes, offset);
  try {
    const row = OPS[readOp(r, defaultFeatures)]!;
    readImm(r, row.imm, imm, newDialect(defaultFeatures));
    return opText(m, row, imm);
  } catch {
    return "";
  }
}

function opText(m: Module, row: OpRow, imm: ImmBox): string {
  if (row.name === "select_t") return `select (result ${typeName(imm.type)})`;
  const text = immText(m, row, imm);
  return text === "" ? row.name : `${row.name} ${text}`;
}

function immText(m: Module, row: OpRow, imm: ImmBox): string {
  switch (row.imm) {
    case Imm.none:
    case Imm.memory:
    case Imm.memory2:
      return "";
    case Imm.blocktype:
      return blockText(imm.a);
    case Imm.labels:
      return Array.from(imm.targets.subarray(0, imm.count + 1), (n) => n >>> 0).join(" ");
    case Imm.callIndirect:
      return `${imm.b} (type ${imm.a})`;
    case Imm.memarg:
      return accessText(row, imm);
    case Imm.memargLane:
      return `${accessText(row, imm)} ${imm.d}`.trimStart();
    case Imm.lane:
      return `${imm.d}`;
    case Imm.shuffle:
      return Array.from(imm.bytes).join(" ");
    case Imm.tableInit:
      return `${imm.b} ${imm.a}`;
    case Imm.tableCopy:
      return `${imm.a} ${imm.b}`;
    case Imm.func:
    case Imm.funcRef:
      return indexText(imm.a, moduleNames(m).funcs.get(imm.a));
    case Imm.heapType:
      return heapText(imm.type);
    case Imm.i32:
    case Imm.i64:
    case Imm.f32:
    case Imm.f64:
      return constText(row.imm, imm.lo, imm.hi);
    case Imm.v128:
      return vectorText(imm.bytes);
    default:
      return `${imm.a}`;
  }
}

const indexText = (index: number, name: string | undefined): string =>
  name === undefined ? `${index}` : `${index} (;${commentText(name)};)`;

function blockText(code: number): string {
  if (code === emptyBlock) return "";
  return code < 0 ? `(result ${typeName(code + 0x80)})` : `(type ${code})`;
}

function accessText(row: OpRow, imm: ImmBox): string {
  const offset = imm.a === 0 ? "" : `offset=${imm.a}`;
  const align = imm.c === row.align ? "" : `align=${2 ** imm.c}`;
  return [offset, align].filter((part) => part !== "").join(" ");
}

const heapText = (type: ValType): string => (type === FUNCREF ? "func" : "extern");

function constText(kind: number, lo: number, hi: number): string {
  switch (kind) {
    case Imm.i32:
      return `${lo}`;
    case Imm.i64:
      return `${(BigInt(hi) << 32n) | BigInt(lo >>> 0)}`;
    case Imm.f32:
      return f32Text(lo);
    default:
      return f64Text(lo, hi);
  }
}

const view = new DataView(new ArrayBuffer(8));

/** A float by its bits, in the text format; NaNs keep their payload. */
export function f32Text(bits: number): string {
  const payload = bits & 0x7f_ffff;
  if ((bits & 0x7f80_0000) === 0x7f80_0000) return special(bits < 0, payload, hex(payload));
  view.setInt32(0, bits);
  return decimal(view.getFloat32(0), bits < 0, Math.fround);
}

export function f64Text(lo: number, hi: number): string {
  const payload = (BigInt(hi & 0xf_ffff) << 32n) | BigInt(lo >>> 0);
  if ((hi & 0x7ff0_0000) === 0x7ff0_0000) {
    return special(hi < 0, Number(payload !== 0n), `0x${payload.toString(16)}`);
  }
  view.setInt32(0, hi);
  view.setInt32(4, lo);
  return decimal(view.getFloat64(0), hi < 0, (x) => x);
}

const special = (negative: boolean, payload: number, digits: string): string =>
  (negative ? "-" : "") + (payload === 0 ? "inf" : `nan:${digits}`);

// The shortest decimal that rounds to the value.
function decimal(value: number, negative: boolean, round: (x: number) => number): string {
  const size = Math.abs(value);
  let text = `${size}`;
  for (let digits = 1; digits <= 9; digits++) {
    const short = size.toPrecision(digits);
    if (round(Number(short)) === size && short.length < text.length) text = short;
  }
  return (negative ? "-" : "") + text;
}

function vectorText(bytes: Uint8Array): string {
  const words = [];
  for (let i = 0; i < 16; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    words.push(hex(word >>> 0, 8));
  }
  return `i32x4 ${words.join(" ")}`;
}

// Fields ----------------------------------------------------------------------------------------

function signature({ params, results }: FuncType): string {
  const list = (word: string, types: readonly ValType[]): string =>
    types.length === 0 ? "" : ` (${word} ${types.map(typeName).join(" ")})`;
  return list("param", params) + list("result", results);
}

const limitsText = ({ min, max }: Limits): string => (max < 0 ? `${min}` : `${min} ${max}`);
const tableText = ({ elem, limits }: TableType): string =>
  `${limitsText(limits)} ${typeName(elem)}`;
const globalText = ({ type, mutable }: GlobalType): string =>
  mutable ? `(mut ${typeName(type)})` : typeName(type);

function importText(m: Module, { module, name, kind, index }: Import): string {
  const types: Record<ExternKind, () => string> = {
    func: () => `(type ${m.funcs[index]})`,
    table: () => tableText(m.tables[index]!),
    memory: () => limitsText(m.memories[index]!.limits),
    global: () => globalText(m.globals[index]!),
  };
  return `(import ${quoteName(module)} ${quoteName(name)} (${kind} (;${index};) ${types[kind]()}))`;
}

const exportText = ({ name, kind, index }: Export): string =>
  `(export ${quoteName(name)} (${kind} ${index}))`;

function elemText(elem: ElemSegment): string {
  const where =
    elem.start === undefined
      ? elem.mode === "declarative"
        ? " declare"
        : ""
      : ` (table ${elem.table}) (offset ${exprText(elem.start)})`;
  const isList = elem.type === FUNCREF && elem.items.every(isFuncItem);
  const items = isList
    ? ["func", ...elem.items.map((item) => `${item.ops[0]!.lo >>> 0}`)]
    : [typeName(elem.type), ...elem.items.map((item) => `(item ${exprText(item)})`)];
  return `${where} ${items.join(" ")}`;
}

const isFuncItem = ({ ops }: ConstExpr): boolean =>
  ops.length === 1 && ops[0]!.op === OP["ref.func"];

const exprText = (e: ConstExpr): string => e.ops.map(constOpText).join(" ");

function constOpText({ op, lo, hi, bytes }: ConstOp): string {
  const row = OPS[op]!;
  switch (row.imm) {
    case Imm.none:
      return row.name;
    case Imm.i32:
    case Imm.i64:
    case Imm.f32:
    case Imm.f64:
      return `${row.name} ${constText(row.imm, lo, hi)}`;
    case Imm.v128:
      return `${row.name} ${vectorText(bytes!)}`;
    case Imm.heapType:
      return `${row.name} ${heapText(lo)}`;
    default:
      return `${row.name} ${lo >>> 0}`;
  }
}
