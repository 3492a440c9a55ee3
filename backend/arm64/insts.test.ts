// Every row that is one instruction, in all sizes, address modes and kinds of displacements and
// immediates, against the system's assembler. What to expect is spelled here once more, in the
// words of the manual: a mnemonic and operands. Branches and their far forms are in relocs.test.ts,
// vector instructions in neon.test.ts.

import { describe, expect, it } from "vitest";
import { assemble, hasTool } from "../../tools/machine.ts";
import { Emitter } from "../emit.ts";
import { CLASS, FIRST_VEC, HEAD, LIR, Lir, MODE } from "../lir.ts";
import type { Allocation } from "../lir.ts";
import { addressOperands, isMade, isVec, newRecord, traits, widthOf } from "../shape.ts";
import { floatField, isArith, logicalField } from "./immediates.ts";
import { COND, COND_NAMES, CONSUMER_OPERANDS, INST, consumerOf, insts } from "./insts.ts";
import { NEON } from "./neon.ts";
import { arm64 } from "./target.ts";

// Operands: a number is the record's operand, counted behind those of a consumer; M is the address.
// Immediates: i arithmetic, l logical, h shift, e extension, r and s fields, b as it is.
// prettier-ignore
const TEXT: Readonly<Record<string, string>> = {
  mov: "mov 0 1", ldr: "ldr 0 M", ldrb: "ldrb 0 M", ldrh: "ldrh 0 M", ldrsb: "ldrsb 0 M",
  ldrsh: "ldrsh 0 M", ldrsw: "ldrsw 0 M", str: "str 0 M", strz: "str z M", fldr: "ldr 0 M",
  fstr: "str 0 M", add: "add 0 1 2", sub: "sub 0 1 2", and: "and 0 1 2", orr: "orr 0 1 2",
  eor: "eor 0 1 2", bic: "bic 0 1 2", orn: "orn 0 1 2", eon: "eon 0 1 2", addsh: "add 0 1 2 h",
  subsh: "sub 0 1 2 h", andsh: "and 0 1 2 h", orrsh: "orr 0 1 2 h", eorsh: "eor 0 1 2 h",
  addx: "add 0 1 2 e", subx: "sub 0 1 2 e", andi: "and 0 1 l", orri: "orr 0 1 l",
  eori: "eor 0 1 l", neg: "neg 0 1", negsh: "neg 0 1 h", mvn: "mvn 0 1", mul: "mul 0 1 2",
  mneg: "mneg 0 1 2", madd: "madd 0 1 2 3", msub: "msub 0 1 2 3", smull: "smull 0 1 2",
  umull: "umull 0 1 2", smaddl: "smaddl 0 1 2 3", umaddl: "umaddl 0 1 2 3", smulh: "smulh 0 1 2",
  umulh: "umulh 0 1 2", lslv: "lsl 0 1 2", lsrv: "lsr 0 1 2", asrv: "asr 0 1 2",
  rorv: "ror 0 1 2", ubfm: "ubfm 0 1 r s", sbfm: "sbfm 0 1 r s", bfm: "bfm 0 2 r s",
  extr: "extr 0 1 2 b", clz: "clz 0 1", rbit: "rbit 0 1", fadd: "fadd 0 1 2",
  fsub: "fsub 0 1 2", fmul: "fmul 0 1 2", fdiv: "fdiv 0 1 2", fmin: "fmin 0 1 2",
  fmax: "fmax 0 1 2", fabs: "fabs 0 1", fneg: "fneg 0 1", fsqrt: "fsqrt 0 1",
  frintn: "frintn 0 1", frintp: "frintp 0 1", frintm: "frintm 0 1", frintz: "frintz 0 1",
  promote: "fcvt 0 1", demote: "fcvt 0 1", fmovx: "fmov 0 1", fmovr: "fmov 0 1",
  scvtf32: "scvtf 0 1", scvtf64: "scvtf 0 1", ucvtf32: "ucvtf 0 1", ucvtf64: "ucvtf 0 1",
  fcvtzs32: "fcvtzs 0 1", fcvtzs64: "fcvtzs 0 1", fcvtzu32: "fcvtzu 0 1",
  fcvtzu64: "fcvtzu 0 1",
  cmp: "cmp 0 1", cmpsh: "cmp 0 1 h", cmpi: "cmp 0 i", tst: "tst 0 1", tsti: "tst 0 l",
  fcmp: "fcmp 0 1", fcmpz: "fcmp 0 #0.0",
};

// What selecting consumers are called; their operands come first.
const PICKS: Readonly<Record<string, string>> = {
  sel: "csel 0 1 2",
  fsel: "fcsel 0 1 2",
  inc: "csinc 0 1 2",
  inv: "csinv 0 1 2",
  neg: "csneg 0 1 2",
  selz: "csel 0 1 z",
};

class Dice {
  private state = 1;
  below(n: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return (this.state >>> 8) % n;
  }
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }
}

const { ints: INTS, vecs: VECS } = arm64.registers;
const DISTANCE = 1 << 24;

function registerName(loc: number, width: number): string {
  if (loc < FIRST_VEC) return `${width === 8 ? "x" : "w"}${loc}`;
  return `${{ 1: "b", 2: "h", 4: "s", 8: "d" }[width] ?? "q"}${loc - FIRST_VEC}`;
}

/** Bytes that a load or store moves. */
const sizeAt = (name: string, size: number): number => {
  if (name === "ldrb" || name === "ldrsb") return 1;
  if (name === "ldrh" || name === "ldrsh") return 2;
  return name === "ldrsw" ? 4 : size;
};

const LOGICALS = [
  [1, 0], [255, 0], [0xff00, 0], [-2, -1], [0x55555555, 0x55555555], [0, 0x80000000 | 0],
  [-1, 0], [0x00ff00ff, 0x00ff00ff], [0x80000001 | 0, 0x80000001 | 0], [-1, 0x7fffffff],
  [0x0f0f0f0f, 0x0f0f0f0f], [0x3ffc, 0], [-16, 15],
] as const; // prettier-ignore
const ARITHS = [0, 1, 4095, -1, -4095, 4096, 0xfff000, -4096, -0xfff000];

const hex = (lo: number, hi: number): string =>
  `#0x${((BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0)).toString(16)}`;

/** A function of the one record and nothing else, with locations given by hand. */
class Case {
  readonly lir = new Lir();
  readonly locs: number[] = [];
  readonly name: string;
  readonly compare: string;
  readonly consumer: string;
  readonly size: number;
  readonly pickSize: number;
  readonly mode: number;
  readonly condition: number;
  readonly disp: number;
  readonly scale: number;
  readonly imms: number[];
  readonly op: number;
  private readonly at: number;

  constructor(op: number, size: number, mode: number, dice: Dice) {
    this.op = op;
    this.name = insts.names[op]!;
    [this.compare, this.consumer] = this.name.split(".") as [string, string];
    this.consumer ??= "";
    this.size = size;
    this.pickSize = dice.pick([4, 8]);
    this.mode = mode;
    this.condition = consumerOf(op) < 0 ? 0 : dice.pick(Object.values(COND));
    const log = 31 - Math.clz32(sizeAt(this.name, size));
    const isIndexed = mode === MODE.indexed || mode === MODE.rIndex;
    this.scale = isIndexed ? dice.pick([0, log > 3 ? 0 : log]) : 0;
    const near = [0, 1 << log, 4095 << log, -1, -256, 255];
    const inRecord = [0, 8, 248 << log].map((n) => n - DISTANCE);
    this.disp = isIndexed ? 0 : dice.pick(mode === MODE.r ? [...near, ...inRecord] : near);
    this.imms = this.drawImms(dice);
    this.at = this.append(dice);
  }

  private drawImms(dice: Dice): number[] {
    const bits = this.size * 8;
    const text = TEXT[this.compare]!;
    const names = insts.rows[this.op]![2].split(" ").filter((s) => s !== "" && s !== "code");
    if (text.endsWith("l")) {
      return [...dice.pick(LOGICALS.filter(([lo, hi]) => logicalField(lo, hi, this.size) >= 0))];
    }
    if (text.endsWith(" i")) return [dice.pick(ARITHS)];
    if (text.endsWith(" e")) return [dice.pick([2, 6])];
    if (text.endsWith(" h")) {
      const hasRor = /^(and|orr|eor)/.test(text);
      return [dice.below(bits) | (dice.below(hasRor ? 4 : 3) << 6)];
    }
    return names.map(() => dice.below(bits));
  }

  private append(dice: Dice): number {
    const { lir, op } = this;
    const facts = [...insts.fact.subarray(insts.first[op], insts.first[op + 1])];
    const isMemory = TEXT[this.compare]!.endsWith("M");
    if (isMemory) facts.pop();
    for (const fact of facts) this.locs.push(dice.pick(isVec(fact) ? VECS : INTS));
    if (isMemory || this.mode !== MODE.none) {
      for (let k = 0; k < addressOperands(this.mode); k++) this.locs.push(dice.pick(INTS));
    }
    facts.forEach((fact, k) => {
      if (isVec(fact)) this.locs[k]! += FIRST_VEC;
    });
    if (this.name === "bfm") this.locs[1] = this.locs[0]!;
    if (this.consumer === "vsel") this.locs[0] = this.locs[2]!;
    const vregs = this.locs.map((loc) => lir.newVreg(loc < FIRST_VEC ? CLASS.int : CLASS.float));
    expect(facts.some(isMade)).toBe(false);
    const imms = [...this.imms, ...(this.consumer === "trap" ? [3] : [])];
    if (this.mode !== MODE.none) imms.unshift(this.disp);
    const size = consumerOf(op) < 0 ? this.size : this.size | (this.pickSize << 4);
    const third = traits(0, this.mode | (this.scale << 3), this.condition, size);
    return newRecord(insts, lir, op, 5, third, vregs, vregs.length, imms, imms.length);
  }

  /** The words of the record. */
  encode(emitter: Emitter): number[] {
    const { lir } = this;
    lir.blockCount = 1;
    lir.edgeStart[1] = 0;
    lir.blockStart[0] = 0;
    newRecord(insts, lir, LIR.ret, 0, 0, [], 0, [0], 1);
    lir.blockStart[1] = lir.size;
    const locs = new Int32Array(lir.size);
    locs.set(this.locs, this.at + HEAD);
    const alloc: Allocation = {
      locs,
      edits: new Int32Array(4),
      editCount: 0,
      slots: 0,
      usedInts: 0,
      usedVecs: 0,
    };
    const blob = emitter.run(lir, alloc, { distance: DISTANCE });
    const view = new DataView(blob.bytes.buffer);
    const words: number[] = [];
    for (let at = 0; at < blob.codeSize; at += 4) words.push(view.getInt32(at, true));
    const ret = words.indexOf(0xd65f03c0 | 0);
    expect(ret, this.name).toBeGreaterThan(0);
    return words.slice(0, ret);
  }

  private address(): string {
    const n = addressOperands(this.mode);
    const regs = this.locs.slice(this.locs.length - n).map((loc) => registerName(loc, 8));
    if (this.mode === MODE.r || this.mode === MODE.rIndex) regs.unshift("x28");
    if (regs.length === 2) {
      return `[${regs.join(", ")}${this.scale === 0 ? "" : `, lsl #${this.scale}`}]`;
    }
    const isRecord = this.mode === MODE.r && this.disp < -1000;
    const [base, disp] = isRecord ? ["x27", this.disp + DISTANCE] : [regs[0]!, this.disp];
    return `[${base}, #${disp}]`;
  }

  private operand(k: number, size: number): string {
    const fact = insts.fact[insts.first[this.op]! + k]!;
    return registerName(this.locs[k]!, widthOf(fact) || size);
  }

  private imm(letter: string): string {
    const [n = 0, second = 0] = this.imms;
    if (letter === "l") return hex(n, this.size === 4 ? 0 : second);
    if (letter === "s") return `#${second}`;
    if (letter === "h") return `${["lsl", "lsr", "asr", "ror"][n >> 6]} #${n & 63}`;
    if (letter === "e") return n === 2 ? "uxtw" : "sxtw";
    return `#${n}`;
  }

  private spell(text: string, first: number, size: number): string {
    const [mnemonic, ...words] = text.split(" ");
    const operands = words.map((word) => {
      if (/^\d$/.test(word)) return this.operand(first + Number(word), size);
      if (word === "M") return this.address();
      if (word === "z") return size === 8 ? "xzr" : "wzr";
      return word.startsWith("#") ? word : this.imm(word);
    });
    const isUnscaled = words.includes("M") && this.isUnscaled();
    return `${isUnscaled ? unscaled(mnemonic!) : mnemonic} ${operands.join(", ")}`;
  }

  /** The displacement needs the form with nine bits. */
  private isUnscaled(): boolean {
    const size = sizeAt(this.name, this.size);
    const isRecord = this.mode === MODE.r && this.disp < -1000;
    const disp = isRecord ? this.disp + DISTANCE : this.disp;
    return disp < 0 || disp % size !== 0;
  }

  /** The lines of the record by the words of TEXT. */
  expected(): string[] {
    const first = consumerOf(this.op) < 0 ? 0 : CONSUMER_OPERANDS[consumerOf(this.op)]!;
    const base = TEXT[this.compare]!;
    const text = this.name.startsWith("str") ? sizedStore(base, this) : base;
    const lines = [this.spell(text, first, this.size)];
    if (this.consumer === "set") {
      lines.push(`cset ${this.operand(0, 4)}, ${COND_NAMES[this.condition]}`);
    } else if (this.consumer === "vsel") {
      const [d, x] = this.locs.map((loc) => `v${loc - FIRST_VEC}.16b`);
      lines.push(`csetm x16, ${COND_NAMES[this.condition]}`, "dup v31.2d, x16");
      lines.push(`bit ${d}, ${x}, v31.16b`);
    } else if (this.consumer !== "") {
      const pick = this.spell(PICKS[this.consumer]!, 0, this.pickSize);
      lines.push(`${pick}, ${COND_NAMES[this.condition]}`);
    }
    return lines;
  }
}

const unscaled = (mnemonic: string): string => mnemonic.replace(/^(ld|st)r/, "$1ur");

/** Stores of one and two bytes have names of their own. */
const sizedStore = (text: string, { size }: Case): string =>
  text.replace(/^str /, size === 1 ? "strb " : size === 2 ? "strh " : "str ");

function* casesOf(op: number, dice: Dice): Generator<Case> {
  const isMemory = TEXT[insts.names[op]!.split(".")[0]!]!.endsWith("M");
  const modes = isMemory ? [MODE.base, MODE.indexed, MODE.r, MODE.rIndex] : [MODE.none];
  for (const size of [1, 2, 4, 8, 16].filter((s) => (insts.sizes[op]! & s) !== 0)) {
    for (const mode of modes) for (let n = 0; n < 16; n++) yield new Case(op, size, mode, dice);
  }
}

const present = hasTool("llvm-mc");
if (!present) console.warn("llvm-mc is missing: encodings are not compared with an assembler");

describe("arm64 encodings", () => {
  it("has a text for every row that is one instruction", () => {
    for (const row of insts.rows) {
      if (row === undefined || row[4] === "" || row[4].startsWith("{")) continue;
      if (NEON.some(([name]) => name === row[0])) continue;
      expect(TEXT[row[0].split(".")[0]!], row[0]).toBeDefined();
    }
  });

  it.runIf(present)("encodes rows as the manual says", () => {
    const dice = new Dice();
    const emitter = new Emitter(arm64);
    const cases = Object.entries(INST).flatMap(([name, op]) => {
      const isBranch = name.endsWith(".j") || name.endsWith(".trap");
      return TEXT[name.split(".")[0]!] === undefined || isBranch ? [] : [...casesOf(op, dice)];
    });
    const texts = cases.map((c) => c.expected());
    const words = assemble(texts.flat());
    expect(words.length).toBe(texts.flat().length);
    let at = 0;
    cases.forEach((c, k) => {
      const right = words.slice(at, (at += texts[k]!.length)).map((w) => (w >>> 0).toString(16));
      const got = c.encode(emitter).map((w) => (w >>> 0).toString(16));
      expect(got, `${c.name} ${c.size}: ${texts[k]!.join("; ")}`).toEqual(right);
    });
    expect(cases.length).toBeGreaterThan(3000);
  });
});

describe("immediates", () => {
  it.runIf(present)("knows all logical immediates", () => {
    // Every run of ones in every element, rotated; the assembler takes them all.
    const found = new Set<number>();
    const values: [number, number][] = [];
    for (let e = 2; e <= 64; e *= 2) {
      for (let ones = 1; ones < e; ones++) {
        for (let turn = 0; turn < e; turn++) {
          const run = (1n << BigInt(ones)) - 1n;
          const all = (1n << BigInt(e)) - 1n;
          let x = ((run << BigInt(turn)) | (run >> BigInt(e - turn))) & all;
          for (let k = e; k < 64; k *= 2) x |= x << BigInt(k);
          values.push([Number(x & 0xffffffffn) | 0, Number(x >> 32n) | 0]);
        }
      }
    }
    const words = assemble(values.map(([lo, hi]) => `and x0, x0, ${hex(lo, hi)}`));
    values.forEach(([lo, hi], k) => {
      const field = logicalField(lo, hi, 8);
      expect(field, hex(lo, hi)).toBe((words[k]! >>> 10) & 0x1fff);
      found.add(field);
    });
    expect(found.size).toBe(5334);
    for (const [lo, hi] of [
      [0, 0],
      [-1, -1],
      [5, 0],
      [0x12345678, 0],
      [1, (1 << 30) | 1],
    ]) {
      expect(logicalField(lo!, hi!, 8)).toBe(-1);
    }
  });

  it.runIf(present)("knows all float immediates", () => {
    const texts: string[] = [];
    const fields: number[] = [];
    const view = new DataView(new ArrayBuffer(8));
    for (let exponent = -3; exponent <= 4; exponent++) {
      for (let mantissa = 16; mantissa < 32; mantissa++) {
        for (const sign of [1, -1]) {
          const x = (sign * mantissa * 2 ** exponent) / 16;
          view.setFloat64(0, x);
          fields.push(floatField(view.getInt32(4), view.getInt32(0), 8));
          view.setFloat32(0, x);
          fields.push(floatField(view.getInt32(0), 0, 4));
          texts.push(`fmov d0, #${x}`, `fmov s0, #${x}`);
        }
      }
    }
    assemble(texts).forEach((w, k) => expect(fields[k], texts[k]).toBe((w >>> 13) & 255));
    expect(texts.length).toBe(512);
    view.setFloat64(0, 0.1);
    expect(floatField(view.getInt32(4), view.getInt32(0), 8)).toBe(-1);
    expect(floatField(0, 0, 8)).toBe(-1);
    expect(floatField(0, 0, 4)).toBe(-1);
    view.setFloat64(0, 64);
    expect(floatField(view.getInt32(4), view.getInt32(0), 8)).toBe(-1);
  });

  it("knows arithmetic immediates", () => {
    for (const n of ARITHS) expect(isArith(n)).toBe(true);
    for (const n of [4097, -4097, 0x1000000, 0x1001000 + 1]) expect(isArith(n)).toBe(false);
  });
});
