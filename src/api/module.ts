// WebAssembly.Module: code from a provider, and the custom sections, which are all that is kept of
// the bytes. Where the provider answers one of the host's modules, that is what `new Module` gives.

import type { EngineModule, ExternType } from "../engine/engine.ts";
import { CompileError } from "../engine/errors.ts";
import type { ForeignModule } from "../engine/provider.ts";
import { compileError } from "./failure.ts";
import { mayBeHosts } from "./foreign.ts";
import { Given, bytesOf, copyOf, isObject, shapeInterface, steady } from "./idl.ts";
import type { Bytes, Where } from "./idl.ts";
import type { ModuleParts, Realm } from "./realm.ts";
import { customSections } from "./sections.ts";
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

/** A Module object, or one of the host's. */
function moduleOf(realm: Realm, code: EngineModule | ForeignModule, bytes: Uint8Array): object {
  if (realm.isForeign("Module", code)) return code;
  const customs = customSections(bytes);
  const parts: ModuleParts = { code: code as EngineModule, customs: () => customs };
  if (mayBeHosts(realm, parts)) parts.bytes = bytes.slice();
  return realm.modules.wrap(parts);
}

/** Compiles a copy of the bytes, which is made before this returns. */
export async function compileLater(realm: Realm, source: Bytes, where: Where): Promise<object> {
  checkLength(source, where);
  const bytes = copyOf(source);
  try {
    return moduleOf(realm, await realm.provider.compileAsync(bytes), bytes);
  } catch (error) {
    throw compileError(error, where);
  }
}

function compileNow(realm: Realm, source: unknown): object {
  const given = sourceOf(source, `${NEW}: Argument 0 must be a buffer source`);
  checkLength(given, NEW);
  const bytes = steady(given);
  try {
    return moduleOf(realm, realm.provider.compile(bytes), bytes);
  } catch (error) {
    throw compileError(error, NEW);
  }
}

/** The class of a realm. */
export function newModuleClass(realm: Realm): ModuleConstructor {
  const { foreign } = realm;

  class Module {
    #parts!: ModuleParts;

    constructor(bytes: unknown) {
      const given = Given.of<ModuleParts>(bytes);
      if (given === undefined) {
        const made = compileNow(realm, bytes);
        const parts = realm.modules.of(made);
        if (parts === undefined) return made as Module;
        this.#parts = parts;
      } else this.#parts = given;
    }

    static imports(module: unknown): ModuleImportDescriptor[] {
      if (foreign !== undefined && module instanceof foreign.Module) {
        return foreign.Module.imports(module) as unknown as ModuleImportDescriptor[];
      }
      const { code } = Module.#of(module, "WebAssembly.Module.imports()");
      return code.imports.map((i) => ({ module: i.module, name: i.name, kind: KINDS[i.kind] }));
    }

    static exports(module: unknown): ModuleExportDescriptor[] {
      if (foreign !== undefined && module instanceof foreign.Module) {
        return foreign.Module.exports(module) as ModuleExportDescriptor[];
      }
      const { code } = Module.#of(module, "WebAssembly.Module.exports()");
      return code.exports.map((e) => ({ name: e.name, kind: KINDS[e.kind] }));
    }

    static customSections(module: unknown, name: unknown): ArrayBuffer[] {
      if (foreign !== undefined && module instanceof foreign.Module) {
        return foreign.Module.customSections(module, name as string);
      }
      const where = "WebAssembly.Module.customSections()";
      const { customs } = Module.#of(module, where);
      if (arguments.length < 2) throw new TypeError(`${where}: Argument 1 is required`);
      const wanted = `${name as string}`;
      return customs()
        .filter((c) => c.name === wanted)
        .map((c) => copyOf(c.bytes).buffer);
    }

    static #of(value: unknown, where: Where): ModuleParts {
      if (isObject(value) && #parts in value) return value.#parts;
      throw new TypeError(`${where}: Argument 0 must be a WebAssembly.Module`);
    }

    static {
      realm.modules = {
        of: (value) => (isObject(value) && #parts in value ? value.#parts : undefined),
        wrap: (parts) => new Module(new Given(parts)),
      };
    }
  }
  shapeInterface(Module);
  return Module as unknown as ModuleConstructor;
}
