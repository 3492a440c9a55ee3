// Modules for the interpreter, which only decodes and validates. In: bytes, or artifacts in which
// the module is embedded. Out: a Provider.

import { embeddedModule } from "./artifacts.ts";
import { PortableEngine, prepare, prepareTrusted } from "./portable.ts";
import type { PortableModule } from "./portable.ts";
import type { ForeignModule, Provider } from "./provider.ts";
import { Unsupported, WasmError } from "../support/errors.ts";
import { defaultFeatures } from "../wasm/features.ts";
import type { Features } from "../wasm/features.ts";
import { Watch } from "./watch.ts";
import type { WatchOptions } from "./watch.ts";

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

function load(artifact: string | Uint8Array, features: Features): PortableModule {
  const bytes = embeddedModule(artifact);
  if (bytes !== undefined) return prepareTrusted(bytes, features);
  throw new Unsupported("this artifact holds no module to interpret: make it with `embed`");
}

export interface InterpreterOptions extends WatchOptions {
  readonly features?: Features;
}

/** Modules for the interpreter: nothing is compiled. */
export function interpreterProvider(options: InterpreterOptions = {}): Provider {
  const { features = defaultFeatures, foreign } = options;
  const watch = new Watch(options);
  const make = (bytes: Uint8Array, copy: () => Uint8Array): PortableModule | ForeignModule => {
    const asked = watch.ask(bytes);
    return watch.orForeign(asked, () => watch.note(asked, prepare(copy(), features), "miss"));
  };
  return {
    engine: new PortableEngine(),
    compile: (bytes) => make(bytes, () => bytes.slice()),
    compileAsync: async (bytes) => make(bytes, () => bytes),
    load: (artifact) => load(artifact, features),
    // What the host takes has a module either way, and its validator is the fastest there is.
    validate: (bytes) => foreign?.validate(bytes) ?? isFine(() => prepare(bytes, features)),
    foreign,
    receive: (source) => prepareTrusted(source as Uint8Array, features),
    toForeign: (bytes, why, options) => watch.toForeign(watch.ask(bytes), why, options),
    toForeignLater: (bytes, why, options) => watch.toForeignLater(watch.ask(bytes), why, options),
  };
}
