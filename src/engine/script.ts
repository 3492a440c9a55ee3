// How threads of the compiler are started: the file, the same for whoever looks (sources, what tsc
// made of them, the bundle itself), and what a thread is told at the beginning.

import type { MessagePort } from "node:worker_threads";

const isSource = import.meta.url.endsWith(".ts");

/** thread.ts, bundled. */
export const THREAD_SCRIPT = new URL(
  `${isSource ? "../../dist/src" : ".."}/bundle/thread.cjs`,
  import.meta.url,
);

/** Words that a program's thread and its compile thread see. */
export const SHARED = { replies: 0, thread: 1, size: 2 } as const;

/** What a thread that compiles whole modules serves. */
export interface Setup {
  readonly port: MessagePort;
  readonly words: Int32Array;
}

/** What a thread is started with. */
export interface Start {
  /** Of a thread that compiles whole modules; without them it waits for jobs (worker.ts). */
  readonly modules?: Setup;
}
