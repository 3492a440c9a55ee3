// Resolves a guest's path beneath an open directory, component by component and symbolic links by
// hand. Every directory on the way is held open and the next component looked up in it, without
// following links; ".." goes back to the directory that was held before. So whatever is renamed or
// swapped meanwhile, a path ends in a directory that was reached from the top by going down: where
// the file system's `enter` is one step (hostfs.ts says where), there is no race to win.
//
// What leads out is ENOTCAPABLE: absolute paths and targets, and ".." at the top.

import { fail } from "./errno.ts";
import type { Directory } from "./fs.ts";

/** Bytes of a path with its final 0, and links that are followed in one. */
export const PATH_MAX = 4096;
const LINKS_MAX = 40;

/** Where a path ends. */
export interface Place {
  readonly directory: Directory;
  /** A single component, "." for the directory itself. */
  readonly name: string;
  /** The path ended in "/": only a directory will do. */
  readonly slash: boolean;
}

/**
 * What is done with a symbolic link at the end of a path: `follow` goes through it; `stay` does so
 * only where a "/" stands behind it; `entry`, for operations on the entry itself, never does.
 */
export type Ending = "follow" | "stay" | "entry";

const PARTS = /^\/*([^/]*)(\/*)(.*)$/s;

/** Finds what `path` names beneath `top`, and holds it open while `act` works with it. */
export function walk<T>(top: Directory, path: string, ending: Ending, act: (place: Place) => T): T {
  if (path === "") fail("noent");
  if (path.length >= PATH_MAX) fail("nametoolong");
  if (path.startsWith("/")) fail("notcapable");
  const entered: Directory[] = [];
  try {
    return act(find(top, entered, path, ending));
  } finally {
    for (const directory of entered) directory.close();
  }
}

function find(top: Directory, entered: Directory[], path: string, ending: Ending): Place {
  let left = path;
  let links = 0;
  for (;;) {
    const [, name = "", slashes, rest = ""] = PARTS.exec(left)!;
    const directory = entered[entered.length - 1] ?? top;
    const slash = slashes !== "";
    left = rest;
    if (name === "." || name === "..") {
      if (name === "..") (entered.pop() ?? fail("notcapable")).close();
      if (rest !== "") continue;
      return { directory: entered[entered.length - 1] ?? top, name: ".", slash: false };
    }
    let target: string | undefined;
    if (rest !== "") {
      const next = directory.enter(name);
      if (next !== undefined) {
        entered.push(next);
        continue;
      }
      target = directory.target(name);
      // It was a link a moment ago: see what it is by now.
      if (target === undefined) {
        if (++links > LINKS_MAX) fail("loop");
        left = `${name}/${rest}`;
        continue;
      }
    } else {
      const through = ending === "follow" || (ending === "stay" && slash);
      target = through ? directory.target(name) : undefined;
      if (target === undefined) return { directory, name, slash };
    }
    if (++links > LINKS_MAX) fail("loop");
    left = expand(target, slash, rest);
  }
}

/** A link's target with what stood behind the link. */
function expand(target: string, slash: boolean, rest: string): string {
  if (target === "") fail("noent");
  if (target.startsWith("/")) fail("notcapable");
  const path = target + (slash ? "/" : "") + rest;
  return path.length < 2 * PATH_MAX ? path : fail("nametoolong");
}
