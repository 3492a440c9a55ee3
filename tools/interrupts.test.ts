// Guests of native code that are stopped at random moments, wherever they are: in loops, in
// recursion, in bulk operations and growth, on the way to the host and back, in guests that a host
// function has called. Afterwards everything must work as before.

import { describe, expect, it } from "vitest";
import { callWith } from "../src/api/context.ts";
import { Random } from "./random.ts";
import { ENGINES, newBench, thrown } from "./engines.ts";

type Exports = Record<string, (...args: unknown[]) => unknown>;

const WAT = `(module
  (import "m" "f" (func $f (param i32 f64) (result i32)))
  (memory 64 200)
  (table $t 1000 1000000 funcref)
  (func (export "fill") (loop $l
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 4000000)) (br $l)))
  (func (export "copy") (loop $l
    (memory.copy (i32.const 10) (i32.const 1) (i32.const 5000)) (br $l)))
  (func $rec (param i32 f64) (result f64) (local i64 i64 i64)
    (if (i32.eqz (local.get 0)) (then (return (local.get 1))))
    (f64.add
      (call $rec (i32.sub (local.get 0) (i32.const 1)) (f64.add (local.get 1) (f64.const 1)))
      (call $rec (i32.sub (local.get 0) (i32.const 1)) (local.get 1))))
  (func (export "recurse") (result f64) (call $rec (i32.const 50) (f64.const 0)))
  (func (export "host") (loop $l (drop (call $f (i32.const 3) (f64.const 1.5))) (br $l)))
  (func (export "grow") (loop $l
    (drop (memory.grow (i32.const 0)))
    (drop (table.grow $t (ref.null func) (i32.const 1)))
    (br $l)))
  (func (export "spin") (loop $l (br $l)))
  (func (export "triple") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3))))`;

const NAMES = ["fill", "copy", "recurse", "host", "grow", "spin"];
const ROUNDS = 600;

const native = ENGINES.find(({ name }) => name === "native");

describe.skipIf(native === undefined)("guests of native code", () => {
  it("can be stopped at any moment", () => {
    const random = new Random(7);
    const { run } = newBench(native!.newProvider());
    let depth = 0;
    let exports: Exports;
    const f = (x: unknown): unknown => {
      if (depth >= 3 || random.below(100) > 0) return x;
      depth++;
      try {
        exports[NAMES[random.below(NAMES.length)]!]!();
      } finally {
        depth--;
      }
      return x;
    };
    exports = run<Exports>(WAT, { m: { f } });
    let frames = 0;
    let worst = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const name = NAMES[round % NAMES.length]!;
      const timeout = random.below(2000) / 1000;
      const started = performance.now();
      const error = thrown(() => callWith({ timeout }, () => exports[name]!()));
      worst = Math.max(worst, performance.now() - started - timeout);
      expect([name, error.name]).toEqual([name, "TimeoutError"]);
      if (String((error.cause as Error | undefined)?.stack).includes("wasm-function")) frames++;
      expect(exports["triple"]!(round)).toBe(3 * round);
    }
    // A few end in the host, or before they began.
    expect(frames).toBeGreaterThan(ROUNDS / 2);
    expect(worst).toBeLessThan(2000);
  });
});
