// Functions and values that a guest imports.

import { readFile } from "node:fs/promises";
import { instantiate } from "ingot";

const decoder = new TextDecoder();

const host = {
  print(at, length) {
    const { memory } = instance.exports;
    console.log(decoder.decode(new Uint8Array(memory.buffer, at, length)));
  },
  now: () => BigInt(Date.now()), // an i64 has to be a BigInt
  divide: (n, by) => [n / by, n % by], // two results: an array; i32 drops the fraction
  keep: (what) => what, // an externref is any value, and comes back as itself
  limit: 7, // a constant global
};

const bytes = await readFile(new URL("host.wasm", import.meta.url));
const { instance } = await instantiate(bytes, { host });
const { run, share } = instance.exports;

const what = { some: "object" };
console.log(run(what) === what);
console.log(share(60));

// What a host function throws goes through the guest to whoever called it.
host.keep = () => "never seen: imports were read when the instance was made";
const broken = await instantiate(bytes, {
  host: {
    ...host,
    print() {
      throw new Error("out of paper");
    },
  },
});
try {
  broken.instance.exports.run(what);
} catch (error) {
  console.log(error.message);
}
