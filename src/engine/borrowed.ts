// Memories of the host's own WebAssembly that guests of native code use. Their owner may grow them
// at any time, so somebody looks at all of them before a guest runs or goes on (calls.ts; the addon
// insists on it), and a guest that grows one has the host do it. Native code knows where a memory
// is for as long as it runs, so that one which its growth has moved is lost to it: V8 reserves
// enough for the maximum of each, and has moved none in any Node that was tried.
//
// In: memories of the host's. Out: what linking takes, one for each.

import { PAGE } from "../abi.ts";
import type { MemoryType } from "../wasm/types.ts";
import type { LinkedMemory } from "./engine.ts";
import { Group } from "./groups.ts";
import type { Thread } from "./groups.ts";
import { hasGuards } from "./guards.ts";
import { HostMemory } from "./hostmemory.ts";

const tooLarge = (pages: number): RangeError =>
  new RangeError(`a memory of the host's has ${pages} pages, too many for native code`);

export class BorrowedMemory implements LinkedMemory {
  readonly kind = "memory";
  readonly type: MemoryType;
  readonly extern: number;
  readonly group: Group;
  /** Code may rely on its guard pages. */
  readonly isGuarded: boolean;
  host?: object;
  private readonly memory: HostMemory;
  private readonly object: number;
  private readonly address: number;
  private view: ArrayBuffer;
  private size: number;

  constructor(group: Group, memory: HostMemory) {
    const { native, target, ints } = group.thread.binding;
    this.group = group;
    this.memory = memory;
    this.host = memory.object;
    this.type = memory.type;
    this.view = memory.buffer;
    this.size = this.view.byteLength / PAGE;
    this.address = native.address(this.view);
    this.isGuarded = hasGuards(this.address, this.view.byteLength);
    const grower = group.hosts.push(() => {
      ints[0] = this.grow(ints[0]! >>> 0);
      ints[1] = 0;
      return false;
    });
    const { max } = this.type.limits;
    this.extern = native.borrow(
      group.handle,
      this.address,
      max,
      this.isGuarded ? 1 : 0,
      grower - 1,
    );
    if (this.extern === 0) throw new RangeError("out of memory");
    this.object = target[0]!;
    if (!native.resize(this.object, this.size)) throw tooLarge(this.size);
    group.add(this.extern, this);
  }

  get pages(): number {
    return this.buffer.byteLength / PAGE;
  }

  get buffer(): ArrayBuffer {
    return this.memory.buffer;
  }

  grow(delta: number): number {
    try {
      return this.memory.grow(delta);
    } catch (error) {
      if (error instanceof RangeError) return -1;
      throw error;
    }
  }

  /** Tells native code how large it is now. Throws RangeError if that can use it no longer. */
  look(): void {
    const { view, size } = this;
    // Growing detaches it.
    if (size > 0 && view.byteLength === size * PAGE) return;
    const { buffer } = this;
    if (buffer === view && buffer.byteLength === size * PAGE) return;
    const { native } = this.group.thread.binding;
    const pages = buffer.byteLength / PAGE;
    if (native.address(buffer) !== this.address) {
      throw new RangeError("a memory of the host's has moved while native code used it");
    }
    if (!native.resize(this.object, pages)) {
      throw tooLarge(pages);
    }
    this.view = buffer;
    this.size = pages;
  }
}

/** All of a thread. */
export class Borrowed {
  private list: WeakRef<BorrowedMemory>[] = [];
  /** What they refer to, until the end of the job: so long it stays anyway. */
  private living: BorrowedMemory[] | undefined;
  private readonly known = new WeakMap<object, BorrowedMemory>();

  /** What stands for a memory of the host's; undefined for anything else. Throws LinkError. */
  of(thread: Thread, value: unknown, type?: MemoryType): BorrowedMemory | undefined {
    const known = this.known.get(value as object);
    if (known !== undefined) return known;
    const memory = HostMemory.of(value, type);
    if (memory === undefined) return undefined;
    const made = new BorrowedMemory(new Group(thread), memory);
    this.known.set(memory.object, made);
    this.list.push(new WeakRef(made));
    this.living = undefined;
    return made;
  }

  /** Looks at each of them. Leaves the slots alone. */
  look(): void {
    for (const memory of this.living ?? this.gather()) memory.look();
  }

  private gather(): BorrowedMemory[] {
    const living = this.list.flatMap((ref) => ref.deref() ?? []);
    if (living.length < this.list.length) {
      this.list = this.list.filter((ref) => ref.deref() !== undefined);
    }
    if (living.length === 0) return living;
    queueMicrotask(() => (this.living = undefined));
    return (this.living = living);
  }
}
