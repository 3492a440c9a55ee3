// Random chains of lane operators and shuffles, built through opt/values.ts and by hand: they give
// the same. And what should become simple does.

import { describe, expect, test } from "vitest";
import { Random, drawWords } from "../ir/draw.ts";
import { Func } from "../ir/func.ts";
import type { Value } from "../ir/func.ts";
import { IR, OP_NAMES, SHAPE } from "../ir/ops.ts";
import { printFunc } from "../ir/print.ts";
import { run } from "../ir/run.ts";
import { LANE_COUNT, LANE_TYPE, SHAPES_OF } from "../ir/shapes.ts";
import type { Shape } from "../ir/shapes.ts";
import { F32, F64, I32, I64, V128 } from "../ir/types.ts";
import type { Type } from "../ir/types.ts";
import { verify } from "../ir/verify.ts";
import { Values } from "./values.ts";

const nowhere = { regions: [], call: (): number[] => [] };
const PARAMS: readonly Type[] = [V128, V128, I32, I64, F32, F64];

/** Makes instructions: simplified, or as they are. */
interface Side {
  readonly f: Func;
  make(op: number, ty: Type, a: number, b: number, c: number, shape: Shape): Value;
  vector(words: readonly number[]): Value;
}

function begin(f: Func): Value[] {
  f.reset(0, { params: PARAMS, results: [] });
  const b = f.newBlock();
  f.begin(b);
  f.firstParam[b] = f.count;
  f.paramCount[b] = PARAMS.length;
  return PARAMS.map((ty, k) => f.inst(IR.param, ty, k, 0, 0, b));
}

function end(f: Func, results: readonly Value[]): void {
  const list = f.words(results.length + 1);
  f.pool.set([results.length, ...results], list);
  f.signature = { params: PARAMS, results: results.map((v) => f.ty[v]!) };
  f.term[1] = f.inst(IR.ret, 0, list, 0, 0, 1);
}

function plainSide(): Side & { readonly params: Value[] } {
  const f = new Func();
  const params = begin(f);
  return {
    f,
    params,
    make: (op, ty, a, b, c, shape) => {
      const i = f.inst(op, ty, a, b, c, 1);
      f.aux[i] = shape;
      return i;
    },
    vector: (words) => {
      const at = f.words(4);
      f.pool.set(words, at);
      return f.inst(IR.const, V128, at, 0, 0, 1);
    },
  };
}

function simplified(): Side & { readonly params: Value[] } {
  const f = new Func();
  const params = begin(f);
  const values = new Values(f, { facts: false });
  values.reset();
  values.begin(1, 0);
  return {
    f,
    params,
    make: (op, ty, a, b, c, shape) => values.pure(op, ty, a, b, c, shape),
    vector: ([w0, w1, w2, w3]) => values.vector(w0!, w1!, w2!, w3!),
  };
}

/** A random chain; the same seed does the same on both sides. */
function chain({ make, vector, params }: ReturnType<typeof plainSide>, seed: number): Value[] {
  const random = new Random(seed);
  const vectors = [params[0]!, params[1]!, vector([0, 0, 0, 0]), vector(drawWords(random, V128))];
  const scalars = new Map<Type, Value[]>(PARAMS.slice(2).map((ty, k) => [ty, [params[k + 2]!]]));
  const results: Value[] = [];
  // A few lanes of one shape, so that they meet.
  const shape = random.below(6);
  const lane = (): number => random.below(Math.min(LANE_COUNT[shape]!, 3));
  const recent = (): Value => vectors[Math.max(0, vectors.length - 1 - random.below(4))]!;
  for (let k = 0; k < 12; k++) {
    const ty = LANE_TYPE[shape]!;
    switch (random.below(6)) {
      case 0:
        vectors.push(make(IR.vsplat, V128, random.pick(scalars.get(ty)!), 0, 0, shape));
        break;
      case 1:
      case 2: {
        const x = random.pick(scalars.get(ty)!);
        vectors.push(make(IR.vreplace, V128, recent(), x, lane(), shape));
        break;
      }
      case 3: {
        const signed = SHAPES_OF[IR.vextracts]!.includes(shape) && random.chance(50);
        const v = make(signed ? IR.vextracts : IR.vextractu, ty, recent(), lane(), 0, shape);
        scalars.get(ty)!.push(v);
        results.push(v);
        break;
      }
      case 4: {
        const mask = random.pick([0x0f0f0f0f, 0x1f1f1f1f, 0x10101010]);
        const add = mask === 0x10101010 ? 0x03020100 : 0;
        const words = drawWords(random, V128).map((w, n) => (w & mask) | (add + 0x04040404 * n));
        const c = vector(
          random.chance(20) ? [0x03020100, 0x07060504, 0xb0a0908, 0xf0e0d0c] : words,
        );
        vectors.push(make(IR.vshuffle, V128, recent(), recent(), c, SHAPE.i8x16));
        break;
      }
      default: {
        const c = random.chance(80) ? vector(drawWords(random, V128)) : recent();
        vectors.push(make(IR.vswizzle, V128, recent(), c, 0, SHAPE.i8x16));
      }
    }
  }
  return [...results, ...vectors.slice(4)];
}

test("random chains mean the same", () => {
  let fewer = 0;
  for (let seed = 1; seed <= 1000; seed++) {
    const one = plainSide();
    const other = simplified();
    end(one.f, chain(one, seed));
    end(other.f, chain(other, seed));
    verify(other.f, "built");
    if (other.f.count < one.f.count) fewer++;
    const random = new Random(seed);
    for (let k = 0; k < 3; k++) {
      const args = PARAMS.flatMap((ty) => drawWords(random, ty));
      const expected = run(one.f, args, nowhere).join(" ");
      const found = run(other.f, args, nowhere).join(" ");
      if (found === expected) continue;
      throw new Error(
        `seed ${seed}: ${expected}\n${found}\n${printFunc(one.f)}${printFunc(other.f)}`,
      );
    }
  }
  expect(fewer).toBeGreaterThan(500);
});

describe("what becomes simple", () => {
  const side = simplified();
  const { make, vector, params, f } = side;
  const [v, w, x] = params as [Value, Value, Value];
  const replaced = (lane: number): Value => make(IR.vreplace, V128, v, x, lane, SHAPE.i32x4);
  const extracted = (from: Value, lane: number): Value =>
    make(IR.vextractu, I32, from, lane, 0, SHAPE.i32x4);
  const shuffled = (a: Value, b: Value, ...words: number[]): Value =>
    make(IR.vshuffle, V128, a, b, vector(words), SHAPE.i8x16);
  const identity = [0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c];

  test("lanes", () => {
    expect(extracted(replaced(2), 2)).toBe(x);
    expect(extracted(replaced(2), 1)).toBe(extracted(v, 1));
    expect(extracted(make(IR.vsplat, V128, x, 0, 0, SHAPE.i32x4), 3)).toBe(x);
    expect(make(IR.vreplace, V128, v, extracted(v, 1), 1, SHAPE.i32x4)).toBe(v);
    expect(make(IR.vreplace, V128, replaced(1), x, 1, SHAPE.i32x4)).toBe(replaced(1));
    const narrow = make(IR.vsplat, V128, x, 0, 0, SHAPE.i8x16);
    const signed = make(IR.vextracts, I32, narrow, 5, 0, SHAPE.i8x16);
    expect(OP_NAMES[f.op[signed]!]).toBe("sext8");
  });

  test("shuffles", () => {
    expect(shuffled(v, w, ...identity)).toBe(v);
    expect(shuffled(v, w, ...identity.map((n) => n + 0x10101010))).toBe(w);
    expect(shuffled(v, v, ...identity.map((n) => n ^ 0x10001000))).toBe(v);
    const turned = shuffled(v, w, 0x00010203, 0x04050607, 0x08090a0b, 0x0c0d0e0f);
    expect([f.a[turned], f.b[turned]]).toEqual([v, v]);
    expect(shuffled(turned, turned, 0x00010203, 0x04050607, 0x08090a0b, 0x0c0d0e0f)).toBe(v);
    const zero = vector([0, 0, 0, 0]);
    const low = shuffled(zero, v, 0x13121110, 0, 0, 0);
    expect([f.a[low], f.b[low]]).toEqual([v, zero]);
    const picked = make(IR.vswizzle, V128, v, vector([0x03020100, -1, -1, -1]), 0, SHAPE.i8x16);
    expect([f.a[picked], f.b[picked]]).toEqual([v, zero]);
  });

  test("constants, numbered by their words", () => {
    const before = f.count;
    expect(vector([1, 2, 3, 4])).toBe(vector([1, 2, 3, 4]));
    expect(vector([1, 2, 3, 5])).not.toBe(vector([1, 2, 3, 4]));
    expect(f.count).toBe(before + 2);
    const sum = make(IR.vadd, V128, vector([1, 2, 3, 4]), vector([1, 1, 1, -1]), 0, SHAPE.i32x4);
    expect(sum).toBe(vector([2, 3, 4, 3]));
    const many = Array.from({ length: 3000 }, (_, k) => vector([k, 0, 0, k]));
    expect(many.map((_, k) => vector([k, 0, 0, k]))).toEqual(many);
  });
});
