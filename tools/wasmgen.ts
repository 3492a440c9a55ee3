// Random WebAssembly modules that are valid and end: the food of the differential tests. In: a
// seed. Out: the bytes of a module with a memory, a table, globals and a handful of exported
// functions "f0", "f1", ... Operators are drawn from the operator table by signature, so that none
// is forgotten. With vectors there are functions that take and give them, which are not exported,
// since JavaScript has no value for a v128, and a last function "v", which writes all global
// vectors to memory.
//
// What makes results comparable between engines:
//   end        every loop and every call burns fuel, a mutable global; out of fuel is `unreachable`
//   NaN        the payload of a NaN is not determined, so a float is canonicalised
//              (x != x ? nan : x) before its bits can be seen: by reinterpretation, stores,
//              globals, sign operators, results. Whatever gives lanes of floats is canonicalised
//              at once, so that the bits of a vector are always determined
//   addresses  mostly masked to the memory, sometimes wild, so that traps happen but not at once

import { ByteWriter } from "../src/support/bytes.ts";
import { Imm, OP, OPS } from "../src/wasm/ops.ts";
import type { OpName } from "../src/wasm/ops.ts";
import { F32, F64, FUNCREF, I32, I64, V128 } from "../src/wasm/types.ts";
import type { ValType } from "../src/wasm/types.ts";
import { MENUS, SCALARS, TYPES, givesFloats, seesBits } from "./menu.ts";
import type { Menu } from "./menu.ts";
import { f32Bits, f64Words, interesting, laneWord } from "./numbers.ts";
import { Random } from "./random.ts";

const PAGES = 1;
const FUEL = 3000;
/** Where in memory the results of vector operators are added up. */
const TRACES = 0x8000;
const SPLATS: Readonly<Record<ValType, OpName>> = {
  [I32]: "i32x4.splat",
  [I64]: "i64x2.splat",
  [F32]: "f32x4.splat",
  [F64]: "f64x2.splat",
};
/** Fuel of a call that may lead back to its caller: bounds the depth of the stack. */
const RECURSION = 30;

interface Signature {
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
}

export interface ModuleOptions {
  /** Vectors, in all places; only if asked for. */
  readonly vectors?: boolean;
}

/** Generates one module. */
export class ModuleGenerator {
  private readonly r: Random;
  private readonly menu: Menu;
  /** Types of values. */
  private readonly values: readonly ValType[];
  private readonly hasVectors: boolean;
  private readonly types: Signature[] = [];
  /** Type index of each function. */
  private readonly funcs: number[] = [];
  private readonly globals: ValType[] = [I32];
  private w = new ByteWriter();
  private locals: ValType[] = [];
  /** Result types of each open label, innermost last. */
  private labels: (readonly ValType[])[] = [];
  /** Labels that are loops: only their own last br_if goes back. */
  private readonly loops = new Set<number>();
  private func = 0;
  private budget = 0;

  constructor(seed: number, { vectors = false }: ModuleOptions = {}) {
    this.r = new Random(seed);
    this.menu = vectors ? MENUS.vectors : MENUS.scalars;
    this.values = vectors ? TYPES : SCALARS;
    this.hasVectors = vectors;
  }

  generate(): Uint8Array {
    const { r } = this;
    for (let k = 1 + r.below(5); k > 0; k--) this.globals.push(r.pick(this.values));
    for (let k = 2 + r.below(4); k > 0; k--) this.types.push(this.randomType(this.values));
    for (let k = 1 + r.below(5); k > 0; k--) this.funcs.push(r.below(this.types.length));
    if (!this.hasVectors) return this.assemble(this.funcs.map((_, k) => this.body(k)));
    // One that can be called from outside comes first, and the witness of the vectors last.
    this.funcs.unshift(this.types.push(this.randomType(SCALARS)) - 1);
    const bodies = this.funcs.map((_, k) => this.body(k));
    this.funcs.push(this.types.push({ params: [], results: [] }) - 1);
    return this.assemble([...bodies, this.witness()]);
  }

  private randomType(types: readonly ValType[]): Signature {
    const list = (most: number): ValType[] =>
      Array.from({ length: this.r.below(most + 1) }, () => this.r.pick(types));
    const wide = this.r.oneIn(6);
    return { params: list(wide ? 20 : 5), results: list(wide ? 12 : 2) };
  }

  // Sections --------------------------------------------------------------------------------------

  private assemble(bodies: readonly Uint8Array[]): Uint8Array {
    const w = new ByteWriter();
    w.word(0x6d736100);
    w.word(1);
    this.section(w, 1, this.types, (s, t) => {
      s.u8(0x60);
      for (const list of [t.params, t.results]) {
        s.u32(list.length);
        for (const type of list) s.u8(type);
      }
    });
    this.section(w, 3, this.funcs, (s, t) => s.u32(t));
    const entries = this.funcs.length + 2;
    this.section(w, 4, [0], (s) => s.bytes(Uint8Array.of(FUNCREF, 1, entries, entries)));
    this.section(w, 5, [0], (s) => s.bytes(Uint8Array.of(1, PAGES, PAGES + 1)));
    this.section(w, 6, this.globals, (s, t, k) => this.global(s, t, k));
    this.section(w, 7, this.exports(), (s, [name, kind, index]) => {
      s.name(name);
      s.u8(kind);
      s.u32(index);
    });
    this.section(w, 9, [0], (s) => {
      s.bytes(Uint8Array.of(0, 0x41, 1, 0x0b));
      s.u32(this.funcs.length);
      this.funcs.forEach((_, k) => s.u32(k));
    });
    this.section(w, 12, undefined, (s) => s.u32(1));
    this.section(w, 10, bodies, (s, body) => {
      s.u32(body.length);
      s.bytes(body);
    });
    this.section(w, 11, [0], (s) => {
      const size = this.hasVectors ? 0x1000 : 64;
      s.u8(1);
      s.u32(size);
      for (let k = 0; k < size; k++) s.u8(this.r.below(256));
    });
    return w.view().slice();
  }

  /** Everything that JavaScript can see. */
  private exports(): [string, number, number][] {
    const isSeen = (type: number): boolean => {
      const { params, results } = this.types[type]!;
      return !params.includes(V128) && !results.includes(V128);
    };
    const last = this.hasVectors ? this.funcs.length - 1 : -1;
    return [
      ...this.funcs.flatMap((type, k): [string, number, number][] =>
        isSeen(type) ? [[k === last ? "v" : `f${k}`, 0, k]] : [],
      ),
      ["memory", 2, 0],
      ...this.globals.flatMap((type, k): [string, number, number][] =>
        type === V128 ? [] : [[`g${k}`, 3, k]],
      ),
    ];
  }

  /** A vector section, or with `items` undefined one that `write` writes whole. */
  private section<T>(
    w: ByteWriter,
    id: number,
    items: readonly T[] | undefined,
    write: (s: ByteWriter, item: T, k: number) => void,
  ): void {
    w.u8(id);
    w.sized((s) => {
      if (items === undefined) {
        write(s, undefined as T, 0);
        return;
      }
      s.u32(items.length);
      items.forEach((item, k) => write(s, item, k));
    });
  }

  private global(s: ByteWriter, type: ValType, k: number): void {
    s.u8(type);
    s.u8(1);
    this.w = s;
    if (k === 0) this.i32(FUEL);
    else this.constant(type);
    s.u8(0x0b);
  }

  // Pieces of code --------------------------------------------------------------------------------

  private op(name: OpName): void {
    this.opcode(OP[name]);
  }

  private opcode(op: number): void {
    const { code } = OPS[op]!;
    if (code >> 16 === 0) this.w.u8(code);
    else {
      this.w.u8(code >> 16);
      this.w.u32(code & 0xffff);
    }
  }

  private i32(value: number): void {
    this.op("i32.const");
    this.w.s32(value);
  }

  private indexed(name: OpName, index: number): void {
    this.op(name);
    this.w.u32(index);
  }

  private constant(type: ValType): void {
    const { r } = this;
    switch (type) {
      case I32:
        return this.i32(interesting(r));
      case I64: {
        this.op("i64.const");
        const low = interesting(r);
        return this.w.s64(low, r.oneIn(2) ? low >> 31 : interesting(r));
      }
      case F32:
        this.op("f32.const");
        return this.w.word(f32Bits(r));
      case V128: {
        this.op("v128.const");
        for (let k = 0; k < 2; k++) {
          if (r.oneIn(3)) this.w.words(...f64Words(r));
          else this.w.words(laneWord(r), laneWord(r));
        }
        return;
      }
      default: {
        this.op("f64.const");
        const [low, high] = f64Words(r);
        return this.w.words(low, high);
      }
    }
  }

  /** Makes sure that the float on the stack is no NaN of unknown payload. */
  private canonicalise(type: ValType): void {
    if (type !== F32 && type !== F64) return;
    const local = this.newLocal(type);
    this.indexed("local.tee", local);
    if (type === F32) {
      this.op("f32.const");
      this.w.word(0x7fc00000);
    } else {
      this.op("f64.const");
      this.w.words(0, 0x7ff80000);
    }
    this.indexed("local.get", local);
    this.indexed("local.get", local);
    this.op(type === F32 ? "f32.eq" : "f64.eq");
    this.op("select");
  }

  /** The same for the lanes of the vector on the stack. */
  private canonicaliseLanes(isF64: boolean): void {
    const local = this.newLocal(V128);
    this.indexed("local.tee", local);
    this.op("v128.const");
    for (let k = 0; k < 2; k++) {
      if (isF64) this.w.words(0, 0x7ff80000);
      else this.w.words(0x7fc00000, 0x7fc00000);
    }
    this.indexed("local.get", local);
    this.indexed("local.get", local);
    this.op(isF64 ? "f64x2.eq" : "f32x4.eq");
    this.op("v128.bitselect");
  }

  private newLocal(type: ValType): number {
    const free = this.locals.findIndex((t, k) => t === type && k >= this.scratchFrom);
    if (free >= 0) return free;
    return this.locals.push(type) - 1;
  }
  private scratchFrom = 0;

  // Expressions -----------------------------------------------------------------------------------

  /** Leaves one value of `type`. */
  private expression(type: ValType, depth: number): void {
    const { r } = this;
    if (--this.budget < 0 || depth <= 0) return this.leaf(type);
    switch (r.below(12)) {
      case 0:
        return this.leaf(type);
      case 1:
        return this.load(type, depth);
      case 2:
        this.expression(type, depth - 1);
        this.expression(type, depth - 1);
        this.expression(I32, depth - 1);
        return this.op("select");
      case 3:
        return this.ifValue(type, depth);
      case 4:
        return this.callFor(type, depth);
      case 5:
        return this.blockValue(type, depth);
      default:
        return this.plain(type, depth);
    }
  }

  private leaf(type: ValType): void {
    const { r } = this;
    const usable = this.locals.flatMap((t, k) => (t === type && k < this.scratchFrom ? [k] : []));
    const globals = this.globals.flatMap((t, k) => (t === type && k > 0 ? [k] : []));
    if (usable.length > 0 && !r.oneIn(3)) return this.indexed("local.get", r.pick(usable));
    if (globals.length > 0 && r.oneIn(2)) return this.indexed("global.get", r.pick(globals));
    if (type === I32 && r.oneIn(10)) {
      this.op("memory.size");
      return this.w.u8(0);
    }
    this.constant(type);
  }

  private plain(type: ValType, depth: number): void {
    const { op, operands } = this.r.pick(this.menu.producers.get(type)!);
    for (const t of operands) {
      this.expression(t, depth - 1);
      if (seesBits.has(op)) this.canonicalise(t);
    }
    this.opcode(op);
    const { imm, name } = OPS[op]!;
    if (imm === Imm.lane) this.w.u8(this.r.below(Number(/x(\d+)/.exec(name)![1])));
    if (imm === Imm.shuffle) this.indices();
    if (givesFloats.has(op)) this.canonicaliseLanes(givesFloats.get(op)!);
    if (/^f\d\d\.reinterpret/.test(name)) this.canonicalise(type);
  }

  /** Of a shuffle: any, those of one operand, or in order. */
  private indices(): void {
    const { r } = this;
    const first = r.below(32);
    const below = r.pick([16, 32]);
    const inOrder = r.oneIn(4);
    for (let k = 0; k < 16; k++) this.w.u8(inOrder ? (first + k) % 32 : r.below(below));
  }

  private address(depth: number): number {
    const { r } = this;
    this.expression(I32, depth - 1);
    if (!r.oneIn(40)) {
      this.i32(r.pick([0xff, 0xfff, 0x7ff8]));
      this.op("i32.and");
    }
    if (r.oneIn(4)) {
      this.i32(r.pick([-8, -1, 4, 16, -16, 1 << 24, -(1 << 24)]));
      this.op("i32.add");
    }
    return r.oneIn(30) ? interesting(r) >>> 0 : r.below(64);
  }

  private memarg(op: number, offset: number): void {
    const { align, imm } = OPS[op]!;
    this.opcode(op);
    this.w.u32(this.r.below(align + 1));
    this.w.u32(offset);
    if (imm === Imm.memargLane) this.w.u8(this.r.below(16 >> align));
  }

  private load(type: ValType, depth: number): void {
    const offset = this.address(depth);
    const op = this.r.pick(this.menu.loads.get(type)!);
    if (OPS[op]!.imm === Imm.memargLane) this.expression(V128, depth - 1);
    this.memarg(op, offset);
    this.canonicalise(type);
  }

  private ifValue(type: ValType, depth: number): void {
    this.expression(I32, depth - 1);
    this.op("if");
    this.w.u8(type);
    this.labels.push([type]);
    this.expression(type, depth - 1);
    this.op("else");
    this.expression(type, depth - 1);
    this.op("end");
    this.labels.pop();
  }

  private blockValue(type: ValType, depth: number): void {
    this.op("block");
    this.w.u8(type);
    this.labels.push([type]);
    this.statements(1 + this.r.below(2), depth - 1);
    this.expression(type, depth - 1);
    this.expression(I32, depth - 1);
    this.indexed("br_if", 0);
    this.op("end");
    this.labels.pop();
  }

  /** A call of a later function (so that calls end), whose first result is used. */
  private callFor(type: ValType, depth: number): void {
    const callees = this.funcs.flatMap((t, k) =>
      k > this.func && this.types[t]!.results[0] === type ? [k] : [],
    );
    if (callees.length === 0) return this.plain(type, depth);
    const callee = this.r.pick(callees);
    const { params, results } = this.types[this.funcs[callee]!]!;
    this.burn(1);
    for (const t of params) this.expression(t, Math.min(depth - 1, 2));
    this.indexed("call", callee);
    for (let k = results.length; k > 1; k--) this.op("drop");
  }

  // Statements ------------------------------------------------------------------------------------

  /** fuel = fuel - cost, or trap. */
  private burn(cost: number): void {
    this.indexed("global.get", 0);
    this.i32(cost);
    this.op("i32.lt_s");
    this.op("if");
    this.w.u8(0x40);
    this.op("unreachable");
    this.op("end");
    this.indexed("global.get", 0);
    this.i32(cost);
    this.op("i32.sub");
    this.indexed("global.set", 0);
  }

  private statements(count: number, depth: number): void {
    for (let k = 0; k < count; k++) this.statement(depth);
  }

  private statement(depth: number): void {
    const { r } = this;
    if (depth <= 0) return this.assign(1);
    if (this.hasVectors && r.oneIn(2)) return this.probe(depth);
    switch (r.below(13)) {
      case 0:
      case 1:
        return this.store(depth);
      case 2:
        return this.ifStatement(depth);
      case 3:
        return this.loop(depth);
      case 4:
        return this.block(depth);
      case 5:
        return this.branch(depth);
      case 6:
        return this.callIndirect(depth);
      case 7:
        return this.bulk(depth);
      case 8:
        return this.setGlobal(depth);
      case 9:
        return this.multiCall(depth);
      default:
        return this.assign(depth);
    }
  }

  /** Adds what an operator gives to a vector in memory that is kept for that. */
  private probe(depth: number): void {
    const type = this.r.pick([V128, V128, V128, I32, I64, F32, F64]);
    const place = TRACES + 16 * this.r.below(256);
    this.i32(place);
    this.i32(place);
    this.memarg(OP["v128.load"], 0);
    this.plain(type, Math.min(depth, 3));
    this.canonicalise(type);
    if (type !== V128) this.op(SPLATS[type]!);
    this.op("i8x16.add");
    this.memarg(OP["v128.store"], 0);
  }

  private assign(depth: number): void {
    if (this.scratchFrom === 0) {
      this.expression(I32, depth);
      return this.op("drop");
    }
    const local = this.r.below(this.scratchFrom);
    this.expression(this.locals[local]!, depth);
    this.indexed("local.set", local);
  }

  private setGlobal(depth: number): void {
    if (this.globals.length < 2) return this.assign(depth);
    const global = 1 + this.r.below(this.globals.length - 1);
    this.expression(this.globals[global]!, depth - 1);
    this.canonicalise(this.globals[global]!);
    this.indexed("global.set", global);
  }

  private store(depth: number): void {
    const { op, type } = this.r.pick(this.menu.stores);
    const offset = this.address(depth);
    this.expression(type, depth - 1);
    this.canonicalise(type);
    this.memarg(op, offset);
  }

  private ifStatement(depth: number): void {
    this.expression(I32, depth - 1);
    this.op("if");
    this.w.u8(0x40);
    this.labels.push([]);
    this.statements(1 + this.r.below(3), depth - 1);
    if (this.r.oneIn(2)) {
      this.op("else");
      this.statements(1 + this.r.below(2), depth - 1);
    }
    this.op("end");
    this.labels.pop();
  }

  private loop(depth: number): void {
    this.op("loop");
    this.w.u8(0x40);
    const label = this.labels.push([]) - 1;
    this.loops.add(label);
    this.burn(1);
    this.statements(1 + this.r.below(4), depth - 1);
    this.expression(I32, depth - 1);
    this.indexed("br_if", 0);
    this.op("end");
    this.labels.pop();
    this.loops.delete(label);
  }

  private block(depth: number): void {
    this.op("block");
    this.w.u8(0x40);
    this.labels.push([]);
    this.statements(1 + this.r.below(4), depth - 1);
    this.op("end");
    this.labels.pop();
  }

  /** br_if, br_table or a plain br out of a block of its own; only to labels without values. */
  private branch(depth: number): void {
    const { r } = this;
    const targets = this.labels.flatMap((types, k) =>
      types.length === 0 && k > 0 && !this.loops.has(k) ? [this.labels.length - 1 - k] : [],
    );
    if (targets.length === 0) return this.assign(depth);
    if (!r.oneIn(3)) {
      this.expression(I32, depth - 1);
      return this.indexed("br_if", r.pick(targets));
    }
    this.op("block");
    this.w.u8(0x40);
    this.labels.push([]);
    this.expression(I32, depth - 1);
    this.labels.pop();
    this.op("br_table");
    const count = r.below(5);
    this.w.u32(count);
    for (let k = 0; k <= count; k++) this.w.u32(r.oneIn(3) ? 0 : r.pick(targets) + 1);
    this.op("end");
  }

  private callIndirect(depth: number): void {
    const { r } = this;
    const type = this.funcs[r.below(this.funcs.length)]!;
    const { params, results } = this.types[type]!;
    this.burn(RECURSION);
    for (const t of params) this.expression(t, Math.min(depth - 1, 2));
    if (r.oneIn(4)) this.expression(I32, 1);
    else this.i32(1 + this.lastOf(type));
    this.op("call_indirect");
    this.w.u32(type);
    this.w.u8(0);
    for (let k = results.length; k > 0; k--) this.op("drop");
  }

  /** The last function of a type: calls go forward, so that most end before the fuel does. */
  private lastOf(type: number): number {
    return this.funcs.lastIndexOf(type);
  }

  private multiCall(depth: number): void {
    if (this.func + 1 >= this.funcs.length) return this.assign(depth);
    const callee = this.func + 1 + this.r.below(this.funcs.length - this.func - 1);
    const { params, results } = this.types[this.funcs[callee]!]!;
    this.burn(1);
    for (const t of params) this.expression(t, Math.min(depth - 1, 2));
    this.indexed("call", callee);
    for (let k = results.length - 1; k >= 0; k--) {
      const to = this.locals.findIndex((t, l) => t === results[k] && l < this.scratchFrom);
      if (to >= 0) this.indexed("local.set", to);
      else this.op("drop");
    }
  }

  private bulk(depth: number): void {
    const { r } = this;
    if (r.oneIn(6)) {
      this.i32(r.below(2));
      this.op("memory.grow");
      this.w.u8(0);
      return this.op("drop");
    }
    const at = (): void => {
      this.expression(I32, depth - 1);
      this.i32(r.oneIn(20) ? -1 : 0x3fff);
      this.op("i32.and");
    };
    at();
    const copies = r.oneIn(2);
    if (copies) at();
    else this.expression(I32, depth - 1);
    this.i32(r.below(300));
    this.op(copies ? "memory.copy" : "memory.fill");
    this.w.u8(0);
    if (copies) this.w.u8(0);
  }

  // Functions -------------------------------------------------------------------------------------

  private body(func: number): Uint8Array {
    const { r } = this;
    const { params, results } = this.types[this.funcs[func]!]!;
    this.func = func;
    this.locals = [...params];
    for (let k = r.below(8); k > 0; k--) this.locals.push(r.pick(this.values));
    this.scratchFrom = this.locals.length;
    this.labels = [results];
    this.budget = 150 + r.below(250);
    this.w = new ByteWriter();
    this.statements(2 + r.below(8), 5);
    for (const t of results) {
      this.expression(t, 4);
      this.canonicalise(t);
    }
    this.op("end");
    return this.finish(this.w.view(), params.length);
  }

  /** Writes the vectors among the globals to memory. */
  private witness(): Uint8Array {
    this.locals = [];
    this.w = new ByteWriter();
    this.globals.forEach((type, k) => {
      if (type !== V128) return;
      this.i32(16 * k);
      this.indexed("global.get", k);
      this.op("v128.store");
      this.w.bytes(Uint8Array.of(0, 0));
    });
    this.op("end");
    return this.finish(this.w.view(), 0);
  }

  /** A body of these operators, with the locals behind `params` declared. */
  private finish(code: Uint8Array, params: number): Uint8Array {
    const whole = new ByteWriter();
    const declared = this.locals.slice(params);
    whole.u32(declared.length);
    for (const t of declared) {
      whole.u32(1);
      whole.u8(t);
    }
    whole.bytes(code);
    return whole.view().slice();
  }
}
