// Runs the built command line as users do: `node dist/src/cli/main.js ...` as a child process. For
// tests.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = "dist/src/cli/main.js";

/** Runs `ingot` with these words; never longer than `seconds`. */
export function ingot(words: readonly string[], input = "", seconds = 240): Ran {
  return runProgram(process.execPath, [MAIN, ...words], input, seconds);
}

/** Runs the loader for this machine. */
export const loader = (words: readonly string[], input = ""): Ran =>
  runProgram(LOADER, words, input, 60);

export const LOADER = "build/amd64/ingot-rt";

/** True where native code can run. */
export const hasNative = process.arch === "x64" && existsSync(LOADER);

/** The engines that can run here. */
export const engines: readonly string[] = hasNative ? ["native", "interpreter"] : ["interpreter"];

function runProgram(program: string, words: readonly string[], input: string, s: number): Ran {
  const run = spawnSync(program, words, {
    input,
    encoding: "utf8",
    timeout: s * 1000,
    maxBuffer: 1 << 28,
  });
  if (run.error !== undefined) throw run.error;
  return { code: run.status ?? -1, stdout: run.stdout, stderr: run.stderr };
}
