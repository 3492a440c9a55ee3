// A decoded module: what the sections say, with index spaces already joined (imports first). In:
// built by decode.ts (from bytes; the text reader assembles bytes first, so there is one way in).
// Out: read by validate, translate, interp, engine, object. Function bodies stay bytes; `bodies`
// tells where each begins and ends in `bytes`.

import type { FuncType, GlobalType, MemoryType, TableType, ValType } from "./types.ts";

export type ExternKind = "func" | "table" | "memory" | "global";

/** One import; `index` is its index in the index space of its kind. */
export interface Import {
  readonly module: string;
  readonly name: string;
  readonly kind: ExternKind;
  readonly index: number;
  /** Byte offset of the import entry. */
  readonly offset: number;
}

export interface Export {
  readonly name: string;
  readonly kind: ExternKind;
  readonly index: number;
  readonly offset: number;
}

/**
 * A constant expression, decoded: one entry per operator, `end` left out.
 * `op` is a wasm operator number (wasm/ops.ts); `lo`/`hi` hold the immediate: the words of a
 * constant (floats as bits), an index, or a heap type. v128.const keeps its 16 bytes in `bytes`.
 */
export interface ConstExpr {
  readonly ops: readonly ConstOp[];
  readonly offset: number;
}

export interface ConstOp {
  readonly op: number;
  readonly lo: number;
  readonly hi: number;
  readonly bytes?: Uint8Array;
}

export type SegmentMode = "passive" | "active" | "declarative";

/** An element segment; every item is a constant expression (a function index is `ref.func`). */
export interface ElemSegment {
  readonly mode: SegmentMode;
  readonly type: ValType;
  readonly table: number;
  readonly start: ConstExpr | undefined;
  readonly items: readonly ConstExpr[];
  readonly offset: number;
}

/** A data segment; `bytes` is a view into the module. */
export interface DataSegment {
  readonly mode: "passive" | "active";
  readonly memory: number;
  readonly start: ConstExpr | undefined;
  readonly bytes: Uint8Array;
  readonly offset: number;
}

export interface GlobalDef {
  readonly type: GlobalType;
  readonly init: ConstExpr;
}

/** The place of one function body in `Module.bytes`: [start, end), locals vector included. */
export interface Body {
  readonly start: number;
  readonly end: number;
}

export interface CustomSection {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Number of the last known section before it (0 where there is none). */
  readonly after: number;
}

/** Names of the name section; absent parts are empty maps. Built only when asked for. */
export interface Names {
  readonly module: string | undefined;
  readonly funcs: ReadonlyMap<number, string>;
  readonly locals: ReadonlyMap<number, ReadonlyMap<number, string>>;
}

export interface Module {
  readonly bytes: Uint8Array;
  readonly types: readonly FuncType[];
  readonly imports: readonly Import[];
  /** Type index of every function, imported ones first. */
  readonly funcs: readonly number[];
  readonly tables: readonly TableType[];
  readonly memories: readonly MemoryType[];
  readonly globals: readonly GlobalType[];
  readonly importedFuncs: number;
  readonly importedTables: number;
  readonly importedMemories: number;
  readonly importedGlobals: number;
  /** Initialisers: `globals[importedGlobals + i]` has `globalInits[i]`. */
  readonly globalInits: readonly ConstExpr[];
  readonly exports: readonly Export[];
  /** Function index, -1 where there is none. */
  readonly start: number;
  readonly elems: readonly ElemSegment[];
  readonly datas: readonly DataSegment[];
  /** -1 where there is no data count section. */
  readonly dataCount: number;
  /** Bodies of the functions defined here: function `importedFuncs + i` has `bodies[i]`. */
  readonly bodies: readonly Body[];
  readonly customs: readonly CustomSection[];
  /** 1 = `ref.func` may name the function inside bodies, since it occurs outside of them. */
  readonly declared: Uint8Array;
}
