// Where the functions of generate.ts run. In: a seed. Out: memory, an instance record, a table of
// functions, and answers to calls, as a function of the seed and of all that happened before, so
// that a pass which drops, repeats or reorders an effect changes the outcome.

import { FuncRef, Instance } from "../abi.ts";
import { Random } from "./draw.ts";
import type { Signature } from "./func.ts";
import { MEMORY, RECORD, regionHigh } from "./run.ts";
import type { World } from "./run.ts";
import { F32, F64, I32, I64, V128 } from "./types.ts";

// The record: globals, then what is fixed, sizes and a table's base. The table has 16 entries,
// every fourth of them null, the others addresses of FuncRefs whose signatures take turns.

export const GLOBALS = Math.ceil(Instance.$size / 64) * 64;
export const FIXED = GLOBALS + 64;
export const SIZES = FIXED + 64;
export const TABLE_BASE = SIZES + 64;
const RECORD_SIZE = TABLE_BASE + 8;
const MEMORY_SIZE = 65536;
const TABLE = 3;
const REFS = 4;
const ENTRIES = 16;

/** Types of what generated functions call. */
export const signatures: readonly Signature[] = [
  { params: [], results: [] },
  { params: [I32], results: [I32] },
  { params: [I64, F64], results: [F64] },
  { params: [I32, I32, I64, F32], results: [I64, I32, F32] },
  { params: Array.from({ length: 18 }, (_, k) => [I32, F64, I64][k % 3]!), results: [F32] },
  { params: [F32, F64], results: Array.from({ length: 11 }, (_, k) => [I64, F32, I32][k % 3]!) },
  { params: [V128, I32, V128], results: [V128, I32, V128] },
];
/** Signature id of type k is SIG_ID + k. */
export const SIG_ID = 0x51c0ffee | 0;
/** Functions that can be called directly; function k has type k % signatures.length. */
export const CALLEES = 2 * signatures.length;

/** Where generated functions run. `trace` is a digest of all calls and their arguments. */
export class GeneratedWorld implements World {
  readonly regions: (DataView | undefined)[];
  trace: number;

  constructor(seed: number) {
    const random = new Random(seed);
    this.trace = seed | 0;
    const filled = (size: number): DataView => {
      const view = new DataView(new ArrayBuffer(size));
      for (let k = 0; k < size; k += 4) view.setInt32(k, random.word() >> random.below(32), true);
      return view;
    };
    const table = filled(ENTRIES * 8);
    const refs = filled(ENTRIES * FuncRef.$size);
    for (let k = 0; k < ENTRIES; k++) {
      refs.setInt32(k * FuncRef.$size + FuncRef.sig, SIG_ID + (k % signatures.length), true);
      const isNull = k % 4 === 3;
      table.setInt32(k * 8, isNull ? 0 : k * FuncRef.$size, true);
      table.setInt32(k * 8 + 4, isNull ? 0 : regionHigh(REFS), true);
    }
    const record = filled(RECORD_SIZE);
    record.setInt32(TABLE_BASE, 0, true);
    record.setInt32(TABLE_BASE + 4, regionHigh(TABLE), true);
    this.regions = [undefined, record, filled(MEMORY_SIZE), table, refs];
  }

  private mix(word: number): void {
    const h = Math.imul(this.trace ^ word, 0x9e3779b1);
    this.trace = (h ^ (h >>> 15)) | 0;
  }

  call(op: number, lo: number, hi: number, args: Int32Array): ArrayLike<number> {
    this.mix(op);
    this.mix(lo);
    this.mix(hi);
    for (let k = 0; k < args.length; k++) this.mix(args[k]!);
    // What is called reads and writes state, as functions do.
    this.touch(this.regions[MEMORY]!, this.trace >>> 17);
    this.touch(this.regions[RECORD]!, GLOBALS + ((this.trace >>> 3) & 56));
    const words = new Int32Array(32);
    for (let k = 0; k < words.length; k++) {
      this.mix(k);
      words[k] = this.trace >> (this.trace & 31);
    }
    return words;
  }

  private touch(view: DataView, at: number): void {
    this.mix(view.getInt32(at, true));
    view.setInt32(at, this.trace, true);
  }

  /** A digest of everything that can be observed after a run. */
  digest(): number {
    for (const view of this.regions) {
      for (let k = 0; view !== undefined && k < view.byteLength; k += 4) {
        this.mix(view.getInt32(k, true));
      }
    }
    return this.trace;
  }
}
