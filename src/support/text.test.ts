// UTF-8 by the book (every boundary of table 3-7 of the Unicode standard), and quoting.

import { expect, test } from "vitest";
import { hex, isUtf8, plural, quoteName, utf8Decode, utf8Encode } from "./text.ts";

const valid = (...bytes: number[]): boolean => isUtf8(Uint8Array.from(bytes), 0, bytes.length);

test("every code point at a boundary is valid, and comes back", () => {
  const points = [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfeff, 0xffff, 0x10000, 0x10ffff];
  for (const point of points) {
    const text = String.fromCodePoint(point);
    const bytes = utf8Encode(text);
    expect(isUtf8(bytes, 0, bytes.length)).toBe(true);
    expect(utf8Decode(bytes, 0, bytes.length)).toBe(text);
  }
});

test("pairs of bytes are judged as the host's decoder judges it", () => {
  const strict = new TextDecoder("utf-8", { fatal: true });
  const judge = (bytes: Uint8Array): boolean => {
    try {
      strict.decode(bytes);
      return true;
    } catch {
      return false;
    }
  };
  for (let a = 0x7f; a < 256; a++) {
    for (const b of [0, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff]) {
      for (const tail of [[], [0x80], [0x80, 0x80], [0xbf, 0xbf], [0x41]]) {
        const bytes = Uint8Array.from([a, b, ...tail]);
        if (isUtf8(bytes, 0, bytes.length) !== judge(bytes)) expect.fail(`${[...bytes]}`);
      }
    }
  }
});

test("overlong forms, surrogates and cut sequences are refused", () => {
  expect(valid(0xc0, 0x80)).toBe(false);
  expect(valid(0xe0, 0x9f, 0xbf)).toBe(false);
  expect(valid(0xed, 0xa0, 0x80)).toBe(false);
  expect(valid(0xf4, 0x90, 0x80, 0x80)).toBe(false);
  expect(valid(0xe2, 0x82)).toBe(false);
});

test("long names decode as well as short ones", () => {
  const text = "ä".repeat(100) + "x".repeat(100);
  const bytes = utf8Encode(text);
  expect(utf8Decode(bytes, 0, bytes.length)).toBe(text);
});

test("quoting", () => {
  expect(quoteName('a"b\\\n')).toBe('"a\\22b\\5c\\0a"');
  expect(hex(26, 4)).toBe("0x001a");
  expect(plural(1, "function")).toBe("1 function");
  expect(plural(2, "function")).toBe("2 functions");
});
