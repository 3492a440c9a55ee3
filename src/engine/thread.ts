// The work of the compiler's threads, in one file: whole modules for another thread
// (compilethread.ts), or functions of one that several threads share (worker.ts). Is bundled, and
// loaded by boot.ts.

import { parentPort } from "node:worker_threads";
import { serveModules } from "./compilethread.ts";
import type { Start } from "./script.ts";
import { serveJobs } from "./worker.ts";

/** Starts serving; tells `compiled` how many bytes of modules have been compiled in all. */
export function start({ modules }: Start, compiled: (bytes: number) => void): void {
  if (modules === undefined) serveJobs(parentPort!);
  else serveModules(modules, compiled);
}
