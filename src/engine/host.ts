// The machine that this process runs on, by the name of its target.

import { TARGETS } from "../abi.ts";
import type { TargetName } from "../abi.ts";

/** The target that this machine runs, undefined where there is none. */
export function hostTarget(): TargetName | undefined {
  if (process.platform !== "linux") return undefined;
  const name = process.arch === "x64" ? "amd64" : process.arch;
  return name in TARGETS ? (name as TargetName) : undefined;
}
