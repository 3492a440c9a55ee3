// The machine: one per process, since V8 builds the addresses of its arrays into the loop (see
// arenas.ts). It numbers functions, global cells, types and instances, translates functions when
// they are first called, and runs the loop, doing for it what it leaves undone.
//
// Code begins with two instructions that leave the loop, told apart by where they are: DONE ends an
// invocation, BACK returns to the instance that called. A call between instances pushes two frames:
// the caller's own, then {BACK, its instance}. When code is full, all of it is dropped; functions
// that are being executed are translated again, and the addresses in the return stack moved, which
// is possible because a function's code depends on nothing but the function.

import { TRAP, TRAPS } from "../abi.ts";
import { Trap, Unsupported, bug } from "../support/errors.ts";
import type { Features } from "../wasm/features.ts";
import { moduleNames } from "../wasm/names.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import { BodyWalker } from "../wasm/walk.ts";
import { HOST, newArenas } from "./arenas.ts";
import type { Arenas, Sizes } from "./arenas.ts";
import type { Mark } from "./assembler.ts";
import { loopOver, vectorsOver } from "./bind.ts";
import { Emitter } from "./emit.ts";
import type { Target } from "./plain.ts";
import { Instance } from "./instance.ts";
import type { Global, State } from "./instance.ts";
import { EXIT, LENGTH, X } from "./loop.gen.ts";
import { prime } from "./prime.ts";
import { accessAt, perform } from "./slow.ts";
import { wordsOf, wordsOfAll } from "./slots.ts";
import { FRAMES, InterpreterTrap, StackExhausted } from "./trap.ts";
import type { Stack, StackFrame } from "./trap.ts";

const DONE = 1;
const BACK = 2;
const FIRST = 4;

/** Ticks until the loop is left, and how often that is done. */
const TICKS = 4096;
const EXITS = 1000;

/**
 * A function of the host: the arguments are in the slots from `base` on, one behind the other (see
 * slots.ts), and so are the results.
 */
export type RawHost = (I: Int32Array, base: number) => void;

interface HostFunction {
  /** Words of arguments or results, whichever is more. */
  readonly words: number;
  readonly call: RawHost;
}

/** How an instance is translated. */
interface Translation {
  readonly target: Target;
  readonly walker: BodyWalker;
}

export class Machine {
  readonly arenas: Arenas;
  private readonly loop: () => number;
  private readonly vectors: () => number;
  private readonly state: State;
  private readonly emitter = new Emitter();

  private readonly types: FuncType[] = [];
  private readonly typeNumbers = new Map<string, number>();
  private readonly instances: (Instance | undefined)[] = [];
  private readonly translations: (Translation | undefined)[] = [];
  private readonly freeInstances: number[] = [];
  private readonly hosts = new Map<number, HostFunction>();
  /** Function index in its module, by function. */
  private readonly indices: number[] = [0];
  private readonly freeFuncs: number[] = [];
  private cells: number;
  /** Cells to use again, by the words that they have. */
  private readonly freeCells: Readonly<Record<number, number[]>> = { 2: [], 4: [] };

  /** Code regions in the order of their addresses. */
  private codeEnd = FIRST;
  private starts: number[] = [];
  private owners: number[] = [];
  /** The loop is young; functions whose loops begin with a tick, and the jumps to them. */
  private isCold = true;
  private ticked = 0;
  private readonly ticking = new Set<number>();
  private toTicks: number[] = [];
  /** First index of I that no frame uses, and of R. */
  private top = 0;
  private rp = 0;
  /** Invocations in progress. */
  private depth = 0;
  /** Asked when operators that are counted run out: may the guest go on, with more of them? */
  refuel: (() => boolean) | undefined;

  constructor(sizes?: Sizes) {
    this.arenas = newArenas(sizes);
    this.cells = this.arenas.END;
    this.state = { inst: new Instance(undefined, 0), self: 0 };
    this.instances.push(this.state.inst);
    this.loop = loopOver(this.arenas, this.state);
    this.vectors = vectorsOver(this.arenas, this.state);
    prime(this.arenas, this.state, this.loop, FIRST);
    this.arenas.code[DONE] = X.leave;
    this.arenas.code[BACK] = X.leave;
  }

  // Numbers ---------------------------------------------------------------------------------------

  /** Number of a function type; equal types have equal numbers. */
  typeNumber(type: FuncType): number {
    let number = this.typeNumbers.get(type.key);
    if (number === undefined) {
      number = this.types.push(type) - 1;
      this.typeNumbers.set(type.key, number);
    }
    return number;
  }

  typeOf(func: number): FuncType {
    return this.types[this.arenas.SIG[func]!]!;
  }

  /** Something is being executed. */
  get isBusy(): boolean {
    return this.depth > 0;
  }

  private newFunc(type: FuncType, owner: number, index: number): number {
    const { SIG, OWNER, E } = this.arenas;
    const func = this.freeFuncs.pop() ?? this.indices.length;
    if (func >= E.length) throw new Unsupported("too many functions for the interpreter");
    this.indices[func] = index;
    SIG[func] = this.typeNumber(type);
    OWNER[func] = owner;
    E[func] = 0;
    return func;
  }

  newHostFunc(type: FuncType, call: RawHost): number {
    const func = this.newFunc(type, HOST, -1);
    const words = Math.max(wordsOfAll(type.params), wordsOfAll(type.results));
    this.hosts.set(func, { words, call });
    return func;
  }

  /** A cell for a global. */
  newCell(type: ValType): number {
    const words = wordsOf(type);
    const cell = this.freeCells[words]!.pop();
    if (cell !== undefined) return cell;
    this.cells += words;
    if (this.cells > this.arenas.I.length) throw new Unsupported("too many globals");
    return this.cells - words;
  }

  /** An instance with functions, and nothing else in it yet. */
  newInstance(
    module: NonNullable<Instance["module"]>,
    features: Features,
    counts: boolean,
    imported: readonly number[],
  ): Instance {
    const number = this.freeInstances.pop() ?? this.instances.length;
    const inst = new Instance(module, number);
    this.instances[number] = inst;
    imported.forEach((func, i) => (inst.funcs[i] = func));
    for (let i = module.importedFuncs; i < module.funcs.length; i++) {
      inst.funcs[i] = this.newFunc(module.types[module.funcs[i]!]!, number, i);
    }
    const types = Int32Array.from(module.types, (t) => this.typeNumber(t));
    const isForeign = (func: number): boolean => this.arenas.OWNER[func] !== number;
    const target = { instance: inst, types, isForeign, counts, ticks: false };
    this.translations[number] = { target, walker: new BodyWalker(module, features) };
    return inst;
  }

  /**
   * Gives the numbers of an instance to others; nothing may refer to it or its functions any more.
   */
  freeInstance(inst: Instance): void {
    const first = inst.module?.importedFuncs ?? 0;
    for (let i = first; i < inst.funcs.length; i++) this.freeFunc(inst.funcs[i]!);
    this.instances[inst.number] = undefined;
    this.translations[inst.number] = undefined;
    this.freeInstances.push(inst.number);
  }

  freeFunc(func: number): void {
    this.arenas.OWNER[func] = this.arenas.E[func] = 0;
    this.hosts.delete(func);
    this.freeFuncs.push(func);
  }

  freeCell({ cell, type }: Global): void {
    this.freeCells[wordsOf(type)]!.push(cell);
  }

  // Translation -----------------------------------------------------------------------------------

  private emit(func: number, marks: Mark[] | undefined): void {
    const translation = this.translations[this.arenas.OWNER[func]!];
    if (translation === undefined) return bug(`function ${func} has no instance`);
    const { target, walker } = translation;
    target.ticks = this.ticking.has(func);
    this.emitter.aimAt(target);
    this.emitter.asm.reset(marks);
    walker.walk(this.indices[func]!, this.emitter);
  }

  private translate(func: number): void {
    if (this.isCold) this.ticking.add(func);
    else this.ticking.delete(func);
    this.emit(func, undefined);
    if (!this.hasRoom()) {
      this.flush();
      if (this.arenas.E[func] !== 0) return;
      this.emit(func, undefined);
    }
    this.install(func);
  }

  // The loop reads a few words beyond an instruction.
  private hasRoom(): boolean {
    return this.codeEnd + this.emitter.asm.at + 8 <= this.arenas.code.length;
  }

  private install(func: number): void {
    const { code, E } = this.arenas;
    const { asm } = this.emitter;
    if (!this.hasRoom()) {
      throw new Unsupported("too much code for the interpreter", -1, this.indices[func]);
    }
    E[func] = this.codeEnd;
    this.starts.push(this.codeEnd);
    this.owners.push(func);
    code.set(asm.words.subarray(0, asm.at), this.codeEnd);
    for (const at of this.emitter.toTicks) {
      if (this.isCold) this.toTicks.push(this.codeEnd + at);
      else code[this.codeEnd + at]! += 1;
    }
    this.codeEnd += asm.at;
  }

  /** Drops all code but that of functions in progress. */
  private flush(): void {
    const { E, R, S } = this.arenas;
    const { starts, owners } = this;
    const moved = new Map<number, number>();
    this.starts = [];
    this.owners = [];
    this.codeEnd = FIRST;
    this.toTicks = [];
    for (const func of owners) E[func] = 0;
    const move = (pc: number): number => {
      if (pc < FIRST) return pc;
      const k = regionOf(starts, pc);
      const func = owners[k]!;
      if (!moved.has(func)) {
        this.emit(func, undefined);
        this.install(func);
        moved.set(func, E[func]!);
      }
      return moved.get(func)! + pc - starts[k]!;
    };
    S[0] = move(S[0]!);
    for (let i = 0; i < S[2]!; i += 2) R[i] = move(R[i]!);
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
   * Calls a function; `args` has the words of all arguments (see slots.ts), and the answer those of
   * the results. Throws traps and whatever a host function throws.
   */
  invoke(func: number, args: Int32Array): Int32Array {
    const { I, END } = this.arenas;
    const { params, results } = this.typeOf(func);
    const base = this.top;
    const rp = this.rp;
    const { inst, self } = this.state;
    const taken = wordsOfAll(params);
    const given = wordsOfAll(results);
    if (base + Math.max(taken, given) > END) return this.exhausted(DONE, rp);
    I.set(args.subarray(0, taken), base);
    this.depth++;
    try {
      this.start(func, base, rp);
      return I.slice(base, base + given);
    } finally {
      this.depth--;
      this.top = base;
      this.rp = rp;
      this.state.inst = inst;
      this.state.self = self;
    }
  }

  private start(func: number, base: number, rp: number): void {
    const { R, S, E, OWNER } = this.arenas;
    const owner = OWNER[func]!;
    if (owner === HOST) return this.callHost(func, base);
    S[0] = DONE;
    S[2] = rp;
    if (E[func] === 0) this.translate(func);
    R[rp] = DONE;
    R[rp + 1] = base;
    this.enter(owner);
    this.run(E[func]!, base, rp + 2);
  }

  private enter(instance: number): void {
    this.state.inst = this.instances[instance]!;
    this.state.self = instance;
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
      } else if (why === EXIT.translate) this.translate(S[3]!);
      else if (why === EXIT.tick) this.tick();
      else if (why === EXIT.foreign) this.callForeign(S[3]!);
      else this.attend(why);
    }
  }

  /** Returns into the instance whose number is in the frame just popped. */
  private back(): void {
    const { R, S } = this.arenas;
    this.enter(S[1]!);
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
    const rp = S[2]!;
    if (rp > DEEPEST) return void this.exhausted(pc, rp);
    if (E[func] === 0) return this.translate(func);
    R[rp] = next;
    R[rp + 1] = S[1]!;
    R[rp + 2] = BACK;
    R[rp + 3] = this.state.self;
    S[0] = E[func]!;
    S[1] = base;
    S[2] = rp + 4;
    this.enter(owner);
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
      this.callHost(func, base);
    } catch (error) {
      throw this.located(error, R[rp]!, rp);
    }
    S[0] = R[rp]!;
    S[1] = fp;
    S[2] = rp;
  }

  private callHost(func: number, base: number): void {
    const host = this.hosts.get(func);
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
    if (error instanceof RangeError && /call stack/.test(error.message)) {
      return this.trap(TRAP.stack, pc, rp);
    }
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
    const index = this.indices[func]!;
    let marks = known.get(func);
    if (marks === undefined) {
      const found: Mark[] = [];
      this.emit(func, found);
      known.set(func, (marks = found));
    }
    const offset = marks.findLast((m) => m.at <= pc - this.starts[k]!)?.offset ?? -1;
    const { module } = this.instances[this.arenas.OWNER[func]!]!;
    const name = module === undefined ? "" : (moduleNames(module).funcs.get(index) ?? "");
    return { func: index, name, offset };
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

let shared: Machine | undefined;

/** The machine of this process. */
export const theMachine = (): Machine => (shared ??= new Machine());
