// What a program asks for when it makes an instance, besides the WebAssembly interface: limits, a
// context and a time for each call, a listener. In: options, imports, exports. Out: the same with
// functions wrapped; nothing is wrapped for an instance without options.

import type {
  Callable,
  EngineModule,
  HostFunction,
  InstanceLimits,
  Linked,
} from "../engine/engine.ts";
import { coverFunc } from "../engine/cover.ts";
import { callWith, surroundings } from "./context.ts";
import type { CallOptions } from "./context.ts";
import { isObject } from "./idl.ts";
import type { Where } from "./idl.ts";
import { listened } from "./listen.ts";
import type { Listener } from "./listen.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Options of an instance. Those of CallOptions hold for each call of an export; where a call has
 * surroundings of its own, limits add up, and its context goes before the instance's.
 */
export interface InstanceOptions extends CallOptions {
  /** What the instance may have. */
  readonly limits?: InstanceLimits;
  /** Is told of its calls. */
  readonly listener?: Listener;
  /** What the instance begins as, in place of its segments and its start function. */
  readonly from?: Snapshot;
}

/** Throws TypeError unless it is an object or nothing. */
export function toOptions(value: unknown, where: Where): InstanceOptions {
  if (value === undefined) return {};
  if (!isObject(value)) throw new TypeError(`${where}: Argument 2 must be an object`);
  return value;
}

const hasCallOptions = (o: InstanceOptions): boolean =>
  o.context !== undefined || o.timeout !== undefined || o.signal !== undefined;

/** Does the work as a call with these options. */
export function asCall<T>(options: InstanceOptions, work: () => T): T {
  if (!hasCallOptions(options)) return work();
  const { timeout, signal } = options;
  return callWith({ timeout, signal, context: surroundings()?.context ?? options.context }, work);
}

/** Imports whose host functions the listener is told of. */
export function surroundImports(
  { listener }: InstanceOptions,
  code: EngineModule,
  imports: readonly (Linked | HostFunction)[],
): readonly (Linked | HostFunction)[] {
  if (listener === undefined) return imports;
  let index = 0;
  return imports.map((given, i) => {
    const entry = code.imports[i]!;
    if (entry.kind !== "func") return given;
    const { module, name, type } = entry;
    const called = { kind: "import", module, name, index: index++, type } as const;
    if (given.kind !== "host") return given;
    return { ...given, call: listened(listener, called, given.call) };
  });
}

/** Wraps exported functions; those that were imported from other instances stay as they are. */
export function surroundExports(
  options: InstanceOptions,
  code: EngineModule,
  imports: readonly (Linked | HostFunction)[],
  exports: readonly Linked[],
): void {
  const { listener } = options;
  if (listener === undefined && !hasCallOptions(options)) return;
  const seen = new Set<unknown>(imports);
  exports.forEach((func, i) => {
    if (func.kind !== "func" || seen.has(func)) return;
    seen.add(func);
    const { name } = code.exports[i]!;
    const called = {
      kind: "export",
      module: "",
      name,
      index: func.index,
      type: func.type,
    } as const;
    coverFunc(func, (inner) => {
      const call: Callable = (...args) => asCall(options, () => inner(...args));
      return listener === undefined ? call : listened(listener, called, call);
    });
  });
}
