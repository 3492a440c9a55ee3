// What the interpreter asks of a module before it runs any of it: that all of it is valid, as the
// standard demands. What was found valid is remembered, as a module may be instantiated often.

import type { Features } from "../wasm/features.ts";
import type { Module } from "../wasm/module.ts";
import { validateModule } from "../wasm/validate.ts";

const checked = new WeakMap<Module, Features>();

/** Validates a module and all its bodies, once. Throws Malformed or Invalid. */
export function checkModule(m: Module, features: Features): void {
  if (checked.get(m) === features) return;
  validateModule(m, features, { bodies: true });
  checked.set(m, features);
}
