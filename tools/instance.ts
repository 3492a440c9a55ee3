// An instance of a module whose functions run in SSA form: the oracle between translation and
// everything behind it. In: a module, its translated functions, host functions for its imports.
// Out: calls by function index, words in and words out; traps are Trap. It lays out the instance
// record as the runtime does (src/abi.ts) in the address space of src/ir/run.ts, and performs the
// library calls. Modules that import memories or tables are refused.

import {
  FuncRef,
  ImportSlot,
  LIBCALLS,
  MemoryObject,
  PAGE,
  TRAP,
  TRAPS,
  TableObject,
} from "../src/abi.ts";
import { IR } from "../src/ir/ops.ts";
import type { Func } from "../src/ir/func.ts";
import { MEMORY, RECORD, Runner, regionHigh } from "../src/ir/run.ts";
import type { World } from "../src/ir/run.ts";
import { Exhaustion, Trap, Unsupported, bug } from "../src/support/errors.ts";
import type { ConstExpr, Module } from "../src/wasm/module.ts";
import { OP } from "../src/wasm/ops.ts";
import { V128 } from "../src/wasm/types.ts";
import type { Source } from "./passes.ts";

type Words = ArrayLike<number>;
/** An imported function: two words per argument and per result, four of a v128. */
export type Host = (args: Int32Array) => Words;

/** Where a global lies: in the record of whoever defines it. */
export interface Cell {
  readonly view: DataView;
  readonly at: number;
}

const HOST_REFS = 3;
const FIRST_MEMORY = 16;
const FIRST_TABLE = 64;
const FIRST_GLOBAL = 128;
const MAX_ENTRIES = 1 << 16;

const fail = (code: number): never => {
  throw new Trap(TRAPS[code]?.[1] ?? "");
};

export class Instance implements World {
  readonly regions: (DataView | undefined)[] = [];
  private readonly module: Module;
  private readonly source: Source;
  private readonly funcs: readonly Func[];
  private readonly host: readonly Host[];
  private readonly cells: readonly Cell[];
  private readonly runner: Runner;
  private readonly dropped = { data: new Set<number>(), elem: new Set<number>() };

  /**
   * `funcs[k]` is function `importedFuncs + k`, `host[k]` imported function k, `cells[k]` imported
   * global k.
   */
  constructor(
    source: Source,
    funcs: readonly Func[],
    host: readonly Host[],
    steps?: number,
    cells: readonly Cell[] = [],
  ) {
    const { module } = source;
    if (module.importedMemories + module.importedTables > 0) {
      throw new Unsupported("imported memory or table");
    }
    if (module.importedGlobals > cells.length) throw new Unsupported("imported global");
    this.module = module;
    this.source = source;
    this.funcs = funcs;
    this.host = host;
    this.cells = cells;
    this.runner = new Runner(this, steps);
    this.layRecord();
    this.initialise();
    if (module.start >= 0) this.invoke(module.start, []);
  }

  /** Runs function `index`. */
  invoke(index: number, args: Words): Words {
    const k = index - this.module.importedFuncs;
    if (k < 0) return this.host[index]!(Int32Array.from(args));
    try {
      return this.runner.run(this.funcs[k]!, args);
    } catch (e) {
      // The host's stack ran out: the guest recursed too deeply.
      if (e instanceof RangeError) throw new Exhaustion(TRAPS[TRAP.stack]![1]);
      throw e;
    }
  }

  /** Bytes of memory `index`. */
  memory(index = 0): DataView {
    return this.regions[memoryRegion(index)] ?? new DataView(new ArrayBuffer(0));
  }

  /** Where global `index` lies. */
  cell(index: number): Cell {
    const imported = index < this.module.importedGlobals ? this.cells[index] : undefined;
    return imported ?? { view: this.record, at: this.source.env.layout.globals[index]! };
  }

  /** Words of global `index`. */
  global(index: number): number[] {
    const { view, at } = this.cell(index);
    const count = this.module.globals[index]!.type === V128 ? 4 : 2;
    return Array.from({ length: count }, (_, k) => view.getInt32(at + 4 * k, true));
  }

  setGlobal(index: number, words: readonly number[]): void {
    const { view, at } = this.cell(index);
    setWords(view, at, words);
  }

  private get record(): DataView {
    return this.regions[RECORD]!;
  }

  // Making it -------------------------------------------------------------------------------------

  private layRecord(): void {
    const { module } = this;
    const { layout, sigs } = this.source.env;
    this.regions[RECORD] = new DataView(new ArrayBuffer(layout.size));
    const refs = new DataView(new ArrayBuffer(module.importedFuncs * FuncRef.$size));
    this.regions[HOST_REFS] = refs;
    for (let k = 0; k < module.importedFuncs; k++) {
      const at = k * FuncRef.$size;
      refs.setUint32(at + FuncRef.sig, sigs[module.funcs[k]!]!, true);
      setWords(this.record, layout.imports[k]! + ImportSlot.ref, [at, regionHigh(HOST_REFS)]);
    }
    for (let k = 0; k < module.importedGlobals; k++) {
      const { view, at } = this.cells[k]!;
      this.regions[FIRST_GLOBAL + k] = view;
      setWords(this.record, layout.globals[k]!, [at, regionHigh(FIRST_GLOBAL + k)]);
    }
    module.funcs.forEach((type, k) => {
      const at = layout.refs[k]!;
      if (at !== 0) this.record.setUint32(at + FuncRef.sig, sigs[type]!, true);
    });
    module.memories.forEach((memory, k) =>
      this.setMemory(k, new ArrayBuffer(memory.limits.min * PAGE)),
    );
    module.tables.forEach((table, k) => {
      const region = FIRST_TABLE + k;
      this.regions[region] = new DataView(new ArrayBuffer(MAX_ENTRIES * 8));
      setWords(this.record, layout.tables[k]! + TableObject.base, [0, regionHigh(region)]);
      this.setTableSize(k, table.limits.min);
    });
  }

  private setMemory(k: number, bytes: ArrayBuffer): void {
    const at = this.source.env.layout.memories[k]!;
    const region = memoryRegion(k);
    this.regions[region] = new DataView(bytes);
    setWords(this.record, at + MemoryObject.base, [0, regionHigh(region)]);
    setWords(this.record, at + MemoryObject.bytes, pairOf(bytes.byteLength));
    setWords(this.record, at + MemoryObject.pages, [bytes.byteLength / PAGE, 0]);
  }

  private setTableSize(k: number, size: number): void {
    if (size > MAX_ENTRIES) throw new Unsupported("a table this large");
    setWords(this.record, this.source.env.layout.tables[k]! + TableObject.size, [size, 0]);
  }

  private tableSize(k: number): number {
    return this.record.getUint32(this.source.env.layout.tables[k]! + TableObject.size, true);
  }

  private initialise(): void {
    const { module } = this;
    module.globalInits.forEach((init, k) => {
      this.setGlobal(module.importedGlobals + k, this.constant(init));
    });
    module.elems.forEach((elem, k) => {
      if (elem.mode === "active") {
        this.tableInit(elem.table, k, this.word(elem.start!), 0, elem.items.length);
      }
      if (elem.mode !== "passive") this.dropped.elem.add(k);
    });
    module.datas.forEach((data, k) => {
      if (data.mode !== "active") return;
      this.memoryInit(data.memory, k, this.word(data.start!), 0, data.bytes.length);
      this.dropped.data.add(k);
    });
  }

  /** Address of the FuncRef of function `index`. */
  private funcRef(index: number): [number, number] {
    if (index < this.module.importedFuncs) return [index * FuncRef.$size, regionHigh(HOST_REFS)];
    return [this.source.env.layout.refs[index]!, regionHigh(RECORD)];
  }

  /** An i32 constant as a u32. */
  private word(init: ConstExpr): number {
    return this.constant(init)[0]! >>> 0;
  }

  /** The words of a constant. */
  private constant(init: ConstExpr): number[] {
    const { op, lo, hi, bytes } = init.ops[0]!;
    if (bytes !== undefined) return [...new Int32Array(bytes.slice().buffer)];
    if (init.ops.length > 1) throw new Unsupported("an extended constant expression");
    if (op === OP["global.get"]) return this.global(lo);
    if (op === OP["ref.func"]) return this.funcRef(lo);
    return op === OP["ref.null"] ? [0, 0] : [lo, hi];
  }

  // Calls -----------------------------------------------------------------------------------------

  call(op: number, lo: number, hi: number, args: Int32Array): Words {
    const { layout } = this.source.env;
    switch (op) {
      case IR.call:
        return this.invoke(lo, args);
      case IR.callslot:
        return this.invoke(layout.imports.indexOf(lo), args);
      case IR.callref:
        if (hi === regionHigh(HOST_REFS)) return this.invoke(lo / FuncRef.$size, args);
        return this.invoke(layout.refs.indexOf(lo), args);
      default:
        return this.library(LIBCALLS[lo]![0], args);
    }
  }

  private library(name: (typeof LIBCALLS)[number][0], words: Int32Array): Words {
    const [a, b, c, d, e] = Array.from({ length: 5 }, (_, k) => (words[2 * k] ?? 0) >>> 0) as [
      number,
      number,
      number,
      number,
      number,
    ];
    switch (name) {
      case "memory_grow":
        return [this.memoryGrow(a, b), 0];
      case "memory_fill":
        bytesAt(this.memory(a), b, d, TRAP.memory).fill(c);
        return [];
      case "memory_copy": {
        const from = bytesAt(this.memory(b), d, e, TRAP.memory).slice();
        bytesAt(this.memory(a), c, e, TRAP.memory).set(from);
        return [];
      }
      case "memory_init":
        this.memoryInit(a, b, c, d, e);
        return [];
      case "data_drop":
        this.dropped.data.add(a);
        return [];
      case "table_grow":
        return [this.tableGrow(a, words[2]!, words[3]!, c), 0];
      case "table_fill":
        this.tableFill(a, b, words[4]!, words[5]!, d);
        return [];
      case "table_copy": {
        const from = this.entries(b, d, e).slice();
        this.entries(a, c, e).set(from);
        return [];
      }
      case "table_init":
        this.tableInit(a, b, c, d, e);
        return [];
      case "elem_drop":
        this.dropped.elem.add(a);
        return [];
      default:
        return bug(`library call ${String(name)}`);
    }
  }

  private memoryGrow(k: number, pages: number): number {
    const old = this.memory(k);
    const now = old.byteLength / PAGE;
    const max = limitOf(this.module.memories[k]!.limits.max, 65536);
    if (pages > max - now) return -1;
    const bytes = new ArrayBuffer((now + pages) * PAGE);
    new Uint8Array(bytes).set(new Uint8Array(old.buffer));
    this.setMemory(k, bytes);
    return now;
  }

  private memoryInit(k: number, segment: number, to: number, from: number, count: number): void {
    const dropped = this.dropped.data.has(segment);
    const bytes = dropped ? new Uint8Array(0) : this.module.datas[segment]!.bytes;
    if (from + count > bytes.length) fail(TRAP.memory);
    bytesAt(this.memory(k), to, count, TRAP.memory).set(bytes.subarray(from, from + count));
  }

  /** Bytes of `count` entries of a table. */
  private entries(k: number, at: number, count: number): Uint8Array {
    if (at + count > this.tableSize(k)) fail(TRAP.table);
    return bytesAt(this.regions[FIRST_TABLE + k]!, at * 8, count * 8, TRAP.table);
  }

  private tableInit(k: number, segment: number, to: number, from: number, count: number): void {
    const items = this.dropped.elem.has(segment) ? [] : this.module.elems[segment]!.items;
    if (from + count > items.length) fail(TRAP.table);
    const entries = this.entries(k, to, count);
    const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
    for (let n = 0; n < count; n++) setWords(view, n * 8, this.constant(items[from + n]!));
  }

  private tableFill(k: number, at: number, lo: number, hi: number, count: number): void {
    const entries = this.entries(k, at, count);
    const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
    for (let n = 0; n < count; n++) setWords(view, n * 8, [lo, hi]);
  }

  private tableGrow(k: number, lo: number, hi: number, count: number): number {
    const old = this.tableSize(k);
    const max = limitOf(this.module.tables[k]!.limits.max, MAX_ENTRIES);
    if (count > max - old) return -1;
    this.setTableSize(k, old + count);
    this.tableFill(k, old, lo, hi, count);
    return old;
  }
}

const memoryRegion = (k: number): number => (k === 0 ? MEMORY : FIRST_MEMORY + k);

/** A maximum of the module, -1 where it gives none, below our own. */
const limitOf = (max: number, own: number): number => (max < 0 ? own : Math.min(max, own));

const pairOf = (n: number): [number, number] => [n | 0, Math.floor(n / 2 ** 32)];

function setWords(view: DataView, at: number, words: readonly number[]): void {
  words.forEach((word, k) => view.setInt32(at + 4 * k, word, true));
}

function bytesAt(view: DataView, at: number, count: number, code: number): Uint8Array {
  if (at + count > view.byteLength) fail(code);
  return new Uint8Array(view.buffer, view.byteOffset + at, count);
}
