// What the runtime must know to instantiate a module: the bytes of .ingot.module, .ingot.data and
// .ingot.names. In: a valid module and its layout. Out: arrays of the structs of abi.ts.

import {
  DataInfo,
  ElemInfo,
  EXTERN,
  ExportInfo,
  GlobalInfo,
  INIT,
  ImportInfo,
  Init,
  MemoryInfo,
  ModuleHeader,
  NamesHeader,
  RefInfo,
  SEGMENT,
  TableInfo,
  TypeInfo,
  sigId,
} from "../abi.ts";
import { bug } from "../support/errors.ts";
import { utf8Encode } from "../support/text.ts";
import type { Layout } from "../wasm/layout.ts";
import type { ConstExpr, Module } from "../wasm/module.ts";
import { OP } from "../wasm/ops.ts";
import type { FieldValues } from "./struct.ts";
import { putStruct, structArray, wordBytes } from "./struct.ts";

const NONE = 0xffffffff;

/** Strings in one pool, equal ones shared: answers [offset, length]. */
class Strings {
  private readonly known = new Map<string, readonly [number, number]>();
  private readonly parts: Uint8Array[] = [];
  private size = 0;

  text(s: string): readonly [number, number] {
    const known = this.known.get(s);
    if (known !== undefined) return known;
    const place = this.bytes(utf8Encode(s));
    this.known.set(s, place);
    return place;
  }

  bytes(bytes: Uint8Array): readonly [number, number] {
    const place = [this.size, bytes.length] as const;
    this.parts.push(bytes);
    this.size += bytes.length;
    return place;
  }

  whole(): Uint8Array {
    return concat(this.parts, this.size);
  }
}

function concat(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Constant expressions in one pool. */
class Inits {
  readonly rows: FieldValues<"kind" | "index" | "bits">[] = [];

  add(e: ConstExpr): number {
    this.rows.push(initOf(e));
    return this.rows.length - 1;
  }
}

// A u64 element of `bits` is written from words, so that no bit of an i64 or a NaN is lost.
function initOf(e: ConstExpr): FieldValues<"kind" | "index" | "bits"> {
  const op = e.ops[0] ?? bug("an empty constant expression");
  if (e.ops.length !== 1) bug("a constant expression of several operators");
  switch (op.op) {
    case OP["global.get"]:
      return { kind: INIT.global, index: op.lo };
    case OP["ref.func"]:
      return { kind: INIT.func, index: op.lo };
    case OP["ref.null"]:
      return { kind: INIT.null };
    default:
      return { kind: INIT.const };
  }
}

/** Fills in the constants' bits, which `initOf` leaves 0. */
function putBits(bytes: Uint8Array, exprs: readonly ConstExpr[]): void {
  const view = new DataView(bytes.buffer);
  exprs.forEach((e, k) => {
    const op = e.ops[0]!;
    const at = k * Init.$size + Init.bits;
    if (op.op === OP["global.get"] || op.op === OP["ref.func"] || op.op === OP["ref.null"]) return;
    if (op.bytes !== undefined) bytes.set(op.bytes, at);
    else {
      view.setInt32(at, op.lo, true);
      // i32 and f32 keep a zero upper half whatever the decoder left there.
      const wide = op.op === OP["i64.const"] || op.op === OP["f64.const"];
      view.setInt32(at + 4, wide ? op.hi : 0, true);
    }
  });
}

/** The .ingot.module section. */
export function describeModule(m: Module, layout: Layout): Uint8Array {
  const strings = new Strings();
  const exprs: ConstExpr[] = [];
  const inits = new Inits();
  const init = (e: ConstExpr): number => {
    exprs.push(e);
    return inits.add(e);
  };
  const types = m.types.map((t) => ({
    sig: sigId(t.key),
    key: strings.text(t.key),
    params: strings.bytes(Uint8Array.from(t.params)),
    results: strings.bytes(Uint8Array.from(t.results)),
  }));
  const slots = {
    func: layout.imports,
    table: layout.tables,
    memory: layout.memories,
    global: layout.globals,
  };
  const imports = m.imports.map((i) => ({
    module: strings.text(i.module),
    name: strings.text(i.name),
    kind: EXTERN[i.kind],
    index: i.index,
    slot: slots[i.kind][i.index]!,
  }));
  const exports = m.exports.map((e) => ({
    name: strings.text(e.name),
    kind: EXTERN[e.kind],
    index: e.index,
  }));
  const refs = [...layout.refs].flatMap((slot, func) => (slot === 0 ? [] : [{ func, slot }]));
  const globals = m.globals.map((g, k) => ({
    type: g.type,
    mutable: g.mutable ? 1 : 0,
    slot: layout.globals[k]!,
    init: k < m.importedGlobals ? NONE : init(m.globalInits[k - m.importedGlobals]!),
  }));
  const elems = m.elems.map((e) => {
    const start = e.start === undefined ? 0 : init(e.start);
    const first = exprs.length;
    for (const item of e.items) init(item);
    const { table, type } = e;
    return { mode: SEGMENT[e.mode], table, start, first, count: e.items.length, type };
  });
  let offset = 0;
  const datas = m.datas.map((d) => {
    const start = d.start === undefined ? 0 : init(d.start);
    const row = { mode: SEGMENT[d.mode], memory: d.memory, start, offset, size: d.bytes.length };
    offset += d.bytes.length;
    return row;
  });
  const initBytes = structArray(Init, inits.rows);
  putBits(initBytes, exprs);
  return assemble({ start: m.start < 0 ? NONE : m.start, importedFuncs: m.importedFuncs }, [
    ["types", structArray(TypeInfo, types), types.length],
    ["imports", structArray(ImportInfo, imports), imports.length],
    ["exports", structArray(ExportInfo, exports), exports.length],
    ["refs", structArray(RefInfo, refs), refs.length],
    ["funcTypes", wordBytes(m.funcs), m.funcs.length],
    ["tables", tableRows(m, layout), m.tables.length],
    ["memories", memoryRows(m, layout), m.memories.length],
    ["globals", structArray(GlobalInfo, globals), globals.length],
    ["elems", structArray(ElemInfo, elems), elems.length],
    ["datas", structArray(DataInfo, datas), datas.length],
    ["inits", initBytes, inits.rows.length],
    ["strings", strings.whole(), -1],
  ]);
}

// 2^64 - 1 has no exact number: a missing maximum is written as two words of ones.
function putMax(bytes: Uint8Array, at: number, max: number): void {
  if (max < 0) bytes.fill(0xff, at, at + 8);
}

function tableRows(m: Module, layout: Layout): Uint8Array {
  const rows = m.tables.map(({ elem, limits }, k) => ({
    elem,
    min: limits.min,
    max: Math.max(limits.max, 0),
    slot: layout.tables[k]!,
  }));
  const bytes = structArray(TableInfo, rows);
  m.tables.forEach((t, k) => putMax(bytes, k * TableInfo.$size + TableInfo.max, t.limits.max));
  return bytes;
}

function memoryRows(m: Module, layout: Layout): Uint8Array {
  const rows = m.memories.map(({ limits }, k) => ({
    min: limits.min,
    max: Math.max(limits.max, 0),
    slot: layout.memories[k]!,
  }));
  const bytes = structArray(MemoryInfo, rows);
  m.memories.forEach((t, k) => putMax(bytes, k * MemoryInfo.$size + MemoryInfo.max, t.limits.max));
  return bytes;
}

type Part = readonly [
  name: Exclude<keyof typeof ModuleHeader, `$${string}`>,
  bytes: Uint8Array,
  count: number,
];

/** Joins the header and its arrays, each aligned to 8. A count of -1 stands for the byte length. */
function assemble(
  head: { start: number; importedFuncs: number },
  parts: readonly Part[],
): Uint8Array {
  const places: Record<string, readonly number[]> = {};
  let at = Math.ceil(ModuleHeader.$size / 8) * 8;
  for (const [name, bytes, count] of parts) {
    places[name] = [at, count < 0 ? bytes.length : count];
    at = Math.ceil((at + bytes.length) / 8) * 8;
  }
  const out = new Uint8Array(at);
  putStruct(new DataView(out.buffer), 0, ModuleHeader, { ...head, ...places });
  for (const [name, bytes] of parts) out.set(bytes, places[name]![0]!);
  return out;
}

/** The .ingot.data section: the segments' bytes in order. */
export function describeData(m: Module): Uint8Array {
  const size = m.datas.reduce((n, d) => n + d.bytes.length, 0);
  return concat(
    m.datas.map((d) => d.bytes),
    size,
  );
}

/** The .ingot.names section; `nameOf` answers "" for a function without a name. */
export function describeNames(count: number, nameOf: (func: number) => string): Uint8Array {
  const parts: Uint8Array[] = [];
  const offsets = new Uint32Array(count + 1);
  let size = 0;
  for (let k = 0; k < count; k++) {
    const bytes = utf8Encode(nameOf(k));
    parts.push(bytes);
    size += bytes.length;
    offsets[k + 1] = size;
  }
  const head = structArray(NamesHeader, [{ count }]);
  return concat([head, wordBytes(offsets), ...parts], head.length + offsets.byteLength + size);
}
