// Memories of V8's own WebAssembly that guests of ours use, while V8's guests, the program and ours
// grow them. What V8 does with the same modules is what is expected.

import { describe, expect, it } from "vitest";
import { ENGINES, host, newBench, thrown } from "../../tools/engines.ts";
import type { Instance, Memory } from "./types.ts";

const V8 = host.WebAssembly;
const PAGE = 65_536;

type Callable = (...args: unknown[]) => number;
type Exports = Record<string, Callable> & { readonly m: Memory };

const GUEST = `(module
  (import "e" "m" (memory 0))
  (import "e" "f" (func $f (param i32) (result i32)))
  (export "m" (memory 0))
  (func (export "size") (result i32) (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "put") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func (export "get") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "far") (param i32) (result i32) (i32.load8_u offset=4294967295 (local.get 0)))
  (func (export "wide") (param i32) (result i64) (i64.load offset=4294967292 (local.get 0)))
  (func (export "fill") (param i32 i32) (memory.fill (local.get 0) (i32.const 7) (local.get 1)))
  (func (export "sum") (param i64 f64 i64 i64 i64 i64 i64 i64 f32) (result f64)
    (f64.add (f64.promote_f32 (local.get 8))
      (f64.convert_i64_s (i64.add (local.get 7) (i64.load8_u (i32.const 0))))))
  (func (export "around") (param i32) (result i32) (local $before i32)
    (local.set $before (i32.load8_u (i32.const 1)))
    (i32.store8 (i32.const 1) (i32.add (local.get $before) (i32.const 1)))
    (drop (call $f (local.get 0)))
    (i32.store8 (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 1)) (i32.const 9))
    (i32.add (i32.mul (memory.size) (i32.const 100)) (i32.load8_u (i32.const 1))))
  (func (export "climb") (result i32)
    (drop (memory.grow (i32.const 1)))
    (i32.store8 (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 1)) (i32.const 5))
    (memory.size)))`;

const nothing = (): number => 0;

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm, bytes } = newBench(newProvider());
  const guest = (m: unknown, f: (n: number) => number = nothing, wat = GUEST): Exports =>
    new wasm.Instance(new wasm.Module(bytes(wat)), { e: { m, f } } as never).exports as Exports;
  const theirs = (m: unknown, f: (n: number) => number = nothing): Exports => {
    const instance = new V8.Instance(new V8.Module(bytes(GUEST)), { e: { m, f } });
    return instance.exports as Exports;
  };
  const memory = (descriptor: object): Memory => new V8.Memory(descriptor) as unknown as Memory;

  describe(`memories of the host's in guests of the ${engine}`, () => {
    it("are shared, and exported as what they are", () => {
      const m = memory({ initial: 1 });
      const a = guest(m);
      const b = theirs(m);
      const c = guest(b.m);
      expect(a.m).toBe(m);
      expect(c.m).toBe(m);
      a["put"]!(3, 4);
      expect([a, b, c].map((x) => x["get"]!(3))).toEqual([4, 4, 4]);
      b["put"]!(PAGE - 1, 6);
      new Uint8Array(m.buffer)[5] = 8;
      expect([a["get"]!(PAGE - 1), c["get"]!(5)]).toEqual([6, 8]);
    });

    it("are not accessible beyond their bounds", () => {
      for (const m of [memory({ initial: 1 }), memory({ initial: 0, maximum: 1 })]) {
        const a = guest(m);
        const [size] = [m.buffer.byteLength];
        for (const at of [size, size + 1, 2 ** 31, -1, -2]) {
          expect(thrown(() => a["get"]!(at))).toBeInstanceOf(wasm.RuntimeError);
          expect(thrown(() => a["far"]!(at))).toBeInstanceOf(wasm.RuntimeError);
          expect(thrown(() => a["wide"]!(at))).toBeInstanceOf(wasm.RuntimeError);
        }
        expect(thrown(() => a["fill"]!(size - 1, 2))).toBeInstanceOf(wasm.RuntimeError);
        expect(a["size"]!()).toBe(size / PAGE);
      }
    });

    it("grow by the guest", () => {
      const m = memory({ initial: 1, maximum: 5 });
      const a = guest(m);
      const { buffer } = m;
      a["put"]!(9, 9);
      expect(a["climb"]!()).toBe(2);
      expect(buffer.byteLength).toBe(0);
      expect(m.buffer.byteLength).toBe(2 * PAGE);
      expect(a["grow"]!(2)).toBe(2);
      a["fill"]!(PAGE, 3 * PAGE);
      expect([...new Uint8Array(m.buffer)].filter((b) => b === 7)).toHaveLength(3 * PAGE);
      expect(a["grow"]!(2)).toBe(-1);
      expect(a["grow"]!(-1)).toBe(-1);
      expect(a["grow"]!(0)).toBe(4);
      expect([a["size"]!(), a["get"]!(9)]).toEqual([4, 9]);
      expect([a["climb"]!(), a["climb"]!()]).toEqual([5, 5]);
    });

    it("grow from nothing", () => {
      const m = memory({ initial: 0 });
      const a = guest(m);
      expect([a["size"]!(), a["climb"]!(), a["climb"]!()]).toEqual([0, 1, 2]);
      expect(new Uint8Array(m.buffer)[2 * PAGE - 1]).toBe(5);
    });

    it("grow by the program and by other guests, between calls", () => {
      const m = memory({ initial: 1 });
      const a = guest(m);
      const b = theirs(m);
      m.grow(1);
      expect(a["size"]!()).toBe(2);
      a["fill"]!(PAGE, PAGE);
      b["grow"]!(3);
      a["put"]!(5 * PAGE - 1, 1);
      expect(b["get"]!(5 * PAGE - 1)).toBe(1);
      m.grow(1);
      new Uint8Array(m.buffer)[0] = 1;
      const sum = a["sum"] as (...args: unknown[]) => unknown;
      expect(sum(1n, 1, 1n, 1n, 1n, 1n, 1n, 40n, 0.5)).toBe(41.5);
      expect(thrown(() => a["fill"]!(6 * PAGE, 1))).toBeInstanceOf(wasm.RuntimeError);
    });

    it("grow while a guest waits for a host function", () => {
      const m = memory({ initial: 1 });
      const b = theirs(m);
      const depths = guest(m, (n) => (n === 0 ? b["grow"]!(1) : depths["around"]!(n - 1)));
      expect(depths["around"]!(0)).toBe(201);
      expect(depths["around"]!(3)).toBe(305);
      expect(new Uint8Array(m.buffer)[3 * PAGE - 1]).toBe(9);
      const bold = guest(m, () => {
        m.grow(1);
        throw new Error("enough");
      });
      expect(thrown(() => bold["around"]!(0)).message).toBe("enough");
      expect(bold["size"]!()).toBe(4);
      expect(depths["around"]!(0)).toBe(507);
    });

    it("grow while a guest is suspended", async () => {
      const m = memory({ initial: 1 });
      const Suspending = wasm.Suspending!;
      const f = new Suspending(async () => m.grow(2));
      const a = guest(m, f as never);
      const around = wasm.promising!(a["around"]!);
      expect(await around(0)).toBe(301);
      expect(await around(0)).toBe(502);
    });

    it("are used through guests that have none themselves", () => {
      const m = memory({ initial: 1 });
      const a = guest(m);
      const wat = `(module (import "a" "size" (func (result i32)))
        (func (export "twice") (result i32) (i32.add (call 0) (call 0))))`;
      const outer = new wasm.Instance(new wasm.Module(bytes(wat)), { a } as never) as Instance;
      m.grow(2);
      expect((outer.exports["twice"] as Callable)()).toBe(6);
      const climbing = `(module (import "a" "climb" (func (result i32)))
        (func (export "twice") (result i32) (i32.mul (call 0) (call 0))))`;
      const next = new wasm.Instance(new wasm.Module(bytes(climbing)), { a } as never);
      expect((next.exports["twice"] as Callable)()).toBe(4 * 5);
    });

    it("take active segments", () => {
      const m = memory({ initial: 1 });
      guest(m);
      m.grow(1);
      const wat = (at: number): string =>
        `(module (import "e" "m" (memory 1)) (data (i32.const ${at}) "abc"))`;
      guest(m, nothing, wat(2 * PAGE - 3));
      expect([...new Uint8Array(m.buffer, 2 * PAGE - 3)]).toEqual([97, 98, 99]);
      expect(thrown(() => guest(m, nothing, wat(2 * PAGE - 2)))).toBeInstanceOf(wasm.RuntimeError);
    });

    it("are what the module wants, or refused in V8's words", () => {
      const limits = ["0", "1", "2", "3", "1 1", "1 2", "0 5", "1 65536"];
      const made = [
        { initial: 1 },
        { initial: 1, maximum: 1 },
        { initial: 2, maximum: 5 },
        { initial: 1, maximum: 2, shared: true },
        { initial: 1, maximum: 65_536 },
      ];
      for (const [k, descriptor] of made.entries()) {
        for (const want of "shared" in descriptor ? ["1"] : limits) {
          const m = memory(descriptor);
          const module = bytes(`(module (import "e" "m" (memory ${want})))`);
          const attempt = (w: { Module: never; Instance: never } | object): string => {
            const { Module, Instance } = w as typeof wasm;
            try {
              new Instance(new Module(module), { e: { m } } as never);
              return "linked";
            } catch (error) {
              // Newer ones have other words.
              if (Number.parseInt(process.versions.v8) >= 12) return (error as Error).name;
              // V8 says a number here that nobody has written.
              return String(error).replace(/at most 4294967295|at most \d+/, "at most so many");
            }
          };
          expect([k, want, attempt(wasm)]).toEqual([k, want, attempt(V8)]);
        }
      }
    });

    it("are not what only looks like one", () => {
      const m = memory({ initial: 1 });
      const odd = [{}, Object.create(V8.Memory.prototype), new Proxy(m, {}), m.buffer, 1, null];
      for (const value of odd) {
        expect(thrown(() => guest(value)).message).toContain("must be a WebAssembly.Memory object");
      }
    });

    it("are not at the mercy of what the program does to V8's classes", () => {
      const { prototype } = V8.Memory as unknown as { prototype: Record<string, unknown> };
      const grow = Object.getOwnPropertyDescriptor(prototype, "grow")!;
      const buffer = Object.getOwnPropertyDescriptor(prototype, "buffer")!;
      const m = memory({ initial: 1 });
      const a = guest(m);
      try {
        Object.defineProperty(prototype, "grow", { ...grow, value: () => 77 });
        Object.defineProperty(prototype, "buffer", { ...buffer, get: () => new ArrayBuffer(8) });
        expect([a["climb"]!(), a["size"]!()]).toEqual([2, 2]);
      } finally {
        Object.defineProperty(prototype, "grow", grow);
        Object.defineProperty(prototype, "buffer", buffer);
      }
      expect(m.buffer.byteLength).toBe(2 * PAGE);
    });
  });
}
