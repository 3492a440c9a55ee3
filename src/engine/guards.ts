// Whether address space that others have reserved is what the code of artifacts relies on: nothing
// below a memory and nothing behind it can be touched. In: an address. Out: yes or no, by what the
// kernel says of the whole process.

import { readFileSync } from "node:fs";
import { GUARD_BELOW, RESERVE } from "../abi.ts";

/** Whether all of [from, to) is mapped without any permission; `maps` is sorted by address. */
function isClosed(maps: string, from: number, to: number): boolean {
  let at = from;
  for (const line of maps.split("\n")) {
    const [range = "", permissions = ""] = line.split(" ", 2);
    const [begin = 0, end = 0] = range.split("-").map((word) => Number.parseInt(word, 16));
    if (end <= at) continue;
    if (begin > at || !permissions.startsWith("---")) return at >= to;
    at = end;
    if (at >= to) return true;
  }
  return at >= to;
}

/** A memory of so many bytes at `base`, with the guards of abi.ts on both sides. */
export function hasGuards(base: number, bytes: number): boolean {
  if (base < GUARD_BELOW) return false;
  let maps: string;
  try {
    maps = readFileSync("/proc/self/maps", "latin1");
  } catch {
    return false;
  }
  return isClosed(maps, base - GUARD_BELOW, base) && isClosed(maps, base + bytes, base + RESERVE);
}
