// Listeners: told of the calls that cross the boundary of an instance, of exports that JavaScript
// calls and of host functions that the guest calls. Wrapping the functions of an instance that has
// a listener is all that it takes; other instances know nothing of it.
//
// `before` comes first; then, when the call has ended, `after` or `abort`. A call that is suspended
// ends when it does. What a listener throws is thrown in place of the call's own end. Calls within
// the guest and of functions of other instances do not cross the boundary to JavaScript; functions
// that JavaScript finds in a table, and not among the exports, are not wrapped.

import { isPromise } from "../engine/promises.ts";
import type { Callable } from "../engine/engine.ts";
import type { FuncType } from "../wasm/types.ts";

/** A call across the boundary of an instance; the same object from its beginning to its end. */
export interface Call {
  /** JavaScript calls an export, or the guest an import. */
  readonly kind: "export" | "import";
  /** Where the import is from; empty for an export. */
  readonly module: string;
  /** Its name there, or among the exports. */
  readonly name: string;
  /** Of the function in the guest's module. */
  readonly index: number;
  /** What it is called with. */
  readonly args: readonly unknown[];
}

/**
 * Is told of the calls that cross the boundary between an instance and JavaScript, and of no
 * others: not of calls within the guest, or of functions imported from other instances. Functions
 * that JavaScript finds in a table only are not listened to. What it throws is thrown in place of
 * the call's own end.
 */
export interface Listener {
  /** It is about to be called. */
  before?(call: Call): void;
  /** It has returned; of a function without results there are none. */
  after?(call: Call, results: readonly unknown[]): void;
  /** It has thrown: a trap, or what a host function threw. */
  abort?(call: Call, error: unknown): void;
}

/** What is known of a function before it is called. */
export type Called = Omit<Call, "args"> & { readonly type: FuncType };

function resultsOf({ type }: Called, value: unknown): readonly unknown[] {
  const count = type.results.length;
  if (count === 0) return [];
  return count === 1 ? [value] : [...(value as Iterable<unknown>)];
}

/** The same function, listened to. */
export function listened(listener: Listener, called: Called, inner: Callable): Callable {
  const { kind, module, name, index } = called;
  return (...args) => {
    const call: Call = { kind, module, name, index, args };
    const after = (value: unknown): void => listener.after?.(call, resultsOf(called, value));
    const abort = (error: unknown): void => listener.abort?.(call, error);
    listener.before?.(call);
    let value: unknown;
    try {
      value = inner(...args);
    } catch (error) {
      abort(error);
      throw error;
    }
    if (isPromise(value)) {
      return value.then(
        (late) => (after(late), late),
        (error: unknown) => {
          abort(error);
          throw error;
        },
      );
    }
    after(value);
    return value;
  };
}
