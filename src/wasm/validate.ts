// Module-level validation: index ranges, limits, constant expressions, segments, export names, the
// start function, and the rules by which older standards are stricter. Function bodies are left to
// BodyWalker (walk.ts), with or without a sink that listens.
//
// The order of checks is that of the reference interpreter, as far as one module can break two
// rules and the test suite names one of them.

import { Invalid } from "../support/errors.ts";
import { newDialect } from "./dialect.ts";
import { needs } from "./features.ts";
import type { Feature, Features } from "./features.ts";
import { firstError } from "./form.ts";
import type { ConstExpr, DataSegment, ElemSegment, Export, Import, Module } from "./module.ts";
import { OP, OPS } from "./ops.ts";
import { F32, F64, FUNCREF, I32, I64, V128, typeName } from "./types.ts";
import type { Limits, ValType } from "./types.ts";
import { BodyWalker, nullSink } from "./walk.ts";

export { BodyWalker, nullSink };

const maxPages = 65_536;

/**
 * Checks everything outside of function bodies and, with `bodies`, those too. Throws Invalid (or
 * Malformed: a body is read here for the first time).
 */
export function validateModule(
  m: Module,
  features: Features,
  options: { readonly bodies: boolean },
): void {
  try {
    new Validator(m, features).check();
    if (!options.bodies) return;
    const walker = new BodyWalker(m, features);
    for (let i = 0; i < m.bodies.length; i++) walker.walk(m.importedFuncs + i, nullSink);
  } catch (error) {
    throw firstError(error, m, m.importedFuncs, newDialect(features));
  }
}

class Validator {
  private readonly m: Module;
  private readonly features: Features;

  constructor(m: Module, features: Features) {
    this.m = m;
    this.features = features;
  }

  check(): void {
    const { m } = this;
    this.types();
    m.funcs.forEach((type, i) => {
      if (type >= m.types.length) throw new Invalid(`unknown type ${type}`, -1, i);
    });
    m.imports.forEach((entry) => this.import(entry));
    m.globalInits.forEach((init, i) => {
      this.constExpr(init, m.globals[m.importedGlobals + i]!.type);
    });
    this.tables();
    this.memories();
    m.elems.forEach((elem) => this.elem(elem));
    m.datas.forEach((data) => this.data(data));
    this.start();
    this.exports();
  }

  private types(): void {
    if (this.features.has("multi-value")) return;
    for (const type of this.m.types) {
      if (type.results.length > 1)
        this.off("invalid result arity", "a second result", "multi-value");
    }
  }

  private off(words: string, what: string, feature: Feature, offset = -1): never {
    throw new Invalid(`${words}: ${needs(what, feature)}`, offset);
  }

  private import(entry: Import): void {
    const isMutable = entry.kind === "global" && this.m.globals[entry.index]!.mutable;
    if (isMutable && !this.features.has("mutable-globals")) {
      this.off("mutable globals cannot be imported", "this", "mutable-globals", entry.offset);
    }
  }

  private tables(): void {
    const { tables } = this.m;
    if (tables.length > 1 && !this.features.has("reference-types")) {
      this.off("multiple tables", "a second table", "reference-types");
    }
    for (const table of tables) this.limits(table.limits);
  }

  private memories(): void {
    const { memories } = this.m;
    if (memories.length > 1 && !this.features.has("multi-memory")) {
      this.off("multiple memories", "a second memory", "multi-memory");
    }
    for (const { limits } of memories) {
      if (limits.min > maxPages || limits.max > maxPages) {
        throw new Invalid("memory size must be at most 65536 pages (4GiB)");
      }
      this.limits(limits);
    }
  }

  private limits({ min, max }: Limits): void {
    if (max >= 0 && min > max) {
      throw new Invalid("size minimum must not be greater than maximum");
    }
  }

  private elem(elem: ElemSegment): void {
    const { m } = this;
    for (const item of elem.items) this.constExpr(item, elem.type);
    if (elem.mode !== "active") return;
    const table = m.tables[elem.table];
    if (table === undefined) throw new Invalid(`unknown table ${elem.table}`, elem.offset);
    if (table.elem !== elem.type) {
      const found = `expected ${typeName(table.elem)}, found ${typeName(elem.type)}`;
      throw new Invalid(`type mismatch in an element segment: ${found}`, elem.offset);
    }
    this.constExpr(elem.start!, I32);
  }

  private data(data: DataSegment): void {
    if (data.mode !== "active") return;
    if (data.memory >= this.m.memories.length) {
      throw new Invalid(`unknown memory ${data.memory}`, data.offset);
    }
    this.constExpr(data.start!, I32);
  }

  // Constant operators only, and together one value of the type.
  private constExpr(e: ConstExpr, want: ValType): void {
    const found: ValType[] = [];
    for (const { op, lo } of e.ops) found.push(this.constOp(op, lo >>> 0, e.offset));
    if (found.length === 1 && found[0] === want) return;
    const types = found.length === 0 ? "nothing" : found.map(typeName).join(" ");
    throw new Invalid(
      `type mismatch in a constant expression: expected ${typeName(want)}, found ${types}`,
      e.offset,
    );
  }

  private constOp(op: number, index: number, offset: number): ValType {
    switch (op) {
      case OP["i32.const"]:
        return I32;
      case OP["i64.const"]:
        return I64;
      case OP["f32.const"]:
        return F32;
      case OP["f64.const"]:
        return F64;
      case OP["v128.const"]:
        return V128;
      case OP["ref.null"]:
        return index;
      case OP["ref.func"]:
        if (index >= this.m.funcs.length) throw new Invalid(`unknown function ${index}`, offset);
        return FUNCREF;
      case OP["global.get"]:
        return this.constGlobal(index, offset);
      default:
        throw new Invalid(`constant expression required${whyNot(op)}`, offset);
    }
  }

  // Only imported globals are known here, and only immutable ones are constant.
  private constGlobal(index: number, offset: number): ValType {
    const { m } = this;
    if (index >= m.globals.length) throw new Invalid(`unknown global ${index}`, offset);
    if (index >= m.importedGlobals) {
      this.off(`unknown global ${index}`, "a global of this module here", "gc", offset);
    }
    const global = m.globals[index]!;
    if (global.mutable) throw new Invalid("constant expression required, not mutable", offset);
    return global.type;
  }

  private start(): void {
    const { m } = this;
    if (m.start < 0) return;
    const typeIndex = m.funcs[m.start];
    if (typeIndex === undefined) throw new Invalid(`unknown function ${m.start}`);
    const type = m.types[typeIndex]!;
    if (type.params.length + type.results.length > 0) {
      throw new Invalid("start function must take and give nothing", -1, m.start);
    }
  }

  private exports(): void {
    const names = new Set<string>();
    for (const entry of this.m.exports) {
      this.export(entry);
      if (names.has(entry.name)) throw new Invalid("duplicate export name", entry.offset);
      names.add(entry.name);
    }
  }

  private export({ kind, index, offset }: Export): void {
    const { m } = this;
    const spaces = {
      func: ["function", m.funcs.length],
      table: ["table", m.tables.length],
      memory: ["memory", m.memories.length],
      global: ["global", m.globals.length],
    } as const;
    const [noun, count] = spaces[kind];
    if (index >= count) throw new Invalid(`unknown ${noun} ${index}`, offset);
    const isMutable = kind === "global" && m.globals[index]!.mutable;
    if (isMutable && !this.features.has("mutable-globals")) {
      this.off("mutable globals cannot be exported", "this", "mutable-globals", offset);
    }
  }
}

// Operators that extended-const made constant.
const extended = new Set([
  OP["i32.add"],
  OP["i32.sub"],
  OP["i32.mul"],
  OP["i64.add"],
  OP["i64.sub"],
  OP["i64.mul"],
]);

function whyNot(op: number): string {
  const { name } = OPS[op]!;
  return extended.has(op) ? `: ${needs(name, "extended-const")}` : `, not ${name}`;
}
