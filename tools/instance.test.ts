// Random modules in SSA form, at every stage, against the WebAssembly of the process: results, traps,
// final memory and globals. This is the oracle for translation and for the passes over SSA.

import { describe, expect, test } from "vitest";
import { Trap } from "../src/support/errors.ts";
import { F32, F64, I32, I64 } from "../src/ir/types.ts";
import type { Type } from "../src/ir/types.ts";
import type { Bounds } from "../src/translate/env.ts";
import { Instance } from "./instance.ts";
import { openModule, translate } from "./passes.ts";
import { Random } from "./random.ts";
import { ModuleGenerator } from "./wasmgen.ts";

const scratch = new DataView(new ArrayBuffer(8));

/** A value of V8 as words, every NaN the same. */
function wordsOf(value: unknown, ty: Type): [number, number] {
  if (ty === I64) scratch.setBigInt64(0, value as bigint, true);
  else if (ty === F64) scratch.setFloat64(0, value as number, true);
  else if (ty === F32) scratch.setFloat32(0, value as number, true);
  else scratch.setInt32(0, value as number, true);
  const narrow = ty === I32 || ty === F32;
  return [scratch.getInt32(0, true), narrow ? 0 : scratch.getInt32(4, true)];
}

function valueOf(lo: number, hi: number, ty: Type): unknown {
  scratch.setInt32(0, lo, true);
  scratch.setInt32(4, hi, true);
  if (ty === I64) return scratch.getBigInt64(0, true);
  if (ty === F64) return scratch.getFloat64(0, true);
  return ty === F32 ? scratch.getFloat32(0, true) : lo;
}

const interesting = [0, 1, -1, 2, 7, 31, 32, 100, 65535, 0x7fffffff, -0x80000000, 0x3ff00000];

function argumentsFor(types: readonly Type[], random: Random): number[] {
  const word = (): number => (random.oneIn(2) ? random.pick(interesting) : random.word());
  return types.flatMap((ty) => [word(), ty === I64 || ty === F64 ? word() : 0]);
}

type V8Function = (...args: unknown[]) => unknown;

function callV8(
  f: V8Function,
  args: readonly number[],
  params: readonly Type[],
  results: readonly Type[],
): string {
  try {
    const value = f(...params.map((ty, k) => valueOf(args[2 * k]!, args[2 * k + 1]!, ty)));
    const values = results.length > 1 ? [...(value as Iterable<unknown>)] : [value];
    return results.flatMap((ty, k) => wordsOf(values[k], ty)).join(" ");
  } catch (e) {
    if (!(e instanceof WebAssembly.RuntimeError)) throw e;
    return "trap";
  }
}

function callOurs(instance: Instance, index: number, args: readonly number[]): string {
  try {
    return Array.from(instance.invoke(index, args)).join(" ");
  } catch (e) {
    if (!(e instanceof Trap)) throw e;
    return e.reason === "call stack exhausted" ? "deep" : "trap";
  }
}

/** Arguments with NaNs that both sides see alike: V8's conversions may quieten one. */
const isPlain = (args: readonly number[], types: readonly Type[]): boolean =>
  types.every((ty, k) => {
    const value = valueOf(args[2 * k]!, args[2 * k + 1]!, ty);
    return value === value;
  });

/** Calls and turns of loops per call from outside. */
const FUEL = 300;

/** False if the two cannot be compared to the end. */
function compare(seed: number, bounds: Bounds, passes: readonly string[]): boolean {
  const bytes = new ModuleGenerator(seed).generate();
  const source = openModule(bytes, bounds);
  const { module, env } = source;
  const funcs = module.bodies.map((_, k) => translate(source, module.importedFuncs + k, passes));
  const ours = new Instance(source, funcs, []);
  const theirs = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const random = new Random(seed);
  for (const e of module.exports) {
    if (e.kind !== "func") continue;
    const { params, results } = env.types[module.funcs[e.index]!]!;
    for (let k = 0; k < 3; k++) {
      const args = argumentsFor(params, random);
      if (!isPlain(args, params)) continue;
      const f = theirs.exports[e.name] as V8Function;
      // Little fuel, so that the runner's stack is deep enough.
      (theirs.exports["g0"] as WebAssembly.Global).value = FUEL;
      ours.setGlobal(0, [FUEL, 0]);
      const expected = callV8(f, args, params, results);
      const found = callOurs(ours, e.index, args);
      // The runner's stack is smaller than V8's: nothing can be compared after that.
      if (found === "deep") return false;
      if (found !== expected)
        throw new Error(`seed ${seed}: ${e.name}(${args}) = ${found}, V8: ${expected}`);
    }
  }
  compareState(seed, module.exports, ours, theirs);
  return true;
}

function compareState(
  seed: number,
  exports: readonly { readonly kind: string; readonly name: string; readonly index: number }[],
  ours: Instance,
  theirs: WebAssembly.Instance,
): void {
  for (const { kind, name, index } of exports) {
    if (kind === "memory") {
      const bytes = new Uint8Array((theirs.exports[name] as WebAssembly.Memory).buffer);
      const view = ours.memory(index);
      const mine = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
      if (Buffer.compare(bytes, mine) !== 0) throw new Error(`seed ${seed}: memory differs`);
    }
    if (kind !== "global") continue;
    const { value } = theirs.exports[name] as WebAssembly.Global;
    const ty = typeof value === "bigint" ? I64 : F64;
    const [lo, hi] = ours.global(index);
    const asF64 = valueOf(lo, hi, ty);
    const mine = [asF64, valueOf(lo, hi, F32), lo];
    if (!mine.some((x) => Object.is(x, value))) throw new Error(`seed ${seed}: ${name} differs`);
  }
}

describe.each<Bounds>(["guard", "explicit"])("%s bounds", (bounds) => {
  test.each([[[]], [["tidy"]], [["tidy", "place"]]])("passes %j", (passes) => {
    let compared = 0;
    for (let seed = 1; seed <= 60; seed++) if (compare(seed, bounds, passes)) compared++;
    expect(compared).toBeGreaterThan(50);
  });
});
