// Which function of semantics.ts an opcode means, given its types. In: opcode, type of column a,
// type of the result. Out: its name, or the function over words, for what computes with constants:
// the simplifier and the IR runner. The names come from the `meaning` column of ops.ts; ref and ptr
// are i64 there.

import { MEANINGS, overWords } from "../semantics.ts";
import type { MeaningName, WordMeaning } from "../semantics.ts";
import { OP_COUNT, OP_MEANING } from "./ops.ts";
import type { Op } from "./ops.ts";
import { F32, F64, I32, I64, PTR, REF, TYPE_NAMES } from "./types.ts";
import type { Type } from "./types.ts";

// prettier-ignore
const WASM_NAME: Readonly<Record<Type, string>> = {
  [I32]: "i32", [I64]: "i64", [F32]: "f32", [F64]: "f64", [REF]: "i64", [PTR]: "i64",
};

/** Name of what `op` means on an operand of type `a` with a result of type `r`; "" for nothing. */
export function meaningName(op: Op, a: Type, r: Type): MeaningName | "" {
  const meaning = OP_MEANING[op] ?? "";
  const from = WASM_NAME[a];
  const to = WASM_NAME[r];
  if (meaning === "" || from === undefined || to === undefined) return "";
  const whole = /^[if]\d|\$/.test(meaning);
  const name = whole ? meaning.replace("$a", from).replace("$r", to) : `${from}_${meaning}`;
  return name in MEANINGS ? (name as MeaningName) : "";
}

const TYPES = TYPE_NAMES.length;

/** What an opcode means on types, in the order of `meaningOf`; null where nobody has asked yet. */
const table = new Array<WordMeaning | undefined | null>(OP_COUNT * TYPES * TYPES).fill(null);
const known = new Map<MeaningName | "", WordMeaning | undefined>([["", undefined]]);

function find(op: Op, a: Type, r: Type): WordMeaning | undefined {
  const name = meaningName(op, a, r);
  if (name !== "" && !known.has(name)) known.set(name, overWords(name));
  return known.get(name);
}

/**
 * What `op` means over words (semantics.ts overWords), undefined for opcodes that are no function
 * of their operands' values. What traps throws a Trap.
 */
export function meaningOf(op: Op, a: Type, r: Type): WordMeaning | undefined {
  const at = (op * TYPES + a) * TYPES + r;
  const found = table[at];
  return found === null ? (table[at] = find(op, a, r)) : found;
}
