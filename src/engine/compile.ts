// Compiles modules: a function at a time through the passes (pipeline.ts), here or on worker
// threads, then links the blobs in function-index order, so that the bytes do not depend on who
// made which blob when. In: a decoded module that passed module-level validation; bodies are
// validated on the way. Out: an artifact.

import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { MODEL } from "../abi.ts";
import { writeArtifact } from "../object/artifact.ts";
import type { ArtifactParts } from "../object/artifact.ts";
import type { Blob } from "../object/blob.ts";
import { describeData, describeModule, describeNames } from "../object/describe.ts";
import { link } from "../object/link.ts";
import type { Module } from "../wasm/module.ts";
import { moduleNames } from "../wasm/names.ts";
import type { CompileOptions, PhaseTimes } from "./job.ts";
import { madeHash } from "./made.ts";
import { Pipeline } from "./pipeline.ts";
import { Pool, codeBytes } from "./pool.ts";

export type { CompileOptions } from "./job.ts";

export interface ParallelOptions extends CompileOptions {
  /** Threads; by default one for small modules, else as many as there are cores. */
  readonly workers?: number | undefined;
  /** Threads that others use too, in place of `workers`. */
  readonly pool?: Pool;
  readonly onProgress?: (done: number) => void;
}

export interface Compiled {
  readonly artifact: Uint8Array;
  /** Milliseconds by phase, summed over threads. */
  readonly times: PhaseTimes;
  readonly linkMs: number;
}

/**
 * Code bytes from which a second thread pays: an isolate takes 20 ms to start and longer to warm
 * up...
 */
const PARALLEL_FROM = 400_000;
/**
 * ...and from which one per core does. Each has V8 optimise the compiler for it, 2 to 3 s of work
 * on other threads: until there is much more to do than that, a thread has a second core for it.
 */
const MANY_FROM = 10_000_000;

/** How many threads pay. */
function threadsFor(code: number, cores: number): number {
  if (code < PARALLEL_FROM) return 1;
  return code < MANY_FROM ? Math.max(1, cores >> 1) : cores;
}

/** Compiles on this thread. */
export function compileModule(m: Module, options: CompileOptions): Compiled {
  const pipeline = new Pipeline(m, options);
  const blobs: Blob[] = new Array<Blob>(m.bodies.length);
  const order = options.order ?? m.bodies.keys();
  for (const k of order) blobs[k] = pipeline.compile(m.importedFuncs + k);
  return finish(m, options, pipeline, blobs, pipeline.times);
}

/** Compiles on as many threads as pay or as asked for. */
export async function compileParallel(m: Module, options: ParallelOptions): Promise<Compiled> {
  if (options.pool !== undefined) return compileIn(options.pool, m, options);
  const wanted = options.workers ?? threadsFor(codeBytes(m), availableParallelism());
  const workers = Math.min(wanted, Math.max(1, m.bodies.length));
  if (workers === 1 && options.onProgress === undefined) return compileModule(m, options);
  if (workers === 1) return compileSlowly(m, options);
  const pool = new Pool(workers);
  return compileIn(pool, m, options).finally(() => pool.end());
}

async function compileIn(pool: Pool, m: Module, options: ParallelOptions): Promise<Compiled> {
  const { blobs, times } = await pool.compile(m, options, options.onProgress);
  return finish(m, options, new Pipeline(m, options), blobs, times);
}

/** One thread, but now and then a turn of the event loop, so that progress can be shown. */
async function compileSlowly(m: Module, options: ParallelOptions): Promise<Compiled> {
  const pipeline = new Pipeline(m, options);
  const blobs: Blob[] = new Array<Blob>(m.bodies.length);
  let next = performance.now() + 50;
  for (let k = 0; k < m.bodies.length; k++) {
    blobs[k] = pipeline.compile(m.importedFuncs + k);
    if (performance.now() < next) continue;
    options.onProgress?.(k + 1);
    await new Promise((resolve) => setImmediate(resolve));
    next = performance.now() + 50;
  }
  return finish(m, options, pipeline, blobs, pipeline.times);
}

/** Node's SHA-256, several times as fast as ours. */
const hash = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

function finish(
  m: Module,
  options: CompileOptions,
  pipeline: Pipeline,
  blobs: readonly Blob[],
  times: PhaseTimes,
): Compiled {
  const started = performance.now();
  const { env } = pipeline;
  const { layout } = env;
  const linked = link(pipeline.target, blobs, m.importedFuncs, layout.distance);
  const names = moduleNames(m);
  const nameOf = (func: number): string => names.funcs.get(func) ?? "";
  const parts: ArtifactParts = {
    target: options.target,
    cpu: blobs.reduce((bits, b) => bits | b.cpu, 0),
    model:
      (options.bounds === "explicit" ? MODEL.explicitBounds : 0) |
      (env.facts ? MODEL.addressFacts : 0) |
      (options.features.has("bulk-memory") ? 0 : MODEL.segmentsFirst),
    distance: layout.distance,
    recordSize: layout.size,
    wasm: m.bytes,
    made: madeHash(options),
    embed: options.embed ?? false,
    text: linked.text,
    funcs: linked.funcs,
    sites: linked.sites,
    module: describeModule(m, layout),
    data: describeData(m),
    names: describeNames(m.funcs.length, nameOf),
    symbols: m.bodies.map((_, k) => nameOf(m.importedFuncs + k) || `func${m.importedFuncs + k}`),
  };
  const artifact = writeArtifact(parts, hash);
  return { artifact, times, linkMs: performance.now() - started };
}
