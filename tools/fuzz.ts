// `make fuzz`: the fuzzers of fuzzers.ts in turn, for a time.
//
//   node dist/tools/fuzz.js [--seconds 60] [--seed N] [--count N] [--only NAME]
//   node dist/tools/fuzz.js FILE...     checks inputs that failed before
//
// Prints how many inputs each fuzzer tried and, last, `N passed, N failed`; exit code 1 if there was
// a failure. An input that failed is written to build/fuzz/ under its fuzzer's name and its
// seed; once it is understood, the smallest form of it belongs into testdata/fuzz/, which
// hostile.test.ts checks again.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
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

const sentence = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Says what failed, and keeps the input. */
function keep(fuzzer: Fuzzer, seed: number, error: unknown): void {
  const path = `${FOLDER}/${fuzzer.name}-${seed}.${fuzzer.extension}`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path, fuzzer.make(seed));
  console.log(`${fuzzer.name}, seed ${seed} (${path}): ${sentence(error).slice(0, 2000)}`);
}

async function attempt(fuzzer: Fuzzer, seed: number): Promise<string> {
  const from = performance.now();
  const limit = setTimeout(() => {
    // Native code that does not end.
    keep(fuzzer, seed, new Error("it does not end"));
    process.exit(1);
  }, SLOW);
  try {
    const outcome = await fuzzer.check(fuzzer.make(seed), seed);
    if (performance.now() - from > SLOW) throw new Error("it took too long");
    return outcome;
  } finally {
    clearTimeout(limit);
  }
}

async function fuzz(fuzzers: readonly Fuzzer[], seed: number, more: () => boolean): Promise<Tally> {
  const tallies = fuzzers.map((): Tally => ({ passed: 0, failed: 0 }));
  const outcomes = fuzzers.map((): Record<string, number> => ({}));
  let kept = 0;
  for (let k = 0; more(); k++) {
    for (const [n, fuzzer] of fuzzers.entries()) {
      try {
        const outcome = await attempt(fuzzer, seed + k);
        tallies[n]!.passed++;
        outcomes[n]![outcome] = (outcomes[n]![outcome] ?? 0) + 1;
      } catch (error) {
        tallies[n]!.failed++;
        if (kept++ < KEPT) keep(fuzzer, seed + k, error);
      }
    }
  }
  const total = { passed: 0, failed: 0 };
  fuzzers.forEach(({ name }, n) => {
    const { passed, failed } = tallies[n]!;
    const words = Object.entries(outcomes[n]!).map(([word, count]) => `${count} ${word}`);
    console.log(`  ${name}: ${passed} passed, ${failed} failed (${words.join(", ")})`);
    total.passed += passed;
    total.failed += failed;
  });
  return total;
}

/** Checks files with the fuzzer of their extension; of two such, with both. */
async function replay(fuzzers: readonly Fuzzer[], paths: readonly string[]): Promise<Tally> {
  const total = { passed: 0, failed: 0 };
  for (const path of paths) {
    const input = readFileSync(path);
    for (const fuzzer of fuzzers) {
      if (!path.endsWith(`.${fuzzer.extension}`) || fuzzer.name === "module") continue;
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

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: "string", default: "60" },
      seed: { type: "string" },
      count: { type: "string", default: "1000000000" },
      only: { type: "string" },
    },
  });
  const fuzzers = newFuzzers();
  const chosen = fuzzers.filter(({ name }) => (values.only ?? name) === name);
  const seed = Number(values.seed ?? (Date.now() >>> 4) % 2 ** 30);
  const until = performance.now() + Number(values.seconds) * 1000;
  let left = Number(values.count);
  if (positionals.length === 0) console.log(`seeds from ${seed}`);
  const total =
    positionals.length > 0
      ? await replay(fuzzers, positionals)
      : await fuzz(chosen, seed, () => left-- > 0 && performance.now() < until);
  for (const fuzzer of fuzzers) await fuzzer.close();
  console.log(`${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
}

await main();
