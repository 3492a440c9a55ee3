// Random modules are valid, and equal seeds make equal modules.

import { expect, it } from "vitest";
import { ModuleGenerator } from "./wasmgen.ts";

it("makes valid modules", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const bytes = new ModuleGenerator(seed).generate();
    expect(WebAssembly.validate(bytes), `seed ${seed}`).toBe(true);
  }
});

it("is deterministic", () => {
  expect(new ModuleGenerator(7).generate()).toEqual(new ModuleGenerator(7).generate());
});
