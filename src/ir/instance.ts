// Tries rules: finds types and constants that fit a pattern, builds pattern and result as two
// functions of the same parameters, runs both on the same arguments. For tests; rules are data, so
// none needs an example of its own. What `run` says is the judge; NaNs are all alike.
//
// `any` operands become parameters, constants constants. Constants are drawn until the predicates
// and conditions hold; a rule for which none are found is an error, for its conditions contradict.

import { Trap, bug } from "../support/errors.ts";
import { Func } from "./func.ts";
import type { Value } from "./func.ts";
import { Random } from "./generate.ts";
import { ACCESS_GUARD, CLASS, IR, OP_NAMES, OP_OPERANDS, WIDTH, accessOf } from "./ops.ts";
import { ruleText } from "./rule.ts";
import type { Node, OpNode, Rule } from "./rule.ts";
import { run } from "./run.ts";
import type { World } from "./run.ts";
import { F32, F64, I32, I64, NONE, isFloat } from "./types.ts";
import type { Type } from "./types.ts";
import { TYPE_RULES } from "./typing.ts";

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
  t: [I32, I64, F32, F64],
  "-": [NONE],
};

const BITCASTS: readonly (readonly Type[])[] = [
  [I32, F32],
  [F32, I32],
  [I64, F64],
  [F64, I64],
];

/** Types of operands, then of the result: every way an opcode can be typed. */
function shapes(op: number): readonly (readonly Type[])[] {
  if (op === IR.bitcast) return BITCASTS;
  if (op === IR.load) return LETTERS["t"]!.map((t) => [I32, t]);
  if (op === IR.store) return LETTERS["t"]!.map((t) => [I32, t, NONE]);
  const row = (TYPE_RULES as Readonly<Record<string, string>>)[OP_NAMES[op]!]!;
  if (row === "*") return [];
  const letters = [...row.replace(":", "")];
  const distinct = [...new Set(letters)];
  let out: Map<string, Type>[] = [new Map()];
  for (const l of distinct) {
    out = out.flatMap((m) => LETTERS[l]!.map((t) => new Map([...m, [l, t]])));
  }
  return out.map((m) => letters.map((l) => m.get(l)!));
}

const keyOf = (node: Node): string | Node =>
  node.kind === "number" || (node.kind === "op" && node.name === "") ? node : node.name;

/** Every typing of `node` with type `ty` that extends `typing`. */
function typings(node: Node, ty: Type, typing: Typing): Typing[] {
  if (node.types.length > 0 && !node.types.includes(ty)) return [];
  const known = typing.get(keyOf(node));
  if (known !== undefined && known !== ty) return [];
  if (node.kind === "number" && node.isFloat !== isFloat(ty)) return [];
  const here = new Map([...typing, [keyOf(node), ty]]);
  if (node.kind !== "op") return [here];
  const op = node.ops[0]!;
  return shapes(op).flatMap((shape) => {
    if (shape.at(-1) !== ty) return [];
    let out: Typing[] = [here];
    node.args.forEach((arg, k) => {
      out = out.flatMap((t) => typings(arg, shape[k]!, t));
    });
    return out;
  });
}

/** Every typing of the pattern of a rule that its result allows. */
export function typingsOf({ pattern, result }: Rule): Typing[] {
  const list = [I32, I64, F32, F64, NONE].flatMap((ty) => typings(pattern, ty, new Map()));
  if (result.kind === "form") return list;
  return list.filter((t) => typings(result, t.get(keyOf(pattern))!, t).length > 0);
}

// ---- words -------------------------------------------------------------------------------------

const small = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 24, 31, 32, 33, 48, 63, 64, 100];
const FLOATS = [0, -0, 1, -1, 0.5, 2, -2, 3.75, 1e10, -1e10, 1e300, 5e-324, Infinity, NaN];
const view = new DataView(new ArrayBuffer(8));

function integer(random: Random): number {
  switch (random.below(6)) {
    case 0:
      return random.pick(small);
    case 1:
      return -random.pick(small);
    case 2:
      return 1 << random.below(32);
    case 3:
      return ((1 << random.below(31)) - 1) | 0;
    case 4:
      return random.pick([0x7fffffff, -0x80000000, 0xff, 0x80, -0x80, 0xffff, 0x8000, -0x8000]);
    default:
      return random.word();
  }
}

/** Two words of a value of type `ty`, with a liking for edges. */
export function drawWords(random: Random, ty: Type): [lo: number, hi: number] {
  if (isFloat(ty) && random.chance(70)) {
    const n = random.pick(FLOATS);
    if (ty === F32) {
      view.setFloat32(0, n, true);
      return [view.getInt32(0, true), 0];
    }
    view.setFloat64(0, n, true);
    return [view.getInt32(0, true), view.getInt32(4, true)];
  }
  const lo = integer(random);
  if (ty === I32 || ty === F32) return [lo, 0];
  switch (random.below(4)) {
    case 0:
      return [lo, 0];
    case 1:
      return [0, lo];
    case 2:
      return [lo, lo >> 31];
    default:
      return [lo, integer(random)];
  }
}

// ---- functions ---------------------------------------------------------------------------------

/** Names of the `any` operands, in the order they first occur: the parameters. */
function paramsOf(node: Node, out: string[] = []): string[] {
  if (node.kind === "any" && !out.includes(node.name)) out.push(node.name);
  if (node.kind === "op") for (const a of node.args) paramsOf(a, out);
  return out;
}

type Constants = Map<string, readonly [lo: number, hi: number]>;

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
  private block: number;

  constructor(
    names: readonly string[],
    typing: Typing,
    constants: Constants,
    access: Access,
    masks: Constants,
  ) {
    const { f } = this;
    this.names = names;
    this.typing = typing;
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
    for (const [name, [lo, hi]] of masks) {
      const ty = typing.get(name)!;
      const mask = f.inst(IR.const, ty, lo, hi, 0, this.block);
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

  private number(n: number, ty: Type): Value {
    if (!isFloat(ty)) return this.f.inst(IR.const, ty, n, ty === I32 ? 0 : n >> 31, 0, this.block);
    if (ty === F32) view.setFloat32(0, n, true);
    else view.setFloat64(0, n, true);
    const hi = ty === F32 ? 0 : view.getInt32(4, true);
    return this.f.inst(IR.const, ty, view.getInt32(0, true), hi, 0, this.block);
  }

  private constant(name: string, ty: Type): Value {
    const [lo, hi] = this.constants.get(name)!;
    return this.f.inst(IR.const, ty, lo, hi, 0, this.block);
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
    if (op === IR.store) {
      this.addresses.add(args[0]!);
      f.c[i] = this.access.offset;
      f.aux[i] = this.aux(f.ty[args[1]!]!, this.access);
    }
    f.source[i] = 16 + i;
    return i;
  }

  private aux(ty: Type, { width }: Access): number {
    const isNarrow = !isFloat(ty) && (ty === I64 || width <= WIDTH.s16);
    return accessOf(isNarrow ? width : WIDTH.full, CLASS.memory, ACCESS_GUARD);
  }

  private load(ty: Type, address: Value, access: Access): Value {
    const { f } = this;
    this.addresses.add(address);
    const i = f.inst(IR.load, ty, address, 1, access.offset, this.block);
    f.aux[i] = this.aux(ty, access);
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
    const words =
      constants.size > 0 && random.chance(10) ? ([rest, 0] as const) : drawWords(random, ty);
    constants.set(name, words);
    last = words[0];
  }
  const ty = typing.get(keyOf(rule.pattern))!;
  const access = { width: random.pick(WIDTHS), offset: random.pick([0, 8, 0x120]) };
  const masks = drawMasks(rule, typing, random);
  const side = new Side(names, typing, constants, access, masks);
  const root = side.node(rule.pattern);
  const { values } = side;
  const holds = rule.conditions.every(({ test, values: named }) => {
    return typeof test === "string" || test(side.f, ...named.map((n) => values.get(n.name)!));
  });
  if (!holds || !passes(rule.pattern, side)) return undefined;
  let result: Func | undefined;
  if (rule.result.kind !== "form") {
    const whole = typings(rule.result, ty, typing)[0]!;
    const other = new Side(names, whole, constants, access, masks);
    result = other.finish(other.node(rule.result), RETURNED);
  }
  const params = names.map((n) => typing.get(n)!);
  const isAddress = names.map((n) => side.addresses.has(values.get(n)!));
  return { rule, typing, params, isAddress, pattern: side.finish(root, setting), root, result };
}

/** `count` instances of a rule for each way to type it; an error if there are none. */
export function instancesOf(
  rule: Rule,
  random: Random,
  count: number,
  setting: Setting = RETURNED,
): Instance[] {
  const out: Instance[] = [];
  for (const ops of rule.pattern.ops) {
    const one: Rule = { ...rule, pattern: { ...rule.pattern, ops: [ops] } };
    for (const typing of typingsOf(one)) {
      let found = 0;
      for (let k = 0; k < 3000 && found < count; k++) {
        const instance = tryOnce(one, typing, random, setting);
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
    const words = run(f, args, world);
    return f.signature.results
      .map((ty, k) => valueText(ty, words[2 * k]!, words[2 * k + 1]!))
      .join();
  } catch (e) {
    if (e instanceof Trap) return `trap ${e.reason}`;
    throw e;
  }
}

/** A value as text, such that equal texts are equal values. */
export function valueText(ty: Type, lo: number, hi: number): string {
  view.setInt32(0, lo, true);
  view.setInt32(4, hi, true);
  if (ty === F32 && Number.isNaN(view.getFloat32(0, true))) return "nan";
  if (ty === F64 && Number.isNaN(view.getFloat64(0, true))) return "nan";
  if (ty === I32 || ty === F32) return (lo >>> 0).toString(16);
  return `${(hi >>> 0).toString(16)}:${(lo >>> 0).toString(16)}`;
}

/** Random arguments for an instance: two words each. Addresses are small. */
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
