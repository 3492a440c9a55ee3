// The scan against the obvious way to compute the same: every open loop collects what it sees.
// Bodies are random nests of blocks and loops.

import { expect, test } from "vitest";
import { ByteWriter } from "../support/bytes.ts";
import { parseWat } from "../text/wat.ts";
import { decodeModule } from "./decode.ts";
import type { Module } from "./module.ts";
import { SCAN, Scanner } from "./scan.ts";

const scanText = (body: string): Scanner => {
  const m = decodeModule(
    parseWat(`(module (type (func)) (memory 1) (table 1 funcref) (global (mut i32) (i32.const 0))
      (func (local i32 i32 i32 i32 i32) ${body}))`),
  );
  const scanner = new Scanner();
  scanner.scan(m, 0);
  return scanner;
};

const localsOf = (s: Scanner, loop: number): number[] =>
  Array.from(s.locals.subarray(s.loopFirst[loop]!, s.loopFirst[loop]! + s.loopCount[loop]!));

test("locals are sorted, distinct, and those of inner loops count", () => {
  const s = scanText(`(local.set 0 (i32.const 0))
    (loop (local.set 3 (i32.const 1)) (loop (local.set 1 (local.tee 4 (i32.const 2))))
      (local.set 3 (i32.const 1)) (block (local.set 0 (i32.const 3))))
    (loop)`);
  expect(s.loops).toBe(3);
  expect([0, 1, 2].map((n) => localsOf(s, n))).toEqual([[0, 1, 3, 4], [1, 4], []]);
  expect(s.loopOffset[0]!).toBeLessThan(s.loopOffset[1]!);
  expect(s.maxDepth).toBe(2);
});

test("effects belong to the loops around them and to the function", () => {
  const s = scanText(`(i32.store (i32.const 0) (i32.const 0))
    (loop (global.set 0 (i32.const 0)) (loop (call 0)) (block (loop (br_table 0 1 (i32.const 0)))))
    (loop (call_indirect (type 0) (i32.const 0))) (loop (drop (memory.grow (i32.const 0))))
    (loop (table.set (i32.const 0) (ref.null func)))
    (loop (drop (f64.load offset=300 (i32.const 0))) (drop (f64.const 11.25)))`);
  const { stores, calls, grows, globals, tables, indirectCalls } = SCAN;
  expect([...s.loopFlags.subarray(0, s.loops)]).toEqual([
    globals | calls,
    calls,
    0,
    calls | indirectCalls,
    grows,
    tables,
    0,
  ]);
  expect(s.flags).toBe(stores | calls | grows | globals | tables | indirectCalls);
});

/** A random body; what every loop assigns is worked out on the way. */
function randomBody(seed: number): { bytes: Uint8Array; ops: number; loops: Set<number>[] } {
  const next = (n: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) | 0;
    return (seed >>> 16) % n;
  };
  const w = new ByteWriter();
  w.bytes(Uint8Array.of(1, 200, 1, 0x7f));
  const loops: Set<number>[] = [];
  const open: (Set<number> | undefined)[] = [];
  let ops = 1;
  for (let left = 300; left > 0; left--, ops++) {
    const choice = next(10);
    if (choice < 2) {
      const loop = choice === 0 ? new Set<number>() : undefined;
      if (loop !== undefined) loops.push(loop);
      open.push(loop);
      w.bytes(Uint8Array.of(loop === undefined ? 2 : 3, 0x40));
    } else if (choice < 4 && open.length > 0) {
      open.pop();
      w.u8(0x0b);
    } else if (choice < 7) {
      const local = next(200);
      for (const loop of open) loop?.add(local);
      w.u8(0x21);
      w.u32(local);
    } else {
      w.u8(0x41);
      w.s32(next(100_000) - 50_000);
    }
  }
  for (; open.length > 0; open.pop(), ops++) w.u8(0x0b);
  w.u8(0x0b);
  return { bytes: w.finish(), ops, loops };
}

const moduleAround = (bytes: Uint8Array): Module => ({
  ...decodeModule(parseWat("(module (func))")),
  bytes,
  bodies: [{ start: 0, end: bytes.length }],
});

test("random nests, with one scanner", () => {
  const scanner = new Scanner();
  for (let seed = 1; seed <= 200; seed++) {
    const { bytes, ops, loops } = randomBody(seed);
    scanner.scan(moduleAround(bytes), 0);
    expect(scanner.ops).toBe(ops);
    expect(scanner.loops).toBe(loops.length);
    loops.forEach((set, n) => {
      expect(localsOf(scanner, n)).toEqual([...set].sort((a, b) => a - b));
    });
  }
});

test("malformed bodies stop the scan", () => {
  const scanner = new Scanner();
  const bodies = [
    [],
    [0x80],
    [0, 0x41],
    [0, 3],
    [0, 0x0e, 0xff, 0xff, 0xff, 0xff, 0x0f],
    [0, 0x27],
  ];
  bodies.push([0, 3, 0x40, 0x21, 0xff, 0xff, 0xff, 0x7f, 0x0b, 0x0b]);
  bodies.push(
    [0xff, 0xff, 0xff, 0xff, 0x0f, 1],
    [0, 0x0b, 0x0b, 0x0b],
    [0, 0xfc, 0xff, 0xff, 0x7f],
  );
  for (const body of bodies) scanner.scan(moduleAround(Uint8Array.from(body)), 0);
  expect(scanner.loops).toBe(0);
});
