// The text form and back: constants of every kind to the bit, ids kept where there is room, and a
// sentence with a line number for what is no such text. Random functions are in generate.test.ts.

import { describe, expect, test } from "vitest";
import { Malformed } from "../support/errors.ts";
import { Func } from "./func.ts";
import { IR } from "./ops.ts";
import { parseFunc, parseFuncs } from "./parse.ts";
import { printFunc, printInst } from "./print.ts";
import { F32, F64, I32, I64, NONE, PTR, REF, V128 } from "./types.ts";
import type { Type } from "./types.ts";

const sample = `type t0 (i32, i64) -> (i64, f32)
type t7 () -> ()
func %3 (i32, i64) -> (i32, f64) {
b1(v1: i32, v2: i64):
  v4: i32 = add v1, 5
  v5: i64 = load.8u memory v4 + 16 guard #2 @0x1c2
  store.16u memory v4 + 4294967280, v5 guard @0x1c8
  v8: i64 = call f5 t0(v1, i64 -7) @0x1cf
  v9: f32 = result v8, 1
  v10: ptr = inst
  v12: ref = load table v10 + 64 #3
  sigcheck v12, 0x811c9dc5 @0x1d4
  callref v12 t7() @0x1d6
  callslot 0x180 t7()
  v20: i32 = libcall memory_grow(0, v1)
  trapif v4, memory @0x1d0
  v26: i32 = select v4, v20, 1
  switch v1 [b2(v5), b4] b4 @0x1e0
b2(v30: i64):
  br v4, b3(v30, 1), b4
b3(v40: i64, v41: i32):
  ret v41, f64 0.1 @0x1f0
b4 cold:
  trap unreachable @0x1f5
}
`;

describe("text", () => {
  test("comes back as it was, ids included", () => {
    const f = parseFunc(sample);
    expect(printFunc(f)).toBe(sample);
    expect(printFunc(parseFunc(printFunc(f)))).toBe(sample);
    expect([f.index, f.signature, f.callTypes[5], f.types[7]]).toEqual([
      3,
      { params: [I32, I64], results: [I32, F64] },
      0,
      { params: [], results: [] },
    ]);
    expect([f.firstParam[3], f.paramCount[3], f.cold[4], f.source[8]]).toEqual([40, 2, 1, 0x1cf]);
  });

  test("of a placed function keeps the order", () => {
    const text = `func %0 (i32) -> (i32) placed {
b1(v1: i32):
  v9: i32 = add v1, 3
  v7: i32 = add v1, 4
  br v9, b2, b2
b2:
  ret v7
}
`;
    const f = parseFunc(text);
    expect(printFunc(f)).toBe(text);
    expect([...f.order.subarray(0, 2), f.start[2], f.end[2]]).toEqual([9, 7, 3, 4]);
  });

  test("without room for ids is numbered anew", () => {
    const f = parseFunc(`func %0 (i32) -> (i32) { ; a comment
      b1(v1: i32):
        v2: i32 = add v1, 9 ;; the constant needs an id before v2
        ret v2 }`);
    expect(printFunc(f)).toContain("v3: i32 = add v1, 9");
    expect(f.op[2]).toBe(IR.const);
  });

  test("may hold several functions", () => {
    const text = printFunc(parseFunc("func %1 () -> () { b1: ret }"));
    expect(parseFuncs(text + text.replace("%1", "%2")).map((f) => f.index)).toEqual([1, 2]);
    expect(() => parseFunc(text + text)).toThrow("expected one function, found 2");
  });

  test("shows what other columns hold", () => {
    const f = parseFunc("func %1 (i32) -> () { b1(v1: i32): v5: i32 = clz v1 aux 12 ret }");
    expect(f.aux[5]).toBe(12);
    expect(printInst(f, 5)).toBe("v5: i32 = clz v1 aux 12");
  });
});

describe("constants", () => {
  const constants: readonly (readonly [text: string, ty: Type, lo: number, hi: number])[] = [
    ["0", I32, 0, 0],
    ["-1", I32, -1, 0],
    ["-2147483648", I32, -0x80000000, 0],
    ["i64 -1", I64, -1, -1],
    ["i64 4294967296", I64, 0, 1],
    ["i64 -4294967297", I64, -1, -2],
    ["i64 9007199254740991", I64, -1, 0x1fffff],
    ["i64 0x20000000000000", I64, 0, 0x200000],
    ["i64 0x8000000000000000", I64, 0, -0x80000000],
    ["ptr 16", PTR, 16, 0],
    ["ref 0", REF, 0, 0],
    ["f32 0", F32, 0, 0],
    ["f32 -0", F32, -0x80000000, 0],
    ["f32 0.1", F32, 0x3dcccccd, 0],
    ["f32 16777216", F32, 0x4b800000, 0],
    ["f32 1e-45", F32, 1, 0],
    ["f32 inf", F32, 0x7f800000, 0],
    ["f32 3.4028235e+38", F32, 0x7f7fffff, 0],
    ["f32 -nan:0x400000", F32, 0xffc00000 | 0, 0],
    ["f32 nan:0x1", F32, 0x7f800001, 0],
    ["f64 0.1", F64, 0x9999999a | 0, 0x3fb99999],
    ["f64 -0", F64, 0, -0x80000000],
    ["f64 5e-324", F64, 1, 0],
    ["f64 -inf", F64, 0, -0x100000],
    ["f64 1e+300", F64, -2013235812, 0x7e37e43c],
    ["f64 nan:0x8000000000000", F64, 0, 0x7ff80000],
    ["f64 -nan:0x1", F64, 1, -0x100000],
  ];

  test.each(constants)("%s", (text, ty, lo, hi) => {
    const f = new Func();
    f.reset(0, { params: [], results: [ty] });
    const b = f.newBlock();
    f.begin(b);
    const v = f.inst(IR.const, ty, lo, hi, 0, b);
    const list = f.words(2);
    f.pool.set([1, v], list);
    f.term[b] = f.inst(IR.ret, NONE, list, 0, 0, b);
    const printed = printFunc(f);
    expect(printed).toContain(`ret ${text}\n`);
    const back = parseFunc(printed);
    expect([back.ty[1], back.a[1], back.b[1]]).toEqual([ty, lo, hi]);
  });

  test("random bits", () => {
    let word = 1;
    for (let k = 0; k < 2000; k++) {
      word = Math.imul(word, 0x9e3779b1) + 0x7f4a7c15;
      const other = Math.imul(word ^ 0x55555555, 0x85ebca77);
      for (const ty of [I32, I64, F32, F64]) {
        const f = parseFunc("func %0 () -> () { b1: v2: i32 = clz 1 ret }");
        f.ty[1] = ty;
        f.a[1] = word;
        f.b[1] = ty === I64 || ty === F64 ? other : 0;
        const back = parseFunc(printFunc(f));
        if (back.a[1] !== f.a[1] || back.b[1] !== f.b[1]) throw new Error(printInst(f, 2));
      }
    }
  });

  test("vectors", () => {
    const text = "v2: v128 = select 1, vec 0x1 0x2 0x80000000 0x0, vec 0x0 0x0 0x0 0xffffffff";
    const f = parseFunc(`func %0 () -> () { b1: v9: ${text.slice(4)} ret }`);
    expect(printFunc(f)).toContain(text.slice(4));
    expect(printFunc(parseFunc(printFunc(f).replaceAll("v9", "v128")))).toContain("v128: v128 = ");
    const v = f.b[9]!;
    expect([f.ty[v], ...f.pool.subarray(f.a[v]!, f.a[v]! + 4)]).toEqual([
      V128,
      1,
      2,
      -0x80000000,
      0,
    ]);
  });
});

test("shapes and lanes", () => {
  const text = [
    "func %0 (v128, i32) -> (i32) {",
    "b1(v1: v128, v2: i32):",
    "  v3: v128 = vsplat.i8x16 v2",
    "  v4: v128 = vreplace.i16x8 v3, v2, 7",
    "  v6: v128 = vshuffle.i8x16 v4, v1, vec 0x1f1e1d1c 0x0 0x1 0x2",
    "  v7: v128 = vsats.f64x2 v6",
    "  v8: v128 = load.64u memory v2 guard @0x10",
    "  v9: v128 = vnot.i8x16 v8",
    "  v10: i32 = vextracts.i16x8 v9, 3",
    "  ret v10",
    "}",
    "",
  ].join("\n");
  expect(printFunc(parseFunc(text))).toBe(text);
});

describe("mistakes", () => {
  const mistakes: readonly (readonly [text: string, message: string])[] = [
    ["func %0 () -> () {\nb1:\n  ret", "line 3: expected an opcode: end of text"],
    ["func %0 () -> () {\nb1:\n  v1: i32 = frob 1\n}", "line 3: expected an opcode: frob"],
    ["func %0 () -> () { b1: v1: i33 = add 1, 1 }", "line 1: expected a type: i33"],
    ["func %0 () -> () { b1: v1: none = add 1, 1 }", "line 1: expected a type: none"],
    ["func %0 () -> () { b1: v1: i32 = add.8u 1, 1 }", "line 1: unknown suffix before: 1"],
    [
      "func %0 () -> () { b1: v1: i32 = load.9u memory 1 }",
      "line 1: unknown suffix before: memory",
    ],
    ["func %0 () -> () { b1: v1: i32 = load 1 }", "line 1: expected a class of state: 1"],
    ["func %0 () -> () { b1: v1: v128 = vadd 1, 1 }", "line 1: unknown suffix before: 1"],
    ["func %0 () -> () { b1: v1: v128 = vadd.i8x4 1, 1 }", "line 1: unknown suffix before: 1"],
    ["func %0 () -> () { b1: ret v7 }", "line 1: v7 is not defined"],
    [
      "func %0 () -> () { b1: v1: i32 = clz 1\n v1: i32 = clz 1 ret }",
      "line 2: v1 is defined twice",
    ],
    ["func %0 () -> () { b1: ret b1: ret }", "b1 stands twice in function 0"],
    ["func %0 () -> () { b1: ret ret }", "line 1: b1 has ended before"],
    [
      "func %0 () -> () { b1: v1: i64 = clz i64 9007199254740993 }",
      "line 1: write it in hexadecimal, before: }",
    ],
    ["func %0 () -> () { b1: call f1 t1() ret }", "line 1: type t1 is not declared before: ("],
    ["func %0 () -> () { b1: libcall frob() }", "line 1: expected a library call: frob"],
    ["func %0 () -> () { b1: v1: i32 = clz $ }", "line 1: unexpected character: $"],
    ["func %0 () -> () { b1: v1: i32 = clz f32 x }", "line 1: expected a value or a constant: x"],
    ["func %0 () -> () { b0: ret }", "line 1: expected a block: b0"],
    ["frob", "line 1: expected func: frob"],
  ];

  test.each(mistakes)("%j", (text, message) => {
    expect(() => parseFuncs(text)).toThrow(new Malformed(message));
  });
});
