// Shows the loop to V8 before it runs anything: every instruction once or twice, with operands of
// all sorts. V8 compiles what it has seen; a handler that is first reached in compiled code throws
// that code away and costs a second of slow running. In: the arenas, nothing in use. Out: the same.
//
// Of vectors one is shown, as the loop leaves all of them to a function (vectors.gen.ts) that is
// entered often: it is soon compiled anew for those that a program has.

import type { Arenas } from "./arenas.ts";
import { Group, Instance } from "./instance.ts";
import type { State } from "./instance.ts";
import { LENGTH, NAMES, VECTORS, X } from "./loop.gen.ts";
import { Memory } from "./memory.ts";
import { Table } from "./table.ts";
import { FUNCREF } from "../wasm/types.ts";

// Slots of the frame, as indices of I: operands, a target for results, an address for stores.
const A = 2;
const B = 4;
const C = 6;
const TO = 8;
const AT = 10;

/** Words of two operands: integers small and wide, equal and not, and floats of both sizes. */
// prettier-ignore
const OPERANDS: readonly (readonly [alo: number, ahi: number, blo: number, bhi: number])[] = [
  [0, 0, 0, 0],
  [1, 0, 2, 0],
  [7, 0, 3, 0],
  [4, 0, 4, 0],
  [12, 5, 40, 5],
  [-1, -1, -1, -1],
  [-2147483648, -2147483648, -1, -1],
  [0x3fc00000, 0x3ff80000, 0x40200000, 0x40040000],
  [0, 0xbff80000 | 0, 0, 0x40040000],
  [0xbfc00000 | 0, 0xbff80000 | 0, 0x3fc00000, 0x3ff80000],
  [0x7f800000, 0x7ff00000, 0x7fc00000, 0x7ff80000],
  [0x5f800000, 0x43f00000, 0x3f800000, 0x3ff00000],
];

/** Functions to call: one that returns at once, one not translated, one of another instance. */
const CALLEE = 1;
const RAW = 2;
const FOREIGN = 3;

/** Words behind an instruction's number; `far` for a second try at some. */
function operandsOf(name: string, length: number, far: number): readonly number[] {
  if (name.startsWith("enter") || name.startsWith("zero")) return [16, 32];
  if (name === "call") return [far === 0 ? CALLEE : RAW, TO];
  if (name === "call_indirect") return [0, TO, C, 0];
  if (name === "br_table") return [0, A, 2];
  if (name.startsWith("br")) return [length, A, B + far, 0];
  if (name.includes(".store")) return [AT, A, name.endsWith("_x") ? AT : 0, 0];
  if (name.includes(".load")) return [TO, A, name.endsWith("_x") ? AT : 0, 0];
  if (name.startsWith("global.set")) return [TO, A];
  if (name.startsWith("select")) return [TO, A, B, C];
  return [TO, A, B + far, name.includes(".mul_") ? C : 0];
}

const isSkipped = (x: number): boolean =>
  x === X.leave || x === X.slow || x === X.trap || x > VECTORS;

/** Calls and returns go elsewhere; all other instructions go on to the next one. */
const isAlone = (name: string): boolean => /^(call|ret)/.test(name);

/** Words that an instruction has here. */
const lengthOf = (x: number): number => (LENGTH[x] === 0 ? 4 : LENGTH[x]!);

interface Layout {
  /** Where to start: first the row of instructions that follow each other, then single ones. */
  readonly starts: readonly number[];
  readonly end: number;
}

/** Lays the instructions down. */
function layOut(code: Int32Array, at: number): Layout {
  let end = at;
  const put = (x: number, far: number): void => {
    const length = lengthOf(x);
    code[end] = x;
    operandsOf(NAMES[x]!, length, far).forEach((word, i) => (code[end + 1 + i] = word));
    end += length;
  };
  const putBoth = (x: number): number[] => {
    const first = end;
    put(x, 0);
    // Shifts by 32 and more are another path, and so is a call of a function without code.
    if (!/^call$|[^e8]_i$/.test(NAMES[x]!)) return [first];
    if (isAlone(NAMES[x]!)) code[end++] = X.leave;
    const second = end;
    put(x, 32);
    return [first, second];
  };
  const all = NAMES.map((_, x) => x).filter((x) => !isSkipped(x));
  for (const x of all.filter((k) => !isAlone(NAMES[k]!))) putBoth(x);
  code[end++] = X.leave;
  const starts = [at];
  for (const x of all.filter((k) => isAlone(NAMES[k]!))) {
    starts.push(...putBoth(x));
    code[end++] = X.leave;
  }
  return { starts, end };
}

export function prime(arenas: Arenas, state: State, loop: () => number, at: number): void {
  const { code, I, R, S, E, OWNER, FUEL } = arenas;
  const { inst, self } = state;
  const { starts, end } = layOut(code, at + 2);
  code[at] = X.ret;
  code[at + 1] = X.leave;
  state.inst = newScratch();
  state.self = 0;
  E[CALLEE] = at;
  OWNER[FOREIGN] = 1;
  FUEL[0] = 1e9;
  const run = (start: number): void => {
    R[0] = at + 1;
    R[1] = S[1] = 0;
    S[0] = start;
    S[2] = 2;
    loop();
  };
  // Feedback is gathered from some hundred calls on: the first rounds are repeated at the end.
  [...OPERANDS, ...OPERANDS.slice(0, 4)].forEach((operands, k) => {
    I.set(operands, A);
    I[AT] = 0;
    I[C] = k & 3;
    S[4] = 1;
    for (const start of starts.slice(1)) run(start);
    // What traps or leaves is followed by the rest of the row.
    run(starts[0]!);
    while (code[S[0]!] !== X.leave) run(S[0]! + lengthOf(code[S[0]!]!));
  });
  E[CALLEE] = OWNER[FOREIGN] = FUEL[0] = 0;
  I.fill(0, 0, 64);
  code.fill(0, at, end);
  state.inst = inst;
  state.self = self;
}

/** An instance with a memory and a table of the functions to call. */
function newScratch(): Instance {
  const limits = { min: 4, max: 4, shared: false };
  const inst = new Instance(undefined, 0, new Group(), false);
  inst.memory = new Memory(limits);
  inst.tables.push(new Table({ elem: FUNCREF, limits }));
  inst.tables[0]!.elems.set([CALLEE, 0, RAW, 0, FOREIGN, 0]);
  return inst;
}
