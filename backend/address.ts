// Addresses of loads and stores as base + index << scale + displacement, R as the base where the
// address is relative to memory 0 or to the instance record. In: a load or store. Out: the fields
// of Address; a target's record.ts makes a mode byte, address operands and displacement of them,
// by what its instructions can add up themselves.
//
// Laws
// 1. The machine adds in 64 bits. An i32 address is R + the zero-extended value + the offset; i32
//    arithmetic wraps at 2^32, so nothing of it is taken apart unless `maxOf` proves that it does
//    not wrap (CVE-2026-34971 and CVE-2023-26489 were folds across that width change).
// 2. 64-bit arithmetic (ptr, i64, ref) wraps as the machine's does: constants, sums and shifts up
//    to 3 fold as long as the displacement fits 32 bits signed.
// 3. An offset from 2^31 up does not fit a displacement and is returned to be added in a register.
// 4. `inst` is R - distance; loads of instance state are [R + constant].
//
// What is folded into an address is computed again for each use of it, so a sum with further users
// is taken apart only where that saves its register: constants always, other sums if few use them.

import type { Func, Value } from "../src/ir/func.ts";
import { ACCESS_GUARD, IR, WIDTH, offsetOf, widthOf } from "../src/ir/ops.ts";
import { LANE_COUNT } from "../src/ir/shapes.ts";
import { I32, isInt } from "../src/ir/types.ts";
import { MODE, MODE_ACCESS } from "./lir.ts";
import type { Lowering } from "./lower.ts";

const TWO32 = 2 ** 32;
/** How deep sums and bounds are looked into. */
const DEPTH = 4;

/** An upper bound of an i32 taken as unsigned. */
export function maxOf(f: Func, v: Value, depth = DEPTH): number {
  const op = f.op[v]!;
  const a = f.a[v]!;
  const b = f.b[v]!;
  if (op === IR.const) return a >>> 0;
  if (op >= IR.eq && op <= IR.fge) return 1;
  if (op === IR.load) return maxOfLoad(f, v);
  if (depth === 0) return TWO32 - 1;
  const isConst = f.op[b] === IR.const;
  const n = isConst ? f.a[b]! >>> 0 : 0;
  switch (op) {
    case IR.and:
      return Math.min(maxOf(f, a, depth - 1), maxOf(f, b, depth - 1));
    case IR.shru:
      return isConst ? Math.floor(maxOf(f, a, depth - 1) / 2 ** (n & 31)) : maxOf(f, a, depth - 1);
    case IR.shl: {
      const m = maxOf(f, a, depth - 1) * 2 ** (n & 31);
      return isConst && m < TWO32 ? m : TWO32 - 1;
    }
    case IR.add: {
      const m = maxOf(f, a, depth - 1) + maxOf(f, b, depth - 1);
      return m < TWO32 ? m : TWO32 - 1;
    }
    case IR.remu:
      return isConst && n > 0 ? n - 1 : TWO32 - 1;
    case IR.select:
      return Math.max(maxOf(f, b, depth - 1), maxOf(f, f.c[v]!, depth - 1));
    case IR.clz:
    case IR.ctz:
    case IR.popcnt:
      return 32;
    case IR.vanytrue:
    case IR.valltrue:
      return 1;
    case IR.vbitmask:
      return 2 ** LANE_COUNT[f.aux[v]!]! - 1;
    case IR.vextractu:
      return 2 ** (128 / LANE_COUNT[f.aux[v]!]!) - 1;
    default:
      return TWO32 - 1;
  }
}

function maxOfLoad(f: Func, v: Value): number {
  const width = widthOf(f.aux[v]!);
  return width === WIDTH.u8 ? 0xff : width === WIDTH.u16 ? 0xffff : TWO32 - 1;
}

export class Address {
  /** MODE of the record, without scale and site bits. */
  mode = 0;
  scale = 0;
  disp = 0;
  base: Value = 0;
  index: Value = 0;
  /** The index is index >>> shift, and of that the low byte if `isByte`; 0 = as it is. */
  shift = 0;
  isByte = false;

  distance = 0;

  private readonly l: Lowering;
  private f!: Func;
  private hasR = false;

  constructor(l: Lowering) {
    this.l = l;
  }

  begin(distance: number): void {
    this.f = this.l.f;
    this.distance = distance;
  }

  /** Clears all fields. */
  reset(): void {
    this.mode = this.scale = this.disp = this.base = this.index = 0;
    this.shift = 0;
    this.isByte = this.hasR = false;
  }

  /**
   * Finds the address of load or store `i`. Returns the constant that still has to be added in a
   * register (low word of a 33-bit number, `high` its top), 0 mostly.
   */
  match(i: Value): number {
    const { f } = this;
    this.reset();
    const a = f.a[i]!;
    const offset = offsetOf(f.aux[i]!, f.c[i]!);
    this.hasR = f.ty[a] === I32;
    const isSmall = offset < 2 ** 31;
    if (isSmall) this.disp = offset;
    if (f.ty[a] === I32) this.narrow(a, DEPTH);
    else if (!this.wide(a, DEPTH)) this.leaf(a);
    this.finish();
    return isSmall ? 0 : offset;
  }

  /** The mode byte of a record that makes access `i`. */
  modeByte(i: Value): number {
    const site = this.f.aux[i]! & ACCESS_GUARD ? MODE_ACCESS : 0;
    return this.mode | (this.scale << 3) | site;
  }

  /** True if the 64-bit value `v` is a sum relative to R, so that one `lea` computes it. */
  isRecordSum(v: Value): boolean {
    const { f } = this;
    this.reset();
    const found =
      f.op[v] === IR.add
        ? this.wide(f.b[v]!, DEPTH) && this.wide(f.a[v]!, DEPTH)
        : this.wide(v, DEPTH);
    this.finish();
    return found && this.hasR;
  }

  private finish(): void {
    if (this.hasR) this.mode = this.index === 0 ? MODE.r : MODE.rIndex;
    else this.mode = this.index === 0 ? MODE.base : MODE.indexed;
  }

  private fits(n: number): boolean {
    const sum = this.disp + n;
    return sum >= -(2 ** 31) && sum < 2 ** 31;
  }

  // Every function below adds a value to the address or leaves it as it was and returns false.

  /** An i32 that stands zero-extended; always succeeds where there is room for an index. */
  private narrow(v: Value, depth: number): boolean {
    const { f } = this;
    const op = f.op[v]!;
    if (op === IR.const && this.fits(f.a[v]! >>> 0)) {
      this.disp += f.a[v]! >>> 0;
      return true;
    }
    if (depth > 0 && f.op[f.b[v]!] === IR.const) {
      const n = f.a[f.b[v]!]! >>> 0;
      if (op === IR.shl && this.narrowShift(v, n & 31)) return true;
      if (op === IR.and && this.narrowField(v, n)) return true;
      if (op === IR.add && maxOf(f, f.a[v]!) + n < TWO32 && this.fits(n)) {
        if (!this.narrow(f.a[v]!, depth - 1)) return false;
        this.disp += n;
        return true;
      }
    }
    return this.leaf(v);
  }

  private narrowShift(v: Value, n: number): boolean {
    const { f } = this;
    const x = f.a[v]!;
    if (n > 3 || this.index !== 0 || !this.l.mayRepeat(v)) return false;
    if (maxOf(f, x) * 2 ** n >= TWO32) return false;
    this.index = x;
    this.scale = n;
    return true;
  }

  /**
   * (x >>> s) & mask, where the mask begins at bit 1 to 3, is a field of x times 2, 4 or 8: the
   * address scales it, and a mask of all that is left, or of a byte, costs less or nothing.
   */
  private narrowField(v: Value, mask: number): boolean {
    const { f, l } = this;
    const s = f.a[v]!;
    const low = 31 - Math.clz32(mask & -mask);
    if (f.op[s] !== IR.shru || f.op[f.b[s]!] !== IR.const || low < 1 || low > 3) return false;
    const shift = (f.a[f.b[s]!]! & 31) + low;
    if (shift > 31 || this.index !== 0 || l.uses[v] !== 1 || l.uses[s] !== 1) return false;
    if (!l.isHere(v) || !l.isHere(s)) return false;
    const all = -1 >>> shift;
    this.isByte = mask >>> low === 0xff;
    if (((mask >>> low) & all) >>> 0 === all) this.isByte = false;
    else if (!this.isByte) return false;
    this.index = f.a[s]!;
    this.scale = low;
    this.shift = shift;
    return true;
  }

  /** A 64-bit value. */
  private wide(v: Value, depth: number): boolean {
    const { f } = this;
    switch (f.op[v]) {
      case IR.extu:
        return this.narrow(f.a[v]!, depth);
      case IR.const:
        return this.constant(v);
      case IR.inst:
        return this.fits(-this.distance) && this.pinned(-this.distance);
      case IR.membase:
        return this.pinned(0);
      case IR.shl:
        if (depth > 0 && this.scaled(v)) return true;
        break;
      case IR.add:
        if (depth > 0 && this.sum(v, depth - 1)) return true;
        break;
      default:
    }
    return this.leaf(v);
  }

  private constant(v: Value): boolean {
    const { f } = this;
    const n = f.b[v]! * TWO32 + (f.a[v]! >>> 0);
    if (!isInt(f.ty[v]!) || !this.fits(n)) return this.leaf(v);
    this.disp += n;
    return true;
  }

  private pinned(disp: number): boolean {
    if (this.hasR) return false;
    if (this.base !== 0) {
      if (this.index !== 0) return false;
      this.index = this.base;
      this.base = 0;
    }
    this.hasR = true;
    this.disp += disp;
    return true;
  }

  private scaled(v: Value): boolean {
    const { f } = this;
    const b = f.b[v]!;
    if (f.op[b] !== IR.const || this.index !== 0 || !this.l.mayRepeat(v)) return false;
    const n = f.a[b]! & 63;
    if (n > 3) return false;
    const x = f.a[v]!;
    this.index = f.op[x] === IR.extu ? f.a[x]! : x;
    this.scale = n;
    return true;
  }

  private sum(v: Value, depth: number): boolean {
    const { f, hasR, base, index, scale, disp, shift, isByte } = this;
    const b = f.b[v]!;
    if (f.op[b] !== IR.const && f.op[f.a[v]!] !== IR.inst && !this.l.mayRepeat(v)) return false;
    if (this.wide(b, depth) && this.wide(f.a[v]!, depth)) return true;
    this.hasR = hasR;
    this.base = base;
    this.index = index;
    this.scale = scale;
    this.disp = disp;
    this.shift = shift;
    this.isByte = isByte;
    return false;
  }

  private leaf(v: Value): boolean {
    if (!this.hasR && this.base === 0) this.base = v;
    else if (this.index === 0) this.index = v;
    else return false;
    return true;
  }
}
