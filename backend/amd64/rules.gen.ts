// Generated from rules.ts by tools/gen/rules.ts: `make gen` rewrites it.

import { fitsI32, hasInt, isNonZero, isPow2 } from "../../src/ir/predicates.ts";
import { INST } from "./insts.ts";
import { countMasked, isByteMask, isHalfMask, isLowWord, isPositive, isRealShift, isScale, isSignedByte, isU31, isUnsignedByte, negFitsI32 } from "./tests.ts";
import type { Value } from "../../src/ir/func.ts";
import type { Op } from "../../src/ir/ops.ts";
import type { Forms } from "./forms.ts";

function selectInst(s: Forms, i: Value): boolean {
  // r=inst() -> leaRecord()
  s.leaRecord(i);
  return true;
}

function selectMembase(s: Forms, i: Value): boolean {
  // r=membase() -> leaRecord()
  s.leaRecord(i);
  return true;
}

function selectAdd(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if ((f.ty[i] === 2 /* i64 */ || f.ty[i] === 6 /* ref */ || f.ty[i] === 7 /* ptr */) && s.isRecordSum(i)) {
    // r=add(x, y): i64|ref|ptr -> leaRecord() if isRecordSum(r)
    s.leaRecord(i);
    return true;
  }
  switch (f.op[a]) {
    case 6 /* add */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      switch (f.op[b]) {
        case 1 /* const */: {
          if (f.op[ab] === 18 /* shl */) {
            const aba = f.a[ab]!;
            const abb = f.b[ab]!;
            if (f.op[abb] === 1 /* const */ && isScale(f, abb) && s.folds(ab) && s.folds(a) && fitsI32(f, b)) {
              // add(add(x, shl(y, #k{isScale})), #c{fitsI32}) -> lea(x, y, k, c)
              s.lea(i, aa, aba, abb, b);
              return true;
            }
          }
          if (f.op[aa] === 18 /* shl */) {
            const aaa = f.a[aa]!;
            const aab = f.b[aa]!;
            if (f.op[aab] === 1 /* const */ && isScale(f, aab) && s.folds(aa) && s.folds(a) && fitsI32(f, b)) {
              // add(add(x, shl(y, #k{isScale})), #c{fitsI32}) -> lea(x, y, k, c)
              s.lea(i, ab, aaa, aab, b);
              return true;
            }
          }
          if (s.folds(a) && fitsI32(f, b)) {
            // add(add(x, y), #c{fitsI32}) -> lea(x, y, 0, c)
            s.lea(i, aa, ab, 0, b);
            return true;
          }
          break;
        }
        case 18 /* shl */: {
          const ba = f.a[b]!;
          const bb = f.b[b]!;
          if (f.op[ab] === 1 /* const */ && f.op[bb] === 1 /* const */ && fitsI32(f, ab) && s.folds(a) && isScale(f, bb) && s.folds(b)) {
            // add(add(x, #c{fitsI32}), shl(y, #k{isScale})) -> lea(x, y, k, c)
            s.lea(i, aa, ba, bb, ab);
            return true;
          }
          break;
        }
      }
      if (f.op[ab] === 1 /* const */ && fitsI32(f, ab) && s.folds(a)) {
        // add(add(x, #c{fitsI32}), y) -> lea(x, y, 0, c)
        s.lea(i, aa, b, 0, ab);
        return true;
      }
      break;
    }
    case 18 /* shl */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 6 /* add */) {
        const ba = f.a[b]!;
        const bb = f.b[b]!;
        if (f.op[ab] === 1 /* const */ && f.op[bb] === 1 /* const */ && isScale(f, ab) && s.folds(a) && fitsI32(f, bb) && s.folds(b)) {
          // add(add(x, #c{fitsI32}), shl(y, #k{isScale})) -> lea(x, y, k, c)
          s.lea(i, ba, aa, ab, bb);
          return true;
        }
      }
      break;
    }
  }
  if (f.op[b] === 6 /* add */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && fitsI32(f, bb) && s.folds(b)) {
      // add(add(x, #c{fitsI32}), y) -> lea(x, y, 0, c)
      s.lea(i, ba, a, 0, bb);
      return true;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && isScale(f, ab) && s.folds(a) && fitsI32(f, b)) {
      // add(shl(y, #k{isScale}), #c{fitsI32}) -> leaScaled(y, k, c)
      s.leaScaled(i, aa, ab, b);
      return true;
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      if (fitsI32(f, b)) {
        if (s.livesOn(a)) {
          // add(x, #c{fitsI32}) -> leaImm(x, c) if livesOn(x)
          s.leaImm(i, a, b);
          return true;
        }
        // add(x, #c{fitsI32}) -> binaryImm(48, x, c)
        s.binaryImm(i, INST.addi, a, b);
        return true;
      }
      break;
    }
    case 18 /* shl */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && isScale(f, bb) && s.folds(b)) {
        // add(x, shl(y, #k{isScale})) -> lea(x, y, k, 0)
        s.lea(i, a, ba, bb, 0);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && isScale(f, ab) && s.folds(a)) {
      // add(x, shl(y, #k{isScale})) -> lea(x, y, k, 0)
      s.lea(i, b, aa, ab, 0);
      return true;
    }
  }
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // add(x, m=load(p)) -> binaryMem(42, x, m) if isWhole(m)
    s.binaryMem(i, INST.add, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // add(x, m=load(p)) -> binaryMem(42, x, m) if isWhole(m)
    s.binaryMem(i, INST.add, b, a);
    return true;
  }
  if (s.bothLiveOn(a, b)) {
    // add(x, y) -> lea(x, y, 0, 0) if bothLiveOn(x, y)
    s.lea(i, a, b, 0, 0);
    return true;
  }
  if (s.bothLiveOn(b, a)) {
    // add(x, y) -> lea(x, y, 0, 0) if bothLiveOn(x, y)
    s.lea(i, b, a, 0, 0);
    return true;
  }
  // add(x, y) -> commuting(42, x, y)
  s.commuting(i, INST.add, a, b);
  return true;
}

function selectSub(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 1 /* const */ && hasInt(f, a, 0)) {
    // sub(0, y) -> unary(54, y)
    s.unary(i, INST.neg, b);
    return true;
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      if (negFitsI32(f, b)) {
        // sub(x, #c{negFitsI32}) -> minusImm(x, c)
        s.minusImm(i, a, b);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(b) && s.isWhole(b)) {
        // sub(x, m=load(p)) -> binaryMem(43, x, m) if isWhole(m)
        s.binaryMem(i, INST.sub, a, b);
        return true;
      }
      break;
    }
  }
  // sub(x, y) -> binary(43, x, y)
  s.binary(i, INST.sub, a, b);
  return true;
}

function selectMul(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */) {
    if (hasInt(f, b, 3)) {
      // mul(x, 3) -> leaTimes(x, 1)
      s.leaTimes(i, a, 1);
      return true;
    }
    if (hasInt(f, b, 5)) {
      // mul(x, 5) -> leaTimes(x, 2)
      s.leaTimes(i, a, 2);
      return true;
    }
    if (hasInt(f, b, 9)) {
      // mul(x, 9) -> leaTimes(x, 3)
      s.leaTimes(i, a, 3);
      return true;
    }
  }
  if (f.op[a] === 149 /* load */ && f.op[b] === 1 /* const */ && s.folds(a) && fitsI32(f, b) && s.isWhole(a)) {
    // mul(m=load(p), #c{fitsI32}) -> timesMem(m, c) if isWhole(m)
    s.timesMem(i, a, b);
    return true;
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      if (fitsI32(f, b)) {
        // mul(x, #c{fitsI32}) -> times(x, c)
        s.times(i, a, b);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(b) && s.isWhole(b)) {
        // mul(x, m=load(p)) -> binaryMem(47, x, m) if isWhole(m)
        s.binaryMem(i, INST.imul, a, b);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // mul(x, m=load(p)) -> binaryMem(47, x, m) if isWhole(m)
    s.binaryMem(i, INST.imul, b, a);
    return true;
  }
  // mul(x, y) -> commuting(47, x, y)
  s.commuting(i, INST.imul, a, b);
  return true;
}

function selectMulhs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // mulhs(x, m=load(p)) -> binaryMem(71, x, m) if isWhole(m)
    s.binaryMem(i, INST.mulhs, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // mulhs(x, m=load(p)) -> binaryMem(71, x, m) if isWhole(m)
    s.binaryMem(i, INST.mulhs, b, a);
    return true;
  }
  // mulhs(x, y) -> high(71, x, y)
  s.high(i, INST.mulhs, a, b);
  return true;
}

function selectMulhu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // mulhu(x, m=load(p)) -> binaryMem(72, x, m) if isWhole(m)
    s.binaryMem(i, INST.mulhu, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // mulhu(x, m=load(p)) -> binaryMem(72, x, m) if isWhole(m)
    s.binaryMem(i, INST.mulhu, b, a);
    return true;
  }
  // mulhu(x, y) -> high(72, x, y)
  s.high(i, INST.mulhu, a, b);
  return true;
}

function selectDivs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // divs(x, y) -> divide(73, x, y)
  s.divide(i, INST.divs, a, b);
  return true;
}

function selectDivu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // divu(x, y) -> divide(74, x, y)
  s.divide(i, INST.divu, a, b);
  return true;
}

function selectRems(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // rems(x, y) -> divide(75, x, y)
  s.divide(i, INST.rems, a, b);
  return true;
}

function selectRemu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // remu(x, y) -> divide(76, x, y)
  s.divide(i, INST.remu, a, b);
  return true;
}

function selectAnd(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */) {
    if (isByteMask(f, b)) {
      // and(x, #c{isByteMask}) -> extend(35, 4, x)
      s.extend(i, INST.movzx8, 4, a);
      return true;
    }
    if (isHalfMask(f, b)) {
      // and(x, #c{isHalfMask}) -> extend(36, 4, x)
      s.extend(i, INST.movzx16, 4, a);
      return true;
    }
    if ((f.ty[i] === 2 /* i64 */ || f.ty[i] === 6 /* ref */ || f.ty[i] === 7 /* ptr */) && isLowWord(f, b)) {
      // and(x, #c{isLowWord}): i64|ref|ptr -> extend(32, 4, x)
      s.extend(i, INST.mov, 4, a);
      return true;
    }
    if (isU31(f, b)) {
      // and(x, #c{isU31}) -> narrowImm(50, x, c)
      s.narrowImm(i, INST.andi, a, b);
      return true;
    }
    if (fitsI32(f, b)) {
      // and(x, #c{fitsI32}) -> binaryImm(50, x, c)
      s.binaryImm(i, INST.andi, a, b);
      return true;
    }
  }
  if (f.op[a] === 17 /* xor */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && hasInt(f, ab, -1) && s.folds(a) && s.hasBmi1()) {
      // and(xor(x, -1), y) -> andn(x, y) if hasBmi1()
      s.andn(i, aa, b);
      return true;
    }
  }
  switch (f.op[b]) {
    case 17 /* xor */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && hasInt(f, bb, -1) && s.folds(b) && s.hasBmi1()) {
        // and(xor(x, -1), y) -> andn(x, y) if hasBmi1()
        s.andn(i, ba, a);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(b) && s.isWhole(b)) {
        // and(x, m=load(p)) -> binaryMem(44, x, m) if isWhole(m)
        s.binaryMem(i, INST.and, a, b);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // and(x, m=load(p)) -> binaryMem(44, x, m) if isWhole(m)
    s.binaryMem(i, INST.and, b, a);
    return true;
  }
  // and(x, y) -> commuting(44, x, y)
  s.commuting(i, INST.and, a, b);
  return true;
}

function selectOr(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (fitsI32(f, b)) {
        // or(x, #c{fitsI32}) -> binaryImm(51, x, c)
        s.binaryImm(i, INST.ori, a, b);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(b) && s.isWhole(b)) {
        // or(x, m=load(p)) -> binaryMem(45, x, m) if isWhole(m)
        s.binaryMem(i, INST.or, a, b);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // or(x, m=load(p)) -> binaryMem(45, x, m) if isWhole(m)
    s.binaryMem(i, INST.or, b, a);
    return true;
  }
  // or(x, y) -> commuting(45, x, y)
  s.commuting(i, INST.or, a, b);
  return true;
}

function selectXor(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (hasInt(f, b, -1)) {
        // xor(x, -1) -> unary(55, x)
        s.unary(i, INST.not, a);
        return true;
      }
      if (fitsI32(f, b)) {
        // xor(x, #c{fitsI32}) -> binaryImm(52, x, c)
        s.binaryImm(i, INST.xori, a, b);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(b) && s.isWhole(b)) {
        // xor(x, m=load(p)) -> binaryMem(46, x, m) if isWhole(m)
        s.binaryMem(i, INST.xor, a, b);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // xor(x, m=load(p)) -> binaryMem(46, x, m) if isWhole(m)
    s.binaryMem(i, INST.xor, b, a);
    return true;
  }
  // xor(x, y) -> commuting(46, x, y)
  s.commuting(i, INST.xor, a, b);
  return true;
}

function selectShl(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (hasInt(f, b, 1) && s.livesOn(a)) {
        // shl(x, 1) -> leaTimes(x, 0) if livesOn(x)
        s.leaTimes(i, a, 0);
        return true;
      }
      if (isScale(f, b) && s.livesOn(a)) {
        // shl(x, #k{isScale}) -> leaScaled(x, k, 0) if livesOn(x)
        s.leaScaled(i, a, b, 0);
        return true;
      }
      // shl(x, #c) -> shiftImm(61, x, c)
      s.shiftImm(i, INST.shli, a, b);
      return true;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b) && s.hasBmi2()) {
        // shl(x, and(y, #c{countMasked})) -> shiftx(66, x, y) if hasBmi2()
        s.shiftx(i, INST.shlx, a, ba);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.hasBmi2() && s.isWhole(a)) {
    // shl(m=load(p), y) -> shiftxMem(66, m, y) if hasBmi2() if isWhole(m)
    s.shiftxMem(i, INST.shlx, a, b);
    return true;
  }
  if (s.hasBmi2()) {
    // shl(x, y) -> shiftx(66, x, y) if hasBmi2()
    s.shiftx(i, INST.shlx, a, b);
    return true;
  }
  if (f.op[b] === 15 /* and */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b)) {
      // shl(x, and(y, #c{countMasked})) -> shift(56, x, y)
      s.shift(i, INST.shl, a, ba);
      return true;
    }
  }
  // shl(x, y) -> shift(56, x, y)
  s.shift(i, INST.shl, a, b);
  return true;
}

function selectShrs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      // shrs(x, #c) -> shiftImm(63, x, c)
      s.shiftImm(i, INST.sari, a, b);
      return true;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b) && s.hasBmi2()) {
        // shrs(x, and(y, #c{countMasked})) -> shiftx(68, x, y) if hasBmi2()
        s.shiftx(i, INST.sarx, a, ba);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.hasBmi2() && s.isWhole(a)) {
    // shrs(m=load(p), y) -> shiftxMem(68, m, y) if hasBmi2() if isWhole(m)
    s.shiftxMem(i, INST.sarx, a, b);
    return true;
  }
  if (s.hasBmi2()) {
    // shrs(x, y) -> shiftx(68, x, y) if hasBmi2()
    s.shiftx(i, INST.sarx, a, b);
    return true;
  }
  if (f.op[b] === 15 /* and */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b)) {
      // shrs(x, and(y, #c{countMasked})) -> shift(58, x, y)
      s.shift(i, INST.sar, a, ba);
      return true;
    }
  }
  // shrs(x, y) -> shift(58, x, y)
  s.shift(i, INST.sar, a, b);
  return true;
}

function selectShru(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      // shru(x, #c) -> shiftImm(62, x, c)
      s.shiftImm(i, INST.shri, a, b);
      return true;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b) && s.hasBmi2()) {
        // shru(x, and(y, #c{countMasked})) -> shiftx(67, x, y) if hasBmi2()
        s.shiftx(i, INST.shrx, a, ba);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.hasBmi2() && s.isWhole(a)) {
    // shru(m=load(p), y) -> shiftxMem(67, m, y) if hasBmi2() if isWhole(m)
    s.shiftxMem(i, INST.shrx, a, b);
    return true;
  }
  if (s.hasBmi2()) {
    // shru(x, y) -> shiftx(67, x, y) if hasBmi2()
    s.shiftx(i, INST.shrx, a, b);
    return true;
  }
  if (f.op[b] === 15 /* and */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b)) {
      // shru(x, and(y, #c{countMasked})) -> shift(57, x, y)
      s.shift(i, INST.shr, a, ba);
      return true;
    }
  }
  // shru(x, y) -> shift(57, x, y)
  s.shift(i, INST.shr, a, b);
  return true;
}

function selectRotl(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (s.hasBmi2() && s.livesOn(a)) {
        // rotl(x, #c) -> rorx(x, c, 1) if hasBmi2() if livesOn(x)
        s.rorx(i, a, b, 1);
        return true;
      }
      // rotl(x, #c) -> shiftImm(64, x, c)
      s.shiftImm(i, INST.roli, a, b);
      return true;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b)) {
        // rotl(x, and(y, #c{countMasked})) -> shift(59, x, y)
        s.shift(i, INST.rol, a, ba);
        return true;
      }
      break;
    }
  }
  // rotl(x, y) -> shift(59, x, y)
  s.shift(i, INST.rol, a, b);
  return true;
}

function selectRotr(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (s.hasBmi2() && s.livesOn(a)) {
        // rotr(x, #c) -> rorx(x, c, 0) if hasBmi2() if livesOn(x)
        s.rorx(i, a, b, 0);
        return true;
      }
      // rotr(x, #c) -> shiftImm(65, x, c)
      s.shiftImm(i, INST.rori, a, b);
      return true;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b)) {
        // rotr(x, and(y, #c{countMasked})) -> shift(60, x, y)
        s.shift(i, INST.ror, a, ba);
        return true;
      }
      break;
    }
  }
  // rotr(x, y) -> shift(60, x, y)
  s.shift(i, INST.ror, a, b);
  return true;
}

function selectClz(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.hasLzcnt() && s.isWhole(a)) {
    // clz(m=load(p)) -> convertMem(80, 0, m) if hasLzcnt() if isWhole(m)
    s.convertMem(i, INST.lzcnt, 0, a);
    return true;
  }
  if (s.hasLzcnt()) {
    // clz(x) -> convert(80, 0, x) if hasLzcnt()
    s.convert(i, INST.lzcnt, 0, a);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // clz(m=load(p)) -> convertMem(77, 0, m) if isWhole(m)
    s.convertMem(i, INST.bsrz, 0, a);
    return true;
  }
  // clz(x) -> convert(77, 0, x)
  s.convert(i, INST.bsrz, 0, a);
  return true;
}

function selectCtz(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.hasBmi1() && s.isWhole(a)) {
    // ctz(m=load(p)) -> convertMem(81, 0, m) if hasBmi1() if isWhole(m)
    s.convertMem(i, INST.tzcnt, 0, a);
    return true;
  }
  if (s.hasBmi1()) {
    // ctz(x) -> convert(81, 0, x) if hasBmi1()
    s.convert(i, INST.tzcnt, 0, a);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // ctz(m=load(p)) -> convertMem(78, 0, m) if isWhole(m)
    s.convertMem(i, INST.bsfz, 0, a);
    return true;
  }
  // ctz(x) -> convert(78, 0, x)
  s.convert(i, INST.bsfz, 0, a);
  return true;
}

function selectPopcnt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.hasPopcnt() && s.isWhole(a)) {
    // popcnt(m=load(p)) -> convertMem(82, 0, m) if hasPopcnt() if isWhole(m)
    s.convertMem(i, INST.popcnt, 0, a);
    return true;
  }
  if (s.hasPopcnt()) {
    // popcnt(x) -> convert(82, 0, x) if hasPopcnt()
    s.convert(i, INST.popcnt, 0, a);
    return true;
  }
  // popcnt(x) -> unary(79, x)
  s.unary(i, INST.popcnts, a);
  return true;
}

function selectSext8(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // sext8(x) -> extend(37, 0, x)
  s.extend(i, INST.movsx8, 0, a);
  return true;
}

function selectSext16(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // sext16(x) -> extend(38, 0, x)
  s.extend(i, INST.movsx16, 0, a);
  return true;
}

function selectSext32(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // sext32(x) -> extend(39, 8, x)
  s.extend(i, INST.movsx32, 8, a);
  return true;
}

function selectWrap(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // wrap(x) -> extend(32, 4, x)
  s.extend(i, INST.mov, 4, a);
  return true;
}

function selectExts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // exts(m=load(p)) -> convertMem(39, 8, m) if isWhole(m)
    s.convertMem(i, INST.movsx32, 8, a);
    return true;
  }
  // exts(x) -> extend(39, 8, x)
  s.extend(i, INST.movsx32, 8, a);
  return true;
}

function selectEq(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
    // eq(x, 0) -> flags.isZero(x)
    s.flags.isZero(i, a);
    return true;
  }
  if (f.op[a] === 149 /* load */ && f.op[b] === 1 /* const */ && s.folds(a)) {
    if (isUnsignedByte(f, b) && s.isByte(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), #c{isUnsignedByte}) -> flags.compareByte(m, c) if isByte(m)
      s.flags.compareByte(i, a, b);
      return true;
    }
    if (isSignedByte(f, b) && s.isSignedByte(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), #c{isSignedByte}) -> flags.compareSignedByte(m, c) if isSignedByte(m)
      s.flags.compareSignedByte(i, a, b);
      return true;
    }
    if (fitsI32(f, b) && s.isWhole(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), #c{fitsI32}) -> flags.compareMemImm(m, c) if isWhole(m)
      s.flags.compareMemImm(i, a, b);
      return true;
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      if (fitsI32(f, b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, #c{fitsI32}) -> flags.compareImm(x, c)
        s.flags.compareImm(i, a, b);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(b) && s.isWhole(b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, m=load(p)) -> flags.compareMem(x, m) if isWhole(m)
        s.flags.compareMem(i, a, b);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, m=load(p)) -> flags.compareMem(x, m) if isWhole(m)
    s.flags.compareMem(i, b, a);
    return true;
  }
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), y) -> flags.compareToReg(m, y) if isWhole(m)
    s.flags.compareToReg(i, b, a);
    return true;
  }
  // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, y) -> flags.compare(x, y)
  s.flags.compare(i, a, b);
  return true;
}

function selectNe(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
    // ne(x, 0) -> flags.isNonZero(x)
    s.flags.isNonZero(i, a);
    return true;
  }
  if (f.op[a] === 149 /* load */ && f.op[b] === 1 /* const */ && s.folds(a)) {
    if (isUnsignedByte(f, b) && s.isByte(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), #c{isUnsignedByte}) -> flags.compareByte(m, c) if isByte(m)
      s.flags.compareByte(i, a, b);
      return true;
    }
    if (isSignedByte(f, b) && s.isSignedByte(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), #c{isSignedByte}) -> flags.compareSignedByte(m, c) if isSignedByte(m)
      s.flags.compareSignedByte(i, a, b);
      return true;
    }
    if (fitsI32(f, b) && s.isWhole(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), #c{fitsI32}) -> flags.compareMemImm(m, c) if isWhole(m)
      s.flags.compareMemImm(i, a, b);
      return true;
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      if (fitsI32(f, b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, #c{fitsI32}) -> flags.compareImm(x, c)
        s.flags.compareImm(i, a, b);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(b) && s.isWhole(b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, m=load(p)) -> flags.compareMem(x, m) if isWhole(m)
        s.flags.compareMem(i, a, b);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, m=load(p)) -> flags.compareMem(x, m) if isWhole(m)
    s.flags.compareMem(i, b, a);
    return true;
  }
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), y) -> flags.compareToReg(m, y) if isWhole(m)
    s.flags.compareToReg(i, b, a);
    return true;
  }
  // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, y) -> flags.compare(x, y)
  s.flags.compare(i, a, b);
  return true;
}

function selectLts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 149 /* load */ && f.op[b] === 1 /* const */ && s.folds(a)) {
    if (isUnsignedByte(f, b) && s.isByte(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), #c{isUnsignedByte}) -> flags.compareByte(m, c) if isByte(m)
      s.flags.compareByte(i, a, b);
      return true;
    }
    if (isSignedByte(f, b) && s.isSignedByte(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), #c{isSignedByte}) -> flags.compareSignedByte(m, c) if isSignedByte(m)
      s.flags.compareSignedByte(i, a, b);
      return true;
    }
    if (fitsI32(f, b) && s.isWhole(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), #c{fitsI32}) -> flags.compareMemImm(m, c) if isWhole(m)
      s.flags.compareMemImm(i, a, b);
      return true;
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      if (fitsI32(f, b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, #c{fitsI32}) -> flags.compareImm(x, c)
        s.flags.compareImm(i, a, b);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(b) && s.isWhole(b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, m=load(p)) -> flags.compareMem(x, m) if isWhole(m)
        s.flags.compareMem(i, a, b);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(m=load(p), y) -> flags.compareToReg(m, y) if isWhole(m)
    s.flags.compareToReg(i, a, b);
    return true;
  }
  // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, y) -> flags.compare(x, y)
  s.flags.compare(i, a, b);
  return true;
}

function selectFeq(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // feq(x, m=load(p)) -> flags.compareFloatMem(x, m, 16) if isWhole(m)
    s.flags.compareFloatMem(i, a, b, 16);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // feq(x, m=load(p)) -> flags.compareFloatMem(x, m, 16) if isWhole(m)
    s.flags.compareFloatMem(i, b, a, 16);
    return true;
  }
  // feq(x, y) -> flags.compareFloats(x, y, 16)
  s.flags.compareFloats(i, a, b, 16);
  return true;
}

function selectFne(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // fne(x, m=load(p)) -> flags.compareFloatMem(x, m, 17) if isWhole(m)
    s.flags.compareFloatMem(i, a, b, 17);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // fne(x, m=load(p)) -> flags.compareFloatMem(x, m, 17) if isWhole(m)
    s.flags.compareFloatMem(i, b, a, 17);
    return true;
  }
  // fne(x, y) -> flags.compareFloats(x, y, 17)
  s.flags.compareFloats(i, a, b, 17);
  return true;
}

function selectFlt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // flt(m=load(p), y) -> flags.compareFloatMem(y, m, 7) if isWhole(m)
    s.flags.compareFloatMem(i, b, a, 7);
    return true;
  }
  // flt(x, y) -> flags.compareFloats(y, x, 7)
  s.flags.compareFloats(i, b, a, 7);
  return true;
}

function selectFgt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // fgt(x, m=load(p)) -> flags.compareFloatMem(x, m, 7) if isWhole(m)
    s.flags.compareFloatMem(i, a, b, 7);
    return true;
  }
  // fgt(x, y) -> flags.compareFloats(x, y, 7)
  s.flags.compareFloats(i, a, b, 7);
  return true;
}

function selectFle(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // fle(m=load(p), y) -> flags.compareFloatMem(y, m, 3) if isWhole(m)
    s.flags.compareFloatMem(i, b, a, 3);
    return true;
  }
  // fle(x, y) -> flags.compareFloats(y, x, 3)
  s.flags.compareFloats(i, b, a, 3);
  return true;
}

function selectFge(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // fge(x, m=load(p)) -> flags.compareFloatMem(x, m, 3) if isWhole(m)
    s.flags.compareFloatMem(i, a, b, 3);
    return true;
  }
  // fge(x, y) -> flags.compareFloats(x, y, 3)
  s.flags.compareFloats(i, a, b, 3);
  return true;
}

function selectSelect(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  const c = f.c[i]!;
  switch (f.op[a]) {
    case 44 /* flt */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (s.folds(a)) {
        if (b === aa && c === ab) {
          // select(flt(x, y), x, y) -> binary(98, x, y)
          s.binary(i, INST.mins, aa, ab);
          return true;
        }
        if (b === ab && c === aa) {
          // select(flt(x, y), y, x) -> binary(99, y, x)
          s.binary(i, INST.maxs, ab, aa);
          return true;
        }
      }
      break;
    }
    case 45 /* fgt */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (s.folds(a)) {
        if (b === aa && c === ab) {
          // select(fgt(x, y), x, y) -> binary(99, x, y)
          s.binary(i, INST.maxs, aa, ab);
          return true;
        }
        if (b === ab && c === aa) {
          // select(fgt(x, y), y, x) -> binary(98, y, x)
          s.binary(i, INST.mins, ab, aa);
          return true;
        }
      }
      break;
    }
  }
  // select(x, yes, no) -> choose(x)
  s.choose(i, a);
  return true;
}

function selectFadd(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.hasAvx() && s.isWhole(b)) {
    // fadd(x, m=load(p)) -> binaryMem(90, x, m) if hasAvx() if isWhole(m)
    s.binaryMem(i, INST.vadd, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.hasAvx() && s.isWhole(a)) {
    // fadd(x, m=load(p)) -> binaryMem(90, x, m) if hasAvx() if isWhole(m)
    s.binaryMem(i, INST.vadd, b, a);
    return true;
  }
  if (s.hasAvx()) {
    // fadd(x, y) -> binary(90, x, y) if hasAvx()
    s.binary(i, INST.vadd, a, b);
    return true;
  }
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // fadd(x, m=load(p)) -> binaryMem(86, x, m) if isWhole(m)
    s.binaryMem(i, INST.fadd, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // fadd(x, m=load(p)) -> binaryMem(86, x, m) if isWhole(m)
    s.binaryMem(i, INST.fadd, b, a);
    return true;
  }
  // fadd(x, y) -> commuting(86, x, y)
  s.commuting(i, INST.fadd, a, b);
  return true;
}

function selectFsub(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.hasAvx() && s.isWhole(b)) {
    // fsub(x, m=load(p)) -> binaryMem(91, x, m) if hasAvx() if isWhole(m)
    s.binaryMem(i, INST.vsub, a, b);
    return true;
  }
  if (s.hasAvx()) {
    // fsub(x, y) -> binary(91, x, y) if hasAvx()
    s.binary(i, INST.vsub, a, b);
    return true;
  }
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // fsub(x, m=load(p)) -> binaryMem(87, x, m) if isWhole(m)
    s.binaryMem(i, INST.fsub, a, b);
    return true;
  }
  // fsub(x, y) -> binary(87, x, y)
  s.binary(i, INST.fsub, a, b);
  return true;
}

function selectFmul(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.hasAvx() && s.isWhole(b)) {
    // fmul(x, m=load(p)) -> binaryMem(92, x, m) if hasAvx() if isWhole(m)
    s.binaryMem(i, INST.vmul, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.hasAvx() && s.isWhole(a)) {
    // fmul(x, m=load(p)) -> binaryMem(92, x, m) if hasAvx() if isWhole(m)
    s.binaryMem(i, INST.vmul, b, a);
    return true;
  }
  if (s.hasAvx()) {
    // fmul(x, y) -> binary(92, x, y) if hasAvx()
    s.binary(i, INST.vmul, a, b);
    return true;
  }
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // fmul(x, m=load(p)) -> binaryMem(88, x, m) if isWhole(m)
    s.binaryMem(i, INST.fmul, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // fmul(x, m=load(p)) -> binaryMem(88, x, m) if isWhole(m)
    s.binaryMem(i, INST.fmul, b, a);
    return true;
  }
  // fmul(x, y) -> commuting(88, x, y)
  s.commuting(i, INST.fmul, a, b);
  return true;
}

function selectFdiv(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.hasAvx() && s.isWhole(b)) {
    // fdiv(x, m=load(p)) -> binaryMem(93, x, m) if hasAvx() if isWhole(m)
    s.binaryMem(i, INST.vdiv, a, b);
    return true;
  }
  if (s.hasAvx()) {
    // fdiv(x, y) -> binary(93, x, y) if hasAvx()
    s.binary(i, INST.vdiv, a, b);
    return true;
  }
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.isWhole(b)) {
    // fdiv(x, m=load(p)) -> binaryMem(89, x, m) if isWhole(m)
    s.binaryMem(i, INST.fdiv, a, b);
    return true;
  }
  // fdiv(x, y) -> binary(89, x, y)
  s.binary(i, INST.fdiv, a, b);
  return true;
}

function selectFmin(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // fmin(x, y) -> binaryReg(96, x, y)
  s.binaryReg(i, INST.fmin, a, b);
  return true;
}

function selectFmax(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // fmax(x, y) -> binaryReg(97, x, y)
  s.binaryReg(i, INST.fmax, a, b);
  return true;
}

function selectFcopysign(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // fcopysign(x, y) -> binaryReg(102, x, y)
  s.binaryReg(i, INST.fcopysign, a, b);
  return true;
}

function selectFneg(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // fneg(x) -> unary(100, x)
  s.unary(i, INST.fneg, a);
  return true;
}

function selectFabs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // fabs(x) -> unary(101, x)
  s.unary(i, INST.fabs, a);
  return true;
}

function selectFsqrt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a)) {
    // fsqrt(m=load(p)) -> convertMem(94, 0, m)
    s.convertMem(i, INST.fsqrt, 0, a);
    return true;
  }
  // fsqrt(x) -> convert(94, 0, x)
  s.convert(i, INST.fsqrt, 0, a);
  return true;
}

function selectFceil(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a)) {
    // fceil(m=load(p)) -> roundMem(10, m)
    s.roundMem(i, 10, a);
    return true;
  }
  // fceil(x) -> round(10, x)
  s.round(i, 10, a);
  return true;
}

function selectFfloor(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a)) {
    // ffloor(m=load(p)) -> roundMem(9, m)
    s.roundMem(i, 9, a);
    return true;
  }
  // ffloor(x) -> round(9, x)
  s.round(i, 9, a);
  return true;
}

function selectFtrunc(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a)) {
    // ftrunc(m=load(p)) -> roundMem(11, m)
    s.roundMem(i, 11, a);
    return true;
  }
  // ftrunc(x) -> round(11, x)
  s.round(i, 11, a);
  return true;
}

function selectFnearest(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a)) {
    // fnearest(m=load(p)) -> roundMem(8, m)
    s.roundMem(i, 8, a);
    return true;
  }
  // fnearest(x) -> round(8, x)
  s.round(i, 8, a);
  return true;
}

function selectPromote(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a)) {
    // promote(m=load(p)) -> convertMem(103, 0, m)
    s.convertMem(i, INST.promote, 0, a);
    return true;
  }
  // promote(x) -> convert(103, 0, x)
  s.convert(i, INST.promote, 0, a);
  return true;
}

function selectDemote(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a)) {
    // demote(m=load(p)) -> convertMem(104, 0, m)
    s.convertMem(i, INST.demote, 0, a);
    return true;
  }
  // demote(x) -> convert(104, 0, x)
  s.convert(i, INST.demote, 0, a);
  return true;
}

function selectCvts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // cvts(m=load(p)) -> floatMem(107, 108, m) if isWhole(m)
    s.floatMem(i, INST.cvtsi32, INST.cvtsi64, a);
    return true;
  }
  // cvts(x) -> float(107, 108, x)
  s.float(i, INST.cvtsi32, INST.cvtsi64, a);
  return true;
}

function selectCvtu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  switch (f.op[a]) {
    case 20 /* shru */: {
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */ && isRealShift(f, ab)) {
        // cvtu(z=shru(x, #c{isRealShift})) -> float(109, 108, z)
        s.float(i, INST.cvtui32, INST.cvtsi64, a);
        return true;
      }
      break;
    }
    case 15 /* and */: {
      const ab = f.b[a]!;
      if (f.op[ab] === 1 /* const */ && isPositive(f, ab)) {
        // cvtu(z=and(x, #c{isPositive})) -> float(109, 108, z)
        s.float(i, INST.cvtui32, INST.cvtsi64, a);
        return true;
      }
      break;
    }
  }
  // cvtu(x) -> float(109, 110, x)
  s.float(i, INST.cvtui32, INST.cvtui64, a);
  return true;
}

function selectTruncs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // truncs(x) -> truncate(111, 112, x)
  s.truncate(i, INST.truncsi32, INST.truncsi64, a);
  return true;
}

function selectTruncu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // truncu(x) -> truncate(113, 114, x)
  s.truncate(i, INST.truncui32, INST.truncui64, a);
  return true;
}

function selectSats(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // sats(x) -> truncate(115, 116, x)
  s.truncate(i, INST.satsi32, INST.satsi64, a);
  return true;
}

function selectSatu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // satu(x) -> truncate(117, 118, x)
  s.truncate(i, INST.satui32, INST.satui64, a);
  return true;
}

function selectBitcast(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // bitcast(m=load(p)) -> loadAs(m) if isWhole(m)
    s.loadAs(i, a);
    return true;
  }
  if (f.ty[i] === 3 /* f32 */ || f.ty[i] === 4 /* f64 */) {
    // bitcast(x): f32|f64 -> convert(105, 0, x)
    s.convert(i, INST.movix, 0, a);
    return true;
  }
  // bitcast(x) -> unary(106, x)
  s.unary(i, INST.movxi, a);
  return true;
}

function selectVnot(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vnot(x) -> vec.not(x)
  s.vec.not(i, a);
  return true;
}

function selectVand(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 72 /* vnot */) {
    const aa = f.a[a]!;
    if (s.folds(a)) {
      // vand(vnot(x), y) -> vec.andNot(x, y)
      s.vec.andNot(i, aa, b);
      return true;
    }
  }
  switch (f.op[b]) {
    case 72 /* vnot */: {
      const ba = f.a[b]!;
      if (s.folds(b)) {
        // vand(vnot(x), y) -> vec.andNot(x, y)
        s.vec.andNot(i, ba, a);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(b) && s.vec.reads(i, b)) {
        // v=vand(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
        s.vec.binaryMem(i, a, b);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vand(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vand(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVor(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vor(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vor(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vor(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVxor(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vxor(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vxor(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vxor(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVandnot(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vandnot(m=load(p), y) -> vec.binaryMem(y, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vandnot(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVbitselect(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  const c = f.c[i]!;
  if (s.vec.isMask(c)) {
    // vbitselect(x, y, z) -> vec.blend(x, y, z) if vec.isMask(z)
    s.vec.blend(i, a, b, c);
    return true;
  }
  // vbitselect(x, y, z) -> vec.select(x, y, z)
  s.vec.select(i, a, b, c);
  return true;
}

function selectVanytrue(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vanytrue(x) -> flags.testAny(x)
  s.flags.testAny(i, a);
  return true;
}

function selectVsplat(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.lanes.splatsFrom(i, a)) {
    // v=vsplat(m=load(p)) -> lanes.splatMem(m) if lanes.splatsFrom(v, m)
    s.lanes.splatMem(i, a);
    return true;
  }
  // vsplat(x) -> lanes.splat(x)
  s.lanes.splat(i, a);
  return true;
}

function selectVextracts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vextracts(x) -> lanes.extract(x)
  s.lanes.extract(i, a);
  return true;
}

function selectVextractu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vextractu(x) -> lanes.extract(x)
  s.lanes.extract(i, a);
  return true;
}

function selectVreplace(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.lanes.readsLane(i, b)) {
    // v=vreplace(x, m=load(p)) -> lanes.replaceMem(x, m) if lanes.readsLane(v, m)
    s.lanes.replaceMem(i, a, b);
    return true;
  }
  // vreplace(x, y) -> lanes.replace(x, y)
  s.lanes.replace(i, a, b);
  return true;
}

function selectVshuffle(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  const c = f.c[i]!;
  // vshuffle(x, y, z) -> lanes.shuffle(x, y, z)
  s.lanes.shuffle(i, a, b, c);
  return true;
}

function selectVswizzle(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */) {
    // vswizzle(x, #c) -> lanes.swizzleConst(x, c)
    s.lanes.swizzleConst(i, a, b);
    return true;
  }
  // vswizzle(x, y) -> lanes.swizzle(x, y)
  s.lanes.swizzle(i, a, b);
  return true;
}

function selectVadd(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vadd(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vadd(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vadd(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVsub(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vsub(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  // v=vsub(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVmul(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vmul(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vmul(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  if (s.vec.isDirect(i)) {
    // v=vmul(x, y) -> vec.binary(x, y) if vec.isDirect(v)
    s.vec.binary(i, a, b);
    return true;
  }
  // vmul(x, y) -> vec.multiplyLong(x, y)
  s.vec.multiplyLong(i, a, b);
  return true;
}

function selectVneg(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vneg(x) -> vec.negate(x)
  s.vec.negate(i, a);
  return true;
}

function selectVabs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vabs(m=load(p)) -> vec.unaryMem(m) if vec.reads(v, m)
    s.vec.unaryMem(i, a);
    return true;
  }
  if (s.vec.isDirect(i)) {
    // v=vabs(x) -> vec.unary(x) if vec.isDirect(v)
    s.vec.unary(i, a);
    return true;
  }
  // vabs(x) -> vec.absolute(x)
  s.vec.absolute(i, a);
  return true;
}

function selectVaddsats(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vaddsats(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vaddsats(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vaddsats(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVaddsatu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vaddsatu(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vaddsatu(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vaddsatu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVsubsats(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vsubsats(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  // v=vsubsats(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVsubsatu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vsubsatu(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  // v=vsubsatu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVmins(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vmins(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vmins(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vmins(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVminu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vminu(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vminu(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vminu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVmaxs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vmaxs(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vmaxs(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vmaxs(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVmaxu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vmaxu(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vmaxu(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vmaxu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVavgru(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vavgru(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vavgru(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vavgru(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVq15mulr(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vq15mulr(x, y) -> vec.multiplyFractions(x, y)
  s.vec.multiplyFractions(i, a, b);
  return true;
}

function selectVpopcnt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vpopcnt(x) -> vec.countBits(x)
  s.vec.countBits(i, a);
  return true;
}

function selectVshl(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */) {
    // vshl(x, #c) -> vec.shiftImm(x, c)
    s.vec.shiftImm(i, a, b);
    return true;
  }
  // vshl(x, y) -> vec.shift(x, y)
  s.vec.shift(i, a, b);
  return true;
}

function selectVshrs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */) {
    // vshrs(x, #c) -> vec.shiftImm(x, c)
    s.vec.shiftImm(i, a, b);
    return true;
  }
  // vshrs(x, y) -> vec.shift(x, y)
  s.vec.shift(i, a, b);
  return true;
}

function selectVshru(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */) {
    // vshru(x, #c) -> vec.shiftImm(x, c)
    s.vec.shiftImm(i, a, b);
    return true;
  }
  // vshru(x, y) -> vec.shift(x, y)
  s.vec.shift(i, a, b);
  return true;
}

function selectValltrue(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // valltrue(x) -> flags.testAll(x)
  s.flags.testAll(i, a);
  return true;
}

function selectVbitmask(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vbitmask(x) -> lanes.bitMask(x)
  s.lanes.bitMask(i, a);
  return true;
}

function selectVeq(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=veq(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=veq(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=veq(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVne(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vne(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vne(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  if (s.vec.isDirect(i)) {
    // v=vne(x, y) -> vec.binary(x, y) if vec.isDirect(v)
    s.vec.binary(i, a, b);
    return true;
  }
  // vne(x, y) -> vec.compareUnequal(x, y)
  s.vec.compareUnequal(i, a, b);
  return true;
}

function selectVlts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vlts(m=load(p), y) -> vec.binaryMem(y, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  if (s.vec.isDirect(i)) {
    // v=vlts(x, y) -> vec.binary(x, y) if vec.isDirect(v)
    s.vec.binary(i, a, b);
    return true;
  }
  // vlts(x, y) -> vec.compareLong(x, y)
  s.vec.compareLong(i, a, b);
  return true;
}

function selectVltu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vltu(x, y) -> vec.compareUnsigned(x, y)
  s.vec.compareUnsigned(i, a, b);
  return true;
}

function selectVgts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vgts(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (s.vec.isDirect(i)) {
    // v=vgts(x, y) -> vec.binary(x, y) if vec.isDirect(v)
    s.vec.binary(i, a, b);
    return true;
  }
  // vgts(x, y) -> vec.compareLong(x, y)
  s.vec.compareLong(i, a, b);
  return true;
}

function selectVgtu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vgtu(x, y) -> vec.compareUnsigned(x, y)
  s.vec.compareUnsigned(i, a, b);
  return true;
}

function selectVles(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (s.vec.isLong(i)) {
    // v=vles(x, y) -> vec.compareLong(x, y) if vec.isLong(v)
    s.vec.compareLong(i, a, b);
    return true;
  }
  // vles(x, y) -> vec.compareOrEqual(x, y)
  s.vec.compareOrEqual(i, a, b);
  return true;
}

function selectVleu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vleu(x, y) -> vec.compareOrEqual(x, y)
  s.vec.compareOrEqual(i, a, b);
  return true;
}

function selectVges(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (s.vec.isLong(i)) {
    // v=vges(x, y) -> vec.compareLong(x, y) if vec.isLong(v)
    s.vec.compareLong(i, a, b);
    return true;
  }
  // vges(x, y) -> vec.compareOrEqual(x, y)
  s.vec.compareOrEqual(i, a, b);
  return true;
}

function selectVgeu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vgeu(x, y) -> vec.compareOrEqual(x, y)
  s.vec.compareOrEqual(i, a, b);
  return true;
}

function selectVflt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vflt(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  // v=vflt(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVfgt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vfgt(m=load(p), y) -> vec.binaryMem(y, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vfgt(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVfle(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vfle(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  // v=vfle(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVfge(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vfge(m=load(p), y) -> vec.binaryMem(y, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vfge(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVfdiv(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vfdiv(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  // v=vfdiv(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVfmin(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vfmin(x, y) -> vec.minimum(x, y)
  s.vec.minimum(i, a, b);
  return true;
}

function selectVfmax(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vfmax(x, y) -> vec.maximum(x, y)
  s.vec.maximum(i, a, b);
  return true;
}

function selectVfpmin(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vfpmin(m=load(p), y) -> vec.binaryMem(y, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vfpmin(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVfpmax(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vfpmax(m=load(p), y) -> vec.binaryMem(y, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vfpmax(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVfsqrt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vfsqrt(m=load(p)) -> vec.unaryMem(m) if vec.reads(v, m)
    s.vec.unaryMem(i, a);
    return true;
  }
  // v=vfsqrt(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVfceil(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vfceil(m=load(p)) -> vec.unaryMem(m) if vec.reads(v, m)
    s.vec.unaryMem(i, a);
    return true;
  }
  // v=vfceil(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVffloor(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vffloor(m=load(p)) -> vec.unaryMem(m) if vec.reads(v, m)
    s.vec.unaryMem(i, a);
    return true;
  }
  // v=vffloor(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVftrunc(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vftrunc(m=load(p)) -> vec.unaryMem(m) if vec.reads(v, m)
    s.vec.unaryMem(i, a);
    return true;
  }
  // v=vftrunc(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVfnearest(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vfnearest(m=load(p)) -> vec.unaryMem(m) if vec.reads(v, m)
    s.vec.unaryMem(i, a);
    return true;
  }
  // v=vfnearest(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVnarrows(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vnarrows(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  // v=vnarrows(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVnarrowu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vnarrowu(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  // v=vnarrowu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVextlows(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vextlows(m=load(p)) -> vec.unaryMem(m) if vec.reads(v, m)
    s.vec.unaryMem(i, a);
    return true;
  }
  // v=vextlows(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVextlowu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vextlowu(m=load(p)) -> vec.unaryMem(m) if vec.reads(v, m)
    s.vec.unaryMem(i, a);
    return true;
  }
  // v=vextlowu(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVexthighs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vexthighs(x) -> widths.extendHigh(x)
  s.widths.extendHigh(i, a);
  return true;
}

function selectVexthighu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vexthighu(x) -> widths.extendHigh(x)
  s.widths.extendHigh(i, a);
  return true;
}

function selectVmullows(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vmullows(x, y) -> widths.multiply(x, y)
  s.widths.multiply(i, a, b);
  return true;
}

function selectVmullowu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vmullowu(x, y) -> widths.multiply(x, y)
  s.widths.multiply(i, a, b);
  return true;
}

function selectVmulhighs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vmulhighs(x, y) -> widths.multiply(x, y)
  s.widths.multiply(i, a, b);
  return true;
}

function selectVmulhighu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vmulhighu(x, y) -> widths.multiply(x, y)
  s.widths.multiply(i, a, b);
  return true;
}

function selectVpairs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vpairs(x) -> widths.addPairs(x)
  s.widths.addPairs(i, a);
  return true;
}

function selectVpairu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vpairu(x) -> widths.addPairs(x)
  s.widths.addPairs(i, a);
  return true;
}

function selectVdot(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 149 /* load */ && s.folds(b) && s.vec.reads(i, b)) {
    // v=vdot(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, a, b);
    return true;
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vdot(x, m=load(p)) -> vec.binaryMem(x, m) if vec.reads(v, m)
    s.vec.binaryMem(i, b, a);
    return true;
  }
  // v=vdot(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVcvts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vcvts(m=load(p)) -> vec.unaryMem(m) if vec.reads(v, m)
    s.vec.unaryMem(i, a);
    return true;
  }
  // v=vcvts(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVcvtu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vcvtu(x) -> widths.convertUnsigned(x)
  s.widths.convertUnsigned(i, a);
  return true;
}

function selectVdemote(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vdemote(m=load(p)) -> vec.unaryMem(m) if vec.reads(v, m)
    s.vec.unaryMem(i, a);
    return true;
  }
  // v=vdemote(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVpromote(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.vec.reads(i, a)) {
    // v=vpromote(m=load(p)) -> vec.unaryMem(m) if vec.reads(v, m)
    s.vec.unaryMem(i, a);
    return true;
  }
  // v=vpromote(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVsats(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vsats(x) -> widths.saturateSigned(x)
  s.widths.saturateSigned(i, a);
  return true;
}

function selectVsatu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vsatu(x) -> widths.saturateUnsigned(x)
  s.widths.saturateUnsigned(i, a);
  return true;
}

function selectLoad(s: Forms, i: Value): boolean {
  // load(x) -> load()
  s.load(i);
  return true;
}

function selectStore(s: Forms, i: Value): boolean {
  const { f } = s;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (s.isStorable(b)) {
        // store(x, #c) -> storeImm(c) if isStorable(c)
        s.storeImm(i, b);
        return true;
      }
      break;
    }
    case 80 /* vextracts */:
    case 81 /* vextractu */: {
      const ba = f.a[b]!;
      if (f.aux[b] === 0 /* i8x16 */ && s.folds(b) && s.lanes.isLaneStore(i, b)) {
        // w=store(p, e=vextracts|vextractu.i8x16(x)) -> lanes.storeLane(e, x) if lanes.isLaneStore(w, e)
        s.lanes.storeLane(i, b, ba);
        return true;
      }
      if (f.aux[b] === 1 /* i16x8 */ && s.folds(b) && s.lanes.isLaneStore(i, b)) {
        // w=store(p, e=vextracts|vextractu.i16x8(x)) -> lanes.storeLane(e, x) if lanes.isLaneStore(w, e)
        s.lanes.storeLane(i, b, ba);
        return true;
      }
      break;
    }
  }
  switch (f.op[b]) {
    case 81 /* vextractu */: {
      const ba = f.a[b]!;
      if (f.aux[b] === 2 /* i32x4 */ && s.folds(b) && s.lanes.isLaneStore(i, b)) {
        // w=store(p, e=vextractu.i32x4(x)) -> lanes.storeLane(e, x) if lanes.isLaneStore(w, e)
        s.lanes.storeLane(i, b, ba);
        return true;
      }
      if (f.aux[b] === 3 /* i64x2 */ && s.folds(b) && s.lanes.isLaneStore(i, b)) {
        // w=store(p, e=vextractu.i64x2(x)) -> lanes.storeLane(e, x) if lanes.isLaneStore(w, e)
        s.lanes.storeLane(i, b, ba);
        return true;
      }
      if (f.aux[b] === 4 /* f32x4 */ && s.folds(b) && s.lanes.isLaneStore(i, b)) {
        // w=store(p, e=vextractu.f32x4(x)) -> lanes.storeLane(e, x) if lanes.isLaneStore(w, e)
        s.lanes.storeLane(i, b, ba);
        return true;
      }
      if (f.aux[b] === 5 /* f64x2 */ && s.folds(b) && s.lanes.isLaneStore(i, b)) {
        // w=store(p, e=vextractu.f64x2(x)) -> lanes.storeLane(e, x) if lanes.isLaneStore(w, e)
        s.lanes.storeLane(i, b, ba);
        return true;
      }
      break;
    }
    case 71 /* bitcast */: {
      const ba = f.a[b]!;
      if (s.folds(b) && s.isWhole(i)) {
        // w=store(x, bitcast(y)) -> store(y) if isWhole(w)
        s.store(i, ba);
        return true;
      }
      break;
    }
  }
  // store(x, y) -> store(y)
  s.store(i, b);
  return true;
}

function selectCall(s: Forms, i: Value): boolean {
  // call() -> call()
  s.call(i);
  return true;
}

function selectCallslot(s: Forms, i: Value): boolean {
  // callslot() -> callSlot()
  s.callSlot(i);
  return true;
}

function selectCallref(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // callref(x) -> callRef(x)
  s.callRef(i, a);
  return true;
}

function selectLibcall(s: Forms, i: Value): boolean {
  // libcall() -> libcall()
  s.libcall(i);
  return true;
}

function selectSigcheck(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // sigcheck(x) -> checkSignature(x)
  s.checkSignature(i, a);
  return true;
}

function selectTrapif(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // trapif(x) -> trapIf(x)
  s.trapIf(i, a);
  return true;
}

function selectBr(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // br(x) -> branch(x)
  s.branch(i, a);
  return true;
}

function selectSwitch(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // switch(x) -> jumpTable(x)
  s.jumpTable(i, a);
  return true;
}

/** Selects for instruction `i` by the first rule that matches; false if none does. */
export function select(s: Forms, op: Op, i: Value): boolean {
  switch (op) {
    case 4 /* inst */:
      return selectInst(s, i);
    case 5 /* membase */:
      return selectMembase(s, i);
    case 6 /* add */:
      return selectAdd(s, i);
    case 7 /* sub */:
      return selectSub(s, i);
    case 8 /* mul */:
      return selectMul(s, i);
    case 9 /* mulhs */:
      return selectMulhs(s, i);
    case 10 /* mulhu */:
      return selectMulhu(s, i);
    case 11 /* divs */:
      return selectDivs(s, i);
    case 12 /* divu */:
      return selectDivu(s, i);
    case 13 /* rems */:
      return selectRems(s, i);
    case 14 /* remu */:
      return selectRemu(s, i);
    case 15 /* and */:
      return selectAnd(s, i);
    case 16 /* or */:
      return selectOr(s, i);
    case 17 /* xor */:
      return selectXor(s, i);
    case 18 /* shl */:
      return selectShl(s, i);
    case 19 /* shrs */:
      return selectShrs(s, i);
    case 20 /* shru */:
      return selectShru(s, i);
    case 21 /* rotl */:
      return selectRotl(s, i);
    case 22 /* rotr */:
      return selectRotr(s, i);
    case 23 /* clz */:
      return selectClz(s, i);
    case 24 /* ctz */:
      return selectCtz(s, i);
    case 25 /* popcnt */:
      return selectPopcnt(s, i);
    case 26 /* sext8 */:
      return selectSext8(s, i);
    case 27 /* sext16 */:
      return selectSext16(s, i);
    case 28 /* sext32 */:
      return selectSext32(s, i);
    case 29 /* wrap */:
      return selectWrap(s, i);
    case 30 /* exts */:
      return selectExts(s, i);
    case 32 /* eq */:
      return selectEq(s, i);
    case 33 /* ne */:
      return selectNe(s, i);
    case 34 /* lts */:
      return selectLts(s, i);
    case 35 /* ltu */:
      return selectLts(s, i);
    case 36 /* gts */:
      return selectLts(s, i);
    case 37 /* gtu */:
      return selectLts(s, i);
    case 38 /* les */:
      return selectLts(s, i);
    case 39 /* leu */:
      return selectLts(s, i);
    case 40 /* ges */:
      return selectLts(s, i);
    case 41 /* geu */:
      return selectLts(s, i);
    case 42 /* feq */:
      return selectFeq(s, i);
    case 43 /* fne */:
      return selectFne(s, i);
    case 44 /* flt */:
      return selectFlt(s, i);
    case 45 /* fgt */:
      return selectFgt(s, i);
    case 46 /* fle */:
      return selectFle(s, i);
    case 47 /* fge */:
      return selectFge(s, i);
    case 48 /* select */:
      return selectSelect(s, i);
    case 49 /* fadd */:
      return selectFadd(s, i);
    case 50 /* fsub */:
      return selectFsub(s, i);
    case 51 /* fmul */:
      return selectFmul(s, i);
    case 52 /* fdiv */:
      return selectFdiv(s, i);
    case 53 /* fmin */:
      return selectFmin(s, i);
    case 54 /* fmax */:
      return selectFmax(s, i);
    case 55 /* fcopysign */:
      return selectFcopysign(s, i);
    case 56 /* fneg */:
      return selectFneg(s, i);
    case 57 /* fabs */:
      return selectFabs(s, i);
    case 58 /* fsqrt */:
      return selectFsqrt(s, i);
    case 59 /* fceil */:
      return selectFceil(s, i);
    case 60 /* ffloor */:
      return selectFfloor(s, i);
    case 61 /* ftrunc */:
      return selectFtrunc(s, i);
    case 62 /* fnearest */:
      return selectFnearest(s, i);
    case 63 /* promote */:
      return selectPromote(s, i);
    case 64 /* demote */:
      return selectDemote(s, i);
    case 65 /* cvts */:
      return selectCvts(s, i);
    case 66 /* cvtu */:
      return selectCvtu(s, i);
    case 67 /* truncs */:
      return selectTruncs(s, i);
    case 68 /* truncu */:
      return selectTruncu(s, i);
    case 69 /* sats */:
      return selectSats(s, i);
    case 70 /* satu */:
      return selectSatu(s, i);
    case 71 /* bitcast */:
      return selectBitcast(s, i);
    case 72 /* vnot */:
      return selectVnot(s, i);
    case 73 /* vand */:
      return selectVand(s, i);
    case 74 /* vor */:
      return selectVor(s, i);
    case 75 /* vxor */:
      return selectVxor(s, i);
    case 76 /* vandnot */:
      return selectVandnot(s, i);
    case 77 /* vbitselect */:
      return selectVbitselect(s, i);
    case 78 /* vanytrue */:
      return selectVanytrue(s, i);
    case 79 /* vsplat */:
      return selectVsplat(s, i);
    case 80 /* vextracts */:
      return selectVextracts(s, i);
    case 81 /* vextractu */:
      return selectVextractu(s, i);
    case 82 /* vreplace */:
      return selectVreplace(s, i);
    case 83 /* vshuffle */:
      return selectVshuffle(s, i);
    case 84 /* vswizzle */:
      return selectVswizzle(s, i);
    case 85 /* vadd */:
      return selectVadd(s, i);
    case 86 /* vsub */:
      return selectVsub(s, i);
    case 87 /* vmul */:
      return selectVmul(s, i);
    case 88 /* vneg */:
      return selectVneg(s, i);
    case 89 /* vabs */:
      return selectVabs(s, i);
    case 90 /* vaddsats */:
      return selectVaddsats(s, i);
    case 91 /* vaddsatu */:
      return selectVaddsatu(s, i);
    case 92 /* vsubsats */:
      return selectVsubsats(s, i);
    case 93 /* vsubsatu */:
      return selectVsubsatu(s, i);
    case 94 /* vmins */:
      return selectVmins(s, i);
    case 95 /* vminu */:
      return selectVminu(s, i);
    case 96 /* vmaxs */:
      return selectVmaxs(s, i);
    case 97 /* vmaxu */:
      return selectVmaxu(s, i);
    case 98 /* vavgru */:
      return selectVavgru(s, i);
    case 99 /* vq15mulr */:
      return selectVq15mulr(s, i);
    case 100 /* vpopcnt */:
      return selectVpopcnt(s, i);
    case 101 /* vshl */:
      return selectVshl(s, i);
    case 102 /* vshrs */:
      return selectVshrs(s, i);
    case 103 /* vshru */:
      return selectVshru(s, i);
    case 104 /* valltrue */:
      return selectValltrue(s, i);
    case 105 /* vbitmask */:
      return selectVbitmask(s, i);
    case 106 /* veq */:
      return selectVeq(s, i);
    case 107 /* vne */:
      return selectVne(s, i);
    case 108 /* vlts */:
      return selectVlts(s, i);
    case 109 /* vltu */:
      return selectVltu(s, i);
    case 110 /* vgts */:
      return selectVgts(s, i);
    case 111 /* vgtu */:
      return selectVgtu(s, i);
    case 112 /* vles */:
      return selectVles(s, i);
    case 113 /* vleu */:
      return selectVleu(s, i);
    case 114 /* vges */:
      return selectVges(s, i);
    case 115 /* vgeu */:
      return selectVgeu(s, i);
    case 116 /* vflt */:
      return selectVflt(s, i);
    case 117 /* vfgt */:
      return selectVfgt(s, i);
    case 118 /* vfle */:
      return selectVfle(s, i);
    case 119 /* vfge */:
      return selectVfge(s, i);
    case 120 /* vfdiv */:
      return selectVfdiv(s, i);
    case 121 /* vfmin */:
      return selectVfmin(s, i);
    case 122 /* vfmax */:
      return selectVfmax(s, i);
    case 123 /* vfpmin */:
      return selectVfpmin(s, i);
    case 124 /* vfpmax */:
      return selectVfpmax(s, i);
    case 125 /* vfsqrt */:
      return selectVfsqrt(s, i);
    case 126 /* vfceil */:
      return selectVfceil(s, i);
    case 127 /* vffloor */:
      return selectVffloor(s, i);
    case 128 /* vftrunc */:
      return selectVftrunc(s, i);
    case 129 /* vfnearest */:
      return selectVfnearest(s, i);
    case 130 /* vnarrows */:
      return selectVnarrows(s, i);
    case 131 /* vnarrowu */:
      return selectVnarrowu(s, i);
    case 132 /* vextlows */:
      return selectVextlows(s, i);
    case 133 /* vextlowu */:
      return selectVextlowu(s, i);
    case 134 /* vexthighs */:
      return selectVexthighs(s, i);
    case 135 /* vexthighu */:
      return selectVexthighu(s, i);
    case 136 /* vmullows */:
      return selectVmullows(s, i);
    case 137 /* vmullowu */:
      return selectVmullowu(s, i);
    case 138 /* vmulhighs */:
      return selectVmulhighs(s, i);
    case 139 /* vmulhighu */:
      return selectVmulhighu(s, i);
    case 140 /* vpairs */:
      return selectVpairs(s, i);
    case 141 /* vpairu */:
      return selectVpairu(s, i);
    case 142 /* vdot */:
      return selectVdot(s, i);
    case 143 /* vcvts */:
      return selectVcvts(s, i);
    case 144 /* vcvtu */:
      return selectVcvtu(s, i);
    case 145 /* vdemote */:
      return selectVdemote(s, i);
    case 146 /* vpromote */:
      return selectVpromote(s, i);
    case 147 /* vsats */:
      return selectVsats(s, i);
    case 148 /* vsatu */:
      return selectVsatu(s, i);
    case 149 /* load */:
      return selectLoad(s, i);
    case 150 /* store */:
      return selectStore(s, i);
    case 151 /* call */:
      return selectCall(s, i);
    case 152 /* callslot */:
      return selectCallslot(s, i);
    case 153 /* callref */:
      return selectCallref(s, i);
    case 154 /* libcall */:
      return selectLibcall(s, i);
    case 155 /* sigcheck */:
      return selectSigcheck(s, i);
    case 156 /* trapif */:
      return selectTrapif(s, i);
    case 158 /* br */:
      return selectBr(s, i);
    case 159 /* switch */:
      return selectSwitch(s, i);
    default:
      return false;
  }
}

function truthAnd(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[a]) {
    case 149 /* load */: {
      if (f.op[b] === 1 /* const */ && s.folds(a)) {
        if (isUnsignedByte(f, b) && isNonZero(f, b) && s.isByte(a)) {
          // and(m=load(p), #c{isUnsignedByte isNonZero}) -> flags.testByteImm(m, c) if isByte(m)
          s.flags.testByteImm(i, a, b);
          return true;
        }
        if (fitsI32(f, b) && s.isWhole(a)) {
          // and(m=load(p), #c{fitsI32}) -> flags.testMemImm(m, c) if isWhole(m)
          s.flags.testMemImm(i, a, b);
          return true;
        }
      }
      break;
    }
    case 20 /* shru */:
    case 19 /* shrs */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */) {
        if (f.op[ab] === 1 /* const */ && s.folds(a) && hasInt(f, b, 1)) {
          // and(s=shru|shrs(x, #c), 1) -> flags.testShifted(x, c)
          s.flags.testShifted(i, aa, ab);
          return true;
        }
        if (s.folds(a) && hasInt(f, b, 1)) {
          // and(s=shru|shrs(x, y), 1) -> flags.testBit(x, y)
          s.flags.testBit(i, aa, ab);
          return true;
        }
      }
      break;
    }
  }
  if (f.op[b] === 18 /* shl */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[ba] === 1 /* const */ && hasInt(f, ba, 1) && s.folds(b)) {
      // and(x, shl(1, y)) -> flags.testBit(x, y)
      s.flags.testBit(i, a, bb);
      return true;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[aa] === 1 /* const */ && hasInt(f, aa, 1) && s.folds(a)) {
      // and(x, shl(1, y)) -> flags.testBit(x, y)
      s.flags.testBit(i, b, ab);
      return true;
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      if (fitsI32(f, b)) {
        // and(x, #c{fitsI32}) -> flags.testImm(x, c)
        s.flags.testImm(i, a, b);
        return true;
      }
      if (isPow2(f, b)) {
        // and(x, #c{isPow2}) -> flags.testBitImm(x, c)
        s.flags.testBitImm(i, a, b);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(b) && s.isWhole(b)) {
        // and(x, m=load(p)) -> flags.testMem(x, m) if isWhole(m)
        s.flags.testMem(i, a, b);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // and(x, m=load(p)) -> flags.testMem(x, m) if isWhole(m)
    s.flags.testMem(i, b, a);
    return true;
  }
  // and(x, y) -> flags.testBoth(x, y)
  s.flags.testBoth(i, a, b);
  return true;
}

function truthEq(s: Forms, i: Value): boolean {
  // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, y) -> flags.testCompare()
  s.flags.testCompare(i);
  return true;
}

function truthFeq(s: Forms, i: Value): boolean {
  // k=feq|fne|flt|fgt|fle|fge(x, y) -> flags.testCompare()
  s.flags.testCompare(i);
  return true;
}

function truthVanytrue(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vanytrue(x) -> flags.testAny(x)
  s.flags.testAny(i, a);
  return true;
}

function truthValltrue(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // valltrue(x) -> flags.testAll(x)
  s.flags.testAll(i, a);
  return true;
}

function truthLoad(s: Forms, i: Value): boolean {
  // load(x) -> flags.testLoad()
  s.flags.testLoad(i);
  return true;
}

/** Selects for instruction `i` by the first rule that matches; false if none does. */
export function truth(s: Forms, op: Op, i: Value): boolean {
  switch (op) {
    case 15 /* and */:
      return truthAnd(s, i);
    case 32 /* eq */:
      return truthEq(s, i);
    case 33 /* ne */:
      return truthEq(s, i);
    case 34 /* lts */:
      return truthEq(s, i);
    case 35 /* ltu */:
      return truthEq(s, i);
    case 36 /* gts */:
      return truthEq(s, i);
    case 37 /* gtu */:
      return truthEq(s, i);
    case 38 /* les */:
      return truthEq(s, i);
    case 39 /* leu */:
      return truthEq(s, i);
    case 40 /* ges */:
      return truthEq(s, i);
    case 41 /* geu */:
      return truthEq(s, i);
    case 42 /* feq */:
      return truthFeq(s, i);
    case 43 /* fne */:
      return truthFeq(s, i);
    case 44 /* flt */:
      return truthFeq(s, i);
    case 45 /* fgt */:
      return truthFeq(s, i);
    case 46 /* fle */:
      return truthFeq(s, i);
    case 47 /* fge */:
      return truthFeq(s, i);
    case 78 /* vanytrue */:
      return truthVanytrue(s, i);
    case 104 /* valltrue */:
      return truthValltrue(s, i);
    case 149 /* load */:
      return truthLoad(s, i);
    default:
      return false;
  }
}
