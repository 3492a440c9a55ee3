// Operators that the loop leaves to functions: 64-bit division, bulk memory, tables, growing; and
// memory accesses that its quick check does not admit (which may be good ones: of a memory beyond
// 2 GiB, or with a huge offset). In: the instance and the slots of the operands. Out: the result in
// the first of them, or a trap.

import { TRAP, trapOf } from "../abi.ts";
import type { Views } from "../lanes.ts";
import { overWords, wide } from "../semantics.ts";
import type { WordMeaning } from "../semantics.ts";
import { OP, OPS } from "../wasm/ops.ts";
import type { Instance } from "./instance.ts";
import { noBytes, noElems } from "./instance.ts";
import { LENGTH, NAMES, RESULT, SIZE, VECTORS } from "./loop.gen.ts";
import { insnOf } from "./select.ts";
import { accessVector } from "./vectors.gen.ts";

const outOfMemory = (): never => {
  throw trapOf(TRAP.memory);
};

const outOfTable = (): never => {
  throw trapOf(TRAP.table);
};

/** [from, from + count) lies within `size`; all unsigned. */
const inside = (from: number, count: number, size: number): boolean => from + count <= size;

// Memory ------------------------------------------------------------------------------------------

/** Writes part of a data segment; also for active segments. */
export function initMemory(
  inst: Instance,
  memory: number,
  data: number,
  to: number,
  from: number,
  count: number,
): void {
  const { bytes } = inst.memories[memory]!;
  const source = inst.datas[data]!;
  if (!inside(from, count, source.length) || !inside(to, count, bytes.length)) outOfMemory();
  bytes.set(source.subarray(from, from + count), to);
}

/** Writes part of an element segment; also for active segments. */
export function initTable(
  inst: Instance,
  table: number,
  elem: number,
  to: number,
  from: number,
  count: number,
): void {
  const t = inst.tables[table]!;
  const source = inst.elems[elem]!;
  if (!t.has(to, count)) outOfTable();
  if (!inside(from, count, source.length >> 1)) throw trapOf(TRAP.segment);
  t.elems.set(source.subarray(2 * from, 2 * (from + count)), 2 * to);
}

function copyMemory(inst: Instance, to: number, from: number, count: number): void {
  const { bytes } = inst.memory;
  if (!inside(from, count, bytes.length) || !inside(to, count, bytes.length)) outOfMemory();
  bytes.copyWithin(to, from, from + count);
}

function fillMemory(inst: Instance, to: number, byte: number, count: number): void {
  const { bytes } = inst.memory;
  if (!inside(to, count, bytes.length)) outOfMemory();
  bytes.fill(byte, to, to + count);
}

function copyTable(
  inst: Instance,
  into: number,
  outOf: number,
  to: number,
  from: number,
  count: number,
): void {
  const source = inst.tables[outOf]!;
  const target = inst.tables[into]!;
  if (!source.has(from, count) || !target.has(to, count)) outOfTable();
  if (source === target) target.elems.copyWithin(2 * to, 2 * from, 2 * (from + count));
  else target.elems.set(source.elems.subarray(2 * from, 2 * (from + count)), 2 * to);
}

// Accesses ----------------------------------------------------------------------------------------

/**
 * The memory instruction `x` done with care: `address` may be any number, the value is in or goes
 * to the slot `at`.
 */
function access(inst: Instance, x: number, address: number, I: Int32Array, at: number): void {
  const { view } = inst.memory;
  const parts = /^i(32|64)\.(load|store)\d*(_[su])?(_i)?(_[pxc])?$/.exec(NAMES[x]!)!;
  const [, bits, kind, sign] = parts;
  const size = SIZE[x]!;
  if (!inside(address, size, view.byteLength)) outOfMemory();
  if (kind === "store") return store(view, size, address, I, at);
  const isSigned = sign !== "_u";
  let lo: number;
  let hi = 0;
  if (size === 1) lo = isSigned ? view.getInt8(address) : view.getUint8(address);
  else if (size === 2) lo = isSigned ? view.getInt16(address, true) : view.getUint16(address, true);
  else lo = view.getInt32(address, true);
  if (size === 8) hi = view.getInt32(address + 4, true);
  else if (isSigned) hi = lo >> 31;
  I[at] = lo;
  if (bits === "64") I[at + 1] = hi;
}

/** A vector's: d, a, b and the lane are the operands of the instruction that it needs. */
function accessFar(
  { memory: { view } }: Instance,
  x: number,
  address: number,
  V: Views,
  places: readonly [d: number, a: number, b: number],
  lane: number,
): void {
  const size = SIZE[x]!;
  if (!inside(address, size, view.byteLength)) outOfMemory();
  const window = new DataView(view.buffer, view.byteOffset + address, size);
  accessVector(x, window, V, ...places, lane);
}

/** Performs the access at `pc`, which the loop did not. */
export function accessAt(inst: Instance, code: Int32Array, pc: number, V: Views, fp: number): void {
  const I = V.i32;
  const x = code[pc]!;
  const [, immediate, form] = /(_i)?(_[pxc])?$/.exec(NAMES[x]!)!;
  const isLoad = RESULT[x] === 1;
  const place = code[pc + (isLoad ? 2 : 1)]!;
  const third = code[pc + 3]!;
  const addend = form === "_p" ? third : form === "_x" ? I[fp + third]! : 0;
  const base = form === "_c" ? place : I[fp + place]! + addend;
  const address = (base >>> 0) + (code[pc + LENGTH[x]! - 1]! >>> 0);
  if (x >= VECTORS) {
    const [d, a, b] = [fp + code[pc + 1]!, fp + code[pc + 2]!, fp + third];
    return accessFar(inst, x, address, V, [d, a, b], code[pc + LENGTH[x]! - 2]!);
  }
  const other = code[pc + (isLoad ? 1 : 2)]!;
  if (immediate === undefined) return access(inst, x, address, I, fp + other);
  access(inst, x, address, Int32Array.of(other), 0);
}

function store(view: DataView, size: number, address: number, I: Int32Array, at: number): void {
  if (size === 1) view.setInt8(address, I[at]!);
  else if (size === 2) view.setInt16(address, I[at]!, true);
  else view.setInt32(address, I[at]!, true);
  if (size === 8) view.setInt32(address + 4, I[at + 1]!, true);
}

// Operators ---------------------------------------------------------------------------------------

const DIVISIONS: ReadonlyMap<number, WordMeaning> = new Map([
  [OP["i64.div_s"], overWords("i64_div_s")],
  [OP["i64.div_u"], overWords("i64_div_u")],
  [OP["i64.rem_s"], overWords("i64_rem_s")],
  [OP["i64.rem_u"], overWords("i64_rem_u")],
]);

/** Performs `op` on the slots from `at` on; `p` and `q` are its immediates. */
export function perform(
  inst: Instance,
  op: number,
  V: Views,
  at: number,
  p: number,
  q: number,
): void {
  const I = V.i32;
  const division = DIVISIONS.get(op);
  if (division !== undefined) {
    const lo = division(I[at]!, I[at + 1]!, I[at + 2]!, I[at + 3]!);
    I[at] = lo;
    I[at + 1] = wide.hi;
    return;
  }
  const x = I[at]! >>> 0;
  const y = I[at + 2]! >>> 0;
  const z = I[at + 4]! >>> 0;
  switch (op) {
    case OP["memory.grow"]:
      I[at] = inst.memory.grow(x);
      return;
    case OP["memory.fill"]:
      return fillMemory(inst, x, y & 255, z);
    case OP["memory.copy"]:
      return copyMemory(inst, x, y, z);
    case OP["memory.init"]:
      return initMemory(inst, q, p, x, y, z);
    case OP["data.drop"]:
      inst.datas[p] = noBytes;
      return;
    case OP["table.init"]:
      return initTable(inst, q, p, x, y, z);
    case OP["elem.drop"]:
      inst.elems[p] = noElems;
      return;
    case OP["table.copy"]:
      return copyTable(inst, p, q, x, y, z);
    default:
      if (OPS[op]!.name.startsWith("table.")) return tableOperator(inst, op, I, at, p);
      return accessWith(inst, insnOf[op]!, x + (p >>> 0), V, at, q);
  }
}

/**
 * A load or store with a far offset: the value is in place of the address, or behind it, and so is
 * a vector that a lane belongs to.
 */
function accessWith(
  inst: Instance,
  x: number,
  address: number,
  V: Views,
  at: number,
  lane: number,
): void {
  if (x >= VECTORS) accessFar(inst, x, address, V, [at, at + 2, at + 2], lane);
  else access(inst, x, address, V.i32, RESULT[x] === 1 ? at : at + 2);
}

function tableOperator(inst: Instance, op: number, I: Int32Array, at: number, p: number): void {
  const table = inst.tables[p]!;
  const x = I[at]! >>> 0;
  switch (op) {
    case OP["table.get"]:
      if (x >= table.size) outOfTable();
      I[at] = table.elems[2 * x]!;
      I[at + 1] = table.elems[2 * x + 1]!;
      return;
    case OP["table.set"]:
      if (x >= table.size) outOfTable();
      return table.fill(x, 1, I[at + 2]!, I[at + 3]!);
    case OP["table.size"]:
      I[at] = table.size;
      return;
    case OP["table.grow"]:
      I[at] = table.grow(I[at + 2]! >>> 0, I[at]!, I[at + 1]!);
      return;
    default: {
      // table.fill
      const count = I[at + 4]! >>> 0;
      if (!table.has(x, count)) outOfTable();
      table.fill(x, count, I[at + 2]!, I[at + 3]!);
    }
  }
}
