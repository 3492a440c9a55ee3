// WASI for instances: what a guest sees of its options, and how it ends.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ENGINES, newBench, thrown } from "../../tools/engines.ts";
import { MemoryFileSystem } from "../wasi/memfs.ts";
import type { Exports, Imports } from "./types.ts";
import { WASI } from "./wasi.ts";
import type { WASIOptions } from "./wasi.ts";

const PROGRAMS = new URL("../../testdata/programs/", import.meta.url);

// Prints its first argument; exits with the number of arguments.
const ECHO = `(module
  (import "wasi_snapshot_preview1" "args_sizes_get"
    (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (call $sizes (i32.const 0) (i32.const 4)))
    (drop (call $args (i32.const 16) (i32.const 1024)))
    (i32.store (i32.const 8) (i32.const 1024))
    (i32.store (i32.const 12) (i32.load (i32.const 4)))
    (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 32)))
    (call $exit (i32.load (i32.const 0)))))`;

for (const { name: engine, newProvider } of ENGINES) {
  const { wasm, instance } = newBench(newProvider());
  const program = (name: string) =>
    new wasm.Module(readFileSync(new URL(`${name}.wasm`, PROGRAMS)));

  /** Runs a command of testdata; what it printed, and its exit code. */
  function run(name: string, options: WASIOptions): [output: string, code: number] {
    let output = "";
    const stdout = (bytes: Uint8Array): void => void (output += Buffer.from(bytes).toString());
    const wasi = new WASI({ stdout, stderr: stdout, ...options });
    const imports = wasi.getImportObject() as unknown as Imports;
    const code = wasi.start(new wasm.Instance<Exports>(program(name), imports));
    return [output, code];
  }

  describe(`WASI over the ${engine}`, () => {
    it("gives arguments and takes output and an exit code", () => {
      let output = "";
      const stdout = (bytes: Uint8Array): void => void (output += Buffer.from(bytes).toString());
      const wasi = new WASI({ args: ["a", "bcd"], stdout });
      expect(wasi.start(instance(ECHO, wasi.getImportObject()))).toBe(2);
      expect(output).toBe("a\0bcd\0");
    });

    it("runs programs on a file system in memory, or on standard input", () => {
      const files = new MemoryFileSystem();
      files.writeFile("some/input.txt", readFileSync(new URL("input.txt", PROGRAMS)));
      const expected = readFileSync(new URL("input.out", PROGRAMS), "utf8");
      const args = ["text", "some/input.txt"];
      expect(run("text", { args, preopens: { ".": files } })).toEqual([expected, 0]);
      const readOnly = { files, readOnly: true };
      expect(run("text", { args, preopens: { ".": readOnly } })).toEqual([expected, 0]);
      const stdin = readFileSync(new URL("input.txt", PROGRAMS));
      expect(run("text", { args: ["text", "-"], stdin })).toEqual([expected, 0]);
      expect(run("text", { args })[1]).toBe(1);
    });

    it("shows a program a directory of the host", () => {
      const expected = readFileSync(new URL("input.out", PROGRAMS), "utf8");
      const path = fileURLToPath(PROGRAMS);
      for (const directory of [path, { path, readOnly: true }]) {
        const args = ["text", "/here/input.txt"];
        expect(run("text", { args, preopens: { "/here": directory } })).toEqual([expected, 0]);
      }
    });

    it("is there by two names, or by the one that is asked for", () => {
      const names = (options: WASIOptions) => Object.keys(new WASI(options).getImportObject());
      expect(names({})).toEqual(["wasi_snapshot_preview1", "wasi_unstable"]);
      expect(names({ version: "preview1" })).toEqual(["wasi_snapshot_preview1"]);
      expect(names({ version: "unstable" })).toEqual(["wasi_unstable"]);
      const { wasiImport } = new WASI({ version: "unstable" });
      expect(Object.keys(wasiImport)).toHaveLength(46);
    });

    it("starts once, what can be started", () => {
      const wasi = new WASI();
      const none = { code: "ERR_INVALID_ARG_TYPE", name: "TypeError" };
      const memory = new wasm.Memory({ initial: 1 });
      const start = (): void => undefined;
      for (const exports of [undefined, 1, {}, { memory }, { memory: {}, _start: start }]) {
        expect(thrown(() => new WASI().start({ exports }))).toMatchObject(none);
      }
      const both = { exports: { memory, _start: start, _initialize: start } };
      expect(thrown(() => new WASI().start(both))).toMatchObject(none);
      expect(thrown(() => new WASI().initialize(both))).toMatchObject(none);
      expect(wasi.start({ exports: { memory, _start: start } })).toBe(0);
      expect(thrown(() => wasi.start({ exports: { memory, _start: start } }))).toMatchObject({
        code: "ERR_WASI_ALREADY_STARTED",
      });
    });

    it("sets up a reactor", () => {
      const wasi = new WASI({ fixedClock: 123_456n });
      const i = instance(
        `(module
          (import "wasi_snapshot_preview1" "clock_time_get"
            (func $time (param i32 i64 i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "_initialize")
            (drop (call $time (i32.const 0) (i64.const 1) (i32.const 8))))
          (func (export "now") (result i64) (i64.load (i32.const 8))))`,
        wasi.getImportObject(),
      );
      wasi.initialize(i);
      expect((i.exports["now"] as () => bigint)()).toBe(123_456n);
    });

    it("finds the memory where it has grown to", () => {
      const wasi = new WASI({ seed: 7n });
      const i = instance(
        `(module
          (import "wasi_snapshot_preview1" "random_get"
            (func $random (param i32 i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "f") (result i32 i32)
            (call $random (i32.const 65536) (i32.const 4))
            (drop (memory.grow (i32.const 1)))
            (call $random (i32.const 65536) (i32.const 4))))`,
        wasi.getImportObject(),
      );
      wasi.initialize(i);
      const [before, after] = (i.exports["f"] as () => number[])();
      expect(before).toBe(21);
      expect(after).toBe(0);
    });

    it.each([
      [1],
      [{ args: 1 }],
      [{ env: 1 }],
      [{ preopens: 1 }],
      [{ preopens: { "/": 1 } }],
      [{ stdin: {} }],
      [{ stdout: "x" }],
      [{ returnOnExit: 1 }],
      [{ version: "x" }],
    ])("does not take %o for options", (options) => {
      expect(thrown(() => new WASI(options as never))).toMatchObject({
        code: "ERR_INVALID_ARG_TYPE",
      });
    });
  });
}
