// Instruction tables, the part that all targets share. A target's insts.ts lists its LIR-level
// instructions as rows; this file reads the rows' operand column, so that the record builder below,
// the printer, the encoder and the tests derive from the same text.
//
// Operands of a row, in the order of a record, defs first:
//
//   =r   def in a register          =@1  def tied to operand 1        =rax  def in this register
//   &r   def, written early         ~r   temporary, written early     -rax  a def nobody reads
//   r    use in a register          rax  use in this register         !     suffix: read to the end
//   r/s  use, register or spill slot
//   r/m  use, register or slot; with an address mode the address instead   m  address only
//   ...  any further operands, given as complete words
//
// r is a general register, x a vector register; a number behind it is the width that is read or
// written where it is not the record's size (r/m8, r64, m64). A r/m or m comes last, because a
// record's address operands do. Temporaries and unread defs get their vregs here: a caller passes
// the others.

import { bug } from "../src/support/errors.ts";
import { CLASS, CONSTRAINT, CROSSED, DEF, FIRST_TARGET_OP, HEAD, MODE, operand } from "./lir.ts";
import type { Lir } from "./lir.ts";

/**
 * A row: name, operands, names of the immediates (the displacement of an address comes before them
 * and is not listed), sizes in bytes it is made for, encoding (target's notation), CPU feature
 * bits.
 */
export type InstRow = readonly [
  name: string,
  operands: string,
  immediates: string,
  sizes: string,
  encoding: string,
  cpu?: number,
];

/** How an operand may be given; the low bits of a fact. */
export const GIVEN = { reg: 0, slot: 1, rm: 2, mem: 3 } as const;
// A fact about an operand:
//   bits 0-1 GIVEN   bit 2 vector register   bit 3 made here   bits 4-8 width, 0 = the size
export const givenOf = (fact: number): number => fact & 3;
export const isVec = (fact: number): boolean => (fact & 4) !== 0;
export const isMade = (fact: number): boolean => (fact & 8) !== 0;
export const widthOf = (fact: number): number => (fact >> 4) & 31;

/** What the rows say, by op number; the ops of lir.ts that every target has are included. */
export interface InstTable {
  readonly names: readonly string[];
  readonly rows: readonly (InstRow | undefined)[];
  /** Operands of op: first[op] .. first[op + 1) in `template` and `fact`. */
  readonly first: Int32Array;
  /** Operand words without their vreg. */
  readonly template: Int32Array;
  readonly fact: Int32Array;
  /** Number of immediates, the displacement not counted. */
  readonly imms: Uint8Array;
  /** Sum of the sizes allowed; 0 = the size says nothing. */
  readonly sizes: Uint8Array;
  /** 1 = takes complete operand words ("..."). */
  readonly open: Uint8Array;
  /** 1 = the last immediate says how many bytes of stack arguments a callee pops. */
  readonly pops: Uint8Array;
}

// prettier-ignore
const COMMON: readonly InstRow[] = [
  ["nop",   "",    "",      "", ""],
  ["entry", "...", "",      "", ""],
  ["arg",   "...", "at",    "", ""],
  ["jump",  "",    "",      "", ""],
  ["ret",   "...", "pop",   "", ""],
  ["put",   "...", "at",    "", ""],
  ["take",  "...", "at",    "", ""],
  ["give",  "...", "at",    "", ""],
  ["open",  "",    "bytes", "", ""],
  ["close", "",    "bytes", "", ""],
  ["trap",  "",    "code",  "", ""],
];

const OPERAND = /^([=&~-]?)(?:@(\d)|(r|x)(\/s|\/m)?(\d*)|(m)(\d*)|([a-z]+\d*))(!?)$/;

interface Operand {
  /** Its word without the vreg. */
  readonly template: number;
  readonly fact: number;
}

/** Number of a register by name: 0-31 general, 32-63 vector. */
export type RegisterNumber = (name: string) => number;

function readOperand(text: string, regs: RegisterNumber): Operand {
  const m = OPERAND.exec(text) ?? bug(`operand ${text}`);
  const [, mark, tie, klass, memory, regWidth, address, memWidth, fixed, late] = m;
  let flags = mark === "" ? 0 : DEF;
  if (mark === "&" || mark === "~" || late === "!") flags |= CROSSED;
  let fact = mark === "~" || mark === "-" ? 8 : 0;
  const width = regWidth ?? memWidth ?? "";
  if (width !== "") fact |= (Number(width) / 8) << 4;
  if (tie !== undefined) {
    return { template: operand(0, CONSTRAINT.tied, flags, Number(tie)), fact };
  }
  if (fixed !== undefined) {
    const n = regs(fixed);
    if (n >= 32) fact |= 4;
    return { template: operand(0, CONSTRAINT.fixed, flags, n & 31), fact };
  }
  const any = memory !== undefined;
  if (klass === "x") fact |= 4;
  if (address !== undefined) fact |= GIVEN.mem;
  else if (memory === "/m") fact |= GIVEN.rm;
  else if (any) fact |= GIVEN.slot;
  return { template: operand(0, any ? CONSTRAINT.any : CONSTRAINT.reg, flags, 0), fact };
}

/** Reads operands; rows have a few dozen different ones in all. */
function operandReader(regs: RegisterNumber): (text: string) => Operand {
  const known = new Map<string, Operand>();
  return (text) => {
    const found = known.get(text) ?? readOperand(text, regs);
    known.set(text, found);
    return found;
  };
}

/** Reads the rows; op FIRST_TARGET_OP + k is rows[k]. */
export function newTable(rows: readonly InstRow[], regs: RegisterNumber): InstTable {
  const all: (InstRow | undefined)[] = [...COMMON];
  rows.forEach((row, k) => (all[FIRST_TARGET_OP + k] = row));
  const count = all.length;
  const read = operandReader(regs);
  const operands: Operand[] = [];
  const first = new Int32Array(count + 1);
  const table = {
    names: Array.from(all, (row) => row?.[0] ?? ""),
    rows: all,
    first,
    imms: new Uint8Array(count),
    sizes: new Uint8Array(count),
    open: new Uint8Array(count),
    pops: new Uint8Array(count),
  };
  for (let op = 0; op < count; op++) {
    const [, listed = "", imms = "", sizes = ""] = all[op] ?? [];
    first[op] = operands.length;
    for (const text of words(listed)) {
      if (text === "...") table.open[op] = 1;
      else operands.push(read(text));
    }
    const named = words(imms);
    table.imms[op] = named.length;
    if (op >= FIRST_TARGET_OP && named.at(-1) === "pop") table.pops[op] = 1;
    for (const size of words(sizes)) table.sizes[op]! += Number(size);
  }
  first[count] = operands.length;
  const template = Int32Array.from(operands, (o) => o.template);
  return { ...table, template, fact: Int32Array.from(operands, (o) => o.fact) };
}

const words = (text: string): string[] => text.split(" ").filter((w) => w !== "");

/** Number of address operands of a mode: base, index, both or none. */
export const addressOperands = (mode: number): number =>
  mode === MODE.indexed
    ? 2
    : mode === MODE.base || mode === MODE.rIndex || mode === MODE.scaled
      ? 1
      : 0;

/** The third word of a record; `mode` is the whole byte. */
export const traits = (clobbers: number, mode: number, condition: number, size: number): number =>
  clobbers | (mode << 8) | (condition << 16) | (size << 24);

/** Size of a fused record: the compare's and that of the value its consumer picks. */
export const fusedSize = (compare: number, value: number): number => compare | (value << 4);

/**
 * Appends a record to `lir` and returns its word index. `vregs[0 .. vn)` are the vregs of the
 * operands that are not made here, in the row's order, the address operands last; for open rows
 * complete operand words come first. `imms[0 .. kn)` are the immediates, the displacement first if
 * there is a mode.
 */
export function newRecord(
  t: InstTable,
  lir: Lir,
  op: number,
  source: number,
  third: number,
  vregs: ArrayLike<number>,
  vn: number,
  imms: ArrayLike<number>,
  kn: number,
): number {
  lir.reserve(HEAD + vn + kn + 8);
  const at = lir.size;
  const code = lir.code;
  const address = addressOperands((third >>> 8) & 7);
  const plain = vn - address;
  let to = at + HEAD;
  let next = 0;
  if (t.open[op] !== 0) while (next < plain) code[to++] = vregs[next++]!;
  for (let k = t.first[op]!; k < t.first[op + 1]!; k++) {
    const fact = t.fact[k]!;
    if (isMade(fact)) {
      code[to++] = t.template[k]! | lir.newVreg(isVec(fact) ? CLASS.float : CLASS.int);
    } else if (givenOf(fact) === GIVEN.reg || givenOf(fact) === GIVEN.slot || next < plain) {
      code[to++] = t.template[k]! | vregs[next++]!;
    }
  }
  if (next !== plain) bug(`${t.names[op]}: ${vn} operands given`);
  // What is read to the end as a whole is so in its parts.
  const late = t.first[op + 1]! > t.first[op]! ? t.template[t.first[op + 1]! - 1]! & CROSSED : 0;
  while (next < vn) code[to++] = operand(vregs[next++]!, CONSTRAINT.reg, late, 0);
  const operands = to - at - HEAD;
  for (let k = 0; k < kn; k++) code[to++] = imms[k]!;
  code[at] = op | (operands << 16) | (kn << 24);
  code[at + 1] = source;
  code[at + 2] = third;
  lir.size = to;
  return at;
}
