// How a command ends badly: one clear sentence on standard error and the exit code that the README
// promises. Nothing here ever prints a JavaScript stack unless INGOT_DEBUG is set.

import { ArtifactError } from "../object/artifact.ts";
import { describe, WasmError } from "../support/errors.ts";
import { FeatureError } from "../wasm/features.ts";

/** Exit codes of ingot itself; any other code is the guest's own. */
export const EXIT = { ok: 0, invalid: 1, usage: 2, trap: 134 } as const;

/** Something the user typed does not fit: a flag, a path, a missing file. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** A failure whose sentence is already complete; exit code 1. */
export class Failure extends Error {
  override name = "Failure";
}

/** The exit code that an error stands for. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError || error instanceof FeatureError) return EXIT.usage;
  return EXIT.invalid;
}

/** The sentence for an error; `subject` is the file it is about. */
export function sentence(error: unknown, subject?: string): string {
  const about = subject !== undefined && error instanceof WasmError ? `${subject}: ` : "";
  if (subject !== undefined && error instanceof ArtifactError)
    return `${subject}: ${error.message}`;
  return about + describe(error);
}

/** Prints the sentence and answers the exit code. */
export function report(error: unknown, subject?: string): number {
  process.stderr.write(`ingot: ${sentence(error, subject)}\n`);
  if (process.env["INGOT_DEBUG"] !== undefined && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ""}\n`);
  }
  return exitCodeOf(error);
}
