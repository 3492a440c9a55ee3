// Instances: reading imports, linking, exports, calls, and the order of all of that.

import { describe, expect, it } from "vitest";
import { ENGINES, newBench, thrown } from "../../tools/engines.ts";
import type { Global, Memory, Table } from "./types.ts";

type Callable = (...args: unknown[]) => unknown;

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm, bytes, module, instance, run } = newBench(newProvider());
  const newInstance = (...args: unknown[]): unknown =>
    new (wasm.Instance as unknown as new (...args: unknown[]) => object)(...args);

  describe(`Instance over the ${engine}`, () => {
    it("wants a module and, if anything, an object", () => {
      for (const value of [undefined, null, 1, {}, wasm.Module, wasm.Module.prototype]) {
        const error = thrown(() => newInstance(value));
        expect(error).toBeInstanceOf(TypeError);
        expect(error.message).toBe(
          "WebAssembly.Instance(): Argument 0 must be a WebAssembly.Module",
        );
      }
      const empty = module("(module)");
      for (const value of [null, true, 1, "", Symbol("s"), 1n]) {
        const error = thrown(() => newInstance(empty, value));
        expect(error).toBeInstanceOf(TypeError);
        expect(error.message).toBe("WebAssembly.Instance(): Argument 1 must be an object");
      }
      newInstance(empty);
      newInstance(empty, undefined);
      newInstance(empty, () => 0);
    });

    it("has exports that are frozen and have no prototype", () => {
      const i = instance(
        `(module
          (func (export "f") (param i32 i64) (result i32) (i32.const 1))
          (table (export "t") 3 funcref)
          (memory (export "m") 2)
          (global (export "g") i32 (i32.const 7))
          (func (export "__proto__"))
          (func (export "toString"))
          (func (export "")))`,
      );
      const { exports } = i;
      expect(i.exports).toBe(exports);
      expect(Object.getPrototypeOf(exports)).toBe(null);
      expect(Object.isFrozen(exports)).toBe(true);
      expect(Object.keys(exports)).toEqual(["f", "t", "m", "g", "__proto__", "toString", ""]);
      expect((exports["m"] as Memory).buffer.byteLength).toBe(131_072);
      expect((exports["t"] as Table).length).toBe(3);
      expect((exports["g"] as Global).value).toBe(7);
      expect(exports["m"]).toBeInstanceOf(wasm.Memory);
      expect(exports["t"]).toBeInstanceOf(wasm.Table);
      expect(exports["g"]).toBeInstanceOf(wasm.Global);
      expect(Object.isExtensible(i)).toBe(true);
      expect(Object.isExtensible(exports["m"])).toBe(true);
    });

    it("gives functions the name of their index and the length of their parameters", () => {
      const { f, g } = run(
        `(module
          (import "env" "h" (func))
          (func)
          (func (export "f") (param i32 i64))
          (func (export "g")))`,
        { env: { h: () => undefined } },
      );
      for (const [callable, name, length] of [
        [f, "2", 2],
        [g, "3", 0],
      ] as const) {
        expect(Object.getPrototypeOf(callable)).toBe(Function.prototype);
        expect(callable!.name).toBe(name);
        expect(callable!.length).toBe(length);
        expect(Object.isExtensible(callable)).toBe(true);
        expect(Object.hasOwn(callable!, "prototype")).toBe(false);
        expect(() => new (callable as unknown as new () => object)()).toThrow(TypeError);
      }
    });

    it("exports what is the same as the same", () => {
      const e = run(
        `(module
          (func $f (export "a") (export "b"))
          (table (export "t") funcref (elem $f))
          (global $g (export "g") (export "h") i32 (i32.const 0))
          (memory $m (export "m") (export "n") 1))`,
      );
      expect(e["a"]).toBe(e["b"]);
      expect(e["g"]).toBe(e["h"]);
      expect(e["m"]).toBe(e["n"]);
      expect((e["t"] as unknown as Table).get(0)).toBe(e["a"]);
    });

    it("exports what it imports", () => {
      const a = run(
        `(module
          (func (export "f") (param f64))
          (table (export "t") 1 funcref)
          (memory (export "m") 1)
          (global (export "g") i64 (i64.const 5)))`,
      );
      const b = run(
        `(module
          (import "env" "f" (func (param f64)))
          (import "env" "t" (table 1 funcref))
          (import "env" "m" (memory 1))
          (import "env" "g" (global i64))
          (export "f" (func 0)) (export "t" (table 0)) (export "m" (memory 0))
          (export "g" (global 0)))`,
        { env: a },
      );
      for (const name of "ftmg") expect(b[name]).toBe(a[name]);
    });

    it("makes a function of a host function that is exported again", () => {
      const host = (x: unknown): unknown => x;
      const wat = `(module
        (import "env" "f" (func (param i32) (result i32)))
        (export "f" (func 0)) (export "g" (func 0)))`;
      const a = run(wat, { env: { f: host } });
      expect(a["f"]).not.toBe(host);
      expect(a["f"]).toBe(a["g"]);
      expect(a["f"]!(7.9)).toBe(7);
      const b = run(wat, { env: { f: a["f"] } });
      expect(b["f"]).toBe(a["f"]);
      const c = run(wat, { env: { f: host } });
      expect(c["f"]).not.toBe(a["f"]);
    });
  });

  describe(`imports over the ${engine}`, () => {
    const F = '(module (import "m" "f" (func)))';
    it.each([
      [undefined, "Imports argument must be present and must be an object"],
      [{}, 'Import #0 module="m" error: module is not an object or function'],
      [{ m: 1 }, 'Import #0 module="m" error: module is not an object or function'],
      [{ m: null }, 'Import #0 module="m" error: module is not an object or function'],
    ])("of %o are no imports", (imports, message) => {
      const error = thrown(() => run(F, imports));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toBe(`WebAssembly.Instance(): ${message}`);
    });

    const i32 = '(module (import "m" "x" (global i32)))';
    const i64 = '(module (import "m" "x" (global i64)))';
    const ref = '(module (import "m" "x" (global funcref)))';
    const variable = '(module (import "m" "x" (global (mut i32))))';
    const number = "global import must be a number, valid Wasm reference, or WebAssembly.Global";
    const newGlobal = (value: string, mutable: boolean): object =>
      new wasm.Global({ value: value as "i32", mutable });
    const newMemory = (initial: number, maximum?: number): object =>
      new wasm.Memory({ initial, ...(maximum === undefined ? {} : { maximum }) });
    const newTable = (initial: number, maximum?: number, element = "anyfunc"): object =>
      new wasm.Table({
        element: element as "anyfunc",
        initial,
        ...(maximum === undefined ? {} : { maximum }),
      });
    it.each([
      ['(module (import "m" "x" (func)))', 1, "function import requires a callable"],
      ['(module (import "m" "x" (func)))', {}, "function import requires a callable"],
      [i32, undefined, number],
      [i32, "1", number],
      [i32, 1n, number],
      [i32, {}, number],
      [i64, 1, number],
      [ref, {}, "function-typed object must be null"],
      [ref, () => 0, "function-typed object must be null"],
      ['(module (import "m" "x" (global v128)))', 1, "v128 must be a WebAssembly.Global"],
      [variable, 1, "imported mutable global must be a WebAssembly.Global object"],
      [variable, newGlobal("i32", false), "imported global does not match the expected mutab"],
      [i32, newGlobal("i32", true), "imported global does not match the expected mutability"],
      [i32, newGlobal("f32", false), "imported global does not match the expected type"],
      ['(module (import "m" "x" (memory 1)))', {}, "memory import must be a WebAssembly.Memory"],
      ['(module (import "m" "x" (memory 1)))', wasm.Memory.prototype, "must be a WebAssembly.M"],
      ['(module (import "m" "x" (memory 2)))', newMemory(1), "smaller than initial 2, got 1"],
      ['(module (import "m" "x" (memory 1 3)))', newMemory(1), "has no maximum limit"],
      ['(module (import "m" "x" (memory 1 3)))', newMemory(1, 4), "larger maximum size 4 than"],
      ['(module (import "m" "x" (table 1 funcref)))', [], "requires a WebAssembly.Table"],
      ['(module (import "m" "x" (table 2 funcref)))', newTable(1), "smaller than initial 2"],
      ['(module (import "m" "x" (table 1 3 funcref)))', newTable(1), "has no maximum length"],
      ['(module (import "m" "x" (table 1 3 funcref)))', newTable(1, 4), "larger maximum size 4"],
      [
        '(module (import "m" "x" (table 1 funcref)))',
        newTable(1, 1, "externref"),
        "imported table does not match the expected type",
      ],
    ])("that do not link are refused (%#)", (wat, value, message) => {
      const error = thrown(() => run(wat, { m: { x: value } }));
      expect(error).toBeInstanceOf(wasm.LinkError);
      expect(error.message).toMatch(/^WebAssembly\.Instance\(\): /);
      expect(error.message).toContain(message);
    });

    it("must have the type of an exported function", () => {
      const { f } = run('(module (func (export "f") (param i32)))');
      const error = thrown(() => run(F, { m: { f } }));
      expect(error).toBeInstanceOf(wasm.LinkError);
      expect(error.message).toBe(
        'WebAssembly.Instance(): Import #0 module="m" function="f" error: ' +
          "imported function does not match the expected type",
      );
    });

    it("fit by what a memory or table has grown to", () => {
      const memory = new wasm.Memory({ initial: 1, maximum: 3 });
      const wat = '(module (import "m" "x" (memory 2 3)))';
      expect(() => run(wat, { m: { x: memory } })).toThrow(wasm.LinkError);
      memory.grow(1);
      run(wat, { m: { x: memory } });
      const table = new wasm.Table({ element: "anyfunc", initial: 0 });
      const user = '(module (import "m" "x" (table 5 funcref)))';
      expect(() => run(user, { m: { x: table } })).toThrow(wasm.LinkError);
      table.grow(5);
      run(user, { m: { x: table } });
    });

    it("may be numbers in place of globals", () => {
      const wat = (type: string): string =>
        `(module (import "m" "x" (global $g ${type})) (export "g" (global $g)))`;
      const read = (type: string, x: unknown): unknown =>
        (run(wat(type), { m: { x } })["g"] as unknown as Global).value;
      expect(read("i32", 2 ** 32 + 5.9)).toBe(5);
      expect(read("i32", NaN)).toBe(0);
      expect(read("i64", 2n ** 64n - 1n)).toBe(-1n);
      expect(read("f32", 0.1)).toBe(Math.fround(0.1));
      expect(read("f64", 0.1)).toBe(0.1);
      expect(read("f64", -0)).toBe(-0);
      expect(read("externref", "text")).toBe("text");
      expect(read("externref", undefined)).toBe(undefined);
      expect(read("funcref", null)).toBe(null);
      const { f } = run('(module (func (export "f")))');
      expect(read("funcref", f)).toBe(f);
    });

    it("are read in the module's order, each time anew", () => {
      const order: string[] = [];
      const env = new Proxy(
        {},
        {
          get: (_, name) => {
            order.push(`env.${String(name)}`);
            return name === "g" ? 1 : () => 0;
          },
          has: () => expect.unreachable("has"),
          ownKeys: () => expect.unreachable("ownKeys"),
        },
      );
      const imports = new Proxy(
        {},
        {
          get: (_, name) => {
            order.push(String(name));
            return env;
          },
          has: () => expect.unreachable("has"),
        },
      );
      run(
        `(module
          (import "b" "f" (func)) (import "a" "g" (global i32)) (import "b" "f" (func)))`,
        imports,
      );
      expect(order).toEqual(["b", "env.f", "a", "env.g", "b", "env.f"]);
    });

    it("are judged by kind as they are read, by type afterwards", () => {
      const order: string[] = [];
      const imports = {
        get m() {
          return {
            get f() {
              order.push("f");
              return 1;
            },
            get g() {
              order.push("g");
              return new wasm.Memory({ initial: 0 });
            },
            get h() {
              order.push("h");
              throw new EvalError("h");
            },
          };
        },
      };
      const first = '(module (import "m" "f" (func)) (import "m" "g" (memory 1)))';
      expect(() => run(first, imports)).toThrow(/function import requires/);
      expect(order).toEqual(["f"]);
      const second = '(module (import "m" "g" (memory 1)) (import "m" "h" (func)))';
      expect(() => run(second, imports)).toThrow(EvalError);
      expect(order).toEqual(["f", "g", "h"]);
    });
  });

  describe(`calls over the ${engine}`, () => {
    const ECHO = `(module
      (import "env" "f" (func $i (param i32) (result i32)))
      (import "env" "f" (func $j (param i64) (result i64)))
      (import "env" "f" (func $f (param f32) (result f32)))
      (import "env" "f" (func $d (param f64) (result f64)))
      (import "env" "f" (func $e (param externref) (result externref)))
      (import "env" "f" (func $r (param funcref) (result funcref)))
      (func (export "i") (param i32) (result i32) (call $i (local.get 0)))
      (func (export "j") (param i64) (result i64) (call $j (local.get 0)))
      (func (export "f") (param f32) (result f32) (call $f (local.get 0)))
      (func (export "d") (param f64) (result f64) (call $d (local.get 0)))
      (func (export "e") (param externref) (result externref) (call $e (local.get 0)))
      (func (export "r") (param funcref) (result funcref) (call $r (local.get 0))))`;
    const seen: unknown[] = [];
    const echo = run(ECHO, { env: { f: (x: unknown) => (seen.push(x), x) } });
    const object = {};
    it.each([
      ["i", 7, 7],
      ["i", -1, -1],
      ["i", 2 ** 31, -(2 ** 31)],
      ["i", 2 ** 32 + 3.9, 3],
      ["i", "0x10", 16],
      ["i", NaN, 0],
      ["i", undefined, 0],
      ["i", null, 0],
      ["i", true, 1],
      ["i", { valueOf: (): number => 9 }, 9],
      ["j", 7n, 7n],
      ["j", 2n ** 63n, -(2n ** 63n)],
      ["j", -(2n ** 64n) - 1n, -1n],
      ["j", "12", 12n],
      ["j", true, 1n],
      ["f", 0.1, Math.fround(0.1)],
      ["f", 1e40, Infinity],
      ["f", -0, -0],
      ["f", "2.5", 2.5],
      ["d", 0.1, 0.1],
      ["d", undefined, NaN],
      ["d", -0, -0],
      ["d", 5e-324, 5e-324],
      ["e", object, object],
      ["e", undefined, undefined],
      ["e", null, null],
      ["e", 1, 1],
      ["r", null, null],
    ] as const)("of %s take %s for %s", (name, given, got) => {
      seen.length = 0;
      expect(echo[name]!(given)).toBe(got);
      expect(seen).toHaveLength(1);
      expect(seen[0]).toBe(got);
    });

    it("pass functions by identity", () => {
      expect(echo["r"]!(echo["i"])).toBe(echo["i"]);
      expect(() => echo["r"]!(() => 0)).toThrow(TypeError);
      expect(() => echo["r"]!(undefined)).toThrow(TypeError);
    });

    it.each([
      ["i", 1n],
      ["i", Symbol("s")],
      ["j", 1],
      ["j", undefined],
      ["j", null],
      ["j", Symbol("s")],
      ["f", 1n],
      ["d", Symbol("s")],
    ] as const)("of %s do not take %s", (name, given) => {
      seen.length = 0;
      expect(() => echo[name]!(given)).toThrow(TypeError);
      expect(seen).toEqual([]);
    });

    it("do not take what a host function must not answer", () => {
      const answer = (wat: string, value: unknown): unknown =>
        run(`(module (import "env" "f" (func $f ${wat})) (func (export "g") ${wat} (call $f)))`, {
          env: { f: () => value },
        })["g"]!();
      expect(answer("(result i32)", "7")).toBe(7);
      expect(answer("(result i32)", undefined)).toBe(0);
      expect(answer("", 1)).toBe(undefined);
      expect(() => answer("(result i64)", 1)).toThrow(TypeError);
      expect(() => answer("(result i32)", 1n)).toThrow(TypeError);
      expect(() => answer("(result funcref)", {})).toThrow(TypeError);
    });

    it("convert arguments in order, all of them, and before the guest runs", () => {
      const order: string[] = [];
      const arg = (name: string, value: unknown): object => ({
        valueOf: () => (order.push(name), value),
      });
      const { f } = run(
        `(module
          (import "env" "h" (func $h))
          (func (export "f") (param i32 i64 f32 f64) (call $h)))`,
        { env: { h: () => order.push("guest") } },
      );
      f!(arg("a", 1), arg("b", 2n), arg("c", 3), arg("d", 4), arg("e", 5));
      expect(order).toEqual(["a", "b", "c", "d", "guest"]);
      order.length = 0;
      expect(() => f!(arg("a", 1), arg("b", 2), arg("c", 3))).toThrow(TypeError);
      expect(order).toEqual(["a", "b"]);
    });

    it("may call the guest while they convert", () => {
      const { add } = run(
        `(module (func (export "add") (param i32 i32) (result i32)
          (i32.add (local.get 0) (local.get 1))))`,
      );
      const nested = { valueOf: (): unknown => add!(20, 1) };
      expect(add!(nested, nested)).toBe(42);
      const deep = { valueOf: (): unknown => add!(2, { valueOf: (): unknown => add!(3, 4) }) };
      expect(add!(1, deep)).toBe(10);
    });

    it("give several results as an array, and take them from an iterable", () => {
      const wat = `(module
        (import "env" "f" (func $f (result i32 i64 f64)))
        (func (export "g") (result i32 i64 f64) (call $f)))`;
      const answer = (value: unknown): unknown => run(wat, { env: { f: () => value } })["g"]!();
      const results = answer([1.9, 2n, "3"]);
      expect(results).toEqual([1, 2n, 3]);
      expect(Object.getPrototypeOf(results)).toBe(Array.prototype);
      expect(answer(new Set([1, 2n, 3]))).toEqual([1, 2n, 3]);
      function* values(): Generator<unknown> {
        yield 1;
        yield 2n;
        yield 3;
      }
      expect(answer(values())).toEqual([1, 2n, 3]);
      const steps: string[] = [];
      const traced = {
        get [Symbol.iterator]() {
          steps.push("iterator");
          return values;
        },
      };
      expect(answer(traced)).toEqual([1, 2n, 3]);
      expect(steps).toEqual(["iterator"]);
      for (const value of [undefined, null, 1, {}, [1], [1, 2n], [1, 2n, 3, 4], [1, 2, 3]]) {
        expect(() => answer(value)).toThrow(TypeError);
      }
    });

    it("do not pass a v128", () => {
      const { f, g } = run(
        `(module
          (func (export "f") (param v128))
          (func (export "g") (result v128) (v128.const i64x2 0 0)))`,
      );
      expect(() => f!()).toThrow(TypeError);
      expect(() => g!()).toThrow(TypeError);
      let called = 0;
      const h = run(
        `(module
          (import "env" "h" (func $h (param v128)))
          (func (export "f") (call $h (v128.const i64x2 0 0))))`,
        { env: { h: () => (called += 1) } },
      );
      expect(() => h["f"]!()).toThrow(TypeError);
      expect(called).toBe(0);
    });

    it("call host functions on nothing", () => {
      let self: unknown = 1;
      const f = function (this: unknown): void {
        self = this;
      };
      run('(module (import "env" "f" (func $f)) (start $f))', { env: { f } });
      expect(self).toBe(undefined);
      run('(module (import "env" "f" (func $f)) (start $f))', { env: { f: f.bind(7) } });
      expect(self).toBe(7);
    });

    it("let through what a host function throws", () => {
      const wat = `(module
        (import "env" "f" (func $f))
        (func (export "g") (call $f)) (func (export "h") (call 1)))`;
      for (const value of [new EvalError("x"), 1, undefined, null, {}]) {
        const e = run(wat, {
          env: {
            f: () => {
              throw value;
            },
          },
        });
        let caught: unknown = "nothing";
        try {
          e["h"]!();
        } catch (error) {
          caught = error;
        }
        expect(caught).toBe(value);
      }
    });

    it("trap with RuntimeError, and go on afterwards", () => {
      const e = run(
        `(module
          (memory 1)
          (func (export "u") unreachable)
          (func (export "d") (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
          (func (export "m") (param i32) (result i32) (i32.load (local.get 0)))
          (func (export "t") (param f64) (result i32) (i32.trunc_f64_s (local.get 0))))`,
      );
      for (let round = 0; round < 3; round++) {
        expect(() => e["u"]!()).toThrow(wasm.RuntimeError);
        expect(() => e["d"]!(0)).toThrow(/divi/);
        expect(() => e["m"]!(65_533)).toThrow(/out of bounds/);
        expect(() => e["m"]!(-1)).toThrow(wasm.RuntimeError);
        expect(() => e["t"]!(NaN)).toThrow(wasm.RuntimeError);
        expect(e["d"]!(1)).toBe(1);
      }
    });

    it("end in RangeError when they go too deep", () => {
      const { f } = run('(module (func $f (export "f") (call $f)))');
      expect(() => f!()).toThrow(RangeError);
      const g: { f?: Callable } = {};
      const back = run('(module (import "env" "f" (func $f)) (func (export "f") (call $f)))', {
        env: { f: () => g.f!() },
      });
      g.f = back["f"]!;
      expect(() => g.f!()).toThrow(RangeError);
      expect(() => f!()).toThrow(RangeError);
    });
  });

  describe(`starting over the ${engine}`, () => {
    it("runs the start function once, with all exports there", () => {
      const calls: unknown[] = [];
      const wat = `(module
        (import "env" "f" (func $f (param i32)))
        (global $g (export "g") (mut i32) (i32.const 5))
        (func $s (call $f (global.get $g)) (global.set $g (i32.const 6)))
        (start $s))`;
      const e = run(wat, { env: { f: (x: number) => calls.push(x) } });
      expect(calls).toEqual([5]);
      expect((e["g"] as unknown as Global).value).toBe(6);
    });

    it("fails with what the start function throws", () => {
      const trap = "(module (func $s unreachable) (start $s))";
      expect(() => run(trap)).toThrow(wasm.RuntimeError);
      const throws = '(module (import "env" "f" (func $f)) (start $f))';
      const fail = (): never => {
        throw new EvalError("x");
      };
      expect(() => run(throws, { env: { f: fail } })).toThrow(EvalError);
    });

    it("writes the segments that fit before one that does not", () => {
      const memory = new wasm.Memory({ initial: 1 });
      const wat = `(module
        (import "env" "m" (memory 1))
        (data (i32.const 3) "a") (data (i32.const 65536) "b"))`;
      const error = thrown(() => run(wat, { env: { m: memory } }));
      expect(error).toBeInstanceOf(wasm.RuntimeError);
      expect(new Uint8Array(memory.buffer)[3]).toBe(97);
      const table = new wasm.Table({ element: "anyfunc", initial: 1 });
      const elems = `(module
        (import "env" "t" (table 1 funcref))
        (func $f (result i32) (i32.const 7))
        (elem (i32.const 0) $f) (elem (i32.const 1) $f))`;
      expect(() => run(elems, { env: { t: table } })).toThrow(wasm.RuntimeError);
      expect((table.get(0) as Callable)()).toBe(7);
    });
  });

  describe(`instantiate over the ${engine}`, () => {
    const ADD = '(module (func (export "one") (result i32) (i32.const 1)))';
    const F = '(module (import "m" "f" (func $f)) (start $f))';

    it("answers a module and an instance for bytes", async () => {
      const source = bytes(ADD);
      const promise = wasm.instantiate(source);
      source.fill(0);
      const result = await promise;
      expect(Object.keys(result)).toEqual(["module", "instance"]);
      expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
      expect(result.module).toBeInstanceOf(wasm.Module);
      expect(result.instance).toBeInstanceOf(wasm.Instance);
      expect((result.instance.exports["one"] as () => number)()).toBe(1);
    });

    it("answers an instance for a module", async () => {
      const result = await wasm.instantiate(module(ADD));
      expect(Object.getPrototypeOf(result)).toBe(wasm.Instance.prototype);
      expect((result.exports["one"] as () => number)()).toBe(1);
    });

    it("reads imports at once for a module, and later for bytes", async () => {
      const order: string[] = [];
      const imports = {
        get m() {
          order.push("read");
          return { f: () => order.push("started") };
        },
      };
      const first = wasm.instantiate(module(F), imports);
      expect(order).toEqual(["read"]);
      await first;
      expect(order).toEqual(["read", "started"]);
      const second = wasm.instantiate(bytes(F), imports);
      expect(order).toHaveLength(2);
      await second;
      expect(order).toEqual(["read", "started", "read", "started"]);
    });

    it("rejects, and never throws", async () => {
      const operation = wasm.instantiate as Callable;
      await expect(operation()).rejects.toThrow(
        "WebAssembly.instantiate(): Argument 0 must be a buffer source or a " +
          "WebAssembly.Module object",
      );
      for (const value of [null, 1, "", Symbol("s")]) {
        await expect(operation(bytes(ADD), value)).rejects.toThrow(TypeError);
        await expect(operation(module(ADD), value)).rejects.toThrow(TypeError);
      }
      for (const source of [bytes(F), module(F)]) {
        await expect(operation(source)).rejects.toThrow(TypeError);
        await expect(operation(source, { m: { f: 1 } })).rejects.toThrow(
          'WebAssembly.instantiate(): Import #0 module="m" function="f" error: ' +
            "function import requires a callable",
        );
        const fail = (): never => {
          throw new EvalError("x");
        };
        await expect(operation(source, { m: { f: fail } })).rejects.toThrow(EvalError);
      }
      await expect(operation(new Uint8Array(0))).rejects.toThrow(wasm.CompileError);
      await expect(operation(Uint8Array.of(1, 2, 3, 4))).rejects.toThrow(
        /^WebAssembly\.instantiate\(\): .* @\+0$/,
      );
    });
  });
}
