// From bundles with registers to the answer: a location per operand, and edits.
//
// A vreg whose bundle was never split has one location. For any other one the segments of its
// bundles that got a register ("pieces") are listed in order; where it is live outside of them it
// is in its group's slot. The slot is written right after the def, so going from a register to
// memory takes no move (or, where that is rarer, whenever the value leaves the register it is
// defined in). The other ways take moves:
//
//   a piece starts within a block      move from the piece before or from the slot
//   a piece holds the start of a block move along each edge whose other end is elsewhere
//   an edge has arguments              move to the parameters
//   a fixed use, a copied tied use     move from where the value was just before the record
//   a fixed def                        move from the register behind the record
//
// All moves in one place happen at once (moves.ts). The walk over the code goes in order, so a
// vreg's pieces are found by a cursor.

import { bug } from "../../src/support/errors.ts";
import { MEMORY, SPLIT } from "./bundles.ts";
import type { Bundles } from "./bundles.ts";
import { room, wider } from "./columns.ts";
import { CONSTRAINT, FIRST_SLOT, FIRST_VEC, HEAD, clobbersOf, constraintOf } from "../lir.ts";
import { isDef, numberOf, operandsOf, vregOf } from "../lir.ts";
import type { Lir, Registers } from "../lir.ts";
import { BY } from "./live.ts";
import type { Live } from "./live.ts";
import type { Moves } from "./moves.ts";
import { Slots } from "./slots.ts";

/** Marks in `home`: no location at all, or pieces and a slot. */
const NOWHERE = -1;
const PIECES = -2;

export class Resolver {
  private readonly live: Live;
  private readonly bundles: Bundles;
  private readonly registers: Registers;
  private readonly moves: Moves;
  readonly slots = new Slots();
  private lir!: Lir;

  /** The one location of each vreg, or NOWHERE or PIECES. */
  private home = new Int32Array(0);
  private slot = new Int32Array(0);
  /** Pieces of vreg v, ascending: pieces[pieceStart[v] .. pieceStart[v + 1]). */
  private pieceStart = new Int32Array(0);
  private pieces = new Int32Array(64);
  private cursor = new Int32Array(0);
  /** 1 for vregs whose def is followed by a store to the slot. */
  private stored = new Uint8Array(0);
  private anyPieces = false;

  /** Moves that splits make, chained: by record they precede, and by edge. */
  private atRecord = new Int32Array(0);
  private atEdge = new Int32Array(0);
  private moveNext = new Int32Array(64);
  private moveFrom = new Int32Array(64);
  private moveTo = new Int32Array(64);
  private moveVreg = new Int32Array(64);
  /** The record, or -1 - the edge. */
  private moveAt = new Int32Array(64);
  private moveCount = 1;

  locs = new Int32Array(0);
  /** Registers that operands and clobber sets write. */
  usedInts = 0;
  usedVecs = 0;

  constructor(live: Live, registers: Registers, moves: Moves) {
    this.live = live;
    this.bundles = live.bundles;
    this.registers = registers;
    this.moves = moves;
  }

  run(lir: Lir): void {
    this.lir = lir;
    this.findHomes();
    if (this.anyPieces) {
      this.collectPieces();
      this.giveSlots();
      this.splitMoves();
    }
    this.moves.reset(this.slots.units);
    this.locs = room(this.locs, lir.size);
    this.usedInts = this.usedVecs = 0;
    for (let b = 0; b < lir.blockCount; b++) this.block(b);
  }

  // ---- where everything is ---------------------------------------------------------------------

  private findHomes(): void {
    const { bundles, lir } = this;
    const vregs = lir.vregCount;
    this.home = room(this.home, vregs);
    this.slots.reset(lir);
    this.anyPieces = false;
    const home = this.home;
    for (let v = 1; v < vregs; v++) {
      const g = bundles.find(v);
      const reg = bundles.reg[g]!;
      if (bundles.segOf[v] === bundles.segOf[v + 1]) {
        home[v] = NOWHERE;
      } else if (reg >= 0) {
        home[v] = bundles.file[v] === 0 ? reg : FIRST_VEC + reg;
      } else {
        if (reg !== SPLIT && reg !== MEMORY) bug(`bundle ${g} was never placed`);
        home[v] = PIECES;
        this.anyPieces = true;
      }
    }
  }

  /** Lists the pieces per vreg, in order. */
  private collectPieces(): void {
    const { bundles, live, lir, home } = this;
    const vregs = lir.vregCount;
    this.pieceStart = room(this.pieceStart, vregs + 1).fill(0, 0, vregs + 1);
    this.cursor = room(this.cursor, vregs + 1);
    const { pieceStart, cursor } = this;
    const { segNext, segVreg, reg, first } = bundles;
    for (let b = vregs; b < bundles.count; b++) {
      if (reg[b]! < 0) continue;
      for (let s = first[b]!; s !== 0; s = segNext[s]!) pieceStart[segVreg[s]! + 1]!++;
    }
    for (let v = 1; v <= vregs; v++) {
      pieceStart[v]! += pieceStart[v - 1]!;
      cursor[v - 1] = pieceStart[v - 1]!;
    }
    this.pieces = room(this.pieces, pieceStart[vregs]!);
    const points = 2 * live.recCount;
    for (let f = 0; f < (live.hasVecs ? 2 : 1); f++) {
      const occupancy = live.files[f]!;
      for (let p = 0; p < points; p++) {
        for (let s = occupancy.firstAt(p); s !== 0; s = occupancy.nextAt(s)) {
          const v = segVreg[s]!;
          if (home[v] === PIECES) this.pieces[cursor[v]!++] = s;
        }
      }
    }
    for (let v = 0; v < vregs; v++) cursor[v] = pieceStart[v]!;
  }

  /** Finds the vregs that are in memory somewhere, gives their groups slots. */
  private giveSlots(): void {
    const { bundles, live, lir, home } = this;
    const vregs = lir.vregCount;
    this.slot = room(this.slot, vregs).fill(-1, 0, vregs);
    if (this.stored.length < vregs) this.stored = new Uint8Array(vregs + (vregs >> 1));
    this.stored.fill(0, 0, vregs);
    const { segOf, segFrom, segTo } = bundles;
    for (let v = 1; v < vregs; v++) {
      if (home[v] !== PIECES || !this.inMemory(v)) continue;
      const start = live.defPoint[v]!;
      // A fixed def's slot is written behind the record; else a def in memory writes it itself.
      const fixed = (live.defBy[v]! & 7) === BY.fixed;
      this.stored[v] = fixed || this.pieceAt(v, start) !== 0 ? 1 : 0;
      this.slots.need(bundles.find(v), segFrom[segOf[v]!]!, segTo[segOf[v + 1]! - 1]!);
    }
    this.slots.assign(lir);
    for (let v = 1; v < vregs; v++) {
      if (home[v] === PIECES) this.slot[v] = this.slots.loc[bundles.find(v)]!;
    }
  }

  /** Whether the vreg is live outside of its pieces. */
  private inMemory(v: number): boolean {
    const { segOf, segFrom, segTo } = this.bundles;
    const { pieces, pieceStart } = this;
    let k = pieceStart[v]!;
    const end = pieceStart[v + 1]!;
    for (let s = segOf[v]!; s < segOf[v + 1]!; s++) {
      let point = segFrom[s]!;
      while (point < segTo[s]!) {
        if (k === end || segFrom[pieces[k]!]! > point) return true;
        point = segTo[pieces[k++]!]!;
      }
    }
    return false;
  }

  /** The piece of v that holds a point, 0 = none. */
  private pieceAt(v: number, point: number): number {
    const { pieces, pieceStart } = this;
    const { segFrom, segTo } = this.bundles;
    let low = pieceStart[v]!;
    let high = pieceStart[v + 1]! - 1;
    if (high < low) return 0;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (segFrom[pieces[middle]!]! <= point) low = middle;
      else high = middle - 1;
    }
    const s = pieces[low]!;
    return segFrom[s]! <= point && point < segTo[s]! ? s : 0;
  }

  private pieceLoc(s: number): number {
    const reg = this.bundles.reg[this.bundles.segBundle[s]!]!;
    return this.bundles.file[this.bundles.segVreg[s]!] === 0 ? reg : FIRST_VEC + reg;
  }

  /** Location of a vreg at any point. */
  private locAt(v: number, point: number): number {
    const home = this.home[v]!;
    if (home !== PIECES) return home;
    const s = this.pieceAt(v, point);
    return s === 0 ? this.slot[v]! : this.pieceLoc(s);
  }

  // ---- what splits cost ------------------------------------------------------------------------

  private splitMoves(): void {
    const { live, lir, home } = this;
    const edges = lir.edgeStart[lir.blockCount]!;
    this.atRecord = room(this.atRecord, live.recCount).fill(0, 0, live.recCount);
    this.atEdge = room(this.atEdge, edges).fill(0, 0, edges);
    this.moveCount = 1;
    for (let v = 1; v < lir.vregCount; v++) {
      if (home[v] !== PIECES) continue;
      if (this.stored[v] === 1) this.storeLate(v);
      for (let k = this.pieceStart[v]!; k < this.pieceStart[v + 1]!; k++) {
        this.enterPiece(v, this.pieces[k]!);
      }
    }
  }

  private enterPiece(v: number, s: number): void {
    const { live, bundles } = this;
    const { firstRec, recBlock } = live;
    const from = bundles.segFrom[s]!;
    const to = bundles.segTo[s]!;
    const loc = this.pieceLoc(s);
    let b = recBlock[from >> 1]!;
    if (from !== 2 * firstRec[b]!) {
      if (from !== live.defPoint[v]!) {
        if ((from & 1) === 1) bug(`v${v} moves within record ${from >> 1}`);
        this.addMove(this.atRecord, from >> 1, v, this.locAt(v, from - 1), loc);
      }
      b++;
    }
    for (; b < this.lir.blockCount && 2 * firstRec[b]! < to; b++) {
      if (live.defRec[v] === firstRec[b]) continue; // a parameter here
      this.enterBlock(v, s, b, loc);
    }
  }

  private enterBlock(v: number, s: number, b: number, loc: number): void {
    const { predStart, predEdge, edgeBlock, firstRec } = this.live;
    const { segFrom, segTo } = this.bundles;
    for (let j = predStart[b]!; j < predStart[b + 1]!; j++) {
      const e = predEdge[j]!;
      const point = 2 * firstRec[edgeBlock[e]! + 1]! - 1;
      if (segFrom[s]! <= point && point < segTo[s]!) continue;
      this.addMove(this.atEdge, e, v, this.locAt(v, point), loc);
    }
  }

  // ---- stores ----------------------------------------------------------------------------------

  /**
   * Puts the stores of a vreg where it goes to memory, if that happens less often than its def:
   * where it leaves the register that it is defined in. No other register may be entered from
   * there.
   */
  private storeLate(v: number): void {
    const { live, bundles } = this;
    const first = this.pieceAt(v, live.defPoint[v]!);
    if (first === 0) return;
    const home = bundles.segBundle[first]!;
    const mark = this.moveCount;
    let left = live.freq[live.recBlock[live.defRec[v]!]!]!;
    for (let k = this.pieceStart[v]!; k < this.pieceStart[v + 1]! && left > 0; k++) {
      const s = this.pieces[k]!;
      if (bundles.segBundle[s] === home) left = this.leavePiece(v, s, home, left);
    }
    if (left > 0) this.stored[v] = 0;
    else this.takeBack(mark);
  }

  /** Takes the moves back that were added since `mark`. */
  private takeBack(mark: number): void {
    while (this.moveCount > mark) {
      const k = --this.moveCount;
      const chains = this.moveAt[k]! < 0 ? this.atEdge : this.atRecord;
      chains[this.moveAt[k]! < 0 ? -1 - this.moveAt[k]! : this.moveAt[k]!] = this.moveNext[k]!;
    }
  }

  /**
   * Adds the stores that leaving a piece takes; returns what is left of the price, 0 if too
   * much.
   */
  private leavePiece(v: number, s: number, home: number, left: number): number {
    const { live, bundles } = this;
    const { firstRec, recBlock, freq } = live;
    const to = bundles.segTo[s]!;
    const last = recBlock[(to - 1) >> 1]!;
    let b = recBlock[bundles.segFrom[s]! >> 1]!;
    for (; b <= last && 2 * firstRec[b + 1]! <= to && left > 0; b++) {
      left = this.leaveBlock(v, b, home, this.pieceLoc(s), left);
    }
    if (left <= 0 || to === 2 * firstRec[last + 1]! || !this.isLive(v, to)) return left;
    if (this.pieceAt(v, to) !== 0) return 0;
    // Left at the end of a record: the store stands before it, where the value must be already. A
    // piece that is entered there comes from the slot; one that is defined there is too late.
    const from = bundles.segFrom[s]!;
    if (from >> 1 === to >> 1) return from === live.defPoint[v]! ? 0 : left;
    left -= freq[last]!;
    if (left > 0) this.addMove(this.atRecord, to >> 1, v, this.pieceLoc(s), this.slot[v]!);
    return left;
  }

  private leaveBlock(v: number, b: number, home: number, loc: number, left: number): number {
    const { live, lir, bundles } = this;
    for (let e = lir.edgeStart[b]!; e < lir.edgeStart[b + 1]!; e++) {
      const t = lir.edgeTarget[e]!;
      const start = 2 * live.firstRec[t]!;
      if (!this.isLive(v, start) || live.defRec[v] === live.firstRec[t]) continue;
      const piece = this.pieceAt(v, start);
      if (piece !== 0 && bundles.segBundle[piece] === home) continue;
      if (piece !== 0 || live.isCritical(e)) return 0;
      left -= Math.min(live.freq[b]!, live.freq[t]!);
      if (left <= 0) return 0;
      this.addMove(this.atEdge, e, v, loc, this.slot[v]!);
    }
    return left;
  }

  /** Whether the vreg is live at a point. */
  private isLive(v: number, point: number): boolean {
    const { segOf, segFrom, segTo } = this.bundles;
    let low = segOf[v]!;
    let high = segOf[v + 1]! - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (segFrom[middle]! <= point) low = middle;
      else high = middle - 1;
    }
    return segFrom[low]! <= point && point < segTo[low]!;
  }

  private addMove(chains: Int32Array, at: number, v: number, from: number, to: number): void {
    if (from === to) return;
    const k = this.moveCount++;
    if (k >= this.moveNext.length) {
      this.moveNext = wider(this.moveNext, k + 1);
      this.moveFrom = wider(this.moveFrom, k + 1);
      this.moveTo = wider(this.moveTo, k + 1);
      this.moveVreg = wider(this.moveVreg, k + 1);
      this.moveAt = wider(this.moveAt, k + 1);
    }
    this.moveFrom[k] = from;
    this.moveTo[k] = to;
    this.moveVreg[k] = v;
    this.moveAt[k] = chains === this.atEdge ? -1 - at : at;
    this.moveNext[k] = chains[at]!;
    chains[at] = k;
  }

  private addChain(k: number): void {
    const { moves, moveFrom, moveTo, moveVreg, moveNext, lir } = this;
    for (; k !== 0; k = moveNext[k]!) {
      moves.add(moveFrom[k]!, moveTo[k]!, lir.vregClass[moveVreg[k]!]!);
    }
  }

  // ---- the walk --------------------------------------------------------------------------------

  private block(b: number): void {
    const { lir, live, moves, anyPieces } = this;
    const label = live.firstRec[b]!;
    const start = lir.blockStart[b]!;
    if (live.predStart[b + 1]! - live.predStart[b]! === 1) {
      const e = live.predEdge[live.predStart[b]!]!;
      if (this.leavesSeveral(e)) this.edge(e, start);
    }
    if (anyPieces) this.storeParams(b, label);
    const last = live.firstRec[b + 1]! - 1;
    for (let i = label + 1; i <= last; i++) {
      if (anyPieces && this.atRecord[i] !== 0) this.addChain(this.atRecord[i]!);
      this.record(i, live.recWord[i]!);
    }
    if (moves.pending > 0) bug(`block ${b} ends with a def that has to be moved`);
    const e = lir.edgeStart[b]!;
    if (e < lir.edgeStart[b + 1]! && !this.leavesSeveral(e)) this.edge(e, live.recWord[last]!);
    else if (anyPieces) this.checkEdges(b);
  }

  private leavesSeveral(e: number): boolean {
    const { live, lir } = this;
    const b = live.edgeBlock[e]!;
    return lir.edgeStart[b + 1]! - lir.edgeStart[b]! > 1;
  }

  /** Edges that have no place for moves must not need any. */
  private checkEdges(b: number): void {
    const { lir, live } = this;
    for (let e = lir.edgeStart[b]!; e < lir.edgeStart[b + 1]!; e++) {
      if (this.atEdge[e] !== 0 && live.isCritical(e)) bug(`moves on critical edge ${e}`);
    }
  }

  private storeParams(b: number, label: number): void {
    const { lir, moves, stored, home, slot } = this;
    for (let k = lir.paramStart[b]!; k < lir.paramStart[b + 1]!; k++) {
      const p = lir.params[k]!;
      if (home[p] !== PIECES || stored[p] === 0) continue;
      moves.add(this.locAt(p, 2 * label), slot[p]!, lir.vregClass[p]!);
    }
  }

  /** Writes the moves of one edge before the record at word `before`. */
  private edge(e: number, before: number): void {
    const { lir, live, moves } = this;
    const end = 2 * live.firstRec[live.edgeBlock[e]! + 1]! - 1;
    const target = lir.edgeTarget[e]!;
    const start = 2 * live.firstRec[target]!;
    if (this.anyPieces) this.addChain(this.atEdge[e]!);
    const first = lir.argStart[e]!;
    for (let k = first; k < lir.argStart[e + 1]!; k++) {
      const a = lir.args[k]!;
      const p = lir.params[lir.paramStart[target]! + k - first]!;
      const to = this.locAt(p, start);
      if (to !== NOWHERE) moves.add(a < 0 ? a : this.locAt(a, end), to, lir.vregClass[p]!);
    }
    if (moves.pending > 0) this.checkPlace(e, before);
    moves.flush(before);
  }

  /** Moves before a control record must not disturb its operands: it has none. */
  private checkPlace(e: number, before: number): void {
    if (!this.leavesSeveral(e) && operandsOf(this.lir.code[before]!) > 0) {
      bug(`edge ${e} leaves by a record with operands`);
    }
  }

  /** Location at a point of record i or just before it; asked in ascending order of records. */
  private locNear(v: number, i: number, point: number): number {
    const home = this.home[v]!;
    if (home !== PIECES) return home;
    const { pieces, cursor } = this;
    const { segFrom, segTo } = this.bundles;
    const end = this.pieceStart[v + 1]!;
    let k = cursor[v]!;
    while (k < end && segTo[pieces[k]!]! < 2 * i) k++;
    cursor[v] = k;
    while (k < end && segTo[pieces[k]!]! <= point) k++;
    if (k < end && segFrom[pieces[k]!]! <= point) return this.pieceLoc(pieces[k]!);
    return this.slot[v]!;
  }

  /** Where a value stands just before record i. */
  private locBefore(v: number, i: number): number {
    const { live } = this;
    if (live.defRec[v] === i - 1 && (live.defBy[v]! & 7) === BY.fixed) return this.fixedLoc(v);
    return this.locNear(v, i, 2 * i - 1);
  }

  private fixedLoc(v: number): number {
    const reg = this.live.defReg(v);
    return this.bundles.file[v] === 0 ? reg : FIRST_VEC + reg;
  }

  /** Locations of one record's operands, edits before it, and the moves that its defs leave. */
  private record(i: number, w: number): void {
    const { lir, locs, moves } = this;
    const code = lir.code;
    const top = w + HEAD + operandsOf(code[w]!);
    for (let k = w + HEAD; k < top; k++) {
      const o = code[k]!;
      const v = vregOf(o);
      if (isDef(o)) {
        locs[k] = this.defLoc(v, o, i);
      } else if (constraintOf(o) === CONSTRAINT.fixed) {
        const to = numberOf(o) + (this.bundles.file[v] === 0 ? 0 : FIRST_VEC);
        locs[k] = to;
        moves.add(this.locBefore(v, i), to, lir.vregClass[v]!);
      } else {
        locs[k] = this.locNear(v, i, 2 * i);
      }
    }
    if (this.live.tiedCount > 0) this.copyTied(i, w, top);
    moves.flush(w);
    const set = clobbersOf(code[w + 2]!);
    if (set !== 0) {
      this.usedInts |= this.registers.clobbers[set]!.ints;
      this.usedVecs |= this.registers.clobbers[set]!.vecs;
    }
    this.leave(i, w, top);
  }

  private defLoc(v: number, o: number, i: number): number {
    const fixed = constraintOf(o) === CONSTRAINT.fixed;
    const loc = fixed ? this.fixedLoc(v) : this.locNear(v, i, 2 * i + 1);
    if (loc >= FIRST_SLOT) return loc;
    if (loc < FIRST_VEC) this.usedInts |= 1 << loc;
    else this.usedVecs |= 1 << (loc - FIRST_VEC);
    return loc;
  }

  /** A tied use has its def's location; it is copied there unless def and use are joined. */
  private copyTied(i: number, w: number, top: number): void {
    const { lir, live, locs, moves } = this;
    const code = lir.code;
    for (let k = w + HEAD; k < top; k++) {
      const o = code[k]!;
      if (!isDef(o) || constraintOf(o) !== CONSTRAINT.tied) continue;
      const use = w + HEAD + numberOf(o);
      if (live.defBy[vregOf(o)]! >= BY.crossed) {
        const u = vregOf(code[use]!);
        moves.add(this.locBefore(u, i), locs[k]!, lir.vregClass[u]!);
        locs[use] = locs[k]!;
      } else if (locs[use] !== locs[k]) {
        bug(`tied operands of record ${i} are apart`);
      }
    }
  }

  /** Adds the moves that stand behind record i: from fixed registers, and to slots. */
  private leave(i: number, w: number, top: number): void {
    const { lir, live, locs, moves, home } = this;
    const code = lir.code;
    for (let k = w + HEAD; k < top; k++) {
      const o = code[k]!;
      if (!isDef(o)) continue;
      const v = vregOf(o);
      const kind = lir.vregClass[v]!;
      const split = home[v] === PIECES;
      if (constraintOf(o) === CONSTRAINT.fixed && home[v] !== NOWHERE) {
        const to = live.bundles.segFrom[live.bundles.segOf[v]!]!;
        const loc = this.locNear(v, i, to);
        if (loc < FIRST_SLOT) moves.add(locs[k]!, loc, kind);
      }
      if (split && this.stored[v] === 1) moves.add(locs[k]!, this.slot[v]!, kind);
    }
  }
}
