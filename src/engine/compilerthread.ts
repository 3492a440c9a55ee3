// The thread behind compiler.ts: compiles one module after the other, on more threads where that
// pays, and puts the artifacts into the cache. In: Orders. Out: Replies, each counted in the signal
// so that a sleeping thread wakes up.

import { isMainThread, workerData } from "node:worker_threads";
import { validateModule } from "../wasm/validate.ts";
import { decodeModule } from "../wasm/decode.ts";
import { Cache } from "./cache.ts";
import { compileParallel } from "./compile.ts";
import type { Made, Opening, Order, Reply } from "./compiler.ts";
import { failureOf } from "./job.ts";

const caches = new Map<string, Cache>();
const warnings: string[] = [];

function cacheOf(settings: NonNullable<Order["keep"]>["cache"]): Cache {
  let cache = caches.get(settings.directory);
  if (cache === undefined) {
    cache = new Cache({ ...settings, warn: (sentence) => void warnings.push(sentence) });
    caches.set(settings.directory, cache);
  }
  return cache;
}

async function make({ bytes, options, keep }: Order, signal: Int32Array): Promise<Made> {
  const started = performance.now();
  const m = decodeModule(bytes, options.features);
  validateModule(m, options.features, { bodies: false });
  const onProgress = (): void => void Atomics.add(signal, 1, 1);
  const { artifact } = await compileParallel(m, { ...options, onProgress });
  const path = keep === undefined ? undefined : cacheOf(keep.cache).put(keep.key, artifact);
  return {
    path,
    artifact: path === undefined ? artifact : undefined,
    warnings: warnings.splice(0),
    ms: performance.now() - started,
  };
}

async function answer(order: Order, signal: Int32Array): Promise<Reply> {
  try {
    return { id: order.id, made: await make(order, signal) };
  } catch (error) {
    return { id: order.id, failure: failureOf(error, -1) };
  }
}

if (!isMainThread) {
  const { port, signal } = workerData as Opening;
  let last: Promise<void> = Promise.resolve();
  port.on("message", (order: Order) => {
    last = last.then(async () => {
      port.postMessage(await answer(order, signal));
      Atomics.add(signal, 0, 1);
      Atomics.notify(signal, 0);
    });
  });
}
