// The reference set: functions of the project's own programs whose instruction counts are written
// down, per target, in testdata/counts. A change of code generation shows there as a diff of lines
// (BLESS=1 rewrites them). The counter itself is checked against objdump.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { targets } from "../backend/targets.ts";
import type { TargetName } from "../src/abi.ts";
import { Pipeline } from "../src/engine/pipeline.ts";
import { decodeModule } from "../src/wasm/decode.ts";
import { defaultFeatures } from "../src/wasm/features.ts";
import { funcName } from "../src/wasm/names.ts";
import { amd64Length, countInstructions } from "./count.ts";
import { hasTool } from "./machine.ts";

const PROGRAMS = "testdata/programs";

const REFERENCE: Readonly<Record<string, string>> = {
  bignum: "add_arctan twice montgomery less",
  chess: "perft search generate play attacked slides_to",
  compress: "compress decompress measure assign",
  fft: "bench power",
  hash: "bench crc_prepare xxh64",
  json: "parse_value parse_list parse_string digest",
  matrix: "solve multiply convolve determinant",
  nbody: "attract advance",
  puzzle: "place_queens sudoku pentominoes solve",
  ray: "draw trace sphere_hit sphere_normal",
  regex: "compile_choice simulate backtrack add",
  sort: "bench quick_u32 heap_f64 quick_any by_key check",
  text: "count_text digest rank report",
  trees: "treap churn insert cut walk height",
  vm: "execute malloc free memcpy snprintf",
  "vectors/compress": "measure assign",
  "vectors/fft": "bench power",
  "vectors/matrix": "solve multiply convolve",
  "vectors/puzzle": "sudoku pentominoes",
  "vectors/sort": "bench check",
};

interface Counted {
  readonly program: string;
  readonly name: string;
  readonly code: Uint8Array;
}

function compileReference(target: TargetName): Counted[] {
  return Object.entries(REFERENCE).flatMap(([program, names]) => {
    const bytes = new Uint8Array(readFileSync(`${PROGRAMS}/${program}.wasm`));
    const m = decodeModule(bytes, defaultFeatures);
    const p = new Pipeline(m, { target, features: defaultFeatures, bounds: "guard" });
    const indices = new Map(m.funcs.map((_, index) => [funcName(m, index), index]));
    return names.split(" ").map((name) => {
      const index = indices.get(name);
      if (index === undefined) throw new Error(`${program} has no function ${name}`);
      const { bytes: all, codeSize } = p.compile(index);
      return { program, name, code: all.slice(0, codeSize) };
    });
  });
}

function report(target: TargetName, set: readonly Counted[]): string {
  const head = `# Instructions and bytes of code of the reference set on ${target}.`;
  const lines = set.map(({ program, name, code }) => {
    const count = countInstructions(target, code);
    const figures = `${String(count).padStart(6)}${String(code.length).padStart(7)}`;
    return `${program.padEnd(18)}${name.padEnd(16)}${figures}`;
  });
  return `${[head, ...lines].join("\n")}\n`;
}

describe.each(Object.keys(targets) as TargetName[])("reference set on %s", (target) => {
  const set = compileReference(target);

  it("has the counts that are written down", () => {
    const path = `testdata/counts/${target}.txt`;
    const found = report(target, set);
    if ((process.env["BLESS"] ?? "") !== "") writeFileSync(path, found);
    expect(found).toBe(existsSync(path) ? readFileSync(path, "utf8") : "");
  });

  if (target !== "amd64") return;
  it.runIf(hasTool("objdump"))("is counted as objdump does", () => {
    const directory = mkdtempSync(join(tmpdir(), "ingot-"));
    try {
      const path = join(directory, "code");
      for (const { name, code } of set) {
        writeFileSync(path, code);
        const words = ["-D", "-b", "binary", "-m", "i386:x86-64", "-w", path];
        const { stdout } = spawnSync("objdump", words, { encoding: "utf8" });
        const starts = [...stdout.matchAll(/^ *([0-9a-f]+):\t/gm)].map(([, at]) =>
          parseInt(at!, 16),
        );
        const ours: number[] = [];
        for (let at = 0; at < code.length; at += amd64Length(code, at)) ours.push(at);
        expect(ours, name).toEqual(starts);
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
