// What surrounds calls into guests: a value for host functions to read, and what ends the call. It
// is set for the time of a synchronous piece of work, and holds for all guests that the work calls,
// directly or through others. A guest that is suspended takes its surroundings along: when it goes
// on, host functions that it calls find them again, whatever runs in between.
//
//   callWith({ context: request, timeout: 100 }, () => instance.exports.handle(1));
//   const env = { user: () => context<Request>().user };

import { setStop } from "../engine/stopping.ts";
import { newStop } from "./limits.ts";
import type { CallLimits, Limit } from "./limits.ts";

/** What surrounds a call. */
export interface CallOptions extends CallLimits {
  /** What `context()` answers in host functions. */
  readonly context?: unknown;
}

/** Of one call and those that are made on its behalf. */
export class Surroundings {
  readonly context: unknown;
  readonly stop: Limit | undefined;

  constructor(context: unknown, stop: Limit | undefined) {
    this.context = context;
    this.stop = stop;
  }

  /** Does the work in these surroundings. */
  within<T>(work: () => T): T {
    const outer = current;
    enter(this);
    try {
      return work();
    } finally {
      enter(outer);
    }
  }
}

let current: Surroundings | undefined;

function enter(next: Surroundings | undefined): void {
  current = next;
  setStop(next?.stop);
}

/** Those of the running call. */
export const surroundings = (): Surroundings | undefined => current;

/** Surroundings inside of the present ones: limits add up, a context takes another one's place. */
export function surround(options: CallOptions): Surroundings {
  const context = "context" in options ? options.context : current?.context;
  return new Surroundings(context, newStop(options, current?.stop));
}

/**
 * Does the work, and answers what it does; guests called meanwhile have these surroundings. Throws
 * what the work throws; when a guest was stopped, the signal's reason, or a DOMException named
 * TimeoutError, with the guest's trap as its cause.
 */
export function callWith<T>(options: CallOptions, work: () => T): T {
  const inner = surround(options);
  inner.stop?.check();
  return inner.within(work);
}

/** The context of the call that a host function serves; undefined where there is none. */
export const context = <T = unknown>(): T => current?.context as T;
