// TABLE. Simplification: what an operator is replaced by when its operands look so (ir/rule.ts has
// the language). The matcher is rules.gen.ts; simplify.ts folds constants before it asks here, and
// divide.ts and vectors.ts take what needs arithmetic or lane numbers at compile time.
//
// Normal form, which rules may rely on and must not undo:
// 1. A constant is the right operand of what commutes and of comparisons; `sub x, C` is a sum.
// 2. Counts of shifts are in [0, width); rotr by a constant is rotl.
// 3. Chains of one operator with constants are one operator with one constant, except sums.
// 4. 0 and 1 of a comparison are the comparison; its negation is the opposite comparison.
// 5. Of equal meanings the narrower: i32 before i64, extu before exts, shru before shrs, since a
//    zero-extended value costs nothing.
// 6. Floats: only what is exact for all values and keeps a NaN arithmetic where the operator
//    makes it so: x * 1 is not x, for it quiets.
// 7. Bits of vectors: `andnot` in place of `not` where one operator does; no `not` of a comparison.
//
// There is no use count while a function is built, so a rule must pay even if what it looks through
// is needed anyway: x + C == D to x == D - C keeps two counters of a loop alive in place of one,
// and wrap of a product that is used whole multiplies twice. Sums of sums with constants stay for
// that reason too; addresses are taken apart in facts.ts, where tidy.ts can undo it.
//
// LLVM has been over most input, so a rule pays if it removes what lowering to Wasm left: masks of
// counts, extensions around 64-bit arithmetic, counts and checks of our own (translate/state.ts).

import * as predicates from "../ir/predicates.ts";
import { any, constant, int, op, rule, shaped, some, typed, when } from "../ir/rule.ts";
import type { Node, OpNode, Rule, RuleSet } from "../ir/rule.ts";
import type { OpName, SHAPE } from "../ir/ops.ts";
import * as conditions from "./conditions.ts";

const { isPow2 } = predicates;
const {
  allBetween,
  fitsByte,
  fitsHalf,
  isAboveWord,
  isAtMost,
  isBelow,
  isBeyondWord,
  isCovered,
  isDisjoint,
  isExtended,
  isFar,
  isHighZero,
  isLongCount,
  isMax,
  isMin,
  isNegativeWide,
  isNonNegative,
  isNotExtended,
  isNoShift,
  isShort,
  isVariable,
  isWholeTurn,
  isWordMask,
  keepsByte,
  keepsCount,
  keepsHalf,
  keepsWideCount,
  keepsWord,
  masksHigh,
  masksLow,
  shiftsOut,
  sumIsLong,
  sumIsShort,
  sumIsWidth,
  withinByte,
  withinHalf,
  withinWord,
} = conditions;

const x = any("x");
const y = any("y");
const c = constant("c");
const d = constant("d");
const zero = int(0);
const ones = int(-1);

const { add, sub, mul, and, or, xor, shl, shrs, shru, rotl, rotr, select } = op;
const { sext8, sext16, sext32, wrap, exts, extu } = op;
const { eq, ne, lts, ltu, gts, gtu, les, leu, ges, geu } = op;

/** -x of a constant or a value. */
const negated = (v: Node): OpNode => sub(zero, v);
const i32 = <N extends Node>(node: N): N => typed("i32", node);
const i64 = <N extends Node>(node: N): N => typed("i64", node);
const words = <N extends Node>(node: N): N => typed("i32 i64", node);

// ---- sums and products -------------------------------------------------------------------------

const SUMS: readonly Rule[] = [
  rule(add(x, zero), x),
  rule(add(sub(c, x), d), sub(add(c, d), x)),
  rule(add(sub(zero, x), y), sub(y, x)),
  rule(add(sub(x, y), y), x),
  rule(add(xor(x, ones), int(1)), negated(x)),

  rule(sub(x, x), zero),
  rule(sub(x, c), add(x, negated(c))),
  rule(sub(c, add(x, d)), sub(sub(c, d), x)),
  rule(sub(c, sub(d, x)), add(x, sub(c, d))),
  rule(sub(zero, sub(x, y)), sub(y, x)),
  rule(sub(zero, xor(x, ones)), add(x, int(1))),
  rule(sub(ones, x), xor(x, ones)),
  rule(sub(add(x, y), x), y),
  rule(sub(x, add(x, y)), negated(y)),
  rule(sub(sub(x, y), x), negated(y)),
  rule(sub(x, sub(x, y)), y),
  rule(sub(x, sub(zero, y)), add(x, y)),

  rule(mul(x, zero), zero),
  rule(mul(x, int(1)), x),
  rule(mul(x, ones), negated(x)),
  rule(mul(x, constant("c", isPow2)), shl(x, op.ctz(c))),
  rule(mul(mul(x, c), d), mul(x, mul(c, d))),
  rule(mul(shl(x, c), d), mul(x, shl(d, c))),
  rule(mul(sub(zero, x), c), mul(x, negated(c))),
];

// ---- bits --------------------------------------------------------------------------------------

const BITS: readonly Rule[] = [
  rule(and(x, x), x),
  rule(and(x, c), x, when(isCovered, x, c)),
  rule(and(x, c), zero, when(isDisjoint, x, c)),
  rule(and(and(x, c), d), and(x, and(c, d))),
  rule(and(exts(x), constant("c", isWordMask)), extu(x)),
  rule(and(extu(x), c), extu(and(x, wrap(c)))),
  rule(and(exts(x), constant("c", withinWord)), extu(and(x, wrap(c)))),
  rule(i64(and(x, constant("c", isWordMask))), extu(wrap(x))),
  rule(and(sext8(x), constant("c", withinByte)), and(x, c)),
  rule(and(sext16(x), constant("c", withinHalf)), and(x, c)),
  rule(and(sext32(x), constant("c", withinWord)), and(x, c)),
  rule(and(or(x, y), x), x),
  rule(and(x, xor(x, ones)), zero),
  rule(and(extu(x), extu(y)), extu(and(x, y))),

  rule(or(x, x), x),
  rule(or(x, zero), x),
  rule(or(x, ones), ones),
  rule(or(or(x, c), d), or(x, or(c, d))),
  rule(or(and(x, c), d), or(x, d), when(allBetween, c, d)),
  rule(or(extu(x), constant("c", withinWord)), extu(or(x, wrap(c)))),
  rule(or(shl(x, c), shru(x, d)), rotl(x, c), when(sumIsWidth, c, d)),
  rule(i32(or(shl(x, y), shru(x, sub(zero, y)))), rotl(x, y)),
  rule(i64(or(shl(x, y), shru(x, sub(zero, y)))), rotl(x, y)),
  rule(or(and(x, y), x), x),
  rule(or(x, xor(x, ones)), ones),
  rule(or(extu(x), extu(y)), extu(or(x, y))),

  rule(xor(x, x), zero),
  rule(xor(x, zero), x),
  rule(xor(xor(x, c), d), xor(x, xor(c, d))),
  rule(xor(extu(x), constant("c", withinWord)), extu(xor(x, wrap(c)))),
  rule(xor(xor(x, y), y), x),
  rule(xor(x, xor(x, ones)), ones),
  rule(xor(extu(x), extu(y)), extu(xor(x, y))),
];

// ---- shifts ------------------------------------------------------------------------------------

/** What all shifts have in common: the count is taken modulo the width. */
const shiftRules = (name: OpName): readonly Rule[] => {
  const shift = op[name];
  return [
    rule(shift(x, constant("c", isNoShift)), x),
    rule(i32(shift(x, constant("c", isLongCount))), shift(x, and(c, int(31)))),
    rule(i64(shift(x, constant("c", isLongCount))), shift(x, and(c, int(63)))),
    rule(shift(x, and(y, constant("c", keepsCount))), shift(x, y)),
    rule(shift(x, extu(and(y, constant("c", keepsWideCount)))), shift(x, extu(y))),
    rule(shift(x, exts(y)), shift(x, extu(y))),
    rule(shift(x, add(y, constant("c", isWholeTurn))), shift(x, y)),
    rule(shift(x, sub(constant("c", isWholeTurn), y)), shift(x, negated(y))),
  ];
};

const SHIFTS: readonly Rule[] = [
  ...shiftRules("shl"),
  rule(shl(shl(x, c), d), shl(x, add(c, d)), when(sumIsShort, c, d)),
  rule(shl(shl(x, c), d), zero, when(sumIsLong, c, d)),
  rule(shl(shru(x, c), c), and(x, shl(ones, c)), when(masksHigh, c)),
  rule(shl(shrs(x, c), c), and(x, shl(ones, c)), when(masksHigh, c)),
  rule(shl(and(x, c), d), shl(x, d), when(shiftsOut, c, d)),
  rule(shl(exts(x), constant("c", isFar)), shl(extu(x), c)),
  rule(shl(extu(wrap(x)), constant("c", isFar)), shl(x, c)),

  ...shiftRules("shru"),
  rule(shru(shru(x, c), d), shru(x, add(c, d)), when(sumIsShort, c, d)),
  rule(shru(shru(x, c), d), zero, when(sumIsLong, c, d)),
  rule(shru(shl(x, c), c), and(x, shru(ones, c)), when(masksLow, c)),
  rule(shru(extu(x), constant("c", isShort)), extu(shru(x, wrap(c)))),
  rule(shru(extu(x), constant("c", isFar)), zero),

  ...shiftRules("shrs"),
  rule(i32(shrs(x, c)), shru(x, c), when(isNonNegative, x)),
  rule(i64(shrs(x, c)), shru(x, c), when(isHighZero, x)),
  rule(shrs(shrs(x, c), d), shrs(x, add(c, d)), when(sumIsShort, c, d)),
  rule(i32(shrs(shrs(x, c), d)), shrs(x, int(31)), when(sumIsLong, c, d)),
  rule(i64(shrs(shrs(x, c), d)), shrs(x, int(63)), when(sumIsLong, c, d)),
  rule(i32(shrs(shl(x, int(24)), int(24))), sext8(x)),
  rule(i64(shrs(shl(x, int(56)), int(56))), sext8(x)),
  rule(i32(shrs(shl(x, int(16)), int(16))), sext16(x)),
  rule(i64(shrs(shl(x, int(48)), int(48))), sext16(x)),
  rule(i64(shrs(shl(x, int(32)), int(32))), sext32(x)),
  rule(shrs(exts(x), constant("c", isShort)), exts(shrs(x, wrap(c)))),

  ...shiftRules("rotl"),
  rule(rotl(rotl(x, c), d), rotl(x, add(c, d))),
  ...shiftRules("rotr"),
  rule(rotr(x, c), rotl(x, negated(c))),
];

// ---- extensions --------------------------------------------------------------------------------

const EXTENSIONS: readonly Rule[] = [
  rule(sext8(x), x, when(fitsByte, x)),
  rule(sext8(sext8(x)), sext8(x)),
  rule(sext8(sext16(x)), sext8(x)),
  rule(sext8(sext32(x)), sext8(x)),
  rule(sext8(and(x, constant("c", keepsByte))), sext8(x)),
  rule(sext16(x), x, when(fitsHalf, x)),
  rule(sext16(sext8(x)), sext8(x)),
  rule(sext16(sext16(x)), sext16(x)),
  rule(sext16(sext32(x)), sext16(x)),
  rule(sext16(and(x, constant("c", keepsHalf))), sext16(x)),
  rule(sext32(sext8(x)), sext8(x)),
  rule(sext32(sext16(x)), sext16(x)),
  rule(sext32(sext32(x)), sext32(x)),
  rule(sext32(extu(x)), exts(x)),
  rule(sext32(exts(x)), exts(x)),
  rule(sext32(and(x, constant("c", keepsWord))), sext32(x)),
  rule(exts(x), extu(x), when(isNonNegative, x)),
  rule(exts(wrap(x)), sext32(x)),

  rule(wrap(extu(x)), x),
  rule(wrap(exts(x)), x),
  rule(wrap(sext32(x)), wrap(x)),
  rule(wrap(sext8(x)), sext8(wrap(x))),
  rule(wrap(sext16(x)), sext16(wrap(x))),
  rule(wrap(and(x, constant("c", keepsWord))), wrap(x)),
  rule(wrap(and(x, c)), and(wrap(x), wrap(c))),
  rule(wrap(shl(x, constant("c", isFar))), zero),
];

// ---- comparisons -------------------------------------------------------------------------------

const OPPOSITE: readonly (readonly [OpName, OpName])[] = [
  ["eq", "ne"],
  ["lts", "ges"],
  ["ltu", "geu"],
  ["gts", "les"],
  ["gtu", "leu"],
  ["feq", "fne"],
];
const SWAPPED: readonly (readonly [OpName, OpName])[] = [
  ["lts", "gts"],
  ["ltu", "gtu"],
  ["les", "ges"],
  ["leu", "geu"],
];
const both = (pairs: typeof OPPOSITE): (readonly [OpName, OpName])[] =>
  pairs.flatMap(([p, q]) => [[p, q] as const, [q, p] as const]);

const FLAGS = [
  ...OPPOSITE.flat(),
  ...(["flt", "fgt", "fle", "fge"] as const),
] satisfies readonly OpName[];
const flag = some("k", FLAGS, x, y);

const NEGATIONS: readonly Rule[] = both(OPPOSITE).flatMap(([one, other]) => [
  rule(eq(op[one](x, y), zero), op[other](x, y)),
  rule(ne(op[one](x, y), int(1)), op[other](x, y)),
  rule(i32(xor(op[one](x, y), int(1))), op[other](x, y)),
]);

/** `eq` and `ne`: what is equal before is so after. */
const equalities = (name: "eq" | "ne", same: number): readonly Rule[] => {
  const is = op[name];
  return [
    rule(words(is(x, x)), int(same)),
    rule(is(extu(x), constant("c", isBeyondWord)), int(1 - same)),
    rule(is(extu(x), constant("c", withinWord)), is(x, wrap(c))),
    rule(is(exts(x), constant("c", isExtended)), is(x, wrap(c))),
    rule(is(exts(x), constant("c", isNotExtended)), int(1 - same)),
    rule(is(extu(x), extu(y)), is(x, y)),
    rule(is(exts(x), exts(y)), is(x, y)),
    rule(is(add(x, y), x), is(y, zero)),
    rule(is(sub(x, y), x), is(y, zero)),
  ];
};

const EQUALITIES: readonly Rule[] = [
  ...equalities("eq", 1),
  rule(eq(and(x, constant("c", isPow2)), c), ne(and(x, c), zero)),
  ...equalities("ne", 0),
  rule(ne(flag, zero), flag),
  rule(eq(flag, int(1)), flag),
  rule(ne(and(x, constant("c", isPow2)), c), eq(and(x, c), zero)),
];

const ORDERS: readonly Rule[] = [
  ...both(SWAPPED).map(([one, other]) => rule(op[one](c, x), op[other](x, c), when(isVariable, x))),
  ...(["les", "leu", "ges", "geu"] as const).map((name) => rule(op[name](x, x), int(1))),
  ...(["lts", "ltu", "gts", "gtu"] as const).map((name) => rule(op[name](x, x), int(0))),

  rule(ltu(x, zero), zero),
  rule(ltu(x, int(1)), eq(x, zero)),
  rule(ltu(x, c), int(1), when(isBelow, x, c)),
  rule(leu(x, zero), eq(x, zero)),
  rule(leu(x, ones), int(1)),
  rule(leu(x, c), int(1), when(isAtMost, x, c)),
  rule(gtu(x, zero), ne(x, zero)),
  rule(gtu(x, ones), zero),
  rule(gtu(x, c), zero, when(isAtMost, x, c)),
  rule(geu(x, zero), int(1)),
  rule(geu(x, int(1)), ne(x, zero)),
  rule(geu(x, c), zero, when(isBelow, x, c)),
  rule(lts(x, constant("c", isMin)), zero),
  rule(ges(x, constant("c", isMin)), int(1)),
  rule(gts(x, constant("c", isMax)), zero),
  rule(les(x, constant("c", isMax)), int(1)),
  rule(gts(x, ones), ges(x, zero)),
  rule(les(x, ones), lts(x, zero)),
  rule(lts(x, zero), zero, when(isNonNegative, x)),
  rule(ges(x, zero), int(1), when(isNonNegative, x)),

  // Extended words compare as words. What is extended is in [0, 2^32) or [-2^31, 2^31).
  ...(["ltu", "leu", "gtu", "geu"] as const).flatMap((name) => {
    const less = name === "ltu" || name === "leu" ? 1 : 0;
    return [
      rule(op[name](extu(x), constant("c", isBeyondWord)), int(less)),
      rule(op[name](extu(x), constant("c", withinWord)), op[name](x, wrap(c))),
      rule(op[name](extu(x), extu(y)), op[name](x, y)),
      rule(op[name](exts(x), exts(y)), op[name](x, y)),
    ];
  }),
  ...(
    [
      ["lts", "ltu"],
      ["les", "leu"],
      ["gts", "gtu"],
      ["ges", "geu"],
    ] as const
  ).flatMap(([signed, unsigned]) => {
    const less = signed === "lts" || signed === "les" ? 1 : 0;
    return [
      rule(op[signed](extu(x), constant("c", isNegativeWide)), int(1 - less)),
      rule(op[signed](extu(x), constant("c", isAboveWord)), int(less)),
      rule(op[signed](extu(x), constant("c", withinWord)), op[unsigned](x, wrap(c))),
      rule(op[signed](extu(x), extu(y)), op[unsigned](x, y)),
      rule(op[signed](exts(x), constant("c", isExtended)), op[signed](x, wrap(c))),
      rule(op[signed](exts(x), exts(y)), op[signed](x, y)),
    ];
  }),
];

// ---- select ------------------------------------------------------------------------------------

const SELECTS: readonly Rule[] = [
  rule(select(x, y, y), y),
  rule(i32(select(x, int(1), zero)), ne(x, zero)),
  rule(i32(select(x, zero, int(1))), eq(x, zero)),
  rule(i64(select(x, int(1), zero)), extu(ne(x, int(0)))),
  rule(i64(select(x, zero, int(1))), extu(eq(x, int(0)))),
  rule(i32(select(x, ones, zero)), negated(ne(x, zero))),
  rule(i32(select(x, zero, ones)), negated(eq(x, zero))),
  rule(select(eq(i32(x), zero), y, any("z")), select(x, any("z"), y)),
  rule(select(ne(i32(x), zero), y, any("z")), select(x, y, any("z"))),
];

// ---- division by powers of two (the others: divide.ts) -----------------------------------------

const DIVISIONS: readonly Rule[] = [
  rule(op.divu(x, constant("c", isPow2)), shru(x, op.ctz(c))),
  rule(op.remu(x, constant("c", isPow2)), and(x, add(c, ones))),
  rule(op.divs(x, int(1)), x),
  rule(op.rems(x, int(1)), zero),
  rule(op.rems(x, ones), zero),
];

// ---- floats ------------------------------------------------------------------------------------

const FLOATS: readonly Rule[] = [
  rule(op.fneg(op.fneg(x)), x),
  rule(op.fabs(op.fneg(x)), op.fabs(x)),
  rule(op.fabs(op.fabs(x)), op.fabs(x)),
  rule(op.fabs(op.fcopysign(x, y)), op.fabs(x)),
  rule(op.fcopysign(x, x), x),
  rule(op.fcopysign(op.fneg(x), y), op.fcopysign(x, y)),
  rule(op.fcopysign(op.fabs(x), y), op.fcopysign(x, y)),
  rule(op.fcopysign(op.fcopysign(x, any("z")), y), op.fcopysign(x, y)),
  rule(op.fadd(x, op.fneg(y)), op.fsub(x, y)),
  rule(op.fsub(x, op.fneg(y)), op.fadd(x, y)),
  rule(op.fmul(op.fneg(x), op.fneg(y)), op.fmul(x, y)),
  rule(op.fdiv(op.fneg(x), op.fneg(y)), op.fdiv(x, y)),
  ...(["feq", "fne", "flt", "fgt", "fle", "fge"] as const).map((name) =>
    rule(op[name](op.promote(x), op.promote(y)), op[name](x, y)),
  ),
  ...(["truncs", "truncu", "sats", "satu"] as const).flatMap((name) => [
    rule(i32(op[name](op.promote(x))), i32(op[name](x))),
    rule(i64(op[name](op.promote(x))), i64(op[name](x))),
  ]),
  ...(["f32", "f64"] as const).flatMap((type) => [
    rule(typed(type, op.cvts(exts(x))), typed(type, op.cvts(x))),
    rule(typed(type, op.cvts(extu(x))), typed(type, op.cvtu(x))),
    rule(typed(type, op.cvtu(extu(x))), typed(type, op.cvtu(x))),
  ]),
  rule(op.bitcast(op.bitcast(x)), x),
];

// ---- vectors -----------------------------------------------------------------------------------

const { vnot, vand, vor, vxor, vandnot, vbitselect, vadd, vsub, vmul, vneg, vabs } = op;

const INTEGERS = ["i8x16", "i16x8", "i32x4", "i64x2"] as const;
const SMALL = ["i8x16", "i16x8", "i32x4"] as const;
type LaneRow = readonly [one: OpName, other: OpName, shapes: readonly (keyof typeof SHAPE)[]];

/** Comparisons of lanes that are each other's negation: none of floats but equality. */
const OPPOSITE_LANES: readonly LaneRow[] = [
  ["veq", "vne", [...INTEGERS, "f32x4", "f64x2"]],
  ["vlts", "vges", INTEGERS],
  ["vltu", "vgeu", SMALL],
  ["vgts", "vles", INTEGERS],
  ["vgtu", "vleu", SMALL],
];

const NOT_LANES: readonly Rule[] = OPPOSITE_LANES.flatMap(([one, other, shapes]) =>
  shapes.flatMap((s) => [
    rule(vnot(shaped(s, op[one](x, y))), shaped(s, op[other](x, y))),
    rule(vnot(shaped(s, op[other](x, y))), shaped(s, op[one](x, y))),
  ]),
);

const VECTOR_BITS: readonly Rule[] = [
  rule(vnot(vnot(x)), x),
  ...NOT_LANES,

  rule(vand(x, x), x),
  rule(vand(x, zero), zero),
  rule(vand(x, ones), x),
  rule(vand(x, vnot(y)), vandnot(x, y)),

  rule(vor(x, x), x),
  rule(vor(x, zero), x),
  rule(vor(x, ones), ones),

  rule(vxor(x, x), zero),
  rule(vxor(x, zero), x),
  rule(vxor(x, ones), vnot(x)),

  rule(vandnot(x, x), zero),
  rule(vandnot(zero, x), zero),
  rule(vandnot(ones, x), vnot(x)),
  rule(vandnot(x, c), vand(x, vnot(c))),
  rule(vandnot(x, vnot(y)), vand(x, y)),

  rule(vbitselect(x, x, y), x),
  rule(vbitselect(x, y, ones), x),
  rule(vbitselect(x, y, zero), y),
  rule(vbitselect(x, zero, y), vand(x, y)),
  rule(vbitselect(zero, x, y), vandnot(x, y)),
  rule(vbitselect(x, y, vnot(any("z"))), vbitselect(y, x, any("z"))),
];

/** What holds of integers only: adding 0 turns -0 into 0. */
const integerLanes = (s: (typeof INTEGERS)[number]): readonly Rule[] => [
  rule(shaped(s, vadd(x, zero)), x),
  rule(shaped(s, vsub(x, zero)), x),
  rule(shaped(s, vsub(x, x)), zero),
  rule(shaped(s, vsub(zero, x)), shaped(s, vneg(x))),
  ...(["vshl", "vshrs", "vshru"] as const).map((name) => rule(shaped(s, op[name](x, zero)), x)),
];

const VECTOR_SUMS: readonly Rule[] = [
  ...INTEGERS.flatMap(integerLanes),
  rule(vadd(x, vneg(y)), vsub(x, y)),
  rule(vsub(x, vneg(y)), vadd(x, y)),
  rule(vneg(vneg(x)), x),
  rule(vabs(vneg(x)), vabs(x)),
  rule(vabs(vabs(x)), vabs(x)),
  ...(["i16x8", "i32x4", "i64x2"] as const).map((s) => rule(shaped(s, vmul(x, zero)), zero)),
  ...(["vmins", "vminu", "vmaxs", "vmaxu"] as const).map((name) => rule(op[name](x, x), x)),
];

export const RULES: readonly RuleSet[] = [
  {
    kind: "simplify",
    name: "simplifyByRules",
    rules: [
      ...SUMS,
      ...BITS,
      ...SHIFTS,
      ...EXTENSIONS,
      ...NEGATIONS,
      ...EQUALITIES,
      ...ORDERS,
      ...SELECTS,
      ...DIVISIONS,
      ...FLOATS,
      ...VECTOR_BITS,
      ...VECTOR_SUMS,
    ],
    modules: [
      { from: "../ir/predicates.ts", exports: predicates },
      { from: "./conditions.ts", exports: conditions },
    ],
    matcher: { type: "Maker", from: "../ir/rule.ts" },
  },
];
