// The interpreter behind the JavaScript interface: values both ways, identity, errors, growth.

import { describe, expect, it } from "vitest";
import { Invalid, LinkError, Malformed, Trap } from "../support/errors.ts";
import { parseWat } from "../text/wat.ts";
import { EXTERNREF, F64, FUNCREF, I64 } from "../wasm/types.ts";
import type { Callable, Linked, LinkedGlobal, LinkedMemory, LinkedTable } from "./engine.ts";
import { RuntimeError } from "./errors.ts";
import { PortableEngine, prepare } from "./portable.ts";

const engine = new PortableEngine();

type Given = Linked | Callable;

/** Instantiates text; functions of the host are given as such. */
function load(wat: string, ...imports: Given[]): Record<string, Linked> {
  const module = prepare(parseWat(wat));
  const given = imports.map((g) =>
    typeof g === "function" ? ({ kind: "host", call: g } as const) : g,
  );
  const { exports } = engine.instantiate(module, given);
  return Object.fromEntries(module.exports.map((e, i) => [e.name, exports[i]!]));
}

const fn = (linked: Linked | undefined): Callable => {
  if (linked?.kind !== "func") throw new Error("no function");
  return linked.callable;
};
const tableOf = (linked: Linked | undefined): LinkedTable => linked as LinkedTable;
const memoryOf = (linked: Linked | undefined): LinkedMemory => linked as LinkedMemory;
const globalOf = (linked: Linked | undefined): LinkedGlobal => linked as LinkedGlobal;

function caught(f: () => unknown): unknown {
  try {
    f();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("modules", () => {
  it("are refused when any of their functions is wrong", () => {
    expect(() => prepare(Uint8Array.of(0, 97, 115, 109))).toThrow(Malformed);
    const wat = "(module (func (result i32) (i64.const 0)))";
    expect(() => prepare(parseWat(wat))).toThrow(Invalid);
  });

  it("tell the types of imports and exports", () => {
    const { imports, exports } = prepare(
      parseWat(`(module (import "a" "f" (func (param i64))) (import "a" "t" (table 1 2 funcref))
        (memory (export "m") 3) (global (export "g") (mut f32) (f32.const 0)))`),
    );
    expect(imports.map(({ module, name, kind }) => [module, name, kind])).toEqual([
      ["a", "f", "func"],
      ["a", "t", "table"],
    ]);
    expect(imports[0]).toMatchObject({ type: { params: [I64], results: [] } });
    expect(imports[1]).toMatchObject({ type: { elem: FUNCREF, limits: { min: 1, max: 2 } } });
    expect(exports[0]).toMatchObject({ name: "m", type: { limits: { min: 3, max: -1 } } });
    expect(exports[1]).toMatchObject({ name: "g", type: { mutable: true } });
  });
});

describe("calls", () => {
  it("convert numbers as JavaScript does", () => {
    const { i, l, f, d } = load(`(module
      (func (export "i") (param i32) (result i32) (local.get 0))
      (func (export "l") (param i64) (result i64) (local.get 0))
      (func (export "f") (param f32) (result f32) (local.get 0))
      (func (export "d") (param f64) (result f64) (local.get 0)))`);
    const args = [1.9, -1, 2 ** 32 + 5, "0x10", null, undefined, true, NaN, { valueOf: () => 7 }];
    for (const x of args) {
      expect(fn(i)(x)).toBe((x as number) | 0);
      expect(fn(f)(x)).toBe(Math.fround(x as number));
      expect(fn(d)(x)).toBe(Number(x));
    }
    for (const x of [0n, -1n, 2n ** 64n + 3n, -(2n ** 63n), "12", true]) {
      expect(fn(l)(x)).toBe(BigInt.asIntN(64, BigInt(x)));
    }
    expect(() => fn(l)(1)).toThrow(TypeError);
    expect(() => fn(i)(1n)).toThrow(TypeError);
    expect(() => fn(d)(Symbol("s"))).toThrow(TypeError);
    expect(fn(i)()).toBe(0);
    expect(fn(d)()).toBe(NaN);
  });

  it("convert all arguments before the call, in order, whatever that runs", () => {
    const { sub, all } = load(`(module
      (func (export "sub") (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1)))
      (func (export "all") (param i32 i64 f64 i32) (result f64)
        (f64.add (f64.convert_i64_s (i64.add (i64.extend_i32_s (local.get 0)) (local.get 1)))
          (f64.add (local.get 2) (f64.convert_i32_s (local.get 3))))))`);
    const seen: string[] = [];
    const say = (name: string, value: unknown): object => ({
      valueOf: () => {
        seen.push(name);
        return fn(sub)(fn(sub)(value, 1), -1);
      },
    });
    expect(fn(sub)(say("a", 50), say("b", 8))).toBe(42);
    expect(fn(all)(1, 2n, 3, say("d", 4))).toBe(10);
    expect(fn(all)(say("a", 1), 2n, say("c", 3), 4)).toBe(10);
    expect(seen).toEqual(["a", "b", "d", "a", "c"]);
  });

  it("take and give many values", () => {
    const types = ["i32", "i64", "f64", "f32", "i32", "i64", "f64", "f32", "i32", "i64"];
    const list = types.join(" ");
    const gets = types.map((_, k) => `(local.get ${k})`).join(" ");
    const seen: unknown[][] = [];
    const { f, three } = load(
      `(module (import "" "h" (func $h (param ${list}) (result ${list})))
        (func (export "f") (param ${list}) (result ${list}) (call $h ${gets}))
        (func (export "three") (result i32 i64 f64) (i32.const 1) (i64.const 2) (f64.const 3)))`,
      (...args) => {
        seen.push(args);
        return new Set(args.map((x) => (typeof x === "bigint" ? x + 1n : (x as number) + 1)));
      },
    );
    const args = [1, 2n, 3.5, 4.5, 5, 6n, 7.5, 8.5, 9, 10n];
    const results = [2, 3n, 4.5, 5.5, 6, 7n, 8.5, 9.5, 10, 11n];
    expect(fn(f)(...args)).toEqual(results);
    expect(seen).toEqual([args]);
    expect(fn(three)()).toEqual([1, 2n, 3]);
    expect(fn(f).length).toBe(10);
  });

  it("of every arity reach the host and come back", () => {
    for (const type of ["i32", "f64", "i64"]) {
      for (let n = 0; n < 9; n++) {
        const params = Array.from({ length: n }, () => type).join(" ");
        const gets = Array.from({ length: n }, (_, k) => `(local.get ${k})`).join(" ");
        const seen: unknown[] = [];
        const answer = type === "i64" ? -5n : -5;
        const { f, v } = load(
          `(module (import "" "h" (func $h (param ${params}) (result ${type})))
            (import "" "v" (func $v (param ${params})))
            (func (export "f") (param ${params}) (result ${type}) (call $h ${gets}))
            (func (export "v") (param ${params}) (call $v ${gets})))`,
          (...args) => (seen.push(...args), answer),
          (...args) => (seen.push(...args), "ignored"),
        );
        const args = Array.from({ length: n }, (_, k) => (type === "i64" ? BigInt(k) : k));
        expect([fn(f)(...args), fn(v)(...args, 1, 2)]).toEqual([answer, undefined]);
        expect(seen).toEqual([...args, ...args]);
        expect([fn(f).length, fn(f).name]).toEqual([n, "2"]);
      }
    }
  });

  it("need as many results from the host as its type says", () => {
    let answer: unknown;
    const { f } = load(
      `(module (import "" "h" (func $h (result i32 i32)))
        (func (export "f") (result i32) (call $h) i32.sub))`,
      () => answer,
    );
    answer = [5, 3];
    expect(fn(f)()).toBe(2);
    for (answer of [undefined, 5, [1], [1, 2, 3]]) expect(() => fn(f)()).toThrow(TypeError);
  });

  it("with vectors are not possible", () => {
    const { f, g } = load(
      `(module (import "" "h" (func $h (result v128)))
        (func (export "f") (result v128) (v128.const i64x2 0 0))
        (func (export "g") (drop (call $h))))`,
      () => 0,
    );
    expect(() => fn(f)()).toThrow(TypeError);
    expect(() => fn(g)()).toThrow(TypeError);
  });

  it("are no constructors, and know no this", () => {
    let self: unknown = 1;
    const { f } = load(
      `(module (import "" "h" (func $h)) (func (export "f") (call $h)))`,
      function (this: unknown) {
        self = this;
      },
    );
    fn(f).call({});
    expect(self).toBe(undefined);
    expect(() => Reflect.construct(fn(f), [])).toThrow(TypeError);
  });
});

describe("functions", () => {
  it("have one object each, wherever they come from", () => {
    const a = load(`(module (table (export "t") 3 funcref)
      (func $f (export "f") (result i32) (i32.const 7)) (export "again" (func $f))
      (global (export "g") funcref (ref.func $f)) (elem (i32.const 1) $f)
      (func (export "give") (result funcref) (ref.func $f))
      (func (export "call") (param funcref) (result i32)
        (table.set (i32.const 0) (local.get 0)) (call_indirect (result i32) (i32.const 0))))`);
    const f = fn(a["f"]);
    expect(fn(a["again"])).toBe(f);
    expect(globalOf(a["g"]).get()).toBe(f);
    expect(tableOf(a["t"]).get(1)).toBe(f);
    expect(tableOf(a["t"]).get(0)).toBe(null);
    expect(fn(a["give"])()).toBe(f);
    expect(fn(a["call"])(f)).toBe(7);
    expect(engine.funcOf(f)).toBe(a["f"]);
    expect(engine.funcOf(() => 1)).toBe(undefined);
    const b = load(
      `(module (import "" "f" (func $f (result i32))) (export "f" (func $f))
        (func (export "nine") (result i32) (i32.const 9)))`,
      a["f"]!,
    );
    expect(fn(b["f"])).toBe(f);
    expect(fn(a["call"])(fn(b["nine"]))).toBe(9);
    expect(tableOf(a["t"]).get(0)).toBe(fn(b["nine"]));
    expect(() => fn(a["call"])(() => 1)).toThrow(TypeError);
    expect(() => fn(a["call"])(undefined)).toThrow(TypeError);
    expect(() => fn(a["call"])(null)).toThrow(RuntimeError);
  });

  it("of the host become functions of the guest when they are exported", () => {
    const host = (a: unknown): unknown => [a, typeof a];
    const wat = `(module (import "" "g" (func)) (import "" "h" (func $h (param i32)
      (result externref))) (export "h" (func $h)))`;
    const a = load(wat, host, host);
    const h = fn(a["h"]);
    expect(h).not.toBe(host);
    expect([h.name, h.length]).toEqual(["1", 1]);
    expect(h("12")).toEqual([12, "number"]);
    expect(fn(load(wat, host, host)["h"])).not.toBe(h);
    const b = load(
      `(module (import "" "h" (func $h (param i32) (result externref))) (export "h" (func $h))
        (func (export "f") (result externref) (call $h (i32.const 3))))`,
      a["h"]!,
    );
    expect(fn(b["h"])).toBe(h);
    expect(fn(b["f"])()).toEqual([3, "number"]);
  });

  it("call one another across instances, and their traps cross them", () => {
    const a = load(`(module (memory 1) (func (export "f") (param i32) (result i32)
      (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (local.get 0)))
      (i32.load (i32.const 0))) (func $trap (export "trap") unreachable))`);
    const b = load(
      `(module (import "" "f" (func $f (param i32) (result i32))) (import "" "t" (func $t))
        (memory 1)
        (func (export "g") (param i32) (result i32)
          (i32.add (i32.load (i32.const 0)) (call $f (local.get 0))))
        (func $outer (export "trap") (call $t)))`,
      a["f"]!,
      a["trap"]!,
    );
    expect([fn(b["g"])(5), fn(b["g"])(6), fn(a["f"])(1)]).toEqual([5, 11, 12]);
    const error = caught(fn(b["trap"])) as Error;
    expect(error).toBeInstanceOf(RuntimeError);
    expect(error.message).toBe("unreachable");
    expect(error.stack).toMatch(/unreachable\n    at trap .*\[1\]:0x.*\n    at outer .*\[3\]:0x/);
    expect(fn(b["g"])(1)).toBe(13);
  });
});

describe("errors", () => {
  it("of the host pass through unchanged", () => {
    const thrown = [new Error("mine"), new RangeError("Maximum call stack size"), 7, undefined];
    let what: unknown;
    const { f } = load(
      `(module (import "" "h" (func $h)) (func $g (call $h)) (func (export "f") (call $g)))`,
      () => {
        throw what;
      },
    );
    for (what of thrown) expect(caught(fn(f))).toBe(what);
  });

  it("are RangeErrors where a stack is exhausted, of the guest or of the host", () => {
    const a: Record<string, Linked> = load(
      `(module (import "" "h" (func $h)) (func $r (export "r") (call $r))
        (func (export "f") (call $h)) (func (export "one") (result i32) (i32.const 1)))`,
      () => fn(a["f"])(),
    );
    for (const name of ["r", "f", "r"]) {
      const error = caught(fn(a[name])) as Error;
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toBe("Maximum call stack size exceeded");
      expect(fn(a["one"])()).toBe(1);
    }
  });

  it("leave outer calls as they were", () => {
    const a: Record<string, Linked> = load(
      `(module (import "" "h" (func $h (param i32) (result i32)))
        (func (export "f") (param i32) (result i32) (local i32) (local.set 1 (i32.const 100))
          (i32.add (local.get 1) (i32.mul (local.get 0) (call $h (local.get 0)))))
        (func (export "div") (param i32) (result i32) (i32.div_u (i32.const 60) (local.get 0))))`,
      (n) => {
        const k = n as number;
        if (k > 0) return fn(a["f"])(k - 1);
        return caught(() => fn(a["div"])(0)) instanceof RuntimeError ? fn(a["div"])(5) : -1;
      },
    );
    expect(fn(a["f"])(3)).toBe(100 + 3 * (100 + 2 * (100 + (100 + 0))));
  });

  it("say what does not link", () => {
    const wat = `(module (import "a" "b" (func (param i64))) (import "a" "m" (memory 2)))`;
    const m = engine.newMemory({ limits: { min: 1, max: -1, shared: false } });
    expect(() => load(wat, () => 1, m)).toThrow(LinkError);
    expect(() => load(wat, m, m)).toThrow(LinkError);
    expect(() => load(wat, () => 1)).toThrow(LinkError);
    m.grow(1);
    load(wat, () => 1, m);
  });

  it("of segments and start functions leave what was written", () => {
    const t = engine.newTable({ elem: FUNCREF, limits: { min: 2, max: -1, shared: false } }, null);
    const wat = (rest: string): string => `(module (import "" "t" (table 2 funcref))
      (func $f (result i32) (i32.const 8)) (elem (i32.const 1) $f) ${rest})`;
    expect(() => load(wat('(memory 1) (data (i32.const 65536) "x")'), t)).toThrow(Trap);
    const first = t.get(1) as Callable;
    expect(first()).toBe(8);
    expect(() => load(wat("(func $s unreachable) (start $s)"), t)).toThrow(RuntimeError);
    expect((t.get(1) as Callable)()).toBe(8);
    expect(t.get(1)).not.toBe(first);
  });
});

describe("memories", () => {
  const type = (min: number, max = -1) => ({ limits: { min, max, shared: false } });

  it("show one buffer until they grow", () => {
    for (const pages of [1, 40]) {
      const memory = engine.newMemory(type(pages, 100));
      const { grow, put, get } = load(
        `(module (import "" "m" (memory 1))
          (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
          (func (export "put") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
          (func (export "get") (param i32) (result i32) (i32.load8_u (local.get 0))))`,
        memory,
      );
      let { buffer } = memory;
      new Uint8Array(buffer)[9] = 200;
      const check = (size: number): void => {
        expect(buffer.byteLength).toBe(0);
        expect(memory.buffer).not.toBe(buffer);
        buffer = memory.buffer;
        expect([memory.pages, buffer.byteLength]).toEqual([size, size * 65_536]);
        expect(memory.buffer).toBe(buffer);
        expect(fn(get)(9)).toBe(200);
        fn(put)(size * 65_536 - 1, 7);
        expect(new Uint8Array(buffer)[size * 65_536 - 1]).toBe(7);
      };
      expect(buffer.byteLength).toBe(pages * 65_536);
      expect(memory.buffer).toBe(buffer);
      expect(memory.grow(0)).toBe(pages);
      check(pages);
      expect(fn(grow)(0)).toBe(pages);
      check(pages);
      expect(memory.grow(2)).toBe(pages);
      check(pages + 2);
      expect(fn(grow)(1)).toBe(pages + 2);
      check(pages + 3);
      expect([memory.grow(100), fn(grow)(-1)]).toEqual([-1, -1]);
      expect(memory.buffer).toBe(buffer);
      expect(() => fn(get)((pages + 3) * 65_536)).toThrow(RuntimeError);
    }
  });

  it("have one object each", () => {
    const memory = engine.newMemory(type(1));
    const a = load(`(module (import "" "m" (memory 1)) (export "m" (memory 0)))`, memory);
    expect(a["m"]).toBe(memory);
    const b = load(`(module (memory (export "m") 1 2))`);
    const c = load(`(module (import "" "m" (memory 1 2)) (export "m" (memory 0)))`, b["m"]!);
    expect(c["m"]).toBe(b["m"]);
    expect(memoryOf(c["m"]).pages).toBe(1);
  });

  it("grow while the guest waits for the host", () => {
    const memory = engine.newMemory(type(1));
    const { f } = load(
      `(module (import "" "m" (memory 1)) (import "" "h" (func $h))
        (func (export "f") (result i32) (call $h) (i32.load (i32.const 131068))))`,
      memory,
      () => {
        memory.grow(1);
        new Int32Array(memory.buffer)[32_767] = 123;
      },
    );
    expect(fn(f)()).toBe(123);
  });

  it("are limited for an instance", () => {
    const m = prepare(parseWat(`(module (memory (export "m") 1) (table (export "t") 1 funcref))`));
    const limits = { memoryPages: 2, tableElements: 2 };
    const { exports } = engine.instantiate(m, [], limits);
    expect([memoryOf(exports[0]).grow(2), memoryOf(exports[0]).grow(1)]).toEqual([-1, 1]);
    expect([tableOf(exports[1]).grow(2, null), tableOf(exports[1]).grow(1, null)]).toEqual([-1, 1]);
    expect(() => engine.instantiate(m, [], { memoryPages: 0 })).toThrow(RangeError);
    expect(() => engine.instantiate(m, [], { tableElements: 0 })).toThrow(RangeError);
  });
});

describe("globals and tables", () => {
  it("made by the host are shared with instances", () => {
    const counter = engine.newGlobal({ type: I64, mutable: true }, 5n);
    const pi = engine.newGlobal({ type: F64, mutable: false }, 3.25);
    const wat = `(module (import "" "c" (global $c (mut i64))) (import "" "p" (global $p f64))
      (export "c" (global $c)) (global (export "copy") f64 (global.get $p))
      (func (export "f") (result i64) (global.set $c (i64.add (global.get $c) (i64.const 1)))
        (global.get $c)))`;
    expect(counter.get()).toBe(5n);
    const a = load(wat, counter, pi);
    const b = load(wat, counter, pi);
    expect([fn(a["f"])(), fn(b["f"])(), counter.get()]).toEqual([6n, 7n, 7n]);
    counter.set(-1n);
    expect(fn(a["f"])()).toBe(0n);
    expect(a["c"]).toBe(counter);
    expect(globalOf(b["copy"]).get()).toBe(3.25);
    const vector = load(`(module (global (export "v") v128 (v128.const i64x2 0 0)))`);
    expect(() => globalOf(vector["v"]).get()).toThrow(TypeError);
  });

  it("keep references of all sorts", () => {
    const t = engine.newTable({ elem: EXTERNREF, limits: { min: 2, max: 9, shared: false } }, "x");
    const g = engine.newGlobal({ type: EXTERNREF, mutable: true }, undefined);
    const a = load(
      `(module (import "" "t" (table $t 2 externref)) (import "" "g" (global $g (mut externref)))
        (func (export "swap") (param i32) (result externref)
          (global.get $g) (global.set $g (table.get $t (local.get 0))))
        (func (export "isNull") (param externref) (result i32) (ref.is_null (local.get 0)))
        (func (export "echo") (param i32 externref) (result externref) (local.get 1)))`,
      t,
      g,
    );
    const object = { a: 1 };
    t.set(1, object);
    expect(fn(a["swap"])(0)).toBe(undefined);
    expect(fn(a["swap"])(1)).toBe("x");
    expect([g.get(), t.get(0), t.get(1)]).toEqual([object, "x", object]);
    expect(g.get()).toBe(object);
    for (const value of [null, undefined, 0, -0, NaN, 1n, "s", Symbol("q"), object, () => 1]) {
      expect(Object.is(fn(a["echo"])(1, value), value)).toBe(true);
      expect(fn(a["isNull"])(value)).toBe(value === null ? 1 : 0);
      g.set(value);
      expect(Object.is(g.get(), value)).toBe(true);
    }
    expect([t.grow(3, null), t.length, t.get(4), t.grow(5, 0)]).toEqual([2, 5, null, -1]);
  });

  it("forget references that are used no more, and no others", () => {
    const a: Record<string, Linked> = load(
      `(module (import "" "h" (func $h (result externref))) (table (export "t") 50 externref)
        (func (export "keep") (param i32 externref) (result externref) (local externref)
          (local.set 2 (call $h)) (table.set (local.get 0) (local.get 1))
          (drop (call $h)) (local.get 2))
        (func (export "nop") (param externref)))`,
      () => {
        for (let k = 0; k < 500; k++) fn(a["nop"])({ k });
        return { made: true };
      },
    );
    for (let k = 0; k < 50; k++) {
      expect(fn(a["keep"])(k, { kept: k })).toEqual({ made: true });
      for (let j = 0; j <= k; j++) expect(tableOf(a["t"]).get(j)).toEqual({ kept: j });
    }
    const group = engine.funcOf(fn(a["nop"]))!.group;
    expect(group.externs!.size).toBeLessThan(3000);
  });

  it("join functions of instances that know nothing of each other", () => {
    const t = engine.newTable({ elem: FUNCREF, limits: { min: 4, max: -1, shared: false } }, null);
    const g = engine.newGlobal({ type: FUNCREF, mutable: true }, null);
    const wat = (n: number): string => `(module (func (export "f") (result i32) (i32.const ${n})))`;
    const [one, two, three] = [1, 2, 3].map((n) => fn(load(wat(n))["f"]));
    t.set(0, one);
    g.set(two);
    const a = load(
      `(module (import "" "t" (table 4 funcref)) (import "" "g" (global (mut funcref)))
        (func (export "call") (param i32) (result i32)
          (table.set (i32.const 1) (global.get 0))
          (call_indirect (result i32) (local.get 0))))`,
      t,
      g,
    );
    t.set(2, three);
    expect([0, 1, 2].map((k) => fn(a["call"])(k))).toEqual([1, 2, 3]);
    expect([0, 1, 2].map((k) => t.get(k))).toEqual([one, two, three]);
    expect(() => fn(a["call"])(3)).toThrow(RuntimeError);
  });
});
