// Lowering as a whole. Random functions must obey the laws of LIR, with and without newer
// instructions; random functions without memory and calls are run on the machine, through allocator
// and emitter, against the IR runner. What single rules make is tested beside them
// (amd64/rules.test.ts), what comes out of small functions in testdata/lir.

import { describe, expect, it } from "vitest";
import { hostCpu } from "../tools/host.ts";
import { DISTANCE, canRun, intsOf, runText } from "../tools/machine.ts";
import type { Call } from "../tools/machine.ts";
import { CPU, TRAPS } from "../src/abi.ts";
import { Cfg } from "../src/ir/cfg.ts";
import { Func } from "../src/ir/func.ts";
import { Generator } from "../src/ir/generate.ts";
import { rowText } from "../src/ir/draw.ts";
import { outcome } from "../src/ir/instance.ts";
import { parseFunc } from "../src/ir/parse.ts";
import { printFunc } from "../src/ir/print.ts";
import { IR, SHAPE } from "../src/ir/ops.ts";
import { isVector } from "../src/ir/shapes.ts";
import { I32, V128, isFloat, isInt, wordCount } from "../src/ir/types.ts";
import type { Type } from "../src/ir/types.ts";
import { link } from "../src/object/link.ts";
import type { Blob } from "../src/object/blob.ts";
import { Place } from "../src/opt/place.ts";
import { Tidy } from "../src/opt/tidy.ts";
import { Allocator } from "./alloc/alloc.ts";
import { checkAllocation } from "./alloc/checker.ts";
import { amd64 } from "./amd64/target.ts";
import { arm64 } from "./arm64/target.ts";
import { Emitter } from "./emit.ts";
import { CONSTRAINT, HEAD, Lir, operand } from "./lir.ts";
import { Lowering } from "./lower.ts";
import { newRecord, traits } from "./shape.ts";
import type { Target } from "./target.ts";
import { verifyLir } from "./verify.ts";

const ALL_FEATURES = 127;
const lir = new Lir();
const cfg = new Cfg();
const tidy = new Tidy();
const place = new Place();
const lowerings = { amd64: new Lowering(amd64), arm64: new Lowering(arm64) };

function lower({ name, insts, registers }: Target, f: Func, cpu: number): void {
  cfg.compute(f);
  place.run(f, cfg);
  lowerings[name].run(f, cfg, lir, { distance: DISTANCE, cpu, explicitBounds: false });
  verifyLir(lir, insts, registers);
}

describe.each([amd64, arm64])("random functions of $name", (target) => {
  it("obey the laws of LIR", () => {
    const f = new Func();
    for (let seed = 1; seed <= 300; seed++) {
      const vectors = target === amd64 && seed % 3 === 0;
      new Generator(seed, { size: 20 + (seed % 90), vectors }).run(f);
      tidy.run(f);
      lower(target, f, seed % 2 === 0 ? 0 : ALL_FEATURES);
    }
  }, 60_000);
});

// ---- on the machine ----------------------------------------------------------------------------

interface Trial {
  readonly func: Func;
  readonly args: Int32Array;
  readonly blob: number;
}

const word = (lo: number, hi: number): bigint => (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);

const countOf = (types: readonly Type[], ints: boolean): number =>
  types.filter((t) => isInt(t) === ints).length;

/** True if arguments and results stand in registers, as the harness wants it. */
const isSmall = ({ signature: { params, results } }: Func): boolean =>
  [params, results].every((types) => countOf(types, true) <= 7 && countOf(types, false) <= 8);

/**
 * True if a value may depend on the sign or payload of a NaN, which are not determined: where bits
 * of a float are seen, and where floats are lanes.
 */
const seesBits = (f: Func): boolean =>
  f.op.subarray(0, f.count).some((op, i) => {
    if (op === IR.fcopysign || (op === IR.bitcast && !isFloat(f.ty[i]!))) return true;
    const isLanes = isVector(op) && f.aux[i]! >= SHAPE.f32x4 && f.ty[i] === V128;
    return isLanes && !isCompare(op);
  });
const isCompare = (op: number): boolean => op >= IR.veq && op <= IR.vfge;

function callOf(target: Target, at: number, { func, args }: Trial): Call {
  const ints: bigint[] = [];
  const vecs: bigint[] = [];
  let next = 0;
  for (const ty of func.signature.params) {
    const low = word(args[next]!, args[next + 1]!);
    const high = ty === V128 ? word(args[next + 2]!, args[next + 3]!) : 0n;
    (isInt(ty) ? ints : vecs).push(low | (high << 64n));
    next += wordCount(ty);
  }
  while (ints.length < intsOf(target.name)) ints.push(0n);
  while (vecs.length < 8) vecs.push(0n);
  return { at, ints, vecs };
}

function textOf(func: Func, { trap, ints, wides }: ReturnType<typeof runText>[number]): string {
  if (trap !== 0) return `trap ${TRAPS[trap]?.[1] ?? trap}`;
  let int = 0;
  let vec = 0;
  let isDirty = false;
  const words = func.signature.results.flatMap((ty) => {
    const bits = isInt(ty) ? ints[int++]! : wides[vec++]!;
    if (ty === I32 && bits >> 32n !== 0n) isDirty = true;
    return Array.from(
      { length: wordCount(ty) },
      (_, k) => Number((bits >> BigInt(32 * k)) & M) | 0,
    );
  });
  return isDirty ? "dirty" : rowText(func.signature.results, words);
}
const M = 0xffffffffn;

/** What there is to try of newer instructions: AVX, where the machine has it. */
const AVX = hostCpu() & (CPU.amd64.avx | CPU.amd64.avx2);

describe.each([amd64, arm64])("on $name", (target) => {
  it.runIf(canRun(target.name))(
    "random functions give what the IR gives",
    () => {
      const { registers } = target;
      const allocator = new Allocator(registers);
      const emitter = new Emitter(target);
      const blobs: Blob[] = [];
      const trials: Trial[] = [];
      for (let seed = 1; seed <= 800; seed++) {
        const f = new Func();
        const generator = new Generator(seed, {
          memory: false,
          calls: false,
          size: 20 + (seed % 70),
          vectors: target === amd64 && seed % 2 === 0,
        });
        generator.run(f);
        if (!isSmall(f) || seesBits(f)) continue;
        const before = parseFunc(printFunc(f));
        tidy.run(f);
        lower(target, f, target !== amd64 || seed % 4 < 2 ? 0 : AVX);
        const allocation = allocator.run(lir);
        checkAllocation(lir, allocation, registers);
        const blob = blobs.push(emitter.run(lir, allocation, { distance: DISTANCE })) - 1;
        for (let k = 0; k < 4; k++) trials.push({ func: before, args: generator.args(f), blob });
      }
      const { text, offsets } = link(target, blobs, 0, DISTANCE);
      const found = runText(
        text,
        trials.map((t) => callOf(target, offsets[t.blob]!, t)),
        target.name,
      );
      const wrong = trials.flatMap((t, k) => {
        const right = outcome(t.func, t.args);
        const got = textOf(t.func, found[k]!);
        return got === right
          ? []
          : [`${printFunc(t.func)}of ${t.args.join(" ")}: ${right}, not ${got}`];
      });
      expect(wrong.length === 0 ? "" : `${wrong.length} wrong, first\n${wrong[0]}`).toBe("");
      expect(trials.length).toBeGreaterThan(400);
    },
    60_000,
  );
});

// ---- the verifier ------------------------------------------------------------------------------

describe("the verifier of LIR", () => {
  const ADD = `func %0 (i32, i32) -> (i32) {
    b1(v1: i32, v2: i32):
      v3: i32 = add v1, v2
      br v3, b2(v1, v2), b2(v2, v1) @0x1
    b2(v4: i32, v5: i32):
      v6: i32 = sub v4, v5
      ret v6
    }`;
  const { insts, registers } = amd64;
  const fresh = (): void => lower(amd64, parseFunc(ADD), 0);
  const fails = (what: string): void =>
    expect(() => verifyLir(lir, insts, registers)).toThrow(what);

  it("accepts what lowering makes", () => {
    fresh();
    expect(lir.blockCount).toBe(4);
  });

  it("notices broken records", () => {
    fresh();
    const r = lir.blockStart[3]!;
    lir.code[r + 2] = traits(0, 0, 0, 2);
    fails("size 2");
    fresh();
    lir.code[r + HEAD]! ^= 1 << 27;
    fails("operand 0");
    fresh();
    lir.code[r + HEAD + 1] = operand(lir.vregCount, CONSTRAINT.reg, 0, 0);
    fails("does not exist");
  });

  it("notices broken blocks and edges", () => {
    fresh();
    lir.edgeTarget[0] = 3;
    fails("arguments for");
    fresh();
    lir.edgeTarget[0] = 0;
    fails("edge to block 0");
    fresh();
    lir.args[0] = lir.args[1] = lir.vregCount - 1;
    lir.newVreg(1);
    lir.args[0] = lir.vregCount - 1;
    fails("another class");
  });

  it("notices values that are not there", () => {
    fresh();
    const ghost = lir.newVreg(0);
    lir.args[0] = ghost;
    fails(`v${ghost} is not defined here`);
    fresh();
    lir.params[0] = lir.params[1]!;
    fails("is defined twice");
  });

  it("notices control records in the middle", () => {
    fresh();
    lir.size = lir.blockStart[4]!;
    newRecord(insts, lir, 3, 0, 0, [], 0, [], 0);
    lir.blockStart[4] = lir.size;
    fails("control record out of place");
  });
});
