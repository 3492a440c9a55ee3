// Layout, branches, calls and frames on amd64, by running what comes out (tools/draft.ts): random
// control flow, every kind of edit, functions that call each other and pass values in registers, on
// the stack and through an import slot.

import { describe, expect, it } from "vitest";
import { Draft, randomDraft, tryFlow, tryMoves } from "../../tools/draft.ts";
import type { Flow } from "../../tools/draft.ts";
import { DISTANCE, TEXT_BASE, canRun, runText } from "../../tools/machine.ts";
import { Instance, RELOC, SITE, TRAP } from "../../src/abi.ts";
import { link } from "../../src/object/link.ts";
import { Emitter } from "../emit.ts";
import { EDIT, FIRST_SLOT, FIRST_VEC, LIR, MODE, MODE_ACCESS, MODE_REF } from "../lir.ts";
import { traits } from "../shape.ts";
import { COND, INST } from "./insts.ts";
import { CLOBBER, REG } from "./regs.ts";
import { amd64 } from "./target.ts";

const { rax, rcx, rdx, rbx, rsi, rdi, r8 } = REG;
const HASH = rax;
const LEFT = rcx;

const newDraft = (): Draft => new Draft(amd64);
const movi = (d: Draft, to: number, lo: number): void => void d.add(INST.movi, 0, [to], [lo, 0]);

const flow: Flow = {
  target: amd64,
  begin(d, fuel) {
    d.edit(EDIT.int, rdi, HASH);
    movi(d, LEFT, fuel);
  },
  mix(d, mix) {
    d.made(INST.imuli, traits(0, 0, 0, 4), [HASH, HASH], [1664525]);
    d.tied(INST.addi, 4, HASH, [], [mix]);
  },
  fill: (d, k) => movi(d, rbx, k),
  burn(d, code) {
    d.tied(INST.subi, 4, LEFT, [], [1]);
    d.add(INST["cmpi.trap"], traits(0, 0, COND.e, 4), [LEFT], [0, code]);
  },
  branch: (d) => void d.add(INST["testi.j"], traits(0, 0, COND.ne, 4), [HASH], [64]),
  pick(d) {
    d.edit(EDIT.int, HASH, rsi);
    d.tied(INST.shri, 4, rsi, [], [29]);
    d.made(INST.switch, traits(0, 0, 0, 4), [rdx, r8, rsi], []);
  },
};

const present = canRun("amd64");
if (!present) console.warn("no cc or no amd64 Linux: emitted functions are not run");

describe("emission", () => {
  it.runIf(present)("keeps the meaning of random control flow", () => tryFlow(flow, 600));

  it("gives the same bytes whatever the emitter made before", () => {
    const used = new Emitter(amd64);
    for (let k = 1; k < 20; k++) {
      expect(randomDraft(flow, k).emit(used)).toEqual(randomDraft(flow, k).emit());
    }
  });

  it("rotates a loop whose header decides, and drops empty blocks", () => {
    const d = newDraft();
    movi(d, rax, 0);
    d.add(LIR.jump, 0, [], []);
    d.end([1]);
    d.add(INST["cmpi.j"], traits(0, 0, COND.e, 4), [rdi], [0]);
    d.end([4, 2], 1, 1);
    d.tied(INST.add, 4, rax, [rdi], []);
    d.tied(INST.subi, 4, rdi, [], [1]);
    d.add(LIR.jump, 0, [], []);
    d.end([3], 1, 1);
    d.add(LIR.jump, 0, [], []);
    d.end([1], 1, 1);
    d.ret();
    d.end([]);
    // xor eax, eax; jmp test; (padding) add eax, edi; sub edi, 1; test: test edi, edi; jne; ret
    const { bytes, codeSize } = d.emit();
    expect(codeSize).toBe(32 + 2 + 3 + 2 + 2 + 1);
    expect([...bytes.subarray(0, 4)]).toEqual([0x33, 0xc0, 0xeb, 32 + 5 - 4]);
  });

  it.runIf(present)("copies the short end of a round into the cases that jump to it", () => {
    // for (n = rdi; n != 0; n--) switch (n & 3) { sum *= 3, 5, 7, 9 }
    const d = newDraft();
    movi(d, rax, 1);
    d.add(LIR.jump, 0, [], []);
    d.end([1]);
    d.edit(EDIT.int, rdi, rsi);
    d.tied(INST.andi, 4, rsi, [], [3]);
    d.made(INST.switch, traits(0, 0, 0, 4), [rdx, r8, rsi], []);
    d.end([2, 3, 4, 5], 1, 1);
    for (const factor of [3, 5, 7, 9]) {
      d.made(INST.imuli, traits(0, 0, 0, 4), [rax, rax], [factor]);
      d.add(LIR.jump, 0, [], []);
      d.end([6], 1, 1);
    }
    d.tied(INST.subi, 4, rdi, [], [1]);
    d.add(LIR.jump, 0, [], []);
    d.end([7], 1, 1);
    d.add(INST["cmpi.j"], traits(0, 0, COND.e, 4), [rdi], [0]);
    d.end([8, 1], 1, 1);
    d.ret();
    d.end([]);
    const blob = d.emit();
    const { text, offsets } = link(amd64, [blob], 0, DISTANCE);
    const [ten] = runText(text, [{ at: offsets[0]!, ints: [10n], vecs: [] }]);
    expect(ten!.ints[0]).toBe(3n ** 2n * 5n ** 3n * 7n ** 3n * 9n ** 2n);
    // sub edi, 1 stands in each case and nowhere else.
    const code = Buffer.from(blob.bytes.subarray(0, blob.codeSize)).toString("hex");
    expect(code.split("83ef01").length - 1).toBe(4);
  });
});

describe("edits", () => {
  it.runIf(present)("moves constants, slots and registers of every class", () =>
    tryMoves({
      target: amd64,
      ints: [REG.r12, rcx],
      vecs: [FIRST_VEC + 9, FIRST_VEC + 1],
      swapped: [rsi, rdi],
      spread: 1,
    }),
  );
});

describe("calls and frames", () => {
  const NONE = traits(0, 0, 0, 0);
  const CALL = traits(CLOBBER.call, 0, 0, 0);

  /** f(rdi, one stack argument at 0, one at 8) -> rax, and two results on the stack. */
  function callee(): Draft {
    const d = newDraft();
    d.slots = 3;
    d.add(LIR.arg, NONE, [rbx], [0]);
    d.add(LIR.arg, NONE, [FIRST_VEC + 3], [8]);
    d.edit(EDIT.float, FIRST_VEC + 3, FIRST_SLOT + 1);
    d.add(LIR.give, NONE, [FIRST_SLOT + 1], [0]);
    d.tied(INST.add, 8, rdi, [rbx], []);
    d.add(LIR.give, NONE, [rdi], [8]);
    d.edit(EDIT.int, rbx, rax);
    d.ret(16);
    d.end([]);
    return d;
  }

  /** (x, y, z) -> callee(x, y, z), its results in rax, rdx, rcx; r12 and a slot live on. */
  function caller(through: "call" | "slot" | "ref"): Draft {
    const d = newDraft();
    d.slots = 2;
    d.edit(EDIT.int, rsi, REG.r12);
    d.edit(EDIT.int, rdx, FIRST_SLOT + 1);
    d.add(LIR.open, NONE, [], [32]);
    d.add(LIR.put, NONE, [REG.r12], [0], 70);
    d.add(LIR.put, NONE, [FIRST_SLOT + 1], [8], 70);
    if (through === "call") {
      d.add(INST.call, CALL, [], [0, 16], 71);
    } else if (through === "slot") {
      const third = traits(CLOBBER.call, MODE.r, 0, 0);
      d.add(INST.callr, third, [], [Instance.$size - DISTANCE, 16], 71);
    } else {
      const third = traits(0, MODE.r, 0, 8);
      d.add(INST.lea, third, [REG.r13], [Instance.$size - DISTANCE]);
      d.add(INST.callr, traits(CLOBBER.call, MODE.base, 0, 0), [REG.r13], [0, 16], 71);
    }
    d.add(LIR.take, NONE, [rdx], [0]);
    d.add(LIR.take, NONE, [rcx], [8]);
    d.add(LIR.close, NONE, [], [16]);
    d.tied(INST.add, 8, rcx, [FIRST_SLOT + 1], []);
    d.tied(INST.add, 8, rcx, [REG.r12], []);
    // R must be the caller's again.
    d.add(INST.lea, traits(0, MODE.r, 0, 8), [rsi], [0]);
    d.ret();
    d.end([]);
    return d;
  }

  /** Stores the callee's address and R + 64 as an import slot. */
  function linker(): Draft {
    const d = newDraft();
    const at = Instance.$size - DISTANCE;
    d.add(INST.lea, traits(0, MODE.r, 0, 8), [rsi], [64]);
    d.add(INST.store, traits(0, MODE.r, 0, 8), [rdi], [at]);
    d.add(INST.store, traits(0, MODE.r, 0, 8), [rsi], [at + 8]);
    d.add(INST.lea, traits(0, MODE.r, 0, 8), [rax], [0]);
    d.ret();
    d.end([]);
    return d;
  }

  it.runIf(present)("passes values in registers and memory, and switches R", () => {
    const drafts = [callee(), caller("call"), caller("slot"), caller("ref"), linker()];
    const blobs = drafts.map((d) => d.emit());
    expect(blobs[0]!.frame).toBe(32);
    const { text, offsets } = link(amd64, blobs, 0, DISTANCE);
    const ints = [5n, 7n, 11n];
    const calls = [1, 2, 3].map((k) => ({ at: offsets[k]!, ints, vecs: [] }));
    const address = BigInt(TEXT_BASE + offsets[0]!);
    const [linked, ...outcomes] = runText(text, [
      { at: offsets[4]!, ints: [address], vecs: [] },
      ...calls,
    ]);
    for (const outcome of outcomes) {
      expect(outcome.trap).toBe(0);
      expect(outcome.ints.slice(0, 3)).toEqual([7n, 11n, 12n + 11n + 7n]);
      expect(outcome.ints[3]).toBe(linked!.ints[0]);
    }
  });

  it("notes calls, traps and accesses where the runtime looks for them", () => {
    const d = caller("call");
    const blob = d.emit();
    const [at, kind, symbol] = blob.relocs;
    expect([kind, symbol]).toEqual([RELOC.call, 0]);
    expect([...blob.sites]).toEqual([at! + 4, 71, SITE.call | (32 << 8)]);
    const t = newDraft();
    t.add(INST.mov, traits(0, MODE.rIndex | MODE_ACCESS, 0, 4), [rax, rdi], [16], 5);
    const third = traits(0, MODE.base | MODE_REF, COND.ne, 4);
    t.add(INST["cmpmi.trap"], third, [rsi], [16, 0x12345678, TRAP.signature], 6);
    t.ret();
    t.end([]);
    const traps = t.emit();
    // mov eax, [r15 + rdi + 16] (5 bytes); cmp dword [rsi + 16], imm32 (7); jne (2); ret; call (5)
    expect([...traps.sites]).toEqual([
      0,
      5,
      SITE.access,
      5,
      6,
      SITE.ref,
      5 + 7 + 2 + 1 + 5,
      6,
      SITE.trap,
    ]);
    expect([...traps.relocs]).toEqual([5 + 7 + 2 + 1 + 1, RELOC.stub, TRAP.signature]);
    // A return address lies inside of its function.
    expect(traps.codeSize).toBe(5 + 7 + 2 + 1 + 5 + 1);
  });

  it.runIf(present)("asks for the limit of the stack before a frame larger than the guard", () => {
    const d = newDraft();
    d.slots = 40000;
    d.edit(EDIT.int, rdi, FIRST_SLOT + 39999);
    d.edit(EDIT.int, FIRST_SLOT + 39999, rax);
    d.ret();
    d.end([]);
    const limit = newDraft();
    limit.add(INST.store, traits(0, MODE.r, 0, 8), [rdi], [Instance.stackLimit - DISTANCE]);
    limit.ret();
    limit.end([]);
    const { text, offsets } = link(amd64, [d.emit(), limit.emit()], 0, DISTANCE);
    const run = { at: offsets[0]!, ints: [9n], vecs: [] };
    const set = { at: offsets[1]!, ints: [0x7ffffffffffffff0n], vecs: [] };
    const [fine, , refused] = runText(text, [run, set, run]);
    expect([fine!.trap, fine!.ints[0]]).toEqual([0, 9n]);
    expect(refused!.trap).toBe(TRAP.stack);
  });
});
