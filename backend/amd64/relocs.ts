// Branches, trap stubs and what the linker patches. Branch kinds are the manual's condition numbers
// and JMP; both have a form with an 8-bit distance and one with 32 bits.

import { Instance } from "../../src/abi.ts";
import { bug } from "../../src/support/errors.ts";
import type { Branches } from "../asm.ts";

/** Branch kind of the unconditional jump. */
export const JMP = 16;

const KINDS = 17;

// Instructions that do nothing, by length (Intel's recommended forms).
// prettier-ignore
const NOPS: readonly (readonly number[])[] = [
  [],
  [0x90],
  [0x66, 0x90],
  [0x0f, 0x1f, 0x00],
  [0x0f, 0x1f, 0x40, 0x00],
  [0x0f, 0x1f, 0x44, 0x00, 0x00],
  [0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00],
  [0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00],
  [0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
  [0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
];

const put32 = (out: Uint8Array, at: number, value: number): void => {
  out[at] = value;
  out[at + 1] = value >> 8;
  out[at + 2] = value >> 16;
  out[at + 3] = value >> 24;
};

const byKind = (conditional: number, jump: number): Uint8Array => {
  const all = new Uint8Array(KINDS).fill(conditional);
  all[JMP] = jump;
  return all;
};

export const branches: Branches = {
  long: byKind(6, 5),
  short: byKind(2, 2),
  min: new Int32Array(KINDS).fill(-128),
  max: new Int32Array(KINDS).fill(127),

  write(out, at, kind, size, distance) {
    if (size === 2) {
      out[at] = kind === JMP ? 0xeb : 0x70 | kind;
      out[at + 1] = distance;
    } else if (kind === JMP) {
      out[at] = 0xe9;
      put32(out, at + 1, distance);
    } else {
      out[at] = 0x0f;
      out[at + 1] = 0x80 | kind;
      put32(out, at + 2, distance);
    }
  },

  pad(out, at, size) {
    for (let left = size; left > 0;) {
      const n = Math.min(left, NOPS.length - 1);
      out.set(NOPS[n]!, at + size - left);
      left -= n;
    }
  },
};

/** Bytes of a trap stub. */
export const STUB_SIZE = 16;

/** mov eax, code; jmp [r15 - distance + Instance.trap] */
export function writeStub(out: Uint8Array, code: number, distance: number): void {
  out[0] = 0xb8;
  put32(out, 1, code);
  out.set([0x41, 0xff, 0xa7], 5);
  put32(out, 8, Instance.trap - distance);
  out.fill(0xcc, 12, STUB_SIZE);
}

/** Makes the 32-bit field at `at`, the end of a call, reach `to`. */
export function patch(text: DataView, at: number, to: number): void {
  text.setInt32(at, to - at - 4, true);
}

/** A call reaches all of a text of at most 2 GiB. */
export const REACH = 0x7fffffff;
export const VENEER_SIZE = 0;

export function writeVeneer(): never {
  bug("amd64 has no veneers");
}
