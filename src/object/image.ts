// An ELF file of our own making (the loader, the runtime as an object) opened up so that parts of
// it can be replaced: raw section headers, program headers, symbols. In: bytes that `make runtime`
// made. Out: tables that can be changed, and bytes again. Unlike elf.ts it keeps every field and
// every index; the files are ours, so what does not fit is a bug.

import { bug } from "../support/errors.ts";
import { utf8Decode } from "../support/text.ts";
import { SHT, stringTable } from "./elf.ts";

const EHDR = 64;
const SHDR = 64;
const SYM = 24;

/** A section header by the specification's names, with its name and contents. */
export interface RawSection {
  name: string;
  type: number;
  flags: number;
  addr: number;
  offset: number;
  size: number;
  link: number;
  info: number;
  align: number;
  entsize: number;
  /** Empty for SHT.nobits. */
  bytes: Uint8Array;
}

/** A symbol; `shndx` is the index of its section. */
export interface Symbol {
  name: string;
  /** Binding in the upper, type in the lower four bits. */
  info: number;
  other: number;
  shndx: number;
  value: number;
  size: number;
}

export const STB = { local: 0, global: 1 } as const;
export const STT_FUNC = 2;
export const STV_DEFAULT = 0;

export const word64 = (view: DataView, at: number): number =>
  view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;

export function putWord64(view: DataView, at: number, value: number): void {
  view.setUint32(at, value % 2 ** 32, true);
  view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

export const alignUp = (n: number, to: number): number => (to < 2 ? n : Math.ceil(n / to) * to);

function nameAt(strings: Uint8Array, at: number): string {
  return utf8Decode(strings, at, strings.indexOf(0, at));
}

/** All sections of a file, the null section first. */
export function readSections(file: Uint8Array): RawSection[] {
  const view = viewOf(file);
  if (file.length < EHDR || view.getUint32(0) !== 0x7f454c46) bug("the runtime is no ELF file");
  const headers = word64(view, 40);
  const sections = Array.from({ length: view.getUint16(60, true) }, (_, k): RawSection => {
    const at = headers + k * SHDR;
    const type = view.getUint32(at + 4, true);
    const offset = word64(view, at + 24);
    const size = word64(view, at + 32);
    return {
      name: "",
      type,
      flags: word64(view, at + 8),
      addr: word64(view, at + 16),
      offset,
      size,
      link: view.getUint32(at + 40, true),
      info: view.getUint32(at + 44, true),
      align: word64(view, at + 48),
      entsize: word64(view, at + 56),
      bytes: file.subarray(offset, type === SHT.nobits ? offset : offset + size),
    };
  });
  const names = sections[view.getUint16(62, true)]!.bytes;
  sections.forEach((s, k) => {
    s.name = nameAt(names, view.getUint32(headers + k * SHDR, true));
  });
  return sections;
}

/** Index of the section of this name. */
export function sectionIndex(sections: readonly RawSection[], name: string): number {
  const k = sections.findIndex((s) => s.name === name);
  return k < 0 ? bug(`the runtime has no section ${name}`) : k;
}

export function readSymbols(sections: readonly RawSection[]): Symbol[] {
  const table = sections[sectionIndex(sections, ".symtab")]!;
  const strings = sections[table.link]!.bytes;
  const view = viewOf(table.bytes);
  return Array.from({ length: table.bytes.length / SYM }, (_, k) => ({
    name: nameAt(strings, view.getUint32(k * SYM, true)),
    info: view.getUint8(k * SYM + 4),
    other: view.getUint8(k * SYM + 5),
    shndx: view.getUint16(k * SYM + 6, true),
    value: word64(view, k * SYM + 8),
    size: word64(view, k * SYM + 16),
  }));
}

export const isLocal = (s: Symbol): boolean => s.info >> 4 === STB.local;

/** Replaces the symbols of a file; local ones must come first. */
export function setSymbols(sections: readonly RawSection[], symbols: readonly Symbol[]): void {
  const table = sections[sectionIndex(sections, ".symtab")]!;
  const names = stringTable(symbols.map((s) => s.name));
  const bytes = new Uint8Array(symbols.length * SYM);
  const view = viewOf(bytes);
  symbols.forEach((s, k) => {
    view.setUint32(k * SYM, names.offsets[k]!, true);
    view.setUint8(k * SYM + 4, s.info);
    view.setUint8(k * SYM + 5, s.other);
    view.setUint16(k * SYM + 6, s.shndx, true);
    putWord64(view, k * SYM + 8, s.value);
    putWord64(view, k * SYM + 16, s.size);
  });
  setBytes(table, bytes);
  table.info = symbols.filter(isLocal).length;
  setBytes(sections[table.link]!, names.bytes);
}

export function setBytes(section: RawSection, bytes: Uint8Array): void {
  section.bytes = bytes;
  section.size = bytes.length;
}

/** Writes the section headers at `at`, and the ELF header's fields that say where they are. */
export function putSectionHeaders(
  file: Uint8Array,
  sections: readonly RawSection[],
  at: number,
): void {
  const view = viewOf(file);
  const strings = sectionIndex(sections, ".shstrtab");
  const names = stringTable(sections.map((s) => s.name));
  if (names.bytes.length !== sections[strings]!.size) bug("the section names have another size");
  file.set(names.bytes, sections[strings]!.offset);
  putWord64(view, 40, at);
  view.setUint16(60, sections.length, true);
  view.setUint16(62, strings, true);
  sections.forEach((s, k) => {
    const to = at + k * SHDR;
    view.setUint32(to, names.offsets[k]!, true);
    view.setUint32(to + 4, s.type, true);
    putWord64(view, to + 8, s.flags);
    putWord64(view, to + 16, s.addr);
    putWord64(view, to + 24, s.offset);
    putWord64(view, to + 32, s.size);
    view.setUint32(to + 40, s.link, true);
    view.setUint32(to + 44, s.info, true);
    putWord64(view, to + 48, s.align);
    putWord64(view, to + 56, s.entsize);
  });
}

/** Makes room for the names as `putSectionHeaders` writes them. */
export function setSectionNames(sections: readonly RawSection[]): void {
  const { bytes } = stringTable(sections.map((s) => s.name));
  setBytes(sections[sectionIndex(sections, ".shstrtab")]!, bytes);
}

export const HEADERS = { elf: EHDR, section: SHDR } as const;
