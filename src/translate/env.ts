// What translation of a function needs to know besides its body: the module in the IR's terms. Made
// once per module (and once per worker); a function's code is a pure function of it and the body.

import { FACTS_MAX_PAGES, sigId } from "../abi.ts";
import type { Signature } from "../ir/func.ts";
import * as ir from "../ir/types.ts";
import type { Type } from "../ir/types.ts";
import { layoutRecord } from "../wasm/layout.ts";
import type { Layout } from "../wasm/layout.ts";
import type { Module } from "../wasm/module.ts";
import * as wasm from "../wasm/types.ts";
import type { FuncType, ValType } from "../wasm/types.ts";

/** How out-of-bounds accesses are caught. */
export type Bounds = "guard" | "explicit";

export interface Env {
  readonly module: Module;
  readonly layout: Layout;
  readonly bounds: Bounds;
  /**
   * Negative address offsets may be folded: memory 0 is our own, guarded and never above the cap.
   */
  readonly facts: boolean;
  /** Signatures by type index, and the sigId of each. */
  readonly types: readonly Signature[];
  readonly sigs: Uint32Array;
  /** 1 for tables whose size never changes after instantiation. */
  readonly fixedTables: Uint8Array;
}

/** The IR type of a value type. */
export function irType(t: ValType): Type {
  switch (t) {
    case wasm.I32:
      return ir.I32;
    case wasm.I64:
      return ir.I64;
    case wasm.F32:
      return ir.F32;
    case wasm.F64:
      return ir.F64;
    case wasm.V128:
      return ir.V128;
    default:
      return ir.REF;
  }
}

/** The signature of a function type. */
export const irSignature = (t: FuncType): Signature => ({
  params: t.params.map(irType),
  results: t.results.map(irType),
});

/** True if memory 0 is defined here, so that its base is the pinned register. */
export const ownsMemory = (m: Module): boolean => m.memories.length > 0 && m.importedMemories === 0;

/** Makes the environment of a valid module; `facts` allows folding of address offsets. */
export function newEnv(m: Module, bounds: Bounds, facts = true): Env {
  const memory = m.memories[0];
  return {
    module: m,
    layout: layoutRecord(m),
    bounds,
    facts:
      facts &&
      bounds === "guard" &&
      ownsMemory(m) &&
      memory !== undefined &&
      memory.limits.min <= FACTS_MAX_PAGES,
    types: m.types.map(irSignature),
    sigs: Uint32Array.from(m.types, (t) => sigId(t.key)),
    fixedTables: Uint8Array.from(m.tables, (t) => (t.limits.min === t.limits.max ? 1 : 0)),
  };
}
