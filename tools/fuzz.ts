// `make fuzz`: the fuzzers of fuzzers.ts in turn, for a time.
//
//   node dist/tools/fuzz.js [--seconds 60] [--seed N] [--count N] [--only NAME]
//   node dist/tools/fuzz.js FILE...     checks inputs that failed before
//
// Prints how many inputs each fuzzer tried and, last, `N passed, N failed`; exit code 1 if any did.
// An input that failed is written to build/fuzz/ under its fuzzer's name and its seed; once it is
// understood, the smallest form of it belongs into testdata/fuzz/, which hostile.test.ts checks
// again. The fuzzers run on a thread of their own, and this one watches that
// they go on: native code that does not end is killed and counts as a failure, a compiler that does
// not end is the last failure.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { newFuzzers } from "./fuzzers.ts";
import type { Fuzzer } from "./fuzzers.ts";

const FOLDER = "build/fuzz";
/** Inputs that are kept; the others are counted. */
const KEPT = 40;
/** An input that takes longer, in milliseconds, is a failure. */
const SLOW = 20_000;

interface Tally {
  passed: number;
  failed: number;
}

interface Work {
  readonly seconds: number;
  readonly seed: number;
  readonly count: number;
  readonly only: string;
  readonly files: readonly string[];
  /** Number of the fuzzer at work, its seed, and how many inputs were done before. */
  readonly at: Int32Array;
}

const sentence = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Says what failed, and keeps the input. */
function keep(fuzzer: Fuzzer, seed: number, error: unknown): void {
  const path = `${FOLDER}/${fuzzer.name}-${seed}.${fuzzer.extension}`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path, fuzzer.make(seed));
  console.log(`${fuzzer.name}, seed ${seed} (${path}): ${sentence(error).slice(0, 2000)}`);
}

/** Kills the loaders that this process started. */
function killLoaders(): void {
  for (const thread of readdirSync("/proc/self/task")) {
    const children = readFileSync(`/proc/self/task/${thread}/children`, "utf8");
    for (const pid of children.split(" ").filter((word) => word !== "")) {
      process.kill(Number(pid), "SIGKILL");
    }
  }
}

async function attempt(fuzzer: Fuzzer, seed: number): Promise<string> {
  const limit = setTimeout(killLoaders, SLOW);
  try {
    return await fuzzer.check(fuzzer.make(seed), seed);
  } finally {
    clearTimeout(limit);
  }
}

async function fuzz(fuzzers: readonly Fuzzer[], work: Work): Promise<Tally> {
  const tallies = fuzzers.map((): Tally => ({ passed: 0, failed: 0 }));
  const outcomes = fuzzers.map((): Record<string, number> => ({}));
  const until = performance.now() + work.seconds * 1000;
  let kept = 0;
  for (let k = 0; k < work.count && performance.now() < until; k++) {
    const seed = work.seed + k;
    for (const [n, fuzzer] of fuzzers.entries()) {
      if (work.only !== "" && fuzzer.name !== work.only) continue;
      work.at[0] = n;
      work.at[1] = seed;
      work.at[2]!++;
      try {
        const outcome = await attempt(fuzzer, seed);
        tallies[n]!.passed++;
        outcomes[n]![outcome] = (outcomes[n]![outcome] ?? 0) + 1;
      } catch (error) {
        tallies[n]!.failed++;
        if (kept++ < KEPT) keep(fuzzer, seed, error);
      }
    }
  }
  const total = { passed: 0, failed: 0 };
  fuzzers.forEach(({ name }, n) => {
    const { passed, failed } = tallies[n]!;
    if (passed + failed === 0) return;
    const words = Object.entries(outcomes[n]!).map(([word, count]) => `${count} ${word}`);
    console.log(`  ${name}: ${passed} passed, ${failed} failed (${words.join(", ")})`);
    total.passed += passed;
    total.failed += failed;
  });
  return total;
}

/** Checks files with the fuzzer of their extension. */
async function replay(fuzzers: readonly Fuzzer[], paths: readonly string[]): Promise<Tally> {
  const total = { passed: 0, failed: 0 };
  for (const path of paths) {
    const input = readFileSync(path);
    for (const fuzzer of fuzzers) {
      if (!path.endsWith(`.${fuzzer.extension}`)) continue;
      try {
        for (const seed of [0, 1]) await fuzzer.check(input, seed);
        total.passed++;
      } catch (error) {
        total.failed++;
        console.log(`${path}: ${sentence(error)}`);
      }
    }
  }
  return total;
}

async function run(work: Work): Promise<Tally> {
  const fuzzers = newFuzzers();
  const total =
    work.files.length > 0 ? await replay(fuzzers, work.files) : await fuzz(fuzzers, work);
  for (const fuzzer of fuzzers) await fuzzer.close();
  return total;
}

function workOf(): Work {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: "string", default: "60" },
      seed: { type: "string" },
      count: { type: "string", default: "1000000000" },
      only: { type: "string", default: "" },
    },
  });
  return {
    seconds: Number(values.seconds),
    seed: Number(values.seed ?? (Date.now() >>> 4) % 2 ** 30),
    count: Number(values.count),
    only: values.only,
    files: positionals,
    at: new Int32Array(new SharedArrayBuffer(12)),
  };
}

function watch(): void {
  const work = workOf();
  if (work.files.length === 0) console.log(`seeds from ${work.seed}`);
  const worker = new Worker(new URL(import.meta.url), { workerData: work });
  const end = ({ passed, failed }: Tally): void => {
    console.log(`${passed} passed, ${failed} failed`);
    if (failed > 0 || passed === 0) process.exitCode = 1;
  };
  let last = -1;
  let since = performance.now();
  const timer = setInterval(() => {
    const now = Atomics.load(work.at, 2);
    if (now !== last) since = performance.now();
    last = now;
    if (performance.now() - since < 2 * SLOW) return;
    const fuzzer = newFuzzers()[work.at[0]!]!;
    keep(fuzzer, work.at[1]!, new Error("it does not end"));
    killLoaders();
    end({ passed: now - 1, failed: 1 });
    process.exit();
  }, 500);
  worker.on("message", (total: Tally) => {
    clearInterval(timer);
    end(total);
  });
  worker.on("error", (error) => {
    clearInterval(timer);
    console.log(sentence(error));
    end({ passed: 0, failed: 1 });
  });
}

if (isMainThread) watch();
else parentPort!.postMessage(await run(workerData as Work));
