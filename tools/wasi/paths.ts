// The functions on paths: opening in every way, names made, moved and removed, links.

import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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
  nameOf,
  rights,
  textOf,
} from "./kit.ts";
import type { Opening, Player, Tests } from "./kit.ts";

const file = (p: Player, name: string, text = "text"): void =>
  writeFileSync(join(p.box, name), text);
const folder = (p: Player, name: string): void => void mkdirSync(join(p.box, name));
const link = (p: Player, name: string, target: string): void =>
  symlinkSync(target, join(p.box, name));

async function refuses(p: Player, errno: number, path: string, o: Opening = {}): Promise<void> {
  const fd = await p.open(path, o);
  expect(`${path}: ${nameOf(-fd)}`).toBe(`${path}: ${nameOf(errno)}`);
}

/** A directory opened without one of its rights. */
const without = (p: Player, right: bigint): Promise<number> =>
  p.opened(".", { base: DIRECTORY_RIGHTS & ~right, inheriting: ALL_RIGHTS });

function opening({ test }: Tests): void {
  test("path_open", "finds what is there", async (p) => {
    folder(p, "d");
    folder(p, "d/e");
    file(p, "f", "top");
    file(p, "d/g", "inner");
    link(p, "good", "d/g");
    link(p, "d/up", "../f");
    link(p, "dir", "d");
    const top = ["f", "./f", "d/../f", "d//..//f", "d/e/../../f", "d/up", "dir/up", "dir/../f"];
    const inner = ["d/g", "good", "dir/g", "d/./g", "d/e/../g", "dir/e/.././g"];
    for (const path of [...top, ...inner]) {
      const fd = await p.opened(path);
      expect([path, await p.read(fd)]).toEqual([path, top.includes(path) ? "top" : "inner"]);
      await p.ok("fd_close", fd);
    }
    const d = await p.opened("d", {
      oflags: O.directory,
      base: DIRECTORY_RIGHTS,
      inheriting: READING,
    });
    expect(await p.read(await p.opened("g", { dir: d }))).toBe("inner");
    for (const path of ["d/", "dir/", "d/e//", ".", "d/..", "d/."]) {
      await p.ok("fd_close", await p.opened(path, { base: 0n }));
    }
  });
  test("path_open", "refuses what is not there, or not so", async (p) => {
    folder(p, "d");
    file(p, "f");
    link(p, "good", "f");
    link(p, "dir", "d");
    link(p, "loop", "loop");
    link(p, "dangling", "nothing");
    await refuses(p, E.noent, "nothing");
    await refuses(p, E.noent, "");
    await refuses(p, E.noent, "nowhere/f");
    await refuses(p, E.noent, "dangling");
    await refuses(p, E.notdir, "f/x");
    await refuses(p, E.notdir, "f/");
    await refuses(p, E.notdir, "f/.");
    await refuses(p, E.notdir, "good/");
    await refuses(p, E.loop, "loop");
    await refuses(p, E.loop, "good", { follow: 0 });
    await refuses(p, E.loop, "dangling", { follow: 0 });
    await refuses(p, E.notdir, "dir", { follow: 0, oflags: O.directory });
    await refuses(p, E.inval, "f\0");
    await refuses(p, E.nametoolong, "a".repeat(256));
    await refuses(p, E.nametoolong, "a/".repeat(2100));
    await refuses(p, E.notdir, "f", { oflags: O.directory });
    await refuses(p, E.isdir, "d", { base: rights("read", "write") });
    await refuses(p, E.inval, "f", { oflags: 16 });
    await refuses(p, E.inval, "f", { fdflags: 32 });
    await refuses(p, E.badf, "f", { dir: 99 });
    await refuses(p, E.notdir, "f", { dir: await p.opened("f") });
    await p.fails(E.fault, "path_open", 3, 0, MEMORY - 1, 2, 0, 0n, 0n, 0, OUT);
    await p.fails(E.fault, "path_open", 3, 0, ...(await p.path("f")), 0, 0n, 0n, 0, MEMORY - 3);
  });
  test("path_open", "creates and truncates", async (p) => {
    file(p, "old", "old text");
    folder(p, "d");
    link(p, "dangling", "made");
    const fd = await p.create("new");
    await p.write(fd, "hello");
    expect(readFileSync(join(p.box, "new"), "utf8")).toBe("hello");
    expect(lstatSync(join(p.box, "new")).mode & 0o111).toBe(0);
    await refuses(p, E.exist, "new", { oflags: O.create | O.exclusive });
    await refuses(p, E.exist, "dangling", { oflags: O.create | O.exclusive });
    await p.opened("other", { oflags: O.create | O.exclusive, base: 0n });
    expect(await p.read(await p.opened("old", { oflags: O.create }))).toBe("old text");
    await p.opened("old", { oflags: O.truncate, base: rights("write") });
    expect(readFileSync(join(p.box, "old"), "utf8")).toBe("");
    await p.create("dangling");
    expect(existsSync(join(p.box, "made"))).toBe(true);
    await refuses(p, E.isdir, "d", { oflags: O.create, base: rights("write") });
    await refuses(p, E.isdir, "fresh/", { oflags: O.create });
    await refuses(p, E.inval, "fresh", { oflags: O.create | O.directory });
    await refuses(p, E.noent, "nowhere/f", { oflags: O.create });
    expect(existsSync(join(p.box, "fresh"))).toBe(false);
  });
  test("path_open", "honours rights", async (p) => {
    file(p, "f");
    const reads = await p.opened("f", { base: rights("read") });
    await p.fails(E.notcapable, "fd_write", reads, ...(await p.vectors(1)), OUT);
    const writes = await p.opened("f", { base: rights("write") });
    await p.fails(E.notcapable, "fd_read", writes, ...(await p.vectors(1)), OUT);
    const d = await p.opened(".", { base: ALL_RIGHTS & ~FILE_RIGHTS, inheriting: READING });
    expect((await p.fdstat(d)).inheriting).toBe(READING);
    await refuses(p, E.notcapable, "f", { dir: d, base: rights("write") });
    await refuses(p, E.notcapable, "f", { dir: d, base: 0n, inheriting: rights("write") });
    await refuses(p, E.notcapable, "f", { dir: await without(p, rights("open")) });
    const fixed = await without(p, rights("createFile", "pathSetSize"));
    await refuses(p, E.notcapable, "n", { dir: fixed, oflags: O.create });
    await refuses(p, E.notcapable, "f", { dir: fixed, oflags: O.truncate });
    const unsynced = await p.opened(".", { base: rights("open"), inheriting: rights("read") });
    const sync = { dir: unsynced, base: rights("read"), fdflags: F.sync };
    await refuses(p, E.notcapable, "f", sync);
    // A directory has no use for some rights, and does not get them.
    const seeks = await p.opened(".", {
      oflags: O.directory,
      base: rights("seek", "read", "stat"),
    });
    expect((await p.fdstat(seeks)).base).toBe(rights("stat"));
    const wide = await p.opened("f", { base: rights("read", "setSize", "allocate") });
    expect((await p.fdstat(wide)).base).toBe(rights("read", "setSize", "allocate"));
    chmodSync(join(p.box, "f"), 0o444);
    expect(await p.read(await p.opened("f", { base: rights("read", "setSize") }))).toBe("text");
  });
  test("path_open", "stops at 1024 descriptors or what the host has", async (p) => {
    file(p, "f");
    let last = 0;
    while (last >= 0 && last < 1100) last = await p.open("f");
    expect(last).toBe(-E.mfile);
  });
}

function names({ test }: Tests): void {
  test("path_create_directory path_remove_directory", "make and remove", async (p) => {
    const make = (path: string) => p.path(path);
    await p.ok("path_create_directory", 3, ...(await make("d")));
    await p.ok("path_create_directory", 3, ...(await make("d/e/")));
    expect(lstatSync(join(p.box, "d/e")).isDirectory()).toBe(true);
    file(p, "f");
    link(p, "dir", "d");
    link(p, "dangling", "nothing");
    for (const path of ["d", "f", "dir", "dangling", "dangling/", ".", "d/.", "d/.."]) {
      await p.fails(E.exist, "path_create_directory", 3, ...(await make(path)));
    }
    await p.fails(E.noent, "path_create_directory", 3, ...(await make("nowhere/d")));
    await p.fails(E.notdir, "path_create_directory", 3, ...(await make("f/d")));
    await p.fails(E.noent, "path_create_directory", 3, ...(await make("")));
    expect(existsSync(join(p.box, "nothing"))).toBe(false);
    await p.fails(E.notempty, "path_remove_directory", 3, ...(await make("d")));
    await p.fails(E.notdir, "path_remove_directory", 3, ...(await make("f")));
    await p.fails(E.notdir, "path_remove_directory", 3, ...(await make("f/")));
    await p.fails(E.notdir, "path_remove_directory", 3, ...(await make("dir")));
    await p.fails(E.notdir, "path_remove_directory", 3, ...(await make("dir/")));
    await p.fails(E.noent, "path_remove_directory", 3, ...(await make("nothing")));
    await p.fails(E.inval, "path_remove_directory", 3, ...(await make(".")));
    await p.ok("path_remove_directory", 3, ...(await make("d/e/")));
    await p.ok("path_remove_directory", 3, ...(await make("d")));
    expect(existsSync(join(p.box, "d"))).toBe(false);
    for (const [name, right] of [
      ["path_create_directory", rights("createDirectory")],
      ["path_remove_directory", rights("removeDirectory")],
    ] as const) {
      await p.fails(E.notcapable, name, await without(p, right), ...(await make("x")));
      await p.fails(E.badf, name, 99, ...(await make("x")));
      await p.fails(E.fault, name, 3, MEMORY, 1);
    }
  });
  test("path_unlink_file", "removes names, not what they lead to", async (p) => {
    folder(p, "d");
    file(p, "f");
    file(p, "g");
    link(p, "good", "f");
    link(p, "dangling", "nothing");
    const at = (path: string) => p.path(path);
    await p.fails(E.isdir, "path_unlink_file", 3, ...(await at("d")));
    await p.fails(E.isdir, "path_unlink_file", 3, ...(await at("d/")));
    await p.fails(E.notdir, "path_unlink_file", 3, ...(await at("f/")));
    await p.fails(E.noent, "path_unlink_file", 3, ...(await at("nothing")));
    await p.fails(E.fault, "path_unlink_file", 3, MEMORY, 1);
    await p.fails(
      E.notcapable,
      "path_unlink_file",
      await without(p, rights("unlink")),
      ...(await at("f")),
    );
    for (const path of ["good", "dangling", "g"]) {
      await p.ok("path_unlink_file", 3, ...(await at(path)));
    }
    expect(readFileSync(join(p.box, "f"), "utf8")).toBe("text");
    expect(existsSync(join(p.box, "g"))).toBe(false);
  });
  test("path_rename", "moves and replaces", async (p) => {
    const move = async (errno: number, from: string, to: string, a = 3, b = 3): Promise<void> =>
      p.fails(errno, "path_rename", a, ...(await p.path(from)), b, ...(await p.path(to, PATH2)));
    file(p, "f", "one");
    file(p, "g", "two");
    folder(p, "d");
    folder(p, "full");
    file(p, "full/x");
    link(p, "dangling", "nothing");
    await move(E.success, "f", "new");
    await move(E.success, "new", "g");
    expect(readFileSync(join(p.box, "g"), "utf8")).toBe("one");
    await move(E.success, "g", "d/g");
    await move(E.success, "d/g", "d/g");
    await move(E.success, "d/", "e/");
    await move(E.success, "e", "d");
    await move(E.success, "dangling", "still");
    expect(readlinkSync(join(p.box, "still"))).toBe("nothing");
    await move(E.notempty, "d", "full");
    await move(E.notdir, "d", "d/../full/x");
    await move(E.isdir, "full/x", "d");
    await move(E.inval, "d", "d/inside");
    await move(E.noent, "nothing", "x");
    await move(E.noent, "full/x", "nowhere/x");
    await move(E.notdir, "full/x/", "y");
    await move(E.notdir, "full/x", "y/");
    const d = await p.opened("d", { base: DIRECTORY_RIGHTS });
    await move(E.success, "g", "h", d, 3);
    await move(E.notcapable, "h", "i", await without(p, rights("renameSource")));
    await move(E.notcapable, "h", "i", 3, await without(p, rights("renameTarget")));
    await move(E.badf, "h", "i", 99);
    await move(E.badf, "h", "i", 3, 99);
    await move(E.notdir, "h", "i", 3, await p.opened("h"));
    expect(readFileSync(join(p.box, "h"), "utf8")).toBe("one");
  });
}

function links({ test }: Tests): void {
  test("path_link", "gives a file another name", async (p) => {
    const make = async (errno: number, from: string, to: string, follow = 0): Promise<void> =>
      p.fails(
        errno,
        "path_link",
        3,
        follow,
        ...(await p.path(from)),
        3,
        ...(await p.path(to, PATH2)),
      );
    file(p, "f");
    folder(p, "d");
    link(p, "good", "f");
    link(p, "dangling", "nothing");
    await make(E.success, "f", "d/hard");
    expect((await p.stat("d/hard")).ino).toBe((await p.stat("f")).ino);
    expect((await p.stat("f")).links).toBe(2n);
    await make(E.success, "good", "soft");
    expect(lstatSync(join(p.box, "soft")).isSymbolicLink()).toBe(true);
    await make(E.success, "good", "followed", 1);
    expect((await p.stat("followed", 0)).ino).toBe((await p.stat("f")).ino);
    await make(E.success, "dangling", "dangling2");
    await make(E.noent, "dangling", "x", 1);
    await make(E.exist, "f", "d/hard");
    await make(E.exist, "f", "f");
    await make(E.exist, "f", "d");
    await make(E.exist, "f", "dangling");
    await make(E.perm, "d", "x");
    await make(E.noent, "f", "x/");
    await make(E.noent, "nothing", "x");
    await make(E.notdir, "f/", "x");
    const names = [...(await p.path("f")), 3, ...(await p.path("x", PATH2))];
    await p.fails(E.notcapable, "path_link", await without(p, rights("linkSource")), 0, ...names);
    names[2] = await without(p, rights("linkTarget"));
    await p.fails(E.notcapable, "path_link", 3, 0, ...names);
    names[2] = 99;
    await p.fails(E.badf, "path_link", 3, 0, ...names);
  });
  test("path_symlink path_readlink", "write and read links", async (p) => {
    const make = async (errno: number, target: string, path: string): Promise<void> =>
      p.fails(errno, "path_symlink", ...(await p.path(target)), 3, ...(await p.path(path, PATH2)));
    folder(p, "d");
    file(p, "f");
    await make(E.success, "some/where", "soft");
    expect(readlinkSync(join(p.box, "soft"))).toBe("some/where");
    await make(E.success, "../../x", "d/soft");
    await make(E.exist, "x", "soft");
    await make(E.exist, "x", "d");
    await make(E.exist, "x", "d/");
    await make(E.noent, "x", "new/");
    await make(E.noent, "", "new");
    await make(E.noent, "x", "nowhere/new");
    await make(E.notcapable, "/etc", "new");
    const name = await p.path("x", PATH2);
    const d = await without(p, rights("symlink"));
    await p.fails(E.notcapable, "path_symlink", ...(await p.path("t")), d, ...name);
    await p.fails(E.badf, "path_symlink", ...(await p.path("t")), 99, ...name);
    await p.fails(E.fault, "path_symlink", MEMORY, 1, 3, ...name);
    await p.guest.write(DATA, new Uint8Array(20));
    await p.ok("path_readlink", 3, ...(await p.path("soft")), DATA, 20, OUT);
    expect(await p.u32()).toBe(10);
    expect(textOf(await p.guest.read(DATA, 12))).toBe("some/where\0\0");
    await p.ok("path_readlink", 3, ...(await p.path("soft")), DATA, 4, OUT);
    expect(await p.u32()).toBe(4);
    await p.ok("path_readlink", 3, ...(await p.path("soft")), DATA, 0, OUT);
    expect(await p.u32()).toBe(0);
    await p.fails(E.inval, "path_readlink", 3, ...(await p.path("f")), DATA, 20, OUT);
    await p.fails(E.noent, "path_readlink", 3, ...(await p.path("g")), DATA, 20, OUT);
    await p.fails(E.fault, "path_readlink", 3, ...(await p.path("soft")), MEMORY - 3, 4, OUT);
    const blind = await without(p, rights("readlink"));
    await p.fails(E.notcapable, "path_readlink", blind, ...(await p.path("soft")), DATA, 9, OUT);
  });
}

export function pathTests(tests: Tests): void {
  opening(tests);
  names(tests);
  links(tests);
}
