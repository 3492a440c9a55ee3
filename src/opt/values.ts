// Makes the values of a function while it is built: folding (simplify.ts), global value numbering, and
// elimination of redundant loads, trap checks and stores' reloads. In: one request per Wasm operator.
// Out: the id of a value, new or old.
//
// Pure values float, so one table serves the whole function: if two are equal, then wherever their
// operands are available so is the first. What may trap is shared only where the older one dominates.
// Dominance is a path: `path` holds the dominators of the current block, innermost last.
//
// Memory and instance state carry a version per class (ir/ops.ts CLASS), renewed by whatever may change
// it. `known` is a small direct-mapped table of contents: "at (address, offset), in this version, lies
// this value". A store renews its class but carries over what it cannot touch: entries of the same
// address value whose bytes are disjoint, and globals of other slots.

import type { Func, Value } from "../ir/func.ts";
import { CLASS, FLAG, IR, OP_FLAGS, WIDTH_BYTES, classOf, widthOf } from "../ir/ops.ts";
import { F32, F64, I32, I64, NONE, PTR, TYPE_SIZE } from "../ir/types.ts";
import type { Type } from "../ir/types.ts";
import { simplify } from "./simplify.ts";

/** What a loop may do, as the scan saw it: bits of `loopState`. */
export const LOOP = { stores: 1, calls: 2, grows: 4, globals: 8, tables: 16 } as const;

const CLASSES = 4;
const KNOWN = 64;

export interface Options {
  /** Fold negative offsets into addresses (facts.ts). */
  readonly facts: boolean;
}

export class Values {
  readonly f: Func;
  readonly options: Options;
  /** Words of state that saveState and its like copy. */
  readonly stateSize = CLASSES;
  /** The block being built. */
  block = 0;
  /** Byte offset of the operator being translated. */
  source = 0;

  private table = new Int32Array(2048);
  private mask = 2047;
  private used = 0;

  private path = new Int32Array(64);
  private pathLength = 0;
  private pathIndex = new Int32Array(64);

  private version = new Int32Array(CLASSES);
  private fresh = 1;

  private knownAddress = new Int32Array(KNOWN);
  private knownOffset = new Int32Array(KNOWN);
  private knownAux = new Int32Array(KNOWN);
  private knownType = new Uint8Array(KNOWN);
  private knownVersion = new Int32Array(KNOWN);
  private knownValue = new Int32Array(KNOWN);
  private knownBlock = new Int32Array(KNOWN);

  constructor(f: Func, options: Options) {
    this.f = f;
    this.options = options;
  }

  /** Forgets the last function. */
  reset(): void {
    this.table.fill(0);
    this.used = 0;
    this.pathLength = 0;
    this.version.fill(0);
    this.fresh = 1;
    this.knownAddress.fill(0);
  }

  // Blocks and state ------------------------------------------------------------------------------

  /** Goes on in block `b`, whose immediate dominator is (at least) `idom`; 0 for the entry. */
  begin(b: number, idom: number): void {
    this.block = b;
    if (b >= this.pathIndex.length) {
      const wide = new Int32Array(b * 2);
      wide.set(this.pathIndex);
      this.pathIndex = wide;
    }
    this.pathLength = idom === 0 ? 0 : this.pathIndex[idom]! + 1;
    if (this.pathLength === this.path.length) {
      const wide = new Int32Array(this.path.length * 2);
      wide.set(this.path);
      this.path = wide;
    }
    this.pathIndex[b] = this.pathLength;
    this.path[this.pathLength++] = b;
  }

  /** True if block `b` dominates the current block. */
  dominates(b: number): boolean {
    const at = this.pathIndex[b]!;
    return at < this.pathLength && this.path[at] === b;
  }

  saveState(into: Int32Array): void {
    for (let k = 0; k < CLASSES; k++) into[k] = this.version[k]!;
  }

  /** Merges the current state into that of a label: what differs becomes new. */
  mergeState(into: Int32Array): void {
    for (let k = 0; k < CLASSES; k++) {
      if (into[k] !== this.version[k]) into[k] = this.fresh++;
    }
  }

  loadState(from: Int32Array): void {
    for (let k = 0; k < CLASSES; k++) this.version[k] = from[k]!;
  }

  /** Enters a loop that does `flags` (LOOP). */
  loopState(flags: number): void {
    if (flags & LOOP.calls) return this.clobber();
    if (flags & LOOP.stores) this.version[CLASS.memory] = this.fresh++;
    if (flags & LOOP.globals) this.version[CLASS.global] = this.fresh++;
    if (flags & LOOP.tables) this.version[CLASS.table] = this.fresh++;
    if (flags & LOOP.grows) this.version[CLASS.size] = this.fresh++;
  }

  /** Something unknown runs: every class is new. */
  private clobber(): void {
    for (let k = 0; k < CLASSES; k++) this.version[k] = this.fresh++;
  }

  // Constants -------------------------------------------------------------------------------------

  i32(value: number): Value {
    return this.number(IR.const, I32, 0, value | 0, 0, 0);
  }

  i64(lo: number, hi: number): Value {
    return this.number(IR.const, I64, 0, lo | 0, hi | 0, 0);
  }

  /** `bits` of the f32. */
  f32(bits: number): Value {
    return this.number(IR.const, F32, 0, bits, 0, 0);
  }

  f64(lo: number, hi: number): Value {
    return this.number(IR.const, F64, 0, lo, hi, 0);
  }

  /** A constant of any 32- or 64-bit type by its words. */
  constant(ty: Type, lo: number, hi: number): Value {
    return this.number(IR.const, ty, 0, lo | 0, hi | 0, 0);
  }

  /** The zero of a type. */
  zero(ty: Type): Value {
    if (TYPE_SIZE[ty]! <= 8) return this.constant(ty, 0, 0);
    const at = this.f.words(4);
    this.f.pool.fill(0, at, at + 4);
    return this.f.inst(IR.const, ty, at, 0, 0, this.block);
  }

  isConst(v: Value): boolean {
    return this.f.op[v] === IR.const;
  }

  // Pure values -----------------------------------------------------------------------------------

  inst(): Value {
    return this.number(IR.inst, PTR, 0, 0, 0, 0);
  }

  unary(op: number, ty: Type, a: Value): Value {
    return this.pure(op, ty, a, 0, 0);
  }

  binary(op: number, ty: Type, a: Value, b: Value): Value {
    return this.pure(op, ty, a, b, 0);
  }

  select(condition: Value, a: Value, b: Value): Value {
    if (a === b) return a;
    return this.pure(IR.select, this.f.ty[a]!, condition, a, b);
  }

  /** i32 1 if `a` is zero, else 0. */
  isZero(a: Value): Value {
    return this.pure(IR.eq, I32, a, this.constant(this.f.ty[a]!, 0, 0), 0);
  }

  /** Result `index` (>= 1) of a call. */
  result(ty: Type, call: Value, index: number): Value {
    return this.f.inst(IR.result, ty, call, index, 0, this.block);
  }

  /** A pure or trapping operator: simplified, then numbered. */
  pure(op: number, ty: Type, a: number, b: number, c: number): Value {
    let x = a;
    let y = b;
    const flags = OP_FLAGS[op]!;
    if (flags & FLAG.commutes && this.f.op[x] === IR.const && this.f.op[y] !== IR.const) {
      x = b;
      y = a;
    }
    const simpler = simplify(this, op, ty, x, y, c);
    if (simpler !== 0) return simpler;
    if (flags & FLAG.commutes && x > y && this.f.op[y] !== IR.const) {
      const t = x;
      x = y;
      y = t;
    }
    return this.number(op, ty, 0, x, y, c);
  }

  /** The value with these columns: the one there is, or a new one. */
  number(op: number, ty: Type, aux: number, a: number, b: number, c: number): Value {
    const { f, table } = this;
    let at = this.hash(op, ty, aux, a, b, c);
    for (let v = table[at]!; v !== 0; v = table[at]!) {
      if (
        f.op[v] === op &&
        f.a[v] === a &&
        f.b[v] === b &&
        f.c[v] === c &&
        f.ty[v] === ty &&
        f.aux[v] === aux
      ) {
        if (!f.isPinned(v) || this.dominates(f.block[v]!)) return v;
        table[at] = this.make(op, ty, aux, a, b, c);
        return table[at]!;
      }
      at = (at + 1) & this.mask;
    }
    const v = this.make(op, ty, aux, a, b, c);
    table[at] = v;
    if (++this.used * 2 > this.mask) this.rehash();
    return v;
  }

  private make(op: number, ty: Type, aux: number, a: number, b: number, c: number): Value {
    const v = this.f.inst(op, ty, a, b, c, this.block);
    this.f.aux[v] = aux;
    this.f.source[v] = this.source;
    return v;
  }

  private hash(op: number, ty: Type, aux: number, a: number, b: number, c: number): number {
    let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c + aux, 0xc2b2ae3d);
    h = Math.imul(h ^ (h >>> 15) ^ (op << 8) ^ ty, 0x27d4eb2f);
    return (h ^ (h >>> 13)) & this.mask;
  }

  private rehash(): void {
    const { f } = this;
    const old = this.table;
    this.table = new Int32Array(old.length * 2);
    this.mask = this.table.length - 1;
    for (let k = 0; k < old.length; k++) {
      const v = old[k]!;
      if (v === 0) continue;
      let at = this.hash(f.op[v]!, f.ty[v]!, f.aux[v]!, f.a[v]!, f.b[v]!, f.c[v]!);
      while (this.table[at] !== 0) at = (at + 1) & this.mask;
      this.table[at] = v;
    }
  }

  // Memory and state ------------------------------------------------------------------------------

  /** A load of `aux` (ACCESS) at `address` + `offset` (u32). */
  load(ty: Type, address: Value, offset: number, aux: number): Value {
    const klass = classOf(aux);
    if (klass === CLASS.fixed) return this.number(IR.load, ty, aux, address, 0, offset | 0);
    const at = this.slot(address, offset);
    if (this.isKnown(at, address, offset, klass) && this.knownType[at] === ty) {
      const v = this.knownValue[at]!;
      if (this.knownAux[at] === aux && this.dominates(this.knownBlock[at]!)) return v;
    }
    const v = this.make(IR.load, ty, aux, address, this.version[klass]!, offset | 0);
    this.learn(at, address, offset, aux, ty, v);
    return v;
  }

  store(address: Value, value: Value, offset: number, aux: number): void {
    const { f } = this;
    const klass = classOf(aux);
    this.make(IR.store, NONE, aux, address, value, offset | 0);
    const old = this.version[klass]!;
    const now = this.fresh++;
    this.version[klass] = now;
    const size = WIDTH_BYTES[widthOf(aux)]! || TYPE_SIZE[f.ty[value]!]!;
    this.carryOver(klass, address, offset, size, old, now);
    if (widthOf(aux) === 0) {
      const ty = f.ty[value]!;
      this.learn(this.slot(address, offset), address, offset, aux, ty, value);
    }
  }

  private slot(address: Value, offset: number): number {
    return (Math.imul(address, 0x9e3779b1) + Math.imul(offset, 0x85ebca77)) >>> 26;
  }

  private isKnown(at: number, address: Value, offset: number, klass: number): boolean {
    return (
      this.knownAddress[at] === address &&
      this.knownOffset[at] === (offset | 0) &&
      this.knownVersion[at] === this.version[klass] &&
      classOf(this.knownAux[at]!) === klass
    );
  }

  private learn(
    at: number,
    address: Value,
    offset: number,
    aux: number,
    ty: Type,
    value: Value,
  ): void {
    this.knownAddress[at] = address;
    this.knownOffset[at] = offset | 0;
    this.knownAux[at] = aux;
    this.knownType[at] = ty;
    this.knownVersion[at] = this.version[classOf(aux)]!;
    this.knownValue[at] = value;
    this.knownBlock[at] = this.block;
  }

  /** After a store: entries of its class that it cannot have changed stay known. */
  private carryOver(
    klass: number,
    address: Value,
    offset: number,
    size: number,
    old: number,
    now: number,
  ): void {
    for (let k = 0; k < KNOWN; k++) {
      if (this.knownVersion[k] !== old || this.knownAddress[k] !== address) continue;
      const aux = this.knownAux[k]!;
      if (classOf(aux) !== klass) continue;
      const start = this.knownOffset[k]! >>> 0;
      const bytes = WIDTH_BYTES[widthOf(aux)]! || TYPE_SIZE[this.knownType[k]!]!;
      const from = offset >>> 0;
      if (start + bytes <= from || from + size <= start) this.knownVersion[k] = now;
    }
  }

  /** A call of any kind: `a`, `list` and `c` are the columns (ir/ops.ts). */
  call(op: number, ty: Type, a: number, list: number, c: number): Value {
    const v = this.make(op, ty, 0, a, list, c);
    this.clobber();
    return v;
  }

  /** Traps with `code` if `condition` (i32) is not zero. */
  trapIf(condition: Value, code: number): void {
    const { f } = this;
    if (f.op[condition] === IR.const && f.a[condition] === 0) return;
    this.number(IR.trapif, NONE, 0, condition, code, 0);
  }

  /** Traps unless `ref` is a FuncRef whose signature id is `sig`. */
  sigCheck(ref: Value, sig: number): void {
    this.number(IR.sigcheck, NONE, 0, ref, sig, 0);
  }
}
