// Calls between JavaScript and native code. In: functions of either side. Out: a callable for each
// exported function, and for each host function code that the loop of `settle` runs when the guest
// calls it. The protocol is told in runtime-support/addon.c.
//
// All conversions come before the first slot is written: they may run the program's own code, which
// may call guests itself. The commonest signatures have code of their own (plain.ts); the others
// share loops over types and places.

import { AGAIN, AREA, STATUS, TRAP, trapWords } from "../abi.ts";
import { isRef } from "../wasm/types.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import { AREA_AT, LEVEL_AT, LOOKED_AT, OWNER_AT, STATUS_AT } from "./binding.ts";
import type { Views } from "./binding.ts";
import type { Callable } from "./engine.ts";
import { RuntimeError, newTrap } from "./errors.ts";
import { funcOf } from "./groups.ts";
import type { Func, Group, Growing, HostCode, Thread, Waiting } from "./groups.ts";
import { isPlain, named, plainCallable, plainHost } from "./plain.ts";
import { isQuick, quickCallable, quickHost } from "./quick.ts";
import { read, write } from "./shape.ts";
import type { Shape } from "./shape.ts";
import type { Frame } from "./store.ts";
import { coerce } from "./values.ts";

const GREW = STATUS.grew;
const STALE = STATUS.stale;
/** What remains of a status that is not negative: 1 + the number of a host function; an AGAIN. */
const NUMBER = STALE - 1;

const isFunc = (value: unknown): boolean => funcOf(value) !== undefined;

// ---- how calls end -----------------------------------------------------------------------------

function exhausted(): RangeError {
  return new RangeError(trapWords(TRAP.stack));
}

/** What stands in a stack of JavaScript's for an activation of a guest. */
const ENTRY = /^settle(?:\$\d+)? \(/;

/** The error for the trap that the last call ended in. */
function trapError(thread: Thread): unknown {
  const [code, ...rest] = thread.binding.native.trap() as [number, ...unknown[]];
  const calls: Frame[][] = [];
  for (let k = 0; k < rest.length;) {
    const frames: Frame[] = [];
    for (let count = rest[k++] as number; count > 0; count--, k += 3) {
      const [func, offset, name] = rest.slice(k, k + 3) as [number, number, string];
      frames.push({ func, offset, name });
    }
    calls.push(frames);
  }
  const make = code === TRAP.stack ? exhausted : () => new RuntimeError(trapWords(code));
  const error = newTrap(make, calls, ENTRY);
  if (code === TRAP.interrupt && thread.stop !== undefined) return thread.stop.reason(error);
  return error;
}

/** Guests have grown memories: their buffers are renewed. Leaves the slots alone. */
export function refresh(thread: Thread, group: Group): void {
  const grown = thread.binding.native.grown();
  for (let k = 0; k < grown.length; k += 2) {
    const memory = group.reach((g) => g.find(grown[k]!)) as Growing | undefined;
    memory?.refresh(grown[k + 1]!);
  }
}

/** Looks at borrowed memories, and lets the guest do what it was about to. */
function lookAgain({ binding, borrowed }: Thread, again: number): void {
  const { desk, native } = binding;
  try {
    borrowed.look();
  } catch (error) {
    if (again >= AGAIN.resume) desk[LEVEL_AT]!--;
    throw error;
  }
  desk[LOOKED_AT] = 1;
  if (again === AGAIN.enter) native.enter();
  else if (again === AGAIN.enterWide) native.enterWide();
  else if (again === AGAIN.resume) native.resume();
  else native.resumeWide();
}

/**
 * Goes on from a call whose status is not `returned`, through as many host functions as the guest
 * calls, until it returns. Throws what a host function throws, or the trap's error. Answers what
 * the guest waits for if it is to be suspended.
 */
export function settle(thread: Thread, entered: Group): Waiting | undefined {
  const { desk, native } = thread.binding;
  let group = entered;
  for (;;) {
    const status = desk[STATUS_AT]!;
    if ((status & GREW) !== 0) refresh(thread, group);
    if (status < 0) throw trapError(thread);
    const number = status & NUMBER;
    if ((status & STALE) !== 0) {
      lookAgain(thread, number);
      continue;
    }
    if (number === 0) return undefined;
    const level = desk[LEVEL_AT]!;
    const place = desk[OWNER_AT]!;
    let wide: boolean | Waiting;
    try {
      const owner = place === group.place ? group : group.at(place);
      wide = owner.hosts[number - 1]!(owner);
    } catch (error) {
      desk[LEVEL_AT] = level - 1;
      throw error;
    }
    if (thread.stop?.isDue() === true) {
      desk[LEVEL_AT] = level - 1;
      throw thread.stop.reason(undefined);
    }
    desk[LEVEL_AT] = level;
    group = group.root;
    if (wide === false) native.resume();
    else if (wide === true) native.resumeWide();
    else return wide;
  }
}

// ---- exported functions ------------------------------------------------------------------------

const noVectors = (): TypeError => new TypeError("a v128 has no value in JavaScript");

/** Values as the program gave them become what `write` wants. */
function lower(group: Group, types: readonly ValType[], shape: Shape, values: unknown[]): void {
  for (let k = 0; k < types.length; k++) values[k] = coerce(types[k]!, values[k], isFunc);
  if (!shape.refs) return;
  for (let k = 0; k < types.length; k++) {
    if (isRef(types[k]!)) values[k] = group.lower(types[k]!, values[k]);
  }
}

function writeAll(w: Views, types: readonly ValType[], at: Int32Array, values: unknown[]): void {
  for (let k = 0; k < types.length; k++) write(w, types[k]!, at[k]!, values[k]);
}

/** Reads values; only then references are looked up, which uses the slots. */
function readAll(group: Group, types: readonly ValType[], at: Int32Array, shape: Shape): unknown[] {
  const { whole } = group.thread.binding;
  const values: unknown[] = [];
  for (let k = 0; k < types.length; k++) values.push(read(whole, types[k]!, at[k]!));
  if (!shape.refs) return values;
  for (let k = 0; k < types.length; k++) {
    if (isRef(types[k]!)) values[k] = group.lift(types[k]!, values[k] as number);
  }
  return values;
}

/** Converts arguments, in place, for `enter`. */
export function prepare({ home }: Func, shape: Shape, args: unknown[]): void {
  if (shape.vectors) throw noVectors();
  if (shape.refs && home.thread.binding.desk[LEVEL_AT] === 0) home.root.trim();
  lower(home, shape.type.params, shape, args);
  if (shape.paramArea + shape.resultArea > AREA) throw exhausted();
}

/** Calls a function of any signature; see settle. */
export function enter(func: Func, shape: Shape, args: unknown[]): Waiting | undefined {
  const { thread } = func.home;
  const { whole, desk, target, native } = thread.binding;
  writeAll(whole, shape.type.params, shape.params, args);
  const { group } = func;
  target[0] = func.address;
  desk[AREA_AT] = shape.paramArea + shape.resultArea;
  native.enterWide();
  return desk[STATUS_AT] === 0 ? undefined : settle(thread, group);
}

/** What the function has just returned: nothing, a value, or a list of them. */
export function returned({ home }: Func, shape: Shape): unknown {
  const { desk, native } = home.thread.binding;
  const { results } = shape.type;
  if (results.length === 0) return undefined;
  if (shape.resultArea > 0) {
    desk[AREA_AT] = shape.resultArea;
    native.collect();
  }
  const values = readAll(home, results, shape.results, shape);
  return results.length === 1 ? values[0] : values;
}

function call(func: Func, shape: Shape, args: unknown[]): unknown {
  prepare(func, shape, args);
  enter(func, shape, args);
  return returned(func, shape);
}

/** Any signature. */
function general(func: Func, shape: Shape): Callable {
  const name = String(func.index);
  const go = (args: unknown[]): unknown => call(func, shape, args);
  const count = shape.type.params.length;
  switch (count) {
    case 0:
      return named({ [name]: () => go([]) }, name);
    case 1:
      return named({ [name]: (a) => go([a]) }, name);
    case 2:
      return named({ [name]: (a, b) => go([a, b]) }, name);
    case 3:
      return named({ [name]: (a, b, c) => go([a, b, c]) }, name);
    case 4:
      return named({ [name]: (a, b, c, d) => go([a, b, c, d]) }, name);
  }
  const made = named({ [name]: (...args) => go(args) }, name);
  return Object.defineProperty(made, "length", { value: count, configurable: true });
}

/** Up to six parameters, all i32, and no result or an i32; undefined for any other signature. */
function plain(func: Func): Callable | undefined {
  const { address, type } = func;
  if (!isPlain(type)) return undefined;
  const { thread } = func.home;
  const { ints, desk, target, native } = thread.binding;
  const { enter } = native;
  const returns = type.results.length > 0;
  const go = (): number | undefined => {
    target[0] = address;
    enter();
    if (desk[STATUS_AT] !== 0) settle(thread, func.group);
    return returns ? ints[0] : undefined;
  };
  return plainCallable(String(func.index), type.params.length, ints, go);
}

/** A signature that quick.ts knows; undefined for any other. */
function quick(func: Func, shape: Shape): Callable | undefined {
  if (!isQuick(shape)) return undefined;
  const { address } = func;
  const { thread } = func.home;
  const { desk, target, native, whole } = thread.binding;
  const { enterWide } = native;
  const [result] = shape.type.results;
  const [at = 0] = shape.results;
  const go = (): unknown => {
    target[0] = address;
    desk[AREA_AT] = 0;
    enterWide();
    if (desk[STATUS_AT] !== 0) settle(thread, func.group);
    return result === undefined ? undefined : read(whole, result, at);
  };
  const slow = (args: unknown[]): unknown => call(func, shape, args);
  return quickCallable(String(func.index), shape, whole, go, slow);
}

/** What JavaScript sees of a function. */
export function newCallable(func: Func): Callable {
  const shape = func.home.thread.shape(func.type);
  return plain(func) ?? quick(func, shape) ?? general(func, shape);
}

// ---- host functions ----------------------------------------------------------------------------

/** What a host function of several results returns: an iterable of as many values. */
function listOf(result: unknown, count: number): unknown[] {
  // The iterator is fetched once; what has none is a TypeError.
  const values = [...(result as Iterable<unknown>)];
  if (values.length === count) return values;
  throw new TypeError(`a function of ${count} results returns ${values.length} values`);
}

/** The arguments that a guest has called a host function with. */
export function argsOf(group: Group, shape: Shape): unknown[] {
  if (shape.vectors) throw noVectors();
  if (shape.paramArea > 0) group.thread.binding.native.fetch();
  return readAll(group, shape.type.params, shape.params, shape);
}

/** What `write` wants of what a host function has answered. */
export function lowered(group: Group, shape: Shape, result: unknown): unknown[] {
  const { results } = shape.type;
  if (results.length === 0) return [];
  const values = results.length === 1 ? [result] : listOf(result, results.length);
  lower(group, results, shape, values);
  return values;
}

/** Writes what a host function has answered; true: some on the stack. */
export function writeResults({ binding }: Thread, shape: Shape, values: unknown[]): boolean {
  writeAll(binding.whole, shape.type.results, shape.results, values);
  if (shape.resultArea === 0) return false;
  binding.desk[AREA_AT] = shape.resultArea;
  return true;
}

function generalHost(thread: Thread, shape: Shape, host: Callable): HostCode {
  return (group) => {
    const result = host(...argsOf(group, shape));
    return writeResults(thread, shape, lowered(group, shape, result));
  };
}

function quickHostOf(thread: Thread, shape: Shape, host: Callable): HostCode {
  const { whole } = thread.binding;
  const [result] = shape.type.results;
  const [at = 0] = shape.results;
  const answer = (value: unknown): false => {
    if (result !== undefined && !write(whole, result, at, value)) {
      write(whole, result, at, coerce(result, value, isFunc));
    }
    return false;
  };
  return quickHost(shape, whole, host, answer);
}

/** The code that calls a function of the program's with a guest's arguments. */
export function newHost(thread: Thread, type: FuncType, host: Callable): HostCode {
  const { ints } = thread.binding;
  if (isPlain(type)) return plainHost(type.params.length, type.results.length > 0, ints, host);
  const shape = thread.shape(type);
  return isQuick(shape) ? quickHostOf(thread, shape, host) : generalHost(thread, shape, host);
}
