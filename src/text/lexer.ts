// The tokens of the text format. In: a whole text. Out: columns of tokens that a parser walks by
// index; comments, annotations and white space leave no trace. Every `(` knows its `)`, so that a
// parser skips a form, or keeps it for later, in one step.
//
// A token is the longest run of id characters and strings; only then is it decided what the run
// is. A run that is neither number, keyword, id nor string is `reserved`: no error here, since only
// the parser knows whether anyone looks at it. What is wrong wherever it stands is thrown here:
// unclosed strings and comments, bad escapes, characters outside of the source character set.
//
// Source: the specification's chapter on lexical format, with the identifiers in quotes and the
// annotations of 3.0; the wording of errors is the reference interpreter's.

import { malformed } from "./place.ts";
import { idText, pastString } from "./string.ts";

/** Kinds of tokens. `nat` has no sign, `int` has one; `inf` and `nan` are floats. */
export const Tok = {
  end: 0,
  open: 1,
  close: 2,
  string: 3,
  id: 4,
  word: 5,
  nat: 6,
  int: 7,
  float: 8,
  reserved: 9,
} as const;
export type Tok = (typeof Tok)[keyof typeof Tok];

/**
 * The tokens of `text`. Token i is `text.slice(start[i], end[i])`; token `count` is the end of the
 * text. `match[i]` of an `open` is the index of its `close`, `count` where there is none.
 */
export interface Tokens {
  readonly text: string;
  readonly count: number;
  readonly kind: Uint8Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly match: Int32Array;
}

// What a character below 128 is good for.
const ID = 1;
const SPACE = 2;
const PUNCTUATION = 4;
const DIGIT = 8;
const HEX = 16;

const mark = (classes: Uint8Array, chars: string, bit: number): void => {
  for (let i = 0; i < chars.length; i++) classes[chars.charCodeAt(i)]! |= bit;
};

const classes = new Uint8Array(128);
mark(classes, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", ID);
mark(classes, "!#$%&'*+-./:<=>?@\\^_`|~", ID);
mark(classes, " \t\n\r", SPACE);
mark(classes, ",;[]{}", PUNCTUATION);
mark(classes, "0123456789", DIGIT);
mark(classes, "0123456789abcdefABCDEF", HEX);

const classOf = (c: number): number => (c < 128 ? classes[c]! : 0);

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const DOLLAR = 36;
const OPEN = 40;
const CLOSE = 41;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const SEMICOLON = 59;
const AT = 64;
const UNDERSCORE = 95;

/** Cuts `text` into tokens. */
export function tokenize(text: string): Tokens {
  return new Lexer(text).run();
}

class Lexer {
  private readonly text: string;
  private pos = 0;
  private count = 0;
  private kind: Uint8Array;
  private start: Int32Array;
  private end: Int32Array;
  private match: Int32Array;
  /** Tokens of the forms that are open, outermost first. */
  private readonly opens: number[] = [];

  constructor(text: string) {
    this.text = text;
    const room = (text.length >> 2) + 16;
    this.kind = new Uint8Array(room);
    this.start = new Int32Array(room);
    this.end = new Int32Array(room);
    this.match = new Int32Array(room);
  }

  run(): Tokens {
    const { text } = this;
    while (this.pos < text.length) {
      const c = text.charCodeAt(this.pos);
      if ((classOf(c) & SPACE) !== 0) this.pos++;
      else if (c === OPEN) this.open();
      else if (c === CLOSE) this.close();
      else if (c === SEMICOLON && this.at(1) === SEMICOLON) this.skipLine();
      else if (c !== QUOTE || !this.string()) this.token();
    }
    for (const i of this.opens) this.match[i] = this.count;
    this.push(Tok.end, this.pos);
    const { count, kind, start, end, match } = this;
    return { text, count: count - 1, kind, start, end, match };
  }

  private at(ahead: number): number {
    const i = this.pos + ahead;
    return i < this.text.length ? this.text.charCodeAt(i) : -1;
  }

  private fail(message: string, offset: number): never {
    throw malformed(message, this.text, offset);
  }

  /** Appends the token from `pos` to `end` and goes on behind it. */
  private push(kind: Tok, end: number): void {
    if (this.count === this.kind.length) this.grow();
    this.kind[this.count] = kind;
    this.start[this.count] = this.pos;
    this.end[this.count] = end;
    this.count++;
    this.pos = end;
  }

  private grow(): void {
    const room = this.count * 2;
    const kind = new Uint8Array(room);
    kind.set(this.kind);
    this.kind = kind;
    const longer = (old: Int32Array): Int32Array => {
      const column = new Int32Array(room);
      column.set(old);
      return column;
    };
    this.start = longer(this.start);
    this.end = longer(this.end);
    this.match = longer(this.match);
  }

  private open(): void {
    const next = this.at(1);
    if (next === SEMICOLON) this.skipComment();
    else if (next === AT) this.skipAnnotation();
    else {
      this.opens.push(this.count);
      this.push(Tok.open, this.pos + 1);
    }
  }

  private close(): void {
    const open = this.opens.pop();
    if (open !== undefined) this.match[open] = this.count;
    this.push(Tok.close, this.pos + 1);
  }

  private skipLine(): void {
    for (; this.pos < this.text.length; this.pos++) {
      const c = this.text.charCodeAt(this.pos);
      if (c === NEWLINE || c === RETURN) return;
    }
  }

  private skipComment(): void {
    const begin = this.pos;
    let depth = 0;
    do {
      if (this.pos >= this.text.length) this.fail("unclosed comment", begin);
      const c = this.at(0);
      const next = this.at(1);
      const step = (c === OPEN && next === SEMICOLON) || (c === SEMICOLON && next === CLOSE);
      if (step) depth += c === OPEN ? 1 : -1;
      this.pos += step ? 2 : 1;
    } while (depth > 0);
  }

  /** `(@name ...)`: whatever it says, it says it to someone else. */
  private skipAnnotation(): void {
    const begin = this.pos;
    this.pos += 2;
    if (this.at(0) === QUOTE) this.skipAnnotationName();
    else if ((classOf(Math.max(this.at(0), 0)) & ID) === 0) this.fail("empty annotation id", begin);
    for (let depth = 1; depth > 0;) {
      if (this.pos >= this.text.length) this.fail("unclosed annotation", begin);
      const c = this.at(0);
      if (c === OPEN && this.at(1) === SEMICOLON) this.skipComment();
      else if (c === SEMICOLON && this.at(1) === SEMICOLON) this.skipLine();
      else if (c === QUOTE) this.pos = pastString(this.text, this.pos);
      else if ((classOf(c) & (ID | SPACE | PUNCTUATION)) !== 0) this.pos++;
      else if (c !== OPEN && c !== CLOSE) this.fail("illegal character", this.pos);
      else {
        depth += c === OPEN ? 1 : -1;
        this.pos++;
      }
    }
  }

  private skipAnnotationName(): void {
    const end = this.tryString(this.pos);
    if (end < 0 || end === this.pos + 2) this.fail("empty annotation id", this.pos);
    idText(this.text, this.pos - 1, end);
    this.pos = end;
  }

  /** End of the string at `i`, -1 where it is none; what the escapes say is not looked at. */
  private tryString(i: number): number {
    const { text } = this;
    for (let k = i + 1; k < text.length; k++) {
      const c = text.charCodeAt(k);
      if (c === QUOTE) return k + 1;
      if (c < 32 || c === 127) return -1;
      if (c === 92) k++;
    }
    return -1;
  }

  /** Takes a string that stands alone; false where it is part of a longer run. */
  private string(): boolean {
    const end = pastString(this.text, this.pos);
    const bits = end < this.text.length ? classOf(this.text.charCodeAt(end)) : 0;
    const glued = (bits & (ID | PUNCTUATION)) !== 0 && !this.opensComment(end);
    const alone = !glued && this.text.charCodeAt(end) !== QUOTE;
    if (alone) this.push(Tok.string, end);
    return alone;
  }

  private token(): void {
    const { text, pos } = this;
    let i = pos;
    let strings = 0;
    let odd = false;
    for (; i < text.length; i++) {
      const c = text.charCodeAt(i);
      const bits = classOf(c);
      if ((bits & ID) !== 0) continue;
      if (c === QUOTE) {
        if (i === pos + 1 && text.charCodeAt(pos) === DOLLAR && this.tryString(i) < 0) break;
        i = pastString(text, i) - 1;
        strings++;
      } else if ((bits & PUNCTUATION) !== 0 && !this.opensComment(i)) odd = true;
      else break;
    }
    if (i === pos) this.fail("illegal character", pos);
    this.push(odd ? Tok.reserved : this.kindOf(pos, i, strings), i);
  }

  private opensComment(i: number): boolean {
    const { text } = this;
    return text.charCodeAt(i) === SEMICOLON && text.charCodeAt(i + 1) === SEMICOLON;
  }

  private kindOf(start: number, end: number, strings: number): Tok {
    const { text } = this;
    const c = text.charCodeAt(start);
    if (c === DOLLAR) return this.kindOfId(start, end, strings);
    if (strings > 0) return Tok.reserved;
    if ((classOf(c) & DIGIT) !== 0 || c === PLUS || c === MINUS)
      return kindOfNumber(text, start, end);
    if (c < 97 || c > 122) return Tok.reserved;
    return isSpecial(text, start, end) ? Tok.float : Tok.word;
  }

  private kindOfId(start: number, end: number, strings: number): Tok {
    if (end === start + 1) this.fail("empty identifier", start);
    if (strings === 0) return Tok.id;
    if (this.text.charCodeAt(start + 1) !== QUOTE || this.tryString(start + 1) !== end) {
      return Tok.reserved;
    }
    if (end === start + 3) this.fail("empty identifier", start);
    idText(this.text, start, end);
    return Tok.id;
  }
}

/** End of the digits at `i`, with single underscores between them; `i` where there are none. */
function pastDigits(text: string, i: number, end: number, bit: number): number {
  let k = i;
  while (k < end) {
    const c = text.charCodeAt(k);
    if ((classOf(c) & bit) !== 0) k++;
    else if (c !== UNDERSCORE || k === i || k + 1 >= end) break;
    else if ((classOf(text.charCodeAt(k + 1)) & bit) === 0) break;
    else k++;
  }
  return k;
}

/** `inf`, `nan` or `nan:0x...`, without sign. */
function isSpecial(text: string, start: number, end: number): boolean {
  const length = end - start;
  if (length < 3 || (!text.startsWith("inf", start) && !text.startsWith("nan", start)))
    return false;
  if (length === 3) return true;
  const payload = start + 6;
  return (
    text.startsWith("nan:0x", start) && payload < end && pastDigits(text, payload, end, HEX) === end
  );
}

function kindOfNumber(text: string, start: number, end: number): Tok {
  const c = text.charCodeAt(start);
  const signed = c === PLUS || c === MINUS;
  let i = signed ? start + 1 : start;
  if (isSpecial(text, i, end)) return Tok.float;
  const hex = text.charCodeAt(i) === ZERO && text.charCodeAt(i + 1) === 120;
  const bit = hex ? HEX : DIGIT;
  if (hex) i += 2;
  const whole = pastDigits(text, i, end, bit);
  if (whole === i || whole > end) return Tok.reserved;
  if (whole === end) return signed ? Tok.int : Tok.nat;
  i = whole;
  if (text.charCodeAt(i) === POINT) i = pastDigits(text, i + 1, end, bit);
  if (i === end) return Tok.float;
  return (text.charCodeAt(i) | 32) === (hex ? 112 : 101) && isExponent(text, i + 1, end)
    ? Tok.float
    : Tok.reserved;
}

function isExponent(text: string, start: number, end: number): boolean {
  const c = text.charCodeAt(start);
  const i = c === PLUS || c === MINUS ? start + 1 : start;
  return i < end && pastDigits(text, i, end, DIGIT) === end;
}
