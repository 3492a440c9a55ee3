// The operator table: unique, complete, and consistent between its columns.

import { expect, test } from "vitest";
import { FEATURES } from "./features.ts";
import { Imm, OP, OPS, opByName, opOfByte, opOfPrefixed } from "./ops.ts";

test("codes and names are unique and lead back to their row", () => {
  expect(new Set(OPS.map((row) => row.code)).size).toBe(OPS.length);
  expect(new Set(OPS.map((row) => row.name)).size).toBe(OPS.length);
  OPS.forEach((row, op) => {
    const prefix = row.code >> 16;
    const found = prefix === 0 ? opOfByte[row.code] : opOfPrefixed(prefix, row.code & 0xffff);
    expect(found).toBe(op);
    expect(opByName(row.name)).toBe(op);
    expect(OP[row.name]).toBe(op);
    expect(FEATURES).toContain(row.feature);
  });
});

test("what is no operator has no number", () => {
  expect(opByName("i32.nonsense")).toBe(-1);
  expect([opOfByte[0xf3], opOfByte[0xfc], opOfByte[0x27]]).toEqual([-1, -1, -1]);
  expect(opOfPrefixed(0xfd, 0x9a)).toBe(-1);
  expect(opOfPrefixed(0xfc, 0xffff_ffff)).toBe(-1);
  expect(opOfPrefixed(0x00, 0)).toBe(-1);
});

test("every proposal has as many operators as its text says", () => {
  const counts: Record<string, number> = {};
  for (const { feature } of OPS) counts[feature] = (counts[feature] ?? 0) + 1;
  expect(counts).toMatchObject({
    mvp: 172,
    "sign-extension": 5,
    "saturating-float-to-int": 8,
    "bulk-memory": 7,
    "reference-types": 9,
    simd: 236,
    "relaxed-simd": 20,
    threads: 67,
    "wide-arithmetic": 4,
  });
});

test("signatures and alignments fit the immediates", () => {
  for (const { name, imm, sig, align, feature } of OPS) {
    expect(sig).toMatch(/^$|^[iIfFvrt]*:[iIfFvrt]*$/);
    const accesses = imm === Imm.memarg || imm === Imm.memargLane;
    expect(align >= 0, name).toBe(accesses);
    if (accesses) expect(sig[0], name).toBe("i");
    if (feature === "simd") expect(sig, name).toContain("v");
  }
});

test("names of types in names agree with signatures", () => {
  const letters: Record<string, string> = { i32: "i", i64: "I", f32: "f", f64: "F" };
  for (const { name, sig, imm } of OPS) {
    const [type = "", rest = ""] = name.split(".");
    const letter = letters[type];
    if (letter === undefined || imm === Imm.memarg) continue;
    if (/^(eqz?|ne|[lg][te](_[su])?)$/.test(rest)) expect(sig, name).toMatch(/:i$/);
    else expect(sig.slice(sig.indexOf(":") + 1, sig.indexOf(":") + 2), name).toBe(letter);
  }
});
