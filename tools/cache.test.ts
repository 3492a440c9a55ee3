// The cache among processes: fifty that start at once, two hundred that are killed in the middle of
// it, disks that are full, directories that may only be read; and `ingot precompile`. What a single
// process does is in src/engine/cache.test.ts.

import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Cache } from "../src/engine/cache.ts";
import { compileModule } from "../src/engine/compile.ts";
import { defaultOptions } from "../src/engine/made.ts";
import { parseWat } from "../src/text/wat.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { HOST, hasNative, ingot, loader } from "./ingot.ts";
import { Random } from "./random.ts";
import { NODE } from "./node.ts";

const root = mkdtempSync(join(tmpdir(), "ingot-cache-"));
afterAll(() => rmSync(root, { recursive: true }));
const at = (name: string): string => join(root, name);

const OPTIONS = defaultOptions("amd64");
const CHILD = "dist/tools/cachechild.js";

const put = (name: string, bytes: Uint8Array | string): string => {
  mkdirSync(join(at(name), ".."), { recursive: true });
  writeFileSync(at(name), bytes);
  return at(name);
};

/** A module of which the artifact has some `bytes`. */
const wasmOf = (n: number, bytes = 0): Uint8Array =>
  parseWat(
    `(module (memory 200) (data (i32.const 0) "${"0123456789abcdef".repeat(bytes / 16)}")
       (func (export "f") (param i32) (result i32) (i32.add (local.get 0) (i32.const ${n}))))`,
  );
const compile = (wasm: Uint8Array): Uint8Array =>
  compileModule(decodeModule(wasm), OPTIONS).artifact;

interface Child {
  readonly process: ChildProcess;
  /** Resolves when it says "ready". */
  readonly ready: Promise<void>;
  readonly ended: Promise<unknown>;
  output: string;
}

function start(words: readonly string[]): Child {
  const child = spawn(NODE, [CHILD, ...words], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => undefined); // it was killed
  const c: { -readonly [K in keyof Child]: Child[K] } = {
    process: child,
    ready: Promise.resolve(),
    ended: once(child, "exit"),
    output: "",
  };
  c.ready = new Promise((resolve) => {
    child.stdout.on("data", (data) => {
      c.output += String(data);
      if (c.output.startsWith("ready\n")) resolve();
    });
  });
  return c;
}

const isEntry = (name: string): boolean => /^[0-9a-f]{64}\.cwasm$/.test(name);

it("fifty processes that start at once leave a good entry per module, no more", async () => {
  const directory = at("race/cache");
  const modules = [1, 2, 3].map((n) => wasmOf(n, n * 100_000));
  const paths = modules.map((wasm, k) => put(`race/${k}.wasm`, wasm));
  const children = Array.from({ length: 50 }, () => start(["fill", directory, ...paths]));
  await Promise.all(children.map((c) => c.ready));
  for (const c of children) c.process.stdin!.write("go\n");
  await Promise.all(children.map((c) => c.ended));
  const words = children.flatMap((c) => c.output.trim().split("\n").slice(1));
  expect(words).toHaveLength(150);
  expect(new Set(words)).toEqual(new Set(["hit", "miss"]));
  const cache = new Cache({ directory });
  const keys = modules.map((wasm) => cache.key(wasm, OPTIONS));
  expect(readdirSync(directory).sort()).toEqual(keys.map((k) => `${k}.cwasm`).sort());
  modules.forEach((wasm, k) => {
    expect(cache.find(keys[k]!)).toBe(cache.pathOf(keys[k]!));
    expect(readFileSync(cache.pathOf(keys[k]!)).equals(compile(wasm))).toBe(true);
  });
});

it("two hundred that are killed leave no entry that is not whole", async () => {
  const directory = at("kill/cache");
  const modules = [1, 2].map((n) => wasmOf(n, n * 3_000_000));
  const artifacts = modules.map(compile);
  const paths = artifacts.map((bytes, k) => put(`kill/${k}.cwasm`, bytes));
  const warnings: string[] = [];
  const cache = new Cache({ directory, warn: (sentence) => warnings.push(sentence) });
  const keys = modules.map((wasm) => cache.key(wasm, OPTIONS));
  const r = new Random(7);
  const seen = { whole: 0, none: 0 };
  const look = (): void => {
    keys.forEach((key, k) => {
      // By the open file: under its name there may be another by now, or none.
      const content = cache.use(key, (_, { fd }) => readFileSync(fd));
      if (content === undefined) seen.none++;
      else {
        expect(content.equals(artifacts[k]!)).toBe(true);
        seen.whole++;
      }
    });
  };
  const lane = async (): Promise<void> => {
    for (let k = 0; k < 50; k++) {
      const child = start(["churn", directory, ...paths]);
      await child.ready;
      child.process.stdin!.write("go\n");
      await new Promise((resolve) => setTimeout(resolve, r.below(40)));
      child.process.kill("SIGKILL");
      await child.ended;
      expect(child.process.signalCode).toBe("SIGKILL");
      expect(child.output).toBe("ready\n");
      look();
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  expect(warnings).toEqual([]);
  const left = readdirSync(directory).filter((name) => !isEntry(name));
  expect(left.length, "kills in the middle of a write").toBeGreaterThan(10);
  expect(Math.min(seen.whole, seen.none)).toBeGreaterThan(0);
  const old = Date.now() / 1000 - 3600;
  for (const name of left) utimesSync(join(directory, name), old, old);
  rmSync(cache.pathOf(keys[0]!), { force: true });
  artifacts.forEach((artifact, k) => cache.put(keys[k]!, artifact));
  expect(readdirSync(directory).sort()).toEqual(keys.map((k) => `${k}.cwasm`).sort());
  for (const key of keys) expect(cache.find(key)).toBe(cache.pathOf(key));
});

describe("where nothing can be written", () => {
  const artifact = put("full/a.cwasm", compile(wasmOf(9, 1_000_000)));

  const mount = [
    "-Urm",
    "sh",
    "-c",
    'mount -t tmpfs -o size=300k none "$1" && shift && exec "$@"',
    "-",
  ];
  const directory = at("full/disk");
  mkdirSync(directory, { recursive: true });
  const canMount = spawnSync("unshare", [...mount, directory, "true"]).status === 0;
  const title = canMount ? "a full disk" : "a full disk (unshare cannot mount here)";
  it.runIf(canMount)(title, () => {
    chmodSync(directory, 0o700);
    const words = [NODE, CHILD, "put", join(directory, "cache"), artifact, artifact];
    const script = [...words, ";", "ls", "-A", join(directory, "cache")].join(" ");
    const run = spawnSync("unshare", [...mount, directory, "sh", "-c", script], {
      input: "go\n",
      encoding: "utf8",
    });
    expect(run.stdout.split("\n")).toEqual([
      "ready",
      `! cannot write to the cache ${join(directory, "cache")}: no space left on the device`,
      "lost miss",
      "lost miss",
      "",
    ]);
  });

  it("a directory that is another's to write: what root has put there is used", () => {
    const shared = at("shared/cache");
    const cache = new Cache({ directory: shared });
    cache.put(cache.key(wasmOf(9, 1_000_000), OPTIONS), readFileSync(artifact));
    const isRoot = process.geteuid?.() === 0;
    for (const path of [root, at("shared")]) chmodSync(path, 0o755);
    chmodSync(shared, isRoot ? 0o755 : 0o555);
    for (const name of readdirSync(shared)) chmodSync(join(shared, name), 0o644);
    const other = put("shared/b.cwasm", compile(wasmOf(10)));
    const run = spawnSync(NODE, [CHILD, "put", shared, artifact, other], {
      input: "go\n",
      encoding: "utf8",
      ...(isRoot ? { uid: 65534, gid: 65534 } : {}),
    });
    expect(run.stderr).toBe("");
    expect(run.stdout.split("\n")).toEqual([
      "ready",
      "kept hit",
      `! cannot write to the cache ${shared}: permission denied`,
      "lost miss",
      "",
    ]);
    chmodSync(shared, 0o755);
  });
});

describe("ingot precompile", () => {
  const cache = at("tree/cache");
  const run = (...words: string[]) => ingot(["precompile", ...words, "--cache", cache]);
  const rows = (stdout: string): string[] =>
    stdout
      .trim()
      .split("\n")
      .map((line) => line.replaceAll(`${root}/`, "").replace(/ in [\d.]+ s/, ""));

  const plain = wasmOf(21);
  put("tree/a/node_modules/p/p.wasm", plain);
  put("tree/a/node_modules/p/copy.bin", plain);
  put("tree/a/node_modules/p/index.js", "export default 'AGFzbQEAAAA=';");
  put("tree/a/node_modules/p/fake.wasm", "no module");
  put("tree/a/big.dat", wasmOf(22, 1_600_000));
  put("tree/a/component.wasm", Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0));
  put("tree/a/empty.wasm", "");
  put("tree/a/invalid.wasm", parseWat("(module (func (result i32)))"));
  put("tree/a/void.wasm", parseWat("(module)"));
  put("tree/outside/b.wasm", wasmOf(23));
  symlinkSync("../outside", at("tree/a/link"));
  symlinkSync("../outside/b.wasm", at("tree/a/b.wasm"));

  it("compiles what it finds, says so by module, and goes on after what it cannot take", () => {
    const { code, stdout, stderr } = run(at("tree/a"));
    expect([code, stderr]).toEqual([0, ""]);
    expect(rows(stdout)).toEqual([
      "tree/a/big.dat  1.6 MB  compiled, 1.7 MB",
      "tree/a/component.wasm  8 B  cannot be compiled: unknown binary version: " +
        "this is a component, at offset 0x4",
      expect.stringMatching(/^tree\/a\/invalid.wasm {2}25 B {2}cannot be compiled: type mismatch/),
      expect.stringMatching(/copy.bin  .*compiled, 13\d\.\d kB$/),
      expect.stringMatching(/p.wasm  .*present$/),
      expect.stringMatching(/void.wasm {2}8 B {2}compiled, 13\d\.\d kB$/),
      "6 modules: 3 compiled, 1 present, 2 cannot be compiled; tree/cache holds 3, 2.0 MB",
    ]);
  });

  it("makes the entries that are looked for, and makes them once", () => {
    const open = new Cache({ directory: cache, readOnly: true });
    const key = open.key(plain, defaultOptions(HOST));
    const path = open.find(key)!;
    const before = statSync(path);
    const again = rows(run(at("tree/a")).stdout);
    expect(again.at(-1)).toMatch(/^6 modules: 0 compiled, 4 present, 2 cannot/);
    expect(statSync(path)).toEqual(before);
    const bytes = readFileSync(path);
    bytes[70000]! ^= 1;
    writeFileSync(path, bytes);
    const healed = run(at("tree/a"));
    expect(rows(healed.stdout).at(-1)).toMatch(/^6 modules: 1 compiled, 3 present, 2 cannot/);
    expect(healed.stderr).toMatch(/^ingot: the cache entry .* was dropped: .*checksum is wrong\n$/);
    expect(open.find(key)).toBe(path);
  });

  it("compiles programs for node:wasi as well, if it is told to", () => {
    const program = `(module (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
      (memory (export "memory") 1))`;
    put("tree/w/w.wasm", parseWat(program));
    put("tree/w/v.wasm", plain);
    const { stdout } = run("--node-wasi", at("tree/w"));
    expect(rows(stdout).slice(0, 3)).toEqual([
      expect.stringMatching(/^tree\/w\/v.wasm  .*present$/),
      expect.stringMatching(/^tree\/w\/w.wasm  .*compiled, .*$/),
      expect.stringMatching(/^tree\/w\/w.wasm for node:wasi  .*compiled, .*$/),
    ]);
    expect(rows(run(at("tree/w")).stdout)).toHaveLength(3);
  });

  it("compiles for another target, on threads, and takes links and modules that are named", () => {
    const { code, stdout } = run(at("tree/a/link"), at("tree/a/b.wasm"), "--target", "arm64");
    expect(code).toBe(0);
    expect(rows(stdout).slice(0, 2)).toEqual([
      expect.stringMatching(/^tree\/a\/link\/b.wasm .*compiled/),
      expect.stringMatching(/^tree\/a\/b.wasm .*present/),
    ]);
    const open = new Cache({ directory: cache });
    expect(open.find(open.key(wasmOf(23), defaultOptions("arm64")))).toBeDefined();
    const threads = ingot(["precompile", at("tree/a"), "--workers", "2", "--cache", at("tree/c")]);
    expect(rows(threads.stdout).at(-1)).toMatch(/^6 modules: 3 compiled, 1 present, 2 cannot/);
    for (const name of readdirSync(at("tree/c"))) {
      expect(readFileSync(at(`tree/c/${name}`)).equals(readFileSync(join(cache, name)))).toBe(true);
    }
  });

  it("ends with 0 unless nothing could be read or something could not be kept", () => {
    const half = run(at("tree/none"), at("tree/outside"));
    expect([half.code, half.stderr]).toEqual([
      0,
      expect.stringMatching(/^ingot: cannot read .*\n$/),
    ]);
    expect(run(at("tree/none")).code).toBe(2);
    const small = ingot(["precompile", at("tree/a"), "--cache", at("tree/d")], "", 60, {
      INGOT_CACHE_SIZE: "200K",
    });
    expect(small.code).toBe(1);
    expect(small.stderr).toMatch(/INGOT_CACHE_SIZE bounds the cache\)\n$/);
    const off = ingot(["precompile", at("tree/a")], "", 60, { INGOT_CACHE: "off" });
    expect([off.code, off.stderr]).toEqual([2, expect.stringMatching(/INGOT_CACHE is off/)]);
  });

  it("fills the cache that `ingot cache` shows and clears", () => {
    const env = { INGOT_CACHE: at("tree/e"), INGOT_CACHE_READONLY: "1" };
    const verb = (...words: string[]) => ingot(words, "", 60, env).stdout.trim().split("\n");
    verb("precompile", at("tree/outside"));
    expect(verb("cache", "path")).toEqual([at("tree/e")]);
    expect(verb("cache", "list")).toEqual([
      expect.stringMatching(/^[0-9a-f]{64} {3}13\d\.\d kB {2}used \d{4}-\d\d-\d\d \d\d:\d\d UTC$/),
      expect.stringMatching(/holds 1, 13\d\.\d kB$/),
    ]);
    expect(verb("cache", "clear")).toEqual(["1 removed"]);
    expect(readdirSync(at("tree/e"))).toEqual([]);
  });
});

describe.skipIf(!hasNative)("the loader", () => {
  it("finds a flipped bit by the checksum alone", () => {
    const bytes = compileModule(decodeModule(wasmOf(1, 1600)), defaultOptions(HOST)).artifact;
    const path = put("flip/a.cwasm", bytes);
    const check = () => loader(["--check-only", "--sum-only", path]);
    expect(check()).toEqual({ code: 0, stdout: "", stderr: "" });
    const r = new Random(3);
    for (let k = 0; k < 200; k++) {
      const bit = k % 2 === 0 ? r.below(bytes.length * 8) : (65536 + r.below(300)) * 8 + r.below(8);
      const copy = bytes.slice();
      copy[bit >> 3]! ^= 1 << (bit & 7);
      writeFileSync(path, copy);
      expect(check().code, `bit ${bit}`).toBe(1);
    }
  });
});
