// Where arguments and results stand, by the native ABI (DESIGN 6): registers of two files in order,
// then memory: 8 bytes each in order, 16 and 16-aligned for v128, the area rounded up to 16 bytes.

import { F32, F64, V128 } from "../src/ir/types.ts";
import type { Type } from "../src/ir/types.ts";
import { CLASS, FIRST_VEC } from "./lir.ts";

/** Registers of one direction, by machine number (vector registers 0-31 too). */
export interface Sequence {
  readonly ints: readonly number[];
  readonly vecs: readonly number[];
}

/** Register class of a type (lir.ts CLASS). */
export const classOfType = (t: Type): number =>
  t === V128 ? CLASS.wide : t === F32 || t === F64 ? CLASS.float : CLASS.int;

export class Places {
  count = 0;
  /** Location of value k: 0-31 general, 32-63 vector register, -1 = in memory at `offset[k]`. */
  location = new Int32Array(16);
  offset = new Int32Array(16);
  /** Size of the area in memory, a multiple of 16. */
  bytes = 0;

  assign(types: readonly Type[], { ints, vecs }: Sequence): void {
    if (types.length > this.location.length) {
      this.location = new Int32Array(types.length * 2);
      this.offset = new Int32Array(types.length * 2);
    }
    let int = 0;
    let vec = 0;
    let at = 0;
    this.count = types.length;
    for (let k = 0; k < types.length; k++) {
      const klass = classOfType(types[k]!);
      if (klass === CLASS.int && int < ints.length) this.location[k] = ints[int++]!;
      else if (klass !== CLASS.int && vec < vecs.length)
        this.location[k] = FIRST_VEC + vecs[vec++]!;
      else {
        const size = klass === CLASS.wide ? 16 : 8;
        at = (at + size - 1) & -size;
        this.location[k] = -1;
        this.offset[k] = at;
        at += size;
      }
    }
    this.bytes = (at + 15) & -16;
  }
}
