// An artifact is a pure function of module and options, whatever machine it is for: compiling in
// shuffled order, or after other modules on the same workspace, or with any number of workers,
// gives the same bytes. What could make them depend on the machine that compiles (clocks, dice,
// locales, byte order) is what the house check forbids.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { targets } from "../backend/targets.ts";
import type { TargetName } from "../src/abi.ts";
import { compileModule } from "../src/engine/compile.ts";
import { readArtifact } from "../src/object/artifact.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { validateModule } from "../src/wasm/validate.ts";
import { ingot } from "./ingot.ts";
import { Random } from "./random.ts";

const pathOf = (name: string): string => `testdata/programs/${name}.wasm`;

function load(name: string) {
  const m = decodeModule(readFileSync(pathOf(name)), defaultFeatures);
  validateModule(m, defaultFeatures, { bodies: false });
  return m;
}

describe.each(Object.keys(targets) as TargetName[])("for %s", (target) => {
  it.each(["vm", "regex", "nbody"])("compiles %s alike in any order", (name) => {
    const m = load(name);
    const options = { target, features: defaultFeatures, bounds: "guard" } as const;
    const first = compileModule(m, options).artifact;
    expect(readArtifact(first).target).toBe(target);
    const r = new Random(11);
    for (let round = 0; round < 3; round++) {
      const order = m.bodies.map((_, k) => k);
      for (let k = order.length - 1; k > 0; k--) {
        const j = r.below(k + 1);
        [order[k], order[j]] = [order[j]!, order[k]!];
      }
      const again = compileModule(m, { ...options, order }).artifact;
      expect(Buffer.from(again).equals(Buffer.from(first))).toBe(true);
    }
  });

  it("writes equal artifacts with 1, 2 and 7 workers", () => {
    const options = { target, features: defaultFeatures, bounds: "guard" } as const;
    const expected = Buffer.from(compileModule(load("json"), options).artifact);
    const directory = mkdtempSync(join(tmpdir(), "ingot-test-"));
    try {
      for (const workers of ["1", "2", "7"]) {
        const out = join(directory, `${workers}.cwasm`);
        const words = ["compile", pathOf("json"), "-o", out, "--target", target];
        expect(ingot([...words, "--workers", workers]).code).toBe(0);
        expect(readFileSync(out).equals(expected)).toBe(true);
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
