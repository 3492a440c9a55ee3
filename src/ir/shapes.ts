// Shapes of vectors: what lanes they have, and which opcodes come in which shapes, that is which
// function of lanes.gen.ts an opcode of a shape means. The names there are Wasm's: a shape, the
// `meaning` column of ops.ts, and between or behind them the shape that a conversion reads.

import { LANES } from "../lanes.gen.ts";
import type { LanesName } from "../lanes.gen.ts";
import type { Lanes } from "../lanes.ts";
import type { Func, Value } from "./func.ts";
import { IR, OP_COUNT, OP_MEANING, OP_NAMES, OP_OPERANDS, SHAPE, SHAPE_NAMES } from "./ops.ts";
import type { Op } from "./ops.ts";
import { F32, F64, I32, I64, V128 } from "./types.ts";
import type { Type } from "./types.ts";

/** A shape, aux of the vector opcodes. */
export type Shape = number;
export const SHAPE_COUNT = SHAPE_NAMES.length;

/** The type of a lane by itself. */
export const LANE_TYPE: readonly Type[] = [I32, I32, I32, I64, F32, F64];
/** Lanes of a vector. */
export const LANE_COUNT = [16, 8, 4, 2, 4, 2] as const;

/** True for the opcodes whose aux is a shape. */
export const isVector = (op: Op): boolean => op >= IR.vnot && op <= IR.vsatu;

/** What a name of LANES says: shape and meaning as in ops.ts. */
function parsed(name: string): readonly [shape: string, meaning: string] {
  const at = name.indexOf("_");
  const rest = name.slice(at + 1);
  const from = /_([if]\d+x\d+)/.exec(rest)?.[1];
  const plain = rest
    .replace(/_[if]\d+x\d+/, "")
    .replace("convert_low", "convert")
    .replace(/^extract_lane$/, "extract_lane_u");
  if (name.startsWith("v128")) return ["i8x16", plain];
  // Saturation is named by what it reads: the result is i32x4 anyway.
  if (plain.startsWith("trunc_sat")) return [from!, plain.replace("_zero", "")];
  return [name.slice(0, at), plain];
}

const byShape = new Map((Object.keys(LANES) as LanesName[]).map((n) => [parsed(n).join(), n]));

const tableOfNames = Array.from({ length: OP_COUNT * SHAPE_COUNT }, (_, k) => {
  const op = Math.floor(k / SHAPE_COUNT);
  if (!isVector(op)) return undefined;
  return byShape.get(`${SHAPE_NAMES[k % SHAPE_COUNT]},${OP_MEANING[op]}`);
});
const table = tableOfNames.map((n): Lanes | undefined => (n === undefined ? undefined : LANES[n]));

/** Name in LANES of what `op` of a shape means, undefined if there is no such operator. */
export const lanesName = (op: Op, shape: Shape): LanesName | undefined =>
  tableOfNames[op * SHAPE_COUNT + shape];

/** What `op` of a shape means, undefined if there is no such operator. */
export const lanesOf = (op: Op, shape: Shape): Lanes | undefined => table[op * SHAPE_COUNT + shape];

/** The shapes of each opcode, none for what is no vector opcode. */
export const SHAPES_OF: readonly (readonly Shape[])[] = OP_NAMES.map((_, op) =>
  Object.values(SHAPE).filter((s) => lanesOf(op, s) !== undefined),
);

/** The number of the lane that `i` reads or replaces, -1 if it names none. */
export function laneOf(f: Func, i: Value): number {
  const at = OP_OPERANDS[f.op[i]!]!.indexOf("n");
  return at < 0 ? -1 : at === 1 ? f.b[i]! : f.c[i]!;
}

/** What is wrong with the shape and the plain columns of a vector instruction, "" if nothing. */
export function shapeProblem(f: Func, i: Value): string {
  const op = f.op[i]!;
  const shape = f.aux[i]!;
  if (shape >= SHAPE_COUNT) return `no shape ${shape}`;
  if (lanesOf(op, shape) === undefined) return `no ${OP_NAMES[op]} of ${SHAPE_NAMES[shape]}`;
  const lane = laneOf(f, i);
  if (lane < -1 || lane >= LANE_COUNT[shape]!) return `no lane ${lane}`;
  if (op !== IR.vshuffle) return "";
  const c = f.c[i]!;
  if (f.op[c] !== IR.const || f.ty[c] !== V128) return "the indices are no constant";
  for (let k = 0; k < 4; k++) {
    if ((f.pool[f.a[c]! + k]! & 0xe0e0e0e0) !== 0) return "an index is beyond both operands";
  }
  return "";
}
