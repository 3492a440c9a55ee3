// What only arm64's traces have to cope with: return addresses that stay in the link register, and
// prologues that a stack overflow may interrupt at any of their stores. Functions are words of the
// shapes that the back end emits; each must be found again by the trace, with its callers.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PAGE, REQUEST, TRAP } from "../src/abi.ts";
import type { Layout } from "../src/wasm/layout.ts";
import { EXTERNREF, newFuncType } from "../src/wasm/types.ts";
import { Arm64Code, I, arm64 } from "./handmade-arm64.ts";
import { assemble, newModule } from "./handmade.ts";
import { everywhere, kitBytes, linkKit, request, result, trap } from "./runtime-kit.ts";
import { Session } from "./session.ts";

const [SP, X0, X19, X30] = [31, 0, 19, 30] as const;

/** A module of functions without parameters, exported as f0, f1 and so on. */
function moduleOf(count: number) {
  return newModule({
    types: [newFuncType([], [])],
    funcs: Array.from({ length: count }, () => 0),
    memories: [{ limits: { min: 1, max: 1, shared: false } }],
    exports: Array.from({ length: count }, (_, index) => ({
      name: `f${index}`,
      kind: "func" as const,
      index,
      offset: 0,
    })),
  });
}

/**
 * The calls of a log that change the pages of part of a mapping from or to where no page of `size`
 * begins: neither by itself nor counted from where the kernel put the mapping.
 */
function offPage(log: string, size: number): string[] {
  const bases: number[] = [];
  const isOff = (at: number): boolean => {
    const base = Math.max(0, ...bases.filter((b) => b <= at));
    return at % size !== 0 && (at - base) % size !== 0;
  };
  return log.split("\n").filter((line) => {
    const made = /mmap\(NULL,.* = (0x[0-9a-f]+)/.exec(line);
    if (made !== null) bases.push(Number(made[1]));
    const changed = /(?:mmap|mprotect|munmap)\((0x[0-9a-f]+|\d+),/.exec(line);
    return changed !== null && isOff(Number(changed[1]));
  });
}

/** Prologues: their words, and the bytes that they take. */
const PROLOGUES: Readonly<Record<string, readonly [words: readonly number[], taken: number]>> = {
  "sub, str": [[I.subImm(SP, SP, 48), I.str(X30, SP, 40)], 48],
  "sub, stp, stp": [
    [I.subImm(SP, SP, 80), I.stp(X19, X30, SP, 64), I.stp(20, 21, SP, 48), I.stp(22, 23, SP, 32)],
    80,
  ],
  "sub, str, stp, str": [
    [I.subImm(SP, SP, 64), I.str(X30, SP, 56), I.stp(X19, 20, SP, 32), I.str(21, SP, 24)],
    64,
  ],
  "stp!, stp!, sub": [
    [I.stpPre(X19, X30, SP, -16), I.stpPre(20, 21, SP, -16), I.subImm(SP, SP, 160)],
    192,
  ],
  "stp!, sub, stp": [
    [I.stpPre(X19, X30, SP, -16), I.subImm(SP, SP, 32), I.stp(20, 21, SP, 16)],
    48,
  ],
  "sub high, sub, str": [
    [I.subImmHigh(SP, SP, 2), I.subImm(SP, SP, 32), I.str(X30, SP, 8216)],
    8224,
  ],
  "a store of arguments behind it": [
    [I.subImm(SP, SP, 32), I.str(X30, SP, 24), I.subImm(SP, SP, 16), I.str(X0, SP, 0)],
    32,
  ],
};

everywhere(
  ({ command }) => {
    let session: Session;
    beforeEach(() => {
      session = new Session(command);
    });
    afterEach(() => session.end());

    const code = (layout: Layout, words: readonly number[]): Arm64Code => {
      const c = new Arm64Code(layout);
      for (const word of words) c.word(word);
      return c;
    };
    const link = async (bytes: Uint8Array) => {
      const exports = await session.link(bytes, []);
      return (name: string) => trap(session.invoke(exports.get(name)!.id, []));
    };

    const found = async (reply: ReturnType<typeof trap>) => {
      const { code: why, frames } = await reply;
      return { code: why, frames: frames.map((f) => f.func) };
    };

    describe("an overflow in a prologue", () => {
      it.each(Object.entries(PROLOGUES))("%s", async (name, [words, taken]) => {
        const extra = name.startsWith("a store") ? 16 : 0;
        // f0 and f1 begin the recursion at different distances from the limit.
        const write = (layout: Layout) => [
          new Arm64Code(layout).enter(0).call(2).blob(),
          new Arm64Code(layout).enter(16).call(2).blob(),
          code(layout, words)
            .call(2, extra)
            .blob(taken - 8),
        ];
        const run = await link(assemble(arm64, moduleOf(3), write));
        for (const start of ["f0", "f1", "f2"]) {
          const { code: why, frames } = await found(run(start));
          expect(why).toBe(TRAP.stack);
          expect(frames).toEqual(Array(64).fill(2));
        }
      });
    });

    describe("leaves", () => {
      const down = I.subImm(SP, SP, 32);
      const write = (layout: Layout) => [
        new Arm64Code(layout).enter(8).call(1).blob(),
        new Arm64Code(layout).enter(24, 3).call(2).blob(),
        code(layout, [down]).clear(PAGE).blob(33),
        new Arm64Code(layout).enter(8).call(4).blob(),
        code(layout, [down]).trap("overflow").blob(33),
        new Arm64Code(layout).enter(8).call(6).blob(),
        new Arm64Code(layout).trap("divide").blob(),
      ];

      it("are found with their callers after a fault and after a trap", async () => {
        const run = await link(assemble(arm64, moduleOf(7), write));
        expect(await found(run("f0"))).toEqual({ code: TRAP.memory, frames: [2, 1, 0] });
        expect(await found(run("f1"))).toEqual({ code: TRAP.memory, frames: [2, 1] });
        expect(await found(run("f2"))).toEqual({ code: TRAP.memory, frames: [2] });
        expect(await found(run("f3"))).toEqual({ code: TRAP.overflow, frames: [4, 3] });
        expect(await found(run("f5"))).toEqual({ code: TRAP.divide, frames: [6, 5] });
        expect(await found(run("f6"))).toEqual({ code: TRAP.divide, frames: [6] });
      });

      it.each([
        ["in the prologue", [I.subImm(SP, SP, 2032), I.str(X0, SP, 0)]],
        ["in the body", [I.subImm(SP, SP, 2032), I.movW(X0, X0), I.str(X0, SP, 0)]],
      ])("run out of stack %s", async (_, words) => {
        const leaf = [...words, I.addImm(SP, SP, 2032), I.ret()];
        const write2 = (layout: Layout) => [
          new Arm64Code(layout).enter(0).call(1).call(0).blob(),
          code(layout, leaf).blob(2033),
        ];
        const run = await link(assemble(arm64, moduleOf(2), write2));
        const { code: why, frames } = await found(run("f0"));
        expect(why).toBe(TRAP.stack);
        expect(frames).toEqual([1, ...Array(63).fill(0)]);
      });
    });

    // The pages of an emulated kernel are small, but its log of system calls tells what would
    // become of them on one with pages of 64 KiB.
    it.runIf(command.length > 1)("opens and closes whole pages of 64 KiB", async () => {
      const directory = mkdtempSync(join(tmpdir(), "ingot-pages-"));
      const log = join(directory, "log");
      const [emulator = "", ...words] = command;
      const traced = new Session([emulator, "-strace", "-D", log, ...words]);
      try {
        for (let round = 0; round < 2; round++) {
          const k = await linkKit(traced, kitBytes(arm64));
          expect(await result(k.call("grow", 1))).toBe(1);
          await traced.ok(request(REQUEST.newMemory).u32(1).u64(2));
          const table = request(REQUEST.newTable).u8(EXTERNREF).u32(10).u64(9000);
          await traced.ok(table.value({ type: EXTERNREF, lo: 0, hi: 0 }));
          await traced.ok(request(REQUEST.freeAll));
        }
        await traced.end();
        const calls = readFileSync(log, "utf8");
        expect(offPage(calls, 65536)).toEqual([]);
        expect(offPage(calls, 1 << 20)).not.toEqual([]); // it does see them
      } finally {
        rmSync(directory, { recursive: true });
      }
    });
  },
  [arm64],
);
