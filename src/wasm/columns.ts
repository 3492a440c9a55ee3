// The rows of ops.ts as columns for the walk: operand and result types of every operator as packed
// words, and a small number that says how the walk treats it.
//
//   popTypes, pushTypes   8 bits per value type, the topmost operand lowest

import { Imm, OPS } from "./ops.ts";
import type { OpName, OpRow } from "./ops.ts";
import { BOT, F32, F64, I32, I64, V128 } from "./types.ts";
import type { ValType } from "./types.ts";

const numOps = OPS.length;

const letters: Readonly<Record<string, ValType>> = { i: I32, I: I64, f: F32, F: F64, v: V128 };

export const popCount = new Uint8Array(numOps);
export const popTypes = new Int32Array(numOps);
export const pushCount = new Uint8Array(numOps);
export const pushTypes = new Int32Array(numOps);

/**
 * How the walk treats an operator. The switches of the walk have these numbers as literals, hottest
 * first.
 */
// prettier-ignore
export const KIND = {
  off: 0, plain: 1, localGet: 2, localSet: 3, localTee: 4, i32Const: 5, access: 6, end: 7, brIf: 8,
  block: 9, br: 10, call: 11, wideConst: 12, drop: 13, globalGet: 14, globalSet: 15, select: 16,
  loop: 17, if: 18, else: 19, brTable: 20, return: 21, callIndirect: 22, unreachable: 23, nop: 24,
  rare: 25,
} as const;

// prettier-ignore
const kindByName: Partial<Record<OpName, number>> = {
  "local.get": KIND.localGet,   "local.set": KIND.localSet,     "local.tee": KIND.localTee,
  "i32.const": KIND.i32Const,   "i64.const": KIND.wideConst,    "f32.const": KIND.wideConst,
  "f64.const": KIND.wideConst,  "global.get": KIND.globalGet,   "global.set": KIND.globalSet,
  "end": KIND.end,              "br_if": KIND.brIf,             "block": KIND.block,
  "br": KIND.br,                "call": KIND.call,              "drop": KIND.drop,
  "select": KIND.select,        "loop": KIND.loop,              "if": KIND.if,
  "else": KIND.else,            "br_table": KIND.brTable,       "return": KIND.return,
  "nop": KIND.nop,              "unreachable": KIND.unreachable,
  "call_indirect": KIND.callIndirect,
};

const isFixed = (sig: string): boolean => sig !== "" && !/[rt]/.test(sig);

function kindOf(row: OpRow): number {
  const named = kindByName[row.name];
  if (named !== undefined) return named;
  if (isFixed(row.sig) && row.imm === Imm.none) return KIND.plain;
  if (isFixed(row.sig) && row.imm === Imm.memarg) return KIND.access;
  return KIND.rare;
}

function pack(sig: string): number {
  let packed = 0;
  for (const letter of sig) packed = (packed << 8) | (letters[letter] ?? BOT);
  return packed;
}

export const kinds = new Uint8Array(numOps);
OPS.forEach((row, op) => {
  kinds[op] = kindOf(row);
  const [pops = "", pushes = ""] = row.sig.split(":");
  popCount[op] = pops.length;
  popTypes[op] = pack(pops);
  pushCount[op] = pushes.length;
  pushTypes[op] = pack(pushes);
});

/** 1 for operators with operands whose type an immediate gives. */
export const isTyped = Uint8Array.from(OPS, (row) => (/[rt]/.test(row.sig) ? 1 : 0));
