// Listeners, contexts and limits: what surrounds the calls of an instance.

import { describe, expect, it } from "vitest";
import { ENGINES, host, newBench, thrown } from "../../tools/engines.ts";
import { callWith, context } from "./context.ts";
import type { Call, Listener } from "./listen.ts";
import type { InstanceOptions } from "./surround.ts";

type Callable = (...args: unknown[]) => unknown;
type Exports = Record<string, Callable>;

const WAT = `(module
  (import "m" "a" (func $a (param i32) (result i32)))
  (import "n" "b" (func $b (param f64 i64)))
  (func (export "f") (export "same") (param i32) (result i32) (call $a (local.get 0)))
  (func (export "g") (call $b (f64.const 1.5) (i64.const 2)))
  (func (export "two") (param i32) (result i32 i32) (local.get 0) (call $a (local.get 0)))
  (func (export "trap") unreachable)
  (table (export "t") 1 funcref) (elem (i32.const 0) 2))`;

/** Notes what it is told. */
function recorder(): { listener: Listener; lines: string[] } {
  const lines: string[] = [];
  const show = ({ kind, module, name, index, args }: Call): string =>
    `${kind} ${module}.${name}#${index}(${args.join(",")})`;
  const listener: Listener = {
    before: (call) => void lines.push(show(call)),
    after: (call, results) => void lines.push(`${call.name} = ${results.join(",")}`),
    abort: (call, error) => void lines.push(`${call.name} ! ${(error as Error).message}`),
  };
  return { listener, lines };
}

for (const { name: engine, newProvider } of ENGINES) {
  const provider = newProvider();
  const { wasm, module, run } = newBench(provider);
  const code = module(WAT);
  const make = (a: Callable, b: Callable, options?: InstanceOptions): Exports =>
    new wasm.Instance<Exports>(code, { m: { a }, n: { b } }, options).exports;

  describe(`listeners over the ${engine}`, () => {
    it("are told of calls in both directions", () => {
      const { listener, lines } = recorder();
      const e = make(
        (n) => (n as number) + 1,
        () => undefined,
        { listener },
      );
      expect(e["f"]!("5")).toBe(6);
      expect(lines.splice(0)).toEqual(["export .f#2(5)", "import m.a#0(5)", "a = 6", "f = 6"]);
      e["g"]!();
      expect(lines.splice(0)).toEqual(["export .g#3()", "import n.b#1(1.5,2)", "b = ", "g = "]);
      expect(e["two"]!(1)).toEqual([1, 2]);
      expect(lines.splice(0).at(-1)).toBe("two = 1,2");
    });

    it("are told of nothing that stays among guests or is found in a table only", () => {
      const inner = recorder();
      const { inc } = new wasm.Instance<Exports>(
        module(`(module (func (export "inc") (param i32) (result i32)
          (i32.add (local.get 0) (i32.const 1))))`),
        {},
        { listener: inner.listener },
      ).exports;
      const outer = recorder();
      const e = new wasm.Instance<Exports>(
        module(`(module (import "m" "inc" (func $inc (param i32) (result i32)))
          (func $own (param i32) (result i32) (call $inc (local.get 0)))
          (table (export "t") 1 funcref) (elem (i32.const 0) $own)
          (func (export "f") (param i32) (result i32) (call $own (local.get 0))))`),
        { m: { inc: inc! } },
        { listener: outer.listener },
      ).exports;
      expect(e["f"]!(1)).toBe(2);
      expect(outer.lines.splice(0)).toEqual(["export .f#2(1)", "f = 2"]);
      expect((e["t"] as unknown as { get(i: number): Callable }).get(0)(5)).toBe(6);
      expect(outer.lines).toEqual([]);
      expect(inner.lines).toEqual([]);
      expect(inc!(8)).toBe(9);
      expect(inner.lines).toEqual(["export .inc#0(8)", "inc = 9"]);
    });

    it("are told of errors", () => {
      const { listener, lines } = recorder();
      const e = make(
        () => {
          throw new Error("host");
        },
        () => 0,
        { listener },
      );
      expect(thrown(() => e["f"]!(1)).message).toBe("host");
      expect(lines.splice(0)).toEqual([
        "export .f#2(1)",
        "import m.a#0(1)",
        "a ! host",
        "f ! host",
      ]);
      expect(thrown(() => e["trap"]!())).toBeInstanceOf(wasm.RuntimeError);
      expect(lines.splice(0)).toEqual(["export .trap#5()", "trap ! unreachable"]);
    });

    it("leave exports the functions that they are", () => {
      const { listener } = recorder();
      const e = make(
        () => 1,
        () => 0,
        { listener },
      );
      expect([e["f"]!.name, e["f"]!.length]).toEqual(["2", 1]);
      expect(e["same"]).toBe(e["f"]);
      const t = e["t"] as unknown as { get(i: number): unknown; set(i: number, v: unknown): void };
      expect(t.get(0)).toBe(e["f"]);
      t.set(0, e["f"]);
      const plain = run<Exports>(
        '(module (import "m" "f" (func $f (param i32) (result i32))) (export "f" (func $f)))',
        { m: { f: e["f"] } },
      );
      expect(plain["f"]).toBe(e["f"]);
    });

    it("are for those that ask for them, in ingot's own namespaces", () => {
      const { listener, lines } = recorder();
      make(
        () => 1,
        () => 0,
      )["f"]!(1);
      expect(lines).toEqual([]);
      const other = newBench({ ...newProvider(), foreign: host.WebAssembly });
      const imports = { m: { a: () => 1 }, n: { b: () => 0 } };
      new other.wasm.Instance<Exports>(other.module(WAT), imports, { listener }).exports["f"]!(1);
      expect(lines).toEqual([]);
      expect(thrown(() => new wasm.Instance(code, imports, 1 as never)).message).toBe(
        "WebAssembly.Instance(): Argument 2 must be an object",
      );
    });
  });

  describe(`contexts over the ${engine}`, () => {
    it("are seen by host functions, the innermost first", () => {
      const seen: unknown[] = [];
      const note = (): number => seen.push(context());
      const plain = make(note, note);
      const own = make(note, note, { context: "own" });
      expect(context()).toBe(undefined);
      plain["f"]!(0);
      own["f"]!(0);
      callWith({ context: "call" }, () => {
        plain["f"]!(0);
        own["g"]!();
        callWith({ context: "inner" }, () => plain["f"]!(0));
        plain["f"]!(0);
        thrown(() => callWith({ context: "lost" }, () => plain["trap"]!()));
        plain["f"]!(0);
      });
      plain["f"]!(0);
      expect(seen).toEqual([undefined, "own", "call", "call", "inner", "call", "call", undefined]);
    });

    it("go with a guest that is suspended", async () => {
      const seen: unknown[] = [];
      const wait = new wasm.Suspending(async () => (seen.push(context()), 1));
      const e = new wasm.Instance<Exports>(
        module(`(module (import "m" "wait" (func $wait (result i32)))
          (import "m" "note" (func $note))
          (func (export "f") (result i32)
            (call $note) (drop (call $wait)) (call $note) (call $wait) (call $note)))`),
        { m: { wait, note: () => seen.push(context()) } },
      ).exports;
      const f = wasm.promising(e["f"]!);
      const a = callWith({ context: "a" }, () => f());
      const b = callWith({ context: "b" }, () => f());
      expect(context()).toBe(undefined);
      await Promise.all([a, b, f()]);
      expect(seen.filter((x) => x === "a").length).toBe(5);
      expect(seen.filter((x) => x === "b").length).toBe(5);
      expect(seen.filter((x) => x === undefined).length).toBe(5);
      const { listener, lines } = recorder();
      const heard = new wasm.Instance<Exports>(
        module(`(module (import "m" "wait" (func $wait (result i32)))
          (func (export "f") (result i32) (call $wait)))`),
        { m: { wait } },
        { listener, context: "instance" },
      ).exports;
      expect(await wasm.promising(heard["f"]!)()).toBe(1);
      expect(seen.at(-1)).toBe("instance");
      expect(lines).toEqual(["export .f#1()", "import m.wait#0()", "wait = 1", "f = 1"]);
    });
  });
}
