// Layout, branches, calls and frames, by running what comes out. Random control flow with fillers
// of random length (so that distances fall on both sides of every limit) is simulated here and run
// there; functions that call each other pass values in registers, on the stack and through an
// import slot.

import { describe, expect, it } from "vitest";
import { DISTANCE, TEXT_BASE, hasTool, runText } from "../tools/machine.ts";
import { Instance, RELOC, SITE, TRAP } from "../src/abi.ts";
import { F32, F64, I64, V128 } from "../src/ir/types.ts";
import type { Blob } from "../src/object/blob.ts";
import { link } from "../src/object/link.ts";
import { COND, INST, MODE_ACCESS, MODE_REF, insts } from "./amd64/insts.ts";
import { CLOBBER, REG } from "./amd64/regs.ts";
import { amd64 } from "./amd64/target.ts";
import { Emitter } from "./emit.ts";
import { CLASS, CONSTRAINT, EDIT, FIRST_SLOT, FIRST_VEC, HEAD, LIR, Lir, MODE } from "./lir.ts";
import { operand } from "./lir.ts";
import type { Allocation } from "./lir.ts";
import { newRecord, traits } from "./shape.ts";

class Dice {
  private state: number;
  constructor(seed: number) {
    this.state = seed;
  }
  below(n: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return (this.state >>> 8) % n;
  }
}

/** A function written with locations instead of vregs. */
class Draft {
  readonly lir = new Lir();
  private readonly locs: number[] = [];
  private readonly edits: number[] = [];
  usedInts = 0;
  slots = 0;

  constructor() {
    this.lir.blockStart[0] = 0;
  }

  /** Appends a record whose operands are at `locs`. */
  add(
    op: number,
    third: number,
    locs: readonly number[],
    imms: readonly number[],
    source = 0,
  ): number {
    const { lir } = this;
    const open = insts.open[op] !== 0;
    const vregs = locs.map((loc) => {
      const v = lir.newVreg(loc >= FIRST_VEC && loc < FIRST_SLOT ? CLASS.float : CLASS.int);
      return open ? operand(v, CONSTRAINT.any, 0, 0) : v;
    });
    const r = newRecord(insts, lir, op, source, third, vregs, vregs.length, imms, imms.length);
    const count = (lir.code[r]! >>> 16) & 255;
    for (let k = 0; k < count; k++) this.locs[r + HEAD + k] = locs[k]!;
    for (const loc of locs) if (loc < FIRST_VEC) this.usedInts |= 1 << loc;
    return r;
  }

  /** A record with tied operands: each location counts for def and use. */
  tied(
    op: number,
    size: number,
    d: number,
    rest: readonly number[],
    imms: readonly number[],
  ): void {
    this.made(op, traits(0, 0, 0, size), [d, d, ...rest], imms);
  }

  /** A record with locations for what newRecord makes, too. */
  made(op: number, third: number, locs: readonly number[], imms: readonly number[]): void {
    const { lir } = this;
    const vregs = locs.map(() => lir.newVreg(CLASS.int));
    let made = 0;
    for (let k = insts.first[op]!; k < insts.first[op + 1]!; k++) made += (insts.fact[k]! >> 3) & 1;
    const n = vregs.length - made;
    const r = newRecord(insts, lir, op, 0, third, vregs, n, imms, imms.length);
    for (let k = 0; k < locs.length; k++) this.locs[r + HEAD + k] = locs[k]!;
    for (const loc of locs) if (loc < FIRST_VEC) this.usedInts |= 1 << loc;
  }

  movi(d: number, lo: number, hi = 0): void {
    this.add(INST.movi, 0, [d], [lo, hi]);
  }

  edit(kind: number, from: number, to: number): void {
    this.edits.push(this.lir.size, kind, from, to);
    if (to < FIRST_VEC) this.usedInts |= 1 << to;
  }

  ret(pop = 0): void {
    this.add(LIR.ret, 0, [], [pop]);
  }

  /** Ends a block that leads to `targets`. */
  end(targets: readonly number[], depth = 0, header = -1, cold = 0): void {
    const { lir } = this;
    const b = lir.blockCount++;
    const edge = lir.edgeStart[b]!;
    targets.forEach((t, k) => (lir.edgeTarget[edge + k] = t));
    lir.edgeStart[b + 1] = edge + targets.length;
    lir.blockStart[b + 1] = lir.size;
    lir.loopDepth[b] = depth;
    lir.loopHeader[b] = header;
    lir.cold[b] = cold;
  }

  get allocation(): Allocation {
    const locs = new Int32Array(this.lir.size);
    this.locs.forEach((loc, k) => (locs[k] = loc));
    const edits = Int32Array.from(this.edits);
    const { slots, usedInts } = this;
    return { locs, edits, editCount: edits.length / 4, slots, usedInts, usedVecs: 0 };
  }

  emit(emitter = new Emitter(amd64)): Blob {
    return emitter.run(this.lir, this.allocation, { distance: DISTANCE });
  }
}

// Random control flow ----------------------------------------------------------------------------

interface Step {
  readonly kind: "jump" | "branch" | "switch" | "ret";
  readonly targets: readonly number[];
  readonly mix: number;
  readonly filler: number;
  readonly isEmpty: boolean;
}

const BLOCKS = 14;
const FUEL = 200;

function randomSteps(dice: Dice): Step[] {
  const steps: Step[] = [];
  const unit = [3, 12, 40, 125][dice.below(4)]!;
  for (let b = 0; b < BLOCKS; b++) {
    const pick = dice.below(10);
    const kind = pick < 4 ? "jump" : pick < 8 ? "branch" : pick < 9 ? "switch" : "ret";
    const count =
      kind === "jump" ? 1 : kind === "branch" ? 2 : kind === "switch" ? 2 + dice.below(5) : 0;
    const targets = Array.from({ length: count }, () => 1 + dice.below(BLOCKS - 1));
    if (count > 0 && dice.below(2) === 0 && b + 1 < BLOCKS) targets[0] = b + 1;
    const isEmpty = kind === "jump" && b > 0 && dice.below(3) === 0 && targets[0]! > b;
    steps.push({ kind, targets, mix: dice.below(1000), filler: dice.below(unit), isEmpty });
  }
  return steps;
}

const { rax, rcx, rdx, rbx, rsi, rdi, r8 } = REG;
const HASH = rax;
const LEFT = rcx;

/** hash in rax (from rdi), fuel in rcx; each block mixes its number in. */
function draftOf(steps: readonly Step[], dice: Dice): Draft {
  const d = new Draft();
  d.edit(EDIT.int, rdi, HASH);
  d.movi(LEFT, FUEL);
  const marks = (b: number): [number, number, number] => [
    dice.below(3),
    dice.below(2) === 0 ? b : dice.below(BLOCKS),
    dice.below(4) === 0 ? 1 : 0,
  ];
  steps.forEach((s, b) => {
    if (!s.isEmpty) {
      d.made(INST.imuli, traits(0, 0, 0, 4), [HASH, HASH], [1664525]);
      d.tied(INST.addi, 4, HASH, [], [s.mix]);
      for (let k = 0; k < s.filler; k++) d.movi(rbx, k);
      d.tied(INST.subi, 4, LEFT, [], [1]);
      d.add(INST["cmpi.trap"], traits(0, 0, COND.e, 4), [LEFT], [0, TRAP.interrupt]);
    }
    if (s.kind === "jump") d.add(LIR.jump, 0, [], []);
    else if (s.kind === "branch") d.add(INST["testi.j"], traits(0, 0, COND.ne, 4), [HASH], [64]);
    else if (s.kind === "ret") d.ret();
    else {
      d.edit(EDIT.int, HASH, rsi);
      d.tied(INST.shri, 4, rsi, [], [29]);
      d.made(INST.switch, traits(0, 0, 0, 4), [rdx, r8, rsi], []);
    }
    d.end(s.targets, ...marks(b));
  });
  return d;
}

/** What the function returns, or a trap code. */
function simulate(steps: readonly Step[], seed: number): { trap: number; value: bigint } {
  let hash = seed;
  let fuel = FUEL;
  for (let b = 0; ;) {
    const s = steps[b]!;
    if (!s.isEmpty) {
      hash = (Math.imul(hash, 1664525) + s.mix) | 0;
      if (--fuel === 0) return { trap: TRAP.interrupt, value: 0n };
    }
    if (s.kind === "ret") return { trap: 0, value: BigInt(hash >>> 0) };
    if (s.kind === "jump") b = s.targets[0]!;
    else if (s.kind === "branch") b = s.targets[hash & 64 ? 0 : 1]!;
    else b = s.targets[Math.min(hash >>> 29, s.targets.length - 1)]!;
  }
}

const present = hasTool("cc") && process.arch === "x64" && process.platform === "linux";
if (!present) console.warn("no cc or no amd64 Linux: emitted functions are not run");

describe("emission", () => {
  it.runIf(present)("keeps the meaning of random control flow", () => {
    const emitter = new Emitter(amd64);
    const programs = Array.from({ length: 600 }, (_, k) => {
      const dice = new Dice(k + 1);
      const steps = randomSteps(dice);
      return { steps, blob: draftOf(steps, dice).emit(emitter) };
    });
    const blobs = programs.map((p) => p.blob);
    const { text, offsets } = link(amd64, blobs, 0, DISTANCE);
    const seeds = [0, 1, 12345, -1];
    const calls = programs.flatMap((_, k) =>
      seeds.map((seed) => ({ at: offsets[k]!, ints: [BigInt(seed >>> 0)], vecs: [] })),
    );
    runText(text, calls).forEach((outcome, n) => {
      const k = Math.floor(n / seeds.length);
      const { trap, value } = simulate(programs[k]!.steps, seeds[n % seeds.length]!);
      expect(outcome.trap, `program ${k}`).toBe(trap);
      if (trap === 0) expect(outcome.ints[0], `program ${k}`).toBe(value);
    });
  });

  it("gives the same bytes whatever the emitter made before", () => {
    const used = new Emitter(amd64);
    for (let k = 1; k < 20; k++) {
      const draft = (): Draft => {
        const dice = new Dice(k);
        return draftOf(randomSteps(dice), dice);
      };
      expect(draft().emit(used)).toEqual(draft().emit());
    }
  });

  it("rotates a loop whose header decides, and drops empty blocks", () => {
    const d = new Draft();
    d.movi(rax, 0);
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
    const d = new Draft();
    d.movi(rax, 1);
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
  it.runIf(present)("moves constants, slots and registers of every class", () => {
    const values = [0n, 1n, 0x7fffffffn, 0x80000000n, 0xffffffffn, 0x123456789n, (1n << 63n) + 5n];
    const all = [...values, ...values.map((x) => BigInt.asUintN(64, -x))];
    const wanted: (readonly [bigint, bigint])[] = [];
    const blobs: Blob[] = [];
    for (const x of all) {
      for (const type of [I64, F64, F32, V128]) {
        const low = type === F32 ? BigInt.asUintN(32, x) : x;
        const high = type === V128 ? BigInt.asUintN(64, ~x) : 0n;
        for (const through of ["register", "slot", "both"]) {
          blobs.push(moving(type, low, high, through));
          wanted.push([low, high]);
        }
      }
    }
    const { text, offsets } = link(amd64, blobs, 0, DISTANCE);
    const calls = blobs.map((_, k) => ({ at: offsets[k]!, ints: [77n, 78n], vecs: [] }));
    runText(text, calls).forEach(({ ints, trap }, k) => {
      expect([trap, ints[0], ints[1]], `${k}`).toEqual([0, ...wanted[k]!]);
      expect(ints.slice(3, 5)).toEqual([77n, 78n]);
    });
  });

  /** A constant, moved about and returned in rax (low half) and rdx; rsi and rdi exchanged. */
  function moving(type: number, low: bigint, high: bigint, through: string): Blob {
    const d = new Draft();
    d.slots = 6;
    const half = (x: bigint, n: bigint): number => Number(BigInt.asIntN(32, x >> n));
    const k = d.lir.newConst(type, half(low, 0n), half(low, 32n), half(high, 0n), half(high, 32n));
    const kind = type === I64 ? EDIT.int : type === V128 ? EDIT.wide : EDIT.float;
    const [x, y] = type === I64 ? [REG.r12, rcx] : [FIRST_VEC + 9, FIRST_VEC + 1];
    const [from, to] = [FIRST_SLOT, FIRST_SLOT + 4];
    // What is not written is 0.
    for (const slot of [to, to + 1]) d.edit(EDIT.int, -1 - d.lir.newConst(I64, 0, 0, 0, 0), slot);
    if (through === "register") {
      d.edit(kind, -1 - k, x!);
      d.edit(kind, x!, y!);
      d.edit(kind, y!, to);
    } else {
      d.edit(kind, -1 - k, from);
      if (through === "both") d.edit(kind, from, y!);
      d.edit(kind, through === "both" ? y! : from, to);
    }
    d.edit(EDIT.int, to, rax);
    d.edit(EDIT.int, to + 1, rdx);
    d.edit(EDIT.swap, rsi, rdi);
    d.ret();
    d.end([]);
    return d.emit();
  }
});

describe("calls and frames", () => {
  const NONE = traits(0, 0, 0, 0);
  const CALL = traits(CLOBBER.call, 0, 0, 0);

  /** f(rdi, one stack argument at 0, one at 8) -> rax, and two results on the stack. */
  function callee(): Draft {
    const d = new Draft();
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
    const d = new Draft();
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
    const d = new Draft();
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
    const t = new Draft();
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
    const d = new Draft();
    d.slots = 40000;
    d.edit(EDIT.int, rdi, FIRST_SLOT + 39999);
    d.edit(EDIT.int, FIRST_SLOT + 39999, rax);
    d.ret();
    d.end([]);
    const limit = new Draft();
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
