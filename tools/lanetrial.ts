// Vector opcodes on trial: functions of one opcode whose operands come as parameters, as constants
// or out of memory, and what the meanings (src/lanes.ts) say of them. In: a subject, how its
// operands are given. Out: a Func that returns the opcode's value, and on request its operands, so
// that none of them dies in it; arguments and results in the registers of machine.ts.

import { LANES } from "../src/lanes.gen.ts";
import type { LanesName } from "../src/lanes.gen.ts";
import { viewsOf } from "../src/lanes.ts";
import { Func } from "../src/ir/func.ts";
import type { Value } from "../src/ir/func.ts";
import { ACCESS_GUARD, CLASS, IR, OP_NAMES, OP_OPERANDS, WIDTH } from "../src/ir/ops.ts";
import { accessOf } from "../src/ir/ops.ts";
import { LANE_COUNT, LANE_TYPE, SHAPES_OF, lanesName } from "../src/ir/shapes.ts";
import { F32, F64, I32, NONE, TYPE_SIZE, V128 } from "../src/ir/types.ts";
import type { Type } from "../src/ir/types.ts";
import { TYPE_RULES } from "../src/ir/typing.ts";
import { memoryByte } from "./machine.ts";
import type { Call, Outcome } from "./machine.ts";

/** An opcode with its shape, and a lane's number where it has one. */
export interface Subject {
  readonly name: LanesName;
  readonly op: number;
  readonly shape: number;
  readonly lane: number;
  /** Types of the value operands and of the result. */
  readonly takes: readonly Type[];
  readonly gives: Type;
}

/**
 * How an operand comes: a parameter, a constant, a load of what it takes (of a lane, for a scalar),
 * a V128 load of eight bytes, or the first operand once more.
 */
export type Given = "param" | "const" | "load" | "half" | "same";

/** Words of a value; those beyond its type are 0. */
export type Words = readonly [number, number, number, number];

export const LANE_BYTES = [1, 2, 4, 8, 4, 8] as const;

function typesOf(op: number, shape: number): [takes: Type[], gives: Type] {
  const rule = (TYPE_RULES as Readonly<Record<string, string>>)[OP_NAMES[op]!]!;
  const typeOf = (c: string): Type => (c === "v" ? V128 : c === "i" ? I32 : LANE_TYPE[shape]!);
  const [takes, gives] = rule.split(":");
  return [[...takes!].map(typeOf), typeOf(gives!)];
}

function subjectsOf(op: number, shape: number): Subject[] {
  const [takes, gives] = typesOf(op, shape);
  const lanes = OP_OPERANDS[op]!.includes("n") ? LANE_COUNT[shape]! : 1;
  const name = lanesName(op, shape)!;
  return Array.from({ length: lanes }, (_, lane) => {
    return { name, op, shape, lane, takes, gives };
  });
}

/** Every vector opcode in every shape, with every lane. */
export const SUBJECTS: readonly Subject[] = SHAPES_OF.flatMap((shapes, op) =>
  shapes.flatMap((shape) => subjectsOf(op, shape)),
);

// ---- functions ---------------------------------------------------------------------------------

/** A function of one subject. */
export interface Trial {
  readonly subject: Subject;
  readonly func: Func;
  readonly given: readonly Given[];
  /** The constants among the operands, all zero for others. */
  readonly constants: readonly Words[];
  readonly isAlive: boolean;
}

/** Offset of the loads. */
const OFFSET = 0x120;

const constant = (f: Func, ty: Type, [w0, w1, w2, w3]: Words): Value => {
  if (ty !== V128) return f.inst(IR.const, ty, w0, w1, 0, 1);
  const at = f.words(4);
  f.pool.set([w0, w1, w2, w3], at);
  return f.inst(IR.const, V128, at, 0, 0, 1);
};

/** Width of a load that gives an operand. */
function widthOf({ op, shape }: Subject, ty: Type, given: Given): number {
  if (ty === V128) return given === "half" ? WIDTH.u64 : WIDTH.full;
  if (op !== IR.vsplat && op !== IR.vreplace) return WIDTH.full;
  return [WIDTH.u8, WIDTH.u16, WIDTH.full][shape] ?? WIDTH.full;
}

/** Builds a function; operands that are no constants are its parameters, loads their addresses. */
export function newTrial(
  subject: Subject,
  given: readonly Given[],
  constants: readonly Words[],
  isAlive: boolean,
): Trial {
  const { op, shape, takes, gives, lane } = subject;
  const f = new Func();
  const isParam = (g: Given): boolean => g !== "const" && g !== "same";
  const isLoad = (g: Given): boolean => g === "load" || g === "half";
  const params = given.flatMap((g, k) => (isParam(g) ? [isLoad(g) ? I32 : takes[k]!] : []));
  f.reset(0, { params, results: [] });
  const block = f.newBlock();
  f.begin(block);
  f.firstParam[block] = params.length === 0 ? 0 : f.count;
  f.paramCount[block] = params.length;
  let next = f.count;
  params.forEach((ty, k) => f.inst(IR.param, ty, k, 0, 0, block));
  const operands: Value[] = [];
  given.forEach((g, k) => {
    const ty = takes[k]!;
    if (g === "param") operands.push(next++);
    else if (g === "same") operands.push(operands[0]!);
    else if (g === "const") operands.push(constant(f, ty, constants[k]!));
    else {
      const i = f.inst(IR.load, ty, next++, 1, OFFSET, block);
      f.aux[i] = accessOf(widthOf(subject, ty, g), CLASS.memory, ACCESS_GUARD);
      f.source[i] = 8 + i;
      operands.push(i);
    }
  });
  const columns = [...OP_OPERANDS[op]!].reduce<number[]>((list, c) => {
    const values = list.filter((_, k) => OP_OPERANDS[op]![k] === "v").length;
    return [...list, c === "v" ? operands[values]! : c === "n" ? lane : 0];
  }, []);
  const i = f.inst(op, gives, columns[0]!, columns[1]!, columns[2]!, block);
  f.aux[i] = shape;
  finish(f, [i, ...(isAlive ? operands : [])]);
  return { subject, func: f, given, constants, isAlive };
}

/** Ends a function of one block. */
export function finish(f: Func, results: readonly Value[]): void {
  f.signature = { params: f.signature.params, results: results.map((v) => f.ty[v]!) };
  const at = f.words(results.length + 1);
  f.pool.set([results.length, ...results], at);
  f.term[1] = f.inst(IR.ret, NONE, at, 0, 0, 1);
}

// ---- running -----------------------------------------------------------------------------------

const isVec = (ty: Type): boolean => ty === F32 || ty === F64 || ty === V128;

export const bigOf = (words: Words): bigint =>
  words.reduce((sum, w, k) => sum | (BigInt(w >>> 0) << BigInt(32 * k)), 0n);
export const wordsOf = (n: bigint): Words => {
  const word = (k: number): number => Number(BigInt.asIntN(32, n >> BigInt(32 * k)));
  return [word(0), word(1), word(2), word(3)];
};

/** The call of a trial at `at` with words for its parameters; loads take word 0 as address. */
export function callOf(at: number, { func }: Trial, args: readonly Words[]): Call {
  const ints: bigint[] = [];
  const vecs: bigint[] = [];
  func.signature.params.forEach((ty, k) => (isVec(ty) ? vecs : ints).push(bigOf(args[k]!)));
  const pad = (list: bigint[], n: number): bigint[] => [...list, ...Array(n).fill(0n)].slice(0, n);
  return { at, ints: pad(ints, 7), vecs: pad(vecs, 8) };
}

/** What a load in a trial reads at address `at`. */
function memoryWords(at: number, bytes: number): Words {
  const word = (k: number): number => {
    let w = 0;
    for (let j = 0; j < 4 && 4 * k + j < bytes; j++) {
      w |= memoryByte(at + OFFSET + 4 * k + j) << (8 * j);
    }
    return w;
  };
  return [word(0), word(1), word(2), word(3)];
}

/** The operands of a trial when it is called with `args`. */
export function operandsOf({ subject, given, constants }: Trial, args: readonly Words[]): Words[] {
  const { takes, shape, op } = subject;
  const out: Words[] = [];
  let next = 0;
  given.forEach((g, k) => {
    const ty = takes[k]!;
    if (g === "same") out.push(out[0]!);
    else if (g === "const") out.push(constants[k]!);
    else if (g === "param") out.push(cut(args[next++]!, TYPE_SIZE[ty]!));
    else {
      const isLane = ty !== V128 && (op === IR.vsplat || op === IR.vreplace);
      const size = g === "half" ? 8 : isLane ? LANE_BYTES[shape]! : TYPE_SIZE[ty]!;
      out.push(memoryWords(args[next++]![0], size));
    }
  });
  return out;
}

const cut = ([w0, w1, w2, w3]: Words, size: number): Words =>
  size === 4 ? [w0, 0, 0, 0] : size === 8 ? [w0, w1, 0, 0] : [w0, w1, w2, w3];

const views = viewsOf(new ArrayBuffer(80));

/** What the meaning makes of the operands; `mask` are the indices of a shuffle. */
export function meaningOf({ name, op, lane, gives }: Subject, operands: readonly Words[]): Words {
  views.i32.fill(0);
  operands.forEach((words, k) => views.i32.set(words, 4 * k));
  const places = [0, 4, 8];
  let next = 0;
  const column = (k: number): number => {
    const c = OP_OPERANDS[op]![k];
    return c === "v" ? places[next++]! : c === "n" ? lane : 0;
  };
  const [a, b, c] = [column(0), column(1), column(2)];
  LANES[name](views, 16, a, b, c);
  const { i32 } = views;
  return cut([i32[16]!, i32[17]!, i32[18]!, i32[19]!], TYPE_SIZE[gives]!);
}

/** The results of a trial: the value, and the operands if they live on. */
export function resultsOf({ func }: Trial, { ints, wides }: Outcome): Words[] {
  let int = 0;
  let vec = 0;
  return func.signature.results.map((ty) => {
    const n = isVec(ty) ? wides[vec++]! : ints[int++]!;
    // All of a register counts for an i32, which must have a zero upper half.
    return ty === I32 ? wordsOf(n) : cut(wordsOf(n), TYPE_SIZE[ty]!);
  });
}

// ---- equality ----------------------------------------------------------------------------------

/** Opcodes that compute floats, whose NaNs are not determined. */
const COMPUTES = new Set<number>([
  IR.vadd,
  IR.vsub,
  IR.vmul,
  IR.vfdiv,
  IR.vfmin,
  IR.vfmax,
  IR.vfsqrt,
  IR.vfceil,
  IR.vffloor,
  IR.vftrunc,
  IR.vfnearest,
  IR.vdemote,
  IR.vpromote,
]);

/** Quiet with the payload 0, quiet, or no NaN at all: 2, 1, 0; -1 for a signalling one. */
function nanOf(words: Words, is64: boolean, lane: number): number {
  const high = is64 ? words[2 * lane + 1]! : words[lane]!;
  const low = is64 ? words[2 * lane]! : 0;
  const infinity = is64 ? 0x7ff00000 : 0x7f800000;
  const quiet = is64 ? 0x80000 : 0x400000;
  const top = high & 0x7fffffff;
  if (top < infinity || (top === infinity && low === 0)) return 0;
  if ((top & quiet) === 0) return -1;
  return top === (infinity | quiet) && low === 0 ? 2 : 1;
}

/** True if `got` is `right`: the same bits, or a NaN that Wasm allows there. */
export function isRight(s: Subject, operands: readonly Words[], right: Words, got: Words): boolean {
  if (right.every((w, k) => w === got[k])) return true;
  if (!COMPUTES.has(s.op) || s.shape < 4) return false;
  const is64 = s.shape === 5;
  const from64 = s.op === IR.vdemote || (is64 && s.op !== IR.vpromote);
  const isCanonical = operands.every((w) =>
    [0, 1, 2, 3].every((k) => (from64 && k > 1) || [0, 2].includes(nanOf(w, from64, k))),
  );
  return (is64 ? [0, 1] : [0, 1, 2, 3]).every((k) => {
    const want = nanOf(right, is64, k);
    const is = nanOf(got, is64, k);
    if (want !== 0) return isCanonical ? is === 2 : is > 0;
    if (is64) return right[2 * k] === got[2 * k] && right[2 * k + 1] === got[2 * k + 1];
    return right[k] === got[k];
  });
}
