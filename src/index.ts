// What programs import from "ingot": the WebAssembly JavaScript interface, name for name, and what
// compiling ahead of time adds to it.

// The interface of WebAssembly
export {
  CompileError,
  Exception,
  Global,
  Instance,
  LinkError,
  Memory,
  Module,
  RuntimeError,
  SuspendError,
  Suspending,
  Table,
  Tag,
  compile,
  compileStreaming,
  instantiate,
  instantiateStreaming,
  loadArtifact,
  promising,
  validate,
} from "./api/main.ts";

// Artifacts
export { compileArtifact } from "./api/artifact.ts";
export type { ArtifactOptions, ArtifactSource } from "./api/artifact.ts";

// Engines
export { createEngine } from "./api/engine.ts";
export type { CacheOptions, EngineOptions, Ingot } from "./api/engine.ts";

// WASI preview 1
export { MemoryFileSystem, WASI } from "./api/wasi.ts";
export type { Directory, Input, Output, WASIImports, WASIOptions } from "./api/wasi.ts";

// Shapes of the interface
export type {
  BufferSource,
  ExceptionOptions,
  ExportValue,
  ExportedFunction,
  Exports,
  GlobalDescriptor,
  ImportExportKind,
  ImportValue,
  Imports,
  InstantiatedSource,
  MemoryDescriptor,
  ModuleExportDescriptor,
  ModuleImportDescriptor,
  Namespace,
  Promising,
  TableDescriptor,
  TableKind,
  TagType,
  ValueType,
} from "./api/types.ts";

// Calls and instances
export { callWith, context } from "./api/context.ts";
export type { CallOptions } from "./api/context.ts";
export type { CallLimits } from "./api/limits.ts";
export type { Call, Listener } from "./api/listen.ts";
export type { InstanceOptions } from "./api/surround.ts";
export { Snapshot, restore, snapshot } from "./api/snapshot.ts";

// Imports with types
export { hostModule } from "./api/hostmodule.ts";
export type {
  AsyncHostFunc,
  HostArgs,
  HostFunc,
  HostModuleBuilder,
  HostResult,
  HostType,
  HostValues,
} from "./api/hostmodule.ts";
