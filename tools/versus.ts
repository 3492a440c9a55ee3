// Functions in text on the interpreter and on the V8 of this process, which must agree.

import { expect } from "vitest";
import { InterpreterStore } from "../src/engine/interpreter.ts";
import { parseWat } from "../src/text/wat.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { I32 } from "../src/wasm/types.ts";

const INPUTS = [0, 1, 2, 3, 7, 31, 32, 255, 65535, -1, -2, 2147483647, -2147483648];

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return "trap";
  }
}

/**
 * Runs a function of $a and $b (two i32 to i32) on all pairs of some numbers, here and there.
 * `rest` is what else the module has besides a memory of one page. How an outcome is a trap does
 * not count. Answers what came out, pair by pair.
 */
export function agreeOnPairs(body: string, rest = ""): unknown[] {
  const bytes = parseWat(`(module (memory 1) ${rest}
    (func (export "f") (param $a i32) (param $b i32) (result i32) ${body}))`);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  const there = (exports as Record<string, (a: number, b: number) => unknown>)["f"]!;
  const store = new InterpreterStore(defaultFeatures);
  const inst = store.instantiateNow(decodeModule(bytes, defaultFeatures), []);
  const f = inst.exports.get("f")!;
  const here = (...args: number[]): unknown =>
    store.invokeNow(
      f,
      args.map((lo) => ({ type: I32, lo, hi: 0 })),
    )[0]!.lo;
  const pairs = INPUTS.flatMap((a) => INPUTS.map((b) => [a, b] as const));
  const got = pairs.map(([a, b]) => outcome(() => here(a, b)));
  const want = pairs.map(([a, b]) => outcome(() => there(a, b)));
  const at = got.findIndex((x, k) => x !== want[k]);
  expect([body, ...(pairs[at] ?? []), got[at]]).toEqual([body, ...(pairs[at] ?? []), want[at]]);
  return got;
}
