// The map between opcodes with shapes and Wasm's operators: each has one of the other kind.

import { expect, test } from "vitest";
import { LANES } from "../lanes.gen.ts";
import { IR, OP_NAMES, SHAPE } from "./ops.ts";
import { SHAPES_OF, isVector, lanesName, lanesOf } from "./shapes.ts";
import { TYPE_RULES } from "./typing.ts";

test("every operator of vectors is one opcode of one shape", () => {
  const names = SHAPES_OF.flatMap((shapes, op) => shapes.map((s) => lanesName(op, s)!));
  expect(names.sort()).toEqual(Object.keys(LANES).sort());
});

test("every vector opcode has a shape, no other one has", () => {
  OP_NAMES.forEach((name, op) => {
    expect(SHAPES_OF[op]!.length > 0, name).toBe(isVector(op));
    const rule = (TYPE_RULES as Readonly<Record<string, string>>)[name]!;
    if (name !== "select") expect(/v/.test(rule), name).toBe(isVector(op));
  });
});

test("shapes say what a conversion reads or gives", () => {
  expect(lanesName(IR.vsats, SHAPE.f64x2)).toBe("i32x4_trunc_sat_f64x2_s_zero");
  expect(lanesName(IR.vsatu, SHAPE.f32x4)).toBe("i32x4_trunc_sat_f32x4_u");
  expect(lanesName(IR.vcvtu, SHAPE.f64x2)).toBe("f64x2_convert_low_i32x4_u");
  expect(lanesName(IR.vnarrowu, SHAPE.i8x16)).toBe("i8x16_narrow_i16x8_u");
  expect(lanesName(IR.vextractu, SHAPE.f64x2)).toBe("f64x2_extract_lane");
  expect(lanesName(IR.vandnot, SHAPE.i8x16)).toBe("v128_andnot");
  expect(lanesOf(IR.vshl, SHAPE.i64x2)).toBe(LANES.i64x2_shl);
  expect(lanesOf(IR.vandnot, SHAPE.i16x8)).toBeUndefined();
  expect(lanesOf(IR.add, SHAPE.i8x16)).toBeUndefined();
});
