// The cache by itself: what a hit needs, what is not trusted, what is evicted, and that nothing
// that goes wrong with files is an error. Processes that race and die: tools/cache.test.ts.

import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { ArtifactError, checksumOf, readArtifact } from "../object/artifact.ts";
import { CHECKSUM_AT } from "../object/header.ts";
import { parseWat } from "../text/wat.ts";
import { decodeModule } from "../wasm/decode.ts";
import { parseFeatures } from "../wasm/features.ts";
import { Cache, DEFAULT_BYTES, cacheOptions } from "./cache.ts";
import type { CacheOptions } from "./cache.ts";
import { compileModule } from "./compile.ts";
import type { CompileOptions } from "./compile.ts";
import { defaultOptions, madeText } from "./made.ts";

const root = mkdtempSync(join(tmpdir(), "ingot-cache-"));
afterAll(() => rmSync(root, { recursive: true }));

const isRoot = process.geteuid?.() === 0;
const OPTIONS = defaultOptions("amd64");

const wasmOf = (n: number): Uint8Array =>
  parseWat(`(module (func (export "f") (result i32) i32.const ${n}))`);
const compile = (wasm: Uint8Array, options = OPTIONS): Uint8Array =>
  compileModule(decodeModule(wasm), options).artifact;

const WASM = wasmOf(1);
const ARTIFACT = compile(WASM);

let count = 0;
let directory = "";
let warnings: string[] = [];
const open = (more: Partial<CacheOptions> = {}): Cache =>
  new Cache({ directory, warn: (sentence) => warnings.push(sentence), ...more });

beforeEach(() => {
  directory = join(root, String(count++), "cache");
  warnings = [];
});

/** A cache with an entry, and the path of that. */
function filled(): { cache: Cache; key: string; path: string } {
  const cache = open();
  const key = cache.key(WASM, OPTIONS);
  return { cache, key, path: cache.put(key, ARTIFACT)! };
}

describe("key", () => {
  const key = (o: CompileOptions, wasm = WASM): string => open().key(wasm, o);

  it("depends on everything that code depends on", () => {
    const others: readonly Partial<CompileOptions>[] = [
      { target: "arm64" },
      { features: parseFeatures("1.0") },
      { bounds: "explicit" },
      { cpu: 1 },
      { facts: false },
      { embed: true },
    ];
    const keys = others.map((o) => key({ ...OPTIONS, ...o }));
    expect(new Set([key(OPTIONS), key(OPTIONS, wasmOf(2)), ...keys]).size).toBe(others.length + 2);
    for (const k of keys) expect(k).toMatch(/^[0-9a-f]{64}$/);
  });

  it("depends on nothing else", () => {
    const { target, features, bounds } = OPTIONS;
    const bare = { target, features: new Set([...features].reverse()), bounds, order: [0] };
    expect(key(bare)).toBe(key(OPTIONS));
    expect(madeText(OPTIONS)).toContain("for amd64");
  });
});

describe("an entry", () => {
  it("is found when it was put, by others too", () => {
    const { key, path } = filled();
    expect(open().find(key)).toBe(path);
    expect(open({ readOnly: true }).find(key)).toBe(path);
    expect(open().find(open().key(wasmOf(2), OPTIONS))).toBeUndefined();
    expect(readFileSync(path)).toEqual(Buffer.from(ARTIFACT));
    expect(readdirSync(directory)).toEqual([`${key}.cwasm`]);
    expect(warnings).toEqual([]);
  });

  it("is for nobody but the user, unless the directory is for others", () => {
    const { path } = filled();
    expect([statSync(directory).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600]);
    chmodSync(directory, 0o755);
    const cache = open();
    const wasm = wasmOf(2);
    const shared = cache.put(cache.key(wasm, OPTIONS), compile(wasm))!;
    expect(statSync(shared).mode & 0o777).toBe(0o644 & ~process.umask());
  });

  it("is written once", () => {
    const { cache, key, path } = filled();
    const { ino } = statSync(path);
    expect(cache.put(key, ARTIFACT)).toBe(path);
    expect(statSync(path).ino).toBe(ino);
  });

  it("cannot have another's key", () => {
    const { cache } = filled();
    expect(() => cache.put(cache.key(wasmOf(2), OPTIONS), ARTIFACT)).toThrow(/another's key/);
  });

  it("passes through what its user throws, and goes if that is about the artifact", () => {
    const { cache, key, path } = filled();
    const use = (error: Error) => () =>
      cache.use(key, () => {
        throw error;
      });
    expect(use(new RangeError("no room"))).toThrow(RangeError);
    expect(existsSync(path)).toBe(true);
    expect(cache.use(key, (_, { fd }) => fstatSync(fd).size)).toBe(ARTIFACT.length);
    expect(use(new ArtifactError("damaged"))()).toBeUndefined();
    expect(existsSync(path)).toBe(false);
    expect(warnings).toEqual([`the cache entry ${path} was dropped: damaged`]);
  });
});

describe("is not trusted:", () => {
  const other = (o: Partial<CompileOptions>): Uint8Array => compile(WASM, { ...OPTIONS, ...o });
  const sealed = (change: (bytes: Uint8Array) => void): Uint8Array => {
    const bytes = ARTIFACT.slice();
    change(bytes);
    const view = new DataView(bytes.buffer);
    checksumOf(bytes).forEach((word, k) => view.setUint32(CHECKSUM_AT + 4 * k, word, true));
    return bytes;
  };
  const replace = (bytes: Uint8Array) => (path: string) => writeFileSync(path, bytes);
  const instead = (make: (path: string) => void) => (path: string) => {
    rmSync(path);
    make(path);
  };

  it.each<[string, (path: string) => void]>([
    ["an empty file", (path) => truncateSync(path, 0)],
    ["half a header", (path) => truncateSync(path, 100)],
    ["a header alone", (path) => truncateSync(path, 208)],
    ["a truncated file", (path) => truncateSync(path, ARTIFACT.length - 1)],
    ["one that lacks a word", (path) => truncateSync(path, ARTIFACT.length - 8)],
    ["zeros behind it", (path) => truncateSync(path, ARTIFACT.length + 8)],
    ["zeros in place of it", replace(new Uint8Array(ARTIFACT.length))],
    ["text", replace(new TextEncoder().encode("hello"))],
    ["another module's artifact", replace(compile(wasmOf(2)))],
    ["another target's", replace(other({ target: "arm64" }))],
    ["one of other features", replace(other({ features: parseFeatures("1.0") }))],
    ["one with explicit checks", replace(other({ bounds: "explicit" }))],
    ["another epoch's", replace(sealed((bytes) => bytes[64 + 8]!++))],
    ["a directory", instead((path) => mkdirSync(path))],
    [
      "a directory with something in it",
      instead((path) => mkdirSync(join(path, "a"), { recursive: true })),
    ],
    [
      "a link to a good one",
      instead((path) => {
        writeFileSync(`${path}.real`, ARTIFACT);
        symlinkSync(`${path}.real`, path);
      }),
    ],
    ["a link to nothing", instead((path) => symlinkSync("nowhere", path))],
    ["a fifo", instead((path) => execFileSync("mkfifo", [path]))],
    ["a file that others may write to", (path) => chmodSync(path, 0o620)],
  ])("%s", (_, damage) => {
    const { cache, key, path } = filled();
    damage(path);
    expect(open({ readOnly: true }).find(key)).toBeUndefined();
    expect(cache.find(key)).toBeUndefined();
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/^the cache entry .* is not used: \w/);
    expect(warnings[1]).toMatch(/^the cache entry .* was dropped: \w/);
    expect(existsSync(path)).toBe(false);
    expect(cache.put(key, ARTIFACT)).toBe(path);
    expect(cache.find(key)).toBe(path);
    expect(warnings).toHaveLength(2);
  });

  it.runIf(isRoot)("somebody else's file or directory", () => {
    const { key, path } = filled();
    chownSync(path, 4321, 4321);
    expect(open().find(key)).toBeUndefined();
    expect(warnings.pop()).toMatch(/dropped: it belongs to somebody else/);
    chownSync(directory, 4321, 4321);
    expect(open().put(key, ARTIFACT)).toBeUndefined();
    expect(warnings.pop()).toMatch(/^the cache .* is not used: it belongs to somebody else$/);
  });

  it("a directory that others may write to", () => {
    const { key } = filled();
    chmodSync(directory, 0o777);
    const cache = open();
    expect([cache.find(key), cache.put(key, ARTIFACT), cache.list()]).toEqual([
      undefined,
      undefined,
      [],
    ]);
    expect(warnings).toEqual([
      `the cache ${directory} is not used: others may write to it (mode 0777)`,
    ]);
  });

  it("a flipped bit, wherever it is", () => {
    const { cache, key, path } = filled();
    const { text } = readArtifact(ARTIFACT);
    const start = text.byteOffset;
    let state = 12345;
    const below = (n: number): number =>
      ((state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 8) % n;
    const places = [
      ...Array.from({ length: 208 }, (_, byte) => byte * 8 + below(8)),
      ...Array.from({ length: 100 }, () => below(ARTIFACT.length * 8)),
      ...Array.from({ length: 100 }, () => start * 8 + below(600 * 8)),
    ];
    for (const bit of places) {
      const bytes = ARTIFACT.slice();
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      writeFileSync(path, bytes, { mode: 0o600 });
      expect(cache.find(key), `bit ${bit}`).toBeUndefined();
      expect(existsSync(path)).toBe(false);
    }
    expect(warnings).toHaveLength(places.length);
  });
});

describe("size", () => {
  const modules = [1, 2, 3, 4, 5].map(wasmOf);
  const artifacts = modules.map((wasm) => compile(wasm));
  const size = artifacts[0]!.length;
  const age = (path: string, hours: number): void => {
    const time = Date.now() / 1000 - hours * 3600;
    utimesSync(path, time, time);
  };
  const fill = (cache: Cache): string[] =>
    modules.slice(0, 4).map((wasm, k) => {
      const path = cache.put(cache.key(wasm, OPTIONS), artifacts[k]!)!;
      age(path, 10 - k);
      return path;
    });

  it("is bounded: the least recently used go", () => {
    const cache = open({ maxBytes: 4.5 * size });
    const paths = fill(cache);
    expect(open().find(cache.key(modules[0]!, OPTIONS))).toBe(paths[0]); // used: now the youngest
    const last = cache.put(cache.key(modules[4]!, OPTIONS), artifacts[4]!)!;
    expect(paths.map((path) => existsSync(path))).toEqual([true, false, true, true]);
    expect(cache.list().map(({ key }) => cache.pathOf(key))).toHaveLength(4);
    expect(existsSync(last)).toBe(true);
    expect(warnings).toEqual([]);
  });

  it("is bounded for one entry too", () => {
    const cache = open({ maxBytes: size - 1 });
    const key = cache.key(modules[0]!, OPTIONS);
    expect([cache.put(key, artifacts[0]!), cache.put(key, artifacts[0]!)]).toEqual([
      undefined,
      undefined,
    ]);
    expect(warnings).toHaveLength(1);
  });

  it("counts what others have put there, and touches nothing else", () => {
    fill(open());
    writeFileSync(join(directory, "notes"), "x".repeat(10 * size));
    const cache = open({ maxBytes: 3.5 * size });
    cache.put(cache.key(modules[4]!, OPTIONS), artifacts[4]!);
    expect(cache.list()).toHaveLength(3);
    expect(cache.clear()).toBe(3);
    expect(readdirSync(directory)).toEqual(["notes"]);
  });

  it("times of use are exact to minutes, and written to no read-only cache", () => {
    const { key, path } = filled();
    const times = [0, 0.1, 5].map((hours) => {
      age(path, hours);
      const before = statSync(path).mtimeMs;
      open({ readOnly: true }).find(key);
      expect(statSync(path).mtimeMs).toBe(before);
      open().find(key);
      return statSync(path).mtimeMs !== before;
    });
    expect(times).toEqual([false, false, true]);
  });

  it("leftovers are swept up when they are old and nobody's", () => {
    const { cache } = filled();
    const name = (pid: number, k: number): string => `.${pid}-${String(k).padStart(16, "0")}.tmp`;
    const dead = 4194304; // above the largest process number
    const leave = (pid: number, k: number, hours: number): string => {
      const path = join(directory, name(pid, k));
      writeFileSync(path, "");
      age(path, hours);
      return path;
    };
    const old = [leave(dead, 1, 1), leave(process.pid, 2, 25)];
    const young = [leave(dead, 3, 0), leave(process.pid, 4, 1)];
    cache.list();
    expect(old.map((path) => existsSync(path))).toEqual([false, false]);
    expect(young.map((path) => existsSync(path))).toEqual([true, true]);
  });
});

describe("what goes wrong is a warning:", () => {
  it("read-only", () => {
    const cache = open({ readOnly: true });
    const key = cache.key(WASM, OPTIONS);
    expect([cache.find(key), cache.put(key, ARTIFACT), cache.put(key, ARTIFACT)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(warnings).toHaveLength(2);
    expect(existsSync(directory)).toBe(false);
  });

  it("a file in place of the directory", () => {
    mkdirSync(join(directory, ".."), { recursive: true });
    writeFileSync(directory, "");
    const cache = open();
    const key = cache.key(WASM, OPTIONS);
    expect([cache.find(key), cache.put(key, ARTIFACT)]).toEqual([undefined, undefined]);
    expect(warnings).toEqual([`the cache ${directory} is not used: it is not a directory`]);
    const below = open({ directory: join(directory, "below") });
    expect([below.find(key), below.put(key, ARTIFACT)]).toEqual([undefined, undefined]);
    expect(warnings).toHaveLength(2);
  });

  it("a directory that vanishes comes back", () => {
    const { cache, key, path } = filled();
    rmSync(directory, { recursive: true });
    expect(cache.find(key)).toBeUndefined();
    expect(cache.put(key, ARTIFACT)).toBe(path);
    expect(warnings).toEqual([]);
  });
});

describe("the environment", () => {
  const read = (env: NodeJS.ProcessEnv) => {
    const options = cacheOptions(env, (sentence) => warnings.push(sentence));
    return options && [options.directory, options.readOnly, options.maxBytes];
  };

  it.each<[string, NodeJS.ProcessEnv, readonly unknown[] | undefined]>([
    ["nothing", { HOME: "/h" }, ["/h/.cache/ingot", false, DEFAULT_BYTES]],
    ["XDG", { HOME: "/h", XDG_CACHE_HOME: "/x" }, ["/x/ingot", false, DEFAULT_BYTES]],
    [
      "a relative XDG",
      { HOME: "/h", XDG_CACHE_HOME: "x" },
      ["/h/.cache/ingot", false, DEFAULT_BYTES],
    ],
    ["a directory", { INGOT_CACHE: "/c", INGOT_CACHE_READONLY: "1" }, ["/c", true, DEFAULT_BYTES]],
    ["a size", { INGOT_CACHE: "/c", INGOT_CACHE_SIZE: "1.5G" }, ["/c", false, 1.5 * 2 ** 30]],
    [
      "a size with its unit",
      { INGOT_CACHE: "/c", INGOT_CACHE_SIZE: "64MiB" },
      ["/c", false, 2 ** 26],
    ],
    ["0", { INGOT_CACHE: "/c", INGOT_CACHE_READONLY: "0" }, ["/c", false, DEFAULT_BYTES]],
    ["off", { INGOT_CACHE: "off", HOME: "/h" }, undefined],
  ])("%s", (_, env, expected) => {
    expect(read(env)).toEqual(expected);
    expect(warnings).toEqual([]);
  });

  it("warns of a size that is none", () => {
    expect(read({ INGOT_CACHE: "/c", INGOT_CACHE_SIZE: "lots" })?.[2]).toBe(DEFAULT_BYTES);
    expect(warnings).toHaveLength(1);
  });
});
