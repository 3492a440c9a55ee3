// Traps of interpreted code, with the guest's stack: innermost frame first, as many as are worth
// printing, and how many there are in all.

import { Exhaustion, Trap } from "../support/errors.ts";

export interface StackFrame {
  readonly func: number;
  /** From the name section, empty where there is none. */
  readonly name: string;
  /** Byte offset in the module. */
  readonly offset: number;
  /** The host called it: what follows belongs to another activation. */
  readonly isEntry: boolean;
}

/** Frames that are kept. */
export const FRAMES = 64;

export interface Stack {
  readonly frames: readonly StackFrame[];
  readonly depth: number;
}

export class InterpreterTrap extends Trap {
  override name = "Trap";
  readonly frames: readonly StackFrame[];
  readonly depth: number;
  constructor(reason: string, { frames, depth }: Stack, code: number) {
    super(reason, frames[0]?.offset ?? -1, frames[0]?.func ?? -1, code);
    this.frames = frames;
    this.depth = depth;
  }
}

export class StackExhausted extends Exhaustion {
  override name = "Exhaustion";
  readonly frames: readonly StackFrame[];
  readonly depth: number;
  constructor(reason: string, { frames, depth }: Stack) {
    super(reason, frames[0]?.offset ?? -1, frames[0]?.func ?? -1);
    this.frames = frames;
    this.depth = depth;
  }
}
