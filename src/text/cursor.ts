// A place in a row of tokens, and the small questions every parser of the text format asks there.
// In: tokens. Out: words, names, indices; errors in the reference interpreter's words: a run of
// characters that is no keyword of the language is an "unknown operator", everything else that
// stands where it may not is an "unexpected token".

import { opByName } from "../wasm/ops.ts";
import { malformed } from "./place.ts";
import { idText, nameText, stringBytes } from "./string.ts";
import { natural } from "./number.ts";
import { Tok, type Tokens } from "./lexer.ts";

// Keywords besides the operators, scripts included.
const keywords: ReadonlySet<string> = new Set(
  (
    "module definition instance type func param result local import export table memory global " +
    "elem data offset item declare start mut shared i32 i64 f32 f64 v128 funcref externref " +
    "extern then i8x16 i16x8 i32x4 i64x2 f32x4 f64x2 binary quote register invoke get " +
    "assert_malformed assert_invalid assert_unlinkable assert_uninstantiable assert_return " +
    "assert_trap assert_exhaustion assert_exception either nan:canonical nan:arithmetic " +
    "ref.extern ref.host"
  ).split(" "),
);

// Rows of the operator table whose names are not written in the text format.
const unwritten: ReadonlySet<string> = new Set(["select_t", "ref.test_null", "ref.cast_null"]);

/** Operator number of a word of the text format, -1 where it is none. */
export const opOfWord = (word: string): number => (unwritten.has(word) ? -1 : opByName(word));

const isKnown = (word: string): boolean =>
  keywords.has(word) || opOfWord(word) >= 0 || /^(?:offset|align)=[0-9]/.test(word);

export class Cursor {
  readonly tokens: Tokens;
  /** Index of the current token. */
  pos: number;

  constructor(tokens: Tokens, pos = 0) {
    this.tokens = tokens;
    this.pos = pos;
  }

  get kind(): Tok {
    return this.kindAt(this.pos);
  }

  kindAt(pos: number): Tok {
    return pos < this.tokens.count ? (this.tokens.kind[pos] as Tok) : Tok.end;
  }

  /** The characters of the token at `pos`. */
  text(pos = this.pos): string {
    const { text, start, end } = this.tokens;
    return pos <= this.tokens.count ? text.slice(start[pos], end[pos]) : "";
  }

  error(reason: string, pos = this.pos): Error {
    const { text, start, count } = this.tokens;
    return malformed(reason, text, start[Math.min(pos, count)]!);
  }

  fail(reason: string, pos = this.pos): never {
    throw this.error(reason, pos);
  }

  /** Whether the token at `pos` is none of the language. */
  isForeign(pos: number): boolean {
    const kind = this.kindAt(pos);
    return kind === Tok.reserved || (kind === Tok.word && !isKnown(this.text(pos)));
  }

  /** Refuses the token at `pos`. */
  unexpected(pos = this.pos): never {
    const known = !this.isForeign(pos);
    const what = this.kindAt(pos) === Tok.end ? "" : ` ${this.text(pos)}`;
    return this.fail(known ? `unexpected token${what}` : `unknown operator${what}`, pos);
  }

  isWord(word: string, pos = this.pos): boolean {
    if (this.kindAt(pos) !== Tok.word) return false;
    const { text, start, end } = this.tokens;
    const at = start[pos]!;
    return end[pos]! - at === word.length && text.startsWith(word, at);
  }

  /** Whether a form `(word ...` stands at `pos`. */
  isForm(word: string, pos = this.pos): boolean {
    return this.kindAt(pos) === Tok.open && this.isWord(word, pos + 1);
  }

  /** Steps into the form `(word ...` if it stands here. */
  enter(word: string): boolean {
    const found = this.isForm(word);
    if (found) this.pos += 2;
    return found;
  }

  /** Steps into the form `(word ...`, which must stand here. */
  need(word: string): void {
    if (this.kind !== Tok.open) this.unexpected();
    if (!this.enter(word)) this.unexpected(this.pos + 1);
  }

  /** Takes the keyword if it stands here. */
  take(word: string): boolean {
    const found = this.isWord(word);
    if (found) this.pos++;
    return found;
  }

  /** The `)` of a form. */
  close(): void {
    if (this.kind !== Tok.close) this.unexpected();
    this.pos++;
  }

  /** Index of the token behind the form that opens at `pos`. */
  past(pos = this.pos): number {
    return this.tokens.match[pos]! + 1;
  }

  /** Any keyword. */
  word(): string {
    if (this.kind !== Tok.word) this.unexpected();
    return this.text(this.pos++);
  }

  /** An identifier without its `$`, if one stands here. */
  id(): string | undefined {
    return this.kind === Tok.id ? this.idAt(this.pos++) : undefined;
  }

  idAt(pos: number): string {
    const { text, start, end } = this.tokens;
    return idText(text, start[pos]!, end[pos]!);
  }

  /** The bytes of a string. */
  string(): Uint8Array {
    if (this.kind !== Tok.string) this.unexpected();
    const { text, start, end } = this.tokens;
    const pos = this.pos++;
    return stringBytes(text, start[pos]!, end[pos]!);
  }

  /** A string that must be a name. */
  name(): string {
    if (this.kind !== Tok.string) this.unexpected();
    const { text, start, end } = this.tokens;
    const pos = this.pos++;
    return nameText(text, start[pos]!, end[pos]!);
  }

  /** An unsigned number below 2^32. */
  natural(): number {
    if (this.kind !== Tok.nat) this.unexpected();
    const n = natural(this.text());
    if (n < 0) this.fail("i32 constant out of range");
    this.pos++;
    return n;
  }

  /** Whether a number or an identifier stands at `pos`. */
  isIndex(pos = this.pos): boolean {
    const kind = this.kindAt(pos);
    return kind === Tok.nat || kind === Tok.id;
  }

  isNumber(pos = this.pos): boolean {
    const kind = this.kindAt(pos);
    return kind === Tok.nat || kind === Tok.int || kind === Tok.float;
  }
}
