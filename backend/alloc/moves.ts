// Parallel moves made sequential. `add` collects moves that happen at once, `flush` writes them as
// edits in an order that has the same effect. A destination occurs once; sources may be shared
// and may be constants.
//
// A move may be written when nobody still reads its destination. When none may, what is left are
// cycles: one of general registers only is turned by exchanges; one of vector registers only is
// broken with the scratch register; one with a slot in it is broken with a spare slot behind all
// others, because moves between slots need the scratch register themselves.

import { room, wider } from "./columns.ts";
import { EDIT, FIRST_SLOT, FIRST_VEC } from "../lir.ts";

export class Moves {
  /** Four words each: before, EDIT, from, to. */
  edits = new Int32Array(1024);
  editCount = 0;
  /** Registers written. */
  usedInts = 0;
  usedVecs = 0;
  /** Whether the spare slot was needed. */
  usedSpare = false;

  private readonly scratch: number;
  private spare = 0;
  private from = new Int32Array(64);
  private to = new Int32Array(64);
  private kind = new Int32Array(64);
  private count = 0;
  /**
   * By location: moves that read it and are not written yet, and the move that writes it,
   * or -1.
   */
  private readers = new Int32Array(0);
  private writer = new Int32Array(0);
  private ready = new Int32Array(64);

  constructor(scratchVec: number) {
    this.scratch = FIRST_VEC + scratchVec;
  }

  /** Starts a function with so many slots. */
  reset(slots: number): void {
    const locs = FIRST_SLOT + slots + 3;
    this.spare = FIRST_SLOT + ((slots + 1) & -2);
    this.readers = room(this.readers, locs).fill(0, 0, locs);
    this.writer = room(this.writer, locs).fill(-1, 0, locs);
    this.editCount = this.count = 0;
    this.usedInts = this.usedVecs = 0;
    this.usedSpare = false;
  }

  get pending(): number {
    return this.count;
  }

  /** One more move of a CLASS; `from` may be -1 - constant. */
  add(from: number, to: number, kind: number): void {
    if (from === to || this.writer[to]! >= 0) return;
    const k = this.count++;
    if (k >= this.from.length) {
      this.from = wider(this.from, k + 1);
      this.to = wider(this.to, k + 1);
      this.kind = wider(this.kind, k + 1);
      this.ready = wider(this.ready, k + 1);
    }
    this.from[k] = from;
    this.to[k] = to;
    this.kind[k] = kind;
    this.writer[to] = k;
    if (from >= 0) this.readers[from]!++;
  }

  /** Writes what was added, as edits before the record at word `before`. */
  flush(before: number): void {
    const { to, readers } = this;
    const count = this.count;
    if (count === 0) return;
    let top = 0;
    for (let k = 0; k < count; k++) if (readers[to[k]!] === 0) this.ready[top++] = k;
    this.drain(before, top);
    for (let k = 0; k < count; k++) {
      if (this.writer[to[k]!] === k) this.turn(before, k);
    }
    this.count = 0;
  }

  /** Writes the moves on the stack and those that they set free. */
  private drain(before: number, top: number): void {
    const { from, to, kind, readers, writer, ready } = this;
    while (top > 0) {
      const k = ready[--top]!;
      const source = from[k]!;
      this.write(before, kind[k]!, source, to[k]!);
      writer[to[k]!] = -1;
      if (source < 0 || --readers[source]! > 0) continue;
      const next = writer[source]!;
      if (next >= 0) ready[top++] = next;
    }
  }

  /** Writes the cycle that move k is part of. */
  private turn(before: number, k: number): void {
    const { from, kind, readers, writer } = this;
    // Walk against the flow: the writer of a move's source comes before it.
    let slot = -1;
    let j = k;
    do {
      if (from[j]! >= FIRST_SLOT) slot = j;
      j = writer[from[j]!]!;
    } while (j !== k);
    if (slot < 0 && kind[k] === EDIT.int) {
      this.exchange(before, k);
      return;
    }
    // The value that move `first` reads is put aside; its old place may then be overwritten.
    const first = slot < 0 ? k : slot;
    const aside = slot < 0 ? this.scratch : this.spare;
    if (slot >= 0) this.usedSpare = true;
    const source = from[first]!;
    this.write(before, kind[first]!, source, aside);
    from[first] = aside;
    readers[aside] = 1;
    readers[source] = 0;
    this.ready[0] = writer[source]!;
    this.drain(before, 1);
  }

  /** A cycle of general registers: exchange its first place with each of the others in turn. */
  private exchange(before: number, k: number): void {
    const { from, to, readers, writer } = this;
    const home = to[k]!;
    // home wants the value of from[k]; after the exchange that place holds what home held.
    for (let j = k; ;) {
      const place = from[j]!;
      readers[place] = 0;
      const next = writer[place]!;
      writer[to[j]!] = -1;
      if (place === home) break;
      this.write(before, EDIT.swap, to[j]!, place);
      j = next;
    }
  }

  private write(before: number, kind: number, from: number, to: number): void {
    const at = this.editCount++ * 4;
    if (at + 4 > this.edits.length) this.edits = wider(this.edits, at + 4);
    const edits = this.edits;
    edits[at] = before;
    edits[at + 1] = kind;
    edits[at + 2] = from;
    edits[at + 3] = to;
    this.note(to);
    if (kind === EDIT.swap) this.note(from);
  }

  private note(loc: number): void {
    if (loc < FIRST_VEC) this.usedInts |= 1 << loc;
    else if (loc < FIRST_SLOT) this.usedVecs |= 1 << (loc - FIRST_VEC);
  }
}
