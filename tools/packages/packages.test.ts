// How runs of the corpus are read and judged, and what counts as a network that is not there.

import { describe, expect, it, test } from "vitest";
import { whyNot } from "./install.ts";
import { judge, judgeAlone, parseFallbacks, readFallbacks } from "./judge.ts";
import { reportsIn, resultIn } from "./script.ts";
import type { Outcome, Way } from "./script.ts";

const way: Way = { name: "native", engine: "native", seconds: 1 };
const list = parseFallbacks("# comment\n\nthrower 99 feature exceptions\n");

const line = (on: string, bytes = 20, more = ""): string =>
  `ingot: module 0123456789ab ${bytes} bytes: ${on}${more === "" ? "" : `, ${more}`}\n`;

function outcome(stdout: string, stderr: string, code: number | string = 0): Outcome {
  return { code, stdout, stderr, total: 9, result: 5, modules: reportsIn(stderr) };
}

const v8 = outcome("OK\n", "");
const judged = (ours: Outcome, script = "plain"): string[] => judge(script, way, v8, ours, list);

it("reads what scripts and the preload say", () => {
  const stderr = `noise\n${line("native", 7, "cache miss")}# esbuild: 812 ms since process start\n`;
  expect(reportsIn(stderr)).toEqual([
    { hash: "0123456789ab", bytes: 7, on: "native", more: "cache miss" },
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
    expect(judged(outcome("OK\n", line("native")))).toEqual([]);
    expect(judgeAlone(v8)).toEqual([]);
  });
  test("that prints something else, or ends otherwise, is not", () => {
    expect(judged(outcome("FAIL\n", line("native")))[0]).toMatch(/^output differs: "FAIL/);
    expect(judged(outcome("OK\n", "why", 1))[0]).toBe("ended with 1, not 0: OK\n\nwhy");
    expect(judgeAlone(outcome("FAIL", "", "timeout"))[0]).toMatch(/^ended with timeout/);
  });
  test("must run every module on the engine that was asked for", () => {
    const fell = judged(outcome("OK\n", line("V8", 20, "because")));
    expect(fell).toEqual(["unexpected: 0123456789ab, 20 bytes: V8, because"]);
    expect(judged(outcome("OK\n", line("interpreter")))).toHaveLength(1);
    expect(judged(outcome("OK\n", ""))).toEqual(["the preload reported no module"]);
  });
  test("may fall back where the list says so, for that reason, and only then", () => {
    const fell = (more: string): string[] =>
      judged(outcome("OK\n", line("V8", 99, more)), "thrower");
    expect(fell("a tag needs the feature exceptions")).toEqual([]);
    expect(fell("internal error")).toHaveLength(1);
    expect(judged(outcome("OK\n", line("native", 99)), "thrower")[0]).toMatch(/did not fall back/);
  });
});

it("tells a network that is away from a fault of ours", () => {
  expect(whyNot(1, "npm error code ECONNREFUSED", undefined)).toMatch("registry (ECONNREFUSED)");
  expect(whyNot(1, "npm error code E404", undefined)).toMatch("E404");
  expect(() => whyNot(1, "npm error code EJSONPARSE", undefined)).toThrow("EJSONPARSE");
});
