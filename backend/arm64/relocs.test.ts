// Branches of every class at the ends of their reach, near and far forms, trap stubs and veneers,
// against the system's assembler.

import { describe, expect, it } from "vitest";
import { assemble, hasTool } from "../../tools/machine.ts";
import { Instance } from "../../src/abi.ts";
import { COND, COND_NAMES } from "./insts.ts";
import { ADR, BIT, JUMP, LITERAL, STUB_SIZE, VENEER_SIZE, ZERO, branches } from "./relocs.ts";
import { patch, writeStub, writeVeneer } from "./relocs.ts";

interface Case {
  readonly kind: number;
  /** The branch that is `off` bytes away from its target; the same turned round. */
  readonly text: (off: string) => string;
  readonly opposite: (off: string) => string;
}

const zero = (reg: number, wide: number, not: number): Case => {
  const name = (n: number): string => `${n === 0 ? "cbz" : "cbnz"} ${wide === 0 ? "w" : "x"}${reg}`;
  return {
    kind: ZERO | (reg << 5) | (wide << 10) | (not << 11),
    text: (off) => `${name(not)}, ${off}`,
    opposite: (off) => `${name(1 - not)}, ${off}`,
  };
};

const bit = (reg: number, n: number, not: number): Case => {
  const name = (k: number): string => (k === 0 ? "tbz" : "tbnz");
  const operands = `${n < 32 ? "w" : "x"}${reg}, #${n}`;
  return {
    kind: BIT | (reg << 5) | (n << 10) | (not << 16),
    text: (off) => `${name(not)} ${operands}, ${off}`,
    opposite: (off) => `${name(1 - not)} ${operands}, ${off}`,
  };
};

const conditional = (c: number): Case => ({
  kind: c,
  text: (off) => `b.${COND_NAMES[c]} ${off}`,
  opposite: (off) => `b.${COND_NAMES[c ^ 1]} ${off}`,
});

const CASES: readonly Case[] = [
  ...Object.values(COND).map(conditional),
  ...[0, 1].flatMap((wide) => [0, 1].flatMap((not) => [zero(3, wide, not), zero(30, wide, not)])),
  ...[0, 31, 32, 63].flatMap((n) => [bit(0, n, 0), bit(25, n, 1)]),
];
const literal = (reg: number, log: number): [number, string] => [
  LITERAL | (reg << 5) | (log << 10),
  `${"sdq"[log]}${reg}`,
];

function wordsOf(kind: number, size: number, distance: number): number[] {
  const out = new Uint8Array(size);
  branches.write(out, 0, kind, size, distance);
  return [...new Int32Array(out.buffer)];
}

const present = hasTool("llvm-mc");
if (!present) console.warn("llvm-mc is missing: branches are not compared with an assembler");

describe("arm64 branches", () => {
  it.runIf(present)("are what the assembler makes of them, near and far", () => {
    const texts: string[] = [];
    const got: number[] = [];
    for (const { kind, text, opposite } of CASES) {
      const { min, max } = branches;
      for (const distance of [min[kind & 31]!, -4, 0, 64, max[kind & 31]!]) {
        texts.push(text(`#${distance + 4}`));
        got.push(...wordsOf(kind, 4, distance));
      }
      for (const distance of [-(1 << 27) - 4, 0x4000000]) {
        texts.push(opposite("#8"), `b #${distance + 4}`);
        got.push(...wordsOf(kind, 8, distance));
      }
    }
    texts.push("b #-134217728", "b #134217724");
    got.push(...wordsOf(JUMP, 4, -(1 << 27) - 4), ...wordsOf(JUMP, 4, (1 << 27) - 8));
    expect(got).toEqual(assemble(texts));
  });

  it.runIf(present)("load and address the pool, near and far", () => {
    const texts: string[] = [];
    const got: number[] = [];
    for (const [kind, name] of [literal(0, 0), literal(31, 1), literal(7, 2)]) {
      texts.push(`ldr ${name}, #1048000`);
      got.push(...wordsOf(kind, 4, 1047996));
      texts.push("mov w17, #0x5678", "movk w17, #0x1234, lsl #16", "adr x16, #0");
      texts.push(`ldr ${name}, [x16, x17]`);
      got.push(...wordsOf(kind, 16, 0x12345670));
    }
    texts.push("adr x9, #1048001");
    got.push(...wordsOf(ADR | (9 << 5), 4, 1047997));
    texts.push("mov w17, #0x5678", "movk w17, #0x1234, lsl #16", "adr x16, #0");
    texts.push("add x16, x16, x17");
    got.push(...wordsOf(ADR | (16 << 5), 16, 0x12345670));
    expect(got).toEqual(assemble(texts));
  });

  it.runIf(present)("stubs, calls and veneers", () => {
    const stub = new Uint8Array(STUB_SIZE);
    writeStub(stub, 7);
    const text = [`ldr x17, [x27, #${Instance.trap}]`, "mov w16, #7", "br x17", "udf #0"];
    expect([...new Int32Array(stub.buffer)]).toEqual(assemble(text));
    const view = new DataView(new ArrayBuffer(1 << 16));
    const wordAt = (at: number): number => view.getInt32(at, true);
    patch(view, 4096, 4096 - (1 << 27));
    patch(view, 8, (1 << 27) + 4);
    expect([wordAt(4096), wordAt(8)]).toEqual(assemble(["bl #-134217728", "bl #134217724"]));
    // Pages count from the veneer's own.
    for (const [at, to] of [
      [4092, 0x12345678],
      [32768, 16],
      [4096, 4096 * 7 + 4],
    ] as const) {
      writeVeneer(view, at, to);
      const page = (to >> 12) - (at >> 12);
      const lines = [`adrp x16, #${page * 4096}`, `add x16, x16, #${to & 4095}`, "br x16"];
      const words = Array.from({ length: VENEER_SIZE / 4 }, (_, k) => wordAt(at + 4 * k));
      expect(words).toEqual(assemble(lines));
    }
  });

  it("fills gaps with instructions that do nothing", () => {
    const out = new Uint8Array(12);
    branches.pad(out, 4, 8);
    expect([...new Uint32Array(out.buffer)]).toEqual([0, 0xd503201f, 0xd503201f]);
  });
});
