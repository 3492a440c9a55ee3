// Memories with and without a host that has WebAssembly: what the loop sees and what the host has
// been shown are the same bytes, at every size.

import { describe, expect, it } from "vitest";
import { MAX_PAGES, Memory, PAGE } from "./memory.ts";
import type { MemoryHost } from "./memory.ts";

const hosts: readonly (readonly [name: string, host: MemoryHost | undefined])[] = [
  ["with WebAssembly", undefined],
  ["without WebAssembly", { structuredClone }],
  ["without anything", {}],
];

describe.each(hosts)("a memory of a host %s", (_, host) => {
  const newMemory = (min: number, max: number, most = MAX_PAGES): Memory =>
    new Memory({ min, max, shared: false }, { left: most }, host);
  const detaches = host?.structuredClone !== undefined || host === undefined;

  it.each([0, 1, 3, 20])("of %i pages grows", (min) => {
    const memory = newMemory(min, -1);
    let shown: ArrayBuffer | undefined;
    let pages = min;
    for (const [step, isShown] of [1, 0, 1, 1, 0, 5, 1, 30, 1, 0].map((n, k) => [n, k % 3 !== 1])) {
      const delta = Number(step);
      if (pages > 0) memory.bytes[pages * PAGE - 1] = pages;
      if (isShown) {
        shown = memory.buffer;
        expect(memory.buffer).toBe(shown);
        expect(shown.byteLength).toBe(pages * PAGE);
        expect(memory.bytes.buffer).toBe(shown);
      }
      expect(memory.grow(delta)).toBe(pages);
      if (isShown && detaches) expect(shown!.byteLength).toBe(0);
      pages += delta;
      expect([memory.pages, memory.limit]).toEqual([pages, pages * PAGE]);
      expect([memory.bytes.length, memory.view.byteLength]).toEqual([pages * PAGE, pages * PAGE]);
      expect(memory.buffer).not.toBe(shown);
      expect(memory.buffer.byteLength).toBe(pages * PAGE);
      if (delta > 0 && pages > delta) {
        expect(memory.view.getUint8((pages - delta) * PAGE - 1)).toBe(pages - delta);
      }
    }
  });

  it("stays within its maximum and what it may have", () => {
    const memory = newMemory(2, 4);
    expect([memory.grow(3), memory.grow(0xffff_ffff), memory.grow(2)]).toEqual([-1, -1, 2]);
    expect([memory.grow(1), memory.grow(0)]).toEqual([-1, 4]);
    const limited = newMemory(17, -1, 18);
    expect([limited.grow(2), limited.grow(1), limited.grow(1)]).toEqual([-1, 17, -1]);
  });

  it("grows by single pages in no time", () => {
    const memory = newMemory(1, -1);
    const start = performance.now();
    for (let k = 1; k < 1500; k++) memory.grow(1);
    expect(memory.pages).toBe(1500);
    // A copy each time would be 70 GB.
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
