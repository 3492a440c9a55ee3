// ingot inspect: what is in an artifact (or a module): identity, sections, sizes, the largest
// functions.

import type { Argv, CommandModule } from "yargs";
import { MODEL } from "../abi.ts";
import { readArtifact } from "../object/artifact.ts";
import type { Artifact } from "../object/artifact.ts";
import { decodeModule } from "../wasm/decode.ts";
import type { Module } from "../wasm/module.ts";
import { moduleNames } from "../wasm/names.ts";
import { validateModule } from "../wasm/validate.ts";
import { featuresOf } from "./common.ts";
import { readInput } from "./files.ts";
import { report } from "./report.ts";

interface Options {
  readonly file?: string;
  readonly features?: string;
}

const LARGEST = 10;
const row = (name: string, value: string | number): string => `${name.padEnd(16)}${value}\n`;

function printArtifact(a: Artifact): string {
  const modes = [
    a.model & MODEL.explicitBounds ? "explicit bounds checks" : "guard pages",
    ...(a.model & MODEL.addressFacts ? ["folded address offsets"] : []),
  ];
  const code = a.funcs.reduce((n, f) => n + f.size, 0);
  const largest = [...a.funcs].sort((x, y) => y.size - x.size || x.index - y.index);
  return (
    row("artifact for", a.target) +
    row("cpu features", a.cpu.length === 0 ? "baseline" : a.cpu.join(", ")) +
    row("memory model", modes.join(", ")) +
    row("wasm sha256", a.wasmHash) +
    row("made by sha256", a.made) +
    row("content sha256", a.contentHash) +
    row("record", `${a.recordSize} bytes, ${a.distance} below memory 0`) +
    row("functions", `${a.funcs.length}, ${code} bytes of code`) +
    row("sites", a.sites.pc.length) +
    "\nsection            bytes\n" +
    a.sections.map((s) => `${s.name.padEnd(16)}${String(s.bytes.length).padStart(8)}\n`).join("") +
    "\nlargest functions\n" +
    largest
      .slice(0, LARGEST)
      .map((f) => {
        const name = a.names[f.index] ?? "";
        const frame = f.frame & ~1; // odd: the return address stays in a register
        return `${String(f.size).padStart(8)}  func ${f.index} ${name} (frame ${frame})\n`;
      })
      .join("")
  );
}

function printModule(m: Module): string {
  const names = moduleNames(m);
  const count = (what: string, all: number, imported: number): string =>
    row(what, imported === 0 ? all : `${all}, ${imported} of them imported`);
  const code = m.bodies.reduce((n, b) => n + b.end - b.start, 0);
  return (
    row("module", names.module ?? "(without a name)") +
    row("bytes", m.bytes.length) +
    row("types", m.types.length) +
    count("functions", m.funcs.length, m.importedFuncs) +
    row("code", `${code} bytes`) +
    count("tables", m.tables.length, m.importedTables) +
    count("memories", m.memories.length, m.importedMemories) +
    count("globals", m.globals.length, m.importedGlobals) +
    row("elements", m.elems.length) +
    row("data", `${m.datas.length} segments`) +
    "\nimports\n" +
    m.imports.map((i) => `  ${i.kind.padEnd(7)} ${i.module} ${i.name}\n`).join("") +
    "\nexports\n" +
    m.exports.map((e) => `  ${e.kind.padEnd(7)} ${e.name}\n`).join("") +
    (m.customs.length === 0 ? "" : "\ncustom sections\n") +
    m.customs.map((c) => `  ${c.name} (${c.bytes.length} bytes)\n`).join("")
  );
}

function handler(o: Options): void {
  try {
    const input = readInput(o.file!);
    if (input.kind === "artifact") {
      process.stdout.write(printArtifact(readArtifact(input.bytes)));
      return;
    }
    const features = featuresOf(o);
    const m = decodeModule(input.bytes, features);
    validateModule(m, features, { bodies: true });
    process.stdout.write(printModule(m));
  } catch (error) {
    process.exitCode = report(error, o.file);
  }
}

export const inspect: CommandModule<object, Options> = {
  command: "inspect <file>",
  describe: "show what an artifact or a module holds",
  builder: (y: Argv): Argv<Options> =>
    y
      .positional("file", { describe: ".cwasm, .wasm or .wat", type: "string", demandOption: true })
      .option("features", { type: "string", requiresArg: true }) as unknown as Argv<Options>,
  handler,
};
