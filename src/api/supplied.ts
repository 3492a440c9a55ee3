// Imports that a program asks the host to supply when it compiles a module: functions on strings
// ("wasm:js-string") and constant strings of JavaScript. ingot has none of them, so a module that
// imports such things is the host's, if the host has them; else the options mean nothing, and
// whatever the program passes for these imports is taken. In: bytes and the options of compilation.

import { importedModules } from "../wasm/glance.ts";
import { isObject } from "./idl.ts";
import type { Dictionary } from "./idl.ts";
import type { Realm } from "./realm.ts";

/**
 * (module (import "wasm:js-string" "length" (func))): the type is another, so that only hosts take
 * it that supply nothing.
 */
// prettier-ignore
const PROBE = Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 4, 1, 0x60, 0, 0, // type: [] -> []
  2, 25, 1, 14, ...new TextEncoder().encode("wasm:js-string"),
  6, ...new TextEncoder().encode("length"), 0, 0,
]);

/** The modules that are supplied with these options. */
function suppliers(options: Dictionary): string[] {
  const { builtins, importedStringConstants } = options;
  const names = Array.from(isObject(builtins) ? (builtins as Iterable<unknown>) : []);
  const modules = names.map((name) => `wasm:${String(name)}`);
  if (importedStringConstants !== undefined) modules.push(String(importedStringConstants));
  return modules;
}

/** Whether the host is to compile a module, with these options, for what it supplies. */
export function isSupplied(
  { foreign }: Realm,
  bytes: Uint8Array,
  options: unknown,
): options is object {
  if (foreign === undefined || !isObject(options)) return false;
  const modules = suppliers(options as Dictionary);
  if (modules.length === 0) return false;
  const imported = importedModules(bytes);
  if (!modules.some((module) => imported.has(module))) return false;
  return !foreign.validate(PROBE, { builtins: ["js-string"] });
}

/** Why the host has the module. */
export const SUPPLIED = "it imports strings of JavaScript that V8 supplies";
