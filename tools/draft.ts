// Functions written with locations instead of vregs, for tests of emission. `Draft` is one in the
// making. `tryFlow` makes random control flow with fillers of random length, so that distances fall
// on both sides of every limit, and compares what runs with what it simulates; `tryMoves` does
// every kind of edit with constants of every type. A target's tests give their registers and
// records.

import { expect } from "vitest";
import { Emitter } from "../backend/emit.ts";
import { CLASS, CONSTRAINT, EDIT, FIRST_SLOT, FIRST_VEC, HEAD, LIR, Lir } from "../backend/lir.ts";
import { operand } from "../backend/lir.ts";
import type { Allocation } from "../backend/lir.ts";
import { newRecord, traits } from "../backend/shape.ts";
import type { Target } from "../backend/target.ts";
import { TRAP } from "../src/abi.ts";
import { F32, F64, I64, V128 } from "../src/ir/types.ts";
import type { Blob } from "../src/object/blob.ts";
import { link } from "../src/object/link.ts";
import { DISTANCE, runText } from "./machine.ts";

export class Dice {
  private state: number;
  constructor(seed: number) {
    this.state = seed;
  }
  below(n: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return (this.state >>> 8) % n;
  }
}

/** A function written with locations instead of vregs. */
export class Draft {
  readonly lir = new Lir();
  private readonly locs: number[] = [];
  private readonly edits: number[] = [];
  usedInts = 0;
  slots = 0;
  private readonly target: Target;

  constructor(target: Target) {
    this.target = target;
    this.lir.blockStart[0] = 0;
  }

  /** Appends a record whose operands are at `locs`. */
  add(
    op: number,
    third: number,
    locs: readonly number[],
    imms: readonly number[],
    source = 0,
  ): number {
    const { lir } = this;
    const { insts } = this.target;
    const open = insts.open[op] !== 0;
    const vregs = locs.map((loc) => {
      const v = lir.newVreg(loc >= FIRST_VEC && loc < FIRST_SLOT ? CLASS.float : CLASS.int);
      return open ? operand(v, CONSTRAINT.any, 0, 0) : v;
    });
    const r = newRecord(insts, lir, op, source, third, vregs, vregs.length, imms, imms.length);
    const count = (lir.code[r]! >>> 16) & 255;
    for (let k = 0; k < count; k++) this.locs[r + HEAD + k] = locs[k]!;
    for (const loc of locs) if (loc < FIRST_VEC) this.usedInts |= 1 << loc;
    return r;
  }

  /** A record with tied operands: each location counts for def and use. */
  tied(
    op: number,
    size: number,
    d: number,
    rest: readonly number[],
    imms: readonly number[],
  ): void {
    this.made(op, traits(0, 0, 0, size), [d, d, ...rest], imms);
  }

  /** A record with locations for what newRecord makes, too. */
  made(op: number, third: number, locs: readonly number[], imms: readonly number[]): void {
    const { lir } = this;
    const { insts } = this.target;
    const vregs = locs.map(() => lir.newVreg(CLASS.int));
    let made = 0;
    for (let k = insts.first[op]!; k < insts.first[op + 1]!; k++) made += (insts.fact[k]! >> 3) & 1;
    const n = vregs.length - made;
    const r = newRecord(insts, lir, op, 0, third, vregs, n, imms, imms.length);
    for (let k = 0; k < locs.length; k++) this.locs[r + HEAD + k] = locs[k]!;
    for (const loc of locs) if (loc < FIRST_VEC) this.usedInts |= 1 << loc;
  }

  edit(kind: number, from: number, to: number): void {
    this.edits.push(this.lir.size, kind, from, to);
    if (to < FIRST_VEC) this.usedInts |= 1 << to;
  }

  ret(pop = 0): void {
    this.add(LIR.ret, 0, [], [pop]);
  }

  /** Ends a block that leads to `targets`. */
  end(targets: readonly number[], depth = 0, header = -1, cold = 0): void {
    const { lir } = this;
    const b = lir.blockCount++;
    const edge = lir.edgeStart[b]!;
    targets.forEach((t, k) => (lir.edgeTarget[edge + k] = t));
    lir.edgeStart[b + 1] = edge + targets.length;
    lir.blockStart[b + 1] = lir.size;
    lir.loopDepth[b] = depth;
    lir.loopHeader[b] = header;
    lir.cold[b] = cold;
  }

  get allocation(): Allocation {
    const locs = new Int32Array(this.lir.size);
    this.locs.forEach((loc, k) => (locs[k] = loc));
    const edits = Int32Array.from(this.edits);
    const { slots, usedInts } = this;
    return { locs, edits, editCount: edits.length / 4, slots, usedInts, usedVecs: 0 };
  }

  emit(emitter = new Emitter(this.target)): Blob {
    return emitter.run(this.lir, this.allocation, { distance: DISTANCE });
  }
}

// Random control flow ----------------------------------------------------------------------------

interface Step {
  readonly kind: "jump" | "branch" | "switch" | "ret";
  readonly targets: readonly number[];
  readonly mix: number;
  readonly filler: number;
  readonly isEmpty: boolean;
}

const BLOCKS = 14;
const FUEL = 200;

function randomSteps(dice: Dice): Step[] {
  const steps: Step[] = [];
  const unit = [3, 12, 40, 125][dice.below(4)]!;
  for (let b = 0; b < BLOCKS; b++) {
    const pick = dice.below(10);
    const kind = pick < 4 ? "jump" : pick < 8 ? "branch" : pick < 9 ? "switch" : "ret";
    const count =
      kind === "jump" ? 1 : kind === "branch" ? 2 : kind === "switch" ? 2 + dice.below(5) : 0;
    const targets = Array.from({ length: count }, () => 1 + dice.below(BLOCKS - 1));
    if (count > 0 && dice.below(2) === 0 && b + 1 < BLOCKS) targets[0] = b + 1;
    const isEmpty = kind === "jump" && b > 0 && dice.below(3) === 0 && targets[0]! > b;
    steps.push({ kind, targets, mix: dice.below(1000), filler: dice.below(unit), isEmpty });
  }
  return steps;
}

/** What the function returns, or a trap code. */
function simulate(steps: readonly Step[], seed: number): { trap: number; value: bigint } {
  let hash = seed;
  let fuel = FUEL;
  for (let b = 0; ;) {
    const s = steps[b]!;
    if (!s.isEmpty) {
      hash = (Math.imul(hash, 1664525) + s.mix) | 0;
      if (--fuel === 0) return { trap: TRAP.interrupt, value: 0n };
    }
    if (s.kind === "ret") return { trap: 0, value: BigInt(hash >>> 0) };
    if (s.kind === "jump") b = s.targets[0]!;
    else if (s.kind === "branch") b = s.targets[hash & 64 ? 0 : 1]!;
    else b = s.targets[Math.min(hash >>> 29, s.targets.length - 1)]!;
  }
}

/** How a target writes the pieces of random control flow. */
export interface Flow {
  readonly target: Target;
  /** Begins: the hash from the first argument, and what is left of `fuel`. */
  begin(d: Draft, fuel: number): void;
  /** hash = hash * 1664525 + mix, 32 bits. */
  mix(d: Draft, mix: number): void;
  /** Any instruction without effect. */
  fill(d: Draft, k: number): void;
  /** Counts down what is left and traps with `code` if that is nothing. */
  burn(d: Draft, code: number): void;
  /** Branches to the first edge if bit 6 of the hash is set. */
  branch(d: Draft): void;
  /** Switches over the upper three bits of the hash. */
  pick(d: Draft): void;
}

/** Returns the hash; each block mixes its number in. */
function draftOf(flow: Flow, steps: readonly Step[], dice: Dice): Draft {
  const d = new Draft(flow.target);
  flow.begin(d, FUEL);
  const marks = (b: number): [number, number, number] => [
    dice.below(3),
    dice.below(2) === 0 ? b : dice.below(BLOCKS),
    dice.below(4) === 0 ? 1 : 0,
  ];
  steps.forEach((s, b) => {
    if (!s.isEmpty) {
      flow.mix(d, s.mix);
      for (let k = 0; k < s.filler; k++) flow.fill(d, k);
      flow.burn(d, TRAP.interrupt);
    }
    if (s.kind === "jump") d.add(LIR.jump, 0, [], []);
    else if (s.kind === "branch") flow.branch(d);
    else if (s.kind === "ret") d.ret();
    else flow.pick(d);
    d.end(s.targets, ...marks(b));
  });
  return d;
}

/** Random function number `k`. */
export function randomDraft(flow: Flow, k: number): Draft {
  const dice = new Dice(k);
  return draftOf(flow, randomSteps(dice), dice);
}

/** Runs `count` random functions. */
export function tryFlow(flow: Flow, count: number): void {
  const { target } = flow;
  const emitter = new Emitter(target);
  const programs = Array.from({ length: count }, (_, k) => {
    const dice = new Dice(k + 1);
    const steps = randomSteps(dice);
    return { steps, blob: draftOf(flow, steps, dice).emit(emitter) };
  });
  const blobs = programs.map((p) => p.blob);
  const { text, offsets } = link(target, blobs, 0, DISTANCE);
  const seeds = [0, 1, 12345, -1];
  const calls = programs.flatMap((_, k) =>
    seeds.map((seed) => ({ at: offsets[k]!, ints: [BigInt(seed >>> 0)], vecs: [] })),
  );
  runText(text, calls, target.name).forEach((outcome, n) => {
    const k = Math.floor(n / seeds.length);
    const { trap, value } = simulate(programs[k]!.steps, seeds[n % seeds.length]!);
    expect(outcome.trap, `program ${k}`).toBe(trap);
    if (trap === 0) expect(outcome.ints[0], `program ${k}`).toBe(value);
  });
}

// Edits ------------------------------------------------------------------------------------------

/** Registers for the moves of `tryMoves`. */
export interface Moves {
  readonly target: Target;
  /** Two general registers, one of them callee-saved, and two vector registers, from 32 on. */
  readonly ints: readonly [number, number];
  readonly vecs: readonly [number, number];
  /** Registers of the results 3 and 4. */
  readonly swapped: readonly [number, number];
  /** Distance between the two slots that are used. */
  readonly spread: number;
}

/** A constant, moved about and returned in results 0 and 1; results 3 and 4 are the arguments. */
function moving(m: Moves, type: number, low: bigint, high: bigint, through: string): Blob {
  const { args, results } = m.target;
  const d = new Draft(m.target);
  d.slots = m.spread + 6;
  const half = (x: bigint, n: bigint): number => Number(BigInt.asIntN(32, x >> n));
  const k = d.lir.newConst(type, half(low, 0n), half(low, 32n), half(high, 0n), half(high, 32n));
  const kind = type === I64 ? EDIT.int : type === V128 ? EDIT.wide : EDIT.float;
  const [x, y] = type === I64 ? m.ints : m.vecs;
  const [from, to] = [FIRST_SLOT, FIRST_SLOT + ((m.spread + 3) & -2)];
  // The arguments the wrong way round, to be exchanged below.
  d.edit(EDIT.int, args.ints[0]!, FIRST_SLOT + 2);
  d.edit(EDIT.int, args.ints[1]!, m.swapped[0]);
  d.edit(EDIT.int, FIRST_SLOT + 2, m.swapped[1]);
  // What is not written is 0.
  for (const slot of [to, to + 1]) d.edit(EDIT.int, -1 - d.lir.newConst(I64, 0, 0, 0, 0), slot);
  if (through === "register") {
    d.edit(kind, -1 - k, x);
    d.edit(kind, x, y);
    d.edit(kind, y, to);
  } else {
    d.edit(kind, -1 - k, from);
    if (through === "both") d.edit(kind, from, y);
    d.edit(kind, through === "both" ? y : from, to);
  }
  d.edit(EDIT.int, to, results.ints[0]!);
  d.edit(EDIT.int, to + 1, results.ints[1]!);
  d.edit(EDIT.swap, m.swapped[0], m.swapped[1]);
  d.ret();
  d.end([]);
  return d.emit();
}

/** Moves constants, slots and registers of every class. */
export function tryMoves(m: Moves): void {
  const values = [0n, 1n, 0x7fffffffn, 0x80000000n, 0xffffffffn, 0x123456789n, (1n << 63n) + 5n];
  const all = [...values, ...values.map((x) => BigInt.asUintN(64, -x)), 0x3ff8000000000000n];
  const wanted: (readonly [bigint, bigint])[] = [];
  const blobs: Blob[] = [];
  for (const x of all) {
    for (const type of [I64, F64, F32, V128]) {
      const low = type === F32 ? BigInt.asUintN(32, x) : x;
      const high = type === V128 ? BigInt.asUintN(64, ~x) : 0n;
      for (const through of ["register", "slot", "both"]) {
        blobs.push(moving(m, type, low, high, through));
        wanted.push([low, high]);
      }
    }
  }
  const { text, offsets } = link(m.target, blobs, 0, DISTANCE);
  const calls = blobs.map((_, k) => ({ at: offsets[k]!, ints: [77n, 78n], vecs: [] }));
  runText(text, calls, m.target.name).forEach(({ ints, trap }, k) => {
    expect([trap, ints[0], ints[1]], `${k}`).toEqual([0, ...wanted[k]!]);
    expect(ints.slice(3, 5)).toEqual([77n, 78n]);
  });
}
