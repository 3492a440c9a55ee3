// The printed matchers: their text for small rule sets, and that they decide as the rules say.
// Whether real rule sets are printed right is seen by running them, beside the rules.

import { describe, expect, it } from "vitest";
import * as predicates from "../src/ir/predicates.ts";
import { any, ask, constant, form, int, named, op, rule } from "../src/ir/rule.ts";
import { shaped, shared, some } from "../src/ir/rule.ts";
import type { Rule, RuleSet } from "../src/ir/rule.ts";
import { printMatchers } from "./rulegen.ts";

const { add, sub, mul, shl } = op;
const x = any("x");
const y = any("y");
const c = constant("c");
const d = constant("d");

const simplify = (...rules: Rule[]): RuleSet => ({
  kind: "simplify",
  name: "applyRules",
  rules,
  modules: [{ from: "../ir/predicates.ts", exports: predicates }],
  matcher: { type: "Values", from: "./values.ts" },
});
const select = (...rules: Rule[]): RuleSet => ({
  ...simplify(...rules),
  kind: "select",
  name: "select",
  matcher: { type: "Selector", from: "./select.ts" },
});

const text = (set: RuleSet): string => printMatchers([set], "../ir");

describe("the generator", () => {
  it("shares equal tests", () => {
    const out = text(simplify(rule(add(x, int(0)), x), rule(add(add(x, c), d), add(x, add(c, d)))));
    expect(out).toContain(
      [
        "function applyRulesAdd(v: Values, ty: Type, a: Value, b: Value): Value {",
        "  const { f } = v;",
        "  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {",
        "    // add(x, 0) -> x",
        "    return a;",
        "  }",
        "  if (f.op[a] === 6 /* add */) {",
        "    const aa = f.a[a]!;",
        "    const ab = f.b[a]!;",
        "    if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */) {",
        "      // add(add(x, #c), #d) -> add(x, add(#c, #d))",
        "      return v.pure(6 /* add */, ty, aa, v.pure(6 /* add */, f.ty[ab]!, ab, b, 0), 0);",
        "    }",
        "  }",
        "  return 0;",
        "}",
      ].join("\n"),
    );
  });

  it("switches over neighbours", () => {
    const out = text(
      simplify(rule(sub(add(x, y), y), x), rule(sub(shl(x, c), x), x), rule(sub(x, x), int(0))),
    );
    expect(out).toContain("switch (f.op[a]) {");
    expect(out).toContain("return v.constant(ty, 0, 0);");
  });

  it("tests shapes, said or those of the root", () => {
    const out = text(
      simplify(
        rule(shaped("i64x2", op.vadd(x, int(0))), x),
        rule(op.vadd(x, op.vneg(y)), op.vsub(x, y)),
        rule(op.vnot(shaped("f32x4", op.veq(x, y))), shaped("f32x4", op.vne(x, y))),
        rule(op.vnot(op.vnot(x)), x),
      ),
    );
    expect(out).toContain("if (aux === 3 /* i64x2 */ && hasInt(f, b, 0)) {");
    expect(out).toMatch(/if \(f\.aux\[b\] === aux\) \{\s+\/\/ .*\s+return v\.pure\(\d+ .* aux\);/);
    expect(out).toMatch(
      /f\.aux\[a\] === 4 \/\* f32x4 \*\/\)? \{\s+\/\/ .*\s+return .* 4 \/\* f32x4/,
    );
    const selected = text(select(rule(op.vadd(x, op.vneg(y)), form("sub")(x, y))));
    expect(selected).toContain("f.aux[b] === f.aux[i]");
    const inside = rule(op.store(x, op.vneg(y)), form("f")(x, y));
    expect(() => text(select(inside))).toThrow("say the shape");
    const missing = rule(op.vadd(x, y), op.vmul(x, y));
    expect(() => text(simplify(missing))).toThrow("no vmul of i8x16");
    const lane = rule(op.vadd(x, y), op.vsplat(op.vextractu(x)));
    expect(() => text(simplify(lane))).toThrow("vextractu has a lane");
  });

  it("refuses what cannot be reached and what is not bound", () => {
    expect(() => text(simplify(rule(sub(x, y), x), rule(sub(x, x), int(0))))).toThrow(
      "unreachable: sub(x, x) -> 0",
    );
    expect(() => text(simplify(rule(sub(x, x), y)))).toThrow("sub(x, x) -> y: y is not bound");
    const local = (): boolean => true;
    expect(() => text(simplify(rule(add(x, constant("c", local)), x)))).toThrow("local");
  });

  it("prints forms, swallowing and questions", () => {
    const out = text(
      select(
        rule(op.br(named("k", some("k", ["eq", "ne"], x, c))), form("compare")(c, 7)),
        rule(op.br(shared(mul(x, y))), form("odd")(x, y), ask("isOdd", x)),
        rule(op.br(x), form("test")(x)),
      ),
    );
    expect(out).toContain("case 32 /* eq */:");
    expect(out).toContain("s.folds(a)");
    expect(out).toContain("s.isOdd(aa)");
    expect(out).toContain("s.test(i, a);\n");
    expect(out).toContain("export function select(s: Selector, op: Op, i: Value): boolean {");
  });
});
