// Modules: what they say of themselves, custom sections, errors and their words.

import { describe, expect, it } from "vitest";
import { ENGINES, newBench, thrown } from "../../tools/engines.ts";

const WAT = `(module
  (import "env" "f" (func $f (param i32)))
  (import "env" "" (table 1 funcref))
  (import "" "m" (memory 1))
  (import "env" "f" (global i32))
  (func (export "g"))
  (export "" (func $f))
  (export "t" (table 0))
  (export "\\u{d55c}" (memory 0))
  (export "x" (global 0)))`;

/** A module of custom sections only. */
function withSections(...sections: readonly (readonly [name: string, data: number[]])[]) {
  const parts = sections.map(([name, data]) => {
    const text = [...new TextEncoder().encode(name)];
    return [0, 1 + text.length + data.length, text.length, ...text, ...data];
  });
  return Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, ...parts.flat());
}

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm, bytes, module } = newBench(newProvider());
  const { Module } = wasm;

  describe(`Module over the ${engine}`, () => {
    it("lists imports in order", () => {
      const imports = Module.imports(module(WAT));
      expect(imports).toEqual([
        { module: "env", name: "f", kind: "function" },
        { module: "env", name: "", kind: "table" },
        { module: "", name: "m", kind: "memory" },
        { module: "env", name: "f", kind: "global" },
      ]);
      expect(Object.getOwnPropertyDescriptors(imports[0])).toEqual({
        module: { value: "env", writable: true, enumerable: true, configurable: true },
        name: { value: "f", writable: true, enumerable: true, configurable: true },
        kind: { value: "function", writable: true, enumerable: true, configurable: true },
      });
      expect(Object.getPrototypeOf(imports[0])).toBe(Object.prototype);
    });

    it("lists exports in order", () => {
      expect(Module.exports(module(WAT))).toEqual([
        { name: "g", kind: "function" },
        { name: "", kind: "function" },
        { name: "t", kind: "table" },
        { name: "\ud55c", kind: "memory" },
        { name: "x", kind: "global" },
      ]);
    });

    it("makes new lists each time", () => {
      const m = module(WAT);
      expect(Module.exports(m)).not.toBe(Module.exports(m));
      expect(Module.imports(m)[0]).not.toBe(Module.imports(m)[0]);
    });

    it("wants a module for its lists", () => {
      for (const value of [undefined, null, 1, {}, Module, Module.prototype, Object.create({})]) {
        for (const [name, f] of Object.entries(Module)) {
          const error = thrown(() => (f as (m: unknown, n: string) => unknown)(value, ""));
          expect(error).toBeInstanceOf(TypeError);
          expect(error.message).toBe(
            `WebAssembly.Module.${name}(): Argument 0 must be a WebAssembly.Module`,
          );
        }
      }
    });

    it("copies custom sections", () => {
      const source = withSections(["a", [1, 2]], ["", []], ["a", [3]], ["\ufeffb", [4]]);
      const m = new Module(source);
      source.fill(0);
      const found = Module.customSections(m, "a");
      expect(found.map((b) => [...new Uint8Array(b)])).toEqual([[1, 2], [3]]);
      expect(Object.getPrototypeOf(found[0])).toBe(ArrayBuffer.prototype);
      new Uint8Array(found[0]!)[0] = 9;
      expect(new Uint8Array(Module.customSections(m, "a")[0]!)[0]).toBe(1);
      expect(Module.customSections(m, "")).toHaveLength(1);
      expect(Module.customSections(m, "b")).toHaveLength(0);
      expect(Module.customSections(m, "\ufeffb")).toHaveLength(1);
      expect(Module.customSections(m, "a\0")).toHaveLength(0);
    });

    it("copies large custom sections", () => {
      const size = 2 ** 24;
      const bytes = new Uint8Array(8 + 5 + size);
      bytes.set([0, 97, 115, 109, 1, 0, 0, 0, 0, 0x80, 0x80, 0x80, 0x08]);
      bytes[bytes.length - 1] = 7;
      const [section] = Module.customSections(new Module(bytes), "");
      expect(section!.byteLength).toBe(size - 1);
      expect(new Uint8Array(section!).at(-1)).toBe(7);
    });

    it("converts the name of a section", () => {
      const m = new Module(withSections(["undefined", [1]], ["7", [2]]));
      const of = Module.customSections as unknown as (...args: unknown[]) => ArrayBuffer[];
      expect(of(m, undefined)).toHaveLength(1);
      expect(of(m, 7)).toHaveLength(1);
      expect(of(m, { toString: () => "7" })).toHaveLength(1);
      expect(() => of(m, Symbol("7"))).toThrow(TypeError);
      expect(() => of(m)).toThrow("WebAssembly.Module.customSections(): Argument 1 is required");
    });

    it("can be made of any bytes", () => {
      const code = bytes(WAT);
      const shared = new SharedArrayBuffer(code.length + 3);
      const view = new Uint8Array(shared, 3);
      view.set(code);
      for (const source of [code, code.buffer, view, new DataView(shared, 3)]) {
        expect(Module.exports(new Module(source))).toHaveLength(5);
      }
    });

    it("does not look at its bytes again", () => {
      const code = bytes('(module (func (export "f") (result i32) (i32.const 42)))');
      const m = new Module(code);
      code.fill(0);
      const f = new wasm.Instance(m).exports["f"] as () => number;
      expect(f()).toBe(42);
    });

    it.each([
      [[], /^WebAssembly\.Module\(\): BufferSource argument is empty$/],
      [[1, 2, 3, 4, 5], /^WebAssembly\.Module\(\): .*magic.* @\+0$/],
      [[0, 97, 115, 109], /^WebAssembly\.Module\(\): .* @\+4$/],
      [[0, 97, 115, 109, 1, 0, 0, 0, 77, 0], /^WebAssembly\.Module\(\): .* @\+8$/],
    ])("says what is wrong with %j and where", (source, message) => {
      const error = thrown(() => new Module(Uint8Array.from(source)));
      expect(error).toBeInstanceOf(wasm.CompileError);
      expect(error.message).toMatch(message);
    });

    it("names the function that is wrong", () => {
      const error = thrown(() => module("(module (func) (func (result i32) (i64.const 1)))"));
      expect(error).toBeInstanceOf(wasm.CompileError);
      expect(error.message).toMatch(
        /^WebAssembly\.Module\(\): Compiling function #1 failed: type mismatch.* @\+\d+$/,
      );
    });

    it("wants bytes", () => {
      for (const value of [undefined, null, 1, "", {}, [0, 97, 115, 109], module(WAT)]) {
        const error = thrown(() => new Module(value as never));
        expect(error).toBeInstanceOf(TypeError);
        expect(error.message).toBe("WebAssembly.Module(): Argument 0 must be a buffer source");
      }
    });
  });
}
