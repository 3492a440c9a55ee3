// Suspending the interpreter's guests. In: host functions that may answer promises, and functions
// of guests that are called from outside. Out: code for the first, and for the second functions
// that answer promises. What a suspended activation is and where it is kept: interp/suspended.ts.
//
// Whoever waits for a suspended activation is the promise that its host function answered: if
// JavaScript can reach that one no longer, nothing will resume the activation, and it is collected.

import type { Group, Instance, RawHost } from "../interp/instance.ts";
import type { Suspended } from "../interp/suspended.ts";
import { V128 } from "../wasm/types.ts";
import type { FuncType } from "../wasm/types.ts";
import { answerOf, answerTo, callHost } from "./boundary.ts";
import type { Around, Callable, HostFunction } from "./engine.ts";
import type { Port, PortableFunc } from "./port.ts";
import { isPromise, noSuspension } from "./promises.ts";

/** What a guest waits for, and where the answer goes. */
class Waiting {
  readonly promise: Promise<unknown>;
  readonly answer: (at: number, given: unknown) => void;

  constructor(promise: Promise<unknown>, answer: (at: number, given: unknown) => void) {
    this.promise = promise;
    this.answer = answer;
  }
}

/** Code for a function of the host that may answer a promise. */
export function newSuspendingHost(
  port: Port,
  type: FuncType,
  call: Callable,
  group: Group,
): RawHost {
  if ([...type.params, ...type.results].includes(V128)) return noVectors;
  const answer = answerOf(port, type, group);
  return (_, at) => {
    const given = call(...port.getAll(group, type.params, at));
    if (!isPromise(given)) answer(at, given);
    else if (!port.machine.suspend(new Waiting(given, answer))) throw noSuspension();
  };
}

const noVectors = (): never => {
  throw new TypeError("a v128 has no value in JavaScript");
};

const now: Around = (go) => go();

/** One call of a guest's function, which may be suspended any number of times. */
class Run {
  private readonly port: Port;
  private readonly group: Group;
  private readonly type: FuncType;
  private readonly around: Around;
  private readonly resolve: (value: unknown) => void;
  private readonly reject: (reason: unknown) => void;

  constructor(
    port: Port,
    func: PortableFunc,
    around: Around,
    resolve: (value: unknown) => void,
    reject: (reason: unknown) => void,
  ) {
    this.port = port;
    this.group = func.group;
    this.type = func.type;
    this.around = around;
    this.resolve = resolve;
    this.reject = reject;
  }

  /** Lets the guest run; it returns, is suspended again, or throws. */
  step(work: () => Suspended | undefined): void {
    const { port, type, group } = this;
    try {
      const asleep = work();
      if (asleep !== undefined) return this.wait(asleep);
      const values = port.getAll(group, type.results, port.machine.top);
      this.resolve(values.length > 1 ? values : values[0]);
    } catch (error) {
      this.reject(this.port.thrown(error));
    }
  }

  private wait(asleep: Suspended): void {
    const { promise, answer } = asleep.reason as Waiting;
    const goOn = (put: RawHost): void =>
      this.around(() => this.step(() => this.port.machine.resume(asleep, put)));
    Promise.resolve(promise).then(
      (value) => goOn((_, at) => answer(at, value)),
      (reason: unknown) =>
        goOn(() => {
          throw reason;
        }),
    );
  }
}

function start(port: Port, func: PortableFunc, args: unknown[], run: Run): void {
  const inst = func.home as Instance;
  const { params, results } = func.type;
  if ([...params, ...results].includes(V128)) noVectors();
  port.tidy(inst.group);
  const base = port.begin(2 * Math.max(params.length, results.length));
  port.putAll(inst.group, params, base, args);
  run.step(() => port.callSuspendable(inst, func.number, base));
}

/** A function of the host that came back: it may take its time. */
async function callLater(
  { type }: PortableFunc,
  host: HostFunction,
  args: unknown[],
): Promise<unknown> {
  const given = callHost(type, host, args);
  const isLate = host.suspending === true && isPromise(given);
  return answerTo(type, isLate ? await given : given);
}

/** Calls a function in a way that lets it be suspended; see Engine.promising. */
export function newPromising(port: Port, func: PortableFunc, around: Around = now): Callable {
  return (...args) =>
    new Promise((resolve, reject) => {
      if ("host" in func.home) resolve(callLater(func, func.home.host, args));
      else start(port, func, args, new Run(port, func, around, resolve, reject));
    });
}
