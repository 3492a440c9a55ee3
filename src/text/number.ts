// Numbers of the text format, exactly. In: a number token as the lexer let it pass (sign,
// underscores, decimal or hexadecimal, `inf`, `nan`, `nan:0x...`). Out: bits; -1 or undefined where
// the value does not fit. An f32 is rounded once, from the written value: going through f64 would
// round twice, which shows where the f64 lies halfway between two f32.
//
// Rounding: a value is m * 2^e with an integer m, and a sticky flag for what was cut off below;
// roundBits keeps the bits of the format and rounds to nearest, ties to even. Decimal f64 are left
// to the host's Number(), which is exact by the ECMAScript specification as all engines have it.

/** Two 32-bit words, unsigned. */
export interface Words {
  readonly lo: number;
  readonly hi: number;
}

const isMinus = (s: string): boolean => s.charCodeAt(0) === 45;
const isSign = (c: number): boolean => c === 43 || c === 45;

/** Without sign and underscores. */
function bare(s: string): string {
  const body = isSign(s.charCodeAt(0)) ? s.slice(1) : s;
  return body.includes("_") ? body.replaceAll("_", "") : body;
}

const isInteger = (body: string): boolean => /^(?:0x[0-9a-fA-F]+|[0-9]+)$/.test(body);

/** Bits of an integer of `width` (at most 32) bits, signed or not; -1: too large, or no integer. */
export function intBits(s: string, width: number): number {
  const body = bare(s);
  if (!isInteger(body)) return -1;
  // Number() is exact far beyond 2^32 and never rounds across it.
  const n = Number(body);
  const span = 2 ** width;
  if (!isMinus(s)) return n < span ? n : -1;
  if (n > span / 2) return -1;
  return n === 0 ? 0 : span - n;
}

/** Value of an unsigned token below 2^32; -1: too large. */
export function natural(s: string): number {
  const n = Number(bare(s));
  return n <= 0xffffffff ? n : -1;
}

const exactDigits = 13;

/** Words of an i64; undefined: too large. */
export function i64Words(s: string): Words | undefined {
  const body = bare(s);
  if (!isInteger(body)) return undefined;
  const minus = isMinus(s);
  if (body.length <= exactDigits) {
    const n = Number(body);
    const lo = n >>> 0;
    const hi = Math.floor(n / 2 ** 32);
    return minus ? negate(lo, hi) : { lo, hi };
  }
  const n = BigInt(body);
  if (minus ? n > 1n << 63n : n >> 64n !== 0n) return undefined;
  const words = wordsOf(n);
  return minus ? negate(words.lo, words.hi) : words;
}

function negate(lo: number, hi: number): Words {
  return { lo: -lo >>> 0, hi: (~hi + (lo === 0 ? 1 : 0)) >>> 0 };
}

const wordsOf = (n: bigint): Words => ({
  lo: Number(n & 0xffffffffn),
  hi: Number((n >> 32n) & 0xffffffffn),
});

/** Shape of a binary floating-point format. */
interface Format {
  /** Bits of the significand, the hidden one included. */
  readonly bits: number;
  /** Exponents of the smallest normal and of the largest number. */
  readonly min: number;
  readonly max: number;
}

const single: Format = { bits: 24, min: -126, max: 127 };
const double: Format = { bits: 53, min: -1022, max: 1023 };

const infinity = (f: Format): bigint => BigInt(2 * f.max + 1) << BigInt(f.bits - 1);

/** Bits of m * 2^e (a little more if `sticky`) without sign; undefined: it rounds to infinity. */
function roundBits(m: bigint, e: number, sticky: boolean, f: Format): bigint | undefined {
  if (m === 0n) return 0n;
  const length = bitLength(m);
  const top = length - 1 + e;
  if (top > f.max) return undefined;
  // Exponent of the last bit that the format keeps.
  const last = Math.max(top, f.min) - f.bits + 1;
  const cut = last - e;
  if (cut > length) return 0n;
  const kept = cut <= 0 ? m << BigInt(-cut) : roundAway(m, cut, sticky);
  // A carry out of the significand runs into the exponent, which is what it should do.
  const bits = kept + (BigInt(Math.max(top, f.min) - f.min) << BigInt(f.bits - 1));
  return bits < infinity(f) ? bits : undefined;
}

/** m with its last `cut` > 0 bits rounded off: to nearest, ties to even. */
function roundAway(m: bigint, cut: number, sticky: boolean): bigint {
  const n = BigInt(cut);
  const kept = m >> n;
  const rest = m - (kept << n);
  const half = 1n << (n - 1n);
  const up = rest > half || (rest === half && (sticky || (kept & 1n) === 1n));
  return up ? kept + 1n : kept;
}

function bitLength(m: bigint): number {
  const hex = m.toString(16);
  return hex.length * 4 - Math.clz32(parseInt(hex[0]!, 16)) + 28;
}

// Far outside of any format, far inside of what arithmetic on it can bear.
const clampExponent = (e: number): number => Math.max(-1e9, Math.min(1e9, e));

/** Integer and exponent of `whole.fraction p exponent`: digits and the exponent of their base. */
function splitFloat(body: string, mark: RegExp): { digits: string; scale: number; places: number } {
  const at = body.search(mark);
  const mantissa = at < 0 ? body : body.slice(0, at);
  const point = mantissa.indexOf(".");
  return {
    digits: point < 0 ? mantissa : mantissa.slice(0, point) + mantissa.slice(point + 1),
    scale: at < 0 ? 0 : clampExponent(Number(body.slice(at + 1))),
    places: point < 0 ? 0 : mantissa.length - point - 1,
  };
}

function hexBits(body: string, f: Format): bigint | undefined {
  const { digits, scale, places } = splitFloat(body.slice(2), /[pP]/);
  return roundBits(BigInt("0x" + digits), scale - 4 * places, false, f);
}

function decimalBits(body: string, f: Format): bigint | undefined {
  const { digits, scale, places } = splitFloat(body, /[eE]/);
  const m = BigInt(digits);
  const exponent = scale - places;
  if (m === 0n) return 0n;
  // 10^k has more than 3k and less than 4k bits.
  const length = bitLength(m);
  if (length + 3 * exponent > f.max + 2 && exponent > 0) return undefined;
  if (length + 3 * exponent < f.min - f.bits - 2 && exponent < 0) return 0n;
  if (exponent >= 0) return roundBits(m * 10n ** BigInt(exponent), 0, false, f);
  const divisor = 10n ** BigInt(-exponent);
  const up = Math.max(0, bitLength(divisor) - length + f.bits + 2);
  const scaled = m << BigInt(up);
  const quotient = scaled / divisor;
  return roundBits(quotient, -up, quotient * divisor !== scaled, f);
}

/** Bits of `inf`, `nan`, `nan:0x...`; undefined: a payload of zero or one that is too large. */
function specialBits(body: string, f: Format): bigint | undefined {
  const base = infinity(f);
  if (body === "inf") return base;
  const space = 1n << BigInt(f.bits - 1);
  if (body === "nan") return base | (space >> 1n);
  const payload = BigInt(body.slice(4));
  return payload > 0n && payload < space ? base | payload : undefined;
}

const isSpecial = (body: string): boolean => body[0] === "i" || body[0] === "n";
const isHex = (body: string): boolean => body.charCodeAt(1) === 120;

/** Bits of an f32; -1: too large. */
export function f32Bits(s: string): number {
  const body = bare(s);
  const bits = isSpecial(body)
    ? specialBits(body, single)
    : isHex(body)
      ? hexBits(body, single)
      : decimalSingle(body);
  if (bits === undefined) return -1;
  return isMinus(s) ? Number(bits) + 0x80000000 : Number(bits);
}

const scratch = new DataView(new ArrayBuffer(8));

/** Rounds a decimal by way of f64 where that is safe, exactly where it is not. */
function decimalSingle(body: string): bigint | undefined {
  const d = Number(body);
  if (d === Infinity) return undefined;
  scratch.setFloat64(0, d);
  const tie = (scratch.getUint32(4) & 0x1fffffff) === 0x10000000;
  if (tie || (d !== 0 && d < 2 ** -126) || Math.fround(d) === Infinity) {
    return decimalBits(body, single);
  }
  scratch.setFloat32(0, d);
  return BigInt(scratch.getUint32(0));
}

/** Words of an f64; undefined: too large. */
export function f64Words(s: string): Words | undefined {
  const body = bare(s);
  const words = magnitudeWords(body);
  if (words === undefined || !isMinus(s)) return words;
  return { lo: words.lo, hi: words.hi + 0x80000000 };
}

function magnitudeWords(body: string): Words | undefined {
  if (isSpecial(body) || isHex(body)) {
    const bits = isHex(body) ? hexBits(body, double) : specialBits(body, double);
    return bits === undefined ? undefined : wordsOf(bits);
  }
  const d = Number(body);
  if (d === Infinity) return undefined;
  scratch.setFloat64(0, d);
  return { lo: scratch.getUint32(4), hi: scratch.getUint32(0) };
}
