// What a program gets that asks for an engine: a namespace in the shape of `WebAssembly`, and what
// compiling ahead of time adds to it.

import { chooseEngine, lazyProvider, loadInterpreter, newProvider } from "../engine/choose.ts";
import type { CacheOptions } from "../engine/cache.ts";
import type { EngineName } from "../engine/choose.ts";
import type { InstanceLimits } from "../engine/engine.ts";
import type { Provider } from "../engine/provider.ts";
import { loadArtifact } from "./artifact.ts";
import type { ArtifactSource } from "./artifact.ts";
import { namespaceOf } from "./namespace.ts";
import { Realm } from "./realm.ts";
import type { Module, Namespace } from "./types.ts";

export { loadInterpreter };
export type { CacheOptions };

/** Of an engine that a program asks for. */
export interface EngineOptions {
  /** By default native code where that runs, else the interpreter; INGOT_ENGINE names one. */
  readonly engine?: "auto" | EngineName;
  /** 1.0 or 2.0 (the default), then ,+name or ,-name of proposals. */
  readonly features?: string;
  /**
   * Where compiled modules are kept: a directory, or "off", as in INGOT_CACHE, or a cache in full;
   * by default as INGOT_CACHE and its companions say.
   */
  readonly cache?: string | CacheOptions;
  /** What each instance may have. */
  readonly limits?: InstanceLimits;
}

/** An object in the shape of the global `WebAssembly`, with classes of its own, over one engine. */
export interface Ingot extends Namespace {
  /** Which engine it is. */
  readonly engine: EngineName;
  /** The module of an artifact. Throws an Error that says what is wrong with it. */
  loadArtifact(source: ArtifactSource): Module;
}

function ingotOver(provider: Provider, limits: InstanceLimits = {}): Ingot {
  const realm = new Realm(provider, limits);
  const namespace = namespaceOf(realm);
  return Object.defineProperties(namespace, {
    engine: { get: () => realm.engine.name, configurable: true },
    loadArtifact: {
      value: (source: ArtifactSource) => loadArtifact(realm, source),
      writable: true,
      configurable: true,
    },
  }) as Ingot;
}

/** Makes an engine with classes of its own. Throws where there is no such engine. */
export async function createEngine(options: EngineOptions = {}): Promise<Ingot> {
  if (chooseEngine(options) === "interpreter") await loadInterpreter();
  return ingotOver(newProvider(options), options.limits);
}

/** An engine that is chosen and loaded when it is first needed. */
export const lazyEngine = (options: EngineOptions = {}): Ingot =>
  ingotOver(
    lazyProvider(() => newProvider(options)),
    options.limits,
  );
