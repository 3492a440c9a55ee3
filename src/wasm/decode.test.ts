// The decoder on bytes assembled by hand: what a module says, every class of error, and hostile
// input, of which each truncation and thousands of random changes must end in an answer.

import { expect, test } from "vitest";
import { ByteWriter } from "../support/bytes.ts";
import { Malformed, Unsupported, WasmError } from "../support/errors.ts";
import { parseWat } from "../text/wat.ts";
import { LIMITS, decodeModule } from "./decode.ts";
import { parseFeatures, standard } from "./features.ts";
import type { Module } from "./module.ts";
import { moduleNames } from "./names.ts";
import { OP } from "./ops.ts";
import { printModule } from "./print.ts";
import { Scanner } from "./scan.ts";
import { EXTERNREF, F64, FUNCREF, I32, I64 } from "./types.ts";
import { validateModule } from "./validate.ts";

const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

const moduleOf = (...sections: number[][]): Uint8Array =>
  Uint8Array.from([...magic, ...sections.flat()]);

const section = (id: number, ...content: number[]): number[] => [id, content.length, ...content];

const decode = (...sections: number[][]): Module => decodeModule(moduleOf(...sections));

const features = (text: string) => parseFeatures(text);

const funcType = section(1, 1, 0x60, 2, I32, I64, 1, F64);

test("the empty module", () => {
  const m = decode();
  expect([m.types, m.funcs, m.bodies, m.exports, m.customs]).toEqual([[], [], [], [], []]);
  expect([m.start, m.dataCount]).toEqual([-1, -1]);
});

test("types, imports first in every index space", () => {
  const m = decode(
    funcType,
    section(2, 4, ...imp(0, 0), ...imp(1, FUNCREF, 1, 2, 5), ...imp(2, 0, 1), ...imp(3, I32, 1)),
    section(3, 1, 0),
    section(4, 1, EXTERNREF, 0, 7),
    section(5, 1, 1, 1, 2),
    section(6, 1, I64, 0, 0x42, 0x7f, 0x0b),
    section(10, 1, 2, 0, 0x0b),
  );
  expect(m.types[0]).toMatchObject({ params: [I32, I64], results: [F64] });
  expect(m.types[0]!.key).toBe("i32 i64 -> f64");
  expect(m.imports.map((e) => [e.module, e.name, e.kind, e.index])).toEqual([
    ["a", "b", "func", 0],
    ["a", "b", "table", 0],
    ["a", "b", "memory", 0],
    ["a", "b", "global", 0],
  ]);
  expect(m.funcs).toEqual([0, 0]);
  expect([m.importedFuncs, m.importedTables, m.importedMemories, m.importedGlobals]).toEqual([
    1, 1, 1, 1,
  ]);
  expect(m.tables.map((t) => [t.elem, t.limits.min, t.limits.max])).toEqual([
    [FUNCREF, 2, 5],
    [EXTERNREF, 7, -1],
  ]);
  expect(m.memories.map((t) => [t.limits.min, t.limits.max])).toEqual([
    [1, -1],
    [1, 2],
  ]);
  expect(m.globals).toEqual([
    { type: I32, mutable: true },
    { type: I64, mutable: false },
  ]);
  expect(m.globalInits[0]!.ops).toEqual([{ op: OP["i64.const"], lo: -1, hi: -1 }]);
});

const imp = (kind: number, ...type: number[]): number[] => [1, 0x61, 1, 0x62, kind, ...type];

test("all eight kinds of element segments", () => {
  const zero = [0x41, 0, 0x0b];
  const expr = [0xd2, 0, 0x0b];
  const m = decode(
    section(1, 1, 0x60, 0, 0),
    section(3, 1, 0),
    section(4, 2, FUNCREF, 0, 9, FUNCREF, 0, 9),
    section(
      9,
      ...[8, 0, ...zero, 1, 0, 1, 0, 1, 0, 2, 1, ...zero, 0, 1, 0, 3, 0, 1, 0],
      ...[4, ...zero, 1, ...expr, 5, FUNCREF, 1, ...expr],
      ...[6, 1, ...zero, FUNCREF, 1, ...expr, 7, FUNCREF, 1, 0xd0, FUNCREF, 0x0b],
    ),
    section(10, 1, 2, 0, 0x0b),
  );
  expect(m.elems.map((e) => `${e.mode} ${e.table} ${e.start?.ops.length ?? "-"}`)).toEqual([
    "active 0 1",
    "passive 0 -",
    "active 1 1",
    "declarative 0 -",
    "active 0 1",
    "passive 0 -",
    "active 1 1",
    "declarative 0 -",
  ]);
  const refFunc = { op: OP["ref.func"], lo: 0, hi: 0 };
  for (const e of m.elems.slice(0, 7)) expect(e.items[0]!.ops).toEqual([refFunc]);
  expect(m.elems[7]!.items[0]!.ops).toEqual([{ op: OP["ref.null"], lo: FUNCREF, hi: 0 }]);
  expect([...m.declared]).toEqual([1]);
});

test("data segments are views, custom sections know their place", () => {
  const m = decode(
    section(0, 1, 0x78, 1, 2),
    section(5, 1, 0, 1),
    section(12, 2),
    section(0, 1, 0x79),
    section(11, 2, 1, 2, 0x68, 0x69, 2, 0, 0x41, 8, 0x0b, 1, 0x21),
  );
  expect(m.datas.map((d) => [d.mode, d.memory, [...d.bytes]])).toEqual([
    ["passive", 0, [0x68, 0x69]],
    ["active", 0, [0x21]],
  ]);
  expect(m.datas[0]!.bytes.buffer).toBe(m.bytes.buffer);
  expect(m.customs.map((c) => [c.name, [...c.bytes], c.after])).toEqual([
    ["x", [1, 2], 0],
    ["y", [], 12],
  ]);
});

test("a tag section without tags uses nothing", () => {
  const bytes = moduleOf(section(5, 1, 0, 1), section(13, 0), section(6, 1, I32, 0, 0x41, 0, 0x0b));
  for (const text of ["1.0", "2.0"]) {
    const m = decodeModule(bytes, features(text));
    expect([m.memories.length, m.globals.length]).toEqual([1, 1]);
  }
});

const refused: readonly [string, number[][], string][] = [
  ["section order", [section(3, 0), section(1, 0)], "unexpected content after last section"],
  ["section twice", [section(1, 0), section(1, 0)], "unexpected content after last section"],
  ["section number", [section(14)], "malformed section id 14"],
  [
    "tag section",
    [section(1, 1, 0x60, 0, 0), section(13, 1, 0, 0)],
    "malformed section id 13: a tag needs the feature exceptions",
  ],
  ["tags after globals", [section(6, 0), section(13, 0)], "unexpected content after last section"],
  [
    "tags before memories",
    [section(13, 0), section(5, 0)],
    "unexpected content after last section",
  ],
  ["section too long", [[1, 9, 0]], "length out of bounds"],
  ["section too short", [[1, 1, 1, 0x60, 0, 0]], "section size mismatch"],
  ["section leftovers", [section(1, 0, 0)], "section size mismatch"],
  ["truncated vector", [section(5, 1)], "unexpected end of section or function"],
  [
    "huge count",
    [section(3, 0xff, 0xff, 0xff, 0xff, 0x0f)],
    "unexpected end of section or function",
  ],
  ["count too large", [section(3, 0xff, 0xff, 0xff, 0xff, 0x1f)], "integer too large"],
  ["function form", [section(1, 1, 0x61, 0, 0)], "malformed function type 0x61"],
  [
    "struct type",
    [section(1, 1, 0x5f, 0)],
    "malformed function type 0x5f: a type of this form needs the feature gc",
  ],
  ["value type", [section(1, 1, 0x60, 1, 0x40, 0)], "malformed value type"],
  ["mutability", [section(6, 1, I32, 2)], "malformed mutability"],
  ["import kind", [section(2, 1, 0, 0, 5)], "malformed import kind"],
  [
    "tag import",
    [section(2, 1, 0, 0, 4)],
    "malformed import kind: a tag needs the feature exceptions",
  ],
  ["name not UTF-8", [section(7, 1, 1, 0xff, 0, 0)], "malformed UTF-8 encoding"],
  [
    "shared memory",
    [section(5, 1, 3, 1, 1)],
    "integer too large: limits flag 3 needs the feature threads",
  ],
  [
    "64-bit memory",
    [section(5, 1, 4, 1)],
    "integer too large: limits flag 4 needs the feature memory64",
  ],
  ["opcode in initialiser", [section(6, 1, I32, 0, 0xf3, 0x0b)], "illegal opcode f3"],
  ["else in initialiser", [section(6, 1, I32, 0, 5, 0x0b)], "END opcode expected"],
  [
    "missing code",
    [section(1, 1, 0x60, 0, 0), section(3, 1, 0)],
    "function and code section have inconsistent lengths",
  ],
  ["data count", [section(12, 1)], "data count and data section have inconsistent lengths"],
];

test.each(refused)("malformed: %s", (_, sections, reason) => {
  expect(() => decode(...sections)).toThrow(Malformed);
  expect(() => decode(...sections)).toThrow(reason);
});

test("magic number and version", () => {
  const header =
    (...bytes: number[]) =>
    () =>
      decodeModule(Uint8Array.from(bytes));
  expect(header()).toThrow("unexpected end");
  expect(header(0, 0x61, 0x73)).toThrow("unexpected end");
  expect(header(0, 0x61, 0x73, 0x6e, 1, 0, 0, 0)).toThrow("magic header not detected");
  expect(header(...magic.slice(0, 4), 2, 0, 0, 0)).toThrow("unknown binary version");
  expect(header(...magic.slice(0, 4), 0x0d, 0, 1, 0)).toThrow("this is a component");
});

test("a malformed body is reported before what follows it", () => {
  const code = section(10, 1, 5, 0, 0x41, 0x80, 0x80, 0x80);
  const bytes = moduleOf(section(1, 1, 0x60, 0, 0), section(3, 2, 0, 0), code);
  expect(() => decodeModule(bytes)).toThrow("unexpected end");
});

test("standard 1.0 has its own wording and its own bytes", () => {
  const old =
    (...s: number[][]) =>
    () =>
      decodeModule(moduleOf(...s), features("1.0"));
  expect(old(section(12, 0))).toThrow("invalid section id 12: a data count section needs");
  expect(old(section(6, 1, I32, 2))).toThrow("invalid mutability");
  expect(old(section(1, 1, 0x60, 1, EXTERNREF, 0))).toThrow(
    "invalid value type: externref needs the feature reference-types, which is off",
  );
  const m = decodeModule(moduleOf(section(11, 1, 1, 0x41, 0, 0x0b, 0)), features("1.0"));
  expect([m.datas[0]!.mode, m.datas[0]!.memory]).toEqual(["active", 1]);
});

test("implementation limits are their own kind of error", () => {
  const w = new ByteWriter();
  w.bytes(Uint8Array.from(magic));
  w.u8(1);
  w.sized((s) => {
    s.u32(1);
    s.u8(0x60);
    s.u32(LIMITS.parameters + 1);
    for (let i = 0; i <= LIMITS.parameters; i++) s.u8(I32);
    s.u32(0);
  });
  expect(() => decodeModule(w.finish())).toThrow(Unsupported);
});

test("imported tables count as tables", () => {
  const tables = (count: number): Uint8Array => {
    const w = new ByteWriter();
    w.bytes(Uint8Array.from(magic));
    w.u8(2);
    w.sized((s) => {
      s.u32(count);
      for (let i = 0; i < count; i++) s.bytes(Uint8Array.of(0, 0, 1, 0x70, 0, 1));
    });
    return w.finish();
  };
  expect(decodeModule(tables(LIMITS.tables)).tables).toHaveLength(LIMITS.tables);
  expect(() => decodeModule(tables(LIMITS.tables + 1))).toThrow(Unsupported);
});

test("parameters count as locals", () => {
  const m = (count: number) =>
    decodeModule(parseWat(`(module (func (param i32 i32) (local ${"i64 ".repeat(count)})))`));
  const check = (count: number): void =>
    validateModule(m(count), standard("2.0"), { bodies: true });
  check(LIMITS.locals - 2);
  expect(() => check(LIMITS.locals - 1)).toThrow(Unsupported);
});

const sample = parseWat(`(module
  (type $t (func (param i32) (result i32)))
  (import "env" "f" (func $f (param i32)))
  (import "env" "g" (global i32))
  (memory 1 4) (table 4 funcref) (global (mut i64) (i64.const -5))
  (func $a (export "a") (type $t) (local f64 i32)
    (block (loop (br_if 1 (local.get 0)) (local.set 2 (i32.load8_u offset=3 (local.get 0)))
      (br_table 0 1 1 (local.get 2))))
    (if (result i32) (local.get 0)
      (then (call_indirect (type $t) (i32.const 1) (i32.const 2)))
      (else (call $f (i32.const 7)) (select (i32.const 1) (i32.const 2) (local.get 0)))))
  (func $v (result v128) (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31
    (v128.const i64x2 1 2) (v128.load align=4 (i32.const 9))))
  (func (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 1)) (data.drop 0)
    (table.set (i32.const 0) (ref.func $a)))
  (elem (i32.const 0) func $a $f) (elem declare func $v) (elem externref (item (ref.null extern)))
  (data (i32.const 0) "hello") (data "x") (start 3))`);

/** What a command does with a module, or the kind of the refusal. */
function outcome(bytes: Uint8Array): string {
  try {
    const m = decodeModule(bytes);
    const scanner = new Scanner();
    moduleNames(m);
    for (let i = 0; i < m.bodies.length; i++) scanner.scan(m, m.importedFuncs + i);
    printModule(m);
    validateModule(m, features("2.0"), { bodies: true });
    return "valid";
  } catch (e) {
    if (e instanceof WasmError) return e.name;
    throw e;
  }
}

test("the sample is valid, its truncations are refused", () => {
  expect(outcome(sample)).toBe("valid");
  const answers = Array.from(sample, (_, n) => outcome(sample.subarray(0, n)));
  // A cut between sections may leave a module: the empty one, or one that only lacks exports.
  expect(answers[8]).toBe("valid");
  expect(answers.slice(0, 8)).toEqual(Array(8).fill("Malformed"));
  expect(answers.filter((a) => a === "Malformed").length).toBeGreaterThan(sample.length - 12);
});

test("ten thousand changed samples end in an answer", () => {
  let seed = 0x2545f491;
  const below = (n: number): number => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed >>> 0) % n;
  };
  const seen = new Set<string>();
  for (let i = 0; i < 10_000; i++) {
    const bytes = sample.slice();
    for (let k = below(4); k >= 0; k--) {
      const at = 8 + below(bytes.length - 8);
      bytes[at] = below(2) === 0 ? below(256) : bytes[at]! ^ (1 << below(8));
    }
    seen.add(outcome(bytes));
  }
  expect([...seen].sort()).toEqual(["Invalid", "Malformed", "valid"]);
});
