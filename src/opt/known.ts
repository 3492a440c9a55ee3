// What is known to lie in memory and instance state: a small direct-mapped table of contents. An
// entry says: at these bytes, in this version of their class, lies this value. In: loads and stores
// as they are built. Out: the value that a load would read, 0 if unknown.
//
// Bytes are named by a root value and a key, an offset from it. Of an i32 address `add x, C` with
// access offset o these are x and C + o mod 2^32: an access that succeeds ends below 2^32, so that
// its address, which is congruent to x + C + o, equals its residue. Two accesses of one root that
// succeed touch the same bytes if and only if their keys overlap, whatever wrapped on the way. A
// constant address has root 0. Other addresses, 64-bit sums without wrapping, are their own root.
//
// A load is replaced only if it succeeds. Its address A' = V' + o' (V' below 2^32) has the residue
// A of the known one, A = V + o, so it is A or A + 2^32; the latter needs A < o', which A >= o
// excludes if o' <= o. Hence an entry serves accesses whose own offset is no larger.
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
  private readonly key = new Int32Array(SLOTS);
  /** Offset of the access itself, a u32. */
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

  private slot(root: Value, key: number): number {
    return (Math.imul(root, 0x9e3779b1) + Math.imul(key, 0x85ebca77)) >>> SLOT_SHIFT;
  }

  /** The slot of what lies there in `version`, as read by an access like this; -1 if unknown. */
  find(root: Value, key: number, offset: number, aux: number, ty: Type, version: number): number {
    const at = this.slot(root, key);
    return this.version[at] === version &&
      this.root[at] === root &&
      this.key[at] === key &&
      offset >>> 0 <= this.offset[at]! >>> 0 &&
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
    key: number,
    offset: number,
    aux: number,
    version: number,
    value: Value,
    block: Block,
  ): void {
    const at = this.slot(root, key);
    this.root[at] = root;
    this.key[at] = key;
    this.offset[at] = offset | 0;
    this.aux[at] = aux;
    this.type[at] = this.f.ty[value]!;
    this.version[at] = version;
    this.value[at] = value;
    this.block[at] = block;
  }

  /** A store of `bytes` bytes makes version `next` of what was `last`. */
  carryOver(root: Value, key: number, bytes: number, aux: number, last: number, next: number) {
    const { version } = this;
    const klass = classOf(aux);
    for (let k = 0; k < SLOTS; k++) {
      if (version[k] !== last || this.root[k] !== root) continue;
      const other = this.aux[k]!;
      if (classOf(other) !== klass) continue;
      // Distances modulo 2^32 both ways: neither range starts inside the other.
      const ahead = (this.key[k]! - key) >>> 0;
      const behind = (key - this.key[k]!) >>> 0;
      if (ahead >= bytes && behind >= bytesOf(other, this.type[k]!)) version[k] = next;
    }
  }
}
