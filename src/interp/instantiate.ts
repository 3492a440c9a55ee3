// From a module and imports to an instance. Imports are to be matched first, so that nothing
// happens when one does not fit; then globals, tables and memories are made, active segments
// applied, and the start function is run. Segments are applied in order and a failing one traps,
// leaving what was written before it; without bulk-memory (standard 1.0) all of them are checked
// first and a failing one is a LinkError.

import { TABLE_MAX, trapOf } from "../abi.ts";
import { LinkError, Trap, Unsupported } from "../support/errors.ts";
import type { ConstExpr, Import, Module } from "../wasm/module.ts";
import { OP } from "../wasm/ops.ts";
import { V128 } from "../wasm/types.ts";
import type { Limits } from "../wasm/types.ts";
import type { Global, Group, Instance } from "./instance.ts";
import { noBytes, noElems } from "./instance.ts";
import type { Machine } from "./machine.ts";
import { Memory, PAGE } from "./memory.ts";
import type { Budget } from "./memory.ts";
import { wordsOf } from "./slots.ts";
import { initMemory, initTable } from "./slow.ts";
import { Table } from "./table.ts";

/** Something to import: a function is its number in the machine. */
export type Imported =
  | { readonly kind: "func"; readonly func: number }
  | { readonly kind: "table"; readonly table: Table }
  | { readonly kind: "memory"; readonly memory: Memory }
  | { readonly kind: "global"; readonly global: Global };

/** An import before it is given numbers: a function of the host fits any type. */
export type Offered =
  | Exclude<Imported, { kind: "global" }>
  | { readonly kind: "global"; readonly global: Pick<Global, "type" | "mutable"> }
  | { readonly kind: "host" };

export interface InstantiateOptions {
  /** Where the instance belongs, which knows the functions among its imports. */
  readonly group: Group;
  /** Segments are checked before any is applied, as in standard 1.0. */
  readonly checksFirst: boolean;
  /** Count operators. */
  readonly counts: boolean;
  /** Segments are not applied, and nothing is run: a snapshot will say what the instance is. */
  readonly isBlank?: boolean;
  /** What a memory is taken from; without it, memories have what their types say. */
  readonly budget?: (() => Budget) | undefined;
  /** Elements that a table may have. */
  readonly mostElements?: number;
}

// Imports -----------------------------------------------------------------------------------------

function fits(size: number, max: number, want: Limits): boolean {
  return size >= want.min && (want.max < 0 || (max >= 0 && max <= want.max));
}

function matches(machine: Machine, m: Module, entry: Import, given: Offered): boolean {
  const { index, kind } = entry;
  if (given.kind === "host") return kind === "func";
  if (given.kind !== kind) return false;
  switch (given.kind) {
    case "func":
      return machine.numbers.typeOf(given.func).key === m.types[m.funcs[index]!]!.key;
    case "table": {
      const want = m.tables[index]!;
      const { table } = given;
      return table.type === want.elem && fits(table.size, table.max, want.limits);
    }
    case "memory":
      return fits(given.memory.pages, given.memory.max, m.memories[index]!.limits);
    default: {
      const want = m.globals[index]!;
      return given.global.type === want.type && given.global.mutable === want.mutable;
    }
  }
}

/** Throws LinkError unless the imports, in the module's order, are what the module wants. */
export function checkImports(
  machine: Machine,
  m: Module,
  imports: readonly (Offered | undefined)[],
): void {
  m.imports.forEach((entry, i) => {
    const given = imports[i];
    const name = `"${entry.module}" "${entry.name}"`;
    if (given === undefined) throw new LinkError(`unknown import: ${name}`, entry.offset);
    if (!matches(machine, m, entry, given)) {
      throw new LinkError(`incompatible import type: ${name}`, entry.offset);
    }
  });
}

function bindImports(inst: Instance, imports: readonly Imported[]): void {
  for (const given of imports) {
    if (given.kind === "table") inst.tables.push(given.table);
    else if (given.kind === "memory") inst.memories.push(given.memory);
    else if (given.kind === "global") inst.globals.push(given.global);
  }
}

// Definitions -------------------------------------------------------------------------------------

type Words = readonly [lo: number, hi: number, w2: number, w3: number];

function wordsOfBytes(bytes: Uint8Array): Words {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  const word = (at: number): number => view.getInt32(at, true);
  return [word(0), word(4), word(8), word(12)];
}

/** The value of a constant expression; the upper words are those of a v128. */
function evaluate(machine: Machine, inst: Instance, e: ConstExpr): Words {
  const { op, lo, hi, bytes } = e.ops[0]!;
  switch (op) {
    case OP["global.get"]: {
      const { I } = machine.arenas;
      const { cell, type } = inst.globals[lo >>> 0]!;
      const isVector = type === V128;
      return [I[cell]!, I[cell + 1]!, isVector ? I[cell + 2]! : 0, isVector ? I[cell + 3]! : 0];
    }
    case OP["ref.func"]:
      return [inst.funcs[lo >>> 0]!, 0, 0, 0];
    case OP["ref.null"]:
      return [0, 0, 0, 0];
    case OP["v128.const"]:
      return wordsOfBytes(bytes!);
    default:
      return [lo, hi, 0, 0];
  }
}

/** An offset into a memory or table. */
const offsetOf = (machine: Machine, inst: Instance, e: ConstExpr): number =>
  evaluate(machine, inst, e)[0] >>> 0;

function orUnsupported<T>(what: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) throw new Unsupported(`out of memory for ${what}`);
    throw error;
  }
}

function newMemory(limits: Limits, budget: Budget | undefined): Memory {
  const { min } = limits;
  if (budget === undefined || min <= budget.left) {
    return orUnsupported(`${min} pages`, () => new Memory(limits, budget));
  }
  const left = budget.left * PAGE;
  throw new Unsupported(`needs a memory of ${min * PAGE} bytes, more than the ${left} left to it`);
}

function define(
  machine: Machine,
  inst: Instance,
  m: Module,
  { budget, mostElements = TABLE_MAX }: InstantiateOptions,
): void {
  const { I } = machine.arenas;
  for (const type of m.tables.slice(m.importedTables)) {
    const what = `a table of ${type.limits.min} elements`;
    inst.tables.push(orUnsupported(what, () => new Table(type, mostElements)));
  }
  for (const { limits } of m.memories.slice(m.importedMemories)) {
    inst.memories.push(newMemory(limits, budget?.()));
  }
  inst.memory = inst.memories[0] ?? inst.memory;
  m.globals.slice(m.importedGlobals).forEach(({ type, mutable }, i) => {
    const global = machine.numbers.newGlobal(inst.group, type, mutable);
    const words = evaluate(machine, inst, m.globalInits[i]!);
    for (let k = 0; k < wordsOf(type); k++) I[global.cell + k] = words[k]!;
    inst.globals.push(global);
  });
}

function makeSegments(machine: Machine, inst: Instance, m: Module): void {
  for (const data of m.datas) inst.datas.push(data.bytes);
  for (const elem of m.elems) {
    const words = new Int32Array(2 * elem.items.length);
    elem.items.forEach((item, i) => {
      [words[2 * i], words[2 * i + 1]] = evaluate(machine, inst, item);
    });
    inst.elems.push(words);
  }
}

// Segments ----------------------------------------------------------------------------------------

/** Standard 1.0: all segments fit, or nothing happens. */
function checkSegments(machine: Machine, inst: Instance, m: Module): void {
  m.elems.forEach((elem) => {
    if (elem.mode !== "active") return;
    const at = offsetOf(machine, inst, elem.start!);
    if (!inst.tables[elem.table]!.has(at, elem.items.length)) {
      throw new LinkError("elements segment does not fit", elem.offset);
    }
  });
  m.datas.forEach((data) => {
    if (data.mode !== "active") return;
    const at = offsetOf(machine, inst, data.start!);
    if (at + data.bytes.length > inst.memories[data.memory]!.bytes.length) {
      throw new LinkError("data segment does not fit", data.offset);
    }
  });
}

function applySegments(machine: Machine, inst: Instance, m: Module): void {
  m.elems.forEach((elem, i) => {
    if (elem.mode === "passive") return;
    if (elem.mode === "active") {
      const at = offsetOf(machine, inst, elem.start!);
      initTable(inst, elem.table, i, at, 0, elem.items.length);
    }
    inst.elems[i] = noElems;
  });
  m.datas.forEach((data, i) => {
    if (data.mode === "passive") return;
    const at = offsetOf(machine, inst, data.start!);
    initMemory(inst, data.memory, i, at, 0, data.bytes.length);
    inst.datas[i] = noBytes;
  });
}

/**
 * Instantiates a valid module with imports that were found to fit; `adopt` is told of the instance
 * as soon as others may refer to it, which stays so when a segment or the start function traps.
 */
export function instantiate(
  machine: Machine,
  m: Module,
  imports: readonly Imported[],
  options: InstantiateOptions,
  adopt?: (inst: Instance) => void,
): Instance {
  const { group, counts, checksFirst } = options;
  const funcs = imports.flatMap((given) => (given.kind === "func" ? [given.func] : []));
  const inst = machine.numbers.newInstance(group, m, counts, funcs);
  adopt?.(inst);
  bindImports(inst, imports);
  define(machine, inst, m, options);
  makeSegments(machine, inst, m);
  if (options.isBlank === true) return inst;
  if (checksFirst) checkSegments(machine, inst, m);
  try {
    applySegments(machine, inst, m);
  } catch (error) {
    throw error instanceof Trap ? trapOf(error.code) : error;
  }
  if (m.start >= 0) machine.invoke(inst.group, inst.funcs[m.start]!, new Int32Array(0));
  return inst;
}
