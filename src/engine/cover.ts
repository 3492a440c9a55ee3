// Another function in place of what JavaScript sees of a guest's: for whoever is to know of its
// calls, or to put something around them. What programs can ask of it stays the same.

import type { Callable, LinkedFunc } from "./engine.ts";

/** Puts `surround` around a function, and around what `promising` makes of it. */
export function coverFunc(func: LinkedFunc, surround: (inner: Callable) => Callable): void {
  func.surround = surround;
  func.cover((inner) => {
    const made = surround(inner);
    Object.defineProperty(made, "name", { value: String(func.index), configurable: true });
    const { length } = func.type.params;
    return Object.defineProperty(made, "length", { value: length, configurable: true });
  });
}
