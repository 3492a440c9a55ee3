// What the JavaScript interface (src/api) asks of an engine; native code in this process
// (addon.ts) and the interpreter (portable.ts) implement it. Everything is synchronous, values are
// JavaScript's own: numbers, BigInts for i64, functions and null for funcref, anything for
// externref. A Store (store.ts) is another view: it drives an engine in another process, in words.
//
// Coercion. An engine converts arguments and results of calls as the JavaScript interface says
// (ToWebAssemblyValue: values.ts), since only it knows the cheap way. Everything else that it is
// given has been coerced by the caller: page counts, indices, values of globals and tables.
//
// Errors. A trap is thrown as WebAssembly.RuntimeError, exhausted stack as RangeError (errors.ts);
// imports that do not fit as LinkError of support/errors.ts; what a host function throws passes
// through the guest unchanged.
//
// Lifetime. Whoever holds any of these objects, an exported function, or the ArrayBuffer of a
// memory keeps alive what it needs, and no more: when JavaScript can no longer reach an instance,
// nor anything that could call into it, its memory is given back. Host functions may refer to the
// instances that import them without keeping them alive.

import type { FuncType, GlobalType, MemoryType, TableType, ValType } from "../wasm/types.ts";

/** An exported function: calling it calls the guest. Its name is its index. */
export type Callable = (...args: unknown[]) => unknown;

/**
 * A function of a module or of the host, as an engine knows it. The same function has the same
 * object, and so the same `callable`.
 */
export interface LinkedFunc {
  readonly kind: "func";
  readonly type: FuncType;
  /** Its index in its module. */
  readonly index: number;
  readonly callable: Callable;
  /**
   * From now on `callable` is what `make` makes of it, which stands for the same function. For one
   * that JavaScript has not seen yet.
   */
  cover(make: (inner: Callable) => Callable): void;
  /** What calls by other ways (promising) are to be made in. */
  surround?: (inner: Callable) => Callable;
}

export interface LinkedTable {
  readonly kind: "table";
  /** `limits.min` is the size that it was made with. */
  readonly type: TableType;
  readonly length: number;
  /** In bounds: a LinkedFunc's callable or null, or any value for externref. */
  get(index: number): unknown;
  /** In bounds, and a value of the element type. */
  set(index: number, value: unknown): void;
  /** The old length, or -1. */
  grow(delta: number, value: unknown): number;
  /** The object of the JavaScript interface that stands for this one. */
  host?: object;
}

export interface LinkedMemory {
  readonly kind: "memory";
  readonly type: MemoryType;
  readonly pages: number;
  /** The same object until the memory grows, by whomever; then that one is detached. */
  readonly buffer: ArrayBuffer;
  /** The old size in pages, or -1. Growing by 0 detaches the buffer as well. */
  grow(delta: number): number;
  host?: object;
}

export interface LinkedGlobal {
  readonly kind: "global";
  readonly type: GlobalType;
  get(): unknown;
  /** A value of its type; a v128 cannot be set. */
  set(value: unknown): void;
  host?: object;
}

export type Linked = LinkedFunc | LinkedTable | LinkedMemory | LinkedGlobal;

/** A JavaScript function to import; its type is what the module says. */
export interface HostFunction {
  readonly kind: "host";
  readonly call: Callable;
  /** It may answer a promise: then the guest is suspended, if that is possible (`promising`). */
  readonly suspending?: boolean;
}

/** Runs `go`, which lets a guest run, in whatever surroundings that guest is to have. */
export type Around = (go: () => void) => void;

export type ExternType =
  | { readonly kind: "func"; readonly type: FuncType }
  | { readonly kind: "table"; readonly type: TableType }
  | { readonly kind: "memory"; readonly type: MemoryType }
  | { readonly kind: "global"; readonly type: GlobalType };

export type NamedImport = ExternType & { readonly module: string; readonly name: string };
export type NamedExport = ExternType & { readonly name: string };

/** Code that is ready to be instantiated, any number of times. */
export interface EngineModule {
  readonly imports: readonly NamedImport[];
  readonly exports: readonly NamedExport[];
}

/** Bounds beyond those of a module's own types. What begins beyond them is not instantiated. */
export interface InstanceLimits {
  /** Pages that each memory of the instance may have. */
  readonly memoryPages?: number;
  /** Elements that each table of the instance may have. */
  readonly tableElements?: number;
}

/** What an instance is made with besides imports. */
export interface InstanceSettings extends InstanceLimits {
  /**
   * Of an instance of the same module: what the instance begins as. Segments are not applied, and
   * the start function is not called.
   */
  readonly from?: EngineSnapshot;
}

/** What an instance was at a moment: its own memories, globals and tables, dropped segments. */
export interface EngineSnapshot {
  /** Of the memories. */
  readonly bytes: number;
}

export interface EngineInstance {
  /** In the order of the module's exports. */
  readonly exports: readonly Linked[];
  snapshot?(): EngineSnapshot;
  /**
   * Makes the instance what the snapshot says, which is of this instance or of another one of its
   * module. Memories and tables may become smaller; then buffers are detached. Throws TypeError for
   * a snapshot of anything else, RangeError when it is larger than the limits, Error while code of
   * the instance runs or is suspended; then nothing has happened.
   */
  restore?(snapshot: EngineSnapshot): void;
}

export interface Engine<M extends EngineModule = EngineModule> {
  readonly name: "native" | "interpreter";
  /**
   * Links, applies segments and runs the start function. `imports` are in the module's order, of
   * the right kind; undefined is none. Throws LinkError, Trap for an active segment that does not
   * fit, and what the start function throws.
   */
  instantiate(
    module: M,
    imports: readonly (Linked | HostFunction | undefined)[],
    settings?: InstanceSettings,
  ): EngineInstance;
  /** Throws RangeError when there is no such amount. */
  newMemory(type: MemoryType): LinkedMemory;
  newTable(type: TableType, init: unknown): LinkedTable;
  newGlobal(type: GlobalType, init: unknown): LinkedGlobal;
  /**
   * What stands for a memory of the host's own WebAssembly, always the same; undefined for any
   * other value. `type` is for whoever knows it. Throws LinkError for one that guests cannot use.
   */
  borrow(value: unknown, type?: MemoryType): LinkedMemory | undefined;
  /** False if memories of the host's have no guard pages that code could rely on. */
  readonly hasHostGuards?: boolean;
  /** False if the module's code cannot use one of these memories, only code that checks bounds. */
  suits?(module: M, imports: readonly (Linked | HostFunction | undefined)[]): boolean;
  /** What an exported function of this engine stands for; undefined for anything else. */
  funcOf(value: unknown): LinkedFunc | undefined;
  /**
   * A function that calls `func` so that it may be suspended: by a suspending host function which
   * it calls with no JavaScript in between, until the promise of that one settles. It answers a
   * promise of the result; whatever goes wrong rejects. Suspending anything else throws
   * SuspendError out of the host function. `around` is called whenever the guest goes on.
   */
  promising(func: LinkedFunc, around?: Around): Callable;
}

/** Value types of arguments or results, as engines and coercions see them. */
export type Types = readonly ValType[];
