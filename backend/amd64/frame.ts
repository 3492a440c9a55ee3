// Prologue and epilogue: pushes of the callee-saved registers in use, then one `sub rsp` (a further
// push if it is 8 bytes). The runtime reads this shape when a stack overflow strikes inside it. A
// frame larger than the guard asks for the stack's limit first, before anything has changed.

import { Instance, STACK_GUARD, TRAP } from "../../src/abi.ts";
import { bytesOf } from "../frame.ts";
import type { Frame } from "../frame.ts";
import { MODE } from "../lir.ts";
import { F, MEM, STACK } from "./code.ts";
import type { Code } from "./code.ts";
import { COND } from "./insts.ts";
import { PINNED, REG } from "./regs.ts";
import { jumpIf, trapLabel } from "./stubs.ts";

// Room for what is not in the frame: return addresses, saved registers.
const MARGIN = 4096;
const RETURN_ADDRESS = 8;
const STACK_ALIGN = 16;

function push(c: Code, reg: number): void {
  if (reg >= 8) c.byte(0x41);
  c.byte(0x50 | (reg & 7));
}

function pop(c: Code, reg: number): void {
  if (reg >= 8) c.byte(0x41);
  c.byte(0x58 | (reg & 7));
}

/** add rsp, n. */
export function dropStack(c: Code, n: number): void {
  if (n === 128) c.opi(F.subi, 8, 0, REG.rsp, -128);
  else if (n !== 0) c.opi(F.addi, 8, 0, REG.rsp, n);
}

/** sub rsp, n. */
export function takeStack(c: Code, n: number): void {
  if (n === 128) c.opi(F.addi, 8, 0, REG.rsp, -128);
  else if (n !== 0) c.opi(F.subi, 8, 0, REG.rsp, n);
}

/**
 * Lays out a scanned frame: slots, R, pushes. Calls find the stack aligned, and instructions that
 * read 16 bytes of a slot.
 */
export function layOut(f: Frame, slots: number): void {
  const pushes = bytesOf(f.saved);
  let bytes = slots * 8;
  f.rAt = -1;
  if (f.hasSwitch) {
    f.rAt = bytes;
    bytes += 8;
  }
  if (f.hasCalls || f.hasWide) bytes += -(bytes + pushes + RETURN_ADDRESS) & (STACK_ALIGN - 1);
  f.size = bytes;
  f.total = bytes + pushes;
}

export function writePrologue(c: Code, f: Frame, distance: number): void {
  const needs = f.total + f.maxOpen;
  if (needs > STACK_GUARD - MARGIN) {
    c.address(MODE.base, 0, REG.rsp, 0, -needs);
    c.op(F.lea, 8, REG.r11, MEM);
    c.address(MODE.r, 0, 0, 0, Instance.stackLimit - distance);
    c.op(F.cmp, 8, REG.r11, MEM);
    jumpIf(c, COND.b, trapLabel(c, TRAP.stack));
  }
  for (let reg = 0; reg < 16; reg++) if ((f.saved >> reg) & 1) push(c, reg);
  if (f.size === 8) push(c, REG.rax);
  else takeStack(c, f.size);
  if (f.rAt >= 0) {
    c.stackAt = f.rAt;
    c.op(F.store, 8, PINNED, STACK);
  }
}

export function writeEpilogue(c: Code, f: Frame): void {
  dropStack(c, f.size);
  for (let reg = 15; reg >= 0; reg--) if ((f.saved >> reg) & 1) pop(c, reg);
  if (f.popped === 0) {
    c.byte(0xc3);
  } else {
    c.byte(0xc2);
    c.byte(f.popped);
    c.byte(f.popped >> 8);
  }
}
