// Printed by tools/gen/interp.ts (`make gen`). Do not edit.
import type { State } from "./instance.ts";

type Words = Int32Array;

/** Why the loop returned, besides traps. */
export const EXIT = { translate: 16, foreign: 17, leave: 18, tick: 19, access: 20, slow: 21 } as const;

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
  "i32.load8_s": 31,
  "i32.load8_u": 32,
  "i32.load16_s": 33,
  "i32.load16_u": 34,
  "i64.load": 35,
  "i64.load8_s": 36,
  "i64.load8_u": 37,
  "i64.load16_s": 38,
  "i64.load16_u": 39,
  "i64.load32_s": 40,
  "i64.load32_u": 41,
  "i32.store": 42,
  "i32.store8": 43,
  "i32.store16": 44,
  "i64.store": 45,
  "i32.store_i": 46,
  "i32.store8_i": 47,
  "i32.add": 48,
  "i64.add": 49,
  "i32.sub": 50,
  "i64.sub": 51,
  "i32.mul": 52,
  "i64.mul": 53,
  "i32.div_s": 54,
  "i32.div_u": 55,
  "i32.rem_s": 56,
  "i32.rem_u": 57,
  "i32.and": 58,
  "i64.and": 59,
  "i32.or": 60,
  "i64.or": 61,
  "i32.xor": 62,
  "i64.xor": 63,
  "i32.shl": 64,
  "i64.shl": 65,
  "i32.shr_s": 66,
  "i64.shr_s": 67,
  "i32.shr_u": 68,
  "i64.shr_u": 69,
  "i32.rotl": 70,
  "i64.rotl": 71,
  "i32.rotr": 72,
  "i64.rotr": 73,
  "i32.clz": 74,
  "i64.clz": 75,
  "i32.ctz": 76,
  "i64.ctz": 77,
  "i32.popcnt": 78,
  "i64.popcnt": 79,
  "i32.extend8_s": 80,
  "i64.extend8_s": 81,
  "i32.extend16_s": 82,
  "i64.extend16_s": 83,
  "i64.extend32_s": 84,
  "i32.eqz": 85,
  "i64.eqz": 86,
  "i32.eq": 87,
  "i64.eq": 88,
  "i32.ne": 89,
  "i64.ne": 90,
  "i32.lt_s": 91,
  "i64.lt_s": 92,
  "i32.lt_u": 93,
  "i64.lt_u": 94,
  "i32.gt_s": 95,
  "i64.gt_s": 96,
  "i32.gt_u": 97,
  "i64.gt_u": 98,
  "i32.le_s": 99,
  "i64.le_s": 100,
  "i32.le_u": 101,
  "i64.le_u": 102,
  "i32.ge_s": 103,
  "i64.ge_s": 104,
  "i32.ge_u": 105,
  "i64.ge_u": 106,
  "f32.add": 107,
  "f64.add": 108,
  "f32.sub": 109,
  "f64.sub": 110,
  "f32.mul": 111,
  "f64.mul": 112,
  "f32.div": 113,
  "f64.div": 114,
  "f32.min": 115,
  "f64.min": 116,
  "f32.max": 117,
  "f64.max": 118,
  "f32.sqrt": 119,
  "f64.sqrt": 120,
  "f32.ceil": 121,
  "f64.ceil": 122,
  "f32.floor": 123,
  "f64.floor": 124,
  "f32.trunc": 125,
  "f64.trunc": 126,
  "f32.nearest": 127,
  "f64.nearest": 128,
  "f32.eq": 129,
  "f64.eq": 130,
  "f32.ne": 131,
  "f64.ne": 132,
  "f32.lt": 133,
  "f64.lt": 134,
  "f32.gt": 135,
  "f64.gt": 136,
  "f32.le": 137,
  "f64.le": 138,
  "f32.ge": 139,
  "f64.ge": 140,
  "f32.neg": 141,
  "f64.neg": 142,
  "f32.abs": 143,
  "f64.abs": 144,
  "f32.copysign": 145,
  "f64.copysign": 146,
  "i64.extend_i32_s": 147,
  "i64.extend_i32_u": 148,
  "f64.promote_f32": 149,
  "f32.demote_f64": 150,
  "f32.convert_i32_s": 151,
  "f32.convert_i32_u": 152,
  "f32.convert_i64_s": 153,
  "f32.convert_i64_u": 154,
  "f64.convert_i32_s": 155,
  "f64.convert_i32_u": 156,
  "f64.convert_i64_s": 157,
  "f64.convert_i64_u": 158,
  "i32.trunc_f32_s": 159,
  "i32.trunc_f32_u": 160,
  "i32.trunc_f64_s": 161,
  "i32.trunc_f64_u": 162,
  "i64.trunc_f32_s": 163,
  "i64.trunc_f32_u": 164,
  "i64.trunc_f64_s": 165,
  "i64.trunc_f64_u": 166,
  "i32.trunc_sat_f32_s": 167,
  "i32.trunc_sat_f32_u": 168,
  "i32.trunc_sat_f64_s": 169,
  "i32.trunc_sat_f64_u": 170,
  "i64.trunc_sat_f32_s": 171,
  "i64.trunc_sat_f32_u": 172,
  "i64.trunc_sat_f64_s": 173,
  "i64.trunc_sat_f64_u": 174,
  "i32.add_i": 175,
  "i32.mul_i": 176,
  "i32.and_i": 177,
  "i32.or_i": 178,
  "i32.xor_i": 179,
  "i32.shl_i": 180,
  "i32.shr_s_i": 181,
  "i32.shr_u_i": 182,
  "i32.rotl_i": 183,
  "i32.eq_i": 184,
  "i32.ne_i": 185,
  "i32.lt_s_i": 186,
  "i32.lt_u_i": 187,
  "i32.gt_s_i": 188,
  "i32.gt_u_i": 189,
  "i32.le_s_i": 190,
  "i32.le_u_i": 191,
  "i32.ge_s_i": 192,
  "i32.ge_u_i": 193,
  "i64.add_i": 194,
  "i64.mul_i": 195,
  "i64.and_i": 196,
  "i64.or_i": 197,
  "i64.xor_i": 198,
  "i64.shl_i": 199,
  "i64.shr_s_i": 200,
  "i64.shr_u_i": 201,
  "i64.rotl_i": 202,
  "br_if_i64.eqz": 203,
  "br_unless_i64.eqz": 204,
  "br_if_i32.eq": 205,
  "br_if_i32.eq_i": 206,
  "br_if_i64.eq": 207,
  "br_if_i32.ne": 208,
  "br_if_i32.ne_i": 209,
  "br_if_i64.ne": 210,
  "br_if_i32.lt_s": 211,
  "br_if_i32.lt_s_i": 212,
  "br_if_i64.lt_s": 213,
  "br_if_i32.lt_u": 214,
  "br_if_i32.lt_u_i": 215,
  "br_if_i64.lt_u": 216,
  "br_if_i32.gt_s": 217,
  "br_if_i32.gt_s_i": 218,
  "br_if_i64.gt_s": 219,
  "br_if_i32.gt_u": 220,
  "br_if_i32.gt_u_i": 221,
  "br_if_i64.gt_u": 222,
  "br_if_i32.le_s": 223,
  "br_if_i32.le_s_i": 224,
  "br_if_i64.le_s": 225,
  "br_if_i32.le_u": 226,
  "br_if_i32.le_u_i": 227,
  "br_if_i64.le_u": 228,
  "br_if_i32.ge_s": 229,
  "br_if_i32.ge_s_i": 230,
  "br_if_i64.ge_s": 231,
  "br_if_i32.ge_u": 232,
  "br_if_i32.ge_u_i": 233,
  "br_if_i64.ge_u": 234,
  "br_if_f32.eq": 235,
  "br_unless_f32.eq": 236,
  "br_if_f64.eq": 237,
  "br_unless_f64.eq": 238,
  "br_if_f32.ne": 239,
  "br_unless_f32.ne": 240,
  "br_if_f64.ne": 241,
  "br_unless_f64.ne": 242,
  "br_if_f32.lt": 243,
  "br_unless_f32.lt": 244,
  "br_if_f64.lt": 245,
  "br_unless_f64.lt": 246,
  "br_if_f32.gt": 247,
  "br_unless_f32.gt": 248,
  "br_if_f64.gt": 249,
  "br_unless_f64.gt": 250,
  "br_if_f32.le": 251,
  "br_unless_f32.le": 252,
  "br_if_f64.le": 253,
  "br_unless_f64.le": 254,
  "br_if_f32.ge": 255,
  "br_unless_f32.ge": 256,
  "br_if_f64.ge": 257,
  "br_unless_f64.ge": 258,
} as const;

/** Names by number. */
export const NAMES = Object.keys(X) as readonly (keyof typeof X)[];

/** Words of each instruction, 0 where it varies. */
export const LENGTH = Uint8Array.of(
  1, 0, 2, 2, 3, 3, 3, 1, 2, 2, 3, 3, 0, 1, 2, 2, 3, 5, 3, 3, 3, 3, 4, 3, 3, 3, 3, 5, 5, 2, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3,
  3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
  3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
  4, 4,
4
);

/** 1 where word 1 is the slot of the result. */
export const RESULT = Uint8Array.of(
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0,
0
);

/** The dispatch loop over these arrays: runs from S until something needs attention. */
export function newLoop(
  state: State, code: Words, I: Words, F: Float32Array, D: Float64Array, R: Words, S: Words,
  E: Words, SIG: Words, OWNER: Words, FUEL: Float64Array, END: number, DEEPEST: number,
): () => number {
  return function loop(): number {
    let pc = S[0]!, fp = S[1]!, rp = S[2]!, why = 0;
    let d = 0, a = 0, b = 0, x = 0, y = 0, z = 0, x1 = 0, y1 = 0, u = 0;
    const { inst, self } = state;
    const { view: mem, limit } = inst.memory;
    run: for (;;) {
      switch (code[pc]!) {
      case 0: { // leave
        { why = 18; break run; }
      }
      case 1: { // slow
        { why = 21; break run; }
      }
      case 2: { // trap
        why = code[(pc + 1) | 0]!; break run;
      }
      case 3: { // enter
        if (((fp + code[(pc + 1) | 0]!) | 0) > END || rp > DEEPEST) { why = 10; break run; } pc = (pc + 2) | 0;
        continue;
      }
      case 4: { // enter2
        a = (fp + code[(pc + 2) | 0]!) | 0; if (((fp + code[(pc + 1) | 0]!) | 0) > END || rp > DEEPEST) { why = 10; break run; } x = a >> 1; D[x] = 0; D[x + 1] = 0; pc = (pc + 3) | 0;
        continue;
      }
      case 5: { // enter6
        a = (fp + code[(pc + 2) | 0]!) | 0; if (((fp + code[(pc + 1) | 0]!) | 0) > END || rp > DEEPEST) { why = 10; break run; } x = a >> 1; D[x] = 0; D[x + 1] = 0; D[x + 2] = 0; D[x + 3] = 0; D[x + 4] = 0; D[x + 5] = 0; pc = (pc + 3) | 0;
        continue;
      }
      case 6: { // zero16
        a = (fp + code[(pc + 2) | 0]!) | 0; x = a >> 1; D[x] = 0; D[x + 1] = 0; D[x + 2] = 0; D[x + 3] = 0; D[x + 4] = 0; D[x + 5] = 0; D[x + 6] = 0; D[x + 7] = 0; D[x + 8] = 0; D[x + 9] = 0; D[x + 10] = 0; D[x + 11] = 0; D[x + 12] = 0; D[x + 13] = 0; D[x + 14] = 0; D[x + 15] = 0; pc = (pc + 3) | 0;
        continue;
      }
      case 7: { // tick
        x = (S[4]! - 1) | 0; S[4] = x; if (x < 0) { why = 19; break run; } pc = (pc + 1) | 0;
        continue;
      }
      case 8: { // fuel
        FUEL[0] = FUEL[0]! - code[(pc + 1) | 0]!; if (FUEL[0]! < 0) { why = 11; break run; } pc = (pc + 2) | 0;
        continue;
      }
      case 9: { // br
        pc = (pc + code[(pc + 1) | 0]!) | 0;
        continue;
      }
      case 10: { // br_if
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! !== 0 ? code[(pc + 1) | 0]! : 3)) | 0;
        continue;
      }
      case 11: { // br_unless
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! === 0 ? code[(pc + 1) | 0]! : 3)) | 0;
        continue;
      }
      case 12: { // br_table
        a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 1) | 0]!; if (x < 0 || x > y) x = y; pc = (pc + 2 + x + code[(pc + 3 + x) | 0]!) | 0;
        continue;
      }
      case 13: { // ret
        rp = (rp - 2) | 0; pc = R[rp]!; fp = R[(rp + 1) | 0]!;
        continue;
      }
      case 14: { // ret32
        d = (fp + code[(pc + 1) | 0]!) | 0; I[fp] = I[d]!; rp = (rp - 2) | 0; pc = R[rp]!; fp = R[(rp + 1) | 0]!;
        continue;
      }
      case 15: { // ret64
        d = (fp + code[(pc + 1) | 0]!) | 0; x = I[d]!; I[(fp + 1) | 0] = I[(d + 1) | 0]!; I[fp] = x; rp = (rp - 2) | 0; pc = R[rp]!; fp = R[(rp + 1) | 0]!;
        continue;
      }
      case 16: { // call
        a = (fp + code[(pc + 2) | 0]!) | 0; y = code[(pc + 1) | 0]!; x = E[y]!; if (x === 0) { S[3] = y; { why = 16; break run; } } R[rp] = (pc + 3) | 0; R[(rp + 1) | 0] = fp; rp = (rp + 2) | 0; fp = a; pc = x;
        continue;
      }
      case 17: { // call_indirect
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; const t = inst.tables[code[(pc + 4) | 0]!]!.elems; x = I[b]!; if (x < 0 || x >= t.length >> 1) { why = 7; break run; } y = t[x << 1]!; if (y === 0) { why = 8; break run; } if (SIG[y]! !== code[(pc + 1) | 0]!) { why = 9; break run; } S[3] = y; if (OWNER[y]! !== self) { why = 17; break run; } x = E[y]!; if (x === 0) { why = 16; break run; } R[rp] = (pc + 5) | 0; R[(rp + 1) | 0] = fp; rp = (rp + 2) | 0; fp = a; pc = x;
        continue;
      }
      case 18: { // call_foreign
        S[3] = code[(pc + 1) | 0]!; { why = 17; break run; }
      }
      case 19: { // copy32
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 20: { // copy64
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; I[(d + 1) | 0] = I[(a + 1) | 0]!; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 21: { // const32
        d = (fp + code[(pc + 1) | 0]!) | 0; I[d] = code[(pc + 2) | 0]!; pc = (pc + 3) | 0;
        continue;
      }
      case 22: { // const64
        d = (fp + code[(pc + 1) | 0]!) | 0; I[d] = code[(pc + 2) | 0]!; I[(d + 1) | 0] = code[(pc + 3) | 0]!; pc = (pc + 4) | 0;
        continue;
      }
      case 23: { // global.get32
        d = (fp + code[(pc + 1) | 0]!) | 0; I[d] = I[code[(pc + 2) | 0]!]!; pc = (pc + 3) | 0;
        continue;
      }
      case 24: { // global.get64
        d = (fp + code[(pc + 1) | 0]!) | 0; y = code[(pc + 2) | 0]!; I[d] = I[y]!; I[(d + 1) | 0] = I[(y + 1) | 0]!; pc = (pc + 3) | 0;
        continue;
      }
      case 25: { // global.set32
        a = (fp + code[(pc + 2) | 0]!) | 0; I[code[(pc + 1) | 0]!] = I[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 26: { // global.set64
        a = (fp + code[(pc + 2) | 0]!) | 0; y = code[(pc + 1) | 0]!; I[y] = I[a]!; I[(y + 1) | 0] = I[(a + 1) | 0]!; pc = (pc + 3) | 0;
        continue;
      }
      case 27: { // select32
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[(fp + code[(pc + 4) | 0]!) | 0]! !== 0 ? I[a]! : I[b]!; pc = (pc + 5) | 0;
        continue;
      }
      case 28: { // select64
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; if (I[(fp + code[(pc + 4) | 0]!) | 0]! === 0) a = b; x = I[a]!; I[(d + 1) | 0] = I[(a + 1) | 0]!; I[d] = x; pc = (pc + 5) | 0;
        continue;
      }
      case 29: { // memory.size
        d = (fp + code[(pc + 1) | 0]!) | 0; I[d] = inst.memory.pages; pc = (pc + 2) | 0;
        continue;
      }
      case 30: { // i32.load
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 20; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); pc = (pc + 4) | 0;
        continue;
      }
      case 31: { // i32.load8_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 20; break run; } x = (x + y) | 0; I[d] = mem.getInt8(x); pc = (pc + 4) | 0;
        continue;
      }
      case 32: { // i32.load8_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 20; break run; } x = (x + y) | 0; I[d] = mem.getUint8(x); pc = (pc + 4) | 0;
        continue;
      }
      case 33: { // i32.load16_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 20; break run; } x = (x + y) | 0; I[d] = mem.getInt16(x, true); pc = (pc + 4) | 0;
        continue;
      }
      case 34: { // i32.load16_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 20; break run; } x = (x + y) | 0; I[d] = mem.getUint16(x, true); pc = (pc + 4) | 0;
        continue;
      }
      case 35: { // i64.load
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 20; break run; } x = (x + y) | 0; I[d] = mem.getInt32(x, true); I[(d + 1) | 0] = mem.getInt32((x + 4) | 0, true); pc = (pc + 4) | 0;
        continue;
      }
      case 36: { // i64.load8_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 20; break run; } x = (x + y) | 0; z = mem.getInt8(x); I[(d + 1) | 0] = z >> 31; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 37: { // i64.load8_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 20; break run; } x = (x + y) | 0; z = mem.getUint8(x); I[(d + 1) | 0] = 0; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 38: { // i64.load16_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 20; break run; } x = (x + y) | 0; z = mem.getInt16(x, true); I[(d + 1) | 0] = z >> 31; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 39: { // i64.load16_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 20; break run; } x = (x + y) | 0; z = mem.getUint16(x, true); I[(d + 1) | 0] = 0; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 40: { // i64.load32_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 20; break run; } x = (x + y) | 0; z = mem.getInt32(x, true); I[(d + 1) | 0] = z >> 31; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 41: { // i64.load32_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 20; break run; } x = (x + y) | 0; z = mem.getInt32(x, true); I[(d + 1) | 0] = 0; I[d] = z; pc = (pc + 4) | 0;
        continue;
      }
      case 42: { // i32.store
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[d]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 20; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 43: { // i32.store8
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[d]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 20; break run; } x = (x + y) | 0; mem.setInt8(x, I[a]!); pc = (pc + 4) | 0;
        continue;
      }
      case 44: { // i32.store16
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[d]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 2) | 0)) { why = 20; break run; } x = (x + y) | 0; mem.setInt16(x, I[a]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 45: { // i64.store
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[d]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 8) | 0)) { why = 20; break run; } x = (x + y) | 0; mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, I[(a + 1) | 0]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 46: { // i32.store_i
        d = (fp + code[(pc + 1) | 0]!) | 0; x = I[d]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 4) | 0)) { why = 20; break run; } x = (x + y) | 0; mem.setInt32(x, code[(pc + 2) | 0]!, true); pc = (pc + 4) | 0;
        continue;
      }
      case 47: { // i32.store8_i
        d = (fp + code[(pc + 1) | 0]!) | 0; x = I[d]!; y = code[(pc + 3) | 0]!; if (x < 0 || x > ((limit - y - 1) | 0)) { why = 20; break run; } x = (x + y) | 0; mem.setInt8(x, code[(pc + 2) | 0]!); pc = (pc + 4) | 0;
        continue;
      }
      case 48: { // i32.add
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = (I[a]! + I[b]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 49: { // i64.add
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = I[b]!; y1 = I[(b + 1) | 0]!; const t0 = (x + y) | 0; I[(d + 1) | 0] = (x1 + y1 + (t0 >>> 0 < x >>> 0 ? 1 : 0)) | 0; I[d] = t0; pc = (pc + 4) | 0;
        continue;
      }
      case 50: { // i32.sub
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = (I[a]! - I[b]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 51: { // i64.sub
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = I[b]!; y1 = I[(b + 1) | 0]!; I[(d + 1) | 0] = (x1 - y1 - (x >>> 0 < y >>> 0 ? 1 : 0)) | 0; I[d] = (x - y) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 52: { // i32.mul
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = Math.imul(I[a]!, I[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 53: { // i64.mul
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = I[b]!; y1 = I[(b + 1) | 0]!; const t0 = x & 0xffff; const t1 = x >>> 16; const t2 = y & 0xffff; const t3 = y >>> 16; const t4 = Math.imul(t1, t2) + (Math.imul(t0, t2) >>> 16); const t5 = Math.imul(t0, t3) + (t4 & 0xffff); I[(d + 1) | 0] = (((Math.imul(t1, t3) + (t4 >>> 16) + (t5 >>> 16)) | 0) + Math.imul(x, y1) + Math.imul(x1, y)) | 0; I[d] = Math.imul(x, y); pc = (pc + 4) | 0;
        continue;
      }
      case 54: { // i32.div_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; y = I[b]!; if (y === 0) { why = 3; break run; } if (y === -1 && x === -2147483648) { why = 4; break run; } I[d] = (x / y) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 55: { // i32.div_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; y = I[b]!; if (y === 0) { why = 3; break run; } I[d] = ((I[a]! >>> 0) / (y >>> 0)) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 56: { // i32.rem_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; y = I[b]!; if (y === 0) { why = 3; break run; } I[d] = (I[a]! % y) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 57: { // i32.rem_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; y = I[b]!; if (y === 0) { why = 3; break run; } I[d] = ((I[a]! >>> 0) % (y >>> 0)) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 58: { // i32.and
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! & I[b]!; pc = (pc + 4) | 0;
        continue;
      }
      case 59: { // i64.and
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = I[b]!; y1 = I[(b + 1) | 0]!; I[(d + 1) | 0] = x1 & y1; I[d] = x & y; pc = (pc + 4) | 0;
        continue;
      }
      case 60: { // i32.or
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! | I[b]!; pc = (pc + 4) | 0;
        continue;
      }
      case 61: { // i64.or
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = I[b]!; y1 = I[(b + 1) | 0]!; I[(d + 1) | 0] = x1 | y1; I[d] = x | y; pc = (pc + 4) | 0;
        continue;
      }
      case 62: { // i32.xor
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! ^ I[b]!; pc = (pc + 4) | 0;
        continue;
      }
      case 63: { // i64.xor
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = I[b]!; y1 = I[(b + 1) | 0]!; I[(d + 1) | 0] = x1 ^ y1; I[d] = x ^ y; pc = (pc + 4) | 0;
        continue;
      }
      case 64: { // i32.shl
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! << I[b]!; pc = (pc + 4) | 0;
        continue;
      }
      case 65: { // i64.shl
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = I[b]!; I[(d + 1) | 0] = (y & 32) !== 0 ? x << y : (x1 << y) | ((x >>> 1) >>> ~y); I[d] = (y & 32) !== 0 ? 0 : x << y; pc = (pc + 4) | 0;
        continue;
      }
      case 66: { // i32.shr_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! >> I[b]!; pc = (pc + 4) | 0;
        continue;
      }
      case 67: { // i64.shr_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = I[b]!; I[(d + 1) | 0] = (y & 32) !== 0 ? x1 >> 31 : x1 >> y; I[d] = (y & 32) !== 0 ? x1 >> y : (x >>> y) | ((x1 << 1) << ~y); pc = (pc + 4) | 0;
        continue;
      }
      case 68: { // i32.shr_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = (I[a]! >>> I[b]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 69: { // i64.shr_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = I[b]!; I[(d + 1) | 0] = (y & 32) !== 0 ? 0 : (x1 >>> y) | 0; I[d] = (y & 32) !== 0 ? (x1 >>> y) | 0 : (x >>> y) | ((x1 << 1) << ~y); pc = (pc + 4) | 0;
        continue;
      }
      case 70: { // i32.rotl
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; y = I[b]!; I[d] = (x << y) | (x >>> -y); pc = (pc + 4) | 0;
        continue;
      }
      case 71: { // i64.rotl
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = I[b]!; const t0 = (y & 32) !== 0 ? x1 : x; const t1 = (y & 32) !== 0 ? x : x1; I[(d + 1) | 0] = (t1 << y) | ((t0 >>> 1) >>> ~y); I[d] = (t0 << y) | ((t1 >>> 1) >>> ~y); pc = (pc + 4) | 0;
        continue;
      }
      case 72: { // i32.rotr
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; y = I[b]!; I[d] = (x >>> y) | (x << -y); pc = (pc + 4) | 0;
        continue;
      }
      case 73: { // i64.rotr
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = I[b]!; const t0 = (y & 32) !== 0 ? x1 : x; const t1 = (y & 32) !== 0 ? x : x1; I[(d + 1) | 0] = (t1 >>> y) | ((t0 << 1) << ~y); I[d] = (t0 >>> y) | ((t1 << 1) << ~y); pc = (pc + 4) | 0;
        continue;
      }
      case 74: { // i32.clz
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = Math.clz32(I[a]!); pc = (pc + 3) | 0;
        continue;
      }
      case 75: { // i64.clz
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; I[(d + 1) | 0] = 0; I[d] = x1 === 0 ? 32 + Math.clz32(x) : Math.clz32(x1); pc = (pc + 3) | 0;
        continue;
      }
      case 76: { // i32.ctz
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; I[d] = x === 0 ? 32 : 31 - Math.clz32(x & -x); pc = (pc + 3) | 0;
        continue;
      }
      case 77: { // i64.ctz
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; I[(d + 1) | 0] = 0; I[d] = x === 0 ? 32 + (x1 === 0 ? 32 : 31 - Math.clz32(x1 & -x1)) : (x === 0 ? 32 : 31 - Math.clz32(x & -x)); pc = (pc + 3) | 0;
        continue;
      }
      case 78: { // i32.popcnt
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; const t0 = x - ((x >>> 1) & 0x55555555); const t1 = (t0 & 0x33333333) + ((t0 >>> 2) & 0x33333333); I[d] = Math.imul((t1 + (t1 >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24; pc = (pc + 3) | 0;
        continue;
      }
      case 79: { // i64.popcnt
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; const t0 = x1 - ((x1 >>> 1) & 0x55555555); const t1 = (t0 & 0x33333333) + ((t0 >>> 2) & 0x33333333); const t2 = x - ((x >>> 1) & 0x55555555); const t3 = (t2 & 0x33333333) + ((t2 >>> 2) & 0x33333333); I[(d + 1) | 0] = 0; I[d] = (Math.imul((t3 + (t3 >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24) + (Math.imul((t1 + (t1 >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24); pc = (pc + 3) | 0;
        continue;
      }
      case 80: { // i32.extend8_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = (I[a]! << 24) >> 24; pc = (pc + 3) | 0;
        continue;
      }
      case 81: { // i64.extend8_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; I[(d + 1) | 0] = (x << 24) >> 31; I[d] = (x << 24) >> 24; pc = (pc + 3) | 0;
        continue;
      }
      case 82: { // i32.extend16_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = (I[a]! << 16) >> 16; pc = (pc + 3) | 0;
        continue;
      }
      case 83: { // i64.extend16_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; I[(d + 1) | 0] = (x << 16) >> 31; I[d] = (x << 16) >> 16; pc = (pc + 3) | 0;
        continue;
      }
      case 84: { // i64.extend32_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; I[(d + 1) | 0] = x >> 31; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 85: { // i32.eqz
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! === 0 ? 1 : 0; pc = (pc + 3) | 0;
        continue;
      }
      case 86: { // i64.eqz
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = (I[a]! | I[(a + 1) | 0]!) === 0 ? 1 : 0; pc = (pc + 3) | 0;
        continue;
      }
      case 87: { // i32.eq
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! === I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 88: { // i64.eq
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! === I[b]! && I[(a + 1) | 0]! === I[(b + 1) | 0]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 89: { // i32.ne
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! !== I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 90: { // i64.ne
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! !== I[b]! || I[(a + 1) | 0]! !== I[(b + 1) | 0]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 91: { // i32.lt_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! < I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 92: { // i64.lt_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; I[d] = (x1 === y1 ? I[a]! >>> 0 < I[b]! >>> 0 : x1 < y1) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 93: { // i32.lt_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! >>> 0 < I[b]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 94: { // i64.lt_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; I[d] = (x1 === y1 ? I[a]! >>> 0 < I[b]! >>> 0 : x1 >>> 0 < y1 >>> 0) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 95: { // i32.gt_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! > I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 96: { // i64.gt_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; I[d] = (x1 === y1 ? I[a]! >>> 0 > I[b]! >>> 0 : x1 > y1) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 97: { // i32.gt_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! >>> 0 > I[b]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 98: { // i64.gt_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; I[d] = (x1 === y1 ? I[a]! >>> 0 > I[b]! >>> 0 : x1 >>> 0 > y1 >>> 0) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 99: { // i32.le_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! <= I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 100: { // i64.le_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; I[d] = (x1 === y1 ? I[a]! >>> 0 <= I[b]! >>> 0 : x1 < y1) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 101: { // i32.le_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! >>> 0 <= I[b]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 102: { // i64.le_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; I[d] = (x1 === y1 ? I[a]! >>> 0 <= I[b]! >>> 0 : x1 >>> 0 < y1 >>> 0) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 103: { // i32.ge_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! >= I[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 104: { // i64.ge_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; I[d] = (x1 === y1 ? I[a]! >>> 0 >= I[b]! >>> 0 : x1 > y1) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 105: { // i32.ge_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = I[a]! >>> 0 >= I[b]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 106: { // i64.ge_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; I[d] = (x1 === y1 ? I[a]! >>> 0 >= I[b]! >>> 0 : x1 >>> 0 > y1 >>> 0) ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 107: { // f32.add
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; F[d] = Math.fround(F[a]! + F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 108: { // f64.add
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; D[d >> 1] = D[a >> 1]! + D[b >> 1]!; pc = (pc + 4) | 0;
        continue;
      }
      case 109: { // f32.sub
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; F[d] = Math.fround(F[a]! - F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 110: { // f64.sub
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; D[d >> 1] = D[a >> 1]! - D[b >> 1]!; pc = (pc + 4) | 0;
        continue;
      }
      case 111: { // f32.mul
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; F[d] = Math.fround(F[a]! * F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 112: { // f64.mul
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; D[d >> 1] = D[a >> 1]! * D[b >> 1]!; pc = (pc + 4) | 0;
        continue;
      }
      case 113: { // f32.div
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; F[d] = Math.fround(F[a]! / F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 114: { // f64.div
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; D[d >> 1] = D[a >> 1]! / D[b >> 1]!; pc = (pc + 4) | 0;
        continue;
      }
      case 115: { // f32.min
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; F[d] = Math.min(F[a]!, F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 116: { // f64.min
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; D[d >> 1] = Math.min(D[a >> 1]!, D[b >> 1]!); pc = (pc + 4) | 0;
        continue;
      }
      case 117: { // f32.max
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; F[d] = Math.max(F[a]!, F[b]!); pc = (pc + 4) | 0;
        continue;
      }
      case 118: { // f64.max
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; D[d >> 1] = Math.max(D[a >> 1]!, D[b >> 1]!); pc = (pc + 4) | 0;
        continue;
      }
      case 119: { // f32.sqrt
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; F[d] = Math.fround(Math.sqrt(F[a]!)); pc = (pc + 3) | 0;
        continue;
      }
      case 120: { // f64.sqrt
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; D[d >> 1] = Math.sqrt(D[a >> 1]!); pc = (pc + 3) | 0;
        continue;
      }
      case 121: { // f32.ceil
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; F[d] = u !== u ? NaN : Math.ceil(u); pc = (pc + 3) | 0;
        continue;
      }
      case 122: { // f64.ceil
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; D[d >> 1] = u !== u ? NaN : Math.ceil(u); pc = (pc + 3) | 0;
        continue;
      }
      case 123: { // f32.floor
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; F[d] = u !== u ? NaN : Math.floor(u); pc = (pc + 3) | 0;
        continue;
      }
      case 124: { // f64.floor
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; D[d >> 1] = u !== u ? NaN : Math.floor(u); pc = (pc + 3) | 0;
        continue;
      }
      case 125: { // f32.trunc
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; F[d] = u !== u ? NaN : Math.trunc(u); pc = (pc + 3) | 0;
        continue;
      }
      case 126: { // f64.trunc
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; D[d >> 1] = u !== u ? NaN : Math.trunc(u); pc = (pc + 3) | 0;
        continue;
      }
      case 127: { // f32.nearest
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; F[d] = u > 0 && u < 4503599627370496
    ? u + 4503599627370496 - 4503599627370496
    : u < 0 && u > -4503599627370496
      ? -(4503599627370496 - u - 4503599627370496)
      : u !== u
        ? NaN
        : u; pc = (pc + 3) | 0;
        continue;
      }
      case 128: { // f64.nearest
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; D[d >> 1] = u > 0 && u < 4503599627370496
    ? u + 4503599627370496 - 4503599627370496
    : u < 0 && u > -4503599627370496
      ? -(4503599627370496 - u - 4503599627370496)
      : u !== u
        ? NaN
        : u; pc = (pc + 3) | 0;
        continue;
      }
      case 129: { // f32.eq
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = F[a]! === F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 130: { // f64.eq
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = D[a >> 1]! === D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 131: { // f32.ne
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = F[a]! !== F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 132: { // f64.ne
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = D[a >> 1]! !== D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 133: { // f32.lt
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = F[a]! < F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 134: { // f64.lt
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = D[a >> 1]! < D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 135: { // f32.gt
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = F[a]! > F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 136: { // f64.gt
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = D[a >> 1]! > D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 137: { // f32.le
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = F[a]! <= F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 138: { // f64.le
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = D[a >> 1]! <= D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 139: { // f32.ge
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = F[a]! >= F[b]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 140: { // f64.ge
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = D[a >> 1]! >= D[b >> 1]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 141: { // f32.neg
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! ^ -2147483648; pc = (pc + 3) | 0;
        continue;
      }
      case 142: { // f64.neg
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; I[(d + 1) | 0] = x1 ^ -2147483648; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 143: { // f32.abs
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! & 0x7fffffff; pc = (pc + 3) | 0;
        continue;
      }
      case 144: { // f64.abs
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; I[(d + 1) | 0] = x1 & 0x7fffffff; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 145: { // f32.copysign
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; I[d] = (I[a]! & 0x7fffffff) | (I[b]! & -2147483648); pc = (pc + 4) | 0;
        continue;
      }
      case 146: { // f64.copysign
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; I[(d + 1) | 0] = (x1 & 0x7fffffff) | (y1 & -2147483648); I[d] = x; pc = (pc + 4) | 0;
        continue;
      }
      case 147: { // i64.extend_i32_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; I[(d + 1) | 0] = x >> 31; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 148: { // i64.extend_i32_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; I[(d + 1) | 0] = 0; I[d] = x; pc = (pc + 3) | 0;
        continue;
      }
      case 149: { // f64.promote_f32
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; D[d >> 1] = F[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 150: { // f32.demote_f64
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; F[d] = Math.fround(D[a >> 1]!); pc = (pc + 3) | 0;
        continue;
      }
      case 151: { // f32.convert_i32_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; F[d] = Math.fround(I[a]!); pc = (pc + 3) | 0;
        continue;
      }
      case 152: { // f32.convert_i32_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; F[d] = Math.fround(I[a]! >>> 0); pc = (pc + 3) | 0;
        continue;
      }
      case 153: { // f32.convert_i64_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; F[d] = (x1 + 0x200000) >>> 0 < 0x400000
    ? Math.fround(x1 * 4294967296 + (x >>> 0))
    : Math.fround(x1 * 4294967296 + ((((x & 0x7ff) !== 0 ? x | 0x800 : x) & -0x800) >>> 0)); pc = (pc + 3) | 0;
        continue;
      }
      case 154: { // f32.convert_i64_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; F[d] = x1 >>> 0 < 0x200000
    ? Math.fround(x1 * 4294967296 + (x >>> 0))
    : Math.fround((x1 >>> 0) * 4294967296 + ((((x & 0x7ff) !== 0 ? x | 0x800 : x) & -0x800) >>> 0)); pc = (pc + 3) | 0;
        continue;
      }
      case 155: { // f64.convert_i32_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; D[d >> 1] = I[a]!; pc = (pc + 3) | 0;
        continue;
      }
      case 156: { // f64.convert_i32_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; D[d >> 1] = I[a]! >>> 0; pc = (pc + 3) | 0;
        continue;
      }
      case 157: { // f64.convert_i64_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; D[d >> 1] = I[(a + 1) | 0]! * 4294967296 + (I[a]! >>> 0); pc = (pc + 3) | 0;
        continue;
      }
      case 158: { // f64.convert_i64_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; D[d >> 1] = (I[(a + 1) | 0]! >>> 0) * 4294967296 + (I[a]! >>> 0); pc = (pc + 3) | 0;
        continue;
      }
      case 159: { // i32.trunc_f32_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; if (!(u > -2147483649 && u < 2147483648)) { if (u !== u) { why = 5; break run; } { why = 4; break run; } } I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 160: { // i32.trunc_f32_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; if (!(u > -1 && u < 4294967296)) { if (u !== u) { why = 5; break run; } { why = 4; break run; } } I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 161: { // i32.trunc_f64_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; if (!(u > -2147483649 && u < 2147483648)) { if (u !== u) { why = 5; break run; } { why = 4; break run; } } I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 162: { // i32.trunc_f64_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; if (!(u > -1 && u < 4294967296)) { if (u !== u) { why = 5; break run; } { why = 4; break run; } } I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 163: { // i64.trunc_f32_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; if (!(u >= -9223372036854775808 && u < 9223372036854775808)) { if (u !== u) { why = 5; break run; } { why = 4; break run; } } I[(d + 1) | 0] = Math.floor(Math.trunc(u) / 4294967296) | 0; I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 164: { // i64.trunc_f32_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; if (!(u > -1 && u < 18446744073709551616)) { if (u !== u) { why = 5; break run; } { why = 4; break run; } } I[(d + 1) | 0] = (u / 4294967296) | 0; I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 165: { // i64.trunc_f64_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; if (!(u >= -9223372036854775808 && u < 9223372036854775808)) { if (u !== u) { why = 5; break run; } { why = 4; break run; } } I[(d + 1) | 0] = Math.floor(Math.trunc(u) / 4294967296) | 0; I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 166: { // i64.trunc_f64_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; if (!(u > -1 && u < 18446744073709551616)) { if (u !== u) { why = 5; break run; } { why = 4; break run; } } I[(d + 1) | 0] = (u / 4294967296) | 0; I[d] = u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 167: { // i32.trunc_sat_f32_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; I[d] = u >= 2147483647 ? 2147483647 : u <= -2147483648 ? -2147483648 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 168: { // i32.trunc_sat_f32_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; I[d] = u >= 4294967295 ? -1 : u <= 0 ? 0 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 169: { // i32.trunc_sat_f64_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; I[d] = u >= 2147483647 ? 2147483647 : u <= -2147483648 ? -2147483648 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 170: { // i32.trunc_sat_f64_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; I[d] = u >= 4294967295 ? -1 : u <= 0 ? 0 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 171: { // i64.trunc_sat_f32_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; const t0 = u >= 9223372036854775808; const t1 = u < -9223372036854775808; I[(d + 1) | 0] = t0 ? 0x7fffffff : t1 ? -2147483648 : Math.floor(Math.trunc(u) / 4294967296) | 0; I[d] = t0 ? -1 : t1 ? 0 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 172: { // i64.trunc_sat_f32_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = F[a]!; const t0 = u >= 18446744073709551616; I[(d + 1) | 0] = t0 ? -1 : u > 0 ? (u / 4294967296) | 0 : 0; I[d] = t0 ? -1 : u > 0 ? u | 0 : 0; pc = (pc + 3) | 0;
        continue;
      }
      case 173: { // i64.trunc_sat_f64_s
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; const t0 = u >= 9223372036854775808; const t1 = u < -9223372036854775808; I[(d + 1) | 0] = t0 ? 0x7fffffff : t1 ? -2147483648 : Math.floor(Math.trunc(u) / 4294967296) | 0; I[d] = t0 ? -1 : t1 ? 0 : u | 0; pc = (pc + 3) | 0;
        continue;
      }
      case 174: { // i64.trunc_sat_f64_u
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; u = D[a >> 1]!; const t0 = u >= 18446744073709551616; I[(d + 1) | 0] = t0 ? -1 : u > 0 ? (u / 4294967296) | 0 : 0; I[d] = t0 ? -1 : u > 0 ? u | 0 : 0; pc = (pc + 3) | 0;
        continue;
      }
      case 175: { // i32.add_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = (I[a]! + code[(pc + 3) | 0]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 176: { // i32.mul_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = Math.imul(I[a]!, code[(pc + 3) | 0]!); pc = (pc + 4) | 0;
        continue;
      }
      case 177: { // i32.and_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! & code[(pc + 3) | 0]!; pc = (pc + 4) | 0;
        continue;
      }
      case 178: { // i32.or_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! | code[(pc + 3) | 0]!; pc = (pc + 4) | 0;
        continue;
      }
      case 179: { // i32.xor_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! ^ code[(pc + 3) | 0]!; pc = (pc + 4) | 0;
        continue;
      }
      case 180: { // i32.shl_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! << code[(pc + 3) | 0]!; pc = (pc + 4) | 0;
        continue;
      }
      case 181: { // i32.shr_s_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! >> code[(pc + 3) | 0]!; pc = (pc + 4) | 0;
        continue;
      }
      case 182: { // i32.shr_u_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = (I[a]! >>> code[(pc + 3) | 0]!) | 0; pc = (pc + 4) | 0;
        continue;
      }
      case 183: { // i32.rotl_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; y = code[(pc + 3) | 0]!; I[d] = (x << y) | (x >>> -y); pc = (pc + 4) | 0;
        continue;
      }
      case 184: { // i32.eq_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! === code[(pc + 3) | 0]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 185: { // i32.ne_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! !== code[(pc + 3) | 0]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 186: { // i32.lt_s_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! < code[(pc + 3) | 0]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 187: { // i32.lt_u_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! >>> 0 < code[(pc + 3) | 0]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 188: { // i32.gt_s_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! > code[(pc + 3) | 0]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 189: { // i32.gt_u_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! >>> 0 > code[(pc + 3) | 0]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 190: { // i32.le_s_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! <= code[(pc + 3) | 0]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 191: { // i32.le_u_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! >>> 0 <= code[(pc + 3) | 0]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 192: { // i32.ge_s_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! >= code[(pc + 3) | 0]! ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 193: { // i32.ge_u_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; I[d] = I[a]! >>> 0 >= code[(pc + 3) | 0]! >>> 0 ? 1 : 0; pc = (pc + 4) | 0;
        continue;
      }
      case 194: { // i64.add_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = code[(pc + 3) | 0]!; y1 = code[(pc + 4) | 0]!; const t0 = (x + y) | 0; I[(d + 1) | 0] = (x1 + y1 + (t0 >>> 0 < x >>> 0 ? 1 : 0)) | 0; I[d] = t0; pc = (pc + 5) | 0;
        continue;
      }
      case 195: { // i64.mul_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = code[(pc + 3) | 0]!; y1 = code[(pc + 4) | 0]!; const t0 = x & 0xffff; const t1 = x >>> 16; const t2 = y & 0xffff; const t3 = y >>> 16; const t4 = Math.imul(t1, t2) + (Math.imul(t0, t2) >>> 16); const t5 = Math.imul(t0, t3) + (t4 & 0xffff); I[(d + 1) | 0] = (((Math.imul(t1, t3) + (t4 >>> 16) + (t5 >>> 16)) | 0) + Math.imul(x, y1) + Math.imul(x1, y)) | 0; I[d] = Math.imul(x, y); pc = (pc + 5) | 0;
        continue;
      }
      case 196: { // i64.and_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = code[(pc + 3) | 0]!; y1 = code[(pc + 4) | 0]!; I[(d + 1) | 0] = x1 & y1; I[d] = x & y; pc = (pc + 5) | 0;
        continue;
      }
      case 197: { // i64.or_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = code[(pc + 3) | 0]!; y1 = code[(pc + 4) | 0]!; I[(d + 1) | 0] = x1 | y1; I[d] = x | y; pc = (pc + 5) | 0;
        continue;
      }
      case 198: { // i64.xor_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = code[(pc + 3) | 0]!; y1 = code[(pc + 4) | 0]!; I[(d + 1) | 0] = x1 ^ y1; I[d] = x ^ y; pc = (pc + 5) | 0;
        continue;
      }
      case 199: { // i64.shl_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = code[(pc + 3) | 0]!; I[(d + 1) | 0] = (y & 32) !== 0 ? x << y : (x1 << y) | ((x >>> 1) >>> ~y); I[d] = (y & 32) !== 0 ? 0 : x << y; pc = (pc + 5) | 0;
        continue;
      }
      case 200: { // i64.shr_s_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = code[(pc + 3) | 0]!; I[(d + 1) | 0] = (y & 32) !== 0 ? x1 >> 31 : x1 >> y; I[d] = (y & 32) !== 0 ? x1 >> y : (x >>> y) | ((x1 << 1) << ~y); pc = (pc + 5) | 0;
        continue;
      }
      case 201: { // i64.shr_u_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = code[(pc + 3) | 0]!; I[(d + 1) | 0] = (y & 32) !== 0 ? 0 : (x1 >>> y) | 0; I[d] = (y & 32) !== 0 ? (x1 >>> y) | 0 : (x >>> y) | ((x1 << 1) << ~y); pc = (pc + 5) | 0;
        continue;
      }
      case 202: { // i64.rotl_i
        d = (fp + code[(pc + 1) | 0]!) | 0; a = (fp + code[(pc + 2) | 0]!) | 0; x = I[a]!; x1 = I[(a + 1) | 0]!; y = code[(pc + 3) | 0]!; const t0 = (y & 32) !== 0 ? x1 : x; const t1 = (y & 32) !== 0 ? x : x1; I[(d + 1) | 0] = (t1 << y) | ((t0 >>> 1) >>> ~y); I[d] = (t0 << y) | ((t1 >>> 1) >>> ~y); pc = (pc + 5) | 0;
        continue;
      }
      case 203: { // br_if_i64.eqz
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + ((I[a]! | I[(a + 1) | 0]!) === 0 ? code[(pc + 1) | 0]! : 3)) | 0;
        continue;
      }
      case 204: { // br_unless_i64.eqz
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + ((I[a]! | I[(a + 1) | 0]!) === 0 ? 3 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 205: { // br_if_i32.eq
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! === I[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 206: { // br_if_i32.eq_i
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! === code[(pc + 3) | 0]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 207: { // br_if_i64.eq
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! === I[b]! && I[(a + 1) | 0]! === I[(b + 1) | 0]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 208: { // br_if_i32.ne
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! !== I[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 209: { // br_if_i32.ne_i
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! !== code[(pc + 3) | 0]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 210: { // br_if_i64.ne
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! !== I[b]! || I[(a + 1) | 0]! !== I[(b + 1) | 0]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 211: { // br_if_i32.lt_s
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! < I[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 212: { // br_if_i32.lt_s_i
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! < code[(pc + 3) | 0]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 213: { // br_if_i64.lt_s
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 < I[b]! >>> 0 : x1 < y1) ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 214: { // br_if_i32.lt_u
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! >>> 0 < I[b]! >>> 0 ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 215: { // br_if_i32.lt_u_i
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! >>> 0 < code[(pc + 3) | 0]! >>> 0 ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 216: { // br_if_i64.lt_u
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 < I[b]! >>> 0 : x1 >>> 0 < y1 >>> 0) ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 217: { // br_if_i32.gt_s
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! > I[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 218: { // br_if_i32.gt_s_i
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! > code[(pc + 3) | 0]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 219: { // br_if_i64.gt_s
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 > I[b]! >>> 0 : x1 > y1) ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 220: { // br_if_i32.gt_u
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! >>> 0 > I[b]! >>> 0 ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 221: { // br_if_i32.gt_u_i
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! >>> 0 > code[(pc + 3) | 0]! >>> 0 ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 222: { // br_if_i64.gt_u
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 > I[b]! >>> 0 : x1 >>> 0 > y1 >>> 0) ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 223: { // br_if_i32.le_s
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! <= I[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 224: { // br_if_i32.le_s_i
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! <= code[(pc + 3) | 0]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 225: { // br_if_i64.le_s
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 <= I[b]! >>> 0 : x1 < y1) ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 226: { // br_if_i32.le_u
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! >>> 0 <= I[b]! >>> 0 ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 227: { // br_if_i32.le_u_i
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! >>> 0 <= code[(pc + 3) | 0]! >>> 0 ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 228: { // br_if_i64.le_u
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 <= I[b]! >>> 0 : x1 >>> 0 < y1 >>> 0) ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 229: { // br_if_i32.ge_s
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! >= I[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 230: { // br_if_i32.ge_s_i
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! >= code[(pc + 3) | 0]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 231: { // br_if_i64.ge_s
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 >= I[b]! >>> 0 : x1 > y1) ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 232: { // br_if_i32.ge_u
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (I[a]! >>> 0 >= I[b]! >>> 0 ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 233: { // br_if_i32.ge_u_i
        a = (fp + code[(pc + 2) | 0]!) | 0; pc = (pc + (I[a]! >>> 0 >= code[(pc + 3) | 0]! >>> 0 ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 234: { // br_if_i64.ge_u
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; x1 = I[(a + 1) | 0]!; y1 = I[(b + 1) | 0]!; pc = (pc + ((x1 === y1 ? I[a]! >>> 0 >= I[b]! >>> 0 : x1 >>> 0 > y1 >>> 0) ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 235: { // br_if_f32.eq
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! === F[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 236: { // br_unless_f32.eq
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! === F[b]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 237: { // br_if_f64.eq
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! === D[b >> 1]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 238: { // br_unless_f64.eq
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! === D[b >> 1]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 239: { // br_if_f32.ne
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! !== F[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 240: { // br_unless_f32.ne
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! !== F[b]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 241: { // br_if_f64.ne
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! !== D[b >> 1]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 242: { // br_unless_f64.ne
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! !== D[b >> 1]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 243: { // br_if_f32.lt
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! < F[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 244: { // br_unless_f32.lt
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! < F[b]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 245: { // br_if_f64.lt
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! < D[b >> 1]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 246: { // br_unless_f64.lt
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! < D[b >> 1]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 247: { // br_if_f32.gt
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! > F[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 248: { // br_unless_f32.gt
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! > F[b]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 249: { // br_if_f64.gt
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! > D[b >> 1]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 250: { // br_unless_f64.gt
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! > D[b >> 1]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 251: { // br_if_f32.le
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! <= F[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 252: { // br_unless_f32.le
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! <= F[b]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 253: { // br_if_f64.le
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! <= D[b >> 1]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 254: { // br_unless_f64.le
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! <= D[b >> 1]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 255: { // br_if_f32.ge
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! >= F[b]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 256: { // br_unless_f32.ge
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (F[a]! >= F[b]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      case 257: { // br_if_f64.ge
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! >= D[b >> 1]! ? code[(pc + 1) | 0]! : 4)) | 0;
        continue;
      }
      case 258: { // br_unless_f64.ge
        a = (fp + code[(pc + 2) | 0]!) | 0; b = (fp + code[(pc + 3) | 0]!) | 0; pc = (pc + (D[a >> 1]! >= D[b >> 1]! ? 4 : code[(pc + 1) | 0]!)) | 0;
        continue;
      }
      }
    }
    S[0] = pc; S[1] = fp; S[2] = rp;
    return why;
  };
}
