// Compile threads (worker.ts) that go from one module to the next: starting one takes 20 ms, and it
// is half a second before the compiler in it is fast. In: modules. Out: the blobs of their
// functions. Threads share a module's bytes and a counter, from which each claims the next batch of
// functions; when the last batch is claimed they turn to the next module, so that the main thread
// may link one while the threads compile another.

import type { Blob } from "../object/blob.ts";
import type { Module } from "../wasm/module.ts";
import { PHASES, errorFrom, newTimes } from "./job.ts";
import type { CodeOptions, FailureData, Job, PhaseTimes, Report } from "./job.ts";
import { THREAD_SCRIPT } from "./script.ts";
import type { Start } from "./script.ts";
import { Thread } from "./threads.ts";

/** Code bytes per claimed batch, roughly. */
const BATCH_BYTES = 32_768;

/** Bytes of all function bodies. */
export const codeBytes = (m: Module): number => m.bodies.reduce((n, b) => n + b.end - b.start, 0);

function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

/** A module under way. */
interface Task {
  readonly blobs: Blob[];
  readonly times: PhaseTimes;
  readonly failures: FailureData[];
  readonly onProgress: (done: number) => void;
  done: number;
  /** Threads that have not turned to the next module yet. */
  busy: number;
  readonly resolve: (task: Task) => void;
  readonly reject: (error: unknown) => void;
}

export interface Result {
  /** By index among the functions that the module defines. */
  readonly blobs: readonly Blob[];
  /** Milliseconds by phase, summed over threads. */
  readonly times: PhaseTimes;
}

/** Threads that compile; `end` must be called, or they keep the process alive. */
export class Pool {
  private readonly size: number;
  private readonly tasks = new Map<number, Task>();
  private workers: Thread[] = [];
  private count = 0;

  constructor(size: number) {
    this.size = size;
  }

  /**
   * Compiles the functions of a module. When a body is invalid, the error of the lowest function
   * index is the one thrown, whatever the schedule.
   */
  async compile(
    m: Module,
    options: CodeOptions,
    onProgress: (done: number) => void = () => undefined,
  ): Promise<Result> {
    if (this.workers.length === 0) this.start();
    const { target, features, bounds, cpu = 0, facts = true } = options;
    const perFunction = Math.max(1, codeBytes(m) / Math.max(1, m.bodies.length));
    const job: Job = {
      id: this.count++,
      bytes: shared(m.bytes),
      next: new Int32Array(new SharedArrayBuffer(4)),
      batch: Math.max(1, Math.ceil(BATCH_BYTES / perFunction)),
      options: { target, features, bounds, cpu, facts },
    };
    const { blobs, times, failures } = await new Promise<Task>((resolve, reject) => {
      this.tasks.set(job.id, {
        blobs: new Array<Blob>(m.bodies.length),
        times: newTimes(),
        failures: [],
        onProgress,
        done: 0,
        busy: this.workers.length,
        resolve,
        reject,
      });
      for (const worker of this.workers) worker.postMessage(job);
    });
    if (failures.length === 0) return { blobs, times };
    failures.sort((a, b) => a.func - b.func);
    throw errorFrom(failures[0]!);
  }

  /** Ends the threads. */
  end(): void {
    for (const worker of this.workers) void worker.terminate();
    this.workers = [];
  }

  private start(): void {
    this.workers = Array.from({ length: this.size }, () => {
      // Whatever this process was started with to happen first, a preload say, is not for them.
      const workerData: Start = {};
      const worker = new Thread(THREAD_SCRIPT, { execArgv: [], env: {}, workerData });
      worker.on("message", (report: Report) => this.take(report));
      worker.on("error", (error) => this.give(error));
      return worker;
    });
  }

  private take(report: Report): void {
    const task = this.tasks.get(report.id);
    if (task === undefined) return;
    report.blobs.forEach((blob, k) => (task.blobs[report.first + k] = blob));
    task.done += report.blobs.length;
    task.onProgress(task.done);
    if (report.failure !== undefined) task.failures.push(report.failure);
    if (report.times === undefined) return;
    for (const phase of PHASES) task.times[phase] += report.times[phase];
    if (--task.busy > 0) return;
    this.tasks.delete(report.id);
    task.resolve(task);
  }

  /** A thread has died (of lack of memory, say): so has what is under way; new ones can be made. */
  private give(error: unknown): void {
    this.end();
    for (const task of this.tasks.values()) task.reject(error);
    this.tasks.clear();
  }
}
