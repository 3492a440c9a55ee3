// Instances that are brought back to where they were ready.

import { readFile } from "node:fs/promises";
import { Instance, Module, restore, snapshot } from "ingot";

const module = new Module(await readFile(new URL("many.wasm", import.meta.url)));
const hash = (word) => [...word].reduce((h, c) => (h * 31 + c.codePointAt(0)) | 0, 7);

// What every request would have to do first is done once.
const first = new Instance(module);
for (const word of ["a", "or", "the", "to"]) first.exports.add(hash(word));
const ready = snapshot(first);

const free = [first];

/** How many words there are in a text that are not known to begin with. */
function unknown(text) {
  const instance = free.pop() ?? new Instance(module, {}, { from: ready });
  const { add } = instance.exports;
  try {
    return text.split(" ").filter((word) => add(hash(word))).length;
  } finally {
    restore(instance, ready); // also after a trap: nothing is left of it
    free.push(instance);
  }
}

console.log(unknown("to be or not to be"));
console.log(unknown("to be or not to be"));
console.log(first.exports.count());
