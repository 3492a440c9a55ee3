// Guests that borrow memories of V8's, with and without guard pages, and what is left when they are
// dropped: each scenario of borrowing.ts in a process of its own.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ENGINES } from "./engines.ts";
import { NODE, knows } from "./node.ts";

const script = fileURLToPath(new URL("../dist/tools/borrowing.js", import.meta.url));

/** Scenarios, and flags of Node's for them. */
const SCENARIOS: readonly (readonly [name: string, ...flags: string[]])[] = [
  ["guarded"],
  ["unguarded", "--disable-wasm-trap-handler"],
  ["dropped", "--expose-gc"],
];

for (const { name: engine } of ENGINES) {
  describe(`guests of the ${engine} that borrow memories`, () => {
    it.each(SCENARIOS.filter(([, ...flags]) => flags.every(knows)))("%s", (name, ...flags) => {
      const args = [...flags, script, engine, name];
      const { stdout, stderr, status } = spawnSync(NODE, args, { encoding: "utf8" });
      expect([stdout, stderr, status]).toEqual(["ok\n", "", 0]);
    });
  });
}
