// WebAssembly.Module: code from a provider, and the custom sections, which are all that is kept of
// the bytes. Where the provider answers one of the host's modules, that is what `new Module` gives.

import type { EngineModule, ExternType } from "../engine/engine.ts";
import { CompileError } from "../engine/errors.ts";
import type { ForeignModule } from "../engine/provider.ts";
import { newCarrier, unpack } from "./carrier.ts";
import { compileError } from "./failure.ts";
import { mayChange } from "./foreign.ts";
import {
  Given,
  Onto,
  Uncloneable,
  bytesOf,
  copyOf,
  isObject,
  newInterface,
  steady,
} from "./idl.ts";
import type { Bytes, Where } from "./idl.ts";
import { isChecked, lending } from "./nodewasi.ts";
import { importsOf } from "./realm.ts";
import type { ModuleParts, Realm } from "./realm.ts";
import { customSections } from "./sections.ts";
import { SUPPLIED, isSupplied } from "./supplied.ts";
import type {
  ImportExportKind,
  ModuleConstructor,
  ModuleExportDescriptor,
  ModuleImportDescriptor,
} from "./types.ts";

const NEW = "WebAssembly.Module()";

const KINDS: Readonly<Record<ExternType["kind"], ImportExportKind>> = {
  func: "function",
  table: "table",
  memory: "memory",
  global: "global",
};

/** The bytes of an argument, in place. */
export function sourceOf(source: unknown, message: string): Bytes {
  const bytes = bytesOf(source);
  if (bytes === undefined) throw new TypeError(message);
  return bytes;
}

function checkLength(bytes: Bytes, where: Where): void {
  if (bytes.length === 0) throw new CompileError(`${where}: BufferSource argument is empty`);
}

/** Bytes of a module; `lent` are those to compile in their place. `keep` makes them lasting. */
interface Source {
  readonly bytes: Uint8Array;
  readonly lent: Uint8Array | undefined;
  keep(): Uint8Array;
}

/** A Module object, or one of the host's. */
function moduleOf(
  realm: Realm,
  code: EngineModule | ForeignModule,
  { bytes, lent, keep }: Source,
): object {
  const { foreign, provider } = realm;
  const isLent = lent !== undefined;
  if (realm.isForeign("Module", code)) return isLent ? new foreign!.Module(bytes) : code;
  const customs = customSections(bytes);
  const parts: ModuleParts = { code: code as EngineModule, customs: () => customs, isLent };
  if (mayChange(realm, parts)) parts.bytes = lent ?? keep();
  if (foreign !== undefined && provider.receive !== undefined) {
    const name = isLent ? undefined : provider.nameOf?.(parts.code);
    parts.carrier = () => newCarrier(foreign, name, bytes, customs);
  }
  return realm.modules.wrap(parts);
}

/** What an object of the host's stands for, if another thread has sent it for a module of ours. */
function arrived(realm: Realm, carrier: object): ModuleParts | undefined {
  const found = unpack(realm.provider, carrier, (bytes) => lending(realm, bytes));
  if (found === undefined) return undefined;
  const customs = customSections(found.bytes);
  const isLent = found.lent !== undefined;
  const parts: ModuleParts = { code: found.code, customs: () => customs, isLent };
  if (found.isWhole && mayChange(realm, parts)) parts.bytes = found.lent ?? found.bytes;
  return parts;
}

/**
 * Compiles a copy of the bytes, which is made before this returns. The options are those that hosts
 * have (supplied.ts).
 */
export async function compileLater(
  realm: Realm,
  source: Bytes,
  where: Where,
  options: unknown,
): Promise<object> {
  checkLength(source, where);
  const bytes = copyOf(source);
  if (isSupplied(realm, bytes, options)) {
    const later = realm.provider.toForeignLater?.(bytes, SUPPLIED, options);
    return later ?? realm.foreign!.compile(bytes, options);
  }
  const lent = lending(realm, bytes);
  try {
    const code = await realm.provider.compileAsync(lent ?? bytes, isChecked(realm, lent));
    return moduleOf(realm, code, { bytes, lent, keep: () => bytes });
  } catch (error) {
    throw compileError(error, where);
  }
}

function compileNow(realm: Realm, source: unknown, options: unknown): object {
  const given = sourceOf(source, `${NEW}: Argument 0 must be a buffer source`);
  checkLength(given, NEW);
  const bytes = steady(given);
  if (isSupplied(realm, bytes, options)) {
    const now = realm.provider.toForeign?.(bytes, SUPPLIED, options);
    return now ?? new realm.foreign!.Module(bytes, options);
  }
  const lent = lending(realm, bytes);
  try {
    const code = realm.provider.compile(lent ?? bytes, isChecked(realm, lent));
    return moduleOf(realm, code, { bytes, lent, keep: () => copyOf(bytes) });
  } catch (error) {
    throw compileError(error, NEW);
  }
}

/** The class of a realm. */
export function newModuleClass(realm: Realm): ModuleConstructor {
  const { foreign } = realm;

  /** Marks Module objects, whatever they are to the host. */
  class Mark extends Onto {
    #parts: ModuleParts;
    constructor(module: object, parts: ModuleParts) {
      super(module);
      this.#parts = parts;
    }
    static of(value: object): ModuleParts | undefined {
      return #parts in value ? value.#parts : undefined;
    }
  }

  function find(value: unknown): ModuleParts | undefined {
    if (!isObject(value)) return undefined;
    const marked = Mark.of(value);
    if (marked !== undefined || !realm.isForeign("Module", value)) return marked;
    const parts = arrived(realm, value);
    if (parts !== undefined) new Mark(Object.setPrototypeOf(value, Module.prototype), parts);
    return parts;
  }

  /** Of a module of ours; undefined for one of the host's. */
  function partsOf(value: unknown, where: Where): ModuleParts | undefined {
    const parts = find(value);
    if (parts !== undefined || realm.isForeign("Module", value)) return parts;
    throw new TypeError(`${where}: Argument 0 must be a WebAssembly.Module`);
  }

  class Module extends Uncloneable {
    constructor(bytes: unknown, options: unknown = undefined) {
      super();
      const parts = Given.of<ModuleParts>(bytes);
      if (parts === undefined) {
        const made = compileNow(realm, bytes, options);
        const isPlain = new.target === Module || Mark.of(made) === undefined;
        return isPlain ? (made as Module) : Object.setPrototypeOf(made, new.target.prototype);
      }
      const carrier = parts.carrier?.();
      parts.carrier = undefined;
      const made = carrier === undefined ? this : Object.setPrototypeOf(carrier, Module.prototype);
      return new Mark(made, parts) as Module;
    }

    static imports(module: unknown): ModuleImportDescriptor[] {
      const parts = partsOf(module, "WebAssembly.Module.imports()");
      if (parts === undefined) {
        return foreign!.Module.imports(module as object) as unknown as ModuleImportDescriptor[];
      }
      return importsOf(parts).map((i) => ({ module: i.module, name: i.name, kind: KINDS[i.kind] }));
    }

    static exports(module: unknown): ModuleExportDescriptor[] {
      const parts = partsOf(module, "WebAssembly.Module.exports()");
      if (parts === undefined) {
        return foreign!.Module.exports(module as object) as ModuleExportDescriptor[];
      }
      return parts.code.exports.map((e) => ({ name: e.name, kind: KINDS[e.kind] }));
    }

    static customSections(module: unknown, name: unknown): ArrayBuffer[] {
      const where = "WebAssembly.Module.customSections()";
      const parts = partsOf(module, where);
      if (parts === undefined) {
        return foreign!.Module.customSections(module as object, name as string);
      }
      if (arguments.length < 2) throw new TypeError(`${where}: Argument 1 is required`);
      const wanted = `${name as string}`;
      return parts
        .customs()
        .filter((c) => c.name === wanted)
        .map((c) => copyOf(c.bytes).buffer);
    }
  }
  realm.modules = { of: find, wrap: (parts) => new Module(new Given(parts)) };
  return newInterface(
    Module,
    (make) =>
      function Module(bytes: unknown, options?: unknown) {
        return make(new.target, bytes, options);
      },
  ) as unknown as ModuleConstructor;
}
