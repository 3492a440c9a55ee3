// TABLE. The instructions on whole vector registers, in the notation of insts.ts, which adds them
// to its own rows. Integers are named by the manual's mnemonic, floats without the last letter,
// which is the size (4 = single, 8 = double). A final i marks a count in the instruction, a final m
// a lane in memory.
//
// Every row of PAIRED stands for two instructions: itself and its three-operand form of AVX, `v`
// and the name, whose first operand keeps its register. The AVX row is derived (see `vexOf`); its
// number is that of the other plus PAIRED_COUNT.
//
// x/m128 in memory: a constant of the pool or a spill slot, which are aligned; linear memory is
// not, so only AVX may read it there. Narrower operands need no alignment.

import { CPU } from "../../src/abi.ts";
import type { InstRow } from "../shape.ts";

const { avx, avx2 } = CPU.amd64;

// prettier-ignore
export const PAIRED = [
  // integers by lane: b 8, w 16, d 32, q 64 bits
  ["paddb",     "=@1 x x/m128",  "",     "",    "66 0F FC /r"],
  ["paddw",     "=@1 x x/m128",  "",     "",    "66 0F FD /r"],
  ["paddd",     "=@1 x x/m128",  "",     "",    "66 0F FE /r"],
  ["paddq",     "=@1 x x/m128",  "",     "",    "66 0F D4 /r"],
  ["psubb",     "=@1 x x/m128",  "",     "",    "66 0F F8 /r"],
  ["psubw",     "=@1 x x/m128",  "",     "",    "66 0F F9 /r"],
  ["psubd",     "=@1 x x/m128",  "",     "",    "66 0F FA /r"],
  ["psubq",     "=@1 x x/m128",  "",     "",    "66 0F FB /r"],
  ["paddsb",    "=@1 x x/m128",  "",     "",    "66 0F EC /r"],
  ["paddsw",    "=@1 x x/m128",  "",     "",    "66 0F ED /r"],
  ["paddusb",   "=@1 x x/m128",  "",     "",    "66 0F DC /r"],
  ["paddusw",   "=@1 x x/m128",  "",     "",    "66 0F DD /r"],
  ["psubsb",    "=@1 x x/m128",  "",     "",    "66 0F E8 /r"],
  ["psubsw",    "=@1 x x/m128",  "",     "",    "66 0F E9 /r"],
  ["psubusb",   "=@1 x x/m128",  "",     "",    "66 0F D8 /r"],
  ["psubusw",   "=@1 x x/m128",  "",     "",    "66 0F D9 /r"],
  ["pmullw",    "=@1 x x/m128",  "",     "",    "66 0F D5 /r"],
  ["pmulhw",    "=@1 x x/m128",  "",     "",    "66 0F E5 /r"],
  ["pmulhuw",   "=@1 x x/m128",  "",     "",    "66 0F E4 /r"],
  ["pmulld",    "=@1 x x/m128",  "",     "",    "66 0F 38 40 /r"],
  ["pmuldq",    "=@1 x x/m128",  "",     "",    "66 0F 38 28 /r"],
  ["pmuludq",   "=@1 x x/m128",  "",     "",    "66 0F F4 /r"],
  ["pmulhrsw",  "=@1 x x/m128",  "",     "",    "66 0F 38 0B /r"],
  ["pmaddwd",   "=@1 x x/m128",  "",     "",    "66 0F F5 /r"],
  ["pmaddubsw", "=@1 x x/m128",  "",     "",    "66 0F 38 04 /r"],
  ["pavgb",     "=@1 x x/m128",  "",     "",    "66 0F E0 /r"],
  ["pavgw",     "=@1 x x/m128",  "",     "",    "66 0F E3 /r"],
  ["pminsb",    "=@1 x x/m128",  "",     "",    "66 0F 38 38 /r"],
  ["pminsw",    "=@1 x x/m128",  "",     "",    "66 0F EA /r"],
  ["pminsd",    "=@1 x x/m128",  "",     "",    "66 0F 38 39 /r"],
  ["pminub",    "=@1 x x/m128",  "",     "",    "66 0F DA /r"],
  ["pminuw",    "=@1 x x/m128",  "",     "",    "66 0F 38 3A /r"],
  ["pminud",    "=@1 x x/m128",  "",     "",    "66 0F 38 3B /r"],
  ["pmaxsb",    "=@1 x x/m128",  "",     "",    "66 0F 38 3C /r"],
  ["pmaxsw",    "=@1 x x/m128",  "",     "",    "66 0F EE /r"],
  ["pmaxsd",    "=@1 x x/m128",  "",     "",    "66 0F 38 3D /r"],
  ["pmaxub",    "=@1 x x/m128",  "",     "",    "66 0F DE /r"],
  ["pmaxuw",    "=@1 x x/m128",  "",     "",    "66 0F 38 3E /r"],
  ["pmaxud",    "=@1 x x/m128",  "",     "",    "66 0F 38 3F /r"],
  ["pabsb",     "=x x/m128",     "",     "",    "66 0F 38 1C /r"],
  ["pabsw",     "=x x/m128",     "",     "",    "66 0F 38 1D /r"],
  ["pabsd",     "=x x/m128",     "",     "",    "66 0F 38 1E /r"],
  ["pand",      "=@1 x x/m128",  "",     "",    "66 0F DB /r"],
  ["pandn",     "=@1 x x/m128",  "",     "",    "66 0F DF /r"],
  ["por",       "=@1 x x/m128",  "",     "",    "66 0F EB /r"],
  ["pxor",      "=@1 x x/m128",  "",     "",    "66 0F EF /r"],
  ["pcmpeqb",   "=@1 x x/m128",  "",     "",    "66 0F 74 /r"],
  ["pcmpeqw",   "=@1 x x/m128",  "",     "",    "66 0F 75 /r"],
  ["pcmpeqd",   "=@1 x x/m128",  "",     "",    "66 0F 76 /r"],
  ["pcmpeqq",   "=@1 x x/m128",  "",     "",    "66 0F 38 29 /r"],
  ["pcmpgtb",   "=@1 x x/m128",  "",     "",    "66 0F 64 /r"],
  ["pcmpgtw",   "=@1 x x/m128",  "",     "",    "66 0F 65 /r"],
  ["pcmpgtd",   "=@1 x x/m128",  "",     "",    "66 0F 66 /r"],
  // shifts by the low 64 bits of the last operand, or by an immediate; pslldq counts bytes
  ["psllw",     "=@1 x x/m128",  "",     "",    "66 0F F1 /r"],
  ["pslld",     "=@1 x x/m128",  "",     "",    "66 0F F2 /r"],
  ["psllq",     "=@1 x x/m128",  "",     "",    "66 0F F3 /r"],
  ["psrlw",     "=@1 x x/m128",  "",     "",    "66 0F D1 /r"],
  ["psrld",     "=@1 x x/m128",  "",     "",    "66 0F D2 /r"],
  ["psrlq",     "=@1 x x/m128",  "",     "",    "66 0F D3 /r"],
  ["psraw",     "=@1 x x/m128",  "",     "",    "66 0F E1 /r"],
  ["psrad",     "=@1 x x/m128",  "",     "",    "66 0F E2 /r"],
  ["psllwi",    "=@1 x",         "n",    "",    "66 0F 71 /6 ib"],
  ["pslldi",    "=@1 x",         "n",    "",    "66 0F 72 /6 ib"],
  ["psllqi",    "=@1 x",         "n",    "",    "66 0F 73 /6 ib"],
  ["psrlwi",    "=@1 x",         "n",    "",    "66 0F 71 /2 ib"],
  ["psrldi",    "=@1 x",         "n",    "",    "66 0F 72 /2 ib"],
  ["psrlqi",    "=@1 x",         "n",    "",    "66 0F 73 /2 ib"],
  ["psrawi",    "=@1 x",         "n",    "",    "66 0F 71 /4 ib"],
  ["psradi",    "=@1 x",         "n",    "",    "66 0F 72 /4 ib"],
  ["pslldqi",   "=@1 x",         "n",    "",    "66 0F 73 /7 ib"],
  ["psrldqi",   "=@1 x",         "n",    "",    "66 0F 73 /3 ib"],
  // lanes rearranged, narrowed, widened
  ["packsswb",  "=@1 x x/m128",  "",     "",    "66 0F 63 /r"],
  ["packssdw",  "=@1 x x/m128",  "",     "",    "66 0F 6B /r"],
  ["packuswb",  "=@1 x x/m128",  "",     "",    "66 0F 67 /r"],
  ["packusdw",  "=@1 x x/m128",  "",     "",    "66 0F 38 2B /r"],
  ["punpcklbw", "=@1 x x/m128",  "",     "",    "66 0F 60 /r"],
  ["punpcklwd", "=@1 x x/m128",  "",     "",    "66 0F 61 /r"],
  ["punpckldq", "=@1 x x/m128",  "",     "",    "66 0F 62 /r"],
  ["punpcklqdq","=@1 x x/m128",  "",     "",    "66 0F 6C /r"],
  ["punpckhbw", "=@1 x x/m128",  "",     "",    "66 0F 68 /r"],
  ["punpckhwd", "=@1 x x/m128",  "",     "",    "66 0F 69 /r"],
  ["punpckhdq", "=@1 x x/m128",  "",     "",    "66 0F 6A /r"],
  ["punpckhqdq","=@1 x x/m128",  "",     "",    "66 0F 6D /r"],
  ["pshufb",    "=@1 x x/m128",  "",     "",    "66 0F 38 00 /r"],
  ["pshufd",    "=x x/m128",     "from", "",    "66 0F 70 /r ib"],
  ["pshuflw",   "=x x/m128",     "from", "",    "F2 0F 70 /r ib"],
  ["pshufhw",   "=x x/m128",     "from", "",    "F3 0F 70 /r ib"],
  ["shufps",    "=@1 x x/m128",  "from", "",    "0F C6 /r ib"],
  ["palignr",   "=@1 x x/m128",  "n",    "",    "66 0F 3A 0F /r ib"],
  ["pblendw",   "=@1 x x/m128",  "mask", "",    "66 0F 3A 0E /r ib"],
  ["insertps",  "=@1 x x",       "lane", "",    "66 0F 3A 21 /r ib"],
  ["movss",     "=@1 x x",       "",     "",    "F3 0F 10 /r"],
  ["movsd",     "=@1 x x",       "",     "",    "F2 0F 10 /r"],
  ["movlhps",   "=@1 x x",       "",     "",    "0F 16 /r"],
  ["movddup",   "=x x/m64",      "",     "",    "F2 0F 12 /r"],
  ["movq",      "=x x/m64",      "",     "",    "F3 0F 7E /r"],
  ["pmovsxbw",  "=x x/m64",      "",     "",    "66 0F 38 20 /r"],
  ["pmovsxwd",  "=x x/m64",      "",     "",    "66 0F 38 23 /r"],
  ["pmovsxdq",  "=x x/m64",      "",     "",    "66 0F 38 25 /r"],
  ["pmovzxbw",  "=x x/m64",      "",     "",    "66 0F 38 30 /r"],
  ["pmovzxbd",  "=x x/m32",      "",     "",    "66 0F 38 31 /r"],
  ["pmovzxbq",  "=x x/m16",      "",     "",    "66 0F 38 32 /r"],
  ["pmovzxwd",  "=x x/m64",      "",     "",    "66 0F 38 33 /r"],
  ["pmovzxwq",  "=x x/m32",      "",     "",    "66 0F 38 34 /r"],
  ["pmovzxdq",  "=x x/m64",      "",     "",    "66 0F 38 35 /r"],
  // single lanes to and from general registers and memory
  ["pinsrb",    "=@1 x r/m8",    "lane", "",    "66 0F 3A 20 /r ib"],
  ["pinsrw",    "=@1 x r/m16",   "lane", "",    "66 0F C4 /r ib"],
  ["pinsr",     "=@1 x r/m",     "lane", "4 8", "66 W 0F 3A 22 /r ib"],
  ["pextrb",    "=r32 x",        "lane", "",    "66 0F 3A 14 /R ib"],
  ["pextrw",    "=r32 x",        "lane", "",    "66 0F C5 /r ib"],
  ["pextr",     "=r x",          "lane", "4 8", "66 W 0F 3A 16 /R ib"],
  ["pextrbm",   "x m8",          "lane", "",    "66 0F 3A 14 /r ib"],
  ["pextrwm",   "x m16",         "lane", "",    "66 0F 3A 15 /r ib"],
  ["pextrm",    "x m",           "lane", "4 8", "66 W 0F 3A 16 /r ib"],
  ["movlpm",    "=@1 x m64",     "",     "",    "0F 12 /r"],
  ["movhpm",    "=@1 x m64",     "",     "",    "0F 16 /r"],
  ["pmovmskb",  "=r32 x",        "",     "",    "66 0F D7 /r"],
  ["movmskp",   "=r32 x",        "",     "4 8", "PD 0F 50 /r"],
  // floats; the relation of cmpp is one of RELATION
  ["addp",      "=@1 x x/m128",  "",     "4 8", "PD 0F 58 /r"],
  ["subp",      "=@1 x x/m128",  "",     "4 8", "PD 0F 5C /r"],
  ["mulp",      "=@1 x x/m128",  "",     "4 8", "PD 0F 59 /r"],
  ["divp",      "=@1 x x/m128",  "",     "4 8", "PD 0F 5E /r"],
  ["minp",      "=@1 x x/m128",  "",     "4 8", "PD 0F 5D /r"],
  ["maxp",      "=@1 x x/m128",  "",     "4 8", "PD 0F 5F /r"],
  ["sqrtp",     "=x x/m128",     "",     "4 8", "PD 0F 51 /r"],
  ["cmpp",      "=@1 x x/m128",  "rel",  "4 8", "PD 0F C2 /r ib"],
  ["roundps",   "=x x/m128",     "kind", "",    "66 0F 3A 08 /r ib"],
  ["roundpd",   "=x x/m128",     "kind", "",    "66 0F 3A 09 /r ib"],
  ["cvtdq2ps",  "=x x/m128",     "",     "",    "0F 5B /r"],
  ["cvtdq2pd",  "=x x/m64",      "",     "",    "F3 0F E6 /r"],
  ["cvttps2dq", "=x x/m128",     "",     "",    "F3 0F 5B /r"],
  ["cvttpd2dq", "=x x/m128",     "",     "",    "66 0F E6 /r"],
  ["cvtps2pd",  "=x x/m64",      "",     "",    "0F 5A /r"],
  ["cvtpd2ps",  "=x x/m128",     "",     "",    "66 0F 5A /r"],
] as const satisfies readonly InstRow[];

/**
 * What has one form only. `ones` sets all bits, `same` is its operand under another vreg, whatever
 * the class; load128 and store128 serve AVX code too. The blends pick the last operand's byte where
 * the mask (operand 2) has its top bit set.
 */
// prettier-ignore
export const UNPAIRED = [
  ["load128",     "=x m128",           "", "", "0F 10 /r"],
  ["store128",    "x m128",            "", "", "0F 11 /r"],
  ["movhpst",     "x m64",             "", "", "0F 17 /r"],
  ["ones",        "=x",                "", "", "{ones}"],
  ["same",        "=@1 x",             "", "", "{same}"],
  ["pblendvb",    "=@1 x xmm0 x/m128", "", "", "66 0F 38 10 /r"],
  ["vpblendvb",   "=x x x x/m128",     "", "", "VEX L0 66 0F 3A 4C /r /is4",   avx],
  ["vpcmpgtq",    "=x x x/m128",       "", "", "VEX L0 66 0F 38 37 /r",        avx],
  ["vbroadcastss","=x m32",            "", "", "VEX L0 66 0F 38 18 /r",        avx],
  ["vpbroadcastb","=x x/m8",           "", "", "VEX L0 66 0F 38 78 /r",        avx2],
  ["vpbroadcastw","=x x/m16",          "", "", "VEX L0 66 0F 38 79 /r",        avx2],
  ["vpbroadcastd","=x x/m32",          "", "", "VEX L0 66 0F 38 58 /r",        avx2],
  ["vpbroadcastq","=x x/m64",          "", "", "VEX L0 66 0F 38 59 /r",        avx2],
] as const satisfies readonly InstRow[];

export const PAIRED_COUNT = PAIRED.length;

/** Immediate of cmpp. The last two hold for what cannot be ordered as well. */
export const RELATION = { eq: 0, lt: 1, le: 2, unord: 3, ne: 4, nlt: 5 } as const;

/** The AVX row of a paired one: nothing is overwritten that is read. */
export function vexOf([name, operands, imms, sizes, encoding]: InstRow): InstRow {
  return [`v${name}`, operands.replace("=@1", "=x"), imms, sizes, `VEX L0 ${encoding}`, avx];
}

type PairedName = (typeof PAIRED)[number][0];
export type PackedName = PairedName | `v${PairedName}` | (typeof UNPAIRED)[number][0];
