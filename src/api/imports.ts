// Reading an imports object for a module of ours, and checking what was found against what the
// module wants. Reading runs the program's getters, in the module's order, and judges the kind of
// each value as it comes; types and limits are judged when all have been read, by the rules of
// linking. The words of the errors are V8's.

import type {
  HostFunction,
  Linked,
  LinkedFunc,
  LinkedGlobal,
  LinkedMemory,
  LinkedTable,
  NamedImport,
} from "../engine/engine.ts";
import { LinkError } from "../engine/errors.ts";
import { LinkError as EngineLinkError } from "../support/errors.ts";
import { EXTERNREF, FUNCREF, I64, V128, typeName } from "../wasm/types.ts";
import type { FuncType, Limits, ValType } from "../wasm/types.ts";
import { isGuest } from "./foreign.ts";
import { membersOf } from "./hostmodule.ts";
import type { HostMember } from "./hostmodule.ts";
import { isObject } from "./idl.ts";
import type { Dictionary, Where } from "./idl.ts";
import { callFor, lend } from "./nodewasi.ts";
import { importsOf } from "./realm.ts";
import type { ModuleParts, Realm } from "./realm.ts";
import { suspendingCall } from "./suspend.ts";

type Import = Linked | HostFunction;

const KINDS = { func: "function", table: "table", memory: "memory", global: "global" } as const;

const typeText = ({ params, results }: FuncType): string =>
  `(${params.map(typeName).join(", ")}) -> (${results.map(typeName).join(", ")})`;

class Reader {
  private readonly realm: Realm;
  private readonly where: Where;
  /** The module can run on the host's engine as well. */
  private readonly canMove: boolean;
  private readonly isLent: boolean;
  private entry!: NamedImport;
  private index = 0;

  constructor(realm: Realm, { bytes, isLent }: ModuleParts, where: Where) {
    this.realm = realm;
    this.isLent = isLent === true;
    this.canMove = bytes !== undefined && !this.isLent;
    this.where = where;
  }

  private get place(): string {
    const { module, name } = this.entry;
    return `${this.where}: Import #${this.index} module="${module}" function="${name}" error`;
  }

  private refuse(why: string): never {
    throw new LinkError(`${this.place}: ${why}`);
  }

  /** Undefined for what is the host's, if the module can run there. */
  read(entry: NamedImport, index: number, given: Dictionary): Import | undefined {
    this.entry = entry;
    this.index = index;
    const from = given[entry.module];
    if (!isObject(from)) {
      const place = `${this.where}: Import #${index} module="${entry.module}" error`;
      throw new TypeError(`${place}: module is not an object or function`);
    }
    const value = (from as Dictionary)[entry.name];
    const members = membersOf(from);
    if (members !== undefined) this.member(members);
    switch (entry.kind) {
      case "func":
        return this.func(value);
      case "table":
        return this.tableOf(value);
      case "memory":
        return this.memoryOf(value);
      case "global":
        return this.global(value);
    }
  }

  /** What a host module says of it; see hostmodule.ts. */
  private member(members: ReadonlyMap<string, HostMember>): void {
    const { entry } = this;
    const found = members.get(entry.name);
    const where = `the host module "${entry.module}"`;
    if (found === undefined) {
      const names = [...members.keys()].map((name) => `"${name}"`).join(", ");
      this.refuse(`${where} has no such member; it has ${names === "" ? "none" : names}`);
    }
    if (found.kind !== entry.kind) {
      const [has, wants] = [KINDS[found.kind], KINDS[entry.kind]];
      this.refuse(`${where} has a ${has} of this name, and the module wants a ${wants}`);
    }
    if (found.kind !== "func" || entry.kind !== "func") return;
    if (found.type.key === entry.type.key) return;
    const [has, wants] = [typeText(found.type), typeText(entry.type)];
    this.refuse(`${where} has a function of type ${has}, and the module wants ${wants}`);
  }

  private func(value: unknown): Import {
    const suspending = suspendingCall(value);
    if (suspending !== undefined) {
      return { kind: "host", call: suspending as HostFunction["call"], suspending: true };
    }
    if (typeof value !== "function") this.refuse("function import requires a callable");
    const given: HostFunction = { kind: "host", call: value as HostFunction["call"] };
    return this.realm.engine.funcOf(value) ?? (this.isLent ? callFor(given, this.entry) : given);
  }

  /** A table of ours. */
  private tableOf(value: unknown): LinkedTable | undefined {
    const linked = this.realm.tables.of(value);
    if (linked !== undefined && !isGuest(linked)) return linked;
    const theirs = this.notOurs(linked === undefined ? value : linked.foreign);
    if (theirs !== undefined && this.canMove) return undefined;
    return this.refuse(theirs ?? "table import requires a WebAssembly.Table");
  }

  /** A memory of ours, or one of the host's, which guests of ours may use. */
  private memoryOf(value: unknown): LinkedMemory {
    const linked = this.realm.memories.of(value);
    if (linked !== undefined && !isGuest(linked)) return linked;
    let borrowed: LinkedMemory | undefined;
    try {
      borrowed = this.realm.engine.borrow(linked === undefined ? value : linked.foreign);
    } catch (error) {
      if (!(error instanceof EngineLinkError)) throw error;
      this.misfit(error.message);
    }
    if (borrowed === undefined) this.refuse("memory import must be a WebAssembly.Memory object");
    if (linked !== undefined) borrowed.host = value as object;
    return borrowed;
  }

  /** Why an object of the host's own engine will not do. */
  private notOurs(value: unknown): string | undefined {
    const { realm, entry } = this;
    const name = entry.kind === "table" ? "Table" : "Global";
    if (!realm.isForeign(name, value)) return undefined;
    return (
      `this ${entry.kind} belongs to the host's own WebAssembly, which runs a module that ` +
      `ingot cannot; modules that share a ${entry.kind} must run on one engine`
    );
  }

  private global(value: unknown): LinkedGlobal | undefined {
    const { realm } = this;
    const { type, mutable } = (this.entry as Extract<NamedImport, { kind: "global" }>).type;
    const linked = realm.globals.of(value);
    if (linked !== undefined && !isGuest(linked)) return linked;
    const theirs = this.notOurs(isGuest(linked) ? linked.foreign : value);
    if (theirs !== undefined) return this.canMove ? undefined : this.refuse(theirs);
    if (mutable) this.refuse("imported mutable global must be a WebAssembly.Global object");
    return realm.engine.newGlobal({ type, mutable: false }, this.constant(type, value));
  }

  /** A value in place of a Global object. */
  private constant(type: ValType, value: unknown): unknown {
    if (type === V128) this.refuse("global import of type v128 must be a WebAssembly.Global");
    const isRef = type === EXTERNREF || type === FUNCREF;
    const fits = isRef || typeof value === (type === I64 ? "bigint" : "number");
    if (!fits) {
      this.refuse(
        "global import must be a number, valid Wasm reference, or WebAssembly.Global object",
      );
    }
    try {
      return this.realm.coerce(type, value);
    } catch {
      return this.refuse(
        "function-typed object must be null (if nullable) or a Wasm function object",
      );
    }
  }

  // ---- linking ----------------------------------------------------------------------------------

  check(entry: NamedImport, index: number, found: Import): void {
    this.entry = entry;
    this.index = index;
    switch (entry.kind) {
      case "func":
        if (found.kind === "func" && found.type.key !== entry.type.key) {
          this.refuse("imported function does not match the expected type");
        }
        return;
      case "memory":
        return this.memory(entry.type.limits, found as LinkedMemory);
      case "table":
        return this.table(entry, found as LinkedTable);
      case "global":
        return this.globalType(entry, found as LinkedGlobal);
    }
  }

  private memory(want: Limits, { pages, type }: LinkedMemory): void {
    const what = `memory import ${this.index}`;
    if (pages < want.min) {
      this.misfit(`${what} is smaller than initial ${want.min}, got ${pages}`);
    }
    if (want.max < 0) return;
    const { max } = type.limits;
    if (max < 0) this.misfit(`${what} has no maximum limit, expected at most ${want.max}`);
    if (max > want.max) this.misfit(this.larger(what, max, want.max));
  }

  private table({ type: want }: Extract<NamedImport, { kind: "table" }>, found: LinkedTable): void {
    const what = `table import ${this.index}`;
    const { elem, limits } = found.type;
    if (found.length < want.limits.min) {
      this.misfit(`${what} is smaller than initial ${want.limits.min}, got ${found.length}`);
    }
    if (want.limits.max >= 0) {
      const most = want.limits.max;
      if (limits.max < 0) this.misfit(`${what} has no maximum length, expected ${most}`);
      if (limits.max > most) this.misfit(this.larger(what, limits.max, most));
    }
    if (elem !== want.elem) this.refuse("imported table does not match the expected type");
  }

  private larger(what: string, max: number, most: number): string {
    return `${what} has a larger maximum size ${max} than the module's declared maximum ${most}`;
  }

  private misfit(why: string): never {
    throw new LinkError(`${this.where}: ${why}`);
  }

  private globalType(
    { type: want }: Extract<NamedImport, { kind: "global" }>,
    { type }: LinkedGlobal,
  ): void {
    if (type.mutable !== want.mutable) {
      this.refuse("imported global does not match the expected mutability");
    }
    if (type.type !== want.type) this.refuse("imported global does not match the expected type");
  }
}

/**
 * What a module of ours is to be linked with, in its order. Undefined if the module has to run on
 * the host's engine, for what is to be shared with others there.
 */
export function readImports(
  realm: Realm,
  parts: ModuleParts,
  given: object | undefined,
  where: Where,
): Import[] | undefined {
  const imports = importsOf(parts);
  if (imports.length === 0) return [];
  if (given === undefined) {
    throw new TypeError(`${where}: Imports argument must be present and must be an object`);
  }
  const reader = new Reader(realm, parts, where);
  const found: Import[] = [];
  for (const [i, entry] of imports.entries()) {
    const read = reader.read(entry, i, given as Dictionary);
    if (read === undefined) return undefined;
    found.push(read);
  }
  if (parts.isLent === true) found.push(lend(realm, parts));
  return found;
}

/** Throws LinkError unless all types and limits fit. */
export function checkLinks(
  realm: Realm,
  parts: ModuleParts,
  found: readonly (Import | LinkedFunc)[],
  where: Where,
): void {
  const reader = new Reader(realm, parts, where);
  parts.code.imports.forEach((entry, i) => reader.check(entry, i, found[i]!));
}
