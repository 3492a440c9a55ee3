// The spec suite on the interpreter: every script of standard 1.0 and of 2.0, vectors included, in
// the folders that SPEC_DIR names. Each script is a test; what fails is listed by line.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ScriptRunner } from "../src/cli/script.ts";
import { InterpreterStore } from "../src/engine/interpreter.ts";
import { decodeText } from "../src/text/string.ts";
import { parseScript } from "../src/text/wast.ts";
import { standard } from "../src/wasm/features.ts";

const root = process.env["SPEC_DIR"] ?? "";

function scripts(version: string): string[] {
  const folder = join(root, version);
  if (root === "" || !existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".wast")).sort();
}

describe("the spec suite on the interpreter", () => {
  it("is there, or says where it is missing", () => {
    if (root === "") {
      console.log("spec suite skipped: SPEC_DIR is unset (the folder with 1.0/ and 2.0/)");
      return;
    }
    expect(scripts("1.0").length).toBeGreaterThan(60);
    expect(scripts("2.0").length).toBeGreaterThan(140);
  });

  for (const version of ["1.0", "2.0"] as const) {
    const features = standard(version);
    const store = new InterpreterStore(features);
    afterAll(() => store.close());
    for (const name of scripts(version)) {
      it(`${version}/${name}`, async () => {
        const text = decodeText(new Uint8Array(readFileSync(join(root, version, name))));
        const { failures } = await new ScriptRunner(store, features).run(parseScript(text));
        expect(failures).toEqual([]);
      });
    }
  }
});
