// ELF64, little-endian: sections to file and back. Only what artifacts and objects need; field
// names are the specification's. Out: bytes laid out as header, sections (each aligned), section
// headers. The reader checks every offset and length before it uses it.

import { utf8Encode } from "../support/text.ts";

export const SHT = { null: 0, progbits: 1, symtab: 2, strtab: 3, rela: 4, nobits: 8 } as const;
export const SHF = { write: 1, alloc: 2, exec: 4 } as const;
export const ET = { rel: 1, exec: 2, dyn: 3 } as const;
export const EM = { amd64: 62, arm64: 183 } as const;

export interface Section {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly align: number;
  readonly bytes: Uint8Array;
  /** SHT.nobits: the bytes that it stands for. */
  readonly size?: number;
  readonly link?: number;
  readonly info?: number;
  readonly entsize?: number;
}

export interface Elf {
  readonly osabi: number;
  readonly type: number;
  readonly machine: number;
  /** Without the null section and .shstrtab. */
  readonly sections: readonly Section[];
}

const EHDR = 64;
const SHDR = 64;
const alignUp = (n: number, to: number): number => Math.ceil(n / to) * to;

/** A string table: offsets by index of `names`, and the bytes. */
export function stringTable(names: readonly string[]): { offsets: number[]; bytes: Uint8Array } {
  const parts: Uint8Array[] = [Uint8Array.of(0)];
  const offsets: number[] = [];
  let at = 1;
  for (const name of names) {
    const bytes = utf8Encode(name);
    offsets.push(bytes.length === 0 ? 0 : at);
    if (bytes.length === 0) continue;
    parts.push(bytes, Uint8Array.of(0));
    at += bytes.length + 1;
  }
  const bytes = new Uint8Array(at);
  let to = 0;
  for (const part of parts) {
    bytes.set(part, to);
    to += part.length;
  }
  return { offsets, bytes };
}

/** Writes an ELF file; a section's index is its position plus 1. */
export function writeElf(elf: Elf): Uint8Array {
  const names = stringTable([...elf.sections.map((s) => s.name), ".shstrtab"]);
  const shstrtab: Section = {
    name: ".shstrtab",
    type: SHT.strtab,
    flags: 0,
    align: 1,
    bytes: names.bytes,
  };
  const sections = [...elf.sections, shstrtab];
  const offsets: number[] = [];
  let at = EHDR;
  for (const s of sections) {
    at = alignUp(at, s.align);
    offsets.push(at);
    at += s.bytes.length;
  }
  const shoff = alignUp(at, 8);
  const file = new Uint8Array(shoff + (sections.length + 1) * SHDR);
  const view = new DataView(file.buffer);
  putHeader(view, elf, shoff, sections.length + 1);
  sections.forEach((s, k) => {
    file.set(s.bytes, offsets[k]!);
    putSection(view, shoff + (k + 1) * SHDR, s, names.offsets[k]!, offsets[k]!);
  });
  return file;
}

function putHeader(view: DataView, elf: Elf, shoff: number, count: number): void {
  view.setUint32(0, 0x7f454c46);
  view.setUint8(4, 2); // ELFCLASS64
  view.setUint8(5, 1); // ELFDATA2LSB
  view.setUint8(6, 1); // EV_CURRENT
  view.setUint8(7, elf.osabi);
  view.setUint16(16, elf.type, true);
  view.setUint16(18, elf.machine, true);
  view.setUint32(20, 1, true);
  view.setUint32(40, shoff, true);
  view.setUint16(52, EHDR, true);
  view.setUint16(58, SHDR, true);
  view.setUint16(60, count, true);
  view.setUint16(62, count - 1, true);
}

function putSection(view: DataView, at: number, s: Section, name: number, offset: number): void {
  view.setUint32(at, name, true);
  view.setUint32(at + 4, s.type, true);
  view.setUint32(at + 8, s.flags, true);
  view.setUint32(at + 24, offset, true);
  view.setUint32(at + 32, s.size ?? s.bytes.length, true);
  view.setUint32(at + 40, s.link ?? 0, true);
  view.setUint32(at + 44, s.info ?? 0, true);
  view.setUint32(at + 48, s.align, true);
  view.setUint32(at + 56, s.entsize ?? 0, true);
}

/** What is wrong with a file, in a sentence; thrown by `readElf`. */
export class ElfError extends Error {
  override name = "ElfError";
}

const wrong = (what: string): never => {
  throw new ElfError(what);
};

/** Reads an ELF file; section contents are views into `file`. */
export function readElf(file: Uint8Array): Elf {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  if (file.length < EHDR || view.getUint32(0) !== 0x7f454c46) wrong("not an ELF file");
  if (view.getUint8(4) !== 2 || view.getUint8(5) !== 1)
    wrong("not a 64-bit little-endian ELF file");
  const shoff = word64(view, 40);
  const count = view.getUint16(60, true);
  const names = view.getUint16(62, true);
  if (view.getUint16(58, true) !== SHDR) wrong("section headers of an unknown size");
  if (shoff + count * SHDR > file.length)
    wrong("truncated: the section headers lie outside the file");
  if (names >= count) wrong("no section names");
  const bytesOf = (k: number): Uint8Array => {
    const at = shoff + k * SHDR;
    const offset = word64(view, at + 24);
    const size = word64(view, at + 32);
    if (offset + size > file.length) wrong(`truncated: section ${k} lies outside the file`);
    return file.subarray(offset, offset + size);
  };
  const strings = bytesOf(names);
  const sections: Section[] = [];
  for (let k = 1; k < count; k++) {
    if (k === names) continue;
    const at = shoff + k * SHDR;
    sections.push({
      name: nameAt(strings, view.getUint32(at, true)),
      type: view.getUint32(at + 4, true),
      flags: view.getUint32(at + 8, true),
      align: word64(view, at + 48),
      bytes: bytesOf(k),
      link: view.getUint32(at + 40, true),
      info: view.getUint32(at + 44, true),
      entsize: word64(view, at + 56),
    });
  }
  return {
    osabi: view.getUint8(7),
    type: view.getUint16(16, true),
    machine: view.getUint16(18, true),
    sections,
  };
}

const word64 = (view: DataView, at: number): number =>
  view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;

function nameAt(strings: Uint8Array, at: number): string {
  const end = strings.indexOf(0, at);
  if (at >= strings.length || end < 0) return wrong("a section name lies outside its table");
  return String.fromCharCode(...strings.subarray(at, Math.min(end, at + 64)));
}
