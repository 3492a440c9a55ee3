// Tries every vector opcode in every shape, with every lane, on the machine against its meaning:
// operands in registers, as constants and out of memory, dying and living on, with each set of CPU
// features that is given. Then shuffles: the masks of every instruction that a target knows, masks
// near to them, and random ones. Then more vectors than there are registers, and vectors over calls
// and edges. A target's vectors.test.ts calls `testVectors`.

import { describe, expect, it } from "vitest";
import { SUBJECTS, callOf, isRight, meaningOf, newTrial, operandsOf } from "./lanetrial.ts";
import { bigOf, finish, resultsOf, wordsOf } from "./lanetrial.ts";
import type { Given, Subject, Trial, Words } from "./lanetrial.ts";
import { DISTANCE, canRun, runText } from "./machine.ts";
import { byteMask, draw, masks } from "./vectordraw.ts";
import { Allocator } from "../backend/alloc/alloc.ts";
import { checkAllocation } from "../backend/alloc/checker.ts";
import { Emitter } from "../backend/emit.ts";
import { Lir } from "../backend/lir.ts";
import type { Allocation } from "../backend/lir.ts";
import { Lowering } from "../backend/lower.ts";
import type { Target } from "../backend/target.ts";
import { verifyLir } from "../backend/verify.ts";
import { Cfg } from "../src/ir/cfg.ts";
import { Func } from "../src/ir/func.ts";
import type { Value } from "../src/ir/func.ts";
import { Random } from "../src/ir/draw.ts";
import { IR, OP_NAMES, SHAPE_NAMES } from "../src/ir/ops.ts";
import { run } from "../src/ir/run.ts";
import type { World } from "../src/ir/run.ts";
import { parseFunc } from "../src/ir/parse.ts";
import { I32, TYPE_SIZE, V128 } from "../src/ir/types.ts";
import type { Type } from "../src/ir/types.ts";
import { verify } from "../src/ir/verify.ts";
import type { Blob } from "../src/object/blob.ts";
import { link } from "../src/object/link.ts";
import { Place } from "../src/opt/place.ts";

/** What is tried. */
export interface VectorTest {
  readonly target: Target;
  /** Sets of CPU features, each of which this machine has; the last has them all. */
  readonly features: readonly number[];
}

// ---- compiling ---------------------------------------------------------------------------------

class BackEnd {
  /** CPU features that the blobs so far note. */
  used = 0;
  /** Spill slots of the last function. */
  slots = 0;
  private readonly target: Target;
  private readonly lir = new Lir();
  private readonly cfg = new Cfg();
  private readonly place = new Place();
  private readonly lowering: Lowering;
  private readonly allocator: Allocator;
  private readonly emitter: Emitter;

  constructor(target: Target) {
    this.target = target;
    this.lowering = new Lowering(target);
    this.allocator = new Allocator(target.registers);
    this.emitter = new Emitter(target);
  }

  run(f: Func, cpu: number): Blob {
    const { insts, registers } = this.target;
    this.cfg.compute(f);
    this.place.run(f, this.cfg);
    verify(f, "placed");
    this.lowering.run(f, this.cfg, this.lir, { distance: DISTANCE, cpu, explicitBounds: false });
    verifyLir(this.lir, insts, registers);
    const allocation: Allocation = this.allocator.run(this.lir);
    checkAllocation(this.lir, allocation, registers, (op) => insts.names[op]!);
    this.slots = allocation.slots;
    const blob = this.emitter.run(this.lir, allocation, { distance: DISTANCE });
    expect(blob.cpu & ~cpu).toBe(0);
    this.used |= blob.cpu;
    return blob;
  }
}

// ---- operands ---------------------------------------------------------------------------------

/** Shapes in which the operands of a subject may be special. */
function shapesOf({ op, shape, name }: Subject): number[] {
  const inner = /_(?:[a-z_]+)_([if]\d+x\d+)/.exec(name)?.[1];
  const found = inner === undefined ? shape : (SHAPE_NAMES as readonly string[]).indexOf(inner);
  return op < IR.vsplat ? [0, 1, 2, 3, 4, 5] : [found];
}

function drawOperand(random: Random, s: Subject, ty: Type): Words {
  const [w0, w1, w2, w3] = draw(random, random.pick(shapesOf(s)));
  const size = TYPE_SIZE[ty]!;
  return size === 4 ? [w0, 0, 0, 0] : size === 8 ? [w0, w1, 0, 0] : [w0, w1, w2, w3];
}

// ---- trials ------------------------------------------------------------------------------------

interface Made {
  readonly trial: Trial;
  readonly blob: number;
  readonly cpu: number;
}

/** Calls every function with `count` lists of arguments and compares. */
function compare(
  target: Target,
  made: readonly Made[],
  blobs: readonly Blob[],
  random: Random,
  count: number,
): number {
  const { text, offsets } = link(target, blobs, 0, DISTANCE);
  const asked = made.flatMap(({ trial, blob, cpu }) => {
    const { given, subject, func } = trial;
    const free = given.flatMap((g, k) => (g === "const" || g === "same" ? [] : [k]));
    const n = func.signature.params.length === 0 ? 1 : count;
    return Array.from({ length: n }, () => {
      const args = free.map((k): Words => {
        if (given[k] === "param") return drawOperand(random, subject, subject.takes[k]!);
        return [random.below(60000), 0, 0, 0];
      });
      return { trial, args, cpu, call: callOf(offsets[blob]!, trial, args) };
    });
  });
  const found = runText(
    text,
    asked.map(({ call }) => call),
    target.name,
  );
  const wrong: string[] = [];
  asked.forEach(({ trial, args, cpu }, k) => {
    const operands = operandsOf(trial, args);
    const right = meaningOf(trial.subject, operands);
    const outcome = found[k]!;
    const [got, ...rest] = resultsOf(trial, outcome);
    const isKept = rest.every((w, j) => bigOf(w) === bigOf(operands[j]!));
    if (outcome.trap === 0 && isKept && isRight(trial.subject, operands, right, got!)) return;
    const text = (w: Words): string => w.map((x) => (x >>> 0).toString(16)).join(":");
    const { name, lane } = trial.subject;
    const how = `${trial.given} cpu ${cpu} trap ${outcome.trap}${isKept ? "" : " not kept"}`;
    const values = operands.map(text).join(" ");
    wrong.push(`${name} ${lane} ${how} of ${values}: ${text(right)}, not ${text(got!)}`);
  });
  expect(wrong.length === 0 ? "" : `${wrong.length} wrong\n${wrong.slice(0, 20).join("\n")}`).toBe(
    "",
  );
  return asked.length;
}

/** Ways to give the operands of a subject. */
function waysOf({ takes, op }: Subject): (readonly Given[])[] {
  const all: (readonly Given[])[] = [takes.map(() => "param")];
  takes.forEach((ty, k) => {
    const withAt = (g: Given): Given[] => takes.map((_, j) => (j === k ? g : "param"));
    const isCount = ty === I32 && (op === IR.vshl || op === IR.vshrs || op === IR.vshru);
    all.push(withAt("load"));
    if (takes.length > 1) for (let n = 0; n < (isCount ? 24 : 2); n++) all.push(withAt("const"));
    if (ty === V128) all.push(withAt("half"));
    if (k > 0 && ty === takes[0]) all.push(withAt("same"));
  });
  return all;
}

function* trialsOf(s: Subject, random: Random): Generator<Trial> {
  for (const given of waysOf(s)) {
    for (const isAlive of [false, true]) {
      const constants = s.takes.map((ty) => drawOperand(random, s, ty));
      if (s.op === IR.vreplace && random.chance(50)) constants[0] = [0, 0, 0, 0];
      // Masks of whole bytes are blended.
      if (s.op === IR.vbitselect && random.chance(50)) constants[2] = byteMask(random);
      yield newTrial(s, given, constants, isAlive);
    }
  }
}

function testOpcodes({ target, features }: VectorTest): void {
  const backEnd = new BackEnd(target);
  const isHere = canRun(target.name);
  describe("vector opcodes", () => {
    it("are all tried", () => {
      const tried = new Set(SUBJECTS.map(({ op }) => op));
      const missing = OP_NAMES.filter((_, op) => op >= IR.vnot && op <= IR.vsatu && !tried.has(op));
      expect(missing).toEqual([]);
      expect(new Set(SUBJECTS.map(({ name }) => name)).size).toBeGreaterThan(200);
    });

    it.runIf(isHere)("mean what lanes.ts says", { timeout: 120_000 }, () => {
      const random = new Random(11);
      const blobs: Blob[] = [];
      const made: Made[] = [];
      for (const s of SUBJECTS) {
        if (s.op === IR.vshuffle) continue;
        for (const cpu of features) {
          for (const trial of trialsOf(s, random)) {
            made.push({ trial, blob: blobs.push(backEnd.run(trial.func, cpu)) - 1, cpu });
          }
        }
      }
      expect(compare(target, made, blobs, random, 12)).toBeGreaterThan(17_000 * features.length);
      expect(backEnd.used).toBe(features.at(-1));
    });
  });
}

// ---- shuffles ----------------------------------------------------------------------------------

function testShuffles({ target, features }: VectorTest): void {
  const backEnd = new BackEnd(target);
  const isHere = canRun(target.name);
  describe("shuffles", () => {
    it.runIf(isHere)("move bytes as the mask says", { timeout: 120_000 }, () => {
      const random = new Random(5);
      const subject = SUBJECTS.find(({ op }) => op === IR.vshuffle)!;
      const blobs: Blob[] = [];
      const made: Made[] = [];
      const zero: Words = [0, 0, 0, 0];
      const ways: readonly (readonly [Given, Given])[] = [
        ["param", "param"],
        ["param", "same"],
        ["param", "const"],
        ["const", "param"],
      ];
      for (const mask of masks(random)) {
        const turned = random.chance(50) ? mask : mask.map((k) => k ^ 16);
        const words = wordsOf(turned.reduceRight((n, byte) => (n << 8n) | BigInt(byte), 0n));
        for (const [first, second] of ways) {
          const cpu = random.pick(features);
          const isZero = random.chance(80);
          const constants = [0, 1].map(() => (isZero ? zero : drawOperand(random, subject, V128)));
          const given: Given[] = [first, second, "const"];
          const trial = newTrial(subject, given, [...constants, words], random.chance(50));
          made.push({ trial, blob: blobs.push(backEnd.run(trial.func, cpu)) - 1, cpu });
        }
      }
      expect(made.length).toBeGreaterThan(8000);
      compare(target, made, blobs, random, 2);
    });
  });
}

// ---- more vectors than registers ---------------------------------------------------------------

/** Opcodes of integers and bits whose results are determined, of vectors only. */
const PLAIN = SUBJECTS.filter(({ op, shape, takes, gives }) => {
  const isVector = gives === V128 && takes.every((ty) => ty === V128);
  return isVector && shape < 4 && op !== IR.vshuffle;
});

/** Often of a comparison's outcome. */
const SELECT = SUBJECTS.find(({ op }) => op === IR.vbitselect)!;

const PARAMS = 8;

/** A function of vectors that all live to the end, and what it should return. */
function crowd(random: Random, args: readonly Words[]): { f: Func; right: Words[] } {
  const f = new Func();
  f.reset(0, { params: args.map(() => V128), results: [] });
  f.begin(f.newBlock());
  f.firstParam[1] = f.count;
  f.paramCount[1] = PARAMS;
  const ids = args.map((_, k) => f.inst(IR.param, V128, k, 0, 0, 1));
  const words = [...args];
  const add = (s: Subject, picks: readonly number[]): void => {
    const [a = 0, b = 0, c = 0] = picks.map((k) => ids[k]!);
    const i = f.inst(s.op, V128, a, b, c, 1);
    f.aux[i] = s.shape;
    ids.push(i);
    words.push(
      meaningOf(
        s,
        picks.map((k) => words[k]!),
      ),
    );
  };
  for (let n = 0; n < 60; n++) {
    const s = random.chance(10) ? SELECT : random.pick(PLAIN);
    add(
      s,
      s.takes.map(() => random.below(ids.length)),
    );
  }
  const xor = SUBJECTS.find(({ op }) => op === IR.vxor)!;
  // The last to be made are the first to be used.
  for (let last = ids.length - 1, k = last; k > PARAMS; k--)
    add(xor, [k === last ? k : ids.length - 1, k - 1]);
  const results = Array.from({ length: PARAMS }, (_, k) => ids.length - 1 - 5 * k);
  finish(
    f,
    results.map((k) => ids[k]!),
  );
  return { f, right: results.map((k) => words[k]!) };
}

function testCrowds({ target, features }: VectorTest): void {
  const backEnd = new BackEnd(target);
  const isHere = canRun(target.name);
  describe("many vectors", () => {
    it.runIf(isHere)("are kept in memory and read from there", { timeout: 60_000 }, () => {
      const random = new Random(3);
      const blobs: Blob[] = [];
      const wanted: Words[][] = [];
      const calls: Words[][] = [];
      let spilled = 0;
      for (let n = 0; n < 300; n++) {
        const args = Array.from({ length: PARAMS }, () => draw(random, random.below(4)));
        const { f, right } = crowd(random, args);
        blobs.push(backEnd.run(f, features[n % features.length]!));
        if (backEnd.slots > 0) spilled++;
        wanted.push(right);
        calls.push(args);
      }
      const { text, offsets } = link(target, blobs, 0, DISTANCE);
      const found = runText(
        text,
        calls.map((args, k) => ({
          at: offsets[k]!,
          ints: Array(7).fill(0n),
          vecs: args.map(bigOf),
        })),
        target.name,
      );
      found.forEach((outcome, k) => {
        expect(outcome.trap).toBe(0);
        expect(outcome.wides).toEqual(wanted[k]!.map(bigOf));
      });
      expect(spilled).toBeGreaterThan(250);
    });
  });
}

// ---- calls and edges ---------------------------------------------------------------------------

const times = (n: number, text: (k: number) => string): string =>
  Array.from({ length: n }, (_, k) => text(k)).join(", ");

// Twelve vectors among six integers, and a float behind them: what has no register is passed in
// memory, and so are three of the results.
const TYPES = `${times(6, () => "v128, v128, i32")}, f32`;
const SIGNATURE = `(${TYPES}) -> (${times(11, () => "v128")})`;
const PARAMETERS = times(6, (k) => `v${3 * k + 1}: v128, v${3 * k + 2}: v128, v${3 * k + 3}: i32`);
const CALLEE = `func %0 ${SIGNATURE} {
  b1(${PARAMETERS}, v19: f32):
    v20: v128 = vsplat.i32x4 v18
    v21: v128 = vadd.i32x4 v17, v20
    v22: v128 = vreplace.f32x4 v16, v19, 3
    ret v22, v21, v1, v2, v4, v5, v7, v8, v10, v11, v13
  }`;

const ONES = "vec 0xffffffff 0xffffffff 0xffffffff 0xffffffff";
const PASSED = [
  `v1, v2, 1, v3, vec 1 2 3 4, 2, v2, v1, 3, ${ONES}, v3, v4`,
  "vec 0 0 0 0, v2, 5, v1, v3, v4, f32 1",
].join(", ");
/** Its results come from the call, over an edge with constants and by choice. */
const CALLER = `type t0 ${SIGNATURE}
  func %1 (v128, v128, v128, i32) -> (v128, v128, v128, v128, v128, v128) {
  b1(v1: v128, v2: v128, v3: v128, v4: i32):
    v5: v128 = call f0 t0(${PASSED}) @0x1
    ${times(10, (k) => `v${6 + k}: v128 = result v5, ${k + 1}`).replaceAll(", v", "\n    v")}
    v20: v128 = vxor.i8x16 v7, v8
    v21: v128 = vxor.i8x16 v9, v10
    v22: v128 = vxor.i8x16 v11, v12
    v23: v128 = vxor.i8x16 v13, v14
    br v4, b2, b3 @0x2
  b2:
    jump b4(v20, vec 5 6 7 8) @0x3
  b3:
    jump b4(${ONES}, v21) @0x4
  b4(v24: v128, v25: v128):
    v26: v128 = vxor.i8x16 v24, v22
    v27: v128 = vxor.i8x16 v25, v23
    v28: v128 = select v4, v15, v27
    ret v5, v6, v26, v27, v15, v28
  }`;

function testTravel({ target, features }: VectorTest): void {
  const backEnd = new BackEnd(target);
  const isHere = canRun(target.name);
  describe("vectors that travel", () => {
    it.runIf(isHere)("keep their bits over calls and edges", () => {
      const [callee, caller] = [CALLEE, CALLER].map((text) => parseFunc(text));
      const nowhere: World = { regions: [], call: () => [] };
      const call: World["call"] = (_op, _lo, _hi, args) => run(callee!, args, nowhere);
      const world: World = { regions: [], call };
      const values: Words[] = [1, 2, 3].map((k) => [k, k << 8, -k, k << 20]);
      const counts = [0, 6];
      for (const cpu of features) {
        const blobs = [CALLEE, CALLER].map((text) => backEnd.run(parseFunc(text), cpu));
        const { text, offsets } = link(target, blobs, 0, DISTANCE);
        const pad = (list: bigint[], n: number): bigint[] =>
          [...list, ...Array<bigint>(n).fill(0n)].slice(0, n);
        const calls = counts.map((n) => {
          return { at: offsets[1]!, ints: pad([BigInt(n)], 7), vecs: pad(values.map(bigOf), 8) };
        });
        runText(text, calls, target.name).forEach(({ trap, wides }, k) => {
          const right = run(caller!, [...values.flat(), counts[k]!, 0], world);
          expect(trap).toBe(0);
          expect(wides.slice(0, 6).flatMap(wordsOf)).toEqual([...right]);
        });
      }
    });
  });
}

// ---- truths ------------------------------------------------------------------------------------

const isCompare = ({ op }: Subject): boolean => op >= IR.veq && op <= IR.vfge;
const isTruth = ({ gives, takes }: Subject): boolean => gives === I32 && takes[0] === V128;

/**
 * Of a comparison of two vectors, or of the first of them: what `truth` says, and a choice by it.
 */
function question(truth: Subject, compare: Subject | undefined): Func {
  const f = new Func();
  f.reset(0, { params: [V128, V128], results: [] });
  const block = f.newBlock();
  f.begin(block);
  f.firstParam[block] = f.count;
  f.paramCount[block] = 2;
  const [a, b] = [0, 1].map((k) => f.inst(IR.param, V128, k, 0, 0, block));
  const add = (s: Subject, x: Value, y: Value): Value => {
    const i = f.inst(s.op, s.gives, x, y, 0, block);
    f.aux[i] = s.shape;
    return i;
  };
  const asked = compare === undefined ? a! : add(compare, a!, b!);
  // The first is a value; the choice tests the second itself.
  const said = add(truth, asked, 0);
  const tested = add(truth, asked, 0);
  finish(f, [said, f.inst(IR.select, V128, tested, a!, b!, block)]);
  return f;
}

function testTruths({ target, features }: VectorTest): void {
  const backEnd = new BackEnd(target);
  const truths = SUBJECTS.filter(
    (s) => isTruth(s) && s.op !== IR.vextracts && s.op !== IR.vextractu,
  );
  const compares = [undefined, ...SUBJECTS.filter(isCompare)];
  describe("truths", () => {
    it.runIf(canRun(target.name))("are told of comparisons", { timeout: 60_000 }, () => {
      const random = new Random(9);
      const asked = truths.flatMap((truth) => {
        return compares.flatMap((compare) => {
          const blob = backEnd.run(question(truth, compare), random.pick(features));
          return Array.from({ length: 6 }, () => {
            const shape = compare?.shape ?? truth.shape;
            const a = draw(random, shape);
            const b = random.chance(30) ? a : draw(random, shape);
            return { truth, compare, blob, a, b };
          });
        });
      });
      const blobs = [...new Set(asked.map(({ blob }) => blob))];
      const { text, offsets } = link(target, blobs, 0, DISTANCE);
      const at = new Map(blobs.map((blob, k) => [blob, offsets[k]!]));
      const calls = asked.map(({ blob, a, b }) => {
        const vecs = [a, b].map(bigOf);
        return { at: at.get(blob)!, ints: Array<bigint>(7).fill(0n), vecs: [...vecs, ...zeros(6)] };
      });
      const wrong: string[] = [];
      runText(text, calls, target.name).forEach(({ trap, ints, wides }, k) => {
        const { truth, compare, a, b } = asked[k]!;
        const [said] = meaningOf(truth, [compare === undefined ? a : meaningOf(compare, [a, b])]);
        const chosen = bigOf(said === 0 ? b : a);
        if (trap === 0 && ints[0] === BigInt(said) && wides[0] === chosen) return;
        wrong.push(`${truth.name} of ${compare?.name}(${a.join()}, ${b.join()}): not ${ints[0]}`);
      });
      expect(wrong).toEqual([]);
      expect(asked.length).toBeGreaterThan(2000);
    });
  });
}

const zeros = (n: number): bigint[] => Array<bigint>(n).fill(0n);

/** Tries the vector opcodes of a target. */
export function testVectors(test: VectorTest): void {
  if (!canRun(test.target.name)) console.warn(`${test.target.name}: vectors are not run`);
  testOpcodes(test);
  testShuffles(test);
  testCrowds(test);
  testTravel(test);
  testTruths(test);
}
