// The functions of hosts.ts called by small modules, with the memory that AssemblyScript's strings
// lie in.

import { expect, it } from "vitest";
import { Trap } from "../support/errors.ts";
import { parseWat } from "../text/wat.ts";
import { byteSink } from "../wasi/streams.ts";
import { decodeModule } from "../wasm/decode.ts";
import { F64, I32 } from "../wasm/types.ts";
import { defaultFeatures } from "../wasm/features.ts";
import { InterpreterStore } from "./interpreter.ts";
import type { Value } from "./store.ts";

const utf16 = (s: string): string => {
  const bytes = Buffer.from(s, "utf16le");
  const head = Buffer.alloc(4);
  head.writeUInt32LE(bytes.length);
  return [...head, ...bytes].map((b) => `\\${b.toString(16).padStart(2, "0")}`).join("");
};

const SOURCE = `(module
  (import "env" "abort" (func $abort (param i32 i32 i32 i32)))
  (import "env" "trace" (func $trace (param i32 i32 f64 f64 f64 f64 f64)))
  (import "env" "seed" (func $seed (result f64)))
  (import "env" "emscripten_notify_memory_growth" (func $grown (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 12) "${utf16("größer 𝄞")}")
  (data (i32.const 60) "${utf16("a.ts")}")
  (data (i32.const 65528) "\\ff\\ff\\ff\\ffab")
  (func (export "abort") (param i32 i32)
    (call $abort (local.get 0) (local.get 1) (i32.const 7) (i32.const 9)))
  (func (export "trace") (param i32)
    (call $trace (i32.const 64) (local.get 0)
      (f64.const 1.5) (f64.const -2) (f64.const 3) (f64.const 4) (f64.const 5)))
  (func (export "seed") (result f64) (call $seed))
  (func (export "grow") (drop (memory.grow (i32.const 1))) (call $grown (i32.const 0))))`;

interface Played {
  readonly said: string;
  readonly results: readonly Value[];
  readonly trap: string;
}

function play(name: string, args: readonly number[], seed?: bigint): Played {
  const store = new InterpreterStore(defaultFeatures);
  const pieces: Uint8Array[] = [];
  const stdio = [0, 1, byteSink((bytes) => pieces.push(bytes))];
  const find = store.wasiNow({ stdio, seed });
  const m = decodeModule(parseWat(SOURCE), defaultFeatures);
  const inst = store.instantiateNow(
    m,
    m.imports.map((i) => find(i.module, i.name)!),
  );
  let results: readonly Value[] = [];
  let trap = "";
  try {
    const values = args.map((lo) => ({ type: I32, lo, hi: 0 }));
    results = store.invokeNow(inst.exports.get(name)!, values);
  } catch (error) {
    if (!(error instanceof Trap)) throw error;
    trap = error.reason;
  }
  void store.close();
  return { said: Buffer.concat(pieces).toString("utf8"), results, trap };
}

it("aborts with a message and a place, and traps", () => {
  const { said, trap } = play("abort", [16, 64]);
  expect(said).toBe("abort: größer 𝄞 in a.ts(7:9)\n");
  expect(trap).toBe("abort");
});

it("makes do with strings that are not there", () => {
  expect(play("abort", [0, 0]).said).toBe("abort:  in (7:9)\n");
  expect(play("abort", [2, -1]).said).toBe("abort:  in (7:9)\n");
  expect(play("abort", [65532, 70000]).said).toBe("abort: 扡\0 in (7:9)\n");
});

it("traces with as many numbers as are given", () => {
  expect(play("trace", [0]).said).toBe("trace: a.ts\n");
  expect(play("trace", [2]).said).toBe("trace: a.ts 1.5, -2\n");
  expect(play("trace", [99]).said).toBe("trace: a.ts 1.5, -2, 3, 4, 5\n");
});

it("seeds", () => {
  const [one] = play("seed", [], 1n).results;
  expect(one!.type).toBe(F64);
  expect(play("seed", [], 1n).results).toEqual([one]);
  expect(play("seed", [], 2n).results).not.toEqual([one]);
  expect(play("seed", []).results).not.toEqual(play("seed", []).results);
});

it("lets memory grow", () => {
  expect(play("grow", []).trap).toBe("");
});
