// The artifact (.cwasm): ELF64 with a private OSABI, sections as in abi.ts SECTIONS.
// `writeArtifact` joins what linking and describing made; `readArtifact` is the reader for tools:
// it checks the compatibility header and says in one sentence what does not fit. The C loader has
// its own reader.

import {
  ArtifactHeader,
  CPU,
  EPOCH,
  FuncInfo,
  NamesHeader,
  OSABI,
  SECTIONS,
  SiteHeader,
  TARGETS,
  TEXT_ALIGN,
} from "../abi.ts";
import type { TargetName } from "../abi.ts";
import { sha256 } from "../support/sha256.ts";
import { utf8Decode } from "../support/text.ts";
import { checksum } from "./checksum.ts";
import { EM, ET, ElfError, SHF, SHT, readElf, stringTable, writeElf } from "./elf.ts";
import type { Section } from "./elf.ts";
import {
  ArtifactError,
  CHECKSUM_AT,
  CHECKSUM_SIZE,
  HEADER_AT,
  HEAD_SIZE,
  magicBytes,
  readHeader,
} from "./header.ts";
import type { Header } from "./header.ts";
import { getField, putStruct } from "./struct.ts";

export { ArtifactError, isArtifact } from "./header.ts";

/** What goes into an artifact. */
export interface ArtifactParts {
  readonly target: TargetName;
  /** CPU features used. */
  readonly cpu: number;
  /** MODEL flags. */
  readonly model: number;
  readonly distance: number;
  readonly recordSize: number;
  readonly wasm: Uint8Array;
  /** SHA-256 of what it is made by; zeros if that is not said. */
  readonly made?: Uint8Array;
  /** Embed `wasm` itself. */
  readonly embed: boolean;
  readonly text: Uint8Array;
  readonly funcs: Uint8Array;
  readonly sites: Uint8Array;
  readonly module: Uint8Array;
  readonly data: Uint8Array;
  readonly names: Uint8Array;
  /** Symbol of each function in `funcs`. */
  readonly symbols: readonly string[];
}

/** SHA-256; hosts that have a faster one than ours pass it. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

function headerBytes(p: ArtifactParts, hash: Hash): Uint8Array {
  const bytes = new Uint8Array(ArtifactHeader.$size);
  const view = new DataView(bytes.buffer);
  putStruct(view, 0, ArtifactHeader, {
    epoch: EPOCH,
    target: TARGETS[p.target],
    cpu: p.cpu,
    model: p.model,
    distance: p.distance,
    recordSize: p.recordSize,
    wasmHash: [...hash(p.wasm)],
    made: [...(p.made ?? [])],
  });
  bytes.set(magicBytes(), ArtifactHeader.magic);
  return bytes;
}

const SYMBOL = 24;

/** .symtab and .strtab: a local function symbol per function, in .text (section 2). */
function symbolSections(p: ArtifactParts): Section[] {
  const names = stringTable(p.symbols);
  const bytes = new Uint8Array((p.symbols.length + 1) * SYMBOL);
  const view = new DataView(bytes.buffer);
  const funcs = new DataView(p.funcs.buffer, p.funcs.byteOffset, p.funcs.length);
  p.symbols.forEach((_, k) => {
    const at = (k + 1) * SYMBOL;
    view.setUint32(at, names.offsets[k]!, true);
    view.setUint8(at + 4, 2); // STB_LOCAL, STT_FUNC
    view.setUint16(at + 6, 2, true);
    view.setUint32(at + 8, getField(funcs, k * FuncInfo.$size, FuncInfo, "text"), true);
    view.setUint32(at + 16, getField(funcs, k * FuncInfo.$size, FuncInfo, "size"), true);
  });
  const strtab = SECTIONS.length + (p.embed ? 0 : -1) + 2;
  return [
    {
      name: ".symtab",
      type: SHT.symtab,
      flags: 0,
      align: 8,
      bytes,
      link: strtab,
      info: p.symbols.length + 1,
      entsize: SYMBOL,
    },
    { name: ".strtab", type: SHT.strtab, flags: 0, align: 1, bytes: names.bytes },
  ];
}

const plain = (name: string, bytes: Uint8Array, align = 8): Section => ({
  name,
  type: SHT.progbits,
  flags: SHF.alloc,
  align,
  bytes,
});

/** The bytes of an artifact; equal parts give equal bytes. */
export function writeArtifact(p: ArtifactParts, hash: Hash = sha256): Uint8Array {
  const header = headerBytes(p, hash);
  const text = new Uint8Array(Math.ceil(p.text.length / TEXT_ALIGN) * TEXT_ALIGN);
  text.set(p.text);
  const sections: Section[] = [
    plain(".ingot.header", header),
    { ...plain(".text", text, TEXT_ALIGN), flags: SHF.alloc | SHF.exec },
    plain(".ingot.module", p.module),
    plain(".ingot.data", p.data),
    plain(".ingot.funcs", p.funcs),
    plain(".ingot.sites", p.sites),
    plain(".ingot.names", p.names),
    ...(p.embed ? [{ ...plain(".ingot.wasm", p.wasm), flags: 0 }] : []),
    ...symbolSections(p),
  ];
  const file = writeElf({ osabi: OSABI, type: ET.dyn, machine: EM[p.target], sections });
  file.set(hash(file), HEADER_AT + ArtifactHeader.contentHash);
  const [low, high] = checksumOf(file);
  const view = new DataView(file.buffer);
  view.setUint32(CHECKSUM_AT, low, true);
  view.setUint32(CHECKSUM_AT + 4, high, true);
  return file;
}

/** Low and high word of the checksum that belongs in the header of an artifact. */
export const checksumOf = (file: Uint8Array): readonly [number, number] =>
  checksum([file.subarray(0, CHECKSUM_AT), file.subarray(CHECKSUM_AT + CHECKSUM_SIZE)]);

/** An artifact that was read; byte arrays are views. */
export interface Artifact {
  readonly target: TargetName;
  readonly cpu: readonly string[];
  readonly model: number;
  readonly distance: number;
  readonly recordSize: number;
  readonly wasmHash: string;
  /** SHA-256 of the compiler's version and options; zeros if that was not said. */
  readonly made: string;
  readonly contentHash: string;
  readonly sections: readonly Section[];
  readonly text: Uint8Array;
  readonly funcs: readonly {
    readonly index: number;
    readonly offset: number;
    readonly size: number;
    readonly frame: number;
  }[];
  /** Columns of the sites. */
  readonly sites: {
    readonly pc: Uint32Array;
    readonly source: Uint32Array;
    readonly info: Uint32Array;
  };
  readonly names: readonly string[];
  /** The original module, where it is embedded. */
  readonly wasm: Uint8Array | undefined;
}

const refuse = (what: string): never => {
  throw new ArtifactError(what);
};

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

/**
 * Reads an artifact, checking everything it will use. Its content hash is left "unchecked" by those
 * who want to know how far the other checks reach.
 */
export function readArtifact(
  bytes: Uint8Array,
  hash: "checked" | "unchecked" = "checked",
): Artifact {
  const head = readHeader(bytes);
  const elf = (() => {
    try {
      return readElf(bytes);
    } catch (error) {
      if (error instanceof ElfError) return refuse(`damaged artifact: ${error.message}`);
      throw error;
    }
  })();
  const section = (name: string): Uint8Array =>
    elf.sections.find((s) => s.name === name)?.bytes ??
    refuse(`damaged artifact: no section ${name}`);
  const first = elf.sections[0];
  if (first?.name !== ".ingot.header" || first.bytes.length !== ArtifactHeader.$size) {
    refuse("damaged artifact: it does not begin with its header");
  }
  if (hash === "checked") checkContent(bytes, head);
  const { target, cpu, model, distance, recordSize } = head;
  return {
    target,
    cpu: Object.entries(CPU[target]).flatMap(([name, bit]) => (cpu & bit ? [name] : [])),
    model,
    distance,
    recordSize,
    wasmHash: hex(head.wasmHash),
    made: hex(head.made),
    contentHash: hex(head.contentHash),
    sections: elf.sections,
    text: section(".text"),
    funcs: readFuncs(section(".ingot.funcs"), section(".text").length),
    sites: readSites(section(".ingot.sites")),
    names: readNames(section(".ingot.names")),
    wasm: elf.sections.find((s) => s.name === ".ingot.wasm")?.bytes,
  };
}

function checkContent(file: Uint8Array, head: Header): void {
  const [low, high] = file.length % 8 === 0 ? checksumOf(file) : [-1, -1];
  if (low !== head.checksum[0] || high !== head.checksum[1]) {
    refuse("damaged artifact: its checksum does not match");
  }
  const copy = file.slice();
  copy.fill(0, HEADER_AT + ArtifactHeader.contentHash, HEAD_SIZE);
  if (hex(sha256(copy)) !== hex(head.contentHash)) {
    refuse("damaged artifact: its content hash does not match");
  }
}

function readFuncs(bytes: Uint8Array, textSize: number): Artifact["funcs"] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = Math.floor(bytes.length / FuncInfo.$size);
  return Array.from({ length: count }, (_, k) => {
    const at = k * FuncInfo.$size;
    const offset = getField(view, at, FuncInfo, "text");
    const size = getField(view, at, FuncInfo, "size");
    if (offset + size > textSize) refuse(`damaged artifact: function ${k} lies outside the text`);
    return {
      index: getField(view, at, FuncInfo, "index"),
      offset,
      size,
      frame: getField(view, at, FuncInfo, "frame"),
    };
  });
}

function readSites(bytes: Uint8Array): Artifact["sites"] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = bytes.length < SiteHeader.$size ? -1 : getField(view, 0, SiteHeader, "count");
  if (count < 0 || SiteHeader.$size + count * 12 > bytes.length) {
    refuse("damaged artifact: the sites are truncated");
  }
  const column = (k: number): Uint32Array =>
    Uint32Array.from({ length: count }, (_, i) =>
      view.getUint32(SiteHeader.$size + (k * count + i) * 4, true),
    );
  return { pc: column(0), source: column(1), info: column(2) };
}

function readNames(bytes: Uint8Array): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = bytes.length < NamesHeader.$size ? -1 : getField(view, 0, NamesHeader, "count");
  const text = NamesHeader.$size + (count + 1) * 4;
  if (count < 0 || text > bytes.length) refuse("damaged artifact: the names are truncated");
  const offset = (k: number): number => view.getUint32(NamesHeader.$size + 4 * k, true);
  return Array.from({ length: count }, (_, k) => {
    const from = text + offset(k);
    const to = text + offset(k + 1);
    if (from > to || to > bytes.length) refuse("damaged artifact: a name lies outside its section");
    return utf8Decode(bytes, from, to);
  });
}
