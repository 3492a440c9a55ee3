// The runner by hand: calls, traps, memory at its edges, control. Whole functions run in
// generate.test.ts, operators are tested with semantics.ts.

import { describe, expect, test } from "vitest";
import { FuncRef } from "../abi.ts";
import { Bug, Trap } from "../support/errors.ts";
import { IR, OP_NAMES } from "./ops.ts";
import { parseFunc } from "./parse.ts";
import { MEMORY, RECORD, run } from "./run.ts";
import type { World } from "./run.ts";

interface Recorder extends World {
  readonly calls: string[];
  call: World["call"];
}

function newWorld(): Recorder {
  const regions = [0, 256, 65536, 256].map((n) => new DataView(new ArrayBuffer(n)));
  const calls: string[] = [];
  const call = (op: number, lo: number, hi: number, args: Int32Array): number[] => {
    calls.push(`${OP_NAMES[op]} ${lo} ${hi} (${args.join(" ")})`);
    return [10, 11, 12, 13];
  };
  return { regions, calls, call };
}

const types = "type t0 (i32) -> (i32, i64) type t1 () -> ()";
const func = (body: string, results = "i32", params = "v1: i32, v2: i64"): string =>
  `${types} func %0 (${params.replace(/v\d+: /g, "")}) -> (${results}) { b1(${params}): ${body} }`;

const words = (
  body: string,
  results: string,
  args: readonly number[],
  world = newWorld(),
): number[] => [...run(parseFunc(func(body, results)), [...args, 0, 0, 0, 0].slice(0, 4), world)];

describe("values", () => {
  test.each<[body: string, results: string, args: number[], out: number[]]>([
    ["v9: i32 = add v1, 7 ret v9", "i32", [5, 0], [12, 0]],
    ["v9: i64 = add v2, i64 -1 ret v9", "i64", [0, 0, 0, 5], [-1, 4]],
    ["v9: i64 = extu v1 ret v9", "i64", [-1, 99], [-1, 0]],
    [
      "v9: f32 = cvts v1 v10: f64 = promote v9 v11: i64 = bitcast v10 ret v11",
      "i64",
      [3],
      [0, 0x40080000],
    ],
    ["v9: f64 = fdiv f64 0, f64 0 v10: i64 = bitcast v9 ret v10", "i64", [], [0, 0x7ff80000]],
    ["v9: f32 = fneg f32 nan:0x1 v10: i32 = bitcast v9 ret v10", "i32", [], [-0x7fffff, 0]],
    ["v9: i32 = select v1, 4, 5 ret v9", "i32", [0], [5, 0]],
    ["v9: ref = add ref 8, i64 8 v10: i32 = eq v9, ref 16 ret v10", "i32", [], [1, 0]],
    ["v9: i64 = mulhu v2, i64 16 ret v9", "i64", [0, 0, 0, 0x10000000], [1, 0]],
    ["ret v2, v1", "i64, i32", [1, 2, 3, 4], [3, 4, 1, 0]],
  ])("%s", (body, results, args, out) => expect(words(body, results, args)).toEqual(out));
});

describe("control", () => {
  const loop = `jump b2(v1, 1)
    b2(v5: i32, v6: i32): v9: i32 = mul v6, v5 v12: i32 = sub v5, 1 br v12, b2(v12, v9), b3
    b3: ret v9`;

  test("a loop", () => expect(words(loop, "i32", [5])).toEqual([120, 0]));

  test("that takes too long is interrupted", () => {
    const f = parseFunc(func("jump b2 b2: jump b2"));
    expect(() => run(f, [0, 0, 0, 0], newWorld(), 1000)).toThrow(new Trap("interrupted"));
  });

  test.each([
    [0, 7],
    [1, 8],
    [2, 9],
    [-1, 9],
  ])("switch %i", (index, result) => {
    const body = "switch v1 [b2(7), b2(8)] b2(9) b2(v5: i32): ret v5";
    expect(words(body, "i32", [index])).toEqual([result, 0]);
  });

  test("parameters are assigned all at once", () => {
    const body = `jump b2(v1, 100, 3)
      b2(v5: i32, v6: i32, v7: i32): v20: i32 = sub v7, 1 br v20, b2(v6, v5, v20), b3 b3: ret v5`;
    expect(words(body, "i32", [5])).toEqual([5, 0]);
    expect(words(body.replace("100, 3", "100, 4"), "i32", [5])).toEqual([100, 0]);
  });
});

describe("traps", () => {
  test.each([
    ["v9: i32 = divs v1, 0 @0x1f ret v9", "integer divide by zero, at offset 0x1f in function 0"],
    ["trap unreachable @0x20", "unreachable, at offset 0x20 in function 0"],
    ["trapif 1, element @0x21 ret 0", "undefined element, at offset 0x21 in function 0"],
    ["sigcheck ref 0, 0x5 @0x22 ret 0", "uninitialized element, at offset 0x22 in function 0"],
    [
      "sigcheck ref 0x3000000000, 0x5 @0x22 ret 0",
      "indirect call type mismatch, at offset 0x22 in function 0",
    ],
    [
      "v9: i32 = load memory 65533 guard @0x23 ret v9",
      "out of bounds memory access, at offset 0x23 in function 0",
    ],
    [
      "store memory -1 + 4294967295, 1 guard @0x24 ret 0",
      "out of bounds memory access, at offset 0x24 in function 0",
    ],
    [
      "v9: ptr = membase v12: ptr = add v9, i64 -4 v13: i32 = load memory v12 guard ret v13",
      "out of bounds memory access, in function 0",
    ],
  ])("%s", (body, message) => {
    expect(() => words(body, "i32", [])).toThrow(new RegExp(`^${message}$`));
    expect(() => words(body, "i32", [])).toThrow(Trap);
  });

  test("an access without guard that goes astray is a bug", () => {
    expect(() => words("v9: i32 = load memory 65533 ret v9", "i32", [])).toThrow(Bug);
  });

  test("a signature that fits", () => {
    const world = newWorld();
    world.regions[3]!.setInt32(FuncRef.sig, 5, true);
    expect(words("sigcheck ref 0x3000000000, 0x5 ret 1", "i32", [], world)).toEqual([1, 0]);
  });
});

describe("memory", () => {
  const bytes = [0x80, 0x91, 0xa2, 0xb3, 0xc4, 0xd5, 0xe6, 0xf7];
  // prettier-ignore
  test.each([
    ["8u", "i32", [0x80, 0]], ["8s", "i32", [-128, 0]], ["16u", "i32", [0x9180, 0]],
    ["16s", "i64", [0xffff9180 | 0, -1]], ["32u", "i64", [0xb3a29180 | 0, 0]],
    ["32s", "i64", [0xb3a29180 | 0, -1]], ["8s", "i64", [-128, -1]],
  ])("load.%s of %s", (width, ty, out) => {
    const world = newWorld();
    bytes.forEach((b, k) => world.regions[MEMORY]!.setUint8(65528 + k, b));
    const body = `v9: ${ty} = load.${width} memory v1 + 8 guard ret v9`;
    expect(words(body, ty, [65520], world)).toEqual(out);
  });

  test("the last bytes, through an i32 and a ptr", () => {
    const world = newWorld();
    const body = `store memory v1 + 16, v2 guard v9: ptr = membase v11: i64 = extu v1
      v12: ptr = add v9, v11 v13: i64 = load memory v12 + 16 guard ret v13`;
    expect(words(body, "i64", [65512, 0, 7, 8], world)).toEqual([7, 8]);
    expect(world.regions[MEMORY]!.getInt32(65528, true)).toBe(7);
  });

  test("narrow stores", () => {
    const world = newWorld();
    words(
      "store.8u memory 0, v1 store.16u memory 2, v2 store.32u memory 4, v2 ret 0",
      "i32",
      [-1, 0, -2, 5],
      world,
    );
    const memory = world.regions[MEMORY]!;
    expect([0, 4, 8].map((k) => memory.getUint32(k, true))).toEqual([0xfffe00ff, 0xfffffffe, 0]);
  });

  test("the record", () => {
    const world = newWorld();
    world.regions[RECORD]!.setInt32(68, 3, true);
    const body = "v9: ptr = inst v12: i64 = load fixed v9 + 64 store global v9 + 72, v12 ret v12";
    expect(words(body, "i64", [], world)).toEqual([0, 3]);
    expect(world.regions[RECORD]!.getInt32(76, true)).toBe(3);
  });
});

describe("vectors", () => {
  test("lanes, constants and select", () => {
    const body = `v5: v128 = vsplat.i32x4 v1 v6: v128 = vadd.i32x4 v5, vec 0x1 0x2 0x3 0x4
      v7: v128 = vreplace.i64x2 v6, v2, 1 v8: v128 = select v1, v7, v5
      v9: i32 = vextractu.i8x16 v8, 15 ret v8, v9`;
    expect(words(body, "v128, i32", [5, 0, 6, 0x80000000 | 0])).toEqual([
      6, 7, 6, -0x80000000, 128, 0,
    ]);
  });

  test("loads and stores in full and in part", () => {
    const world = newWorld();
    const memory = world.regions[MEMORY]!;
    for (let k = 0; k < 4; k++) memory.setInt32(65520 + 4 * k, k + 1, true);
    const body = `v5: v128 = load memory v1 guard v6: v128 = load.64u memory v1 + 8 guard
      v7: v128 = load.32u memory v1 + 12 guard store memory 16, v5 ret v5, v6, v7`;
    expect(words(body, "v128, v128, v128", [65520], world)).toEqual([
      ...[1, 2, 3, 4],
      ...[3, 4, 0, 0],
      ...[4, 0, 0, 0],
    ]);
    expect([16, 20, 24, 28].map((at) => memory.getInt32(at, true))).toEqual([1, 2, 3, 4]);
    expect(() => words(body, "v128, v128, v128", [65521], world)).toThrow(Trap);
  });

  test("through edges and calls, four words each", () => {
    const world = newWorld();
    const args: number[][] = [];
    world.call = (_op, _lo, _hi, given) => {
      args.push([...given]);
      return [1, 0, 2, 3, 4, 5, 6, 0];
    };
    const text = `type t0 (v128, i32) -> (i32, v128, i32)
      func %0 (i32, v128) -> (v128, i32, v128) { b1(v1: i32, v2: v128): jump b2(v2, v1)
      b2(v5: v128, v6: i32): v9: i32 = call f4 t0(v5, v6) v10: v128 = result v9, 1
      v11: i32 = result v9, 2 ret v10, v11, v5 }`;
    const out = [...run(parseFunc(text), [7, 0, 10, 11, 12, 13], world)];
    expect(args).toEqual([[10, 11, 12, 13, 7, 0]]);
    expect(out).toEqual([2, 3, 4, 5, 6, 0, 10, 11, 12, 13]);
  });
});

test("calls", () => {
  const world = newWorld();
  const body = `v9: i32 = call f4 t0(v1) v10: i64 = result v9, 1 callslot 0x40 t1()
    v20: i32 = callref ref 0x3000000010 t0(v9) v25: i32 = libcall memory_grow(0, v20)
    ret v25, v10`;
  expect(words(body, "i32, i64", [6], world)).toEqual([10, 0, 12, 13]);
  expect(world.calls).toEqual([
    "call 4 0 (6 0)",
    "callslot 64 0 ()",
    "callref 16 48 (10 0)",
    "libcall 0 0 (0 0 10 0)",
  ]);
});

test("a floating value follows what it depends on", () => {
  // v9 is made in b2 and read again behind the loop, where it has its last value.
  const body = `jump b2(v1) b2(v5: i32): v9: i32 = mul v5, 3 v12: i32 = sub v5, 1
      br v12, b2(v12), b3 b3: jump b4 b4: ret v9`;
  expect(words(body, "i32", [4])).toEqual([3, 0]);
});

test("a placed function runs in its order", () => {
  const text = func("v8: i32 = add v1, 1 v9: i32 = add v8, 1 ret v9").replace(" {", " placed {");
  const f = parseFunc(text);
  expect([...run(f, [5, 0, 0, 0], newWorld())]).toEqual([7, 0]);
  f.order.set([f.order[1]!, f.order[0]!]);
  expect(() => run(f, [5, 0, 0, 0], newWorld())).toThrow("v8 is read before it is made");
  expect(f.op[f.order[2]!]).toBe(IR.ret);
});
