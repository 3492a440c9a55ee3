// What goes wrong in an engine or a decoder, in the error classes of the interface. In: errors of
// support/errors.ts, and the operation under way. Out: the error to throw, worded as V8 words its
// own: the operation first, the place last.

import { TRAP, trapWords } from "../abi.ts";
import { CompileError, LinkError, RuntimeError } from "../engine/errors.ts";
import { Bug, LinkError as Unlinkable, Trap, WasmError } from "../support/errors.ts";
import type { Where } from "./idl.ts";

/** How the host words what its `new Module` finds wrong. */
const HOSTS = "WebAssembly.Module(): ";

/** The error of a module that cannot be compiled. */
export function compileError(error: unknown, where: Where): unknown {
  if (error instanceof CompileError && error.message.startsWith(HOSTS)) {
    return new CompileError(`${where}: ${error.message.slice(HOSTS.length)}`);
  }
  if (error instanceof Bug) {
    return new CompileError(`${where}: fault of ingot: ${error.message}`, { cause: error });
  }
  if (!(error instanceof WasmError)) return error;
  const func = error.func < 0 ? "" : `Compiling function #${error.func} failed: `;
  const at = error.offset < 0 ? "" : ` @+${error.offset}`;
  return new CompileError(`${where}: ${func}${error.reason}${at}`);
}

/** What is said of an active segment that does not fit. */
const segmentWords = (code: number): string =>
  code === TRAP.memory ? "data segment is out of bounds" : trapWords(code);

/**
 * The error of imports that an engine refuses, or of a segment that traps; anything else is thrown
 * as it is.
 */
export function linkError(error: unknown, where: Where): unknown {
  if (error instanceof Trap) return new RuntimeError(`${where}: ${segmentWords(error.code)}`);
  if (!(error instanceof Unlinkable)) return error;
  return new LinkError(`${where}: ${error.reason}`);
}
