// ingot compile: a module becomes an artifact, or an object that C programs link.

import { basename } from "node:path";
import type { Argv, CommandModule } from "yargs";
import type { TargetName } from "../abi.ts";
import { compileParallel } from "../engine/compile.ts";
import { isProvided } from "../engine/hosts.ts";
import { identifier, printCHeader } from "../object/cheader.ts";
import { writeObject } from "../object/relocatable.ts";
import { decodeModule } from "../wasm/decode.ts";
import type { Module } from "../wasm/module.ts";
import { validateModule } from "../wasm/validate.ts";
import type { Bounds } from "../translate/env.ts";
import { TARGET_NAMES, cpuBits, featuresOf, targetOf } from "./common.ts";
import { readInput, writeWhole } from "./files.ts";
import { readRuntime } from "./loader.ts";
import { newProgress } from "./progress.ts";
import { Failure, UsageError, report } from "./report.ts";
import { phaseTable } from "./time.ts";

/** Options of every verb that compiles. */
export interface CompileFlags {
  readonly target?: string;
  readonly workers?: number;
  readonly features?: string;
  readonly "bounds-checks"?: Bounds;
  readonly "cpu-features"?: string;
  readonly embed?: boolean;
  readonly facts?: boolean;
}

interface Options extends CompileFlags {
  readonly in?: string;
  readonly output?: string;
  readonly emit?: "artifact" | "obj";
  readonly header?: string;
  readonly prefix?: string;
  readonly time?: boolean;
}

/** Adds --target, --workers, --features, --bounds-checks and --cpu-features. */
export const compileOptions = (y: Argv): Argv<CompileFlags> =>
  y
    .option("target", { choices: TARGET_NAMES, describe: "machine to compile for (this one)" })
    .option("workers", {
      type: "number",
      requiresArg: true,
      describe: "threads to compile with (by default as the module's size pays)",
    })
    .option("features", {
      type: "string",
      requiresArg: true,
      describe: "1.0 or 2.0, then ,+name or ,-name",
    })
    .option("bounds-checks", { choices: ["guard", "explicit"], default: "guard" })
    .option("cpu-features", {
      type: "string",
      requiresArg: true,
      describe: "instructions beyond the baseline, e.g. popcnt,lzcnt,bmi1",
    })
    .option("facts", {
      type: "boolean",
      default: true,
      hidden: true,
    }) as unknown as Argv<CompileFlags>;

const builder = (y: Argv): Argv<Options> =>
  compileOptions(
    y.positional("in", { describe: ".wasm or .wat", type: "string", demandOption: true }),
  )
    .option("output", {
      alias: "o",
      type: "string",
      requiresArg: true,
      demandOption: "say where to write: -o FILE",
      describe: "the artifact (.cwasm) or object (.o) to write",
    })
    .option("emit", {
      choices: ["artifact", "obj"],
      default: "artifact",
      describe: "obj: an object for C programs to link",
    })
    .option("header", {
      type: "string",
      requiresArg: true,
      describe: "C header to write for the object (OUT, ending in .h)",
    })
    .option("prefix", {
      type: "string",
      requiresArg: true,
      describe: "what the object's names begin with (the input's name)",
    })
    .option("embed", {
      type: "boolean",
      default: false,
      describe: "keep the module in the artifact",
    })
    .option("time", { type: "boolean", default: false, describe: "print what each phase took" })
    .strict() as unknown as Argv<Options>;

/** Decodes and compiles the module in a file; `decoded` is what decoding took, in ms. */
export async function compileFile(path: string, target: TargetName, o: CompileFlags) {
  const { workers } = o;
  if (workers !== undefined && !(Number.isInteger(workers) && workers >= 1 && workers <= 64)) {
    throw new UsageError("--workers takes a whole number from 1 to 64");
  }
  const cpu = cpuBits(target, o["cpu-features"] ?? "");
  const input = readInput(path);
  if (input.kind === "artifact") throw new Failure(`${path} is compiled already`);
  const features = featuresOf(o);
  const started = performance.now();
  const module = decodeModule(input.bytes, features);
  validateModule(module, features, { bodies: false });
  const decoded = performance.now() - started;
  const progress = newProgress(module.bodies.length);
  const compiled = await compileParallel(module, {
    target,
    features,
    bounds: o["bounds-checks"] ?? "guard",
    cpu,
    embed: o.embed ?? false,
    facts: o.facts ?? true,
    workers,
    onProgress: progress.update,
  }).finally(progress.clear);
  return { module, compiled, decoded };
}

const withoutEnding = (path: string): string => path.replace(/\.\w+$/, "");

/** What names of the object begin with. */
function prefixOf(o: Options): string {
  const { prefix } = o;
  if (prefix === undefined) return identifier(withoutEnding(basename(o.in!)));
  if (identifier(prefix) === prefix) return prefix;
  throw new UsageError(`--prefix takes the beginning of a name in C, not "${prefix}"`);
}

/** Writes the object and its header. */
function writeForC(o: Options, target: TargetName, module: Module, artifact: Uint8Array): void {
  const prefix = prefixOf(o);
  const header = printCHeader(module, prefix, (i) => isProvided(module, i));
  writeWhole(o.output!, writeObject(readRuntime(target, "ingot-rt.o"), artifact, prefix));
  writeWhole(o.header ?? `${withoutEnding(o.output!)}.h`, header);
}

async function handler(o: Options): Promise<void> {
  const path = o.in!;
  try {
    const target = targetOf(o);
    const isObject = o.emit === "obj";
    if (!isObject && (o.header ?? o.prefix) !== undefined) {
      throw new UsageError("--header and --prefix are for --emit obj");
    }
    const { module, compiled, decoded } = await compileFile(path, target, o);
    if (isObject) writeForC(o, target, module, compiled.artifact);
    else writeWhole(o.output!, compiled.artifact);
    if (o.time) process.stdout.write(phaseTable(module, compiled, decoded));
  } catch (error) {
    process.exitCode = report(error, path);
  }
}

export const compile: CommandModule<object, Options> = {
  command: "compile <in>",
  describe: "compile a module to an artifact or an object",
  builder,
  handler,
};
