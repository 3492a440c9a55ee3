// The error classes of the JavaScript interface. Where the host has a WebAssembly of its own, they
// are its classes, so that a program that mixes both needs to know one set only; captured when this
// file is loaded, since a preload may replace the global later.

import type { Frame } from "./store.ts";

type ErrorClass = new (message?: string, options?: ErrorOptions) => Error;
interface Namespace {
  readonly CompileError: ErrorClass;
  readonly LinkError: ErrorClass;
  readonly RuntimeError: ErrorClass;
  readonly SuspendError?: ErrorClass;
}

function own(name: string): ErrorClass {
  const made = class extends Error {};
  Object.defineProperty(made, "name", { value: name });
  Object.defineProperty(made.prototype, "name", {
    value: name,
    writable: true,
    configurable: true,
  });
  return made;
}

const host = (globalThis as { readonly WebAssembly?: Namespace }).WebAssembly;

export const CompileError: ErrorClass = host?.CompileError ?? own("CompileError");
export const LinkError: ErrorClass = host?.LinkError ?? own("LinkError");
export const RuntimeError: ErrorClass = host?.RuntimeError ?? own("RuntimeError");
export const SuspendError: ErrorClass = host?.SuspendError ?? own("SuspendError");

const NAME_MAX = 1000;
const AT = "\n    at ";

/** Where the files of ingot are, and how many frames of theirs may lie below a guest's. */
const OWN = new URL("../", import.meta.url).href;
const OWN_MAX = 8;

/** A program may have frozen it. */
const limitStacks = (most: unknown): boolean => Reflect.set(Error, "stackTraceLimit", most);

/** The error of a trap, in V8's words (abi.ts, trapWords), with the guest's frames. */
export const newTrap = (words: string, frames: readonly Frame[]): Error =>
  newError(() => new RuntimeError(words), frames);

/**
 * An error whose stack has the guest's frames, innermost first, and then those of whoever called
 * it: Error.stackTraceLimit of them in all. A stack that a program makes (Error.prepareStackTrace)
 * and that is no text stays as it is.
 */
export function newError(make: () => Error, frames: readonly Frame[]): Error {
  const { stackTraceLimit: most } = Error;
  if (typeof most === "number") limitStacks(most + OWN_MAX);
  const error = make();
  const stack: unknown = error.stack ?? `${error.name}: ${error.message}`;
  limitStacks(most);
  if (typeof stack !== "string") return error;
  const lines = frames.map(({ func, name, offset }) => {
    const place = `wasm-function[${func}]:0x${Math.max(0, offset).toString(16)}`;
    return name === "" ? place : `${name.slice(0, NAME_MAX)} (${place})`;
  });
  const [head, ...rest] = stack.split(AT) as [string, ...string[]];
  const callers = rest.findIndex((line) => !line.includes(OWN));
  const shown = [...lines, ...(callers < 0 ? [] : rest.slice(callers))].slice(0, most);
  const text = [head, ...shown].join(AT);
  Object.defineProperty(error, "stack", { value: text, writable: true, configurable: true });
  return error;
}
