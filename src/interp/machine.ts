// The machine: one per process, since V8 builds the addresses of its arrays into the loop (see
// arenas.ts). It translates functions when they are first called and runs the loop, doing for it
// what it leaves undone. What it knows by number (numbers.ts) it does not keep alive: instances are
// found in the group of the one that is running.
//
// Code begins with two instructions that leave the loop, told apart by where they are: DONE ends an
// invocation, BACK returns to the instance that called. A call between instances pushes two frames:
// the caller's own, then {BACK, its instance}, and the caller on a list. An activation is what runs
// between a call of JavaScript's and its end; one can be taken out while a host function that it
// has called has no answer yet, and be put back later (suspended.ts).

import { TRAP, TRAPS } from "../abi.ts";
import { Trap, bug } from "../support/errors.ts";
import { moduleNames } from "../wasm/names.ts";
import { HOST, newArenas } from "./arenas.ts";
import type { Arenas, Sizes } from "./arenas.ts";
import type { Mark } from "./assembler.ts";
import { loopOver, vectorsOver } from "./bind.ts";
import { Code, FIRST } from "./code.ts";
import { Group, Instance } from "./instance.ts";
import type { RawHost, State } from "./instance.ts";
import { EXIT, LENGTH, X } from "./loop.gen.ts";
import { lookAtBorrowed } from "./memory.ts";
import { Numbers } from "./numbers.ts";
import { prime } from "./prime.ts";
import { accessAt, perform } from "./slow.ts";
import { wordsOfAll } from "./slots.ts";
import { BACK, Sleepers, Suspended } from "./suspended.ts";
import { FRAMES, InterpreterTrap, StackExhausted } from "./trap.ts";
import type { Stack, StackFrame } from "./trap.ts";

const DONE = 1;

export class Machine {
  readonly arenas: Arenas;
  private readonly loop: () => number;
  private readonly vectors: () => number;
  private readonly state: State;
  readonly numbers: Numbers;
  readonly code: Code;

  /** First index of I that no frame uses, and of R. */
  top = 0;
  private rp = 0;
  /** Instances that wait for the running one, innermost last, and how many there are. */
  private readonly callers: (Instance | undefined)[] = [];
  private waiting = 0;
  /** Asked when operators that are counted run out: may the guest go on, with more of them? */
  refuel: (() => boolean) | undefined;
  /** Asked when a host function has returned: is the guest to end? */
  isDue: (() => boolean) | undefined;
  /** Where in R the activation begins that may be suspended, if it is the innermost one. */
  private suspendable = -1;
  /** Why the innermost activation is about to be suspended. */
  private reason: object | undefined;
  readonly sleepers = new Sleepers();

  constructor(sizes?: Sizes) {
    this.arenas = newArenas(sizes);
    this.numbers = new Numbers(this.arenas, (func) => this.code.forsake(func));
    this.code = new Code(this.arenas, this.numbers, this.sleepers);
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

  /** Code of the instance is being executed, or waits in a suspended activation. */
  isUsing(inst: Instance): boolean {
    if (this.isBusy && (this.state.inst === inst || this.callers.includes(inst))) return true;
    for (const one of this.sleepers) {
      if (one.inst === inst || one.callers.includes(inst)) return true;
    }
    return false;
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
      if (E[func] === 0) this.code.translate(func, inst);
      this.run(E[func]!, base, rp + 2);
    } finally {
      while (this.waiting > waiting) callers[--this.waiting] = undefined;
      this.top = base;
      this.rp = rp;
      state.inst = outer;
      state.self = outer.number;
    }
  }

  /**
   * Calls a function like `call` does, but host functions may suspend this activation (`suspend`):
   * answers it then, else undefined. Results are at `top` afterwards.
   */
  callSuspendable(inst: Instance, func: number, base: number): Suspended | undefined {
    return this.activate(inst, [], base, () => {
      const { E } = this.arenas;
      if (E[func] === 0) this.code.translate(func, inst);
      this.run(E[func]!, base, this.rp + 2);
    });
  }

  /**
   * Goes on with a suspended activation, once: `answer` puts the results of the host function that
   * it called where they belong, or throws into the guest. Answers as `callSuspendable` does.
   */
  resume(asleep: Suspended, answer: RawHost): Suspended | undefined {
    this.sleepers.remove(asleep);
    const { frames, returns, inst, callers } = asleep;
    if (this.rp + returns.length > this.arenas.DEEPEST) this.exhausted(DONE, this.rp);
    const base = this.reserve(frames.length);
    return this.activate(inst, callers, base, () => {
      const { S, R, I, code } = this.arenas;
      const rp = this.rp + returns.length - 2;
      asleep.putBack(this.arenas, base, this.rp);
      const pc = R[rp]!;
      const fp = R[rp + 1]!;
      this.top = base + frames.length;
      this.rp = rp + 2;
      S[2] = rp;
      try {
        answer(I, fp + code[pc + 2]!);
      } catch (error) {
        throw this.located(error, R[rp]!, rp);
      }
      if (this.isDue?.() === true) throw this.trap(TRAP.interrupt, R[rp]!, rp);
      this.run(R[rp]! + LENGTH[code[R[rp]!]!]!, fp, rp);
    });
  }

  private activate(
    inst: Instance,
    between: readonly Instance[],
    base: number,
    work: () => void,
  ): Suspended | undefined {
    const { R, S } = this.arenas;
    const { state, callers, waiting, rp, suspendable } = this;
    const outer = state.inst;
    callers[this.waiting++] = outer;
    for (const one of between) callers[this.waiting++] = one;
    try {
      this.suspendable = rp;
      state.inst = inst;
      state.self = inst.number;
      S[0] = R[rp] = DONE;
      R[rp + 1] = base;
      S[2] = rp;
      work();
      return this.reason === undefined ? undefined : this.fallAsleep(waiting, base, rp);
    } finally {
      while (this.waiting > waiting) callers[--this.waiting] = undefined;
      this.suspendable = suspendable;
      this.top = base;
      this.rp = rp;
      state.inst = outer;
      state.self = outer.number;
    }
  }

  private fallAsleep(waiting: number, base: number, rp: number): Suspended {
    const callers = this.callers.slice(waiting + 1, this.waiting) as Instance[];
    const reason = this.reason!;
    this.reason = undefined;
    const asleep = new Suspended(
      this.arenas,
      reason,
      [this.state.inst, callers],
      [base, this.top],
      [rp, this.rp],
    );
    this.sleepers.add(asleep);
    return asleep;
  }

  /**
   * For a host function that has no answer yet: when it has returned, its caller is suspended.
   * False if that is not possible, since the innermost activation is none that may be suspended.
   */
  suspend(reason: object): boolean {
    const { R } = this.arenas;
    let at = this.rp - 2;
    while (at >= 0 && R[at] !== DONE) at -= 2;
    if (at < 0 || at !== this.suspendable) return false;
    this.reason = reason;
    return true;
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
      lookAtBorrowed();
      let why = this.loop();
      // Nothing is left of a chain of vectors but that the loop goes on behind it.
      if (why === EXIT.vectors && (why = this.vectors()) === 0) continue;
      if (why === EXIT.leave) {
        if (S[0] === DONE) return;
        this.back();
      } else if (why === EXIT.translate) this.code.translate(S[3]!, this.state.inst);
      else if (why === EXIT.tick) this.code.tick();
      else if (why === EXIT.foreign) {
        this.callForeign(S[3]!);
        if (this.reason !== undefined) return;
      } else this.attend(why);
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
    if (E[func] === 0) return this.code.translate(func, inst);
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
    if (this.isDue?.() === true) throw this.trap(TRAP.interrupt, R[rp]!, rp);
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
      : new InterpreterTrap(reason, stack, code);
  }

  /** Errors of called functions as traps of the guest at `pc`. */
  private located(error: unknown, pc: number, rp: number): unknown {
    if (error instanceof StackExhausted && error.depth === 0) return this.trap(TRAP.stack, pc, rp);
    const isPlain = error instanceof Trap && error.offset < 0 && !("frames" in error);
    return isPlain ? new InterpreterTrap(error.reason, this.stack(pc, rp), error.code) : error;
  }

  /** The guest's stack with `pc` innermost and return addresses below `rp`. */
  private stack(pc: number, rp: number): Stack {
    const { R } = this.arenas;
    const frames: StackFrame[] = [];
    let depth = 0;
    const known = new Map<number, readonly Mark[]>();
    for (let at = pc, i = rp - 2; ; i -= 2) {
      // Of an activation, DONE is the last return address.
      const isEntry = i < 0 || R[i] === DONE;
      if (at >= FIRST && depth++ < FRAMES) frames.push(this.frameAt(at, known, isEntry));
      if (i < 0) return { frames, depth };
      // A return address is behind its call; below DONE is the call of the host function that
      // called in, if one did.
      if (R[i] !== DONE) at = R[i]! - 1;
      else if ((i -= 2) < 0) return { frames, depth };
      else at = R[i]!;
    }
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

  private frameAt(pc: number, known: Map<number, readonly Mark[]>, isEntry: boolean): StackFrame {
    const { region, func, at } = this.code.placeOf(pc);
    const inst = this.ownerOf(func);
    const index = this.numbers.indexOf(func);
    let marks = known.get(region);
    if (marks === undefined) known.set(region, (marks = this.code.marksOf(region, inst)));
    const offset = marks.findLast((m) => m.at <= at)?.offset ?? -1;
    const name = moduleNames(inst.module!).funcs.get(index) ?? "";
    return { func: index, name, offset, isEntry };
  }
}

const NOWHERE: Stack = { frames: [], depth: 0 };

const isOverflow = (error: unknown): boolean =>
  error instanceof RangeError && /call stack/.test(error.message);

let shared: Machine | undefined;

/** The machine of this process. */
export const theMachine = (): Machine => (shared ??= new Machine());
