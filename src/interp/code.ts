// Where code lies. Functions are translated when they are first called, one behind the other; each
// has its region. When the space is full, or most of it belongs to functions that are gone, all
// code is dropped but that of functions in progress or suspended: it is moved together, and with it
// the addresses in the return stack and in what is suspended. A function may have code twice: that
// of activations in progress, and new code that counts operators.

import { Unsupported } from "../support/errors.ts";
import { FEATURES } from "../wasm/features.ts";
import type { Module } from "../wasm/module.ts";
import { BodyWalker } from "../wasm/walk.ts";
import type { Arenas } from "./arenas.ts";
import type { Mark } from "./assembler.ts";
import { Emitter } from "./emit.ts";
import type { Instance } from "./instance.ts";
import type { Numbers } from "./numbers.ts";
import type { Suspended } from "./suspended.ts";

/** Addresses below are the machine's own instructions. */
export const FIRST = 4;

/** Ticks until the loop is left, and how often that is done. */
const TICKS = 4096;
const EXITS = 1000;

// A module is valid when it comes here, whatever the features are by which it is.
const everything = new Set(FEATURES);

/** Operators are counted; loops begin with a tick. */
const COUNTS = 1;
const TICKED = 2;

/** Words of code without a function that are worth to be dropped. */
const MUCH = 1 << 18;

/** What the translation of a module's functions needs to know. */
interface Source {
  readonly walker: BodyWalker;
  /** Type numbers by type index. */
  readonly types: Int32Array;
}

export interface CodePlace {
  readonly region: number;
  readonly func: number;
  /** Words from the function's beginning. */
  readonly at: number;
}

export class Code {
  private readonly arenas: Arenas;
  private readonly numbers: Numbers;
  private readonly sleepers: Iterable<Suspended>;
  private readonly emitter = new Emitter();
  private readonly sources = new WeakMap<Module, Source>();

  /** Code regions in the order of their addresses. */
  private codeEnd = FIRST;
  private starts: number[] = [];
  private owners: number[] = [];
  /** How each was translated: COUNTS, TICKS. */
  private modes: number[] = [];
  /** Words of code whose functions are gone. */
  private forsaken = 0;
  /** The loop is young: loops begin with a tick, and these are the jumps to them. */
  private isCold = true;
  private ticked = 0;
  private toTicks: number[] = [];

  constructor(arenas: Arenas, numbers: Numbers, sleepers: Iterable<Suspended>) {
    this.arenas = arenas;
    this.numbers = numbers;
    this.sleepers = sleepers;
  }

  private sourceOf(module: Module): Source {
    let source = this.sources.get(module);
    if (source === undefined) {
      const types = Int32Array.from(module.types, (t) => this.numbers.ofType(t));
      source = { walker: new BodyWalker(module, everything), types };
      this.sources.set(module, source);
    }
    return source;
  }

  private emit(func: number, inst: Instance, mode: number, marks: Mark[] | undefined): void {
    const { OWNER } = this.arenas;
    const { walker, types } = this.sourceOf(inst.module!);
    const isForeign = (callee: number): boolean => OWNER[callee] !== inst.number;
    const [counts, ticks] = [(mode & COUNTS) !== 0, (mode & TICKED) !== 0];
    this.emitter.aimAt({ instance: inst, types, isForeign, counts, ticks });
    this.emitter.asm.reset(marks);
    walker.walk(this.numbers.indexOf(func), this.emitter);
    this.emitter.forget();
  }

  /** Makes code for a function of the instance. Throws Unsupported when there is no room. */
  translate(func: number, inst: Instance): void {
    const mode = (inst.counts ? COUNTS : 0) | (this.isCold ? TICKED : 0);
    if (this.forsaken > MUCH && 4 * this.forsaken > 3 * this.codeEnd) {
      this.flush();
      if (this.arenas.E[func] !== 0) return;
    }
    this.emit(func, inst, mode, undefined);
    if (!this.hasRoom()) {
      this.flush();
      if (this.arenas.E[func] !== 0) return;
      this.emit(func, inst, mode, undefined);
    }
    this.install(func, mode);
  }

  /** The code of a function will not be used any more. */
  forsake(func: number): void {
    const start = this.arenas.E[func]!;
    if (start === 0) return;
    const next = this.starts[regionOf(this.starts, start) + 1] ?? this.codeEnd;
    this.forsaken += next - start;
  }

  // The loop reads a few words beyond an instruction.
  private hasRoom(): boolean {
    return this.codeEnd + this.emitter.asm.at + 8 <= this.arenas.code.length;
  }

  private install(func: number, mode: number): void {
    const { code, E } = this.arenas;
    const { asm } = this.emitter;
    if (!this.hasRoom()) {
      throw new Unsupported("too much code for the interpreter", -1, this.numbers.indexOf(func));
    }
    code.set(asm.words.subarray(0, asm.at), this.codeEnd);
    E[func] = this.codeEnd;
    this.starts.push(this.codeEnd);
    this.owners.push(func);
    this.modes.push(mode);
    for (const at of this.emitter.toTicks) {
      if (this.isCold) this.toTicks.push(this.codeEnd + at);
      else code[this.codeEnd + at]! += 1;
    }
    this.codeEnd += asm.at;
  }

  /** Drops all code but that of functions in progress, which moves to the beginning. */
  private flush(): void {
    const { E, R, S, code } = this.arenas;
    const { starts, owners, toTicks } = this;
    const kept = this.inProgress();
    const shift = new Int32Array(starts.length);
    // A function may have been translated anew while old code of it is in progress.
    const current = new Set(kept.filter((k) => E[owners[k]!] === starts[k]));
    for (const func of owners) E[func] = 0;
    let to = FIRST;
    for (const k of kept) {
      const end = starts[k + 1] ?? this.codeEnd;
      code.copyWithin(to, starts[k]!, end);
      if (current.has(k)) E[owners[k]!] = to;
      shift[k] = to - starts[k]!;
      to += end - starts[k]!;
    }
    const move = (pc: number): number => (pc < FIRST ? pc : pc + shift[regionOf(starts, pc)]!);
    S[0] = move(S[0]!);
    const moveAll = (list: Int32Array, end: number): void => {
      for (let i = 0; i < end; i += 2) list[i] = move(list[i]!);
    };
    moveAll(R, S[2]!);
    for (const { returns } of this.sleepers) moveAll(returns, returns.length);
    this.toTicks = toTicks.filter((at) => kept.includes(regionOf(starts, at))).map(move);
    this.starts = kept.map((k) => starts[k]! + shift[k]!);
    this.owners = kept.map((k) => owners[k]!);
    this.modes = kept.map((k) => this.modes[k]!);
    this.codeEnd = to;
    this.forsaken = 0;
  }

  /** Regions of functions in progress or suspended, ascending. */
  private inProgress(): number[] {
    const { R, S } = this.arenas;
    const regions = new Set<number>();
    const see = (pc: number): void => {
      if (pc >= FIRST) regions.add(regionOf(this.starts, pc));
    };
    see(S[0]!);
    for (let i = 0; i < S[2]!; i += 2) see(R[i]!);
    for (const { returns } of this.sleepers) {
      for (let i = 0; i < returns.length; i += 2) see(returns[i]!);
    }
    return [...regions].sort((a, b) => a - b);
  }

  /** Where the code is that `pc` is in. */
  placeOf(pc: number): CodePlace {
    const region = regionOf(this.starts, pc);
    return { region, func: this.owners[region]!, at: pc - this.starts[region]! };
  }

  /** Which instructions are which bytes of the module, for the function of a region. */
  marksOf(region: number, inst: Instance): readonly Mark[] {
    const marks: Mark[] = [];
    this.emit(this.owners[region]!, inst, this.modes[region]!, marks);
    return marks;
  }

  /** From now on the instance's operators are counted: in what is called from here on. */
  count(inst: Instance): void {
    if (inst.counts || inst.module === undefined) return;
    inst.counts = true;
    for (const func of inst.funcs.subarray(inst.module.importedFuncs)) {
      this.forsake(func);
      this.arenas.E[func] = 0;
    }
  }

  // V8 builds the arrays into code for the loop that it enters at the beginning, but not into code
  // that it enters in the middle of a run, which is twice as slow. So while the loop is not
  // compiled yet it must be left and entered now and then: loops of functions translated early
  // begin with a tick. When there were enough of them, their jumps are made to pass the ticks by.
  tick(): void {
    const { S, code } = this.arenas;
    S[4] = TICKS;
    S[0]! += 1;
    if (++this.ticked < EXITS) return;
    this.isCold = false;
    for (const at of this.toTicks) code[at]! += 1;
    this.toTicks = [];
  }
}

/** Last of the ascending `starts` that is not above `pc`. */
function regionOf(starts: readonly number[], pc: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= pc) low = middle;
    else high = middle;
  }
  return low;
}
