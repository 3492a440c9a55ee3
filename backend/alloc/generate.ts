// Random LIR functions for the allocator's fuzzer: structured control flow (branches, switches,
// loops, early exits that share a target), block parameters with values and constants on the edges,
// and records of every shape that selection makes: plain, tied, crossed, fixed, clobbering, calls.
//
// A function is first built of block objects, so that blocks can be put in another order (cold ones
// last), then written into a Lir. Values in scope are those whose def dominates the place. A record
// never asks for more registers at once than the file has; that is the generator's promise, as
// it is selection's.

import { I32, F64, V128 } from "../../src/ir/types.ts";
import { CLASS, CONSTRAINT, CROSSED, DEF, FIRST_TARGET_OP, LIR, Lir, operand } from "../lir.ts";
import type { Registers } from "../lir.ts";

/** Ops of generated records; numbers from FIRST_TARGET_OP on. */
export const GENERATED = { plain: FIRST_TARGET_OP, branch: FIRST_TARGET_OP + 1 } as const;

/** Clobber set numbers of `testRegisters`. */
const CALL = 1;
const ONE = 2;

const bits = (list: readonly number[]): number => list.reduce((m, r) => m | (1 << r), 0);
const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, k) => prefix + k);

/**
 * A register file to test with: so many general and vector registers, of which the last few general
 * ones are callee-saved. Set 1 clobbers all others, set 2 the second general register.
 */
export function testRegisters(intCount: number, vecCount: number, saved: number): Registers {
  const ints = Array.from({ length: intCount }, (_, k) => k);
  const vecs = Array.from({ length: vecCount }, (_, k) => k);
  const calleeSavedInts = bits(ints.slice(intCount - saved));
  return {
    ints,
    vecs,
    calleeSavedInts,
    calleeSavedVecs: 0,
    clobbers: [
      { ints: 0, vecs: 0 },
      { ints: bits(ints) & ~calleeSavedInts, vecs: bits(vecs) },
      { ints: 1 << ints[1]!, vecs: 0 },
    ],
    scratchVec: 15,
    intNames: names("r", 32),
    vecNames: names("x", 32),
  };
}

/** Random numbers from a seed (mulberry32). */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** 0 .. n - 1. */
  roll(n: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  }

  chance(percent: number): boolean {
    return this.roll(100) < percent;
  }
}

interface Block {
  readonly records: number[][];
  readonly params: number[];
  readonly edges: { readonly target: Block; readonly args: readonly number[] }[];
  readonly depth: number;
  readonly header: Block | null;
  readonly cold: boolean;
  index: number;
}

export interface Shape {
  /** About how many records. */
  readonly size: number;
  /** Whether cold blocks are put last. */
  readonly coldLast: boolean;
  /** Per cent of uses that reach back to any value in scope: how much is live at once. */
  readonly reach: number;
  /** Per cent of records with fixed operands or clobbers. */
  readonly constrained: number;
}

class Generator {
  private readonly lir: Lir;
  private readonly dice: Dice;
  private readonly registers: Registers;
  private readonly blocks: Block[] = [];
  /** Vregs in scope by class. */
  private readonly scope: [number[], number[], number[]] = [[], [], []];
  private left: number;
  private readonly shape: Shape;
  private header: Block | null = null;
  private depth = 0;
  private cold = false;
  private at: Block;

  constructor(lir: Lir, dice: Dice, registers: Registers, shape: Shape) {
    this.lir = lir;
    this.dice = dice;
    this.registers = registers;
    this.left = shape.size;
    this.shape = shape;
    lir.reset();
    this.at = this.open();
  }

  run(coldLast: boolean): void {
    this.entry();
    while (this.left > 0) this.sequence(5);
    this.finish();
    const order = coldLast
      ? [...this.blocks.filter((b) => !b.cold), ...this.blocks.filter((b) => b.cold)]
      : this.blocks;
    this.write(order);
  }

  // ---- values ----------------------------------------------------------------------------------

  private newVreg(klass: number): number {
    return this.lir.newVreg(klass);
  }

  private define(klass: number): number {
    const v = this.newVreg(klass);
    this.scope[klass as 0]!.push(v);
    return v;
  }

  /** A value in scope, recent ones more often. */
  private pick(klass: number): number {
    const scope = this.scope[klass as 0]!;
    const { dice } = this;
    const n = scope.length;
    return scope[dice.chance(this.shape.reach) ? dice.roll(n) : n - 1 - dice.roll(Math.min(n, 4))]!;
  }

  private pickClass(): number {
    const n = this.dice.roll(10);
    return n < 6 ? CLASS.int : n < 9 ? CLASS.float : CLASS.wide;
  }

  private constant(klass: number): number {
    const type = klass === CLASS.int ? I32 : klass === CLASS.float ? F64 : V128;
    return -1 - this.lir.newConst(type, this.dice.roll(5), 0, 0, 0);
  }

  private classOf(v: number): number {
    return this.lir.vregClass[v]!;
  }

  private limit(klass: number): number {
    return klass === CLASS.int ? this.registers.ints.length : this.registers.vecs.length;
  }

  // ---- records ---------------------------------------------------------------------------------

  private emit(op: number, operands: readonly number[], clobbers = 0, imms: number[] = []): void {
    const head = op | (operands.length << 16) | (imms.length << 24);
    this.at.records.push([head, this.left, clobbers, ...operands, ...imms]);
    this.left--;
  }

  private entry(): void {
    const { registers } = this;
    const ints = Math.min(registers.ints.length - 1, 5);
    const vecs = Math.min(registers.vecs.length, 3);
    const defs: number[] = [];
    for (let k = 0; k < ints; k++) {
      defs.push(operand(this.define(CLASS.int), CONSTRAINT.fixed, DEF, registers.ints[k]!));
    }
    for (let k = 0; k < vecs; k++) {
      const klass = k === 1 ? CLASS.wide : CLASS.float;
      defs.push(operand(this.define(klass), CONSTRAINT.fixed, DEF, registers.vecs[k]!));
    }
    this.emit(LIR.entry, defs);
    this.emit(LIR.arg, [operand(this.define(CLASS.wide), CONSTRAINT.reg, DEF, 0)], 0, [8]);
  }

  private record(): void {
    const { dice } = this;
    const constrained = dice.chance(this.shape.constrained);
    const n = dice.roll(10);
    if (constrained) {
      if (n < 4) this.shift();
      else if (n < 6) this.divide();
      else this.call();
    } else if (n < 5) {
      this.plain();
    } else if (n < 8) {
      this.tied();
    } else if (n < 9) {
      this.emit(LIR.put, [operand(this.pick(this.pickClass()), CONSTRAINT.any, 0, 0)]);
    } else {
      this.temporaries();
    }
  }

  private plain(): void {
    const { dice } = this;
    const klass = this.pickClass();
    const most = Math.min(3, this.limit(klass) - 1);
    const uses: number[] = [];
    const count = dice.roll(most + 1);
    for (let k = 0; k < count; k++) {
      const any = k === 0 && dice.chance(40);
      const flags = dice.chance(15) ? CROSSED : 0;
      uses.push(operand(this.pick(klass), any ? CONSTRAINT.any : CONSTRAINT.reg, flags, 0));
    }
    const result = dice.chance(80) ? this.pickClass() : -1;
    const c = dice.chance(15) ? CONSTRAINT.any : CONSTRAINT.reg;
    const defs = result < 0 ? [] : [operand(this.define(result), c, DEF, 0)];
    this.emit(GENERATED.plain, [...defs, ...uses]);
  }

  private tied(): void {
    const { dice } = this;
    const klass = this.pickClass();
    const first = dice.chance(30) ? CONSTRAINT.any : CONSTRAINT.reg;
    const a = this.pick(klass);
    const b = this.pick(klass);
    const crossed = dice.chance(20) ? CROSSED : 0;
    const second = first === CONSTRAINT.reg && dice.chance(40) ? CONSTRAINT.any : CONSTRAINT.reg;
    const d = operand(this.define(klass), CONSTRAINT.tied, DEF, 1);
    this.emit(GENERATED.plain, [d, operand(a, first, 0, 0), operand(b, second, crossed, 0)]);
  }

  /** Like a shift by cl: the count in a fixed register, the value tied. */
  private shift(): void {
    const a = this.pick(CLASS.int);
    const n = this.pick(CLASS.int);
    const count = operand(n, CONSTRAINT.fixed, this.dice.chance(20) ? CROSSED : 0, 1);
    const d = operand(this.define(CLASS.int), CONSTRAINT.tied, DEF, 1);
    this.emit(GENERATED.plain, [d, operand(a, CONSTRAINT.reg, 0, 0), count]);
  }

  /** Like a division: dividend and quotient in one register, another one destroyed. */
  private divide(): void {
    const a = operand(this.pick(CLASS.int), CONSTRAINT.fixed, 0, 0);
    const b = operand(this.pick(CLASS.int), CONSTRAINT.reg, CROSSED, 0);
    const d = operand(this.define(CLASS.int), CONSTRAINT.fixed, DEF, 0);
    this.emit(GENERATED.plain, [d, a, b], ONE);
  }

  private call(): void {
    const { dice, registers } = this;
    const args: number[] = [];
    const ints = dice.roll(Math.min(4, registers.ints.length - 1));
    for (let k = 0; k < ints; k++) {
      args.push(operand(this.pick(CLASS.int), CONSTRAINT.fixed, 0, registers.ints[k]!));
    }
    const vecs = dice.roll(Math.min(3, registers.vecs.length));
    for (let k = 0; k < vecs; k++) {
      const v = this.pick(dice.chance(70) ? CLASS.float : CLASS.wide);
      args.push(operand(v, CONSTRAINT.fixed, 0, registers.vecs[k]!));
    }
    if (dice.chance(40)) args.push(operand(this.pick(CLASS.int), CONSTRAINT.reg, 0, 0));
    const defs: number[] = [];
    if (dice.chance(60)) defs.push(operand(this.define(CLASS.int), CONSTRAINT.fixed, DEF, 0));
    if (dice.chance(20)) defs.push(operand(this.define(CLASS.int), CONSTRAINT.fixed, DEF, 1));
    if (dice.chance(30)) defs.push(operand(this.define(CLASS.float), CONSTRAINT.fixed, DEF, 0));
    this.emit(GENERATED.plain, [...defs, ...args], CALL);
  }

  /** A def written early and perhaps a dead one: registers to work with. */
  private temporaries(): void {
    const klass = this.pickClass();
    const a = operand(this.pick(klass), CONSTRAINT.reg, 0, 0);
    const d = operand(this.define(klass), CONSTRAINT.reg, DEF | CROSSED, 0);
    const dead = operand(this.newVreg(klass), CONSTRAINT.reg, DEF, 0);
    this.emit(GENERATED.plain, this.dice.chance(50) ? [d, a] : [d, dead, a]);
  }

  // ---- control ---------------------------------------------------------------------------------

  private open(): Block {
    const block: Block = {
      records: [],
      params: [],
      edges: [],
      depth: this.depth,
      header: this.header,
      cold: this.cold,
      index: 0,
    };
    this.blocks.push(block);
    return block;
  }

  private jump(target: Block, args: readonly number[]): void {
    this.emit(LIR.jump, []);
    this.at.edges.push({ target, args });
  }

  private branch(targets: readonly Block[]): void {
    const { dice } = this;
    const uses = [operand(this.pick(CLASS.int), CONSTRAINT.reg, 0, 0)];
    if (dice.chance(50)) uses.push(operand(this.pick(CLASS.int), CONSTRAINT.any, 0, 0));
    this.emit(GENERATED.branch, uses);
    for (const target of targets) this.at.edges.push({ target, args: [] });
  }

  private newParams(block: Block): number[] {
    const classes: number[] = [];
    for (let n = this.dice.roll(4); n > 0; n--) {
      const klass = this.pickClass();
      block.params.push(this.newVreg(klass));
      classes.push(klass);
    }
    return classes;
  }

  /** Arguments for parameters of these classes, from what is in scope. */
  private args(classes: readonly number[]): number[] {
    return classes.map((c) => (this.dice.chance(15) ? this.constant(c) : this.pick(c)));
  }

  private enterScope(params: readonly number[]): void {
    for (const p of params) this.scope[this.classOf(p) as 0]!.push(p);
  }

  /** Runs `body`, then forgets what it brought into scope. */
  private scoped(body: () => void): void {
    const lengths = this.scope.map((s) => s.length);
    body();
    this.scope.forEach((s, k) => s.splice(lengths[k]!));
  }

  private sequence(nesting: number): void {
    for (let n = 1 + this.dice.roll(5); n > 0 && this.left > 0; n--) {
      for (let k = this.dice.roll(8); k > 0; k--) this.record();
      if (nesting === 0) continue;
      const kind = this.dice.roll(6);
      if (kind < 2) this.choose(nesting - 1);
      else if (kind < 4) this.loop(nesting - 1);
      else if (kind < 5) this.exits(nesting - 1);
    }
  }

  /** A branch or switch whose arms meet in a block with parameters. */
  private choose(nesting: number): void {
    const arms = 2 + (this.dice.chance(20) ? this.dice.roll(4) : 0);
    const from = this.at;
    const wasCold = this.cold;
    const ends: { block: Block; args: number[] }[] = [];
    const classes: number[] = [];
    for (let n = this.dice.roll(4); n > 0; n--) classes.push(this.pickClass());
    const starts: Block[] = [];
    for (let k = 0; k < arms; k++) {
      this.cold = wasCold || this.dice.chance(15);
      this.at = this.open();
      starts.push(this.at);
      this.scoped(() => {
        if (this.dice.chance(20)) this.enterArm(this.at);
        this.sequence(nesting);
        ends.push({ block: this.at, args: this.args(classes) });
      });
    }
    this.cold = wasCold;
    this.at = from;
    this.branch(starts);
    starts.forEach((s, k) =>
      from.edges.splice(k, 1, { target: s, args: this.args(s.params.map((p) => this.classOf(p))) }),
    );
    const join = this.open();
    for (const c of classes) join.params.push(this.newVreg(c));
    for (const end of ends) {
      this.at = end.block;
      if (this.dice.chance(8)) this.finish();
      else this.jump(join, end.args);
    }
    if (ends.every((end) => end.block.edges.length === 0)) {
      this.at = ends[0]!.block;
      this.at.records.pop();
      this.jump(join, ends[0]!.args);
    }
    this.at = join;
    this.enterScope(join.params);
  }

  /** An arm entered by one edge may have parameters of its own. */
  private enterArm(block: Block): void {
    this.newParams(block);
    this.enterScope(block.params);
  }

  private loop(nesting: number): void {
    const outer = this.header;
    const before = this.at;
    this.depth++;
    const header = this.open();
    (header as { header: Block | null }).header = header;
    this.header = header;
    const classes = this.dice.chance(80) ? this.newParams(header) : [];
    this.jump(header, this.args(classes));
    this.at = header;
    this.scoped(() => {
      this.enterScope(header.params);
      this.sequence(nesting);
      const again = this.args(classes);
      const latch = this.at;
      if (classes.length === 0) {
        this.depth--;
        this.header = outer;
        const exit = this.open();
        this.branch([header, exit]);
        this.at = exit;
      } else {
        const back = this.open();
        this.depth--;
        this.header = outer;
        const exit = this.open();
        this.branch(this.dice.chance(50) ? [back, exit] : [exit, back]);
        this.at = back;
        this.jump(header, again);
        this.at = exit;
      }
      if (latch === before) throw new Error("a loop is a block of its own");
    });
  }

  /** Branches out of a row of blocks to one target without parameters. */
  private exits(nesting: number): void {
    const from: { block: Block; next: Block }[] = [];
    this.scoped(() => {
      for (let n = 1 + this.dice.roll(3); n > 0; n--) {
        for (let k = this.dice.roll(4); k > 0; k--) this.record();
        if (nesting > 0 && this.dice.chance(30)) this.sequence(nesting - 1);
        const block = this.at;
        this.branch([]);
        this.at = this.open();
        from.push({ block, next: this.at });
      }
      for (let k = this.dice.roll(4); k > 0; k--) this.record();
    });
    const exit = this.open();
    for (const { block, next } of from) {
      block.edges.push({ target: exit, args: [] }, { target: next, args: [] });
    }
    this.jump(exit, []);
    this.at = exit;
  }

  /** Ends the block by a return or a trap. */
  private finish(): void {
    if (this.dice.chance(20)) {
      this.emit(LIR.trap, [], 0, [3]);
      return;
    }
    const uses = [operand(this.pick(CLASS.int), CONSTRAINT.fixed, 0, 0)];
    if (this.dice.chance(30)) uses.push(operand(this.pick(CLASS.float), CONSTRAINT.fixed, 0, 0));
    this.emit(LIR.ret, uses, 0, [0]);
  }

  // ---- writing ---------------------------------------------------------------------------------

  private write(order: readonly Block[]): void {
    const { lir } = this;
    const edges = order.reduce((n, b) => n + b.edges.length, 0);
    const args = order.reduce((n, b) => n + b.edges.reduce((m, e) => m + e.args.length, 0), 0);
    const params = order.reduce((n, b) => n + b.params.length, 0);
    const n = order.length;
    lir.blockStart = new Int32Array(n + 1);
    lir.loopDepth = new Uint8Array(n);
    lir.loopHeader = new Int32Array(n).fill(-1);
    lir.cold = new Uint8Array(n);
    lir.paramStart = new Int32Array(n + 1);
    lir.params = new Int32Array(params);
    lir.edgeStart = new Int32Array(n + 1);
    lir.edgeTarget = new Int32Array(edges);
    lir.argStart = new Int32Array(edges + 1);
    lir.args = new Int32Array(args);
    order.forEach((b, k) => (b.index = k));
    lir.blockCount = n;
    order.forEach((b, k) => this.writeBlock(b, k));
    lir.blockStart[n] = lir.size;
  }

  private writeBlock(block: Block, b: number): void {
    const { lir } = this;
    lir.blockStart[b] = lir.size;
    lir.loopDepth[b] = block.depth;
    lir.loopHeader[b] = block.header === null ? -1 : block.header.index;
    lir.cold[b] = block.cold ? 1 : 0;
    for (const record of block.records) {
      lir.reserve(record.length);
      lir.code.set(record, lir.size);
      lir.size += record.length;
    }
    lir.params.set(block.params, lir.paramStart[b]!);
    lir.paramStart[b + 1] = lir.paramStart[b]! + block.params.length;
    let e = lir.edgeStart[b]!;
    for (const edge of block.edges) {
      lir.edgeTarget[e] = edge.target.index;
      lir.args.set(edge.args, lir.argStart[e]!);
      lir.argStart[e + 1] = lir.argStart[e]! + edge.args.length;
      e++;
    }
    lir.edgeStart[b + 1] = e;
  }
}

/** Fills `lir` with a random function; equal seeds give equal functions. */
export function generateLir(lir: Lir, seed: number, registers: Registers, shape: Shape): void {
  new Generator(lir, new Dice(seed), registers, shape).run(shape.coldLast);
}
