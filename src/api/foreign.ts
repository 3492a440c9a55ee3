// Modules that ingot cannot take run on the host's own engine, but the objects that a program
// passes to them are ours. An object that no instance of ours has used yet becomes the host's for
// good: a memory or table of the host's is made, the contents copied, and our object stands for
// that one from now on (a *guest*). What an instance of ours uses cannot move: such an import is
// refused. Functions are functions to both (in tables: crossing.ts), constant globals are copied.
// The other way round, modules of ours can use memories of the host's (engine/hostmemory.ts).
//
// In: a foreign module and an imports object. Out: an instance of the host's class.

import type {
  EngineModule,
  HostFunction,
  Linked,
  LinkedGlobal,
  LinkedMemory,
  LinkedTable,
} from "../engine/engine.ts";
import { LinkError } from "../engine/errors.ts";
import type { ForeignMemory } from "../engine/hostmemory.ts";
import type {
  ForeignGlobal,
  ForeignModule,
  ForeignNamespace,
  ForeignTable,
} from "../engine/provider.ts";
import { isWasi } from "../wasi/names.ts";
import { EXTERNREF, V128 } from "../wasm/types.ts";
import type { GlobalType, MemoryType, TableType } from "../wasm/types.ts";
import { VALUE_TYPES } from "./global.ts";
import { descriptorOf, isObject } from "./idl.ts";
import type { Dictionary, Where } from "./idl.ts";
import { isNodeWasi } from "./nodewasi.ts";
import type { Box, ModuleParts, Realm } from "./realm.ts";
import { suspendingCall } from "./suspend.ts";

const PAGE = 65_536;

/** Tables, memories and globals that became the host's. */
export interface Guest {
  readonly foreign: object;
}

export const isGuest = (linked: object | undefined): linked is Guest =>
  linked instanceof GuestMemory || linked instanceof GuestTable || linked instanceof GuestGlobal;

/** What a call that throws RangeError answers, or -1. */
function orLess(grow: () => number): number {
  try {
    return grow();
  } catch (error) {
    if (error instanceof RangeError) return -1;
    throw error;
  }
}

class GuestMemory implements LinkedMemory, Guest {
  readonly kind = "memory";
  readonly type: MemoryType;
  readonly foreign: ForeignMemory;
  constructor(type: MemoryType, foreign: ForeignMemory) {
    this.type = type;
    this.foreign = foreign;
  }
  get pages(): number {
    return this.buffer.byteLength / PAGE;
  }
  get buffer(): ArrayBuffer {
    return this.foreign.buffer;
  }
  grow(delta: number): number {
    return orLess(() => this.foreign.grow(delta));
  }
}

class GuestTable implements LinkedTable, Guest {
  readonly kind = "table";
  readonly type: TableType;
  readonly foreign: ForeignTable;
  constructor(type: TableType, foreign: ForeignTable) {
    this.type = type;
    this.foreign = foreign;
  }
  get length(): number {
    return this.foreign.length;
  }
  get(index: number): unknown {
    return this.foreign.get(index);
  }
  set(index: number, value: unknown): void {
    this.foreign.set(index, value);
  }
  grow(delta: number, value: unknown): number {
    return orLess(() => this.foreign.grow(delta, value));
  }
}

class GuestGlobal implements LinkedGlobal, Guest {
  readonly kind = "global";
  readonly type: GlobalType;
  readonly foreign: ForeignGlobal;
  constructor(type: GlobalType, foreign: ForeignGlobal) {
    this.type = type;
    this.foreign = foreign;
  }
  get(): unknown {
    return this.foreign.value;
  }
  set(value: unknown): void {
    this.foreign.value = value;
  }
}

function moveMemory(foreign: ForeignNamespace, ours: LinkedMemory): GuestMemory {
  const { type, pages } = ours;
  const theirs = new foreign.Memory(descriptorOf(type.limits, pages));
  new Uint8Array(theirs.buffer).set(new Uint8Array(ours.buffer));
  // Detaches the buffer that programs may hold.
  ours.grow(0);
  return new GuestMemory(type, theirs);
}

function moveTable(foreign: ForeignNamespace, ours: LinkedTable): GuestTable {
  const { type, length } = ours;
  const element = type.elem === EXTERNREF ? "externref" : "anyfunc";
  const theirs = new foreign.Table({ element, ...descriptorOf(type.limits, length) });
  for (let i = 0; i < length; i++) theirs.set(i, ours.get(i));
  return new GuestTable(type, theirs);
}

function copyGlobal(foreign: ForeignNamespace, ours: LinkedGlobal): ForeignGlobal | undefined {
  const { type, mutable } = ours.type;
  const value = [...VALUE_TYPES].find(([, t]) => t === type)![0];
  if (type === V128) return undefined;
  try {
    return new foreign.Global({ value, mutable }, ours.get());
  } catch {
    // A function of ours is none of theirs.
    return undefined;
  }
}

class Translator {
  private readonly realm: Realm;
  private readonly foreign: ForeignNamespace;

  constructor(realm: Realm, foreign: ForeignNamespace) {
    this.realm = realm;
    this.foreign = foreign;
  }

  /** A value as the host's engine may have it; `refuse` throws. */
  value(value: unknown, refuse: (kind: string) => never): unknown {
    const { memories, tables, globals } = this.realm;
    const suspending = suspendingCall(value);
    if (suspending !== undefined && this.foreign.Suspending !== undefined) {
      return new this.foreign.Suspending(suspending);
    }
    const memory = memories.of(value);
    if (memory !== undefined) {
      return this.move(memories, value as object, memory, moveMemory) ?? refuse("memory");
    }
    const table = tables.of(value);
    if (table !== undefined) {
      return this.move(tables, value as object, table, moveTable) ?? refuse("table");
    }
    const global = globals.of(value);
    if (global === undefined) return value;
    return this.global(value as object, global) ?? refuse("global");
  }

  private move<L extends object>(
    box: Box<L>,
    value: object,
    linked: L,
    move: (foreign: ForeignNamespace, ours: L) => (L & Guest) | undefined,
  ): object | undefined {
    if (isGuest(linked)) return linked.foreign;
    const moved = box.isUsed(value) ? undefined : move(this.foreign, linked);
    if (moved === undefined) return undefined;
    box.replace(value, moved);
    return moved.foreign;
  }

  private global(value: object, linked: LinkedGlobal): object | undefined {
    if (isGuest(linked)) return linked.foreign;
    const { globals } = this.realm;
    if (linked.type.mutable && globals.isUsed(value)) return undefined;
    const copy = copyGlobal(this.foreign, linked);
    if (copy === undefined || !linked.type.mutable) return copy;
    globals.replace(value, new GuestGlobal(linked.type, copy));
    return copy;
  }
}

/** The imports of a foreign module, read in its order, with our objects replaced. */
function translate(
  realm: Realm,
  foreign: ForeignNamespace,
  module: ForeignModule,
  given: object,
  where: Where,
): object {
  const translator = new Translator(realm, foreign);
  const modules = new Map<string, unknown>();
  foreign.Module.imports(module).forEach(({ module: from, name }, i) => {
    const source = (given as Dictionary)[from];
    if (!isObject(source)) {
      // The host says what is wrong with it.
      modules.set(from, source);
      return;
    }
    const place = `${where}: Import #${i} module="${from}" function="${name}" error`;
    const value = translator.value((source as Dictionary)[name], (kind) => {
      throw new LinkError(
        `${place}: this ${kind} is in use by an instance that ingot runs, but the module runs ` +
          `on the host's own WebAssembly; modules that share a ${kind} must run on one engine`,
      );
    });
    const to = modules.get(from) ?? modules.set(from, Object.create(null)).get(from);
    if (isObject(to)) (to as Record<string, unknown>)[name] = value;
  });
  return Object.assign(Object.create(null) as object, Object.fromEntries(modules));
}

/** Reads imports for one of the host's modules at once; the answer makes the instance. */
export function prepareForeign(
  realm: Realm,
  module: ForeignModule,
  given: object | undefined,
  where: Where,
): () => object {
  const { foreign } = realm;
  if (foreign === undefined) throw new TypeError(`${where}: no engine for this module`);
  const imports = given === undefined ? undefined : translate(realm, foreign, module, given, where);
  return () => new foreign.Instance(module, imports);
}

// ---- modules of ours that are the host's to run -------------------------------------------------
// Two kinds show when they are linked: those that import a table or a global which is the host's,
// and programs of node:wasi that were not seen coming (nodewasi.ts).

const sharesObjects = ({ code }: ModuleParts): boolean =>
  code.imports.some(({ kind }) => kind !== "func");

const mayBeHosts = ({ foreign }: Realm, parts: ModuleParts): boolean =>
  foreign !== undefined &&
  (sharesObjects(parts) || parts.code.imports.some(({ module }) => isWasi(module)));

/** The module may have to be compiled for memories of the host's. */
const mayBorrow = ({ provider }: Realm, { code }: ModuleParts): boolean =>
  provider.compileChecked !== undefined && code.imports.some(({ kind }) => kind === "memory");

/** True if the module may turn out to be another one when it is linked: its bytes are kept. */
export const mayChange = (realm: Realm, parts: ModuleParts): boolean =>
  mayBeHosts(realm, parts) || mayBorrow(realm, parts);

/** The code to link with these imports: checked code where they have no guard pages. */
export function codeFor(
  { engine, provider }: Realm,
  parts: ModuleParts,
  imports: Imports,
): EngineModule {
  const { code, bytes } = parts;
  if (engine.suits?.(code, imports) !== false || bytes === undefined) return code;
  return (parts.checked ??= provider.compileChecked!(bytes));
}

type Imports = readonly (Linked | HostFunction)[];

/**
 * The host's module, if it is to run there: with these imports, or, if they are undefined, with
 * objects of the host's among them.
 */
export function hostsModule(
  { foreign, provider }: Realm,
  parts: ModuleParts,
  imports: Imports | undefined,
): ForeignModule | undefined {
  const { bytes } = parts;
  if (bytes === undefined || parts.isLent === true) return undefined;
  if (imports !== undefined && !isNodeWasi(parts.code, imports)) {
    if (!sharesObjects(parts)) parts.bytes = undefined;
    return undefined;
  }
  const why =
    imports === undefined
      ? "it imports an object of a module there"
      : "the functions of node:wasi need a memory of V8's";
  parts.theirs ??= provider.toForeign?.(bytes, why) ?? (new foreign!.Module(bytes) as object);
  return parts.theirs;
}
