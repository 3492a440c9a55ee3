// What values take of a frame: a slot of two words, or two slots for a v128. Values that follow
// each other (locals, arguments, results) have their slots side by side, in order.
//
// A value's form says how it is moved:
//
//   0   the low word only: i32, f32. The other word of the slot is anything
//   1   both words: i64, f64, references
//   2   four words: v128. Places of vectors are as aligned as slots, to 8 bytes

import { F32, I32, V128 } from "../wasm/types.ts";
import type { ValType } from "../wasm/types.ts";

export const formOf = (t: ValType): number => (t === V128 ? 2 : t === I32 || t === F32 ? 0 : 1);

/** Words of a place for a value of this form. */
export const wordsOfForm = (form: number): number => (form === 2 ? 4 : 2);

export const wordsOf = (t: ValType): 2 | 4 => (t === V128 ? 4 : 2);

/** Words of values side by side. */
export function wordsOfAll(types: readonly ValType[]): number {
  let words = 0;
  for (const t of types) words += wordsOf(t);
  return words;
}
