// The text form of a function. parse.ts reads it back to the same function: equal texts are equal
// functions. It looks like this:
//
//   type t0 (i32, i32) -> (i64)                        signatures of the calls in the function
//   func %3 (i32, i64) -> (i32) {                      `placed {` once it has an order
//   b1(v1: i32, v2: i64):
//     v4: i32 = add v1, 5                              constants stand where they are used
//     v5: i64 = load.8u memory v4 + 16 guard #2 @0x1c2 width, class, offset, version, source
//     store.16u memory v4, v5 guard @0x1c8
//     v7: v128 = vadd.i16x8 v6, v6                     the shape of a vector opcode
//     v8: i64 = call f5 t0(v1, v4) @0x1cf
//     sigcheck v5, 0x811c9dc5
//     trapif v4, memory @0x1d0
//     br v4, b2(v5), b3
//   b3 cold:
//     trap unreachable @0x1d5
//   ...
//   }
//
// A constant is written in full (`i64 5`, `f32 -0`, `ptr 16`, `vec` and the four words of a v128,
// since v128 is a value) unless it is an i32. Blocks stand in layout order; before `place`
// instructions stand in the block they were made in, by id, and after it in their order. Ids of
// constants and of what makes no value are not shown, nor is what is dead.

import { LIBCALLS, TRAPS } from "../abi.ts";
import { f32OfBits, f64OfBits } from "../semantics.ts";
import type { Block, Edge, Func, Signature, Value } from "./func.ts";
import {
  ACCESS_GUARD,
  CLASS_NAMES,
  FLAG,
  IR,
  OP_FLAGS,
  OP_NAMES,
  OP_OPERANDS,
  SHAPE_NAMES,
  WIDTH_NAMES,
  classOf,
  offsetOf,
  widthOf,
} from "./ops.ts";
import { isVector } from "./shapes.ts";
import { F32, F64, I32, TYPE_NAMES, V128 } from "./types.ts";
import type { Type } from "./types.ts";

export type Stage = "built" | "tidied" | "placed";

const hex = (n: number): string => "0x" + (n >>> 0).toString(16);

/** Name of a type. */
export const typeName = (t: Type): string => TYPE_NAMES[t] ?? `type${t}`;

// ---- constants ---------------------------------------------------------------------------------

/** Payload of a NaN, or the number in the shortest form that reads back. */
function floatText(value: number, sign: number, payload: string): string {
  if (value !== value) return `${sign < 0 ? "-" : ""}nan:0x${payload}`;
  if (value === Infinity || value === -Infinity) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0" : String(value);
}

function f32Text(word: number): string {
  const value = f32OfBits(word);
  const payload = (word & 0x7fffff).toString(16);
  if (value === 0 || !Number.isFinite(value)) return floatText(value, word, payload);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

function f64Text(lo: number, hi: number): string {
  const low = (lo >>> 0).toString(16);
  const high = hi & 0xfffff;
  const payload = high === 0 ? low : high.toString(16) + low.padStart(8, "0");
  return floatText(f64OfBits(lo, hi), hi, payload);
}

/** A 64-bit integer: decimal while that is exact, else its bits. */
function wideText(lo: number, hi: number): string {
  if (hi >= -0x200000 && hi < 0x200000) return String(hi * 2 ** 32 + (lo >>> 0));
  return hex(hi) + (lo >>> 0).toString(16).padStart(8, "0");
}

/** A constant as it stands among operands. */
export function constText(f: Func, v: Value): string {
  const ty = f.ty[v]!;
  const lo = f.a[v]!;
  const hi = f.b[v]!;
  if (ty === I32) return String(lo);
  const name = typeName(ty);
  if (ty === F32) return `${name} ${f32Text(lo)}`;
  if (ty === F64) return `${name} ${f64Text(lo, hi)}`;
  if (ty === V128) return `vec ${[0, 1, 2, 3].map((k) => hex(f.pool[lo + k] ?? 0)).join(" ")}`;
  return `${name} ${wideText(lo, hi)}`;
}

// ---- instructions ------------------------------------------------------------------------------

const operandText = (f: Func, v: Value): string =>
  f.op[v] === IR.const ? constText(f, v) : `v${v}`;

/** Length of a list; what is printed may be broken, and the verifier wants to show it. */
const within = (f: Func, at: number): number => Math.min(f.pool[at] ?? 0, f.poolCount - at - 1);

function listText(f: Func, at: number): string {
  const parts: string[] = [];
  const end = within(f, at);
  for (let k = 1; k <= end; k++) parts.push(operandText(f, f.pool[at + k]!));
  return parts.join(", ");
}

function edgeText(f: Func, e: Edge): string {
  const args = listText(f, e + 1);
  return args === "" ? `b${f.pool[e]}` : `b${f.pool[e]}(${args})`;
}

function switchText(f: Func, i: Value): string {
  const list = f.b[i]!;
  const count = within(f, list);
  const targets: string[] = [];
  for (let k = 1; k < count; k++) targets.push(edgeText(f, f.pool[list + k]!));
  const rest = edgeText(f, f.pool[list + count]!);
  return `${operandText(f, f.a[i]!)} [${targets.join(", ")}] ${rest}`;
}

const offsetText = (offset: number): string => (offset === 0 ? "" : ` + ${offset}`);

function accessText(f: Func, i: Value): string {
  const guard = f.aux[i]! & ACCESS_GUARD ? " guard" : "";
  const place = `${operandText(f, f.a[i]!)}${offsetText(offsetOf(f.aux[i]!, f.c[i]!))}`;
  const head = `${CLASS_NAMES[classOf(f.aux[i]!)]} ${place}`;
  if (f.op[i] === IR.store) return `${head}, ${operandText(f, f.b[i]!)}${guard}`;
  return head + guard + (f.b[i] === 0 ? "" : ` #${f.b[i]}`);
}

/** The type index of a call; -1 if the function was not told. */
export const callType = (f: Func, i: Value): number =>
  f.op[i] === IR.call ? (f.callTypes[f.a[i]!] ?? -1) : f.c[i]!;

function calleeText(f: Func, i: Value): string {
  const a = f.a[i]!;
  const type = callType(f, i);
  switch (f.op[i]) {
    case IR.call:
      return `f${a} t${type}`;
    case IR.callslot:
      return `${hex(a)} t${type}`;
    case IR.callref:
      return `${operandText(f, a)} t${type}`;
    default:
      return LIBCALLS[a]?.[0] ?? `libcall${a}`;
  }
}

const trapText = (code: number): string => TRAPS[code]?.[0] ?? String(code);

/** Operands of instructions whose columns are not just values. */
function specialText(f: Func, i: Value): string | undefined {
  const a = f.a[i]!;
  switch (f.op[i]) {
    case IR.result:
      return `${operandText(f, a)}, ${f.b[i]}`;
    case IR.load:
    case IR.store:
      return accessText(f, i);
    case IR.call:
    case IR.callslot:
    case IR.callref:
    case IR.libcall:
      return `${calleeText(f, i)}(${listText(f, f.b[i]!)})`;
    case IR.sigcheck:
      return `${operandText(f, a)}, ${hex(f.b[i]!)}`;
    case IR.trapif:
      return `${operandText(f, a)}, ${trapText(f.b[i]!)}`;
    case IR.jump:
      return edgeText(f, a);
    case IR.br:
      return `${operandText(f, a)}, ${edgeText(f, f.b[i]!)}, ${edgeText(f, f.c[i]!)}`;
    case IR.switch:
      return switchText(f, i);
    case IR.ret:
      return listText(f, a);
    case IR.trap:
      return trapText(a);
    default:
      return undefined;
  }
}

function plainOperands(f: Func, i: Value): string {
  const letters = OP_OPERANDS[f.op[i]!] ?? "";
  const columns = [f.a, f.b, f.c];
  const parts: string[] = [];
  for (let k = 0; k < letters.length; k++) {
    if (letters[k] === "v") parts.push(operandText(f, columns[k]![i]!));
    else if (letters[k] === "n") parts.push(String(columns[k]![i]!));
  }
  return parts.join(", ");
}

/** What stands behind the opcode: the width of an access, the shape of a vector opcode. */
function suffixOf(f: Func, i: Value): string | undefined {
  const op = f.op[i]!;
  if (op === IR.load || op === IR.store) return WIDTH_NAMES[widthOf(f.aux[i]!)];
  return isVector(op) ? (SHAPE_NAMES[f.aux[i]!] ?? `shape${f.aux[i]}`) : undefined;
}

/** One instruction, without indentation. */
export function printInst(f: Func, i: Value): string {
  const op = f.op[i]!;
  const suffix = suffixOf(f, i);
  const operands = specialText(f, i) ?? plainOperands(f, i);
  const aux = suffix === undefined && f.aux[i] !== 0 ? ` aux ${f.aux[i]}` : "";
  const shown = (OP_FLAGS[op]! & (FLAG.pure | FLAG.param)) === 0 && f.source[i] !== 0;
  return (
    (f.hasValue(i) ? `v${i}: ${typeName(f.ty[i]!)} = ` : "") +
    (OP_NAMES[op] ?? `op${op}`) +
    (suffix ? `.${suffix}` : "") +
    (operands === "" ? "" : ` ${operands}`) +
    aux +
    (shown ? ` @${hex(f.source[i]!)}` : "")
  );
}

// ---- functions ---------------------------------------------------------------------------------

/** `(i32, i64) -> (f32)` */
export const signatureText = (s: Signature): string =>
  `(${s.params.map(typeName).join(", ")}) -> (${s.results.map(typeName).join(", ")})`;

/** Instructions by block in the order of the text; parameters and constants are left out. */
function instsByBlock(f: Func): Value[][] {
  const lists: Value[][] = Array.from({ length: f.blockCount }, () => []);
  if (f.orderCount > 0) {
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      const end = Math.min(f.end[b]!, f.orderCount);
      for (let at = f.start[b]!; at < end; at++) lists[b]?.push(f.order[at]!);
    }
    return lists;
  }
  for (let i = 1; i < f.count; i++) {
    const op = f.op[i]!;
    if (op === IR.none || op === IR.const || op === IR.param) continue;
    if (i !== f.term[f.block[i]!]) lists[f.block[i]!]?.push(i);
  }
  for (let b = 1; b < f.blockCount; b++) if (f.term[b] !== 0) lists[b]!.push(f.term[b]!);
  return lists;
}

function blockHead(f: Func, b: Block): string {
  const params: string[] = [];
  const count = Math.min(f.paramCount[b] ?? 0, f.count);
  for (let k = 0; k < count; k++) {
    const v = f.firstParam[b]! + k;
    params.push(`v${v}: ${typeName(f.ty[v]!)}`);
  }
  const list = params.length === 0 ? "" : `(${params.join(", ")})`;
  return `b${b}${list}${f.cold[b] ? " cold" : ""}:`;
}

const isTypedCall = (op: number): boolean =>
  op === IR.call || op === IR.callslot || op === IR.callref;

function typeLines(f: Func, lists: readonly (readonly Value[])[]): string[] {
  const used = new Set<number>();
  for (const list of lists) {
    for (const i of list) if (isTypedCall(f.op[i]!)) used.add(callType(f, i));
  }
  return [...used]
    .sort((x, y) => x - y)
    .map((t) => `type t${t} ${signatureText(f.types[t] ?? { params: [], results: [] })}`);
}

/** The text of a function; ends with a line break. */
export function printFunc(f: Func): string {
  const lists = instsByBlock(f);
  const placed = f.orderCount > 0 ? " placed" : "";
  const lines = typeLines(f, lists);
  lines.push(`func %${f.index} ${signatureText(f.signature)}${placed} {`);
  for (let k = 0; k < f.layoutCount; k++) {
    const b = f.layout[k]!;
    lines.push(blockHead(f, b));
    for (const i of lists[b] ?? []) lines.push(`  ${printInst(f, i)}`);
  }
  lines.push("}", "");
  return lines.join("\n");
}
