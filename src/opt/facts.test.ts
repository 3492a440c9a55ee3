// Address facts against the plain meaning: random functions full of `x + C` accesses and of
// explicit checks, built with facts and without, on memories of up to 4 GiB - 16 MiB, with
// addresses next to 0, 16 MiB, the end of memory, the cap and 2^32 - 1. Results, traps and every
// store must agree; an access without guard that leaves the memory is a Bug of the runner.

import { describe, expect, test } from "vitest";
import { GUARD_BELOW, Instance, LIBCALLS, MemoryObject, TRAP } from "../abi.ts";
import { Func } from "../ir/func.ts";
import type { Block, Value } from "../ir/func.ts";
import { Random } from "../ir/generate.ts";
import { ACCESS_GUARD, ACCESS_SIGNED, CLASS, IR, SHAPE, WIDTH } from "../ir/ops.ts";
import { accessOf, classOf } from "../ir/ops.ts";
import { printFunc } from "../ir/print.ts";
import { MEMORY, RECORD, run } from "../ir/run.ts";
import type { World } from "../ir/run.ts";
import { I32, I64, NONE, PTR, V128 } from "../ir/types.ts";
import { Verify } from "../ir/verify.ts";
import { Trap } from "../support/errors.ts";
import { Dominators } from "./dominators.ts";
import { Facts } from "./facts.ts";
import { Rebuild } from "./rebuild.ts";
import { Tidy } from "./tidy.ts";

const G = GUARD_BELOW;
const CAP = 2 ** 32 - G;
const BYTES = Instance.memory + MemoryObject.bytes;
const GROW = LIBCALLS.findIndex(([name]) => name === "memory_grow");

/** A large memory: bytes are a function of their address unless they were stored. */
class Sparse {
  byteLength: number;
  log: string[] = [];
  private readonly stored = new Map<number, number>();

  constructor(size: number) {
    this.byteLength = size;
  }
  getUint8(at: number): number {
    return this.stored.get(at) ?? (Math.imul(at, 0x9e3779b1) >>> 13) & 0xff;
  }
  getInt32(at: number): number {
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => this.getUint8(at + k));
    return a! | (b! << 8) | (c! << 16) | (d! << 24);
  }
  setInt8(at: number, value: number): void {
    this.log.push(`${at}=${value & 0xff}`);
    this.stored.set(at, value & 0xff);
  }
  setInt32(at: number, value: number): void {
    for (let k = 0; k < 4; k++) this.setInt8(at + k, value >> (8 * k));
  }
}

class LargeWorld implements World {
  readonly regions: DataView[];
  readonly memory: Sparse;
  private readonly most: number;

  constructor(size: number, most: number) {
    this.memory = new Sparse(size);
    this.most = most;
    const record = new DataView(new ArrayBuffer(Instance.$size));
    this.regions = [record, record, this.memory as unknown as DataView];
    this.regions[RECORD] = record;
    this.regions[MEMORY] = this.memory as unknown as DataView;
    this.setSize(size);
  }
  private setSize(size: number): void {
    this.memory.byteLength = size;
    this.regions[RECORD]!.setInt32(BYTES, size | 0, true);
    this.regions[RECORD]!.setInt32(BYTES + 4, Math.floor(size / 2 ** 32), true);
  }
  call(): number[] {
    this.setSize(Math.min(this.most, this.memory.byteLength + 65536));
    return [0, 0];
  }
}

const small = [0, 0, 0, 1, 2, 3, 4, 5, 7, 8, 12, 16, 20, 24, 32];
const large = [G, G, G - 1, G + 1, G + 1, G + 2, G - 4, G + 4, G + 5, CAP, 2 ** 31, 2 ** 32 - 1];

/** An access at c + offset from something. */
interface Site {
  readonly c: number;
  readonly offset: number;
  readonly bytes: number;
}

/** Type, width and bytes of accesses. */
const KINDS: readonly (readonly [ty: number, width: number, bytes: number])[] = [
  [I32, WIDTH.u8, 1],
  [I32, WIDTH.u8, 1],
  [I32, WIDTH.full, 4],
  [I32, WIDTH.full, 4],
  [V128, WIDTH.full, 16],
];

/** Makes functions of two i32 that return a digest of what they load. */
class Maker {
  f!: Func;
  readonly sites: Site[] = [];
  private block: Block = 0;
  private roots: Value[] = [];
  private sum: Value = 0;
  private readonly random: Random;
  private readonly explicit: boolean;

  constructor(random: Random, explicit: boolean) {
    this.random = random;
    this.explicit = explicit;
  }

  make(): Func {
    this.f = new Func();
    this.f.reset(0, { params: [I32, I32], results: [I32] });
    this.begin(this.f.newBlock(), 2);
    const [x, y] = [this.f.firstParam[1]!, this.f.firstParam[1]! + 1];
    const scaled = this.inst(IR.shl, I32, y, this.const(3));
    this.roots = [x, x, x, y, scaled, this.inst(IR.and, I32, x, this.const(0xfff8))];
    this.sum = this.const(0);
    this.region(this.random.below(3));
    if (this.sites.length === 0) this.access();
    const list = this.f.words(2);
    this.f.pool.set([1, this.sum], list);
    this.end(IR.ret, list, 0, 0);
    return this.f;
  }

  private begin(b: Block, params: number): void {
    const { f } = this;
    f.begin(b);
    this.block = b;
    f.paramCount[b] = params;
    f.firstParam[b] = params === 0 ? 0 : f.count;
    for (let k = 0; k < params; k++) f.inst(IR.param, I32, k, 0, 0, b);
  }
  private inst(op: number, ty: number, a = 0, b = 0, c = 0, aux = 0): Value {
    const i = this.f.inst(op, ty, a, b, c, this.block);
    this.f.aux[i] = aux;
    return i;
  }
  private const(n: number): Value {
    return this.inst(IR.const, I32, n | 0);
  }
  private end(op: number, a: number, b: number, c: number): void {
    this.f.term[this.block] = this.inst(op, NONE, a, b, c);
  }
  private edge(b: Block, ...args: Value[]): number {
    const e = this.f.words(2 + args.length);
    this.f.pool.set([b, args.length, ...args], e);
    return e;
  }

  private region(depth: number): void {
    const n = 1 + this.random.below(this.random.chance(10) ? 30 : 6);
    for (let k = 0; k < n; k++) {
      if (depth > 0 && this.random.chance(20)) this.choice(depth - 1);
      else if (this.random.chance(5)) this.grow();
      else this.access();
    }
  }

  private choice(depth: number): void {
    const { f } = this;
    const [then, other, join] = [f.newBlock(), f.newBlock(), f.newBlock()];
    const bit = this.inst(IR.and, I32, this.sum, this.const(1 << this.random.below(8)));
    this.end(IR.br, bit, this.edge(then), this.edge(other));
    const before = this.sum;
    for (const b of [then, other]) {
      this.begin(b, 0);
      this.sum = before;
      this.region(depth);
      this.end(IR.jump, this.edge(join, this.sum), 0, 0);
    }
    this.begin(join, 1);
    this.sum = f.firstParam[join]!;
  }

  private grow(): void {
    const list = this.f.words(3);
    this.f.pool.set([2, this.const(0), this.const(1)], list);
    this.inst(IR.libcall, I32, GROW, list);
  }

  private constant(): number {
    const { random, sites } = this;
    if (sites.length > 0 && random.chance(25)) {
      // What an earlier access makes just possible or just impossible.
      const { c, offset, bytes } = random.pick(sites);
      const way = random.pick([0, G, -G, bytes, offset + bytes, G + offset, G + offset + bytes]);
      return c + random.pick([way, way, -way]) + random.pick([-1, 0, 0, 1]);
    }
    const n = random.chance(85) ? random.pick(small) : random.pick(large);
    return random.chance(50) ? n : -n;
  }

  private access(): void {
    const { random } = this;
    const root = random.pick(this.roots);
    const c = this.constant() | 0;
    const joins = random.chance(10) && c > 0;
    let at = c === 0 ? root : this.inst(joins ? IR.or : IR.add, I32, root, this.const(c));
    if (random.chance(10)) this.roots.push(at);
    if (random.chance(3)) at = this.const(c);
    const offset = random.chance(60) ? 0 : this.constant() >>> (random.chance(90) ? 26 : 0);
    const [ty, width, bytes] = random.pick(KINDS);
    this.sites.push({ c, offset, bytes });
    if (this.explicit) this.check(at, offset + bytes);
    const aux = accessOf(width, CLASS.memory, this.explicit ? 0 : ACCESS_GUARD);
    if (random.chance(25)) {
      const value = ty === V128 ? this.shaped(IR.vsplat, V128, this.sum, 0) : this.sum;
      this.inst(IR.store, NONE, at, value, offset | 0, aux);
    } else {
      const v = this.inst(IR.load, ty, at, 0, offset | 0, aux);
      const word = ty === V128 ? this.shaped(IR.vextractu, I32, v, (bytes - 1) >> 2) : v;
      this.sum = this.inst(IR.add, I32, this.inst(IR.rotl, I32, this.sum, this.const(5)), word);
    }
  }

  /** An instruction on four lanes. */
  private shaped(op: number, ty: number, a: Value, lane: number): Value {
    return this.inst(op, ty, a, lane, 0, SHAPE.i32x4);
  }

  private check(x: Value, reach: number): void {
    const size = accessOf(WIDTH.full, CLASS.size, 0);
    const limit = this.inst(IR.load, I64, this.inst(IR.inst, PTR), 0, BYTES, size);
    const wide = this.inst(IR.const, I64, reach | 0, Math.floor(reach / 2 ** 32));
    const end = this.inst(IR.add, I64, this.inst(IR.extu, I64, x), wide);
    this.inst(IR.trapif, NONE, this.inst(IR.gtu, I32, end, limit), TRAP.memory);
  }
}

function outcome(f: Func, args: Int32Array, size: number, most: number): string {
  const world = new LargeWorld(size, most);
  let text: string;
  try {
    text = run(f, args, world).join(" ");
  } catch (e) {
    if (!(e instanceof Trap)) throw e;
    text = e.reason;
  }
  return `${text} ${world.memory.log.join()}`;
}

/**
 * A size of memory, and parameters that bring one of the accesses next to where something happens.
 */
function setting(random: Random, cap: number, sites: readonly Site[]): readonly number[] {
  const size = random.pick([0, 65536, 2 * 65536, G, 2 * G, 2 ** 31, cap - 65536, cap, cap, cap]);
  const near = (): number => {
    const edge = random.pick([0, 0, size, size, G, cap, 2 ** 32, random.below(size + 1)]);
    const { c, offset, bytes } = random.pick(sites);
    const reach = random.pick([0, c, c + offset, c + offset + bytes]);
    return edge - reach + random.pick([-1, 0, 0, 0, 1, 8]);
  };
  const y = near();
  return [size, near() | 0, random.chance(50) ? y | 0 : Math.floor(y / 8) | 0];
}

interface Count {
  accesses: number;
  signed: number;
  checks: number;
  completed: number;
}

function fuzz(count: number, explicit: boolean, cap: number): Count {
  const random = new Random(explicit ? 11 : 12);
  const verify = new Verify();
  const tidy = new Tidy();
  const total: Count = { accesses: 0, signed: 0, checks: 0, completed: 0 };
  for (let n = 0; n < count; n++) {
    const maker = new Maker(random, explicit);
    const f = maker.make();
    const g = new Func();
    new Rebuild(f, g, !explicit).run();
    verify.run(g, "built");
    if (random.chance(50)) {
      tidy.run(g);
      verify.run(g, "tidied");
    }
    for (let i = 1; i < g.count; i++) {
      const isAccess = g.op[i] === IR.load || g.op[i] === IR.store;
      if (isAccess && classOf(g.aux[i]!) === CLASS.memory) total.accesses++;
      if (g.aux[i]! & ACCESS_SIGNED) total.signed++;
      if (g.op[i] === IR.trapif) total.checks++;
    }
    for (let k = 0; k < 12; k++) {
      const [size, x, y] = setting(random, cap, maker.sites) as [number, number, number];
      const args = Int32Array.of(x, 0, y, 0);
      const before = outcome(f, args, size, cap);
      const after = outcome(g, args, size, cap);
      if (!before.startsWith("out")) total.completed++;
      if (before === after) continue;
      const detail = `size ${size}, x ${x >>> 0}, y ${y >>> 0}: ${before} became ${after}`;
      throw new Error(`${detail}\n${printFunc(f)}\n${printFunc(g)}`);
    }
  }
  return total;
}

describe("address facts", () => {
  test("with guard pages", () => {
    const { accesses, signed, completed } = fuzz(1500, false, CAP);
    expect(signed).toBeGreaterThan(accesses / 50);
    expect(completed).toBeGreaterThan(1000);
  });

  test("with explicit checks, up to 4 GiB", () => {
    const { accesses, checks, completed } = fuzz(1500, true, 2 ** 32);
    expect(checks).toBeLessThan(accesses * 0.95);
    expect(completed).toBeGreaterThan(1000);
  });
});

test("entries of one root that are out of sight say nothing of others", () => {
  const f = new Func();
  f.reset(0, { params: [I32], results: [] });
  f.begin(f.newBlock());
  const tree = new Dominators();
  tree.add(1, 0);
  const facts = new Facts(f, tree, 0);
  const inst = (op: number, a: number, b: number): Value => f.inst(op, I32, a, b, 0, 1);
  const root = inst(IR.and, inst(IR.param, 0, 0), inst(IR.const, 0xff, 0));
  for (let k = 1; k < 20; k++) {
    const x = inst(IR.add, root, inst(IR.const, -k << 24, 0));
    expect(facts.check(x, 100_000, 0, 1)).toBe(false);
  }
  const next = inst(IR.add, root, inst(IR.const, 8, 0));
  expect(facts.check(next, 4, 0, 1)).toBe(false);
  expect(facts.check(next, 5000, 0, 1)).toBe(false);
  expect(facts.check(next, 4000, 0, 1)).toBe(true);
});
