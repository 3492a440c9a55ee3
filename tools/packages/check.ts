// `make test-corpus`: real packages from the npm registry, unchanged, on ingot. Each script of the
// corpus runs under V8; under the preload on native code, with an empty cache and again with what
// the first run left in it; and under the preload on the interpreter. Outputs and exit codes must
// be those of V8, and no module may fall back to V8 but those that are listed (judge.ts).
//
//   node dist/tools/packages/check.js [--preload FILE] [--seconds 600] [--way NAME]...
//     [--modules] [NAME...]
//
// Ends with `N passed, N failed, N skipped`. Where there is no corpus, or npm cannot reach its
// registry, it says so and all is skipped; so is what has not begun when the seconds are over.

import { existsSync, mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findCorpus, installCorpus, scriptsOf } from "./install.ts";
import { judge, judgeAlone, printModule, readFallbacks } from "./judge.ts";
import type { Fallback } from "./judge.ts";
import { PRELOAD, runScript } from "./script.ts";
import type { Outcome, Setting, Way } from "./script.ts";

const V8: Way = { name: "V8", engine: "V8", seconds: 60 };

const OURS: readonly Way[] = [
  { name: "native", engine: "native", seconds: 120 },
  { name: "cached", engine: "native", seconds: 60 },
  { name: "interpreter", engine: "interpreter", seconds: 180 },
];

const CACHE = "build/packages/cache";

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface Plan {
  readonly setting: Setting;
  readonly ways: readonly Way[];
  readonly list: readonly Fallback[];
  /** When to begin nothing more: a value of performance.now(). */
  readonly until: number;
  readonly modules: boolean;
}

const NAME_WIDTH = 14;
const cell = (text: string): string => text.padStart(13);

function count(tally: Tally, title: string, wrong: readonly string[]): void {
  if (wrong.length === 0) tally.passed++;
  else tally.failed++;
  for (const what of wrong) console.log(`  ${title}: ${what}`);
}

/** Runs one script every way and prints its row. */
async function checkScript(name: string, plan: Plan, tally: Tally): Promise<void> {
  const { setting, ways, list, until } = plan;
  const isOver = (): boolean => performance.now() > until;
  if (isOver()) {
    tally.skipped += 1 + ways.length;
    console.log(`${name.padEnd(NAME_WIDTH)}skipped: the time is over`);
    return;
  }
  const v8 = await runScript(name, V8, setting);
  const runs: [Way, Outcome | undefined][] = [];
  for (const way of ways) {
    const ran = isOver() ? undefined : await runScript(name, way, setting);
    runs.push([way, ran]);
  }
  const times = [v8, ...runs.map(([, ran]) => ran)].map((ran) =>
    cell(ran === undefined ? "skipped" : ran.result.toFixed(0)),
  );
  console.log(name.padEnd(NAME_WIDTH) + times.join(""));
  count(tally, "V8", judgeAlone(v8));
  for (const [way, ran] of runs) {
    if (ran === undefined) tally.skipped++;
    else count(tally, way.name, judge(name, v8, ran, list));
  }
  if (!plan.modules) return;
  for (const [way, ran] of runs) {
    for (const m of ran?.modules ?? []) console.log(`  ${way.name}: ${printModule(m)}`);
  }
}

function skipAll(why: string): number {
  console.log(`skipped: ${why}\n0 passed, 0 failed, 1 skipped`);
  return 0;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      preload: { type: "string", default: PRELOAD },
      seconds: { type: "string", default: "600" },
      way: { type: "string", multiple: true, default: OURS.map((way) => way.name) },
      modules: { type: "boolean", default: false },
    },
  });
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const until = performance.now() + Number(values.seconds) * 1000;
  const corpus = findCorpus(root);
  if (corpus.missing !== "") return skipAll(corpus.missing);
  const { folder, missing } = installCorpus(corpus.folder);
  if (missing !== "") return skipAll(missing);
  if (!existsSync(values.preload)) throw new Error(`there is no ${values.preload}`);
  const all = scriptsOf(corpus.folder);
  const unknown = positionals.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Error(`no script ${unknown}: there are ${all.join(", ")}`);
  const cache = resolve(root, CACHE);
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(resolve(cache, ".."), { recursive: true });
  const setting = { folder, preload: values.preload, cache, report: true };
  const ways = OURS.filter((way) => values.way.includes(way.name));
  const plan = { setting, ways, list: readFallbacks(), until, modules: values.modules };
  console.log("milliseconds from the start of the process to the result, reporting included");
  console.log("".padEnd(NAME_WIDTH) + [V8, ...ways].map((w) => cell(w.name)).join(""));
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const name of positionals.length > 0 ? positionals : all) {
    await checkScript(name, plan, tally);
  }
  console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
  return tally.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
