// Where JavaScript and the interpreter meet: exported functions as JavaScript functions, and
// functions of the host as the machine calls them. Arguments and results are in slots side by side
// (interp/slots.ts). A value of the type that a slot is for is stored at once, without garbage;
// anything else is converted first, all of it before the first is stored, since conversions may run
// code that calls the guest.
//
// Functions of up to eight parameters are spelled out, as calls with a list of arguments cost more
// than all the rest; so are short ones of integers only.

import type { Group, Instance, RawHost } from "../interp/instance.ts";
import { EXTERNREF, I32, V128 } from "../wasm/types.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import type { Callable, HostFunction, Types } from "./engine.ts";
import { carriesRefs, isFunc } from "./port.ts";
import type { Port, PortableFunc } from "./port.ts";
import { isPromise, noSuspension } from "./promises.ts";
import { coerce } from "./values.ts";

/** Parameters of the longest functions that are spelled out. */
const MANY = 8;

// Exported functions ------------------------------------------------------------------------------

const words = ({ params, results }: FuncType): number =>
  2 * Math.max(params.length, results.length);

const noVectors = (): never => {
  throw new TypeError("a v128 has no value in JavaScript");
};

/** A JavaScript function for a function. Its name is its index. */
export function newCallable(port: Port, func: PortableFunc): Callable {
  const { type, home, number } = func;
  const { params, results } = type;
  const name = String(port.machine.numbers.indexOf(number));
  let made: Callable;
  if (params.includes(V128) || results.includes(V128)) made = named(name, noVectors);
  else if ("host" in home) made = hostCallable(type, home.host, name);
  else {
    const isPlain = params.every((t) => t === I32) && results.every((t) => t === I32);
    const maker = isPlain && results.length <= 1 ? integers[params.length] : undefined;
    if (maker !== undefined) return maker(port, home, number, results.length, name);
    const entry = new Entry(port, type, home, number);
    const few = fewer[params.length];
    if (few !== undefined) return few(entry, params, name);
    if (params.length <= MANY) made = many(entry, params, name);
    else made = named(name, (...args: unknown[]) => entry.callWith(args));
  }
  Object.defineProperty(made, "length", { value: params.length, configurable: true });
  return made;
}

const named = (name: string, f: Callable): Callable =>
  ({ [name]: (...args: unknown[]): unknown => f(...args) })[name]!;

// A function of the host that came back: the guest has nothing to do with it.

/** Calls it as the guest would. */
export const callHost = ({ params }: FuncType, { call }: HostFunction, args: unknown[]): unknown =>
  call(...params.map((type, k) => coerce(type, args[k], isFunc)));

/** What it has given, as the guest would see it. */
export function answerTo({ results }: FuncType, given: unknown): unknown {
  if (results.length === 0) return undefined;
  if (results.length === 1) return coerce(results[0]!, given, isFunc);
  return listOf(given, results.length).map((value, k) => coerce(results[k]!, value, isFunc));
}

const hostCallable = (type: FuncType, host: HostFunction, name: string): Callable =>
  named(name, (...args) => {
    const given = callHost(type, host, args);
    if (host.suspending === true && isPromise(given)) throw noSuspension();
    return answerTo(type, given);
  });

type Maker = (port: Port, inst: Instance, func: number, results: number, name: string) => Callable;

/** Functions of integers, by how many there are. */
const integers: readonly Maker[] = [
  (port, inst, func, results, name) =>
    ({
      [name](): unknown {
        const base = port.begin(2);
        port.call(inst, func, base);
        return results === 0 ? undefined : port.arenas.I[base];
      },
    })[name]!,
  (port, inst, func, results, name) =>
    ({
      [name](a: unknown): unknown {
        const x = (a as number) | 0;
        const base = port.begin(2);
        const { I } = port.arenas;
        I[base] = x;
        port.call(inst, func, base);
        return results === 0 ? undefined : I[base];
      },
    })[name]!,
  (port, inst, func, results, name) =>
    ({
      [name](a: unknown, b: unknown): unknown {
        const x = (a as number) | 0;
        const y = (b as number) | 0;
        const base = port.begin(4);
        const { I } = port.arenas;
        I[base] = x;
        I[base + 2] = y;
        port.call(inst, func, base);
        return results === 0 ? undefined : I[base];
      },
    })[name]!,
  (port, inst, func, results, name) =>
    ({
      [name](a: unknown, b: unknown, c: unknown): unknown {
        const x = (a as number) | 0;
        const y = (b as number) | 0;
        const z = (c as number) | 0;
        const base = port.begin(6);
        const { I } = port.arenas;
        I[base] = x;
        I[base + 2] = y;
        I[base + 4] = z;
        port.call(inst, func, base);
        return results === 0 ? undefined : I[base];
      },
    })[name]!,
];

/** What the functions below have in common. */
class Entry {
  private readonly port: Port;
  private readonly inst: Instance;
  private readonly func: number;
  private readonly params: Types;
  private readonly results: Types;
  private readonly words: number;
  private readonly hasRefs: boolean;

  constructor(port: Port, type: FuncType, inst: Instance, func: number) {
    this.port = port;
    this.inst = inst;
    this.func = func;
    this.params = type.params;
    this.results = type.results;
    this.words = words(type);
    this.hasRefs = carriesRefs(type);
  }

  begin(): number {
    if (this.hasRefs) this.port.tidy(this.inst.group);
    return this.port.begin(this.words);
  }

  put(type: ValType, at: number, value: unknown): boolean {
    return this.port.put(this.inst.group, type, at, value);
  }

  /** Calls with the arguments at `base`, where the results are afterwards. */
  call(base: number): unknown {
    const { port, inst, results } = this;
    port.call(inst, this.func, base);
    if (results.length === 1) return port.get(inst.group, results[0]!, base);
    return results.length === 0 ? undefined : port.getAll(inst.group, results, base);
  }

  callWith(args: readonly unknown[]): unknown {
    const base = this.begin();
    this.port.putAll(this.inst.group, this.params, base, args);
    return this.call(base);
  }
}

type Spelled = (entry: Entry, types: Types, name: string) => Callable;

/** Functions of up to three parameters, by how many. */
const fewer: readonly Spelled[] = [
  (e, _, name) =>
    ({
      [name](): unknown {
        return e.call(e.begin());
      },
    })[name]!,
  (e, [ta], name) =>
    ({
      [name](a: unknown): unknown {
        const at = e.begin();
        return e.put(ta!, at, a) ? e.call(at) : e.callWith([a]);
      },
    })[name]!,
  (e, [ta, tb], name) =>
    ({
      [name](a: unknown, b: unknown): unknown {
        const at = e.begin();
        if (e.put(ta!, at, a) && e.put(tb!, at + 2, b)) return e.call(at);
        return e.callWith([a, b]);
      },
    })[name]!,
  (e, [ta, tb, tc], name) =>
    ({
      [name](a: unknown, b: unknown, c: unknown): unknown {
        const at = e.begin();
        if (e.put(ta!, at, a) && e.put(tb!, at + 2, b) && e.put(tc!, at + 4, c)) return e.call(at);
        return e.callWith([a, b, c]);
      },
    })[name]!,
];

/** A function of four to eight parameters. */
const many: Spelled = (e, types, name) =>
  ({
    // prettier-ignore
    [name](
      a: unknown, b: unknown, c: unknown, d: unknown, f?: unknown, g?: unknown, h?: unknown,
      i?: unknown,
    ): unknown {
      const at = e.begin();
      const n = types.length;
      const isPut =
        e.put(types[0]!, at, a) &&
        e.put(types[1]!, at + 2, b) &&
        e.put(types[2]!, at + 4, c) &&
        e.put(types[3]!, at + 6, d) &&
        (n < 5 || e.put(types[4]!, at + 8, f)) &&
        (n < 6 || e.put(types[5]!, at + 10, g)) &&
        (n < 7 || e.put(types[6]!, at + 12, h)) &&
        (n < 8 || e.put(types[7]!, at + 14, i));
      return isPut ? e.call(at) : e.callWith([a, b, c, d, f, g, h, i]);
    },
  })[name]!;

// Functions of the host ---------------------------------------------------------------------------

/** Exactly so many values from what an iterable gives. */
function listOf(given: unknown, count: number): unknown[] {
  const list = [...(given as Iterable<unknown>)];
  if (list.length === count) return list;
  throw new TypeError(`a function has to give ${count} results, and gave ${list.length}`);
}

/** Code for a function of the host. */
export function newRawHost(port: Port, type: FuncType, call: Callable, group: Group): RawHost {
  const { params, results } = type;
  if (params.includes(V128) || results.includes(V128)) return noVectors;
  const isPlain = params.every((t) => t === I32) && results.every((t) => t === I32);
  const plain = isPlain && results.length <= 1 ? integerHosts[params.length] : undefined;
  if (plain !== undefined) return plain(call, results.length);
  const answer = answerOf(port, type, group);
  const arg = (k: number, at: number): unknown => port.get(group, params[k]!, at + 2 * k);
  // prettier-ignore
  switch (params.length) {
    case 0: return (_, at) => answer(at, call());
    case 1: return (_, at) => answer(at, call(arg(0, at)));
    case 2: return (_, at) => answer(at, call(arg(0, at), arg(1, at)));
    case 3: return (_, at) => answer(at, call(arg(0, at), arg(1, at), arg(2, at)));
    case 4: return (_, at) => answer(at, call(arg(0, at), arg(1, at), arg(2, at), arg(3, at)));
    case 5: return (_, at) => answer(at,
      call(arg(0, at), arg(1, at), arg(2, at), arg(3, at), arg(4, at)));
    case 6: return (_, at) => answer(at,
      call(arg(0, at), arg(1, at), arg(2, at), arg(3, at), arg(4, at), arg(5, at)));
    case 7: return (_, at) => answer(at,
      call(arg(0, at), arg(1, at), arg(2, at), arg(3, at), arg(4, at), arg(5, at), arg(6, at)));
    case MANY: return (_, at) => answer(at,
      call(arg(0, at), arg(1, at), arg(2, at), arg(3, at), arg(4, at), arg(5, at), arg(6, at),
        arg(7, at)));
    default: return (_, at) => answer(at, call(...port.getAll(group, params, at)));
  }
}

/** Puts what a function gave into the slots from `at` on. */
export function answerOf(
  port: Port,
  type: FuncType,
  group: Group,
): (at: number, given: unknown) => void {
  const { results } = type;
  const [only] = results;
  const isTidy = results.some((t) => t === EXTERNREF);
  return (at, given) => {
    if (only === undefined) return;
    if (isTidy) port.tidy(group);
    if (results.length > 1) port.putAll(group, results, at, listOf(given, results.length));
    else if (!port.put(group, only, at, given)) port.putAll(group, results, at, [given]);
  };
}

type HostMaker = (call: Callable, results: number) => RawHost;

/** Functions of integers, by how many there are. */
const integerHosts: readonly HostMaker[] = [
  (call, results) => (I, at) => {
    const given = call();
    if (results > 0) I[at] = (given as number) | 0;
  },
  (call, results) => (I, at) => {
    const given = call(I[at]);
    if (results > 0) I[at] = (given as number) | 0;
  },
  (call, results) => (I, at) => {
    const given = call(I[at], I[at + 2]);
    if (results > 0) I[at] = (given as number) | 0;
  },
  (call, results) => (I, at) => {
    const given = call(I[at], I[at + 2], I[at + 4]);
    if (results > 0) I[at] = (given as number) | 0;
  },
  (call, results) => (I, at) => {
    const given = call(I[at], I[at + 2], I[at + 4], I[at + 6]);
    if (results > 0) I[at] = (given as number) | 0;
  },
];
