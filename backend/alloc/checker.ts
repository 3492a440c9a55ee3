// Proves one allocation, symbolically (after regalloc2's checker). It shares no code and no
// analysis with the allocator.
//
// The state maps each location to the values it is known to hold: vregs, and constants as -1 - k.
// Edits copy, records read, clobber and write, edges rename arguments to parameters, joins
// intersect; the states at block starts are computed to a fix-point from "everything" downwards,
// then every record is checked once:
//
//   every use's location holds its vreg; locations are of the right file and suit the constraints;
//   crossed operands share nothing with defs, clobbers or uses; defs do not share a location;
//   edits read what is known, write allocatable registers, slots or the scratch register only, and
//   stand in order; slots lie in the frame, 16-byte ones even; no register is used unannounced.
//
// A def ends what any location knew of its vreg: in a loop that was the value of an earlier turn.

import { bug } from "../../src/support/errors.ts";
import { CLASS, CONSTRAINT, EDIT, FIRST_SLOT, FIRST_VEC, HEAD, immsOf } from "../lir.ts";
import {
  clobbersOf,
  constraintOf,
  isCrossed,
  isDef,
  numberOf,
  operandsOf,
  vregOf,
} from "../lir.ts";
import type { Allocation, Lir, Registers } from "../lir.ts";
import { locName, printLir } from "./text.ts";
import type { OpName } from "./text.ts";

/** What is known at one place. */
class State {
  /** Values by location; never empty. */
  readonly held = new Map<number, readonly number[]>();
  /** How many locations hold a value. */
  private readonly copies = new Map<number, number>();
  /** Slots that hold 16 bytes. */
  private readonly wide = new Set<number>();

  clone(): State {
    const copy = new State();
    for (const [loc, values] of this.held) copy.set(loc, values, this.wide.has(loc));
    return copy;
  }

  holds(loc: number, value: number): boolean {
    return this.held.get(loc)?.includes(value) ?? false;
  }

  isWide(loc: number): boolean {
    return this.wide.has(loc);
  }

  forget(loc: number): void {
    for (const v of this.held.get(loc) ?? []) this.copies.set(v, this.copies.get(v)! - 1);
    this.held.delete(loc);
    this.wide.delete(loc);
  }

  /** A location's new content; a slot also ends what it overlaps. */
  set(loc: number, values: readonly number[], wide: boolean): void {
    this.forget(loc);
    if (loc >= FIRST_SLOT) {
      if (wide) this.forget(loc + 1);
      if (this.wide.has(loc - 1)) this.forget(loc - 1);
    }
    if (values.length === 0) return;
    this.held.set(loc, values);
    if (wide && loc >= FIRST_SLOT) this.wide.add(loc);
    for (const v of values) this.copies.set(v, (this.copies.get(v) ?? 0) + 1);
  }

  /** No location holds the value any more. */
  kill(value: number): void {
    if ((this.copies.get(value) ?? 0) === 0) return;
    for (const [loc, values] of [...this.held]) {
      if (values.includes(value)) {
        this.set(
          loc,
          values.filter((v) => v !== value),
          this.wide.has(loc),
        );
      }
    }
  }

  /** Keeps what the other knows too; true if that changed anything. */
  meet(other: State): boolean {
    let changed = false;
    for (const [loc, values] of [...this.held]) {
      const same = this.wide.has(loc) === other.wide.has(loc);
      const kept = same ? values.filter((v) => other.holds(loc, v)) : [];
      if (kept.length === values.length) continue;
      changed = true;
      this.set(loc, kept, this.wide.has(loc));
    }
    return changed;
  }
}

class Checker {
  private readonly lir: Lir;
  private readonly alloc: Allocation;
  private readonly registers: Registers;
  private readonly opName: OpName | undefined;
  private readonly starts: (State | undefined)[] = [];
  private readonly edgesInto: number[] = [];
  private readonly allocatable = new Set<number>();
  /** First edit at or behind each record that has edits before it. */
  private readonly editsAt = new Map<number, number>();
  /** Set while the states are final and everything is to be checked. */
  private checking = false;
  private where = "";

  constructor(lir: Lir, alloc: Allocation, registers: Registers, opName?: OpName) {
    this.lir = lir;
    this.alloc = alloc;
    this.registers = registers;
    this.opName = opName;
    for (const r of registers.ints) this.allocatable.add(r);
    for (const r of registers.vecs) this.allocatable.add(FIRST_VEC + r);
  }

  run(): void {
    const { lir } = this;
    this.indexEdits();
    for (let b = 0; b < lir.blockCount; b++) this.edgesInto[b] = 0;
    for (let e = 0; e < lir.edgeStart[lir.blockCount]!; e++) {
      this.edgesInto[lir.edgeTarget[e]!]!++;
    }
    this.starts[0] = new State();
    const work = [0];
    while (work.length > 0) {
      const b = work.pop()!;
      const end = this.block(b, this.starts[b]!.clone());
      for (let e = lir.edgeStart[b]!; e < lir.edgeStart[b + 1]!; e++) {
        const t = lir.edgeTarget[e]!;
        const arriving = this.along(e, end);
        const known = this.starts[t];
        if (known === undefined) this.starts[t] = arriving;
        else if (!known.meet(arriving)) continue;
        work.push(t);
      }
    }
    this.checking = true;
    for (let b = 0; b < lir.blockCount; b++) {
      const start = this.starts[b];
      if (start !== undefined) this.block(b, start.clone());
    }
  }

  private fail(what: string): never {
    const { lir, registers, opName, alloc } = this;
    return bug(`${what} (${this.where})\n${printLir(lir, registers, opName, alloc)}`);
  }

  private name(loc: number): string {
    return locName(loc, this.registers);
  }

  private indexEdits(): void {
    const { alloc, lir } = this;
    const records = new Set<number>();
    for (let w = 0; w < lir.size;) {
      records.add(w);
      w += HEAD + operandsOf(lir.code[w]!) + immsOf(lir.code[w]!);
    }
    let last = -1;
    for (let k = 0; k < alloc.editCount; k++) {
      const w = alloc.edits[k * 4]!;
      this.where = `edit ${k}`;
      if (!records.has(w)) this.fail(`edit before word ${w}, where no record starts`);
      if (w < last) this.fail("edits out of order");
      if (w !== last) this.editsAt.set(w, k);
      last = w;
    }
  }

  /** The state that flows along an edge: arguments renamed to parameters. */
  private along(e: number, end: State): State {
    const { lir } = this;
    const t = lir.edgeTarget[e]!;
    const params = [...lir.params.subarray(lir.paramStart[t], lir.paramStart[t + 1])];
    const args = [...lir.args.subarray(lir.argStart[e], lir.argStart[e + 1])];
    if (params.length !== args.length) this.fail(`edge to block ${t}: wrong number of arguments`);
    if (params.length === 0) return end.clone();
    const start = new State();
    for (const [loc, values] of end.held) {
      const renamed = values.filter((v) => !params.includes(v));
      for (let k = 0; k < params.length; k++) {
        if (values.includes(args[k]!)) renamed.push(params[k]!);
      }
      start.set(loc, renamed, end.isWide(loc));
    }
    return start;
  }

  /** Runs a block over a state, which it returns changed. */
  private block(b: number, state: State): State {
    const { lir } = this;
    const first = lir.blockStart[b]!;
    for (let w = first; w < lir.blockStart[b + 1]!;) {
      this.where = `block ${b}, word ${w}`;
      this.runEdits(w, state, w === first && this.edgesInto[b] === 1 ? b : -1);
      this.record(w, state);
      w += HEAD + operandsOf(lir.code[w]!) + immsOf(lir.code[w]!);
    }
    return state;
  }

  /**
   * Runs the edits before a record. `entered` is the block that they open if it has one edge into
   * it, else -1: there a constant that is made may be what the edge gives a parameter.
   */
  private runEdits(w: number, state: State, entered: number): void {
    const { alloc, registers } = this;
    let k = this.editsAt.get(w) ?? alloc.editCount;
    for (; k < alloc.editCount && alloc.edits[k * 4] === w; k++) {
      const kind = alloc.edits[k * 4 + 1]!;
      const from = alloc.edits[k * 4 + 2]!;
      const to = alloc.edits[k * 4 + 3]!;
      if (this.checking) this.checkEdit(kind, from, to, state);
      const wide = kind === EDIT.wide;
      const values = from < 0 ? this.constant(from, entered) : (state.held.get(from) ?? []);
      if (kind === EDIT.swap) {
        const other = state.held.get(to) ?? [];
        state.set(to, values, false);
        state.set(from, other, false);
        continue;
      }
      if (from >= FIRST_SLOT && to >= FIRST_SLOT) state.forget(FIRST_VEC + registers.scratchVec);
      state.set(to, values, wide);
    }
  }

  /** Values that a constant stands for. */
  private constant(k: number, entered: number): number[] {
    const { lir } = this;
    const values = [k];
    if (entered < 0) return values;
    for (let e = 0; e < lir.edgeStart[lir.blockCount]!; e++) {
      if (lir.edgeTarget[e] !== entered) continue;
      for (let j = lir.argStart[e]!; j < lir.argStart[e + 1]!; j++) {
        if (lir.args[j] !== k) continue;
        values.push(lir.params[lir.paramStart[entered]! + j - lir.argStart[e]!]!);
      }
    }
    return values;
  }

  private checkEdit(kind: number, from: number, to: number, state: State): void {
    const ints = kind === EDIT.int || kind === EDIT.swap;
    const outer = this.where;
    this.where = `edit ${this.name(to)} <- ${this.name(from)}, ${outer}`;
    if (to < 0 || (kind === EDIT.swap && (from < 0 || from >= FIRST_VEC || to >= FIRST_VEC))) {
      this.fail("edit that no machine has");
    }
    for (const loc of [from, to]) {
      if (loc < 0) continue;
      this.checkLoc(loc, ints ? CLASS.int : kind, true);
    }
    // What nobody reads may be moved about: an unknown value never satisfies a use.
    const known = from >= FIRST_SLOT && state.held.has(from);
    if (known && state.isWide(from) !== (kind === EDIT.wide)) {
      this.fail("edit of another width than the slot");
    }
    this.where = outer;
  }

  /** The location exists, suits the class, and is announced. */
  private checkLoc(loc: number, klass: number, scratch: boolean): void {
    const { alloc, registers } = this;
    if (loc >= FIRST_SLOT) {
      const unit = loc - FIRST_SLOT;
      const units = klass === CLASS.wide ? 2 : 1;
      if (unit + units > alloc.slots) this.fail(`${this.name(loc)} lies outside of the frame`);
      if (units === 2 && (unit & 1) !== 0) this.fail(`${this.name(loc)} is not aligned`);
      return;
    }
    if (loc < 0 || loc >= FIRST_VEC !== (klass !== CLASS.int)) {
      this.fail(`${this.name(loc)} is of the wrong file`);
    }
    const isScratch = loc === FIRST_VEC + registers.scratchVec;
    if (!this.allocatable.has(loc) && !(scratch && isScratch)) {
      this.fail(`${this.name(loc)} is not allocatable`);
    }
  }

  private checkWritten(loc: number): void {
    if (loc >= FIRST_SLOT) return;
    const { usedInts, usedVecs } = this.alloc;
    const used = loc < FIRST_VEC ? usedInts >>> loc : usedVecs >>> (loc - FIRST_VEC);
    if ((used & 1) === 0) this.fail(`${this.name(loc)} is written but not in the used set`);
  }

  private record(w: number, state: State): void {
    const { lir, alloc } = this;
    const code = lir.code;
    const top = w + HEAD + operandsOf(code[w]!);
    if (this.checking) this.checkRecord(w, top, state);
    this.clobber(clobbersOf(code[w + 2]!), state);
    for (let k = w + HEAD; k < top; k++) {
      if (isDef(code[k]!)) state.kill(vregOf(code[k]!));
    }
    for (let k = w + HEAD; k < top; k++) {
      const v = vregOf(code[k]!);
      if (isDef(code[k]!)) state.set(alloc.locs[k]!, [v], lir.vregClass[v] === CLASS.wide);
    }
  }

  private clobber(set: number, state: State): void {
    const { ints, vecs } = this.registers.clobbers[set]!;
    for (let r = 0; r < 32; r++) {
      if (((ints >>> r) & 1) !== 0) state.forget(r);
      if (((vecs >>> r) & 1) !== 0) state.forget(FIRST_VEC + r);
    }
  }

  private checkRecord(w: number, top: number, state: State): void {
    const { lir, alloc, registers } = this;
    const code = lir.code;
    const { ints, vecs } = registers.clobbers[clobbersOf(code[w + 2]!)]!;
    const clobbered = (loc: number): boolean =>
      loc < FIRST_VEC
        ? ((ints >>> loc) & 1) !== 0
        : loc < FIRST_SLOT && ((vecs >>> (loc - FIRST_VEC)) & 1) !== 0;
    const defs: number[] = [];
    for (let k = w + HEAD; k < top; k++) {
      const o = code[k]!;
      const loc = alloc.locs[k]!;
      this.checkOperand(k, w, state);
      if (!isDef(o)) {
        if (isCrossed(o) && clobbered(loc)) this.fail(`crossed v${vregOf(o)} is clobbered`);
        continue;
      }
      this.checkWritten(loc);
      if (defs.includes(loc)) this.fail(`two defs in ${this.name(loc)}`);
      defs.push(loc);
      if (clobbered(loc) && constraintOf(o) !== CONSTRAINT.fixed) {
        this.fail(`v${vregOf(o)} is defined in clobbered ${this.name(loc)}`);
      }
    }
    this.checkCrossed(w, top);
  }

  private checkOperand(k: number, w: number, state: State): void {
    const { lir, alloc } = this;
    const o = lir.code[k]!;
    const v = vregOf(o);
    const loc = alloc.locs[k]!;
    const klass = lir.vregClass[v]!;
    const constraint = constraintOf(o);
    if (constraint === CONSTRAINT.fixed) {
      const want = numberOf(o) + (klass === CLASS.int ? 0 : FIRST_VEC);
      if (loc !== want) this.fail(`v${v} must be in ${this.name(want)}, is in ${this.name(loc)}`);
    } else {
      this.checkLoc(loc, klass, false);
    }
    if (constraint === CONSTRAINT.reg && loc >= FIRST_SLOT) {
      this.fail(`v${v} must be in a register, is in ${this.name(loc)}`);
    }
    if (constraint === CONSTRAINT.tied && alloc.locs[w + HEAD + numberOf(o)] !== loc) {
      this.fail(`v${v} is not where operand ${numberOf(o)} is`);
    }
    if (isDef(o)) return;
    if (!state.holds(loc, v)) {
      const held = (state.held.get(loc) ?? []).map((x) => (x < 0 ? `$${-1 - x}` : `v${x}`));
      this.fail(`v${v} is not in ${this.name(loc)}, which holds ${held.join(" ") || "nothing"}`);
    }
    if (loc >= FIRST_SLOT && state.isWide(loc) !== (klass === CLASS.wide)) {
      this.fail(`v${v} is read from a slot of another width`);
    }
  }

  /** A crossed use shares nothing with a def, a crossed def nothing with a use. */
  private checkCrossed(w: number, top: number): void {
    const { lir, alloc } = this;
    const code = lir.code;
    for (let d = w + HEAD; d < top; d++) {
      const o = code[d]!;
      if (!isDef(o)) continue;
      const tied = constraintOf(o) === CONSTRAINT.tied ? w + HEAD + numberOf(o) : -1;
      for (let u = w + HEAD; u < top; u++) {
        if (isDef(code[u]!) || u === tied || alloc.locs[u] !== alloc.locs[d]) continue;
        if (isCrossed(o) || isCrossed(code[u]!)) {
          this.fail(`v${vregOf(o)} overwrites v${vregOf(code[u]!)} too early`);
        }
      }
    }
  }
}

/**
 * Throws a Bug with the printed function if the allocation is wrong. Takes time in the size of the
 * function times the locations in use: for tests.
 */
export function checkAllocation(
  lir: Lir,
  alloc: Allocation,
  registers: Registers,
  opName?: OpName,
): void {
  new Checker(lir, alloc, registers, opName).run();
}
