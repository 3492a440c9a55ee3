// The work of the compiler's threads: whole modules for another thread (compilethread.ts), or
// functions of one that several threads share (worker.ts). Bundled into one file of CommonJS, since
// the loader of other modules costs 7 ms.

import { parentPort, workerData } from "node:worker_threads";
import { serveModules } from "./compilethread.ts";
import type { Start } from "./script.ts";
import { serveJobs } from "./worker.ts";

const { modules } = workerData as Start;
if (modules === undefined) serveJobs(parentPort!);
else serveModules(modules);
