// The functions on descriptors: reading and writing, offsets, attributes, flags and rights.

import { mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { MEMORY } from "./guest.ts";
import {
  ALL_RIGHTS,
  DATA,
  DIRECTORY_RIGHTS,
  E,
  F,
  FILE_RIGHTS,
  O,
  OUT,
  PATH2,
  READING,
  TYPE,
  VECTOR,
  bytesOf,
  rights,
  textOf,
} from "./kit.ts";
import type { Player, Tests } from "./kit.ts";

const file = (p: Player, name = "f", text = "0123456789"): void =>
  writeFileSync(join(p.box, name), text);

/** A call that a descriptor allows only with a right: without it, and closed, it fails. */
async function needs(p: Player, right: bigint, name: string, ...rest: (number | bigint)[]) {
  const fd = await p.create("needs", { base: FILE_RIGHTS & ~right });
  await p.fails(E.notcapable, name, fd, ...rest);
  await p.ok("fd_close", fd);
  await p.fails(E.badf, name, fd, ...rest);
  await p.fails(E.badf, name, -1, ...rest);
}

function transfers({ test }: Tests): void {
  test("fd_read fd_write", "move vectors", async (p) => {
    const fd = await p.create("f");
    await p.guest.write(DATA, bytesOf("abcdefghij"));
    await p.ok("fd_write", fd, ...(await p.vectors(3, 0, 7)), OUT);
    expect(await p.u32()).toBe(10);
    expect(readFileSync(join(p.box, "f"), "utf8")).toBe("abcdefghij");
    await p.seek(fd, 2n);
    await p.guest.write(DATA, new Uint8Array(20));
    await p.ok("fd_read", fd, ...(await p.vectors(4, 100)), OUT);
    expect(await p.u32()).toBe(8);
    expect(textOf(await p.guest.read(DATA, 8))).toBe("cdefghij");
    expect(await p.read(fd)).toBe("");
    await p.ok("fd_read", fd, VECTOR, 0, OUT);
    expect(await p.u32()).toBe(0);
  });
  test("fd_read fd_write fd_pread fd_pwrite", "refuse what is wrong", async (p) => {
    const fd = await p.create("f");
    const [at, count] = await p.vectors(4, 4);
    const words = new Uint32Array([DATA, 4, MEMORY - 1, 2]);
    for (const [name, ...offset] of [
      ["fd_read"],
      ["fd_write"],
      ["fd_pread", 0n],
      ["fd_pwrite", 0n],
    ] as [string, ...bigint[]][]) {
      const right = name.endsWith("read") ? rights("read") : rights("write");
      await needs(p, right, name, at, count, ...offset, OUT);
      await p.fails(E.fault, name, fd, at, 0x7fffffff, ...offset, OUT);
      await p.fails(E.fault, name, fd, MEMORY - 7, 1, ...offset, OUT);
      await p.fails(E.fault, name, fd, at, count, ...offset, MEMORY - 3);
      await p.guest.write(VECTOR, new Uint8Array(words.buffer));
      await p.fails(E.fault, name, fd, at, count, ...offset, OUT);
      await p.vectors(4, 4);
      await p.fails(E.isdir, name, 3, at, count, ...offset, OUT);
    }
    expect(readFileSync(join(p.box, "f"), "utf8")).toBe("");
  });
  test("fd_pread fd_pwrite", "leave the offset alone", async (p) => {
    const fd = await p.create("f");
    await p.write(fd, "0123456789");
    await p.seek(fd, 1n);
    await p.guest.write(DATA, bytesOf("xyz"));
    await p.ok("fd_pwrite", fd, ...(await p.vectors(1, 2)), 4n, OUT);
    expect(await p.u32()).toBe(3);
    await p.ok("fd_pread", fd, ...(await p.vectors(2, 100)), 3n, OUT);
    expect(textOf(await p.guest.read(DATA, await p.u32()))).toBe("3xyz789");
    await p.ok("fd_tell", fd, OUT);
    expect(await p.u64()).toBe(1n);
    await p.ok("fd_pread", fd, ...(await p.vectors(2)), 100n, OUT);
    expect(await p.u32()).toBe(0);
    await p.fails(E.inval, "fd_pread", fd, ...(await p.vectors(2)), -1n, OUT);
    await p.fails(E.inval, "fd_pwrite", fd, ...(await p.vectors(2)), -1n, OUT);
    await needs(p, rights("seek"), "fd_pread", ...(await p.vectors(2)), 0n, OUT);
    await needs(p, rights("seek"), "fd_pwrite", ...(await p.vectors(2)), 0n, OUT);
  });
}

function offsets({ test }: Tests): void {
  test("fd_seek fd_tell", "move and tell the offset", async (p) => {
    file(p);
    const fd = await p.opened("f");
    expect(await p.seek(fd, -3n, 2)).toBe(7n);
    expect(await p.read(fd)).toBe("789");
    expect(await p.seek(fd, 2n, 0)).toBe(2n);
    expect(await p.seek(fd, 2n, 1)).toBe(4n);
    await p.ok("fd_tell", fd, OUT);
    expect(await p.u64()).toBe(4n);
    expect(await p.seek(fd, 1000n, 0)).toBe(1000n);
    await p.fails(E.inval, "fd_seek", fd, -1n, 0, OUT);
    await p.fails(E.inval, "fd_seek", fd, -2000n, 1, OUT);
    await p.fails(E.inval, "fd_seek", fd, 0n, 3, OUT);
    await p.fails(E.fault, "fd_seek", fd, 0n, 0, MEMORY - 7);
    await p.fails(E.fault, "fd_tell", fd, MEMORY);
    await p.fails(E.isdir, "fd_seek", 3, 0n, 0, OUT);
    await p.fails(E.isdir, "fd_tell", 3, OUT);
    await p.fails(E.badf, "fd_tell", 99, OUT);
    await needs(p, rights("seek"), "fd_seek", 1n, 0, OUT);
    await needs(p, rights("seek", "tell"), "fd_seek", 0n, 1, OUT);
    await needs(p, rights("seek", "tell"), "fd_tell", OUT);
    const tells = await p.opened("f", { base: rights("tell") });
    await p.ok("fd_tell", tells, OUT);
    await p.ok("fd_seek", tells, 0n, 1, OUT);
  });
}

function attributes({ test }: Tests): void {
  test("fd_filestat_get path_filestat_get", "say what the host says", async (p) => {
    file(p);
    symlinkSync("f", join(p.box, "link"));
    mkdirSync(join(p.box, "d"));
    utimesSync(join(p.box, "f"), 1_000_000_000, 1_234_567_890.125);
    const fd = await p.opened("f");
    const truth = statSync(join(p.box, "f"), { bigint: true });
    await p.ok("fd_filestat_get", fd, OUT);
    const stats = await p.stats();
    expect(stats).toEqual(await p.stat("f"));
    const { dev, ino, atimeNs: atim, mtimeNs: mtim, ctimeNs: ctim } = truth;
    expect(stats).toEqual({ dev, ino, type: 4, links: 1n, size: 10n, atim, mtim, ctim });
    expect(await p.stat("link")).toEqual(stats);
    expect((await p.stat("link", 0)).type).toBe(TYPE.link);
    expect((await p.stat("link", 0)).size).toBe(1n);
    expect((await p.stat("d")).type).toBe(TYPE.directory);
    await p.ok("fd_filestat_get", 3, OUT);
    expect(await p.stats()).toEqual(await p.stat("."));
    await p.fails(E.fault, "fd_filestat_get", fd, MEMORY - 63);
    await p.fails(E.fault, "path_filestat_get", 3, 0, ...(await p.path("f")), MEMORY - 63);
    await p.fails(E.noent, "path_filestat_get", 3, 0, ...(await p.path("nothing")), OUT);
    await p.fails(E.notdir, "path_filestat_get", 3, 0, ...(await p.path("f/")), OUT);
    await p.fails(E.notdir, "path_filestat_get", fd, 0, ...(await p.path("f")), OUT);
    await needs(p, rights("stat"), "fd_filestat_get", OUT);
  });
  test("fd_filestat_set_size", "cuts and extends", async (p) => {
    const fd = await p.create("f");
    await p.write(fd, "0123456789");
    await p.ok("fd_filestat_set_size", fd, 4n);
    expect(readFileSync(join(p.box, "f"), "utf8")).toBe("0123");
    await p.ok("fd_filestat_set_size", fd, 6n);
    expect(readFileSync(join(p.box, "f"), "utf8")).toBe("0123\0\0");
    await p.fails(E.inval, "fd_filestat_set_size", fd, -1n);
    await p.fails(E.isdir, "fd_filestat_set_size", 3, 0n);
    await needs(p, rights("setSize"), "fd_filestat_set_size", 0n);
  });
  test("fd_filestat_set_times path_filestat_set_times", "set what they are told", async (p) => {
    const fd = await p.create("f");
    symlinkSync("f", join(p.box, "link"));
    const at = async (): Promise<bigint[]> => {
      const { atim, mtim } = await p.stat("f");
      return [atim, mtim];
    };
    await p.ok("fd_filestat_set_times", fd, 1_000_000_007n, 2_000_000_009n, 1 | 4);
    expect(await at()).toEqual([1_000_000_007n, 2_000_000_009n]);
    await p.ok("fd_filestat_set_times", fd, 0n, 5n, 4);
    expect(await at()).toEqual([1_000_000_007n, 5n]);
    await p.ok("fd_filestat_set_times", fd, 0n, 0n, 0);
    expect(await at()).toEqual([1_000_000_007n, 5n]);
    const name = await p.path("link", PATH2);
    await p.ok("path_filestat_set_times", 3, 1, ...name, 8n, 9n, 1 | 4);
    expect(await at()).toEqual([8n, 9n]);
    await p.ok("path_filestat_set_times", 3, 0, ...name, 10n, 11n, 1 | 4);
    expect(await at()).toEqual([8n, 9n]);
    const { mtim } = await p.stat("link", 0);
    expect(mtim).toBe(11n);
    await p.ok("path_filestat_set_times", 3, 1, ...(await p.path("f")), 0n, 0n, 2 | 8);
    const [now] = await at();
    expect(Math.abs(Number(now! / 1_000_000n) - Date.now())).toBeLessThan(60_000);
    for (const flags of [3, 12, 15, 16]) {
      await p.fails(E.inval, "fd_filestat_set_times", fd, 1n, 1n, flags);
      await p.fails(E.inval, "path_filestat_set_times", 3, 0, ...name, 1n, 1n, flags);
    }
    await p.ok("fd_filestat_set_times", 3, 77n, 78n, 5);
    expect((await p.stat(".")).atim).toBe(77n);
    const nothing = await p.path("nothing");
    await p.fails(E.noent, "path_filestat_set_times", 3, 0, ...nothing, 1n, 1n, 5);
    await needs(p, rights("setTimes"), "fd_filestat_set_times", 0n, 0n, 5);
  });
  test("fd_allocate fd_advise fd_sync fd_datasync", "tell the system", async (p) => {
    const fd = await p.create("f");
    const error = await p.call("fd_allocate", fd, 0n, 100n);
    expect([E.success, E.notsup]).toContain(error);
    if (error === E.success) {
      expect((await p.stat("f")).size).toBe(100n);
      await p.ok("fd_allocate", fd, 10n, 10n);
      expect((await p.stat("f")).size).toBe(100n);
      await p.ok("fd_allocate", fd, 90n, 20n);
      expect((await p.stat("f")).size).toBe(110n);
      await p.fails(E.inval, "fd_allocate", fd, 0n, 0n);
      await p.fails(E.inval, "fd_allocate", fd, -1n, 10n);
    }
    for (const advice of [0, 1, 2, 3, 4, 5]) await p.ok("fd_advise", fd, 0n, 50n, advice);
    await p.ok("fd_advise", fd, 0n, 0n, 0);
    await p.fails(E.inval, "fd_advise", fd, 0n, 50n, 6);
    await p.fails(E.inval, "fd_advise", fd, -1n, 50n, 0);
    await p.fails(E.inval, "fd_advise", fd, 0n, -1n, 0);
    for (const name of ["fd_sync", "fd_datasync"]) {
      await p.ok(name, fd);
      await p.ok(name, 3);
    }
    await p.fails(E.isdir, "fd_allocate", 3, 0n, 1n);
    await p.fails(E.isdir, "fd_advise", 3, 0n, 1n, 0);
    await needs(p, rights("allocate"), "fd_allocate", 0n, 1n);
    await needs(p, rights("advise"), "fd_advise", 0n, 1n, 0);
    await needs(p, rights("sync"), "fd_sync");
    await needs(p, rights("datasync"), "fd_datasync");
  });
}

function state({ test }: Tests): void {
  test("fd_fdstat_get", "tells type, flags and rights", async (p) => {
    expect(await p.fdstat(3)).toEqual({
      type: TYPE.directory,
      flags: 0,
      base: DIRECTORY_RIGHTS,
      inheriting: ALL_RIGHTS,
    });
    const fd = await p.create("f", { fdflags: F.append | F.sync, inheriting: ALL_RIGHTS });
    const flags = F.append | F.sync;
    expect(await p.fdstat(fd)).toEqual({ type: 4, flags, base: FILE_RIGHTS, inheriting: 0n });
    await p.fails(E.fault, "fd_fdstat_get", fd, MEMORY - 23);
    await p.fails(E.badf, "fd_fdstat_get", 99, OUT);
  });
  test("fd_fdstat_set_flags", "changes how writes go", async (p) => {
    const fd = await p.create("f", { fdflags: F.append });
    await p.write(fd, "one");
    await p.seek(fd, 0n);
    await p.write(fd, "two");
    await p.ok("fd_fdstat_set_flags", fd, F.nonblock);
    expect((await p.fdstat(fd)).flags).toBe(F.nonblock);
    await p.seek(fd, 0n);
    await p.write(fd, "X");
    expect(readFileSync(join(p.box, "f"), "utf8")).toBe("Xnetwo");
    for (const flags of [F.sync, F.dsync, F.rsync, 32, -1]) {
      await p.fails(E.inval, "fd_fdstat_set_flags", fd, flags);
    }
    await needs(p, rights("setFlags"), "fd_fdstat_set_flags", 0);
  });
  test("fd_fdstat_set_rights", "only takes away", async (p) => {
    const fd = await p.create("f");
    await p.write(fd, "text");
    const left = rights("seek", "tell");
    await p.ok("fd_fdstat_set_rights", fd, left | rights("read"), 0n);
    await p.fails(E.notcapable, "fd_write", fd, ...(await p.vectors(1)), OUT);
    await p.seek(fd, 0n);
    expect(await p.read(fd)).toBe("text");
    await p.ok("fd_fdstat_set_rights", fd, left, 0n);
    await p.fails(E.notcapable, "fd_read", fd, ...(await p.vectors(1)), OUT);
    expect((await p.fdstat(fd)).base).toBe(left);
    await p.fails(E.notcapable, "fd_fdstat_set_rights", fd, left | rights("read"), 0n);
    await p.fails(E.notcapable, "fd_fdstat_set_rights", fd, left, rights("read"));
    await p.fails(E.badf, "fd_fdstat_set_rights", 99, 0n, 0n);
    await p.ok("fd_fdstat_set_rights", 3, DIRECTORY_RIGHTS, READING);
    expect(await p.open("f", { base: rights("write") })).toBe(-E.notcapable);
    expect(await p.open("f", { base: READING })).toBeGreaterThan(3);
  });
  test("fd_close fd_renumber", "free and move descriptors", async (p) => {
    file(p, "a", "a");
    file(p, "b", "bb");
    const [a, b] = [await p.opened("a"), await p.opened("b")];
    const before = await p.fdstat(b);
    await p.ok("fd_renumber", b, a);
    expect(await p.fdstat(a)).toEqual(before);
    expect(await p.read(a)).toBe("bb");
    await p.fails(E.badf, "fd_renumber", b, a);
    await p.fails(E.badf, "fd_renumber", a, b);
    await p.fails(E.badf, "fd_renumber", a, -1);
    await p.ok("fd_renumber", a, a);
    await p.ok("fd_renumber", a, 0);
    await p.seek(0, 0n);
    expect(await p.read(0)).toBe("bb");
    await p.ok("fd_close", 0);
    await p.fails(E.badf, "fd_close", 0);
    expect(await p.opened("a")).toBe(0);
    await p.ok("fd_close", 3);
    expect(await p.open("a")).toBe(-E.badf);
  });
  test("fd_prestat_get fd_prestat_dir_name", "name the directories", async (p) => {
    await p.ok("fd_prestat_get", 3, OUT);
    expect(await p.u64()).toBe(1n << 32n);
    await p.guest.write(DATA, bytesOf("???"));
    await p.ok("fd_prestat_dir_name", 3, DATA, 3);
    expect(textOf(await p.guest.read(DATA, 3))).toBe("/??");
    await p.fails(E.nametoolong, "fd_prestat_dir_name", 3, DATA, 0);
    await p.fails(E.fault, "fd_prestat_dir_name", 3, MEMORY, 1);
    await p.fails(E.fault, "fd_prestat_get", 3, MEMORY - 7);
    const sub = await p.opened(".", { oflags: O.directory, base: DIRECTORY_RIGHTS });
    for (const fd of [0, 1, 4, sub, 99]) {
      await p.fails(E.badf, "fd_prestat_get", fd, OUT);
      await p.fails(E.badf, "fd_prestat_dir_name", fd, DATA, 9);
    }
  });
}

function listing({ test }: Tests): void {
  test("fd_readdir", "lists with cookies that stay", async (p) => {
    const names = Array.from({ length: 100 }, (_, k) => `file.${k}`);
    for (const name of names) file(p, name);
    mkdirSync(join(p.box, "dir"));
    symlinkSync("nowhere", join(p.box, "link"));
    const fd = await p.opened(".", { oflags: O.directory, base: DIRECTORY_RIGHTS });
    const all = (await p.list(fd, 0n, 60_000)).entries;
    expect(all.slice(0, 2).map((e) => e.name)).toEqual([".", ".."]);
    expect(all[0]!.ino).toBe((await p.stat(".")).ino);
    expect(all[1]!.ino).toBe(all[0]!.ino);
    expect(all.map((e) => e.name).sort()).toEqual([".", "..", "dir", "link", ...names].sort());
    const named = new Map(all.map((e) => [e.name, e]));
    expect(["dir", "link", "file.7"].map((n) => named.get(n)!.type)).toEqual([3, 7, 4]);
    expect(named.get("file.7")!.ino).toBe((await p.stat("file.7")).ino);
    for (const k of [0, 1, 2, 50, 102]) {
      const from = k === 0 ? 0n : all[k - 1]!.next;
      expect((await p.list(fd, from, 60_000)).entries).toEqual(all.slice(k));
    }
    expect(await p.list(fd, all.at(-1)!.next, 60_000)).toEqual({ entries: [], used: 0 });
    for (const room of [24, 25, 100, 333]) {
      const { used, entries } = await p.list(fd, 0n, room);
      expect(used).toBe(room);
      expect(entries).toEqual(all.slice(0, entries.length));
    }
  });
  test("fd_readdir", "refuses what is wrong", async (p) => {
    const fd = await p.create("f");
    await p.fails(E.notdir, "fd_readdir", fd, DATA, 100, 0n, OUT);
    await p.fails(E.badf, "fd_readdir", 99, DATA, 100, 0n, OUT);
    await p.fails(E.fault, "fd_readdir", 3, MEMORY - 99, 100, 0n, OUT);
    await p.fails(E.fault, "fd_readdir", 3, DATA, 100, 0n, MEMORY - 3);
    const dir = await p.opened(".", { base: DIRECTORY_RIGHTS & ~rights("readdir") });
    await p.fails(E.notcapable, "fd_readdir", dir, DATA, 100, 0n, OUT);
  });
}

export function descriptorTests(tests: Tests): void {
  transfers(tests);
  offsets(tests);
  attributes(tests);
  state(tests);
  listing(tests);
}
