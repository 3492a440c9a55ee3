// Imports from "env" that AssemblyScript and Emscripten expect (src/engine/hosts.ts and
// runtime-support/hosts.c), by modules of testdata/hosts: every engine prints the same and ends in
// the same way. C programs with setjmp print what they print natively.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { TargetName } from "../src/abi.ts";
import { findLoader } from "../src/cli/loader.ts";
import { everyWay } from "./everyway.ts";
import { HOST, hasNative, ingot } from "./ingot.ts";
import type { Ran } from "./ingot.ts";

const directory = mkdtempSync(join(tmpdir(), "ingot-hosts-"));
afterAll(() => rmSync(directory, { recursive: true }));

const AS = "testdata/hosts/assemblyscript.wat";
const EM = "testdata/hosts/emscripten.wat";

/** Runs a module in this way; what is compiled for it is compiled once and run by the loader. */
function runWith(way: readonly string[], file: string, options: string[], ...args: string[]): Ran {
  if (way.includes("interpreter")) return ingot(["run", ...way, ...options, file, ...args]);
  const target = way.includes("--target") ? (way.at(-1) as TargetName) : HOST;
  const artifact = join(directory, `${target}-${basename(file)}.cwasm`);
  if (!existsSync(artifact)) ingot(["compile", file, "-o", artifact, "--target", target]);
  const [program = "", ...before] = findLoader(target).command ?? [];
  const words = [...before, ...options, artifact, ...args];
  const run = spawnSync(program, words, { encoding: "utf8", timeout: 60_000 });
  return { code: run.status ?? -1, stdout: run.stdout, stderr: run.stderr };
}

const ended = (code: number, stdout: string, stderr = ""): Ran => ({ code, stdout, stderr });
const lines = (...all: (number | string)[]): string => all.map((line) => `${line}\n`).join("");
/** A trap in these functions, innermost first. */
const trapped = (reason: string, ...frames: string[]) => ({
  code: 134,
  stdout: "",
  stderr: expect.stringMatching(
    new RegExp(
      `^ingot: trap: ${reason}\n${frames.map((f) => `  at ${f}:0x[0-9a-f]+\\)?\n`).join("")}$`,
    ),
  ) as unknown,
});
const named = (name: string): string => `${name} \\(wasm-function\\[\\d+\\]`;
const nameless = "wasm-function\\[\\d+\\]";

everyWay("AssemblyScript's imports,", (way) => {
  const call = (name: string, ...args: string[]): Ran =>
    runWith(way, AS, ["--invoke", name], ...args);

  it("abort says what and where, and traps", () => {
    const { code, stdout, stderr } = runWith(way, AS, []);
    expect([code, stdout]).toEqual([134, ""]);
    expect(stderr).toMatch(/^abort: größer 𝄞 € in a\.ts\(7:4294967295\)\ningot: trap: abort\n/);
    expect(stderr).toMatch(/\n {2}at fail \(wasm-function\[4\]:0xad\)\n {2}at wasm-function\[5\]/);
  });

  it("makes do with strings that are broken or not there", () => {
    const said = (...args: string[]): string => call("fail", ...args).stderr.split("\n")[0]!;
    expect(said("0", "0")).toBe("abort:  in (7:4294967295)");
    expect(said("2", "70000")).toBe("abort:  in (7:4294967295)");
    expect(said("65532", "-1")).toBe("abort: ab in (7:4294967295)");
    expect(said("64", "65536")).toBe("abort: \ufeff\ufffda\ufffd\ufffd in (7:4294967295)");
  });

  it("trace says numbers as they are printed elsewhere", () => {
    expect(call("trace", "0", "1.5")).toEqual(ended(0, "", "trace: a.ts\n"));
    expect(call("trace", "2", "-0")).toEqual(ended(0, "", "trace: a.ts -0, -2\n"));
    const all = "trace: a.ts 1.5e-7, -2, 1e+21, inf, 5\n";
    expect(call("trace", "-1", "1.5e-7")).toEqual(ended(0, "", all));
  });

  it("seed is random, and a function of --seed; Date.now is the clock", () => {
    const seed = (...options: string[]): string =>
      runWith(way, AS, [...options, "--invoke", "seed"]).stdout;
    expect(seed("--seed", "5")).toBe("3483696855544120\n");
    expect(seed("--seed", "6")).not.toBe("3483696855544120\n");
    expect(seed()).not.toBe(seed());
    const now = ["--fixed-clock", "12345678901999999", "--invoke", "now"];
    expect(runWith(way, AS, now)).toEqual(ended(0, "12345678901\n"));
  });
});

everyWay("Emscripten's imports,", (way) => {
  const call = (name: string, ...args: (string | number)[]): Ran =>
    runWith(way, EM, ["--invoke", name], ...args.map(String));

  it("invoke_SIG passes values of every type", () => {
    const vector = "0xfffffffffffffffe0123456789abcdef";
    expect(call("values")).toEqual(ended(0, lines(38, "-9007199254740993", 1.25, -3.5, vector)));
    expect(call("references", "null")).toEqual(ended(0, "null\n"));
    expect(call("many")).toEqual(ended(0, "987621\n"));
    expect(call("returns")).toEqual(ended(0, lines(0, 0, 0, 1000)));
  });

  it("invoke_SIG catches a longjmp, restores the stack pointer and notes that one came", () => {
    expect(call("catches")).toEqual(ended(0, lines(77, 5, 1, 1000)));
    expect(call("innermost", 3)).toEqual(ended(0, lines(77, 5, 31, 1000)));
    expect(call("innermost", 100)).toEqual(ended(0, lines(77, 5, 1001, 1000)));
    expect(call("older", 9)).toEqual(ended(0, lines(0, 66, 9, 1, 1000)));
    expect(call("older", 0)).toEqual(ended(0, lines(0, 66, 1, 1, 1000)));
  });

  it("invoke_SIG catches nothing else", () => {
    const [divides, calls] = [named("divides"), named("calls")];
    expect(call("divides", 0)).toEqual(trapped("integer divide by zero", divides, nameless));
    expect(call("calls", 13)).toEqual(trapped("uninitialized element", calls));
    expect(call("calls", 16)).toEqual(trapped("undefined element", calls));
    expect(call("calls", -1)).toEqual(trapped("undefined element", calls));
    expect(call("calls", 1)).toEqual(trapped("indirect call type mismatch", calls));
    expect(call("lost")).toEqual(trapped("longjmp without setjmp", named("throws"), nameless));
    const deep = call("innermost", 1_000_000);
    expect(deep.code).toBe(134);
    expect(deep.stderr).toMatch(/^ingot: trap: call stack exhausted\n {2}at deep .*\n {2}at deep /);
  });

  it("memory grows by a fifth or as far as asked for", () => {
    const cases: [bytes: number, good: number, pages: number][] = [
      [100, 1, 10],
      [655_360, 1, 10],
      [655_361, 1, 12],
      [1_000_000, 1, 16],
      [40 * 65_536, 1, 40],
      [40 * 65_536 + 1, 0, 10],
      [-1, 0, 10],
    ];
    for (const [bytes, ...result] of cases) {
      expect(call("resize", bytes)).toEqual(ended(0, lines(...result)));
    }
    const few = ["--max-memory", "720896", "--invoke", "resize"];
    expect(runWith(way, EM, few, "655361")).toEqual(ended(0, lines(1, 11)));
    expect(call("grow")).toEqual(ended(0, "11\n"));
  });

  it("copies, within memory only", () => {
    expect(call("copy", 2, 0, 4)).toEqual(ended(0, `${0x64636261}\n`));
    expect(call("copy", 0, 0, 655_360).code).toBe(0);
    expect(call("copy", 1, 0, 655_360)).toEqual(trapped("out of bounds memory access", nameless));
    expect(call("copy", 0, -1, 2)).toEqual(trapped("out of bounds memory access", nameless));
    expect(call("copies")).toEqual(ended(0, lines(12, 1234)));
  });

  it("aborts", () => {
    expect(call("abort")).toEqual(trapped("abort", nameless));
    expect(call("abort_js")).toEqual(trapped("abort", nameless));
    const failed = "abort: assertion failed: n > 0 in";
    const end = /^ingot: trap: abort\n/;
    const said = (...args: number[]): string => call("assert", ...args).stderr;
    expect(said(27, 22).replace(/\n[^]*/, "")).toBe(`${failed} caf\u00e9\ufffd.c(12) main`);
    expect(said(0, -1).replace(/\n[^]*/, "")).toBe(`${failed} (12) `);
    expect(said(0, -1).replace(/^.*\n/, "")).toMatch(end);
  });

  it("clocks tick, and the second word of a result is kept", () => {
    expect(call("ticks")).toEqual(ended(0, "1\n"));
    const fixed = (name: string): string =>
      runWith(way, EM, ["--fixed-clock", "1234567890123", "--invoke", name]).stdout;
    expect(fixed("date")).toBe("1234567\n");
    expect(fixed("now")).toBe("1234567.890123\n");
    expect(call("high", -5)).toEqual(ended(0, "-5\n"));
  });

  it("tells what it does not have, and where a type is another", () => {
    const link = (name: string, type: string): Ran => {
      const path = join(directory, "alien.wat");
      writeFileSync(path, `(module (import "env" "${name}" (func ${type})))`);
      return ingot(["run", ...way, path]);
    };
    const unknown = /unknown import: "env" "(__cxa_throw|invoke_|invoke_iq|invoke_iv|trace2)"/;
    for (const name of ["__cxa_throw", "invoke_", "invoke_iq", "invoke_iv", "trace2"]) {
      const { code, stderr } = link(name, "");
      expect([code, name]).toEqual([1, name]);
      expect(stderr).toMatch(unknown);
    }
    for (const name of ["abort", "seed", "invoke_vi", "emscripten_memcpy_big"]) {
      const { code, stderr } = link(name, "(param i64)");
      expect([code, name]).toEqual([1, name]);
      expect(stderr).toMatch(`incompatible import type: "env" "${name}"`);
    }
  });
});

everyWay("programs with setjmp,", (way) => {
  const expected = readFileSync("testdata/hosts/jumps.expected", "utf8");
  const program = (name: string, ...args: string[]): Ran =>
    runWith(way, `testdata/hosts/${name}.wasm`, [], ...args);

  it.each(["jumps", "older"])("%s prints what it prints natively", (name) => {
    expect(program(name)).toEqual(ended(0, expected));
  });

  it.each(["jumps", "older"])("%s ends in every way", (name) => {
    expect(program(name, "exit").code).toBe(3);
    const trap = program(name, "trap");
    expect(trap.stderr).toMatch(/^ingot: trap: unreachable\n {2}at main .*\n {2}at __main_void /);
    expect(trap.code).toBe(134);
    expect(program(name, "lost").stderr).toMatch(/^ingot: trap: longjmp without setjmp\n {2}at /);
  });
});

describe.runIf(hasNative)("outside of ingot run", () => {
  it("executables have them", () => {
    for (const [name, input] of [
      ["jumps", "testdata/hosts/jumps.wasm"],
      ["as", AS],
    ] as const) {
      const built = ingot(["build", input, "-o", join(directory, name)]);
      expect(built).toEqual(ended(0, "", ""));
    }
    const jumps = spawnSync(join(directory, "jumps"), { encoding: "utf8" });
    expect(jumps.stdout).toBe(readFileSync("testdata/hosts/jumps.expected", "utf8"));
    const as = spawnSync(join(directory, "as"), { encoding: "utf8" });
    expect(as.status).toBe(134);
    expect(as.stderr).toMatch(/^abort: größer .*\ningot: trap: abort\n {2}at fail /);
  });

  it("what is not among them is refused when an executable is built", () => {
    writeFileSync(
      join(directory, "alien.wat"),
      '(module (import "env" "abort" (func (param i64))) (func (export "_start")))',
    );
    const { code, stderr } = ingot(["build", join(directory, "alien.wat"), "-o", "none"]);
    expect(stderr).toMatch(/alien\.wat imports "env" "abort"/);
    expect(code).toBe(1);
  });

  it("the loader has them for artifacts", () => {
    const artifact = join(directory, "jumps.cwasm");
    ingot(["compile", "testdata/hosts/jumps.wasm", "-o", artifact, "--target", HOST]);
    expect(ingot(["run", artifact, "exit"]).code).toBe(3);
  });
});
