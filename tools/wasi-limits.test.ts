// What the loader does with a guest that is not to go on: time limits, interruptions, memory
// limits, output that nobody reads, and the options that give a guest a world.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compileModule } from "../src/engine/compile.ts";
import { parseWat } from "../src/text/wat.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { everywhere } from "./runtime-kit.ts";

const P1 = '"wasi_snapshot_preview1"';
const yields = `(import ${P1} "sched_yield" (func $yield (result i32)))`;
const reads = `(import ${P1} "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))`;
const writes = `(import ${P1} "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))`;
const vector =
  '(memory (export "memory") 1) (data (i32.const 0) "\\10\\00\\00\\00\\01\\00\\00\\00")';

/** Programs that never end, each in a place of its own. */
const ENDLESS: Readonly<Record<string, string>> = {
  "a loop": '(func $spin (export "_start") (loop (br 0)))',
  "recursion without loops": `
    (func $fib (param i32) (result i32)
      (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
        (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                       (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
    (func (export "_start") (drop (call $fib (i32.const 50))))`,
  "calls of the host": `${yields} (memory (export "memory") 1)
    (func (export "_start") (loop (drop (call $yield)) (br 0)))`,
  "library calls": `(memory 100 100)
    (func (export "_start")
      (loop (memory.fill (i32.const 0) (i32.const 1) (i32.const 6000000)) (br 0)))`,
  "waiting for input": `${reads} ${vector}
    (func (export "_start")
      (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8))))`,
  "its start function": '(func $start (loop (br 0))) (start $start) (func (export "_start"))',
};

everywhere(({ machine, command, fewer }) => {
  const dir = mkdtempSync(join(tmpdir(), "ingot-limits-"));
  afterAll(() => rmSync(dir, { recursive: true }));
  let count = 0;
  const compile = (text: string): string => {
    const m = decodeModule(parseWat(`(module ${text})`), defaultFeatures);
    const options = { target: machine.target, features: defaultFeatures, bounds: "guard" } as const;
    const path = join(dir, `${count++}.cwasm`);
    writeFileSync(path, compileModule(m, options).artifact);
    return path;
  };
  const [program = "", ...before] = command;
  const start = (...words: string[]) =>
    spawn(program, [...before, ...words], { stdio: ["pipe", "pipe", "pipe"] });
  const run = (...words: string[]) =>
    spawnSync(program, [...before, ...words], { encoding: "utf8", timeout: 60_000 });

  describe("a time limit", () => {
    it.each(Object.entries(ENDLESS))("stops %s", async (_, text) => {
      const from = performance.now();
      const child = start("--timeout", "300ms", compile(text));
      let errors = "";
      child.stderr.on("data", (chunk: Uint8Array) => (errors += new TextDecoder().decode(chunk)));
      const [code] = (await once(child, "close")) as [number];
      expect(errors).toMatch(/^ingot: trap: interrupted\n/);
      expect(code).toBe(134);
      expect(performance.now() - from).toBeGreaterThan(299);
    });
    it("tells where the guest is", () => {
      const spin = run("--timeout", "0.1", compile(ENDLESS["a loop"]!)).stderr;
      expect(spin).toMatch(/interrupted\n {2}at .*wasm-function\[0\]\)?\n$/);
      const deep = run("--timeout", "0.3s", compile(ENDLESS["recursion without loops"]!)).stderr;
      const frames = deep.split("\n").filter((line) => line.startsWith("  at "));
      expect(frames.length).toBeGreaterThan(fewer > 1 ? 0 : 5);
      expect(frames.at(-1)).toContain("wasm-function[1]");
      for (const frame of frames) expect(frame).toMatch(/:0x[1-9a-f][0-9a-f]*\)?$/);
    });
    it("leaves alone who ends in time", () => {
      const path = compile('(func (export "_start"))');
      expect(run("--timeout", "1h", path).status).toBe(0);
      for (const bad of ["0", "1x", "", "ms", "1.5.5s", "-1"]) {
        const { status, stderr } = run("--timeout", bad, path);
        expect([status, bad]).toEqual([2, bad]);
        expect(stderr).toMatch(/--timeout needs a duration/);
      }
    });
  });

  it("an interruption ends a guest with exit code 130", async () => {
    for (const text of Object.values(ENDLESS)) {
      const child = start(compile(text));
      await new Promise((resolve) => setTimeout(resolve, 100 * Math.min(fewer, 8)));
      child.kill("SIGINT");
      const [code, signal] = (await once(child, "close")) as [number, string | null];
      expect([code, signal]).toEqual([130, null]);
    }
  });

  it("a memory does not grow beyond its limit", () => {
    const path = compile(`(memory 2) (func (export "grow") (param i32) (result i32)
      (memory.grow (local.get 0)))`);
    const grow = (limit: string, pages: string) =>
      run("--max-memory", limit, "--invoke", "grow", path, pages).stdout;
    expect(grow("1M", "14")).toBe("2\n");
    expect(grow("1M", "15")).toBe("-1\n");
    expect(grow("131072", "1")).toBe("-1\n");
    expect(grow("131072", "0")).toBe("2\n");
    expect(grow("8G", "100")).toBe("2\n");
    const { status, stderr } = run("--max-memory", "64K", "--invoke", "grow", path, "0");
    expect(stderr).toMatch(/needs a memory of 131072 bytes, more than the 65536 left to it/);
    expect(status).toBe(1);
    expect(run("--max-memory", "x", path).stderr).toMatch(/--max-memory needs a size/);
  });

  it("a guest is told that nobody reads its output", () => {
    const path = compile(`${writes}
      (import ${P1} "proc_exit" (func $exit (param i32)))
      ${vector}
      (func (export "_start") (local $e i32)
        (loop
          (local.set $e (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
          (br_if 0 (i32.eqz (local.get $e))))
        (call $exit (local.get $e)))`);
    // A pipe of the shell's, since Node's are sockets, which may say "connection reset" instead.
    const script = '{ "$@"; echo "code $?" >&2; } | true';
    const words = ["-c", script, "sh", program, ...before, path];
    expect(spawnSync("sh", words, { encoding: "utf8", timeout: 60_000 }).stderr).toBe("code 64\n");
  });

  it("options are checked", () => {
    const path = compile('(func (export "_start"))');
    mkdirSync(join(dir, "d"), { recursive: true });
    const cases: [RegExp, string[]][] = [
      [/not an address to listen at/, ["--listen", "nowhere"]],
      [/not an address to listen at/, ["--listen", "1.2.3:80"]],
      [/not an address to listen at/, ["--listen", "1.2.3.4:99999"]],
      [/not an address to listen at/, ["--listen", "[::1::2]:80"]],
      [/cannot listen at "192.0.2.1:80"/, ["--listen", "192.0.2.1:80"]],
      [/--fixed-clock needs nanoseconds/, ["--fixed-clock", "now"]],
      [/--seed needs a number/, ["--seed", "x"]],
      [/needs a name/, ["--dir", `${dir}/d::`]],
      [/directory ".*\/e" cannot be opened/, ["--dir", `${dir}/e:ro`]],
    ];
    for (const [message, words] of cases) {
      const { status, stderr } = run(...words, path);
      expect(stderr).toMatch(message);
      expect(status).toBe(2);
    }
    const good = ["--listen", "127.0.0.1:0", "--listen", "localhost:0", "--seed", "1"];
    expect(run(...good, "--dir", `${dir}/d::/x:ro`, path).status).toBe(0);
  });
});
