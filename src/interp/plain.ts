// The operators that are not control flow: one instruction each, or none, or a change of the one
// before. In: the operator, its immediates and the abstract stack. Out: words in the assembler, and
// the stack as it is afterwards.

import { bug } from "../support/errors.ts";
import { OP, OPS } from "../wasm/ops.ts";
import type { Immediates } from "../wasm/sink.ts";
import type { Assembler } from "./assembler.ts";
import { Group, Instance } from "./instance.ts";
import { X } from "./loop.gen.ts";
import { CONST, LOCAL, SLOT, SUM } from "./operands.ts";
import type { Operands } from "./operands.ts";
import { formOf } from "./slots.ts";
import {
  actionOf,
  fixedOf,
  formOfResult,
  immediateOf,
  insnOf,
  inverseOf,
  mirrorOf,
  mulAddOf,
  mulRsubOf,
  mulSubOf,
  operandsOf,
  plusOf,
  resultsOf,
  sumOf,
} from "./select.ts";

/**
 * Offsets from here on are left to the slow way: sums with them leave the range of the fast check.
 */
const FAR = 0x7fff_0000;

// Instructions by form, see slots.ts.
const GLOBAL_GET = [X["global.get32"], X["global.get64"], X["global.get128"]] as const;
const GLOBAL_SET = [X["global.set32"], X["global.set64"], X["global.set128"]] as const;
const SELECT = [X.select32, X.select64, X.select128] as const;

/** What the code of a function is made for. */
export interface Target {
  readonly instance: Instance;
  /** Type numbers of the machine by type index. */
  readonly types: Int32Array;
  /** True if the function of this number belongs to another instance or to the host. */
  isForeign(func: number): boolean;
  /** Count operators. */
  readonly counts: boolean;
  /** Loops begin with a tick. */
  ticks: boolean;
}

/** When no function is being translated. */
export const NOTHING: Target = {
  instance: new Instance(undefined, 0, new Group(), false),
  types: new Int32Array(0),
  isForeign: () => false,
  counts: false,
  ticks: false,
};

export class Plain {
  private readonly asm: Assembler;
  private readonly stack: Operands;
  target = NOTHING;
  private imm!: Immediates;

  constructor(asm: Assembler, stack: Operands) {
    this.asm = asm;
    this.stack = stack;
  }

  begin(target: Target, imm: Immediates): void {
    this.target = target;
    this.imm = imm;
  }

  op(op: number): void {
    const { imm, asm } = this;
    asm.offset = imm.offset;
    switch (actionOf[op]!) {
      case 1:
        return this.unary(op);
      case 2:
        return this.binary(op);
      case 3:
        return this.load(op);
      case 4:
        return this.store(op);
      case 5: // constants
        return this.stack.push(CONST, formOfResult[op]!, imm.lo, imm.hi);
      case 6:
        return this.stack.pushLocal(imm.a);
      case 7:
        return this.localSet(imm.a);
      case 8:
        this.localSet(imm.a);
        return this.stack.pushLocal(imm.a);
      case 9:
        return this.globalGet(imm.a);
      case 10:
        return this.globalSet(imm.a);
      case 11:
        return this.call(imm.a);
      case 12:
        return this.callIndirect(imm.a, imm.b);
      case 13: // drop
        this.stack.pop();
        return;
      case 14:
        return this.select();
      case 15: // other types for the same bits
        this.stack.forms[this.stack.sp - 1] = formOfResult[op]!;
        return;
      default:
        this.rare(op);
    }
  }

  private rare(op: number): void {
    const { imm } = this;
    switch (actionOf[op]!) {
      case 16:
        this.asm.put1(X["memory.size"], this.stack.slot(this.stack.sp));
        return this.stack.push(SLOT, 0, 0, 0);
      case 17: // ref.func
        return this.stack.push(CONST, 1, this.target.instance.funcs[imm.a]!, 0);
      case 18: // ref.null
        return this.stack.push(CONST, 1, 0, 0);
      case 19: // ref.is_null
        return this.unary(OP["i64.eqz"]);
      case 20:
        return this.slow(op, imm.a, imm.b);
      case 21:
        return this.vector(op, operandsOf[op]!);
      case 22: // operators with a lane
        this.vector(op, operandsOf[op]!);
        return this.asm.more(imm.d);
      case 23:
        return this.constant128(imm.lo, imm.hi, imm.a, imm.b);
      case 24:
        return this.shuffle(op);
      case 25:
        return this.loadLane(op);
      case 26:
        return this.storeLane(op);
      default:
        bug(`operator ${OPS[op]!.name} has no instruction`);
    }
  }

  private unary(op: number): void {
    const { asm } = this;
    const p = this.stack.pop();
    if (op === OP["i32.eqz"] && this.stack.isFresh(p)) {
      const inverse = inverseOf[asm.words[asm.last]!]!;
      if (inverse >= 0) {
        asm.words[asm.last] = inverse;
        return this.stack.push(SLOT, 0, 0, 0);
      }
    }
    const a = this.stack.use(p);
    asm.put2(insnOf[op]!, this.stack.slot(p), a);
    this.stack.push(SLOT, formOfResult[op]!, 0, 0);
  }

  private binary(given: number): void {
    let op = given;
    let q = this.stack.pop();
    let p = this.stack.pop();
    const d = this.stack.slot(p);
    if (this.stack.kinds[p] === CONST && this.stack.kinds[q] !== CONST && mirrorOf[op]! >= 0) {
      op = mirrorOf[op]!;
      [p, q] = [q, p];
    }
    if (this.stack.kinds[q] === CONST && this.immediate(op, d, p, q)) return;
    if (!this.fuse(op, d, p, q)) {
      const a = this.stack.use(p);
      this.asm.put3(insnOf[op]!, d, a, this.stack.use(q));
    }
    this.pushResult(op);
  }

  /** Makes d = p op q part of the multiplication just before, if one of them is its result. */
  private fuse(op: number, d: number, p: number, q: number): boolean {
    const isAdd = op === OP["f64.add"] || op === OP["f32.add"];
    if (!isAdd && op !== OP["f64.sub"] && op !== OP["f32.sub"]) return false;
    return (
      this.extend(isAdd ? mulAddOf : mulRsubOf, d, q, p) ||
      this.extend(isAdd ? mulAddOf : mulSubOf, d, p, q)
    );
  }

  private extend(table: Int16Array, d: number, product: number, other: number): boolean {
    const { asm, stack } = this;
    if (stack.kinds[other]! > LOCAL || !stack.isFresh(product)) return false;
    const fused = table[asm.words[asm.last]!]!;
    if (fused < 0) return false;
    asm.words[asm.last] = fused;
    asm.words[asm.last + 1] = d;
    asm.more(stack.use(other));
    return true;
  }

  private pushResult(op: number): void {
    this.stack.push(SLOT, formOfResult[op]!, 0, 0);
  }

  /** d = op(p, constant q), if there is an instruction for it. */
  private immediate(given: number, d: number, p: number, q: number): boolean {
    const { asm } = this;
    let op = given;
    let lo = this.stack.los[q]!;
    let hi = this.stack.his[q]!;
    if (op === OP["i32.sub"]) {
      op = OP["i32.add"];
      lo = -lo | 0;
    } else if (op === OP["i64.sub"]) {
      op = OP["i64.add"];
      hi = (~hi + (lo === 0 ? 1 : 0)) | 0;
      lo = -lo | 0;
    } else if (op === OP["i32.rotr"]) {
      op = OP["i32.rotl"];
      lo = -lo & 31;
    }
    if (op === OP["i32.add"] && this.stack.kinds[p] !== CONST) {
      this.stack.pushSum(d, p, lo);
      return true;
    }
    const x = immediateOf[op]!;
    if (x < 0) return false;
    const a = this.stack.use(p);
    if (this.stack.forms[q] === 1) asm.put4(x, d, a, lo, hi);
    else asm.put3(x, d, a, lo);
    this.pushResult(op);
    return true;
  }

  private load(op: number): void {
    const { a: offset } = this.imm;
    if (offset >>> 0 >= FAR) return this.slow(op, offset, 0);
    const { asm, stack } = this;
    const p = stack.pop();
    const x = insnOf[op]!;
    const d = stack.slot(p);
    const kind = stack.kinds[p]!;
    if (kind >= SUM && plusOf[x]! >= 0)
      asm.put4(plusOf[x]!, d, stack.home(p), stack.his[p]!, offset);
    else if (kind === CONST && fixedOf[x]! >= 0) asm.put3(fixedOf[x]!, d, stack.los[p]!, offset);
    else if (this.isFreshSum(p) && sumOf[x]! >= 0) {
      asm.words[asm.last] = sumOf[x]!;
      asm.more(offset);
    } else asm.put3(x, d, stack.use(p), offset);
    this.pushResult(op);
  }

  /** Entry `p`, just popped, is the sum that the last instruction computed. */
  private isFreshSum(p: number): boolean {
    return this.stack.isFresh(p) && this.asm.words[this.asm.last] === X["i32.add"];
  }

  private store(op: number): void {
    const { a: offset } = this.imm;
    if (offset >>> 0 >= FAR) return this.slow(op, offset, 0);
    const { asm, stack } = this;
    const q = stack.pop();
    const p = stack.pop();
    const isImmediate = stack.kinds[q] === CONST && immediateOf[op]! >= 0;
    const x = isImmediate ? immediateOf[op]! : insnOf[op]!;
    const value = isImmediate ? stack.los[q]! : stack.use(q);
    const kind = stack.kinds[p]!;
    if (kind >= SUM) asm.put4(plusOf[x]!, stack.home(p), value, stack.his[p]!, offset);
    else if (kind === CONST && fixedOf[x]! >= 0) {
      asm.put3(fixedOf[x]!, stack.los[p]!, value, offset);
    } else if (this.isFreshSum(p) && sumOf[x]! >= 0) {
      // The sum's result word becomes its first operand, and the value comes between the two.
      const { words, last } = asm;
      words[last] = sumOf[x]!;
      words[last + 1] = words[last + 2]!;
      words[last + 2] = value;
      asm.more(offset);
    } else asm.put3(x, stack.use(p), value, offset);
  }

  private localSet(local: number): void {
    const { asm } = this;
    const p = this.stack.pop();
    const isFree = this.stack.uses[local] === 0;
    if (isFree && this.stack.isFresh(p)) {
      asm.words[asm.last + 1] = this.stack.localSlot(local);
      return;
    }
    this.stack.saveLocal(local);
    this.stack.moveTo(p, this.stack.localSlot(local));
  }

  private globalGet(index: number): void {
    const { cell, type } = this.target.instance.globals[index]!;
    const form = formOf(type);
    this.asm.put2(GLOBAL_GET[form]!, this.stack.slot(this.stack.sp), cell);
    this.stack.push(SLOT, form, 0, 0);
  }

  private globalSet(index: number): void {
    const { cell, type } = this.target.instance.globals[index]!;
    const a = this.stack.use(this.stack.pop());
    this.asm.put2(GLOBAL_SET[formOf(type)]!, cell, a);
  }

  private select(): void {
    const { asm } = this;
    const r = this.stack.pop();
    const q = this.stack.pop();
    const p = this.stack.pop();
    const form = this.stack.forms[p]!;
    const c = this.stack.use(r);
    const a = this.stack.use(p);
    asm.put4(SELECT[form]!, this.stack.slot(p), a, this.stack.use(q), c);
    this.stack.push(SLOT, form, 0, 0);
  }

  /** Operators that the machine does outside of the loop; operands and result in place. */
  private slow(op: number, first: number, second: number): void {
    const n = operandsOf[op]!;
    this.stack.settleTop(n);
    this.stack.sp -= n;
    this.asm.put4(X.slow, op, this.stack.slot(this.stack.sp), first, second);
    if (resultsOf[op] === 1) this.pushResult(op);
  }

  // Vectors ---------------------------------------------------------------------------------------

  /** Up to three operands, vectors or not, and a result. */
  private vector(op: number, n: number): void {
    const { asm, stack } = this;
    const x = insnOf[op]!;
    const r = n > 2 ? stack.pop() : 0;
    const q = n > 1 ? stack.pop() : 0;
    const p = stack.pop();
    const d = stack.slot(p);
    const a = stack.use(p);
    const b = n > 1 ? stack.use(q) : 0;
    if (n === 1) asm.put2(x, d, a);
    else if (n === 2) asm.put3(x, d, a, b);
    else asm.put4(x, d, a, b, stack.use(r));
    this.pushResult(op);
  }

  private constant128(w0: number, w1: number, w2: number, w3: number): void {
    this.asm.put5(X.const128, this.stack.slot(this.stack.sp), w0, w1, w2, w3);
    this.stack.push(SLOT, 2, 0, 0);
  }

  /** The lane numbers are a third vector, on top. */
  private shuffle(op: number): void {
    const word = (i: number): number => {
      const { bytes } = this.imm;
      return bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    };
    this.constant128(word(0), word(4), word(8), word(12));
    this.vector(op, 3);
  }

  private loadLane(op: number): void {
    const { a: offset, d: lane } = this.imm;
    if (offset >>> 0 >= FAR) return this.slow(op, offset, lane);
    const { stack } = this;
    const q = stack.pop();
    const p = stack.pop();
    const a = stack.use(p);
    this.asm.put5(insnOf[op]!, stack.slot(p), a, stack.use(q), lane, offset);
    this.pushResult(op);
  }

  private storeLane(op: number): void {
    const { a: offset, d: lane } = this.imm;
    if (offset >>> 0 >= FAR) return this.slow(op, offset, lane);
    const { stack } = this;
    const q = stack.pop();
    const p = stack.pop();
    const a = stack.use(p);
    this.asm.put4(insnOf[op]!, a, stack.use(q), lane, offset);
  }

  // Calls -----------------------------------------------------------------------------------------

  private call(index: number): void {
    const func = this.target.instance.funcs[index]!;
    const { types, funcs } = this.target.instance.module!;
    const type = types[funcs[index]!]!;
    this.stack.settleTop(type.params.length);
    this.stack.sp -= type.params.length;
    const x = this.target.isForeign(func) ? X.call_foreign : X.call;
    this.asm.put2(x, func, this.stack.slot(this.stack.sp));
    this.stack.pushSlots(type.results);
  }

  private callIndirect(typeIndex: number, table: number): void {
    const type = this.target.instance.module!.types[typeIndex]!;
    const r = this.stack.pop();
    this.stack.settleTop(type.params.length);
    const index = this.stack.use(r);
    this.stack.sp -= type.params.length;
    const sig = this.target.types[typeIndex]!;
    this.asm.put4(X.call_indirect, sig, this.stack.slot(this.stack.sp), index, table);
    this.stack.pushSlots(type.results);
  }
}
