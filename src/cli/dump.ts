// ingot dump: what a function looks like at a stage of the pipeline: IR as built, IR as optimised
// and placed, LIR, LIR with its allocation, machine code. Machine code is shown by objdump where it
// is installed, else as bytes; either way with the module's byte offsets beside it.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Argv, CommandModule } from "yargs";
import { printStats, stats } from "../../backend/alloc/stats.ts";
import { printLir } from "../../backend/alloc/text.ts";
import type { TargetName } from "../abi.ts";
import type { Phase } from "../engine/job.ts";
import { Pipeline } from "../engine/pipeline.ts";
import { printFunc } from "../ir/print.ts";
import type { Blob } from "../object/blob.ts";
import { SITE_WORDS } from "../object/blob.ts";
import { describe } from "../support/errors.ts";
import type { Bounds } from "../translate/env.ts";
import { decodeModule } from "../wasm/decode.ts";
import { funcName } from "../wasm/names.ts";
import { validateModule } from "../wasm/validate.ts";
import { TARGET_NAMES, cpuBits, featuresOf, targetOf } from "./common.ts";
import { readInput } from "./files.ts";
import { Failure, UsageError, report } from "./report.ts";

const STAGES = ["ir", "opt", "lir", "alloc", "asm"] as const;
type Stage = (typeof STAGES)[number];

/** The phase after which a stage can be seen. */
const AFTER: Readonly<Record<Stage, Phase>> = {
  ir: "build",
  opt: "place",
  lir: "lower",
  alloc: "allocate",
  asm: "emit",
};

interface Options {
  readonly file?: string;
  readonly func?: string;
  readonly stage?: Stage;
  readonly target?: string;
  readonly features?: string;
  readonly "bounds-checks"?: Bounds;
  readonly "cpu-features"?: string;
}

const builder = (y: Argv): Argv<Options> =>
  y
    .positional("file", { describe: ".wasm or .wat", type: "string", demandOption: true })
    .option("func", {
      type: "string",
      requiresArg: true,
      describe: "index or name of one function (all of them)",
    })
    .option("stage", { choices: STAGES, default: "opt", describe: "what to show" })
    .option("target", { choices: TARGET_NAMES })
    .option("features", { type: "string", requiresArg: true })
    .option("bounds-checks", { choices: ["guard", "explicit"], default: "guard" })
    .option("cpu-features", {
      type: "string",
      requiresArg: true,
    }) as unknown as Argv<Options>;

/** Disassemblers of each target, the first that is installed and knows the machine is used. */
const OBJDUMP: Readonly<Record<TargetName, readonly (readonly string[])[]>> = {
  amd64: [["objdump", "-m", "i386:x86-64", "-M", "intel"]],
  arm64: [
    ["aarch64-linux-gnu-objdump", "-m", "aarch64"],
    ["objdump", "-m", "aarch64"],
  ],
};

/** Lines of objdump's disassembly, or of hexadecimal bytes, each with its offset. */
function disassemble(blob: Blob, target: TargetName): { at: number; text: string }[] {
  const code = blob.bytes.subarray(0, blob.codeSize);
  const directory = mkdtempSync(join(tmpdir(), "ingot-"));
  try {
    const path = join(directory, "code");
    writeFileSync(path, code);
    for (const [tool = "", ...machine] of OBJDUMP[target]) {
      const words = ["-D", "-b", "binary", ...machine, "-w", path];
      const run = spawnSync(tool, words, { encoding: "utf8" });
      if (run.status !== 0) continue;
      return [...run.stdout.matchAll(/^ *([0-9a-f]+):\t((?:[0-9a-f]+ )+)\s*(.*)$/gm)].flatMap(
        ([, at = "0", , text = ""]) => (text === "" ? [] : [{ at: parseInt(at, 16), text }]),
      );
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  const rows: { at: number; text: string }[] = [];
  for (let at = 0; at < code.length; at += 16) {
    const bytes = [...code.subarray(at, at + 16)];
    rows.push({ at, text: bytes.map((b) => b.toString(16).padStart(2, "0")).join(" ") });
  }
  return rows;
}

/** Machine code with the module offset of each site. */
function printCode(blob: Blob, target: TargetName): string {
  const sources = new Map<number, number>();
  for (let k = 0; k < blob.sites.length; k += SITE_WORDS) {
    sources.set(blob.sites[k]!, blob.sites[k + 1]!);
  }
  const lines = disassemble(blob, target).map(({ at, text }) => {
    const source = sources.get(at);
    const mark = source === undefined ? "" : `@0x${source.toString(16)}`;
    return `${at.toString(16).padStart(6)}  ${text.padEnd(50)}${mark}`.trimEnd();
  });
  return `${lines.join("\n")}\n; frame ${blob.frame} bytes, ${blob.bytes.length} bytes in all\n`;
}

/** A stage that was reached is shown even if a later one fails. */
function show(p: Pipeline, stage: Stage, index: number): string {
  const { registers, insts } = p.target;
  const opName = (op: number): string => insts.names[op] ?? `op${op}`;
  let text = "";
  const observe = (phase: Phase): void => {
    if (phase !== AFTER[stage]) return;
    if (stage === "ir" || stage === "opt") text = printFunc(p.func);
    else if (stage === "lir") text = printLir(p.lir, registers, opName);
    else if (stage === "alloc" && p.allocation !== undefined) {
      text = printLir(p.lir, registers, opName, p.allocation);
      text += `; ${printStats(stats(p.lir, p.allocation))}\n`;
    }
  };
  try {
    const blob = p.compile(index, observe);
    return stage === "asm" ? printCode(blob, p.target.name) : text;
  } catch (error) {
    if (text === "") throw error;
    return `${text}; then: ${describe(error)}\n`;
  }
}

function handler(o: Options): void {
  try {
    const input = readInput(o.file!);
    if (input.kind === "artifact") throw new Failure(`${o.file} is compiled already`);
    const features = featuresOf(o);
    const m = decodeModule(input.bytes, features);
    validateModule(m, features, { bodies: false });
    const target = targetOf(o);
    const p = new Pipeline(m, {
      target,
      features,
      bounds: o["bounds-checks"] ?? "guard",
      cpu: cpuBits(target, o["cpu-features"] ?? ""),
    });
    let shown = 0;
    m.bodies.forEach((_, k) => {
      const index = m.importedFuncs + k;
      const name = funcName(m, index);
      if (o.func !== undefined && o.func !== String(index) && o.func !== name) return;
      shown++;
      process.stdout.write(`; function ${index} ${name}\n${show(p, o.stage ?? "opt", index)}\n`);
    });
    if (shown === 0 && o.func !== undefined) {
      throw new UsageError(`there is no function ${o.func} with a body in ${o.file}`);
    }
  } catch (error) {
    process.exitCode = report(error, o.file);
  }
}

export const dump: CommandModule<object, Options> = {
  command: "dump <file>",
  describe: "show a function at a stage of the pipeline",
  builder,
  handler,
};
