// WebAssembly.Tag and WebAssembly.Exception. No engine throws or catches by tag yet (the feature
// exceptions), so these objects stand for themselves: a tag is its parameter types, an exception
// its tag and its payload. Where the host's own engine takes part, its classes are used instead
// (namespace.ts), since only modules that run there can do something with them.

import { V128 } from "../wasm/types.ts";
import type { ValType } from "../wasm/types.ts";
import { VALUE_TYPES } from "./global.ts";
import { Uncloneable, isObject, newInterface, toDictionary, toU32 } from "./idl.ts";
import type { Where } from "./idl.ts";
import type { Realm } from "./realm.ts";
import type { ExceptionConstructor, TagConstructor } from "./types.ts";

const NEW_TAG = "WebAssembly.Tag()";
const NEW = "WebAssembly.Exception()";
const IS = "WebAssembly.Exception.is()";
const GET_ARG = "WebAssembly.Exception.getArg()";

/** A sequence: the values of an iterable object. */
function toSequence(value: unknown, message: string): unknown[] {
  const isIterable =
    isObject(value) && typeof (value as Iterable<unknown>)[Symbol.iterator] === "function";
  if (!isIterable) throw new TypeError(message);
  return [...(value as Iterable<unknown>)];
}

function paramsOf(type: unknown): ValType[] {
  const { parameters } = toDictionary(type, `${NEW_TAG}: Argument 0 must be a tag type`);
  const message = `${NEW_TAG}: Argument 0 must be a tag type with 'parameters'`;
  return toSequence(parameters, message).map((name, i) => {
    const found = VALUE_TYPES.get(String(name));
    if (found !== undefined) return found;
    throw new TypeError(
      `${NEW_TAG}: Argument 0 parameter type at index #${i} must be a value type`,
    );
  });
}

interface TagClasses {
  readonly Tag: TagConstructor;
  readonly Exception: ExceptionConstructor;
}

/** Both classes of a realm. */
export function newTagClasses(realm: Realm): TagClasses {
  let paramsOfTag: (tag: unknown, message: string) => readonly ValType[];

  class Tag extends Uncloneable {
    readonly #params: readonly ValType[];
    constructor(type: unknown) {
      super();
      this.#params = paramsOf(type);
    }
    static {
      paramsOfTag = (tag, message) => {
        if (isObject(tag) && #params in tag) return tag.#params;
        throw new TypeError(message);
      };
    }
  }

  function payloadOf(types: readonly ValType[], given: unknown): unknown[] {
    const values = toSequence(given, `${NEW}: Exception values must be an iterable object`);
    if (values.length !== types.length) {
      throw new TypeError(`${NEW}: Number of exception values does not match signature length`);
    }
    return values.map((value, i) => {
      if (types[i] !== V128) return realm.coerce(types[i]!, value);
      throw new TypeError(`${NEW}: a v128 has no value in JavaScript`);
    });
  }

  class Exception extends Uncloneable {
    readonly #tag: object;
    readonly #payload: readonly unknown[];
    readonly #stack: string | undefined;

    constructor(tag: object, payload: unknown, options: unknown = undefined) {
      super();
      const params = paramsOfTag(tag, `${NEW}: Argument 0 must be a WebAssembly tag`);
      const message = `${NEW}: Argument 2 is not an object`;
      const given = options === undefined || options === null ? {} : toDictionary(options, message);
      const traceStack = Boolean((given as { readonly traceStack?: unknown }).traceStack);
      this.#tag = tag;
      this.#payload = payloadOf(params, payload);
      if (traceStack) this.#stack = new Error().stack;
    }

    is(tag: object): boolean {
      const self = Exception.#of(this, IS);
      paramsOfTag(tag, `${IS}: Argument 0 must be a WebAssembly.Tag`);
      return self.#tag === tag;
    }

    getArg(tag: object, index: number): unknown {
      const self = Exception.#of(this, GET_ARG);
      paramsOfTag(tag, `${GET_ARG}: Argument 0 must be a WebAssembly.Tag`);
      const at = toU32(index, `${GET_ARG}: Argument 1`);
      if (self.#tag !== tag) {
        throw new TypeError(`${GET_ARG}: First argument does not match the exception tag`);
      }
      if (at >= self.#payload.length) throw new RangeError(`${GET_ARG}: Index out of range`);
      return self.#payload[at];
    }

    get stack(): string | undefined {
      return Exception.#of(this, "WebAssembly.Exception.stack").#stack;
    }

    static #of(value: Exception, where: Where): Exception {
      if (isObject(value) && #tag in value) return value;
      throw new TypeError(`${where}: Receiver is not a WebAssembly.Exception`);
    }
  }
  return {
    Tag: newInterface(
      Tag,
      (make) =>
        function Tag(type: unknown) {
          return make(new.target, type);
        },
    ) as unknown as TagConstructor,
    Exception: newInterface(
      Exception,
      (make) =>
        function Exception(tag: unknown, payload: unknown, options?: unknown) {
          return make(new.target, tag, payload, options);
        },
    ) as unknown as ExceptionConstructor,
  };
}
