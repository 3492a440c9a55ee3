// Dominators and loops of random functions against their definitions: a dominates b if b cannot be
// reached without a; a loop is what reaches its back edges without passing the header.

import { describe, expect, test } from "vitest";
import { Cfg } from "./cfg.ts";
import { edgesOf } from "./edges.ts";
import { Func } from "./func.ts";
import type { Block } from "./func.ts";
import { Generator } from "./generate.ts";
import { parseFunc } from "./parse.ts";

function successors(f: Func, b: Block): Block[] {
  const out: number[] = [];
  const n = edgesOf(f, b, out, 0);
  return out.slice(0, n).map((e) => f.pool[e]!);
}

/** Blocks reached from `from` without entering `without`. */
function reached(from: Block, without: Block, next: (b: Block) => readonly Block[]): Set<Block> {
  const seen = new Set<Block>();
  const stack = from === without ? [] : [from];
  while (stack.length > 0) {
    const b = stack.pop()!;
    if (seen.has(b)) continue;
    seen.add(b);
    for (const s of next(b)) if (s !== without) stack.push(s);
  }
  return seen;
}

function checkDominators(f: Func, cfg: Cfg, blocks: readonly Block[]): void {
  for (const a of blocks) {
    const without = reached(blocks[0]!, a, (b) => successors(f, b));
    for (const b of blocks) {
      const dominates = !without.has(b);
      if (cfg.dominates(a, b) !== dominates) throw new Error(`b${a} and b${b}`);
    }
  }
  for (const b of blocks.slice(1)) {
    expect(cfg.dominates(cfg.idom[b]!, b)).toBe(true);
    expect(cfg.domDepth[b]).toBe(blocks.filter((a) => a !== b && cfg.dominates(a, b)).length);
  }
}

function checkLoops(f: Func, cfg: Cfg, blocks: readonly Block[]): void {
  const preds = (b: Block): Block[] => blocks.filter((p) => successors(f, p).includes(b));
  const loops = new Map<Block, Set<Block>>();
  for (const h of blocks) {
    const back = preds(h).filter((p) => cfg.dominates(h, p));
    if (back.length === 0) continue;
    const body = new Set([h]);
    for (const p of back) for (const b of reached(p, h, preds)) body.add(b);
    loops.set(h, body);
  }
  for (const b of blocks) {
    const around = [...loops].filter(([, body]) => body.has(b));
    around.sort((x, y) => x[1].size - y[1].size);
    expect(cfg.loopDepth[b]).toBe(around.length);
    expect(cfg.loopHeader[b]).toBe(around[0]?.[0] ?? 0);
    if (loops.has(b)) expect(cfg.loopParent[b]).toBe(around[1]?.[0] ?? 0);
    for (const [h, body] of loops) expect(cfg.isInLoop(b, h)).toBe(body.has(b));
  }
}

test("random functions", () => {
  const f = new Func();
  const cfg = new Cfg();
  for (let seed = 1; seed <= 60; seed++) {
    new Generator(seed, { size: 150 }).run(f);
    cfg.compute(f);
    const blocks = [...f.layout.subarray(0, f.layoutCount)];
    checkDominators(f, cfg, blocks);
    checkLoops(f, cfg, blocks);
    for (const a of blocks) {
      const b = blocks[(a * 7) % blocks.length]!;
      const both = blocks.filter((d) => cfg.dominates(d, a) && cfg.dominates(d, b));
      expect(cfg.commonDominator(a, b)).toBe(both.at(-1));
    }
  }
});

describe("by hand", () => {
  test("nested loops, one sharing its way back", () => {
    const f = parseFunc(`func %0 (i32) -> () {
      b1(v1: i32): jump b2
      b2: br v1, b3, b6
      b3: br v1, b3, b4
      b4: br v1, b2, b5
      b5: jump b2
      b6: ret
    }`);
    const cfg = new Cfg();
    cfg.compute(f);
    const of = (column: Int32Array): number[] => [...column.subarray(1, 7)];
    expect(of(cfg.idom)).toEqual([0, 1, 2, 3, 4, 2]);
    expect(of(cfg.loopHeader)).toEqual([0, 2, 3, 2, 2, 0]);
    expect(of(cfg.loopDepth)).toEqual([0, 1, 2, 1, 1, 0]);
    expect([cfg.loopParent[2], cfg.loopParent[3]]).toEqual([0, 2]);
    const into = [...cfg.edges.from.subarray(cfg.edges.start[2]!, cfg.edges.start[3]!)];
    expect(into).toEqual([1, 4, 5]);
  });

  test("a block that nothing reaches", () => {
    const f = parseFunc("func %0 () -> () { b1: ret b2: jump b3 b3: ret }");
    const cfg = new Cfg();
    cfg.compute(f);
    expect([1, 2, 3].map((b) => cfg.isReachable(b))).toEqual([true, false, false]);
    expect(cfg.loopDepth[3]).toBe(0);
  });
});
