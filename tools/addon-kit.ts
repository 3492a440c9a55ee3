// What the tests of the native engine in this process share: modules in text become artifacts, and
// those are mapped and instantiated. In: text. Out: what an embedder would hold.

import { existsSync } from "node:fs";
import { NativeEngine } from "../src/engine/addon.ts";
import type { NativeModule } from "../src/engine/addon.ts";
import { compileModule } from "../src/engine/compile.ts";
import type { Callable, HostFunction, InstanceLimits, Linked } from "../src/engine/engine.ts";
import { hostTarget, runtimePath } from "../src/engine/host.ts";
import { NativeGlobal, NativeMemory, NativeTable } from "../src/engine/objects.ts";
import { Func } from "../src/engine/groups.ts";
import { bug } from "../src/support/errors.ts";
import { parseWat } from "../src/text/wat.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Features } from "../src/wasm/features.ts";

const target = hostTarget();
/** The addon is there for this process. */
export const hasAddon = target !== undefined && existsSync(runtimePath(target, "ingot.node"));

/** The artifact of a module in text. */
export function artifactOf(
  wat: string,
  bounds: "guard" | "explicit" = "guard",
  features: Features = defaultFeatures,
): Uint8Array {
  const module = decodeModule(parseWat(wat), features);
  return compileModule(module, { target: target ?? bug("no target"), features, bounds }).artifact;
}

/** Anything that a test imports: functions of JavaScript by themselves. */
export type Given = Linked | HostFunction | Callable | undefined;

const asImport = (given: Given): Linked | HostFunction | undefined =>
  typeof given === "function" ? { kind: "host", call: given } : given;

/** An instance with its exports by name. */
export class Linkage {
  readonly exports = new Map<string, Linked>();

  constructor(engine: NativeEngine, module: NativeModule, imports: Given[], limits = {}) {
    const made = engine.instantiate(module, imports.map(asImport), limits);
    module.exports.forEach(({ name }, k) => this.exports.set(name, made.exports[k]!));
  }

  private get<T>(name: string, kind: new (...args: never[]) => T): T {
    const found = this.exports.get(name);
    return found instanceof kind ? found : bug(`no export ${name}`);
  }

  func(name: string): Func {
    return this.get(name, Func);
  }

  call(name: string, ...args: unknown[]): unknown {
    return this.func(name).callable(...args);
  }

  memory(name = "memory"): NativeMemory {
    return this.get(name, NativeMemory);
  }

  table(name = "table"): NativeTable {
    return this.get(name, NativeTable);
  }

  global(name: string): NativeGlobal {
    return this.get(name, NativeGlobal);
  }
}

/** Compiles and instantiates; imports are in the module's order. */
export function link(
  engine: NativeEngine,
  wat: string,
  imports: Given[] = [],
  limits: InstanceLimits = {},
): Linkage {
  return new Linkage(engine, engine.load(artifactOf(wat)), imports, limits);
}

export function caught(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
