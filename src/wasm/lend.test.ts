// Modules that import the memory which they defined: V8 takes them, they say the same otherwise,
// and what is behind the memory section is where it was.

import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseWat } from "../text/wat.ts";
import { importMemory } from "./lend.ts";

interface Host {
  readonly Module: (new (bytes: Uint8Array) => object) & {
    imports(module: object): { module: string; name: string; kind: string }[];
    exports(module: object): object[];
  };
}
const { Module } = (globalThis as unknown as { WebAssembly: Host }).WebAssembly;

const lent = (bytes: Uint8Array): Uint8Array | undefined => importMemory(bytes, (m) => m === "w");

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const section = (id: number, ...content: number[]): number[] => [id, content.length, ...content];
const types = section(1, 1, 0x60, 0, 0);
const func = (name: number): number[] => [1, 0x77, 1, name, 0, 0];
const imports = section(2, 1, ...func(0x66));
/** The section of functions comes before that of memories. */
const behind = (...bytes: number[]): number[] => [...section(3, 1, 0), ...bytes];
const memory = behind(...section(5, 1, 0, 1));
const code = [...section(7, 1, 1, 0x6d, 2, 0), ...section(10, 1, 2, 0, 0x0b)];
const module = (...sections: number[][]): Uint8Array =>
  Uint8Array.from([...HEADER, ...sections.flat()]);

/** Checks the other module; answers by how many bytes what follows has moved. */
function check(bytes: Uint8Array): number {
  const made = lent(bytes)!;
  const [before, after] = [bytes, made].map((b) => new Module(b));
  expect(Module.exports(after!)).toEqual(Module.exports(before!));
  const wanted = Module.imports(before!);
  const found = Module.imports(after!);
  expect(found.slice(0, -1)).toEqual(wanted);
  expect(found.at(-1)!.kind).toBe("memory");
  const tail = code.length;
  expect(made.subarray(made.length - tail)).toEqual(bytes.subarray(bytes.length - tail));
  return made.length - bytes.length;
}

describe("a module that imports the memory which it defined", () => {
  it("has the rest where it was", () => {
    expect(check(module(types, imports, memory, code))).toBe(0);
    expect(check(module(types, imports, behind(...section(5, 1, 1, 1, 0x80, 2)), code))).toBe(0);
    expect(check(module(types, imports, section(0, 1, 65), memory, section(0, 1, 66), code))).toBe(
      0,
    );
  });

  it("has it there whatever its numbers are written like", () => {
    const content = [1, ...func(0x66)];
    const padded = [2, content.length | 0x80, 0x80, 0x80, 0x80, 0, ...content];
    expect(check(module(types, padded, memory, code))).toBe(0);
    const counted = [0x81, 0x80, 0, ...func(0x66)];
    expect(check(module(types, section(2, ...counted), memory, code))).toBe(0);
    const loose = behind(5, 0x83, 0x80, 0x80, 0x80, 0, 1, 0, 1);
    expect(check(module(types, imports, loose, code))).toBe(0);
    expect(check(module(types, imports, behind(5, 0x84, 0, 1, 0, 0x81, 0), code))).toBe(0);
  });

  it("has it a byte or two further where there is no room", () => {
    const some = (count: number): number[] => Array.from({ length: count }, () => func(1)).flat();
    const size = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, n >> 7]);
    const many = (count: number): number[] => {
      const content = [...size(count), ...some(count)];
      return [2, ...size(content.length), ...content];
    };
    for (let count = 1; count < 140; count++) {
      const moved = check(module(types, many(count), memory, code));
      expect(moved).toBe(count === 21 || count === 127 ? 1 : 0);
      const roomy = behind(5, 0x83, 0x80, 0, 1, 0, 1);
      expect(check(module(types, many(count), roomy, code))).toBe(0);
    }
  });

  it("is there for modules that want it only", () => {
    const other = section(2, 1, 1, 0x76, 1, 0x66, 0, 0);
    const given = section(2, 2, ...func(0x66), 1, 0x77, 1, 0x6d, 2, 0, 1);
    const odd: readonly Uint8Array[] = [
      module(types, memory, code),
      module(types, other, memory, code),
      module(types, given, code),
      module(types, imports, code),
      module(types, imports, behind(...section(5, 0)), code),
      module(types, imports, behind(...section(5, 2, 0, 1, 0, 1)), code),
      module(types, imports, behind(...section(5, 1, 3, 1, 2)), code),
      module(types, imports, behind(...section(5, 1, 4, 1)), code),
      module(types, imports, behind(...section(5, 1, 0, 1, 7)), code),
      module(types, section(2, 2, ...func(0x66), 1, 0x77, 1, 0x6d, 4, 0, 0), memory, code),
    ];
    for (const bytes of odd) expect(lent(bytes)).toBe(undefined);
    expect(check(module(types, section(2, 2, 1, 0x76, 1, 0x66, 0, 0, ...func(1)), memory, code)));
  });

  it("is not made of what is cut off", () => {
    const whole = module(types, imports, memory, code);
    const end = whole.length - code.length;
    for (let n = 0; n < end; n++) expect(lent(whole.subarray(0, n))).toBe(undefined);
    expect(lent(whole.subarray(0, end))).toBeDefined();
  });

  it("may have imports of all kinds", () => {
    const bytes = parseWat(`(module
      (import "w" "f" (func (param i32) (result i64)))
      (import "w" "t" (table 1 2 funcref)) (import "v" "g" (global (mut f64)))
      (import "v" "e" (table 0 externref)) (memory 1 2) (export "m" (memory 0)))`);
    const made = new Module(lent(bytes)!);
    expect(Module.imports(made).map((i) => i.kind)).toEqual([
      "function",
      "table",
      "global",
      "table",
      "memory",
    ]);
  });

  it("is found for programs", () => {
    const programs = new URL("../../testdata/programs/", import.meta.url);
    const names = readdirSync(programs).filter((name) => name.endsWith(".wasm"));
    for (const name of names) {
      const bytes = readFileSync(new URL(name, programs));
      const made = importMemory(bytes, (m) => m === "wasi_snapshot_preview1")!;
      expect([name, made.length]).toEqual([name, bytes.length]);
      expect(Module.imports(new Module(made)).at(-1)!.kind).toBe("memory");
    }
    expect(names.length).toBeGreaterThan(10);
  });
});
