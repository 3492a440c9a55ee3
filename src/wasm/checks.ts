// Checks of immediates against the module: index ranges, alignments, lanes, segments. In: an
// operator whose immediates were just read. Everything about the operand stack is the walk's.

import type { ByteReader } from "../support/bytes.ts";
import { Invalid } from "../support/errors.ts";
import type { ImmBox } from "./immediates.ts";
import type { Module } from "./module.ts";
import { Imm, OPS } from "./ops.ts";
import type { OpRow } from "./ops.ts";
import { typeName } from "./types.ts";
import type { ValType } from "./types.ts";

export class ImmChecker {
  private readonly m: Module;
  private readonly r: ByteReader;
  private readonly imm: ImmBox;

  constructor(m: Module, r: ByteReader, imm: ImmBox) {
    this.m = m;
    this.r = r;
    this.imm = imm;
  }

  private invalid(reason: string): never {
    throw new Invalid(reason, this.imm.offset, this.r.func);
  }

  access(op: number): void {
    this.memory(0);
    if (this.imm.c > OPS[op]!.align) {
      this.invalid("alignment must not be larger than natural");
    }
  }

  private memory(index: number): void {
    if (index >= this.m.memories.length) this.invalid(`unknown memory ${index}`);
  }

  tableElem(index: number): ValType {
    const table = this.m.tables[index];
    if (table === undefined) this.invalid(`unknown table ${index}`);
    return table.elem;
  }

  private elemType(index: number): ValType {
    const elem = this.m.elems[index];
    if (elem === undefined) this.invalid(`unknown elem segment ${index}`);
    return elem.type;
  }

  private dataSegment(index: number): void {
    const { dataCount } = this.m;
    if (dataCount < 0) this.r.fail("data count section required", this.imm.offset);
    if (index >= dataCount) this.invalid(`unknown data segment ${index}`);
  }

  check(op: number, row: OpRow): void {
    const { imm } = this;
    switch (row.imm) {
      case Imm.memargLane:
        this.access(op);
        return this.checkLane(16 >> row.align);
      case Imm.lane:
        return this.checkLane(laneCount(row.name));
      case Imm.shuffle:
        return this.checkShuffle();
      case Imm.memory:
      case Imm.memory2:
        return this.memory(0);
      case Imm.memoryInit:
        this.memory(0);
        return this.dataSegment(imm.a);
      case Imm.data:
        return this.dataSegment(imm.a);
      case Imm.elem:
        this.elemType(imm.a);
        return;
      case Imm.table:
        this.tableElem(imm.a);
        return;
      case Imm.tableInit:
        return this.sameElem(row, this.tableElem(imm.b), this.elemType(imm.a));
      case Imm.tableCopy:
        return this.sameElem(row, this.tableElem(imm.a), this.tableElem(imm.b));
      case Imm.funcRef:
        return this.checkFuncRef(imm.a);
      case Imm.refTypes:
        if (imm.count !== 1) this.invalid("invalid result arity of select");
        return;
    }
  }

  private sameElem(row: OpRow, want: ValType, got: ValType): void {
    if (want === got) return;
    this.invalid(
      `type mismatch in ${row.name}: expected ${typeName(want)}, found ${typeName(got)}`,
    );
  }

  private checkLane(lanes: number): void {
    if (this.imm.d >= lanes) this.invalid(`invalid lane index ${this.imm.d}`);
  }

  private checkShuffle(): void {
    for (let i = 0; i < 16; i++) {
      const lane = this.imm.bytes[i]!;
      if (lane >= 32) this.invalid(`invalid lane index ${lane}`);
    }
  }

  private checkFuncRef(index: number): void {
    if (index >= this.m.funcs.length) this.invalid(`unknown function ${index}`);
    if (this.m.declared[index] === 0) this.invalid(`undeclared function reference ${index}`);
  }
}

// Lanes of a shape by the name of an operator: `i16x8.extract_lane_s` has 8.
const laneCount = (name: string): number =>
  Number(name.slice(name.indexOf("x") + 1, name.indexOf(".")));
