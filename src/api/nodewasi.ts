// Programs of node:wasi under the preload. Its functions work on memories of the host only, so such
// a program is compiled as importing its memory, and each instance is *lent* one of the host's.
// Whether a module will be given functions of node:wasi nobody knows when it is compiled; that
// node:wasi has been loaded and the module imports WASI is taken for a sign. A module that has not
// been seen coming is the host's to run (foreign.ts); one that has been, and is given another WASI,
// runs all the same.
//
// In: modules and imports. Out: what is to be done otherwise than for all others.

import type {
  EngineModule,
  HostFunction,
  Linked,
  LinkedMemory,
  NamedImport,
} from "../engine/engine.ts";
import { isWasi } from "../wasi/names.ts";
import { importMemory } from "../wasm/lend.ts";
import { descriptorOf } from "./idl.ts";
import type { ModuleParts, Realm } from "./realm.ts";

/** Whether node:wasi has been loaded, as far as Node says. */
function isLoaded(): boolean {
  const { moduleLoadList } = process as { readonly moduleLoadList?: readonly string[] };
  return moduleLoadList?.includes("NativeModule wasi") ?? true;
}

/** Looks like a function of node:wasi, which are bound ones; a shim's may look like that, too. */
const isBound = (call: (...args: never[]) => unknown): boolean =>
  call.name.startsWith("bound ") &&
  Function.prototype.toString.call(call).includes("[native code]");

/** What is to be compiled in place of a module of these bytes, if that is likely to be lent one. */
export const lending = ({ foreign }: Realm, bytes: Uint8Array): Uint8Array | undefined =>
  foreign !== undefined && isLoaded() ? importMemory(bytes, isWasi) : undefined;

/** Whether the code of such a module has to check bounds, as far as that shows beforehand. */
export const isChecked = ({ engine }: Realm, lent: Uint8Array | undefined): boolean =>
  lent !== undefined && engine.hasHostGuards === false;

/**
 * A function for a module that is lent a memory. V8 hands the functions of node:wasi i32s without
 * signs, and they refuse negative numbers.
 */
export function callFor(given: HostFunction, { module, name }: NamedImport): HostFunction {
  const { call } = given;
  if (!isWasi(module) || call.name !== `bound ${name}` || !isBound(call)) return given;
  const unsigned = (arg: unknown): unknown => (typeof arg === "number" ? arg >>> 0 : arg);
  return { kind: "host", call: (...args) => call(...args.map(unsigned)) };
}

/** A memory for an instance of a module that is lent one. */
export function lend({ engine, foreign }: Realm, { code }: ModuleParts): LinkedMemory {
  const { type } = code.imports.at(-1) as Extract<NamedImport, { kind: "memory" }>;
  return engine.borrow(new foreign!.Memory(descriptorOf(type.limits)), type)!;
}

/** Whether a program is given functions of node:wasi. */
export const isNodeWasi = (
  { imports: wanted }: EngineModule,
  imports: readonly (Linked | HostFunction)[],
): boolean =>
  imports.some(
    (given, i) => given.kind === "host" && isWasi(wanted[i]!.module) && isBound(given.call),
  ) && isLoaded();
