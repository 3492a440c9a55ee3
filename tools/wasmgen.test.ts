// Random modules are valid, and equal seeds make equal modules.

import { expect, it } from "vitest";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { OPS } from "../src/wasm/ops.ts";
import type { Sink } from "../src/wasm/sink.ts";
import { BodyWalker } from "../src/wasm/validate.ts";
import { nullSink } from "../src/wasm/walk.ts";
import { ModuleGenerator } from "./wasmgen.ts";

it("makes valid modules", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const bytes = new ModuleGenerator(seed).generate();
    expect(WebAssembly.validate(bytes), `seed ${seed}`).toBe(true);
  }
});

it("makes valid modules of vectors, with every operator", () => {
  const seen = new Set<number>();
  const sink: Sink = { ...nullSink, op: (op) => seen.add(op) };
  for (let seed = 1; seed <= 300; seed++) {
    const bytes = new ModuleGenerator(seed, { vectors: true }).generate();
    expect(WebAssembly.validate(bytes), `seed ${seed}`).toBe(true);
    const m = decodeModule(bytes, defaultFeatures);
    const walker = new BodyWalker(m, defaultFeatures);
    m.bodies.forEach((_, k) => walker.walk(m.importedFuncs + k, sink));
  }
  const missing = OPS.filter((row, op) => row.feature === "simd" && !seen.has(op));
  expect(missing.map((row) => row.name)).toEqual([]);
});

it("is deterministic", () => {
  expect(new ModuleGenerator(7).generate()).toEqual(new ModuleGenerator(7).generate());
});
