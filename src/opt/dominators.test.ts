// The dominator tree against the obvious walk, on trees of every shape.

import { expect, test } from "vitest";
import { Random } from "../ir/draw.ts";
import { Dominators } from "./dominators.ts";

const COUNT = 400;

test.each([
  ["path", 1],
  ["bush", 1000],
  ["mixed", 6],
])("%s", (_, spread) => {
  const random = new Random(spread);
  const tree = new Dominators();
  const parent = [0, 0];
  tree.add(1, 0);
  for (let b = 2; b <= COUNT; b++) {
    parent[b] = Math.max(1, b - 1 - random.below(spread));
    tree.add(b, parent[b]!);
  }
  const wayUp = (b: number): number[] => {
    const way: number[] = [];
    for (let x = b; x !== 0; x = parent[x]!) way.push(x);
    return way;
  };
  for (let n = 0; n < 5000; n++) {
    const a = 1 + random.below(COUNT);
    const b = 1 + random.below(COUNT);
    const [up, down] = [wayUp(a), wayUp(b)];
    expect(tree.dominates(a, b)).toBe(down.includes(a));
    expect(tree.common(a, b)).toBe(up.find((x) => down.includes(x)));
    expect(tree.depth[a]).toBe(up.length - 1);
  }
});
