// Tries rules: finds types and constants that fit a pattern, builds pattern and result as two
// functions of the same parameters, runs both on the same arguments. For tests; rules are data, so
// none needs an example of its own. What `run` says is the judge; NaNs are all alike.
//
// `any` operands become parameters, constants constants. Constants are drawn until the predicates
// and conditions hold; a rule for which none are found is an error, for its conditions contradict.

import { bitsOfF32, bitsOfF64, wide } from "../semantics.ts";
import { Trap, bug } from "../support/errors.ts";
import { Random, drawWords, rowText, valueText } from "./draw.ts";
import { Func } from "./func.ts";
import type { Value } from "./func.ts";
import { ACCESS_GUARD, CLASS, IR, OP_NAMES, OP_OPERANDS, WIDTH, accessOf } from "./ops.ts";
import { ruleText } from "./rule.ts";
import { shapeOf } from "./rule.ts";
import type { Node, OpNode, Rule } from "./rule.ts";
import { run } from "./run.ts";
import type { World } from "./run.ts";
import { LANE_TYPE, SHAPES_OF, isVector } from "./shapes.ts";
import type { Shape } from "./shapes.ts";
import { F32, F64, I32, I64, NONE, V128, isFloat } from "./types.ts";
import type { Type } from "./types.ts";
import { TYPE_RULES } from "./typing.ts";

export { valueText };

/** Types by name of a bound value, and by node for what has none. */
export type Typing = ReadonlyMap<string | Node, Type>;

const LETTERS: Readonly<Record<string, readonly Type[]>> = {
  i: [I32],
  I: [I64],
  p: [I64],
  f: [F32],
  F: [F64],
  n: [I32, I64],
  x: [F32, F64],
  t: [I32, I64, F32, F64, V128],
  v: [V128],
  "-": [NONE],
};

const BITCASTS: readonly (readonly Type[])[] = [
  [I32, F32],
  [F32, I32],
  [I64, F64],
  [F64, I64],
];

/** Types of operands, then of the result: every way an opcode can be typed. */
function signaturesOf(op: number, shape: Shape): readonly (readonly Type[])[] {
  if (isVector(op) && !SHAPES_OF[op]!.includes(shape)) return [];
  if (op === IR.bitcast) return BITCASTS;
  if (op === IR.load) return LETTERS["t"]!.map((t) => [I32, t]);
  if (op === IR.store) return LETTERS["t"]!.map((t) => [I32, t, NONE]);
  const row = (TYPE_RULES as Readonly<Record<string, string>>)[OP_NAMES[op]!]!;
  if (row === "*") return [];
  const letters = [...row.replace(":", "")];
  const distinct = [...new Set(letters)];
  let out: Map<string, Type>[] = [new Map()];
  for (const l of distinct) {
    const types = l === "e" ? [LANE_TYPE[shape]!] : LETTERS[l]!;
    out = out.flatMap((m) => types.map((t) => new Map([...m, [l, t]])));
  }
  return out.map((m) => letters.map((l) => m.get(l)!));
}

const keyOf = (node: Node): string | Node =>
  node.kind === "number" || (node.kind === "op" && node.name === "") ? node : node.name;

/** Every typing of `node` with type `ty` that extends `typing`; `shape` is that of the root. */
function typings(node: Node, ty: Type, typing: Typing, shape: Shape): Typing[] {
  if (node.types.length > 0 && !node.types.includes(ty)) return [];
  const known = typing.get(keyOf(node));
  if (known !== undefined && known !== ty) return [];
  if (node.kind === "number" && node.isFloat !== isFloat(ty)) return [];
  const here = new Map([...typing, [keyOf(node), ty]]);
  if (node.kind !== "op") return [here];
  return signaturesOf(node.ops[0]!, shapeOf(node, shape)).flatMap((signature) => {
    if (signature.at(-1) !== ty) return [];
    let out: Typing[] = [here];
    node.args.forEach((arg, k) => {
      out = out.flatMap((t) => typings(arg, signature[k]!, t, shape));
    });
    return out;
  });
}

/** True for a pattern that is about vectors by what it says. */
const isAboutVectors = (node: Node): boolean =>
  node.types.includes(V128) ||
  (node.kind === "op" && (isVector(node.ops[0]!) || node.args.some(isAboutVectors)));

/** Every typing of the pattern of a rule that its result allows, given the shape of the root. */
function typingsOf({ pattern, result }: Rule, shape: Shape): Typing[] {
  const types = [I32, I64, F32, F64, V128, NONE];
  const list = types.flatMap((ty) => typings(pattern, ty, new Map(), shape));
  // A selector has rules of their own for vectors.
  if (result.kind === "form") {
    return list.filter((t) => isAboutVectors(pattern) || ![...t.values()].includes(V128));
  }
  return list.filter((t) => typings(result, t.get(keyOf(pattern))!, t, shape).length > 0);
}

/** Shapes that the root of a pattern can have; one where it has none. */
function rootShapes(pattern: OpNode): readonly Shape[] {
  if (!isVector(pattern.ops[0]!)) return [0];
  return pattern.shape < 0 ? SHAPES_OF[pattern.ops[0]!]! : [pattern.shape];
}

// ---- functions ---------------------------------------------------------------------------------

/** Names of the `any` operands, in the order they first occur: the parameters. */
function paramsOf(node: Node, out: string[] = []): string[] {
  if (node.kind === "any" && !out.includes(node.name)) out.push(node.name);
  if (node.kind === "op") for (const a of node.args) paramsOf(a, out);
  return out;
}

/** Words of constants (types.ts wordCount) by name. */
type Constants = Map<string, readonly number[]>;

/** What is done with the value of a pattern; `truth` ones with whether it is zero. */
export const USES = ["ret", "br", "select", "fselect", "trapif"] as const;
export type Use = (typeof USES)[number];

/** How the pattern of an instance becomes a function. */
export interface Setting {
  readonly use: Use;
  /** The operands are results as well, so that none dies in the pattern. */
  readonly isAlive: boolean;
}

const RETURNED: Setting = { use: "ret", isAlive: false };
/** Trap code of the use `trapif`. */
const TRAPPED = 6;

/** Width and offset of the loads and stores of an instance. */
interface Access {
  readonly width: number;
  readonly offset: number;
}

const WHOLE: Access = { width: WIDTH.full, offset: 0 };

/** Builds one side of a rule as a function. */
class Side {
  readonly f = new Func();
  readonly values = new Map<string, Value>();
  /** Parameters that are addresses. */
  readonly addresses = new Set<Value>();
  private readonly typing: Typing;
  private readonly constants: Constants;
  private readonly access: Access;
  private readonly names: readonly string[];
  private readonly shape: Shape;
  private block: number;

  constructor(
    names: readonly string[],
    typing: Typing,
    shape: Shape,
    constants: Constants,
    access: Access,
    masks: Constants,
  ) {
    const { f } = this;
    this.names = names;
    this.typing = typing;
    this.shape = shape;
    this.constants = constants;
    this.access = access;
    const params = names.map((n) => typing.get(n)!);
    f.reset(0, { params, results: [] });
    this.block = f.newBlock();
    f.begin(this.block);
    f.firstParam[this.block] = names.length === 0 ? 0 : f.count;
    f.paramCount[this.block] = names.length;
    names.forEach((name, k) => {
      this.values.set(name, f.inst(IR.param, params[k]!, k, 0, 0, this.block));
    });
    for (const [name, words] of masks) {
      const ty = typing.get(name)!;
      const mask = this.words(ty, words);
      this.values.set(name, f.inst(IR.and, ty, this.values.get(name)!, mask, 0, this.block));
    }
  }

  node(node: Node): Value {
    const ty = this.typing.get(keyOf(node))!;
    if (node.kind === "number") return this.number(node.value, ty);
    if (node.name !== "") {
      const old = this.values.get(node.name);
      if (old !== undefined) return old;
    }
    const v = node.kind === "op" ? this.op(node, ty) : this.constant(node.name, ty);
    if (node.name !== "") this.values.set(node.name, v);
    return v;
  }

  private words(ty: Type, words: readonly number[]): Value {
    const { f } = this;
    if (ty !== V128) return f.inst(IR.const, ty, words[0]!, words[1]!, 0, this.block);
    const at = f.words(4);
    f.pool.set(words, at);
    return f.inst(IR.const, ty, at, 0, 0, this.block);
  }

  private number(n: number, ty: Type): Value {
    if (ty === V128) return this.words(ty, [n, n, n, n]);
    if (!isFloat(ty)) return this.words(ty, [n, ty === I32 ? 0 : n >> 31]);
    return this.words(ty, ty === F32 ? [bitsOfF32(n), 0] : [bitsOfF64(n), wide.hi]);
  }

  private constant(name: string, ty: Type): Value {
    return this.words(ty, this.constants.get(name)!);
  }

  private op(node: OpNode, ty: Type): Value {
    const { f } = this;
    const op = node.ops[0]!;
    const args = node.args.map((a) => this.node(a));
    if (op === IR.load) return this.load(ty, args[0]!, this.access);
    const columns = [0, 0, 0];
    let next = 0;
    for (let k = 0; k < 3; k++) if (OP_OPERANDS[op]![k] === "v") columns[k] = args[next++]!;
    const i = f.inst(op, ty, columns[0]!, columns[1]!, columns[2]!, this.block);
    if (op === IR.trapif) f.b[i] = TRAPPED;
    if (isVector(op)) f.aux[i] = shapeOf(node, this.shape);
    if (op === IR.store) {
      this.addresses.add(args[0]!);
      f.c[i] = this.access.offset;
      f.aux[i] = this.aux(f.ty[args[1]!]!, this.access);
    }
    f.source[i] = 16 + i;
    return i;
  }

  private aux(ty: Type, { width }: Access): number {
    const isNarrow = !isFloat(ty) && ty !== V128 && (ty === I64 || width <= WIDTH.s16);
    return accessOf(isNarrow ? width : WIDTH.full, CLASS.memory, ACCESS_GUARD);
  }

  private load(ty: Type, address: Value, access: Access): Value {
    const { f } = this;
    this.addresses.add(address);
    const i = f.inst(IR.load, ty, address, 1, access.offset, this.block);
    f.aux[i] = this.aux(ty, access);
    // Of a vector sometimes the low half.
    const isHalf = ty === V128 && access.width !== WIDTH.full;
    if (isHalf) f.aux[i] = accessOf(WIDTH.u64, CLASS.memory, ACCESS_GUARD);
    f.source[i] = 16 + i;
    return i;
  }

  private made(op: number, ty: Type, a: number, b: number, c: number): Value {
    return this.f.inst(op, ty, a, b, c, this.block);
  }

  private int(n: number): Value {
    return this.made(IR.const, I32, n, 0, 0);
  }

  private list(values: readonly Value[]): number {
    const at = this.f.words(values.length + 1);
    this.f.pool.set([values.length, ...values], at);
    return at;
  }

  private edge(to: number): number {
    const at = this.f.words(2);
    this.f.pool.set([to, 0], at);
    return at;
  }

  private end(op: number, a: number, b: number, c: number): void {
    this.f.term[this.block] = this.made(op, NONE, a, b, c);
  }

  private begin(): void {
    this.f.begin(this.block);
  }

  /** Ends the function with the value of `root`, an instruction, put to a use. */
  finish(root: Value, { use, isAlive }: Setting): Func {
    const { f } = this;
    const rest = isAlive ? this.names.map((n) => this.values.get(n)!) : [];
    const leave = (v: Value): void => {
      const all = [v, ...rest];
      f.signature = { params: f.signature.params, results: all.map((r) => f.ty[r]!) };
      this.end(IR.ret, this.list(all), 0, 0);
    };
    if (f.op[root] === IR.store)
      leave(this.load(I64, f.a[root]!, { ...WHOLE, offset: f.c[root]! }));
    else if (f.op[root] === IR.trapif) leave(this.int(7));
    else if (use === "ret") leave(root);
    else this.test(root, use, leave);
    return f;
  }

  private test(root: Value, use: Use, leave: (v: Value) => void): void {
    const { f } = this;
    let c = root;
    if (f.ty[root] !== I32) {
      const zero = this.made(IR.const, f.ty[root]!, 0, 0, 0);
      c = this.made(isFloat(f.ty[root]!) ? IR.fne : IR.ne, I32, root, zero, 0);
    }
    if (use === "br") {
      const yes = f.newBlock();
      const no = f.newBlock();
      this.end(IR.br, c, this.edge(yes), this.edge(no));
      for (const b of [yes, no]) {
        this.block = b;
        this.begin();
        leave(this.int(b === yes ? 1 : 2));
      }
      return;
    }
    if (use === "trapif") {
      const i = this.made(IR.trapif, NONE, c, TRAPPED, 0);
      f.source[i] = 16 + i;
      return leave(this.int(7));
    }
    const ty = use === "select" ? I64 : F64;
    const arm = (n: number): Value => this.made(IR.const, ty, n, n + 1, 0);
    leave(this.made(IR.select, ty, c, arm(11), arm(22)));
  }
}

/** A rule with types and constants chosen. */
export interface Instance {
  readonly rule: Rule;
  readonly typing: Typing;
  readonly params: readonly Type[];
  /** By parameter: it is an address of memory 0. */
  readonly isAddress: readonly boolean[];
  /** The pattern as a function of its `any` operands; root is the instruction that matches. */
  readonly pattern: Func;
  readonly root: Value;
  /** The result as a function of the same; undefined for a form. */
  readonly result: Func | undefined;
}

function constantsIn(node: Node, out: Set<string>): Set<string> {
  if (node.kind === "constant") out.add(node.name);
  if (node.kind === "op") for (const a of node.args) constantsIn(a, out);
  return out;
}

/** True if the constants of the pattern pass their tests. */
function passes(node: Node, side: Side): boolean {
  if (node.kind === "constant") {
    const v = side.values.get(node.name)!;
    return node.tests.every((t) => t(side.f, v));
  }
  if (node.kind !== "op") return true;
  return node.args.every((a) => passes(a, side));
}

const WIDTHS = [WIDTH.full, WIDTH.full, WIDTH.u8, WIDTH.s8, WIDTH.u16, WIDTH.s32] as const;

/**
 * Masks for operands that a condition is about: the fewer bits they have the more is known of them.
 */
function drawMasks({ conditions, result }: Rule, typing: Typing, random: Random): Constants {
  const masks: Constants = new Map();
  if (result.kind === "form") return masks;
  for (const v of conditions.flatMap((c) => c.values)) {
    const ty = typing.get(v.name);
    if (v.kind !== "any" || (ty !== I32 && ty !== I64) || random.chance(25)) continue;
    masks.set(v.name, [random.word() >>> random.below(32), 0]);
  }
  return masks;
}

function tryOnce(
  rule: Rule,
  typing: Typing,
  shape: Shape,
  random: Random,
  setting: Setting,
): Instance | undefined {
  const names = paramsOf(rule.pattern);
  const constants: Constants = new Map();
  let last = 0;
  for (const name of constantsIn(rule.pattern, new Set())) {
    const ty = typing.get(name)!;
    // Sometimes one that makes up the width with the last: counts of a rotation.
    const rest = (ty === I32 ? 32 : 64) - last;
    const isRest = constants.size > 0 && ty !== V128 && random.chance(10);
    const words = isRest ? [rest, 0] : drawWords(random, ty);
    constants.set(name, words);
    last = words[0]!;
  }
  const ty = typing.get(keyOf(rule.pattern))!;
  const access = { width: random.pick(WIDTHS), offset: random.pick([0, 8, 0x120]) };
  const masks = drawMasks(rule, typing, random);
  const side = new Side(names, typing, shape, constants, access, masks);
  const root = side.node(rule.pattern);
  const { values } = side;
  const holds = rule.conditions.every(({ test, values: named }) => {
    return typeof test === "string" || test(side.f, ...named.map((n) => values.get(n.name)!));
  });
  if (!holds || !passes(rule.pattern, side)) return undefined;
  let result: Func | undefined;
  if (rule.result.kind !== "form") {
    const whole = typings(rule.result, ty, typing, shape)[0]!;
    const other = new Side(names, whole, shape, constants, access, masks);
    result = other.finish(other.node(rule.result), RETURNED);
  }
  const params = names.map((n) => typing.get(n)!);
  const isAddress = names.map((n) => side.addresses.has(values.get(n)!));
  return { rule, typing, params, isAddress, pattern: side.finish(root, setting), root, result };
}

/** `count` instances of a rule for each way to type and shape it; an error if there are none. */
export function instancesOf(
  rule: Rule,
  random: Random,
  count: number,
  setting: Setting = RETURNED,
): Instance[] {
  const out: Instance[] = [];
  for (const ops of rule.pattern.ops) {
    const one: Rule = { ...rule, pattern: { ...rule.pattern, ops: [ops] } };
    const cases = rootShapes(one.pattern).flatMap((shape) =>
      typingsOf(one, shape).map((typing) => ({ shape, typing })),
    );
    for (const { shape, typing } of cases) {
      let found = 0;
      for (let k = 0; k < 3000 && found < count; k++) {
        const instance = tryOnce(one, typing, shape, random, setting);
        if (instance === undefined) continue;
        out.push(instance);
        found++;
      }
    }
  }
  if (out.length === 0) throw new Error(`no operands fit: ${ruleText(rule)}`);
  return out;
}

const nowhere: World = {
  regions: [],
  call: () => bug("a rule's function calls"),
};

/** Words of the results, or the text of the trap; all NaNs read "nan". */
export function outcome(f: Func, args: ArrayLike<number>, world: World = nowhere): string {
  try {
    return rowText(f.signature.results, run(f, args, world));
  } catch (e) {
    if (e instanceof Trap) return `trap ${e.reason}`;
    throw e;
  }
}

/** Random arguments for an instance (types.ts wordCount). Addresses are small. */
export function drawArgs(random: Random, { params, isAddress }: Instance): number[] {
  return params.flatMap((ty, k) => {
    return isAddress[k] ? [random.below(2000), 0] : drawWords(random, ty);
  });
}

/**
 * Runs pattern and result of a rule of simplification on many operands; returns how many, throws on
 * the first difference.
 */
export function checkRule(rule: Rule, seed: number, count = 24): number {
  const random = new Random(seed);
  let tried = 0;
  for (const instance of instancesOf(rule, random, count)) {
    const { pattern, result } = instance;
    if (result === undefined) throw new Error(`no result to run: ${ruleText(rule)}`);
    for (let k = 0; k < 8; k++) {
      const args = drawArgs(random, instance);
      const left = outcome(pattern, args);
      const right = outcome(result, args);
      tried++;
      if (left === right) continue;
      throw new Error(`${ruleText(rule)}\nof ${args.join(" ")}: ${left} became ${right}`);
    }
  }
  return tried;
}
