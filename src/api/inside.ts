// What an Instance object stands for, for those parts of the API that take instances of any
// namespace (snapshots). A private field is put onto the object itself: a WeakMap would have to
// follow every instance that a program makes and drops.

import type { EngineInstance, EngineModule } from "../engine/engine.ts";
import { isObject } from "./idl.ts";

/** An instance that ingot runs. */
export interface InstanceParts {
  readonly code: EngineModule;
  readonly instance: EngineInstance;
  /** The object that JavaScript sees as `exports`. */
  readonly exports: object;
}

class Returning {
  constructor(object: object) {
    return object;
  }
}

export class Inside extends Returning {
  #parts: InstanceParts;

  constructor(object: object, parts: InstanceParts) {
    super(object);
    this.#parts = parts;
  }

  /** Undefined for anything that is no instance of ours. */
  static of(value: unknown): InstanceParts | undefined {
    return isObject(value) && #parts in value ? value.#parts : undefined;
  }
}
