// The compiler's own code in the cache: kept, found, and not trusted when it should not be.

import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseWat } from "../text/wat.ts";
import { defaultFeatures } from "../wasm/features.ts";
import { Bytecode, CODE_NAME } from "./bytecode.ts";
import { Compiler } from "./compiler.ts";
import type { CompileOptions } from "./job.ts";

let directory = "";
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "ingot-test-"))));
afterEach(() => rmSync(directory, { recursive: true }));

const source = Buffer.from("source");
const code = Buffer.from("code");
const open = (flags = "", readOnly = false, of = source): Bytecode =>
  new Bytecode({ directory, readOnly, flags }, of);
const onlyFile = (): string => join(directory, readdirSync(directory)[0]!);

describe("the compiler's code", () => {
  it("is found when it was kept", () => {
    expect(open().read()).toBeUndefined();
    open().keep(10, () => code);
    expect(readdirSync(directory)).toEqual([expect.stringMatching(CODE_NAME)]);
    expect(open().read()).toEqual(code);
  });

  it("is that of one source and one way to start Node", () => {
    open().keep(10, () => code);
    expect(open("--jitless").read()).toBeUndefined();
    expect(open("", false, Buffer.from("ecruos")).read()).toBeUndefined();
  });

  it("is kept again when much more has been compiled, until it is enough", () => {
    const kept: number[] = [];
    const keep = (b: Bytecode, seen: number): void =>
      b.keep(seen, () => {
        kept.push(seen);
        return code;
      });
    const first = open();
    for (const seen of [1000, 3000, 5000]) keep(first, seen);
    const second = open();
    second.read();
    for (const seen of [1000, 19_000, 300_000, 2_000_000]) keep(second, seen);
    expect(kept).toEqual([1000, 5000, 300_000]);
  });

  it("is not trusted when it is damaged, cut short, or others may write to it", () => {
    open().keep(10, () => code);
    const file = readFileSync(onlyFile());
    for (let at = 0; at < file.length; at++) {
      const damaged = Buffer.from(file);
      damaged[at]! ^= 1;
      writeFileSync(onlyFile(), damaged);
      expect(open().read()).toBeUndefined();
    }
    writeFileSync(onlyFile(), file.subarray(0, 20));
    expect(open().read()).toBeUndefined();
    writeFileSync(onlyFile(), file);
    expect(open().read()).toEqual(code);
    chmodSync(onlyFile(), 0o666);
    expect(open().read()).toBeUndefined();
    chmodSync(onlyFile(), 0o600);
    chmodSync(directory, 0o777);
    expect(open().read()).toBeUndefined();
  });

  it("is not written to a cache that is only read", () => {
    open("", true).keep(10, () => code);
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe("the compile thread", () => {
  const options: CompileOptions = { target: "amd64", features: defaultFeatures, bounds: "guard" };
  const module = parseWat('(module (func (export "f") (result i32) (i32.const 1)))');

  const compile = (): Uint8Array => {
    const compiler = new Compiler();
    compiler.keepCode({ directory, readOnly: false, flags: "" });
    const made = compiler.compileNow(module, options);
    closers.push(() => compiler.close());
    return made;
  };
  const closers: (() => void)[] = [];
  afterEach(() => closers.splice(0).forEach((close) => close()));

  const file = async (): Promise<string> => {
    for (let k = 0; k < 200; k++) {
      const name = readdirSync(directory).find((n) => CODE_NAME.test(n));
      if (name !== undefined) return join(directory, name);
      await pause(50);
    }
    throw new Error("nothing was kept");
  };

  it("keeps its code and starts from it", async () => {
    const made = compile();
    const path = await file();
    const kept = readFileSync(path);
    expect(kept.length).toBeGreaterThan(100_000);
    expect(compile()).toEqual(made);
    expect(readFileSync(path).equals(kept)).toBe(true);
  });

  const isReplaced = async (path: string, bad: Buffer): Promise<boolean> => {
    for (let k = 0; k < 200 && readFileSync(path).equals(bad); k++) await pause(50);
    return !readFileSync(path).equals(bad);
  };

  it("starts without it, and keeps it anew, when it is damaged", async () => {
    const made = compile();
    const path = await file();
    const damaged = readFileSync(path).fill(0, 40, 80);
    writeFileSync(path, damaged);
    expect(compile()).toEqual(made);
    expect(await isReplaced(path, damaged)).toBe(true);
  });

  it("starts without it, and keeps it anew, when V8 refuses it", async () => {
    const bundle = new URL("../../dist/src/bundle/thread.cjs", import.meta.url);
    open("", false, readFileSync(bundle)).keep(10, () => code);
    const path = await file();
    const refused = readFileSync(path);
    compile();
    expect(await isReplaced(path, refused)).toBe(true);
  });
});
