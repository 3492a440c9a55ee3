// Guests that borrow memories of V8's own WebAssembly, in a process by itself since what goes wrong
// here ends it: `node [FLAGS] dist/tools/borrowing.js ENGINE SCENARIO` prints "ok" or dies.
//
//   guarded    V8's memories have guard pages, and native code relies on them (not on every arm64),
//              unless those below belong to the next memory (guards.ts)
//   unguarded  they have none (--disable-wasm-trap-handler): modules are compiled once more, with
//              checks; an artifact without its module cannot be
//   dropped    memories and their guests, made and dropped by the hundred, leave nothing behind
//              (--expose-gc)

import { setTimeout as sleep } from "node:timers/promises";
import type { LinkedMemory } from "../src/engine/engine.ts";
import { RuntimeError } from "../src/engine/errors.ts";
import { hasRoomBelow } from "../src/engine/guards.ts";
import type { Memory, Module } from "../src/api/types.ts";
import { artifactOf } from "./addon-kit.ts";
import { ENGINES, host, newBench, thrown } from "./engines.ts";

const [wanted = "native", scenario = "guarded"] = process.argv.slice(2);
const { newProvider } = ENGINES.find(({ name }) => name === wanted)!;
const provider = newProvider();
const { wasm, bytes } = newBench(provider);
const isNative = wanted === "native";
const PAGE = 65_536;

const GUEST = `(module (import "e" "m" (memory 1 100)) (export "m" (memory 0))
  (func (export "get") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "put") (param i32 i32) (i32.store16 offset=16 (local.get 0) (local.get 1)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))`;

function expect(found: unknown, given: unknown): void {
  if (found !== given) throw new Error(`found ${String(found)}, not ${String(given)}`);
}

const memory = (maximum: number): Memory =>
  new host.WebAssembly.Memory({ initial: 1, maximum }) as unknown as Memory;

type Calls = Record<string, (...args: number[]) => number>;

const guest = (m: Memory, module = new wasm.Module(bytes(GUEST))): Calls =>
  new wasm.Instance(module, { e: { m } } as never).exports as Calls;

/** Looks at every boundary of some memories while they grow. */
function exercise(): void {
  const module: Module = new wasm.Module(bytes(GUEST));
  const maxima = [1, 2, 9, 40, 100];
  const memories = maxima.map(memory);
  const guests = memories.map((m) => guest(m, module));
  memories.forEach((m, k) => (new Uint8Array(m.buffer)[0] = k));
  for (let round = 0; round < 12; round++) {
    guests.forEach(({ get, put, grow }, k) => {
      const size = memories[k]!.buffer.byteLength;
      expect(get!(0), k);
      expect(get!(size - 1), 0);
      for (const at of [size, size + 1, size + PAGE, 2 ** 31, -1, -PAGE]) {
        if (!(thrown(() => get!(at)) instanceof RuntimeError)) throw new Error("no trap");
      }
      put!(size - 18, 0);
      if (!(thrown(() => put!(size - 17, 0)) instanceof RuntimeError)) throw new Error("no trap");
      if (!(thrown(() => put!(-16, 0)) instanceof RuntimeError)) throw new Error("no trap");
      const delta = round % 4;
      const pages = size / PAGE;
      expect(grow!(delta), pages + delta <= maxima[k]! ? pages : -1);
    });
  }
}

const borrowed = (): (LinkedMemory & { readonly isGuarded?: boolean }) | undefined =>
  provider.engine.borrow(memory(1));

function guarded(): void {
  if (isNative && !hasRoomBelow()) {
    // Next to each other, as they come.
    const memories = Array.from({ length: 20 }, () => memory(10));
    for (const m of memories) {
      expect((provider.engine.borrow(m) as { isGuarded?: boolean }).isGuarded, false);
    }
  } else if (isNative && process.arch === "x64") {
    expect(borrowed()!.isGuarded, true);
  }
  exercise();
}

function unguarded(): void {
  if (isNative) {
    expect(borrowed()!.isGuarded, false);
    const code = provider.load!(artifactOf(GUEST));
    const linking = (): unknown => provider.engine.instantiate(code, [borrowed()]);
    const error = thrown(linking);
    if (!error.message.includes("explicit bounds checks")) throw error;
  }
  exercise();
}

async function dropped(): Promise<void> {
  const { gc } = globalThis as unknown as { gc: () => void };
  const refs: WeakRef<object>[] = [];
  const module = new wasm.Module(bytes(GUEST));
  for (let k = 0; k < 500; k++) {
    const m = memory(1);
    const { get, grow } = guest(m, module);
    expect(get!(5) + grow!(1), -1);
    refs.push(new WeakRef(m));
    if (k % 50 === 0) await sleep(0);
  }
  for (let k = 0; k < 20; k++) {
    gc();
    await sleep(5);
  }
  const living = refs.filter((ref) => ref.deref() !== undefined).length;
  if (living > 10) throw new Error(`${living} memories are still there`);
}

const scenarios: Record<string, () => void | Promise<void>> = { guarded, unguarded, dropped };
await scenarios[scenario]!();
console.log("ok");
