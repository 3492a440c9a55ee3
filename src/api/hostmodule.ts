// Host modules: imports with types, put together by a builder. TypeScript derives the parameters
// and the result of each function from the names of its WebAssembly types, and linking compares
// those names with what the module wants: where the interface would silently convert one value into
// another, it says which function has which type. In: members. Out: an object for the imports of an
// instance, to be spread among others.
//
//   const env = hostModule("env")
//     .func("log", ["i32", "i32"], [], (ptr, length) => print(ptr, length))
//     .memory("memory", new Memory({ initial: 1 }))
//     .build();
//   await instantiate(module, { ...env });

import { newFuncType } from "../wasm/types.ts";
import type { FuncType } from "../wasm/types.ts";
import { VALUE_TYPES } from "./global.ts";
import { isObject } from "./idl.ts";
import { Suspending } from "./suspend.ts";
import type { ExportedFunction, Global, Memory, Table } from "./types.ts";

/** What each type of a function is in JavaScript. */
export interface HostValues {
  /** Signed; as a result any number, cut to 32 bits. */
  i32: number;
  /** Signed; as a result cut to 64 bits. */
  i64: bigint;
  /** As a result rounded to 32 bits. */
  f32: number;
  /** As it is. */
  f64: number;
  /** Any value, as it is. */
  externref: unknown;
  /** A function of a guest, or null. */
  anyfunc: ExportedFunction | null;
}

/** Names of types. */
export type HostType = keyof HostValues;
/** Types of parameters or results. */
type Types = readonly HostType[];

/** Parameters of a function of these types. */
export type HostArgs<P extends Types> = { -readonly [K in keyof P]: HostValues[P[K] & HostType] };

/** What a function of these result types returns: nothing, a value, or as many values as types. */
export type HostResult<R extends Types> = R extends readonly []
  ? void
  : R extends readonly [infer T extends HostType]
    ? HostValues[T]
    : Readonly<HostArgs<R>>;

/** A function of these types. */
export type HostFunc<P extends Types, R extends Types> = (...args: HostArgs<P>) => HostResult<R>;
/** A function of these types that may take its time. */
export type AsyncHostFunc<P extends Types, R extends Types> = (
  ...args: HostArgs<P>
) => HostResult<R> | Promise<HostResult<R>>;

/** No value is of this type; it makes the compiler see a tuple where an array is written. */
type Tuple = readonly [never, ...never[]];
/** What the function that is given may return. */
type Given<R extends Types> =
  HostResult<R> | (R extends readonly [] | readonly [HostType] ? never : Tuple);

/** What linking knows of a member; only functions have types that values do not show. */
export type HostMember =
  | { readonly kind: "func"; readonly type: FuncType }
  | { readonly kind: "memory" | "table" | "global" };

/** What there is by now. */
type Members = Readonly<Record<string, unknown>>;
/** And one more. */
type Add<M extends Members, N extends string, V> = M & Readonly<Record<N, V>>;

/** Puts members into a host module. Every name can be taken once. */
export interface HostModuleBuilder<Name extends string, M extends Members> {
  /** A function, of as many arguments and results as there are types. */
  func<N extends string, const P extends Types, const R extends Types>(
    name: N,
    params: P,
    results: R,
    call: (...args: HostArgs<P>) => Given<R>,
  ): HostModuleBuilder<Name, Add<M, N, HostFunc<P, R>>>;
  /** One that may answer a promise: the guest is suspended until it settles (see `promising`). */
  suspending<N extends string, const P extends Types, const R extends Types>(
    name: N,
    params: P,
    results: R,
    call: (...args: HostArgs<P>) => Given<R> | Promise<Given<R>>,
  ): HostModuleBuilder<Name, Add<M, N, Suspending>>;
  /** A memory. */
  memory<N extends string>(name: N, memory: Memory): HostModuleBuilder<Name, Add<M, N, Memory>>;
  /** A table. */
  table<N extends string>(name: N, table: Table): HostModuleBuilder<Name, Add<M, N, Table>>;
  /** A global, or the value of a constant one. */
  global<N extends string, V extends Global | number | bigint>(
    name: N,
    value: V,
  ): HostModuleBuilder<Name, Add<M, N, V>>;
  /** The members under the module's name; neither they nor the object can be changed. */
  build(): { readonly [K in Name]: M };
}

// A private field on the object itself: quicker to find than an entry of a WeakMap.
class Returning {
  constructor(object: object) {
    return object;
  }
}

class Described extends Returning {
  #members: ReadonlyMap<string, HostMember>;
  constructor(object: object, members: ReadonlyMap<string, HostMember>) {
    super(object);
    this.#members = members;
  }
  static of(value: object): ReadonlyMap<string, HostMember> | undefined {
    return #members in value ? value.#members : undefined;
  }
}

/** The members of a host module; undefined for any other object. */
export const membersOf = (value: unknown): ReadonlyMap<string, HostMember> | undefined =>
  isObject(value) ? Described.of(value) : undefined;

function typesOf(where: string, names: unknown): number[] {
  if (!Array.isArray(names)) throw new TypeError(`${where}: the types are no array`);
  return names.map((name) => {
    const type = VALUE_TYPES.get(name as string);
    if (type !== undefined && name !== "v128") return type;
    const known = [...VALUE_TYPES.keys()].filter((k) => k !== "v128").join(", ");
    throw new TypeError(`${where}: "${String(name)}" is none of ${known}`);
  });
}

class Builder {
  private readonly name: string;
  private readonly values: Record<string, unknown> = {};
  private readonly members = new Map<string, HostMember>();

  constructor(name: string) {
    this.name = name;
  }

  private add(name: string, member: HostMember, value: unknown): this {
    if (this.members.has(name)) {
      throw new TypeError(`host module "${this.name}": there is a "${name}" already`);
    }
    this.members.set(name, member);
    Object.defineProperty(this.values, name, { value, enumerable: true });
    return this;
  }

  private addFunc(name: string, params: unknown, results: unknown, call: unknown): this {
    const where = `host module "${this.name}", function "${name}"`;
    const type = newFuncType(typesOf(where, params), typesOf(where, results));
    const isFunction = typeof call === "function" || call instanceof Suspending;
    if (!isFunction) throw new TypeError(`${where}: there is no function`);
    return this.add(name, { kind: "func", type }, call);
  }

  func(name: string, params: unknown, results: unknown, call: unknown): this {
    return this.addFunc(name, params, results, call);
  }

  suspending(name: string, params: unknown, results: unknown, call: never): this {
    return this.addFunc(name, params, results, new Suspending(call));
  }

  memory(name: string, memory: unknown): this {
    return this.add(name, { kind: "memory" }, memory);
  }

  table(name: string, table: unknown): this {
    return this.add(name, { kind: "table" }, table);
  }

  global(name: string, value: unknown): this {
    return this.add(name, { kind: "global" }, value);
  }

  build(): object {
    const module = Object.freeze(Object.assign({}, this.values));
    new Described(module, new Map(this.members));
    return Object.freeze({ [this.name]: module });
  }
}

/** Begins a host module of this name. Its methods throw TypeError for what cannot be a member. */
export function hostModule<const Name extends string>(name: Name): HostModuleBuilder<Name, {}> {
  return new Builder(name) as unknown as HostModuleBuilder<Name, {}>;
}
