// TABLE. What each plain Wasm operator becomes: an IR opcode and the type of its result. Operators
// that touch instance state, or that need several instructions, are in state.ts; those of vectors
// but for whole loads and stores in vectors.ts.
//
// A row is [Wasm operator, IR opcode, result type]; loads and stores name their type
// and width instead.

import { IR, WIDTH } from "../ir/ops.ts";
import { F32, F64, I32, I64, V128 } from "../ir/types.ts";
import { OP, OPS } from "../wasm/ops.ts";
import type { OpName } from "../wasm/ops.ts";

/** How the builder handles an operator. */
export const FORM = { other: 0, unary: 1, binary: 2, load: 3, store: 4, vector: 5 } as const;

export const formOf = new Uint8Array(OPS.length);
/** IR opcode of unary and binary operators; WIDTH of loads and stores. */
export const irOf = new Uint8Array(OPS.length);
/** Result type, or the type that a load or store moves. */
export const typeOf = new Uint8Array(OPS.length);

function row(name: string, form: number, ir: number, type: number): void {
  const op = OP[name as OpName];
  formOf[op] = form;
  irOf[op] = ir;
  typeOf[op] = type;
}

// prettier-ignore
const INT_BINARY: readonly (readonly [string, number])[] = [
  ["add", IR.add],     ["sub", IR.sub],     ["mul", IR.mul],
  ["div_s", IR.divs],  ["div_u", IR.divu],  ["rem_s", IR.rems],  ["rem_u", IR.remu],
  ["and", IR.and],     ["or", IR.or],       ["xor", IR.xor],
  ["shl", IR.shl],     ["shr_s", IR.shrs],  ["shr_u", IR.shru],
  ["rotl", IR.rotl],   ["rotr", IR.rotr],
];

// prettier-ignore
const INT_COMPARE: readonly (readonly [string, number])[] = [
  ["eq", IR.eq],      ["ne", IR.ne],
  ["lt_s", IR.lts],   ["lt_u", IR.ltu],   ["gt_s", IR.gts],   ["gt_u", IR.gtu],
  ["le_s", IR.les],   ["le_u", IR.leu],   ["ge_s", IR.ges],   ["ge_u", IR.geu],
];

// prettier-ignore
const FLOAT_BINARY: readonly (readonly [string, number])[] = [
  ["add", IR.fadd],   ["sub", IR.fsub],   ["mul", IR.fmul],   ["div", IR.fdiv],
  ["min", IR.fmin],   ["max", IR.fmax],   ["copysign", IR.fcopysign],
];

// prettier-ignore
const FLOAT_COMPARE: readonly (readonly [string, number])[] = [
  ["eq", IR.feq],   ["ne", IR.fne],   ["lt", IR.flt],
  ["gt", IR.fgt],   ["le", IR.fle],   ["ge", IR.fge],
];

// prettier-ignore
const FLOAT_UNARY: readonly (readonly [string, number])[] = [
  ["abs", IR.fabs],       ["neg", IR.fneg],     ["sqrt", IR.fsqrt],   ["ceil", IR.fceil],
  ["floor", IR.ffloor],   ["trunc", IR.ftrunc], ["nearest", IR.fnearest],
];

// prettier-ignore
const CONVERSIONS: readonly (readonly [string, number, number])[] = [
  ["i32.wrap_i64",        IR.wrap,    I32],   ["i64.extend_i32_s",    IR.exts,    I64],
  ["i64.extend_i32_u",    IR.extu,    I64],
  ["i32.trunc_f32_s",     IR.truncs,  I32],   ["i32.trunc_f32_u",     IR.truncu,  I32],
  ["i32.trunc_f64_s",     IR.truncs,  I32],   ["i32.trunc_f64_u",     IR.truncu,  I32],
  ["i64.trunc_f32_s",     IR.truncs,  I64],   ["i64.trunc_f32_u",     IR.truncu,  I64],
  ["i64.trunc_f64_s",     IR.truncs,  I64],   ["i64.trunc_f64_u",     IR.truncu,  I64],
  ["i32.trunc_sat_f32_s", IR.sats,    I32],   ["i32.trunc_sat_f32_u", IR.satu,    I32],
  ["i32.trunc_sat_f64_s", IR.sats,    I32],   ["i32.trunc_sat_f64_u", IR.satu,    I32],
  ["i64.trunc_sat_f32_s", IR.sats,    I64],   ["i64.trunc_sat_f32_u", IR.satu,    I64],
  ["i64.trunc_sat_f64_s", IR.sats,    I64],   ["i64.trunc_sat_f64_u", IR.satu,    I64],
  ["f32.convert_i32_s",   IR.cvts,    F32],   ["f32.convert_i32_u",   IR.cvtu,    F32],
  ["f32.convert_i64_s",   IR.cvts,    F32],   ["f32.convert_i64_u",   IR.cvtu,    F32],
  ["f64.convert_i32_s",   IR.cvts,    F64],   ["f64.convert_i32_u",   IR.cvtu,    F64],
  ["f64.convert_i64_s",   IR.cvts,    F64],   ["f64.convert_i64_u",   IR.cvtu,    F64],
  ["f32.demote_f64",      IR.demote,  F32],   ["f64.promote_f32",     IR.promote, F64],
  ["i32.reinterpret_f32", IR.bitcast, I32],   ["i64.reinterpret_f64", IR.bitcast, I64],
  ["f32.reinterpret_i32", IR.bitcast, F32],   ["f64.reinterpret_i64", IR.bitcast, F64],
  ["i32.extend8_s",       IR.sext8,   I32],   ["i32.extend16_s",      IR.sext16,  I32],
  ["i64.extend8_s",       IR.sext8,   I64],   ["i64.extend16_s",      IR.sext16,  I64],
  ["i64.extend32_s",      IR.sext32,  I64],
];

// prettier-ignore
const LOADS: readonly (readonly [string, number, number])[] = [
  ["i32.load",     I32, WIDTH.full],   ["i64.load",     I64, WIDTH.full],
  ["f32.load",     F32, WIDTH.full],   ["f64.load",     F64, WIDTH.full],
  ["i32.load8_s",  I32, WIDTH.s8],     ["i32.load8_u",  I32, WIDTH.u8],
  ["i32.load16_s", I32, WIDTH.s16],    ["i32.load16_u", I32, WIDTH.u16],
  ["i64.load8_s",  I64, WIDTH.s8],     ["i64.load8_u",  I64, WIDTH.u8],
  ["i64.load16_s", I64, WIDTH.s16],    ["i64.load16_u", I64, WIDTH.u16],
  ["i64.load32_s", I64, WIDTH.s32],    ["i64.load32_u", I64, WIDTH.u32],
  ["v128.load",    V128, WIDTH.full],
  ["v128.load32_zero", V128, WIDTH.u32],
  ["v128.load64_zero", V128, WIDTH.u64],
];

// prettier-ignore
const STORES: readonly (readonly [string, number, number])[] = [
  ["i32.store",   I32, WIDTH.full],   ["i64.store",   I64, WIDTH.full],
  ["f32.store",   F32, WIDTH.full],   ["f64.store",   F64, WIDTH.full],
  ["i32.store8",  I32, WIDTH.u8],     ["i32.store16", I32, WIDTH.u16],
  ["i64.store8",  I64, WIDTH.u8],     ["i64.store16", I64, WIDTH.u16],
  ["i64.store32", I64, WIDTH.u32],    ["v128.store",  V128, WIDTH.full],
];

for (const [prefix, type] of [
  ["i32", I32],
  ["i64", I64],
] as const) {
  for (const [name, ir] of INT_BINARY) row(`${prefix}.${name}`, FORM.binary, ir, type);
  for (const [name, ir] of INT_COMPARE) row(`${prefix}.${name}`, FORM.binary, ir, I32);
  row(`${prefix}.clz`, FORM.unary, IR.clz, type);
  row(`${prefix}.ctz`, FORM.unary, IR.ctz, type);
  row(`${prefix}.popcnt`, FORM.unary, IR.popcnt, type);
}
for (const [prefix, type] of [
  ["f32", F32],
  ["f64", F64],
] as const) {
  for (const [name, ir] of FLOAT_BINARY) row(`${prefix}.${name}`, FORM.binary, ir, type);
  for (const [name, ir] of FLOAT_COMPARE) row(`${prefix}.${name}`, FORM.binary, ir, I32);
  for (const [name, ir] of FLOAT_UNARY) row(`${prefix}.${name}`, FORM.unary, ir, type);
}
for (const [name, ir, type] of CONVERSIONS) row(name, FORM.unary, ir, type);
for (const [name, type, width] of LOADS) row(name, FORM.load, width, type);
for (const [name, type, width] of STORES) row(name, FORM.store, width, type);
OPS.forEach(({ feature }, op) => {
  if (feature === "simd" && formOf[op] === FORM.other) formOf[op] = FORM.vector;
});
