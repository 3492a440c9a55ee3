// A program that knows nothing of ingot: node --import ingot/register preload.mjs

import { readFile } from "node:fs/promises";

const bytes = await readFile(new URL("embed.wasm", import.meta.url));
const { instance } = await WebAssembly.instantiate(bytes);
console.log(instance.exports.gcd(1071, 462));
