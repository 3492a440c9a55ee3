// Where the loader is and how it is started here: directly for this machine's code, under qemu's
// user mode for another machine's. In: a target. Out: a command line, or a sentence saying what is
// missing.

import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { TargetName } from "../abi.ts";
import { hostTarget, runtimePath } from "../engine/host.ts";
import { readBytes } from "./files.ts";
import { UsageError } from "./report.ts";

export { hostTarget } from "../engine/host.ts";

const EMULATORS: Readonly<Record<TargetName, string>> = {
  amd64: "qemu-x86_64",
  arm64: "qemu-aarch64",
};

/** Path of the loader for a target; INGOT_RT names another one. */
function loaderPath(target: TargetName): string {
  const named = process.env["INGOT_RT"];
  return named !== undefined && named !== "" ? named : runtimePath(target, "ingot-rt");
}

const makeVerb = (target: TargetName): string =>
  target === hostTarget() ? "make runtime" : `make runtime TARGET=${target}`;

/** The loader, or the runtime as an object, of a target, to put a program into. */
export function readRuntime(target: TargetName, name: "ingot-rt" | "ingot-rt.o"): Uint8Array {
  const path = name === "ingot-rt" ? loaderPath(target) : runtimePath(target, name);
  if (existsSync(path)) return readBytes(path);
  throw new UsageError(
    `the runtime for ${target} is missing (${path}): ${makeVerb(target)} makes it`,
  );
}

function isOnPath(program: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return folder !== "";
    } catch {
      return false;
    }
  });
}

/** The command that runs the loader of a target here, or why there is none. */
export type Loader =
  | { readonly command: readonly string[]; readonly missing?: never }
  | { readonly command?: never; readonly missing: string };

export function findLoader(target: TargetName): Loader {
  const path = loaderPath(target);
  const isOurs = target === hostTarget();
  const emulator = EMULATORS[target];
  if (!isOurs && process.platform !== "linux") {
    return { missing: `code for ${target} does not run on ${process.platform}` };
  }
  if (!isOurs && !isOnPath(emulator)) {
    return {
      missing: `code for ${target} needs ${emulator} to run here, which is not on the PATH`,
    };
  }
  if (existsSync(path)) return { command: isOurs ? [path] : [emulator, path] };
  return { missing: `the loader for ${target} is missing (${path}): run ${makeVerb(target)}` };
}

export const canRun = (target: TargetName): boolean => findLoader(target).command !== undefined;

/** The command that runs the loader of a target here; throws what is missing. */
export function requireLoader(target: TargetName): readonly string[] {
  const { command, missing } = findLoader(target);
  if (command !== undefined) return command;
  throw new UsageError(`${missing} (or use --engine interpreter)`);
}
