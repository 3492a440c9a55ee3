// Makes the values of a function while it is built: folding (simplify.ts), global value numbering,
// elimination of redundant loads and trap checks (known.ts), address facts (facts.ts). In: one
// request per Wasm operator. Out: the id of a value, new or old.
//
// Pure values float, so one table serves the whole function: if two are equal, then wherever their
// operands are available so is the first. What may trap is shared only where the older one
// dominates.
//
// Memory and instance state carry a version per class (ir/ops.ts CLASS), renewed by whatever may
// change it; where ways with different versions meet, the version is new. Versions are never used
// twice, so an entry of `known` whose version is the present one is true wherever its block
// dominates.

import { GUARD_BELOW, Instance, MemoryObject } from "../abi.ts";
import type { Block, Func, Value } from "../ir/func.ts";
import { ACCESS_SIGNED, CLASS, FLAG, IR, OP_FLAGS, classOf, widthOf } from "../ir/ops.ts";
import { I32, I64, F32, F64, NONE, PTR, V128 } from "../ir/types.ts";
import type { Type } from "../ir/types.ts";
import { Dominators } from "./dominators.ts";
import { Facts } from "./facts.ts";
import { Known, bytesOf } from "./known.ts";
import { simplify } from "./simplify.ts";

/** What a loop may do, as the scan saw it: bits of `loopState`. */
export const LOOP = { stores: 1, calls: 2, grows: 4, globals: 8, tables: 16 } as const;

const CLASSES = 4;
const MIN_MASK = 2047;
/** Width and class of an access: what must agree for a load to read what another one did. */
const FORM = 127;
const TWO32 = 2 ** 32;
/** Where our own memory 0 keeps its size in the record. */
const OWN_BYTES = Instance.memory + MemoryObject.bytes;

export interface Options {
  /** Fold constant terms into address offsets; guard pages and cap must be as facts.ts wants. */
  readonly facts: boolean;
}

export class Values {
  readonly f: Func;
  readonly options: Options;
  /** Words of state that saveState and its like copy. */
  readonly stateSize = CLASSES;
  /** The block being built. */
  block: Block = 0;
  /** Byte offset of the operator being translated. */
  source = 0;

  /** Open addressing over the ids of values; only the first mask + 1 slots are in use. */
  private table = new Int32Array(MIN_MASK + 1);
  private mask = MIN_MASK;
  private used = 0;

  private readonly version = new Int32Array(CLASSES);
  private fresh = 1;
  private readonly tree = new Dominators();
  private readonly known: Known;
  private readonly facts: Facts;

  constructor(f: Func, options: Options) {
    this.f = f;
    this.options = options;
    this.known = new Known(f);
    this.facts = new Facts(f, this.tree, GUARD_BELOW);
  }

  /** Forgets the last function. */
  reset(): void {
    this.table.fill(0, 0, this.mask + 1);
    this.mask = MIN_MASK;
    this.used = 0;
    this.version.fill(0);
    this.fresh = 1;
    this.known.reset();
    this.facts.reset();
  }

  // Blocks and state ------------------------------------------------------------------------------

  /** Goes on in block `b`, whose immediate dominator is (at least) `idom`; 0 for the entry. */
  begin(b: Block, idom: Block): void {
    this.block = b;
    this.tree.add(b, idom);
  }

  /** True if block `b` dominates the current block. */
  dominates(b: Block): boolean {
    return this.tree.dominates(b, this.block);
  }

  /** The deepest block that dominates both of two blocks that were begun. */
  commonDominator(a: Block, b: Block): Block {
    return this.tree.common(a, b);
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

  /** A constant of any type by its words; both halves of a v128 have the same. */
  constant(ty: Type, lo: number, hi: number): Value {
    if (ty === V128) return this.vector(lo | 0, hi | 0, lo | 0, hi | 0);
    return this.number(IR.const, ty, 0, lo | 0, hi | 0, 0);
  }

  /** The v128 constant of these words: equal ones are one value, by their words in the pool. */
  vector(w0: number, w1: number, w2: number, w3: number): Value {
    const { f, table } = this;
    let at = this.hash(IR.const, V128, w3, w0, w1, w2);
    for (let v = table[at]!; v !== 0; v = table[at]!) {
      if (f.op[v] === IR.const && f.ty[v] === V128) {
        const { pool } = f;
        const k = f.a[v]!;
        const isLow = pool[k] === w0 && pool[k + 1] === w1;
        if (isLow && pool[k + 2] === w2 && pool[k + 3] === w3) return v;
      }
      at = (at + 1) & this.mask;
    }
    const words = f.words(4);
    f.pool[words] = w0;
    f.pool[words + 1] = w1;
    f.pool[words + 2] = w2;
    f.pool[words + 3] = w3;
    return this.enter(at, this.make(IR.const, V128, 0, words, 0, 0));
  }

  /** The zero of a type. */
  zero(ty: Type): Value {
    return this.constant(ty, 0, 0);
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

  /** A pure or trapping operator: simplified, then numbered; `aux` is the shape of vectors. */
  pure(op: number, ty: Type, a: number, b: number, c: number, aux = 0): Value {
    let x = a;
    let y = b;
    const flags = OP_FLAGS[op]!;
    if (flags & FLAG.commutes && this.f.op[x] === IR.const && this.f.op[y] !== IR.const) {
      x = b;
      y = a;
    }
    const simpler = simplify(this, op, ty, x, y, c, aux);
    if (simpler !== 0) return simpler;
    if (flags & FLAG.commutes && x > y && this.f.op[y] !== IR.const) {
      const t = x;
      x = y;
      y = t;
    }
    return this.number(op, ty, aux, x, y, c);
  }

  /** The value with these columns: the one there is, or a new one. Not for v128 constants. */
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
    return this.enter(at, this.make(op, ty, aux, a, b, c));
  }

  /** Puts a value into the free slot `at`. */
  private enter(at: number, v: Value): Value {
    this.table[at] = v;
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

  private hashOf(v: Value): number {
    const { f } = this;
    if (f.op[v] === IR.const && f.ty[v] === V128) {
      const { pool } = f;
      const k = f.a[v]!;
      return this.hash(IR.const, V128, pool[k + 3]!, pool[k]!, pool[k + 1]!, pool[k + 2]!);
    }
    return this.hash(f.op[v]!, f.ty[v]!, f.aux[v]!, f.a[v]!, f.b[v]!, f.c[v]!);
  }

  private rehash(): void {
    const old = this.table.slice(0, this.mask + 1);
    this.mask = old.length * 2 - 1;
    if (this.table.length <= this.mask) this.table = new Int32Array(this.mask + 1);
    const { table, mask } = this;
    table.fill(0, 0, mask + 1);
    for (let k = 0; k < old.length; k++) {
      const v = old[k]!;
      if (v === 0) continue;
      let at = this.hashOf(v);
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = v;
    }
  }

  // Memory and state ------------------------------------------------------------------------------

  /** A load of `aux` (ACCESS) at `address` + `offset` (u32). */
  load(ty: Type, address: Value, offset: number, aux: number): Value {
    const klass = classOf(aux);
    if (klass === CLASS.fixed) return this.number(IR.load, ty, aux, address, 0, offset | 0);
    const form = aux & FORM;
    const version = this.version[klass]!;
    const root = this.split(address, offset);
    const key = this.key;
    const slot = this.known.find(root, key, offset, form, ty, version);
    if (slot >= 0 && this.dominates(this.known.blockAt(slot))) return this.known.valueAt(slot);
    const at = this.locate(address, offset, bytesOf(aux, ty));
    const v = this.make(IR.load, ty, aux | this.sign, at, version, this.offset | 0);
    this.noteFold(v, at, address, offset);
    this.known.learn(root, key, offset, form, version, v, this.block);
    return v;
  }

  /** A store of `aux` (ACCESS) of `value` at `address` + `offset` (u32). */
  store(address: Value, value: Value, offset: number, aux: number): void {
    const klass = classOf(aux);
    const form = aux & FORM;
    const root = this.split(address, offset);
    const key = this.key;
    const bytes = bytesOf(aux, this.f.ty[value]!);
    const at = this.locate(address, offset, bytes);
    const i = this.make(IR.store, NONE, aux | this.sign, at, value, this.offset | 0);
    this.noteFold(i, at, address, offset);
    const last = this.version[klass]!;
    const next = this.fresh++;
    this.version[klass] = next;
    this.known.carryOver(root, key, bytes, form, last, next);
    if (widthOf(aux) === 0) this.known.learn(root, key, offset, form, next, value, this.block);
  }

  /** Lets tidy have the program's own address back; constants are never needed in a register. */
  private noteFold(i: Value, at: Value, address: Value, offset: number): void {
    const { f } = this;
    if (at !== address && f.op[address] !== IR.const) f.addFold(i, address, offset | 0);
  }

  // What `split` and `locate` return besides their value.
  private key = 0;
  private offset = 0;
  private sign = 0;

  /** The root of an address, and in `key` the offset from it (known.ts). */
  private split(address: Value, offset: number): Value {
    this.key = offset | 0;
    if (this.f.ty[address] !== I32) return address;
    this.facts.split(address);
    this.key = (this.facts.constant + offset) | 0;
    return this.facts.root;
  }

  /** The address to use, after `split`; its offset is left in `offset`, ACCESS_SIGNED in `sign`. */
  private locate(address: Value, offset: number, bytes: number): Value {
    const { f, facts } = this;
    this.offset = offset;
    this.sign = 0;
    if (f.ty[address] !== I32) return address;
    if (f.op[address] === IR.const) {
      const whole = (f.a[address]! >>> 0) + offset;
      if (whole >= TWO32) return address;
      this.offset = whole;
      return this.i32(0);
    }
    if (this.options.facts) facts.access(address, offset, bytes, this.block);
    else facts.locate(address, offset, this.block);
    this.offset = facts.offset;
    if (facts.offset < 0) this.sign = ACCESS_SIGNED;
    return facts.address;
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
    const rest = this.checkBounds(condition);
    if (rest !== 0) this.number(IR.trapif, NONE, 0, rest, code, 0);
  }

  /**
   * If `condition` is an explicit bounds check (translate/state.ts), x + reach > size: 0 if it is
   * redundant, else the condition to test in its place.
   */
  private checkBounds(condition: Value): Value {
    const { f, facts } = this;
    const op = f.op[condition]!;
    const a = f.a[condition]!;
    const b = f.b[condition]!;
    if (op === IR.ltu && f.op[b] === IR.const && this.isSize(a)) {
      const reach = f.b[b]! * TWO32 + (f.a[b]! >>> 0);
      return facts.check(this.i32(0), reach, this.memoryOf(a), this.block) ? 0 : condition;
    }
    if (op !== IR.gtu || f.op[a] !== IR.add || f.op[f.a[a]!] !== IR.extu) return condition;
    if (!this.isSize(b) || f.op[f.b[a]!] !== IR.const) return condition;
    const x = f.a[f.a[a]!]!;
    const reach = f.b[f.b[a]!]! * TWO32 + (f.a[f.b[a]!]! >>> 0);
    if (facts.check(x, reach, this.memoryOf(b), this.block)) return 0;
    if (facts.address === x) return condition;
    const wide = this.i64(facts.offset | 0, Math.floor(facts.offset / TWO32));
    const end = this.binary(IR.add, I64, this.unary(IR.extu, I64, facts.address), wide);
    return this.binary(IR.gtu, I32, end, b);
  }

  private isSize(v: Value): boolean {
    const { f } = this;
    return f.op[v] === IR.load && f.ty[v] === I64 && classOf(f.aux[v]!) === CLASS.size;
  }

  /** Which memory a load of a size is about, as a number: 0 is our own memory 0. */
  private memoryOf(size: Value): number {
    const { f } = this;
    if (f.op[f.a[size]!] !== IR.inst) return f.a[size]!;
    return f.c[size] === OWN_BYTES ? 0 : -f.c[size]!;
  }

  /** Traps unless `ref` is a FuncRef whose signature id is `sig`. */
  sigCheck(ref: Value, sig: number): void {
    this.number(IR.sigcheck, NONE, 0, ref, sig, 0);
  }
}
