// A module that AssemblyScript compiled: strings, and what becomes of a failed assert.

import { readFile } from "node:fs/promises";
import { instantiate } from "ingot";

const STRING = 2; // the class of strings

/** The string at an address: UTF-16, its size in bytes in front of it. */
function lift(at) {
  const { buffer } = instance.exports.memory;
  const size = new Uint32Array(buffer, (at >>> 0) - 4, 1)[0];
  return String.fromCharCode(...new Uint16Array(buffer, at >>> 0, size / 2));
}

/** Puts a string into a new object; who calls has to pin it if it is to outlive another call. */
function lower(text) {
  const { memory, __new } = instance.exports;
  const at = __new(2 * text.length, STRING) >>> 0;
  const units = new Uint16Array(memory.buffer, at, text.length);
  for (let k = 0; k < text.length; k++) units[k] = text.charCodeAt(k);
  return at;
}

const env = {
  abort(message, file, line, column) {
    throw new Error(`${lift(message)}, in ${lift(file)}:${line}:${column}`);
  },
};

const bytes = await readFile(new URL("assemblyscript.wasm", import.meta.url));
const { instance } = await instantiate(bytes, { env });
const { greet, half, __pin, __unpin } = instance.exports;

const name = __pin(lower("Ÿnoë 🌍"));
console.log(lift(greet(name)));
console.log(lift(greet(name)));
__unpin(name);

console.log(half(42));
try {
  half(7);
} catch (error) {
  console.log(error.message);
}
