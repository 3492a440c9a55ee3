// Vectors in the interpreter, beyond what an operator means (lanes.test.ts and the scripts of the
// test suite say that): how they are kept among values of other sizes. Functions in text reduce
// theirs to an i32 and are compared with V8; hosts exchange them with the guest; each access is
// tried at the end of a memory.

import { describe, expect, it } from "vitest";
import { agreeOnPairs } from "../../tools/versus.ts";
import { Trap } from "../support/errors.ts";
import { parseWat } from "../text/wat.ts";
import { decodeModule } from "../wasm/decode.ts";
import { defaultFeatures } from "../wasm/features.ts";
import { F64, I32, V128, newFuncType } from "../wasm/types.ts";
import { InterpreterStore } from "./interpreter.ts";
import type { Extern, Instance, Value } from "./store.ts";

const i32 = (lo: number): Value => ({ type: I32, lo, hi: 0 });
const f64 = (lo: number, hi: number): Value => ({ type: F64, lo, hi });
const v128 = (lo: number, hi: number, w2: number, w3: number): Value => ({
  type: V128,
  lo,
  hi,
  w2,
  w3,
});

const newStore = (): InterpreterStore => new InterpreterStore(defaultFeatures);

const instance = (store: InterpreterStore, wat: string, imports: Extern[] = []): Instance =>
  store.instantiateNow(decodeModule(parseWat(wat), defaultFeatures), imports);

// ---- against V8 --------------------------------------------------------------------------------

// $mix makes a vector of two numbers with four different lanes, $sum a number that depends on the
// order of the lanes.
const HELPERS = `
  (func $mix (param i32 i32) (result v128)
    (i32x4.replace_lane 3 (i32x4.replace_lane 1 (i32x4.mul (i32x4.splat (local.get 0))
      (v128.const i32x4 1 2 3 4)) (local.get 1)) (i32.const -7)))
  (func $sum (param v128) (result i32)
    (i32.add (i32.xor (i32x4.extract_lane 0 (local.get 0))
        (i32.mul (i32x4.extract_lane 1 (local.get 0)) (i32.const 3)))
      (i32.sub (i32.mul (i32x4.extract_lane 2 (local.get 0)) (i32.const 5))
        (i32.rotl (i32x4.extract_lane 3 (local.get 0)) (i32.const 7)))))`;

const A = "(call $mix (local.get $a) (local.get $b))";
const B = "(call $mix (local.get $b) (i32.const 99))";

/** A body that leaves an i32, with the helpers and more. */
const agrees = (body: string, rest = ""): unknown[] => agreeOnPairs(body, HELPERS + rest);

describe("vectors in a function do what they do in V8", () => {
  it("in locals between others, zero at first", () => {
    agrees(`(local $i i32) (local $v v128) (local $l i64) (local $w v128) (local $u v128)
      (local.set $l (i64.const -1)) (local.set $v ${A}) (local.set $i (i32.const 5))
      (local.set $w (local.get $v)) (local.set $v (v128.not (local.get $w)))
      (call $sum (local.get $v)) (call $sum (local.get $w)) i32.sub
      (i32.add (local.get $i)) (i32.xor (i32.wrap_i64 (local.get $l)))
      (i32.add (call $sum (local.get $u)))`);
    agrees(`(local $v v128) ${A} (local.tee $v) (local.set $v ${B}) (call $sum)
      (i32.add (call $sum (local.get $v)))`);
    // Many locals are zeroed in another way than few.
    const many = "(local v128) (local i32)".repeat(20);
    agrees(`${many} (local.set 3 (local.get $a))
      (i32.add (call $sum (local.get 40)) (local.get 3)) (i32.add (local.get 41))`);
  });

  it("while the local they were read from changes", () => {
    agrees(`(local $v v128) (local.set $v ${A}) (local.get $v) (local.get $v)
      (local.set $v ${B}) (i32x4.sub (local.get $v)) i32x4.add (call $sum)`);
    agrees(`(local $v v128) (local.set $v ${A}) (local.get $v)
      (if (local.get $b) (then (local.set $v ${B}))) (call $sum (local.get $v))
      (i32.const 3) i32.mul (local.set $a) (call $sum) (i32.sub (local.get $a))`);
  });

  it("below, between and above values of other types", () => {
    agrees(
      `(local.get $a) ${A} (i64.const 77) ${B} (f64.const 1.5)
      i32.trunc_f64_s (call $other) i32.sub`,
      `(func $other (param v128 i64 v128 i32) (result i32)
        (i32.add (i32.sub (call $sum (local.get 0)) (call $sum (local.get 2)))
          (i32.mul (i32.wrap_i64 (local.get 1)) (local.get 3))))`,
    );
    agrees(`${A} (drop (i32.add (local.get $a) (local.get $b))) ${B} drop (call $sum)`);
    agrees(`(i32.add (local.get $a) (i32.const 8)) ${A} (call $sum) i32.xor`);
    agrees(`(i32x4.splat (i32.add (local.get $a) (i32.const 8))) (call $sum)`);
    agrees(`(i32x4.shl ${A} (i32.add (local.get $b) (i32.const 1))) (call $sum)`);
    agrees(`(i64x2.replace_lane 1 ${A} (i64.const -3)) (call $sum)`);
    agrees(`(i32.wrap_i64 (i64x2.extract_lane 1 ${A})) (local.set $a) (local.get $a)`);
  });

  it("when one of two is selected", () => {
    agrees(`(call $sum (select ${A} ${B} (i32.lt_s (local.get $a) (local.get $b))))`);
    agrees(`(local $v v128) (local.set $v ${A})
      (select (result v128) (local.get $v) ${B} (local.get $b)) (call $sum)`);
    agrees(`(local $v v128) (local.set $v ${A})
      (local.set $v (select ${B} (local.get $v) (local.get $a))) (call $sum (local.get $v))`);
  });

  it("as arguments and results of blocks, loops and arms", () => {
    agrees(`(block $x (result v128 i32 v128) ${A} (local.get $b) ${B}
      (br_if $x (i32.eqz (local.get $a))) (drop) (drop) (drop) ${B} (i32.const 4) ${A})
      (call $sum) i32.add (local.set $a) (call $sum) (i32.mul (i32.const 3))
      (i32.sub (local.get $a))`);
    agrees(`(i32.const 5) ${A} (block $x (param v128) (result i32 v128)
        (local.set $a (call $sum)) (i32.const 7) (br $x (local.get $b) ${B}))
      (call $sum) i32.sub i32.xor (i32.sub (local.get $a))`);
    agrees(`(local $n i32) (local.set $n (i32.and (local.get $b) (i32.const 15)))
      (local.get $a) ${A}
      (loop $l (param i32 v128) (result i32 v128)
        (i32x4.add (v128.const i32x4 1 2 3 4)) (local.set $a (i32.const 3))
        (br_if $l (i32.ge_s (local.tee $n (i32.sub (local.get $n) (i32.const 1))) (i32.const 0))))
      (call $sum) i32.add`);
    agrees(`(local $v v128) ${A} (i32.gt_s (local.get $b) (i32.const 2))
      (if (param v128) (result i32 v128)
        (then (local.set $v) (i32.const 1) (i32x4.neg (local.get $v)))
        (else (call $sum) ${B}))
      (call $sum) i32.add`);
  });

  it("through tables of branches and early returns", () => {
    agrees(`(local.get $a) (block $d (result v128) (block $c (result v128)
      (block $b (result v128) (i64.const 1) ${A} (br_table $b $c $d (local.get $a)))
      (i32x4.add (v128.const i32x4 9 8 7 6)) (br $c)) (v128.not))
      (call $sum) i32.add`);
    agrees(
      `(call $early (local.get $a) (local.get $b)) (local.set $a) (call $sum)
      (i32.sub (local.get $a))`,
      `(func $early (param i32 i32) (result v128 i32) (local v128)
        (local.set 2 (call $mix (local.get 0) (local.get 1)))
        (br_if 0 (local.get 2) (local.get 1) (i32.gt_u (local.get 0) (i32.const 30)))
        (drop) (drop)
        (if (i32.eq (local.get 0) (local.get 1)) (then (return (local.get 2) (i32.const 6))))
        (v128.not (local.get 2)) (local.get 0))`,
    );
  });

  it("through calls, direct and indirect, with results in the arguments' places", () => {
    const rest = `
      (type $two (func (param i32 v128) (result v128 i32)))
      (table funcref (elem $swap $other))
      (func $swap (type $two) (local.get 1) (local.get 0))
      (func $other (type $two) (i32x4.neg (local.get 1)) (i32.const 12))
      (func $second (param v128 v128) (result v128) (local.get 1))
      (func $last (param i32 v128) (result v128) (local.get 1))
      (func $back (param v128 v128) (result v128 v128) (local.get 1) (local.get 0))
      (func $deep (param i32 v128) (result v128)
        (if (i32.eqz (local.get 0)) (then (return (local.get 1))))
        (i32x4.add (local.get 1) (call $deep (i32.sub (local.get 0) (i32.const 1))
          (i32x4.add (local.get 1) (v128.const i32x4 1 1 2 3)))))`;
    agrees(
      `(call $swap (local.get $a) ${A}) (local.set $a) (call $sum) (i32.sub (local.get $a))`,
      rest,
    );
    agrees(
      `(call_indirect (type $two) (local.get $a) ${A} (i32.and (local.get $b) (i32.const 3)))
      (local.set $a) (call $sum) (i32.sub (local.get $a))`,
      rest,
    );
    agrees(`(call $sum (call $second ${A} ${B}))`, rest);
    agrees(`(call $sum (call $last (local.get $a) ${B}))`, rest);
    agrees(
      `(call $back ${A} ${B}) (call $sum) (local.set $a) (call $sum) (i32.sub (local.get $a))`,
      rest,
    );
    agrees(`(call $sum (call $deep (i32.and (local.get $a) (i32.const 31)) ${B}))`, rest);
  });

  it("in globals between others", () => {
    const rest = `(global $i (mut i32) (i32.const 5))
      (global $v (mut v128) (v128.const i32x4 1 2 3 4))
      (global $w v128 (v128.const f32x4 1 -0 nan inf)) (global $l (mut i64) (i64.const -9))`;
    agrees(
      `(global.set $i (local.get $a)) (i32.add (call $sum (global.get $v)) (global.get $i))
      (global.set $v ${A}) (global.set $l (i64.const 3))
      (i32.mul (call $sum (global.get $v))) (i32.sub (call $sum (global.get $w)))
      (i32.add (i32.wrap_i64 (global.get $l)))`,
      rest,
    );
  });

  it("shuffled, with constants and lanes", () => {
    agrees(`(call $sum (i8x16.shuffle 31 0 17 2 3 4 5 30 16 15 14 13 12 1 1 1 ${A} ${B}))`);
    agrees(`(local $v v128) (local.set $v ${A})
      (local.set $v (i8x16.shuffle 16 1 2 19 4 5 6 7 24 9 10 11 12 13 14 31 (local.get $v) ${B}))
      (call $sum (local.get $v))`);
    agrees(`(i32.add (i8x16.extract_lane_s 5 ${A}) (i16x8.extract_lane_u 6 ${B}))`);
    agrees(`(call $sum (i16x8.replace_lane 3 (i8x16.replace_lane 15 ${A} (local.get $b))
      (local.get $a)))`);
    agrees(`(call $sum (v128.bitselect ${A} ${B} (v128.const i64x2 0xff00ff00ff00 -1234)))`);
  });

  it("as conditions", () => {
    for (const op of ["v128.any_true", "i8x16.all_true", "i32x4.all_true", "i64x2.bitmask"]) {
      agrees(`(if (result i32) (${op} ${A}) (then (i32.const 1)) (else (i32.const 2)))`);
      agrees(`(block (br_if 0 (i32.eqz (${op} ${A}))) (return (i32.const 5))) (i32.const 6)`);
    }
  });
});

// ---- memory ------------------------------------------------------------------------------------

interface Access {
  readonly name: string;
  readonly size: number;
  /** Number of the lane that is loaded or stored, -1 where it is no lane. */
  readonly lane: number;
  readonly isStore: boolean;
}

const plain = (name: string, size: number): Access => ({
  name: `v128.${name}`,
  size,
  lane: -1,
  isStore: name === "store",
});

const ofLane = (size: number): Access[] =>
  ["load", "store"].map((kind) => ({
    name: `v128.${kind}${8 * size}_lane`,
    size,
    lane: 16 / size - 1,
    isStore: kind === "store",
  }));

const ACCESSES: readonly Access[] = [
  plain("load", 16),
  plain("store", 16),
  ...["8x8_s", "8x8_u", "16x4_s", "16x4_u", "32x2_s", "32x2_u", "64_splat", "64_zero"].map((n) =>
    plain(`load${n}`, 8),
  ),
  plain("load32_splat", 4),
  plain("load32_zero", 4),
  plain("load16_splat", 2),
  plain("load8_splat", 1),
  ...[1, 2, 4, 8].flatMap(ofLane),
];

/**
 * The access as an i32: what was loaded, or what is in memory at `seen` afterwards. Stores A, and
 * loads lanes into B.
 */
function using({ name, lane, isStore }: Access, address: string, offset: number, seen: number) {
  const what = `${name} offset=${offset}${lane < 0 ? "" : ` ${lane}`} ${address}`;
  if (isStore) return `(${what} ${A}) (call $sum (v128.load (i32.const ${seen})))`;
  return `(call $sum (${what}${lane < 0 ? "" : ` ${B}`}))`;
}

const END = 65536;
// Bytes of all sorts at the end of the page.
const DATA = `(data (i32.const 65504)
  "\\01\\82\\03\\f4\\05\\06\\97\\08\\ff\\0a\\0b\\cc\\0d\\0e\\8f\\10"
  "\\11\\92\\13\\14\\f5\\16\\17\\a8\\19\\1a\\9b\\1c\\1d\\8e\\1f\\e0")`;

describe("accesses", () => {
  it.each(ACCESSES)("of $name reach to the last byte of a memory", (access) => {
    const outcomes = (address: string, offset: number): unknown[] =>
      agrees(using(access, address, offset, END - 16), DATA);
    const { size } = access;
    const last = END - size;
    const [fits, fails] = ["fits", "traps"].map((s) => (o: unknown[]) => o.map(() => s));
    const seen = (o: unknown[]): string[] => o.map((x) => (x === "trap" ? "traps" : "fits"));
    const expectIt = (o: unknown[], how: typeof fits): void => expect(seen(o)).toEqual(how!(o));
    // The address constant; in a local; a sum with a constant; a sum of two.
    expectIt(outcomes(`(i32.const ${last})`, 0), fits);
    expectIt(outcomes(`(i32.const ${last + 1})`, 0), fails);
    expectIt(outcomes("(i32.const 0)", last), fits);
    expectIt(outcomes("(i32.const 1)", last), fails);
    expectIt(outcomes("(i32.const -1)", 0), fails);
    expectIt(outcomes("(i32.const -1)", 0x7fffffff), fails);
    expectIt(outcomes(`(i32.const 0)`, 0x80000000), fails);
    expectIt(outcomes(`(i32.const 0)`, 0xffffffff), fails);
    outcomes("(local.get $a)", END - 8);
    outcomes("(i32.add (local.get $a) (i32.const 65528))", 0);
    outcomes("(i32.sub (local.get $a) (i32.const 8))", END - 16);
    outcomes("(i32.add (local.get $a) (local.get $b))", END - 40);
  });

  it("beyond 2 GiB are exact as well", () => {
    const store = newStore();
    const accesses = ACCESSES.map((access, k) => {
      const func = (name: string, offset: number): string =>
        `(func (export "${name}${k}") (param $a i32) (result i32) (local $b i32)
          ${using(access, "(local.get $a)", offset, 0)})`;
      return func("f", 0x7fffff00) + func("g", 16);
    });
    const wat = `(module (memory 1) ${HELPERS} ${accesses.join("\n")}
      (func (export "grow") (result i32) (memory.grow (i32.const 32768))))`;
    const inst = instance(store, wat);
    const call = (name: string, ...args: number[]): number =>
      store.invokeNow(inst.exports.get(name)!, args.map(i32))[0]!.lo;
    const trapped = (name: string, p: number): boolean => {
      try {
        call(name, p);
        return false;
      } catch (error) {
        expect(error).toBeInstanceOf(Trap);
        return true;
      }
    };
    ACCESSES.forEach((_, k) => expect(trapped(`f${k}`, 0x100)).toBe(true));
    if (call("grow") !== 1) {
      console.log("no 2 GiB of address space here: large memories were not tried");
      return;
    }
    const end = 0x8000_0000 + 65536;
    ACCESSES.forEach(({ size }, k) => {
      expect([k, trapped(`f${k}`, end - size - 0x7fffff00)]).toEqual([k, false]);
      expect([k, trapped(`f${k}`, end - size - 0x7fffff00 + 1)]).toEqual([k, true]);
      expect([k, trapped(`g${k}`, (end - size - 16) | 0)]).toEqual([k, false]);
      expect([k, trapped(`g${k}`, (end - size - 15) | 0)]).toEqual([k, true]);
    });
  });

  it("beyond 2 GiB load what was stored there", () => {
    const store = newStore();
    const inst = instance(
      store,
      `(module (memory 1)
        (func (export "grow") (result i32) (memory.grow (i32.const 32768)))
        (func (export "put") (param i32 v128)
          (v128.store offset=2147483648 (local.get 0) (local.get 1)))
        (func (export "byte") (param i32 v128)
          (v128.store8_lane offset=3 5 (local.get 0) (local.get 1)))
        (func (export "get") (param i32) (result v128) (v128.load (local.get 0)))
        (func (export "wide") (param i32) (result v128) (v128.load16x4_s offset=8 (local.get 0)))
        (func (export "lane") (param i32 v128) (result v128)
          (v128.load64_lane offset=4294967295 1 (local.get 0) (local.get 1)))
        (func (export "lane32") (param i32 v128) (result v128)
          (v128.load32_lane 2 (local.get 0) (local.get 1))))`,
    );
    const call = (name: string, ...args: Value[]): Value[] =>
      store.invokeNow(inst.exports.get(name)!, args);
    if (call("grow")[0]!.lo !== 1) {
      console.log("no 2 GiB of address space here: large memories were not tried");
      return;
    }
    const far = (at: number): Value => i32((0x8000_0000 + at) | 0);
    call("put", i32(32), v128(0x11112222, -2, 0x7fff8000, 0x00010002));
    call("byte", far(32), v128(0, 0x5500, 0, 0));
    expect(call("get", far(32))).toEqual([v128(0x55112222, -2, 0x7fff8000, 0x00010002)]);
    expect(call("wide", far(32))).toEqual([v128(-32768, 0x7fff, 2, 1)]);
    expect(call("lane32", far(36), v128(1, 2, 3, 4))).toEqual([v128(1, 2, -2, 4)]);
    expect(() => call("lane", i32(65), v128(1, 2, 3, 4))).toThrow(Trap);
  });
});

// ---- hosts -------------------------------------------------------------------------------------

const ONE = v128(1, -2, 0x7fc00001, -2147483648);
const TWO = v128(0x01020304, 5, 6, -1);

describe("hosts", () => {
  it("give and get vectors among other values", async () => {
    const store = newStore();
    const type = newFuncType([I32, V128, F64, V128], [V128, F64, V128, I32]);
    const seen: (readonly Value[])[] = [];
    const h = await store.newFunc(type, (args) => {
      seen.push(args);
      return [args[3]!, args[2]!, args[1]!, i32(args[0]!.lo + 1)];
    });
    const inst = instance(
      store,
      `(module (import "" "h" (func $h (param i32 v128 f64 v128) (result v128 f64 v128 i32)))
        (table funcref (elem $h))
        (export "h" (func $h))
        (func (export "f") (param i32 v128 f64 v128) (result v128 f64 v128 i32)
          (call $h (local.get 0) (i32x4.add (local.get 1) (i32x4.splat (local.get 0)))
            (local.get 2) (local.get 3)))
        (func (export "g") (param v128 i32) (result i32 v128)
          (call_indirect (param i32 v128 f64 v128) (result v128 f64 v128 i32)
            (local.get 1) (local.get 0) (f64.const 0) (local.get 0) (i32.const 0))
          (local.set 1) (local.set 0) (drop) (drop) (local.get 1) (local.get 0)))`,
      [h],
    );
    const pi = f64(0x54442d18, 0x400921fb);
    const call = (name: string, ...args: Value[]): Value[] =>
      store.invokeNow(inst.exports.get(name)!, args);
    expect(call("h", i32(7), ONE, pi, TWO)).toEqual([TWO, pi, ONE, i32(8)]);
    const sum = v128(11, 8, 0x7fc0000b, -2147483638);
    expect(call("f", i32(10), ONE, pi, TWO)).toEqual([TWO, pi, sum, i32(11)]);
    expect(seen[1]).toEqual([i32(10), sum, pi, TWO]);
    expect(call("g", ONE, i32(3))).toEqual([i32(4), ONE]);
  });

  it("call back while vectors are on the stack", async () => {
    const store = newStore();
    let inst: Instance | undefined;
    const type = newFuncType([I32, V128], [V128]);
    const h = await store.newFunc(type, ([n, v]) =>
      n!.lo === 0 ? [v!] : store.invokeNow(inst!.exports.get("f")!, [i32(n!.lo - 1), v!]),
    );
    inst = instance(
      store,
      `(module (import "" "h" (func $h (param i32 v128) (result v128)))
        (func (export "f") (param i32 v128) (result v128) (local v128)
          (local.set 2 (i32x4.splat (local.get 0)))
          (i32x4.add (local.get 2) (call $h (local.get 0)
            (i32x4.add (local.get 1) (v128.const i32x4 1 2 3 4))))))`,
      [h],
    );
    const out = store.invokeNow(inst.exports.get("f")!, [i32(9), v128(100, 200, 300, 400)]);
    expect(out).toEqual([v128(155, 265, 375, 485)]);
  });

  it("share globals of vectors, which are given back when a store is cleared", async () => {
    const store = newStore();
    for (let k = 0; k < 3; k++) {
      const g = await store.newGlobal({ type: V128, mutable: true }, ONE);
      const constant = await store.newGlobal({ type: V128, mutable: false }, TWO);
      const wat = `(module (import "" "g" (global $g (mut v128))) (import "" "c" (global $c v128))
        (global $i (mut i32) (i32.const 1)) (global $own (export "own") (mut v128) (global.get $c))
        (global (export "last") (mut v128) (v128.const i32x4 1 2 3 4))
        (func (export "swap") (local v128) (local.set 0 (global.get $g))
          (global.set $g (global.get $own)) (global.set $own (local.get 0))
          (global.set $i (i32.const -1))))`;
      const inst = instance(store, wat, [g, constant]);
      const other = instance(store, wat, [g, constant]);
      store.invokeNow(inst.exports.get("swap")!, []);
      expect(await store.globalGet(g)).toEqual(TWO);
      expect(await store.globalGet(inst.exports.get("own")!)).toEqual(ONE);
      expect(await store.globalGet(inst.exports.get("last")!)).toEqual(v128(1, 2, 3, 4));
      await store.globalSet(other.exports.get("own")!, v128(9, 8, 7, 6));
      store.invokeNow(other.exports.get("swap")!, []);
      expect(await store.globalGet(g)).toEqual(v128(9, 8, 7, 6));
      expect(await store.globalGet(other.exports.get("own")!)).toEqual(TWO);
      expect(await store.globalGet(inst.exports.get("own")!)).toEqual(ONE);
      await store.clear();
    }
  });

  it("pass vectors between instances", () => {
    const store = newStore();
    const maker = instance(
      store,
      `(module (func (export "make") (param v128 i32) (result i32 v128)
        (i32.mul (local.get 1) (i32.const 2)) (i32x4.neg (local.get 0))))`,
    );
    const user = instance(
      store,
      `(module (import "" "make" (func $make (param v128 i32) (result i32 v128)))
        (func (export "f") (param i64 v128) (result v128 i32) (local i32)
          (call $make (local.get 1) (i32.const 21)) (local.set 1) (local.set 2)
          (local.get 1) (local.get 2)))`,
      [maker.exports.get("make")!],
    );
    const out = store.invokeNow(user.exports.get("f")!, [f64(0, 0), v128(1, -2, 3, -4)]);
    expect(out).toEqual([v128(-1, 2, -3, 4), i32(42)]);
  });
});
