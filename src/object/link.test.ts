// Linking where calls do not reach: random call graphs for a made-up target whose calls and veneers
// are plain numbers, so that what is followed here is what a machine would follow.

import { describe, expect, it } from "vitest";
import { RELOC, TRAPS } from "../abi.ts";
import type { Blob } from "./blob.ts";
import { Islands } from "./islands.ts";
import { link } from "./link.ts";
import type { LinkTarget } from "./link.ts";

const VENEER = 8;
const JUMP = 0x7e11;

/** A call is the distance to its target; a veneer is JUMP and an offset. */
const target = (reach: number): LinkTarget => ({
  stubSize: 4,
  writeStub: (out, code) => out.fill(0x80 | code, 0, 4),
  patch: (text, at, to) => text.setInt32(at, to - at, true),
  reach,
  veneerSize: VENEER,
  writeVeneer(text, at, to) {
    text.setInt32(at, JUMP, true);
    text.setInt32(at + 4, to, true);
  },
});

const IMPORTED = 3;
let state = 1;
const below = (n: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return (state >>> 8) % n;
};

/** Functions of `size` bytes or less; most of their words are calls. */
function randomBlobs(count: number, size: number): Blob[] {
  return Array.from({ length: count }, () => {
    const words = 1 + below(size / 4);
    const relocs: number[] = [];
    for (let k = 0; k < words; k++) {
      const kind = below(4);
      if (kind === 0) relocs.push(4 * k, RELOC.stub, below(TRAPS.length));
      else if (kind < 3) relocs.push(4 * k, RELOC.call, IMPORTED + below(count));
    }
    return {
      bytes: new Uint8Array(4 * words),
      align: 16 << below(3),
      relocs: Int32Array.from(relocs),
      sites: Int32Array.of(0, below(1000), 0),
      frame: 8,
      codeSize: 4 * words,
      cpu: 0,
    };
  });
}

describe("linking", () => {
  it("leads every call to its function, over a veneer where that is far away", () => {
    let veneers = 0;
    for (let round = 0; round < 20; round++) {
      const reach = 1 << (9 + below(5));
      const blobs = randomBlobs(1 + below(200), Math.min(reach / 8, 160));
      const { text, offsets, sites } = link(target(reach), blobs, IMPORTED, 0);
      const view = new DataView(text.buffer);
      blobs.forEach(({ relocs, align }, b) => {
        expect(offsets[b]! % align).toBe(0);
        for (let r = 0; r < relocs.length; r += 3) {
          const at = offsets[b]! + relocs[r]!;
          const distance = view.getInt32(at, true);
          expect(Math.abs(distance)).toBeLessThanOrEqual(reach);
          let to = at + distance;
          const symbol = relocs[r + 2]!;
          const wanted = relocs[r + 1] === RELOC.stub ? symbol * 4 : offsets[symbol - IMPORTED]!;
          if (to !== wanted && view.getInt32(to, true) === JUMP) {
            to = view.getInt32(to + 4, true);
            veneers++;
            expect(Math.abs(wanted - at)).toBeGreaterThan(reach);
          }
          expect(to).toBe(wanted);
        }
      });
      const columns = new Uint32Array(sites.buffer, 8);
      blobs.forEach((_, b) => expect(columns[b]).toBe(offsets[b]));
    }
    expect(veneers).toBeGreaterThan(3000);
  });

  it("has no veneers as long as all is near", () => {
    const blobs = randomBlobs(100, 160);
    const near = link(target(1 << 20), blobs, IMPORTED, 0);
    const boundless = link(target(0x7fffffff), blobs, IMPORTED, 0);
    expect(near.text).toEqual(boundless.text);
  });

  it("serves a text of a gigabyte", () => {
    const reach = (1 << 27) - 4;
    const blobs = randomBlobs(200, 160).map((b) => ({ ...b, align: 1 << 23 }));
    const islands = new Islands(blobs, IMPORTED, 64, 4, { reach, veneerSize: 12 });
    expect(islands.size).toBeGreaterThan(1 << 30);
    const veneers = new Map<number, number>();
    islands.eachVeneer((at, to) => veneers.set(at, to));
    expect(veneers.size).toBeGreaterThan(100);
    blobs.forEach(({ relocs }, b) => {
      for (let r = 0; r < relocs.length; r += 3) {
        const at = islands.offsets[b]! + relocs[r]!;
        const [kind, symbol] = [relocs[r + 1]!, relocs[r + 2]!];
        const wanted = kind === RELOC.stub ? symbol * 4 : islands.offsets[symbol - IMPORTED]!;
        const to = islands.target(b, at, kind, symbol);
        expect(Math.abs(to - at)).toBeLessThanOrEqual(reach);
        expect(veneers.get(to) ?? to).toBe(wanted);
      }
    });
  });
});
