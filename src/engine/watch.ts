// What every provider of modules does around its own work: it notes what became of some bytes for
// whoever observes, and lets the host's engine have what ingot cannot take, if there is one.

import { describe } from "../support/errors.ts";
import type { EngineModule } from "./engine.ts";
import type { ForeignModule, ForeignNamespace } from "./provider.ts";

/**
 * Where a module came from: `kept` by this process, a `hit` of the cache, compiled or translated
 * anew (`miss`), or the host's own (`foreign`).
 */
export type Origin = "kept" | "hit" | "miss" | "foreign";

/** A module that was asked for. */
export interface Asked {
  readonly bytes: Uint8Array;
  /** Of performance.now(). */
  readonly started: number;
  /** The stack of whoever asked, "" where nobody observes. */
  readonly stack: string;
}

/** What became of it. */
export interface Seen extends Asked {
  readonly origin: Origin;
  /** Milliseconds from bytes to module. */
  readonly ms: number;
  readonly module: EngineModule | ForeignModule;
  /** Why the host's engine has it; "" where it does not. */
  readonly why: string;
}

export interface WatchOptions {
  /** The host's engine, for modules that ingot cannot take. */
  readonly foreign?: ForeignNamespace | undefined;
  readonly observe?: ((seen: Seen) => void) | undefined;
}

/** The caller's stack, deep enough to reach a program through its glue. */
function stackHere(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 40;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  return stack;
}

export class Watch {
  private readonly foreign: ForeignNamespace | undefined;
  private readonly observe: ((seen: Seen) => void) | undefined;

  constructor({ foreign, observe }: WatchOptions) {
    this.foreign = foreign;
    this.observe = observe;
  }

  /** To be called at once when bytes come. */
  ask(bytes: Uint8Array): Asked {
    const stack = this.observe === undefined ? "" : stackHere();
    return { bytes, started: performance.now(), stack };
  }

  note<M extends EngineModule | ForeignModule>(
    asked: Asked,
    module: M,
    origin: Origin,
    why = "",
  ): M {
    const ms = performance.now() - asked.started;
    const { bytes, started, stack } = asked;
    this.observe?.({ bytes, started, stack, origin, ms, module, why });
    return module;
  }

  /** What `make` answers; the host's module where that throws. */
  orForeign<M>(asked: Asked, make: () => M): M | ForeignModule {
    try {
      return make();
    } catch (error) {
      if (this.foreign === undefined) throw error;
      return this.toForeign(asked, describe(error));
    }
  }

  /** The same in its own time. */
  async toForeignLater(asked: Asked, why: string, options?: object): Promise<ForeignModule> {
    const module = await this.foreign!.compile(asked.bytes, options);
    return this.note(asked, module as ForeignModule, "foreign", why);
  }

  /** The host's module. If the bytes are none, the host's error says so. */
  toForeign(asked: Asked, why: string, options?: object): ForeignModule {
    const module = new this.foreign!.Module(asked.bytes, options);
    return this.note(asked, module as ForeignModule, "foreign", why);
  }
}
