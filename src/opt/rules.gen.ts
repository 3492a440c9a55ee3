// Generated from rules.ts by tools/gen/rules.ts: `make gen` rewrites it.

import { hasInt, isPow2 } from "../ir/predicates.ts";
import { allBetween, fitsByte, fitsHalf, isAboveWord, isAtMost, isBelow, isBeyondWord, isCovered, isDisjoint, isExtended, isFar, isHighZero, isLongCount, isMax, isMin, isNegativeWide, isNoShift, isNonNegative, isNotExtended, isShort, isVariable, isWholeTurn, isWordMask, keepsByte, keepsCount, keepsHalf, keepsWideCount, keepsWord, masksHigh, masksLow, shiftsOut, sumIsLong, sumIsShort, sumIsWidth, withinByte, withinHalf, withinWord } from "./conditions.ts";
import type { Value } from "../ir/func.ts";
import type { Op } from "../ir/ops.ts";
import type { Type } from "../ir/types.ts";
import type { Maker } from "../ir/rule.ts";

function simplifyByRulesAdd(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
    // add(x, 0) -> x
    return a;
  }
  if (f.op[a] === 7 /* sub */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[b] === 1 /* const */ && f.op[aa] === 1 /* const */) {
      // add(sub(#c, x), #d) -> sub(add(#c, #d), x)
      return v.pure(7 /* sub */, ty, v.pure(6 /* add */, f.ty[aa]!, aa, b, 0), ab, 0);
    }
    if (f.op[aa] === 1 /* const */ && hasInt(f, aa, 0)) {
      // add(sub(0, x), y) -> sub(y, x)
      return v.pure(7 /* sub */, ty, b, ab, 0);
    }
  }
  if (f.op[b] === 7 /* sub */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[ba] === 1 /* const */ && hasInt(f, ba, 0)) {
      // add(sub(0, x), y) -> sub(y, x)
      return v.pure(7 /* sub */, ty, a, bb, 0);
    }
  }
  if (f.op[a] === 7 /* sub */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (b === ab) {
      // add(sub(x, y), y) -> x
      return aa;
    }
  }
  if (f.op[b] === 7 /* sub */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (bb === a) {
      // add(sub(x, y), y) -> x
      return ba;
    }
  }
  if (f.op[a] === 17 /* xor */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && hasInt(f, ab, -1) && hasInt(f, b, 1)) {
      // add(xor(x, -1), 1) -> sub(0, x)
      return v.pure(7 /* sub */, ty, v.constant(ty, 0, 0), aa, 0);
    }
  }
  return 0;
}

function simplifyByRulesSub(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (b === a) {
    // sub(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[b] === 1 /* const */) {
    // sub(x, #c) -> add(x, sub(0, #c))
    return v.pure(6 /* add */, ty, a, v.pure(7 /* sub */, f.ty[b]!, v.constant(f.ty[b]!, 0, 0), b, 0), 0);
  }
  switch (f.op[a]) {
    case 1 /* const */: {
      switch (f.op[b]) {
        case 6 /* add */: {
          const ba = f.a[b]!;
          const bb = f.b[b]!;
          if (f.op[bb] === 1 /* const */) {
            // sub(#c, add(x, #d)) -> sub(sub(#c, #d), x)
            return v.pure(7 /* sub */, ty, v.pure(7 /* sub */, f.ty[a]!, a, bb, 0), ba, 0);
          }
          break;
        }
        case 7 /* sub */: {
          const ba = f.a[b]!;
          const bb = f.b[b]!;
          if (f.op[ba] === 1 /* const */) {
            // sub(#c, sub(#d, x)) -> add(x, sub(#c, #d))
            return v.pure(6 /* add */, ty, bb, v.pure(7 /* sub */, f.ty[a]!, a, ba, 0), 0);
          }
          if (hasInt(f, a, 0)) {
            // sub(0, sub(x, y)) -> sub(y, x)
            return v.pure(7 /* sub */, ty, bb, ba, 0);
          }
          break;
        }
        case 17 /* xor */: {
          const ba = f.a[b]!;
          const bb = f.b[b]!;
          if (f.op[bb] === 1 /* const */ && hasInt(f, a, 0) && hasInt(f, bb, -1)) {
            // sub(0, xor(x, -1)) -> add(x, 1)
            return v.pure(6 /* add */, ty, ba, v.constant(ty, 1, 0), 0);
          }
          break;
        }
      }
      if (hasInt(f, a, -1)) {
        // sub(-1, x) -> xor(x, -1)
        return v.pure(17 /* xor */, ty, b, v.constant(ty, -1, -1), 0);
      }
      break;
    }
    case 6 /* add */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (b === aa) {
        // sub(add(x, y), x) -> y
        return ab;
      }
      if (b === ab) {
        // sub(add(x, y), x) -> y
        return aa;
      }
      break;
    }
  }
  if (f.op[b] === 6 /* add */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (ba === a) {
      // sub(x, add(x, y)) -> sub(0, y)
      return v.pure(7 /* sub */, ty, v.constant(ty, 0, 0), bb, 0);
    }
    if (bb === a) {
      // sub(x, add(x, y)) -> sub(0, y)
      return v.pure(7 /* sub */, ty, v.constant(ty, 0, 0), ba, 0);
    }
  }
  if (f.op[a] === 7 /* sub */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (b === aa) {
      // sub(sub(x, y), x) -> sub(0, y)
      return v.pure(7 /* sub */, ty, v.constant(ty, 0, 0), ab, 0);
    }
  }
  if (f.op[b] === 7 /* sub */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (ba === a) {
      // sub(x, sub(x, y)) -> y
      return bb;
    }
    if (f.op[ba] === 1 /* const */ && hasInt(f, ba, 0)) {
      // sub(x, sub(0, y)) -> add(x, y)
      return v.pure(6 /* add */, ty, a, bb, 0);
    }
  }
  return 0;
}

function simplifyByRulesMul(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[b] === 1 /* const */) {
    if (hasInt(f, b, 0)) {
      // mul(x, 0) -> 0
      return v.constant(ty, 0, 0);
    }
    if (hasInt(f, b, 1)) {
      // mul(x, 1) -> x
      return a;
    }
    if (hasInt(f, b, -1)) {
      // mul(x, -1) -> sub(0, x)
      return v.pure(7 /* sub */, ty, v.constant(ty, 0, 0), a, 0);
    }
    if (isPow2(f, b)) {
      // mul(x, #c{isPow2}) -> shl(x, ctz(#c))
      return v.pure(18 /* shl */, ty, a, v.pure(24 /* ctz */, f.ty[b]!, b, 0, 0), 0);
    }
  }
  switch (f.op[a]) {
    case 8 /* mul */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */) {
        // mul(mul(x, #c), #d) -> mul(x, mul(#c, #d))
        return v.pure(8 /* mul */, ty, aa, v.pure(8 /* mul */, f.ty[ab]!, ab, b, 0), 0);
      }
      break;
    }
    case 18 /* shl */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */) {
        // mul(shl(x, #c), #d) -> mul(x, shl(#d, #c))
        return v.pure(8 /* mul */, ty, aa, v.pure(18 /* shl */, f.ty[b]!, b, ab, 0), 0);
      }
      break;
    }
    case 7 /* sub */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[aa] === 1 /* const */ && hasInt(f, aa, 0)) {
        // mul(sub(0, x), #c) -> mul(x, sub(0, #c))
        return v.pure(8 /* mul */, ty, ab, v.pure(7 /* sub */, f.ty[b]!, v.constant(f.ty[b]!, 0, 0), b, 0), 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesDivs(v: Maker, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
    // divs(x, 1) -> x
    return a;
  }
  return 0;
}

function simplifyByRulesDivu(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[b] === 1 /* const */ && isPow2(f, b)) {
    // divu(x, #c{isPow2}) -> shru(x, ctz(#c))
    return v.pure(20 /* shru */, ty, a, v.pure(24 /* ctz */, f.ty[b]!, b, 0, 0), 0);
  }
  return 0;
}

function simplifyByRulesRems(v: Maker, ty: Type, b: Value): Value {
  const { f } = v;
  if (f.op[b] === 1 /* const */) {
    if (hasInt(f, b, 1)) {
      // rems(x, 1) -> 0
      return v.constant(ty, 0, 0);
    }
    if (hasInt(f, b, -1)) {
      // rems(x, -1) -> 0
      return v.constant(ty, 0, 0);
    }
  }
  return 0;
}

function simplifyByRulesRemu(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[b] === 1 /* const */ && isPow2(f, b)) {
    // remu(x, #c{isPow2}) -> and(x, add(#c, -1))
    return v.pure(15 /* and */, ty, a, v.pure(6 /* add */, f.ty[b]!, b, v.constant(f.ty[b]!, -1, -1), 0), 0);
  }
  return 0;
}

function simplifyByRulesAnd(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (b === a) {
    // and(x, x) -> x
    return a;
  }
  if (f.op[b] === 1 /* const */) {
    if (isCovered(f, a, b)) {
      // and(x, #c) -> x if isCovered(x, c)
      return a;
    }
    if (isDisjoint(f, a, b)) {
      // and(x, #c) -> 0 if isDisjoint(x, c)
      return v.constant(ty, 0, 0);
    }
  }
  switch (f.op[a]) {
    case 15 /* and */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */) {
        // and(and(x, #c), #d) -> and(x, and(#c, #d))
        return v.pure(15 /* and */, ty, aa, v.pure(15 /* and */, f.ty[ab]!, ab, b, 0), 0);
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */) {
        if (isWordMask(f, b)) {
          // and(exts(x), #c{isWordMask}) -> extu(x)
          return v.pure(31 /* extu */, 2 /* i64 */, aa, 0, 0);
        }
        if (withinWord(f, b)) {
          // and(exts(x), #c{withinWord}) -> extu(and(x, wrap(#c)))
          return v.pure(31 /* extu */, 2 /* i64 */, v.pure(15 /* and */, f.ty[aa]!, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0), 0, 0);
        }
      }
      break;
    }
    case 31 /* extu */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */) {
        // and(extu(x), #c) -> extu(and(x, wrap(#c)))
        return v.pure(31 /* extu */, 2 /* i64 */, v.pure(15 /* and */, f.ty[aa]!, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0), 0, 0);
      }
      break;
    }
  }
  if (f.op[b] === 1 /* const */ && ty === 2 /* i64 */ && isWordMask(f, b)) {
    // and(x, #c{isWordMask}): i64 -> extu(wrap(x))
    return v.pure(31 /* extu */, 2 /* i64 */, v.pure(29 /* wrap */, 1 /* i32 */, a, 0, 0), 0, 0);
  }
  switch (f.op[a]) {
    case 26 /* sext8 */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */ && withinByte(f, b)) {
        // and(sext8(x), #c{withinByte}) -> and(x, #c)
        return v.pure(15 /* and */, ty, aa, b, 0);
      }
      break;
    }
    case 27 /* sext16 */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */ && withinHalf(f, b)) {
        // and(sext16(x), #c{withinHalf}) -> and(x, #c)
        return v.pure(15 /* and */, ty, aa, b, 0);
      }
      break;
    }
    case 28 /* sext32 */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */ && withinWord(f, b)) {
        // and(sext32(x), #c{withinWord}) -> and(x, #c)
        return v.pure(15 /* and */, ty, aa, b, 0);
      }
      break;
    }
    case 16 /* or */: {
      const aa = f.a[a]!;
      if (b === aa) {
        // and(or(x, y), x) -> x
        return aa;
      }
      break;
    }
  }
  if (f.op[b] === 16 /* or */) {
    const ba = f.a[b]!;
    if (ba === a) {
      // and(or(x, y), x) -> x
      return a;
    }
  }
  if (f.op[a] === 16 /* or */) {
    const ab = f.b[a]!;
    if (b === ab) {
      // and(or(x, y), x) -> x
      return ab;
    }
  }
  switch (f.op[b]) {
    case 16 /* or */: {
      const bb = f.b[b]!;
      if (bb === a) {
        // and(or(x, y), x) -> x
        return a;
      }
      break;
    }
    case 17 /* xor */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && ba === a && hasInt(f, bb, -1)) {
        // and(x, xor(x, -1)) -> 0
        return v.constant(ty, 0, 0);
      }
      break;
    }
  }
  switch (f.op[a]) {
    case 17 /* xor */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */ && hasInt(f, ab, -1) && b === aa) {
        // and(x, xor(x, -1)) -> 0
        return v.constant(ty, 0, 0);
      }
      break;
    }
    case 31 /* extu */: {
      const aa = f.a[a]!;
      if (f.op[b] === 31 /* extu */) {
        const ba = f.a[b]!;
        // and(extu(x), extu(y)) -> extu(and(x, y))
        return v.pure(31 /* extu */, 2 /* i64 */, v.pure(15 /* and */, f.ty[aa]!, aa, ba, 0), 0, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesOr(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (b === a) {
    // or(x, x) -> x
    return a;
  }
  if (f.op[b] === 1 /* const */) {
    if (hasInt(f, b, 0)) {
      // or(x, 0) -> x
      return a;
    }
    if (hasInt(f, b, -1)) {
      // or(x, -1) -> -1
      return v.constant(ty, -1, -1);
    }
  }
  switch (f.op[a]) {
    case 16 /* or */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */) {
        // or(or(x, #c), #d) -> or(x, or(#c, #d))
        return v.pure(16 /* or */, ty, aa, v.pure(16 /* or */, f.ty[ab]!, ab, b, 0), 0);
      }
      break;
    }
    case 15 /* and */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && allBetween(f, ab, b)) {
        // or(and(x, #c), #d) -> or(x, #d) if allBetween(c, d)
        return v.pure(16 /* or */, ty, aa, b, 0);
      }
      if (b === aa) {
        // or(and(x, y), x) -> x
        return aa;
      }
      break;
    }
    case 31 /* extu */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */ && withinWord(f, b)) {
        // or(extu(x), #c{withinWord}) -> extu(or(x, wrap(#c)))
        return v.pure(31 /* extu */, 2 /* i64 */, v.pure(16 /* or */, f.ty[aa]!, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0), 0, 0);
      }
      break;
    }
    case 18 /* shl */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 20 /* shru */) {
        const ba = f.a[b]!;
        const bb = f.b[b]!;
        if (f.op[ab] === 1 /* const */ && f.op[bb] === 1 /* const */ && ba === aa && sumIsWidth(f, ab, bb)) {
          // or(shl(x, #c), shru(x, #d)) -> rotl(x, #c) if sumIsWidth(c, d)
          return v.pure(21 /* rotl */, ty, aa, ab, 0);
        }
        if (f.op[bb] === 7 /* sub */) {
          const bba = f.a[bb]!;
          const bbb = f.b[bb]!;
          if (f.op[bba] === 1 /* const */) {
            if (ty === 1 /* i32 */ && ba === aa && hasInt(f, bba, 0) && bbb === ab) {
              // or(shl(x, y), shru(x, sub(0, y))): i32 -> rotl(x, y)
              return v.pure(21 /* rotl */, ty, aa, ab, 0);
            }
            if (ty === 2 /* i64 */ && ba === aa && hasInt(f, bba, 0) && bbb === ab) {
              // or(shl(x, y), shru(x, sub(0, y))): i64 -> rotl(x, y)
              return v.pure(21 /* rotl */, ty, aa, ab, 0);
            }
          }
        }
      }
      break;
    }
    case 20 /* shru */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 18 /* shl */) {
        const ba = f.a[b]!;
        const bb = f.b[b]!;
        switch (f.op[ab]) {
          case 1 /* const */: {
            if (f.op[bb] === 1 /* const */ && ba === aa && sumIsWidth(f, bb, ab)) {
              // or(shl(x, #c), shru(x, #d)) -> rotl(x, #c) if sumIsWidth(c, d)
              return v.pure(21 /* rotl */, ty, aa, bb, 0);
            }
            break;
          }
          case 7 /* sub */: {
            const aba = f.a[ab]!;
            const abb = f.b[ab]!;
            if (f.op[aba] === 1 /* const */) {
              if (ty === 1 /* i32 */ && hasInt(f, aba, 0) && ba === aa && bb === abb) {
                // or(shl(x, y), shru(x, sub(0, y))): i32 -> rotl(x, y)
                return v.pure(21 /* rotl */, ty, aa, abb, 0);
              }
              if (ty === 2 /* i64 */ && hasInt(f, aba, 0) && ba === aa && bb === abb) {
                // or(shl(x, y), shru(x, sub(0, y))): i64 -> rotl(x, y)
                return v.pure(21 /* rotl */, ty, aa, abb, 0);
              }
            }
            break;
          }
        }
      }
      break;
    }
  }
  if (f.op[b] === 15 /* and */) {
    const ba = f.a[b]!;
    if (ba === a) {
      // or(and(x, y), x) -> x
      return a;
    }
  }
  if (f.op[a] === 15 /* and */) {
    const ab = f.b[a]!;
    if (b === ab) {
      // or(and(x, y), x) -> x
      return ab;
    }
  }
  switch (f.op[b]) {
    case 15 /* and */: {
      const bb = f.b[b]!;
      if (bb === a) {
        // or(and(x, y), x) -> x
        return a;
      }
      break;
    }
    case 17 /* xor */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && ba === a && hasInt(f, bb, -1)) {
        // or(x, xor(x, -1)) -> -1
        return v.constant(ty, -1, -1);
      }
      break;
    }
  }
  switch (f.op[a]) {
    case 17 /* xor */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */ && hasInt(f, ab, -1) && b === aa) {
        // or(x, xor(x, -1)) -> -1
        return v.constant(ty, -1, -1);
      }
      break;
    }
    case 31 /* extu */: {
      const aa = f.a[a]!;
      if (f.op[b] === 31 /* extu */) {
        const ba = f.a[b]!;
        // or(extu(x), extu(y)) -> extu(or(x, y))
        return v.pure(31 /* extu */, 2 /* i64 */, v.pure(16 /* or */, f.ty[aa]!, aa, ba, 0), 0, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesXor(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (b === a) {
    // xor(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
    // xor(x, 0) -> x
    return a;
  }
  switch (f.op[a]) {
    case 17 /* xor */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */) {
        // xor(xor(x, #c), #d) -> xor(x, xor(#c, #d))
        return v.pure(17 /* xor */, ty, aa, v.pure(17 /* xor */, f.ty[ab]!, ab, b, 0), 0);
      }
      if (b === ab) {
        // xor(xor(x, y), y) -> x
        return aa;
      }
      break;
    }
    case 31 /* extu */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */ && withinWord(f, b)) {
        // xor(extu(x), #c{withinWord}) -> extu(xor(x, wrap(#c)))
        return v.pure(31 /* extu */, 2 /* i64 */, v.pure(17 /* xor */, f.ty[aa]!, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0), 0, 0);
      }
      break;
    }
  }
  if (f.op[b] === 17 /* xor */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (bb === a) {
      // xor(xor(x, y), y) -> x
      return ba;
    }
  }
  if (f.op[a] === 17 /* xor */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (b === aa) {
      // xor(xor(x, y), y) -> x
      return ab;
    }
  }
  if (f.op[b] === 17 /* xor */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (ba === a) {
      // xor(xor(x, y), y) -> x
      return bb;
    }
    if (f.op[bb] === 1 /* const */ && ba === a && hasInt(f, bb, -1)) {
      // xor(x, xor(x, -1)) -> -1
      return v.constant(ty, -1, -1);
    }
  }
  switch (f.op[a]) {
    case 17 /* xor */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */ && hasInt(f, ab, -1) && b === aa) {
        // xor(x, xor(x, -1)) -> -1
        return v.constant(ty, -1, -1);
      }
      break;
    }
    case 31 /* extu */: {
      const aa = f.a[a]!;
      if (f.op[b] === 31 /* extu */) {
        const ba = f.a[b]!;
        // xor(extu(x), extu(y)) -> extu(xor(x, y))
        return v.pure(31 /* extu */, 2 /* i64 */, v.pure(17 /* xor */, f.ty[aa]!, aa, ba, 0), 0, 0);
      }
      break;
    }
    case 32 /* eq */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(eq(x, y), 1): i32 -> ne(x, y)
        return v.pure(33 /* ne */, ty, aa, ab, 0);
      }
      break;
    }
    case 33 /* ne */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(ne(x, y), 1): i32 -> eq(x, y)
        return v.pure(32 /* eq */, ty, aa, ab, 0);
      }
      break;
    }
    case 34 /* lts */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(lts(x, y), 1): i32 -> ges(x, y)
        return v.pure(40 /* ges */, ty, aa, ab, 0);
      }
      break;
    }
    case 40 /* ges */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(ges(x, y), 1): i32 -> lts(x, y)
        return v.pure(34 /* lts */, ty, aa, ab, 0);
      }
      break;
    }
    case 35 /* ltu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(ltu(x, y), 1): i32 -> geu(x, y)
        return v.pure(41 /* geu */, ty, aa, ab, 0);
      }
      break;
    }
    case 41 /* geu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(geu(x, y), 1): i32 -> ltu(x, y)
        return v.pure(35 /* ltu */, ty, aa, ab, 0);
      }
      break;
    }
    case 36 /* gts */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(gts(x, y), 1): i32 -> les(x, y)
        return v.pure(38 /* les */, ty, aa, ab, 0);
      }
      break;
    }
    case 38 /* les */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(les(x, y), 1): i32 -> gts(x, y)
        return v.pure(36 /* gts */, ty, aa, ab, 0);
      }
      break;
    }
    case 37 /* gtu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(gtu(x, y), 1): i32 -> leu(x, y)
        return v.pure(39 /* leu */, ty, aa, ab, 0);
      }
      break;
    }
    case 39 /* leu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(leu(x, y), 1): i32 -> gtu(x, y)
        return v.pure(37 /* gtu */, ty, aa, ab, 0);
      }
      break;
    }
    case 42 /* feq */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(feq(x, y), 1): i32 -> fne(x, y)
        return v.pure(43 /* fne */, ty, aa, ab, 0);
      }
      break;
    }
    case 43 /* fne */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && ty === 1 /* i32 */ && hasInt(f, b, 1)) {
        // xor(fne(x, y), 1): i32 -> feq(x, y)
        return v.pure(42 /* feq */, ty, aa, ab, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesShl(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (isNoShift(f, b)) {
        // shl(x, #c{isNoShift}) -> x
        return a;
      }
      if (ty === 1 /* i32 */ && isLongCount(f, b)) {
        // shl(x, #c{isLongCount}): i32 -> shl(x, and(#c, 31))
        return v.pure(18 /* shl */, ty, a, v.pure(15 /* and */, f.ty[b]!, b, v.constant(f.ty[b]!, 31, 0), 0), 0);
      }
      if (ty === 2 /* i64 */ && isLongCount(f, b)) {
        // shl(x, #c{isLongCount}): i64 -> shl(x, and(#c, 63))
        return v.pure(18 /* shl */, ty, a, v.pure(15 /* and */, f.ty[b]!, b, v.constant(f.ty[b]!, 63, 0), 0), 0);
      }
      break;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && keepsCount(f, bb)) {
        // shl(x, and(y, #c{keepsCount})) -> shl(x, y)
        return v.pure(18 /* shl */, ty, a, ba, 0);
      }
      break;
    }
    case 31 /* extu */: {
      const ba = f.a[b]!;
      if (f.op[ba] === 15 /* and */) {
        const baa = f.a[ba]!;
        const bab = f.b[ba]!;
        if (f.op[bab] === 1 /* const */ && keepsWideCount(f, bab)) {
          // shl(x, extu(and(y, #c{keepsWideCount}))) -> shl(x, extu(y))
          return v.pure(18 /* shl */, ty, a, v.pure(31 /* extu */, 2 /* i64 */, baa, 0, 0), 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const ba = f.a[b]!;
      // shl(x, exts(y)) -> shl(x, extu(y))
      return v.pure(18 /* shl */, ty, a, v.pure(31 /* extu */, 2 /* i64 */, ba, 0, 0), 0);
    }
    case 6 /* add */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && isWholeTurn(f, bb)) {
        // shl(x, add(y, #c{isWholeTurn})) -> shl(x, y)
        return v.pure(18 /* shl */, ty, a, ba, 0);
      }
      break;
    }
    case 7 /* sub */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[ba] === 1 /* const */ && isWholeTurn(f, ba)) {
        // shl(x, sub(#c{isWholeTurn}, y)) -> shl(x, sub(0, y))
        return v.pure(18 /* shl */, ty, a, v.pure(7 /* sub */, f.ty[bb]!, v.constant(f.ty[bb]!, 0, 0), bb, 0), 0);
      }
      break;
    }
  }
  switch (f.op[a]) {
    case 18 /* shl */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */) {
        if (sumIsShort(f, ab, b)) {
          // shl(shl(x, #c), #d) -> shl(x, add(#c, #d)) if sumIsShort(c, d)
          return v.pure(18 /* shl */, ty, aa, v.pure(6 /* add */, f.ty[ab]!, ab, b, 0), 0);
        }
        if (sumIsLong(f, ab, b)) {
          // shl(shl(x, #c), #d) -> 0 if sumIsLong(c, d)
          return v.constant(ty, 0, 0);
        }
      }
      break;
    }
    case 20 /* shru */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && b === ab && masksHigh(f, ab)) {
        // shl(shru(x, #c), #c) -> and(x, shl(-1, #c)) if masksHigh(c)
        return v.pure(15 /* and */, ty, aa, v.pure(18 /* shl */, f.ty[ab]!, v.constant(f.ty[ab]!, -1, -1), ab, 0), 0);
      }
      break;
    }
    case 19 /* shrs */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && b === ab && masksHigh(f, ab)) {
        // shl(shrs(x, #c), #c) -> and(x, shl(-1, #c)) if masksHigh(c)
        return v.pure(15 /* and */, ty, aa, v.pure(18 /* shl */, f.ty[ab]!, v.constant(f.ty[ab]!, -1, -1), ab, 0), 0);
      }
      break;
    }
    case 15 /* and */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && shiftsOut(f, ab, b)) {
        // shl(and(x, #c), #d) -> shl(x, #d) if shiftsOut(c, d)
        return v.pure(18 /* shl */, ty, aa, b, 0);
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */ && isFar(f, b)) {
        // shl(exts(x), #c{isFar}) -> shl(extu(x), #c)
        return v.pure(18 /* shl */, ty, v.pure(31 /* extu */, 2 /* i64 */, aa, 0, 0), b, 0);
      }
      break;
    }
    case 31 /* extu */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */ && f.op[aa] === 29 /* wrap */) {
        const aaa = f.a[aa]!;
        if (isFar(f, b)) {
          // shl(extu(wrap(x)), #c{isFar}) -> shl(x, #c)
          return v.pure(18 /* shl */, ty, aaa, b, 0);
        }
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesShrs(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (isNoShift(f, b)) {
        // shrs(x, #c{isNoShift}) -> x
        return a;
      }
      if (ty === 1 /* i32 */ && isLongCount(f, b)) {
        // shrs(x, #c{isLongCount}): i32 -> shrs(x, and(#c, 31))
        return v.pure(19 /* shrs */, ty, a, v.pure(15 /* and */, f.ty[b]!, b, v.constant(f.ty[b]!, 31, 0), 0), 0);
      }
      if (ty === 2 /* i64 */ && isLongCount(f, b)) {
        // shrs(x, #c{isLongCount}): i64 -> shrs(x, and(#c, 63))
        return v.pure(19 /* shrs */, ty, a, v.pure(15 /* and */, f.ty[b]!, b, v.constant(f.ty[b]!, 63, 0), 0), 0);
      }
      if (ty === 1 /* i32 */ && isNonNegative(f, a)) {
        // shrs(x, #c): i32 -> shru(x, #c) if isNonNegative(x)
        return v.pure(20 /* shru */, ty, a, b, 0);
      }
      if (ty === 2 /* i64 */ && isHighZero(f, a)) {
        // shrs(x, #c): i64 -> shru(x, #c) if isHighZero(x)
        return v.pure(20 /* shru */, ty, a, b, 0);
      }
      break;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && keepsCount(f, bb)) {
        // shrs(x, and(y, #c{keepsCount})) -> shrs(x, y)
        return v.pure(19 /* shrs */, ty, a, ba, 0);
      }
      break;
    }
    case 31 /* extu */: {
      const ba = f.a[b]!;
      if (f.op[ba] === 15 /* and */) {
        const baa = f.a[ba]!;
        const bab = f.b[ba]!;
        if (f.op[bab] === 1 /* const */ && keepsWideCount(f, bab)) {
          // shrs(x, extu(and(y, #c{keepsWideCount}))) -> shrs(x, extu(y))
          return v.pure(19 /* shrs */, ty, a, v.pure(31 /* extu */, 2 /* i64 */, baa, 0, 0), 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const ba = f.a[b]!;
      // shrs(x, exts(y)) -> shrs(x, extu(y))
      return v.pure(19 /* shrs */, ty, a, v.pure(31 /* extu */, 2 /* i64 */, ba, 0, 0), 0);
    }
    case 6 /* add */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && isWholeTurn(f, bb)) {
        // shrs(x, add(y, #c{isWholeTurn})) -> shrs(x, y)
        return v.pure(19 /* shrs */, ty, a, ba, 0);
      }
      break;
    }
    case 7 /* sub */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[ba] === 1 /* const */ && isWholeTurn(f, ba)) {
        // shrs(x, sub(#c{isWholeTurn}, y)) -> shrs(x, sub(0, y))
        return v.pure(19 /* shrs */, ty, a, v.pure(7 /* sub */, f.ty[bb]!, v.constant(f.ty[bb]!, 0, 0), bb, 0), 0);
      }
      break;
    }
  }
  switch (f.op[a]) {
    case 19 /* shrs */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */) {
        if (sumIsShort(f, ab, b)) {
          // shrs(shrs(x, #c), #d) -> shrs(x, add(#c, #d)) if sumIsShort(c, d)
          return v.pure(19 /* shrs */, ty, aa, v.pure(6 /* add */, f.ty[ab]!, ab, b, 0), 0);
        }
        if (ty === 1 /* i32 */ && sumIsLong(f, ab, b)) {
          // shrs(shrs(x, #c), #d): i32 -> shrs(x, 31) if sumIsLong(c, d)
          return v.pure(19 /* shrs */, ty, aa, v.constant(ty, 31, 0), 0);
        }
        if (ty === 2 /* i64 */ && sumIsLong(f, ab, b)) {
          // shrs(shrs(x, #c), #d): i64 -> shrs(x, 63) if sumIsLong(c, d)
          return v.pure(19 /* shrs */, ty, aa, v.constant(ty, 63, 0), 0);
        }
      }
      break;
    }
    case 18 /* shl */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */) {
        if (ty === 1 /* i32 */ && hasInt(f, ab, 24) && hasInt(f, b, 24)) {
          // shrs(shl(x, 24), 24): i32 -> sext8(x)
          return v.pure(26 /* sext8 */, ty, aa, 0, 0);
        }
        if (ty === 2 /* i64 */ && hasInt(f, ab, 56) && hasInt(f, b, 56)) {
          // shrs(shl(x, 56), 56): i64 -> sext8(x)
          return v.pure(26 /* sext8 */, ty, aa, 0, 0);
        }
        if (ty === 1 /* i32 */ && hasInt(f, ab, 16) && hasInt(f, b, 16)) {
          // shrs(shl(x, 16), 16): i32 -> sext16(x)
          return v.pure(27 /* sext16 */, ty, aa, 0, 0);
        }
        if (ty === 2 /* i64 */) {
          if (hasInt(f, ab, 48) && hasInt(f, b, 48)) {
            // shrs(shl(x, 48), 48): i64 -> sext16(x)
            return v.pure(27 /* sext16 */, ty, aa, 0, 0);
          }
          if (hasInt(f, ab, 32) && hasInt(f, b, 32)) {
            // shrs(shl(x, 32), 32): i64 -> sext32(x)
            return v.pure(28 /* sext32 */, ty, aa, 0, 0);
          }
        }
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */ && isShort(f, b)) {
        // shrs(exts(x), #c{isShort}) -> exts(shrs(x, wrap(#c)))
        return v.pure(30 /* exts */, 2 /* i64 */, v.pure(19 /* shrs */, f.ty[aa]!, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0), 0, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesShru(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (isNoShift(f, b)) {
        // shru(x, #c{isNoShift}) -> x
        return a;
      }
      if (ty === 1 /* i32 */ && isLongCount(f, b)) {
        // shru(x, #c{isLongCount}): i32 -> shru(x, and(#c, 31))
        return v.pure(20 /* shru */, ty, a, v.pure(15 /* and */, f.ty[b]!, b, v.constant(f.ty[b]!, 31, 0), 0), 0);
      }
      if (ty === 2 /* i64 */ && isLongCount(f, b)) {
        // shru(x, #c{isLongCount}): i64 -> shru(x, and(#c, 63))
        return v.pure(20 /* shru */, ty, a, v.pure(15 /* and */, f.ty[b]!, b, v.constant(f.ty[b]!, 63, 0), 0), 0);
      }
      break;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && keepsCount(f, bb)) {
        // shru(x, and(y, #c{keepsCount})) -> shru(x, y)
        return v.pure(20 /* shru */, ty, a, ba, 0);
      }
      break;
    }
    case 31 /* extu */: {
      const ba = f.a[b]!;
      if (f.op[ba] === 15 /* and */) {
        const baa = f.a[ba]!;
        const bab = f.b[ba]!;
        if (f.op[bab] === 1 /* const */ && keepsWideCount(f, bab)) {
          // shru(x, extu(and(y, #c{keepsWideCount}))) -> shru(x, extu(y))
          return v.pure(20 /* shru */, ty, a, v.pure(31 /* extu */, 2 /* i64 */, baa, 0, 0), 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const ba = f.a[b]!;
      // shru(x, exts(y)) -> shru(x, extu(y))
      return v.pure(20 /* shru */, ty, a, v.pure(31 /* extu */, 2 /* i64 */, ba, 0, 0), 0);
    }
    case 6 /* add */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && isWholeTurn(f, bb)) {
        // shru(x, add(y, #c{isWholeTurn})) -> shru(x, y)
        return v.pure(20 /* shru */, ty, a, ba, 0);
      }
      break;
    }
    case 7 /* sub */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[ba] === 1 /* const */ && isWholeTurn(f, ba)) {
        // shru(x, sub(#c{isWholeTurn}, y)) -> shru(x, sub(0, y))
        return v.pure(20 /* shru */, ty, a, v.pure(7 /* sub */, f.ty[bb]!, v.constant(f.ty[bb]!, 0, 0), bb, 0), 0);
      }
      break;
    }
  }
  switch (f.op[a]) {
    case 20 /* shru */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */) {
        if (sumIsShort(f, ab, b)) {
          // shru(shru(x, #c), #d) -> shru(x, add(#c, #d)) if sumIsShort(c, d)
          return v.pure(20 /* shru */, ty, aa, v.pure(6 /* add */, f.ty[ab]!, ab, b, 0), 0);
        }
        if (sumIsLong(f, ab, b)) {
          // shru(shru(x, #c), #d) -> 0 if sumIsLong(c, d)
          return v.constant(ty, 0, 0);
        }
      }
      break;
    }
    case 18 /* shl */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && b === ab && masksLow(f, ab)) {
        // shru(shl(x, #c), #c) -> and(x, shru(-1, #c)) if masksLow(c)
        return v.pure(15 /* and */, ty, aa, v.pure(20 /* shru */, f.ty[ab]!, v.constant(f.ty[ab]!, -1, -1), ab, 0), 0);
      }
      break;
    }
    case 31 /* extu */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */) {
        if (isShort(f, b)) {
          // shru(extu(x), #c{isShort}) -> extu(shru(x, wrap(#c)))
          return v.pure(31 /* extu */, 2 /* i64 */, v.pure(20 /* shru */, f.ty[aa]!, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0), 0, 0);
        }
        if (isFar(f, b)) {
          // shru(extu(x), #c{isFar}) -> 0
          return v.constant(ty, 0, 0);
        }
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesRotl(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (isNoShift(f, b)) {
        // rotl(x, #c{isNoShift}) -> x
        return a;
      }
      if (ty === 1 /* i32 */ && isLongCount(f, b)) {
        // rotl(x, #c{isLongCount}): i32 -> rotl(x, and(#c, 31))
        return v.pure(21 /* rotl */, ty, a, v.pure(15 /* and */, f.ty[b]!, b, v.constant(f.ty[b]!, 31, 0), 0), 0);
      }
      if (ty === 2 /* i64 */ && isLongCount(f, b)) {
        // rotl(x, #c{isLongCount}): i64 -> rotl(x, and(#c, 63))
        return v.pure(21 /* rotl */, ty, a, v.pure(15 /* and */, f.ty[b]!, b, v.constant(f.ty[b]!, 63, 0), 0), 0);
      }
      break;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && keepsCount(f, bb)) {
        // rotl(x, and(y, #c{keepsCount})) -> rotl(x, y)
        return v.pure(21 /* rotl */, ty, a, ba, 0);
      }
      break;
    }
    case 31 /* extu */: {
      const ba = f.a[b]!;
      if (f.op[ba] === 15 /* and */) {
        const baa = f.a[ba]!;
        const bab = f.b[ba]!;
        if (f.op[bab] === 1 /* const */ && keepsWideCount(f, bab)) {
          // rotl(x, extu(and(y, #c{keepsWideCount}))) -> rotl(x, extu(y))
          return v.pure(21 /* rotl */, ty, a, v.pure(31 /* extu */, 2 /* i64 */, baa, 0, 0), 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const ba = f.a[b]!;
      // rotl(x, exts(y)) -> rotl(x, extu(y))
      return v.pure(21 /* rotl */, ty, a, v.pure(31 /* extu */, 2 /* i64 */, ba, 0, 0), 0);
    }
    case 6 /* add */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && isWholeTurn(f, bb)) {
        // rotl(x, add(y, #c{isWholeTurn})) -> rotl(x, y)
        return v.pure(21 /* rotl */, ty, a, ba, 0);
      }
      break;
    }
    case 7 /* sub */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[ba] === 1 /* const */ && isWholeTurn(f, ba)) {
        // rotl(x, sub(#c{isWholeTurn}, y)) -> rotl(x, sub(0, y))
        return v.pure(21 /* rotl */, ty, a, v.pure(7 /* sub */, f.ty[bb]!, v.constant(f.ty[bb]!, 0, 0), bb, 0), 0);
      }
      break;
    }
  }
  if (f.op[a] === 21 /* rotl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */) {
      // rotl(rotl(x, #c), #d) -> rotl(x, add(#c, #d))
      return v.pure(21 /* rotl */, ty, aa, v.pure(6 /* add */, f.ty[ab]!, ab, b, 0), 0);
    }
  }
  return 0;
}

function simplifyByRulesRotr(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (isNoShift(f, b)) {
        // rotr(x, #c{isNoShift}) -> x
        return a;
      }
      if (ty === 1 /* i32 */ && isLongCount(f, b)) {
        // rotr(x, #c{isLongCount}): i32 -> rotr(x, and(#c, 31))
        return v.pure(22 /* rotr */, ty, a, v.pure(15 /* and */, f.ty[b]!, b, v.constant(f.ty[b]!, 31, 0), 0), 0);
      }
      if (ty === 2 /* i64 */ && isLongCount(f, b)) {
        // rotr(x, #c{isLongCount}): i64 -> rotr(x, and(#c, 63))
        return v.pure(22 /* rotr */, ty, a, v.pure(15 /* and */, f.ty[b]!, b, v.constant(f.ty[b]!, 63, 0), 0), 0);
      }
      // rotr(x, #c) -> rotl(x, sub(0, #c))
      return v.pure(21 /* rotl */, ty, a, v.pure(7 /* sub */, f.ty[b]!, v.constant(f.ty[b]!, 0, 0), b, 0), 0);
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && keepsCount(f, bb)) {
        // rotr(x, and(y, #c{keepsCount})) -> rotr(x, y)
        return v.pure(22 /* rotr */, ty, a, ba, 0);
      }
      break;
    }
    case 31 /* extu */: {
      const ba = f.a[b]!;
      if (f.op[ba] === 15 /* and */) {
        const baa = f.a[ba]!;
        const bab = f.b[ba]!;
        if (f.op[bab] === 1 /* const */ && keepsWideCount(f, bab)) {
          // rotr(x, extu(and(y, #c{keepsWideCount}))) -> rotr(x, extu(y))
          return v.pure(22 /* rotr */, ty, a, v.pure(31 /* extu */, 2 /* i64 */, baa, 0, 0), 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const ba = f.a[b]!;
      // rotr(x, exts(y)) -> rotr(x, extu(y))
      return v.pure(22 /* rotr */, ty, a, v.pure(31 /* extu */, 2 /* i64 */, ba, 0, 0), 0);
    }
    case 6 /* add */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && isWholeTurn(f, bb)) {
        // rotr(x, add(y, #c{isWholeTurn})) -> rotr(x, y)
        return v.pure(22 /* rotr */, ty, a, ba, 0);
      }
      break;
    }
    case 7 /* sub */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[ba] === 1 /* const */ && isWholeTurn(f, ba)) {
        // rotr(x, sub(#c{isWholeTurn}, y)) -> rotr(x, sub(0, y))
        return v.pure(22 /* rotr */, ty, a, v.pure(7 /* sub */, f.ty[bb]!, v.constant(f.ty[bb]!, 0, 0), bb, 0), 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesSext8(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  if (fitsByte(f, a)) {
    // sext8(x) -> x if fitsByte(x)
    return a;
  }
  switch (f.op[a]) {
    case 26 /* sext8 */: {
      const aa = f.a[a]!;
      // sext8(sext8(x)) -> sext8(x)
      return v.pure(26 /* sext8 */, ty, aa, 0, 0);
    }
    case 27 /* sext16 */: {
      const aa = f.a[a]!;
      // sext8(sext16(x)) -> sext8(x)
      return v.pure(26 /* sext8 */, ty, aa, 0, 0);
    }
    case 28 /* sext32 */: {
      const aa = f.a[a]!;
      // sext8(sext32(x)) -> sext8(x)
      return v.pure(26 /* sext8 */, ty, aa, 0, 0);
    }
    case 15 /* and */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */ && keepsByte(f, ab)) {
        // sext8(and(x, #c{keepsByte})) -> sext8(x)
        return v.pure(26 /* sext8 */, ty, aa, 0, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesSext16(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  if (fitsHalf(f, a)) {
    // sext16(x) -> x if fitsHalf(x)
    return a;
  }
  switch (f.op[a]) {
    case 26 /* sext8 */: {
      const aa = f.a[a]!;
      // sext16(sext8(x)) -> sext8(x)
      return v.pure(26 /* sext8 */, ty, aa, 0, 0);
    }
    case 27 /* sext16 */: {
      const aa = f.a[a]!;
      // sext16(sext16(x)) -> sext16(x)
      return v.pure(27 /* sext16 */, ty, aa, 0, 0);
    }
    case 28 /* sext32 */: {
      const aa = f.a[a]!;
      // sext16(sext32(x)) -> sext16(x)
      return v.pure(27 /* sext16 */, ty, aa, 0, 0);
    }
    case 15 /* and */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */ && keepsHalf(f, ab)) {
        // sext16(and(x, #c{keepsHalf})) -> sext16(x)
        return v.pure(27 /* sext16 */, ty, aa, 0, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesSext32(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  switch (f.op[a]) {
    case 26 /* sext8 */: {
      const aa = f.a[a]!;
      // sext32(sext8(x)) -> sext8(x)
      return v.pure(26 /* sext8 */, ty, aa, 0, 0);
    }
    case 27 /* sext16 */: {
      const aa = f.a[a]!;
      // sext32(sext16(x)) -> sext16(x)
      return v.pure(27 /* sext16 */, ty, aa, 0, 0);
    }
    case 28 /* sext32 */: {
      const aa = f.a[a]!;
      // sext32(sext32(x)) -> sext32(x)
      return v.pure(28 /* sext32 */, ty, aa, 0, 0);
    }
    case 31 /* extu */: {
      const aa = f.a[a]!;
      // sext32(extu(x)) -> exts(x)
      return v.pure(30 /* exts */, 2 /* i64 */, aa, 0, 0);
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      // sext32(exts(x)) -> exts(x)
      return v.pure(30 /* exts */, 2 /* i64 */, aa, 0, 0);
    }
    case 15 /* and */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */ && keepsWord(f, ab)) {
        // sext32(and(x, #c{keepsWord})) -> sext32(x)
        return v.pure(28 /* sext32 */, ty, aa, 0, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesWrap(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  switch (f.op[a]) {
    case 31 /* extu */: {
      const aa = f.a[a]!;
      // wrap(extu(x)) -> x
      return aa;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      // wrap(exts(x)) -> x
      return aa;
    }
    case 28 /* sext32 */: {
      const aa = f.a[a]!;
      // wrap(sext32(x)) -> wrap(x)
      return v.pure(29 /* wrap */, 1 /* i32 */, aa, 0, 0);
    }
    case 26 /* sext8 */: {
      const aa = f.a[a]!;
      // wrap(sext8(x)) -> sext8(wrap(x))
      return v.pure(26 /* sext8 */, ty, v.pure(29 /* wrap */, 1 /* i32 */, aa, 0, 0), 0, 0);
    }
    case 27 /* sext16 */: {
      const aa = f.a[a]!;
      // wrap(sext16(x)) -> sext16(wrap(x))
      return v.pure(27 /* sext16 */, ty, v.pure(29 /* wrap */, 1 /* i32 */, aa, 0, 0), 0, 0);
    }
    case 15 /* and */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */) {
        if (keepsWord(f, ab)) {
          // wrap(and(x, #c{keepsWord})) -> wrap(x)
          return v.pure(29 /* wrap */, 1 /* i32 */, aa, 0, 0);
        }
        // wrap(and(x, #c)) -> and(wrap(x), wrap(#c))
        return v.pure(15 /* and */, ty, v.pure(29 /* wrap */, 1 /* i32 */, aa, 0, 0), v.pure(29 /* wrap */, 1 /* i32 */, ab, 0, 0), 0);
      }
      break;
    }
    case 18 /* shl */: {
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */ && isFar(f, ab)) {
        // wrap(shl(x, #c{isFar})) -> 0
        return v.constant(ty, 0, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesExts(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  if (isNonNegative(f, a)) {
    // exts(x) -> extu(x) if isNonNegative(x)
    return v.pure(31 /* extu */, 2 /* i64 */, a, 0, 0);
  }
  if (f.op[a] === 29 /* wrap */) {
    const aa = f.a[a]!;
    // exts(wrap(x)) -> sext32(x)
    return v.pure(28 /* sext32 */, ty, aa, 0, 0);
  }
  return 0;
}

function simplifyByRulesEq(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  switch (f.op[a]) {
    case 32 /* eq */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(eq(x, y), 0) -> ne(x, y)
        return v.pure(33 /* ne */, ty, aa, ab, 0);
      }
      break;
    }
    case 33 /* ne */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(ne(x, y), 0) -> eq(x, y)
        return v.pure(32 /* eq */, ty, aa, ab, 0);
      }
      break;
    }
    case 34 /* lts */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(lts(x, y), 0) -> ges(x, y)
        return v.pure(40 /* ges */, ty, aa, ab, 0);
      }
      break;
    }
    case 40 /* ges */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(ges(x, y), 0) -> lts(x, y)
        return v.pure(34 /* lts */, ty, aa, ab, 0);
      }
      break;
    }
    case 35 /* ltu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(ltu(x, y), 0) -> geu(x, y)
        return v.pure(41 /* geu */, ty, aa, ab, 0);
      }
      break;
    }
    case 41 /* geu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(geu(x, y), 0) -> ltu(x, y)
        return v.pure(35 /* ltu */, ty, aa, ab, 0);
      }
      break;
    }
    case 36 /* gts */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(gts(x, y), 0) -> les(x, y)
        return v.pure(38 /* les */, ty, aa, ab, 0);
      }
      break;
    }
    case 38 /* les */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(les(x, y), 0) -> gts(x, y)
        return v.pure(36 /* gts */, ty, aa, ab, 0);
      }
      break;
    }
    case 37 /* gtu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(gtu(x, y), 0) -> leu(x, y)
        return v.pure(39 /* leu */, ty, aa, ab, 0);
      }
      break;
    }
    case 39 /* leu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(leu(x, y), 0) -> gtu(x, y)
        return v.pure(37 /* gtu */, ty, aa, ab, 0);
      }
      break;
    }
    case 42 /* feq */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(feq(x, y), 0) -> fne(x, y)
        return v.pure(43 /* fne */, ty, aa, ab, 0);
      }
      break;
    }
    case 43 /* fne */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // eq(fne(x, y), 0) -> feq(x, y)
        return v.pure(42 /* feq */, ty, aa, ab, 0);
      }
      break;
    }
  }
  if ((ty === 1 /* i32 */ || ty === 2 /* i64 */) && b === a) {
    // eq(x, x): i32|i64 -> 1
    return v.constant(ty, 1, 0);
  }
  switch (f.op[a]) {
    case 31 /* extu */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isBeyondWord(f, b)) {
            // eq(extu(x), #c{isBeyondWord}) -> 0
            return v.constant(ty, 0, 0);
          }
          if (withinWord(f, b)) {
            // eq(extu(x), #c{withinWord}) -> eq(x, wrap(#c))
            return v.pure(32 /* eq */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 31 /* extu */: {
          const ba = f.a[b]!;
          // eq(extu(x), extu(y)) -> eq(x, y)
          return v.pure(32 /* eq */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isExtended(f, b)) {
            // eq(exts(x), #c{isExtended}) -> eq(x, wrap(#c))
            return v.pure(32 /* eq */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          if (isNotExtended(f, b)) {
            // eq(exts(x), #c{isNotExtended}) -> 0
            return v.constant(ty, 0, 0);
          }
          break;
        }
        case 30 /* exts */: {
          const ba = f.a[b]!;
          // eq(exts(x), exts(y)) -> eq(x, y)
          return v.pure(32 /* eq */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 6 /* add */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (b === aa) {
        // eq(add(x, y), x) -> eq(y, 0)
        return v.pure(32 /* eq */, ty, ab, v.constant(f.ty[ab]!, 0, 0), 0);
      }
      break;
    }
  }
  if (f.op[b] === 6 /* add */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (ba === a) {
      // eq(add(x, y), x) -> eq(y, 0)
      return v.pure(32 /* eq */, ty, bb, v.constant(f.ty[bb]!, 0, 0), 0);
    }
  }
  if (f.op[a] === 6 /* add */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (b === ab) {
      // eq(add(x, y), x) -> eq(y, 0)
      return v.pure(32 /* eq */, ty, aa, v.constant(f.ty[aa]!, 0, 0), 0);
    }
  }
  if (f.op[b] === 6 /* add */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (bb === a) {
      // eq(add(x, y), x) -> eq(y, 0)
      return v.pure(32 /* eq */, ty, ba, v.constant(f.ty[ba]!, 0, 0), 0);
    }
  }
  if (f.op[a] === 7 /* sub */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (b === aa) {
      // eq(sub(x, y), x) -> eq(y, 0)
      return v.pure(32 /* eq */, ty, ab, v.constant(f.ty[ab]!, 0, 0), 0);
    }
  }
  if (f.op[b] === 7 /* sub */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (ba === a) {
      // eq(sub(x, y), x) -> eq(y, 0)
      return v.pure(32 /* eq */, ty, bb, v.constant(f.ty[bb]!, 0, 0), 0);
    }
  }
  switch (f.op[a]) {
    case 15 /* and */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && isPow2(f, ab) && b === ab) {
        // eq(and(x, #c{isPow2}), #c) -> ne(and(x, #c), 0)
        return v.pure(33 /* ne */, ty, v.pure(15 /* and */, f.ty[aa]!, aa, ab, 0), v.constant(f.ty[aa]!, 0, 0), 0);
      }
      break;
    }
    case 32 /* eq */:
    case 33 /* ne */:
    case 34 /* lts */:
    case 40 /* ges */:
    case 35 /* ltu */:
    case 41 /* geu */:
    case 36 /* gts */:
    case 38 /* les */:
    case 37 /* gtu */:
    case 39 /* leu */:
    case 42 /* feq */:
    case 43 /* fne */:
    case 44 /* flt */:
    case 45 /* fgt */:
    case 46 /* fle */:
    case 47 /* fge */: {
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // eq(k=eq|ne|lts|ges|ltu|geu|gts|les|gtu|leu|feq|fne|flt|fgt|fle|fge(x, y), 1) -> k=eq|ne|lts|ges|ltu|geu|gts|les|gtu|leu|feq|fne|flt|fgt|fle|fge(x, y)
        return a;
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesNe(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  switch (f.op[a]) {
    case 32 /* eq */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(eq(x, y), 1) -> ne(x, y)
        return v.pure(33 /* ne */, ty, aa, ab, 0);
      }
      break;
    }
    case 33 /* ne */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(ne(x, y), 1) -> eq(x, y)
        return v.pure(32 /* eq */, ty, aa, ab, 0);
      }
      break;
    }
    case 34 /* lts */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(lts(x, y), 1) -> ges(x, y)
        return v.pure(40 /* ges */, ty, aa, ab, 0);
      }
      break;
    }
    case 40 /* ges */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(ges(x, y), 1) -> lts(x, y)
        return v.pure(34 /* lts */, ty, aa, ab, 0);
      }
      break;
    }
    case 35 /* ltu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(ltu(x, y), 1) -> geu(x, y)
        return v.pure(41 /* geu */, ty, aa, ab, 0);
      }
      break;
    }
    case 41 /* geu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(geu(x, y), 1) -> ltu(x, y)
        return v.pure(35 /* ltu */, ty, aa, ab, 0);
      }
      break;
    }
    case 36 /* gts */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(gts(x, y), 1) -> les(x, y)
        return v.pure(38 /* les */, ty, aa, ab, 0);
      }
      break;
    }
    case 38 /* les */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(les(x, y), 1) -> gts(x, y)
        return v.pure(36 /* gts */, ty, aa, ab, 0);
      }
      break;
    }
    case 37 /* gtu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(gtu(x, y), 1) -> leu(x, y)
        return v.pure(39 /* leu */, ty, aa, ab, 0);
      }
      break;
    }
    case 39 /* leu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(leu(x, y), 1) -> gtu(x, y)
        return v.pure(37 /* gtu */, ty, aa, ab, 0);
      }
      break;
    }
    case 42 /* feq */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(feq(x, y), 1) -> fne(x, y)
        return v.pure(43 /* fne */, ty, aa, ab, 0);
      }
      break;
    }
    case 43 /* fne */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 1)) {
        // ne(fne(x, y), 1) -> feq(x, y)
        return v.pure(42 /* feq */, ty, aa, ab, 0);
      }
      break;
    }
  }
  if ((ty === 1 /* i32 */ || ty === 2 /* i64 */) && b === a) {
    // ne(x, x): i32|i64 -> 0
    return v.constant(ty, 0, 0);
  }
  switch (f.op[a]) {
    case 31 /* extu */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isBeyondWord(f, b)) {
            // ne(extu(x), #c{isBeyondWord}) -> 1
            return v.constant(ty, 1, 0);
          }
          if (withinWord(f, b)) {
            // ne(extu(x), #c{withinWord}) -> ne(x, wrap(#c))
            return v.pure(33 /* ne */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 31 /* extu */: {
          const ba = f.a[b]!;
          // ne(extu(x), extu(y)) -> ne(x, y)
          return v.pure(33 /* ne */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isExtended(f, b)) {
            // ne(exts(x), #c{isExtended}) -> ne(x, wrap(#c))
            return v.pure(33 /* ne */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          if (isNotExtended(f, b)) {
            // ne(exts(x), #c{isNotExtended}) -> 1
            return v.constant(ty, 1, 0);
          }
          break;
        }
        case 30 /* exts */: {
          const ba = f.a[b]!;
          // ne(exts(x), exts(y)) -> ne(x, y)
          return v.pure(33 /* ne */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 6 /* add */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (b === aa) {
        // ne(add(x, y), x) -> ne(y, 0)
        return v.pure(33 /* ne */, ty, ab, v.constant(f.ty[ab]!, 0, 0), 0);
      }
      break;
    }
  }
  if (f.op[b] === 6 /* add */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (ba === a) {
      // ne(add(x, y), x) -> ne(y, 0)
      return v.pure(33 /* ne */, ty, bb, v.constant(f.ty[bb]!, 0, 0), 0);
    }
  }
  if (f.op[a] === 6 /* add */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (b === ab) {
      // ne(add(x, y), x) -> ne(y, 0)
      return v.pure(33 /* ne */, ty, aa, v.constant(f.ty[aa]!, 0, 0), 0);
    }
  }
  if (f.op[b] === 6 /* add */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (bb === a) {
      // ne(add(x, y), x) -> ne(y, 0)
      return v.pure(33 /* ne */, ty, ba, v.constant(f.ty[ba]!, 0, 0), 0);
    }
  }
  if (f.op[a] === 7 /* sub */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (b === aa) {
      // ne(sub(x, y), x) -> ne(y, 0)
      return v.pure(33 /* ne */, ty, ab, v.constant(f.ty[ab]!, 0, 0), 0);
    }
  }
  if (f.op[b] === 7 /* sub */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (ba === a) {
      // ne(sub(x, y), x) -> ne(y, 0)
      return v.pure(33 /* ne */, ty, bb, v.constant(f.ty[bb]!, 0, 0), 0);
    }
  }
  switch (f.op[a]) {
    case 32 /* eq */:
    case 33 /* ne */:
    case 34 /* lts */:
    case 40 /* ges */:
    case 35 /* ltu */:
    case 41 /* geu */:
    case 36 /* gts */:
    case 38 /* les */:
    case 37 /* gtu */:
    case 39 /* leu */:
    case 42 /* feq */:
    case 43 /* fne */:
    case 44 /* flt */:
    case 45 /* fgt */:
    case 46 /* fle */:
    case 47 /* fge */: {
      if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
        // ne(k=eq|ne|lts|ges|ltu|geu|gts|les|gtu|leu|feq|fne|flt|fgt|fle|fge(x, y), 0) -> k=eq|ne|lts|ges|ltu|geu|gts|les|gtu|leu|feq|fne|flt|fgt|fle|fge(x, y)
        return a;
      }
      break;
    }
    case 15 /* and */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && isPow2(f, ab) && b === ab) {
        // ne(and(x, #c{isPow2}), #c) -> eq(and(x, #c), 0)
        return v.pure(32 /* eq */, ty, v.pure(15 /* and */, f.ty[aa]!, aa, ab, 0), v.constant(f.ty[aa]!, 0, 0), 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesLts(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 1 /* const */ && isVariable(f, b)) {
    // lts(#c, x) -> gts(x, #c) if isVariable(x)
    return v.pure(36 /* gts */, ty, b, a, 0);
  }
  if (b === a) {
    // lts(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[b] === 1 /* const */) {
    if (isMin(f, b)) {
      // lts(x, #c{isMin}) -> 0
      return v.constant(ty, 0, 0);
    }
    if (hasInt(f, b, 0) && isNonNegative(f, a)) {
      // lts(x, 0) -> 0 if isNonNegative(x)
      return v.constant(ty, 0, 0);
    }
  }
  switch (f.op[a]) {
    case 31 /* extu */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isNegativeWide(f, b)) {
            // lts(extu(x), #c{isNegativeWide}) -> 0
            return v.constant(ty, 0, 0);
          }
          if (isAboveWord(f, b)) {
            // lts(extu(x), #c{isAboveWord}) -> 1
            return v.constant(ty, 1, 0);
          }
          if (withinWord(f, b)) {
            // lts(extu(x), #c{withinWord}) -> ltu(x, wrap(#c))
            return v.pure(35 /* ltu */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 31 /* extu */: {
          const ba = f.a[b]!;
          // lts(extu(x), extu(y)) -> ltu(x, y)
          return v.pure(35 /* ltu */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isExtended(f, b)) {
            // lts(exts(x), #c{isExtended}) -> lts(x, wrap(#c))
            return v.pure(34 /* lts */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 30 /* exts */: {
          const ba = f.a[b]!;
          // lts(exts(x), exts(y)) -> lts(x, y)
          return v.pure(34 /* lts */, ty, aa, ba, 0);
        }
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesLtu(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 1 /* const */ && isVariable(f, b)) {
    // ltu(#c, x) -> gtu(x, #c) if isVariable(x)
    return v.pure(37 /* gtu */, ty, b, a, 0);
  }
  if (b === a) {
    // ltu(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[b] === 1 /* const */) {
    if (hasInt(f, b, 0)) {
      // ltu(x, 0) -> 0
      return v.constant(ty, 0, 0);
    }
    if (hasInt(f, b, 1)) {
      // ltu(x, 1) -> eq(x, 0)
      return v.pure(32 /* eq */, ty, a, v.constant(f.ty[a]!, 0, 0), 0);
    }
    if (isBelow(f, a, b)) {
      // ltu(x, #c) -> 1 if isBelow(x, c)
      return v.constant(ty, 1, 0);
    }
  }
  switch (f.op[a]) {
    case 31 /* extu */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isBeyondWord(f, b)) {
            // ltu(extu(x), #c{isBeyondWord}) -> 1
            return v.constant(ty, 1, 0);
          }
          if (withinWord(f, b)) {
            // ltu(extu(x), #c{withinWord}) -> ltu(x, wrap(#c))
            return v.pure(35 /* ltu */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 31 /* extu */: {
          const ba = f.a[b]!;
          // ltu(extu(x), extu(y)) -> ltu(x, y)
          return v.pure(35 /* ltu */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      if (f.op[b] === 30 /* exts */) {
        const ba = f.a[b]!;
        // ltu(exts(x), exts(y)) -> ltu(x, y)
        return v.pure(35 /* ltu */, ty, aa, ba, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesGts(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 1 /* const */ && isVariable(f, b)) {
    // gts(#c, x) -> lts(x, #c) if isVariable(x)
    return v.pure(34 /* lts */, ty, b, a, 0);
  }
  if (b === a) {
    // gts(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[b] === 1 /* const */) {
    if (isMax(f, b)) {
      // gts(x, #c{isMax}) -> 0
      return v.constant(ty, 0, 0);
    }
    if (hasInt(f, b, -1)) {
      // gts(x, -1) -> ges(x, 0)
      return v.pure(40 /* ges */, ty, a, v.constant(f.ty[a]!, 0, 0), 0);
    }
  }
  switch (f.op[a]) {
    case 31 /* extu */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isNegativeWide(f, b)) {
            // gts(extu(x), #c{isNegativeWide}) -> 1
            return v.constant(ty, 1, 0);
          }
          if (isAboveWord(f, b)) {
            // gts(extu(x), #c{isAboveWord}) -> 0
            return v.constant(ty, 0, 0);
          }
          if (withinWord(f, b)) {
            // gts(extu(x), #c{withinWord}) -> gtu(x, wrap(#c))
            return v.pure(37 /* gtu */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 31 /* extu */: {
          const ba = f.a[b]!;
          // gts(extu(x), extu(y)) -> gtu(x, y)
          return v.pure(37 /* gtu */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isExtended(f, b)) {
            // gts(exts(x), #c{isExtended}) -> gts(x, wrap(#c))
            return v.pure(36 /* gts */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 30 /* exts */: {
          const ba = f.a[b]!;
          // gts(exts(x), exts(y)) -> gts(x, y)
          return v.pure(36 /* gts */, ty, aa, ba, 0);
        }
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesGtu(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 1 /* const */ && isVariable(f, b)) {
    // gtu(#c, x) -> ltu(x, #c) if isVariable(x)
    return v.pure(35 /* ltu */, ty, b, a, 0);
  }
  if (b === a) {
    // gtu(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[b] === 1 /* const */) {
    if (hasInt(f, b, 0)) {
      // gtu(x, 0) -> ne(x, 0)
      return v.pure(33 /* ne */, ty, a, v.constant(f.ty[a]!, 0, 0), 0);
    }
    if (hasInt(f, b, -1)) {
      // gtu(x, -1) -> 0
      return v.constant(ty, 0, 0);
    }
    if (isAtMost(f, a, b)) {
      // gtu(x, #c) -> 0 if isAtMost(x, c)
      return v.constant(ty, 0, 0);
    }
  }
  switch (f.op[a]) {
    case 31 /* extu */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isBeyondWord(f, b)) {
            // gtu(extu(x), #c{isBeyondWord}) -> 0
            return v.constant(ty, 0, 0);
          }
          if (withinWord(f, b)) {
            // gtu(extu(x), #c{withinWord}) -> gtu(x, wrap(#c))
            return v.pure(37 /* gtu */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 31 /* extu */: {
          const ba = f.a[b]!;
          // gtu(extu(x), extu(y)) -> gtu(x, y)
          return v.pure(37 /* gtu */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      if (f.op[b] === 30 /* exts */) {
        const ba = f.a[b]!;
        // gtu(exts(x), exts(y)) -> gtu(x, y)
        return v.pure(37 /* gtu */, ty, aa, ba, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesLes(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 1 /* const */ && isVariable(f, b)) {
    // les(#c, x) -> ges(x, #c) if isVariable(x)
    return v.pure(40 /* ges */, ty, b, a, 0);
  }
  if (b === a) {
    // les(x, x) -> 1
    return v.constant(ty, 1, 0);
  }
  if (f.op[b] === 1 /* const */) {
    if (isMax(f, b)) {
      // les(x, #c{isMax}) -> 1
      return v.constant(ty, 1, 0);
    }
    if (hasInt(f, b, -1)) {
      // les(x, -1) -> lts(x, 0)
      return v.pure(34 /* lts */, ty, a, v.constant(f.ty[a]!, 0, 0), 0);
    }
  }
  switch (f.op[a]) {
    case 31 /* extu */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isNegativeWide(f, b)) {
            // les(extu(x), #c{isNegativeWide}) -> 0
            return v.constant(ty, 0, 0);
          }
          if (isAboveWord(f, b)) {
            // les(extu(x), #c{isAboveWord}) -> 1
            return v.constant(ty, 1, 0);
          }
          if (withinWord(f, b)) {
            // les(extu(x), #c{withinWord}) -> leu(x, wrap(#c))
            return v.pure(39 /* leu */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 31 /* extu */: {
          const ba = f.a[b]!;
          // les(extu(x), extu(y)) -> leu(x, y)
          return v.pure(39 /* leu */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isExtended(f, b)) {
            // les(exts(x), #c{isExtended}) -> les(x, wrap(#c))
            return v.pure(38 /* les */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 30 /* exts */: {
          const ba = f.a[b]!;
          // les(exts(x), exts(y)) -> les(x, y)
          return v.pure(38 /* les */, ty, aa, ba, 0);
        }
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesLeu(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 1 /* const */ && isVariable(f, b)) {
    // leu(#c, x) -> geu(x, #c) if isVariable(x)
    return v.pure(41 /* geu */, ty, b, a, 0);
  }
  if (b === a) {
    // leu(x, x) -> 1
    return v.constant(ty, 1, 0);
  }
  if (f.op[b] === 1 /* const */) {
    if (hasInt(f, b, 0)) {
      // leu(x, 0) -> eq(x, 0)
      return v.pure(32 /* eq */, ty, a, v.constant(f.ty[a]!, 0, 0), 0);
    }
    if (hasInt(f, b, -1)) {
      // leu(x, -1) -> 1
      return v.constant(ty, 1, 0);
    }
    if (isAtMost(f, a, b)) {
      // leu(x, #c) -> 1 if isAtMost(x, c)
      return v.constant(ty, 1, 0);
    }
  }
  switch (f.op[a]) {
    case 31 /* extu */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isBeyondWord(f, b)) {
            // leu(extu(x), #c{isBeyondWord}) -> 1
            return v.constant(ty, 1, 0);
          }
          if (withinWord(f, b)) {
            // leu(extu(x), #c{withinWord}) -> leu(x, wrap(#c))
            return v.pure(39 /* leu */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 31 /* extu */: {
          const ba = f.a[b]!;
          // leu(extu(x), extu(y)) -> leu(x, y)
          return v.pure(39 /* leu */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      if (f.op[b] === 30 /* exts */) {
        const ba = f.a[b]!;
        // leu(exts(x), exts(y)) -> leu(x, y)
        return v.pure(39 /* leu */, ty, aa, ba, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesGes(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 1 /* const */ && isVariable(f, b)) {
    // ges(#c, x) -> les(x, #c) if isVariable(x)
    return v.pure(38 /* les */, ty, b, a, 0);
  }
  if (b === a) {
    // ges(x, x) -> 1
    return v.constant(ty, 1, 0);
  }
  if (f.op[b] === 1 /* const */) {
    if (isMin(f, b)) {
      // ges(x, #c{isMin}) -> 1
      return v.constant(ty, 1, 0);
    }
    if (hasInt(f, b, 0) && isNonNegative(f, a)) {
      // ges(x, 0) -> 1 if isNonNegative(x)
      return v.constant(ty, 1, 0);
    }
  }
  switch (f.op[a]) {
    case 31 /* extu */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isNegativeWide(f, b)) {
            // ges(extu(x), #c{isNegativeWide}) -> 1
            return v.constant(ty, 1, 0);
          }
          if (isAboveWord(f, b)) {
            // ges(extu(x), #c{isAboveWord}) -> 0
            return v.constant(ty, 0, 0);
          }
          if (withinWord(f, b)) {
            // ges(extu(x), #c{withinWord}) -> geu(x, wrap(#c))
            return v.pure(41 /* geu */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 31 /* extu */: {
          const ba = f.a[b]!;
          // ges(extu(x), extu(y)) -> geu(x, y)
          return v.pure(41 /* geu */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isExtended(f, b)) {
            // ges(exts(x), #c{isExtended}) -> ges(x, wrap(#c))
            return v.pure(40 /* ges */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 30 /* exts */: {
          const ba = f.a[b]!;
          // ges(exts(x), exts(y)) -> ges(x, y)
          return v.pure(40 /* ges */, ty, aa, ba, 0);
        }
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesGeu(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 1 /* const */ && isVariable(f, b)) {
    // geu(#c, x) -> leu(x, #c) if isVariable(x)
    return v.pure(39 /* leu */, ty, b, a, 0);
  }
  if (b === a) {
    // geu(x, x) -> 1
    return v.constant(ty, 1, 0);
  }
  if (f.op[b] === 1 /* const */) {
    if (hasInt(f, b, 0)) {
      // geu(x, 0) -> 1
      return v.constant(ty, 1, 0);
    }
    if (hasInt(f, b, 1)) {
      // geu(x, 1) -> ne(x, 0)
      return v.pure(33 /* ne */, ty, a, v.constant(f.ty[a]!, 0, 0), 0);
    }
    if (isBelow(f, a, b)) {
      // geu(x, #c) -> 0 if isBelow(x, c)
      return v.constant(ty, 0, 0);
    }
  }
  switch (f.op[a]) {
    case 31 /* extu */: {
      const aa = f.a[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (isBeyondWord(f, b)) {
            // geu(extu(x), #c{isBeyondWord}) -> 0
            return v.constant(ty, 0, 0);
          }
          if (withinWord(f, b)) {
            // geu(extu(x), #c{withinWord}) -> geu(x, wrap(#c))
            return v.pure(41 /* geu */, ty, aa, v.pure(29 /* wrap */, 1 /* i32 */, b, 0, 0), 0);
          }
          break;
        }
        case 31 /* extu */: {
          const ba = f.a[b]!;
          // geu(extu(x), extu(y)) -> geu(x, y)
          return v.pure(41 /* geu */, ty, aa, ba, 0);
        }
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      if (f.op[b] === 30 /* exts */) {
        const ba = f.a[b]!;
        // geu(exts(x), exts(y)) -> geu(x, y)
        return v.pure(41 /* geu */, ty, aa, ba, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesFeq(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 63 /* promote */) {
    const aa = f.a[a]!;
    if (f.op[b] === 63 /* promote */) {
      const ba = f.a[b]!;
      // feq(promote(x), promote(y)) -> feq(x, y)
      return v.pure(42 /* feq */, ty, aa, ba, 0);
    }
  }
  return 0;
}

function simplifyByRulesFne(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 63 /* promote */) {
    const aa = f.a[a]!;
    if (f.op[b] === 63 /* promote */) {
      const ba = f.a[b]!;
      // fne(promote(x), promote(y)) -> fne(x, y)
      return v.pure(43 /* fne */, ty, aa, ba, 0);
    }
  }
  return 0;
}

function simplifyByRulesFlt(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 63 /* promote */) {
    const aa = f.a[a]!;
    if (f.op[b] === 63 /* promote */) {
      const ba = f.a[b]!;
      // flt(promote(x), promote(y)) -> flt(x, y)
      return v.pure(44 /* flt */, ty, aa, ba, 0);
    }
  }
  return 0;
}

function simplifyByRulesFgt(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 63 /* promote */) {
    const aa = f.a[a]!;
    if (f.op[b] === 63 /* promote */) {
      const ba = f.a[b]!;
      // fgt(promote(x), promote(y)) -> fgt(x, y)
      return v.pure(45 /* fgt */, ty, aa, ba, 0);
    }
  }
  return 0;
}

function simplifyByRulesFle(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 63 /* promote */) {
    const aa = f.a[a]!;
    if (f.op[b] === 63 /* promote */) {
      const ba = f.a[b]!;
      // fle(promote(x), promote(y)) -> fle(x, y)
      return v.pure(46 /* fle */, ty, aa, ba, 0);
    }
  }
  return 0;
}

function simplifyByRulesFge(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 63 /* promote */) {
    const aa = f.a[a]!;
    if (f.op[b] === 63 /* promote */) {
      const ba = f.a[b]!;
      // fge(promote(x), promote(y)) -> fge(x, y)
      return v.pure(47 /* fge */, ty, aa, ba, 0);
    }
  }
  return 0;
}

function simplifyByRulesSelect(v: Maker, ty: Type, a: Value, b: Value, c: Value): Value {
  const { f } = v;
  if (c === b) {
    // select(x, y, y) -> y
    return b;
  }
  if (f.op[b] === 1 /* const */ && f.op[c] === 1 /* const */) {
    if (ty === 1 /* i32 */) {
      if (hasInt(f, b, 1) && hasInt(f, c, 0)) {
        // select(x, 1, 0): i32 -> ne(x, 0)
        return v.pure(33 /* ne */, ty, a, v.constant(f.ty[a]!, 0, 0), 0);
      }
      if (hasInt(f, b, 0) && hasInt(f, c, 1)) {
        // select(x, 0, 1): i32 -> eq(x, 0)
        return v.pure(32 /* eq */, ty, a, v.constant(f.ty[a]!, 0, 0), 0);
      }
    }
    if (ty === 2 /* i64 */) {
      if (hasInt(f, b, 1) && hasInt(f, c, 0)) {
        // select(x, 1, 0): i64 -> extu(ne(x, 0))
        return v.pure(31 /* extu */, 2 /* i64 */, v.pure(33 /* ne */, 1 /* i32 */, a, v.constant(f.ty[a]!, 0, 0), 0), 0, 0);
      }
      if (hasInt(f, b, 0) && hasInt(f, c, 1)) {
        // select(x, 0, 1): i64 -> extu(eq(x, 0))
        return v.pure(31 /* extu */, 2 /* i64 */, v.pure(32 /* eq */, 1 /* i32 */, a, v.constant(f.ty[a]!, 0, 0), 0), 0, 0);
      }
    }
    if (ty === 1 /* i32 */) {
      if (hasInt(f, b, -1) && hasInt(f, c, 0)) {
        // select(x, -1, 0): i32 -> sub(0, ne(x, 0))
        return v.pure(7 /* sub */, ty, v.constant(ty, 0, 0), v.pure(33 /* ne */, 1 /* i32 */, a, v.constant(f.ty[a]!, 0, 0), 0), 0);
      }
      if (hasInt(f, b, 0) && hasInt(f, c, -1)) {
        // select(x, 0, -1): i32 -> sub(0, eq(x, 0))
        return v.pure(7 /* sub */, ty, v.constant(ty, 0, 0), v.pure(32 /* eq */, 1 /* i32 */, a, v.constant(f.ty[a]!, 0, 0), 0), 0);
      }
    }
  }
  switch (f.op[a]) {
    case 32 /* eq */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */ && f.ty[aa] === 1 /* i32 */ && hasInt(f, ab, 0)) {
        // select(eq(x: i32, 0), y, z) -> select(x, z, y)
        return v.pure(48 /* select */, ty, aa, c, b);
      }
      break;
    }
    case 33 /* ne */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */ && f.ty[aa] === 1 /* i32 */ && hasInt(f, ab, 0)) {
        // select(ne(x: i32, 0), y, z) -> select(x, y, z)
        return v.pure(48 /* select */, ty, aa, b, c);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesFadd(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[b] === 56 /* fneg */) {
    const ba = f.a[b]!;
    // fadd(x, fneg(y)) -> fsub(x, y)
    return v.pure(50 /* fsub */, ty, a, ba, 0);
  }
  if (f.op[a] === 56 /* fneg */) {
    const aa = f.a[a]!;
    // fadd(x, fneg(y)) -> fsub(x, y)
    return v.pure(50 /* fsub */, ty, b, aa, 0);
  }
  return 0;
}

function simplifyByRulesFsub(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[b] === 56 /* fneg */) {
    const ba = f.a[b]!;
    // fsub(x, fneg(y)) -> fadd(x, y)
    return v.pure(49 /* fadd */, ty, a, ba, 0);
  }
  return 0;
}

function simplifyByRulesFmul(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 56 /* fneg */) {
    const aa = f.a[a]!;
    if (f.op[b] === 56 /* fneg */) {
      const ba = f.a[b]!;
      // fmul(fneg(x), fneg(y)) -> fmul(x, y)
      return v.pure(51 /* fmul */, ty, aa, ba, 0);
    }
  }
  return 0;
}

function simplifyByRulesFdiv(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (f.op[a] === 56 /* fneg */) {
    const aa = f.a[a]!;
    if (f.op[b] === 56 /* fneg */) {
      const ba = f.a[b]!;
      // fdiv(fneg(x), fneg(y)) -> fdiv(x, y)
      return v.pure(52 /* fdiv */, ty, aa, ba, 0);
    }
  }
  return 0;
}

function simplifyByRulesFcopysign(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (b === a) {
    // fcopysign(x, x) -> x
    return a;
  }
  switch (f.op[a]) {
    case 56 /* fneg */: {
      const aa = f.a[a]!;
      // fcopysign(fneg(x), y) -> fcopysign(x, y)
      return v.pure(55 /* fcopysign */, ty, aa, b, 0);
    }
    case 57 /* fabs */: {
      const aa = f.a[a]!;
      // fcopysign(fabs(x), y) -> fcopysign(x, y)
      return v.pure(55 /* fcopysign */, ty, aa, b, 0);
    }
    case 55 /* fcopysign */: {
      const aa = f.a[a]!;
      // fcopysign(fcopysign(x, z), y) -> fcopysign(x, y)
      return v.pure(55 /* fcopysign */, ty, aa, b, 0);
    }
  }
  return 0;
}

function simplifyByRulesFneg(v: Maker, a: Value): Value {
  const { f } = v;
  if (f.op[a] === 56 /* fneg */) {
    const aa = f.a[a]!;
    // fneg(fneg(x)) -> x
    return aa;
  }
  return 0;
}

function simplifyByRulesFabs(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  switch (f.op[a]) {
    case 56 /* fneg */: {
      const aa = f.a[a]!;
      // fabs(fneg(x)) -> fabs(x)
      return v.pure(57 /* fabs */, ty, aa, 0, 0);
    }
    case 57 /* fabs */: {
      const aa = f.a[a]!;
      // fabs(fabs(x)) -> fabs(x)
      return v.pure(57 /* fabs */, ty, aa, 0, 0);
    }
    case 55 /* fcopysign */: {
      const aa = f.a[a]!;
      // fabs(fcopysign(x, y)) -> fabs(x)
      return v.pure(57 /* fabs */, ty, aa, 0, 0);
    }
  }
  return 0;
}

function simplifyByRulesCvts(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  switch (f.op[a]) {
    case 30 /* exts */: {
      const aa = f.a[a]!;
      if (ty === 3 /* f32 */) {
        // cvts(exts(x)): f32 -> cvts(x): f32
        return v.pure(65 /* cvts */, 3 /* f32 */, aa, 0, 0);
      }
      if (ty === 4 /* f64 */) {
        // cvts(exts(x)): f64 -> cvts(x): f64
        return v.pure(65 /* cvts */, 4 /* f64 */, aa, 0, 0);
      }
      break;
    }
    case 31 /* extu */: {
      const aa = f.a[a]!;
      if (ty === 3 /* f32 */) {
        // cvts(extu(x)): f32 -> cvtu(x): f32
        return v.pure(66 /* cvtu */, 3 /* f32 */, aa, 0, 0);
      }
      if (ty === 4 /* f64 */) {
        // cvts(extu(x)): f64 -> cvtu(x): f64
        return v.pure(66 /* cvtu */, 4 /* f64 */, aa, 0, 0);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesCvtu(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  if (f.op[a] === 31 /* extu */) {
    const aa = f.a[a]!;
    if (ty === 3 /* f32 */) {
      // cvtu(extu(x)): f32 -> cvtu(x): f32
      return v.pure(66 /* cvtu */, 3 /* f32 */, aa, 0, 0);
    }
    if (ty === 4 /* f64 */) {
      // cvtu(extu(x)): f64 -> cvtu(x): f64
      return v.pure(66 /* cvtu */, 4 /* f64 */, aa, 0, 0);
    }
  }
  return 0;
}

function simplifyByRulesTruncs(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  if (f.op[a] === 63 /* promote */) {
    const aa = f.a[a]!;
    if (ty === 1 /* i32 */) {
      // truncs(promote(x)): i32 -> truncs(x): i32
      return v.pure(67 /* truncs */, 1 /* i32 */, aa, 0, 0);
    }
    if (ty === 2 /* i64 */) {
      // truncs(promote(x)): i64 -> truncs(x): i64
      return v.pure(67 /* truncs */, 2 /* i64 */, aa, 0, 0);
    }
  }
  return 0;
}

function simplifyByRulesTruncu(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  if (f.op[a] === 63 /* promote */) {
    const aa = f.a[a]!;
    if (ty === 1 /* i32 */) {
      // truncu(promote(x)): i32 -> truncu(x): i32
      return v.pure(68 /* truncu */, 1 /* i32 */, aa, 0, 0);
    }
    if (ty === 2 /* i64 */) {
      // truncu(promote(x)): i64 -> truncu(x): i64
      return v.pure(68 /* truncu */, 2 /* i64 */, aa, 0, 0);
    }
  }
  return 0;
}

function simplifyByRulesSats(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  if (f.op[a] === 63 /* promote */) {
    const aa = f.a[a]!;
    if (ty === 1 /* i32 */) {
      // sats(promote(x)): i32 -> sats(x): i32
      return v.pure(69 /* sats */, 1 /* i32 */, aa, 0, 0);
    }
    if (ty === 2 /* i64 */) {
      // sats(promote(x)): i64 -> sats(x): i64
      return v.pure(69 /* sats */, 2 /* i64 */, aa, 0, 0);
    }
  }
  return 0;
}

function simplifyByRulesSatu(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  if (f.op[a] === 63 /* promote */) {
    const aa = f.a[a]!;
    if (ty === 1 /* i32 */) {
      // satu(promote(x)): i32 -> satu(x): i32
      return v.pure(70 /* satu */, 1 /* i32 */, aa, 0, 0);
    }
    if (ty === 2 /* i64 */) {
      // satu(promote(x)): i64 -> satu(x): i64
      return v.pure(70 /* satu */, 2 /* i64 */, aa, 0, 0);
    }
  }
  return 0;
}

function simplifyByRulesBitcast(v: Maker, a: Value): Value {
  const { f } = v;
  if (f.op[a] === 71 /* bitcast */) {
    const aa = f.a[a]!;
    // bitcast(bitcast(x)) -> x
    return aa;
  }
  return 0;
}

function simplifyByRulesVnot(v: Maker, ty: Type, a: Value): Value {
  const { f } = v;
  switch (f.op[a]) {
    case 72 /* vnot */: {
      const aa = f.a[a]!;
      // vnot(vnot(x)) -> x
      return aa;
    }
    case 106 /* veq */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.aux[a] === 0 /* i8x16 */) {
        // vnot(veq.i8x16(x, y)) -> vne.i8x16(x, y)
        return v.pure(107 /* vne */, ty, aa, ab, 0, 0 /* i8x16 */);
      }
      if (f.aux[a] === 1 /* i16x8 */) {
        // vnot(veq.i16x8(x, y)) -> vne.i16x8(x, y)
        return v.pure(107 /* vne */, ty, aa, ab, 0, 1 /* i16x8 */);
      }
      if (f.aux[a] === 2 /* i32x4 */) {
        // vnot(veq.i32x4(x, y)) -> vne.i32x4(x, y)
        return v.pure(107 /* vne */, ty, aa, ab, 0, 2 /* i32x4 */);
      }
      if (f.aux[a] === 3 /* i64x2 */) {
        // vnot(veq.i64x2(x, y)) -> vne.i64x2(x, y)
        return v.pure(107 /* vne */, ty, aa, ab, 0, 3 /* i64x2 */);
      }
      if (f.aux[a] === 4 /* f32x4 */) {
        // vnot(veq.f32x4(x, y)) -> vne.f32x4(x, y)
        return v.pure(107 /* vne */, ty, aa, ab, 0, 4 /* f32x4 */);
      }
      if (f.aux[a] === 5 /* f64x2 */) {
        // vnot(veq.f64x2(x, y)) -> vne.f64x2(x, y)
        return v.pure(107 /* vne */, ty, aa, ab, 0, 5 /* f64x2 */);
      }
      break;
    }
    case 107 /* vne */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.aux[a] === 0 /* i8x16 */) {
        // vnot(vne.i8x16(x, y)) -> veq.i8x16(x, y)
        return v.pure(106 /* veq */, ty, aa, ab, 0, 0 /* i8x16 */);
      }
      if (f.aux[a] === 1 /* i16x8 */) {
        // vnot(vne.i16x8(x, y)) -> veq.i16x8(x, y)
        return v.pure(106 /* veq */, ty, aa, ab, 0, 1 /* i16x8 */);
      }
      if (f.aux[a] === 2 /* i32x4 */) {
        // vnot(vne.i32x4(x, y)) -> veq.i32x4(x, y)
        return v.pure(106 /* veq */, ty, aa, ab, 0, 2 /* i32x4 */);
      }
      if (f.aux[a] === 3 /* i64x2 */) {
        // vnot(vne.i64x2(x, y)) -> veq.i64x2(x, y)
        return v.pure(106 /* veq */, ty, aa, ab, 0, 3 /* i64x2 */);
      }
      if (f.aux[a] === 4 /* f32x4 */) {
        // vnot(vne.f32x4(x, y)) -> veq.f32x4(x, y)
        return v.pure(106 /* veq */, ty, aa, ab, 0, 4 /* f32x4 */);
      }
      if (f.aux[a] === 5 /* f64x2 */) {
        // vnot(vne.f64x2(x, y)) -> veq.f64x2(x, y)
        return v.pure(106 /* veq */, ty, aa, ab, 0, 5 /* f64x2 */);
      }
      break;
    }
    case 108 /* vlts */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.aux[a] === 0 /* i8x16 */) {
        // vnot(vlts.i8x16(x, y)) -> vges.i8x16(x, y)
        return v.pure(114 /* vges */, ty, aa, ab, 0, 0 /* i8x16 */);
      }
      if (f.aux[a] === 1 /* i16x8 */) {
        // vnot(vlts.i16x8(x, y)) -> vges.i16x8(x, y)
        return v.pure(114 /* vges */, ty, aa, ab, 0, 1 /* i16x8 */);
      }
      if (f.aux[a] === 2 /* i32x4 */) {
        // vnot(vlts.i32x4(x, y)) -> vges.i32x4(x, y)
        return v.pure(114 /* vges */, ty, aa, ab, 0, 2 /* i32x4 */);
      }
      if (f.aux[a] === 3 /* i64x2 */) {
        // vnot(vlts.i64x2(x, y)) -> vges.i64x2(x, y)
        return v.pure(114 /* vges */, ty, aa, ab, 0, 3 /* i64x2 */);
      }
      break;
    }
    case 114 /* vges */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.aux[a] === 0 /* i8x16 */) {
        // vnot(vges.i8x16(x, y)) -> vlts.i8x16(x, y)
        return v.pure(108 /* vlts */, ty, aa, ab, 0, 0 /* i8x16 */);
      }
      if (f.aux[a] === 1 /* i16x8 */) {
        // vnot(vges.i16x8(x, y)) -> vlts.i16x8(x, y)
        return v.pure(108 /* vlts */, ty, aa, ab, 0, 1 /* i16x8 */);
      }
      if (f.aux[a] === 2 /* i32x4 */) {
        // vnot(vges.i32x4(x, y)) -> vlts.i32x4(x, y)
        return v.pure(108 /* vlts */, ty, aa, ab, 0, 2 /* i32x4 */);
      }
      if (f.aux[a] === 3 /* i64x2 */) {
        // vnot(vges.i64x2(x, y)) -> vlts.i64x2(x, y)
        return v.pure(108 /* vlts */, ty, aa, ab, 0, 3 /* i64x2 */);
      }
      break;
    }
    case 109 /* vltu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.aux[a] === 0 /* i8x16 */) {
        // vnot(vltu.i8x16(x, y)) -> vgeu.i8x16(x, y)
        return v.pure(115 /* vgeu */, ty, aa, ab, 0, 0 /* i8x16 */);
      }
      if (f.aux[a] === 1 /* i16x8 */) {
        // vnot(vltu.i16x8(x, y)) -> vgeu.i16x8(x, y)
        return v.pure(115 /* vgeu */, ty, aa, ab, 0, 1 /* i16x8 */);
      }
      if (f.aux[a] === 2 /* i32x4 */) {
        // vnot(vltu.i32x4(x, y)) -> vgeu.i32x4(x, y)
        return v.pure(115 /* vgeu */, ty, aa, ab, 0, 2 /* i32x4 */);
      }
      break;
    }
    case 115 /* vgeu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.aux[a] === 0 /* i8x16 */) {
        // vnot(vgeu.i8x16(x, y)) -> vltu.i8x16(x, y)
        return v.pure(109 /* vltu */, ty, aa, ab, 0, 0 /* i8x16 */);
      }
      if (f.aux[a] === 1 /* i16x8 */) {
        // vnot(vgeu.i16x8(x, y)) -> vltu.i16x8(x, y)
        return v.pure(109 /* vltu */, ty, aa, ab, 0, 1 /* i16x8 */);
      }
      if (f.aux[a] === 2 /* i32x4 */) {
        // vnot(vgeu.i32x4(x, y)) -> vltu.i32x4(x, y)
        return v.pure(109 /* vltu */, ty, aa, ab, 0, 2 /* i32x4 */);
      }
      break;
    }
    case 110 /* vgts */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.aux[a] === 0 /* i8x16 */) {
        // vnot(vgts.i8x16(x, y)) -> vles.i8x16(x, y)
        return v.pure(112 /* vles */, ty, aa, ab, 0, 0 /* i8x16 */);
      }
      if (f.aux[a] === 1 /* i16x8 */) {
        // vnot(vgts.i16x8(x, y)) -> vles.i16x8(x, y)
        return v.pure(112 /* vles */, ty, aa, ab, 0, 1 /* i16x8 */);
      }
      if (f.aux[a] === 2 /* i32x4 */) {
        // vnot(vgts.i32x4(x, y)) -> vles.i32x4(x, y)
        return v.pure(112 /* vles */, ty, aa, ab, 0, 2 /* i32x4 */);
      }
      if (f.aux[a] === 3 /* i64x2 */) {
        // vnot(vgts.i64x2(x, y)) -> vles.i64x2(x, y)
        return v.pure(112 /* vles */, ty, aa, ab, 0, 3 /* i64x2 */);
      }
      break;
    }
    case 112 /* vles */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.aux[a] === 0 /* i8x16 */) {
        // vnot(vles.i8x16(x, y)) -> vgts.i8x16(x, y)
        return v.pure(110 /* vgts */, ty, aa, ab, 0, 0 /* i8x16 */);
      }
      if (f.aux[a] === 1 /* i16x8 */) {
        // vnot(vles.i16x8(x, y)) -> vgts.i16x8(x, y)
        return v.pure(110 /* vgts */, ty, aa, ab, 0, 1 /* i16x8 */);
      }
      if (f.aux[a] === 2 /* i32x4 */) {
        // vnot(vles.i32x4(x, y)) -> vgts.i32x4(x, y)
        return v.pure(110 /* vgts */, ty, aa, ab, 0, 2 /* i32x4 */);
      }
      if (f.aux[a] === 3 /* i64x2 */) {
        // vnot(vles.i64x2(x, y)) -> vgts.i64x2(x, y)
        return v.pure(110 /* vgts */, ty, aa, ab, 0, 3 /* i64x2 */);
      }
      break;
    }
    case 111 /* vgtu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.aux[a] === 0 /* i8x16 */) {
        // vnot(vgtu.i8x16(x, y)) -> vleu.i8x16(x, y)
        return v.pure(113 /* vleu */, ty, aa, ab, 0, 0 /* i8x16 */);
      }
      if (f.aux[a] === 1 /* i16x8 */) {
        // vnot(vgtu.i16x8(x, y)) -> vleu.i16x8(x, y)
        return v.pure(113 /* vleu */, ty, aa, ab, 0, 1 /* i16x8 */);
      }
      if (f.aux[a] === 2 /* i32x4 */) {
        // vnot(vgtu.i32x4(x, y)) -> vleu.i32x4(x, y)
        return v.pure(113 /* vleu */, ty, aa, ab, 0, 2 /* i32x4 */);
      }
      break;
    }
    case 113 /* vleu */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.aux[a] === 0 /* i8x16 */) {
        // vnot(vleu.i8x16(x, y)) -> vgtu.i8x16(x, y)
        return v.pure(111 /* vgtu */, ty, aa, ab, 0, 0 /* i8x16 */);
      }
      if (f.aux[a] === 1 /* i16x8 */) {
        // vnot(vleu.i16x8(x, y)) -> vgtu.i16x8(x, y)
        return v.pure(111 /* vgtu */, ty, aa, ab, 0, 1 /* i16x8 */);
      }
      if (f.aux[a] === 2 /* i32x4 */) {
        // vnot(vleu.i32x4(x, y)) -> vgtu.i32x4(x, y)
        return v.pure(111 /* vgtu */, ty, aa, ab, 0, 2 /* i32x4 */);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesVand(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (b === a) {
    // vand(x, x) -> x
    return a;
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      if (hasInt(f, b, 0)) {
        // vand(x, 0) -> 0
        return v.constant(ty, 0, 0);
      }
      if (hasInt(f, b, -1)) {
        // vand(x, -1) -> x
        return a;
      }
      break;
    }
    case 72 /* vnot */: {
      const ba = f.a[b]!;
      // vand(x, vnot(y)) -> vandnot(x, y)
      return v.pure(76 /* vandnot */, ty, a, ba, 0, 0 /* i8x16 */);
    }
  }
  if (f.op[a] === 72 /* vnot */) {
    const aa = f.a[a]!;
    // vand(x, vnot(y)) -> vandnot(x, y)
    return v.pure(76 /* vandnot */, ty, b, aa, 0, 0 /* i8x16 */);
  }
  return 0;
}

function simplifyByRulesVor(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (b === a) {
    // vor(x, x) -> x
    return a;
  }
  if (f.op[b] === 1 /* const */) {
    if (hasInt(f, b, 0)) {
      // vor(x, 0) -> x
      return a;
    }
    if (hasInt(f, b, -1)) {
      // vor(x, -1) -> -1
      return v.constant(ty, -1, -1);
    }
  }
  return 0;
}

function simplifyByRulesVxor(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (b === a) {
    // vxor(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[b] === 1 /* const */) {
    if (hasInt(f, b, 0)) {
      // vxor(x, 0) -> x
      return a;
    }
    if (hasInt(f, b, -1)) {
      // vxor(x, -1) -> vnot(x)
      return v.pure(72 /* vnot */, ty, a, 0, 0, 0 /* i8x16 */);
    }
  }
  return 0;
}

function simplifyByRulesVandnot(v: Maker, ty: Type, a: Value, b: Value): Value {
  const { f } = v;
  if (b === a) {
    // vandnot(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[a] === 1 /* const */) {
    if (hasInt(f, a, 0)) {
      // vandnot(0, x) -> 0
      return v.constant(ty, 0, 0);
    }
    if (hasInt(f, a, -1)) {
      // vandnot(-1, x) -> vnot(x)
      return v.pure(72 /* vnot */, ty, b, 0, 0, 0 /* i8x16 */);
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      // vandnot(x, #c) -> vand(x, vnot(#c))
      return v.pure(73 /* vand */, ty, a, v.pure(72 /* vnot */, 5 /* v128 */, b, 0, 0, 0 /* i8x16 */), 0, 0 /* i8x16 */);
    }
    case 72 /* vnot */: {
      const ba = f.a[b]!;
      // vandnot(x, vnot(y)) -> vand(x, y)
      return v.pure(73 /* vand */, ty, a, ba, 0, 0 /* i8x16 */);
    }
  }
  return 0;
}

function simplifyByRulesVbitselect(v: Maker, ty: Type, a: Value, b: Value, c: Value): Value {
  const { f } = v;
  if (b === a) {
    // vbitselect(x, x, y) -> x
    return a;
  }
  if (f.op[c] === 1 /* const */) {
    if (hasInt(f, c, -1)) {
      // vbitselect(x, y, -1) -> x
      return a;
    }
    if (hasInt(f, c, 0)) {
      // vbitselect(x, y, 0) -> y
      return b;
    }
  }
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
    // vbitselect(x, 0, y) -> vand(x, y)
    return v.pure(73 /* vand */, ty, a, c, 0, 0 /* i8x16 */);
  }
  if (f.op[a] === 1 /* const */ && hasInt(f, a, 0)) {
    // vbitselect(0, x, y) -> vandnot(x, y)
    return v.pure(76 /* vandnot */, ty, b, c, 0, 0 /* i8x16 */);
  }
  if (f.op[c] === 72 /* vnot */) {
    const ca = f.a[c]!;
    // vbitselect(x, y, vnot(z)) -> vbitselect(y, x, z)
    return v.pure(77 /* vbitselect */, ty, b, a, ca, 0 /* i8x16 */);
  }
  return 0;
}

function simplifyByRulesVadd(v: Maker, ty: Type, a: Value, b: Value, aux: number): Value {
  const { f } = v;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (aux === 0 /* i8x16 */ && hasInt(f, b, 0)) {
        // vadd.i8x16(x, 0) -> x
        return a;
      }
      if (aux === 1 /* i16x8 */ && hasInt(f, b, 0)) {
        // vadd.i16x8(x, 0) -> x
        return a;
      }
      if (aux === 2 /* i32x4 */ && hasInt(f, b, 0)) {
        // vadd.i32x4(x, 0) -> x
        return a;
      }
      if (aux === 3 /* i64x2 */ && hasInt(f, b, 0)) {
        // vadd.i64x2(x, 0) -> x
        return a;
      }
      break;
    }
    case 88 /* vneg */: {
      const ba = f.a[b]!;
      if (f.aux[b] === aux) {
        // vadd(x, vneg(y)) -> vsub(x, y)
        return v.pure(86 /* vsub */, ty, a, ba, 0, aux);
      }
      break;
    }
  }
  if (f.op[a] === 88 /* vneg */) {
    const aa = f.a[a]!;
    if (f.aux[a] === aux) {
      // vadd(x, vneg(y)) -> vsub(x, y)
      return v.pure(86 /* vsub */, ty, b, aa, 0, aux);
    }
  }
  return 0;
}

function simplifyByRulesVsub(v: Maker, ty: Type, a: Value, b: Value, aux: number): Value {
  const { f } = v;
  if (f.op[b] === 1 /* const */ && aux === 0 /* i8x16 */ && hasInt(f, b, 0)) {
    // vsub.i8x16(x, 0) -> x
    return a;
  }
  if (aux === 0 /* i8x16 */ && b === a) {
    // vsub.i8x16(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[a] === 1 /* const */ && aux === 0 /* i8x16 */ && hasInt(f, a, 0)) {
    // vsub.i8x16(0, x) -> vneg.i8x16(x)
    return v.pure(88 /* vneg */, ty, b, 0, 0, 0 /* i8x16 */);
  }
  if (f.op[b] === 1 /* const */ && aux === 1 /* i16x8 */ && hasInt(f, b, 0)) {
    // vsub.i16x8(x, 0) -> x
    return a;
  }
  if (aux === 1 /* i16x8 */ && b === a) {
    // vsub.i16x8(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[a] === 1 /* const */ && aux === 1 /* i16x8 */ && hasInt(f, a, 0)) {
    // vsub.i16x8(0, x) -> vneg.i16x8(x)
    return v.pure(88 /* vneg */, ty, b, 0, 0, 1 /* i16x8 */);
  }
  if (f.op[b] === 1 /* const */ && aux === 2 /* i32x4 */ && hasInt(f, b, 0)) {
    // vsub.i32x4(x, 0) -> x
    return a;
  }
  if (aux === 2 /* i32x4 */ && b === a) {
    // vsub.i32x4(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[a] === 1 /* const */ && aux === 2 /* i32x4 */ && hasInt(f, a, 0)) {
    // vsub.i32x4(0, x) -> vneg.i32x4(x)
    return v.pure(88 /* vneg */, ty, b, 0, 0, 2 /* i32x4 */);
  }
  if (f.op[b] === 1 /* const */ && aux === 3 /* i64x2 */ && hasInt(f, b, 0)) {
    // vsub.i64x2(x, 0) -> x
    return a;
  }
  if (aux === 3 /* i64x2 */ && b === a) {
    // vsub.i64x2(x, x) -> 0
    return v.constant(ty, 0, 0);
  }
  if (f.op[a] === 1 /* const */ && aux === 3 /* i64x2 */ && hasInt(f, a, 0)) {
    // vsub.i64x2(0, x) -> vneg.i64x2(x)
    return v.pure(88 /* vneg */, ty, b, 0, 0, 3 /* i64x2 */);
  }
  if (f.op[b] === 88 /* vneg */) {
    const ba = f.a[b]!;
    if (f.aux[b] === aux) {
      // vsub(x, vneg(y)) -> vadd(x, y)
      return v.pure(85 /* vadd */, ty, a, ba, 0, aux);
    }
  }
  return 0;
}

function simplifyByRulesVmul(v: Maker, ty: Type, b: Value, aux: number): Value {
  const { f } = v;
  if (f.op[b] === 1 /* const */) {
    if (aux === 1 /* i16x8 */ && hasInt(f, b, 0)) {
      // vmul.i16x8(x, 0) -> 0
      return v.constant(ty, 0, 0);
    }
    if (aux === 2 /* i32x4 */ && hasInt(f, b, 0)) {
      // vmul.i32x4(x, 0) -> 0
      return v.constant(ty, 0, 0);
    }
    if (aux === 3 /* i64x2 */ && hasInt(f, b, 0)) {
      // vmul.i64x2(x, 0) -> 0
      return v.constant(ty, 0, 0);
    }
  }
  return 0;
}

function simplifyByRulesVneg(v: Maker, a: Value, aux: number): Value {
  const { f } = v;
  if (f.op[a] === 88 /* vneg */) {
    const aa = f.a[a]!;
    if (f.aux[a] === aux) {
      // vneg(vneg(x)) -> x
      return aa;
    }
  }
  return 0;
}

function simplifyByRulesVabs(v: Maker, ty: Type, a: Value, aux: number): Value {
  const { f } = v;
  switch (f.op[a]) {
    case 88 /* vneg */: {
      const aa = f.a[a]!;
      if (f.aux[a] === aux) {
        // vabs(vneg(x)) -> vabs(x)
        return v.pure(89 /* vabs */, ty, aa, 0, 0, aux);
      }
      break;
    }
    case 89 /* vabs */: {
      const aa = f.a[a]!;
      if (f.aux[a] === aux) {
        // vabs(vabs(x)) -> vabs(x)
        return v.pure(89 /* vabs */, ty, aa, 0, 0, aux);
      }
      break;
    }
  }
  return 0;
}

function simplifyByRulesVmins(a: Value, b: Value): Value {
  if (b === a) {
    // vmins(x, x) -> x
    return a;
  }
  return 0;
}

function simplifyByRulesVminu(a: Value, b: Value): Value {
  if (b === a) {
    // vminu(x, x) -> x
    return a;
  }
  return 0;
}

function simplifyByRulesVmaxs(a: Value, b: Value): Value {
  if (b === a) {
    // vmaxs(x, x) -> x
    return a;
  }
  return 0;
}

function simplifyByRulesVmaxu(a: Value, b: Value): Value {
  if (b === a) {
    // vmaxu(x, x) -> x
    return a;
  }
  return 0;
}

function simplifyByRulesVshl(v: Maker, a: Value, b: Value, aux: number): Value {
  const { f } = v;
  if (f.op[b] === 1 /* const */) {
    if (aux === 0 /* i8x16 */ && hasInt(f, b, 0)) {
      // vshl.i8x16(x, 0) -> x
      return a;
    }
    if (aux === 1 /* i16x8 */ && hasInt(f, b, 0)) {
      // vshl.i16x8(x, 0) -> x
      return a;
    }
    if (aux === 2 /* i32x4 */ && hasInt(f, b, 0)) {
      // vshl.i32x4(x, 0) -> x
      return a;
    }
    if (aux === 3 /* i64x2 */ && hasInt(f, b, 0)) {
      // vshl.i64x2(x, 0) -> x
      return a;
    }
  }
  return 0;
}

function simplifyByRulesVshrs(v: Maker, a: Value, b: Value, aux: number): Value {
  const { f } = v;
  if (f.op[b] === 1 /* const */) {
    if (aux === 0 /* i8x16 */ && hasInt(f, b, 0)) {
      // vshrs.i8x16(x, 0) -> x
      return a;
    }
    if (aux === 1 /* i16x8 */ && hasInt(f, b, 0)) {
      // vshrs.i16x8(x, 0) -> x
      return a;
    }
    if (aux === 2 /* i32x4 */ && hasInt(f, b, 0)) {
      // vshrs.i32x4(x, 0) -> x
      return a;
    }
    if (aux === 3 /* i64x2 */ && hasInt(f, b, 0)) {
      // vshrs.i64x2(x, 0) -> x
      return a;
    }
  }
  return 0;
}

function simplifyByRulesVshru(v: Maker, a: Value, b: Value, aux: number): Value {
  const { f } = v;
  if (f.op[b] === 1 /* const */) {
    if (aux === 0 /* i8x16 */ && hasInt(f, b, 0)) {
      // vshru.i8x16(x, 0) -> x
      return a;
    }
    if (aux === 1 /* i16x8 */ && hasInt(f, b, 0)) {
      // vshru.i16x8(x, 0) -> x
      return a;
    }
    if (aux === 2 /* i32x4 */ && hasInt(f, b, 0)) {
      // vshru.i32x4(x, 0) -> x
      return a;
    }
    if (aux === 3 /* i64x2 */ && hasInt(f, b, 0)) {
      // vshru.i64x2(x, 0) -> x
      return a;
    }
  }
  return 0;
}

/** A simpler value equal to this instruction, 0 if no rule matches. */
export function simplifyByRules(v: Maker, op: Op, ty: Type, a: Value, b: Value, c: Value, aux: number): Value {
  switch (op) {
    case 6 /* add */:
      return simplifyByRulesAdd(v, ty, a, b);
    case 7 /* sub */:
      return simplifyByRulesSub(v, ty, a, b);
    case 8 /* mul */:
      return simplifyByRulesMul(v, ty, a, b);
    case 11 /* divs */:
      return simplifyByRulesDivs(v, a, b);
    case 12 /* divu */:
      return simplifyByRulesDivu(v, ty, a, b);
    case 13 /* rems */:
      return simplifyByRulesRems(v, ty, b);
    case 14 /* remu */:
      return simplifyByRulesRemu(v, ty, a, b);
    case 15 /* and */:
      return simplifyByRulesAnd(v, ty, a, b);
    case 16 /* or */:
      return simplifyByRulesOr(v, ty, a, b);
    case 17 /* xor */:
      return simplifyByRulesXor(v, ty, a, b);
    case 18 /* shl */:
      return simplifyByRulesShl(v, ty, a, b);
    case 19 /* shrs */:
      return simplifyByRulesShrs(v, ty, a, b);
    case 20 /* shru */:
      return simplifyByRulesShru(v, ty, a, b);
    case 21 /* rotl */:
      return simplifyByRulesRotl(v, ty, a, b);
    case 22 /* rotr */:
      return simplifyByRulesRotr(v, ty, a, b);
    case 26 /* sext8 */:
      return simplifyByRulesSext8(v, ty, a);
    case 27 /* sext16 */:
      return simplifyByRulesSext16(v, ty, a);
    case 28 /* sext32 */:
      return simplifyByRulesSext32(v, ty, a);
    case 29 /* wrap */:
      return simplifyByRulesWrap(v, ty, a);
    case 30 /* exts */:
      return simplifyByRulesExts(v, ty, a);
    case 32 /* eq */:
      return simplifyByRulesEq(v, ty, a, b);
    case 33 /* ne */:
      return simplifyByRulesNe(v, ty, a, b);
    case 34 /* lts */:
      return simplifyByRulesLts(v, ty, a, b);
    case 35 /* ltu */:
      return simplifyByRulesLtu(v, ty, a, b);
    case 36 /* gts */:
      return simplifyByRulesGts(v, ty, a, b);
    case 37 /* gtu */:
      return simplifyByRulesGtu(v, ty, a, b);
    case 38 /* les */:
      return simplifyByRulesLes(v, ty, a, b);
    case 39 /* leu */:
      return simplifyByRulesLeu(v, ty, a, b);
    case 40 /* ges */:
      return simplifyByRulesGes(v, ty, a, b);
    case 41 /* geu */:
      return simplifyByRulesGeu(v, ty, a, b);
    case 42 /* feq */:
      return simplifyByRulesFeq(v, ty, a, b);
    case 43 /* fne */:
      return simplifyByRulesFne(v, ty, a, b);
    case 44 /* flt */:
      return simplifyByRulesFlt(v, ty, a, b);
    case 45 /* fgt */:
      return simplifyByRulesFgt(v, ty, a, b);
    case 46 /* fle */:
      return simplifyByRulesFle(v, ty, a, b);
    case 47 /* fge */:
      return simplifyByRulesFge(v, ty, a, b);
    case 48 /* select */:
      return simplifyByRulesSelect(v, ty, a, b, c);
    case 49 /* fadd */:
      return simplifyByRulesFadd(v, ty, a, b);
    case 50 /* fsub */:
      return simplifyByRulesFsub(v, ty, a, b);
    case 51 /* fmul */:
      return simplifyByRulesFmul(v, ty, a, b);
    case 52 /* fdiv */:
      return simplifyByRulesFdiv(v, ty, a, b);
    case 55 /* fcopysign */:
      return simplifyByRulesFcopysign(v, ty, a, b);
    case 56 /* fneg */:
      return simplifyByRulesFneg(v, a);
    case 57 /* fabs */:
      return simplifyByRulesFabs(v, ty, a);
    case 65 /* cvts */:
      return simplifyByRulesCvts(v, ty, a);
    case 66 /* cvtu */:
      return simplifyByRulesCvtu(v, ty, a);
    case 67 /* truncs */:
      return simplifyByRulesTruncs(v, ty, a);
    case 68 /* truncu */:
      return simplifyByRulesTruncu(v, ty, a);
    case 69 /* sats */:
      return simplifyByRulesSats(v, ty, a);
    case 70 /* satu */:
      return simplifyByRulesSatu(v, ty, a);
    case 71 /* bitcast */:
      return simplifyByRulesBitcast(v, a);
    case 72 /* vnot */:
      return simplifyByRulesVnot(v, ty, a);
    case 73 /* vand */:
      return simplifyByRulesVand(v, ty, a, b);
    case 74 /* vor */:
      return simplifyByRulesVor(v, ty, a, b);
    case 75 /* vxor */:
      return simplifyByRulesVxor(v, ty, a, b);
    case 76 /* vandnot */:
      return simplifyByRulesVandnot(v, ty, a, b);
    case 77 /* vbitselect */:
      return simplifyByRulesVbitselect(v, ty, a, b, c);
    case 85 /* vadd */:
      return simplifyByRulesVadd(v, ty, a, b, aux);
    case 86 /* vsub */:
      return simplifyByRulesVsub(v, ty, a, b, aux);
    case 87 /* vmul */:
      return simplifyByRulesVmul(v, ty, b, aux);
    case 88 /* vneg */:
      return simplifyByRulesVneg(v, a, aux);
    case 89 /* vabs */:
      return simplifyByRulesVabs(v, ty, a, aux);
    case 94 /* vmins */:
      return simplifyByRulesVmins(a, b);
    case 95 /* vminu */:
      return simplifyByRulesVminu(a, b);
    case 96 /* vmaxs */:
      return simplifyByRulesVmaxs(a, b);
    case 97 /* vmaxu */:
      return simplifyByRulesVmaxu(a, b);
    case 101 /* vshl */:
      return simplifyByRulesVshl(v, a, b, aux);
    case 102 /* vshrs */:
      return simplifyByRulesVshrs(v, a, b, aux);
    case 103 /* vshru */:
      return simplifyByRulesVshru(v, a, b, aux);
    default:
      return 0;
  }
}
