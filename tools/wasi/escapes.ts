// Attempts to get out of the directory that a guest was given, each of which must fail and change
// nothing outside; a link that another process swaps all the time; directories that are not to be
// changed.

import { spawn } from "node:child_process";
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ALL_RIGHTS, DATA, DIRECTORY_RIGHTS, E, FILE_RIGHTS, O, OUT, PATH2 } from "./kit.ts";
import { READING, nameOf, play, rights } from "./kit.ts";
import type { Player, Tests } from "./kit.ts";

/** Outside of the box: secret.txt, and a directory; in it: every kind of way out. */
function build(p: Player): void {
  writeFileSync(join(p.outside, "secret.txt"), "secret");
  mkdirSync(join(p.outside, "room"));
  writeFileSync(join(p.outside, "room/inner.txt"), "secret");
  mkdirSync(join(p.box, "sub/deeper"), { recursive: true });
  writeFileSync(join(p.box, "own.txt"), "own");
  const link = (name: string, target: string): void => symlinkSync(target, join(p.box, name));
  link("out", "../secret.txt");
  link("sub/out", "../../secret.txt");
  link("absolute", join(p.outside, "secret.txt"));
  link("absroom", join(p.outside, "room"));
  link("parent", "..");
  link("room", "../room");
  link("chain", "chain2");
  link("chain2", "sub/chain3");
  link("chain3", "../secret.txt");
  link("sub/chain3", "../../secret.txt");
  link("dir", "sub");
  link("dirup", "sub/..");
  link("slash", "/");
  link("fresh", "../fresh.txt");
  link("back", "../box/own.txt");
  link("proc", "/proc/self/root");
}

/** Paths that lead outside when their last component is followed. */
const WAYS = [
  "../secret.txt",
  "..",
  "../",
  "../box/own.txt",
  "sub/../../secret.txt",
  "sub/deeper/../../../secret.txt",
  "./../secret.txt",
  "sub/./../../secret.txt",
  "sub//..//..//secret.txt",
  "/secret.txt",
  "/",
  "/own.txt",
  "//own.txt",
  "out",
  "sub/out",
  "dir/out",
  "absolute",
  "absroom/inner.txt",
  "parent",
  "parent/",
  "parent/secret.txt",
  "parent/box/own.txt",
  "room/inner.txt",
  "room/",
  "room/../secret.txt",
  "chain",
  "chain3",
  "dir/../../secret.txt",
  "dir/../out",
  "dirup/../secret.txt",
  "dirup/out",
  "slash",
  "slash/etc/passwd",
  "back",
  "proc/etc/passwd",
  "out/../own.txt",
  "parent/room/inner.txt",
];

/** Names outside, through directories that lead there. */
const NAMES = [
  "../new",
  "parent/new",
  "room/new",
  "absroom/new",
  "sub/../../new",
  "/new",
  "dir/../../new",
  "slash/tmp/new",
];

/** All paths below a directory, but for those that begin so; no link is followed. */
function below(directory: string, except: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    if (path.startsWith(except)) return [];
    return lstatSync(path).isDirectory() ? [path, ...below(path, except)] : [path];
  });
}

/** What lies outside, with its contents: must stay as it is. */
function snapshot(p: Player): string {
  const lines = below(p.outside, p.box).map((path) => {
    const stats = lstatSync(path);
    const { mtimeMs, atimeMs, nlink } = stats;
    if (stats.isFile()) return `${path} ${readFileSync(path, "utf8")} ${mtimeMs} ${nlink}`;
    return `${path} ${stats.isDirectory() ? "" : String(atimeMs)}`;
  });
  return lines.sort().join("\n");
}

type Try = (p: Player, path: string) => Promise<number>;

const byPath =
  (name: string, ...rest: (number | bigint)[]): Try =>
  async (p, path) =>
    p.call(name, 3, ...(await p.path(path)), ...rest);

const opens =
  (o: object): Try =>
  async (p, path) => {
    const fd = await p.open(path, o);
    return fd < 0 ? -fd : 0;
  };

const twoNames =
  (name: string, inward: boolean, ...flags: number[]): Try =>
  async (p, path) => {
    const outer = await p.path(path, PATH2);
    const inner = await p.path(inward ? "stolen" : "own.txt");
    return inward
      ? p.call(name, 3, ...flags, ...outer, 3, ...inner)
      : p.call(name, 3, ...flags, ...inner, 3, ...outer);
  };

/** What follows the last component of a path. */
const FOLLOWING: Record<string, Try> = {
  "open to read": opens({}),
  "open to write": opens({ base: FILE_RIGHTS }),
  "open with no rights": opens({ base: 0n }),
  "open to truncate": opens({ base: rights("write"), oflags: O.truncate }),
  "open to create": opens({ base: rights("write"), oflags: O.create }),
  stat: async (p, path) => p.call("path_filestat_get", 3, 1, ...(await p.path(path)), OUT),
  "set times": async (p, path) =>
    p.call("path_filestat_set_times", 3, 1, ...(await p.path(path)), 5n, 5n, 5),
  "link followed": twoNames("path_link", true, 1),
};

/** What acts on a name, in a directory that must not be outside. */
const NAMING: Record<string, Try> = {
  "create a file": opens({ base: rights("write"), oflags: O.create | O.exclusive }),
  "create a directory": byPath("path_create_directory"),
  "remove a directory": byPath("path_remove_directory"),
  unlink: byPath("path_unlink_file"),
  "read a link": byPath("path_readlink", DATA, 100, OUT),
  "rename away": twoNames("path_rename", false),
  "rename in": twoNames("path_rename", true),
  "link away": twoNames("path_link", false, 0),
  "link in": twoNames("path_link", true, 0),
  symlink: async (p, path) =>
    p.call("path_symlink", ...(await p.path("own.txt")), 3, ...(await p.path(path, PATH2))),
};

async function attempt(p: Player, tries: Record<string, Try>, paths: string[]): Promise<number> {
  let count = 0;
  for (const path of paths) {
    for (const [what, how] of Object.entries(tries)) {
      const said = nameOf(await how(p, path));
      // A file cannot be created with a slash behind it, wherever that leads.
      const right = what === "open to create" && path.endsWith("/") ? "isdir" : "notcapable";
      const good = said === "notcapable" ? said : right;
      expect(`${what} ${path}: ${said}`).toBe(`${what} ${path}: ${good}`);
      count++;
    }
  }
  return count;
}

// One link swapped between a directory inside and one outside, as fast as it goes.
const SWAP = `
const { renameSync, symlinkSync, rmSync } = require("node:fs");
const [box, end] = [process.argv[1], Date.now() + Number(process.argv[2])];
while (Date.now() < end) {
  for (const target of ["../room", "sub"]) {
    rmSync(box + "/next", { force: true });
    symlinkSync(target, box + "/next");
    renameSync(box + "/next", box + "/swapped");
  }
}`;

async function race(p: Player, ms: number): Promise<Map<string, number>> {
  writeFileSync(join(p.box, "sub/inner.txt"), "inner");
  symlinkSync("sub", join(p.box, "swapped"));
  const child = spawn(process.execPath, ["-e", SWAP, p.box, String(ms)], { stdio: "inherit" });
  let running = true;
  child.on("exit", () => (running = false));
  const seen = new Map<string, number>();
  const note = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  for (let k = 0; running; k++) {
    const path = ["swapped/inner.txt", "swapped/../sub/inner.txt"][k % 2]!;
    const fd = await p.open(path);
    if (fd >= 0) note(await p.read(fd));
    else note(nameOf(-fd));
    if (fd >= 0) await p.ok("fd_close", fd);
    const made = await p.open(`swapped/made${k % 5}`, { oflags: O.create, base: rights("write") });
    if (made >= 0) await p.ok("fd_close", made);
    note(
      await p.call("path_unlink_file", 3, ...(await p.path(`swapped/made${k % 5}`))).then(nameOf),
    );
  }
  return seen;
}

function readOnly({ test }: Tests): void {
  const world = (outside: string) => ({
    dirs: [
      { host: join(outside, "box"), guest: "/ro", readOnly: true },
      { host: outside, guest: "/rw" },
    ],
  });
  test(
    "path_open",
    "and all others leave a read-only directory alone",
    async (p) => {
      build(p);
      const before = snapshot(p);
      const own = await p.path("own.txt");
      const to = await p.path("x", PATH2);
      await p.fails(E.rofs, "path_create_directory", 3, ...to);
      await p.fails(E.rofs, "path_remove_directory", 3, ...(await p.path("sub")));
      await p.path("own.txt");
      await p.fails(E.rofs, "path_unlink_file", 3, ...own);
      await p.fails(E.rofs, "path_rename", 3, ...own, 3, ...to);
      await p.fails(E.rofs, "path_rename", 3, ...own, 4, ...to);
      await p.fails(E.rofs, "path_link", 3, 0, ...own, 3, ...to);
      await p.fails(E.rofs, "path_link", 3, 0, ...own, 4, ...to);
      await p.fails(E.rofs, "path_symlink", ...own, 3, ...to);
      await p.fails(E.rofs, "path_filestat_set_times", 3, 0, ...own, 1n, 1n, 5);
      await p.fails(E.rofs, "path_rename", 4, ...(await p.path("secret.txt")), 3, ...to);
      await p.fails(E.rofs, "path_link", 4, 0, ...(await p.path("secret.txt")), 3, ...to);
      await p.fails(E.rofs, "fd_filestat_set_times", 3, 1n, 1n, 5);
      for (const o of [
        { base: rights("write") },
        { oflags: O.create },
        { oflags: O.truncate },
        { oflags: O.create | O.exclusive },
      ]) {
        expect(nameOf(-(await p.open("own.txt", o)))).toBe("rofs");
      }
      const sub = await p.opened(".", {
        base: rights("open", "createFile"),
        inheriting: FILE_RIGHTS,
      });
      expect(nameOf(-(await p.open("n", { dir: sub, oflags: O.create })))).toBe("rofs");
      const fd = await p.opened("own.txt", { base: READING | rights("setSize", "allocate") });
      expect(await p.read(fd)).toBe("own");
      for (const [name, ...rest] of [
        ["fd_filestat_set_size", 0n],
        ["fd_allocate", 0n, 10n],
        ["fd_filestat_set_times", 1n, 1n, 5],
      ] as [string, ...(number | bigint)[]][]) {
        await p.fails(E.rofs, name, fd, ...rest);
      }
      await p.fails(E.rofs, "fd_write", fd, ...(await p.vectors(1)), OUT);
      await p.fails(E.rofs, "fd_pwrite", fd, ...(await p.vectors(1)), 0n, OUT);
      expect(snapshot(p)).toBe(before);
      expect(readFileSync(join(p.box, "own.txt"), "utf8")).toBe("own");
      expect(readdirSync(p.box)).not.toContain("x");
    },
    world,
  );
  test(
    "fd_fdstat_get",
    "a read-only directory has no rights to change anything, but passes all on",
    async (p) => {
      writeFileSync(join(p.box, "own.txt"), "own");
      const ro = await p.fdstat(3);
      expect(ro.base).toBe(DIRECTORY_RIGHTS & ~CHANGING);
      expect(ro.inheriting).toBe(ALL_RIGHTS);
      expect(await p.fdstat(4)).toEqual({ ...ro, base: DIRECTORY_RIGHTS });
      const file = await p.opened("own.txt", { base: FILE_RIGHTS & ~rights("write") });
      expect((await p.fdstat(file)).base).toBe(FILE_RIGHTS & ~CHANGING);
      const sub = await p.opened(".", { base: DIRECTORY_RIGHTS, inheriting: ALL_RIGHTS });
      expect(await p.fdstat(sub)).toEqual(ro);
      await p.fails(E.notcapable, "fd_fdstat_set_rights", 3, DIRECTORY_RIGHTS, 0n);
      await p.ok("fd_fdstat_set_rights", 3, 0n, 0n);
      expect(await p.fdstat(3)).toEqual({ ...ro, base: 0n, inheriting: 0n });
    },
    world,
  );
}

/** What a read-only directory refuses. */
const CHANGING = rights(
  ...(["write", "allocate", "setSize", "createDirectory", "createFile", "linkSource"] as const),
  ...(["linkTarget", "renameSource", "renameTarget", "pathSetSize", "pathSetTimes"] as const),
  ...(["setTimes", "symlink", "removeDirectory", "unlink"] as const),
);

export function escapeTests(tests: Tests): void {
  const { host } = tests;
  it("no path, link or name leads outside", () =>
    play(host, {}, async (p) => {
      build(p);
      linkSync(join(p.outside, "secret.txt"), join(p.outside, "room/hard.txt"));
      const before = snapshot(p);
      let count = await attempt(p, FOLLOWING, WAYS);
      count += await attempt(p, { open: FOLLOWING["open to create"]! }, ["fresh", "parent/new"]);
      count += await attempt(p, NAMING, NAMES);
      const removed = ["../room", "parent/room", "room/../room", "absroom/../room"];
      count += await attempt(p, NAMING, removed);
      const sub = await p.opened("sub", {
        oflags: O.directory,
        base: rights("open"),
        inheriting: READING,
      });
      for (const path of ["../own.txt", "..", "out", "deeper/../../own.txt"]) {
        expect(nameOf(-(await p.open(path, { dir: sub })))).toBe("notcapable");
        count++;
      }
      expect(count).toBeGreaterThan(400);
      expect(snapshot(p)).toBe(before);
      expect(readdirSync(p.box)).not.toContain("stolen");
      expect(readFileSync(join(p.box, "own.txt"), "utf8")).toBe("own");
    }));
  it("a link that is swapped all the time leads nowhere else", () =>
    play(host, {}, async (p) => {
      build(p);
      const before = readdirSync(join(p.outside, "room"));
      const seen = await race(p, 10_000);
      expect(seen.get("secret")).toBe(undefined);
      expect(seen.get("inner")).toBeGreaterThan(0);
      expect(seen.get("notcapable")).toBeGreaterThan(0);
      const allowed = ["inner", "notcapable", "success", "noent", "loop", "again", "notdir"];
      expect([...seen.keys()].filter((key) => !allowed.includes(key))).toEqual([]);
      expect(readdirSync(join(p.outside, "room"))).toEqual(before);
    }));
  it("nothing is granted by default", () =>
    play(host, { dirs: [] }, async (p) => {
      await p.fails(E.badf, "fd_prestat_get", 3, OUT);
      expect(nameOf(-(await p.open("own.txt")))).toBe("badf");
      await p.ok("environ_sizes_get", OUT, OUT + 4);
      expect(await p.u64()).toBe(0n);
    }));
  readOnly(tests);
}
