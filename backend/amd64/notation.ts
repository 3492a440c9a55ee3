// Reads the encoding column of insts.ts into one word per op, a form, and says where the operands
// of ModRM stand in the record. A form:
//
//   opcode (8) | map (2) << 8 | prefix (3) << 10 | modrm (4) << 13 | W (2) << 17 | VEX << 19
//   | L << 20 | immediate (2) << 21 | byte form << 23 | byte operand << 24 | merge << 25
//   | sequence << 26 | is4 << 27
//
// map 0-3: one byte, 0F, 0F 38, 0F 3A. modrm 0-7 /digit, 8 /r, 9 /R. `merge` marks an instruction
// that keeps the upper part of its destination, which is cleared first so that it waits for
// nothing.

import { bug } from "../../src/support/errors.ts";
import { GIVEN, givenOf, isVec, widthOf } from "../shape.ts";
import { CONSUMER_OPERANDS, consumerOf, insts } from "./insts.ts";

export const PREFIX = { none: 0, p66: 1, pF3: 2, pF2: 3, scalar: 4, packed: 5 } as const;
export const W = { never: 0, bySize: 1, always: 2 } as const;
export const IMM = { none: 0, byte: 1, signed: 2, sized: 3 } as const;

const TOKENS: Readonly<Record<string, number>> = {
  W: W.bySize << 17,
  "REX.W": W.always << 17,
  FP: PREFIX.scalar << 10,
  PD: PREFIX.packed << 10,
  VEX: 1 << 19,
  LZ: 0,
  L0: 0,
  NP: 0,
  L1: 1 << 20,
  "/r": 8 << 13,
  "/R": 9 << 13,
  ib: IMM.byte << 21,
  is: IMM.signed << 21,
  iz: IMM.sized << 21,
  "{merge}": 1 << 25,
  "/is4": 1 << 27,
};
const MANDATORY: Readonly<Record<string, number>> = {
  66: PREFIX.p66 << 10,
  F3: PREFIX.pF3 << 10,
  F2: PREFIX.pF2 << 10,
};
const SEQUENCE = 1 << 26;

export const opcodeOf = (form: number): number => form & 255;
export const mapOf = (form: number): number => (form >> 8) & 3;
export const prefixOf = (form: number): number => (form >> 10) & 7;
export const modrmOf = (form: number): number => (form >> 13) & 15;
export const wOf = (form: number): number => (form >> 17) & 3;
export const isVex = (form: number): boolean => (form & (1 << 19)) !== 0;
export const lengthOf = (form: number): number => (form >> 20) & 1;
export const immOf = (form: number): number => (form >> 21) & 3;
export const hasByteForm = (form: number): boolean => (form & (1 << 23)) !== 0;
export const hasByteOperand = (form: number): boolean => (form & (1 << 24)) !== 0;
export const merges = (form: number): boolean => (form & (1 << 25)) !== 0;
export const hasIs4 = (form: number): boolean => (form & (1 << 27)) !== 0;
export const isSequence = (form: number): boolean => (form & SEQUENCE) !== 0;

/** The bytes among the tokens are prefixes (until an opcode or 0F), then map, then opcode. */
function formOf(encoding: string): number {
  let form = 0;
  const bytes: string[] = [];
  for (const token of encoding.split(" ")) {
    const known = TOKENS[token];
    if (known !== undefined) form |= known;
    else if (/^\/[0-7]$/.test(token)) form |= Number(token[1]) << 13;
    else if (/^\{\w+\}$/.test(token)) return SEQUENCE;
    else if (/^[0-9A-F]{2}$/.test(token)) bytes.push(token);
    else bug(`encoding ${encoding}`);
  }
  const opcode = bytes.pop() ?? bug(`encoding ${encoding}`);
  form |= Number.parseInt(opcode, 16);
  if (bytes.length > 1 && bytes.at(-2) === "0F") {
    form |= (bytes.pop() === "38" ? 2 : 3) << 8;
    bytes.pop();
  } else if (bytes.at(-1) === "0F") {
    form |= 1 << 8;
    bytes.pop();
  }
  for (const byte of bytes) form |= MANDATORY[byte] ?? bug(`prefix in ${encoding}`);
  return form;
}

/** The form of each op; 0 where there is none. */
export const forms = new Int32Array(insts.names.length);
/** Record operand that is ModRM.reg, ModRM.rm and vvvv; 255 = none. */
export const regAt = new Uint8Array(insts.names.length).fill(255);
export const rmAt = new Uint8Array(insts.names.length).fill(255);
export const vexAt = new Uint8Array(insts.names.length).fill(255);

function findOperands(op: number, form: number): void {
  const consumer = consumerOf(op);
  const first = consumer < 0 ? 0 : CONSUMER_OPERANDS[consumer]!;
  const count = insts.first[op + 1]! - insts.first[op]!;
  const modrm = modrmOf(form);
  let memory = -1;
  for (let k = first; k < count; k++) {
    if (givenOf(insts.fact[insts.first[op]! + k]!) !== GIVEN.reg) memory = k;
  }
  const last = count - 1;
  if (modrm === 9) {
    regAt[op] = last;
    rmAt[op] = first;
  } else {
    if (modrm === 8) regAt[op] = first;
    rmAt[op] = memory >= 0 ? memory : modrm === 8 ? last : first;
  }
  if (isVex(form) && modrm < 8) {
    vexAt[op] = first;
    rmAt[op] = last;
  } else if (isVex(form) && count >= 3) vexAt[op] = 1;
}

function addForm(op: number): void {
  const row = insts.rows[op];
  if (row === undefined || row[4] === "") return;
  let form = formOf(row[4]);
  if ((insts.sizes[op]! & 1) !== 0) form |= 1 << 23;
  // Lanes of a byte are in 32-bit registers: no other byte register has a number there.
  let isByte = false;
  let isLane = false;
  for (let k = insts.first[op]!; k < insts.first[op + 1]!; k++) {
    if (widthOf(insts.fact[k]!) === 1) isByte = true;
    if (isVec(insts.fact[k]!)) isLane = true;
  }
  if (isByte && !isLane) form |= 1 << 24;
  forms[op] = form;
  if (!isSequence(form)) findOperands(op, form);
}

for (let op = 0; op < forms.length; op++) addForm(op);
