// What `import "ingot"` gives, used as a program would use it, types included.

import { describe, expect, it } from "vitest";
import * as ingot from "./index.ts";
import type { Exports, Imports, Namespace, WASIOptions } from "./index.ts";
import { loadInterpreter } from "./api/engine.ts";
import { parseWat } from "./text/wat.ts";

process.env["INGOT_CACHE"] = "off";
await loadInterpreter();

const bytes = (wat: string): Uint8Array<ArrayBuffer> => Uint8Array.from(parseWat(wat));

// It has the shape of a namespace.
const namespace: Pick<Namespace, Extract<keyof Namespace, keyof typeof ingot>> = ingot;

interface Counter {
  readonly memory: ingot.Memory;
  readonly count: ingot.Global<number>;
  readonly table: ingot.Table;
  next(by: number): number;
  wide(x: bigint): bigint;
}

const COUNTER = bytes(`(module
  (import "env" "log" (func $log (param i32)))
  (memory (export "memory") 1)
  (global $count (export "count") (mut i32) (i32.const 0))
  (table (export "table") funcref (elem $next))
  (func $next (export "next") (param i32) (result i32)
    (global.set $count (i32.add (global.get $count) (local.get 0)))
    (call $log (global.get $count))
    (global.get $count))
  (func (export "wide") (param i64) (result i64) (i64.add (local.get 0) (i64.const 1))))`);

describe('"ingot"', () => {
  it("has the names of WebAssembly, and more", () => {
    expect(Object.keys(ingot).sort()).toEqual(
      [
        "CompileError",
        "Exception",
        "Global",
        "Instance",
        "LinkError",
        "Memory",
        "MemoryFileSystem",
        "Module",
        "RuntimeError",
        "Table",
        "Tag",
        "WASI",
        "snapshot",
        "restore",
        "promising",
        "hostModule",
        "context",
        "callWith",
        "Snapshot",
        "SuspendError",
        "Suspending",
        "compile",
        "compileArtifact",
        "compileStreaming",
        "createEngine",
        "instantiate",
        "instantiateStreaming",
        "loadArtifact",
        "validate",
      ].sort(),
    );
    expect(namespace.Module).toBe(ingot.Module);
  });

  it("runs a program with types", async () => {
    const logged: number[] = [];
    const imports = { env: { log: (x: number) => void logged.push(x) } };
    const { instance, module } = await ingot.instantiate<Counter>(COUNTER, imports);
    const { next, count, memory, table, wide } = instance.exports;
    expect(next(3) + next(4)).toBe(10);
    expect(logged).toEqual([3, 7]);
    count.value = 10;
    expect(next(1)).toBe(11);
    expect(wide(2n ** 40n)).toBe(2n ** 40n + 1n);
    expect(memory.buffer.byteLength).toBe(65_536);
    expect(table.get(0)).toBe(next);
    const again: ingot.Instance<Counter> = new ingot.Instance<Counter>(module, imports);
    expect(again.exports.next(1)).toBe(1);
    const untyped: ingot.Instance = new ingot.Instance(module, imports);
    const exports: Exports = untyped.exports;
    expect((exports["next"] as Counter["next"])(2)).toBe(2);
  });

  it("makes what guests share", async () => {
    const memory = new ingot.Memory({ initial: 1, maximum: 2 });
    const table = new ingot.Table({ element: "anyfunc", initial: 1 });
    const base = new ingot.Global<number>({ value: "i32" }, 8);
    const imports: Imports = { env: { memory, table, base } };
    const wat = `(module
      (import "env" "memory" (memory 1)) (import "env" "table" (table 1 funcref))
      (import "env" "base" (global $base i32))
      (func $f (i32.store (global.get $base) (i32.const 42)))
      (elem declare func $f)
      (func $s (table.set (i32.const 0) (ref.func $f)))
      (start $s))`;
    await ingot.instantiate(await ingot.compile(bytes(wat)), imports);
    (table.get(0) as () => void)();
    expect(new Int32Array(memory.buffer)[2]).toBe(42);
  });

  it("runs WASI commands with what WASI gives", () => {
    let output = "";
    const options: WASIOptions = {
      args: ["hello"],
      stdout: (piece) => (output += Buffer.from(piece).toString("latin1")),
      preopens: { "/": new ingot.MemoryFileSystem() },
    };
    const wasi = new ingot.WASI(options);
    const command = new ingot.Module(
      bytes(`(module
        (import "wasi_snapshot_preview1" "fd_write"
          (func $write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "\\08\\00\\00\\00\\03\\00\\00\\00hey")
        (func (export "_start")
          (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 20)))))`),
    );
    expect(wasi.start(new ingot.Instance(command, wasi.getImportObject()))).toBe(0);
    expect(output).toBe("hey");
  });

  it("keeps code for later", () => {
    const artifact: Uint8Array = ingot.compileArtifact(COUNTER, { embed: true });
    const module: ingot.Module = ingot.loadArtifact(artifact);
    const { next } = new ingot.Instance<Counter>(module, { env: { log: () => 0 } }).exports;
    expect(next(5)).toBe(5);
  });
});
