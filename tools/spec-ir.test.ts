// The SIMD scripts of the spec suite on the IR, at its first and at its last stage: every operator
// from the text to placed SSA form, and what must be refused. Needs SPEC_DIR, the folder with 2.0/.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ScriptRunner } from "../src/cli/script.ts";
import { decodeText } from "../src/text/string.ts";
import { parseScript } from "../src/text/wast.ts";
import { standard } from "../src/wasm/features.ts";
import { IrEngine } from "./irengine.ts";

const folder = join(process.env["SPEC_DIR"] ?? "", "2.0/simd");
const isThere = existsSync(folder);
const scripts = isThere ? readdirSync(folder).filter((name) => name.endsWith(".wast")) : [];

describe("the SIMD scripts on the IR", () => {
  it("are there, or it is said where they are missing", () => {
    if (!isThere) console.log("skipped: SPEC_DIR names no folder with 2.0/simd");
    else expect(scripts.length).toBeGreaterThan(50);
  });

  for (const stage of ["built", "placed"] as const) {
    const engine = new IrEngine(stage === "built" ? "explicit" : "guard", stage);
    it.each(scripts)(`${stage}: %s`, async (name) => {
      const text = decodeText(new Uint8Array(readFileSync(join(folder, name))));
      const runner = new ScriptRunner(engine, standard("2.0"));
      const { passed, failures } = await runner.run(parseScript(text));
      expect(failures).toEqual([]);
      if (name !== "simd_linking.wast") expect(passed).toBeGreaterThan(0);
    });
  }
});
