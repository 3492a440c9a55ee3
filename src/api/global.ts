// WebAssembly.Global over an engine's globals. Programs make tens of thousands of them at once, so
// making one is short: two members are read, one value converted. A v128 can be exported, imported
// and passed on, but neither read nor written here. One of a type that ingot does not have is the
// host's where the host may take part, and refused otherwise.

import type { LinkedGlobal } from "../engine/engine.ts";
import { defaultOf } from "../engine/values.ts";
import { EXTERNREF, F32, F64, FUNCREF, I32, I64, V128 } from "../wasm/types.ts";
import type { GlobalType, ValType } from "../wasm/types.ts";
import { Given, Uncloneable, isObject, newInterface, toDictionary } from "./idl.ts";
import type { Dictionary, Where } from "./idl.ts";
import type { Realm } from "./realm.ts";
import type { GlobalConstructor } from "./types.ts";

const NEW = "WebAssembly.Global()";
const GET = "get WebAssembly.Global.value";
const SET = "set WebAssembly.Global.value";

/** Value types by the names that they have here. */
export const VALUE_TYPES: ReadonlyMap<string, ValType> = new Map([
  ["i32", I32],
  ["i64", I64],
  ["f32", F32],
  ["f64", F64],
  ["v128", V128],
  ["externref", EXTERNREF],
  ["anyfunc", FUNCREF],
]);

const newTypes = (mutable: boolean): ReadonlyMap<string, GlobalType> =>
  new Map([...VALUE_TYPES].map(([name, type]) => [name, { type, mutable }]));

const CONSTANTS = newTypes(false);
const VARIABLES = newTypes(true);

function typeOf(d: Dictionary): GlobalType | undefined {
  const types = d["mutable"] ? VARIABLES : CONSTANTS;
  const value = d["value"];
  return types.get(typeof value === "string" ? value : String(value));
}

/** A global of a type that ingot does not have. */
function beyond({ foreign }: Realm, descriptor: unknown, value: unknown): never {
  if (foreign === undefined) {
    throw new TypeError(`${NEW}: Descriptor property 'value' must be a WebAssembly type`);
  }
  const given = descriptor as object;
  return new foreign.Global(given, ...(value === undefined ? [] : [value])) as never;
}

function checkReadable(type: ValType, where: Where): void {
  if (type === V128) throw new TypeError(`${where}: a v128 has no value in JavaScript`);
}

/** The class of a realm. */
export function newGlobalClass(realm: Realm): GlobalConstructor {
  class Global extends Uncloneable {
    #global!: LinkedGlobal;
    #isUsed = false;

    constructor(descriptor: unknown, value: unknown = undefined) {
      super();
      const given = Given.of<LinkedGlobal>(descriptor);
      if (given !== undefined) {
        this.#global = given;
        return;
      }
      const message = `${NEW}: Argument 0 must be a global descriptor`;
      const globalType = typeOf(toDictionary(descriptor, message));
      if (globalType === undefined) return beyond(realm, descriptor, value);
      const { type } = globalType;
      checkReadable(type, NEW);
      const init = value === undefined ? defaultOf(type) : realm.coerce(type, value);
      this.#global = realm.engine.newGlobal(globalType, init);
      this.#global.host = this;
    }

    override valueOf(): unknown {
      return Global.#read(this, "WebAssembly.Global.valueOf()");
    }

    get value(): unknown {
      return Global.#read(this, GET);
    }

    set value(value: unknown) {
      const global = Global.#of(this, SET);
      const { type, mutable } = global.type;
      checkReadable(type, SET);
      if (!mutable) {
        throw new TypeError(`${SET}: Can't set the value of an immutable global.`);
      }
      global.set(realm.coerce(type, value));
    }

    static #read(value: Global, where: Where): unknown {
      const global = Global.#of(value, where);
      checkReadable(global.type.type, where);
      return global.get();
    }

    static #of(value: Global, where: Where): LinkedGlobal {
      if (isObject(value) && #global in value) return value.#global;
      throw new TypeError(`${where}: Receiver is not a WebAssembly.Global`);
    }

    static {
      realm.globals = {
        of: (value) => (isObject(value) && #global in value ? value.#global : undefined),
        wrap: (linked) => (linked.host ??= Global.#wrap(linked)),
        use: (value) => void ((value as Global).#isUsed = true),
        isUsed: (value) => (value as Global).#isUsed,
        replace: (value, linked) => void ((value as Global).#global = linked),
      };
    }

    static #wrap(linked: LinkedGlobal): Global {
      const global = new Global(new Given(linked));
      global.#isUsed = true;
      return global;
    }
  }
  return newInterface(
    Global,
    (make) =>
      function Global(descriptor: unknown, value?: unknown) {
        return make(new.target, descriptor, value);
      },
  ) as unknown as GlobalConstructor;
}
