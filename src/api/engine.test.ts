// Engines as programs ask for them, and artifacts. Native code is compiled by the compile thread,
// which needs the compiled sources in dist/.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { ENGINES, thrown } from "../../tools/engines.ts";
import { parseWat } from "../text/wat.ts";
import { compileArtifact } from "./artifact.ts";
import { createEngine, lazyEngine } from "./engine.ts";
import type { EngineOptions, Ingot } from "./engine.ts";

type Name = Ingot["engine"];
const NAMES = ENGINES.map(({ name }) => name as Name);

const bytes = (wat: string): Uint8Array<ArrayBuffer> => Uint8Array.from(parseWat(wat));
const ADD = bytes(`(module
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))`);
const NOTE = Uint8Array.of(...ADD, 0, 3, 1, 120, 7); // with a custom section "x"
const SIMD = bytes("(module (func (drop (v128.const i64x2 0 0))))");

const folder = mkdtempSync(join(tmpdir(), "ingot-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Add = (x: number, y: number) => number;
const add = (ingot: Ingot, module: Parameters<Ingot["Module"]["exports"]>[0]): Add =>
  new ingot.Instance<{ add: Add }>(module).exports.add;

describe.each(NAMES)("createEngine: %s", (engine) => {
  const create = (options: EngineOptions = {}): Promise<Ingot> =>
    createEngine({ engine, cache: { directory: join(folder, "cache") }, ...options });

  it("makes a namespace with an engine", async () => {
    const ingot = await create();
    expect(ingot.engine).toBe(engine);
    expect(add(ingot, new ingot.Module(ADD))(40, 2)).toBe(42);
    const { instance } = await ingot.instantiate<{ add: Add }>(ADD);
    expect(instance.exports.add(1, 2)).toBe(3);
    expect(ingot.validate(ADD)).toBe(true);
    expect(ingot.validate(ADD.subarray(0, 20))).toBe(false);
    expect(() => new ingot.Module(ADD.subarray(0, 20))).toThrow(ingot.CompileError);
    await expect(ingot.compile(ADD.subarray(0, 20))).rejects.toThrow(ingot.CompileError);
  });

  it("makes classes of its own each time", async () => {
    const [a, b] = [await create(), await create()];
    expect(a.Module).not.toBe(b.Module);
    const memory = new a.Memory({ initial: 1 });
    expect(memory instanceof b.Memory).toBe(false);
  });

  it("knows the features asked for and no others", async () => {
    const old = await create({ features: "1.0" });
    expect(old.validate(ADD)).toBe(true);
    expect(old.validate(SIMD)).toBe(false);
    const error = thrown(() => new old.Module(SIMD));
    expect(error).toBeInstanceOf(old.CompileError);
    expect(error.message).toContain("simd");
    expect((await create({ features: "2.0,-simd" })).validate(SIMD)).toBe(false);
    await expect(create({ features: "4.0" })).rejects.toThrow('"4.0" is no standard');
  });

  it("keeps instances within limits", async () => {
    const ingot = await create({ limits: { memoryPages: 3, tableElements: 5 } });
    const { grow, growTable } = new ingot.Instance<{
      grow: (n: number) => number;
      growTable: (n: number) => number;
    }>(
      new ingot.Module(
        bytes(`(module
          (memory 1 10) (table 1 10 funcref)
          (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
          (func (export "growTable") (param i32) (result i32)
            (table.grow (ref.null func) (local.get 0))))`),
      ),
    ).exports;
    expect([grow(2), grow(1)]).toEqual([1, -1]);
    expect([growTable(4), growTable(1)]).toEqual([1, -1]);
  });

  it("loads artifacts, by path, URL or bytes", async () => {
    const ingot = await create();
    const artifact = compileArtifact(NOTE, { embed: true });
    const path = join(folder, `${engine}.cwasm`);
    writeFileSync(path, artifact);
    for (const source of [path, pathToFileURL(path), artifact, artifact.slice().buffer]) {
      const module = ingot.loadArtifact(source);
      expect(add(ingot, module)(20, 22)).toBe(42);
      expect(ingot.Module.exports(module)).toEqual([{ name: "add", kind: "function" }]);
      const sections = ingot.Module.customSections(module, "x");
      expect(sections.map((b) => [...new Uint8Array(b)])).toEqual([[7]]);
    }
  });

  it("keeps native code where it is told to", async () => {
    const directory = join(folder, `cache of ${engine}`);
    const wat = '(module (func (export "add") (result i32) (i32.const 12321)))';
    for (let round = 0; round < 2; round++) {
      const ingot = await create({ cache: round === 0 ? directory : { directory } });
      expect(add(ingot, new ingot.Module(bytes(wat)))(0, 0)).toBe(12_321);
    }
    const kept = existsSync(directory)
      ? readdirSync(directory).filter((n) => n.endsWith(".cwasm"))
      : [];
    expect(kept).toHaveLength(engine === "native" ? 1 : 0);
    const ingot = await create({ cache: "off" });
    expect(add(ingot, new ingot.Module(bytes(wat)))(0, 0)).toBe(12_321);
  });

  it("wants to be told which cache", async () => {
    for (const cache of [false, true, null, {}, { directory: 1 }]) {
      const made = create({ cache: cache as unknown as string });
      if (engine === "native") await expect(made).rejects.toThrow(TypeError);
      else expect((await made).engine).toBe(engine);
    }
  });

  it("says what is wrong with an artifact", async () => {
    const ingot = await create();
    const artifact = compileArtifact(ADD, { embed: true });
    const damaged = artifact.slice();
    damaged[damaged.length >> 1]! ^= 1;
    for (const source of [artifact.subarray(0, 5000), damaged, ADD, "/no/such/file"]) {
      expect(() => ingot.loadArtifact(source)).toThrow(/^cannot load the artifact.*: ./);
    }
    expect(() => ingot.loadArtifact(1 as never)).toThrow(TypeError);
    const other = compileArtifact(ADD, { target: process.arch === "x64" ? "arm64" : "amd64" });
    expect(() => ingot.loadArtifact(other)).toThrow(/^cannot load the artifact: ./);
  });
});

describe("the engine", () => {
  it("is one of those that there are", async () => {
    await expect(createEngine({ engine: "v8" as never })).rejects.toThrow('no engine "v8"');
    expect(NAMES).toContain((await createEngine()).engine);
  });

  it("is chosen when it is first needed", () => {
    const ingot = lazyEngine({ engine: "none" as never });
    expect(() => new ingot.Module({} as never)).toThrow("must be a buffer source");
    expect(() => new ingot.Module(ADD)).toThrow('no engine "none"');
  });
});

describe("compileArtifact", () => {
  it("makes the same bytes each time", () => {
    expect(compileArtifact(ADD)).toEqual(compileArtifact(ADD));
  });

  it("makes them for the machine, the features and the checks asked for", () => {
    const plain = compileArtifact(ADD, { target: "amd64" });
    expect(compileArtifact(ADD, { target: "arm64" })).not.toEqual(plain);
    expect(compileArtifact(ADD, { target: "amd64", boundsChecks: "explicit" })).not.toEqual(plain);
    expect(compileArtifact(ADD, { target: "amd64", embed: true }).length).toBeGreaterThan(
      plain.length,
    );
    const popcnt = bytes(
      '(module (func (export "f") (param i32) (result i32) (i32.popcnt (local.get 0))))',
    );
    const [with_, without] = [["popcnt"], []].map((cpuFeatures) =>
      compileArtifact(popcnt, { target: "amd64", cpuFeatures }),
    );
    expect(with_).not.toEqual(without);
  });

  it.each([
    [{ target: "z80" }, 'there is no target "z80"'],
    [{ target: "toString" }, 'there is no target "toString"'],
    [{ target: "amd64", cpuFeatures: ["mmx"] }, 'amd64 has no CPU feature "mmx"'],
    [{ features: "simd" }, '"simd" needs a + or a - in front of it'],
  ])("does not take %o", (options, message) => {
    expect(() => compileArtifact(ADD, options as never)).toThrow(message);
  });

  it("throws what is wrong with a module", () => {
    const error = thrown(() => compileArtifact(ADD.subarray(0, 20)));
    expect(error.name).toBe("CompileError");
    expect(error.message).toMatch(/^compileArtifact\(\): .* @\+\d+$/);
    expect(() => compileArtifact(SIMD, { features: "1.0" })).toThrow(/simd/);
    expect(() => compileArtifact(7 as never)).toThrow(TypeError);
  });
});

// Prints the address of each module that is loaded.
const TRACE = `
  import { register } from "node:module";
  const hooks = \`
    import { writeSync } from "node:fs";
    export const load = (url, context, next) => (writeSync(1, url + "\\\\n"), next(url, context));
  \`;
  register("data:text/javascript," + encodeURIComponent(hooks));`;

describe('import "ingot"', () => {
  const index = new URL("../../dist/src/index.js", import.meta.url).href;
  const loaded = (code: string): string =>
    execFileSync(process.execPath, ["--input-type=module", "-e", `${TRACE}${code}`], {
      encoding: "utf8",
      env: { ...process.env, INGOT_CACHE: join(folder, "cache") },
      timeout: 60_000,
    });

  it("loads neither the compiler nor an interpreter", () => {
    const first = loaded(`await import(${JSON.stringify(index)});`);
    expect(first).toContain("dist/src/api/");
    expect(first).not.toMatch(/dist\/(backend|src\/(ir|opt|translate|interp|text))\//);
    const wasm = `Uint8Array.of(${ADD.join()})`;
    const used = loaded(`
      const { Module, Instance } = await import(${JSON.stringify(index)});
      const { add } = new Instance(new Module(${wasm})).exports;
      console.log(add(20, 22));`);
    expect(used).toMatch(/^42$/m);
    expect(used).not.toMatch(/dist\/(backend|src\/(ir|opt|translate))\//);
  });
});
