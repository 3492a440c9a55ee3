// Records of packed instructions: the next step up from record.ts for what takes several of them.
// Every method appends one record and returns its def: `d`, or a new vreg if d is 0. With AVX it is
// the three-operand twin (packed.ts). Vregs given as operands must exist already; asking the
// lowering for those of constants appends the records that make them, so ask first.

import type { Value } from "../../src/ir/func.ts";
import { V128 } from "../../src/ir/types.ts";
import { CLASS, MODE } from "../lir.ts";
import type { Vreg } from "../lir.ts";
import { INST, threeOperand } from "./insts.ts";
import type { Amd64Records } from "./record.ts";

export class VectorMaker {
  readonly r: Amd64Records;
  hasAvx = false;
  private root: Value = 0;

  constructor(r: Amd64Records) {
    this.r = r;
  }

  /** The records to come are made for instruction `i`. */
  reset(i: Value): void {
    this.root = i;
  }

  /** The instruction that `op` stands for. */
  inst(op: number): number {
    return this.hasAvx ? threeOperand(op) : op;
  }

  private start(d: Vreg, klass: number): Vreg {
    const def = d === 0 ? this.r.l.lir.newVreg(klass) : d;
    this.startWith(def);
    return def;
  }

  /** Begins a record with its def. */
  startWith(d: Vreg): void {
    this.r.start(this.root);
    this.r.give(d);
  }

  /** op of x; `size` as the row wants it. */
  one(d: Vreg, op: number, size: number, x: Vreg): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.done(this.inst(op), size);
    return def;
  }

  oneImm(d: Vreg, op: number, x: Vreg, n: number): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.imm(n);
    this.r.done(this.inst(op), 0);
    return def;
  }

  two(d: Vreg, op: number, size: number, x: Vreg, y: Vreg): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.give(y);
    this.r.done(this.inst(op), size);
    return def;
  }

  twoImm(d: Vreg, op: number, size: number, x: Vreg, y: Vreg, n: number): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.give(y);
    this.r.imm(n);
    this.r.done(this.inst(op), size);
    return def;
  }

  /** op of x and the constant `k` of the function. */
  twoConst(d: Vreg, op: number, size: number, x: Vreg, k: number): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.mode = MODE.pool;
    this.r.disp = k;
    this.r.done(this.inst(op), size);
    return def;
  }

  twoConstImm(d: Vreg, op: number, size: number, x: Vreg, k: number, n: number): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.mode = MODE.pool;
    this.r.disp = k;
    this.r.imm(n);
    this.r.done(this.inst(op), size);
    return def;
  }

  /** A record of one operand with a def of class `klass`: moves between files. */
  cross(d: Vreg, klass: number, op: number, size: number, x: Vreg): Vreg {
    const def = this.start(d, klass);
    this.r.give(x);
    this.r.done(this.inst(op), size);
    return def;
  }

  /** An integer record with an immediate. */
  intImm(op: number, x: Vreg, n: number): Vreg {
    const def = this.start(0, CLASS.int);
    this.r.give(x);
    this.r.imm(n);
    this.r.done(op, 4);
    return def;
  }

  // Constants -------------------------------------------------------------------------------------

  /** Constant `k` in a register. */
  load(k: number): Vreg {
    const def = this.start(0, CLASS.wide);
    this.r.mode = MODE.pool;
    this.r.disp = k;
    this.r.done(INST.load128, 0);
    return def;
  }

  zero(d: Vreg = 0): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.done(INST.fzero, 4);
    return def;
  }

  ones(): Vreg {
    const def = this.start(0, CLASS.wide);
    this.r.done(INST.ones, 0);
    return def;
  }

  /** A constant of four words. */
  words(w0: number, w1: number, w2: number, w3: number): number {
    return this.r.l.lir.newConst(V128, w0, w1, w2, w3);
  }

  /** Constants of one lane repeated. */
  bytes(n: number): number {
    const word = (n & 255) * 0x01010101;
    return this.dwords(word);
  }

  halves(n: number): number {
    return this.dwords((n & 0xffff) * 0x00010001);
  }

  dwords(n: number): number {
    return this.words(n | 0, n | 0, n | 0, n | 0);
  }

  qwords(lo: number, hi: number): number {
    return this.words(lo | 0, hi | 0, lo | 0, hi | 0);
  }

  /** Sixteen bytes. */
  mask(m: Uint8Array): number {
    const word = (k: number): number =>
      m[k]! | (m[k + 1]! << 8) | (m[k + 2]! << 16) | (m[k + 3]! << 24);
    return this.words(word(0), word(4), word(8), word(12));
  }
}
