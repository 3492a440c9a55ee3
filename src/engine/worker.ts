// A compile thread: claims batches of functions of a shared module and posts their blobs. In: a Job
// as workerData. Out: Reports; the last one carries the times.

import { isMainThread, parentPort, workerData } from "node:worker_threads";
import type { Blob } from "../object/blob.ts";
import { decodeModule } from "../wasm/decode.ts";
import { failureOf } from "./job.ts";
import type { Job, Report } from "./job.ts";
import { Pipeline } from "./pipeline.ts";

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
