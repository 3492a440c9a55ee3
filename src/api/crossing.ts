// Functions of ours in tables of the host's. Glue puts functions into its main module's table:
// wrappers that it makes at run time, functions of side modules. If the main module runs on the
// host's engine and those run here, the table would refuse them. So a function of ours gets a
// stand-in: the host's function of the same type, which calls it. Programs never see stand-ins:
// what they put into a table is what they get back.
//
// In: the host's namespace, whose tables are taught this. Everything else that they are given, they
// treat as before.

import type { Callable, LinkedFunc } from "../engine/engine.ts";
import type { ForeignNamespace } from "../engine/provider.ts";
import type { FuncType } from "../wasm/types.ts";
import type { Realm } from "./realm.ts";

const leb = (n: number): number[] => (n < 128 ? [n] : [(n % 128) + 128, ...leb(n >>> 7)]);
const counted = (items: readonly number[], bytes = items): number[] => [
  ...leb(items.length),
  ...bytes,
];
const section = (id: number, ...content: number[]): number[] => [id, ...counted(content)];

const FUNC = 0x60;
const E = [1, 0x65];

/** A module that exports its only import as "e": a function of the type, "e" "e". */
function bytesOf({ params, results }: FuncType): Uint8Array {
  return Uint8Array.of(
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, FUNC, ...counted(params), ...counted(results)),
    ...section(2, 1, ...E, ...E, 0, 0),
    ...section(7, 1, ...E, 0, 0),
  );
}

class Crossing {
  private readonly foreign: ForeignNamespace;
  /** By the keys of types. */
  private readonly modules = new Map<string, object>();
  private readonly standIns = new WeakMap<Callable, Callable>();
  private readonly originals = new WeakMap<object, Callable>();

  constructor(foreign: ForeignNamespace) {
    this.foreign = foreign;
  }

  /** The host's function that stands for one of ours. */
  standIn({ type, callable }: LinkedFunc): Callable {
    const known = this.standIns.get(callable);
    if (known !== undefined) return known;
    const { Module, Instance } = this.foreign;
    const module = this.modules.get(type.key) ?? new Module(bytesOf(type));
    this.modules.set(type.key, module);
    const { exports } = new Instance(module, { e: { e: callable } });
    const made = (exports as { readonly e: Callable }).e;
    this.standIns.set(callable, made);
    this.originals.set(made, callable);
    return made;
  }

  /** What a value stands for: itself, or the function whose stand-in it is. */
  original(value: unknown): unknown {
    return typeof value === "function" ? (this.originals.get(value) ?? value) : value;
  }
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Lets the host's tables take functions of ours. */
export function teachTables(realm: Realm, foreign: ForeignNamespace): void {
  const crossing = new Crossing(foreign);
  const prototype = foreign.Table.prototype as unknown as Record<string, Method>;
  const replace = (name: string, wrap: (host: Method) => Method): void => {
    const host = prototype[name]!;
    const made = wrap(host);
    for (const key of ["name", "length"]) {
      Object.defineProperty(made, key, Object.getOwnPropertyDescriptor(host, key)!);
    }
    prototype[name] = made;
  };
  const taking = (host: Method): Method => {
    return function taking(...args) {
      const func = realm.engine.funcOf(args[1]);
      if (func !== undefined) args[1] = crossing.standIn(func);
      return Reflect.apply(host, this, args);
    };
  };
  replace("set", taking);
  replace("grow", taking);
  replace("get", (host) => {
    return function get(...args) {
      return crossing.original(Reflect.apply(host, this, args));
    };
  });
}
