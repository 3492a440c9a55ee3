// Every row that is one instruction, in all sizes, address modes and displacement lengths and with
// the registers that need care (rsp-, rbp-like, byte registers, r8 and up), against the system's
// disassembler. What to expect is spelled here once more, in the words of the manual: a mnemonic
// and operands.

import { describe, expect, it } from "vitest";
import { disassemble, hasTool } from "../../tools/machine.ts";
import { F32, F64, V128 } from "../../src/ir/types.ts";
import { Emitter } from "../emit.ts";
import { CONSTRAINT, FIRST_SLOT, FIRST_VEC, HEAD, LIR, Lir, MODE } from "../lir.ts";
import { constraintOf, numberOf } from "../lir.ts";
import type { Allocation } from "../lir.ts";
import { GIVEN, addressOperands, givenOf, isMade, isVec, newRecord } from "../shape.ts";
import { traits, widthOf } from "../shape.ts";
import { COND, COND_NAMES, INST, consumerOf, insts } from "./insts.ts";
import type { InstName } from "./insts.ts";
import { PAIRED, RELATION } from "./packed.ts";
import { amd64 } from "./target.ts";

// Operands: a number is the record's operand, rm the one that may be memory (rd: as a register of
// 32 bits), i the immediate, b the immediate as a byte, r an operand of the record in a cvtsi.
// prettier-ignore
const PLAIN: Readonly<Record<string, string>> = {
  mov: "mov 0 rm", movzx8: "movzx 0 rm", movzx16: "movzx 0 rm", movsx8: "movsx 0 rm",
  movsx16: "movsx 0 rm", movsx32: "movsxd 0 rm", store: "mov rm 0", storei: "mov rm i",
  add: "add 0 rm", sub: "sub 0 rm", and: "and 0 rm", or: "or 0 rm", xor: "xor 0 rm",
  imul: "imul 0 rm", addi: "add 0 i", subi: "sub 0 i", andi: "and 0 i", ori: "or 0 i",
  xori: "xor 0 i", imuli: "imul 0 rm i",
  neg: "neg 0", not: "not 0", shl: "shl 0 cl", shr: "shr 0 cl",
  sar: "sar 0 cl", rol: "rol 0 cl", ror: "ror 0 cl", shli: "shl 0 b", shri: "shr 0 b",
  sari: "sar 0 b", roli: "rol 0 b", rori: "ror 0 b", shlx: "shlx 0 rm 1", shrx: "shrx 0 rm 1",
  sarx: "sarx 0 rm 1", rorx: "rorx 0 rm b", andn: "andn 0 1 rm", mulhs: "imul rm", mulhu: "mul rm",
  lzcnt: "lzcnt 0 rm", tzcnt: "tzcnt 0 rm", popcnt: "popcnt 0 rm", fload: "mov$s 0 rm",
  fstore: "mov$s rm 0", fadd: "add$s 0 rm", fsub: "sub$s 0 rm", fmul: "mul$s 0 rm",
  fdiv: "div$s 0 rm", mins: "min$s 0 rm", maxs: "max$s 0 rm",
  vadd: "vadd$s 0 1 rm", vsub: "vsub$s 0 1 rm", vmul: "vmul$s 0 1 rm",
  vdiv: "vdiv$s 0 1 rm", fsqrt: "sqrt$s 0 rm", promote: "cvtss2sd 0 rm", demote: "cvtsd2ss 0 rm",
  movix: "mov$q 0 rm", cvtsi32: "cvtsi2$s 0 rm", cvtsi64: "cvtsi2$s 0 rm",
  cvtui32: "cvtsi2$s 0 rm", cmp: "cmp 0 rm", cmpi: "cmp rm i", cmpm: "cmp rm 0", cmpmi: "cmp rm i",
  test: "test rm 0", testi: "test rm i", testmi: "test rm i", bt: "bt 0 1", bti: "bt 0 b",
  ucomis: "ucomi$s 0 rm", ptest: "ptest 0 rm", load128: "movups 0 rm", store128: "movups rm 0",
  movhpst: "movhps rm 0", pblendvb: "pblendvb 0 rm xmm0", vpblendvb: "vpblendvb 0 1 rm 2",
  vpcmpgtq: "vpcmpgtq 0 1 rm", vbroadcastss: "vbroadcastss 0 rm",
  vpbroadcastb: "vpbroadcastb 0 rm", vpbroadcastw: "vpbroadcastw 0 rm",
  vpbroadcastd: "vpbroadcastd 0 rm", vpbroadcastq: "vpbroadcastq 0 rm",
};

// The packed rows whose text is not the row's name with its operands: mnemonic, operands by rows.
// prettier-ignore
const PACKED: Readonly<Record<string, string>> = {
  pinsrb: "pinsrb 0 rd b", pinsrw: "pinsrw 0 rd b", pinsr: "pinsr$q 0 rm b",
  pextrb: "pextrb 0 1 b", pextrw: "pextrw 0 1 b", pextr: "pextr$q 0 1 b",
  pextrbm: "pextrb rm 0 b", pextrwm: "pextrw rm 0 b", pextrm: "pextr$q rm 0 b",
  movlpm: "movlps 0 rm", movhpm: "movhps 0 rm", cmpp: "cmp$r$p 0 rm",
};

/** What a row of packed.ts is called: a p at the end is ps or pd, an i a shift by an immediate. */
function packedText([name, , imms]: (typeof PAIRED)[number]): string {
  const known = PACKED[name];
  if (known !== undefined) return known;
  const shift = /^(ps[lr][la]\w+)i$/.exec(name);
  if (shift !== null) return `${shift[1]} 0 b`;
  const isSized = /^(add|sub|mul|div|min|max|sqrt|movmsk)p$/.test(name);
  return `${isSized ? `${name.slice(0, -1)}$p` : name} 0 rm${imms === "" ? "" : " b"}`;
}

/** With AVX the operand that would be overwritten stands for itself. */
function avxText(row: (typeof PAIRED)[number]): string {
  const text = `v${packedText(row)}`;
  return row[1].startsWith("=@1") ? text.replace(" 0", " 0 1") : text;
}

const TEXT: Readonly<Record<string, string>> = {
  ...PLAIN,
  ...Object.fromEntries(PAIRED.map((row) => [row[0], packedText(row)])),
  ...Object.fromEntries(PAIRED.map((row) => [`v${row[0]}`, avxText(row)])),
};

const NAMES8 = "al cl dl bl spl bpl sil dil r8b r9b r10b r11b r12b r13b r14b r15b".split(" ");
const NAMES16 = "ax cx dx bx sp bp si di".split(" ");
const NAMES32 = "eax ecx edx ebx esp ebp esi edi".split(" ");

function registerName(loc: number, width: number): string {
  if (loc >= FIRST_VEC) return amd64.registers.vecNames[loc - FIRST_VEC]!;
  if (width === 1) return NAMES8[loc]!;
  if (width === 8) return amd64.registers.intNames[loc]!;
  if (loc >= 8) return `r${loc}${width === 4 ? "d" : "w"}`;
  return (width === 4 ? NAMES32 : NAMES16)[loc]!;
}

const POINTERS: Readonly<Record<number, string>> = {
  1: "byte",
  2: "word",
  4: "dword",
  8: "qword",
  16: "xmmword",
};
/** Relations of cmpp: its immediate is one of them. */
const RELATIONS = ["eq", "lt", "le", "unord", "neq", "nlt"];

class Dice {
  private state = 1;
  pick<T>(from: readonly T[]): T {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return from[(this.state >>> 8) % from.length]!;
  }
}

const INTS = [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];
const VECS = [0, 3, 7, 8, 14].map((n) => FIRST_VEC + n);
const DISPS = [0, 1, 8, 127, -128, 128, -129, 4096, -1048576, 0x7fffffff, -0x80000000];
const IMMS: Readonly<Record<number, readonly number[]>> = {
  0: [0, 1, 7, 15, 0x4e, 0x80, 0xe4, 0xff],
  1: [0, 1, -1, 127, -128],
  2: [0, 1, -1, 127, -128, 128, 300, -300],
  4: [1, -1, 127, -128, 128, 1000000, -1000000],
  8: [1, -1, 127, -128, 128, 1000000, -1000000],
};

/** A function of the one record and nothing else, with locations given by hand. */
class Case {
  readonly lir = new Lir();
  readonly locs: number[] = [];
  readonly name: string;
  readonly size: number;
  readonly mode: number;
  readonly condition: number;
  readonly disp: number;
  readonly imm: number;
  readonly scale: number;
  private readonly at: number;

  constructor(op: number, size: number, mode: number, condition: number, dice: Dice) {
    this.name = insts.names[op]!;
    this.size = size;
    this.mode = mode;
    this.condition = condition;
    this.disp = dice.pick(DISPS);
    const isRelation = /cmpp$/.test(this.name);
    this.imm = dice.pick(isRelation ? Object.values(RELATION) : (IMMS[size] ?? [1]));
    this.scale = mode === MODE.indexed || mode === MODE.rIndex ? dice.pick([0, 1, 2, 3]) : 0;
    const { lir } = this;
    const vregs: number[] = [];
    let tokens = insts.first[op + 1]! - insts.first[op]!;
    const last = insts.fact[insts.first[op + 1]! - 1]!;
    const isMemory =
      mode !== MODE.none && (givenOf(last) === GIVEN.rm || givenOf(last) === GIVEN.mem);
    if (isMemory) tokens--;
    for (let k = 0; k < tokens; k++) {
      const fact = insts.fact[insts.first[op]! + k]!;
      if (!isMade(fact)) vregs.push(lir.newVreg(isVec(fact) ? 1 : 0));
    }
    for (let k = 0; k < addressOperands(mode); k++) vregs.push(lir.newVreg(0));
    const names = insts.rows[op]![2].split(" ").filter((s) => s !== "");
    const imms = names.map((name) => (name === "code" ? 3 : this.imm));
    const type = this.widthOf(op, tokens) === 16 ? V128 : size === 8 ? F64 : F32;
    if (mode === MODE.pool) imms.unshift(lir.newConst(type, 7, 9, 0, 0));
    else if (mode !== MODE.none) imms.unshift(this.disp);
    const third = traits(0, mode | (this.scale << 3), condition, size);
    this.at = newRecord(insts, lir, op, 5, third, vregs, vregs.length, imms, imms.length);
    this.locate(op, tokens, tokens + addressOperands(mode), dice);
  }

  /** Bytes that operand `k` has by its row. */
  private widthOf(op: number, k: number): number {
    return widthOf(insts.fact[insts.first[op]! + k] ?? 0) || this.size;
  }

  private locate(op: number, tokens: number, count: number, dice: Dice): void {
    for (let k = 0; k < count; k++) {
      const word = this.lir.code[this.at + HEAD + k]!;
      const fact = k < tokens ? insts.fact[insts.first[op]! + k]! : 0;
      const constraint = constraintOf(word);
      if (constraint === CONSTRAINT.fixed) this.locs.push(numberOf(word));
      else if (constraint === CONSTRAINT.any && dice.pick([0, 0, 1]) === 1) {
        this.locs.push(FIRST_SLOT + dice.pick([0, 1, 15, 16, 17, 100]));
      } else this.locs.push(dice.pick(isVec(fact) ? VECS : INTS));
    }
    for (let k = 0; k < count; k++) {
      const word = this.lir.code[this.at + HEAD + k]!;
      if (constraintOf(word) === CONSTRAINT.tied) this.locs[k] = this.locs[numberOf(word)]!;
    }
  }

  /** Bytes of the record; what follows it is cut off. */
  encode(emitter: Emitter): Uint8Array {
    const { lir } = this;
    const none: number[] = [];
    lir.blockStart[0] = 0;
    lir.blockCount = 1;
    lir.edgeStart[1] = 0;
    newRecord(insts, lir, LIR.ret, 0, 0, none, 0, [0], 1);
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
    const blob = emitter.run(lir, alloc, { distance: 4096 });
    return blob.bytes.subarray(0, retAt(blob.bytes, blob.codeSize));
  }

  private address(): string {
    const parts: string[] = [];
    const n = addressOperands(this.mode);
    const regs = this.locs.slice(this.locs.length - n).map((loc) => registerName(loc, 8));
    if (this.mode === MODE.r || this.mode === MODE.rIndex) regs.unshift("r15");
    let index = regs[1];
    let base = regs[0]!;
    const isOdd = (r: string): boolean => r === "rbp" || r === "r13";
    if (
      index !== undefined &&
      this.scale === 0 &&
      this.disp === 0 &&
      isOdd(base) &&
      !isOdd(index)
    ) {
      [base, index] = [index, base];
    }
    parts.push(base);
    if (index !== undefined) parts.push(this.scale === 0 ? index : `${1 << this.scale}*${index}`);
    const disp = this.disp === 0 ? "" : ` ${this.disp < 0 ? "-" : "+"} ${Math.abs(this.disp)}`;
    return `[${parts.join(" + ")}${disp}]`;
  }

  private memory(width: number, address: string): string {
    return `${POINTERS[width]} ptr ${address}`;
  }

  private operand(k: number, op: number): string {
    const width = this.widthOf(op, k);
    const loc = this.locs[k]!;
    if (loc < FIRST_SLOT) return registerName(loc, width);
    const at = (loc - FIRST_SLOT) * 8;
    return this.memory(width, at === 0 ? "[rsp]" : `[rsp + ${at}]`);
  }

  /** The text of the instruction by the words of TEXT. */
  expected(op: number): string {
    const compare = this.name.split(".")[0]!;
    const first = consumerOf(op) < 0 ? 0 : [0, 1, 3, 3, 0][consumerOf(op)]!;
    const [mnemonic, ...words] = TEXT[compare]!.split(" ");
    const count = insts.first[op + 1]! - insts.first[op]!;
    let rm = count - 1;
    for (let k = first; k < count; k++) {
      if (givenOf(insts.fact[insts.first[op]! + k]!) !== GIVEN.reg) rm = k;
    }
    const width = this.widthOf(op, rm);
    const texts = words.map((word) => {
      if (word === "i") return String(this.imm);
      if (word === "b") return String(this.imm & 255);
      if (word === "cl" || word === "xmm0") return word;
      if (word === "rd" && this.mode === MODE.none && this.locs[rm]! < FIRST_SLOT) {
        return registerName(this.locs[rm]!, 4);
      }
      if (word !== "rm" && word !== "rd") return this.operand(first + Number(word), op);
      if (this.mode === MODE.none) return this.operand(rm, op);
      return this.memory(width, this.mode === MODE.pool ? "[pool]" : this.address());
    });
    const spelled = mnemonic!
      .replace("$s", this.size === 8 ? "sd" : "ss")
      .replace("$p", this.size === 8 ? "pd" : "ps")
      .replace("$r", RELATIONS[this.imm] ?? "")
      .replace("$q", this.size === 8 ? "q" : "d");
    return `${spelled} ${texts.join(", ")}`;
  }
}

/** Where the `ret` stands that only calls of trap stubs (e8 and four zeros) and int3 follow. */
function retAt(bytes: Uint8Array, codeSize: number): number {
  let end = codeSize;
  if (bytes[end - 1] === 0xcc) end--;
  while (end >= 6 && bytes[end - 5] === 0xe8 && bytes[end - 1] === 0 && bytes[end - 6] !== 0xc3)
    end -= 5;
  if (bytes[end - 5] === 0xe8 && bytes[end - 6] === 0xc3) end -= 5;
  return end - 1;
}

/** One spelling for both sides: immediates unsigned, one name for the pool. */
function normal(text: string, size: number): string {
  return text
    .replace(/\[rip [+-] \d+\]|\[rip\]/, "[pool]")
    .replace(/, (-?\d+)$/, (_, digits) => `, ${BigInt.asUintN(size * 8, BigInt(digits))}`);
}

function* casesOf(op: number, dice: Dice): Generator<Case> {
  const consumer = consumerOf(op);
  const last = insts.fact[insts.first[op + 1]! - 1]!;
  const memory = [MODE.base, MODE.indexed, MODE.r, MODE.rIndex, MODE.pool];
  const modes = givenOf(last) === GIVEN.rm ? [MODE.none, ...memory] : [MODE.none];
  const given = givenOf(last) === GIVEN.mem ? memory : modes;
  const conditions = consumer < 0 ? [0] : [COND.e, COND.b, COND.g];
  const sizes = [1, 2, 4, 8].filter((s) => (insts.sizes[op]! & s) !== 0);
  for (const size of sizes.length === 0 ? [0] : sizes) {
    for (const mode of given) {
      for (const condition of conditions) {
        for (let n = 0; n < (mode === MODE.pool ? 2 : 12); n++) {
          yield new Case(op, size, mode, condition, dice);
        }
      }
    }
  }
}

const present = hasTool("llvm-mc");
if (!present) console.warn("llvm-mc is missing: encodings are not compared with a disassembler");

describe("amd64 encodings", () => {
  it("has a text for every row that is one instruction", () => {
    for (const row of insts.rows) {
      if (row === undefined || row[4] === "" || /^\{(?!merge)/.test(row[4])) continue;
      expect(TEXT[row[0].split(".")[0]!], row[0]).toBeDefined();
    }
  });

  it.runIf(present)("encodes plain rows as the manual says", { timeout: 60_000 }, () => {
    const dice = new Dice();
    const emitter = new Emitter(amd64);
    const cases: { op: number; c: Case }[] = [];
    for (const [name, op] of Object.entries(INST) as [InstName, number][]) {
      if (TEXT[name] === undefined || consumerOf(op) >= 0) continue;
      for (const c of casesOf(op, dice)) cases.push({ op, c });
    }
    const texts = disassemble(cases.map(({ c }) => c.encode(emitter)));
    expect(texts.length).toBe(cases.length);
    cases.forEach(({ op, c }, k) => {
      const lines = texts[k]!.map((line) => normal(line, c.size));
      if (lines.length === 2 && /^xorps/.test(lines[0]!)) lines.shift();
      expect(lines, `${c.name} ${c.size} mode ${c.mode} locs ${c.locs}`).toEqual([
        normal(c.expected(op), c.size),
      ]);
    });
    expect(cases.length).toBeGreaterThan(5000);
  });

  it.runIf(present)("encodes fused rows", { timeout: 60_000 }, () => {
    const dice = new Dice();
    const emitter = new Emitter(amd64);
    const cases: { op: number; c: Case }[] = [];
    for (const [name, op] of Object.entries(INST) as [InstName, number][]) {
      if (consumerOf(op) !== 4 && consumerOf(op) !== 1) continue;
      if (TEXT[name.split(".")[0]!] === undefined) continue;
      for (const c of casesOf(op, dice)) cases.push({ op, c });
    }
    const texts = disassemble(cases.map(({ c }) => c.encode(emitter)));
    cases.forEach(({ op, c }, k) => {
      const lines = texts[k]!.map((line) => normal(line, c.size));
      const what = `${c.name} ${c.size} mode ${c.mode} locs ${c.locs}`;
      const condition = COND_NAMES[c.condition]!;
      if (consumerOf(op) === 4) {
        expect(lines.pop(), what).toMatch(new RegExp(`^j${condition} `));
      } else {
        const d = registerName(c.locs[0]!, 1);
        const clears = /^xor (\w+), \1$/.test(lines[0]!);
        if (clears) lines.shift();
        else expect(lines.pop(), what).toBe(`movzx ${registerName(c.locs[0]!, 4)}, ${d}`);
        expect(lines.pop(), what).toBe(`set${condition} ${d}`);
      }
      const [line] = lines;
      expect(lines.length, what).toBe(1);
      const expected = normal(c.expected(op), c.size);
      // A test with a small immediate looks at the low byte, a comparison with 0 is a test.
      if (/^testi/.test(c.name) && c.imm >= 0 && c.imm < 128) expect(line, what).toMatch(/^test /);
      else expect(line, what).toBe(expected);
    });
  });
});
