// TABLE. Vector opcodes that are one instruction: for which lanes (i integers, f floats, b bits,
// or a shape), which instruction, and what else there is to say:
//
//   <   the operands change places
//   h   lanes are half as wide as those of the shape, as the instruction counts them
//   z=  the instruction for a second operand of zero, if there is one

import { IR, OP_NAMES, SHAPE_NAMES } from "../../src/ir/ops.ts";
import type { OpName } from "../../src/ir/ops.ts";
import { SHAPES_OF, SHAPE_COUNT } from "../../src/ir/shapes.ts";
import { INST, insts } from "./insts.ts";
import type { InstName } from "./insts.ts";

type Row = readonly [op: OpName, lanes: string, inst: InstName, notes?: string];

/** Bytes of a lane by SHAPE. */
export const LANE_BYTES = [1, 2, 4, 8, 4, 8] as const;

// prettier-ignore
const ROWS: readonly Row[] = [
  ["vnot",      "b", "vnot"],
  ["vand",      "b", "vand"],
  ["vor",       "b", "vorr"],
  ["vxor",      "b", "veor"],
  ["vandnot",   "b", "vbic"],
  ["vswizzle",  "b", "vtbl"],
  ["vadd",      "i", "vadd"],       ["vadd",      "f", "vfadd"],
  ["vsub",      "i", "vsub"],       ["vsub",      "f", "vfsub"],
  ["vmul",      "i", "vmul"],       ["vmul",      "f", "vfmul"],
  ["vneg",      "i", "vneg"],       ["vneg",      "f", "vfneg"],
  ["vabs",      "i", "vabs"],       ["vabs",      "f", "vfabs"],
  ["vaddsats",  "i", "vsqadd"],     ["vaddsatu",  "i", "vuqadd"],
  ["vsubsats",  "i", "vsqsub"],     ["vsubsatu",  "i", "vuqsub"],
  ["vmins",     "i", "vsmin"],      ["vminu",     "i", "vumin"],
  ["vmaxs",     "i", "vsmax"],      ["vmaxu",     "i", "vumax"],
  ["vavgru",    "i", "vurhadd"],
  ["vq15mulr",  "i", "vsqrdmulh"],
  ["vpopcnt",   "i", "vcnt"],
  ["veq",       "i", "vcmeq",  "z=vcmeqz"],
  ["veq",       "f", "vfcmeq", "z=vfcmeqz"],
  ["vlts",      "i", "vcmgt",  "< z=vcmltz"],
  ["vltu",      "i", "vcmhi",  "<"],
  ["vgts",      "i", "vcmgt",  "z=vcmgtz"],
  ["vgtu",      "i", "vcmhi"],
  ["vles",      "i", "vcmge",  "< z=vcmlez"],
  ["vleu",      "i", "vcmhs",  "<"],
  ["vges",      "i", "vcmge",  "z=vcmgez"],
  ["vgeu",      "i", "vcmhs"],
  ["vflt",      "f", "vfcmgt", "< z=vfcmltz"],
  ["vfgt",      "f", "vfcmgt", "z=vfcmgtz"],
  ["vfle",      "f", "vfcmge", "< z=vfcmlez"],
  ["vfge",      "f", "vfcmge", "z=vfcmgez"],
  ["vfdiv",     "f", "vfdiv"],
  ["vfmin",     "f", "vfmin"],      ["vfmax",     "f", "vfmax"],
  ["vfsqrt",    "f", "vfsqrt"],
  ["vfceil",    "f", "vfrintp"],    ["vffloor",   "f", "vfrintm"],
  ["vftrunc",   "f", "vfrintz"],    ["vfnearest", "f", "vfrintn"],
  ["vextlows",  "i", "vsxtl",   "h"], ["vextlowu",  "i", "vuxtl",   "h"],
  ["vexthighs", "i", "vsxtl2",  "h"], ["vexthighu", "i", "vuxtl2",  "h"],
  ["vmullows",  "i", "vsmull",  "h"], ["vmullowu",  "i", "vumull",  "h"],
  ["vmulhighs", "i", "vsmull2", "h"], ["vmulhighu", "i", "vumull2", "h"],
  ["vpairs",    "i", "vsaddlp", "h"], ["vpairu",    "i", "vuaddlp", "h"],
  ["vcvts",     "f32x4", "vscvtf"], ["vcvtu",     "f32x4", "vucvtf"],
  ["vsats",     "f32x4", "vfcvtzs"], ["vsatu",    "f32x4", "vfcvtzu"],
  ["vdemote",   "f", "vfcvtn"],
  ["vpromote",  "f", "vfcvtl"],
];

const COUNT = OP_NAMES.length * SHAPE_COUNT;
/** By opcode * SHAPE_COUNT + shape: the instruction (0 = none), and its size. */
export const DIRECT = new Int32Array(COUNT);
export const DIRECT_SIZE = new Uint8Array(COUNT);
/** 1 = the operands change places. */
export const EXCHANGED = new Uint8Array(COUNT);
/** The instruction for a second operand of zero, 0 = none. */
export const AGAINST_ZERO = new Int32Array(COUNT);

function addRow([name, lanes, inst, notes = ""]: Row): void {
  const op = IR[name];
  for (const shape of SHAPES_OF[op]!) {
    const shapeName = SHAPE_NAMES[shape];
    if (lanes !== "b" && !shapeName!.startsWith(lanes)) continue;
    const size = notes.includes("h") ? LANE_BYTES[shape]! / 2 : LANE_BYTES[shape]!;
    if ((insts.sizes[INST[inst]]! & size) === 0) continue;
    const k = op * SHAPE_COUNT + shape;
    DIRECT[k] = INST[inst];
    DIRECT_SIZE[k] = size;
    EXCHANGED[k] = notes.startsWith("<") ? 1 : 0;
    const zero = /z=(\w+)/.exec(notes)?.[1];
    if (zero !== undefined) AGAINST_ZERO[k] = INST[zero as InstName];
  }
}

ROWS.forEach(addRow);

/** Opcodes that have a row, with their number of operands. */
export const DIRECT_NAMES: readonly OpName[] = [...new Set(ROWS.map(([name]) => name))];
/** Those of them that have an instruction for a second operand of zero. */
export const ZERO_NAMES: readonly OpName[] = [
  ...new Set(ROWS.filter(([, , , notes]) => notes?.includes("z=")).map(([name]) => name)),
];
/** True if every shape of the opcode is one instruction. */
export const isAlwaysDirect = (name: OpName): boolean =>
  SHAPES_OF[IR[name]]!.every((shape) => DIRECT[IR[name] * SHAPE_COUNT + shape] !== 0);
