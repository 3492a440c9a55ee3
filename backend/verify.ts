// Checks a Lir against the laws of lir.ts and the rows of a target's instruction table. In: a Lir
// that nobody has allocated yet. Out: nothing, or a Bug that names the law, the block and the
// record.
//
//  1. Records fill the blocks without gaps. Operands, immediates, address mode and size are those
//     of the op's row: constraints, definitions and crossings from its template, classes from its
//     facts.
//  2. A block ends with its only control record, which has as many edges as it needs.
//  3. Every vreg has one definition, which dominates all its uses; classes agree.
//  4. An edge brings one argument of the right class per parameter. If its block has others, it has
//     no arguments or leads to a block with no other predecessor. Nothing leads to the entry.
//  5. A tied definition names a use of its record, of its class.
//  6. The header of a loop is its own header and stands first; the blocks of a loop that are not
//     cold stand together. Every block is reached in the order, except over edges back to a header.

import { bug } from "../src/support/errors.ts";
import { CLASS, CONSTRAINT, FIRST_TARGET_OP, HEAD, LIR, MODE, clobbersOf } from "./lir.ts";
import { constraintOf, immsOf, isCrossed, isDef, modeOf, numberOf, opOf } from "./lir.ts";
import { operandsOf, recordSize, sizeOf, vregOf } from "./lir.ts";
import type { Lir, Registers, Vreg } from "./lir.ts";
import { GIVEN, addressOperands, givenOf, isVec, widthOf } from "./shape.ts";
import type { InstTable } from "./shape.ts";
import { classOfType } from "./signature.ts";

/** Edges that a control record has; -1 = any number from 1 on; undefined = no control record. */
function edgesNeeded(table: InstTable, op: number): number | undefined {
  if (op === LIR.jump) return 1;
  if (op === LIR.ret || op === LIR.trap) return 0;
  const name = table.names[op] ?? "";
  if (name.endsWith(".j")) return 2;
  return name === "switch" ? -1 : undefined;
}

class Verifier {
  private readonly lir: Lir;
  private readonly table: InstTable;
  private readonly registers: Registers;
  private block = 0;
  private at = 0;
  /** Block and position (-1 = parameter) of each vreg's definition. */
  private readonly defBlock: Int32Array;
  private readonly defAt: Int32Array;
  private idom = new Int32Array(0);
  private preds: number[][] = [];

  constructor(lir: Lir, table: InstTable, registers: Registers) {
    this.lir = lir;
    this.table = table;
    this.registers = registers;
    this.defBlock = new Int32Array(lir.vregCount).fill(-1);
    this.defAt = new Int32Array(lir.vregCount);
  }

  run(): void {
    this.checkEdges();
    this.findDominators();
    for (let b = 0; b < this.lir.blockCount; b++) this.checkBlock(b);
    for (let b = 0; b < this.lir.blockCount; b++) this.checkUses(b);
    this.checkLoops();
  }

  private fail(what: string): never {
    const name = this.table.names[opOf(this.lir.code[this.at]!)] ?? "";
    return bug(`verify lir: block ${this.block}, record ${this.at} (${name}): ${what}`);
  }

  // Edges and dominators --------------------------------------------------------------------------

  private checkEdges(): void {
    const { lir } = this;
    this.preds = Array.from({ length: lir.blockCount }, () => []);
    for (let b = 0; b < lir.blockCount; b++) {
      for (let e = lir.edgeStart[b]!; e < lir.edgeStart[b + 1]!; e++) {
        const target = lir.edgeTarget[e]!;
        if (target <= 0 || target >= lir.blockCount) this.fail(`edge to block ${target}`);
        this.preds[target]!.push(b);
      }
    }
    for (let b = 0; b < lir.blockCount; b++) {
      this.block = b;
      this.at = lir.blockStart[b]!;
      const count = lir.edgeStart[b + 1]! - lir.edgeStart[b]!;
      for (let e = lir.edgeStart[b]!; e < lir.edgeStart[b + 1]!; e++) this.checkEdge(e, count);
      if (b > 0 && this.preds[b]!.length === 0) this.fail("no way leads here");
    }
    if (lir.paramStart[1] !== lir.paramStart[0]) this.fail("the entry has parameters");
  }

  private checkEdge(e: number, siblings: number): void {
    const { lir } = this;
    const target = lir.edgeTarget[e]!;
    const first = lir.argStart[e]!;
    const count = lir.argStart[e + 1]! - first;
    const params = lir.paramStart[target + 1]! - lir.paramStart[target]!;
    if (count !== params) this.fail(`${count} arguments for ${params} parameters`);
    if (count > 0 && siblings > 1 && this.preds[target]!.length > 1) this.fail("critical edge");
    for (let k = 0; k < count; k++) {
      const arg = lir.args[first + k]!;
      const param = lir.params[lir.paramStart[target]! + k]!;
      const klass = arg < 0 ? classOfType(lir.constType[-1 - arg]!) : lir.vregClass[arg]!;
      if (arg < 0 && -1 - arg >= lir.constCount) this.fail(`no constant ${-1 - arg}`);
      if (klass !== lir.vregClass[param]) this.fail(`argument ${k} is of another class`);
    }
  }

  private findDominators(): void {
    const { lir, preds } = this;
    const n = lir.blockCount;
    this.idom = new Int32Array(n).fill(-1);
    this.idom[0] = 0;
    for (let changed = true; changed;) {
      changed = false;
      for (let b = 1; b < n; b++) {
        let best = -1;
        for (const p of preds[b]!) {
          if (this.idom[p] === -1) continue;
          best = best === -1 ? p : this.join(best, p);
        }
        if (best === -1 || best === this.idom[b]) continue;
        this.idom[b] = best;
        changed = true;
      }
    }
  }

  /** Common dominator; a dominator has a lower number than what it dominates. */
  private join(a: number, b: number): number {
    let x = a;
    let y = b;
    while (x !== y) {
      if (x > y) x = this.idom[x]!;
      else y = this.idom[y]!;
    }
    return x;
  }

  private dominates(a: number, b: number): boolean {
    let x = b;
    while (x > a) x = this.idom[x]!;
    return x === a;
  }

  // Records ---------------------------------------------------------------------------------------

  private define(v: Vreg, b: number, at: number): void {
    if (v <= 0 || v >= this.lir.vregCount) this.fail(`v${v} does not exist`);
    if (this.defBlock[v] !== -1) this.fail(`v${v} is defined twice`);
    this.defBlock[v] = b;
    this.defAt[v] = at;
  }

  private checkBlock(b: number): void {
    const { lir } = this;
    this.block = b;
    this.at = lir.blockStart[b]!;
    if (b > 0) {
      for (let k = lir.paramStart[b]!; k < lir.paramStart[b + 1]!; k++) {
        this.define(lir.params[k]!, b, -1);
      }
    }
    const end = lir.blockStart[b + 1]!;
    const edges = lir.edgeStart[b + 1]! - lir.edgeStart[b]!;
    if (this.at >= end) this.fail("empty block");
    for (let r = this.at; r < end;) {
      this.at = r;
      const next = r + recordSize(lir.code[r]!);
      if (next > end) this.fail("record leaves the block");
      const needed = edgesNeeded(this.table, opOf(lir.code[r]!));
      if ((needed !== undefined) !== (next === end)) this.fail("control record out of place");
      if (needed !== undefined && (needed === -1 ? edges < 1 : edges !== needed)) {
        this.fail(`${edges} edges`);
      }
      this.checkRecord(r);
      r = next;
    }
  }

  private checkRecord(r: number): void {
    const { lir, table } = this;
    const { code } = lir;
    const op = opOf(code[r]!);
    if (table.rows[op] === undefined) this.fail(`no op ${op}`);
    const third = code[r + 2]!;
    const mode = modeOf(third);
    const whole = sizeOf(third);
    const size = whole === 16 ? 16 : whole & 15;
    const allowed = table.sizes[op]!;
    if (allowed === 0 ? size !== 0 : (size & allowed) === 0) this.fail(`size ${size}`);
    if (clobbersOf(third) >= this.registers.clobbers.length) this.fail("no such clobber set");
    if (mode > MODE.scaled) this.fail(`mode ${mode}`);
    const imms = table.imms[op]! + (mode === MODE.none ? 0 : 1);
    if (immsOf(code[r]!) !== imms) this.fail(`${immsOf(code[r]!)} immediates, not ${imms}`);
    const first = r + HEAD;
    const last = first + operandsOf(code[r]!);
    const addresses = last - addressOperands(mode);
    if (op >= FIRST_TARGET_OP) this.checkOperands(op, first, addresses, mode);
    for (let w = addresses; w < last; w++) {
      if (isDef(code[w]!) || constraintOf(code[w]!) !== CONSTRAINT.reg)
        this.fail("address operand");
      if (lir.vregClass[vregOf(code[w]!)] !== CLASS.int) this.fail("address of another class");
    }
    for (let w = first; w < last; w++) this.checkOperand(w, first, last);
  }

  /** Operands before the address against the row. */
  private checkOperands(op: number, first: number, end: number, mode: number): void {
    const { lir, table } = this;
    let w = first;
    if (table.open[op] !== 0) w = end;
    for (let k = table.first[op]!; k < table.first[op + 1]!; k++) {
      const fact = table.fact[k]!;
      const given = givenOf(fact);
      if (given === GIVEN.mem && mode === MODE.none) this.fail("no address");
      if (given === GIVEN.mem || (given === GIVEN.rm && mode !== MODE.none)) continue;
      const o = lir.code[w++]!;
      if (w > end) this.fail("operands are missing");
      if ((o & ~0x3fffff) !== table.template[k]) this.fail(`operand ${w - first - 1}`);
      const klass = lir.vregClass[vregOf(o)]!;
      const isFloat = klass !== CLASS.int;
      if (constraintOf(o) !== CONSTRAINT.tied && isFloat !== isVec(fact)) {
        this.fail(`class of v${vregOf(o)}`);
      }
      // What reads 16 bytes of a slot needs one of 16 bytes.
      if (widthOf(fact) === 16 && klass !== CLASS.wide) this.fail(`v${vregOf(o)} is not wide`);
    }
    if (w !== end) this.fail("too many operands");
  }

  private checkOperand(w: number, first: number, last: number): void {
    const { lir } = this;
    const o = lir.code[w]!;
    const v = vregOf(o);
    if (v <= 0 || v >= lir.vregCount) this.fail(`v${v} does not exist`);
    if (isDef(o)) this.define(v, this.block, this.at);
    if (constraintOf(o) === CONSTRAINT.fixed) {
      const { ints, vecs } = this.registers;
      const file = lir.vregClass[v] === CLASS.int ? ints : vecs;
      if (!file.includes(numberOf(o))) this.fail(`v${v} in register ${numberOf(o)}`);
    }
    if (constraintOf(o) !== CONSTRAINT.tied) return;
    const tied = first + numberOf(o);
    if (!isDef(o) || tied >= last || isDef(lir.code[tied]!)) this.fail(`v${v} is tied to no use`);
    if (isCrossed(o) || isCrossed(lir.code[tied]!)) this.fail(`v${v} is tied and crossed`);
    const isInt = lir.vregClass[v] === CLASS.int;
    if ((lir.vregClass[vregOf(lir.code[tied]!)] === CLASS.int) !== isInt) {
      this.fail("tied to the other file");
    }
  }

  // Uses and loops --------------------------------------------------------------------------------

  private use(v: Vreg, b: number, at: number): void {
    const def = this.defBlock[v]!;
    const isEarlier = def === b ? this.defAt[v]! < at : def >= 0 && this.dominates(def, b);
    if (!isEarlier) this.fail(`v${v} is not defined here`);
  }

  private checkUses(b: number): void {
    const { lir } = this;
    this.block = b;
    const end = lir.blockStart[b + 1]!;
    for (let r = lir.blockStart[b]!; r < end; r += recordSize(lir.code[r]!)) {
      this.at = r;
      const last = r + HEAD + operandsOf(lir.code[r]!);
      for (let w = r + HEAD; w < last; w++) {
        if (!isDef(lir.code[w]!)) this.use(vregOf(lir.code[w]!), b, r);
      }
    }
    for (let k = lir.argStart[lir.edgeStart[b]!]!; k < lir.argStart[lir.edgeStart[b + 1]!]!; k++) {
      if (lir.args[k]! > 0) this.use(lir.args[k]!, b, end);
    }
  }

  private checkLoops(): void {
    const { lir } = this;
    const last = new Int32Array(lir.blockCount).fill(-1);
    for (let b = 0; b < lir.blockCount; b++) {
      this.block = b;
      this.at = lir.blockStart[b]!;
      const forward = this.preds[b]!.some((p) => p < b);
      if (b > 0 && !forward) this.fail("reached only from behind");
      for (const p of this.preds[b]!) {
        if (p >= b && lir.loopHeader[b] !== b) this.fail(`edge back from ${p} to no header`);
      }
      const h = lir.loopHeader[b]!;
      if (h >= 0 !== lir.loopDepth[b]! > 0) this.fail("loop without depth or depth without loop");
      if (h > b || (h >= 0 && lir.loopHeader[h] !== h)) this.fail(`header ${h}`);
      if (h >= 0 && lir.loopDepth[h] !== lir.loopDepth[b]) this.fail("depth is not the header's");
      if (h >= 0 && !this.dominates(h, b)) this.fail("not dominated by its header");
      if (h >= 0 && lir.cold[b] === 0) this.checkTogether(h, b, last);
    }
  }

  /** Between block `b` and the last one of its loop stand only blocks of the loop, or cold ones. */
  private checkTogether(h: number, b: number, last: Int32Array): void {
    const { lir } = this;
    for (let k = last[h]! < 0 ? b : last[h]! + 1; k < b; k++) {
      const isInside = lir.loopDepth[k]! >= lir.loopDepth[h]! && this.dominates(h, k);
      if (!isInside && lir.cold[k] === 0) this.fail(`the loop of ${h} is torn apart at ${k}`);
    }
    last[h] = b;
  }
}

/** Throws a Bug if `lir` breaks a law. */
export function verifyLir(lir: Lir, table: InstTable, registers: Registers): void {
  new Verifier(lir, table, registers).run();
}
