// ingot wast: runs test scripts on an engine. Prints a line per failure and, last, the totals.

import type { Argv, CommandModule } from "yargs";
import type { Store } from "../engine/store.ts";
import { describe } from "../support/errors.ts";
import { decodeText } from "../text/string.ts";
import { parseScript } from "../text/wast.ts";
import type { CommonOptions } from "./common.ts";
import { commonOptions, engineOf, featuresOf, openStore } from "./common.ts";
import { findFiles, readBytes } from "./files.ts";
import { EXIT } from "./report.ts";
import { ScriptRunner } from "./script.ts";
import type { Outcome } from "./script.ts";

interface Options extends CommonOptions {
  readonly paths?: readonly string[];
}

const builder = (y: Argv): Argv<Options> =>
  commonOptions(y).positional("paths", {
    describe: "scripts, or directories searched for .wast at any depth",
    type: "string",
    array: true,
    demandOption: true,
  }) as unknown as Argv<Options>;

async function runFile(path: string, store: Store, options: Options): Promise<Outcome> {
  try {
    const script = parseScript(decodeText(readBytes(path)));
    return await new ScriptRunner(store, featuresOf(options)).run(script);
  } catch (error) {
    return { passed: 0, failures: [describe(error)] };
  }
}

async function handler(options: Options): Promise<void> {
  const files = (options.paths ?? []).flatMap((p) => findFiles(p, ".wast"));
  const store = await openStore(engineOf(options), options);
  let passed = 0;
  let failed = 0;
  try {
    for (const file of files) {
      const outcome = await runFile(file, store, options);
      passed += outcome.passed;
      failed += outcome.failures.length;
      for (const failure of outcome.failures) process.stdout.write(`${file}:${failure}\n`);
    }
  } finally {
    await store.close();
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (failed > 0) process.exitCode = EXIT.invalid;
}

export const wast: CommandModule<object, Options> = {
  command: "wast <paths..>",
  describe: "run test scripts (.wast) on an engine",
  builder,
  handler,
};
