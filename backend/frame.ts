// The frame of a function, seen from its stack pointer in the body upwards:
//
//   [rsp + open]            spill slots, 8 bytes each; before them what calls under way have put
//   ... slots * 8           R, if the function makes calls that switch it (rAt)
//   ... size                saved registers, one push each
//   ... total               return address (if the machine pushes one), then stack arguments, then
//                           the caller's room for stack results
//
// In: a Lir and its Allocation. Out: the numbers above, found in one walk over the records.

import { CLASS, HEAD, LIR, clobbersOf, immsOf, opOf, operandsOf } from "./lir.ts";
import type { Allocation, Lir } from "./lir.ts";

export class Frame {
  /** Bytes the prologue takes besides the pushes. */
  size = 0;
  /** FuncInfo.frame: from the body's stack pointer to the return address. */
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

  /**
   * Computes the frame. `calleeSaved` is a mask; records of op `switching` destroy R; `align` is
   * the stack's alignment at calls, `above` what lies between an aligned address and the frame at
   * entry.
   */
  compute(
    lir: Lir,
    alloc: Allocation,
    pops: Uint8Array,
    calleeSaved: number,
    switching: number,
    align: number,
    above: number,
  ): void {
    this.scan(lir, pops, switching);
    this.saved = alloc.usedInts & calleeSaved;
    let pushes = 0;
    for (let m = this.saved; m !== 0; m &= m - 1) pushes += 8;
    let bytes = alloc.slots * 8;
    if (this.rAt >= 0) {
      this.rAt = bytes;
      bytes += 8;
    }
    // Instructions read slots of 16 bytes as operands, which must be aligned.
    if (this.hasCalls || hasWideSlots(lir, alloc)) bytes += -(bytes + pushes + above) & (align - 1);
    this.size = bytes;
    this.total = bytes + pushes;
  }

  private scan(lir: Lir, pops: Uint8Array, switching: number): void {
    const { code, size } = lir;
    this.hasCalls = false;
    this.rAt = -1;
    this.popped = this.maxOpen = 0;
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
        if (op === switching) this.rAt = 0;
        if (pops[op] !== 0) open -= code[imm + immsOf(w) - 1]!;
      }
      r = imm + immsOf(w);
    }
  }
}

/** True if there may be a spill slot of 16 bytes. */
function hasWideSlots(lir: Lir, alloc: Allocation): boolean {
  if (alloc.slots === 0) return false;
  for (let v = 1; v < lir.vregCount; v++) if (lir.vregClass[v] === CLASS.wide) return true;
  return false;
}
