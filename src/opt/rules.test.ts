// Every rule of simplification on operands made for it: both sides give the same result. And the
// generated matcher is the one that the rules say.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkRule } from "../ir/instance.ts";
import { ruleText } from "../ir/rule.ts";
import { printMatchers } from "../../tools/rulegen.ts";
import { RULES } from "./rules.ts";

describe("rules", () => {
  test.each(RULES[0]!.rules.map((rule, k) => [ruleText(rule), rule, k] as const))(
    "%s",
    (_, rule, k) => {
      expect(checkRule(rule, k + 1)).toBeGreaterThan(0);
    },
  );
});

test("rules.gen.ts is current", () => {
  const path = new URL("rules.gen.ts", import.meta.url);
  expect(readFileSync(path, "utf8")).toBe(printMatchers(RULES, "../ir"));
});
