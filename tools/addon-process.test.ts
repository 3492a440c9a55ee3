// The native engine among others in one process: threads, other people's signal handlers, V8's own
// WebAssembly; and what becomes of instances that nobody can reach. Each case is a process.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { hasAddon } from "./addon-kit.ts";
import { hasTool } from "./machine.ts";
import { NODE } from "./node.ts";

const script = (name: string): string =>
  fileURLToPath(new URL(`../dist/tools/${name}.js`, import.meta.url));

function run(...words: string[]): string {
  const options = { encoding: "utf8", timeout: 200_000 } as const;
  const { stdout, stderr, status, signal } = spawnSync(NODE, words, options);
  expect([stderr, signal, status]).toEqual(["", null, 0]);
  return stdout;
}

describe.skipIf(!hasAddon)("in one process", () => {
  const cases = ["threads", "endings", "v8", "globals", "recursion", "late"];
  it.each(cases)("%s", (name) => {
    expect(run(script("addon-process"), name)).toBe("ok\n");
  });

  it.runIf(hasTool("cc"))("somebody else handles SIGSEGV", () => {
    const folder = mkdtempSync(join(tmpdir(), "ingot-faulty-"));
    try {
      const path = join(folder, "faulty.node");
      const headers = "node_modules/node-api-headers/include";
      const words = ["-shared", "-fPIC", "-DNAPI_VERSION=8", "-I", headers, "-o", path];
      const { status, stderr } = spawnSync("cc", [...words, "tools/faulty.c"], {
        encoding: "utf8",
      });
      expect([stderr, status]).toEqual(["", 0]);
      expect(run(script("addon-process"), "handler", path)).toBe("ok\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

interface Figures {
  readonly rss: number;
  readonly groups: number;
  readonly memories: number;
}

/** Scenarios of lifetime.ts, how often to go through them, and in how many turns of the loop. */
const scenarios: readonly (readonly [name: string, count: number, turn: number])[] = [
  ["usual", 100_000, 100],
  ["usual", 20_000, 0],
  ["library", 50_000, 100],
  ["library", 50_000, 0],
  ["table", 20_000, 100],
  ["globals", 20_000, 100],
  ["externref", 20_000, 100],
  ["passing", 20_000, 100],
  ["passing", 20_000, 0],
  ["growth", 10_000, 100],
  ["growth", 10_000, 0],
  ["trap", 10_000, 100],
  ["snapshot", 10_000, 100],
  ["kept", 20_000, 100],
  ["suspended", 40_000, 100],
];

describe.skipIf(!hasAddon)("instances that are dropped", () => {
  it.each(scenarios)("leave nothing behind: %s, %i times, turning after %i", (...words) => {
    const out = run("--expose-gc", script("lifetime"), "native", ...words.map(String));
    const { first, last } = JSON.parse(out) as { first: Figures; last: Figures };
    // What one that lives on was handed is looked through when there are 64 of them.
    const some = words[0] === "passing" ? 64 : 0;
    expect(last.groups).toBeLessThanOrEqual(first.groups + some);
    expect(last.memories).toBeLessThanOrEqual(first.memories + some);
    expect(last.rss).toBeLessThan(1.25 * first.rss + 3e7);
  });
});
