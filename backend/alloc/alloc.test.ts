// The allocator against random functions: every allocation is proved by the checker and run beside
// the original along drawn paths. The checker is tested in turn: allocations are corrupted, and
// what it lets pass must run alike.

import { expect, test } from "vitest";
import { Lir } from "../lir.ts";
import type { Allocation, Registers } from "../lir.ts";
import { Allocator } from "./alloc.ts";
import { checkAllocation } from "./checker.ts";
import { runsAlike } from "./execute.ts";
import { Dice, generateLir, testRegisters } from "./generate.ts";
import { stats } from "./stats.ts";
import { printLir } from "./text.ts";

const full = testRegisters(14, 15, 5);
const four = testRegisters(4, 4, 1);
const six = testRegisters(6, 5, 2);
const plain = { coldLast: false, reach: 20, constrained: 25 };

function fuzz(registers: Registers, from: number, count: number, size: number): void {
  const allocator = new Allocator(registers);
  const lir = new Lir();
  for (let seed = from; seed < from + count; seed++) {
    const reach = [5, 20, 50][seed % 3]!;
    const constrained = [25, 5, 60][((seed / 3) | 0) % 3]!;
    generateLir(lir, seed, registers, { size, coldLast: seed % 4 === 0, reach, constrained });
    const alloc = allocator.run(lir);
    checkAllocation(lir, alloc, registers);
    expect(runsAlike(lir, alloc, registers, seed), `seed ${seed}`).toBe(true);
  }
}

test("small functions, full register set", () => fuzz(full, 1, 600, 25));
test("small functions, four registers", () => fuzz(four, 1, 900, 25));
test("small functions, six registers", () => fuzz(six, 1, 600, 25));
test("larger functions, full register set", () => fuzz(full, 5000, 60, 250));
test("larger functions, four registers", () => fuzz(four, 5000, 60, 250));
test("large functions", () => {
  fuzz(full, 9000, 2, 2000);
  fuzz(four, 9000, 2, 2000);
});

// A store before a record that enters its piece itself; a reload that reaches over a part that
// another bundle has.
test.each([
  [full, 25853, { size: 19, coldLast: false, reach: 5, constrained: 60 }],
  [four, 14617, { size: 27, coldLast: false, reach: 20, constrained: 5 }],
  [four, 30488, { size: 16, coldLast: true, reach: 50, constrained: 25 }],
  [six, 53842, { size: 16, coldLast: false, reach: 50, constrained: 25 }],
  [four, 9579, { size: 76, coldLast: false, reach: 50, constrained: 25 }],
] as const)("split within a record, case %#", (registers, seed, shape) => {
  const lir = new Lir();
  generateLir(lir, seed, registers, shape);
  checkAllocation(lir, new Allocator(registers).run(lir), registers);
});

test("an allocator forgets the function before", () => {
  const lir = new Lir();
  const used = new Allocator(six);
  for (let seed = 1; seed < 40; seed++) {
    const size = 10 + (seed % 5) * 40;
    generateLir(lir, seed, six, { size, coldLast: false, reach: 20, constrained: 20 });
    const one = printLir(lir, six, undefined, used.run(lir));
    expect(printLir(lir, six, undefined, new Allocator(six).run(lir))).toBe(one);
  }
});

/** A copy that may be changed. */
const copyOf = (alloc: Allocation): Allocation => ({
  ...alloc,
  locs: alloc.locs.slice(),
  edits: alloc.edits.slice(0, alloc.editCount * 4),
});

/** Changes a location, or drops or changes an edit. */
function corrupt(alloc: Allocation, dice: Dice, operands: readonly number[]): Allocation {
  const bad = copyOf(alloc);
  const kind = dice.roll(3);
  if (kind === 0 || alloc.editCount === 0) {
    const k = operands[dice.roll(operands.length)]!;
    bad.locs[k] = operands.map((o) => alloc.locs[o]!)[dice.roll(operands.length)]!;
    return bad;
  }
  const k = dice.roll(alloc.editCount);
  if (kind === 1) {
    bad.edits.copyWithin(k * 4, k * 4 + 4);
    return { ...bad, editCount: alloc.editCount - 1 };
  }
  bad.edits[k * 4 + 2 + dice.roll(2)] = alloc.edits[dice.roll(alloc.editCount) * 4 + 3]!;
  return bad;
}

function operandWords(lir: Lir): number[] {
  const words: number[] = [];
  for (let w = 0; w < lir.size;) {
    const head = lir.code[w]!;
    const count = (head >>> 16) & 0xff;
    for (let k = 0; k < count; k++) words.push(w + 3 + k);
    w += 3 + count + (head >>> 24);
  }
  return words;
}

test("the checker finds what is corrupted", () => {
  const lir = new Lir();
  const dice = new Dice(7);
  let found = 0;
  let harmless = 0;
  for (let seed = 1; seed <= 500; seed++) {
    generateLir(lir, seed, four, { ...plain, size: 40 });
    const alloc = new Allocator(four).run(lir);
    const operands = operandWords(lir);
    for (let n = 0; n < 4; n++) {
      const bad = corrupt(alloc, dice, operands);
      try {
        checkAllocation(lir, bad, four);
      } catch {
        found++;
        continue;
      }
      harmless++;
      for (let path = 0; path < 8; path++) {
        expect(runsAlike(lir, bad, four, seed * 31 + path), `seed ${seed}`).toBe(true);
      }
    }
  }
  // What passes did not change anything that is read: the same location, a value never used.
  expect(found).toBeGreaterThan(1500);
  expect(harmless).toBeLessThan(found / 3);
});

test("the figures add up", () => {
  const lir = new Lir();
  generateLir(lir, 3, four, { ...plain, size: 200 });
  const alloc = new Allocator(four).run(lir);
  const s = stats(lir, alloc);
  expect(s.frame).toBe(alloc.slots * 8);
  expect(s.vregs).toBe(lir.vregCount - 1);
  expect(s.moves + s.stores + s.reloads + s.constants).toBeGreaterThanOrEqual(alloc.editCount);
});
