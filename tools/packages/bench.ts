// `make bench-corpus`: from the start of a process to the first result of a real package, for every
// script of the corpus: under V8, under the preload with an empty cache, and with a full one. The
// three take turns within each round, so that a slow moment of the machine hits all of them; what
// counts is the median of the rounds. Prints a markdown table for the README.
//
//   node dist/tools/packages/bench.js [--rounds 5] [--preload FILE] [NAME...]

import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findCorpus, installCorpus, scriptsOf } from "./install.ts";
import { PRELOAD, runScript } from "./script.ts";
import type { Outcome, Way } from "./script.ts";

const V8: Way = { name: "V8", engine: "V8", seconds: 60 };
const NATIVE: Way = { name: "native", engine: "native", seconds: 120 };

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

const geomean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);

interface Row {
  readonly name: string;
  /** Sizes of its modules. */
  readonly sizes: string;
  readonly v8: number;
  readonly cold: number;
  readonly warm: number;
}

interface Places {
  readonly folder: string;
  readonly preload: string;
}

function resultOf(name: string, ran: Outcome): number {
  if (ran.code === 0) return ran.result;
  throw new Error(`${name} ended with ${ran.code}: ${ran.stdout}${ran.stderr}`);
}

/** Each round begins without a cache; the last one ends with a report. */
async function benchScript(name: string, rounds: number, places: Places): Promise<Row> {
  const times: Record<"v8" | "cold" | "warm", number[]> = { v8: [], cold: [], warm: [] };
  let sizes = "";
  for (let round = 0; round < rounds; round++) {
    const cache = mkdtempSync(join(tmpdir(), "ingot-corpus-"));
    const setting = { ...places, cache, report: false };
    try {
      times.v8.push(resultOf(name, await runScript(name, V8, setting)));
      times.cold.push(resultOf(name, await runScript(name, NATIVE, setting)));
      times.warm.push(resultOf(name, await runScript(name, NATIVE, setting)));
      if (round < rounds - 1) continue;
      const { modules } = await runScript(name, NATIVE, { ...setting, report: true });
      const made = modules.filter(({ origin }) => origin !== "kept");
      sizes = made.map((m) => m.size + (m.origin === "foreign" ? " (V8)" : "")).join(", ");
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
  }
  return { name, sizes, v8: median(times.v8), cold: median(times.cold), warm: median(times.warm) };
}

const columns = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function printRow({ name, sizes, v8, cold, warm }: Row): void {
  const numbers = [v8, cold, warm].map((ms) => ms.toFixed(0));
  console.log(columns([name, sizes, ...numbers, (warm / v8).toFixed(2)]));
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "5" },
      preload: { type: "string", default: PRELOAD },
    },
  });
  const corpus = findCorpus(fileURLToPath(new URL("../../..", import.meta.url)));
  const installed = corpus.missing === "" ? installCorpus(corpus.folder) : corpus;
  if (installed.missing !== "") {
    console.log(`skipped: ${installed.missing}`);
    return 0;
  }
  const cpu = cpus();
  const machine = `${cpu[0]?.model ?? "unknown CPU"}, ${cpu.length} cores, Node ${process.version}`;
  console.log(`${machine}; medians of ${values.rounds} rounds, milliseconds from the start of the`);
  console.log("process to its first result\n");
  console.log(
    columns(["package", "modules", "V8", "empty cache", "full cache", "full cache / V8"]),
  );
  console.log("|---|---|---|---|---|---|");
  const rows: Row[] = [];
  const places = { folder: installed.folder, preload: values.preload };
  for (const name of positionals.length > 0 ? positionals : scriptsOf(corpus.folder)) {
    const row = await benchScript(name, Number(values.rounds), places);
    rows.push(row);
    printRow(row);
  }
  const mean = geomean(rows.map((row) => row.warm / row.v8)).toFixed(2);
  console.log(columns(["**geometric mean**", "", "", "", "", `**${mean}**`]));
  return 0;
}

process.exitCode = await main();
