// Asynchronous host functions, in the shape of the JavaScript Promise Integration proposal: an
// import made by `new Suspending(f)` may answer a promise, and then the guest is suspended until
// the promise settles; the exports that lead there are called through `promising(f)`, which answers
// a promise of the result. Only guest code is suspended: where JavaScript called an export by
// itself and the guest below it wants to suspend, a SuspendError is thrown at the import.
//
// A value that is no promise goes to the guest at once. A rejection is thrown into the guest where
// it called; so are errors. While an activation is suspended, the instance's other exports can be
// called, and more activations of it suspended; they can be resumed in any order.

import type { Engine, LinkedFunc } from "../engine/engine.ts";
import { surroundings } from "./context.ts";
import { Uncloneable, isObject, newInterface } from "./idl.ts";
import type { Realm } from "./realm.ts";

type AnyFunction = (...args: never[]) => unknown;

const NEW = "WebAssembly.Suspending()";
const PROMISING = "WebAssembly.promising()";

/** The function in a Suspending object; undefined for anything else. */
export let suspendingCall: (value: unknown) => AnyFunction | undefined;

class Wrapped extends Uncloneable {
  readonly #call: AnyFunction;

  constructor(call: AnyFunction) {
    super();
    if (typeof call !== "function") {
      throw new TypeError(`${NEW}: Argument 0 must be a function`);
    }
    this.#call = call;
  }

  static {
    suspendingCall = (value) => (isObject(value) && #call in value ? value.#call : undefined);
  }
}

/** What an import that may suspend the guest is wrapped in. Every namespace has the same class. */
export const Suspending = newInterface(
  Wrapped,
  (make) =>
    function Suspending(call: unknown) {
      return make(new.target, call);
    },
);
export type Suspending = Wrapped;

/** A call through promising(), in the surroundings that it is made in. */
function callLater(engine: Engine, func: LinkedFunc, args: unknown[]): Promise<unknown> {
  const around = surroundings();
  if (around === undefined) return engine.promising(func)(...args) as Promise<unknown>;
  const stop = around.stop;
  const call = engine.promising(func, (go) => around.within(go));
  if (stop === undefined) return call(...args) as Promise<unknown>;
  return new Promise((resolve, reject) => {
    // The guest, if it is suspended then, is stopped when it goes on.
    const forget = stop.watch(reject);
    (call(...args) as Promise<unknown>).then(resolve, reject).finally(forget);
  });
}

/** The operation `promising` of a realm. */
export function newPromising(realm: Realm): (func: unknown) => AnyFunction {
  return (value) => {
    if (typeof value !== "function") {
      throw new TypeError(`${PROMISING}: Argument 0 must be a function`);
    }
    const { engine, foreign } = realm;
    const func = engine.funcOf(value);
    if (func === undefined) {
      if (foreign?.promising !== undefined) return foreign.promising(value as AnyFunction);
      throw new TypeError(`${PROMISING}: Argument 0 must be a WebAssembly exported function`);
    }
    const later = (...args: unknown[]): unknown => callLater(engine, func, args);
    const made = func.surround === undefined ? later : func.surround(later);
    Object.defineProperty(made, "name", { value: value.name, configurable: true });
    const { length } = func.type.params;
    return Object.defineProperty(made, "length", { value: length, configurable: true });
  };
}
