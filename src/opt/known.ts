// What is known to lie in memory and instance state: a small direct-mapped table of contents. An entry says:
// at these bytes, in this version of their class, lies this value. In: loads and stores as they are
// built. Out: the value that a load would read, 0 if unknown.
//
// Bytes are named by a root value and an offset. Of an i32 address `add x, C` with access offset o these
// are x and C + o mod 2^32, which is sound because an access that succeeds ends below 2^32: its
// address is congruent to x + C + o and so equals its residue. So two accesses of one root touch the
// same bytes if and only if their offsets overlap, whatever wrapped on the way. A constant address has
// root 0. Other addresses, 64-bit sums without wrapping, are their own root.
//
// A class of state gets a new version whenever it may have changed. A store carries over to the new
// version what it cannot have changed: entries of the same root whose bytes are disjoint.

import type { Block, Func, Value } from "../ir/func.ts";
import { WIDTH_BYTES, classOf, widthOf } from "../ir/ops.ts";
import { TYPE_SIZE } from "../ir/types.ts";
import type { Type } from "../ir/types.ts";

const SLOTS = 64;
const SLOT_SHIFT = 26;

/** Bytes that an access with `aux` of a value of type `ty` touches. */
export const bytesOf = (aux: number, ty: Type): number =>
  WIDTH_BYTES[widthOf(aux)]! || TYPE_SIZE[ty]!;

export class Known {
  private readonly root = new Int32Array(SLOTS);
  private readonly offset = new Int32Array(SLOTS);
  private readonly aux = new Int32Array(SLOTS);
  private readonly type = new Uint8Array(SLOTS);
  /** -1 = empty. */
  private readonly version = new Int32Array(SLOTS);
  private readonly value = new Int32Array(SLOTS);
  private readonly block = new Int32Array(SLOTS);
  private readonly f: Func;

  constructor(f: Func) {
    this.f = f;
  }

  reset(): void {
    this.version.fill(-1);
  }

  private slot(root: Value, offset: number): number {
    return (Math.imul(root, 0x9e3779b1) + Math.imul(offset, 0x85ebca77)) >>> SLOT_SHIFT;
  }

  /** The slot of what lies there in `version`, as read by an access like this; -1 if unknown. */
  find(root: Value, offset: number, aux: number, ty: Type, version: number): number {
    const at = this.slot(root, offset);
    return this.version[at] === version &&
      this.root[at] === root &&
      this.offset[at] === offset &&
      this.aux[at] === aux &&
      this.type[at] === ty
      ? at
      : -1;
  }

  /** The value that slot holds and the block where this became known. */
  valueAt(slot: number): Value {
    return this.value[slot]!;
  }
  blockAt(slot: number): Block {
    return this.block[slot]!;
  }

  learn(
    root: Value,
    offset: number,
    aux: number,
    version: number,
    value: Value,
    block: Block,
  ): void {
    const at = this.slot(root, offset);
    this.root[at] = root;
    this.offset[at] = offset;
    this.aux[at] = aux;
    this.type[at] = this.f.ty[value]!;
    this.version[at] = version;
    this.value[at] = value;
    this.block[at] = block;
  }

  /** A store of `bytes` bytes makes version `next` of what was `last`. */
  carryOver(root: Value, offset: number, bytes: number, aux: number, last: number, next: number) {
    const { version } = this;
    const klass = classOf(aux);
    for (let k = 0; k < SLOTS; k++) {
      if (version[k] !== last || this.root[k] !== root) continue;
      const other = this.aux[k]!;
      if (classOf(other) !== klass) continue;
      // Distances modulo 2^32 both ways: neither range starts inside the other.
      const ahead = (this.offset[k]! - offset) >>> 0;
      const behind = (offset - this.offset[k]!) >>> 0;
      if (ahead >= bytes && behind >= bytesOf(other, this.type[k]!)) version[k] = next;
    }
  }
}
