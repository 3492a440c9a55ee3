// The record in the making. Forms gather its operands here, in the row's order, with its address
// and immediates, and append it last: asking for a constant appends the record that makes it. What
// addresses and constants look like is the target's half (amd64/record.ts, arm64/record.ts).

import type { Func, Value } from "../src/ir/func.ts";
import { IR, WIDTH_BYTES, widthOf } from "../src/ir/ops.ts";
import { TYPE_SIZE } from "../src/ir/types.ts";
import { bug } from "../src/support/errors.ts";
import { Address } from "./address.ts";
import { CLASS } from "./lir.ts";
import type { Vreg } from "./lir.ts";
import type { LowerEnv, Lowering } from "./lower.ts";
import { newRecord, traits } from "./shape.ts";
import type { InstTable } from "./shape.ts";

/** Most operands of a record, and one more. */
const MOST = 256;

export class RecordMaker {
  f!: Func;
  readonly l: Lowering;
  readonly address: Address;
  mode = 0;
  base: Vreg = 0;
  index: Vreg = 0;
  disp = 0;

  /** Immediates of records that are made beside this one. */
  protected readonly sideImms = new Int32Array(2);
  protected readonly sideVregs = new Int32Array(3);
  protected source = 0;
  private readonly insts: InstTable;
  private readonly vregs = new Int32Array(MOST);
  private vregCount = 0;
  private readonly imms = new Int32Array(4);
  private immCount = 0;

  constructor(l: Lowering, insts: InstTable) {
    this.l = l;
    this.insts = insts;
    this.address = new Address(l);
  }

  begin(env: LowerEnv): void {
    this.f = this.l.f;
    this.address.begin(env.distance);
  }

  sizeOf(v: Value): number {
    return TYPE_SIZE[this.f.ty[v]!]!;
  }

  /** Bytes that a load or store touches. */
  bytesOf(i: Value): number {
    const { f } = this;
    const ty = f.op[i] === IR.store ? f.ty[f.b[i]!]! : f.ty[i]!;
    return WIDTH_BYTES[widthOf(f.aux[i]!)]! || TYPE_SIZE[ty]!;
  }

  /** A vreg for an operand of which `size` bytes are read. */
  read(v: Value, size: number): Vreg {
    return size <= 4 ? this.l.low(v) : this.l.reg(v);
  }

  start(i: Value): void {
    this.vregCount = this.immCount = 0;
    this.mode = this.base = this.index = this.disp = 0;
    this.source = this.f.source[i]!;
  }

  give(x: Vreg): void {
    this.vregs[this.vregCount++] = x;
  }

  imm(n: number): void {
    this.imms[this.immCount++] = n;
  }

  /** Gives the operand words of a call. */
  giveWords(): void {
    const { words, wordCount } = this.l;
    if (wordCount + 2 > MOST) bug("select: a call has too many operands");
    for (let k = 0; k < wordCount; k++) this.give(words[k]!);
  }

  /** Appends the record; the displacement comes first, the address operands last. */
  emit(op: number, size: number, condition: number, clobbers: number): void {
    const { imms, mode } = this;
    if (mode !== 0) {
      for (let k = this.immCount++; k > 0; k--) imms[k] = imms[k - 1]!;
      imms[0] = this.disp;
    }
    if (this.base !== 0) this.give(this.base);
    if (this.index !== 0) this.give(this.index);
    const third = traits(clobbers, mode, condition, size);
    const { lir } = this.l;
    newRecord(
      this.insts,
      lir,
      op,
      this.source,
      third,
      this.vregs,
      this.vregCount,
      imms,
      this.immCount,
    );
  }

  done(op: number, size: number): void {
    this.emit(op, size, 0, 0);
  }

  /** Appends a record of its own with a new integer def, x and y (0 = none); returns the def. */
  protected beside(op: number, third: number, x: Vreg, y: Vreg, imms: number): Vreg {
    const { sideVregs } = this;
    const def = this.l.lir.newVreg(CLASS.int);
    sideVregs[0] = def;
    sideVregs[1] = x;
    sideVregs[2] = y;
    const count = x === 0 ? 1 : y === 0 ? 2 : 3;
    newRecord(this.insts, this.l.lir, op, 0, third, sideVregs, count, this.sideImms, imms);
    return def;
  }
}
