// Objects (`ingot compile --emit obj`) linked by cc into C programs: the example of the README, all
// that a header can say, several modules in one program, WASI, another machine's.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { TargetName } from "../src/abi.ts";
import { findLoader } from "../src/cli/loader.ts";
import { hasNative, ingot } from "./ingot.ts";

const SOURCES = "testdata/object";
const directory = mkdtempSync(join(tmpdir(), "ingot-object-"));
afterAll(() => rmSync(directory, { recursive: true }));
const at = (name: string): string => join(directory, name);

const has = (program: string): boolean =>
  spawnSync(program, ["--version"], { encoding: "utf8" }).status === 0;

function emit(input: string, name: string, ...words: string[]): string {
  const out = at(name);
  const run = ingot(["compile", "--emit", "obj", input, "-o", out, ...words]);
  expect(run).toEqual({ code: 0, stdout: "", stderr: "" });
  return out;
}

function command(program: string, words: readonly string[]): string {
  const run = spawnSync(program, words, { encoding: "utf8", timeout: 60_000 });
  expect([run.error, run.stderr]).toEqual([undefined, ""]);
  expect(run.status).toBe(0);
  return run.stdout;
}

const STRICT = ["-Wall", "-Wextra", "-Werror", "-Wno-maybe-uninitialized", `-I${directory}`];

const cc = (out: string, ...words: string[]): string => {
  command("cc", [...STRICT, "-o", at(out), ...words]);
  return at(out);
};

const missing = !hasNative ? "no native code here" : has("cc") ? "" : "cc is not on the PATH";
const title = missing === "" ? "objects" : `objects (${missing})`;

describe.skipIf(missing !== "")(title, () => {
  it("are what the README's example says", () => {
    const readme = readFileSync("README.md", "utf8");
    const indented = (text: string): string => text.replace(/^(?=.)/gm, "    ");
    for (const name of ["tally.wat", "main.c"]) {
      expect(readme).toContain(indented(readFileSync(`${SOURCES}/${name}`, "utf8")));
    }
    expect(readme).toContain("    ingot compile --emit obj tally.wat -o tally.o\n");
    expect(readme).toContain("    cc main.c tally.o -o main\n");
    const object = emit(`${SOURCES}/tally.wat`, "tally.o");
    const program = cc("main", `${SOURCES}/main.c`, object);
    const output = command(program, []);
    expect(output).toBe("noted: 294 up to 19\n294, no trap\ntrap: out of bounds memory access\n");
    expect(readme).toContain(indented(output));
  });

  it("give C all that a module exports and imports, several to a program", () => {
    const one = emit(`${SOURCES}/all.wat`, "one.o", "--prefix", "one");
    const two = emit(`${SOURCES}/all.wat`, "two.o", "--prefix", "two");
    const words = [`${SOURCES}/all.c`, one, two, "-pthread"];
    expect(command(cc("all", ...words), [])).toBe("all\n");
    expect(command(cc("all-O2", "-O2", ...words), [])).toBe("all\n");
    expect(command(cc("all-static", "-static", ...words), [])).toBe("all\n");
    const explicit = emit(
      `${SOURCES}/all.wat`,
      "two.o",
      "--prefix",
      "two",
      "--bounds-checks=explicit",
    );
    expect(command(cc("all-explicit", `${SOURCES}/all.c`, one, explicit, "-pthread"), [])).toBe(
      "all\n",
    );
  });

  it("have WASI, and grant what they are told to", () => {
    const object = emit("testdata/start/show.wasm", "show.o");
    const text = readFileSync(`${SOURCES}/tally.wat`, "utf8");
    const head = "argument cat\nargument /in/tally.wat\nvariable A=1\n";
    const output = command(cc("world", `${SOURCES}/world.c`, object), []);
    expect(output).toMatch(/^(?:returned|the program has ended) 0\n/m);
    expect(output.startsWith(head + text)).toBe(true);
    expect(output.slice(head.length + text.length).split("\n").length).toBe(3);
  });

  it("have what AssemblyScript and Emscripten import from env, by its type", () => {
    const object = emit(`${SOURCES}/hosts.wat`, "hosts.o");
    const program = cc("hosts", `${SOURCES}/hosts.c`, object);
    const run = spawnSync(program, { encoding: "utf8", timeout: 60_000 });
    expect(run.stdout).toBe(
      "seed: well\ntry: well\n1234567890123 1\ntry: well\n0\n" +
        "throw: longjmp without setjmp\nfail: abort\n" +
        "  at wasm-function[10]:0x14a\nsilently: abort\n",
    );
    expect(run.stderr).toBe("trace: lost 0.1\nabort: lost in (1:2)\n");
    expect(run.status).toBe(0);
  });

  it.runIf(has("c++"))("declare what C++ accepts", () => {
    emit(`${SOURCES}/all.wat`, "one.o", "--prefix", "one");
    writeFileSync(at("check.cpp"), '#include "one.h"\nint main() { one_delete(nullptr); }\n');
    command("c++", [...STRICT, "-o", at("check"), at("check.cpp"), at("one.o")]);
    command(at("check"), []);
  });

  it.runIf(has("readelf"))("are read by readelf, and have no names but their own", () => {
    const object = emit(`${SOURCES}/tally.wat`, "tally.o");
    expect(command("readelf", ["-aW", object])).toMatch(/REL \(Relocatable file\)/);
    const globals = command("readelf", ["-sW", object]).match(/GLOBAL .*$/gm) ?? [];
    expect(globals.length).toBeGreaterThan(6);
    for (const line of globals) {
      expect(line).toMatch(/tally_ingot_\w+$|UND _GLOBAL_OFFSET_TABLE_$/);
    }
  });

  it("are the same bytes every time", () => {
    const bytes = ["a.o", "b.o"].map((name) =>
      readFileSync(emit(`${SOURCES}/all.wat`, name, "--workers", name === "a.o" ? "1" : "2")),
    );
    expect(bytes[0]!.equals(bytes[1]!)).toBe(true);
  });
});

describe("objects of every machine", () => {
  const machines: readonly (readonly [TargetName, string])[] = [
    ["amd64", "x86_64-linux-gnu-gcc"],
    ["arm64", "aarch64-linux-gnu-gcc"],
  ];
  for (const [target, gcc] of machines) {
    const loader = findLoader(target);
    const why = loader.missing ?? (has(gcc) ? "" : `${gcc} is not on the PATH`);
    it.skipIf(why !== "")(why === "" ? target : `${target} (${why})`, () => {
      mkdirSync(at(target));
      const object = emit(`${SOURCES}/tally.wat`, `${target}/tally.o`, "--target", target);
      const program = at(`${target}/bare`);
      const words = ["-O2", "-nostdlib", "-static", "-ffreestanding", "-fno-stack-protector"];
      const include = `-I${at(target)}`;
      command(gcc, [...words, include, "-o", program, `${SOURCES}/bare.c`, object]);
      const [emulator = program, ...rest] = loader.command!.slice(0, -1);
      const run = spawnSync(emulator, emulator === program ? [] : [...rest, program]);
      expect(run.status).toBe(42);
    });
  }
});

describe("emitting objects", () => {
  const refuses = (words: readonly string[], code: number, pattern: RegExp): void => {
    const run = ingot(["compile", ...words]);
    expect(run.stderr).toMatch(pattern);
    expect(run.stderr.trimEnd().split("\n").length).toBe(1);
    expect(run.code).toBe(code);
  };

  it.runIf(hasNative)("refuses what C cannot give or spell", () => {
    const wat = at("memory.wat");
    writeFileSync(wat, `(module (import "env" "memory" (memory 1)))`);
    const obj = ["--emit", "obj", "-o", at("x.o")];
    refuses([wat, ...obj], 1, /imports memory "env" "memory", but/);
    refuses([`${SOURCES}/tally.wat`, ...obj, "--prefix", "a-b"], 2, /--prefix .* "a-b"/);
    refuses([`${SOURCES}/tally.wat`, "-o", at("x"), "--header", at("x.h")], 2, /--emit obj/);
  });

  it.runIf(hasNative)("writes the header where it is wanted, with names that C can spell", () => {
    const wat = at("1-odd name.wat");
    writeFileSync(wat, `(module (func (export "*/ x")))`);
    emit(wat, "odd.o", "--header", at("other.h"));
    const header = readFileSync(at("other.h"), "utf8");
    expect(header).toMatch(
      /static inline const char \*m_1_odd_name____x\(m_1_odd_name \*instance\)/,
    );
    if (missing !== "") return;
    writeFileSync(at("odd.c"), '#include "other.h"\nint main(void) { m_1_odd_name_delete(0); }\n');
    command(cc("odd", at("odd.c"), at("odd.o")), []);
  });
});
