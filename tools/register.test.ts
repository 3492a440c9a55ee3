// The preload as a program meets it: a child process with `--import ingot/register`, whose global
// WebAssembly is ingot's. Both engines; on the native one the cache fills, is hit, heals and may be
// read-only.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseWat } from "../src/text/wat.ts";
import { hasNative } from "./ingot.ts";
import { NODE, PERMISSION, V8_VERSION, canRequire } from "./node.ts";

const ROOT = new URL("..", import.meta.url).pathname;

const SORT = new URL("../testdata/programs/sort.wasm", import.meta.url).pathname;

const ADDER = `(module
  (import "env" "log" (func $log (param i32)))
  (memory (export "memory") 1)
  (func (export "add") (param i32 i32) (result i32)
    (call $log (local.get 0))
    (i32.add (local.get 0) (local.get 1)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))`;

/** A module that ingot cannot take, with a memory to import: legacy exceptions, as bytes. */
// prettier-ignore
const THROWER = [
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 4, 1, 0x60, 0, 0, // type: [] -> []
  2, 15, 1, 3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 0, 1, // env.memory
  3, 2, 1, 0,
  13, 3, 1, 0, 0, // tag
  7, 5, 1, 1, 0x66, 0, 0, // f
  10, 11, 1, 9, 0, 0x06, 0x40, 0x08, 0, 0x07, 0, 0x0b, 0x0b, // try throw 0 catch 0 end end
];

let directory = "";
let cache = "";

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "ingot-register-"));
  writeFileSync(join(directory, "adder.wasm"), parseWat(ADDER));
  writeFileSync(join(directory, "thrower.wasm"), Uint8Array.from(THROWER));
});
beforeEach(() => {
  cache = mkdtempSync(join(directory, "cache-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

const PRELOAD = ["--import", "ingot/register"];

/** Runs a program, by default under the preload; `fs` and `read` are in scope. */
function run(program: string, env: Record<string, string> = {}, args = PRELOAD): Ran {
  const file = join(directory, "program.mjs");
  const head = `import fs from "node:fs";\nconst read = (n) => fs.readFileSync(${JSON.stringify(
    directory,
  )} + "/" + n);\n`;
  writeFileSync(file, head + program);
  const { PATH = "", HOME = "" } = process.env;
  const { stdout, stderr, status } = spawnSync(NODE, [...args, file], {
    cwd: ROOT,
    encoding: "utf8",
    env: { PATH, HOME, INGOT_CACHE: cache, ...env },
    timeout: 60_000,
  });
  return { out: stdout, err: stderr, code: status };
}

const ADD = `
const log = [];
const isNative = (f) => /native code/.test(Function.prototype.toString.call(f));
const { module, instance } = await WebAssembly.instantiate(read("adder.wasm"), {
  env: { log: (x) => void log.push(x) },
});
const again = new WebAssembly.Instance(new WebAssembly.Module(read("adder.wasm")), {
  env: { log() { throw new Error("out"); } },
});
let thrown = "";
try { again.exports.add(1, 2); } catch (error) { thrown = error.message; }
let trap = "";
try { instance.exports.load(65536); } catch (error) {
  trap = (error instanceof WebAssembly.RuntimeError) + " " +
    /wasm-function\\[2\\]/.test(error.stack);
}
console.log(instance.exports.add(40, 2), log.join(), thrown, trap,
  module instanceof WebAssembly.Module, isNative(WebAssembly.Module));
`;
const ADDED = "42 40 out true true true false\n";

const engines = [
  { name: "native", there: hasNative },
  { name: "interpreter", there: true },
];

describe.each(engines)("on the $name engine", ({ name, there }) => {
  const on = (env: Record<string, string> = {}) => ({ INGOT_ENGINE: name, ...env });

  it.runIf(there)("a program's modules run on ingot", () => {
    expect(run(ADD, on())).toEqual({ out: ADDED, err: "", code: 0 });
  });

  it.runIf(there)("what ingot cannot take runs on V8, with ingot's own memory", () => {
    const program = `
const memory = new WebAssembly.Memory({ initial: 1, maximum: 4 });
new Uint8Array(memory.buffer)[5] = 7;
const bytes = read("thrower.wasm");
const before = memory.buffer;
const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
instance.exports.f();
console.log(WebAssembly.validate(bytes), instance instanceof WebAssembly.Instance,
  new Uint8Array(memory.buffer)[5], before.byteLength, memory.grow(1));`;
    const { out, err, code } = run(program, on({ INGOT_REGISTER: "report" }));
    expect(out).toBe("true true 7 0 1\n");
    expect(err).toMatch(/^ingot: .*program\.mjs:\d+ {2}\d+ B {2}foreign .*on V8: .*exceptions/);
    expect(code).toBe(0);
  });

  it.runIf(there)("a program of node:wasi has a memory of V8's", () => {
    const program = `
import { WASI } from "node:wasi";
const wasi = new WASI({ version: "preview1", args: ["sort", "1"] });
const module = await WebAssembly.compile(fs.readFileSync(${JSON.stringify(SORT)}));
console.log(new Set(WebAssembly.Module.imports(module).map((i) => i.kind)));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
console.log(instance.exports.memory.constructor === WebAssembly.Memory);
console.log(instance.exports.memory instanceof WebAssembly.Memory);
console.log(wasi.start(instance));`;
    const { out, err, code } = run(program, on({ INGOT_REGISTER: "report" }), [
      "--no-warnings",
      ...PRELOAD,
    ]);
    const lines = out.trim().split("\n");
    const kinds = "Set(1) { 'function' }";
    expect([...lines.slice(0, 3), lines.at(-1), code]).toEqual([kinds, "false", "true", "0", 0]);
    expect(err).toMatch(/^ingot: .*miss .*\ningot: V8's times .*\n$/);
  });

  it.runIf(there)(
    "a program of node:wasi goes to workers, and starts where its shim is ours",
    () => {
      const program = `
import { WASI } from "node:wasi";
import { Worker, isMainThread, parentPort } from "node:worker_threads";
const start = (module) => {
  const wasi = new WASI({ version: "preview1", args: ["sort", "1"], stdout: 2 });
  const instance = new WebAssembly.Instance(module, wasi.getImportObject());
  return wasi.start(instance);
};
if (isMainThread) {
  const module = new WebAssembly.Module(fs.readFileSync(${JSON.stringify(SORT)}));
  const worker = new Worker(new URL(import.meta.url));
  worker.postMessage(module);
  worker.once("message", (code) => {
    console.log(code, start(module));
    const calls = [];
    const shim = new Proxy({}, { get: (_, name) => () => (calls.push(name), 52) });
    const own = new WebAssembly.Instance(module, { wasi_snapshot_preview1: shim });
    try { own.exports._start(); } catch (error) { console.log(error.name); }
    console.log(calls.length > 0);
  });
} else {
  parentPort.once("message", (module) => parentPort.postMessage(start(module)));
}`;
      const { out, code } = run(program, on(), ["--no-warnings", ...PRELOAD]);
      expect([out, code]).toEqual(["0 0\nRuntimeError\ntrue\n", 0]);
    },
  );

  it.runIf(there)("functions of node:wasi get numbers as from V8", () => {
    const wat = `(module
      (import "wasi_snapshot_preview1" "fd_close" (func $c (param i32) (result i32)))
      (import "wasi_snapshot_preview1" "proc_exit" (func $x (param i32)))
      (import "wasi_snapshot_preview1" "fd_seek"
        (func $s (param i32 i64 i32 i32) (result i32)))
      (memory (export "memory") 1)
      (func (export "_start")
        (i32.store (i32.const 0) (call $c (i32.const -31337)))
        (i32.store (i32.const 4)
          (call $s (i32.const -2) (i64.const -1) (i32.const 0) (i32.const 8)))
        (call $x (i32.const -5))))`;
    writeFileSync(join(directory, "numbers.wasm"), parseWat(wat));
    const program = `
import { WASI } from "node:wasi";
const wasi = new WASI({ version: "preview1", returnOnExit: true });
const { instance } = await WebAssembly.instantiate(read("numbers.wasm"), wasi.getImportObject());
const code = wasi.start(instance);
console.log(code, ...new Int32Array(instance.exports.memory.buffer, 0, 2));`;
    const { out } = run(program, on(), ["--no-warnings", ...PRELOAD]);
    expect(out).toBe("-5 8 8\n");
    // From 13 on some of the functions get numbers with signs, which they refuse (EINVAL).
    if (V8_VERSION >= 13) return;
    expect(run(program, on({ INGOT_REGISTER: "off" }), ["--no-warnings", ...PRELOAD]).out).toBe(
      out,
    );
  });

  it.runIf(there)("a program that was compiled before node:wasi was there runs on V8", () => {
    const program = `
const module = await WebAssembly.compile(fs.readFileSync(${JSON.stringify(SORT)}));
const { WASI } = await import("node:wasi");
const wasi = new WASI({ version: "preview1", args: ["sort", "1"] });
console.log(wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject())));`;
    const { out, err, code } = run(program, on({ INGOT_REGISTER: "report" }), [
      "--no-warnings",
      ...PRELOAD,
    ]);
    expect([out.trim().split("\n").at(-1), code]).toEqual(["0", 0]);
    expect(err).toContain("node:wasi");
  });

  it.runIf(there)("a module that is none is refused as V8 refuses it", () => {
    const program = `
try { new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 2, 0, 0, 0])); }
catch (error) { console.log(error.name, error instanceof WebAssembly.CompileError); }
for (const f of [WebAssembly.compile, WebAssembly.instantiate]) {
  await f(new Uint8Array(3)).catch(({ name, message }) => console.log(name, message.split(":")[0]));
}`;
    const later = ["compile", "instantiate"].map((f) => `CompileError WebAssembly.${f}()\n`);
    expect(run(program, on()).out).toBe(`CompileError true\n${later.join("")}`);
  });

  it.runIf(there)("worker threads have it too, and end while it is in use", () => {
    const program = `
import { Worker, isMainThread, parentPort } from "node:worker_threads";
if (isMainThread) {
  const workers = [0, 1, 2].map(() => new Worker(new URL(import.meta.url)));
  const sums = await Promise.all(workers.map((w) => new Promise((r) => w.once("message", r))));
  console.log(sums.join(), (await Promise.all(workers.map((w) => w.terminate()))).join());
} else {
  const { instance } = await WebAssembly.instantiate(read("adder.wasm"), { env: { log() {} } });
  parentPort.postMessage(instance.exports.add(1, 2));
  for (;;) instance.exports.add(1, 2);
}`;
    expect(run(program, on())).toEqual({ out: "3,3,3 1,1,1\n", err: "", code: 0 });
  });
});

describe.each(engines)("the report, on the $name engine", ({ name, there }) => {
  const report = { INGOT_ENGINE: name, INGOT_REGISTER: "report" };

  it.runIf(there)("counts calls in both directions, and says what it does not know", () => {
    const program = `
const module = new WebAssembly.Module(read("adder.wasm"));
const imports = { env: { log() {} } };
const a = new WebAssembly.Instance(module, imports).exports;
const b = new WebAssembly.Instance(module, imports).exports;
for (let k = 0; k < 30; k++) a.add(k, k);
for (let k = 0; k < 7; k++) b.load(k);
try { b.load(-1); } catch {}
console.log(a.add.name, a.add.length, b.add(1, 2));`;
    const { out, err, code } = run(program, report);
    expect([out, code]).toEqual(["1 2 3\n", 0]);
    const [line = "", remark = "", ...rest] = err.split("\n");
    expect(line).toMatch(/ {2}2 instances {2}\d+(?: k)? boundary crossings per second /);
    expect(line).toContain(" (39 calls of exports, 31 of host functions)");
    const cost = /lost \d.* ms, crossings cost 0\.0 ms: did not pay$/;
    expect(line).toMatch(name === "native" ? cost : /crossings cost 0\.0 ms: /);
    expect(remark).toMatch(/^ingot: V8's times are estimates, /);
    expect(rest).toEqual([""]);
  });

  it.runIf(there)("says how much longer many crossings take", () => {
    const program = `
const { instance } = await WebAssembly.instantiate(read("adder.wasm"), { env: { log() {} } });
for (let k = 0; k < 100_000; k++) instance.exports.add(k, k);`;
    const { err } = run(program, report);
    expect(err).toContain("(100000 calls of exports, 100000 of host functions)  V8 some ");
    expect(err).toContain(" ms, crossings cost 8.0 ms: ");
  });

  it.runIf(there)("has nothing to say of what nobody calls, nor of V8 where only V8 runs", () => {
    const silent = run(`new WebAssembly.Module(read("adder.wasm"));`, report).err;
    expect(silent).toMatch(/ {2}0 instances {2}no boundary crossings {2}V8 /);
    const foreign = run(`new WebAssembly.Module(read("thrower.wasm"));`, report).err;
    expect(foreign).toMatch(/^ingot: .* {2}foreign .* {2}on V8: .*\n$/);
  });
});

describe.each(engines)("threads that never return, on the $name engine", ({ name, there }) => {
  const START = `
import { Worker, isMainThread, parentPort } from "node:worker_threads";
const spin = () => {
  const bytes = Uint8Array.of(${parseWat('(module (func (export "f") (loop (br 0))))').join()});
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  parentPort.postMessage("");
  for (;;) try { exports.f(); } catch {}
};
if (!isMainThread) spin();
const worker = new Worker(new URL(import.meta.url));
await new Promise((r) => worker.once("message", r));
await new Promise((r) => setTimeout(r, 100));`;
  const program = (end: string): Ran => run(`${START}\n${end}`, { INGOT_ENGINE: name });

  it.runIf(there)("are terminated", () => {
    const ended = program("console.log(await worker.terminate());");
    expect(ended).toEqual({ out: "1\n", err: "", code: 0 });
  });

  it.runIf(there)("end with the process", () => {
    expect(program("process.exit(3);")).toEqual({ out: "", err: "", code: 3 });
    expect(program("worker.unref();")).toEqual({ out: "", err: "", code: 0 });
  });
});

describe.each(engines)("modules sent to workers, on the $name engine", ({ name, there }) => {
  it.runIf(there)("run there", () => {
    const program = `
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
const imports = { env: { log() {} } };
if (isMainThread) {
  const adder = await WebAssembly.compile(read("adder.wasm"));
  const thrower = new WebAssembly.Module(read("thrower.wasm"));
  const worker = new Worker(new URL(import.meta.url), { workerData: { adder } });
  worker.postMessage({ thrower });
  console.log(await new Promise((r) => worker.once("message", r)));
} else {
  const { exports } = new WebAssembly.Instance(workerData.adder, imports);
  parentPort.once("message", ({ thrower }) =>
    parentPort.postMessage([exports.add(1, 2), thrower instanceof WebAssembly.Module].join()));
}`;
    const sent = { out: "3,true\n", err: "", code: 0 };
    expect(run(program, { INGOT_ENGINE: name })).toEqual(sent);
    expect(run(program, { INGOT_ENGINE: name, INGOT_CACHE: "off" })).toEqual(sent);
  });

  it.runIf(there)("run in threads that are started in other ways", () => {
    const program = `
import { Worker } from "node:worker_threads";
const adder = await WebAssembly.compile(read("adder.wasm"));
const code = \`
  const { parentPort, workerData } = require("node:worker_threads");
  const instance = new WebAssembly.Instance(workerData, { env: { log() {} } });
  parentPort.postMessage(instance.exports.add(1, 2));\`;
const file = ${JSON.stringify(join(directory, "thread.cjs"))};
fs.writeFileSync(file, code);
class Sub extends Worker {}
const start = (from, options, Class = Worker) =>
  new Promise((resolve, reject) => {
    const worker = new Class(from, { workerData: adder, ...options });
    if (!(worker instanceof Worker)) reject(new Error("what is it?"));
    worker.once("message", resolve).once("error", reject);
  });
const sums = [await start(file, { execArgv: [] }), await start(file, { env: {} }),
  await start(file, { execArgv: ["--no-warnings"] }, Sub)];
for (const options of [{}, { execArgv: [] }]) {
  const can = process.features.require_module;
  sums.push(can ? await start(code, { eval: true, ...options }) : 3);
}
console.log(sums.join());
try { new Worker(file, { execArgv: ["--nonsense"] }); } catch (e) { console.log(e.code); }`;
    const out = "3,3,3,3,3\nERR_WORKER_INVALID_EXEC_ARGV\n";
    const args = [...PRELOAD, "--expose-gc", "--max-old-space-size=3000"];
    expect(run(program, { INGOT_ENGINE: name }, args)).toEqual({ out, err: "", code: 0 });
  });
});

describe.runIf(hasNative)("the cache", () => {
  const report = { INGOT_REGISTER: "report" };
  const origins = (err: string): string[] =>
    [...err.matchAll(/ {2}(hit|miss|foreign) /g)].map((m) => m[1]!);

  // The compiler's own code may be beside them.
  const entries = (): string[] => readdirSync(cache).filter((name) => name.endsWith(".cwasm"));

  it("is filled once and hit from then on", () => {
    const first = run(ADD, report);
    expect(origins(first.err)).toEqual(["miss"]);
    expect(first.err).toMatch(/ miss \d+(?:\.\d)? ms, kept 1 time {2}/);
    expect(entries().length).toBe(1);
    const second = run(ADD, report);
    expect(origins(second.err)).toEqual(["hit"]);
    expect([first.out, second.out]).toEqual([ADDED, ADDED]);
  });

  it("heals", () => {
    run(ADD);
    const [name = ""] = entries();
    const path = join(cache, name);
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1]! ^= 4;
    writeFileSync(path, bytes);
    const after = run(ADD, report);
    expect(after.out).toBe(ADDED);
    expect(after.err).toMatch(/^ingot: the cache entry .* was dropped: .*checksum/);
    expect(origins(after.err)).toEqual(["miss"]);
    expect(origins(run(ADD, report).err)).toEqual(["hit"]);
  });

  it("may be off, read-only or missing", () => {
    expect(run(ADD, { INGOT_CACHE: "off" })).toEqual({ out: ADDED, err: "", code: 0 });
    const lonely = run(ADD, { INGOT_CACHE_READONLY: "1" });
    expect([lonely.out, readdirSync(cache)]).toEqual([ADDED, []]);
  });

  it("can be filled for the next time while V8 runs the module", () => {
    const now = run(ADD, { ...report, INGOT_MISS: "later" });
    expect([now.out, origins(now.err)[0]]).toEqual(["42 40 out true true true false\n", "foreign"]);
    expect(origins(run(ADD, { ...report, INGOT_MISS: "later" }).err)).toEqual(["hit"]);
  });

  it("is filled even if the program ends itself meanwhile", () => {
    const env = { ...report, INGOT_MISS: "later" };
    const ending = `${ADD}\nprocess.exit();`;
    let runs = 0;
    // The wait at the end has a bound, which a busy machine may exceed.
    while (runs++ < 5 && origins(run(ending, env).err)[0] === "foreign");
    expect(origins(run(ending, env).err)).toEqual(["hit"]);
  });
});

describe("the environment", () => {
  it("may switch it off", () => {
    const program = `console.log(/native code/.test(WebAssembly.Module.toString()));`;
    expect(run(program, { INGOT_REGISTER: "off" }).out).toBe("true\n");
    expect(run(program).out).toBe(`${!hasNative}\n`);
  });

  it("is answered where it makes no sense", () => {
    const { err, out } = run(ADD, { INGOT_ENGINE: "warp" });
    expect(err).toBe('ingot: INGOT_ENGINE is auto or native or interpreter, not "warp"\n');
    expect(out).toBe(hasNative ? ADDED : ADDED.replace("false", "true"));
  });

  it("leaves V8 where addons are not permitted", () => {
    const args = [PERMISSION, "--allow-fs-read=*", "--no-warnings", ...PRELOAD];
    const program = `const module = new WebAssembly.Module(read("adder.wasm"));
const { exports } = new WebAssembly.Instance(module, { env: { log() {} } });
console.log(exports.add(1, 2));`;
    expect(run(program, {}, args)).toEqual({ out: "3\n", err: "", code: 0 });
  });
});

describe("Node", () => {
  it.runIf(canRequire)("may be told to require it", () => {
    const args = ["--no-warnings", "--require", "ingot/register"];
    for (const engine of hasNative ? ["native", "interpreter"] : ["interpreter"]) {
      const env = { INGOT_ENGINE: engine, INGOT_REGISTER: "report" };
      const { out, err, code } = run(ADD, env, args);
      expect([out, code]).toEqual([ADDED, 0]);
      expect(err).toMatch(/^ingot: .*program\.mjs:\d+ {2}\d+ B {2}miss /);
    }
  });

  // Node itself may say on standard error what becomes of WebAssembly.
  it("may have been told to make no code, and has no WebAssembly but ingot's", () => {
    const program = `${ADD}
try { new WebAssembly.Module(read("thrower.wasm")); }
catch (error) { console.log(error instanceof WebAssembly.CompileError, error.message); }
console.log(Object.getOwnPropertyDescriptor(globalThis, "WebAssembly").enumerable);`;
    for (const engine of ["auto", "interpreter"]) {
      const { out, err, code } = run(program, { INGOT_ENGINE: engine, INGOT_REGISTER: "report" }, [
        "--jitless",
        ...PRELOAD,
      ]);
      expect(out).toMatch(/^42 40 out true true true false\ntrue .*exceptions.*\nfalse\n$/);
      expect(err).toMatch(/^ingot: .*program\.mjs:\d+ .*V8 does not take it$/m);
      expect(code).toBe(0);
    }
  });
});
