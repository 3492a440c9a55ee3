// The interpreter's provider of modules: they are decoded and validated, and that is all.

import { WasmError } from "../support/errors.ts";
import { defaultFeatures } from "../wasm/features.ts";
import type { Features } from "../wasm/features.ts";
import { PortableEngine, prepare } from "./portable.ts";
import type { Provider } from "./provider.ts";

/** True if `work` ends without an error about a module. */
function isFine(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof WasmError) return false;
    throw error;
  }
}

/** Modules for the interpreter. */
export function interpreterProvider(features: Features = defaultFeatures): Provider {
  return {
    engine: new PortableEngine(),
    compile: (bytes) => prepare(bytes.slice(), features),
    compileAsync: async (bytes) => prepare(bytes, features),
    validate: (bytes) => isFine(() => prepare(bytes, features)),
  };
}
