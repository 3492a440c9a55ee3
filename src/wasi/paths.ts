// path_*: what is done with names beneath a directory. Rights to the first directory have been
// checked by the table (preview1.ts).
//
// A "/" at the end of a path means that only a directory will do; names are looked up without it,
// so what Linux does about it is done here.

import { Descriptor } from "./descriptor.ts";
import { WasiError, codeOf, ERRNO, fail } from "./errno.ts";
import { timesIn } from "./fds.ts";
import { FLAG, TYPE } from "./fs.ts";
import type { Directory, File, OpenHow, Stat } from "./fs.ts";
import type { Call } from "./guest.ts";
import { CHANGES, READS, WRITES, rights, rightsIn } from "./rights.ts";
import { walk } from "./walk.ts";
import type { Ending, Place } from "./walk.ts";
import type { Wasi } from "./world.ts";

const FOLLOW = 1;

// Flags of path_open.
const CREATE = 1;
const DIRECTORY = 2;
const EXCLUSIVE = 4;
const TRUNCATE = 8;

/** Argument `k` and the length after it: a path, one byte per character. */
function pathIn(c: Call, k: number): string {
  const bytes = c.bytes(c.u32(k), c.u32(k + 1));
  let path = "";
  for (let at = 0; at < bytes.length; at += 4096) {
    path += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return path.includes("\0") ? fail("inval") : path;
}

/** The directory that argument `k` is a descriptor of. */
const directoryIn = (wasi: Wasi, c: Call, k: number): Directory => wasi.fd(c.u32(k)).directory;

const endingIn = (c: Call, k: number): Ending => ((c.u32(k) & FOLLOW) !== 0 ? "follow" : "stay");

const isNone = (error: unknown): boolean =>
  codeOf(error) === "ENOENT" || (error instanceof WasiError && error.errno === ERRNO["noent"]);

/** What is at a place, if anything. */
function statAt({ directory, name }: Place): Stat | undefined {
  try {
    return directory.lookup(name);
  } catch (error) {
    if (isNone(error)) return undefined;
    throw error;
  }
}

/** After "name/": a directory, or there is nothing. */
function requireDirectory(place: Place): void {
  if (place.slash && place.directory.lookup(place.name).type !== TYPE.directory) fail("notdir");
}

/** A new entry that is no directory cannot be called "name/". */
function refuseSlash(place: Place): void {
  if (place.slash) fail(statAt(place) === undefined ? "noent" : "exist");
}

// ---- opening -----------------------------------------------------------------------------------

const CREATE_FILE = rights("path_create_file");
const SET_SIZE = rights("path_filestat_set_size");
const WRITE = rights("fd_write");
const SYNC = rights("fd_sync");
const DATASYNC = rights("fd_datasync");

/** Ends the call unless the directory lets entries be opened like this. */
function checkOpening(
  parent: Descriptor,
  open: number,
  flags: number,
  base: number,
  inheriting: number,
): void {
  const needs =
    ((open & CREATE) === 0 ? 0 : CREATE_FILE) | ((open & TRUNCATE) === 0 ? 0 : SET_SIZE);
  if (parent.readOnly && (needs !== 0 || (base & WRITE) !== 0)) fail("rofs");
  let passes = base | inheriting;
  if ((flags & (FLAG.sync | FLAG.rsync)) !== 0) passes |= SYNC;
  if ((flags & FLAG.dsync) !== 0 && (parent.inheriting & SYNC) === 0) passes |= DATASYNC;
  if ((needs & ~parent.base) !== 0 || (passes & ~parent.inheriting) !== 0) fail("notcapable");
}

const TRIES = 40;

/** Opens what a path leads to; again, where a link has come to be in the place of it meanwhile. */
function openPath(
  directory: Directory,
  path: string,
  ending: Ending,
  how: OpenHow,
): File | Directory {
  for (let tries = 1; ; tries++) {
    try {
      return walk(directory, path, ending, (place) => {
        if (place.slash && how.create) fail("isdir");
        const isDirectory = how.directory || place.slash;
        return place.directory.open(place.name, { ...how, directory: isDirectory });
      });
    } catch (error) {
      if (codeOf(error) !== "ELOOP" || ending !== "follow" || tries === TRIES) throw error;
    }
  }
}

/**
 * Opens with the access that the rights call for. Guests ask for rights to change the size of a
 * file that they only read: these are taken away when they are in the way.
 */
function openFor(directory: Directory, path: string, ending: Ending, how: OpenHow, base: number) {
  const isWriter = (base & WRITES) !== 0;
  const open = (write: boolean) => openPath(directory, path, ending, { ...how, write });
  try {
    return { opened: open(isWriter), base };
  } catch (error) {
    if (!isWriter || (base & WRITE) !== 0) throw error;
    return { opened: open(false), base: base & ~WRITES };
  }
}

export function pathOpen(wasi: Wasi, c: Call): void {
  const parent = wasi.fd(c.u32(0));
  const open = c.u32(4);
  const flags = c.u32(7);
  const [asked, inheriting] = [rightsIn(c.i64(5)), rightsIn(c.i64(6))];
  if ((open & ~15) !== 0 || (flags & ~FLAG.all) !== 0) fail("inval");
  checkOpening(parent, open, flags, asked, inheriting);
  const to = c.view(c.u32(8), 4);
  const path = pathIn(c, 2);
  if ((open & CREATE) !== 0 && (open & DIRECTORY) !== 0) fail("inval");
  const { directory, readOnly } = parent;
  const exclusive = (open & CREATE) !== 0 && (open & EXCLUSIVE) !== 0;
  const how = {
    read: (asked & READS) !== 0,
    write: false,
    create: (open & CREATE) !== 0,
    exclusive,
    truncate: (open & TRUNCATE) !== 0,
    directory: (open & DIRECTORY) !== 0,
    flags,
  };
  const ending = exclusive ? "stay" : endingIn(c, 1);
  const wanted = readOnly ? asked & ~CHANGES : asked;
  const { opened, base } = openFor(directory, path, ending, how, wanted);
  to.setUint32(0, wasi.add(new Descriptor(opened, { base, inheriting, flags, readOnly })), true);
}

// ---- asking ------------------------------------------------------------------------------------

export function pathFilestatGet(wasi: Wasi, c: Call): void {
  const directory = directoryIn(wasi, c, 0);
  const path = pathIn(c, 2);
  const to = c.filestat(4);
  const stat = walk(directory, path, endingIn(c, 1), (place) => {
    requireDirectory(place);
    return place.directory.lookup(place.name);
  });
  c.putStat(to, stat);
}

/** As much of the target as there is room for. */
export function pathReadlink(wasi: Wasi, c: Call): void {
  const directory = directoryIn(wasi, c, 0);
  const path = pathIn(c, 1);
  const buffer = c.bytes(c.u32(3), c.u32(4));
  const result = c.view(c.u32(5), 4);
  const target = walk(directory, path, "stay", (place) => place.directory.readlink(place.name));
  const count = Math.min(target.length, buffer.length);
  for (let i = 0; i < count; i++) buffer[i] = target.charCodeAt(i);
  result.setUint32(0, count, true);
}

// ---- changing ----------------------------------------------------------------------------------

export function pathSetTimes(wasi: Wasi, c: Call): void {
  const directory = directoryIn(wasi, c, 0);
  const path = pathIn(c, 2);
  const times = timesIn(wasi, c, 4);
  walk(directory, path, endingIn(c, 1), (place) => {
    requireDirectory(place);
    place.directory.setTimesOf(place.name, times);
  });
}

export function pathCreateDirectory(wasi: Wasi, c: Call): void {
  const directory = directoryIn(wasi, c, 0);
  walk(directory, pathIn(c, 1), "entry", (place) => place.directory.makeDirectory(place.name));
}

export function pathRemoveDirectory(wasi: Wasi, c: Call): void {
  const directory = directoryIn(wasi, c, 0);
  walk(directory, pathIn(c, 1), "entry", (place) => {
    if (place.name === ".") fail("inval");
    place.directory.removeDirectory(place.name);
  });
}

export function pathUnlinkFile(wasi: Wasi, c: Call): void {
  const directory = directoryIn(wasi, c, 0);
  walk(directory, pathIn(c, 1), "entry", (place) => {
    if (place.slash)
      fail(place.directory.lookup(place.name).type === TYPE.directory ? "isdir" : "notdir");
    place.directory.unlink(place.name);
  });
}

export function pathSymlink(wasi: Wasi, c: Call): void {
  const directory = directoryIn(wasi, c, 2);
  const target = pathIn(c, 0);
  const path = pathIn(c, 3);
  if (target === "") fail("noent");
  if (target.startsWith("/")) fail("notcapable");
  walk(directory, path, "entry", (place) => {
    refuseSlash(place);
    place.directory.symlink(place.name, target);
  });
}

const LINK_TARGET = rights("path_link_target");
const RENAME_TARGET = rights("path_rename_target");

/** Two places that one operation works with. */
function walkBoth(
  [from, path, ending]: readonly [Directory, string, Ending],
  [to, newPath]: readonly [Directory, string],
  act: (old: Place, fresh: Place) => void,
): void {
  walk(from, path, ending, (old) => {
    walk(to, newPath, "entry", (fresh) => act(old, fresh));
  });
}

export function pathLink(wasi: Wasi, c: Call): void {
  wasi.fdFor(c.u32(4), "d", LINK_TARGET);
  const from = directoryIn(wasi, c, 0);
  const to = directoryIn(wasi, c, 4);
  const [path, newPath] = [pathIn(c, 2), pathIn(c, 5)];
  walkBoth([from, path, endingIn(c, 1)], [to, newPath], (old, fresh) => {
    requireDirectory(old);
    refuseSlash(fresh);
    old.directory.link(old.name, fresh.directory, fresh.name);
  });
}

export function pathRename(wasi: Wasi, c: Call): void {
  wasi.fdFor(c.u32(3), "d", RENAME_TARGET);
  const from = directoryIn(wasi, c, 0);
  const to = directoryIn(wasi, c, 3);
  const [path, newPath] = [pathIn(c, 1), pathIn(c, 4)];
  walkBoth([from, path, "entry"], [to, newPath], (old, fresh) => {
    if (old.name === "." || fresh.name === ".") fail("busy");
    requireDirectory(old);
    if (fresh.slash && old.directory.lookup(old.name).type !== TYPE.directory) fail("notdir");
    old.directory.rename(old.name, fresh.directory, fresh.name);
  });
}
