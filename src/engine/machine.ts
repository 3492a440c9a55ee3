// What `make runtime` makes for a target, and which target this process is. In: the platform. Out:
// a target's name, paths. Whether the files are there is the caller's to find out.

import { fileURLToPath } from "node:url";
import { TARGETS } from "../abi.ts";
import type { TargetName } from "../abi.ts";

/** The target that this machine runs, undefined where there is none. */
export function hostTarget(): TargetName | undefined {
  if (process.platform !== "linux") return undefined;
  const name = process.arch === "x64" ? "amd64" : process.arch;
  return name in TARGETS ? (name as TargetName) : undefined;
}

/** Path of what `make runtime` made for a target. */
export function runtimePath(target: TargetName, name: string): string {
  const root = import.meta.url.endsWith(".ts") ? "../.." : "../../.."; // compiled, below dist/
  return fileURLToPath(new URL(`${root}/build/${target}/${name}`, import.meta.url));
}
