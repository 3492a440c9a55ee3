// Snapshots: what an instance is at a moment, to be brought back later, in the same instance or in
// new ones of the same module. For running one module many times: initialise an instance once, take
// a snapshot, and restore it after each use, or make instances from it, whose start function and
// initialisation need not run again.
//
//   const ready = snapshot(instance);
//   ...
//   restore(instance, ready);
//   const other = new Instance(module, imports, { from: ready });
//
// A snapshot has the instance's own memories, globals and tables, and which segments are dropped.
// What the instance imports, and what the host keeps, is not part of it. A memory or table that has
// grown becomes as small as it was; its buffer is detached. Instances that share what was restored
// see the change.

import type { EngineModule, EngineSnapshot } from "../engine/engine.ts";
import { Inside } from "./inside.ts";
import type { InstanceParts } from "./inside.ts";

/** An instance of any namespace. */
interface Instancelike {
  /** Its exports. */
  readonly exports: object;
}

/**
 * What an engine makes of a snapshot, for a module. Throws TypeError for one of another module, or
 * anything that is no snapshot.
 */
export let snapshotFor: (value: unknown, code: EngineModule, where: string) => EngineSnapshot;

/**
 * What an instance was: its own memories, globals and tables, and which of its segments are
 * dropped. What it imports is not part of it, nor what the host keeps for it.
 */
export class Snapshot {
  readonly #code: EngineModule;
  readonly #snapshot: EngineSnapshot;

  /** @internal */
  constructor(parts: unknown) {
    const { code, instance } = Inside.of(parts) ?? refuse("Snapshot()");
    if (instance.snapshot === undefined) {
      throw new Error("Snapshot(): this engine cannot take snapshots");
    }
    this.#code = code;
    this.#snapshot = instance.snapshot();
  }

  /** Bytes of memory in it. */
  get byteLength(): number {
    return this.#snapshot.bytes;
  }

  static {
    snapshotFor = (value, code, where) => {
      if (typeof value !== "object" || value === null || !(#code in value)) {
        throw new TypeError(`${where}: this is no snapshot`);
      }
      if (value.#code !== code) throw new TypeError(`${where}: the snapshot is of another module`);
      return value.#snapshot;
    };
  }
}

function refuse(where: string): never {
  throw new TypeError(`${where}: Argument 0 must be an instance that ingot runs`);
}

/** Notes what an instance is now. Throws TypeError for anything that is no instance of ingot's. */
export const snapshot = (instance: Instancelike): Snapshot => new Snapshot(instance);

/**
 * Makes an instance what it, or another one of the same module, was. Throws TypeError for a
 * snapshot of another module, RangeError for one that is larger than the instance may be, and Error
 * while code of the instance runs or is suspended.
 */
export function restore(instance: Instancelike, to: Snapshot): void {
  const parts: InstanceParts = Inside.of(instance) ?? refuse("restore()");
  const image = snapshotFor(to, parts.code, "restore()");
  parts.instance.restore!(image);
}
