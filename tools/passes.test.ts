// Random functions in SSA form through every pass: each leaves what the verifier accepts, the text
// form gives back, and the runner finds to behave as before.

import { describe, expect, test } from "vitest";
import { Func } from "../src/ir/func.ts";
import { GeneratedWorld, Generator } from "../src/ir/generate.ts";
import { parseFunc } from "../src/ir/parse.ts";
import { printFunc } from "../src/ir/print.ts";
import { run } from "../src/ir/run.ts";
import { Verify } from "../src/ir/verify.ts";
import { Trap } from "../src/support/errors.ts";
import { PASSES, passesFor, runPass } from "./passes.ts";

const SEEDS = 150;

/** Results or trap, and a digest of all effects. */
function outcome(f: Func, seed: number, args: Int32Array): string {
  const world = new GeneratedWorld(seed);
  try {
    return `${run(f, args, world).join(" ")} | ${world.digest()}`;
  } catch (e) {
    if (!(e instanceof Trap)) throw e;
    return `${e.message} | ${world.digest()}`;
  }
}

describe("random functions", () => {
  const f = new Func();
  const verify = new Verify();

  test.each([20, 60, 150])("of size %i", (size) => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const vectors = seed % 2 === 0;
      const generator = new Generator(seed * 1000 + size, { size, vectors });
      generator.run(f);
      const args = generator.args(f);
      const before = outcome(f, seed, args);
      for (const name of passesFor(vectors)) {
        runPass(name, f);
        if (outcome(f, seed, args) !== before) throw new Error(`${name} broke seed ${seed}`);
        const text = printFunc(f);
        const back = parseFunc(text);
        if (printFunc(back) !== text) throw new Error(`text after ${name}, seed ${seed}`);
        verify.run(back, PASSES[name]!.after);
        if (outcome(back, seed, args) !== before) throw new Error(`parsed after ${name}: ${seed}`);
      }
    }
    expect(f.orderCount).toBeGreaterThan(0);
  });
});
