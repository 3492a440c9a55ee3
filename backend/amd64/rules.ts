// TABLE. Instruction selection for amd64: which instructions an IR instruction becomes and what it
// swallows. The language is src/ir/rule.ts, the forms are methods of Forms (forms.ts, flags.ts).
// `make gen` prints rules.gen.ts. Names: x, y values; c, d constants; m, n loads that are
// swallowed; k a comparison.
//
// Laws
// 1. The last rule of an opcode matches always: rules.test.ts checks that none is missing.
// 2. An operation of 32 bits reads low halves only and leaves a zero upper half; one of 64 bits
//    that reads an i32 reads all of it (the invariant of ir/types.ts).
// 3. A load is swallowed as a whole (isWhole, isByte): its bytes are read by an operation of
//    exactly that width, because one that is narrower could miss the end of the memory.
// 4. Immediates are 32 bits, sign-extended: fitsI32.
// 5. Rules for `truth` see a value that only a test against zero uses.

import * as predicates from "../../src/ir/predicates.ts";
import { fitsI32, isNonZero, isPow2 } from "../../src/ir/predicates.ts";
import {
  any,
  ask,
  constant,
  form,
  int,
  named,
  op,
  rule,
  shaped,
  shared,
  some,
  typed,
} from "../../src/ir/rule.ts";
import type { Rule, RuleSet, TestModule } from "../../src/ir/rule.ts";
import { SHAPE_NAMES } from "../../src/ir/ops.ts";
import type { OpName } from "../../src/ir/ops.ts";
import { COND, INST, ROUND } from "./insts.ts";
import * as tests from "./tests.ts";
import {
  countMasked,
  isByteMask,
  isHalfMask,
  isLowWord,
  isPositive,
  isRealShift,
  isScale,
  isSignedByte,
  isU31,
  isUnsignedByte,
  negFitsI32,
} from "./tests.ts";

const WIDE = "i64 ref ptr";
const FLOAT = "f32 f64";

const x = any("x");
const y = any("y");
const c = constant("c");
const imm = constant("c", fitsI32);
const scale = constant("k", isScale);
const m = named("m", op.load(any("p")));
const whole = ask("isWhole", m);

// ---- arithmetic --------------------------------------------------------------------------------

const binary = form("binary");
const commuting = form("commuting");
const binaryReg = form("binaryReg");
const binaryMem = form("binaryMem");
const binaryImm = form("binaryImm");
const narrowImm = form("narrowImm");
const unary = form("unary");
const convert = form("convert");
const convertMem = form("convertMem");
const extend = form("extend");
const lea = form("lea");
const leaImm = form("leaImm");
const leaTimes = form("leaTimes");
const leaScaled = form("leaScaled");

const sum = named("r", op.add(x, y));
const inst = named("r", op.inst());
const membase = named("r", op.membase());
const leaRecord = form("leaRecord");

const add: readonly Rule[] = [
  rule(typed(WIDE, sum), leaRecord(), ask("isRecordSum", sum)),
  rule(op.add(op.add(x, op.shl(y, scale)), imm), lea(x, y, scale, imm)),
  rule(op.add(op.add(x, imm), op.shl(y, scale)), lea(x, y, scale, imm)),
  rule(op.add(op.add(x, y), imm), lea(x, y, 0, imm)),
  rule(op.add(op.add(x, imm), y), lea(x, y, 0, imm)),
  rule(op.add(op.shl(y, scale), imm), leaScaled(y, scale, imm)),
  rule(op.add(x, imm), leaImm(x, imm), ask("livesOn", x)),
  rule(op.add(x, imm), binaryImm(INST.addi, x, imm)),
  rule(op.add(x, op.shl(y, scale)), lea(x, y, scale, 0)),
  rule(op.add(x, m), binaryMem(INST.add, x, m), whole),
  rule(op.add(x, y), lea(x, y, 0, 0), ask("bothLiveOn", x, y)),
  rule(op.add(x, y), commuting(INST.add, x, y)),
];

const sub: readonly Rule[] = [
  rule(op.sub(int(0), y), unary(INST.neg, y)),
  rule(op.sub(x, constant("c", negFitsI32)), form("minusImm")(x, c)),
  rule(op.sub(x, m), binaryMem(INST.sub, x, m), whole),
  rule(op.sub(x, y), binary(INST.sub, x, y)),
];

const mul: readonly Rule[] = [
  rule(op.mul(x, int(3)), leaTimes(x, 1)),
  rule(op.mul(x, int(5)), leaTimes(x, 2)),
  rule(op.mul(x, int(9)), leaTimes(x, 3)),
  rule(op.mul(m, imm), form("timesMem")(m, imm), whole),
  rule(op.mul(x, imm), form("times")(x, imm)),
  rule(op.mul(x, m), binaryMem(INST.imul, x, m), whole),
  rule(op.mul(x, y), commuting(INST.imul, x, y)),
];

const and: readonly Rule[] = [
  rule(op.and(x, constant("c", isByteMask)), extend(INST.movzx8, 4, x)),
  rule(op.and(x, constant("c", isHalfMask)), extend(INST.movzx16, 4, x)),
  rule(typed(WIDE, op.and(x, constant("c", isLowWord))), extend(INST.mov, 4, x)),
  rule(op.and(x, constant("c", isU31)), narrowImm(INST.andi, x, c)),
  rule(op.and(x, imm), binaryImm(INST.andi, x, imm)),
  rule(op.and(op.xor(x, int(-1)), y), form("andn")(x, y), ask("hasBmi1")),
  rule(op.and(x, m), binaryMem(INST.and, x, m), whole),
  rule(op.and(x, y), commuting(INST.and, x, y)),
];

const or: readonly Rule[] = [
  rule(op.or(x, imm), binaryImm(INST.ori, x, imm)),
  rule(op.or(x, m), binaryMem(INST.or, x, m), whole),
  rule(op.or(x, y), commuting(INST.or, x, y)),
];

const xor: readonly Rule[] = [
  rule(op.xor(x, int(-1)), unary(INST.not, x)),
  rule(op.xor(x, imm), binaryImm(INST.xori, x, imm)),
  rule(op.xor(x, m), binaryMem(INST.xor, x, m), whole),
  rule(op.xor(x, y), commuting(INST.xor, x, y)),
];

// The machine masks counts as Wasm does, so a mask that keeps all bits of the count is dropped.
const shift = (name: OpName, byImm: number, byReg: number, bmi2: number): readonly Rule[] => {
  const mask = constant("c", countMasked);
  const masked = op[name](x, op.and(y, mask));
  const rules: Rule[] = [];
  if (name === "rotl" || name === "rotr") {
    const left = name === "rotl" ? 1 : 0;
    rules.push(rule(op[name](x, c), form("rorx")(x, c, left), ask("hasBmi2"), ask("livesOn", x)));
  }
  if (name === "shl") {
    rules.push(
      rule(op.shl(x, int(1)), leaTimes(x, 0), ask("livesOn", x)),
      rule(op.shl(x, scale), leaScaled(x, scale, 0), ask("livesOn", x)),
    );
  }
  rules.push(rule(op[name](x, c), form("shiftImm")(byImm, x, c)));
  if (bmi2 !== 0) {
    rules.push(
      rule(masked, form("shiftx")(bmi2, x, y), ask("hasBmi2")),
      rule(op[name](m, y), form("shiftxMem")(bmi2, m, y), ask("hasBmi2"), whole),
      rule(op[name](x, y), form("shiftx")(bmi2, x, y), ask("hasBmi2")),
    );
  }
  rules.push(
    rule(masked, form("shift")(byReg, x, y)),
    rule(op[name](x, y), form("shift")(byReg, x, y)),
  );
  return rules;
};

const integers: readonly Rule[] = [
  ...add,
  ...sub,
  ...mul,
  rule(op.mulhs(x, m), binaryMem(INST.mulhs, x, m), whole),
  rule(op.mulhs(x, y), form("high")(INST.mulhs, x, y)),
  rule(op.mulhu(x, m), binaryMem(INST.mulhu, x, m), whole),
  rule(op.mulhu(x, y), form("high")(INST.mulhu, x, y)),
  rule(op.divs(x, y), form("divide")(INST.divs, x, y)),
  rule(op.divu(x, y), form("divide")(INST.divu, x, y)),
  rule(op.rems(x, y), form("divide")(INST.rems, x, y)),
  rule(op.remu(x, y), form("divide")(INST.remu, x, y)),
  ...and,
  ...or,
  ...xor,
  ...shift("shl", INST.shli, INST.shl, INST.shlx),
  ...shift("shrs", INST.sari, INST.sar, INST.sarx),
  ...shift("shru", INST.shri, INST.shr, INST.shrx),
  ...shift("rotl", INST.roli, INST.rol, 0),
  ...shift("rotr", INST.rori, INST.ror, 0),
  rule(op.clz(m), convertMem(INST.lzcnt, 0, m), ask("hasLzcnt"), whole),
  rule(op.clz(x), convert(INST.lzcnt, 0, x), ask("hasLzcnt")),
  rule(op.clz(m), convertMem(INST.bsrz, 0, m), whole),
  rule(op.clz(x), convert(INST.bsrz, 0, x)),
  rule(op.ctz(m), convertMem(INST.tzcnt, 0, m), ask("hasBmi1"), whole),
  rule(op.ctz(x), convert(INST.tzcnt, 0, x), ask("hasBmi1")),
  rule(op.ctz(m), convertMem(INST.bsfz, 0, m), whole),
  rule(op.ctz(x), convert(INST.bsfz, 0, x)),
  rule(op.popcnt(m), convertMem(INST.popcnt, 0, m), ask("hasPopcnt"), whole),
  rule(op.popcnt(x), convert(INST.popcnt, 0, x), ask("hasPopcnt")),
  rule(op.popcnt(x), unary(INST.popcnts, x)),
  rule(op.sext8(x), extend(INST.movsx8, 0, x)),
  rule(op.sext16(x), extend(INST.movsx16, 0, x)),
  rule(op.sext32(x), extend(INST.movsx32, 8, x)),
  rule(op.wrap(x), extend(INST.mov, 4, x)),
  rule(op.exts(m), convertMem(INST.movsx32, 8, m), whole),
  rule(op.exts(x), extend(INST.movsx32, 8, x)),
];

// ---- comparisons -------------------------------------------------------------------------------
// As a value, or for whoever has noted itself as the consumer.

const INT_COMPARES = ["eq", "ne", "lts", "ltu", "gts", "gtu", "les", "leu", "ges", "geu"] as const;
const compared = (left: Parameters<typeof some>[2], right: typeof left) =>
  some("k", INT_COMPARES, left, right);
const floats = form("flags.compareFloats");
const floatMem = form("flags.compareFloatMem");

/** `of` names which operand stands left in ucomis, whose "above" is false for NaNs. */
const floatCompare = (name: OpName, condition: number, isSwapped: boolean): readonly Rule[] => {
  const left = isSwapped ? y : x;
  const right = isSwapped ? x : y;
  const withMem = isSwapped ? op[name](m, y) : op[name](x, m);
  return [
    rule(withMem, floatMem(left, m, condition), whole),
    rule(op[name](x, y), floats(left, right, condition)),
  ];
};

const compares: readonly Rule[] = [
  rule(op.eq(x, int(0)), form("flags.isZero")(x)),
  rule(op.ne(x, int(0)), form("flags.isNonZero")(x)),
  rule(
    compared(m, constant("c", isUnsignedByte)),
    form("flags.compareByte")(m, c),
    ask("isByte", m),
  ),
  rule(
    compared(m, constant("c", isSignedByte)),
    form("flags.compareSignedByte")(m, c),
    ask("isSignedByte", m),
  ),
  rule(compared(m, imm), form("flags.compareMemImm")(m, imm), whole),
  rule(compared(x, imm), form("flags.compareImm")(x, imm)),
  rule(compared(x, m), form("flags.compareMem")(x, m), whole),
  rule(compared(m, y), form("flags.compareToReg")(m, y), whole),
  rule(compared(x, y), form("flags.compare")(x, y)),
  ...floatCompare("feq", COND.feq, false),
  ...floatCompare("fne", COND.fne, false),
  ...floatCompare("flt", COND.a, true),
  ...floatCompare("fgt", COND.a, false),
  ...floatCompare("fle", COND.ae, true),
  ...floatCompare("fge", COND.ae, false),
  // The machine's minimum is x < y ? x : y, NaNs and zeros included.
  rule(op.select(op.flt(x, y), x, y), binary(INST.mins, x, y)),
  rule(op.select(op.fgt(x, y), x, y), binary(INST.maxs, x, y)),
  rule(op.select(op.flt(x, y), y, x), binary(INST.maxs, y, x)),
  rule(op.select(op.fgt(x, y), y, x), binary(INST.mins, y, x)),
  rule(op.select(x, any("yes"), any("no")), form("choose")(x)),
];

const bit = some("s", ["shru", "shrs"], x, y);
const truths: readonly Rule[] = [
  rule(compared(x, y), form("flags.testCompare")()),
  rule(some("k", ["feq", "fne", "flt", "fgt", "fle", "fge"], x, y), form("flags.testCompare")()),
  rule(
    op.and(m, constant("c", isUnsignedByte, isNonZero)),
    form("flags.testByteImm")(m, c),
    ask("isByte", m),
  ),
  rule(op.and(m, imm), form("flags.testMemImm")(m, imm), whole),
  rule(op.and(some("s", ["shru", "shrs"], x, c), int(1)), form("flags.testShifted")(x, c)),
  rule(op.and(bit, int(1)), form("flags.testBit")(x, y)),
  rule(op.and(x, op.shl(int(1), y)), form("flags.testBit")(x, y)),
  rule(op.and(x, imm), form("flags.testImm")(x, imm)),
  rule(op.and(x, constant("c", isPow2)), form("flags.testBitImm")(x, c)),
  rule(op.and(x, m), form("flags.testMem")(x, m), whole),
  rule(op.and(x, y), form("flags.testBoth")(x, y)),
  rule(op.load(x), form("flags.testLoad")()),
  rule(op.vanytrue(x), form("flags.testAny")(x)),
  rule(op.valltrue(x), form("flags.testAll")(x)),
];

// ---- floats ------------------------------------------------------------------------------------

const float = (name: OpName, sse: number, avx: number): readonly Rule[] => [
  rule(op[name](x, m), binaryMem(avx, x, m), ask("hasAvx"), whole),
  rule(op[name](x, y), binary(avx, x, y), ask("hasAvx")),
  rule(op[name](x, m), binaryMem(sse, x, m), whole),
  rule(op[name](x, y), (name === "fadd" || name === "fmul" ? commuting : binary)(sse, x, y)),
];

const rounded = (name: OpName, kind: number): readonly Rule[] => [
  rule(op[name](m), form("roundMem")(kind, m)),
  rule(op[name](x), form("round")(kind, x)),
];

const truncated = (name: OpName, narrow: number, wide: number): Rule =>
  rule(op[name](x), form("truncate")(narrow, wide, x));

const z = any("z");
const nonZero = constant("c", isRealShift);
const asSigned = (v: typeof z) => form("float")(INST.cvtui32, INST.cvtsi64, v);

const floating: readonly Rule[] = [
  ...float("fadd", INST.fadd, INST.vadd),
  ...float("fsub", INST.fsub, INST.vsub),
  ...float("fmul", INST.fmul, INST.vmul),
  ...float("fdiv", INST.fdiv, INST.vdiv),
  rule(op.fmin(x, y), binaryReg(INST.fmin, x, y)),
  rule(op.fmax(x, y), binaryReg(INST.fmax, x, y)),
  rule(op.fcopysign(x, y), binaryReg(INST.fcopysign, x, y)),
  rule(op.fneg(x), unary(INST.fneg, x)),
  rule(op.fabs(x), unary(INST.fabs, x)),
  rule(op.fsqrt(m), convertMem(INST.fsqrt, 0, m)),
  rule(op.fsqrt(x), convert(INST.fsqrt, 0, x)),
  ...rounded("fceil", ROUND.ceil),
  ...rounded("ffloor", ROUND.floor),
  ...rounded("ftrunc", ROUND.trunc),
  ...rounded("fnearest", ROUND.nearest),
  rule(op.promote(m), convertMem(INST.promote, 0, m)),
  rule(op.promote(x), convert(INST.promote, 0, x)),
  rule(op.demote(m), convertMem(INST.demote, 0, m)),
  rule(op.demote(x), convert(INST.demote, 0, x)),
  rule(op.cvts(m), form("floatMem")(INST.cvtsi32, INST.cvtsi64, m), whole),
  rule(op.cvts(x), form("float")(INST.cvtsi32, INST.cvtsi64, x)),
  // What is surely not negative is converted as signed.
  rule(op.cvtu(shared(named("z", op.shru(x, nonZero)))), asSigned(z)),
  rule(op.cvtu(shared(named("z", op.and(x, constant("c", isPositive))))), asSigned(z)),
  rule(op.cvtu(x), form("float")(INST.cvtui32, INST.cvtui64, x)),
  truncated("truncs", INST.truncsi32, INST.truncsi64),
  truncated("truncu", INST.truncui32, INST.truncui64),
  truncated("sats", INST.satsi32, INST.satsi64),
  truncated("satu", INST.satui32, INST.satui64),
  rule(op.bitcast(m), form("loadAs")(m), whole),
  rule(typed(FLOAT, op.bitcast(x)), form("convert")(INST.movix, 0, x)),
  rule(op.bitcast(x), form("unary")(INST.movxi, x)),
];

// ---- vectors -----------------------------------------------------------------------------------
// direct.ts lists what is one instruction for a shape. Loads of 16 bytes are swallowed with AVX.

const left = named("m", op.load(any("p")));

/** Those whose instruction takes the operands the other way round (direct.ts). */
const TURNED = new Set<OpName>(["vandnot", "vlts", "vfgt", "vfge", "vfpmin", "vfpmax"]);

/** Opcodes that are one instruction; `...rest` makes the shapes for which they are not. */
const direct = (name: OpName, ...rest: readonly Rule[]): readonly Rule[] => {
  const onRight = named("v", op[name](x, m));
  const onLeft = named("v", op[name](left, y));
  const plain = named("v", op[name](x, y));
  return [
    TURNED.has(name)
      ? rule(onLeft, form("vec.binaryMem")(y, m), ask("vec.reads", onLeft, m))
      : rule(onRight, form("vec.binaryMem")(x, m), ask("vec.reads", onRight, m)),
    rest.length === 0
      ? rule(plain, form("vec.binary")(x, y))
      : rule(plain, form("vec.binary")(x, y), ask("vec.isDirect", plain)),
    ...rest,
  ];
};

const directOne = (name: OpName, ...rest: readonly Rule[]): readonly Rule[] => {
  const loaded = named("v", op[name](m));
  const plain = named("v", op[name](x));
  return [
    rule(loaded, form("vec.unaryMem")(m), ask("vec.reads", loaded, m)),
    rest.length === 0
      ? rule(plain, form("vec.unary")(x))
      : rule(plain, form("vec.unary")(x), ask("vec.isDirect", plain)),
    ...rest,
  ];
};

const vectorShift = (name: OpName): readonly Rule[] => [
  rule(op[name](x, c), form("vec.shiftImm")(x, c)),
  rule(op[name](x, y), form("vec.shift")(x, y)),
];

const orEqual = (name: OpName): Rule => rule(op[name](x, y), form("vec.compareOrEqual")(x, y));

const long = (name: OpName): Rule => {
  const v = named("v", op[name](x, y));
  return rule(v, form("vec.compareLong")(x, y), ask("vec.isLong", v));
};

const splatted = named("v", op.vsplat(m));
const replaced = named("v", op.vreplace(x, m));

const laneStore = (shape: (typeof SHAPE_NAMES)[number]): Rule => {
  const ops: readonly OpName[] = /^i(?:8|16)/.test(shape)
    ? ["vextracts", "vextractu"]
    : ["vextractu"];
  const lane = shaped(shape, some("e", ops, x));
  const store = named("w", op.store(any("p"), lane));
  return rule(store, form("lanes.storeLane")(lane, x), ask("lanes.isLaneStore", store, lane));
};

const vectors: readonly Rule[] = [
  rule(op.vnot(x), form("vec.not")(x)),
  rule(op.vand(op.vnot(x), y), form("vec.andNot")(x, y)),
  ...["vand", "vor", "vxor", "vandnot", "vadd", "vsub"].flatMap((n) => direct(n as OpName)),
  rule(op.vbitselect(x, y, z), form("vec.blend")(x, y, z), ask("vec.isMask", z)),
  rule(op.vbitselect(x, y, z), form("vec.select")(x, y, z)),
  rule(op.vanytrue(x), form("flags.testAny")(x)),
  rule(op.valltrue(x), form("flags.testAll")(x)),
  rule(op.vbitmask(x), form("lanes.bitMask")(x)),
  // lanes
  rule(splatted, form("lanes.splatMem")(m), ask("lanes.splatsFrom", splatted, m)),
  rule(op.vsplat(x), form("lanes.splat")(x)),
  rule(op.vextracts(x), form("lanes.extract")(x)),
  rule(op.vextractu(x), form("lanes.extract")(x)),
  rule(replaced, form("lanes.replaceMem")(x, m), ask("lanes.readsLane", replaced, m)),
  rule(op.vreplace(x, y), form("lanes.replace")(x, y)),
  rule(op.vshuffle(x, y, z), form("lanes.shuffle")(x, y, z)),
  rule(op.vswizzle(x, c), form("lanes.swizzleConst")(x, c)),
  rule(op.vswizzle(x, y), form("lanes.swizzle")(x, y)),
  // integers
  ...direct("vmul", rule(op.vmul(x, y), form("vec.multiplyLong")(x, y))),
  rule(op.vneg(x), form("vec.negate")(x)),
  ...directOne("vabs", rule(op.vabs(x), form("vec.absolute")(x))),
  ...["vaddsats", "vaddsatu", "vsubsats", "vsubsatu"].flatMap((n) => direct(n as OpName)),
  ...["vmins", "vminu", "vmaxs", "vmaxu", "vavgru"].flatMap((n) => direct(n as OpName)),
  rule(op.vq15mulr(x, y), form("vec.multiplyFractions")(x, y)),
  rule(op.vpopcnt(x), form("vec.countBits")(x)),
  ...vectorShift("vshl"),
  ...vectorShift("vshrs"),
  ...vectorShift("vshru"),
  // comparisons
  ...direct("veq"),
  ...direct("vne", rule(op.vne(x, y), form("vec.compareUnequal")(x, y))),
  ...direct("vlts", rule(op.vlts(x, y), form("vec.compareLong")(x, y))),
  ...direct("vgts", rule(op.vgts(x, y), form("vec.compareLong")(x, y))),
  rule(op.vltu(x, y), form("vec.compareUnsigned")(x, y)),
  rule(op.vgtu(x, y), form("vec.compareUnsigned")(x, y)),
  long("vles"),
  long("vges"),
  orEqual("vles"),
  orEqual("vges"),
  orEqual("vleu"),
  orEqual("vgeu"),
  ...["vflt", "vfgt", "vfle", "vfge"].flatMap((n) => direct(n as OpName)),
  // floats
  ...["vfdiv", "vfpmin", "vfpmax"].flatMap((n) => direct(n as OpName)),
  rule(op.vfmin(x, y), form("vec.minimum")(x, y)),
  rule(op.vfmax(x, y), form("vec.maximum")(x, y)),
  ...["vfsqrt", "vfceil", "vffloor", "vftrunc", "vfnearest"].flatMap((n) => directOne(n as OpName)),
  // shapes
  ...["vnarrows", "vnarrowu", "vdot"].flatMap((n) => direct(n as OpName)),
  ...["vextlows", "vextlowu", "vcvts", "vdemote", "vpromote"].flatMap((n) =>
    directOne(n as OpName),
  ),
  rule(op.vexthighs(x), form("widths.extendHigh")(x)),
  rule(op.vexthighu(x), form("widths.extendHigh")(x)),
  rule(op.vmullows(x, y), form("widths.multiply")(x, y)),
  rule(op.vmullowu(x, y), form("widths.multiply")(x, y)),
  rule(op.vmulhighs(x, y), form("widths.multiply")(x, y)),
  rule(op.vmulhighu(x, y), form("widths.multiply")(x, y)),
  rule(op.vpairs(x), form("widths.addPairs")(x)),
  rule(op.vpairu(x), form("widths.addPairs")(x)),
  rule(op.vcvtu(x), form("widths.convertUnsigned")(x)),
  rule(op.vsats(x), form("widths.saturateSigned")(x)),
  rule(op.vsatu(x), form("widths.saturateUnsigned")(x)),
];

// ---- memory and state --------------------------------------------------------------------------

const written = named("w", op.store(x, y));

const memory: readonly Rule[] = [
  rule(op.load(x), form("load")()),
  rule(op.store(x, c), form("storeImm")(c), ask("isStorable", c)),
  ...SHAPE_NAMES.map(laneStore),
  rule(named("w", op.store(x, op.bitcast(y))), form("store")(y), ask("isWhole", written)),
  rule(op.store(x, y), form("store")(y)),
  rule(inst, leaRecord()),
  rule(membase, leaRecord()),
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
