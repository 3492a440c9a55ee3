// Every vector instruction in all sizes, with registers, lanes, counts and positions of every kind,
// against the system's assembler; and every constant that one instruction makes.

import { describe, expect, it } from "vitest";
import { assemble, hasTool } from "../../tools/machine.ts";
import { Emitter } from "../emit.ts";
import { CLASS, FIRST_VEC, HEAD, LIR, Lir, MODE } from "../lir.ts";
import type { Allocation } from "../lir.ts";
import { isVec, newRecord, traits } from "../shape.ts";
import { vectorWord } from "./immediates.ts";
import { INST, insts } from "./insts.ts";
import { NEON } from "./neon.ts";
import { arm64 } from "./target.ts";

// A mnemonic and operands of the record by number. v all lanes, h as many in half a register, w as
// many twice as wide, n as many half as wide, b bytes, s a lane by itself, r a general register;
// e a lane by immediate 0, f by immediate 1, z lane 0. i is immediate 0.
const V3 = "0v 1v 2v";
const V2 = "0v 1v";
// prettier-ignore
const TEXT: Readonly<Record<string, string>> = {
  vnot: "not 0b 1b", vand: "and 0b 1b 2b", vbic: "bic 0b 1b 2b", vorr: "orr 0b 1b 2b",
  vorn: "orn 0b 1b 2b", veor: "eor 0b 1b 2b", vbsl: "bsl 0b 2b 3b", vbit: "bit 0b 2b 3b",
  vbif: "bif 0b 2b 3b",
  vmla: "mla 0v 2v 3v", vmls: "mls 0v 2v 3v", vcnt: "cnt 0b 1b", vaddv: "addv 0s 1v",
  vuminv: "uminv 0s 1v", vshl: "shl 0v 1v i", vsshr: "sshr 0v 1v i", vushr: "ushr 0v 1v i",
  vcmeqz: "cmeq 0v 1v #0", vcmgtz: "cmgt 0v 1v #0", vcmgez: "cmge 0v 1v #0",
  vcmlez: "cmle 0v 1v #0", vcmltz: "cmlt 0v 1v #0", vsxtl: "sxtl 0w 1h", vsxtl2: "sxtl2 0w 1v",
  vuxtl: "uxtl 0w 1h", vuxtl2: "uxtl2 0w 1v", vsmull: "smull 0w 1h 2h",
  vsmull2: "smull2 0w 1v 2v", vumull: "umull 0w 1h 2h", vumull2: "umull2 0w 1v 2v",
  vsmlal: "smlal 0w 2h 3h", vsmlal2: "smlal2 0w 2v 3v", vumlal: "umlal 0w 2h 3h",
  vumlal2: "umlal2 0w 2v 3v", vsaddlp: "saddlp 0w 1v", vuaddlp: "uaddlp 0w 1v",
  vsadalp: "sadalp 0w 2v", vuadalp: "uadalp 0w 2v", vxtn: "xtn 0h 1w", vsqxtn: "sqxtn 0h 1w",
  vsqxtn2: "sqxtn2 0v 2w", vuqxtn: "uqxtn 0h 1w", vsqxtun: "sqxtun 0h 1w",
  vsqxtun2: "sqxtun2 0v 2w", vfcmeqz: "fcmeq 0v 1v #0.0", vfcmgtz: "fcmgt 0v 1v #0.0",
  vfcmgez: "fcmge 0v 1v #0.0", vfcmlez: "fcmle 0v 1v #0.0", vfcmltz: "fcmlt 0v 1v #0.0",
  vfcvtn: "fcvtn 0h 1w", vfcvtl: "fcvtl 0v 1n", vext: "ext 0b 1b 2b i",
  vtbl: "tbl 0b {1b} 2b", vtbx: "tbx 0b {2b} 3b", vdup: "dup 0v 1e", vdupf: "dup 0v 1z",
  vdupr: "dup 0v 1r", vins: "ins 0e 2f", vinsf: "ins 0e 2z", vinsr: "ins 0e 2r",
  vmov: "mov 0s 1e", vumov: "umov 0r 1e", vumov64: "umov 0r 1e", vsmov: "smov 0r 1e",
  ...Object.fromEntries([
    "add", "sub", "addp", "mul", "sqadd", "uqadd", "sqsub", "uqsub", "smin", "umin", "smax", "umax",
    "umaxp", "urhadd", "sqrdmulh", "sshl", "ushl", "cmeq", "cmgt", "cmge", "cmhi", "cmhs", "cmtst",
    "fadd", "fsub", "fmul", "fdiv", "fmin", "fmax", "fcmeq", "fcmgt", "fcmge", "zip1", "zip2",
    "uzp1", "uzp2", "trn1", "trn2",
  ].map((name) => [`v${name}`, `${name} ${V3}`])),
  ...Object.fromEntries([
    "abs", "neg", "fabs", "fneg", "fsqrt", "frintn", "frintp", "frintm", "frintz", "scvtf", "ucvtf",
    "fcvtzs", "fcvtzu", "rev16", "rev32", "rev64",
  ].map((name) => [`v${name}`, `${name} ${V2}`])),
};

const LETTERS: Readonly<Record<number, string>> = { 1: "b", 2: "h", 4: "s", 8: "d" };
const lanes = (size: number, bytes: number): string => `${bytes / size}${LETTERS[size]}`;

/** A record: an op with a size, machine numbers of its operands, and immediates. */
interface Case {
  readonly name: keyof typeof INST;
  readonly size: number;
  readonly regs: readonly number[];
  readonly imms: readonly number[];
}

function operandText({ size, regs, imms }: Case, word: string): string {
  const [, open, k, kind, close] = /^(\{?)(\d)(\w)(\}?)$/.exec(word)!;
  const n = regs[Number(k)]!;
  const lane = (at: number): string => `v${n}.${LETTERS[size]}[${at}]`;
  const texts: Readonly<Record<string, () => string>> = {
    v: () => `v${n}.${lanes(size, 16)}`,
    h: () => `v${n}.${lanes(size, 8)}`,
    w: () => `v${n}.${lanes(size * 2, 16)}`,
    n: () => `v${n}.${lanes(size / 2, 8)}`,
    b: () => `v${n}.16b`,
    s: () => `${LETTERS[size]}${n}`,
    r: () => `${size === 8 ? "x" : "w"}${n}`,
    e: () => lane(imms[0]!),
    f: () => lane(imms[1]!),
    z: () => lane(0),
  };
  return `${open}${texts[kind!]!()}${close}`;
}

function textOf(c: Case): string {
  const [mnemonic, ...words] = TEXT[c.name]!.split(" ");
  const operands = words.map((word) =>
    word === "i" ? `#${c.imms[0]}` : word.startsWith("#") ? word : operandText(c, word),
  );
  return `${mnemonic} ${operands.join(", ")}`;
}

class Dice {
  private state = 1;
  below(n: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return (this.state >>> 8) % n;
  }
}

/** Every value of the immediates of a row, the second one drawn. */
function immsOf(name: string, size: number, dice: Dice): number[][] {
  const [first, second] = insts.rows[INST[name as keyof typeof INST]]![2].split(" ");
  const to = (n: number): number[] => Array.from({ length: n }, (_, k) => k);
  if (first === "count") return to(size * 8).map((n) => [name === "vshl" ? n : n + 1]);
  if (first === "bytes") return to(16).map((n) => [n]);
  if (first !== "lane") return to(8).map(() => []);
  const count = 16 / size;
  return to(count).map((n) => (second === undefined ? [n] : [n, dice.below(count)]));
}

function* cases(dice: Dice): Generator<Case> {
  for (const [name] of NEON) {
    if (TEXT[name] === undefined) continue;
    const op = INST[name];
    const count = insts.first[op + 1]! - insts.first[op]!;
    for (const size of [1, 2, 4, 8].filter((s) => (insts.sizes[op]! & s) !== 0)) {
      for (const imms of immsOf(name, size, dice)) {
        const regs = Array.from({ length: count }, (_, k) => {
          const isInt = k > 0 && !isVec(insts.fact[insts.first[op]! + k]!);
          return dice.below(isInt ? 28 : 31);
        });
        if (insts.rows[op]![1].startsWith("=@1")) regs[0] = regs[1]!;
        yield { name, size, regs, imms };
      }
    }
  }
}

/** The words of a function of these records. */
function encode(all: readonly Case[], mode = MODE.none as number): number[] {
  const lir = new Lir();
  const locs: number[] = [];
  for (const { name, size, regs, imms } of all) {
    const op = INST[name];
    const places = regs.map((n, k) => {
      const isTied = insts.rows[op]![1].startsWith("=@1") && k === 0;
      return isTied || isVec(insts.fact[insts.first[op]! + k]!) ? FIRST_VEC + n : n;
    });
    const vregs = places.map((at) => lir.newVreg(at < FIRST_VEC ? CLASS.int : CLASS.wide));
    const third = traits(0, mode, 0, size);
    const at = newRecord(insts, lir, op, 0, third, vregs, vregs.length, imms, imms.length);
    places.forEach((place, k) => (locs[at + HEAD + k] = place));
  }
  newRecord(insts, lir, LIR.ret, 0, 0, [], 0, [0], 1);
  lir.blockCount = 1;
  lir.edgeStart[1] = lir.blockStart[0] = 0;
  lir.blockStart[1] = lir.size;
  const alloc: Allocation = {
    locs: Int32Array.from({ length: lir.size }, (_, k) => locs[k] ?? 0),
    edits: new Int32Array(4),
    editCount: 0,
    slots: 0,
    usedInts: 0,
    usedVecs: 0,
  };
  const { bytes, codeSize } = new Emitter(arm64).run(lir, alloc, { distance: 1 << 24 });
  const view = new DataView(bytes.buffer);
  const words = Array.from({ length: codeSize / 4 }, (_, k) => view.getUint32(4 * k, true));
  return words.slice(0, words.indexOf(0xd65f03c0));
}

const present = hasTool("llvm-mc");
if (!present) console.warn("llvm-mc is missing: encodings are not compared with an assembler");
const hex = (w: number): string => (w >>> 0).toString(16);

describe("vector instructions", () => {
  it("have a text each", () => {
    expect(NEON.map(([name]) => name).filter((name) => TEXT[name] === undefined)).toEqual([
      "vld1r",
    ]);
  });

  it.runIf(present)("are encoded as the manual says", () => {
    const all = [...cases(new Dice())];
    const texts = all.map(textOf);
    const right = assemble(texts);
    expect(right.length).toBe(texts.length);
    const got = encode(all);
    expect(got.length).toBe(right.length);
    const wrong = texts.filter((_, k) => got[k] !== right[k]! >>> 0);
    expect(wrong).toEqual([]);
    expect(all.length).toBeGreaterThan(2000);
  });

  it.runIf(present)("load a lane to all of them", () => {
    for (const size of [1, 2, 4, 8]) {
      const loads = (regs: readonly number[], imms: readonly number[], mode: number): string[] =>
        encode([{ name: "vld1r", size, regs, imms }], mode).map(hex);
      const text = (base: string): string => `ld1r {v7.${lanes(size, 16)}}, [${base}]`;
      const lines = (list: readonly string[]): string[] => assemble(list).map(hex);
      expect(loads([7, 3], [0], MODE.base)).toEqual(lines([text("x3")]));
      expect(loads([7, 3], [20], MODE.base)).toEqual(lines(["add x16, x3, #20", text("x16")]));
      const sum = "add x16, x3, x4";
      expect(loads([7, 3, 4], [0], MODE.indexed)).toEqual(lines([sum, text("x16")]));
    }
  });
});

// ---- constants ---------------------------------------------------------------------------------

/** What an instruction makes, as four words. */
type Made = readonly [text: string, words: readonly number[]];

const four = (n: number): number[] => [n | 0, n | 0, n | 0, n | 0];
const two = (lo: number, hi: number): number[] => [lo | 0, hi | 0, lo | 0, hi | 0];

function* constants(): Generator<Made> {
  const view = new DataView(new ArrayBuffer(8));
  for (let n = 0; n < 256; n++) {
    yield [`movi v0.16b, #${n}`, four(n * 0x01010101)];
    for (const shift of [0, 8]) {
      const half = n << shift;
      yield [`movi v0.8h, #${n}, lsl #${shift}`, four(half * 0x10001)];
      yield [`mvni v0.8h, #${n}, lsl #${shift}`, four((half ^ 0xffff) * 0x10001)];
      const ones = (n << (8 + shift)) | (shift === 0 ? 0xff : 0xffff);
      yield [`movi v0.4s, #${n}, msl #${8 + shift}`, four(ones)];
      yield [`mvni v0.4s, #${n}, msl #${8 + shift}`, four(~ones)];
    }
    for (const shift of [0, 8, 16, 24]) {
      yield [`movi v0.4s, #${n}, lsl #${shift}`, four(n << shift)];
      yield [`mvni v0.4s, #${n}, lsl #${shift}`, four(~(n << shift))];
    }
    const mask = (bits: number): number =>
      [0, 1, 2, 3].reduce((w, k) => w | (((bits >> k) & 1) !== 0 ? 255 << (8 * k) : 0), 0);
    const words = [mask(n), mask(n >> 4)] as const;
    const text = (BigInt(words[1] >>> 0) << 32n) | BigInt(words[0] >>> 0);
    yield [`movi v0.2d, #0x${text.toString(16)}`, two(...words)];
    const x = ((n & 128 ? -1 : 1) * (16 + (n & 15)) * 2 ** (((n >> 4) & 7) - 3)) / 16;
    view.setFloat32(0, x);
    yield [`fmov v0.4s, #${x}`, four(view.getInt32(0))];
    view.setFloat64(0, x);
    yield [`fmov v0.2d, #${x}`, two(view.getInt32(4), view.getInt32(0))];
  }
}

describe("constants", () => {
  it.runIf(present)("are made by one instruction where there is one", () => {
    const all = [...constants()];
    const words = assemble(all.map(([text]) => text));
    expect(words.length).toBe(all.length);
    const makes = new Map<number, string>();
    all.forEach(([, made], k) => makes.set(words[k]! >>> 0, made.join()));
    for (const [text, [w0, w1, w2, w3]] of all) {
      const word = vectorWord(w0!, w1!, w2!, w3!) >>> 0;
      expect(makes.get(word), text).toBe([w0, w1, w2, w3].join());
    }
    expect(all.length).toBeGreaterThan(5000);
  });

  it("are left to memory where there is none", () => {
    for (const [w0, w1, w2, w3] of [
      [1, 2, 3, 4],
      [0, 0, 1, 0],
      [0x12345678, 0x12345678, 0x12345678, 0x12345678],
      [0x101, 0x100, 0x101, 0x100],
      [0xff, 0xfe, 0xff, 0xfe],
    ] as const) {
      expect(vectorWord(w0, w1, w2, w3)).toBe(0);
    }
  });
});
