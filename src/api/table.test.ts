// Tables: descriptors, elements, identity of functions, growth.

import { describe, expect, it } from "vitest";
import { ENGINES, newBench, thrown } from "../../tools/engines.ts";
import type { Table } from "./types.ts";

const FUNCS = `(module
  (func (export "one") (result i32) (i32.const 1))
  (func (export "two") (result i32) (i32.const 2)))`;

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm, run } = newBench(newProvider());
  const newTable = (...args: unknown[]): Table =>
    new (wasm.Table as unknown as new (...args: unknown[]) => Table)(...args);

  describe(`Table over the ${engine}`, () => {
    it.each([
      [undefined, TypeError, "Argument 0 must be a table descriptor"],
      [1, TypeError, "Argument 0 must be a table descriptor"],
      [{}, TypeError, "Descriptor property 'element' must be a WebAssembly reference type"],
      [{ element: "i32", initial: 1 }, TypeError, "must be a WebAssembly reference type"],
      [{ element: "toString", initial: 1 }, TypeError, "must be a WebAssembly reference type"],
      [{ element: "anyfunc" }, TypeError, "Property 'initial' is required"],
      [{ element: "anyfunc", initial: -1 }, TypeError, "Property 'initial' must be non-negative"],
      [{ element: "anyfunc", initial: NaN }, TypeError, "convertible to a valid number"],
      [{ element: "anyfunc", initial: 0, maximum: 2 ** 32 }, TypeError, "unsigned long range"],
      [{ element: "anyfunc", initial: 10, maximum: 9 }, RangeError, "below the lower bound a"],
      [{ element: "anyfunc", initial: 10_000_001 }, RangeError, "above the upper bound 10000000"],
      [{ element: "anyfunc", initial: 1n, address: "i64" }, TypeError, "memory64"],
      [{ element: "anyfunc", initial: 1, address: "" }, TypeError, "'address' must be"],
    ])("is not made from %o", (descriptor, type, message) => {
      const error = thrown(() => newTable(descriptor));
      expect(error).toBeInstanceOf(type);
      expect(error.message).toContain(`WebAssembly.Table(): `);
      expect(error.message).toContain(message);
    });

    it("may have a maximum beyond all reason", () => {
      const table = newTable({ element: "anyfunc", initial: 1, maximum: 2 ** 32 - 1 });
      expect(table.length).toBe(1);
    });

    it("is null everywhere, or undefined in a table of anything", () => {
      expect(newTable({ element: "anyfunc", initial: 2 }).get(1)).toBe(null);
      expect(newTable({ element: "anyfunc", initial: 2 }, undefined).get(1)).toBe(null);
      expect(newTable({ element: "externref", initial: 2 }).get(1)).toBe(undefined);
      expect(newTable({ element: "externref", initial: 2 }, null).get(1)).toBe(null);
    });

    it("can be full from the beginning", () => {
      const object = {};
      const any = newTable({ element: "externref", initial: 3 }, object);
      expect([any.get(0), any.get(1), any.get(2)]).toEqual([object, object, object]);
      const { one } = run(FUNCS);
      expect(newTable({ element: "anyfunc", initial: 2 }, one).get(1)).toBe(one);
      for (const value of [{}, 1, () => 1, "f", Math.sin]) {
        expect(() => newTable({ element: "anyfunc", initial: 1 }, value)).toThrow(TypeError);
      }
    });

    it("gives back what was put into it", () => {
      const table = newTable({ element: "externref", initial: 1 });
      const values = [undefined, null, 0, -0, NaN, 1.5, "", "x", 2n ** 70n, Symbol("s"), {}, run];
      for (const value of values) {
        table.set(0, value);
        expect(table.get(0)).toBe(value);
      }
    });

    it("knows functions by their identity", () => {
      const { one, two } = run(FUNCS);
      const table = newTable({ element: "anyfunc", initial: 3 });
      table.set(0, one);
      table.set(2, two);
      expect([table.get(0), table.get(1), table.get(2)]).toEqual([one, null, two]);
      table.set(0, null);
      expect(table.get(0)).toBe(null);
      table.set(2);
      expect(table.get(2)).toBe(null);
      for (const value of [undefined, {}, 1, () => 1, Math.sin, run(FUNCS)]) {
        const error = thrown(() => table.set(0, value));
        expect(error).toBeInstanceOf(TypeError);
        expect(error.message).toContain("WebAssembly.Table.set(): Argument 1 is invalid");
      }
    });

    it("has bounds", () => {
      const table = newTable({ element: "anyfunc", initial: 2 });
      expect(() => table.get(2)).toThrow(RangeError);
      expect(() => table.get(2 ** 32 - 1)).toThrow(RangeError);
      expect(() => table.set(2, null)).toThrow(RangeError);
      for (const index of [-1, 2 ** 32, NaN, Infinity, "x", undefined, {}]) {
        expect(() => table.get(index as number)).toThrow(TypeError);
        expect(() => table.set(index as number, null)).toThrow(TypeError);
      }
      expect(table.get("1" as never)).toBe(null);
      expect(table.get(1.9)).toBe(null);
    });

    it("converts the index first", () => {
      const table = newTable({ element: "anyfunc", initial: 1 });
      let asked = 0;
      const index = { valueOf: () => ((asked += 1), 0) };
      expect(() => table.set(index as never, {})).toThrow(TypeError);
      expect(asked).toBe(1);
    });

    it("grows", () => {
      const { one } = run(FUNCS);
      const table = newTable({ element: "anyfunc", initial: 1, maximum: 4 });
      expect(table.grow(1)).toBe(1);
      expect(table.grow(1, one)).toBe(2);
      expect(table.grow(0)).toBe(3);
      expect([table.length, table.get(1), table.get(2)]).toEqual([3, null, one]);
      expect(() => table.grow(2)).toThrow(RangeError);
      expect(thrown(() => table.grow(2)).message).toBe(
        "WebAssembly.Table.grow(): failed to grow table by 2",
      );
      expect(() => table.grow(1, {})).toThrow(TypeError);
      expect(() => table.grow(-1)).toThrow(TypeError);
      expect(table.length).toBe(3);
      const any = newTable({ element: "externref", initial: 0 });
      any.grow(1);
      any.grow(1, "x");
      expect([any.get(0), any.get(1)]).toEqual([undefined, "x"]);
    });

    it("does not grow beyond ten million elements", () => {
      const table = newTable({ element: "anyfunc", initial: 1 });
      expect(() => table.grow(10_000_000)).toThrow(RangeError);
    });
  });

  describe(`Table and guests over the ${engine}`, () => {
    const USER = `(module
      (type $t (func (result i32)))
      (table (export "t") (import "env" "t") 2 funcref)
      (func (export "call") (param i32) (result i32) (call_indirect (type $t) (local.get 0)))
      (func (export "get") (param i32) (result funcref) (table.get (local.get 0)))
      (func (export "set") (param i32 funcref) (table.set (local.get 0) (local.get 1)))
      (func (export "grow") (param funcref i32) (result i32)
        (table.grow (local.get 0) (local.get 1)))
      (func (export "size") (result i32) (table.size)))`;

    it("is the same for all that share it", () => {
      const { one, two } = run(FUNCS);
      const table = newTable({ element: "anyfunc", initial: 2 });
      const a = run(USER, { env: { t: table } });
      const b = run(USER, { env: { t: table } });
      expect(a["t"]).toBe(table);
      table.set(0, one);
      expect(a["call"]!(0)).toBe(1);
      b["set"]!(1, two);
      expect(a["call"]!(1)).toBe(2);
      expect(table.get(1)).toBe(two);
      expect(a["get"]!(1)).toBe(two);
      expect(a["grow"]!(one, 2)).toBe(2);
      expect(table.length).toBe(4);
      expect(table.get(3)).toBe(one);
      expect(table.grow(1, two)).toBe(4);
      expect(b["size"]!()).toBe(5);
      expect(b["call"]!(4)).toBe(2);
      expect(() => a["call"]!(5)).toThrow(wasm.RuntimeError);
      expect(() => a["set"]!(0, {})).toThrow(TypeError);
    });

    it("traps on calls of nothing, and of the wrong type", () => {
      const { f } = run('(module (func (export "f") (param i64)))');
      const table = newTable({ element: "anyfunc", initial: 2 });
      const a = run(USER, { env: { t: table } });
      expect(() => a["call"]!(0)).toThrow(wasm.RuntimeError);
      table.set(0, f);
      expect(() => a["call"]!(0)).toThrow(wasm.RuntimeError);
    });

    it("holds functions of the host that a module exports again", () => {
      const e = run(
        `(module (import "env" "f" (func $f (param i32) (result i32))) (export "f" (func $f)))`,
        { env: { f: (x: number) => 2 * x } },
      );
      const table = newTable({ element: "anyfunc", initial: 1 }, e["f"]);
      expect(table.get(0)).toBe(e["f"]);
      const caller = run(
        `(module
          (import "env" "t" (table 1 funcref))
          (func (export "c") (param i32) (result i32)
            (call_indirect (param i32) (result i32) (local.get 0) (i32.const 0))))`,
        { env: { t: table } },
      );
      expect(caller["c"]!(21)).toBe(42);
    });

    it("passes anything through a guest unchanged", () => {
      const e = run<Record<string, (...args: unknown[]) => unknown>>(
        `(module
          (table (export "t") 1 externref)
          (func (export "swap") (param externref) (result externref)
            (table.get (i32.const 0))
            (table.set (i32.const 0) (local.get 0))))`,
      );
      const values = [1, "s", null, undefined, {}, 5n, Symbol("x")];
      let last: unknown = null;
      for (const value of values) {
        expect(e["swap"]!(value)).toBe(last);
        expect((e["t"] as unknown as Table).get(0)).toBe(value);
        last = value;
      }
    });
  });
}
