// Reading and writing bytes: LEB128 by the rules of the Wasm specification, little-endian words,
// names. The reader throws Malformed in the words of the test suite; 64-bit integers come and go as
// two 32-bit words, never as BigInt. The writer grows by doubling; `sized` writes a length in front
// of what a callback writes.

import { Malformed, Unsupported } from "./errors.ts";
import { isUtf8, utf8Decode, utf8Encode } from "./text.ts";

const tooLong = "integer representation too long";
const tooLarge = "integer too large";
const atEnd = "unexpected end of section or function";

/** A cursor over `bytes[pos, end)`. */
export class ByteReader {
  bytes: Uint8Array;
  pos: number;
  end: number;
  /** Function index for error messages, -1 outside of functions. */
  func = -1;
  /** Words of the last 64-bit value read, signed. */
  lo = 0;
  hi = 0;

  constructor(bytes: Uint8Array, pos = 0, end = bytes.length) {
    this.bytes = bytes;
    this.pos = pos;
    this.end = end;
  }

  /** Moves to `[pos, end)` of other bytes. */
  reset(bytes: Uint8Array, pos: number, end: number): void {
    this.bytes = bytes;
    this.pos = pos;
    this.end = end;
  }

  fail(reason: string, offset = this.pos): never {
    throw new Malformed(reason, offset, this.func);
  }

  u8(): number {
    if (this.pos >= this.end) this.fail(atEnd);
    return this.bytes[this.pos++]!;
  }

  /** Unsigned LEB128, 32 bits, as a number from 0 to 2^32 - 1. */
  u32(): number {
    if (this.pos < this.end) {
      const b = this.bytes[this.pos]!;
      if (b < 0x80) {
        this.pos++;
        return b;
      }
    }
    return this.u32Slow();
  }

  private u32Slow(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const b = this.u8();
      value |= (b & 0x7f) << shift;
      if (b < 0x80) return value;
    }
    const last = this.u8();
    if ((last & 0x70) !== 0) this.fail(tooLarge, this.pos - 1);
    if (last >= 0x80) this.fail(tooLong);
    return (value | (last << 28)) >>> 0;
  }

  /** Unsigned LEB128 of one bit (the flag of 1.0 limits). */
  u1(): number {
    const b = this.u8();
    if ((b & 0x7f) > 1) this.fail(tooLarge, this.pos - 1);
    if (b >= 0x80) this.fail(tooLong);
    return b;
  }

  /** Signed LEB128, 32 bits. */
  s32(): number {
    if (this.pos < this.end) {
      const b = this.bytes[this.pos]!;
      if (b < 0x80) {
        this.pos++;
        return (b << 25) >> 25;
      }
    }
    return this.s32Slow();
  }

  private s32Slow(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const b = this.u8();
      value |= (b & 0x7f) << shift;
      if (b < 0x80) return (value << (25 - shift)) >> (25 - shift);
    }
    const last = this.u8();
    const sign = last & 0x78;
    if (sign !== 0 && sign !== 0x78) this.fail(tooLarge, this.pos - 1);
    if (last >= 0x80) this.fail(tooLong);
    return value | (last << 28);
  }

  /** Signed LEB128, 33 bits (block types). */
  s33(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const b = this.u8();
      value |= (b & 0x7f) << shift;
      if (b < 0x80) return (value << (25 - shift)) >> (25 - shift);
    }
    const last = this.u8();
    const sign = last & 0x70;
    if (sign !== 0 && sign !== 0x70) this.fail(tooLarge, this.pos - 1);
    if (last >= 0x80) this.fail(tooLong);
    const word = (value | (last << 28)) >>> 0;
    return sign === 0 ? word : word - 0x1_0000_0000;
  }

  /** Signed LEB128, 64 bits, into `lo` and `hi`. */
  s64(): void {
    let lo = 0;
    let hi = 0;
    for (let i = 0; i < 9; i++) {
      const b = this.u8();
      const bits = b & 0x7f;
      const shift = 7 * i;
      if (shift < 32) lo |= bits << shift;
      if (shift === 28) hi = bits >> 4;
      else if (shift > 28) hi |= bits << (shift - 32);
      if (b < 0x80) {
        this.signExtend(lo, hi, shift + 7);
        return;
      }
    }
    const last = this.u8();
    const sign = last & 0x7f;
    if (sign !== 0 && sign !== 0x7f) this.fail(tooLarge, this.pos - 1);
    if (last >= 0x80) this.fail(tooLong);
    this.lo = lo;
    this.hi = hi | (last << 31);
  }

  // Keeps the low `bits` bits (7 to 63) of the two words and copies the top one upwards.
  private signExtend(lo: number, hi: number, bits: number): void {
    if (bits < 32) {
      this.lo = (lo << (32 - bits)) >> (32 - bits);
      this.hi = this.lo >> 31;
    } else {
      this.lo = lo;
      this.hi = (hi << (64 - bits)) >> (64 - bits);
    }
  }

  /** Four bytes, little-endian, as a signed word. */
  word(): number {
    const at = this.pos;
    if (at + 4 > this.end) this.fail(atEnd, this.end);
    const b = this.bytes;
    this.pos = at + 4;
    return b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24);
  }

  /** Eight bytes, little-endian, into `lo` and `hi`. */
  words(): void {
    if (this.pos + 8 > this.end) this.fail(atEnd, this.end);
    this.lo = this.word();
    this.hi = this.word();
  }

  /** A length that must fit into the rest of the bytes. */
  length(): number {
    const at = this.pos;
    const n = this.u32();
    if (n > this.end - this.pos) this.fail("length out of bounds", at);
    return n;
  }

  /** The next `n` bytes as a view. */
  take(n: number): Uint8Array {
    if (n < 0 || n > this.end - this.pos) this.fail(atEnd, this.end);
    this.pos += n;
    return this.bytes.subarray(this.pos - n, this.pos);
  }

  skip(n: number): void {
    if (n > this.end - this.pos) this.fail(atEnd, this.end);
    this.pos += n;
  }

  /** A name: length and UTF-8. */
  name(badUtf8 = "malformed UTF-8 encoding"): string {
    const n = this.length();
    const start = this.pos;
    this.pos += n;
    if (!isUtf8(this.bytes, start, this.pos)) this.fail(badUtf8, start);
    return utf8Decode(this.bytes, start, this.pos);
  }
}

/** Bytes under construction. */
export class ByteWriter {
  private buffer: Uint8Array;
  private used = 0;

  constructor(capacity = 256) {
    this.buffer = new Uint8Array(capacity);
  }

  /** Number of bytes written. */
  get length(): number {
    return this.used;
  }

  private reserve(n: number): number {
    const at = this.used;
    const need = at + n;
    if (need > this.buffer.length) this.grow(need);
    this.used = need;
    return at;
  }

  private grow(need: number): void {
    if (need > 0x7fff_ffff) throw new Unsupported("more than 2 GiB of output");
    const bigger = new Uint8Array(Math.max(need, this.buffer.length * 2));
    bigger.set(this.buffer.subarray(0, this.used));
    this.buffer = bigger;
  }

  u8(value: number): void {
    const at = this.reserve(1);
    this.buffer[at] = value;
  }

  /** Two bytes, little-endian. */
  u16(value: number): void {
    const at = this.reserve(2);
    this.buffer[at] = value;
    this.buffer[at + 1] = value >> 8;
  }

  /** Four bytes, little-endian. */
  word(value: number): void {
    const at = this.reserve(4);
    this.buffer[at] = value;
    this.buffer[at + 1] = value >> 8;
    this.buffer[at + 2] = value >> 16;
    this.buffer[at + 3] = value >> 24;
  }

  /** Eight bytes, little-endian, from two words. */
  words(lo: number, hi: number): void {
    this.word(lo);
    this.word(hi);
  }

  /** Unsigned LEB128, 32 bits. */
  u32(value: number): void {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.u8(rest);
  }

  /** Signed LEB128, 32 bits. */
  s32(value: number): void {
    let rest = value | 0;
    while (rest < -64 || rest > 63) {
      this.u8((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.u8(rest & 0x7f);
  }

  /** Signed LEB128, 33 bits, of an integral number. */
  s33(value: number): void {
    this.s64(value | 0, Math.floor(value / 0x1_0000_0000));
  }

  /** Signed LEB128, 64 bits, from two words. */
  s64(lo: number, hi: number): void {
    let low = lo | 0;
    let high = hi | 0;
    while (high !== low >> 31 || low < -64 || low > 63) {
      this.u8((low & 0x7f) | 0x80);
      low = (low >>> 7) | (high << 25);
      high >>= 7;
    }
    this.u8(low & 0x7f);
  }

  bytes(value: Uint8Array): void {
    const at = this.reserve(value.length);
    this.buffer.set(value, at);
  }

  /** `n` zero bytes. */
  zeros(n: number): void {
    const at = this.reserve(n);
    this.buffer.fill(0, at, at + n);
  }

  /** Zero bytes up to a multiple of `alignment`. */
  align(alignment: number): void {
    const past = this.used % alignment;
    if (past !== 0) this.zeros(alignment - past);
  }

  /** A name: length and UTF-8. */
  name(text: string): void {
    const encoded = utf8Encode(text);
    this.u32(encoded.length);
    this.bytes(encoded);
  }

  /** What `write` writes, with its length in front. */
  sized(write: (w: ByteWriter) => void): void {
    const inner = new ByteWriter();
    write(inner);
    this.u32(inner.length);
    this.bytes(inner.view());
  }

  /** Overwrites four bytes at `at`, little-endian. */
  patchWord(at: number, value: number): void {
    if (at + 4 > this.used) throw new RangeError("patch beyond the end");
    this.buffer[at] = value;
    this.buffer[at + 1] = value >> 8;
    this.buffer[at + 2] = value >> 16;
    this.buffer[at + 3] = value >> 24;
  }

  /** Overwrites one byte at `at`. */
  patchByte(at: number, value: number): void {
    if (at >= this.used) throw new RangeError("patch beyond the end");
    this.buffer[at] = value;
  }

  /** Forgets everything written. */
  clear(): void {
    this.used = 0;
  }

  /** The bytes so far, valid until the next write. */
  view(): Uint8Array {
    return this.buffer.subarray(0, this.used);
  }

  /** The bytes so far, copied. */
  finish(): Uint8Array {
    return this.buffer.slice(0, this.used);
  }
}
