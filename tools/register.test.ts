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

const REGISTER = new URL("../dist/src/bundle/register.js", import.meta.url).href;

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

/** Runs a program under the preload; `fs` and `read` are in scope. */
function run(program: string, env: Record<string, string> = {}, args: readonly string[] = []): Ran {
  const file = join(directory, "program.mjs");
  const head = `import fs from "node:fs";\nconst read = (n) => fs.readFileSync(${JSON.stringify(
    directory,
  )} + "/" + n);\n`;
  writeFileSync(file, head + program);
  const { PATH = "", HOME = "" } = process.env;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...args, "--import", REGISTER, file],
    { encoding: "utf8", env: { PATH, HOME, INGOT_CACHE: cache, ...env }, timeout: 60_000 },
  );
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

  it.runIf(there)("a program of node:wasi runs, on V8", () => {
    const program = `
import { WASI } from "node:wasi";
const wasi = new WASI({ version: "preview1", args: ["sort", "1"] });
const module = await WebAssembly.compile(fs.readFileSync(${JSON.stringify(SORT)}));
console.log(wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject())));`;
    const { out, err, code } = run(program, on(), ["--no-warnings"]);
    expect([out.trim().split("\n").at(-1), err, code]).toEqual(["0", "", 0]);
  });

  it.runIf(there)("a module that is none is refused as V8 refuses it", () => {
    const program = `
try { new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 2, 0, 0, 0])); }
catch (error) { console.log(error.name, error instanceof WebAssembly.CompileError); }
await WebAssembly.compile(new Uint8Array(3)).catch((error) => console.log(error.name));`;
    expect(run(program, on()).out).toBe("CompileError true\nCompileError\n");
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
});

describe.runIf(hasNative)("the cache", () => {
  const report = { INGOT_REGISTER: "report" };
  const origins = (err: string): string[] =>
    [...err.matchAll(/ (hit|miss|kept|foreign) /g)].map((m) => m[1]!);

  it("is filled once and hit from then on", () => {
    const first = run(ADD, report);
    expect(origins(first.err)).toEqual(["miss", "kept"]);
    expect(readdirSync(cache).length).toBe(1);
    const second = run(ADD, report);
    expect(origins(second.err)).toEqual(["hit", "kept"]);
    expect([first.out, second.out]).toEqual([ADDED, ADDED]);
  });

  it("heals", () => {
    run(ADD);
    const [name = ""] = readdirSync(cache);
    const path = join(cache, name);
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1]! ^= 4;
    writeFileSync(path, bytes);
    const after = run(ADD, report);
    expect(after.out).toBe(ADDED);
    expect(after.err).toMatch(/^ingot: the cache entry .* was dropped: .*checksum/);
    expect(origins(after.err)).toEqual(["miss", "kept"]);
    expect(origins(run(ADD, report).err)).toEqual(["hit", "kept"]);
  });

  it("may be off, read-only or missing", () => {
    expect(run(ADD, { INGOT_CACHE: "off" })).toEqual({ out: ADDED, err: "", code: 0 });
    const lonely = run(ADD, { INGOT_CACHE_READONLY: "1" });
    expect([lonely.out, readdirSync(cache)]).toEqual([ADDED, []]);
  });

  it("can be filled for the next time while V8 runs the module", () => {
    const now = run(ADD, { ...report, INGOT_MISS: "later" });
    expect([now.out, origins(now.err)[0]]).toEqual(["42 40 out true true true false\n", "foreign"]);
    expect(origins(run(ADD, { ...report, INGOT_MISS: "later" }).err)).toEqual(["hit", "kept"]);
  });

  it("is filled even if the program ends itself meanwhile", () => {
    const env = { ...report, INGOT_MISS: "later" };
    const ending = `${ADD}\nprocess.exit();`;
    let runs = 0;
    // The wait at the end has a bound, which a busy machine may exceed.
    while (runs++ < 5 && origins(run(ending, env).err)[0] === "foreign");
    expect(origins(run(ending, env).err)).toEqual(["hit", "kept"]);
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
    const args = ["--experimental-permission", "--allow-fs-read=*", "--no-warnings"];
    const program = `const module = new WebAssembly.Module(read("adder.wasm"));
const { exports } = new WebAssembly.Instance(module, { env: { log() {} } });
console.log(exports.add(1, 2));`;
    expect(run(program, {}, args)).toEqual({ out: "3\n", err: "", code: 0 });
  });
});
