// A process that uses a cache, to be started many times over and to be killed (cache.test.ts):
//
//   node dist/tools/cachechild.js VERB DIR FILE...
//
//   fill    find each module, else compile it and put it there, as the preload does
//   put     put each artifact there and look for it
//   churn   put, look, remove, and again, for ever
//
// Says "ready" and waits for a line on standard input before it touches the cache; then prints a
// word for each module, and warnings as "! sentence".

import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { Cache } from "../src/engine/cache.ts";
import { defaultOptions } from "../src/engine/made.ts";
import { keyOf } from "../src/engine/entry.ts";
import { readHeader } from "../src/object/header.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const OPTIONS = defaultOptions("amd64");

async function fill(cache: Cache, files: readonly Uint8Array[]): Promise<void> {
  const { compileModule } = await import("../src/engine/compile.ts");
  const { decodeModule } = await import("../src/wasm/decode.ts");
  for (const wasm of files) {
    const key = cache.key(wasm, OPTIONS);
    if (cache.find(key) !== undefined) {
      say("hit");
      continue;
    }
    const { artifact } = compileModule(decodeModule(wasm, OPTIONS.features), OPTIONS);
    say(cache.put(key, artifact) === undefined ? "lost" : "miss");
  }
}

const keyOfArtifact = (artifact: Uint8Array): string => {
  const { wasmHash, made } = readHeader(artifact);
  return keyOf(wasmHash, made);
};

function put(cache: Cache, files: readonly Uint8Array[]): void {
  for (const artifact of files) {
    const key = keyOfArtifact(artifact);
    const path = cache.put(key, artifact);
    say(
      `${path === undefined ? "lost" : "kept"} ${cache.find(key) === undefined ? "miss" : "hit"}`,
    );
  }
}

function churn(cache: Cache, files: readonly Uint8Array[]): void {
  const keys = files.map(keyOfArtifact);
  for (;;) {
    files.forEach((artifact, k) => {
      cache.put(keys[k]!, artifact);
      cache.find(keys[k]!);
      rmSync(cache.pathOf(keys[k]!), { force: true });
    });
  }
}

const VERBS = { fill, put, churn } as const;
const [verb = "", directory = "", ...paths] = process.argv.slice(2);
const cache = new Cache({ directory, warn: (sentence) => say(`! ${sentence}`) });
const files = paths.map((path) => readFileSync(path));
say("ready");
await once(process.stdin, "data");
await VERBS[verb as keyof typeof VERBS](cache, files);
process.stdin.destroy();
