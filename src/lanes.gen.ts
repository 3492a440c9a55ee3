// Printed by tools/gen/lanes.ts (`make gen`). Do not edit.
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
} from "./lanes.ts";
import type { Lanes } from "./lanes.ts";
import {
  f64_nearest,
  i32_mulh_s,
  i32_mulh_u,
  i32_popcnt,
  i32_trunc_sat_f64_s,
  i32_trunc_sat_f64_u,
  i64_add,
  i64_eq,
  i64_ge_s,
  i64_gt_s,
  i64_le_s,
  i64_lt_s,
  i64_mul,
  i64_ne,
  i64_shl,
  i64_shr_s,
  i64_shr_u,
  i64_sub,
  wide,
} from "./semantics.ts";

export const i8x16_eq: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i8[4 * a + i]! === i8[4 * b + i]! ? -1 : 0;
  }
};
export const i16x8_eq: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = i16[2 * a + i]! === i16[2 * b + i]! ? -1 : 0;
  }
};
export const i32x4_eq: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[a]! === i32[b]! ? -1 : 0;
  i32[d + 1] = i32[a + 1]! === i32[b + 1]! ? -1 : 0;
  i32[d + 2] = i32[a + 2]! === i32[b + 2]! ? -1 : 0;
  i32[d + 3] = i32[a + 3]! === i32[b + 3]! ? -1 : 0;
};
export const i8x16_ne: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i8[4 * a + i]! !== i8[4 * b + i]! ? -1 : 0;
  }
};
export const i16x8_ne: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = i16[2 * a + i]! !== i16[2 * b + i]! ? -1 : 0;
  }
};
export const i32x4_ne: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[a]! !== i32[b]! ? -1 : 0;
  i32[d + 1] = i32[a + 1]! !== i32[b + 1]! ? -1 : 0;
  i32[d + 2] = i32[a + 2]! !== i32[b + 2]! ? -1 : 0;
  i32[d + 3] = i32[a + 3]! !== i32[b + 3]! ? -1 : 0;
};
export const i8x16_lt_s: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i8[4 * a + i]! < i8[4 * b + i]! ? -1 : 0;
  }
};
export const i16x8_lt_s: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = i16[2 * a + i]! < i16[2 * b + i]! ? -1 : 0;
  }
};
export const i32x4_lt_s: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[a]! < i32[b]! ? -1 : 0;
  i32[d + 1] = i32[a + 1]! < i32[b + 1]! ? -1 : 0;
  i32[d + 2] = i32[a + 2]! < i32[b + 2]! ? -1 : 0;
  i32[d + 3] = i32[a + 3]! < i32[b + 3]! ? -1 : 0;
};
export const i8x16_lt_u: Lanes = ({ i8, u8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = u8[4 * a + i]! < u8[4 * b + i]! ? -1 : 0;
  }
};
export const i16x8_lt_u: Lanes = ({ i16, u16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = u16[2 * a + i]! < u16[2 * b + i]! ? -1 : 0;
  }
};
export const i32x4_lt_u: Lanes = ({ i32, u32 }, d, a, b) => {
  i32[d] = u32[a]! < u32[b]! ? -1 : 0;
  i32[d + 1] = u32[a + 1]! < u32[b + 1]! ? -1 : 0;
  i32[d + 2] = u32[a + 2]! < u32[b + 2]! ? -1 : 0;
  i32[d + 3] = u32[a + 3]! < u32[b + 3]! ? -1 : 0;
};
export const i8x16_gt_s: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i8[4 * a + i]! > i8[4 * b + i]! ? -1 : 0;
  }
};
export const i16x8_gt_s: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = i16[2 * a + i]! > i16[2 * b + i]! ? -1 : 0;
  }
};
export const i32x4_gt_s: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[a]! > i32[b]! ? -1 : 0;
  i32[d + 1] = i32[a + 1]! > i32[b + 1]! ? -1 : 0;
  i32[d + 2] = i32[a + 2]! > i32[b + 2]! ? -1 : 0;
  i32[d + 3] = i32[a + 3]! > i32[b + 3]! ? -1 : 0;
};
export const i8x16_gt_u: Lanes = ({ i8, u8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = u8[4 * a + i]! > u8[4 * b + i]! ? -1 : 0;
  }
};
export const i16x8_gt_u: Lanes = ({ i16, u16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = u16[2 * a + i]! > u16[2 * b + i]! ? -1 : 0;
  }
};
export const i32x4_gt_u: Lanes = ({ i32, u32 }, d, a, b) => {
  i32[d] = u32[a]! > u32[b]! ? -1 : 0;
  i32[d + 1] = u32[a + 1]! > u32[b + 1]! ? -1 : 0;
  i32[d + 2] = u32[a + 2]! > u32[b + 2]! ? -1 : 0;
  i32[d + 3] = u32[a + 3]! > u32[b + 3]! ? -1 : 0;
};
export const i8x16_le_s: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i8[4 * a + i]! <= i8[4 * b + i]! ? -1 : 0;
  }
};
export const i16x8_le_s: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = i16[2 * a + i]! <= i16[2 * b + i]! ? -1 : 0;
  }
};
export const i32x4_le_s: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[a]! <= i32[b]! ? -1 : 0;
  i32[d + 1] = i32[a + 1]! <= i32[b + 1]! ? -1 : 0;
  i32[d + 2] = i32[a + 2]! <= i32[b + 2]! ? -1 : 0;
  i32[d + 3] = i32[a + 3]! <= i32[b + 3]! ? -1 : 0;
};
export const i8x16_le_u: Lanes = ({ i8, u8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = u8[4 * a + i]! <= u8[4 * b + i]! ? -1 : 0;
  }
};
export const i16x8_le_u: Lanes = ({ i16, u16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = u16[2 * a + i]! <= u16[2 * b + i]! ? -1 : 0;
  }
};
export const i32x4_le_u: Lanes = ({ i32, u32 }, d, a, b) => {
  i32[d] = u32[a]! <= u32[b]! ? -1 : 0;
  i32[d + 1] = u32[a + 1]! <= u32[b + 1]! ? -1 : 0;
  i32[d + 2] = u32[a + 2]! <= u32[b + 2]! ? -1 : 0;
  i32[d + 3] = u32[a + 3]! <= u32[b + 3]! ? -1 : 0;
};
export const i8x16_ge_s: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i8[4 * a + i]! >= i8[4 * b + i]! ? -1 : 0;
  }
};
export const i16x8_ge_s: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = i16[2 * a + i]! >= i16[2 * b + i]! ? -1 : 0;
  }
};
export const i32x4_ge_s: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[a]! >= i32[b]! ? -1 : 0;
  i32[d + 1] = i32[a + 1]! >= i32[b + 1]! ? -1 : 0;
  i32[d + 2] = i32[a + 2]! >= i32[b + 2]! ? -1 : 0;
  i32[d + 3] = i32[a + 3]! >= i32[b + 3]! ? -1 : 0;
};
export const i8x16_ge_u: Lanes = ({ i8, u8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = u8[4 * a + i]! >= u8[4 * b + i]! ? -1 : 0;
  }
};
export const i16x8_ge_u: Lanes = ({ i16, u16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = u16[2 * a + i]! >= u16[2 * b + i]! ? -1 : 0;
  }
};
export const i32x4_ge_u: Lanes = ({ i32, u32 }, d, a, b) => {
  i32[d] = u32[a]! >= u32[b]! ? -1 : 0;
  i32[d + 1] = u32[a + 1]! >= u32[b + 1]! ? -1 : 0;
  i32[d + 2] = u32[a + 2]! >= u32[b + 2]! ? -1 : 0;
  i32[d + 3] = u32[a + 3]! >= u32[b + 3]! ? -1 : 0;
};
export const i8x16_abs: Lanes = ({ i8 }, d, a) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i8[4 * a + i]! < 0 ? -i8[4 * a + i]! : i8[4 * a + i]!;
  }
};
export const i16x8_abs: Lanes = ({ i16 }, d, a) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = i16[2 * a + i]! < 0 ? -i16[2 * a + i]! : i16[2 * a + i]!;
  }
};
export const i32x4_abs: Lanes = ({ i32 }, d, a) => {
  i32[d] = i32[a]! < 0 ? -i32[a]! : i32[a]!;
  i32[d + 1] = i32[a + 1]! < 0 ? -i32[a + 1]! : i32[a + 1]!;
  i32[d + 2] = i32[a + 2]! < 0 ? -i32[a + 2]! : i32[a + 2]!;
  i32[d + 3] = i32[a + 3]! < 0 ? -i32[a + 3]! : i32[a + 3]!;
};
export const i8x16_neg: Lanes = ({ i8 }, d, a) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = -i8[4 * a + i]!;
  }
};
export const i16x8_neg: Lanes = ({ i16 }, d, a) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = -i16[2 * a + i]!;
  }
};
export const i32x4_neg: Lanes = ({ i32 }, d, a) => {
  i32[d] = -i32[a]!;
  i32[d + 1] = -i32[a + 1]!;
  i32[d + 2] = -i32[a + 2]!;
  i32[d + 3] = -i32[a + 3]!;
};
export const i8x16_popcnt: Lanes = ({ i8, u8 }, d, a) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i32_popcnt(u8[4 * a + i]!);
  }
};
export const i8x16_shl: Lanes = ({ i8, i32 }, d, a, b) => {
  const k = i32[b]! & 7;
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i8[4 * a + i]! << k;
  }
};
export const i16x8_shl: Lanes = ({ i16, i32 }, d, a, b) => {
  const k = i32[b]! & 15;
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = i16[2 * a + i]! << k;
  }
};
export const i32x4_shl: Lanes = ({ i32 }, d, a, b) => {
  const k = i32[b]! & 31;
  i32[d] = i32[a]! << k;
  i32[d + 1] = i32[a + 1]! << k;
  i32[d + 2] = i32[a + 2]! << k;
  i32[d + 3] = i32[a + 3]! << k;
};
export const i8x16_shr_s: Lanes = ({ i8, i32 }, d, a, b) => {
  const k = i32[b]! & 7;
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i8[4 * a + i]! >> k;
  }
};
export const i16x8_shr_s: Lanes = ({ i16, i32 }, d, a, b) => {
  const k = i32[b]! & 15;
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = i16[2 * a + i]! >> k;
  }
};
export const i32x4_shr_s: Lanes = ({ i32 }, d, a, b) => {
  const k = i32[b]! & 31;
  i32[d] = i32[a]! >> k;
  i32[d + 1] = i32[a + 1]! >> k;
  i32[d + 2] = i32[a + 2]! >> k;
  i32[d + 3] = i32[a + 3]! >> k;
};
export const i8x16_shr_u: Lanes = ({ i8, u8, i32 }, d, a, b) => {
  const k = i32[b]! & 7;
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = u8[4 * a + i]! >>> k;
  }
};
export const i16x8_shr_u: Lanes = ({ i16, u16, i32 }, d, a, b) => {
  const k = i32[b]! & 15;
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = u16[2 * a + i]! >>> k;
  }
};
export const i32x4_shr_u: Lanes = ({ i32, u32 }, d, a, b) => {
  const k = i32[b]! & 31;
  i32[d] = u32[a]! >>> k;
  i32[d + 1] = u32[a + 1]! >>> k;
  i32[d + 2] = u32[a + 2]! >>> k;
  i32[d + 3] = u32[a + 3]! >>> k;
};
export const i8x16_add: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i8[4 * a + i]! + i8[4 * b + i]!;
  }
};
export const i16x8_add: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = i16[2 * a + i]! + i16[2 * b + i]!;
  }
};
export const i32x4_add: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[a]! + i32[b]!;
  i32[d + 1] = i32[a + 1]! + i32[b + 1]!;
  i32[d + 2] = i32[a + 2]! + i32[b + 2]!;
  i32[d + 3] = i32[a + 3]! + i32[b + 3]!;
};
export const i8x16_sub: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = i8[4 * a + i]! - i8[4 * b + i]!;
  }
};
export const i16x8_sub: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = i16[2 * a + i]! - i16[2 * b + i]!;
  }
};
export const i32x4_sub: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[a]! - i32[b]!;
  i32[d + 1] = i32[a + 1]! - i32[b + 1]!;
  i32[d + 2] = i32[a + 2]! - i32[b + 2]!;
  i32[d + 3] = i32[a + 3]! - i32[b + 3]!;
};
export const i16x8_mul: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = Math.imul(i16[2 * a + i]!, i16[2 * b + i]!);
  }
};
export const i32x4_mul: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = Math.imul(i32[a]!, i32[b]!);
  i32[d + 1] = Math.imul(i32[a + 1]!, i32[b + 1]!);
  i32[d + 2] = Math.imul(i32[a + 2]!, i32[b + 2]!);
  i32[d + 3] = Math.imul(i32[a + 3]!, i32[b + 3]!);
};
export const i8x16_add_sat_s: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = Math.max(-128, Math.min(127, i8[4 * a + i]! + i8[4 * b + i]!));
  }
};
export const i16x8_add_sat_s: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = Math.max(-32768, Math.min(32767, i16[2 * a + i]! + i16[2 * b + i]!));
  }
};
export const i8x16_add_sat_u: Lanes = ({ i8, u8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = Math.min(255, u8[4 * a + i]! + u8[4 * b + i]!);
  }
};
export const i16x8_add_sat_u: Lanes = ({ i16, u16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = Math.min(65535, u16[2 * a + i]! + u16[2 * b + i]!);
  }
};
export const i8x16_sub_sat_s: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = Math.max(-128, Math.min(127, i8[4 * a + i]! - i8[4 * b + i]!));
  }
};
export const i16x8_sub_sat_s: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = Math.max(-32768, Math.min(32767, i16[2 * a + i]! - i16[2 * b + i]!));
  }
};
export const i8x16_sub_sat_u: Lanes = ({ i8, u8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = Math.max(0, u8[4 * a + i]! - u8[4 * b + i]!);
  }
};
export const i16x8_sub_sat_u: Lanes = ({ i16, u16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = Math.max(0, u16[2 * a + i]! - u16[2 * b + i]!);
  }
};
export const i8x16_min_s: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = Math.min(i8[4 * a + i]!, i8[4 * b + i]!);
  }
};
export const i16x8_min_s: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = Math.min(i16[2 * a + i]!, i16[2 * b + i]!);
  }
};
export const i32x4_min_s: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = Math.min(i32[a]!, i32[b]!);
  i32[d + 1] = Math.min(i32[a + 1]!, i32[b + 1]!);
  i32[d + 2] = Math.min(i32[a + 2]!, i32[b + 2]!);
  i32[d + 3] = Math.min(i32[a + 3]!, i32[b + 3]!);
};
export const i8x16_min_u: Lanes = ({ i8, u8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = Math.min(u8[4 * a + i]!, u8[4 * b + i]!);
  }
};
export const i16x8_min_u: Lanes = ({ i16, u16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = Math.min(u16[2 * a + i]!, u16[2 * b + i]!);
  }
};
export const i32x4_min_u: Lanes = ({ i32, u32 }, d, a, b) => {
  i32[d] = Math.min(u32[a]!, u32[b]!);
  i32[d + 1] = Math.min(u32[a + 1]!, u32[b + 1]!);
  i32[d + 2] = Math.min(u32[a + 2]!, u32[b + 2]!);
  i32[d + 3] = Math.min(u32[a + 3]!, u32[b + 3]!);
};
export const i8x16_max_s: Lanes = ({ i8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = Math.max(i8[4 * a + i]!, i8[4 * b + i]!);
  }
};
export const i16x8_max_s: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = Math.max(i16[2 * a + i]!, i16[2 * b + i]!);
  }
};
export const i32x4_max_s: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = Math.max(i32[a]!, i32[b]!);
  i32[d + 1] = Math.max(i32[a + 1]!, i32[b + 1]!);
  i32[d + 2] = Math.max(i32[a + 2]!, i32[b + 2]!);
  i32[d + 3] = Math.max(i32[a + 3]!, i32[b + 3]!);
};
export const i8x16_max_u: Lanes = ({ i8, u8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = Math.max(u8[4 * a + i]!, u8[4 * b + i]!);
  }
};
export const i16x8_max_u: Lanes = ({ i16, u16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = Math.max(u16[2 * a + i]!, u16[2 * b + i]!);
  }
};
export const i32x4_max_u: Lanes = ({ i32, u32 }, d, a, b) => {
  i32[d] = Math.max(u32[a]!, u32[b]!);
  i32[d + 1] = Math.max(u32[a + 1]!, u32[b + 1]!);
  i32[d + 2] = Math.max(u32[a + 2]!, u32[b + 2]!);
  i32[d + 3] = Math.max(u32[a + 3]!, u32[b + 3]!);
};
export const i8x16_avgr_u: Lanes = ({ i8, u8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) {
    i8[4 * d + i] = (u8[4 * a + i]! + u8[4 * b + i]! + 1) >> 1;
  }
};
export const i16x8_avgr_u: Lanes = ({ i16, u16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = (u16[2 * a + i]! + u16[2 * b + i]! + 1) >> 1;
  }
};
export const i16x8_q15mulr_sat_s: Lanes = ({ i16 }, d, a, b) => {
  for (let i = 0; i < 8; i++) {
    i16[2 * d + i] = Math.min(32767, (i16[2 * a + i]! * i16[2 * b + i]! + 0x4000) >> 15);
  }
};
export const i16x8_extend_low_i8x16_s: Lanes = ({ i8, i16 }, d, a) => {
  const r0 = i8[4 * a]!;
  const r1 = i8[4 * a + 1]!;
  const r2 = i8[4 * a + 2]!;
  const r3 = i8[4 * a + 3]!;
  const r4 = i8[4 * a + 4]!;
  const r5 = i8[4 * a + 5]!;
  const r6 = i8[4 * a + 6]!;
  const r7 = i8[4 * a + 7]!;
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i16x8_extend_high_i8x16_s: Lanes = ({ i8, i16 }, d, a) => {
  const r0 = i8[4 * a + 8]!;
  const r1 = i8[4 * a + 9]!;
  const r2 = i8[4 * a + 10]!;
  const r3 = i8[4 * a + 11]!;
  const r4 = i8[4 * a + 12]!;
  const r5 = i8[4 * a + 13]!;
  const r6 = i8[4 * a + 14]!;
  const r7 = i8[4 * a + 15]!;
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i16x8_extmul_low_i8x16_s: Lanes = ({ i8, i16 }, d, a, b) => {
  const r0 = i8[4 * a]! * i8[4 * b]!;
  const r1 = i8[4 * a + 1]! * i8[4 * b + 1]!;
  const r2 = i8[4 * a + 2]! * i8[4 * b + 2]!;
  const r3 = i8[4 * a + 3]! * i8[4 * b + 3]!;
  const r4 = i8[4 * a + 4]! * i8[4 * b + 4]!;
  const r5 = i8[4 * a + 5]! * i8[4 * b + 5]!;
  const r6 = i8[4 * a + 6]! * i8[4 * b + 6]!;
  const r7 = i8[4 * a + 7]! * i8[4 * b + 7]!;
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i16x8_extmul_high_i8x16_s: Lanes = ({ i8, i16 }, d, a, b) => {
  const r0 = i8[4 * a + 8]! * i8[4 * b + 8]!;
  const r1 = i8[4 * a + 9]! * i8[4 * b + 9]!;
  const r2 = i8[4 * a + 10]! * i8[4 * b + 10]!;
  const r3 = i8[4 * a + 11]! * i8[4 * b + 11]!;
  const r4 = i8[4 * a + 12]! * i8[4 * b + 12]!;
  const r5 = i8[4 * a + 13]! * i8[4 * b + 13]!;
  const r6 = i8[4 * a + 14]! * i8[4 * b + 14]!;
  const r7 = i8[4 * a + 15]! * i8[4 * b + 15]!;
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i16x8_extadd_pairwise_i8x16_s: Lanes = ({ i8, i16 }, d, a) => {
  const r0 = i8[4 * a]! + i8[4 * a + 1]!;
  const r1 = i8[4 * a + 2]! + i8[4 * a + 3]!;
  const r2 = i8[4 * a + 4]! + i8[4 * a + 5]!;
  const r3 = i8[4 * a + 6]! + i8[4 * a + 7]!;
  const r4 = i8[4 * a + 8]! + i8[4 * a + 9]!;
  const r5 = i8[4 * a + 10]! + i8[4 * a + 11]!;
  const r6 = i8[4 * a + 12]! + i8[4 * a + 13]!;
  const r7 = i8[4 * a + 14]! + i8[4 * a + 15]!;
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i8x16_narrow_i16x8_s: Lanes = ({ i8, i16 }, d, a, b) => {
  const r0 = Math.max(-128, Math.min(127, i16[2 * a]!));
  const r1 = Math.max(-128, Math.min(127, i16[2 * a + 1]!));
  const r2 = Math.max(-128, Math.min(127, i16[2 * a + 2]!));
  const r3 = Math.max(-128, Math.min(127, i16[2 * a + 3]!));
  const r4 = Math.max(-128, Math.min(127, i16[2 * a + 4]!));
  const r5 = Math.max(-128, Math.min(127, i16[2 * a + 5]!));
  const r6 = Math.max(-128, Math.min(127, i16[2 * a + 6]!));
  const r7 = Math.max(-128, Math.min(127, i16[2 * a + 7]!));
  const r8 = Math.max(-128, Math.min(127, i16[2 * b]!));
  const r9 = Math.max(-128, Math.min(127, i16[2 * b + 1]!));
  const r10 = Math.max(-128, Math.min(127, i16[2 * b + 2]!));
  const r11 = Math.max(-128, Math.min(127, i16[2 * b + 3]!));
  const r12 = Math.max(-128, Math.min(127, i16[2 * b + 4]!));
  const r13 = Math.max(-128, Math.min(127, i16[2 * b + 5]!));
  const r14 = Math.max(-128, Math.min(127, i16[2 * b + 6]!));
  const r15 = Math.max(-128, Math.min(127, i16[2 * b + 7]!));
  i8[4 * d] = r0;
  i8[4 * d + 1] = r1;
  i8[4 * d + 2] = r2;
  i8[4 * d + 3] = r3;
  i8[4 * d + 4] = r4;
  i8[4 * d + 5] = r5;
  i8[4 * d + 6] = r6;
  i8[4 * d + 7] = r7;
  i8[4 * d + 8] = r8;
  i8[4 * d + 9] = r9;
  i8[4 * d + 10] = r10;
  i8[4 * d + 11] = r11;
  i8[4 * d + 12] = r12;
  i8[4 * d + 13] = r13;
  i8[4 * d + 14] = r14;
  i8[4 * d + 15] = r15;
};
export const i16x8_extend_low_i8x16_u: Lanes = ({ u8, i16 }, d, a) => {
  const r0 = u8[4 * a]!;
  const r1 = u8[4 * a + 1]!;
  const r2 = u8[4 * a + 2]!;
  const r3 = u8[4 * a + 3]!;
  const r4 = u8[4 * a + 4]!;
  const r5 = u8[4 * a + 5]!;
  const r6 = u8[4 * a + 6]!;
  const r7 = u8[4 * a + 7]!;
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i16x8_extend_high_i8x16_u: Lanes = ({ u8, i16 }, d, a) => {
  const r0 = u8[4 * a + 8]!;
  const r1 = u8[4 * a + 9]!;
  const r2 = u8[4 * a + 10]!;
  const r3 = u8[4 * a + 11]!;
  const r4 = u8[4 * a + 12]!;
  const r5 = u8[4 * a + 13]!;
  const r6 = u8[4 * a + 14]!;
  const r7 = u8[4 * a + 15]!;
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i16x8_extmul_low_i8x16_u: Lanes = ({ u8, i16 }, d, a, b) => {
  const r0 = u8[4 * a]! * u8[4 * b]!;
  const r1 = u8[4 * a + 1]! * u8[4 * b + 1]!;
  const r2 = u8[4 * a + 2]! * u8[4 * b + 2]!;
  const r3 = u8[4 * a + 3]! * u8[4 * b + 3]!;
  const r4 = u8[4 * a + 4]! * u8[4 * b + 4]!;
  const r5 = u8[4 * a + 5]! * u8[4 * b + 5]!;
  const r6 = u8[4 * a + 6]! * u8[4 * b + 6]!;
  const r7 = u8[4 * a + 7]! * u8[4 * b + 7]!;
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i16x8_extmul_high_i8x16_u: Lanes = ({ u8, i16 }, d, a, b) => {
  const r0 = u8[4 * a + 8]! * u8[4 * b + 8]!;
  const r1 = u8[4 * a + 9]! * u8[4 * b + 9]!;
  const r2 = u8[4 * a + 10]! * u8[4 * b + 10]!;
  const r3 = u8[4 * a + 11]! * u8[4 * b + 11]!;
  const r4 = u8[4 * a + 12]! * u8[4 * b + 12]!;
  const r5 = u8[4 * a + 13]! * u8[4 * b + 13]!;
  const r6 = u8[4 * a + 14]! * u8[4 * b + 14]!;
  const r7 = u8[4 * a + 15]! * u8[4 * b + 15]!;
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i16x8_extadd_pairwise_i8x16_u: Lanes = ({ u8, i16 }, d, a) => {
  const r0 = u8[4 * a]! + u8[4 * a + 1]!;
  const r1 = u8[4 * a + 2]! + u8[4 * a + 3]!;
  const r2 = u8[4 * a + 4]! + u8[4 * a + 5]!;
  const r3 = u8[4 * a + 6]! + u8[4 * a + 7]!;
  const r4 = u8[4 * a + 8]! + u8[4 * a + 9]!;
  const r5 = u8[4 * a + 10]! + u8[4 * a + 11]!;
  const r6 = u8[4 * a + 12]! + u8[4 * a + 13]!;
  const r7 = u8[4 * a + 14]! + u8[4 * a + 15]!;
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i8x16_narrow_i16x8_u: Lanes = ({ i8, i16 }, d, a, b) => {
  const r0 = Math.max(0, Math.min(255, i16[2 * a]!));
  const r1 = Math.max(0, Math.min(255, i16[2 * a + 1]!));
  const r2 = Math.max(0, Math.min(255, i16[2 * a + 2]!));
  const r3 = Math.max(0, Math.min(255, i16[2 * a + 3]!));
  const r4 = Math.max(0, Math.min(255, i16[2 * a + 4]!));
  const r5 = Math.max(0, Math.min(255, i16[2 * a + 5]!));
  const r6 = Math.max(0, Math.min(255, i16[2 * a + 6]!));
  const r7 = Math.max(0, Math.min(255, i16[2 * a + 7]!));
  const r8 = Math.max(0, Math.min(255, i16[2 * b]!));
  const r9 = Math.max(0, Math.min(255, i16[2 * b + 1]!));
  const r10 = Math.max(0, Math.min(255, i16[2 * b + 2]!));
  const r11 = Math.max(0, Math.min(255, i16[2 * b + 3]!));
  const r12 = Math.max(0, Math.min(255, i16[2 * b + 4]!));
  const r13 = Math.max(0, Math.min(255, i16[2 * b + 5]!));
  const r14 = Math.max(0, Math.min(255, i16[2 * b + 6]!));
  const r15 = Math.max(0, Math.min(255, i16[2 * b + 7]!));
  i8[4 * d] = r0;
  i8[4 * d + 1] = r1;
  i8[4 * d + 2] = r2;
  i8[4 * d + 3] = r3;
  i8[4 * d + 4] = r4;
  i8[4 * d + 5] = r5;
  i8[4 * d + 6] = r6;
  i8[4 * d + 7] = r7;
  i8[4 * d + 8] = r8;
  i8[4 * d + 9] = r9;
  i8[4 * d + 10] = r10;
  i8[4 * d + 11] = r11;
  i8[4 * d + 12] = r12;
  i8[4 * d + 13] = r13;
  i8[4 * d + 14] = r14;
  i8[4 * d + 15] = r15;
};
export const i32x4_extend_low_i16x8_s: Lanes = ({ i16, i32 }, d, a) => {
  const r0 = i16[2 * a]!;
  const r1 = i16[2 * a + 1]!;
  const r2 = i16[2 * a + 2]!;
  const r3 = i16[2 * a + 3]!;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const i32x4_extend_high_i16x8_s: Lanes = ({ i16, i32 }, d, a) => {
  const r0 = i16[2 * a + 4]!;
  const r1 = i16[2 * a + 5]!;
  const r2 = i16[2 * a + 6]!;
  const r3 = i16[2 * a + 7]!;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const i32x4_extmul_low_i16x8_s: Lanes = ({ i16, i32 }, d, a, b) => {
  const r0 = i16[2 * a]! * i16[2 * b]!;
  const r1 = i16[2 * a + 1]! * i16[2 * b + 1]!;
  const r2 = i16[2 * a + 2]! * i16[2 * b + 2]!;
  const r3 = i16[2 * a + 3]! * i16[2 * b + 3]!;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const i32x4_extmul_high_i16x8_s: Lanes = ({ i16, i32 }, d, a, b) => {
  const r0 = i16[2 * a + 4]! * i16[2 * b + 4]!;
  const r1 = i16[2 * a + 5]! * i16[2 * b + 5]!;
  const r2 = i16[2 * a + 6]! * i16[2 * b + 6]!;
  const r3 = i16[2 * a + 7]! * i16[2 * b + 7]!;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const i32x4_extadd_pairwise_i16x8_s: Lanes = ({ i16, i32 }, d, a) => {
  const r0 = i16[2 * a]! + i16[2 * a + 1]!;
  const r1 = i16[2 * a + 2]! + i16[2 * a + 3]!;
  const r2 = i16[2 * a + 4]! + i16[2 * a + 5]!;
  const r3 = i16[2 * a + 6]! + i16[2 * a + 7]!;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const i16x8_narrow_i32x4_s: Lanes = ({ i16, i32 }, d, a, b) => {
  const r0 = Math.max(-32768, Math.min(32767, i32[a]!));
  const r1 = Math.max(-32768, Math.min(32767, i32[a + 1]!));
  const r2 = Math.max(-32768, Math.min(32767, i32[a + 2]!));
  const r3 = Math.max(-32768, Math.min(32767, i32[a + 3]!));
  const r4 = Math.max(-32768, Math.min(32767, i32[b]!));
  const r5 = Math.max(-32768, Math.min(32767, i32[b + 1]!));
  const r6 = Math.max(-32768, Math.min(32767, i32[b + 2]!));
  const r7 = Math.max(-32768, Math.min(32767, i32[b + 3]!));
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i32x4_extend_low_i16x8_u: Lanes = ({ u16, i32 }, d, a) => {
  const r0 = u16[2 * a]!;
  const r1 = u16[2 * a + 1]!;
  const r2 = u16[2 * a + 2]!;
  const r3 = u16[2 * a + 3]!;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const i32x4_extend_high_i16x8_u: Lanes = ({ u16, i32 }, d, a) => {
  const r0 = u16[2 * a + 4]!;
  const r1 = u16[2 * a + 5]!;
  const r2 = u16[2 * a + 6]!;
  const r3 = u16[2 * a + 7]!;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const i32x4_extmul_low_i16x8_u: Lanes = ({ u16, i32 }, d, a, b) => {
  const r0 = u16[2 * a]! * u16[2 * b]!;
  const r1 = u16[2 * a + 1]! * u16[2 * b + 1]!;
  const r2 = u16[2 * a + 2]! * u16[2 * b + 2]!;
  const r3 = u16[2 * a + 3]! * u16[2 * b + 3]!;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const i32x4_extmul_high_i16x8_u: Lanes = ({ u16, i32 }, d, a, b) => {
  const r0 = u16[2 * a + 4]! * u16[2 * b + 4]!;
  const r1 = u16[2 * a + 5]! * u16[2 * b + 5]!;
  const r2 = u16[2 * a + 6]! * u16[2 * b + 6]!;
  const r3 = u16[2 * a + 7]! * u16[2 * b + 7]!;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const i32x4_extadd_pairwise_i16x8_u: Lanes = ({ u16, i32 }, d, a) => {
  const r0 = u16[2 * a]! + u16[2 * a + 1]!;
  const r1 = u16[2 * a + 2]! + u16[2 * a + 3]!;
  const r2 = u16[2 * a + 4]! + u16[2 * a + 5]!;
  const r3 = u16[2 * a + 6]! + u16[2 * a + 7]!;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const i16x8_narrow_i32x4_u: Lanes = ({ i16, i32 }, d, a, b) => {
  const r0 = Math.max(0, Math.min(65535, i32[a]!));
  const r1 = Math.max(0, Math.min(65535, i32[a + 1]!));
  const r2 = Math.max(0, Math.min(65535, i32[a + 2]!));
  const r3 = Math.max(0, Math.min(65535, i32[a + 3]!));
  const r4 = Math.max(0, Math.min(65535, i32[b]!));
  const r5 = Math.max(0, Math.min(65535, i32[b + 1]!));
  const r6 = Math.max(0, Math.min(65535, i32[b + 2]!));
  const r7 = Math.max(0, Math.min(65535, i32[b + 3]!));
  i16[2 * d] = r0;
  i16[2 * d + 1] = r1;
  i16[2 * d + 2] = r2;
  i16[2 * d + 3] = r3;
  i16[2 * d + 4] = r4;
  i16[2 * d + 5] = r5;
  i16[2 * d + 6] = r6;
  i16[2 * d + 7] = r7;
};
export const i32x4_dot_i16x8_s: Lanes = ({ i16, i32 }, d, a, b) => {
  const r0 = i16[2 * a]! * i16[2 * b]! + i16[2 * a + 1]! * i16[2 * b + 1]!;
  const r1 = i16[2 * a + 2]! * i16[2 * b + 2]! + i16[2 * a + 3]! * i16[2 * b + 3]!;
  const r2 = i16[2 * a + 4]! * i16[2 * b + 4]! + i16[2 * a + 5]! * i16[2 * b + 5]!;
  const r3 = i16[2 * a + 6]! * i16[2 * b + 6]! + i16[2 * a + 7]! * i16[2 * b + 7]!;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const i64x2_add: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i64_add(i32[a]!, i32[a + 1]!, i32[b]!, i32[b + 1]!);
  i32[d + 1] = wide.hi;
  i32[d + 2] = i64_add(i32[a + 2]!, i32[a + 3]!, i32[b + 2]!, i32[b + 3]!);
  i32[d + 3] = wide.hi;
};
export const i64x2_sub: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i64_sub(i32[a]!, i32[a + 1]!, i32[b]!, i32[b + 1]!);
  i32[d + 1] = wide.hi;
  i32[d + 2] = i64_sub(i32[a + 2]!, i32[a + 3]!, i32[b + 2]!, i32[b + 3]!);
  i32[d + 3] = wide.hi;
};
export const i64x2_mul: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i64_mul(i32[a]!, i32[a + 1]!, i32[b]!, i32[b + 1]!);
  i32[d + 1] = wide.hi;
  i32[d + 2] = i64_mul(i32[a + 2]!, i32[a + 3]!, i32[b + 2]!, i32[b + 3]!);
  i32[d + 3] = wide.hi;
};
export const i64x2_eq: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[d + 1] = -i64_eq(i32[a]!, i32[a + 1]!, i32[b]!, i32[b + 1]!);
  i32[d + 2] = i32[d + 3] = -i64_eq(i32[a + 2]!, i32[a + 3]!, i32[b + 2]!, i32[b + 3]!);
};
export const i64x2_ne: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[d + 1] = -i64_ne(i32[a]!, i32[a + 1]!, i32[b]!, i32[b + 1]!);
  i32[d + 2] = i32[d + 3] = -i64_ne(i32[a + 2]!, i32[a + 3]!, i32[b + 2]!, i32[b + 3]!);
};
export const i64x2_lt_s: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[d + 1] = -i64_lt_s(i32[a]!, i32[a + 1]!, i32[b]!, i32[b + 1]!);
  i32[d + 2] = i32[d + 3] = -i64_lt_s(i32[a + 2]!, i32[a + 3]!, i32[b + 2]!, i32[b + 3]!);
};
export const i64x2_gt_s: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[d + 1] = -i64_gt_s(i32[a]!, i32[a + 1]!, i32[b]!, i32[b + 1]!);
  i32[d + 2] = i32[d + 3] = -i64_gt_s(i32[a + 2]!, i32[a + 3]!, i32[b + 2]!, i32[b + 3]!);
};
export const i64x2_le_s: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[d + 1] = -i64_le_s(i32[a]!, i32[a + 1]!, i32[b]!, i32[b + 1]!);
  i32[d + 2] = i32[d + 3] = -i64_le_s(i32[a + 2]!, i32[a + 3]!, i32[b + 2]!, i32[b + 3]!);
};
export const i64x2_ge_s: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[d + 1] = -i64_ge_s(i32[a]!, i32[a + 1]!, i32[b]!, i32[b + 1]!);
  i32[d + 2] = i32[d + 3] = -i64_ge_s(i32[a + 2]!, i32[a + 3]!, i32[b + 2]!, i32[b + 3]!);
};
export const i64x2_shl: Lanes = ({ i32 }, d, a, b) => {
  const k = i32[b]!;
  i32[d] = i64_shl(i32[a]!, i32[a + 1]!, k, 0);
  i32[d + 1] = wide.hi;
  i32[d + 2] = i64_shl(i32[a + 2]!, i32[a + 3]!, k, 0);
  i32[d + 3] = wide.hi;
};
export const i64x2_shr_s: Lanes = ({ i32 }, d, a, b) => {
  const k = i32[b]!;
  i32[d] = i64_shr_s(i32[a]!, i32[a + 1]!, k, 0);
  i32[d + 1] = wide.hi;
  i32[d + 2] = i64_shr_s(i32[a + 2]!, i32[a + 3]!, k, 0);
  i32[d + 3] = wide.hi;
};
export const i64x2_shr_u: Lanes = ({ i32 }, d, a, b) => {
  const k = i32[b]!;
  i32[d] = i64_shr_u(i32[a]!, i32[a + 1]!, k, 0);
  i32[d + 1] = wide.hi;
  i32[d + 2] = i64_shr_u(i32[a + 2]!, i32[a + 3]!, k, 0);
  i32[d + 3] = wide.hi;
};
export const i64x2_neg: Lanes = ({ i32 }, d, a) => {
  i32[d] = i64_sub(0, 0, i32[a]!, i32[a + 1]!);
  i32[d + 1] = wide.hi;
  i32[d + 2] = i64_sub(0, 0, i32[a + 2]!, i32[a + 3]!);
  i32[d + 3] = wide.hi;
};
export const i64x2_abs: Lanes = ({ i32 }, d, a) => {
  const s0 = i32[a + 1]! >> 31;
  const lo0 = i32[a]! ^ s0;
  const hi0 = i32[a + 1]! ^ s0;
  i32[d] = i64_sub(lo0, hi0, s0, s0);
  i32[d + 1] = wide.hi;
  const s1 = i32[a + 3]! >> 31;
  const lo1 = i32[a + 2]! ^ s1;
  const hi1 = i32[a + 3]! ^ s1;
  i32[d + 2] = i64_sub(lo1, hi1, s1, s1);
  i32[d + 3] = wide.hi;
};
export const i64x2_extend_low_i32x4_s: Lanes = ({ i32 }, d, a) => {
  const r0 = i32[a]!;
  const r1 = i32[a + 1]!;
  i32[d] = r0;
  i32[d + 1] = r0 >> 31;
  i32[d + 2] = r1;
  i32[d + 3] = r1 >> 31;
};
export const i64x2_extend_low_i32x4_u: Lanes = ({ i32 }, d, a) => {
  const r0 = i32[a]!;
  const r1 = i32[a + 1]!;
  i32[d] = r0;
  i32[d + 1] = 0;
  i32[d + 2] = r1;
  i32[d + 3] = 0;
};
export const i64x2_extmul_low_i32x4_s: Lanes = ({ i32 }, d, a, b) => {
  const x0 = i32[a]!;
  const y0 = i32[b]!;
  const x1 = i32[a + 1]!;
  const y1 = i32[b + 1]!;
  i32[d] = Math.imul(x0, y0);
  i32[d + 1] = i32_mulh_s(x0, y0);
  i32[d + 2] = Math.imul(x1, y1);
  i32[d + 3] = i32_mulh_s(x1, y1);
};
export const i64x2_extmul_low_i32x4_u: Lanes = ({ i32 }, d, a, b) => {
  const x0 = i32[a]!;
  const y0 = i32[b]!;
  const x1 = i32[a + 1]!;
  const y1 = i32[b + 1]!;
  i32[d] = Math.imul(x0, y0);
  i32[d + 1] = i32_mulh_u(x0, y0);
  i32[d + 2] = Math.imul(x1, y1);
  i32[d + 3] = i32_mulh_u(x1, y1);
};
export const i64x2_extend_high_i32x4_s: Lanes = ({ i32 }, d, a) => {
  const r0 = i32[a + 2]!;
  const r1 = i32[a + 3]!;
  i32[d] = r0;
  i32[d + 1] = r0 >> 31;
  i32[d + 2] = r1;
  i32[d + 3] = r1 >> 31;
};
export const i64x2_extend_high_i32x4_u: Lanes = ({ i32 }, d, a) => {
  const r0 = i32[a + 2]!;
  const r1 = i32[a + 3]!;
  i32[d] = r0;
  i32[d + 1] = 0;
  i32[d + 2] = r1;
  i32[d + 3] = 0;
};
export const i64x2_extmul_high_i32x4_s: Lanes = ({ i32 }, d, a, b) => {
  const x0 = i32[a + 2]!;
  const y0 = i32[b + 2]!;
  const x1 = i32[a + 3]!;
  const y1 = i32[b + 3]!;
  i32[d] = Math.imul(x0, y0);
  i32[d + 1] = i32_mulh_s(x0, y0);
  i32[d + 2] = Math.imul(x1, y1);
  i32[d + 3] = i32_mulh_s(x1, y1);
};
export const i64x2_extmul_high_i32x4_u: Lanes = ({ i32 }, d, a, b) => {
  const x0 = i32[a + 2]!;
  const y0 = i32[b + 2]!;
  const x1 = i32[a + 3]!;
  const y1 = i32[b + 3]!;
  i32[d] = Math.imul(x0, y0);
  i32[d + 1] = i32_mulh_u(x0, y0);
  i32[d + 2] = Math.imul(x1, y1);
  i32[d + 3] = i32_mulh_u(x1, y1);
};
export const f32x4_add: Lanes = ({ i32, f32 }, d, a, b) => {
  const r0 = f32[a]! + f32[b]!;
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  const r1 = f32[a + 1]! + f32[b + 1]!;
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  const r2 = f32[a + 2]! + f32[b + 2]!;
  f32[d + 2] = r2;
  if (r2 !== r2) i32[d + 2] = 0x7fc00000;
  const r3 = f32[a + 3]! + f32[b + 3]!;
  f32[d + 3] = r3;
  if (r3 !== r3) i32[d + 3] = 0x7fc00000;
};
export const f64x2_add: Lanes = ({ i32, f64 }, d, a, b) => {
  const r0 = f64[(a >> 1)]! + f64[(b >> 1)]!;
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  const r1 = f64[(a >> 1) + 1]! + f64[(b >> 1) + 1]!;
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};
export const f32x4_sub: Lanes = ({ i32, f32 }, d, a, b) => {
  const r0 = f32[a]! - f32[b]!;
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  const r1 = f32[a + 1]! - f32[b + 1]!;
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  const r2 = f32[a + 2]! - f32[b + 2]!;
  f32[d + 2] = r2;
  if (r2 !== r2) i32[d + 2] = 0x7fc00000;
  const r3 = f32[a + 3]! - f32[b + 3]!;
  f32[d + 3] = r3;
  if (r3 !== r3) i32[d + 3] = 0x7fc00000;
};
export const f64x2_sub: Lanes = ({ i32, f64 }, d, a, b) => {
  const r0 = f64[(a >> 1)]! - f64[(b >> 1)]!;
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  const r1 = f64[(a >> 1) + 1]! - f64[(b >> 1) + 1]!;
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};
export const f32x4_mul: Lanes = ({ i32, f32 }, d, a, b) => {
  const r0 = f32[a]! * f32[b]!;
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  const r1 = f32[a + 1]! * f32[b + 1]!;
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  const r2 = f32[a + 2]! * f32[b + 2]!;
  f32[d + 2] = r2;
  if (r2 !== r2) i32[d + 2] = 0x7fc00000;
  const r3 = f32[a + 3]! * f32[b + 3]!;
  f32[d + 3] = r3;
  if (r3 !== r3) i32[d + 3] = 0x7fc00000;
};
export const f64x2_mul: Lanes = ({ i32, f64 }, d, a, b) => {
  const r0 = f64[(a >> 1)]! * f64[(b >> 1)]!;
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  const r1 = f64[(a >> 1) + 1]! * f64[(b >> 1) + 1]!;
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};
export const f32x4_div: Lanes = ({ i32, f32 }, d, a, b) => {
  const r0 = f32[a]! / f32[b]!;
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  const r1 = f32[a + 1]! / f32[b + 1]!;
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  const r2 = f32[a + 2]! / f32[b + 2]!;
  f32[d + 2] = r2;
  if (r2 !== r2) i32[d + 2] = 0x7fc00000;
  const r3 = f32[a + 3]! / f32[b + 3]!;
  f32[d + 3] = r3;
  if (r3 !== r3) i32[d + 3] = 0x7fc00000;
};
export const f64x2_div: Lanes = ({ i32, f64 }, d, a, b) => {
  const r0 = f64[(a >> 1)]! / f64[(b >> 1)]!;
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  const r1 = f64[(a >> 1) + 1]! / f64[(b >> 1) + 1]!;
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};
export const f32x4_min: Lanes = ({ i32, f32 }, d, a, b) => {
  const r0 = Math.min(f32[a]!, f32[b]!);
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  const r1 = Math.min(f32[a + 1]!, f32[b + 1]!);
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  const r2 = Math.min(f32[a + 2]!, f32[b + 2]!);
  f32[d + 2] = r2;
  if (r2 !== r2) i32[d + 2] = 0x7fc00000;
  const r3 = Math.min(f32[a + 3]!, f32[b + 3]!);
  f32[d + 3] = r3;
  if (r3 !== r3) i32[d + 3] = 0x7fc00000;
};
export const f64x2_min: Lanes = ({ i32, f64 }, d, a, b) => {
  const r0 = Math.min(f64[(a >> 1)]!, f64[(b >> 1)]!);
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  const r1 = Math.min(f64[(a >> 1) + 1]!, f64[(b >> 1) + 1]!);
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};
export const f32x4_max: Lanes = ({ i32, f32 }, d, a, b) => {
  const r0 = Math.max(f32[a]!, f32[b]!);
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  const r1 = Math.max(f32[a + 1]!, f32[b + 1]!);
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  const r2 = Math.max(f32[a + 2]!, f32[b + 2]!);
  f32[d + 2] = r2;
  if (r2 !== r2) i32[d + 2] = 0x7fc00000;
  const r3 = Math.max(f32[a + 3]!, f32[b + 3]!);
  f32[d + 3] = r3;
  if (r3 !== r3) i32[d + 3] = 0x7fc00000;
};
export const f64x2_max: Lanes = ({ i32, f64 }, d, a, b) => {
  const r0 = Math.max(f64[(a >> 1)]!, f64[(b >> 1)]!);
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  const r1 = Math.max(f64[(a >> 1) + 1]!, f64[(b >> 1) + 1]!);
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};
export const f32x4_sqrt: Lanes = ({ i32, f32 }, d, a) => {
  const r0 = Math.sqrt(f32[a]!);
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  const r1 = Math.sqrt(f32[a + 1]!);
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  const r2 = Math.sqrt(f32[a + 2]!);
  f32[d + 2] = r2;
  if (r2 !== r2) i32[d + 2] = 0x7fc00000;
  const r3 = Math.sqrt(f32[a + 3]!);
  f32[d + 3] = r3;
  if (r3 !== r3) i32[d + 3] = 0x7fc00000;
};
export const f64x2_sqrt: Lanes = ({ i32, f64 }, d, a) => {
  const r0 = Math.sqrt(f64[(a >> 1)]!);
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  const r1 = Math.sqrt(f64[(a >> 1) + 1]!);
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};
export const f32x4_ceil: Lanes = ({ i32, f32 }, d, a) => {
  const r0 = Math.ceil(f32[a]!);
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  const r1 = Math.ceil(f32[a + 1]!);
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  const r2 = Math.ceil(f32[a + 2]!);
  f32[d + 2] = r2;
  if (r2 !== r2) i32[d + 2] = 0x7fc00000;
  const r3 = Math.ceil(f32[a + 3]!);
  f32[d + 3] = r3;
  if (r3 !== r3) i32[d + 3] = 0x7fc00000;
};
export const f64x2_ceil: Lanes = ({ i32, f64 }, d, a) => {
  const r0 = Math.ceil(f64[(a >> 1)]!);
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  const r1 = Math.ceil(f64[(a >> 1) + 1]!);
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};
export const f32x4_floor: Lanes = ({ i32, f32 }, d, a) => {
  const r0 = Math.floor(f32[a]!);
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  const r1 = Math.floor(f32[a + 1]!);
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  const r2 = Math.floor(f32[a + 2]!);
  f32[d + 2] = r2;
  if (r2 !== r2) i32[d + 2] = 0x7fc00000;
  const r3 = Math.floor(f32[a + 3]!);
  f32[d + 3] = r3;
  if (r3 !== r3) i32[d + 3] = 0x7fc00000;
};
export const f64x2_floor: Lanes = ({ i32, f64 }, d, a) => {
  const r0 = Math.floor(f64[(a >> 1)]!);
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  const r1 = Math.floor(f64[(a >> 1) + 1]!);
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};
export const f32x4_trunc: Lanes = ({ i32, f32 }, d, a) => {
  const r0 = Math.trunc(f32[a]!);
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  const r1 = Math.trunc(f32[a + 1]!);
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  const r2 = Math.trunc(f32[a + 2]!);
  f32[d + 2] = r2;
  if (r2 !== r2) i32[d + 2] = 0x7fc00000;
  const r3 = Math.trunc(f32[a + 3]!);
  f32[d + 3] = r3;
  if (r3 !== r3) i32[d + 3] = 0x7fc00000;
};
export const f64x2_trunc: Lanes = ({ i32, f64 }, d, a) => {
  const r0 = Math.trunc(f64[(a >> 1)]!);
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  const r1 = Math.trunc(f64[(a >> 1) + 1]!);
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};
export const f32x4_nearest: Lanes = ({ i32, f32 }, d, a) => {
  const r0 = f64_nearest(f32[a]!);
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  const r1 = f64_nearest(f32[a + 1]!);
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  const r2 = f64_nearest(f32[a + 2]!);
  f32[d + 2] = r2;
  if (r2 !== r2) i32[d + 2] = 0x7fc00000;
  const r3 = f64_nearest(f32[a + 3]!);
  f32[d + 3] = r3;
  if (r3 !== r3) i32[d + 3] = 0x7fc00000;
};
export const f64x2_nearest: Lanes = ({ i32, f64 }, d, a) => {
  const r0 = f64_nearest(f64[(a >> 1)]!);
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  const r1 = f64_nearest(f64[(a >> 1) + 1]!);
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};
export const f32x4_eq: Lanes = ({ i32, f32 }, d, a, b) => {
  i32[d] = f32[a]! === f32[b]! ? -1 : 0;
  i32[d + 1] = f32[a + 1]! === f32[b + 1]! ? -1 : 0;
  i32[d + 2] = f32[a + 2]! === f32[b + 2]! ? -1 : 0;
  i32[d + 3] = f32[a + 3]! === f32[b + 3]! ? -1 : 0;
};
export const f64x2_eq: Lanes = ({ i32, f64 }, d, a, b) => {
  i32[d] = i32[d + 1] = f64[(a >> 1)]! === f64[(b >> 1)]! ? -1 : 0;
  i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! === f64[(b >> 1) + 1]! ? -1 : 0;
};
export const f32x4_ne: Lanes = ({ i32, f32 }, d, a, b) => {
  i32[d] = f32[a]! !== f32[b]! ? -1 : 0;
  i32[d + 1] = f32[a + 1]! !== f32[b + 1]! ? -1 : 0;
  i32[d + 2] = f32[a + 2]! !== f32[b + 2]! ? -1 : 0;
  i32[d + 3] = f32[a + 3]! !== f32[b + 3]! ? -1 : 0;
};
export const f64x2_ne: Lanes = ({ i32, f64 }, d, a, b) => {
  i32[d] = i32[d + 1] = f64[(a >> 1)]! !== f64[(b >> 1)]! ? -1 : 0;
  i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! !== f64[(b >> 1) + 1]! ? -1 : 0;
};
export const f32x4_lt: Lanes = ({ i32, f32 }, d, a, b) => {
  i32[d] = f32[a]! < f32[b]! ? -1 : 0;
  i32[d + 1] = f32[a + 1]! < f32[b + 1]! ? -1 : 0;
  i32[d + 2] = f32[a + 2]! < f32[b + 2]! ? -1 : 0;
  i32[d + 3] = f32[a + 3]! < f32[b + 3]! ? -1 : 0;
};
export const f64x2_lt: Lanes = ({ i32, f64 }, d, a, b) => {
  i32[d] = i32[d + 1] = f64[(a >> 1)]! < f64[(b >> 1)]! ? -1 : 0;
  i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! < f64[(b >> 1) + 1]! ? -1 : 0;
};
export const f32x4_gt: Lanes = ({ i32, f32 }, d, a, b) => {
  i32[d] = f32[a]! > f32[b]! ? -1 : 0;
  i32[d + 1] = f32[a + 1]! > f32[b + 1]! ? -1 : 0;
  i32[d + 2] = f32[a + 2]! > f32[b + 2]! ? -1 : 0;
  i32[d + 3] = f32[a + 3]! > f32[b + 3]! ? -1 : 0;
};
export const f64x2_gt: Lanes = ({ i32, f64 }, d, a, b) => {
  i32[d] = i32[d + 1] = f64[(a >> 1)]! > f64[(b >> 1)]! ? -1 : 0;
  i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! > f64[(b >> 1) + 1]! ? -1 : 0;
};
export const f32x4_le: Lanes = ({ i32, f32 }, d, a, b) => {
  i32[d] = f32[a]! <= f32[b]! ? -1 : 0;
  i32[d + 1] = f32[a + 1]! <= f32[b + 1]! ? -1 : 0;
  i32[d + 2] = f32[a + 2]! <= f32[b + 2]! ? -1 : 0;
  i32[d + 3] = f32[a + 3]! <= f32[b + 3]! ? -1 : 0;
};
export const f64x2_le: Lanes = ({ i32, f64 }, d, a, b) => {
  i32[d] = i32[d + 1] = f64[(a >> 1)]! <= f64[(b >> 1)]! ? -1 : 0;
  i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! <= f64[(b >> 1) + 1]! ? -1 : 0;
};
export const f32x4_ge: Lanes = ({ i32, f32 }, d, a, b) => {
  i32[d] = f32[a]! >= f32[b]! ? -1 : 0;
  i32[d + 1] = f32[a + 1]! >= f32[b + 1]! ? -1 : 0;
  i32[d + 2] = f32[a + 2]! >= f32[b + 2]! ? -1 : 0;
  i32[d + 3] = f32[a + 3]! >= f32[b + 3]! ? -1 : 0;
};
export const f64x2_ge: Lanes = ({ i32, f64 }, d, a, b) => {
  i32[d] = i32[d + 1] = f64[(a >> 1)]! >= f64[(b >> 1)]! ? -1 : 0;
  i32[d + 2] = i32[d + 3] = f64[(a >> 1) + 1]! >= f64[(b >> 1) + 1]! ? -1 : 0;
};
export const f32x4_pmin: Lanes = ({ i32, f32 }, d, a, b) => {
  i32[d] = f32[b]! < f32[a]! ? i32[b]! : i32[a]!;
  i32[d + 1] = f32[b + 1]! < f32[a + 1]! ? i32[b + 1]! : i32[a + 1]!;
  i32[d + 2] = f32[b + 2]! < f32[a + 2]! ? i32[b + 2]! : i32[a + 2]!;
  i32[d + 3] = f32[b + 3]! < f32[a + 3]! ? i32[b + 3]! : i32[a + 3]!;
};
export const f64x2_pmin: Lanes = ({ i32, f64 }, d, a, b) => {
  const p0 = f64[(b >> 1)]! < f64[(a >> 1)]! ? b : a;
  const lo0 = i32[p0]!;
  const hi0 = i32[p0 + 1]!;
  i32[d] = lo0;
  i32[d + 1] = hi0;
  const p1 = f64[(b >> 1) + 1]! < f64[(a >> 1) + 1]! ? b : a;
  const lo1 = i32[p1 + 2]!;
  const hi1 = i32[p1 + 3]!;
  i32[d + 2] = lo1;
  i32[d + 3] = hi1;
};
export const f32x4_pmax: Lanes = ({ i32, f32 }, d, a, b) => {
  i32[d] = f32[a]! < f32[b]! ? i32[b]! : i32[a]!;
  i32[d + 1] = f32[a + 1]! < f32[b + 1]! ? i32[b + 1]! : i32[a + 1]!;
  i32[d + 2] = f32[a + 2]! < f32[b + 2]! ? i32[b + 2]! : i32[a + 2]!;
  i32[d + 3] = f32[a + 3]! < f32[b + 3]! ? i32[b + 3]! : i32[a + 3]!;
};
export const f64x2_pmax: Lanes = ({ i32, f64 }, d, a, b) => {
  const p0 = f64[(a >> 1)]! < f64[(b >> 1)]! ? b : a;
  const lo0 = i32[p0]!;
  const hi0 = i32[p0 + 1]!;
  i32[d] = lo0;
  i32[d + 1] = hi0;
  const p1 = f64[(a >> 1) + 1]! < f64[(b >> 1) + 1]! ? b : a;
  const lo1 = i32[p1 + 2]!;
  const hi1 = i32[p1 + 3]!;
  i32[d + 2] = lo1;
  i32[d + 3] = hi1;
};
export const f32x4_neg: Lanes = ({ i32 }, d, a) => {
  i32[d] = i32[a]! ^ -2147483648;
  i32[d + 1] = i32[a + 1]! ^ -2147483648;
  i32[d + 2] = i32[a + 2]! ^ -2147483648;
  i32[d + 3] = i32[a + 3]! ^ -2147483648;
};
export const f64x2_neg: Lanes = ({ i32 }, d, a) => {
  i32[d] = i32[a]!;
  i32[d + 1] = i32[a + 1]! ^ -2147483648;
  i32[d + 2] = i32[a + 2]!;
  i32[d + 3] = i32[a + 3]! ^ -2147483648;
};
export const f32x4_abs: Lanes = ({ i32 }, d, a) => {
  i32[d] = i32[a]! & 0x7fffffff;
  i32[d + 1] = i32[a + 1]! & 0x7fffffff;
  i32[d + 2] = i32[a + 2]! & 0x7fffffff;
  i32[d + 3] = i32[a + 3]! & 0x7fffffff;
};
export const f64x2_abs: Lanes = ({ i32 }, d, a) => {
  i32[d] = i32[a]!;
  i32[d + 1] = i32[a + 1]! & 0x7fffffff;
  i32[d + 2] = i32[a + 2]!;
  i32[d + 3] = i32[a + 3]! & 0x7fffffff;
};
export const f32x4_convert_i32x4_s: Lanes = ({ i32, f32 }, d, a) => {
  f32[d] = i32[a]!;
  f32[d + 1] = i32[a + 1]!;
  f32[d + 2] = i32[a + 2]!;
  f32[d + 3] = i32[a + 3]!;
};
export const f64x2_convert_low_i32x4_s: Lanes = ({ i32, f64 }, d, a) => {
  const r0 = i32[a]!;
  const r1 = i32[a + 1]!;
  f64[(d >> 1)] = r0;
  f64[(d >> 1) + 1] = r1;
};
export const i32x4_trunc_sat_f32x4_s: Lanes = ({ i32, f32 }, d, a) => {
  i32[d] = i32_trunc_sat_f64_s(f32[a]!);
  i32[d + 1] = i32_trunc_sat_f64_s(f32[a + 1]!);
  i32[d + 2] = i32_trunc_sat_f64_s(f32[a + 2]!);
  i32[d + 3] = i32_trunc_sat_f64_s(f32[a + 3]!);
};
export const i32x4_trunc_sat_f64x2_s_zero: Lanes = ({ i32, f64 }, d, a) => {
  const r0 = i32_trunc_sat_f64_s(f64[(a >> 1)]!);
  const r1 = i32_trunc_sat_f64_s(f64[(a >> 1) + 1]!);
  const r2 = 0;
  const r3 = 0;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const f32x4_convert_i32x4_u: Lanes = ({ u32, f32 }, d, a) => {
  f32[d] = u32[a]!;
  f32[d + 1] = u32[a + 1]!;
  f32[d + 2] = u32[a + 2]!;
  f32[d + 3] = u32[a + 3]!;
};
export const f64x2_convert_low_i32x4_u: Lanes = ({ u32, f64 }, d, a) => {
  const r0 = u32[a]!;
  const r1 = u32[a + 1]!;
  f64[(d >> 1)] = r0;
  f64[(d >> 1) + 1] = r1;
};
export const i32x4_trunc_sat_f32x4_u: Lanes = ({ i32, f32 }, d, a) => {
  i32[d] = i32_trunc_sat_f64_u(f32[a]!);
  i32[d + 1] = i32_trunc_sat_f64_u(f32[a + 1]!);
  i32[d + 2] = i32_trunc_sat_f64_u(f32[a + 2]!);
  i32[d + 3] = i32_trunc_sat_f64_u(f32[a + 3]!);
};
export const i32x4_trunc_sat_f64x2_u_zero: Lanes = ({ i32, f64 }, d, a) => {
  const r0 = i32_trunc_sat_f64_u(f64[(a >> 1)]!);
  const r1 = i32_trunc_sat_f64_u(f64[(a >> 1) + 1]!);
  const r2 = 0;
  const r3 = 0;
  i32[d] = r0;
  i32[d + 1] = r1;
  i32[d + 2] = r2;
  i32[d + 3] = r3;
};
export const f32x4_demote_f64x2_zero: Lanes = ({ i32, f32, f64 }, d, a) => {
  const r0 = f64[(a >> 1)]!;
  const r1 = f64[(a >> 1) + 1]!;
  const r2 = 0;
  const r3 = 0;
  f32[d] = r0;
  if (r0 !== r0) i32[d] = 0x7fc00000;
  f32[d + 1] = r1;
  if (r1 !== r1) i32[d + 1] = 0x7fc00000;
  f32[d + 2] = r2;
  f32[d + 3] = r3;
};
export const f64x2_promote_low_f32x4: Lanes = ({ i32, f32, f64 }, d, a) => {
  const r0 = f32[a]!;
  const r1 = f32[a + 1]!;
  f64[(d >> 1)] = r0;
  if (r0 !== r0) { i32[d] = 0; i32[d + 1] = 0x7ff80000; }
  f64[(d >> 1) + 1] = r1;
  if (r1 !== r1) { i32[d + 2] = 0; i32[d + 3] = 0x7ff80000; }
};

/** Each vector operator but those of memory, by its name with `.` written `_`. */
export const LANES = {
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
} as const satisfies Readonly<Record<string, Lanes>>;

export type LanesName = keyof typeof LANES;
