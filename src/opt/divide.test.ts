// Division by constants: what it becomes gives what dividing does, for awkward divisors and
// dividends next to multiples of them; and no division is left.

import { describe, expect, test } from "vitest";
import { Func } from "../ir/func.ts";
import { Random, drawPair } from "../ir/draw.ts";
import { meaningOf } from "../ir/meaning.ts";
import { IR } from "../ir/ops.ts";
import type { Op } from "../ir/ops.ts";
import { run } from "../ir/run.ts";
import { I32, I64, NONE } from "../ir/types.ts";
import type { Type } from "../ir/types.ts";
import { i64_add, i64_mul, wide } from "../semantics.ts";
import { Values } from "./values.ts";

const nowhere = { regions: [], call: (): number[] => [] };

/** x `op` constant, as a function of x. */
function quotient(op: Op, ty: Type, lo: number, hi: number): Func {
  const f = new Func();
  const v = new Values(f, { facts: false });
  f.reset(0, { params: [ty], results: [ty] });
  v.reset();
  const b = f.newBlock();
  f.begin(b);
  v.begin(b, 0);
  f.firstParam[b] = f.count;
  f.paramCount[b] = 1;
  const x = f.inst(IR.param, ty, 0, 0, 0, b);
  const q = v.binary(op, ty, x, v.constant(ty, lo, hi));
  const list = f.words(2);
  f.pool[list] = 1;
  f.pool[list + 1] = q;
  f.term[b] = f.inst(IR.ret, NONE, list, 0, 0, b);
  return f;
}

/** Dividends: random ones, and k d - 1, k d, k d + 1. */
function dividends(random: Random, ty: Type, lo: number, hi: number): [number, number][] {
  const out: [number, number][] = [];
  for (let n = 0; n < 8; n++) {
    const k = drawPair(random, ty);
    out.push(k);
    for (let near = -1; near <= 1; near++) {
      const plo = i64_mul(k[0], k[1] >> random.below(32), lo, hi);
      const slo = i64_add(plo, wide.hi, near, near >> 31);
      out.push([slo, ty === I32 ? 0 : wide.hi]);
    }
  }
  return out;
}

function check(random: Random, op: Op, ty: Type, lo: number, hi: number): void {
  const isSigned = op === IR.divs || op === IR.rems;
  const isMinusOne = lo === -1 && (ty === I32 || hi === -1);
  if ((lo | hi) === 0 || (isSigned && isMinusOne && op === IR.divs)) return;
  const f = quotient(op, ty, lo, hi);
  expect([...f.op.subarray(0, f.count)].filter((o) => o >= IR.divs && o <= IR.remu)).toEqual([]);
  const meaning = meaningOf(op, ty, ty)!;
  for (const [x, xhi] of dividends(random, ty, lo, hi)) {
    const wanted = [meaning(x, xhi, lo, hi), wide.hi];
    const got = run(f, [x, xhi], nowhere);
    if (got[0] === wanted[0] && (ty === I32 || got[1] === wanted[1])) continue;
    throw new Error(`${x} ${xhi} by ${lo} ${hi}: ${[...got].join(" ")}, not ${wanted.join(" ")}`);
  }
}

const OPS = ["divu", "remu", "divs", "rems"] as const;

describe("by constants", () => {
  test.each(OPS)("i32 %s", (name) => {
    const random = new Random(1);
    for (let d = -70; d <= 700; d++) check(random, IR[name], I32, d, 0);
    for (let n = 0; n < 32; n++) {
      for (let near = -3; near <= 3; near++) check(random, IR[name], I32, ((1 << n) + near) | 0, 0);
    }
    for (let n = 0; n < 3000; n++) check(random, IR[name], I32, drawPair(random, I32)[0], 0);
  });

  test.each(OPS)("i64 %s", (name) => {
    const random = new Random(2);
    for (let d = -70; d <= 700; d++) check(random, IR[name], I64, d, d >> 31);
    for (let n = 0; n < 64; n++) {
      for (let near = -3; near <= 3; near++) {
        const lo = i64_add(n < 32 ? 1 << n : 0, n < 32 ? 0 : 1 << n, near, near >> 31);
        check(random, IR[name], I64, lo, wide.hi);
      }
    }
    for (let n = 0; n < 3000; n++) check(random, IR[name], I64, ...drawPair(random, I64));
  });
});

test("by 0 and by -1 it stays", () => {
  for (const op of [IR.divs, IR.divu, IR.rems, IR.remu]) {
    const f = quotient(op, I32, 0, 0);
    expect([...f.op.subarray(0, f.count)]).toContain(op);
  }
  const f = quotient(IR.divs, I64, -1, -1);
  expect([...f.op.subarray(0, f.count)]).toContain(IR.divs);
});
