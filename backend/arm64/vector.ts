// Records of vector instructions: the next step up from record.ts for what takes several of them.
// Every method appends one record and returns its def: `d`, or a new vreg if d is 0. Vregs given as
// operands must exist already; asking the lowering for those of constants appends the records that
// make them, so ask first. Sizes are those of lanes (neon.ts).

import type { Value } from "../../src/ir/func.ts";
import { V128 } from "../../src/ir/types.ts";
import { CLASS, MODE } from "../lir.ts";
import type { Vreg } from "../lir.ts";
import { INST } from "./insts.ts";
import type { Arm64Records } from "./record.ts";

export class VectorMaker {
  private readonly r: Arm64Records;
  private root: Value = 0;

  constructor(r: Arm64Records) {
    this.r = r;
  }

  /** The records to come are made for instruction `i`. */
  reset(i: Value): void {
    this.root = i;
  }

  private start(d: Vreg, klass: number): Vreg {
    const def = d === 0 ? this.r.l.lir.newVreg(klass) : d;
    this.r.start(this.root);
    this.r.give(def);
    return def;
  }

  one(d: Vreg, op: number, size: number, x: Vreg): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.done(op, size);
    return def;
  }

  oneImm(d: Vreg, op: number, size: number, x: Vreg, n: number): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.imm(n);
    this.r.done(op, size);
    return def;
  }

  two(d: Vreg, op: number, size: number, x: Vreg, y: Vreg): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.give(y);
    this.r.done(op, size);
    return def;
  }

  twoImm(d: Vreg, op: number, size: number, x: Vreg, y: Vreg, n: number): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.give(y);
    this.r.imm(n);
    this.r.done(op, size);
    return def;
  }

  three(d: Vreg, op: number, size: number, x: Vreg, y: Vreg, z: Vreg): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.give(y);
    this.r.give(z);
    this.r.done(op, size);
    return def;
  }

  /** x with lane `lane` being lane `from` of y. */
  insert(d: Vreg, size: number, x: Vreg, lane: number, y: Vreg, from: number): Vreg {
    const def = this.start(d, CLASS.wide);
    this.r.give(x);
    this.r.give(y);
    this.r.imm(lane);
    this.r.imm(from);
    this.r.done(INST.vins, size);
    return def;
  }

  /** A record of one operand with a def of class `klass`: moves between files. */
  cross(d: Vreg, klass: number, op: number, size: number, x: Vreg): Vreg {
    const def = this.start(d, klass);
    this.r.give(x);
    this.r.done(op, size);
    return def;
  }

  /** The same of a lane. */
  crossLane(d: Vreg, klass: number, op: number, size: number, x: Vreg, lane: number): Vreg {
    const def = this.start(d, klass);
    this.r.give(x);
    this.r.imm(lane);
    this.r.done(op, size);
    return def;
  }

  /** An integer record of 4 bytes with `immCount` immediates. */
  int(op: number, x: Vreg, immCount: number, imm: number): Vreg {
    const def = this.start(0, CLASS.int);
    this.r.give(x);
    if (immCount > 0) this.r.imm(imm);
    if (immCount > 1) this.r.imm(0);
    this.r.done(op, 4);
    return def;
  }

  /** The general register x gets its sum with y << n. */
  intSum(d: Vreg, x: Vreg, y: Vreg, n: number): void {
    this.start(d, CLASS.int);
    this.r.give(x);
    this.r.give(y);
    this.r.imm(n);
    this.r.done(INST.addsh, 4);
  }

  /** What load `m` reads of `size` bytes in a register of its own, the rest being zero. */
  load(m: Value, size: number): Vreg {
    const def = this.start(0, CLASS.float);
    this.r.access(m);
    this.r.done(INST.fldr, size);
    return def;
  }

  // Constants -------------------------------------------------------------------------------------

  /** A constant of four words in a register. */
  words(w0: number, w1: number, w2: number, w3: number): Vreg {
    const def = this.start(0, CLASS.wide);
    this.r.mode = MODE.pool;
    this.r.disp = this.r.l.lir.newConst(V128, w0, w1, w2, w3);
    this.r.done(INST.fldr, 16);
    return def;
  }

  /** Sixteen bytes. */
  bytes(m: Uint8Array): Vreg {
    const word = (k: number): number =>
      m[k]! | (m[k + 1]! << 8) | (m[k + 2]! << 16) | (m[k + 3]! << 24);
    return this.words(word(0), word(4), word(8), word(12));
  }
}
