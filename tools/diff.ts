// Differential test: random modules on the interpreter, on native code and on the V8 of this process. They
// must agree on every result and trap and, at the end, on memory and globals. A disagreement is written
// to build/diff/ as a .wasm with the seed, and ends with exit code 1.
//
//   node dist/tools/diff.js [--seconds 20] [--seed N] [--count N]
//
// Modules come from wasmgen.ts, or from mutating them: an operator is replaced by another one of the same
// signature. V8 says what a module does; the engines have to say the same.

import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { compileModule } from "../src/engine/compile.ts";
import { InterpreterStore } from "../src/engine/interpreter.ts";
import { NativeStore } from "../src/engine/native.ts";
import type { Store, Value } from "../src/engine/store.ts";
import { Exhaustion, Trap } from "../src/support/errors.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Module } from "../src/wasm/module.ts";
import { F32, F64, I32, I64 } from "../src/wasm/types.ts";
import type { ValType } from "../src/wasm/types.ts";
import { validateModule } from "../src/wasm/validate.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import { ModuleGenerator } from "./wasmgen.ts";

/** Calls of each exported function. */
const CALLS = 3;

/** What V8 says when it traps, and what the specification calls it. */
// prettier-ignore
const V8_TRAPS: readonly (readonly [RegExp, string])[] = [
  [/unreachable/,                       "unreachable"],
  [/memory access out of bounds/,       "out of bounds memory access"],
  [/divide by zero|remainder by zero/,  "integer divide by zero"],
  [/divide result unrepresentable/,     "integer overflow"],
  [/float unrepresentable/,             "conversion"],
  [/table index is out of bounds/,      "undefined element"],
  [/null function or function signature|signature mismatch/, "indirect call"],
];

/** Traps that V8 does not tell apart. */
const MERGED: Readonly<Record<string, string>> = {
  "invalid conversion to integer": "conversion",
  "integer overflow": "conversion",
  "uninitialized element": "indirect call",
  "indirect call type mismatch": "indirect call",
  "undefined element": "indirect call",
};

const merged = (reason: string): string => MERGED[reason] ?? reason;

/** Everything that can be seen of a run, a line per call. */
type Trace = readonly string[];

const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, "0");
const show = (v: Value): string =>
  v.type === I64 || v.type === F64 ? hex(v.hi) + hex(v.lo) : hex(v.lo);

const scratch = new DataView(new ArrayBuffer(8));

function toJs(v: Value): number | bigint {
  scratch.setInt32(0, v.lo, true);
  scratch.setInt32(4, v.hi, true);
  switch (v.type) {
    case I32:
      return v.lo;
    case I64:
      return scratch.getBigInt64(0, true);
    case F32:
      return scratch.getFloat32(0, true);
    default:
      return scratch.getFloat64(0, true);
  }
}

function fromJs(type: ValType, value: number | bigint): Value {
  scratch.setInt32(4, 0);
  if (type === I32) scratch.setInt32(0, Number(value), true);
  else if (type === I64) scratch.setBigInt64(0, BigInt(value), true);
  else if (type === F32) scratch.setFloat32(0, Number(value), true);
  else scratch.setFloat64(0, Number(value), true);
  return { type, lo: scratch.getInt32(0, true), hi: scratch.getInt32(4, true) };
}

const hash = (bytes: Uint8Array): string => {
  let h = 0x811c9dc5;
  for (const b of bytes) h = Math.imul(h ^ b, 0x01000193);
  return `${bytes.length} bytes, ${hex(h)}`;
};

/** Arguments of every call, equal for all engines. */
function callsOf(m: Module, seed: number): { name: string; args: Value[] }[] {
  const r = new Random(seed ^ 0x5eed);
  const value = (type: ValType): Value => {
    const special = r.pick([0, 1, -1, 0x7fffffff, -0x80000000, r.word(), r.below(100)]);
    if (type === I32) return { type, lo: special, hi: 0 };
    if (type === I64) return { type, lo: special, hi: r.oneIn(2) ? special >> 31 : r.word() };
    return fromJs(type, r.pick([0, -0, 1.5, -1, 1e30, r.word() / 256, special]));
  };
  return m.exports
    .filter((e) => e.kind === "func")
    .flatMap(({ name, index }) =>
      Array.from({ length: CALLS }, () => ({
        name,
        args: m.types[m.funcs[index]!]!.params.map(value),
      })),
    );
}

/** A run on V8; undefined where V8's own stack ended it, which says nothing about Wasm. */
function runV8(bytes: Uint8Array, m: Module, seed: number): Trace | undefined {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  const exports = instance.exports as Record<string, unknown>;
  const trace: string[] = [];
  for (const { name, args } of callsOf(m, seed)) {
    const { index } = m.exports.find((e) => e.name === name)!;
    const { results } = m.types[m.funcs[index]!]!;
    try {
      const answer = (exports[name] as (...a: unknown[]) => unknown)(...args.map(toJs));
      const list = results.length === 1 ? [answer] : [...((answer ?? []) as unknown[])];
      const values = results.map((t, k) => show(fromJs(t, list[k] as number | bigint)));
      trace.push(`${name}: ${values.join(" ")}`);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      const { message } = error as Error;
      const known = V8_TRAPS.find(([pattern]) => pattern.test(message));
      trace.push(`${name}: trap ${merged(known?.[1] ?? message)}`);
    }
  }
  const memory = exports["memory"] as { buffer: ArrayBuffer };
  trace.push(hash(new Uint8Array(memory.buffer)));
  for (const { name, kind, index } of m.exports) {
    if (kind !== "global") continue;
    const global = exports[name] as { value: number | bigint };
    trace.push(`${name} = ${show(fromJs(m.globals[index]!.type, global.value))}`);
  }
  return trace;
}

/** A run on one of our engines; undefined where the stack ended it. */
async function runStore(store: Store, m: Module, seed: number): Promise<Trace | undefined> {
  await store.clear();
  const { exports } = await store.instantiate(m, []);
  const trace: string[] = [];
  for (const { name, args } of callsOf(m, seed)) {
    try {
      const results = await store.invoke(exports.get(name)!, args);
      trace.push(`${name}: ${results.map(show).join(" ")}`);
    } catch (error) {
      if (error instanceof Exhaustion || !(error instanceof Trap)) {
        if (error instanceof Exhaustion) return undefined;
        throw error;
      }
      if (error.reason === "interrupted") return undefined;
      trace.push(`${name}: trap ${merged(error.reason)}`);
    }
  }
  const memory = exports.get("memory")!;
  const size = await store.memorySize(memory);
  trace.push(hash(await store.memoryRead(memory, 0, size)));
  for (const { name, kind } of m.exports) {
    if (kind === "global")
      trace.push(`${name} = ${show(await store.globalGet(exports.get(name)!))}`);
  }
  return trace;
}

/** The first line in which two traces differ. */
function difference(expected: Trace, actual: Trace): string | undefined {
  const at = expected.findIndex((line, k) => line !== actual[k]);
  return at < 0 ? undefined : `expected "${expected[at]}", got "${actual[at] ?? ""}"`;
}

function moduleFor(seed: number): Uint8Array {
  const bytes = new ModuleGenerator(seed >> 2).generate();
  if ((seed & 3) === 0) return bytes;
  return mutate(bytes, new Random(seed));
}

interface Engine {
  readonly name: string;
  readonly store: Store;
}

function engines(): Engine[] {
  const native = (bounds: "guard" | "explicit"): NativeStore =>
    new NativeStore({
      command: ["build/amd64/ingot-rt"],
      compile: async (m) =>
        compileModule(m, { target: "amd64", features: defaultFeatures, bounds }).artifact,
    });
  return [
    // First: what runs for ever is given up here, before it runs where nothing stops it.
    { name: "interpreter", store: new InterpreterStore(defaultFeatures, { limit: 20_000_000 }) },
    { name: "native", store: native("guard") },
    { name: "native with explicit checks", store: native("explicit") },
  ];
}

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
    },
  });
  const all = engines();
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
