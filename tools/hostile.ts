// Hostile input, counted: every truncation and many random byte flips of the modules of
// testdata/hostile/ and of their artifacts. Each must end in a clear error or in a run, within a
// time and within a memory, and the loader must live through all of them.
//
//   node dist/tools/hostile.js PART [--flips N] [--case K]
//
//   binary, text     decode or parse, validate, compile, interpret
//   reader           readArtifact, with and without a look at the hash
//   loader           control mode: load, and instantiate what loads; the hash is not looked at
//   hashed           the same with the hash: nothing damaged may load
//
// Cases are numbered: truncations first, then flips, each made from its number alone, so `--case K`
// repeats one. The cases run on a thread of their own; this one watches that they go on. The last
// line is a report in JSON, which hostile.test.ts reads.

import { parseArgs } from "node:util";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { newArtifactPart } from "./hostile-artifact.ts";
import { newModulePart } from "./hostile-module.ts";
import type { Part } from "./hostile-module.ts";

export interface Report {
  readonly truncations: number;
  readonly flips: number;
  /** How often each outcome was met. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** What must not be, one sentence per case; the first few. */
  readonly failures: readonly string[];
  readonly slowest: { readonly k: number; readonly ms: number };
  /** Bytes: resident, of this process and of its child. */
  readonly memory: number;
  readonly childMemory: number;
  readonly seconds: number;
}

interface Work {
  readonly part: string;
  readonly flips: number;
  /** The one case to run, or -1. */
  readonly only: number;
  /** Number of the case under way, in shared memory. */
  readonly at: Int32Array;
}

/** A case that takes longer, in milliseconds, counts as one that does not end. */
const STUCK = 20_000;

const newPart = (name: string): Promise<Part> =>
  name === "binary" || name === "text" ? newModulePart(name) : newArtifactPart(name);

async function work({ part: name, flips, only, at }: Work): Promise<Report> {
  const started = performance.now();
  const part = await newPart(name);
  const outcomes: Record<string, number> = {};
  const failures: string[] = [];
  let slowest = { k: 0, ms: 0 };
  const first = only < 0 ? 0 : only;
  const end = only < 0 ? part.truncations + flips : only + 1;
  for (let k = first; k < end; k++) {
    Atomics.store(at, 0, k);
    const from = performance.now();
    try {
      const outcome = await part.run(k);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (failures.length < 20) failures.push(`${name}, case ${k}: ${why}`);
      outcomes["failed"] = (outcomes["failed"] ?? 0) + 1;
    }
    const ms = performance.now() - from;
    if (ms > slowest.ms) slowest = { k, ms: Math.round(ms) };
  }
  const childMemory = await part.end();
  return {
    truncations: part.truncations,
    flips,
    outcomes,
    failures,
    slowest,
    memory: process.resourceUsage().maxRSS * 1024,
    childMemory,
    seconds: Math.round((performance.now() - started) / 1000),
  };
}

function watch(part: string, flips: number, only: number): void {
  const at = new Int32Array(new SharedArrayBuffer(4));
  const given: Work = { part, flips, only, at };
  const worker = new Worker(new URL(import.meta.url), { workerData: given });
  let last = -1;
  let since = performance.now();
  const timer = setInterval(() => {
    const now = Atomics.load(at, 0);
    if (now !== last) {
      last = now;
      since = performance.now();
    } else if (performance.now() - since > STUCK) {
      console.error(`${part}, case ${now}: still not over after ${STUCK / 1000} s`);
      process.exit(1);
    }
  }, 500);
  worker.on("message", (report: Report) => {
    for (const failure of report.failures) console.error(failure);
    console.log(JSON.stringify(report));
    if (report.failures.length > 0) process.exitCode = 1;
  });
  worker.on("error", (error) => {
    console.error(`${part}, case ${Atomics.load(at, 0)}: ${error.message}`);
    process.exitCode = 1;
  });
  worker.on("exit", () => clearInterval(timer));
}

if (isMainThread) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      flips: { type: "string", default: "100000" },
      case: { type: "string", default: "-1" },
    },
  });
  watch(positionals[0] ?? "binary", Number(values.flips), Number(values.case));
} else {
  parentPort!.postMessage(await work(workerData as Work));
}
