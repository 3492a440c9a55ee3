// WebAssembly.Memory over an engine's memories. The buffer is the engine's, and so is its identity:
// the same object until the memory grows. A memory that ingot has no feature for (shared, 64-bit)
// is the host's where the host may take part, and refused otherwise.

import type { LinkedMemory } from "../engine/engine.ts";
import { needs } from "../wasm/features.ts";
import type { MemoryType } from "../wasm/types.ts";
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
import type { Dictionary } from "./idl.ts";
import type { Realm } from "./realm.ts";
import type { MemoryConstructor } from "./types.ts";

const NEW = "WebAssembly.Memory()";
const GROW = "WebAssembly.Memory.grow()";

/** Pages that a memory of 32-bit addresses may have. */
const PAGES_MAX = 65_536;

function typeOf(d: Dictionary): MemoryType {
  const { min, max } = sizesOf(d, NEW);
  const shared = Boolean(d["shared"]);
  if (shared && max < 0) {
    throw new TypeError(`${NEW}: If shared is true, maximum property should be defined.`);
  }
  checkSizes({ min, max }, PAGES_MAX, PAGES_MAX, NEW);
  return { limits: { min, max, shared } };
}

/** A memory of the host's, or the reason why there is none. */
function beyond(realm: Realm, d: Dictionary, what: string): never {
  if (realm.foreign === undefined) throw new TypeError(`${NEW}: ${what}`);
  return new realm.foreign.Memory(d) as never;
}

/** The class of a realm. */
export function newMemoryClass(realm: Realm): MemoryConstructor {
  class Memory extends Uncloneable {
    #memory!: LinkedMemory;
    #isUsed = false;

    constructor(descriptor: unknown) {
      super();
      const given = Given.of<LinkedMemory>(descriptor);
      if (given !== undefined) {
        this.#memory = given;
        return;
      }
      const d = toDictionary(descriptor, `${NEW}: Argument 0 must be a memory descriptor`);
      if (isWide(d, NEW)) return beyond(realm, d, needs("a 64-bit memory", "memory64"));
      const type = typeOf(d);
      if (type.limits.shared) return beyond(realm, d, needs("a shared memory", "threads"));
      this.#memory = realm.engine.newMemory(type);
      this.#memory.host = this;
    }

    grow(delta: number): number {
      const memory = Memory.#of(this, GROW);
      const pages = memory.grow(toU32(delta, `${GROW}: Argument 0`));
      if (pages < 0) throw new RangeError(`${GROW}: Maximum memory size exceeded`);
      return pages;
    }

    get buffer(): ArrayBuffer {
      return Memory.#of(this, "WebAssembly.Memory.buffer").buffer;
    }

    static #of(value: Memory, where: string): LinkedMemory {
      if (isObject(value) && #memory in value) return value.#memory;
      throw new TypeError(`${where}: Receiver is not a WebAssembly.Memory`);
    }

    static {
      realm.memories = {
        of: (value) => (isObject(value) && #memory in value ? value.#memory : undefined),
        wrap: (linked) => (linked.host ??= Memory.#wrap(linked)),
        // It is the host's own if a guest has borrowed it.
        use: (value) => void (#memory in value && (value.#isUsed = true)),
        isUsed: (value) => (value as Memory).#isUsed,
        replace: (value, linked) => void ((value as Memory).#memory = linked),
      };
    }

    static #wrap(linked: LinkedMemory): Memory {
      const memory = new Memory(new Given(linked));
      memory.#isUsed = true;
      return memory;
    }
  }
  return newInterface(
    Memory,
    (make) =>
      function Memory(descriptor: unknown) {
        return make(new.target, descriptor);
      },
  ) as unknown as MemoryConstructor;
}
