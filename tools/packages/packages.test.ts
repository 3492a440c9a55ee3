// How runs of the corpus are read and judged, and what counts as a network that is not there.

import { describe, expect, it, test } from "vitest";
import { whyNot } from "./install.ts";
import { judge, judgeAlone, parseFallbacks, readFallbacks } from "./judge.ts";
import { reportsIn, resultIn } from "./script.ts";
import type { Outcome } from "./script.ts";

const list = parseFallbacks("# comment\n\nthrower, 2.5 MiB, feature exceptions\n");

const line = (origin: string, size = "36 B", more = "paid"): string =>
  `ingot: /app/a b.js:3  ${size}  ${origin} 9.9 ms  ${more}\n`;

function outcome(stdout: string, stderr: string, code: number | string = 0): Outcome {
  return { code, stdout, stderr, total: 9, result: 5, modules: reportsIn(stderr) };
}

const v8 = outcome("OK\n", "");
const judged = (ours: Outcome, script = "plain"): string[] => judge(script, v8, ours, list);

it("reads what scripts and the preload say", () => {
  const result = "# esbuild: 812 ms since process start\n";
  const stderr = `noise\n${line("miss", "1.5 KiB", "1 instance")}${result}`;
  expect(reportsIn(stderr)).toEqual([
    { source: "/app/a b.js:3", size: "1.5 KiB", origin: "miss", ms: 9.9, more: "1 instance" },
  ]);
  expect(resultIn(stderr)).toBe(812);
  expect(resultIn("")).toBeUndefined();
});

it("reads the list of the repository", () => {
  expect(readFallbacks().length).toBeGreaterThan(0);
  expect(() => parseFallbacks("clingo some words")).toThrow("clingo some words");
});

describe("a run under the preload", () => {
  test("that is as under V8 is well", () => {
    expect(judged(outcome("OK\n", line("hit")))).toEqual([]);
    expect(judgeAlone(v8)).toEqual([]);
  });
  test("that prints something else, or ends otherwise, is not", () => {
    expect(judged(outcome("FAIL\n", line("hit")))[0]).toMatch(/^output differs: "FAIL/);
    expect(judged(outcome("OK\n", "why", 1))[0]).toBe("ended with 1, not 0: OK\n\nwhy");
    expect(judgeAlone(outcome("FAIL", "", "timeout"))[0]).toMatch(/^ended with timeout/);
  });
  test("must run every module on ingot", () => {
    const fell = judged(outcome("OK\n", line("hit") + line("foreign", "9 B", "on V8: because")));
    expect(fell).toEqual(["unexpected: a b.js:3, 9 B: on V8: because"]);
    expect(judged(outcome("OK\n", ""))).toEqual(["the preload reported no module"]);
  });
  test("may fall back where the list says so, for that reason, and only then", () => {
    const fell = (more: string): string[] =>
      judged(outcome("OK\n", line("foreign", "2.5 MiB", more)), "thrower");
    expect(fell("a tag needs the feature exceptions")).toEqual([]);
    expect(fell("internal error")).toHaveLength(1);
    expect(judged(outcome("OK\n", line("hit", "2.5 MiB")), "thrower")[0]).toMatch(/did not fall/);
  });
});

it("tells a network that is away from a fault of ours", () => {
  expect(whyNot(1, "npm error code ECONNREFUSED", undefined)).toMatch("registry (ECONNREFUSED)");
  expect(whyNot(1, "npm error code E404", undefined)).toMatch("E404");
  expect(() => whyNot(1, "npm error code EJSONPARSE", undefined)).toThrow("EJSONPARSE");
});
