// The name section, whole and broken.

import { expect, test } from "vitest";
import { ByteWriter } from "../support/bytes.ts";
import { decodeModule } from "./decode.ts";
import type { Module } from "./module.ts";
import { decodeNames, funcName, moduleNames } from "./names.ts";

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 4, 3, 0, 0, 0];
const exported = [7, 5, 1, 1, 0x65, 0, 1];
const code = [10, 10, 3, 2, 0, 0x0b, 2, 0, 0x0b, 2, 0, 0x0b];

function moduleWith(write: (w: ByteWriter) => void): Module {
  const w = new ByteWriter();
  w.bytes(Uint8Array.from([...header, ...exported, ...code, 0]));
  w.sized((s) => {
    s.name("name");
    write(s);
  });
  return decodeModule(w.finish());
}

function part(w: ByteWriter, id: number, write: (w: ByteWriter) => void): void {
  w.u8(id);
  w.sized(write);
}

const map = (w: ByteWriter, entries: readonly [number, string][]): void => {
  w.u32(entries.length);
  for (const [index, name] of entries) {
    w.u32(index);
    w.name(name);
  }
};

test("names of module, functions and locals", () => {
  const m = moduleWith((w) => {
    part(w, 0, (p) => p.name("mod"));
    part(w, 1, (p) => map(p, [[0, "zero"], [2, "zwei ä"]])); // prettier-ignore
    part(w, 2, (p) => {
      p.u32(1);
      p.u32(2);
      map(p, [[0, "x"]]);
    });
    part(w, 9, (p) => p.u32(7));
  });
  const names = moduleNames(m);
  expect(names.module).toBe("mod");
  expect([...names.funcs]).toEqual([[0, "zero"], [2, "zwei ä"]]); // prettier-ignore
  expect([...names.locals].map(([f, l]) => [f, ...l])).toEqual([[2, [0, "x"]]]);
  expect(moduleNames(m)).toBe(names);
  expect([0, 1, 2, 3].map((f) => funcName(m, f))).toEqual(["zero", "e", "zwei ä", "func 3"]);
});

test("a broken part keeps what came before it", () => {
  const m = moduleWith((w) => {
    part(w, 1, (p) => {
      p.u32(5);
      p.u32(1);
      p.name("one");
      p.u32(2);
      p.bytes(Uint8Array.of(1, 0xff));
    });
    part(w, 0, (p) => p.name("still read"));
    w.u8(1);
    w.u32(1000);
  });
  expect(decodeNames(m).module).toBe("still read");
  expect([...decodeNames(m).funcs]).toEqual([[1, "one"]]);
});

test("indices out of range and second names are dropped", () => {
  const m = moduleWith((w) => {
    // prettier-ignore
    part(w, 1, (p) => map(p, [[1, "a"], [1, "b"], [3, "c"], [0xffff_ffff, "d"]]));
  });
  expect([...decodeNames(m).funcs]).toEqual([[1, "a"]]);
});

test("no name section, no names", () => {
  const m = decodeModule(Uint8Array.from([...header, ...code]));
  expect(decodeNames(m)).toEqual({ module: undefined, funcs: new Map(), locals: new Map() });
  expect(funcName(m, 1)).toBe("func 1");
});
