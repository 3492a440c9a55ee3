// Vector operators. In: an operator of the simd feature, its immediates and operands. Out: the
// value it leaves, made of IR opcodes with a shape.
//
// Most are one opcode, found by the name that ir/shapes.ts gives to an opcode of a shape. Operators
// of memory that do more than load or store sixteen bytes are put together: a load of the scalar or
// of eight bytes with what is made of it, a lane with its store. The rows below say how.

import type { Value } from "../ir/func.ts";
import { IR, OP_NAMES, OP_OPERANDS, SHAPE, WIDTH } from "../ir/ops.ts";
import type { Op } from "../ir/ops.ts";
import { LANE_TYPE, SHAPES_OF, lanesName } from "../ir/shapes.ts";
import type { Shape } from "../ir/shapes.ts";
import { I32, I64, V128 } from "../ir/types.ts";
import type { Type } from "../ir/types.ts";
import { TYPE_RULES } from "../ir/typing.ts";
import type { Values } from "../opt/values.ts";
import { bug } from "../support/errors.ts";
import { OP, OPS } from "../wasm/ops.ts";
import type { OpName } from "../wasm/ops.ts";
import type { Immediates } from "../wasm/sink.ts";
import type { State } from "./state.ts";

/** What an operator is. */
const IS = { nothing: 0, opcode: 1, constant: 2, loadAnd: 3, loadLane: 4, storeLane: 5 } as const;

const isOf = new Uint8Array(OPS.length);
/** IR opcode, its result type and its shape. */
const irOf = new Uint8Array(OPS.length);
const resultOf = new Uint8Array(OPS.length);
const shapeOf = new Uint8Array(OPS.length);
/** Type and WIDTH of what is loaded or stored. */
const movedOf = new Uint8Array(OPS.length);
const widthOf = new Uint8Array(OPS.length);

function opcode(op: number, is: number, ir: Op, shape: Shape): void {
  const row = (TYPE_RULES as Readonly<Record<string, string>>)[OP_NAMES[ir]!]!;
  const letter = row.at(-1)!;
  isOf[op] = is;
  irOf[op] = ir;
  shapeOf[op] = shape;
  resultOf[op] = letter === "v" ? V128 : letter === "e" ? LANE_TYPE[shape]! : I32;
}

SHAPES_OF.forEach((shapes, ir) => {
  for (const shape of shapes) {
    const name = lanesName(ir, shape)!.replace("_", ".");
    opcode(OP[name as OpName], IS.opcode, ir, shape);
  }
});

// prettier-ignore
const ACCESSES: readonly (readonly [OpName, number, Type, number, Op, Shape])[] = [
  ["v128.load8x8_s",     IS.loadAnd,   V128, WIDTH.u64,  IR.vextlows,  SHAPE.i16x8],
  ["v128.load8x8_u",     IS.loadAnd,   V128, WIDTH.u64,  IR.vextlowu,  SHAPE.i16x8],
  ["v128.load16x4_s",    IS.loadAnd,   V128, WIDTH.u64,  IR.vextlows,  SHAPE.i32x4],
  ["v128.load16x4_u",    IS.loadAnd,   V128, WIDTH.u64,  IR.vextlowu,  SHAPE.i32x4],
  ["v128.load32x2_s",    IS.loadAnd,   V128, WIDTH.u64,  IR.vextlows,  SHAPE.i64x2],
  ["v128.load32x2_u",    IS.loadAnd,   V128, WIDTH.u64,  IR.vextlowu,  SHAPE.i64x2],
  ["v128.load8_splat",   IS.loadAnd,   I32,  WIDTH.u8,   IR.vsplat,    SHAPE.i8x16],
  ["v128.load16_splat",  IS.loadAnd,   I32,  WIDTH.u16,  IR.vsplat,    SHAPE.i16x8],
  ["v128.load32_splat",  IS.loadAnd,   I32,  WIDTH.full, IR.vsplat,    SHAPE.i32x4],
  ["v128.load64_splat",  IS.loadAnd,   I64,  WIDTH.full, IR.vsplat,    SHAPE.i64x2],
  ["v128.load8_lane",    IS.loadLane,  I32,  WIDTH.u8,   IR.vreplace,  SHAPE.i8x16],
  ["v128.load16_lane",   IS.loadLane,  I32,  WIDTH.u16,  IR.vreplace,  SHAPE.i16x8],
  ["v128.load32_lane",   IS.loadLane,  I32,  WIDTH.full, IR.vreplace,  SHAPE.i32x4],
  ["v128.load64_lane",   IS.loadLane,  I64,  WIDTH.full, IR.vreplace,  SHAPE.i64x2],
  ["v128.store8_lane",   IS.storeLane, I32,  WIDTH.u8,   IR.vextractu, SHAPE.i8x16],
  ["v128.store16_lane",  IS.storeLane, I32,  WIDTH.u16,  IR.vextractu, SHAPE.i16x8],
  ["v128.store32_lane",  IS.storeLane, I32,  WIDTH.full, IR.vextractu, SHAPE.i32x4],
  ["v128.store64_lane",  IS.storeLane, I64,  WIDTH.full, IR.vextractu, SHAPE.i64x2],
];

for (const [name, is, type, width, ir, shape] of ACCESSES) {
  const op = OP[name];
  opcode(op, is, ir, shape);
  movedOf[op] = type;
  widthOf[op] = width;
}
isOf[OP["v128.const"]] = IS.constant;

export class Vectors {
  private readonly v: Values;
  private readonly state: State;

  constructor(values: Values, state: State) {
    this.v = values;
    this.state = state;
  }

  /** Translates `op` with operands stack[base ..]; 0 if it leaves no value. */
  op(op: number, imm: Immediates, stack: Int32Array, base: number): Value {
    switch (isOf[op]) {
      case IS.opcode:
        return this.opcode(op, imm, stack, base);
      case IS.constant:
        return this.v.vector(imm.lo, imm.hi, imm.a, imm.b);
      case IS.loadAnd:
        return this.make(op, this.load(op, imm, stack[base]!), 0, 0);
      case IS.loadLane:
        return this.make(op, stack[base + 1]!, this.load(op, imm, stack[base]!), imm.d);
      case IS.storeLane: {
        const lane = this.make(op, stack[base + 1]!, imm.d, 0);
        this.state.store(stack[base]!, lane, imm.a, imm.b, movedOf[op]!, widthOf[op]!);
        return 0;
      }
      default:
        return bug(`no vector operator: ${OPS[op]!.name}`);
    }
  }

  private load(op: number, imm: Immediates, address: Value): Value {
    return this.state.load(address, imm.a, imm.b, movedOf[op]!, widthOf[op]!);
  }

  /** The opcode of `op`; each column is a value or, where the opcode has a lane, its number. */
  private make(op: number, a: Value, b: number, c: number): Value {
    return this.v.pure(irOf[op]!, resultOf[op]!, a, b, c, shapeOf[op]!);
  }

  /** Columns in the order of the operands; a lane or the indices of a shuffle are the last. */
  private opcode(op: number, imm: Immediates, stack: Int32Array, base: number): Value {
    const a = stack[base]!;
    const b = stack[base + 1]!;
    switch (OP_OPERANDS[irOf[op]!]) {
      case "v..":
        return this.make(op, a, 0, 0);
      case "vn.":
        return this.make(op, a, imm.d, 0);
      case "vvn":
        return this.make(op, a, b, imm.d);
      case "vv.":
        return this.make(op, a, b, 0);
      default: {
        const isShuffle = irOf[op] === IR.vshuffle;
        return this.make(op, a, b, isShuffle ? this.indices(imm.bytes) : stack[base + 2]!);
      }
    }
  }

  private indices(bytes: Uint8Array): Value {
    const word = (k: number): number =>
      bytes[k]! | (bytes[k + 1]! << 8) | (bytes[k + 2]! << 16) | (bytes[k + 3]! << 24);
    return this.v.vector(word(0), word(4), word(8), word(12));
  }
}
