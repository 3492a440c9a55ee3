// What a thread of the compiler starts with: loads the compiler (thread.ts, bundled into one file
// beside this one), with V8's code for it if that is kept, and starts the thread's work. A module
// of CommonJS by then: the loader of the others costs 7 ms.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { workerData } from "node:worker_threads";
import { Bytecode } from "./bytecode.ts";
import type { Start } from "./script.ts";
import type { start } from "./thread.ts";

type Load = (
  exports: { start?: typeof start },
  require: NodeJS.Require,
  module: object,
  __filename: string,
) => void;

const path = fileURLToPath(new URL("./thread.cjs", import.meta.url));
const source = readFileSync(path);
const setup = workerData as Start;
const kept = setup.store === undefined ? undefined : new Bytecode(setup.store, source);
const cachedData = kept?.read();
const script = new Script(
  `(function (exports, require, module, __filename) {${source.toString()}\n})`,
  { filename: path, ...(cachedData === undefined ? {} : { cachedData }) },
);
if (script.cachedDataRejected === true) kept?.refused();
const exports: { start?: typeof start } = {};
(script.runInThisContext() as Load)(exports, createRequire(path), { exports }, path);
exports.start!(setup, (seen) => kept?.keep(seen, () => script.createCachedData()));
