// Imports that compilers other than WASI's expect of every host, under the module name "env", as
// functions of the interpreter: those of AssemblyScript's modules, and those of Emscripten's that
// stand alone (-sSTANDALONE_WASM). runtime-support/hosts.c has the same table for native code, with
// the same texts; one suite of tests drives both (tools/hosts.test.ts). Each is provided under its
// name and exactly its type.
//
// setjmp and longjmp, as LLVM lowers them for Emscripten: a function that calls setjmp makes its
// other calls through invoke_SIG(index, arguments...), which calls an entry of the table. longjmp
// notes where it wants to go (setThrew) and then unwinds to the innermost of them, which restores
// the stack pointer and returns; the caller looks at what was noted.
//
// AssemblyScript's strings are UTF-16, a pointer to the first unit with the size in bytes in the
// four bytes before it; 0 is no string.

import { TRAP, trapOf } from "../abi.ts";
import type { Group, Instance } from "../interp/instance.ts";
import type { Machine } from "../interp/machine.ts";
import { Memory, PAGE } from "../interp/memory.ts";
import { wordsOfAll } from "../interp/slots.ts";
import type { Table } from "../interp/table.ts";
import { isWasi } from "../wasi/names.ts";
import type { Wasi } from "../wasi/world.ts";
import { EXTERNREF, F32, F64, FUNCREF, I32, I64, V128, newFuncType } from "../wasm/types.ts";
import type { Import, Module } from "../wasm/module.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import { showNumber } from "./words.ts";

/** What the functions know of their program. */
export class HostWorld {
  readonly machine: Machine;
  readonly wasi: Wasi;
  private readonly group: Group;
  /** What setTempRet0 was given: the upper half of a 64-bit result that was made two of 32 bits. */
  high = 0;
  /** Exports by which the guest's stack pointer is kept, and what was thrown is noted. */
  stackSave: number | undefined;
  stackRestore: number | undefined;
  setThrew: number | undefined;
  /** How many invoke_SIG are waiting that can catch. */
  catchers = 0;
  private instance: Instance | undefined;
  private entries: Table | undefined;

  constructor(machine: Machine, group: Group, wasi: Wasi) {
    this.machine = machine;
    this.group = group;
    this.wasi = wasi;
  }

  /** The program's memory, once there is one. */
  get memory(): Memory | undefined {
    const found = this.wasi.find?.();
    return found instanceof Memory ? found : undefined;
  }

  /** Works on this instance from now on, unless there was one before it. */
  bind(inst: Instance): void {
    if (this.instance !== undefined) return;
    this.instance = inst;
    const find = (type: FuncType, ...names: string[]): number | undefined =>
      names.map((name) => this.exported(inst, name, type)).find((func) => func !== undefined);
    this.stackSave = find(typeOf("", "i"), "emscripten_stack_get_current", "stackSave");
    this.stackRestore = find(typeOf("i", ""), "_emscripten_stack_restore", "stackRestore");
    this.setThrew = find(typeOf("ii", ""), "setThrew");
  }

  /** What invoke_SIG calls. */
  get table(): Table | undefined {
    if (this.entries !== undefined) return this.entries;
    const { module, tables = [] } = this.instance ?? {};
    const entry = module?.exports.find((e) => e.name === "__indirect_function_table");
    const table = tables[entry?.kind === "table" ? entry.index : 0];
    return table?.type === FUNCREF ? (this.entries = table) : undefined;
  }

  private exported(inst: Instance, name: string, type: FuncType): number | undefined {
    const entry = inst.module?.exports.find((e) => e.name === name && e.kind === "func");
    const func = entry === undefined ? undefined : inst.funcs[entry.index]!;
    return func !== undefined && this.machine.numbers.typeOf(func).key === type.key
      ? func
      : undefined;
  }

  call(func: number | undefined, ...args: number[]): Int32Array {
    return func === undefined ? nothing : this.invoke(func, slotsOf(args));
  }

  /** The same with arguments and results in slots. */
  invoke(func: number, words: Int32Array): Int32Array {
    return this.machine.invoke(this.group, func, words);
  }

  /** Guest memory [at, at + size). */
  bytes(at: number, size: number): Uint8Array {
    const { memory } = this;
    if (memory === undefined || at + size > memory.bytes.length) return trap("memory");
    return memory.bytes.subarray(at, at + size);
  }
}

const nothing = new Int32Array(2);
const slotsOf = (args: readonly number[]): Int32Array =>
  Int32Array.from({ length: 2 * args.length }, (_, k) => (k % 2 === 0 ? args[k / 2]! : 0));

const trap = (name: keyof typeof TRAP): never => {
  throw trapOf(TRAP[name]);
};

type HostCode = (world: HostWorld, slots: Int32Array, base: number) => void;

// ---- types -------------------------------------------------------------------------------------

const LETTERS: Readonly<Record<string, ValType>> = {
  i: I32,
  j: I64,
  f: F32,
  d: F64,
  V: V128,
  F: FUNCREF,
  X: EXTERNREF,
};

const typeOf = (params: string, results: string): FuncType =>
  newFuncType(
    [...params].map((c) => LETTERS[c]!),
    [...results].map((c) => LETTERS[c]!),
  );

// ---- texts on standard error -------------------------------------------------------------------

const TEXT_MAX = 1 << 20;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-16le", { ignoreBOM: true });
const noBytes = new Uint8Array(0);

type Piece = string | number | Uint8Array;

function say(world: HostWorld, ...pieces: Piece[]): void {
  const parts = pieces.map((p) => (p instanceof Uint8Array ? p : encoder.encode(String(p))));
  const all = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  world.wasi.complain(all);
}

/** A string of AssemblyScript; what lies outside of memory is left out. */
function wide({ memory }: HostWorld, pointer: number): string {
  if (memory === undefined || pointer < 4 || pointer > memory.bytes.length) return "";
  const size = memory.view.getUint32(pointer - 4, true);
  const end = Math.min(pointer + Math.min(size, TEXT_MAX), memory.bytes.length);
  return decoder.decode(memory.bytes.slice(pointer, end));
}

/** A string of C. */
function narrow({ memory }: HostWorld, pointer: number): Uint8Array {
  if (memory === undefined || pointer === 0) return noBytes;
  const all = memory.bytes.slice(pointer, pointer + TEXT_MAX);
  const end = all.indexOf(0);
  return end < 0 ? all : all.subarray(0, end);
}

/** The first arguments, i32s. */
const args = (slots: Int32Array, base: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => slots[base + 2 * k]! >>> 0);

// ---- numbers -----------------------------------------------------------------------------------

const words = new DataView(new ArrayBuffer(8));

function f64At(slots: Int32Array, at: number): number {
  words.setInt32(0, slots[at]!, true);
  words.setInt32(4, slots[at + 1]!, true);
  return words.getFloat64(0, true);
}

function putF64(slots: Int32Array, at: number, number: number): void {
  words.setFloat64(0, number, true);
  slots[at] = words.getInt32(0, true);
  slots[at + 1] = words.getInt32(4, true);
}

// ---- AssemblyScript ----------------------------------------------------------------------------

function abortAt(world: HostWorld, slots: Int32Array, base: number): never {
  const [message, file, line, column] = args(slots, base, 4);
  say(world, "abort: ", wide(world, message!), " in ", wide(world, file!), `(${line}:${column})\n`);
  return trap("abort");
}

const NUMBERS = 5;

function trace(world: HostWorld, slots: Int32Array, base: number): void {
  const [message, given] = args(slots, base, 2);
  const count = Math.min(given!, NUMBERS);
  const numbers = Array.from({ length: count }, (_, i) => f64At(slots, base + 4 + 2 * i));
  const list = numbers.length === 0 ? "" : ` ${numbers.map(showNumber).join(", ")}`;
  say(world, "trace: ", wide(world, message!), list, "\n");
}

/** A positive, finite double of 53 random bits. */
function seed(world: HostWorld, slots: Int32Array, base: number): void {
  const bytes = new Uint8Array(8);
  world.wasi.fillRandom(bytes);
  const bits = new DataView(bytes.buffer).getBigUint64(0, true) >> 11n;
  putF64(slots, base, Number(bits));
}

// ---- Emscripten --------------------------------------------------------------------------------

// The interpreter looks its memory up whenever it needs it.
const grown = (): void => undefined;

/** Grows memory to so many bytes; by a fifth, if there is that much, so that it happens rarely. */
function resizeHeap({ memory }: HostWorld, slots: Int32Array, base: number): void {
  const pages = Math.ceil((slots[base]! >>> 0) / PAGE);
  slots[base] = memory === undefined ? 0 : 1;
  if (memory === undefined || pages <= memory.pages) return;
  const ample = memory.pages + Math.floor(memory.pages / 5);
  if (ample > pages && memory.grow(ample - memory.pages) >= 0) return;
  slots[base] = memory.grow(pages - memory.pages) < 0 ? 0 : 1;
}

/** The result, if it has one, is where to, which is there already. */
function copy(world: HostWorld, slots: Int32Array, base: number): void {
  const [to, from, size] = args(slots, base, 3);
  world.bytes(to!, size!).set(world.bytes(from!, size!));
}

const abortNow = (): never => trap("abort");

function assertFail(world: HostWorld, slots: Int32Array, base: number): never {
  const [what, file, line, func] = args(slots, base, 4);
  const where = [" in ", narrow(world, file!), `(${line}) `, narrow(world, func!)];
  say(world, "abort: assertion failed: ", narrow(world, what!), ...where, "\n");
  return trap("abort");
}

/** Milliseconds since 1970, whole. */
function dateNow({ wasi }: HostWorld, slots: Int32Array, base: number): void {
  putF64(slots, base, Number(wasi.now(0) / 1_000_000n));
}

/** Milliseconds from any moment, which never go back. */
function getNow({ wasi }: HostWorld, slots: Int32Array, base: number): void {
  putF64(slots, base, Number(wasi.now(1)) / 1e6);
}

function setHigh(world: HostWorld, slots: Int32Array, base: number): void {
  world.high = slots[base]!;
}

function getHigh(world: HostWorld, slots: Int32Array, base: number): void {
  slots[base] = world.high;
}

// ---- setjmp and longjmp ------------------------------------------------------------------------

/** Thrown to the innermost invoke_SIG that can catch. */
const unwinding = new Error("longjmp");

function throwLongjmp(world: HostWorld): never {
  if (world.catchers > 0) throw unwinding;
  return trap("longjmp");
}

/** Older modules leave it to the host to note where to go. */
function longjmpTo(world: HostWorld, slots: Int32Array, base: number): never {
  const [env, value] = args(slots, base, 2);
  world.call(world.setThrew, env!, value === 0 ? 1 : value!);
  return throwLongjmp(world);
}

/** The function at an index of the table, which must have the type with this key. */
function entryAt({ machine, table }: HostWorld, index: number, key: string): number {
  if (table === undefined || index >= table.size) return trap("element");
  const entry = table.elems[2 * index]!;
  if (entry === 0) return trap("null");
  return machine.numbers.typeOf(entry).key === key ? entry : trap("signature");
}

/** invoke_SIG for functions of this type. */
function invoking({ key, params, results }: FuncType): HostCode {
  const taken = wordsOfAll(params);
  const given = wordsOfAll(results);
  return (world, slots, base) => {
    const { setThrew } = world;
    const entry = entryAt(world, slots[base]! >>> 0, key);
    const words = slots.slice(base + 2, base + 2 + taken);
    const [sp] = world.call(world.stackSave);
    const catches = setThrew === undefined ? 0 : 1;
    world.catchers += catches;
    try {
      slots.set(world.invoke(entry, words), base);
      return;
    } catch (error) {
      if (error !== unwinding || catches === 0) throw error;
    } finally {
      world.catchers -= catches;
    }
    world.call(world.stackRestore, sp!);
    world.call(setThrew, 1, 0);
    slots.fill(0, base, base + given);
  };
}

// ---- the table ---------------------------------------------------------------------------------

type Row = readonly [name: string, params: string, results: string, code: HostCode];

// prettier-ignore
const rows: readonly Row[] = [
  ["abort",                           "iiii",    "",  abortAt],
  ["trace",                           "iiddddd", "",  trace],
  ["seed",                            "",        "d", seed],
  ["Date.now",                        "",        "d", dateNow],
  ["abort",                           "",        "",  abortNow],
  ["_abort_js",                       "",        "",  abortNow],
  ["__assert_fail",                   "iiii",    "",  assertFail],
  ["emscripten_notify_memory_growth", "i",       "",  grown],
  ["emscripten_resize_heap",          "i",       "i", resizeHeap],
  ["emscripten_memcpy_js",            "iii",     "",  copy],
  ["_emscripten_memcpy_js",           "iii",     "",  copy],
  ["emscripten_memcpy_big",           "iii",     "",  copy],
  ["emscripten_memcpy_big",           "iii",     "i", copy],
  ["emscripten_date_now",             "",        "d", dateNow],
  ["emscripten_get_now",              "",        "d", getNow],
  ["setTempRet0",                     "i",       "",  setHigh],
  ["getTempRet0",                     "",        "i", getHigh],
  ["_emscripten_throw_longjmp",       "",        "",  throwLongjmp],
  ["emscripten_longjmp",              "ii",      "",  longjmpTo],
];

/** invoke_SIG: a letter for the result, v for none, then one for each parameter. */
const INVOKE = /^invoke_([vijfdVFX])([ijfdVFX]{0,255})$/;

export interface HostRow {
  readonly type: FuncType;
  readonly code: HostCode;
}

/**
 * The function that hosts provide under this name, of this type if there is one; undefined where
 * there is none.
 */
export function findHost(module: string, name: string, type?: FuncType): HostRow | undefined {
  if (module !== "env") return undefined;
  const [, result, params] = INVOKE.exec(name) ?? [];
  if (result !== undefined) {
    const gives = result === "v" ? "" : result;
    return { type: typeOf(`i${params}`, gives), code: invoking(typeOf(params!, gives)) };
  }
  const found = rows
    .filter((row) => row[0] === name)
    .map(([, takes, gives, code]) => ({ type: typeOf(takes, gives), code }));
  return found.find((row) => row.type.key === type?.key) ?? found[0];
}

/** Whether the loader and objects have this import of a module by themselves. */
export function isProvided(m: Module, { module, name, kind, index }: Import): boolean {
  if (isWasi(module)) return true;
  const type = kind === "func" ? m.types[m.funcs[index]!]! : undefined;
  return type !== undefined && findHost(module, name, type)?.type.key === type.key;
}
