// What the preload reports (INGOT_REGISTER=report): a line per module about where it came from, how
// often the program and its guests call each other, and whether native code paid, printed when the
// process ends. In: what became of the modules, and counts of calls. Out: lines on standard error.
//
// Whether it paid is an estimate. Each module is given to the host's engine as well, for the time
// that this takes there (so a report costs time itself). But V8 only validates then: it compiles a
// function when that is first called, and again when it is hot, which is charged by the byte.
// Crossings are charged with what they cost more than the host's own (make bench-boundary). The
// speed of either engine's code is not in the sum. The last line says so.

import { coverFunc } from "./cover.ts";
import type { Callable, Engine, EngineModule, HostFunction, Linked } from "./engine.ts";
import type { ForeignNamespace } from "./provider.ts";
import type { Seen } from "./watch.ts";

/** Nanoseconds that a call costs more than the host engine's own: of an export, of the host. */
const ENTRY = 30;
const EXIT = 50;
/**
 * Nanoseconds that the host's engine spends on compiling functions until a program has its first
 * result, per byte of the module: the least that was seen of packages of more than 200 kB.
 */
const BYTE = 30;
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
  /** How often it was asked for again. */
  kept: number;
  instances: number;
  /** Calls of exports from JavaScript, and of JavaScript from the guest. */
  entries: number;
  exits: number;
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

const rateText = (n: number): string =>
  n < 10_000 ? n.toFixed(0) : n < 1e6 ? `${(n / 1e3).toFixed(0)} k` : `${(n / 1e6).toFixed(1)} M`;

/** How often the boundary was crossed, since the module was there. */
function crossingsText({ entries, exits, since }: Line): string {
  if (entries + exits === 0) return "no boundary crossings";
  const passed = performance.now() - since;
  const rate = rateText((entries + exits) / Math.max(passed / 1000, 1e-3));
  const calls = `${entries} calls of exports, ${exits} of host functions`;
  return `${rate} boundary crossings per second (${calls})`;
}

/** What native code saved at the start, less what its crossings cost more. */
function verdict({ size, ms, hostMs, entries, exits }: Line): string {
  if (Number.isNaN(hostMs)) return "V8 does not take it";
  const theirs = hostMs + (size * BYTE) / 1e6;
  const saved = theirs - ms;
  const cost = (entries * ENTRY + exits * EXIT) / 1e6;
  const start = saved >= 0 ? `saved ${msText(saved)}` : `lost ${msText(-saved)}`;
  const gain = saved - cost;
  const paid = gain >= EVEN ? "paid" : gain > -EVEN ? "even" : "did not pay";
  return `V8 some ${msText(theirs)}: ${start}, crossings cost ${msText(cost)}: ${paid}`;
}

function textOf(line: Line): string {
  const { source, size, origin, ms, kept, why, instances } = line;
  const again = kept === 0 ? "" : `, kept ${kept} ${kept === 1 ? "time" : "times"}`;
  const parts = [source, sizeText(size), `${origin} ${msText(ms)}${again}`];
  if (origin === "foreign") parts.push(`on V8: ${why}`);
  else {
    const count = `${instances} ${instances === 1 ? "instance" : "instances"}`;
    parts.push(count, crossingsText(line), verdict(line));
  }
  return `ingot: ${parts.join("  ")}\n`;
}

const REMARK =
  "ingot: V8's times are estimates, since it compiles functions when they are called; for " +
  "certainty time the program with INGOT_REGISTER=off and without.\n";

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
    const known = origin === "kept" ? this.byModule.get(module) : undefined;
    if (known !== undefined) {
      known.kept++;
      return;
    }
    const line: Line = {
      source: sourceOf(stack),
      size: bytes.length,
      origin,
      why,
      ms,
      hostMs: origin === "foreign" ? NaN : this.timeOf(bytes),
      since: performance.now(),
      kept: 0,
      instances: 0,
      entries: 0,
      exits: 0,
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

  /** The engine, with the calls counted that its guests make and get from JavaScript. */
  counting<M extends EngineModule>(engine: Engine<M>): Engine<M> {
    const instantiate: Engine<M>["instantiate"] = (module, imports, limits) => {
      const line = this.byModule.get(module);
      if (line === undefined) return engine.instantiate(module, imports, limits);
      line.instances++;
      const given = imports.map((i) => counted(line, i));
      const instance = engine.instantiate(module, given, limits);
      countExports(line, imports, instance.exports);
      return instance;
    };
    return Object.assign(Object.create(engine) as Engine<M>, { instantiate });
  }

  /** Prints all lines. */
  print(): void {
    for (const line of this.lines) this.write(textOf(line));
    if (this.lines.some(({ hostMs }) => !Number.isNaN(hostMs))) this.write(REMARK);
  }
}

type Given = Linked | HostFunction | undefined;

function counted(line: Line, given: Given): Given {
  if (given?.kind !== "host") return given;
  const { call } = given;
  const counting: Callable = (...args) => {
    line.exits++;
    return call(...args);
  };
  return { ...given, call: counting };
}

/** Functions that the instance has imported from others count there. */
function countExports(line: Line, imports: readonly Given[], exports: readonly Linked[]): void {
  const seen = new Set<Given>(imports);
  for (const func of exports) {
    if (func.kind !== "func" || seen.has(func)) continue;
    seen.add(func);
    coverFunc(func, (inner) => (...args) => {
      line.entries++;
      return inner(...args);
    });
  }
}
