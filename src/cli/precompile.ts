// ingot precompile: fills the cache, at the time an image is built, with what the preload would
// otherwise compile when the program first starts. In: directories. Out: an entry per module that
// ingot can take, under the key that the preload looks for (engine/made.ts, defaultOptions), and a
// line per module. A module that it cannot take is no failure: V8 runs that one.

import { availableParallelism } from "node:os";
import type { Argv, CommandModule } from "yargs";
import type { TargetName } from "../abi.ts";
import type { Cache } from "../engine/cache.ts";
import { compileParallel } from "../engine/compile.ts";
import { hasRoomBelow } from "../engine/guards.ts";
import type { CompileOptions } from "../engine/job.ts";
import { defaultOptions } from "../engine/made.ts";
import { Pool } from "../engine/pool.ts";
import { WasmError, describe } from "../support/errors.ts";
import { decodeModule } from "../wasm/decode.ts";
import { isWasi } from "../wasi/names.ts";
import { importMemory } from "../wasm/lend.ts";
import { validateModule } from "../wasm/validate.ts";
import { openCache } from "./cache.ts";
import { TARGET_NAMES, targetOf } from "./common.ts";
import { findModules, readBytes, showBytes } from "./files.ts";
import { EXIT, Failure, UsageError, report } from "./report.ts";

interface Options {
  readonly dirs?: readonly string[];
  readonly cache?: string;
  readonly target?: TargetName;
  readonly workers?: number;
  readonly nodeWasi?: boolean;
}

/** Bytes of modules to compile from which threads pay. */
const PARALLEL_FROM = 400_000;
/** Modules under way at once: while one is linked here, the threads compile the next. */
const AT_ONCE = 2;

type Outcome = "compiled" | "present" | "refused" | "lost";

/** A module that was found, and what became of it. */
interface Found {
  readonly path: string;
  readonly bytes: number;
  readonly key: string;
  /** Compiled as importing its memory, as the preload has programs of node:wasi. */
  readonly isLent: boolean;
  outcome: Outcome | "missing";
  /** Why it was refused. */
  text: string;
}

/** What keeps a module from being compiled. */
const reasonFor = (error: unknown): string =>
  error instanceof WasmError ? error.message : describe(error);

/** How the preload of this Node has modules compiled that it lends a memory of V8's. */
const lentOptions = (options: CompileOptions): CompileOptions =>
  hasRoomBelow() ? options : { ...options, bounds: "explicit" };

/** Finds every module, and looks for it in the cache. */
function survey({ dirs = [], nodeWasi }: Options, cache: Cache, options: CompileOptions) {
  const found: Found[] = [];
  let readable = false;
  const failed = (error: unknown): void => void report(error);
  const note = (path: string, wasm: Uint8Array, isLent: boolean): void => {
    const key = cache.key(wasm, isLent ? lentOptions(options) : options);
    const outcome = cache.find(key) === undefined ? "missing" : "present";
    found.push({ path, bytes: wasm.length, key, isLent, outcome, text: "" });
  };
  const add = (path: string): void => {
    try {
      const wasm = readBytes(path);
      note(path, wasm, false);
      const lent = nodeWasi === true ? importMemory(wasm, isWasi) : undefined;
      if (lent !== undefined) note(path, lent, true);
    } catch (error) {
      failed(error);
    }
  };
  for (const dir of dirs) readable = findModules(dir, add, failed) || readable;
  return { found, readable };
}

/** Compiles a module that is missing, and keeps it. */
async function fill(f: Found, cache: Cache, options: CompileOptions, pool: Pool | undefined) {
  try {
    const wasm = readBytes(f.path);
    const module = decodeModule(f.isLent ? importMemory(wasm, isWasi)! : wasm, options.features);
    validateModule(module, options.features, { bodies: false });
    const threads = pool === undefined ? { workers: 1 } : { pool };
    const chosen = f.isLent ? lentOptions(options) : options;
    const { artifact } = await compileParallel(module, { ...chosen, ...threads });
    f.outcome = cache.put(f.key, artifact) === undefined ? "lost" : "compiled";
    f.text = showBytes(artifact.length);
  } catch (error) {
    f.outcome = "refused";
    f.text = reasonFor(error);
  }
}

// prettier-ignore
const SAYING: Readonly<Record<Outcome, (text: string) => string>> = {
  present:  () => "present",
  compiled: (text) => `compiled, ${text}`,
  lost:     (text) => `compiled, ${text}, but not kept`,
  refused:  (text) => `cannot be compiled: ${text}`,
};

/** Compiles what is missing, and prints a line for all in the order they were found in. */
async function fillAll(found: readonly Found[], cache: Cache, options: CompileOptions, o: Options) {
  const first = new Map<string, Found>();
  for (const f of found) if (!first.has(f.key)) first.set(f.key, f);
  const missing = [...first.values()].filter((f) => f.outcome === "missing");
  const bytes = missing.reduce((n, f) => n + f.bytes, 0);
  const workers = o.workers ?? (bytes < PARALLEL_FROM ? 1 : availableParallelism());
  const pool = workers > 1 ? new Pool(workers) : undefined;
  const underWay = new Map<Found, Promise<void>>();
  const begin = (): void => {
    const next = missing.shift();
    if (next !== undefined) underWay.set(next, fill(next, cache, options, pool));
  };
  for (let k = 0; k < AT_ONCE; k++) begin();
  for (const f of found) {
    const original = first.get(f.key)!;
    if (original === f && underWay.has(f)) {
      await underWay.get(f);
      begin();
    }
    // The same bytes at another path share the fate of the first.
    if (original !== f) f.outcome = original.outcome === "compiled" ? "present" : original.outcome;
    const saying = SAYING[f.outcome as Outcome](original.text);
    const name = f.isLent ? `${f.path} for node:wasi` : f.path;
    process.stdout.write(`${name}  ${showBytes(f.bytes)}  ${saying}\n`);
  }
  pool?.end();
}

/** The last lines; answers the exit code. */
function summary(found: readonly Found[], cache: Cache, ms: number): number {
  const count = (outcome: Outcome): number => found.filter((f) => f.outcome === outcome).length;
  const entries = cache.list();
  const kept = new Set(entries.map((e) => e.key));
  const bytes = entries.reduce((n, e) => n + e.bytes, 0);
  const evicted = found.filter((f) => f.outcome !== "refused" && !kept.has(f.key)).length;
  process.stdout.write(
    `${found.length} modules: ${count("compiled")} compiled in ${(ms / 1000).toFixed(1)} s, ` +
      `${count("present")} present, ${count("refused")} cannot be compiled; ` +
      `${cache.directory} holds ${entries.length}, ${showBytes(bytes)}\n`,
  );
  if (evicted === 0) return EXIT.ok;
  throw new Failure(`${evicted} of them could not be kept (INGOT_CACHE_SIZE bounds the cache)`);
}

async function handler(o: Options): Promise<void> {
  try {
    const { workers } = o;
    if (workers !== undefined && !(Number.isInteger(workers) && workers >= 1 && workers <= 64)) {
      throw new UsageError("--workers takes a whole number from 1 to 64");
    }
    const cache = openCache(o.cache);
    const options = defaultOptions(targetOf(o));
    const started = performance.now();
    const { found, readable } = survey(o, cache, options);
    await fillAll(found, cache, options, o);
    const code = summary(found, cache, performance.now() - started);
    process.exitCode = readable ? code : EXIT.usage;
  } catch (error) {
    process.exitCode = report(error);
  }
}

const builder = (y: Argv): Argv<Options> =>
  y
    .positional("dirs", {
      describe: "directories to search, or modules",
      type: "string",
      array: true,
      demandOption: true,
    })
    .option("cache", {
      type: "string",
      requiresArg: true,
      describe: "the cache to fill (INGOT_CACHE, or one in the user's cache directory)",
    })
    .option("target", { choices: TARGET_NAMES, describe: "machine to compile for (this one)" })
    .option("node-wasi", {
      type: "boolean",
      describe: "also compile programs of WASI as the preload runs them with node:wasi",
    })
    .option("workers", { type: "number", requiresArg: true, describe: "threads to compile with" })
    .epilogue(
      "Modules are found by their first bytes, whatever the files are called; links are\n" +
        "not followed. What a package carries in another form (base64 in JavaScript,\n" +
        "compressed) is not found: run it once under the preload to have it in the cache.",
    )
    .strict() as unknown as Argv<Options>;

export const precompile: CommandModule<object, Options> = {
  command: "precompile <dirs..>",
  describe: "compile all modules below directories into the cache",
  builder,
  handler,
};
