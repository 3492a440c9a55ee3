// The vocabulary of handmade.ts in amd64 instructions. Registers have their machine numbers; every
// encoder takes the fields of ModRM and makes its own REX prefix.

import { Instance } from "../src/abi.ts";
import type { TrapName } from "../src/abi.ts";
import type { LinkTarget } from "../src/object/link.ts";
import { Code, trapEntry } from "./handmade.ts";
import type { Machine, Reg } from "./handmade.ts";

// prettier-ignore
const REGS: Readonly<Record<Reg, number>> = {
  a0: 7, a1: 6, a2: 2, a3: 1, a4: 8, a5: 9, r0: 0, t: 10, ref: 11,
};
const RSP = 4;
const R15 = 15;
/** rbx, rbp, r12: what `enter` saves, in this order. */
const SAVES = ["53", "55", "41 54"] as const;
const RESTORES = ["5b", "5d", "41 5c"] as const;

class Amd64Code extends Code {
  private room = 0;
  private saves = 0;

  /** REX with W if `wide`, opcode, ModRM with a displacement of 32 bits from `base`. */
  private based(wide: boolean, opcode: number, reg: number, base: number, disp: number): this {
    const rex = 0x40 | (wide ? 8 : 0) | ((reg >> 3) << 2) | (base >> 3);
    if (rex !== 0x40) this.byte(rex);
    this.byte(opcode).byte(0x80 | ((reg & 7) << 3) | (base & 7));
    if ((base & 7) === RSP) this.byte(0x24);
    return this.word(disp);
  }

  /** The same with base, index and scale, without displacement; base is not rbp or r13. */
  private indexed(
    wide: boolean,
    opcode: number,
    reg: number,
    base: number,
    index: number,
    scale: number,
  ): this {
    const rex = 0x40 | (wide ? 8 : 0) | ((reg >> 3) << 2) | ((index >> 3) << 1) | (base >> 3);
    if (rex !== 0x40) this.byte(rex);
    this.byte(opcode).byte(0x44 | ((reg & 7) << 3));
    return this.byte((scale << 6) | ((index & 7) << 3) | (base & 7)).byte(0);
  }

  private byte(n: number): this {
    return this.hex(n.toString(16));
  }

  /** add or sub rsp, n. */
  private stack(extension: number, n: number): this {
    return n === 0
      ? this
      : this.hex("48 81")
          .byte(0xc4 | (extension << 3))
          .word(n);
  }

  enter(bytes: number, saves = 0): this {
    for (const s of SAVES.slice(0, saves)) this.hex(s);
    this.room = bytes;
    this.saves = saves;
    this.frame = bytes + 8 * saves;
    return this.stack(5, bytes);
  }

  leave(): this {
    this.stack(0, this.room);
    for (const s of RESTORES.slice(0, this.saves).reverse()) this.hex(s);
    return this.ret();
  }

  ret(popped = 0): this {
    return popped === 0 ? this.hex("c3") : this.hex("c2").byte(popped).byte(0);
  }

  pass(bytes: number): this {
    return this.stack(5, bytes).based(true, 0x89, 0, RSP, 0);
  }

  saveBase(): this {
    return this.based(true, 0x89, R15, RSP, 0);
  }

  loadBase(): this {
    return this.based(true, 0x8b, R15, RSP, 0);
  }

  call(func: number, extra = 0): this {
    return this.hex("e8 00 00 00 00").reloc("call", func, 4).site("call", extra);
  }

  trap(code: TrapName): this {
    return this.hex("e8 00 00 00 00").reloc("stub", this.stub(code), 4).site("trap");
  }

  noRoom(bytes: number): this {
    this.frame = bytes;
    return this.trap("stack");
  }

  callImport(index: number): this {
    const slot = this.layout.imports[index]! - this.layout.distance;
    return this.based(true, 0x8d, REGS.ref, R15, slot).callRef();
  }

  callRef(): this {
    this.site("ref").hex("4d 8b 7b 08"); // mov r15, [r11 + 8]
    return this.hex("41 ff 13").site("call"); // call [r11]
  }

  library(n: number): this {
    this.based(true, 0x8d, REGS.a0, R15, -this.layout.distance);
    return this.based(false, 0xff, 2, REGS.a0, Instance.libcalls + 8 * n).site("call");
  }

  move(to: Reg, from: Reg): this {
    const rex = 0x40 | ((REGS[from] >> 3) << 2) | (REGS[to] >> 3);
    return this.byte(rex)
      .hex("89")
      .byte(0xc0 | ((REGS[from] & 7) << 3) | (REGS[to] & 7));
  }

  constant(to: Reg, n: number): this {
    return this.byte(0x40 | (REGS[to] >> 3))
      .byte(0xb8 | (REGS[to] & 7))
      .word(n);
  }

  add(to: Reg, a: Reg, b: Reg): this {
    return this.indexed(false, 0x8d, REGS[to], REGS[a], REGS[b], 0);
  }

  field(to: Reg, offset: number): this {
    return this.based(true, 0x8b, REGS[to], R15, offset - this.layout.distance);
  }

  entry(to: Reg, from: Reg, index: Reg): this {
    return this.indexed(true, 0x8b, REGS[to], REGS[from], REGS[index], 3);
  }

  load(to: Reg, at: Reg): this {
    return this.site("access").indexed(false, 0x8b, REGS[to], R15, REGS[at], 0);
  }

  clear(at: number): this {
    return this.site("access").based(false, 0xc7, 0, R15, at).word(0);
  }

  echo(): this {
    return this.hex("49 89 c2 48 89 f8 4c 89 c7 4d 89 c8 4d 89 d1") // rax rdi r8 r9 go round
      .hex("49 89 f2 48 89 ce 48 89 d1 4c 89 d2"); // r10=rsi rsi=rcx rcx=rdx rdx=r10
  }

  copyStack(k: number, area: number): this {
    this.based(true, 0x8b, REGS.t, RSP, 8 + 8 * k);
    return this.based(true, 0x89, REGS.t, RSP, 8 + area + 8 * k);
  }

  swapVectors(): this {
    return this.hex("0f 28 d8 0f 28 c2 0f 28 d3 c3");
  }

  stop(): this {
    return this.hex("0f 0b");
  }
}

const link: LinkTarget = {
  stubSize: 16,
  writeStub(out, code, distance) {
    const view = new DataView(out.buffer, out.byteOffset);
    out.set([0xb8, code, 0, 0, 0, 0x41, 0xff, 0xa7]); // mov eax, code; jmp [r15 + trap]
    view.setInt32(8, trapEntry(distance), true);
  },
  patch(text, at, to) {
    text.setInt32(at, to - (at + 4), true);
  },
  reach: 0x7fffffff,
  veneerSize: 0,
  writeVeneer() {
    throw new Error("nothing is too far");
  },
};

export const amd64: Machine = {
  target: "amd64",
  link,
  ints: 7,
  newCode: (layout) => new Amd64Code(layout),
};
