// Asynchronous host functions, in the shape of the JavaScript Promise Integration proposal: an
// import made by `new Suspending(f)` may answer a promise, and then the guest is suspended until the
// promise settles; the exports that lead there are called through `promising(f)`, which answers a
// promise of the result. Only guest code is suspended: where JavaScript called an export by itself
// and the guest below it wants to suspend, a SuspendError is thrown at the import.
//
// A value that is no promise goes to the guest at once. A rejection is thrown into the guest where
// it called; so are errors. While an activation is suspended, the instance's other exports can be
// called, and more activations of it suspended; they can be resumed in any order.

import type { Engine } from "../engine/engine.ts";
import { isObject } from "./idl.ts";
import type { Realm } from "./realm.ts";
import type { ExportedFunction } from "./types.ts";

type AnyFunction = (...args: never[]) => unknown;

const NEW = "WebAssembly.Suspending()";
const PROMISING = "WebAssembly.promising()";

/** What an import that may suspend the guest is wrapped in. Every namespace has the same class. */
export class Suspending {
  readonly #call: AnyFunction;

  constructor(call: AnyFunction) {
    if (typeof call !== "function") {
      throw new TypeError(`${NEW}: Argument 0 must be a function`);
    }
    this.#call = call;
  }

  /** The function in it; undefined for anything else. */
  static of(value: unknown): AnyFunction | undefined {
    return isObject(value) && #call in value ? value.#call : undefined;
  }
}
