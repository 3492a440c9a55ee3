// TABLE. Vector opcodes that are one instruction, by shape: the instruction's row in packed.ts, an
// immediate behind a colon, `-` where there is none (forms in vectors.ts and widths.ts make those).
// A tilde in front exchanges the operands: x < y is y > x.

import { OP_COUNT, IR } from "../../src/ir/ops.ts";
import type { OpName } from "../../src/ir/ops.ts";
import { bug } from "../../src/support/errors.ts";
import { INST, ROUND } from "./insts.ts";
import { RELATION } from "./packed.ts";

type Row = readonly [name: OpName, insts: string];

// prettier-ignore
const ROWS: readonly Row[] = [
  //            i8x16      i16x8      i32x4      i64x2      f32x4        f64x2
  ["vand",      "pand"],
  ["vor",       "por"],
  ["vxor",      "pxor"],
  ["vandnot",   "~pandn"],
  ["vadd",      "paddb     paddw      paddd      paddq      addp         addp"],
  ["vsub",      "psubb     psubw      psubd      psubq      subp         subp"],
  ["vmul",      "-         pmullw     pmulld     -          mulp         mulp"],
  ["vabs",      "pabsb     pabsw      pabsd"],
  ["vaddsats",  "paddsb    paddsw"],
  ["vaddsatu",  "paddusb   paddusw"],
  ["vsubsats",  "psubsb    psubsw"],
  ["vsubsatu",  "psubusb   psubusw"],
  ["vmins",     "pminsb    pminsw     pminsd"],
  ["vminu",     "pminub    pminuw     pminud"],
  ["vmaxs",     "pmaxsb    pmaxsw     pmaxsd"],
  ["vmaxu",     "pmaxub    pmaxuw     pmaxud"],
  ["vavgru",    "pavgb     pavgw"],
  ["veq",       "pcmpeqb   pcmpeqw    pcmpeqd    pcmpeqq    cmpp:eq      cmpp:eq"],
  ["vne",       "-         -          -          -          cmpp:ne      cmpp:ne"],
  ["vgts",      "pcmpgtb   pcmpgtw    pcmpgtd"],
  ["vlts",      "~pcmpgtb  ~pcmpgtw   ~pcmpgtd"],
  ["vflt",      "-         -          -          -          cmpp:lt      cmpp:lt"],
  ["vfgt",      "-         -          -          -          ~cmpp:lt     ~cmpp:lt"],
  ["vfle",      "-         -          -          -          cmpp:le      cmpp:le"],
  ["vfge",      "-         -          -          -          ~cmpp:le     ~cmpp:le"],
  ["vfdiv",     "-         -          -          -          divp         divp"],
  // The machine's minimum is x < y ? x : y, that of Wasm y < x ? y : x.
  ["vfpmin",    "-         -          -          -          ~minp        ~minp"],
  ["vfpmax",    "-         -          -          -          ~maxp        ~maxp"],
  ["vfsqrt",    "-         -          -          -          sqrtp        sqrtp"],
  ["vfceil",    "-         -          -          -          roundps:ceil roundpd:ceil"],
  ["vffloor",   "-         -          -          -       roundps:floor   roundpd:floor"],
  ["vftrunc",   "-         -          -          -       roundps:trunc   roundpd:trunc"],
  ["vfnearest", "-         -          -          -       roundps:nearest roundpd:nearest"],
  // shapes of the result
  ["vnarrows",  "packsswb  packssdw"],
  ["vnarrowu",  "packuswb  packusdw"],
  ["vextlows",  "-         pmovsxbw   pmovsxwd   pmovsxdq"],
  ["vextlowu",  "-         pmovzxbw   pmovzxwd   pmovzxdq"],
  ["vdot",      "-         -          pmaddwd"],
  ["vcvts",     "-         -          -          -          cvtdq2ps     cvtdq2pd"],
  ["vdemote",   "-         -          -          -          cvtpd2ps     -"],
  ["vpromote",  "-         -          -          -          -            cvtps2pd"],
];

/** Shapes per opcode in the columns below. */
export const SHAPES = 6;
/** By opcode * SHAPES + shape: op, immediate + 1 or 0, 1 = operands exchanged. */
export const DIRECT = new Uint16Array(OP_COUNT * SHAPES);
export const DIRECT_IMM = new Uint8Array(OP_COUNT * SHAPES);
export const EXCHANGED = new Uint8Array(OP_COUNT * SHAPES);

const IMMEDIATES: Readonly<Record<string, number>> = { ...RELATION, ...ROUND };

for (const [name, insts] of ROWS) {
  insts.split(/ +/).forEach((text, shape) => {
    const [, tilde, inst, imm] = /^(~?)([\w-]+):?(\w*)$/.exec(text) ?? bug(`lanes: ${text}`);
    if (inst === "-") return;
    const at = IR[name] * SHAPES + shape;
    DIRECT[at] = INST[inst as "pand"] ?? bug(`lanes: ${inst}`);
    if (imm !== "") DIRECT_IMM[at] = (IMMEDIATES[imm!] ?? bug(`lanes: ${imm}`)) + 1;
    if (tilde === "~") EXCHANGED[at] = 1;
  });
}
