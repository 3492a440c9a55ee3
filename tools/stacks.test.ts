// The stacks of traps beside V8's, line for line: where guests and functions of the program called
// each other, and nothing of ingot's between them. On both engines, from source and as they are
// bundled, since functions of ingot's are known by name there.

import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { parseWat } from "../src/text/wat.ts";
import type { Exports, Namespace } from "../src/api/types.ts";
import { ENGINES, host, newBench, thrown } from "./engines.ts";

type Callable = (...args: readonly unknown[]) => unknown;
type Functions = Readonly<Record<string, Callable>>;

const OUTER = parseWat(`(module
  (import "m" "host" (func $host (param i32) (result i32)))
  (table (export "table") 1 funcref) (elem (i32.const 0) $found)
  (func $down (param i32 f64 i64 i64 i64 i64 i64 i64 i64 i64) (result i32)
    (i32.add (call $host (local.get 0)) (i32.const 1)))
  (func $found (param i32) (result i32)
    (call $down (local.get 0) (f64.const 1) (i64.const 2) (i64.const 3) (i64.const 4)
      (i64.const 5) (i64.const 6) (i64.const 7) (i64.const 8) (i64.const 9)))
  (func $outer (export "outer") (param i32) (result i32) (call $found (local.get 0))))`);

const INNER = parseWat(`(module
  (func $bad (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
  (func $inner (export "inner") (param i32) (result i32) (call $bad (local.get 0)))
  (func (export "over") (param f64 i64) (result i64 f64) unreachable)
  (memory (export "memory") 1)
  (func $load (export "load") (param i32) (result i32) (i32.load (local.get 0))))`);

const STARTS = parseWat(`(module (import "m" "host" (func $host (param i32) (result i32)))
  (func $begin (drop (call $host (i32.const 0)))) (start $begin))`);

const CALLS = parseWat(`(module (import "m" "f" (func $f (param i32) (result i32)))
  (func $through (export "through") (param i32) (result i32) (call $f (local.get 0))))`);

/** A line per frame, of the program's functions and of guests. */
function linesOf(error: Error): string[] {
  const lines = error.stack!.replace(/wasm:\/\/wasm\/[0-9a-f]+:/g, "").split("\n");
  const end = lines.findIndex((line) => /^ {4}at stackOf /.test(line));
  return end < 0 ? lines : lines.slice(0, end);
}

function newInstance(w: Namespace, wat: Uint8Array, m: object = {}): Functions {
  const module = new w.Module(Uint8Array.from(wat));
  return new w.Instance<Exports>(module, { m } as never).exports as never;
}

/** Every scenario of a program that comes to a trap. */
// prettier-ignore
const SCENARIOS: Readonly<Record<string, (w: Namespace) => void>> = {
  "a guest by itself": (w) => void newInstance(w, INNER)["inner"]!(0),
  "many kinds of values": (w) => void newInstance(w, INNER)["over"]!(1, 2n),
  "a fault of memory": (w) => void newInstance(w, INNER)["load"]!(-1),
  "a guest that is called back": (w) => {
    const { inner } = newInstance(w, INNER);
    const back = function back(n: unknown): unknown { return inner!(n); };
    newInstance(w, OUTER, { host: back })["outer"]!(0);
  },
  "the same guest many times": (w) => {
    const { inner } = newInstance(w, INNER);
    const back = (n: unknown): unknown => (n as number) > 0 ? again(n as number - 1) : inner!(0);
    const again = (n: number): unknown => outer!(n);
    const { outer } = newInstance(w, OUTER, { host: back });
    outer!(5);
  },
  "a guest after one that has returned": (w) => {
    const { inner } = newInstance(w, INNER);
    const back = (n: unknown): unknown => (inner!(1), again(n as number - 1), inner!(0));
    const again = (n: number): unknown => n > 0 && outer!(n);
    const { outer } = newInstance(w, OUTER, { host: back });
    outer!(2);
  },
  "a guest after one that an exception has left": (w) => {
    const { inner } = newInstance(w, INNER);
    const fail = (): never => { throw new Error("left"); };
    const failing = newInstance(w, OUTER, { host: fail });
    const back = (): unknown => {
      try { return failing["outer"]!(1); } catch { return inner!(0); }
    };
    newInstance(w, OUTER, { host: back })["outer"]!(0);
  },
  "a conversion that calls a guest": (w) => {
    const { inner } = newInstance(w, INNER);
    const { outer } = newInstance(w, OUTER, { host: () => 1 });
    outer!({ valueOf: () => inner!(0) });
  },
  "a start function": (w) => {
    const { inner } = newInstance(w, INNER);
    newInstance(w, STARTS, { host: (n: unknown) => inner!(n) });
  },
  "a function of a table": (w) => {
    const { inner } = newInstance(w, INNER);
    const { table } = newInstance(w, OUTER, { host: (n: unknown) => inner!(n) });
    const { get } = w.Table.prototype;
    (get.call(table as never, 0) as Callable)(0);
  },
  "another instance's function": (w) => {
    const { inner } = newInstance(w, INNER);
    const { through } = newInstance(w, CALLS, { f: inner });
    newInstance(w, OUTER, { host: (n: unknown) => through!(n) })["outer"]!(0);
  },
};

function stackOf(w: Namespace, name: string, length = 200): string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = length;
  try {
    return linesOf(thrown(() => SCENARIOS[name]!(w)));
  } finally {
    Error.stackTraceLimit = limit;
  }
}

const bundle = new URL("../dist/src/bundle/index.js", import.meta.url);
const { createEngine } = existsSync(bundle)
  ? ((await import(pathToFileURL(bundle.pathname).href)) as typeof import("../src/index.ts"))
  : { createEngine: undefined };

const subjects: { name: string; wasm: Namespace }[] = [];
for (const { name, newProvider } of ENGINES) {
  subjects.push({ name, wasm: newBench(newProvider()).wasm });
  if (createEngine === undefined) continue;
  const engine = name as "native" | "interpreter";
  const wasm = await createEngine({ engine, cache: "off" });
  subjects.push({ name: `${name}, bundled`, wasm: wasm as unknown as Namespace });
}

describe.each(subjects)("stacks on the engine $name", ({ wasm }) => {
  it.each(Object.keys(SCENARIOS))("%s", (name) => {
    expect(stackOf(wasm, name)).toEqual(stackOf(host.WebAssembly, name));
  });

  it.each([0, 1, 2, 3, 10, 40])("are as long as the program wants them: %i", (length) => {
    const name = "the same guest many times";
    const frames = (w: Namespace): string[] => stackOf(w, name, length);
    expect(frames(wasm)).toEqual(frames(host.WebAssembly));
    expect(frames(wasm).length).toBe(1 + Math.min(length, frames(wasm).length - 1));
  });

  it("are what the program makes of them", () => {
    const { inner } = newInstance(wasm, INNER);
    const { outer } = newInstance(wasm, OUTER, { host: (n: unknown) => inner!(n) });
    const limit = Error.stackTraceLimit;
    const prepare = Error.prepareStackTrace;
    try {
      Error.prepareStackTrace = (_, sites) => sites;
      const sites: unknown = thrown(() => outer!(0)).stack;
      Error.prepareStackTrace = prepare;
      expect(Array.isArray(sites)).toBe(true);
      Reflect.deleteProperty(Error, "stackTraceLimit");
      const error = thrown(() => outer!(0));
      expect(Object.hasOwn(Error, "stackTraceLimit")).toBe(false);
      expect(error.message).toBe("divide by zero");
    } finally {
      Error.prepareStackTrace = prepare;
      Error.stackTraceLimit = limit;
    }
  });
});
