// Prints src/interp/loop.gen.ts, the interpreter's dispatch loop. In: the meanings of the operators
// in src/semantics.ts, which are inlined here, and the instructions below. Out: numbers, lengths
// and handlers of all instructions, in one literal switch. Run without arguments it writes the
// file.
//
// An instruction is a few words: its number, then operands. What a handler template may use:
//
//   $1 $2 ..   a word as it is
//   d a b      words 1, 2 and 3 as places in the frame
//   I H F D    slots: low word, high word, f32, and (index d >> 1) f64
//   @name      leaves the loop for that reason, to the instruction at pc
//   mem limit inst self   memory 0, its size up to 2^31 - 1, instance, and the instance's number
//   x y z u, x1 y1    scratch; t0 t1 .. for what inlining needs

import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Node, Project } from "ts-morph";
import type { Expression, SourceFile, Statement } from "ts-morph";
import { TRAP } from "../../src/abi.ts";
import { MEANINGS } from "../../src/semantics.ts";
import type { MeaningName } from "../../src/semantics.ts";

interface Row {
  readonly name: string;
  /** Words, 0 where it varies. */
  readonly length: number;
  /** Word 1 is the slot that gets the result. */
  readonly result: boolean;
  /** The body; what follows it is the next instruction, unless it says where to go. */
  readonly body: string;
  readonly jumps?: boolean;
}

/** Why the loop was left, besides traps, whose numbers are those of TRAP. */
// prettier-ignore
export const EXITS = {
  translate: 16, foreign: 17, leave: 18, tick: 19, access: 20, slow: 21,
} as const;

// ---- inlining ----------------------------------------------------------------------------------

const NEVER: Readonly<Record<string, string>> = {
  divideByZero: "@divide",
  integerOverflow: "@overflow",
};

interface Inlined {
  readonly before: readonly string[];
  readonly value: string;
  /** High word of an i64 result. */
  readonly hi: string | undefined;
}

interface Body {
  readonly params: readonly string[];
  readonly body: Node;
}

/** Turns calls of functions of semantics.ts into statements and an expression. */
class Inliner {
  private readonly source: SourceFile;
  private temporaries = 0;

  constructor(source: SourceFile) {
    this.source = source;
  }

  restart(): void {
    this.temporaries = 0;
  }

  private find(name: string): Body {
    const variable = this.source.getVariableDeclaration(name);
    const init = variable?.getInitializer();
    if (init !== undefined && Node.isIdentifier(init)) return this.find(init.getText());
    const fn =
      init !== undefined && Node.isArrowFunction(init) ? init : this.source.getFunction(name);
    const body = fn?.getBody();
    if (fn === undefined || body === undefined) throw new Error(`semantics.ts has no ${name}`);
    return { params: fn.getParameters().map((p) => p.getName()), body };
  }

  /** How often a function reads each of its parameters. */
  uses(name: string): number[] {
    const { params, body } = this.find(name);
    const nodes = [body, ...body.getDescendants()].filter(Node.isIdentifier);
    const names = nodes.map((n) => n.getText());
    return params.map((p) => names.filter((n) => n === p).length);
  }

  inline(name: string, args: readonly string[]): Inlined {
    const { params, body } = this.find(name);
    const scope = new Map(params.map((p, i) => [p, args[i] ?? "0"]));
    const before: string[] = [];
    if (!Node.isBlock(body)) {
      return { before, value: this.result(body as Expression, scope, before), hi: undefined };
    }
    let hi: string | undefined;
    let value = "";
    for (const s of body.getStatements()) {
      if (Node.isReturnStatement(s)) value = this.result(s.getExpressionOrThrow(), scope, before);
      else hi = this.statement(s, scope, before) ?? hi;
    }
    return { before, value, hi };
  }

  // Returns the expression where the statement sets wide.hi.
  private statement(s: Statement, scope: Map<string, string>, out: string[]): string | undefined {
    if (Node.isVariableStatement(s)) {
      for (const d of s.getDeclarations()) {
        const temporary = this.temporary();
        out.push(`const ${temporary} = ${this.render(d.getInitializerOrThrow(), scope, out)};`);
        scope.set(d.getName(), temporary);
      }
      return undefined;
    }
    if (Node.isIfStatement(s)) {
      const then = s.getThenStatement();
      const call = Node.isExpressionStatement(then) ? this.never(then.getExpression(), scope) : "";
      if (call === "") throw new Error(`cannot inline ${s.getText()}`);
      out.push(`if (${this.render(s.getExpression(), scope, out)}) ${call}`);
      return undefined;
    }
    const e = Node.isExpressionStatement(s) ? s.getExpression() : undefined;
    if (e !== undefined && Node.isBinaryExpression(e) && e.getLeft().getText() === "wide.hi") {
      return this.render(e.getRight(), scope, out);
    }
    throw new Error(`cannot inline ${s.getText()}`);
  }

  private temporary(): string {
    return `t${this.temporaries++}`;
  }

  /** The jump that stands for a call which does not return, or "". */
  private never(e: Node, scope: ReadonlyMap<string, string>): string {
    if (!Node.isCallExpression(e)) return "";
    const name = e.getExpression().getText();
    if (name !== "badConversion") return NEVER[name] ?? "";
    const operand = scope.get(e.getArguments()[0]!.getText())!;
    return `{ if (${operand} !== ${operand}) @conversion @overflow }`;
  }

  // Traps in the arms of a conditional become statements before it.
  private result(e: Expression, scope: Map<string, string>, out: string[]): string {
    if (Node.isParenthesizedExpression(e)) return this.result(e.getExpression(), scope, out);
    if (!Node.isConditionalExpression(e)) return this.render(e, scope, out);
    const whenTrue = this.never(e.getWhenTrue(), scope);
    const whenFalse = this.never(e.getWhenFalse(), scope);
    if (whenTrue === "" && whenFalse === "") return this.render(e, scope, out);
    const condition = this.render(e.getCondition(), scope, out);
    out.push(
      whenTrue !== "" ? `if (${condition}) ${whenTrue}` : `if (!(${condition})) ${whenFalse}`,
    );
    return this.result(whenTrue !== "" ? e.getWhenFalse() : e.getWhenTrue(), scope, out);
  }

  /** The text of an expression with names replaced and calls inlined. */
  private render(e: Node, scope: ReadonlyMap<string, string>, out: string[]): string {
    if (Node.isIdentifier(e)) return scope.get(e.getText()) ?? this.constant(e.getText());
    if (Node.isCallExpression(e) && Node.isIdentifier(e.getExpression())) {
      const args = e.getArguments().map((a) => this.render(a, scope, out));
      const { before, value } = this.inline(e.getExpression().getText(), args);
      out.push(...before);
      return `(${value})`;
    }
    if (Node.isPropertyAccessExpression(e)) return e.getText();
    const start = e.getStart();
    let text = e.getText();
    for (const child of e.forEachChildAsArray().reverse()) {
      const at = child.getStart() - start;
      text =
        text.slice(0, at) + this.render(child, scope, out) + text.slice(child.getEnd() - start);
    }
    return text;
  }

  private constant(name: string): string {
    const init = this.source.getVariableDeclaration(name)?.getInitializer();
    return init === undefined ? name : init.getText();
  }
}

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

const jump = (name: string, length: number, body: string): Row => ({
  name,
  length,
  result: false,
  body,
  jumps: true,
});

const effect = (name: string, length: number, body: string): Row => ({
  name,
  length,
  result: false,
  body,
});

const value = (name: string, length: number, body: string): Row => ({
  name,
  length,
  result: true,
  body,
});

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
  return all.slice(0, more ? 4 : 2).map(([suffix, length, address]) => ({
    ...row,
    name: row.name + suffix,
    length,
    body: `${address} ${checked(size)} ${row.body}`,
  }));
}

const load = (name: string, size: number, body: string, more = false): Row[] =>
  forms(value(name, 0, body), "a", size, more);

const store = (name: string, size: number, body: string, more = false): Row[] =>
  forms(effect(name, 0, body), "d", size, more);

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

function leaveBy(name: string): string {
  const number = (EXITS as Readonly<Record<string, number>>)[name] ?? (TRAP as never)[name];
  if (number === undefined) throw new Error(`there is no exit @${name}`);
  return `{ why = ${number}; break run; }`;
}

const expand = (text: string): string =>
  text.replace(/\$(\d)/g, "c$1[pc]!").replace(/@(\w+)/g, (_, name: string) => leaveBy(name));

/** Decodes the operands that a body uses. */
function decode(body: string): string {
  const used = (["d", "a", "b"] as const).flatMap((name, k) =>
    new RegExp(`\\b${name}\\b`).test(body) ? [`${name} = (fp + $${k + 1}) | 0; `] : [],
  );
  return used.join("");
}

function printHandler(row: Row, number: number): string {
  const next = row.jumps === true ? "" : ` pc = (pc + ${row.length}) | 0;`;
  const ends = row.jumps === true && /break run;(?: \})?$/.test(expand(row.body));
  return [
    `      case ${number}: { // ${row.name}`,
    `        ${expand(decode(row.body) + row.body)}${next}`,
    ...(ends ? [] : ["        continue;"]),
    "      }",
  ].join("\n");
}

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
${rows.map(printHandler).join("\n")}
      }
    }
    S[0] = pc; S[1] = fp; S[2] = rp;
    return why;
  };
}
`;
}

/** The text of loop.gen.ts. */
export function printInterpreter(root: string): string {
  const project = new Project({ skipAddingFilesFromTsConfig: true });
  const source = project.addSourceFileAtPath(join(root, "src/semantics.ts"));
  const ops = new Operators(new Inliner(source));
  const rows = [...control, ...moves, ...memory, ...products, ...tests, ...operatorRows(ops)];
  const exits = Object.entries(EXITS).map(([k, n]) => `${k}: ${n}`);
  return [
    HEAD,
    `/** Why the loop returned, besides traps. */\nexport const EXIT = { ${exits.join(", ")} } as const;\n`,
    "/** Instruction numbers. */\nexport const X = {",
    ...rows.map((row, k) => `  "${row.name}": ${k},`),
    "} as const;\n",
    "/** Names by number. */",
    "export const NAMES = Object.keys(X) as readonly (keyof typeof X)[];\n",
    "/** Words of each instruction, 0 where it varies. */",
    `export const LENGTH = Uint8Array.of(\n${table(rows, (r) => String(r.length))}\n);\n`,
    "/** 1 where word 1 is the slot of the result. */",
    `export const RESULT = Uint8Array.of(\n${table(rows, (r) => (r.result ? "1" : "0"))}\n);\n`,
    printLoop(rows),
  ].join("\n");
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && resolve(process.argv[1]) === self) {
  const root = resolve(dirname(self), "../../..");
  writeFileSync(join(root, "src/interp/loop.gen.ts"), printInterpreter(root));
}
