// The interpreter's instructions as its generator sees them: a row each, with the body of its
// handler as a template, and how handlers are printed. A template may use
//
//   $1 $2 ..   a word of the instruction as it is
//   d a b c    words 1 to 4 as places in the frame
//   @name      leaves for that reason, to the instruction at pc
//
// and whatever the function that it is printed into declares.

import { TRAP } from "../src/abi.ts";

export interface Row {
  readonly name: string;
  /** Words, 0 where it varies. */
  readonly length: number;
  /** Word 1 is the slot that gets the result. */
  readonly result: boolean;
  /** The body; what follows it is the next instruction, unless it says where to go. */
  readonly body: string;
  readonly jumps?: boolean;
  readonly access?: Access;
}

/** A memory access: how many bytes, and what is done with the address in x once it is checked. */
export interface Access {
  readonly size: number;
  readonly action: string;
}

/** Why the loop was left, besides traps, whose numbers are those of TRAP. */
// prettier-ignore
export const EXITS = {
  translate: 32, foreign: 33, leave: 34, tick: 35, access: 36, slow: 37, vectors: 38,
} as const;

/** The number of a reason. */
export function exitOf(name: string): number {
  const number = (EXITS as Readonly<Record<string, number>>)[name] ?? (TRAP as never)[name];
  if (number === undefined) throw new Error(`there is no exit @${name}`);
  return number;
}

// ---- rows --------------------------------------------------------------------------------------

export const jump = (name: string, length: number, body: string): Row => ({
  name,
  length,
  result: false,
  body,
  jumps: true,
});

export const effect = (name: string, length: number, body: string): Row => ({
  name,
  length,
  result: false,
  body,
});

export const value = (name: string, length: number, body: string): Row => ({
  name,
  length,
  result: true,
  body,
});

/** Checks the address in x; the offset is y. */
const checked = (size: number): string =>
  `if (x < 0 || x > ((limit - y - ${size}) | 0)) @access x = (x + y) | 0;`;

/**
 * Forms of an access by where the address is: a slot; `_p`, a slot plus word 3, wrapping; for some,
 * `_x`, the sum of two slots, wrapping; and `_c`, a constant. The offset is the last word.
 */
function forms(row: Row, place: string, size: number, more: boolean): Row[] {
  const word = place === "a" ? "$2" : "$1";
  const all: readonly (readonly [suffix: string, length: number, address: string])[] = [
    ["", 4, `x = I[${place}]!; y = $3;`],
    ["_p", 5, `x = (I[${place}]! + $3) | 0; y = $4;`],
    ["_x", 5, `x = (I[${place}]! + I[b]!) | 0; y = $4;`],
    ["_c", 4, `x = ${word}; y = $3;`],
  ];
  return all
    .slice(0, more ? 4 : 2)
    .map(([suffix, length, address]) =>
      accessed({ ...row, name: row.name + suffix, length }, address, size),
    );
}

/** The row with a body that makes the address and checks it. */
const accessed = (row: Row, address: string, size: number): Row => ({
  ...row,
  body: `${address} ${checked(size)} ${row.body}`,
  access: { size, action: row.body },
});

export const load = (name: string, size: number, body: string, more = false): Row[] =>
  forms(value(name, 0, body), "a", size, more);

/** Address in word 1, value in word 2. */
export const store = (name: string, size: number, body: string, more = false): Row[] =>
  forms(effect(name, 0, body), "d", size, more);

/** Only the plain form. */
export const loadPlain = (name: string, size: number, body: string): Row =>
  accessed(value(name, 4, body), "x = I[a]!; y = $3;", size);

/** Accesses of a lane, whose number `k` is the last word but one. */
export const loadLane = (name: string, size: number, body: string): Row =>
  accessed(value(name, 6, body), "x = I[a]!; k = $4; y = $5;", size);

export const storeLane = (name: string, size: number, body: string): Row =>
  accessed(effect(name, 5, body), "x = I[d]!; k = $3; y = $4;", size);

// ---- printing ----------------------------------------------------------------------------------

const OPERANDS = ["d", "a", "b", "c"];

/** Decodes the operands that a body uses and that are not `known`. */
function decode(body: string, known: readonly string[]): string {
  const used = OPERANDS.flatMap((name, k) =>
    !known.includes(name) && new RegExp(`\\b${name}\\b`).test(body)
      ? [`${name} = (fp + $${k + 1}) | 0; `]
      : [],
  );
  return used.join("");
}

const word = (k: number): string => (k < 5 ? `c${k}[pc]!` : `code[(pc + ${k}) | 0]!`);

/** What a switch does for all its handlers. */
export interface Switch {
  /** How a handler leaves with a reason. */
  readonly leave: (name: string) => string;
  /** Operands that are decoded before the switch. */
  readonly known: readonly string[];
}

/** The case of an instruction. */
export function printHandler(row: Row, number: number, { leave, known }: Switch): string {
  const next = row.jumps === true ? "" : ` pc = (pc + ${row.length}) | 0;`;
  const body = (decode(row.body, known) + row.body)
    .replace(/\$(\d)/g, (_, k: string) => word(Number(k)))
    .replace(/@(\w+)/g, (_, name: string) => leave(name));
  const ends = row.jumps === true && /break run;(?: \})?$/.test(body);
  return [
    `      case ${number}: { // ${row.name}`,
    `        ${body}${next}`,
    ...(ends ? [] : ["        continue;"]),
    "      }",
  ].join("\n");
}
