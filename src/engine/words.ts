// Values as words: what a command line gives to an exported function, and how results are printed.
// The loader reads and prints them in the same way (runtime-support/number.c).

import { f32Bits, f64Words, i64Words, intBits } from "../text/number.ts";
import { EXTERNREF, F32, F64, FUNCREF, I32, I64, V128 } from "../wasm/types.ts";
import type { ValType } from "../wasm/types.ts";
import type { Value } from "./store.ts";

const INTEGER = /^[+-]?(?:0[xX][0-9a-fA-F]+|[0-9]+)$/;
const DECIMAL = /^[+-]?(?:inf|nan|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)$/;
const HEXADECIMAL =
  /^[+-]?0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP][+-]?[0-9]+)?$/;
const isFloat = (s: string): boolean => DECIMAL.test(s) || HEXADECIMAL.test(s);

// The text format's numbers are stricter: lower case, and a digit before the point.
const tidy = (s: string): string => s.toLowerCase().replace(/^([+-]?)(0x)?\./, "$1$20.");

const INFINITE_F32 = 0x7f80_0000;

/** What a command line's word means as a value of a type; undefined: nothing. */
export function parseValue(type: ValType, s: string): Value | undefined {
  switch (type) {
    case I32: {
      const lo = INTEGER.test(s) ? intBits(tidy(s), 32) : -1;
      return lo < 0 ? undefined : { type, lo: lo | 0, hi: 0 };
    }
    case I64: {
      const words = INTEGER.test(s) ? i64Words(tidy(s)) : undefined;
      return words && { type, lo: words.lo | 0, hi: words.hi | 0 };
    }
    case F32: {
      if (!isFloat(s)) return undefined;
      const bits = f32Bits(tidy(s));
      const sign = s.startsWith("-") ? -0x8000_0000 : 0;
      return { type, lo: bits < 0 ? INFINITE_F32 | sign : bits | 0, hi: 0 };
    }
    case F64: {
      if (!isFloat(s)) return undefined;
      const words = f64Words(tidy(s));
      const sign = s.startsWith("-") ? -0x8000_0000 : 0;
      return { type, lo: (words?.lo ?? 0) | 0, hi: words ? words.hi | 0 : 0x7ff0_0000 | sign };
    }
    case FUNCREF:
    case EXTERNREF:
      return s === "null" ? { type, lo: 0, hi: 0 } : undefined;
    default:
      return undefined;
  }
}

/** A number as the loader prints an f64: nan, inf and -0 besides what JavaScript says. */
export function showNumber(n: number): string {
  if (n !== n) return "nan";
  if (Object.is(n, -0)) return "-0";
  return String(n).replace("Infinity", "inf");
}

/** The shortest decimal that reads back as the same f32. */
function showF32(n: number): string {
  if (n !== n || !Number.isFinite(n) || n === 0) return showNumber(n);
  for (let digits = 1; digits < 9; digits++) {
    const near = Number(n.toPrecision(digits));
    if (Math.fround(near) === n) return showNumber(near);
  }
  return showNumber(Number(n.toPrecision(9)));
}

const words = new DataView(new ArrayBuffer(8));

/** A result as the loader prints it. */
export function showValue({ type, lo, hi, w2 = 0, w3 = 0 }: Value): string {
  words.setInt32(0, lo, true);
  words.setInt32(4, hi, true);
  switch (type) {
    case I32:
      return String(lo | 0);
    case I64:
      return String(words.getBigInt64(0, true));
    case F32:
      return showF32(words.getFloat32(0, true));
    case F64:
      return showNumber(words.getFloat64(0, true));
    case V128: {
      const hex = [w3, w2, hi, lo].map((w) => (w >>> 0).toString(16).padStart(8, "0"));
      return `0x${hex.join("")}`;
    }
    default:
      return (lo | hi) === 0 ? "null" : type === FUNCREF ? "func" : "extern";
  }
}
