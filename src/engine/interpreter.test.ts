// The interpreter as a store: what scripts of the test suite do not reach. Functions in text are
// run here and by the V8 of this process, which must agree; then traps and their stacks, counting,
// callbacks of hosts, and what instances share.

import { describe, expect, it } from "vitest";
import { InterpreterTrap, StackExhausted } from "../interp/trap.ts";
import { Exhaustion, LinkError, Trap } from "../support/errors.ts";
import { parseWat } from "../text/wat.ts";
import { agreeOnPairs as agrees } from "../../tools/versus.ts";
import { decodeModule } from "../wasm/decode.ts";
import { defaultFeatures, standard } from "../wasm/features.ts";
import type { Module } from "../wasm/module.ts";
import { F64, FUNCREF, I32, I64, newFuncType } from "../wasm/types.ts";
import { InterpreterStore } from "./interpreter.ts";
import type { Extern, Instance, Value } from "./store.ts";

const i32 = (lo: number): Value => ({ type: I32, lo, hi: 0 });

const moduleOf = (wat: string): Module => decodeModule(parseWat(wat), defaultFeatures);

const newStore = (limit?: number): InterpreterStore =>
  new InterpreterStore(defaultFeatures, limit === undefined ? {} : { limit });

/** Calls an export with i32 arguments; low words of the results. */
function call(store: InterpreterStore, inst: Instance, name: string, ...args: number[]): number[] {
  return store.invokeNow(inst.exports.get(name)!, args.map(i32)).map((v) => v.lo);
}

const instance = (store: InterpreterStore, wat: string, imports: Extern[] = []): Instance =>
  store.instantiateNow(moduleOf(wat), imports);

function caught(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

// ---- against V8 ---------------------------------------------------------------------------------

describe("translated code does what V8 does", () => {
  it("with locals that change while their old value is on the stack", () => {
    agrees(`(local.get $a) (local.set $a (local.get $b)) (i32.mul (local.get $a) (i32.const 3))
      i32.sub`);
    agrees(`(i32.add (local.get $a) (i32.const 8)) (local.set $a (i32.const 100)) (local.get $a)
      i32.xor`);
    agrees(`(local.get $a) (local.tee $a (i32.add (local.get $a) (local.get $b)))
      (i32.sub (local.get $a)) i32.add`);
    agrees(`(local.get $a) (if (local.get $b) (then (local.set $a (i32.const 9)))) (local.get $a)
      i32.add`);
    agrees(`(local.get $a) (block (br_if 0 (local.get $b)) (local.set $a (i32.const 5)))
      (local.get $a) i32.shl`);
  });

  it("with sums for addresses", () => {
    agrees(`(i32.store offset=4 (i32.and (local.get $a) (i32.const 0xfff8)) (local.get $b))
      (i32.load offset=12 (i32.sub (i32.and (local.get $a) (i32.const 0xfff8)) (i32.const 8)))`);
    agrees(`(i32.store8 offset=8 (i32.add (local.get $a) (i32.const -8)) (i32.const 200))
      (i32.load8_s (i32.add (local.get $b) (i32.const 65528)))`);
    agrees(`(i64.store16 (i32.add (i32.const 2) (local.get $a)) (i64.const 77777))
      (i32.load16_u offset=2 (local.get $a))`);
    agrees(`(i32.add (local.get $a) (i32.const 5)) (i32.add (i32.const -3)) (i32.add (i32.const 1))
      (local.tee $b) (i32.load8_u (i32.and (i32.const 63))) (i32.add (local.get $b))`);
  });

  it("with addresses that are constants or sums of two", () => {
    agrees(`(i32.store (i32.const 16) (local.get $b)) (i32.load8_u offset=1 (i32.const 16))`);
    agrees(`(i32.store offset=8 (i32.add (local.get $a) (local.get $b)) (local.get $b))
      (i32.load (i32.add (local.get $b) (local.get $a)))
      (i32.add (i32.load offset=8 (i32.add (local.get $b) (local.get $a))))`);
    agrees(`(i32.store offset=65532 (i32.const 0) (i32.const -5))
      (i32.wrap_i64 (i64.load offset=65528 (i32.and (local.get $a) (i32.const 1))))
      (i32.load8_u (i32.const 65535)) i32.add`);
    agrees(`(i32.load (i32.const 65533))`);
    agrees(`(i32.load8_u offset=65535 (i32.const 1))`);
    agrees(`(i32.store (i32.const -4) (local.get $a)) (i32.const 1)`);
  });

  it("with products that are added or subtracted", () => {
    const f = (t: string, x: string): string => `(${t}.convert_i32_s (local.get ${x}))`;
    for (const t of ["f32", "f64"]) {
      const bits = t === "f32" ? "i32.reinterpret_f32" : "i32.trunc_sat_f64_s";
      const product = `(${t}.mul ${f(t, "$a")} ${f(t, "$b")})`;
      const other = `(${t}.const 0.1)`;
      for (const op of ["add", "sub"]) {
        agrees(`(local $x ${t}) (local.set $x ${f(t, "$b")})
          (${bits} (${t}.${op} ${product} (local.get $x)))`);
        agrees(`(local $x ${t}) (local.set $x ${f(t, "$a")})
          (${bits} (${t}.${op} (local.get $x) ${product}))`);
        agrees(`(${bits} (${t}.${op} ${product} ${other}))`);
        agrees(`(${bits} (${t}.${op} ${other} ${product}))`);
        agrees(`(${bits} (${t}.${op} ${product} ${product}))`);
      }
    }
  });

  it("with labels that take values", () => {
    agrees(`(block (result i32) (br_if 0 (local.get $a) (i32.lt_u (local.get $a) (local.get $b)))
      (drop) (i32.const 4))`);
    agrees(`(block $x (result i32 i32) (local.get $a) (local.get $b)
      (br_if $x (i32.eqz (local.get $a))) (drop) (drop) (local.get $b) (local.get $a)) i32.sub`);
    agrees(`(i32.const 1) (block $d (result i32) (block $c (result i32) (block $b (result i32)
      (br_table $b $c $d (i32.const 10) (local.get $a))) (i32.const 3) i32.add (br $d))
      (i32.const 5) i32.mul) i32.sub`);
    agrees(`(local.get $a) (local.get $b) (if (param i32) (result i32) (i32.gt_s (local.get $b)
      (i32.const 2)) (then (i32.const 3) i32.add) (else (i32.const 4) i32.mul)) i32.sub`);
    agrees(
      `(local $n i32) (local.set $n (i32.and (local.get $b) (i32.const 15))) (local.get $a)
      (loop $l (param i32) (result i32) (i32.const 7) i32.add
        (br_if $l (i32.ge_s (local.tee $n (i32.sub (local.get $n) (i32.const 1))) (i32.const 0))))`,
    );
  });

  it("with conditions of all sorts", () => {
    const relations = ["eq", "ne", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u"];
    for (const r of relations) {
      const long = (x: string): string => `(i64.extend_i32_s (local.get ${x}))`;
      agrees(`(if (result i32) (i32.${r} (local.get $a) (local.get $b)) (then (i32.const 1))
        (else (i32.const 2)))`);
      agrees(`(block (br_if 0 (i32.eqz (i32.${r} (i32.const 7) (local.get $b))))
        (return (i32.const 5))) (i32.const 6)`);
      agrees(`(block (br_if 0 (i64.${r} ${long("$a")} ${long("$b")})) (return (i32.const 5)))
        (i32.${r} (local.get $b) (i32.const 31))`);
    }
    for (const r of ["eq", "ne", "lt", "gt", "le", "ge"]) {
      // 1 / 0 - 1 / 0 is no number.
      const float = (x: string): string =>
        `(f64.sub (f64.div (f64.const 1) (f64.convert_i32_s (local.get ${x})))
          (f64.const inf))`;
      agrees(`(if (result i32) (f64.${r} ${float("$a")} ${float("$b")}) (then (i32.const 1))
        (else (i32.const 2)))`);
      agrees(`(if (result i32) (i32.eqz (f64.${r} ${float("$a")} (f64.const -inf)))
        (then (i32.const 1)) (else (i32.const 2)))`);
    }
    agrees(`(if (result i32) (i32.and (local.get $a) (i32.const 6)) (then (i32.const 1))
      (else (i32.const 2)))`);
    agrees(`(block (br_if 0 (i32.and (i32.const 65536) (local.get $b))) (return (i32.const 1)))
      (block (br_if 0 (i32.eqz (i32.and (local.get $a) (i32.const 3)))) (return (i32.const 2)))
      (i32.const 3)`);
    agrees(`(if (result i32) (i32.const 0) (then (local.get $a)) (else (local.get $b)))`);
    agrees(`(block (br_if 0 (i32.const 1)) (return (local.get $a))) (local.get $b)`);
    agrees(`(select (local.get $a) (i32.const 3) (i32.eqz (local.get $b)))`);
  });

  it("with calls and results in each other's places", () => {
    const swap = `(func $swap (param i32 i32) (result i32 i32) (local.get 1) (local.get 0))
      (func $three (param i32) (result i32 i32 i32) (local i32) (i32.const 1)
        (br_if 0 (local.get 0) (local.get 1) (i32.const 3) (local.get 0)) (drop) (drop) (drop)
        (i32.add (local.get 0) (i32.const 9)) (i32.const 4) (i32.sub (local.get 0)))
      (func $sum (param i32 i32 i32) (result i32)
        (i32.sub (i32.add (local.get 0) (local.get 1)) (local.get 2)))`;
    agrees("(local.get $a) (local.get $b) (call $swap) i32.sub", swap);
    agrees("(call $three (local.get $a)) (call $sum) (i32.add (local.get $b))", swap);
    agrees("(call $sum (i32.const 1) (i32.add (local.get $a) (i32.const 2)) (local.get $b))", swap);
  });

  it("with 64-bit constants", () => {
    for (const op of ["add", "sub", "mul", "and", "or", "xor", "shl", "shr_s", "shr_u", "rotl"]) {
      for (const c of ["0", "1", "40", "-1", "0x8000000000000000", "0x100000000", "4294967295"]) {
        agrees(`(i32.wrap_i64 (i64.shr_u (i64.${op} (i64.extend_i32_s (local.get $a))
          (i64.const ${c})) (i64.extend_i32_u (local.get $b))))`);
      }
    }
    agrees(`(i32.wrap_i64 (i64.div_s (i64.mul (i64.extend_i32_s (local.get $a)) (i64.const 99999))
      (i64.extend_i32_s (local.get $b))))`);
    agrees("(i32.rotr (i32.sub (local.get $a) (i32.const -2147483648)) (i32.const 5))");
  });
});

// ---- traps -------------------------------------------------------------------------------------

describe("traps", () => {
  it("have a stack with names and offsets", () => {
    const store = newStore();
    const m = moduleOf(`(module (memory 1)
      (func $inner (param i32) (result i32) (i32.load (local.get 0)))
      (func (export "f") (result i32) (i32.add (i32.const 1) (call $inner (i32.const 65533)))))`);
    const inst = store.instantiateNow(m, []);
    const error = caught(() => call(store, inst, "f"));
    expect(error).toBeInstanceOf(InterpreterTrap);
    const { frames, depth, reason } = error as InterpreterTrap;
    expect([reason, depth]).toEqual(["out of bounds memory access", 2]);
    expect(frames.map((f) => [f.func, f.name])).toEqual([
      [0, "inner"],
      [1, ""],
    ]);
    const at = (k: number): number => m.bytes[frames[k]!.offset]!;
    expect([at(0), at(1)]).toEqual([0x28, 0x10]); // i32.load, call
  });

  it("from every place have the right reason", () => {
    const store = newStore();
    const inst = instance(
      store,
      `(module (memory 1) (table 2 funcref) (type $t (func))
        (func $g (param i32)) (elem (i32.const 1) $g)
      (func (export "unreachable") (param i32) unreachable)
      (func (export "div") (param i32) (drop (i32.div_s (i32.const 1) (local.get 0))))
      (func (export "rem") (param i32) (drop (i64.rem_u (i64.const 1) (i64.const 0))))
      (func (export "call") (param i32) (call_indirect (type $t) (local.get 0)))
      (func (export "get") (param i32) (drop (table.get (local.get 0))))
      (func (export "fill") (param i32) (memory.fill (local.get 0) (i32.const 1) (i32.const 9)))
      (func (export "far") (param i32) (i32.store offset=4294967295 (local.get 0) (i32.const 1)))
      (func (export "trunc") (param i32) (drop (i32.trunc_f32_s (f32.const nan)))))`,
    );
    const reason = (name: string, arg: number): string =>
      (caught(() => call(store, inst, name, arg)) as Trap).reason;
    expect(reason("unreachable", 0)).toBe("unreachable");
    expect(reason("div", 0)).toBe("integer divide by zero");
    expect(reason("rem", 0)).toBe("integer divide by zero");
    expect(reason("call", 0)).toBe("uninitialized element");
    expect(reason("call", 1)).toBe("indirect call type mismatch");
    expect(reason("call", 2)).toBe("undefined element");
    expect(reason("call", -1)).toBe("undefined element");
    expect(reason("get", 2)).toBe("out of bounds table access");
    expect(reason("fill", 65528)).toBe("out of bounds memory access");
    expect(reason("far", 0)).toBe("out of bounds memory access");
    expect(reason("trunc", 0)).toBe("invalid conversion to integer");
  });

  it("of the stack end recursion, with its innermost frames", () => {
    const store = newStore();
    const inst = instance(
      store,
      `(module (func $r (export "r") (param i32) (result i32)
        (i32.add (call $r (i32.add (local.get 0) (i32.const 1))) (i32.const 1))))`,
    );
    const error = caught(() => call(store, inst, "r", 0));
    expect(error).toBeInstanceOf(Exhaustion);
    const { frames, depth, reason } = error as StackExhausted;
    expect(reason).toBe("call stack exhausted");
    expect(frames.length).toBe(64);
    expect(depth).toBeGreaterThan(10_000);
  });

  it("leave the machine fit for use", () => {
    const store = newStore();
    const inst = instance(
      store,
      `(module (func (export "f") (param i32) (result i32)
        (i32.div_u (i32.const 100) (local.get 0))))`,
    );
    expect(caught(() => call(store, inst, "f", 0))).toBeInstanceOf(Trap);
    expect(call(store, inst, "f", 7)).toEqual([14]);
  });
});

// ---- counting ----------------------------------------------------------------------------------

describe("a limit of operators", () => {
  const wat = `(module
    (import "" "h" (func $h))
    (func (export "spin") (loop br 0))
    (func (export "count") (param i32) (result i32) (local i32)
      (loop (br_if 0 (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 1))) (local.get 0))))
      (local.get 1))
    (func $r (export "recurse") (call $r) (call $r))
    (func (export "loopHost") (loop (call $h) (br 0))))`;

  it("interrupts loops and recursion", () => {
    const store = newStore(100_000);
    let calls = 0;
    const h = store.newRawFunc(newFuncType([], []), () => void calls++);
    const inst = instance(store, wat, [h]);
    const reason = (name: string): string => (caught(() => call(store, inst, name)) as Trap).reason;
    expect(reason("spin")).toBe("interrupted");
    expect(["interrupted", "call stack exhausted"]).toContain(reason("recurse"));
    expect(reason("loopHost")).toBe("interrupted");
    expect(calls).toBeGreaterThan(10_000);
    expect(call(store, inst, "count", 10_000)).toEqual([10_000]);
    expect((caught(() => call(store, inst, "count", 30_000)) as Trap).reason).toBe("interrupted");
  });

  it("is not renewed by a host that calls back", () => {
    const store = newStore(100_000);
    let inst: Instance | undefined;
    const h = store.newRawFunc(newFuncType([], []), () => {
      call(store, inst!, "count", 10);
    });
    inst = instance(store, wat, [h]);
    expect((caught(() => call(store, inst!, "loopHost")) as Trap).reason).toBe("interrupted");
  });
});

// ---- hosts and sharing -------------------------------------------------------------------------

describe("hosts", () => {
  it("get arguments, give results, call back and throw", async () => {
    const store = newStore();
    let inst: Instance | undefined;
    const type = newFuncType([I64, F64], [F64, I64]);
    const swap = await store.newFunc(type, ([a, b]) => [b!, a!]);
    const again = await store.newFunc(newFuncType([I32], [I32]), ([n]) =>
      n!.lo === 0 ? [i32(1)] : [i32(n!.lo * call(store, inst!, "fac", n!.lo - 1)[0]!)],
    );
    const angry = await store.newFunc(newFuncType([], []), () => {
      throw new RangeError("no such thing");
    });
    inst = instance(
      store,
      `(module
        (import "" "swap" (func $swap (param i64 f64) (result f64 i64)))
        (import "" "again" (func $again (param i32) (result i32)))
        (import "" "angry" (func $angry))
        (func (export "swap") (param i64 f64) (result f64 i64)
          (call $swap (local.get 0) (local.get 1)))
        (func (export "fac") (param i32) (result i32) (call $again (local.get 0)))
        (func (export "angry") (call $angry)))`,
      [swap, again, angry],
    );
    const args: Value[] = [
      { type: I64, lo: 1, hi: -2 },
      { type: F64, lo: 3, hi: 4 },
    ];
    expect(store.invokeNow(inst.exports.get("swap")!, args)).toEqual([args[1], args[0]]);
    expect(call(store, inst, "fac", 10)).toEqual([3628800]);
    expect(caught(() => call(store, inst!, "angry"))).toBeInstanceOf(RangeError);
    expect(call(store, inst, "fac", 3)).toEqual([6]);
  });

  it("that recurse with the guest without end exhaust the stack", () => {
    const store = newStore();
    let inst: Instance | undefined;
    const h = store.newRawFunc(newFuncType([], []), () => void call(store, inst!, "f"));
    inst = instance(store, `(module (import "" "h" (func $h)) (func (export "f") (call $h)))`, [h]);
    expect(caught(() => call(store, inst!, "f"))).toBeInstanceOf(Exhaustion);
  });
});

describe("instances", () => {
  it("share memories, tables, globals and functions", async () => {
    const store = newStore();
    const a = instance(
      store,
      `(module (memory (export "m") 1 4) (table (export "t") 4 funcref)
        (global (export "g") (mut i64) (i64.const 5))
        (func $f (export "f") (param i32) (result i32)
          (i32.store (i32.const 0) (local.get 0))
          (global.set 0 (i64.add (global.get 0) (i64.const 1)))
          (memory.size))
        (elem (i32.const 1) $f))`,
    );
    const get = (name: string): Extern => a.exports.get(name)!;
    const b = instance(
      store,
      `(module (import "" "m" (memory 1)) (import "" "t" (table 4 funcref))
        (import "" "g" (global (mut i64))) (import "" "f" (func $f (param i32) (result i32)))
        (type $t (func (param i32) (result i32)))
        (func (export "direct") (param i32) (result i32) (call $f (local.get 0))
          (i32.add (i32.load (i32.const 0))))
        (func (export "indirect") (param i32) (result i32)
          (drop (memory.grow (i32.const 1)))
          (call_indirect (type $t) (local.get 0) (i32.const 1)) (i32.add (i32.load (i32.const 0))))
        (func (export "g") (result i64) (global.get 0))
        (func $mine (type $t) (i32.const 7)) (elem (i32.const 2) $mine))`,
      [get("m"), get("t"), get("g"), get("f")],
    );
    expect(call(store, b, "direct", 30)).toEqual([31]);
    expect(call(store, b, "indirect", 40)).toEqual([42]);
    expect(call(store, b, "g")).toEqual([7]);
    expect(await store.memorySize(get("m"))).toBe(2 * 65_536);
    const first = await store.tableGet(get("t"), 1);
    const second = await store.tableGet(get("t"), 2);
    expect([first.type, second.type]).toEqual([FUNCREF, FUNCREF]);
    expect(store.invokeNow({ kind: "func", id: second.lo }, [i32(0)])).toEqual([i32(7)]);
    await store.globalSet(get("g"), { type: I64, lo: 1, hi: 1 });
    expect(store.invokeNow(b.exports.get("g")!, [])).toEqual([{ type: I64, lo: 1, hi: 1 }]);
    await store.memoryWrite(get("m"), 65_534, Uint8Array.of(1, 2));
    expect([...(await store.memoryRead(get("m"), 65_533, 3))]).toEqual([0, 1, 2]);
    await expect(store.memoryRead(get("m"), 131_071, 2)).rejects.toBeInstanceOf(Trap);
  });

  it("are refused imports that do not fit", () => {
    const store = newStore();
    const h = store.newRawFunc(newFuncType([I32], []), () => undefined);
    const wat = `(module (import "a" "b" (func (param i64))))`;
    expect((caught(() => instance(store, wat, [h])) as LinkError).reason).toBe(
      'incompatible import type: "a" "b"',
    );
    expect((caught(() => instance(store, wat, [])) as LinkError).reason).toBe(
      'unknown import: "a" "b"',
    );
  });

  it("of standard 1.0 are all or nothing where segments do not fit", async () => {
    const store = new InterpreterStore(standard("1.0"));
    const memory = await store.newMemory({ min: 1, max: -1, shared: false });
    const wat = `(module (import "" "m" (memory 1)) (data (i32.const 0) "x")
      (data (i32.const 65536) "y"))`;
    const m = decodeModule(parseWat(wat), standard("1.0"));
    expect(caught(() => store.instantiateNow(m, [memory]))).toBeInstanceOf(LinkError);
    expect((await store.memoryRead(memory, 0, 1))[0]).toBe(0);
    const later = newStore();
    const other = await later.newMemory({ min: 1, max: -1, shared: false });
    expect(caught(() => instance(later, wat, [other]))).toBeInstanceOf(Trap);
    expect((await later.memoryRead(other, 0, 1))[0]).toBe(120);
  });

  it("are given back when a store is cleared", async () => {
    const store = newStore();
    const wat = `(module
      (global i32 (i32.const 3))
      (func (export "f") (result i32) (global.get 0)))`;
    const numbers = new Set<number>();
    for (let k = 0; k < 50; k++) {
      const inst = instance(store, wat);
      expect(call(store, inst, "f")).toEqual([3]);
      numbers.add(inst.exports.get("f")!.id);
      await store.clear();
    }
    expect(numbers.size).toBe(1);
  });
});

describe("memories", () => {
  it("grow to their maximum and no further", () => {
    const store = newStore();
    const inst = instance(
      store,
      `(module (memory 1 20)
        (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "put") (param i32) (i32.store8 (local.get 0) (i32.const 9)))
        (func (export "get") (param i32) (result i32) (i32.load8_u (local.get 0))))`,
    );
    call(store, inst, "put", 65535);
    for (let k = 1; k < 20; k++) expect(call(store, inst, "grow", 1)).toEqual([k]);
    expect(call(store, inst, "grow", 1)).toEqual([-1]);
    expect(call(store, inst, "grow", -1)).toEqual([-1]);
    expect(call(store, inst, "grow", 0)).toEqual([20]);
    expect(call(store, inst, "get", 65535)).toEqual([9]);
    expect(call(store, inst, "get", 20 * 65536 - 1)).toEqual([0]);
    expect(caught(() => call(store, inst, "get", 20 * 65536))).toBeInstanceOf(Trap);
  });

  it("beyond 2 GiB can be used up to their last byte", () => {
    const store = newStore();
    const inst = instance(
      store,
      `(module (memory 1)
        (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "put") (param i32 i32) (i32.store offset=4 (local.get 0) (local.get 1)))
        (func (export "get") (param i32) (result i32)
          (i32.load16_s offset=2147483648 (local.get 0)))
        (func (export "sum") (param i32) (result i32)
          (i32.load (i32.add (local.get 0) (i32.const 16)))))`,
    );
    if (call(store, inst, "grow", 32_768)[0] !== 1) {
      console.log("no 2 GiB of address space here: large memories were not tried");
      return;
    }
    call(store, inst, "put", -2147483648 + 65536 - 8, 0x12345678);
    expect(call(store, inst, "get", 65536 - 4)).toEqual([0x5678]);
    expect(call(store, inst, "sum", -2147483648 + 65536 - 20)).toEqual([0x12345678]);
    const tooFar = (): number[] => call(store, inst, "put", -2147483648 + 65536 - 7, 1);
    expect(caught(tooFar)).toBeInstanceOf(Trap);
    expect(caught(() => call(store, inst, "get", 65535))).toBeInstanceOf(Trap);
    expect(call(store, inst, "get", 65534)).toEqual([0x1234]);
  });
});
