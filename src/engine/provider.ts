// What the JavaScript interface asks for besides an engine: how bytes become modules. A provider
// decides where code comes from (a compiler, a cache) and what to do with a module that ingot
// cannot take: where the host has a WebAssembly of its own, it may answer one of the host's modules
// instead, a *foreign* one. In: bytes. Out: modules, or errors of support/errors.ts.

import type { Engine, EngineModule } from "./engine.ts";
import type { ForeignMemory } from "./hostmemory.ts";

type Constructor = new (...args: never[]) => object;

/** The host's own namespace, captured before anything replaces it. */
export interface ForeignNamespace {
  validate(bytes: Uint8Array, options?: object): boolean;
  compile(bytes: Uint8Array, options?: object): Promise<object>;
  readonly Module: (new (bytes: Uint8Array, options?: object) => object) & {
    imports(module: object): { readonly module: string; readonly name: string }[];
    exports(module: object): object[];
    customSections(module: object, name: string): ArrayBuffer[];
  };
  readonly Instance: new (module: object, imports?: object) => { readonly exports: object };
  readonly Memory: new (descriptor: object) => ForeignMemory;
  readonly Table: new (descriptor: object, value?: unknown) => ForeignTable;
  readonly Global: new (descriptor: object, value?: unknown) => ForeignGlobal;
  readonly Suspending?: new (call: (...args: never[]) => unknown) => object;
  promising?(func: (...args: never[]) => unknown): (...args: never[]) => unknown;
  readonly Tag?: Constructor;
  readonly Exception?: Constructor;
  /** The tag of exceptions that JavaScript throws. */
  readonly JSTag?: object;
}

export interface ForeignTable {
  readonly length: number;
  get(index: number): unknown;
  set(index: number, value?: unknown): void;
  grow(delta: number, value?: unknown): number;
}

export interface ForeignGlobal {
  value: unknown;
}

/** A module of the host's own engine: an instance of `foreign.Module`. */
export interface ForeignModule {
  readonly imports?: never;
}

export interface Provider {
  readonly engine: Engine;
  /**
   * Compiles at once. The bytes are the caller's: what is kept of them is copied. `isChecked`: the
   * code is to check the bounds of memories, rather than rely on guard pages. Throws Malformed,
   * Invalid or Unsupported.
   */
  compile(bytes: Uint8Array, isChecked?: boolean): EngineModule | ForeignModule;
  /** The same, in its own time; nobody changes these bytes. */
  compileAsync(bytes: Uint8Array, isChecked?: boolean): Promise<EngineModule | ForeignModule>;
  /**
   * Compiles a module again that `compile` has taken, now with checks, where the engine's `suits`
   * wants that.
   */
  compileChecked?(bytes: Uint8Array): EngineModule;
  /** Whether `compile` would answer a module. */
  validate(bytes: Uint8Array): boolean;
  /** The module of an artifact, which is given by its path or its bytes. Throws an Error. */
  load?(artifact: string | Uint8Array): EngineModule;
  /** There for providers that answer foreign modules. */
  readonly foreign?: ForeignNamespace | undefined;
  /** A name by which other threads of this process may have the module, if it has one. */
  nameOf?(module: EngineModule): string | undefined;
  /** The module of a name, or of bytes that another thread has compiled. Throws an Error. */
  receive?(source: string | Uint8Array): EngineModule;
  /**
   * Makes a foreign module, for the reason given, of bytes that `compile` has taken or may not see;
   * `options` are the host's.
   */
  toForeign?(bytes: Uint8Array, why: string, options?: object): ForeignModule;
  /** The same in its own time. */
  toForeignLater?(bytes: Uint8Array, why: string, options?: object): Promise<ForeignModule>;
}
