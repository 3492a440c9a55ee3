// Whether address space that others have reserved is what the code of artifacts relies on: nothing
// below a memory and nothing behind it can be touched. In: an address. Out: yes or no, by what the
// kernel says of the whole process.
//
// What is closed may be a neighbour's, and the neighbour may leave, so it must be known whose it
// is. Behind its memories V8 reserves 8 GiB. Below them it does so up to version 12.4 (Node 22),
// for 2 GiB; in 12.9 and later the next memory's reservation lies there.

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

/** What lies below V8's memories belongs to them. */
export function hasRoomBelow(): boolean {
  const [major = 0, minor = 0] = process.versions.v8.split(".").map(Number);
  return major < 12 || (major === 12 && minor <= 4);
}

/** A memory of V8's, of so many bytes at `base`, with the guards of abi.ts on both sides. */
export function hasGuards(base: number, bytes: number): boolean {
  if (base < GUARD_BELOW || !hasRoomBelow()) return false;
  let maps: string;
  try {
    maps = readFileSync("/proc/self/maps", "latin1");
  } catch {
    return false;
  }
  return isClosed(maps, base - GUARD_BELOW, base) && isClosed(maps, base + bytes, base + RESERVE);
}
