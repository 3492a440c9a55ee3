// Modules in text: what they become in bytes, what they do on this engine, how they are refused.

import { describe, expect, it } from "vitest";
import { Malformed, Unsupported } from "../support/errors.ts";
import { parseWat } from "./wat.ts";

type Exports = Record<string, (...args: unknown[]) => unknown>;

const compile = (text: string): WebAssembly.Module =>
  new WebAssembly.Module(parseWat(text) as Uint8Array<ArrayBuffer>);

const run = (text: string): Exports => new WebAssembly.Instance(compile(text)).exports as Exports;

const hex = (text: string): string => Buffer.from(parseWat(text)).toString("hex").slice(16);

/** The content of a section whose size takes one byte, in hexadecimal. */
function section(id: number, text: string): string {
  const bytes = parseWat(text);
  let at = 8;
  while (bytes[at] !== id) at += 2 + bytes[at + 1]!;
  return Buffer.from(bytes.subarray(at + 2, at + 2 + bytes[at + 1]!)).toString("hex");
}

function reason(text: string): string {
  try {
    parseWat(text);
  } catch (e) {
    if (e instanceof Malformed) return e.reason;
    throw e;
  }
  return "";
}

describe("modules", () => {
  it("may be bare fields, an empty form or nothing", () => {
    expect(hex("")).toBe("");
    expect(hex("(module)")).toBe("");
    expect(hex("(func)")).toBe(hex("(module (func))"));
    expect(reason("(module) (module)")).toMatch(/^unexpected token \(/);
    expect(reason("(module")).toMatch(/^unexpected token, at line 1/);
  });

  it("put types first that are written, then types that are used", () => {
    const text = `(func (param i32)) (func (result i64) (i64.const 0)) (type $t (func (result i64)))
      (func (type $t) (i64.const 0)) (func (type 1) (param i32))
      (func (type $t) (result i64) (i64.const 0))`;
    expect(hex(text).slice(0, 38)).toBe(
      "01090260" + "00017e" + "60017f00" + "0306" + "05" + "0100000100",
    );
  });

  it("allocate types in the order of appearance, bodies included", () => {
    const module = `(table 1 funcref)
      (func (drop (call_indirect (result f32) (block (param) (result i32) (i32.const 0)))))
      (func (param f64))`;
    expect(hex(module).slice(0, 30)).toBe("010c03600000" + "6000017d" + "60017c00" + "03");
  });

  it("keep identifiers in the name section", () => {
    const sections = WebAssembly.Module.customSections(
      compile(
        '(module $m (import "a" "b" (func $f (param $p i32))) (func (local i32) (local $l i32)))',
      ),
      "name",
    );
    expect(Buffer.from(sections[0]!).toString("hex")).toBe(
      "0002016d" + "0104010001" + "66" + "020b02" + "00010001" + "70" + "01010101" + "6c",
    );
  });

  it("count data segments only where an operator needs it", () => {
    const data = '(memory 1) (data "x")';
    expect(hex(data)).not.toContain("0c0101");
    expect(hex(`${data} (func (data.drop 0))`)).toContain("0c0101");
  });
});

describe("segments", () => {
  it("of elements take the shortest form", () => {
    const elem = (field: string): string =>
      section(9, `(table $t 9 funcref) (table $u 9 externref) (func $f) ${field}`);
    expect(elem("(elem (i32.const 0) $f)")).toBe("010041000b0100");
    expect(elem("(elem (table $t) (i32.const 0) func $f)")).toBe("010041000b0100");
    expect(elem("(elem 0 (offset i32.const 0) $f)")).toBe("010041000b0100");
    expect(elem("(elem func $f)")).toBe("0101000100");
    expect(elem("(elem declare func $f)")).toBe("0103000100");
    expect(elem("(elem (table $u) (i32.const 1) externref (ref.null extern))")).toBe(
      "010601" + "41010b" + "6f01" + "d06f0b",
    );
    expect(elem("(elem (i32.const 0) funcref (item ref.func $f) (ref.null func))")).toBe(
      "0104" + "41000b" + "02" + "d2000b" + "d0700b",
    );
    expect(elem("(elem funcref)")).toBe("01057000");
    expect(elem("(elem declare funcref (ref.func 0))")).toBe("01077001" + "d2000b");
  });

  it("stand inside of tables and memories", () => {
    const e = run(`(func $a (result i32) (i32.const 7)) (func $b (result i32) (i32.const 8))
      (table $t (export "t") funcref (elem $a (; inline ;) $b))
      (table $x externref (elem (ref.null extern)))
      (memory $m (export "m") (data "ab" "\\63"))
      (func (export "go") (result i32)
        (i32.add
          (call_indirect $t (result i32) (i32.const 1))
          (i32.load8_u offset=2 (i32.const 0))))`);
    expect(e["go"]!()).toBe(8 + 0x63);
    expect((e["t"] as unknown as WebAssembly.Table).length).toBe(2);
    expect((e["m"] as unknown as WebAssembly.Memory).buffer.byteLength).toBe(65536);
  });

  it("let an identifier of 1.0 name the table or the memory", () => {
    expect(reason("(table $t 1 funcref) (elem $t (i32.const 0)) (elem $t (i32.const 0))")).toBe("");
    expect(reason("(memory $m 1) (data $m (i32.const 0)) (data $m (i32.const 0))")).toBe("");
    expect(reason('(data $d "") (data $d "")')).toMatch(/^duplicate data \$d/);
  });
});

describe("instructions", () => {
  it("may be folded, plain or both", () => {
    const e = run(
      `(func (export "go") (param $n i32) (result i32) (local $x i32)
      (local.set $x (i32.const 1))
      block $out
        loop $l
          local.get $n
          i32.eqz
          br_if $out
          (local.set $x (i32.mul (local.get $x) local.get $n))
        end $l
      end
      local.get $x)`.replace(
        "(i32.mul (local.get $x) local.get $n)",
        `
        (i32.mul (local.get $x) (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $l`,
      ),
    );
    expect(e["go"]!(5)).toBe(120);
  });

  it("see the label of an if in its arms, not in its condition", () => {
    const e = run(`(func (export "go") (param i32) (result i32)
      (block $l (result i32)
        (if $l (result i32) (block (result i32) (br_if $l (i32.const 9) (local.get 0)))
          (then (br $l (i32.const 1)))
          (else (i32.const 2)))))`);
    expect(e["go"]!(0)).toBe(1);
    expect(e["go"]!(1)).toBe(9);
  });

  it("take vectors by shape", () => {
    const vector = (literal: string): string =>
      hex(`(func v128.const ${literal} drop)`).slice(34, 66);
    expect(vector("i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 -1 255")).toBe(
      "000102030405060708090a0b0c0dffff",
    );
    expect(vector("i16x8 1 -1 0x7fff 0 0 0 0 65535")).toBe("0100ffffff7f0000000000000000ffff");
    expect(vector("i64x2 -2 0x0102030405060708")).toBe("feffffffffffffff0807060504030201");
    expect(vector("f32x4 1 -0.0 inf nan:0x1")).toBe("0000803f000000800000807f0100807f");
    expect(vector("f64x2 1 nan")).toBe("000000000000f03f000000000000f87f");
  });

  it("take memory indices, offsets and alignments", () => {
    const body = (code: string): string =>
      hex(`(memory 1) (memory $n 1) (func ${code})`).slice(-40);
    expect(body("i32.load offset=0x10 align=2 drop")).toContain("280110");
    expect(body("i32.load $n offset=16 drop")).toContain("28420110");
    expect(body("v128.load8_lane 3")).toContain("fd54000003");
    expect(body("v128.load8_lane 1 3")).toContain("fd5440010003");
    expect(body("v128.load8_lane $n offset=1 3")).toContain("fd5440010103");
    expect(body("v128.load32_lane align=1 3")).toContain("fd56000003");
    expect(body("memory.copy $n 0")).toContain("fc0a0100");
  });

  it("nest as deeply as they like", () => {
    const depth = 50_000;
    const e = run(`(func (export "go") (result i32)
      ${"(i32.eqz ".repeat(depth)}(i32.const 0)${")".repeat(depth)})`);
    expect(e["go"]!()).toBe(0);
    expect(
      parseWat(`(func ${"block ".repeat(depth)}${"end ".repeat(depth)})`).length,
    ).toBeGreaterThan(3 * depth);
  });
});

describe("refusals", () => {
  // prettier-ignore
  const cases: readonly (readonly [text: string, reason: string])[] = [
    ["(func (i32.bogus))",                          "unknown operator i32.bogus"],
    ["(func (select_t))",                           "unknown operator select_t"],
    ["(func (then))",                               "unexpected token then"],
    ["(func end)",                                  "unexpected token end"],
    ["(func block)",                                "unexpected token )"],
    ["(func (if (i32.const 0)))",                   "unexpected token )"],
    ["(func (if (then) (then)))",                   "unexpected token ("],
    ["(func (if (then) (else) (else)))",            "unexpected token ("],
    ["(func if else else end)",                     "unexpected token else"],
    ["(func block $a end $b)",                      "mismatching label"],
    ["(func (br $x))",                              "unknown label $x"],
    ["(func (call $x))",                            "unknown function $x"],
    ["(func (local.get $x))",                       "unknown local $x"],
    ["(func (global.get $x))",                      "unknown global $x"],
    ["(func (elem.drop $x))",                       "unknown elem segment $x"],
    ["(func (type $x))",                            "unknown type $x"],
    ["(func (type 0) (param i32))",                 "unknown type 0"],
    ["(type (func)) (func (type 0) (param i32))",   "inline function type"],
    ["(func $f) (func $f)",                         "duplicate func $f"],
    ["(func (param $x i32) (local $x i32))",        "duplicate local $x"],
    ["(type $t (func)) (type $t (func))",           "duplicate type $t"],
    ["(func) (import \"\" \"\" (memory 0))",        "import after function"],
    ["(global i32 (i32.const 0)) (func (import \"\" \"\"))", "import after global"],
    ["(func) (start 0) (start 0)",                  "multiple start sections"],
    ["(func (i32.const 4294967296))",               "constant out of range"],
    ["(memory 4294967296)",                         "i32 constant out of range"],
    ["(func (i32.load align=3))",                   "alignment must be a power of two"],
    ["(func (i32.load offset=x))",                  "unknown operator offset=x"],
    ["(func (i32.load align=1 offset=1))",          "unexpected token offset=1"],
    ["(func (i8x16.extract_lane_s 256))",           "malformed lane index"],
    ["(func (v128.const i32x4 1 2 3))",             "wrong number of lane literals"],
    ["(func (i8x16.shuffle 1 2))",                  "invalid lane length"],
    ["(export \"\\ff\" (func 0))",                  "malformed UTF-8 encoding"],
    ["(elem $f)",                                   "unexpected token )"],
    ["(elem declare $f)",                           "unexpected token $f"],
    ["(global anyfunc)",                            "unknown operator anyfunc"],
    ["(bogus)",                                     "unknown operator bogus"],
    ["()",                                          "unexpected token )"],
    ["x",                                           "unknown operator x"],
  ];

  it.each(cases)("%s", (text, expected) => {
    const found = reason(text);
    expect(found.slice(0, expected.length)).toBe(expected);
    expect(found.slice(expected.length)).toMatch(/(?:^|, )at line 1, column \d+$/);
  });

  it("name the feature of an operator that is not read yet", () => {
    expect(() => parseWat("(func (ref.test (ref func)))")).toThrow(Malformed);
    expect(() => parseWat("(func (array.copy 0 0))")).toThrow(Unsupported);
  });

  it("are all that damaged text leads to", () => {
    const text = `(module $m (type $t (func (param i32) (result i32)))
      (import "a" "b" (func $i (type $t))) (table $u 1 2 funcref) (memory $n (data "x\\00"))
      (global $g (mut f32) (f32.const 0x1.8p1)) (elem (i32.const 0) $i)
      (data (offset i32.const 0) "y")
      (func $f (export "f") (param $p i32) (result i32) (local f64 f64)
        (if $l (result i32) (local.get $p) (then (br $l (i32.const 1))) (else (i32.const 2)))
        block $b (result i32) i32.const 0 i32.load offset=4 align=2 br $b end $b i32.add
        (drop (v128.const i32x4 1 2 3 4))
        (drop (call_indirect $u (type $t) (i32.const 0) (i32.const 0)))
        (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 0))) (start $f))`;
    const parts = text.match(/[()]|"[^"]*"|[^\s()"]+/g) ?? [];
    let x = 1;
    const dice = (n: number): number => {
      x = (Math.imul(x, 1103515245) + 12345) >>> 0;
      return (x >>> 8) % n;
    };
    let accepted = 0;
    for (let i = 0; i < 10_000; i++) {
      const damaged = [...parts];
      for (let k = dice(3); k >= 0; k--) {
        const at = dice(damaged.length);
        const other = parts[dice(parts.length)]!;
        damaged.splice(at, dice(2), ...(dice(2) === 0 ? [other] : []));
      }
      const whole = damaged.join(" ");
      if (reason(dice(8) === 0 ? whole.slice(0, dice(whole.length)) : whole) === "") accepted++;
    }
    expect(accepted).toBeGreaterThan(500);
  });
});
