// Tries every rule of a target's selection: functions are made from its pattern (ir/instance.ts),
// go through the whole back end and run on the machine, with operands that die in the pattern and
// with operands that live on, with each set of CPU features that is given. What the IR runner says
// is the judge. A target's rules.test.ts calls `testRules`.

import { describe, expect, it } from "vitest";
import { Allocator } from "../backend/alloc/alloc.ts";
import { checkAllocation } from "../backend/alloc/checker.ts";
import { Emitter } from "../backend/emit.ts";
import { Lir } from "../backend/lir.ts";
import { Lowering } from "../backend/lower.ts";
import type { Selector } from "../backend/lower.ts";
import type { Target } from "../backend/target.ts";
import { verifyLir } from "../backend/verify.ts";
import { TRAPS } from "../src/abi.ts";
import { Cfg } from "../src/ir/cfg.ts";
import type { Func } from "../src/ir/func.ts";
import { Random, rowText } from "../src/ir/draw.ts";
import { USES, drawArgs, instancesOf, outcome } from "../src/ir/instance.ts";
import type { Instance, Setting } from "../src/ir/instance.ts";
import { IR, OP_NAMES } from "../src/ir/ops.ts";
import type { Form, Rule, RuleSet } from "../src/ir/rule.ts";
import { ruleText } from "../src/ir/rule.ts";
import { MEMORY } from "../src/ir/run.ts";
import type { World } from "../src/ir/run.ts";
import { I32, V128, isInt, wordCount } from "../src/ir/types.ts";
import { verify } from "../src/ir/verify.ts";
import type { Blob } from "../src/object/blob.ts";
import { link } from "../src/object/link.ts";
import { Place } from "../src/opt/place.ts";
import { DISTANCE, MEMORY as MEMORY_SIZE, canRun, intsOf, memoryByte, runText } from "./machine.ts";
import type { Call } from "./machine.ts";

/** A selector whose forms can be listened to. */
type Heard = Selector & { readonly forms: Readonly<Record<string, object>> };

/** What is tried. */
export interface RuleTest {
  readonly target: Target;
  readonly rules: readonly RuleSet[];
  /** Sets of CPU features, each of which this machine has. */
  readonly features: readonly number[];
}

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
  // Constant indices, and masks of whole bytes: amd64/vectors.test.ts has them of every kind.
  "lanes.shuffle",
  "vec.blend",
]);

type Log = (name: string, args: readonly unknown[]) => void;

/** Names of the methods of an object, inherited ones too. */
function methodsOf(object: object): Set<string> {
  const names = new Set<string>();
  for (let p = Object.getPrototypeOf(object) as object; p !== Object.prototype;) {
    for (const name of Object.getOwnPropertyNames(p)) names.add(name);
    p = Object.getPrototypeOf(p) as object;
  }
  return names;
}

/** Makes `object` note calls of its methods. */
function listen(object: object, prefix: string, log: Log): void {
  const methods = object as Record<string, unknown>;
  for (const name of methodsOf(object)) {
    const method = methods[name];
    if (name === "constructor" || typeof method !== "function") continue;
    const value = (...args: unknown[]): unknown => {
      log(prefix + name, args);
      return method.apply(object, args);
    };
    Object.defineProperty(object, name, { value });
  }
}

/** Objects beside the selector's forms that have forms, too. */
const PARTS = ["flags", "vec", "widths", "lanes"];

/** Makers of selectors that note the forms they are asked for. */
const listening =
  (target: Target, log: Log) =>
  (l: Lowering): Selector => {
    const s = target.newSelector(l) as Heard;
    listen(s.forms, "", log);
    for (const part of PARTS) {
      if (s.forms[part] !== undefined) listen(s.forms[part], `${part}.`, log);
    }
    return s;
  };

/** The back end with a selector that listens. */
class BackEnd {
  private readonly target: Target;
  private readonly lir = new Lir();
  private readonly cfg = new Cfg();
  private readonly place = new Place();
  private readonly allocator: Allocator;
  private readonly emitter: Emitter;
  private readonly lowering: Lowering;
  private readonly forms: { name: string; args: readonly unknown[] }[] = [];

  constructor(target: Target) {
    const newSelector = listening(target, (name, args) => this.forms.push({ name, args }));
    this.target = target;
    this.lowering = new Lowering({ ...target, newSelector });
    this.allocator = new Allocator(target.registers);
    this.emitter = new Emitter(target);
  }

  run(f: Func, cpu: number): Blob {
    const { insts, registers } = this.target;
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
  const pad = (list: bigint[], n: number): bigint[] => [...list, ...Array(n).fill(0n)].slice(0, n);
  return { at, ints: pad(ints, intsOf(target.name)), vecs: pad(vecs, 8) };
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

export function testRules({ target, rules: sets, features }: RuleTest): void {
  describe.each(sets)("rules of $name", (set) => {
    it.runIf(canRun(target.name))("mean what the IR means", () => trySet(target, set, features));
  });
  testCoverage(sets[0]!);
}

function trySet(target: Target, set: RuleSet, features: readonly number[]): void {
  const isTruth = set.name === "truth";
  const rules = set.rules.filter((r) => !ELSEWHERE.has((r.result as Form).name));
  const backEnd = new BackEnd(target);
  const blobs: Blob[] = [];
  const trials: Trial[] = [];
  const idle: string[] = [];
  const random = new Random(7);
  for (const rule of rules) {
    let isUsed = false;
    const tryOn = (instance: Instance): void => {
      for (const cpu of features) {
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
  compare(target, trials, blobs);
}

function compare(target: Target, trials: readonly Trial[], blobs: readonly Blob[]): void {
  const { text, offsets } = link(target, blobs, 0, DISTANCE);
  const found = runText(
    text,
    trials.map((t) => callOf(target, offsets[t.blob]!, t)),
    target.name,
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

function testCoverage(main: RuleSet): void {
  describe("coverage", () => {
    it("has a rule for every opcode that reaches the selector", () => {
      const elsewhere = ["none", "const", "param", "result", "extu", "jump", "ret", "trap"];
      const missing = OP_NAMES.filter((name, op) => {
        return !elsewhere.includes(name) && !main.rules.some((r) => r.pattern.ops.includes(op));
      });
      expect(missing).toEqual([]);
    });

    it("ends every opcode's rules with one that always matches", () => {
      const open = OP_NAMES.filter((_, op) => {
        const last = main.rules.filter((r) => r.pattern.ops.includes(op)).at(-1);
        if (last === undefined) return false;
        const names = last.pattern.args.map((a) => (a.kind === "any" ? a.name : ""));
        const isPlain = last.pattern.types.length === 0 && last.conditions.length === 0;
        return !isPlain || names.includes("") || new Set(names).size < names.length;
      });
      expect(open).toEqual([]);
    });
  });
}
