// Vectors: what a meaning of a vector operator works on, and the meanings that are not the same for
// every lane. The others are printed to lanes.gen.ts, which also holds the table of all of them.
//
// A value of 16 bytes lies at a place: an even index of 32-bit words of one buffer, seen through
// views of every lane type. A meaning takes the views, the place of the result, and a, b, c as in
// the columns of the IR opcode (ir/ops.ts): places, or a plain lane number. Scalars have places
// too: an i32 or an f32 is the word there, an i64 or an f64 that word and the next.
//
// The places of operands and result are the same or do not overlap, so a meaning reads all that it
// needs of a lane, or of the whole vector, before it writes. Every NaN that comes from arithmetic
// is the canonical one; what only moves bits keeps them.

/** Views of one little-endian buffer. */
export interface Views {
  readonly i8: Int8Array;
  readonly u8: Uint8Array;
  readonly i16: Int16Array;
  readonly u16: Uint16Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
}

/** A vector operator: from the places (or lane numbers) a, b, c to the place d. */
export type Lanes = (v: Views, d: number, a: number, b: number, c: number) => void;

/** The views of a buffer, whose length is a multiple of 8. */
export function viewsOf(buffer: ArrayBuffer): Views {
  return {
    i8: new Int8Array(buffer),
    u8: new Uint8Array(buffer),
    i16: new Int16Array(buffer),
    u16: new Uint16Array(buffer),
    i32: new Int32Array(buffer),
    u32: new Uint32Array(buffer),
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
  };
}

// ---- bits --------------------------------------------------------------------------------------

export const v128_not: Lanes = ({ i32 }, d, a) => {
  for (let i = 0; i < 4; i++) i32[d + i] = ~i32[a + i]!;
};
export const v128_and: Lanes = ({ i32 }, d, a, b) => {
  for (let i = 0; i < 4; i++) i32[d + i] = i32[a + i]! & i32[b + i]!;
};
export const v128_andnot: Lanes = ({ i32 }, d, a, b) => {
  for (let i = 0; i < 4; i++) i32[d + i] = i32[a + i]! & ~i32[b + i]!;
};
export const v128_or: Lanes = ({ i32 }, d, a, b) => {
  for (let i = 0; i < 4; i++) i32[d + i] = i32[a + i]! | i32[b + i]!;
};
export const v128_xor: Lanes = ({ i32 }, d, a, b) => {
  for (let i = 0; i < 4; i++) i32[d + i] = i32[a + i]! ^ i32[b + i]!;
};
/** Bits of a where c has ones, of b where it has zeros. */
export const v128_bitselect: Lanes = ({ i32 }, d, a, b, c) => {
  for (let i = 0; i < 4; i++) {
    const mask = i32[c + i]!;
    i32[d + i] = (i32[a + i]! & mask) | (i32[b + i]! & ~mask);
  }
};
export const v128_any_true: Lanes = ({ i32 }, d, a) => {
  i32[d] = (i32[a]! | i32[a + 1]! | i32[a + 2]! | i32[a + 3]!) !== 0 ? 1 : 0;
};

// ---- one lane ----------------------------------------------------------------------------------

export const i8x16_splat: Lanes = ({ i8, i32 }, d, a) => {
  i8.fill(i32[a]!, 4 * d, 4 * d + 16);
};
export const i16x8_splat: Lanes = ({ i16, i32 }, d, a) => {
  i16.fill(i32[a]!, 2 * d, 2 * d + 8);
};
export const i32x4_splat: Lanes = ({ i32 }, d, a) => {
  i32[d] = i32[d + 1] = i32[d + 2] = i32[d + 3] = i32[a]!;
};
export const i64x2_splat: Lanes = ({ i32 }, d, a) => {
  const lo = i32[a]!;
  const hi = i32[a + 1]!;
  i32[d] = i32[d + 2] = lo;
  i32[d + 1] = i32[d + 3] = hi;
};
export const f32x4_splat = i32x4_splat;
export const f64x2_splat = i64x2_splat;

// b is the lane's number.
export const i8x16_extract_lane_s: Lanes = ({ i8, i32 }, d, a, b) => {
  i32[d] = i8[4 * a + b]!;
};
export const i8x16_extract_lane_u: Lanes = ({ u8, i32 }, d, a, b) => {
  i32[d] = u8[4 * a + b]!;
};
export const i16x8_extract_lane_s: Lanes = ({ i16, i32 }, d, a, b) => {
  i32[d] = i16[2 * a + b]!;
};
export const i16x8_extract_lane_u: Lanes = ({ u16, i32 }, d, a, b) => {
  i32[d] = u16[2 * a + b]!;
};
export const i32x4_extract_lane: Lanes = ({ i32 }, d, a, b) => {
  i32[d] = i32[a + b]!;
};
export const i64x2_extract_lane: Lanes = ({ i32 }, d, a, b) => {
  const lo = i32[a + 2 * b]!;
  const hi = i32[a + 2 * b + 1]!;
  i32[d] = lo;
  i32[d + 1] = hi;
};
export const f32x4_extract_lane = i32x4_extract_lane;
export const f64x2_extract_lane = i64x2_extract_lane;

/** Copies a vector; what overwrites it afterwards was read before. */
function copy(i32: Int32Array, d: number, a: number): void {
  for (let i = 0; i < 4; i++) i32[d + i] = i32[a + i]!;
}

// b is the place of the scalar, c the lane's number.
export const i8x16_replace_lane: Lanes = ({ i8, i32 }, d, a, b, c) => {
  const x = i32[b]!;
  copy(i32, d, a);
  i8[4 * d + c] = x;
};
export const i16x8_replace_lane: Lanes = ({ i16, i32 }, d, a, b, c) => {
  const x = i32[b]!;
  copy(i32, d, a);
  i16[2 * d + c] = x;
};
export const i32x4_replace_lane: Lanes = ({ i32 }, d, a, b, c) => {
  const x = i32[b]!;
  copy(i32, d, a);
  i32[d + c] = x;
};
export const i64x2_replace_lane: Lanes = ({ i32 }, d, a, b, c) => {
  const lo = i32[b]!;
  const hi = i32[b + 1]!;
  copy(i32, d, a);
  i32[d + 2 * c] = lo;
  i32[d + 2 * c + 1] = hi;
};
export const f32x4_replace_lane = i32x4_replace_lane;
export const f64x2_replace_lane = i64x2_replace_lane;

// ---- bytes by number ---------------------------------------------------------------------------

/** The operands of a shuffle, one behind the other. */
const both = new Uint8Array(32);

/** c is the place of sixteen indices below 32. */
export const i8x16_shuffle: Lanes = ({ u8 }, d, a, b, c) => {
  for (let i = 0; i < 16; i++) {
    both[i] = u8[4 * a + i]!;
    both[16 + i] = u8[4 * b + i]!;
  }
  // The indices may lie where the result goes: each is read before its own byte is written.
  for (let i = 0; i < 16; i++) u8[4 * d + i] = both[u8[4 * c + i]! & 31]!;
};
export const i8x16_swizzle: Lanes = ({ u8 }, d, a, b) => {
  for (let i = 0; i < 16; i++) both[i] = u8[4 * a + i]!;
  for (let i = 0; i < 16; i++) {
    const k = u8[4 * b + i]!;
    u8[4 * d + i] = k < 16 ? both[k]! : 0;
  }
};

// ---- one bit a lane ----------------------------------------------------------------------------

export const i8x16_all_true: Lanes = ({ i8, i32 }, d, a) => {
  let all = 1;
  for (let i = 0; i < 16; i++) if (i8[4 * a + i] === 0) all = 0;
  i32[d] = all;
};
export const i16x8_all_true: Lanes = ({ i16, i32 }, d, a) => {
  let all = 1;
  for (let i = 0; i < 8; i++) if (i16[2 * a + i] === 0) all = 0;
  i32[d] = all;
};
export const i32x4_all_true: Lanes = ({ i32 }, d, a) => {
  let all = 1;
  for (let i = 0; i < 4; i++) if (i32[a + i] === 0) all = 0;
  i32[d] = all;
};
export const i64x2_all_true: Lanes = ({ i32 }, d, a) => {
  const low = i32[a]! | i32[a + 1]!;
  const high = i32[a + 2]! | i32[a + 3]!;
  i32[d] = low !== 0 && high !== 0 ? 1 : 0;
};
export const i8x16_bitmask: Lanes = ({ u8, i32 }, d, a) => {
  let mask = 0;
  for (let i = 0; i < 16; i++) mask |= (u8[4 * a + i]! >> 7) << i;
  i32[d] = mask;
};
export const i16x8_bitmask: Lanes = ({ u16, i32 }, d, a) => {
  let mask = 0;
  for (let i = 0; i < 8; i++) mask |= (u16[2 * a + i]! >> 15) << i;
  i32[d] = mask;
};
export const i32x4_bitmask: Lanes = ({ i32 }, d, a) => {
  let mask = 0;
  for (let i = 0; i < 4; i++) mask |= (i32[a + i]! >>> 31) << i;
  i32[d] = mask;
};
export const i64x2_bitmask: Lanes = ({ i32 }, d, a) => {
  i32[d] = (i32[a + 1]! >>> 31) | ((i32[a + 3]! >>> 31) << 1);
};
