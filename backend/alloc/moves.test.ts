// Parallel moves against their meaning: every destination ends with the old content of its source,
// and nothing else but the scratch register and the spare slot changes.

import { expect, test } from "vitest";
import { EDIT, FIRST_SLOT, FIRST_VEC } from "../lir.ts";
import { Dice } from "./generate.ts";
import { Moves } from "./moves.ts";

const SCRATCH = 15;
const SLOTS = 4;
const SPARE = FIRST_SLOT + SLOTS;

function run(moves: Moves, values: Map<number, number>): void {
  for (let k = 0; k < moves.editCount; k++) {
    const [, kind, from, to] = moves.edits.subarray(k * 4, k * 4 + 4);
    const value = from! < 0 ? 1000 - from! : values.get(from!)!;
    if (kind === EDIT.swap) {
      expect(from! < FIRST_VEC && to! < FIRST_VEC).toBe(true);
      values.set(from!, values.get(to!)!);
    }
    if (from! >= FIRST_SLOT && to! >= FIRST_SLOT) values.set(FIRST_VEC + SCRATCH, -1);
    values.set(to!, value);
  }
}

test("random sets of moves", () => {
  const dice = new Dice(1);
  const moves = new Moves(SCRATCH);
  for (let n = 0; n < 6000; n++) {
    moves.reset(SLOTS);
    // Half of the sets are of general registers, half of vector ones; both with slots.
    const file = dice.chance(50) ? 0 : FIRST_VEC;
    const places = [0, 1, 2, 3].map((r) => file + r);
    places.push(...[0, 1, 2, 3].map((s) => FIRST_SLOT + s));
    const before = new Map<number, number>();
    for (const p of [...places, FIRST_VEC + SCRATCH, SPARE]) before.set(p, p);
    const want = new Map<number, number>();
    const count = dice.roll(2) === 0 ? places.length : 3;
    const free = [...places];
    for (let k = 0; k < count; k++) {
      const to = free.splice(dice.roll(free.length), 1)[0]!;
      const from = dice.chance(10) ? -1 - k : places[dice.roll(count)]!;
      moves.add(from, to, file === 0 ? EDIT.int : EDIT.float);
      want.set(to, from < 0 ? 1000 - from : from);
    }
    moves.flush(0);
    const after = new Map(before);
    run(moves, after);
    for (const p of places) expect(after.get(p)).toBe(want.get(p) ?? p);
    expect(moves.pending).toBe(0);
  }
});

test("a cycle of general registers takes exchanges only", () => {
  const moves = new Moves(SCRATCH);
  moves.reset(0);
  moves.add(0, 1, EDIT.int);
  moves.add(1, 2, EDIT.int);
  moves.add(2, 0, EDIT.int);
  moves.flush(8);
  expect(moves.editCount).toBe(2);
  expect([...moves.edits.subarray(0, 8)].filter((_, k) => k % 4 === 1)).toEqual([3, 3]);
  expect(moves.usedInts).toBe(7);
  expect(moves.usedSpare).toBe(false);
});
