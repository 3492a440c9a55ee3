// One violating snippet per rule of the house check, and the lookalikes that must pass. Words that
// the check itself would report here are spelt in two halves.

import { describe, expect, it } from "vitest";
import { checkSources, checkTop, codeOf } from "./house.ts";

/** Messages for files given as path -> text; an opening comment is put before each. */
function messages(files: Record<string, string>): string[] {
  const sources = Object.entries(files).map(([path, text]) => ({
    path,
    text: `// A file.\n${text}`,
  }));
  return checkSources(sources).map((p) => `${p.path}:${p.line}: ${p.message}`);
}

const importing = (path: string, spec: string): string[] =>
  messages({ [path]: `import { x } from "${spec}";\n` });

describe("rooms", () => {
  // prettier-ignore
  const forbidden: readonly (readonly [string, string])[] = [
    ["src/support/bits.ts",       "../abi.ts"],
    ["src/abi.ts",                "./semantics.ts"],
    ["src/semantics.ts",          "./wasm/types.ts"],
    ["src/wasm/decode.ts",        "../ir/func.ts"],
    ["src/wasm/decode.ts",        "../text/parse.ts"],
    ["src/text/parse.ts",         "../ir/func.ts"],
    ["src/interp/run.ts",         "../ir/func.ts"],
    ["src/interp/run.ts",         "../../backend/lir.ts"],
    ["src/ir/func.ts",            "../wasm/types.ts"],
    ["src/ir/func.ts",            "../opt/gvn.ts"],
    ["src/opt/gvn.ts",            "../wasm/types.ts"],
    ["src/opt/gvn.ts",            "../../backend/lir.ts"],
    ["src/translate/build.ts",    "../../backend/lir.ts"],
    ["src/object/elf.ts",         "../ir/types.ts"],
    ["src/engine/native.ts",      "../cli/main.ts"],
    ["backend/lower.ts",          "../src/wasm/types.ts"],
    ["backend/lower.ts",          "../src/translate/build.ts"],
    ["backend/lower.ts",          "../src/opt/gvn.ts"],
    ["backend/lower.ts",          "../src/interp/run.ts"],
    ["backend/lower.ts",          "../src/engine/native.ts"],
    ["backend/lower.ts",          "../src/cli/main.ts"],
    ["backend/lower.ts",          "./amd64/insts.ts"],
    ["backend/amd64/rules.ts",    "../arm64/regs.ts"],
    ["backend/arm64/rules.ts",    "../amd64/regs.ts"],
    ["backend/arm64/rules.ts",    "../../src/wasm/types.ts"],
    ["src/cli/main.ts",           "../../tools/house.ts"],
    ["src/wasm/decode.ts",        "./decode.test.ts"],
    ["src/wasm/decode.ts",        "node:fs"],
    ["src/wasm/decode.ts",        "fs"],
    ["src/wasm/decode.ts",        "yargs"],
    ["src/cli/main.ts",           "elfy"],
    ["backend/emit.ts",           "node:buffer"],
  ];
  it.each(forbidden)("%s may not import %s", (path, spec) => {
    expect(importing(path, spec)).toHaveLength(1);
  });

  // prettier-ignore
  const allowed: readonly (readonly [string, string])[] = [
    ["src/wasm/decode.ts",        "../support/reader.ts"],
    ["src/abi.ts",                "./support/bits.ts"],
    ["src/interp/run.ts",         "../semantics.ts"],
    ["src/translate/build.ts",    "../wasm/types.ts"],
    ["src/translate/build.ts",    "../ir/func.ts"],
    ["backend/lower.ts",          "../src/ir/func.ts"],
    ["backend/amd64/rules.ts",    "../lir.ts"],
    ["backend/targets.ts",        "./amd64/rules.ts"],
    ["src/cli/main.ts",           "yargs"],
    ["src/cli/main.ts",           "yargs/helpers"],
    ["src/engine/native.ts",      "node:worker_threads"],
    ["src/wasm/decode.test.ts",   "../../tools/filetest.ts"],
    ["src/wasm/decode.test.ts",   "node:fs"],
    ["tools/bench.ts",            "../src/index.ts"],
  ];
  it.each(allowed)("%s may import %s", (path, spec) => {
    expect(importing(path, spec)).toEqual([]);
  });

  it("sees every form of import", () => {
    const text = [
      'import type { A } from "../ir/a.ts";',
      'export * from "../ir/b.ts";',
      'import "../ir/c.ts";',
      'const d = await import("../ir/d.ts");',
      'import {\n  e,\n} from "../ir/e.ts";',
    ].join("\n");
    expect(messages({ "src/wasm/x.ts": text }).map((m) => m.split(":")[1])).toEqual([
      "2",
      "3",
      "4",
      "5",
      "8",
    ]);
  });

  it("sees no imports in comments and strings", () => {
    const text = '// from "node:fs"\nexport const s = `import "node:fs"` + \'from "node:fs"\';\n';
    expect(messages({ "src/wasm/x.ts": text })).toEqual([]);
  });

  it("finds cycles once", () => {
    const files = {
      "src/ir/a.ts": 'import { b } from "./b.ts";',
      "src/ir/b.ts": 'import type { c } from "./c.ts";',
      "src/ir/c.ts": 'import { a } from "./a.ts";',
      "src/ir/d.ts": 'import { a } from "./a.ts";',
    };
    const cycle = "src/ir/a.ts -> src/ir/b.ts -> src/ir/c.ts -> src/ir/a.ts";
    expect(messages(files)).toEqual([`src/ir/a.ts:1: import cycle: ${cycle}`]);
  });

  it("knows every room", () => {
    expect(messages({ "src/helpers/x.ts": "" })[0]).toMatch("no room of the house");
    expect(checkTop(["src", "notes", ".ci", "demo.cwasm"]).map((p) => p.path)).toEqual(["notes"]);
  });
});

describe("purity", () => {
  it.each(["process.exit(1);", "Buffer.from(x);", "require(x);"])("no host global: %s", (text) => {
    expect(messages({ "src/wasm/x.ts": text })).toHaveLength(1);
    expect(messages({ "src/cli/x.ts": text, "src/wasm/x.test.ts": text })).toEqual([]);
  });

  it.each(["Math.random()", "Date.now()", "new Date()", "a.localeCompare(b)"])("no %s", (text) => {
    expect(messages({ "backend/x.ts": `export const v = ${text};` })).toHaveLength(1);
  });

  it.each(["new Uint8Array(words.buffer)", "new Float64Array(this.bytes.buffer, 8)"])(
    "no byte order: %s",
    (text) => {
      expect(messages({ "src/object/x.ts": `export const v = ${text};` })).toHaveLength(1);
      expect(messages({ "src/interp/x.ts": `export const v = ${text};` })).toEqual([]);
    },
  );

  it("leaves properties of the same name alone", () => {
    expect(messages({ "src/wasm/x.ts": "pass.process(f); const process = 1;" })).toEqual([]);
  });
});

describe("manners", () => {
  // prettier-ignore
  const bad: readonly (readonly [string, string])[] = [
    ["default export",   "export default 1;"],
    ["default export",   "export { x as default };"],
    ["enum",             "export enum E { A }"],
    ["enum",             "const enum E { A }"],
    ["namespace",        "export namespace N { }"],
    ["switches types",   "let x: any;"],
    ["switches types",   "let x = y as any;"],
    ["switches types",   "let x: any[] = [];"],
    ["switches types",   "let x: Map<string, number | any>;"],
    ["switches types",   "let x: Array<any>;"],
    ["switches types",   "type T = any;"],
    ["switches types",   "const s = `${y as any}`;"],
    ["note to self",     "// TO" + "DO: later"],
    ["note to self",     "/* FIX" + "ME */"],
    ["switched off",     "// @ts-" + "ignore"],
    ["tab",              "if (x)\ty();"],
    ["trailing space",   "x(); "],
    ["trailing space",   "x();\r"],
    ["101 columns",      `f(${"x".repeat(97)});`.slice(0, 101)],
  ];
  it.each(bad)("%s: %s", (message, text) => {
    const found = messages({ "src/wasm/x.ts": `${text}\n` });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
    expect(found[0]).toMatch("src/wasm/x.ts:2:");
  });

  // prettier-ignore
  const good: readonly string[] = [
    "// any enum in a namespace is an export default of taste",
    'const s = "x: any"; const t = `let x: any = ${s}`;',
    "const r = /: any/; const q = a / b; // as any",
    "const constraint = { any: 1, fixed: 2 }; use(constraint.any);",
    "f(".padEnd(99, "x") + ")",
  ];
  it.each(good)("passes: %s", (text) => {
    expect(messages({ "src/wasm/x.ts": `${text}\n` })).toEqual([]);
  });

  it.each(["only", "skip", "todo"])("no test.%s", (word) => {
    const text = ["it", "test", "describe"].map((w) => `${w}.${word}("x");`).join("\n");
    expect(messages({ "src/wasm/x.test.ts": text })).toHaveLength(3);
    expect(messages({ "src/wasm/x.ts": text })).toEqual([]);
  });

  it("wants an opening comment", () => {
    const text = "export const x = 1;\n";
    expect(checkSources([{ path: "src/ir/x.ts", text }])[0]?.message).toMatch("opening comment");
    expect(checkSources([{ path: "runtime-support/x.c", text }])).toHaveLength(1);
    for (const open of ["// x\n", "/* x */\n", "#!/usr/bin/env node\n// x\n"]) {
      expect(checkSources([{ path: "src/ir/x.ts", text: open + text }])).toEqual([]);
    }
  });

  it("holds C to the same page width", () => {
    const wide = `int x; ${" ".repeat(100)}int y;\n`;
    expect(messages({ "runtime-support/x.c": wide })).toHaveLength(1);
    expect(messages({ "runtime-support/x.h": "\tint x;\n" })).toHaveLength(1);
  });

  it("exempts tables from the width and generated files from all manners", () => {
    const wide = `export const row = [${"1, ".repeat(40)}];\n`;
    expect(messages({ "src/wasm/ops.ts": wide, "backend/amd64/insts.ts": wide })).toEqual([]);
    const text = wide + "\texport default 1; \n";
    expect(checkSources([{ path: "backend/amd64/match.gen.ts", text }])).toEqual([]);
  });
});

describe("codeOf", () => {
  it("keeps every position", () => {
    const text = 'a("b\\"c", `d${e({ f: `g` })}h`) // i\n/* j\n */ k = /[/"]/.test(l) / 2;';
    const code = codeOf(text);
    expect(code).toHaveLength(text.length);
    expect(code.split("\n")).toHaveLength(3);
    for (const word of "aeflk") expect(code[text.indexOf(word)]).toBe(word);
    for (const word of "bcdghij") expect(code).not.toMatch(word);
  });
});
