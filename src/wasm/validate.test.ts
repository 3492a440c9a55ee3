// Validation: what the walk reports and in which order, exactness in unreachable code, the wording
// of every refusal, and the features that are off. The test suites of the specification go through
// the same functions by way of the script runner.

import { expect, test } from "vitest";
import { Invalid, Malformed, Unsupported } from "../support/errors.ts";
import { parseWat } from "../text/wat.ts";
import { decodeModule } from "./decode.ts";
import { defaultFeatures, parseFeatures } from "./features.ts";
import { Imm, OPS } from "./ops.ts";
import type { Immediates, Sink } from "./sink.ts";
import { typeName } from "./types.ts";
import { BodyWalker, nullSink, validateModule } from "./validate.ts";

/** A sink that writes down what it hears. */
class Recorder implements Sink {
  readonly events: string[] = [];
  private imm!: Immediates;
  begin(_m: unknown, _f: number, _t: unknown, locals: readonly number[], imm: Immediates): void {
    this.imm = imm;
    this.events.push(`begin ${locals.map(typeName).join(" ")}`.trim());
  }
  op(op: number): void {
    const { name, imm } = OPS[op]!;
    const { a, b, c, d, lo, hi, type, bytes } = this.imm;
    const shown: Partial<Record<number, string>> = {
      [Imm.memarg]: ` ${a} ${b} ${c}`,
      [Imm.memargLane]: ` ${a} ${b} ${c} ${d}`,
      [Imm.local]: ` ${a}`,
      [Imm.func]: ` ${a}`,
      [Imm.callIndirect]: ` ${a} ${b}`,
      [Imm.i64]: ` ${lo} ${hi}`,
      [Imm.shuffle]: ` ${bytes[15]}`,
    };
    const types = name === "select" ? ` ${typeName(type)}` : "";
    this.events.push(name + (shown[imm] ?? "") + types);
  }
  block(): void {
    this.events.push("block");
  }
  loop(): void {
    this.events.push("loop");
  }
  if_(): void {
    this.events.push("if");
  }
  else_(live: boolean): void {
    this.events.push(live ? "else" : "else (dead)");
  }
  end(live: boolean, next: boolean): void {
    this.events.push(`end${live ? "" : " (dead)"}${next ? "" : " (last)"}`);
  }
  br(depth: number): void {
    this.events.push(`br ${depth}`);
  }
  brIf(depth: number): void {
    this.events.push(`br_if ${depth}`);
  }
  brTable(targets: Int32Array, count: number): void {
    this.events.push(`br_table ${targets.subarray(0, count + 1).join(" ")}`);
  }
  return_(): void {
    this.events.push("return");
  }
  unreachable(): void {
    this.events.push("unreachable");
  }
  finish(live: boolean, next: boolean): void {
    this.events.push(`finish${live ? "" : " (dead)"}${next ? "" : " (last)"}`);
  }
}

const prelude = `(type (func (param i32) (result i32))) (memory 1) (table 1 funcref)
  (table 1 externref) (global i32 (i32.const 0)) (global (mut i64) (i64.const 0))
  (elem declare func 0) (data "x")`;

function walk(body: string): string {
  const m = decodeModule(parseWat(`(module ${prelude} (func ${body}))`));
  validateModule(m, defaultFeatures, { bodies: true });
  const recorder = new Recorder();
  new BodyWalker(m).walk(0, recorder);
  return recorder.events.join(", ");
}

test("straight code is reported with its immediates", () => {
  expect(
    walk("(param i32) (local f64) (i64.store offset=4 align=4 (local.get 0) (i64.const -2))"),
  ).toBe("begin i32 f64, local.get 0, i64.const -2 -1, i64.store 4 0 2, finish");
  expect(
    walk("(param i32) (result i32) (call_indirect 0 (type 0) (i32.const 1) (local.get 0))"),
  ).toBe("begin i32, i32.const, local.get 0, call_indirect 0 0, finish");
  expect(walk("(result f32) (select (f32.const 1) (f32.const 2) (i32.const 0))")).toBe(
    "begin, f32.const, f32.const, i32.const, select f32, finish",
  );
});

test("what follows a branch is silent to the end of the block", () => {
  expect(
    walk("(block (br 0) (drop (i32.const 1)) (block (nop)) (loop)) (drop (i32.const 2))"),
  ).toBe("begin, block, br 0, end (dead), i32.const, drop, finish");
  expect(walk("(block (return)) (drop (i32.const 1)) (block)")).toBe(
    "begin, block, return, end (dead) (last), finish (dead) (last)",
  );
  expect(walk("(loop (br 0)) (drop (i32.const 1))")).toBe(
    "begin, loop, br 0, end (dead) (last), finish (dead) (last)",
  );
  expect(walk("(block (loop (br_if 1 (i32.const 0)) (br 0)))")).toBe(
    "begin, block, loop, i32.const, br_if 1, br 0, end (dead) (last), end (dead), finish",
  );
});

test("a dead block does not come alive by its own branches", () => {
  expect(walk("(unreachable) (block (br 0)) (drop (i32.const 1))")).toBe(
    "begin, unreachable, finish (dead) (last)",
  );
});

test("arms of an if", () => {
  expect(walk("(if (i32.const 1) (then (return)))")).toBe(
    "begin, i32.const, if, return, end (dead), finish",
  );
  expect(walk("(if (i32.const 1) (then) (else (unreachable)))")).toBe(
    "begin, i32.const, if, else, unreachable, end (dead), finish",
  );
  const both = walk("(if (i32.const 1) (then (return)) (else (unreachable))) (drop (i32.const 1))");
  expect(both).toBe(
    "begin, i32.const, if, return, else (dead), unreachable, end (dead) (last), " +
      "finish (dead) (last)",
  );
});

test("branches to the function's own label", () => {
  expect(
    walk("(result i32) (br_if 0 (i32.const 5) (i32.const 1)) (drop) (br 0 (i32.const 6))"),
  ).toBe("begin, i32.const, i32.const, br_if 0, drop, i32.const, br 0, finish (dead)");
  expect(walk("(block (br_table 0 1 (i32.const 1)))")).toBe(
    "begin, block, i32.const, br_table 0 1, end (dead), finish",
  );
});

test("a walker can be used again, also after an error", () => {
  const m = decodeModule(
    parseWat(`(module (func (result i32)) (func (param f32) (result f32) (local.get 0)))`),
  );
  const walker = new BodyWalker(m);
  expect(() => walker.walk(0, nullSink)).toThrow("type mismatch");
  const recorder = new Recorder();
  walker.walk(1, recorder);
  expect(recorder.events).toEqual(["begin f32", "local.get 0", "finish"]);
});

const valid: readonly string[] = [
  "(unreachable) (drop (i32.add)) (select) (i32.eqz) (drop)",
  "(unreachable) (drop (i64.eqz)) (br_if 0)",
  "(result i32) (unreachable) (i32.const 1) (select)",
  `(block (result f64) (block (result f32) (unreachable) (br_table 0 1 1 (i32.const 1)))
    (drop) (f64.const 0)) (drop)`,
  "(block (result i32 i64) (i32.const 1) (i64.const 2)) (drop) (drop)",
  "(i32.const 1) (if (param i32) (result i32) (i32.const 0) (then (i32.eqz)) (else)) (drop)",
  "(loop (result i32) (i32.const 1) (br_if 0 (i32.const 0))) (drop)",
  "(drop (ref.is_null (table.get 1 (i32.const 0)))) (drop (ref.func 0))",
  "(drop (select (result externref) (ref.null extern) (ref.null extern) (i32.const 0)))",
  "(drop (i8x16.extract_lane_u 15 (v128.load8_lane 15 (i32.const 0) (v128.const i64x2 0 0))))",
  "(memory.init 0 (i32.const 0) (i32.const 0) (i32.const 0)) (data.drop 0) (elem.drop 0)",
];

test.each(valid)("valid: %s", (body) => {
  expect(walk(body)).toMatch(/^begin/);
});

const invalid: readonly [string, string][] = [
  ["(i32.add (i32.const 1) (i64.const 1))", "type mismatch in i32.add: expected i32, found i64"],
  ["(drop)", "type mismatch in drop: expected a value, found nothing"],
  ["(i32.const 1)", "type mismatch: 1 too many on the stack"],
  ["(result i32)", "type mismatch in end: expected i32, found nothing"],
  [
    "(result i32) (if (result i32) (i32.const 0) (then (i32.const 1)))",
    "type mismatch: an if without else",
  ],
  ["(block (i32.const 1) (br_if 1 (i32.const 0)))", "type mismatch"],
  ["(unreachable) (i64.const 0) (i32.eqz) (drop)", "type mismatch"],
  ["(block (br 0) (i32.const 1))", "type mismatch"],
  [
    "(block (result i32) (block (br_table 0 1 (i32.const 0) (i32.const 0))) (i32.const 1)) (drop)",
    "type mismatch: br_table targets",
  ],
  ["(select (ref.null func) (ref.null func) (i32.const 0)) (drop)", "type mismatch in select"],
  ["(select (i32.const 1) (f32.const 1) (i32.const 0)) (drop)", "type mismatch in select"],
  ["(local.get 0) (drop)", "unknown local 0"],
  ["(global.get 2) (drop)", "unknown global 2"],
  ["(global.set 0 (i32.const 1))", "global is immutable"],
  ["(call 7)", "unknown function 7"],
  ["(call_indirect 0 (type 9) (i32.const 0))", "unknown type"],
  ["(call_indirect 1 (type 0) (i32.const 0) (i32.const 0))", "type mismatch in call_indirect"],
  ["(br 1)", "unknown label 1"],
  ["(br_table 0 4 (i32.const 0))", "unknown label 4"],
  ["(drop (i32.load align=8 (i32.const 0)))", "alignment must not be larger than natural"],
  ["(drop (i8x16.extract_lane_s 16 (v128.const i64x2 0 0)))", "invalid lane index 16"],
  ["(drop (i32x4.replace_lane 4 (v128.const i64x2 0 0) (i32.const 0)))", "invalid lane index 4"],
  ["(v128.store32_lane 4 (i32.const 0) (v128.const i64x2 0 0))", "invalid lane index 4"],
  ["(table.set 1 (i32.const 0) (ref.null func))", "type mismatch in table.set"],
  ["(table.copy 0 1 (i32.const 0) (i32.const 0) (i32.const 0))", "type mismatch in table.copy"],
  ["(table.init 1 0 (i32.const 0) (i32.const 0) (i32.const 0))", "type mismatch in table.init"],
  ["(elem.drop 1)", "unknown elem segment 1"],
  ["(data.drop 1)", "unknown data segment 1"],
  ["(drop (table.size 2))", "unknown table 2"],
];

test.each(invalid)("invalid: %s", (body, reason) => {
  expect(() => walk(body)).toThrow(Invalid);
  expect(() => walk(body)).toThrow(reason);
});

const invalidModules: readonly [string, string][] = [
  [
    '(func (type 0)) (type (func)) (start 0) (export "a" (func 0)) (export "a" (func 0))',
    "duplicate export name",
  ],
  ['(export "a" (memory 0))', "unknown memory 0"],
  ["(memory 65537)", "memory size must be at most 65536 pages (4GiB)"],
  ["(memory 2 1)", "size minimum must not be greater than maximum"],
  ["(table 2 1 funcref)", "size minimum must not be greater than maximum"],
  ["(memory 1) (memory 1)", "multiple memories: a second memory needs the feature multi-memory"],
  ["(global i32 (i64.const 1))", "type mismatch"],
  ["(global i32)", "type mismatch"],
  ["(global i32 (nop))", "constant expression required"],
  [
    "(global i32 (i32.add (i32.const 1) (i32.const 1)))",
    "constant expression required: i32.add needs the feature extended-const",
  ],
  ["(global i32 (i32.const 1)) (global i32 (global.get 0))", "unknown global 0"],
  ['(import "" "" (global (mut i32))) (global i32 (global.get 0))', "constant expression required"],
  ["(global funcref (ref.func 0))", "unknown function 0"],
  ["(start 0)", "unknown function 0"],
  ["(func (param i32)) (start 0)", "start function"],
  ['(data (i32.const 0) "")', "unknown memory 0"],
  ["(elem (i32.const 0) func)", "unknown table 0"],
  ["(table 1 externref) (elem (i32.const 0) func)", "type mismatch in an element segment"],
  ["(func $f) (func (drop (ref.func $f)))", "undeclared function reference 0"],
  ["(func (drop (i32.load (i32.const 0))))", "unknown memory 0"],
];

test.each(invalidModules)("invalid: %s", (fields, reason) => {
  const check = (): void => {
    validateModule(decodeModule(parseWat(`(module ${fields})`)), defaultFeatures, { bodies: true });
  };
  expect(check).toThrow(Invalid);
  expect(check).toThrow(reason);
});

function checkAs(features: string, fields: string): string {
  const f = parseFeatures(features);
  try {
    validateModule(decodeModule(parseWat(`(module ${fields})`), f), f, { bodies: true });
    return "valid";
  } catch (e) {
    return e instanceof Error ? `${e.name}: ${e.message}` : "";
  }
}

const needing: readonly [string, string][] = [
  [
    "(func (drop (i32.extend8_s (i32.const 0))))",
    "illegal opcode c0: i32.extend8_s needs the feature sign-extension, which is off",
  ],
  [
    "(func (drop (i32.trunc_sat_f32_s (f32.const 0))))",
    "illegal opcode fc 00: i32.trunc_sat_f32_s needs the feature saturating-float-to-int",
  ],
  [
    "(func (result i32 i32) (unreachable))",
    "invalid result arity: a second result needs the feature multi-value",
  ],
  [
    "(func (block (result i32 i32) (unreachable)) (unreachable)) (type (func))",
    "needs the feature multi-value",
  ],
  [
    "(table 1 funcref) (table 1 funcref)",
    "multiple tables: a second table needs the feature reference-types",
  ],
  [
    "(memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))",
    "needs the feature bulk-memory",
  ],
  ["(func (drop (v128.const i64x2 0 0)))", "needs the feature simd"],
];

test.each(needing)("a feature that is off is named: %s", (fields, reason) => {
  expect(checkAs("2.0", fields)).toBe("valid");
  expect(checkAs("1.0", fields)).toContain(reason);
});

test("mutable globals cross the border only with their feature", () => {
  const fields = `(global (export "g") (mut i32) (i32.const 0))`;
  expect(checkAs("1.0", fields)).toBe("valid");
  expect(checkAs("1.0,-mutable-globals", fields)).toContain("mutable globals cannot be exported");
});

test("in 1.0 the labels of a br_table have one type", () => {
  const fields = `(func (block (result f32) (block (result f64) (unreachable)
    (br_table 0 1 1 (i32.const 1))) (drop) (f32.const 0)) (drop))`;
  expect(checkAs("2.0", fields)).toBe("valid");
  expect(checkAs("1.0", fields)).toContain("type mismatch in br_table");
});

/** A module with one function of type [] -> [] and this body, locals vector included. */
const withBody = (...body: number[]): Uint8Array =>
  Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
    ...[10, body.length + 2, 1, body.length, ...body],
  ]);

const malformedBodies: readonly [string, number[], string][] = [
  ["no end", [0, 1], "unexpected end"],
  ["code behind the end", [0, 0x0b, 1], "section size mismatch"],
  ["else without if", [0, 5, 0x0b], "END opcode expected"],
  ["else twice", [0, 0x41, 0, 4, 0x40, 5, 5, 0x0b, 0x0b], "END opcode expected"],
  ["unknown opcode", [0, 0x27, 0x0b], "illegal opcode 27"],
  ["unknown prefixed opcode", [0, 0xfd, 0xff, 0x3f, 0x0b], "illegal opcode fd 1fff"],
  ["tail call", [0, 0x12, 0, 0x0b], "illegal opcode 12: return_call needs the feature tail-call"],
  [
    "exception",
    [0, 6, 0x40, 0x0b, 0x0b],
    "illegal opcode 06: try needs the feature legacy-exceptions",
  ],
  ["too many locals", [1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x7f, 0x0b], "more than 50000 locals"],
  [
    "far too many locals",
    [2, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x7f, 1, 0x7f, 0x0b],
    "too many locals",
  ],
  ["data count missing", [0, 0xfc, 9, 0, 0x0b], "data count section required"],
  ["block type", [0, 2, 0x20, 0x0b, 0x0b], "unknown type 32"],
  ["negative block type", [0, 2, 0x5f, 0x0b, 0x0b], "malformed value type"],
];

test.each(malformedBodies)("body with %s", (_, body, reason) => {
  const check = (): void => {
    validateModule(decodeModule(withBody(...body)), defaultFeatures, { bodies: true });
  };
  expect(check).toThrow(reason);
});

test("errors know their kind and place", () => {
  const check = (...body: number[]): unknown => {
    try {
      validateModule(decodeModule(withBody(...body)), defaultFeatures, { bodies: true });
    } catch (e) {
      return e;
    }
    return undefined;
  };
  expect(check(0, 0x27, 0x0b)).toBeInstanceOf(Malformed);
  expect(check(0, 0x27, 0x0b)).toMatchObject({ offset: 23, func: 0 });
  expect(check(0, 1, 0x1a, 0x0b)).toMatchObject({ name: "Invalid", offset: 24, func: 0 });
  expect(check(1, 0xff, 0xff, 0x7f, 0x7f, 0x0b)).toBeInstanceOf(Unsupported);
  // The module is malformed further on, which counts before the type error.
  expect(check(0, 0x1a, 0x27, 0x0b)).toMatchObject({ name: "Malformed", offset: 24 });
});
