// What becomes of instances that nobody can reach any more, on the engines behind the JavaScript
// interface: `node --expose-gc dist/tools/lifetime.js ENGINE SCENARIO COUNT [TURN]` makes, uses and
// drops something COUNT times, letting the event loop turn after every TURN of them (100; 0: not
// at all), and prints what is in use at the first tenth and at the end: bytes of the process, and
// what the engine counts.

import { performance } from "node:perf_hooks";
import { NativeEngine } from "../src/engine/addon.ts";
import type {
  Callable,
  Engine,
  EngineModule,
  HostFunction,
  Linked,
  LinkedFunc,
  LinkedGlobal,
  LinkedTable,
} from "../src/engine/engine.ts";
import { PortableEngine, prepare } from "../src/engine/portable.ts";
import { theMachine } from "../src/interp/machine.ts";
import { parseWat } from "../src/text/wat.ts";
import { EXTERNREF, FUNCREF, I32 } from "../src/wasm/types.ts";
import { artifactOf } from "./addon-kit.ts";

interface Side {
  readonly engine: Engine;
  moduleOf(wat: string): EngineModule;
  inUse(): object;
}

function native(): Side {
  const engine = new NativeEngine();
  return {
    engine,
    moduleOf: (wat) => engine.load(artifactOf(wat)),
    inUse: () => engine.inUse(),
  };
}

const portable = (): Side => ({
  engine: new PortableEngine() as Engine,
  moduleOf: (wat) => prepare(parseWat(wat)),
  inUse: () => theMachine().numbers.inUse,
});

const [side = "interpreter", name = "usual", count = "20000", pace = "100"] = process.argv.slice(2);
const { engine, moduleOf, inUse } = side === "native" ? native() : portable();

function load(
  module: EngineModule,
  ...imports: (Linked | HostFunction | Callable)[]
): Record<string, Linked> {
  const given = imports.map((g) =>
    typeof g === "function" ? ({ kind: "host", call: g } as const) : g,
  );
  const { exports } = engine.instantiate(module, given);
  return Object.fromEntries(module.exports.map((e, i) => [e.name, exports[i]!]));
}

const fn = (linked: Linked | undefined): Callable => (linked as { callable: Callable }).callable;

function check(found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`found ${String(found)}, not ${String(wanted)}`);
}

const limits = (min: number) => ({ min, max: -1, shared: false });

const usual = moduleOf(`(module (import "" "h" (func $h (param i32) (result i32)))
  (memory (export "m") 1) (table (export "t") 4 funcref)
  (global (export "g") (mut i64) (i64.const 1))
  (global (mut f64) (f64.const 1)) (elem (i32.const 0) $f $f)
  (func $f (export "f") (param i32) (result i32) (i32.store (i32.const 0) (local.get 0))
    (i32.add (call $h (local.get 0)) (i32.load (i32.const 0)))))`);
const exporter = moduleOf(`(module (memory (export "m") 1) (func (export "f") (result i32)
  (i32.const 3)) (table (export "t") 2 funcref))`);
const importer = moduleOf(`(module (import "" "f" (func $f (result i32)))
  (func (export "g") (result i32) (i32.add (call $f) (i32.const 1))))`);
const sharer = moduleOf(`(module (import "" "t" (table 2 funcref)) (elem (i32.const 0) $f)
  (func $f (export "f") (result i32) (i32.const 5)))`);
const user = moduleOf(`(module (import "" "t" (table 2 funcref))
  (func (export "g") (result i32) (call_indirect (result i32) (i32.const 0))))`);
const globals = moduleOf(`(module (import "" "g" (global $g (mut i32)))
  (import "" "r" (global $r (mut funcref))) (table 1 funcref)
  (func (export "f") (result i32) (table.set (i32.const 0) (global.get $r))
    (i32.add (global.get $g) (call_indirect (result i32) (i32.const 0)))))`);
const values = moduleOf(`(module (table (export "t") 2 externref)
  (func (export "put") (param externref) (table.set (i32.const 1) (local.get 0))))`);
const waiter = moduleOf(`(module (import "" "w" (func $w (result i32))) (memory 1)
  (func $f (export "f") (param i32) (result i32) (i32.store (i32.const 8) (i32.const 7))
    (i32.add (call $w) (i32.add (local.get 0) (i32.load (i32.const 8))))))`);
const traps = moduleOf(`(module (memory 1) (func $f (export "f") (param i32) (result i32)
  (i32.load (local.get 0))))`);

const library = load(exporter);
const keeper = load(
  moduleOf(`(module (table (export "t") 2 funcref) (table $e 2 externref)
    (global (export "g") (mut externref) (ref.null extern))
    (func (export "put") (param externref) (table.set $e (i32.const 1) (local.get 0)))
    (func (export "get") (result externref) (table.get $e (i32.const 1)))
    (func (export "call") (result i32) (call_indirect (result i32) (i32.const 0))))`),
);

/** Each makes something, uses it and drops it. */
const scenarios: Readonly<Record<string, (k: number) => void>> = {
  // The host's function refers to the instance that imports it.
  usual(k) {
    const inst: Record<string, Linked> = load(usual, (n) => {
      const { length } = inst["t"] as { length: number };
      return (n as number) + length;
    });
    check(fn(inst["f"])(k), 2 * k + 4);
  },
  // Importers of a plain function of an instance that lives on.
  library: () => check(fn(load(importer, library["f"]!)["g"])(), 4),
  // Two instances that call each other through a table.
  table() {
    const t = load(exporter)["t"]!;
    load(sharer, t);
    check(fn(load(user, t)["g"])(), 5);
  },
  globals(k) {
    const g = engine.newGlobal({ type: I32, mutable: true }, k);
    const r = engine.newGlobal({ type: FUNCREF, mutable: true }, fn(load(exporter)["f"]));
    check(fn(load(globals, g, r)["f"])(), k + 3);
  },
  // Values that refer to the instance that holds them.
  externref() {
    const inst = load(values);
    fn(inst["put"])({ inst });
    const t = engine.newTable({ elem: EXTERNREF, limits: limits(3) }, null);
    t.set(1, { t });
  },
  // One instance that lives on and is handed ever new values, and functions of others.
  passing(k) {
    fn(keeper["put"])({ k });
    check((fn(keeper["get"])() as { k: number }).k, k);
    (keeper["t"] as LinkedTable).set(0, fn(load(exporter)["f"]));
    check(fn(keeper["call"])(), 3);
    (keeper["g"] as LinkedGlobal).set({ k });
  },
  growth() {
    const memory = engine.newMemory({ limits: limits(1) });
    const { buffer } = memory;
    memory.grow(1);
    check(buffer.byteLength, 0);
    check(memory.buffer.byteLength, 131_072);
  },
  trap() {
    const f = fn(load(traps)["f"]);
    for (const at of [0, 65_536]) {
      try {
        f(at);
      } catch {
        check(at, 65_536);
      }
    }
  },
  // Guests that wait for promises: one in four promises settles, long after everybody has let go of
  // the instance; the others are forgotten.
  suspended(k) {
    const inst = load(waiter, {
      kind: "host",
      suspending: true,
      call: () => new Promise((resolve) => void (k % 4 === 0 && settling.push(() => resolve(k)))),
    });
    const f = inst["f"] as LinkedFunc;
    const late = engine.promising(f)(k) as Promise<unknown>;
    if (k % 4 === 0) void late.then((sum) => check(sum, 2 * k + 7), fail);
    if (settling.length > 50) settling.shift()!();
  },
  // Instances made from snapshots and restored, and snapshots that nobody has any more.
  snapshot(k) {
    const made = engine.instantiate(usual, [{ kind: "host", call: (n) => n }]);
    const index = usual.exports.findIndex(({ name: n }) => n === "f");
    const f = (of: typeof made): Callable => fn(of.exports[index]);
    check(f(made)(k), 2 * k);
    const image = made.snapshot!();
    const host = { kind: "host", call: (n: unknown) => n } as const;
    const other = engine.instantiate(usual, [host], { from: image });
    check(f(other)(k + 1), 2 * k + 2);
    made.restore!(image);
    other.restore!(image);
  },
  // Only what is kept lives on, and works.
  kept(k) {
    const slot = k % kept.length;
    kept[slot]?.();
    const made = load(usual, (n) => n);
    const { f, m } = made;
    const buffer = (m as { buffer: ArrayBuffer }).buffer;
    const ways = [
      () => check(fn(f)(k), 2 * k),
      () => check(new Int32Array(buffer)[1], 0),
      () => check((made["g"] as { get(): unknown }).get(), 1n),
      () => check((made["t"] as { get(i: number): Callable }).get(1)(k), 2 * k),
    ];
    kept[slot] = ways[k % ways.length]!;
  },
};

/** Settles a promise that a guest waits for. */
const settling: (() => void)[] = [];

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}

const kept: (() => void)[] = Array.from({ length: 1000 }, () => () => undefined);

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

async function figures(): Promise<object> {
  for (let i = 0; i < 4; i++) {
    (globalThis as { gc?: () => void }).gc?.();
    await turn();
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed, external, ...inUse() };
}

const scenario = scenarios[name];
if (scenario === undefined) throw new Error(`scenarios are ${Object.keys(scenarios).join(" ")}`);
const rounds = Number(count);
const began = performance.now();
let first: object = {};
for (let k = 0; k < rounds; k++) {
  scenario(k);
  if (k % Number(pace) === Number(pace) - 1) await turn();
  if (k === Math.floor(rounds / 10)) first = await figures();
}
const time = (performance.now() - began) / rounds;
console.log(
  JSON.stringify({ first, last: await figures(), microseconds: Math.round(1000 * time) }),
);
