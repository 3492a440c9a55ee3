// The interpreter as an engine of the JavaScript interface: modules, instances and what they share,
// in any JavaScript host. Functions and their values are boundary.ts's business; here are tables,
// memories and globals, and how instances come into being.
//
// What lives how long: see interp/instance.ts. An instance joins the groups of what it imports if
// references may pass between them, else it knows the functions that it imports.

import { checkImports, instantiate } from "../interp/instantiate.ts";
import type { Imported, Offered } from "../interp/instantiate.ts";
import { Group, wholeOf } from "../interp/instance.ts";
import type { Global, Instance } from "../interp/instance.ts";
import { Memory, lookAtBorrowed } from "../interp/memory.ts";
import { wordsOf } from "../interp/slots.ts";
import { Table } from "../interp/table.ts";
import { LinkError, Trap, bug } from "../support/errors.ts";
import { decodeModule } from "../wasm/decode.ts";
import { defaultFeatures } from "../wasm/features.ts";
import type { Features } from "../wasm/features.ts";
import type { Import, Export, Module } from "../wasm/module.ts";
import { EXTERNREF, V128, isRef } from "../wasm/types.ts";
import type { GlobalType, MemoryType, TableType } from "../wasm/types.ts";
import { validateModule } from "../wasm/validate.ts";
import { newCallable, newRawHost } from "./boundary.ts";
import type {
  Around,
  Callable,
  Engine,
  EngineInstance,
  EngineModule,
  EngineSnapshot,
  ExternType,
  HostFunction,
  InstanceSettings,
  Linked,
  LinkedGlobal,
  LinkedMemory,
  LinkedTable,
  NamedExport,
  NamedImport,
} from "./engine.ts";
import { HostMemory } from "./hostmemory.ts";
import { Port, PortableFunc, carriesRefs, funcOf } from "./port.ts";
import { PortableSnapshot, restore } from "./portablesnapshot.ts";
import { theStop } from "./stopping.ts";
import { newPromising, newSuspendingHost } from "./suspension.ts";

// Modules -----------------------------------------------------------------------------------------

export interface PortableModule extends EngineModule {
  readonly module: Module;
  readonly features: Features;
}

function typeOf(m: Module, { kind, index }: Import | Export): ExternType {
  switch (kind) {
    case "func":
      return { kind, type: m.types[m.funcs[index]!]! };
    case "table":
      return { kind, type: m.tables[index]! };
    case "memory":
      return { kind, type: m.memories[index]! };
    default:
      return { kind, type: m.globals[index]! };
  }
}

function shapeOf(module: Module, features: Features): PortableModule {
  const imports = module.imports.map((e): NamedImport => ({
    ...typeOf(module, e),
    module: e.module,
    name: e.name,
  }));
  const exports = module.exports.map((e): NamedExport => ({ ...typeOf(module, e), name: e.name }));
  return { module, features, imports, exports };
}

/**
 * Decodes and validates a module. Its bytes are kept and must not change. Throws Malformed, Invalid
 * or Unsupported.
 */
export function prepare(bytes: Uint8Array, features: Features = defaultFeatures): PortableModule {
  const module = decodeModule(bytes, features);
  validateModule(module, features, { bodies: true });
  return shapeOf(module, features);
}

/** The same for bytes that are known to be a valid module: function bodies are not looked at. */
export function prepareTrusted(
  bytes: Uint8Array,
  features: Features = defaultFeatures,
): PortableModule {
  return shapeOf(decodeModule(bytes, features), features);
}

// Tables, memories, globals -----------------------------------------------------------------------

class PortableTable implements LinkedTable {
  readonly kind = "table";
  readonly type: TableType;
  readonly table: Table;
  host?: object;
  private readonly port: Port;
  private readonly home: Group;

  constructor(port: Port, type: TableType, table: Table, home: Group) {
    this.port = port;
    this.type = type;
    this.table = table;
    this.home = home;
    table.face = this;
  }

  get group(): Group {
    return wholeOf(this.home);
  }

  get length(): number {
    return this.table.size;
  }

  get(index: number): unknown {
    const { elems, type } = this.table;
    return this.port.getRef(this.group, type, elems[2 * index]!, elems[2 * index + 1]!);
  }

  set(index: number, value: unknown): void {
    const [lo, hi] = this.words(value);
    this.table.fill(index, 1, lo, hi);
  }

  grow(delta: number, value: unknown): number {
    const [lo, hi] = this.words(value);
    return this.table.grow(delta, lo, hi);
  }

  fill(value: unknown): void {
    const [lo, hi] = this.words(value);
    this.table.fill(0, this.table.size, lo, hi);
  }

  private words(value: unknown): readonly [lo: number, hi: number] {
    const { table, port } = this;
    if (table.type === EXTERNREF) port.tidy(this.group, table.elems);
    return port.wordsOfRef(this.group, table.type, value);
  }
}

/** What stands for memories of the host's own. */
const borrowed = new WeakMap<object, LinkedMemory>();

class PortableMemory implements LinkedMemory {
  readonly kind = "memory";
  readonly type: MemoryType;
  readonly memory: Memory;
  host?: object;

  constructor(type: MemoryType, memory: Memory) {
    this.type = type;
    this.memory = memory;
    memory.face = this;
  }

  get pages(): number {
    return this.memory.pages;
  }

  get buffer(): ArrayBuffer {
    return this.memory.buffer;
  }

  grow(delta: number): number {
    return this.memory.grow(delta);
  }
}

/** A global: a value, until an instance has to do with it. */
class PortableGlobal implements LinkedGlobal {
  readonly kind = "global";
  readonly type: GlobalType;
  host?: object;
  private global: Global | undefined;
  private value: unknown;

  constructor(type: GlobalType, global: Global | undefined, value: unknown) {
    this.type = type;
    this.global = global;
    this.value = value;
    if (global !== undefined) global.face = this;
  }

  /** Its group, if it is linked and of a reference type. */
  get group(): Group | undefined {
    if (this.global === undefined || !isRef(this.type.type)) return undefined;
    return wholeOf(this.global.keeper as Group);
  }

  get(): unknown {
    const { type } = this.type;
    if (type === V128) throw new TypeError("a v128 has no value in JavaScript");
    if (this.global === undefined) return this.value;
    return thePort().get(this.global.keeper as Group, type, this.global.cell);
  }

  set(value: unknown): void {
    if (this.global === undefined) this.value = value;
    else this.store(thePort(), this.global, value);
  }

  private store(port: Port, { keeper, cell, type }: Global, value: unknown): void {
    if (type === EXTERNREF) port.tidy(keeper as Group);
    port.put(keeper as Group, type, cell, value);
  }

  /** Gives it a cell, for an instance of the group. */
  link(port: Port, group: Group): Global {
    if (this.global !== undefined) return this.global;
    const { type, mutable } = this.type;
    const { numbers, arenas } = port.machine;
    const global = isRef(type)
      ? numbers.newGlobal(group, type, mutable)
      : numbers.newFreeGlobal(type, mutable);
    if (type === V128) arenas.I.fill(0, global.cell, global.cell + wordsOf(type));
    else this.store(port, global, this.value);
    this.global = global;
    this.value = undefined;
    global.face = this;
    return global;
  }
}

let port: Port | undefined;

/** The machine takes a while to make. */
const thePort = (): Port => (port ??= new Port(newCallable));

// Instances ---------------------------------------------------------------------------------------

type Given = Linked | HostFunction | undefined;

function offered(given: Given): Offered | undefined {
  if (given === undefined) return undefined;
  if (given.kind === "host") return { kind: "host" };
  if (given instanceof PortableFunc) return { kind: "func", func: given.number };
  if (given instanceof PortableTable) return given;
  if (given instanceof PortableMemory) return given;
  if (given instanceof PortableGlobal) return { kind: "global", global: given.type };
  throw new LinkError(`a ${given.kind} of another engine`);
}

/** The group that an instance with these imports belongs to. */
function groupOf(port: Port, imports: readonly Given[]): Group {
  let group: Group | undefined;
  for (const given of imports) {
    let other: Group | undefined;
    if (given instanceof PortableFunc) other = carriesRefs(given.type) ? given.group : undefined;
    else if (given instanceof PortableTable || given instanceof PortableGlobal) other = given.group;
    if (other !== undefined) {
      group = group === undefined ? other : port.machine.numbers.unite(group, other);
    }
  }
  return group ?? new Group();
}

/** An import as the machine knows it, for an instance of the group; `index` is that of its kind. */
function imported(
  port: Port,
  group: Group,
  { type }: NamedImport,
  index: number,
  given: Given,
): Imported {
  if (given === undefined) return bug("an import that is not there was found to fit");
  if (given.kind === "host") {
    if (!("params" in type)) return bug("a function was found to fit another kind");
    const make = given.suspending === true ? newSuspendingHost : newRawHost;
    const raw = make(port, type, given.call, group);
    return { kind: "func", func: port.newHost(group, type, given, raw, index) };
  }
  if (given instanceof PortableFunc) {
    port.introduce(group, given);
    return { kind: "func", func: given.number };
  }
  if (given instanceof PortableTable || given instanceof PortableMemory) return given;
  if (given instanceof PortableGlobal) return { kind: "global", global: given.link(port, group) };
  return bug("something of another engine was found to fit");
}

function exported(port: Port, inst: Instance, m: Module, { kind, index }: Export): Linked {
  switch (kind) {
    case "func":
      return port.funcAt(inst.group, inst.funcs[index]!);
    case "table": {
      const table = inst.tables[index]!;
      const known = table.face as PortableTable | undefined;
      return known ?? new PortableTable(port, m.tables[index]!, table, inst.group);
    }
    case "memory": {
      const memory = inst.memories[index]!;
      const known = memory.face as PortableMemory | undefined;
      return known ?? new PortableMemory(m.memories[index]!, memory);
    }
    default: {
      const global = inst.globals[index]!;
      const known = global.face as PortableGlobal | undefined;
      return known ?? new PortableGlobal(m.globals[index]!, global, undefined);
    }
  }
}

class PortableInstance implements EngineInstance {
  readonly exports: readonly Linked[];
  private readonly port: Port;
  private readonly inst: Instance;

  constructor(port: Port, inst: Instance) {
    const m = inst.module!;
    this.exports = m.exports.map((e) => exported(port, inst, m, e));
    this.port = port;
    this.inst = inst;
  }

  snapshot(): EngineSnapshot {
    return new PortableSnapshot(this.port, this.inst);
  }

  restore(snapshot: EngineSnapshot): void {
    restore(this.port, this.inst, snapshot);
  }
}

export class PortableEngine implements Engine<PortableModule> {
  readonly name = "interpreter";

  instantiate(
    { module, features, imports: wanted }: PortableModule,
    imports: readonly Given[],
    settings: InstanceSettings = {},
  ): EngineInstance {
    const port = thePort();
    const { machine } = port;
    const { memoryPages, tableElements } = settings;
    lookAtBorrowed();
    checkImports(
      machine,
      module,
      wanted.map((_, i) => offered(imports[i])),
    );
    try {
      const group = groupOf(port, imports);
      const given = wanted.map((want, i) =>
        imported(port, wholeOf(group), want, module.imports[i]!.index, imports[i]),
      );
      const inst = instantiate(machine, module, given, {
        group: wholeOf(group),
        checksFirst: !features.has("bulk-memory"),
        counts: theStop() !== undefined,
        isBlank: settings.from !== undefined,
        budget: memoryPages === undefined ? undefined : () => ({ left: memoryPages }),
        ...(tableElements === undefined ? {} : { mostElements: tableElements }),
      });
      if (settings.from !== undefined) restore(port, inst, settings.from, true);
      return new PortableInstance(port, inst);
    } catch (error) {
      // Without frames it is no trap of the start function's.
      throw error instanceof Trap && !("frames" in error) ? error : port.thrown(error);
    }
  }

  newMemory(type: MemoryType): LinkedMemory {
    return new PortableMemory(type, new Memory(type.limits));
  }

  borrow(value: unknown, type?: MemoryType): LinkedMemory | undefined {
    const known = borrowed.get(value as object);
    if (known !== undefined) return known;
    const lent = HostMemory.of(value, type);
    if (lent === undefined) return undefined;
    const made = new PortableMemory(lent.type, Memory.borrow(lent, lent.type.limits));
    made.host = lent.object;
    borrowed.set(lent.object, made);
    return made;
  }

  newTable(type: TableType, init: unknown): LinkedTable {
    const table = new PortableTable(thePort(), type, new Table(type), new Group());
    if (init !== null) table.fill(init);
    return table;
  }

  newGlobal(type: GlobalType, init: unknown): LinkedGlobal {
    return new PortableGlobal(type, undefined, init);
  }

  funcOf(value: unknown): PortableFunc | undefined {
    return funcOf(value);
  }

  promising(func: PortableFunc, around?: Around): Callable {
    return newPromising(thePort(), func, around);
  }
}
