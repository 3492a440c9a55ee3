// Artifacts for arm64 whose branches, loads of constants and calls reach as little as can be: every
// far form that only functions of a megabyte and modules of 128 MiB need, in small modules. For
// tests and the differential test.

import { nearsighted } from "../backend/arm64/target.ts";
import { Pipeline } from "../src/engine/pipeline.ts";
import type { Bounds } from "../src/translate/env.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Module } from "../src/wasm/module.ts";
import { moduleNames } from "../src/wasm/names.ts";
import { assemble } from "./handmade.ts";

/** Compiles a module for a nearsighted arm64. */
export function compileNearsighted(m: Module, bounds: Bounds): Uint8Array {
  const options = { target: "arm64", features: defaultFeatures, bounds } as const;
  const p = new Pipeline(m, options, nearsighted(1));
  const blobs = m.bodies.map((_, k) => p.compile(m.importedFuncs + k));
  // An island of veneers must be in reach of its whole group.
  const largest = blobs.reduce((n, { bytes }) => Math.max(n, bytes.length), 1024);
  const machine = { target: "arm64", link: nearsighted(2 * largest + 2048) } as const;
  const names = moduleNames(m);
  return assemble(machine, m, () => blobs, {
    explicitBounds: bounds === "explicit",
    name: (f) => names.funcs.get(f) ?? "",
  });
}
