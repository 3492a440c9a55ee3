// What a function needs of the stack, found in one walk over its records: the size of call areas,
// whether it calls at all, whether a call destroys R. How a frame is laid out is the target's
// business (amd64/frame.ts, arm64/frame.ts); every target has, from the body's stack pointer
// upwards:
//
//   [sp + open]    what calls under way have put below the frame ends here
//   ... size       spill slots, 8 bytes each, and R, if the function makes calls that switch it
//   ... total      saved registers
//                  return address (if the machine pushes one), then stack arguments, then the
//                  caller's room for stack results

import { CLASS, HEAD, LIR, clobbersOf, immsOf, opOf, operandsOf } from "./lir.ts";
import type { Allocation, Lir } from "./lir.ts";

export class Frame {
  /** Bytes the prologue takes besides the saved registers. */
  size = 0;
  /** Bytes from the body's stack pointer to where it was at entry. */
  total = 0;
  /** Callee-saved registers to keep, as a mask. */
  saved = 0;
  /** Where R is kept, -1 = nowhere. */
  rAt = -1;
  /** Bytes of stack arguments that the function pops. */
  popped = 0;
  /** Most bytes that calls put below the frame at one time. */
  maxOpen = 0;
  hasCalls = false;
  /** Some record destroys R. */
  hasSwitch = false;
  /** There may be a spill slot of 16 bytes, so the slots must be aligned. */
  hasWide = false;

  /**
   * Finds what does not depend on the layout. By op number: `pops` has 1 for records whose callee
   * pops arguments, `switches` for those that destroy R. `calleeSaved` is a mask.
   */
  scan(
    lir: Lir,
    alloc: Allocation,
    pops: Uint8Array,
    switches: Uint8Array,
    calleeSaved: number,
  ): void {
    this.saved = alloc.usedInts & calleeSaved;
    this.hasWide = hasWideSlots(lir, alloc);
    this.hasCalls = this.hasSwitch = false;
    this.popped = this.maxOpen = 0;
    const { code, size } = lir;
    let open = 0;
    for (let r = 0; r < size;) {
      const w = code[r]!;
      const imm = r + HEAD + operandsOf(w);
      const op = opOf(w);
      if (op === LIR.open) {
        open += code[imm]!;
        if (open > this.maxOpen) this.maxOpen = open;
      } else if (op === LIR.close) open -= code[imm]!;
      else if (op === LIR.ret) this.popped = code[imm]!;
      else if (clobbersOf(code[r + 2]!) !== 0) {
        this.hasCalls = true;
        if (switches[op] !== 0) this.hasSwitch = true;
        if (pops[op] !== 0) open -= code[imm + immsOf(w) - 1]!;
      }
      r = imm + immsOf(w);
    }
  }
}

function hasWideSlots(lir: Lir, alloc: Allocation): boolean {
  if (alloc.slots === 0) return false;
  for (let v = 1; v < lir.vregCount; v++) if (lir.vregClass[v] === CLASS.wide) return true;
  return false;
}

/** Bytes of memory that the registers of a mask take. */
export function bytesOf(mask: number): number {
  let bytes = 0;
  for (let m = mask; m !== 0; m &= m - 1) bytes += 8;
  return bytes;
}
