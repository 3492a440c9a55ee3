// WASI of the loader, function by function: the host functions are called through control mode with
// arguments in the memory of an instance that binds them. Run a second time by a loader built
// without openat2, whose walk over path components must answer the same.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EXTERN, PAGE, REPLY, REQUEST } from "../src/abi.ts";
import { FrameWriter } from "../src/engine/frames.ts";
import type { Value } from "../src/engine/store.ts";
import { I32, I64, newFuncType } from "../src/wasm/types.ts";
import { assemble, newModule } from "./handmade.ts";
import type { Machine } from "./handmade.ts";
import { everywhere } from "./runtime-kit.ts";
import { Session } from "./session.ts";
import type { Handle } from "./session.ts";

const root = new URL("..", import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), "ingot-wasi-"));
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

const [SUCCESS, BADF, FAULT, INVAL, ISDIR, LOOP, NOENT, NOSYS, NOTDIR, ROFS, NOTCAPABLE] = [
  0, 8, 21, 28, 31, 32, 44, 52, 54, 69, 76,
];

/** A WASI program of which this test is the guest. */
class Guest {
  private readonly session: Session;
  private readonly funcs = new Map<string, number>();
  private readonly machine: Machine;
  private memory = 0;

  constructor(command: readonly string[], machine: Machine) {
    this.session = new Session(command);
    this.machine = machine;
  }

  async start(args: string[], env: string[], dirs: [string, string][]): Promise<void> {
    const frame = new FrameWriter(REQUEST.wasi).u32(args.length);
    for (const a of args) frame.text(a);
    frame.u32(env.length);
    for (const e of env) frame.text(e);
    frame.u32(dirs.length);
    for (const [host, guest] of dirs) frame.text(host).text(guest);
    const reply = await this.session.ok(frame);
    for (let n = reply.u32(); n > 0; n--) this.funcs.set(reply.text(), reply.u64());
    const m = newModule({
      types: [newFuncType([I32, I32], [I32])],
      imports: [
        { module: "wasi_snapshot_preview1", name: "args_get", kind: "func", index: 0, offset: 0 },
      ],
      importedFuncs: 1,
      funcs: [0],
      memories: [{ limits: { min: 1, max: 1, shared: false } }],
      exports: [{ name: "memory", kind: "memory", index: 0, offset: 0 }],
    });
    const args_get: Handle = { kind: EXTERN.func, id: this.funcs.get("args_get")! };
    const exports = await this.session.link(
      assemble(this.machine, m, () => []),
      [args_get],
    );
    this.memory = exports.get("memory")!.id;
  }

  get names(): string[] {
    return [...this.funcs.keys()];
  }

  /** Calls a function; bigint arguments are i64. */
  async call(name: string, ...args: (number | bigint)[]): Promise<number> {
    const value = (a: number | bigint): Value =>
      typeof a === "number"
        ? { type: I32, lo: a, hi: 0 }
        : { type: I64, lo: Number(BigInt.asIntN(32, a)), hi: Number(BigInt.asIntN(32, a >> 32n)) };
    const { message, read } = await this.session.invoke(this.funcs.get(name)!, args.map(value));
    if (message === REPLY.exit) return 1000 + read.u32();
    expect(message).toBe(REPLY.ok);
    expect(read.u32()).toBe(1);
    return read.value().lo;
  }

  async write(at: number, bytes: string | number[]): Promise<void> {
    const raw =
      typeof bytes === "string" ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes);
    const frame = new FrameWriter(REQUEST.memoryWrite).u64(this.memory).u64(at).u32(raw.length);
    await this.session.ok(frame.raw(raw));
  }

  async read(at: number, count: number): Promise<DataView> {
    const frame = new FrameWriter(REQUEST.memoryRead).u64(this.memory).u64(at).u32(count);
    const bytes = (await this.session.ok(frame)).rest();
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  async text(at: number, count: number): Promise<string> {
    return new TextDecoder().decode(await this.read(at, count));
  }

  async u32(at: number): Promise<number> {
    return (await this.read(at, 4)).getUint32(0, true);
  }

  /** Opens a path beneath descriptor 3; the descriptor, or a negative errno. */
  async open(path: string, follow = 1, oflags = 0, rights = 2n, dir = 3): Promise<number> {
    await this.write(1024, path);
    const size = new TextEncoder().encode(path).length;
    const error = await this.call("path_open", dir, follow, 1024, size, oflags, rights, 0n, 0, 512);
    return error === SUCCESS ? this.u32(512) : -error!;
  }

  /** Reads from a descriptor into two slices and answers what arrived. */
  async readFile(fd: number, first = 4, second = 100): Promise<string> {
    await this.write(0, [0, 8, 0, 0, first, 0, 0, 0, first, 8, 0, 0, second, 0, 0, 0]);
    expect(await this.call("fd_read", fd, 0, 2, 16)).toBe(SUCCESS);
    return this.text(2048, await this.u32(16));
  }

  end(): Promise<void> {
    return this.session.end();
  }
}

everywhere(({ machine, command }) => {
  const plain = command;
  const walking = [...command.slice(0, -1), join(scratch, machine.target, "ingot-rt")];

  beforeAll(() => {
    const make = ["-s", "-f", "runtime-support/build.mk", "RT_EXTRA=-DINGOT_NO_OPENAT2"];
    const where = [`TARGET=${machine.target}`, `RT_OUT=${join(scratch, machine.target)}`];
    execFileSync("make", [...make, ...where], { cwd: root });
  }, 120_000);

  describe.each([
    ["with openat2", plain],
    ["without openat2", walking],
  ])("paths %s", (_, loader) => {
    let g: Guest;
    beforeEach(async () => {
      g = new Guest(loader, machine);
      await g.start(["p"], [], [[world, "/w"]]);
    });
    afterEach(() => g.end());

    it("opens what lies beneath, links included", async () => {
      const cases = [
        "file.txt",
        "sub/inner.txt",
        "good",
        "sub/up",
        "dir/inner.txt",
        "./sub/../good",
      ];
      const more = ["sub/./inner.txt", "sub//inner.txt", "sub/deeper/../../file.txt", "dir/up"];
      for (const path of [...cases, ...more]) {
        const fd = await g.open(path);
        expect([path, fd]).toEqual([path, 4]);
        const text = await g.readFile(fd);
        const digits = path === "file.txt" || path.endsWith("/file.txt") || path.endsWith("up");
        expect(text).toBe(digits ? "0123456789" : "inner");
        expect(await g.call("fd_close", fd)).toBe(SUCCESS);
      }
    });

    it("never leaves the directory", async () => {
      const ways = [
        "../secret.txt",
        "sub/../../secret.txt",
        "out",
        "sub/out",
        "absolute",
        "/file.txt",
      ];
      const more = [
        "parent/secret.txt",
        "parent",
        "..",
        "dir/../../secret.txt",
        "sub/deeper/../../..",
      ];
      for (const path of [...ways, ...more]) {
        expect([path, await g.open(path)]).toEqual([path, -NOTCAPABLE!]);
      }
      expect(await g.open("parent/world/file.txt")).toBe(-NOTCAPABLE!);
    });

    it("answers with the right error", async () => {
      expect(await g.open("nothing")).toBe(-NOENT!);
      expect(await g.open("")).toBe(-NOENT!);
      expect(await g.open("nowhere/file.txt")).toBe(-NOENT!);
      expect(await g.open("file.txt/x")).toBe(-NOTDIR!);
      expect(await g.open("file.txt/")).toBe(-NOTDIR!);
      expect(await g.open("loop")).toBe(-LOOP!);
      expect(await g.open("good", 0)).toBe(-LOOP!);
      expect(await g.open("a\0b")).toBe(-INVAL!);
      expect(await g.open("file.txt", 1, 2)).toBe(-NOTDIR!);
      expect(await g.open("new", 1, 1)).toBe(-ROFS!);
      expect(await g.open("file.txt", 1, 8)).toBe(-ROFS!);
      expect(await g.open("file.txt", 1, 0, 66n)).toBe(-ROFS!);
      expect(await g.open("file.txt", 1, 0, 2n, 9)).toBe(-BADF!);
      expect(await g.open("file.txt", 1, 0, 2n, 1)).toBe(-NOTDIR!);
    });

    it("opens directories and what lies in them", async () => {
      const sub = await g.open("sub", 1, 2);
      expect(sub).toBe(4);
      const inner = await g.open("inner.txt", 1, 0, 2n, sub);
      expect(await g.readFile(inner)).toBe("inner");
      expect(await g.open("../file.txt", 1, 0, 2n, sub)).toBe(-NOTCAPABLE!);
      await g.write(0, [0, 8, 0, 0, 4, 0, 0, 0]);
      expect(await g.call("fd_read", sub, 0, 1, 16)).toBe(ISDIR);
    });

    it("tells about files", async () => {
      const stat = async (path: string, follow: number): Promise<number> => {
        await g.write(1024, path);
        return g.call("path_filestat_get", 3, follow, 1024, path.length, 4096);
      };
      expect(await stat("file.txt", 1)).toBe(SUCCESS);
      const view = await g.read(4096, 64);
      const truth = statSync(join(world, "file.txt"), { bigint: true });
      expect(view.getBigUint64(8, true)).toBe(truth.ino);
      expect(view.getUint8(16)).toBe(4);
      expect(view.getBigUint64(32, true)).toBe(10n);
      expect(view.getBigUint64(48, true)).toBe(truth.mtimeNs);
      expect(await stat("good", 0)).toBe(SUCCESS);
      expect((await g.read(4096, 64)).getUint8(16)).toBe(7);
      expect(await stat("good", 1)).toBe(SUCCESS);
      expect((await g.read(4096, 64)).getUint8(16)).toBe(4);
      expect(await stat("sub", 1)).toBe(SUCCESS);
      expect((await g.read(4096, 64)).getUint8(16)).toBe(3);
      expect(await stat("out", 1)).toBe(NOTCAPABLE);
      expect(await stat("out", 0)).toBe(SUCCESS);
    });
  });

  describe("descriptors and the rest", () => {
    let g: Guest;
    beforeEach(async () => {
      g = new Guest(plain, machine);
      await g.start(
        ["prog", "", "ä b"],
        ["A=1", "LONG=x y"],
        [
          [world, "/w"],
          [join(world, "sub"), "sub"],
        ],
      );
    });
    afterEach(() => g.end());

    it("has every function of preview 1", async () => {
      expect(g.names.length).toBe(46);
      expect(await g.call("fd_sync", 1)).toBe(NOSYS);
      expect(await g.call("path_rename", 3, 0, 1, 3, 0, 1)).toBe(NOSYS);
    });

    it("hands over arguments and environment", async () => {
      expect(await g.call("args_sizes_get", 0, 4)).toBe(SUCCESS);
      expect([await g.u32(0), await g.u32(4)]).toEqual([3, 11]);
      expect(await g.call("args_get", 16, 100)).toBe(SUCCESS);
      expect([await g.u32(16), await g.u32(20), await g.u32(24)]).toEqual([100, 105, 106]);
      expect(await g.text(100, 11)).toBe("prog\0\0ä b\0");
      expect(await g.call("environ_sizes_get", 0, 4)).toBe(SUCCESS);
      expect([await g.u32(0), await g.u32(4)]).toEqual([2, 13]);
      expect(await g.call("environ_get", 16, 100)).toBe(SUCCESS);
      expect(await g.text(100, 13)).toBe("A=1\0LONG=x y\0");
      expect(await g.call("args_get", 16, PAGE - 10)).toBe(FAULT);
      expect(await g.call("args_get", PAGE - 8, 0)).toBe(FAULT);
      expect(await g.call("args_sizes_get", -1, 0)).toBe(FAULT);
    });

    it("knows its preopened directories", async () => {
      for (const [fd, name] of [
        [3, "/w"],
        [4, "sub"],
      ] as const) {
        expect(await g.call("fd_prestat_get", fd, 0)).toBe(SUCCESS);
        expect([await g.u32(0), await g.u32(4)]).toEqual([0, name.length]);
        expect(await g.call("fd_prestat_dir_name", fd, 64, name.length)).toBe(SUCCESS);
        expect(await g.text(64, name.length)).toBe(name);
      }
      expect(await g.call("fd_prestat_get", 5, 0)).toBe(BADF);
      expect(await g.call("fd_prestat_get", 1, 0)).toBe(BADF);
      expect(await g.call("fd_fdstat_get", 3, 0)).toBe(SUCCESS);
      expect((await g.read(0, 24)).getUint8(0)).toBe(3);
    });

    it("seeks", async () => {
      const fd = await g.open("file.txt");
      const seek = async (offset: bigint, whence: number): Promise<bigint> => {
        expect(await g.call("fd_seek", fd, offset, whence, 64)).toBe(SUCCESS);
        return (await g.read(64, 8)).getBigUint64(0, true);
      };
      expect(await seek(-3n, 2)).toBe(7n);
      expect(await g.readFile(fd)).toBe("789");
      expect(await seek(2n, 0)).toBe(2n);
      expect(await seek(2n, 1)).toBe(4n);
      expect(await g.call("fd_tell", fd, 64)).toBe(SUCCESS);
      expect((await g.read(64, 8)).getBigUint64(0, true)).toBe(4n);
      expect(await g.readFile(fd, 2, 1)).toBe("456");
      expect(await g.call("fd_seek", fd, -1n, 0, 64)).toBe(INVAL);
      expect(await g.call("fd_seek", fd, 0n, 3, 64)).toBe(INVAL);
      expect(await g.call("fd_seek", fd, 0n, 0, PAGE - 7)).toBe(FAULT);
      expect(await g.call("fd_close", fd)).toBe(SUCCESS);
      expect(await g.call("fd_close", fd)).toBe(BADF);
    });

    it("checks every slice of a vector", async () => {
      const fd = await g.open("file.txt");
      await g.write(0, [0, 8, 0, 0, 4, 0, 0, 0, 255, 255, 0, 0, 2, 0, 0, 0]);
      expect(await g.call("fd_read", fd, 0, 2, 16)).toBe(FAULT);
      expect(await g.call("fd_read", fd, 0, 0x7fffffff, 16)).toBe(FAULT);
      expect(await g.call("fd_read", fd, 0, 1, -4)).toBe(FAULT);
      expect(await g.call("fd_write", fd, 0, 1, 16)).toBe(BADF);
      expect(await g.call("fd_write", 77, 0, 1, 16)).toBe(BADF);
      expect(await g.readFile(0)).toBe("");
    });

    it("has clocks, chance and sleep", async () => {
      expect(await g.call("clock_time_get", 0, 1n, 64)).toBe(SUCCESS);
      const now = (await g.read(64, 8)).getBigUint64(0, true);
      expect(Math.abs(Number(now / 1000000n) - Date.now())).toBeLessThan(60_000);
      expect(await g.call("clock_time_get", 9, 1n, 64)).toBe(INVAL);
      expect(await g.call("clock_res_get", 1, 64)).toBe(SUCCESS);
      expect(await g.call("random_get", 128, 64)).toBe(SUCCESS);
      expect(new Set(new Uint8Array((await g.read(128, 64)).buffer)).size).toBeGreaterThan(20);
      expect(await g.call("random_get", PAGE - 4, 8)).toBe(FAULT);
      expect(await g.call("sched_yield")).toBe(SUCCESS);
      const subscription = new Uint8Array(96);
      const view = new DataView(subscription.buffer);
      view.setBigUint64(0, 77n, true);
      view.setUint32(16, 1, true);
      view.setBigUint64(24, 20_000_000n, true);
      view.setUint8(48, 7); // the other one is later
      view.setUint32(64, 1, true);
      view.setBigUint64(72, 10_000_000_000n, true);
      await g.write(0, [...subscription]);
      const from = performance.now();
      expect(await g.call("poll_oneoff", 0, 256, 2, 512)).toBe(SUCCESS);
      expect(performance.now() - from).toBeGreaterThan(19);
      expect(await g.u32(512)).toBe(1);
      const event = await g.read(256, 32);
      expect(event.getBigUint64(0, true)).toBe(77n);
      expect(event.getUint16(8, true)).toBe(0);
      expect(await g.call("poll_oneoff", 0, 256, 0, 512)).toBe(INVAL);
    });

    it("exits", async () => {
      expect(await g.call("proc_exit", 7)).toBe(1007);
      expect(await g.call("sched_yield")).toBe(SUCCESS);
    });
  });
});
