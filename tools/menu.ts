// TABLE. The operators that random modules (wasmgen.ts) are made of, drawn from the operator table
// by signature: plain ones and loads by the type they give, stores; and which of them see or make
// the bits of a NaN.

import { OPS } from "../src/wasm/ops.ts";
import { F32, F64, I32, I64, V128 } from "../src/wasm/types.ts";
import type { ValType } from "../src/wasm/types.ts";

const LETTERS: Readonly<Record<string, ValType>> = { i: I32, I: I64, f: F32, F: F64, v: V128 };
export const SCALARS: readonly ValType[] = [I32, I64, F32, F64];
export const TYPES: readonly ValType[] = [...SCALARS, V128];

interface Plain {
  readonly op: number;
  readonly operands: readonly ValType[];
}

interface Store {
  readonly op: number;
  readonly type: ValType;
}

/** Operators with the same features. */
export interface Menu {
  /** Plain operators by result type. */
  readonly producers: ReadonlyMap<ValType, Plain[]>;
  readonly loads: ReadonlyMap<ValType, number[]>;
  readonly stores: Store[];
}

/** Sign operators and reinterpretations see the bits of a NaN, and lanes keep them. */
export const seesBits = new Set<number>();
/** Vector operators that may give a NaN, and whether its lanes are f64. */
export const givesFloats = new Map<number, boolean>();
const ARITHMETIC =
  /^f\d\dx\d\.(?:add|sub|mul|div|min|max|sqrt|ceil|floor|trunc|nearest|demote|promote)/;

function newMenu(vectors: boolean): Menu {
  const producers = new Map<ValType, Plain[]>(TYPES.map((t) => [t, []]));
  const loads = new Map<ValType, number[]>(TYPES.map((t) => [t, []]));
  const stores: Store[] = [];
  OPS.forEach(({ name, sig, align, feature, code }, op) => {
    const isVector = feature === "simd";
    if ((isVector ? !vectors : code >> 16 > 0xfc) || sig === "") return;
    const [operands = "", results = ""] = sig.split(":");
    const types = [...operands].map((l) => LETTERS[l] ?? 0);
    if (types.includes(0) || (results !== "" && LETTERS[results] === undefined)) return;
    if (/reinterpret|copysign|neg|abs|splat|replace/.test(name)) seesBits.add(op);
    if (ARITHMETIC.test(name)) givesFloats.set(op, name.startsWith("f64"));
    if (align >= 0) {
      if (results === "") stores.push({ op, type: types[1]! });
      else loads.get(LETTERS[results]!)!.push(op);
    } else if (results !== "" && types.length > 0 && !name.startsWith("memory.")) {
      producers.get(LETTERS[results]!)!.push({ op, operands: types });
    }
  });
  return { producers, loads, stores };
}

export const MENUS = { scalars: newMenu(false), vectors: newMenu(true) };
