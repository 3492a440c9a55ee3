// The blocks of the LIR and their order. In: a placed Func and its Cfg. Out: a list of LIR blocks,
// each one of three kinds:
//
//   block   a block of the IR
//   split   a block with nothing but a jump, put on a critical edge that carries arguments
//           (lir.ts law 4)
//   chain   case k >= 1 of a switch with few cases, which becomes a chain of comparisons; case 0 is
//           compared at the end of the switch's own block
//
// The order is that of the IR's layout, a reverse post-order, except that what lies between the
// blocks of a loop without belonging to it (ways out that leave or trap) follows the loop. It stays
// a topological order of the forward edges: what leaves a loop never comes back into it.
//
// Nodes: 1 .. n - 1 the IR's blocks, n + h the loop with header h as a whole, 2n + s synthetic
// block s. Every loop (0 = the function) has a list of nodes; writing out the lists from the
// outside in gives the order.

import type { Cfg } from "../src/ir/cfg.ts";
import { edgesOf } from "../src/ir/edges.ts";
import type { Block, Edge, Func } from "../src/ir/func.ts";
import { IR } from "../src/ir/ops.ts";

export const KIND = { block: 0, split: 1, chain: 2 } as const;

/** Switches with at most this many cases besides the default become comparisons. */
const CHAIN_CASES = 4;

/** Number of cases of a switch, the default not counted. */
export const caseCount = (f: Func, i: number): number => f.pool[f.b[i]!]! - 1;
export const isChained = (f: Func, i: number): boolean => caseCount(f, i) <= CHAIN_CASES;

const grown = (old: Int32Array<ArrayBuffer>, need: number): Int32Array<ArrayBuffer> =>
  old.length >= need ? old : new Int32Array(need * 2);

export class BlockOrder {
  /** Number of LIR blocks. */
  count = 0;
  /** By LIR block: KIND, the IR block it is or comes from, the edge (split) or the case (chain). */
  kind = new Uint8Array(64);
  block = new Int32Array(64);
  detail = new Int32Array(64);
  /** By LIR block: an IR block of the innermost loop around it that is its header, 0 = none. */
  loop = new Int32Array(64);
  cold = new Uint8Array(64);

  private f!: Func;
  private cfg!: Cfg;
  private size = 0;
  /** LIR block of each IR block, and of each synthetic one. */
  private lirOf = new Int32Array(256);
  private synthetics = 0;
  private synKind = new Uint8Array(64);
  private synBlock = new Int32Array(64);
  private synDetail = new Int32Array(64);
  private synLoop = new Int32Array(64);
  private synCold = new Uint8Array(64);
  /** By pool index: 1 + the synthetic block on that edge, 0 = none. */
  private splitAt = new Int32Array(1024);
  /** By IR block: the first of its chain of synthetic blocks. */
  private chainAt = new Int32Array(64);
  private first = new Int32Array(64);
  private last = new Int32Array(64);
  private next = new Int32Array(256);
  private stack = new Int32Array(64);
  private readonly edges: number[] = [];

  run(f: Func, cfg: Cfg): void {
    this.f = f;
    this.cfg = cfg;
    this.reserve(f);
    this.synthetics = 0;
    this.listBlocks();
    for (let k = 0; k < f.layoutCount; k++) this.addSynthetic(f.layout[k]!);
    this.write();
  }

  /** LIR block of an IR block. */
  of(b: Block): number {
    return this.lirOf[b]!;
  }

  /** LIR block that stands on edge `e`, -1 if there is none. */
  splitOf(e: Edge): number {
    const s = this.splitAt[e]!;
    return s === 0 ? -1 : this.lirOf[this.size * 2 + s - 1]!;
  }

  /** LIR block that compares case `k` >= 1 of the switch at the end of `b`. */
  chainOf(b: Block, k: number): number {
    return this.lirOf[this.size * 2 + this.chainAt[b]! + k - 1]!;
  }

  private reserve(f: Func): void {
    this.size = f.blockCount;
    this.first = grown(this.first, f.blockCount);
    this.last = grown(this.last, f.blockCount);
    this.chainAt = grown(this.chainAt, f.blockCount);
    this.next = grown(this.next, f.blockCount * 2);
    this.stack = grown(this.stack, f.blockCount + 2);
    this.splitAt = grown(this.splitAt, f.poolCount);
    this.splitAt.fill(0, 0, f.poolCount);
    this.first.fill(0, 0, f.blockCount);
  }

  private append(loop: number, node: number): void {
    if (this.first[loop] === 0) this.first[loop] = node;
    else this.next[this.last[loop]!] = node;
    this.last[loop] = node;
    this.next[node] = 0;
  }

  private insertAfter(loop: number, node: number, added: number): void {
    if (added >= this.next.length) {
      const wide = new Int32Array(added * 2);
      wide.set(this.next);
      this.next = wide;
    }
    this.next[added] = this.next[node]!;
    this.next[node] = added;
    if (this.last[loop] === node) this.last[loop] = added;
  }

  private listBlocks(): void {
    const { f, size } = this;
    const { loopHeader, loopParent } = this.cfg;
    for (let k = 0; k < f.layoutCount; k++) {
      const b = f.layout[k]!;
      const h = loopHeader[b]!;
      if (h === b) this.append(loopParent[b]!, size + b);
      this.append(h, b);
    }
  }

  // Synthetic blocks ------------------------------------------------------------------------------

  private newSynthetic(kind: number, b: Block, detail: number, loop: number, cold: number): number {
    const s = this.synthetics++;
    if (s === this.synKind.length) {
      const bytes = (old: Uint8Array): Uint8Array<ArrayBuffer> => {
        const wide = new Uint8Array(s * 2);
        wide.set(old);
        return wide;
      };
      const words = (old: Int32Array): Int32Array<ArrayBuffer> => {
        const wide = new Int32Array(s * 2);
        wide.set(old);
        return wide;
      };
      this.synKind = bytes(this.synKind);
      this.synCold = bytes(this.synCold);
      this.synBlock = words(this.synBlock);
      this.synDetail = words(this.synDetail);
      this.synLoop = words(this.synLoop);
    }
    this.synKind[s] = kind;
    this.synBlock[s] = b;
    this.synDetail[s] = detail;
    this.synLoop[s] = loop;
    this.synCold[s] = cold;
    return s;
  }

  private addSynthetic(b: Block): void {
    const { f, edges } = this;
    const t = f.term[b]!;
    const count = edgesOf(f, b, edges, 0);
    if (count < 2) return;
    for (let k = 0; k < count; k++) this.splitEdge(b, edges[k]!);
    if (f.op[t] !== IR.switch || !isChained(f, t)) return;
    const loop = this.cfg.loopHeader[b]!;
    this.chainAt[b] = this.synthetics;
    let node: number = b;
    for (let k = 1; k < count - 1; k++) {
      const s = this.newSynthetic(KIND.chain, b, k, loop, f.cold[b]!);
      this.insertAfter(loop, node, this.size * 2 + s);
      node = this.size * 2 + s;
    }
  }

  private splitEdge(b: Block, e: Edge): void {
    const { f, cfg, splitAt } = this;
    const target = f.pool[e]!;
    if (f.pool[e + 1] === 0 || splitAt[e] !== 0) return;
    const { start } = cfg.edges;
    if (start[target + 1]! - start[target]! < 2) return;
    const loop = this.commonLoop(b, target);
    const cold = f.cold[b]! | f.cold[target]!;
    const s = this.newSynthetic(KIND.split, b, e, loop, cold);
    splitAt[e] = s + 1;
    this.insertAfter(loop, this.nodeIn(loop, b), this.size * 2 + s);
  }

  /** Header of the innermost loop around both blocks, 0 = none. */
  private commonLoop(b: Block, target: Block): number {
    const { loopHeader, loopParent } = this.cfg;
    let h = loopHeader[b]!;
    while (h !== 0 && !this.cfg.isInLoop(target, h)) h = loopParent[h]!;
    return h;
  }

  /** The node that stands for `b` in the list of a loop around it. */
  private nodeIn(loop: number, b: Block): number {
    const { loopHeader, loopParent } = this.cfg;
    let h = loopHeader[b]!;
    if (h === loop) return b;
    while (loopParent[h] !== loop) h = loopParent[h]!;
    return this.size + h;
  }

  // The order -------------------------------------------------------------------------------------

  private write(): void {
    const { size, first, next, stack } = this;
    this.count = 0;
    this.lirOf = grown(this.lirOf, size * 2 + this.synthetics);
    let top = 0;
    stack[top++] = first[0]!;
    while (top > 0) {
      const node = stack[--top]!;
      if (node === 0) continue;
      stack[top++] = next[node]!;
      if (node >= size && node < size * 2) stack[top++] = first[node - size]!;
      else this.put(node);
    }
  }

  private put(node: number): void {
    const { size, f } = this;
    const k = this.count++;
    if (k === this.block.length) this.growOut();
    this.lirOf[node] = k;
    if (node < size) {
      this.kind[k] = KIND.block;
      this.block[k] = node;
      this.detail[k] = 0;
      this.loop[k] = this.cfg.loopHeader[node]!;
      this.cold[k] = f.cold[node]!;
      return;
    }
    const s = node - size * 2;
    this.kind[k] = this.synKind[s]!;
    this.block[k] = this.synBlock[s]!;
    this.detail[k] = this.synDetail[s]!;
    this.loop[k] = this.synLoop[s]!;
    this.cold[k] = this.synCold[s]!;
  }

  private growOut(): void {
    const n = this.block.length * 2;
    const bytes = (old: Uint8Array): Uint8Array<ArrayBuffer> => {
      const wide = new Uint8Array(n);
      wide.set(old);
      return wide;
    };
    const words = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const wide = new Int32Array(n);
      wide.set(old);
      return wide;
    };
    this.kind = bytes(this.kind);
    this.cold = bytes(this.cold);
    this.block = words(this.block);
    this.detail = words(this.detail);
    this.loop = words(this.loop);
  }
}
