// Every rule is tried: functions are made from its pattern (ir/instance.ts), go through the whole
// back end and run on the machine, with operands that die in the pattern and with operands that
// live on, with and without newer instructions. What the IR runner says is the judge.

import { arch } from "node:os";
import { describe, expect, it } from "vitest";
import { hostCpu } from "../../tools/host.ts";
import {
  hasTool,
  memoryByte,
  MEMORY as MEMORY_SIZE,
  DISTANCE,
  runText,
} from "../../tools/machine.ts";
import type { Call } from "../../tools/machine.ts";
import { CPU, TRAPS } from "../../src/abi.ts";
import { Cfg } from "../../src/ir/cfg.ts";
import type { Func } from "../../src/ir/func.ts";
import { Random, rowText } from "../../src/ir/draw.ts";
import { USES, drawArgs, instancesOf, outcome } from "../../src/ir/instance.ts";
import type { Instance, Setting } from "../../src/ir/instance.ts";
import { IR, OP_NAMES } from "../../src/ir/ops.ts";
import type { Form, Rule } from "../../src/ir/rule.ts";
import { ruleText } from "../../src/ir/rule.ts";
import { MEMORY } from "../../src/ir/run.ts";
import type { World } from "../../src/ir/run.ts";
import { I32, V128, isInt, wordCount } from "../../src/ir/types.ts";
import { verify } from "../../src/ir/verify.ts";
import type { Blob } from "../../src/object/blob.ts";
import { link } from "../../src/object/link.ts";
import { Place } from "../../src/opt/place.ts";
import { Allocator } from "../alloc/alloc.ts";
import { checkAllocation } from "../alloc/checker.ts";
import { Emitter } from "../emit.ts";
import { Lir } from "../lir.ts";
import { Lowering } from "../lower.ts";
import { verifyLir } from "../verify.ts";
import { insts } from "./insts.ts";
import { registers } from "./regs.ts";
import { RULES } from "./rules.ts";
import { Amd64Selector } from "./select.ts";
import { amd64 } from "./target.ts";

// Rules about calls, the instance record and control are tried by whole programs.
const ELSEWHERE = new Set([
  "call",
  "callSlot",
  "callRef",
  "libcall",
  "checkSignature",
  "jumpTable",
  "leaRecord",
  "branch",
  // Constant indices, and masks of whole bytes: vectors.test.ts has them of every kind.
  "lanes.shuffle",
  "vec.blend",
]);

type Log = (name: string, args: readonly unknown[]) => void;

/** Makes `object` note calls of its methods. */
function listen(object: object, prefix: string, log: Log): void {
  const methods = object as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(object))) {
    const method = methods[name];
    if (name === "constructor" || typeof method !== "function") continue;
    const value = (...args: unknown[]): unknown => {
      log(prefix + name, args);
      return method.apply(object, args);
    };
    Object.defineProperty(object, name, { value });
  }
}

/** A selector that notes the forms it is asked for. */
const listening =
  (log: Log) =>
  (l: Lowering): Amd64Selector => {
    const s = new Amd64Selector(l);
    listen(s.forms, "", log);
    for (const part of ["flags", "vec", "widths", "lanes"] as const) {
      listen(s.forms[part], `${part}.`, log);
    }
    return s;
  };

/** The back end with a selector that listens. */
class BackEnd {
  private readonly lir = new Lir();
  private readonly cfg = new Cfg();
  private readonly place = new Place();
  private readonly allocator = new Allocator(registers);
  private readonly emitter = new Emitter(amd64);
  private readonly lowering: Lowering;
  private readonly forms: { name: string; args: readonly unknown[] }[] = [];

  constructor() {
    const newSelector = listening((name, args) => this.forms.push({ name, args }));
    this.lowering = new Lowering({ ...amd64, newSelector });
  }

  run(f: Func, cpu: number): Blob {
    this.forms.length = 0;
    this.cfg.compute(f);
    this.place.run(f, this.cfg);
    verify(f, "placed");
    this.lowering.run(f, this.cfg, this.lir, { distance: DISTANCE, cpu, explicitBounds: false });
    verifyLir(this.lir, insts, registers);
    const allocation = this.allocator.run(this.lir);
    checkAllocation(this.lir, allocation, registers, (op) => insts.names[op]!);
    return this.emitter.run(this.lir, allocation, { distance: DISTANCE });
  }

  /** True if the last function was made with this form. */
  hasUsed({ name, args }: Form): boolean {
    return this.forms.some((f) => {
      return f.name === name && args.every((a, k) => typeof a !== "number" || f.args[k + 1] === a);
    });
  }
}

interface Trial {
  readonly rule: Rule;
  readonly func: Func;
  readonly args: readonly number[];
  readonly blob: number;
}

const word = (lo: number, hi: number): bigint => (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);

function callOf(at: number, { func, args }: Trial): Call {
  const ints: bigint[] = [];
  const vecs: bigint[] = [];
  let next = 0;
  for (const ty of func.signature.params) {
    const low = word(args[next]!, args[next + 1]!);
    const high = ty === V128 ? word(args[next + 2]!, args[next + 3]!) : 0n;
    (isInt(ty) ? ints : vecs).push(low | (high << 64n));
    next += wordCount(ty);
  }
  const pad = (list: bigint[], n: number): bigint[] => [...list, ...Array(n).fill(0n)].slice(0, n);
  return { at, ints: pad(ints, 7), vecs: pad(vecs, 8) };
}

/** Results as the runner's `outcome` prints them; an i32 must have a zero upper half. */
function textOf(func: Func, { trap, ints, wides }: ReturnType<typeof runText>[number]): string {
  if (trap !== 0) return `trap ${TRAPS[trap]?.[1] ?? `${trap}: a saved register was lost`}`;
  let int = 0;
  let vec = 0;
  const words = func.signature.results.flatMap((ty) => {
    const bits = isInt(ty) ? ints[int++]! : wides[vec++]!;
    const count = ty === I32 ? 2 : wordCount(ty);
    return Array.from({ length: count }, (_, k) => Number((bits >> BigInt(32 * k)) & M) | 0);
  });
  let at = 0;
  for (const ty of func.signature.results) {
    if (ty === I32 && words[at + 1] !== 0) return "dirty";
    at += wordCount(ty);
  }
  return rowText(func.signature.results, words);
}
const M = 0xffffffffn;

/** Lanes of a v128 that are NaN are canonical in the runner and may be any here. */
function isSame(right: string, got: string): boolean {
  if (right === got) return true;
  const [wants, gets] = [right, got].map((text) => text.split(/[:,]/));
  const isNan = (want: string, is: string, next: string | undefined): boolean => {
    if (want !== "7fc00000" && want !== "7ff80000") return false;
    const n = parseInt(is, 16) & 0x7fffffff;
    return (
      n > (want === "7fc00000" ? 0x7f800000 : 0x7ff00000) || (n === 0x7ff00000 && next !== "0")
    );
  };
  // The low word of a NaN of 64 bits stands behind the high one.
  return wants!.every((want, k) => {
    const isLow = want === "0" && wants![k - 1] === "7ff80000";
    return want === gets![k] || isLow || isNan(want, gets![k]!, gets![k + 1]);
  });
}

const ALL = Object.values(CPU.amd64).reduce((x, y) => x | y, 0);
const canRun = hasTool("cc") && arch() === "x64";
const isNew = hostCpu() === ALL;

const settings: readonly Setting[] = USES.flatMap((use) => [
  { use, isAlive: false },
  { use, isAlive: true },
]);

const isComparison = (op: number): boolean => op >= IR.eq && op <= IR.fge;

/** Most instances of one rule: comparisons have hundreds. */
const MOST = 32;

function instances(rule: Rule, isTruth: boolean, random: Random): Instance[] {
  const isTested = isTruth || rule.pattern.ops.some(isComparison);
  const all = settings
    .filter(({ use }) => (use === "ret" ? !isTruth : isTested))
    .flatMap((setting) => instancesOf(rule, random, setting.use === "ret" ? 3 : 1, setting));
  while (all.length > MOST) all.splice(random.below(all.length), 1);
  return all;
}

describe.each(RULES)("rules of $name", (set) => {
  const isTruth = set.name === "truth";
  const rules = set.rules.filter((r) => !ELSEWHERE.has((r.result as Form).name));

  it.runIf(canRun)(
    "mean what the IR means",
    () => {
      const backEnd = new BackEnd();
      const blobs: Blob[] = [];
      const trials: Trial[] = [];
      const idle: string[] = [];
      const random = new Random(7);
      for (const rule of rules) {
        let isUsed = false;
        const tryOn = (instance: Instance): void => {
          for (const cpu of isNew ? [0, ALL] : [0]) {
            const blob = blobs.push(backEnd.run(instance.pattern, cpu)) - 1;
            isUsed ||= backEnd.hasUsed(rule.result as Form);
            for (let k = 0; k < 4; k++) {
              trials.push({ rule, func: instance.pattern, args: drawArgs(random, instance), blob });
            }
          }
        };
        // What a form asks for, a width for instance, is not drawn every time.
        for (let round = 0; round < 5 && !isUsed; round++) {
          instances(rule, isTruth, random).forEach(tryOn);
        }
        if (!isUsed) idle.push(ruleText(rule));
      }
      expect(idle).toEqual([]);
      compare(trials, blobs);
    },
    60_000,
  );
});

function compare(trials: readonly Trial[], blobs: readonly Blob[]): void {
  const { text, offsets } = link(amd64, blobs, 0, DISTANCE);
  const found = runText(
    text,
    trials.map((t) => callOf(offsets[t.blob]!, t)),
  );
  const memory = new DataView(new ArrayBuffer(MEMORY_SIZE));
  for (let k = 0; k < MEMORY_SIZE; k++) memory.setUint8(k, memoryByte(k));
  const regions: (DataView | undefined)[] = [];
  regions[MEMORY] = memory;
  const world: World = { regions, call: () => [] };
  const wrong: string[] = [];
  trials.forEach((t, k) => {
    const right = outcome(t.func, t.args, world);
    const got = textOf(t.func, found[k]!);
    if (!isSame(right, got))
      wrong.push(`${ruleText(t.rule)} of ${t.args.join(" ")}: ${right}, not ${got}`);
  });
  expect(wrong).toEqual([]);
}

describe("coverage", () => {
  it("has a rule for every opcode that reaches the selector", () => {
    const elsewhere = ["none", "const", "param", "result", "extu", "jump", "ret", "trap"];
    const [main] = RULES;
    const missing = OP_NAMES.filter((name, op) => {
      return !elsewhere.includes(name) && !main!.rules.some((r) => r.pattern.ops.includes(op));
    });
    expect(missing).toEqual([]);
  });

  it("ends every opcode's rules with one that always matches", () => {
    const [main] = RULES;
    const open = OP_NAMES.filter((_, op) => {
      const last = main!.rules.filter((r) => r.pattern.ops.includes(op)).at(-1);
      if (last === undefined) return false;
      const names = last.pattern.args.map((a) => (a.kind === "any" ? a.name : ""));
      const isPlain = last.pattern.types.length === 0 && last.conditions.length === 0;
      return !isPlain || names.includes("") || new Set(names).size < names.length;
    });
    expect(open).toEqual([]);
  });
});
