// Limits: guests that are stopped by a deadline or a signal, wherever they are.

import { describe, expect, it } from "vitest";
import { ENGINES, newBench, thrown } from "../../tools/engines.ts";
import { callWith } from "./context.ts";

type Callable = (...args: unknown[]) => unknown;
type Exports = Record<string, Callable>;

const WAT = `(module
  (import "m" "f" (func $f))
  (func (export "spin") (loop $l (br $l)))
  (func $rec (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 1))
      (else (i32.add (call $rec (i32.sub (local.get 0) (i32.const 1)))
        (call $rec (i32.sub (local.get 0) (i32.const 1)))))))
  (func (export "rec") (result i32) (call $rec (i32.const 60)))
  (func (export "host") (result i32) (call $f) (i32.const 7))
  (func (export "hosts") (loop $l (call $f) (br $l)))
  (memory (export "memory") 1)
  (func (export "store") (i32.store (i32.const 0) (i32.const 1)) (loop $l (br $l)))
  (func (export "quick") (result i32) (i32.const 3)))`;

for (const { name: engine, newProvider } of ENGINES) {
  const provider = newProvider();
  const { wasm, module } = newBench(provider);
  const code = module(WAT);
  const make = (f: Callable, options?: object): Exports =>
    new wasm.Instance<Exports>(code, { m: { f } }, options).exports;

  describe(`limits over the ${engine}`, () => {
    const isTimeout = (error: Error): void => {
      expect(error).toBeInstanceOf(DOMException);
      expect(error.name).toBe("TimeoutError");
    };

    it("end loops, recursion without loops, and loops of host functions", () => {
      let calls = 0;
      const e = make(() => calls++);
      e["host"]!();
      for (const name of ["spin", "rec", "hosts"]) {
        const started = performance.now();
        const error = thrown(() => callWith({ timeout: 15 }, () => e[name]!()));
        const took = performance.now() - started;
        isTimeout(error);
        expect(took).toBeGreaterThanOrEqual(15);
        expect(took).toBeLessThan(5000);
        expect(e["quick"]!()).toBe(3);
      }
      expect(calls).toBeGreaterThan(1);
      const { cause } = thrown(() => callWith({ timeout: 2 }, () => e["spin"]!()));
      expect((cause as Error).message).toBe("interrupted");
      expect((cause as Error).stack).toMatch(/wasm-function\[1\]:0x/);
    });

    it("do not end what is quick enough", () => {
      const e = make(() => 0);
      expect(callWith({ timeout: 10_000 }, () => e["quick"]!())).toBe(3);
      expect(callWith({ timeout: Infinity }, () => e["host"]!())).toBe(7);
      expect(e["host"]!()).toBe(7);
      for (const timeout of [-1, NaN]) {
        expect(thrown(() => callWith({ timeout }, () => 0))).toBeInstanceOf(RangeError);
      }
      expect(thrown(() => callWith({ signal: {} as AbortSignal }, () => 0))).toBeInstanceOf(
        TypeError,
      );
    });

    it("hold for every call of an instance that asks for them", () => {
      const e = make(() => 0, { timeout: 10 });
      isTimeout(thrown(() => e["spin"]!()));
      expect(e["quick"]!()).toBe(3);
      isTimeout(thrown(() => e["rec"]!()));
      const start = module("(module (func $s (loop $l (br $l))) (start $s))");
      isTimeout(thrown(() => new wasm.Instance(start, {}, { timeout: 10 })));
    });

    it("throw the reason of a signal", () => {
      const reason = new Error("enough");
      const e = make(() => 0);
      let called = false;
      expect(
        thrown(() => callWith({ signal: AbortSignal.abort(reason) }, () => (called = true))),
      ).toBe(reason);
      expect(called).toBe(false);
      const controller = new AbortController();
      let calls = 0;
      const aborting = make(() => {
        if (++calls === 3) controller.abort(reason);
      });
      expect(thrown(() => callWith(controller, () => aborting["hosts"]!()))).toBe(reason);
      expect(calls).toBe(3);
      const again = new AbortController();
      const once = make(() => again.abort(reason));
      // The guest would return without another call or loop.
      expect(thrown(() => callWith(again, () => once["host"]!()))).toBe(reason);
      expect(e["quick"]!()).toBe(3);
    });

    it("add up when calls are nested", () => {
      const inner = make(() => 0);
      const outer = make(() => callWith({ timeout: 60_000 }, () => inner["spin"]!()));
      isTimeout(thrown(() => callWith({ timeout: 10 }, () => outer["host"]!())));
      // Whoever catches the inner end goes on; the outer guest has time left.
      const lenient = make(() => {
        isTimeout(thrown(() => callWith({ timeout: 5 }, () => inner["spin"]!())));
      });
      expect(callWith({ timeout: 60_000 }, () => lenient["host"]!())).toBe(7);
      // Not when its own time is up.
      const strict = make(() => void thrown(() => inner["spin"]!()));
      isTimeout(thrown(() => callWith({ timeout: 5 }, () => strict["host"]!())));
    });

    it("leave memory as the guest left it", () => {
      const e = make(() => 0);
      isTimeout(thrown(() => callWith({ timeout: 5 }, () => e["store"]!())));
      const { buffer } = e["memory"] as unknown as { buffer: ArrayBuffer };
      expect(new Int32Array(buffer)[0]).toBe(1);
    });

    it("end guests that are suspended", async () => {
      const wait = new wasm.Suspending(() => new Promise((r) => setTimeout(r, 30)));
      const e = make(wait as never);
      const host = wasm.promising(e["host"]!);
      const failure = (p: Promise<unknown>): Promise<Error> =>
        p.then(
          () => expect.fail("it ended"),
          (error: unknown) => error as Error,
        );
      isTimeout(await failure(callWith({ timeout: 5 }, () => host())));
      const controller = new AbortController();
      const promise = callWith(controller, () => host());
      controller.abort("why");
      expect(await failure(promise)).toBe("why");
      const hosts = wasm.promising(e["hosts"]!);
      isTimeout(await failure(callWith({ timeout: 50 }, () => hosts())));
      expect(await callWith({ timeout: 5000 }, () => host())).toBe(7);
    });
  });
}
