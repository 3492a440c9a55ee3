// Modules that show at once that they cannot be taken, and others that say nothing.

import { describe, expect, it } from "vitest";
import { parseWat } from "../text/wat.ts";
import { defaultFeatures } from "./features.ts";
import type { Feature } from "./features.ts";
import { importedModules, refusedAtSight } from "./glance.ts";

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const module = (...sections: number[][]): Uint8Array =>
  Uint8Array.from([...HEADER, ...sections.flatMap(([id, ...rest]) => [id!, rest.length, ...rest])]);
const types = [1, 1, 0x60, 0, 0];
const imported = (...entry: number[]): number[] => [
  2,
  2,
  1,
  109,
  1,
  102,
  0,
  0,
  1,
  109,
  1,
  103,
  ...entry,
];

const CASES: readonly (readonly [name: string, bytes: Uint8Array, feature: Feature])[] = [
  ["a tag", module(types, [13, 1, 0, 0]), "exceptions"],
  ["an imported tag", module(types, imported(4, 0, 0)), "exceptions"],
  ["a shared memory", module([5, 1, 3, 1, 2]), "threads"],
  ["an imported one", module(types, imported(2, 3, 1, 0x80, 0x80, 4)), "threads"],
  ["a 64-bit memory", module([0, 2, 1, 65], [5, 1, 4, 1]), "memory64"],
  ["an imported 64-bit table", module(types, imported(1, 0x70, 5, 1, 2)), "memory64"],
  ["a second memory", module(types, imported(2, 0, 1), [5, 1, 3, 1, 2]), "threads"],
  ["a typed reference", module(types, imported(3, 0x64, 0x70, 0)), "function-references"],
];

describe("what a module needs", () => {
  it.each(CASES)("shows by %s", (_, bytes, feature) => {
    expect(refusedAtSight(bytes, defaultFeatures)).toContain(`needs the feature ${feature},`);
    expect(refusedAtSight(bytes, new Set([...defaultFeatures, feature]))).toBe(undefined);
  });

  it("does not show where nothing is special", () => {
    const wat = `(module
      (import "m" "t" (table 1 2 funcref)) (import "m" "g" (global (mut i64)))
      (import "m" "m" (memory 1 65536)) (import "m" "f" (func (param v128)))
      (global i32 (i32.const 0)) (func (export "f") (unreachable)))`;
    expect(refusedAtSight(parseWat(wat), defaultFeatures)).toBe(undefined);
    expect(refusedAtSight(module(types, [13, 0]), defaultFeatures)).toBe(undefined);
  });

  it("does not show where there is no module", () => {
    const whole = module(types, imported(2, 3, 1, 2));
    for (let n = 0; n < whole.length; n++) {
      expect(refusedAtSight(whole.subarray(0, n), defaultFeatures)).toBe(undefined);
    }
    const noise = Uint8Array.from({ length: 500 }, (_, i) => (i * 167 + (i >> 3)) & 255);
    for (let n = 0; n < noise.length; n++) refusedAtSight(noise.subarray(n), defaultFeatures);
  });
});

describe("what a module imports from", () => {
  const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];
  const entries = [
    [...name("a"), ...name("f"), 0, 0],
    [...name("b"), ...name("t"), 1, 0x63, 0x6e, 5, 1, 0x80, 0x80, 0x80, 0x80, 0x80, 1],
    [...name("c"), ...name("m"), 2, 7, 1, 2],
    [...name("d"), ...name("g"), 3, 0x64, 0, 1],
    [...name("a"), ...name("e"), 4, 0, 0],
    [...name("wasm:js-string"), ...name("length"), 0, 0],
  ];
  const imports = [2, entries.length, ...entries.flat()];

  it("shows, whatever features it needs", () => {
    const all = ["a", "b", "c", "d", "wasm:js-string"];
    expect([...importedModules(module(types, imports))]).toEqual(all);
    expect([...importedModules(module([0, 2, 1, 65], imports, [5, 1, 4, 1]))]).toEqual(all);
    expect([...importedModules(module(types))]).toEqual([]);
  });

  it("shows as far as it can be read", () => {
    const whole = module(types, imports);
    for (let n = 0; n < whole.length; n++) {
      expect(importedModules(whole.subarray(0, n)).size).toBeLessThan(6);
    }
    expect([...importedModules(whole.subarray(0, 30))]).toEqual(["a", "b"]);
  });
});
