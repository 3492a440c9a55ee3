// Random expressions: no result has a bit that bitsOf denies it; and what it is there to know it
// knows.

import { expect, test } from "vitest";
import { Func } from "../ir/func.ts";
import type { Value } from "../ir/func.ts";
import { Random, drawPair, drawWords } from "../ir/draw.ts";
import { CLASS, FLAG, IR, OP_FLAGS, SHAPE, WIDTH, accessOf } from "../ir/ops.ts";
import type { OpName } from "../ir/ops.ts";
import { run } from "../ir/run.ts";
import { LANE_COUNT } from "../ir/shapes.ts";
import { I32, I64, NONE, V128 } from "../ir/types.ts";
import type { Type } from "../ir/types.ts";
import { bitsOf } from "./bits.ts";

const OPS: readonly OpName[] = [
  ...(["and", "or", "xor", "add", "mul", "shl", "shru", "shrs", "sub", "rotl"] as const),
  ...(["clz", "ctz", "popcnt", "eq", "ltu", "remu", "divu", "sext8", "select"] as const),
];

class Expression {
  readonly f = new Func();
  private readonly random: Random;
  private readonly values: Record<Type, Value[]> = { [I32]: [], [I64]: [] };

  constructor(random: Random) {
    this.random = random;
    this.f.reset(0, { params: [I32, I64], results: [I32] });
    this.f.begin(this.f.newBlock());
    this.f.firstParam[1] = this.f.count;
    this.f.paramCount[1] = 2;
    this.inst(IR.param, I32, 0);
    this.inst(IR.param, I64, 1);
    this.values[I32]!.push(this.inst(IR.load, I32, this.constant(I32), 0, 0, this.width()));
  }

  private width(): number {
    return accessOf(this.random.pick([WIDTH.u8, WIDTH.u16, WIDTH.s8]), CLASS.memory, 0);
  }

  private inst(op: number, ty: Type, a: number, b = 0, c = 0, aux = 0): Value {
    const v = this.f.inst(op, ty, a, b, c, 1);
    this.f.aux[v] = aux;
    this.values[ty]?.push(v);
    return v;
  }

  private constant(ty: Type): Value {
    const [lo, hi] = drawPair(this.random, ty);
    return this.f.inst(IR.const, ty, lo & 0xfff, ty === I32 ? 0 : hi, 0, 1);
  }

  private value(ty: Type): Value {
    if (this.random.chance(30)) {
      const [lo, hi] = drawPair(this.random, ty);
      return this.f.inst(IR.const, ty, lo, ty === I32 ? 0 : hi, 0, 1);
    }
    return this.random.pick(this.values[ty]!);
  }

  /** Something of a vector whose lanes may be anything. */
  private ofVector(): void {
    const { random } = this;
    const shape = random.pick([SHAPE.i8x16, SHAPE.i16x8, SHAPE.i32x4]);
    const words = this.f.words(4);
    this.f.pool.set(drawWords(random, V128), words);
    const v = this.inst(IR.const, V128, words);
    const filled = this.inst(IR.vreplace, V128, v, this.value(I32), 1, SHAPE.i32x4);
    const op = random.pick([IR.vextractu, IR.vanytrue, IR.valltrue, IR.vbitmask]);
    const lane = op === IR.vextractu ? random.below(LANE_COUNT[shape]!) : 0;
    this.inst(op, I32, filled, lane, 0, op === IR.vanytrue ? SHAPE.i8x16 : shape);
  }

  grow(): void {
    const { random } = this;
    if (random.chance(10)) this.ofVector();
    else if (random.chance(10)) this.inst(IR.wrap, I32, this.value(I64));
    else if (random.chance(10)) this.inst(random.pick([IR.extu, IR.exts]), I64, this.value(I32));
    else {
      const ty = random.pick([I32, I32, I64]);
      const op = IR[random.pick(OPS)];
      const result = op >= IR.eq && op <= IR.geu ? I32 : ty;
      if (op === IR.select) {
        this.inst(op, ty, this.value(I32), this.value(ty), this.value(ty));
      } else {
        const binary = (OP_FLAGS[op]! & FLAG.b) !== 0;
        this.inst(op, result, this.value(ty), binary ? this.value(ty) : 0);
      }
    }
  }

  /** The function that returns the last i32. */
  finish(): Value {
    const v = this.values[I32]!.at(-1)!;
    const list = this.f.words(2);
    this.f.pool.set([1, v], list);
    this.f.term[1] = this.f.inst(IR.ret, NONE, list, 0, 0, 1);
    return v;
  }
}

test("bits are never missed", () => {
  const random = new Random(7);
  const memory = new DataView(new ArrayBuffer(65536));
  for (let k = 0; k < 65536; k += 4) memory.setInt32(k, random.word());
  const world = { regions: [undefined, undefined, memory], call: (): number[] => [] };
  let known = 0;
  for (let n = 0; n < 6000; n++) {
    const e = new Expression(random);
    for (let k = 0; k < 8; k++) e.grow();
    const v = e.finish();
    const bits = bitsOf(e.f, v);
    if (bits !== -1) known++;
    for (let k = 0; k < 6; k++) {
      const args = [...drawPair(random, I32), ...drawPair(random, I64)];
      let word: number;
      try {
        word = run(e.f, args, world)[0]!;
      } catch {
        continue;
      }
      expect(word & ~bits, `v${v}`).toBe(0);
    }
  }
  expect(known).toBeGreaterThan(2000);
});
