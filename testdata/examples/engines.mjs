// Engines with settings of their own, in the shape of the global WebAssembly.

import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine } from "ingot";

const bytes = await readFile(new URL("memory.wasm", import.meta.url));
const directory = await mkdtemp(join(tmpdir(), "cache-"));

const small = await createEngine({
  cache: { directory, maxBytes: 100_000_000 }, // or its path, or "off"
  limits: { memoryPages: 1 }, // of each instance
});
const { instance } = await small.instantiate(bytes);
const { alloc } = instance.exports;
console.log(alloc(100));
try {
  alloc(100_000); // memory.grow answers -1, and this guest traps then
} catch (error) {
  console.log(error instanceof small.RuntimeError, error.message);
}

const { engine } = await createEngine(); // the default: what runs here, or INGOT_ENGINE
console.log((await readdir(directory)).length === (engine === "native" ? 1 : 0));
await rm(directory, { recursive: true });

// Native code and the interpreter side by side: they answer the same.
const answers = [];
for (const engine of ["auto", "interpreter"]) {
  const { Instance, Module } = await createEngine({ engine, cache: "off" });
  const { gcd } = new Instance(new Module(await readFile(new URL("embed.wasm", import.meta.url))))
    .exports;
  answers.push(gcd(1071, 462));
}
console.log(answers.join());
