// What the boundary between JavaScript and the interpreter stands on: functions as the engine knows
// them, and the machine with ways to move values and references in and out of slots. How calls are
// made is boundary.ts's business. In: values of JavaScript. Out: words, and the other way round.

import { TRAP, trapWords } from "../abi.ts";
import type { Arenas } from "../interp/arenas.ts";
import { HOST } from "../interp/arenas.ts";
import { wholeOf } from "../interp/instance.ts";
import type { Group, Instance, RawHost } from "../interp/instance.ts";
import { theMachine } from "../interp/machine.ts";
import type { Machine } from "../interp/machine.ts";
import type { Suspended } from "../interp/suspended.ts";
import { InterpreterTrap, StackExhausted } from "../interp/trap.ts";
import type { StackFrame } from "../interp/trap.ts";
import { Trap, Unsupported, bug } from "../support/errors.ts";
import { F32, F64, FUNCREF, I32, I64, isRef } from "../wasm/types.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import type { Callable, HostFunction, LinkedFunc, Types } from "./engine.ts";
import { RuntimeError, newTrap } from "./errors.ts";
import { forget, newHandle, valueOf } from "./externs.ts";
import { addStoppable } from "./stopping.ts";
import type { Stop } from "./stopping.ts";
import { coerce } from "./values.ts";

/** What stands in a stack of JavaScript's for an activation of a guest. */
const ENTRY = /^(?:Port|Run|PortableEngine)(?:\$\d+)?\.(?:call|step|instantiate) \(/;

/** Frames by activation. */
function callsOf(frames: readonly StackFrame[]): StackFrame[][] {
  const calls: StackFrame[][] = [];
  let call: StackFrame[] | undefined;
  for (const frame of frames) {
    if (call === undefined) calls.push((call = []));
    call.push(frame);
    if (frame.isEntry) call = undefined;
  }
  return calls;
}

/** Traps of the machine as JavaScript is to see them; all else as it is. */
export function asThrown(error: unknown): unknown {
  if (error instanceof StackExhausted) {
    const make = (): Error => new RangeError(trapWords(TRAP.stack));
    return newTrap(make, callsOf(error.frames), ENTRY);
  }
  if (error instanceof Trap) {
    const words = error.code === 0 ? error.reason : trapWords(error.code);
    const frames = error instanceof InterpreterTrap ? error.frames : [];
    return newTrap(() => new RuntimeError(words), callsOf(frames), ENTRY);
  }
  return error instanceof Unsupported ? new RangeError(error.message) : error;
}

/** A function's home: the instance that it is of, or the host. */
type Home = Instance | { readonly group: Group; readonly host: HostFunction };

export class PortableFunc implements LinkedFunc {
  readonly kind = "func";
  readonly type: FuncType;
  readonly number: number;
  readonly home: Home;
  private readonly port: Port;
  surround?: (inner: Callable) => Callable;
  private made: Callable | undefined;

  constructor(port: Port, number: number, type: FuncType, home: Home) {
    this.port = port;
    this.number = number;
    this.type = type;
    this.home = home;
  }

  get callable(): Callable {
    if (this.made === undefined) {
      this.made = this.port.newCallable(this.port, this);
      new Mark(this.made, this);
    }
    return this.made;
  }

  get group(): Group {
    return wholeOf(this.home.group);
  }

  get index(): number {
    return this.port.machine.numbers.indexOf(this.number);
  }

  cover(make: (inner: Callable) => Callable): void {
    this.made = make(this.callable);
    new Mark(this.made, this);
  }
}

// A private name can be put onto a function by a constructor whose super constructor returns it:
// quicker than a WeakMap, and nothing for the garbage collector to do.
const Given = function (object: object): object {
  return object;
} as unknown as new (object: object) => object;

class Mark extends Given {
  #func: PortableFunc;
  constructor(callable: Callable, func: PortableFunc) {
    super(callable);
    this.#func = func;
  }
  static of(value: object): PortableFunc | undefined {
    return #func in value ? value.#func : undefined;
  }
}

/** What an exported function stands for. */
export const funcOf = (value: unknown): PortableFunc | undefined =>
  typeof value === "function" ? Mark.of(value) : undefined;

/** A value of funcref, besides null. */
export const isFunc = (value: unknown): boolean => funcOf(value) !== undefined;

/** References may pass where a function of this type is called. */
export const carriesRefs = ({ params, results }: FuncType): boolean =>
  params.some(isRef) || results.some(isRef);

/** Operators until a guest looks whether it is to stop: about a millisecond. */
const SLICE = 100_000;

/** The machine with the views that values are moved by. */
export class Port {
  readonly machine: Machine = theMachine();
  readonly arenas: Arenas = this.machine.arenas;
  readonly B: BigInt64Array;

  /** Makes what JavaScript sees of a function. */
  readonly newCallable: (port: Port, func: PortableFunc) => Callable;
  private stop: Stop | undefined;

  constructor(newCallable: (port: Port, func: PortableFunc) => Callable) {
    const { I } = this.arenas;
    this.newCallable = newCallable;
    this.B = new BigInt64Array(I.buffer, I.byteOffset, I.length >> 1);
    addStoppable((stop) => this.obey(stop));
  }

  /** Guests that are called from now on count operators, and look at the stop after so many. */
  private obey(stop: Stop | undefined): void {
    const { machine } = this;
    const { FUEL } = machine.arenas;
    this.stop = stop;
    FUEL[0] = 0;
    machine.refuel = () => {
      FUEL[0] = stop === undefined ? Infinity : SLICE;
      return stop === undefined || !stop.isDue();
    };
    machine.isDue = stop && (() => stop.isDue());
  }

  /** Before an instance is entered while there is a stop. */
  private prepare(inst: Instance): void {
    const { stop, machine } = this;
    if (stop === undefined) return;
    for (const one of wholeOf(inst.group).instances.values()) machine.code.count(one);
    if (stop.isDue()) throw stop.reason(undefined);
  }

  /** What a call throws that has ended with this error. */
  thrown(error: unknown): unknown {
    const seen = asThrown(error);
    const isStopped = error instanceof InterpreterTrap && error.code === TRAP.interrupt;
    return isStopped && this.stop !== undefined ? this.stop.reason(seen as Error) : seen;
  }

  /** Where `words` of arguments or results go. */
  begin(words: number): number {
    const { machine, arenas } = this;
    if (machine.top + words > arenas.END) throw new RangeError(trapWords(TRAP.stack));
    return machine.top;
  }

  call(inst: Instance, func: number, base: number): void {
    if (this.stop !== undefined) this.prepare(inst);
    try {
      this.machine.call(inst, func, base);
    } catch (error) {
      throw this.thrown(error);
    }
  }

  /** The same for a call that may be suspended. */
  callSuspendable(inst: Instance, func: number, base: number): Suspended | undefined {
    this.prepare(inst);
    return this.machine.callSuspendable(inst, func, base);
  }

  // Values ----------------------------------------------------------------------------------------

  /** Stores a value that needs no conversion; false if it does. */
  put(group: Group, type: ValType, at: number, value: unknown): boolean {
    switch (type) {
      case I32:
        if (typeof value !== "number") return false;
        this.arenas.I[at] = value;
        return true;
      case F64:
        if (typeof value !== "number") return false;
        this.arenas.D[at >> 1] = value;
        return true;
      case F32:
        if (typeof value !== "number") return false;
        this.arenas.F[at] = value;
        return true;
      case I64:
        if (typeof value !== "bigint") return false;
        this.B[at >> 1] = value;
        return true;
      default:
        this.putRef(group, type, at, value);
        return true;
    }
  }

  private putRef(group: Group, type: ValType, at: number, value: unknown): void {
    const { I } = this.arenas;
    [I[at], I[at + 1]] = this.wordsOfRef(group, type, value);
  }

  /** A reference for code of the group. Throws TypeError. */
  wordsOfRef(group: Group, type: ValType, value: unknown): readonly [lo: number, hi: number] {
    if (type === FUNCREF) return [this.numberOf(group, value), 0];
    return value === null ? [0, 0] : newHandle(wholeOf(group), value);
  }

  private numberOf(group: Group, value: unknown): number {
    if (value === null) return 0;
    const func = funcOf(value);
    if (func === undefined) return coerce(FUNCREF, value, isFunc) as never;
    this.machine.numbers.unite(group, func.group);
    return func.number;
  }

  /** Stores values after whatever conversions they need. */
  putAll(group: Group, types: Types, base: number, values: readonly unknown[]): void {
    const coerced = types.map((type, k) => coerce(type, values[k], isFunc));
    coerced.forEach((value, k) => this.put(group, types[k]!, base + 2 * k, value));
  }

  get(group: Group, type: ValType, at: number): unknown {
    switch (type) {
      case I32:
        return this.arenas.I[at]!;
      case F64:
        return this.arenas.D[at >> 1]!;
      case F32:
        return this.arenas.F[at]!;
      case I64:
        return this.B[at >> 1]!;
      default:
        return this.getRef(group, type, this.arenas.I[at]!, this.arenas.I[at + 1]!);
    }
  }

  /** A reference of these words. */
  getRef(group: Group, type: ValType, lo: number, hi: number): unknown {
    if (type === FUNCREF) return lo === 0 ? null : this.funcAt(group, lo).callable;
    return hi === 0 ? null : valueOf(wholeOf(group), lo, hi);
  }

  getAll(group: Group, types: Types, base: number): unknown[] {
    return types.map((type, k) => this.get(group, type, base + 2 * k));
  }

  /** The function of a number that the group knows. */
  funcAt(group: Group, number: number): PortableFunc {
    const { OWNER } = this.arenas;
    const owner = OWNER[number]!;
    if (owner === HOST) return wholeOf(group).hosts.get(number)!.face as PortableFunc;
    const inst = wholeOf(group).instances.get(owner) ?? bug(`function ${number} is unknown`);
    let func = inst.faces.get(number) as PortableFunc | undefined;
    if (func === undefined) {
      func = new PortableFunc(this, number, this.machine.numbers.typeOf(number), inst);
      inst.faces.set(number, func);
    }
    return func;
  }

  /** Lets code of the group call a function. */
  introduce(group: Group, { home, number }: PortableFunc): void {
    if (!("host" in home)) group.instances.set(home.number, home);
    else group.hosts.set(number, wholeOf(home.group).hosts.get(number)!);
  }

  /** Forgets values of externref that are not in use, if there are many. */
  tidy(group: Group, table?: Int32Array): void {
    forget(wholeOf(group), this.machine, table);
  }

  /** A function of the host that an instance of the group imports as function `index`. */
  newHost(group: Group, type: FuncType, host: HostFunction, raw: RawHost, index: number): number {
    const number = this.machine.numbers.newHostFunc(group, type, raw, index);
    const face = new PortableFunc(this, number, type, { group, host });
    group.hosts.get(number)!.face = face;
    return number;
  }
}
