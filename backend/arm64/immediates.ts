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
