// WASI preview 1 for Node hosts: the table of its 46 functions. In: a program's world (world.ts).
// Out: host functions by name that read their arguments from slots (see interp/machine.ts). Both
// names of the interface are served, wasi_snapshot_preview1 and the older wasi_unstable, whose
// records are laid out differently (guest.ts). The C runtime (runtime-support/wasi.c and its
// neighbours) behaves the same, and one suite of tests drives both (tools/wasi).
//
// A call that is wrong in several ways fails by the first of these: no such descriptor, no right to
// it, arguments, the file system.

import { ERRNO, errnoOf, fail } from "./errno.ts";
import * as fd from "./fds.ts";
import { Call, preview1, unstable } from "./guest.ts";
import * as path from "./paths.ts";
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

// Name, parameters (i = i32, I = i64), rights that the first argument's descriptor must have ("-":
// it is none), and code. The result is an i32, an errno, but for proc_exit's.
// prettier-ignore
const rows: readonly (readonly [name: string, params: string, need: string, code: WasiCode])[] = [
  ["args_get",                "ii",        "-", (w, c) => stringsGet(w.args, c)],
  ["args_sizes_get",          "ii",        "-", (w, c) => sizesGet(w.args, c)],
  ["clock_res_get",           "ii",        "-", clockResGet],
  ["clock_time_get",          "iIi",       "-", clockTimeGet],
  ["environ_get",             "ii",        "-", (w, c) => stringsGet(w.env, c)],
  ["environ_sizes_get",       "ii",        "-", (w, c) => sizesGet(w.env, c)],
  ["fd_advise",               "iIIi",      "fd_advise", fd.fdAdvise],
  ["fd_allocate",             "iII",       "fd_allocate", fd.fdAllocate],
  ["fd_close",                "i",         "", (w, c) => w.close(c.u32(0))],
  ["fd_datasync",             "i",         "fd_datasync", fd.fdDatasync],
  ["fd_fdstat_get",           "ii",        "", fd.fdFdstatGet],
  ["fd_fdstat_set_flags",     "ii",        "fd_fdstat_set_flags", fd.fdFdstatSetFlags],
  ["fd_fdstat_set_rights",    "iII",       "", fd.fdFdstatSetRights],
  ["fd_filestat_get",         "ii",        "fd_filestat_get", fd.fdFilestatGet],
  ["fd_filestat_set_size",    "iI",        "fd_filestat_set_size", fd.fdFilestatSetSize],
  ["fd_filestat_set_times",   "iIIi",      "fd_filestat_set_times", fd.fdFilestatSetTimes],
  ["fd_pread",                "iiiIi",     "fd_read fd_seek", fd.fdPread],
  ["fd_prestat_dir_name",     "iii",       "", fd.fdPrestatDirName],
  ["fd_prestat_get",          "ii",        "", fd.fdPrestatGet],
  ["fd_pwrite",               "iiiIi",     "fd_write fd_seek", fd.fdPwrite],
  ["fd_read",                 "iiii",      "fd_read", fd.fdRead],
  ["fd_readdir",              "iiiIi",     "fd_readdir", fd.fdReaddir],
  ["fd_renumber",             "ii",        "", fd.fdRenumber],
  ["fd_seek",                 "iIii",      "", fd.fdSeek],
  ["fd_sync",                 "i",         "fd_sync", fd.fdSync],
  ["fd_tell",                 "ii",        "fd_tell", fd.fdTell],
  ["fd_write",                "iiii",      "fd_write", fd.fdWrite],
  ["path_create_directory",   "iii",       "path_create_directory", path.pathCreateDirectory],
  ["path_filestat_get",       "iiiii",     "path_filestat_get", path.pathFilestatGet],
  ["path_filestat_set_times", "iiiiIIi",   "path_filestat_set_times", path.pathFilestatSetTimes],
  ["path_link",               "iiiiiii",   "path_link_source", path.pathLink],
  ["path_open",               "iiiiiIIii", "path_open", path.pathOpen],
  ["path_readlink",           "iiiiii",    "path_readlink", path.pathReadlink],
  ["path_remove_directory",   "iii",       "path_remove_directory", path.pathRemoveDirectory],
  ["path_rename",             "iiiiii",    "path_rename_source", path.pathRename],
  ["path_symlink",            "iiiii",     "-", path.pathSymlink],
  ["path_unlink_file",        "iii",       "path_unlink_file", path.pathUnlinkFile],
  ["poll_oneoff",             "iiii",      "-", pollOneoff],
  ["proc_exit",               "i",         "-", procExit],
  ["proc_raise",              "i",         "-", procRaise],
  ["random_get",              "ii",        "-", randomGet],
  ["sched_yield",             "",          "-", () => undefined],
  ["sock_accept",             "iii",       "", fd.sockAccept],
  ["sock_recv",               "iiiiii",    "fd_read", fd.sockRecv],
  ["sock_send",               "iiiii",     "fd_write", fd.sockSend],
  ["sock_shutdown",           "ii",        "", fd.sockShutdown],
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
export const MODULES = { wasi_snapshot_preview1: preview1, wasi_unstable: unstable } as const;
export type WasiModule = keyof typeof MODULES;

/** All functions of preview 1, for a program in this world. */
export function wasiFunctions(wasi: Wasi, module: WasiModule): WasiFunction[] {
  const layout = MODULES[module];
  return rows.map(([name, params, need, code]) => {
    const bits = need === "-" ? 0 : rights(need);
    const perform = (c: Call): number => {
      try {
        if (need !== "-") wasi.fdFor(c.u32(0), bits);
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
