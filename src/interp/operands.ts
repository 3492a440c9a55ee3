// The abstract operand stack of the emitter: where the value of each entry is, and the instructions
// that bring it where it is needed. A frame has a place per local, then one per operand stack
// position: a slot of two words, or two slots for a v128. Places are offsets in the frame, in
// words.
//
//   SLOT    in the slot of its own position
//   LOCAL   still in the local it was read from: local.get costs nothing until the local is
//           assigned, which first saves the entries that mean the old value
//   CONST   nowhere: it goes into an instruction as an immediate, or into the slot when needed
//   SUM     an i32 in the slot of its position, still to be added a constant to
//   LSUM    an i32 in a local, to be added a constant to
//
// The sums are there for addresses, most of which are sums that a memory instruction can do itself.
// Entries that were popped keep their columns until something is pushed: instructions are written
// between the two.

import type { ValType } from "../wasm/types.ts";
import type { Assembler } from "./assembler.ts";
import { RESULT, X } from "./loop.gen.ts";
import { formOf, wordsOfForm } from "./slots.ts";

export const SLOT = 0;
export const LOCAL = 1;
export const CONST = 2;
export const SUM = 3;
export const LSUM = 4;

export const isOfLocal = (kind: number): boolean => kind === LOCAL || kind === LSUM;

/** The instruction that copies a value, by form. */
const COPY = [X.copy32, X.copy64, X.copy128] as const;

export class Operands {
  private readonly asm: Assembler;
  kinds = new Uint8Array(256);
  /** See slots.ts. */
  forms = new Uint8Array(256);
  /** The local, or the low word of a constant. */
  los = new Int32Array(256);
  /** The high word, or what is to be added. */
  his = new Int32Array(256);
  /** Where the place of each position begins; one more than there are entries. */
  private places = new Int32Array(257);
  sp = 0;
  /** End of the highest place there was. */
  highest = 0;
  /** Entries that are of a local: in all, and by local. */
  private pending = 0;
  uses = new Int32Array(16);
  private localForms = new Uint8Array(16);
  private localPlaces = new Int32Array(16);

  constructor(asm: Assembler) {
    this.asm = asm;
  }

  /** Empties the stack for a function with these locals. */
  reset(types: readonly ValType[]): void {
    this.sp = this.pending = 0;
    if (types.length > this.uses.length) {
      this.uses = new Int32Array(types.length * 2);
      this.localForms = new Uint8Array(types.length * 2);
      this.localPlaces = new Int32Array(types.length * 2);
    }
    this.uses.fill(0, 0, types.length);
    let place = 0;
    for (let i = 0; i < types.length; i++) {
      const form = formOf(types[i]!);
      this.localForms[i] = form;
      this.localPlaces[i] = place;
      place += wordsOfForm(form);
    }
    this.places[0] = this.highest = place;
  }

  /** The place of a position, which may be the next one. */
  slot(position: number): number {
    return this.places[position]!;
  }

  /** The place of a local. */
  localSlot(local: number): number {
    return this.localPlaces[local]!;
  }

  push(kind: number, form: number, lo: number, hi: number): void {
    const p = this.sp++;
    if (p >= this.kinds.length) this.grow();
    this.kinds[p] = kind;
    this.forms[p] = form;
    this.los[p] = lo;
    this.his[p] = hi;
    const end = this.places[p]! + wordsOfForm(form);
    this.places[p + 1] = end;
    if (end > this.highest) this.highest = end;
  }

  private grow(): void {
    const size = this.kinds.length * 2;
    const bytes = (from: Uint8Array): Uint8Array<ArrayBuffer> => {
      const to = new Uint8Array(size);
      to.set(from);
      return to;
    };
    const words = (from: Int32Array): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(size + 1);
      to.set(from);
      return to;
    };
    this.kinds = bytes(this.kinds);
    this.forms = bytes(this.forms);
    this.los = words(this.los);
    this.his = words(this.his);
    this.places = words(this.places);
  }

  pushSlots(types: readonly ValType[]): void {
    for (const t of types) this.push(SLOT, formOf(t), 0, 0);
  }

  pushLocal(local: number): void {
    this.push(LOCAL, this.localForms[local]!, local, 0);
    this.uses[local]!++;
    this.pending++;
  }

  /** Takes the top entry off and returns its position. */
  pop(): number {
    const p = --this.sp;
    if (isOfLocal(this.kinds[p]!)) {
      this.uses[this.los[p]!]!--;
      this.pending--;
    }
    return p;
  }

  dropTo(height: number): void {
    while (this.sp > height) this.pop();
  }

  /** Puts the value of entry `p` into the slot `to`. */
  moveTo(p: number, to: number): void {
    const { asm } = this;
    const form = this.forms[p]!;
    const kind = this.kinds[p]!;
    const lo = this.los[p]!;
    if (kind === CONST) {
      if (form === 1) asm.put3(X.const64, to, lo, this.his[p]!);
      else asm.put2(X.const32, to, lo);
      return;
    }
    const from = this.home(p);
    if (kind === SUM || kind === LSUM) asm.put3(X["i32.add_i"], to, from, this.his[p]!);
    else if (from !== to) this.copy(form, to, from);
  }

  /** Copies a value of this form from place to place. */
  copy(form: number, to: number, from: number): void {
    this.asm.put2(COPY[form]!, to, from);
  }

  /** The slot that holds an entry, or what a sum adds to. */
  home(p: number): number {
    return isOfLocal(this.kinds[p]!) ? this.localSlot(this.los[p]!) : this.slot(p);
  }

  /** A slot that holds the value of entry `p`, which may have been popped. */
  use(p: number): number {
    if (this.kinds[p] === LOCAL) return this.localSlot(this.los[p]!);
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

  settleTop(n: number): void {
    for (let p = this.sp - n; p < this.sp; p++) this.settle(p);
  }

  /** Law 2. */
  settleLocals(): void {
    for (let p = this.sp - 1; this.pending > 0; p--) if (isOfLocal(this.kinds[p]!)) this.settle(p);
  }

  /** Saves the entries that mean the value a local has now. */
  saveLocal(local: number): void {
    for (let p = this.sp - 1; this.uses[local]! > 0; p--) {
      if (isOfLocal(this.kinds[p]!) && this.los[p] === local) this.settle(p);
    }
  }

  /** True if the last instruction computed entry `p`, just popped, and can be changed. */
  isFresh(p: number): boolean {
    const { last, words } = this.asm;
    if (this.kinds[p] !== SLOT || last < 0) return false;
    return RESULT[words[last]!] === 1 && words[last + 1] === this.slot(p);
  }

  /** Pushes entry `p`, just popped, plus a constant; `d` is the slot of the new top. */
  pushSum(d: number, p: number, addend: number): void {
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
}
