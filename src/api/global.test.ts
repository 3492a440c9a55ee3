// Globals: descriptors, conversions, and sharing with guests.

import { describe, expect, it } from "vitest";
import { ENGINES, newBench, thrown } from "../../tools/engines.ts";
import type { Global } from "./types.ts";

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm, run } = newBench(newProvider());
  const newGlobal = (...args: unknown[]): Global =>
    new (wasm.Global as unknown as new (...args: unknown[]) => Global)(...args);

  describe(`Global over the ${engine}`, () => {
    it.each([
      [undefined, "Argument 0 must be a global descriptor"],
      [1, "Argument 0 must be a global descriptor"],
      ["i32", "Argument 0 must be a global descriptor"],
      [{}, "Descriptor property 'value' must be a WebAssembly type"],
      [{ value: "i16" }, "Descriptor property 'value' must be a WebAssembly type"],
      [{ value: "i32\0" }, "Descriptor property 'value' must be a WebAssembly type"],
      [{ value: Symbol("i32") }, "Descriptor property 'value' must be a WebAssembly type"],
      [{ value: "v128" }, "v128"],
    ])("is not made from %o", (descriptor, message) => {
      const error = thrown(() => newGlobal(descriptor));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain("WebAssembly.Global(): ");
      expect(error.message).toContain(message);
    });

    it.each([
      ["i32", 0],
      ["i64", 0n],
      ["f32", 0],
      ["f64", 0],
      ["externref", undefined],
      ["anyfunc", null],
    ])("of type %s is %s by itself", (value, expected) => {
      expect(newGlobal({ value }).value).toBe(expected);
      expect(newGlobal({ value }, undefined).valueOf()).toBe(expected);
    });

    it.each([
      ["i32", 5.9, 5],
      ["i32", 2 ** 32 - 1, -1],
      ["i32", "7", 7],
      ["i64", 2n ** 63n, -(2n ** 63n)],
      ["i64", "7", 7n],
      ["f32", 0.1, Math.fround(0.1)],
      ["f64", 0.1, 0.1],
      ["f64", null, 0],
      ["externref", null, null],
      ["externref", 7, 7],
      ["anyfunc", null, null],
    ])("of type %s takes %s for %s", (value, given, expected) => {
      expect(newGlobal({ value }, given).value).toBe(expected);
      const variable = newGlobal({ value, mutable: true });
      variable.value = given;
      expect(variable.value).toBe(expected);
    });

    it.each([
      ["i32", 1n],
      ["i32", Symbol("s")],
      ["i64", 1],
      ["i64", null],
      ["f32", 1n],
      ["f64", 1n],
      ["anyfunc", 1],
      ["anyfunc", () => 0],
    ])("of type %s does not take %s", (value, given) => {
      expect(() => newGlobal({ value }, given)).toThrow(TypeError);
      const variable = newGlobal({ value, mutable: true });
      const before = variable.value;
      expect(() => void (variable.value = given)).toThrow(TypeError);
      expect(variable.value).toBe(before);
    });

    it("reads its descriptor in order", () => {
      const order: string[] = [];
      newGlobal(
        {
          get value() {
            order.push("value");
            return { toString: () => (order.push("value!"), "i64") };
          },
          get mutable() {
            order.push("mutable");
            return 0;
          },
        },
        { valueOf: () => (order.push("initial!"), 0n) },
      );
      expect(order).toEqual(["mutable", "value", "value!", "initial!"]);
    });

    it("is constant unless it is said to be mutable", () => {
      for (const mutable of [undefined, false, 0, "", null]) {
        const constant = newGlobal({ value: "i32", mutable }, 1);
        const convert = { valueOf: () => expect.unreachable("converted") };
        const error = thrown(() => void (constant.value = convert));
        expect(error).toBeInstanceOf(TypeError);
        expect(error.message).toContain("Can't set the value of an immutable global.");
        expect(constant.value).toBe(1);
      }
      for (const mutable of [true, 1, "x", {}]) {
        const variable = newGlobal({ value: "i32", mutable }, 1);
        variable.value = 2;
        expect(variable.value).toBe(2);
      }
    });

    it("counts as its value", () => {
      expect((newGlobal({ value: "i32" }, 40) as unknown as number) + 2).toBe(42);
    });

    it("is made quickly, in great numbers", () => {
      const globals = Array.from({ length: 64_119 }, (_, i) =>
        newGlobal({ value: "i32", mutable: true }, i),
      );
      expect(globals[64_118]!.value).toBe(64_118);
    });
  });

  describe(`Global and guests over the ${engine}`, () => {
    const TYPES = [
      ["i32", "i32", 1, 2],
      ["i64", "i64", 1n, -(2n ** 63n)],
      ["f32", "f32", 1.5, -0],
      ["f64", "f64", 0.1, Infinity],
      ["externref", "externref", "a", undefined],
    ] as const;

    it.each(TYPES)("of type %s are the same for all", (value, type, first, second) => {
      const global = newGlobal({ value, mutable: true }, first);
      const wat = `(module
        (import "env" "g" (global $g (mut ${type})))
        (export "g" (global $g))
        (func (export "get") (result ${type}) (global.get $g))
        (func (export "set") (param ${type}) (global.set $g (local.get 0))))`;
      const a = run(wat, { env: { g: global } });
      const b = run(wat, { env: { g: global } });
      expect(a["g"]).toBe(global);
      expect(a["get"]!()).toBe(first);
      global.value = second;
      expect(b["get"]!()).toBe(second);
      a["set"]!(first);
      expect(global.value).toBe(first);
      expect(b["get"]!()).toBe(first);
    });

    it.each(TYPES)("of type %s can be constants", (value, type, first) => {
      const global = newGlobal({ value }, first);
      const e = run(
        `(module
          (import "env" "g" (global $g ${type}))
          (global (export "h") ${type} (global.get $g))
          (func (export "get") (result ${type}) (global.get $g)))`,
        { env: { g: global } },
      );
      expect(e["get"]!()).toBe(first);
      const copy = e["h"] as unknown as Global;
      expect(copy.value).toBe(first);
      expect(copy).not.toBe(global);
      expect(() => void (copy.value = first)).toThrow(TypeError);
    });

    it("hold functions", () => {
      const e = run(
        `(module
          (func $f (export "f"))
          (global (export "g") (mut funcref) (ref.func $f))
          (func (export "isNull") (result i32) (ref.is_null (global.get 0))))`,
      );
      const global = e["g"] as unknown as Global;
      expect(global.value).toBe(e["f"]);
      global.value = null;
      expect(e["isNull"]!()).toBe(1);
      global.value = e["f"];
      expect(e["isNull"]!()).toBe(0);
    });

    it("of type v128 can be passed on, and nothing else", () => {
      const a = run('(module (global (export "g") v128 (v128.const i32x4 1 2 3 4)))');
      const global = a["g"] as unknown as Global;
      expect(() => global.value).toThrow(TypeError);
      expect(() => global.valueOf()).toThrow(TypeError);
      expect(() => void (global.value = 0)).toThrow(TypeError);
      const b = run(
        `(module
          (import "env" "g" (global $g v128))
          (func (export "f") (result i32) (i32x4.extract_lane 2 (global.get $g))))`,
        { env: a },
      );
      expect(b["f"]!()).toBe(3);
    });
  });
}
