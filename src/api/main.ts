// The namespace that `import "ingot"` gives, name by name, over an engine that is chosen when it is
// first needed.

import { lazyEngine } from "./engine.ts";
import type { Ingot } from "./engine.ts";
import type * as types from "./types.ts";

const ingot: Ingot = lazyEngine();

export const { compile, instantiate, validate, compileStreaming, instantiateStreaming } = ingot;
export const { loadArtifact } = ingot;
export const { Module, Instance, Memory, Table, Global, Tag, Exception } = ingot;
export const { CompileError, LinkError, RuntimeError, SuspendError } = ingot;
export const { Suspending, promising } = ingot;

export type Module = types.Module;
export type Instance<E = types.Exports> = types.Instance<E>;
export type Memory = types.Memory;
export type Table = types.Table;
export type Global<V = unknown> = types.Global<V>;
export type Tag = types.Tag;
export type Exception = types.Exception;
export type Suspending = types.Suspending;
