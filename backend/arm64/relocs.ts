// Branches, trap stubs and what the linker patches. Classes of branches: the manual's condition
// numbers 0-13 and those below. A branch that is out of reach is turned round and jumps over an
// unconditional one, which reaches 128 MiB; a load or an address of the pool counts from itself
// with x17.
//
//   JUMP     b
//   ZERO     cbz, cbnz: register << 5 | 64-bit << 10 | not zero << 11
//   BIT      tbz, tbnz: register << 5 | bit << 10 | not zero << 16
//   LITERAL  ldr of a vector register: register << 5 | size's logarithm - 2 << 10; x16 if far away
//   ADR      register << 5

import { Instance } from "../../src/abi.ts";
import type { Branches } from "../asm.ts";

export const JUMP = 16;
export const ZERO = 17;
export const BIT = 18;
export const LITERAL = 19;
export const ADR = 20;

const CLASSES = 32;
/** Distances that the pool's alignment may still add. */
const SLACK = 64;

const put = (out: Uint8Array, at: number, w: number): void => {
  out[at] = w;
  out[at + 1] = w >> 8;
  out[at + 2] = w >> 16;
  out[at + 3] = w >> 24;
};

/** Sizes by class: conditional, JUMP, ZERO and BIT, LITERAL and ADR. */
const sizes = (conditional: number, pool: number): Uint8Array => {
  const all = new Uint8Array(CLASSES).fill(conditional);
  all[JUMP] = 4;
  all[LITERAL] = all[ADR] = pool;
  return all;
};

/** The near word of a branch that is `off` bytes away from itself. */
function nearWord(kind: number, off: number): number {
  const at19 = ((off >> 2) & 0x7ffff) << 5;
  const reg = (kind >> 5) & 31;
  switch (kind & 31) {
    case JUMP:
      return 0x14000000 | ((off >> 2) & 0x3ffffff);
    case ZERO:
      return 0x34000000 | (((kind >> 10) & 1) << 31) | (((kind >> 11) & 1) << 24) | at19 | reg;
    case BIT: {
      const bit = (kind >> 10) & 63;
      const word = 0x36000000 | ((bit >> 5) << 31) | ((bit & 31) << 19);
      return word | (((kind >> 16) & 1) << 24) | (((off >> 2) & 0x3fff) << 5) | reg;
    }
    case LITERAL:
      return 0x1c000000 | ((kind >> 10) << 30) | at19 | reg;
    case ADR:
      return 0x10000000 | ((off & 3) << 29) | at19 | reg;
    default:
      return 0x54000000 | at19 | (kind & 31);
  }
}

/** The kind that branches where this one does not. */
export function opposite(kind: number): number {
  if ((kind & 31) === ZERO) return kind ^ (1 << 11);
  if ((kind & 31) === BIT) return kind ^ (1 << 16);
  return kind ^ 1;
}

/**
 * x17 = off; d = address of the second-last instruction here, and off added, or loaded from there.
 */
function writeFar(out: Uint8Array, at: number, kind: number, off: number): void {
  const reg = (kind >> 5) & 31;
  put(out, at, 0x52800011 | ((off & 0xffff) << 5)); // movz w17
  put(out, at + 4, 0x72a00011 | ((off >>> 16) << 5)); // movk w17, lsl #16
  if ((kind & 31) === ADR) {
    put(out, at + 8, 0x10000000 | reg); // adr d, .
    put(out, at + 12, 0x8b110000 | (reg << 5) | reg); // add d, d, x17
  } else {
    const log = (kind >> 10) & 3;
    const word = log === 2 ? 0x3cf16a00 : 0xbc716a00 | (log << 30);
    put(out, at + 8, 0x10000010); // adr x16, .
    put(out, at + 12, word | reg); // ldr d, [x16, x17]
  }
}

export const branches: Branches = {
  long: sizes(8, 16),
  short: sizes(4, 4),
  min: new Int32Array(CLASSES).fill(-(1 << 20) - 4),
  max: new Int32Array(CLASSES).fill((1 << 20) - 8),

  write(out, at, kind, size, distance) {
    if (size === 4) {
      put(out, at, nearWord(kind, distance + 4));
    } else if (size === 8) {
      put(out, at, nearWord(opposite(kind), 8));
      put(out, at + 4, nearWord(JUMP, distance + 4));
    } else {
      writeFar(out, at, kind, distance + 8);
    }
  },

  pad(out, at, size) {
    for (let k = 0; k < size; k += 4) put(out, at + k, 0xd503201f);
  },
};
branches.min[BIT] = -(1 << 15) - 4;
branches.max[BIT] = (1 << 15) - 8;
branches.max[LITERAL] = branches.max[ADR] = (1 << 20) - 8 - SLACK;

/** The same with conditional branches and pool loads that reach a few instructions, for tests. */
export const farBranches: Branches = {
  ...branches,
  min: branches.min.map((n, k) => (k === JUMP ? n : -36)),
  max: branches.max.map((n, k) => (k === JUMP ? n : 24)),
};

/** Bytes of a trap stub. */
export const STUB_SIZE = 16;

/** ldr x17, [x27, #trap]; mov w16, #code; br x17 */
export function writeStub(out: Uint8Array, code: number): void {
  put(out, 0, 0xf9400000 | ((Instance.trap >> 3) << 10) | (27 << 5) | 17);
  put(out, 4, 0x52800000 | (code << 5) | 16);
  put(out, 8, 0xd61f0000 | (17 << 5));
  put(out, 12, 0);
}

/** Makes the `bl` at `at` reach `to`. */
export function patch(text: DataView, at: number, to: number): void {
  text.setInt32(at, 0x94000000 | (((to - at) >> 2) & 0x3ffffff), true);
}

/** Reach of `bl`. */
export const REACH = (1 << 27) - 4;
export const VENEER_SIZE = 12;

/** adrp x16; add x16, x16, #low; br x16. Text begins at a multiple of 4 KiB. */
export function writeVeneer(text: DataView, at: number, to: number): void {
  const pages = (to >> 12) - (at >> 12);
  text.setInt32(at, 0x90000010 | ((pages & 3) << 29) | (((pages >> 2) & 0x7ffff) << 5), true);
  text.setInt32(at + 4, 0x91000210 | ((to & 4095) << 10), true);
  text.setInt32(at + 8, 0xd61f0200, true);
}
