// Scripts: commands, modules on demand, and which values fit which pattern.

import { describe, expect, it } from "vitest";
import { sameReason } from "./reason.ts";
import { matchesWords, parseScript, type CommandBody, type Pattern } from "./wast.ts";

/** The only command of a script, without its place. */
function only(text: string): CommandBody {
  const { commands } = parseScript(text);
  expect(commands.length).toBe(1);
  const { line: _line, column: _column, ...body } = commands[0]!;
  return body;
}

/** The only expected result of an assertion. */
function expected(text: string): Pattern {
  const command = only(`(assert_return (invoke "f") ${text})`);
  if (command.kind !== "assert_return") throw new Error("no assertion");
  expect(command.results.length).toBe(1);
  return command.results[0]!;
}

describe("commands", () => {
  it("have places", () => {
    const { commands } = parseScript('(module)\n\n  (register "a")(register "b" $m)\r\n(get "g")');
    expect(commands.map(({ kind, line, column }) => [kind, line, column])).toEqual([
      ["module", 1, 1],
      ["register", 3, 3],
      ["register", 3, 17],
      ["action", 4, 1],
    ]);
    expect(commands[2]).toMatchObject({ as: "b", module: "m" });
  });

  it("call and look", () => {
    expect(only('(invoke $m "f" (i32.const -1) (ref.extern 3) (ref.null func))')).toEqual({
      kind: "action",
      action: {
        kind: "invoke",
        module: "m",
        name: "f",
        args: [
          { kind: "num", type: "i32", lo: 0xffffffff, hi: 0 },
          { kind: "extern", value: 3 },
          { kind: "null", heap: "func" },
        ],
      },
    });
    expect(only('(assert_trap (get "g") "why")')).toEqual({
      kind: "assert_trap",
      action: { kind: "get", module: undefined, name: "g", args: [] },
      message: "why",
    });
    expect(only('(assert_exhaustion (invoke "f") "")').kind).toBe("assert_exhaustion");
    expect(only('(assert_exception (invoke "f"))').kind).toBe("assert_exception");
    expect(() => parseScript('(invoke "f" (f32.const nan:canonical))')).toThrow("unexpected token");
  });

  it("hold modules in three forms, encoded on demand", () => {
    const { commands } = parseScript(`
      (module $a (func (bogus)))
      (module binary "\\00asm" "\\01\\00\\00\\00")
      (module definition $d quote "(fu" "nc)")
      (module instance $i $d)
      (module instance)
      (assert_malformed (module quote "\\ff") "malformed UTF-8 encoding")
      (assert_trap (module (func)) "unreachable")`);
    expect(commands.map((c) => c.kind)).toEqual([
      "module",
      "module",
      "definition",
      "instance",
      "instance",
      "assert_malformed",
      "assert_uninstantiable",
    ]);
    const encode = (i: number): Uint8Array => {
      const c = commands[i]!;
      if (!("module" in c) || typeof c.module !== "object") throw new Error("no module");
      return c.module.encode();
    };
    expect(() => encode(0)).toThrow(/^unknown operator bogus, at line 2, column 25/);
    expect([...encode(1)]).toEqual([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    expect(encode(2).length).toBeGreaterThan(8);
    expect(commands[3]).toMatchObject({ name: "i", definition: "d" });
    expect(commands[4]).toMatchObject({ name: undefined, definition: undefined });
    expect(() => encode(5)).toThrow("malformed UTF-8 encoding");
  });

  it("may be missing around the fields of one module", () => {
    const command = only('(func) (memory 0) (func (export "f"))');
    if (command.kind !== "module") throw new Error("no module");
    expect(WebAssembly.validate(command.module.encode() as Uint8Array<ArrayBuffer>)).toBe(true);
    expect(parseScript(" ;; nothing").commands).toEqual([]);
  });

  it("are refused where they are none", () => {
    expect(() => parseScript("(bogus)")).toThrow("unknown operator bogus, at line 1, column 2");
    expect(() => parseScript("(module) x")).toThrow("unknown operator x");
    expect(() => parseScript('(assert_return (register "a"))')).toThrow("unexpected token");
    expect(() => parseScript("(module")).toThrow("unexpected token");
    expect(() => parseScript('(module binary "a" (func))')).toThrow("unexpected token");
  });
});

describe("patterns", () => {
  it("of numbers compare bits", () => {
    expect(matchesWords(expected("(i32.const -1)"), "i32", [-1])).toBe(true);
    expect(matchesWords(expected("(i32.const -1)"), "f32", [-1])).toBe(false);
    expect(matchesWords(expected("(i64.const -1)"), "i64", [-1, 0xffffffff])).toBe(true);
    expect(matchesWords(expected("(i64.const -1)"), "i64", [-1, 0])).toBe(false);
    expect(matchesWords(expected("(f32.const -0.0)"), "f32", [0x80000000])).toBe(true);
    expect(matchesWords(expected("(f32.const -0.0)"), "f32", [0])).toBe(false);
    expect(matchesWords(expected("(f64.const nan:0x1)"), "f64", [1, 0x7ff00000])).toBe(true);
  });

  it("of NaN compare what the kind demands", () => {
    const canonical = expected("(f32.const nan:canonical)");
    const arithmetic = expected("(f64.const nan:arithmetic)");
    expect(matchesWords(canonical, "f32", [0xffc00000])).toBe(true);
    expect(matchesWords(canonical, "f32", [0x7fc00001])).toBe(false);
    expect(matchesWords(canonical, "f64", [0, 0x7ff80000])).toBe(false);
    expect(matchesWords(arithmetic, "f64", [5, 0xfff80001 | 0])).toBe(true);
    expect(matchesWords(arithmetic, "f64", [5, 0x7ff00001])).toBe(false);
    const any: Pattern = { kind: "nan", type: "any", nan: "canonical" };
    expect(only('(assert_return_canonical_nan (invoke "f"))')).toMatchObject({ results: [any] });
    expect(matchesWords(any, "f64", [0, 0x7ff80000])).toBe(true);
    expect(matchesWords(any, "f32", [0x7fc00000])).toBe(true);
    expect(matchesWords(any, "i32", [0x7fc00000])).toBe(false);
  });

  it("of vectors compare lane by lane", () => {
    const bytes = expected("(v128.const i8x16 -1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 255)");
    const words = [0x040302ff, 0x08070605, 0x0c0b0a09, 0xff0f0e0d];
    expect(matchesWords(bytes, "v128", words)).toBe(true);
    expect(matchesWords(bytes, "v128", Int32Array.from(words))).toBe(true);
    expect(matchesWords(bytes, "v128", [0x040303ff, ...words.slice(1)])).toBe(false);
    const floats = expected("(v128.const f32x4 1 nan:canonical nan:arithmetic -0)");
    expect(matchesWords(floats, "v128", [0x3f800000, 0x7fc00000, 0xffc12345, 1 << 31])).toBe(true);
    expect(matchesWords(floats, "v128", [0x3f800000, 0x7fc12345, 0xffc12345, 1 << 31])).toBe(false);
    const doubles = expected("(v128.const f64x2 nan:canonical 1)");
    expect(matchesWords(doubles, "v128", [0, 0xfff80000, 0, 0x3ff00000])).toBe(true);
    expect(matchesWords(doubles, "v128", [0, 0xfff80000, 1, 0x3ff00000])).toBe(false);
    expect(only('(invoke "f" (v128.const i16x8 1 2 3 4 5 6 7 -1))')).toMatchObject({
      action: { args: [{ kind: "vector", words: [0x20001, 0x40003, 0x60005, 0xffff0007] }] },
    });
  });

  it("of references say what is known", () => {
    expect(expected("(ref.null)")).toEqual({ kind: "null", heap: undefined });
    expect(expected("(ref.null none)")).toEqual({ kind: "null", heap: "none" });
    expect(expected("(ref.func)")).toEqual({ kind: "ref", heap: "func", value: undefined });
    expect(expected("(ref.extern 7)")).toEqual({ kind: "ref", heap: "extern", value: 7 });
    expect(expected("(ref.host 1)")).toEqual({ kind: "ref", heap: "host", value: 1 });
    expect(matchesWords(expected("(ref.null)"), "i32", [0])).toBe(false);
  });

  it("may leave a choice", () => {
    const either = expected("(either (i32.const 1) (i32.const 2))");
    expect(matchesWords(either, "i32", [2])).toBe(true);
    expect(matchesWords(either, "i32", [3])).toBe(false);
  });
});

describe("reasons", () => {
  it("are compared by their beginning, across versions of the suite", () => {
    expect(sameReason("unexpected token", "unexpected token ), at line 1, column 2")).toBe(true);
    expect(sameReason("unexpected token", "unknown operator")).toBe(false);
    expect(sameReason("i8 constant out of", "malformed lane index, at line 1")).toBe(true);
    expect(sameReason("invalid UTF-8 encoding", "malformed UTF-8 encoding")).toBe(true);
  });
});
