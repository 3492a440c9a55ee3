// Forms of single lanes and of shuffles. A lane moves between vector registers without a detour
// through the general ones where both ends are vectors or memory.

import type { Func, Value } from "../../src/ir/func.ts";
import { IR, SHAPE, WIDTH_BYTES, widthOf } from "../../src/ir/ops.ts";
import { TYPE_SIZE, V128, isFloat } from "../../src/ir/types.ts";
import { CLASS } from "../lir.ts";
import type { Vreg } from "../lir.ts";
import type { Lowering } from "../lower.ts";
import { LANE_BYTES } from "./direct.ts";
import { INST } from "./insts.ts";
import type { Arm64Records } from "./record.ts";
import { find, found, isBlend, isIdentity } from "./shuffle.ts";
import type { Mask } from "./shuffle.ts";
import type { VectorMaker } from "./vector.ts";

export class Lanes {
  f!: Func;
  private readonly r: Arm64Records;
  private readonly l: Lowering;
  private readonly v: VectorMaker;
  private readonly mask: Mask = new Uint8Array(16);
  private readonly bytes: Mask = new Uint8Array(16);

  constructor(r: Arm64Records, v: VectorMaker) {
    this.r = r;
    this.l = r.l;
    this.v = v;
  }

  private bytesOf(i: Value): number {
    return LANE_BYTES[this.f.aux[i]!]!;
  }

  // Questions -------------------------------------------------------------------------------------

  /** Load `m` reads as many bytes as a lane of `i` has. */
  readsLane(i: Value, m: Value): boolean {
    const { f } = this;
    return (WIDTH_BYTES[widthOf(f.aux[m]!)]! || TYPE_SIZE[f.ty[m]!]!) === this.bytesOf(i);
  }

  /** Store `w` writes as many bytes as lane `e` has. */
  writesLane(w: Value, e: Value): boolean {
    return this.r.bytesOf(w) === this.bytesOf(e);
  }

  // One lane --------------------------------------------------------------------------------------

  splat(i: Value, x: Value): void {
    const size = this.bytesOf(i);
    const op = isFloat(this.f.ty[x]!) ? INST.vdupf : INST.vdupr;
    this.v.one(this.l.def(i), op, size, this.scalar(x, size));
  }

  /** A lane's value by itself. */
  private scalar(x: Value, size: number): Vreg {
    return isFloat(this.f.ty[x]!) || size === 8 ? this.l.reg(x) : this.l.low(x);
  }

  /** The loaded lane everywhere. */
  splatMem(i: Value, m: Value): void {
    this.r.start(i);
    this.r.give(this.l.def(i));
    this.r.access(m);
    this.r.done(INST.vld1r, this.bytesOf(i));
  }

  /** Lane `e` of x everywhere. */
  splatLane(i: Value, e: Value, x: Value): void {
    const lane = this.f.b[e]!;
    this.v.oneImm(this.l.def(i), INST.vdup, this.bytesOf(e), this.l.reg(x), lane);
  }

  extract(i: Value, x: Value): void {
    const { f } = this;
    const size = this.bytesOf(i);
    const a = this.l.reg(x);
    const d = this.l.def(i);
    const lane = f.b[i]!;
    if (f.aux[i]! >= SHAPE.f32x4) this.v.crossLane(d, CLASS.float, INST.vmov, size, a, lane);
    else if (size === 8) this.v.crossLane(d, CLASS.int, INST.vumov64, size, a, lane);
    else {
      const isSigned = f.op[i] === IR.vextracts && size < 4;
      this.v.crossLane(d, CLASS.int, isSigned ? INST.vsmov : INST.vumov, size, a, lane);
    }
  }

  replace(i: Value, x: Value, y: Value): void {
    const size = this.bytesOf(i);
    const into = this.l.reg(x);
    const op = isFloat(this.f.ty[y]!) ? INST.vinsf : INST.vinsr;
    this.v.twoImm(this.l.def(i), op, size, into, this.scalar(y, size), this.f.c[i]!);
  }

  replaceMem(i: Value, x: Value, m: Value): void {
    const size = this.bytesOf(i);
    const into = this.l.reg(x);
    this.v.twoImm(this.l.def(i), INST.vinsf, size, into, this.v.load(m, size), this.f.c[i]!);
  }

  /** Lane `e` of y into x. */
  replaceLane(i: Value, x: Value, e: Value, y: Value): void {
    const { f } = this;
    const into = this.l.reg(x);
    const size = this.bytesOf(e);
    this.v.insert(this.l.def(i), size, into, f.c[i]!, this.l.reg(y), f.b[e]!);
  }

  /** Stores lane `e` of x. */
  storeLane(i: Value, e: Value, x: Value): void {
    const size = this.bytesOf(e);
    const lane = this.f.b[e]!;
    const a = this.l.reg(x);
    const b = lane === 0 ? a : this.v.crossLane(0, CLASS.float, INST.vmov, size, a, lane);
    this.r.start(i);
    this.r.give(b);
    this.r.access(i);
    this.r.done(INST.fstr, size);
  }

  // Shuffles --------------------------------------------------------------------------------------

  shuffle(i: Value, x: Value, y: Value, c: Value): void {
    const { f, mask } = this;
    const at = f.a[c]!;
    let sides = 0;
    for (let k = 0; k < 16; k++) {
      const n = (f.pool[at + (k >> 2)]! >>> (8 * (k & 3))) & 31;
      mask[k] = n;
      sides |= n < 16 ? 1 : 2;
    }
    if (x === y || sides !== 3) {
      for (let k = 0; k < 16; k++) mask[k]! &= 15;
      this.shuffleOne(i, this.l.reg(sides === 2 ? y : x));
    } else if (!this.extends(i, x, y)) {
      this.shuffleTwo(i, x, y);
    }
  }

  private shuffleOne(i: Value, a: Vreg): void {
    const { mask, v } = this;
    const d = this.l.def(i);
    if (isIdentity(mask)) v.two(d, INST.vorr, 1, a, a);
    else if (find(mask, 1)) this.emit(d, a, a);
    else v.two(d, INST.vtbl, 1, a, v.bytes(mask));
  }

  private shuffleTwo(i: Value, x: Value, y: Value): void {
    const { mask, v } = this;
    const a = this.l.reg(x);
    const d = this.l.def(i);
    if (this.isZero(y) && !find(mask, 2)) {
      v.two(d, INST.vtbl, 1, a, v.bytes(mask)); // numbers from 16 on give 0
      return;
    }
    const b = this.l.reg(y);
    if (find(mask, 2)) this.emit(d, a, b);
    else if (isBlend(mask)) this.blend(d, a, b);
    else {
      // Bytes of x, zeros where those of y come in; tbx keeps what has no number below 16.
      const low = v.two(0, INST.vtbl, 1, a, v.bytes(mask));
      for (let k = 0; k < 16; k++) mask[k]! ^= 16;
      v.three(d, INST.vtbx, 1, low, b, v.bytes(mask));
    }
  }

  private blend(d: Vreg, a: Vreg, b: Vreg): void {
    const { bytes, mask, v } = this;
    for (let k = 0; k < 16; k++) bytes[k] = mask[k]! < 16 ? 255 : 0;
    v.three(d, INST.vbsl, 1, v.bytes(bytes), a, b);
  }

  /** The instruction that was found. */
  private emit(d: Vreg, a: Vreg, b: Vreg): void {
    const { v } = this;
    const { op, size, n, from, isTurned } = found;
    const x = isTurned ? b : a;
    const y = isTurned ? a : b;
    if (op === INST.vdup) v.oneImm(d, op, size, x, n);
    else if (op === INST.vrev64 || op === INST.vrev32 || op === INST.vrev16) v.one(d, op, size, x);
    else if (op === INST.vext) v.twoImm(d, op, size, x, y, n);
    else if (op === INST.vins) {
      const count = 16 / size;
      v.insert(d, size, x, n, from < count ? a : b, from % count);
    } else v.two(d, op, size, x, y);
  }

  private isZero(v: Value): boolean {
    const { f } = this;
    if (f.op[v] !== IR.const || f.ty[v] !== V128) return false;
    const at = f.a[v]!;
    return (f.pool[at]! | f.pool[at + 1]! | f.pool[at + 2]! | f.pool[at + 3]!) === 0;
  }

  /** Lanes of one half between zeros: extended without a sign. */
  private extends(i: Value, x: Value, y: Value): boolean {
    if (!this.isZero(y) || !find(this.mask, 2) || found.isTurned || found.size === 8) return false;
    const { op, size } = found;
    if (op !== INST.vzip1 && op !== INST.vzip2) return false;
    const to = op === INST.vzip1 ? INST.vuxtl : INST.vuxtl2;
    this.v.one(this.l.def(i), to, size, this.l.reg(x));
    return true;
  }
}
