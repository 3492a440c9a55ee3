// What the machine-independent part of the back end knows of a target: one record of facts and the
// few functions that make bytes. Registers and addresses are numbers as in lir.ts throughout.

import type { TargetName } from "../src/abi.ts";
import type { LinkTarget } from "../src/object/link.ts";
import type { Asm, Branches } from "./asm.ts";
import type { Allocation, Lir, Registers } from "./lir.ts";
import type { LoweringTarget } from "./lower.ts";

/** What emission needs to know about the module. */
export interface EmitOptions {
  /** R - I. */
  readonly distance: number;
}

/** Turns the records of one function into code; one encoder serves all functions of a worker. */
export interface Encoder {
  /** Bytes between the body's stack pointer and the return address. */
  readonly frame: number;
  /** CPU features used so far in this function. */
  readonly cpu: number;
  /** Begins a function: decides its frame and writes the prologue. */
  begin(lir: Lir, alloc: Allocation, options: EmitOptions): void;
  /** A move that the allocator asks for (lir.ts EDIT). */
  edit(kind: number, from: number, to: number): void;
  /** The record at word `r`; it leads on to the next. */
  record(r: number): void;
  /**
   * The record at word `r`, which ends a block. `labels[first .. first + count)` are the labels of
   * its edges, `next` is that of the code that follows.
   */
  control(r: number, labels: Int32Array, first: number, count: number, next: number): void;
  /** The code of deferred stub `s`. */
  stub(s: number): void;
  /** Ends a function's code. */
  end(): void;
}

export interface Target extends LinkTarget, LoweringTarget {
  readonly name: TargetName;
  readonly registers: Registers;
  readonly conditionNames: readonly string[];
  /** What inner loops of at most 64 bytes are aligned to. */
  readonly loopAlign: number;
  readonly branches: Branches;
  readonly newEncoder: (asm: Asm) => Encoder;
}
