// The machine that this process runs on, by the name of its target, and where what `make runtime`
// makes for a target lies. Whether it is there is the caller's to find out.

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
