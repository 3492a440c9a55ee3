// The modules that hostile input is made of: small ones from testdata/hostile/ that together hold
// every kind of section, segment, immediate and block. In: the folder. Out: text and bytes of each,
// and the ways of damaging them, all of which are functions of a number, so that a case can be
// named by it and made again.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ByteReader, ByteWriter } from "../src/support/bytes.ts";
import { parseWat } from "../src/text/wat.ts";
import type { Random } from "./random.ts";

export interface Sample {
  readonly name: string;
  readonly text: Uint8Array;
  readonly bytes: Uint8Array;
}

const FOLDER = "testdata/hostile";

/** The samples, in the order of their names. */
export function readSamples(): Sample[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".wat"));
  return names.sort().map((name) => sampleOf(name, readFileSync(join(FOLDER, name))));
}

function sampleOf(file: string, text: Uint8Array): Sample {
  const bytes = withRareForms(parseWat(new TextDecoder().decode(text)));
  return { name: file.replace(/\.wat$/, ""), text: Uint8Array.from(text), bytes };
}

interface RawSection {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** The sections of a module, without their sizes. */
export function splitSections(module: Uint8Array): RawSection[] {
  const r = new ByteReader(module, 8);
  const sections: RawSection[] = [];
  while (r.pos < r.end) {
    const id = r.u8();
    sections.push({ id, bytes: r.take(r.length()).slice() });
  }
  return sections;
}

/** A module with these sections. */
export function joinSections(sections: readonly RawSection[]): Uint8Array {
  const w = new ByteWriter();
  w.bytes(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  for (const { id, bytes } of sections) {
    w.u8(id);
    w.sized((s) => s.bytes(bytes));
  }
  return w.view().slice();
}

/**
 * The same module in forms that no text is encoded in: custom sections between the others, an
 * active data segment that names its memory, numbers in more bytes than they need.
 */
function withRareForms(module: Uint8Array): Uint8Array {
  const sections = splitSections(module).flatMap((s): RawSection[] => {
    if (s.id === 11) return [custom("before data", 3), { id: 11, bytes: longData(s.bytes) }];
    if (s.id === 3) return [s, custom("", 0)];
    return [s];
  });
  return joinSections([custom("first \u20ac", 5), ...sections, custom("last", 1)]);
}

function custom(name: string, size: number): RawSection {
  const w = new ByteWriter();
  const text = new TextEncoder().encode(name);
  w.u32(text.length);
  w.bytes(text);
  w.bytes(new Uint8Array(size).fill(0xa5));
  return { id: 0, bytes: w.view().slice() };
}

/** Data segments whose first, if it is active, names memory 0; and a count of five bytes. */
function longData(bytes: Uint8Array): Uint8Array {
  const r = new ByteReader(bytes);
  const count = r.u32();
  const first = r.pos;
  const w = new ByteWriter();
  w.bytes(Uint8Array.of(count | 0x80, 0x80, 0x80, 0x80, 0));
  if (bytes[first] !== 0) w.bytes(bytes.subarray(first));
  else {
    w.bytes(Uint8Array.of(2, 0));
    w.bytes(bytes.subarray(first + 1));
  }
  return w.view().slice();
}

// ---- damage ------------------------------------------------------------------------------------

/** Mostly one byte changed, now and then up to four: one bit of it, or all of it. */
export function flipBytes(bytes: Uint8Array, r: Random, places = bytes.length): void {
  for (let k = r.oneIn(4) ? 2 + r.below(3) : 1; k > 0; k--) {
    const at = r.below(places);
    bytes[at] = r.oneIn(2) ? bytes[at]! ^ (1 << r.below(8)) : r.below(256);
  }
}

const UNUSUAL = [0, 1, 0x7f, 0x80, 0xff, 0x40, 0x0b, 0x70, 0x6f, 0x60, 0xfc, 0xfd, 0x41];

/** A longer change: pieces left out, doubled, moved, or numbers made huge. Any number of times. */
export function mangle(bytes: Uint8Array, r: Random): Uint8Array {
  let now = bytes;
  for (let k = 1 + r.below(4); k > 0; k--) now = mangleOnce(now, r);
  return now;
}

function mangleOnce(bytes: Uint8Array, r: Random): Uint8Array {
  if (bytes.length === 0) return Uint8Array.of(r.below(256));
  const at = r.below(bytes.length);
  const size = r.below(Math.min(bytes.length - at, r.pick([2, 8, 64]))) + 1;
  const piece = bytes.subarray(at, at + size);
  const other = r.below(bytes.length);
  switch (r.below(6)) {
    case 0:
      return splice(bytes, at, size, new Uint8Array());
    case 1:
      return splice(bytes, at, 0, piece);
    case 2:
      return splice(bytes, other, 0, piece);
    case 3:
      return splice(
        bytes,
        at,
        1,
        Uint8Array.of(0xff, 0xff, 0xff, 0xff, r.pick([0x0f, 0x07, 0x7f])),
      );
    case 4:
      return splice(bytes, at, 1, Uint8Array.of(r.pick(UNUSUAL)));
    default: {
      const copy = bytes.slice();
      flipBytes(copy, r);
      return copy;
    }
  }
}

function splice(bytes: Uint8Array, at: number, drop: number, piece: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length - drop + piece.length);
  out.set(bytes.subarray(0, at));
  out.set(piece, at);
  out.set(bytes.subarray(at + drop), at + piece.length);
  return out;
}

const WORD = /[\w.$=:-]+|"[^"]*"|[()]/g;

/** What a word could be replaced by without breaking the syntax at once. */
function classOf(word: string): string {
  if (/^[$"()]/.test(word)) return word[0]!;
  if (/^[-\d]/.test(word)) return /[.px]/.test(word) ? "float" : "number";
  if (!word.includes(".")) return word;
  return /load|store/.test(word) ? "access" : word.slice(0, 3);
}

/** A text with words replaced by others of it, mostly of their kind; or left out, or doubled. */
export function mangleText(text: string, r: Random): string {
  const words = [...text.matchAll(WORD)];
  let out = text;
  for (let k = 1 + r.below(3); k > 0; k--) {
    const from = r.pick(words);
    const at = Math.min(from.index, out.length);
    const size = r.oneIn(24) ? 0 : from[0].length;
    const kind = classOf(from[0]);
    const like = words.filter(([word]) => classOf(word) === kind && word !== from[0]);
    if (like.length === 0 && !r.oneIn(12)) continue;
    const other = like.length === 0 || r.oneIn(24) ? r.pick(words) : r.pick(like);
    out = out.slice(0, at) + (r.oneIn(24) ? "" : other[0]) + out.slice(at + size);
  }
  return out;
}
