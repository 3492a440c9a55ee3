// Executables (`ingot build`): what they print, what they are given, how they end, what becomes of
// damaged ones, and that they are the same bytes wherever they are made. Those for another machine
// run under its emulator.

import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PAYLOAD_CHECKED, Payload } from "../src/abi.ts";
import { checksum } from "../src/object/checksum.ts";
import { readSections, sectionIndex, viewOf, word64 } from "../src/object/image.ts";
import { HOST, WAYS, hasNative, ingot } from "./ingot.ts";
import type { Ran } from "./ingot.ts";
import { findLoader } from "../src/cli/loader.ts";

const directory = mkdtempSync(join(tmpdir(), "ingot-build-"));
afterAll(() => rmSync(directory, { recursive: true }));

const at = (name: string): string => join(directory, name);
const hasReadelf = spawnSync("readelf", ["--version"]).error === undefined;
const SHOW = "testdata/start/show.wasm";

/** Runs a program with exactly these variables; `before` is an emulator. */
function start(
  path: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  before: readonly string[] = [],
): Ran & { signal: string | null } {
  const [program = "", ...words] = [...before, path, ...args];
  const PATH = process.env["PATH"] ?? "";
  const run = spawnSync(program, words, {
    env: before.length === 0 ? env : { ...env, PATH },
    input: args[0] === "copy" ? "what is read\n" : "",
    encoding: "utf8",
    timeout: 60_000,
  });
  if (run.error !== undefined) throw run.error;
  return { code: run.status ?? -1, stdout: run.stdout, stderr: run.stderr, signal: run.signal };
}

function build(name: string, ...words: string[]): string {
  const run = ingot(["build", ...words, "-o", at(name)]);
  expect(run).toEqual({ code: 0, stdout: "", stderr: "" });
  return at(name);
}

for (const { name, target, missing } of WAYS) {
  if (target === undefined) continue;
  const title = missing === "" ? `executables, ${name}` : `executables, ${name} (${missing})`;
  describe.skipIf(missing !== "")(title, () => {
    const before = findLoader(target).command?.slice(0, -1) ?? [];
    const make = (file: string, ...words: string[]): string =>
      build(`${target}-${file}`, ...words, "--target", target);
    const run = (path: string, args?: readonly string[], env?: Record<string, string>) =>
      start(path, args, env, before);

    it("print what the program prints", () => {
      const path = make("sort", "testdata/programs/sort.wasm");
      const stdout = readFileSync("testdata/programs/sort.expected", "utf8");
      expect(run(path)).toMatchObject({ code: 0, stdout, stderr: "" });
      expect(statSync(path).mode & 0o100).toBe(0o100);
    });

    it("take their arguments as they are, standard input, and nothing of the environment", () => {
      const path = make("show", SHOW);
      expect(run(path, ["--dir", "--", "", "a b"], { SECRET: "1" }).stdout).toBe(
        "argument --dir\nargument --\nargument \nargument a b\n",
      );
      expect(run(path, ["copy"]).stdout).toBe("argument copy\nwhat is read\n");
      expect(run(path, ["exit", "7"]).code).toBe(7);
      expect(run(path, ["cat", "testdata/programs/input.txt"]).code).toBe(1);
    });

    it("end with 134 and a stack after a trap", () => {
      const trap = run(make("show", SHOW), ["trap"]);
      expect(trap.code).toBe(134);
      expect(trap.stderr).toMatch(/^ingot: trap: unreachable\n {2}at /);
    });

    it("are made from an artifact too", () => {
      const artifact = at(`${target}.cwasm`);
      ingot(["compile", SHOW, "-o", artifact, "--target", target]);
      expect(run(build(`${target}-again`, artifact), ["exit", "3"]).code).toBe(3);
    });

    it.runIf(hasReadelf)("are files that readelf and objdump understand", () => {
      const path = make("show", SHOW);
      const read = spawnSync("readelf", ["-aW", path], { encoding: "utf8" });
      expect(read.stderr).toBe("");
      expect(read.stdout).toMatch(/LOAD .* 0x0000000001000000 .* R +0x/);
      expect(read.stdout).toMatch(/FUNC +LOCAL +DEFAULT +\d+ main/);
      const headers = spawnSync("objdump", ["-h", path], { encoding: "utf8" });
      expect(headers.stderr).toBe("");
      expect(headers.stdout).toMatch(/\.ingot\.code/);
    });
  });
}

describe.runIf(hasNative)("what an executable may see", () => {
  mkdirSync(at("data"));
  writeFileSync(at("data/file"), "contents\n");
  copyFileSync(at("data/file"), at("data/semi;colon"));

  it("is what was baked in", () => {
    const path = build("baked", SHOW, "--dir", `${at("data")}::/in`, "--env", "A=1", "--env", "B");
    expect(start(path, ["cat", "/in/file"], { B: "x=y" }).stdout).toBe(
      "argument cat\nargument /in/file\nvariable A=1\nvariable B=x=y\ncontents\n",
    );
    expect(start(path).stdout).toBe("variable A=1\n");
  });

  it("is what INGOT_DIRS and INGOT_ENV say", () => {
    const path = build("asked", SHOW, "--env", "A=baked");
    mkdirSync(at("a;b"), { recursive: true });
    copyFileSync(at("data/file"), at("a;b/file"));
    const given = {
      INGOT_DIRS: `${at("data")}::/in;${at("a;;b")}::/semi;`,
      INGOT_ENV: "A=given;C;NONE;D=;E=;;",
      C: "3",
    };
    const lines = ["A=given", "C=3", "D=", "E=;"].map((v) => `variable ${v}\n`).join("");
    for (const file of ["/in/file", "/semi/file", "/in/semi;colon"]) {
      const { code, stdout } = start(path, ["cat", file], given);
      expect(code).toBe(0);
      expect(stdout).toBe(`argument cat\nargument ${file}\n${lines}contents\n`);
    }
    expect(start(path, ["cat", "/in/file"]).code).toBe(1);
    const nowhere = start(path, [], { INGOT_DIRS: at("nowhere") });
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toMatch(/^ingot: directory ".*nowhere" cannot be opened\n$/);
  });

  it("works by any name", () => {
    const path = build("named", SHOW);
    const run = spawnSync(path, ["exit", "5"], { argv0: "-odd", env: {} });
    expect(run.status).toBe(5);
  });
});

describe.runIf(hasNative)("damaged executables", () => {
  const whole = (): Buffer => readFileSync(build("whole", SHOW));
  const begin = (bytes: Uint8Array): number =>
    Math.min(
      ...[".ingot.code", ".ingot.rest"].map((name) => {
        const sections = readSections(bytes);
        return sections[sectionIndex(sections, name)]!.offset;
      }),
    );
  const damaged = (bytes: Uint8Array, env: Record<string, string> = {}) => {
    writeFileSync(at("damaged"), bytes, { mode: 0o755 });
    return start(at("damaged"), ["exit", "9"], env);
  };

  it("say so wherever they are cut off", () => {
    const bytes = whole();
    const from = begin(bytes);
    for (let end = from; end < bytes.length; end += end > bytes.length - 20 ? 1 : 2777) {
      const run = damaged(bytes.subarray(0, end));
      expect(run.stderr).toMatch(/^ingot: .*damaged: truncated: its end is missing\n$/);
      expect(run.code).toBe(1);
    }
  });

  it("say so whatever bit is flipped in them", () => {
    const bytes = whole();
    const from = begin(bytes);
    for (let k = from; k < bytes.length; k += k > bytes.length - 9 || k % 65536 < 80 ? 1 : 997) {
      const copy = Buffer.from(bytes);
      copy[k]! ^= 1 << (k % 8);
      const run = damaged(copy);
      expect([run.code, run.signal]).toEqual([1, null]);
      expect(run.stderr).toMatch(/^ingot: .*: (truncated|damaged): .*\n$/);
    }
  });

  it("of a size that is not summed up at every start are when asked", () => {
    const data = "\\2a".repeat(PAYLOAD_CHECKED);
    writeFileSync(
      at("large.wat"),
      `(module (memory (export "memory") 32) (data (i32.const 0) "${data}")
        (func (export "_start")))`,
    );
    const bytes = readFileSync(build("large", at("large.wat")));
    expect(damaged(bytes, { INGOT_CHECK: "1" }).code).toBe(0);
    bytes[bytes.length - PAYLOAD_CHECKED / 2]! ^= 1; // in the data
    expect(damaged(bytes).code).toBe(0);
    const asked = damaged(bytes, { INGOT_CHECK: "1" });
    expect(asked.stderr).toMatch(/damaged: its checksum is wrong/);
    expect(asked.code).toBe(1);
    const sections = readSections(bytes);
    const { offset } = sections[sectionIndex(sections, ".ingot.rest")]!;
    for (let bit = 0; bit < Payload.$size * 8; bit += 3) {
      const copy = Buffer.from(bytes);
      copy[offset + (bit >> 3)]! ^= 1 << (bit & 7);
      expect(damaged(copy).signal).toBe(null);
    }
  });
});

describe("building", () => {
  const refuses = (words: readonly string[], code: number, pattern: RegExp): void => {
    const run = ingot(["build", ...words, "-o", at("none")], "", 60, {});
    expect(run.stderr).toMatch(pattern);
    expect(run.stderr.trimEnd().split("\n").length).toBe(1);
    expect(run.code).toBe(code);
    expect(readdirSync(directory).filter((n) => n === "none" || n.startsWith(".ingot"))).toEqual(
      [],
    );
  };
  const put = (name: string, text: string): string => {
    writeFileSync(at(name), text);
    return at(name);
  };

  it("refuses what could not run, and leaves nothing behind", () => {
    refuses([put("a.wat", "(module)")], 1, /exports no function "_start"/);
    const alien = `(module (import "env" "f" (func)) (func (export "_start")))`;
    refuses([put("b.wat", alien)], 1, /imports "env" "f"/);
    refuses([at("missing.wasm")], 2, /no such file/);
    refuses([SHOW, "--env", "=x"], 2, /NAME=VALUE/);
  });

  it("says which verb makes the runtime that is missing", () => {
    const run = ingot(["build", SHOW, "-o", at("none")], "", 60, { INGOT_RT: at("nowhere") });
    expect(run.stderr).toMatch(/the runtime for \w+ is missing .*make runtime.* makes it/);
    expect(run.code).toBe(2);
  });

  it.runIf(hasNative)("gives the same bytes every time, however it is compiled", () => {
    const one = readFileSync(build("one", SHOW, "--env", "A=1"));
    expect(readFileSync(build("two", SHOW, "--env", "A=1", "--workers", "2")).equals(one)).toBe(
      true,
    );
    ingot(["compile", SHOW, "-o", at("show.cwasm")]);
    expect(readFileSync(build("three", at("show.cwasm"), "--env", "A=1")).equals(one)).toBe(true);
    expect(readFileSync(build("four", SHOW)).equals(one)).toBe(false);
  });

  it.runIf(hasNative)("keeps the loader's own bytes", () => {
    const loader = readFileSync(findLoader(HOST).command!.at(-1)!);
    const bytes = readFileSync(build("kept", SHOW));
    for (const name of [".text", ".rodata", ".data"]) {
      const [own, copy] = [loader, bytes].map((file) => {
        const sections = readSections(file);
        return sections[sectionIndex(sections, name)]!;
      });
      expect(copy!.addr).toBe(own!.addr);
      expect(Buffer.compare(copy!.bytes, own!.bytes)).toBe(0);
    }
    const sections = readSections(bytes);
    const rest = sections[sectionIndex(sections, ".ingot.rest")]!;
    const code = sections[sectionIndex(sections, ".ingot.code")]!;
    expect(word64(viewOf(rest.bytes), Payload.code)).toBe(code.addr);
    expect(rest.offset + rest.size).toBe(bytes.length);
  });
});

it("a checksum changes with any word", () => {
  const bytes = Uint8Array.from({ length: 200 }, (_, k) => (k * 37) & 255);
  const seen = new Set([checksum([bytes]).join()]);
  for (let k = 0; k < bytes.length; k++) {
    const copy = bytes.slice();
    copy[k]! ^= 1 << (k % 8);
    seen.add(checksum([copy]).join());
  }
  expect(seen.size).toBe(bytes.length + 1);
});
