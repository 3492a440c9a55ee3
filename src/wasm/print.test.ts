// Printed modules are read back by the text reader and come out the same; floats keep their bits.

import { expect, test } from "vitest";
import { parseWat } from "../text/wat.ts";
import { decodeModule } from "./decode.ts";
import { f32Text, f64Text, printFunc, printModule, printOperator } from "./print.ts";
import { validateModule } from "./validate.ts";
import { defaultFeatures } from "./features.ts";

const source = `(module
  (type $t (func (param i32) (result i32)))
  (import "a" "b\\00" (func $f (param i32)))
  (import "a" "g" (global (mut i32))) (import "a" "m" (memory 1 2))
  (import "" "t" (table 1 funcref))
  (table 2 5 externref) (global v128 (v128.const i32x4 1 2 3 -4))
  (global externref (ref.null extern))
  (func $main (export "main") (type $t) (local f64 f64 i32)
    (block (loop (br_if 1 (local.get 0)) (br_table 0 1 0 (local.get 3))))
    (drop (if (result f64) (local.get 0) (then (f64.const -0x1.8p-7)) (else (f64.const nan:0x123))))
    (drop (f32.const inf)) (drop (i64.const -9223372036854775808))
    (i64.store offset=70000 align=2 (i32.const -1) (i64.const 0))
    (drop (select (result i64) (i64.const 1) (i64.const 2) (local.get 0)))
    (call_indirect (type $t) (i32.const 1) (i32.const 2)))
  (func (param v128) (result v128)
    (i8x16.shuffle 31 30 29 28 27 26 25 24 23 22 21 20 19 18 17 16 (local.get 0) (local.get 0))
    (v128.load8_lane offset=3 7 (i32.const 0) (local.get 0)) (i32x4.add)
    (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 1)) (table.copy 1 1 (i32.const 0)
    (i32.const 0) (i32.const 0)) (table.init 0 0 (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (drop (ref.func $main)) (unreachable))
  (elem (table 0) (i32.const 0) func $f $main) (elem func 2) (elem declare func $main)
  (elem (table 1) (i32.const 1) externref (item (ref.null extern)))
  (data (i32.const 8) "a\\ff\\"b") (data "passive") (export "mem" (memory 0)) (start 3))`;

test("print and read again", () => {
  const m = decodeModule(parseWat(source));
  validateModule(m, defaultFeatures, { bodies: true });
  const text = printModule(m);
  const again = decodeModule(parseWat(text));
  validateModule(again, defaultFeatures, { bodies: true });
  const bare = (printed: string): string => printed.replace(/ ?\(;.*?;\)|\n.*;; custom.*/g, "");
  expect(text).toContain('(func (;1 "main";)');
  expect(bare(printModule(again))).toBe(bare(text));
  expect(decodeModule(parseWat(printModule(m, { offsets: true }))).bytes).toEqual(again.bytes);
});

test("one function, with offsets", () => {
  const m = decodeModule(
    parseWat(`(module (func (param i32) (local i64 i64)
      (if (local.get 0) (then (nop)) (else (loop (br 0))))))`),
  );
  const at = m.bodies[0]!.start + 3;
  const offset = (n: number): string => `(;0x${(at + n).toString(16).padStart(4, "0")};)`;
  expect(printFunc(m, 0, { offsets: true })).toBe(
    `(func (;0;) (type 0) (param i32)
  (local i64 i64)
  ${offset(0)} local.get 0
  ${offset(2)} if
    ${offset(4)} nop
  ${offset(5)} else
    ${offset(6)} loop
      ${offset(8)} br 0
    ${offset(10)} end
  ${offset(11)} end
)`,
  );
  expect(printOperator(m, at + 8)).toBe("br 0");
  expect(printOperator(m, m.bytes.length)).toBe("");
});

test("a broken body is printed up to the error", () => {
  const m = decodeModule(parseWat("(module (func (nop) (nop) (nop)))"));
  const bytes = m.bytes.slice();
  bytes[m.bodies[0]!.start + 2] = 0x27;
  expect(printFunc({ ...m, bytes }, 0)).toMatch(
    /^\(func \(;0;\) \(type 0\)\n {2}nop\n {2};; malformed module: illegal opcode 27, at .*\n\)$/,
  );
});

test("floats", () => {
  expect(f32Text(0x3dcccccd)).toBe("0.1");
  expect(f32Text(-0x80000000)).toBe("-0");
  expect(f32Text(0x7fc00000)).toBe("nan:0x400000");
  expect(f32Text(-0x00800000)).toBe("-inf");
  expect(f32Text(1)).toBe("1e-45");
  expect(f64Text(0, 0x40240000)).toBe("10");
  expect(f64Text(1, 0x7ff00000)).toBe("nan:0x1");
  expect(f64Text(0, -0x100000)).toBe("-inf");
  const words = new DataView(new ArrayBuffer(4));
  for (let bits = 0x00001234; bits < 0x7f800000; bits += 0x00345677) {
    words.setFloat32(0, Math.fround(Number(f32Text(bits))));
    expect(words.getInt32(0)).toBe(bits);
  }
});
