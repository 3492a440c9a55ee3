// TABLE. Selection for arm64: what each IR opcode becomes, most specific first (ir/rule.ts has the
// language, forms.ts and flags.ts what rules call). Two sets: `select` for instructions, `truth` for
// what is tested against zero.
//
// Laws
// 1. An operator of 32 bits clears the upper half of its result (the invariant of ir/types.ts).
// 2. A form that takes an operand of 32 bits reads only its low half.
// 3. An operand below the root is computed by the root's instruction: shifted, extended or
//    multiplied by it.
// 4. Immediates are what immediates.ts says; other constants are made in registers.
// 5. Rules for `truth` see a value that only a test against zero uses.

import * as predicates from "../../src/ir/predicates.ts";
import { isMask } from "../../src/ir/predicates.ts";
import {
  any,
  ask,
  constant,
  float,
  form,
  int,
  named,
  op,
  rule,
  shaped,
  shared,
  some,
  typed,
  when,
} from "../../src/ir/rule.ts";
import type { Node, OpNode, Rule, RuleSet, TestModule } from "../../src/ir/rule.ts";
import { IR, OP_OPERANDS, SHAPE_NAMES } from "../../src/ir/ops.ts";
import type { OpName } from "../../src/ir/ops.ts";
import { DIRECT_NAMES, ZERO_NAMES, isAlwaysDirect } from "./direct.ts";
import { COND, EXTEND, INST, SELECTS, SHIFT } from "./insts.ts";
import * as tests from "./tests.ts";
import {
  countMasked,
  isAddend,
  isCompared,
  isLittleShift,
  isLogical,
  isPow2Plus1,
  isWhole,
} from "./tests.ts";

const WIDE = "i64 ref ptr";
const FLOAT = "f32 f64";

const x = any("x");
const y = any("y");
const z = any("z");
const c = constant("c");
const d = constant("d");
const logicalImm = constant("c", isLogical);
const m = named("m", op.load(any("p")));
const whole = ask("isWhole", m);

// ---- arithmetic --------------------------------------------------------------------------------

const binary = form("binary");
const binaryShift = form("binaryShift");
const binaryExtend = form("binaryExtend");
const multiply = form("multiply");
const multiplyLong = form("multiplyLong");
const multiplyAddLong = form("multiplyAddLong");
const unary = form("unary");
const logical = form("logical");

const sum = named("r", op.add(x, y));
const leaRecord = form("leaRecord");

const SHIFTS = [
  ["shl", SHIFT.lsl],
  ["shru", SHIFT.lsr],
  ["shrs", SHIFT.asr],
] as const;

/** The right operand is shifted by a constant, a small one even if others use the result. */
const withShift = (name: OpName, to: number): readonly Rule[] => {
  const little = named("s", op.shl(y, constant("c", isLittleShift)));
  return [
    rule(
      op[name](x, shared(little)),
      binaryShift(to, x, y, SHIFT.lsl, c),
      ask("mayRepeat", little),
    ),
    ...SHIFTS.map(([by, kind]) => rule(op[name](x, op[by](y, c)), binaryShift(to, x, y, kind, c))),
  ];
};

const long = (extend: "exts" | "extu") => op.mul(op[extend](x), op[extend](y));

const add: readonly Rule[] = [
  rule(typed(WIDE, sum), leaRecord(), ask("isRecordSum", sum)),
  rule(op.add(x, constant("c", isAddend)), form("addImm")(x, c)),
  rule(op.add(long("exts"), z), multiplyAddLong(INST.smaddl, x, y, z)),
  rule(op.add(long("extu"), z), multiplyAddLong(INST.umaddl, x, y, z)),
  rule(op.add(op.mul(x, y), z), multiply(INST.madd, x, y, z)),
  ...withShift("add", INST.addsh),
  rule(op.add(x, op.exts(y)), binaryExtend(INST.addx, x, y, EXTEND.sxtw)),
  rule(op.add(x, y), binary(INST.add, x, y)),
];

const sub: readonly Rule[] = [
  ...SHIFTS.map(([by, kind]) =>
    rule(op.sub(int(0), op[by](y, c)), form("unaryShift")(INST.negsh, y, kind, c)),
  ),
  rule(op.sub(int(0), op.mul(x, y)), binary(INST.mneg, x, y)),
  rule(op.sub(int(0), y), unary(INST.neg, 0, y)),
  rule(op.sub(x, constant("c", isAddend)), form("minusImm")(x, c)),
  rule(op.sub(z, op.mul(x, y)), multiply(INST.msub, x, y, z)),
  ...withShift("sub", INST.subsh),
  rule(op.sub(x, op.exts(y)), binaryExtend(INST.subx, x, y, EXTEND.sxtw)),
  rule(op.sub(x, y), binary(INST.sub, x, y)),
];

const mul: readonly Rule[] = [
  rule(op.mul(x, constant("c", isPow2Plus1)), form("timesPow2Plus1")(x, c)),
  rule(long("exts"), multiplyLong(INST.smull, x, y)),
  rule(long("extu"), multiplyLong(INST.umull, x, y)),
  rule(op.mul(x, y), binary(INST.mul, x, y)),
];

const not = (v: Node) => op.xor(v, int(-1));
const mask = constant("d", isMask);

const and: readonly Rule[] = [
  rule(op.and(op.shru(x, c), mask), form("extract")(x, c, d)),
  rule(op.and(x, logicalImm), logical(INST.andi, x, c)),
  rule(op.and(x, not(y)), binary(INST.bic, x, y)),
  ...withShift("and", INST.andsh),
  rule(op.and(x, y), binary(INST.and, x, y)),
];

const or: readonly Rule[] = [
  rule(op.or(op.shl(x, c), op.shru(y, d)), form("funnel")(x, y, d), when(isWhole, c, d)),
  rule(op.or(x, logicalImm), logical(INST.orri, x, c)),
  rule(op.or(x, not(y)), binary(INST.orn, x, y)),
  ...withShift("or", INST.orrsh),
  rule(op.or(x, y), binary(INST.orr, x, y)),
];

const xor: readonly Rule[] = [
  rule(not(x), unary(INST.mvn, 0, x)),
  rule(op.xor(x, logicalImm), logical(INST.eori, x, c)),
  rule(op.xor(x, not(y)), binary(INST.eon, x, y)),
  ...withShift("xor", INST.eorsh),
  rule(op.xor(x, y), binary(INST.eor, x, y)),
];

// The machine masks counts as Wasm does, so a mask that keeps all bits of the count is dropped.
const shift = (name: OpName, byReg: number): readonly Rule[] => [
  rule(op[name](x, op.and(y, constant("c", countMasked))), form("shift")(byReg, x, y)),
  rule(op[name](x, y), form("shift")(byReg, x, y)),
];

const shiftBoth = form("shiftBoth");
const shiftRight = form("shiftRight");
const rotate = form("rotate");

const shifts: readonly Rule[] = [
  rule(op.shl(op.and(x, mask), c), form("insert")(x, d, c)),
  rule(op.shl(op.exts(x), c), form("extendShift")(x, c)),
  rule(op.shl(x, c), form("shiftLeft")(x, c)),
  ...shift("shl", INST.lslv),
  rule(op.shrs(op.shl(x, c), d), shiftBoth(INST.sbfm, x, c, d)),
  rule(op.shrs(x, c), shiftRight(INST.sbfm, x, c)),
  ...shift("shrs", INST.asrv),
  rule(op.shru(op.shl(x, c), d), shiftBoth(INST.ubfm, x, c, d)),
  rule(op.shru(x, c), shiftRight(INST.ubfm, x, c)),
  ...shift("shru", INST.lsrv),
  rule(op.rotl(x, c), rotate(x, c, 1)),
  ...shift("rotl", INST.rolv),
  rule(op.rotr(x, c), rotate(x, c, 0)),
  ...shift("rotr", INST.rorv),
];

const divide = form("divide");
const extend = form("extend");

const integers: readonly Rule[] = [
  ...add,
  ...sub,
  ...mul,
  rule(typed("i32", op.mulhs(x, y)), binary(INST.smulh32, x, y)),
  rule(op.mulhs(x, y), binary(INST.smulh, x, y)),
  rule(typed("i32", op.mulhu(x, y)), binary(INST.umulh32, x, y)),
  rule(op.mulhu(x, y), binary(INST.umulh, x, y)),
  rule(op.divs(x, y), divide(INST.sdiv, x, y)),
  rule(op.divu(x, y), divide(INST.udiv, x, y)),
  rule(op.rems(x, y), divide(INST.srem, x, y)),
  rule(op.remu(x, y), divide(INST.urem, x, y)),
  ...and,
  ...or,
  ...xor,
  ...shifts,
  rule(op.clz(x), unary(INST.clz, 0, x)),
  rule(op.ctz(x), unary(INST.ctz, 0, x)),
  rule(op.popcnt(x), unary(INST.popcnt, 0, x)),
  rule(op.sext8(x), extend(x, 8)),
  rule(op.sext16(x), extend(x, 16)),
  rule(op.sext32(x), extend(x, 32)),
  rule(op.wrap(x), form("wrap")(x)),
  rule(op.exts(m), form("loadSigned")(m), whole),
  rule(op.exts(x), extend(x, 32)),
];

// ---- comparisons -------------------------------------------------------------------------------
// As a value, or for whoever has noted itself as the consumer.

const INT_COMPARES = ["eq", "ne", "lts", "ltu", "gts", "gtu", "les", "leu", "ges", "geu"] as const;
const FLOAT_COMPARES = [
  ["feq", COND.eq],
  ["fne", COND.ne],
  ["flt", COND.mi],
  ["fgt", COND.gt],
  ["fle", COND.ls],
  ["fge", COND.ge],
] as const;

const compared = (left: Node, right: Node) => some("k", INT_COMPARES, left, right);
const pick = form("flags.choose");
const yes = any("yes");
const no = any("no");
const picked = (kind: number, made: (v: Node) => Node): readonly Rule[] => [
  rule(op.select(x, yes, made(no)), pick(kind, x, yes, no, 0)),
  rule(op.select(x, made(yes), no), pick(kind, x, no, yes, 1)),
];
const integer = "i32 i64 ref ptr";

const compares: readonly Rule[] = [
  rule(op.eq(x, int(0)), form("flags.isZero")(x)),
  rule(op.ne(x, int(0)), form("flags.isNonZero")(x)),
  rule(compared(x, constant("c", isCompared)), form("flags.compareImm")(x, c)),
  ...SHIFTS.map(([by, kind]) =>
    rule(compared(x, op[by](y, c)), form("flags.compareShifted")(x, y, kind, c)),
  ),
  rule(compared(x, y), form("flags.compare")(x, y)),
  ...FLOAT_COMPARES.flatMap(([name, condition]) => [
    rule(op[name](x, float(0)), form("flags.compareFloatZero")(x, condition)),
    rule(op[name](x, y), form("flags.compareFloats")(x, y, condition)),
  ]),
  rule(typed(integer, op.select(x, yes, int(0))), pick(SELECTS.selz, x, yes, yes, 0)),
  rule(typed(integer, op.select(x, int(0), no)), pick(SELECTS.selz, x, no, no, 1)),
  ...picked(SELECTS.inc, (v) => op.add(v, int(1))),
  ...picked(SELECTS.inv, not),
  ...picked(SELECTS.neg, (v) => op.sub(int(0), v)),
  rule(op.select(x, yes, no), form("choose")(x)),
];

const truths: readonly Rule[] = [
  rule(compared(x, y), form("flags.testCompare")()),
  rule(
    some(
      "k",
      FLOAT_COMPARES.map(([name]) => name),
      x,
      y,
    ),
    form("flags.testCompare")(),
  ),
  rule(op.and(some("s", ["shru", "shrs"], x, c), int(1)), form("flags.testShifted")(x, c)),
  rule(op.and(x, op.shl(int(1), y)), form("flags.testBit")(x, y)),
  rule(op.and(x, logicalImm), form("flags.testImm")(x, c)),
  rule(op.and(x, y), form("flags.testBoth")(x, y)),
  rule(op.vanytrue(x), form("flags.testAny")(x)),
  rule(op.valltrue(x), form("flags.testAll")(x)),
  rule(op.vbitmask(x), form("flags.testSigns")(x)),
];

// ---- floats ------------------------------------------------------------------------------------

const FLOAT_BINARIES = [
  ["fadd", INST.fadd],
  ["fsub", INST.fsub],
  ["fmul", INST.fmul],
  ["fdiv", INST.fdiv],
  ["fmin", INST.fmin],
  ["fmax", INST.fmax],
  ["fcopysign", INST.fcopysign],
] as const;
const FLOAT_UNARIES = [
  ["fneg", INST.fneg],
  ["fabs", INST.fabs],
  ["fsqrt", INST.fsqrt],
  ["fceil", INST.frintp],
  ["ffloor", INST.frintm],
  ["ftrunc", INST.frintz],
  ["fnearest", INST.frintn],
  ["promote", INST.promote],
  ["demote", INST.demote],
] as const;

const truncate = form("truncate");
const toFloat = form("float");

const floating: readonly Rule[] = [
  ...FLOAT_BINARIES.map(([name, to]) => rule(op[name](x, y), binary(to, x, y))),
  ...FLOAT_UNARIES.map(([name, to]) => rule(op[name](x), unary(to, 0, x))),
  rule(op.cvts(x), toFloat(INST.scvtf32, INST.scvtf64, x)),
  rule(op.cvtu(x), toFloat(INST.ucvtf32, INST.ucvtf64, x)),
  rule(op.truncs(x), truncate(INST.truncs32, INST.truncs64, x)),
  rule(op.truncu(x), truncate(INST.truncu32, INST.truncu64, x)),
  rule(op.sats(x), truncate(INST.fcvtzs32, INST.fcvtzs64, x)),
  rule(op.satu(x), truncate(INST.fcvtzu32, INST.fcvtzu64, x)),
  rule(op.bitcast(m), form("loadAs")(m), whole),
  rule(typed(FLOAT, op.bitcast(x)), unary(INST.fmovx, 0, x)),
  rule(op.bitcast(x), unary(INST.fmovr, 0, x)),
];

// ---- vectors -----------------------------------------------------------------------------------
// direct.ts lists what is one instruction for a shape.

type ShapeName = (typeof SHAPE_NAMES)[number];

/** One instruction for the shapes that have it. */
const direct = (name: OpName): Rule => {
  const isBinary = OP_OPERANDS[IR[name]] === "vv.";
  const v = named("v", isBinary ? op[name](x, y) : op[name](x));
  const made = isBinary ? form("vec.binary")(x, y) : form("vec.unary")(x);
  return isAlwaysDirect(name) ? rule(v, made) : rule(v, made, ask("vec.isDirect", v));
};

const againstZero = (name: OpName): Rule => {
  const v = named("v", op[name](x, int(0)));
  return rule(v, form("vec.againstZero")(x), ask("vec.hasZero", v));
};

const vectorShift = (name: OpName): readonly Rule[] => [
  rule(op[name](x, c), form("vec.shiftImm")(x, c)),
  rule(op[name](x, y), form("vec.shift")(x, y)),
];

const bits = form("vec.bits");
const multiplyAdd = form("vec.multiplyAdd");
const pairsAdd = form("vec.pairsAdd");
const narrow = form("vec.narrow");
const convertLow = form("vec.convertLow");
const saturate = form("vec.saturate");

const LONG_MULTIPLIES = [
  ["vmullows", INST.vsmlal],
  ["vmulhighs", INST.vsmlal2],
  ["vmullowu", INST.vumlal],
  ["vmulhighu", INST.vumlal2],
] as const;

/** Sums of products and of pairs, for shapes of integers that have them. */
const sums = (shape: ShapeName): readonly Rule[] => {
  const plus = (v: OpNode) => shaped(shape, op.vadd(v, z));
  const rules: Rule[] = [];
  if (shape !== "i64x2") {
    const product = shaped(shape, op.vmul(x, y));
    rules.push(
      rule(plus(product), multiplyAdd(INST.vmla, x, y, z)),
      rule(shaped(shape, op.vsub(z, product)), multiplyAdd(INST.vmls, x, y, z)),
    );
  }
  for (const [name, to] of LONG_MULTIPLIES) {
    rules.push(rule(plus(shaped(shape, op[name](x, y))), multiplyAdd(to, x, y, z)));
  }
  if (shape === "i64x2") return rules;
  return [
    ...rules,
    rule(plus(shaped(shape, op.vpairs(x))), pairsAdd(INST.vsadalp, x, z)),
    rule(plus(shaped(shape, op.vpairu(x))), pairsAdd(INST.vuadalp, x, z)),
  ];
};

/** A lane that goes from one vector to others, or to memory. */
const laneMoves = (shape: ShapeName): readonly Rule[] => {
  const isShort = shape === "i8x16" || shape === "i16x8";
  const ops: readonly OpName[] = isShort ? ["vextracts", "vextractu"] : ["vextractu"];
  const lane = shaped(shape, some("e", ops, y));
  const store = named("w", op.store(any("p"), lane));
  return [
    rule(shaped(shape, op.vsplat(lane)), form("lanes.splatLane")(lane, y)),
    rule(shaped(shape, op.vreplace(x, lane)), form("lanes.replaceLane")(x, lane, y)),
    rule(store, form("lanes.storeLane")(lane, y), ask("lanes.writesLane", store, lane)),
  ];
};

const splatted = named("v", op.vsplat(m));
const replaced = named("v", op.vreplace(x, m));

const vectors: readonly Rule[] = [
  ...(["i16x8", "i32x4", "i64x2"] as const).flatMap(sums),
  rule(op.vand(x, op.vnot(y)), bits(INST.vbic, x, y)),
  rule(op.vor(x, op.vnot(y)), bits(INST.vorn, x, y)),
  ...ZERO_NAMES.map(againstZero),
  ...DIRECT_NAMES.map(direct),
  rule(op.vmul(x, y), form("vec.multiplyLong")(x, y)),
  rule(op.vbitselect(x, y, z), form("vec.select")(x, y, z)),
  rule(op.vdot(x, y), form("vec.dot")(x, y)),
  rule(op.vne(x, int(0)), form("vec.notZero")(x)),
  rule(op.vne(x, y), form("vec.notEqual")(x, y)),
  rule(op.vfpmin(x, y), form("vec.pick")(x, y, 0)),
  rule(op.vfpmax(x, y), form("vec.pick")(x, y, 1)),
  ...vectorShift("vshl"),
  ...vectorShift("vshrs"),
  ...vectorShift("vshru"),
  rule(op.vnarrows(x, y), narrow(INST.vsqxtn, INST.vsqxtn2, x, y)),
  rule(op.vnarrowu(x, y), narrow(INST.vsqxtun, INST.vsqxtun2, x, y)),
  rule(op.vcvts(x), convertLow(INST.vsxtl, INST.vscvtf, x)),
  rule(op.vcvtu(x), convertLow(INST.vuxtl, INST.vucvtf, x)),
  rule(op.vsats(x), saturate(INST.vfcvtzs, INST.vsqxtn, x)),
  rule(op.vsatu(x), saturate(INST.vfcvtzu, INST.vuqxtn, x)),
  rule(op.vanytrue(x), form("flags.testAny")(x)),
  rule(op.valltrue(x), form("flags.testAll")(x)),
  rule(op.vbitmask(x), form("vec.bitMask")(x)),
  // lanes
  ...SHAPE_NAMES.flatMap(laneMoves),
  rule(splatted, form("lanes.splatMem")(m), ask("lanes.readsLane", splatted, m)),
  rule(op.vsplat(x), form("lanes.splat")(x)),
  rule(op.vextracts(x), form("lanes.extract")(x)),
  rule(op.vextractu(x), form("lanes.extract")(x)),
  rule(replaced, form("lanes.replaceMem")(x, m), ask("lanes.readsLane", replaced, m)),
  rule(op.vreplace(x, y), form("lanes.replace")(x, y)),
  rule(op.vshuffle(x, y, z), form("lanes.shuffle")(x, y, z)),
];

// ---- memory and state --------------------------------------------------------------------------

const written = named("w", op.store(x, y));

const memory: readonly Rule[] = [
  rule(op.load(x), form("load")()),
  rule(op.store(x, typed("i32 i64 ref ptr", int(0))), form("storeZero")()),
  rule(op.store(x, float(0)), form("storeZero")()),
  rule(named("w", op.store(x, op.bitcast(y))), form("store")(y), ask("isWhole", written)),
  rule(op.store(x, y), form("store")(y)),
  rule(op.inst(), leaRecord()),
  rule(op.membase(), leaRecord()),
  rule(op.call(), form("call")()),
  rule(op.callslot(), form("callSlot")()),
  rule(op.callref(x), form("callRef")(x)),
  rule(op.libcall(), form("libcall")()),
  rule(op.sigcheck(x), form("checkSignature")(x)),
  rule(op.trapif(x), form("trapIf")(x)),
  rule(op.br(x), form("branch")(x)),
  rule(op.switch(x), form("jumpTable")(x)),
];

// ---- the sets ----------------------------------------------------------------------------------

const modules: readonly TestModule[] = [
  { from: "../../src/ir/predicates.ts", exports: predicates },
  { from: "./tests.ts", exports: tests },
];
const matcher = { type: "Forms", from: "./forms.ts" };
const numbers = { object: "INST", from: "./insts.ts", values: INST };

export const RULES: readonly RuleSet[] = [
  {
    kind: "select",
    name: "select",
    rules: [...integers, ...compares, ...floating, ...vectors, ...memory],
    modules,
    matcher,
    numbers,
  },
  { kind: "select", name: "truth", rules: truths, modules, matcher, numbers },
];
