// Runs the file tests of testdata/, one test per file; with BLESS=1 their expected output is
// brought up to date instead. Below, the runner itself: what it must notice.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkFile, isFileTest } from "./filetest.ts";

const root = new URL("../testdata", import.meta.url).pathname;
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(?:ir|wat)$/.test(name))
  .filter((name) => isFileTest(readFileSync(join(root, name), "utf8")))
  .sort();
const isBlessing = (process.env["BLESS"] ?? "") !== "";

describe("testdata", () => {
  test.each(files)("%s", (name) => {
    const path = join(root, name);
    const text = readFileSync(path, "utf8");
    const outcome = checkFile(path, text);
    if (isBlessing && outcome.blessed !== text) writeFileSync(path, outcome.blessed);
    const problems = isBlessing
      ? checkFile(path, outcome.blessed).problems.filter((p) => !p.startsWith("output line"))
      : outcome.problems;
    expect(problems).toEqual([]);
  });
});

const double = (directives: string): string => `;; test tidy
func %1 (i32) -> (i32) {
b1(v1: i32):
  v3: i32 = add v1, v1
  ret v3
}
${directives}
;; | func %1 (i32) -> (i32) {
;; | b1(v1: i32):
;; |   v3: i32 = add v1, v1
;; |   ret v3
;; | }
`;

const wat = (directives: string): string => `;; test tidy
(module (func (export "half") (param i32) (result i32) (i32.div_u (i32.const 100) (local.get 0))))
${directives}
;; | func %0 (i32) -> (i32) {
;; | b1(v1: i32):
;; |   v3: i32 = divu 100, v1 @0x28
;; |   ret v3 @0x29
;; | }
`;

describe("the runner", () => {
  test.each([
    ["x.ir", double(";; run: %1(4) == 8")],
    ["x.ir", double(";; run: %1(-1) == -2\n;; run: %1(0x10) == 32")],
    ["x.wat", wat(";; run: %half(7) == 14\n;; run: %0(0) traps integer divide by zero")],
    ["x.wat", "(module (func (result i32)))\n;; error: type mismatch\n"],
    ["x.ir", "func %0 () -> () {\nb1:\n  ret v1\n}\n;; error: v1 is not defined\n"],
    ["x.ir", "func %0 () -> () {\nb1:\n  jump b1\n}\n;; error: edge to the entry\n"],
  ])("is content with %s %j", (path, text) => {
    expect(checkFile(path, text)).toEqual({ problems: [], blessed: text });
  });

  test.each([
    ["x.ir", double(";; run: %1(4) == 9"), ["input: %1(4) == 9: 8", "tidy: %1(4) == 9: 8"]],
    [
      "x.ir",
      double(";; run: %2(4) == 9"),
      ["%2(4) == 9: no such function", "%2(4) == 9: no such function"],
    ],
    [
      "x.ir",
      double(";; run: %1(4) traps unreachable"),
      ["input: %1(4) traps unreachable: == 8", "tidy: %1(4) traps unreachable: == 8"],
    ],
    [
      "x.ir",
      double("").replace(";; |   ret v3", ";; |   ret v4"),
      ["output line 4: expected   ret v4, found   ret v3"],
    ],
    [
      "x.ir",
      double(";; error: frob"),
      [
        'expected the error "frob", found none',
        "output line 1: expected func %1 (i32) -> (i32) {, found nothing",
      ],
    ],
    [
      "x.wat",
      wat(";; run: %half(0) == 1"),
      [
        "input: %half(0) == 1: trap: integer divide by zero, at offset 0x28",
        "tidy: %half(0) == 1: trap: integer divide by zero, at offset 0x28",
      ],
    ],
    [
      "x.wat",
      "(module (func (result i32)))\n",
      ["invalid module: type mismatch in end: expected i32"],
    ],
  ])("objects to %s %j", (path, text, problems) => {
    const place = /(?:,? in function|, found nothing, at).*/;
    const found = checkFile(path, text).problems.map((p) => p.replace(place, ""));
    expect(found).toEqual(problems);
  });

  test("names a pass that there is not", () => {
    expect(() => checkFile("x.ir", ";; test frob\n")).toThrow("no pass is called frob");
  });

  test("blesses", () => {
    const text = double(";; run: %1(4) == 8");
    const stale = text.replaceAll("ret v3", "ret v1").replace("  ret v1", "  ret v3");
    expect(checkFile("x.ir", stale).blessed).toBe(text);
    const bare = text
      .split("\n")
      .filter((line) => !line.startsWith(";; |"))
      .join("\n");
    expect(checkFile("x.ir", bare).blessed).toBe(text);
  });
});
