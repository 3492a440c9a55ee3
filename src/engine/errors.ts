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

/** The error of a trap, in V8's words (abi.ts, trapWords), with the guest's frames. */
export const newTrap = (words: string, frames: readonly Frame[]): Error =>
  addFrames(new RuntimeError(words), frames);

const NAME_MAX = 1000;

/** Puts the guest's frames, innermost first, before the host's in the error's stack. */
export function addFrames(error: Error, frames: readonly Frame[]): Error {
  const lines = frames.map(({ func, name, offset }) => {
    const place = `wasm-function[${func}]:0x${Math.max(0, offset).toString(16)}`;
    return name === "" ? `    at ${place}` : `    at ${name.slice(0, NAME_MAX)} (${place})`;
  });
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  const end = stack.indexOf("\n    at ");
  const [head, rest] = end < 0 ? [stack, ""] : [stack.slice(0, end), stack.slice(end)];
  const text = [head, ...lines].join("\n") + rest;
  Object.defineProperty(error, "stack", { value: text, writable: true, configurable: true });
  return error;
}
