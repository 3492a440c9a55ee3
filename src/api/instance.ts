// WebAssembly.Instance: imports are read and checked, the engine links and starts, and its exports
// become one frozen object. Everything that the exports stand for has one object each, wherever it
// is found.

import type { EngineInstance, HostFunction, Linked } from "../engine/engine.ts";
import type { ForeignModule } from "../engine/provider.ts";
import { linkError } from "./failure.ts";
import { prepareForeign } from "./foreign.ts";
import { Given, checkImports, isObject, shapeInterface } from "./idl.ts";
import type { Where } from "./idl.ts";
import { checkLinks, readImports } from "./imports.ts";
import type { ModuleParts, Realm } from "./realm.ts";
import type { InstanceConstructor } from "./types.ts";

const NEW = "WebAssembly.Instance()";

function exportOf(realm: Realm, linked: Linked): unknown {
  switch (linked.kind) {
    case "func":
      return linked.callable;
    case "table":
      return realm.tables.wrap(linked);
    case "memory":
      return realm.memories.wrap(linked);
    case "global":
      return realm.globals.wrap(linked);
  }
}

/**
 * The exports object. It gets its null prototype at the end: made with it, it would be a dictionary
 * to V8, and every call through it slower.
 */
function exportsOf(realm: Realm, { code }: ModuleParts, { exports }: EngineInstance): object {
  const made: Record<string, unknown> = {};
  code.exports.forEach(({ name }, i) => {
    const value = exportOf(realm, exports[i]!);
    if (name in made) Object.defineProperty(made, name, { value, enumerable: true });
    else made[name] = value;
  });
  return Object.freeze(Object.setPrototypeOf(made, null) as object);
}

/** What was imported is ours now: it can no longer become the host's. */
function markUsed(realm: Realm, imports: readonly (Linked | HostFunction)[]): void {
  for (const found of imports) {
    if (found.kind === "host" || found.kind === "func" || found.host === undefined) continue;
    if (found.kind === "memory") realm.memories.use(found.host);
    else if (found.kind === "table") realm.tables.use(found.host);
    else realm.globals.use(found.host);
  }
}

type Read = readonly (Linked | HostFunction)[];

function link(realm: Realm, parts: ModuleParts, imports: Read, where: Where): object {
  checkLinks(realm, parts, imports, where);
  if (realm.foreign !== undefined) markUsed(realm, imports);
  try {
    return exportsOf(realm, parts, realm.engine.instantiate(parts.code, imports, realm.limits));
  } catch (error) {
    throw linkError(error, where);
  }
}

/** Reads imports at once; the rest happens when the answer is called, giving an Instance. */
export function prepare(
  realm: Realm,
  module: object,
  given: object | undefined,
  where: Where,
): () => object {
  const parts = realm.modules.of(module);
  if (parts === undefined) {
    return prepareForeign(realm, module as ForeignModule, given, where);
  }
  const imports = readImports(realm, parts, given, where);
  return () => realm.instanceOf(link(realm, parts, imports, where));
}

/** True for Module objects, the host's included. */
export const isModule = (realm: Realm, value: unknown): value is object =>
  realm.modules.of(value) !== undefined || realm.isForeign("Module", value);

/** The class of a realm. */
export function newInstanceClass(realm: Realm): InstanceConstructor {
  class Instance {
    #exports!: object;

    constructor(module: unknown, given: unknown = undefined) {
      const made = Given.of<object>(module);
      if (made !== undefined) {
        this.#exports = made;
        return;
      }
      if (!isModule(realm, module)) {
        throw new TypeError(`${NEW}: Argument 0 must be a WebAssembly.Module`);
      }
      checkImports(given, NEW);
      const parts = realm.modules.of(module);
      if (parts === undefined) {
        return prepareForeign(realm, module as ForeignModule, given, NEW)() as Instance;
      }
      this.#exports = link(realm, parts, readImports(realm, parts, given, NEW), NEW);
    }

    get exports(): object {
      if (isObject(this) && #exports in this) return this.#exports;
      throw new TypeError("WebAssembly.Instance.exports: Receiver is not a WebAssembly.Instance");
    }

    static {
      realm.instanceOf = (exports) => new Instance(new Given(exports));
    }
  }
  shapeInterface(Instance);
  return Instance as unknown as InstanceConstructor;
}
