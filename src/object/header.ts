// The compatibility header, which stands right behind the ELF header of an artifact, whatever its
// epoch (layout: abi.ts, ArtifactHeader). Reading it takes the first HEAD_SIZE bytes of a file and
// nothing else, so that a cache can tell what an entry is without looking at its sections. Each
// complaint is a sentence that can follow the file's name and a colon.

import { ArtifactHeader, EPOCH, MAGIC, OSABI, TARGETS } from "../abi.ts";
import type { TargetName } from "../abi.ts";
import { getField } from "./struct.ts";

/** Where the header is. */
export const HEADER_AT = 64;
/** Bytes from the start of an artifact to the end of its header. */
export const HEAD_SIZE = HEADER_AT + ArtifactHeader.$size;
/** Where the checksum is: it covers everything in front of it, then everything behind it. */
export const CHECKSUM_AT = HEADER_AT + ArtifactHeader.checksum;
export const CHECKSUM_SIZE = 8;

/** Says why bytes are not an artifact that this version understands. */
export class ArtifactError extends Error {
  override name = "ArtifactError";
}

const refuse = (what: string): never => {
  throw new ArtifactError(what);
};

/** True if the bytes begin like an artifact. */
export const isArtifact = (bytes: Uint8Array): boolean =>
  bytes.length > 8 && bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[7] === OSABI;

/** MAGIC as it stands in a header. */
export const magicBytes = (): Uint8Array => Uint8Array.from(MAGIC, (c) => c.charCodeAt(0) & 255);

/** What the header says; hashes are views. */
export interface Header {
  readonly target: TargetName;
  /** CPU features used, bits of abi.ts CPU. */
  readonly cpu: number;
  /** MODEL flags. */
  readonly model: number;
  readonly distance: number;
  readonly recordSize: number;
  readonly wasmHash: Uint8Array;
  readonly made: Uint8Array;
  readonly contentHash: Uint8Array;
  /** Bytes of the whole file, which end with the section headers. */
  readonly size: number;
  /** Low and high word. */
  readonly checksum: readonly [number, number];
}

/** Where the ELF header says that the section headers end; the writer puts nothing behind them. */
function sizeOf(artifact: Uint8Array): number {
  const view = new DataView(artifact.buffer, artifact.byteOffset, HEADER_AT);
  const start = view.getUint32(40, true) + view.getUint32(44, true) * 2 ** 32;
  return start + view.getUint16(58, true) * view.getUint16(60, true);
}

/** Reads the header of an artifact of this epoch; throws ArtifactError. */
export function readHeader(artifact: Uint8Array): Header {
  if (!isArtifact(artifact)) refuse("not an artifact of ingot");
  if (artifact.length < HEAD_SIZE) refuse("damaged artifact: truncated");
  const view = new DataView(artifact.buffer, artifact.byteOffset + HEADER_AT, ArtifactHeader.$size);
  const magic = magicBytes();
  if (!magic.every((byte, k) => view.getUint8(k) === byte)) refuse("damaged artifact: wrong magic");
  const field = (name: "epoch" | "target" | "cpu" | "model" | "distance" | "recordSize"): number =>
    getField(view, 0, ArtifactHeader, name);
  const epoch = field("epoch");
  if (epoch !== EPOCH) {
    refuse(`artifact of epoch ${epoch}, this version reads epoch ${EPOCH}: compile it again`);
  }
  const number = field("target");
  const target =
    (Object.keys(TARGETS) as TargetName[]).find((t) => TARGETS[t] === number) ??
    refuse(`artifact of an unknown target (${number})`);
  const hash = (at: number): Uint8Array => artifact.subarray(HEADER_AT + at, HEADER_AT + at + 32);
  return {
    target,
    cpu: field("cpu"),
    model: field("model"),
    distance: field("distance"),
    recordSize: field("recordSize"),
    wasmHash: hash(ArtifactHeader.wasmHash),
    made: hash(ArtifactHeader.made),
    contentHash: hash(ArtifactHeader.contentHash),
    size: sizeOf(artifact),
    checksum: [
      view.getUint32(ArtifactHeader.checksum, true),
      view.getUint32(ArtifactHeader.checksum + 4, true),
    ],
  };
}
