// What the machine that runs the tools can do.

import { readFileSync } from "node:fs";
import { CPU } from "../src/abi.ts";

/** Names that Linux has for features where they are not ours. */
const LINUX: Readonly<Record<string, string>> = { lzcnt: "abm" };

function cpuFlags(): readonly string[] {
  if (process.arch !== "x64" || process.platform !== "linux") return [];
  const line = /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"));
  return (line?.[1] ?? "").split(" ");
}

/** Names of the CPU features (abi.ts) of an amd64 machine; none on other machines. */
export function hostFeatures(): readonly string[] {
  const flags = cpuFlags();
  return Object.keys(CPU.amd64).filter((name) => flags.includes(LINUX[name] ?? name));
}

/** The same as bits. */
export const hostCpu = (): number =>
  hostFeatures().reduce((bits, name) => bits | CPU.amd64[name as keyof typeof CPU.amd64], 0);
