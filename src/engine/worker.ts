// A compile thread: claims batches of functions of a shared module and posts their blobs. In: a Job as
// workerData. Out: Reports; the last one carries the times.

import { isMainThread, parentPort, workerData } from "node:worker_threads";
import type { Blob } from "../object/blob.ts";
import { Bug, Invalid, Malformed, Unsupported, WasmError } from "../support/errors.ts";
import { decodeModule } from "../wasm/decode.ts";
import type { CompileOptions } from "./compile.ts";
import { Pipeline } from "./pipeline.ts";
import type { PhaseTimes } from "./pipeline.ts";

export interface Job {
  /** The module, in shared memory. */
  readonly bytes: Uint8Array;
  /** One shared word: the next function (defined here) that nobody has claimed. */
  readonly next: Int32Array;
  /** Functions per claim. */
  readonly batch: number;
  readonly options: CompileOptions;
}

/** An error that has crossed threads. */
export interface FailureData {
  readonly func: number;
  readonly name: string;
  readonly reason: string;
  readonly offset: number;
}

export interface Report {
  /** Index among the functions defined here of the first blob. */
  readonly first: number;
  readonly blobs: readonly Blob[];
  readonly failure?: FailureData;
  readonly times?: PhaseTimes;
}

const KINDS = { Malformed, Invalid, Unsupported };

/** The error that a worker met, made anew. */
export function errorFrom(f: FailureData): Error {
  if (f.name in KINDS) return new KINDS[f.name as keyof typeof KINDS](f.reason, f.offset, f.func);
  return new Bug(f.reason);
}

function failureOf(error: unknown, func: number): FailureData {
  if (error instanceof WasmError) {
    return { func, name: error.name, reason: error.reason, offset: error.offset };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { func, name: "Bug", reason, offset: -1 };
}

function work(job: Job, post: (report: Report) => void): void {
  const m = decodeModule(job.bytes, job.options.features);
  const pipeline = new Pipeline(m, job.options);
  for (;;) {
    const first = Atomics.add(job.next, 0, job.batch);
    if (first >= m.bodies.length) break;
    const end = Math.min(first + job.batch, m.bodies.length);
    const blobs: Blob[] = [];
    for (let k = first; k < end; k++) {
      try {
        blobs.push(pipeline.compile(m.importedFuncs + k));
      } catch (error) {
        // Claims ascend, so whatever is below this function is done or under way.
        Atomics.store(job.next, 0, 0x7fff0000);
        post({ first, blobs, failure: failureOf(error, m.importedFuncs + k) });
        return;
      }
    }
    post({ first, blobs });
  }
  post({ first: 0, blobs: [], times: pipeline.times });
}

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  work(workerData as Job, (report) => port.postMessage(report));
}
