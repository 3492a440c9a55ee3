// poll_oneoff: waits for clocks and descriptors. Node has no poll: readiness is asked for again and
// again, at growing intervals up to a few milliseconds, until something is due. What is known of a
// descriptor, and what is taken for granted, stands in hostfile.ts: regular files and whatever is
// written to are ready at once.
//
// Under a fixed clock no time passes: clocks that are due by it are answered, and if nothing else
// happens the earliest of them is.

import { ERRNO, errnoOf, fail } from "./errno.ts";
import { TYPE } from "./fs.ts";
import type { Call } from "./guest.ts";
import { rights } from "./rights.ts";
import { CLOCKS } from "./world.ts";
import type { Wasi } from "./world.ts";

const CLOCK = 0;
const READ = 1;
const WRITE = 2;
const EVENT = 32;
const HANGUP = 1;
const ABSOLUTE = 1;
const MONOTONIC = 1;
const LONGEST = 2 ** 31 - 1;
const INTERVAL = 5;

const POLL = rights("poll_fd_readwrite");
const RIGHT_OF: Readonly<Record<number, number>> = {
  [READ]: rights("fd_read"),
  [WRITE]: rights("fd_write"),
};

/** What has happened to a subscription. */
interface Happened {
  readonly errno: number;
  readonly count: bigint;
  readonly flags: number;
}

interface Subscription {
  readonly data: bigint;
  readonly type: number;
  /** Of a clock: nanoseconds left, from a moment of the monotonic clock on. */
  readonly left: () => bigint;
  /** undefined: not yet. */
  readonly ask: () => Happened | undefined;
}

const done = (errno = ERRNO["success"]!): Happened => ({ errno, count: 0n, flags: 0 });
const never = (): bigint => -1n;

function clockIn(wasi: Wasi, c: Call, s: DataView): Pick<Subscription, "left" | "ask"> {
  const { clock: at, timeout: where, flags } = c.layout.subscription;
  const clock = s.getUint32(at, true);
  const timeout = s.getBigUint64(where, true);
  const how = s.getUint16(flags, true);
  if (clock >= CLOCKS || (how & ~ABSOLUTE) !== 0) fail("inval");
  // Processor time does not pass while one waits for it.
  if (clock > MONOTONIC) fail("notsup");
  const isAbsolute = how === ABSOLUTE;
  const by = isAbsolute ? clock : MONOTONIC;
  const end = isAbsolute ? timeout : wasi.now(by) + timeout;
  const left = (): bigint => {
    const now = wasi.now(by);
    return end > now ? end - now : 0n;
  };
  return { left, ask: () => (left() === 0n ? done() : undefined) };
}

function askDescriptor(wasi: Wasi, type: number, number: number): Happened | undefined {
  const fd = wasi.fd(number);
  if ((fd.base & POLL) === 0 || (fd.base & RIGHT_OF[type]!) === 0) fail("notcapable");
  const { file } = fd;
  if (type === WRITE) return { errno: 0, count: 1n, flags: 0 };
  if (file.type === TYPE.regular) return { errno: 0, count: fd.left, flags: 0 };
  const ready = file.ready();
  if (ready === undefined) return undefined;
  return { errno: 0, count: BigInt(ready.count), flags: ready.ended ? HANGUP : 0 };
}

function subscriptionIn(wasi: Wasi, c: Call, s: DataView): Subscription {
  const data = s.getBigUint64(0, true);
  const type = s.getUint8(8);
  const attempt = <T>(act: () => T, orElse: (errno: number) => T): T => {
    try {
      return act();
    } catch (error) {
      return orElse(errnoOf(error));
    }
  };
  if (type === CLOCK) {
    const failed = (errno: number) => ({ left: never, ask: () => done(errno) });
    return { data, type, ...attempt(() => clockIn(wasi, c, s), failed) };
  }
  if (type !== READ && type !== WRITE) return fail("inval");
  const number = s.getUint32(16, true);
  return {
    data,
    type,
    left: never,
    ask: () => attempt(() => askDescriptor(wasi, type, number), done),
  };
}

/** Milliseconds until the earliest clock is due, LONGEST where there is none. */
function timeLeft(all: readonly Subscription[]): number {
  let least = LONGEST;
  for (const { left } of all) {
    const nanos = left();
    if (nanos >= 0n) least = Math.min(least, Number(nanos) / 1e6);
  }
  return least;
}

/** The clocks that are due first, for time that stands still. */
function earliest(all: readonly Subscription[]): [Subscription, Happened][] {
  const clocks = all.filter((s) => s.left() >= 0n);
  const least = clocks.reduce((a, s) => (s.left() < a ? s.left() : a), clocks[0]?.left() ?? 0n);
  return clocks.filter((s) => s.left() === least).map((s) => [s, done()]);
}

/** Waits until something has happened. */
function wait(wasi: Wasi, all: readonly Subscription[]): [Subscription, Happened][] {
  const asks = all.some((s) => s.type !== CLOCK);
  for (let interval = 0.1; ; interval = Math.min(2 * interval, INTERVAL)) {
    const events: [Subscription, Happened][] = [];
    for (const s of all) {
      const what = s.ask();
      if (what !== undefined) events.push([s, what]);
    }
    if (events.length > 0) return events;
    if (wasi.fixedClock !== undefined && all.some((s) => s.left() >= 0n)) return earliest(all);
    wasi.sleep(Math.min(timeLeft(all), asks ? interval : LONGEST));
  }
}

export function pollOneoff(wasi: Wasi, c: Call): void {
  const { size } = c.layout.subscription;
  const count = c.u32(2);
  const first = c.u32(0);
  c.bytes(first, count * size);
  const out = c.bytes(c.u32(1), count * EVENT);
  const stored = c.view(c.u32(3), 4);
  if (count === 0) fail("inval");
  const all = Array.from({ length: count }, (_, i) =>
    subscriptionIn(wasi, c, c.view(first + i * size, size)),
  );
  const events = wait(wasi, all);
  out.fill(0, 0, events.length * EVENT);
  events.forEach(([{ data, type }, { errno, count: ready, flags }], i) => {
    const to = new DataView(out.buffer, out.byteOffset + i * EVENT, EVENT);
    to.setBigUint64(0, data, true);
    to.setUint16(8, errno, true);
    to.setUint8(10, type);
    if (type === CLOCK) return;
    to.setBigUint64(16, ready, true);
    to.setUint16(24, flags, true);
  });
  stored.setUint32(0, events.length, true);
}
