// What a walk over a validated function body tells its listener. The validator (validate.ts) owns
// types and reachability; a sink (SSA construction, interpreter code, nothing at all) owns values.
//
// Laws
// 1. Only reachable operators are reported. After br, br_table, return and unreachable the walk
//    goes on validating, silently, to the next `else_` or `end` of a block that was entered
//    reachably; blocks entered unreachably are never reported at all.
// 2. An event comes after its operator was validated, so that a sink never sees an ill-typed one.
// 3. A sink keeps its own operand stack: it pops and pushes what the operator's row says.
// 4. Label arguments stand on top of the sink's stack in order; below them may lie values that the
//    branch drops.

import type { FuncType, ValType } from "./types.ts";
import type { Module } from "./module.ts";

/** The type of a block, resolved. */
export interface BlockType {
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
}

/**
 * Immediates of the operator being reported. One object per walk, overwritten by each operator.
 *
 *   memory access   a = offset (u32), b = memory index, c = alignment exponent; lane in d
 *   const           lo, hi (f32: bits in lo; f64: bits in lo, hi); v128: lo, hi, a, b (four words)
 *   i8x16.shuffle   bytes[0..16]
 *   local, global, table, memory, func, type, elem, data index   a (second index: b)
 *   call_indirect   a = type index, b = table index
 *   memory.init     a = data, b = memory;  table.init a = elem, b = table
 *   memory.copy     a = destination, b = source; table.copy likewise
 *   ref.null        a = value type;   select (typed and untyped): type = the operand type
 */
export interface Immediates {
  a: number;
  b: number;
  c: number;
  d: number;
  lo: number;
  hi: number;
  type: ValType;
  readonly bytes: Uint8Array;
  /** Byte offset of the operator in the module. */
  offset: number;
}

export interface Sink {
  /** `locals`: types of all locals, parameters first. */
  begin(m: Module, func: number, type: FuncType, locals: readonly ValType[], imm: Immediates): void;
  /** Any operator that is not control flow. `op` is its row number in wasm/ops.ts. */
  op(op: number): void;
  block(type: BlockType): void;
  loop(type: BlockType): void;
  /** The condition is on top, above the parameters. */
  if_(type: BlockType): void;
  /** `live`: the end of the then-arm is reachable and leaves the results on the stack. */
  else_(live: boolean): void;
  /**
   * End of the innermost reported block. `live` as above: the fall-through is reachable. The code
   * after it is reachable if it is live or something reported branched to it; `next` says so.
   * An `if` without `else` ends with its parameters as the results of the missing arm.
   */
  end(live: boolean, next: boolean): void;
  /** `depth` counts labels from the innermost, 0; the number of open blocks is the function. */
  br(depth: number): void;
  brIf(depth: number): void;
  /** `targets[0..count)` and the default at `targets[count]`; the array is reused. */
  brTable(targets: Int32Array, count: number): void;
  return_(): void;
  unreachable(): void;
  /** End of the body; `live` as in `end`: the results are on the stack. */
  finish(live: boolean, next: boolean): void;
}
