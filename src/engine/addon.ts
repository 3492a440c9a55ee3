// The native engine in this process: artifacts are mapped, instances linked and functions called by
// the addon (binding.ts). In: artifacts of this machine. Out: the Engine interface. How calls work:
// calls.ts; what keeps what alive: groups.ts.

import { PAGE, TABLE_MAX, trapOf } from "../abi.ts";
import { LinkError } from "../support/errors.ts";
import { isRef } from "../wasm/types.ts";
import type { FuncType, GlobalType, MemoryType, TableType } from "../wasm/types.ts";
import { STATUS_AT, openAddon } from "./binding.ts";
import type { Binding } from "./binding.ts";
import { Borrowed, BorrowedMemory } from "./borrowed.ts";
import { newCallable, newHost, settle } from "./calls.ts";
import type {
  Around,
  Callable,
  Engine,
  EngineInstance,
  EngineModule,
  EngineSnapshot,
  HostFunction,
  InstanceSettings,
  Linked,
  NamedExport,
  NamedImport,
} from "./engine.ts";
import { Func, Group, funcOf } from "./groups.ts";
import type { Thread } from "./groups.ts";
import { newHostMemory } from "./hostmemory.ts";
import { readManifest } from "./manifest.ts";
import type { Manifest } from "./manifest.ts";
import { NativeGlobal, NativeMemory, NativeTable, Slabs } from "./objects.ts";
import { NativeSnapshot, restore } from "./nativesnapshot.ts";
import { newPromising, newSuspendingHost } from "./nativesuspension.ts";
import { addStoppable } from "./stopping.ts";
import type { Stop } from "./stopping.ts";
import { newShape } from "./shape.ts";
import type { Shape } from "./shape.ts";

/** What linking answers besides addresses: -Outcome of runtime.h. */
const OUTCOME = { trapped: -1, linkFailed: -4 } as const;

const MOST_PAGES = 2 ** 32 / PAGE;

/** A mapped artifact. */
export class NativeModule implements EngineModule {
  readonly imports: readonly NamedImport[];
  readonly exports: readonly NamedExport[];
  /** Function index of each export that is a function. */
  readonly exportedFuncs: Int32Array;
  /** Of the native module. */
  readonly address: number;
  /** Its code relies on the guard pages of memories. */
  readonly needsGuards: boolean;

  constructor(address: number, manifest: Manifest, needsGuards: boolean) {
    this.address = address;
    this.needsGuards = needsGuards;
    this.imports = manifest.imports;
    this.exports = manifest.exports;
    this.exportedFuncs = manifest.exportedFuncs;
  }
}

export interface LoadOptions {
  /**
   * How the content is checked: by checksum and SHA-256 ("all", the default), by its checksum only,
   * which finds accidents, or not at all, since it has just been made or checked.
   */
  readonly check?: "all" | "sum" | "none";
}

/** SKIP_HASH and SUM_ONLY of runtime.h. */
const CHECKS = { all: 0, none: 1, sum: 2 } as const;

/**
 * So many groups may be gone without the registry having told of it, each at 72 bytes. In a loop
 * that never yields it does not: then new ones are left to the sweeps of anchors.c.
 */
const UNTOLD = 10_000;

type Import = Linked | HostFunction | undefined;

class NativeThread implements Thread {
  readonly binding: Binding;
  readonly types = new Map<number, FuncType>();
  readonly owners = new WeakMap<ArrayBuffer, object>();
  readonly pinned = new Set<object>();
  readonly slabs = new Slabs(this);
  readonly borrowed = new Borrowed();
  readonly modules: FinalizationRegistry<number>;
  lastExtern = 0;
  suspendable = 0;
  stop: Stop | undefined;
  private readonly groups: FinalizationRegistry<number>;
  /** Groups that the registry has not told of. */
  private watched = 0;
  private hasUnwatched = false;
  private readonly shapes = new Map<string, Shape>();

  constructor(binding: Binding) {
    const { native } = binding;
    this.binding = binding;
    this.groups = new FinalizationRegistry((handle) => this.release(handle));
    addStoppable((stop) => this.obey(stop));
    this.modules = new FinalizationRegistry((address) => native.unload(address));
  }

  shape(type: FuncType): Shape {
    let shape = this.shapes.get(type.key);
    if (shape === undefined) {
      shape = newShape(type, this.binding.places);
      this.shapes.set(type.key, shape);
    }
    return shape;
  }

  wrap(func: Func): Callable {
    return newCallable(func);
  }

  private obey(stop: Stop | undefined): void {
    const isTimed = stop !== undefined && stop.deadline < Infinity;
    const rest = isTimed ? Math.max(0, stop.deadline - performance.now()) : -1;
    if (!this.binding.native.alarm(rest)) {
      throw new Error("no signal is free for stopping guests of native code");
    }
    this.stop = stop;
  }

  watch(group: Group, handle: number): void {
    const { watched } = this;
    if (watched > UNTOLD && watched - this.binding.native.count()[0] > UNTOLD) {
      this.hasUnwatched = true;
      return;
    }
    this.watched++;
    this.groups.register(group, handle);
  }

  /** The registry tells of a group that is gone, as it does when the event loop turns. */
  private release(handle: number): void {
    const { native } = this.binding;
    this.watched--;
    native.releaseGroup(handle);
    if (this.hasUnwatched) native.sweepGroups();
    this.hasUnwatched = false;
  }

  /** The type of this id: all modules share the objects. */
  intern(sig: number, make: () => FuncType): FuncType {
    let type = this.types.get(sig);
    if (type === undefined) {
      type = make();
      this.types.set(sig, type);
    }
    return type;
  }
}

class NativeInstance implements EngineInstance {
  readonly exports: readonly Linked[];
  private readonly group: Group;
  private readonly module: NativeModule;
  /** Address of the native instance. */
  private readonly linked: number;

  constructor(group: Group, module: NativeModule, linked: number, addresses: Float64Array) {
    this.exports = exportsOf(group, module, addresses);
    this.group = group;
    this.module = module;
    this.linked = linked;
  }

  snapshot(): EngineSnapshot {
    return new NativeSnapshot(this.module, this.group, this.linked);
  }

  restore(snapshot: EngineSnapshot): void {
    restore(this.module, this.group, this.linked, snapshot);
  }
}

export class NativeEngine implements Engine<NativeModule> {
  readonly name = "native";
  private readonly thread: NativeThread;
  private hostGuards: boolean | undefined;

  /** Throws where there is no addon for this process. */
  constructor(binding: Binding = openAddon()) {
    this.thread = new NativeThread(binding);
  }

  /** Maps an artifact, by its path or its bytes. Throws an Error saying what is wrong with it. */
  load(source: string | Uint8Array, options: LoadOptions = {}): NativeModule {
    const { thread } = this;
    const { native } = thread.binding;
    const address = native.load(source, CHECKS[options.check ?? "all"]);
    const bytes = native.described(address);
    try {
      const intern = thread.intern.bind(thread);
      const manifest = readManifest(new Uint8Array(bytes), intern);
      const module = new NativeModule(address, manifest, native.guards(address));
      thread.modules.register(module, address);
      return module;
    } finally {
      native.detach(bytes);
    }
  }

  instantiate(
    module: NativeModule,
    imports: readonly Import[],
    limits: InstanceSettings = {},
  ): EngineInstance {
    const { thread } = this;
    const { native, target, desk } = thread.binding;
    thread.borrowed.look();
    check(thread, module, imports);
    const group = homeOf(thread, imports);
    const numbers = Float64Array.from(module.imports, (type, k) => bind(group, type, imports[k]));
    const addresses = new Float64Array(2 * module.exports.length);
    const start = native.link(
      group.handle,
      module.address,
      numbers,
      addresses,
      Math.min(limits.memoryPages ?? MOST_PAGES, MOST_PAGES),
      Math.min(limits.tableElements ?? TABLE_MAX, TABLE_MAX),
      limits.from === undefined ? 0 : 1,
    );
    const linked = target[0]!;
    if (start === OUTCOME.trapped) throw trapOf(native.trap()[0] as number);
    if (start === OUTCOME.linkFailed) throw new LinkError(native.message());
    if (start < 0) throw new RangeError(native.message());
    const { from } = limits;
    if (from !== undefined) restore(module, group, linked, from);
    else if (start > 0) {
      target[0] = start;
      native.enter();
      if (desk[STATUS_AT] !== 0) settle(thread, group);
    }
    return new NativeInstance(group.root, module, linked, addresses);
  }

  newMemory(type: MemoryType): NativeMemory {
    const { thread } = this;
    const { native, target } = thread.binding;
    const group = new Group(thread);
    const { min, max } = type.limits;
    const extern = native.newMemory(group.handle, min, max);
    if (extern === 0) throw new RangeError(native.message());
    return new NativeMemory(group, type, extern, target[0]!);
  }

  newTable(type: TableType, init: unknown): NativeTable {
    const { thread } = this;
    const { native, target, ints } = thread.binding;
    const fresh = new Group(thread);
    const value = fresh.lower(type.elem, init);
    const group = fresh.root;
    ints[0] = value % 2 ** 32;
    ints[1] = value / 2 ** 32;
    const { min, max } = type.limits;
    const extern = native.newTable(group.handle, type.elem, min, max);
    if (extern === 0) throw new RangeError(native.message());
    return new NativeTable(group, type, extern, target[0]!);
  }

  newGlobal(type: GlobalType, init: unknown): NativeGlobal {
    return new NativeGlobal(type, init);
  }

  borrow(value: unknown, type?: MemoryType): BorrowedMemory | undefined {
    return this.thread.borrowed.of(this.thread, value, type);
  }

  get hasHostGuards(): boolean {
    return (this.hostGuards ??= this.borrow(newHostMemory())?.isGuarded ?? false);
  }

  suits(module: NativeModule, imports: readonly Import[]): boolean {
    if (!module.needsGuards) return true;
    return imports.every((given) => !(given instanceof BorrowedMemory) || given.isGuarded);
  }

  /** How much there is that has not been given back: numbers of groups, and of memories. */
  inUse(): { groups: number; memories: number } {
    const [groups, memories] = this.thread.binding.native.count();
    return { groups, memories };
  }

  funcOf(value: unknown): Func | undefined {
    return funcOf(value);
  }

  promising(func: Func, around?: Around): Callable {
    return newPromising(func, around);
  }
}

// ---- imports -----------------------------------------------------------------------------------

function misfit({ module, name }: NamedImport, what: string): LinkError {
  return new LinkError(`${what}: "${module}" "${name}"`);
}

/**
 * Refuses what does not fit. What does not unite groups is checked by linking; the rest here, since
 * groups cannot be divided again.
 */
function check(thread: Thread, module: NativeModule, imports: readonly Import[]): void {
  const { native } = thread.binding;
  const refuse = (): never => {
    throw new LinkError(native.message());
  };
  module.imports.forEach((type, k) => {
    const given = imports[k];
    if (given === undefined) throw misfit(type, "unknown import");
    const kind = given.kind === "host" ? "func" : given.kind;
    if (kind !== type.kind) throw misfit(type, "incompatible import type");
    if (given instanceof Func) {
      if (!native.match(module.address, k, given.address)) refuse();
    } else if (given instanceof NativeTable) {
      if (!native.match(module.address, k, given.extern)) refuse();
    } else if (given instanceof NativeGlobal && type.kind === "global") {
      const same = given.type.type === type.type.type && given.type.mutable === type.type.mutable;
      if (!same) throw misfit(type, "incompatible import type");
    }
  });
}

/** The group that an instance with these imports belongs to. */
function homeOf(thread: NativeThread, imports: readonly Import[]): Group {
  let home: Group | undefined;
  const join = (group: Group): void => {
    home = home === undefined ? group.root : home.unite(group);
  };
  for (const given of imports) {
    if (given instanceof NativeTable) join(given.group);
    else if (given instanceof NativeGlobal && given.group !== undefined) join(given.group);
  }
  let group = home ?? new Group(thread);
  for (const given of imports) {
    if (given instanceof Func) {
      group = group.take(given);
    } else if (given instanceof NativeGlobal && given.extern === 0) {
      given.link(isRef(given.type.type) ? group : thread.slabs.next());
      group = group.root;
    }
  }
  return group;
}

/** The number that linking knows an import by; the group keeps what it stands for. */
function bind(group: Group, type: NamedImport, given: Import): number {
  if (given instanceof Func) return given.address;
  if (given instanceof NativeTable) return given.extern;
  if (given instanceof BorrowedMemory) group.use(given.group);
  const isObject = given instanceof NativeMemory || given instanceof BorrowedMemory;
  if (isObject || given instanceof NativeGlobal) {
    group.add(given.extern, given);
    return given.extern;
  }
  if (type.kind !== "func" || given === undefined) throw misfit(type, "incompatible import type");
  const call = given.kind === "host" ? given.call : (given as { callable: Callable }).callable;
  const isSuspending = given.kind === "host" && given.suspending === true;
  const make = isSuspending ? newSuspendingHost : newHost;
  return -group.hosts.push(make(group.thread, type.type, call));
}

// ---- exports -----------------------------------------------------------------------------------

function exportsOf(group: Group, module: NativeModule, addresses: Float64Array): Linked[] {
  return module.exports.map((type, k) => {
    const extern = addresses[2 * k]!;
    const object = addresses[2 * k + 1]!;
    if (type.kind === "func") return group.func(extern, type.type, module.exportedFuncs[k]);
    const known = group.find(extern);
    if (known !== undefined) return known as Linked;
    switch (type.kind) {
      case "memory":
        return new NativeMemory(group, type.type, extern, object);
      case "table":
        return new NativeTable(group, type.type, extern, object);
      case "global":
        return NativeGlobal.of(group, type.type, extern, object);
    }
  });
}
