// The examples of the documents, run as a user runs them: each prints what stands beside it
// (BLESS=1 rewrites that) and nothing on standard error, on both engines, with an empty cache and
// with one that has all it needs, to which nothing may be added.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasNative } from "./ingot.ts";
import { NODE } from "./node.ts";

const FOLDER = "testdata/examples";
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".mjs"))
  .sort();

/** What stands before the file on Node's command line. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  "preload.mjs": ["--import", "ingot/register"],
};

/** Those that compile artifacts, or have a cache of their own. */
const OWN_CACHE: readonly string[] = ["artifacts.mjs", "engines.mjs", "workers.mjs"];

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "ingot-examples-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run(name: string, env: Readonly<Record<string, string>>): string {
  const { PATH = "", HOME = "" } = process.env;
  const { stdout, stderr, status, error } = spawnSync(NODE, [...(FLAGS[name] ?? []), name], {
    cwd: FOLDER,
    encoding: "utf8",
    timeout: 60_000,
    env: { PATH, HOME, ...env },
  });
  if (error !== undefined) throw error;
  expect([stderr, status]).toEqual(["", 0]);
  return stdout;
}

function check(name: string, env: Readonly<Record<string, string>>): void {
  const path = join(FOLDER, name.replace(/mjs$/, "expected"));
  const printed = run(name, env);
  if (process.env["BLESS"] === "1") writeFileSync(path, printed);
  expect(printed).toBe(readFileSync(path, "utf8"));
}

describe.runIf(hasNative)("on native code", () => {
  const native = { INGOT_ENGINE: "native" };

  it.each(names)("%s, with an empty cache and a full one", (name) => {
    const cache = join(directory, name);
    check(name, { ...native, INGOT_CACHE: cache });
    const entries = existsSync(cache) ? readdirSync(cache) : [];
    // A module that is not there is a warning, and so a failure.
    check(name, { ...native, INGOT_CACHE: cache, INGOT_CACHE_READONLY: "1" });
    expect(existsSync(cache) ? readdirSync(cache) : []).toEqual(entries);
    expect(entries.length > 0).toBe(!OWN_CACHE.includes(name));
  });

  it.each(names)("%s, without a cache", (name) => {
    check(name, { ...native, INGOT_CACHE: "off" });
  });
});

describe("on the interpreter", () => {
  it.each(names)("%s", (name) => {
    check(name, { INGOT_ENGINE: "interpreter" });
  });
});

it("what the preload runs is not V8's", () => {
  const { stderr } = spawnSync(NODE, ["--import", "ingot/register", "preload.mjs"], {
    cwd: FOLDER,
    encoding: "utf8",
    env: {
      ...process.env,
      INGOT_ENGINE: hasNative ? "native" : "interpreter",
      INGOT_REGISTER: "report",
      INGOT_CACHE: directory,
    },
  });
  expect(stderr).toMatch(/^ingot: .*preload\.mjs:\d+ {2}\d+ B {2}(?:hit|miss) .* 1 instance /);
});
