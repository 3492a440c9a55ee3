// The interpreter's provider of modules: they are decoded and validated, and that is all. Of an
// artifact it runs the module that is embedded in it.

import { Unsupported, WasmError } from "../support/errors.ts";
import { defaultFeatures } from "../wasm/features.ts";
import type { Features } from "../wasm/features.ts";
import { embeddedModule } from "./artifacts.ts";
import { PortableEngine, prepare, prepareTrusted } from "./portable.ts";
import type { EngineModule } from "./engine.ts";
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

function load(artifact: string | Uint8Array, features: Features): EngineModule {
  const bytes = embeddedModule(artifact);
  if (bytes !== undefined) return prepareTrusted(bytes, features);
  throw new Unsupported("this artifact holds no module to interpret: make it with `embed`");
}

/** Modules for the interpreter. */
export function interpreterProvider(features: Features = defaultFeatures): Provider {
  return {
    engine: new PortableEngine(),
    compile: (bytes) => prepare(bytes.slice(), features),
    compileAsync: async (bytes) => prepare(bytes, features),
    load: (artifact) => load(artifact, features),
    validate: (bytes) => isFine(() => prepare(bytes, features)),
  };
}
