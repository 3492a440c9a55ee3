// A module that defines its memory, as one that imports it: for hosts whose own functions work on
// memories of theirs only, so that the guest has to be lent one. In: bytes of a module. Out: bytes
// of the other one, whose last import is the memory. All that is behind the memory section stays
// where it was, so that byte offsets of functions say the same:
//
//   import section   | 2 | size | count + 1 | what was there | "" "..." memory limits |   longer
//   memory section   | 5 | size | 1 | limits |                                gone, as much shorter
//
// The import's name is as long as that takes. With the shortest one there are a byte or two too
// many where the size or the count takes a byte more than it did.

import { ByteReader, ByteWriter } from "../support/bytes.ts";
import { Malformed } from "../support/errors.ts";

const HEADER = 8;
const SECTION = { import: 2, memory: 5, code: 10 } as const;
const KIND = { func: 0, table: 1, memory: 2, global: 3 } as const;
const LEB_MAX = 5;
/** The longest name whose length takes a byte. */
const NAME_MAX = 127;

/** A section: [from, to), with the number of its entries, which begin at `first`. */
interface Section {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly first: number;
  /** Bytes that its size takes, and its count. */
  readonly sizeWidth: number;
  readonly countWidth: number;
}

function readSection(r: ByteReader): Section {
  const from = r.pos - 1;
  const size = r.length();
  const at = r.pos;
  const count = r.u32();
  const widths = { sizeWidth: at - from - 1, countWidth: r.pos - at };
  return { from, to: at + size, count, first: r.pos, ...widths };
}

/** Skips limits; false for those of other proposals. */
function skipLimits(r: ByteReader): boolean {
  const flag = r.u8();
  if (flag > 1) return false;
  r.u32();
  if (flag === 1) r.u32();
  return true;
}

/** Reads imports; true if one is of a module that is wanted and none is a memory. */
function wantsMemory(r: ByteReader, count: number, isWanted: (module: string) => boolean): boolean {
  let found = false;
  for (let i = 0; i < count; i++) {
    found = isWanted(r.name()) || found;
    r.skip(r.length());
    const kind = r.u8();
    if (kind === KIND.func) r.u32();
    else if (kind === KIND.global) r.skip(2);
    else if (kind !== KIND.table) return false;
    else {
      r.u8();
      if (!skipLimits(r)) return false;
    }
  }
  return found;
}

/** Bytes that a number takes at least. */
function lebWidth(number: number): number {
  let width = 1;
  for (; number > 127; number = Math.floor(number / 128)) width++;
  return width;
}

function putLeb(w: ByteWriter, number: number, width: number): void {
  for (let k = 1; k < width; k++, number = Math.floor(number / 128)) w.u8((number % 128) | 128);
  w.u8(number);
}

/** How long the name is to be, and what the size of the import section takes. */
function fit(rest: number, total: number, least: number): { name: number; width: number } {
  for (let width = least; width <= LEB_MAX; width++) {
    const name = total - 1 - width - rest;
    if (name >= 0 && name <= NAME_MAX && lebWidth(rest + name) <= width) return { name, width };
  }
  return { name: 0, width: Math.max(least, lebWidth(rest)) };
}

function write(bytes: Uint8Array, imports: Section, memory: Section): Uint8Array {
  const limits = bytes.subarray(memory.first, memory.to);
  const entries = bytes.subarray(imports.first, imports.to);
  const countWidth = Math.max(imports.countWidth, lebWidth(imports.count + 1));
  const rest = countWidth + entries.length + 3 + limits.length;
  const total = imports.to - imports.from + memory.to - memory.from;
  const { name, width } = fit(rest, total, imports.sizeWidth);
  const w = new ByteWriter(bytes.length + 16);
  w.bytes(bytes.subarray(0, imports.from));
  w.u8(SECTION.import);
  putLeb(w, rest + name, width);
  putLeb(w, imports.count + 1, countWidth);
  w.bytes(entries);
  w.u8(0);
  w.u8(name);
  for (let k = 0; k < name; k++) w.u8(0x3a);
  w.u8(KIND.memory);
  w.bytes(limits);
  w.bytes(bytes.subarray(imports.to, memory.from));
  w.bytes(bytes.subarray(memory.to));
  return w.view();
}

function find(bytes: Uint8Array, isWanted: (module: string) => boolean): Uint8Array | undefined {
  const r = new ByteReader(bytes, HEADER);
  let imports: Section | undefined;
  while (r.pos < r.end) {
    const id = r.u8();
    if (id === SECTION.import) {
      imports = readSection(r);
      if (!wantsMemory(r, imports.count, isWanted)) return undefined;
      r.pos = imports.to;
    } else if (id === SECTION.memory) {
      const memory = readSection(r);
      const isPlain = memory.count === 1 && skipLimits(r) && r.pos === memory.to;
      return isPlain && imports !== undefined ? write(bytes, imports, memory) : undefined;
    } else if (id === SECTION.code) return undefined;
    else r.skip(r.length());
  }
  return undefined;
}

/**
 * The same module importing its memory, which it defined, if it imports anything of a module that
 * `isWanted`. Undefined if there is nothing to lend, or the bytes are odd in any way.
 */
export function importMemory(
  bytes: Uint8Array,
  isWanted: (module: string) => boolean,
): Uint8Array | undefined {
  try {
    return find(bytes, isWanted);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
