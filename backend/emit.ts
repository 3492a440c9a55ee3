// The last pass: an allocated Lir becomes a Blob. Blocks are written in the order of layout.ts;
// each record is preceded by the edits that the allocator asks for there; the record that ends a
// block gets the labels of its edges and of what follows, so that it can fall through. Deferred
// stubs come after the last block, constants and jump tables after them. Instructions are the
// encoder's business.
//
// Labels 0 .. blockCount are the blocks'. Inner loops of at most 64 bytes begin at a multiple of
// the target's loopAlign, up to 512 bytes at a multiple of 16; longer ones gain nothing.

import { Asm } from "./asm.ts";
import { Layout } from "./layout.ts";
import { LIR, opOf, recordSize } from "./lir.ts";
import type { Allocation, Lir } from "./lir.ts";
import type { Blob } from "../src/object/blob.ts";
import type { EmitOptions, Encoder, Target } from "./target.ts";

const SMALL_LOOP = 64;
const LOOP = 512;

export class Emitter {
  private readonly asm: Asm;
  private readonly encoder: Encoder;
  private readonly layout = new Layout();
  private readonly loopAlign: number;
  private edgeLabels = new Int32Array(64);

  constructor(target: Target) {
    this.asm = new Asm(target.branches);
    this.loopAlign = target.loopAlign;
    this.encoder = target.newEncoder(this.asm);
  }

  /** Emits one function. The blob is its own; nothing of it is shared with the emitter. */
  run(lir: Lir, alloc: Allocation, options: EmitOptions): Blob {
    const { asm, encoder, layout } = this;
    layout.compute(lir, alloc);
    this.labelEdges(lir);
    asm.reset(lir.blockCount + 1);
    encoder.begin(lir, alloc, options);
    this.blocks(lir, alloc);
    asm.bind(lir.blockCount);
    for (let s = 0; s < asm.stubCount; s++) encoder.stub(s);
    encoder.end();
    return asm.finish(encoder.frame, encoder.cpu);
  }

  private labelEdges(lir: Lir): void {
    const edges = lir.edgeStart[lir.blockCount]!;
    if (edges > this.edgeLabels.length) this.edgeLabels = new Int32Array(edges * 2);
    for (let e = 0; e < edges; e++) this.edgeLabels[e] = this.layout.target[lir.edgeTarget[e]!]!;
  }

  private blocks(lir: Lir, alloc: Allocation): void {
    const { asm, layout } = this;
    let padding = -1;
    let loopStart = 0;
    let loopEnd = 0;
    for (let i = 0; i < layout.count; i++) {
      if (padding >= 0 && i === loopEnd) {
        this.alignLoop(padding, asm.size - loopStart);
        padding = -1;
      }
      const end = padding < 0 ? layout.loopEnd(lir, i) : 0;
      if (end > 0) {
        padding = asm.padding();
        loopStart = asm.size;
        loopEnd = end;
      }
      const b = layout.order[i]!;
      asm.bind(b);
      this.block(lir, alloc, b, i + 1 < layout.count ? layout.order[i + 1]! : lir.blockCount);
    }
    if (padding >= 0) this.alignLoop(padding, asm.size - loopStart);
  }

  private alignLoop(padding: number, bytes: number): void {
    if (bytes <= SMALL_LOOP) this.asm.alignTo(padding, this.loopAlign);
    else if (bytes <= LOOP) this.asm.alignTo(padding, 16);
  }

  private block(lir: Lir, alloc: Allocation, b: number, next: number): void {
    const { encoder } = this;
    const { edits } = alloc;
    const code = lir.code;
    const end = lir.blockStart[b + 1]!;
    let e = this.layout.firstEdit[b]!;
    const lastEdit = this.layout.firstEdit[b + 1]!;
    for (let r = lir.blockStart[b]!; r < end;) {
      for (; e < lastEdit && edits[e * 4] === r; e++) {
        encoder.edit(edits[e * 4 + 1]!, edits[e * 4 + 2]!, edits[e * 4 + 3]!);
      }
      const after = r + recordSize(code[r]!);
      if (after < end) {
        encoder.record(r);
      } else {
        const first = lir.edgeStart[b]!;
        const to = this.edgeLabels[first]!;
        if (opOf(code[r]!) === LIR.jump && to !== next && this.layout.copied[to] !== 0) {
          this.block(lir, alloc, to, next);
          return;
        }
        encoder.control(r, this.edgeLabels, first, lir.edgeStart[b + 1]! - first, next);
      }
      r = after;
    }
  }
}
