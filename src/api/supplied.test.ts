// Modules that import what hosts supply: with the host that runs these tests, which may supply such
// things or not, and with one that says that it does and notes what it is asked for.

import { describe, expect, it } from "vitest";
import { host, newBench } from "../../tools/engines.ts";
import { interpreterProvider } from "../engine/interpreted.ts";
import type { ForeignNamespace } from "../engine/provider.ts";

const theirs = host.WebAssembly;

const LENGTH = `(module
  (import "wasm:js-string" "length" (func $length (param externref) (result i32)))
  (func (export "f") (param externref) (result i32) (call $length (local.get 0))))`;
const CONSTANT = `(module (import "s" "hello" (global $g externref))
  (func (export "f") (result externref) (global.get $g)))`;
const PLAIN = '(module (func (export "f") (param externref) (result i32) (i32.const 3)))';

const STRINGS = { builtins: ["js-string"] };
const CONSTANTS = { importedStringConstants: "s" };

/** The namespace as far as it knows options of compilation, which its types leave out. */
interface Compiles {
  compile(bytes: Uint8Array, options: unknown): Promise<object>;
  compileStreaming(source: unknown, options: unknown): Promise<object>;
  instantiate(bytes: Uint8Array, imports: object, options: unknown): Promise<Made>;
  instantiateStreaming(source: unknown, imports: object, options: unknown): Promise<Made>;
  validate(bytes: Uint8Array, options: unknown): boolean;
  readonly Module: new (bytes: Uint8Array, options: unknown) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Exports };
}
type Exports = Readonly<Record<string, (...args: unknown[]) => unknown>>;
interface Made {
  readonly instance: { readonly exports: Exports };
}

const response = (bytes: Uint8Array): unknown =>
  new (
    globalThis as unknown as { Response: new (bytes: Uint8Array, init: object) => object }
  ).Response(bytes, { headers: { "content-type": "application/wasm" } });

/** All ways of compiling; each answers the exports. */
const WAYS: Readonly<
  Record<string, (w: Compiles, bytes: Uint8Array, options: unknown) => Promise<Exports>>
> = {
  new: async (w, bytes, o) => new w.Instance(new w.Module(bytes, o), {}).exports,
  compile: async (w, bytes, o) => new w.Instance(await w.compile(bytes, o), {}).exports,
  compileStreaming: async (w, bytes, o) =>
    new w.Instance(await w.compileStreaming(response(bytes), o), {}).exports,
  instantiate: async (w, bytes, o) => (await w.instantiate(bytes, {}, o)).instance.exports,
  instantiateStreaming: async (w, bytes, o) =>
    (await w.instantiateStreaming(response(bytes), {}, o)).instance.exports,
};

async function outcome(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return (error as Error).name;
  }
}

describe("what this host supplies", () => {
  const { wasm, bytes } = newBench(interpreterProvider({ foreign: theirs }));
  const both = [wasm, theirs] as unknown as readonly Compiles[];

  it.each(Object.keys(WAYS))("is there for modules of ours: %s", async (way) => {
    for (const [wat, options] of [
      [LENGTH, STRINGS],
      [LENGTH, { builtins: ["js-string"], importedStringConstants: "s" }],
      [LENGTH, { builtins: [] }],
      [LENGTH, undefined],
      [CONSTANT, CONSTANTS],
      [PLAIN, STRINGS],
    ] as const) {
      const [ours, host] = await Promise.all(
        both.map((w) =>
          outcome(async () => (await WAYS[way]!(w, bytes(wat), options))["f"]!("abc")),
        ),
      );
      expect(ours).toEqual(host);
    }
  });

  it("is asked about", () => {
    const wrong = bytes('(module (import "wasm:js-string" "length" (func)))');
    for (const options of [STRINGS, { builtins: 3 }, 3, undefined]) {
      const [ours, host] = both.map((w) => w.validate(wrong, options));
      expect(ours).toBe(host);
    }
  });
});

describe("a host that supplies strings", () => {
  const asked: unknown[] = [];
  class Module extends (theirs.Module as new (bytes: Uint8Array) => object) {
    constructor(bytes: Uint8Array, options?: object) {
      super(bytes);
      if (options !== undefined) asked.push(options);
    }
  }
  const foreign = {
    Instance: theirs.Instance,
    Memory: theirs.Memory,
    Table: theirs.Table,
    Global: theirs.Global,
    Module,
    validate: (_: Uint8Array, options?: { builtins?: unknown }) => options?.builtins === undefined,
    compile: async (bytes: Uint8Array, options?: object) => new Module(bytes, options),
  } as unknown as ForeignNamespace;
  const { wasm, bytes } = newBench(interpreterProvider({ foreign }));

  it.each(Object.keys(WAYS))("has the modules that need them, and no others: %s", async (way) => {
    asked.length = 0;
    const run = (wat: string, options: unknown): Promise<unknown> =>
      outcome(async () => WAYS[way]!(wasm as unknown as Compiles, bytes(wat), options));
    await run(LENGTH, STRINGS);
    await run(CONSTANT, CONSTANTS);
    expect(asked).toEqual([STRINGS, CONSTANTS]);
    await run(LENGTH, { builtins: ["other"] });
    await run(LENGTH, undefined);
    await run(CONSTANT, STRINGS);
    await run(PLAIN, { ...STRINGS, ...CONSTANTS });
    expect(asked).toHaveLength(2);
  });
});
