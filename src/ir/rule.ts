// The rule language: one typed value per rule, for simplification (src/opt/rules.ts) and for
// selection (backend/<arch>/rules.ts). tools/gen/rules.ts prints the matchers (`make gen`),
// rule.test.ts and the tests beside the rule files try every rule on operands made for it
// (instance.ts).
//
// How to write a rule
//
//   const x = any("x"), y = any("y"), c = constant("c"), d = constant("d");
//   const { add, sub, shl, mul, and } = op;
//
//   rule(add(x, int(0)), x)                                    x + 0 is x
//   rule(sub(x, x), int(0))                                    a name used twice is the same value
//   rule(add(add(x, c), d), add(x, add(c, d)))                 constants fold as the result is
//   built rule(mul(x, constant("c", isPow2)), shl(x, op.ctz(c)))     a constant with a predicate
//   rule(and(op.shru(x, c), d), ..., when(fits, c, d))         a condition on several values
//   rule(typed("i32", op.wrap(op.extu(x))), x)                 only for these types
//   rule(op.shl(x, c), binaryImm(I.shl, x, c))                 selection: the result is a form
//   rule(op.vsub(x, op.vneg(y)), op.vadd(x, y))                lanes of every shape
//   rule(op.vnot(shaped("f32x4", op.veq(x, y))), shaped("f32x4", op.vne(x, y)))
//
// Laws
// 1. Within one opcode the first rule that matches wins: write the most specific first. The
//    generator refuses a rule that can never be reached because one before it matches whatever it
//    matches.
// 2. An operator that commutes matches both ways round (the generator adds the swapped variant
//    right behind the rule), except that a constant is only looked for on the right: construction
//    puts it there, and so must whoever builds IR by hand.
// 3. A pattern names operands that are values only (`v` columns): br(c), store(address, value),
//    load(address), trapif(c), select(condition, yes, no).
// 4. A result of simplification is built bottom up by Maker.pure, which simplifies again: an
//    operator over constants becomes a constant, so constant arithmetic is written as IR. A result
//    must be smaller or closer to normal form than its pattern, or rewriting does not end.
// 5. Types: a result has the type of the root; operators inside take the type of their operands,
//    comparisons are i32, wrap/extu/exts say theirs; otherwise say typed(...). int(n) takes the
//    type that its place asks for; of a v128 it is every word. ptr and ref count as i64 unless a
//    rule says otherwise.
// 6. Conditions are pure functions (f, values...) => boolean, exported by a module that the rule
//    set lists (predicates.ts, or one beside the rules). `ask` names a method of the matcher's own
//    object instead.
// 7. In selection an instruction below the root is swallowed: it matches only if the selector may
//    compute it at the root (`folds`: one use, same block; a load besides only if nothing between
//    the two may change or precede it). shared(...) lifts that for what is free to compute again. A
//    result is a form: a method of the selector that builds the records, with its arguments.
// 8. A vector operator has the shape that shaped(...) says; else the only one its opcode comes in;
//    else that of the root, whatever it is. Lane numbers are no values: patterns do not see them,
//    and results cannot name them.

import type { Func, Value } from "./func.ts";
import { FLAG, IR, OP_FLAGS, OP_NAMES, OP_OPERANDS, SHAPE, SHAPE_NAMES } from "./ops.ts";
import type { Op, OpName } from "./ops.ts";
import { SHAPES_OF, isVector } from "./shapes.ts";
import type { Shape } from "./shapes.ts";
import { TYPE_NAMES } from "./types.ts";
import type { Type } from "./types.ts";

/** What conditions call: true if the values are as the name says. */
export type Test = (f: Func, ...values: Value[]) => boolean;

/** A pattern or a result. */
export type Node = AnyNode | ConstantNode | NumberNode | OpNode;

export interface AnyNode {
  readonly kind: "any";
  readonly name: string;
  readonly types: readonly Type[];
}

export interface ConstantNode {
  readonly kind: "constant";
  readonly name: string;
  readonly types: readonly Type[];
  readonly tests: readonly Test[];
}

/** The integer (or float, `isFloat`) constant of this value. */
export interface NumberNode {
  readonly kind: "number";
  readonly value: number;
  readonly isFloat: boolean;
  readonly types: readonly Type[];
}

export interface OpNode {
  readonly kind: "op";
  /** One opcode, or in a pattern several of the same shape. */
  readonly ops: readonly Op[];
  readonly args: readonly Node[];
  readonly types: readonly Type[];
  /** Binds the instruction itself; "" = no name. */
  readonly name: string;
  readonly shared: boolean;
  /** -1 = not said: law 8. */
  readonly shape: Shape | -1;
}

export interface Condition {
  /** A function of a listed module, or the name of a method of the matcher's object. */
  readonly test: Test | string;
  readonly values: readonly Named[];
}

export type Named = AnyNode | ConstantNode | OpNode;

/** Result of a selection: method `name` of the selector, called with the root and these. */
export interface Form {
  readonly kind: "form";
  readonly name: string;
  readonly args: readonly (Node | number)[];
}

export interface Rule {
  readonly pattern: OpNode;
  readonly result: Node | Form;
  readonly conditions: readonly Condition[];
}

/** A module whose exports rules call: the specifier as the generated file imports it. */
export interface TestModule {
  readonly from: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Everything the generator needs for one matcher. */
export interface RuleSet {
  readonly kind: "simplify" | "select";
  /** Name of the generated function. */
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly modules: readonly TestModule[];
  /** Type of the object the matcher works on and the module it comes from. */
  readonly matcher: { readonly type: string; readonly from: string };
  /** Numbers that forms are given and that the generated file writes as `object.name`. */
  readonly numbers?: {
    readonly object: string;
    readonly from: string;
    readonly values: Readonly<Record<string, number>>;
  };
}

/** What results of simplification are built with; opt/values.ts is one. */
export interface Maker {
  readonly f: Func;
  pure(op: Op, ty: Type, a: number, b: number, c: number, aux?: number): Value;
  constant(ty: Type, lo: number, hi: number): Value;
  vector(w0: number, w1: number, w2: number, w3: number): Value;
}

// ---- building blocks ---------------------------------------------------------------------------

/** Any value. */
export const any = (name: string): AnyNode => ({ kind: "any", name, types: [] });

/** A constant that passes all tests. */
export const constant = (name: string, ...tests: Test[]): ConstantNode => ({
  kind: "constant",
  name,
  types: [],
  tests,
});

/** The integer constant n, an int32, of the type that its place asks for. */
export const int = (n: number): NumberNode => ({
  kind: "number",
  value: n,
  isFloat: false,
  types: [],
});

/** The float constant of these bits exactly (0 is not -0). */
export const float = (n: number): NumberNode => ({
  kind: "number",
  value: n,
  isFloat: true,
  types: [],
});

const opNode = (ops: readonly Op[], args: readonly Node[], name: string): OpNode => ({
  kind: "op",
  ops,
  args,
  types: [],
  name,
  shared: false,
  shape: -1,
});

type Makers = { readonly [K in OpName]: (...args: Node[]) => OpNode };

/** `op.add(x, y)`: a pattern or a result, one argument per value operand. */
export const op: Makers = Object.fromEntries(
  OP_NAMES.map((name, i) => [name, (...args: Node[]) => opNode([i], checked(i, args), "")]),
) as Makers;

/** Number of operands that are values. */
export const arity = (i: Op): number => [...OP_OPERANDS[i]!].filter((c) => c === "v").length;

function checked(i: Op, args: readonly Node[]): readonly Node[] {
  if (args.length !== arity(i)) {
    throw new Error(`rule: ${OP_NAMES[i]} takes ${arity(i)} values, not ${args.length}`);
  }
  return args;
}

/** A pattern for several opcodes of one shape; `name` binds the instruction. */
export const some = (name: string, ops: readonly OpName[], ...args: Node[]): OpNode =>
  opNode(
    ops.map((o) => (checked(IR[o], args), IR[o])),
    args,
    name,
  );

/** Names the instruction, so that conditions and forms can refer to it. */
export const named = (name: string, node: OpNode): OpNode => ({ ...node, name });

/** Selection: this instruction may have further users. */
export const shared = (node: OpNode): OpNode => ({ ...node, shared: true });

/** A vector operator of this shape, in a pattern or a result. */
export const shaped = (shape: keyof typeof SHAPE, node: OpNode): OpNode => {
  const bad = node.ops.find((o) => !isVector(o) || !SHAPES_OF[o]!.includes(SHAPE[shape]));
  if (bad !== undefined) throw new Error(`rule: no ${OP_NAMES[bad]} of ${shape}`);
  return { ...node, shape: SHAPE[shape] };
};

/** The shape of a vector operator in a rule whose root has shape `root` (law 8). */
export function shapeOf(node: OpNode, root: Shape): Shape {
  if (node.shape >= 0) return node.shape;
  const shapes = SHAPES_OF[node.ops[0]!]!;
  return shapes.length === 1 ? shapes[0]! : root;
}

/** Restricts a pattern to types, or says the type of a result: `typed("i32 i64", x)`. */
export const typed = <N extends Node>(types: string, node: N): N => ({
  ...node,
  types: types.split(" ").map((t) => {
    const number = (TYPE_NAMES as readonly string[]).indexOf(t);
    if (number < 0) throw new Error(`rule: no type ${t}`);
    return number;
  }),
});

/** A condition on bound values. */
export const when = (test: Test, ...values: Named[]): Condition => ({ test, values });

/** A condition that the matcher's own object decides: `matcher.method(values...)`. */
export const ask = (method: string, ...values: Named[]): Condition => ({ test: method, values });

/** A maker of forms: `const binary = form("binary")`, then `binary(I.add, x, y)`. */
export const form =
  (name: string) =>
  (...args: (Node | number)[]): Form => ({ kind: "form", name, args });

export const rule = (pattern: OpNode, result: Node | Form, ...conditions: Condition[]): Rule => ({
  pattern,
  result,
  conditions,
});

// ---- text, for titles of tests and comments of generated code ---------------------------------

function withTypes(node: Node, text: string): string {
  if (node.types.length === 0) return text;
  return `${text}: ${node.types.map((t) => TYPE_NAMES[t]).join("|")}`;
}

/** `add(x, 0)` */
export function nodeText(node: Node): string {
  switch (node.kind) {
    case "any":
      return withTypes(node, node.name);
    case "constant": {
      const tests = node.tests.map((t) => t.name).join(" ");
      return withTypes(node, `#${node.name}${tests === "" ? "" : `{${tests}}`}`);
    }
    case "number":
      return withTypes(node, Object.is(node.value, -0) ? "-0" : String(node.value));
    case "op": {
      const name = node.ops.map((o) => OP_NAMES[o]).join("|");
      const bound = node.name === "" ? "" : `${node.name}=`;
      const shape = node.shape < 0 ? "" : `.${SHAPE_NAMES[node.shape]}`;
      return withTypes(node, `${bound}${name}${shape}(${node.args.map(nodeText).join(", ")})`);
    }
  }
}

const conditionText = ({ test, values }: Condition): string =>
  `${typeof test === "string" ? test : test.name}(${values.map((v) => v.name).join(", ")})`;

const formText = ({ name, args }: Form): string =>
  `${name}(${args.map((a) => (typeof a === "number" ? String(a) : shortText(a))).join(", ")})`;

const shortText = (node: Node): string =>
  "name" in node && node.name !== "" ? node.name : nodeText(node);

/** `add(x, 0) -> x` */
export function ruleText({ pattern, result, conditions }: Rule): string {
  const right = result.kind === "form" ? formText(result) : nodeText(result);
  const tail = conditions.map((c) => ` if ${conditionText(c)}`).join("");
  return `${nodeText(pattern)} -> ${right}${tail}`;
}

// ---- variants ----------------------------------------------------------------------------------

const commutes = (node: OpNode): boolean =>
  node.args.length === 2 && node.ops.every((o) => (OP_FLAGS[o]! & FLAG.commutes) !== 0);

const isConstant = (node: Node): boolean => node.kind === "constant" || node.kind === "number";

/** The number of times each name occurs. */
function countNames(node: Node, counts: Map<string, number>): Map<string, number> {
  if (node.kind !== "number" && node.name !== "") {
    counts.set(node.name, (counts.get(node.name) ?? 0) + 1);
  }
  if (node.kind === "op") for (const a of node.args) countNames(a, counts);
  return counts;
}

/** The pattern and what it becomes when operators that commute are turned round, in order. */
export function variants(pattern: OpNode, conditions: readonly Condition[]): OpNode[] {
  const counts = countNames(pattern, new Map());
  for (const c of conditions) {
    for (const v of c.values) counts.set(v.name, (counts.get(v.name) ?? 0) + 1);
  }
  const isFree = (node: Node): boolean =>
    node.kind === "any" && node.types.length === 0 && counts.get(node.name) === 1;
  const turn = (node: Node): Node[] => {
    if (node.kind !== "op") return [node];
    const lists = node.args.map(turn);
    let out: OpNode[] = [{ ...node, args: [] }];
    for (const list of lists) {
      out = out.flatMap((n) => list.map((arg) => ({ ...n, args: [...n.args, arg] })));
    }
    const [first, second] = node.args;
    if (!commutes(node) || isConstant(second!) || (isFree(first!) && isFree(second!))) return out;
    return out.flatMap((n) => [n, { ...n, args: [n.args[1]!, n.args[0]!] }]);
  };
  return turn(pattern) as OpNode[];
}
