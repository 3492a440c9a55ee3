// Which bits of a 32-bit value can be set. In: a value. Out: a mask that covers it: what is 0 in
// the mask is 0 in the value. As an unsigned number the mask is an upper bound, and its low zeros
// say how a value is aligned.
//
// A value's operands are older than it, so the search ends; it looks DEPTH instructions deep. Loops
// need no care: parameters may be anything.

import type { Func, Value } from "../ir/func.ts";
import { IR, SHAPE, WIDTH, widthOf } from "../ir/ops.ts";
import { LANE_COUNT } from "../ir/shapes.ts";
import { I32, I64 } from "../ir/types.ts";

const DEPTH = 4;

/** All bits up to the highest one of `mask`. */
const below = (mask: number): number => (mask === 0 ? 0 : (-1 >>> Math.clz32(mask)) | 0);

/** All bits from the lowest one of `mask` on. */
const above = (mask: number): number => mask | -mask;

/** The bits that `v`, an i32 or the low word of an i64, may have. */
export function bitsOf(f: Func, v: Value, depth: number = DEPTH): number {
  const op = f.op[v]!;
  if (op === IR.const) return f.a[v]!;
  if (op >= IR.eq && op <= IR.fge) return 1;
  if (op === IR.load) return ofLoad(f, v);
  if (depth === 0) return -1;
  const a = f.a[v]!;
  const b = f.b[v]!;
  const d = depth - 1;
  switch (op) {
    case IR.and:
      return bitsOf(f, a, d) & bitsOf(f, b, d);
    case IR.or:
    case IR.xor:
      return bitsOf(f, a, d) | bitsOf(f, b, d);
    case IR.add:
      return ofSum(bitsOf(f, a, d), bitsOf(f, b, d));
    case IR.mul:
      return ofProduct(bitsOf(f, a, d), bitsOf(f, b, d));
    case IR.select:
      return bitsOf(f, b, d) | bitsOf(f, f.c[v]!, d);
    case IR.clz:
    case IR.ctz:
    case IR.popcnt:
      return 127;
    case IR.vextractu:
      return f.aux[v] === SHAPE.i8x16 ? 0xff : f.aux[v] === SHAPE.i16x8 ? 0xffff : -1;
    case IR.vanytrue:
    case IR.valltrue:
      return 1;
    case IR.vbitmask:
      return (1 << LANE_COUNT[f.aux[v]!]!) - 1;
    case IR.extu:
    case IR.exts:
    case IR.sext32:
      return bitsOf(f, a, d);
    case IR.wrap:
      return ofLowWord(f, a, d);
    case IR.shl:
    case IR.shru:
    case IR.shrs:
    case IR.remu:
    case IR.divu:
      return f.op[b] === IR.const ? ofConstant(f, op, a, f.a[b]!, d) : -1;
    default:
      return -1;
  }
}

function ofLoad(f: Func, v: Value): number {
  const width = widthOf(f.aux[v]!);
  return width === WIDTH.u8 ? 0xff : width === WIDTH.u16 ? 0xffff : -1;
}

/**
 * Without a bit in common a sum is the union; else carries go up to one beyond the higher top bit.
 */
function ofSum(x: number, y: number): number {
  if ((x & y) === 0) return x | y;
  const most = (x >>> 0) + (y >>> 0);
  const top = most >= 2 ** 32 ? -1 : below(most | 0);
  return top & above(x | y);
}

function ofProduct(x: number, y: number): number {
  if (x === 0 || y === 0) return 0;
  const most = (x >>> 0) * (y >>> 0);
  const top = most >= 2 ** 32 ? -1 : below(most | 0);
  // The lowest bit of the product is that of one factor shifted by that of the other.
  const zeros = 31 - Math.clz32(x & -x) + 31 - Math.clz32(y & -y);
  return zeros > 31 ? 0 : top & (-1 << zeros);
}

/** With a constant `n` on the right; of i64 only what the low word decides. */
function ofConstant(f: Func, op: number, a: Value, n: number, depth: number): number {
  const isWide = f.ty[a] !== I32;
  if (isWide && (op !== IR.shl || (n & 32) !== 0)) return op === IR.shl ? 0 : -1;
  const bits = bitsOf(f, a, depth);
  switch (op) {
    case IR.shl:
      return bits << n;
    case IR.shru:
      return (bits >>> n) | 0;
    case IR.shrs:
      return bits >> n;
    case IR.remu:
      return n === 0 ? -1 : below(bits) & below((n - 1) | 0);
    default:
      return n === 0 ? -1 : below(((bits >>> 0) / (n >>> 0)) | 0);
  }
}

/** The low word of the i64 `v`: besides what bitsOf knows, what a long shift brings down. */
function ofLowWord(f: Func, v: Value, depth: number): number {
  const b = f.b[v]!;
  if (f.op[v] === IR.shru && f.ty[v] === I64 && f.op[b] === IR.const && (f.a[b]! & 63) >= 32) {
    return (-1 >>> (f.a[b]! & 31)) | 0;
  }
  return bitsOf(f, v, depth);
}
