// Generated from rules.ts by tools/gen/rules.ts: `make gen` rewrites it.

import { hasFloat, hasInt, isMask } from "../../src/ir/predicates.ts";
import { INST } from "./insts.ts";
import { countMasked, isAddend, isCompared, isLittleShift, isLogical, isPow2Plus1, isWhole } from "./tests.ts";
import type { Value } from "../../src/ir/func.ts";
import type { Op } from "../../src/ir/ops.ts";
import type { Forms } from "./forms.ts";

function selectInst(s: Forms, i: Value): boolean {
  // inst() -> leaRecord()
  s.leaRecord(i);
  return true;
}

function selectMembase(s: Forms, i: Value): boolean {
  // membase() -> leaRecord()
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
  if (f.op[b] === 1 /* const */ && isAddend(f, b)) {
    // add(x, #c{isAddend}) -> addImm(x, c)
    s.addImm(i, a, b);
    return true;
  }
  if (f.op[a] === 8 /* mul */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[aa] === 30 /* exts */) {
      const aaa = f.a[aa]!;
      if (f.op[ab] === 30 /* exts */) {
        const aba = f.a[ab]!;
        if (s.folds(aa) && s.folds(ab) && s.folds(a)) {
          // add(mul(exts(x), exts(y)), z) -> multiplyAddLong(73, x, y, z)
          s.multiplyAddLong(i, INST.smaddl, aaa, aba, b);
          return true;
        }
      }
    }
  }
  if (f.op[b] === 8 /* mul */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[ba] === 30 /* exts */) {
      const baa = f.a[ba]!;
      if (f.op[bb] === 30 /* exts */) {
        const bba = f.a[bb]!;
        if (s.folds(ba) && s.folds(bb) && s.folds(b)) {
          // add(mul(exts(x), exts(y)), z) -> multiplyAddLong(73, x, y, z)
          s.multiplyAddLong(i, INST.smaddl, baa, bba, a);
          return true;
        }
      }
    }
  }
  if (f.op[a] === 8 /* mul */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[aa] === 30 /* exts */) {
      const aaa = f.a[aa]!;
      if (f.op[ab] === 30 /* exts */) {
        const aba = f.a[ab]!;
        if (s.folds(aa) && s.folds(ab) && s.folds(a)) {
          // add(mul(exts(x), exts(y)), z) -> multiplyAddLong(73, x, y, z)
          s.multiplyAddLong(i, INST.smaddl, aba, aaa, b);
          return true;
        }
      }
    }
  }
  if (f.op[b] === 8 /* mul */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[ba] === 30 /* exts */) {
      const baa = f.a[ba]!;
      if (f.op[bb] === 30 /* exts */) {
        const bba = f.a[bb]!;
        if (s.folds(ba) && s.folds(bb) && s.folds(b)) {
          // add(mul(exts(x), exts(y)), z) -> multiplyAddLong(73, x, y, z)
          s.multiplyAddLong(i, INST.smaddl, bba, baa, a);
          return true;
        }
      }
    }
  }
  if (f.op[a] === 8 /* mul */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[aa] === 31 /* extu */) {
      const aaa = f.a[aa]!;
      if (f.op[ab] === 31 /* extu */) {
        const aba = f.a[ab]!;
        if (s.folds(aa) && s.folds(ab) && s.folds(a)) {
          // add(mul(extu(x), extu(y)), z) -> multiplyAddLong(74, x, y, z)
          s.multiplyAddLong(i, INST.umaddl, aaa, aba, b);
          return true;
        }
      }
    }
  }
  if (f.op[b] === 8 /* mul */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[ba] === 31 /* extu */) {
      const baa = f.a[ba]!;
      if (f.op[bb] === 31 /* extu */) {
        const bba = f.a[bb]!;
        if (s.folds(ba) && s.folds(bb) && s.folds(b)) {
          // add(mul(extu(x), extu(y)), z) -> multiplyAddLong(74, x, y, z)
          s.multiplyAddLong(i, INST.umaddl, baa, bba, a);
          return true;
        }
      }
    }
  }
  if (f.op[a] === 8 /* mul */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[aa] === 31 /* extu */) {
      const aaa = f.a[aa]!;
      if (f.op[ab] === 31 /* extu */) {
        const aba = f.a[ab]!;
        if (s.folds(aa) && s.folds(ab) && s.folds(a)) {
          // add(mul(extu(x), extu(y)), z) -> multiplyAddLong(74, x, y, z)
          s.multiplyAddLong(i, INST.umaddl, aba, aaa, b);
          return true;
        }
      }
    }
  }
  if (f.op[b] === 8 /* mul */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[ba] === 31 /* extu */) {
      const baa = f.a[ba]!;
      if (f.op[bb] === 31 /* extu */) {
        const bba = f.a[bb]!;
        if (s.folds(ba) && s.folds(bb) && s.folds(b)) {
          // add(mul(extu(x), extu(y)), z) -> multiplyAddLong(74, x, y, z)
          s.multiplyAddLong(i, INST.umaddl, bba, baa, a);
          return true;
        }
      }
    }
  }
  if (f.op[a] === 8 /* mul */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (s.folds(a)) {
      // add(mul(x, y), z) -> multiply(69, x, y, z)
      s.multiply(i, INST.madd, aa, ab, b);
      return true;
    }
  }
  switch (f.op[b]) {
    case 8 /* mul */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (s.folds(b)) {
        // add(mul(x, y), z) -> multiply(69, x, y, z)
        s.multiply(i, INST.madd, ba, bb, a);
        return true;
      }
      break;
    }
    case 18 /* shl */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && isLittleShift(f, bb) && s.mayRepeat(b)) {
        // add(x, s=shl(y, #c{isLittleShift})) -> binaryShift(53, x, y, 0, c) if mayRepeat(s)
        s.binaryShift(i, INST.addsh, a, ba, 0, bb);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && isLittleShift(f, ab) && s.mayRepeat(a)) {
      // add(x, s=shl(y, #c{isLittleShift})) -> binaryShift(53, x, y, 0, c) if mayRepeat(s)
      s.binaryShift(i, INST.addsh, b, aa, 0, ab);
      return true;
    }
  }
  if (f.op[b] === 18 /* shl */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // add(x, shl(y, #c)) -> binaryShift(53, x, y, 0, c)
      s.binaryShift(i, INST.addsh, a, ba, 0, bb);
      return true;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // add(x, shl(y, #c)) -> binaryShift(53, x, y, 0, c)
      s.binaryShift(i, INST.addsh, b, aa, 0, ab);
      return true;
    }
  }
  if (f.op[b] === 20 /* shru */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // add(x, shru(y, #c)) -> binaryShift(53, x, y, 1, c)
      s.binaryShift(i, INST.addsh, a, ba, 1, bb);
      return true;
    }
  }
  if (f.op[a] === 20 /* shru */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // add(x, shru(y, #c)) -> binaryShift(53, x, y, 1, c)
      s.binaryShift(i, INST.addsh, b, aa, 1, ab);
      return true;
    }
  }
  if (f.op[b] === 19 /* shrs */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // add(x, shrs(y, #c)) -> binaryShift(53, x, y, 2, c)
      s.binaryShift(i, INST.addsh, a, ba, 2, bb);
      return true;
    }
  }
  if (f.op[a] === 19 /* shrs */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // add(x, shrs(y, #c)) -> binaryShift(53, x, y, 2, c)
      s.binaryShift(i, INST.addsh, b, aa, 2, ab);
      return true;
    }
  }
  if (f.op[b] === 30 /* exts */) {
    const ba = f.a[b]!;
    if (s.folds(b)) {
      // add(x, exts(y)) -> binaryExtend(58, x, y, 6)
      s.binaryExtend(i, INST.addx, a, ba, 6);
      return true;
    }
  }
  if (f.op[a] === 30 /* exts */) {
    const aa = f.a[a]!;
    if (s.folds(a)) {
      // add(x, exts(y)) -> binaryExtend(58, x, y, 6)
      s.binaryExtend(i, INST.addx, b, aa, 6);
      return true;
    }
  }
  // add(x, y) -> binary(45, x, y)
  s.binary(i, INST.add, a, b);
  return true;
}

function selectSub(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 1 /* const */) {
    switch (f.op[b]) {
      case 18 /* shl */: {
        const ba = f.a[b]!;
        const bb = f.b[b]!;
        if (f.op[bb] === 1 /* const */ && hasInt(f, a, 0) && s.folds(b)) {
          // sub(0, shl(y, #c)) -> unaryShift(65, y, 0, c)
          s.unaryShift(i, INST.negsh, ba, 0, bb);
          return true;
        }
        break;
      }
      case 20 /* shru */: {
        const ba = f.a[b]!;
        const bb = f.b[b]!;
        if (f.op[bb] === 1 /* const */ && hasInt(f, a, 0) && s.folds(b)) {
          // sub(0, shru(y, #c)) -> unaryShift(65, y, 1, c)
          s.unaryShift(i, INST.negsh, ba, 1, bb);
          return true;
        }
        break;
      }
      case 19 /* shrs */: {
        const ba = f.a[b]!;
        const bb = f.b[b]!;
        if (f.op[bb] === 1 /* const */ && hasInt(f, a, 0) && s.folds(b)) {
          // sub(0, shrs(y, #c)) -> unaryShift(65, y, 2, c)
          s.unaryShift(i, INST.negsh, ba, 2, bb);
          return true;
        }
        break;
      }
      case 8 /* mul */: {
        const ba = f.a[b]!;
        const bb = f.b[b]!;
        if (hasInt(f, a, 0) && s.folds(b)) {
          // sub(0, mul(x, y)) -> binary(68, x, y)
          s.binary(i, INST.mneg, ba, bb);
          return true;
        }
        break;
      }
    }
    if (hasInt(f, a, 0)) {
      // sub(0, y) -> unary(64, 0, y)
      s.unary(i, INST.neg, 0, b);
      return true;
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      if (isAddend(f, b)) {
        // sub(x, #c{isAddend}) -> minusImm(x, c)
        s.minusImm(i, a, b);
        return true;
      }
      break;
    }
    case 8 /* mul */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (s.folds(b)) {
        // sub(z, mul(x, y)) -> multiply(70, x, y, z)
        s.multiply(i, INST.msub, ba, bb, a);
        return true;
      }
      break;
    }
    case 18 /* shl */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */) {
        if (isLittleShift(f, bb) && s.mayRepeat(b)) {
          // sub(x, s=shl(y, #c{isLittleShift})) -> binaryShift(54, x, y, 0, c) if mayRepeat(s)
          s.binaryShift(i, INST.subsh, a, ba, 0, bb);
          return true;
        }
        if (s.folds(b)) {
          // sub(x, shl(y, #c)) -> binaryShift(54, x, y, 0, c)
          s.binaryShift(i, INST.subsh, a, ba, 0, bb);
          return true;
        }
      }
      break;
    }
    case 20 /* shru */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && s.folds(b)) {
        // sub(x, shru(y, #c)) -> binaryShift(54, x, y, 1, c)
        s.binaryShift(i, INST.subsh, a, ba, 1, bb);
        return true;
      }
      break;
    }
    case 19 /* shrs */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && s.folds(b)) {
        // sub(x, shrs(y, #c)) -> binaryShift(54, x, y, 2, c)
        s.binaryShift(i, INST.subsh, a, ba, 2, bb);
        return true;
      }
      break;
    }
    case 30 /* exts */: {
      const ba = f.a[b]!;
      if (s.folds(b)) {
        // sub(x, exts(y)) -> binaryExtend(59, x, y, 6)
        s.binaryExtend(i, INST.subx, a, ba, 6);
        return true;
      }
      break;
    }
  }
  // sub(x, y) -> binary(46, x, y)
  s.binary(i, INST.sub, a, b);
  return true;
}

function selectMul(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && isPow2Plus1(f, b)) {
    // mul(x, #c{isPow2Plus1}) -> timesPow2Plus1(x, c)
    s.timesPow2Plus1(i, a, b);
    return true;
  }
  switch (f.op[a]) {
    case 30 /* exts */: {
      const aa = f.a[a]!;
      if (f.op[b] === 30 /* exts */) {
        const ba = f.a[b]!;
        if (s.folds(a) && s.folds(b)) {
          // mul(exts(x), exts(y)) -> multiplyLong(71, x, y)
          s.multiplyLong(i, INST.smull, aa, ba);
          return true;
        }
      }
      break;
    }
    case 31 /* extu */: {
      const aa = f.a[a]!;
      if (f.op[b] === 31 /* extu */) {
        const ba = f.a[b]!;
        if (s.folds(a) && s.folds(b)) {
          // mul(extu(x), extu(y)) -> multiplyLong(72, x, y)
          s.multiplyLong(i, INST.umull, aa, ba);
          return true;
        }
      }
      break;
    }
  }
  // mul(x, y) -> binary(67, x, y)
  s.binary(i, INST.mul, a, b);
  return true;
}

function selectMulhs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.ty[i] === 1 /* i32 */) {
    // mulhs(x, y): i32 -> binary(77, x, y)
    s.binary(i, INST.smulh32, a, b);
    return true;
  }
  // mulhs(x, y) -> binary(75, x, y)
  s.binary(i, INST.smulh, a, b);
  return true;
}

function selectMulhu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.ty[i] === 1 /* i32 */) {
    // mulhu(x, y): i32 -> binary(78, x, y)
    s.binary(i, INST.umulh32, a, b);
    return true;
  }
  // mulhu(x, y) -> binary(76, x, y)
  s.binary(i, INST.umulh, a, b);
  return true;
}

function selectDivs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // divs(x, y) -> divide(88, x, y)
  s.divide(i, INST.sdiv, a, b);
  return true;
}

function selectDivu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // divu(x, y) -> divide(89, x, y)
  s.divide(i, INST.udiv, a, b);
  return true;
}

function selectRems(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // rems(x, y) -> divide(90, x, y)
  s.divide(i, INST.srem, a, b);
  return true;
}

function selectRemu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // remu(x, y) -> divide(91, x, y)
  s.divide(i, INST.urem, a, b);
  return true;
}

function selectAnd(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 20 /* shru */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && s.folds(a) && isMask(f, b)) {
      // and(shru(x, #c), #d{isMask}) -> extract(x, c, d)
      s.extract(i, aa, ab, b);
      return true;
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      if (isLogical(f, b)) {
        // and(x, #c{isLogical}) -> logical(61, x, c)
        s.logical(i, INST.andi, a, b);
        return true;
      }
      break;
    }
    case 17 /* xor */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && hasInt(f, bb, -1) && s.folds(b)) {
        // and(x, xor(y, -1)) -> binary(50, x, y)
        s.binary(i, INST.bic, a, ba);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 17 /* xor */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && hasInt(f, ab, -1) && s.folds(a)) {
      // and(x, xor(y, -1)) -> binary(50, x, y)
      s.binary(i, INST.bic, b, aa);
      return true;
    }
  }
  if (f.op[b] === 18 /* shl */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && isLittleShift(f, bb) && s.mayRepeat(b)) {
      // and(x, s=shl(y, #c{isLittleShift})) -> binaryShift(55, x, y, 0, c) if mayRepeat(s)
      s.binaryShift(i, INST.andsh, a, ba, 0, bb);
      return true;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && isLittleShift(f, ab) && s.mayRepeat(a)) {
      // and(x, s=shl(y, #c{isLittleShift})) -> binaryShift(55, x, y, 0, c) if mayRepeat(s)
      s.binaryShift(i, INST.andsh, b, aa, 0, ab);
      return true;
    }
  }
  if (f.op[b] === 18 /* shl */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // and(x, shl(y, #c)) -> binaryShift(55, x, y, 0, c)
      s.binaryShift(i, INST.andsh, a, ba, 0, bb);
      return true;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // and(x, shl(y, #c)) -> binaryShift(55, x, y, 0, c)
      s.binaryShift(i, INST.andsh, b, aa, 0, ab);
      return true;
    }
  }
  if (f.op[b] === 20 /* shru */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // and(x, shru(y, #c)) -> binaryShift(55, x, y, 1, c)
      s.binaryShift(i, INST.andsh, a, ba, 1, bb);
      return true;
    }
  }
  if (f.op[a] === 20 /* shru */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // and(x, shru(y, #c)) -> binaryShift(55, x, y, 1, c)
      s.binaryShift(i, INST.andsh, b, aa, 1, ab);
      return true;
    }
  }
  if (f.op[b] === 19 /* shrs */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // and(x, shrs(y, #c)) -> binaryShift(55, x, y, 2, c)
      s.binaryShift(i, INST.andsh, a, ba, 2, bb);
      return true;
    }
  }
  if (f.op[a] === 19 /* shrs */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // and(x, shrs(y, #c)) -> binaryShift(55, x, y, 2, c)
      s.binaryShift(i, INST.andsh, b, aa, 2, ab);
      return true;
    }
  }
  // and(x, y) -> binary(47, x, y)
  s.binary(i, INST.and, a, b);
  return true;
}

function selectOr(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[a]) {
    case 18 /* shl */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 20 /* shru */) {
        const ba = f.a[b]!;
        const bb = f.b[b]!;
        if (f.op[ab] === 1 /* const */ && f.op[bb] === 1 /* const */ && s.folds(a) && s.folds(b) && isWhole(f, ab, bb)) {
          // or(shl(x, #c), shru(y, #d)) -> funnel(x, y, d) if isWhole(c, d)
          s.funnel(i, aa, ba, bb);
          return true;
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
        if (f.op[ab] === 1 /* const */ && f.op[bb] === 1 /* const */ && s.folds(a) && s.folds(b) && isWhole(f, bb, ab)) {
          // or(shl(x, #c), shru(y, #d)) -> funnel(x, y, d) if isWhole(c, d)
          s.funnel(i, ba, aa, ab);
          return true;
        }
      }
      break;
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      if (isLogical(f, b)) {
        // or(x, #c{isLogical}) -> logical(62, x, c)
        s.logical(i, INST.orri, a, b);
        return true;
      }
      break;
    }
    case 17 /* xor */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && hasInt(f, bb, -1) && s.folds(b)) {
        // or(x, xor(y, -1)) -> binary(51, x, y)
        s.binary(i, INST.orn, a, ba);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 17 /* xor */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && hasInt(f, ab, -1) && s.folds(a)) {
      // or(x, xor(y, -1)) -> binary(51, x, y)
      s.binary(i, INST.orn, b, aa);
      return true;
    }
  }
  if (f.op[b] === 18 /* shl */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && isLittleShift(f, bb) && s.mayRepeat(b)) {
      // or(x, s=shl(y, #c{isLittleShift})) -> binaryShift(56, x, y, 0, c) if mayRepeat(s)
      s.binaryShift(i, INST.orrsh, a, ba, 0, bb);
      return true;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && isLittleShift(f, ab) && s.mayRepeat(a)) {
      // or(x, s=shl(y, #c{isLittleShift})) -> binaryShift(56, x, y, 0, c) if mayRepeat(s)
      s.binaryShift(i, INST.orrsh, b, aa, 0, ab);
      return true;
    }
  }
  if (f.op[b] === 18 /* shl */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // or(x, shl(y, #c)) -> binaryShift(56, x, y, 0, c)
      s.binaryShift(i, INST.orrsh, a, ba, 0, bb);
      return true;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // or(x, shl(y, #c)) -> binaryShift(56, x, y, 0, c)
      s.binaryShift(i, INST.orrsh, b, aa, 0, ab);
      return true;
    }
  }
  if (f.op[b] === 20 /* shru */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // or(x, shru(y, #c)) -> binaryShift(56, x, y, 1, c)
      s.binaryShift(i, INST.orrsh, a, ba, 1, bb);
      return true;
    }
  }
  if (f.op[a] === 20 /* shru */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // or(x, shru(y, #c)) -> binaryShift(56, x, y, 1, c)
      s.binaryShift(i, INST.orrsh, b, aa, 1, ab);
      return true;
    }
  }
  if (f.op[b] === 19 /* shrs */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // or(x, shrs(y, #c)) -> binaryShift(56, x, y, 2, c)
      s.binaryShift(i, INST.orrsh, a, ba, 2, bb);
      return true;
    }
  }
  if (f.op[a] === 19 /* shrs */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // or(x, shrs(y, #c)) -> binaryShift(56, x, y, 2, c)
      s.binaryShift(i, INST.orrsh, b, aa, 2, ab);
      return true;
    }
  }
  // or(x, y) -> binary(48, x, y)
  s.binary(i, INST.orr, a, b);
  return true;
}

function selectXor(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (hasInt(f, b, -1)) {
        // xor(x, -1) -> unary(66, 0, x)
        s.unary(i, INST.mvn, 0, a);
        return true;
      }
      if (isLogical(f, b)) {
        // xor(x, #c{isLogical}) -> logical(63, x, c)
        s.logical(i, INST.eori, a, b);
        return true;
      }
      break;
    }
    case 17 /* xor */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && hasInt(f, bb, -1) && s.folds(b)) {
        // xor(x, xor(y, -1)) -> binary(52, x, y)
        s.binary(i, INST.eon, a, ba);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 17 /* xor */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && hasInt(f, ab, -1) && s.folds(a)) {
      // xor(x, xor(y, -1)) -> binary(52, x, y)
      s.binary(i, INST.eon, b, aa);
      return true;
    }
  }
  if (f.op[b] === 18 /* shl */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && isLittleShift(f, bb) && s.mayRepeat(b)) {
      // xor(x, s=shl(y, #c{isLittleShift})) -> binaryShift(57, x, y, 0, c) if mayRepeat(s)
      s.binaryShift(i, INST.eorsh, a, ba, 0, bb);
      return true;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && isLittleShift(f, ab) && s.mayRepeat(a)) {
      // xor(x, s=shl(y, #c{isLittleShift})) -> binaryShift(57, x, y, 0, c) if mayRepeat(s)
      s.binaryShift(i, INST.eorsh, b, aa, 0, ab);
      return true;
    }
  }
  if (f.op[b] === 18 /* shl */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // xor(x, shl(y, #c)) -> binaryShift(57, x, y, 0, c)
      s.binaryShift(i, INST.eorsh, a, ba, 0, bb);
      return true;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // xor(x, shl(y, #c)) -> binaryShift(57, x, y, 0, c)
      s.binaryShift(i, INST.eorsh, b, aa, 0, ab);
      return true;
    }
  }
  if (f.op[b] === 20 /* shru */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // xor(x, shru(y, #c)) -> binaryShift(57, x, y, 1, c)
      s.binaryShift(i, INST.eorsh, a, ba, 1, bb);
      return true;
    }
  }
  if (f.op[a] === 20 /* shru */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // xor(x, shru(y, #c)) -> binaryShift(57, x, y, 1, c)
      s.binaryShift(i, INST.eorsh, b, aa, 1, ab);
      return true;
    }
  }
  if (f.op[b] === 19 /* shrs */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // xor(x, shrs(y, #c)) -> binaryShift(57, x, y, 2, c)
      s.binaryShift(i, INST.eorsh, a, ba, 2, bb);
      return true;
    }
  }
  if (f.op[a] === 19 /* shrs */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // xor(x, shrs(y, #c)) -> binaryShift(57, x, y, 2, c)
      s.binaryShift(i, INST.eorsh, b, aa, 2, ab);
      return true;
    }
  }
  // xor(x, y) -> binary(49, x, y)
  s.binary(i, INST.eor, a, b);
  return true;
}

function selectShl(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[a]) {
    case 15 /* and */: {
      const aa = f.a[a]!;
      const ab = f.b[a]!;
      if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && isMask(f, ab) && s.folds(a)) {
        // shl(and(x, #d{isMask}), #c) -> insert(x, d, c)
        s.insert(i, aa, ab, b);
        return true;
      }
      break;
    }
    case 30 /* exts */: {
      const aa = f.a[a]!;
      if (f.op[b] === 1 /* const */ && s.folds(a)) {
        // shl(exts(x), #c) -> extendShift(x, c)
        s.extendShift(i, aa, b);
        return true;
      }
      break;
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      // shl(x, #c) -> shiftLeft(x, c)
      s.shiftLeft(i, a, b);
      return true;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b)) {
        // shl(x, and(y, #c{countMasked})) -> shift(79, x, y)
        s.shift(i, INST.lslv, a, ba);
        return true;
      }
      break;
    }
  }
  // shl(x, y) -> shift(79, x, y)
  s.shift(i, INST.lslv, a, b);
  return true;
}

function selectShrs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && s.folds(a)) {
      // shrs(shl(x, #c), #d) -> shiftBoth(85, x, c, d)
      s.shiftBoth(i, INST.sbfm, aa, ab, b);
      return true;
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      // shrs(x, #c) -> shiftRight(85, x, c)
      s.shiftRight(i, INST.sbfm, a, b);
      return true;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b)) {
        // shrs(x, and(y, #c{countMasked})) -> shift(81, x, y)
        s.shift(i, INST.asrv, a, ba);
        return true;
      }
      break;
    }
  }
  // shrs(x, y) -> shift(81, x, y)
  s.shift(i, INST.asrv, a, b);
  return true;
}

function selectShru(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && s.folds(a)) {
      // shru(shl(x, #c), #d) -> shiftBoth(84, x, c, d)
      s.shiftBoth(i, INST.ubfm, aa, ab, b);
      return true;
    }
  }
  switch (f.op[b]) {
    case 1 /* const */: {
      // shru(x, #c) -> shiftRight(84, x, c)
      s.shiftRight(i, INST.ubfm, a, b);
      return true;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b)) {
        // shru(x, and(y, #c{countMasked})) -> shift(80, x, y)
        s.shift(i, INST.lsrv, a, ba);
        return true;
      }
      break;
    }
  }
  // shru(x, y) -> shift(80, x, y)
  s.shift(i, INST.lsrv, a, b);
  return true;
}

function selectRotl(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      // rotl(x, #c) -> rotate(x, c, 1)
      s.rotate(i, a, b, 1);
      return true;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b)) {
        // rotl(x, and(y, #c{countMasked})) -> shift(83, x, y)
        s.shift(i, INST.rolv, a, ba);
        return true;
      }
      break;
    }
  }
  // rotl(x, y) -> shift(83, x, y)
  s.shift(i, INST.rolv, a, b);
  return true;
}

function selectRotr(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      // rotr(x, #c) -> rotate(x, c, 0)
      s.rotate(i, a, b, 0);
      return true;
    }
    case 15 /* and */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && countMasked(f, bb) && s.folds(b)) {
        // rotr(x, and(y, #c{countMasked})) -> shift(82, x, y)
        s.shift(i, INST.rorv, a, ba);
        return true;
      }
      break;
    }
  }
  // rotr(x, y) -> shift(82, x, y)
  s.shift(i, INST.rorv, a, b);
  return true;
}

function selectClz(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // clz(x) -> unary(92, 0, x)
  s.unary(i, INST.clz, 0, a);
  return true;
}

function selectCtz(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // ctz(x) -> unary(94, 0, x)
  s.unary(i, INST.ctz, 0, a);
  return true;
}

function selectPopcnt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // popcnt(x) -> unary(95, 0, x)
  s.unary(i, INST.popcnt, 0, a);
  return true;
}

function selectSext8(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // sext8(x) -> extend(x, 8)
  s.extend(i, a, 8);
  return true;
}

function selectSext16(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // sext16(x) -> extend(x, 16)
  s.extend(i, a, 16);
  return true;
}

function selectSext32(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // sext32(x) -> extend(x, 32)
  s.extend(i, a, INST.mov);
  return true;
}

function selectWrap(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // wrap(x) -> wrap(x)
  s.wrap(i, a);
  return true;
}

function selectExts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (f.op[a] === 149 /* load */ && s.folds(a) && s.isWhole(a)) {
    // exts(m=load(p)) -> loadSigned(m) if isWhole(m)
    s.loadSigned(i, a);
    return true;
  }
  // exts(x) -> extend(x, 32)
  s.extend(i, a, INST.mov);
  return true;
}

function selectEq(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (hasInt(f, b, 0)) {
        // eq(x, 0) -> flags.isZero(x)
        s.flags.isZero(i, a);
        return true;
      }
      if (isCompared(f, b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, #c{isCompared}) -> flags.compareImm(x, c)
        s.flags.compareImm(i, a, b);
        return true;
      }
      break;
    }
    case 18 /* shl */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && s.folds(b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shl(y, #c)) -> flags.compareShifted(x, y, 0, c)
        s.flags.compareShifted(i, a, ba, 0, bb);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shl(y, #c)) -> flags.compareShifted(x, y, 0, c)
      s.flags.compareShifted(i, b, aa, 0, ab);
      return true;
    }
  }
  if (f.op[b] === 20 /* shru */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shru(y, #c)) -> flags.compareShifted(x, y, 1, c)
      s.flags.compareShifted(i, a, ba, 1, bb);
      return true;
    }
  }
  if (f.op[a] === 20 /* shru */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shru(y, #c)) -> flags.compareShifted(x, y, 1, c)
      s.flags.compareShifted(i, b, aa, 1, ab);
      return true;
    }
  }
  if (f.op[b] === 19 /* shrs */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shrs(y, #c)) -> flags.compareShifted(x, y, 2, c)
      s.flags.compareShifted(i, a, ba, 2, bb);
      return true;
    }
  }
  if (f.op[a] === 19 /* shrs */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shrs(y, #c)) -> flags.compareShifted(x, y, 2, c)
      s.flags.compareShifted(i, b, aa, 2, ab);
      return true;
    }
  }
  // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, y) -> flags.compare(x, y)
  s.flags.compare(i, a, b);
  return true;
}

function selectNe(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (hasInt(f, b, 0)) {
        // ne(x, 0) -> flags.isNonZero(x)
        s.flags.isNonZero(i, a);
        return true;
      }
      if (isCompared(f, b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, #c{isCompared}) -> flags.compareImm(x, c)
        s.flags.compareImm(i, a, b);
        return true;
      }
      break;
    }
    case 18 /* shl */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && s.folds(b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shl(y, #c)) -> flags.compareShifted(x, y, 0, c)
        s.flags.compareShifted(i, a, ba, 0, bb);
        return true;
      }
      break;
    }
  }
  if (f.op[a] === 18 /* shl */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shl(y, #c)) -> flags.compareShifted(x, y, 0, c)
      s.flags.compareShifted(i, b, aa, 0, ab);
      return true;
    }
  }
  if (f.op[b] === 20 /* shru */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shru(y, #c)) -> flags.compareShifted(x, y, 1, c)
      s.flags.compareShifted(i, a, ba, 1, bb);
      return true;
    }
  }
  if (f.op[a] === 20 /* shru */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shru(y, #c)) -> flags.compareShifted(x, y, 1, c)
      s.flags.compareShifted(i, b, aa, 1, ab);
      return true;
    }
  }
  if (f.op[b] === 19 /* shrs */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && s.folds(b)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shrs(y, #c)) -> flags.compareShifted(x, y, 2, c)
      s.flags.compareShifted(i, a, ba, 2, bb);
      return true;
    }
  }
  if (f.op[a] === 19 /* shrs */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[ab] === 1 /* const */ && s.folds(a)) {
      // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shrs(y, #c)) -> flags.compareShifted(x, y, 2, c)
      s.flags.compareShifted(i, b, aa, 2, ab);
      return true;
    }
  }
  // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, y) -> flags.compare(x, y)
  s.flags.compare(i, a, b);
  return true;
}

function selectLts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  switch (f.op[b]) {
    case 1 /* const */: {
      if (isCompared(f, b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, #c{isCompared}) -> flags.compareImm(x, c)
        s.flags.compareImm(i, a, b);
        return true;
      }
      break;
    }
    case 18 /* shl */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && s.folds(b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shl(y, #c)) -> flags.compareShifted(x, y, 0, c)
        s.flags.compareShifted(i, a, ba, 0, bb);
        return true;
      }
      break;
    }
    case 20 /* shru */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && s.folds(b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shru(y, #c)) -> flags.compareShifted(x, y, 1, c)
        s.flags.compareShifted(i, a, ba, 1, bb);
        return true;
      }
      break;
    }
    case 19 /* shrs */: {
      const ba = f.a[b]!;
      const bb = f.b[b]!;
      if (f.op[bb] === 1 /* const */ && s.folds(b)) {
        // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, shrs(y, #c)) -> flags.compareShifted(x, y, 2, c)
        s.flags.compareShifted(i, a, ba, 2, bb);
        return true;
      }
      break;
    }
  }
  // k=eq|ne|lts|ltu|gts|gtu|les|leu|ges|geu(x, y) -> flags.compare(x, y)
  s.flags.compare(i, a, b);
  return true;
}

function selectFeq(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasFloat(f, b, 0)) {
    // feq(x, 0) -> flags.compareFloatZero(x, 0)
    s.flags.compareFloatZero(i, a, 0);
    return true;
  }
  // feq(x, y) -> flags.compareFloats(x, y, 0)
  s.flags.compareFloats(i, a, b, 0);
  return true;
}

function selectFne(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasFloat(f, b, 0)) {
    // fne(x, 0) -> flags.compareFloatZero(x, 1)
    s.flags.compareFloatZero(i, a, 1);
    return true;
  }
  // fne(x, y) -> flags.compareFloats(x, y, 1)
  s.flags.compareFloats(i, a, b, 1);
  return true;
}

function selectFlt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasFloat(f, b, 0)) {
    // flt(x, 0) -> flags.compareFloatZero(x, 4)
    s.flags.compareFloatZero(i, a, 4);
    return true;
  }
  // flt(x, y) -> flags.compareFloats(x, y, 4)
  s.flags.compareFloats(i, a, b, 4);
  return true;
}

function selectFgt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasFloat(f, b, 0)) {
    // fgt(x, 0) -> flags.compareFloatZero(x, 12)
    s.flags.compareFloatZero(i, a, 12);
    return true;
  }
  // fgt(x, y) -> flags.compareFloats(x, y, 12)
  s.flags.compareFloats(i, a, b, 12);
  return true;
}

function selectFle(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasFloat(f, b, 0)) {
    // fle(x, 0) -> flags.compareFloatZero(x, 9)
    s.flags.compareFloatZero(i, a, 9);
    return true;
  }
  // fle(x, y) -> flags.compareFloats(x, y, 9)
  s.flags.compareFloats(i, a, b, 9);
  return true;
}

function selectFge(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasFloat(f, b, 0)) {
    // fge(x, 0) -> flags.compareFloatZero(x, 10)
    s.flags.compareFloatZero(i, a, 10);
    return true;
  }
  // fge(x, y) -> flags.compareFloats(x, y, 10)
  s.flags.compareFloats(i, a, b, 10);
  return true;
}

function selectSelect(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  const c = f.c[i]!;
  if (f.op[c] === 1 /* const */ && ((f.ty[i] === 1 /* i32 */ || f.ty[i] === 2 /* i64 */ || f.ty[i] === 6 /* ref */ || f.ty[i] === 7 /* ptr */) && hasInt(f, c, 0))) {
    // select(x, yes, 0): i32|i64|ref|ptr -> flags.choose(8, x, yes, yes, 0)
    s.flags.choose(i, 8, a, b, b, 0);
    return true;
  }
  if (f.op[b] === 1 /* const */ && ((f.ty[i] === 1 /* i32 */ || f.ty[i] === 2 /* i64 */ || f.ty[i] === 6 /* ref */ || f.ty[i] === 7 /* ptr */) && hasInt(f, b, 0))) {
    // select(x, 0, no): i32|i64|ref|ptr -> flags.choose(8, x, no, no, 1)
    s.flags.choose(i, 8, a, c, c, 1);
    return true;
  }
  if (f.op[c] === 6 /* add */) {
    const ca = f.a[c]!;
    const cb = f.b[c]!;
    if (f.op[cb] === 1 /* const */ && hasInt(f, cb, 1) && s.folds(c)) {
      // select(x, yes, add(no, 1)) -> flags.choose(5, x, yes, no, 0)
      s.flags.choose(i, 5, a, b, ca, 0);
      return true;
    }
  }
  if (f.op[b] === 6 /* add */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && hasInt(f, bb, 1) && s.folds(b)) {
      // select(x, add(yes, 1), no) -> flags.choose(5, x, no, yes, 1)
      s.flags.choose(i, 5, a, c, ba, 1);
      return true;
    }
  }
  if (f.op[c] === 17 /* xor */) {
    const ca = f.a[c]!;
    const cb = f.b[c]!;
    if (f.op[cb] === 1 /* const */ && hasInt(f, cb, -1) && s.folds(c)) {
      // select(x, yes, xor(no, -1)) -> flags.choose(6, x, yes, no, 0)
      s.flags.choose(i, 6, a, b, ca, 0);
      return true;
    }
  }
  if (f.op[b] === 17 /* xor */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[bb] === 1 /* const */ && hasInt(f, bb, -1) && s.folds(b)) {
      // select(x, xor(yes, -1), no) -> flags.choose(6, x, no, yes, 1)
      s.flags.choose(i, 6, a, c, ba, 1);
      return true;
    }
  }
  if (f.op[c] === 7 /* sub */) {
    const ca = f.a[c]!;
    const cb = f.b[c]!;
    if (f.op[ca] === 1 /* const */ && hasInt(f, ca, 0) && s.folds(c)) {
      // select(x, yes, sub(0, no)) -> flags.choose(7, x, yes, no, 0)
      s.flags.choose(i, 7, a, b, cb, 0);
      return true;
    }
  }
  if (f.op[b] === 7 /* sub */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.op[ba] === 1 /* const */ && hasInt(f, ba, 0) && s.folds(b)) {
      // select(x, sub(0, yes), no) -> flags.choose(7, x, no, yes, 1)
      s.flags.choose(i, 7, a, c, bb, 1);
      return true;
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
  // fadd(x, y) -> binary(96, x, y)
  s.binary(i, INST.fadd, a, b);
  return true;
}

function selectFsub(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // fsub(x, y) -> binary(97, x, y)
  s.binary(i, INST.fsub, a, b);
  return true;
}

function selectFmul(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // fmul(x, y) -> binary(98, x, y)
  s.binary(i, INST.fmul, a, b);
  return true;
}

function selectFdiv(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // fdiv(x, y) -> binary(99, x, y)
  s.binary(i, INST.fdiv, a, b);
  return true;
}

function selectFmin(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // fmin(x, y) -> binary(100, x, y)
  s.binary(i, INST.fmin, a, b);
  return true;
}

function selectFmax(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // fmax(x, y) -> binary(101, x, y)
  s.binary(i, INST.fmax, a, b);
  return true;
}

function selectFcopysign(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // fcopysign(x, y) -> binary(109, x, y)
  s.binary(i, INST.fcopysign, a, b);
  return true;
}

function selectFneg(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // fneg(x) -> unary(103, 0, x)
  s.unary(i, INST.fneg, 0, a);
  return true;
}

function selectFabs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // fabs(x) -> unary(102, 0, x)
  s.unary(i, INST.fabs, 0, a);
  return true;
}

function selectFsqrt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // fsqrt(x) -> unary(104, 0, x)
  s.unary(i, INST.fsqrt, 0, a);
  return true;
}

function selectFceil(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // fceil(x) -> unary(106, 0, x)
  s.unary(i, INST.frintp, 0, a);
  return true;
}

function selectFfloor(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // ffloor(x) -> unary(107, 0, x)
  s.unary(i, INST.frintm, 0, a);
  return true;
}

function selectFtrunc(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // ftrunc(x) -> unary(108, 0, x)
  s.unary(i, INST.frintz, 0, a);
  return true;
}

function selectFnearest(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // fnearest(x) -> unary(105, 0, x)
  s.unary(i, INST.frintn, 0, a);
  return true;
}

function selectPromote(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // promote(x) -> unary(110, 0, x)
  s.unary(i, INST.promote, 0, a);
  return true;
}

function selectDemote(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // demote(x) -> unary(111, 0, x)
  s.unary(i, INST.demote, 0, a);
  return true;
}

function selectCvts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // cvts(x) -> float(114, 115, x)
  s.float(i, INST.scvtf32, INST.scvtf64, a);
  return true;
}

function selectCvtu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // cvtu(x) -> float(116, 117, x)
  s.float(i, INST.ucvtf32, INST.ucvtf64, a);
  return true;
}

function selectTruncs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // truncs(x) -> truncate(122, 123, x)
  s.truncate(i, INST.truncs32, INST.truncs64, a);
  return true;
}

function selectTruncu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // truncu(x) -> truncate(124, 125, x)
  s.truncate(i, INST.truncu32, INST.truncu64, a);
  return true;
}

function selectSats(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // sats(x) -> truncate(118, 119, x)
  s.truncate(i, INST.fcvtzs32, INST.fcvtzs64, a);
  return true;
}

function selectSatu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // satu(x) -> truncate(120, 121, x)
  s.truncate(i, INST.fcvtzu32, INST.fcvtzu64, a);
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
    // bitcast(x): f32|f64 -> unary(112, 0, x)
    s.unary(i, INST.fmovx, 0, a);
    return true;
  }
  // bitcast(x) -> unary(113, 0, x)
  s.unary(i, INST.fmovr, 0, a);
  return true;
}

function selectVnot(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vnot(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVand(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 72 /* vnot */) {
    const ba = f.a[b]!;
    if (s.folds(b)) {
      // vand(x, vnot(y)) -> vec.bits(134, x, y)
      s.vec.bits(i, INST.vbic, a, ba);
      return true;
    }
  }
  if (f.op[a] === 72 /* vnot */) {
    const aa = f.a[a]!;
    if (s.folds(a)) {
      // vand(x, vnot(y)) -> vec.bits(134, x, y)
      s.vec.bits(i, INST.vbic, b, aa);
      return true;
    }
  }
  // v=vand(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVor(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 72 /* vnot */) {
    const ba = f.a[b]!;
    if (s.folds(b)) {
      // vor(x, vnot(y)) -> vec.bits(136, x, y)
      s.vec.bits(i, INST.vorn, a, ba);
      return true;
    }
  }
  if (f.op[a] === 72 /* vnot */) {
    const aa = f.a[a]!;
    if (s.folds(a)) {
      // vor(x, vnot(y)) -> vec.bits(136, x, y)
      s.vec.bits(i, INST.vorn, b, aa);
      return true;
    }
  }
  // v=vor(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVxor(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vxor(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVandnot(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vandnot(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVbitselect(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  const c = f.c[i]!;
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
  if (f.op[a] === 80 /* vextracts */ || f.op[a] === 81 /* vextractu */) {
    const aa = f.a[a]!;
    if (f.aux[i] === 0 /* i8x16 */ && f.aux[a] === 0 /* i8x16 */ && s.folds(a)) {
      // vsplat.i8x16(e=vextracts|vextractu.i8x16(y)) -> lanes.splatLane(e, y)
      s.lanes.splatLane(i, a, aa);
      return true;
    }
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[a] === 1 /* i16x8 */ && s.folds(a)) {
      // vsplat.i16x8(e=vextracts|vextractu.i16x8(y)) -> lanes.splatLane(e, y)
      s.lanes.splatLane(i, a, aa);
      return true;
    }
  }
  switch (f.op[a]) {
    case 81 /* vextractu */: {
      const aa = f.a[a]!;
      if (f.aux[i] === 2 /* i32x4 */ && f.aux[a] === 2 /* i32x4 */ && s.folds(a)) {
        // vsplat.i32x4(e=vextractu.i32x4(y)) -> lanes.splatLane(e, y)
        s.lanes.splatLane(i, a, aa);
        return true;
      }
      if (f.aux[i] === 3 /* i64x2 */ && f.aux[a] === 3 /* i64x2 */ && s.folds(a)) {
        // vsplat.i64x2(e=vextractu.i64x2(y)) -> lanes.splatLane(e, y)
        s.lanes.splatLane(i, a, aa);
        return true;
      }
      if (f.aux[i] === 4 /* f32x4 */ && f.aux[a] === 4 /* f32x4 */ && s.folds(a)) {
        // vsplat.f32x4(e=vextractu.f32x4(y)) -> lanes.splatLane(e, y)
        s.lanes.splatLane(i, a, aa);
        return true;
      }
      if (f.aux[i] === 5 /* f64x2 */ && f.aux[a] === 5 /* f64x2 */ && s.folds(a)) {
        // vsplat.f64x2(e=vextractu.f64x2(y)) -> lanes.splatLane(e, y)
        s.lanes.splatLane(i, a, aa);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(a) && s.lanes.readsLane(i, a)) {
        // v=vsplat(m=load(p)) -> lanes.splatMem(m) if lanes.readsLane(v, m)
        s.lanes.splatMem(i, a);
        return true;
      }
      break;
    }
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
  if (f.op[b] === 80 /* vextracts */ || f.op[b] === 81 /* vextractu */) {
    const ba = f.a[b]!;
    if (f.aux[i] === 0 /* i8x16 */ && f.aux[b] === 0 /* i8x16 */ && s.folds(b)) {
      // vreplace.i8x16(x, e=vextracts|vextractu.i8x16(y)) -> lanes.replaceLane(x, e, y)
      s.lanes.replaceLane(i, a, b, ba);
      return true;
    }
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[b] === 1 /* i16x8 */ && s.folds(b)) {
      // vreplace.i16x8(x, e=vextracts|vextractu.i16x8(y)) -> lanes.replaceLane(x, e, y)
      s.lanes.replaceLane(i, a, b, ba);
      return true;
    }
  }
  switch (f.op[b]) {
    case 81 /* vextractu */: {
      const ba = f.a[b]!;
      if (f.aux[i] === 2 /* i32x4 */ && f.aux[b] === 2 /* i32x4 */ && s.folds(b)) {
        // vreplace.i32x4(x, e=vextractu.i32x4(y)) -> lanes.replaceLane(x, e, y)
        s.lanes.replaceLane(i, a, b, ba);
        return true;
      }
      if (f.aux[i] === 3 /* i64x2 */ && f.aux[b] === 3 /* i64x2 */ && s.folds(b)) {
        // vreplace.i64x2(x, e=vextractu.i64x2(y)) -> lanes.replaceLane(x, e, y)
        s.lanes.replaceLane(i, a, b, ba);
        return true;
      }
      if (f.aux[i] === 4 /* f32x4 */ && f.aux[b] === 4 /* f32x4 */ && s.folds(b)) {
        // vreplace.f32x4(x, e=vextractu.f32x4(y)) -> lanes.replaceLane(x, e, y)
        s.lanes.replaceLane(i, a, b, ba);
        return true;
      }
      if (f.aux[i] === 5 /* f64x2 */ && f.aux[b] === 5 /* f64x2 */ && s.folds(b)) {
        // vreplace.f64x2(x, e=vextractu.f64x2(y)) -> lanes.replaceLane(x, e, y)
        s.lanes.replaceLane(i, a, b, ba);
        return true;
      }
      break;
    }
    case 149 /* load */: {
      if (s.folds(b) && s.lanes.readsLane(i, b)) {
        // v=vreplace(x, m=load(p)) -> lanes.replaceMem(x, m) if lanes.readsLane(v, m)
        s.lanes.replaceMem(i, a, b);
        return true;
      }
      break;
    }
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
  // v=vswizzle(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVadd(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[a] === 87 /* vmul */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[a] === 1 /* i16x8 */ && s.folds(a)) {
      // vadd.i16x8(vmul.i16x8(x, y), z) -> vec.multiplyAdd(145, x, y, z)
      s.vec.multiplyAdd(i, INST.vmla, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 87 /* vmul */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[b] === 1 /* i16x8 */ && s.folds(b)) {
      // vadd.i16x8(vmul.i16x8(x, y), z) -> vec.multiplyAdd(145, x, y, z)
      s.vec.multiplyAdd(i, INST.vmla, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 136 /* vmullows */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[a] === 1 /* i16x8 */ && s.folds(a)) {
      // vadd.i16x8(vmullows.i16x8(x, y), z) -> vec.multiplyAdd(187, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 136 /* vmullows */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[b] === 1 /* i16x8 */ && s.folds(b)) {
      // vadd.i16x8(vmullows.i16x8(x, y), z) -> vec.multiplyAdd(187, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 138 /* vmulhighs */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[a] === 1 /* i16x8 */ && s.folds(a)) {
      // vadd.i16x8(vmulhighs.i16x8(x, y), z) -> vec.multiplyAdd(188, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal2, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 138 /* vmulhighs */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[b] === 1 /* i16x8 */ && s.folds(b)) {
      // vadd.i16x8(vmulhighs.i16x8(x, y), z) -> vec.multiplyAdd(188, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal2, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 137 /* vmullowu */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[a] === 1 /* i16x8 */ && s.folds(a)) {
      // vadd.i16x8(vmullowu.i16x8(x, y), z) -> vec.multiplyAdd(189, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 137 /* vmullowu */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[b] === 1 /* i16x8 */ && s.folds(b)) {
      // vadd.i16x8(vmullowu.i16x8(x, y), z) -> vec.multiplyAdd(189, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 139 /* vmulhighu */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[a] === 1 /* i16x8 */ && s.folds(a)) {
      // vadd.i16x8(vmulhighu.i16x8(x, y), z) -> vec.multiplyAdd(190, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal2, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 139 /* vmulhighu */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[b] === 1 /* i16x8 */ && s.folds(b)) {
      // vadd.i16x8(vmulhighu.i16x8(x, y), z) -> vec.multiplyAdd(190, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal2, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 140 /* vpairs */) {
    const aa = f.a[a]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[a] === 1 /* i16x8 */ && s.folds(a)) {
      // vadd.i16x8(vpairs.i16x8(x), z) -> vec.pairsAdd(193, x, z)
      s.vec.pairsAdd(i, INST.vsadalp, aa, b);
      return true;
    }
  }
  if (f.op[b] === 140 /* vpairs */) {
    const ba = f.a[b]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[b] === 1 /* i16x8 */ && s.folds(b)) {
      // vadd.i16x8(vpairs.i16x8(x), z) -> vec.pairsAdd(193, x, z)
      s.vec.pairsAdd(i, INST.vsadalp, ba, a);
      return true;
    }
  }
  if (f.op[a] === 141 /* vpairu */) {
    const aa = f.a[a]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[a] === 1 /* i16x8 */ && s.folds(a)) {
      // vadd.i16x8(vpairu.i16x8(x), z) -> vec.pairsAdd(194, x, z)
      s.vec.pairsAdd(i, INST.vuadalp, aa, b);
      return true;
    }
  }
  if (f.op[b] === 141 /* vpairu */) {
    const ba = f.a[b]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[b] === 1 /* i16x8 */ && s.folds(b)) {
      // vadd.i16x8(vpairu.i16x8(x), z) -> vec.pairsAdd(194, x, z)
      s.vec.pairsAdd(i, INST.vuadalp, ba, a);
      return true;
    }
  }
  if (f.op[a] === 87 /* vmul */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[a] === 2 /* i32x4 */ && s.folds(a)) {
      // vadd.i32x4(vmul.i32x4(x, y), z) -> vec.multiplyAdd(145, x, y, z)
      s.vec.multiplyAdd(i, INST.vmla, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 87 /* vmul */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[b] === 2 /* i32x4 */ && s.folds(b)) {
      // vadd.i32x4(vmul.i32x4(x, y), z) -> vec.multiplyAdd(145, x, y, z)
      s.vec.multiplyAdd(i, INST.vmla, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 136 /* vmullows */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[a] === 2 /* i32x4 */ && s.folds(a)) {
      // vadd.i32x4(vmullows.i32x4(x, y), z) -> vec.multiplyAdd(187, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 136 /* vmullows */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[b] === 2 /* i32x4 */ && s.folds(b)) {
      // vadd.i32x4(vmullows.i32x4(x, y), z) -> vec.multiplyAdd(187, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 138 /* vmulhighs */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[a] === 2 /* i32x4 */ && s.folds(a)) {
      // vadd.i32x4(vmulhighs.i32x4(x, y), z) -> vec.multiplyAdd(188, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal2, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 138 /* vmulhighs */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[b] === 2 /* i32x4 */ && s.folds(b)) {
      // vadd.i32x4(vmulhighs.i32x4(x, y), z) -> vec.multiplyAdd(188, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal2, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 137 /* vmullowu */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[a] === 2 /* i32x4 */ && s.folds(a)) {
      // vadd.i32x4(vmullowu.i32x4(x, y), z) -> vec.multiplyAdd(189, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 137 /* vmullowu */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[b] === 2 /* i32x4 */ && s.folds(b)) {
      // vadd.i32x4(vmullowu.i32x4(x, y), z) -> vec.multiplyAdd(189, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 139 /* vmulhighu */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[a] === 2 /* i32x4 */ && s.folds(a)) {
      // vadd.i32x4(vmulhighu.i32x4(x, y), z) -> vec.multiplyAdd(190, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal2, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 139 /* vmulhighu */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[b] === 2 /* i32x4 */ && s.folds(b)) {
      // vadd.i32x4(vmulhighu.i32x4(x, y), z) -> vec.multiplyAdd(190, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal2, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 140 /* vpairs */) {
    const aa = f.a[a]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[a] === 2 /* i32x4 */ && s.folds(a)) {
      // vadd.i32x4(vpairs.i32x4(x), z) -> vec.pairsAdd(193, x, z)
      s.vec.pairsAdd(i, INST.vsadalp, aa, b);
      return true;
    }
  }
  if (f.op[b] === 140 /* vpairs */) {
    const ba = f.a[b]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[b] === 2 /* i32x4 */ && s.folds(b)) {
      // vadd.i32x4(vpairs.i32x4(x), z) -> vec.pairsAdd(193, x, z)
      s.vec.pairsAdd(i, INST.vsadalp, ba, a);
      return true;
    }
  }
  if (f.op[a] === 141 /* vpairu */) {
    const aa = f.a[a]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[a] === 2 /* i32x4 */ && s.folds(a)) {
      // vadd.i32x4(vpairu.i32x4(x), z) -> vec.pairsAdd(194, x, z)
      s.vec.pairsAdd(i, INST.vuadalp, aa, b);
      return true;
    }
  }
  if (f.op[b] === 141 /* vpairu */) {
    const ba = f.a[b]!;
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[b] === 2 /* i32x4 */ && s.folds(b)) {
      // vadd.i32x4(vpairu.i32x4(x), z) -> vec.pairsAdd(194, x, z)
      s.vec.pairsAdd(i, INST.vuadalp, ba, a);
      return true;
    }
  }
  if (f.op[a] === 136 /* vmullows */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 3 /* i64x2 */ && f.aux[a] === 3 /* i64x2 */ && s.folds(a)) {
      // vadd.i64x2(vmullows.i64x2(x, y), z) -> vec.multiplyAdd(187, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 136 /* vmullows */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 3 /* i64x2 */ && f.aux[b] === 3 /* i64x2 */ && s.folds(b)) {
      // vadd.i64x2(vmullows.i64x2(x, y), z) -> vec.multiplyAdd(187, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 138 /* vmulhighs */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 3 /* i64x2 */ && f.aux[a] === 3 /* i64x2 */ && s.folds(a)) {
      // vadd.i64x2(vmulhighs.i64x2(x, y), z) -> vec.multiplyAdd(188, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal2, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 138 /* vmulhighs */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 3 /* i64x2 */ && f.aux[b] === 3 /* i64x2 */ && s.folds(b)) {
      // vadd.i64x2(vmulhighs.i64x2(x, y), z) -> vec.multiplyAdd(188, x, y, z)
      s.vec.multiplyAdd(i, INST.vsmlal2, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 137 /* vmullowu */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 3 /* i64x2 */ && f.aux[a] === 3 /* i64x2 */ && s.folds(a)) {
      // vadd.i64x2(vmullowu.i64x2(x, y), z) -> vec.multiplyAdd(189, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 137 /* vmullowu */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 3 /* i64x2 */ && f.aux[b] === 3 /* i64x2 */ && s.folds(b)) {
      // vadd.i64x2(vmullowu.i64x2(x, y), z) -> vec.multiplyAdd(189, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal, ba, bb, a);
      return true;
    }
  }
  if (f.op[a] === 139 /* vmulhighu */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.aux[i] === 3 /* i64x2 */ && f.aux[a] === 3 /* i64x2 */ && s.folds(a)) {
      // vadd.i64x2(vmulhighu.i64x2(x, y), z) -> vec.multiplyAdd(190, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal2, aa, ab, b);
      return true;
    }
  }
  if (f.op[b] === 139 /* vmulhighu */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 3 /* i64x2 */ && f.aux[b] === 3 /* i64x2 */ && s.folds(b)) {
      // vadd.i64x2(vmulhighu.i64x2(x, y), z) -> vec.multiplyAdd(190, x, y, z)
      s.vec.multiplyAdd(i, INST.vumlal2, ba, bb, a);
      return true;
    }
  }
  // v=vadd(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVsub(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 87 /* vmul */) {
    const ba = f.a[b]!;
    const bb = f.b[b]!;
    if (f.aux[i] === 1 /* i16x8 */ && f.aux[b] === 1 /* i16x8 */ && s.folds(b)) {
      // vsub.i16x8(z, vmul.i16x8(x, y)) -> vec.multiplyAdd(146, x, y, z)
      s.vec.multiplyAdd(i, INST.vmls, ba, bb, a);
      return true;
    }
    if (f.aux[i] === 2 /* i32x4 */ && f.aux[b] === 2 /* i32x4 */ && s.folds(b)) {
      // vsub.i32x4(z, vmul.i32x4(x, y)) -> vec.multiplyAdd(146, x, y, z)
      s.vec.multiplyAdd(i, INST.vmls, ba, bb, a);
      return true;
    }
  }
  // v=vsub(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVmul(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
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
  // v=vneg(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVabs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vabs(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVaddsats(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vaddsats(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVaddsatu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vaddsatu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVsubsats(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vsubsats(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVsubsatu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vsubsatu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVmins(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vmins(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVminu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vminu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVmaxs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vmaxs(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVmaxu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vmaxu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVavgru(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vavgru(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVq15mulr(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vq15mulr(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVpopcnt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vpopcnt(x) -> vec.unary(x)
  s.vec.unary(i, a);
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
  // vbitmask(x) -> vec.bitMask(x)
  s.vec.bitMask(i, a);
  return true;
}

function selectVeq(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0) && s.vec.hasZero(i)) {
    // v=veq(x, 0) -> vec.againstZero(x) if vec.hasZero(v)
    s.vec.againstZero(i, a);
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
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0)) {
    // vne(x, 0) -> vec.notZero(x)
    s.vec.notZero(i, a);
    return true;
  }
  // vne(x, y) -> vec.notEqual(x, y)
  s.vec.notEqual(i, a, b);
  return true;
}

function selectVlts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0) && s.vec.hasZero(i)) {
    // v=vlts(x, 0) -> vec.againstZero(x) if vec.hasZero(v)
    s.vec.againstZero(i, a);
    return true;
  }
  // v=vlts(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVltu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vltu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVgts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0) && s.vec.hasZero(i)) {
    // v=vgts(x, 0) -> vec.againstZero(x) if vec.hasZero(v)
    s.vec.againstZero(i, a);
    return true;
  }
  // v=vgts(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVgtu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vgtu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVles(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0) && s.vec.hasZero(i)) {
    // v=vles(x, 0) -> vec.againstZero(x) if vec.hasZero(v)
    s.vec.againstZero(i, a);
    return true;
  }
  // v=vles(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVleu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vleu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVges(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0) && s.vec.hasZero(i)) {
    // v=vges(x, 0) -> vec.againstZero(x) if vec.hasZero(v)
    s.vec.againstZero(i, a);
    return true;
  }
  // v=vges(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVgeu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vgeu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVflt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0) && s.vec.hasZero(i)) {
    // v=vflt(x, 0) -> vec.againstZero(x) if vec.hasZero(v)
    s.vec.againstZero(i, a);
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
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0) && s.vec.hasZero(i)) {
    // v=vfgt(x, 0) -> vec.againstZero(x) if vec.hasZero(v)
    s.vec.againstZero(i, a);
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
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0) && s.vec.hasZero(i)) {
    // v=vfle(x, 0) -> vec.againstZero(x) if vec.hasZero(v)
    s.vec.againstZero(i, a);
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
  if (f.op[b] === 1 /* const */ && hasInt(f, b, 0) && s.vec.hasZero(i)) {
    // v=vfge(x, 0) -> vec.againstZero(x) if vec.hasZero(v)
    s.vec.againstZero(i, a);
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
  // v=vfdiv(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVfmin(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vfmin(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVfmax(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vfmax(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVfpmin(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vfpmin(x, y) -> vec.pick(x, y, 0)
  s.vec.pick(i, a, b, 0);
  return true;
}

function selectVfpmax(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vfpmax(x, y) -> vec.pick(x, y, 1)
  s.vec.pick(i, a, b, 1);
  return true;
}

function selectVfsqrt(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vfsqrt(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVfceil(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vfceil(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVffloor(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vffloor(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVftrunc(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vftrunc(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVfnearest(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vfnearest(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVnarrows(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vnarrows(x, y) -> vec.narrow(196, 197, x, y)
  s.vec.narrow(i, INST.vsqxtn, INST.vsqxtn2, a, b);
  return true;
}

function selectVnarrowu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vnarrowu(x, y) -> vec.narrow(199, 200, x, y)
  s.vec.narrow(i, INST.vsqxtun, INST.vsqxtun2, a, b);
  return true;
}

function selectVextlows(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vextlows(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVextlowu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vextlowu(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVexthighs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vexthighs(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVexthighu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vexthighu(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVmullows(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vmullows(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVmullowu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vmullowu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVmulhighs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vmulhighs(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVmulhighu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // v=vmulhighu(x, y) -> vec.binary(x, y)
  s.vec.binary(i, a, b);
  return true;
}

function selectVpairs(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vpairs(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVpairu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vpairu(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVdot(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  const b = f.b[i]!;
  // vdot(x, y) -> vec.dot(x, y)
  s.vec.dot(i, a, b);
  return true;
}

function selectVcvts(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (s.vec.isDirect(i)) {
    // v=vcvts(x) -> vec.unary(x) if vec.isDirect(v)
    s.vec.unary(i, a);
    return true;
  }
  // vcvts(x) -> vec.convertLow(179, 222, x)
  s.vec.convertLow(i, INST.vsxtl, INST.vscvtf, a);
  return true;
}

function selectVcvtu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (s.vec.isDirect(i)) {
    // v=vcvtu(x) -> vec.unary(x) if vec.isDirect(v)
    s.vec.unary(i, a);
    return true;
  }
  // vcvtu(x) -> vec.convertLow(181, 223, x)
  s.vec.convertLow(i, INST.vuxtl, INST.vucvtf, a);
  return true;
}

function selectVdemote(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vdemote(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVpromote(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // v=vpromote(x) -> vec.unary(x)
  s.vec.unary(i, a);
  return true;
}

function selectVsats(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (s.vec.isDirect(i)) {
    // v=vsats(x) -> vec.unary(x) if vec.isDirect(v)
    s.vec.unary(i, a);
    return true;
  }
  // vsats(x) -> vec.saturate(224, 196, x)
  s.vec.saturate(i, INST.vfcvtzs, INST.vsqxtn, a);
  return true;
}

function selectVsatu(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  if (s.vec.isDirect(i)) {
    // v=vsatu(x) -> vec.unary(x) if vec.isDirect(v)
    s.vec.unary(i, a);
    return true;
  }
  // vsatu(x) -> vec.saturate(225, 198, x)
  s.vec.saturate(i, INST.vfcvtzu, INST.vuqxtn, a);
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
  if (f.op[b] === 80 /* vextracts */ || f.op[b] === 81 /* vextractu */) {
    const ba = f.a[b]!;
    if (f.aux[b] === 0 /* i8x16 */ && s.folds(b) && s.lanes.writesLane(i, b)) {
      // w=store(p, e=vextracts|vextractu.i8x16(y)) -> lanes.storeLane(e, y) if lanes.writesLane(w, e)
      s.lanes.storeLane(i, b, ba);
      return true;
    }
    if (f.aux[b] === 1 /* i16x8 */ && s.folds(b) && s.lanes.writesLane(i, b)) {
      // w=store(p, e=vextracts|vextractu.i16x8(y)) -> lanes.storeLane(e, y) if lanes.writesLane(w, e)
      s.lanes.storeLane(i, b, ba);
      return true;
    }
  }
  switch (f.op[b]) {
    case 81 /* vextractu */: {
      const ba = f.a[b]!;
      if (f.aux[b] === 2 /* i32x4 */ && s.folds(b) && s.lanes.writesLane(i, b)) {
        // w=store(p, e=vextractu.i32x4(y)) -> lanes.storeLane(e, y) if lanes.writesLane(w, e)
        s.lanes.storeLane(i, b, ba);
        return true;
      }
      if (f.aux[b] === 3 /* i64x2 */ && s.folds(b) && s.lanes.writesLane(i, b)) {
        // w=store(p, e=vextractu.i64x2(y)) -> lanes.storeLane(e, y) if lanes.writesLane(w, e)
        s.lanes.storeLane(i, b, ba);
        return true;
      }
      if (f.aux[b] === 4 /* f32x4 */ && s.folds(b) && s.lanes.writesLane(i, b)) {
        // w=store(p, e=vextractu.f32x4(y)) -> lanes.storeLane(e, y) if lanes.writesLane(w, e)
        s.lanes.storeLane(i, b, ba);
        return true;
      }
      if (f.aux[b] === 5 /* f64x2 */ && s.folds(b) && s.lanes.writesLane(i, b)) {
        // w=store(p, e=vextractu.f64x2(y)) -> lanes.storeLane(e, y) if lanes.writesLane(w, e)
        s.lanes.storeLane(i, b, ba);
        return true;
      }
      break;
    }
    case 1 /* const */: {
      if ((f.ty[b] === 1 /* i32 */ || f.ty[b] === 2 /* i64 */ || f.ty[b] === 6 /* ref */ || f.ty[b] === 7 /* ptr */) && hasInt(f, b, 0)) {
        // store(x, 0: i32|i64|ref|ptr) -> storeZero()
        s.storeZero(i);
        return true;
      }
      if (hasFloat(f, b, 0)) {
        // store(x, 0) -> storeZero()
        s.storeZero(i);
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
  if (f.op[a] === 20 /* shru */ || f.op[a] === 19 /* shrs */) {
    const aa = f.a[a]!;
    const ab = f.b[a]!;
    if (f.op[b] === 1 /* const */ && f.op[ab] === 1 /* const */ && s.folds(a) && hasInt(f, b, 1)) {
      // and(s=shru|shrs(x, #c), 1) -> flags.testShifted(x, c)
      s.flags.testShifted(i, aa, ab);
      return true;
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
  if (f.op[b] === 1 /* const */ && isLogical(f, b)) {
    // and(x, #c{isLogical}) -> flags.testImm(x, c)
    s.flags.testImm(i, a, b);
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

function truthVbitmask(s: Forms, i: Value): boolean {
  const { f } = s;
  const a = f.a[i]!;
  // vbitmask(x) -> flags.testSigns(x)
  s.flags.testSigns(i, a);
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
    case 105 /* vbitmask */:
      return truthVbitmask(s, i);
    default:
      return false;
  }
}
