// One module, many instances: compiled once, instantiated for whoever needs one, used again.

import { readFile } from "node:fs/promises";
import { Instance, Module, RuntimeError } from "ingot";

const module = new Module(await readFile(new URL("many.wasm", import.meta.url)));

// Instances share their code and nothing else.
const one = new Instance(module).exports;
const other = new Instance(module).exports;
one.add(1);
one.add(2);
console.log(one.count(), other.count());

/** Instances that wait for work. */
class Pool {
  #free = [];
  #most;
  made = 0;

  constructor(most) {
    this.#most = most;
  }

  /** Lends an instance to a function; one in which something went wrong is not used again. */
  run(work) {
    const exports = this.#free.pop() ?? this.#make();
    const result = work(exports);
    exports.clear(); // back to the state that it began with
    if (this.#free.length < this.#most) this.#free.push(exports);
    return result;
  }

  #make() {
    this.made++;
    return new Instance(module).exports;
  }
}

const hash = (word) => [...word].reduce((h, c) => (h * 31 + c.codePointAt(0)) | 0, 7);
const pool = new Pool(4);
const distinct = (text) =>
  pool.run(({ add, count }) => {
    for (const word of text.split(" ")) add(hash(word));
    return count();
  });

console.log(distinct("to be or not to be"), distinct("a rose is a rose is a rose"));
for (let k = 0; k < 1000; k++) distinct(`request ${k} of many`);
console.log(pool.made);

try {
  pool.run(({ fail }) => fail());
} catch (error) {
  console.log(error instanceof RuntimeError);
}
console.log(distinct("life goes on"), pool.made);
