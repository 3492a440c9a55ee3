// How often each block runs, guessed from the shape of the code alone, relative to the entry: each
// loop turns LOOP times, a branch divides its share evenly among the ways that stay in the loop, a
// way out of a loop is taken once per entry of the loop, and what is cold hardly runs at all.
//
// Blocks are taken in layout order; an edge from further down adds nothing. The guess is kept
// within bounds, because a row of early returns does not make what follows them unlikely.

import { roomFloat } from "./columns.ts";
import type { Lir } from "../lir.ts";

const LOOP = 8;
const DEEPEST = 8;
const COLD = 0.001;
/** Least share of a block that is not cold. */
const LEAST = 1 / 16;

/** Fills `freq` (made longer if need be) for the blocks of a function, and returns it. */
export function blockFrequencies(
  lir: Lir,
  freq: Float64Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> {
  const blocks = lir.blockCount;
  // Shares first, then times loops. Upper half: the largest share that arrives by leaving loops.
  const share = roomFloat(freq, 2 * blocks).fill(0, 0, 2 * blocks);
  if (blocks > 0) share[0] = 1;
  for (let b = 0; b < blocks; b++) {
    const mine = Math.max(LEAST, Math.min(1, share[b]! + share[blocks + b]!));
    const factor = lir.cold[b] !== 0 ? COLD : 1;
    share[b] = mine * factor * LOOP ** Math.min(lir.loopDepth[b]!, DEEPEST);
    spread(lir, share, b, mine);
  }
  return share;
}

/** Passes a block's share on along its edges downwards. */
function spread(lir: Lir, share: Float64Array, b: number, mine: number): void {
  const { loopDepth, cold, edgeTarget, blockCount } = lir;
  const depth = loopDepth[b]!;
  let staying = 0;
  for (let e = lir.edgeStart[b]!; e < lir.edgeStart[b + 1]!; e++) {
    const t = edgeTarget[e]!;
    if (loopDepth[t]! >= depth && cold[t] === 0) staying++;
  }
  for (let e = lir.edgeStart[b]!; e < lir.edgeStart[b + 1]!; e++) {
    const t = edgeTarget[e]!;
    if (t <= b) continue;
    if (loopDepth[t]! < depth) share[blockCount + t] = Math.max(share[blockCount + t]!, mine);
    else share[t]! += cold[t] === 0 ? mine / staying : mine;
  }
}
