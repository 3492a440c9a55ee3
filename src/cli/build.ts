// ingot build: a program becomes a static executable, the loader with the artifact inside. What the
// program may see is baked in as options of the loader; more can be given when it is started, by
// INGOT_DIRS and INGOT_ENV (runtime-support/payload.c).

import type { Argv, CommandModule } from "yargs";
import type { TargetName } from "../abi.ts";
import { isProvided } from "../engine/hosts.ts";
import { readArtifact } from "../object/artifact.ts";
import { writeExecutable } from "../object/executable.ts";
import type { Module } from "../wasm/module.ts";
import { targetOf } from "./common.ts";
import { compileFile, compileOptions } from "./compile.ts";
import type { CompileFlags } from "./compile.ts";
import { readInput, writeWhole } from "./files.ts";
import { readRuntime } from "./loader.ts";
import { Failure, UsageError, report } from "./report.ts";

interface Options extends CompileFlags {
  readonly in?: string;
  readonly output?: string;
  readonly dir?: readonly string[];
  readonly env?: readonly string[];
}

const builder = (y: Argv): Argv<Options> =>
  compileOptions(
    y.positional("in", { describe: ".wasm, .wat or .cwasm", type: "string", demandOption: true }),
  )
    .option("output", {
      alias: "o",
      type: "string",
      requiresArg: true,
      demandOption: "say where to write: -o FILE",
      describe: "the executable to write",
    })
    .option("dir", {
      type: "string",
      array: true,
      nargs: 1,
      describe: "let the program see a directory: HOST or HOST::GUEST",
    })
    .option("env", {
      type: "string",
      array: true,
      nargs: 1,
      describe: "set a variable: NAME=VALUE, or NAME to pass on the one of its environment",
    })
    .strict() as unknown as Argv<Options>;

/** The loader's options that are baked in. */
function wordsOf(o: Options): string[] {
  const words = [
    ...(o.dir ?? []).flatMap((d) => ["--dir", d]),
    ...(o.env ?? []).flatMap((e) => ["--env", e]),
  ];
  for (const pair of o.env ?? []) {
    if (pair === "" || pair.startsWith("=")) {
      throw new UsageError(`--env takes NAME=VALUE or NAME, not "${pair}"`);
    }
  }
  if (words.some((w) => w.includes("\0"))) throw new UsageError("an option contains a zero byte");
  return words;
}

/** Refuses what could not start, now rather than when it is started. */
function checkProgram(path: string, m: Module): void {
  const start = m.exports.find((e) => e.name === "_start" && e.kind === "func");
  if (start === undefined) throw new Failure(`${path} exports no function "_start"`);
  const alien = m.imports.find((i) => !isProvided(m, i));
  if (alien === undefined) return;
  throw new Failure(
    `${path} imports "${alien.module}" "${alien.name}", which an executable does not have`,
  );
}

/** The artifact of a file: compiled, or what it is already. */
async function artifactOf(
  path: string,
  o: Options,
): Promise<{ target: TargetName; artifact: Uint8Array }> {
  const input = readInput(path);
  if (input.kind === "artifact") {
    const { target } = readArtifact(input.bytes);
    if (o.target === undefined || o.target === target) return { target, artifact: input.bytes };
    throw new Failure(`${path} was compiled for ${target}`);
  }
  const target = targetOf(o);
  const { module, compiled } = await compileFile(path, target, o);
  checkProgram(path, module);
  return { target, artifact: compiled.artifact };
}

async function handler(o: Options): Promise<void> {
  const path = o.in!;
  try {
    const words = wordsOf(o);
    if (o.target !== undefined) readRuntime(targetOf(o), "ingot-rt"); // before minutes of work
    const { target, artifact } = await artifactOf(path, o);
    const executable = writeExecutable(readRuntime(target, "ingot-rt"), artifact, words);
    writeWhole(o.output!, executable, 0o777);
  } catch (error) {
    process.exitCode = report(error, path);
  }
}

export const build: CommandModule<object, Options> = {
  command: "build <in>",
  describe: "compile a program to an executable",
  builder,
  handler,
};
