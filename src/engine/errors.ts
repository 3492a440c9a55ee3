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
/** Most of ingot's own frames, and some, that a call of a guest, or of the host by one, takes. */
const OWN = 16;
/** The directory of ingot's code. */
const HERE = new URL("..", import.meta.url).pathname;

const lineOf = ({ func, name, offset }: Frame): string => {
  const place = `wasm-function[${func}]:0x${Math.max(0, offset).toString(16)}`;
  return name === "" ? place : `${name.slice(0, NAME_MAX)} (${place})`;
};

/** A program may have frozen it. */
const limitStacks = (most: number): boolean => Reflect.set(Error, "stackTraceLimit", most);

/**
 * The error of a trap, made in the engine's own call of the guest, in which `make` is called.
 * `calls` are the frames of the activation that trapped, then of those that are open further out,
 * innermost first. In the error's stack they are where V8 has them: between the functions of the
 * program's that called and were called, Error.stackTraceLimit of them in all. Functions of ingot's
 * that match `entry` stand for an activation each; none of ingot's is left in the stack. A stack
 * that a program makes (Error.prepareStackTrace) and that is no text stays as it is.
 */
export function newTrap(
  make: () => Error,
  calls: readonly (readonly Frame[])[],
  entry: RegExp,
): Error {
  const limit: unknown = Error.stackTraceLimit;
  if (typeof limit !== "number") return make();
  // Every frame takes half a microsecond.
  limitStacks(calls.length > 1 ? limit * OWN + OWN : limit + OWN);
  const error = make();
  const stack: unknown = error.stack;
  limitStacks(limit);
  if (typeof stack !== "string") return error;
  const [head = "", ...lines] = stack.split(AT);
  const text = [head, ...merged(lines, calls, entry, limit)].join(AT);
  Object.defineProperty(error, "stack", { value: text, writable: true, configurable: true });
  return error;
}

/** Lines of a stack with the guest's between them, `limit` in all. */
function merged(
  lines: readonly string[],
  calls: readonly (readonly Frame[])[],
  entry: RegExp,
  limit: number,
): string[] {
  const out = (calls[0] ?? []).map(lineOf);
  let call = 0;
  for (const line of lines) {
    if (out.length >= limit) break;
    if (!line.includes(HERE)) out.push(line);
    else if (entry.test(line) && call++ > 0) out.push(...(calls[call - 1] ?? []).map(lineOf));
  }
  return out.slice(0, Math.max(0, limit));
}
