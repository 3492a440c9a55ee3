// `make bisect`: where a module goes wrong. In: a module that runs differently on some engine.
//
//   node dist/tools/bisect.js FILE [--invoke NAME ARG...] [--seed N] [--bounds guard|explicit]
//
// FILE is .wasm or .wat. Without --invoke the calls are those that diff.ts makes for a seed, by
// default the number in the file's name. Imported functions answer zeros.
//
// 1. The calls are made on every engine and at every stage of the IR. V8 says what is right, or the
//    interpreter where there are imports.
// 2. If a stage of the IR is the first to be wrong, each function alone is taken to that stage, and
//    the one that matters is named with the pass that broke it.
// 3. If only native code is wrong, every call inside the run, down to the innermost, is recorded on
// the
//    IR with the memory and globals it begins with, and made again natively by itself. The first
//    that ends differently is in the function whose code is wrong, with arguments to show it.
// 4. That function is compiled with one thing after the other switched off, and its code is put
//    through all verifiers: what makes it right, or what complains, is the suspect.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { InterpreterStore } from "../src/engine/interpreter.ts";
import { NativeStore } from "../src/engine/native.ts";
import type { Extern, Store, Value } from "../src/engine/store.ts";
import { describe } from "../src/support/errors.ts";
import { Trap, bug } from "../src/support/errors.ts";
import { parseWat } from "../src/text/wat.ts";
import type { Bounds } from "../src/translate/env.ts";
import { newEnv } from "../src/translate/env.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Module } from "../src/wasm/module.ts";
import { moduleNames } from "../src/wasm/names.ts";
import { F32, F64, I32, I64, V128 } from "../src/wasm/types.ts";
import { exposeAll } from "./expose.ts";
import { LOADER } from "./ingot.ts";
import { Instance } from "./instance.ts";
import type { Host } from "./instance.ts";
import { open } from "./judge.ts";
import { translate } from "./passes.ts";
import type { Source } from "./passes.ts";
import { callsOf, fromJs, hash, merged, show, toJs } from "./traces.ts";
import { trapName, valuesOf, wordsOf } from "./traces.ts";
import { VARIANTS, Workshop, complaintsOf } from "./workshop.ts";
import type { Variant } from "./workshop.ts";

interface Call {
  readonly func: number;
  readonly args: readonly Value[];
}

/** What can be seen from outside. */
interface State {
  readonly memory: Uint8Array;
  readonly globals: readonly Value[];
}

/** A module in progress on some engine. */
interface Running {
  /** Results as text, or the trap. */
  call(call: Call): Promise<string>;
  state(): Promise<State>;
}

interface Engine {
  readonly name: string;
  start(m: Module): Promise<Running>;
}

/** One whose state can be set. */
interface Settable extends Engine {
  start(m: Module): Promise<OnStoreRunning>;
}

const LIMIT = 50_000_000;
const STEPS = 3_000_000;
const SECONDS = 10;
/** Calls that are recorded. */
const EVENTS = 2000;

const trapped = (error: unknown): string => {
  if (error instanceof Trap) return `trap ${merged(error.reason)}`;
  throw error;
};

// ---- engines -----------------------------------------------------------------------------------

class OnStore implements Settable {
  readonly name: string;
  private readonly store: Store;

  constructor(name: string, store: Store) {
    this.name = name;
    this.store = store;
  }

  async start(m: Module): Promise<OnStoreRunning> {
    const { store } = this;
    await store.clear();
    const zero = (type: number): Value => ({ type, lo: 0, hi: 0 });
    const imports = m.imports.map(({ kind, index }) => {
      const type = m.types[m.funcs[index] ?? 0]!;
      if (kind === "func") return store.newFunc(type, () => type.results.map(zero));
      if (kind === "table") return store.newTable(m.tables[index]!, zero(m.tables[index]!.elem));
      if (kind === "memory") return store.newMemory(m.memories[index]!.limits);
      return store.newGlobal(m.globals[index]!, zero(m.globals[index]!.type));
    });
    const { exports } = await store.instantiate(m, await Promise.all(imports));
    return new OnStoreRunning(store, m, exports);
  }
}

/** A loader of its own for every start, which may run for so many seconds. */
class OnNative implements Settable {
  readonly name = "native";
  private readonly compile: (m: Module) => Promise<Uint8Array>;
  private store: NativeStore | undefined;

  constructor(compile: (m: Module) => Promise<Uint8Array>) {
    this.compile = compile;
  }

  async start(m: Module): Promise<OnStoreRunning> {
    await this.close();
    const command = ["timeout", "-s", "KILL", String(SECONDS), LOADER];
    this.store = new NativeStore({ command, compile: this.compile });
    return new OnStore(this.name, this.store).start(m);
  }

  async close(): Promise<void> {
    await this.store?.close();
  }
}

class OnStoreRunning implements Running {
  private readonly store: Store;
  private readonly m: Module;
  private readonly exports: ReadonlyMap<string, Extern>;

  constructor(store: Store, m: Module, exports: ReadonlyMap<string, Extern>) {
    this.store = store;
    this.m = m;
    this.exports = exports;
  }

  private the(kind: string, index: number): Extern {
    const name = this.m.exports.find((e) => e.kind === kind && e.index === index)!.name;
    return this.exports.get(name)!;
  }

  async call({ func, args }: Call): Promise<string> {
    try {
      return (await this.store.invoke(this.the("func", func), args)).map(show).join(" ");
    } catch (error) {
      return trapped(error);
    }
  }

  async state(): Promise<State> {
    const { store, m } = this;
    const none = m.memories.length === 0;
    const memory = none ? undefined : this.the("memory", 0);
    const globals = m.globals.map((_, k) => store.globalGet(this.the("global", k)));
    const size = memory === undefined ? 0 : await store.memorySize(memory);
    const bytes = memory === undefined ? new Uint8Array() : await store.memoryRead(memory, 0, size);
    return { memory: bytes, globals: await Promise.all(globals) };
  }

  async set({ memory, globals }: State): Promise<void> {
    if (memory.length > 0) await this.store.memoryWrite(this.the("memory", 0), 0, memory);
    for (const [k, value] of globals.entries()) {
      if (!this.m.globals[k]!.mutable) continue;
      await this.store.globalSet(this.the("global", k), value);
    }
  }
}

const onV8 = (bytes: Uint8Array): Engine => ({
  name: "V8",
  start: async (m) => {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(bytes)), {});
    const named = (kind: string, index: number): unknown =>
      instance.exports[m.exports.find((e) => e.kind === kind && e.index === index)!.name];
    return {
      call: async ({ func, args }) => {
        const { results } = m.types[m.funcs[func]!]!;
        try {
          const answer = (named("func", func) as (...a: unknown[]) => unknown)(...args.map(toJs));
          const list = results.length === 1 ? [answer] : [...((answer ?? []) as unknown[])];
          return results.map((t, k) => show(fromJs(t, list[k] as number | bigint))).join(" ");
        } catch (error) {
          if (error instanceof RangeError) return "trap call stack exhausted";
          return `trap ${trapName((error as Error).message)}`;
        }
      },
      state: async () => {
        const memory = m.memories.length === 0 ? undefined : named("memory", 0);
        const bytes = (memory as { buffer: ArrayBuffer } | undefined)?.buffer;
        const globals = m.globals.map(({ type }, k) =>
          type === V128
            ? { type, lo: 0, hi: 0 }
            : fromJs(type, (named("global", k) as { value: number | bigint }).value),
        );
        return { memory: new Uint8Array(bytes ?? new ArrayBuffer(0)).slice(), globals };
      },
    };
  },
});

const STAGES: Readonly<Record<string, readonly string[]>> = {
  built: [],
  tidied: ["tidy"],
  placed: ["tidy", "place"],
};

const sourceOf = (m: Module, bounds: Bounds, facts: boolean): Source => ({
  module: m,
  env: newEnv(m, bounds, facts),
});

const hostsOf = (m: Module): Host[] =>
  Array.from({ length: m.importedFuncs }, (_, k) => {
    const { results } = m.types[m.funcs[k]!]!;
    return () => new Int32Array(4 * results.length);
  });

class OnIr implements Engine, Running {
  readonly name: string;
  private readonly source: Source;
  private readonly passesOf: (k: number) => readonly string[];
  private instance: Instance | undefined;

  constructor(name: string, source: Source, passesOf: (k: number) => readonly string[]) {
    this.name = name;
    this.source = source;
    this.passesOf = passesOf;
  }

  async start(m: Module): Promise<Running> {
    const funcs = m.bodies.map((_, k) =>
      translate(this.source, m.importedFuncs + k, this.passesOf(k)),
    );
    this.instance = new Recorder(this.source, funcs, hostsOf(m), STEPS);
    return this;
  }

  get recorder(): Recorder {
    return this.instance as Recorder;
  }

  async call({ func, args }: Call): Promise<string> {
    const { module: m } = this.source;
    try {
      const words = this.recorder.invoke(func, wordsOf(args));
      return valuesOf(m.types[m.funcs[func]!]!.results, words).map(show).join(" ");
    } catch (error) {
      return trapped(error);
    }
  }

  async state(): Promise<State> {
    return this.recorder.snapshot();
  }
}

/** A call inside the run. */
interface Event extends Call {
  readonly before: State;
  readonly outcome: string;
}

/** An instance on the IR that notes every call, when it ends. */
class Recorder extends Instance {
  readonly events: Event[] = [];
  recording = false;
  private readonly it: Module;

  constructor(...args: ConstructorParameters<typeof Instance>) {
    super(...args);
    this.it = args[0].module;
  }

  snapshot(): State {
    const memory = this.memory();
    const globals = this.it.globals.map(({ type }, k) => valuesOf([type], this.global(k))[0]!);
    return { memory: new Uint8Array(memory.buffer).slice(), globals };
  }

  override invoke(index: number, args: ArrayLike<number>): ArrayLike<number> {
    const noted = this.recording && index >= this.it.importedFuncs && this.events.length < EVENTS;
    if (!noted) return super.invoke(index, args);
    const { params, results } = this.it.types[this.it.funcs[index]!]!;
    const given = valuesOf(params, Array.from(args));
    const before = this.snapshot();
    const note = (result: string): void => {
      const outcome = line(result, this.snapshot());
      if (this.events.length < EVENTS)
        this.events.push({ func: index, args: given, before, outcome });
    };
    try {
      const words = super.invoke(index, args);
      note(valuesOf(results, words).map(show).join(" "));
      return words;
    } catch (error) {
      if (error instanceof Trap) note(trapped(error));
      throw error;
    }
  }
}

// ---- comparing ---------------------------------------------------------------------------------

// V8 does not show globals of vectors.
const line = (result: string, { memory, globals }: State): string =>
  `${result} | ${hash(memory)} | ${globals
    .filter((g) => g.type !== V128)
    .map(show)
    .join(" ")}`;

/** A line per call: how it ended and what memory and globals are then. */
async function trace(engine: Engine, m: Module, calls: readonly Call[]): Promise<string[]> {
  const lines: string[] = [];
  try {
    const running = await engine.start(m);
    for (const call of calls) {
      const result = await running.call(call);
      lines.push(line(result, await running.state()));
      // Where the stack or the patience of an engine ends is its own affair.
      if (/exhausted|interrupted/.test(result)) break;
    }
  } catch (error) {
    lines.push(error instanceof Trap ? trapped(error) : `failed: ${describe(error)}`);
  }
  return lines;
}

/** Number of the first line in which a trace differs from the right one, -1 if in none. */
const firstDifference = (right: readonly string[], other: readonly string[]): number =>
  right.findIndex((text, k) => text !== other[k] && !/exhausted|interrupted/.test(text));

class Bisection {
  private readonly m: Module;
  private readonly calls: readonly Call[];
  private readonly bounds: Bounds;
  private readonly nameOf: (func: number) => string;
  private readonly right: string[] = [];
  /** Which variant each function is compiled in. */
  private pick: (k: number) => Variant = () => VARIANTS[0]!;
  private readonly native: OnNative;
  private readonly workshops = new Map<Variant, Workshop>();

  constructor(m: Module, calls: readonly Call[], bounds: Bounds) {
    this.m = m;
    this.calls = calls;
    this.bounds = bounds;
    const names = moduleNames(m).funcs;
    this.nameOf = (func) => `function ${func}${names.has(func) ? ` (${names.get(func)})` : ""}`;
    this.native = new OnNative(async (it) => this.compile(it));
  }

  private compile(m: Module): Uint8Array {
    const shop = (variant: Variant): Workshop => {
      const known = this.workshops.get(variant) ?? new Workshop(m, this.bounds, variant);
      this.workshops.set(variant, known);
      return known;
    };
    const blobs = m.bodies.map((_, k) => shop(this.pick(k)).compile(m.importedFuncs + k));
    return Workshop.link(m, this.bounds, blobs);
  }

  /** Functions that cannot even be compiled, with the reason. */
  private uncompilable(): string[] {
    const shop = new Workshop(this.m, this.bounds, VARIANTS[0]!);
    return Array.from(this.m.bodies.keys()).flatMap((k) => {
      const func = this.m.importedFuncs + k;
      try {
        shop.compile(func);
        return [];
      } catch (error) {
        return [`${this.nameOf(func)} cannot be compiled: ${describe(error)}`];
      }
    });
  }

  private async traceNative(pick: (k: number) => Variant): Promise<string[]> {
    this.pick = pick;
    return trace(this.native, this.m, this.calls);
  }

  private report(name: string, lines: readonly string[]): number {
    const at = firstDifference(this.right, lines);
    if (at < 0) console.log(`  ${name}: agrees`);
    else {
      console.log(`  ${name}: differs at call ${at + 1}, ${this.callText(this.calls[at])}`);
      console.log(`    right: ${this.right[at]}\n    here:  ${lines[at] ?? "nothing"}`);
    }
    return at;
  }

  private callText(call: Call | undefined): string {
    if (call === undefined) return "instantiation";
    const args = call.args.map((v) => show(v)).join(", ");
    return `${this.nameOf(call.func)} with (${args})`;
  }

  async run(bytes: Uint8Array): Promise<void> {
    const { m, bounds } = this;
    const interpreter = new OnStore(
      "interpreter",
      new InterpreterStore(defaultFeatures, { limit: LIMIT }),
    );
    const oracle = m.imports.length === 0 ? onV8(bytes) : interpreter;
    const interpreted = await trace(interpreter, m, this.calls);
    // What the interpreter gives up would run for ever elsewhere.
    const cut = interpreted.some((text) => text.startsWith("trap interrupted"));
    this.right.push(...(cut ? interpreted : await trace(oracle, m, this.calls)));
    console.log(`${this.right.length} calls; ${cut ? "interpreter" : oracle.name} is right`);
    if (cut) (this.calls as Call[]).length = interpreted.length - 1;
    const slow = this.report("interpreter", interpreted);
    const wrong = await this.stages();
    const hopeless = this.uncompilable();
    if (hopeless.length > 0) return console.log(hopeless.join("\n"));
    const native = this.report(`native, ${bounds}`, await this.traceNative(() => VARIANTS[0]!));
    if (wrong !== undefined) await this.blameIr(wrong);
    else if (native >= 0) await this.blameNative(native);
    else if (slow < 0) console.log("nothing is wrong here");
    if (slow >= 0 && wrong === undefined) await this.blameInterpreter(slow, interpreter);
    await this.native.close();
  }

  // Stages of the IR ------------------------------------------------------------------------------

  private canRunIr(): boolean {
    const { m } = this;
    return m.importedMemories + m.importedTables + m.importedGlobals === 0;
  }

  /** The first stage that is wrong. */
  private async stages(): Promise<string | undefined> {
    if (!this.canRunIr()) {
      console.log("  ir: cannot be run with an imported memory, table or global");
      return undefined;
    }
    const source = sourceOf(this.m, this.bounds, true);
    let wrong: string | undefined;
    for (const [stage, passes] of Object.entries(STAGES)) {
      const lines = await trace(new OnIr(stage, source, () => passes), this.m, this.calls);
      if (this.report(`ir ${stage}`, lines) >= 0) wrong ??= stage;
    }
    return wrong;
  }

  private async blameIr(stage: string): Promise<void> {
    const { m, bounds, calls } = this;
    if (stage === "built") {
      const without = new OnIr("", sourceOf(m, bounds, false), () => []);
      const cured = firstDifference(this.right, await trace(without, m, calls)) < 0;
      const why = cured ? "address facts (src/opt/facts.ts)" : "translation or its simplifications";
      return console.log(`the IR is wrong as it is built: ${why}`);
    }
    const names = Object.keys(STAGES);
    const before = STAGES[names[names.indexOf(stage) - 1]!]!;
    const after = STAGES[stage]!;
    const source = sourceOf(m, bounds, true);
    for (const k of m.bodies.keys()) {
      const engine = new OnIr("", source, (n) => (n === k ? after : before));
      if (firstDifference(this.right, await trace(engine, m, calls)) < 0) continue;
      console.log(`${after.at(-1)} breaks ${this.nameOf(m.importedFuncs + k)}`);
    }
  }

  // Native code -----------------------------------------------------------------------------------

  private async blameNative(at: number): Promise<void> {
    const event = await this.findEvent(at, this.native);
    if (event === undefined) return this.tryVariants("the run", (pick) => this.isRight(pick));
    const func = this.nameOf(event.func);
    const k = event.func - this.m.importedFuncs;
    await this.tryVariants(func, async (pick) => {
      this.pick = pick;
      return (await this.replay(event, this.native)) === event.outcome;
    });
    const complaints = complaintsOf(this.m, this.bounds, event.func);
    for (const text of complaints) console.log(`  ${text}`);
    if (complaints.length === 0) console.log("  no verifier complains about its code");
    console.log(`look at it: ingot dump --func ${k + this.m.importedFuncs} --stage lir FILE`);
  }

  private async blameInterpreter(at: number, interpreter: OnStore): Promise<void> {
    await this.findEvent(at, interpreter);
    console.log("the interpreter is wrong: src/interp");
  }

  private async isRight(pick: (k: number) => Variant): Promise<boolean> {
    return firstDifference(this.right, await this.traceNative(pick)) < 0;
  }

  /** The first recorded call that ends differently on `engine` when made by itself. */
  private async findEvent(at: number, engine: Settable): Promise<Event | undefined> {
    const { m } = this;
    if (!this.canRunIr()) return undefined;
    const ir = new OnIr("", sourceOf(m, this.bounds, true), () => []);
    const running = await ir.start(m);
    for (const call of this.calls.slice(0, at)) await running.call(call);
    ir.recorder.recording = true;
    await running.call(this.calls[at]!);
    const { events } = ir.recorder;
    for (const event of events) {
      const here = await this.replay(event, engine);
      if (here === event.outcome) continue;
      console.log(`wrong by itself on ${engine.name}: ${this.callText(event)}`);
      console.log(`    right: ${event.outcome}\n    here:  ${here}`);
      return event;
    }
    console.log(`${events.length} calls inside the run, each right when made by itself`);
    return undefined;
  }

  private async replay(event: Event, engine: Settable): Promise<string> {
    try {
      const running = await engine.start(this.m);
      const { memory } = await running.state();
      if (memory.length !== event.before.memory.length) return event.outcome;
      await running.set(event.before);
      const result = await running.call(event);
      return line(result, await running.state());
    } catch (error) {
      return `failed: ${describe(error)}`;
    }
  }

  /** Says which variant of which function makes a wrong run right. */
  private async tryVariants(
    what: string,
    isRight: (pick: (k: number) => Variant) => Promise<boolean>,
  ): Promise<void> {
    const normal = VARIANTS[0]!;
    for (const variant of VARIANTS.slice(1)) {
      if (!(await isRight(() => variant))) {
        console.log(`  ${what} stays wrong with ${variant.name}`);
        continue;
      }
      const alone: string[] = [];
      for (const k of this.m.bodies.keys()) {
        if (!(await isRight((n) => (n === k ? variant : normal)))) continue;
        alone.push(this.nameOf(this.m.importedFuncs + k));
      }
      const where = alone.length === 0 ? "several functions together" : alone.join(", or ");
      console.log(`  ${what} becomes right with ${variant.name} in ${where}`);
    }
  }
}

// ---- command line ------------------------------------------------------------------------------

function argument(type: number, text: string): Value {
  if (type === I64) return fromJs(type, BigInt.asIntN(64, BigInt(text)));
  if (type === F32 || type === F64) return fromJs(type, Number(text));
  return fromJs(I32, Number(text) | 0);
}

function callsFor(m: Module, invoke: string | undefined, args: string[], seed: number): Call[] {
  const indexOf = (name: string): number =>
    m.exports.find((e) => e.name === name && e.kind === "func")?.index ?? bug(`no export ${name}`);
  if (invoke === undefined) {
    return callsOf(m, seed).map(({ name, args: given }) => ({ func: indexOf(name), args: given }));
  }
  const func = indexOf(invoke);
  const { params } = m.types[m.funcs[func]!]!;
  return [{ func, args: params.map((type, k) => argument(type, args[k] ?? "0")) }];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      invoke: { type: "string" },
      seed: { type: "string" },
      bounds: { type: "string", default: "guard" },
    },
  });
  const [file = "", ...args] = positionals;
  const input = readFileSync(file);
  const bytes = file.endsWith(".wat") ? parseWat(input.toString()) : Uint8Array.from(input);
  const plain = open(bytes);
  if (typeof plain === "string") throw new Error(`the module is ${plain}`);
  const seed = Number(values.seed ?? /\d+/.exec(file.split("/").at(-1)!)?.[0] ?? 1);
  const calls = callsFor(plain, values.invoke, args, seed);
  const exposed = exposeAll(bytes, plain);
  const bounds: Bounds = values.bounds === "explicit" ? "explicit" : "guard";
  await new Bisection(open(exposed) as Module, calls, bounds).run(exposed);
}

await main();
