// LIR: the code of one function after selection, as packed records over virtual registers (vregs).
// Made by lower.ts, read by alloc/ (which never edits it) and by emit.ts. Selection has swallowed
// constants and addresses; there are no moves: where a value must be is a constraint of an operand,
// and the allocator answers with a location per operand and a list of moves ("edits").
//
// A record, in `code` (Int32Array), at a word index `r`:
//
//   code[r]      op (16) | operand count (8) << 16 | immediate count (8) << 24
//   code[r + 1]  source: byte offset in the module, 0 = none
//   code[r + 2]  clobber set (8) | address mode (8) << 8 | condition (8) << 16 | size (8) << 24
//   code[r + 3 .. ]  operands, then immediates
//
//   operand   vreg (22) | constraint (3) << 22 | def (1) << 25 | crossed (1) << 26 |
//             number (5) << 27
//
// Laws
// 1. A record reads its uses at its start and writes its defs at its end. A crossed use is read
//    to the end (shares no register with a def); a crossed def is written at the start (shares no
//    register with a use).
// 2. No machine flags live from one record to the next: compare-and-branch is one record.
// 3. SSA: every vreg has one def (a record's or as a block parameter) that dominates its uses.
// 4. A block ends with its only control record. Its successors are edges; an edge whose block has
//    several successors leads to a block with one predecessor or carries no arguments, so that
//    every edge has a place for its moves (lower.ts splits critical edges).
// 5. A tied def has the location of the use it names. Unless that use dies here, the allocator
//    copies it first. The tied use itself may be of constraint any or reg.
// 6. Spill slots are 8 bytes (16 for v128), always moved at full width.
//
// Address modes (operands base and index stand last among the uses, base first; the displacement is
// immediate 0; R is the pinned register):
//   NONE  -      BASE [base + d]     INDEXED [base + index << s + d]
//   R     [R + d]  R_INDEX [R + index << s + d]     POOL [constant d of the function's pool]
//   SCALED [index << s + d]
// The byte is mode (3) | s (2) << 3 | site (2) << 5: the accessing instruction is no site (0), one
// of kind access (1) or of kind ref (2).

import { NONE } from "../src/ir/types.ts";

/** A virtual register; 0 = none. */
export type Vreg = number;

export const CONSTRAINT = {
  any: 0, // register or spill slot
  reg: 1, // any allocatable register of its class
  fixed: 2, // register `number`
  tied: 3, // def only: the location of operand `number` of the same record
} as const;

export const MODE = { none: 0, base: 1, indexed: 2, r: 3, rIndex: 4, pool: 5, scaled: 6 } as const;

/** Bits of the address mode byte that make the accessing instruction a site. */
export const MODE_ACCESS = 1 << 5;
export const MODE_REF = 2 << 5;

/** Register classes; `wide` vregs live in vector registers and 16-byte slots. */
export const CLASS = { int: 0, float: 1, wide: 2 } as const;

/** Ops that every target has; a target's own records start at FIRST_TARGET_OP. */
export const LIR = {
  nop: 0,
  /** Defs fixed to the argument registers; immediates: per stack argument nothing (see `arg`). */
  entry: 1,
  /** def reg <- incoming stack argument; immediate 0 = its byte offset in the argument area. */
  arg: 2,
  jump: 3,
  /** Uses fixed to the result registers. Immediate 0 = bytes of stack arguments to pop. */
  ret: 4,
  /** any use -> outgoing stack argument; immediate 0 = byte offset in the area. */
  put: 5,
  /** def reg <- stack result of the last call; immediate 0 = byte offset. */
  take: 6,
  /** any use -> this function's own stack result; immediate 0 = byte offset. */
  give: 7,
  /** Opens a call's stack area: immediate 0 = bytes (arguments + results, 16-aligned). */
  open: 8,
  /** Drops the area of stack results: immediate 0 = bytes. */
  close: 9,
  /** Jump to the cold trap stub; immediate 0 = trap code. Control record without successors. */
  trap: 10,
} as const;
export const FIRST_TARGET_OP = 32;

export const HEAD = 3;
export const opOf = (w: number): number => w & 0xffff;
export const operandsOf = (w: number): number => (w >>> 16) & 0xff;
export const immsOf = (w: number): number => w >>> 24;
/** Words of the record that starts with `w`. */
export const recordSize = (w: number): number => HEAD + ((w >>> 16) & 0xff) + (w >>> 24);

export const vregOf = (o: number): Vreg => o & 0x3fffff;
export const constraintOf = (o: number): number => (o >>> 22) & 7;
export const isDef = (o: number): boolean => (o & (1 << 25)) !== 0;
export const isCrossed = (o: number): boolean => (o & (1 << 26)) !== 0;
export const numberOf = (o: number): number => o >>> 27;
export const clobbersOf = (w: number): number => w & 0xff;
export const modeOf = (w: number): number => (w >>> 8) & 7;
export const scaleOf = (w: number): number => (w >>> 11) & 3;
/** 0, or which kind of site: see MODE_ACCESS. */
export const siteOf = (w: number): number => (w >>> 13) & 3;
export const conditionOf = (w: number): number => (w >>> 16) & 0xff;
export const sizeOf = (w: number): number => w >>> 24;

/** Makes an operand word. */
export const operand = (v: Vreg, constraint: number, flags: number, number: number): number =>
  v | (constraint << 22) | flags | (number << 27);
export const DEF = 1 << 25;
export const CROSSED = 1 << 26;

// Locations, as the allocator returns them: 0-31 general registers, 32-63 vector registers (numbers
// of the architecture), 64 + n = spill slot n (8-byte units from the frame's base). -1 - k =
// constant k.
export const FIRST_VEC = 32;
export const FIRST_SLOT = 64;
/** Most vregs of a function; a function with more is refused as too large. */
export const MAX_VREGS = 1 << 22;

const wider = (old: Int32Array, need: number): Int32Array<ArrayBuffer> => {
  const wide = new Int32Array(Math.max(old.length * 2, need));
  wide.set(old);
  return wide;
};

/**
 * One function. Blocks are 0-based here and stand in layout order (the entry is 0); the blocks of
 * one loop are contiguous except for cold ones. One Lir is reused for all functions of a worker.
 */
export class Lir {
  code = new Int32Array(4096);
  size = 0;

  /** First word of each block; blockStart[blockCount] = size. */
  blockStart = new Int32Array(65);
  blockCount = 0;
  loopDepth = new Uint8Array(64);
  /** The loop's header block for each block, -1 outside of loops. */
  loopHeader = new Int32Array(64);
  cold = new Uint8Array(64);
  /** Parameters of block b: params[paramStart[b] .. paramStart[b + 1]). */
  paramStart = new Int32Array(65);
  params = new Int32Array(64);
  /** Edges of block b: edgeStart[b] .. edgeStart[b + 1], in the order of the control record. */
  edgeStart = new Int32Array(65);
  edgeTarget = new Int32Array(64);
  /**
   * Arguments of edge e: args[argStart[e] .. argStart[e + 1]), one per parameter of its target: a
   * vreg, or -1 - k for constant k.
   */
  argStart = new Int32Array(65);
  args = new Int32Array(64);

  /** CLASS of each vreg; vreg 0 is none. */
  vregClass = new Uint8Array(1024);
  vregCount = 1;

  /** Constants that edges carry or that are read from memory: type (ir/types) and four words. */
  constType = new Uint8Array(64);
  constWords = new Int32Array(256);
  constCount = 0;

  reset(): void {
    this.size = this.blockCount = this.constCount = 0;
    this.vregCount = 1;
    this.paramStart[0] = this.edgeStart[0] = this.argStart[0] = 0;
  }

  newVreg(klass: number): Vreg {
    const v = this.vregCount++;
    if (v === this.vregClass.length) {
      const wide = new Uint8Array(v * 2);
      wide.set(this.vregClass);
      this.vregClass = wide;
    }
    this.vregClass[v] = klass;
    return v;
  }

  /** Makes room for `words` more words of code. */
  reserve(words: number): void {
    if (this.size + words > this.code.length) this.code = wider(this.code, this.size + words);
  }

  /** Constant with these words, shared when equal to one of the last few. */
  newConst(type: number, w0: number, w1: number, w2: number, w3: number): number {
    const words = this.constWords;
    for (let k = this.constCount - 1; k >= 0 && k > this.constCount - 16; k--) {
      const at = k * 4;
      if (
        this.constType[k] === type &&
        words[at] === w0 &&
        words[at + 1] === w1 &&
        words[at + 2] === w2 &&
        words[at + 3] === w3
      ) {
        return k;
      }
    }
    const k = this.constCount++;
    if (k * 4 + 4 > words.length) this.constWords = wider(words, k * 4 + 4);
    if (k === this.constType.length) {
      const wide = new Uint8Array(k * 2);
      wide.set(this.constType);
      this.constType = wide;
    }
    this.constType[k] = type || NONE;
    this.constWords.set([w0, w1, w2, w3], k * 4);
    return k;
  }
}

/** What a target tells the allocator about its registers. Masks have a bit per register number. */
export interface Registers {
  /** Allocatable registers of the two files, cheapest first (caller-saved before callee-saved). */
  readonly ints: readonly number[];
  readonly vecs: readonly number[];
  /** Callee-saved general registers; using one costs a push and a pop. */
  readonly calleeSavedInts: number;
  readonly calleeSavedVecs: number;
  /** Clobber sets by id: what a record with that id destroys at its end. Set 0 is empty. */
  readonly clobbers: readonly { readonly ints: number; readonly vecs: number }[];
  /** A vector register that is never allocated: free for edits between memory and memory. */
  readonly scratchVec: number;
  readonly intNames: readonly string[];
  readonly vecNames: readonly string[];
}

/** Kinds of edits: a move of one class (CLASS numbers), or an exchange of two general registers. */
export const EDIT = { int: 0, float: 1, wide: 2, swap: 3 } as const;

/**
 * An allocation of one Lir. `locs[w]` is the location of the operand word at code[w]. Edits are
 * four words each (before, EDIT, from, to), ascending by `before`, the word index of the record
 * they precede; those of one record run in order, already made sequential. `from` may be a
 * constant; moves between two slots use the scratch vector register. Edits must not change machine
 * flags' meaning for records (they never do: law 2), so a constant may be made by any instruction.
 */
export interface Allocation {
  readonly locs: Int32Array;
  readonly edits: Int32Array;
  readonly editCount: number;
  /** Spill area in 8-byte units. */
  readonly slots: number;
  /** Registers written anywhere: for the prologue. */
  readonly usedInts: number;
  readonly usedVecs: number;
}
