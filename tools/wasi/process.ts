// The functions that are not about files: arguments, environment, clocks, chance, the end of the
// program, and waiting.

import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { Exit, MEMORY } from "./guest.ts";
import { DATA, E, EVENTS, F, FILE_RIGHTS, OUT, READING, VECTOR, rights, textOf } from "./kit.ts";
import type { Player, Tests } from "./kit.ts";

interface Subscription {
  readonly data: bigint;
  /** A clock's number, nanoseconds and flags; or what to do with a descriptor. */
  readonly clock?: readonly [id: number, timeout: bigint, flags: number];
  readonly read?: number;
  readonly write?: number;
}

interface Happening {
  readonly data: bigint;
  readonly error: number;
  readonly type: number;
  readonly bytes: bigint;
  readonly flags: number;
}

/** Polls; in the layout of wasi_unstable when `old`. */
export async function poll(
  p: Player,
  subscriptions: Subscription[],
  old = false,
): Promise<Happening[]> {
  const [stride, at] = old ? [56, 24] : [48, 16];
  const v = new DataView(new ArrayBuffer(stride * subscriptions.length));
  subscriptions.forEach(({ data, clock, read, write }, k) => {
    const s = stride * k;
    v.setBigUint64(s, data, true);
    v.setUint8(s + 8, clock !== undefined ? 0 : read !== undefined ? 1 : 2);
    if (clock === undefined) return v.setUint32(s + 16, read ?? write!, true);
    v.setUint32(s + at, clock[0], true);
    v.setBigUint64(s + at + 8, clock[1], true);
    v.setUint16(s + at + 24, clock[2], true);
  });
  await p.guest.write(VECTOR, new Uint8Array(v.buffer));
  await p.ok("poll_oneoff", VECTOR, EVENTS, subscriptions.length, OUT);
  const count = await p.u32();
  expect(count).toBeGreaterThan(0);
  const e = await p.view(EVENTS, 32 * count);
  return Array.from({ length: count }, (_, k) => ({
    data: e.getBigUint64(32 * k, true),
    error: e.getUint16(32 * k + 8, true),
    type: e.getUint8(32 * k + 10),
    bytes: e.getBigUint64(32 * k + 16, true),
    flags: e.getUint16(32 * k + 24, true),
  }));
}

async function exits(call: Promise<number>, code: number): Promise<void> {
  const error: unknown = await call.catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Exit);
  expect((error as Exit).code).toBe(code);
}

function strings({ test }: Tests): void {
  const world = { args: ["prog", "", "ä b"], env: ["A=1", "LONG=x y"] };
  const hands = (
    sizes: string,
    get: string,
    count: number,
    text: string,
  ): [string, string, (p: Player) => Promise<void>, object] => [
    `${sizes} ${get}`,
    "hand over what was given",
    async (p) => {
      const total = new TextEncoder().encode(text).length;
      await p.ok(sizes, OUT, OUT + 4);
      expect([await p.u32(OUT), await p.u32(OUT + 4)]).toEqual([count, total]);
      await p.ok(get, OUT, DATA);
      expect(textOf(await p.guest.read(DATA, total))).toBe(text);
      let at = DATA;
      for (const [k, s] of text.split("\0").slice(0, -1).entries()) {
        expect(await p.u32(OUT + 4 * k)).toBe(at);
        at += new TextEncoder().encode(s).length + 1;
      }
      await p.fails(E.fault, get, OUT, MEMORY - total + 1);
      await p.fails(E.fault, get, MEMORY - 4, DATA);
      await p.fails(E.fault, sizes, -1, OUT);
      await p.fails(E.fault, sizes, OUT, MEMORY - 3);
    },
    world,
  ];
  test(...hands("args_sizes_get", "args_get", 3, "prog\0\0ä b\0"));
  test(...hands("environ_sizes_get", "environ_get", 2, "A=1\0LONG=x y\0"));
  test("environ_sizes_get args_sizes_get", "say that there is nothing", async (p) => {
    await p.ok("environ_sizes_get", OUT, OUT + 4);
    expect(await p.u64()).toBe(0n);
    await p.ok("args_sizes_get", OUT, OUT + 4);
    expect(await p.u64()).toBe(0n);
  });
}

function clocks({ test }: Tests): void {
  test("clock_time_get clock_res_get", "tell the time", async (p) => {
    await p.ok("clock_time_get", 0, 1n, OUT);
    expect(Math.abs(Number((await p.u64()) / 1_000_000n) - Date.now())).toBeLessThan(60_000);
    await p.ok("clock_time_get", 1, 0n, OUT);
    const from = await p.u64();
    await p.ok("clock_time_get", 1, 0n, OUT);
    expect(await p.u64()).toBeGreaterThanOrEqual(from);
    for (const clock of [2, 3]) {
      await p.ok("clock_time_get", clock, 0n, OUT);
      expect(await p.u64()).toBeLessThan(3_600_000_000_000n);
    }
    for (const clock of [0, 1, 2, 3]) {
      await p.ok("clock_res_get", clock, OUT);
      const resolution = await p.u64();
      expect(resolution).toBeGreaterThan(0n);
      expect(resolution).toBeLessThanOrEqual(1_000_000_000n);
    }
    for (const clock of [4, 99, -1]) {
      await p.fails(E.inval, "clock_time_get", clock, 0n, OUT);
      await p.fails(E.inval, "clock_res_get", clock, OUT);
    }
    await p.fails(E.fault, "clock_time_get", 0, 0n, MEMORY - 7);
    await p.fails(E.fault, "clock_res_get", 0, MEMORY);
  });
  const fixed = { fixedClock: 1_234_567_890_123_456_789n };
  test(
    "clock_time_get poll_oneoff",
    "stand still with a fixed clock",
    async (p) => {
      for (const clock of [0, 1, 2, 3]) {
        await p.ok("clock_time_get", clock, 0n, OUT);
        expect(await p.u64()).toBe(fixed.fixedClock);
      }
      await p.ok("clock_res_get", 1, OUT);
      expect(await p.u64()).toBe(1n);
      const begun = performance.now();
      const hour = 3_600_000_000_000n;
      const events = await poll(p, [
        { data: 1n, clock: [1, hour, 0] },
        { data: 2n, clock: [1, 2n * hour, 0] },
      ]);
      expect(events.map((e) => e.data)).toEqual([1n]);
      const absolute = await poll(p, [{ data: 3n, clock: [0, fixed.fixedClock + hour, 1] }]);
      expect(absolute.map((e) => [e.data, e.error])).toEqual([[3n, 0]]);
      expect(performance.now() - begun).toBeLessThan(10_000);
      const fd = await p.create("f");
      await p.ok("fd_filestat_set_times", fd, 0n, 0n, 2 | 8);
      const { atim, mtim } = await p.stat("f");
      expect([atim, mtim]).toEqual([fixed.fixedClock, fixed.fixedClock]);
    },
    fixed,
  );
}

function chance({ test }: Tests): void {
  test("random_get sched_yield", "give bytes, and way", async (p) => {
    await p.ok("random_get", DATA, 64);
    const first = await p.guest.read(DATA, 64);
    expect(new Set(first).size).toBeGreaterThan(20);
    await p.ok("random_get", DATA, 64);
    expect(await p.guest.read(DATA, 64)).not.toEqual(first);
    await p.ok("random_get", DATA, 600_000);
    const tail = await p.guest.read(DATA + 599_000, 1000);
    expect(new Set(tail).size).toBeGreaterThan(100);
    await p.ok("random_get", MEMORY, 0);
    await p.fails(E.fault, "random_get", MEMORY - 4, 8);
    await p.fails(E.fault, "random_get", 0, -1);
    await p.ok("sched_yield");
  });
  const seeded = { seed: 7n };
  test(
    "random_get",
    "is a function of the seed",
    async (p) => {
      // splitmix64 from 7, eight bytes to a number, a new number for every call.
      let state = 7n;
      const next = (): bigint => {
        const wrap = (n: bigint): bigint => BigInt.asUintN(64, n);
        state = wrap(state + 0x9e3779b97f4a7c15n);
        let z = wrap((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
        z = wrap((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
        return z ^ (z >> 31n);
      };
      await p.ok("random_get", DATA, 11);
      expect(await p.u64(DATA)).toBe(next());
      expect((await p.u32(DATA + 8)) & 0xffffff).toBe(Number(next() & 0xffffffn));
      await p.ok("random_get", DATA, 8);
      expect(await p.u64(DATA)).toBe(next());
    },
    seeded,
  );
}

function ends({ test }: Tests): void {
  test("proc_exit", "ends the program", async (p) => {
    await exits(p.call("proc_exit", 7), 7);
    await exits(p.call("proc_exit", 0), 0);
    await exits(p.call("proc_exit", 255), 255);
  });
  test("proc_raise", "does what a signal does by default", async (p) => {
    await exits(p.call("proc_raise", 6), 134);
    await exits(p.call("proc_raise", 15), 143);
    await exits(p.call("proc_raise", 30), 159);
    for (const ignored of [0, 16, 17, 22, 27]) await p.ok("proc_raise", ignored);
    for (const stop of [18, 19, 20, 21]) await p.fails(E.notsup, "proc_raise", stop);
    for (const bad of [31, 255, -1]) await p.fails(E.inval, "proc_raise", bad);
  });
}

const MS = 1_000_000n;

function waiting({ test }: Tests): void {
  test("poll_oneoff", "waits for clocks", async (p) => {
    const begun = performance.now();
    const later = { data: 8n, clock: [1, 100_000n * MS, 0] } as const;
    const events = await poll(p, [{ data: 77n, clock: [1, 20n * MS, 0] }, later]);
    expect(performance.now() - begun).toBeGreaterThan(19);
    expect(events).toEqual([{ data: 77n, error: 0, type: 0, bytes: 0n, flags: 0 }]);
    for (const clock of [0, 1]) {
      await p.ok("clock_time_get", clock, 0n, OUT);
      const at = (await p.u64()) + 20n * MS;
      const [event] = await poll(p, [later, { data: 5n, clock: [clock, at, 1] }]);
      expect([event!.data, event!.error]).toEqual([5n, 0]);
      await p.ok("clock_time_get", clock, 0n, OUT);
      expect(await p.u64()).toBeGreaterThanOrEqual(at);
    }
    const past = await poll(p, [{ data: 1n, clock: [0, 1n, 1] }, later]);
    expect(past.map((e) => e.data)).toEqual([1n]);
    const both = await poll(p, [
      { data: 1n, clock: [1, 0n, 0] },
      { data: 2n, clock: [0, 0n, 0] },
    ]);
    expect(both.map((e) => e.data)).toEqual([1n, 2n]);
  });
  test("poll_oneoff", "answers errors at once", async (p) => {
    const fd = await p.create("f", { base: rights("read", "write") });
    const dull = { data: 9n, clock: [1, 100_000n * MS, 0] } as const;
    const error = async (s: Subscription): Promise<number> => {
      const events = await poll(p, [dull, s]);
      expect(events.map((e) => e.data)).toEqual([s.data]);
      return events[0]!.error;
    };
    expect(await error({ data: 1n, read: 99 })).toBe(E.badf);
    expect(await error({ data: 2n, write: 99 })).toBe(E.badf);
    expect(await error({ data: 3n, read: fd })).toBe(E.notcapable);
    expect(await error({ data: 4n, clock: [4, 0n, 0] })).toBe(E.inval);
    expect(await error({ data: 5n, clock: [1, 0n, 2] })).toBe(E.inval);
    expect(await error({ data: 6n, clock: [2, 0n, 0] })).toBe(E.notsup);
    await p.fails(E.inval, "poll_oneoff", VECTOR, EVENTS, 0, OUT);
    await p.fails(E.fault, "poll_oneoff", MEMORY - 47, EVENTS, 1, OUT);
    await p.fails(E.fault, "poll_oneoff", VECTOR, MEMORY - 31, 1, OUT);
    await p.fails(E.fault, "poll_oneoff", VECTOR, EVENTS, 1, MEMORY - 3);
    await p.fails(E.fault, "poll_oneoff", VECTOR, EVENTS, -1, OUT);
  });
  test("poll_oneoff", "waits for descriptors", async (p) => {
    writeFileSync(join(p.box, "f"), "0123456789");
    const fd = await p.opened("f", { base: FILE_RIGHTS });
    const clock = { data: 9n, clock: [1, 100_000n * MS, 0] } as const;
    await p.seek(fd, 3n);
    const events = await poll(p, [clock, { data: 1n, read: fd }, { data: 2n, write: fd }]);
    expect(events.map((e) => [e.data, e.error, e.type])).toEqual([
      [1n, 0, 1],
      [2n, 0, 2],
    ]);
    expect(events[0]!.bytes).toBe(7n);
    const many: Subscription[] = Array.from({ length: 100 }, (_, k) => ({
      data: BigInt(k),
      ...(k % 2 === 0 ? { read: fd } : { write: fd }),
    }));
    expect((await poll(p, many)).map((e) => e.data)).toEqual(many.map((s) => s.data));
  });
}

function standardInput({ test }: Tests): void {
  let input = -1;
  const withFile = (outside: string): { stdin: number } => {
    writeFileSync(join(outside, "input"), "some input");
    input = openSync(join(outside, "input"), "r");
    return { stdin: input };
  };
  test(
    "fd_read fd_seek fd_write",
    "read standard input from a file",
    async (p) => {
      expect(await p.read(0, 4)).toBe("some");
      expect(await p.seek(0, 1n, 1)).toBe(5n);
      expect(await p.read(0)).toBe("input");
      expect(await p.read(0)).toBe("");
      await p.fails(E.notcapable, "fd_write", 0, ...(await p.vectors(1)), OUT);
      const { base } = await p.fdstat(0);
      expect(base & rights("write")).toBe(0n);
      expect(base & READING).toBe(READING);
      closeSync(input);
    },
    withFile,
  );
}

// The end that the guest reads is opened for writing as well, so that it never comes to its end,
// and does not block on our side: that must not be seen by a guest that did not ask for it.
function pipedInput({ test }: Tests): void {
  let input = -1;
  const write = (outside: string, text: string, seconds: number): void => {
    const words = ["-c", `sleep ${seconds}; printf ${text} > "$0"`, join(outside, "fifo")];
    spawn("sh", words, { stdio: "ignore" });
  };
  const withPipe = (outside: string): { stdin: number } => {
    execFileSync("mkfifo", [join(outside, "fifo")]);
    input = openSync(join(outside, "fifo"), constants.O_RDWR | constants.O_NONBLOCK);
    return { stdin: input };
  };
  test(
    "fd_read poll_oneoff fd_fdstat_set_flags",
    "wait for a pipe, or do not",
    async (p) => {
      const timeout = { data: 9n, clock: [1, 10n * MS, 0] } as const;
      const long = { data: 9n, clock: [1, 100_000n * MS, 0] } as const;
      expect((await poll(p, [{ data: 1n, read: 0 }, timeout])).map((e) => e.data)).toEqual([9n]);
      write(p.outside, "abc", 0.2);
      const [event, ...others] = await poll(p, [{ data: 1n, read: 0 }, long]);
      expect([event!.data, event!.error, event!.bytes, others.length]).toEqual([1n, 0, 3n, 0]);
      expect(await p.read(0, 3)).toBe("abc");
      await p.ok("fd_fdstat_set_flags", 0, F.nonblock);
      await p.fails(E.again, "fd_read", 0, ...(await p.vectors(1)), OUT);
      await p.ok("fd_fdstat_set_flags", 0, 0);
      write(p.outside, "late", 0.2);
      expect(await p.read(0, 4)).toBe("late");
      await p.fails(E.spipe, "fd_seek", 0, 0n, 1, OUT);
      closeSync(input);
    },
    withPipe,
  );
}

export function processTests(tests: Tests): void {
  strings(tests);
  clocks(tests);
  chance(tests);
  ends(tests);
  waiting(tests);
  standardInput(tests);
  pipedInput(tests);
  tests.test(
    "poll_oneoff fd_seek fd_filestat_get",
    "of wasi_unstable have layouts of their own",
    async (p) => {
      writeFileSync(join(p.box, "f"), "0123456789");
      const fd = await p.opened("f");
      expect(await p.seek(fd, 4n, 2)).toBe(4n); // set
      expect(await p.seek(fd, 1n, 0)).toBe(5n); // current
      expect(await p.seek(fd, -1n, 1)).toBe(9n); // end
      await p.ok("fd_filestat_get", fd, OUT);
      const v = await p.view(OUT, 56);
      expect([v.getUint8(16), v.getUint32(20, true)]).toEqual([4, 1]);
      expect(v.getBigUint64(24, true)).toBe(10n);
      await p.ok("path_filestat_get", 3, 1, ...(await p.path("f")), OUT);
      expect(await p.guest.read(OUT, 56)).toEqual(new Uint8Array(v.buffer, v.byteOffset, 56));
      await p.ok("fd_filestat_get", fd, MEMORY - 56);
      const clock = [1, 1000n, 0] as const;
      const events = await poll(
        p,
        [
          { data: 5n, clock },
          { data: 6n, read: fd },
        ],
        true,
      );
      expect(events.map((e) => e.data)).toContain(6n);
      expect(await p.call("fd_fdstat_set_flags", fd, F.append)).toBe(0);
    },
    { unstable: true },
  );
}
