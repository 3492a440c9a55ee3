// What the allocator must do well, on small functions written out: loops without moves, values kept
// over calls, spills outside of loops, slots and copies that vanish.

import { describe, expect, test } from "vitest";
import { I32 } from "../../src/ir/types.ts";
import { CLASS, CONSTRAINT, DEF, EDIT, FIRST_SLOT, FIRST_VEC, LIR, Lir, operand } from "../lir.ts";
import type { Allocation, Registers } from "../lir.ts";
import { Allocator } from "./alloc.ts";
import { checkAllocation } from "./checker.ts";
import { GENERATED, testRegisters } from "./generate.ts";
import { stats } from "./stats.ts";
import { printLir } from "./text.ts";

const full = testRegisters(14, 15, 5);
const CALL = 1;

interface Block {
  readonly records: (readonly [op: number, operands: readonly number[], clobbers?: number])[];
  readonly params?: readonly number[];
  readonly edges?: readonly (readonly [target: number, args?: readonly number[]])[];
  readonly depth?: number;
  readonly header?: number;
  readonly cold?: boolean;
}

/** Writes a function out into a Lir whose vregs have been made. */
function write(lir: Lir, blocks: readonly Block[]): void {
  const room = (n: number): Int32Array<ArrayBuffer> => new Int32Array(n + 1);
  const sum = (f: (b: Block) => number): number => blocks.reduce((n, b) => n + f(b), 0);
  const args = sum((b) => (b.edges ?? []).reduce((n, [, a]) => n + (a ?? []).length, 0));
  lir.blockCount = blocks.length;
  lir.blockStart = room(blocks.length);
  lir.loopDepth = new Uint8Array(blocks.map((b) => b.depth ?? 0));
  lir.loopHeader = Int32Array.from(blocks.map((b) => b.header ?? -1));
  lir.cold = new Uint8Array(blocks.map((b) => (b.cold === true ? 1 : 0)));
  lir.paramStart = room(blocks.length);
  lir.params = room(sum((b) => (b.params ?? []).length));
  lir.edgeStart = room(blocks.length);
  lir.edgeTarget = room(sum((b) => (b.edges ?? []).length));
  lir.argStart = room(lir.edgeTarget.length);
  lir.args = room(args);
  blocks.forEach((block, b) => {
    lir.blockStart[b] = lir.size;
    for (const [op, operands, clobbers = 0] of block.records) {
      lir.reserve(operands.length + 3);
      lir.code.set([op | (operands.length << 16), 0, clobbers, ...operands], lir.size);
      lir.size += operands.length + 3;
    }
    const params = block.params ?? [];
    lir.params.set(params, lir.paramStart[b]!);
    lir.paramStart[b + 1] = lir.paramStart[b]! + params.length;
    let e = lir.edgeStart[b]!;
    for (const [target, values = []] of block.edges ?? []) {
      lir.edgeTarget[e] = target;
      lir.args.set(values, lir.argStart[e]!);
      lir.argStart[e + 1] = lir.argStart[e]! + values.length;
      e++;
    }
    lir.edgeStart[b + 1] = e;
  });
  lir.blockStart[blocks.length] = lir.size;
}

const def = (v: number): number => operand(v, CONSTRAINT.reg, DEF, 0);
const use = (v: number): number => operand(v, CONSTRAINT.reg, 0, 0);
const any = (v: number): number => operand(v, CONSTRAINT.any, 0, 0);
const tied = (v: number): number => operand(v, CONSTRAINT.tied, DEF, 1);
const inReg = (v: number, r: number): number => operand(v, CONSTRAINT.fixed, 0, r);
const outReg = (v: number, r: number): number => operand(v, CONSTRAINT.fixed, DEF, r);
const op = GENERATED.plain;
const branch = GENERATED.branch;

function allocate(lir: Lir, blocks: readonly Block[], registers: Registers): Allocation {
  write(lir, blocks);
  const alloc = new Allocator(registers).run(lir);
  checkAllocation(lir, alloc, registers);
  return alloc;
}

/** Edits before the records of a block. */
function editsIn(lir: Lir, alloc: Allocation, b: number): number[][] {
  const found: number[][] = [];
  for (let k = 0; k < alloc.editCount; k++) {
    const edit = [...alloc.edits.subarray(k * 4, k * 4 + 4)];
    if (edit[0]! >= lir.blockStart[b]! && edit[0]! < lir.blockStart[b + 1]!) found.push(edit);
  }
  return found;
}

describe("loops", () => {
  test("a counter and a sum need no moves", () => {
    const lir = new Lir();
    const [n, i, s, s2, i2] = Array.from({ length: 5 }, () => lir.newVreg(CLASS.int));
    const zero = -1 - lir.newConst(I32, 0, 0, 0, 0);
    const blocks: Block[] = [
      {
        records: [
          [LIR.entry, [outReg(n!, 7)]],
          [LIR.jump, []],
        ],
        edges: [[1, [zero, zero]]],
      },
      {
        params: [i!, s!],
        records: [
          [op, [tied(s2!), use(s!), any(i!)]],
          [op, [tied(i2!), use(i!)]],
          [branch, [use(i2!), any(n!)]],
        ],
        edges: [[2], [3]],
        depth: 1,
        header: 1,
      },
      { records: [[LIR.jump, []]], edges: [[1, [i2!, s2!]]], depth: 1, header: 1 },
      { records: [[LIR.ret, [inReg(s2!, 0)]]] },
    ];
    const alloc = allocate(lir, blocks, full);
    expect(editsIn(lir, alloc, 1)).toEqual([]);
    expect(editsIn(lir, alloc, 2)).toEqual([]);
    expect(editsIn(lir, alloc, 3)).toEqual([]);
    expect(alloc.slots).toBe(0);
    expect(alloc.usedInts & full.calleeSavedInts).toBe(0);
  });

  test("a float that lives over calls is loaded before the loop that uses it", () => {
    const lir = new Lir();
    const x = lir.newVreg(CLASS.float);
    const [a, b] = [lir.newVreg(CLASS.float), lir.newVreg(CLASS.float)];
    const c = lir.newVreg(CLASS.int);
    const body: Block = {
      records: [
        [op, [def(a), use(x)]],
        [op, [def(b), use(x), use(a)]],
        [op, [def(c), use(b)]],
        [branch, [use(c)]],
      ],
      edges: [[2], [3]],
      depth: 1,
      header: 2,
    };
    const alloc = allocate(
      lir,
      [
        {
          records: [
            [LIR.entry, [outReg(x, 0)]],
            [op, [], CALL],
            [LIR.jump, []],
          ],
          edges: [[1]],
        },
        {
          records: [
            [op, [], CALL],
            [LIR.jump, []],
          ],
          edges: [[2]],
        },
        body,
        {
          records: [
            [op, [], CALL],
            [LIR.ret, [inReg(x, 0)]],
          ],
        },
      ],
      full,
    );
    expect(editsIn(lir, alloc, 2)).toEqual([]);
    expect(editsIn(lir, alloc, 1).length).toBe(1);
    const s = stats(lir, alloc);
    expect([s.stores, s.reloads]).toEqual([1, 2]);
    expect(alloc.slots).toBe(1);
  });
});

describe("calls", () => {
  test("a value used much over a call gets a callee-saved register", () => {
    const lir = new Lir();
    const v = lir.newVreg(CLASS.int);
    const uses = [1, 2, 3].map((): [number, number[]] => [op, [use(v)]]);
    const alloc = allocate(
      lir,
      [
        {
          records: [
            [LIR.entry, [outReg(v, 1)]],
            [op, [], CALL],
            ...uses,
            [op, [], CALL],
            ...uses,
            [LIR.ret, []],
          ],
        },
      ],
      full,
    );
    expect(alloc.slots).toBe(0);
    expect(alloc.editCount).toBe(1);
    expect(alloc.usedInts & full.calleeSavedInts).not.toBe(0);
  });

  test("a cold call does not cost the hot path a callee-saved register or a store", () => {
    const lir = new Lir();
    const v = lir.newVreg(CLASS.int);
    const alloc = allocate(
      lir,
      [
        {
          records: [
            [LIR.entry, [outReg(v, 1)]],
            [branch, [use(v)]],
          ],
          edges: [[1], [2]],
        },
        {
          records: [
            [op, [], CALL],
            [LIR.jump, []],
          ],
          edges: [[3]],
          cold: true,
        },
        {
          records: [
            [op, [use(v)]],
            [LIR.jump, []],
          ],
          edges: [[3]],
        },
        {
          records: [
            [op, [use(v)]],
            [LIR.ret, []],
          ],
        },
      ],
      full,
    );
    expect(alloc.usedInts & full.calleeSavedInts).toBe(0);
    for (const b of [0, 2, 3]) expect(editsIn(lir, alloc, b)).toEqual([]);
    expect(editsIn(lir, alloc, 1).length).toBe(2);
  });

  test("arguments go straight to their registers", () => {
    const lir = new Lir();
    const [a, b, r] = Array.from({ length: 3 }, () => lir.newVreg(CLASS.int));
    const alloc = allocate(
      lir,
      [
        {
          records: [
            [op, [def(a!)]],
            [op, [def(b!)]],
            [op, [outReg(r!, 0), inReg(b!, 0), inReg(a!, 1)], CALL],
            [LIR.ret, [inReg(r!, 0)]],
          ],
        },
      ],
      full,
    );
    expect(alloc.editCount).toBe(0);
  });

  test("arguments that have to change places are exchanged", () => {
    const lir = new Lir();
    const [a, b] = [lir.newVreg(CLASS.int), lir.newVreg(CLASS.int)];
    const alloc = allocate(
      lir,
      [
        {
          records: [
            [LIR.entry, [outReg(a, 0), outReg(b, 1)]],
            [op, [inReg(b, 0), inReg(a, 1)], CALL],
            [LIR.ret, []],
          ],
        },
      ],
      full,
    );
    expect(alloc.editCount).toBe(1);
    expect(alloc.edits[1]).toBe(EDIT.swap);
  });
});

describe("memory", () => {
  test("a value is stored once, however often it is read over calls", () => {
    const lir = new Lir();
    const x = lir.newVreg(CLASS.float);
    const step: (readonly [number, readonly number[], number?])[] = [
      [op, [], CALL],
      [op, [use(x)]],
    ];
    const alloc = allocate(
      lir,
      [{ records: [[op, [def(x)]], ...step, ...step, ...step, [LIR.ret, []]] }],
      full,
    );
    const s = stats(lir, alloc);
    expect([s.stores, s.reloads]).toEqual([1, 3]);
  });

  test("operands that may be in memory are read there", () => {
    const lir = new Lir();
    const x = lir.newVreg(CLASS.float);
    const alloc = allocate(
      lir,
      [
        {
          records: [
            [op, [def(x)]],
            [op, [], CALL],
            [op, [any(x)]],
            [LIR.ret, []],
          ],
        },
      ],
      full,
    );
    expect(stats(lir, alloc)).toMatchObject({ stores: 1, reloads: 0, memoryOperands: 1 });
  });

  test("a wide value takes two units, at an even one", () => {
    const lir = new Lir();
    const [x, w] = [lir.newVreg(CLASS.float), lir.newVreg(CLASS.wide)];
    const alloc = allocate(
      lir,
      [
        {
          records: [
            [op, [def(x)]],
            [op, [def(w)]],
            [op, [], CALL],
            [op, [use(x), use(w)]],
            [LIR.ret, []],
          ],
        },
      ],
      full,
    );
    expect(alloc.slots).toBe(4);
    const stores = [...Array(alloc.editCount).keys()]
      .map((k) => alloc.edits.subarray(k * 4, k * 4 + 4))
      .filter((edit) => edit[1] === EDIT.wide && edit[3]! >= FIRST_SLOT);
    expect(stores.map((edit) => edit[3])).toEqual([FIRST_SLOT + 2]);
    expect(alloc.usedVecs & (1 << (alloc.locs[3]! - FIRST_VEC))).not.toBe(0);
  });
});

test("the printer shows constraints, locations and edits", () => {
  const lir = new Lir();
  const [a, b, c] = Array.from({ length: 3 }, () => lir.newVreg(CLASS.int));
  const one = -1 - lir.newConst(I32, 1, 0, 0, 0);
  const blocks: Block[] = [
    {
      records: [
        [LIR.entry, [outReg(a!, 1)]],
        [LIR.jump, []],
      ],
      edges: [[1, [one]]],
    },
    {
      params: [b!],
      records: [
        [op, [tied(c!), use(a!), any(b!)], 2],
        [LIR.ret, [inReg(c!, 0)]],
      ],
    },
  ];
  const alloc = allocate(lir, blocks, full);
  expect(printLir(lir, full, () => "add").split("\n")).toEqual([
    "block0():",
    "  v1:r1 = entry",
    "  jump",
    "  -> block1($0)",
    "block1(v2):",
    "  v3=1 = add~2 v1, v2?",
    "  ret v3:r0",
    "",
  ]);
  expect(printLir(lir, full, () => "add", alloc).split("\n")).toEqual([
    "block0():",
    "  v1:r1@r1 = entry",
    "    r0 <- r1",
    "    r1 <- $0",
    "  jump",
    "  -> block1($0)",
    "block1(v2):",
    "  v3=1@r0 = add~2 v1@r0, v2?@r1",
    "  ret v3:r0@r0",
    "",
  ]);
});
