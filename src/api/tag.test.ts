// Tags and exceptions as objects of JavaScript.

import { describe, expect, it } from "vitest";
import { ENGINES, newBench } from "../../tools/engines.ts";
import type { Exception, Tag } from "./types.ts";

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm } = newBench(newProvider());
  const newTag = (...parameters: string[]): Tag =>
    new wasm.Tag({ parameters: parameters as never });
  const newException = (...args: unknown[]): Exception =>
    new (wasm.Exception as unknown as new (...args: unknown[]) => Exception)(...args);

  describe(`Tag over the ${engine}`, () => {
    it.each([undefined, null, 1, {}, { parameters: 1 }, { parameters: {} }])(
      "is not made from %o",
      (type) => {
        expect(() => new wasm.Tag(type as never)).toThrow(TypeError);
      },
    );

    it("has parameters of value types", () => {
      newTag();
      newTag("i32", "i64", "f32", "f64", "v128", "externref", "anyfunc");
      new wasm.Tag({ parameters: new Set(["i32"] as const) });
      for (const type of ["i16", "i32\0", "", "toString"]) {
        expect(() => newTag("i32", type)).toThrow(/at index #1 must be a value type/);
      }
    });
  });

  describe(`Exception over the ${engine}`, () => {
    it("is made of a tag and a payload that fits", () => {
      const tag = newTag("i32", "i64", "externref");
      const exception = newException(tag, [1.9, 2n, "x"]);
      expect([0, 1, 2].map((k) => exception.getArg(tag, k))).toEqual([1, 2n, "x"]);
      expect(newException(tag, new Set([1, 2n, 3])).getArg(tag, 2)).toBe(3);
      for (const payload of [undefined, 1, {}, [], [1, 2n], [1, 2n, 3, 4], [1n, 2n, 3]]) {
        expect(() => newException(tag, payload)).toThrow(TypeError);
      }
      expect(() => newException({}, [])).toThrow(TypeError);
      expect(() => newException(newTag("v128"), [0])).toThrow(TypeError);
      expect(() => newException(newTag(), [], 1)).toThrow(TypeError);
    });

    it("knows its tag", () => {
      const tag = newTag("i32");
      const exception = newException(tag, [7]);
      expect(exception.is(tag)).toBe(true);
      expect(exception.is(newTag("i32"))).toBe(false);
      expect(() => exception.is({} as never)).toThrow(TypeError);
      expect(() => exception.getArg(newTag("i32"), 0)).toThrow(TypeError);
      expect(() => exception.getArg(tag, 1)).toThrow(RangeError);
      for (const index of [undefined, NaN, -1, 2 ** 32, "x"]) {
        expect(() => exception.getArg(tag, index as never)).toThrow(TypeError);
      }
    });

    it("has a stack if asked to", () => {
      expect(newException(newTag(), []).stack).toBe(undefined);
      expect(newException(newTag(), [], { traceStack: false }).stack).toBe(undefined);
      expect(newException(newTag(), [], { traceStack: true }).stack).toContain("tag.test.ts");
      expect(newException(newTag(), []) instanceof Error).toBe(false);
    });
  });
}
