// The table of `ingot compile --time`: what each phase took, per operator, and the throughput.

import type { Compiled } from "../engine/compile.ts";
import type { Module } from "../wasm/module.ts";
import { Scanner } from "../wasm/scan.ts";

/** Operators of all bodies. */
function countOperators(m: Module): number {
  const scanner = new Scanner();
  let total = 0;
  m.bodies.forEach((_, k) => {
    scanner.scan(m, m.importedFuncs + k);
    total += scanner.ops;
  });
  return total;
}

/** The table; `decodeMs` is what decoding and module-level validation took. */
export function phaseTable(m: Module, compiled: Compiled, decodeMs: number): string {
  const operators = countOperators(m);
  const bytes = m.bodies.reduce((n, b) => n + b.end - b.start, 0);
  const phases: [string, number][] = [
    ["decode", decodeMs],
    ...Object.entries(compiled.times),
    ["link", compiled.linkMs],
  ];
  const line = (name: string, ms: number): string => {
    const ns = operators === 0 ? 0 : (ms * 1e6) / operators;
    return `${name.padEnd(10)}${ms.toFixed(1).padStart(10)}${ns.toFixed(1).padStart(14)}\n`;
  };
  const total = phases.reduce((sum, [, ms]) => sum + ms, 0);
  const rate = total === 0 ? 0 : bytes / total / 1000;
  return (
    `${m.bodies.length} functions, ${bytes} bytes of code, ${operators} operators\n` +
    `${"phase".padEnd(10)}${"ms".padStart(10)}${"ns/operator".padStart(14)}\n` +
    phases.map(([name, ms]) => line(name, ms)).join("") +
    line("total", total) +
    `${rate.toFixed(2)} MB of code per second and thread; ` +
    `artifact of ${compiled.artifact.length} bytes\n`
  );
}
