// Groups: what native code keeps alive together, seen from JavaScript. Instances that may hold
// references to each other's functions are in one group. Everything that reaches into native code
// refers to its Group, which is the anchor of the native one: when JavaScript can reach none of it
// any more, the native group ends. Host functions and externref values hang on their group alone,
// so a host function that refers to its own instance keeps nothing alive.
//
// Handing something of one group to another unites the two if it lets both reach each other: a
// table, a global of a reference type, a function whose type carries references. A memory, a global
// of a number type, a function of numbers only can be used without being able to call back: the
// other group refers to theirs, which does not know it. So an instance that lives on, of a library,
// does not keep those that import its functions.

import { FuncRef } from "../abi.ts";
import { bug } from "../support/errors.ts";
import { EXTERNREF, FUNCREF, isRef } from "../wasm/types.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import type { Binding } from "./binding.ts";
import type { Callable, LinkedFunc } from "./engine.ts";
import { Externs } from "./refs.ts";
import type { Shape } from "./shape.ts";
import type { Stop } from "./stopping.ts";

/** What a guest waits for, and what the host function answers then. */
export interface Waiting {
  readonly promise: Promise<unknown>;
  /** Makes of what the promise has settled to what `write` wants. May run the program's code. */
  lower(given: unknown): unknown[];
  /** Writes the results; true: some on the stack. */
  write(values: readonly unknown[]): boolean;
}

/**
 * Reads a host function's arguments, calls it, writes its results; true: some on the stack. Answers
 * a Waiting if there are none yet: only where the guest may be suspended.
 */
export type HostCode = (group: Group) => boolean | Waiting;

/** What all groups of a thread share. */
export interface Thread {
  readonly binding: Binding;
  /** Function types by their ids. */
  readonly types: Map<number, FuncType>;
  /** Last number given to an externref value; never given again. */
  lastExtern: number;
  /** What ends guests that run now. */
  stop: Stop | undefined;
  /** Level of the activation that may be suspended while it is the innermost one; 0: none. */
  suspendable: number;
  /** Memories of the host's own that guests may use: sees how large they are now. */
  readonly borrowed: { look(): void };
  /** The memory of each buffer: whoever has only the buffer keeps the memory. */
  readonly owners: WeakMap<ArrayBuffer, object>;
  /** What is never given back. */
  readonly pinned: Set<object>;
  shape(type: FuncType): Shape;
  wrap(func: Func): Callable;
  /** The group is the anchor of this handle. */
  watch(group: Group, handle: number): void;
}

// A private name can be put onto a function by a constructor whose super constructor returns it.
const Given = function (object: object): object {
  return object;
} as unknown as new (object: object) => object;

class Mark extends Given {
  #func: Func;
  constructor(callable: Callable, func: Func) {
    super(callable);
    this.#func = func;
  }
  static of(value: object): Func | undefined {
    return #func in value ? value.#func : undefined;
  }
}

/** The native function that a value stands for, if it does. */
export const funcOf = (value: unknown): Func | undefined =>
  typeof value === "function" ? Mark.of(value) : undefined;

/** A function of a guest, or a host function that a guest has imported and shown around. */
export class Func implements LinkedFunc {
  readonly kind = "func";
  readonly type: FuncType;
  /** Of its FuncRef. */
  readonly address: number;
  /** Its index in its module. */
  readonly index: number;
  readonly home: Group;
  surround?: (inner: Callable) => Callable;
  private made: Callable | undefined;

  constructor(home: Group, type: FuncType, address: number, index: number) {
    this.home = home;
    this.type = type;
    this.address = address;
    this.index = index;
  }

  get group(): Group {
    return this.home.root;
  }

  get callable(): Callable {
    if (this.made === undefined) {
      this.made = this.home.thread.wrap(this);
      new Mark(this.made, this);
    }
    return this.made;
  }

  cover(make: (inner: Callable) => Callable): void {
    this.made = make(this.callable);
    new Mark(this.made, this);
  }
}

/** References may pass where a function of this type is called. */
const carriesRefs = ({ params, results }: FuncType): boolean =>
  params.some(isRef) || results.some(isRef);

/** A memory as its group knows it. */
export interface Growing {
  /** It has grown, to so many pages. */
  refresh(pages: number): void;
}

/** References of guests: values of externref by number, functions of other groups. */
export interface Held {
  readonly values: readonly (readonly [number: number, value: unknown])[];
  readonly funcs: readonly Func[];
}

/** A suspended activation. */
export interface Sleeper {
  /** Adds those of the known references that its guests may hold: a few too many at worst. */
  addHeld(known: ReadonlyMap<number, unknown>, held: Set<number>): void;
}

const PLACES = 2 ** 24;
/** When a group first looks for functions and values that its guests no longer hold. */
const TRIM_FIRST = 64;

export class Group {
  readonly thread: Thread;
  private readonly handleOf: number;
  /** By which its host functions know it. */
  readonly place: number;
  private parent: Group | undefined;
  /** By number. */
  hosts: HostCode[] = [];
  /** What JavaScript has of the group, and what its instances import, by address. */
  private objects: Map<number, object> | undefined;
  /** Functions of other groups that guests may hold references to, by address. */
  private guests: Map<number, Func> | undefined;
  /** Groups whose functions this one may call without being one with them. */
  private uses: Set<Group> | undefined;
  private externs: Externs | undefined;
  /** What `at` has found lately. */
  private near: Group | undefined;
  private trimAt = TRIM_FIRST;
  /** The suspended activations that may have frames of its functions. */
  private sleepers: Set<WeakRef<Sleeper>> | undefined;

  constructor(thread: Thread) {
    this.thread = thread;
    this.handleOf = thread.binding.native.newGroup(this);
    this.place = this.handleOf % PLACES;
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
    return this.hosts.length + (this.objects?.size ?? 0) + (this.externs?.size ?? 0);
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
    for (const func of from.guests?.values() ?? []) this.admit(func);
    for (const group of from.uses ?? []) this.use(group);
    if (from.externs !== undefined) (this.externs ??= new Externs()).addAll(from.externs);
    for (const one of from.sleepers ?? []) this.addSleeper(one);
    from.hosts = [];
    from.objects = from.guests = from.uses = from.externs = from.near = undefined;
    from.sleepers = undefined;
    from.parent = this;
    return this;
  }

  // ---- what it knows ---------------------------------------------------------------------------

  /** Keeps an object as long as the group, under its address. */
  add(address: number, object: object): void {
    this.objects ??= new Map();
    this.objects.set(address, object);
  }

  find(address: number): object | undefined {
    return this.objects?.get(address);
  }

  /** May call a group's functions; keeps it. */
  use(group: Group): void {
    this.uses ??= new Set();
    this.uses.add(group);
  }

  /** Takes in a function that an instance imports, for good. Returns what the group is now. */
  take(func: Func): Group {
    const group = func.group;
    if (group === this) return this;
    if (carriesRefs(func.type)) return this.unite(group);
    this.use(group);
    this.add(func.address, func);
    return this;
  }

  /** Takes in a function that guests may hold a reference to, as long as they do. */
  private admit(func: Func): void {
    const group = func.group;
    if (group === this || this.find(func.address) !== undefined) return;
    if (carriesRefs(func.type)) {
      this.unite(group);
    } else {
      this.guests ??= new Map();
      this.guests.set(func.address, func);
    }
  }

  /** The group that is at a place: this one, or one that it reaches. */
  at(place: number): Group {
    const near = this.near?.root;
    if (near?.place === place) return near;
    const found = this.reach((group) => (group.place === place ? group : undefined));
    if (found === undefined) bug(`no group at ${place}`);
    this.near = found;
    return found;
  }

  /** What `look` finds first in the groups that this one reaches, itself the first. */
  reach<T>(look: (group: Group) => T | undefined): T | undefined {
    const seen = new Set<Group>([this]);
    for (const group of seen) {
      const found = look(group);
      if (found !== undefined) return found;
      for (const used of group.uses ?? []) seen.add(used.root);
      for (const func of group.guests?.values() ?? []) seen.add(func.group);
    }
    return undefined;
  }

  /** The groups whose functions may be called from this one, itself the first. */
  within(): Group[] {
    const groups: Group[] = [];
    this.reach((group) => void groups.push(group));
    return groups;
  }

  /** Guests are suspended that may have called its functions. */
  get isAsleep(): boolean {
    return (this.root.sleepers?.size ?? 0) > 0;
  }

  addSleeper(one: WeakRef<Sleeper>): void {
    const { root } = this;
    root.sleepers ??= new Set();
    root.sleepers.add(one);
  }

  removeSleeper(one: WeakRef<Sleeper>): void {
    this.root.sleepers?.delete(one);
  }

  /** The function of a FuncRef that guests of this group have; a new one is this group's. */
  func(address: number, type?: FuncType, index = 0): Func {
    const known = this.find(address) ?? this.guests?.get(address);
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

  // ---- references ------------------------------------------------------------------------------

  /** A reference as native code has it. May unite this group with another. */
  lower(type: ValType, value: unknown): number {
    const { root } = this;
    if (type === EXTERNREF) {
      if (value === null) return 0;
      root.externs ??= new Externs();
      return root.externs.numberOf(value, this.thread);
    }
    const func = funcOf(value);
    if (func === undefined) return 0;
    root.admit(func);
    return func.address;
  }

  /** The reference that native code has. May use the slots. */
  lift(type: ValType, number: number): unknown {
    if (number === 0) return null;
    if (type === EXTERNREF) return this.root.externs?.get(number);
    return this.root.func(number).callable;
  }

  /** What stands for references that guests hold now, to be given to `recall` later. */
  hold(externs: readonly number[], funcs: readonly number[]): Held {
    const { root } = this;
    const values = externs.map((number) => [number, root.externs?.get(number)] as const);
    return { values, funcs: funcs.flatMap((address) => root.guests?.get(address) ?? []) };
  }

  /** Guests may hold these references from now on. */
  recall({ values, funcs }: Held): void {
    for (const [number, value] of values) (this.root.externs ??= new Externs()).add(number, value);
    for (const func of funcs) this.root.admit(func);
  }

  /** Before references are handed over: forgets those that no guest can hold, if there are many. */
  trim(): void {
    const { externs, guests, thread } = this;
    const size = (externs?.size ?? 0) + (guests?.size ?? 0);
    if (size < this.trimAt) return;
    const { native } = thread.binding;
    this.near = undefined;
    const asleep = [...(this.sleepers ?? [])].flatMap((one) => one.deref() ?? []);
    const held = (type: ValType, known: ReadonlyMap<number, unknown>): Set<number> => {
      const numbers = new Set(native.refs(this.handleOf, type));
      for (const one of asleep) one.addHeld(known, numbers);
      return numbers;
    };
    externs?.keep(held(EXTERNREF, externs.values));
    if (guests !== undefined) {
      const funcs = held(FUNCREF, guests);
      for (const [address, func] of guests) {
        // Its frames may be there where nothing refers to it.
        if (!funcs.has(address) && !func.group.isAsleep) guests.delete(address);
      }
    }
    this.trimAt = Math.max(TRIM_FIRST, 2 * ((externs?.size ?? 0) + (guests?.size ?? 0)));
  }
}
