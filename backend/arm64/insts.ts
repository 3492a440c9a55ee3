// TABLE. The arm64 instructions of LIR: a row per record that selection may make. See ../shape.ts
// for the operand column. Records are the manual's instructions, except that
//
// - compare and consumer are one record: every row of COMPARES with every row of CONSUMERS, named
//   `cmp.j`; operands of the consumer come first, the compare's after them (immediates: the
//   compare's first);
// - what needs flags, branches or several instructions is one record: encoding `{name}` (see
//   sequences.ts).
//
// Vector instructions are in neon.ts.
//
// Sizes: of the operation in bytes; for floats 4 = single, 8 = double. In fused records the low
// half of the size byte is the compare's, the high half the consumer's value (fusedSize).
//
// Encoding: the instruction's word in hexadecimal for size 4, all fields 0; before it what the size
// does to it, behind it the fields of the operands and the immediates in their order.
//   W  size 8 sets bit 31     F  size 8 sets bit 22     B  size 8 sets both
//   S  bits 30-31 are the size's logarithm; size 16 sets bit 23 instead     X  size 8 flips bit 22
//   M  a load or store: the form with the 12-bit offset; others are derived from it (code.ts)
//   d t: bit 0   n: bit 5   a: bit 10   m: bit 16   -: none (tied)
//   r: bit 16, 6 bits   s: bit 10, 6 bits   i: a 12-bit immediate, shifted by 12 if its low part is
//   0, the opposite instruction (bit 30) if it is negative   l: two words, a logical immediate
//   h: shift of operand m, amount | kind << 6 (SHIFT)   e: extension of operand m (EXTEND)
//   f: bit 13, 8 bits of a float

import { FIRST_TARGET_OP } from "../lir.ts";
import { newTable } from "../shape.ts";
import type { InstRow } from "../shape.ts";
import { NEON } from "./neon.ts";
import { registerNumber } from "./regs.ts";

// prettier-ignore
const ROWS = [
  // moves, loads and stores; mov of size 4 is also i32.wrap_i64; lea is the sum of an address
  ["mov",      "=r r",        "",         "4 8",      "W 2A0003E0 d m"],
  ["movi",     "=r",          "lo hi",    "",         "{movi}"],
  ["lea",      "=r m",        "",         "8",        "{lea}"],
  ["ldr",      "=r m",        "",         "4 8",      "M S 39400000 t"],
  ["ldrb",     "=r m",        "",         "4",        "M 39400000 t"],
  ["ldrh",     "=r m",        "",         "4",        "M 79400000 t"],
  ["ldrsb",    "=r m",        "",         "4 8",      "M X 39C00000 t"],
  ["ldrsh",    "=r m",        "",         "4 8",      "M X 79C00000 t"],
  ["ldrsw",    "=r m",        "",         "8",        "M B9800000 t"],
  ["str",      "r m",         "",         "1 2 4 8",  "M S 39000000 t"],
  ["strz",     "m",           "",         "1 2 4 8",  "M S 3900001F"],
  ["fldr",     "=x m",        "",         "1 2 4 8 16", "M S 3D400000 t"],
  ["fstr",     "x m",         "",         "1 2 4 8 16", "M S 3D000000 t"],
  // integers; addi takes up to 24 bits and either sign
  ["add",      "=r r r",      "",         "4 8",      "W 0B000000 d n m"],
  ["sub",      "=r r r",      "",         "4 8",      "W 4B000000 d n m"],
  ["and",      "=r r r",      "",         "4 8",      "W 0A000000 d n m"],
  ["orr",      "=r r r",      "",         "4 8",      "W 2A000000 d n m"],
  ["eor",      "=r r r",      "",         "4 8",      "W 4A000000 d n m"],
  ["bic",      "=r r r",      "",         "4 8",      "W 0A200000 d n m"],
  ["orn",      "=r r r",      "",         "4 8",      "W 2A200000 d n m"],
  ["eon",      "=r r r",      "",         "4 8",      "W 4A200000 d n m"],
  ["addsh",    "=r r r",      "shift",    "4 8",      "W 0B000000 d n m h"],
  ["subsh",    "=r r r",      "shift",    "4 8",      "W 4B000000 d n m h"],
  ["andsh",    "=r r r",      "shift",    "4 8",      "W 0A000000 d n m h"],
  ["orrsh",    "=r r r",      "shift",    "4 8",      "W 2A000000 d n m h"],
  ["eorsh",    "=r r r",      "shift",    "4 8",      "W 4A000000 d n m h"],
  ["addx",     "=r r r32",    "extend",   "8",        "8B200000 d n m e"],
  ["subx",     "=r r r32",    "extend",   "8",        "CB200000 d n m e"],
  ["addi",     "=r r",        "imm",      "4 8",      "{addi}"],
  ["andi",     "=r r",        "lo hi",    "4 8",      "W 12000000 d n l"],
  ["orri",     "=r r",        "lo hi",    "4 8",      "W 32000000 d n l"],
  ["eori",     "=r r",        "lo hi",    "4 8",      "W 52000000 d n l"],
  ["neg",      "=r r",        "",         "4 8",      "W 4B0003E0 d m"],
  ["negsh",    "=r r",        "shift",    "4 8",      "W 4B0003E0 d m h"],
  ["mvn",      "=r r",        "",         "4 8",      "W 2A2003E0 d m"],
  ["mul",      "=r r r",      "",         "4 8",      "W 1B007C00 d n m"],
  ["mneg",     "=r r r",      "",         "4 8",      "W 1B00FC00 d n m"],
  ["madd",     "=r r r r",    "",         "4 8",      "W 1B000000 d n m a"],
  ["msub",     "=r r r r",    "",         "4 8",      "W 1B008000 d n m a"],
  ["smull",    "=r r32 r32",  "",         "8",        "9B207C00 d n m"],
  ["umull",    "=r r32 r32",  "",         "8",        "9BA07C00 d n m"],
  ["smaddl",   "=r r32 r32 r","",         "8",        "9B200000 d n m a"],
  ["umaddl",   "=r r32 r32 r","",         "8",        "9BA00000 d n m a"],
  ["smulh",    "=r r r",      "",         "8",        "9B407C00 d n m"],
  ["umulh",    "=r r r",      "",         "8",        "9BC07C00 d n m"],
  ["smulh32",  "=r r r",      "",         "4",        "{mulh}"],
  ["umulh32",  "=r r r",      "",         "4",        "{mulh}"],
  // shifts, extensions and fields; immr and imms as in the manual
  ["lslv",     "=r r r",      "",         "4 8",      "W 1AC02000 d n m"],
  ["lsrv",     "=r r r",      "",         "4 8",      "W 1AC02400 d n m"],
  ["asrv",     "=r r r",      "",         "4 8",      "W 1AC02800 d n m"],
  ["rorv",     "=r r r",      "",         "4 8",      "W 1AC02C00 d n m"],
  ["rolv",     "=r r r",      "",         "4 8",      "{rol}"],
  ["ubfm",     "=r r",        "immr imms","4 8",      "B 53000000 d n r s"],
  ["sbfm",     "=r r",        "immr imms","4 8",      "B 13000000 d n r s"],
  ["bfm",      "=@1 r r",     "immr imms","4 8",      "B 33000000 d - n r s"],
  ["extr",     "=r r r",      "lsb",      "4 8",      "B 13800000 d n m s"],
  // division; checks: 1 = the divisor may be zero, 2 = it may be -1
  ["sdiv",     "=r r r",      "checks",   "4 8",      "{div}"],
  ["udiv",     "=r r r",      "checks",   "4 8",      "{div}"],
  ["srem",     "=r r r",      "checks",   "4 8",      "{div}"],
  ["urem",     "=r r r",      "checks",   "4 8",      "{div}"],
  // bits
  ["clz",      "=r r",        "",         "4 8",      "W 5AC01000 d n"],
  ["rbit",     "=r r",        "",         "4 8",      "W 5AC00000 d n"],
  ["ctz",      "=r r",        "",         "4 8",      "{ctz}"],
  ["popcnt",   "=r r",        "",         "4 8",      "{popcnt}"],
  // floats
  ["fadd",     "=x x x",      "",         "4 8",      "F 1E202800 d n m"],
  ["fsub",     "=x x x",      "",         "4 8",      "F 1E203800 d n m"],
  ["fmul",     "=x x x",      "",         "4 8",      "F 1E200800 d n m"],
  ["fdiv",     "=x x x",      "",         "4 8",      "F 1E201800 d n m"],
  ["fmin",     "=x x x",      "",         "4 8",      "F 1E205800 d n m"],
  ["fmax",     "=x x x",      "",         "4 8",      "F 1E204800 d n m"],
  ["fabs",     "=x x",        "",         "4 8",      "F 1E20C000 d n"],
  ["fneg",     "=x x",        "",         "4 8",      "F 1E214000 d n"],
  ["fsqrt",    "=x x",        "",         "4 8",      "F 1E21C000 d n"],
  ["frintn",   "=x x",        "",         "4 8",      "F 1E244000 d n"],
  ["frintp",   "=x x",        "",         "4 8",      "F 1E24C000 d n"],
  ["frintm",   "=x x",        "",         "4 8",      "F 1E254000 d n"],
  ["frintz",   "=x x",        "",         "4 8",      "F 1E25C000 d n"],
  ["fcopysign","=x x x",      "",         "4 8",      "{copysign}"],
  // conversions; the size is the float's. fmovx: bits to float, fmovr: bits of a float
  ["promote",  "=x x32",      "",         "8",        "1E22C000 d n"],
  ["demote",   "=x x64",      "",         "4",        "1E624000 d n"],
  ["fmovx",    "=x r",        "",         "4 8",      "B 1E270000 d n"],
  ["fmovr",    "=r x",        "",         "4 8",      "B 1E260000 d n"],
  ["scvtf32",  "=x r32",      "",         "4 8",      "F 1E220000 d n"],
  ["scvtf64",  "=x r64",      "",         "4 8",      "F 9E220000 d n"],
  ["ucvtf32",  "=x r32",      "",         "4 8",      "F 1E230000 d n"],
  ["ucvtf64",  "=x r64",      "",         "4 8",      "F 9E230000 d n"],
  ["fcvtzs32", "=r32 x",      "",         "4 8",      "F 1E380000 d n"],
  ["fcvtzs64", "=r64 x",      "",         "4 8",      "F 9E380000 d n"],
  ["fcvtzu32", "=r32 x",      "",         "4 8",      "F 1E390000 d n"],
  ["fcvtzu64", "=r64 x",      "",         "4 8",      "F 9E390000 d n"],
  ["truncs32", "=r32 x",      "",         "4 8",      "{trunc}"],
  ["truncs64", "=r64 x",      "",         "4 8",      "{trunc}"],
  ["truncu32", "=r32 x",      "",         "4 8",      "{trunc}"],
  ["truncu64", "=r64 x",      "",         "4 8",      "{trunc}"],
  // calls: all arguments and results fixed. callr goes through the FuncRef whose address is the
  // base, calls through that of an ImportSlot; both switch R. callc calls the C function whose
  // address is in the record at `at`. pop: bytes the callee pops
  ["call",     "...",         "func pop", "",         "{call}"],
  ["callr",    "... m",       "pop",      "",         "{call}"],
  ["calls",    "...",         "slot pop", "",         "{call}"],
  ["callc",    "...",         "at",       "",         "{call}"],
  // traps with null (the access is a site) or code, unless the word at the address is sig
  ["sigcheck", "m",           "sig code", "4",        "{sigcheck}"],
  // control: an edge per case, the default last
  ["switch",   "r32",         "",         "4",        "{switch}"],
] as const satisfies readonly InstRow[];

// What a fused record compares.
// prettier-ignore
const COMPARES = [
  ["cmp",      "r r",         "",         "4 8",      "W 6B00001F n m"],
  ["cmpsh",    "r r",         "shift",    "4 8",      "W 6B00001F n m h"],
  ["cmpi",     "r",           "imm",      "4 8",      "W 7100001F n i"],
  ["tst",      "r r",         "",         "4 8",      "W 6A00001F n m"],
  ["tsti",     "r",           "lo hi",    "4 8",      "W 7200001F n l"],
  ["fcmp",     "x x",         "",         "4 8",      "F 1E202000 n m"],
  ["fcmpz",    "x",           "",         "4 8",      "F 1E202008 n"],
] as const satisfies readonly InstRow[];

// And what it does with the outcome: two edges (condition true, false); 0 or 1; operand 1 if the
// condition is true, else operand 2; the same for floats; a trap if true. Then operand 1 or what is
// made of operand 2: its successor, its complement, its negation; operand 1 or 0. At last vectors.
// prettier-ignore
const CONSUMERS = [
  ["j",        "",            "",         "",         ""],
  ["set",      "=r32",        "",         "",         ""],
  ["sel",      "=r r r",      "",         "",         ""],
  ["fsel",     "=x x x",      "",         "",         ""],
  ["trap",     "",            "code",     "",         ""],
  ["inc",      "=r r r",      "",         "",         ""],
  ["inv",      "=r r r",      "",         "",         ""],
  ["neg",      "=r r r",      "",         "",         ""],
  ["selz",     "=r r",        "",         "",         ""],
  ["vsel",     "=@2 x128 x128","",        "",         ""],
] as const satisfies readonly InstRow[];

/** Conditions: the manual's numbers. After fcmp mi, ls, gt, ge are false for NaNs. */
// prettier-ignore
export const COND = {
  eq: 0, ne: 1, hs: 2, lo: 3, mi: 4, pl: 5, vs: 6, vc: 7, hi: 8, ls: 9, ge: 10, lt: 11, gt: 12,
  le: 13,
} as const;
export const COND_NAMES = Object.keys(COND);

/** Kinds of shifts of an operand, and of extensions of 32-bit ones. */
export const SHIFT = { lsl: 0, lsr: 1, asr: 2, ror: 3 } as const;
export const EXTEND = { uxtw: 2, sxtw: 6 } as const;
/** Bits of the `checks` of a division. */
export const CHECK = { zero: 1, minusOne: 2 } as const;

type CompareName = (typeof COMPARES)[number][0];
type ConsumerName = (typeof CONSUMERS)[number][0];
type PlainName = (typeof ROWS)[number][0] | (typeof NEON)[number][0];
export type InstName = PlainName | `${CompareName}.${ConsumerName}`;

const fuse = (compare: InstRow, consumer: InstRow): InstRow => [
  `${compare[0]}.${consumer[0]}`,
  `${consumer[1]} ${compare[1]}`,
  `${compare[2]} ${consumer[2]}`,
  compare[3],
  compare[4],
];

const ALL: readonly InstRow[] = [
  ...ROWS,
  ...NEON,
  ...COMPARES.flatMap((compare) => CONSUMERS.map((consumer) => fuse(compare, consumer))),
];

/** Op numbers by name: `INST.add`, `INST["cmp.j"]`. */
export const INST = Object.fromEntries(ALL.map(([name], k) => [name, FIRST_TARGET_OP + k])) as {
  readonly [K in InstName]: number;
};

export const insts = newTable(ALL, registerNumber);

/** First fused op. Behind it, compare k and consumer j are FIRST_FUSED + k * CONSUMER_COUNT + j. */
export const FIRST_FUSED = FIRST_TARGET_OP + ROWS.length + NEON.length;
/** The consumers that ../fusion.ts does not know. */
export const SELECTS = { inc: 5, inv: 6, neg: 7, selz: 8, vsel: 9 } as const;
export const CONSUMER_COUNT = CONSUMERS.length;
/** Consumer of a fused op, -1 for others. */
export const consumerOf = (op: number): number =>
  op < FIRST_FUSED ? -1 : (op - FIRST_FUSED) % CONSUMER_COUNT;
/** Operands that the consumer puts in front of the compare's. */
export const CONSUMER_OPERANDS = [0, 1, 3, 3, 0, 3, 3, 3, 2, 3] as const;
