// Asynchronous host functions: guests that wait for promises, alone and among others.

import { describe, expect, it } from "vitest";
import { ENGINES, host, newBench, thrown } from "../../tools/engines.ts";
import { restore, snapshot } from "./snapshot.ts";
import type { Instance, Memory, Table } from "./types.ts";

type Callable = (...args: unknown[]) => unknown;
type Later = (...args: unknown[]) => Promise<unknown>;

/** What a promise is rejected with. */
const failure = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => expect.fail("nothing was rejected"),
    (error: unknown) => error as Error,
  );

/** Promises to be settled from outside, in the order in which they were made. */
class Desk {
  readonly resolve: ((value: unknown) => void)[] = [];
  readonly reject: ((reason: unknown) => void)[] = [];
  readonly ask = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      this.resolve.push(resolve);
      this.reject.push(reject);
    });
}

const SUM = `(module
  (import "m" "f" (func $f (param i32) (result i32)))
  (memory (export "memory") 1)
  (func $add (param $n i32) (result i32)
    (i32.add (local.get $n) (call $f (local.get $n))))
  (func (export "sum") (param $n i32) (result i32) (local $s i32)
    (loop $l
      (local.set $s (i32.add (local.get $s) (call $add (local.get $n))))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $s))
  (func (export "plain") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
  (func (export "div") (param i32) (result i32)
    (i32.div_s (i32.const 10) (call $f (local.get 0))))
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func $deep (export "deep") (param $n i32) (result i32)
    (if (result i32) (local.get $n)
      (then (i32.add (i32.const 1) (call $deep (i32.sub (local.get $n) (i32.const 1)))))
      (else (call $f (i32.const 0))))))`;

for (const { name: engine, newProvider } of ENGINES) {
  const provider = newProvider();
  const { wasm, module, run } = newBench(provider);
  const suspending = (call: Callable): object => new wasm.Suspending(call as never);
  const later = (f: unknown): Later => wasm.promising(f as Callable);
  type Sum = Record<"sum" | "plain" | "div" | "grow" | "deep", Callable> & { memory: Memory };
  const sum = (call: Callable): Sum => run<Sum>(SUM, { m: { f: suspending(call) } });

  describe(`operations over the ${engine}`, () => {
    it("take functions only", () => {
      for (const value of [undefined, 1, {}, wasm]) {
        expect(thrown(() => wasm.promising(value as never)).message).toBe(
          "WebAssembly.promising(): Argument 0 must be a function",
        );
        expect(thrown(() => suspending(value as never)).message).toBe(
          "WebAssembly.Suspending(): Argument 0 must be a function",
        );
      }
      expect(thrown(() => wasm.promising(() => 1)).message).toBe(
        "WebAssembly.promising(): Argument 0 must be a WebAssembly exported function",
      );
      expect(thrown(() => (wasm.Suspending as unknown as Callable)(() => 1))).toBeInstanceOf(
        TypeError,
      );
    });

    it("are there in place of the host's where the host has them", () => {
      const other = newBench({ ...newProvider(), foreign: host.WebAssembly });
      expect("promising" in other.wasm).toBe("promising" in host.WebAssembly);
      expect("Suspending" in other.wasm).toBe("Suspending" in host.WebAssembly);
    });
  });

  describe(`suspension over the ${engine}`, () => {
    it("lets the guest wait, any number of times", async () => {
      const { sum: f } = sum(async (n) => (n as number) * 10);
      const g = later(f);
      expect([g.name, g.length]).toEqual([(f as { name: string }).name, 1]);
      const promise = g(4);
      expect(promise).toBeInstanceOf(Promise);
      expect(await promise).toBe(110);
    });

    it("goes on at once with what is no promise", async () => {
      const seen: string[] = [];
      const { sum: f } = sum((n) => (seen.push("host"), n));
      const promise = later(f)(2);
      seen.push("after");
      expect(await promise).toBe(6);
      expect(seen).toEqual(["host", "host", "after"]);
      expect(f(2)).toBe(6);
    });

    it("converts values of all types", async () => {
      const wat = (t: string): string => `(module
        (import "m" "f" (func $f (param ${t}) (result ${t})))
        (func (export "f") (param ${t}) (result ${t}) (call $f (local.get 0))))`;
      const values = { i32: -7, i64: -(2n ** 63n), f32: 1.5, f64: Math.PI, externref: { a: 1 } };
      for (const [type, value] of Object.entries(values)) {
        const f = suspending(async (x) => (expect(x).toBe(value), x));
        expect(await later(run(wat(type), { m: { f } })["f"])(value)).toBe(value);
      }
      const many = `(module
        (import "m" "f" (func $f (result i32 i64 f64)))
        (func (export "f") (result i32 i64 f64) (call $f)))`;
      const f = suspending(async () => new Set([1, 2n, 3]));
      expect(await later(run(many, { m: { f } })["f"])()).toEqual([1, 2n, 3]);
      const bad = suspending(async () => [1]);
      expect(await failure(later(run(many, { m: { f: bad } })["f"])())).toBeInstanceOf(TypeError);
      const wrong = suspending(async () => "text");
      const one = run(wat("i64"), { m: { f: wrong } })["f"];
      expect(await failure(later(one)(1n))).toBeInstanceOf(SyntaxError);
      expect(await failure(later(one)(1))).toBeInstanceOf(TypeError);
    });

    it("throws what a promise is rejected with into the guest", async () => {
      const reason = new Error("no");
      const { sum: f, plain } = sum(() => Promise.reject(reason));
      expect(await failure(later(f)(3))).toBe(reason);
      expect(plain(3)).toBe(6);
    });

    it("knows traps before and after waiting, with the guest's frames", async () => {
      const { div } = sum((n) => Promise.resolve(n));
      expect(await later(div)(5)).toBe(2);
      const error = await failure(later(div)(0));
      expect(error).toBeInstanceOf(wasm.RuntimeError);
      expect(error.message).toBe("divide by zero");
      expect(error.stack).toMatch(/wasm-function\[4\]/);
      expect(
        await failure(later(run('(module (func (export "f") unreachable))')["f"])()),
      ).toBeInstanceOf(wasm.RuntimeError);
    });

    it("suspends many at once, which end in any order", async () => {
      const desk = new Desk();
      const { deep } = sum(desk.ask);
      const depths = [0, 1, 7, 40, 300];
      const ended: number[] = [];
      const all = depths.map((n, k) =>
        later(deep)(n).then((value) => (ended.push(k), value as number)),
      );
      expect(desk.resolve.length).toBe(5);
      for (const k of [3, 0, 4, 2, 1]) {
        desk.resolve[k]!(1000 * k);
        await all[k];
      }
      expect(ended).toEqual([3, 0, 4, 2, 1]);
      expect(await Promise.all(all)).toEqual(depths.map((n, k) => n + 1000 * k));
    });

    it("lets other exports run, and the memory grow, meanwhile", async () => {
      const desk = new Desk();
      const { deep, plain, grow, memory } = sum(desk.ask);
      const promise = later(deep)(3);
      expect(plain(21)).toBe(42);
      expect(grow()).toBe(1);
      expect(memory.grow(2)).toBe(2);
      new Uint8Array(memory.buffer)[200_000] = 7;
      const second = later(deep)(1);
      desk.resolve[1]!(5);
      expect(await second).toBe(6);
      desk.resolve[0]!(9);
      expect(await promise).toBe(12);
      expect(new Uint8Array(memory.buffer)[200_000]).toBe(7);
    });

    it("nests: a host function that waits for another guest", async () => {
      let inner: Later;
      const { deep } = sum(async (n) => (await inner(n)) as number);
      const other = sum(async () => 42);
      inner = later(other.deep);
      expect(await later(deep)(5)).toBe(47);
      // Begun while another activation runs, gone on with when that one has ended.
      const desk = new Desk();
      const third = sum(desk.ask);
      let begun: Promise<unknown> | undefined;
      const outer = sum(() => ((begun = later(third.deep)(50)), 1));
      expect(outer.deep(30)).toBe(31);
      desk.resolve[0]!(8);
      expect(await begun).toBe(58);
    });

    it("refuses to suspend JavaScript", async () => {
      const { deep } = sum(async () => 1);
      expect(thrown(() => deep(3))).toBeInstanceOf(wasm.SuspendError);
      // Export, import, export, and only then the one that waits.
      const outer = sum(() => deep(2));
      expect(await failure(later(outer.deep)(1))).toBeInstanceOf(wasm.SuspendError);
      const start = '(module (import "m" "f" (func $f)) (start $f))';
      expect(thrown(() => run(start, { m: { f: suspending(async () => 1) } }))).toBeInstanceOf(
        wasm.SuspendError,
      );
    });

    it("passes through instances that call one another", async () => {
      const first = sum(async () => 5);
      const second = run<Record<string, Callable>>(
        `(module (import "m" "deep" (func $deep (param i32) (result i32)))
          (func (export "f") (param i32) (result i32)
            (i32.mul (call $deep (local.get 0)) (call $deep (i32.const 1)))))`,
        { m: first },
      );
      expect(await later(second["f"])(2)).toBe(42);
    });

    it("can call an import that came back as an export", async () => {
      const wat = '(module (import "m" "f" (func $f (result i32))) (export "g" (func $f)))';
      const { g } = run(wat, { m: { f: suspending(async () => 7.9) } });
      expect(await later(g)()).toBe(7);
      expect(thrown(() => g!())).toBeInstanceOf(wasm.SuspendError);
    });

    it("keeps references of suspended guests", async () => {
      const { f } = run(
        `(module (import "m" "f" (func $f))
          (func (export "f") (param externref) (result externref) (call $f) (local.get 0)))`,
        { m: { f: suspending(() => new Promise((r) => setTimeout(r, 1))) } },
      );
      const { id } = run(
        '(module (func (export "id") (param externref) (result externref) local.get 0))',
      );
      const kept = { kept: true };
      const promise = later(f)(kept);
      for (let i = 0; i < 5000; i++) {
        id!({ i });
        if (i < 2000) void later(f)({ i });
      }
      expect(await promise).toBe(kept);
    });

    it("answers rejected promises for whatever goes wrong", async () => {
      const { f } = run('(module (func $f (export "f") (param i64) (call $f (local.get 0))))');
      expect(await failure(later(f)(Symbol("no")))).toBeInstanceOf(TypeError);
      const error = await failure(later(f)(1n));
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toBe("Maximum call stack size exceeded");
    });

    it("keeps values in registers and on the stack, more than registers hold", async () => {
      const types = Array.from({ length: 40 }, (_, k) => ["i32", "f64", "i64", "f32"][k % 4]!);
      const value = (k: number): unknown => (k % 4 === 2 ? BigInt(k) : k + 1);
      const list = types.map((_, k) => value(k));
      const all = types.join(" ");
      const sets = types.map((_, k) => `(local.set ${39 - k})`).join(" ");
      const gets = types.map((_, k) => `(local.get ${k})`).join(" ");
      const { f } = run(
        `(module (import "m" "f" (func $f (param ${all}) (result ${all})))
          (func $g (param ${all}) (result ${all}) (local i64 i64 i64 i64 f64 f64 f64)
            (local.set 40 (i64.add (local.get 2) (i64.const 1)))
            (local.set 41 (i64.add (local.get 6) (i64.const 2)))
            (local.set 42 (i64.add (local.get 10) (i64.const 3)))
            (local.set 44 (f64.add (local.get 1) (f64.const 0.5)))
            (local.set 45 (f64.add (local.get 5) (f64.const 0.25)))
            (call $f ${gets}) ${sets} (call $f ${gets}) ${sets}
            (local.set 2 (i64.add (local.get 2) (local.get 40)))
            (local.set 6 (i64.add (local.get 6) (local.get 41)))
            (local.set 10 (i64.add (local.get 10) (local.get 42)))
            (local.set 1 (f64.add (local.get 1) (local.get 44)))
            (local.set 5 (f64.add (local.get 5) (local.get 45)))
            ${gets})
          (func (export "f") (param ${all}) (result ${all}) ${gets} (call $g)))`,
        { m: { f: suspending(async (...args) => (expect(args).toEqual(list), args)) } },
      );
      const expected = list.slice();
      for (const [k, more] of [
        [2, 3n],
        [6, 8n],
        [10, 13n],
      ] as const) {
        expected[k] = (list[k] as bigint) + more;
      }
      expected[1] = 2 + 2.5;
      expected[5] = 6 + 6.25;
      const g = later(f);
      const calls = Array.from({ length: 20 }, () => g(...list));
      for (const call of calls) expect(await call).toEqual(expected);
    });

    it("knows traps of what was begun above others", async () => {
      const desk = new Desk();
      const { div } = sum(desk.ask);
      let begun: Promise<unknown>[] = [];
      const outer = sum(() => ((begun = [1, 2, 0].map((n) => later(div)(n))), 1));
      for (const depth of [0, 20]) {
        expect(outer.deep(depth)).toBe(depth + 1);
        const ends = begun.map((one) => one.catch((error: Error) => error));
        for (const [k, n] of [5, 0, 2].entries()) desk.resolve[k]!(n);
        expect(await ends[0]).toBe(2);
        expect(await ends[2]).toBe(5);
        const error = (await ends[1]) as Error;
        expect(error.message).toBe("divide by zero");
        expect(error.stack!.match(/wasm-function/g)!.length).toBe(1);
        desk.resolve.length = desk.reject.length = 0;
      }
    });

    it("goes on, at once or later, where a promise settles while another guest runs", async () => {
      const desk = new Desk();
      const inner = sum(desk.ask);
      const first = later(inner.deep)(7);
      const seen: unknown[] = [];
      void first.then((value) => seen.push(value));
      await new Promise((resolve) => void setImmediate(resolve));
      const { deep } = sum(() => {
        desk.resolve[0]!(3);
        (process as never as { _tickCallback(): void })._tickCallback();
        seen.push("host");
        return 1;
      });
      // Out of no job, so that jobs can run in the midst of it.
      const done = await new Promise((resolve) => {
        setTimeout(() => resolve(deep(40)), 1);
      });
      expect(done).toBe(41);
      expect(await first).toBe(10);
      expect(seen).toEqual(engine === "native" ? ["host", 10] : [10, "host"]);
    });

    it("converts what a promise gives where no guest can be suspended", async () => {
      const { f } = run(
        `(module (import "m" "f" (func $f (result i64)))
          (func (export "f") (result i64) (call $f)))`,
        { m: { f: suspending(async () => given) } },
      );
      const errors: Error[] = [];
      const given = {
        valueOf: () => {
          errors.push(thrown(() => f!()));
          return 12n;
        },
      };
      expect(await later(f)()).toBe(12n);
      expect(errors[0]).toBeInstanceOf(wasm.SuspendError);
    });

    it("lets an instance that waits be restored by nobody", async () => {
      const desk = new Desk();
      const wat = `(module (import "m" "f" (func $f (result i32)))
        (func (export "f") (result i32) (call $f)))`;
      const code = module(wat);
      const make = (): Instance<Record<string, Callable>> =>
        new wasm.Instance(code, { m: { f: suspending(desk.ask) } });
      const [one, other] = [make(), make()];
      const state = snapshot(one);
      const promise = later(one.exports["f"])();
      expect(thrown(() => restore(one, state)).message).toContain("suspended");
      restore(other, state);
      desk.resolve[0]!(4);
      expect(await promise).toBe(4);
      restore(one, state);
    });

    it("knows which references guests hold while they wait", async () => {
      const desk = new Desk();
      const e = run<Record<string, Callable> & { t: Table }>(
        `(module (import "m" "f" (func $f (result i32))) (type $v (func (result i32)))
          (table (export "t") 1 funcref)
          (func (export "id") (param externref) (result externref) (local.get 0))
          (func (export "hold") (param externref) (result externref)
            (drop (call $f)) (local.get 0))
          (func (export "once") (result i32) (call_indirect (type $v) (i32.const 0)))
          (func (export "call") (result i32) (local funcref)
            (local.set 0 (table.get (i32.const 0)))
            (call_indirect (type $v) (i32.const 0))
            (table.set (i32.const 0) (local.get 0))
            (i32.add (call_indirect (type $v) (i32.const 0)))))`,
        { m: { f: suspending(desk.ask) } },
      );
      const other = (): Callable =>
        run(
          `(module (import "m" "f" (func $f (result i32)))
            (func (export "g") (result i32) (i32.add (call $f) (call $f))))`,
          { m: { f: suspending(desk.ask) } },
        )["g"]!;
      const kept = { kept: true };
      const held = later(e["hold"])(kept);
      e.t.set(0, other());
      const called = later(e["call"])();
      e.t.set(0, other());
      const once = later(e["once"])();
      for (let i = 0; i < 1000; i++) {
        if (i % 10 === 0) e.t.set(0, other());
        expect((e["id"]!({ i }) as { i: number }).i).toBe(i);
      }
      e.t.set(0, null);
      const answers = [1, 10, 100, 20, 200, 30, 40];
      for (let k = 0; k < answers.length; k++) {
        desk.resolve[k]!(answers[k]);
        await new Promise((resolve) => void setImmediate(resolve));
      }
      expect(await held).toBe(kept);
      expect(await once).toBe(300);
      expect(await called).toBe(100);
    });
  });
}
