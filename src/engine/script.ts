// How threads of the compiler are started: the file, the same for whoever looks (sources, what tsc
// made of them, the bundle itself), and what a thread is told at the beginning.

import type { MessagePort } from "node:worker_threads";
import type { Store } from "./bytecode.ts";

const isSource = import.meta.url.endsWith(".ts");

/** boot.ts, bundled. */
export const THREAD_SCRIPT = new URL(
  `${isSource ? "../../dist/src" : ".."}/bundle/boot.cjs`,
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
  /** Where V8's code for the compiler is kept. */
  readonly store?: Store | undefined;
}
