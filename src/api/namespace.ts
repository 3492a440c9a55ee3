// A namespace: an object in the shape of the global `WebAssembly`, with classes of its own, over
// one provider. In: where code comes from and what runs it. Out: the namespace, as WebIDL describes
// it down to the attributes of its properties.
//
// Operations that answer promises never throw: what is wrong with their arguments rejects. Bytes
// are copied before such an operation returns; imports of a Module are read before it returns,
// those of bytes when the module is there.

import { CompileError, LinkError, RuntimeError, SuspendError } from "../engine/errors.ts";
import type { Provider } from "../engine/provider.ts";
import { teachTables } from "./crossing.ts";
import { newGlobalClass } from "./global.ts";
import { acceptToo, checkImports, shapeNamespace, steady } from "./idl.ts";
import type { Where } from "./idl.ts";
import { isModule, newInstanceClass, optionsOf, prepare } from "./instance.ts";
import { newMemoryClass } from "./memory.ts";
import { compileLater, newModuleClass, sourceOf } from "./module.ts";
import { Realm } from "./realm.ts";
import { streamed } from "./streaming.ts";
import { isSupplied } from "./supplied.ts";
import type { InstanceOptions } from "./surround.ts";
import { Suspending, newPromising } from "./suspend.ts";
import { newTableClass } from "./table.ts";
import { newTagClasses } from "./tag.ts";
import type { Namespace } from "./types.ts";

const VALIDATE = "WebAssembly.validate()";
const COMPILE = "WebAssembly.compile()";
const INSTANTIATE = "WebAssembly.instantiate()";
const COMPILE_STREAMING = "WebAssembly.compileStreaming()";
const INSTANTIATE_STREAMING = "WebAssembly.instantiateStreaming()";

/** A promise of what `work` answers; what it throws rejects. */
const promised = (work: () => unknown): Promise<unknown> =>
  new Promise((resolve) => resolve(work()));

async function instantiateLater(
  realm: Realm,
  compiling: Promise<object>,
  given: object | undefined,
  where: Where,
  options: InstanceOptions,
): Promise<object> {
  const module = await compiling;
  return { module, instance: prepare(realm, module, given, where, options)() };
}

function instantiate(realm: Realm, source: unknown, given: unknown, extra: unknown): unknown {
  const options = optionsOf(realm, extra, INSTANTIATE);
  if (isModule(realm, source)) {
    checkImports(given, INSTANTIATE);
    const start = prepare(realm, source, given, INSTANTIATE, options);
    return Promise.resolve().then(start);
  }
  const what = "a buffer source or a WebAssembly.Module object";
  const bytes = sourceOf(source, `${INSTANTIATE}: Argument 0 must be ${what}`);
  checkImports(given, INSTANTIATE);
  const compiling = compileLater(realm, bytes, INSTANTIATE, extra);
  return instantiateLater(realm, compiling, given, INSTANTIATE, options);
}

function validate(realm: Realm, source: unknown, options: unknown): boolean {
  const given = sourceOf(source, `${VALIDATE}: Argument 0 must be a buffer source`);
  if (given.length === 0) return false;
  const bytes = steady(given);
  if (isSupplied(realm, bytes, options)) return realm.foreign!.validate(bytes, options);
  return realm.provider.validate(bytes);
}

async function compileStreaming(
  realm: Realm,
  source: unknown,
  where: Where,
  options: unknown,
): Promise<object> {
  return compileLater(realm, await streamed(source), where, options);
}

// Method shorthand: such functions are no constructors.
const operations = (realm: Realm): object => ({
  compile(bytes: unknown, options: unknown = undefined): Promise<unknown> {
    return promised(() => {
      const source = sourceOf(bytes, `${COMPILE}: Argument 0 must be a buffer source`);
      return compileLater(realm, source, COMPILE, options);
    });
  },
  validate(bytes: unknown, options: unknown = undefined): boolean {
    return validate(realm, bytes, options);
  },
  instantiate(
    bytes: unknown,
    importObject: unknown = undefined,
    options: unknown = undefined,
  ): Promise<unknown> {
    return promised(() => instantiate(realm, bytes, importObject, options));
  },
  compileStreaming(source: unknown, options: unknown = undefined): Promise<unknown> {
    return compileStreaming(realm, source, COMPILE_STREAMING, options);
  },
  instantiateStreaming(
    source: unknown,
    importObject: unknown = undefined,
    extra: unknown = undefined,
  ): Promise<unknown> {
    return promised(() => {
      checkImports(importObject, INSTANTIATE_STREAMING);
      const options = optionsOf(realm, extra, INSTANTIATE_STREAMING);
      const compiling = compileStreaming(realm, source, INSTANTIATE_STREAMING, extra);
      return instantiateLater(realm, compiling, importObject, INSTANTIATE_STREAMING, options);
    });
  },
});

/**
 * Suspension of guests, which is part of ingot's own namespaces. One that takes the place of the
 * host's has it where the host's has it: programs look for it to decide how they work, and what
 * they do then has been tried on such hosts only.
 */
function suspension(realm: Realm): { operations: object; interfaces: object } {
  const { foreign } = realm;
  if (foreign !== undefined && foreign.Suspending === undefined) {
    return { operations: {}, interfaces: {} };
  }
  const later = newPromising(realm);
  return {
    operations: {
      promising(func: unknown) {
        return later(func);
      },
    },
    interfaces: { Suspending, SuspendError },
  };
}

/** Makes a namespace over a provider. */
export const createNamespace = (provider: Provider): Namespace => namespaceOf(new Realm(provider));

/** Makes the namespace of a realm: once, since it fills the realm's boxes. */
export function namespaceOf(realm: Realm): Namespace {
  const { foreign } = realm;
  const own = {
    Module: newModuleClass(realm),
    Instance: newInstanceClass(realm),
    Table: newTableClass(realm),
    Memory: newMemoryClass(realm),
    Global: newGlobalClass(realm),
  };
  const tags = newTagClasses(realm);
  if (foreign !== undefined) {
    for (const [name, made] of Object.entries(own)) {
      acceptToo(made, foreign[name as keyof typeof own]);
    }
    teachTables(realm, foreign);
  }
  const suspending = suspension(realm);
  const namespace = Object.assign(operations(realm), suspending.operations);
  shapeNamespace("WebAssembly", namespace, {
    ...own,
    ...suspending.interfaces,
    Tag: foreign?.Tag ?? tags.Tag,
    Exception: foreign?.Exception ?? tags.Exception,
    ...(foreign?.JSTag === undefined ? {} : { JSTag: foreign.JSTag }),
    CompileError,
    LinkError,
    RuntimeError,
  });
  return namespace as Namespace;
}
