// Functions that a guest calls by their number in a table: its own, and JavaScript's.

import { readFile } from "node:fs/promises";
import { compile, instantiate, Instance } from "ingot";

const read = (name) => readFile(new URL(name, import.meta.url));
const { instance } = await instantiate(await read("callbacks.wasm"));
const { functions, memory, sort } = instance.exports;

// A table takes exported functions only. This module makes one of any (i32, i32) -> i32.
const wrapper = await compile(await read("order.wasm"));
const exported = (order) => new Instance(wrapper, { js: { order } }).exports.order;

/** Adds a function to the table; its number. */
function add(order) {
  const number = functions.grow(1);
  functions.set(number, exported(order));
  return number;
}

const numbers = new Int32Array(memory.buffer, 0, 6);
function sorted(order) {
  numbers.set([31, -4, 15, 9, -26, 5]);
  sort(numbers.byteOffset, numbers.length, order);
  return numbers.join();
}

console.log(sorted(0)); // the guest's own
console.log(sorted(add((x, y) => y - x)));
console.log(sorted(add((x, y) => Math.abs(x) - Math.abs(y))));

// What a table holds is a function for JavaScript as well, and always the same one.
console.log(functions.get(0)(5, 3), functions.get(0) === functions.get(0));
