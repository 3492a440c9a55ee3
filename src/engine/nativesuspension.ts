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

class Asleep implements Sleeper {
  private readonly bytes: ArrayBuffer;
  /** Where it may have frames. */
  private readonly groups: readonly Group[];
  private readonly self = new WeakRef(this);

  /** Puts the innermost activation aside. */
  constructor(thread: Thread, group: Group) {
    const { self } = this;
    this.groups = group.within();
    this.bytes = thread.binding.native.putAside();
    for (const one of this.groups) one.addSleeper(self);
    const groups = this.groups.map((one) => new WeakRef(one));
    forgotten.register(this, { self, groups }, this);
  }

  // Nobody knows which words of a frame are references.
  addHeld(known: ReadonlyMap<number, unknown>, held: Set<number>): void {
    const words = new Uint32Array(this.bytes);
    for (let i = 0; i + 1 < words.length; i++) {
      const number = words[i]! + words[i + 1]! * HALF;
      if (known.has(number)) held.add(number);
    }
  }

  /** It is suspended no longer; answers what it was. */
  wake(): ArrayBuffer {
    forgotten.unregister(this);
    for (const one of this.groups) one.removeSleeper(this.self);
    return this.bytes;
  }
}

interface Forgotten {
  readonly self: WeakRef<Sleeper>;
  /** They may have been collected as well. */
  readonly groups: readonly WeakRef<Group>[];
}

/** What nobody can resume any more. */
const forgotten = new FinalizationRegistry<Forgotten>(({ self, groups }) => {
  for (const ref of groups) ref.deref()?.removeSleeper(self);
});

const now: Around = (go) => go();

/** One call of a guest's function, which may be suspended any number of times. */
class Run {
  private readonly func: Func;
  private readonly thread: Thread;
  private readonly shape: Shape;
  private readonly around: Around;
  private readonly resolve: (value: unknown) => void;
  private readonly reject: (reason: unknown) => void;

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
    let end: Asleep | unknown;
    try {
      [waiting, end] = this.run(work);
    } catch (error) {
      this.reject(error);
      return;
    }
    if (waiting === undefined) this.resolve(end);
    else this.wait(waiting, end as Asleep);
  }

  /** No code of the program's own may run here but the host functions that the guest calls. */
  private run(work: () => Waiting | undefined): [waiting: Waiting | undefined, end: unknown] {
    const { func, thread, shape } = this;
    const { desk } = thread.binding;
    const outer = thread.suspendable;
    const level = desk[LEVEL_AT]!;
    thread.suspendable = level + 1;
    try {
      const waiting = work();
      if (waiting === undefined) return [undefined, returned(func, shape)];
      return [waiting, new Asleep(thread, func.group)];
    } catch (error) {
      desk[LEVEL_AT] = level;
      throw error;
    } finally {
      thread.suspendable = outer;
    }
  }

  private wait(waiting: Waiting, asleep: Asleep): void {
    Promise.resolve(waiting.promise).then(
      (value) => this.goOn(asleep, waiting, value),
      (reason: unknown) => {
        // Guests cannot catch it: nothing of this one will run any more.
        asleep.wake();
        this.reject(reason);
      },
    );
  }

  private goOn(asleep: Asleep, waiting: Waiting, value: unknown): void {
    if (this.thread.binding.desk[LEVEL_AT] !== 0) {
      setImmediate(() => this.goOn(asleep, waiting, value));
    } else {
      this.around(() => this.answer(asleep, waiting, value));
    }
  }

  private answer(asleep: Asleep, waiting: Waiting, value: unknown): void {
    let values: unknown[];
    try {
      values = waiting.lower(value);
    } catch (error) {
      asleep.wake();
      this.reject(error);
      return;
    }
    this.step(() => this.resume(asleep.wake(), waiting, values));
  }

  private resume(bytes: ArrayBuffer, waiting: Waiting, values: unknown[]): Waiting | undefined {
    const { thread } = this;
    const { desk, native } = thread.binding;
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
