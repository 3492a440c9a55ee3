// The thread that compiles whole modules for another one (compiler.ts), one after the other. In:
// requests. Out: a reply for each, counted in a shared word, for whoever sleeps until it changes.
// Large modules are compiled by threads of this thread's own.

import { readlinkSync } from "node:fs";
import { WasmError } from "../support/errors.ts";
import { decodeModule } from "../wasm/decode.ts";
import { newDialect } from "../wasm/dialect.ts";
import { readBodies } from "../wasm/form.ts";
import { validateModule } from "../wasm/validate.ts";
import { compileParallel } from "./compile.ts";
import type { Reply, Request } from "./compiler.ts";
import { Cool } from "./cool.ts";
import { failureOf } from "./job.ts";
import { codeBytes } from "./pool.ts";
import { SHARED } from "./script.ts";
import type { Setup } from "./script.ts";

const cool = new Cool();

/** The number that this thread has in /proc; -1 where there is none. */
function threadNumber(): number {
  try {
    return Number(readlinkSync("/proc/thread-self").split("/").at(-1));
  } catch {
    return -1;
  }
}

async function answer({ id, what, bytes, options }: Request): Promise<Reply> {
  try {
    const m = decodeModule(bytes, options.features);
    validateModule(m, options.features, { bodies: what === "validate" });
    if (what === "validate") return { id };
    // A module of many functions may use what ingot lacks in the last of them. Reading all of them
    // takes a thirtieth of the time of compiling them.
    readBodies(m.bytes, m.bodies, m.importedFuncs, newDialect(options.features));
    cool.expect(codeBytes(m));
    const { artifact } = await compileParallel(m, options);
    return { id, artifact };
  } catch (error) {
    return { id, failure: failureOf(error, error instanceof WasmError ? error.func : -1) };
  }
}

/** Serves another thread. */
export function serveModules({ port, words }: Setup): void {
  Atomics.store(words, SHARED.thread, threadNumber());
  const reply = (message: Reply): void => {
    const { artifact } = message;
    port.postMessage(message, artifact === undefined ? [] : [artifact.buffer as ArrayBuffer]);
    Atomics.add(words, SHARED.replies, 1);
    Atomics.notify(words, SHARED.replies);
  };
  let last = Promise.resolve();
  port.on("message", (request: Request) => {
    last = last.then(async () => reply(await answer(request)));
  });
}
