// Comparisons and what uses their outcome. Flags never leave a record (lir.ts law 2), so a
// comparison is made together with its consumer: br, select, trapif, or 0/1 as a value. The
// consumer is noted, then the comparison is selected, by the same rules wherever it is used, and
// appends the fused record. `invert` is the parity of the negations on the way. Here is what does
// not depend on how a machine compares; the target's half is its flags.ts.

import type { Func, Value } from "../src/ir/func.ts";
import { FLAG, IR, OP_FLAGS } from "../src/ir/ops.ts";
import { bug } from "../src/support/errors.ts";
import type { RecordMaker } from "./record.ts";
import { fusedSize } from "./shape.ts";

/**
 * Consumers, in the order in which every table of instructions lists them: a branch, 0 or 1, a
 * selected integer or float, a trap. What a target has beyond these picks a value as well.
 */
export const CONSUMER = { j: 0, set: 1, sel: 2, fsel: 3, trap: 4 } as const;

/** The opposite condition: every target numbers them in pairs. */
export const inverse = (condition: number): number => condition ^ 1;

const isCompare = (op: number): boolean => op >= IR.eq && op <= IR.fge;

/** Selects value `v` by the rules of a set; false if none matches. */
export type Select = (v: Value) => boolean;

export abstract class Fusion<Records extends RecordMaker = RecordMaker> {
  protected f!: Func;
  protected readonly r: Records;
  /** The matchers of the two rule sets: for comparisons, and for what is tested against zero. */
  private readonly select: Select;
  private readonly truth: Select;
  protected consumer: number = CONSUMER.set;
  protected root: Value = 0;
  protected invert = 0;
  /** The comparison has further users, so nothing below it may be made here for good. */
  private isRepeated = false;

  constructor(r: Records, select: Select, truth: Select) {
    this.r = r;
    this.select = select;
    this.truth = truth;
  }

  /** Gives the operands of a selecting consumer, the def first; may turn `invert` round. */
  protected abstract startSelect(yes: Value, no: Value): void;

  /** Fuses `x is not zero` with the consumer, x being computed already. */
  protected abstract compareZero(x: Value): void;

  /** Instruction `root` is being selected; a comparison makes its value. */
  reset(root: Value): void {
    this.f = this.r.f;
    this.root = root;
    this.consumer = CONSUMER.set;
    this.invert = 0;
    this.isRepeated = false;
  }

  /** The root does `consumer` if `x` is not zero. */
  consume(consumer: number, x: Value): void {
    this.consumer = consumer;
    this.test(x);
  }

  folds(v: Value): boolean {
    if (this.isRepeated && (OP_FLAGS[this.f.op[v]!]! & FLAG.load) !== 0) return false;
    return this.r.l.folds(v);
  }

  /** Begins a fused record with the operands of the consumer. */
  protected startFused(): void {
    const { f, root } = this;
    this.r.start(root);
    switch (this.consumer) {
      case CONSUMER.set:
        return this.r.give(this.r.l.def(root));
      case CONSUMER.j:
      case CONSUMER.trap:
        return;
      default:
        return this.startSelect(f.b[root]!, f.c[root]!);
    }
  }

  /** Appends the fused record: `compare` is its row with the first consumer. */
  protected fuse(compare: number, size: number, condition: number): void {
    const { consumer, root } = this;
    if (consumer === CONSUMER.trap) this.r.imm(this.f.b[root]!);
    const isPick = consumer > CONSUMER.set && consumer !== CONSUMER.trap;
    // A vector is moved as a whole and needs no size.
    const value = isPick ? this.r.sizeOf(root) & 15 : 0;
    const cond = this.invert !== 0 ? inverse(condition) : condition;
    this.r.emit(compare + consumer, fusedSize(size, value), cond, 0);
  }

  /** x == 0 */
  isZero(_k: Value, x: Value): void {
    this.invert ^= 1;
    this.test(x);
  }

  /** x != 0 */
  isNonZero(_k: Value, x: Value): void {
    this.test(x);
  }

  /** Fuses `x is not zero` with the consumer. */
  private test(x: Value): void {
    if (this.swallows(x) && this.truth(x)) return;
    this.compareZero(x);
  }

  /**
   * A comparison may be made anew for each of its users: that costs no more than testing its
   * outcome, but keeps its operands alive, so only where they are at hand.
   */
  private swallows(x: Value): boolean {
    const { f } = this;
    const { l } = this.r;
    const op = f.op[x]!;
    if (!isCompare(op)) return this.folds(x);
    if (l.isSingle(x)) return true;
    if (!l.isHere(x) && f.op[f.b[x]!] !== IR.const) return false;
    this.isRepeated = true;
    return true;
  }

  /** The comparison `t` itself. */
  testCompare(t: Value): void {
    if (!this.select(t)) bug("select: no rule for a comparison");
  }
}
