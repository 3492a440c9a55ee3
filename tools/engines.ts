// The engines that tests of the JavaScript interface run on, each as a maker of namespaces.

import { createNamespace } from "../src/api/namespace.ts";
import type { Exports, Imports, Instance, Module, Namespace } from "../src/api/types.ts";
import { interpreterProvider } from "../src/engine/interpreted.ts";
import type { ForeignNamespace, Provider } from "../src/engine/provider.ts";
import { parseWat } from "../src/text/wat.ts";

interface TestEngine {
  readonly name: string;
  readonly newProvider: () => Provider;
}

export const ENGINES: readonly TestEngine[] = [
  { name: "interpreter", newProvider: () => interpreterProvider() },
];

/** A namespace, and shorthands for what tests do with it all the time. */
export interface Bench {
  readonly wasm: Namespace;
  bytes(wat: string): Uint8Array<ArrayBuffer>;
  module(wat: string): Module;
  instance(wat: string, imports?: object): Instance;
  /** The exports of a module, as functions and objects of any type. */
  run<E = Record<string, Callable>>(wat: string, imports?: object): E;
}

type Callable = (...args: unknown[]) => unknown;

export function newBench(provider: Provider): Bench {
  const wasm = createNamespace(provider);
  const bytes = (wat: string): Uint8Array<ArrayBuffer> => Uint8Array.from(parseWat(wat));
  const module = (wat: string): Module => new wasm.Module(bytes(wat));
  const instance = (wat: string, imports?: object): Instance =>
    new wasm.Instance<Exports>(module(wat), imports as Imports | undefined);
  const run = <E>(wat: string, imports?: object): E => instance(wat, imports).exports as E;
  return { wasm, bytes, module, instance, run };
}

/** The host's own namespace. */
export const host = globalThis as unknown as {
  readonly WebAssembly: ForeignNamespace & Namespace;
};

/** What a call throws. */
export function thrown(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
