// How many instructions machine code is made of. In: the code of one function, without its
// constants. Out: a number. On arm64 every instruction has four bytes. On amd64 the lengths are
// read from prefixes, opcode, ModRM and immediate, for what the back end emits: user-mode integer,
// SSE and VEX instructions of 64-bit code (Intel's manual, volume 2, chapter 2 and appendix A).
// Padding does not count.

import type { TargetName } from "../src/abi.ts";
import { bug } from "../src/support/errors.ts";

/** One-byte opcodes without ModRM, by number of immediate bytes; 4 is 2 behind the prefix 66. */
const PLAIN: readonly (readonly [from: number, to: number, imm: number])[] = [
  [0x50, 0x5f, 0],
  [0x70, 0x7f, 1],
  [0x90, 0x90, 0],
  [0x99, 0x99, 0],
  [0xb0, 0xb7, 1],
  [0xb8, 0xbf, 4],
  [0xc2, 0xc2, 2],
  [0xc3, 0xc3, 0],
  [0xcc, 0xcc, 0],
  [0xe8, 0xe9, 4],
  [0xeb, 0xeb, 1],
];
/** One-byte opcodes with ModRM and an immediate. */
const WITH_IMM: Readonly<Record<number, number>> = {
  0x69: 4,
  0x6b: 1,
  0x80: 1,
  0x81: 4,
  0x83: 1,
  0xc0: 1,
  0xc1: 1,
  0xc6: 1,
  0xc7: 4,
};
/** Two-byte opcodes (0F) with ModRM and one byte of immediate. */
const BYTE_IMM = new Set([0x70, 0x71, 0x72, 0x73, 0xa4, 0xac, 0xba, 0xc2, 0xc4, 0xc5, 0xc6]);
/** Two-byte opcodes without ModRM. */
const BARE = new Set([0x0b, 0x77, 0xa2]);

/** Bytes of ModRM, SIB and displacement at `at`. */
function modrmLength(code: Uint8Array, at: number): number {
  const modrm = code[at]!;
  const mod = modrm >> 6;
  const rm = modrm & 7;
  if (mod === 3) return 1;
  const sib = rm === 4 ? 1 : 0;
  const noBase = sib === 1 && (code[at + 1]! & 7) === 5;
  const wide = mod === 2 || (mod === 0 && (noBase || rm === 5));
  return 1 + sib + (wide ? 4 : mod === 1 ? 1 : 0);
}

const isNop = (code: Uint8Array, at: number): boolean =>
  code[at] === 0x90 || code[at] === 0xcc || (code[at] === 0x0f && code[at + 1] === 0x1f);

/** The opcode behind 0F, 0F 38 or 0F 3A, and what follows it. */
function longOpcode(code: Uint8Array, at: number): number {
  const op = code[at]!;
  if (op === 0x38) return 2 + modrmLength(code, at + 2);
  if (op === 0x3a) return 3 + modrmLength(code, at + 2);
  if (op >= 0x80 && op <= 0x8f) return 5;
  if (BARE.has(op)) return 1;
  return 1 + modrmLength(code, at + 1) + (BYTE_IMM.has(op) ? 1 : 0);
}

function vexLength(code: Uint8Array, at: number): number {
  const long = code[at] === 0xc4;
  const map = long ? code[at + 1]! & 31 : 1;
  const op = at + (long ? 3 : 2);
  if (map === 1 && code[op] === 0x77) return op + 1 - at;
  const imm = map === 3 || (map === 1 && BYTE_IMM.has(code[op]!)) ? 1 : 0;
  return op + 1 - at + modrmLength(code, op + 1) + imm;
}

/** Length of the amd64 instruction at `start`. */
export function amd64Length(code: Uint8Array, start: number): number {
  let at = start;
  let short = false;
  for (; code[at] === 0x66 || code[at] === 0xf2 || code[at] === 0xf3; at++) {
    if (code[at] === 0x66) short = true;
  }
  if (code[at] === 0xc4 || code[at] === 0xc5) return at - start + vexLength(code, at);
  let wide = false;
  if ((code[at]! & 0xf0) === 0x40) wide = (code[at++]! & 8) !== 0;
  const op = code[at++]!;
  if (op === 0x0f) return at - start + longOpcode(code, at);
  const plain = PLAIN.find(([from, to]) => op >= from && op <= to);
  if (plain !== undefined) return at - start + (op >= 0xb8 && op <= 0xbf && wide ? 8 : plain[2]);
  let imm = WITH_IMM[op] ?? 0;
  const digit = (code[at]! >> 3) & 7;
  if (op === 0xf6 && digit < 2) imm = 1;
  if (op === 0xf7 && digit < 2) imm = 4;
  if (imm === 4 && short) imm = 2;
  return at - start + modrmLength(code, at) + imm;
}

function countAmd64(code: Uint8Array): number {
  let count = 0;
  let at = 0;
  while (at < code.length) {
    let op = at;
    while (code[op] === 0x66) op++;
    const length = amd64Length(code, at);
    if (!isNop(code, op)) count++;
    at += length;
  }
  if (at !== code.length) bug("the last instruction is not complete");
  return count;
}

const ARM64_NOP = 0xd503201f;

function countArm64(code: Uint8Array): number {
  const words = new DataView(code.buffer, code.byteOffset, code.byteLength);
  let count = 0;
  for (let at = 0; at + 4 <= code.length; at += 4) {
    if (words.getUint32(at, true) !== ARM64_NOP) count++;
  }
  return count;
}

/** Instructions in a function's code, without those that only pad. */
export const countInstructions = (target: TargetName, code: Uint8Array): number =>
  target === "amd64" ? countAmd64(code) : countArm64(code);
