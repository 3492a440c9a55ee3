// Joins the blobs of a module's functions, in index order, into .text and its tables. In: blobs and
// the target's trap stubs. Out: text with every relocation resolved, FuncInfo rows and the site
// columns. islands.ts says where everything stands. Nothing here depends on the order in which
// blobs were made.

import { FuncInfo, SiteHeader, TRAPS } from "../abi.ts";
import type { Blob } from "./blob.ts";
import { RELOC_WORDS, SITE_WORDS } from "./blob.ts";
import { Islands } from "./islands.ts";
import type { Reach } from "./islands.ts";
import { structArray, wordBytes } from "./struct.ts";

/** What linking needs of a target. */
export interface LinkTarget extends Reach {
  /** Bytes of one trap stub; the stub of code c stands at c * stubSize. */
  readonly stubSize: number;
  /** Writes the stub for trap `code` at the start of `out`. */
  writeStub(out: Uint8Array, code: number, distance: number): void;
  /** Patches a RELOC.call or RELOC.stub at `at` so that it reaches `to` (offsets in text). */
  patch(text: DataView, at: number, to: number): void;
  /** Writes a jump at `at` that reaches `to`, wherever that is. */
  writeVeneer(text: DataView, at: number, to: number): void;
}

export interface Linked {
  readonly text: Uint8Array;
  readonly funcs: Uint8Array;
  readonly sites: Uint8Array;
  /** Offset in text of each function defined here. */
  readonly offsets: Uint32Array;
}

/** Links; function `importedFuncs + k` is `blobs[k]`. */
export function link(
  target: LinkTarget,
  blobs: readonly Blob[],
  importedFuncs: number,
  distance: number,
): Linked {
  const start = TRAPS.length * target.stubSize;
  const islands = new Islands(blobs, importedFuncs, start, target.stubSize, target);
  const { offsets } = islands;
  const text = new Uint8Array(islands.size);
  for (let code = 0; code < TRAPS.length; code++) {
    target.writeStub(text.subarray(code * target.stubSize), code, distance);
  }
  const view = new DataView(text.buffer);
  blobs.forEach((blob, k) => {
    text.set(blob.bytes, offsets[k]!);
    const { relocs } = blob;
    for (let r = 0; r < relocs.length; r += RELOC_WORDS) {
      const at = offsets[k]! + relocs[r]!;
      target.patch(view, at, islands.target(k, at, relocs[r + 1]!, relocs[r + 2]!));
    }
  });
  islands.eachVeneer((at, to) => target.writeVeneer(view, at, to));
  return {
    text,
    offsets,
    funcs: funcRows(blobs, offsets, importedFuncs),
    sites: siteColumns(blobs, offsets),
  };
}

function funcRows(blobs: readonly Blob[], offsets: Uint32Array, importedFuncs: number): Uint8Array {
  return structArray(
    FuncInfo,
    blobs.map((b, k) => ({
      text: offsets[k]!,
      size: b.codeSize,
      frame: b.frame,
      index: importedFuncs + k,
    })),
  );
}

function siteColumns(blobs: readonly Blob[], offsets: Uint32Array): Uint8Array {
  const count = blobs.reduce((n, b) => n + b.sites.length / SITE_WORDS, 0);
  const columns = new Uint32Array(count * 3);
  let to = 0;
  blobs.forEach(({ sites }, k) => {
    for (let s = 0; s < sites.length; s += SITE_WORDS, to++) {
      columns[to] = offsets[k]! + sites[s]!;
      columns[count + to] = sites[s + 1]!;
      columns[2 * count + to] = sites[s + 2]!;
    }
  });
  const head = structArray(SiteHeader, [{ count }]);
  const out = new Uint8Array(head.length + columns.byteLength);
  out.set(head);
  out.set(wordBytes(columns), head.length);
  return out;
}
