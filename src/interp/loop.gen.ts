// Printed by tools/gen/interp.ts (`make gen`). Do not edit.
import type { State } from "./instance.ts";

type Words = Int32Array;

/** Why the loop returned, besides traps. */
export const EXIT = { translate: 32, foreign: 33, leave: 34, tick: 35, access: 36, slow: 37, vectors: 38 } as const;

/** Instruction numbers. */
export const X = {
  "leave": 0,
  "slow": 1,
  "trap": 2,
  "enter": 3,
  "enter2": 4,
  "enter6": 5,
  "zero16": 6,
  "tick": 7,
  "fuel": 8,
  "br": 9,
  "br_if": 10,
  "br_unless": 11,
  "br_table": 12,
  "ret": 13,
  "ret32": 14,
  "ret64": 15,
  "call": 16,
  "call_indirect": 17,
  "call_foreign": 18,
  "copy32": 19,
  "copy64": 20,
  "const32": 21,
  "const64": 22,
  "global.get32": 23,
  "global.get64": 24,
  "global.set32": 25,
  "global.set64": 26,
  "select32": 27,
  "select64": 28,
  "memory.size": 29,
  "i32.load": 30,
  "i32.load_p": 31,
  "i32.load_x": 32,
  "i32.load_c": 33,
  "i32.load8_s": 34,
  "i32.load8_s_p": 35,
  "i32.load8_u": 36,
  "i32.load8_u_p": 37,
  "i32.load8_u_x": 38,
  "i32.load8_u_c": 39,
  "i32.load16_s": 40,
  "i32.load16_s_p": 41,
  "i32.load16_u": 42,
  "i32.load16_u_p": 43,
  "i64.load": 44,
  "i64.load_p": 45,
  "i64.load_x": 46,
  "i64.load_c": 47,
  "i64.load8_s": 48,
  "i64.load8_s_p": 49,
  "i64.load8_u": 50,
  "i64.load8_u_p": 51,
  "i64.load16_s": 52,
  "i64.load16_s_p": 53,
  "i64.load16_u": 54,
  "i64.load16_u_p": 55,
  "i64.load32_s": 56,
  "i64.load32_s_p": 57,
  "i64.load32_u": 58,
  "i64.load32_u_p": 59,
  "i32.store": 60,
  "i32.store_p": 61,
  "i32.store_x": 62,
  "i32.store_c": 63,
  "i32.store8": 64,
  "i32.store8_p": 65,
  "i32.store16": 66,
  "i32.store16_p": 67,
  "i64.store": 68,
  "i64.store_p": 69,
  "i32.store_i": 70,
  "i32.store_i_p": 71,
  "i32.store8_i": 72,
  "i32.store8_i_p": 73,
  "f32.mul_add": 74,
  "f32.mul_sub": 75,
  "f32.mul_rsub": 76,
  "f64.mul_add": 77,
  "f64.mul_sub": 78,
  "f64.mul_rsub": 79,
  "br_if_i32.and_i": 80,
  "br_unless_i32.and_i": 81,
  "i32.add": 82,
  "i64.add": 83,
  "i32.sub": 84,
  "i64.sub": 85,
  "i32.mul": 86,
  "i64.mul": 87,
  "i32.div_s": 88,
  "i32.div_u": 89,
  "i32.rem_s": 90,
  "i32.rem_u": 91,
  "i32.and": 92,
  "i64.and": 93,
  "i32.or": 94,
  "i64.or": 95,
  "i32.xor": 96,
  "i64.xor": 97,
  "i32.shl": 98,
  "i64.shl": 99,
  "i32.shr_s": 100,
  "i64.shr_s": 101,
  "i32.shr_u": 102,
  "i64.shr_u": 103,
  "i32.rotl": 104,
  "i64.rotl": 105,
  "i32.rotr": 106,
  "i64.rotr": 107,
  "i32.clz": 108,
  "i64.clz": 109,
  "i32.ctz": 110,
  "i64.ctz": 111,
  "i32.popcnt": 112,
  "i64.popcnt": 113,
  "i32.extend8_s": 114,
  "i64.extend8_s": 115,
  "i32.extend16_s": 116,
  "i64.extend16_s": 117,
  "i64.extend32_s": 118,
  "i32.eqz": 119,
  "i64.eqz": 120,
  "i32.eq": 121,
  "i64.eq": 122,
  "i32.ne": 123,
  "i64.ne": 124,
  "i32.lt_s": 125,
  "i64.lt_s": 126,
  "i32.lt_u": 127,
  "i64.lt_u": 128,
  "i32.gt_s": 129,
  "i64.gt_s": 130,
  "i32.gt_u": 131,
  "i64.gt_u": 132,
  "i32.le_s": 133,
  "i64.le_s": 134,
  "i32.le_u": 135,
  "i64.le_u": 136,
  "i32.ge_s": 137,
  "i64.ge_s": 138,
  "i32.ge_u": 139,
  "i64.ge_u": 140,
  "f32.add": 141,
  "f64.add": 142,
  "f32.sub": 143,
  "f64.sub": 144,
  "f32.mul": 145,
  "f64.mul": 146,
  "f32.div": 147,
  "f64.div": 148,
  "f32.min": 149,
  "f64.min": 150,
  "f32.max": 151,
  "f64.max": 152,
  "f32.sqrt": 153,
  "f64.sqrt": 154,
  "f32.ceil": 155,
  "f64.ceil": 156,
  "f32.floor": 157,
  "f64.floor": 158,
  "f32.trunc": 159,
  "f64.trunc": 160,
  "f32.nearest": 161,
  "f64.nearest": 162,
  "f32.eq": 163,
  "f64.eq": 164,
  "f32.ne": 165,
  "f64.ne": 166,
  "f32.lt": 167,
  "f64.lt": 168,
  "f32.gt": 169,
  "f64.gt": 170,
  "f32.le": 171,
  "f64.le": 172,
  "f32.ge": 173,
  "f64.ge": 174,
  "f32.neg": 175,
  "f64.neg": 176,
  "f32.abs": 177,
  "f64.abs": 178,
  "f32.copysign": 179,
  "f64.copysign": 180,
  "i64.extend_i32_s": 181,
  "i64.extend_i32_u": 182,
  "f64.promote_f32": 183,
  "f32.demote_f64": 184,
  "f32.convert_i32_s": 185,
  "f32.convert_i32_u": 186,
  "f32.convert_i64_s": 187,
  "f32.convert_i64_u": 188,
  "f64.convert_i32_s": 189,
  "f64.convert_i32_u": 190,
  "f64.convert_i64_s": 191,
  "f64.convert_i64_u": 192,
  "i32.trunc_f32_s": 193,
  "i32.trunc_f32_u": 194,
  "i32.trunc_f64_s": 195,
  "i32.trunc_f64_u": 196,
  "i64.trunc_f32_s": 197,
  "i64.trunc_f32_u": 198,
  "i64.trunc_f64_s": 199,
  "i64.trunc_f64_u": 200,
  "i32.trunc_sat_f32_s": 201,
  "i32.trunc_sat_f32_u": 202,
  "i32.trunc_sat_f64_s": 203,
  "i32.trunc_sat_f64_u": 204,
  "i64.trunc_sat_f32_s": 205,
  "i64.trunc_sat_f32_u": 206,
  "i64.trunc_sat_f64_s": 207,
  "i64.trunc_sat_f64_u": 208,
  "i32.add_i": 209,
  "i32.mul_i": 210,
  "i32.and_i": 211,
  "i32.or_i": 212,
  "i32.xor_i": 213,
  "i32.shl_i": 214,
  "i32.shr_s_i": 215,
  "i32.shr_u_i": 216,
  "i32.rotl_i": 217,
  "i32.eq_i": 218,
  "i32.ne_i": 219,
  "i32.lt_s_i": 220,
  "i32.lt_u_i": 221,
  "i32.gt_s_i": 222,
  "i32.gt_u_i": 223,
  "i32.le_s_i": 224,
  "i32.le_u_i": 225,
  "i32.ge_s_i": 226,
  "i32.ge_u_i": 227,
  "i64.add_i": 228,
  "i64.mul_i": 229,
  "i64.and_i": 230,
  "i64.or_i": 231,
  "i64.xor_i": 232,
  "i64.shl_i": 233,
  "i64.shr_s_i": 234,
  "i64.shr_u_i": 235,
  "i64.rotl_i": 236,
  "br_if_i64.eqz": 237,
  "br_unless_i64.eqz": 238,
  "br_if_i32.eq": 239,
  "br_if_i32.eq_i": 240,
  "br_if_i64.eq": 241,
  "br_if_i32.ne": 242,
  "br_if_i32.ne_i": 243,
  "br_if_i64.ne": 244,
  "br_if_i32.lt_s": 245,
  "br_if_i32.lt_s_i": 246,
  "br_if_i64.lt_s": 247,
  "br_if_i32.lt_u": 248,
  "br_if_i32.lt_u_i": 249,
  "br_if_i64.lt_u": 250,
  "br_if_i32.gt_s": 251,
  "br_if_i32.gt_s_i": 252,
  "br_if_i64.gt_s": 253,
  "br_if_i32.gt_u": 254,
  "br_if_i32.gt_u_i": 255,
  "br_if_i64.gt_u": 256,
  "br_if_i32.le_s": 257,
  "br_if_i32.le_s_i": 258,
  "br_if_i64.le_s": 259,
  "br_if_i32.le_u": 260,
  "br_if_i32.le_u_i": 261,
  "br_if_i64.le_u": 262,
  "br_if_i32.ge_s": 263,
  "br_if_i32.ge_s_i": 264,
  "br_if_i64.ge_s": 265,
  "br_if_i32.ge_u": 266,
  "br_if_i32.ge_u_i": 267,
  "br_if_i64.ge_u": 268,
  "br_if_f32.eq": 269,
  "br_unless_f32.eq": 270,
  "br_if_f64.eq": 271,
  "br_unless_f64.eq": 272,
  "br_if_f32.ne": 273,
  "br_unless_f32.ne": 274,
  "br_if_f64.ne": 275,
  "br_unless_f64.ne": 276,
  "br_if_f32.lt": 277,
  "br_unless_f32.lt": 278,
  "br_if_f64.lt": 279,
  "br_unless_f64.lt": 280,
  "br_if_f32.gt": 281,
  "br_unless_f32.gt": 282,
  "br_if_f64.gt": 283,
  "br_unless_f64.gt": 284,
  "br_if_f32.le": 285,
  "br_unless_f32.le": 286,
  "br_if_f64.le": 287,
  "br_unless_f64.le": 288,
  "br_if_f32.ge": 289,
  "br_unless_f32.ge": 290,
  "br_if_f64.ge": 291,
  "br_unless_f64.ge": 292,
  "copy128": 293,
  "const128": 294,
  "global.get128": 295,
  "global.set128": 296,
  "select128": 297,
  "v128.load": 298,
  "v128.load_p": 299,
  "v128.load_x": 300,
  "v128.load_c": 301,
  "v128.load8x8_s": 302,
  "v128.load8x8_u": 303,
  "v128.load16x4_s": 304,
  "v128.load16x4_u": 305,
  "v128.load32x2_s": 306,
  "v128.load32x2_u": 307,
  "v128.load8_splat": 308,
  "v128.load16_splat": 309,
  "v128.load32_splat": 310,
  "v128.load64_splat": 311,
  "v128.load32_zero": 312,
  "v128.load64_zero": 313,
  "v128.store": 314,
  "v128.store_p": 315,
  "v128.store_x": 316,
  "v128.store_c": 317,
  "v128.load8_lane": 318,
  "v128.store8_lane": 319,
  "v128.load16_lane": 320,
  "v128.store16_lane": 321,
  "v128.load32_lane": 322,
  "v128.store32_lane": 323,
  "v128.load64_lane": 324,
  "v128.store64_lane": 325,
  "i8x16.shuffle": 326,
  "i8x16.swizzle": 327,
  "i8x16.splat": 328,
  "i16x8.splat": 329,
  "i32x4.splat": 330,
  "i64x2.splat": 331,
  "f32x4.splat": 332,
  "f64x2.splat": 333,
  "i8x16.extract_lane_s": 334,
  "i8x16.extract_lane_u": 335,
  "i8x16.replace_lane": 336,
  "i16x8.extract_lane_s": 337,
  "i16x8.extract_lane_u": 338,
  "i16x8.replace_lane": 339,
  "i32x4.extract_lane": 340,
  "i32x4.replace_lane": 341,
  "i64x2.extract_lane": 342,
  "i64x2.replace_lane": 343,
  "f32x4.extract_lane": 344,
  "f32x4.replace_lane": 345,
  "f64x2.extract_lane": 346,
  "f64x2.replace_lane": 347,
  "i8x16.eq": 348,
  "i8x16.ne": 349,
  "i8x16.lt_s": 350,
  "i8x16.lt_u": 351,
  "i8x16.gt_s": 352,
  "i8x16.gt_u": 353,
  "i8x16.le_s": 354,
  "i8x16.le_u": 355,
  "i8x16.ge_s": 356,
  "i8x16.ge_u": 357,
  "i16x8.eq": 358,
  "i16x8.ne": 359,
  "i16x8.lt_s": 360,
  "i16x8.lt_u": 361,
  "i16x8.gt_s": 362,
  "i16x8.gt_u": 363,
  "i16x8.le_s": 364,
  "i16x8.le_u": 365,
  "i16x8.ge_s": 366,
  "i16x8.ge_u": 367,
  "i32x4.eq": 368,
  "i32x4.ne": 369,
  "i32x4.lt_s": 370,
  "i32x4.lt_u": 371,
  "i32x4.gt_s": 372,
  "i32x4.gt_u": 373,
  "i32x4.le_s": 374,
  "i32x4.le_u": 375,
  "i32x4.ge_s": 376,
  "i32x4.ge_u": 377,
  "f32x4.eq": 378,
  "f32x4.ne": 379,
  "f32x4.lt": 380,
  "f32x4.gt": 381,
  "f32x4.le": 382,
  "f32x4.ge": 383,
  "f64x2.eq": 384,
  "f64x2.ne": 385,
  "f64x2.lt": 386,
  "f64x2.gt": 387,
  "f64x2.le": 388,
  "f64x2.ge": 389,
  "v128.not": 390,
  "v128.and": 391,
  "v128.andnot": 392,
  "v128.or": 393,
  "v128.xor": 394,
  "v128.bitselect": 395,
  "v128.any_true": 396,
  "f32x4.demote_f64x2_zero": 397,
  "f64x2.promote_low_f32x4": 398,
  "i8x16.abs": 399,
  "i8x16.neg": 400,
  "i8x16.popcnt": 401,
  "i8x16.all_true": 402,
  "i8x16.bitmask": 403,
  "i8x16.narrow_i16x8_s": 404,
  "i8x16.narrow_i16x8_u": 405,
  "f32x4.ceil": 406,
  "f32x4.floor": 407,
  "f32x4.trunc": 408,
  "f32x4.nearest": 409,
  "i8x16.shl": 410,
  "i8x16.shr_s": 411,
  "i8x16.shr_u": 412,
  "i8x16.add": 413,
  "i8x16.add_sat_s": 414,
  "i8x16.add_sat_u": 415,
  "i8x16.sub": 416,
  "i8x16.sub_sat_s": 417,
  "i8x16.sub_sat_u": 418,
  "f64x2.ceil": 419,
  "f64x2.floor": 420,
  "i8x16.min_s": 421,
  "i8x16.min_u": 422,
  "i8x16.max_s": 423,
  "i8x16.max_u": 424,
  "f64x2.trunc": 425,
  "i8x16.avgr_u": 426,
  "i16x8.extadd_pairwise_i8x16_s": 427,
  "i16x8.extadd_pairwise_i8x16_u": 428,
  "i32x4.extadd_pairwise_i16x8_s": 429,
  "i32x4.extadd_pairwise_i16x8_u": 430,
  "i16x8.abs": 431,
  "i16x8.neg": 432,
  "i16x8.q15mulr_sat_s": 433,
  "i16x8.all_true": 434,
  "i16x8.bitmask": 435,
  "i16x8.narrow_i32x4_s": 436,
  "i16x8.narrow_i32x4_u": 437,
  "i16x8.extend_low_i8x16_s": 438,
  "i16x8.extend_high_i8x16_s": 439,
  "i16x8.extend_low_i8x16_u": 440,
  "i16x8.extend_high_i8x16_u": 441,
  "i16x8.shl": 442,
  "i16x8.shr_s": 443,
  "i16x8.shr_u": 444,
  "i16x8.add": 445,
  "i16x8.add_sat_s": 446,
  "i16x8.add_sat_u": 447,
  "i16x8.sub": 448,
  "i16x8.sub_sat_s": 449,
  "i16x8.sub_sat_u": 450,
  "f64x2.nearest": 451,
  "i16x8.mul": 452,
  "i16x8.min_s": 453,
  "i16x8.min_u": 454,
  "i16x8.max_s": 455,
  "i16x8.max_u": 456,
  "i16x8.avgr_u": 457,
  "i16x8.extmul_low_i8x16_s": 458,
  "i16x8.extmul_high_i8x16_s": 459,
  "i16x8.extmul_low_i8x16_u": 460,
  "i16x8.extmul_high_i8x16_u": 461,
  "i32x4.abs": 462,
  "i32x4.neg": 463,
  "i32x4.all_true": 464,
  "i32x4.bitmask": 465,
  "i32x4.extend_low_i16x8_s": 466,
  "i32x4.extend_high_i16x8_s": 467,
  "i32x4.extend_low_i16x8_u": 468,
  "i32x4.extend_high_i16x8_u": 469,
  "i32x4.shl": 470,
  "i32x4.shr_s": 471,
  "i32x4.shr_u": 472,
  "i32x4.add": 473,
  "i32x4.sub": 474,
  "i32x4.mul": 475,
  "i32x4.min_s": 476,
  "i32x4.min_u": 477,
  "i32x4.max_s": 478,
  "i32x4.max_u": 479,
  "i32x4.dot_i16x8_s": 480,
  "i32x4.extmul_low_i16x8_s": 481,
  "i32x4.extmul_high_i16x8_s": 482,
  "i32x4.extmul_low_i16x8_u": 483,
  "i32x4.extmul_high_i16x8_u": 484,
  "i64x2.abs": 485,
  "i64x2.neg": 486,
  "i64x2.all_true": 487,
  "i64x2.bitmask": 488,
  "i64x2.extend_low_i32x4_s": 489,
  "i64x2.extend_high_i32x4_s": 490,
  "i64x2.extend_low_i32x4_u": 491,
  "i64x2.extend_high_i32x4_u": 492,
  "i64x2.shl": 493,
  "i64x2.shr_s": 494,
  "i64x2.shr_u": 495,
  "i64x2.add": 496,
  "i64x2.sub": 497,
  "i64x2.mul": 498,
  "i64x2.eq": 499,
  "i64x2.ne": 500,
  "i64x2.lt_s": 501,
  "i64x2.gt_s": 502,
  "i64x2.le_s": 503,
  "i64x2.ge_s": 504,
  "i64x2.extmul_low_i32x4_s": 505,
  "i64x2.extmul_high_i32x4_s": 506,
  "i64x2.extmul_low_i32x4_u": 507,
  "i64x2.extmul_high_i32x4_u": 508,
  "f32x4.abs": 509,
  "f32x4.neg": 510,
  "f32x4.sqrt": 511,
  "f32x4.add": 512,
  "f32x4.sub": 513,
  "f32x4.mul": 514,
  "f32x4.div": 515,
  "f32x4.min": 516,
  "f32x4.max": 517,
  "f32x4.pmin": 518,
  "f32x4.pmax": 519,
  "f64x2.abs": 520,
  "f64x2.neg": 521,
  "f64x2.sqrt": 522,
  "f64x2.add": 523,
  "f64x2.sub": 524,
  "f64x2.mul": 525,
  "f64x2.div": 526,
  "f64x2.min": 527,
  "f64x2.max": 528,
  "f64x2.pmin": 529,
  "f64x2.pmax": 530,
  "i32x4.trunc_sat_f32x4_s": 531,
  "i32x4.trunc_sat_f32x4_u": 532,
  "f32x4.convert_i32x4_s": 533,
  "f32x4.convert_i32x4_u": 534,
  "i32x4.trunc_sat_f64x2_s_zero": 535,
  "i32x4.trunc_sat_f64x2_u_zero": 536,
  "f64x2.convert_low_i32x4_s": 537,
  "f64x2.convert_low_i32x4_u": 538,
} as const;

/** The first vector instruction. */
export const VECTORS = 293;

/** Names by number. */
export const NAMES = Object.keys(X) as readonly (keyof typeof X)[];

/** Words of each instruction, 0 where it varies. */
export const LENGTH = Uint8Array.of(
  1, 0, 2, 2, 3, 3, 3, 1, 2, 2, 3, 3, 0, 1, 2, 2, 3, 5, 3, 3, 3, 3, 4, 3, 3, 3, 3, 5, 5, 2, 4, 5,
  5, 4, 4, 5, 4, 5, 5, 4, 4, 5, 4, 5, 4, 5, 5, 4, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 5, 4,
  4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3,
  3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
  3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 3, 6, 3, 3, 5, 4, 5, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 4, 6, 5,
  6, 5, 6, 5, 6, 5, 5, 4, 3, 3, 3, 3, 3, 3, 4, 4, 5, 4, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 3, 4, 4, 4, 4, 5, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 3, 3, 4, 4, 4, 4, 3, 4, 3, 3, 3, 3, 3, 3, 4, 3, 3, 4, 4, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3,
  4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3,
3
);

/** 1 where word 1 is the slot of the result. */
export const RESULT = Uint8Array.of(
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0,
  1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
1
);

/** Bytes that an access takes, 0 for other instructions. */
export const SIZE = Uint8Array.of(
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4,
  4, 4, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 8, 8, 8, 8, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4,
  1, 1, 2, 2, 8, 8, 4, 4, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 16, 16, 16, 8, 8, 8, 8, 8, 8, 1, 2, 4, 8, 4, 8, 16, 16, 16,
  16, 1, 1, 2, 2, 4, 4, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
0
);

/** The dispatch loop over these arrays: runs from S until something needs attention. */
export function newLoop(
  state: State, code: Words, c1: Words, c2: Words, c3: Words, c4: Words,
  I: Words, H: Words, F: Float32Array, D: Float64Array, R: Words, R1: Words, S: Words,
  E: Words, SIG: Words, OWNER: Words, FUEL: Float64Array, END: number, DEEPEST: number,
): () => number {
  return function loop(): number {
    let pc = S[0]!, fp = S[1]!, rp = S[2]!, why = 0;
    let d = 0, a = 0, b = 0, x = 0, y = 0, z = 0, x1 = 0, y1 = 0, u = 0;
    const inst = state.inst, self = state.self | 0, mem = inst.memory.view;
    const limit = inst.memory.limit | 0;
    run: for (;;) {
      switch (code[pc]!) {
      case 0: { // leave
        { why = 34; break run; }
      }
      case 1: { // slow
        { why = 37; break run; }
      }
      case 2: { // trap
        why = c1[pc]!; break run;
      }
      case 3: { // enter
        if (((fp + c1[pc]!) | 0) > END || rp > DEEPEST) { why = 13; break run; } pc = (pc + 2) | 0;
        continue;
      }
      case 4: { // enter2
        a = (fp + c2[pc]!) | 0; if (((fp + c1[pc]!) | 0) > END || rp > DEEPEST) { why = 13; break run; } x = a >> 1; D[x] = 0; D[x + 1] = 0; pc = (pc + 3) | 0;
        continue;
      }
      case 5: { // enter6
        a = (fp + c2[pc]!) | 0; if (((fp + c1[pc]!) | 0) > END || rp > DEEPEST) { why = 13; break run; } x = a >> 1; D[x] = 0; D[x + 1] = 0; D[x + 2] = 0; D[x + 3] = 0; D[x + 4] = 0; D[x + 5] = 0; pc = (pc + 3) | 0;
        continue;
      }
      case 6: { // zero16
        a = (fp + c2[pc]!) | 0; x = a >> 1; D[x] = 0; D[x + 1] = 0; D[x + 2] = 0; D[x + 3] = 0; D[x + 4] = 0; D[x + 5] = 0; D[x + 6] = 0; D[x + 7] = 0; D[x + 8] = 0; D[x + 9] = 0; D[x + 10] = 0; D[x + 11] = 0; D[x + 12] = 0; D[x + 13] = 0; D[x + 14] = 0; D[x + 15] = 0; pc = (pc + 3) | 0;
        continue;
      }
      case 7: { // tick
        x = (S[4]! - 1) | 0; S[4] = x; if (x < 0) { why = 35; break run; } pc = (pc + 1) | 0;
        continue;
      }
      case 8: { // fuel
        FUEL[0] = FUEL[0]! - c1[pc]!; if (FUEL[0]! < 0) { why = 14; break run; } pc = (pc + 2) | 0;
        continue;
      }
      case 9: { // br
        pc = (pc + c1[pc]!) | 0;
        continue;
      }
      case 10: { // br_if
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! !== 0 ? c1[pc]! : 3)) | 0;
        continue;
      }
      case 11: { // br_unless
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! === 0 ? c1[pc]! : 3)) | 0;
        continue;
      }
      case 12: { // br_table
        a = (fp + c2[pc]!) | 0; x = I[a]!; y = c1[pc]!; if (x < 0 || x > y) x = y; pc = (pc + 2 + x + c3[(pc + x) | 0]!) | 0;
        continue;
      }
      case 13: { // ret
        rp = (rp - 2) | 0; pc = R[rp]!; fp = R1[rp]!;
        continue;
      }
      case 14: { // ret32
        d = (fp + c1[pc]!) | 0; I[fp] = I[d]!; rp = (rp - 2) | 0; pc = R[rp]!; fp = R1[rp]!;
        continue;
      }
      case 15: { // ret64
        d = (fp + c1[pc]!) | 0; x = I[d]!; H[fp] = H[d]!; I[fp] = x; rp = (rp - 2) | 0; pc = R[rp]!; fp = R1[rp]!;
        continue;
      }
      case 16: { // call
        a = (fp + c2[pc]!) | 0; y = c1[pc]!; x = E[y]!; if (x === 0) { S[3] = y; { why = 32; break run; } } R[rp] = (pc + 3) | 0; R1[rp] = fp; rp = (rp + 2) | 0; fp = a; pc = x;
        continue;
      }
      case 17: { // call_indirect
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; const t = inst.tables[c4[pc]!]!.elems; x = I[b]!; if (x < 0 || x >= t.length >> 1) { why = 10; break run; } y = t[x << 1]!; if (y === 0) { why = 11; break run; } if (SIG[y]! !== c1[pc]!) { why = 12; break run; } S[3] = y; if (OWNER[y]! !== self) { why = 33; break run; } x = E[y]!; if (x === 0) { why = 32; break run; } R[rp] = (pc + 5) | 0; R1[rp] = fp; rp = (rp + 2) | 0; fp = a; pc = x;
        continue;
      }
      case 18: { // call_foreign
        S[3] = c1[pc]!; { why = 33; break run; }
      }
      case 19: { // copy32
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 20: { // copy64
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; H[d] = H[a]!; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 21: { // const32
        d = (fp + c1[pc]!) | 0; I[d] = c2[pc]!; pc = (pc + 3) | 0;
        continue;
      }
      case 22: { // const64
        d = (fp + c1[pc]!) | 0; I[d] = c2[pc]!; H[d] = c3[pc]!; pc = (pc + 4) | 0;
        continue;
      }
      case 23: { // global.get32
        d = (fp + c1[pc]!) | 0; I[d] = I[c2[pc]!]!; pc = (pc + 3) | 0;
        continue;
      }
      case 24: { // global.get64
        d = (fp + c1[pc]!) | 0; y = c2[pc]!; I[d] = I[y]!; H[d] = H[y]!; pc = (pc + 3) | 0;
        continue;
      }
      case 25: { // global.set32
        a = (fp + c2[pc]!) | 0; I[c1[pc]!] = I[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 26: { // global.set64
        a = (fp + c2[pc]!) | 0; y = c1[pc]!; I[y] = I[a]!; H[y] = H[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 27: { // select32
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[(fp + c4[pc]!) | 0]! !== 0 ? I[a]! : I[b]!; pc = (pc + 5) | 0;
        continue;
      }
      case 28: { // select64
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; if (I[(fp + c4[pc]!) | 0]! === 0) a = b; x = I[a]!; H[d] = H[a]!; I[d] = x; pc = (pc + 5) | 0;
        continue;
      }
      case 29: { // memory.size
        d = (fp + c1[pc]!) | 0; I[d] = inst.memory.pages; pc = (pc + 2) | 0;
        continue;
      }
      case 30: { // i32.load
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); pc = (pc + 4) | 0;
        continue;
      }
      case 31: { // i32.load_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); pc = (pc + 5) | 0;
        continue;
      }
      case 32: { // i32.load_x
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (I[a]! + I[b]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); pc = (pc + 5) | 0;
        continue;
      }
      case 33: { // i32.load_c
        d = (fp + c1[pc]!) | 0; x = c2[pc]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); pc = (pc + 4) | 0;
        continue;
      }
      case 34: { // i32.load8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt8(x); pc = (pc + 4) | 0;
        continue;
      }
      case 35: { // i32.load8_s_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt8(x); pc = (pc + 5) | 0;
        continue;
      }
      case 36: { // i32.load8_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getUint8(x); pc = (pc + 4) | 0;
        continue;
      }
      case 37: { // i32.load8_u_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getUint8(x); pc = (pc + 5) | 0;
        continue;
      }
      case 38: { // i32.load8_u_x
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (I[a]! + I[b]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getUint8(x); pc = (pc + 5) | 0;
        continue;
      }
      case 39: { // i32.load8_u_c
        d = (fp + c1[pc]!) | 0; x = c2[pc]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getUint8(x); pc = (pc + 4) | 0;
        continue;
      }
      case 40: { // i32.load16_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt16(x, true); pc = (pc + 4) | 0;
        continue;
      }
      case 41: { // i32.load16_s_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt16(x, true); pc = (pc + 5) | 0;
        continue;
      }
      case 42: { // i32.load16_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getUint16(x, true); pc = (pc + 4) | 0;
        continue;
      }
      case 43: { // i32.load16_u_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getUint16(x, true); pc = (pc + 5) | 0;
        continue;
      }
      case 44: { // i64.load
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); H[d] = mem.getInt32((x + 4) | 0, true); pc = (pc + 4) | 0;
        continue;
      }
      case 45: { // i64.load_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); H[d] = mem.getInt32((x + 4) | 0, true); pc = (pc + 5) | 0;
        continue;
      }
      case 46: { // i64.load_x
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (I[a]! + I[b]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); H[d] = mem.getInt32((x + 4) | 0, true); pc = (pc + 5) | 0;
        continue;
      }
      case 47: { // i64.load_c
        d = (fp + c1[pc]!) | 0; x = c2[pc]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); H[d] = mem.getInt32((x + 4) | 0, true); pc = (pc + 4) | 0;
        continue;
      }
      case 48: { // i64.load8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getInt8(x); H[d] = z >> 31; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 49: { // i64.load8_s_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getInt8(x); H[d] = z >> 31; I[d] = z; pc = (pc + 5) | 0;
        continue;
      }
      case 50: { // i64.load8_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getUint8(x); H[d] = 0; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 51: { // i64.load8_u_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getUint8(x); H[d] = 0; I[d] = z; pc = (pc + 5) | 0;
        continue;
      }
      case 52: { // i64.load16_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getInt16(x, true); H[d] = z >> 31; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 53: { // i64.load16_s_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getInt16(x, true); H[d] = z >> 31; I[d] = z; pc = (pc + 5) | 0;
        continue;
      }
      case 54: { // i64.load16_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getUint16(x, true); H[d] = 0; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 55: { // i64.load16_u_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getUint16(x, true); H[d] = 0; I[d] = z; pc = (pc + 5) | 0;
        continue;
      }
      case 56: { // i64.load32_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getInt32(x, true); H[d] = z >> 31; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 57: { // i64.load32_s_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getInt32(x, true); H[d] = z >> 31; I[d] = z; pc = (pc + 5) | 0;
        continue;
      }
      case 58: { // i64.load32_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getInt32(x, true); H[d] = 0; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 59: { // i64.load32_u_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[a]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; z = mem.getInt32(x, true); H[d] = 0; I[d] = z; pc = (pc + 5) | 0;
        continue;
      }
      case 60: { // i32.store
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[d]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 61: { // i32.store_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[d]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 62: { // i32.store_x
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (I[d]! + I[b]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 63: { // i32.store_c
        a = (fp + c2[pc]!) | 0; x = c1[pc]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 64: { // i32.store8
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[d]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt8(x, I[a]!); pc = (pc + 4) | 0;
        continue;
      }
      case 65: { // i32.store8_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[d]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt8(x, I[a]!); pc = (pc + 5) | 0;
        continue;
      }
      case 66: { // i32.store16
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[d]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt16(x, I[a]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 67: { // i32.store16_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[d]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt16(x, I[a]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 68: { // i64.store
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[d]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, H[a]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 69: { // i64.store_p
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = (I[d]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, H[a]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 70: { // i32.store_i
        d = (fp + c1[pc]!) | 0; x = I[d]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, c2[pc]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 71: { // i32.store_i_p
        d = (fp + c1[pc]!) | 0; x = (I[d]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt32(x, c2[pc]!, true); pc = (pc + 5) | 0;
        continue;
      }
      case 72: { // i32.store8_i
        d = (fp + c1[pc]!) | 0; x = I[d]!; y = c3[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt8(x, c2[pc]!); pc = (pc + 4) | 0;
        continue;
      }
      case 73: { // i32.store8_i_p
        d = (fp + c1[pc]!) | 0; x = (I[d]! + c3[pc]!) | 0; y = c4[pc]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 36; break run; } x = (x + y) | 0; mem.setInt8(x, c2[pc]!); pc = (pc + 5) | 0;
        continue;
      }
      case 74: { // f32.mul_add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (fp + c4[pc]!) | 0; F[d] = Math.fround(Math.fround(F[a]! * F[b]!) + F[x]!); pc = (pc + 5) | 0;
        continue;
      }
      case 75: { // f32.mul_sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (fp + c4[pc]!) | 0; F[d] = Math.fround(Math.fround(F[a]! * F[b]!) - F[x]!); pc = (pc + 5) | 0;
        continue;
      }
      case 76: { // f32.mul_rsub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (fp + c4[pc]!) | 0; F[d] = Math.fround(F[x]! - Math.fround(F[a]! * F[b]!)); pc = (pc + 5) | 0;
        continue;
      }
      case 77: { // f64.mul_add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (fp + c4[pc]!) | 0; D[d >> 1] = D[a >> 1]! * D[b >> 1]! + D[x >> 1]!; pc = (pc + 5) | 0;
        continue;
      }
      case 78: { // f64.mul_sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (fp + c4[pc]!) | 0; D[d >> 1] = D[a >> 1]! * D[b >> 1]! - D[x >> 1]!; pc = (pc + 5) | 0;
        continue;
      }
      case 79: { // f64.mul_rsub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = (fp + c4[pc]!) | 0; D[d >> 1] = D[x >> 1]! - D[a >> 1]! * D[b >> 1]!; pc = (pc + 5) | 0;
        continue;
      }
      case 80: { // br_if_i32.and_i
        a = (fp + c2[pc]!) | 0; pc = (pc + ((I[a]! & c3[pc]!) !== 0 ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 81: { // br_unless_i32.and_i
        a = (fp + c2[pc]!) | 0; pc = (pc + ((I[a]! & c3[pc]!) === 0 ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 82: { // i32.add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = (I[a]! + I[b]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 83: { // i64.add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = I[b]!; y1 = H[b]!; const t0 = (x + y) | 0; H[d] = (x1 + y1 + (t0 >>> 0 < x >>> 0 ? 1 : 0)) | 0; I[d] = t0; pc = (pc + 4) | 0;
        continue;
      }
      case 84: { // i32.sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = (I[a]! - I[b]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 85: { // i64.sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = I[b]!; y1 = H[b]!; H[d] = (x1 - y1 - (x >>> 0 < y >>> 0 ? 1 : 0)) | 0; I[d] = (x - y) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 86: { // i32.mul
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = Math.imul(I[a]!, I[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 87: { // i64.mul
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = I[b]!; y1 = H[b]!; const t0 = x & 0xffff; const t1 = x >>> 16; const t2 = y & 0xffff; const t3 = y >>> 16; const t4 = Math.imul(t1, t2) + (Math.imul(t0, t2) >>> 16); const t5 = Math.imul(t0, t3) + (t4 & 0xffff); H[d] = (((Math.imul(t1, t3) + (t4 >>> 16) + (t5 >>> 16)) | 0) + Math.imul(x, y1) + Math.imul(x1, y)) | 0; I[d] = Math.imul(x, y); pc = (pc + 4) | 0;
        continue;
      }
      case 88: { // i32.div_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; y = I[b]!; if (y === 0) { why = 3; break run; } if (y === -1 && x === -2147483648) { why = 5; break run; } I[d] = (x / y) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 89: { // i32.div_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; y = I[b]!; if (y === 0) { why = 3; break run; } I[d] = ((I[a]! >>> 0) / (y >>> 0)) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 90: { // i32.rem_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; y = I[b]!; if (y === 0) { why = 4; break run; } I[d] = (I[a]! % y) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 91: { // i32.rem_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; y = I[b]!; if (y === 0) { why = 4; break run; } I[d] = ((I[a]! >>> 0) % (y >>> 0)) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 92: { // i32.and
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! & I[b]!; pc = (pc + 4) | 0;
        continue;
      }
      case 93: { // i64.and
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = I[b]!; y1 = H[b]!; H[d] = x1 & y1; I[d] = x & y; pc = (pc + 4) | 0;
        continue;
      }
      case 94: { // i32.or
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! | I[b]!; pc = (pc + 4) | 0;
        continue;
      }
      case 95: { // i64.or
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = I[b]!; y1 = H[b]!; H[d] = x1 | y1; I[d] = x | y; pc = (pc + 4) | 0;
        continue;
      }
      case 96: { // i32.xor
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! ^ I[b]!; pc = (pc + 4) | 0;
        continue;
      }
      case 97: { // i64.xor
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = I[b]!; y1 = H[b]!; H[d] = x1 ^ y1; I[d] = x ^ y; pc = (pc + 4) | 0;
        continue;
      }
      case 98: { // i32.shl
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! << I[b]!; pc = (pc + 4) | 0;
        continue;
      }
      case 99: { // i64.shl
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = I[b]!; H[d] = (y & 32) !== 0 ? x << y : (x1 << y) | ((x >>> 1) >>> ~y); I[d] = (y & 32) !== 0 ? 0 : x << y; pc = (pc + 4) | 0;
        continue;
      }
      case 100: { // i32.shr_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! >> I[b]!; pc = (pc + 4) | 0;
        continue;
      }
      case 101: { // i64.shr_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = I[b]!; H[d] = (y & 32) !== 0 ? x1 >> 31 : x1 >> y; I[d] = (y & 32) !== 0 ? x1 >> y : (x >>> y) | ((x1 << 1) << ~y); pc = (pc + 4) | 0;
        continue;
      }
      case 102: { // i32.shr_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = (I[a]! >>> I[b]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 103: { // i64.shr_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = I[b]!; H[d] = (y & 32) !== 0 ? 0 : (x1 >>> y) | 0; I[d] = (y & 32) !== 0 ? (x1 >>> y) | 0 : (x >>> y) | ((x1 << 1) << ~y); pc = (pc + 4) | 0;
        continue;
      }
      case 104: { // i32.rotl
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; y = I[b]!; I[d] = (x << y) | (x >>> -y); pc = (pc + 4) | 0;
        continue;
      }
      case 105: { // i64.rotl
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = I[b]!; const t0 = (y & 32) !== 0 ? x1 : x; const t1 = (y & 32) !== 0 ? x : x1; H[d] = (t1 << y) | ((t0 >>> 1) >>> ~y); I[d] = (t0 << y) | ((t1 >>> 1) >>> ~y); pc = (pc + 4) | 0;
        continue;
      }
      case 106: { // i32.rotr
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; y = I[b]!; I[d] = (x >>> y) | (x << -y); pc = (pc + 4) | 0;
        continue;
      }
      case 107: { // i64.rotr
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = I[b]!; const t0 = (y & 32) !== 0 ? x1 : x; const t1 = (y & 32) !== 0 ? x : x1; H[d] = (t1 >>> y) | ((t0 << 1) << ~y); I[d] = (t0 >>> y) | ((t1 << 1) << ~y); pc = (pc + 4) | 0;
        continue;
      }
      case 108: { // i32.clz
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = Math.clz32(I[a]!); pc = (pc + 3) | 0;
        continue;
      }
      case 109: { // i64.clz
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; H[d] = 0; I[d] = x1 === 0 ? 32 + Math.clz32(x) : Math.clz32(x1); pc = (pc + 3) | 0;
        continue;
      }
      case 110: { // i32.ctz
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; I[d] = x === 0 ? 32 : 31 - Math.clz32(x & -x); pc = (pc + 3) | 0;
        continue;
      }
      case 111: { // i64.ctz
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; H[d] = 0; I[d] = x === 0 ? 32 + (x1 === 0 ? 32 : 31 - Math.clz32(x1 & -x1)) : (x === 0 ? 32 : 31 - Math.clz32(x & -x)); pc = (pc + 3) | 0;
        continue;
      }
      case 112: { // i32.popcnt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; const t0 = x - ((x >>> 1) & 0x55555555); const t1 = (t0 & 0x33333333) + ((t0 >>> 2) & 0x33333333); I[d] = Math.imul((t1 + (t1 >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24; pc = (pc + 3) | 0;
        continue;
      }
      case 113: { // i64.popcnt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; const t0 = x1 - ((x1 >>> 1) & 0x55555555); const t1 = (t0 & 0x33333333) + ((t0 >>> 2) & 0x33333333); const t2 = x - ((x >>> 1) & 0x55555555); const t3 = (t2 & 0x33333333) + ((t2 >>> 2) & 0x33333333); H[d] = 0; I[d] = (Math.imul((t3 + (t3 >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24) + (Math.imul((t1 + (t1 >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24); pc = (pc + 3) | 0;
        continue;
      }
      case 114: { // i32.extend8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = (I[a]! << 24) >> 24; pc = (pc + 3) | 0;
        continue;
      }
      case 115: { // i64.extend8_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; H[d] = (x << 24) >> 31; I[d] = (x << 24) >> 24; pc = (pc + 3) | 0;
        continue;
      }
      case 116: { // i32.extend16_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = (I[a]! << 16) >> 16; pc = (pc + 3) | 0;
        continue;
      }
      case 117: { // i64.extend16_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; H[d] = (x << 16) >> 31; I[d] = (x << 16) >> 16; pc = (pc + 3) | 0;
        continue;
      }
      case 118: { // i64.extend32_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; H[d] = x >> 31; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 119: { // i32.eqz
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! === 0 ? 1 : 0; pc = (pc + 3) | 0;
        continue;
      }
      case 120: { // i64.eqz
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = (I[a]! | H[a]!) === 0 ? 1 : 0; pc = (pc + 3) | 0;
        continue;
      }
      case 121: { // i32.eq
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! === I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 122: { // i64.eq
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! === I[b]! && H[a]! === H[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 123: { // i32.ne
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! !== I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 124: { // i64.ne
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! !== I[b]! || H[a]! !== H[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 125: { // i32.lt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! < I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 126: { // i64.lt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; I[d] = (x1 === y1 ? I[a]! >>> 0 < I[b]! >>> 0 : x1 < y1) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 127: { // i32.lt_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! >>> 0 < I[b]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 128: { // i64.lt_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; I[d] = (x1 === y1 ? I[a]! >>> 0 < I[b]! >>> 0 : x1 >>> 0 < y1 >>> 0) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 129: { // i32.gt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! > I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 130: { // i64.gt_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; I[d] = (x1 === y1 ? I[a]! >>> 0 > I[b]! >>> 0 : x1 > y1) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 131: { // i32.gt_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! >>> 0 > I[b]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 132: { // i64.gt_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; I[d] = (x1 === y1 ? I[a]! >>> 0 > I[b]! >>> 0 : x1 >>> 0 > y1 >>> 0) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 133: { // i32.le_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! <= I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 134: { // i64.le_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; I[d] = (x1 === y1 ? I[a]! >>> 0 <= I[b]! >>> 0 : x1 < y1) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 135: { // i32.le_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! >>> 0 <= I[b]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 136: { // i64.le_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; I[d] = (x1 === y1 ? I[a]! >>> 0 <= I[b]! >>> 0 : x1 >>> 0 < y1 >>> 0) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 137: { // i32.ge_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! >= I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 138: { // i64.ge_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; I[d] = (x1 === y1 ? I[a]! >>> 0 >= I[b]! >>> 0 : x1 > y1) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 139: { // i32.ge_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = I[a]! >>> 0 >= I[b]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 140: { // i64.ge_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; I[d] = (x1 === y1 ? I[a]! >>> 0 >= I[b]! >>> 0 : x1 >>> 0 > y1 >>> 0) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 141: { // f32.add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; F[d] = Math.fround(F[a]! + F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 142: { // f64.add
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; D[d >> 1] = D[a >> 1]! + D[b >> 1]!; pc = (pc + 4) | 0;
        continue;
      }
      case 143: { // f32.sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; F[d] = Math.fround(F[a]! - F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 144: { // f64.sub
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; D[d >> 1] = D[a >> 1]! - D[b >> 1]!; pc = (pc + 4) | 0;
        continue;
      }
      case 145: { // f32.mul
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; F[d] = Math.fround(F[a]! * F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 146: { // f64.mul
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; D[d >> 1] = D[a >> 1]! * D[b >> 1]!; pc = (pc + 4) | 0;
        continue;
      }
      case 147: { // f32.div
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; F[d] = Math.fround(F[a]! / F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 148: { // f64.div
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; D[d >> 1] = D[a >> 1]! / D[b >> 1]!; pc = (pc + 4) | 0;
        continue;
      }
      case 149: { // f32.min
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; F[d] = Math.min(F[a]!, F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 150: { // f64.min
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; D[d >> 1] = Math.min(D[a >> 1]!, D[b >> 1]!); pc = (pc + 4) | 0;
        continue;
      }
      case 151: { // f32.max
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; F[d] = Math.max(F[a]!, F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 152: { // f64.max
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; D[d >> 1] = Math.max(D[a >> 1]!, D[b >> 1]!); pc = (pc + 4) | 0;
        continue;
      }
      case 153: { // f32.sqrt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; F[d] = Math.fround(Math.sqrt(F[a]!)); pc = (pc + 3) | 0;
        continue;
      }
      case 154: { // f64.sqrt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; D[d >> 1] = Math.sqrt(D[a >> 1]!); pc = (pc + 3) | 0;
        continue;
      }
      case 155: { // f32.ceil
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; F[d] = u !== u ? NaN : Math.ceil(u); pc = (pc + 3) | 0;
        continue;
      }
      case 156: { // f64.ceil
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; D[d >> 1] = u !== u ? NaN : Math.ceil(u); pc = (pc + 3) | 0;
        continue;
      }
      case 157: { // f32.floor
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; F[d] = u !== u ? NaN : Math.floor(u); pc = (pc + 3) | 0;
        continue;
      }
      case 158: { // f64.floor
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; D[d >> 1] = u !== u ? NaN : Math.floor(u); pc = (pc + 3) | 0;
        continue;
      }
      case 159: { // f32.trunc
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; F[d] = u !== u ? NaN : Math.trunc(u); pc = (pc + 3) | 0;
        continue;
      }
      case 160: { // f64.trunc
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; D[d >> 1] = u !== u ? NaN : Math.trunc(u); pc = (pc + 3) | 0;
        continue;
      }
      case 161: { // f32.nearest
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; F[d] = u > 0 && u < 4503599627370496
    ? u + 4503599627370496 - 4503599627370496
    : u < 0 && u > -4503599627370496
      ? -(4503599627370496 - u - 4503599627370496)
      : u !== u
        ? NaN
        : u; pc = (pc + 3) | 0;
        continue;
      }
      case 162: { // f64.nearest
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; D[d >> 1] = u > 0 && u < 4503599627370496
    ? u + 4503599627370496 - 4503599627370496
    : u < 0 && u > -4503599627370496
      ? -(4503599627370496 - u - 4503599627370496)
      : u !== u
        ? NaN
        : u; pc = (pc + 3) | 0;
        continue;
      }
      case 163: { // f32.eq
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = F[a]! === F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 164: { // f64.eq
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = D[a >> 1]! === D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 165: { // f32.ne
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = F[a]! !== F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 166: { // f64.ne
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = D[a >> 1]! !== D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 167: { // f32.lt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = F[a]! < F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 168: { // f64.lt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = D[a >> 1]! < D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 169: { // f32.gt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = F[a]! > F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 170: { // f64.gt
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = D[a >> 1]! > D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 171: { // f32.le
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = F[a]! <= F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 172: { // f64.le
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = D[a >> 1]! <= D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 173: { // f32.ge
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = F[a]! >= F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 174: { // f64.ge
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = D[a >> 1]! >= D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 175: { // f32.neg
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! ^ -2147483648; pc = (pc + 3) | 0;
        continue;
      }
      case 176: { // f64.neg
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; H[d] = x1 ^ -2147483648; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 177: { // f32.abs
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! & 0x7fffffff; pc = (pc + 3) | 0;
        continue;
      }
      case 178: { // f64.abs
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; H[d] = x1 & 0x7fffffff; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 179: { // f32.copysign
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; I[d] = (I[a]! & 0x7fffffff) | (I[b]! & -2147483648); pc = (pc + 4) | 0;
        continue;
      }
      case 180: { // f64.copysign
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x = I[a]!; x1 = H[a]!; y1 = H[b]!; H[d] = (x1 & 0x7fffffff) | (y1 & -2147483648); I[d] = x; pc = (pc + 4) | 0;
        continue;
      }
      case 181: { // i64.extend_i32_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; H[d] = x >> 31; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 182: { // i64.extend_i32_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; H[d] = 0; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 183: { // f64.promote_f32
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; D[d >> 1] = F[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 184: { // f32.demote_f64
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; F[d] = Math.fround(D[a >> 1]!); pc = (pc + 3) | 0;
        continue;
      }
      case 185: { // f32.convert_i32_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; F[d] = Math.fround(I[a]!); pc = (pc + 3) | 0;
        continue;
      }
      case 186: { // f32.convert_i32_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; F[d] = Math.fround(I[a]! >>> 0); pc = (pc + 3) | 0;
        continue;
      }
      case 187: { // f32.convert_i64_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; F[d] = (x1 + 0x200000) >>> 0 < 0x400000
    ? Math.fround(x1 * 4294967296 + (x >>> 0))
    : Math.fround(x1 * 4294967296 + ((((x & 0x7ff) !== 0 ? x | 0x800 : x) & -0x800) >>> 0)); pc = (pc + 3) | 0;
        continue;
      }
      case 188: { // f32.convert_i64_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; F[d] = x1 >>> 0 < 0x200000
    ? Math.fround(x1 * 4294967296 + (x >>> 0))
    : Math.fround((x1 >>> 0) * 4294967296 + ((((x & 0x7ff) !== 0 ? x | 0x800 : x) & -0x800) >>> 0)); pc = (pc + 3) | 0;
        continue;
      }
      case 189: { // f64.convert_i32_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; D[d >> 1] = I[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 190: { // f64.convert_i32_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; D[d >> 1] = I[a]! >>> 0; pc = (pc + 3) | 0;
        continue;
      }
      case 191: { // f64.convert_i64_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; D[d >> 1] = H[a]! * 4294967296 + (I[a]! >>> 0); pc = (pc + 3) | 0;
        continue;
      }
      case 192: { // f64.convert_i64_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; D[d >> 1] = (H[a]! >>> 0) * 4294967296 + (I[a]! >>> 0); pc = (pc + 3) | 0;
        continue;
      }
      case 193: { // i32.trunc_f32_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; if (!(u > -2147483649 && u < 2147483648)) { if (u !== u) { why = 7; break run; } { why = 6; break run; } } I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 194: { // i32.trunc_f32_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; if (!(u > -1 && u < 4294967296)) { if (u !== u) { why = 7; break run; } { why = 6; break run; } } I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 195: { // i32.trunc_f64_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; if (!(u > -2147483649 && u < 2147483648)) { if (u !== u) { why = 7; break run; } { why = 6; break run; } } I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 196: { // i32.trunc_f64_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; if (!(u > -1 && u < 4294967296)) { if (u !== u) { why = 7; break run; } { why = 6; break run; } } I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 197: { // i64.trunc_f32_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; if (!(u >= -9223372036854775808 && u < 9223372036854775808)) { if (u !== u) { why = 7; break run; } { why = 6; break run; } } H[d] = Math.floor(Math.trunc(u) / 4294967296) | 0; I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 198: { // i64.trunc_f32_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; if (!(u > -1 && u < 18446744073709551616)) { if (u !== u) { why = 7; break run; } { why = 6; break run; } } H[d] = (u / 4294967296) | 0; I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 199: { // i64.trunc_f64_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; if (!(u >= -9223372036854775808 && u < 9223372036854775808)) { if (u !== u) { why = 7; break run; } { why = 6; break run; } } H[d] = Math.floor(Math.trunc(u) / 4294967296) | 0; I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 200: { // i64.trunc_f64_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; if (!(u > -1 && u < 18446744073709551616)) { if (u !== u) { why = 7; break run; } { why = 6; break run; } } H[d] = (u / 4294967296) | 0; I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 201: { // i32.trunc_sat_f32_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; I[d] = u >= 2147483647 ? 2147483647 : u <= -2147483648 ? -2147483648 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 202: { // i32.trunc_sat_f32_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; I[d] = u >= 4294967295 ? -1 : u <= 0 ? 0 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 203: { // i32.trunc_sat_f64_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; I[d] = u >= 2147483647 ? 2147483647 : u <= -2147483648 ? -2147483648 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 204: { // i32.trunc_sat_f64_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; I[d] = u >= 4294967295 ? -1 : u <= 0 ? 0 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 205: { // i64.trunc_sat_f32_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; const t0 = u >= 9223372036854775808; const t1 = u < -9223372036854775808; H[d] = t0 ? 0x7fffffff : t1 ? -2147483648 : Math.floor(Math.trunc(u) / 4294967296) | 0; I[d] = t0 ? -1 : t1 ? 0 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 206: { // i64.trunc_sat_f32_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = F[a]!; const t0 = u >= 18446744073709551616; H[d] = t0 ? -1 : u > 0 ? (u / 4294967296) | 0 : 0; I[d] = t0 ? -1 : u > 0 ? u | 0 : 0; pc = (pc + 3) | 0;
        continue;
      }
      case 207: { // i64.trunc_sat_f64_s
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; const t0 = u >= 9223372036854775808; const t1 = u < -9223372036854775808; H[d] = t0 ? 0x7fffffff : t1 ? -2147483648 : Math.floor(Math.trunc(u) / 4294967296) | 0; I[d] = t0 ? -1 : t1 ? 0 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 208: { // i64.trunc_sat_f64_u
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; u = D[a >> 1]!; const t0 = u >= 18446744073709551616; H[d] = t0 ? -1 : u > 0 ? (u / 4294967296) | 0 : 0; I[d] = t0 ? -1 : u > 0 ? u | 0 : 0; pc = (pc + 3) | 0;
        continue;
      }
      case 209: { // i32.add_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = (I[a]! + c3[pc]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 210: { // i32.mul_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = Math.imul(I[a]!, c3[pc]!); pc = (pc + 4) | 0;
        continue;
      }
      case 211: { // i32.and_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! & c3[pc]!; pc = (pc + 4) | 0;
        continue;
      }
      case 212: { // i32.or_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! | c3[pc]!; pc = (pc + 4) | 0;
        continue;
      }
      case 213: { // i32.xor_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! ^ c3[pc]!; pc = (pc + 4) | 0;
        continue;
      }
      case 214: { // i32.shl_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! << c3[pc]!; pc = (pc + 4) | 0;
        continue;
      }
      case 215: { // i32.shr_s_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! >> c3[pc]!; pc = (pc + 4) | 0;
        continue;
      }
      case 216: { // i32.shr_u_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = (I[a]! >>> c3[pc]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 217: { // i32.rotl_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; y = c3[pc]!; I[d] = (x << y) | (x >>> -y); pc = (pc + 4) | 0;
        continue;
      }
      case 218: { // i32.eq_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! === c3[pc]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 219: { // i32.ne_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! !== c3[pc]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 220: { // i32.lt_s_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! < c3[pc]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 221: { // i32.lt_u_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! >>> 0 < c3[pc]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 222: { // i32.gt_s_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! > c3[pc]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 223: { // i32.gt_u_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! >>> 0 > c3[pc]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 224: { // i32.le_s_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! <= c3[pc]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 225: { // i32.le_u_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! >>> 0 <= c3[pc]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 226: { // i32.ge_s_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! >= c3[pc]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 227: { // i32.ge_u_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; I[d] = I[a]! >>> 0 >= c3[pc]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 228: { // i64.add_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = c3[pc]!; y1 = c4[pc]!; const t0 = (x + y) | 0; H[d] = (x1 + y1 + (t0 >>> 0 < x >>> 0 ? 1 : 0)) | 0; I[d] = t0; pc = (pc + 5) | 0;
        continue;
      }
      case 229: { // i64.mul_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = c3[pc]!; y1 = c4[pc]!; const t0 = x & 0xffff; const t1 = x >>> 16; const t2 = y & 0xffff; const t3 = y >>> 16; const t4 = Math.imul(t1, t2) + (Math.imul(t0, t2) >>> 16); const t5 = Math.imul(t0, t3) + (t4 & 0xffff); H[d] = (((Math.imul(t1, t3) + (t4 >>> 16) + (t5 >>> 16)) | 0) + Math.imul(x, y1) + Math.imul(x1, y)) | 0; I[d] = Math.imul(x, y); pc = (pc + 5) | 0;
        continue;
      }
      case 230: { // i64.and_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = c3[pc]!; y1 = c4[pc]!; H[d] = x1 & y1; I[d] = x & y; pc = (pc + 5) | 0;
        continue;
      }
      case 231: { // i64.or_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = c3[pc]!; y1 = c4[pc]!; H[d] = x1 | y1; I[d] = x | y; pc = (pc + 5) | 0;
        continue;
      }
      case 232: { // i64.xor_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = c3[pc]!; y1 = c4[pc]!; H[d] = x1 ^ y1; I[d] = x ^ y; pc = (pc + 5) | 0;
        continue;
      }
      case 233: { // i64.shl_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = c3[pc]!; H[d] = (y & 32) !== 0 ? x << y : (x1 << y) | ((x >>> 1) >>> ~y); I[d] = (y & 32) !== 0 ? 0 : x << y; pc = (pc + 5) | 0;
        continue;
      }
      case 234: { // i64.shr_s_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = c3[pc]!; H[d] = (y & 32) !== 0 ? x1 >> 31 : x1 >> y; I[d] = (y & 32) !== 0 ? x1 >> y : (x >>> y) | ((x1 << 1) << ~y); pc = (pc + 5) | 0;
        continue;
      }
      case 235: { // i64.shr_u_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = c3[pc]!; H[d] = (y & 32) !== 0 ? 0 : (x1 >>> y) | 0; I[d] = (y & 32) !== 0 ? (x1 >>> y) | 0 : (x >>> y) | ((x1 << 1) << ~y); pc = (pc + 5) | 0;
        continue;
      }
      case 236: { // i64.rotl_i
        d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; x = I[a]!; x1 = H[a]!; y = c3[pc]!; const t0 = (y & 32) !== 0 ? x1 : x; const t1 = (y & 32) !== 0 ? x : x1; H[d] = (t1 << y) | ((t0 >>> 1) >>> ~y); I[d] = (t0 << y) | ((t1 >>> 1) >>> ~y); pc = (pc + 5) | 0;
        continue;
      }
      case 237: { // br_if_i64.eqz
        a = (fp + c2[pc]!) | 0; pc = (pc + ((I[a]! | H[a]!) === 0 ? c1[pc]! : 3)) | 0;
        continue;
      }
      case 238: { // br_unless_i64.eqz
        a = (fp + c2[pc]!) | 0; pc = (pc + ((I[a]! | H[a]!) === 0 ? 3 : c1[pc]!)) | 0;
        continue;
      }
      case 239: { // br_if_i32.eq
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! === I[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 240: { // br_if_i32.eq_i
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! === c3[pc]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 241: { // br_if_i64.eq
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! === I[b]! && H[a]! === H[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 242: { // br_if_i32.ne
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! !== I[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 243: { // br_if_i32.ne_i
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! !== c3[pc]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 244: { // br_if_i64.ne
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! !== I[b]! || H[a]! !== H[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 245: { // br_if_i32.lt_s
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! < I[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 246: { // br_if_i32.lt_s_i
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! < c3[pc]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 247: { // br_if_i64.lt_s
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 < I[b]! >>> 0 : x1 < y1) ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 248: { // br_if_i32.lt_u
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! >>> 0 < I[b]! >>> 0 ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 249: { // br_if_i32.lt_u_i
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! >>> 0 < c3[pc]! >>> 0 ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 250: { // br_if_i64.lt_u
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 < I[b]! >>> 0 : x1 >>> 0 < y1 >>> 0) ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 251: { // br_if_i32.gt_s
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! > I[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 252: { // br_if_i32.gt_s_i
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! > c3[pc]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 253: { // br_if_i64.gt_s
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 > I[b]! >>> 0 : x1 > y1) ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 254: { // br_if_i32.gt_u
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! >>> 0 > I[b]! >>> 0 ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 255: { // br_if_i32.gt_u_i
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! >>> 0 > c3[pc]! >>> 0 ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 256: { // br_if_i64.gt_u
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 > I[b]! >>> 0 : x1 >>> 0 > y1 >>> 0) ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 257: { // br_if_i32.le_s
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! <= I[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 258: { // br_if_i32.le_s_i
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! <= c3[pc]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 259: { // br_if_i64.le_s
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 <= I[b]! >>> 0 : x1 < y1) ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 260: { // br_if_i32.le_u
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! >>> 0 <= I[b]! >>> 0 ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 261: { // br_if_i32.le_u_i
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! >>> 0 <= c3[pc]! >>> 0 ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 262: { // br_if_i64.le_u
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 <= I[b]! >>> 0 : x1 >>> 0 < y1 >>> 0) ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 263: { // br_if_i32.ge_s
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! >= I[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 264: { // br_if_i32.ge_s_i
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! >= c3[pc]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 265: { // br_if_i64.ge_s
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 >= I[b]! >>> 0 : x1 > y1) ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 266: { // br_if_i32.ge_u
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (I[a]! >>> 0 >= I[b]! >>> 0 ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 267: { // br_if_i32.ge_u_i
        a = (fp + c2[pc]!) | 0; pc = (pc + (I[a]! >>> 0 >= c3[pc]! >>> 0 ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 268: { // br_if_i64.ge_u
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; x1 = H[a]!; y1 = H[b]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 >= I[b]! >>> 0 : x1 >>> 0 > y1 >>> 0) ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 269: { // br_if_f32.eq
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! === F[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 270: { // br_unless_f32.eq
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! === F[b]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      case 271: { // br_if_f64.eq
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! === D[b >> 1]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 272: { // br_unless_f64.eq
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! === D[b >> 1]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      case 273: { // br_if_f32.ne
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! !== F[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 274: { // br_unless_f32.ne
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! !== F[b]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      case 275: { // br_if_f64.ne
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! !== D[b >> 1]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 276: { // br_unless_f64.ne
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! !== D[b >> 1]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      case 277: { // br_if_f32.lt
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! < F[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 278: { // br_unless_f32.lt
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! < F[b]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      case 279: { // br_if_f64.lt
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! < D[b >> 1]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 280: { // br_unless_f64.lt
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! < D[b >> 1]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      case 281: { // br_if_f32.gt
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! > F[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 282: { // br_unless_f32.gt
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! > F[b]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      case 283: { // br_if_f64.gt
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! > D[b >> 1]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 284: { // br_unless_f64.gt
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! > D[b >> 1]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      case 285: { // br_if_f32.le
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! <= F[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 286: { // br_unless_f32.le
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! <= F[b]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      case 287: { // br_if_f64.le
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! <= D[b >> 1]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 288: { // br_unless_f64.le
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! <= D[b >> 1]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      case 289: { // br_if_f32.ge
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! >= F[b]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 290: { // br_unless_f32.ge
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (F[a]! >= F[b]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      case 291: { // br_if_f64.ge
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! >= D[b >> 1]! ? c1[pc]! : 4)) | 0;
        continue;
      }
      case 292: { // br_unless_f64.ge
        a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0; pc = (pc + (D[a >> 1]! >= D[b >> 1]! ? 4 : c1[pc]!)) | 0;
        continue;
      }
      default:
        { why = 38; break run; }
      }
    }
    S[0] = pc; S[1] = fp; S[2] = rp;
    return why;
  };
}
