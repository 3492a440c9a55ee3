// The project's own C programs (testdata/programs) and WASI commands from the npm registry that no
// one here wrote (testdata/commands), through `ingot run` on each engine, against recorded output.

import { readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { expect, it } from "vitest";
import { everyWay } from "./everyway.ts";
import { ingot } from "./ingot.ts";

const PROGRAMS = "testdata/programs";
const names = readdirSync(PROGRAMS, { recursive: true, encoding: "utf8" })
  .filter((n) => n.endsWith(".wasm"))
  .map((n) => n.slice(0, -5))
  .sort();

everyWay("programs,", (way) => {
  it.each(names)("runs %s", (name) => {
    const run = ingot(["run", ...way, `${PROGRAMS}/${name}.wasm`]);
    expect(run).toEqual({
      code: 0,
      stdout: readFileSync(`${PROGRAMS}/${basename(name)}.expected`, "utf8"),
      stderr: "",
    });
  });

  it("gives text a file and standard input", () => {
    const expected = readFileSync(`${PROGRAMS}/input.out`, "utf8");
    const text = `${PROGRAMS}/text.wasm`;
    const dir = ["--dir", `${PROGRAMS}::/`];
    const file = ingot(["run", ...way, ...dir, text, "/input.txt"]);
    expect(file).toEqual({ code: 0, stdout: expected, stderr: "" });
    const input = readFileSync(`${PROGRAMS}/input.txt`, "utf8");
    const piped = ingot(["run", ...way, text, "--", "-"], input);
    expect(piped.stdout).toBe(expected);
  });
});

interface Case {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly stdout: string;
  readonly exit: number;
}

const cases = JSON.parse(readFileSync("testdata/commands/cases.json", "utf8")) as Case[];

everyWay("commands of the registry,", (way) => {
  // An emulator takes minutes for the largest of them.
  const some = way.includes("--target") ? cases.slice(0, 1) : cases;
  it.each(some)("$name", (c) => {
    const run = ingot(["run", ...way, c.file, ...c.args], c.stdin ?? "", 280);
    expect(run.stdout).toBe(c.stdout);
    expect(run.code).toBe(c.exit);
  });
});
