// TABLE. The amd64 instructions of LIR: a row per record that selection may make; those on whole
// vectors are in packed.ts. See ../shape.ts for the operand column. Records are the manual's
// instructions, except that
//
// - compare and consumer are one record: every row of COMPARES with every row of CONSUMERS, named
//   `cmp.j`; operands and immediates of the consumer come first, the compare's after them
//   (immediates: the compare's first);
// - what needs flags or branches inside is one record: encoding `{name}` (see sequences.ts).
//
// Sizes: of the operation in bytes; for floats 4 = single, 8 = double. In fused records the low
// half of the size byte is the compare's, the high half the consumer's value (fusedSize).
//
// Encoding, in the manual's notation: prefixes, opcode bytes, ModRM, immediate.
//   W        REX.W if the size is 8        REX.W  always
//   FP       F3 for size 4, F2 for 8       PD     66 for size 8
//   VEX      followed by LZ, L0 or L1 and the prefix (NP 66 F2 F3 FP PD); vvvv = operand 1 of three
//            or more, with a digit operand 0
//   /r       reg = operand 0, rm = the operand of r/m, r/s or m, else the last one
//   /R       reg = the last operand, rm = operand 0
//   /0../7   rm = the operand of r/m, r/s or m, else operand 0
//   ib       8-bit immediate     is   imm32 sign-extended, imm8 where it fits (opcode + 2)
//   iz       immediate of the operation's size, at most 32 bits    /is4  register of operand 2
// A row whose sizes include 1 has its byte form at opcode - 1; size 2 adds the prefix 66.

import { CPU } from "../../src/abi.ts";
import { FIRST_TARGET_OP } from "../lir.ts";
import { newTable } from "../shape.ts";
import type { InstRow } from "../shape.ts";
import { PAIRED, PAIRED_COUNT, UNPAIRED, vexOf } from "./packed.ts";
import type { PackedName } from "./packed.ts";
import { registerNumber } from "./regs.ts";

const { popcnt, lzcnt, bmi1, bmi2, avx } = CPU.amd64;

// prettier-ignore
const ROWS = [
  // moves and loads; mov of size 4 is also i32.wrap_i64 and the zero-extending load
  ["mov",      "=r r/m",               "",       "4 8",     "W 8B /r"],
  ["movi",     "=r",                   "lo hi",  "",        "{movi}"],
  ["lea",      "=r m",                 "",       "4 8",     "{lea}"],
  ["movzx8",   "=r r/m8",              "",       "4",       "0F B6 /r"],
  ["movzx16",  "=r r/m16",             "",       "4",       "0F B7 /r"],
  ["movsx8",   "=r r/m8",              "",       "4 8",     "W 0F BE /r"],
  ["movsx16",  "=r r/m16",             "",       "4 8",     "W 0F BF /r"],
  ["movsx32",  "=r r/m32",             "",       "8",       "W 63 /r"],
  ["store",    "r m",                  "",       "1 2 4 8", "W 89 /r"],
  ["storei",   "m",                    "imm",    "1 2 4 8", "W C7 /0 iz"],
  // integers
  ["add",      "=@1 r r/m",            "",       "4 8",     "W 03 /r"],
  ["sub",      "=@1 r r/m",            "",       "4 8",     "W 2B /r"],
  ["and",      "=@1 r r/m",            "",       "4 8",     "W 23 /r"],
  ["or",       "=@1 r r/m",            "",       "4 8",     "W 0B /r"],
  ["xor",      "=@1 r r/m",            "",       "4 8",     "W 33 /r"],
  ["imul",     "=@1 r r/m",            "",       "4 8",     "W 0F AF /r"],
  ["addi",     "=@1 r",                "imm",    "4 8",     "W 81 /0 is"],
  ["subi",     "=@1 r",                "imm",    "4 8",     "W 81 /5 is"],
  ["andi",     "=@1 r",                "imm",    "4 8",     "W 81 /4 is"],
  ["ori",      "=@1 r",                "imm",    "4 8",     "W 81 /1 is"],
  ["xori",     "=@1 r",                "imm",    "4 8",     "W 81 /6 is"],
  ["imuli",    "=r r/m",               "imm",    "4 8",     "W 69 /r is"],
  ["neg",      "=@1 r",                "",       "4 8",     "W F7 /3"],
  ["not",      "=@1 r",                "",       "4 8",     "W F7 /2"],
  ["shl",      "=@1 r rcx",            "",       "4 8",     "W D3 /4"],
  ["shr",      "=@1 r rcx",            "",       "4 8",     "W D3 /5"],
  ["sar",      "=@1 r rcx",            "",       "4 8",     "W D3 /7"],
  ["rol",      "=@1 r rcx",            "",       "4 8",     "W D3 /0"],
  ["ror",      "=@1 r rcx",            "",       "4 8",     "W D3 /1"],
  ["shli",     "=@1 r",                "count",  "4 8",     "W C1 /4 ib"],
  ["shri",     "=@1 r",                "count",  "4 8",     "W C1 /5 ib"],
  ["sari",     "=@1 r",                "count",  "4 8",     "W C1 /7 ib"],
  ["roli",     "=@1 r",                "count",  "4 8",     "W C1 /0 ib"],
  ["rori",     "=@1 r",                "count",  "4 8",     "W C1 /1 ib"],
  ["shlx",     "=r r r/m",             "",       "4 8",     "VEX LZ 66 W 0F 38 F7 /r",    bmi2],
  ["shrx",     "=r r r/m",             "",       "4 8",     "VEX LZ F2 W 0F 38 F7 /r",    bmi2],
  ["sarx",     "=r r r/m",             "",       "4 8",     "VEX LZ F3 W 0F 38 F7 /r",    bmi2],
  ["rorx",     "=r r/m",               "count",  "4 8",     "VEX LZ F2 W 0F 3A F0 /r ib", bmi2],
  ["andn",     "=r r r/m",             "",       "4 8",     "VEX LZ NP W 0F 38 F2 /r",    bmi1],
  // high halves and division; checks: 1 = the divisor may be zero, 2 = it may be -1
  ["mulhs",    "=rdx -rax rax r/m",    "",       "4 8",     "W F7 /5"],
  ["mulhu",    "=rdx -rax rax r/m",    "",       "4 8",     "W F7 /4"],
  ["divs",     "=rax -rdx rax r/s!",   "checks", "4 8",     "{div}"],
  ["divu",     "=rax -rdx rax r/s!",   "checks", "4 8",     "{div}"],
  ["rems",     "=rdx -rax rax r/s!",   "checks", "4 8",     "{div}"],
  ["remu",     "=rdx -rax rax r/s!",   "checks", "4 8",     "{div}"],
  // bits; bsrz and bsfz are clz and ctz for the baseline, popcnts is popcnt
  ["bsrz",     "&r r/m",               "",       "4 8",     "{bits}"],
  ["bsfz",     "&r r/m",               "",       "4 8",     "{bits}"],
  ["popcnts",  "=@2 ~r r",             "",       "4 8",     "{popcount}"],
  ["lzcnt",    "=r r/m",               "",       "4 8",     "F3 W 0F BD /r",              lzcnt],
  ["tzcnt",    "=r r/m",               "",       "4 8",     "F3 W 0F BC /r",              bmi1],
  ["popcnt",   "=r r/m",               "",       "4 8",     "F3 W 0F B8 /r",              popcnt],
  // floats
  ["fload",    "=x m",                 "",       "4 8",     "FP 0F 10 /r"],
  ["fstore",   "x m",                  "",       "4 8",     "FP 0F 11 /r"],
  ["fzero",    "=x",                   "",       "4 8",     "{fzero}"],
  ["fadd",     "=@1 x x/m",            "",       "4 8",     "FP 0F 58 /r"],
  ["fsub",     "=@1 x x/m",            "",       "4 8",     "FP 0F 5C /r"],
  ["fmul",     "=@1 x x/m",            "",       "4 8",     "FP 0F 59 /r"],
  ["fdiv",     "=@1 x x/m",            "",       "4 8",     "FP 0F 5E /r"],
  ["vadd",     "=x x x/m",             "",       "4 8",     "VEX L0 FP 0F 58 /r",         avx],
  ["vsub",     "=x x x/m",             "",       "4 8",     "VEX L0 FP 0F 5C /r",         avx],
  ["vmul",     "=x x x/m",             "",       "4 8",     "VEX L0 FP 0F 59 /r",         avx],
  ["vdiv",     "=x x x/m",             "",       "4 8",     "VEX L0 FP 0F 5E /r",         avx],
  ["fsqrt",    "=x x/m",               "",       "4 8",     "{merge} FP 0F 51 /r"],
  ["fround",   "=x x/m",               "kind",   "4 8",     "{fround}"],
  ["fmin",     "=@1 x x",              "",       "4 8",     "{minmax}"],
  ["fmax",     "=@1 x x",              "",       "4 8",     "{minmax}"],
  ["mins",     "=@1 x x/m",            "",       "4 8",     "FP 0F 5D /r"],
  ["maxs",     "=@1 x x/m",            "",       "4 8",     "FP 0F 5F /r"],
  ["fneg",     "=@1 x",                "",       "4 8",     "{sign}"],
  ["fabs",     "=@1 x",                "",       "4 8",     "{sign}"],
  ["fcopysign","=@1 x x",              "",       "4 8",     "{sign}"],
  // conversions; the size is the float's. movix: bits to float, movxi: bits of a float
  ["promote",  "=x x/m32",             "",       "8",       "{merge} F3 0F 5A /r"],
  ["demote",   "=x x/m64",             "",       "4",       "{merge} F2 0F 5A /r"],
  ["movix",    "=x r/m",               "",       "4 8",     "66 W 0F 6E /r"],
  ["movxi",    "=r x/s",               "",       "4 8",     "{movxi}"],
  ["cvtsi32",  "=x r/m32",             "",       "4 8",     "{merge} FP 0F 2A /r"],
  ["cvtsi64",  "=x r/m64",             "",       "4 8",     "{merge} FP REX.W 0F 2A /r"],
  ["cvtui32",  "=x r/s64",             "",       "4 8",     "{merge} FP REX.W 0F 2A /r"],
  ["cvtui64",  "=x ~r r64",            "",       "4 8",     "{cvtu}"],
  ["truncsi32","=r32 x",               "",       "4 8",     "{trunc}"],
  ["truncsi64","=r64 x",               "",       "4 8",     "{trunc}"],
  ["truncui32","=r32 ~r x",            "",       "4 8",     "{trunc}"],
  ["truncui64","=r64 x",               "",       "4 8",     "{trunc}"],
  ["satsi32",  "=r32 x",               "",       "4 8",     "{trunc}"],
  ["satsi64",  "=r64 x",               "",       "4 8",     "{trunc}"],
  ["satui32",  "=r32 ~r x",            "",       "4 8",     "{trunc}"],
  ["satui64",  "=r64 x",               "",       "4 8",     "{trunc}"],
  // calls: all arguments and results fixed. callr goes through the FuncRef or ImportSlot at the
  // address and switches R; callc calls the C function whose address is there. pop: bytes the
  // callee pops
  ["call",     "...",                  "func pop", "",      "{call}"],
  ["callr",    "... m",                "pop",    "",        "{call}"],
  ["callc",    "... m",                "",       "",        "{call}"],
  // control: an edge per case, the default last
  ["switch",   "~r ~r r64",            "",       "4",       "{switch}"],
] as const satisfies readonly InstRow[];

// What a fused record compares.
// prettier-ignore
const COMPARES = [
  ["cmp",      "r r/m",                "",       "4 8",     "W 3B /r"],
  ["cmpi",     "r/s",                  "imm",    "4 8",     "W 81 /7 is"],
  ["cmpm",     "r m",                  "",       "1 2 4 8", "W 39 /r"],
  ["cmpmi",    "m",                    "imm",    "1 2 4 8", "W 81 /7 is"],
  ["test",     "r r/m",                "",       "4 8",     "W 85 /r"],
  ["testi",    "r/s",                  "imm",    "4 8",     "W F7 /0 iz"],
  ["testmi",   "m",                    "imm",    "1 2 4 8", "W F7 /0 iz"],
  ["bt",       "r r",                  "",       "4 8",     "W 0F A3 /R"],
  ["bti",      "r",                    "bit",    "4 8",     "W 0F BA /4 ib"],
  ["ucomis",   "x x/m",                "",       "4 8",     "PD 0F 2E /r"],
  ["ptest",    "x x/m128",             "",       "",        "66 0F 38 17 /r"],
] as const satisfies readonly InstRow[];

// And what it does with the outcome: two edges (condition true, false); 0 or 1; operand 1 or 2 (the
// first if the condition is false); the same for floats; a trap if true.
// prettier-ignore
const CONSUMERS = [
  ["j",        "",                     "",       "",        ""],
  ["set",      "=r32",                 "",       "",        ""],
  ["cmov",     "=@1 r r/s",            "",       "",        ""],
  ["fsel",     "=@1 x x/s",            "",       "",        ""],
  ["trap",     "",                     "code",   "",        ""],
] as const satisfies readonly InstRow[];

/** Conditions: the manual's numbers, then two of `ucomis` that need a look at two flags. */
// prettier-ignore
export const COND = {
  o: 0, no: 1, b: 2, ae: 3, e: 4, ne: 5, be: 6, a: 7, s: 8, ns: 9, p: 10, np: 11, l: 12, ge: 13,
  le: 14, g: 15,
  /** Equal and ordered; not equal or unordered. For less-than swap the operands and use a, ae. */
  feq: 16, fne: 17,
} as const;
export const COND_NAMES = Object.keys(COND);

/** Immediate of `fround`. */
export const ROUND = { nearest: 8, floor: 9, ceil: 10, trunc: 11 } as const;
/** Bits of the `checks` of a division. */
export const CHECK = { zero: 1, minusOne: 2 } as const;

type CompareName = (typeof COMPARES)[number][0];
type ConsumerName = (typeof CONSUMERS)[number][0];
export type InstName = (typeof ROWS)[number][0] | PackedName | `${CompareName}.${ConsumerName}`;

const fuse = (compare: InstRow, consumer: InstRow): InstRow => [
  `${compare[0]}.${consumer[0]}`,
  `${consumer[1]} ${compare[1]}`,
  `${compare[2]} ${consumer[2]}`,
  compare[3],
  compare[4],
];

const PACKED: readonly InstRow[] = [...PAIRED, ...PAIRED.map(vexOf), ...UNPAIRED];

const ALL: readonly InstRow[] = [
  ...ROWS,
  ...PACKED,
  ...COMPARES.flatMap((compare) => CONSUMERS.map((consumer) => fuse(compare, consumer))),
];

/** Op numbers by name: `INST.add`, `INST["cmp.j"]`. */
export const INST = Object.fromEntries(ALL.map(([name], k) => [name, FIRST_TARGET_OP + k])) as {
  readonly [K in InstName]: number;
};

export const insts = newTable(ALL, registerNumber);

/** First row of packed.ts. */
const FIRST_PACKED = FIRST_TARGET_OP + ROWS.length;
/** The AVX twin of an op that has one, else the op itself. */
export const threeOperand = (op: number): number =>
  op >= FIRST_PACKED && op < FIRST_PACKED + PAIRED_COUNT ? op + PAIRED_COUNT : op;

/** First fused op. Behind it, compare k and consumer j are FIRST_FUSED + k * CONSUMER_COUNT + j. */
export const FIRST_FUSED = FIRST_PACKED + PACKED.length;
export const CONSUMER_COUNT = CONSUMERS.length;
/** Consumer of a fused op, -1 for others. */
export const consumerOf = (op: number): number =>
  op < FIRST_FUSED ? -1 : (op - FIRST_FUSED) % CONSUMER_COUNT;
/** Operands that the consumer puts in front of the compare's. */
export const CONSUMER_OPERANDS = [0, 1, 3, 3, 0] as const;
