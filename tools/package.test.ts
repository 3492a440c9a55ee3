// The package as a user gets it: packed by npm, unpacked as a dependency of a project of its own
// (without a network: what ingot depends on is linked to ours), imported, required, preloaded, run
// as a command, and seen by TypeScript.

import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOST, hasNative } from "./ingot.ts";
import { NODE, canRequire } from "./node.ts";

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
}

const EXAMPLES = resolve("testdata/examples");
const TSC = resolve("node_modules/.bin/tsc");

let project = "";
let installed = "";

interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

function run(program: string, words: readonly string[], env: Record<string, string> = {}): Ran {
  const { stdout, stderr, status, error } = spawnSync(program, words, {
    cwd: project,
    encoding: "utf8",
    timeout: 120_000,
    env: { ...process.env, INGOT_CACHE: join(project, "cache"), ...env },
  });
  if (error !== undefined) throw error;
  return { out: stdout, err: stderr, code: status };
}

const node = (words: readonly string[], env: Record<string, string> = {}): Ran =>
  run(NODE, words, env);

function must(program: string, words: readonly string[], cwd: string): string {
  const { stdout, stderr, status } = spawnSync(program, words, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

const manifest = (): Manifest =>
  JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as Manifest;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "ingot-package-"));
  installed = join(project, "node_modules/ingot");
  mkdirSync(installed, { recursive: true });
  const packed = must("npm", ["pack", "--ignore-scripts", "--pack-destination", project], ".");
  const archive = packed.trim().split("\n").at(-1)!;
  must("tar", ["xzf", join(project, archive), "-C", installed, "--strip-components=1"], project);
  for (const name of Object.keys(manifest().dependencies)) {
    symlinkSync(resolve("node_modules", name), join(project, "node_modules", name));
  }
  symlinkSync(resolve("node_modules/@types"), join(project, "node_modules/@types"));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }\n');
  for (const name of readdirSync(EXAMPLES)) cpSync(join(EXAMPLES, name), join(project, name));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const expected = (name: string): string => readFileSync(join(project, `${name}.expected`), "utf8");
const engines = hasNative ? ["native", "interpreter"] : ["interpreter"];

describe("the package", () => {
  it("has the runtime for this machine, and its licence", () => {
    const wanted = manifest().files.filter(
      (path) => !path.startsWith("build/") || (hasNative && path.startsWith(`build/${HOST}/`)),
    );
    expect(
      [...wanted, "LICENSE", "README.md"].filter((p) => !existsSync(join(installed, p))),
    ).toEqual([]);
    const tests = readdirSync(installed, { recursive: true, encoding: "utf8" });
    expect(tests.filter((path) => /\.test\.|\.tsbuildinfo$|(?:^|\/)stamp$/.test(path))).toEqual([]);
  });

  it("has what its documents link to", () => {
    const broken = ["README.md", "src/api/guide.md", "src/api/reference.gen.md"].flatMap((path) =>
      [...readFileSync(join(installed, path), "utf8").matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link]) => link!)
        .filter((link) => !/^https?:/.test(link))
        .filter((link) => !existsSync(join(installed, posix.join(dirname(path), link)))),
    );
    expect(broken).toEqual([]);
  });

  it.each(engines)("is imported, on the engine %s", (engine) => {
    const ran = node(["embed.mjs"], { INGOT_ENGINE: engine });
    expect(ran).toEqual({ out: expected("embed"), err: "", code: 0 });
    expect(node(["workers.mjs"], { INGOT_ENGINE: engine }).out).toBe(expected("workers"));
  });

  it.runIf(canRequire).each(engines)("is required, on the engine %s", (engine) => {
    writeFileSync(
      join(project, "required.cjs"),
      `const { Instance, Module } = require("ingot");
       const bytes = require("node:fs").readFileSync("embed.wasm");
       console.log(new Instance(new Module(bytes)).exports.gcd(12, 18));`,
    );
    const { out, code } = node(["required.cjs"], { INGOT_ENGINE: engine });
    expect([out, code]).toEqual(["6\n", 0]);
  });

  it.each(engines)("is preloaded, on the engine %s", (engine) => {
    const words = ["--import", "ingot/register", "preload.mjs"];
    const { out, err, code } = node(words, { INGOT_ENGINE: engine, INGOT_REGISTER: "report" });
    expect([out, code]).toEqual([expected("preload"), 0]);
    expect(err).toMatch(/^ingot: .*preload\.mjs:\d+ {2}\d+ B {2}(?:hit|miss) /);
  });
});

describe("the command", () => {
  const ingot = (words: readonly string[], env: Record<string, string> = {}): Ran =>
    node([join(installed, manifest().bin["ingot"]!), ...words], env);

  it("can be run by itself", () => {
    const path = join(installed, manifest().bin["ingot"]!);
    expect(readFileSync(path, "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
  });

  it("compiles all modules of a project, for programs to find", () => {
    const cache = join(project, "image");
    mkdirSync(cache, { mode: 0o755 });
    const { out, code } = ingot(["precompile", "--cache", cache, "."]);
    expect(code).toBe(0);
    expect(out).toMatch(/^embed\.wasm .* compiled, /m);
    const env = { INGOT_CACHE: cache, INGOT_CACHE_READONLY: "1", INGOT_REGISTER: "report" };
    const { err } = node(["--import", "ingot/register", "preload.mjs"], env);
    if (hasNative) expect(err).toMatch(/ B {2}hit /);
  });

  it("runs a program", () => {
    const guest = join(project, "guest");
    mkdirSync(guest);
    writeFileSync(join(guest, "in.txt"), "quiet");
    const { out, code } = ingot(["run", "--dir", `${guest}::/`, "wasi.wasm"]);
    expect([out, code]).toEqual(["05 bytes\n", 0]);
    expect(readFileSync(join(guest, "out.txt"), "utf8")).toBe("QUIET");
  });

  it.runIf(hasNative)("builds an executable", () => {
    expect(ingot(["build", "--dir", "guest::/", "wasi.wasm", "-o", "shout"]).code).toBe(0);
    expect(statSync(join(project, "shout")).mode & 0o111).not.toBe(0);
    expect(run(join(project, "shout"), [])).toEqual({ out: "05 bytes\n", err: "", code: 0 });
  });
});

describe("TypeScript", () => {
  const compile = (options: Record<string, unknown>): Ran => {
    const compilerOptions = {
      target: "es2022",
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      types: ["node"],
      ...options,
    };
    const config = { compilerOptions, files: ["typed.ts", "typedhost.ts"] };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
    return run(TSC, ["-p", "."]);
  };

  it.each([
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])("sees the types of the package (module %s, resolution %s)", (module, moduleResolution) => {
    const ran = compile({ module, moduleResolution, noEmit: true });
    expect(ran).toEqual({ out: "", err: "", code: 0 });
  });

  it("writes a program that runs", () => {
    const module = "nodenext";
    const ran = compile({ module, outDir: "." });
    expect(ran).toEqual({ out: "", err: "", code: 0 });
    expect(node(["typed.js"])).toEqual({ out: "Hello, TypeScript!\n", err: "", code: 0 });
    expect(node(["typedhost.js"])).toEqual({ out: "at work\nkept\n", err: "", code: 0 });
  });

  it("is told of what is not there", () => {
    const path = join(project, "typed.ts");
    const text = readFileSync(path, "utf8");
    try {
      writeFileSync(path, `${text}\nalloc("no number");\n`);
      const { out, code } = compile({ module: "nodenext", noEmit: true });
      expect(code).not.toBe(0);
      expect(out).toMatch(/^typed\.ts\(\d+,7\): error TS2345: /);
      expect(out.trim().split("\n").length).toBe(1);
    } finally {
      writeFileSync(path, text);
    }
  });
});
