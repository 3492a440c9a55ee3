// Which engine runs here, and the provider for it. In: what the program asks for; by default native
// code where there is an addon for this process, else the interpreter. INGOT_ENGINE decides where
// the program does not. Nothing heavy is loaded before it is needed: the addon when native code is
// chosen, the compiler (a thread, compiler.ts) when a module is not to be found, the interpreter
// when that is chosen.

import { createRequire } from "node:module";
import { defaultFeatures, parseFeatures } from "../wasm/features.ts";
import { NativeEngine } from "./addon.ts";
import { cacheOptions } from "./cache.ts";
import type { CacheOptions } from "./cache.ts";
import { Compiler } from "./compiler.ts";
import { defaultOptions } from "./made.ts";
import { hostTarget } from "./host.ts";
import { nativeProvider } from "./provide.ts";
import type { NativeOptions } from "./provide.ts";
import type { Provider } from "./provider.ts";
import type { WatchOptions } from "./watch.ts";

export type EngineName = "native" | "interpreter";

export interface Choice extends WatchOptions {
  readonly engine?: "auto" | EngineName | undefined;
  /** 1.0 or 2.0, then ,+name or ,-name of proposals. */
  readonly features?: string | undefined;
  /** Where compiled modules are kept, as INGOT_CACHE or in full; by default as that says. */
  readonly cache?: string | CacheOptions | undefined;
  readonly onMiss?: NativeOptions["onMiss"];
}

/** The compiler of this thread; there is one. */
export const compiler = new Compiler();

type Interpreted = typeof import("./interpreted.ts");
let interpreted: Interpreted | undefined;

/** Loads the interpreter, for hosts that cannot load it at once. */
export async function loadInterpreter(): Promise<void> {
  interpreted ??= await import("./interpreted.ts");
}

/** This Node can load a module of ours in the midst of a call. */
export const canLoadAtOnce = Boolean(
  (process.features as { readonly require_module?: boolean }).require_module,
);

function theInterpreter(): Interpreted {
  if (interpreted !== undefined) return interpreted;
  if (!canLoadAtOnce) throw new Error("the interpreter has not been loaded: use createEngine()");
  interpreted = createRequire(import.meta.url)("./interpreted.js") as Interpreted;
  return interpreted;
}

let native: NativeEngine | undefined;
/** Why there is no native code here. */
let excuse: unknown;

/** The engine of native code of this thread, which loads the addon; undefined if there is none. */
export function theNative(): NativeEngine | undefined {
  if (native !== undefined || excuse !== undefined) return native;
  try {
    native = new NativeEngine();
  } catch (error) {
    excuse = error;
  }
  return native;
}

/** The same; throws what keeps it from being there. */
export function mustNative(): NativeEngine {
  const found = theNative();
  if (found === undefined) throw excuse;
  return found;
}

const ENGINES: readonly string[] = ["auto", "native", "interpreter"];

/** The engine asked for, or the one that there is. */
export function chooseEngine({ engine }: Choice): EngineName {
  const named = engine ?? (process.env["INGOT_ENGINE"] || "auto");
  if (!ENGINES.includes(named)) throw new TypeError(`there is no engine "${named}"`);
  if (named === "interpreter") return named;
  if (named === "native") mustNative();
  return theNative() === undefined ? "interpreter" : "native";
}

function cacheOf({ cache }: Choice): CacheOptions | undefined {
  if (typeof cache === "object") return cache;
  return cacheOptions(cache === undefined ? process.env : { ...process.env, INGOT_CACHE: cache });
}

/** The provider of a choice; loads what it needs. */
export function newProvider(choice: Choice = {}): Provider {
  const { foreign, observe, onMiss = "compile" } = choice;
  const features = choice.features === undefined ? defaultFeatures : parseFeatures(choice.features);
  if (chooseEngine(choice) === "interpreter") {
    return theInterpreter().interpreterProvider({ features, foreign, observe });
  }
  const code = { ...defaultOptions(hostTarget()!), features };
  const cache = cacheOf(choice);
  const engine = mustNative();
  return nativeProvider({ engine, compiler, code, cache, foreign, observe, onMiss });
}

/** A provider that is made when it is first asked for something. */
export function lazyProvider(make: () => Provider): Provider {
  let made: Provider | undefined;
  const get = (): Provider => (made ??= make());
  return {
    get engine() {
      return get().engine;
    },
    compile: (bytes, isChecked) => get().compile(bytes, isChecked),
    compileAsync: async (bytes, isChecked) => get().compileAsync(bytes, isChecked),
    compileChecked: (bytes) => get().compileChecked!(bytes),
    validate: (bytes) => get().validate(bytes),
    load: (artifact) => get().load!(artifact),
  };
}
