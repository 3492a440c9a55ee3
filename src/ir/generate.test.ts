// The generator against everything that reads a function: what it makes passes the verifier, is
// printed and parsed to the same text, ends, and does the same after the trip. Together the
// functions must cover every opcode, and most must run to their end.

import { describe, expect, test } from "vitest";
import { Trap } from "../support/errors.ts";
import { Func } from "./func.ts";
import { GeneratedWorld, Generator } from "./generate.ts";
import type { GenerateOptions } from "./generate.ts";
import { IR, OP_NAMES, SHAPE_NAMES } from "./ops.ts";
import { parseFunc } from "./parse.ts";
import { printFunc } from "./print.ts";
import { run } from "./run.ts";
import { SHAPES_OF, isVector } from "./shapes.ts";
import { I32, I64 } from "./types.ts";
import { Verify } from "./verify.ts";

const COUNT = 300;

function outcome(f: Func, seed: number, args: Int32Array): { text: string; trapped: boolean } {
  const world = new GeneratedWorld(seed);
  let text = "";
  let trapped = false;
  try {
    text = run(f, args, world).join(" ");
  } catch (e) {
    if (!(e instanceof Trap)) throw e;
    text = e.reason;
    trapped = true;
  }
  return { text: `${text} | ${world.digest()}`, trapped };
}

describe("random functions", () => {
  const f = new Func();
  const check = new Verify();

  test("are valid, survive the text form and behave the same after it", () => {
    const seen = new Set<number>();
    const shapes = new Set<string>();
    let trapped = 0;
    for (let seed = 1; seed <= COUNT; seed++) {
      const vectors = seed % 2 === 0;
      const generator = new Generator(seed, { size: 20 + (seed % 7) * 20, vectors });
      generator.run(f);
      check.run(f, "built");
      for (let i = 1; i < f.count; i++) {
        seen.add(f.op[i]!);
        if (isVector(f.op[i]!)) shapes.add(`${OP_NAMES[f.op[i]!]}.${SHAPE_NAMES[f.aux[i]!]}`);
      }
      const text = printFunc(f);
      const back = parseFunc(text);
      expect(printFunc(back)).toBe(text);
      check.run(back, "built");
      const args = generator.args(f);
      const first = outcome(f, seed, args);
      expect(outcome(back, seed, args)).toEqual(first);
      if (first.trapped) trapped++;
    }
    const missing = OP_NAMES.filter((_, op) => op !== IR.none && !seen.has(op));
    expect(missing).toEqual([]);
    const forms = SHAPES_OF.flatMap((list, op) =>
      list.map((s) => `${OP_NAMES[op]}.${SHAPE_NAMES[s]}`),
    );
    expect(forms.filter((name) => !shapes.has(name))).toEqual([]);
    expect(trapped).toBeLessThan(COUNT / 2);
  });

  test("are the same for the same seed", () => {
    const text = (seed: number): string => {
      new Generator(seed).run(f);
      return printFunc(f);
    };
    expect(text(5)).toBe(text(5));
    expect(text(5)).not.toBe(text(6));
  });

  test.each<[string, GenerateOptions, RegExp]>([
    ["calls", { calls: false }, /call/],
    ["memory", { memory: false, calls: false }, /load|store/],
    ["floats", { floats: false }, /\bf(?:32|64)\b/],
    ["vectors", {}, /: v128 = |vec /],
  ])("do without %s", (_, options, what) => {
    for (let seed = 1; seed < 30; seed++) {
      new Generator(seed, options).run(f);
      check.run(f, "built");
      expect(printFunc(f)).not.toMatch(what);
      const types = [...f.signature.params, ...f.signature.results];
      if (options.floats === false) expect(types.every((t) => t === I32 || t === I64)).toBe(true);
    }
  });
});
