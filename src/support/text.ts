// Small pieces of text shared by printers and error messages, and the two directions of UTF-8.
// Validation of UTF-8 follows table 3-7 of the Unicode standard: no overlong forms, no surrogates,
// nothing above U+10FFFF.

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/** The string in `bytes[start, end)`, which must be valid UTF-8; see isUtf8. */
export function utf8Decode(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= 40) {
    let text = "";
    let at = start;
    while (at < end && bytes[at]! < 0x80) text += String.fromCharCode(bytes[at++]!);
    if (at === end) return text;
  }
  return decoder.decode(bytes.subarray(start, end));
}

/** The UTF-8 bytes of a string; lone surrogates become U+FFFD. */
export const utf8Encode = (text: string): Uint8Array => encoder.encode(text);

/** True if `bytes[start, end)` is valid UTF-8. */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = sequenceLength(lead);
    if (length === 0 || at + length > end || !secondFits(lead, bytes[at + 1]!)) return false;
    for (let i = 2; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return false;
    at += length;
  }
  return true;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

function secondFits(lead: number, second: number): boolean {
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  return second >= low && second <= high;
}

/** `0x` and at least `digits` hexadecimal digits of a non-negative number. */
export const hex = (n: number, digits = 1): string => "0x" + n.toString(16).padStart(digits, "0");

/** `1 function`, `2 functions`. */
export const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** A string in double quotes, as the text format writes it: other bytes as `\hh`. */
export function quoteBytes(bytes: Uint8Array): string {
  let text = '"';
  for (const b of bytes) {
    const plain = b >= 0x20 && b < 0x7f && b !== 0x22 && b !== 0x5c;
    text += plain ? String.fromCharCode(b) : "\\" + b.toString(16).padStart(2, "0");
  }
  return text + '"';
}

/** A name in double quotes, as the text format writes it. */
export const quoteName = (name: string): string => quoteBytes(utf8Encode(name));
