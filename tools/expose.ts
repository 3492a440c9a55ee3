// A module that exports all it has, so that its state can be seen and set from outside. In: a valid
// module. Out: the same one with further exports at the end of the list.

import { ByteReader, ByteWriter } from "../src/support/bytes.ts";
import type { ExternKind, Module } from "../src/wasm/module.ts";
import { joinSections, splitSections } from "./corpus.ts";

const KINDS: readonly ExternKind[] = ["func", "table", "memory", "global"];
const EXPORTS = 7;
/** Sections that stand in front of the exports. */
const BEFORE = [1, 2, 3, 4, 5, 6];

/** Exports every function, table, memory and global as "#kind index". */
export function exposeAll(bytes: Uint8Array, m: Module): Uint8Array {
  const counts = [m.funcs.length, m.tables.length, m.memories.length, m.globals.length];
  const entries = KINDS.flatMap((kind, code) =>
    Array.from({ length: counts[code]! }, (_, index) => ({
      name: `#${kind} ${index}`,
      code,
      index,
    })),
  );
  const sections = splitSections(bytes);
  const old = sections.find(({ id }) => id === EXPORTS);
  const r = new ByteReader(old?.bytes ?? Uint8Array.of(0));
  const w = new ByteWriter();
  w.u32(r.u32() + entries.length);
  w.bytes(r.take(r.end - r.pos));
  for (const { name, code, index } of entries) {
    const text = new TextEncoder().encode(name);
    w.u32(text.length);
    w.bytes(text);
    w.u8(code);
    w.u32(index);
  }
  const others = sections.filter((s) => s !== old);
  const at = others.findLastIndex(({ id }) => BEFORE.includes(id)) + 1;
  others.splice(at, 0, { id: EXPORTS, bytes: w.view().slice() });
  return joinSections(others);
}
