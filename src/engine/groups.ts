// Groups: what native code keeps alive together, seen from JavaScript. Instances that can call one
// another, or hold references to each other's functions, are in one group; passing a function
// reference from one group to another unites them. Everything that reaches into native code refers
// to its Group, which is the anchor of the native one: when JavaScript can reach none of it any
// more, the native group ends. Host functions and externref values hang on their group alone, so a
// host function that refers to its own instance keeps nothing alive.
//
// Memories and numeric globals of other groups are imported without uniting: the importer refers to
// them, but they cannot reach it.

import { FuncRef } from "../abi.ts";
import { EXTERNREF } from "../wasm/types.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import type { Binding } from "./binding.ts";
import type { Callable, LinkedFunc } from "./engine.ts";
import type { Shape } from "./shape.ts";

/** Reads a host function's arguments, calls it, writes its results; true: some on the stack. */
export type HostCode = (group: Group) => boolean;

/** What all groups of a thread share. */
export interface Thread {
  readonly binding: Binding;
  /** Function types by their ids. */
  readonly types: Map<number, FuncType>;
  /** Last number given to an externref value; never given again. */
  lastExtern: number;
  /** Activations that are put aside until a promise settles. */
  suspended: number;
  /** The memory of each buffer: whoever has only the buffer keeps the memory. */
  readonly owners: WeakMap<ArrayBuffer, object>;
  shape(type: FuncType): Shape;
  wrap(func: Func): Callable;
  /** The group is the anchor of this handle. */
  watch(group: Group, handle: number): void;
}

/** Gives an object the hidden field that says which function it stands for. */
class Returning {
  constructor(object: object) {
    return object;
  }
}

class Brand extends Returning {
  #func: Func | undefined;
  static put(callable: Callable, func: Func): void {
    new Brand(callable).#func = func;
  }
  static get(value: object): Func | undefined {
    return #func in value ? value.#func : undefined;
  }
}

/** The native function that a value stands for, if it does. */
export function funcOf(value: unknown): Func | undefined {
  return typeof value === "function" ? Brand.get(value) : undefined;
}

/** A function of a guest, or a host function that a guest has imported and shown around. */
export class Func implements LinkedFunc {
  readonly kind = "func";
  readonly type: FuncType;
  /** Of its FuncRef. */
  readonly address: number;
  /** Its index in its module. */
  readonly index: number;
  group: Group;
  surround?: (inner: Callable) => Callable;
  private made: Callable | undefined;

  constructor(group: Group, type: FuncType, address: number, index: number) {
    this.group = group;
    this.type = type;
    this.address = address;
    this.index = index;
  }

  get callable(): Callable {
    if (this.made === undefined) {
      this.made = this.group.thread.wrap(this);
      Brand.put(this.made, this);
    }
    return this.made;
  }

  cover(make: (inner: Callable) => Callable): void {
    this.made = make(this.callable);
    Brand.put(this.made, this);
  }
}

/** The values of externref that a group's guests may hold, by number. */
class Externs {
  readonly values = new Map<number, unknown>();
  readonly numbers = new Map<unknown, number>();
  /** When to look for those that are no longer held. */
  trimAt = 64;

  add(number: number, value: unknown): void {
    this.values.set(number, value);
    // A Map does not tell -0 from 0.
    if (!Object.is(value, -0)) this.numbers.set(value, number);
  }

  keep(numbers: readonly number[]): void {
    const kept = numbers.map((n) => [n, this.values.get(n)] as const);
    this.values.clear();
    this.numbers.clear();
    for (const [number, value] of kept) this.add(number, value);
    this.trimAt = Math.max(64, 2 * this.values.size);
  }
}

/** A memory as its group knows it. */
export interface Growing {
  /** It has grown, to so many pages. */
  refresh(pages: number): void;
}

export class Group {
  readonly thread: Thread;
  private readonly handleOf: number;
  private parent: Group | undefined;
  /** By number. */
  hosts: HostCode[] = [];
  /** What JavaScript has of the group, and what it imports, by address. */
  private objects: Map<number, object> | undefined;
  private externs: Externs | undefined;

  constructor(thread: Thread) {
    this.thread = thread;
    this.handleOf = thread.binding.native.newGroup(this);
    thread.watch(this, this.handleOf);
  }

  /** The group that this one has become part of, or itself. */
  get root(): Group {
    const { parent } = this;
    if (parent === undefined) return this;
    if (parent.parent !== undefined) this.parent = parent.root;
    return this.parent!;
  }

  /** Handle of the native group. */
  get handle(): number {
    return this.root.handleOf;
  }

  private get size(): number {
    return this.hosts.length + (this.objects?.size ?? 0) + (this.externs?.values.size ?? 0);
  }

  /** Becomes one with another group; returns what they are now. */
  unite(other: Group): Group {
    const a = this.root;
    const b = other.root;
    if (a === b) return a;
    return a.size < b.size ? b.absorb(a) : a.absorb(b);
  }

  private absorb(from: Group): Group {
    this.thread.binding.native.joinGroup(this.handleOf, from.handleOf, this.hosts.length);
    for (const host of from.hosts) this.hosts.push(host);
    for (const [address, object] of from.objects ?? []) this.add(address, object);
    for (const [number, value] of from.externs?.values ?? []) this.addExtern(number, value);
    from.hosts = [];
    from.objects = undefined;
    from.externs = undefined;
    from.parent = this;
    return this;
  }

  /** Keeps an object as long as the group, under its address. */
  add(address: number, object: object): void {
    this.objects ??= new Map();
    this.objects.set(address, object);
  }

  find(address: number): object | undefined {
    return this.objects?.get(address);
  }

  /** The function of a FuncRef of this group; what is not known of it is looked up. */
  func(address: number, type?: FuncType, index = 0): Func {
    const known = this.find(address);
    if (known !== undefined) return known as Func;
    let made: Func;
    if (type === undefined) {
      const { target, native, ints } = this.thread.binding;
      target[0] = address + FuncRef.sig;
      native.peek();
      made = new Func(this, this.thread.types.get(ints[0]! >>> 0)!, address, ints[1]! >>> 0);
    } else {
      made = new Func(this, type, address, index);
    }
    this.add(address, made);
    return made;
  }

  // ---- values ----------------------------------------------------------------------------------

  private addExtern(number: number, value: unknown): void {
    this.externs ??= new Externs();
    this.externs.add(number, value);
  }

  private externNumber(value: unknown): number {
    if (value === null) return 0;
    const known = Object.is(value, -0) ? undefined : this.externs?.numbers.get(value);
    if (known !== undefined) return known;
    const number = ++this.thread.lastExtern;
    this.addExtern(number, value);
    return number;
  }

  /** Before references are handed over: forgets those that no guest can hold. */
  trim(): void {
    const { externs, thread } = this;
    if (externs === undefined || externs.values.size < externs.trimAt) return;
    if (thread.suspended > 0) return;
    externs.keep(thread.binding.native.externs(this.handleOf));
  }

  /** A reference as native code has it. May unite this group with another. */
  lower(type: ValType, value: unknown): number {
    if (type === EXTERNREF) return this.root.externNumber(value);
    const func = funcOf(value);
    if (func === undefined) return 0;
    this.unite(func.group);
    return func.address;
  }

  /** The reference that native code has. May use the slots. */
  lift(type: ValType, number: number): unknown {
    if (number === 0) return null;
    if (type === EXTERNREF) return this.root.externs?.values.get(number);
    return this.root.func(number).callable;
  }
}
