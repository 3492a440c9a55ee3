// Strings to a guest and back: as bytes in its memory, by address and length.

import { readFile } from "node:fs/promises";
import { instantiate } from "ingot";

const bytes = await readFile(new URL("memory.wasm", import.meta.url));
const { instance } = await instantiate(bytes);
const { memory, top, alloc, greet } = instance.exports;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Puts a string where the guest has room for it. */
function lower(text) {
  const bytes = encoder.encode(text);
  const at = alloc(bytes.length) >>> 0; // an i32 comes as a signed number
  new Uint8Array(memory.buffer, at).set(bytes); // a new view: alloc may have grown the memory
  return [at, bytes.length];
}

/** The string at an address. */
const lift = ([at, length]) => decoder.decode(new Uint8Array(memory.buffer, at >>> 0, length));

console.log(lift(greet(...lower("Zoë"))));

// A memory that grows has another buffer, and the one before is detached.
const before = memory.buffer;
console.log(lift(greet(...lower("x".repeat(100_000)))).length);
console.log(before.byteLength, memory.buffer.byteLength, memory.buffer === before);

// This guest never frees; who knows when nothing is needed any more can set back its global.
top.value = 16;
console.log(lift(greet(...lower("again"))));
