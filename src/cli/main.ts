#!/usr/bin/env node
// The command line: verbs, their options and what happens to errors. One file per verb; this one
// only joins them and turns whatever goes wrong into a sentence and an exit code.

import yargs from "yargs";
import { build } from "./build.ts";
import { cache } from "./cache.ts";
import { compile } from "./compile.ts";
import { dump } from "./dump.ts";
import { inspect } from "./inspect.ts";
import { precompile } from "./precompile.ts";
import { report, UsageError } from "./report.ts";
import { run, splitGuestArguments } from "./run.ts";
import { versionText } from "../engine/version.ts";
import { version } from "./version.ts";
import { wast } from "./wast.ts";

/** What yargs says over several lines, as one sentence. */
const oneLine = (message: string): string => message.trim().replace(/\s*\n\s*/g, " ");

async function main(words: readonly string[]): Promise<void> {
  try {
    // What follows FILE of `run` belongs to the guest; yargs must not look at it.
    const { own, guest } = splitGuestArguments(words);
    await yargs(own)
      .scriptName("ingot")
      .usage("$0 VERB: WebAssembly compiled ahead of time")
      .command(compile)
      .command(build)
      .command(run(guest))
      .command(wast)
      .command(inspect)
      .command(dump)
      .command(precompile)
      .command(cache)
      .command(version)
      .demandCommand(1, "say what to do: ingot --help lists the verbs")
      .strict()
      .version(versionText())
      .help()
      .wrap(Math.min(100, process.stdout.columns ?? 100))
      .parserConfiguration({ "populate--": false, "duplicate-arguments-array": true })
      .fail((message, error) => {
        throw error ?? new UsageError(`${oneLine(message)} (ingot --help shows how)`);
      })
      .parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
}

await main(process.argv.slice(2));
