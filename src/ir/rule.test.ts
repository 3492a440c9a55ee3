// The rule language itself: text, variants, instances. The generator is tested in
// tools/rulegen.test.ts.

import { describe, expect, it } from "vitest";
import { checkRule, instancesOf } from "./instance.ts";
import { Random } from "./generate.ts";
import { isPow2, fitsI32, isMask } from "./predicates.ts";
import type { Func } from "./func.ts";
import { IR } from "./ops.ts";
import { any, constant, float, int, named, op, rule, ruleText, typed, variants } from "./rule.ts";
import { nodeText, shaped, some, when } from "./rule.ts";
import { I64, TYPE_NAMES } from "./types.ts";

const { add, sub, mul, shl, and } = op;
const x = any("x");
const y = any("y");
const c = constant("c");
const d = constant("d");

const texts = (list: readonly Parameters<typeof nodeText>[0][]): string[] => list.map(nodeText);

describe("text", () => {
  it("names what a rule says", () => {
    expect(ruleText(rule(add(x, int(0)), x))).toBe("add(x, 0) -> x");
    const r = rule(typed("i32 i64", mul(x, constant("c", isPow2))), shl(x, op.ctz(c)));
    expect(ruleText(r)).toBe("mul(x, #c{isPow2}): i32|i64 -> shl(x, ctz(#c))");
    expect(ruleText(rule(add(x, c), x, when(fitsI32, c)))).toBe("add(x, #c) -> x if fitsI32(c)");
    expect(nodeText(some("k", ["eq", "ne"], x, y))).toBe("k=eq|ne(x, y)");
  });

  it("names shapes", () => {
    const r = rule(op.vnot(shaped("f32x4", op.veq(x, y))), shaped("f32x4", op.vne(x, y)));
    expect(ruleText(r)).toBe("vnot(veq.f32x4(x, y)) -> vne.f32x4(x, y)");
    expect(() => shaped("i8x16", op.vmul(x, y))).toThrow("no vmul of i8x16");
    expect(() => shaped("i8x16", op.add(x, y))).toThrow("no add of i8x16");
  });

  it("refuses a wrong number of operands", () => {
    expect(() => add(x)).toThrow("add takes 2 values, not 1");
    expect(() => typed("i33", x)).toThrow("no type i33");
  });
});

describe("variants", () => {
  it("turns operators that commute, where it makes a difference", () => {
    expect(texts(variants(add(x, y), []))).toEqual(["add(x, y)"]);
    expect(texts(variants(add(x, c), []))).toEqual(["add(x, #c)"]);
    expect(texts(variants(sub(add(x, y), x), []))).toEqual([
      "sub(add(x, y), x)",
      "sub(add(y, x), x)",
    ]);
    expect(texts(variants(add(mul(x, y), any("z")), []))).toEqual([
      "add(mul(x, y), z)",
      "add(z, mul(x, y))",
    ]);
  });
});

describe("instances", () => {
  it("covers every typing", () => {
    const list = instancesOf(rule(op.eq(x, c), int(1)), new Random(1), 1);
    expect(list.map((i) => TYPE_NAMES[i.params[0]!])).toEqual(["i32", "i64"]);
    const wrap = instancesOf(rule(op.wrap(op.exts(x)), x), new Random(1), 2);
    expect(wrap).toHaveLength(2);
  });

  it("covers every shape", () => {
    const shapesIn = (pattern: Func): number => pattern.aux[pattern.op.indexOf(IR.vadd)]!;
    const all = instancesOf(rule(op.vadd(x, y), op.vadd(y, x)), new Random(1), 1);
    expect(all.map((i) => shapesIn(i.pattern))).toEqual([0, 1, 2, 3, 4, 5]);
    const one = instancesOf(rule(shaped("i64x2", op.vadd(x, y)), x), new Random(1), 2);
    expect(one.map((i) => shapesIn(i.pattern))).toEqual([3, 3]);
  });

  it("finds constants for predicates", () => {
    const r = rule(and(x, constant("c", isMask)), x, when(fitsI32, c));
    for (const { pattern } of instancesOf(r, new Random(2), 20)) {
      const value = pattern.op.indexOf(1);
      expect(isMask(pattern, value)).toBe(true);
    }
    const never = rule(
      add(x, constant("c", isMask)),
      x,
      when((f) => f.count < 0, c),
    );
    expect(() => instancesOf(never, new Random(3), 1)).toThrow("no operands fit");
  });
});

describe("checkRule", () => {
  it("accepts what is true", () => {
    expect(checkRule(rule(add(add(x, c), d), add(x, add(c, d))), 1)).toBeGreaterThan(100);
    checkRule(rule(mul(x, constant("c", isPow2)), shl(x, op.ctz(c))), 2);
    checkRule(rule(sub(add(x, y), x), y), 3);
    checkRule(rule(op.fmul(x, float(2)), op.fadd(x, x)), 4);
    checkRule(rule(op.bitcast(op.bitcast(x)), x), 5);
    checkRule(rule(op.select(named("k", op.eq(x, y)), y, x), x), 6);
    checkRule(rule(op.divu(x, constant("c", isPow2)), op.shru(x, op.ctz(c))), 7);
    checkRule(rule(op.vsub(x, op.vneg(y)), op.vadd(x, y)), 8);
    checkRule(rule(op.vxor(x, int(-1)), op.vnot(x)), 9);
  });

  it("finds what is false", () => {
    expect(() => checkRule(rule(add(x, c), x), 1)).toThrow("became");
    expect(() => checkRule(rule(op.fadd(x, float(0)), x), 1)).toThrow("became");
    expect(() => checkRule(rule(op.shrs(x, c), op.shru(x, c)), 1)).toThrow("became");
    expect(() => checkRule(rule(op.divs(x, x), int(1)), 1)).toThrow("trap");
    expect(() => checkRule(rule(op.vadd(x, int(0)), x), 1)).toThrow("became");
    expect(() => checkRule(rule(op.vmins(x, y), op.vminu(x, y)), 1)).toThrow("became");
    const not = op.vnot(shaped("f32x4", op.vflt(x, y)));
    expect(() => checkRule(rule(not, shaped("f32x4", op.vfge(x, y))), 1)).toThrow("became");
    expect(() => checkRule(rule(typed("i64", add(x, c)), op.exts(op.wrap(x))), I64)).toThrow();
  });
});
