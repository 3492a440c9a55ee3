// Makes a value simpler before it is numbered: constants are folded by the operators' own meanings
// (semantics.ts). What would trap is left alone: it has to trap when it runs.

import { meaningOf } from "../ir/meaning.ts";
import { IR } from "../ir/ops.ts";
import type { Type } from "../ir/types.ts";
import { wide } from "../semantics.ts";
import { Trap } from "../support/errors.ts";
import type { Value } from "../ir/func.ts";
import type { Values } from "./values.ts";

/** A simpler value than `op` of these columns, 0 if there is none. */
export function simplify(v: Values, op: number, ty: Type, a: number, b: number, c: number): Value {
  const { f } = v;
  if (op === IR.select) {
    if (f.op[a] !== IR.const) return 0;
    return f.a[a] !== 0 ? b : c;
  }
  if (f.op[a] !== IR.const || (b !== 0 && f.op[b] !== IR.const)) return 0;
  const meaning = meaningOf(op, f.ty[a]!, ty);
  if (meaning === undefined) return 0;
  try {
    const lo = meaning(f.a[a]!, f.b[a]!, f.a[b]!, f.b[b]!);
    return v.constant(ty, lo, wide.hi);
  } catch (error) {
    if (error instanceof Trap) return 0;
    throw error;
  }
}
