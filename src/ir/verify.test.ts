// Each law broken once, by a text or by a poke into the columns; and random corruption, after which
// the verifier must have an answer rather than run away.

import { describe, expect, test } from "vitest";
import { Bug } from "../support/errors.ts";
import { Func } from "./func.ts";
import { Generator, Random } from "./generate.ts";
import { parseFunc } from "./parse.ts";
import { Verify, verify } from "./verify.ts";

const body = (text: string): string => `
  type t0 (i32) -> (i64, f32)
  func %0 (i32, i64) -> (i32) { b1(v1: i32, v2: i64): ${text} }`;

/** A body with a vector `v3` and whatever `text` makes of it. */
const vector = (text: string): string => body(`v3: v128 = vsplat.i64x2 v2 ${text} ret v1`);

const wrong: readonly (readonly [law: string, message: RegExp, text: string])[] = [
  ["1", /no predecessor before/, body("ret v1 b2: ret v1")],
  ["1", /edge to the entry/, body("jump b1(v1, v2)")],
  ["1", /does not dominate/, body("br v1, b2, b3 b2: jump b4 b3: ret v1 b4: jump b3")],
  ["1", /b2, which was not begun/, body("jump b2")],
  ["2", /b1 has no end/, body("")],
  ["2", /b1 has no end/, body("v3: i32 = add v1, 1")],
  ["3", /1 arguments for b2/, body("jump b2(v1) b2: ret v1")],
  ["3", /argument v2 is not a i32/, body("jump b2(v2) b2(v3: i32): ret v3")],
  ["3", /not the function's params/, "func %0 (i32) -> () { b1: ret }"],
  ["3", /parameter 0 is not a i32/, "func %0 (i32) -> () { b1(v1: i64): ret }"],
  ["5", /i64 beside i32/, body("v3: i32 = add v1, v2 ret v3")],
  ["5", /i64 beside i32/, body("v3: i64 = add v1, v1 ret v1")],
  ["5", /i32 is no float/, body("v3: i32 = fadd v1, v1 ret v1")],
  ["5", /f32 is no integer/, body("v3: f32 = clz f32 0 ret v1")],
  ["5", /i32 where I is due/, body("v3: i32 = wrap v1 ret v1")],
  ["5", /i64 where i is due/, body("br v2, b2, b2 b2: ret v1")],
  ["5", /bits of i64 as f32/, body("v3: f32 = bitcast v2 ret v1")],
  ["5", /bits of i64 as i64/, body("v3: i64 = bitcast v2 ret v1")],
  ["5", /results: i64 at 0/, body("ret v2")],
  ["5", /0 results for 1/, body("ret")],
  ["5", /2 arguments for 1/, body("v3: i64 = call f0 t0(v1, v1) ret v1")],
  ["5", /arguments: i64 at 0/, body("v3: i64 = call f0 t0(v2) ret v1")],
  ["5", /not the type of result 0/, body("v3: i32 = callslot 64 t0(v1) ret v3")],
  ["5", /not the type of result 0/, body("libcall memory_grow(0, v1) ret v1")],
  ["5", /callee is no address/, body("v3: i64 = callref v1 t0(v1) ret v1")],
  ["5", /no trap 99/, body("trap 99")],
  [
    "6",
    /does not dominate its use/,
    body("br v1, b2, b3 b2: v5: i32 = load memory v1 ret v5 b3: ret v5"),
  ],
  [
    "6",
    /v5 does not reach b4/,
    body(
      "br v1, b2, b3 b2: v5: i32 = load memory v1 jump b4(v5) b3: jump b4(v5) b4(v9: i32): ret v9",
    ),
  ],
  [
    "6",
    /never meet/,
    body(
      "br v1, b2, b3 b2: v5: i32 = load memory v1 ret v5 " +
        "b3: v7: i32 = load memory v1 v8: i32 = add v5, v7 ret v1",
    ),
  ],
  ["7", /width is not narrower/, body("v3: i32 = load.32u memory v1 ret v3")],
  ["7", /width is not narrower/, body("store.8u memory v1, f32 0 ret v1")],
  ["7", /store to what is fixed/, body("store fixed v2, v1 ret v1")],
  ["7", /the address is no integer/, body("store memory f32 0, v1 ret v1")],
  ["7", /version of what is fixed/, body("v3: i32 = load fixed v2 #4 ret v3")],
  ["7", /no width of vectors/, vector("v4: v128 = load.16u memory v1")],
  ["7", /no width of vectors/, vector("store.64u memory v1, v3")],
  ["7", /width is not narrower/, body("v3: i64 = load.64u memory v1 ret v1")],
  ["5", /v128 beside i32/, vector("v4: i32 = add v1, v3")],
  ["5", /i32 where v is due/, vector("v4: v128 = vadd.i8x16 v3, v1")],
  ["5", /i64 beside i32/, vector("v4: v128 = vsplat.i32x4 v2")],
  ["5", /i32 beside i64/, vector("v4: i32 = vextractu.i64x2 v3, 1")],
  ["5", /i32 beside f64/, vector("v4: v128 = vreplace.f64x2 v3, v1, 1")],
  ["5", /bits of v128 as i64/, vector("v4: i64 = bitcast v3")],
  ["8", /no vmul of i8x16/, vector("v4: v128 = vmul.i8x16 v3, v3")],
  ["8", /no vltu of i64x2/, vector("v4: v128 = vltu.i64x2 v3, v3")],
  ["8", /no vextracts of i32x4/, vector("v4: i32 = vextracts.i32x4 v3, 0")],
  ["8", /no vand of f32x4/, vector("v4: v128 = vand.f32x4 v3, v3")],
  ["8", /no lane 16/, vector("v4: i32 = vextracts.i8x16 v3, 16")],
  ["8", /no lane 2/, vector("v4: v128 = vreplace.i64x2 v3, v2, 2")],
  [
    "8",
    /beyond both operands/,
    vector("v4: v128 = vshuffle.i8x16 v3, v3, vec 0x0 0x0 0x200000 0x0"),
  ],
  ["8", /indices are no constant/, vector("v4: v128 = vshuffle.i8x16 v3, v3, v3")],
  ["8", /aux 3/, body("v3: i32 = add v1, v1 aux 3 ret v1")],
  ["8", /not of a call/, body("v3: f32 = result v1, 1 ret v1")],
  ["8", /has 2 results/, body("v3: i64 = call f0 t0(v1) v4: f32 = result v3, 2 ret v1")],
  ["8", /not the type of result 1/, body("v3: i64 = call f0 t0(v1) v4: i32 = result v3, 1 ret v1")],
  [
    "8",
    /twice/,
    body("v3: i64 = call f0 t0(v1) v4: f32 = result v3, 1 v5: f32 = result v3, 1 ret v1"),
  ],
];

const right: readonly string[] = [
  vector("v4: v128 = vshuffle.i8x16 v3, v3, vec 0x1f 0x0 0x0 0x0 store memory v1, v4"),
  vector("v4: v128 = load.32u memory v1 v5: v128 = select v1, v3, v4"),
  body("ret v1"),
  body("v3: ptr = inst v4: ref = add v3, i64 8 v5: i32 = eq v4, ref 0 ret v5"),
  body("v3: i64 = call f0 t0(v1) v4: f32 = result v3, 1 v6: i32 = truncs v4 ret v6"),
  body("br v1, b3, b2 b2: jump b3 b3: v7: i32 = add v1, 1 ret v7"),
  // Floating values are wherever their operands are.
  body("br v1, b2, b3 b2: v5: i32 = add v1, 1 ret v5 b3: ret v5"),
  body("jump b2(v1) b2(v5: i32): v6: i32 = sub v5, 1 br v6, b2(v6), b3 b3: ret v6"),
];

describe("texts", () => {
  test.each(wrong)("law %s: %s", (_, message, text) => {
    const f = parseFunc(text);
    expect(() => verify(f, "built")).toThrow(message);
    expect(() => verify(f, "built")).toThrow(Bug);
  });

  test.each(right)("is fine: %s", (text) => verify(parseFunc(text), "built"));
});

describe("columns", () => {
  const built = body("v4: i32 = add v1, 7 br v4, b2, b3 b2: ret v4 b3: ret v1");
  const pokes: readonly (readonly [law: string, message: RegExp, poke: (f: Func) => void])[] = [
    ["1", /no blocks/, (f) => (f.layoutCount = 0)],
    ["1", /stands twice/, (f) => (f.layout[2] = 2)],
    ["1", /does not exist/, (f) => (f.layout[2] = 9)],
    ["2", /two ends/, (f) => (f.block[f.term[3]!] = 2)],
    ["2", /the end of b2 is in b3|two ends/, (f) => (f.term[2] = f.term[3]!)],
    ["2", /unknown opcode/, (f) => (f.op[4] = 200)],
    ["3", /not parameter 1/, (f) => (f.a[2] = 0)],
    ["3", /outside of its block/, (f) => (f.op[4] = f.op[1]!)],
    ["4", /v999 does not exist/, (f) => (f.a[4] = 999)],
    ["4", /is not older/, (f) => (f.a[4] = 4)],
    ["4", /is dead/, (f) => (f.op[f.b[4]!] = 0)],
    ["4", /is no value/, (f) => (f.pool[f.a[f.term[3]!]! + 1] = f.term[1]!)],
    ["4", /pool/, (f) => (f.a[f.term[2]!] = 5000)],
  ];

  test.each(pokes)("law %s: %s", (_, message, poke) => {
    const f = parseFunc(built);
    verify(f, "built");
    poke(f);
    expect(() => verify(f, "built")).toThrow(message);
  });
});

describe("order", () => {
  const placed = (text: string): Func =>
    parseFunc(body(text).replace("-> (i32) {", "-> (i32) placed {"));

  const orders: readonly (readonly [
    law: string,
    message: RegExp,
    f: Func,
    poke: (f: Func) => void,
  ])[] = [
    [
      "6",
      /v9 does not dominate/,
      placed("br v1, b2, b3 b2: v9: i32 = add v1, 2 ret v9 b3: ret v9"),
      () => 0,
    ],
    [
      "9",
      /stands behind its use/,
      placed("v8: i32 = add v1, v1 v9: i32 = add v8, v8 ret v9"),
      (f) => f.order.set([f.order[1]!, f.order[0]!]),
    ],
    [
      "9",
      /twice in the order/,
      placed("v8: i32 = add v1, v1 ret v8"),
      (f) => (f.order[1] = f.order[0]!),
    ],
    [
      "9",
      /not in the order/,
      placed("v8: i32 = add v1, v1 ret v8"),
      (f) => {
        f.order[0] = f.order[1]!;
        f.orderCount = f.end[1] = 1;
      },
    ],
    [
      "9",
      /last in b1/,
      placed("v8: i32 = add v1, v1 ret v1"),
      (f) => f.order.set([f.order[1]!, f.order[0]!]),
    ],
    [
      "9",
      /belongs to b2/,
      placed("v8: i32 = add v1, v1 jump b2 b2: ret v8"),
      (f) => (f.block[8] = 2),
    ],
    ["9", /is not a range/, placed("jump b2 b2: ret v1"), (f) => (f.start[2] = 0)],
    [
      "10",
      /order of ids/,
      placed("v8: i32 = load memory v1 v9: i32 = load memory v1 ret v9"),
      (f) => f.order.set([f.order[1]!, f.order[0]!]),
    ],
    [
      "10",
      /right behind/,
      placed("v8: i64 = call f0 t0(v1) v9: i32 = add v1, v1 v10: f32 = result v8, 1 ret v9"),
      () => 0,
    ],
  ];

  test.each(orders)("law %s: %s", (_, message, f, poke) => {
    poke(f);
    expect(() => verify(f, "placed")).toThrow(message);
  });

  test("is fine", () => {
    verify(
      placed("v9: i32 = add v1, v1 v8: i32 = add v1, 2 br v8, b2, b3 b2: ret v9 b3: ret v8"),
      "placed",
    );
  });
});

test("says where", () => {
  const f = parseFunc(body("v3: i32 = add v1, v2 ret v3"));
  const where = /^verify \(built\): function 0: .* at v3: i32 = add v1, v2\nfunc %0[^]*\n}\n$/;
  expect(() => verify(f, "built")).toThrow(where);
});

test("random corruption ends in a Bug or goes unnoticed", () => {
  const f = new Func();
  const check = new Verify();
  let found = 0;
  for (let seed = 1; seed <= 400; seed++) {
    new Generator(seed, { size: 30, vectors: seed % 2 === 0 }).run(f);
    const random = new Random(seed);
    const column = random.pick([
      f.op,
      f.ty,
      f.aux,
      f.a,
      f.b,
      f.c,
      f.block,
      f.pool,
      f.term,
      f.layout,
    ]);
    const at = random.below(column === f.pool ? f.poolCount : column === f.layout ? 9 : f.count);
    column[at] = random.chance(50) ? random.word() : random.below(f.count);
    try {
      check.run(f, "built");
    } catch (e) {
      if (!(e instanceof Bug)) throw e;
      found++;
    }
  }
  expect(found).toBeGreaterThan(200);
});
