// Sizes that real input does not have: tidy and place must stay linear in them. And trivial
// parameters along nested loops, which one pass in the wrong direction would not find. And columns
// that are full just when place makes a copy.

import { describe, expect, test } from "vitest";
import { Cfg } from "../ir/cfg.ts";
import { Func } from "../ir/func.ts";
import type { Block, Value } from "../ir/func.ts";
import { IR } from "../ir/ops.ts";
import { I32, NONE } from "../ir/types.ts";
import { Verify } from "../ir/verify.ts";
import { Place } from "./place.ts";
import { Tidy } from "./tidy.ts";

class Builder {
  readonly f = new Func();
  private block: Block = 0;

  constructor() {
    this.f.reset(0, { params: [I32, I32], results: [I32] });
  }
  begin(b: Block, params: number): Value {
    const { f } = this;
    f.begin(b);
    this.block = b;
    f.paramCount[b] = params;
    f.firstParam[b] = params === 0 ? 0 : f.count;
    for (let k = 0; k < params; k++) f.inst(IR.param, I32, k, 0, 0, b);
    return f.firstParam[b]!;
  }
  inst(op: number, ty: number, a: number, b = 0, c = 0): Value {
    return this.f.inst(op, ty, a, b, c, this.block);
  }
  end(op: number, a: number, b = 0, c = 0): void {
    this.f.term[this.block] = this.inst(op, NONE, a, b, c);
  }
  edge(target: Block, ...args: Value[]): number {
    const e = this.f.words(2 + args.length);
    this.f.pool.set([target, args.length, ...args], e);
    return e;
  }
  ret(v: Value): void {
    const list = this.f.words(2);
    this.f.pool.set([1, v], list);
    this.end(IR.ret, list);
  }
}

/** `n` diamonds in a row; each join has a parameter that matters, one that is dead, one trivial. */
function diamonds(n: number): Func {
  const m = new Builder();
  const { f } = m;
  const x = m.begin(f.newBlock(), 2);
  let sum = x;
  let dead = x;
  let same = x + 1;
  const first = m.inst(IR.mul, I32, x, x);
  for (let k = 0; k < n; k++) {
    const [then, join] = [f.newBlock(), f.newBlock()];
    m.end(IR.br, sum, m.edge(then), m.edge(join, sum, dead, same));
    m.begin(then, 0);
    const next = m.inst(IR.xor, I32, sum, k % 100 === 0 ? first : same);
    m.end(IR.jump, m.edge(join, next, next, same));
    sum = m.begin(join, 3);
    dead = sum + 1;
    same = sum + 2;
  }
  m.ret(m.inst(IR.add, I32, sum, first));
  return f;
}

/** `n` loops in each other, all of which carry one local unchanged. */
function nest(n: number): Func {
  const m = new Builder();
  const { f } = m;
  const x = m.begin(f.newBlock(), 2);
  let carried = x;
  const headers: Block[] = [];
  for (let k = 0; k < n; k++) {
    const header = f.newBlock();
    headers.push(header);
    m.end(IR.jump, m.edge(header, carried));
    carried = m.begin(header, 1);
  }
  for (const header of headers.reverse()) {
    const after = f.newBlock();
    m.end(IR.br, x, m.edge(header, carried), m.edge(after));
    m.begin(after, 0);
  }
  m.ret(carried);
  return f;
}

describe("large functions", () => {
  test.each([
    ["diamonds", diamonds(60_000)],
    ["nested loops", nest(1000)],
  ])("%s", (_, f) => {
    const start = performance.now();
    new Tidy().run(f);
    const cfg = new Cfg();
    cfg.compute(f);
    new Place().run(f, cfg);
    expect(performance.now() - start).toBeLessThan(3000);
    new Verify().run(f, "placed");
  });
});

test("dead and trivial parameters go", () => {
  const f = diamonds(10);
  new Tidy().run(f);
  new Verify().run(f, "tidied");
  for (let k = 1; k < f.layoutCount; k++) {
    expect(f.paramCount[f.layout[k]!]).toBeLessThanOrEqual(1);
  }
  const loops = nest(20);
  new Tidy().run(loops);
  new Verify().run(loops, "tidied");
  for (let k = 1; k < loops.layoutCount; k++) expect(loops.paramCount[loops.layout[k]!]).toBe(0);
});

/** A switch of `n` cases that all want one sum, in a function of at least `count` instructions. */
function cases(n: number, count: number): Func {
  const m = new Builder();
  const { f } = m;
  const x = m.begin(f.newBlock(), 2);
  const eight = m.inst(IR.const, I32, 8);
  const sum = m.inst(IR.add, I32, x + 1, eight);
  const blocks = Array.from({ length: n }, () => f.newBlock());
  const list = f.words(1 + n);
  f.pool.set([n, ...blocks.map((b) => m.edge(b))], list);
  m.end(IR.switch, x, list);
  for (const b of blocks) {
    m.begin(b, 0);
    m.ret(m.inst(IR.mul, I32, sum, sum));
  }
  while (f.count < count) m.inst(IR.xor, I32, x, x + 1);
  return f;
}

test("a copy of a value may be what makes the columns grow", () => {
  const { length } = new Func().op;
  for (let count = length - 12; count <= length; count++) {
    const f = cases(8, count);
    const cfg = new Cfg();
    cfg.compute(f);
    new Place().run(f, cfg);
    new Verify().run(f, "placed");
    expect(f.count).toBe(count + 8);
  }
});
