// Everything about the blocks of a Lir but what is in them: order, loops, edges, and how many
// parameters and arguments there are. The vregs of those are filled in while the code is made
// (lower.ts), because a vreg is minted when somebody asks for its value. In: a placed Func, its
// Cfg, an empty Lir.

import type { Cfg } from "../src/ir/cfg.ts";
import type { Edge, Func } from "../src/ir/func.ts";
import { IR } from "../src/ir/ops.ts";
import type { Lir } from "./lir.ts";
import { BlockOrder, KIND, caseCount, isChained } from "./order.ts";

const grown = (old: Int32Array<ArrayBuffer>, need: number): Int32Array<ArrayBuffer> =>
  old.length >= need ? old : new Int32Array(need * 2);

export class Outline {
  readonly order = new BlockOrder();
  private f!: Func;
  private lir!: Lir;

  run(f: Func, cfg: Cfg, lir: Lir): void {
    this.f = f;
    this.lir = lir;
    const { order } = this;
    order.run(f, cfg);
    const { count } = order;
    this.reserveBlocks(count);
    lir.blockCount = count;
    let params = 0;
    let edges = 0;
    let args = 0;
    for (let k = 0; k < count; k++) {
      lir.loopDepth[k] = Math.min(cfg.loopDepth[order.loop[k]!]!, 255);
      lir.loopHeader[k] = order.loop[k] === 0 ? -1 : order.of(order.loop[k]!);
      lir.cold[k] = order.cold[k]!;
      lir.paramStart[k] = params;
      if (k > 0 && order.kind[k] === KIND.block) params += this.f.paramCount[order.block[k]!]!;
      lir.edgeStart[k] = edges;
      const added = this.edgesOf(k);
      this.reserveEdges(edges + added);
      for (let e = 0; e < added; e++) {
        lir.edgeTarget[edges] = this.targetOf(k, e);
        lir.argStart[edges++] = args;
        args += this.argCount(k, e);
      }
    }
    lir.paramStart[count] = params;
    lir.edgeStart[count] = edges;
    lir.argStart[edges] = args;
    lir.args = grown(lir.args, args);
    lir.params = grown(lir.params, params);
  }

  private reserveBlocks(count: number): void {
    const { lir } = this;
    lir.blockStart = grown(lir.blockStart, count + 1);
    lir.paramStart = grown(lir.paramStart, count + 1);
    lir.edgeStart = grown(lir.edgeStart, count + 1);
    lir.loopHeader = grown(lir.loopHeader, count);
    if (lir.loopDepth.length < count) {
      lir.loopDepth = new Uint8Array(count * 2);
      lir.cold = new Uint8Array(count * 2);
    }
  }

  private reserveEdges(need: number): void {
    const { lir } = this;
    if (lir.edgeTarget.length > need) return;
    const targets = new Int32Array(need * 2);
    targets.set(lir.edgeTarget);
    lir.edgeTarget = targets;
    const starts = new Int32Array(need * 2 + 1);
    starts.set(lir.argStart);
    lir.argStart = starts;
  }

  /** Number of edges of LIR block `k`. */
  private edgesOf(k: number): number {
    const { f, order } = this;
    if (order.kind[k] === KIND.split) return 1;
    if (order.kind[k] === KIND.chain) return 2;
    const t = f.term[order.block[k]!]!;
    switch (f.op[t]) {
      case IR.jump:
        return 1;
      case IR.br:
        return 2;
      case IR.switch: {
        const cases = caseCount(f, t);
        return isChained(f, t) && cases > 0 ? 2 : cases + 1;
      }
      default:
        return 0;
    }
  }

  /** The IR edge behind edge `e` of LIR block `k`, 0 if it leads on along a chain of cases. */
  irEdge(k: number, e: number): Edge {
    const { f, order } = this;
    if (order.kind[k] === KIND.split) return order.detail[k]!;
    const t = f.term[order.block[k]!]!;
    if (f.op[t] === IR.jump) return f.a[t]!;
    if (f.op[t] === IR.br) return e === 0 ? f.b[t]! : f.c[t]!;
    const list = f.b[t]!;
    const cases = caseCount(f, t);
    if (!isChained(f, t) || cases === 0) return f.pool[list + 1 + e]!;
    const n = order.kind[k] === KIND.chain ? order.detail[k]! : 0;
    if (e === 0) return f.pool[list + 1 + n]!;
    return n + 1 < cases ? 0 : f.pool[list + 1 + cases]!;
  }

  private targetOf(k: number, e: number): number {
    const { f, order } = this;
    const edge = this.irEdge(k, e);
    if (edge === 0) {
      const n = order.kind[k] === KIND.chain ? order.detail[k]! : 0;
      return order.chainOf(order.block[k]!, n + 1);
    }
    const split = order.kind[k] === KIND.split ? -1 : order.splitOf(edge);
    return split >= 0 ? split : order.of(f.pool[edge]!);
  }

  private argCount(k: number, e: number): number {
    const edge = this.irEdge(k, e);
    if (edge === 0) return 0;
    const isSplit = this.order.kind[k] !== KIND.split && this.order.splitOf(edge) >= 0;
    return isSplit ? 0 : this.f.pool[edge + 1]!;
  }
}
