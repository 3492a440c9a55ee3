// What compilation is told: options, and for a compile thread (worker.ts) a job, what it answers,
// and how an error crosses threads.

import type { TargetName } from "../abi.ts";
import type { Blob } from "../object/blob.ts";
import { Bug, Invalid, Malformed, Unsupported, WasmError } from "../support/errors.ts";
import type { Bounds } from "../translate/env.ts";
import type { Features } from "../wasm/features.ts";

/** What the code of a function depends on, besides the module. */
export interface CodeOptions {
  readonly target: TargetName;
  readonly features: Features;
  readonly bounds: Bounds;
  /** CPU features that may be used (abi.ts CPU); none by default. */
  readonly cpu?: number;
  /** Fold negative address offsets where that is sound (on). */
  readonly facts?: boolean;
}

/** What a whole artifact depends on. */
export interface CompileOptions extends CodeOptions {
  /** Keep the module in the artifact. */
  readonly embed?: boolean;
  /** Compile functions in this order instead of by index; for tests of determinism. */
  readonly order?: readonly number[];
}

export const PHASES = ["build", "tidy", "place", "lower", "allocate", "emit"] as const;
export type Phase = (typeof PHASES)[number];
/** Milliseconds by phase. */
export type PhaseTimes = Record<Phase, number>;

export const newTimes = (): PhaseTimes =>
  Object.fromEntries(PHASES.map((phase) => [phase, 0])) as PhaseTimes;

export interface Job {
  readonly id: number;
  /** The module, in shared memory. */
  readonly bytes: Uint8Array;
  /** One shared word: the next function (defined here) that nobody has claimed. */
  readonly next: Int32Array;
  /** Functions per claim. */
  readonly batch: number;
  readonly options: CodeOptions;
}

/** An error that has crossed threads. */
export interface FailureData {
  readonly func: number;
  readonly name: string;
  readonly reason: string;
  readonly offset: number;
}

export interface Report {
  /** Of the job. */
  readonly id: number;
  /** Index among the functions defined here of the first blob. */
  readonly first: number;
  readonly blobs: readonly Blob[];
  readonly failure?: FailureData;
  /** In the last report of a thread about a job. */
  readonly times?: PhaseTimes;
}

const KINDS = { Malformed, Invalid, Unsupported };

/** The error that a worker met, made anew. */
export function errorFrom(f: FailureData): Error {
  if (f.name in KINDS) return new KINDS[f.name as keyof typeof KINDS](f.reason, f.offset, f.func);
  return new Bug(f.reason);
}

/** An error of function `func` as data. */
export function failureOf(error: unknown, func: number): FailureData {
  if (error instanceof WasmError) {
    return { func, name: error.name, reason: error.reason, offset: error.offset };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { func, name: "Bug", reason, offset: -1 };
}
