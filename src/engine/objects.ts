// Memories, tables and globals of the native engine. In: native objects, by the addresses of their
// Extern (what linking takes) and of what generated code sees of them (abi.ts). A memory's buffer
// lies over the memory itself. A global is a mere value of JavaScript until it is linked for the
// first time: programs make tens of thousands of them. Then one of a number type gets a cell in a
// slab, a group that it shares with other such globals; they cannot reach anything. One of a
// reference type becomes part of the group that imports it.

import { MemoryObject, TableObject } from "../abi.ts";
import { isRef } from "../wasm/types.ts";
import type { GlobalType, MemoryType, TableType } from "../wasm/types.ts";
import { LEVEL_AT } from "./binding.ts";
import type { Binding } from "./binding.ts";
import type { LinkedGlobal, LinkedMemory, LinkedTable } from "./engine.ts";
import { Group } from "./groups.ts";
import type { Growing, Thread } from "./groups.ts";
import { read, write } from "./shape.ts";

/** The word at an address, a number below 2^53. */
function peek({ target, native, ints }: Binding, address: number): number {
  target[0] = address;
  native.peek();
  return (ints[0]! >>> 0) + ints[1]! * 2 ** 32;
}

/** Puts a number below 2^53 into the first slot. */
function putNumber({ ints }: Binding, number: number): void {
  ints[0] = number % 2 ** 32;
  ints[1] = number / 2 ** 32;
}

export class NativeMemory implements LinkedMemory, Growing {
  readonly kind = "memory";
  readonly type: MemoryType;
  readonly extern: number;
  readonly group: Group;
  host?: object;
  private readonly object: number;
  private size: number;
  private view: ArrayBuffer | undefined;

  constructor(group: Group, type: MemoryType, extern: number, object: number) {
    this.group = group;
    this.type = type;
    this.extern = extern;
    this.object = object;
    this.size = peek(group.thread.binding, object + MemoryObject.pages);
    group.add(extern, this);
  }

  get pages(): number {
    return this.size;
  }

  get buffer(): ArrayBuffer {
    const { view } = this;
    if (view?.byteLength === this.size * 65536) return view;
    if (view !== undefined) this.pin();
    return this.newView();
  }

  /**
   * The program has detached the buffer: what has its bytes now does not keep the memory alive, and
   * is not known, so the memory stays for good.
   */
  private pin(): void {
    this.group.thread.pinned.add(this);
  }

  private newView(): ArrayBuffer {
    const { binding, owners } = this.group.thread;
    const view = this.size === 0 ? new ArrayBuffer(0) : binding.native.buffer(this.object);
    if (view === undefined) throw new RangeError("no ArrayBuffer is as large as this memory");
    owners.set(view, this);
    this.view = view;
    return view;
  }

  grow(delta: number): number {
    const old = this.group.thread.binding.native.growMemory(this.object, delta);
    if (old >= 0) this.refresh(old + delta);
    return old;
  }

  refresh(pages: number): void {
    const { view, size } = this;
    if (view !== undefined && view.byteLength !== size * 65536) this.pin();
    if (view !== undefined) this.group.thread.binding.native.detach(view);
    this.view = undefined;
    this.size = pages;
  }
}

export class NativeTable implements LinkedTable {
  readonly kind = "table";
  readonly type: TableType;
  readonly extern: number;
  readonly group: Group;
  host?: object;
  private readonly object: number;
  private readonly base: number;

  constructor(group: Group, type: TableType, extern: number, object: number) {
    this.group = group;
    this.type = type;
    this.extern = extern;
    this.object = object;
    this.base = peek(group.thread.binding, object + TableObject.base);
    group.add(extern, this);
  }

  get length(): number {
    return peek(this.group.thread.binding, this.object + TableObject.size);
  }

  get(index: number): unknown {
    const number = peek(this.group.thread.binding, this.base + 8 * index);
    return this.group.lift(this.type.elem, number);
  }

  set(index: number, value: unknown): void {
    const { binding } = this.group.thread;
    if (binding.desk[LEVEL_AT] === 0) this.group.root.trim();
    putNumber(binding, this.group.lower(this.type.elem, value));
    binding.target[0] = this.base + 8 * index;
    binding.native.poke();
  }

  grow(delta: number, value: unknown): number {
    const { binding } = this.group.thread;
    putNumber(binding, this.group.lower(this.type.elem, value));
    return binding.native.growTable(this.object, delta);
  }
}

export class NativeGlobal implements LinkedGlobal {
  readonly kind = "global";
  readonly type: GlobalType;
  host?: object;
  /** 0 while it is not linked. */
  extern = 0;
  private cell = 0;
  private value: unknown;
  private home: Group | undefined;

  constructor(type: GlobalType, value: unknown) {
    this.type = type;
    this.value = value;
  }

  /** One that native code has made. */
  static of(group: Group, type: GlobalType, extern: number, cell: number): NativeGlobal {
    const global = new NativeGlobal(type, undefined);
    global.place(group, extern, cell);
    return global;
  }

  private place(group: Group, extern: number, cell: number): void {
    this.home = group;
    this.extern = extern;
    this.cell = cell;
    group.add(extern, this);
  }

  /** The group that it belongs to, if it can reach anything. */
  get group(): Group | undefined {
    return isRef(this.type.type) ? this.home : undefined;
  }

  /** Gives it a cell in `group`, if it has none. */
  link(group: Group): void {
    if (this.extern !== 0) return;
    const { type, mutable } = this.type;
    const { binding } = group.thread;
    const value = isRef(type) ? group.lower(type, this.value) : this.value;
    const home = group.root;
    const extern = binding.native.newGlobal(home.handle, type, mutable ? 1 : 0);
    if (extern === 0) throw new RangeError("out of memory for a global");
    this.place(home, extern, binding.target[0]!);
    this.store(binding, value);
    this.value = undefined;
  }

  private store(binding: Binding, value: unknown): void {
    write(binding.whole, this.type.type, binding.places.ints, value);
    binding.target[0] = this.cell;
    binding.native.poke();
  }

  get(): unknown {
    const { home, cell } = this;
    const { type } = this.type;
    if (home === undefined) return this.value;
    const { binding } = home.thread;
    binding.target[0] = cell;
    binding.native.peek();
    const value = read(binding.whole, type, binding.places.ints);
    return isRef(type) ? home.lift(type, value as number) : value;
  }

  set(value: unknown): void {
    const { home } = this;
    const { type } = this.type;
    if (home === undefined) {
      this.value = value;
      return;
    }
    const { binding } = home.thread;
    if (!isRef(type)) {
      this.store(binding, value);
      return;
    }
    if (binding.desk[LEVEL_AT] === 0) home.root.trim();
    this.store(binding, home.lower(type, value));
  }
}

const SLAB = 256;

/** Groups for globals of number types, so many in each. */
export class Slabs {
  private readonly thread: Thread;
  private slab: Group | undefined;
  private left = 0;

  constructor(thread: Thread) {
    this.thread = thread;
  }

  /** Where the next one goes. */
  next(): Group {
    if (this.slab === undefined || this.left === 0) {
      this.slab = new Group(this.thread);
      this.left = SLAB;
    }
    this.left--;
    return this.slab;
  }
}
