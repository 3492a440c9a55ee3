// The scripts of the suite played through the JavaScript interface on every engine: linking,
// traps, identity of functions, tables and memories that modules share. Needs SPEC_DIR, the folder
// with 2.0/.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ENGINES, newBench } from "../../tools/engines.ts";
import { Player } from "../../tools/replay.ts";

const root = process.env["SPEC_DIR"] ?? "";
const missing = "SPEC_DIR is unset: it names the folder with 2.0/ of the spec suite";

/** Assertions that must have been played, at least. */
const LEAST = 48_000;

if (root === "") console.log(`skipped: ${missing}`);

describe.each(ENGINES)("the suite's scripts on $name", ({ newProvider }) => {
  it("results are as asserted", { timeout: 300_000 }, ({ skip }) => {
    skip(root === "", missing);
    const { wasm } = newBench(newProvider());
    const folder = join(root, "2.0");
    let played = 0;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
      if (!name.endsWith(".wast")) continue;
      const player = new Player(wasm as unknown as typeof WebAssembly);
      player.playAll(readFileSync(join(folder, name), "utf8"));
      expect(player.problems, name).toEqual([]);
      played += player.played;
    }
    expect(played).toBeGreaterThan(LEAST);
  });
});
