// A static executable: the loader with an artifact inside. In: the loader that `make runtime` made,
// an artifact, words that stand for options. Out: an ELF file. The loader's own bytes and addresses
// stay as its linker left them; the two segments that it has for a program get new contents:
//
//   | the loader | symbols, section headers | .ingot.code | .ingot.rest |     file, 64 KiB pages
//
// .ingot.rest is last because its end mark tells a whole file from one that was cut off. In memory
// it lies where the loader's linker put it, and the code in the next 64 KiB behind it. Guest
// functions are symbols of the file, so that disassemblers, debuggers and profilers know them.

import { TEXT_ALIGN } from "../abi.ts";
import { bug } from "../support/errors.ts";
import { SHF, SHT } from "./elf.ts";
import {
  HEADERS,
  STT_FUNC,
  STV_DEFAULT,
  alignUp,
  isLocal,
  putSectionHeaders,
  putWord64,
  readSections,
  readSymbols,
  sectionIndex,
  setBytes,
  setSectionNames,
  setSymbols,
  viewOf,
  word64,
} from "./image.ts";
import type { RawSection } from "./image.ts";
import { restSize, splitArtifact, writeRest } from "./payload.ts";
import type { Parts } from "./payload.ts";

const PHDR = 56;
const PT_LOAD = 1;

const isPayload = (s: RawSection): boolean => s.name === ".ingot.rest" || s.name === ".ingot.code";
const isLoaded = (s: RawSection): boolean => (s.flags & SHF.alloc) !== 0;

/** The bytes of an executable that runs the artifact, with these words before its arguments. */
export function writeExecutable(
  loader: Uint8Array,
  artifact: Uint8Array,
  words: readonly string[],
): Uint8Array {
  const parts = splitArtifact(artifact);
  const sections = readSections(loader);
  const rest = sections[sectionIndex(sections, ".ingot.rest")]!;
  const code = sections[sectionIndex(sections, ".ingot.code")]!;
  const wasAt = new Map([rest, code].map((s) => [s.addr, s]));
  code.addr = alignUp(rest.addr + restSize(parts, words), TEXT_ALIGN);
  setBytes(rest, writeRest(parts, words, code.addr));
  setBytes(code, parts.code);
  addSymbols(sections, parts, code);
  setSectionNames(sections);
  const { headers, size } = place(sections, code, rest);
  const file = new Uint8Array(size);
  const image = sections.filter((s) => isLoaded(s) && !isPayload(s) && s.type !== SHT.nobits);
  file.set(loader.subarray(0, Math.max(...image.map((s) => s.offset + s.size))));
  for (const s of sections) if (!image.includes(s)) file.set(s.bytes, s.offset);
  putSectionHeaders(file, sections, headers);
  putSegments(file, wasAt);
  return file;
}

function addSymbols(sections: readonly RawSection[], parts: Parts, code: RawSection): void {
  const own = readSymbols(sections);
  const shndx = sections.indexOf(code);
  const functions = parts.symbols.map(({ name, offset, size }) => ({
    name,
    info: STT_FUNC,
    other: STV_DEFAULT,
    shndx,
    value: code.addr + offset,
    size,
  }));
  const globals = own.filter((s) => !isLocal(s));
  setSymbols(sections, [...own.filter(isLocal), ...functions, ...globals]);
}

/** Gives every section that is not of the loader's image its place in the file. */
function place(
  sections: readonly RawSection[],
  code: RawSection,
  rest: RawSection,
): { headers: number; size: number } {
  const image = sections.filter((s) => isLoaded(s) && !isPayload(s) && s.type !== SHT.nobits);
  let at = Math.max(...image.map((s) => s.offset + s.size));
  for (const s of sections) {
    if (isLoaded(s) || s.type === SHT.null) continue;
    s.offset = alignUp(at, s.align);
    at = s.offset + s.size;
  }
  const headers = alignUp(at, 8);
  at = headers + sections.length * HEADERS.section;
  for (const s of [code, rest]) {
    s.offset = alignUp(at, TEXT_ALIGN);
    at = s.offset + s.size;
  }
  return { headers, size: at };
}

/** Points the two segments, known by where they were, at their contents. */
function putSegments(file: Uint8Array, wasAt: ReadonlyMap<number, RawSection>): void {
  const view = viewOf(file);
  const first = word64(view, 32);
  let found = 0;
  for (let k = 0; k < view.getUint16(56, true); k++) {
    const at = first + k * PHDR;
    const s = wasAt.get(word64(view, at + 16));
    if (view.getUint32(at, true) !== PT_LOAD || s === undefined) continue;
    found++;
    putWord64(view, at + 8, s.offset);
    putWord64(view, at + 16, s.addr);
    putWord64(view, at + 24, s.addr);
    putWord64(view, at + 32, s.size);
    putWord64(view, at + 40, s.size);
  }
  if (found !== wasAt.size) bug("the loader has no segments for a program");
}
