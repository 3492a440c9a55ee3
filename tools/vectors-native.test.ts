// Vectors at the end of a memory, in native code of every kind: an operator that has swallowed a
// load reads no byte too many, and traps where the load would; a store of a lane writes no more
// than the lane. Guard pages, explicit checks, and with AVX, which swallows the most.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { hostFeatures } from "./host.ts";
import { HOST, WAYS, ingot } from "./ingot.ts";

const directory = mkdtempSync(join(tmpdir(), "ingot-vectors-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const END = 65536;

/** An operator around a load, what it takes of memory, and a name. */
type Access = readonly [name: string, code: string, bytes: number];

const value = "(local.get 1)";
const at = "(local.get 0)";
const load = (name: string): string => `(v128.${name} ${at})`;

// prettier-ignore
const LOADS: readonly Access[] = [
  ["add",      `(i32x4.add ${value} ${load("load")})`,            16],
  ["left",     `(i32x4.lt_s ${load("load")} ${value})`,           16],
  ["sqrt",     `(f32x4.sqrt ${load("load")})`,                    16],
  ["pmin",     `(f64x2.pmin ${load("load")} ${value})`,           16],
  ["blend",    `(v128.bitselect ${load("load")} ${value} (i8x16.gt_u ${value} ${value}))`, 16],
  ["extend",   load("load8x8_s"),                                  8],
  ["extend16", load("load16x4_u"),                                 8],
  ["extend32", load("load32x2_s"),                                 8],
  ["half",     `(i16x8.extend_low_i8x16_u ${load("load64_zero")})`, 8],
  ["promote",  `(f64x2.promote_low_f32x4 ${load("load64_zero")})`, 8],
  ["convert",  `(f64x2.convert_low_i32x4_s ${load("load64_zero")})`, 8],
  ["zero32",   load("load32_zero"),                                4],
  ["splat8",   load("load8_splat"),                                1],
  ["splat16",  load("load16_splat"),                               2],
  ["splat32",  load("load32_splat"),                               4],
  ["splat64",  load("load64_splat"),                               8],
  ["lane8",    `(v128.load8_lane 15 ${at} ${value})`,              1],
  ["lane16",   `(v128.load16_lane 7 ${at} ${value})`,              2],
  ["lane32",   `(v128.load32_lane 3 ${at} ${value})`,              4],
  ["lane64",   `(v128.load64_lane 1 ${at} ${value})`,              8],
  ["low64",    `(v128.load64_lane 0 ${at} ${value})`,              8],
];

const STORES: readonly Access[] = [8, 16, 32, 64].flatMap((bits) =>
  [0, 128 / bits - 1].map((lane): Access => {
    const code = `(v128.store${bits}_lane ${lane} ${at} ${value})`;
    return [`store${bits}.${lane}`, code, bits / 8];
  }),
);

const params = "(param i32 v128)";
const functions = [
  ...LOADS.map(([name, code]) => `(func (export "${name}") ${params} (result v128) ${code})`),
  ...STORES.map(([name, code]) => `(func (export "${name}") ${params} ${code})`),
  `(func (export "byte") (param i32) (result i32) (i32.load8_u ${at}))`,
];

const ones = "(v128.const i32x4 -1 -1 -1 -1)";
const call = (name: string, address: number): string =>
  `(invoke "${name}" (i32.const ${address}) ${ones})`;

const SCRIPT = [
  `(module (memory 1) ${functions.join("\n")})`,
  ...[...LOADS, ...STORES].flatMap(([name, , bytes]) => [
    call(name, END - bytes),
    `(assert_trap ${call(name, END - bytes + 1)} "out of bounds memory access")`,
    `(assert_trap ${call(name, END)} "out of bounds memory access")`,
  ]),
  // Only the lane is written.
  ...STORES.flatMap(([name, , bytes], k) => {
    const first = 64 * k + 16;
    const byte = (n: number, is: number): string =>
      `(assert_return (invoke "byte" (i32.const ${n})) (i32.const ${is}))`;
    const edges = [byte(first - 1, 0), byte(first, 255), byte(first + bytes - 1, 255)];
    return [call(name, first), ...edges, byte(first + bytes, 0)];
  }),
].join("\n");

const path = join(directory, "end.wast");
writeFileSync(path, SCRIPT);
const EXPECTED = 2 * (LOADS.length + STORES.length) + 4 * STORES.length;

const newer = hostFeatures().join();

/** Kinds of native code of a target, by the words that ask for them. */
const modesOf = (target: string): readonly (readonly string[])[] => [
  [],
  ["--bounds-checks=explicit"],
  ...(newer === "" || target !== HOST ? [] : [[`--cpu-features=${newer}`]]),
];

for (const { name, target, words, missing } of WAYS) {
  if (target === undefined) continue;
  const title = missing === "" ? name : `${name} (${missing})`;
  for (const mode of modesOf(target)) {
    it.runIf(missing === "")(`${title}, at the end of memory: ${mode.join(" ")}`, () => {
      const run = ingot(["wast", ...words, ...mode, path]);
      expect(run.stdout).toBe(`${EXPECTED} passed, 0 failed\n`);
    });
  }
}
