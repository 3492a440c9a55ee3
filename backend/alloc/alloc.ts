// The register allocator: a Lir in, locations and edits out (see lir.ts). It never changes the
// code.
//
//   live.ts       numbers the records, finds uses, defs and live ranges
//   coalesce.ts   joins ranges whose values may share a place, so that copies vanish
//   greedy.ts     gives registers, with eviction and splitting (split.ts); the rest is in memory
//   resolve.ts    slots (slots.ts), locations of operands, and edits (moves.ts)
//
// An Allocator keeps its columns from function to function; what `run` returns is valid until the
// next call. Time is linear in the size of the function but for a logarithm per live range, and
// for planning of splits, which has a budget in the size of the function.

import { Coalescer } from "./coalesce.ts";
import { Greedy } from "./greedy.ts";
import type { Allocation, Lir, Registers } from "../lir.ts";
import { Live } from "./live.ts";
import { Moves } from "./moves.ts";
import { Resolver } from "./resolve.ts";

export class Allocator {
  private readonly live: Live;
  private readonly coalescer: Coalescer;
  private readonly greedy: Greedy;
  private readonly moves: Moves;
  private readonly resolver: Resolver;

  constructor(registers: Registers) {
    this.live = new Live(registers);
    this.coalescer = new Coalescer(this.live);
    this.greedy = new Greedy(this.live, registers);
    this.moves = new Moves(registers.scratchVec);
    this.resolver = new Resolver(this.live, registers, this.moves);
  }

  /** Allocates one function. The result shares the allocator's columns: use it before the next. */
  run(lir: Lir): Allocation {
    this.live.run(lir);
    this.coalescer.run();
    this.greedy.run();
    this.resolver.run(lir);
    const { moves, resolver } = this;
    const units = resolver.slots.units;
    return {
      locs: resolver.locs,
      edits: moves.edits,
      editCount: moves.editCount,
      slots: moves.usedSpare ? ((units + 1) & -2) + 2 : units,
      usedInts: moves.usedInts | resolver.usedInts,
      usedVecs: moves.usedVecs | resolver.usedVecs,
    };
  }
}
