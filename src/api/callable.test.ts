// Exported functions as objects, beside those of the host's own engine: everything that a program
// can ask a function, but for its source and for the own `caller` and `arguments` that V8 gives to
// functions of sloppy mode.

import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ENGINES, host, newBench, thrown } from "../../tools/engines.ts";
import type { Namespace } from "./types.ts";

type Callable = (...args: readonly unknown[]) => unknown;

// Signatures of every way that an engine has to make a function of one.
const TYPES = [
  "",
  "(result i32)",
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 20].map((n) => `(param ${"i32 ".repeat(n)}) (result i32)`),
  ...[1, 2, 3, 4, 5, 8, 9].map((n) => `(param ${"i64 ".repeat(n)}) (result i64)`),
  ...[1, 2, 4, 9].map((n) => `(param ${"f64 ".repeat(n)}) (result f32)`),
  "(param externref funcref) (result externref)",
  "(param i32 f32) (result i32 f32)",
  "(param v128 v128)",
];

const WAT = `(module
  (import "m" "host" (func (param i32 i64) (result i32)))
  (import "m" "late" (func))
  (export "host" (func 0)) (export "late" (func 1)) (export "again" (func 2))
  (table (export "table") 1 funcref) (elem (i32.const 0) 3)
  ${TYPES.map((type, k) => `(func (export "f${k}") ${type} unreachable)`).join("\n  ")})`;

const imports = { m: { host: () => 1, late: () => undefined } };
const CALLER = ["arguments", "caller"];

function functionsOf(w: Namespace, bytes: Uint8Array): Readonly<Record<string, Callable>> {
  const { table, ...funcs } = new w.Instance(new w.Module(bytes), imports).exports;
  return { ...funcs, found: (table as { get(index: number): unknown }).get(0) } as never;
}

describe.each(ENGINES)("functions of the $name engine", ({ newProvider }) => {
  const { wasm, bytes } = newBench(newProvider());
  const module = bytes(WAT);
  const ours = functionsOf(wasm, module);
  const theirs = functionsOf(host.WebAssembly, module);

  it.each(Object.keys(theirs))("%s is like the host's", (name) => {
    const [a, b] = [ours[name]!, theirs[name]!];
    const wanted = Reflect.ownKeys(b).filter((key) => !CALLER.includes(String(key)));
    expect(Reflect.ownKeys(a)).toEqual(wanted);
    for (const key of wanted) {
      const [ofA, ofB] = [a, b].map((f) => Object.getOwnPropertyDescriptor(f, key));
      expect(ofA, String(key)).toEqual(ofB);
    }
    expect(inspect(a)).toBe(inspect(b));
    expect(Object.prototype.toString.call(a)).toBe("[object Function]");
    expect(Object.getPrototypeOf(a)).toBe(Function.prototype);
    expect(Object.isExtensible(a)).toBe(true);
  });

  it.each(Object.keys(theirs))("%s is no constructor", (name) => {
    for (const f of [ours[name]!, theirs[name]!]) {
      const construct = f as unknown as new () => object;
      expect(thrown(() => new construct())).toBeInstanceOf(TypeError);
      expect(thrown(() => new construct()).message).toBe("construct is not a constructor");
      expect(thrown(() => Reflect.construct(Object, [], construct))).toBeInstanceOf(TypeError);
      expect(() => class extends construct {}).toThrow(TypeError);
      expect(thrown(() => ({}) instanceof construct)).toBeInstanceOf(TypeError);
    }
  });
});
