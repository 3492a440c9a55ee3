// Prints the matcher of a rule set (src/ir/rule.ts) as plain TypeScript: one function per opcode
// that has rules, each a cascade of tests on the columns of the function, and a dispatcher. No
// closures, no allocation while matching.
//
// A rule becomes a list of steps, the opcode tests first, outermost first, then everything else,
// and an action. Rules of one opcode become a tree: neighbours that begin with the same step share
// it, and neighbours that begin with a test of the same operand's opcode become one switch; both
// keep the order among rules that could match together, so the first rule that matches wins.

import { IR, OP_NAMES, OP_OPERANDS, SHAPE_NAMES } from "../src/ir/ops.ts";
import { ruleText, variants } from "../src/ir/rule.ts";
import type { Condition, Form, Named, Node, OpNode } from "../src/ir/rule.ts";
import type { Rule, RuleSet, TestModule } from "../src/ir/rule.ts";
import { LANE_TYPE, SHAPES_OF, isVector } from "../src/ir/shapes.ts";
import type { Shape } from "../src/ir/shapes.ts";
import { F64, I32, I64, F32, TYPE_NAMES, V128 } from "../src/ir/types.ts";
import type { Type } from "../src/ir/types.ts";
import { TYPE_RULES } from "../src/ir/typing.ts";

/** A test: of the opcode of the value that `subject` names, or any expression. */
interface Step {
  readonly subject: string;
  readonly ops: readonly number[];
  readonly code: string;
}

interface Draft {
  readonly rule: Rule;
  readonly text: string;
  readonly steps: readonly Step[];
  readonly action: readonly string[];
}

const COLUMNS = ["a", "b", "c"];

/** The columns that hold values, in order. */
const valueColumns = (op: number): string[] =>
  COLUMNS.filter((_, k) => OP_OPERANDS[op]![k] === "v");

const literal = (op: number): string => `${op} /* ${OP_NAMES[op]} */`;
const typeLiteral = (t: Type): string => `${t} /* ${TYPE_NAMES[t]} */`;

const typeTest = (expr: string, types: readonly Type[]): string =>
  types.map((t) => `${expr} === ${typeLiteral(t)}`).join(" || ");

// ---- shapes ------------------------------------------------------------------------------------

/** Shapes that a vector operator of a rule may have, whatever the root has. */
const shapesOf = (node: OpNode): readonly Shape[] =>
  node.shape >= 0 ? [node.shape] : [...new Set(node.ops.flatMap((o) => SHAPES_OF[o]!))];

const shapeLiteral = (s: Shape): string => `${s} /* ${SHAPE_NAMES[s]} */`;

/** Types of the operands and the result of a vector opcode; a lane's is 0 where it varies. */
function vectorTypes(op: number, shapes: readonly Shape[]): readonly Type[] {
  const row = (TYPE_RULES as Readonly<Record<string, string>>)[OP_NAMES[op]!]!;
  const lanes = new Set(shapes.map((s) => LANE_TYPE[s]!));
  const lane = lanes.size === 1 ? [...lanes][0]! : 0;
  return [...row.replace(":", "")].map((c) => (c === "v" ? V128 : c === "e" ? lane : I32));
}

// ---- patterns ----------------------------------------------------------------------------------

/** Walks one pattern, gathering steps and what names are bound to. */
class Walk {
  readonly set: RuleSet;
  readonly imports: Imports;
  readonly opSteps: Step[][] = [];
  readonly codeSteps: Step[] = [];
  readonly bound = new Map<string, string>();
  readonly typeOf = new Map<string, Type>();

  constructor(set: RuleSet, imports: Imports) {
    this.set = set;
    this.imports = imports;
  }

  private test(code: string): void {
    this.codeSteps.push({ subject: "", ops: [], code });
  }

  private bind(name: string, expr: string): void {
    const old = this.bound.get(name);
    if (old === undefined) this.bound.set(name, expr);
    else this.test(`${expr} === ${old}`);
  }

  root(node: OpNode): void {
    const type = this.set.kind === "simplify" ? "ty" : "f.ty[i]";
    if (node.types.length > 0) this.test(typeTest(type, node.types));
    if (node.name !== "") this.bind(node.name, "i");
    if (isVector(node.ops[0]!)) {
      this.shape = this.set.kind === "simplify" ? "aux" : "f.aux[i]";
      this.shapes = shapesOf(node);
      const isOnly = node.ops.every((o) => SHAPES_OF[o]!.length === 1);
      if (node.shape >= 0 && !isOnly) this.test(`${this.shape} === ${shapeLiteral(node.shape)}`);
    }
    this.args(node, "", 0);
  }

  /** The shape of the root as an expression, "" if it has none, and what it may be. */
  shape = "";
  shapes: readonly Shape[] = [];

  /** Tests the shape of an operand. */
  private shapeOfOperand(node: OpNode, expr: string): void {
    if (node.ops.every((o) => SHAPES_OF[o]!.length === 1)) return;
    if (node.shape < 0 && this.shape === "") throw new Error("say the shape of what is inside");
    const shape = node.shape >= 0 ? shapeLiteral(node.shape) : this.shape;
    this.test(`f.aux[${expr}] === ${shape}`);
  }

  private args(node: OpNode, prefix: string, depth: number): void {
    const columns = valueColumns(node.ops[0]!);
    node.args.forEach((arg, k) => this.operand(arg, prefix + columns[k]!, depth));
  }

  private operand(node: Node, expr: string, depth: number): void {
    if (node.kind === "op" || node.kind === "constant" || node.kind === "number") {
      const ops = node.kind === "op" ? node.ops : [IR.const];
      (this.opSteps[depth] ??= []).push({ subject: expr, ops, code: "" });
    }
    if (node.types.length > 0) this.test(typeTest(`f.ty[${expr}]`, node.types));
    switch (node.kind) {
      case "any":
        return this.bind(node.name, expr);
      case "constant":
        this.bind(node.name, expr);
        for (const t of node.tests) this.test(`${this.imports.use(t)}(f, ${expr})`);
        return;
      case "number": {
        const test = node.isFloat ? "hasFloat" : "hasInt";
        this.imports.predicate(test);
        const n = Object.is(node.value, -0) ? "-0" : String(node.value);
        return this.test(`${test}(f, ${expr}, ${n})`);
      }
      case "op":
        if (node.name !== "") this.bind(node.name, expr);
        if (isVector(node.ops[0]!)) this.shapeOfOperand(node, expr);
        this.args(node, expr, depth + 1);
        if (this.set.kind === "select" && !node.shared) this.test(`s.folds(${expr})`);
    }
  }

  condition({ test, values }: Condition): void {
    const args = values.map((v) => this.value(v)).join(", ");
    if (typeof test !== "string") this.test(`${this.imports.use(test)}(f, ${args})`);
    else this.test(`${this.set.kind === "select" ? "s" : "v"}.${test}(${args})`);
  }

  value(node: Named): string {
    const expr = this.bound.get(node.name);
    if (expr === undefined) throw new Error(`${node.name} is not bound`);
    return expr;
  }

  steps(): Step[] {
    return [...this.opSteps.flatMap((s) => s ?? []), ...this.codeSteps];
  }
}

// ---- results -----------------------------------------------------------------------------------

const COMPARE = new Set<number>(OP_NAMES.map((_, i) => i).filter((i) => i >= IR.eq && i <= IR.fge));

/** Result types that an opcode fixes; the others have the type of their operands. */
const OWN_TYPE = new Map<number, Type>([
  [IR.wrap, I32],
  [IR.exts, I64],
  [IR.extu, I64],
  [IR.promote, F64],
  [IR.demote, F32],
]);
const OPERAND_TYPE = new Map<number, Type>([
  [IR.wrap, I64],
  [IR.exts, I32],
  [IR.extu, I32],
  [IR.promote, F32],
  [IR.demote, F64],
]);
const CONVERTS = new Set<number>([
  IR.cvts,
  IR.cvtu,
  IR.truncs,
  IR.truncu,
  IR.sats,
  IR.satu,
  IR.bitcast,
]);

/** Writes the expression that builds a result. */
class Build {
  private readonly walk: Walk;
  private readonly imports: Imports;

  constructor(walk: Walk, imports: Imports) {
    this.walk = walk;
    this.imports = imports;
  }

  /** The type of a node as an expression, "" if only its place can tell. */
  private typeOf(node: Node): string {
    if (node.types.length > 0) return typeLiteral(node.types[0]!);
    if (node.kind === "any" || node.kind === "constant") return `f.ty[${this.walk.value(node)}]!`;
    if (node.kind === "number") return "";
    const op = node.ops[0]!;
    if (node.name !== "" && this.walk.bound.has(node.name))
      return `f.ty[${this.walk.value(node)}]!`;
    if (COMPARE.has(op)) return typeLiteral(I32);
    if (isVector(op)) {
      const type = vectorTypes(op, this.shapesIn(node)).at(-1)!;
      return type === 0 ? "" : typeLiteral(type);
    }
    const own = OWN_TYPE.get(op);
    if (own !== undefined) return typeLiteral(own);
    if (CONVERTS.has(op)) throw new Error(`result: say the type of ${OP_NAMES[op]}`);
    const args = op === IR.select ? node.args.slice(1) : node.args;
    return args.map((a) => this.typeOf(a)).find((t) => t !== "") ?? "";
  }

  node(node: Node, place: string): string {
    const ty = this.typeOf(node) || place;
    switch (node.kind) {
      case "any":
      case "constant":
        return this.walk.value(node);
      case "number":
        if (ty === "") throw new Error("result: the type of a number is not known");
        if (!node.isFloat) return `v.constant(${ty}, ${node.value}, ${node.value >> 31})`;
        this.imports.predicate("makeFloat");
        return `makeFloat(v, ${ty}, ${Object.is(node.value, -0) ? "-0" : node.value})`;
      case "op":
        if (node.name !== "" && this.walk.bound.has(node.name)) return this.walk.value(node);
        return this.op(node, ty);
    }
  }

  /** Shapes that an operator of the result may have. */
  private shapesIn(node: OpNode): readonly Shape[] {
    const shapes = shapesOf(node);
    return node.shape < 0 && shapes.length > 1 ? this.walk.shapes : shapes;
  }

  private vector(node: OpNode, ty: string): string {
    const op = node.ops[0]!;
    const shapes = this.shapesIn(node);
    const name = OP_NAMES[op]!;
    if (OP_OPERANDS[op]!.includes("n")) throw new Error(`result: ${name} has a lane`);
    if (shapes.length === 0) throw new Error(`result: say the shape of ${name}`);
    const missing = shapes.find((s) => !SHAPES_OF[op]!.includes(s));
    if (missing !== undefined) throw new Error(`result: no ${name} of ${SHAPE_NAMES[missing]}`);
    const types = vectorTypes(op, shapes);
    const args = ["0", "0", "0"];
    valueColumns(op).forEach((column, k) => {
      const place = types[k] === 0 ? "" : typeLiteral(types[k]!);
      args[COLUMNS.indexOf(column)] = this.node(node.args[k]!, place);
    });
    const isRoots = node.shape < 0 && SHAPES_OF[op]!.length > 1;
    const shape = isRoots ? this.walk.shape : shapeLiteral(shapes[0]!);
    return `v.pure(${literal(op)}, ${ty}, ${args.join(", ")}, ${shape})`;
  }

  private op(node: OpNode, ty: string): string {
    const op = node.ops[0]!;
    if (isVector(op)) return this.vector(node, ty);
    const given = OPERAND_TYPE.get(op);
    let inner = given === undefined ? ty : typeLiteral(given);
    if (COMPARE.has(op)) inner = node.args.map((a) => this.typeOf(a)).find((t) => t !== "") ?? "";
    const args = ["0", "0", "0"];
    valueColumns(op).forEach((column, k) => {
      const place = op === IR.select && k === 0 ? typeLiteral(I32) : inner;
      args[COLUMNS.indexOf(column)] = this.node(node.args[k]!, place);
    });
    if (ty === "") throw new Error(`result: the type of ${OP_NAMES[op]} is not known`);
    return `v.pure(${literal(op)}, ${ty}, ${args.join(", ")})`;
  }

  /** The root's type is that of the pattern's root. */
  root(node: Node): string {
    if (node.kind === "op" && node.types.length === 0 && !this.walk.bound.has(node.name)) {
      const own = OWN_TYPE.get(node.ops[0]!);
      return this.op(node, own === undefined ? "ty" : typeLiteral(own));
    }
    return this.node(node, "ty");
  }

  /** A number by its name, if the set has one for it. */
  private number(n: number): string {
    const { numbers } = this.walk.set;
    if (numbers === undefined) return String(n);
    const found = Object.entries(numbers.values).find(([, value]) => value === n);
    if (found === undefined) return String(n);
    this.imports.name(numbers.from, numbers.object);
    const [name] = found;
    return /^\w+$/.test(name) ? `${numbers.object}.${name}` : `${numbers.object}["${name}"]`;
  }

  form({ name, args }: Form): string {
    const list = args.map((a) => {
      if (typeof a === "number") return this.number(a);
      if (a.kind === "number") return String(a.value);
      return this.walk.value(a);
    });
    return `s.${name}(${["i", ...list].join(", ")});`;
  }
}

// ---- imports -----------------------------------------------------------------------------------

/** What the generated file imports, by module. */
class Imports {
  private readonly modules: readonly TestModule[];
  private readonly used = new Map<string, Set<string>>();

  constructor(modules: readonly TestModule[]) {
    this.modules = modules;
  }

  /** Notes that the file uses `name` of module `from`. */
  name(from: string, name: string): void {
    let names = this.used.get(from);
    if (names === undefined) this.used.set(from, (names = new Set()));
    names.add(name);
  }

  /** Name under which a listed module exports `fn`. */
  use(fn: unknown): string {
    for (const { from, exports } of this.modules) {
      for (const [name, value] of Object.entries(exports)) {
        if (value !== fn) continue;
        this.name(from, name);
        return name;
      }
    }
    const name = typeof fn === "function" ? fn.name : String(fn);
    throw new Error(`no listed module exports the test ${name}`);
  }

  /** A function of predicates.ts that the generator itself needs. */
  predicate(name: string): void {
    const home = this.modules.find((m) => /(^|\/)predicates\.ts$/.test(m.from));
    if (home === undefined) throw new Error(`${name}: the rule set does not list ir/predicates.ts`);
    this.name(home.from, name);
  }

  lines(): string[] {
    return [...this.used]
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([from, names]) => `import { ${[...names].sort().join(", ")} } from "${from}";`);
  }
}

// ---- the tree ----------------------------------------------------------------------------------

const sameStep = (x: Step, y: Step): boolean =>
  x.subject === y.subject && x.code === y.code && x.ops.join() === y.ops.join();

const overlap = (x: Step, y: Step): boolean => x.ops.some((o) => y.ops.includes(o));

const indent = (lines: readonly string[]): string[] => lines.map((l) => (l === "" ? l : `  ${l}`));

/** Declares the columns of `subject` that `body` uses. */
function locals(subject: string, body: readonly string[]): string[] {
  const text = body.join("\n");
  return COLUMNS.map((c) => [c, subject + c] as const)
    .filter(([, name]) => new RegExp(`\\b${name}\\b`).test(text))
    .map(([c, name]) => `const ${name} = f.${c}[${subject}]!;`);
}

const rest = (drafts: readonly Draft[]): Draft[] =>
  drafts.map((d) => ({ ...d, steps: d.steps.slice(1) }));

function opCondition(step: Step): string {
  return step.ops.map((o) => `f.op[${step.subject}] === ${literal(o)}`).join(" || ");
}

/** The body of what follows when `step` holds for all of `drafts`. */
function inside(step: Step, drafts: readonly Draft[], reached: Set<Rule>): string[] {
  const body = tree(rest(drafts), reached);
  return step.subject === "" ? body : [...locals(step.subject, body), ...body];
}

/** `if (condition) { body }`, one condition if the body is nothing but an if. */
function nest(condition: string, body: readonly string[]): string[] {
  const inner = /^if \((.*)\) \{$/.exec(body[0]!);
  const isWhole = inner !== null && body.indexOf("}") === body.length - 1;
  if (!isWhole) return [`if (${condition}) {`, ...indent(body), "}"];
  const both = [condition, inner[1]!].map((c) => (c.includes("||") ? `(${c})` : c));
  return [`if (${both.join(" && ")}) {`, ...body.slice(1)];
}

/** Number of leading drafts that can stand in one switch over the opcode of the first's subject. */
function switchLength(drafts: readonly Draft[]): number {
  const first = drafts[0]!.steps[0]!;
  if (first.subject === "") return 0;
  const groups: Step[] = [];
  let n = 0;
  for (const { steps } of drafts) {
    const step = steps[0];
    if (step === undefined || step.subject !== first.subject) break;
    if (!groups.some((g) => sameStep(g, step))) {
      if (groups.some((g) => overlap(g, step))) break;
      groups.push(step);
    }
    n++;
  }
  return groups.length > 1 ? n : 0;
}

function switchOver(drafts: readonly Draft[], reached: Set<Rule>): string[] {
  const subject = drafts[0]!.steps[0]!.subject;
  const lines = [`switch (f.op[${subject}]) {`];
  let left = [...drafts];
  while (left.length > 0) {
    const step = left[0]!.steps[0]!;
    const group = left.filter((d) => sameStep(d.steps[0]!, step));
    left = left.filter((d) => !sameStep(d.steps[0]!, step));
    const body = inside(step, group, reached);
    const end = isClosed(body) ? [] : ["break;"];
    step.ops.forEach((o, k) => {
      lines.push(`  case ${literal(o)}:${k === step.ops.length - 1 ? " {" : ""}`);
    });
    lines.push(...indent(indent([...body, ...end])), "  }");
  }
  return [...lines, "}"];
}

/** True if the lines end with an unconditional return. */
const isClosed = (lines: readonly string[]): boolean => /^return\b/.test(lines.at(-1) ?? "");

function tree(drafts: readonly Draft[], reached: Set<Rule>): string[] {
  const lines: string[] = [];
  let at = 0;
  while (at < drafts.length) {
    const left = drafts.slice(at);
    const { steps, action, text } = left[0]!;
    const step = steps[0];
    if (step === undefined) {
      reached.add(left[0]!.rule);
      return [...lines, `// ${text}`, ...action];
    }
    const wide = switchLength(left);
    if (wide > 0) {
      lines.push(...switchOver(left.slice(0, wide), reached));
      at += wide;
      continue;
    }
    let n = 1;
    while (n < left.length && left[n]!.steps[0] && sameStep(left[n]!.steps[0]!, step)) n++;
    const condition = step.subject === "" ? step.code : opCondition(step);
    lines.push(...nest(condition, inside(step, left.slice(0, n), reached)));
    at += n;
  }
  return lines;
}

// ---- the file ----------------------------------------------------------------------------------

function drafts(set: RuleSet, imports: Imports, root: number): Draft[] {
  const out: Draft[] = [];
  for (const rule of set.rules) {
    if (!rule.pattern.ops.includes(root)) continue;
    const pattern = { ...rule.pattern, ops: [root] };
    variants(pattern, rule.conditions).forEach((variant) => {
      try {
        out.push(draft(set, imports, rule, variant));
      } catch (e) {
        throw new Error(`${ruleText(rule)}: ${e instanceof Error ? e.message : String(e)}`);
      }
    });
  }
  return out;
}

function draft(set: RuleSet, imports: Imports, rule: Rule, pattern: OpNode): Draft {
  const walk = new Walk(set, imports);
  walk.root(pattern);
  for (const c of rule.conditions) walk.condition(c);
  const build = new Build(walk, imports);
  const { result } = rule;
  const action =
    result.kind === "form"
      ? [build.form(result), "return true;"]
      : [`return ${build.root(result)};`];
  return { rule, text: ruleText(rule), steps: walk.steps(), action };
}

const uses = (lines: readonly string[], name: string): boolean =>
  lines.some((l) => !/^\s*\/\//.test(l) && new RegExp(`(?<![.\\w])${name}\\b`).test(l));

interface Method {
  readonly op: number;
  readonly name: string;
  readonly args: readonly string[];
  /** The function from its parameters on. */
  readonly lines: readonly string[];
}

/** Opcodes with the same rules share the function of the first. */
function share(methods: readonly Method[]): Method[] {
  const first = new Map<string, string>();
  return methods.map((m) => {
    const text = m.lines.join("\n");
    const name = first.get(text);
    if (name !== undefined) return { ...m, name, lines: [] };
    first.set(text, m.name);
    return { ...m, lines: [`function ${m.name}${m.lines[0]}`, ...m.lines.slice(1)] };
  });
}

/** `selectAdd` */
const methodName = (set: RuleSet, op: number): string =>
  set.name + OP_NAMES[op]![0]!.toUpperCase() + OP_NAMES[op]!.slice(1);

const typeOfParam = (set: RuleSet, p: string): string => {
  if (p === "v" || p === "s") return set.matcher.type;
  return p === "op" ? "Op" : p === "ty" ? "Type" : p === "aux" ? "number" : "Value";
};

const objectOf = (set: RuleSet): string => (set.kind === "simplify" ? "v" : "s");
const resultOf = (set: RuleSet): string => (set.kind === "simplify" ? "Value" : "boolean");
const failureOf = (set: RuleSet): string => (set.kind === "simplify" ? "0" : "false");

function method(
  set: RuleSet,
  imports: Imports,
  op: number,
  reached: Set<Rule>,
): Method | undefined {
  const list = drafts(set, imports, op);
  if (list.length === 0) return undefined;
  const body = tree(list, reached);
  const isSimplify = set.kind === "simplify";
  const columns = isSimplify ? [] : valueColumns(op).filter((c) => uses(body, c));
  const head = columns.map((c) => `const ${c} = f.${c}[i]!;`);
  const tail = isClosed(body) ? [] : [`return ${failureOf(set)};`];
  const lines = [...head, ...body, ...tail];
  if (uses(lines, "f")) lines.unshift(`const { f } = ${objectOf(set)};`);
  const possible = isSimplify ? ["v", "ty", ...valueColumns(op), "aux"] : ["s", "i"];
  const args = possible.filter((p) => uses(lines, p));
  const signature = args.map((p) => `${p}: ${typeOfParam(set, p)}`).join(", ");
  const name = methodName(set, op);
  return {
    op,
    name,
    args,
    lines: [`(${signature}): ${resultOf(set)} {`, ...indent(lines), "}", ""],
  };
}

function dispatcher(set: RuleSet, methods: readonly Method[]): string[] {
  const used = new Set(["op", ...methods.flatMap((m) => m.args)]);
  const params = (
    set.kind === "simplify" ? ["v", "op", "ty", "a", "b", "c", "aux"] : ["s", "op", "i"]
  )
    .map((p) => `${used.has(p) ? p : `_${p}`}: ${typeOfParam(set, p)}`)
    .join(", ");
  const purpose =
    set.kind === "simplify"
      ? "/** A simpler value equal to this instruction, 0 if no rule matches. */"
      : "/** Selects for instruction `i` by the first rule that matches; false if none does. */";
  return [
    purpose,
    `export function ${set.name}(${params}): ${resultOf(set)} {`,
    "  switch (op) {",
    ...methods.flatMap((m) => [
      `    case ${literal(m.op)}:`,
      `      return ${m.name}(${m.args.join(", ")});`,
    ]),
    "    default:",
    `      return ${failureOf(set)};`,
    "  }",
    "}",
    "",
  ];
}

function typeImports(sets: readonly RuleSet[], irFrom: string): string[] {
  const matchers = new Set(
    sets.map(({ matcher }) => `import type { ${matcher.type} } from "${matcher.from}";`),
  );
  return [
    `import type { Value } from "${irFrom}/func.ts";`,
    `import type { Op } from "${irFrom}/ops.ts";`,
    ...(sets.some((s) => s.kind === "simplify")
      ? [`import type { Type } from "${irFrom}/types.ts";`]
      : []),
    ...matchers,
  ];
}

/** The text of a generated file, a matcher per rule set; `irFrom` is the path from it to src/ir. */
export function printMatchers(sets: readonly RuleSet[], irFrom: string): string {
  const imports = new Imports(sets.flatMap((s) => s.modules));
  const bodies = sets.flatMap((set) => {
    const reached = new Set<Rule>();
    const methods = share(OP_NAMES.flatMap((_, op) => method(set, imports, op, reached) ?? []));
    const dead = set.rules.find((r) => !reached.has(r));
    if (dead !== undefined) throw new Error(`unreachable: ${ruleText(dead)}`);
    return [...methods.flatMap((m) => m.lines), ...dispatcher(set, methods)];
  });
  return [
    "// Generated from rules.ts by tools/gen/rules.ts: `make gen` rewrites it.",
    "",
    ...imports.lines(),
    ...typeImports(sets, irFrom),
    "",
    ...bodies,
  ].join("\n");
}
