// The file system in memory against the host's: two programs make the same random calls, one in a
// directory of the host and one in memory, and must be told the same. What depends on the host's
// file system is left out of what is compared: times, inode numbers, sizes and links of
// directories. And the embedder's side of it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hostOf } from "../../tools/wasi/inside.ts";
import type { Guest } from "../../tools/wasi/guest.ts";
import { ERRNO, WasiError } from "./errno.ts";
import { openDirectory } from "./hostfs.ts";
import { MemoryFileSystem } from "./memfs.ts";
import { ALL } from "./rights.ts";

const scratch = mkdtempSync(join(tmpdir(), "ingot-memfs-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const RIGHTS = BigInt(ALL);
const WRITABLE = 66n | 4n | 32n;
const [OUT, PATH, PATH2, VECTOR, DATA] = [0x100, 0x1000, 0x3000, 0x5000, 0x1_0000];
const STEPS = 1500;

/** A small generator of numbers: mulberry32. */
function newDice(seed: number): (below: number) => number {
  let s = seed >>> 0;
  return (below) => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const NAMES = ["a", "b", "c"];
const ODD = [".", "..", "", "a/", "b//", "/a", "a/.", "a/..", "nowhere/x", "x".repeat(256)];
const TARGETS = ["a", "b/c", "../a", "..", ".", "d/", "nowhere", "/etc", "e"];

type Dice = (below: number) => number;
const pick = <T>(dice: Dice, from: readonly T[]): T => from[dice(from.length)]!;

function newPath(dice: Dice): string {
  if (dice(8) === 0) return pick(dice, ODD);
  const parts = Array.from({ length: 1 + dice(3) }, () =>
    dice(10) === 0 ? pick(dice, [".", ".."]) : pick(dice, NAMES),
  );
  return parts.join("/") + (dice(12) === 0 ? "/" : "");
}

/** One step: the same words for both programs, and what each of them learned. */
type Step = (g: Guest) => Promise<string>;

const text = (s: string): Uint8Array => new TextEncoder().encode(s);

async function path(g: Guest, at: number, s: string): Promise<[number, number]> {
  await g.write(at, text(s));
  return [at, text(s).length];
}

async function number(g: Guest, at: number, bytes = 4): Promise<bigint> {
  const view = new DataView((await g.read(at, 8)).buffer);
  return bytes === 4 ? BigInt(view.getUint32(0, true)) : view.getBigUint64(0, true);
}

async function stat(g: Guest): Promise<string> {
  const type = (await g.read(OUT + 16, 1))[0]!;
  if (type === 3) return "directory";
  return `${type} ${await number(g, OUT + 24, 8)} ${await number(g, OUT + 32, 8)}`;
}

/** The names in a directory with their types, in order. */
async function list(g: Guest, fd: number, room: number): Promise<string> {
  const names: string[] = [];
  for (let cookie = 0n; ;) {
    const errno = await g.call("fd_readdir", fd, DATA, room, cookie, OUT);
    if (errno !== 0) return `errno ${errno}`;
    const used = Number(await number(g, OUT));
    const bytes = await g.read(DATA, used);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 24 <= used;) {
      const size = view.getUint32(at + 16, true);
      if (at + 24 + size > used) break;
      const name = new TextDecoder().decode(bytes.subarray(at + 24, at + 24 + size));
      names.push(`${name}:${view.getUint8(at + 20)}`);
      cookie = view.getBigUint64(at, true);
      at += 24 + size;
    }
    if (used < room) return names.sort().join(" ");
  }
}

const vector = async (g: Guest, size: number): Promise<void> => {
  const words = new Uint32Array([DATA, size]);
  await g.write(VECTOR, new Uint8Array(words.buffer));
};

const steps: readonly ((dice: Dice) => Step)[] = [
  (dice) => {
    const [p, oflags, write, follow] = [newPath(dice), dice(16), dice(2) === 0, dice(2)];
    const base = write ? WRITABLE : 2n | 4n | (1n << 14n);
    const flags = dice(4) === 0 ? 1 : 0;
    return async (g) => {
      const where = [3, follow, ...(await path(g, PATH, p))];
      const errno = await g.call(
        "path_open",
        ...where,
        oflags,
        base | (1n << 21n),
        RIGHTS,
        flags,
        OUT,
      );
      const fd = errno === 0 ? await number(g, OUT) : "";
      return `open ${p} ${oflags} ${base} ${follow}: ${errno} ${fd}`;
    };
  },
  ...["path_create_directory", "path_remove_directory", "path_unlink_file"].map(
    (name) => (dice: Dice) => {
      const p = newPath(dice);
      return async (g: Guest) =>
        `${name} ${p}: ${await g.call(name, 3, ...(await path(g, PATH, p)))}`;
    },
  ),
  (dice) => {
    const [p, target] = [newPath(dice), pick(dice, TARGETS)];
    return async (g) => {
      const words = [await path(g, PATH, target), await path(g, PATH2, p)] as const;
      return `symlink ${p} ${target}: ${await g.call("path_symlink", ...words[0], 3, ...words[1])}`;
    };
  },
  (dice) => {
    const [p, q] = [newPath(dice), newPath(dice)];
    return async (g) => {
      const words = [await path(g, PATH, p), await path(g, PATH2, q)] as const;
      return `rename ${p} ${q}: ${await g.call("path_rename", 3, ...words[0], 3, ...words[1])}`;
    };
  },
  (dice) => {
    const [p, q, follow] = [newPath(dice), newPath(dice), dice(2)];
    return async (g) => {
      const words = [await path(g, PATH, p), await path(g, PATH2, q)] as const;
      return `link ${p} ${q}: ${await g.call("path_link", 3, follow, ...words[0], 3, ...words[1])}`;
    };
  },
  (dice) => {
    const [p, follow] = [newPath(dice), dice(2)];
    return async (g) => {
      const errno = await g.call("path_filestat_get", 3, follow, ...(await path(g, PATH, p)), OUT);
      return `stat ${p} ${follow}: ${errno} ${errno === 0 ? await stat(g) : ""}`;
    };
  },
  (dice) => {
    const [p, room] = [newPath(dice), dice(9)];
    return async (g) => {
      const where = await path(g, PATH, p);
      const errno = await g.call("path_readlink", 3, ...where, DATA, room, OUT);
      const size = errno === 0 ? Number(await number(g, OUT)) : 0;
      return `readlink ${p}: ${errno} ${new TextDecoder().decode(await g.read(DATA, size))}`;
    };
  },
  (dice) => {
    const [p, fd, times] = [
      newPath(dice),
      4 + dice(8),
      [BigInt(dice(99)) * 1_000_000_000n, 7_000n] as const,
    ];
    return async (g) => {
      const one = await g.call(
        "path_filestat_set_times",
        3,
        1,
        ...(await path(g, PATH, p)),
        ...times,
        5,
      );
      return `times ${p}: ${one} ${await g.call("fd_filestat_set_times", fd, ...times, 5)}`;
    };
  },
  (dice) => {
    const [fd, size] = [4 + dice(8), dice(300)];
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + size) & 255);
    return async (g) => {
      await g.write(DATA, bytes);
      await vector(g, size);
      const errno = await g.call("fd_write", fd, VECTOR, 1, OUT);
      return `write ${fd} ${size}: ${errno} ${errno === 0 ? await number(g, OUT) : ""}`;
    };
  },
  (dice) => {
    const [fd, size, at] = [4 + dice(8), dice(300), dice(2) === 0 ? -1n : BigInt(dice(500))];
    return async (g) => {
      await vector(g, size);
      const errno =
        at < 0n
          ? await g.call("fd_read", fd, VECTOR, 1, OUT)
          : await g.call("fd_pread", fd, VECTOR, 1, at, OUT);
      const count = errno === 0 ? Number(await number(g, OUT)) : 0;
      return `read ${fd} ${size} ${at}: ${errno} ${count} ${(await g.read(DATA, count)).join()}`;
    };
  },
  (dice) => {
    const [fd, size, at] = [4 + dice(8), dice(100), BigInt(dice(500))];
    return async (g) => {
      await g.write(DATA, new Uint8Array(size).fill(size));
      await vector(g, size);
      return `pwrite ${fd} ${size} ${at}: ${await g.call("fd_pwrite", fd, VECTOR, 1, at, OUT)}`;
    };
  },
  (dice) => {
    const [fd, offset, whence] = [4 + dice(8), BigInt(dice(600) - 200), dice(4)];
    return async (g) => {
      const errno = await g.call("fd_seek", fd, offset, whence, OUT);
      const to = errno === 0 ? await number(g, OUT, 8) : "";
      return `seek ${fd} ${offset} ${whence}: ${errno} ${to}`;
    };
  },
  (dice) => {
    const [fd, size] = [4 + dice(8), BigInt(dice(700))];
    const name = pick(dice, ["fd_filestat_set_size", "fd_allocate"]);
    return async (g) =>
      `${name} ${fd} ${size}: ${await g.call(
        name,
        ...(name === "fd_allocate" ? [fd, 3n, size] : [fd, size]),
      )}`;
  },
  (dice) => {
    const fd = 4 + dice(8);
    return async (g) => {
      const errno = await g.call("fd_filestat_get", fd, OUT);
      return `fstat ${fd}: ${errno} ${errno === 0 ? await stat(g) : ""}`;
    };
  },
  (dice) => {
    const [fd, room] = [3 + dice(9), 40 + dice(100)];
    return async (g) => `list ${fd}: ${await list(g, fd, room)}`;
  },
  (dice) => {
    const [fd, to] = [4 + dice(12), 4 + dice(12)];
    if (dice(4) > 0) return async (g) => `close ${fd}: ${await g.call("fd_close", fd)}`;
    return async (g) => `renumber ${fd} ${to}: ${await g.call("fd_renumber", fd, to)}`;
  },
];

describe("a file system in memory", () => {
  it.each([1, 2, 3, 4, 5, 6])("is what the host's is to a program (seed %i)", async (seed) => {
    const dice = newDice(seed);
    const dirs = [{ host: mkdtempSync(join(scratch, "s")), guest: "/" }];
    const real = await hostOf("node", openDirectory).start({ dirs });
    const made = await hostOf("memory", () => new MemoryFileSystem().root).start({ dirs });
    const past: string[] = [];
    for (let i = 0; i < STEPS; i++) {
      const step = pick(dice, steps)(dice);
      const [told, expected] = [await step(made), await step(real)];
      past.push(expected);
      if (told !== expected) expect(told, past.slice(-12).join("\n")).toBe(expected);
    }
    expect(past.filter((s) => / 0 /.test(`${s} `)).length).toBeGreaterThan(STEPS / 10);
    await real.end();
    await made.end();
  });

  it("is filled and read by paths", () => {
    const fs = new MemoryFileSystem({ now: () => 5n });
    fs.writeFile("/etc/deep/motd", "hällo");
    fs.writeFile("top", Uint8Array.of(1, 2));
    fs.symlink("/etc/link", "deep/motd");
    fs.makeDirectory("/etc/ä");
    expect(new TextDecoder().decode(fs.readFile("etc/link"))).toBe("hällo");
    expect([...fs.readFile("/top")]).toEqual([1, 2]);
    expect(fs.list("/")).toEqual(["etc", "top"]);
    expect(fs.list("/etc")).toEqual(["deep", "link", "ä"]);
    expect(fs.root.lookup("top").mtim).toBe(5n);
    expect(() => fs.readFile("/none")).toThrow(new WasiError(ERRNO["noent"]!));
    expect(() => fs.readFile("/etc")).toThrow(new WasiError(ERRNO["isdir"]!));
  });
});
