// The engines that tests of the JavaScript interface run on, each as a maker of providers. That of
// native code is there if `make runtime` has made the addon; it compiles on the thread of the test.

import { createNamespace } from "../src/api/namespace.ts";
import type { Exports, Imports, Instance, Module, Namespace } from "../src/api/types.ts";
import { theNative } from "../src/engine/choose.ts";
import { compileModule } from "../src/engine/compile.ts";
import type { CompileOptions } from "../src/engine/compile.ts";
import { interpreterProvider } from "../src/engine/interpreted.ts";
import { hostTarget } from "../src/engine/host.ts";
import { nativeProvider } from "../src/engine/provide.ts";
import type { ForeignNamespace, Provider } from "../src/engine/provider.ts";
import { parseWat } from "../src/text/wat.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { validateModule } from "../src/wasm/validate.ts";

interface TestEngine {
  readonly name: string;
  readonly newProvider: () => Provider;
}

const target = hostTarget();

/** A compiler without a thread of its own. */
const compiler = {
  compileNow(bytes: Uint8Array, options: CompileOptions): Uint8Array {
    const module = decodeModule(bytes, options.features);
    validateModule(module, options.features, { bodies: false });
    return compileModule(module, options).artifact;
  },
  async compile(bytes: Uint8Array, options: CompileOptions): Promise<Uint8Array> {
    return this.compileNow(bytes, options);
  },
  compileFor(
    keep: (artifact: Uint8Array | undefined) => void,
    bytes: Uint8Array,
    options: CompileOptions,
  ): void {
    keep(this.compileNow(bytes, options));
  },
  drain(): void {},
  validateNow(bytes: Uint8Array, options: CompileOptions): boolean {
    try {
      this.compileNow(bytes, options);
      return true;
    } catch {
      return false;
    }
  },
};

const native: TestEngine = {
  name: "native",
  newProvider: () =>
    nativeProvider({
      engine: theNative()!,
      compiler,
      code: { target: target!, features: defaultFeatures, bounds: "guard" },
    }),
};

export const ENGINES: readonly TestEngine[] = [
  { name: "interpreter", newProvider: () => interpreterProvider() },
  ...(theNative() === undefined ? [] : [native]),
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
