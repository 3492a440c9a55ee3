// A compile thread: claims batches of functions of a shared module and posts their blobs. In: Jobs,
// as messages, one after the other. Out: Reports; the last one of a job carries the times.

import type { MessagePort } from "node:worker_threads";
import type { Blob } from "../object/blob.ts";
import { decodeModule } from "../wasm/decode.ts";
import { failureOf } from "./job.ts";
import type { Job, Report } from "./job.ts";
import { Pipeline } from "./pipeline.ts";

function work({ id, bytes, next, batch, options }: Job, post: (report: Report) => void): void {
  const m = decodeModule(bytes, options.features);
  const pipeline = new Pipeline(m, options);
  for (;;) {
    const first = Atomics.add(next, 0, batch);
    if (first >= m.bodies.length) break;
    const end = Math.min(first + batch, m.bodies.length);
    const blobs: Blob[] = [];
    for (let k = first; k < end; k++) {
      try {
        blobs.push(pipeline.compile(m.importedFuncs + k));
      } catch (error) {
        // Claims ascend, so whatever is below this function is done or under way.
        Atomics.store(next, 0, 0x7fff0000);
        post({ id, first, blobs, failure: failureOf(error, m.importedFuncs + k) });
        break;
      }
    }
    if (blobs.length === end - first) post({ id, first, blobs });
  }
  post({ id, first: 0, blobs: [], times: pipeline.times });
}

/** Serves the thread that shares its modules out. */
export function serveJobs(port: MessagePort): void {
  port.on("message", (job: Job) => work(job, (report) => port.postMessage(report)));
}
