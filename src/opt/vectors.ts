// Simplification of vector operators where it takes lane numbers or the words of constants; the
// rules of rules.ts are tried after it. In and out as simplify.ts.
//
// Normal form: the operands of a shuffle are two different values, of which a constant is the
// second, or one value twice, and then all indices are below 16; a swizzle by a constant is a
// shuffle.

import type { Func, Value } from "../ir/func.ts";
import { FLAG, IR, OP_FLAGS, SHAPE } from "../ir/ops.ts";
import type { Op } from "../ir/ops.ts";
import type { Maker } from "../ir/rule.ts";
import { lanesOf } from "../ir/shapes.ts";
import type { Shape } from "../ir/shapes.ts";
import { I32, TYPE_SIZE, V128 } from "../ir/types.ts";
import type { Type } from "../ir/types.ts";
import { viewsOf } from "../lanes.ts";

/** Places of constants, the result first (lanes.ts). */
const views = viewsOf(new ArrayBuffer(64));
const RESULT = 0;
const A = 4;
const B = 8;
const C = 12;

const INDICES = new Uint8Array(16);
const INDEX_WORDS = new DataView(INDICES.buffer);

/** A value equal to the vector operator `op` of shape `shape`; 0 if nothing is simpler. */
export function simplifyVector(
  v: Maker,
  op: Op,
  ty: Type,
  a: Value,
  b: number,
  c: number,
  shape: Shape,
): Value {
  const folded = fold(v, op, ty, a, b, c, shape);
  if (folded !== 0) return folded;
  switch (op) {
    case IR.vextracts:
    case IR.vextractu:
      return extract(v, op, ty, a, b, shape);
    case IR.vreplace:
      return replace(v, a, b, c, shape);
    case IR.vshuffle:
      return shuffle(v, a, b, c);
    case IR.vswizzle:
      return v.f.op[b] === IR.const ? swizzle(v, a, b) : 0;
    default:
      return 0;
  }
}

// ---- constants ---------------------------------------------------------------------------------

/** Copies the words of a constant to a place. */
function put(f: Func, place: number, constant: Value): void {
  const { i32 } = views;
  const at = f.a[constant]!;
  if (f.ty[constant] === V128) for (let k = 0; k < 4; k++) i32[place + k] = f.pool[at + k]!;
  else {
    i32[place] = at;
    i32[place + 1] = f.b[constant]!;
  }
}

/** The operator on constants. */
function fold(v: Maker, op: Op, ty: Type, a: Value, b: number, c: number, shape: Shape): Value {
  const { f } = v;
  const flags = OP_FLAGS[op]!;
  if (f.op[a] !== IR.const) return 0;
  if ((flags & FLAG.b) !== 0 && f.op[b] !== IR.const) return 0;
  if ((flags & FLAG.c) !== 0 && f.op[c] !== IR.const) return 0;
  const meaning = lanesOf(op, shape);
  if (meaning === undefined) return 0;
  put(f, A, a);
  if (flags & FLAG.b) put(f, B, b);
  if (flags & FLAG.c) put(f, C, c);
  meaning(views, RESULT, A, flags & FLAG.b ? B : b, flags & FLAG.c ? C : c);
  const { i32 } = views;
  if (ty === V128) return v.vector(i32[RESULT]!, i32[1]!, i32[2]!, i32[3]!);
  return v.constant(ty, i32[RESULT]!, TYPE_SIZE[ty] === 8 ? i32[RESULT + 1]! : 0);
}

// ---- one lane ----------------------------------------------------------------------------------

/** What an extraction gives of a lane that was made from the scalar `x`. */
function narrowed(v: Maker, op: Op, x: Value, shape: Shape): Value {
  const isSigned = op === IR.vextracts;
  if (shape === SHAPE.i8x16) {
    if (isSigned) return v.pure(IR.sext8, I32, x, 0, 0);
    return v.pure(IR.and, I32, x, v.constant(I32, 0xff, 0), 0);
  }
  if (shape !== SHAPE.i16x8) return x;
  if (isSigned) return v.pure(IR.sext16, I32, x, 0, 0);
  return v.pure(IR.and, I32, x, v.constant(I32, 0xffff, 0), 0);
}

/** Replacements of other lanes that are looked through. */
const DEPTH = 16;

/** Finds where the lane came from. */
function extract(v: Maker, op: Op, ty: Type, a: Value, lane: number, shape: Shape): Value {
  const { f } = v;
  let from = a;
  for (let k = 0; k < DEPTH && f.op[from] === IR.vreplace && f.aux[from] === shape; k++) {
    if (f.c[from] === lane) return narrowed(v, op, f.b[from]!, shape);
    from = f.a[from]!;
  }
  if (f.op[from] === IR.vsplat && f.aux[from] === shape) {
    return narrowed(v, op, f.a[from]!, shape);
  }
  return from === a ? 0 : v.pure(op, ty, from, lane, 0, shape);
}

function replace(v: Maker, a: Value, scalar: Value, lane: number, shape: Shape): Value {
  const { f } = v;
  const isRead = f.op[scalar] === IR.vextractu || f.op[scalar] === IR.vextracts;
  if (isRead && f.aux[scalar] === shape && f.a[scalar] === a && f.b[scalar] === lane) return a;
  if (f.op[a] !== IR.vreplace || f.aux[a] !== shape || f.c[a] !== lane) return 0;
  return v.pure(IR.vreplace, V128, f.a[a]!, scalar, lane, shape);
}

// ---- bytes by number ---------------------------------------------------------------------------

/** Word `k` of INDICES. */
const indexWord = (k: number): number => INDEX_WORDS.getInt32(4 * k, true);

/** Reads the words of a constant into INDICES. */
function readIndices(f: Func, constant: Value): void {
  for (let k = 0; k < 4; k++) INDEX_WORDS.setInt32(4 * k, f.pool[f.a[constant]! + k]!, true);
}

const indices = (v: Maker): Value =>
  v.vector(indexWord(0), indexWord(1), indexWord(2), indexWord(3));

const newShuffle = (v: Maker, a: Value, b: Value): Value =>
  v.pure(IR.vshuffle, V128, a, b, indices(v), SHAPE.i8x16);

function isIdentity(): boolean {
  for (let k = 0; k < 16; k++) if (INDICES[k] !== k) return false;
  return true;
}

function shuffle(v: Maker, a: Value, b: Value, c: Value): Value {
  const { f } = v;
  readIndices(f, c);
  let low = 0;
  for (let k = 0; k < 16; k++) if (a === b || INDICES[k]! < 16) low++;
  if (low === 0 || low === 16) return shuffleOne(v, low === 0 ? b : a, a === b, c);
  if (f.op[a] !== IR.const) return 0;
  for (let k = 0; k < 16; k++) INDICES[k]! ^= 16;
  return newShuffle(v, b, a);
}

/** A shuffle of one operand, whose indices are in INDICES; `isTwice` if it is written twice. */
function shuffleOne(v: Maker, a: Value, isTwice: boolean, c: Value): Value {
  const { f } = v;
  for (let k = 0; k < 16; k++) INDICES[k]! &= 15;
  if (isIdentity()) return a;
  if (f.op[a] === IR.vshuffle && f.a[a] === f.b[a]) {
    const first = f.c[a]!;
    for (let k = 0; k < 16; k++) {
      const at = INDICES[k]!;
      INDICES[k] = f.pool[f.a[first]! + (at >> 2)]! >>> (8 * (at & 3));
    }
    return newShuffle(v, f.a[a]!, f.a[a]!);
  }
  // In normal form already?
  return isTwice && indices(v) === c ? 0 : newShuffle(v, a, a);
}

/** Bytes that the constant `b` picks from `a`, zero for numbers from 16 on. */
function swizzle(v: Maker, a: Value, b: Value): Value {
  readIndices(v.f, b);
  for (let k = 0; k < 16; k++) if (INDICES[k]! > 16) INDICES[k] = 16;
  return newShuffle(v, a, v.constant(V128, 0, 0));
}
