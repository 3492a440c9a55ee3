// Runs the built command line as users do: `node dist/src/cli/main.js ...` as a child process. For
// tests.

import { spawnSync } from "node:child_process";
import { TARGETS } from "../src/abi.ts";
import type { TargetName } from "../src/abi.ts";
import { findLoader, hostTarget } from "../src/cli/loader.ts";
import { NODE } from "./node.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = "dist/src/cli/main.js";

/** Runs `ingot` with these words; never longer than `seconds`; `env` on top of our own. */
export function ingot(
  words: readonly string[],
  input = "",
  seconds = 240,
  env: Readonly<Record<string, string>> = {},
): Ran {
  return runProgram(NODE, [MAIN, ...words], input, seconds, env);
}

/** Runs the loader for this machine. */
export const loader = (words: readonly string[], input = ""): Ran =>
  runProgram(LOADER, words, input, 60);

/** The target of this machine, or else the first one. */
export const HOST: TargetName = hostTarget() ?? "amd64";

const { command, missing = "" } = findLoader(HOST);
export const LOADER = command?.at(-1) ?? `build/${HOST}/ingot-rt`;

/** True where native code can run. */
export const hasNative = missing === "";

/** A way of running modules, by the words that ask for it. */
export interface Way {
  readonly name: string;
  /** The machine whose code runs; none when it is interpreted. */
  readonly target?: TargetName;
  readonly words: readonly string[];
  /** Why it cannot be gone here, or "". */
  readonly missing: string;
}

/** All ways: this machine's code, that of others under an emulator, the interpreter. */
export const WAYS: readonly Way[] = [
  { name: "native", target: HOST, words: ["--engine", "native"], missing },
  ...(Object.keys(TARGETS) as TargetName[])
    .filter((target) => target !== HOST)
    .map((target) => ({
      name: `native ${target}`,
      target,
      words: ["--engine", "native", "--target", target],
      missing: findLoader(target).missing ?? "",
    })),
  { name: "interpreter", words: ["--engine", "interpreter"], missing: "" },
];

function runProgram(
  program: string,
  words: readonly string[],
  input: string,
  s: number,
  env: Readonly<Record<string, string>> = {},
): Ran {
  const run = spawnSync(program, words, {
    input,
    encoding: "utf8",
    timeout: s * 1000,
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
  });
  if (run.error !== undefined) throw run.error;
  return { code: run.status ?? -1, stdout: run.stdout, stderr: run.stderr };
}
