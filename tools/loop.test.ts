// The interpreter's loop, and the function beside it that performs vectors, as V8 sees them: short
// enough for the optimising compiler. The loop is also known well enough before it runs anything
// that compiled code need not be thrown away. Both are looked up in V8's own traces, in a Node of
// its own.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { NODE } from "./node.ts";

const root = new URL("..", import.meta.url).pathname;
const url = (path: string): string => JSON.stringify(pathToFileURL(join(root, path)).href);

/** V8 does not optimise functions of more bytecode (--max-optimized-bytecode-size). */
const MOST = 60 * 1024;

function node(flags: readonly string[], script: string): string {
  const args = [...flags, "--input-type=module", "-e", script];
  const { status, stdout, stderr } = spawnSync(NODE, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

const runProgram = (name: string, rounds: number): string => `
  import { readFileSync } from "node:fs";
  import { InterpreterStore } from ${url("dist/src/engine/interpreter.js")};
  import { decodeModule } from ${url("dist/src/wasm/decode.js")};
  import { defaultFeatures } from ${url("dist/src/wasm/features.js")};
  const bytes = new Uint8Array(readFileSync("testdata/programs/${name}.wasm"));
  const m = decodeModule(bytes, defaultFeatures);
  const store = new InterpreterStore(defaultFeatures);
  const imports = [];
  for (const { index } of m.imports) {
    const refuse = () => { throw new Error("import"); };
    imports.push(await store.newFunc(m.types[m.funcs[index]], refuse));
  }
  const { exports } = await store.instantiate(m, imports);
  for (let k = 0; k < 3; k++) {
    await store.invoke(exports.get("bench"), [{ type: 0x7f, lo: ${rounds}, hi: 0 }]);
  }`;

describe("the interpreter's loop", () => {
  // Only what ran has bytecode.
  it("is short enough to be optimised, and so is that of vectors", () => {
    const script = `
      import { InterpreterStore } from ${url("dist/src/engine/interpreter.js")};
      import { parseWat } from ${url("dist/src/text/wat.js")};
      import { decodeModule } from ${url("dist/src/wasm/decode.js")};
      import { defaultFeatures } from ${url("dist/src/wasm/features.js")};
      const wat = '(module (func (export "f") (drop (v128.const i64x2 0 0))))';
      const store = new InterpreterStore(defaultFeatures);
      const inst = store.instantiateNow(decodeModule(parseWat(wat), defaultFeatures), []);
      store.invokeNow(inst.exports.get("f"), []);`;
    for (const name of ["loop", "vectors"]) {
      const listing = node(["--print-bytecode", `--print-bytecode-filter=${name}`], script);
      const lengths = [...listing.matchAll(/Bytecode length: (\d+)/g)].map((m) => Number(m[1]));
      expect(Math.max(...lengths)).toBeGreaterThan(10_000);
      expect(Math.max(...lengths)).toBeLessThan(MOST);
    }
  });

  // Rounds for a second or so.
  it.each([
    ["bignum", 20],
    ["fft", 100],
    ["json", 30],
    ["sort", 5],
    ["trees", 5],
    ["vm", 4],
  ])("stays compiled under %s", (name, rounds) => {
    const trace = node(["--trace-opt", "--trace-deopt"], runProgram(name, rounds));
    const lines = trace.split("\n").filter((line) => /JSFunction loop /.test(line));
    expect(lines.some((line) => line.includes("completed optimizing"))).toBe(true);
    expect(lines.filter((line) => line.includes("Insufficient type feedback"))).toEqual([]);
  });
});
