// Prologue, epilogue and what lies between them. From the body's stack pointer upwards:
//
//   0               I and R, if the function makes calls that switch them
//   slotsAt         spill slots
//   ... size        saved registers, from the top down: x30 (not in a leaf), x19, x20 ...
//   ... total       stack arguments
//
// A leaf calls nothing; its return address stays in x30 and its frame is small, so that every large
// frame touches its highest bytes first and none steps over the guard. The runtime reads the shape
// of the prologue when a stack overflow strikes inside it: only `sub sp` and stores. A frame larger
// than the guard asks for the stack's limit first, before anything has changed.

import { Instance, STACK_GUARD } from "../../src/abi.ts";
import { bytesOf } from "../frame.ts";
import type { Frame } from "../frame.ts";
import { W, rd, rm, rn } from "./code.ts";
import type { Code } from "./code.ts";
import { COND, INST } from "./insts.ts";
import { wordOf } from "./notation.ts";
import { PINNED, RECORD, REG } from "./regs.ts";
import { overflowLabel } from "./stubs.ts";

// Room for what is not in the frame: saved registers of library calls.
const MARGIN = 4096;
const LEAF_MOST = 2048;
/** Most bytes of a frame whose saved registers a pair's offset reaches from below. */
const ONE_STEP = 512;
/** Most that one takeStack takes at once: a multiple of 4096 below 2^24. */
const CHUNK = 0xfff000;

const alignUp = (n: number): number => (n + 15) & -16;

/** Lays out a scanned frame. */
export function layOut(c: Code, f: Frame, slots: number): void {
  c.slotsAt = f.hasSwitch ? 16 : 0;
  f.rAt = f.hasSwitch ? 0 : -1;
  const bytes = c.slotsAt + slots * 8;
  const saves = bytesOf(f.saved);
  c.isLeaf = !f.hasCalls && alignUp(bytes + saves) < LEAF_MOST;
  const kept = saves + (c.isLeaf ? 0 : 8);
  f.total = alignUp(bytes + kept);
  f.size = f.total - alignUp(kept);
}

/** FuncInfo.frame: bytes to the return address, or to the caller's stack pointer and bit 0 set. */
export const frameInfo = (c: Code, f: Frame): number => (c.isLeaf ? f.total | 1 : f.total - 8);

/** sub sp, sp, n. */
export function takeStack(c: Code, n: number): void {
  for (let left = n; left > 0; left -= CHUNK) c.addi(8, REG.sp, REG.sp, -Math.min(left, CHUNK));
}

/** add sp, sp, n. */
export function dropStack(c: Code, n: number): void {
  for (let left = n; left > 0; left -= CHUNK) c.addi(8, REG.sp, REG.sp, Math.min(left, CHUNK));
}

/** The `n`th register from the top of the saved ones, -1 behind the last. */
function savedReg(c: Code, f: Frame, n: number): number {
  let k = n;
  if (!c.isLeaf && k-- === 0) return REG.x30;
  for (let reg = 0; reg < 31; reg++) if ((f.saved >> reg) & 1 && k-- === 0) return reg;
  return -1;
}

/** Stores or loads the saved registers; their highest byte is at sp + top. */
function moveSaved(c: Code, f: Frame, top: number, pair: number, single: number): void {
  for (let k = 0; ; k += 2) {
    const high = savedReg(c, f, k);
    const low = savedReg(c, f, k + 1);
    if (high < 0) return;
    if (low >= 0) c.pair(pair, low, high, REG.sp, top - 16 - 8 * k);
    else c.word(single | (((top - 8 - 8 * k) >> 3) << 10) | rn(REG.sp) | rd(high));
  }
}

/** The whole frame is one pair of saved registers, or one and nothing. */
const isPair = (f: Frame): boolean => f.total === 16 && f.size === 0;
const pairLow = (c: Code, f: Frame): number => {
  const low = savedReg(c, f, 1);
  return low < 0 ? REG.zr : low;
};

/** Bytes below the saved registers that a step of its own takes, because they are too far away. */
const restOf = (f: Frame): number => (f.total <= ONE_STEP ? 0 : f.size);

export function writePrologue(c: Code, f: Frame): void {
  const needs = f.total + f.maxOpen;
  if (needs > STACK_GUARD - MARGIN) {
    c.movi(REG.x16, needs, 0);
    c.word(W.subSp | rd(REG.x16) | rn(REG.sp) | rm(REG.x16));
    c.word(wordOf(INST.ldr, 8) | ((Instance.stackLimit >> 3) << 10) | rn(RECORD) | rd(REG.x17));
    c.word(wordOf(INST["cmp.j"], 8) | rn(REG.x16) | rm(REG.x17));
    c.asm.branch(COND.lo, overflowLabel(c));
  }
  if (isPair(f)) {
    c.pair(W.stpPre, pairLow(c, f), savedReg(c, f, 0), REG.sp, -16);
  } else {
    const rest = restOf(f);
    takeStack(c, f.total - rest);
    moveSaved(c, f, f.total - rest, W.stp, wordOf(INST.str, 8));
    takeStack(c, rest);
  }
  if (f.hasSwitch) c.pair(W.stp, RECORD, PINNED, REG.sp, 0);
}

export function writeEpilogue(c: Code, f: Frame): void {
  if (isPair(f)) {
    c.pair(W.ldpPost, pairLow(c, f), savedReg(c, f, 0), REG.sp, 16);
    dropStack(c, f.popped);
  } else {
    const rest = restOf(f);
    dropStack(c, rest);
    moveSaved(c, f, f.total - rest, W.ldp, wordOf(INST.ldr, 8));
    dropStack(c, f.total - rest + f.popped);
  }
  c.word(W.ret);
}
