// Records that run: each is put into a function of its own, with locations picked by dice within
// what the row's operand column allows (so that a def may take the place of a use that is not read
// to the end), linked, called with values that matter, and compared with what V8 says of the Wasm
// operator. A target's sequences.test.ts lists its subjects and calls `testSequences`.

import { expect } from "vitest";
import { Emitter } from "../backend/emit.ts";
import { CLASS, CONSTRAINT, EDIT, FIRST_SLOT, FIRST_VEC, HEAD, LIR, Lir } from "../backend/lir.ts";
import { constraintOf, isCrossed, isDef, numberOf, operandsOf } from "../backend/lir.ts";
import { isMade, isVec, newRecord, traits } from "../backend/shape.ts";
import type { Target } from "../backend/target.ts";
import { TRAP } from "../src/abi.ts";
import type { Blob } from "../src/object/blob.ts";
import { link } from "../src/object/link.ts";
import { DISTANCE, runText } from "./machine.ts";
import type { Call } from "./machine.ts";

export type Kind = "i" | "l" | "f" | "d";

export interface Subject {
  /** Wasm operator: its bytes, operands and result; i i32, l i64, f f32, d f64. */
  readonly wasm: readonly number[];
  readonly takes: string;
  readonly gives: Kind;
  readonly op: number;
  readonly size: number;
  readonly condition?: number;
  readonly imms?: readonly number[];
  /** Order in which the record takes the operands, default as Wasm. */
  readonly order?: readonly number[];
}

export const sizeOf = (k: string): number => (k === "i" || k === "f" ? 4 : 8);
export const isFloatKind = (k: string): boolean => k === "f" || k === "d";

/** What is tried on which target. */
export interface SequenceTest {
  readonly target: Target;
  readonly subjects: readonly Subject[];
  /** The record that makes a constant: immediates are its words. */
  readonly movi: number;
  /** True for records that end a block with two edges. */
  readonly isBranch: (op: number) => boolean;
  /** True for operators on bits, which keep a NaN as it is. */
  readonly keepsNan: (op: number) => boolean;
}

export function binary(
  base: number,
  kind: Kind,
  ops: readonly number[],
  imms?: readonly number[],
): Subject[] {
  return ops.map((op, n) => ({
    wasm: [base + n],
    takes: kind + kind,
    gives: kind,
    op,
    size: sizeOf(kind),
    ...(imms === undefined ? {} : { imms }),
  }));
}

export const unary = (
  code: readonly number[],
  a: Kind,
  r: Kind,
  op: number,
  size: number,
): Subject => ({
  wasm: code,
  takes: a,
  gives: r,
  op,
  size,
});

// The oracle: a Wasm function from i64 bits to i64 bits -------------------------------------------

const TYPE: Readonly<Record<Kind, number>> = { i: 0x7f, l: 0x7e, f: 0x7d, d: 0x7c };
// From i64 to the kind and back.
const FROM: Readonly<Record<Kind, readonly number[]>> = {
  i: [0xa7],
  l: [],
  f: [0xa7, 0xbe],
  d: [0xbf],
};
const TO: Readonly<Record<Kind, readonly number[]>> = {
  i: [0xad],
  l: [],
  f: [0xbc, 0xad],
  d: [0xbd],
};

function oracle(s: Subject): (...bits: bigint[]) => bigint {
  const params = [...s.takes].map((kind, k) => [0x20, k, ...FROM[kind as Kind]]).flat();
  const body = [0, ...params, ...s.wasm, ...TO[s.gives], 0x0b];
  const type = [0x60, s.takes.length, ...[...s.takes].map(() => TYPE.l), 1, TYPE.l];
  // prettier-ignore
  const bytes = [
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    1, 1 + type.length, 1, ...type,
    3, 2, 1, 0,
    7, 5, 1, 1, 0x66, 0, 0,
    10, 2 + body.length, 1, body.length, ...body,
  ];
  const module = new WebAssembly.Module(Uint8Array.from(bytes));
  const f = new WebAssembly.Instance(module).exports["f"] as (...bits: bigint[]) => bigint;
  return (...bits) => BigInt.asUintN(64, f(...bits));
}

function trapOf(error: unknown): number {
  const text = String(error);
  if (/divide by zero/.test(text)) return TRAP.divide;
  if (/remainder by zero/.test(text)) return TRAP.remainder;
  if (/divide result unrepresentable/.test(text)) return TRAP.quotient;
  // V8 has one message for NaN and for numbers out of range.
  return TRAP.conversion;
}

// The subject: a function with hand-picked locations
// -----------------------------------------------

class Dice {
  private state = 7;
  below(n: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return (this.state >>> 8) % n;
  }
}

/** Functions per subject, each with its own locations. */
const TRIES = 4;
/** Spill slots where the arguments wait. */
const STAGE = 8;

/** Locations for the operand words of a record, as its constraints allow. */
function locate(
  { registers }: Target,
  words: readonly number[],
  vec: readonly boolean[],
  dice: Dice,
): number[] {
  const pick = (list: readonly number[]): number => list[dice.below(list.length)]!;
  const locs: number[] = words.map(() => -1);
  const early = new Set<number>(); // read at the start
  const late = new Set<number>(); // alive at the end
  const fixed = (w: number, k: number): number => numberOf(w) + (vec[k] ? FIRST_VEC : 0);
  const fresh = (k: number, banned: ReadonlySet<number>[]): number => {
    for (;;) {
      const loc = vec[k] ? FIRST_VEC + pick(registers.vecs) : pick(registers.ints);
      if (!banned.some((set) => set.has(loc))) return loc;
    }
  };
  words.forEach((w, k) => {
    if (constraintOf(w) !== CONSTRAINT.fixed) return;
    locs[k] = fixed(w, k);
    if (!isDef(w) || isCrossed(w)) early.add(locs[k]!);
    if (isDef(w) || isCrossed(w)) late.add(locs[k]!);
  });
  const tied = new Set(words.filter((w) => constraintOf(w) === CONSTRAINT.tied).map(numberOf));
  words.forEach((w, k) => {
    if (isDef(w) || locs[k]! >= 0) return;
    if (constraintOf(w) === CONSTRAINT.any && dice.below(3) === 0) {
      locs[k] = FIRST_SLOT + k;
      return;
    }
    const isLate = isCrossed(w) || tied.has(k);
    locs[k] = fresh(k, isLate ? [early, late] : [early]);
    early.add(locs[k]!);
    if (isLate) late.add(locs[k]!);
  });
  words.forEach((w, k) => {
    if (constraintOf(w) === CONSTRAINT.tied) locs[k] = locs[numberOf(w)]!;
  });
  words.forEach((w, k) => {
    if (locs[k]! >= 0) return;
    // A def may take the place of a use that is over; half of the time it does.
    const free = [...early].filter((loc) => !late.has(loc) && loc >= FIRST_VEC === vec[k]);
    if (!isCrossed(w) && free.length > 0 && dice.below(2) === 0) locs[k] = free[0]!;
    else locs[k] = fresh(k, isCrossed(w) ? [early, late] : [late]);
    late.add(locs[k]!);
    if (isCrossed(w)) early.add(locs[k]!);
  });
  return locs;
}

/** Compiles one subject with locations of its own. */
function build(test: SequenceTest, s: Subject, emitter: Emitter, dice: Dice): Blob {
  const { target } = test;
  const { insts } = target;
  const lir = new Lir();
  const facts = [...insts.fact.subarray(insts.first[s.op], insts.first[s.op + 1])];
  const order = s.order ?? [...s.takes].map((_, k) => k);
  const vregs = facts
    .filter((fact) => !isMade(fact))
    .map((fact) => lir.newVreg(isVec(fact) ? 1 : 0));
  const third = traits(0, 0, s.condition ?? 0, s.size);
  const imms = s.imms ?? [];
  lir.blockStart[0] = 0;
  const r = newRecord(insts, lir, s.op, 1, third, vregs, vregs.length, imms, imms.length);
  const count = operandsOf(lir.code[r]!);
  const words = [...lir.code.subarray(r + HEAD, r + HEAD + count)];
  const picked = locate(target, words, facts.map(isVec), dice);
  const edits: number[] = [];
  const edit = (at: number, kind: number, from: number, to: number): void => {
    edits.push(at, kind, from, to);
  };
  let ints = 0;
  let vecs = 0;
  [...s.takes].forEach((kind, k) => {
    if (isFloatKind(kind)) edit(r, EDIT.float, FIRST_VEC + vecs++, FIRST_SLOT + STAGE + k);
    else edit(r, EDIT.int, target.args.ints[ints++]!, FIRST_SLOT + STAGE + k);
  });
  const uses = words.map((_, k) => k).filter((k) => !isDef(words[k]!));
  uses.forEach((k, n) => {
    const kind = isVec(facts[k]!) ? EDIT.float : EDIT.int;
    edit(r, kind, FIRST_SLOT + STAGE + order[n]!, picked[k]!);
  });
  const isBranch = test.isBranch(s.op);
  if (isBranch) branchTo(test, lir);
  const ret = newRecord(insts, lir, LIR.ret, 0, 0, [], 0, [0], 1);
  if (!isBranch) {
    lir.blockCount = 1;
    lir.edgeStart[1] = 0;
    const def = words.findIndex(isDef);
    if (isFloatKind(s.gives)) edit(ret, EDIT.float, picked[def]!, FIRST_VEC);
    else edit(ret, EDIT.int, picked[def]!, target.results.ints[0]!);
  }
  lir.blockStart[lir.blockCount] = lir.size;
  const locs = new Int32Array(lir.size);
  locs.set(picked, r + HEAD);
  if (isBranch)
    for (let b = 1; b < 3; b++) locs[lir.blockStart[b]! + HEAD] = target.results.ints[0]!;
  const usedInts = picked.reduce((mask, loc) => (loc < FIRST_VEC ? mask | (1 << loc) : mask), 0);
  const edited = { edits: Int32Array.from(edits), editCount: edits.length / 4 };
  return emitter.run(
    lir,
    { locs, ...edited, slots: 16, usedInts, usedVecs: 0 },
    { distance: DISTANCE },
  );
}

/** Two more blocks behind a branch: they make 1 and 0 and return. */
function branchTo({ target: { insts }, movi }: SequenceTest, lir: Lir): void {
  const none: number[] = [];
  for (const [b, value] of [
    [1, 1],
    [2, 0],
  ] as const) {
    lir.blockStart[b] = lir.size;
    newRecord(insts, lir, movi, 0, 0, [lir.newVreg(CLASS.int)], 1, [value, 0], 2);
    if (b === 1) newRecord(insts, lir, LIR.ret, 0, 0, none, 0, [0], 1);
  }
  lir.blockCount = 3;
  lir.edgeStart.set([0, 2, 2, 2]);
  lir.edgeTarget.set([1, 2]);
}

// Values -----------------------------------------------------------------------------------------

const words = new DataView(new ArrayBuffer(8));
const doubleBits = (x: number): bigint => (words.setFloat64(0, x), words.getBigUint64(0));
const singleBits = (x: number): bigint => (words.setFloat32(0, x), BigInt(words.getUint32(0)));

const NUMBERS = [
  0,
  1,
  1.5,
  0.5,
  0.25,
  2.5,
  3.5,
  2147483647,
  2147483648,
  2147483648.5,
  2147483649,
  4294967295,
  4294967295.5,
  4294967296,
  9007199254740993,
  2 ** 52 + 0.5,
  2 ** 63,
  2 ** 63 - 1024,
  2 ** 63 + 2048,
  2 ** 64,
  2 ** 64 - 2048,
  1e300,
  1e-300,
  5e-324,
  1.1754943508222875e-38,
  Infinity,
  0.9999999,
  2147483520,
  8388609,
  4294967040,
  9223371487098961920,
  18446742974197923840,
  8388607.5,
].flatMap((x) => [x, -x]);
const INTEGERS = [
  0n,
  1n,
  2n,
  3n,
  7n,
  10n,
  31n,
  32n,
  33n,
  63n,
  64n,
  255n,
  0x7fn,
  0x80n,
  0x8000n,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  0x100000000n,
  0x100000001n,
  0x1fffffffn,
  0x123456789abcdefn,
  0x7fffffffffffffffn,
  0x8000000000000000n,
  0xffffffff00000000n,
  0xfffffffffffff801n,
  0x8000000000000401n,
  0x20000000000001n,
].flatMap((x) => [x, BigInt.asUintN(64, -x)]);
const NANS: Readonly<Record<string, readonly bigint[]>> = {
  f: [0x7fc00000n, 0xffc00000n, 0x7fa00000n, 0xff800001n],
  d: [0x7ff8000000000000n, 0xfff8000000000000n, 0x7ff4000000000000n, 0xfff0000000000001n],
};

const VALUES: Readonly<Record<string, readonly bigint[]>> = {
  i: [...new Set(INTEGERS.map((x) => BigInt.asUintN(32, x)))],
  l: [...new Set(INTEGERS)],
  f: [...new Set([...NUMBERS.map(singleBits), ...NANS["f"]!])],
  d: [...new Set([...NUMBERS.map(doubleBits), ...NANS["d"]!])],
};

/** Argument lists: all pairs for binary operators, a sample for what has more. */
function argumentsOf(s: Subject, dice: Dice): bigint[][] {
  const columns = [...s.takes].map((kind) => VALUES[kind]!);
  if (columns.length === 1) return columns[0]!.map((x) => [x]);
  if (columns.length === 2) return columns[0]!.flatMap((x) => columns[1]!.map((y) => [x, y]));
  return Array.from({ length: 60 }, () =>
    columns.map((column) => column[dice.below(column.length)]!),
  );
}

const isNan = (kind: Kind, bits: bigint): boolean =>
  kind === "f"
    ? (bits & 0x7fffffffn) > 0x7f800000n
    : kind === "d" && (bits & 0x7fffffffffffffffn) > 0x7ff0000000000000n;
const isQuiet = (kind: Kind, bits: bigint): boolean =>
  (bits & (kind === "f" ? 0x400000n : 0x8000000000000n)) !== 0n;
export function testSequences(test: SequenceTest): void {
  const { target, subjects } = test;
  const dice = new Dice();
  const emitter = new Emitter(target);
  const tries = subjects.flatMap((s) => Array.from({ length: TRIES }, () => s));
  const blobs = tries.map((s) => build(test, s, emitter, dice));
  const { text, offsets } = link(target, blobs, 0, DISTANCE);
  const calls: Call[] = [];
  const asked: { s: Subject; args: bigint[] }[] = [];
  tries.forEach((s, k) => {
    argumentsOf(s, dice).forEach((args, n) => {
      // Long lists are shared out among the tries.
      if (s.takes.length === 2 && n % TRIES !== k % TRIES) return;
      const of = (want: boolean): bigint[] =>
        args.filter((_, j) => isFloatKind(s.takes[j]!) === want);
      calls.push({ at: offsets[k]!, ints: of(false), vecs: of(true) });
      asked.push({ s, args });
    });
  });
  const outcomes = runText(text, calls, target.name);
  const oracles = new Map(subjects.map((s) => [s, oracle(s)]));
  outcomes.forEach((outcome, k) => {
    const { s, args } = asked[k]!;
    const what = (): string => {
      const hex = args.map((x) => x.toString(16)).join(" ");
      return `${target.insts.names[s.op]} ${s.size} cond ${s.condition} wasm ${s.wasm} (${hex})`;
    };
    let expected = 0n;
    let trap = 0;
    try {
      expected = oracles.get(s)!(...args);
    } catch (error) {
      trap = trapOf(error);
    }
    if (trap === TRAP.conversion && !isNan(s.takes[0] as Kind, args[0]!)) trap = TRAP.overflow;
    if (outcome.trap !== trap) expect(outcome.trap, what()).toBe(trap);
    if (trap !== 0) return;
    const raw = isFloatKind(s.gives) ? outcome.vecs[0]! : outcome.ints[0]!;
    const got = s.gives === "f" ? BigInt.asUintN(32, raw) : raw;
    const isRight =
      isNan(s.gives, expected) && !test.keepsNan(s.op)
        ? isNan(s.gives, got) && isQuiet(s.gives, got)
        : got === expected;
    if (!isRight) expect(got.toString(16), what()).toBe(expected.toString(16));
  });
  expect(outcomes.length).toBeGreaterThan(50_000);
}
