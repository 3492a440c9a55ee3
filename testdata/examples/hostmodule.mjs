// Imports with types, which are compared with what a module wants.

import { readFile } from "node:fs/promises";
import { LinkError, Module, Instance, hostModule } from "ingot";

const module = new Module(await readFile(new URL("host.wasm", import.meta.url)));
const decoder = new TextDecoder();

/** The imports of one instance. */
const imports = (now) =>
  hostModule("host")
    .func("print", ["i32", "i32"], [], (at, length) => {
      const { buffer } = instance.exports.memory;
      console.log(decoder.decode(new Uint8Array(buffer, at, length)));
    })
    .func("now", [], [now], () => BigInt(Date.now()))
    .func("divide", ["i32", "i32"], ["i32", "i32"], (n, by) => [n / by, n % by])
    .func("keep", ["externref"], ["externref"], (what) => what)
    .global("limit", 7)
    .build();

const instance = new Instance(module, imports("i64"));
console.log(instance.exports.run("kept"));

try {
  new Instance(module, imports("f64"));
} catch (error) {
  console.log(error instanceof LinkError, error.message);
}
