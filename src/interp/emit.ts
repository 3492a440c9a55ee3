// Function bodies to instructions: a sink (wasm/sink.ts) that keeps an abstract operand stack, see
// operands.ts; control flow is here, all other operators are in plain.ts. In: the events of a
// validated body. Out: words in the assembler, position independent.
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
import type { Module } from "../wasm/module.ts";
import type { BlockType, Immediates, Sink } from "../wasm/sink.ts";
import type { FuncType, ValType } from "../wasm/types.ts";
import { Assembler } from "./assembler.ts";
import { X } from "./loop.gen.ts";
import { CONST, Operands, SLOT } from "./operands.ts";
import { NOTHING, Plain } from "./plain.ts";
import type { Target } from "./plain.ts";
import { branchIf, branchUnless } from "./select.ts";
import { wordsOfAll, wordsOfForm } from "./slots.ts";

const BLOCK = 0;
const LOOP = 1;
const IF = 2;

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

export class Emitter implements Sink {
  readonly asm = new Assembler();
  private readonly stack = new Operands(this.asm);
  private readonly plain = new Plain(this.asm, this.stack);
  private target = NOTHING;
  private imm!: Immediates;

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

  /** Lets go of the target, so that it can be collected. */
  forget(): void {
    this.target = this.plain.target = NOTHING;
  }

  // Function --------------------------------------------------------------------------------------

  begin(
    _m: Module,
    _func: number,
    type: FuncType,
    locals: readonly ValType[],
    imm: Immediates,
  ): void {
    this.imm = imm;
    this.plain.begin(this.target, imm);
    this.results = type.results;
    this.blocks.length = this.toTicks.length = 0;
    this.counted = 0;
    this.stack.reset(locals);
    this.asm.offset = imm.offset;
    this.enter(wordsOfAll(type.params) >> 1, this.stack.slot(0) >> 1);
  }

  // Counts slots. Zeroing may go beyond the locals, but stays in the frame.
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
    asm.words[1] = Math.max(this.stack.highest, wordsOfAll(this.results), 2 * this.zeroed);
    if (this.target.counts) asm.words[this.fuelAt] = Math.max(1, this.counted);
  }

  op(op: number): void {
    this.counted++;
    this.plain.op(op);
  }

  // Control ---------------------------------------------------------------------------------------

  private open(kind: number, { params, results }: BlockType): Block {
    const block: Block = {
      kind,
      height: this.stack.sp - params.length,
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
    this.stack.settleTop(type.params.length);
    this.stack.settleLocals();
    this.open(BLOCK, type);
  }

  loop(type: BlockType): void {
    const { asm } = this;
    asm.offset = this.imm.offset;
    this.stack.settleTop(type.params.length);
    this.stack.settleLocals();
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
    const p = this.stack.pop();
    this.stack.settleTop(type.params.length);
    this.stack.settleLocals();
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
    this.stack.dropTo(block.height);
    this.stack.pushSlots(block.params);
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
    this.stack.dropTo(block.height);
    this.stack.pushSlots(block.results);
  }

  private endLoop(block: Block): void {
    if (!this.target.counts) return;
    this.asm.words[block.fuel] = Math.max(1, this.counted);
    this.counted = block.outer;
  }

  /**
   * Puts the top `n` values into the places of a label at `height`, in the order that overwrites
   * none.
   */
  private moveArgs(n: number, height: number): void {
    let to = this.stack.slot(height);
    for (let p = this.stack.sp - n; p < this.stack.sp; p++) {
      this.stack.moveTo(p, to);
      to += wordsOfForm(this.stack.forms[p]!);
    }
  }

  private needsMoves(n: number, height: number): boolean {
    for (let i = 0; i < n; i++) {
      const p = this.stack.sp - n + i;
      if (this.stack.kinds[p] !== SLOT || p !== height + i) return true;
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
    const p = this.stack.pop();
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
    if (this.stack.kinds[p] === CONST) {
      if ((this.stack.los[p] !== 0) !== when) return 0;
      asm.put1(X.br, 0);
      return asm.at - 1;
    }
    if (this.stack.isFresh(p)) {
      const { last } = asm;
      const fused = (when ? branchIf : branchUnless)[asm.words[last]!]!;
      if (fused >= 0) {
        asm.words[last] = fused;
        asm.barrier();
        return last + 1;
      }
    }
    asm.put2(when ? X.br_if : X.br_unless, 0, this.stack.use(p));
    return asm.at - 2;
  }

  brTable(targets: Int32Array, count: number): void {
    const { asm } = this;
    asm.offset = this.imm.offset;
    const a = this.stack.use(this.stack.pop());
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
    const top = this.stack.sp - n;
    const form = this.stack.forms[top]!;
    if (n === 1 && form < 2 && this.stack.kinds[top]! < CONST) {
      asm.put1(form === 1 ? X.ret64 : X.ret32, this.stack.use(top));
      return;
    }
    // Locals lie where results go: save those that are needed first.
    if (n === 1) this.stack.moveTo(top, 0);
    else for (let p = top; p < this.stack.sp; p++) this.saveForReturn(p);
    const base = this.stack.slot(top);
    for (let p = top; n > 1 && base > 0 && p < this.stack.sp; p++) {
      const from = this.stack.slot(p);
      this.stack.copy(this.stack.forms[p]!, from - base, from);
    }
    asm.put0(X.ret);
  }

  // The entry itself must stay as it is: a conditional return goes on with it.
  private saveForReturn(p: number): void {
    if (this.stack.kinds[p] !== SLOT) this.stack.moveTo(p, this.stack.slot(p));
  }

  unreachable(): void {
    this.asm.offset = this.imm.offset;
    this.asm.put1(X.trap, TRAP.unreachable);
  }
}
