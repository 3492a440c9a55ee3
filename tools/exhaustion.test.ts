// Compiled functions that call themselves until the stack is exhausted, with frames of many sizes:
// values kept over the call, arguments on the stack, library calls in between, frames that are
// larger than the guard. Wherever the end strikes, each frame of the trace must be found.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TRAP } from "../src/abi.ts";
import { compileModule } from "../src/engine/compile.ts";
import { parseWat } from "../src/text/wat.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import type { Value } from "../src/engine/store.ts";
import { I64 } from "../src/wasm/types.ts";
import { everywhere, trap } from "./runtime-kit.ts";
import { Session } from "./session.ts";

/** A function of `params` parameters that keeps `kept` loaded values over its call of itself. */
function recursive(name: string, params: number, kept: number, extra: string): string {
  const list = Array.from({ length: params }, (_, k) => k);
  const values = Array.from({ length: kept }, (_, k) => k);
  const load = (k: number): string => `(local.set $v${k} (i64.load offset=${8 * k} (i32.const 0)))`;
  const use = (k: number): string =>
    `(local.set $sum (i64.xor (local.get $v${k}) (local.get $sum)))`;
  return `(func $${name} (export "${name}") (param ${"i64 ".repeat(params)}) (result i64)
    (local $sum i64) ${values.map((k) => `(local $v${k} i64)`).join(" ")}
    ${values.map(load).join(" ")} ${extra}
    (local.set $sum (call $${name} ${list.map((k) => `(local.get ${k})`).join(" ")}))
    ${values.map(use).join(" ")}
    (local.get $sum))`;
}

const params = [0, 1, 7, 8, 9, 10, 13, 20];
const kept = [0, 1, 4, 5, 8, 9, 10, 11, 17, 30, 300, 20_000];
const library = "(drop (memory.grow (i32.const 0)))";
const shapes = [
  ...kept.map((n) => ({ name: `keeps ${n}`, params: 1, kept: n, extra: "" })),
  ...params.map((n) => ({ name: `takes ${n}`, params: n, kept: 2, extra: "" })),
  ...kept.slice(0, 10).map((n) => ({ name: `grows ${n}`, params: 9, kept: n, extra: library })),
];

const text = (s: (typeof shapes)[number]): string =>
  recursive(s.name.replace(" ", "_"), s.params, s.kept, s.extra);
const WAT = `(module (memory 4 4) ${shapes.map(text).join("\n")})`;

everywhere(({ machine, command }) => {
  let session: Session;
  let exports: Awaited<ReturnType<Session["link"]>>;
  beforeAll(async () => {
    session = new Session(command);
    const m = decodeModule(parseWat(WAT), defaultFeatures);
    const options = { target: machine.target, features: defaultFeatures, bounds: "guard" } as const;
    exports = await session.link(compileModule(m, options).artifact, []);
  });
  afterAll(() => session.end());

  describe("a function that never ends", () => {
    it.each(shapes.map((s, index) => ({ ...s, index })))("$name", async (s) => {
      const args: Value[] = Array.from({ length: s.params }, () => ({ type: I64, lo: 1, hi: 0 }));
      const { code, frames } = await trap(
        session.invoke(exports.get(s.name.replace(" ", "_"))!.id, args),
      );
      expect(code).toBe(TRAP.stack);
      // A stack of a megabyte has room for 64 of all frames but the largest.
      expect(frames.length).toBe(s.kept < 2000 ? 64 : frames.length);
      expect(frames.length).toBeGreaterThan(5);
      expect(new Set(frames.map((f) => f.func))).toEqual(new Set([s.index]));
    });
  });
});
