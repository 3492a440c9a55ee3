// The machine: one per process, since V8 builds the addresses of its arrays into the loop (see
// arenas.ts). It translates functions when they are first called and runs the loop, doing for it
// what it leaves undone. What it knows by number (numbers.ts) it does not keep alive: instances are
// found in the group of the one that is running.
//
// Code begins with two instructions that leave the loop, told apart by where they are: DONE ends an
// invocation, BACK returns to the instance that called. A call between instances pushes two frames:
// the caller's own, then {BACK, its instance}, and the caller on a list. When code is full, or most
// of it belongs to functions that are gone, all of it is dropped but that of functions in progress:
// code can be anywhere, so it is moved together, and the addresses in the return stack with it.

import { TRAP, TRAPS } from "../abi.ts";
import { Trap, Unsupported, bug } from "../support/errors.ts";
import { FEATURES } from "../wasm/features.ts";
import { moduleNames } from "../wasm/names.ts";
import type { Module } from "../wasm/module.ts";
import { BodyWalker } from "../wasm/walk.ts";
import { HOST, newArenas } from "./arenas.ts";
import type { Arenas, Sizes } from "./arenas.ts";
import type { Mark } from "./assembler.ts";
import { loopOver, vectorsOver } from "./bind.ts";
import { Emitter } from "./emit.ts";
import { Group, Instance } from "./instance.ts";
import type { State } from "./instance.ts";
import { EXIT, LENGTH, X } from "./loop.gen.ts";
import { Numbers } from "./numbers.ts";
import { prime } from "./prime.ts";
import { accessAt, perform } from "./slow.ts";
import { wordsOfAll } from "./slots.ts";
import { FRAMES, InterpreterTrap, StackExhausted } from "./trap.ts";
import type { Stack, StackFrame } from "./trap.ts";

const DONE = 1;
const BACK = 2;
const FIRST = 4;

/** Ticks until the loop is left, and how often that is done. */
const TICKS = 4096;
const EXITS = 1000;

// A module is valid when it comes here, whatever the features are by which it is.
const everything = new Set(FEATURES);

/** Words of code without a function that are worth to be dropped. */
const MUCH = 1 << 18;

/** What the translation of a module's functions needs to know. */
interface Source {
  readonly walker: BodyWalker;
  /** Type numbers by type index. */
  readonly types: Int32Array;
}

export class Machine {
  readonly arenas: Arenas;
  private readonly loop: () => number;
  private readonly vectors: () => number;
  private readonly state: State;
  private readonly emitter = new Emitter();
  readonly numbers: Numbers;
  private readonly sources = new WeakMap<Module, Source>();

  /** Code regions in the order of their addresses. */
  private codeEnd = FIRST;
  private starts: number[] = [];
  private owners: number[] = [];
  /** Words of code whose functions are gone. */
  private forsaken = 0;
  /** The loop is young; functions whose loops begin with a tick, and the jumps to them. */
  private isCold = true;
  private ticked = 0;
  private readonly ticking = new Set<number>();
  private toTicks: number[] = [];
  /** First index of I that no frame uses, and of R. */
  top = 0;
  private rp = 0;
  /** Instances that wait for the running one, innermost last, and how many there are. */
  private readonly callers: (Instance | undefined)[] = [];
  private waiting = 0;
  /** Asked when operators that are counted run out: may the guest go on, with more of them? */
  refuel: (() => boolean) | undefined;

  constructor(sizes?: Sizes) {
    this.arenas = newArenas(sizes);
    this.numbers = new Numbers(this.arenas, (func) => this.forsake(func));
    this.state = { inst: new Instance(undefined, 0, new Group(), false), self: 0 };
    this.loop = loopOver(this.arenas, this.state);
    this.vectors = vectorsOver(this.arenas, this.state);
    prime(this.arenas, this.state, this.loop, FIRST);
    this.arenas.code[DONE] = X.leave;
    this.arenas.code[BACK] = X.leave;
  }

  /** Something is being executed. */
  get isBusy(): boolean {
    return this.waiting > 0;
  }

  // Translation -----------------------------------------------------------------------------------

  private sourceOf(module: Module): Source {
    let source = this.sources.get(module);
    if (source === undefined) {
      const types = Int32Array.from(module.types, (t) => this.numbers.ofType(t));
      source = { walker: new BodyWalker(module, everything), types };
      this.sources.set(module, source);
    }
    return source;
  }

  private emit(func: number, inst: Instance, marks: Mark[] | undefined): void {
    const { OWNER } = this.arenas;
    const { walker, types } = this.sourceOf(inst.module!);
    const isForeign = (callee: number): boolean => OWNER[callee] !== inst.number;
    const ticks = this.ticking.has(func);
    this.emitter.aimAt({ instance: inst, types, isForeign, counts: inst.counts, ticks });
    this.emitter.asm.reset(marks);
    walker.walk(this.numbers.indexOf(func), this.emitter);
    this.emitter.forget();
  }

  /** The instance of a function in progress. */
  private ownerOf(func: number): Instance {
    const number = this.arenas.OWNER[func]!;
    if (number === this.state.self) return this.state.inst;
    const { callers } = this;
    for (let i = this.waiting - 1; i >= 0; i--) {
      if (callers[i]!.number === number) return callers[i]!;
    }
    return bug(`function ${func} has no instance`);
  }

  private translate(func: number, inst: Instance): void {
    if (this.isCold) this.ticking.add(func);
    else this.ticking.delete(func);
    if (this.forsaken > MUCH && 4 * this.forsaken > 3 * this.codeEnd) {
      this.flush();
      if (this.arenas.E[func] !== 0) return;
    }
    this.emit(func, inst, undefined);
    if (!this.hasRoom()) {
      this.flush();
      if (this.arenas.E[func] !== 0) return;
      this.emit(func, inst, undefined);
    }
    this.install(func);
  }

  /** The code of a function will not be used any more. */
  private forsake(func: number): void {
    const start = this.arenas.E[func]!;
    if (start === 0) return;
    const next = this.starts[regionOf(this.starts, start) + 1] ?? this.codeEnd;
    this.forsaken += next - start;
  }

  // The loop reads a few words beyond an instruction.
  private hasRoom(): boolean {
    return this.codeEnd + this.emitter.asm.at + 8 <= this.arenas.code.length;
  }

  private install(func: number): void {
    const { code, E } = this.arenas;
    const { asm } = this.emitter;
    if (!this.hasRoom()) {
      throw new Unsupported("too much code for the interpreter", -1, this.numbers.indexOf(func));
    }
    code.set(asm.words.subarray(0, asm.at), this.codeEnd);
    E[func] = this.codeEnd;
    this.starts.push(this.codeEnd);
    this.owners.push(func);
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
    for (const func of owners) E[func] = 0;
    let to = FIRST;
    for (const k of kept) {
      const end = starts[k + 1] ?? this.codeEnd;
      code.copyWithin(to, starts[k]!, end);
      E[owners[k]!] = to;
      shift[k] = to - starts[k]!;
      to += end - starts[k]!;
    }
    const move = (pc: number): number => (pc < FIRST ? pc : pc + shift[regionOf(starts, pc)]!);
    S[0] = move(S[0]!);
    for (let i = 0; i < S[2]!; i += 2) R[i] = move(R[i]!);
    this.toTicks = toTicks.filter((at) => kept.includes(regionOf(starts, at))).map(move);
    this.starts = kept.map((k) => starts[k]! + shift[k]!);
    this.owners = kept.map((k) => owners[k]!);
    this.codeEnd = to;
    this.forsaken = 0;
  }

  /** Regions of functions in progress, ascending. */
  private inProgress(): number[] {
    const { R, S } = this.arenas;
    const regions = new Set<number>();
    const see = (pc: number): void => {
      if (pc >= FIRST) regions.add(regionOf(this.starts, pc));
    };
    see(S[0]!);
    for (let i = 0; i < S[2]!; i += 2) see(R[i]!);
    return [...regions].sort((a, b) => a - b);
  }

  // V8 builds the arrays into code for the loop that it enters at the beginning, but not into code
  // that it enters in the middle of a run, which is twice as slow. So while the loop is not
  // compiled yet it must be left and entered now and then: loops of functions translated early
  // begin with a tick. When there were enough of them, their jumps are made to pass the ticks by.
  private tick(): void {
    const { S, code } = this.arenas;
    S[4] = TICKS;
    S[0]! += 1;
    if (++this.ticked < EXITS) return;
    this.isCold = false;
    for (const at of this.toTicks) code[at]! += 1;
    this.toTicks = [];
  }

  // Running ---------------------------------------------------------------------------------------

  /**
   * Calls a function that the group knows; `args` has the words of all arguments (see slots.ts),
   * and the answer those of the results. Throws traps and whatever a host function throws, but that
   * the host's own stack is exhausted is a trap as well.
   */
  invoke(group: Group, func: number, args: Int32Array): Int32Array {
    const { I, OWNER } = this.arenas;
    const { params, results } = this.numbers.typeOf(func);
    const taken = wordsOfAll(params);
    const given = wordsOfAll(results);
    const base = this.reserve(Math.max(taken, given));
    I.set(args.subarray(0, taken), base);
    const owner = OWNER[func]!;
    try {
      if (owner === HOST) this.invokeHost(group, func, base);
      else this.call(group.instances.get(owner)!, func, base);
    } catch (error) {
      throw isOverflow(error) ? new StackExhausted(TRAPS[TRAP.stack]![1], NOWHERE) : error;
    }
    return I.slice(base, base + given);
  }

  /** Where the arguments of a call go, and where its results are; throws if there is no room. */
  reserve(words: number): number {
    if (this.top + words > this.arenas.END) this.exhausted(DONE, this.rp);
    return this.top;
  }

  /** Calls a function of the instance, with arguments at `base`, which has been reserved. */
  call(inst: Instance, func: number, base: number): void {
    const { E, R, S } = this.arenas;
    const { state, callers, waiting, rp } = this;
    const outer = state.inst;
    callers[this.waiting++] = outer;
    try {
      state.inst = inst;
      state.self = inst.number;
      S[0] = R[rp] = DONE;
      R[rp + 1] = base;
      S[2] = rp;
      if (E[func] === 0) this.translate(func, inst);
      this.run(E[func]!, base, rp + 2);
    } finally {
      while (this.waiting > waiting) callers[--this.waiting] = undefined;
      this.top = base;
      this.rp = rp;
      state.inst = outer;
      state.self = outer.number;
    }
  }

  private invokeHost(group: Group, func: number, base: number): void {
    try {
      this.callHost(group, func, base);
    } finally {
      this.top = base;
    }
  }

  private run(pc: number, fp: number, rp: number): void {
    const { S } = this.arenas;
    S[0] = pc;
    S[1] = fp;
    S[2] = rp;
    for (;;) {
      let why = this.loop();
      // Nothing is left of a chain of vectors but that the loop goes on behind it.
      if (why === EXIT.vectors && (why = this.vectors()) === 0) continue;
      if (why === EXIT.leave) {
        if (S[0] === DONE) return;
        this.back();
      } else if (why === EXIT.translate) this.translate(S[3]!, this.state.inst);
      else if (why === EXIT.tick) this.tick();
      else if (why === EXIT.foreign) this.callForeign(S[3]!);
      else this.attend(why);
    }
  }

  /** Returns into the instance that called, whose frame was just popped. */
  private back(): void {
    const { R, S } = this.arenas;
    const { state, callers } = this;
    state.inst = callers[--this.waiting]!;
    state.self = state.inst.number;
    callers[this.waiting] = undefined;
    const rp = (S[2] = S[2]! - 2);
    S[0] = R[rp]!;
    S[1] = R[rp + 1]!;
  }

  private callForeign(func: number): void {
    const { S, R, E, OWNER, code, DEEPEST } = this.arenas;
    const pc = S[0]!;
    const next = pc + LENGTH[code[pc]!]!;
    const base = S[1]! + code[pc + 2]!;
    const owner = OWNER[func]!;
    if (owner === HOST) {
      this.hostCallAt(pc, func, base);
      S[0] = S[0]! + next - pc;
      return;
    }
    const { state } = this;
    const inst = state.inst.group.instances.get(owner)!;
    const rp = S[2]!;
    if (rp > DEEPEST) this.exhausted(pc, rp);
    if (E[func] === 0) return this.translate(func, inst);
    R[rp] = next;
    R[rp + 1] = S[1]!;
    R[rp + 2] = BACK;
    R[rp + 3] = state.self;
    S[0] = E[func]!;
    S[1] = base;
    S[2] = rp + 4;
    this.callers[this.waiting++] = state.inst;
    state.inst = inst;
    state.self = owner;
  }

  // The host may call back, which uses S.
  private hostCallAt(pc: number, func: number, base: number): void {
    const { S, R } = this.arenas;
    const [fp, rp] = [S[1]!, S[2]!];
    // What an inner run translates may move this one's code: leave the address where it is found.
    R[rp] = pc;
    R[rp + 1] = fp;
    this.rp = rp + 2;
    try {
      this.callHost(this.state.inst.group, func, base);
    } catch (error) {
      throw this.located(error, R[rp]!, rp);
    }
    S[0] = R[rp]!;
    S[1] = fp;
    S[2] = rp;
  }

  private callHost(group: Group, func: number, base: number): void {
    const host = group.hosts.get(func);
    if (host === undefined) return bug(`function ${func} is not the host's`);
    this.top = base + host.words;
    host.call(this.arenas.I, base);
  }

  /** What the loop left to others, traps included. */
  private attend(why: number): void {
    const { S, V, code } = this.arenas;
    const pc = S[0]!;
    const fp = S[1]!;
    if (why === TRAP.interrupt && this.refuel?.() === true) return;
    if (why < EXIT.translate) throw this.trap(why, pc, S[2]!);
    try {
      const { inst } = this.state;
      if (why === EXIT.slow) {
        perform(inst, code[pc + 1]!, V, fp + code[pc + 2]!, code[pc + 3]!, code[pc + 4]!);
        S[0] = pc + 5;
      } else {
        accessAt(inst, code, pc, V, fp);
        S[0] = pc + LENGTH[code[pc]!]!;
      }
    } catch (error) {
      throw this.located(error, pc, S[2]!);
    }
  }

  // Traps -----------------------------------------------------------------------------------------

  private exhausted(pc: number, rp: number): never {
    throw this.trap(TRAP.stack, pc, rp);
  }

  private trap(code: number, pc: number, rp: number): Trap {
    const reason = TRAPS[code]?.[1] ?? bug(`trap ${code}`);
    const stack = this.stack(pc, rp);
    return code === TRAP.stack
      ? new StackExhausted(reason, stack)
      : new InterpreterTrap(reason, stack);
  }

  /** Errors of called functions as traps of the guest at `pc`. */
  private located(error: unknown, pc: number, rp: number): unknown {
    if (error instanceof StackExhausted && error.depth === 0) return this.trap(TRAP.stack, pc, rp);
    const isPlain = error instanceof Trap && error.offset < 0 && !("frames" in error);
    return isPlain ? new InterpreterTrap(error.reason, this.stack(pc, rp)) : error;
  }

  /** The guest's stack with `pc` innermost and return addresses below `rp`. */
  private stack(pc: number, rp: number): Stack {
    const { R } = this.arenas;
    const frames: StackFrame[] = [];
    let depth = 0;
    const known = new Map<number, readonly Mark[]>();
    for (let at = pc, i = rp - 2; ; i -= 2) {
      if (at >= FIRST && depth++ < FRAMES) frames.push(this.frameAt(at, known));
      if (i < 0) return { frames, depth };
      // A return address is behind its call; below DONE is the call of the host function that
      // called in, if one did.
      if (R[i] !== DONE) at = R[i]! - 1;
      else if ((i -= 2) < 0) return { frames, depth };
      else at = R[i]!;
    }
  }

  private frameAt(pc: number, known: Map<number, readonly Mark[]>): StackFrame {
    const k = regionOf(this.starts, pc);
    const func = this.owners[k]!;
    const inst = this.ownerOf(func);
    const index = this.numbers.indexOf(func);
    let marks = known.get(func);
    if (marks === undefined) {
      const found: Mark[] = [];
      this.emit(func, inst, found);
      known.set(func, (marks = found));
    }
    const offset = marks.findLast((m) => m.at <= pc - this.starts[k]!)?.offset ?? -1;
    const name = moduleNames(inst.module!).funcs.get(index) ?? "";
    return { func: index, name, offset };
  }
}

const NOWHERE: Stack = { frames: [], depth: 0 };

const isOverflow = (error: unknown): boolean =>
  error instanceof RangeError && /call stack/.test(error.message);

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

let shared: Machine | undefined;

/** The machine of this process. */
export const theMachine = (): Machine => (shared ??= new Machine());
