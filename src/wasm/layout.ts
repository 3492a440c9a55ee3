// Where everything lies in the instance record of a module: the numbers that generated code bakes
// in and that the artifact tells the runtime. In: a Module. Out: byte offsets from I (see
// src/abi.ts). The order puts what hot code reads next to the head: globals, then memories, tables,
// import slots and last the FuncRefs, of which there may be as many as functions.

import {
  FuncRef,
  GUARD_BELOW,
  ImportSlot,
  Instance,
  MemoryObject,
  OS_PAGE,
  TableObject,
} from "../abi.ts";
import type { ConstExpr, Module } from "./module.ts";
import { OP } from "./ops.ts";
import { V128 } from "./types.ts";

export interface Layout {
  /** Cell of each global, or for imported ones the pointer to the cell. */
  readonly globals: Int32Array;
  /** MemoryObject of each memory, or for imported ones the pointer to it. */
  readonly memories: Int32Array;
  /** TableObject of each table, or for imported ones the pointer to it. */
  readonly tables: Int32Array;
  /** ImportSlot of each imported function. */
  readonly imports: Int32Array;
  /** FuncRef of each function defined here that may be referred to, 0 = has none. */
  readonly refs: Int32Array;
  /** Bytes of the record. */
  readonly size: number;
  /** R - I. */
  readonly distance: number;
}

const alignUp = (n: number, to: number): number => Math.ceil(n / to) * to;

/**
 * Marks functions that elements, exports, globals or declared segments let escape as references.
 */
function escaping(m: Module): Uint8Array {
  const marks = new Uint8Array(m.funcs.length);
  const mark = (e: ConstExpr | undefined): void => {
    for (const op of e?.ops ?? []) if (op.op === OP["ref.func"]) marks[op.lo] = 1;
  };
  for (const e of m.exports) if (e.kind === "func") marks[e.index] = 1;
  for (const s of m.elems) for (const item of s.items) mark(item);
  for (const init of m.globalInits) mark(init);
  for (let i = 0; i < m.declared.length; i++) if (m.declared[i] !== 0) marks[i] = 1;
  if (m.start >= 0) marks[m.start] = 1;
  return marks;
}

/** Lays the instance record out. */
export function layoutRecord(m: Module): Layout {
  let at = Instance.$size;
  const take = (size: number, align: number): number => {
    const offset = alignUp(at, align);
    at = offset + size;
    return offset;
  };
  const globals = Int32Array.from(m.globals, (g, i) =>
    i >= m.importedGlobals && g.type === V128 ? take(16, 16) : take(8, 8),
  );
  const memories = Int32Array.from(m.memories, (_, i) => {
    if (i < m.importedMemories) return take(8, 8);
    return i === 0 ? Instance.memory : take(MemoryObject.$size, 8);
  });
  const tables = Int32Array.from(m.tables, (_, i) =>
    i < m.importedTables ? take(8, 8) : take(TableObject.$size, 8),
  );
  const imports = Int32Array.from({ length: m.importedFuncs }, () => take(ImportSlot.$size, 8));
  const marks = escaping(m);
  const refs = Int32Array.from(m.funcs, (_, i) =>
    i >= m.importedFuncs && marks[i] !== 0 ? take(FuncRef.$size, 8) : 0,
  );
  const size = alignUp(at, 16);
  return {
    globals,
    memories,
    tables,
    imports,
    refs,
    size,
    distance: alignUp(size, OS_PAGE) + GUARD_BELOW,
  };
}
