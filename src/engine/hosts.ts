// Imports that compilers other than WASI's expect of every host, as functions of the interpreter:
// AssemblyScript's env.abort, env.trace and env.seed, and Emscripten's notice that memory has
// grown. Each is provided under its name and exactly its type; who imports the name with another
// type is told so by the linker.
//
// AssemblyScript's strings are UTF-16, a pointer to the first unit with the size in bytes in the
// four bytes before it; 0 is no string.

import type { GuestMemory } from "../wasi/guest.ts";
import { Trap } from "../support/errors.ts";
import { F64, I32, newFuncType } from "../wasm/types.ts";
import type { FuncType } from "../wasm/types.ts";

/** What the functions get to know of their program. */
export interface HostWorld {
  /** The program's memory, once there is one. */
  readonly memory: () => GuestMemory | undefined;
  /** Writes text to the program's standard error. */
  readonly say: (text: string) => void;
  /** Fills with random bytes. */
  readonly random: (bytes: Uint8Array) => void;
}

type HostCode = (world: HostWorld, slots: Int32Array, base: number) => void;
type HostRow = readonly [module: string, name: string, type: FuncType, call: HostCode];

const TEXT_MAX = 1 << 20;

/** A string of AssemblyScript; what lies outside of memory is left out. */
function textAt(world: HostWorld, pointer: number): string {
  const memory = world.memory();
  if (memory === undefined || pointer < 4 || pointer > memory.bytes.length) return "";
  const size = memory.view.getUint32(pointer - 4, true);
  const end = Math.min(pointer + Math.min(size, TEXT_MAX), memory.bytes.length);
  return new TextDecoder("utf-16le").decode(memory.bytes.slice(pointer, end));
}

function abort(world: HostWorld, slots: Int32Array, base: number): never {
  const [message, file, line, column] = [0, 2, 4, 6].map((k) => slots[base + k]! >>> 0);
  const where = `${textAt(world, file!)}(${line}:${column})`;
  world.say(`abort: ${textAt(world, message!)} in ${where}\n`);
  throw new Trap("abort");
}

const words = new DataView(new ArrayBuffer(8));

function f64At(slots: Int32Array, at: number): number {
  words.setInt32(0, slots[at]!, true);
  words.setInt32(4, slots[at + 1]!, true);
  return words.getFloat64(0, true);
}

const NUMBERS = 5;

function trace(world: HostWorld, slots: Int32Array, base: number): void {
  const count = Math.min(slots[base + 2]! >>> 0, NUMBERS);
  const numbers = Array.from({ length: count }, (_, i) => f64At(slots, base + 4 + 2 * i));
  const list = numbers.length === 0 ? "" : ` ${numbers.join(", ")}`;
  world.say(`trace: ${textAt(world, slots[base]! >>> 0)}${list}\n`);
}

/** A positive, finite double of 53 random bits. */
function seed(world: HostWorld, slots: Int32Array, base: number): void {
  const bytes = new Uint8Array(8);
  world.random(bytes);
  const bits = new DataView(bytes.buffer).getBigUint64(0, true) >> 11n;
  words.setFloat64(0, Number(bits), true);
  slots[base] = words.getInt32(0, true);
  slots[base + 1] = words.getInt32(4, true);
}

const numbers = Array.from({ length: NUMBERS }, () => F64);

// The interpreter looks its memory up whenever it needs it.
const notice = (): void => undefined;

// prettier-ignore
const rows: readonly HostRow[] = [
  ["env", "abort", newFuncType([I32, I32, I32, I32], []),    abort],
  ["env", "trace", newFuncType([I32, I32, ...numbers], []),  trace],
  ["env", "seed",  newFuncType([], [F64]),                   seed],
  ["env", "emscripten_notify_memory_growth", newFuncType([I32], []), notice],
];

/** The function that hosts provide under this name, if there is one. */
export function findHost(module: string, name: string): HostRow | undefined {
  return rows.find((row) => row[0] === module && row[1] === name);
}
