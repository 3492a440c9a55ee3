// Occupancy against a plain table of points.

import { expect, test } from "vitest";
import { Dice } from "./generate.ts";
import { Occupancy } from "./occupancy.ts";

const POINTS = 3000;

interface Entry {
  readonly seg: number;
  readonly from: number;
  readonly to: number;
  readonly reg: number;
}

test("random insertions and removals", () => {
  const dice = new Dice(5);
  const occupancy = new Occupancy();
  for (let round = 0; round < 4; round++) {
    occupancy.reset(POINTS);
    const owner = Array.from({ length: 4 }, () => new Int32Array(POINTS));
    const entries: Entry[] = [];
    for (let seg = 1; seg < 3000; seg++) {
      const from = dice.roll(POINTS - 1);
      const to = Math.min(POINTS, from + 1 + dice.roll(dice.chance(10) ? 800 : 12));
      const reg = dice.roll(4);
      let taken = 0;
      for (let p = from; p < to; p++) {
        for (let r = 0; r < 4; r++) if (owner[r]![p] !== 0) taken |= 1 << r;
      }
      expect(occupancy.takenIn(from, to)).toBe(taken);
      const row = owner[reg]!;
      let first = from;
      while (first < POINTS && row[first] === 0) first++;
      expect(occupancy.ownerFrom(reg, from)).toBe(first < POINTS ? row[first] : 0);
      let before = from;
      while (before >= 0 && row[before] === 0) before--;
      expect(occupancy.ownerUpTo(reg, from)).toBe(before >= 0 ? row[before] : 0);
      if (((taken >>> reg) & 1) === 0) {
        occupancy.insert(seg, from, to, reg);
        row.fill(seg, from, to);
        entries.push({ seg, from, to, reg });
      } else if (dice.chance(50)) {
        const [e] = entries.splice(dice.roll(entries.length), 1);
        occupancy.remove(e!.seg, e!.from, e!.to, e!.reg);
        owner[e!.reg]!.fill(0, e!.from, e!.to);
      }
    }
  }
});

test("blocked points", () => {
  const dice = new Dice(6);
  const occupancy = new Occupancy();
  occupancy.reset(POINTS);
  const table = new Int32Array(POINTS);
  for (let k = 0; k < 60; k++) {
    const p = dice.roll(POINTS);
    const mask = 1 << dice.roll(6);
    table[p]! |= mask;
    occupancy.block(p, mask);
  }
  occupancy.seal();
  for (let k = 0; k < 2000; k++) {
    const from = dice.roll(POINTS);
    const to = from + dice.roll(POINTS - from);
    const mask = 1 << dice.roll(6);
    let all = 0;
    let next = to;
    let last = from - 1;
    for (let p = to - 1; p >= from; p--) {
      all |= table[p]!;
      if ((table[p]! & mask) === 0) continue;
      next = p;
      if (last < from) last = p;
    }
    expect(occupancy.fixedIn(from, to)).toBe(all);
    expect(occupancy.nextFixed(mask, from, to)).toBe(next);
    expect(occupancy.lastFixed(mask, from, to)).toBe(last);
  }
});
