// What the preload reports (INGOT_REGISTER=report): a line per module about where it came from and
// whether native code paid, printed when the process ends. In: what became of the modules, and
// counts of what crossed between JavaScript and the guest. Out: lines on standard error.
//
// Whether it paid: each module is compiled by the host's engine as well, for the time that this
// takes there (so a report costs time itself), and crossings are charged with what they cost more
// than the host's own, a bound measured by `make bench-boundary`. The code's own speed is not in
// the sum.

import type { Callable, Engine, EngineModule, HostFunction, Linked } from "./engine.ts";
import type { ForeignNamespace } from "./provider.ts";
import type { Seen } from "./watch.ts";

/** Nanoseconds that a crossing costs more than the host engine's own, at most. */
const CROSSING = 55;
/** Milliseconds that nobody notices. */
const EVEN = 10;

/** A module in the report. */
interface Line {
  readonly source: string;
  readonly size: number;
  readonly origin: Seen["origin"];
  readonly why: string;
  readonly ms: number;
  /** What the host's engine took for the same bytes; NaN where it was not asked. */
  readonly hostMs: number;
  /** performance.now() when the module was there. */
  readonly since: number;
  instances: number;
  calls: number;
}

const HERE = new URL("..", import.meta.url).href;

/** Where in a program a module is made: the innermost frame that is not ingot's. */
export function sourceOf(stack: string): string {
  for (const line of stack.split("\n").slice(1)) {
    const [, place = ""] =
      /(?:\(|at |async )((?:file:\/\/|\/|node:)[^\s()]+:\d+):\d+\)?$/.exec(line) ?? [];
    if (place !== "" && !place.startsWith(HERE)) return place.replace(/^file:\/\//, "");
  }
  return process.argv[1] ?? "?";
}

const MIB = 2 ** 20;
const sizeText = (n: number): string =>
  n < 10_000 ? `${n} B` : n < MIB ? `${(n / 1024).toFixed(0)} KiB` : `${(n / MIB).toFixed(1)} MiB`;
const msText = (ms: number): string => `${ms < 100 ? ms.toFixed(1) : ms.toFixed(0)} ms`;

function rateText(calls: number, seconds: number): string {
  const rate = calls / Math.max(seconds, 1e-3);
  return rate < 10_000 ? `${rate.toFixed(0)}/s` : `${(rate / 1e6).toFixed(2)} M/s`;
}

/** What native code saved at the start, less what its crossings cost more. */
function verdict(line: Line): string {
  if (line.origin === "foreign") return `on V8: ${line.why}`;
  if (Number.isNaN(line.hostMs)) return "V8 does not take it";
  const saved = line.hostMs - line.ms;
  const cost = (line.calls * CROSSING) / 1e6;
  const start = saved >= 0 ? `saved ${msText(saved)}` : `lost ${msText(-saved)}`;
  const gain = saved - cost;
  const paid = gain >= EVEN ? "paid" : gain > -EVEN ? "even" : "did not pay";
  return `V8 ${msText(line.hostMs)}: ${start}, crossings cost ${msText(cost)}: ${paid}`;
}

export class Ledger {
  private readonly lines: Line[] = [];
  private readonly byModule = new Map<object, Line>();
  private readonly host: ForeignNamespace | undefined;
  private readonly write: (text: string) => void;

  constructor(host: ForeignNamespace | undefined, write: (text: string) => void) {
    this.host = host;
    this.write = write;
  }

  /** Notes a module; to be called when it is there. */
  add({ bytes, origin, ms, module, why, stack }: Seen): void {
    const isOurs = origin !== "foreign";
    const known = origin === "kept" ? this.byModule.get(module) : undefined;
    const line: Line = {
      source: sourceOf(stack),
      size: bytes.length,
      origin,
      why,
      ms,
      hostMs: known?.hostMs ?? (isOurs ? this.timeOf(bytes) : NaN),
      since: performance.now(),
      instances: 0,
      calls: 0,
    };
    this.lines.push(line);
    this.byModule.set(module, line);
  }

  private timeOf(bytes: Uint8Array): number {
    if (this.host === undefined) return NaN;
    const started = performance.now();
    try {
      void new this.host.Module(bytes);
    } catch {
      return NaN;
    }
    return performance.now() - started;
  }

  /** The engine, with the calls of its guests counted; calls into guests are not. */
  counting<M extends EngineModule>(engine: Engine<M>): Engine<M> {
    const instantiate: Engine<M>["instantiate"] = (module, imports, limits) => {
      const line = this.byModule.get(module);
      if (line === undefined) return engine.instantiate(module, imports, limits);
      line.instances++;
      return engine.instantiate(
        module,
        imports.map((i) => counted(line, i)),
        limits,
      );
    };
    return Object.assign(Object.create(engine) as Engine<M>, { instantiate });
  }

  /** Prints all lines. */
  print(): void {
    const now = performance.now();
    for (const line of this.lines) {
      const { source, size, origin, ms, calls, instances, since } = line;
      const rate =
        origin === "foreign" ? "" : `  ${rateText(calls, (now - since) / 1000)} host calls`;
      this.write(
        `ingot: ${source}  ${sizeText(size)}  ${origin} ${msText(ms)}  ` +
          `${instances} ${instances === 1 ? "instance" : "instances"}${rate}  ${verdict(line)}\n`,
      );
    }
  }
}

function counted(
  line: Line,
  given: Linked | HostFunction | undefined,
): Linked | HostFunction | undefined {
  if (given?.kind !== "host") return given;
  const { call } = given;
  const counting: Callable = (...args) => {
    line.calls++;
    return call(...args);
  };
  return { ...given, call: counting };
}
