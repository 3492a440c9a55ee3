// Prints src/interp/loop.gen.ts, the interpreter's dispatch loop, and vectors.gen.ts beside it. In:
// the meanings of the operators in src/semantics.ts, which are inlined here, the instructions below
// and those of tools/vectors.ts. Out: numbers, lengths and handlers of all instructions, in one
// literal switch. Run without arguments it writes the files.
//
// An instruction is a few words: its number, then operands. What a handler template may use,
// besides what tools/instructions.ts says:
//
//   I H F D    slots: low word, high word, f32, and (index d >> 1) f64
//   mem limit inst self   memory 0, its size up to 2^31 - 1, instance, and the instance's number
//   x y z u, x1 y1    scratch; t0 t1 .. for what inlining needs

import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Project } from "ts-morph";
import { MEANINGS } from "../../src/semantics.ts";
import type { MeaningName } from "../../src/semantics.ts";
import { Inliner } from "../inliner.ts";
import { EXITS, effect, exitOf, jump, load, printHandler, store, value } from "../instructions.ts";
import type { Row } from "../instructions.ts";
import { printVectors, vectorRows } from "../vectors.ts";

// ---- operators ---------------------------------------------------------------------------------

const TEMPORARIES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  i: [["x"], ["y"]],
  w: [["x"], ["y"]],
  f: [["u"], ["u1"]],
  F: [["u"], ["u1"]],
  I: [
    ["x", "x1"],
    ["y", "y1"],
  ],
  W: [
    ["x", "x1"],
    ["y", "y1"],
  ],
};

/** How operand `letter` in the slot `place` is read, a word each. */
function reads(letter: string, place: string): string[] {
  switch (letter) {
    case "f":
      return [`F[${place}]!`];
    case "F":
      return [`D[${place} >> 1]!`];
    case "I":
    case "W":
      return [`I[${place}]!`, `H[${place}]!`];
    default:
      return [`I[${place}]!`];
  }
}

function writes(letter: string, value: string, hi: string | undefined): string {
  switch (letter) {
    case "f":
      return `F[d] = ${value};`;
    case "F":
      return `D[d >> 1] = ${value};`;
    case "I":
    case "W":
      return `H[d] = ${hi}; I[d] = ${value};`;
    default:
      return `I[d] = ${value};`;
  }
}

/** Where the second operand is: a slot, or an immediate in the instruction. */
type Second = "slot" | "immediate";

const immediateReads = (letter: string): string[] => (letter === "I" ? ["$3", "$4"] : ["$3"]);

class Operators {
  private readonly inliner: Inliner;
  constructor(inliner: Inliner) {
    this.inliner = inliner;
  }

  /** Statements that read the operands, and the words they are in. */
  private operands(
    name: MeaningName,
    places: readonly string[],
    second: Second,
    keep: boolean,
  ): { before: string[]; words: string[] } {
    const letters = MEANINGS[name][0].split(":")[0]!;
    const uses = this.inliner.uses(name);
    const before: string[] = [];
    const words: string[] = [];
    [...letters].forEach((letter, k) => {
      const immediate = k === 1 && second === "immediate";
      const from = immediate ? immediateReads(letter) : reads(letter, places[k]!);
      from.forEach((text, part) => {
        const count = uses[words.length] ?? 0;
        const temporary = TEMPORARIES[letter]![k]![part]!;
        if (count === 0) words.push("0");
        else if (count === 1 && !keep) words.push(text);
        else {
          before.push(`${temporary} = ${text};`);
          words.push(temporary);
        }
      });
    });
    return { before, words };
  }

  /** d = op(a, b). */
  compute(name: MeaningName, second: Second): Row {
    const [operands, result = ""] = MEANINGS[name][0].split(":");
    const wide = result === "I" || result === "W";
    this.inliner.restart();
    const { before, words } = this.operands(name, ["a", "b"], second, wide);
    const { before: more, value, hi } = this.inliner.inline(name, words);
    const length = second === "slot" ? 2 + operands!.length : operands === "II" ? 5 : 4;
    return {
      name: wasmName(name) + (second === "slot" ? "" : "_i"),
      length,
      result: true,
      body: [...before, ...more, writes(result, value, hi)].join(" "),
    };
  }

  /** if (op(a, b)) or if (!op(a, b)) to word 1; reads the operands from the words 2 and 3. */
  branch(name: MeaningName, second: Second, when: "if" | "unless"): Row {
    const [operands] = MEANINGS[name][0].split(":");
    this.inliner.restart();
    const { before, words } = this.operands(name, ["a", "b"], second, false);
    const { before: more, value } = this.inliner.inline(name, words);
    const condition = /^\(?(.*?)\)? \? 1 : 0$/s.exec(value)?.[1];
    if (condition === undefined || more.length > 0) throw new Error(`${name} is no comparison`);
    const length = second === "slot" ? 2 + operands!.length : operands === "II" ? 5 : 4;
    const [yes, no] = when === "if" ? ["$1", String(length)] : [String(length), "$1"];
    const test = value.startsWith("(") ? value.replace(/ \? 1 : 0$/, "") : condition;
    return {
      name: `br_${when}_${wasmName(name)}${second === "slot" ? "" : "_i"}`,
      length,
      result: false,
      body: [...before, `pc = (pc + (${test} ? ${yes} : ${no})) | 0;`].join(" "),
      jumps: true,
    };
  }
}

/** i32_add is i32.add. */
const wasmName = (name: string): string => name.replace("_", ".");

// ---- instructions ------------------------------------------------------------------------------

const copy64 = (to: string, from: string): string =>
  `x = I[${from}]!; H[${to}] = H[${from}]!; I[${to}] = x;`;

const RETURN = "rp = (rp - 2) | 0; pc = R[rp]!; fp = R1[rp]!;";
const zero = (slots: number): string => {
  const stores = Array.from({ length: slots }, (_, k) => `D[x${k === 0 ? "" : ` + ${k}`}] = 0;`);
  return `x = a >> 1; ${stores.join(" ")}`;
};
const CHECK_STACK = "if (((fp + $1) | 0) > END || rp > DEEPEST) @stack";
const ENTER = "R[rp] = (pc + %) | 0; R1[rp] = fp; rp = (rp + 2) | 0;";

// prettier-ignore
const control: readonly Row[] = [
  jump("leave",     1, "@leave"),
  jump("slow",      0, "@slow"),
  jump("trap",      2, "why = $1; break run;"),
  effect("enter",   2, CHECK_STACK),
  // No loops here: V8 folds the constant arrays only where the dispatch loop is the only one.
  effect("enter2",  3, `${CHECK_STACK} ${zero(2)}`),
  effect("enter6",  3, `${CHECK_STACK} ${zero(6)}`),
  effect("zero16",  3, zero(16)),
  effect("tick",    1, "x = (S[4]! - 1) | 0; S[4] = x; if (x < 0) @tick"),
  effect("fuel",    2, "FUEL[0] = FUEL[0]! - $1; if (FUEL[0]! < 0) @interrupt"),
  jump("br",        2, "pc = (pc + $1) | 0;"),
  jump("br_if",     3, "pc = (pc + (I[a]! !== 0 ? $1 : 3)) | 0;"),
  jump("br_unless", 3, "pc = (pc + (I[a]! === 0 ? $1 : 3)) | 0;"),
  jump("br_table",  0, "x = I[a]!; y = $1; if (x < 0 || x > y) x = y; pc = (pc + 2 + x + c3[(pc + x) | 0]!) | 0;"),
  jump("ret",       1, RETURN),
  jump("ret32",     2, `I[fp] = I[d]!; ${RETURN}`),
  jump("ret64",     2, `${copy64("fp", "d")} ${RETURN}`),
  // Function, base of the arguments.
  jump("call",      3, `y = $1; x = E[y]!; if (x === 0) { S[3] = y; @translate } ${ENTER.replace("%", "3")} fp = a; pc = x;`),
  // Type, base, index, table.
  jump("call_indirect", 5, [
    "const t = inst.tables[$4]!.elems; x = I[b]!;",
    "if (x < 0 || x >= t.length >> 1) @element",
    "y = t[x << 1]!; if (y === 0) @null",
    "if (SIG[y]! !== $1) @signature",
    "S[3] = y; if (OWNER[y]! !== self) @foreign",
    `x = E[y]!; if (x === 0) @translate ${ENTER.replace("%", "5")} fp = a; pc = x;`,
  ].join(" ")),
  // Function of the host or of another instance, base.
  jump("call_foreign", 3, "S[3] = $1; @foreign"),
];

// prettier-ignore
const moves: readonly Row[] = [
  value("copy32",       3, "I[d] = I[a]!;"),
  value("copy64",       3, copy64("d", "a")),
  value("const32",      3, "I[d] = $2;"),
  value("const64",      4, "I[d] = $2; H[d] = $3;"),
  value("global.get32", 3, "I[d] = I[$2]!;"),
  value("global.get64", 3, "y = $2; I[d] = I[y]!; H[d] = H[y]!;"),
  effect("global.set32", 3, "I[$1] = I[a]!;"),
  effect("global.set64", 3, "y = $1; I[y] = I[a]!; H[y] = H[a]!;"),
  // Condition in word 4.
  value("select32",     5, "I[d] = I[(fp + $4) | 0]! !== 0 ? I[a]! : I[b]!;"),
  value("select64",     5, "if (I[(fp + $4) | 0]! === 0) a = b; " + copy64("d", "a")),
  value("memory.size",  2, "I[d] = inst.memory.pages;"),
];

// Sign and zero extension to i64 after a load.
const SIGNED = "H[d] = z >> 31; I[d] = z;";
const UNSIGNED = "H[d] = 0; I[d] = z;";

// prettier-ignore
const memory: readonly Row[] = [
  load("i32.load",     4, "I[d] = mem.getInt32(x, true);", true),
  load("i32.load8_s",  1, "I[d] = mem.getInt8(x);"),
  load("i32.load8_u",  1, "I[d] = mem.getUint8(x);", true),
  load("i32.load16_s", 2, "I[d] = mem.getInt16(x, true);"),
  load("i32.load16_u", 2, "I[d] = mem.getUint16(x, true);"),
  load("i64.load",     8, "I[d] = mem.getInt32(x, true); H[d] = mem.getInt32((x + 4) | 0, true);", true),
  load("i64.load8_s",  1, `z = mem.getInt8(x); ${SIGNED}`),
  load("i64.load8_u",  1, `z = mem.getUint8(x); ${UNSIGNED}`),
  load("i64.load16_s", 2, `z = mem.getInt16(x, true); ${SIGNED}`),
  load("i64.load16_u", 2, `z = mem.getUint16(x, true); ${UNSIGNED}`),
  load("i64.load32_s", 4, `z = mem.getInt32(x, true); ${SIGNED}`),
  load("i64.load32_u", 4, `z = mem.getInt32(x, true); ${UNSIGNED}`),
  // Address in word 1, value in word 2.
  store("i32.store",   4, "mem.setInt32(x, I[a]!, true);", true),
  store("i32.store8",  1, "mem.setInt8(x, I[a]!);"),
  store("i32.store16", 2, "mem.setInt16(x, I[a]!, true);"),
  store("i64.store",   8, "mem.setInt32(x, I[a]!, true); mem.setInt32((x + 4) | 0, H[a]!, true);"),
  store("i32.store_i", 4, "mem.setInt32(x, $2, true);"),
  store("i32.store8_i", 1, "mem.setInt8(x, $2);"),
].flat();

// Products that are added to or subtracted from something at once, rounded in between; the third
// operand is word 4. `rsub` subtracts the product.
const fused = (type: string, slots: string, index: (place: string) => string): Row[] => {
  const round = (e: string): string => (type === "f32" ? `Math.fround(${e})` : e);
  const at = (place: string): string => `${slots}[${index(place)}]!`;
  const product = round(`${at("a")} * ${at("b")}`);
  const third = at("x");
  const row = (name: string, sum: string): Row =>
    value(`${type}.${name}`, 5, `x = (fp + $4) | 0; ${slots}[${index("d")}] = ${round(sum)};`);
  return [
    row("mul_add", `${product} + ${third}`),
    row("mul_sub", `${product} - ${third}`),
    row("mul_rsub", `${third} - ${product}`),
  ];
};

const products: readonly Row[] = [
  ...fused("f32", "F", (place) => place),
  ...fused("f64", "D", (place) => `${place} >> 1`),
];

// Tests of bits.
const tests: readonly Row[] = [
  jump("br_if_i32.and_i", 4, "pc = (pc + ((I[a]! & $3) !== 0 ? $1 : 4)) | 0;"),
  jump("br_unless_i32.and_i", 4, "pc = (pc + ((I[a]! & $3) === 0 ? $1 : 4)) | 0;"),
];

/** Meanings that are not computed in the loop: the machine calls the function. */
// prettier-ignore
const CALLED: ReadonlySet<string> = new Set([
  "i32_mulh_s", "i32_mulh_u", "i64_mulh_s", "i64_mulh_u",
  "i64_div_s", "i64_div_u", "i64_rem_s", "i64_rem_u",
]);

/** Operators that only give bits another type cost no instruction. */
// prettier-ignore
const RENAMED: ReadonlySet<string> = new Set([
  "i32_reinterpret_f32", "i64_reinterpret_f64", "f32_reinterpret_i32", "f64_reinterpret_i64",
  "i32_wrap_i64",
]);

// prettier-ignore
const IMMEDIATE: readonly MeaningName[] = [
  "i32_add", "i32_mul", "i32_and", "i32_or", "i32_xor", "i32_shl", "i32_shr_s", "i32_shr_u",
  "i32_rotl", "i32_eq", "i32_ne", "i32_lt_s", "i32_lt_u", "i32_gt_s", "i32_gt_u", "i32_le_s",
  "i32_le_u", "i32_ge_s", "i32_ge_u",
  "i64_add", "i64_mul", "i64_and", "i64_or", "i64_xor", "i64_shl", "i64_shr_s", "i64_shr_u",
  "i64_rotl",
];

const NAMES = Object.keys(MEANINGS) as MeaningName[];

const isComparison = (name: string): boolean => /_(eqz?|ne|[lg][te](_[su])?)$/.test(name);

function operatorRows(ops: Operators): Row[] {
  const computed = NAMES.filter((n) => !CALLED.has(n) && !RENAMED.has(n));
  const rows = computed.map((n) => ops.compute(n, "slot"));
  for (const n of IMMEDIATE) rows.push(ops.compute(n, "immediate"));
  for (const n of computed.filter(isComparison)) {
    if (n === "i32_eqz") continue;
    rows.push(ops.branch(n, "slot", "if"));
    if (n.startsWith("f") || n === "i64_eqz") rows.push(ops.branch(n, "slot", "unless"));
    if (n.startsWith("i32")) rows.push(ops.branch(n, "immediate", "if"));
  }
  return rows;
}

// ---- the file ----------------------------------------------------------------------------------

const leave = (name: string): string => `{ why = ${exitOf(name)}; break run; }`;

const HEAD = `// Printed by tools/gen/interp.ts (\`make gen\`). Do not edit.
import type { State } from "./instance.ts";

type Words = Int32Array;
`;

const table = (rows: readonly Row[], cell: (row: Row) => string): string =>
  rows
    .map(cell)
    .join(", ")
    .replace(/(.{1,96}) /g, "  $1\n")
    .trimEnd();

function printLoop(rows: readonly Row[]): string {
  return `/** The dispatch loop over these arrays: runs from S until something needs attention. */
export function newLoop(
  state: State, code: Words, c1: Words, c2: Words, c3: Words, c4: Words,
  I: Words, H: Words, F: Float32Array, D: Float64Array, R: Words, R1: Words, S: Words,
  E: Words, SIG: Words, OWNER: Words, FUEL: Float64Array, END: number, DEEPEST: number,
): () => number {
  return function loop(): number {
    let pc = S[0]!, fp = S[1]!, rp = S[2]!, why = 0;
    let d = 0, a = 0, b = 0, x = 0, y = 0, z = 0, x1 = 0, y1 = 0, u = 0;
    const inst = state.inst, self = state.self | 0, mem = inst.memory.view;
    const limit = inst.memory.limit | 0;
    run: for (;;) {
      switch (code[pc]!) {
${rows.map((row, k) => printHandler(row, k, { leave, known: [] })).join("\n")}
      default:
        ${leave("vectors")}
      }
    }
    S[0] = pc; S[1] = fp; S[2] = rp;
    return why;
  };
}
`;
}

/** The texts of loop.gen.ts and vectors.gen.ts. */
export function printInterpreter(root: string): { loop: string; vectors: string } {
  const project = new Project({ skipAddingFilesFromTsConfig: true });
  const source = project.addSourceFileAtPath(join(root, "src/semantics.ts"));
  const ops = new Operators(new Inliner(source));
  const scalars = [...control, ...moves, ...memory, ...products, ...tests, ...operatorRows(ops)];
  const vectors = vectorRows(root);
  const rows = [...scalars, ...vectors];
  const exits = Object.entries(EXITS).map(([k, n]) => `${k}: ${n}`);
  const loop = [
    HEAD,
    `/** Why the loop returned, besides traps. */\nexport const EXIT = { ${exits.join(", ")} } as const;\n`,
    "/** Instruction numbers. */\nexport const X = {",
    ...rows.map((row, k) => `  "${row.name}": ${k},`),
    "} as const;\n",
    `/** The first vector instruction. */\nexport const VECTORS = ${scalars.length};\n`,
    "/** Names by number. */",
    "export const NAMES = Object.keys(X) as readonly (keyof typeof X)[];\n",
    "/** Words of each instruction, 0 where it varies. */",
    `export const LENGTH = Uint8Array.of(\n${table(rows, (r) => String(r.length))}\n);\n`,
    "/** 1 where word 1 is the slot of the result. */",
    `export const RESULT = Uint8Array.of(\n${table(rows, (r) => (r.result ? "1" : "0"))}\n);\n`,
    "/** Bytes that an access takes, 0 for other instructions. */",
    `export const SIZE = Uint8Array.of(\n${table(rows, (r) => String(r.access?.size ?? 0))}\n);\n`,
    printLoop(scalars),
  ].join("\n");
  return { loop, vectors: printVectors(scalars, vectors) };
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && resolve(process.argv[1]) === self) {
  const root = resolve(dirname(self), "../../..");
  const { loop, vectors } = printInterpreter(root);
  writeFileSync(join(root, "src/interp/loop.gen.ts"), loop);
  writeFileSync(join(root, "src/interp/vectors.gen.ts"), vectors);
}
