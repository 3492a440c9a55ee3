// The WebAssembly JavaScript interface as types, name for name, for programs that import "ingot".
// The classes of a namespace are made anew for every namespace (namespace.ts), so what a program
// names is these shapes.

import type { InstanceOptions } from "./surround.ts";

/** Where bytes may come from: copied, or read before the call returns. */
export type BufferSource = ArrayBufferLike | ArrayBufferView;

export type ImportExportKind = "function" | "table" | "memory" | "global" | "tag";
export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128" | "externref" | "anyfunc";
export type TableKind = "externref" | "anyfunc";

export interface ModuleExportDescriptor {
  readonly name: string;
  readonly kind: ImportExportKind;
}

export interface ModuleImportDescriptor {
  readonly module: string;
  readonly name: string;
  readonly kind: ImportExportKind;
}

export interface MemoryDescriptor {
  /** Pages of 64 KiB. */
  readonly initial: number;
  readonly maximum?: number;
  readonly shared?: boolean;
}

export interface TableDescriptor {
  readonly element: TableKind;
  readonly initial: number;
  readonly maximum?: number;
}

export interface GlobalDescriptor {
  readonly value: ValueType;
  readonly mutable?: boolean;
}

export interface TagType {
  readonly parameters: Iterable<ValueType>;
}

export interface ExceptionOptions {
  readonly traceStack?: boolean;
}

declare const brand: unique symbol;

/** Compiled code, to be instantiated any number of times. */
export interface Module {
  readonly [brand]: "Module";
}

export interface Memory {
  /** The bytes; another object after the memory has grown, and this one is detached then. */
  readonly buffer: ArrayBuffer;
  /** Grows by pages; the old size in pages. Throws RangeError. */
  grow(delta: number): number;
}

export interface Table {
  readonly length: number;
  /** An exported function or null; anything in a table of externrefs. */
  get(index: number): unknown;
  set(index: number, value?: unknown): void;
  /** Grows by elements; the old length. Throws RangeError. */
  grow(delta: number, value?: unknown): number;
}

export interface Global<V = unknown> {
  value: V;
  valueOf(): V;
}

export interface Tag {
  readonly [brand]: "Tag";
}

export interface Exception {
  readonly stack: string | undefined;
  is(tag: Tag): boolean;
  getArg(tag: Tag, index: number): unknown;
}

/** An exported function; its `name` is its index in its module. */
export type ExportedFunction = (...args: never[]) => unknown;
export type ExportValue = ExportedFunction | Memory | Table | Global | Tag;
export type Exports = Readonly<Record<string, ExportValue>>;

export type ImportValue = ((...args: never[]) => unknown) | ExportValue | number | bigint | object;
export type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** `E` is what the exports are, where a program knows. */
export interface Instance<E = Exports> {
  readonly exports: E;
}

export interface InstantiatedSource<E = Exports> {
  readonly module: Module;
  readonly instance: Instance<E>;
}

export interface ModuleConstructor {
  readonly prototype: Module;
  /** Throws CompileError. */
  new (bytes: BufferSource): Module;
  imports(module: Module): ModuleImportDescriptor[];
  exports(module: Module): ModuleExportDescriptor[];
  customSections(module: Module, name: string): ArrayBuffer[];
}

export interface InstanceConstructor {
  readonly prototype: Instance;
  /** Throws LinkError, RuntimeError, or what a function of `imports` throws. */
  new <E = Exports>(module: Module, imports?: Imports, options?: InstanceOptions): Instance<E>;
}

export interface MemoryConstructor {
  readonly prototype: Memory;
  new (descriptor: MemoryDescriptor): Memory;
}

export interface TableConstructor {
  readonly prototype: Table;
  new (descriptor: TableDescriptor, value?: unknown): Table;
}

export interface GlobalConstructor {
  readonly prototype: Global;
  new <V = unknown>(descriptor: GlobalDescriptor, value?: V): Global<V>;
}

export interface TagConstructor {
  readonly prototype: Tag;
  new (type: TagType): Tag;
}

export interface ExceptionConstructor {
  readonly prototype: Exception;
  new (tag: Tag, payload: Iterable<unknown>, options?: ExceptionOptions): Exception;
}

export interface ErrorConstructor {
  readonly prototype: Error;
  new (message?: string, options?: ErrorOptions): Error;
}

/** An import that may answer a promise, for which the guest waits. */
export interface Suspending {
  readonly [brand]: "Suspending";
}

export interface SuspendingConstructor {
  readonly prototype: Suspending;
  new (call: (...args: never[]) => unknown): Suspending;
}

/** An export as a function that takes its time. */
export type Promising<F extends ExportedFunction> = (
  ...args: Parameters<F>
) => Promise<Awaited<ReturnType<F>>>;

/** A Response of fetch, as far as streaming looks at it. */
export interface ResponseLike {
  readonly ok: boolean;
  readonly status: number;
  readonly bodyUsed: boolean;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** An object in the shape of the global `WebAssembly`. */
export interface Namespace {
  validate(bytes: BufferSource): boolean;
  compile(bytes: BufferSource): Promise<Module>;
  instantiate<E = Exports>(
    module: Module,
    imports?: Imports,
    options?: InstanceOptions,
  ): Promise<Instance<E>>;
  instantiate<E = Exports>(
    bytes: BufferSource,
    imports?: Imports,
    options?: InstanceOptions,
  ): Promise<InstantiatedSource<E>>;
  compileStreaming(source: ResponseLike | PromiseLike<ResponseLike>): Promise<Module>;
  instantiateStreaming<E = Exports>(
    source: ResponseLike | PromiseLike<ResponseLike>,
    imports?: Imports,
    options?: InstanceOptions,
  ): Promise<InstantiatedSource<E>>;
  /**
   * A function that calls an export so that its guest may be suspended, and answers a promise of
   * the result. Not under the preload where the host has no such thing, nor is Suspending.
   */
  promising<F extends ExportedFunction>(func: F): Promising<F>;
  readonly Suspending: SuspendingConstructor;
  readonly SuspendError: ErrorConstructor;
  readonly Module: ModuleConstructor;
  readonly Instance: InstanceConstructor;
  readonly Memory: MemoryConstructor;
  readonly Table: TableConstructor;
  readonly Global: GlobalConstructor;
  readonly Tag: TagConstructor;
  readonly Exception: ExceptionConstructor;
  readonly CompileError: ErrorConstructor;
  readonly LinkError: ErrorConstructor;
  readonly RuntimeError: ErrorConstructor;
}
