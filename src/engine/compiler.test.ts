// The compile thread: at once and later, in whatever order, and how it ends.

import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { Invalid, Malformed } from "../support/errors.ts";
import { parseWat } from "../text/wat.ts";
import { decodeModule } from "../wasm/decode.ts";
import { defaultFeatures } from "../wasm/features.ts";
import { compileModule } from "./compile.ts";
import type { CompileOptions } from "./job.ts";
import { Compiler } from "./compiler.ts";

const compiler = new Compiler();
afterAll(() => compiler.close());

const options: CompileOptions = { target: "amd64", features: defaultFeatures, bounds: "guard" };
const module = (n: number): Uint8Array =>
  parseWat(`(module (func (export "f") (result i32) (i32.const ${n})))`);
const here = (bytes: Uint8Array): Uint8Array =>
  compileModule(decodeModule(bytes, options.features), options).artifact;

describe("the compile thread", () => {
  it("makes what this thread would make", () => {
    expect(compiler.compileNow(module(1), options)).toEqual(here(module(1)));
  });

  it("answers at once, with others waiting", async () => {
    const waiting = [1, 2, 3].map((n) => compiler.compile(module(n), options));
    expect(compiler.compileNow(module(4), options)).toEqual(here(module(4)));
    const more = compiler.compile(module(5), options);
    const made = await Promise.all([...waiting, more]);
    expect(made).toEqual([1, 2, 3, 5].map((n) => here(module(n))));
  });

  it("throws what the compiler throws", async () => {
    const broken = Uint8Array.of(0, 97, 115, 109, 2, 0, 0, 0);
    expect(() => compiler.compileNow(broken, options)).toThrow(Malformed);
    await expect(compiler.compile(broken, options)).rejects.toMatchObject({ offset: 4 });
    const wrong = parseWat("(module (func) (func (result i32) (i64.const 0)))");
    expect(() => compiler.compileNow(wrong, options)).toThrow(Invalid);
    await expect(compiler.compile(wrong, options)).rejects.toMatchObject({ func: 1 });
    expect(compiler.validateNow(wrong, options)).toBe(false);
    expect(compiler.validateNow(broken, options)).toBe(false);
    expect(compiler.validateNow(module(1), options)).toBe(true);
  });

  it("reads all functions before it compiles any", () => {
    const first = [4, 0, 0x41, 0, 0x0b];
    const fence = [5, 0, 0xfe, 3, 0, 0x0b];
    const sections = [1, 4, 1, 0x60, 0, 0, 3, 3, 2, 0, 0, 10, 12, 2, ...first, ...fence];
    const both = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, ...sections);
    expect(() => compiler.compileNow(both, options)).toThrow(/atomic.fence needs .* threads/);
  });

  it("starts again when it was ended", () => {
    compiler.close();
    expect(compiler.validateNow(module(1), options)).toBe(true);
  });

  const run = (code: string): string =>
    execFileSync(process.execPath, ["--input-type=module", "-e", code], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
    });
  const url = new URL("../../dist/src/engine/compiler.js", import.meta.url);
  const start = `
    import { Compiler } from ${JSON.stringify(url.href)};
    const c = new Compiler();
    const bytes = Uint8Array.of(${module(7).join()});
    const o = { target: "amd64", features: new Set(["mvp"]), bounds: "guard" };`;

  it("keeps a process alive only while somebody waits", () => {
    expect(run(`${start} console.log(c.compileNow(bytes, o).length > 0);`)).toBe("true\n");
    const later = `${start} c.compile(bytes, o).then((a) => console.log(a.length > 0));`;
    expect(run(later)).toBe("true\n");
  });

  it("sleeps until an artifact is there when that becomes urgent", () => {
    const race = (hurry: string): string =>
      run(`${start}
        const making = c.compile(bytes, o, ${hurry});
        setTimeout(() => { console.log("deadline"); process.exit(); }, 20);
        console.log((await making).length > 0);
        process.exit();`);
    expect(race("{ every: 5, isUrgent: () => true }")).toBe("true\n");
    expect(race("{ every: 5, isUrgent: () => false }")).toBe("deadline\n");
    expect(race("undefined")).toBe("deadline\n");
  });

  it("takes a timer for a deadline in a program that talks to nobody", () => {
    const from = new URL("../../dist/src/engine/deadlines.js", import.meta.url).href;
    const told = run(`
      import { deadlines } from ${JSON.stringify(from)};
      import { createServer } from "node:net";
      const is = () => console.log(deadlines.isUrgent());
      setTimeout(() => {}, 10).unref();
      is();
      setTimeout(() => {}, 10_000);
      is();
      createServer().listen(0, () => {
        is();
        process.exit();
      });`);
    expect(told).toBe("false\ntrue\nfalse\n");
  });
});
