// The host module `spectest` that test scripts import from: prints, a table, a memory and
// constants. In: a store. Out: its externs by name.

import { F32, F64, FUNCREF, I32, I64, newFuncType } from "../wasm/types.ts";
import type { ValType } from "../wasm/types.ts";
import type { Extern, Store } from "./store.ts";

const PRINTS: readonly (readonly [name: string, params: readonly ValType[]])[] = [
  ["print", []],
  ["print_i32", [I32]],
  ["print_i64", [I64]],
  ["print_f32", [F32]],
  ["print_f64", [F64]],
  ["print_i32_f32", [I32, F32]],
  ["print_f64_f64", [F64, F64]],
];

// 666 and, for floats, 666.6.
const GLOBALS: readonly (readonly [name: string, type: ValType, lo: number, hi: number])[] = [
  ["global_i32", I32, 666, 0],
  ["global_i64", I64, 666, 0],
  ["global_f32", F32, 0x4426a666, 0],
  ["global_f64", F64, 0xcccccccd | 0, 0x4084d4cc],
];

/** Makes the module's externs. */
export async function newSpectest(store: Store): Promise<Map<string, Extern>> {
  const externs = new Map<string, Extern>();
  for (const [name, params] of PRINTS) {
    externs.set(name, await store.newFunc(newFuncType(params, []), () => []));
  }
  for (const [name, type, lo, hi] of GLOBALS) {
    externs.set(name, await store.newGlobal({ type, mutable: false }, { type, lo, hi }));
  }
  const limits = (min: number, max: number) => ({ min, max, shared: false });
  const none = { type: FUNCREF, lo: 0, hi: 0 };
  externs.set("table", await store.newTable({ elem: FUNCREF, limits: limits(10, 20) }, none));
  externs.set("memory", await store.newMemory(limits(1, 2)));
  return externs;
}
