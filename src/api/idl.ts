// What WebIDL says of interfaces and arguments, as far as the WebAssembly interface uses it: shapes
// of classes and namespaces, conversions of arguments, the bytes of a buffer. Conversions run the
// caller's code (getters, valueOf, toString), so their order is part of what they do; the messages
// are V8's, since people search for them.

import { isAnyArrayBuffer, isSharedArrayBuffer } from "node:util/types";

/** Where bytes may come from. */
export type Bytes = Uint8Array<ArrayBufferLike>;

/** `where` names the operation, e.g. "WebAssembly.Memory.grow()". */
export type Where = string;

export const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

// ---- shapes ------------------------------------------------------------------------------------

function setTag(target: object, tag: string): void {
  Object.defineProperty(target, Symbol.toStringTag, { value: tag, configurable: true });
}

function setEnumerable(target: object, hidden: readonly string[]): void {
  for (const name of Object.getOwnPropertyNames(target)) {
    if (!hidden.includes(name)) Object.defineProperty(target, name, { enumerable: true });
  }
}

/** Makes a class an interface: its operations and attributes are enumerable, and it has a tag. */
export function shapeInterface(made: { readonly name: string; readonly prototype: object }): void {
  setTag(made.prototype, `WebAssembly.${made.name}`);
  setEnumerable(made.prototype, ["constructor"]);
  setEnumerable(made, ["length", "name", "prototype"]);
}

const nothing = Object.freeze({});

/**
 * What the objects of an interface are to the host. One that private fields are put onto can be of
 * any kind, and of this one it is neither cloned nor posted to another thread, as V8's own are not:
 * a plain object would arrive empty. Nothing refers to the target but these; they cost 8 bytes and
 * 20 ns more than a plain object, where a FinalizationRegistry would cost 56 bytes and 70 ns.
 */
export const Uncloneable = class extends WeakRef<object> {
  constructor() {
    super(nothing);
  }
} as unknown as new () => NonNullable<unknown>;

/** Makes an object, given the target of `new` and as many arguments as there are. */
type Make = (target: unknown, a: unknown, b?: unknown, c?: unknown) => object;

/**
 * Makes an interface of a class that derives from Uncloneable and is seen by nobody. `face` is its
 * constructor: V8 takes the name of an object from the source of that.
 */
export function newInterface<C>(
  made: C & (new (...args: never[]) => object),
  face: (make: Make) => (...args: never[]) => object,
): C {
  const { prototype } = made;
  const construct = made as unknown as new (...args: unknown[]) => object;
  const shown = face((target, a, b, c) => {
    if (target === shown) return new construct(a, b, c);
    if (typeof target === "function")
      return Reflect.construct(construct, [a, b, c], target) as object;
    const name = `WebAssembly.${shown.name}`;
    throw new TypeError(`${name}(): ${name} must be invoked with 'new'`);
  });
  const { name, ...statics } = Object.getOwnPropertyDescriptors(made);
  Object.defineProperties(shown, statics);
  Object.setPrototypeOf(prototype, Object.prototype);
  Object.defineProperty(prototype, "constructor", { value: shown });
  shapeInterface(shown);
  return shown as C;
}

/** Makes an object with operations a namespace, with interfaces that are not enumerable. */
export function shapeNamespace(
  name: string,
  operations: object,
  interfaces: Readonly<Record<string, unknown>>,
): void {
  for (const [key, value] of Object.entries(interfaces)) {
    Object.defineProperty(operations, key, { value, writable: true, configurable: true });
  }
  setTag(operations, name);
}

/**
 * Lets `instanceof` accept objects of the host's class as well, but only for the class itself: for
 * those that a program derives from it, nothing changes.
 */
export function acceptToo(made: object, foreign: new (...args: never[]) => object): void {
  const plain = Function.prototype[Symbol.hasInstance];
  const value = {
    [Symbol.hasInstance](this: unknown, object: unknown): boolean {
      return plain.call(this, object) || (this === made && object instanceof foreign);
    },
  }[Symbol.hasInstance];
  Object.defineProperty(made, Symbol.hasInstance, { value, writable: true, configurable: true });
}

/** What an internal constructor call passes in place of arguments; nobody else can make one. */
export class Given {
  readonly #linked: unknown;
  constructor(linked: object) {
    this.#linked = linked;
  }
  /** What was given; undefined for what any other caller passes. Looks at no property. */
  static of<L>(value: unknown): L | undefined {
    return isObject(value) && #linked in value ? (value.#linked as L) : undefined;
  }
}

/** What `super()` returns is what a derived constructor puts its private fields onto. */
export const Onto = function (object: object): object {
  return object;
} as unknown as new (object: object) => object;

// ---- arguments ---------------------------------------------------------------------------------

const U32_MAX = 0xffff_ffff;

/** [EnforceRange] unsigned long. `what` begins the message. */
export function toU32(value: unknown, what: string): number {
  const n = typeof value === "number" ? value : +(value as number);
  if (!Number.isFinite(n)) throw new TypeError(`${what} must be convertible to a valid number`);
  const whole = Math.trunc(n);
  if (whole < 0) throw new TypeError(`${what} must be non-negative`);
  if (whole > U32_MAX) throw new TypeError(`${what} must be in the unsigned long range`);
  return whole + 0;
}

export type Dictionary = Readonly<Record<string, unknown>>;

/** A required dictionary. */
export function toDictionary(value: unknown, message: string): Dictionary {
  if (isObject(value)) return value as Dictionary;
  throw new TypeError(message);
}

/** A member that is a size: undefined where it is missing. */
export function sizeMember(d: Dictionary, name: string, where: Where): number | undefined {
  const value = d[name];
  return value === undefined ? undefined : toU32(value, `${where}: Property '${name}'`);
}

export interface Sizes {
  readonly min: number;
  /** -1 where there is none. */
  readonly max: number;
}

/** Reads `initial`, then `maximum`; which fit into `most` is asked afterwards (checkSizes). */
export function sizesOf(d: Dictionary, where: Where): Sizes {
  const min = sizeMember(d, "initial", where);
  if (min === undefined) throw new TypeError(`${where}: Property 'initial' is required`);
  const max = sizeMember(d, "maximum", where) ?? -1;
  return { min, max };
}

/** The members that say the same. */
export const descriptorOf = ({ min, max }: Sizes, initial = min): object =>
  max < 0 ? { initial } : { initial, maximum: max };

/** Throws RangeError unless min <= max and both are within bounds. */
export function checkSizes({ min, max }: Sizes, most: number, mostMax: number, at: Where): void {
  const above = (name: string, value: number, bound: number): never => {
    const what = `${at}: Property '${name}': value ${value}`;
    throw new RangeError(`${what} is above the upper bound ${bound}`);
  };
  if (min > most) above("initial", min, most);
  if (max > mostMax) above("maximum", max, mostMax);
  if (max >= 0 && max < min) {
    throw new RangeError(
      `${at}: Property 'maximum': value ${max} is below the lower bound ${min.toString(16)}`,
    );
  }
}

/** The member `address`: true for "i64". */
export function isWide(d: Dictionary, where: Where): boolean {
  const value = d["address"];
  if (value === undefined) return false;
  const text = String(value);
  if (text === "i32" || text === "i64") return text === "i64";
  throw new TypeError(`${where}: Property 'address' must be "i32" or "i64"`);
}

/** An optional object of imports. */
export function checkImports(value: unknown, where: Where): asserts value is object | undefined {
  if (value === undefined || isObject(value)) return;
  throw new TypeError(`${where}: Argument 1 must be an object`);
}

// ---- bytes -------------------------------------------------------------------------------------

/** The bytes of a BufferSource, in place; undefined if it is none. Detached means empty. */
export function bytesOf(source: unknown): Bytes | undefined {
  if (isAnyArrayBuffer(source)) return viewOf(source, 0, undefined);
  if (!ArrayBuffer.isView(source)) return undefined;
  try {
    return viewOf(source.buffer, source.byteOffset, source.byteLength);
  } catch {
    // The length of a DataView that is out of bounds cannot be asked for.
    return new Uint8Array(0);
  }
}

function viewOf(buffer: ArrayBufferLike, offset: number, length: number | undefined): Bytes {
  try {
    return new Uint8Array(buffer, offset, length);
  } catch {
    return new Uint8Array(0);
  }
}

/** Bytes that nobody else can change while a synchronous call lasts. */
export const steady = (bytes: Bytes): Uint8Array<ArrayBuffer> =>
  isSharedArrayBuffer(bytes.buffer) ? copyOf(bytes) : (bytes as Uint8Array<ArrayBuffer>);

/** A copy, never shared. */
export function copyOf(bytes: Bytes): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy;
}
