// WASI functions called one by one, this test being the guest: arguments in slots, a page of
// memory, a directory with links of every kind. What is expected is what the C runtime answers
// (tools/wasi-native.test.ts).

import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Descriptor } from "./descriptor.ts";
import { ERRNO } from "./errno.ts";
import { openDirectory, standardStream } from "./hostfs.ts";
import { ProcExit, wasiFunctions } from "./preview1.ts";
import type { WasiFunction } from "./preview1.ts";
import { ALL, rights } from "./rights.ts";
import { Wasi } from "./world.ts";

const PAGE = 65_536;
const READ = BigInt(
  rights("fd_read fd_seek fd_tell fd_fdstat_set_flags fd_filestat_get path_open fd_readdir"),
);
const WRITE = BigInt(rights("fd_read fd_write fd_seek fd_tell"));

const scratch = mkdtempSync(join(tmpdir(), "ingot-wasi-node-"));
const world = join(scratch, "world");
afterAll(() => rmSync(scratch, { recursive: true }));

beforeAll(() => {
  mkdirSync(join(world, "sub/deeper"), { recursive: true });
  writeFileSync(join(world, "file.txt"), "0123456789");
  writeFileSync(join(world, "sub/inner.txt"), "inner");
  writeFileSync(join(scratch, "secret.txt"), "secret");
  const link = (name: string, target: string): void => symlinkSync(target, join(world, name));
  link("good", "sub/inner.txt");
  link("sub/up", "../file.txt");
  link("dir", "sub");
  link("out", "../secret.txt");
  link("sub/out", "../../secret.txt");
  link("absolute", join(scratch, "secret.txt"));
  link("loop", "loop");
  link("parent", "..");
});

class Guest {
  readonly wasi: Wasi;
  private readonly buffer = new ArrayBuffer(PAGE);
  private readonly bytes = new Uint8Array(this.buffer);
  readonly view = new DataView(this.buffer);
  private readonly slots = new Int32Array(32);
  readonly functions: readonly WasiFunction[];

  constructor(args: string[], env: string[], dirs: [string, string][]) {
    const preopens = dirs.map(([host, guest]) => {
      return { guest, directory: openDirectory(host), readOnly: guest === "sub" };
    });
    this.wasi = new Wasi({ args, env, preopens });
    this.functions = wasiFunctions(this.wasi, "wasi_snapshot_preview1");
    this.wasi.find = () => ({ view: this.view, bytes: this.bytes });
  }

  /** Calls a function; bigint arguments are i64. */
  call(name: string, ...args: (number | bigint)[]): number {
    const found = this.functions.find((f) => f.name === name)!;
    expect(found.params).toBe(args.map((a) => (typeof a === "bigint" ? "I" : "i")).join(""));
    args.forEach((a, k) => {
      this.slots[2 * k] = Number(BigInt.asIntN(32, BigInt(a)));
      this.slots[2 * k + 1] = Number(BigInt.asIntN(32, BigInt(a) >> 32n));
    });
    found.call(this.slots, 0);
    return this.slots[0]!;
  }

  write(at: number, data: string | number[]): number {
    const raw = typeof data === "string" ? new TextEncoder().encode(data) : Uint8Array.from(data);
    this.bytes.set(raw, at);
    return raw.length;
  }

  text(at: number, count: number): string {
    return new TextDecoder().decode(this.bytes.subarray(at, at + count));
  }

  u32(at: number): number {
    return this.view.getUint32(at, true);
  }

  u64(at: number): bigint {
    return this.view.getBigUint64(at, true);
  }

  /** Opens a path beneath descriptor 3; the descriptor, or a negative errno. */
  open(path: string, follow = 1, oflags = 0, rights = READ, dir = 3): number {
    const size = this.write(1024, path);
    const error = this.call("path_open", dir, follow, 1024, size, oflags, rights, READ, 0, 512);
    return error === 0 ? this.u32(512) : -error;
  }

  /** Reads from a descriptor into two slices and answers what arrived. */
  readFile(fd: number, first = 4, second = 100): string {
    this.write(0, [0, 8, 0, 0, first, 0, 0, 0, first, 8, 0, 0, second, 0, 0, 0]);
    expect(this.call("fd_read", fd, 0, 2, 16)).toBe(0);
    return this.text(2048, this.u32(16));
  }
}

let g: Guest;
beforeEach(() => {
  const dirs: [string, string][] = [
    [world, "/w"],
    [join(world, "sub"), "sub"],
  ];
  g = new Guest(["prog", "", "ä b"], ["A=1", "LONG=x y"], dirs);
});
afterEach(() => g.wasi.closeAll());

describe("paths", () => {
  it("open what lies beneath, links included", () => {
    const cases = ["file.txt", "sub/inner.txt", "good", "sub/up", "dir/inner.txt", "./sub/../good"];
    const more = ["sub/./inner.txt", "sub//inner.txt", "sub/deeper/../../file.txt", "dir/up"];
    for (const path of [...cases, ...more]) {
      const fd = g.open(path);
      expect([path, fd]).toEqual([path, 5]);
      const digits = path === "file.txt" || path.endsWith("/file.txt") || path.endsWith("up");
      expect(g.readFile(fd)).toBe(digits ? "0123456789" : "inner");
      expect(g.call("fd_close", fd)).toBe(0);
    }
  });

  it("never leave the directory", () => {
    const ways = ["../secret.txt", "sub/../../secret.txt", "out", "sub/out", "absolute"];
    const more = ["/file.txt", "parent/secret.txt", "parent", "..", "dir/../../secret.txt"];
    for (const path of [...ways, ...more, "sub/deeper/../../..", "parent/world/file.txt"]) {
      expect([path, g.open(path)]).toEqual([path, -ERRNO["notcapable"]!]);
    }
  });

  it("answer with the right error", () => {
    expect(g.open("nothing")).toBe(-ERRNO["noent"]!);
    expect(g.open("")).toBe(-ERRNO["noent"]!);
    expect(g.open("nowhere/file.txt")).toBe(-ERRNO["noent"]!);
    expect(g.open("file.txt/x")).toBe(-ERRNO["notdir"]!);
    expect(g.open("file.txt/")).toBe(-ERRNO["notdir"]!);
    expect(g.open("loop")).toBe(-ERRNO["loop"]!);
    expect(g.open("good", 0)).toBe(-ERRNO["loop"]!);
    expect(g.open("a\0b")).toBe(-ERRNO["inval"]!);
    expect(g.open("a".repeat(4096))).toBe(-ERRNO["nametoolong"]!);
    expect(g.open("file.txt", 1, 2)).toBe(-ERRNO["notdir"]!);
    for (const [path, oflags, rights] of [
      ["new", 1, READ],
      ["inner.txt", 8, READ],
      ["inner.txt", 0, WRITE],
    ] as const) {
      expect(g.open(path, 1, oflags, rights, 4)).toBe(-ERRNO["rofs"]!);
    }
    expect(g.open("file.txt", 1, 0, READ, 9)).toBe(-ERRNO["badf"]!);
  });

  it("open directories and what lies in them", () => {
    const sub = g.open("sub", 1, 2);
    expect(sub).toBe(5);
    const inner = g.open("inner.txt", 1, 0, READ, sub);
    expect(g.readFile(inner)).toBe("inner");
    expect(g.open("../file.txt", 1, 0, READ, sub)).toBe(-ERRNO["notcapable"]!);
    g.write(0, [0, 8, 0, 0, 4, 0, 0, 0]);
    expect(g.call("fd_read", sub, 0, 1, 16)).toBe(ERRNO["isdir"]);
  });

  it("tell about files", () => {
    const stat = (path: string, follow: number): number => {
      const size = g.write(1024, path);
      return g.call("path_filestat_get", 3, follow, 1024, size, 4096);
    };
    expect(stat("file.txt", 1)).toBe(0);
    const truth = statSync(join(world, "file.txt"), { bigint: true });
    expect(g.u64(4104)).toBe(truth.ino);
    expect(g.view.getUint8(4112)).toBe(4);
    expect(g.u64(4128)).toBe(10n);
    expect(g.u64(4144)).toBe(truth.mtimeNs);
    const types: [string, number, number][] = [
      ["good", 0, 7],
      ["good", 1, 4],
      ["sub", 1, 3],
      ["out", 0, 7],
    ];
    for (const [path, follow, type] of types) {
      expect([path, stat(path, follow), g.view.getUint8(4112)]).toEqual([path, 0, type]);
    }
    expect(stat("out", 1)).toBe(ERRNO["notcapable"]!);
    const fd = g.open("file.txt");
    expect(g.call("fd_filestat_get", fd, 4096)).toBe(0);
    expect(g.u64(4104)).toBe(truth.ino);
  });
});

describe("descriptors", () => {
  it("of preopened directories have names", () => {
    for (const [fd, name] of [
      [3, "/w"],
      [4, "sub"],
    ] as const) {
      expect(g.call("fd_prestat_get", fd, 0)).toBe(0);
      expect([g.u32(0), g.u32(4)]).toEqual([0, name.length]);
      expect(g.call("fd_prestat_dir_name", fd, 64, name.length)).toBe(0);
      expect(g.text(64, name.length)).toBe(name);
      expect(g.call("fd_prestat_dir_name", fd, 64, 1)).toBe(ERRNO["nametoolong"]);
    }
    expect(g.call("fd_prestat_get", 5, 0)).toBe(ERRNO["badf"]);
    expect(g.call("fd_prestat_get", 1, 0)).toBe(ERRNO["badf"]);
    expect(g.call("fd_fdstat_get", 3, 0)).toBe(0);
    expect(g.view.getUint8(0)).toBe(3);
  });

  it("seek", () => {
    const fd = g.open("file.txt");
    const seek = (offset: bigint, whence: number): bigint => {
      expect(g.call("fd_seek", fd, offset, whence, 64)).toBe(0);
      return g.u64(64);
    };
    expect(seek(-3n, 2)).toBe(7n);
    expect(g.readFile(fd)).toBe("789");
    expect(seek(2n, 0)).toBe(2n);
    expect(seek(2n, 1)).toBe(4n);
    expect(g.call("fd_tell", fd, 64)).toBe(0);
    expect(g.u64(64)).toBe(4n);
    expect(g.readFile(fd, 2, 1)).toBe("456");
    expect(g.call("fd_seek", fd, -1n, 0, 64)).toBe(ERRNO["inval"]);
    expect(g.call("fd_seek", fd, 0n, 3, 64)).toBe(ERRNO["inval"]);
    expect(g.call("fd_seek", fd, 0n, 0, PAGE - 7)).toBe(ERRNO["fault"]);
    expect(g.call("fd_close", fd)).toBe(0);
    expect(g.call("fd_close", fd)).toBe(ERRNO["badf"]);
  });

  it("have flags", () => {
    const fd = g.open("file.txt");
    expect(g.call("fd_fdstat_set_flags", fd, 4)).toBe(0);
    expect(g.call("fd_fdstat_get", fd, 0)).toBe(0);
    expect([g.view.getUint8(0), g.view.getUint16(2, true)]).toEqual([4, 4]);
    expect(g.call("fd_fdstat_set_flags", fd, 32)).toBe(ERRNO["inval"]);
  });

  it("check every slice of a vector", () => {
    const fd = g.open("file.txt");
    g.write(0, [0, 8, 0, 0, 4, 0, 0, 0, 255, 255, 0, 0, 2, 0, 0, 0]);
    expect(g.call("fd_read", fd, 0, 2, 16)).toBe(ERRNO["fault"]);
    expect(g.call("fd_read", fd, 0, 0x7fffffff, 16)).toBe(ERRNO["fault"]);
    expect(g.call("fd_read", fd, 0, 1, -4)).toBe(ERRNO["fault"]);
    expect(g.call("fd_write", fd, 0, 1, 16)).toBe(ERRNO["notcapable"]);
    expect(g.call("fd_write", 77, 0, 1, 16)).toBe(ERRNO["badf"]);
  });

  it("that the host shares keep its offset until the guest seeks", () => {
    const path = join(scratch, "shared.txt");
    writeFileSync(path, "");
    const host = openSync(path, "w+");
    const options = { base: ALL, inheriting: 0, shared: true };
    const fd = new Descriptor(standardStream(host)!, options);
    const wait = (): void => undefined;
    const put = (text: string): number => fd.write(new TextEncoder().encode(text), wait);
    expect(put("abc")).toBe(3);
    if (process.platform === "linux") expect(fd.seek(0n, 1)).toBe(3n);
    expect(put("def")).toBe(3);
    expect(fd.seek(1n, 0)).toBe(1n);
    expect(put("X")).toBe(1);
    const into = new Uint8Array(2);
    expect(fd.read(into, wait)).toBe(2);
    expect(String.fromCharCode(...into)).toBe("cd");
    fd.close();
    closeSync(host);
    expect(readFileSync(path, "utf8")).toBe("aXcdef");
  });
});

describe("the rest", () => {
  it("is all of preview 1", () => {
    expect(g.functions.length).toBe(46);
    expect(new Set(g.functions.map((f) => f.name)).size).toBe(46);
  });

  it("hands over arguments and environment", () => {
    expect(g.call("args_sizes_get", 0, 4)).toBe(0);
    expect([g.u32(0), g.u32(4)]).toEqual([3, 11]);
    expect(g.call("args_get", 16, 100)).toBe(0);
    expect([g.u32(16), g.u32(20), g.u32(24)]).toEqual([100, 105, 106]);
    expect(g.text(100, 11)).toBe("prog\0\0ä b\0");
    expect(g.call("environ_sizes_get", 0, 4)).toBe(0);
    expect([g.u32(0), g.u32(4)]).toEqual([2, 13]);
    expect(g.call("environ_get", 16, 100)).toBe(0);
    expect(g.text(100, 13)).toBe("A=1\0LONG=x y\0");
    expect(g.call("args_get", 16, PAGE - 10)).toBe(ERRNO["fault"]);
    expect(g.call("args_get", PAGE - 8, 0)).toBe(ERRNO["fault"]);
    expect(g.call("args_sizes_get", -1, 0)).toBe(ERRNO["fault"]);
  });

  it("has clocks and chance", () => {
    expect(g.call("clock_time_get", 0, 1n, 64)).toBe(0);
    expect(Math.abs(Number(g.u64(64) / 1_000_000n) - Date.now())).toBeLessThan(60_000);
    for (const clock of [1, 2, 3]) {
      expect(g.call("clock_time_get", clock, 1n, 64)).toBe(0);
      expect(g.u64(64) > 0n).toBe(true);
    }
    expect(g.call("clock_time_get", 9, 1n, 64)).toBe(ERRNO["inval"]);
    expect(g.call("clock_res_get", 1, 64)).toBe(0);
    expect(g.call("random_get", 128, 64)).toBe(0);
    const bytes = Array.from({ length: 64 }, (_, i) => g.view.getUint8(128 + i));
    expect(new Set(bytes).size).toBeGreaterThan(20);
    expect(g.call("random_get", PAGE - 4, 8)).toBe(ERRNO["fault"]);
    expect(g.call("sched_yield")).toBe(0);
  });

  it("sleeps", () => {
    const subscribe = (at: number, data: bigint, nanos: bigint, type = 0): void => {
      g.view.setBigUint64(at, data, true);
      g.view.setUint8(at + 8, type);
      g.view.setUint32(at + 16, 1, true);
      g.view.setBigUint64(at + 24, nanos, true);
    };
    subscribe(0, 77n, 20_000_000n);
    subscribe(48, 7n, 10_000_000_000n);
    const from = performance.now();
    expect(g.call("poll_oneoff", 0, 256, 2, 512)).toBe(0);
    expect(performance.now() - from).toBeGreaterThan(19);
    expect(g.u32(512)).toBe(1);
    expect([g.u64(256), g.view.getUint16(264, true)]).toEqual([77n, 0]);
    subscribe(48, 8n, 0n, 1);
    g.view.setUint32(64, 99, true);
    expect(g.call("poll_oneoff", 0, 256, 2, 512)).toBe(0);
    expect(g.u32(512)).toBe(1);
    expect([g.u64(256), g.view.getUint16(264, true)]).toEqual([8n, ERRNO["badf"]]);
    expect(g.call("poll_oneoff", 0, 256, 0, 512)).toBe(ERRNO["inval"]);
  });

  it("exits", () => {
    expect(() => g.call("proc_exit", 7)).toThrow(ProcExit);
    expect(g.call("sched_yield")).toBe(0);
  });

  it("needs a memory", () => {
    g.wasi.find = undefined;
    expect(g.call("args_sizes_get", 0, 4)).toBe(ERRNO["fault"]);
  });
});
