// Suspending guests of native code. In: host functions that may answer promises, and functions of
// guests that are called from outside. Out: code for the first, and for the second functions that
// answer promises. A suspended activation is a copy of its part of the guest stack, which goes back
// to where it was (runtime-support/addon.c).
//
// That needs a guest stack on which nothing is open, as it is when the event loop turns. If the
// promise settles while a guest waits for a host function that lets others run, the suspended one
// goes on when the event loop turns next.
//
// Whoever waits is kept by the promise, and keeps the groups of all functions that may have frames
// on the stack; if JavaScript can reach the promise no longer, everything is collected.

import { setImmediate } from "node:timers";
import type { FuncType } from "../wasm/types.ts";
import { LEVEL_AT, STATUS_AT } from "./binding.ts";
import { argsOf, enter, lowered, prepare, returned, settle, writeResults } from "./calls.ts";
import type { Around, Callable } from "./engine.ts";
import type { Func, Group, HostCode, Sleeper, Thread, Waiting } from "./groups.ts";
import { isPromise, noSuspension } from "./promises.ts";
import type { Shape } from "./shape.ts";

class Pending implements Waiting {
  readonly promise: Promise<unknown>;
  private readonly group: Group;
  private readonly shape: Shape;

  constructor(promise: Promise<unknown>, group: Group, shape: Shape) {
    this.promise = promise;
    this.group = group;
    this.shape = shape;
  }

  lower(given: unknown): unknown[] {
    return lowered(this.group, this.shape, given);
  }

  write(values: unknown[]): boolean {
    return writeResults(this.group.thread, this.shape, values);
  }
}

/** The code that calls a function of the program's which may answer a promise. */
export function newSuspendingHost(thread: Thread, type: FuncType, host: Callable): HostCode {
  const shape = thread.shape(type);
  const { desk } = thread.binding;
  return (group) => {
    const level = desk[LEVEL_AT];
    const given = host(...argsOf(group, shape));
    if (isPromise(given)) {
      if (level !== thread.suspendable) throw noSuspension();
      return new Pending(given, group, shape);
    }
    return writeResults(thread, shape, lowered(group, shape, given));
  };
}

const HALF = 2 ** 32;

/** What is left of a sleeper that nobody can resume any more. */
interface Trace {
  readonly self: WeakRef<Sleeper>;
  /** They may have been collected as well. */
  groups: readonly WeakRef<Group>[];
}

const forgotten = new FinalizationRegistry<Trace>(({ self, groups }) => {
  for (const ref of groups) ref.deref()?.removeSleeper(self);
});

/** An activation that is suspended again and again. */
class Asleep implements Sleeper {
  private bytes: ArrayBuffer | undefined;
  /** Where it may have frames. */
  private groups: readonly Group[] = [];
  private readonly trace: Trace = { self: new WeakRef(this), groups: [] };

  constructor() {
    forgotten.register(this, this.trace);
  }

  /** Puts the innermost activation aside. */
  begin(thread: Thread, group: Group): void {
    const groups = group.within();
    this.bytes = thread.binding.native.putAside(this.bytes);
    if (groups.length !== this.groups.length || groups.some((one, k) => one !== this.groups[k])) {
      this.groups = groups;
      this.trace.groups = groups.map((one) => new WeakRef(one));
    }
    for (const one of groups) one.addSleeper(this.trace.self);
  }

  // Nobody knows which words of a frame are references.
  addHeld(known: ReadonlyMap<number, unknown>, held: Set<number>): void {
    const words = new Uint32Array(this.bytes!);
    for (let i = 0; i + 1 < words.length; i++) {
      const number = words[i]! + words[i + 1]! * HALF;
      if (known.has(number)) held.add(number);
    }
  }

  /** It is suspended no longer; answers what it was. */
  end(): ArrayBuffer {
    for (const one of this.groups) one.removeSleeper(this.trace.self);
    return this.bytes!;
  }
}

const now: Around = (go) => go();

/** One call of a guest's function, which may be suspended any number of times. */
class Run {
  private readonly func: Func;
  private readonly thread: Thread;
  private readonly shape: Shape;
  private readonly around: Around;
  private readonly resolve: (value: unknown) => void;
  private readonly reject: (reason: unknown) => void;
  private asleep: Asleep | undefined;

  constructor(
    func: Func,
    around: Around,
    resolve: (value: unknown) => void,
    reject: (reason: unknown) => void,
  ) {
    this.func = func;
    this.thread = func.home.thread;
    this.shape = this.thread.shape(func.type);
    this.around = around;
    this.resolve = resolve;
    this.reject = reject;
  }

  start(args: unknown[]): void {
    prepare(this.func, this.shape, args);
    this.step(() => enter(this.func, this.shape, args));
  }

  /** Lets the guest run; it returns, is suspended again, or throws. */
  private step(work: () => Waiting | undefined): void {
    let waiting: Waiting | undefined;
    let value: unknown;
    try {
      waiting = this.run(work);
      if (waiting === undefined) value = returned(this.func, this.shape);
    } catch (error) {
      this.reject(error);
      return;
    }
    if (waiting === undefined) this.resolve(value);
    else this.wait(waiting);
  }

  /** No code of the program's own may run here but the host functions that the guest calls. */
  private run(work: () => Waiting | undefined): Waiting | undefined {
    const { func, thread } = this;
    const { desk } = thread.binding;
    const outer = thread.suspendable;
    const level = desk[LEVEL_AT]!;
    thread.suspendable = level + 1;
    try {
      const waiting = work();
      if (waiting !== undefined) (this.asleep ??= new Asleep()).begin(thread, func.group);
      return waiting;
    } catch (error) {
      desk[LEVEL_AT] = level;
      throw error;
    } finally {
      thread.suspendable = outer;
    }
  }

  private wait(waiting: Waiting): void {
    Promise.resolve(waiting.promise).then(
      (value) => this.goOn(waiting, value),
      // Guests cannot catch it: nothing of this one will run any more.
      (reason: unknown) => this.abandon(reason),
    );
  }

  private abandon(reason: unknown): void {
    this.asleep!.end();
    this.reject(reason);
  }

  private goOn(waiting: Waiting, value: unknown): void {
    if (this.thread.binding.desk[LEVEL_AT] !== 0) setImmediate(() => this.goOn(waiting, value));
    else this.around(() => this.answer(waiting, value));
  }

  private answer(waiting: Waiting, value: unknown): void {
    let values: unknown[];
    try {
      values = waiting.lower(value);
    } catch (error) {
      this.abandon(error);
      return;
    }
    this.step(() => this.resume(waiting, values));
  }

  private resume(waiting: Waiting, values: unknown[]): Waiting | undefined {
    const { thread } = this;
    const { desk, native } = thread.binding;
    const bytes = this.asleep!.end();
    if (thread.stop?.isDue() === true) throw thread.stop.reason(undefined);
    native.putBack(bytes);
    if (waiting.write(values)) native.resumeWide();
    else native.resume();
    return desk[STATUS_AT] === 0 ? undefined : settle(thread, this.func.group);
  }
}

/** Calls a function in a way that lets it be suspended; see Engine.promising. */
export function newPromising(func: Func, around: Around = now): Callable {
  return (...args) =>
    new Promise((resolve, reject) => new Run(func, around, resolve, reject).start(args));
}
