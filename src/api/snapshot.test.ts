// Snapshots: instances that become what they were, or what another one was.

import { describe, expect, it } from "vitest";
import { ENGINES, newBench, thrown } from "../../tools/engines.ts";
import { Snapshot, restore, snapshot } from "./snapshot.ts";
import type { Global, Instance, Memory, Table } from "./types.ts";

type Callable = (...args: unknown[]) => unknown;
type Exports = Record<string, Callable> & {
  readonly m: Memory;
  readonly t: Table;
  readonly r: Table;
  readonly g: Global;
};

const PAGE = 65_536;
const WAT = `(module
  (import "m" "f" (func $f (result i32)))
  (type $v (func (result i32)))
  (memory (export "m") 1 100)
  (table $t (export "t") 4 20 funcref)
  (table $r (export "r") 2 externref)
  (global $g (export "g") (mut i64) (i64.const 5))
  (global $v (mut v128) (v128.const i32x4 1 2 3 4))
  (global $x (mut externref) (ref.null extern))
  (global $fr (mut funcref) (ref.func $one))
  (data (i32.const 8) "abc")
  (data $d "xyz")
  (elem (table $t) (i32.const 0) func $one $two $f)
  (elem $e func $two $two)
  (func $one (export "one") (type $v) (i32.add (i32.const 1) (i32.load (i32.const 0))))
  (func $two (type $v) (i32.const 2))
  (func (export "call") (param i32) (result i32) (call_indirect (type $v) (local.get 0)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "size") (result i32) (memory.size))
  (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "init") (memory.init $d (i32.const 16) (i32.const 0) (i32.const 3)))
  (func (export "drop") (data.drop $d) (elem.drop $e))
  (func (export "tinit") (table.init $t $e (i32.const 2) (i32.const 0) (i32.const 2)))
  (func (export "tgrow") (result i32) (table.grow $t (ref.func $two) (i32.const 3)))
  (func (export "vget") (result i32) (i32x4.extract_lane 3 (global.get $v)))
  (func (export "vset") (global.set $v (v128.const i32x4 9 9 9 9)))
  (func (export "xget") (result externref) (global.get $x))
  (func (export "xset") (param externref) (global.set $x (local.get 0)))
  (func (export "frset") (global.set $fr (ref.null func)))
  (func (export "frnull") (result i32) (ref.is_null (global.get $fr))))`;

for (const { name: engine, newProvider } of ENGINES) {
  const provider = newProvider();
  const { wasm, module } = newBench(provider);
  const code = module(WAT);
  const make = (f: Callable = () => 70, options?: object): Instance<Exports> =>
    new wasm.Instance<Exports>(code, { m: { f } }, options);
  const bytesOf = (e: Exports): Uint8Array => new Uint8Array(e.m.buffer);

  describe(`snapshots over the ${engine}`, () => {
    it("bring back memories, tables, globals, segments", () => {
      const instance = make();
      const e = instance.exports;
      const value = { kept: true };
      e["store"]!(100, 11);
      e["xset"]!(value);
      e.r.set(1, "one");
      e.t.set(3, e["one"]);
      const then = snapshot(instance);
      expect(then).toBeInstanceOf(Snapshot);
      expect(then.byteLength).toBe(PAGE);
      for (let round = 0; round < 3; round++) {
        e["store"]!(100, 12);
        e["store"]!(60_000, 1);
        bytesOf(e)[9] = 0;
        e.g.value = 99n;
        e["vset"]!();
        e["xset"]!({ other: round });
        e["frset"]!();
        e["init"]!();
        e["drop"]!();
        e.r.set(0, "zero");
        e.r.set(1, null);
        e.t.set(0, null);
        e.t.set(1, e["one"]);
        expect(e["tgrow"]!()).toBe(4);
        const lost = thrown(() => e["init"]!());
        expect(lost).toBeInstanceOf(wasm.RuntimeError);
        restore(instance, then);
        expect([e["load"]!(100), e["load"]!(60_000), e["load"]!(16)]).toEqual([11, 0, 0]);
        expect(String.fromCharCode(...bytesOf(e).subarray(8, 11))).toBe("abc");
        expect(e.g.value).toBe(5n);
        expect(e["vget"]!()).toBe(4);
        expect(e["xget"]!()).toBe(value);
        expect(e["frnull"]!()).toBe(0);
        expect([e.r.get(0), e.r.get(1)]).toEqual([null, "one"]);
        expect(e.t.length).toBe(4);
        expect(e.t.get(0)).toBe(e["one"]);
        expect([0, 1, 2, 3].map((i) => e["call"]!(i))).toEqual([1, 2, 70, 1]);
        e["init"]!();
        expect(e["load"]!(16) as number).not.toBe(0);
        e["tinit"]!();
        restore(instance, then);
      }
    });

    it("make memories as small as they were, and detach their buffers", () => {
      const instance = make();
      const e = instance.exports;
      const small = snapshot(instance);
      const first = e.m.buffer;
      restore(instance, small);
      expect(e.m.buffer).toBe(first);
      for (let round = 0; round < 2; round++) {
        expect(e["grow"]!(30)).toBe(1);
        const second = e.m.buffer;
        e["store"]!(20 * PAGE, 5);
        restore(instance, small);
        expect(second.byteLength).toBe(0);
        expect(e.m.buffer.byteLength).toBe(PAGE);
        expect(e["size"]!()).toBe(1);
        expect(thrown(() => e["load"]!(PAGE))).toBeInstanceOf(wasm.RuntimeError);
        expect(e.m.grow(20)).toBe(1);
        expect(e["load"]!(20 * PAGE)).toBe(0);
        const large = snapshot(instance);
        e["store"]!(20 * PAGE, 7);
        restore(instance, small);
        restore(instance, large);
        expect([e["size"]!(), e["load"]!(20 * PAGE), e.m.buffer.byteLength]).toEqual([
          21,
          0,
          21 * PAGE,
        ]);
        restore(instance, small);
      }
    });

    it("make other instances of the module what one was", () => {
      const first = make(() => 1);
      const outsider = newBench(newProvider());
      void outsider;
      first.exports["store"]!(0, 40);
      first.exports.g.value = 8n;
      first.exports.t.set(3, first.exports["one"]);
      const ready = snapshot(first);
      first.exports["store"]!(0, 1000);
      const second = make(() => 2);
      second.exports["grow"]!(3);
      restore(second, ready);
      const third = make(() => 3, { from: ready });
      for (const [{ exports: e }, f] of [
        [second, 2],
        [third, 3],
      ] as const) {
        expect([0, 1, 2, 3].map((i) => e["call"]!(i))).toEqual([41, 2, f, 41]);
        expect(e.t.get(3)).toBe(e["one"]);
        expect(e.g.value).toBe(8n);
        e["store"]!(0, 100);
        expect(e["one"]!()).toBe(101);
      }
      expect(first.exports["one"]!()).toBe(1001);
      restore(third, ready);
      expect(third.exports["one"]!()).toBe(41);
      expect(second.exports["one"]!()).toBe(101);
    });

    it("begin instances without initialising them", () => {
      let started = 0;
      const start = module(`(module (import "m" "s" (func $s)) (memory (export "m") 1)
        (data (i32.const 0) "a") (start $s))`);
      const imports = { m: { s: () => void started++ } };
      const instance = new wasm.Instance<Exports>(start, imports);
      bytesOf(instance.exports)[0] = 1;
      const ready = snapshot(instance);
      const other = new wasm.Instance<Exports>(start, imports, { from: ready });
      expect(started).toBe(1);
      expect(bytesOf(other.exports)[0]).toBe(1);
    });

    it("keep functions of other instances", () => {
      const other = new wasm.Instance<Exports>(
        module('(module (func (export "f") (result i32) (i32.const 33)))'),
      ).exports;
      const first = make();
      first.exports.t.set(0, other["f"]);
      const ready = snapshot(first);
      first.exports.t.set(0, null);
      restore(first, ready);
      expect(first.exports.t.get(0)).toBe(other["f"]);
      expect(first.exports["call"]!(0)).toBe(33);
      const second = make(() => 2, { from: ready });
      expect(second.exports["call"]!(0)).toBe(33);
      expect(second.exports.t.get(0)).toBe(other["f"]);
    });

    it("are for instances of their module that nobody is using", () => {
      const instance: Instance<Exports> = make(() => {
        const error = thrown(() => restore(instance, ready));
        expect(error.message).toMatch(/cannot be restored while/);
        return 1;
      });
      const ready = snapshot(instance);
      expect(instance.exports["call"]!(2)).toBe(1);
      const other = new wasm.Instance(module("(module (memory 1))"));
      expect(thrown(() => restore(other, ready))).toBeInstanceOf(TypeError);
      expect(thrown(() => restore(instance, {} as Snapshot))).toBeInstanceOf(TypeError);
      expect(thrown(() => restore({ exports: {} }, ready))).toBeInstanceOf(TypeError);
      expect(thrown(() => snapshot({ exports: {} }))).toBeInstanceOf(TypeError);
      expect(thrown(() => make(() => 1, { from: 1 }))).toBeInstanceOf(TypeError);
    });

    it("respect the limits of the instance", () => {
      const large = make();
      large.exports.m.grow(9);
      const ready = snapshot(large);
      const small = make(() => 1, { limits: { memoryPages: 5 } });
      small.exports["store"]!(0, 4);
      expect(thrown(() => restore(small, ready))).toBeInstanceOf(RangeError);
      expect(small.exports["load"]!(0)).toBe(4);
      expect(
        thrown(() => make(() => 1, { from: ready, limits: { memoryPages: 5 } })),
      ).toBeInstanceOf(RangeError);
    });
  });
}
