// Finds something simpler for an operator before it becomes an instruction. In: opcode, result type
// and operands, all of them simplified already. Out: a value that means the same, 0 if there is
// none.
//
// Constants are folded by the functions of semantics.ts, over words, or in vectors.ts; then the
// rules of rules.ts are tried, then division by constants. What would trap is not folded: it stays
// an instruction, so that it traps when and where it should.

import type { Value } from "../ir/func.ts";
import { meaningOf } from "../ir/meaning.ts";
import { FLAG, IR, OP_FLAGS } from "../ir/ops.ts";
import type { Op } from "../ir/ops.ts";
import { isVector } from "../ir/shapes.ts";
import { F32, I32 } from "../ir/types.ts";
import type { Type } from "../ir/types.ts";
import type { Maker } from "../ir/rule.ts";
import { f32OfBits, f64OfBits, wide } from "../semantics.ts";
import { divideByConstant } from "./divide.ts";
import { simplifyByRules } from "./rules.gen.ts";
import { simplifyVector } from "./vectors.ts";

/**
 * A value equal to `op` of `a`, `b`, `c` with result type `ty` and, of vectors, the shape `aux`; 0
 * if nothing is simpler.
 */
export function simplify(
  v: Maker,
  op: Op,
  ty: Type,
  a: Value,
  b: Value,
  c: Value,
  aux: number,
): Value {
  const { f } = v;
  if (isVector(op)) {
    const simpler = simplifyVector(v, op, ty, a, b, c, aux);
    if (simpler !== 0) return simpler;
  } else if (f.op[a] === IR.const) {
    if (op === IR.select) return f.a[a] !== 0 ? b : c;
    const binary = (OP_FLAGS[op]! & FLAG.b) !== 0;
    if (!binary || f.op[b] === IR.const) {
      const folded = fold(v, op, ty, a, binary ? b : 0);
      if (folded !== 0) return folded;
    }
  }
  const simpler = simplifyByRules(v, op, ty, a, b, c, aux);
  if (simpler !== 0 || !(op >= IR.divs && op <= IR.remu)) return simpler;
  return f.op[b] === IR.const ? divideByConstant(v, op, ty, a, b) : 0;
}

/** `op` of constants `a` and `b` (0: none), 0 if it traps or is no function of its operands. */
function fold(v: Maker, op: Op, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  const from = f.ty[a]!;
  const meaning = meaningOf(op, from, ty);
  if (meaning === undefined) return 0;
  const alo = f.a[a]!;
  const ahi = f.b[a]!;
  const blo = b === 0 ? 0 : f.a[b]!;
  const bhi = b === 0 ? 0 : f.b[b]!;
  if (OP_FLAGS[op]! & FLAG.traps && traps(op, from, ty, alo, ahi, blo, bhi)) return 0;
  const lo = meaning(alo, ahi, blo, bhi);
  return v.constant(ty, lo, wide.hi);
}

/** True if the trapping operator `op` traps for these words. */
function traps(
  op: Op,
  from: Type,
  to: Type,
  alo: number,
  ahi: number,
  blo: number,
  bhi: number,
): boolean {
  switch (op) {
    case IR.divu:
    case IR.remu:
    case IR.rems:
      return (blo | bhi) === 0;
    case IR.divs: {
      if ((blo | bhi) === 0) return true;
      if (from === I32) return blo === -1 && alo === -2147483648;
      return (blo & bhi) === -1 && alo === 0 && ahi === -2147483648;
    }
    default: {
      const x = from === F32 ? f32OfBits(alo) : f64OfBits(alo, ahi);
      return !inRange(x, op === IR.truncs, to === I32);
    }
  }
}

/** True if a float, once truncated, is an integer of the type. */
function inRange(x: number, signed: boolean, narrow: boolean): boolean {
  if (!signed) return x > -1 && x < (narrow ? 2 ** 32 : 2 ** 64);
  if (narrow) return x > -2147483649 && x < 2147483648;
  return x >= -(2 ** 63) && x < 2 ** 63;
}
