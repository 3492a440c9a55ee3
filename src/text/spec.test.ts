// The text reader against the suite of the specification: every script splits into commands, every
// module that should be valid is so to the engine of this process and to the decoder under its own
// standard, and every malformed text is refused in the suite's words. Needs SPEC_DIR, the folder
// with 1.0/ and 2.0/.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Malformed, WasmError } from "../support/errors.ts";
import { decodeModule } from "../wasm/decode.ts";
import { standard, type Features } from "../wasm/features.ts";
import { parseScript, type Command, type ScriptModule } from "./wast.ts";
import { sameReason } from "./reason.ts";

const root = process.env["SPEC_DIR"] ?? "";
const missing = "SPEC_DIR is unset: it names the folder with 1.0/, 2.0/, ... of the spec suite";

interface Entry {
  readonly file: string;
  readonly command: Command;
}

/** All commands of all scripts under a folder. */
function commandsOf(folder: string): Entry[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".wast"))
    .sort()
    .flatMap((name) => {
      const file = join(root, folder, name);
      const { commands } = parseScript(readFileSync(file, "utf8"));
      return commands.map((command) => ({ file, command }));
    });
}

const at = ({ file, command }: Entry): string => `${file}:${command.line}:${command.column}`;

/** The module that a command expects to be valid. */
function validModule(command: Command): ScriptModule | undefined {
  switch (command.kind) {
    case "module":
    case "definition":
    case "assert_unlinkable":
    case "assert_uninstantiable":
      return command.module;
    default:
      return undefined;
  }
}

/** What is wrong with the command's module, or "". */
function problemOf(command: Command, features: Features): string {
  const module = validModule(command);
  try {
    if (module !== undefined) {
      const bytes = module.encode();
      if (!WebAssembly.validate(bytes)) return "not valid to V8";
      decodeModule(bytes, features);
    }
    // An invalid module is a module all the same.
    if (command.kind === "assert_invalid") command.module.encode();
  } catch (e) {
    return String(e);
  }
  return command.kind === "assert_malformed"
    ? malformedProblem(command.module, command.message)
    : "";
}

function malformedProblem(module: ScriptModule, message: string): string {
  if (module.form === "binary") return "";
  try {
    module.encode();
  } catch (e) {
    if (!(e instanceof Malformed)) return String(e);
    return sameReason(message, e.reason) ? "" : `${e.reason}, not ${message}`;
  }
  return `accepted, should be refused: ${message}`;
}

if (root === "") console.log(`skipped: ${missing}`);

describe("the suite's scripts", () => {
  for (const folder of ["1.0", "2.0"] as const) {
    it(`${folder}: modules are encoded or refused as they should be`, ({ skip }) => {
      skip(root === "", missing);
      const entries = commandsOf(folder);
      expect(entries.length).toBeGreaterThan(10_000);
      const problems = entries
        .map((e) => ({ e, problem: problemOf(e.command, standard(folder)) }))
        .filter(({ problem }) => problem !== "");
      expect(problems.map(({ e, problem }) => `${at(e)}: ${problem}`)).toEqual([]);
    });
  }

  for (const folder of ["3.0", "legacy-exceptions", "proposals"]) {
    it(`${folder}: scripts split, modules are encoded or refused with a reason`, ({ skip }) => {
      skip(root === "", missing);
      for (const { command } of commandsOf(folder)) {
        const module = "module" in command ? command.module : undefined;
        if (module === undefined || typeof module === "string") continue;
        try {
          module.encode();
        } catch (e) {
          expect(e).toBeInstanceOf(WasmError);
        }
      }
    });
  }
});
