// Custom sections of a module: all that is kept of its bytes when it has been compiled. In: a valid
// module. Out: copies.

import { ByteReader } from "../support/bytes.ts";
import { copyOf } from "./idl.ts";

export interface CustomSection {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const HEADER = 8;

/** Finds and copies the custom sections of a valid module, in order. */
export function customSections(bytes: Uint8Array): CustomSection[] {
  const found: CustomSection[] = [];
  const r = new ByteReader(bytes);
  r.pos = HEADER;
  while (r.pos < r.end) {
    const isCustom = r.u8() === 0;
    const size = r.u32();
    const end = r.pos + size;
    if (isCustom) {
      const name = r.name();
      found.push({ name, bytes: copyOf(r.take(end - r.pos)) });
    }
    r.pos = end;
  }
  return found;
}
