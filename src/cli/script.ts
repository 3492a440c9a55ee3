// Runs a test script on a store. In: a parsed script, a store, the features that modules are read
// with. Out: the number of assertions that held and a line for each that did not. Modules and
// actions that are no assertions count when they fail. Each script has a fresh store content and a
// fresh spectest.

import { newSpectest } from "../engine/spectest.ts";
import type { Extern, Instance, Store, Value } from "../engine/store.ts";
import {
  Exhaustion,
  Invalid,
  LinkError,
  Malformed,
  Trap,
  WasmError,
  describe,
} from "../support/errors.ts";
import { sameReason } from "../text/reason.ts";
import { matchesWords } from "../text/wast.ts";
import type { Action, Command, Const, Pattern, Script, ScriptModule } from "../text/wast.ts";
import { decodeModule } from "../wasm/decode.ts";
import type { Features } from "../wasm/features.ts";
import type { Module } from "../wasm/module.ts";
import { EXTERNREF, F32, F64, FUNCREF, I32, I64, V128, isRef, typeName } from "../wasm/types.ts";
import { validateModule } from "../wasm/validate.ts";

export interface Outcome {
  readonly passed: number;
  /** `line:column: what went wrong`. */
  readonly failures: readonly string[];
}

/** An assertion that did not hold. */
class Failed extends Error {
  override name = "Failed";
}

const fail = (why: string): never => {
  throw new Failed(why);
};

const NUMBER_TYPES = { i32: I32, i64: I64, f32: F32, f64: F64 } as const;

/** Externref values of scripts are numbers from 0; a store's are never 0. */
function argument(c: Const): Value {
  switch (c.kind) {
    case "num":
      return { type: NUMBER_TYPES[c.type], lo: c.lo | 0, hi: c.hi | 0 };
    case "vector": {
      const [lo, hi, w2, w3] = c.words;
      return { type: V128, lo: lo | 0, hi: hi | 0, w2: w2 | 0, w3: w3 | 0 };
    }
    case "null":
      return { type: c.heap.startsWith("func") ? FUNCREF : EXTERNREF, lo: 0, hi: 0 };
    default:
      return { type: EXTERNREF, lo: c.value + 1, hi: 0 };
  }
}

function matches(p: Pattern, v: Value): boolean {
  if (p.kind === "either") return p.of.some((q) => matches(q, v));
  if (!isRef(v.type)) {
    return matchesWords(p, typeName(v.type), [v.lo, v.hi, v.w2 ?? 0, v.w3 ?? 0]);
  }
  const isNull = v.lo === 0 && v.hi === 0;
  const heap = v.type === FUNCREF ? "func" : "extern";
  if (p.kind === "null") return isNull && (p.heap === undefined || p.heap.startsWith(heap));
  if (p.kind !== "ref" || isNull) return false;
  if (p.heap !== heap && p.heap !== "host") return false;
  return p.value === undefined || p.value === v.lo - 1;
}

const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, "0");

function show(v: Value): string {
  const words = v.type === V128 ? [v.w3 ?? 0, v.w2 ?? 0, v.hi, v.lo] : [v.hi, v.lo];
  return `${typeName(v.type)}:0x${words.map(hex).join("")}`;
}

export class ScriptRunner {
  private readonly store: Store;
  private readonly features: Features;
  private readonly instances = new Map<string, Instance>();
  private readonly registered = new Map<string, ReadonlyMap<string, Extern>>();
  private readonly definitions = new Map<string, Module>();
  private last: Instance | undefined;
  private lastDefinition: Module | undefined;

  constructor(store: Store, features: Features) {
    this.store = store;
    this.features = features;
  }

  async run(script: Script): Promise<Outcome> {
    await this.store.clear();
    this.instances.clear();
    this.registered.clear();
    this.definitions.clear();
    this.last = this.lastDefinition = undefined;
    this.registered.set("spectest", await newSpectest(this.store));
    const failures: string[] = [];
    let passed = 0;
    for (const command of script.commands) {
      try {
        await this.command(command);
        if (command.kind.startsWith("assert")) passed++;
      } catch (error) {
        failures.push(`${command.line}:${command.column}: ${command.kind}: ${describe(error)}`);
      }
    }
    return { passed, failures };
  }

  private async command(c: Command): Promise<void> {
    switch (c.kind) {
      case "module":
        return this.define(c.module.name, await this.instantiate(this.decode(c.module)));
      case "definition":
        this.lastDefinition = this.decode(c.module);
        if (c.module.name !== undefined) this.definitions.set(c.module.name, this.lastDefinition);
        return;
      case "instance":
        return this.define(c.name, await this.instantiate(this.definition(c.definition)));
      case "register":
        this.registered.set(c.as, this.instance(c.module).exports);
        return;
      case "action":
        await this.perform(c.action);
        return;
      case "assert_return":
        return this.assertReturn(await this.perform(c.action), c.results);
      case "assert_trap":
        return this.expect(Trap, c.message, () => this.perform(c.action));
      case "assert_exhaustion":
        return this.expect(Exhaustion, c.message, () => this.perform(c.action));
      case "assert_malformed":
        return this.expect(Malformed, c.message, () => this.decode(c.module));
      case "assert_invalid":
        return this.expect(Invalid, c.message, () => this.decode(c.module));
      case "assert_unlinkable":
        return this.expect(LinkError, c.message, () => this.instantiate(this.decode(c.module)));
      case "assert_uninstantiable":
        return this.expect(Trap, c.message, () => this.instantiate(this.decode(c.module)));
      case "assert_exception":
        return fail("exceptions are not implemented");
    }
  }

  private define(name: string | undefined, instance: Instance): void {
    this.last = instance;
    if (name !== undefined) this.instances.set(name, instance);
  }

  private definition(name: string | undefined): Module {
    const m = name === undefined ? this.lastDefinition : this.definitions.get(name);
    return m ?? fail(`no module definition ${name ?? ""}`);
  }

  private instance(name: string | undefined): Instance {
    const instance = name === undefined ? this.last : this.instances.get(name);
    return instance ?? fail(`no instance ${name ?? ""}`);
  }

  private decode(module: ScriptModule): Module {
    const m = decodeModule(module.encode(), this.features);
    validateModule(m, this.features, { bodies: true });
    return m;
  }

  private instantiate(m: Module): Promise<Instance> {
    const imports = m.imports.map(
      (i) =>
        this.registered.get(i.module)?.get(i.name) ??
        (() => {
          throw new LinkError(`unknown import "${i.module}" "${i.name}"`, i.offset);
        })(),
    );
    return this.store.instantiate(m, imports);
  }

  private async perform(action: Action): Promise<readonly Value[]> {
    const instance = this.instance(action.module);
    const extern = instance.exports.get(action.name) ?? fail(`no export "${action.name}"`);
    if (action.kind === "get") return [await this.store.globalGet(extern)];
    return this.store.invoke(extern, action.args.map(argument));
  }

  private assertReturn(actual: readonly Value[], expected: readonly Pattern[]): void {
    if (actual.length === expected.length && expected.every((p, k) => matches(p, actual[k]!)))
      return;
    fail(`got (${actual.map(show).join(" ")}), expected ${JSON.stringify(expected)}`);
  }

  /** Runs `action`, which must throw a `kind` with this message. */
  private async expect(
    kind: typeof WasmError,
    message: string,
    action: () => unknown,
  ): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (error instanceof kind && sameReason(message, error.reason)) return;
      fail(`expected "${message}", got: ${describe(error)}`);
    }
    fail(`expected "${message}", but nothing went wrong`);
  }
}
