// ingot run: runs a command (its _start) or one exported function, natively or by interpretation.
// What follows FILE belongs to the guest. Exit codes: the guest's own, 134 for a trap.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import type { Argv, CommandModule } from "yargs";
import { compileParallel } from "../engine/compile.ts";
import { runInterpreted } from "../engine/command.ts";
import { readArtifact } from "../object/artifact.ts";
import { decodeModule } from "../wasm/decode.ts";
import { validateModule } from "../wasm/validate.ts";
import type { CommonOptions } from "./common.ts";
import { commonOptions, cpuBits, engineOf, featuresOf, targetOf } from "./common.ts";
import { readInput } from "./files.ts";
import type { Input } from "./files.ts";
import { canRun, requireLoader } from "./loader.ts";
import { newProgress } from "./progress.ts";
import { Failure, UsageError, report } from "./report.ts";
import { SANDBOX_WORDS, loaderWords, parseSandbox, sandboxOptions } from "./sandbox.ts";
import type { Sandbox, SandboxOptions } from "./sandbox.ts";

interface Options extends CommonOptions, SandboxOptions {
  readonly invoke?: string;
  readonly file?: string;
}

/** Options of `run` that take a value in the next word. */
const VALUED = new Set([
  "--engine",
  "--target",
  "--features",
  "--bounds-checks",
  "--cpu-features",
  "--invoke",
  ...SANDBOX_WORDS,
]);

/**
 * Splits the words of a command line: for `run`, all after FILE is the guest's (a first `--` there
 * is dropped).
 */
export function splitGuestArguments(words: readonly string[]): { own: string[]; guest: string[] } {
  if (words[0] !== "run") return { own: [...words], guest: [] };
  let at = 1;
  while (at < words.length && words[at]!.startsWith("-") && words[at] !== "-") {
    const word = words[at++]!;
    if (word === "--") break;
    if (VALUED.has(word)) at++;
    else if (!VALUED.has(word.split("=")[0]!) && word !== "--help") {
      throw new UsageError(`run has no option ${word} (ingot run --help lists them)`);
    }
  }
  const guest = words.slice(at + 1);
  if (guest[0] === "--") guest.shift();
  return { own: words.slice(0, at + 1), guest };
}

const builder = (y: Argv): Argv<Options> =>
  sandboxOptions(commonOptions(y))
    .positional("file", { describe: ".wasm, .wat or .cwasm", type: "string", demandOption: true })
    .option("invoke", {
      type: "string",
      requiresArg: true,
      describe: "call this export instead of _start",
    })
    .strict() as unknown as Argv<Options>;

/** Runs the loader on an artifact with our own standard streams; answers its exit code. */
function runLoader(
  command: readonly string[],
  artifact: string,
  o: Options,
  sandbox: Sandbox,
  guest: readonly string[],
): Promise<number> {
  const [program = "", ...before] = command;
  const options = [
    ...loaderWords(sandbox),
    ...(o.invoke === undefined ? [] : ["--invoke", o.invoke]),
    "--argv0",
    o.file!,
  ];
  return new Promise((resolve, reject) => {
    const words = [...before, ...options, artifact, ...guest];
    const child = spawn(program, words, { stdio: "inherit", env: {} });
    // The guest is who ends: its exit code is ours.
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => child.kill(signal));
    }
    child.on("error", (error) => reject(new Failure(`cannot start the loader: ${error.message}`)));
    child.on("exit", (code, signal) => {
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}

async function runNative(
  o: Options,
  sandbox: Sandbox,
  input: Input,
  guest: readonly string[],
): Promise<number> {
  if (input.kind === "artifact") {
    const { target } = readArtifact(input.bytes);
    return runLoader(requireLoader(target), o.file!, o, sandbox, guest);
  }
  const target = targetOf(o);
  const command = requireLoader(target);
  const features = featuresOf(o);
  const module = decodeModule(input.bytes, features);
  validateModule(module, features, { bodies: false });
  const bounds = o["bounds-checks"] ?? "guard";
  const progress = newProgress(module.bodies.length);
  const { artifact } = await compileParallel(module, {
    target,
    features,
    bounds,
    cpu: cpuBits(target, o["cpu-features"] ?? ""),
    onProgress: progress.update,
  }).finally(progress.clear);
  const directory = mkdtempSync(join(tmpdir(), "ingot-"));
  try {
    const path = join(directory, "program.cwasm");
    writeFileSync(path, artifact);
    return await runLoader(command, path, o, sandbox, guest);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** An artifact is for one machine; on any other, the module that it may hold is interpreted. */
function engineFor(o: Options, input: Input): "native" | "interpreter" {
  if (input.kind === "wasm" || (o.engine !== undefined && o.engine !== "auto")) return engineOf(o);
  const { target, wasm } = readArtifact(input.bytes, "unchecked");
  return wasm === undefined || canRun(target) ? "native" : "interpreter";
}

/** The module to interpret: of an artifact, the one embedded in it. */
function interpretable(o: Options, input: Input): Uint8Array {
  if (input.kind === "wasm") return input.bytes;
  const { wasm } = readArtifact(input.bytes);
  if (wasm !== undefined) return wasm;
  throw new Failure(
    `${o.file} holds no module to interpret: compile it with --embed, or use --engine native`,
  );
}

const handler =
  (guest: readonly string[]) =>
  async (o: Options): Promise<void> => {
    try {
      const sandbox = parseSandbox(o);
      const input = readInput(o.file!);
      if (engineFor(o, input) === "native") {
        process.exitCode = await runNative(o, sandbox, input, guest);
        return;
      }
      if (sandbox.listen !== undefined) {
        throw new UsageError("--listen needs native code: the interpreter cannot take connections");
      }
      process.exitCode = await runInterpreted(interpretable(o, input), {
        ...sandbox,
        features: featuresOf(o),
        args: [o.file!, ...guest],
        invoke: o.invoke,
      });
    } catch (error) {
      process.exitCode = report(error, o.file);
    }
  };

/** The verb, for a guest with these arguments. */
export const run = (guest: readonly string[]): CommandModule<object, Options> => ({
  command: "run <file>",
  describe: "run a WASI command or an exported function; what follows FILE is the guest's",
  builder,
  handler: handler(guest),
});
