// Random functions for tests: of printer and parser, verifier, passes, and everything behind them.
// In: a seed. Out: a Func in stage "built"; world.ts is where to run it.
//
// The graph is structured: ifs, switches and loops nest, with branches out of them from anywhere
// inside. A loop counts down a parameter of its header and every branch back to it does, so all
// functions end. What may trap mostly does not, because a trap ends the interesting part.
//
// A value has the level of the scope in which it is available: for a floating value the deepest
// level of its operands, so it may be used outside of the block it was made in. Scopes nest as the
// dominator tree does.

import { LIBCALLS, TRAP } from "../abi.ts";
import { Random, drawWords } from "./draw.ts";
import type { Block, Edge, Func, Signature, Value } from "./func.ts";
import { meaningName } from "./meaning.ts";
import {
  ACCESS_GUARD,
  CLASS,
  FLAG,
  IR,
  OP_FLAGS,
  OP_NAMES,
  OP_OPERANDS,
  WIDTH,
  accessOf,
} from "./ops.ts";
import type { Op } from "./ops.ts";
import { LANE_COUNT, LANE_TYPE, SHAPES_OF, isVector } from "./shapes.ts";
import type { Shape } from "./shapes.ts";
import { F32, F64, I32, I64, NONE, PTR, REF, V128, isFloat } from "./types.ts";
import type { Type } from "./types.ts";
import { TYPE_RULES } from "./typing.ts";
import { CALLEES, FIXED, GLOBALS, SIG_ID, SIZES, TABLE_BASE, signatures } from "./world.ts";

export { Random } from "./draw.ts";
export { GeneratedWorld } from "./world.ts";

// ---- the generator -----------------------------------------------------------------------------

export interface GenerateOptions {
  /** Statements, roughly. */
  readonly size?: number;
  /** Calls of every kind. */
  readonly calls?: boolean;
  /** Loads and stores. */
  readonly memory?: boolean;
  /** Floats, as values and parameters. */
  readonly floats?: boolean;
  /** Vectors, as values and parameters; only if asked for. */
  readonly vectors?: boolean;
}

interface Label {
  readonly block: Block;
  readonly types: readonly Type[];
  /** The counter of a loop, 0 for a label that is branched to forwards. */
  readonly counter: Value;
}

const TYPES: readonly Type[] = [I32, I64, F32, F64, V128];

/** Opcodes whose types a rule tells and that are functions of their operands. */
const ruled: readonly Op[] = OP_NAMES.flatMap((name, op) => {
  const rule = (TYPE_RULES as Record<string, string>)[name]!;
  const plain = rule !== "*" && rule[0] !== ":" && (OP_FLAGS[op]! & FLAG.control) === 0;
  return plain && op !== IR.sigcheck && op !== IR.trapif ? [op] : [];
});

const FIXED_LETTER: Readonly<Record<string, Type>> = { i: I32, I: I64, f: F32, F: F64, p: PTR };

export class Generator {
  private readonly random: Random;
  private readonly size: number;
  private readonly calls: boolean;
  private readonly memory: boolean;
  private readonly types: readonly Type[];
  private readonly ops: readonly Op[];
  private f!: Func;
  private block: Block = 0;
  private depth = 0;
  private budget = 0;
  private version = 0;
  /** Values that may be used here, and the level of each value. */
  private available: Value[] = [];
  private level: number[] = [];
  private labels: Label[] = [];
  private readonly consts = new Map<string, Value>();

  constructor(seed: number, options: GenerateOptions = {}) {
    this.random = new Random(seed);
    this.size = options.size ?? 60;
    this.calls = options.calls ?? true;
    this.memory = options.memory ?? true;
    this.types = TYPES.filter((t) =>
      t === V128 ? options.vectors === true : !isFloat(t) || options.floats !== false,
    );
    this.ops = ruled.filter((op) => !isVector(op) || options.vectors === true);
  }

  /** Fills `f` with a new function. */
  run(f: Func): void {
    this.f = f;
    const { random } = this;
    const params = this.randomTypes(random.chance(15) ? 20 : 5);
    const results = this.randomTypes(random.chance(10) ? 18 : 3);
    f.reset(random.below(1000), { params, results });
    f.types = signatures;
    f.callTypes = Array.from({ length: CALLEES }, (_, k) => k % signatures.length);
    this.available = [];
    this.level = [];
    this.labels = [];
    this.consts.clear();
    this.depth = 0;
    this.budget = this.size;
    this.begin(f.newBlock(), params);
    while (this.budget > 0) this.statement();
    this.end(IR.ret, this.list(results.map((t) => this.value(t))), 0, 0);
  }

  /** Arguments for `f` (types.ts wordCount). */
  args(f: Func): Int32Array {
    return Int32Array.from(f.signature.params.flatMap((t) => drawWords(this.random, t)));
  }

  private randomTypes(most: number): Type[] {
    const { random } = this;
    return Array.from({ length: random.below(most + 1) }, () => random.pick(this.types));
  }

  // Values ----------------------------------------------------------------------------------------

  private constant(ty: Type, lo: number, hi = 0): Value {
    return this.constantOf(ty, [lo | 0, hi | 0]);
  }

  /** The constant of these words: two, or four of a v128. */
  private constantOf(ty: Type, words: readonly number[]): Value {
    const key = `${ty} ${words.join(" ")}`;
    let v = this.consts.get(key);
    if (v === undefined) {
      const [a, b] = ty === V128 ? [this.words(words), 0] : [words[0]!, words[1]!];
      v = this.f.inst(IR.const, ty, a, b, 0, this.block);
      this.level[v] = 0;
      this.consts.set(key, v);
    }
    return v;
  }

  /** A value of a type: one that is there, rather a young one, or a constant. */
  private value(ty: Type): Value {
    const { random, available, f } = this;
    if (random.chance(85)) {
      for (let tries = 0; tries < 12 && available.length > 0; tries++) {
        const back = random.below(random.chance(60) ? 8 : available.length);
        const v = available[available.length - 1 - back];
        if (v !== undefined && f.ty[v] === ty) return v;
      }
    }
    return this.constantOf(ty, drawWords(random, ty));
  }

  private make(op: Op, ty: Type, a: number, b: number, c: number, aux = 0): Value {
    const { f, level } = this;
    const i = f.inst(op, ty, a, b, c, this.block);
    const flags = OP_FLAGS[op]!;
    f.aux[i] = aux;
    if ((flags & FLAG.pure) === 0) f.source[i] = 16 + i;
    let deepest = 0;
    if (flags & FLAG.a) deepest = Math.max(deepest, level[a]!);
    if (flags & FLAG.b) deepest = Math.max(deepest, level[b]!);
    if (flags & FLAG.c) deepest = Math.max(deepest, level[c]!);
    level[i] = f.isPinned(i) ? this.depth : deepest;
    if (TYPES.includes(ty)) this.available.push(i);
    return i;
  }

  private words(words: readonly number[]): number {
    const at = this.f.words(words.length);
    this.f.pool.set(words, at);
    return at;
  }

  private list(values: readonly Value[]): number {
    return this.words([values.length, ...values]);
  }

  // Statements ------------------------------------------------------------------------------------

  private statement(): void {
    this.budget--;
    const n = this.random.below(100);
    if (n < 57) this.arithmetic();
    else if (n < 60) this.bitcast();
    else if (n < 76) this.access();
    else if (n < 82) this.anyCall();
    else if (n < 85) this.check();
    else this.control();
  }

  private arithmetic(): void {
    const { random } = this;
    const op = random.pick(this.ops);
    if (isVector(op)) return this.vector(op, random.pick(SHAPES_OF[op]!));
    const rule = (TYPE_RULES as Record<string, string>)[OP_NAMES[op]!]!;
    const choice: Record<string, Type> = {
      ...FIXED_LETTER,
      n: random.pick([I32, I64]),
      x: random.pick([F32, F64]),
      t: random.pick(this.types),
    };
    const letters = [...rule].filter((c) => c !== ":").map((c) => choice[c]!);
    if (letters.some((t) => !this.types.includes(t))) return;
    const result = letters.pop()!;
    const operands = letters.map((t) => this.value(t));
    if (op !== IR.select && meaningName(op, letters[0]!, result) === "") return;
    const traps = (OP_FLAGS[op]! & FLAG.traps) !== 0 && random.chance(95);
    if (traps && letters.length === 2) operands[1] = this.divisor(operands[1]!);
    else if (traps) operands[0] = this.tame(operands[0]!);
    this.make(op, result, operands[0]!, operands[1] ?? 0, operands[2] ?? 0);
    // A second one with the same operands, for whoever looks for equals.
    if (random.chance(5) && !traps) {
      this.make(op, result, operands[0]!, operands[1] ?? 0, operands[2] ?? 0);
    }
  }

  private vector(op: Op, shape: Shape): void {
    const { random } = this;
    const rule = (TYPE_RULES as Record<string, string>)[OP_NAMES[op]!]!;
    const typeOf = (letter: string): Type =>
      letter === "v" ? V128 : letter === "e" ? LANE_TYPE[shape]! : I32;
    const types = [...rule.replace(":", "")].map(typeOf);
    if (!types.every((t) => this.types.includes(t))) return;
    const result = types.pop()!;
    const columns: number[] = types.map((t) => this.value(t));
    const lane = OP_OPERANDS[op]!.indexOf("n");
    if (lane >= 0) columns[lane] = random.below(LANE_COUNT[shape]!);
    if (op === IR.vshuffle) columns[2] = this.indices();
    this.make(op, result, columns[0]!, columns[1] ?? 0, columns[2] ?? 0, shape);
  }

  /** The indices of a shuffle. */
  private indices(): Value {
    const words = drawWords(this.random, V128).map((w) => w & 0x1f1f1f1f);
    return this.constantOf(V128, words);
  }

  private bitcast(): void {
    if (!this.types.includes(F32)) return;
    const integer = this.random.pick([I32, I64]);
    const float = integer === I32 ? F32 : F64;
    const forth = this.random.chance(50);
    this.make(IR.bitcast, forth ? float : integer, this.value(forth ? integer : float), 0, 0);
  }

  /** Neither 0 nor -1. */
  private divisor(v: Value): Value {
    const ty = this.f.ty[v]!;
    const one = this.constant(ty, 1);
    return this.make(IR.or, ty, this.make(IR.shru, ty, v, one, 0), one, 0);
  }

  /** A float that fits every integer type. */
  private tame(v: Value): Value {
    const ty = this.f.ty[v]!;
    const small = this.make(IR.and, I32, this.value(I32), this.constant(I32, 0xffff), 0);
    return this.random.chance(80) ? this.make(IR.cvts, ty, small, 0, 0) : v;
  }

  private check(): void {
    const { random } = this;
    const odd = random.chance(95);
    const rare = this.constant(I32, random.word());
    const c = odd ? this.make(IR.eq, I32, this.value(I32), rare, 0) : this.value(I32);
    this.make(IR.trapif, NONE, c, random.pick([TRAP.memory, TRAP.table, TRAP.element]), 0);
  }

  // Memory and state ------------------------------------------------------------------------------

  private access(): void {
    if (!this.memory) return;
    const { random } = this;
    const n = random.below(10);
    if (n < 7) this.memoryAccess();
    else if (n < 9) this.recordAccess(CLASS.global, GLOBALS);
    else this.recordAccess(random.chance(50) ? CLASS.fixed : CLASS.size, FIXED);
  }

  private width(ty: Type): number {
    if (isFloat(ty) || this.random.chance(40)) return WIDTH.full;
    if (ty === V128) return this.random.pick([WIDTH.u32, WIDTH.u64]);
    return this.random.below(ty === I32 ? WIDTH.s16 + 1 : WIDTH.s32 + 1);
  }

  /** An i32 address mostly in bounds, or a ptr. */
  private address(): Value {
    const { random } = this;
    const any = this.value(I32);
    if (random.chance(2)) return any;
    const mask = this.constant(I32, random.chance(50) ? 0xff0 : 0xfff7 - random.below(0x100));
    const near = this.make(IR.and, I32, any, mask, 0);
    if (random.chance(80)) return near;
    const offset = this.make(IR.extu, I64, near, 0, 0);
    return this.make(IR.add, PTR, this.make(IR.membase, PTR, 0, 0, 0), offset, 0);
  }

  private memoryAccess(): void {
    const { random } = this;
    const ty = random.pick(this.types);
    const offset = random.chance(60) ? 0 : random.below(random.chance(95) ? 0x100 : -1 >>> 0);
    this.perform(ty, this.width(ty), CLASS.memory, this.address(), offset, ACCESS_GUARD);
  }

  private recordAccess(klass: number, base: number): void {
    const { random } = this;
    const ty = random.pick(this.types);
    // A v128 takes two of eight cells.
    const cells = ty === V128 ? 7 : 8;
    const offset = (klass === CLASS.size ? SIZES : base) + 8 * random.below(cells);
    this.perform(ty, WIDTH.full, klass, this.make(IR.inst, PTR, 0, 0, 0), offset, 0);
  }

  private perform(ty: Type, w: number, klass: number, at: Value, offset: number, guard: number) {
    const aux = accessOf(w, klass, guard);
    const canStore = klass === CLASS.memory || klass === CLASS.global;
    if (canStore && this.random.chance(40)) {
      const whole = accessOf(WIDTH.full, klass, guard);
      this.make(IR.store, NONE, at, this.value(ty), offset | 0, ty === V128 ? whole : aux);
      this.version++;
    } else this.make(IR.load, ty, at, klass === CLASS.fixed ? 0 : this.version, offset | 0, aux);
  }

  // Calls -----------------------------------------------------------------------------------------

  private anyCall(): void {
    if (!this.calls) return;
    const { random } = this;
    const type = random.below(signatures.length);
    const { params, results } = signatures[type]!;
    if (![...params, ...results].every((t) => this.types.includes(t))) return;
    switch (random.below(4)) {
      case 0:
        return this.call(IR.call, type + signatures.length * random.below(2), 0, signatures[type]!);
      case 1:
        return this.call(IR.callslot, FIXED + 24 * random.below(2), type, signatures[type]!);
      case 2:
        return this.callRef(type);
      default:
        return this.libcall();
    }
  }

  private call(op: Op, a: number, c: number, { params, results }: Signature): void {
    const list = this.list(params.map((t) => this.value(t)));
    const call = this.make(op, results[0] ?? NONE, a, list, c);
    for (let k = 1; k < results.length; k++) this.make(IR.result, results[k]!, call, k, 0);
    this.version++;
  }

  private callRef(type: number): void {
    const { random } = this;
    const inst = this.make(IR.inst, PTR, 0, 0, 0);
    const fixed = accessOf(WIDTH.full, CLASS.fixed, 0);
    const base = this.make(IR.load, PTR, inst, 0, TABLE_BASE, fixed);
    // Entries type and type + 7 have this signature; 3 and the like are null.
    const good = type % 4 === 3 ? type + signatures.length : type;
    const index = this.constant(I32, random.chance(5) ? 9 : random.chance(3) ? 7 : good);
    const wide = this.make(IR.extu, I64, index, 0, 0);
    const scaled = this.make(IR.shl, I64, wide, this.constant(I64, 3), 0);
    const at = this.make(IR.add, PTR, base, scaled, 0);
    const table = accessOf(WIDTH.full, CLASS.table, 0);
    const ref = this.make(IR.load, REF, at, this.version, 0, table);
    this.make(IR.sigcheck, NONE, ref, SIG_ID + type, 0);
    this.call(IR.callref, ref, type, signatures[type]!);
  }

  private libcall(): void {
    const n = this.random.below(LIBCALLS.length);
    const [params, results] = LIBCALLS[n]![1].split(":") as [string, string];
    const values = [...params].map((c) => (c === "i" ? this.value(I32) : this.nullRef()));
    this.make(IR.libcall, results === "i" ? I32 : NONE, n, this.list(values), 0);
    this.version++;
  }

  private nullRef(): Value {
    return this.constant(REF, 0);
  }

  // Control ---------------------------------------------------------------------------------------

  private begin(b: Block, types: readonly Type[]): void {
    const { f } = this;
    f.begin(b);
    this.block = b;
    f.paramCount[b] = types.length;
    f.firstParam[b] = types.length === 0 ? 0 : f.count;
    types.forEach((ty, k) => this.make(IR.param, ty, k, 0, 0));
    for (let k = 0; k < types.length; k++) f.source[f.firstParam[b]! + k] = 0;
    this.version++;
  }

  private end(op: Op, a: number, b: number, c: number): void {
    const t = this.make(op, NONE, a, b, c);
    this.f.term[this.block] = t;
  }

  private edge(target: Block, args: readonly Value[]): Edge {
    return this.words([target, args.length, ...args]);
  }

  private edgeTo(label: Label): Edge {
    return this.edge(
      label.block,
      label.types.map((t) => this.value(t)),
    );
  }

  private newLabel(): Label {
    return { block: this.f.newBlock(), types: this.randomTypes(3), counter: 0 };
  }

  /** What `fill` makes is available only in it. */
  private scope(fill: () => void): void {
    this.depth++;
    fill();
    this.depth--;
    this.available = this.available.filter((v) => this.level[v]! <= this.depth);
  }

  private region(): void {
    const most = 1 + this.random.below(8);
    for (let k = 0; k < most && this.budget > 0; k++) this.statement();
  }

  private control(): void {
    const { random } = this;
    if (this.labels.length > 5) return;
    const n = random.below(10);
    if (n < 3) this.choice();
    else if (n < 5) this.loop();
    else if (n < 6) this.cases();
    else if (n < 7) this.leave();
    else if (this.labels.length > 0) this.branchOut(random.pick(this.labels));
  }

  /** if: both sides, or one and an edge past it. */
  private choice(): void {
    const { f, random } = this;
    const label = this.newLabel();
    const condition = this.value(I32);
    const then = f.newBlock();
    const other = random.chance(60) ? f.newBlock() : 0;
    const past = other === 0 ? this.edgeTo(label) : this.edge(other, []);
    this.end(IR.br, condition, this.edge(then, []), past);
    this.labels.push(label);
    for (const b of other === 0 ? [then] : [then, other]) this.side(b, label);
    this.labels.pop();
    this.begin(label.block, label.types);
  }

  private side(b: Block, label: Label): void {
    this.scope(() => {
      this.begin(b, []);
      this.region();
      if (this.random.chance(5))
        this.end(IR.br, this.value(I32), this.edgeTo(label), this.edgeTo(label));
      else this.end(IR.jump, this.edgeTo(label), 0, 0);
    });
  }

  private loop(): void {
    const { f, random } = this;
    const types = [I32, ...this.randomTypes(3)];
    const header = f.newBlock();
    const count = this.constant(I32, 1 + random.below(4));
    const args = [count, ...types.slice(1).map((t) => this.value(t))];
    this.end(IR.jump, this.edge(header, args), 0, 0);
    const exit = random.chance(50) ? this.newLabel() : undefined;
    const fill = (): void => {
      this.begin(header, types);
      if (exit !== undefined) this.labels.push(exit);
      this.labels.push({ block: header, types, counter: f.firstParam[header]! });
      this.region();
      const label = this.labels.pop()!;
      this.turn(label, exit);
      if (exit !== undefined) this.labels.pop();
    };
    // Without a label behind it the loop's own end dominates what follows.
    if (exit === undefined) return fill();
    this.scope(fill);
    this.begin(exit.block, exit.types);
  }

  private decremented(label: Label): Value {
    return this.make(IR.add, I32, label.counter, this.constant(I32, -1), 0);
  }

  private backEdge(label: Label, counter: Value): Edge {
    const args = label.types.slice(1).map((t) => this.value(t));
    return this.edge(label.block, [counter, ...args]);
  }

  /** The end of a loop: back while the counter is positive. */
  private turn(label: Label, exit: Label | undefined): void {
    const counter = this.decremented(label);
    const more = this.make(IR.gts, I32, counter, this.constant(I32, 0), 0);
    const next = exit?.block ?? this.f.newBlock();
    const out = exit === undefined ? this.edge(next, []) : this.edgeTo(exit);
    const back = this.backEdge(label, counter);
    this.end(IR.br, more, back, out);
    if (exit === undefined) this.begin(next, []);
  }

  /** A conditional branch to a label around: out of it, or back to a loop. */
  private branchOut(label: Label): void {
    const next = this.f.newBlock();
    let condition = this.value(I32);
    let edge: Edge;
    if (label.counter === 0) edge = this.edgeTo(label);
    else {
      const counter = this.decremented(label);
      const more = this.make(IR.gts, I32, counter, this.constant(I32, 0), 0);
      condition = this.make(IR.and, I32, more, condition, 0);
      edge = this.backEdge(label, counter);
    }
    const on = this.edge(next, []);
    if (this.random.chance(50) || label.counter !== 0) this.end(IR.br, condition, edge, on);
    else this.end(IR.br, condition, on, edge);
    this.begin(next, []);
  }

  private cases(): void {
    const { f, random } = this;
    const label = this.newLabel();
    const mask = this.constant(I32, 7);
    const index = random.chance(70)
      ? this.make(IR.and, I32, this.value(I32), mask, 0)
      : this.value(I32);
    const blocks = Array.from({ length: 1 + random.below(4) }, () => f.newBlock());
    const edges = Array.from({ length: random.below(6) }, () => {
      return random.chance(75) ? this.edge(random.pick(blocks), []) : this.edgeTo(label);
    });
    // Every block is reached.
    for (const b of blocks) edges.push(this.edge(b, []));
    this.end(IR.switch, index, this.words([edges.length, ...edges]), 0);
    this.labels.push(label);
    for (const b of blocks) this.side(b, label);
    this.labels.pop();
    this.begin(label.block, label.types);
  }

  /** A conditional return or trap. */
  private leave(): void {
    const { f, random } = this;
    const away = f.newBlock();
    const next = f.newBlock();
    const rare = this.constant(I32, random.word());
    const condition = this.make(IR.eq, I32, this.value(I32), rare, 0);
    this.end(IR.br, condition, this.edge(away, []), this.edge(next, []));
    this.scope(() => {
      this.begin(away, []);
      if (random.chance(50)) {
        f.cold[away] = 1;
        this.end(IR.trap, TRAP.unreachable, 0, 0);
      } else {
        this.end(IR.ret, this.list(f.signature.results.map((t) => this.value(t))), 0, 0);
      }
    });
    this.begin(next, []);
  }
}
