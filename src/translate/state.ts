// Operators that touch the state of an instance: memories, globals, tables, references, calls. What
// they become is arithmetic on the instance record (src/abi.ts), plain loads and stores with a
// class that says what may change them, explicit trap checks, and library calls for what loops.
//
// Addresses. Memory 0 of our own lies at the pinned register: its accesses keep the i32 address.
// Any other memory has an ordinary base: the address becomes a ptr. Without guard pages (bounds:
// "explicit") an access is preceded by trapif(address + offset + size > bytes). With them, one that
// fails whatever the address is does so without being tried: no access ends beyond RESERVE.

import { ImportSlot, LIBCALLS, MemoryObject, TRAP, TableObject } from "../abi.ts";
import type { LibcallName } from "../abi.ts";
import type { Func, Value } from "../ir/func.ts";
import { ACCESS_GUARD, CLASS, IR, WIDTH, WIDTH_BYTES, accessOf } from "../ir/ops.ts";
import { I32, I64, NONE, PTR, REF, TYPE_SIZE } from "../ir/types.ts";
import type { Type } from "../ir/types.ts";
import type { Values } from "../opt/values.ts";
import { Unsupported } from "../support/errors.ts";
import { OP, OPS } from "../wasm/ops.ts";
import type { Immediates } from "../wasm/sink.ts";
import type { Env } from "./env.ts";
import { irType, ownsMemory } from "./env.ts";

const libcallNumber = new Map<string, number>(LIBCALLS.map(([name], i) => [name, i]));

const FULL_FIXED = accessOf(WIDTH.full, CLASS.fixed, 0);
const FULL_SIZE = accessOf(WIDTH.full, CLASS.size, 0);
const FULL_TABLE = accessOf(WIDTH.full, CLASS.table, 0);
const FULL_GLOBAL = accessOf(WIDTH.full, CLASS.global, 0);

export class State {
  /** Results of the last `op`. */
  results = new Int32Array(16);
  private readonly env: Env;
  private readonly f: Func;
  private readonly v: Values;
  private readonly owned: boolean;

  constructor(env: Env, f: Func, values: Values) {
    this.env = env;
    this.f = f;
    this.v = values;
    this.owned = ownsMemory(env.module);
  }

  // Memories --------------------------------------------------------------------------------------

  /** The MemoryObject of a memory: [pointer, offset]; the offset is left in `at`. */
  private object(slot: number, imported: boolean): Value {
    if (!imported) {
      this.at = slot;
      return this.v.inst();
    }
    this.at = 0;
    return this.v.load(PTR, this.v.inst(), slot, FULL_FIXED);
  }
  private at = 0;

  private memoryObject(memory: number): Value {
    const { layout, module } = this.env;
    return this.object(layout.memories[memory]!, memory < module.importedMemories);
  }

  /** An address that a load or store of `bytes` bytes at `offset` may use, checked if need be. */
  private address(index: Value, offset: number, memory: number, bytes: number): Value {
    const { v } = this;
    if (this.env.bounds === "explicit") {
      const object = this.memoryObject(memory);
      const limit = v.load(I64, object, this.at + MemoryObject.bytes, FULL_SIZE);
      const reach = offset + bytes;
      const wide = v.i64(reach | 0, Math.floor(reach / 2 ** 32));
      const end = v.binary(IR.add, I64, v.unary(IR.extu, I64, index), wide);
      v.trapIf(v.binary(IR.gtu, I32, end, limit), TRAP.memory);
    } else if (offset + bytes > 2 ** 32) {
      v.trapIf(v.i32(1), TRAP.memory);
    }
    if (memory === 0 && this.owned) return index;
    const object = this.memoryObject(memory);
    const base = v.load(PTR, object, this.at + MemoryObject.base, FULL_FIXED);
    return v.binary(IR.add, PTR, base, v.unary(IR.extu, I64, index));
  }

  private access(width: number): number {
    const guard = this.env.bounds === "guard" ? ACCESS_GUARD : 0;
    return accessOf(width, CLASS.memory, guard);
  }

  /** A memory load; `offset` u32, `width` a WIDTH. */
  load(index: Value, offset: number, memory: number, ty: Type, width: number): Value {
    const bytes = WIDTH_BYTES[width]! || TYPE_SIZE[ty]!;
    const address = this.address(index, offset, memory, bytes);
    return this.v.load(ty, address, offset, this.access(width));
  }

  store(i: Value, value: Value, offset: number, memory: number, ty: Type, width: number): void {
    const bytes = WIDTH_BYTES[width]! || TYPE_SIZE[ty]!;
    const address = this.address(i, offset, memory, bytes);
    this.v.store(address, value, offset, this.access(width));
  }

  // Everything else -------------------------------------------------------------------------------

  /** How many operands `op` pops. */
  pops(op: number, imm: Immediates): number {
    const { module } = this.env;
    switch (op) {
      case OP["call"]:
        return module.types[module.funcs[imm.a]!]!.params.length;
      case OP["call_indirect"]:
        return module.types[imm.a]!.params.length + 1;
      default: {
        const { sig } = OPS[op]!;
        return sig.indexOf(":");
      }
    }
  }

  /** Translates `op` with operands stack[base ..]; returns the number of results in `results`. */
  op(op: number, imm: Immediates, stack: Int32Array, base: number): number {
    const a = stack[base]!;
    const b = stack[base + 1]!;
    switch (op) {
      case OP["global.get"]:
        return this.one(this.globalGet(imm.a));
      case OP["global.set"]:
        return this.globalSet(imm.a, a);
      case OP["memory.size"]: {
        const object = this.memoryObject(imm.a);
        return this.one(this.v.load(I32, object, this.at + MemoryObject.pages, FULL_SIZE));
      }
      case OP["memory.grow"]:
        return this.libcall("memory_grow", I32, imm.a, -1, stack, base, 1);
      case OP["memory.fill"]:
        return this.libcall("memory_fill", NONE, imm.a, -1, stack, base, 3);
      case OP["memory.copy"]:
        return this.libcall("memory_copy", NONE, imm.a, imm.b, stack, base, 3);
      case OP["memory.init"]:
        return this.libcall("memory_init", NONE, imm.b, imm.a, stack, base, 3);
      case OP["data.drop"]:
        return this.libcall("data_drop", NONE, imm.a, -1, stack, base, 0);
      case OP["table.get"]:
        return this.one(this.v.load(REF, this.entry(imm.a, a), 0, FULL_TABLE));
      case OP["table.set"]:
        this.v.store(this.entry(imm.a, a), b, 0, FULL_TABLE);
        return 0;
      case OP["table.size"]:
        return this.one(this.tableSize(imm.a));
      case OP["table.grow"]:
        return this.tableGrow(imm.a, a, b);
      case OP["table.fill"]:
        return this.libcall("table_fill", NONE, imm.a, -1, stack, base, 3);
      case OP["table.copy"]:
        return this.libcall("table_copy", NONE, imm.a, imm.b, stack, base, 3);
      case OP["table.init"]:
        return this.libcall("table_init", NONE, imm.b, imm.a, stack, base, 3);
      case OP["elem.drop"]:
        return this.libcall("elem_drop", NONE, imm.a, -1, stack, base, 0);
      case OP["ref.null"]:
        return this.one(this.v.zero(irType(imm.type)));
      case OP["ref.func"]:
        return this.one(this.funcRef(imm.a));
      case OP["call"]:
        return this.call(imm.a, stack, base);
      case OP["call_indirect"]:
        return this.callIndirect(imm.a, imm.b, stack, base);
      default:
        throw this.unsupported(op, imm);
    }
  }

  private unsupported(op: number, imm: Immediates): Unsupported {
    const { name, feature } = OPS[op]!;
    const why = `${name} needs the feature ${feature}, which native code does not have yet`;
    return new Unsupported(why, imm.offset, this.f.index);
  }

  private one(v: Value): number {
    this.results[0] = v;
    return 1;
  }

  // Globals ---------------------------------------------------------------------------------------

  private globalCell(index: number): Value {
    const { layout, module } = this.env;
    return this.object(layout.globals[index]!, index < module.importedGlobals);
  }

  private globalGet(index: number): Value {
    const { module } = this.env;
    const { type, mutable } = module.globals[index]!;
    const cell = this.globalCell(index);
    return this.v.load(irType(type), cell, this.at, mutable ? FULL_GLOBAL : FULL_FIXED);
  }

  private globalSet(index: number, value: Value): number {
    const cell = this.globalCell(index);
    this.v.store(cell, value, this.at, FULL_GLOBAL);
    return 0;
  }

  // Tables ----------------------------------------------------------------------------------------

  private tableObject(table: number): Value {
    const { layout, module } = this.env;
    return this.object(layout.tables[table]!, table < module.importedTables);
  }

  /** Number of entries: a constant where the table is our own and cannot grow. */
  private tableSize(table: number): Value {
    const { fixedTables, module } = this.env;
    const fixed = fixedTables[table] !== 0;
    if (fixed && table >= module.importedTables) {
      return this.v.i32(module.tables[table]!.limits.min);
    }
    const object = this.tableObject(table);
    return this.v.load(I32, object, this.at + TableObject.size, fixed ? FULL_FIXED : FULL_SIZE);
  }

  /** Address of entry `index`, after the bounds check that traps with `code`. */
  private entry(table: number, index: Value, code: number = TRAP.table): Value {
    const { v } = this;
    v.trapIf(v.binary(IR.geu, I32, index, this.tableSize(table)), code);
    const object = this.tableObject(table);
    const base = v.load(PTR, object, this.at + TableObject.base, FULL_FIXED);
    const scaled = v.binary(IR.shl, I64, v.unary(IR.extu, I64, index), v.i64(3, 0));
    return v.binary(IR.add, PTR, base, scaled);
  }

  private tableGrow(table: number, value: Value, count: Value): number {
    const list = this.f.words(4);
    this.f.pool.set([3, this.v.i32(table), value, count], list);
    return this.one(this.v.call(IR.libcall, I32, libcallNumber.get("table_grow")!, list, 0));
  }

  // Calls -----------------------------------------------------------------------------------------

  /** Calls a library function with one or two indices (second < 0: absent) before the operands. */
  private libcall(
    name: LibcallName,
    ty: Type,
    first: number,
    second: number,
    stack: Int32Array,
    base: number,
    count: number,
  ): number {
    const indices = second < 0 ? 1 : 2;
    const one = this.v.i32(first);
    const two = second < 0 ? 0 : this.v.i32(second);
    const list = this.f.words(1 + indices + count);
    const { pool } = this.f;
    pool[list] = indices + count;
    pool[list + 1] = one;
    if (second >= 0) pool[list + 2] = two;
    for (let k = 0; k < count; k++) pool[list + 1 + indices + k] = stack[base + k]!;
    const value = this.v.call(IR.libcall, ty, libcallNumber.get(name)!, list, 0);
    return ty === NONE ? 0 : this.one(value);
  }

  private funcRef(index: number): Value {
    const { layout, module } = this.env;
    const { v } = this;
    if (index < module.importedFuncs) {
      return v.load(REF, v.inst(), layout.imports[index]! + ImportSlot.ref, FULL_FIXED);
    }
    return v.binary(IR.add, REF, v.inst(), v.i64(layout.refs[index]!, 0));
  }

  private arguments(stack: Int32Array, base: number, count: number): number {
    const list = this.f.words(1 + count);
    this.f.pool[list] = count;
    for (let k = 0; k < count; k++) this.f.pool[list + 1 + k] = stack[base + k]!;
    return list;
  }

  private call(index: number, stack: Int32Array, base: number): number {
    const { layout, module } = this.env;
    const type = module.funcs[index]!;
    const list = this.arguments(stack, base, module.types[type]!.params.length);
    if (index < module.importedFuncs) {
      return this.finish(IR.callslot, type, layout.imports[index]!, list);
    }
    return this.finish(IR.call, type, index, list);
  }

  private callIndirect(type: number, table: number, stack: Int32Array, base: number): number {
    const { v } = this;
    const count = this.env.module.types[type]!.params.length;
    const index = stack[base + count]!;
    const ref = v.load(REF, this.entry(table, index, TRAP.element), 0, FULL_TABLE);
    v.sigCheck(ref, this.env.sigs[type]! | 0);
    const list = this.arguments(stack, base, count);
    return this.finish(IR.callref, type, ref, list);
  }

  /** Emits the call and its `result` instructions. */
  private finish(op: number, type: number, a: number, list: number): number {
    const { results } = this.env.types[type]!;
    const count = results.length;
    if (count > this.results.length) this.results = new Int32Array(count * 2);
    const call = this.v.call(op, results[0] ?? NONE, a, list, op === IR.call ? 0 : type);
    if (count > 0) this.results[0] = call;
    for (let k = 1; k < count; k++) this.results[k] = this.v.result(results[k]!, call, k);
    return count;
  }
}
