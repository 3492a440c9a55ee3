// What both engines need to know for suspending guests.

import { SuspendError } from "./errors.ts";

/** Promises of any realm. */
export const isPromise = (value: unknown): value is Promise<unknown> =>
  value instanceof Promise || Object.prototype.toString.call(value) === "[object Promise]";

/** What is thrown where a guest cannot be suspended. */
export const noSuspension = (): Error =>
  new SuspendError(
    "a guest can be suspended only in a call through promising(), with no JavaScript in between",
  );
