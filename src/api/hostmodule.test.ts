// Host modules: what the builder makes, what linking says of them, and what their types are.

import { describe, expect, expectTypeOf, it } from "vitest";
import { ENGINES, newBench, thrown } from "../../tools/engines.ts";
import { hostModule } from "./hostmodule.ts";
import type { AsyncHostFunc, HostFunc } from "./hostmodule.ts";
import type { Suspending } from "./suspend.ts";
import type { ExportedFunction, Memory } from "./types.ts";

type Callable = (...args: unknown[]) => unknown;

describe("types of host modules", () => {
  it("follow from the names of WebAssembly's types", () => {
    const memory = {} as Memory;
    const env = hostModule("env")
      .func("none", [], [], () => undefined)
      .func("mix", ["i32", "i64", "f64", "externref", "anyfunc"], ["i64"], (a, b, c, d, e) => {
        expectTypeOf(a).toEqualTypeOf<number>();
        expectTypeOf(b).toEqualTypeOf<bigint>();
        expectTypeOf(c).toEqualTypeOf<number>();
        expectTypeOf(d).toEqualTypeOf<unknown>();
        expectTypeOf(e).toEqualTypeOf<ExportedFunction | null>();
        return b;
      })
      .func("pair", ["f32"], ["i32", "i64"], (x) => [x, 1n])
      .suspending("later", ["i32"], ["i32"], async (x) => x)
      .memory("memory", memory)
      .global("base", 5)
      .build();
    expectTypeOf(env.env.none).toEqualTypeOf<() => void>();
    expectTypeOf(env.env.pair).toEqualTypeOf<(x: number) => readonly [number, bigint]>();
    expectTypeOf(env.env.later).toEqualTypeOf<Suspending>();
    expectTypeOf(env.env.memory).toEqualTypeOf<Memory>();
    expectTypeOf(env.env.base).toEqualTypeOf<5>();
    expectTypeOf<HostFunc<["i32"], ["i64"]>>().toEqualTypeOf<(x: number) => bigint>();
    expectTypeOf<AsyncHostFunc<[], []>>().toEqualTypeOf<() => void | Promise<void>>();
    expect(Object.keys(env)).toEqual(["env"]);
    expect(env.env.memory).toBe(memory);
    expect(Object.isFrozen(env.env)).toBe(true);
  });

  it("are checked when it is built", () => {
    const builder = hostModule("m").func("f", [], [], () => undefined);
    expect(thrown(() => builder.global("f", 1)).message).toBe(
      'host module "m": there is a "f" already',
    );
    expect(thrown(() => builder.func("g", ["v128" as "i32"], [], () => 0)).message).toBe(
      'host module "m", function "g": "v128" is none of i32, i64, f32, f64, externref, anyfunc',
    );
    expect(thrown(() => builder.func("g", [], [], 1 as never)).message).toBe(
      'host module "m", function "g": there is no function',
    );
    expect(thrown(() => builder.func("g", {} as [], [], () => 0))).toBeInstanceOf(TypeError);
    // What was built does not change.
    const built = builder.build();
    builder.func("later", [], [], () => undefined);
    expect(Object.keys(built.m)).toEqual(["f"]);
  });
});

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm, run } = newBench(newProvider());

  describe(`host modules over the ${engine}`, () => {
    it("are imports among others", () => {
      const seen: unknown[] = [];
      const memory = new wasm.Memory({ initial: 1 });
      const table = new wasm.Table({ element: "anyfunc", initial: 2 });
      const env = hostModule("env")
        .func("log", ["i32", "i32"], [], (ptr, length) => void seen.push(ptr, length))
        .func("wide", ["i64"], ["f64", "i64"], (x) => [0.5, x + 1n])
        .memory("memory", memory)
        .table("table", table)
        .global("base", 40)
        .build();
      const { f } = run<Record<string, Callable>>(
        `(module
          (import "env" "log" (func $log (param i32 i32)))
          (import "env" "wide" (func $wide (param i64) (result f64 i64)))
          (import "env" "memory" (memory 1))
          (import "env" "table" (table 2 funcref))
          (import "env" "base" (global $base i32))
          (import "other" "x" (func $x (result i32)))
          (func (export "f") (result f64 i64)
            (call $log (global.get $base) (call $x))
            (call $wide (i64.const 6))))`,
        { ...env, other: { x: () => 2 } },
      );
      expect(f!()).toEqual([0.5, 7n]);
      expect(seen).toEqual([40, 2]);
    });

    it("say what does not fit", () => {
      const env = hostModule("env")
        .func("log", ["i32", "i32"], [], () => undefined)
        .global("base", 1)
        .build();
      const message = (type: string): string => {
        const error = thrown(() => run(`(module (import "env" ${type}))`, env));
        expect(error).toBeInstanceOf(wasm.LinkError);
        return error.message.replace(/^.*error: /, "");
      };
      expect(message('"log" (func (param i32 i64) (result f32))')).toBe(
        'the host module "env" has a function of type (i32, i32) -> (), and the module wants ' +
          "(i32, i64) -> (f32)",
      );
      expect(message('"log" (memory 1)')).toBe(
        'the host module "env" has a function of this name, and the module wants a memory',
      );
      expect(message('"base" (func)')).toBe(
        'the host module "env" has a global of this name, and the module wants a function',
      );
      expect(message('"lgo" (func)')).toBe(
        'the host module "env" has no such member; it has "log", "base"',
      );
      // Without the builder, functions fit whatever is wanted.
      run('(module (import "env" "log" (func (param i64))))', { env: { ...env.env } });
    });
  });
}
