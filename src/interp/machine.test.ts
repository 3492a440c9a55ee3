// A machine of its own with little room: code that is dropped and translated again while functions
// are in progress, a stack that ends, loops that outlive the ticks of the beginning.

import { describe, expect, it } from "vitest";
import { Exhaustion, Unsupported } from "../support/errors.ts";
import { parseWat } from "../text/wat.ts";
import { decodeModule } from "../wasm/decode.ts";
import { defaultFeatures } from "../wasm/features.ts";
import { I32, newFuncType } from "../wasm/types.ts";
import { defaultSizes } from "./arenas.ts";
import { Group } from "./instance.ts";
import type { Instance } from "./instance.ts";
import { instantiate } from "./instantiate.ts";
import type { Imported } from "./instantiate.ts";
import { Machine } from "./machine.ts";
import type { Suspended } from "./suspended.ts";

const groups = new WeakMap<Machine, Group>();

/** All that a machine has in these tests is one group. */
function allOf(machine: Machine): Group {
  const group = groups.get(machine) ?? new Group();
  groups.set(machine, group);
  return group;
}

function load(machine: Machine, wat: string, imports: readonly Imported[] = []): Instance {
  const m = decodeModule(parseWat(wat), defaultFeatures);
  const options = { group: allOf(machine), checksFirst: false, counts: false };
  return instantiate(machine, m, imports, options, () => undefined);
}

function call(machine: Machine, inst: Instance, name: string, ...args: number[]): number {
  const { index } = inst.module!.exports.find((e) => e.name === name)!;
  const words = Int32Array.from({ length: 2 * args.length }, (_, i) => (i % 2 ? 0 : args[i >> 1]!));
  return machine.invoke(allOf(machine), inst.funcs[index]!, words)[0]!;
}

const COUNT = 150;

/** f(k, n) calls f(next, n - 1), until n is 0; at n = 5 the host has its say. */
function expected(k: number, n: number): number {
  if (n === 0) return k;
  if (n === 5) return (expected((k * 5 + 3) % COUNT, 4) ^ k) | 0;
  return (Math.imul(expected((k + 1) % COUNT, n - 1), 3) + k) | 0;
}

// Each function is made long by code that is not executed.
function manyFunctions(): string {
  const filler = "(local.set 1 (i32.mul (local.get 1) (local.get 0)))".repeat(20);
  const funcs = Array.from({ length: COUNT }, (_, k) => {
    const next = (k + 1) % COUNT;
    return `(func $f${k} (export "f${k}") (param i32) (result i32) (local i32)
      (if (i32.eqz (local.get 0)) (then (return (i32.const ${k}))))
      (if (i32.eq (local.get 0) (i32.const 5))
        (then (return (i32.xor (call $h (i32.const ${k})) (i32.const ${k})))))
      (if (i32.gt_s (local.get 0) (i32.const 1000)) (then ${filler}))
      (i32.add (i32.const ${k})
        (i32.mul (i32.const 3) (call $f${next} (i32.sub (local.get 0) (i32.const 1))))))`;
  });
  return `(module (import "" "h" (func $h (param i32) (result i32))) ${funcs.join("\n")})`;
}

describe("a machine with little room for code", () => {
  const machine = new Machine({ ...defaultSizes, code: 6000, funcs: 1000 });

  it("translates again what it dropped, frames in progress included", () => {
    let inst: Instance | undefined;
    const h = machine.numbers.newHostFunc(allOf(machine), newFuncType([I32], [I32]), (I, base) => {
      const k = I[base]!;
      I[base] = call(machine, inst!, `f${(k * 5 + 3) % COUNT}`, 4);
    });
    inst = load(machine, manyFunctions(), [{ kind: "func", func: h }]);
    for (let round = 0; round < 3; round++) {
      for (let k = 0; k < COUNT; k++) {
        expect([k, call(machine, inst, `f${k}`, 12)]).toEqual([k, expected(k, 12)]);
      }
    }
  });

  it("moves code of suspended activations, which go on at other places of the stack", () => {
    const small = new Machine({ ...defaultSizes, code: 6000, funcs: 1000 });
    const group = new Group();
    const reason = {};
    let isLate = false;
    const h = small.numbers.newHostFunc(group, newFuncType([I32], [I32]), (I, base) => {
      const k = I[base]!;
      if (isLate) expect(small.suspend(reason)).toBe(true);
      else I[base] = expected((k * 5 + 3) % COUNT, 4);
    });
    const m = decodeModule(parseWat(manyFunctions()), defaultFeatures);
    const options = { group, checksFirst: false, counts: false };
    const inst = instantiate(small, m, [{ kind: "func", func: h }], options);
    const words = (n: number): Int32Array => Int32Array.of(n, 0);
    const begin = (k: number, n: number): Suspended => {
      const base = small.reserve(2);
      small.arenas.I.set(words(n), base);
      isLate = true;
      const asleep = small.callSuspendable(inst, inst.funcs[k + 1]!, base);
      isLate = false;
      expect(asleep?.reason).toBe(reason);
      return asleep!;
    };
    const goOn = (asleep: Suspended, k: number, n: number): void => {
      const last = (k + n - 5) % COUNT;
      const rest = small.resume(asleep, (I, at) => {
        I[at] = expected((last * 5 + 3) % COUNT, 4);
      });
      expect(rest).toBe(undefined);
      expect([k, n, small.arenas.I[small.top]]).toEqual([k, n, expected(k, n)]);
    };
    const started = Array.from({ length: 40 }, (_, i) => ({ k: 50 + (i % 4), n: 6 + (i % 9) }));
    const asleep = started.map(({ k, n }) => begin(k, n));
    for (let k = 0; k < COUNT; k++) {
      expect(small.invoke(group, inst.funcs[k + 1]!, words(12))[0]).toBe(expected(k, 12));
    }
    const order = started.map((_, i) => (i * 11) % started.length);
    for (const i of order) goOn(asleep[i]!, started[i]!.k, started[i]!.n);
    expect([...small.sleepers]).toEqual([]);
    expect(small.isUsing(inst)).toBe(false);
  });

  it("drops code of instances that are gone, even while others are being executed", () => {
    const roomy = new Machine({ ...defaultSizes, code: 1 << 21, funcs: 10_000 });
    const { numbers } = roomy;
    const m = decodeModule(parseWat(manyFunctions()), defaultFeatures);
    const drop = (): void => {
      const group = new Group();
      const h = numbers.newHostFunc(group, newFuncType([I32], [I32]), () => undefined);
      const options = { group, checksFirst: false, counts: false };
      const other = instantiate(roomy, m, [{ kind: "func", func: h }], options);
      for (const func of other.funcs.slice(1)) roomy.invoke(group, func, new Int32Array(2));
      numbers.release(group);
    };
    let inst: Instance | undefined;
    let dropped = 0;
    const h = numbers.newHostFunc(allOf(roomy), newFuncType([I32], [I32]), (I, base) => {
      const k = I[base]!;
      drop();
      dropped++;
      I[base] = call(roomy, inst!, `f${(k * 5 + 3) % COUNT}`, 4);
    });
    inst = load(roomy, manyFunctions(), [{ kind: "func", func: h }]);
    const before = numbers.inUse;
    for (let k = 0; k < COUNT; k++) {
      expect([k, call(roomy, inst, `f${k}`, 12)]).toEqual([k, expected(k, 12)]);
    }
    // Each leaves some 19,000 words behind.
    expect(dropped).toBe(COUNT);
    expect(roomy.arenas.code[400_000]).toBe(0);
    expect(numbers.inUse).toEqual(before);
  });

  it("says so when functions in progress do not fit at all", () => {
    const h = machine.numbers.newHostFunc(
      allOf(machine),
      newFuncType([I32], [I32]),
      () => undefined,
    );
    const inst = load(machine, manyFunctions(), [{ kind: "func", func: h }]);
    expect(() => call(machine, inst, "f0", 100)).toThrow(Unsupported);
    expect(call(machine, inst, "f0", 0)).toBe(0);
  });

  it("says so when there are too many functions", () => {
    const funcs = "(func)".repeat(2000);
    expect(() => load(machine, `(module ${funcs})`)).toThrow(Unsupported);
  });
});

describe("a machine with a small stack", () => {
  const machine = new Machine({ ...defaultSizes, frames: 1000, depth: 100, funcs: 1000 });
  const inst = load(
    machine,
    `(module
      (func $deep (export "deep") (param i32) (result i32)
        (if (result i32) (local.get 0)
          (then (i32.add (i32.const 1) (call $deep (i32.sub (local.get 0) (i32.const 1)))))
          (else (i32.const 0))))
      (func $wide (export "wide") (param i32) (result i32) (local ${"i64 ".repeat(60)})
        (if (result i32) (local.get 0)
          (then (i32.add (i32.const 1) (call $wide (i32.sub (local.get 0) (i32.const 1)))))
          (else (i32.wrap_i64 (local.get 60)))))
      (global $g (export "g") i32 (i32.const 77))
      (func (export "global") (result i32) (global.get $g)))`,
  );

  it("bounds the number of calls and the size of frames", () => {
    expect(call(machine, inst, "deep", 90)).toBe(90);
    expect(() => call(machine, inst, "deep", 110)).toThrow(Exhaustion);
    expect(call(machine, inst, "wide", 13)).toBe(13);
    expect(() => call(machine, inst, "wide", 20)).toThrow(Exhaustion);
    expect(call(machine, inst, "global")).toBe(77);
  });
});

describe("loops", () => {
  it("go on when their ticks are passed by", () => {
    const machine = new Machine({ ...defaultSizes, funcs: 1000 });
    const inst = load(
      machine,
      `(module (func (export "f") (param i32) (result i32) (local i32 i32)
        (loop $outer
          (local.set 1 (i32.const 0))
          (loop $inner
            (local.set 2 (i32.add (local.get 2) (i32.xor (local.get 1) (local.get 0))))
            (local.set 1 (i32.add (local.get 1) (i32.const 1)))
            (block $done
              (br_table $inner $inner $done (i32.div_u (local.get 1) (i32.const 500)))))
          (br_if $outer (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (local.get 2)))`,
    );
    let sum = 0;
    for (let n = 5000; n > 0; n--) for (let k = 0; k < 1000; k++) sum = (sum + (k ^ n)) | 0;
    expect(call(machine, inst, "f", 5000)).toBe(sum);
    sum = 0;
    for (let k = 0; k < 1000; k++) sum = (sum + (k ^ 1)) | 0;
    expect(call(machine, inst, "f", 1)).toBe(sum);
  });
});
