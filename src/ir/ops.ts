// TABLE. One row per IR opcode: name, operands, effect, meaning.
//
// operands  what the columns a, b, c hold, a letter each:
//             v  a value                 n  a plain number          . nothing
//             p  a pool index: [count, value...]                    e an edge (pool index)
//             s  a pool index: [count, edge...], the last being the default
// effect    P  pure: floats until `place`, shared by GVN, removed when unused
//           T  may trap, else pure: stays in the skeleton, removed only by GVN
//           L  load: see `isPinned`
//           E  effect: stays in the skeleton, in order
//           C  control: ends a block
//           B  block parameter
// K in the flags marks a commutative operator.
// meaning   the suffix of the function in semantics.ts: `${type of a}_${meaning}`; conversions give
//           the whole name with $a and $r for the types of operand and result; of a vector opcode
//           `${shape}_${meaning}` in lanes.gen.ts (shapes.ts). Empty: not a pure function.
//
// Columns of the odd ones
//   const    a, b = low and high word (floats: bits); v128: a = pool index of four words
//   param    a = position among the block's parameters
//   result   a = a call with several results, b = which (>= 1; the call itself is result 0)
//   select   a = condition (i32), b = value if non-zero, c = value if zero
//   load     a = address, b = version (GVN only), c = offset, aux = ACCESS
//   store    a = address, b = value, c = offset, aux = ACCESS
//            an i32 address is relative to memory 0 of the instance; a ptr is absolute.
//            The offset is a u32, or with the signed bit an i32: offsetOf(aux, c)
//   call     a = function index (defined here), b = arguments
//   callslot a = record offset of an ImportSlot, b = arguments, c = type index
//   callref  a = FuncRef address (not null), b = arguments, c = type index
//   libcall  a = number in LIBCALLS, b = arguments (without I)
//   sigcheck a = FuncRef address or null, b = sigId: traps with null or signature
//   trapif   a = condition (i32), b = trap code;  trap a = trap code
//   inst     I, the address of the instance record;  membase: R
//   v...     aux = SHAPE; vextract b = lane; vreplace a = vector, b = scalar, c = lane
//   vshuffle a, b = vectors, c = a v128 constant of sixteen byte indices below 32
//            Bits have no lanes: aux of vnot .. vbitselect, vanytrue, vshuffle, vswizzle is i8x16.
//            Lane operators of memory are not opcodes: load8_splat is vsplat of a load, load32x2_u
//            is vextlowu of a v128 load of WIDTH u64, load8_lane vreplace, store8_lane vextract

type Row = readonly [name: string, operands: string, effect: string, meaning: string];

// prettier-ignore
const ROWS = [
  ["none",      "...", "P",  ""],
  ["const",     "nn.", "P",  ""],
  ["param",     "n..", "B",  ""],
  ["result",    "vn.", "P",  ""],
  ["inst",      "...", "P",  ""],
  ["membase",   "...", "P",  ""],
  // integers
  ["add",       "vv.", "PK", "add"],
  ["sub",       "vv.", "P",  "sub"],
  ["mul",       "vv.", "PK", "mul"],
  ["mulhs",     "vv.", "PK", "mulh_s"],
  ["mulhu",     "vv.", "PK", "mulh_u"],
  ["divs",      "vv.", "T",  "div_s"],
  ["divu",      "vv.", "T",  "div_u"],
  ["rems",      "vv.", "T",  "rem_s"],
  ["remu",      "vv.", "T",  "rem_u"],
  ["and",       "vv.", "PK", "and"],
  ["or",        "vv.", "PK", "or"],
  ["xor",       "vv.", "PK", "xor"],
  ["shl",       "vv.", "P",  "shl"],
  ["shrs",      "vv.", "P",  "shr_s"],
  ["shru",      "vv.", "P",  "shr_u"],
  ["rotl",      "vv.", "P",  "rotl"],
  ["rotr",      "vv.", "P",  "rotr"],
  ["clz",       "v..", "P",  "clz"],
  ["ctz",       "v..", "P",  "ctz"],
  ["popcnt",    "v..", "P",  "popcnt"],
  ["sext8",     "v..", "P",  "extend8_s"],
  ["sext16",    "v..", "P",  "extend16_s"],
  ["sext32",    "v..", "P",  "extend32_s"],
  ["wrap",      "v..", "P",  "i32_wrap_i64"],
  ["exts",      "v..", "P",  "i64_extend_i32_s"],
  ["extu",      "v..", "P",  "i64_extend_i32_u"],
  // comparisons: result i32
  ["eq",        "vv.", "PK", "eq"],
  ["ne",        "vv.", "PK", "ne"],
  ["lts",       "vv.", "P",  "lt_s"],
  ["ltu",       "vv.", "P",  "lt_u"],
  ["gts",       "vv.", "P",  "gt_s"],
  ["gtu",       "vv.", "P",  "gt_u"],
  ["les",       "vv.", "P",  "le_s"],
  ["leu",       "vv.", "P",  "le_u"],
  ["ges",       "vv.", "P",  "ge_s"],
  ["geu",       "vv.", "P",  "ge_u"],
  ["feq",       "vv.", "PK", "eq"],
  ["fne",       "vv.", "PK", "ne"],
  ["flt",       "vv.", "P",  "lt"],
  ["fgt",       "vv.", "P",  "gt"],
  ["fle",       "vv.", "P",  "le"],
  ["fge",       "vv.", "P",  "ge"],
  ["select",    "vvv", "P",  ""],
  // floats
  ["fadd",      "vv.", "PK", "add"],
  ["fsub",      "vv.", "P",  "sub"],
  ["fmul",      "vv.", "PK", "mul"],
  ["fdiv",      "vv.", "P",  "div"],
  ["fmin",      "vv.", "P",  "min"],
  ["fmax",      "vv.", "P",  "max"],
  ["fcopysign", "vv.", "P",  "copysign"],
  ["fneg",      "v..", "P",  "neg"],
  ["fabs",      "v..", "P",  "abs"],
  ["fsqrt",     "v..", "P",  "sqrt"],
  ["fceil",     "v..", "P",  "ceil"],
  ["ffloor",    "v..", "P",  "floor"],
  ["ftrunc",    "v..", "P",  "trunc"],
  ["fnearest",  "v..", "P",  "nearest"],
  // conversions
  ["promote",   "v..", "P",  "f64_promote_f32"],
  ["demote",    "v..", "P",  "f32_demote_f64"],
  ["cvts",      "v..", "P",  "$r_convert_$a_s"],
  ["cvtu",      "v..", "P",  "$r_convert_$a_u"],
  ["truncs",    "v..", "T",  "$r_trunc_$a_s"],
  ["truncu",    "v..", "T",  "$r_trunc_$a_u"],
  ["sats",      "v..", "P",  "$r_trunc_sat_$a_s"],
  ["satu",      "v..", "P",  "$r_trunc_sat_$a_u"],
  ["bitcast",   "v..", "P",  "$r_reinterpret_$a"],
  // vectors: aux = SHAPE, the lanes of the operands unless the line says otherwise
  ["vnot",      "v..", "P",  "not"],
  ["vand",      "vv.", "PK", "and"],
  ["vor",       "vv.", "PK", "or"],
  ["vxor",      "vv.", "PK", "xor"],
  ["vandnot",   "vv.", "P",  "andnot"],
  ["vbitselect","vvv", "P",  "bitselect"],
  ["vanytrue",  "v..", "P",  "any_true"],
  ["vsplat",    "v..", "P",  "splat"],
  ["vextracts", "vn.", "P",  "extract_lane_s"],
  ["vextractu", "vn.", "P",  "extract_lane_u"],
  ["vreplace",  "vvn", "P",  "replace_lane"],
  ["vshuffle",  "vvv", "P",  "shuffle"],
  ["vswizzle",  "vv.", "P",  "swizzle"],
  ["vadd",      "vv.", "PK", "add"],
  ["vsub",      "vv.", "P",  "sub"],
  ["vmul",      "vv.", "PK", "mul"],
  ["vneg",      "v..", "P",  "neg"],
  ["vabs",      "v..", "P",  "abs"],
  ["vaddsats",  "vv.", "PK", "add_sat_s"],
  ["vaddsatu",  "vv.", "PK", "add_sat_u"],
  ["vsubsats",  "vv.", "P",  "sub_sat_s"],
  ["vsubsatu",  "vv.", "P",  "sub_sat_u"],
  ["vmins",     "vv.", "PK", "min_s"],
  ["vminu",     "vv.", "PK", "min_u"],
  ["vmaxs",     "vv.", "PK", "max_s"],
  ["vmaxu",     "vv.", "PK", "max_u"],
  ["vavgru",    "vv.", "PK", "avgr_u"],
  ["vq15mulr",  "vv.", "PK", "q15mulr_sat_s"],
  ["vpopcnt",   "v..", "P",  "popcnt"],
  ["vshl",      "vv.", "P",  "shl"],
  ["vshrs",     "vv.", "P",  "shr_s"],
  ["vshru",     "vv.", "P",  "shr_u"],
  ["valltrue",  "v..", "P",  "all_true"],
  ["vbitmask",  "v..", "P",  "bitmask"],
  ["veq",       "vv.", "PK", "eq"],
  ["vne",       "vv.", "PK", "ne"],
  ["vlts",      "vv.", "P",  "lt_s"],
  ["vltu",      "vv.", "P",  "lt_u"],
  ["vgts",      "vv.", "P",  "gt_s"],
  ["vgtu",      "vv.", "P",  "gt_u"],
  ["vles",      "vv.", "P",  "le_s"],
  ["vleu",      "vv.", "P",  "le_u"],
  ["vges",      "vv.", "P",  "ge_s"],
  ["vgeu",      "vv.", "P",  "ge_u"],
  ["vflt",      "vv.", "P",  "lt"],
  ["vfgt",      "vv.", "P",  "gt"],
  ["vfle",      "vv.", "P",  "le"],
  ["vfge",      "vv.", "P",  "ge"],
  ["vfdiv",     "vv.", "P",  "div"],
  ["vfmin",     "vv.", "PK", "min"],
  ["vfmax",     "vv.", "PK", "max"],
  ["vfpmin",    "vv.", "P",  "pmin"],
  ["vfpmax",    "vv.", "P",  "pmax"],
  ["vfsqrt",    "v..", "P",  "sqrt"],
  ["vfceil",    "v..", "P",  "ceil"],
  ["vffloor",   "v..", "P",  "floor"],
  ["vftrunc",   "v..", "P",  "trunc"],
  ["vfnearest", "v..", "P",  "nearest"],
  // vectors: aux = SHAPE of the result
  ["vnarrows",  "vv.", "P",  "narrow_s"],
  ["vnarrowu",  "vv.", "P",  "narrow_u"],
  ["vextlows",  "v..", "P",  "extend_low_s"],
  ["vextlowu",  "v..", "P",  "extend_low_u"],
  ["vexthighs", "v..", "P",  "extend_high_s"],
  ["vexthighu", "v..", "P",  "extend_high_u"],
  ["vmullows",  "vv.", "PK", "extmul_low_s"],
  ["vmullowu",  "vv.", "PK", "extmul_low_u"],
  ["vmulhighs", "vv.", "PK", "extmul_high_s"],
  ["vmulhighu", "vv.", "PK", "extmul_high_u"],
  ["vpairs",    "v..", "P",  "extadd_pairwise_s"],
  ["vpairu",    "v..", "P",  "extadd_pairwise_u"],
  ["vdot",      "vv.", "PK", "dot_s"],
  ["vcvts",     "v..", "P",  "convert_s"],
  ["vcvtu",     "v..", "P",  "convert_u"],
  ["vdemote",   "v..", "P",  "demote_zero"],
  ["vpromote",  "v..", "P",  "promote_low"],
  // vectors: aux = SHAPE of the operand, the result is i32x4 (two lanes of f64x2: upper half zero)
  ["vsats",     "v..", "P",  "trunc_sat_s"],
  ["vsatu",     "v..", "P",  "trunc_sat_u"],
  // memory and state
  ["load",      "vnn", "L",  ""],
  ["store",     "vvn", "E",  ""],
  ["call",      "np.", "E",  ""],
  ["callslot",  "npn", "E",  ""],
  ["callref",   "vpn", "E",  ""],
  ["libcall",   "np.", "E",  ""],
  ["sigcheck",  "vn.", "T",  ""],
  ["trapif",    "vn.", "T",  ""],
  // control
  ["jump",      "e..", "C",  ""],
  ["br",        "vee", "C",  ""],
  ["switch",    "vs.", "C",  ""],
  ["ret",       "p..", "C",  ""],
  ["trap",      "n..", "C",  ""],
] as const satisfies readonly Row[];

export type OpName = (typeof ROWS)[number][0];
export type Op = number;

/** A record with one entry per opcode: a missing one is a compile error. */
export type PerOp<T> = { readonly [K in OpName]: T };

/** Opcode numbers by name: `IR.add`. */
export const IR = Object.fromEntries(ROWS.map(([name], i) => [name, i])) as PerOp<Op>;

export const OP_NAMES: readonly string[] = ROWS.map((r) => r[0]);
export const OP_MEANING: readonly string[] = ROWS.map((r) => r[3]);
/** Operand letters of a, b, c. */
export const OP_OPERANDS: readonly string[] = ROWS.map((r) => r[1]);
export const OP_COUNT = ROWS.length;

/** Flag bits per opcode, for hot loops. */
export const FLAG = {
  a: 1, // column a is a value
  b: 2, // column b is a value
  c: 4, // column c is a value
  pure: 8,
  traps: 16,
  load: 32,
  effect: 64,
  control: 128,
  param: 256,
  commutes: 512,
  listA: 1024, // column a is a value list
  listB: 2048, // column b is a value list
} as const;

const EFFECT_FLAG: Readonly<Record<string, number>> = {
  P: FLAG.pure,
  T: FLAG.traps,
  L: FLAG.load,
  E: FLAG.effect,
  C: FLAG.control,
  B: FLAG.param,
  K: FLAG.commutes,
};

function flagsOf([, operands, effect]: Row): number {
  let flags = 0;
  if (operands[0] === "v") flags |= FLAG.a;
  if (operands[1] === "v") flags |= FLAG.b;
  if (operands[2] === "v") flags |= FLAG.c;
  if (operands[0] === "p") flags |= FLAG.listA;
  if (operands[1] === "p") flags |= FLAG.listB;
  for (const letter of effect) flags |= EFFECT_FLAG[letter] ?? 0;
  return flags;
}

export const OP_FLAGS: Uint16Array = Uint16Array.from(ROWS, flagsOf);

/** Lanes of a v128: aux of the vector opcodes. */
export const SHAPE = { i8x16: 0, i16x8: 1, i32x4: 2, i64x2: 3, f32x4: 4, f64x2: 5 } as const;
export const SHAPE_NAMES = ["i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2"] as const;

// ACCESS: aux of load and store.
//   bits 0-3  width   WIDTH: how many bytes and how they extend to the type
//   bits 4-6  alias   CLASS: which state it touches
//   bit  7    guard   may run into the guard of a memory (an `access` site)
//   bit  8    signed  column c is an i32 below 0, else a u32; only with i32 addresses (opt/facts.ts)
//           (a v128 of u32 or u64: the upper part is zero)
export const WIDTH = { full: 0, u8: 1, s8: 2, u16: 3, s16: 4, u32: 5, s32: 6, u64: 7 } as const;
export const WIDTH_NAMES = ["", "8u", "8s", "16u", "16s", "32u", "32s", "64u"] as const;
/** Bytes of each WIDTH; 0 = the size of the type. */
export const WIDTH_BYTES = [0, 1, 1, 2, 2, 4, 4, 8] as const;

/** `fixed` never changes after instantiation, so a load of it is pure and floats. */
export const CLASS = { memory: 0, global: 1, table: 2, size: 3, fixed: 4 } as const;
export const CLASS_NAMES = ["memory", "global", "table", "size", "fixed"] as const;
export const ACCESS_GUARD = 128;
export const ACCESS_SIGNED = 256;

export const accessOf = (width: number, klass: number, guard: number): number =>
  width | (klass << 4) | guard;
export const widthOf = (aux: number): number => aux & 15;
export const classOf = (aux: number): number => (aux >> 4) & 7;
/** What an access adds to its address, as a number. */
export const offsetOf = (aux: number, c: number): number => (aux & ACCESS_SIGNED ? c : c >>> 0);
