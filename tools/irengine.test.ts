// Random modules on the IR at every stage against V8: translation, folding, tidying and placing,
// checked without machine code.

import { describe, expect, it } from "vitest";
import { decodeModule } from "../src/wasm/decode.ts";
import { validateModule } from "../src/wasm/validate.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { IrEngine } from "./irengine.ts";
import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import { difference, runStore, runV8 } from "./traces.ts";
import { ModuleGenerator } from "./wasmgen.ts";

describe.each(["guard", "explicit"] as const)("%s bounds", (bounds) => {
  it.each(["built", "tidied", "placed"] as const)("agrees with V8 when %s", async (stage) => {
    const engine = new IrEngine(bounds, stage);
    let compared = 0;
    const count = Number(process.env["IR_SEEDS"] ?? 120);
    for (let seed = 1; seed <= count; seed++) {
      const vectors = seed % 4 >= 2;
      const generated = new ModuleGenerator(seed, { vectors }).generate();
      const bytes = seed % 2 === 0 ? generated : mutate(generated, new Random(seed));
      const m = decodeModule(bytes, defaultFeatures);
      validateModule(m, defaultFeatures, { bodies: true });
      const actual = await runStore(engine, m, seed);
      if (actual === undefined) continue;
      const expected = runV8(bytes, m, seed);
      if (expected === undefined) continue;
      compared++;
      expect(difference(expected, actual), `seed ${seed}`).toBeUndefined();
    }
    expect(compared).toBeGreaterThan(count / 2);
  });
});
