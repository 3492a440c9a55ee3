// WebAssembly.Instance: imports are read and checked, the engine links and starts, and its exports
// become one frozen object. Everything that the exports stand for has one object each, wherever it
// is found.

import type {
  EngineInstance,
  EngineModule,
  HostFunction,
  InstanceSettings,
  Linked,
} from "../engine/engine.ts";
import type { ForeignModule } from "../engine/provider.ts";
import { linkError } from "./failure.ts";
import { codeFor, hostsModule, prepareForeign } from "./foreign.ts";
import { Given, Uncloneable, checkImports, isObject, newInterface } from "./idl.ts";
import type { Where } from "./idl.ts";
import { checkLinks, readImports } from "./imports.ts";
import { Inside } from "./inside.ts";
import type { InstanceParts } from "./inside.ts";
import type { ModuleParts, Realm } from "./realm.ts";
import { snapshotFor } from "./snapshot.ts";
import { asCall, surroundExports, surroundImports, toOptions } from "./surround.ts";
import type { InstanceOptions } from "./surround.ts";
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

function settingsOf(
  { limits }: Realm,
  code: EngineModule,
  options: InstanceOptions,
  where: Where,
): InstanceSettings {
  const { from } = options;
  if (options.limits === undefined && from === undefined) return limits;
  const both = { ...limits, ...options.limits };
  return from === undefined ? both : { ...both, from: snapshotFor(from, code, where) };
}

function link(
  realm: Realm,
  parts: ModuleParts,
  imports: Read,
  options: InstanceOptions,
  where: Where,
): InstanceParts {
  checkLinks(realm, parts, imports, where);
  if (realm.foreign !== undefined) markUsed(realm, imports);
  try {
    const code = codeFor(realm, parts, imports);
    const settings = settingsOf(realm, code, options, where);
    const given = surroundImports(options, code, imports);
    const instance = asCall(options, () => realm.engine.instantiate(code, given, settings));
    surroundExports(options, code, imports, instance.exports);
    return { code, instance, exports: exportsOf(realm, parts, instance) };
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
  options: InstanceOptions = {},
): () => object {
  const parts = realm.modules.of(module);
  if (parts === undefined) {
    return prepareForeign(realm, module as ForeignModule, given, where);
  }
  const imports = readImports(realm, parts, given, where);
  const hosts = hostsModule(realm, parts, imports);
  if (hosts !== undefined) return prepareForeign(realm, hosts, given, where);
  return () => realm.instanceOf(link(realm, parts, imports!, options, where));
}

/** The options of an instance, which only namespaces of ingot's own know. */
export const optionsOf = (realm: Realm, given: unknown, where: Where): InstanceOptions =>
  realm.foreign === undefined ? toOptions(given, where) : {};

/** True for Module objects, the host's included. */
export const isModule = (realm: Realm, value: unknown): value is object =>
  realm.modules.of(value) !== undefined || realm.isForeign("Module", value);

/** The class of a realm. */
export function newInstanceClass(realm: Realm): InstanceConstructor {
  class Instance extends Uncloneable {
    #exports!: object;

    constructor(module: unknown, given: unknown = undefined, options: unknown = undefined) {
      super();
      const made = Given.of<InstanceParts>(module);
      if (made !== undefined) {
        this.#exports = made.exports;
        new Inside(this, made);
        return;
      }
      if (!isModule(realm, module)) {
        throw new TypeError(`${NEW}: Argument 0 must be a WebAssembly.Module`);
      }
      checkImports(given, NEW);
      const parts = realm.modules.of(module);
      const imports = parts && readImports(realm, parts, given, NEW);
      const foreign = parts === undefined ? module : hostsModule(realm, parts, imports);
      if (foreign !== undefined) {
        return prepareForeign(realm, foreign as ForeignModule, given, NEW)() as Instance;
      }
      const linked = link(realm, parts!, imports!, optionsOf(realm, options, NEW), NEW);
      this.#exports = linked.exports;
      new Inside(this, linked);
    }

    get exports(): object {
      if (isObject(this) && #exports in this) return this.#exports;
      throw new TypeError("WebAssembly.Instance.exports: Receiver is not a WebAssembly.Instance");
    }

    static {
      realm.instanceOf = (parts) => new Instance(new Given(parts));
    }
  }
  return newInterface(
    Instance,
    (make) =>
      function Instance(module: unknown, imports?: unknown, options?: unknown) {
        return make(new.target, module, imports, options);
      },
  ) as unknown as InstanceConstructor;
}
