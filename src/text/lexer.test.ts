// Tokens, strings and what is refused before any parser sees it.

import { describe, expect, it } from "vitest";
import { Malformed } from "../support/errors.ts";
import { Tok, tokenize } from "./lexer.ts";
import { idText, nameText, stringBytes } from "./string.ts";

const kindNames = Object.keys(Tok);

/** Kinds and characters of all tokens, as `kind text`. */
function tokens(text: string): string[] {
  const t = tokenize(text);
  return Array.from({ length: t.count }, (_, i) => {
    return `${kindNames[t.kind[i]!]} ${text.slice(t.start[i], t.end[i])}`;
  });
}

const kinds = (text: string): string =>
  tokens(text)
    .map((s) => s.split(" ")[0]!)
    .join(" ");

function reason(text: string): string {
  try {
    tokenize(text);
  } catch (e) {
    if (e instanceof Malformed) return e.reason;
    throw e;
  }
  return "";
}

describe("tokens", () => {
  it("are told apart by their characters", () => {
    expect(tokens('(func $f i32.const -0x1_f "s" 1.5e3)')).toEqual([
      "open (",
      "word func",
      "id $f",
      "word i32.const",
      "int -0x1_f",
      'string "s"',
      "float 1.5e3",
      "close )",
    ]);
  });

  it("include every form of number", () => {
    expect(kinds("0 12_3 0x0 0xaB_cD")).toBe("nat nat nat nat");
    expect(kinds("+0 -1 +0x1")).toBe("int int int");
    expect(kinds("1. 1.5 1e3 1.e+3 0x1.8p-4 0x1.p1 0xap1 inf -inf nan +nan nan:0x1")).toBe(
      Array(12).fill("float").join(" "),
    );
    expect(kinds("0x 1__0 1_ _1 0x_1 1._5 1e 0x1p 1.5f 0x1.g 0b1 .5 +-1 0x0pA")).toBe(
      Array(14).fill("reserved").join(" "),
    );
  });

  it("are glued where nothing separates them", () => {
    expect(kinds('a"b" "a""b" 0$x $x"y" "a"b Word @x ,')).toBe(Array(8).fill("reserved").join(" "));
    expect(kinds('"a"(b)"c"(;;)$x;;y')).toBe("string open word close string id");
  });

  it("know the end of their form", () => {
    const t = tokenize("(a (b) (c (d)))");
    expect([t.match[0], t.match[2], t.match[5], t.match[7]]).toEqual([11, 4, 10, 9]);
    expect(tokenize("(a (b)").match[0]).toBe(5);
  });

  it("grow beyond the first guess", () => {
    expect(tokenize("(".repeat(1000) + ")".repeat(1000)).count).toBe(2000);
  });
});

describe("space", () => {
  it("is comments of both kinds, nested", () => {
    expect(tokens('a ;; b\nc (; d (; e ;) " ;) f ;; g\r h')).toEqual([
      "word a",
      "word c",
      "word f",
      "word h",
    ]);
    expect(reason("a (; (; ;)")).toBe("unclosed comment, at line 1, column 3");
  });

  it("is annotations", () => {
    expect(tokens('a (@x "))" (; ) ;) (y) , 0x;;)\n) b (@"q") c')).toEqual([
      "word a",
      "word b",
      "word c",
    ]);
    expect(reason("(@x (y)")).toMatch(/^unclosed annotation/);
    expect(reason("(@ x)")).toMatch(/^empty annotation id/);
    expect(reason('(@"")')).toMatch(/^empty annotation id/);
    expect(reason("(@x é)")).toMatch(/^illegal character/);
  });
});

describe("errors", () => {
  it("carry line and column", () => {
    expect(reason('a\n\r\nb\r "x')).toBe("unclosed string literal, at line 4, column 2");
    expect(reason("a\n  é")).toBe("illegal character, at line 2, column 3");
  });

  it("refuse bad strings and identifiers", () => {
    expect(reason('"\\q"')).toMatch(/^illegal escape/);
    expect(reason('"\\u{d800}"')).toMatch(/^illegal escape/);
    expect(reason('"\\u{110000}"')).toMatch(/^illegal escape/);
    expect(reason('"\u0001"')).toMatch(/^illegal control character/);
    expect(reason("$ x")).toMatch(/^empty identifier/);
    expect(reason('$""')).toMatch(/^empty identifier/);
    expect(reason('$"\\ef"')).toMatch(/^malformed UTF-8 encoding/);
  });
});

describe("strings", () => {
  const bytes = (text: string): number[] => [...stringBytes(text, 0, text.length)];

  it("are bytes", () => {
    expect(bytes('"aé"')).toEqual([0x61, 0xc3, 0xa9]);
    expect(bytes('"\\00\\fF\\t\\n\\r\\"\\\'\\\\"')).toEqual([0, 255, 9, 10, 13, 34, 39, 92]);
    expect(bytes('"\\u{41}\\u{1_F600}é\\80"')).toEqual([
      0x41, 0xf0, 0x9f, 0x98, 0x80, 0xc3, 0xa9, 0x80,
    ]);
  });

  it("are names where they are UTF-8", () => {
    const name = (text: string): string => nameText(text, 0, text.length);
    expect(name('"\\c3\\a9"')).toBe("é");
    expect(() => name('"\\c3"')).toThrow("malformed UTF-8 encoding");
    expect(() => name('"\ud800"')).toThrow("malformed UTF-8 encoding");
    expect(idText('$"a\\62"', 0, 7)).toBe("ab");
    expect(idText("$ab", 0, 3)).toBe("ab");
  });
});
