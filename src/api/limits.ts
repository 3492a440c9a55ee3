// What ends a call: a deadline, and AbortSignals. A guest is stopped wherever it is, in an endless
// loop or in recursion without one: it ends as by a trap, and so do the guests that wait for it.
// Like after a trap the instance can be called again, and like after a trap its memory and globals
// are as the guest left them, in the midst of something: whoever wants to go on with the instance
// restores a snapshot.
//
// A guest runs on the thread of its caller, where nothing else happens meanwhile: an AbortSignal is
// seen if it was aborted before the call, or by a host function that the guest calls, or while the
// guest is suspended. A signal that a timer aborts (AbortSignal.timeout) cannot fire while a guest
// computes, and does not tell when it would: give a `timeout` for that.

import type { Stop } from "../engine/stopping.ts";

/** What ends a call before it ends by itself. */
export interface CallLimits {
  /** Milliseconds from now; the time that a guest is suspended counts. */
  readonly timeout?: number | undefined;
  /**
   * Ends the call when it is aborted: before it, by a host function that the guest calls, or while
   * the guest is suspended. Nothing can abort it while the guest computes.
   */
  readonly signal?: AbortSignal | undefined;
}

/** A Stop of the API's: that of a call, inside of those around it. */
export class Limit implements Stop {
  readonly deadline: number;
  readonly signals: readonly AbortSignal[];

  constructor(deadline: number, signals: readonly AbortSignal[]) {
    this.deadline = deadline;
    this.signals = signals;
  }

  private get aborted(): AbortSignal | undefined {
    return this.signals.find((signal) => signal.aborted);
  }

  isDue(): boolean {
    return this.aborted !== undefined || performance.now() >= this.deadline;
  }

  reason(trap: Error | undefined): unknown {
    const { aborted } = this;
    if (aborted !== undefined) return aborted.reason;
    const error = new DOMException("the guest was stopped: its time is up", "TimeoutError");
    if (trap !== undefined) Object.defineProperty(error, "cause", { value: trap });
    return error;
  }

  /** Throws if the call is to end before it begins. */
  check(): void {
    if (this.isDue()) throw this.reason(undefined);
  }

  /** Calls `end` when the limit is reached, while nothing runs; answers how to take that back. */
  watch(end: (reason: unknown) => void): () => void {
    const tell = (): void => end(this.reason(undefined));
    for (const signal of this.signals) signal.addEventListener("abort", tell);
    const rest = this.deadline - performance.now();
    const timer = Number.isFinite(rest)
      ? setTimeout(tell, Math.max(1, Math.ceil(rest)))
      : undefined;
    return () => {
      clearTimeout(timer);
      for (const signal of this.signals) signal.removeEventListener("abort", tell);
    };
  }
}

/** The limit of a call with these options inside of another; undefined if there is none. */
export function newStop({ timeout, signal }: CallLimits, outer?: Limit): Limit | undefined {
  if (timeout === undefined && signal === undefined) return outer;
  if (timeout !== undefined && !(timeout >= 0)) {
    throw new RangeError(`a timeout is a number of milliseconds, not ${String(timeout)}`);
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError("the signal is no AbortSignal");
  }
  const deadline = timeout === undefined ? Infinity : performance.now() + timeout;
  const signals = [...(outer?.signals ?? []), ...(signal === undefined ? [] : [signal])];
  return new Limit(Math.min(deadline, outer?.deadline ?? Infinity), signals);
}
