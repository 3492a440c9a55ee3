// Function bodies to instructions: a sink (wasm/sink.ts) that keeps an abstract operand stack. In:
// the events of a validated body. Out: words in the assembler, position independent.
//
// A frame has a slot per local, then one per operand stack position. An entry of the abstract stack
// says where its value is:
//
//   SLOT    in the slot of its own position
//   LOCAL   still in the local it was read from: local.get costs nothing until the local is
//           assigned, which first saves the entries that mean the old value
//   CONST   nowhere: it goes into an instruction as an immediate, or into the slot when needed
//   SUM     an i32 in the slot of its position, still to be added a constant to
//   LSUM    an i32 in a local, to be added a constant to
//
// The sums are there for addresses, most of which are sums that a memory instruction can do itself.
//
// Laws
// 1. At a label every value that the label takes is in its own slot.
// 2. When a block, loop or if begins no entry is LOCAL or LSUM: code inside may assign the local on
//    one path only. CONST and SUM entries below a block stay, as nothing inside can pop them.
// 3. The last instruction may be changed (result to another slot, comparison to branch) as long as
//    nothing jumps behind it: `asm.last`.
// 4. Arguments are in the slots of their positions, and the callee's frame begins with them: they
//    are its first locals. Results come back in the same place.

import { TRAP } from "../abi.ts";
import { Unsupported } from "../support/errors.ts";
import type { Module } from "../wasm/module.ts";
import { OP } from "../wasm/ops.ts";
import type { BlockType, Immediates, Sink } from "../wasm/sink.ts";
import { F32, I32, V128 } from "../wasm/types.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import { Assembler } from "./assembler.ts";
import type { Instance } from "./instance.ts";
import { RESULT, X } from "./loop.gen.ts";
import {
  actionOf,
  branchIf,
  branchUnless,
  immediateOf,
  insnOf,
  inverseOf,
  isWide,
  mirrorOf,
  operandsOf,
  plusOf,
  resultsOf,
} from "./select.ts";

const SLOT = 0;
const LOCAL = 1;
const CONST = 2;
const SUM = 3;
const LSUM = 4;

const isOfLocal = (kind: number): boolean => kind === LOCAL || kind === LSUM;

const BLOCK = 0;
const LOOP = 1;
const IF = 2;

/**
 * Offsets from here on are left to the slow way: sums with them leave the range of the fast check.
 */
const FAR = 0x7fff_0000;

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

interface Block {
  readonly kind: number;
  /** Stack height below the parameters. */
  readonly height: number;
  /** Types that a branch to the label takes. */
  readonly label: readonly ValType[];
  readonly results: readonly ValType[];
  readonly params: readonly ValType[];
  /** Chain of jumps to the end; the start of a loop. */
  chain: number;
  /** Jump to the else arm, 0 = none. */
  toElse: number;
  /** Loops that count: word of the cost, and operators counted around the loop. */
  readonly fuel: number;
  readonly outer: number;
}

const wideType = (t: ValType): number => (t === I32 || t === F32 ? 0 : 1);

export class Emitter implements Sink {
  readonly asm = new Assembler();
  private target!: Target;
  private imm!: Immediates;
  private m!: Module;

  private kinds = new Uint8Array(256);
  private wides = new Uint8Array(256);
  private los = new Int32Array(256);
  private his = new Int32Array(256);
  private sp = 0;
  private highest = 0;
  /** Entries that are LOCAL, in all and by local. */
  private pending = 0;
  private uses = new Int32Array(16);
  private localWide = new Uint8Array(16);
  private locals = 0;

  private readonly blocks: Block[] = [];
  private results: readonly ValType[] = [];
  private counted = 0;
  private fuelAt = 0;
  private zeroed = 0;
  /** Target words of jumps to loops that begin with a tick. */
  readonly toTicks: number[] = [];

  /** Says for whom the next functions are. */
  aimAt(target: Target): void {
    this.target = target;
  }

  // Function --------------------------------------------------------------------------------------

  begin(
    m: Module,
    _func: number,
    type: FuncType,
    locals: readonly ValType[],
    imm: Immediates,
  ): void {
    this.m = m;
    this.imm = imm;
    this.results = type.results;
    this.blocks.length = this.toTicks.length = 0;
    this.sp = this.highest = this.pending = this.counted = 0;
    this.locals = locals.length;
    if (locals.length > this.uses.length) {
      this.uses = new Int32Array(locals.length * 2);
      this.localWide = new Uint8Array(locals.length * 2);
    }
    this.uses.fill(0, 0, locals.length);
    locals.forEach((t, i) => {
      if (t === V128) this.refuse();
      this.localWide[i] = wideType(t);
    });
    this.asm.offset = imm.offset;
    this.enter(type.params.length, locals.length);
  }

  private refuse(): never {
    throw new Unsupported("the interpreter does not run simd yet", this.imm.offset);
  }

  // Zeroing may go beyond the locals, but stays in the frame.
  private enter(params: number, locals: number): void {
    const { asm } = this;
    const zeros = locals - params;
    const first = zeros === 0 ? 0 : zeros <= 2 ? 2 : 6;
    if (first === 0) asm.put1(X.enter, 0);
    else asm.put2(first === 2 ? X.enter2 : X.enter6, 0, 2 * params);
    let end = params + first;
    for (; end < locals; end += 16) asm.put2(X.zero16, 0, 2 * end);
    this.zeroed = end;
    if (this.target.counts) {
      asm.put1(X.fuel, 0);
      this.fuelAt = asm.at - 1;
    }
  }

  finish(live: boolean): void {
    if (live) this.emitReturn();
    const { asm } = this;
    const slots = Math.max(this.locals + this.highest, this.results.length, this.zeroed);
    asm.words[1] = 2 * slots;
    if (this.target.counts) asm.words[this.fuelAt] = Math.max(1, this.counted);
  }

  // Abstract stack --------------------------------------------------------------------------------

  private slot(position: number): number {
    return 2 * (this.locals + position);
  }

  private push(kind: number, wide: number, lo: number, hi: number): void {
    const p = this.sp++;
    if (p >= this.kinds.length) this.grow();
    this.kinds[p] = kind;
    this.wides[p] = wide;
    this.los[p] = lo;
    this.his[p] = hi;
    if (this.sp > this.highest) this.highest = this.sp;
  }

  private grow(): void {
    const size = this.kinds.length * 2;
    const bytes = (from: Uint8Array): Uint8Array<ArrayBuffer> => {
      const to = new Uint8Array(size);
      to.set(from);
      return to;
    };
    const words = (from: Int32Array): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(size);
      to.set(from);
      return to;
    };
    this.kinds = bytes(this.kinds);
    this.wides = bytes(this.wides);
    this.los = words(this.los);
    this.his = words(this.his);
  }

  private pushSlots(types: readonly ValType[]): void {
    for (const t of types) this.push(SLOT, wideType(t), 0, 0);
  }

  private pushLocal(local: number): void {
    this.push(LOCAL, this.localWide[local]!, local, 0);
    this.uses[local]!++;
    this.pending++;
  }

  /** Takes the top entry off and returns its position. */
  private pop(): number {
    const p = --this.sp;
    if (isOfLocal(this.kinds[p]!)) {
      this.uses[this.los[p]!]!--;
      this.pending--;
    }
    return p;
  }

  private dropTo(height: number): void {
    while (this.sp > height) this.pop();
  }

  /** Puts the value of entry `p` into the slot `to`. */
  private moveTo(p: number, to: number): void {
    const { asm } = this;
    const wide = this.wides[p] === 1;
    const kind = this.kinds[p]!;
    const lo = this.los[p]!;
    if (kind === CONST) {
      if (wide) asm.put3(X.const64, to, lo, this.his[p]!);
      else asm.put2(X.const32, to, lo);
      return;
    }
    const from = this.home(p);
    if (kind === SUM || kind === LSUM) asm.put3(X["i32.add_i"], to, from, this.his[p]!);
    else if (from !== to) asm.put2(wide ? X.copy64 : X.copy32, to, from);
  }

  /** The slot that holds an entry, or what a sum adds to. */
  private home(p: number): number {
    return isOfLocal(this.kinds[p]!) ? 2 * this.los[p]! : this.slot(p);
  }

  /** A slot that holds the value of entry `p`, which may have been popped. */
  private use(p: number): number {
    if (this.kinds[p] === LOCAL) return 2 * this.los[p]!;
    if (this.kinds[p] !== SLOT) this.moveTo(p, this.slot(p));
    return this.slot(p);
  }

  /** Makes an entry of the stack a SLOT. */
  private settle(p: number): void {
    const kind = this.kinds[p]!;
    if (kind === SLOT) return;
    this.moveTo(p, this.slot(p));
    if (isOfLocal(kind)) {
      this.uses[this.los[p]!]!--;
      this.pending--;
    }
    this.kinds[p] = SLOT;
  }

  private settleTop(n: number): void {
    for (let p = this.sp - n; p < this.sp; p++) this.settle(p);
  }

  /** Law 2. */
  private settleLocals(): void {
    for (let p = this.sp - 1; this.pending > 0; p--) if (isOfLocal(this.kinds[p]!)) this.settle(p);
  }

  /** Saves the entries that mean the value a local has now. */
  private saveLocal(local: number): void {
    for (let p = this.sp - 1; this.uses[local]! > 0; p--) {
      if (isOfLocal(this.kinds[p]!) && this.los[p] === local) this.settle(p);
    }
  }

  /** True if the last instruction computed entry `p`, just popped, and can be changed. */
  private isFresh(p: number): boolean {
    const { last, words } = this.asm;
    if (this.kinds[p] !== SLOT || last < 0) return false;
    return RESULT[words[last]!] === 1 && words[last + 1] === this.slot(p);
  }

  // Operators -------------------------------------------------------------------------------------

  op(op: number): void {
    const { imm, asm } = this;
    asm.offset = imm.offset;
    this.counted++;
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
        return this.push(CONST, isWide[op]!, imm.lo, imm.hi);
      case 6:
        return this.pushLocal(imm.a);
      case 7:
        return this.localSet(imm.a);
      case 8:
        this.localSet(imm.a);
        return this.pushLocal(imm.a);
      case 9:
        return this.globalGet(imm.a);
      case 10:
        return this.globalSet(imm.a);
      case 11:
        return this.call(imm.a);
      case 12:
        return this.callIndirect(imm.a, imm.b);
      case 13: // drop
        this.pop();
        return;
      case 14:
        return this.select();
      case 15: // other types for the same bits
        this.wides[this.sp - 1] = isWide[op]!;
        return;
      default:
        this.rare(op);
    }
  }

  private rare(op: number): void {
    const { imm } = this;
    switch (actionOf[op]!) {
      case 16:
        this.asm.put1(X["memory.size"], this.slot(this.sp));
        return this.push(SLOT, 0, 0, 0);
      case 17: // ref.func
        return this.push(CONST, 1, this.target.instance.funcs[imm.a]!, 0);
      case 18: // ref.null
        return this.push(CONST, 1, 0, 0);
      case 19: // ref.is_null
        return this.unary(OP["i64.eqz"]);
      case 20:
        return this.slow(op, imm.a, imm.b);
      default:
        this.refuse();
    }
  }

  private unary(op: number): void {
    const { asm } = this;
    const p = this.pop();
    if (op === OP["i32.eqz"] && this.isFresh(p)) {
      const inverse = inverseOf[asm.words[asm.last]!]!;
      if (inverse >= 0) {
        asm.words[asm.last] = inverse;
        return this.push(SLOT, 0, 0, 0);
      }
    }
    const a = this.use(p);
    asm.put2(insnOf[op]!, this.slot(p), a);
    this.push(SLOT, isWide[op]!, 0, 0);
  }

  private binary(given: number): void {
    let op = given;
    let q = this.pop();
    let p = this.pop();
    const d = this.slot(p);
    if (this.kinds[p] === CONST && this.kinds[q] !== CONST && mirrorOf[op]! >= 0) {
      op = mirrorOf[op]!;
      [p, q] = [q, p];
    }
    if (this.kinds[q] === CONST && this.immediate(op, d, p, q)) return;
    const a = this.use(p);
    const b = this.use(q);
    this.asm.put3(insnOf[op]!, d, a, b);
    this.pushResult(op);
  }

  private pushResult(op: number): void {
    this.push(SLOT, isWide[op]!, 0, 0);
  }

  /** d = op(p, constant q), if there is an instruction for it. */
  private immediate(given: number, d: number, p: number, q: number): boolean {
    const { asm } = this;
    let op = given;
    let lo = this.los[q]!;
    let hi = this.his[q]!;
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
    if (op === OP["i32.add"] && this.kinds[p] !== CONST) {
      this.pushSum(d, p, lo);
      return true;
    }
    const x = immediateOf[op]!;
    if (x < 0) return false;
    const a = this.use(p);
    if (this.wides[q] === 1) asm.put4(x, d, a, lo, hi);
    else asm.put3(x, d, a, lo);
    this.pushResult(op);
    return true;
  }

  /** Pushes entry `p`, just popped, plus a constant; `d` is the slot of the new top. */
  private pushSum(d: number, p: number, addend: number): void {
    const kind = this.kinds[p]!;
    if (!isOfLocal(kind)) {
      const before = kind === SUM ? this.his[p]! : 0;
      // The operand may be the upper of two: then it is not where the result belongs.
      if (this.slot(p) === d) return this.push(SUM, 0, 0, (before + addend) | 0);
      this.asm.put3(X["i32.add_i"], d, this.slot(p), (before + addend) | 0);
      return this.push(SLOT, 0, 0, 0);
    }
    const before = kind === LSUM ? this.his[p]! : 0;
    const local = this.los[p]!;
    this.push(LSUM, 0, local, (before + addend) | 0);
    this.uses[local]!++;
    this.pending++;
  }

  private load(op: number): void {
    const { a: offset } = this.imm;
    if (offset >>> 0 >= FAR) return this.slow(op, offset, 0);
    const p = this.pop();
    const { asm } = this;
    const x = insnOf[op]!;
    if (this.kinds[p]! >= SUM) {
      asm.put4(plusOf[x]!, this.slot(p), this.home(p), this.his[p]!, offset);
    } else asm.put3(x, this.slot(p), this.use(p), offset);
    this.pushResult(op);
  }

  private store(op: number): void {
    const { a: offset } = this.imm;
    if (offset >>> 0 >= FAR) return this.slow(op, offset, 0);
    const q = this.pop();
    const p = this.pop();
    const isImmediate = this.kinds[q] === CONST && immediateOf[op]! >= 0;
    const x = isImmediate ? immediateOf[op]! : insnOf[op]!;
    const value = isImmediate ? this.los[q]! : this.use(q);
    if (this.kinds[p]! >= SUM) {
      this.asm.put4(plusOf[x]!, this.home(p), value, this.his[p]!, offset);
    } else this.asm.put3(x, this.use(p), value, offset);
  }

  private localSet(local: number): void {
    const { asm } = this;
    const p = this.pop();
    const isFree = this.uses[local] === 0;
    if (isFree && this.isFresh(p)) {
      asm.words[asm.last + 1] = 2 * local;
      return;
    }
    this.saveLocal(local);
    this.moveTo(p, 2 * local);
  }

  private globalGet(index: number): void {
    const { cell, type } = this.target.instance.globals[index]!;
    const wide = wideType(type);
    this.asm.put2(wide === 1 ? X["global.get64"] : X["global.get32"], this.slot(this.sp), cell);
    this.push(SLOT, wide, 0, 0);
  }

  private globalSet(index: number): void {
    const { cell, type } = this.target.instance.globals[index]!;
    const a = this.use(this.pop());
    this.asm.put2(wideType(type) === 1 ? X["global.set64"] : X["global.set32"], cell, a);
  }

  private select(): void {
    const { asm } = this;
    const r = this.pop();
    const q = this.pop();
    const p = this.pop();
    const wide = this.wides[p]!;
    const c = this.use(r);
    const a = this.use(p);
    asm.put4(wide === 1 ? X.select64 : X.select32, this.slot(p), a, this.use(q), c);
    this.push(SLOT, wide, 0, 0);
  }

  /** Operators that the machine does outside of the loop; operands and result in place. */
  private slow(op: number, first: number, second: number): void {
    const n = operandsOf[op]!;
    this.settleTop(n);
    this.sp -= n;
    this.asm.put4(X.slow, op, this.slot(this.sp), first, second);
    if (resultsOf[op] === 1) this.pushResult(op);
  }

  // Calls -----------------------------------------------------------------------------------------

  private call(index: number): void {
    const func = this.target.instance.funcs[index]!;
    const type = this.m.types[this.m.funcs[index]!]!;
    this.settleTop(type.params.length);
    this.sp -= type.params.length;
    const x = this.target.isForeign(func) ? X.call_foreign : X.call;
    this.asm.put2(x, func, this.slot(this.sp));
    this.pushSlots(type.results);
  }

  private callIndirect(typeIndex: number, table: number): void {
    const type = this.m.types[typeIndex]!;
    const r = this.pop();
    this.settleTop(type.params.length);
    const index = this.use(r);
    this.sp -= type.params.length;
    const sig = this.target.types[typeIndex]!;
    this.asm.put4(X.call_indirect, sig, this.slot(this.sp), index, table);
    this.pushSlots(type.results);
  }

  // Control ---------------------------------------------------------------------------------------

  private open(kind: number, { params, results }: BlockType): Block {
    const block: Block = {
      kind,
      height: this.sp - params.length,
      label: kind === LOOP ? params : results,
      results,
      params,
      chain: 0,
      toElse: 0,
      fuel: this.asm.at + (this.target.ticks ? 2 : 1),
      outer: this.counted,
    };
    this.blocks.push(block);
    return block;
  }

  block(type: BlockType): void {
    this.settleTop(type.params.length);
    this.settleLocals();
    this.open(BLOCK, type);
  }

  loop(type: BlockType): void {
    const { asm } = this;
    asm.offset = this.imm.offset;
    this.settleTop(type.params.length);
    this.settleLocals();
    const block = this.open(LOOP, type);
    block.chain = asm.at;
    asm.barrier();
    if (this.target.ticks) asm.put0(X.tick);
    if (this.target.counts) {
      asm.put1(X.fuel, 0);
      this.counted = 0;
    }
  }

  if_(type: BlockType): void {
    const p = this.pop();
    this.settleTop(type.params.length);
    this.settleLocals();
    const block = this.open(IF, type);
    block.toElse = this.branch(p, false);
  }

  else_(live: boolean): void {
    const { asm } = this;
    const block = this.blocks[this.blocks.length - 1]!;
    if (live) {
      this.moveArgs(block.results.length, block.height);
      asm.put1(X.br, 0);
      block.chain = asm.link(asm.at - 1, block.chain);
    }
    this.bindElse(block);
    this.dropTo(block.height);
    this.pushSlots(block.params);
  }

  private bindElse(block: Block): void {
    if (block.toElse === 0) return;
    this.asm.aim(block.toElse, this.asm.at);
    this.asm.barrier();
    block.toElse = 0;
  }

  end(live: boolean): void {
    const { asm } = this;
    const block = this.blocks.pop()!;
    if (block.kind === LOOP) this.endLoop(block);
    const isJoin = block.kind !== LOOP && (block.chain !== 0 || block.kind === IF);
    if (live && !isJoin) return;
    if (live) this.moveArgs(block.results.length, block.height);
    if (isJoin) {
      this.bindElse(block);
      asm.bind(block.chain);
    }
    this.dropTo(block.height);
    this.pushSlots(block.results);
  }

  private endLoop(block: Block): void {
    if (!this.target.counts) return;
    this.asm.words[block.fuel] = Math.max(1, this.counted);
    this.counted = block.outer;
  }

  /**
   * Puts the top `n` values into the slots of a label at `height`, in the order that overwrites
   * none.
   */
  private moveArgs(n: number, height: number): void {
    for (let i = 0; i < n; i++) this.moveTo(this.sp - n + i, this.slot(height + i));
  }

  private needsMoves(n: number, height: number): boolean {
    for (let i = 0; i < n; i++) {
      const p = this.sp - n + i;
      if (this.kinds[p] !== SLOT || p !== height + i) return true;
    }
    return false;
  }

  /** The block of a label, undefined for the function's own. */
  private label(depth: number): Block | undefined {
    return this.blocks[this.blocks.length - 1 - depth];
  }

  /** Aims the target in word `at` at a label. */
  private aimAtLabel(at: number, block: Block): void {
    if (block.kind === LOOP) {
      this.asm.aim(at, block.chain);
      if (this.target.ticks) this.toTicks.push(at);
    } else block.chain = this.asm.link(at, block.chain);
  }

  br(depth: number): void {
    const { asm } = this;
    asm.offset = this.imm.offset;
    const block = this.label(depth);
    if (block === undefined) return this.emitReturn();
    this.moveArgs(block.label.length, block.height);
    asm.put1(X.br, 0);
    this.aimAtLabel(asm.at - 1, block);
  }

  brIf(depth: number): void {
    const { asm } = this;
    asm.offset = this.imm.offset;
    const p = this.pop();
    const block = this.label(depth);
    if (block !== undefined && !this.needsMoves(block.label.length, block.height)) {
      const at = this.branch(p, true);
      if (at !== 0) this.aimAtLabel(at, block);
      return;
    }
    const around = this.branch(p, false);
    this.br(depth);
    if (around === 0) return;
    asm.aim(around, asm.at);
    asm.barrier();
  }

  /**
   * A jump that is taken if entry `p`, just popped, is not zero (`when`) or zero. Returns the word
   * of its target, 0 where it is never taken.
   */
  private branch(p: number, when: boolean): number {
    const { asm } = this;
    if (this.kinds[p] === CONST) {
      if ((this.los[p] !== 0) !== when) return 0;
      asm.put1(X.br, 0);
      return asm.at - 1;
    }
    if (this.isFresh(p)) {
      const { last } = asm;
      const fused = (when ? branchIf : branchUnless)[asm.words[last]!]!;
      if (fused >= 0) {
        asm.words[last] = fused;
        asm.barrier();
        return last + 1;
      }
    }
    asm.put2(when ? X.br_if : X.br_unless, 0, this.use(p));
    return asm.at - 2;
  }

  brTable(targets: Int32Array, count: number): void {
    const { asm } = this;
    asm.offset = this.imm.offset;
    const a = this.use(this.pop());
    asm.put2(X.br_table, count, a);
    const first = asm.at;
    for (let i = 0; i <= count; i++) asm.more(0);
    // Labels that need moves are reached through a piece of code behind the table, one per label.
    const stubs = new Map<number, number>();
    for (let i = 0; i <= count; i++) {
      const depth = targets[i]!;
      const block = this.label(depth);
      if (block !== undefined && !this.needsMoves(block.label.length, block.height)) {
        this.aimAtLabel(first + i, block);
        continue;
      }
      let stub = stubs.get(depth);
      if (stub === undefined) {
        stub = asm.at;
        stubs.set(depth, stub);
        this.br(depth);
      }
      asm.aim(first + i, stub);
    }
    asm.barrier();
  }

  return_(): void {
    this.asm.offset = this.imm.offset;
    this.emitReturn();
  }

  private emitReturn(): void {
    const { asm } = this;
    const n = this.results.length;
    const top = this.sp - n;
    if (n === 1 && this.kinds[top]! < CONST) {
      asm.put1(this.wides[top] === 1 ? X.ret64 : X.ret32, this.use(top));
      return;
    }
    // Locals lie where results go: save those that are needed first.
    if (n === 1) this.moveTo(top, 0);
    else for (let p = top; p < this.sp; p++) this.saveForReturn(p);
    for (let i = 0; n > 1 && i < n; i++) {
      const from = this.slot(top + i);
      if (from !== 2 * i) asm.put2(this.wides[top + i] === 1 ? X.copy64 : X.copy32, 2 * i, from);
    }
    asm.put0(X.ret);
  }

  // The entry itself must stay as it is: a conditional return goes on with it.
  private saveForReturn(p: number): void {
    if (this.kinds[p] !== SLOT) this.moveTo(p, this.slot(p));
  }

  unreachable(): void {
    this.asm.offset = this.imm.offset;
    this.asm.put1(X.trap, TRAP.unreachable);
  }
}
