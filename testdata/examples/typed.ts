// A program in TypeScript: what a module exports is an interface of the program's.

import { readFile } from "node:fs/promises";
import { Instance, RuntimeError, WASI, compile, createEngine, loadArtifact } from "ingot";
import type { EngineOptions, Imports, Ingot, Memory, Module } from "ingot";

interface Strings {
  readonly memory: Memory;
  alloc(size: number): number;
  greet(at: number, length: number): [number, number];
}

const module: Module = await compile(await readFile(new URL("memory.wasm", import.meta.url)));
const { memory, alloc, greet } = new Instance<Strings>(module).exports;

const name = new TextEncoder().encode("TypeScript");
const at = alloc(name.length);
new Uint8Array(memory.buffer).set(name, at);
const [result, length] = greet(at, name.length);
console.log(new TextDecoder().decode(new Uint8Array(memory.buffer, result, length)));

/** The same, on an engine with settings of its own. */
export async function greeter(options: EngineOptions, imports: Imports = {}): Promise<Strings> {
  const engine: Ingot = await createEngine(options);
  const wasi = new WASI({ args: ["greeter"], stdout: (bytes) => void bytes.length });
  const { instance } = await engine.instantiate<Strings>(
    await readFile(new URL("memory.wasm", import.meta.url)),
    { ...wasi.getImportObject(), ...imports },
  );
  return instance.exports;
}

/** One of an artifact. */
export function greeterOf(path: string | URL): Strings | undefined {
  try {
    return new Instance<Strings>(loadArtifact(path)).exports;
  } catch (error) {
    if (error instanceof RuntimeError) return undefined;
    throw error;
  }
}
