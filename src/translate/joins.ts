// Branches that wait for their label. A forward label (end of a block, if, or the function) becomes
// a block when it is reached; until then every branch to it leaves a record here: which column
// names the edge, the label's values, and the locals that differ from what they were when the label
// was opened. When the label is reached, `Joins` compares the records and makes block parameters
// only for results and locals that arrive with different values.
//
// A record in `words`: [next record, instruction, column (0 a, 1 b, 2 c), local count,
//                       value..., (local, value)...]

import type { Func } from "../ir/func.ts";
import { IR } from "../ir/ops.ts";
import type { Type } from "../ir/types.ts";
import { NONE } from "../ir/types.ts";

const HEAD = 4;

/** One label's waiting branches. */
export interface Label {
  first: number;
  last: number;
  count: number;
  /** Number of values a branch to it carries. */
  arity: number;
}

const grow = (old: Int32Array, need: number): Int32Array<ArrayBuffer> => {
  const wide = new Int32Array(Math.max(old.length * 2, need));
  wide.set(old);
  return wide;
};

export class Joins {
  private words = new Int32Array(4096);
  private size = 1;
  /** By local: how many records mention it, its first value, whether values differ. */
  private mentions = new Int32Array(0);
  private value = new Int32Array(0);
  private differs = new Uint8Array(0);
  /** Position of the local's argument, by local. */
  private position = new Int32Array(0);
  /** Locals that some record mentions. */
  private touched = new Int32Array(64);
  private touchedCount = 0;

  /** Forgets all records; `locals` is the number of locals of the next function. */
  reset(locals: number): void {
    this.size = 1;
    if (locals > this.mentions.length) {
      const n = Math.max(locals, this.mentions.length * 2);
      this.mentions = new Int32Array(n);
      this.value = new Int32Array(n);
      this.differs = new Uint8Array(n);
      this.position = new Int32Array(n);
    }
  }

  /** Opens a record for the branch in `column` of `inst`; values and locals are added after it. */
  branch(label: Label, inst: number, column: number): void {
    const need = this.size + HEAD + label.arity;
    if (need > this.words.length) this.words = grow(this.words, need);
    const at = this.size;
    if (label.count++ === 0) label.first = at;
    else this.words[label.last] = at;
    label.last = at;
    this.words[at] = 0;
    this.words[at + 1] = inst;
    this.words[at + 2] = column;
    this.words[at + 3] = 0;
    this.size += HEAD;
  }

  /** Adds one of the label's values to the record opened last. */
  addValue(v: number): void {
    this.words[this.size++] = v;
  }

  /** Adds a local that has changed since the label was opened. */
  addLocal(label: Label, local: number, v: number): void {
    if (this.size + 2 > this.words.length) this.words = grow(this.words, this.size + 2);
    this.words[this.size++] = local;
    this.words[this.size++] = v;
    this.words[label.last + 3]!++;
  }

  /**
   * Resolves a label into `block`, already minted, not begun. `results[0 .. arity)` receives the
   * label's values and `locals` is updated; both must hold the state from when the label was
   * opened. Calls `onLocal` for every local whose value is not what it was. Parameters get types
   * `types`.
   */
  resolve(
    f: Func,
    label: Label,
    block: number,
    types: readonly Type[],
    localTypes: Uint8Array,
    results: Int32Array,
    locals: Int32Array,
    onLocal: (local: number, value: number) => void,
  ): void {
    const { words } = this;
    const first = label.first;
    this.collect(label, locals);
    f.firstParam[block] = f.count;
    let params = 0;
    // Results: a parameter where two records disagree.
    for (let k = 0; k < label.arity; k++) {
      const v = words[first + HEAD + k]!;
      let same = true;
      for (let r = words[first]!; r !== 0 && same; r = words[r]!) same = words[r + HEAD + k] === v;
      results[k] = same ? v : f.inst(IR.param, types[k] ?? NONE, params++, 0, 0, block);
    }
    const resultParams = params;
    for (let t = 0; t < this.touchedCount; t++) {
      const local = this.touched[t]!;
      const differ = this.differs[local] !== 0 || this.mentions[local] !== label.count;
      if (differ) this.position[local] = params;
      const v = differ
        ? f.inst(IR.param, localTypes[local]!, params++, 0, 0, block)
        : this.value[local]!;
      if (!differ) this.position[local] = -1;
      this.value[local] = v;
    }
    f.paramCount[block] = params;
    if (params === 0) f.firstParam[block] = 0;
    for (let r = first; r !== 0; r = words[r]!) {
      this.connect(f, r, label, block, params, resultParams, results, locals);
    }
    for (let t = 0; t < this.touchedCount; t++) {
      const local = this.touched[t]!;
      onLocal(local, this.value[local]!);
      this.mentions[local] = this.differs[local] = 0;
    }
    this.touchedCount = 0;
  }

  /** Gathers which locals the records mention and whether they agree. */
  private collect(label: Label, locals: Int32Array): void {
    const { words } = this;
    for (let r = label.first; r !== 0; r = words[r]!) {
      let at = r + HEAD + label.arity;
      for (let n = words[r + 3]!; n > 0; n--, at += 2) {
        const local = words[at]!;
        const v = words[at + 1]!;
        if (v === locals[local]) continue;
        if (this.mentions[local]!++ === 0) {
          if (this.touchedCount === this.touched.length) {
            this.touched = grow(this.touched, this.touched.length * 2);
          }
          this.touched[this.touchedCount++] = local;
          this.value[local] = v;
        } else if (this.value[local] !== v) this.differs[local] = 1;
      }
    }
  }

  /** Makes the edge of record `r` and hangs it into its instruction. */
  private connect(
    f: Func,
    r: number,
    label: Label,
    block: number,
    params: number,
    resultParams: number,
    results: Int32Array,
    locals: Int32Array,
  ): void {
    const { words } = this;
    const edge = f.words(2 + params);
    f.pool[edge] = block;
    f.pool[edge + 1] = params;
    let out = edge + 2;
    const firstParam = f.firstParam[block]!;
    for (let k = 0; k < label.arity; k++) {
      const v = results[k]!;
      if (v >= firstParam && v < firstParam + resultParams && params > 0) {
        f.pool[out++] = words[r + HEAD + k]!;
      }
    }
    for (let t = 0; t < this.touchedCount; t++) {
      const local = this.touched[t]!;
      if (this.position[local]! >= 0) f.pool[edge + 2 + this.position[local]!] = locals[local]!;
    }
    let at = r + HEAD + label.arity;
    for (let n = words[r + 3]!; n > 0; n--, at += 2) {
      const local = words[at]!;
      if (this.mentions[local] !== 0 && this.position[local]! >= 0) {
        f.pool[edge + 2 + this.position[local]!] = words[at + 1]!;
      }
    }
    const inst = words[r + 1]!;
    if (words[r + 2] === 0) f.a[inst] = edge;
    else if (words[r + 2] === 1) f.b[inst] = edge;
    else f.c[inst] = edge;
  }
}
