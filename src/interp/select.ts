// Which instruction an operator becomes. Everything is derived from names: that of the operator,
// and those of the instructions, which are named after operators: `i32.add` and, with a constant
// second operand, `i32.add_i`; `br_if_i32.eq` is the branch made of a comparison.

import { OPS } from "../wasm/ops.ts";
import { NAMES, X } from "./loop.gen.ts";

/** How the emitter treats an operator. The switch in emit.ts has these numbers as literals. */
// prettier-ignore
export const ACT = {
  none: 0, unary: 1, binary: 2, load: 3, store: 4, constant: 5, localGet: 6, localSet: 7,
  localTee: 8, globalGet: 9, globalSet: 10, call: 11, callIndirect: 12, drop: 13, select: 14,
  rename: 15, memorySize: 16, refFunc: 17, refNull: 18, refIsNull: 19, slow: 20,
  vector: 21, lane: 22, vectorConst: 23, shuffle: 24, loadLane: 25, storeLane: 26,
} as const;

/** Number of the instruction of this name, -1 if there is none. */
const numberOf = (name: string): number => (X as Readonly<Record<string, number>>)[name] ?? -1;

// prettier-ignore
const RENAMES: ReadonlySet<string> = new Set([
  "i32.reinterpret_f32", "i64.reinterpret_f64", "f32.reinterpret_i32", "f64.reinterpret_i64",
  "i32.wrap_i64",
]);

// prettier-ignore
const BY_NAME: Readonly<Record<string, number>> = {
  "i32.const": ACT.constant,    "i64.const": ACT.constant,   "f32.const": ACT.constant,
  "f64.const": ACT.constant,    "local.get": ACT.localGet,   "local.set": ACT.localSet,
  "local.tee": ACT.localTee,    "global.get": ACT.globalGet, "global.set": ACT.globalSet,
  "call": ACT.call,             "call_indirect": ACT.callIndirect,
  "drop": ACT.drop,             "select": ACT.select,        "select_t": ACT.select,
  "memory.size": ACT.memorySize, "ref.func": ACT.refFunc,    "ref.null": ACT.refNull,
  "ref.is_null": ACT.refIsNull,  "v128.const": ACT.vectorConst, "i8x16.shuffle": ACT.shuffle,
};

const SLOW = /^(memory|data|table|elem)\.|^i64\.(div|rem)/;

function actOf(name: string, feature: string): number {
  const named = BY_NAME[name];
  if (named !== undefined) return named;
  if (RENAMES.has(name)) return ACT.rename;
  if (/^v128\.(load|store)\d+_lane/.test(name)) {
    return name.startsWith("v128.load") ? ACT.loadLane : ACT.storeLane;
  }
  if (/^([if](32|64)|v128)\.load/.test(name)) return ACT.load;
  if (/^([if](32|64)|v128)\.store/.test(name)) return ACT.store;
  if (feature === "simd") return /_lane/.test(name) ? ACT.lane : ACT.vector;
  if (SLOW.test(name)) return ACT.slow;
  return numberOf(name) < 0 ? ACT.none : ACT.unary;
}

/**
 * Loads and stores move bits: those of a float are those of an integer, the narrow ones of i64 the
 * low word's.
 */
function accessName(name: string): string {
  if (name.startsWith("f32")) return name.replace("f32", "i32");
  if (name.startsWith("f64")) return name.replace("f64", "i64");
  if (name === "i64.store32") return "i32.store";
  return name.replace(/^i64\.store(8|16)$/, "i32.store$1");
}

const count = OPS.length;
export const actionOf = new Uint8Array(count);
/** The instruction, -1 where there is none. */
export const insnOf = new Int16Array(count).fill(-1);
/** The instruction whose second operand is a constant. */
export const immediateOf = new Int16Array(count).fill(-1);
/** Forms of a memory instruction, by the plain one; -1 where there is none. */
export const plusOf = Int16Array.from(NAMES, (name) => numberOf(`${name}_p`));
export const sumOf = Int16Array.from(NAMES, (name) => numberOf(`${name}_x`));
export const fixedOf = Int16Array.from(NAMES, (name) => numberOf(`${name}_c`));

/** What becomes of a multiplication whose result is added, subtracted from, or subtracted. */
const madeOf = (suffix: string): Int16Array =>
  Int16Array.from(NAMES, (name) => (/^f..\.mul$/.test(name) ? numberOf(name + suffix) : -1));
export const mulAddOf = madeOf("_add");
export const mulSubOf = madeOf("_sub");
export const mulRsubOf = madeOf("_rsub");
/** The operator with its operands exchanged, -1 where there is none. */
export const mirrorOf = new Int16Array(count).fill(-1);
/** Number of operands. */
export const operandsOf = new Uint8Array(count);
/** Number of results. */
export const resultsOf = new Uint8Array(count);
/** Form of the result, see slots.ts. */
export const formOfResult = new Uint8Array(count);

const opNumbers = new Map<string, number>(OPS.map((row, op) => [row.name, op]));

const MIRRORS: Readonly<Record<string, string>> = {
  eq: "eq",
  ne: "ne",
  lt: "gt",
  gt: "lt",
  le: "ge",
  ge: "le",
  add: "add",
  mul: "mul",
  and: "and",
  or: "or",
  xor: "xor",
};

function mirrorName(name: string): string {
  const parts = /^(i(?:32|64))\.(eq|ne|[lg][te]|add|mul|and|or|xor)(_[su])?$/.exec(name);
  return parts === null ? "" : `${parts[1]}.${MIRRORS[parts[2]!]!}${parts[3] ?? ""}`;
}

OPS.forEach((row, op) => {
  const { name, sig, feature } = row;
  const [operands = "", results = ""] = sig.split(":");
  operandsOf[op] = operands.length;
  resultsOf[op] = results.length;
  formOfResult[op] = results === "v" ? 2 : /[IFr]/.test(results) ? 1 : 0;
  const act = actOf(name, feature);
  actionOf[op] = act === ACT.unary && operands.length === 2 ? ACT.binary : act;
  insnOf[op] = numberOf(act === ACT.load || act === ACT.store ? accessName(name) : name);
  immediateOf[op] = numberOf(`${act === ACT.store ? accessName(name) : name}_i`);
  mirrorOf[op] = opNumbers.get(mirrorName(name)) ?? -1;
});

// ---- comparisons and branches ------------------------------------------------------------------

/**
 * By instruction: the one that gives the opposite; the branches made of it; -1 where there is none.
 */
export const inverseOf = new Int16Array(NAMES.length).fill(-1);
export const branchIf = new Int16Array(NAMES.length).fill(-1);
export const branchUnless = new Int16Array(NAMES.length).fill(-1);

const INVERSES: Readonly<Record<string, string>> = {
  eq: "ne",
  ne: "eq",
  lt: "ge",
  ge: "lt",
  gt: "le",
  le: "gt",
};

// The opposite of an ordering of floats is none: both are false for a NaN.
function inverseName(name: string): string {
  const parts = /^([if])(32|64)\.(eq|ne|[lg][te])(_[su])?(_i)?$/.exec(name);
  if (parts === null) return "";
  const [, kind, bits, relation = "", sign = "", immediate = ""] = parts;
  if (kind === "f" && relation !== "eq" && relation !== "ne") return "";
  return `${kind}${bits}.${INVERSES[relation]!}${sign}${immediate}`;
}

NAMES.forEach((name, x) => {
  inverseOf[x] = numberOf(inverseName(name));
  branchIf[x] = numberOf(`br_if_${name}`);
  branchUnless[x] = numberOf(`br_unless_${name}`);
});
NAMES.forEach((_, x) => {
  const inverse = inverseOf[x]!;
  if (inverse < 0) return;
  if (branchUnless[x]! < 0) branchUnless[x] = branchIf[inverse]!;
  if (branchIf[x]! < 0) branchIf[x] = branchUnless[inverse]!;
});
branchIf[X["i32.eqz"]] = X.br_unless;
branchUnless[X["i32.eqz"]] = X.br_if;
