// Everything that can be seen of running a module, as lines of text that compare equal between
// engines: a line per call with its results or its trap, then memory and globals. V8, in this
// process, is the oracle; stores are the engines under test.

import type { Store, Value } from "../src/engine/store.ts";
import { Exhaustion, Trap } from "../src/support/errors.ts";
import type { Module } from "../src/wasm/module.ts";
import { F32, F64, I32, I64, V128 } from "../src/wasm/types.ts";
import type { FuncType, ValType } from "../src/wasm/types.ts";
import { Random } from "./random.ts";

/** What a trace needs of a store. */
export type Traced = Pick<
  Store,
  "instantiate" | "invoke" | "globalGet" | "memorySize" | "memoryRead" | "clear" | "close"
>;

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
  [/element segment out of bounds/,     "out of bounds table access"],
  [/null function or function signature|signature mismatch/, "indirect call"],
];

/** Traps that V8 does not tell apart. */
const MERGED: Readonly<Record<string, string>> = {
  "invalid conversion to integer": "conversion",
  "integer overflow": "conversion",
  "uninitialized element": "indirect call",
  "indirect call type mismatch": "indirect call",
  "undefined element": "indirect call",
  "out of bounds table access": "indirect call",
};

/** The name of a trap, the same for those that V8 does not tell apart. */
export const merged = (reason: string): string => MERGED[reason] ?? reason;

/** What V8 says when it traps becomes the name of the trap. */
export function trapName(message: string): string {
  const known = V8_TRAPS.find(([pattern]) => pattern.test(message));
  return merged(known?.[1] ?? message);
}

/** Everything that can be seen of a run, a line per call. */
export type Trace = readonly string[];

const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, "0");
/** Words of a value. */
export function show(v: Value): string {
  if (v.type === V128) return hex(v.w3 ?? 0) + hex(v.w2 ?? 0) + hex(v.hi) + hex(v.lo);
  return v.type === I64 || v.type === F64 ? hex(v.hi) + hex(v.lo) : hex(v.lo);
}

/** Values in a row of words, as the IR has them: two each, a v128 four. */
export const wordsOf = (values: readonly Value[]): Int32Array =>
  Int32Array.from(
    values.flatMap(({ type, lo, hi, w2, w3 }) =>
      type === V128 ? [lo, hi, w2 ?? 0, w3 ?? 0] : [lo, hi],
    ),
  );

/** The values of a row of words. */
export function valuesOf(types: readonly ValType[], words: ArrayLike<number>): Value[] {
  let at = 0;
  return types.map((type) => {
    const first = at;
    at += type === V128 ? 4 : 2;
    const lo = words[first]!;
    const hi = type === I32 || type === F32 ? 0 : words[first + 1]!;
    if (type !== V128) return { type, lo, hi };
    return { type, lo, hi, w2: words[first + 2]!, w3: words[first + 3]! };
  });
}

const scratch = new DataView(new ArrayBuffer(8));

export function toJs(v: Value): number | bigint {
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

export function fromJs(type: ValType, value: number | bigint): Value {
  scratch.setInt32(4, 0);
  if (type === I32) scratch.setInt32(0, Number(value), true);
  else if (type === I64) scratch.setBigInt64(0, BigInt(value), true);
  else if (type === F32) scratch.setFloat32(0, Number(value), true);
  else scratch.setFloat64(0, Number(value), true);
  return { type, lo: scratch.getInt32(0, true), hi: scratch.getInt32(4, true) };
}

export const hash = (bytes: Uint8Array): string => {
  let h = 0x811c9dc5;
  for (const b of bytes) h = Math.imul(h ^ b, 0x01000193);
  return `${bytes.length} bytes, ${hex(h)}`;
};

/** JavaScript has no value for a v128: functions that take or give one cannot be called. */
const isCallable = ({ params, results }: FuncType): boolean =>
  !params.includes(V128) && !results.includes(V128);

/** Arguments of every call, equal for all engines. */
export function callsOf(m: Module, seed: number): { name: string; args: Value[] }[] {
  const r = new Random(seed ^ 0x5eed);
  const value = (type: ValType): Value => {
    const special = r.pick([0, 1, -1, 0x7fffffff, -0x80000000, r.word(), r.below(100)]);
    if (type === I32) return { type, lo: special, hi: 0 };
    if (type === I64) return { type, lo: special, hi: r.oneIn(2) ? special >> 31 : r.word() };
    return fromJs(type, r.pick([0, -0, 1.5, -1, 1e30, r.word() / 256, special]));
  };
  return m.exports
    .filter(({ kind, index }) => kind === "func" && isCallable(m.types[m.funcs[index]!]!))
    .flatMap(({ name, index }) =>
      Array.from({ length: CALLS }, () => ({
        name,
        args: m.types[m.funcs[index]!]!.params.map(value),
      })),
    );
}

/** A run on V8; undefined where V8's own stack ended it, which says nothing about Wasm. */
export function runV8(bytes: Uint8Array, m: Module, seed: number): Trace | undefined {
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
      trace.push(`${name}: trap ${trapName((error as Error).message)}`);
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
export async function runStore(store: Traced, m: Module, seed: number): Promise<Trace | undefined> {
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
export function difference(expected: Trace, actual: Trace): string | undefined {
  const at = expected.findIndex((line, k) => line !== actual[k]);
  return at < 0 ? undefined : `expected "${expected[at]}", got "${actual[at] ?? ""}"`;
}
