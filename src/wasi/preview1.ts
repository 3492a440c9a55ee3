// WASI preview 1 for Node hosts: the table of its 46 functions. In: a program's world (world.ts).
// Out: host functions by name that read their arguments from slots (see interp/machine.ts). Both
// names of the interface are served, wasi_snapshot_preview1 and the older wasi_unstable, whose
// records are laid out differently (guest.ts). The C runtime (runtime-support/wasi.c and its
// neighbours) behaves the same, and one suite of tests drives both (tools/wasi).
//
// A call that is wrong in several ways fails by the first of these: no such descriptor, the wrong
// kind of it, a change beneath a read-only directory, no right to it, arguments, the file system.

import { ERRNO, errnoOf, fail } from "./errno.ts";
import * as fd from "./fds.ts";
import type { Kind } from "./descriptor.ts";
import { Call, preview1, unstable } from "./guest.ts";
import * as path from "./paths.ts";
import type { WasiName } from "./names.ts";
import { pollOneoff } from "./poll.ts";
import { rights } from "./rights.ts";
import { CLOCKS } from "./world.ts";
import type { Wasi } from "./world.ts";

/** Thrown by proc_exit, and by a signal that ends the program. */
export class ProcExit extends Error {
  override name = "ProcExit";
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

type WasiCode = (wasi: Wasi, c: Call) => void;

// ---- arguments and environment -----------------------------------------------------------------

function sizesGet(strings: readonly Uint8Array[], c: Call): void {
  const count = c.view(c.u32(0), 4);
  const size = c.view(c.u32(1), 4);
  count.setUint32(0, strings.length, true);
  size.setUint32(
    0,
    strings.reduce((sum, s) => sum + s.length + 1, 0),
    true,
  );
}

function stringsGet(strings: readonly Uint8Array[], c: Call): void {
  const pointers = c.view(c.u32(0), 4 * strings.length);
  let at = c.u32(1);
  strings.forEach((s, i) => {
    const to = c.bytes(at, s.length + 1);
    pointers.setUint32(4 * i, at, true);
    to.set(s);
    to[s.length] = 0;
    at += s.length + 1;
  });
}

// ---- clocks, chance, the process ---------------------------------------------------------------

function clockResGet(wasi: Wasi, c: Call): void {
  if (c.u32(0) >= CLOCKS) fail("inval");
  c.view(c.u32(1), 8).setBigUint64(0, wasi.resolution(c.u32(0)), true);
}

function clockTimeGet(wasi: Wasi, c: Call): void {
  if (c.u32(0) >= CLOCKS) fail("inval");
  const to = c.view(c.u32(2), 8);
  to.setBigUint64(0, wasi.now(c.u32(0)), true);
}

function randomGet(wasi: Wasi, c: Call): void {
  wasi.fillRandom(c.bytes(c.u32(0), c.u32(1)));
}

function procExit(_: Wasi, c: Call): never {
  throw new ProcExit(c.u32(0));
}

// Signals that are ignored by default, those that stop a process, and how many there are.
const IGNORED: readonly number[] = [0, 16, 17, 22, 27];
const STOPPING: readonly number[] = [18, 19, 20, 21];
const SIGNALS = 31;
/** Linux counts one more than WASI from here on. */
const SHIFTED = 23;

function procRaise(_: Wasi, c: Call): void {
  const signal = c.u32(0);
  if (signal >= SIGNALS) fail("inval");
  if (STOPPING.includes(signal)) fail("notsup");
  if (!IGNORED.includes(signal)) {
    throw new ProcExit(128 + signal + (signal < SHIFTED ? 0 : 1));
  }
}

// ---- the table ---------------------------------------------------------------------------------

type Row = readonly [name: string, params: string, kind: Kind | "-", needs: string, code: WasiCode];

// Name, parameters (i = i32, I = i64), what the first argument must be a descriptor of
// (path_symlink: the third), the rights to it that are needed, and code. The result is an i32, an
// errno, but for proc_exit's.
// prettier-ignore
const rows: readonly Row[] = [
  ["args_get",                "ii",        "-", "", (w, c) => stringsGet(w.args, c)],
  ["args_sizes_get",          "ii",        "-", "", (w, c) => sizesGet(w.args, c)],
  ["clock_res_get",           "ii",        "-", "", clockResGet],
  ["clock_time_get",          "iIi",       "-", "", clockTimeGet],
  ["environ_get",             "ii",        "-", "", (w, c) => stringsGet(w.env, c)],
  ["environ_sizes_get",       "ii",        "-", "", (w, c) => sizesGet(w.env, c)],
  ["fd_advise",               "iIIi",      "f", "fd_advise", fd.fdAdvise],
  ["fd_allocate",             "iII",       "f", "fd_allocate", fd.fdAllocate],
  ["fd_close",                "i",         "a", "", (w, c) => w.close(c.u32(0))],
  ["fd_datasync",             "i",         "a", "fd_datasync", fd.fdDatasync],
  ["fd_fdstat_get",           "ii",        "a", "", fd.fdFdstatGet],
  ["fd_fdstat_set_flags",     "ii",        "a", "fd_fdstat_set_flags", fd.fdFdstatSetFlags],
  ["fd_fdstat_set_rights",    "iII",       "a", "", fd.fdFdstatSetRights],
  ["fd_filestat_get",         "ii",        "a", "fd_filestat_get", fd.fdFilestatGet],
  ["fd_filestat_set_size",    "iI",        "f", "fd_filestat_set_size", fd.fdFilestatSetSize],
  ["fd_filestat_set_times",   "iIIi",      "a", "fd_filestat_set_times", fd.fdFilestatSetTimes],
  ["fd_pread",                "iiiIi",     "o", "fd_read fd_seek", fd.fdPread],
  ["fd_prestat_dir_name",     "iii",       "a", "", fd.fdPrestatDirName],
  ["fd_prestat_get",          "ii",        "a", "", fd.fdPrestatGet],
  ["fd_pwrite",               "iiiIi",     "o", "fd_write fd_seek", fd.fdPwrite],
  ["fd_read",                 "iiii",      "f", "fd_read", fd.fdRead],
  ["fd_readdir",              "iiiIi",     "d", "fd_readdir", fd.fdReaddir],
  ["fd_renumber",             "ii",        "a", "", fd.fdRenumber],
  ["fd_seek",                 "iIii",      "o", "", fd.fdSeek],
  ["fd_sync",                 "i",         "a", "fd_sync", fd.fdSync],
  ["fd_tell",                 "ii",        "o", "fd_tell", fd.fdTell],
  ["fd_write",                "iiii",      "f", "fd_write", fd.fdWrite],
  ["path_create_directory",   "iii",       "d", "path_create_directory", path.pathCreateDirectory],
  ["path_filestat_get",       "iiiii",     "d", "path_filestat_get", path.pathFilestatGet],
  ["path_filestat_set_times", "iiiiIIi",   "d", "path_filestat_set_times", path.pathSetTimes],
  ["path_link",               "iiiiiii",   "d", "path_link_source", path.pathLink],
  ["path_open",               "iiiiiIIii", "d", "path_open", path.pathOpen],
  ["path_readlink",           "iiiiii",    "d", "path_readlink", path.pathReadlink],
  ["path_remove_directory",   "iii",       "d", "path_remove_directory", path.pathRemoveDirectory],
  ["path_rename",             "iiiiii",    "d", "path_rename_source", path.pathRename],
  ["path_symlink",            "iiiii",     "d", "path_symlink", path.pathSymlink],
  ["path_unlink_file",        "iii",       "d", "path_unlink_file", path.pathUnlinkFile],
  ["poll_oneoff",             "iiii",      "-", "", pollOneoff],
  ["proc_exit",               "i",         "-", "", procExit],
  ["proc_raise",              "i",         "-", "", procRaise],
  ["random_get",              "ii",        "-", "", randomGet],
  ["sched_yield",             "",          "-", "", () => undefined],
  ["sock_accept",             "iii",       "s", "sock_accept", fd.sockAccept],
  ["sock_recv",               "iiiiii",    "s", "fd_read", fd.sockRecv],
  ["sock_send",               "iiiii",     "s", "fd_write", fd.sockSend],
  ["sock_shutdown",           "ii",        "s", "sock_shutdown", fd.sockShutdown],
];

/** One importable function: its parameters, a letter each (i = i32, I = i64), and results. */
export interface WasiFunction {
  readonly name: string;
  readonly params: string;
  readonly results: "" | "i";
  /** Reads arguments from the slots and writes the errno in place of the first. */
  readonly call: (slots: Int32Array, base: number) => void;
}

/** The names that modules import preview 1 by, and what its records look like under each. */
export const MODULES = {
  wasi_snapshot_preview1: preview1,
  wasi_unstable: unstable,
} as const satisfies Record<WasiName, unknown>;
export type WasiModule = keyof typeof MODULES;

/** All functions of preview 1, for a program in this world. */
export function wasiFunctions(wasi: Wasi, module: WasiModule): WasiFunction[] {
  const layout = MODULES[module];
  return rows.map(([name, params, kind, needs, code]) => {
    const bits = rights(needs);
    const which = name === "path_symlink" ? 2 : 0;
    const perform = (c: Call): number => {
      try {
        if (kind !== "-") wasi.fdFor(c.u32(which), kind, bits);
        code(wasi, c);
        return ERRNO["success"]!;
      } catch (error) {
        if (error instanceof ProcExit) throw error;
        return errnoOf(error);
      }
    };
    const call = (slots: Int32Array, base: number): void => {
      slots[base] = perform(new Call(slots, base, wasi.find?.(), layout));
    };
    return { name, params, results: name === "proc_exit" ? "" : "i", call };
  });
}
