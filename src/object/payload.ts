// What `ingot build` and `--emit obj` put into the runtime: an artifact taken apart into its code,
// which must lie where it may run, and .ingot.rest, which is only read (layout: abi.ts, Payload).
// In: an artifact and words for the loader. Out: the contents of the two sections, and the symbols
// of the code, for debuggers and profilers.

import { OSABI, PAYLOAD_END, PAYLOAD_MAGIC, Payload } from "../abi.ts";
import type { TargetName } from "../abi.ts";
import { utf8Encode } from "../support/text.ts";
import { readArtifact } from "./artifact.ts";
import { checksum } from "./checksum.ts";
import { EM, ET, SHT, writeElf } from "./elf.ts";
import { putStruct } from "./struct.ts";

export interface CodeSymbol {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** An artifact in two parts. */
export interface Parts {
  readonly target: TargetName;
  readonly code: Uint8Array;
  /** The artifact without its symbols, its .text without contents. */
  readonly artifact: Uint8Array;
  readonly symbols: readonly CodeSymbol[];
}

const SYMBOLS = new Set([".symtab", ".strtab"]);

/** Takes an artifact apart; throws ArtifactError for one that is damaged. */
export function splitArtifact(bytes: Uint8Array): Parts {
  const a = readArtifact(bytes);
  const sections = a.sections
    .filter((s) => !SYMBOLS.has(s.name))
    .map((s) =>
      s.name === ".text"
        ? { ...s, type: SHT.nobits, align: 8, size: s.bytes.length, bytes: new Uint8Array(0) }
        : s,
    );
  return {
    target: a.target,
    code: a.text,
    artifact: writeElf({ osabi: OSABI, type: ET.dyn, machine: EM[a.target], sections }),
    symbols: a.funcs.map(({ index, offset, size }) => {
      const name = a.names[index] ?? "";
      return { name: name === "" ? `wasm-function[${index}]` : name, offset, size };
    }),
  };
}

const alignUp = (n: number, to: number): number => Math.ceil(n / to) * to;
const magic = (s: string): Uint8Array => Uint8Array.from(s, (c) => c.charCodeAt(0));

/** Bytes of .ingot.rest with these words. */
export function restSize(parts: Parts, words: readonly string[]): number {
  return layout(parts, words).size;
}

function layout(parts: Parts, words: readonly string[]) {
  const encoded = utf8Encode(words.map((w) => `${w}\0`).join(""));
  const artifactAt = alignUp(Payload.$size, 16);
  const wordsAt = artifactAt + parts.artifact.length;
  const size = alignUp(wordsAt + encoded.length, 8) + PAYLOAD_END.length;
  return { encoded, artifactAt, wordsAt, size };
}

/**
 * The contents of .ingot.rest. `codeAddress` is where the code will run, 0 where that is the
 * linker's business; then there is no checksum either, because it changes what it links.
 */
export function writeRest(parts: Parts, words: readonly string[], codeAddress: number): Uint8Array {
  const { encoded, artifactAt, wordsAt, size } = layout(parts, words);
  const rest = new Uint8Array(size);
  const view = new DataView(rest.buffer);
  putStruct(view, 0, Payload, {
    size,
    code: codeAddress,
    codeSize: parts.code.length,
    artifact: [artifactAt, parts.artifact.length],
    words: [wordsAt, encoded.length],
  });
  rest.set(magic(PAYLOAD_MAGIC), Payload.magic);
  rest.set(parts.artifact, artifactAt);
  rest.set(encoded, wordsAt);
  rest.set(magic(PAYLOAD_END), size - PAYLOAD_END.length);
  if (codeAddress === 0) return rest;
  const { checksum: at } = Payload;
  const [low, high] = checksum([rest.subarray(0, at), rest.subarray(at + 8), parts.code]);
  view.setUint32(at, low, true);
  view.setUint32(at + 4, high, true);
  return rest;
}
