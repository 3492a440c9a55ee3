// Printed by tools/gen/interp.ts (`make gen`). Do not edit.
import {
  i8x16_eq,
  i16x8_eq,
  i8x16_ne,
  i16x8_ne,
  i8x16_lt_s,
  i16x8_lt_s,
  i8x16_lt_u,
  i16x8_lt_u,
  i8x16_gt_s,
  i16x8_gt_s,
  i8x16_gt_u,
  i16x8_gt_u,
  i8x16_le_s,
  i16x8_le_s,
  i8x16_le_u,
  i16x8_le_u,
  i8x16_ge_s,
  i16x8_ge_s,
  i8x16_ge_u,
  i16x8_ge_u,
  i8x16_abs,
  i16x8_abs,
  i8x16_neg,
  i16x8_neg,
  i8x16_popcnt,
  i8x16_shl,
  i16x8_shl,
  i8x16_shr_s,
  i16x8_shr_s,
  i8x16_shr_u,
  i16x8_shr_u,
  i8x16_add,
  i16x8_add,
  i8x16_sub,
  i16x8_sub,
  i16x8_mul,
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
  i8x16_min_u,
  i16x8_min_u,
  i8x16_max_s,
  i16x8_max_s,
  i8x16_max_u,
  i16x8_max_u,
  i8x16_avgr_u,
  i16x8_avgr_u,
  i16x8_q15mulr_sat_s,
  i16x8_extend_low_i8x16_s,
  i8x16_narrow_i16x8_s,
  i16x8_extend_low_i8x16_u,
  i8x16_narrow_i16x8_u,
  i32x4_extend_low_i16x8_s,
  i16x8_narrow_i32x4_s,
  i32x4_extend_low_i16x8_u,
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
  i64x2_extmul_high_i32x4_s,
  i64x2_extmul_high_i32x4_u,
  f32x4_nearest,
  f64x2_nearest,
  i32x4_trunc_sat_f32x4_s,
  i32x4_trunc_sat_f64x2_s_zero,
  i32x4_trunc_sat_f32x4_u,
  i32x4_trunc_sat_f64x2_u_zero,
} from "../lanes.gen.ts";
import {
  i8x16_splat,
  i16x8_splat,
  i32x4_splat,
  i64x2_splat,
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
  i8x16_bitmask,
  i16x8_bitmask,
} from "../lanes.ts";
import type { Views } from "../lanes.ts";
import type { State } from "./instance.ts";

type Words = Int32Array;

/**
 * Vectors over these arrays: a function that performs them from S on, until another instruction
 * comes. It answers why it stopped before, 0 if it did not.
 */
export function newVectors(
  state: State, code: Words, c1: Words, c2: Words, c3: Words, c4: Words, I: Words, H: Words,
  S: Words, V: Views, i8: Int8Array, u8: Uint8Array, i16: Int16Array, u16: Uint16Array,
  i32: Words, u32: Uint32Array, f32: Float32Array, f64: Float64Array,
): () => number {
  return function vectors(): number {
    const fp = S[1]!;
    const { view: mem, limit } = state.inst.memory;
    let pc = S[0]!, why = 0, d = 0, a = 0, b = 0, c = 0;
    let x = 0, y = 0, z = 0, w = 0, w0 = 0, w1 = 0, k = 0, hi = 0, hi0 = 0, hi1 = 0, high = 0, lo = 0, lo0 = 0, lo1 = 0, low = 0, mask = 0, p0 = 0, p1 = 0, r0 = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0, r5 = 0, r6 = 0, r7 = 0;
    run: for (;;) {
      // Most have these; the code is shorter than in each case.
      d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0;
      switch (code[pc]!) {
      case 19: { // copy32
        I[d] = I[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 20: { // copy64
        x = I[a]!; H[d] = H[a]!; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 21: { // const32
        I[d] = c2[pc]!; pc = (pc + 3) | 0;
        continue;
      }
      case 22: { // const64
        I[d] = c2[pc]!; H[d] = c3[pc]!; pc = (pc + 4) | 0;
        continue;
      }
      case 30: { // i32.load
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); pc = (pc + 4) | 0;
        continue;
      }
      case 31: { // i32.load_p
        x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); pc = (pc + 5) | 0;
        continue;
      }
      case 82: { // i32.add
        I[d] = (I[a]! + I[b]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 209: { // i32.add_i
        I[d] = (I[a]! + c3[pc]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 293: { // copy128
        x = I[a]!; y = I[(a + 1) | 0]!; z = I[(a + 2) | 0]!; w = I[(a + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; pc = (pc + 3) | 0;
        continue;
      }
      case 294: { // const128
        I[d] = c2[pc]!; I[(d + 1) | 0] = c3[pc]!; I[(d + 2) | 0] = c4[pc]!; I[(d + 3) | 0] = code[(pc + 5) | 0]!; pc = (pc + 6) | 0;
        continue;
      }
      case 295: { // global.get128
        k = c2[pc]!; x = I[k]!; y = I[(k + 1) | 0]!; z = I[(k + 2) | 0]!; w = I[(k + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; pc = (pc + 3) | 0;
        continue;
      }
      case 296: { // global.set128
        k = c1[pc]!; x = I[a]!; y = I[(a + 1) | 0]!; z = I[(a + 2) | 0]!; w = I[(a + 3) | 0]!; I[k] = x; I[(k + 1) | 0] = y; I[(k + 2) | 0] = z; I[(k + 3) | 0] = w; pc = (pc + 3) | 0;
        continue;
      }
      case 297: { // select128
        c = (fp + c4[pc]!) | 0; if (I[c]! === 0) a = b; x = I[a]!; y = I[(a + 1) | 0]!; z = I[(a + 2) | 0]!; w = I[(a + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; pc = (pc + 5) | 0;
        continue;
      }
      case 298: { // v128.load
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = mem.getInt32((x + 8) | 0, true); I[(d + 3) | 0] = mem.getInt32((x + 12) | 0, true); pc = (pc + 4) | 0;
        continue;
      }
      case 299: { // v128.load_p
        x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = mem.getInt32((x + 8) | 0, true); I[(d + 3) | 0] = mem.getInt32((x + 12) | 0, true); pc = (pc + 5) | 0;
        continue;
      }
      case 300: { // v128.load_x
        x = (I[a]! + I[b]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = mem.getInt32((x + 8) | 0, true); I[(d + 3) | 0] = mem.getInt32((x + 12) | 0, true); pc = (pc + 5) | 0;
        continue;
      }
      case 301: { // v128.load_c
        x = c2[pc]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = mem.getInt32((x + 8) | 0, true); I[(d + 3) | 0] = mem.getInt32((x + 12) | 0, true); pc = (pc + 4) | 0;
        continue;
      }
      case 302: { // v128.load8x8_s
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i16x8_extend_low_i8x16_s(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 303: { // v128.load8x8_u
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i16x8_extend_low_i8x16_u(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 304: { // v128.load16x4_s
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i32x4_extend_low_i16x8_s(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 305: { // v128.load16x4_u
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i32x4_extend_low_i16x8_u(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 306: { // v128.load32x2_s
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_extend_low_i32x4_s(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 307: { // v128.load32x2_u
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_extend_low_i32x4_u(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 308: { // v128.load8_splat
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getUint8(x);i8x16_splat(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 309: { // v128.load16_splat
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getUint16(x, true);i16x8_splat(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 310: { // v128.load32_splat
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true);i32x4_splat(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 311: { // v128.load64_splat
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_splat(V, d, d, 0, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 312: { // v128.load32_zero
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = 0; I[(d + 2) | 0] = 0; I[(d + 3) | 0] = 0; pc = (pc + 4) | 0;
        continue;
      }
      case 313: { // v128.load64_zero
        x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = 0; I[(d + 3) | 0] = 0; pc = (pc + 4) | 0;
        continue;
      }
      case 314: { // v128.store
        x = I[d]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, I[(a + 1) | 0]!, true); mem.setInt32((x + 8) | 0, I[(a + 2) | 0]!, true); mem.setInt32((x + 12) | 0, I[(a + 3) | 0]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 315: { // v128.store_p
        x = (I[d]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, I[(a + 1) | 0]!, true); mem.setInt32((x + 8) | 0, I[(a + 2) | 0]!, true); mem.setInt32((x + 12) | 0, I[(a + 3) | 0]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 316: { // v128.store_x
        x = (I[d]! + I[b]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, I[(a + 1) | 0]!, true); mem.setInt32((x + 8) | 0, I[(a + 2) | 0]!, true); mem.setInt32((x + 12) | 0, I[(a + 3) | 0]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 317: { // v128.store_c
        x = c1[pc]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 16) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, I[(a + 1) | 0]!, true); mem.setInt32((x + 8) | 0, I[(a + 2) | 0]!, true); mem.setInt32((x + 12) | 0, I[(a + 3) | 0]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 318: { // v128.load8_lane
        x = I[a]!; k = c4[pc]!; y = code[(pc + 5) | 0]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; w0 = mem.getUint8(x); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; V.u8[(d << 2) + k] = w0; pc = (pc + 6) | 0;
        continue;
      }
      case 319: { // v128.store8_lane
        x = I[d]!; k = c3[pc]!; y = c4[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setUint8(x, V.u8[(a << 2) + k]!); pc = (pc + 5) | 0;
        continue;
      }
      case 320: { // v128.load16_lane
        x = I[a]!; k = c4[pc]!; y = code[(pc + 5) | 0]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; w0 = mem.getUint16(x, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; V.u16[(d << 1) + k] = w0; pc = (pc + 6) | 0;
        continue;
      }
      case 321: { // v128.store16_lane
        x = I[d]!; k = c3[pc]!; y = c4[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setUint16(x, V.u16[(a << 1) + k]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 322: { // v128.load32_lane
        x = I[a]!; k = c4[pc]!; y = code[(pc + 5) | 0]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; w0 = mem.getInt32(x, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; I[(d + k) | 0] = w0; pc = (pc + 6) | 0;
        continue;
      }
      case 323: { // v128.store32_lane
        x = I[d]!; k = c3[pc]!; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[(a + k) | 0]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 324: { // v128.load64_lane
        x = I[a]!; k = c4[pc]!; y = code[(pc + 5) | 0]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; w0 = mem.getInt32(x, true); w1 = mem.getInt32((x + 4) | 0, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; I[(d + k + k) | 0] = w0; I[(d + k + k + 1) | 0] = w1; pc = (pc + 6) | 0;
        continue;
      }
      case 325: { // v128.store64_lane
        x = I[d]!; k = c3[pc]!; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[(a + k + k) | 0]!, true); mem.setInt32((x + 4) | 0, I[(a + k + k + 1) | 0]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 326: { // i8x16.shuffle
        c = (fp + c4[pc]!) | 0; i8x16_shuffle(V, d, a, b, c); pc = (pc + 5) | 0;
        continue;
      }
      case 327: { // i8x16.swizzle
        i8x16_swizzle(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 328: { // i8x16.splat
        i8x16_splat(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 329: { // i16x8.splat
        i16x8_splat(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 330: { // i32x4.splat
        i32[d] = i32[d + 1] = i32[d + 2] = i32[d + 3] = i32[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 331: { // i64x2.splat
        lo = i32[a]!; hi = i32[a + 1]!; i32[d] = i32[d + 2] = lo; i32[d + 1] = i32[d + 3] = hi; pc = (pc + 3) | 0;
        continue;
      }
      case 332: { // f32x4.splat
        i32[d] = i32[d + 1] = i32[d + 2] = i32[d + 3] = i32[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 333: { // f64x2.splat
        lo = i32[a]!; hi = i32[a + 1]!; i32[d] = i32[d + 2] = lo; i32[d + 1] = i32[d + 3] = hi; pc = (pc + 3) | 0;
        continue;
      }
      case 334: { // i8x16.extract_lane_s
        k = c3[pc]!; i32[d] = i8[4 * a + k]!; pc = (pc + 4) | 0;
        continue;
      }
      case 335: { // i8x16.extract_lane_u
        k = c3[pc]!; i32[d] = u8[4 * a + k]!; pc = (pc + 4) | 0;
        continue;
      }
      case 336: { // i8x16.replace_lane
        i8x16_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 337: { // i16x8.extract_lane_s
        k = c3[pc]!; i32[d] = i16[2 * a + k]!; pc = (pc + 4) | 0;
        continue;
      }
      case 338: { // i16x8.extract_lane_u
        k = c3[pc]!; i32[d] = u16[2 * a + k]!; pc = (pc + 4) | 0;
        continue;
      }
      case 339: { // i16x8.replace_lane
        i16x8_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 340: { // i32x4.extract_lane
        k = c3[pc]!; i32[d] = i32[a + k]!; pc = (pc + 4) | 0;
        continue;
      }
      case 341: { // i32x4.replace_lane
        i32x4_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 342: { // i64x2.extract_lane
        k = c3[pc]!; lo = i32[a + 2 * k]!; hi = i32[a + 2 * k + 1]!; i32[d] = lo; i32[d + 1] = hi; pc = (pc + 4) | 0;
        continue;
      }
      case 343: { // i64x2.replace_lane
        i64x2_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 344: { // f32x4.extract_lane
        k = c3[pc]!; i32[d] = i32[a + k]!; pc = (pc + 4) | 0;
        continue;
      }
      case 345: { // f32x4.replace_lane
        f32x4_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 346: { // f64x2.extract_lane
        k = c3[pc]!; lo = i32[a + 2 * k]!; hi = i32[a + 2 * k + 1]!; i32[d] = lo; i32[d + 1] = hi; pc = (pc + 4) | 0;
        continue;
      }
      case 347: { // f64x2.replace_lane
        f64x2_replace_lane(V, d, a, b, c4[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 348: { // i8x16.eq
        i8x16_eq(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 349: { // i8x16.ne
        i8x16_ne(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 350: { // i8x16.lt_s
        i8x16_lt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 351: { // i8x16.lt_u
        i8x16_lt_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 352: { // i8x16.gt_s
        i8x16_gt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 353: { // i8x16.gt_u
        i8x16_gt_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 354: { // i8x16.le_s
        i8x16_le_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 355: { // i8x16.le_u
        i8x16_le_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 356: { // i8x16.ge_s
        i8x16_ge_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 357: { // i8x16.ge_u
        i8x16_ge_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 358: { // i16x8.eq
        i16x8_eq(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 359: { // i16x8.ne
        i16x8_ne(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 360: { // i16x8.lt_s
        i16x8_lt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 361: { // i16x8.lt_u
        i16x8_lt_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 362: { // i16x8.gt_s
        i16x8_gt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 363: { // i16x8.gt_u
        i16x8_gt_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 364: { // i16x8.le_s
        i16x8_le_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 365: { // i16x8.le_u
        i16x8_le_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 366: { // i16x8.ge_s
        i16x8_ge_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 367: { // i16x8.ge_u
        i16x8_ge_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 368: { // i32x4.eq
        i32[d] = i32[a]! === i32[b]! ? -1 : 0; i32[d + 1] = i32[a + 1]! === i32[b + 1]! ? -1 : 0; i32[d + 2] = i32[a + 2]! === i32[b + 2]! ? -1 : 0; i32[d + 3] = i32[a + 3]! === i32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 369: { // i32x4.ne
        i32[d] = i32[a]! !== i32[b]! ? -1 : 0; i32[d + 1] = i32[a + 1]! !== i32[b + 1]! ? -1 : 0; i32[d + 2] = i32[a + 2]! !== i32[b + 2]! ? -1 : 0; i32[d + 3] = i32[a + 3]! !== i32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 370: { // i32x4.lt_s
        i32[d] = i32[a]! < i32[b]! ? -1 : 0; i32[d + 1] = i32[a + 1]! < i32[b + 1]! ? -1 : 0; i32[d + 2] = i32[a + 2]! < i32[b + 2]! ? -1 : 0; i32[d + 3] = i32[a + 3]! < i32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 371: { // i32x4.lt_u
        i32[d] = u32[a]! < u32[b]! ? -1 : 0; i32[d + 1] = u32[a + 1]! < u32[b + 1]! ? -1 : 0; i32[d + 2] = u32[a + 2]! < u32[b + 2]! ? -1 : 0; i32[d + 3] = u32[a + 3]! < u32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 372: { // i32x4.gt_s
        i32[d] = i32[a]! > i32[b]! ? -1 : 0; i32[d + 1] = i32[a + 1]! > i32[b + 1]! ? -1 : 0; i32[d + 2] = i32[a + 2]! > i32[b + 2]! ? -1 : 0; i32[d + 3] = i32[a + 3]! > i32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 373: { // i32x4.gt_u
        i32[d] = u32[a]! > u32[b]! ? -1 : 0; i32[d + 1] = u32[a + 1]! > u32[b + 1]! ? -1 : 0; i32[d + 2] = u32[a + 2]! > u32[b + 2]! ? -1 : 0; i32[d + 3] = u32[a + 3]! > u32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 374: { // i32x4.le_s
        i32[d] = i32[a]! <= i32[b]! ? -1 : 0; i32[d + 1] = i32[a + 1]! <= i32[b + 1]! ? -1 : 0; i32[d + 2] = i32[a + 2]! <= i32[b + 2]! ? -1 : 0; i32[d + 3] = i32[a + 3]! <= i32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 375: { // i32x4.le_u
        i32[d] = u32[a]! <= u32[b]! ? -1 : 0; i32[d + 1] = u32[a + 1]! <= u32[b + 1]! ? -1 : 0; i32[d + 2] = u32[a + 2]! <= u32[b + 2]! ? -1 : 0; i32[d + 3] = u32[a + 3]! <= u32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 376: { // i32x4.ge_s
        i32[d] = i32[a]! >= i32[b]! ? -1 : 0; i32[d + 1] = i32[a + 1]! >= i32[b + 1]! ? -1 : 0; i32[d + 2] = i32[a + 2]! >= i32[b + 2]! ? -1 : 0; i32[d + 3] = i32[a + 3]! >= i32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 377: { // i32x4.ge_u
        i32[d] = u32[a]! >= u32[b]! ? -1 : 0; i32[d + 1] = u32[a + 1]! >= u32[b + 1]! ? -1 : 0; i32[d + 2] = u32[a + 2]! >= u32[b + 2]! ? -1 : 0; i32[d + 3] = u32[a + 3]! >= u32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 378: { // f32x4.eq
        i32[d] = f32[a]! === f32[b]! ? -1 : 0; i32[d + 1] = f32[a + 1]! === f32[b + 1]! ? -1 : 0; i32[d + 2] = f32[a + 2]! === f32[b + 2]! ? -1 : 0; i32[d + 3] = f32[a + 3]! === f32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 379: { // f32x4.ne
        i32[d] = f32[a]! !== f32[b]! ? -1 : 0; i32[d + 1] = f32[a + 1]! !== f32[b + 1]! ? -1 : 0; i32[d + 2] = f32[a + 2]! !== f32[b + 2]! ? -1 : 0; i32[d + 3] = f32[a + 3]! !== f32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 380: { // f32x4.lt
        i32[d] = f32[a]! < f32[b]! ? -1 : 0; i32[d + 1] = f32[a + 1]! < f32[b + 1]! ? -1 : 0; i32[d + 2] = f32[a + 2]! < f32[b + 2]! ? -1 : 0; i32[d + 3] = f32[a + 3]! < f32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 381: { // f32x4.gt
        i32[d] = f32[a]! > f32[b]! ? -1 : 0; i32[d + 1] = f32[a + 1]! > f32[b + 1]! ? -1 : 0; i32[d + 2] = f32[a + 2]! > f32[b + 2]! ? -1 : 0; i32[d + 3] = f32[a + 3]! > f32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 382: { // f32x4.le
        i32[d] = f32[a]! <= f32[b]! ? -1 : 0; i32[d + 1] = f32[a + 1]! <= f32[b + 1]! ? -1 : 0; i32[d + 2] = f32[a + 2]! <= f32[b + 2]! ? -1 : 0; i32[d + 3] = f32[a + 3]! <= f32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 383: { // f32x4.ge
        i32[d] = f32[a]! >= f32[b]! ? -1 : 0; i32[d + 1] = f32[a + 1]! >= f32[b + 1]! ? -1 : 0; i32[d + 2] = f32[a + 2]! >= f32[b + 2]! ? -1 : 0; i32[d + 3] = f32[a + 3]! >= f32[b + 3]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 384: { // f64x2.eq
        i32[d] = i32[d + 1] = f64[(a >> 1)]! === f64[(b >> 1)]! ? -1 : 0; i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! === f64[(b >> 1) + 1]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 385: { // f64x2.ne
        i32[d] = i32[d + 1] = f64[(a >> 1)]! !== f64[(b >> 1)]! ? -1 : 0; i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! !== f64[(b >> 1) + 1]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 386: { // f64x2.lt
        i32[d] = i32[d + 1] = f64[(a >> 1)]! < f64[(b >> 1)]! ? -1 : 0; i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! < f64[(b >> 1) + 1]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 387: { // f64x2.gt
        i32[d] = i32[d + 1] = f64[(a >> 1)]! > f64[(b >> 1)]! ? -1 : 0; i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! > f64[(b >> 1) + 1]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 388: { // f64x2.le
        i32[d] = i32[d + 1] = f64[(a >> 1)]! <= f64[(b >> 1)]! ? -1 : 0; i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! <= f64[(b >> 1) + 1]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 389: { // f64x2.ge
        i32[d] = i32[d + 1] = f64[(a >> 1)]! >= f64[(b >> 1)]! ? -1 : 0; i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! >= f64[(b >> 1) + 1]! ? -1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 390: { // v128.not
        i32[d + 0] = ~i32[a + 0]!; i32[d + 1] = ~i32[a + 1]!; i32[d + 2] = ~i32[a + 2]!; i32[d + 3] = ~i32[a + 3]!; pc = (pc + 3) | 0;
        continue;
      }
      case 391: { // v128.and
        i32[d + 0] = i32[a + 0]! & i32[b + 0]!; i32[d + 1] = i32[a + 1]! & i32[b + 1]!; i32[d + 2] = i32[a + 2]! & i32[b + 2]!; i32[d + 3] = i32[a + 3]! & i32[b + 3]!; pc = (pc + 4) | 0;
        continue;
      }
      case 392: { // v128.andnot
        i32[d + 0] = i32[a + 0]! & ~i32[b + 0]!; i32[d + 1] = i32[a + 1]! & ~i32[b + 1]!; i32[d + 2] = i32[a + 2]! & ~i32[b + 2]!; i32[d + 3] = i32[a + 3]! & ~i32[b + 3]!; pc = (pc + 4) | 0;
        continue;
      }
      case 393: { // v128.or
        i32[d + 0] = i32[a + 0]! | i32[b + 0]!; i32[d + 1] = i32[a + 1]! | i32[b + 1]!; i32[d + 2] = i32[a + 2]! | i32[b + 2]!; i32[d + 3] = i32[a + 3]! | i32[b + 3]!; pc = (pc + 4) | 0;
        continue;
      }
      case 394: { // v128.xor
        i32[d + 0] = i32[a + 0]! ^ i32[b + 0]!; i32[d + 1] = i32[a + 1]! ^ i32[b + 1]!; i32[d + 2] = i32[a + 2]! ^ i32[b + 2]!; i32[d + 3] = i32[a + 3]! ^ i32[b + 3]!; pc = (pc + 4) | 0;
        continue;
      }
      case 395: { // v128.bitselect
        c = (fp + c4[pc]!) | 0; {
    mask = i32[c + 0]!;
    i32[d + 0] = (i32[a + 0]! & mask) | (i32[b + 0]! & ~mask);
  } {
    mask = i32[c + 1]!;
    i32[d + 1] = (i32[a + 1]! & mask) | (i32[b + 1]! & ~mask);
  } {
    mask = i32[c + 2]!;
    i32[d + 2] = (i32[a + 2]! & mask) | (i32[b + 2]! & ~mask);
  } {
    mask = i32[c + 3]!;
    i32[d + 3] = (i32[a + 3]! & mask) | (i32[b + 3]! & ~mask);
  } pc = (pc + 5) | 0;
        continue;
      }
      case 396: { // v128.any_true
        i32[d] = (i32[a]! | i32[a + 1]! | i32[a + 2]! | i32[a + 3]!) !== 0 ? 1 : 0; pc = (pc + 3) | 0;
        continue;
      }
      case 397: { // f32x4.demote_f64x2_zero
        r0 = f64[(a >> 1)]!; r1 = f64[(a >> 1) + 1]!; r2 = 0; r3 = 0; f32[d] = r0; if (r0 !== r0) i32[d] = 0x7fc00000; f32[d + 1] = r1; if (r1 !== r1) i32[d + 1] = 0x7fc00000; f32[d + 2] = r2; f32[d + 3] = r3; pc = (pc + 3) | 0;
        continue;
      }
      case 398: { // f64x2.promote_low_f32x4
        r0 = f32[a]!; r1 = f32[a + 1]!; f64[(d >> 1)] = r0; if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; } f64[(d >> 1) + 1] = r1; if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; } pc = (pc + 3) | 0;
        continue;
      }
      case 399: { // i8x16.abs
        i8x16_abs(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 400: { // i8x16.neg
        i8x16_neg(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 401: { // i8x16.popcnt
        i8x16_popcnt(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 402: { // i8x16.all_true
        i8x16_all_true(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 403: { // i8x16.bitmask
        i8x16_bitmask(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 404: { // i8x16.narrow_i16x8_s
        i8x16_narrow_i16x8_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 405: { // i8x16.narrow_i16x8_u
        i8x16_narrow_i16x8_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 406: { // f32x4.ceil
        r0 = Math.ceil(f32[a]!); f32[d] = r0; if (r0 !== r0) i32[d] = 0x7fc00000; r1 = Math.ceil(f32[a + 1]!); f32[d + 1] = r1; if (r1 !== r1) i32[d + 1] = 0x7fc00000; r2 = Math.ceil(f32[a + 2]!); f32[d + 2] = r2; if (r2 !== r2) i32[d + 2] = 0x7fc00000; r3 = Math.ceil(f32[a + 3]!); f32[d + 3] = r3; if (r3 !== r3) i32[d + 3] = 0x7fc00000; pc = (pc + 3) | 0;
        continue;
      }
      case 407: { // f32x4.floor
        r0 = Math.floor(f32[a]!); f32[d] = r0; if (r0 !== r0) i32[d] = 0x7fc00000; r1 = Math.floor(f32[a + 1]!); f32[d + 1] = r1; if (r1 !== r1) i32[d + 1] = 0x7fc00000; r2 = Math.floor(f32[a + 2]!); f32[d + 2] = r2; if (r2 !== r2) i32[d + 2] = 0x7fc00000; r3 = Math.floor(f32[a + 3]!); f32[d + 3] = r3; if (r3 !== r3) i32[d + 3] = 0x7fc00000; pc = (pc + 3) | 0;
        continue;
      }
      case 408: { // f32x4.trunc
        r0 = Math.trunc(f32[a]!); f32[d] = r0; if (r0 !== r0) i32[d] = 0x7fc00000; r1 = Math.trunc(f32[a + 1]!); f32[d + 1] = r1; if (r1 !== r1) i32[d + 1] = 0x7fc00000; r2 = Math.trunc(f32[a + 2]!); f32[d + 2] = r2; if (r2 !== r2) i32[d + 2] = 0x7fc00000; r3 = Math.trunc(f32[a + 3]!); f32[d + 3] = r3; if (r3 !== r3) i32[d + 3] = 0x7fc00000; pc = (pc + 3) | 0;
        continue;
      }
      case 409: { // f32x4.nearest
        f32x4_nearest(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 410: { // i8x16.shl
        i8x16_shl(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 411: { // i8x16.shr_s
        i8x16_shr_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 412: { // i8x16.shr_u
        i8x16_shr_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 413: { // i8x16.add
        i8x16_add(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 414: { // i8x16.add_sat_s
        i8x16_add_sat_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 415: { // i8x16.add_sat_u
        i8x16_add_sat_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 416: { // i8x16.sub
        i8x16_sub(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 417: { // i8x16.sub_sat_s
        i8x16_sub_sat_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 418: { // i8x16.sub_sat_u
        i8x16_sub_sat_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 419: { // f64x2.ceil
        r0 = Math.ceil(f64[(a >> 1)]!); f64[(d >> 1)] = r0; if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; } r1 = Math.ceil(f64[(a >> 1) + 1]!); f64[(d >> 1) + 1] = r1; if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; } pc = (pc + 3) | 0;
        continue;
      }
      case 420: { // f64x2.floor
        r0 = Math.floor(f64[(a >> 1)]!); f64[(d >> 1)] = r0; if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; } r1 = Math.floor(f64[(a >> 1) + 1]!); f64[(d >> 1) + 1] = r1; if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; } pc = (pc + 3) | 0;
        continue;
      }
      case 421: { // i8x16.min_s
        i8x16_min_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 422: { // i8x16.min_u
        i8x16_min_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 423: { // i8x16.max_s
        i8x16_max_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 424: { // i8x16.max_u
        i8x16_max_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 425: { // f64x2.trunc
        r0 = Math.trunc(f64[(a >> 1)]!); f64[(d >> 1)] = r0; if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; } r1 = Math.trunc(f64[(a >> 1) + 1]!); f64[(d >> 1) + 1] = r1; if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; } pc = (pc + 3) | 0;
        continue;
      }
      case 426: { // i8x16.avgr_u
        i8x16_avgr_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 427: { // i16x8.extadd_pairwise_i8x16_s
        r0 = i8[4 * a]! + i8[4 * a + 1]!; r1 = i8[4 * a + 2]! + i8[4 * a + 3]!; r2 = i8[4 * a + 4]! + i8[4 * a + 5]!; r3 = i8[4 * a + 6]! + i8[4 * a + 7]!; r4 = i8[4 * a + 8]! + i8[4 * a + 9]!; r5 = i8[4 * a + 10]! + i8[4 * a + 11]!; r6 = i8[4 * a + 12]! + i8[4 * a + 13]!; r7 = i8[4 * a + 14]! + i8[4 * a + 15]!; i16[2 * d] = r0; i16[2 * d + 1] = r1; i16[2 * d + 2] = r2; i16[2 * d + 3] = r3; i16[2 * d + 4] = r4; i16[2 * d + 5] = r5; i16[2 * d + 6] = r6; i16[2 * d + 7] = r7; pc = (pc + 3) | 0;
        continue;
      }
      case 428: { // i16x8.extadd_pairwise_i8x16_u
        r0 = u8[4 * a]! + u8[4 * a + 1]!; r1 = u8[4 * a + 2]! + u8[4 * a + 3]!; r2 = u8[4 * a + 4]! + u8[4 * a + 5]!; r3 = u8[4 * a + 6]! + u8[4 * a + 7]!; r4 = u8[4 * a + 8]! + u8[4 * a + 9]!; r5 = u8[4 * a + 10]! + u8[4 * a + 11]!; r6 = u8[4 * a + 12]! + u8[4 * a + 13]!; r7 = u8[4 * a + 14]! + u8[4 * a + 15]!; i16[2 * d] = r0; i16[2 * d + 1] = r1; i16[2 * d + 2] = r2; i16[2 * d + 3] = r3; i16[2 * d + 4] = r4; i16[2 * d + 5] = r5; i16[2 * d + 6] = r6; i16[2 * d + 7] = r7; pc = (pc + 3) | 0;
        continue;
      }
      case 429: { // i32x4.extadd_pairwise_i16x8_s
        r0 = i16[2 * a]! + i16[2 * a + 1]!; r1 = i16[2 * a + 2]! + i16[2 * a + 3]!; r2 = i16[2 * a + 4]! + i16[2 * a + 5]!; r3 = i16[2 * a + 6]! + i16[2 * a + 7]!; i32[d] = r0; i32[d + 1] = r1; i32[d + 2] = r2; i32[d + 3] = r3; pc = (pc + 3) | 0;
        continue;
      }
      case 430: { // i32x4.extadd_pairwise_i16x8_u
        r0 = u16[2 * a]! + u16[2 * a + 1]!; r1 = u16[2 * a + 2]! + u16[2 * a + 3]!; r2 = u16[2 * a + 4]! + u16[2 * a + 5]!; r3 = u16[2 * a + 6]! + u16[2 * a + 7]!; i32[d] = r0; i32[d + 1] = r1; i32[d + 2] = r2; i32[d + 3] = r3; pc = (pc + 3) | 0;
        continue;
      }
      case 431: { // i16x8.abs
        i16x8_abs(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 432: { // i16x8.neg
        i16x8_neg(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 433: { // i16x8.q15mulr_sat_s
        i16x8_q15mulr_sat_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 434: { // i16x8.all_true
        i16x8_all_true(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 435: { // i16x8.bitmask
        i16x8_bitmask(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 436: { // i16x8.narrow_i32x4_s
        i16x8_narrow_i32x4_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 437: { // i16x8.narrow_i32x4_u
        r0 = Math.max(0, Math.min(65535, i32[a]!)); r1 = Math.max(0, Math.min(65535, i32[a + 1]!)); r2 = Math.max(0, Math.min(65535, i32[a + 2]!)); r3 = Math.max(0, Math.min(65535, i32[a + 3]!)); r4 = Math.max(0, Math.min(65535, i32[b]!)); r5 = Math.max(0, Math.min(65535, i32[b + 1]!)); r6 = Math.max(0, Math.min(65535, i32[b + 2]!)); r7 = Math.max(0, Math.min(65535, i32[b + 3]!)); i16[2 * d] = r0; i16[2 * d + 1] = r1; i16[2 * d + 2] = r2; i16[2 * d + 3] = r3; i16[2 * d + 4] = r4; i16[2 * d + 5] = r5; i16[2 * d + 6] = r6; i16[2 * d + 7] = r7; pc = (pc + 4) | 0;
        continue;
      }
      case 438: { // i16x8.extend_low_i8x16_s
        r0 = i8[4 * a]!; r1 = i8[4 * a + 1]!; r2 = i8[4 * a + 2]!; r3 = i8[4 * a + 3]!; r4 = i8[4 * a + 4]!; r5 = i8[4 * a + 5]!; r6 = i8[4 * a + 6]!; r7 = i8[4 * a + 7]!; i16[2 * d] = r0; i16[2 * d + 1] = r1; i16[2 * d + 2] = r2; i16[2 * d + 3] = r3; i16[2 * d + 4] = r4; i16[2 * d + 5] = r5; i16[2 * d + 6] = r6; i16[2 * d + 7] = r7; pc = (pc + 3) | 0;
        continue;
      }
      case 439: { // i16x8.extend_high_i8x16_s
        r0 = i8[4 * a + 8]!; r1 = i8[4 * a + 9]!; r2 = i8[4 * a + 10]!; r3 = i8[4 * a + 11]!; r4 = i8[4 * a + 12]!; r5 = i8[4 * a + 13]!; r6 = i8[4 * a + 14]!; r7 = i8[4 * a + 15]!; i16[2 * d] = r0; i16[2 * d + 1] = r1; i16[2 * d + 2] = r2; i16[2 * d + 3] = r3; i16[2 * d + 4] = r4; i16[2 * d + 5] = r5; i16[2 * d + 6] = r6; i16[2 * d + 7] = r7; pc = (pc + 3) | 0;
        continue;
      }
      case 440: { // i16x8.extend_low_i8x16_u
        r0 = u8[4 * a]!; r1 = u8[4 * a + 1]!; r2 = u8[4 * a + 2]!; r3 = u8[4 * a + 3]!; r4 = u8[4 * a + 4]!; r5 = u8[4 * a + 5]!; r6 = u8[4 * a + 6]!; r7 = u8[4 * a + 7]!; i16[2 * d] = r0; i16[2 * d + 1] = r1; i16[2 * d + 2] = r2; i16[2 * d + 3] = r3; i16[2 * d + 4] = r4; i16[2 * d + 5] = r5; i16[2 * d + 6] = r6; i16[2 * d + 7] = r7; pc = (pc + 3) | 0;
        continue;
      }
      case 441: { // i16x8.extend_high_i8x16_u
        r0 = u8[4 * a + 8]!; r1 = u8[4 * a + 9]!; r2 = u8[4 * a + 10]!; r3 = u8[4 * a + 11]!; r4 = u8[4 * a + 12]!; r5 = u8[4 * a + 13]!; r6 = u8[4 * a + 14]!; r7 = u8[4 * a + 15]!; i16[2 * d] = r0; i16[2 * d + 1] = r1; i16[2 * d + 2] = r2; i16[2 * d + 3] = r3; i16[2 * d + 4] = r4; i16[2 * d + 5] = r5; i16[2 * d + 6] = r6; i16[2 * d + 7] = r7; pc = (pc + 3) | 0;
        continue;
      }
      case 442: { // i16x8.shl
        i16x8_shl(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 443: { // i16x8.shr_s
        i16x8_shr_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 444: { // i16x8.shr_u
        i16x8_shr_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 445: { // i16x8.add
        i16x8_add(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 446: { // i16x8.add_sat_s
        i16x8_add_sat_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 447: { // i16x8.add_sat_u
        i16x8_add_sat_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 448: { // i16x8.sub
        i16x8_sub(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 449: { // i16x8.sub_sat_s
        i16x8_sub_sat_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 450: { // i16x8.sub_sat_u
        i16x8_sub_sat_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 451: { // f64x2.nearest
        f64x2_nearest(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 452: { // i16x8.mul
        i16x8_mul(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 453: { // i16x8.min_s
        i16x8_min_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 454: { // i16x8.min_u
        i16x8_min_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 455: { // i16x8.max_s
        i16x8_max_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 456: { // i16x8.max_u
        i16x8_max_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 457: { // i16x8.avgr_u
        i16x8_avgr_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 458: { // i16x8.extmul_low_i8x16_s
        r0 = i8[4 * a]! * i8[4 * b]!; r1 = i8[4 * a + 1]! * i8[4 * b + 1]!; r2 = i8[4 * a + 2]! * i8[4 * b + 2]!; r3 = i8[4 * a + 3]! * i8[4 * b + 3]!; r4 = i8[4 * a + 4]! * i8[4 * b + 4]!; r5 = i8[4 * a + 5]! * i8[4 * b + 5]!; r6 = i8[4 * a + 6]! * i8[4 * b + 6]!; r7 = i8[4 * a + 7]! * i8[4 * b + 7]!; i16[2 * d] = r0; i16[2 * d + 1] = r1; i16[2 * d + 2] = r2; i16[2 * d + 3] = r3; i16[2 * d + 4] = r4; i16[2 * d + 5] = r5; i16[2 * d + 6] = r6; i16[2 * d + 7] = r7; pc = (pc + 4) | 0;
        continue;
      }
      case 459: { // i16x8.extmul_high_i8x16_s
        r0 = i8[4 * a + 8]! * i8[4 * b + 8]!; r1 = i8[4 * a + 9]! * i8[4 * b + 9]!; r2 = i8[4 * a + 10]! * i8[4 * b + 10]!; r3 = i8[4 * a + 11]! * i8[4 * b + 11]!; r4 = i8[4 * a + 12]! * i8[4 * b + 12]!; r5 = i8[4 * a + 13]! * i8[4 * b + 13]!; r6 = i8[4 * a + 14]! * i8[4 * b + 14]!; r7 = i8[4 * a + 15]! * i8[4 * b + 15]!; i16[2 * d] = r0; i16[2 * d + 1] = r1; i16[2 * d + 2] = r2; i16[2 * d + 3] = r3; i16[2 * d + 4] = r4; i16[2 * d + 5] = r5; i16[2 * d + 6] = r6; i16[2 * d + 7] = r7; pc = (pc + 4) | 0;
        continue;
      }
      case 460: { // i16x8.extmul_low_i8x16_u
        r0 = u8[4 * a]! * u8[4 * b]!; r1 = u8[4 * a + 1]! * u8[4 * b + 1]!; r2 = u8[4 * a + 2]! * u8[4 * b + 2]!; r3 = u8[4 * a + 3]! * u8[4 * b + 3]!; r4 = u8[4 * a + 4]! * u8[4 * b + 4]!; r5 = u8[4 * a + 5]! * u8[4 * b + 5]!; r6 = u8[4 * a + 6]! * u8[4 * b + 6]!; r7 = u8[4 * a + 7]! * u8[4 * b + 7]!; i16[2 * d] = r0; i16[2 * d + 1] = r1; i16[2 * d + 2] = r2; i16[2 * d + 3] = r3; i16[2 * d + 4] = r4; i16[2 * d + 5] = r5; i16[2 * d + 6] = r6; i16[2 * d + 7] = r7; pc = (pc + 4) | 0;
        continue;
      }
      case 461: { // i16x8.extmul_high_i8x16_u
        r0 = u8[4 * a + 8]! * u8[4 * b + 8]!; r1 = u8[4 * a + 9]! * u8[4 * b + 9]!; r2 = u8[4 * a + 10]! * u8[4 * b + 10]!; r3 = u8[4 * a + 11]! * u8[4 * b + 11]!; r4 = u8[4 * a + 12]! * u8[4 * b + 12]!; r5 = u8[4 * a + 13]! * u8[4 * b + 13]!; r6 = u8[4 * a + 14]! * u8[4 * b + 14]!; r7 = u8[4 * a + 15]! * u8[4 * b + 15]!; i16[2 * d] = r0; i16[2 * d + 1] = r1; i16[2 * d + 2] = r2; i16[2 * d + 3] = r3; i16[2 * d + 4] = r4; i16[2 * d + 5] = r5; i16[2 * d + 6] = r6; i16[2 * d + 7] = r7; pc = (pc + 4) | 0;
        continue;
      }
      case 462: { // i32x4.abs
        i32[d] = i32[a]! < 0 ? -i32[a]! : i32[a]!; i32[d + 1] = i32[a + 1]! < 0 ? -i32[a + 1]! : i32[a + 1]!; i32[d + 2] = i32[a + 2]! < 0 ? -i32[a + 2]! : i32[a + 2]!; i32[d + 3] = i32[a + 3]! < 0 ? -i32[a + 3]! : i32[a + 3]!; pc = (pc + 3) | 0;
        continue;
      }
      case 463: { // i32x4.neg
        i32[d] = -i32[a]!; i32[d + 1] = -i32[a + 1]!; i32[d + 2] = -i32[a + 2]!; i32[d + 3] = -i32[a + 3]!; pc = (pc + 3) | 0;
        continue;
      }
      case 464: { // i32x4.all_true
        let all = 1; if (i32[a + 0] === 0) all = 0; if (i32[a + 1] === 0) all = 0; if (i32[a + 2] === 0) all = 0; if (i32[a + 3] === 0) all = 0; i32[d] = all; pc = (pc + 3) | 0;
        continue;
      }
      case 465: { // i32x4.bitmask
        let mask = 0; mask |= (i32[a + 0]! >>> 31) << 0; mask |= (i32[a + 1]! >>> 31) << 1; mask |= (i32[a + 2]! >>> 31) << 2; mask |= (i32[a + 3]! >>> 31) << 3; i32[d] = mask; pc = (pc + 3) | 0;
        continue;
      }
      case 466: { // i32x4.extend_low_i16x8_s
        r0 = i16[2 * a]!; r1 = i16[2 * a + 1]!; r2 = i16[2 * a + 2]!; r3 = i16[2 * a + 3]!; i32[d] = r0; i32[d + 1] = r1; i32[d + 2] = r2; i32[d + 3] = r3; pc = (pc + 3) | 0;
        continue;
      }
      case 467: { // i32x4.extend_high_i16x8_s
        r0 = i16[2 * a + 4]!; r1 = i16[2 * a + 5]!; r2 = i16[2 * a + 6]!; r3 = i16[2 * a + 7]!; i32[d] = r0; i32[d + 1] = r1; i32[d + 2] = r2; i32[d + 3] = r3; pc = (pc + 3) | 0;
        continue;
      }
      case 468: { // i32x4.extend_low_i16x8_u
        r0 = u16[2 * a]!; r1 = u16[2 * a + 1]!; r2 = u16[2 * a + 2]!; r3 = u16[2 * a + 3]!; i32[d] = r0; i32[d + 1] = r1; i32[d + 2] = r2; i32[d + 3] = r3; pc = (pc + 3) | 0;
        continue;
      }
      case 469: { // i32x4.extend_high_i16x8_u
        r0 = u16[2 * a + 4]!; r1 = u16[2 * a + 5]!; r2 = u16[2 * a + 6]!; r3 = u16[2 * a + 7]!; i32[d] = r0; i32[d + 1] = r1; i32[d + 2] = r2; i32[d + 3] = r3; pc = (pc + 3) | 0;
        continue;
      }
      case 470: { // i32x4.shl
        k = i32[b]! & 31; i32[d] = i32[a]! << k; i32[d + 1] = i32[a + 1]! << k; i32[d + 2] = i32[a + 2]! << k; i32[d + 3] = i32[a + 3]! << k; pc = (pc + 4) | 0;
        continue;
      }
      case 471: { // i32x4.shr_s
        k = i32[b]! & 31; i32[d] = i32[a]! >> k; i32[d + 1] = i32[a + 1]! >> k; i32[d + 2] = i32[a + 2]! >> k; i32[d + 3] = i32[a + 3]! >> k; pc = (pc + 4) | 0;
        continue;
      }
      case 472: { // i32x4.shr_u
        k = i32[b]! & 31; i32[d] = u32[a]! >>> k; i32[d + 1] = u32[a + 1]! >>> k; i32[d + 2] = u32[a + 2]! >>> k; i32[d + 3] = u32[a + 3]! >>> k; pc = (pc + 4) | 0;
        continue;
      }
      case 473: { // i32x4.add
        i32[d] = i32[a]! + i32[b]!; i32[d + 1] = i32[a + 1]! + i32[b + 1]!; i32[d + 2] = i32[a + 2]! + i32[b + 2]!; i32[d + 3] = i32[a + 3]! + i32[b + 3]!; pc = (pc + 4) | 0;
        continue;
      }
      case 474: { // i32x4.sub
        i32[d] = i32[a]! - i32[b]!; i32[d + 1] = i32[a + 1]! - i32[b + 1]!; i32[d + 2] = i32[a + 2]! - i32[b + 2]!; i32[d + 3] = i32[a + 3]! - i32[b + 3]!; pc = (pc + 4) | 0;
        continue;
      }
      case 475: { // i32x4.mul
        i32[d] = Math.imul(i32[a]!, i32[b]!); i32[d + 1] = Math.imul(i32[a + 1]!, i32[b + 1]!); i32[d + 2] = Math.imul(i32[a + 2]!, i32[b + 2]!); i32[d + 3] = Math.imul(i32[a + 3]!, i32[b + 3]!); pc = (pc + 4) | 0;
        continue;
      }
      case 476: { // i32x4.min_s
        i32[d] = Math.min(i32[a]!, i32[b]!); i32[d + 1] = Math.min(i32[a + 1]!, i32[b + 1]!); i32[d + 2] = Math.min(i32[a + 2]!, i32[b + 2]!); i32[d + 3] = Math.min(i32[a + 3]!, i32[b + 3]!); pc = (pc + 4) | 0;
        continue;
      }
      case 477: { // i32x4.min_u
        i32[d] = Math.min(u32[a]!, u32[b]!); i32[d + 1] = Math.min(u32[a + 1]!, u32[b + 1]!); i32[d + 2] = Math.min(u32[a + 2]!, u32[b + 2]!); i32[d + 3] = Math.min(u32[a + 3]!, u32[b + 3]!); pc = (pc + 4) | 0;
        continue;
      }
      case 478: { // i32x4.max_s
        i32[d] = Math.max(i32[a]!, i32[b]!); i32[d + 1] = Math.max(i32[a + 1]!, i32[b + 1]!); i32[d + 2] = Math.max(i32[a + 2]!, i32[b + 2]!); i32[d + 3] = Math.max(i32[a + 3]!, i32[b + 3]!); pc = (pc + 4) | 0;
        continue;
      }
      case 479: { // i32x4.max_u
        i32[d] = Math.max(u32[a]!, u32[b]!); i32[d + 1] = Math.max(u32[a + 1]!, u32[b + 1]!); i32[d + 2] = Math.max(u32[a + 2]!, u32[b + 2]!); i32[d + 3] = Math.max(u32[a + 3]!, u32[b + 3]!); pc = (pc + 4) | 0;
        continue;
      }
      case 480: { // i32x4.dot_i16x8_s
        r0 = i16[2 * a]! * i16[2 * b]! + i16[2 * a + 1]! * i16[2 * b + 1]!; r1 = i16[2 * a + 2]! * i16[2 * b + 2]! + i16[2 * a + 3]! * i16[2 * b + 3]!; r2 = i16[2 * a + 4]! * i16[2 * b + 4]! + i16[2 * a + 5]! * i16[2 * b + 5]!; r3 = i16[2 * a + 6]! * i16[2 * b + 6]! + i16[2 * a + 7]! * i16[2 * b + 7]!; i32[d] = r0; i32[d + 1] = r1; i32[d + 2] = r2; i32[d + 3] = r3; pc = (pc + 4) | 0;
        continue;
      }
      case 481: { // i32x4.extmul_low_i16x8_s
        r0 = i16[2 * a]! * i16[2 * b]!; r1 = i16[2 * a + 1]! * i16[2 * b + 1]!; r2 = i16[2 * a + 2]! * i16[2 * b + 2]!; r3 = i16[2 * a + 3]! * i16[2 * b + 3]!; i32[d] = r0; i32[d + 1] = r1; i32[d + 2] = r2; i32[d + 3] = r3; pc = (pc + 4) | 0;
        continue;
      }
      case 482: { // i32x4.extmul_high_i16x8_s
        r0 = i16[2 * a + 4]! * i16[2 * b + 4]!; r1 = i16[2 * a + 5]! * i16[2 * b + 5]!; r2 = i16[2 * a + 6]! * i16[2 * b + 6]!; r3 = i16[2 * a + 7]! * i16[2 * b + 7]!; i32[d] = r0; i32[d + 1] = r1; i32[d + 2] = r2; i32[d + 3] = r3; pc = (pc + 4) | 0;
        continue;
      }
      case 483: { // i32x4.extmul_low_i16x8_u
        r0 = u16[2 * a]! * u16[2 * b]!; r1 = u16[2 * a + 1]! * u16[2 * b + 1]!; r2 = u16[2 * a + 2]! * u16[2 * b + 2]!; r3 = u16[2 * a + 3]! * u16[2 * b + 3]!; i32[d] = r0; i32[d + 1] = r1; i32[d + 2] = r2; i32[d + 3] = r3; pc = (pc + 4) | 0;
        continue;
      }
      case 484: { // i32x4.extmul_high_i16x8_u
        r0 = u16[2 * a + 4]! * u16[2 * b + 4]!; r1 = u16[2 * a + 5]! * u16[2 * b + 5]!; r2 = u16[2 * a + 6]! * u16[2 * b + 6]!; r3 = u16[2 * a + 7]! * u16[2 * b + 7]!; i32[d] = r0; i32[d + 1] = r1; i32[d + 2] = r2; i32[d + 3] = r3; pc = (pc + 4) | 0;
        continue;
      }
      case 485: { // i64x2.abs
        i64x2_abs(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 486: { // i64x2.neg
        i64x2_neg(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 487: { // i64x2.all_true
        low = i32[a]! | i32[a + 1]!; high = i32[a + 2]! | i32[a + 3]!; i32[d] = low !== 0 && high !== 0 ? 1 : 0; pc = (pc + 3) | 0;
        continue;
      }
      case 488: { // i64x2.bitmask
        i32[d] = (i32[a + 1]! >>> 31) | ((i32[a + 3]! >>> 31) << 1); pc = (pc + 3) | 0;
        continue;
      }
      case 489: { // i64x2.extend_low_i32x4_s
        r0 = i32[a]!; r1 = i32[a + 1]!; i32[d] = r0; i32[d + 1] = r0 >> 31; i32[d + 2] = r1; i32[d + 3] = r1 >> 31; pc = (pc + 3) | 0;
        continue;
      }
      case 490: { // i64x2.extend_high_i32x4_s
        r0 = i32[a + 2]!; r1 = i32[a + 3]!; i32[d] = r0; i32[d + 1] = r0 >> 31; i32[d + 2] = r1; i32[d + 3] = r1 >> 31; pc = (pc + 3) | 0;
        continue;
      }
      case 491: { // i64x2.extend_low_i32x4_u
        r0 = i32[a]!; r1 = i32[a + 1]!; i32[d] = r0; i32[d + 1] = 0; i32[d + 2] = r1; i32[d + 3] = 0; pc = (pc + 3) | 0;
        continue;
      }
      case 492: { // i64x2.extend_high_i32x4_u
        r0 = i32[a + 2]!; r1 = i32[a + 3]!; i32[d] = r0; i32[d + 1] = 0; i32[d + 2] = r1; i32[d + 3] = 0; pc = (pc + 3) | 0;
        continue;
      }
      case 493: { // i64x2.shl
        i64x2_shl(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 494: { // i64x2.shr_s
        i64x2_shr_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 495: { // i64x2.shr_u
        i64x2_shr_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 496: { // i64x2.add
        i64x2_add(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 497: { // i64x2.sub
        i64x2_sub(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 498: { // i64x2.mul
        i64x2_mul(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 499: { // i64x2.eq
        i64x2_eq(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 500: { // i64x2.ne
        i64x2_ne(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 501: { // i64x2.lt_s
        i64x2_lt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 502: { // i64x2.gt_s
        i64x2_gt_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 503: { // i64x2.le_s
        i64x2_le_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 504: { // i64x2.ge_s
        i64x2_ge_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 505: { // i64x2.extmul_low_i32x4_s
        i64x2_extmul_low_i32x4_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 506: { // i64x2.extmul_high_i32x4_s
        i64x2_extmul_high_i32x4_s(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 507: { // i64x2.extmul_low_i32x4_u
        i64x2_extmul_low_i32x4_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 508: { // i64x2.extmul_high_i32x4_u
        i64x2_extmul_high_i32x4_u(V, d, a, b, 0); pc = (pc + 4) | 0;
        continue;
      }
      case 509: { // f32x4.abs
        i32[d] = i32[a]! & 0x7fffffff; i32[d + 1] = i32[a + 1]! & 0x7fffffff; i32[d + 2] = i32[a + 2]! & 0x7fffffff; i32[d + 3] = i32[a + 3]! & 0x7fffffff; pc = (pc + 3) | 0;
        continue;
      }
      case 510: { // f32x4.neg
        i32[d] = i32[a]! ^ -2147483648; i32[d + 1] = i32[a + 1]! ^ -2147483648; i32[d + 2] = i32[a + 2]! ^ -2147483648; i32[d + 3] = i32[a + 3]! ^ -2147483648; pc = (pc + 3) | 0;
        continue;
      }
      case 511: { // f32x4.sqrt
        r0 = Math.sqrt(f32[a]!); f32[d] = r0; if (r0 !== r0) i32[d] = 0x7fc00000; r1 = Math.sqrt(f32[a + 1]!); f32[d + 1] = r1; if (r1 !== r1) i32[d + 1] = 0x7fc00000; r2 = Math.sqrt(f32[a + 2]!); f32[d + 2] = r2; if (r2 !== r2) i32[d + 2] = 0x7fc00000; r3 = Math.sqrt(f32[a + 3]!); f32[d + 3] = r3; if (r3 !== r3) i32[d + 3] = 0x7fc00000; pc = (pc + 3) | 0;
        continue;
      }
      case 512: { // f32x4.add
        r0 = f32[a]! + f32[b]!; f32[d] = r0; if (r0 !== r0) i32[d] = 0x7fc00000; r1 = f32[a + 1]! + f32[b + 1]!; f32[d + 1] = r1; if (r1 !== r1) i32[d + 1] = 0x7fc00000; r2 = f32[a + 2]! + f32[b + 2]!; f32[d + 2] = r2; if (r2 !== r2) i32[d + 2] = 0x7fc00000; r3 = f32[a + 3]! + f32[b + 3]!; f32[d + 3] = r3; if (r3 !== r3) i32[d + 3] = 0x7fc00000; pc = (pc + 4) | 0;
        continue;
      }
      case 513: { // f32x4.sub
        r0 = f32[a]! - f32[b]!; f32[d] = r0; if (r0 !== r0) i32[d] = 0x7fc00000; r1 = f32[a + 1]! - f32[b + 1]!; f32[d + 1] = r1; if (r1 !== r1) i32[d + 1] = 0x7fc00000; r2 = f32[a + 2]! - f32[b + 2]!; f32[d + 2] = r2; if (r2 !== r2) i32[d + 2] = 0x7fc00000; r3 = f32[a + 3]! - f32[b + 3]!; f32[d + 3] = r3; if (r3 !== r3) i32[d + 3] = 0x7fc00000; pc = (pc + 4) | 0;
        continue;
      }
      case 514: { // f32x4.mul
        r0 = f32[a]! * f32[b]!; f32[d] = r0; if (r0 !== r0) i32[d] = 0x7fc00000; r1 = f32[a + 1]! * f32[b + 1]!; f32[d + 1] = r1; if (r1 !== r1) i32[d + 1] = 0x7fc00000; r2 = f32[a + 2]! * f32[b + 2]!; f32[d + 2] = r2; if (r2 !== r2) i32[d + 2] = 0x7fc00000; r3 = f32[a + 3]! * f32[b + 3]!; f32[d + 3] = r3; if (r3 !== r3) i32[d + 3] = 0x7fc00000; pc = (pc + 4) | 0;
        continue;
      }
      case 515: { // f32x4.div
        r0 = f32[a]! / f32[b]!; f32[d] = r0; if (r0 !== r0) i32[d] = 0x7fc00000; r1 = f32[a + 1]! / f32[b + 1]!; f32[d + 1] = r1; if (r1 !== r1) i32[d + 1] = 0x7fc00000; r2 = f32[a + 2]! / f32[b + 2]!; f32[d + 2] = r2; if (r2 !== r2) i32[d + 2] = 0x7fc00000; r3 = f32[a + 3]! / f32[b + 3]!; f32[d + 3] = r3; if (r3 !== r3) i32[d + 3] = 0x7fc00000; pc = (pc + 4) | 0;
        continue;
      }
      case 516: { // f32x4.min
        r0 = Math.min(f32[a]!, f32[b]!); f32[d] = r0; if (r0 !== r0) i32[d] = 0x7fc00000; r1 = Math.min(f32[a + 1]!, f32[b + 1]!); f32[d + 1] = r1; if (r1 !== r1) i32[d + 1] = 0x7fc00000; r2 = Math.min(f32[a + 2]!, f32[b + 2]!); f32[d + 2] = r2; if (r2 !== r2) i32[d + 2] = 0x7fc00000; r3 = Math.min(f32[a + 3]!, f32[b + 3]!); f32[d + 3] = r3; if (r3 !== r3) i32[d + 3] = 0x7fc00000; pc = (pc + 4) | 0;
        continue;
      }
      case 517: { // f32x4.max
        r0 = Math.max(f32[a]!, f32[b]!); f32[d] = r0; if (r0 !== r0) i32[d] = 0x7fc00000; r1 = Math.max(f32[a + 1]!, f32[b + 1]!); f32[d + 1] = r1; if (r1 !== r1) i32[d + 1] = 0x7fc00000; r2 = Math.max(f32[a + 2]!, f32[b + 2]!); f32[d + 2] = r2; if (r2 !== r2) i32[d + 2] = 0x7fc00000; r3 = Math.max(f32[a + 3]!, f32[b + 3]!); f32[d + 3] = r3; if (r3 !== r3) i32[d + 3] = 0x7fc00000; pc = (pc + 4) | 0;
        continue;
      }
      case 518: { // f32x4.pmin
        i32[d] = f32[b]! < f32[a]! ? i32[b]! : i32[a]!; i32[d + 1] = f32[b + 1]! < f32[a + 1]! ? i32[b + 1]! : i32[a + 1]!; i32[d + 2] = f32[b + 2]! < f32[a + 2]! ? i32[b + 2]! : i32[a + 2]!; i32[d + 3] = f32[b + 3]! < f32[a + 3]! ? i32[b + 3]! : i32[a + 3]!; pc = (pc + 4) | 0;
        continue;
      }
      case 519: { // f32x4.pmax
        i32[d] = f32[a]! < f32[b]! ? i32[b]! : i32[a]!; i32[d + 1] = f32[a + 1]! < f32[b + 1]! ? i32[b + 1]! : i32[a + 1]!; i32[d + 2] = f32[a + 2]! < f32[b + 2]! ? i32[b + 2]! : i32[a + 2]!; i32[d + 3] = f32[a + 3]! < f32[b + 3]! ? i32[b + 3]! : i32[a + 3]!; pc = (pc + 4) | 0;
        continue;
      }
      case 520: { // f64x2.abs
        i32[d] = i32[a]!; i32[d + 1] = i32[a + 1]! & 0x7fffffff; i32[d + 2] = i32[a + 2]!; i32[d + 3] = i32[a + 3]! & 0x7fffffff; pc = (pc + 3) | 0;
        continue;
      }
      case 521: { // f64x2.neg
        i32[d] = i32[a]!; i32[d + 1] = i32[a + 1]! ^ -2147483648; i32[d + 2] = i32[a + 2]!; i32[d + 3] = i32[a + 3]! ^ -2147483648; pc = (pc + 3) | 0;
        continue;
      }
      case 522: { // f64x2.sqrt
        r0 = Math.sqrt(f64[(a >> 1)]!); f64[(d >> 1)] = r0; if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; } r1 = Math.sqrt(f64[(a >> 1) + 1]!); f64[(d >> 1) + 1] = r1; if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; } pc = (pc + 3) | 0;
        continue;
      }
      case 523: { // f64x2.add
        r0 = f64[(a >> 1)]! + f64[(b >> 1)]!; f64[(d >> 1)] = r0; if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; } r1 = f64[(a >> 1) + 1]! + f64[(b >> 1) + 1]!; f64[(d >> 1) + 1] = r1; if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; } pc = (pc + 4) | 0;
        continue;
      }
      case 524: { // f64x2.sub
        r0 = f64[(a >> 1)]! - f64[(b >> 1)]!; f64[(d >> 1)] = r0; if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; } r1 = f64[(a >> 1) + 1]! - f64[(b >> 1) + 1]!; f64[(d >> 1) + 1] = r1; if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; } pc = (pc + 4) | 0;
        continue;
      }
      case 525: { // f64x2.mul
        r0 = f64[(a >> 1)]! * f64[(b >> 1)]!; f64[(d >> 1)] = r0; if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; } r1 = f64[(a >> 1) + 1]! * f64[(b >> 1) + 1]!; f64[(d >> 1) + 1] = r1; if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; } pc = (pc + 4) | 0;
        continue;
      }
      case 526: { // f64x2.div
        r0 = f64[(a >> 1)]! / f64[(b >> 1)]!; f64[(d >> 1)] = r0; if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; } r1 = f64[(a >> 1) + 1]! / f64[(b >> 1) + 1]!; f64[(d >> 1) + 1] = r1; if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; } pc = (pc + 4) | 0;
        continue;
      }
      case 527: { // f64x2.min
        r0 = Math.min(f64[(a >> 1)]!, f64[(b >> 1)]!); f64[(d >> 1)] = r0; if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; } r1 = Math.min(f64[(a >> 1) + 1]!, f64[(b >> 1) + 1]!); f64[(d >> 1) + 1] = r1; if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; } pc = (pc + 4) | 0;
        continue;
      }
      case 528: { // f64x2.max
        r0 = Math.max(f64[(a >> 1)]!, f64[(b >> 1)]!); f64[(d >> 1)] = r0; if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; } r1 = Math.max(f64[(a >> 1) + 1]!, f64[(b >> 1) + 1]!); f64[(d >> 1) + 1] = r1; if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; } pc = (pc + 4) | 0;
        continue;
      }
      case 529: { // f64x2.pmin
        p0 = f64[(b >> 1)]! < f64[(a >> 1)]! ? b : a; lo0 = i32[p0]!; hi0 = i32[p0 + 1]!; i32[d] = lo0; i32[d + 1] = hi0; p1 = f64[(b >> 1) + 1]! < f64[(a >> 1) + 1]! ? b : a; lo1 = i32[p1 + 2]!; hi1 = i32[p1 + 3]!; i32[d + 2] = lo1; i32[d + 3] = hi1; pc = (pc + 4) | 0;
        continue;
      }
      case 530: { // f64x2.pmax
        p0 = f64[(a >> 1)]! < f64[(b >> 1)]! ? b : a; lo0 = i32[p0]!; hi0 = i32[p0 + 1]!; i32[d] = lo0; i32[d + 1] = hi0; p1 = f64[(a >> 1) + 1]! < f64[(b >> 1) + 1]! ? b : a; lo1 = i32[p1 + 2]!; hi1 = i32[p1 + 3]!; i32[d + 2] = lo1; i32[d + 3] = hi1; pc = (pc + 4) | 0;
        continue;
      }
      case 531: { // i32x4.trunc_sat_f32x4_s
        i32x4_trunc_sat_f32x4_s(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 532: { // i32x4.trunc_sat_f32x4_u
        i32x4_trunc_sat_f32x4_u(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 533: { // f32x4.convert_i32x4_s
        f32[d] = i32[a]!; f32[d + 1] = i32[a + 1]!; f32[d + 2] = i32[a + 2]!; f32[d + 3] = i32[a + 3]!; pc = (pc + 3) | 0;
        continue;
      }
      case 534: { // f32x4.convert_i32x4_u
        f32[d] = u32[a]!; f32[d + 1] = u32[a + 1]!; f32[d + 2] = u32[a + 2]!; f32[d + 3] = u32[a + 3]!; pc = (pc + 3) | 0;
        continue;
      }
      case 535: { // i32x4.trunc_sat_f64x2_s_zero
        i32x4_trunc_sat_f64x2_s_zero(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 536: { // i32x4.trunc_sat_f64x2_u_zero
        i32x4_trunc_sat_f64x2_u_zero(V, d, a, 0, 0); pc = (pc + 3) | 0;
        continue;
      }
      case 537: { // f64x2.convert_low_i32x4_s
        r0 = i32[a]!; r1 = i32[a + 1]!; f64[(d >> 1)] = r0; f64[(d >> 1) + 1] = r1; pc = (pc + 3) | 0;
        continue;
      }
      case 538: { // f64x2.convert_low_i32x4_u
        r0 = u32[a]!; r1 = u32[a + 1]!; f64[(d >> 1)] = r0; f64[(d >> 1) + 1] = r1; pc = (pc + 3) | 0;
        continue;
      }
      default:
        break run;
      }
    }
    S[0] = pc;
    return why;
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
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i16x8_extend_low_i8x16_s(V, d, d, 0, 0);
      return;
    case 303:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i16x8_extend_low_i8x16_u(V, d, d, 0, 0);
      return;
    case 304:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i32x4_extend_low_i16x8_s(V, d, d, 0, 0);
      return;
    case 305:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i32x4_extend_low_i16x8_u(V, d, d, 0, 0);
      return;
    case 306:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_extend_low_i32x4_s(V, d, d, 0, 0);
      return;
    case 307:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_extend_low_i32x4_u(V, d, d, 0, 0);
      return;
    case 308:
      I[d] = mem.getUint8(x);i8x16_splat(V, d, d, 0, 0);
      return;
    case 309:
      I[d] = mem.getUint16(x, true);i16x8_splat(V, d, d, 0, 0);
      return;
    case 310:
      I[d] = mem.getInt32(x, true);i32x4_splat(V, d, d, 0, 0);
      return;
    case 311:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true);i64x2_splat(V, d, d, 0, 0);
      return;
    case 312:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = 0; I[(d + 2) | 0] = 0; I[(d + 3) | 0] = 0;
      return;
    case 313:
      I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); I[(d + 2) | 0] = 0; I[(d + 3) | 0] = 0;
      return;
    case 314:
    case 315:
    case 316:
    case 317:
      mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, I[(a + 1) | 0]!, true); mem.setInt32((x + 8) | 0, I[(a + 2) | 0]!, true); mem.setInt32((x + 12) | 0, I[(a + 3) | 0]!, true);
      return;
    case 318:
      w0 = mem.getUint8(x); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; V.u8[(d << 2) + k] = w0;
      return;
    case 319:
      mem.setUint8(x, V.u8[(a << 2) + k]!);
      return;
    case 320:
      w0 = mem.getUint16(x, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; V.u16[(d << 1) + k] = w0;
      return;
    case 321:
      mem.setUint16(x, V.u16[(a << 1) + k]!, true);
      return;
    case 322:
      w0 = mem.getInt32(x, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; I[(d + k) | 0] = w0;
      return;
    case 323:
      mem.setInt32(x, I[(a + k) | 0]!, true);
      return;
    case 324:
      w0 = mem.getInt32(x, true); w1 = mem.getInt32((x + 4) | 0, true); x = I[b]!; y = I[(b + 1) | 0]!; z = I[(b + 2) | 0]!; w = I[(b + 3) | 0]!; I[d] = x; I[(d + 1) | 0] = y; I[(d + 2) | 0] = z; I[(d + 3) | 0] = w; I[(d + k + k) | 0] = w0; I[(d + k + k + 1) | 0] = w1;
      return;
    case 325:
      mem.setInt32(x, I[(a + k + k) | 0]!, true); mem.setInt32((x + 4) | 0, I[(a + k + k + 1) | 0]!, true);
      return;
  }
}
