// Host functions in TypeScript: their parameters and results follow from the types they are given.

import { readFile } from "node:fs/promises";
import { Instance, Module, hostModule } from "ingot";
import type { Memory } from "ingot";

interface Worker {
  readonly memory: Memory;
  run(what: unknown): unknown;
}

const host = hostModule("host")
  .func("print", ["i32", "i32"], [], (at, length) => {
    const { buffer } = worker.memory;
    console.log(new TextDecoder().decode(new Uint8Array(buffer, at, length)));
  })
  .func("now", [], ["i64"], () => BigInt(Date.now())) // a number would not be a bigint
  .func("divide", ["i32", "i32"], ["i32", "i32"], (n, by) => [n / by, n % by])
  .func("keep", ["externref"], ["externref"], (what) => what)
  .global("limit", 7)
  .build();

const module = new Module(await readFile(new URL("host.wasm", import.meta.url)));
const worker = new Instance<Worker>(module, host).exports;
console.log(worker.run("kept"));
