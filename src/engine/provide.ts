// Where native code for a program's modules comes from, in this order: what this process has
// already, the cache, the compiler; and where ingot cannot take a module, the host's own engine, if
// the provider may answer foreign modules. In: bytes. Out: a Provider, and for whoever observes, a
// line of facts for each module.

import { ArtifactError } from "../object/header.ts";
import { describe } from "../support/errors.ts";
import { refusedAtSight } from "../wasm/glance.ts";
import type { NativeEngine, NativeModule } from "./addon.ts";
import type { EngineModule } from "./engine.ts";
import { Cache, cacheKey } from "./cache.ts";
import type { CacheOptions } from "./cache.ts";
import type { Compiler } from "./compiler.ts";
import { deadlines } from "./deadlines.ts";
import type { CompileOptions } from "./job.ts";
import type { ForeignModule, Provider } from "./provider.ts";
import { Watch } from "./watch.ts";
import type { Asked, WatchOptions } from "./watch.ts";

/** What is asked of a compiler. */
export type ArtifactCompiler = Pick<
  Compiler,
  "compile" | "compileNow" | "compileFor" | "drain" | "validateNow"
>;

/** Milliseconds for which a process that ends waits for what is compiled for the next one... */
const LAST_WAIT = 1000;
/** ...if so many bytes of modules are left, for which that is enough. */
const LAST_BYTES = 300_000;

export interface NativeOptions extends WatchOptions {
  readonly engine: NativeEngine;
  /** How modules are compiled. */
  readonly code: CompileOptions;
  readonly compiler: ArtifactCompiler;
  readonly cache?: CacheOptions | undefined;
  /**
   * What happens on a miss: compile while the program waits, or let the host's engine have the
   * module this time and compile for the next time.
   */
  readonly onMiss?: "compile" | "later";
}

interface Request extends Asked {
  readonly key: string;
}

class Source {
  private readonly options: NativeOptions;
  private readonly watch: Watch;
  private readonly cache: Cache | undefined;
  private readonly compiler: ArtifactCompiler;
  /** Modules of this process by key, while somebody has them. */
  private readonly kept = new Map<string, WeakRef<NativeModule>>();
  private readonly dropped = new FinalizationRegistry<string>((key) => {
    if (this.kept.get(key)?.deref() === undefined) this.kept.delete(key);
  });

  /** Bytes of modules that are being compiled for the next time; -1 before the first one. */
  private postponed = -1;

  /** Keys of modules that came from the cache. */
  private readonly names = new WeakMap<EngineModule, string>();

  constructor(options: NativeOptions) {
    this.options = options;
    this.watch = new Watch(options);
    this.compiler = options.compiler;
    this.cache = options.cache === undefined ? undefined : new Cache(options.cache);
  }

  compile(bytes: Uint8Array, isChecked = false): NativeModule | ForeignModule {
    const refused = this.refused(bytes);
    if (refused !== undefined) return this.toForeign(bytes, refused);
    const code = this.codeOptions(isChecked);
    const request = this.request(bytes, code);
    const found = this.find(request);
    if (found !== undefined) return found;
    if (this.isLater()) return this.postpone(request, code);
    return this.watch.orForeign(request, () =>
      this.adopt(request, this.compiler.compileNow(bytes, code)),
    );
  }

  async compileLater(bytes: Uint8Array, isChecked = false): Promise<NativeModule | ForeignModule> {
    const refused = this.refused(bytes);
    if (refused !== undefined) return this.watch.toForeignLater(this.watch.ask(bytes), refused);
    const code = this.codeOptions(isChecked);
    const request = this.request(bytes, code);
    const found = this.find(request);
    if (found !== undefined) return found;
    if (this.isLater()) return this.postpone(request, code);
    const { foreign } = this.options;
    const hurry = foreign === undefined ? undefined : deadlines;
    const making = this.compiler.compile(bytes, code, hurry);
    const made = await making.catch((error: unknown) => ({ error }));
    return this.watch.orForeign(request, () => {
      if ("error" in made) throw made.error;
      return this.adopt(request, made);
    });
  }

  validate(bytes: Uint8Array): boolean {
    const { foreign } = this.options;
    // What the host takes has a module either way, and its validator is the fastest there is.
    return foreign?.validate(bytes) ?? this.compiler.validateNow(bytes, this.options.code);
  }

  nameOf(module: EngineModule): string | undefined {
    return this.names.get(module);
  }

  receive(source: string | Uint8Array): NativeModule {
    if (typeof source === "string") return this.named(source);
    const request = this.request(source);
    const { compiler, options } = this;
    return this.find(request) ?? this.adopt(request, compiler.compileNow(source, options.code));
  }

  /** Without the host: what is wrong with these bytes has shown before. */
  checked(bytes: Uint8Array): NativeModule {
    const code = this.codeOptions(true);
    const request = this.request(bytes, code);
    return this.find(request) ?? this.adopt(request, this.compiler.compileNow(bytes, code));
  }

  private codeOptions(isChecked: boolean): CompileOptions {
    const { code } = this.options;
    return isChecked ? { ...code, bounds: "explicit" } : code;
  }

  /** The module of a cache entry. */
  private named(key: string): NativeModule {
    const request = { ...this.watch.ask(new Uint8Array(0)), key };
    const found = /^[0-9a-f]{64}$/.test(key) ? this.find(request) : undefined;
    if (found !== undefined) return found;
    throw new Error("the module has left the cache since another thread compiled it");
  }

  toForeign(bytes: Uint8Array, why: string, options?: object): ForeignModule {
    return this.watch.toForeign(this.watch.ask(bytes), why, options);
  }

  toForeignLater(bytes: Uint8Array, why: string, options?: object): Promise<ForeignModule> {
    return this.watch.toForeignLater(this.watch.ask(bytes), why, options);
  }

  /** Why the host's engine is to have the module at once, if that shows. */
  private refused(bytes: Uint8Array): string | undefined {
    const { code, foreign } = this.options;
    return foreign === undefined ? undefined : refusedAtSight(bytes, code.features);
  }

  private isLater(): boolean {
    return this.options.onMiss === "later" && this.options.foreign !== undefined;
  }

  private request(bytes: Uint8Array, code = this.options.code): Request {
    const asked = this.watch.ask(bytes);
    return { ...asked, key: cacheKey(bytes, code) };
  }

  /** A module that need not be compiled. */
  private find(request: Request): NativeModule | undefined {
    const { key } = request;
    const kept = this.kept.get(key)?.deref();
    const module = kept ?? this.cache?.use(key, (path) => this.load(path));
    if (module === undefined) return undefined;
    if (kept === undefined) this.remember(key, module, true);
    return this.watch.note(request, module, kept === undefined ? "hit" : "kept");
  }

  /** Maps a cache entry, looking at all of it. */
  private load(path: string): NativeModule {
    try {
      return this.options.engine.load(path, { check: "sum" });
    } catch (error) {
      throw new ArtifactError(describe(error));
    }
  }

  private remember(key: string, module: NativeModule, isCached: boolean): void {
    if (isCached) this.names.set(module, key);
    this.kept.set(key, new WeakRef(module));
    this.dropped.register(module, key);
  }

  /** A module that has just been compiled. */
  private adopt(request: Request, artifact: Uint8Array): NativeModule {
    const path = this.cache?.put(request.key, artifact);
    const module = this.options.engine.load(path ?? artifact, { check: "none" });
    this.remember(request.key, module, path !== undefined);
    return this.watch.note(request, module, "miss");
  }

  /** The host's module for now, an entry of the cache for the next time. */
  private postpone(request: Request, code: CompileOptions): ForeignModule {
    const module = this.watch.toForeign(request, "not in the cache yet");
    if (this.postponed < 0) process.on("exit", () => this.finish());
    const { bytes, key } = request;
    this.postponed = Math.max(0, this.postponed) + bytes.length;
    const keep = (artifact: Uint8Array | undefined): void => {
      this.postponed -= bytes.length;
      if (artifact !== undefined) this.cache?.put(key, artifact);
    };
    this.compiler.compileFor(keep, bytes, code);
    return module;
  }

  /** The process ends: what is nearly done is not lost, since another one may end as soon. */
  private finish(): void {
    if (this.postponed > 0 && this.postponed <= LAST_BYTES) this.compiler.drain(LAST_WAIT);
  }
}

/** Modules for the native engine of this process. */
export function nativeProvider(options: NativeOptions): Provider {
  const source = new Source(options);
  return {
    engine: options.engine,
    compile: (bytes, isChecked) => source.compile(bytes, isChecked),
    compileAsync: (bytes, isChecked) => source.compileLater(bytes, isChecked),
    compileChecked: (bytes) => source.checked(bytes),
    load: (artifact) => options.engine.load(artifact),
    validate: (bytes) => source.validate(bytes),
    foreign: options.foreign,
    nameOf: (module) => source.nameOf(module),
    receive: (given) => source.receive(given),
    toForeign: (bytes, why, options) => source.toForeign(bytes, why, options),
    toForeignLater: (bytes, why, options) => source.toForeignLater(bytes, why, options),
  };
}
