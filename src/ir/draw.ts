// Random numbers and values for tests: of the generator of functions, of rules, of whatever runs
// them. All depends on nothing but a seed.

import { F32, F64, I32, I64, V128, isFloat, wordCount } from "./types.ts";
import type { Type } from "./types.ts";

/** Numbers that depend on nothing but the seed. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) | 0;
  }

  /** An int32. */
  word(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return t ^ (t >>> 14);
  }

  /** An integer in [0, n). */
  below(n: number): number {
    return (this.word() >>> 0) % n;
  }

  /** True in `percent` of cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

const small = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 24, 31, 32, 33, 48, 63, 64, 100];
const FLOATS = [0, -0, 1, -1, 0.5, 2, -2, 3.75, 1e10, -1e10, 1e300, 5e-324, Infinity, NaN];
const view = new DataView(new ArrayBuffer(8));

function integer(random: Random): number {
  switch (random.below(6)) {
    case 0:
      return random.pick(small);
    case 1:
      return -random.pick(small);
    case 2:
      return 1 << random.below(32);
    case 3:
      return ((1 << random.below(31)) - 1) | 0;
    case 4:
      return random.pick([0x7fffffff, -0x80000000, 0xff, 0x80, -0x80, 0xffff, 0x8000, -0x8000]);
    default:
      return random.word();
  }
}

/** The words of a value of type `ty` (types.ts wordCount), with a liking for edges. */
export function drawWords(random: Random, ty: Type): number[] {
  return ty === V128 ? drawVector(random) : drawPair(random, ty);
}

/** The two words of a value of up to 64 bits. */
export function drawPair(random: Random, ty: Type): [lo: number, hi: number] {
  if (isFloat(ty) && random.chance(70)) {
    const n = random.pick(FLOATS);
    if (ty === F32) {
      view.setFloat32(0, n, true);
      return [view.getInt32(0, true), 0];
    }
    view.setFloat64(0, n, true);
    return [view.getInt32(0, true), view.getInt32(4, true)];
  }
  const lo = integer(random);
  if (ty === I32 || ty === F32) return [lo, 0];
  switch (random.below(4)) {
    case 0:
      return [lo, 0];
    case 1:
      return [0, lo];
    case 2:
      return [lo, lo >> 31];
    default:
      return [lo, integer(random)];
  }
}

// prettier-ignore
const LANES_16 = [0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0x8001, 0xff7f, 0xff80, 0xffff];
const LANES_8 = [0, 1, 2, 7, 15, 16, 31, 0x7f, 0x80, 0x81, 0xfe, 0xff];

/** A word of equal or different lanes of 8 or 16 bits. */
function drawLanes(random: Random): number {
  const low = random.pick(random.chance(50) ? LANES_8 : LANES_16);
  const half = low < 256 ? low | (random.pick(LANES_8) << 8) : low;
  return half | ((random.chance(50) ? half : random.pick(LANES_16)) << 16);
}

function drawVector(random: Random): number[] {
  const lanes = random.below(6);
  if (lanes < 2) {
    const ty = lanes === 0 ? I64 : F64;
    const first = drawPair(random, ty);
    return [...first, ...(random.chance(30) ? first : drawPair(random, ty))];
  }
  const word = (): number => {
    if (lanes === 2) return drawLanes(random);
    return lanes === 3 ? random.word() : drawPair(random, lanes === 4 ? I32 : F32)[0];
  };
  const first = word();
  return random.chance(30) ? [first, first, first, first] : [first, word(), word(), word()];
}

/** A value of up to 64 bits as text, such that equal texts are equal values. */
export function valueText(ty: Type, lo: number, hi: number): string {
  view.setInt32(0, lo, true);
  view.setInt32(4, hi, true);
  if (ty === F32 && Number.isNaN(view.getFloat32(0, true))) return "nan";
  if (ty === F64 && Number.isNaN(view.getFloat64(0, true))) return "nan";
  if (ty === I32 || ty === F32) return (lo >>> 0).toString(16);
  return `${(hi >>> 0).toString(16)}:${(lo >>> 0).toString(16)}`;
}

/** The text of a row of values (types.ts wordCount). What a NaN is in a v128 its lanes know. */
export function rowText(types: readonly Type[], words: ArrayLike<number>): string {
  let at = 0;
  const texts = types.map((ty) => {
    const first = at;
    at += wordCount(ty);
    const upper = ty === V128 ? `${valueText(I64, words[first + 2]!, words[first + 3]!)}:` : "";
    return upper + valueText(ty === V128 ? I64 : ty, words[first]!, words[first + 1]!);
  });
  return texts.join();
}
