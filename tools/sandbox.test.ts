// What a guest is given and how far it may go, through `ingot run`: files and their permissions,
// time and memory, clock and dice, and the ways in which a guest ends.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compileModule } from "../src/engine/compile.ts";
import { InterpreterStore } from "../src/engine/interpreter.ts";
import { NativeStore } from "../src/engine/native.ts";
import type { Instance, Store } from "../src/engine/store.ts";
import { parseWat } from "../src/text/wat.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { I32 } from "../src/wasm/types.ts";
import { HOST, LOADER, hasNative, ingot } from "./ingot.ts";

const FOR_HERE = { target: HOST, features: defaultFeatures, bounds: "guard" } as const;

const directory = mkdtempSync(join(tmpdir(), "ingot-sandbox-"));
afterAll(() => rmSync(directory, { recursive: true }));
const at = (name: string): string => join(directory, name);

const put = (name: string, source: string): string => {
  writeFileSync(at(name), source);
  return at(name);
};

const LOOPS = put(
  "loops.wat",
  `(module
    (func (export "spin") (loop br 0))
    (func $fib (export "fib") (param i32) (result i32)
      (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
        (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                       (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
    (memory (export "memory") 2)
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))`,
);

const wasi = (name: string, type: string): string =>
  `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${type}))`;
const four = "(param i32 i32 i32 i32) (result i32)";

// Writes what it reads of the clock and the dice, sleeps, creates a file, ends with the errno.
const WORLD = put(
  "world.wat",
  `(module
    ${wasi("clock_time_get", "(param i32 i64 i32) (result i32)")}
    ${wasi("random_get", "(param i32 i32) (result i32)")}
    ${wasi("fd_write", four)}
    ${wasi("poll_oneoff", four)}
    ${wasi("fd_read", four)}
    ${wasi("proc_exit", "(param i32)")}
    ${wasi("path_open", "(param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)")}
    (memory (export "memory") 1)
    (data (i32.const 0) "\\00\\01\\00\\00\\10\\00\\00\\00")
    (data (i32.const 64) "new")
    (func (export "tell")
      (drop (call $clock_time_get (i32.const 0) (i64.const 0) (i32.const 256)))
      (drop (call $random_get (i32.const 264) (i32.const 8)))
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32))))
    (func (export "sleep")
      (i32.store (i32.const 1040) (i32.const 1))
      (i64.store (i32.const 1048) (i64.const 3600000000000))
      (drop (call $poll_oneoff (i32.const 1024) (i32.const 2048) (i32.const 1) (i32.const 32))))
    (func (export "read") (result i32)
      (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 32)))
    (func (export "create") (result i32)
      (call $path_open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 3) (i32.const 1)
        (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 32)))
    (func (export "exit") (call $proc_exit (i32.const 300)) unreachable))`,
);

function lifecycle(engine: "interpreter" | "native"): void {
  const run = (...words: string[]) => ingot(["run", "--engine", engine, ...words]);

  describe("time", () => {
    it("stops loops and recursion", () => {
      for (const [name, ...args] of [["spin"], ["fib", "60"]] as const) {
        const begun = performance.now();
        const r = run("--timeout", "300ms", "--invoke", name, LOOPS, ...args);
        expect(performance.now() - begun).toBeLessThan(10_000);
        expect(r.code).toBe(134);
        expect(r.stderr).toMatch(/^ingot: trap: interrupted\n {2}at .*wasm-function/);
      }
    });

    it("stops sleep, and reading from a stream that gives nothing", async () => {
      expect(run("--timeout", "200ms", "--invoke", "sleep", WORLD).code).toBe(134);
      const words = ["run", "--engine", engine, "--timeout", "200ms", "--invoke", "read"];
      const shell = `sleep 20 | node dist/src/cli/main.js ${words.join(" ")} '${WORLD}'; exit $?`;
      const child = spawn("sh", ["-c", shell], { stdio: ["ignore", "ignore", "pipe"] });
      let said = "";
      child.stderr.on("data", (chunk: Buffer) => {
        said += chunk.toString("utf8");
        if (said.includes("interrupted")) child.kill("SIGKILL");
      });
      const begun = performance.now();
      await once(child, "exit");
      expect(performance.now() - begun).toBeLessThan(15_000);
      expect(said).toMatch(/^ingot: trap: interrupted\n/);
    });

    it("is no matter to those who are in time", () => {
      const r = run("--timeout", "1h", "--invoke", "fib", LOOPS, "20");
      expect(r).toEqual({ code: 0, stdout: "6765\n", stderr: "" });
    });
  });

  describe("memory", () => {
    it("grows up to the limit", () => {
      const grow = (size: string, pages: string) =>
        run("--max-memory", size, "--invoke", "grow", LOOPS, pages).stdout;
      expect(grow("192KiB", "1")).toBe("2\n");
      expect(grow("192KiB", "2")).toBe("-1\n");
      expect(grow("191KiB", "1")).toBe("-1\n");
    });

    it("must not begin above it", () => {
      const r = run("--max-memory", "64KiB", "--invoke", "grow", LOOPS, "0");
      expect(r.code).toBe(1);
      expect(r.stderr).toMatch(/needs a memory of 131072 bytes, more than the 65536 left to it\n$/);
    });
  });

  const store = (bytes: number): Store =>
    engine === "native"
      ? new NativeStore({
          command: [LOADER, "--max-memory", String(bytes)],
          compile: async (m) => compileModule(m, FOR_HERE).artifact,
        })
      : new InterpreterStore(defaultFeatures, { mostPages: bytes / 65_536 });

  it("all memories have one limit together, and what they took comes back", async () => {
    const s = store(5 * 65_536);
    const m = decodeModule(parseWat(readFileSync(LOOPS, "utf8")), defaultFeatures);
    const grow = async (inst: Instance, pages: number): Promise<number> => {
      const [result] = await s.invoke(inst.exports.get("grow")!, [{ type: I32, lo: pages, hi: 0 }]);
      return result!.lo;
    };
    for (let round = 0; round < 2; round++) {
      const [one, two] = [await s.instantiate(m, []), await s.instantiate(m, [])];
      expect(await grow(one, 2)).toBe(-1);
      expect(await grow(two, 1)).toBe(2);
      expect(await grow(two, 0)).toBe(3);
      expect(await grow(one, 1)).toBe(-1);
      const why = /needs a memory of 131072 bytes, more than the 0 left to it/;
      await expect(s.instantiate(m, [])).rejects.toThrow(why);
      await expect(s.newMemory({ min: 1, max: 1, shared: false })).rejects.toThrow(/memory/);
      await s.clear();
    }
    await s.close();
  });

  describe("what a guest sees", () => {
    it("is the same again with a fixed clock and a seed", () => {
      const fixed = ["--fixed-clock", "1234567890123456789", "--seed", "42"];
      const one = run(...fixed, "--invoke", "tell", WORLD);
      expect(one.code).toBe(0);
      const bytes = Buffer.from(one.stdout, "utf8");
      expect(run(...fixed, "--invoke", "tell", WORLD)).toEqual(one);
      expect(bytes.subarray(0, 4).toString("utf8")).not.toBe("");
      expect(run("--fixed-clock", "1", "--seed", "42", "--invoke", "tell", WORLD)).not.toEqual(one);
      expect(run("--invoke", "tell", WORLD)).not.toEqual(run("--invoke", "tell", WORLD));
    });

    it("is a directory to write in, or to read only", () => {
      mkdirSync(at("box"), { recursive: true });
      rmSync(at("box/new"), { force: true });
      const create = (dir: string) => run("--dir", dir, "--invoke", "create", WORLD).stdout;
      expect(create(`${at("box")}::/:ro`)).toBe("69\n");
      expect(() => readFileSync(at("box/new"))).toThrow();
      expect(create(`${at("box")}::/`)).toBe("0\n");
      expect(readFileSync(at("box/new"), "utf8")).toBe("");
      expect(run("--invoke", "create", WORLD).stdout).toBe("8\n");
    });
  });

  describe("the end", () => {
    it("has the code that the guest gave, as far as the host has room for it", () => {
      expect(run("--invoke", "exit", WORLD)).toEqual({ code: 44, stdout: "", stderr: "" });
    });

    it("comes by SIGINT as it does to any program: 130 in a shell", () => {
      const words = `run --engine ${engine} --invoke spin '${LOOPS}'`;
      const script = `node dist/src/cli/main.js ${words} & sleep 1; kill -INT $!; wait $!; echo $?`;
      const child = spawn("bash", ["-mc", script], { stdio: ["ignore", "pipe", "ignore"] });
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
      return once(child, "exit").then(() => expect(said).toBe("130\n"));
    });
  });

  describe("mistakes", () => {
    it.each([
      ["--timeout", "5", /--timeout takes a time/],
      ["--max-memory", "1K", /--max-memory takes a size/],
      ["--seed", "x", /--seed takes a number/],
      ["--fixed-clock", "x", /--fixed-clock takes a number/],
      ["--listen", "x", /--listen takes HOST:PORT/],
      ["--dir", "::x", /--dir takes HOST/],
      ["--dir", "/nonexistent", /directory "\/nonexistent" cannot be opened/],
      ["--env", "=x", /--env takes NAME=VALUE/],
    ])("%s %s ends in a sentence", (option, value, pattern) => {
      const r = run(option, value, "--invoke", "exit", WORLD);
      expect(r.code).toBe(2);
      expect(r.stderr).toMatch(pattern);
      expect(r.stderr.trimEnd().split("\n").length).toBe(1);
    });
  });

  it.runIf(engine === "interpreter")("leaves connections to native code", () => {
    const r = run("--listen", "127.0.0.1:0", "--invoke", "exit", WORLD);
    expect(r.code).toBe(2);
    expect(r.stderr).toMatch(/^ingot: --listen needs native code: .*\n$/);
  });
}

describe("interpreted,", () => lifecycle("interpreter"));
describe.skipIf(!hasNative)("native,", () => lifecycle("native"));
