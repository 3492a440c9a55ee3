// Printed by tools/gen/interp.ts (`make gen`). Do not edit.
import {
  i8x16_eq,
  i16x8_eq,
  i32x4_eq,
  i8x16_ne,
  i16x8_ne,
  i32x4_ne,
  i8x16_lt_s,
  i16x8_lt_s,
  i32x4_lt_s,
  i8x16_lt_u,
  i16x8_lt_u,
  i32x4_lt_u,
  i8x16_gt_s,
  i16x8_gt_s,
  i32x4_gt_s,
  i8x16_gt_u,
  i16x8_gt_u,
  i32x4_gt_u,
  i8x16_le_s,
  i16x8_le_s,
  i32x4_le_s,
  i8x16_le_u,
  i16x8_le_u,
  i32x4_le_u,
  i8x16_ge_s,
  i16x8_ge_s,
  i32x4_ge_s,
  i8x16_ge_u,
  i16x8_ge_u,
  i32x4_ge_u,
  i8x16_abs,
  i16x8_abs,
  i32x4_abs,
  i8x16_neg,
  i16x8_neg,
  i32x4_neg,
  i8x16_popcnt,
  i8x16_shl,
  i16x8_shl,
  i32x4_shl,
  i8x16_shr_s,
  i16x8_shr_s,
  i32x4_shr_s,
  i8x16_shr_u,
  i16x8_shr_u,
  i32x4_shr_u,
  i8x16_add,
  i16x8_add,
  i32x4_add,
  i8x16_sub,
  i16x8_sub,
  i32x4_sub,
  i16x8_mul,
  i32x4_mul,
  i8x16_add_sat_s,
  i16x8_add_sat_s,
  i8x16_add_sat_u,
  i16x8_add_sat_u,
  i8x16_sub_sat_s,
  i16x8_sub_sat_s,
  i8x16_sub_sat_u,
  i16x8_sub_sat_u,
  i8x16_min_s,
  i16x8_min_s,
  i32x4_min_s,
  i8x16_min_u,
  i16x8_min_u,
  i32x4_min_u,
  i8x16_max_s,
  i16x8_max_s,
  i32x4_max_s,
  i8x16_max_u,
  i16x8_max_u,
  i32x4_max_u,
  i8x16_avgr_u,
  i16x8_avgr_u,
  i16x8_q15mulr_sat_s,
  i16x8_extend_low_i8x16_s,
  i16x8_extend_high_i8x16_s,
  i16x8_extmul_low_i8x16_s,
  i16x8_extmul_high_i8x16_s,
  i16x8_extadd_pairwise_i8x16_s,
  i8x16_narrow_i16x8_s,
  i16x8_extend_low_i8x16_u,
  i16x8_extend_high_i8x16_u,
  i16x8_extmul_low_i8x16_u,
  i16x8_extmul_high_i8x16_u,
  i16x8_extadd_pairwise_i8x16_u,
  i8x16_narrow_i16x8_u,
  i32x4_extend_low_i16x8_s,
  i32x4_extend_high_i16x8_s,
  i32x4_extmul_low_i16x8_s,
  i32x4_extmul_high_i16x8_s,
  i32x4_extadd_pairwise_i16x8_s,
  i16x8_narrow_i32x4_s,
  i32x4_extend_low_i16x8_u,
  i32x4_extend_high_i16x8_u,
  i32x4_extmul_low_i16x8_u,
  i32x4_extmul_high_i16x8_u,
  i32x4_extadd_pairwise_i16x8_u,
  i16x8_narrow_i32x4_u,
  i32x4_dot_i16x8_s,
  i64x2_add,
  i64x2_sub,
  i64x2_mul,
  i64x2_eq,
  i64x2_ne,
  i64x2_lt_s,
  i64x2_gt_s,
  i64x2_le_s,
  i64x2_ge_s,
  i64x2_shl,
  i64x2_shr_s,
  i64x2_shr_u,
  i64x2_neg,
  i64x2_abs,
  i64x2_extend_low_i32x4_s,
  i64x2_extend_low_i32x4_u,
  i64x2_extmul_low_i32x4_s,
  i64x2_extmul_low_i32x4_u,
  i64x2_extend_high_i32x4_s,
  i64x2_extend_high_i32x4_u,
  i64x2_extmul_high_i32x4_s,
  i64x2_extmul_high_i32x4_u,
  f32x4_add,
  f64x2_add,
  f32x4_sub,
  f64x2_sub,
  f32x4_mul,
  f64x2_mul,
  f32x4_div,
  f64x2_div,
  f32x4_min,
  f64x2_min,
  f32x4_max,
  f64x2_max,
  f32x4_sqrt,
  f64x2_sqrt,
  f32x4_ceil,
  f64x2_ceil,
  f32x4_floor,
  f64x2_floor,
  f32x4_trunc,
  f64x2_trunc,
  f32x4_nearest,
  f64x2_nearest,
  f32x4_eq,
  f64x2_eq,
  f32x4_ne,
  f64x2_ne,
  f32x4_lt,
  f64x2_lt,
  f32x4_gt,
  f64x2_gt,
  f32x4_le,
  f64x2_le,
  f32x4_ge,
  f64x2_ge,
  f32x4_pmin,
  f64x2_pmin,
  f32x4_pmax,
  f64x2_pmax,
  f32x4_neg,
  f64x2_neg,
  f32x4_abs,
  f64x2_abs,
  f32x4_convert_i32x4_s,
  f64x2_convert_low_i32x4_s,
  i32x4_trunc_sat_f32x4_s,
  i32x4_trunc_sat_f64x2_s_zero,
  f32x4_convert_i32x4_u,
  f64x2_convert_low_i32x4_u,
  i32x4_trunc_sat_f32x4_u,
  i32x4_trunc_sat_f64x2_u_zero,
  f32x4_demote_f64x2_zero,
  f64x2_promote_low_f32x4,
} from "../lanes.gen.ts";
import {
  v128_not,
  v128_and,
  v128_andnot,
  v128_or,
  v128_xor,
  v128_bitselect,
  v128_any_true,
  i8x16_splat,
  i16x8_splat,
  i32x4_splat,
  i64x2_splat,
  f32x4_splat,
  f64x2_splat,
  i8x16_extract_lane_s,
  i8x16_extract_lane_u,
  i16x8_extract_lane_s,
  i16x8_extract_lane_u,
  i32x4_extract_lane,
  i64x2_extract_lane,
  f32x4_extract_lane,
  f64x2_extract_lane,
  i8x16_replace_lane,
  i16x8_replace_lane,
  i32x4_replace_lane,
  i64x2_replace_lane,
  f32x4_replace_lane,
  f64x2_replace_lane,
  i8x16_shuffle,
  i8x16_swizzle,
  i8x16_all_true,
  i16x8_all_true,
  i32x4_all_true,
  i64x2_all_true,
  i8x16_bitmask,
  i16x8_bitmask,
  i32x4_bitmask,
  i64x2_bitmask,
} from "../lanes.ts";
import type { Views } from "../lanes.ts";

type Words = Int32Array;

/** Performs the vector instructions from pc on, in the frame fp; answers the pc of what follows. */
export type Vectors = (pc: number, fp: number, mem: DataView, limit: number) => number;

/**
 * Vectors over these arrays. What it answers is the complement of a pc where an access there did
 * not pass the quick check.
 */
export function newVectors(
  V: Views, I: Words, code: Words, c1: Words, c2: Words, c3: Words, c4: Words,
): Vectors {
  return function vectors(start: number, fp: number, mem: DataView, limit: number): number {
    let pc = start, d = 0, a = 0, b = 0, c = 0, k = 0;
    let x = 0, y = 0, z = 0, w = 0, w0 = 0, w1 = 0;
    for (;;) {
      switch (code[pc]!) {
      case 293: { // copy128
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = I[(a + 1) | 0]!; z = I[(a + 2) | 0]!; w = I[(a + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; pc = (pc + 3) | 0;
        continue;
      }
      case 294: { // const128
        d = (fp + c1[pc]!) | 0; I[d] = c2[pc]!; I[(d + 1) | 0] = c3[pc]!; I[(d + 2) | 0] = c4[pc]!; I[(d + 3) | 0] = code[(pc + 5) | 0]!; pc = (pc + 6) | 0;
        continue;
      }
      case 295: { // global.get128
        d = (fp + c1[pc]!) | 0; k = c2[pc]!; x = I[k]!; y = I[(k + 1) | 0]!; z = I[(k + 2) | 0]!; w = I[(k + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; pc = (pc + 3) | 0;
        continue;
      }
      case 296: { // global.set128
        a = (fp + c2[pc]!) | 0; k = c1[pc]!; x = I[a]!; y = I[(a + 1) | 0]!; z = I[(a + 2) | 0]!; w = I[(a + 3) | 0]!; I[k] = x; I[(k + 1) | 0] = y; I[(k + 2) | 0] = z; I[(k + 3) | 0] = w; pc = (pc + 3) | 0;
        continue;
      }
      case 297: { // select128
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; c = (fp + c4[pc]!) | 0; if (I[c]! === 0) a = b; x = I[a]!; y = I[(a + 1) | 0]!; z = I[(a + 2) | 0]!; w = I[(a + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; pc = (pc + 5) | 0;
        continue;
      }
      case 298: { // v128.load
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = mem.getInt32((x + 8) | 0, true); I[(d + 3) | 0] = mem.getInt32((x + 12) | 0, true); pc = (pc + 4) | 0;
        continue;
      }
      case 299: { // v128.load_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = mem.getInt32((x + 8) | 0, true); I[(d + 3) | 0] = mem.getInt32((x + 12) | 0, true); pc = (pc + 5) | 0;
        continue;
      }
      case 300: { // v128.load_x
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (I[a]! + I[b]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = mem.getInt32((x + 8) | 0, true); I[(d + 3) | 0] = mem.getInt32((x + 12) | 0, true); pc = (pc + 5) | 0;
        continue;
      }
      case 301: { // v128.load_c
        d = (fp + c1[pc]!) | 0; x = c2[pc]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = mem.getInt32((x + 8) | 0, true); I[(d + 3) | 0] = mem.getInt32((x + 12) | 0, true); pc = (pc + 4) | 0;
        continue;
      }
      case 302: { // v128.load8x8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i16x8_extend_low_i8x16_s(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 303: { // v128.load8x8_s_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i16x8_extend_low_i8x16_s(V, d, d, 0, 0); pc = (pc + 5) | 0;
        continue;
      }
      case 304: { // v128.load8x8_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i16x8_extend_low_i8x16_u(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 305: { // v128.load8x8_u_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i16x8_extend_low_i8x16_u(V, d, d, 0, 0); pc = (pc + 5) | 0;
        continue;
      }
      case 306: { // v128.load16x4_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i32x4_extend_low_i16x8_s(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 307: { // v128.load16x4_s_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i32x4_extend_low_i16x8_s(V, d, d, 0, 0); pc = (pc + 5) | 0;
        continue;
      }
      case 308: { // v128.load16x4_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i32x4_extend_low_i16x8_u(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 309: { // v128.load16x4_u_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i32x4_extend_low_i16x8_u(V, d, d, 0, 0); pc = (pc + 5) | 0;
        continue;
      }
      case 310: { // v128.load32x2_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_extend_low_i32x4_s(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 311: { // v128.load32x2_s_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_extend_low_i32x4_s(V, d, d, 0, 0); pc = (pc + 5) | 0;
        continue;
      }
      case 312: { // v128.load32x2_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_extend_low_i32x4_u(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 313: { // v128.load32x2_u_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_extend_low_i32x4_u(V, d, d, 0, 0); pc = (pc + 5) | 0;
        continue;
      }
      case 314: { // v128.load8_splat
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getUint8(x);i8x16_splat(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 315: { // v128.load8_splat_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getUint8(x);i8x16_splat(V, d, d, 0, 0); pc = (pc + 5) | 0;
        continue;
      }
      case 316: { // v128.load16_splat
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getUint16(x, true);i16x8_splat(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 317: { // v128.load16_splat_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getUint16(x, true);i16x8_splat(V, d, d, 0, 0); pc = (pc + 5) | 0;
        continue;
      }
      case 318: { // v128.load32_splat
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true);i32x4_splat(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 319: { // v128.load32_splat_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true);i32x4_splat(V, d, d, 0, 0); pc = (pc + 5) | 0;
        continue;
      }
      case 320: { // v128.load64_splat
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_splat(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 321: { // v128.load64_splat_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_splat(V, d, d, 0, 0); pc = (pc + 5) | 0;
        continue;
      }
      case 322: { // v128.load32_zero
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = 0; I[(d + 2) | 0] = 0; I[(d + 3) | 0] = 0; pc = (pc + 4) | 0;
        continue;
      }
      case 323: { // v128.load32_zero_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = 0; I[(d + 2) | 0] = 0; I[(d + 3) | 0] = 0; pc = (pc + 5) | 0;
        continue;
      }
      case 324: { // v128.load64_zero
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = 0; I[(d + 3) | 0] = 0; pc = (pc + 4) | 0;
        continue;
      }
      case 325: { // v128.load64_zero_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = 0; I[(d + 3) | 0] = 0; pc = (pc + 5) | 0;
        continue;
      }
      case 326: { // v128.store
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[d]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) return ~pc; x = (x + y) | 0; mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, I[(a + 1) | 0]!, true); mem.setInt32((x + 8) | 0, I[(a + 2) | 0]!, true); mem.setInt32((x + 12) | 0, I[(a + 3) | 0]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 327: { // v128.store_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[d]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) return ~pc; x = (x + y) | 0; mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, I[(a + 1) | 0]!, true); mem.setInt32((x + 8) | 0, I[(a + 2) | 0]!, true); mem.setInt32((x + 12) | 0, I[(a + 3) | 0]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 328: { // v128.store_x
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (I[d]! + I[b]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) return ~pc; x = (x + y) | 0; mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, I[(a + 1) | 0]!, true); mem.setInt32((x + 8) | 0, I[(a + 2) | 0]!, true); mem.setInt32((x + 12) | 0, I[(a + 3) | 0]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 329: { // v128.store_c
        a = (fp + c2[pc]!) | 0; x = c1[pc]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) return ~pc; x = (x + y) | 0; mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, I[(a + 1) | 0]!, true); mem.setInt32((x + 8) | 0, I[(a + 2) | 0]!, true); mem.setInt32((x + 12) | 0, I[(a + 3) | 0]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 330: { // v128.load8_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; k = c4[pc]!; y = code[(pc + 5) | 0]!; if (x < 0 || x > ((limit - y - 1) | 0)) return ~pc; x = (x + y) | 0; w0 = mem.getUint8(x); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; V.u8[(d << 2) + k] = w0; pc = (pc + 6) | 0;
        continue;
      }
      case 331: { // v128.load16_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; k = c4[pc]!; y = code[(pc + 5) | 0]!; if (x < 0 || x > ((limit - y - 2) | 0)) return ~pc; x = (x + y) | 0; w0 = mem.getUint16(x, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; V.u16[(d << 1) + k] = w0; pc = (pc + 6) | 0;
        continue;
      }
      case 332: { // v128.load32_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; k = c4[pc]!; y = code[(pc + 5) | 0]!; if (x < 0 || x > ((limit - y - 4) | 0)) return ~pc; x = (x + y) | 0; w0 = mem.getInt32(x, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; I[(d + k) | 0] = w0; pc = (pc + 6) | 0;
        continue;
      }
      case 333: { // v128.load64_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; k = c4[pc]!; y = code[(pc + 5) | 0]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; w0 = mem.getInt32(x, true); w1 = mem.getInt32((x + 4) | 0, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; k = (d + k + k) | 0; I[k] = w0; I[(k + 1) | 0] = w1; pc = (pc + 6) | 0;
        continue;
      }
      case 334: { // v128.store8_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[d]!; k = c3[pc]!; y = c4[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) return ~pc; x = (x + y) | 0; mem.setUint8(x, V.u8[(a << 2) + k]!); pc = (pc + 5) | 0;
        continue;
      }
      case 335: { // v128.store16_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[d]!; k = c3[pc]!; y = c4[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) return ~pc; x = (x + y) | 0; mem.setUint16(x, V.u16[(a << 1) + k]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 336: { // v128.store32_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[d]!; k = c3[pc]!; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) return ~pc; x = (x + y) | 0; mem.setInt32(x, I[(a + k) | 0]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 337: { // v128.store64_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[d]!; k = c3[pc]!; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) return ~pc; x = (x + y) | 0; k = (a + k + k) | 0; mem.setInt32(x, I[k]!, true); mem.setInt32((x + 4) | 0, I[(k + 1) | 0]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 338: { // i8x16.shuffle
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; c = (fp + c4[pc]!) | 0; i8x16_shuffle(V, d, a, b, c); pc = (pc + 5) | 0;
        continue;
      }
      case 339: { // i8x16.swizzle
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_swizzle(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 340: { // i8x16.splat
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i8x16_splat(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 341: { // i16x8.splat
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_splat(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 342: { // i32x4.splat
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_splat(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 343: { // i64x2.splat
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i64x2_splat(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 344: { // f32x4.splat
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_splat(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 345: { // f64x2.splat
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_splat(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 346: { // i8x16.extract_lane_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i8x16_extract_lane_s(V, d, a, c3[pc]!, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 347: { // i8x16.extract_lane_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i8x16_extract_lane_u(V, d, a, c3[pc]!, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 348: { // i8x16.replace_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 349: { // i16x8.extract_lane_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_extract_lane_s(V, d, a, c3[pc]!, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 350: { // i16x8.extract_lane_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_extract_lane_u(V, d, a, c3[pc]!, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 351: { // i16x8.replace_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 352: { // i32x4.extract_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_extract_lane(V, d, a, c3[pc]!, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 353: { // i32x4.replace_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 354: { // i64x2.extract_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i64x2_extract_lane(V, d, a, c3[pc]!, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 355: { // i64x2.replace_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 356: { // f32x4.extract_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_extract_lane(V, d, a, c3[pc]!, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 357: { // f32x4.replace_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 358: { // f64x2.extract_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_extract_lane(V, d, a, c3[pc]!, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 359: { // f64x2.replace_lane
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 360: { // i8x16.eq
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_eq(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 361: { // i8x16.ne
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_ne(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 362: { // i8x16.lt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_lt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 363: { // i8x16.lt_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_lt_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 364: { // i8x16.gt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_gt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 365: { // i8x16.gt_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_gt_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 366: { // i8x16.le_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_le_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 367: { // i8x16.le_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_le_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 368: { // i8x16.ge_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_ge_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 369: { // i8x16.ge_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_ge_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 370: { // i16x8.eq
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_eq(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 371: { // i16x8.ne
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_ne(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 372: { // i16x8.lt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_lt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 373: { // i16x8.lt_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_lt_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 374: { // i16x8.gt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_gt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 375: { // i16x8.gt_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_gt_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 376: { // i16x8.le_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_le_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 377: { // i16x8.le_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_le_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 378: { // i16x8.ge_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_ge_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 379: { // i16x8.ge_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_ge_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 380: { // i32x4.eq
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_eq(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 381: { // i32x4.ne
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_ne(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 382: { // i32x4.lt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_lt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 383: { // i32x4.lt_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_lt_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 384: { // i32x4.gt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_gt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 385: { // i32x4.gt_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_gt_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 386: { // i32x4.le_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_le_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 387: { // i32x4.le_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_le_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 388: { // i32x4.ge_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_ge_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 389: { // i32x4.ge_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_ge_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 390: { // f32x4.eq
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_eq(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 391: { // f32x4.ne
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_ne(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 392: { // f32x4.lt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_lt(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 393: { // f32x4.gt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_gt(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 394: { // f32x4.le
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_le(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 395: { // f32x4.ge
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_ge(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 396: { // f64x2.eq
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_eq(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 397: { // f64x2.ne
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_ne(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 398: { // f64x2.lt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_lt(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 399: { // f64x2.gt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_gt(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 400: { // f64x2.le
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_le(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 401: { // f64x2.ge
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_ge(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 402: { // v128.not
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; v128_not(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 403: { // v128.and
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; v128_and(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 404: { // v128.andnot
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; v128_andnot(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 405: { // v128.or
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; v128_or(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 406: { // v128.xor
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; v128_xor(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 407: { // v128.bitselect
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; c = (fp + c4[pc]!) | 0; v128_bitselect(V, d, a, b, c); pc = (pc + 5) | 0;
        continue;
      }
      case 408: { // v128.any_true
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; v128_any_true(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 409: { // f32x4.demote_f64x2_zero
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_demote_f64x2_zero(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 410: { // f64x2.promote_low_f32x4
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_promote_low_f32x4(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 411: { // i8x16.abs
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i8x16_abs(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 412: { // i8x16.neg
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i8x16_neg(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 413: { // i8x16.popcnt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i8x16_popcnt(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 414: { // i8x16.all_true
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i8x16_all_true(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 415: { // i8x16.bitmask
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i8x16_bitmask(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 416: { // i8x16.narrow_i16x8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_narrow_i16x8_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 417: { // i8x16.narrow_i16x8_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_narrow_i16x8_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 418: { // f32x4.ceil
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_ceil(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 419: { // f32x4.floor
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_floor(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 420: { // f32x4.trunc
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_trunc(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 421: { // f32x4.nearest
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_nearest(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 422: { // i8x16.shl
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_shl(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 423: { // i8x16.shr_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_shr_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 424: { // i8x16.shr_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_shr_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 425: { // i8x16.add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_add(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 426: { // i8x16.add_sat_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_add_sat_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 427: { // i8x16.add_sat_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_add_sat_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 428: { // i8x16.sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_sub(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 429: { // i8x16.sub_sat_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_sub_sat_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 430: { // i8x16.sub_sat_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_sub_sat_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 431: { // f64x2.ceil
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_ceil(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 432: { // f64x2.floor
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_floor(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 433: { // i8x16.min_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_min_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 434: { // i8x16.min_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_min_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 435: { // i8x16.max_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_max_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 436: { // i8x16.max_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_max_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 437: { // f64x2.trunc
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_trunc(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 438: { // i8x16.avgr_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i8x16_avgr_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 439: { // i16x8.extadd_pairwise_i8x16_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_extadd_pairwise_i8x16_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 440: { // i16x8.extadd_pairwise_i8x16_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_extadd_pairwise_i8x16_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 441: { // i32x4.extadd_pairwise_i16x8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_extadd_pairwise_i16x8_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 442: { // i32x4.extadd_pairwise_i16x8_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_extadd_pairwise_i16x8_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 443: { // i16x8.abs
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_abs(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 444: { // i16x8.neg
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_neg(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 445: { // i16x8.q15mulr_sat_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_q15mulr_sat_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 446: { // i16x8.all_true
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_all_true(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 447: { // i16x8.bitmask
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_bitmask(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 448: { // i16x8.narrow_i32x4_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_narrow_i32x4_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 449: { // i16x8.narrow_i32x4_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_narrow_i32x4_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 450: { // i16x8.extend_low_i8x16_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_extend_low_i8x16_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 451: { // i16x8.extend_high_i8x16_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_extend_high_i8x16_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 452: { // i16x8.extend_low_i8x16_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_extend_low_i8x16_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 453: { // i16x8.extend_high_i8x16_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i16x8_extend_high_i8x16_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 454: { // i16x8.shl
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_shl(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 455: { // i16x8.shr_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_shr_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 456: { // i16x8.shr_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_shr_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 457: { // i16x8.add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_add(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 458: { // i16x8.add_sat_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_add_sat_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 459: { // i16x8.add_sat_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_add_sat_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 460: { // i16x8.sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_sub(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 461: { // i16x8.sub_sat_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_sub_sat_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 462: { // i16x8.sub_sat_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_sub_sat_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 463: { // f64x2.nearest
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_nearest(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 464: { // i16x8.mul
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_mul(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 465: { // i16x8.min_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_min_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 466: { // i16x8.min_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_min_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 467: { // i16x8.max_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_max_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 468: { // i16x8.max_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_max_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 469: { // i16x8.avgr_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_avgr_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 470: { // i16x8.extmul_low_i8x16_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_extmul_low_i8x16_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 471: { // i16x8.extmul_high_i8x16_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_extmul_high_i8x16_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 472: { // i16x8.extmul_low_i8x16_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_extmul_low_i8x16_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 473: { // i16x8.extmul_high_i8x16_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i16x8_extmul_high_i8x16_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 474: { // i32x4.abs
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_abs(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 475: { // i32x4.neg
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_neg(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 476: { // i32x4.all_true
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_all_true(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 477: { // i32x4.bitmask
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_bitmask(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 478: { // i32x4.extend_low_i16x8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_extend_low_i16x8_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 479: { // i32x4.extend_high_i16x8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_extend_high_i16x8_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 480: { // i32x4.extend_low_i16x8_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_extend_low_i16x8_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 481: { // i32x4.extend_high_i16x8_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_extend_high_i16x8_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 482: { // i32x4.shl
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_shl(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 483: { // i32x4.shr_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_shr_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 484: { // i32x4.shr_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_shr_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 485: { // i32x4.add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_add(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 486: { // i32x4.sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_sub(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 487: { // i32x4.mul
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_mul(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 488: { // i32x4.min_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_min_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 489: { // i32x4.min_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_min_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 490: { // i32x4.max_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_max_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 491: { // i32x4.max_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_max_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 492: { // i32x4.dot_i16x8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_dot_i16x8_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 493: { // i32x4.extmul_low_i16x8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_extmul_low_i16x8_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 494: { // i32x4.extmul_high_i16x8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_extmul_high_i16x8_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 495: { // i32x4.extmul_low_i16x8_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_extmul_low_i16x8_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 496: { // i32x4.extmul_high_i16x8_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i32x4_extmul_high_i16x8_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 497: { // i64x2.abs
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i64x2_abs(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 498: { // i64x2.neg
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i64x2_neg(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 499: { // i64x2.all_true
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i64x2_all_true(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 500: { // i64x2.bitmask
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i64x2_bitmask(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 501: { // i64x2.extend_low_i32x4_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i64x2_extend_low_i32x4_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 502: { // i64x2.extend_high_i32x4_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i64x2_extend_high_i32x4_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 503: { // i64x2.extend_low_i32x4_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i64x2_extend_low_i32x4_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 504: { // i64x2.extend_high_i32x4_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i64x2_extend_high_i32x4_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 505: { // i64x2.shl
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_shl(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 506: { // i64x2.shr_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_shr_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 507: { // i64x2.shr_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_shr_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 508: { // i64x2.add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_add(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 509: { // i64x2.sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_sub(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 510: { // i64x2.mul
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_mul(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 511: { // i64x2.eq
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_eq(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 512: { // i64x2.ne
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_ne(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 513: { // i64x2.lt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_lt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 514: { // i64x2.gt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_gt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 515: { // i64x2.le_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_le_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 516: { // i64x2.ge_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_ge_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 517: { // i64x2.extmul_low_i32x4_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_extmul_low_i32x4_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 518: { // i64x2.extmul_high_i32x4_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_extmul_high_i32x4_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 519: { // i64x2.extmul_low_i32x4_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_extmul_low_i32x4_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 520: { // i64x2.extmul_high_i32x4_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; i64x2_extmul_high_i32x4_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 521: { // f32x4.abs
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_abs(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 522: { // f32x4.neg
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_neg(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 523: { // f32x4.sqrt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_sqrt(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 524: { // f32x4.add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_add(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 525: { // f32x4.sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_sub(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 526: { // f32x4.mul
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_mul(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 527: { // f32x4.div
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_div(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 528: { // f32x4.min
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_min(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 529: { // f32x4.max
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_max(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 530: { // f32x4.pmin
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_pmin(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 531: { // f32x4.pmax
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f32x4_pmax(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 532: { // f64x2.abs
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_abs(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 533: { // f64x2.neg
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_neg(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 534: { // f64x2.sqrt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_sqrt(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 535: { // f64x2.add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_add(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 536: { // f64x2.sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_sub(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 537: { // f64x2.mul
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_mul(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 538: { // f64x2.div
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_div(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 539: { // f64x2.min
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_min(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 540: { // f64x2.max
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_max(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 541: { // f64x2.pmin
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_pmin(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 542: { // f64x2.pmax
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; f64x2_pmax(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 543: { // i32x4.trunc_sat_f32x4_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_trunc_sat_f32x4_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 544: { // i32x4.trunc_sat_f32x4_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_trunc_sat_f32x4_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 545: { // f32x4.convert_i32x4_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_convert_i32x4_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 546: { // f32x4.convert_i32x4_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f32x4_convert_i32x4_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 547: { // i32x4.trunc_sat_f64x2_s_zero
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_trunc_sat_f64x2_s_zero(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 548: { // i32x4.trunc_sat_f64x2_u_zero
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; i32x4_trunc_sat_f64x2_u_zero(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 549: { // f64x2.convert_low_i32x4_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_convert_low_i32x4_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 550: { // f64x2.convert_low_i32x4_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; f64x2_convert_low_i32x4_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      default:
        return pc;
      }
    }
  };
}

/**
 * Performs the access `op` at the beginning of `mem`, with places and a lane's number as the
 * instruction has them.
 */
export function accessVector(
  op: number, mem: DataView, V: Views, d: number, a: number, b: number, k: number,
): void {
  const I = V.i32;
  let x = 0, y = 0, z = 0, w = 0, w0 = 0, w1 = 0;
  switch (op) {
    case 298:
    case 299:
    case 300:
    case 301:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = mem.getInt32((x + 8) | 0, true); I[(d + 3) | 0] = mem.getInt32((x + 12) | 0, true);
      return;
    case 302:
    case 303:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i16x8_extend_low_i8x16_s(V, d, d, 0, 0);
      return;
    case 304:
    case 305:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i16x8_extend_low_i8x16_u(V, d, d, 0, 0);
      return;
    case 306:
    case 307:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i32x4_extend_low_i16x8_s(V, d, d, 0, 0);
      return;
    case 308:
    case 309:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i32x4_extend_low_i16x8_u(V, d, d, 0, 0);
      return;
    case 310:
    case 311:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_extend_low_i32x4_s(V, d, d, 0, 0);
      return;
    case 312:
    case 313:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_extend_low_i32x4_u(V, d, d, 0, 0);
      return;
    case 314:
    case 315:
      I[d] = mem.getUint8(x);i8x16_splat(V, d, d, 0, 0);
      return;
    case 316:
    case 317:
      I[d] = mem.getUint16(x, true);i16x8_splat(V, d, d, 0, 0);
      return;
    case 318:
    case 319:
      I[d] = mem.getInt32(x, true);i32x4_splat(V, d, d, 0, 0);
      return;
    case 320:
    case 321:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_splat(V, d, d, 0, 0);
      return;
    case 322:
    case 323:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = 0; I[(d + 2) | 0] = 0; I[(d + 3) | 0] = 0;
      return;
    case 324:
    case 325:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = 0; I[(d + 3) | 0] = 0;
      return;
    case 326:
    case 327:
    case 328:
    case 329:
      mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, I[(a + 1) | 0]!, true); mem.setInt32((x + 8) | 0, I[(a + 2) | 0]!, true); mem.setInt32((x + 12) | 0, I[(a + 3) | 0]!, true);
      return;
    case 330:
      w0 = mem.getUint8(x); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; V.u8[(d << 2) + k] = w0;
      return;
    case 331:
      w0 = mem.getUint16(x, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; V.u16[(d << 1) + k] = w0;
      return;
    case 332:
      w0 = mem.getInt32(x, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; I[(d + k) | 0] = w0;
      return;
    case 333:
      w0 = mem.getInt32(x, true); w1 = mem.getInt32((x + 4) | 0, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; k = (d + k + k) | 0; I[k] = w0; I[(k + 1) | 0] = w1;
      return;
    case 334:
      mem.setUint8(x, V.u8[(a << 2) + k]!);
      return;
    case 335:
      mem.setUint16(x, V.u16[(a << 1) + k]!, true);
      return;
    case 336:
      mem.setInt32(x, I[(a + k) | 0]!, true);
      return;
    case 337:
      k = (a + k + k) | 0; mem.setInt32(x, I[k]!, true); mem.setInt32((x + 4) | 0, I[(k + 1) | 0]!, true);
      return;
  }
}
