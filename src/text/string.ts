// String literals and identifiers: where they end, which bytes they mean, which name they are.
// In: a text and the place of a token in it. Out: offsets, bytes, names. Strings are bytes first;
// those that must be names are checked to be UTF-8 by whoever asks for a name.

import { malformed } from "./place.ts";
import { Malformed } from "../support/errors.ts";
import { isUtf8, utf8Decode, utf8Encode } from "../support/text.ts";

const QUOTE = 34;
const BACKSLASH = 92;

/** The text of bytes that must be UTF-8, as a file or a quoted module must. */
export function decodeText(bytes: Uint8Array): string {
  if (!isUtf8(bytes, 0, bytes.length)) throw new Malformed("malformed UTF-8 encoding");
  return utf8Decode(bytes, 0, bytes.length);
}

/** Value of a hexadecimal digit, -1 for any other character. */
export function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const low = c | 32;
  return low >= 97 && low <= 102 ? low - 87 : -1;
}

/** Index behind the string literal that opens at `start`; checks its characters and escapes. */
export function pastString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) return i + 1;
    if (c === BACKSLASH) i = pastEscape(text, i) - 1;
    else if (c === 10 || c === 13) break;
    else if (c < 32 || c === 127) {
      throw malformed("illegal control character in string literal", text, i);
    }
  }
  throw malformed("unclosed string literal", text, start);
}

const badEscape = (text: string, i: number): never => {
  throw malformed("illegal escape", text, i);
};

/** Index behind the escape whose backslash stands at `i`. */
function pastEscape(text: string, i: number): number {
  const c = text.charCodeAt(i + 1);
  if (hexDigit(c) >= 0 && hexDigit(text.charCodeAt(i + 2)) >= 0) return i + 3;
  switch (text[i + 1]) {
    case "t":
    case "n":
    case "r":
    case '"':
    case "'":
    case "\\":
      return i + 2;
    case "u":
      return pastCodePoint(text, i);
    default:
      return badEscape(text, i);
  }
}

function pastCodePoint(text: string, i: number): number {
  const close = text.indexOf("}", i);
  if (text[i + 2] !== "{" || close < 0) badEscape(text, i);
  const digits = text.slice(i + 3, close);
  if (!/^[0-9a-fA-F]+(_[0-9a-fA-F]+)*$/.test(digits)) badEscape(text, i);
  const code = Number("0x" + digits.replaceAll("_", ""));
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) badEscape(text, i);
  return close + 1;
}

/** The bytes of the string literal in [start, end), quotes included in the range. */
export function stringBytes(text: string, start: number, end: number): Uint8Array {
  const inner = text.slice(start + 1, end - 1);
  if (!inner.includes("\\")) return plainBytes(text, inner, start);
  // An escape is never shorter than what it stands for, and a character has three bytes at most.
  const out = new Uint8Array(inner.length * 3);
  let n = 0;
  let i = 0;
  while (i < inner.length) {
    const c = inner.charCodeAt(i);
    if (c === BACKSLASH) {
      const next = pastEscape(inner, i);
      n = putEscape(out, n, inner, i, next);
      i = next;
    } else if (c < 128) {
      out[n++] = c;
      i++;
    } else {
      const stop = inner.indexOf("\\", i);
      const run = plainBytes(text, inner.slice(i, stop < 0 ? inner.length : stop), start);
      out.set(run, n);
      n += run.length;
      i = stop < 0 ? inner.length : stop;
    }
  }
  return out.slice(0, n);
}

const loneSurrogate = /\p{Surrogate}/u;

function plainBytes(text: string, s: string, start: number): Uint8Array {
  if (loneSurrogate.test(s)) throw malformed("malformed UTF-8 encoding", text, start);
  return utf8Encode(s);
}

const letters: Readonly<Record<string, number>> = {
  t: 9,
  n: 10,
  r: 13,
  '"': 34,
  "'": 39,
  "\\": 92,
};

/** Writes what the escape [i, next) of `s` stands for at `out[n]`; returns the index behind it. */
function putEscape(out: Uint8Array, n: number, s: string, i: number, next: number): number {
  const letter = letters[s[i + 1]!];
  if (letter !== undefined) out[n] = letter;
  else if (s[i + 1] === "u") {
    const digits = s.slice(i + 3, next - 1).replaceAll("_", "");
    const bytes = utf8Encode(String.fromCodePoint(Number("0x" + digits)));
    out.set(bytes, n);
    return n + bytes.length;
  } else out[n] = hexDigit(s.charCodeAt(i + 1)) * 16 + hexDigit(s.charCodeAt(i + 2));
  return n + 1;
}

/** The name that a string literal stands for. */
export function nameText(text: string, start: number, end: number): string {
  const bytes = stringBytes(text, start, end);
  if (!isUtf8(bytes, 0, bytes.length)) throw malformed("malformed UTF-8 encoding", text, start);
  return utf8Decode(bytes, 0, bytes.length);
}

/** The name of the identifier in [start, end): `$x` and `$"x"` are the same. */
export function idText(text: string, start: number, end: number): string {
  return text.charCodeAt(start + 1) === QUOTE
    ? nameText(text, start + 1, end)
    : text.slice(start + 1, end);
}
