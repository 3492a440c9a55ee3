// A look ahead over a function body, made before SSA construction: which locals every loop assigns,
// and what a loop or the function does to memory, globals and tables. One pass over the bytes that
// reads opcodes, skips immediates and believes everything: a body that is not well-formed stops the
// scan, and the walker reports the error.
//
// Assignments go into a log. At the end of a loop its stretch of the log is reduced to distinct
// locals, which are copied out sorted and stay in the log for the loop around it.

import { Unsupported } from "../support/errors.ts";
import { LIMITS } from "./decode.ts";
import type { Module } from "./module.ts";
import { Imm, OPS, opOfByte, opOfPrefixed, isPrefix } from "./ops.ts";
import type { OpName } from "./ops.ts";

/** What code may do: bits of `Scanner.flags` and `Scanner.loopFlags`. */
export const SCAN = {
  /** Writes linear memory. */
  stores: 1,
  calls: 2,
  /** Grows a memory or a table. */
  grows: 4,
  /** Writes a global. */
  globals: 8,
  /** Writes a table. */
  tables: 16,
  indirectCalls: 32,
} as const;

const flagsByName: Partial<Record<OpName, number>> = {
  "memory.grow": SCAN.grows,
  "memory.fill": SCAN.stores,
  "memory.copy": SCAN.stores,
  "memory.init": SCAN.stores,
  "global.set": SCAN.globals,
  "table.set": SCAN.tables,
  "table.fill": SCAN.tables,
  "table.copy": SCAN.tables,
  "table.init": SCAN.tables,
  "table.grow": SCAN.tables | SCAN.grows,
  call: SCAN.calls,
  call_indirect: SCAN.calls | SCAN.indirectCalls,
};

// Kinds of operators: how to step over the immediates. `legs` LEB128 numbers and `raw` bytes follow
// for SKIP; the others act or count first.
const SKIP = 0;
const SET = 1;
const BLOCK = 2;
const LOOP = 3;
const END = 4;
const TARGETS = 5;
const TYPES = 6;
const STOP = 7;

const kindOfOp = new Uint8Array(OPS.length);
const lebs = new Uint8Array(OPS.length);
const raw = new Uint8Array(OPS.length);
const flagsOfOp = new Uint8Array(OPS.length);

// Number of LEB128 numbers and of raw bytes by immediate; kinds that are missing stop the scan.
// prettier-ignore
const sizes: Partial<Record<Imm, readonly [number, number]>> = {
  [Imm.none]: [0, 0],       [Imm.label]: [1, 0],      [Imm.func]: [1, 0],
  [Imm.local]: [1, 0],      [Imm.global]: [1, 0],     [Imm.table]: [1, 0],
  [Imm.elem]: [1, 0],       [Imm.data]: [1, 0],       [Imm.funcRef]: [1, 0],
  [Imm.i32]: [1, 0],        [Imm.i64]: [1, 0],        [Imm.memory]: [1, 0],
  [Imm.heapType]: [1, 0],   [Imm.memarg]: [2, 0],     [Imm.callIndirect]: [2, 0],
  [Imm.memory2]: [2, 0],    [Imm.tableInit]: [2, 0],  [Imm.tableCopy]: [2, 0],
  [Imm.memoryInit]: [2, 0], [Imm.memargLane]: [2, 1], [Imm.lane]: [0, 1],
  [Imm.f32]: [0, 4],        [Imm.f64]: [0, 8],        [Imm.v128]: [0, 16],
  [Imm.shuffle]: [0, 16],   [Imm.fence]: [0, 1],
};

OPS.forEach(({ name, imm, sig, align }, op) => {
  const size = sizes[imm];
  if (size !== undefined) [lebs[op], raw[op]] = size;
  if (name === "local.set" || name === "local.tee") kindOfOp[op] = SET;
  else if (name === "loop") kindOfOp[op] = LOOP;
  else if (imm === Imm.blocktype && name !== "try") kindOfOp[op] = BLOCK;
  else if (name === "end") kindOfOp[op] = END;
  else if (imm === Imm.labels) kindOfOp[op] = TARGETS;
  else if (imm === Imm.refTypes) kindOfOp[op] = TYPES;
  else if (size === undefined) kindOfOp[op] = STOP;
  flagsOfOp[op] = flagsByName[name] ?? (align >= 0 && sig.endsWith(":") ? SCAN.stores : 0);
});

// No valid function has more locals, parameters included.
const maxLocals = LIMITS.locals;

/** Implementation limit: locals assigned in loops, summed over the loops of one function. */
const maxEntries = 1 << 22;

export class Scanner {
  /** Operators of the function, `end` included. */
  ops = 0;
  /** Largest number of open blocks. */
  maxDepth = 0;
  /** SCAN bits of the whole function. */
  flags = 0;
  /** Number of loops, in order of occurrence, reachable or not. */
  loops = 0;
  /** Byte offset of each loop operator. */
  loopOffset = new Int32Array(16);
  /** Locals assigned in each loop: `locals[loopFirst .. loopFirst + loopCount)`, ascending. */
  loopFirst = new Int32Array(16);
  loopCount = new Int32Array(16);
  loopFlags = new Uint8Array(16);
  locals = new Int32Array(64);

  private used = 0;
  private log = new Int32Array(64);
  private logSize = 0;
  private logStart = new Int32Array(16);
  private mark = new Int32Array(64);
  private serial = 0;
  /** Loop number per open block, -1 for other blocks. */
  private open = new Int32Array(32);
  private frameFlags = new Uint8Array(32);
  private depth = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  private pos = 0;
  private end = 0;

  /** Scans the body of function `func`, which must be defined in the module. */
  scan(m: Module, func: number): void {
    const body = m.bodies[func - m.importedFuncs]!;
    this.bytes = m.bytes;
    this.pos = body.start;
    this.end = body.end;
    this.ops = this.maxDepth = this.flags = this.loops = 0;
    this.used = this.logSize = 0;
    this.depth = 0;
    this.skipLocals();
    this.enter(-1);
    this.operators();
  }

  private u32(): number {
    let value = 0;
    let shift = 0;
    for (;;) {
      const b = this.bytes[this.pos++] ?? 0;
      value |= (b & 0x7f) << shift;
      if (b < 0x80) return value >>> 0;
      shift += 7;
    }
  }

  private skipLocals(): void {
    const runs = this.u32();
    for (let i = 0; i < runs && this.pos < this.end; i++) {
      this.u32();
      this.pos++;
    }
  }

  private operators(): void {
    const { bytes, end } = this;
    let flags = 0;
    let ops = 0;
    while (this.pos < end && this.depth > 0) {
      const at = this.pos;
      const byte = bytes[at]!;
      this.pos = at + 1;
      const op = isPrefix(byte) ? opOfPrefixed(byte, this.u32()) : opOfByte[byte]!;
      if (op < 0) break;
      ops++;
      const effect = flagsOfOp[op]!;
      if (effect !== 0) {
        flags |= effect;
        this.frameFlags[this.depth - 1]! |= effect;
      }
      const kind = kindOfOp[op]!;
      if (kind === SKIP) this.skip(lebs[op]!, raw[op]!);
      else if (!this.act(kind, at)) break;
    }
    this.flags = flags;
    this.ops = ops;
  }

  private skip(numbers: number, rest: number): void {
    const { bytes } = this;
    let { pos } = this;
    for (let i = 0; i < numbers; i++) while (bytes[pos++]! >= 0x80);
    this.pos = pos + rest;
  }

  private act(kind: number, at: number): boolean {
    switch (kind) {
      case SET:
        this.set(this.u32());
        return true;
      case BLOCK:
        this.skip(1, 0);
        this.enter(-1);
        return true;
      case LOOP:
        this.skip(1, 0);
        this.enter(this.newLoop(at));
        return true;
      case END:
        this.leave();
        return true;
      case TARGETS:
        return this.skipMany(this.u32() + 1);
      case TYPES:
        this.pos += this.u32();
        return true;
      default:
        return false;
    }
  }

  private skipMany(numbers: number): boolean {
    for (let i = 0; i < numbers && this.pos < this.end; i++) this.skip(1, 0);
    return this.pos < this.end;
  }

  private set(local: number): void {
    if (local >= this.mark.length) {
      if (local >= maxLocals) return;
      this.mark = new Int32Array(maxLocals);
    }
    if (this.logSize === this.log.length) this.log = widen(this.log);
    this.log[this.logSize++] = local;
  }

  private newLoop(at: number): number {
    const n = this.loops++;
    if (n === this.loopOffset.length) {
      this.loopOffset = widen(this.loopOffset);
      this.loopFirst = widen(this.loopFirst);
      this.loopCount = widen(this.loopCount);
      this.logStart = widen(this.logStart);
      this.loopFlags = widenBytes(this.loopFlags);
    }
    this.loopOffset[n] = at;
    this.loopFirst[n] = this.loopCount[n] = this.loopFlags[n] = 0;
    this.logStart[n] = this.logSize;
    return n;
  }

  private enter(loop: number): void {
    const d = this.depth++;
    if (d === this.open.length) {
      this.open = widen(this.open);
      this.frameFlags = widenBytes(this.frameFlags);
    }
    this.open[d] = loop;
    this.frameFlags[d] = 0;
    if (d > this.maxDepth) this.maxDepth = d;
  }

  private leave(): void {
    const d = --this.depth;
    const loop = this.open[d]!;
    const flags = this.frameFlags[d]!;
    if (loop >= 0) {
      this.loopFlags[loop] = flags;
      this.closeLoop(loop);
    }
    if (d > 0) this.frameFlags[d - 1]! |= flags;
  }

  private closeLoop(loop: number): void {
    const { log, mark } = this;
    const start = this.logStart[loop]!;
    const serial = ++this.serial;
    let size = start;
    for (let i = start; i < this.logSize; i++) {
      const local = log[i]!;
      if (mark[local] === serial) continue;
      mark[local] = serial;
      log[size++] = local;
    }
    this.logSize = size;
    this.emit(loop, start, size - start);
  }

  private emit(loop: number, start: number, count: number): void {
    const first = this.used;
    if (first + count > maxEntries) {
      throw new Unsupported("too many locals assigned in nested loops", this.loopOffset[loop]!);
    }
    while (first + count > this.locals.length) this.locals = widen(this.locals);
    for (let i = 0; i < count; i++) this.locals[first + i] = this.log[start + i]!;
    if (count > 1) this.locals.subarray(first, first + count).sort();
    this.loopFirst[loop] = first;
    this.loopCount[loop] = count;
    this.used = first + count;
  }
}

function widen(column: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(column.length * 2);
  bigger.set(column);
  return bigger;
}

function widenBytes(column: Uint8Array): Uint8Array<ArrayBuffer> {
  const bigger = new Uint8Array(column.length * 2);
  bigger.set(column);
  return bigger;
}
