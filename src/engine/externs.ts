// Values of externref in the interpreter: a group keeps them in a map, and slots hold handles, two
// words each. A handle is never used twice, so that groups can be united while frames hold some.
// Now and then handles that occur nowhere any more are forgotten. Tables, globals and segments of
// the group are looked through, and all frames of the machine, suspended ones included: what looks
// like a handle there counts as one.

import type { Group } from "../interp/instance.ts";
import type { Machine } from "../interp/machine.ts";
import { EXTERNREF } from "../wasm/types.ts";

/** High word of the first handles; low words count on from 0. */
const FIRST = 0x1000_0000;
const WORD = 2 ** 32;
const FEWEST = 1024;

let handles = 0;

/** A new handle for a value in a group: `lo` and `hi` of the slot. */
export function newHandle(group: Group, value: unknown): readonly [lo: number, hi: number] {
  const handle = handles++;
  (group.externs ??= new Map()).set(handle, value);
  return [handle | 0, FIRST + Math.floor(handle / WORD)];
}

const handleOf = (lo: number, hi: number): number => (hi - FIRST) * WORD + (lo >>> 0);

/** The value of a handle that is not null. */
export const valueOf = (group: Group, lo: number, hi: number): unknown =>
  group.externs!.get(handleOf(lo, hi));

/** Forgets what is not in use, if there is much. */
export function forget(
  group: Group,
  { arenas: { I }, top, sleepers }: Pick<Machine, "arenas" | "top" | "sleepers">,
  table?: Int32Array,
): void {
  const { externs } = group;
  if (externs === undefined || externs.size < group.externLimit + (top >> 4)) return;
  const live = new Map<number, unknown>();
  const mark = (words: Int32Array, from: number, to: number): void => {
    for (let i = from; i < to; i += 2) {
      if (words[i + 1]! < FIRST) continue;
      const handle = handleOf(words[i]!, words[i + 1]!);
      if (externs.has(handle)) live.set(handle, externs.get(handle));
    }
  };
  if (table !== undefined) mark(table, 0, table.length);
  for (const inst of group.instances.values()) {
    for (const t of inst.tables) if (t.type === EXTERNREF) mark(t.elems, 0, t.elems.length);
    for (const g of inst.globals) if (g.type === EXTERNREF) mark(I, g.cell, g.cell + 2);
    for (const words of inst.elems) mark(words, 0, words.length);
  }
  mark(I, 0, top);
  for (const { frames } of sleepers) mark(frames, 0, frames.length);
  group.externs = live;
  group.externLimit = Math.max(FEWEST, 2 * live.size);
}

/** The values of the handles in these words. */
export function valuesIn(group: Group, lists: Iterable<Int32Array>): Map<number, unknown> {
  const found = new Map<number, unknown>();
  for (const words of lists) {
    for (let i = 0; i < words.length; i += 2) {
      const handle = handleOf(words[i]!, words[i + 1]!);
      if (group.externs?.has(handle) === true) found.set(handle, group.externs.get(handle));
    }
  }
  return found;
}

/** Lets code of the group use these handles. */
export function adopt(group: Group, values: ReadonlyMap<number, unknown>): void {
  if (values.size === 0) return;
  group.externs ??= new Map();
  for (const [handle, value] of values) group.externs.set(handle, value);
}
