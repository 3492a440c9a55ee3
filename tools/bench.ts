// Kernels of testdata/programs on four engines: ingot's native code, ingot's interpreter, V8's
// optimising tier and the C compiler. Each program exports bench(n), which repeats its kernel
// without any input or output and answers a checksum; the checksums of all engines must agree.
// Engines take turns within each round, so that a slow moment of the machine hits all of them; what
// counts is the median of the rounds and the ratio to `cc -O2` in the same run.
//
//   node dist/tools/bench.js [--rounds 5] [--scale 1] [--no-interpreter] [NAME...]
//
// NAME is that of a program, or vectors/ and the name of one built with vectors.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { setFlagsFromString } from "node:v8";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { compileModule } from "../src/engine/compile.ts";
import { InterpreterStore } from "../src/engine/interpreter.ts";
import { NativeStore } from "../src/engine/native.ts";
import type { Extern, Store } from "../src/engine/store.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Module } from "../src/wasm/module.ts";
import { I32 } from "../src/wasm/types.ts";
import { validateModule } from "../src/wasm/validate.ts";
import { HOST, LOADER } from "./ingot.ts";

const PROGRAMS = "testdata/programs";
/** The interpreter runs this many times fewer repetitions. */
const INTERPRETER_SHARE = 40;

/** One engine with a program loaded: runs n repetitions. */
type Kernel = (n: number) => Promise<{ ns: number; checksum: number }>;

interface Row {
  readonly name: string;
  readonly ns: Readonly<Record<string, number>>;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

const geomean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);

function ccKernel(name: string): Kernel {
  mkdirSync("build/bench", { recursive: true });
  const program = `build/bench/${basename(name)}`;
  execFileSync("cc", [
    "-O2",
    "-DNATIVE_BENCH",
    "-o",
    program,
    `${PROGRAMS}/${basename(name)}.c`,
    "-lm",
  ]);
  return async (n) => {
    const [checksum = "", ns = ""] = execFileSync(program, [String(n)], { encoding: "utf8" })
      .trim()
      .split(/\s+/);
    return { ns: Number(ns), checksum: Number(checksum) | 0 };
  };
}

function v8Kernel(bytes: Uint8Array): Kernel {
  const module = new WebAssembly.Module(bytes);
  const imports: Record<string, Record<string, () => never>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => {
      throw new Error(`bench called ${name}`);
    };
  }
  const { bench } = new WebAssembly.Instance(module, imports).exports as {
    bench: (n: number) => number;
  };
  return async (n) => {
    const start = process.hrtime.bigint();
    const checksum = bench(n);
    return { ns: Number(process.hrtime.bigint() - start), checksum: checksum | 0 };
  };
}

async function instance(store: Store, m: Module): Promise<Extern> {
  const imports: Extern[] = [];
  for (const { index } of m.imports) {
    const type = m.types[m.funcs[index]!]!;
    imports.push(
      await store.newFunc(type, () => {
        throw new Error("bench called an import");
      }),
    );
  }
  const { exports } = await store.instantiate(m, imports);
  return exports.get("bench")!;
}

async function nativeKernel(m: Module): Promise<Kernel> {
  const options = { target: HOST, features: defaultFeatures, bounds: "guard" } as const;
  const store = new NativeStore({
    command: [LOADER],
    compile: async (module) => compileModule(module, options).artifact,
  });
  stores.push(store);
  const bench = await instance(store, m);
  return async (n) => {
    const { ns, results } = await store.time(bench, [{ type: I32, lo: n, hi: 0 }]);
    return { ns, checksum: results[0]!.lo | 0 };
  };
}

async function interpreterKernel(m: Module): Promise<Kernel> {
  const store = new InterpreterStore(defaultFeatures);
  stores.push(store);
  const bench = await instance(store, m);
  return async (n) => {
    const start = process.hrtime.bigint();
    const results = await store.invoke(bench, [{ type: I32, lo: n, hi: 0 }]);
    return { ns: Number(process.hrtime.bigint() - start), checksum: results[0]!.lo | 0 };
  };
}

const stores: Store[] = [];

async function benchProgram(
  name: string,
  n: number,
  rounds: number,
  interpreter: boolean,
): Promise<Row> {
  const bytes = new Uint8Array(readFileSync(`${PROGRAMS}/${name}.wasm`));
  const m = decodeModule(bytes, defaultFeatures);
  validateModule(m, defaultFeatures, { bodies: true });
  const kernels: [string, Kernel, number][] = [
    ["cc", ccKernel(name), n],
    ["native", await nativeKernel(m), n],
    ["v8", v8Kernel(bytes), n],
  ];
  if (interpreter) {
    const few = Math.max(1, Math.round(n / INTERPRETER_SHARE));
    kernels.push(["interpreter", await interpreterKernel(m), few]);
  }
  const few = Math.max(1, Math.round(n / INTERPRETER_SHARE));
  const expected = await kernels[0]![1](few);
  for (const [engine, kernel] of kernels) {
    const { checksum } = await kernel(few);
    if (checksum !== expected.checksum) {
      throw new Error(`${name}: ${engine} answers ${checksum}, cc ${expected.checksum}`);
    }
  }
  const times: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [engine, kernel, count] of kernels) {
      const { ns } = await kernel(count);
      (times[engine] ??= []).push(ns / count);
    }
  }
  for (const store of stores.splice(0)) await store.close();
  const ns = Object.fromEntries(Object.entries(times).map(([k, v]) => [k, median(v)]));
  return { name, ns };
}

const cell = (text: string): string => text.padStart(12);

function printRow(row: Row, engines: readonly string[]): void {
  const cc = row.ns["cc"]!;
  const ratios = engines.map((e) => cell((row.ns[e]! / cc).toFixed(2)));
  console.log(`${row.name.padEnd(17)}${cell((cc / 1000).toFixed(1))}${ratios.join("")}`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: false,
    options: {
      rounds: { type: "string", default: "5" },
      scale: { type: "string", default: "1" },
      "no-interpreter": { type: "boolean", default: false },
    },
  });
  // TurboFan for everything, from the first call.
  setFlagsFromString("--no-liftoff");
  setFlagsFromString("--no-wasm-tier-up");
  const table = JSON.parse(readFileSync(`${PROGRAMS}/rounds.json`, "utf8")) as Record<
    string,
    number
  >;
  const names = positionals.length > 0 ? positionals : Object.keys(table);
  const interpreter = !values["no-interpreter"];
  const engines = ["native", "v8", ...(interpreter ? ["interpreter"] : [])];
  console.log(
    `${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} cores, Node ${process.version}`,
  );
  console.log(`median of ${values.rounds} rounds; times relative to cc -O2\n`);
  console.log(`${"".padEnd(17)}${cell("cc us/run")}${engines.map(cell).join("")}`);
  const rows: Row[] = [];
  for (const name of names) {
    if (!existsSync(`${PROGRAMS}/${name}.wasm`)) throw new Error(`no program ${name}`);
    const n = Math.max(1, Math.round((table[basename(name)] ?? 1) * Number(values.scale)));
    const row = await benchProgram(name, n, Number(values.rounds), interpreter);
    rows.push(row);
    printRow(row, engines);
  }
  const means = engines.map((e) =>
    cell(geomean(rows.map((r) => r.ns[e]! / r.ns["cc"]!)).toFixed(2)),
  );
  console.log(`${"geomean".padEnd(17)}${cell("")}${means.join("")}`);
}

await main();
