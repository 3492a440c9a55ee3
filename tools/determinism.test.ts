// A function's code is a pure function of module and options: compiling in shuffled order, or after
// other modules on the same workspace, gives the same bytes.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compileModule } from "../src/engine/compile.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { validateModule } from "../src/wasm/validate.ts";
import { Random } from "./random.ts";

it.each(["vm", "regex", "nbody"])("compiles %s alike in any order", (name) => {
  const m = decodeModule(readFileSync(`testdata/programs/${name}.wasm`), defaultFeatures);
  validateModule(m, defaultFeatures, { bodies: false });
  const options = { target: "amd64", features: defaultFeatures, bounds: "guard" } as const;
  const first = compileModule(m, options).artifact;
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
