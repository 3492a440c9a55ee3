// Random functions built anew through opt/values.ts, with and without address facts: valid, no
// larger, and of the same behaviour.

import { describe, expect, test } from "vitest";
import { Trap } from "../support/errors.ts";
import { Func } from "../ir/func.ts";
import { GeneratedWorld, Generator } from "../ir/generate.ts";
import type { GenerateOptions } from "../ir/generate.ts";
import { printFunc } from "../ir/print.ts";
import { run } from "../ir/run.ts";
import { Verify } from "../ir/verify.ts";
import { Rebuild } from "./rebuild.ts";

const COUNT = 400;

function outcome(f: Func, seed: number, args: Int32Array): string {
  const world = new GeneratedWorld(seed);
  try {
    return `${run(f, args, world).join(" ")} | ${world.digest()}`;
  } catch (e) {
    if (!(e instanceof Trap)) throw e;
    return `${e.reason} | ${world.digest()}`;
  }
}

describe("random functions built anew", () => {
  const f = new Func();
  const verify = new Verify();

  test.each<[string, GenerateOptions, boolean]>([
    ["with facts", {}, true],
    ["without facts", {}, false],
    ["integers and memory", { floats: false, calls: false }, true],
    ["vectors", { vectors: true }, true],
  ])("%s", (_, options, facts) => {
    for (let seed = 1; seed <= COUNT; seed++) {
      const generator = new Generator(seed, { ...options, size: 20 + (seed % 7) * 20 });
      generator.run(f);
      const args = generator.args(f);
      const before = outcome(f, seed, args);
      const g = new Func();
      new Rebuild(f, g, facts).run();
      verify.run(g, "built");
      const after = outcome(g, seed, args);
      if (after === before) continue;
      throw new Error(`seed ${seed}: ${before} became ${after}\n${printFunc(f)}\n${printFunc(g)}`);
    }
    expect(f.count).toBeGreaterThan(1);
  });
});
