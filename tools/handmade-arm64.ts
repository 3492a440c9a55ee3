// The vocabulary of handmade.ts in arm64 instructions: words of 32 bits, the fields of each in the
// manual's order. Registers have their numbers; 31 is sp or zero, as the instruction has it.

import { FuncRef, ImportSlot, Instance } from "../src/abi.ts";
import type { TrapName } from "../src/abi.ts";
import type { LinkTarget } from "../src/object/link.ts";
import { Code } from "./handmade.ts";
import type { Machine, Reg } from "./handmade.ts";

// prettier-ignore
const REGS: Readonly<Record<Reg, number>> = {
  a0: 0, a1: 1, a2: 2, a3: 3, a4: 4, a5: 5, r0: 0, t: 9, ref: 10,
};
const X16 = 16;
const X17 = 17;
const X27 = 27;
const X28 = 28;
const X30 = 30;
const SP = 31;
const ZR = 31;

/** Encoders; 64 bits unless the name ends in W. Offsets are in bytes. */
export const I = {
  ldr: (t: number, n: number, at: number) => 0xf9400000 | ((at / 8) << 10) | (n << 5) | t,
  str: (t: number, n: number, at: number) => 0xf9000000 | ((at / 8) << 10) | (n << 5) | t,
  ldp: (t: number, u: number, n: number, at: number) => pair(0xa9400000, t, u, n, at),
  stp: (t: number, u: number, n: number, at: number) => pair(0xa9000000, t, u, n, at),
  /** Before and after which n changes. */
  stpPre: (t: number, u: number, n: number, at: number) => pair(0xa9800000, t, u, n, at),
  ldpPost: (t: number, u: number, n: number, at: number) => pair(0xa8c00000, t, u, n, at),
  ldrShifted: (t: number, n: number, m: number) => 0xf8607800 | (m << 16) | (n << 5) | t,
  ldrW: (t: number, n: number, m: number) => 0xb8606800 | (m << 16) | (n << 5) | t,
  strW: (t: number, n: number, m: number) => 0xb8206800 | (m << 16) | (n << 5) | t,
  addImm: (d: number, n: number, imm: number) => 0x91000000 | (imm << 10) | (n << 5) | d,
  addImmHigh: (d: number, n: number, imm: number) => 0x91400000 | (imm << 10) | (n << 5) | d,
  subImm: (d: number, n: number, imm: number) => 0xd1000000 | (imm << 10) | (n << 5) | d,
  subImmHigh: (d: number, n: number, imm: number) => 0xd1400000 | (imm << 10) | (n << 5) | d,
  addW: (d: number, n: number, m: number) => 0x0b000000 | (m << 16) | (n << 5) | d,
  mov: (d: number, m: number) => 0xaa0003e0 | (m << 16) | d,
  movW: (d: number, m: number) => 0x2a0003e0 | (m << 16) | d,
  movVector: (d: number, m: number) => 0x4ea01c00 | (m << 16) | (m << 5) | d,
  movzW: (d: number, imm: number) => 0x52800000 | (imm << 5) | d,
  movkW: (d: number, imm: number) => 0x72a00000 | (imm << 5) | d, // bits 16 to 31
  adrp: (d: number, pages: number) =>
    0x90000000 | ((pages & 3) << 29) | (((pages >> 2) & 0x7ffff) << 5) | d,
  bl: () => 0x94000000,
  br: (n: number) => 0xd61f0000 | (n << 5),
  blr: (n: number) => 0xd63f0000 | (n << 5),
  ret: () => 0xd65f03c0,
  udf: () => 0,
} as const;

const pair = (op: number, t: number, u: number, n: number, at: number): number =>
  op | (((at / 8) & 0x7f) << 15) | (u << 10) | (n << 5) | t;

/** Callee-saved registers in the order of being saved. */
const SAVES = [19, 20, 21, 22, 23] as const;

export class Arm64Code extends Code {
  private room = 0;
  /** Pairs of registers above the room. */
  private pairs: (readonly [number, number])[] = [];

  constructor(...args: ConstructorParameters<typeof Code>) {
    super(...args);
    this.frame = 1;
  }

  /** Lowers the stack pointer; `lowering` is subImm or addImm with its companion. */
  private stack(op: "sub" | "add", n: number): this {
    const [low, high] = op === "sub" ? [I.subImm, I.subImmHigh] : [I.addImm, I.addImmHigh];
    if (n >> 12 !== 0) this.word(high(SP, SP, n >> 12));
    if ((n & 4095) !== 0) this.word(low(SP, SP, n & 4095));
    return this;
  }

  enter(bytes: number, saves = 0): this {
    const regs: number[] = SAVES.slice(0, saves | 1);
    this.pairs = [[regs[0]!, X30]];
    for (let k = 1; k < regs.length; k += 2) this.pairs.push([regs[k]!, regs[k + 1]!]);
    this.room = Math.ceil(bytes / 16) * 16;
    this.frame = this.room + this.pairs.length * 16 - 8;
    for (const [t, u] of this.pairs) this.word(I.stpPre(t, u, SP, -16));
    return this.stack("sub", this.room);
  }

  leave(): this {
    this.stack("add", this.room);
    for (const [t, u] of this.pairs.toReversed()) this.word(I.ldpPost(t, u, SP, 16));
    return this.ret();
  }

  ret(popped = 0): this {
    return this.stack("add", popped).word(I.ret());
  }

  pass(bytes: number): this {
    return this.stack("sub", bytes).word(I.str(0, SP, 0));
  }

  saveBase(): this {
    return this.word(I.stp(X27, X28, SP, 0));
  }

  loadBase(): this {
    return this.word(I.ldp(X27, X28, SP, 0));
  }

  call(func: number, extra = 0): this {
    return this.word(I.bl()).reloc("call", func, 4).site("call", extra);
  }

  trap(code: TrapName): this {
    if (this.frame & 1) this.word(I.mov(15, X30));
    return this.word(I.bl()).reloc("stub", this.stub(code), 4).site("trap");
  }

  noRoom(bytes: number): this {
    this.trap("stack");
    this.frame = Math.ceil(bytes / 16) * 16 + 8;
    return this;
  }

  callImport(index: number): this {
    const slot = this.layout.imports[index]!;
    return this.word(I.ldr(REGS.ref, X27, slot + ImportSlot.ref)).callRef();
  }

  callRef(): this {
    this.site("ref").word(I.ldp(X17, X28, REGS.ref, FuncRef.code));
    return this.word(I.ldr(X27, REGS.ref, FuncRef.owner))
      .word(I.blr(X17))
      .site("call");
  }

  library(n: number): this {
    this.word(I.mov(REGS.a0, X27)).word(I.ldr(X16, X27, Instance.libcalls + 8 * n));
    return this.word(I.blr(X16)).site("call");
  }

  move(to: Reg, from: Reg): this {
    return this.word(I.movW(REGS[to], REGS[from]));
  }

  private constantIn(to: number, n: number): this {
    return this.word(I.movzW(to, n & 0xffff)).word(I.movkW(to, (n >>> 16) & 0xffff));
  }

  constant(to: Reg, n: number): this {
    return this.constantIn(REGS[to], n);
  }

  add(to: Reg, a: Reg, b: Reg): this {
    return this.word(I.addW(REGS[to], REGS[a], REGS[b]));
  }

  field(to: Reg, offset: number): this {
    return this.word(I.ldr(REGS[to], X27, offset));
  }

  entry(to: Reg, from: Reg, index: Reg): this {
    return this.word(I.ldrShifted(REGS[to], REGS[from], REGS[index]));
  }

  load(to: Reg, at: Reg): this {
    return this.site("access").word(I.ldrW(REGS[to], X28, REGS[at]));
  }

  clear(at: number): this {
    return this.constantIn(X16, at)
      .site("access")
      .word(I.strW(ZR, X28, X16));
  }

  echo(): this {
    return this; // results are where arguments are
  }

  copyStack(k: number, area: number): this {
    return this.word(I.ldr(REGS.t, SP, 8 * k)).word(I.str(REGS.t, SP, area + 8 * k));
  }

  swapVectors(): this {
    this.word(I.movVector(3, 0)).word(I.movVector(0, 2)).word(I.movVector(2, 3));
    return this.ret();
  }

  stop(): this {
    return this.word(I.udf());
  }
}

const link: LinkTarget = {
  stubSize: 16,
  writeStub(out, code) {
    const words = [I.ldr(X17, X27, Instance.trap), I.movzW(X16, code), I.br(X17), I.udf()];
    const view = new DataView(out.buffer, out.byteOffset);
    words.forEach((word, k) => view.setInt32(4 * k, word, true));
  },
  patch(text, at, to) {
    text.setInt32(at, text.getInt32(at, true) | (((to - at) >> 2) & 0x3ffffff), true);
  },
  reach: 0x7fffffc,
  veneerSize: 12,
  writeVeneer(text, at, to) {
    const pages = Math.floor(to / 4096) - Math.floor(at / 4096);
    const words = [I.adrp(X16, pages), I.addImm(X16, X16, to % 4096), I.br(X16)];
    words.forEach((word, k) => text.setInt32(at + 4 * k, word, true));
  },
};

export const arm64: Machine = {
  target: "arm64",
  link,
  ints: 8,
  newCode: (layout) => new Arm64Code(layout),
};
