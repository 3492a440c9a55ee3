// Layout, branches, calls and frames on arm64, by running what comes out (tools/draft.ts): random
// control flow with branches that reach and with such that do not, every kind of edit near and far
// from the stack pointer, functions that call each other and pass values in registers, on the
// stack, through an import slot and over veneers.

import { describe, expect, it } from "vitest";
import { Draft, randomDraft, tryFlow, tryMoves } from "../../tools/draft.ts";
import type { Flow, Moves } from "../../tools/draft.ts";
import { DISTANCE, TEXT_BASE, canRun, runText } from "../../tools/machine.ts";
import type { Outcome } from "../../tools/machine.ts";
import { FuncRef, ImportSlot, Instance, RELOC, SITE, TRAP } from "../../src/abi.ts";
import type { Blob } from "../../src/object/blob.ts";
import { link } from "../../src/object/link.ts";
import { Emitter } from "../emit.ts";
import { EDIT, FIRST_SLOT, FIRST_VEC, LIR, MODE, MODE_ACCESS, MODE_REF } from "../lir.ts";
import { traits } from "../shape.ts";
import type { Target } from "../target.ts";
import { COND, INST } from "./insts.ts";
import { CLOBBER } from "./regs.ts";
import { arm64, nearsighted } from "./target.ts";

const NONE = traits(0, 0, 0, 0);
const W = traits(0, 0, 0, 4);
const X = traits(0, 0, 0, 8);
const HASH = 0;
const LEFT = 1;

const movi = (d: Draft, to: number, lo: number): void => void d.add(INST.movi, 0, [to], [lo, 0]);

const flowOf = (target: Target): Flow => ({
  target,
  begin: (d, fuel) => movi(d, LEFT, fuel),
  mix(d, mix) {
    movi(d, 2, 1664525);
    d.add(INST.mul, W, [HASH, HASH, 2], []);
    d.add(INST.addi, W, [HASH, HASH], [mix]);
  },
  fill: (d, k) => movi(d, 3, k),
  burn(d, code) {
    d.add(INST.addi, W, [LEFT, LEFT], [-1]);
    d.add(INST["cmpi.trap"], traits(0, 0, COND.eq, 4), [LEFT], [0, code]);
  },
  branch: (d) => void d.add(INST["tsti.j"], traits(0, 0, COND.ne, 4), [HASH], [64, 0]),
  pick(d) {
    d.add(INST.ubfm, W, [4, HASH], [29, 31]);
    d.add(INST.switch, W, [4], []);
  },
});

const present = canRun("arm64");
if (!present) console.warn("no arm64 and no cross compiler with qemu: functions are not run");

const run = (text: Uint8Array, calls: Parameters<typeof runText>[1]): Outcome[] =>
  runText(text, calls, "arm64");

describe("emission", () => {
  it.runIf(present)("keeps the meaning of random control flow", () => tryFlow(flowOf(arm64), 400));

  it.runIf(present)("does so with branches that reach nowhere, and veneers", () =>
    tryFlow(flowOf(nearsighted(1 << 15)), 400),
  );

  it("gives the same bytes whatever the emitter made before", () => {
    const flow = flowOf(arm64);
    const used = new Emitter(arm64);
    for (let k = 1; k < 20; k++) {
      expect(randomDraft(flow, k).emit(used)).toEqual(randomDraft(flow, k).emit());
    }
  });
});

describe("edits", () => {
  const moves = (target: Target, spread: number): Moves => ({
    target,
    ints: [20, 9],
    vecs: [FIRST_VEC + 9, FIRST_VEC + 20],
    swapped: [3, 4],
    spread,
  });

  it.runIf(present)("moves constants, slots and registers of every class", () => {
    for (const spread of [1, 40, 3000]) tryMoves(moves(arm64, spread));
  });

  it.runIf(present)("loads constants from a pool out of reach", () =>
    tryMoves(moves(nearsighted(1 << 16), 1)),
  );

  it("joins neighbouring moves to or from the stack", () => {
    const d = new Draft(arm64);
    d.slots = 4;
    d.edit(EDIT.int, 1, FIRST_SLOT + 1);
    d.edit(EDIT.int, 0, FIRST_SLOT);
    d.edit(EDIT.float, FIRST_VEC + 3, FIRST_SLOT + 2);
    d.edit(EDIT.float, FIRST_VEC + 2, FIRST_SLOT + 3);
    d.edit(EDIT.int, FIRST_SLOT, 5);
    d.edit(EDIT.int, FIRST_SLOT + 1, 5);
    d.ret();
    d.end([]);
    const { bytes } = d.emit();
    const words = [...new Uint32Array(bytes.buffer)].map((w) => w.toString(16));
    // sub sp, 32; stp x0, x1, [sp]; stp d3, d2, [sp, 16]; ldr x5, [sp]; ldr x5, [sp, 8]; add; ret
    expect(words.slice(0, 7)).toEqual([
      "d10083ff", "a90007e0", "6d010be3", "f94003e5", "f94007e5", "910083ff", "d65f03c0",
    ]); // prettier-ignore
  });
});

describe("calls and frames", () => {
  const CALL = traits(CLOBBER.call, 0, 0, 0);
  const REF = Instance.$size;
  const SLOT = REF + FuncRef.$size;

  /** f(x0, one stack argument at 0, one at 8) -> x0, and two results on the stack. */
  function callee(target: Target): Draft {
    const d = new Draft(target);
    d.slots = 3;
    d.add(LIR.arg, NONE, [19], [0]);
    d.add(LIR.arg, NONE, [FIRST_VEC + 3], [8]);
    d.edit(EDIT.float, FIRST_VEC + 3, FIRST_SLOT + 1);
    d.add(LIR.give, NONE, [FIRST_SLOT + 1], [0]);
    d.add(INST.add, X, [0, 0, 19], []);
    d.add(LIR.give, NONE, [0], [8]);
    d.edit(EDIT.int, 19, 0);
    d.ret(16);
    d.end([]);
    return d;
  }

  /** (x, y, z) -> callee(x, y, z), its results in x0, x1, x2; x20 and a slot live on. */
  function caller(target: Target, through: "call" | "slot" | "ref", slots: number): Draft {
    const d = new Draft(target);
    const last = FIRST_SLOT + slots - 1;
    d.slots = slots;
    d.edit(EDIT.int, 1, 20);
    d.edit(EDIT.int, 2, last);
    d.add(LIR.open, NONE, [], [32]);
    d.add(LIR.put, NONE, [20], [0], 70);
    d.add(LIR.put, NONE, [last], [8], 70);
    if (through === "call") {
      d.add(INST.call, CALL, [], [0, 16], 71);
    } else if (through === "slot") {
      d.add(INST.calls, CALL, [], [SLOT, 16], 71);
    } else {
      d.add(INST.lea, traits(0, MODE.r, 0, 8), [9], [REF - DISTANCE]);
      d.add(INST.callr, traits(CLOBBER.call, MODE.base, 0, 0), [9], [0, 16], 71);
    }
    d.add(LIR.take, NONE, [1], [0]);
    d.add(LIR.take, NONE, [2], [8]);
    d.add(LIR.close, NONE, [], [16]);
    d.edit(EDIT.int, last, 3);
    d.add(INST.add, X, [2, 2, 3], []);
    d.add(INST.add, X, [2, 2, 20], []);
    // R and I must be the caller's again.
    d.add(INST.lea, traits(0, MODE.r, 0, 8), [3], [0]);
    d.add(INST.lea, traits(0, MODE.r, 0, 8), [4], [-DISTANCE]);
    d.ret();
    d.end([]);
    return d;
  }

  /** (code) -> R, I: stores a FuncRef with R + 64 and I + 8, and an import slot that has it. */
  function linker(target: Target): Draft {
    const d = new Draft(target);
    const store = (reg: number, at: number): void =>
      void d.add(INST.str, traits(0, MODE.r, 0, 8), [reg], [at - DISTANCE]);
    d.add(INST.lea, traits(0, MODE.r, 0, 8), [1], [64]);
    d.add(INST.lea, traits(0, MODE.r, 0, 8), [2], [8 - DISTANCE]);
    d.add(INST.lea, traits(0, MODE.r, 0, 8), [3], [REF - DISTANCE]);
    store(0, REF + FuncRef.code);
    store(1, REF + FuncRef.base);
    store(2, REF + FuncRef.owner);
    store(3, SLOT + ImportSlot.ref);
    d.add(INST.lea, traits(0, MODE.r, 0, 8), [0], [0]);
    d.add(INST.lea, traits(0, MODE.r, 0, 8), [1], [-DISTANCE]);
    d.ret();
    d.end([]);
    return d;
  }

  function tryCalls(target: Target, blobs: readonly Blob[]): void {
    const { text, offsets } = link(target, blobs, 0, DISTANCE);
    const address = BigInt(TEXT_BASE + offsets[0]!);
    const calls = blobs.slice(2).map((_, k) => {
      return { at: offsets[k + 2]!, ints: [5n, 7n, 11n], vecs: [] };
    });
    const [linked, ...outcomes] = run(text, [
      { at: offsets[1]!, ints: [address], vecs: [] },
      ...calls,
    ]);
    for (const { trap, ints } of outcomes) {
      expect([trap, ...ints.slice(0, 3)]).toEqual([0, 7n, 11n, 12n + 11n + 7n]);
      expect(ints.slice(3, 5)).toEqual(linked!.ints.slice(0, 2));
    }
  }

  const emitted = (target: Target): Blob[] => [
    callee(target).emit(),
    linker(target).emit(),
    ...[2, 61, 62, 70, 3000].flatMap((slots) =>
      (["call", "slot", "ref"] as const).map((way) => caller(target, way, slots).emit()),
    ),
  ];

  it.runIf(present)("passes values in registers and memory, and switches R and I", () => {
    const blobs = emitted(arm64);
    // A leaf; the prologue saves x30 at the top of the others.
    expect(blobs[0]!.frame).toBe(32 | 1);
    expect(blobs[2]!.frame).toBe(32 - 8);
    tryCalls(arm64, blobs);
  });

  it.runIf(present)("calls over veneers", () => {
    const target = nearsighted(1 << 12);
    const blobs = emitted(target).map((b) => ({ ...b, align: 1 << 13 }));
    tryCalls(target, blobs);
  });

  it("notes calls, traps and accesses where the runtime looks for them", () => {
    const blob = caller(arm64, "call", 2).emit();
    const [at, kind, symbol] = blob.relocs;
    expect([kind, symbol]).toEqual([RELOC.call, 0]);
    expect([...blob.sites]).toEqual([at! + 4, 71, SITE.call | (32 << 8)]);
    const t = new Draft(arm64);
    t.add(INST.ldr, traits(0, MODE.rIndex | MODE_ACCESS, 0, 4), [0, 1], [0], 5);
    const third = traits(0, MODE.base | MODE_REF, 0, 4);
    t.add(INST.sigcheck, third, [1], [16, 0x12345678, TRAP.signature], 6);
    t.ret();
    t.end([]);
    const traps = t.emit();
    // ldr; ldr, movz, movk, cmp, b.ne; ret; mov x15, x30; bl; udf
    expect([...traps.sites]).toEqual([
      ...[0, 5, SITE.access],
      ...[4, 6, SITE.ref],
      ...[36, 6, SITE.trap],
    ]);
    expect([...traps.relocs]).toEqual([32, RELOC.stub, TRAP.signature]);
    // A return address lies inside of its function.
    expect(traps.codeSize).toBe(40);
    expect(traps.frame).toBe(1);
  });

  it.runIf(present)("asks for the limit of the stack before a frame larger than the guard", () => {
    for (const slots of [40000, 3000000]) {
      const d = new Draft(arm64);
      d.slots = slots;
      if (slots === 40000) {
        d.edit(EDIT.int, 0, FIRST_SLOT + slots - 1);
        d.edit(EDIT.int, FIRST_SLOT + slots - 1, 0);
      }
      d.ret();
      d.end([]);
      const limit = new Draft(arm64);
      limit.add(INST.str, traits(0, MODE.r, 0, 8), [0], [Instance.stackLimit - DISTANCE]);
      limit.ret();
      limit.end([]);
      const blob = d.emit();
      // It saves x30, so that it touches its highest bytes first.
      expect(blob.frame).toBe(((slots * 8 + 8 + 15) & -16) - 8);
      const { text, offsets } = link(arm64, [blob, limit.emit()], 0, DISTANCE);
      const go = { at: offsets[0]!, ints: [9n], vecs: [] };
      const set = { at: offsets[1]!, ints: [0x7ffffffffffffff0n], vecs: [] };
      const [fine, , refused] = run(text, [go, set, go]);
      expect([fine!.trap, fine!.ints[0]]).toEqual([0, 9n]);
      expect(refused!.trap).toBe(TRAP.stack);
    }
  });
});
