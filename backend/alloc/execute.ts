// Runs LIR without knowing what its ops mean: a record's defs become hashes of its op and of what
// it reads, and the edge it leaves by is drawn from those and from a seed. Run over vregs and over
// locations with edits, a function must leave the same trace; if it does not, the allocation is
// wrong. The second opinion behind the checker.

import { EDIT, FIRST_SLOT, FIRST_VEC, HEAD, clobbersOf, immsOf, isDef, opOf } from "../lir.ts";
import { operandsOf, vregOf } from "../lir.ts";
import type { Allocation, Lir, Registers } from "../lir.ts";

const mix = (h: number, x: number): number => {
  const y = Math.imul(h ^ x, 0x9e3779b1);
  return (y ^ (y >>> 15)) | 0;
};

class Run {
  private readonly lir: Lir;
  private readonly registers: Registers;
  private readonly alloc: Allocation | undefined;
  /** Values by vreg or by location. */
  private readonly values = new Map<number, number>();
  private hash: number;
  private steps: number;
  private edit = 0;

  constructor(lir: Lir, registers: Registers, alloc: Allocation | undefined, seed: number) {
    this.lir = lir;
    this.registers = registers;
    this.alloc = alloc;
    this.hash = seed;
    this.steps = 2000;
  }

  /** Hash of everything that was read, in order. */
  run(): number {
    for (let b = 0; b >= 0 && this.steps > 0;) b = this.block(b);
    return this.hash;
  }

  private read(place: number): number {
    return this.values.get(place) ?? 0x5eed;
  }

  private block(b: number): number {
    const { lir } = this;
    for (let w = lir.blockStart[b]!; w < lir.blockStart[b + 1]!;) {
      this.edits(w);
      this.record(w);
      w += HEAD + operandsOf(lir.code[w]!) + immsOf(lir.code[w]!);
    }
    const count = lir.edgeStart[b + 1]! - lir.edgeStart[b]!;
    if (count === 0) return -1;
    const e = lir.edgeStart[b]! + ((this.hash >>> 8) % count);
    if (this.alloc === undefined) this.pass(e);
    return lir.edgeTarget[e]!;
  }

  private constant(k: number): number {
    return mix(0xc0457, this.lir.constWords[(-1 - k) * 4]!);
  }

  /** Arguments to parameters, at once. */
  private pass(e: number): void {
    const { lir } = this;
    const args = [...lir.args.subarray(lir.argStart[e], lir.argStart[e + 1])];
    const values = args.map((a) => (a < 0 ? this.constant(a) : this.read(a)));
    const first = lir.paramStart[lir.edgeTarget[e]!]!;
    values.forEach((x, k) => this.values.set(lir.params[first + k]!, x));
  }

  private edits(w: number): void {
    const { alloc, values, registers } = this;
    if (alloc === undefined) return;
    const { edits, editCount } = alloc;
    let low = 0;
    let high = editCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edits[middle * 4]! < w) low = middle + 1;
      else high = middle;
    }
    for (this.edit = low; this.edit < editCount && edits[this.edit * 4] === w; this.edit++) {
      const [, kind, from, to] = edits.subarray(this.edit * 4, this.edit * 4 + 4);
      const value = from! < 0 ? this.constant(from!) : this.read(from!);
      if (kind === EDIT.swap) values.set(from!, this.read(to!));
      if (from! >= FIRST_SLOT && to! >= FIRST_SLOT) {
        values.set(FIRST_VEC + registers.scratchVec, value);
      }
      values.set(to!, value);
      if (kind === EDIT.wide && to! >= FIRST_SLOT) values.set(to! + 1, 0xbad);
    }
  }

  private record(w: number): void {
    const { lir, alloc, values } = this;
    const code = lir.code;
    const top = w + HEAD + operandsOf(code[w]!);
    this.steps--;
    this.hash = mix(this.hash, opOf(code[w]!));
    for (let k = w + HEAD; k < top; k++) {
      if (isDef(code[k]!)) continue;
      this.hash = mix(this.hash, this.read(alloc ? alloc.locs[k]! : vregOf(code[k]!)));
    }
    if (alloc !== undefined) this.clobber(clobbersOf(code[w + 2]!));
    for (let k = w + HEAD; k < top; k++) {
      if (!isDef(code[k]!)) continue;
      values.set(alloc ? alloc.locs[k]! : vregOf(code[k]!), mix(this.hash, k - w));
    }
  }

  private clobber(set: number): void {
    const { ints, vecs } = this.registers.clobbers[set]!;
    for (let r = 0; r < 32; r++) {
      if (((ints >>> r) & 1) !== 0) this.values.set(r, 0xdead + r);
      if (((vecs >>> r) & 1) !== 0) this.values.set(FIRST_VEC + r, 0xdead - r);
    }
  }
}

/** True if the allocation leaves the same trace as the vregs do, for one drawn path. */
export function runsAlike(
  lir: Lir,
  alloc: Allocation,
  registers: Registers,
  seed: number,
): boolean {
  const plain = new Run(lir, registers, undefined, seed).run();
  return plain === new Run(lir, registers, alloc, seed).run();
}
