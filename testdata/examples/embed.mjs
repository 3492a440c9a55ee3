// A module of somebody else's, compiled, instantiated and called.

import { readFile } from "node:fs/promises";
import { RuntimeError, instantiate } from "ingot";

const bytes = await readFile(new URL("embed.wasm", import.meta.url));
const { instance } = await instantiate(bytes);
const { gcd, square, divide } = instance.exports;

console.log(gcd(1071, 462)); // i32, f32 and f64 are numbers
console.log(square(3_000_000_000n)); // i64 is a BigInt

try {
  divide(1, 0);
} catch (error) {
  console.log(error instanceof RuntimeError, error.message);
}
