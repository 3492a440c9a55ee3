// Differential test: random modules on the interpreter, on native code and on the V8 of this
// process. They must agree on every result and trap and, at the end, on memory and globals. A
// disagreement is written to build/diff/ as a .wasm with the seed, and ends with exit code 1.
//
//   node dist/tools/diff.js [--seconds 20] [--seed N] [--count N] [--target T]
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
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { validateModule } from "../src/wasm/validate.ts";
import { HOST } from "./ingot.ts";
import { mutate } from "./mutate.ts";
import { compileNearsighted } from "./nearsighted.ts";
import { Random } from "./random.ts";
import { difference, runStore, runV8 } from "./traces.ts";
import type { Trace, Traced } from "./traces.ts";
import { ModuleGenerator } from "./wasmgen.ts";

function moduleFor(seed: number): Uint8Array {
  const bytes = new ModuleGenerator(seed >> 2).generate();
  if ((seed & 3) === 0) return bytes;
  return mutate(bytes, new Random(seed));
}

interface Engine {
  readonly name: string;
  readonly store: Traced;
}

function engines(target: TargetName): Engine[] {
  const command = requireLoader(target);
  const native = (bounds: "guard" | "explicit"): NativeStore =>
    new NativeStore({
      command,
      compile: async (m) =>
        compileModule(m, { target, features: defaultFeatures, bounds }).artifact,
    });
  return [
    // First: what runs for ever is given up here, before it runs where nothing stops it.
    { name: "interpreter", store: new InterpreterStore(defaultFeatures, { limit: 20_000_000 }) },
    { name: "native", store: native("guard") },
    { name: "native with explicit checks", store: native("explicit") },
    ...(target === "arm64" ? [nearsighted(command)] : []),
  ];
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

/** Runs one seed everywhere; answers "agree", "skip" or "differ". */
async function check(seed: number, all: readonly Engine[]): Promise<"agree" | "skip" | "differ"> {
  const bytes = moduleFor(seed);
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
    },
  });
  if (!(values.target in targets)) throw new Error(`no target is called ${values.target}`);
  const all = engines(values.target as TargetName);
  const until = performance.now() + Number(values.seconds) * 1000;
  const first = Number(values.seed ?? (Date.now() >>> 4) % 2 ** 30);
  const tally = { agree: 0, skip: 0, differ: 0 };
  for (let k = 0; k < Number(values.count) && performance.now() < until; k++) {
    tally[await check(first + k, all)]++;
  }
  for (const { store } of all) await store.close();
  console.log(`seeds from ${first}; ${tally.skip} ended by the stack or the limit`);
  console.log(`${tally.agree} passed, ${tally.differ} failed`);
  if (tally.differ > 0) process.exitCode = 1;
}

await main();
