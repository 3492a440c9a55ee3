// Values that many records share and that are not in the IR: sums of R and a value (accesses to the
// fields of a structure), of R and a constant (variables at fixed addresses), and constants that
// take more than one instruction. Selection goes backwards, so such a value is put off until it can
// stand as early as is good: right behind the definition of what it is made of, behind a call (over
// which it would have to be kept), or at the end of the block that dominates this one, and so on up
// the tree of dominators. Constants go up only to get out of loops.
//
// Laws
// 1. A value is due at the end of a block that dominates everything that uses it; blocks are taken
//    from the last to the first, so all its users have been there when that block's turn comes.
// 2. Between the block it is due in and its users there is no call: none in the blocks between
//    (every way from the one to the other stays between them, or goes round a loop).
// 3. It is not taken from cold code to hot code, nor into a loop.

import type { Block, Func, Value } from "../../src/ir/func.ts";
import { CLASS, MODE } from "../lir.ts";
import type { Vreg } from "../lir.ts";
import { isCall } from "../lower.ts";
import type { Lowering } from "../lower.ts";
import { newRecord, traits } from "../shape.ts";
import { INST, insts } from "./insts.ts";

/** Most values that are put off at a time. */
const MOST = 16;

/** Kinds of values: R + value << a + b; integer constant a, b; constant number a of size b. */
export const SHARED = { sum: 0, int: 1, float: 2 } as const;

export class Shared {
  private readonly l: Lowering;
  private f!: Func;
  private readonly kind = new Uint8Array(MOST);
  /** What it is made of, 0 = constants only. */
  private readonly value = new Int32Array(MOST);
  private readonly a = new Int32Array(MOST);
  private readonly b = new Int32Array(MOST);
  private readonly vreg = new Int32Array(MOST);
  /** The block it is made in, as far as is known. */
  private readonly due = new Int32Array(MOST);
  /** Calls in the LIR blocks before block k; by header of a loop, calls in it. */
  private callsBefore = new Int32Array(65);
  private callsIn = new Int32Array(64);
  private readonly vregs = new Int32Array(2);
  private readonly imms = new Int32Array(2);

  constructor(l: Lowering) {
    this.l = l;
  }

  /** A new function begins. */
  begin(): void {
    const { l } = this;
    const { f } = l;
    this.f = f;
    l.postponed = 0;
    const { blockCount } = l.lir;
    if (this.callsBefore.length <= blockCount) this.callsBefore = new Int32Array(blockCount * 2);
    if (this.callsIn.length < f.blockCount) this.callsIn = new Int32Array(f.blockCount * 2);
    this.callsBefore.fill(0, 0, blockCount + 1);
    this.callsIn.fill(0, 0, f.blockCount);
    for (let k = 0; k < f.orderCount; k++) {
      const i = f.order[k]!;
      if (isCall(f.op[i]!)) this.countCall(f.block[i]!);
    }
    for (let k = 0; k < blockCount; k++) this.callsBefore[k + 1]! += this.callsBefore[k]!;
  }

  private countCall(b: Block): void {
    const { cfg } = this.l;
    this.callsBefore[this.l.indexOf(b) + 1]!++;
    for (let h = cfg.loopHeader[b]!; h !== 0; h = cfg.loopParent[h]!) this.callsIn[h]!++;
  }

  /** True if the block being lowered is in a loop that calls nothing. */
  isInQuietLoop(): boolean {
    const h = this.l.cfg.loopHeader[this.l.block]!;
    return h !== 0 && this.callsIn[h] === 0;
  }

  /** The vreg of a value that has been put off and can be used here, 0 if there is none. */
  find(kind: number, value: Value, a: number, b: number): Vreg {
    const { l } = this;
    for (let k = 0; k < l.postponed; k++) {
      if (this.kind[k] !== kind || this.value[k] !== value) continue;
      if (this.a[k] !== a || this.b[k] !== b) continue;
      const due = this.due[k]!;
      if (due === l.block || l.cfg.dominates(due, l.block)) return this.vreg[k]!;
    }
    return 0;
  }

  /** Puts a value off; returns its vreg, 0 if there is no room. */
  add(kind: number, value: Value, a: number, b: number): Vreg {
    const { l } = this;
    const k = l.postponed;
    if (k === MOST) return 0;
    this.kind[k] = kind;
    this.value[k] = value;
    this.a[k] = a;
    this.b[k] = b;
    this.due[k] = l.block;
    this.vreg[k] = l.lir.newVreg(kind === SHARED.float ? CLASS.float : CLASS.int);
    l.postponed++;
    return this.vreg[k];
  }

  /** Makes what is due right behind `i`, a call or an operand, or at the block's start if 0. */
  settle(i: Value): void {
    const { l, f } = this;
    const isEnd = i === 0 || isCall(f.op[i]!);
    let left = 0;
    for (let k = 0; k < l.postponed; k++) {
      const isHere = this.due[k] === l.block;
      if (isHere && (isEnd || this.value[k] === i) && !(i === 0 && this.rises(k))) {
        this.make(k);
        continue;
      }
      this.kind[left] = this.kind[k]!;
      this.value[left] = this.value[k]!;
      this.a[left] = this.a[k]!;
      this.b[left] = this.b[k]!;
      this.due[left] = this.due[k]!;
      this.vreg[left++] = this.vreg[k]!;
    }
    l.postponed = left;
  }

  /** Value k, due in this block, is made in the block that dominates it, if that is better. */
  private rises(k: number): boolean {
    const { l, f } = this;
    const { cfg, block } = l;
    const to = cfg.idom[block]!;
    const value = this.value[k]!;
    if (to === 0 || (value !== 0 && f.block[value] === block)) return false;
    if (value === 0 && cfg.loopHeader[block] === 0) return false;
    if (f.cold[block]! > f.cold[to]!) return false;
    const outer = cfg.loopHeader[to]!;
    if (outer !== 0 && !cfg.isInLoop(block, outer)) return false;
    if (cfg.loopHeader[block] === block && this.callsIn[block] !== 0) return false;
    const between = this.callsBefore[l.indexOf(block)]! - this.callsBefore[l.indexOf(to) + 1]!;
    if (between !== 0) return false;
    this.due[k] = to;
    return true;
  }

  private make(k: number): void {
    const { l, vregs, imms } = this;
    const value = this.value[k]!;
    const a = this.a[k]!;
    const b = this.b[k]!;
    l.newGroup();
    vregs[0] = this.vreg[k]!;
    if (this.kind[k] === SHARED.sum) {
      vregs[1] = value === 0 ? 0 : l.reg(value);
      imms[0] = b;
      const mode = value === 0 ? MODE.r : MODE.rIndex | (a << 3);
      const count = value === 0 ? 1 : 2;
      newRecord(insts, l.lir, INST.lea, 0, traits(0, mode, 0, 8), vregs, count, imms, 1);
    } else if (this.kind[k] === SHARED.int) {
      imms[0] = a;
      imms[1] = b;
      newRecord(insts, l.lir, INST.movi, 0, 0, vregs, 1, imms, 2);
    } else {
      imms[0] = a;
      newRecord(insts, l.lir, INST.fldr, 0, traits(0, MODE.pool, 0, b), vregs, 1, imms, 1);
    }
  }
}
