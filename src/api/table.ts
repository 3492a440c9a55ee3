// WebAssembly.Table over an engine's tables of functions and of anything. A missing element is
// null, or undefined in a table of externrefs. For the constructor and grow() undefined is missing,
// as WebIDL has it; set() tells them apart, as the test suite and V8 have it. A table of a type
// that ingot does not have is the host's where the host may take part, and refused otherwise.

import type { LinkedTable } from "../engine/engine.ts";
import { defaultOf } from "../engine/values.ts";
import { needs } from "../wasm/features.ts";
import { EXTERNREF, FUNCREF } from "../wasm/types.ts";
import type { TableType, ValType } from "../wasm/types.ts";
import {
  Given,
  Uncloneable,
  checkSizes,
  isObject,
  isWide,
  newInterface,
  sizesOf,
  toDictionary,
  toU32,
} from "./idl.ts";
import type { Dictionary, Where } from "./idl.ts";
import type { Realm } from "./realm.ts";
import type { TableConstructor } from "./types.ts";

const NEW = "WebAssembly.Table()";
const GET = "WebAssembly.Table.get()";
const SET = "WebAssembly.Table.set()";
const GROW = "WebAssembly.Table.grow()";

/** Elements that a table may be made with. */
const ELEMENTS_MAX = 10_000_000;
const LENGTH_MAX = 0xffff_ffff;

const KINDS: Readonly<Record<string, ValType>> = { anyfunc: FUNCREF, externref: EXTERNREF };

/** The type of a table, or why it can only be the host's. */
function typeOf(d: Dictionary): TableType | string {
  const name = String(d["element"]);
  if (!Object.hasOwn(KINDS, name)) {
    return "Descriptor property 'element' must be a WebAssembly reference type";
  }
  const elem = KINDS[name]!;
  if (isWide(d, NEW)) return needs("a 64-bit table", "memory64");
  const { min, max } = sizesOf(d, NEW);
  checkSizes({ min, max }, ELEMENTS_MAX, LENGTH_MAX, NEW);
  return { elem, limits: { min, max, shared: false } };
}

/** A table of the host's, or the reason why there is none. */
function beyond({ foreign }: Realm, why: string, descriptor: unknown, value: unknown): never {
  if (foreign === undefined) throw new TypeError(`${NEW}: ${why}`);
  const given = descriptor as object;
  return new foreign.Table(given, ...(value === undefined ? [] : [value])) as never;
}

/** An element that was given. */
function element(realm: Realm, type: ValType, value: unknown, what: Where): unknown {
  try {
    return realm.coerce(type, value);
  } catch {
    const needed = "function-typed object must be null (if nullable) or a Wasm function object";
    throw new TypeError(`${what}: ${needed}`);
  }
}

/** The class of a realm. */
export function newTableClass(realm: Realm): TableConstructor {
  class Table extends Uncloneable {
    #table!: LinkedTable;
    #isUsed = false;

    constructor(descriptor: unknown, value: unknown = undefined) {
      super();
      const given = Given.of<LinkedTable>(descriptor);
      if (given !== undefined) {
        this.#table = given;
        return;
      }
      const message = `${NEW}: Argument 0 must be a table descriptor`;
      const type = typeOf(toDictionary(descriptor, message));
      if (typeof type === "string") return beyond(realm, type, descriptor, value);
      const what = `${NEW}: Argument 1 is invalid`;
      const { elem } = type;
      const init = value === undefined ? defaultOf(elem) : element(realm, elem, value, what);
      this.#table = realm.engine.newTable(type, init);
      this.#table.host = this;
    }

    get length(): number {
      return Table.#of(this, "WebAssembly.Table.length").length;
    }

    grow(delta: number, value: unknown = undefined): number {
      const table = Table.#of(this, GROW);
      const count = toU32(delta, `${GROW}: Argument 0`);
      const what = `${GROW}: Argument 1 is invalid`;
      const { elem } = table.type;
      const init = value === undefined ? defaultOf(elem) : element(realm, elem, value, what);
      const length = table.grow(count, init);
      if (length < 0) throw new RangeError(`${GROW}: failed to grow table by ${count}`);
      return length;
    }

    set(index: number, value: unknown = undefined): void {
      const table = Table.#of(this, SET);
      const at = toU32(index, `${SET}: Argument 0`);
      const what = `${SET}: Argument 1 is invalid for table`;
      const { elem } = table.type;
      const init = arguments.length < 2 ? defaultOf(elem) : element(realm, elem, value, what);
      Table.#check(table, at, SET);
      table.set(at, init);
    }

    get(index: number): unknown {
      const table = Table.#of(this, GET);
      const at = toU32(index, `${GET}: Argument 0`);
      Table.#check(table, at, GET);
      return table.get(at);
    }

    static #check({ length, type }: LinkedTable, at: number, where: Where): void {
      if (at < length) return;
      const what = type.elem === FUNCREF ? "function table" : "externref table";
      throw new RangeError(`${where}: invalid index ${at} into ${what}`);
    }

    static #of(value: Table, where: Where): LinkedTable {
      if (isObject(value) && #table in value) return value.#table;
      throw new TypeError(`${where}: Receiver is not a WebAssembly.Table`);
    }

    static {
      realm.tables = {
        of: (value) => (isObject(value) && #table in value ? value.#table : undefined),
        wrap: (linked) => (linked.host ??= Table.#wrap(linked)),
        use: (value) => void ((value as Table).#isUsed = true),
        isUsed: (value) => (value as Table).#isUsed,
        replace: (value, linked) => void ((value as Table).#table = linked),
      };
    }

    static #wrap(linked: LinkedTable): Table {
      const table = new Table(new Given(linked));
      table.#isUsed = true;
      return table;
    }
  }
  return newInterface(
    Table,
    (make) =>
      function Table(descriptor: unknown, init?: unknown) {
        return make(new.target, descriptor, init);
      },
  ) as unknown as TableConstructor;
}
