// The command line as a user meets it: exit codes, one sentence per mistake, no file left behind,
// no JavaScript stack.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ArtifactHeader } from "../src/abi.ts";
import { checksumOf } from "../src/object/artifact.ts";
import { findLoader } from "../src/cli/loader.ts";
import { I32, newFuncType } from "../src/wasm/types.ts";
import { everyWay } from "./everyway.ts";
import { amd64 } from "./handmade-amd64.ts";
import { arm64 } from "./handmade-arm64.ts";
import { assemble, newModule } from "./handmade.ts";
import { HOST, hasNative, ingot, loader } from "./ingot.ts";

const directory = mkdtempSync(join(tmpdir(), "ingot-cli-"));
afterAll(() => rmSync(directory, { recursive: true }));

const at = (name: string): string => join(directory, name);
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(at(name), content);
  return at(name);
};

const ADD = put(
  "add.wat",
  `(module
    (func (export "add") (param i32 i32) (result i32)
      local.get 0
      local.get 1
      i32.add)
    (func $inner (param i32) (result i32)
      local.get 0
      i32.load offset=65535)
    (func $outer (export "trap") (result i32)
      i32.const 1
      call $inner)
    (func (export "loop") (result i32)
      i32.const 7
      i32.const 0
      i32.div_s)
    (memory 1))`,
);

/** A failure is one sentence on standard error, nothing else. */
function expectSentence(run: { stderr: string; stdout: string }, pattern: RegExp): void {
  expect(run.stderr).toMatch(pattern);
  expect(run.stderr).not.toMatch(/\n\s+at .*\.(?:js|ts):\d+/);
  expect(run.stderr.trimEnd().split("\n").length).toBe(1);
}

describe("compile", () => {
  it("prints what each phase took", () => {
    const run = ingot(["compile", ADD, "-o", at("add.cwasm"), "--time"]);
    expect(run.stdout).toMatch(/ns\/operator/);
    expect(run.code).toBe(0);
  });

  it.each([
    ["a malformed module", put("bad.wasm", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 99))],
    ["an invalid body", put("invalid.wat", "(module (func (result i32) f32.const 1))")],
    ["a malformed text", put("bad.wat", "(module (func i32.nonsense))")],
  ])("refuses %s with exit code 1 and no output", (_, path) => {
    const out = at("none.cwasm");
    const run = ingot(["compile", path, "-o", out]);
    expect(run.code).toBe(1);
    expectSentence(run, /ingot: .*(malformed|invalid) module/);
    expect(existsSync(out)).toBe(false);
  });

  it("says where an invalid body goes wrong", () => {
    const run = ingot(["compile", at("invalid.wat"), "-o", at("none.cwasm")]);
    expect(run.stderr).toMatch(/at offset 0x[0-9a-f]+ in function 0/);
  });

  it("names the feature that is off", () => {
    const path = put("ext.wat", "(module (func (param i32) local.get 0 i32.extend8_s drop))");
    const run = ingot(["compile", path, "-o", at("none.cwasm"), "--features", "1.0"]);
    expect(run.code).toBe(1);
    expectSentence(run, /sign-extension/);
  });
});

describe("usage", () => {
  it.each([
    [["compile", at("missing.wasm"), "-o", at("x")], /no such file/],
    [["compile", ADD], /-o FILE/],
    [["compile", ADD, "-o", at("no/such/dir")], /cannot write/],
    [["compile", ADD, "-o", at("x"), "--target", "z80"], /target/],
    [["compile", ADD, "-o", at("x"), "--workers", "0"], /--workers/],
    [["compile", ADD, "-o", at("x"), "--features", "+nonsense"], /nonsense/],
    [["compile", ADD, "-o", at("x"), "--cpu-features", "mmx"], /mmx/],
    [["run", at("missing.wasm")], /no such file/],
    [["run", directory], /directory/],
    [["wast", at("missing")], /no such file/],
    [["inspect", at("missing")], /no such file/],
    [["frobnicate"], /frobnicate/],
    [["run", "--nonsense", ADD], /nonsense/],
    [[], /say what to do/],
  ])("ingot %j ends with exit code 2", (words, pattern) => {
    const run = ingot(words);
    expect(run.code).toBe(2);
    expectSentence(run, pattern);
    expect(existsSync(at("x"))).toBe(false);
  });
});

everyWay("run,", (way) => {
  const run = (...words: string[]) => ingot(["run", ...way, ...words]);

  it("calls an export", () => {
    expect(run("--invoke", "add", ADD, "40", "2")).toEqual({ code: 0, stdout: "42\n", stderr: "" });
  });

  it("ends with 134 and a Wasm stack for a trap", () => {
    const trap = run("--invoke", "trap", ADD);
    expect(trap.code).toBe(134);
    expect(trap.stderr).toMatch(/trap: out of bounds memory access/);
    expect(trap.stderr).toMatch(/at inner .*wasm-function\[1\]:0x[0-9a-f]+/);
    expect(trap.stderr).toMatch(/at outer .*wasm-function\[2\]:0x[0-9a-f]+/);
    expect(run("--invoke", "loop", ADD).stderr).toMatch(/integer divide by zero/);
  });

  it("says what is missing", () => {
    const missing = run("--invoke", "nothing", ADD);
    expect(missing.code).not.toBe(0);
    expectSentence(missing, /nothing/);
    const start = run(ADD);
    expect(start.code).not.toBe(0);
    expectSentence(start, /_start/);
    const needs = put("needs.wat", `(module (import "a" "b" (func)) (func (export "_start")))`);
    expect(run(needs).code).toBe(1);
    expectSentence(run(needs), /unknown import/);
  });
});

describe.runIf(hasNative)("artifacts", () => {
  it("runs alone in the loader", () => {
    const out = at("sort.cwasm");
    expect(ingot(["compile", "testdata/programs/sort.wasm", "-o", out]).code).toBe(0);
    const expected = readFileSync("testdata/programs/sort.expected", "utf8");
    expect(loader([out])).toEqual({ code: 0, stdout: expected, stderr: "" });
    expect(ingot(["run", out]).stdout).toBe(expected);
    expect(ingot(["inspect", out]).stdout).toMatch(`artifact for    ${HOST}\n`);
  });

  it("is run by the interpreter when the module is embedded", () => {
    const out = at("embedded.cwasm");
    ingot(["compile", ADD, "-o", out, "--embed"]);
    const run = ingot(["run", "--engine", "interpreter", "--invoke", "add", out, "1", "2"]);
    expect(run.stdout).toBe("3\n");
    const alone = ingot(["run", "--invoke", "add", out, "1", "2"], "", 60, {
      INGOT_RT: at("none"),
    });
    expect(alone.stdout).toBe("3\n"); // no loader: nobody has to ask
    ingot(["compile", ADD, "-o", out]);
    const bare = ingot(["run", "--engine", "interpreter", "--invoke", "add", out, "1", "2"]);
    expectSentence(bare, /--embed/);
  });

  it("refuses another target, epoch or CPU with a sentence of its own", () => {
    const out = at("odd.cwasm");
    ingot(["compile", ADD, "-o", out]);
    const bytes = readFileSync(out);
    const change = (offset: number, value: number): { code: number; stderr: string } => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(value, 64 + offset);
      const hash = 64 + ArtifactHeader.contentHash;
      copy.fill(0, hash, hash + 40);
      createHash("sha256").update(copy).digest().copy(copy, hash);
      checksumOf(copy).forEach((word, k) => copy.writeUInt32LE(word, hash + 32 + 4 * k));
      return loader([put("changed.cwasm", copy)]);
    };
    expect(change(8, 200).stderr).toMatch(/another version/);
    expect(change(12, 2).stderr).toMatch(/arm64|target|machine/);
    expect(change(22, 0x80).stderr).toMatch(/CPU/);
    expect(change(8, 200).code).toBe(1);
  });
});

describe("another machine's artifacts", () => {
  const [other, emulator] =
    HOST === "amd64" ? ([arm64, "qemu-aarch64"] as const) : ([amd64, "qemu-x86_64"] as const);
  const { target } = other;
  const m = newModule({
    types: [newFuncType([], []), newFuncType([], [I32])],
    funcs: [0, 1],
    exports: ["_start", "five"].map((name, index) => ({ name, kind: "func", index, offset: 0 })),
  });
  const path = put(
    "other.cwasm",
    assemble(other, m, (layout) => [
      other.newCode(layout).ret().blob(),
      other.newCode(layout).constant("r0", 5).ret().blob(),
    ]),
  );

  it("are inspected", () => {
    expect(ingot(["inspect", path]).stdout).toMatch(`artifact for    ${target}`);
  });

  it.runIf(findLoader(target).missing === undefined)("run under an emulator", () => {
    expect(ingot(["run", path])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(ingot(["run", "--invoke", "five", path]).stdout).toBe("5\n");
  });

  it("do not run without one, and the sentence says so", () => {
    const run = ingot(["run", path], "", 60, { PATH: "" });
    expect(run.code).toBe(2);
    expectSentence(run, new RegExp(`${target} needs ${emulator}.*PATH`));
  });

  it("do not run without a loader, and the sentence says how to make it", () => {
    const bin = at("bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, emulator), "", { mode: 0o755 });
    const run = ingot(["run", path], "", 60, { PATH: bin, INGOT_RT: at("none") });
    expect(run.code).toBe(2);
    expectSentence(run, new RegExp(`make runtime TARGET=${target}`));
  });

  it.runIf(hasNative)("are refused by this machine's loader", () => {
    const run = loader([path]);
    expect(run.code).toBe(1);
    expectSentence(run, new RegExp(`made for ${target}, but this loader runs ${HOST}`));
  });
});
