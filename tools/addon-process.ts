// The native engine among others in one process, each case a process of its own, since what goes
// wrong here ends it: `node dist/tools/addon-process.js CASE [ARG]`. It prints "ok" or dies.
//
//   threads      several workers at once, each with guests that trap, grow, nest and are collected
//   endings      workers that end while their guests are suspended, or have just trapped
//   v8           traps of V8's own WebAssembly before, between and after ours, in nests of both
//   handler LIB  someone else's handler for SIGSEGV, in an addon: installed before ours and after
//   globals      64,119 globals, made, linked and used
//   recursion    guests and hosts that call each other until the stack ends, at many depths
//   late         a call out of an exit handler, and a process that ends with guests suspended

import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { fileURLToPath } from "node:url";
import { NativeEngine } from "../src/engine/addon.ts";
import type { Callable } from "../src/engine/engine.ts";
import { RuntimeError } from "../src/engine/errors.ts";
import { parseWat } from "../src/text/wat.ts";
import { I32 } from "../src/wasm/types.ts";
import { caught, link } from "./addon-kit.ts";
import type { Linkage } from "./addon-kit.ts";

function expect(found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`found ${String(found)}, not ${String(wanted)}`);
}

const wat = `(module (import "m" "a" (func $a (param i32) (result i32)))
  (memory (export "memory") 1 100) (type $t (func (param i32) (result i32)))
  (table 1 funcref)
  (func $f (export "f") (param i32) (result i32) (i32.add (call $a (local.get 0)) (i32.const 1)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "die") unreachable)
  (func (export "null") (param i32) (result i32)
    (call_indirect (type $t) (local.get 0) (i32.const 0)))
  (func $deep (export "deep") (param i32) (result i32)
    (i32.add (i32.const 1) (call $deep (i32.add (local.get 0) (i32.const 1))))))`;

const isTrap = (action: () => unknown): void => {
  const error = caught(action);
  if (!(error instanceof RuntimeError)) throw new Error(`no trap but ${String(error)}`);
};

/** A bit of everything. */
function exercise(engine: NativeEngine, rounds: number): void {
  for (let k = 0; k < rounds; k++) {
    const m: Linkage = link(engine, wat, [
      (n) => {
        const left = n as number;
        if (left % 5 === 4) isTrap(() => m.call("load", 70_000 * 100 + left));
        return left === 0 ? 0 : m.call("f", left - 1);
      },
    ]);
    expect(m.call("f", 20), 21);
    for (let i = 0; i < 20; i++) isTrap(() => m.call("load", 65_533 + i));
    expect(m.call("grow", 1), 1);
    expect(m.call("load", 70_000), 0);
    isTrap(() => m.call("die"));
    isTrap(() => m.call("null", 1));
    if (!(caught(() => m.call("deep", 0)) instanceof RangeError)) throw new Error("no RangeError");
    new Uint8Array(m.memory().buffer).fill(k);
  }
}

// ---- threads -----------------------------------------------------------------------------------

const self = fileURLToPath(import.meta.url);

function start(work: string): { worker: Worker; ended: Promise<number> } {
  const worker = new Worker(self, { workerData: { work } });
  const ended = new Promise<number>((resolve, reject) => {
    worker.on("error", reject);
    worker.on("exit", resolve);
  });
  return { worker, ended };
}

const WORKERS = 6;

async function threads(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    const started = Array.from({ length: WORKERS }, () => start("exercise"));
    exercise(new NativeEngine(), 5);
    for (const { ended } of started) expect(await ended, 0);
  }
  exercise(new NativeEngine(), 5);
}

async function endings(): Promise<void> {
  for (let round = 0; round < 12; round++) {
    const { worker, ended } = start(["suspend", "trap", "exit"][round % 3]!);
    if (round % 3 === 2) {
      expect(await ended, 7);
      continue;
    }
    await new Promise((resolve) => worker.once("message", resolve));
    expect(await worker.terminate(), 1);
  }
  exercise(new NativeEngine(), 5);
}

const wait = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};

function inWorker(work: string): void {
  const engine = new NativeEngine();
  if (work === "exercise") {
    exercise(engine, 10);
    return;
  }
  const m = link(engine, wat, [
    () => {
      if (work === "exit") process.exit(7);
      if (work === "trap") isTrap(() => m.call("die"));
      parentPort?.postMessage("here");
      wait();
    },
  ]);
  m.call("f", 1);
}

// ---- with V8 -----------------------------------------------------------------------------------

interface Foreign {
  readonly WebAssembly: {
    Module: new (bytes: Uint8Array) => object;
    Instance: new (module: object, imports: object) => { exports: Record<string, Callable> };
    RuntimeError: new () => Error;
  };
}

function v8(): void {
  const { WebAssembly } = globalThis as never as Foreign;
  const theirs = (a: Callable): Record<string, Callable> =>
    new WebAssembly.Instance(new WebAssembly.Module(parseWat(wat)), { m: { a } }).exports;
  const alone = theirs(() => 0);
  isTrap(() => alone["load"]!(65_536));
  const engine = new NativeEngine();
  for (let k = 0; k < 200; k++) {
    const own: Linkage = link(engine, wat, [
      (n) => {
        isTrap(() => alone["load"]!(65_536 + k));
        return (n as number) > 0 ? mixed["f"]!((n as number) - 1) : 0;
      },
    ]);
    const mixed = theirs((n) => {
      isTrap(() => own.call("load", 65_536 + k));
      return (n as number) > 0 ? own.call("f", (n as number) - 1) : 0;
    });
    expect(own.call("f", 9), 10);
    isTrap(() => alone["die"]!());
    isTrap(() => own.call("die"));
    isTrap(() => alone["load"]!(-5));
  }
}

// ---- a foreign handler -------------------------------------------------------------------------

interface Faulty {
  /** Installs the handler; it recovers from the faults of `fault` and passes others on. */
  install(): void;
  /** Makes a fault; answers how many faults of its own the handler has seen. */
  fault(): number;
}

function handler(path: string): void {
  const loaded = { exports: {} };
  process.dlopen(loaded, path);
  const faulty = loaded.exports as Faulty;
  let faults = 0;
  const both = (engine: NativeEngine | undefined): void => {
    expect(faulty.fault(), ++faults);
    if (engine !== undefined) exercise(engine, 3);
    expect(faulty.fault(), ++faults);
  };
  faulty.install();
  both(undefined);
  const engine = new NativeEngine();
  both(engine);
  faulty.install(); // once more, on top of ours
  both(engine);
  both(new NativeEngine());
}

// ---- amounts -----------------------------------------------------------------------------------

function globals(): void {
  const engine = new NativeEngine();
  const count = 64_119;
  const made = Array.from({ length: count }, (_, k) =>
    engine.newGlobal({ type: I32, mutable: true }, k),
  );
  const imports = made.map((_, k) => `(import "m" "g${k}" (global (mut i32)))`).join("\n");
  const m = link(
    engine,
    `(module ${imports} (func (export "f") (result i32)
      (i32.add (global.get 0) (global.get ${count - 1}))) (export "last" (global ${count - 1})))`,
    made,
  );
  expect(m.call("f"), count - 1);
  made[0]!.set(5);
  made[count - 1]!.set(6);
  expect(m.call("f"), 11);
  expect(m.global("last"), made[count - 1]);
  for (const [k, global] of made.entries()) global.set(k);
  for (const [k, global] of made.entries()) expect(global.get(), k);
}

function recursion(): void {
  const engine = new NativeEngine();
  let depth = 0;
  const m: Linkage = link(engine, wat, [
    (n) => {
      depth++;
      return m.call("f", n);
    },
  ]);
  const filler = (left: number): unknown => (left > 0 ? filler(left - 1) : m.call("f", 1));
  for (let k = 0; k < 200; k++) {
    depth = 0;
    if (!(caught(() => filler(k * 3)) instanceof RangeError)) throw new Error("no RangeError");
    if (depth < 100) throw new Error(`only ${depth} deep`);
    isTrap(() => m.call("load", 65_536));
  }
}

function late(): void {
  const engine = new NativeEngine();
  const m = link(engine, wat, [() => process.exit(0)]);
  process.on("exit", () => {
    isTrap(() => m.call("load", 65_536));
    exercise(engine, 1);
    console.log("ok");
  });
  m.call("f", 1);
}

const cases: Readonly<Record<string, (arg: string) => void | Promise<void>>> = {
  threads,
  endings,
  v8,
  handler,
  globals,
  recursion,
};

if (isMainThread) {
  const [name = "", arg = ""] = process.argv.slice(2);
  if (name === "late") {
    late();
  } else {
    await cases[name]!(arg);
    console.log("ok");
  }
} else {
  inWorker((workerData as { work: string }).work);
}
