// Prints the matchers of all rule sets: src/opt/rules.ts and backend/<arch>/rules.ts become
// rules.gen.ts beside them. A rule file exports RULES, a list of RuleSets (src/ir/rule.ts): a
// matcher each.

import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, posix, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { RuleSet } from "../../src/ir/rule.ts";
import { printMatchers } from "../rulegen.ts";

/** This file runs as dist/tools/gen/rules.js; sources stand one level above dist. */
const here = dirname(fileURLToPath(import.meta.url));
const dist = resolve(here, "../..");
const root = resolve(dist, "..");

const folders = [
  "src/opt",
  ...readdirSync(join(root, "backend"), { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => `backend/${e.name}`)
    .sort(),
];

for (const folder of folders) {
  if (!existsSync(join(root, folder, "rules.ts"))) continue;
  const module = (await import(join(dist, folder, "rules.js"))) as { RULES: readonly RuleSet[] };
  const text = printMatchers(module.RULES, posix.relative(folder, "src/ir"));
  writeFileSync(join(root, folder, "rules.gen.ts"), text);
}
