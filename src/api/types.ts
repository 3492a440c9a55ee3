// The WebAssembly JavaScript interface as types, name for name, for programs that import "ingot".
// The classes of a namespace are made anew for every namespace (namespace.ts), so what a program
// names is these shapes.

import type { InstanceOptions } from "./surround.ts";

/** Where bytes may come from: copied, or read before the call returns. */
export type BufferSource = ArrayBufferLike | ArrayBufferView;

/** What a module can import and export. */
export type ImportExportKind = "function" | "table" | "memory" | "global" | "tag";
/** Types of values; "anyfunc" is what WebAssembly calls funcref. */
export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128" | "externref" | "anyfunc";
/** What a table holds: anything, or functions. */
export type TableKind = "externref" | "anyfunc";

/** An export of a module. */
export interface ModuleExportDescriptor {
  /** Its name among the exports of an instance. */
  readonly name: string;
  /** What it is. */
  readonly kind: ImportExportKind;
}

/** An import of a module: what `imports[module][name]` has to be. */
export interface ModuleImportDescriptor {
  /** The first of its two names. */
  readonly module: string;
  /** The second of its two names. */
  readonly name: string;
  /** What it has to be. */
  readonly kind: ImportExportKind;
}

/** Sizes of a memory, in pages of 64 KiB. */
export interface MemoryDescriptor {
  /** Pages that it begins with. */
  readonly initial: number;
  /** Pages beyond which it does not grow; 65,536 by default. */
  readonly maximum?: number;
  /** Shared memories are the host's, where that may take part (the preload); else refused. */
  readonly shared?: boolean;
}

/** Element type and sizes of a table. */
export interface TableDescriptor {
  /** What it holds. */
  readonly element: TableKind;
  /** Elements that it begins with. */
  readonly initial: number;
  /** Elements beyond which it does not grow. */
  readonly maximum?: number;
}

/** Type of a global. */
export interface GlobalDescriptor {
  /** Type of its value. */
  readonly value: ValueType;
  /** Whether its value can change; false by default. */
  readonly mutable?: boolean;
}

/** Type of a tag. */
export interface TagType {
  /** Types of the values that its exceptions carry. */
  readonly parameters: Iterable<ValueType>;
}

/** How an exception is made. */
export interface ExceptionOptions {
  /** Whether it gets a `stack`; false by default. */
  readonly traceStack?: boolean;
}

declare const brand: unique symbol;

/** Compiled code, to be instantiated any number of times. */
export interface Module {
  readonly [brand]: "Module";
}

/** A linear memory: bytes that JavaScript and instances share. */
export interface Memory {
  /** The bytes; another object after the memory has grown, and this one is detached then. */
  readonly buffer: ArrayBuffer;
  /** Grows by pages; the old size in pages. Throws RangeError. */
  grow(delta: number): number;
}

/** A table of functions, which the guest calls by their index, or of anything. */
export interface Table {
  /** How many elements there are. */
  readonly length: number;
  /** An exported function or null; anything in a table of externrefs. Throws RangeError. */
  get(index: number): unknown;
  /**
   * Sets an element: in a table of functions an exported function, of whichever instance, or null.
   * Throws RangeError, and TypeError for any other function.
   */
  set(index: number, value?: unknown): void;
  /** Grows by elements; the old length. Throws RangeError. */
  grow(delta: number, value?: unknown): number;
}

/** A global variable or constant. */
export interface Global<V = unknown> {
  /** Its value; an i64 is a BigInt. Setting a constant throws TypeError. */
  value: V;
  /** Its value. */
  valueOf(): V;
}

/** A kind of exception. Modules with exceptions run on the host's engine only (the preload). */
export interface Tag {
  readonly [brand]: "Tag";
}

/** An exception of WebAssembly: a tag and values. */
export interface Exception {
  /** Where it was made, if that was asked for. */
  readonly stack: string | undefined;
  /** Whether it has this tag. */
  is(tag: Tag): boolean;
  /** One of its values. Throws TypeError if it has another tag, RangeError beyond the last. */
  getArg(tag: Tag, index: number): unknown;
}

/** An exported function; its `name` is its index in its module. */
export type ExportedFunction = (...args: never[]) => unknown;
/** What an instance can export. */
export type ExportValue = ExportedFunction | Memory | Table | Global | Tag;
/** Exports of an instance by name. */
export type Exports = Readonly<Record<string, ExportValue>>;

/** What can be imported: functions, the objects of this interface, and values of globals. */
export type ImportValue = ((...args: never[]) => unknown) | ExportValue | number | bigint | object;
/** Imports by their two names. What it has beyond a module's imports does no harm. */
export type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A module at work. `E` is what the exports are, where a program knows. */
export interface Instance<E = Exports> {
  /** Exported functions, memories, tables and globals by name: frozen, without a prototype. */
  readonly exports: E;
}

/** What bytes are made into. */
export interface InstantiatedSource<E = Exports> {
  /** The module, for more instances. */
  readonly module: Module;
  /** An instance of it. */
  readonly instance: Instance<E>;
}

export interface ModuleConstructor {
  readonly prototype: Module;
  /** Compiles at once, or takes from the cache what was compiled before. Throws CompileError. */
  new (bytes: BufferSource): Module;
  /** What it wants, in its order. */
  imports(module: Module): ModuleImportDescriptor[];
  /** What it offers, in its order. */
  exports(module: Module): ModuleExportDescriptor[];
  /** Copies of the contents of its custom sections of this name. */
  customSections(module: Module, name: string): ArrayBuffer[];
}

export interface InstanceConstructor {
  readonly prototype: Instance;
  /**
   * Links, and runs the start function. Throws TypeError or LinkError for imports that do not fit,
   * RuntimeError for a trap, RangeError where there is no room, and what a function of `imports`
   * throws.
   */
  new <E = Exports>(module: Module, imports?: Imports, options?: InstanceOptions): Instance<E>;
}

export interface MemoryConstructor {
  readonly prototype: Memory;
  /** A memory full of zeros. Throws RangeError where there is no room for it. */
  new (descriptor: MemoryDescriptor): Memory;
}

export interface TableConstructor {
  readonly prototype: Table;
  /** A table of nulls, or of this value. */
  new (descriptor: TableDescriptor, value?: unknown): Table;
}

export interface GlobalConstructor {
  readonly prototype: Global;
  /** A global of this value, by default 0 or null. */
  new <V = unknown>(descriptor: GlobalDescriptor, value?: V): Global<V>;
}

export interface TagConstructor {
  readonly prototype: Tag;
  /** A tag that is like no other. */
  new (type: TagType): Tag;
}

export interface ExceptionConstructor {
  readonly prototype: Exception;
  /** An exception to be thrown, with as many values as the tag has parameters. */
  new (tag: Tag, payload: Iterable<unknown>, options?: ExceptionOptions): Exception;
}

export interface ErrorConstructor {
  readonly prototype: Error;
  /** As any other error is made. */
  new (message?: string, options?: ErrorOptions): Error;
}

/** An import that may answer a promise, for which the guest waits. */
export interface Suspending {
  readonly [brand]: "Suspending";
}

export interface SuspendingConstructor {
  readonly prototype: Suspending;
  /** An import that calls this function. */
  new (call: (...args: never[]) => unknown): Suspending;
}

/** An export as a function that takes its time. */
export type Promising<F extends ExportedFunction> = (
  ...args: Parameters<F>
) => Promise<Awaited<ReturnType<F>>>;

/** A Response of fetch, as far as streaming looks at it. */
export interface ResponseLike {
  /** Whether it succeeded. */
  readonly ok: boolean;
  /** The status of HTTP. */
  readonly status: number;
  /** Whether somebody has read it. */
  readonly bodyUsed: boolean;
  /** Its `content-type` has to be application/wasm. */
  readonly headers: { get(name: string): string | null };
  /** All of its bytes. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** An object in the shape of the global `WebAssembly`. */
export interface Namespace {
  /** Whether the bytes are a module that `compile` would take. */
  validate(bytes: BufferSource): boolean;
  /**
   * Compiles in a thread of its own, or takes from the cache what was compiled before. The promise
   * is rejected with CompileError.
   */
  compile(bytes: BufferSource): Promise<Module>;
  /** Instantiates a module. What `new Instance` throws rejects the promise. */
  instantiate<E = Exports>(
    module: Module,
    imports?: Imports,
    options?: InstanceOptions,
  ): Promise<Instance<E>>;
  /** Compiles and instantiates. */
  instantiate<E = Exports>(
    bytes: BufferSource,
    imports?: Imports,
    options?: InstanceOptions,
  ): Promise<InstantiatedSource<E>>;
  /** Compiles what fetch answers, when all of it is there. */
  compileStreaming(source: ResponseLike | PromiseLike<ResponseLike>): Promise<Module>;
  /** Compiles and instantiates what fetch answers, when all of it is there. */
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
  /** A guest cannot be suspended: JavaScript stands between it and `promising`, or nobody waits. */
  readonly SuspendError: ErrorConstructor;
  readonly Module: ModuleConstructor;
  readonly Instance: InstanceConstructor;
  readonly Memory: MemoryConstructor;
  readonly Table: TableConstructor;
  readonly Global: GlobalConstructor;
  readonly Tag: TagConstructor;
  readonly Exception: ExceptionConstructor;
  /** A module that is none, breaks a rule of validation, or needs what ingot does not have. */
  readonly CompileError: ErrorConstructor;
  /** Imports that do not fit. */
  readonly LinkError: ErrorConstructor;
  /** A trap. Its `stack` has the functions of guests between those of JavaScript. */
  readonly RuntimeError: ErrorConstructor;
}
