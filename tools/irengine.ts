// Runs modules on the IR itself, at a chosen stage, through the same interface as an engine: so the
// differential test also checks translation and each pass without any machine code. In: modules
// that import nothing. All functions are built, and taken as far as the stage says, at once.

import type { Extern, Instance as EngineInstance, Value } from "../src/engine/store.ts";
import { bug } from "../src/support/errors.ts";
import type { Bounds } from "../src/translate/env.ts";
import { newEnv } from "../src/translate/env.ts";
import type { Module } from "../src/wasm/module.ts";
import { Instance } from "./instance.ts";
import { translate } from "./passes.ts";
import type { Traced } from "./traces.ts";

export type Stage = "built" | "tidied" | "placed";

const PASSES: Readonly<Record<Stage, readonly string[]>> = {
  built: [],
  tidied: ["tidy"],
  placed: ["tidy", "place"],
};
const STEPS = 3_000_000;

/** What the differential test needs of a store, over the IR. */
export class IrEngine implements Traced {
  private readonly bounds: Bounds;
  private readonly stage: Stage;
  private module: Module | undefined;
  private instance: Instance | undefined;

  constructor(bounds: Bounds, stage: Stage) {
    this.bounds = bounds;
    this.stage = stage;
  }

  async instantiate(module: Module): Promise<EngineInstance> {
    const source = { module, env: newEnv(module, this.bounds) };
    const funcs = module.bodies.map((_, k) =>
      translate(source, module.importedFuncs + k, PASSES[this.stage]),
    );
    this.module = module;
    this.instance = new Instance(source, funcs, [], STEPS);
    const externs = module.exports.map((e): [string, Extern] => [
      e.name,
      { kind: e.kind, id: e.index },
    ]);
    return { module, exports: new Map(externs) };
  }

  private get current(): Instance {
    return this.instance ?? bug("no instance");
  }

  async invoke(func: Extern, args: readonly Value[]): Promise<readonly Value[]> {
    const words = Int32Array.from(args.flatMap((v) => [v.lo, v.hi]));
    const out = this.current.invoke(func.id, words);
    const m = this.module!;
    return m.types[m.funcs[func.id]!]!.results.map((type, k) => ({
      type,
      lo: out[2 * k]!,
      hi: out[2 * k + 1]!,
    }));
  }

  async globalGet(global: Extern): Promise<Value> {
    const [lo, hi] = this.current.global(global.id);
    return { type: this.module!.globals[global.id]!.type, lo, hi };
  }

  async memorySize(): Promise<number> {
    return this.current.memory().byteLength;
  }

  async memoryRead(_memory: Extern, offset: number, count: number): Promise<Uint8Array> {
    const { buffer } = this.current.memory();
    return new Uint8Array(buffer.slice(offset, offset + count) as ArrayBuffer);
  }

  async clear(): Promise<void> {
    this.instance = undefined;
  }

  async close(): Promise<void> {
    this.instance = undefined;
  }
}
