// The interpreter's vector instructions, and the functions that perform them. In: the names of the
// operators and of their meanings (src/lanes.gen.ts). Out: a row per instruction, and the text of
// src/interp/vectors.gen.ts.
//
// The dispatch loop leaves vectors to a function of their own, since together they would be more
// than V8 optimises, and a call in the loop would cost all other code a twentieth of its speed. The
// function goes on from instruction to instruction, some scalar ones included, until it finds one
// that it does not have. Short meanings are inlined; others are called. Besides what
// instructions.ts says, a template may use
//
//   i32 f32 .. V         slots in views of all types
//   I H                  i32, and its high words as in the loop
//   mem limit            memory 0 and its size up to 2^31 - 1
//   x y z w, w0 w1, k    scratch

import { join } from "node:path";
import { Node, Project } from "ts-morph";
import type { Block } from "ts-morph";
import { LANES } from "../src/lanes.gen.ts";
import * as lanes from "../src/lanes.ts";
import { OPS } from "../src/wasm/ops.ts";
import {
  effect,
  exitOf,
  load,
  loadLane,
  loadPlain,
  printHandler,
  store,
  storeLane,
  value,
} from "./instructions.ts";
import type { Row } from "./instructions.ts";

// ---- moves and memory --------------------------------------------------------------------------

/** Word `n` of the vector at `place`. */
const at = (place: string, n: number): string =>
  n === 0 ? `I[${place}]` : `I[(${place} + ${n}) | 0]`;

/** Reads all before it writes: the places may overlap. */
function copy(to: string, from: string): string {
  const words = ["x", "y", "z", "w"];
  const reads = words.map((v, n) => `${v} = ${at(from, n)}!;`);
  const writes = words.map((v, n) => `${at(to, n)} = ${v};`);
  return [...reads, ...writes].join(" ");
}

// prettier-ignore
const moves: readonly Row[] = [
  value("copy128",        3, copy("d", "a")),
  value("const128",       6, [2, 3, 4, 5].map((k, n) => `${at("d", n)} = $${k};`).join(" ")),
  value("global.get128",  3, `k = $2; ${copy("d", "k")}`),
  effect("global.set128", 3, `k = $1; ${copy("k", "a")}`),
  // Condition in word 4.
  value("select128",      5, `if (I[c]! === 0) a = b; ${copy("d", "a")}`),
];

const getWord = (n: number): string =>
  `mem.getInt32(${n === 0 ? "x" : `(x + ${4 * n}) | 0`}, true)`;

/** Loads some words; the others of the vector become zero if they are named. */
function loadWords(count: number, zeros: number): string {
  const loads = Array.from({ length: count }, (_, n) => `${at("d", n)} = ${getWord(n)};`);
  const clears = Array.from({ length: zeros }, (_, n) => `${at("d", count + n)} = 0;`);
  return [...loads, ...clears].join(" ");
}

const storeWords = Array.from(
  { length: 4 },
  (_, n) => `mem.setInt32(${n === 0 ? "x" : `(x + ${4 * n}) | 0`}, ${at("a", n)}!, true);`,
).join(" ");

/** Applies a meaning to what was loaded into the result. */
const then = (name: string): string => `${name}(V, d, d, 0, 0);`;

/** The rest of an access of a lane, by its size: the lane `k` of the vector at `place`. */
const LANE: Readonly<Record<number, (place: string) => string>> = {
  1: (place) => `V.u8[(${place} << 2) + k]`,
  2: (place) => `V.u16[(${place} << 1) + k]`,
  4: (place) => `I[(${place} + k) | 0]`,
  8: (place) => `I[(${place} + k + k) | 0]`,
};

/** The upper word of a lane of eight bytes. */
const upper = (place: string): string => `I[(${place} + k + k + 1) | 0]`;

const READ = ["", "Uint8(x)", "Uint16(x, true)", "", "Int32(x, true)"];

/** Loads into a copy of a vector that may lie across the result. */
function loadsLane(size: number): Row {
  const lane = LANE[size]!("d");
  const body =
    size < 8
      ? `w0 = mem.get${READ[size]}; ${copy("d", "b")} ${lane} = w0;`
      : `w0 = ${getWord(0)}; w1 = ${getWord(1)}; ${copy("d", "b")}` +
        ` ${lane} = w0; ${upper("d")} = w1;`;
  return loadLane(`v128.load${8 * size}_lane`, size, body);
}

function storesLane(size: number): Row {
  const lane = `${LANE[size]!("a")}!`;
  const body =
    size < 8
      ? `mem.set${READ[size]!.replace("(x", `(x, ${lane}`)};`
      : `mem.setInt32(x, ${lane}, true); mem.setInt32((x + 4) | 0, ${upper("a")}!, true);`;
  return storeLane(`v128.store${8 * size}_lane`, size, body);
}

// prettier-ignore
const memory: readonly Row[] = [
  ...load("v128.load",         16, loadWords(4, 0), true),
  loadPlain("v128.load8x8_s",     8, loadWords(2, 0) + then("i16x8_extend_low_i8x16_s")),
  loadPlain("v128.load8x8_u",     8, loadWords(2, 0) + then("i16x8_extend_low_i8x16_u")),
  loadPlain("v128.load16x4_s",    8, loadWords(2, 0) + then("i32x4_extend_low_i16x8_s")),
  loadPlain("v128.load16x4_u",    8, loadWords(2, 0) + then("i32x4_extend_low_i16x8_u")),
  loadPlain("v128.load32x2_s",    8, loadWords(2, 0) + then("i64x2_extend_low_i32x4_s")),
  loadPlain("v128.load32x2_u",    8, loadWords(2, 0) + then("i64x2_extend_low_i32x4_u")),
  loadPlain("v128.load8_splat",   1, "I[d] = mem.getUint8(x);" + then("i8x16_splat")),
  loadPlain("v128.load16_splat",  2, "I[d] = mem.getUint16(x, true);" + then("i16x8_splat")),
  loadPlain("v128.load32_splat",  4, loadWords(1, 0) + then("i32x4_splat")),
  loadPlain("v128.load64_splat",  8, loadWords(2, 0) + then("i64x2_splat")),
  loadPlain("v128.load32_zero",   4, loadWords(1, 3)),
  loadPlain("v128.load64_zero",   8, loadWords(2, 2)),
  ...store("v128.store",       16, storeWords, true),
  ...[1, 2, 4, 8].flatMap((size) => [loadsLane(size), storesLane(size)]),
];

// ---- meanings ----------------------------------------------------------------------------------

/** Characters of the longest body that is inlined. */
const SHORT = 600;

/** The functions of lanes.ts and lanes.gen.ts as text. */
class Meanings {
  private readonly bodies = new Map<string, Block>();
  private readonly aliases = new Map<string, string>();

  constructor(root: string) {
    const project = new Project({ skipAddingFilesFromTsConfig: true });
    for (const path of ["src/lanes.ts", "src/lanes.gen.ts"]) {
      const source = project.addSourceFileAtPath(join(root, path));
      for (const variable of source.getVariableDeclarations()) {
        const init = variable.getInitializer();
        const body = Node.isArrowFunction(init) ? init.getBody() : undefined;
        if (Node.isBlock(body)) this.bodies.set(variable.getName(), body);
        else if (Node.isIdentifier(init)) this.aliases.set(variable.getName(), init.getText());
      }
    }
  }

  /** Statements of a meaning that is short and neither loops nor calls, else undefined. */
  inlined(name: string): string | undefined {
    const body = this.bodies.get(this.aliases.get(name) ?? name);
    if (body === undefined) throw new Error(`there is no meaning ${name}`);
    const text = body.getStatements().map(unrolled).join(" ");
    const isPlain = !/\bfor\b|\bboth\b|\.fill\b|(?<!Math\.)\b(?!if\b)\w+\(/.test(text);
    return isPlain && text.length <= SHORT ? text : undefined;
  }
}

/** The text of a statement; a loop over four lanes becomes four statements. */
function unrolled(statement: Node): string {
  const isLoop = /^for \(let i = 0; i < 4; i\+\+\)/.test(statement.getText());
  if (!isLoop || !Node.isForStatement(statement)) return statement.getText();
  const one = statement.getStatement().getText();
  return [0, 1, 2, 3].map((i) => one.replace(/\bi\b/g, String(i))).join(" ");
}

/** Scratch that the function has anyway. */
const SCRATCH = ["x", "y", "z", "w", "w0", "w1", "k"];

/** The text with plain assignments for its constants, and the names of these, scratch not among. */
function hoisted(text: string): { names: string[]; rest: string } {
  const names = [...new Set([...text.matchAll(/\bconst (\w+) = /g)].map((m) => m[1]!))];
  const more = names.filter((name) => !SCRATCH.includes(name));
  return { names: [...SCRATCH, ...more.sort()], rest: text.replace(/\bconst (\w+) = /g, "$1 = ") };
}

/** An operator with up to three operands; the number of a lane comes last. */
function operator(meanings: Meanings, name: string, sig: string): Row {
  // The indices of a shuffle are a third vector.
  const n = name === "i8x16.shuffle" ? 3 : sig.split(":")[0]!.length;
  const operands = ["a", "b", "c"].slice(0, n);
  const hasLane = name.includes("_lane");
  const meaning = name.replace(".", "_");
  const body = meanings.inlined(meaning);
  const length = 2 + n + (hasLane ? 1 : 0);
  if (body === undefined) {
    const args = [...operands, ...(hasLane ? [`$${n + 2}`] : []), "0", "0"].slice(0, 3);
    return value(name, length, `${meaning}(V, d, ${args.join(", ")});`);
  }
  // What the meaning calls b or c is then no place.
  const number = hasLane ? `k = $${n + 2}; ` : "";
  const letter = ["a", "b", "c"][n] ?? "";
  const text = hasLane ? body.replace(new RegExp(`\\b${letter}\\b`, "g"), "k") : body;
  return value(name, length, number + text);
}

/** All vector instructions; their numbers follow those of the others. */
export function vectorRows(root: string): Row[] {
  const meanings = new Meanings(root);
  const operators = OPS.filter(
    ({ name, feature }) => feature === "simd" && !/^v128\.(load|store|const)/.test(name),
  ).map(({ name, sig }) => operator(meanings, name, sig));
  return [...moves, ...memory, ...operators];
}

// ---- the file ----------------------------------------------------------------------------------

/** Imports of the meanings that the text calls: some are written by hand, some printed. */
function importsFor(text: string): string {
  const called = new Set([...text.matchAll(/\b(\w+)\(V, /g)].map((m) => m[1]!));
  const names = Object.keys(LANES).filter((name) => called.has(name));
  const from = (file: string, some: readonly string[]): string =>
    `import {\n${some.map((name) => `  ${name},`).join("\n")}\n} from "../${file}";`;
  return [
    from(
      "lanes.gen.ts",
      names.filter((name) => !(name in lanes)),
    ),
    from(
      "lanes.ts",
      names.filter((name) => name in lanes),
    ),
  ].join("\n");
}

/** A case for each access, all its forms together. */
function printAccesses(rows: readonly Row[], first: number): string {
  const byAction = new Map<string, number[]>();
  rows.forEach(({ access }, k) => {
    if (access === undefined) return;
    const numbers = byAction.get(access.action);
    if (numbers === undefined) byAction.set(access.action, [first + k]);
    else numbers.push(first + k);
  });
  return [...byAction]
    .map(([action, numbers]) => {
      const cases = numbers.map((n) => `    case ${n}:`).join("\n");
      return `${cases}\n      ${action}\n      return;`;
    })
    .join("\n");
}

/** Instructions of the loop that vectors are often mixed with: they need not end a chain. */
// prettier-ignore
const SHARED: ReadonlySet<string> = new Set([
  "copy32", "copy64", "const32", "const64", "i32.load", "i32.load_p", "i32.add", "i32.add_i",
]);

/** The text of vectors.gen.ts, for instructions numbered behind the scalar ones. */
export function printVectors(scalars: readonly Row[], rows: readonly Row[]): string {
  const first = scalars.length;
  const leave = (name: string): string => `{ why = ${exitOf(name)}; break run; }`;
  const print = (row: Row, k: number): string =>
    printHandler(row, k, { leave, known: ["d", "a", "b"] });
  const shared = scalars.flatMap((row, k) => (SHARED.has(row.name) ? [print(row, k)] : []));
  const text = [...shared, ...rows.map((row, k) => print(row, first + k))].join("\n");
  // V8 gives each constant of each case a place of its own in the function's frame.
  const { names, rest: handlers } = hoisted(text);
  const accesses = printAccesses(rows, first);
  return `// Printed by tools/gen/interp.ts (\`make gen\`). Do not edit.
${importsFor(handlers)}
import type { Views } from "../lanes.ts";
import type { State } from "./instance.ts";

type Words = Int32Array;

/**
 * Vectors over these arrays: a function that performs them from S on, until another instruction
 * comes. It answers why it stopped before, 0 if it did not.
 */
export function newVectors(
  state: State, code: Words, c1: Words, c2: Words, c3: Words, c4: Words, I: Words, H: Words,
  S: Words, V: Views, i8: Int8Array, u8: Uint8Array, i16: Int16Array, u16: Uint16Array,
  i32: Words, u32: Uint32Array, f32: Float32Array, f64: Float64Array,
): () => number {
  return function vectors(): number {
    const fp = S[1]!;
    const { view: mem, limit } = state.inst.memory;
    let pc = S[0]!, why = 0, d = 0, a = 0, b = 0, c = 0;
    let ${names.map((name) => `${name} = 0`).join(", ")};
    run: for (;;) {
      // Most have these; the code is shorter than in each case.
      d = (fp + c1[pc]!) | 0; a = (fp + c2[pc]!) | 0; b = (fp + c3[pc]!) | 0;
      switch (code[pc]!) {
${handlers}
      default:
        break run;
      }
    }
    S[0] = pc;
    return why;
  };
}

/**
 * Performs the access \`op\` at the beginning of \`mem\`, with places and a lane's number as the
 * instruction has them.
 */
export function accessVector(
  op: number, mem: DataView, V: Views, d: number, a: number, b: number, k: number,
): void {
  const I = V.i32;
  let x = 0, y = 0, z = 0, w = 0, w0 = 0, w1 = 0;
  switch (op) {
${accesses}
  }
}
`;
}
