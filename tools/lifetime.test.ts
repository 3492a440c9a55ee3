// Instances that nobody can reach any more are given back by the interpreter: after ever so many of
// them, as many numbers are in use as in the beginning, and about as much memory. What V8 keeps of
// the pages that it has emptied, hundreds of MB in Node 22 to 25, is not counted.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { NODE } from "./node.ts";

interface Figures {
  /** Bytes of V8's heap, and outside of it. */
  readonly heap: number;
  readonly external: number;
  readonly funcs: number;
  readonly instances: number;
  readonly words: number;
}

const script = fileURLToPath(new URL("../dist/tools/lifetime.js", import.meta.url));

function run(scenario: string, count: number): { first: Figures; last: Figures } {
  const args = ["--expose-gc", script, "interpreter", scenario, String(count)];
  const { stdout, stderr, status } = spawnSync(NODE, args, { encoding: "utf8" });
  expect([stderr, status]).toEqual(["", 0]);
  return JSON.parse(stdout) as { first: Figures; last: Figures };
}

/** Scenarios of lifetime.ts, and how often to go through them. */
const scenarios: readonly (readonly [name: string, count: number])[] = [
  ["usual", 200_000],
  ["library", 50_000],
  ["table", 20_000],
  ["globals", 20_000],
  ["externref", 20_000],
  ["growth", 10_000],
  ["trap", 20_000],
  ["suspended", 80_000],
  ["snapshot", 10_000],
  ["kept", 40_000],
];

describe("instances that are dropped", () => {
  it.each(scenarios)("leave nothing behind: %s", (name, count) => {
    const { first, last } = run(name, count);
    // One that was made just before the first look may still be there.
    for (const what of ["funcs", "instances", "words"] as const) {
      expect([what, last[what]]).toSatisfy(([, n]: [string, number]) => n <= first[what]);
    }
    const bytes = ({ heap, external }: Figures): number => heap + external;
    expect(bytes(last)).toBeLessThan(bytes(first) + 2e7);
  });
});
