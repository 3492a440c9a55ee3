// Modules of the host's own engine among ours: what a preload relies on. The provider of these
// tests gives to the host whatever has a custom section called "theirs".

import { describe, expect, it } from "vitest";
import { ENGINES, host, newBench, thrown } from "../../tools/engines.ts";
import type { Provider } from "../engine/provider.ts";
import type { Global, Instance, Memory, Table } from "./types.ts";

const theirs = host.WebAssembly;
const THEIRS = [0, 7, 6, ...new TextEncoder().encode("theirs")];
const PAGE = 65_536;

const isTheirs = (bytes: Uint8Array): boolean =>
  THEIRS.every((b, i) => bytes[bytes.length - THEIRS.length + i] === b);

function mixed(provider: Provider): Provider {
  const compile: Provider["compile"] = (bytes) =>
    isTheirs(bytes) ? new theirs.Module(bytes) : provider.compile(bytes);
  return {
    engine: provider.engine,
    compile,
    compileAsync: async (bytes) => compile(bytes),
    compileChecked: (bytes) => provider.compileChecked!(bytes),
    validate: (bytes) => isTheirs(bytes) || provider.validate(bytes),
    foreign: theirs,
    toForeign: (bytes) => new theirs.Module(Uint8Array.from(bytes)),
    nameOf: () => NAME,
    receive: (source) => provider.receive!(typeof source === "string" ? named : source),
  };
}

/** The module of a name, for all threads. */
const NAME = "the entry";
let named: Uint8Array;

type Callable = (...args: unknown[]) => unknown;

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm, bytes, module, instance, run } = newBench(mixed(newProvider()));
  const source = (wat: string): Uint8Array<ArrayBuffer> => Uint8Array.of(...bytes(wat), ...THEIRS);
  const foreign = (wat: string, imports?: object): Instance =>
    new wasm.Instance(new wasm.Module(source(wat)), imports as never);

  describe(`foreign modules beside the ${engine}`, () => {
    const WAT =
      '(module (import "m" "f" (func)) (memory (export "x") 1) (table (export "t") 1 \
      funcref) (global (export "g") i32 (i32.const 1)) (func (export "f") (call 0)))';
    const imports = { m: { f: () => undefined } };

    it("are the host's, and instances of our classes all the same", () => {
      const m = new wasm.Module(source(WAT));
      expect(Object.getPrototypeOf(m)).toBe(theirs.Module.prototype);
      const i = foreign(WAT, imports);
      expect(Object.getPrototypeOf(i)).toBe(theirs.Instance.prototype);
      expect(m instanceof wasm.Module).toBe(true);
      expect(i instanceof wasm.Instance).toBe(true);
      expect(i.exports["x"] instanceof wasm.Memory).toBe(true);
      expect(i.exports["t"] instanceof wasm.Table).toBe(true);
      expect(i.exports["g"] instanceof wasm.Global).toBe(true);
      expect(i.exports["g"] instanceof wasm.Memory).toBe(false);
      expect(module("(module)") instanceof wasm.Module).toBe(true);
      expect(module("(module)") instanceof theirs.Module).toBe(false);
    });

    it("are not instances of classes that a program derives", () => {
      class M extends wasm.Module {}
      expect(new wasm.Module(source(WAT)) instanceof M).toBe(false);
      expect(new M(bytes("(module)")) instanceof M).toBe(true);
    });

    it("list imports, exports and sections", () => {
      const m = new wasm.Module(source(WAT));
      expect(wasm.Module.imports(m)).toEqual([{ module: "m", name: "f", kind: "function" }]);
      expect(wasm.Module.exports(m).map((e) => e.name)).toEqual(["x", "t", "g", "f"]);
      expect(wasm.Module.customSections(m, "theirs")).toHaveLength(1);
    });

    it("are compiled and instantiated like any other", async () => {
      const m = await wasm.compile(source(WAT));
      expect(Object.getPrototypeOf(m)).toBe(theirs.Module.prototype);
      expect(await wasm.instantiate(m, imports)).toBeInstanceOf(wasm.Instance);
      const result = await wasm.instantiate(source(WAT), imports);
      expect(result.module instanceof wasm.Module).toBe(true);
      expect(result.instance instanceof wasm.Instance).toBe(true);
      await expect(wasm.instantiate(m, {})).rejects.toThrow(TypeError);
      expect(() => new wasm.Instance(m)).toThrow(TypeError);
      expect(() => new wasm.Instance(m, { m: { f: 1 } } as never)).toThrow(wasm.LinkError);
    });

    it("throw and catch by the host's tags", () => {
      expect(wasm.Tag).toBe(theirs.Tag);
      expect(wasm.Exception).toBe(theirs.Exception);
    });

    it("have their imports read once, in order", () => {
      const order: string[] = [];
      const f = (): void => undefined;
      const traced = (name: string, value: unknown): PropertyDescriptor => ({
        get: () => (order.push(name), value),
      });
      const b = Object.defineProperties({}, { f: traced("b.f", f), g: traced("b.g", f) });
      const a = Object.defineProperties({}, { f: traced("a.f", f) });
      const given = Object.defineProperties({}, { a: traced("a", a), b: traced("b", b) });
      foreign(
        '(module (import "b" "f" (func)) (import "a" "f" (func)) (import "b" "g" (func)))',
        given,
      );
      expect(order).toEqual(["b", "b.f", "a", "a.f", "b", "b.g"]);
    });
  });

  describe(`modules of the ${engine} that travel`, () => {
    const WAT = '(module (func (export "f") (param i32) (result i32) (local.get 0)))';

    it("arrive as what they were", () => {
      const made = module(WAT);
      expect(Object.getPrototypeOf(made)).toBe(wasm.Module.prototype);
      for (const sent of [structuredClone(made), structuredClone({ a: [made] }).a[0]!]) {
        expect(sent instanceof wasm.Module).toBe(true);
        expect(wasm.Module.exports(sent)).toEqual([{ name: "f", kind: "function" }]);
        expect(wasm.Module.imports(sent)).toEqual([]);
        expect((new wasm.Instance(sent).exports["f"] as Callable)(7)).toBe(7);
        expect(sent.constructor).toBe(wasm.Module);
        const again = structuredClone(sent);
        expect(new wasm.Instance(again) instanceof theirs.Instance).toBe(false);
      }
    });

    it("are carried by name if they are large", async () => {
      const large = `(module
        (memory 2)
        (data (i32.const 0) "${"x".repeat(70_000)}")
        (func (export "f") (result i32) (i32.load8_u (i32.const 69999))))`;
      const tail = [0, 5, 4, ...new TextEncoder().encode("last")];
      named = Uint8Array.of(...bytes(large), ...tail);
      const sent = structuredClone(await wasm.compile(named.slice()));
      const [carried] = theirs.Module.customSections(sent, "ingot");
      expect(carried!.byteLength).toBeLessThan(100);
      expect(wasm.Module.customSections(sent, "last")).toHaveLength(1);
      expect(wasm.Module.customSections(sent, "ingot")).toHaveLength(0);
      expect((new wasm.Instance(sent).exports["f"] as Callable)()).toBe(0x78);
    });

    it("can still share what is the host's", () => {
      const wat = `(module
        (import "m" "m" (memory 1))
        (func (export "f") (result i32) (i32.load8_u (i32.const 3))))`;
      const memory = foreign('(module (memory (export "m") 1))').exports["m"] as Memory;
      new Uint8Array(memory.buffer)[3] = 9;
      const i = new wasm.Instance(structuredClone(module(wat)), { m: { m: memory } });
      expect((i.exports["f"] as Callable)()).toBe(9);
    });

    it("say what they need where ingot is not", () => {
      const sent = structuredClone(module(WAT));
      expect(() => new theirs.Instance(sent, {})).toThrow(/needs node --import ingot\/register/);
    });

    it("are not confused with others that have such a section", () => {
      const section = [0, 7, 5, ...new TextEncoder().encode("ingot"), 1];
      const made = new wasm.Module(Uint8Array.of(...bytes(WAT), ...section, ...THEIRS));
      expect(made instanceof theirs.Module).toBe(true);
      expect((new wasm.Instance(made).exports["f"] as Callable)(3)).toBe(3);
      expect(wasm.Module.customSections(made, "ingot")).toHaveLength(1);
    });
  });

  describe(`objects that go to the host from the ${engine}`, () => {
    const SUM = `(module
      (memory (export "m") 1)
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))`;

    it("are functions, to be called both ways", () => {
      const ours = run(SUM);
      const i = foreign(
        `(module
          (import "env" "add" (func $add (param i32 i32) (result i32)))
          (func (export "twice") (param i32) (result i32)
            (call $add (local.get 0) (local.get 0))))`,
        { env: ours },
      );
      expect((i.exports["twice"] as Callable)(21)).toBe(42);
      const back = run(
        `(module
          (import "env" "twice" (func $f (param i32) (result i32)))
          (func (export "four") (param i32) (result i32) (call $f (call $f (local.get 0)))))`,
        { env: i.exports },
      );
      expect(back["four"]!(3)).toBe(12);
    });

    it("are functions in the host's tables", () => {
      const { add } = run(SUM);
      const i = foreign(`(module
        (table (export "t") 1 funcref)
        (type $binary (func (param i32 i32) (result i32)))
        (func (export "call") (param i32) (result i32)
          (call_indirect (type $binary) (i32.const 40) (i32.const 2) (local.get 0)))
        (func (export "own")))`);
      const [t, call] = [i.exports["t"] as Table, i.exports["call"] as Callable];
      t.set(0, add);
      expect(t.grow(1, add)).toBe(1);
      expect([call(0), call(1)]).toEqual([42, 42]);
      expect([t.get(0), t.get(1)]).toEqual([add, add]);
      t.set(1, i.exports["own"]);
      expect(t.get(1)).toBe(i.exports["own"]);
      expect(() => call(1)).toThrow(wasm.RuntimeError);
      t.set(1);
      expect(t.get(1)).toBe(null);
      expect(() => t.set(0, () => 1)).toThrow(TypeError);
      expect(() => t.set(2, add)).toThrow(RangeError);
      expect([t.set.name, t.set.length]).toEqual(["set", 1]);
      const wide = run(`(module
        (func (export "f") (param i64 f32 externref) (result f64 externref i64)
          (f64.promote_f32 (local.get 1)) (local.get 2) (local.get 0)))`);
      t.set(0, wide["f"]);
      const back = foreign(
        `(module
        (import "env" "t" (table 1 funcref))
        (func (export "call") (param i64 f32 externref) (result f64 externref i64)
          (call_indirect (param i64 f32 externref) (result f64 externref i64)
            (local.get 0) (local.get 1) (local.get 2) (i32.const 0))))`,
        { env: { t } },
      );
      expect((back.exports["call"] as Callable)(-5n, 0.5, t)).toEqual([0.5, t, -5n]);
    });

    const USER = `(module
      (import "env" "m" (memory 1))
      (export "m" (memory 0))
      (func (export "grow") (result i32) (memory.grow (i32.const 1)))
      (func (export "put") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
      (func (export "get") (param i32) (result i32) (i32.load8_u (local.get 0))))`;

    it("are memories that nobody of ours has used", () => {
      const memory = new wasm.Memory({ initial: 1, maximum: 4 });
      const { buffer } = memory;
      new Uint8Array(buffer)[5] = 5;
      const i = foreign(USER, { env: { m: memory } });
      expect(buffer.byteLength).toBe(0);
      expect((i.exports["get"] as Callable)(5)).toBe(5);
      (i.exports["put"] as Callable)(6, 7);
      expect(new Uint8Array(memory.buffer)[6]).toBe(7);
      expect(memory.buffer).toBe((i.exports["m"] as Memory).buffer);
      expect((i.exports["grow"] as Callable)()).toBe(1);
      expect(memory.grow(1)).toBe(2);
      expect(memory.buffer.byteLength).toBe(3 * PAGE);
      expect(() => memory.grow(2)).toThrow(RangeError);
      const again = foreign(USER, { env: { m: memory } });
      expect((again.exports["get"] as Callable)(6)).toBe(7);
    });

    it("are memories of theirs in modules of ours", async () => {
      const memory = foreign('(module (memory (export "m") 1))').exports["m"] as Memory;
      const source = bytes(USER);
      const made = new wasm.Module(source);
      source.fill(0);
      expect(made instanceof theirs.Module).toBe(false);
      const i = new wasm.Instance(made, { env: { m: memory } });
      expect(i instanceof theirs.Instance).toBe(false);
      expect(i.exports["m"]).toBe(memory);
      (i.exports["put"] as Callable)(3, 4);
      expect(new Uint8Array(memory.buffer)[3]).toBe(4);
      const both = await wasm.instantiate(bytes(USER), { env: { m: memory } });
      expect((both.instance.exports["get"] as Callable)(3)).toBe(4);
      const moved = new wasm.Memory({ initial: 1 });
      foreign(USER, { env: { m: moved } });
      const again = await wasm.instantiate(made, { env: { m: moved } });
      (again.exports["put"] as Callable)(3, 5);
      expect(new Uint8Array(moved.buffer)[3]).toBe(5);
      expect(again.exports["m"]).toBe(moved);
      const own = new wasm.Instance(made, { env: { m: new wasm.Memory({ initial: 1 }) } });
      expect(own instanceof theirs.Instance).toBe(false);
    });

    it("are tables and globals of theirs in modules of ours", () => {
      const i = foreign(`(module
        (table (export "t") 2 funcref)
        (global (export "g") (mut i32) (i32.const 1))
        (global (export "c") i32 (i32.const 5))
        (func $f (result i32) (i32.const 9))
        (elem (i32.const 1) $f))`);
      const user = run(
        `(module
          (import "env" "t" (table 1 funcref))
          (import "env" "g" (global $g (mut i32)))
          (func (export "call") (result i32)
            (global.set $g (i32.const 2))
            (call_indirect (result i32) (i32.const 1))))`,
        { env: i.exports },
      );
      expect(user["call"]!()).toBe(9);
      expect((i.exports["g"] as Global).value).toBe(2);
      const wat = '(module (import "env" "c" (global i32)) (export "c" (global 0)))';
      expect(run<{ c: Global }>(wat, { env: i.exports }).c.value).toBe(5);
    });

    it("are not memories that one of ours uses", () => {
      const memory = new wasm.Memory({ initial: 1 });
      instance(USER, { env: { m: memory } });
      const own = run(SUM)["m"];
      for (const m of [memory, own]) {
        const error = thrown(() => foreign(USER, { env: { m } }));
        expect(error).toBeInstanceOf(wasm.LinkError);
        expect(error.message).toContain("this memory is in use by an instance that ingot runs");
      }
      const theirTable = foreign('(module (table (export "t") 1 funcref))').exports["t"];
      const wat = '(module (import "env" "m" (memory 1)) (import "env" "t" (table 1 funcref)))';
      const error = thrown(() => instance(wat, { env: { m: memory, t: theirTable } }));
      expect(error).toBeInstanceOf(wasm.LinkError);
      expect(error.message).toContain("this memory is in use by an instance that ingot runs");
    });

    it("are tables that nobody of ours has used, with what is in them", () => {
      const wat = `(module
        (import "env" "t" (table 2 funcref))
        (func $f (result i32) (i32.const 9))
        (elem (i32.const 1) $f))`;
      const table = new wasm.Table({ element: "anyfunc", initial: 2, maximum: 9 });
      foreign(wat, { env: { t: table } });
      expect((table.get(1) as Callable)()).toBe(9);
      expect(table.grow(1)).toBe(2);
      expect(table.length).toBe(3);
      expect(() => table.grow(100)).toThrow(RangeError);
      expect(() => table.get(3)).toThrow(RangeError);
      const { add } = run(SUM);
      const full = new wasm.Table({ element: "anyfunc", initial: 2 }, add);
      foreign(wat, { env: { t: full } });
      expect(full.get(0)).toBe(add);
      expect((full.get(1) as Callable)()).toBe(9);
      const refs = new wasm.Table({ element: "externref", initial: 1 }, "x");
      foreign('(module (import "env" "t" (table 1 externref)))', { env: { t: refs } });
      expect(refs.get(0)).toBe("x");
    });

    it("are globals: constant ones always, variables if nobody uses them", () => {
      const wat = (type: string): string => `(module
        (import "env" "g" (global $g ${type}))
        (export "g" (global $g)))`;
      const constant = new wasm.Global({ value: "i64" }, 5n);
      instance(wat("i64"), { env: { g: constant } });
      const i = foreign(wat("i64"), { env: { g: constant } });
      expect((i.exports["g"] as Global).value).toBe(5n);
      const variable = new wasm.Global({ value: "f64", mutable: true }, 0.5);
      const j = foreign(wat("(mut f64)"), { env: { g: variable } });
      variable.value = 1.5;
      expect((j.exports["g"] as Global).value).toBe(1.5);
      (j.exports["g"] as Global).value = 2.5;
      expect(variable.value).toBe(2.5);
      const used = new wasm.Global({ value: "f64", mutable: true });
      instance(wat("(mut f64)"), { env: { g: used } });
      expect(() => foreign(wat("(mut f64)"), { env: { g: used } })).toThrow(/this global is in/);
    });

    it("are made there when ingot has no such thing", () => {
      const shared = new wasm.Memory({ initial: 1, maximum: 2, shared: true });
      expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(shared instanceof wasm.Memory).toBe(true);
      // What this host has of later proposals, and what it says of those that it does not have.
      const said = (make: () => unknown): unknown => {
        try {
          return make();
        } catch (error) {
          return String(error);
        }
      };
      const made = [wasm, theirs].map((w) => [
        said(() => new w.Global({ value: "anyref" } as never, 3).value),
        said(() => new w.Global({ value: "anyref" } as never) instanceof wasm.Global),
        said(() => new w.Table({ element: "anyref", initial: 2 } as never, 3 as never).get(1)),
        said(() => new w.Table({ element: "eqref", initial: 2 } as never) instanceof wasm.Table),
        said(
          () => new w.Table({ element: "anyfunc", address: "i64", initial: 2n } as never).length,
        ),
        said(() => new w.Global({ value: "i16" } as never).value),
      ]);
      expect(made[0]).toEqual(made[1]);
    });

    it("stay ours as long as nobody asks", () => {
      const memory = new wasm.Memory({ initial: 1 });
      const table = new wasm.Table({ element: "anyfunc", initial: 1 });
      expect(memory instanceof theirs.Memory).toBe(false);
      expect((table as Table).get(0)).toBe(null);
    });
  });
}
