// A relocatable object (ET_REL) that a C program links: the runtime as `make runtime` made it, with
// an artifact inside. In: that object, an artifact, a prefix. Out: an ELF file. .ingot.code is a
// section of code like any other, so the artifact runs where the linker puts it: nothing is mapped,
// nothing made executable while the program runs.
//
// All names of the runtime become local but its few entries, which begin with the prefix: objects
// of several modules, even made by several versions of ingot, can be linked into one program.

import { SHT } from "./elf.ts";
import {
  HEADERS,
  STB,
  STT_FUNC,
  STV_DEFAULT,
  alignUp,
  isLocal,
  putSectionHeaders,
  readSections,
  readSymbols,
  sectionIndex,
  setBytes,
  setSectionNames,
  setSymbols,
  viewOf,
} from "./image.ts";
import type { RawSection, Symbol } from "./image.ts";
import { splitArtifact, writeRest } from "./payload.ts";
import type { Parts } from "./payload.ts";

const RELA = 24;
const API = "ingot_";
/** Names of the two sections' contents, which begin like an entry. */
const INNER = new Set(["ingot_rest", "ingot_code"]);

/** The name by which C knows an entry of the runtime. */
export const entryName = (prefix: string, entry: string): string => `${prefix}_${API}${entry}`;

/** The bytes of an object whose entries begin with `prefix`. */
export function writeObject(runtime: Uint8Array, artifact: Uint8Array, prefix: string): Uint8Array {
  const parts = splitArtifact(artifact);
  const sections = readSections(runtime);
  setBytes(sections[sectionIndex(sections, ".ingot.rest")]!, writeRest(parts, [], 0));
  setBytes(sections[sectionIndex(sections, ".ingot.code")]!, parts.code);
  changeSymbols(sections, parts, prefix);
  setSectionNames(sections);
  let at: number = HEADERS.elf;
  for (const s of sections.slice(1)) {
    s.offset = alignUp(at, s.align);
    at = s.offset + s.bytes.length;
  }
  const headers = alignUp(at, 8);
  const file = new Uint8Array(headers + sections.length * HEADERS.section);
  file.set(runtime.subarray(0, HEADERS.elf));
  for (const s of sections.slice(1)) file.set(s.bytes, s.offset);
  putSectionHeaders(file, sections, headers);
  return file;
}

const isEntry = (s: Symbol): boolean =>
  !isLocal(s) && s.shndx !== 0 && s.name.startsWith(API) && !INNER.has(s.name);

/** Hides and renames symbols and adds the guest's functions; relocations follow. */
function changeSymbols(sections: readonly RawSection[], parts: Parts, prefix: string): void {
  const own = readSymbols(sections);
  const code = sectionIndex(sections, ".ingot.code");
  const isHidden = (s: Symbol): boolean => !isLocal(s) && s.shndx !== 0 && !isEntry(s);
  const stay = own.filter(isLocal);
  const hidden = own.filter(isHidden);
  const open = own.filter((s) => !isLocal(s) && !isHidden(s));
  const functions = parts.symbols.map(({ name, offset, size }) => ({
    name,
    info: STT_FUNC,
    other: STV_DEFAULT,
    shndx: code,
    value: offset,
    size,
  }));
  const order = [...stay, ...hidden, ...functions, ...open];
  const indexOf = new Map<Symbol, number>(order.map((s, k) => [s, k]));
  const moved = Int32Array.from(own, (s) => indexOf.get(s)!);
  for (const s of hidden) {
    s.info = (STB.local << 4) | (s.info & 15);
    s.other = STV_DEFAULT;
  }
  for (const s of open.filter(isEntry)) {
    s.name = entryName(prefix, s.name.slice(API.length));
    s.other = STV_DEFAULT;
  }
  setSymbols(sections, order);
  for (const s of sections) if (s.type === SHT.rela) setBytes(s, renumber(s.bytes, moved));
}

/** Relocations for symbols that have other numbers now. */
function renumber(relocations: Uint8Array, moved: Int32Array): Uint8Array {
  const bytes = relocations.slice();
  const view = viewOf(bytes);
  for (let at = 0; at < bytes.length; at += RELA) {
    const symbol = at + 12; // the upper half of r_info
    view.setUint32(symbol, moved[view.getUint32(symbol, true)]!, true);
  }
  return bytes;
}
