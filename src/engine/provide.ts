// The provider of native code: asks a store of artifacts, if there is one, and a compiler for what
// is not there. A hit loads neither the compiler nor a decoder. The interpreter's provider is in a
// file of its own (interpreted.ts), so that whoever needs one of the two loads only that.

import type { CompileOptions } from "./compile.ts";
import type { Compiler } from "./compiler.ts";
import type { Engine, EngineModule } from "./engine.ts";
import type { Provider } from "./provider.ts";

/** What the provider of native code asks of a compiler. */
export type ArtifactCompiler = Pick<Compiler, "compile" | "compileNow" | "validateNow">;

/** An engine that runs artifacts. */
export interface ArtifactEngine extends Engine {
  /** `source` is a path or an artifact; trusted: it has been checked, or was just made. */
  load(source: string | Uint8Array, options?: { readonly trusted?: boolean }): EngineModule;
}

/** Where artifacts are kept (cache.ts): by keys that depend on the module and the options. */
export interface ArtifactStore {
  key(bytes: Uint8Array, options: CompileOptions): string;
  /** What `load` makes of the file of an artifact, or undefined if there is none. */
  use<T>(key: string, load: (path: string) => T): T | undefined;
  /** Keeps an artifact: its path, or undefined. */
  put(key: string, artifact: Uint8Array): string | undefined;
}

export interface NativeParts {
  readonly engine: ArtifactEngine;
  readonly compiler: ArtifactCompiler;
  readonly options: CompileOptions;
  readonly store?: ArtifactStore | undefined;
}

/** Modules for native code in this process. */
export function nativeProvider({ engine, compiler, options, store }: NativeParts): Provider {
  const find = (key: string): EngineModule | undefined =>
    store?.use(key, (path) => engine.load(path));
  const keep = (key: string, artifact: Uint8Array): EngineModule =>
    engine.load(store?.put(key, artifact) ?? artifact, { trusted: true });
  return {
    engine,
    compile(bytes) {
      const key = store?.key(bytes, options) ?? "";
      return find(key) ?? keep(key, compiler.compileNow(bytes, options));
    },
    async compileAsync(bytes) {
      const key = store?.key(bytes, options) ?? "";
      return find(key) ?? keep(key, await compiler.compile(bytes, options));
    },
    load: (artifact) => engine.load(artifact),
    validate: (bytes) => compiler.validateNow(bytes, options),
  };
}
