// What fits into the fields of instructions. A constant is given by its low and high word; sizes
// are 4 or 8 bytes, of size 4 the high word does not count.

/** Fits an arithmetic immediate: 12 bits, shifted by 12 or not, either sign. */
export function isArith(n: number): boolean {
  const m = Math.abs(n);
  return m < 4096 || ((m & 4095) === 0 && m < 1 << 24);
}

/** Fits two of them: 24 bits, either sign. */
export const isArith24 = (n: number): boolean => n > -(1 << 24) && n < 1 << 24;

const bitCount = (w: number): number => {
  let n = 0;
  for (let m = w; m !== 0; m &= m - 1) n++;
  return n;
};

const isOneBit = (w: number): boolean => w !== 0 && (w & (w - 1)) === 0;
const lowBit = (w: number): number => 31 - Math.clz32(w & -w);

/** Size in bits of the element whose repetition makes up the constant. */
function elementOf(lo: number, hi: number): number {
  if (lo !== hi) return 64;
  let size = 32;
  for (let half = 16; half > 1; half >>= 1) {
    const mask = (1 << half) - 1;
    if (((lo >>> half) & mask) !== (lo & mask)) break;
    size = half;
  }
  return size;
}

/**
 * The field N:immr:imms of a logical immediate, -1 for what is none: the constant repeats an
 * element of 2, 4, ... 64 bits, which is a run of ones among zeros, rotated.
 */
export function logicalField(lo: number, high: number, size: number): number {
  const hi = size === 4 ? lo : high;
  if (lo === hi && (lo === 0 || lo === -1)) return -1;
  const e = elementOf(lo, hi);
  const mask = e >= 32 ? -1 : (1 << e) - 1;
  // The bits where a run begins: ones behind a zero.
  let beginsLo = lo & ~((lo << 1) | (hi >>> 31));
  let beginsHi = hi & ~((hi << 1) | (lo >>> 31));
  let ones = bitCount(lo) + bitCount(hi);
  if (e < 64) {
    const x = lo & mask;
    beginsLo = x & ~(((x << 1) | (x >>> (e - 1))) & mask);
    beginsHi = 0;
    ones = bitCount(x);
  }
  let start = 0;
  if (beginsHi === 0 && isOneBit(beginsLo)) start = lowBit(beginsLo);
  else if (beginsLo === 0 && isOneBit(beginsHi)) start = 32 + lowBit(beginsHi);
  else return -1;
  const n = e === 64 ? 1 << 12 : 0;
  return n | (((e - start) & (e - 1)) << 6) | ((-2 * e) & 63) | (ones - 1);
}

/** The 8 bits of a float that `fmov` makes, -1 for others: sign, exponent -3 to 4, four bits. */
export function floatField(lo: number, hi: number, size: number): number {
  if (size === 8 && lo !== 0) return -1;
  const w = size === 8 ? hi : lo;
  const rest = size === 8 ? 16 : 19; // mantissa bits of the word beyond the four
  const copies = size === 8 ? 8 : 5; // of the second bit of the exponent, which the first negates
  if ((w & ((1 << rest) - 1)) !== 0) return -1;
  const second = (w >> (rest + 6)) & ((1 << copies) - 1);
  const isOnes = second === (1 << copies) - 1;
  if (second !== 0 && !isOnes) return -1;
  if (((w >>> 30) & 1) === (isOnes ? 1 : 0)) return -1;
  return ((w >>> 24) & 0x80) | ((w >>> rest) & 0x7f);
}

/** Halfword `k` of a constant. */
export const halfOf = (lo: number, hi: number, k: number): number =>
  ((k < 2 ? lo : hi) >>> (16 * (k & 1))) & 0xffff;

/** Instructions that make a constant in a general register, without the logical immediates. */
export function moveCost(lo: number, hi: number): number {
  if (hi === 0) {
    const zeros = halfOf(lo, 0, 0) === 0 || halfOf(lo, 0, 1) === 0;
    const ones = halfOf(lo, 0, 0) === 0xffff || halfOf(lo, 0, 1) === 0xffff;
    return zeros || ones ? 1 : 2;
  }
  let zeros = 0;
  let ones = 0;
  for (let k = 0; k < 4; k++) {
    const h = halfOf(lo, hi, k);
    if (h === 0) zeros++;
    else if (h === 0xffff) ones++;
  }
  return Math.max(1, 4 - Math.max(zeros, ones));
}

// Words of movi and its kin: an 8-bit immediate, split into bits 5-9 and 16-18, and what it means.
// prettier-ignore
const VECTOR = {
  bytes: 0x4f00e400,  halves: 0x4f008400,  words: 0x4f000400,  ones: 0x4f00c400,
  masks: 0x6f00e400,  floats: 0x4f00f400,  doubles: 0x6f00f400,
  not: 1 << 29,
} as const;

const split = (word: number, n: number): number => word | ((n & 31) << 5) | ((n >> 5) << 16);

/** The shift of the only byte of an element of `bits` that is not zero, -1 for none. */
function byteShift(n: number, bits: number): number {
  for (let at = 0; at < bits; at += 8) if ((n & ~(255 << at)) === 0) return at;
  return -1;
}

/** Halves or words of `bits` with one byte that is not zero; 0 if there are others. */
function oneByte(word: number, n: number, bits: number): number {
  const at = byteShift(n, bits);
  return at < 0 ? 0 : split(word | ((at >> 3) << 13), (n >>> at) & 255);
}

/** A word whose low 8 or 16 bits are ones, the byte above being any; 0 for others. */
function onesBelow(word: number, n: number): number {
  if ((n & ~0xff00) === 0xff) return split(word, (n >> 8) & 255);
  if ((n & ~0xff0000) === 0xffff) return split(word | (1 << 12), (n >> 16) & 255);
  return 0;
}

/** All words are n. */
function sameWords(n: number): number {
  const half = n & 0xffff;
  if (half === n >>> 16) {
    if ((half & 255) === half >> 8) return split(VECTOR.bytes, half & 255);
    const word = oneByte(VECTOR.halves, half, 16);
    if (word !== 0) return word;
    const inverted = oneByte(VECTOR.halves | VECTOR.not, half ^ 0xffff, 16);
    if (inverted !== 0) return inverted;
  }
  const field = floatField(n, 0, 4);
  if (field >= 0) return split(VECTOR.floats, field);
  return (
    oneByte(VECTOR.words, n, 32) ||
    oneByte(VECTOR.words | VECTOR.not, ~n, 32) ||
    onesBelow(VECTOR.ones, n) ||
    onesBelow(VECTOR.ones | VECTOR.not, ~n)
  );
}

/** A bit per byte of a word that is all ones or zeros, -1 if one is neither. */
function maskField(n: number): number {
  let field = 0;
  for (let k = 0; k < 4; k++) {
    const byte = (n >>> (8 * k)) & 255;
    if (byte === 255) field |= 1 << k;
    else if (byte !== 0) return -1;
  }
  return field;
}

/** The instruction that makes four words in v0, 0 if there is none. */
export function vectorWord(w0: number, w1: number, w2: number, w3: number): number {
  if (w0 !== w2 || w1 !== w3) return 0;
  if ((w0 | w1) === 0) return VECTOR.masks; // the form that machines know to be zero
  if (w0 === w1) {
    const word = sameWords(w0);
    if (word !== 0) return word;
  }
  const low = maskField(w0);
  const high = maskField(w1);
  if (low >= 0 && high >= 0) return split(VECTOR.masks, low | (high << 4));
  const field = floatField(w0, w1, 8);
  return field < 0 ? 0 : split(VECTOR.doubles, field);
}
