// SSA construction against the verifier: real programs and random modules are built, tidied and
// placed, and every stage has to satisfy the invariants of ir/verify.ts.

import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ModuleGenerator } from "../../tools/wasmgen.ts";
import { Cfg } from "../ir/cfg.ts";
import { Func } from "../ir/func.ts";
import { verify } from "../ir/verify.ts";
import { Place } from "../opt/place.ts";
import { Tidy } from "../opt/tidy.ts";
import { decodeModule } from "../wasm/decode.ts";
import { defaultFeatures } from "../wasm/features.ts";
import { BodyWalker, validateModule } from "../wasm/validate.ts";
import { Builder } from "./build.ts";
import { newEnv } from "./env.ts";
import type { Bounds } from "./env.ts";

const PROGRAMS = "testdata/programs";

/** Takes every function of a module through the middle; answers how many there were. */
function buildAll(bytes: Uint8Array, bounds: Bounds): number {
  const m = decodeModule(bytes, defaultFeatures);
  validateModule(m, defaultFeatures, { bodies: false });
  const f = new Func();
  const builder = new Builder(newEnv(m, bounds), f);
  const walker = new BodyWalker(m, defaultFeatures);
  const cfg = new Cfg();
  const tidy = new Tidy();
  const place = new Place();
  m.bodies.forEach((_, k) => {
    walker.walk(m.importedFuncs + k, builder);
    verify(f, "built");
    tidy.run(f);
    verify(f, "tidied");
    cfg.compute(f);
    place.run(f, cfg);
    verify(f, "placed");
  });
  return m.bodies.length;
}

describe.each(["guard", "explicit"] as const)("%s bounds", (bounds) => {
  it.each(readdirSync(PROGRAMS).filter((n) => n.endsWith(".wasm")))("builds %s", (name) => {
    expect(buildAll(readFileSync(`${PROGRAMS}/${name}`), bounds)).toBeGreaterThan(10);
  });

  it("builds random modules", () => {
    for (let seed = 0; seed < 100; seed++) {
      expect(buildAll(new ModuleGenerator(seed).generate(), bounds)).toBeGreaterThan(0);
    }
  });
});
