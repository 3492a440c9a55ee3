// The native engine in this process: calls of every kind of value in both directions, memories and
// their buffers, tables, globals, traps, and nesting. Where V8 has an opinion, it is in the process
// and is asked.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NativeEngine } from "../src/engine/addon.ts";
import { RuntimeError } from "../src/engine/errors.ts";
import { LinkError, Trap } from "../src/support/errors.ts";
import { parseWat } from "../src/text/wat.ts";
import { EXTERNREF, F32, F64, FUNCREF, I32, I64, V128 } from "../src/wasm/types.ts";
import { artifactOf, caught, hasAddon, link, Linkage } from "./addon-kit.ts";
import type { Given } from "./addon-kit.ts";

const engine = hasAddon ? new NativeEngine() : (undefined as never);
const make = (wat: string, imports: Given[] = []): Linkage => link(engine, wat, imports);
const limits = (min: number, max = -1) => ({ min, max, shared: false });

/** The same module in V8; imports under "m", named a, b, c... in order. */
function inV8(
  wat: string,
  imports: unknown[] = [],
): Record<string, (...args: unknown[]) => unknown> {
  const { WebAssembly } = globalThis as never as {
    WebAssembly: {
      Module: new (bytes: Uint8Array) => object;
      Instance: new (module: object, imports: object) => { exports: never };
    };
  };
  const module = new WebAssembly.Module(parseWat(wat));
  const m = Object.fromEntries(imports.map((f, k) => [String.fromCharCode(97 + k), f]));
  return new WebAssembly.Instance(module, { m }).exports;
}

const letters = (count: number): string[] =>
  Array.from({ length: count }, (_, k) => String.fromCharCode(97 + k));

describe.skipIf(!hasAddon)("calls into the guest", () => {
  const shapes = `(module
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "add64") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
    (func (export "add32f") (param f32 f32) (result f32) (f32.add (local.get 0) (local.get 1)))
    (func (export "add64f") (param f64 f64) (result f64) (f64.add (local.get 0) (local.get 1)))
    (func (export "none"))
    (func (export "six") (param i32 i32 i32 i32 i32 i32) (result i32)
      (i32.sub (i32.mul (local.get 0) (local.get 5)) (i32.add (i32.add (local.get 1)
        (local.get 2)) (i32.add (local.get 3) (local.get 4)))))
    (func (export "mixed") (param i32 f64 i64 f32) (result f64)
      (f64.add (f64.add (f64.convert_i32_s (local.get 0)) (local.get 1))
        (f64.add (f64.convert_i64_s (local.get 2)) (f64.promote_f32 (local.get 3)))))
    (func (export "swap") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
      (local.get 3) (local.get 2) (local.get 1) (local.get 0)))`;

  it("takes and gives what V8 takes and gives", () => {
    const own = make(shapes);
    const v8 = inV8(shapes);
    const values: unknown[] = [
      0,
      -0,
      1,
      -1,
      1.5,
      -1.5,
      2 ** 31,
      -(2 ** 31),
      2 ** 32 + 5,
      1e300,
      NaN,
      Infinity,
      "12",
      "x",
      null,
      undefined,
      true,
      [],
      [7],
      {},
      { valueOf: () => 9 },
      5n,
      -(2n ** 63n),
      2n ** 64n + 3n,
      Symbol("s"),
      Object(4n),
    ];
    for (const name of ["add", "add64", "add32f", "add64f", "none", "six", "mixed", "swap"]) {
      const ours = own.func(name).callable;
      const theirs = v8[name]!;
      expect(ours.length).toBe(theirs.length);
      expect(ours.name).toBe(theirs.name);
      for (const a of values) {
        for (const b of values) {
          for (const args of [[a, b, a, b, b, a], [b], []]) {
            const expected = caught(() => expect(ours(...args)).toEqual(theirs(...args)));
            if (expected === undefined) continue;
            const wanted = caught(() => theirs(...args)) as Error | undefined;
            expect(wanted, `${name}(${args.map(String)})`).toBeInstanceOf(Error);
            expect((caught(() => ours(...args)) as Error).constructor).toBe(wanted!.constructor);
          }
        }
      }
    }
  });

  it("names functions by index; they are no constructors and have nothing else", () => {
    const f = make(shapes).func("six");
    const { callable } = f;
    expect(Reflect.ownKeys(callable).sort()).toEqual(["length", "name"]);
    expect(caught(() => new (callable as never as new () => void)())).toBeInstanceOf(TypeError);
    expect(f.callable).toBe(callable);
    expect(engine.funcOf(callable)).toBe(f);
    expect(engine.funcOf(() => 1)).toBe(undefined);
    expect(engine.funcOf({})).toBe(undefined);
  });

  it("converts arguments in order, before the guest runs or another one does", () => {
    const { call, func } = ((l: Linkage) => ({
      call: (...a: unknown[]) => l.call("add", ...a),
      func: l.func("add").callable,
    }))(make(shapes));
    const seen: string[] = [];
    const spy = (name: string, value: number) => ({
      valueOf: () => (seen.push(name), func(1000, 1000), value),
    });
    expect(call(spy("a", 3), spy("b", 4))).toBe(7);
    expect(seen).toEqual(["a", "b"]);
  });

  it("passes many values, in registers and on the stack", () => {
    for (const count of [5, 7, 8, 9, 15, 16, 17, 100, 1000]) {
      const kinds = ["i32", "f64", "i64", "f32"];
      const kind = (k: number): string => kinds[(k * 7 + (k >> 3)) % 4]!;
      const types = Array.from({ length: count }, (_, k) => kind(k)).join(" ");
      const gets = Array.from({ length: count }, (_, k) => `(local.get ${count - 1 - k})`);
      const back = Array.from({ length: count }, (_, k) => kind(count - 1 - k)).join(" ");
      const wat = `(module (func (export "f") (param ${types}) (result ${back})
        ${gets.join(" ")}))`;
      const args = Array.from({ length: count }, (_, k) =>
        kind(k) === "i64" ? BigInt(-k) : k - 3,
      );
      const f = make(wat).func("f").callable;
      expect(f.length).toBe(count);
      for (let round = 0; round < 3; round++) expect(f(...args)).toEqual(args.slice().reverse());
    }
  });

  it("neither takes nor gives a v128", () => {
    const m = make(
      `(module (import "m" "a" (func $a (param v128)))
      (func (export "f") (param v128)) (func (export "g") (result v128) (v128.const i64x2 1 2))
      (func (export "h") (call $a (v128.const i64x2 1 2))))`,
      [() => 1],
    );
    for (const name of ["f", "g", "h"]) {
      expect(caught(() => m.call(name, 1))).toBeInstanceOf(TypeError);
    }
    expect(m.func("f").type.params).toEqual([V128]);
  });
});

describe.skipIf(!hasAddon)("calls of the host", () => {
  it("with every kind of value, few and many", () => {
    for (const count of [0, 1, 2, 3, 6, 7, 9, 30]) {
      for (const kind of ["i32", "i64", "f32", "f64"]) {
        const types = Array.from({ length: count }, () => kind).join(" ");
        const gets = Array.from({ length: count }, (_, k) => `(local.get ${k})`).join(" ");
        const wat = `(module (import "m" "a" (func $a (param ${types}) (result ${types})))
          (func (export "f") (param ${types}) (result ${types}) ${gets} (call $a)))`;
        const args = Array.from({ length: count }, (_, k) =>
          kind === "i64" ? BigInt(k) : k - 0.5,
        );
        const seen: unknown[][] = [];
        const host = (...given: unknown[]): unknown => {
          seen.push(given);
          return count === 1 ? given[0] : count === 0 ? undefined : given.reverse();
        };
        const ours = make(wat, [host]).call("f", ...args);
        const theirs = inV8(wat, [host])["f"]!(...args);
        expect(ours).toEqual(theirs);
        expect(seen[0]).toEqual(seen[1]);
      }
    }
  });

  it("coerces results as V8 does, and insists on an iterable of the right length", () => {
    const wat = `(module (import "m" "a" (func $a (result i32))) (import "m" "b" (func $b
      (result i64))) (import "m" "c" (func $c (result i32 f32)))
      (func (export "a") (result i32) (call $a)) (func (export "b") (result i64) (call $b))
      (func (export "c") (result i32 f32) (call $c)))`;
    const results: unknown[] = [
      undefined,
      null,
      3.9,
      "5",
      {},
      7n,
      Symbol("x"),
      [1, 2],
      [1],
      [1, 2, 3],
      "12",
      new Set([4, 5.5]),
      { valueOf: () => 11 },
      true,
    ];
    for (const result of results) {
      const hosts = letters(3).map(() => () => result);
      const own = make(wat, hosts);
      const v8 = inV8(wat, hosts);
      for (const name of letters(3)) {
        const wanted = caught(() => expect(own.call(name)).toEqual(v8[name]!()));
        if (wanted === undefined) continue;
        const [mine, theirs] = [caught(() => own.call(name)), caught(() => v8[name]!())] as Error[];
        expect(theirs).toBeInstanceOf(Error);
        expect(mine!.constructor).toBe(theirs!.constructor);
      }
    }
  });

  it("calls them with no this", () => {
    const seen: unknown[] = [];
    const host = function (this: unknown): void {
      seen.push(this);
    };
    make(`(module (import "m" "a" (func $a)) (func (export "f") (call $a)))`, [host]).call("f");
    expect(seen).toEqual([undefined]);
  });

  it("nests: guest, host, guest and so on", () => {
    const wat = `(module (import "m" "a" (func $a (param i32) (result i32)))
      (func (export "f") (param i32) (result i32) (local i32 i64 f64)
        (local.set 1 (i32.mul (local.get 0) (i32.const 3)))
        (local.set 2 (i64.extend_i32_s (local.get 1)))
        (local.set 3 (f64.convert_i32_s (local.get 1)))
        (i32.add (call $a (i32.sub (local.get 0) (i32.const 1)))
          (i32.add (local.get 1) (i32.add (i32.wrap_i64 (local.get 2))
            (i32.trunc_f64_s (local.get 3)))))))`;
    const m = make(wat, [(n) => ((n as number) < 0 ? 1 : m.call("f", n))]);
    const expected = (n: number): number => (n < 0 ? 1 : expected(n - 1) + 9 * n);
    for (const n of [0, 1, 2, 10, 100, 500]) expect(m.call("f", n)).toBe(expected(n));
  });

  it("lets exceptions pass through guests", () => {
    const thrown = { any: "thing" };
    const wat = `(module (import "m" "a" (func $a (param i32)))
      (func (export "f") (param i32) (call $a (local.get 0)))
      (func (export "g") (param i32) (result i32) (local.get 0)))`;
    const m: Linkage = make(wat, [
      (n) => {
        if (n === 0) throw thrown;
        if ((n as number) % 3 !== 0) m.call("f", (n as number) - 1);
        else expect(caught(() => m.call("f", (n as number) - 1))).toBe(thrown);
        if ((n as number) % 2 === 0) throw thrown;
      },
    ]);
    for (let round = 0; round < 50; round++) {
      expect(caught(() => m.call("f", 10))).toBe(thrown);
      expect(caught(() => m.call("f", 9))).toBe(undefined);
      expect(m.call("g", round)).toBe(round);
    }
  });
});

describe.skipIf(!hasAddon)("traps", () => {
  const wat = `(module (memory (export "memory") 1) (table 2 funcref) (type $t (func))
    (func $inner (export "unreachable") unreachable)
    (func $outer (export "outer") (call $inner))
    (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
    (func (export "div") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
    (func (export "trunc") (param f64) (result i32) (i32.trunc_f64_s (local.get 0)))
    (func (export "indirect") (param i32) (call_indirect (type $t) (local.get 0)))
    (func (export "fill") (param i32) (memory.fill (local.get 0) (i32.const 1) (i32.const 100)))
    (func (export "ok") (result i32) (i32.const 5))
    (func $deep (export "deep") (param i32) (result i32)
      (i32.add (i32.const 1) (call $deep (i32.add (local.get 0) (i32.const 1))))))`;

  it("are RuntimeErrors with the guest's frames before the host's", () => {
    const m = make(wat);
    const reasons: [string, unknown[], string][] = [
      ["unreachable", [], "unreachable"],
      ["load", [65533], "memory access out of bounds"],
      ["load", [-1], "memory access out of bounds"],
      ["div", [1, 0], "divide by zero"],
      ["div", [-(2 ** 31), -1], "divide result unrepresentable"],
      ["trunc", [NaN], "float unrepresentable in integer range"],
      ["indirect", [0], "null function or function signature mismatch"],
      ["indirect", [9], "table index is out of bounds"],
      ["fill", [65500], "memory access out of bounds"],
    ];
    for (const [name, args, reason] of reasons) {
      const error = caught(() => m.call(name, ...args)) as Error;
      expect(error, name).toBeInstanceOf(RuntimeError);
      expect(error.message).toBe(reason);
      expect(m.call("ok")).toBe(5);
    }
    const lines = (caught(() => m.call("outer")) as Error).stack!.split("\n");
    expect(lines[0]).toBe("RuntimeError: unreachable");
    expect(lines[1]).toMatch(/^ {4}at inner \(wasm-function\[0\]:0x[0-9a-f]+\)$/);
    expect(lines[2]).toMatch(/^ {4}at outer \(wasm-function\[1\]:0x[0-9a-f]+\)$/);
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 1;
    const short = caught(() => m.call("outer")) as Error;
    Error.stackTraceLimit = stackTraceLimit;
    expect(short.stack!.split("\n")).toEqual(lines.slice(0, 2));
    expect(lines[3]).toMatch(/^ {4}at .*\.ts/);
  });

  it("are RangeErrors when the stack is exhausted, by the guest or by both together", () => {
    const m = make(wat);
    for (let round = 0; round < 3; round++) {
      const error = caught(() => m.call("deep", 0)) as Error;
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toBe("Maximum call stack size exceeded");
      expect(m.call("ok")).toBe(5);
    }
    const both: Linkage = make(
      `(module (import "m" "a" (func $a)) (func (export "f") (call $a)) (func (export "ok")))`,
      [() => both.call("f")],
    );
    for (let round = 0; round < 3; round++) {
      expect(caught(() => both.call("f"))).toBeInstanceOf(RangeError);
      both.call("ok");
    }
  });

  it("leave outer activations alone", () => {
    const m: Linkage = make(
      `(module (import "m" "a" (func $a (param i32) (result i32)))
        (func (export "f") (param i32) (result i32)
          (i32.add (local.get 0) (call $a (local.get 0))))
        (func (export "die") unreachable))`,
      [
        (n) => {
          expect(caught(() => m.call("die"))).toBeInstanceOf(RuntimeError);
          return (n as number) > 0 ? m.call("f", (n as number) - 1) : 0;
        },
      ],
    );
    expect(m.call("f", 10)).toBe(55);
  });

  it("come back every time", () => {
    const m = make(wat);
    for (let k = 0; k < 2000; k++) {
      expect(caught(() => m.call("load", 65536 + k))).toBeInstanceOf(RuntimeError);
    }
  });
});

describe.skipIf(!hasAddon)("memories", () => {
  const wat = `(module (memory (export "memory") 1 5)
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
    (func (export "store") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))`;

  it("are seen through one buffer until they grow", () => {
    const m = make(wat);
    const memory = m.memory();
    const { buffer } = memory;
    expect(buffer.byteLength).toBe(65536);
    expect(memory.buffer).toBe(buffer);
    new Uint8Array(buffer)[100] = 7;
    expect(m.call("load", 100)).toBe(7);
    m.call("store", 200, 9);
    expect(new Uint8Array(buffer)[200]).toBe(9);
    expect(m.call("grow", 2)).toBe(1);
    expect(buffer.byteLength).toBe(0);
    expect(memory.pages).toBe(3);
    expect(memory.buffer.byteLength).toBe(3 * 65536);
    expect(new Uint8Array(memory.buffer)[200]).toBe(9);
    const second = memory.buffer;
    expect(memory.grow(1)).toBe(3);
    expect(second.byteLength).toBe(0);
    expect(m.call("store", 4 * 65536 - 1, 1)).toBe(undefined);
    expect(m.call("grow", 9)).toBe(-1);
    const third = memory.buffer;
    expect(memory.grow(9)).toBe(-1);
    expect(memory.buffer).toBe(third);
    expect(m.call("grow", 0)).toBe(4);
    expect(third.byteLength).toBe(0);
    const fourth = memory.buffer;
    expect(memory.grow(0)).toBe(4);
    expect(fourth.byteLength).toBe(0);
  });

  it("are renewed before a host function looks, and in whoever shares them", () => {
    const memory = engine.newMemory({ limits: limits(1, 10) });
    const other = engine.newMemory({ limits: limits(0) });
    const sizes: number[] = [];
    const m = make(
      `(module (import "m" "m" (memory 1)) (import "m" "a" (func $a))
        (func (export "f") (drop (memory.grow (i32.const 1))) (call $a)
          (drop (memory.grow (i32.const 1)))))`,
      [memory, () => sizes.push(memory.buffer.byteLength)],
    );
    const { buffer } = memory;
    const empty = other.buffer;
    expect(empty.byteLength).toBe(0);
    m.call("f");
    expect(sizes).toEqual([2 * 65536]);
    expect(buffer.byteLength).toBe(0);
    expect(memory.buffer.byteLength).toBe(3 * 65536);
    expect(other.buffer).toBe(empty);
    const n = make(
      `(module (import "m" "m" (memory 1)) (export "again" (memory 0))
        (func (export "size") (result i32) (memory.size)))`,
      [memory],
    );
    expect(n.call("size")).toBe(3);
    expect(n.memory("again")).toBe(memory);
    expect(other.grow(1)).toBe(0);
    expect(other.buffer.byteLength).toBe(65536);
  });

  it("keep to the limits of the instance", () => {
    const module = engine.load(artifactOf(wat));
    const m = new Linkage(engine, module, [], { memoryPages: 2 });
    expect(m.call("grow", 2)).toBe(-1);
    expect(m.call("grow", 1)).toBe(1);
    expect(new Linkage(engine, module, []).call("grow", 4)).toBe(1);
    expect(caught(() => new Linkage(engine, module, [], { memoryPages: 0 }))).toBeInstanceOf(
      RangeError,
    );
    expect(caught(() => engine.newMemory({ limits: limits(65537) }))).toBeInstanceOf(RangeError);
  });
});

describe.skipIf(!hasAddon)("tables and globals", () => {
  it("show functions as the same object everywhere", () => {
    const m = make(`(module (table (export "table") 4 6 funcref)
      (elem (i32.const 1) $f $g) (func $f (export "f") (result i32) (i32.const 11))
      (func $g (result i32) (i32.const 22)) (type $t (func (result i32)))
      (func (export "at") (param i32) (result i32) (call_indirect (type $t) (local.get 0)))
      (func (export "get") (param i32) (result funcref) (table.get (local.get 0))))`);
    const table = m.table();
    expect(table.length).toBe(4);
    expect(table.get(0)).toBe(null);
    const f = m.func("f").callable;
    expect(table.get(1)).toBe(f);
    const g = table.get(2) as () => number;
    expect(g()).toBe(22);
    expect(g.name).toBe("1");
    expect(m.call("get", 2)).toBe(g);
    table.set(0, g);
    table.set(1, null);
    expect(m.call("at", 0)).toBe(22);
    expect((caught(() => m.call("at", 1)) as Error).message).toBe(
      "null function or function signature mismatch",
    );
    expect(table.grow(2, f)).toBe(4);
    expect(table.grow(1, f)).toBe(-1);
    expect(m.call("at", 5)).toBe(11);
    expect(table.get(5)).toBe(f);
  });

  it("hold values of every type", () => {
    const m = make(`(module (global (export "i32") (mut i32) (i32.const -5))
      (global (export "i64") (mut i64) (i64.const -6))
      (global (export "f32") (mut f32) (f32.const 1.5))
      (global (export "f64") (mut f64) (f64.const -2.5)) (global (export "const") i32 (i32.const 9))
      (global (export "ref") (mut funcref) (ref.func 0))
      (global (export "ext") (mut externref) (ref.null extern))
      (func (export "f") (result i32) (global.get 0))
      (func (export "g") (result i64) (global.get 1)))`);
    expect(m.global("i32").get()).toBe(-5);
    expect(m.global("i64").get()).toBe(-6n);
    expect(m.global("f32").get()).toBe(1.5);
    expect(m.global("f64").get()).toBe(-2.5);
    expect(m.global("const").get()).toBe(9);
    expect(m.global("ref").get()).toBe(m.func("f").callable);
    expect(m.global("ext").get()).toBe(null);
    m.global("i32").set(77);
    m.global("i64").set(-(2n ** 63n));
    m.global("f64").set(1e300);
    expect(m.call("f")).toBe(77);
    expect(m.call("g")).toBe(-(2n ** 63n));
    expect(m.global("f64").get()).toBe(1e300);
    for (const value of [1, "s", -0, NaN, undefined, {}, m]) {
      m.global("ext").set(value);
      expect(Object.is(m.global("ext").get(), value)).toBe(true);
    }
  });

  it("made by JavaScript become cells when they are imported", () => {
    const a = engine.newGlobal({ type: I32, mutable: true }, 3);
    const b = engine.newGlobal({ type: I64, mutable: false }, 4n);
    const c = engine.newGlobal({ type: F32, mutable: true }, 0.5);
    const d = engine.newGlobal({ type: F64, mutable: true }, -0.25);
    const e = engine.newGlobal({ type: EXTERNREF, mutable: true }, "text");
    a.set(5);
    expect(a.get()).toBe(5);
    const wat = `(module (import "m" "a" (global $a (mut i32))) (import "m" "b" (global $b i64))
      (import "m" "c" (global $c (mut f32))) (import "m" "d" (global $d (mut f64)))
      (import "m" "e" (global $e (mut externref))) (export "again" (global $a))
      (func (export "f") (result i32 i64 f32 f64 externref) (global.get $a) (global.get $b)
        (global.get $c) (global.get $d) (global.get $e))
      (func (export "set") (param i32) (global.set $a (local.get 0))))`;
    const m = make(wat, [a, b, c, d, e]);
    expect(m.call("f")).toEqual([5, 4n, 0.5, -0.25, "text"]);
    m.call("set", 6);
    expect(a.get()).toBe(6);
    expect(m.global("again")).toBe(a);
    d.set(7.5);
    e.set(null);
    const n = make(wat, [a, b, c, d, e]);
    expect(n.call("f")).toEqual([6, 4n, 0.5, 7.5, null]);
    expect(caught(() => make(wat, [b, b, c, d, e]))).toBeInstanceOf(LinkError);
  });

  it("made by JavaScript hold functions of several instances", () => {
    const table = engine.newTable({ elem: FUNCREF, limits: limits(2) }, null);
    const one = make(`(module (func (export "f") (result i32) (i32.const 1)))`);
    const two = make(
      `(module (import "m" "t" (table 2 funcref)) (type $t (func (result i32)))
        (func (export "at") (param i32) (result i32) (call_indirect (type $t) (local.get 0))))`,
      [table],
    );
    table.set(0, one.func("f").callable);
    expect(two.call("at", 0)).toBe(1);
    expect(table.get(0)).toBe(one.func("f").callable);
    const things = engine.newTable({ elem: EXTERNREF, limits: limits(3) }, "init");
    expect([things.get(0), things.get(2)]).toEqual(["init", "init"]);
    things.set(1, undefined);
    expect(things.get(1)).toBe(undefined);
  });
});

describe.skipIf(!hasAddon)("linking", () => {
  it("refuses what does not fit", () => {
    const func = `(module (import "m" "a" (func (param i32))))`;
    expect(caught(() => make(func))).toBeInstanceOf(LinkError);
    expect(caught(() => make(func, [engine.newMemory({ limits: limits(1) })]))).toBeInstanceOf(
      LinkError,
    );
    const other = make(`(module (func (export "f")))`).func("f");
    expect((caught(() => make(func, [other])) as Error).message).toMatch(
      "incompatible import type",
    );
    const memory = engine.newMemory({ limits: limits(1, 4) });
    const want = (limit: string) => () =>
      make(`(module (import "m" "m" (memory ${limit})))`, [memory]);
    expect(caught(want("1 4"))).toBe(undefined);
    expect(caught(want("1"))).toBe(undefined);
    expect(caught(want("2"))).toBeInstanceOf(LinkError);
    expect(caught(want("1 3"))).toBeInstanceOf(LinkError);
  });

  it("lets instances call one another and shows imported functions again", () => {
    const one = make(`(module (global $n (mut i32) (i32.const 0))
      (func (export "next") (result i32) (global.set $n (i32.add (global.get $n) (i32.const 1)))
        (global.get $n)))`);
    const host = (n: unknown) => (n as number) * 2;
    const wat = `(module (import "m" "a" (func $a (result i32)))
      (import "m" "b" (func $b (param i32)
      (result i32))) (export "again" (func $a)) (export "host" (func $b))
      (func (export "f") (result i32) (call $b (call $a))))`;
    const two = make(wat, [one.func("next"), host]);
    expect(two.call("f")).toBe(2);
    expect(two.call("f")).toBe(4);
    expect(two.func("again")).toBe(one.func("next"));
    const again = two.func("host").callable;
    expect(again).not.toBe(host);
    expect(again("21")).toBe(42);
    const three = make(wat, [two.func("again"), two.func("host")]);
    expect(three.call("f")).toBe(6);
    expect(three.func("host").callable).toBe(again);
  });

  it("runs start functions that call the host, and lets them fail", () => {
    const seen: unknown[] = [];
    make(
      `(module (import "m" "a" (func $a (param i32))) (start $s)
        (func $s (call $a (i32.const 4))))`,
      [(n) => seen.push(n)],
    );
    make(`(module (import "m" "a" (func $a)) (start $a))`, [() => seen.push("start")]);
    expect(seen).toEqual([4, "start"]);
    expect(caught(() => make(`(module (start $s) (func $s unreachable))`))).toBeInstanceOf(
      RuntimeError,
    );
  });

  it("leaves what segments wrote before one that does not fit", () => {
    const memory = engine.newMemory({ limits: limits(1) });
    const table = engine.newTable({ elem: FUNCREF, limits: limits(4) }, null);
    const error = caught(() =>
      make(
        `(module (import "m" "m" (memory 1)) (import "m" "t" (table 4 funcref))
          (func $f (result i32) (i32.const 8)) (elem (i32.const 2) $f)
          (data (i32.const 10) "abc") (data (i32.const 65535) "xy"))`,
        [memory, table],
      ),
    ) as Error;
    expect(error).toBeInstanceOf(Trap);
    expect(error.message).toBe("out of bounds memory access");
    expect([...new Uint8Array(memory.buffer, 10, 3)]).toEqual([97, 98, 99]);
    expect((table.get(2) as () => number)()).toBe(8);
  });

  it("maps artifacts from files, and says what is wrong with bad ones", () => {
    const bytes = artifactOf(`(module (func (export "f") (result i32) (i32.const 3)))`);
    const folder = mkdtempSync(join(tmpdir(), "ingot-addon-"));
    try {
      const path = join(folder, "f.cwasm");
      writeFileSync(path, bytes);
      expect(new Linkage(engine, engine.load(path), []).call("f")).toBe(3);
      expect(caught(() => engine.load(join(folder, "absent")))).toBeInstanceOf(Error);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const flipped = bytes.slice();
    flipped[bytes.length - 1]! ^= 1;
    expect((caught(() => engine.load(flipped)) as Error).message).toMatch(/^damaged/);
    expect((caught(() => engine.load(bytes.subarray(0, 1000))) as Error).message).toMatch("trunc");
    expect((caught(() => engine.load(new Uint8Array(0))) as Error).message).toMatch("not an ingot");
  });
});

describe.skipIf(!hasAddon)("groups", () => {
  const library = `(module (import "m" "a" (func $a (param i32) (result i32)))
    (memory (export "memory") 1 9)
    (func (export "f") (param i32) (result i32) (drop (memory.grow (i32.const 1)))
      (call $a (local.get 0))))`;
  const user = `(module (import "m" "f" (func $f (param i32) (result i32)))
    (import "m" "a" (func $a (param i32) (result i32))) (export "f again" (func $f))
    (table (export "table") 1 funcref) (elem (i32.const 0) $f)
    (func (export "g") (param i32) (result i32)
      (call $a (call $f (call $a (call $f (local.get 0))))))
    (func (export "h") (param i32) (result i32) (call_indirect (param i32) (result i32)
      (local.get 0) (i32.const 0))))`;

  it("that use one another run each other's host functions and renew their memories", () => {
    const said: string[] = [];
    const host = (name: string) => (n: unknown) => {
      said.push(`${name} ${String(n)} ${deep.memory().buffer.byteLength >> 16}`);
      return (n as number) + 1;
    };
    const deep: Linkage = make(library, [host("deep")]);
    const middle = make(library.replace("memory.grow", "i32.clz"), [deep.func("f")]);
    const top = make(user, [middle.func("f"), host("top")]);
    const { buffer } = deep.memory();
    expect(top.call("g", 5)).toBe(9);
    expect(said).toEqual(["deep 5 2", "top 6 2", "deep 7 3", "top 8 3"]);
    expect(buffer.byteLength).toBe(0);
    expect(top.call("h", 1)).toBe(2);
    expect(top.func("f again")).toBe(middle.func("f"));
    expect(top.table().get(0)).toBe(middle.func("f").callable);
    expect(top.func("g").group).not.toBe(middle.func("f").group);
  });

  it("become one while their guests are suspended", () => {
    const wat = `(module (import "m" "a" (func $a (param externref) (result funcref)))
      (import "m" "b" (func $b (param i32) (result i32)))
      (table (export "t") 3 externref) (table (export "funcs") 1 funcref)
      (func (export "f") (param externref) (result externref i32)
        (table.set 0 (i32.const 0) (local.get 0))
        (table.set 1 (i32.const 0) (call $a (local.get 0)))
        (table.get 0 (i32.const 0))
        (i32.add (call_indirect 1 (param i32) (result i32) (i32.const 5) (i32.const 0))
          (call $b (i32.const 7))))
      (func (export "give") (param funcref) (result funcref) (local.get 0))
      (func (export "times") (param i32) (result i32) (call $b (local.get 0))))`;
    for (let swap = 0; swap < 2; swap++) {
      const parts: Linkage[] = [];
      const unite = (value: unknown): unknown => {
        const [one, two] = parts as [Linkage, Linkage];
        two.call("give", two.func("times").callable);
        if (swap === 1) for (let k = 0; k < 9; k++) two.table("t").set(1, { k });
        expect(one.func("f").group === two.func("f").group).toBe(false);
        // Carries references: from here on they are one.
        one.table("funcs").set(0, two.func("give").callable);
        expect(one.func("f").group).toBe(two.func("f").group);
        expect(value).toBe(parts);
        return two.func("times").callable;
      };
      parts.push(make(wat, [unite, (n) => (n as number) + 100]));
      parts.push(make(wat, [() => null, (n) => (n as number) * 2]));
      parts[1]!.table("t").set(0, "theirs");
      expect(parts[0]!.call("f", parts)).toEqual([parts, 10 + 107]);
      expect(parts[1]!.table("t").get(0)).toBe("theirs");
      expect(parts[0]!.table("t").get(0)).toBe(parts);
      expect(parts[1]!.call("times", 4)).toBe(8);
    }
  });

  it("forget values and functions that their guests no longer hold, and no others", () => {
    const m = make(`(module (table (export "t") 9 externref) (table (export "f") 9 funcref)
      (func (export "id") (param externref funcref) (result externref funcref)
        (local.get 0) (local.get 1)))`);
    const other = `(module (func (export "f") (result i32) (i32.const 6)))`;
    const kept = Array.from({ length: 9 }, (_, k) => ({ k }));
    kept.forEach((value, k) => m.table("t").set(k, value));
    const f = make(other).func("f").callable;
    m.table("f").set(3, f);
    const module = engine.load(artifactOf(other));
    for (let k = 0; k < 2000; k++) {
      const value = { k };
      const g = new Linkage(engine, module, []).func("f").callable;
      expect(m.call("id", value, g)).toEqual([value, g]);
    }
    expect(kept.map((_, k) => m.table("t").get(k))).toEqual(kept);
    expect(m.table("f").get(3)).toBe(f);
    expect((m.table("f").get(3) as () => number)()).toBe(6);
  });

  it("give externref back as it came", () => {
    const m = make(`(module (func (export "id") (param externref) (result externref) (local.get 0))
      (func (export "null") (param externref) (result i32) (ref.is_null (local.get 0))))`);
    const values = [0, -0, NaN, 1.5, "", "text", null, undefined, true, 1n, Symbol.iterator, {}, m];
    for (const value of values) {
      expect(Object.is(m.call("id", value), value)).toBe(true);
      expect(m.call("null", value)).toBe(value === null ? 1 : 0);
    }
    expect(m.call("id")).toBe(undefined);
    const f = m.func("id").callable;
    expect(f(f)).toBe(f);
  });

  it("are shared through tables", () => {
    const table = engine.newTable({ elem: FUNCREF, limits: limits(3) }, null);
    const wat = (
      n: number,
    ) => `(module (import "m" "t" (table 3 funcref)) (type $t (func (result i32)))
      (import "m" "a" (func $a (result i32))) (elem (i32.const ${n}) $f)
      (func $f (result i32) (i32.add (call $a) (i32.const ${10 * n})))
      (func (export "at") (param i32) (result i32) (call_indirect (type $t) (local.get 0)))
      (func (export "move") (table.copy (i32.const 0) (i32.const 1) (i32.const 2))))`;
    const all = [0, 1, 2].map((n) => make(wat(n), [table, () => n]));
    for (const m of all) for (const n of [0, 1, 2]) expect(m.call("at", n)).toBe(11 * n);
    const last = table.get(2);
    all[0]!.call("move");
    expect(table.get(1)).toBe(last);
    expect(all[1]!.call("at", 0)).toBe(11);
    expect(new Set(all.map((m) => m.func("at").group)).size).toBe(1);
  });
});
