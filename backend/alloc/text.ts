// LIR as text, with or without an allocation. One record per line:
//
//   block3(v7, v9:f) depth 1, loop 3, cold:
//     rax <- slot2                                edits, as they run
//     v12, v13! = add32 v7=, v9, [4]              defs = op uses, [immediates]
//     -> block4(v12), block5($0, v9)              edges; $k is constant k
//
// Marks of an operand: `!` crossed, `=k` a def tied to operand k, `:rax` fixed, `?` any. With an
// allocation each operand is followed by `@` and its location.

import { EDIT, FIRST_SLOT, FIRST_TARGET_OP, FIRST_VEC, HEAD, LIR } from "../lir.ts";
import {
  CLASS,
  CONSTRAINT,
  clobbersOf,
  conditionOf,
  constraintOf,
  immsOf,
  isCrossed,
} from "../lir.ts";
import { isDef, modeOf, numberOf, opOf, operandsOf, scaleOf, sizeOf, vregOf } from "../lir.ts";
import type { Allocation, Lir, Registers } from "../lir.ts";

/** Names a target's own record; asked for ops from FIRST_TARGET_OP on. */
export type OpName = (op: number) => string;

const common = Object.entries(LIR);
const CLASS_MARK = ["", ":f", ":w"];
const MODE_NAMES = ["", "base", "indexed", "r", "rindex", "pool", "scaled"];

const plainName: OpName = (op) => `op${op}`;

function nameOf(op: number, opName: OpName): string {
  if (op >= FIRST_TARGET_OP) return opName(op);
  return common.find(([, n]) => n === op)?.[0] ?? `op${op}`;
}

/** Name of a location: a register, `slotN`, or `$k` for constant k. */
export function locName(loc: number, registers: Registers): string {
  if (loc < 0) return `$${-1 - loc}`;
  if (loc >= FIRST_SLOT) return `slot${loc - FIRST_SLOT}`;
  if (loc >= FIRST_VEC) return registers.vecNames[loc - FIRST_VEC] ?? `vec${loc - FIRST_VEC}`;
  return registers.intNames[loc] ?? `int${loc}`;
}

const vregName = (v: number): string => (v < 0 ? `$${-1 - v}` : `v${v}`);

class Printer {
  private readonly lir: Lir;
  private readonly registers: Registers;
  private readonly opName: OpName;
  private readonly alloc: Allocation | undefined;
  private readonly lines: string[] = [];
  private edit = 0;

  constructor(lir: Lir, registers: Registers, opName: OpName, alloc: Allocation | undefined) {
    this.lir = lir;
    this.registers = registers;
    this.opName = opName;
    this.alloc = alloc;
  }

  print(): string {
    for (let b = 0; b < this.lir.blockCount; b++) this.block(b);
    return this.lines.join("\n") + "\n";
  }

  private block(b: number): void {
    const { lir, lines } = this;
    const params = [...lir.params.subarray(lir.paramStart[b], lir.paramStart[b + 1])];
    const names = params.map((p) => `v${p}${CLASS_MARK[lir.vregClass[p]!]}`).join(", ");
    const notes: string[] = [];
    if (lir.loopDepth[b] !== 0) notes.push(`depth ${lir.loopDepth[b]}`);
    if (lir.loopHeader[b]! >= 0) notes.push(`loop ${lir.loopHeader[b]}`);
    if (lir.cold[b] !== 0) notes.push("cold");
    lines.push(`block${b}(${names})${notes.length > 0 ? " " + notes.join(", ") : ""}:`);
    for (let w = lir.blockStart[b]!; w < lir.blockStart[b + 1]!;) {
      this.edits(w);
      lines.push("  " + this.record(w));
      w += HEAD + operandsOf(lir.code[w]!) + immsOf(lir.code[w]!);
    }
    const edges: string[] = [];
    for (let e = lir.edgeStart[b]!; e < lir.edgeStart[b + 1]!; e++) {
      const args = [...lir.args.subarray(lir.argStart[e], lir.argStart[e + 1])];
      edges.push(`block${lir.edgeTarget[e]}(${args.map(vregName).join(", ")})`);
    }
    if (edges.length > 0) lines.push("  -> " + edges.join(", "));
  }

  private edits(w: number): void {
    const { alloc } = this;
    if (alloc === undefined) return;
    for (; this.edit < alloc.editCount && alloc.edits[this.edit * 4]! <= w; this.edit++) {
      const [, kind, from, to] = alloc.edits.subarray(this.edit * 4, this.edit * 4 + 4);
      const arrow = kind === EDIT.swap ? "<->" : "<-" + CLASS_MARK[kind!]!.replace(":", "");
      this.lines.push(`    ${this.loc(to!)} ${arrow} ${this.loc(from!)}`);
    }
  }

  private loc(loc: number): string {
    return locName(loc, this.registers);
  }

  private record(w: number): string {
    const code = this.lir.code;
    const top = w + HEAD + operandsOf(code[w]!);
    const defs: string[] = [];
    const uses: string[] = [];
    for (let k = w + HEAD; k < top; k++) {
      (isDef(code[k]!) ? defs : uses).push(this.operand(k));
    }
    const imms = [...code.subarray(top, top + immsOf(code[w]!))];
    if (imms.length > 0) uses.push(`[${imms.join(" ")}]`);
    const name = nameOf(opOf(code[w]!), this.opName) + this.suffix(code[w + 2]!);
    return `${defs.length > 0 ? defs.join(", ") + " = " : ""}${name} ${uses.join(", ")}`.trimEnd();
  }

  private suffix(w: number): string {
    let text = sizeOf(w) !== 0 ? `.${sizeOf(w)}` : "";
    if (conditionOf(w) !== 0) text += `.c${conditionOf(w)}`;
    if (modeOf(w) !== 0) text += `.${MODE_NAMES[modeOf(w)]}${scaleOf(w) > 0 ? scaleOf(w) : ""}`;
    return clobbersOf(w) !== 0 ? `${text}~${clobbersOf(w)}` : text;
  }

  private operand(k: number): string {
    const o = this.lir.code[k]!;
    const c = constraintOf(o);
    const v = vregOf(o);
    let text = `v${v}${isDef(o) ? CLASS_MARK[this.lir.vregClass[v]!] : ""}`;
    if (c === CONSTRAINT.any) text += "?";
    if (c === CONSTRAINT.tied) text += `=${numberOf(o)}`;
    if (c === CONSTRAINT.fixed) {
      const file = this.lir.vregClass[v] === CLASS.int ? 0 : FIRST_VEC;
      text += `:${this.loc(file + numberOf(o))}`;
    }
    if (isCrossed(o)) text += "!";
    return this.alloc === undefined ? text : `${text}@${this.loc(this.alloc.locs[k]!)}`;
  }
}

/** Prints a function; with its allocation, if there is one. */
export function printLir(
  lir: Lir,
  registers: Registers,
  opName: OpName = plainName,
  alloc?: Allocation,
): string {
  return new Printer(lir, registers, opName, alloc).print();
}
