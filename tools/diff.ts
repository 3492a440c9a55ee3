// Differential test: random modules on the interpreter, on native code and on the V8 of this
// process. They must agree on every result and trap and, at the end, on memory and globals. A
// disagreement is written to build/diff/ as a .wasm with the seed, and ends with exit code 1.
//
//   node dist/tools/diff.js [--seconds 20] [--seed N] [--count N] [--target T] [--vectors]
//                           [--engines LIST]
//
// LIST, separated by commas, is of interpreter, native (both kinds of bounds, and with all that the
// machine has beyond the baseline) and ir, the stages of SSA form; without it the first two.
// --vectors makes modules that use them.
//
// Native code is this machine's, or with --target that of T alone, which may need an emulator.
// Modules come from wasmgen.ts, or from mutating them: an operator is replaced by another one of
// the same signature. V8 says what a module does; the engines have to say the same.

import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { targets } from "../backend/targets.ts";
import type { TargetName } from "../src/abi.ts";
import { requireLoader } from "../src/cli/loader.ts";
import { compileModule } from "../src/engine/compile.ts";
import { InterpreterStore } from "../src/engine/interpreter.ts";
import { NativeStore } from "../src/engine/native.ts";
import type { Bounds } from "../src/translate/env.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { validateModule } from "../src/wasm/validate.ts";
import { hostCpu } from "./host.ts";
import { HOST } from "./ingot.ts";
import { IrEngine } from "./irengine.ts";
import { mutate } from "./mutate.ts";
import { compileNearsighted } from "./nearsighted.ts";
import { Random } from "./random.ts";
import { difference, runStore, runV8 } from "./traces.ts";
import type { Trace, Traced } from "./traces.ts";
import { ModuleGenerator } from "./wasmgen.ts";

function moduleFor(seed: number, vectors: boolean): Uint8Array {
  const bytes = new ModuleGenerator(seed >> 2, { vectors }).generate();
  if ((seed & 3) === 0) return bytes;
  return mutate(bytes, new Random(seed));
}

interface Engine {
  readonly name: string;
  readonly store: Traced;
}

const nativeStore = (target: TargetName, bounds: Bounds, cpu: number): NativeStore =>
  new NativeStore({
    command: requireLoader(target),
    compile: async (m) =>
      compileModule(m, { target, features: defaultFeatures, bounds, cpu }).artifact,
  });

// In this order: what runs for ever is given up before it runs where nothing stops it.
const ENGINES: Readonly<Record<string, (target: TargetName) => Engine[]>> = {
  ir: () =>
    (["guard", "explicit"] as const).flatMap((bounds) =>
      (["built", "tidied", "placed"] as const).map((stage) => ({
        name: `IR when ${stage}, ${bounds}`,
        store: new IrEngine(bounds, stage),
      })),
    ),
  interpreter: () => [
    { name: "interpreter", store: new InterpreterStore(defaultFeatures, { limit: 20_000_000 }) },
  ],
  native: (target) => [
    { name: "native", store: nativeStore(target, "guard", 0) },
    { name: "native with explicit checks", store: nativeStore(target, "explicit", 0) },
    ...(target === HOST && hostCpu() !== 0
      ? [{ name: "native, every feature", store: nativeStore(target, "guard", hostCpu()) }]
      : []),
    ...(target === "arm64" ? [nearsighted(requireLoader(target))] : []),
  ],
};

function engines(list: string, target: TargetName): Engine[] {
  const wanted = list.split(",");
  const unknown = wanted.find((name) => ENGINES[name] === undefined);
  if (unknown !== undefined) throw new Error(`no engine is called ${unknown}`);
  return Object.entries(ENGINES).flatMap(([name, make]) =>
    wanted.includes(name) ? make(target) : [],
  );
}

/** Everything that reaches far reaches nowhere: long branches, far constants, veneers. */
const nearsighted = (command: readonly string[]): Engine => ({
  name: "native with short reach",
  store: new NativeStore({ command, compile: async (m) => compileNearsighted(m, "guard") }),
});

function complain(seed: number, engine: string, bytes: Uint8Array, what: string): void {
  mkdirSync("build/diff", { recursive: true });
  writeFileSync(`build/diff/${seed}.wasm`, bytes);
  console.log(`seed ${seed}: ${engine}: ${what} (build/diff/${seed}.wasm)`);
}

/** Runs the module of a seed everywhere; answers "agree", "skip" or "differ". */
async function check(
  seed: number,
  bytes: Uint8Array,
  all: readonly Engine[],
): Promise<"agree" | "skip" | "differ"> {
  const m = decodeModule(bytes, defaultFeatures);
  validateModule(m, defaultFeatures, { bodies: true });
  let expected: Trace | undefined;
  let verdict: "agree" | "skip" | "differ" = "agree";
  const traces = new Map<string, Trace>();
  for (const { name, store } of all) {
    try {
      const trace = await runStore(store, m, seed);
      if (trace === undefined) return "skip";
      traces.set(name, trace);
    } catch (error) {
      complain(seed, name, bytes, error instanceof Error ? error.message : String(error));
      return "differ";
    }
    expected ??= runV8(bytes, m, seed);
    if (expected === undefined) return "skip";
  }
  for (const [name, trace] of traces) {
    const what = difference(expected!, trace);
    if (what === undefined) continue;
    complain(seed, name, bytes, what);
    verdict = "differ";
  }
  return verdict;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "20" },
      seed: { type: "string" },
      count: { type: "string", default: "1000000000" },
      target: { type: "string", default: HOST },
      vectors: { type: "boolean", default: false },
      engines: { type: "string", default: "interpreter,native" },
    },
  });
  if (!(values.target in targets)) throw new Error(`no target is called ${values.target}`);
  const all = engines(values.engines, values.target as TargetName);
  const until = performance.now() + Number(values.seconds) * 1000;
  const first = Number(values.seed ?? (Date.now() >>> 4) % 2 ** 30);
  const tally = { agree: 0, skip: 0, differ: 0 };
  for (let k = 0; k < Number(values.count) && performance.now() < until; k++) {
    const seed = first + k;
    tally[await check(seed, moduleFor(seed, values.vectors), all)]++;
  }
  for (const { store } of all) await store.close();
  console.log(`seeds from ${first}; ${tally.skip} ended by the stack or the limit`);
  console.log(`${tally.agree} passed, ${tally.differ} failed`);
  if (tally.differ > 0) process.exitCode = 1;
}

await main();
