// Memories: descriptors, buffers and what growth does to them.

import { describe, expect, it } from "vitest";
import { ENGINES, newBench, thrown } from "../../tools/engines.ts";
import type { Memory } from "./types.ts";

const PAGE = 65_536;

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm, run } = newBench(newProvider());
  const newMemory = (descriptor: unknown): Memory => new wasm.Memory(descriptor as never);

  describe(`Memory over the ${engine}`, () => {
    it.each([undefined, null, 1, "", Symbol("s"), 1n])("is not made from %s", (value) => {
      const error = thrown(() => newMemory(value));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toBe("WebAssembly.Memory(): Argument 0 must be a memory descriptor");
    });

    it.each([
      [{}, TypeError, "Property 'initial' is required"],
      [{ initial: undefined }, TypeError, "Property 'initial' is required"],
      [{ maximum: 1 }, TypeError, "Property 'initial' is required"],
      [{ initial: NaN }, TypeError, "Property 'initial' must be convertible to a valid number"],
      [{ initial: "x" }, TypeError, "Property 'initial' must be convertible to a valid number"],
      [{ initial: Infinity }, TypeError, "must be convertible to a valid number"],
      [{ initial: -1 }, TypeError, "Property 'initial' must be non-negative"],
      [{ initial: 2 ** 32 }, TypeError, "must be in the unsigned long range"],
      [{ initial: 1n }, TypeError, "BigInt"],
      [{ initial: 0, maximum: -1 }, TypeError, "Property 'maximum' must be non-negative"],
      [{ initial: 0, maximum: 2 ** 32 }, TypeError, "must be in the unsigned long range"],
      [{ initial: 65_537 }, RangeError, "'initial': value 65537 is above the upper bound 65536"],
      [{ initial: 0, maximum: 65_537 }, RangeError, "'maximum': value 65537 is above the upper"],
      [{ initial: 10, maximum: 9 }, RangeError, "value 9 is below the lower bound a"],
      [{ initial: 1, shared: true }, TypeError, "maximum property should be defined"],
      [{ initial: 1, maximum: 1, shared: true }, TypeError, "threads, which is not implemented"],
      [{ initial: 1n, address: "i64" }, TypeError, "memory64, which is not implemented"],
      [{ initial: 1, address: "i16" }, TypeError, "'address' must be"],
    ])("is not made from %o", (descriptor, type, message) => {
      const error = thrown(() => newMemory(descriptor));
      expect(error).toBeInstanceOf(type);
      expect(error.message).toContain(message);
    });

    it("reads its descriptor in order, converting each member", () => {
      const order: string[] = [];
      const member = (name: string, value: unknown): PropertyDescriptor => ({
        get: () => {
          order.push(name);
          const convert = (): unknown => {
            order.push(`${name}!`);
            return value;
          };
          return { valueOf: convert, toString: convert };
        },
      });
      const descriptor = Object.defineProperties(
        {},
        {
          maximum: member("maximum", 2),
          initial: member("initial", 1),
          address: member("address", "i32"),
        },
      );
      expect(newMemory(descriptor).buffer.byteLength).toBe(PAGE);
      expect(order).toEqual(["address", "address!", "initial", "initial!", "maximum", "maximum!"]);
    });

    it("rounds sizes towards zero", () => {
      expect(newMemory({ initial: 1.9 }).buffer.byteLength).toBe(PAGE);
      expect(newMemory({ initial: -0.9 }).buffer.byteLength).toBe(0);
      expect(newMemory({ initial: null }).buffer.byteLength).toBe(0);
      expect(newMemory({ initial: "2", maximum: true && 3 }).buffer.byteLength).toBe(2 * PAGE);
    });

    it("takes a descriptor of any kind of object", () => {
      const f = Object.assign(() => 0, { initial: 1 });
      expect(newMemory(f).buffer.byteLength).toBe(PAGE);
      const proxy = new Proxy({}, { get: (_, name) => (name === "initial" ? 2 : undefined) });
      expect(newMemory(proxy).buffer.byteLength).toBe(2 * PAGE);
    });

    it("has one buffer until it grows", () => {
      const memory = newMemory({ initial: 1, maximum: 3 });
      const { buffer } = memory;
      expect(memory.buffer).toBe(buffer);
      expect(Object.getPrototypeOf(buffer)).toBe(ArrayBuffer.prototype);
      const bytes = new Uint8Array(buffer);
      expect(bytes.every((b) => b === 0)).toBe(true);
      bytes[7] = 7;
      expect(memory.grow(1)).toBe(1);
      expect(buffer.byteLength).toBe(0);
      expect(bytes.length).toBe(0);
      expect(memory.buffer).not.toBe(buffer);
      expect(memory.buffer.byteLength).toBe(2 * PAGE);
      expect(new Uint8Array(memory.buffer)[7]).toBe(7);
      expect(new Uint8Array(memory.buffer)[PAGE]).toBe(0);
    });

    it("detaches its buffer when it grows by nothing", () => {
      const memory = newMemory({ initial: 1 });
      const { buffer } = memory;
      new Uint8Array(buffer)[3] = 3;
      expect(memory.grow(0)).toBe(1);
      expect(buffer.byteLength).toBe(0);
      expect(new Uint8Array(memory.buffer)[3]).toBe(3);
    });

    it("is empty, and may stay so", () => {
      const memory = newMemory({ initial: 0, maximum: 0 });
      expect(memory.buffer.byteLength).toBe(0);
      expect(memory.grow(0)).toBe(0);
      expect(() => memory.grow(1)).toThrow(RangeError);
    });

    it("grows to its maximum and no further", () => {
      const memory = newMemory({ initial: 1, maximum: 3 });
      const { buffer } = memory;
      const error = thrown(() => memory.grow(3));
      expect(error).toBeInstanceOf(RangeError);
      expect(error.message).toBe("WebAssembly.Memory.grow(): Maximum memory size exceeded");
      expect(memory.buffer).toBe(buffer);
      expect(memory.grow(2)).toBe(1);
      expect(() => memory.grow(1)).toThrow(RangeError);
      expect(() => newMemory({ initial: 1 }).grow(65_536)).toThrow(RangeError);
    });

    it.each([[], [undefined], [NaN], [-1], [2 ** 32], ["x"], [{}], [Infinity], [1n]])(
      "does not grow by %s",
      (...args) => {
        const memory = newMemory({ initial: 0 });
        const grow = memory.grow as (...args: unknown[]) => number;
        expect(() => grow.apply(memory, args)).toThrow(TypeError);
      },
    );

    it("converts what it grows by", () => {
      const memory = newMemory({ initial: 0 });
      expect(memory.grow({ valueOf: () => "2" } as never)).toBe(0);
      expect(memory.grow(true as never)).toBe(2);
      expect(memory.buffer.byteLength).toBe(3 * PAGE);
    });
  });

  describe(`Memory and guests over the ${engine}`, () => {
    it("is the same for all that share it", () => {
      const memory = newMemory({ initial: 1, maximum: 4 });
      const wat = `(module
        (memory (export "m") (import "env" "m") 1 4)
        (func (export "put") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
        (func (export "get") (param i32) (result i32) (i32.load8_u (local.get 0)))
        (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "size") (result i32) (memory.size)))`;
      const a = run(wat, { env: { m: memory } });
      const b = run(wat, { env: { m: memory } });
      expect(a["m"]).toBe(memory);
      expect(b["m"]).toBe(memory);
      a["put"]!(100, 7);
      expect(b["get"]!(100)).toBe(7);
      expect(new Uint8Array(memory.buffer)[100]).toBe(7);
      const { buffer } = memory;
      expect(a["grow"]!(1)).toBe(1);
      expect(buffer.byteLength).toBe(0);
      expect(memory.buffer.byteLength).toBe(2 * PAGE);
      expect(b["size"]!()).toBe(2);
      expect(memory.grow(1)).toBe(2);
      expect(a["size"]!()).toBe(3);
      b["put"]!(3 * PAGE - 1, 9);
      expect(new Uint8Array(memory.buffer)[3 * PAGE - 1]).toBe(9);
      expect(() => a["get"]!(3 * PAGE)).toThrow(wasm.RuntimeError);
      expect(a["grow"]!(2)).toBe(-1);
      expect(a["grow"]!(0)).toBe(3);
    });

    it("shows a host function the memory as it is", () => {
      let seen = 0;
      let old: ArrayBuffer | undefined;
      const e = run(
        `(module
          (import "env" "look" (func $look))
          (memory (export "m") 1)
          (func (export "f")
            (i32.store (i32.const 8) (i32.const 77))
            (call $look)
            (drop (memory.grow (i32.const 1)))
            (i32.store (i32.const 65540) (i32.const 88))
            (call $look)))`,
        {
          env: {
            look: () => {
              const { buffer } = e["m"] as unknown as Memory;
              const words = new Int32Array(buffer);
              seen = words[2]! + (words[16_385] ?? 0);
              expect(old?.byteLength ?? 0).toBe(0);
              old = buffer;
            },
          },
        },
      );
      e["f"]!();
      expect(seen).toBe(165);
    });

    it("may be grown by a host function that the guest calls", () => {
      const e = run(
        `(module
          (import "env" "grow" (func $grow))
          (memory (export "m") 1)
          (func (export "f") (result i32)
            (call $grow)
            (i32.store (i32.const 131068) (i32.const 5))
            (i32.add (memory.size) (i32.load (i32.const 131068)))))`,
        { env: { grow: () => (e["m"] as unknown as Memory).grow(1) } },
      );
      expect(e["f"]!()).toBe(7);
    });
  });
}
