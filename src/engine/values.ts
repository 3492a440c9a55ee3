// ToWebAssemblyValue and ToJSValue of the JavaScript interface for everything but references,
// whose meaning belongs to an engine. A v128 can be neither given nor taken.

import { EXTERNREF, F32, F64, FUNCREF, I32, I64 } from "../wasm/types.ts";
import type { ValType } from "../wasm/types.ts";

/**
 * A JavaScript value as a value of the type: number, BigInt, or the reference itself. Throws
 * TypeError for what cannot be one, `isFunc` being asked about functions, and whatever a conversion
 * of the value's own throws.
 */
export function coerce(type: ValType, value: unknown, isFunc: (f: unknown) => boolean): unknown {
  switch (type) {
    case I32:
      return (value as number) | 0;
    case I64:
      return BigInt.asIntN(64, value as bigint);
    case F32:
      return Math.fround(value as number);
    case F64:
      return +(value as number);
    case EXTERNREF:
      return value;
    case FUNCREF:
      if (value === null || isFunc(value)) return value;
      throw new TypeError("a funcref is null or an exported WebAssembly function");
    default:
      throw new TypeError("a v128 has no value in JavaScript");
  }
}

/** What a global or table element is without a value of its own. */
export function defaultOf(type: ValType): unknown {
  switch (type) {
    case I64:
      return 0n;
    case FUNCREF:
      return null;
    case EXTERNREF:
      return undefined;
    default:
      return 0;
  }
}
