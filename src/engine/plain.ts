// The commonest signatures, up to six parameters, all i32, and no result or an i32: a closure for
// each number of parameters, whose values go into the slots without a loop over types. In: what all
// closures of a number share. Out: functions of JavaScript and for JavaScript.

import { I32 } from "../wasm/types.ts";
import type { FuncType } from "../wasm/types.ts";
import type { Callable } from "./engine.ts";

const MAX = 6;

export const isPlain = ({ params, results }: FuncType): boolean =>
  params.length <= MAX &&
  params.every((t) => t === I32) &&
  (results.length === 0 || (results.length === 1 && results[0] === I32));

/** A closure gets its name by being the member of an object when it is made. */
export const named = (some: Record<string, Callable>, name: string): Callable => some[name]!;

// The upper half of an i32's slot is 0.
function set1(ints: Int32Array, a: number): void {
  ints[0] = a;
  ints[1] = 0;
}

function set2(ints: Int32Array, a: number, b: number): void {
  set1(ints, a);
  ints[2] = b;
  ints[3] = 0;
}

function set3(ints: Int32Array, a: number, b: number, c: number): void {
  set2(ints, a, b);
  ints[4] = c;
  ints[5] = 0;
}

function set4(ints: Int32Array, a: number, b: number, c: number, d: number): void {
  set3(ints, a, b, c);
  ints[6] = d;
  ints[7] = 0;
}

function set5(ints: Int32Array, a: number, b: number, c: number, d: number, e: number): void {
  set4(ints, a, b, c, d);
  ints[8] = e;
  ints[9] = 0;
}

// ToInt32 of what the program gives.
const int = (value: unknown): number => (value as number) | 0;

/** A function of `count` parameters that puts them into the slots and calls `go`. */
export function plainCallable(
  name: string,
  count: number,
  ints: Int32Array,
  go: () => number | undefined,
): Callable {
  switch (count) {
    case 0:
      return named({ [name]: () => go() }, name);
    case 1:
      return named({ [name]: (a) => (set1(ints, int(a)), go()) }, name);
    case 2:
      return named({ [name]: (a, b) => (set2(ints, int(a), int(b)), go()) }, name);
    case 3:
      return named({ [name]: (a, b, c) => (set3(ints, int(a), int(b), int(c)), go()) }, name);
    case 4:
      return named(
        { [name]: (a, b, c, d) => (set4(ints, int(a), int(b), int(c), int(d)), go()) },
        name,
      );
    case 5:
      return named(
        {
          [name]: (a, b, c, d, e) => (set5(ints, int(a), int(b), int(c), int(d), int(e)), go()),
        },
        name,
      );
    default:
      return named(
        {
          [name]: (a, b, c, d, e, f) => {
            const last = [int(a), int(b), int(c), int(d), int(e), int(f)] as const;
            set5(ints, last[0], last[1], last[2], last[3], last[4]);
            ints[10] = last[5];
            ints[11] = 0;
            return go();
          },
        },
        name,
      );
  }
}

/** Puts a result into its slot. */
function answer(ints: Int32Array, returns: boolean, result: unknown): false {
  if (returns) set1(ints, int(result));
  return false;
}

/** Code that calls `host` with the `count` arguments in the slots. */
export function plainHost(
  count: number,
  returns: boolean,
  ints: Int32Array,
  host: Callable,
): () => false {
  switch (count) {
    case 0:
      return () => answer(ints, returns, host());
    case 1:
      return () => answer(ints, returns, host(ints[0]));
    case 2:
      return () => answer(ints, returns, host(ints[0], ints[2]));
    case 3:
      return () => answer(ints, returns, host(ints[0], ints[2], ints[4]));
    case 4:
      return () => answer(ints, returns, host(ints[0], ints[2], ints[4], ints[6]));
    case 5:
      return () => answer(ints, returns, host(ints[0], ints[2], ints[4], ints[6], ints[8]));
    default:
      return () =>
        answer(ints, returns, host(ints[0], ints[2], ints[4], ints[6], ints[8], ints[10]));
  }
}
