// The same module in worker threads: compiled once, its code mapped in each.

import { readFile } from "node:fs/promises";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { Instance, compileArtifact, loadArtifact } from "ingot";

if (isMainThread) {
  const bytes = await readFile(new URL("embed.wasm", import.meta.url));
  const artifact = compileArtifact(bytes, { embed: true });
  const ask = (pair) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { artifact, pair } });
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  const pairs = [
    [1071, 462],
    [48, 36],
    [270, 192],
  ];
  console.log((await Promise.all(pairs.map(ask))).join());
} else {
  const { artifact, pair } = workerData;
  const { gcd } = new Instance(loadArtifact(artifact)).exports;
  parentPort.postMessage(gcd(...pair));
}
