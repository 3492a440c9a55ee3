// Runs modules on the IR itself, at a chosen stage, through the same interface as an engine: so the
// differential test also checks translation and each pass without any machine code. In: modules without
// imports. Functions are built, and taken as far as the stage says, when they are first called.

import {
  FuncRef,
  Instance as Record,
  LIBCALLS,
  MemoryObject,
  PAGE,
  TRAP,
  TRAPS,
  TableObject,
} from "../src/abi.ts";
import type { Extern, Instance, Store, Value } from "../src/engine/store.ts";
import { Cfg } from "../src/ir/cfg.ts";
import { Func } from "../src/ir/func.ts";
import { IR } from "../src/ir/ops.ts";
import { MEMORY, RECORD, Runner, regionHigh } from "../src/ir/run.ts";
import type { World } from "../src/ir/run.ts";
import { verify } from "../src/ir/verify.ts";
import { Place } from "../src/opt/place.ts";
import { Tidy } from "../src/opt/tidy.ts";
import { Exhaustion, Trap, bug } from "../src/support/errors.ts";
import { Builder } from "../src/translate/build.ts";
import { newEnv } from "../src/translate/env.ts";
import type { Bounds, Env } from "../src/translate/env.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { ConstExpr, Module } from "../src/wasm/module.ts";
import { OP } from "../src/wasm/ops.ts";
import { BodyWalker } from "../src/wasm/validate.ts";

export type Stage = "built" | "tidied" | "placed";

/** Region of table 0; further tables follow. */
const TABLES = 3;
const STEPS = 3_000_000;

const trap = (code: number): never => {
  throw new Trap(TRAPS[code]![1]);
};

/** One instance, as the world its functions live in. */
class IrInstance implements World {
  readonly regions: (DataView | undefined)[] = [];
  readonly module: Module;
  private readonly env: Env;
  private readonly stage: Stage;
  private readonly funcs = new Map<number, Func>();
  private readonly walker: BodyWalker;
  private readonly runner: Runner;
  private pages = 0;

  constructor(m: Module, bounds: Bounds, stage: Stage) {
    this.module = m;
    this.stage = stage;
    this.env = newEnv(m, bounds);
    this.walker = new BodyWalker(m, defaultFeatures);
    this.runner = new Runner(this, STEPS);
    this.regions[RECORD] = new DataView(new ArrayBuffer(this.env.layout.size));
    this.fill();
  }

  private fill(): void {
    const { module: m, env } = this;
    const record = this.regions[RECORD]!;
    if (m.memories.length > 0) {
      this.setPages(m.memories[0]!.limits.min);
      const object = env.layout.memories[0]!;
      record.setInt32(Record.memory0, object, true);
      record.setInt32(Record.memory0 + 4, regionHigh(RECORD), true);
      record.setInt32(object + MemoryObject.base + 4, regionHigh(MEMORY), true);
    }
    m.tables.forEach((t, k) => {
      this.regions[TABLES + k] = new DataView(new ArrayBuffer(t.limits.min * 8));
      const object = env.layout.tables[k]!;
      record.setInt32(object + TableObject.base + 4, regionHigh(TABLES + k), true);
      record.setInt32(object + TableObject.size, t.limits.min, true);
    });
    env.layout.refs.forEach((at, func) => {
      if (at !== 0) record.setInt32(at + FuncRef.sig, env.sigs[m.funcs[func]!]!, true);
    });
    m.globalInits.forEach((init, k) => {
      const [lo, hi] = this.value(init);
      record.setInt32(env.layout.globals[k]!, lo, true);
      record.setInt32(env.layout.globals[k]! + 4, hi, true);
    });
    for (const e of m.elems) this.fillTable(e.table, e.start!, e.items);
    for (const d of m.datas) {
      if (d.mode === "active") this.bytes().set(d.bytes, this.value(d.start!)[0]);
    }
  }

  private fillTable(table: number, start: ConstExpr, items: readonly ConstExpr[]): void {
    const [at] = this.value(start);
    items.forEach((item, k) => {
      const [lo, hi] = this.value(item);
      this.regions[TABLES + table]!.setInt32((at + k) * 8, lo, true);
      this.regions[TABLES + table]!.setInt32((at + k) * 8 + 4, hi, true);
    });
  }

  private value(e: ConstExpr): readonly [number, number] {
    const op = e.ops[0]!;
    if (op.op === OP["ref.func"]) return [this.env.layout.refs[op.lo]!, regionHigh(RECORD)];
    return [op.lo, op.op === OP["i64.const"] || op.op === OP["f64.const"] ? op.hi : 0];
  }

  private setPages(pages: number): void {
    const old = this.regions[MEMORY];
    const bytes = new Uint8Array(pages * PAGE);
    if (old !== undefined) bytes.set(new Uint8Array(old.buffer));
    this.regions[MEMORY] = new DataView(bytes.buffer);
    this.pages = pages;
    const record = this.regions[RECORD]!;
    const object = this.env.layout.memories[0]!;
    record.setInt32(object + MemoryObject.pages, pages, true);
    record.setInt32(object + MemoryObject.bytes, pages * PAGE, true);
    record.setInt32(object + MemoryObject.bytes + 4, Math.floor((pages * PAGE) / 2 ** 32), true);
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.regions[MEMORY]!.buffer);
  }

  globalWords(index: number): readonly [number, number] {
    const at = this.env.layout.globals[index]!;
    const record = this.regions[RECORD]!;
    return [record.getInt32(at, true), record.getInt32(at + 4, true)];
  }

  private func(index: number): Func {
    const known = this.funcs.get(index);
    if (known !== undefined) return known;
    const f = new Func();
    this.walker.walk(index, new Builder(this.env, f));
    verify(f, "built");
    if (this.stage !== "built") {
      new Tidy().run(f);
      verify(f, "tidied");
    }
    if (this.stage === "placed") {
      const cfg = new Cfg();
      cfg.compute(f);
      new Place().run(f, cfg);
      verify(f, "placed");
    }
    this.funcs.set(index, f);
    return f;
  }

  invoke(index: number, args: ArrayLike<number>): Int32Array {
    try {
      return this.runner.run(this.func(index), args);
    } catch (error) {
      // The runner recurses for every call.
      if (error instanceof RangeError) throw new Exhaustion(TRAPS[TRAP.stack][1]);
      throw error;
    }
  }

  call(op: number, lo: number, _hi: number, args: Int32Array): ArrayLike<number> {
    if (op === IR.call) return this.invoke(lo, args);
    if (op === IR.callref) return this.invoke(this.env.layout.refs.indexOf(lo), args);
    if (op === IR.libcall) return this.libcall(LIBCALLS[lo]![0], args);
    return bug("a call out of the module");
  }

  /** Library calls; arguments are pairs of words. */
  private libcall(name: string, args: Int32Array): readonly number[] {
    const arg = (k: number): number => args[2 * k]! >>> 0;
    const memory = this.bytes();
    const check = (start: number, count: number, size: number): void => {
      if (start + count > size) trap(TRAP.memory);
    };
    switch (name) {
      case "memory_grow": {
        const { max } = this.module.memories[0]!.limits;
        const old = this.pages;
        if (old + arg(1) > (max < 0 ? 65536 : max)) return [-1, 0];
        this.setPages(old + arg(1));
        return [old, 0];
      }
      case "memory_fill":
        check(arg(1), arg(3), memory.length);
        memory.fill(arg(2), arg(1), arg(1) + arg(3));
        return [];
      case "memory_copy":
        check(arg(2), arg(4), memory.length);
        check(arg(3), arg(4), memory.length);
        memory.copyWithin(arg(2), arg(3), arg(3) + arg(4));
        return [];
      default:
        return bug(`library call ${name}`);
    }
  }
}

type Part = Pick<
  Store,
  "instantiate" | "invoke" | "globalGet" | "memorySize" | "memoryRead" | "clear" | "close"
>;

/** What the differential test needs of a store, over the IR. */
export class IrEngine implements Part {
  private readonly bounds: Bounds;
  private readonly stage: Stage;
  private instance: IrInstance | undefined;

  constructor(bounds: Bounds, stage: Stage) {
    this.bounds = bounds;
    this.stage = stage;
  }

  async instantiate(module: Module): Promise<Instance> {
    this.instance = new IrInstance(module, this.bounds, this.stage);
    const externs = module.exports.map((e): [string, Extern] => [
      e.name,
      { kind: e.kind, id: e.index },
    ]);
    return { module, exports: new Map(externs) };
  }

  private current(): IrInstance {
    return this.instance ?? bug("no instance");
  }

  async invoke(func: Extern, args: readonly Value[]): Promise<readonly Value[]> {
    const it = this.current();
    const words = Int32Array.from(args.flatMap((v) => [v.lo, v.hi]));
    const out = it.invoke(func.id, words);
    const { results } = it.module.types[it.module.funcs[func.id]!]!;
    return results.map((type, k) => ({ type, lo: out[2 * k]!, hi: out[2 * k + 1]! }));
  }

  async globalGet(global: Extern): Promise<Value> {
    const [lo, hi] = this.current().globalWords(global.id);
    return { type: this.current().module.globals[global.id]!.type, lo, hi };
  }

  async memorySize(): Promise<number> {
    return this.current().bytes().length;
  }

  async memoryRead(_memory: Extern, offset: number, count: number): Promise<Uint8Array> {
    return this.current()
      .bytes()
      .slice(offset, offset + count);
  }

  async clear(): Promise<void> {
    this.instance = undefined;
  }

  async close(): Promise<void> {
    this.instance = undefined;
  }
}
