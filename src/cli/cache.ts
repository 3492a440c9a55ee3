// ingot cache: where the cache is, what it holds, and emptying it.

import { resolve } from "node:path";
import type { Argv, CommandModule } from "yargs";
import { Cache, cacheOptions } from "../engine/cache.ts";
import { showBytes } from "./files.ts";
import { UsageError, report } from "./report.ts";

const ACTIONS = ["path", "list", "clear"] as const;

interface Options {
  readonly action?: (typeof ACTIONS)[number];
  readonly cache?: string;
}

/** The cache that is named, else the one that the environment says; it may be written to. */
export function openCache(directory: string | undefined): Cache {
  const options = cacheOptions(process.env);
  const where = directory === undefined ? options?.directory : resolve(directory);
  if (where !== undefined) return new Cache({ ...options, directory: where, readOnly: false });
  throw new UsageError("INGOT_CACHE is off: name a cache with --cache DIR");
}

function printList(cache: Cache): void {
  const entries = cache.list();
  for (const { key, bytes, used } of entries) {
    const when = new Date(used).toISOString().slice(0, 16).replace("T", " ");
    process.stdout.write(`${key}  ${showBytes(bytes).padStart(9)}  used ${when} UTC\n`);
  }
  const total = entries.reduce((n, e) => n + e.bytes, 0);
  process.stdout.write(`${cache.directory} holds ${entries.length}, ${showBytes(total)}\n`);
}

function handler(o: Options): void {
  try {
    const cache = openCache(o.cache);
    if (o.action === "path") process.stdout.write(`${cache.directory}\n`);
    else if (o.action === "list") printList(cache);
    else process.stdout.write(`${cache.clear()} removed\n`);
  } catch (error) {
    process.exitCode = report(error);
  }
}

export const cache: CommandModule<object, Options> = {
  command: "cache <action>",
  describe: "show where the cache is and what it holds, or empty it",
  builder: (y: Argv): Argv<Options> =>
    y
      .positional("action", { choices: ACTIONS, demandOption: true })
      .option("cache", {
        type: "string",
        requiresArg: true,
        describe: "the cache (INGOT_CACHE, or one in the user's cache directory)",
      })
      .strict() as unknown as Argv<Options>,
  handler,
};
