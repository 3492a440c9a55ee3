// What an artifact says about its module's imports and exports. In: the bytes of .ingot.module,
// which the runtime has checked. Out: lists in the module's order.

import {
  EXTERN,
  ExportInfo,
  GlobalInfo,
  ImportInfo,
  MemoryInfo,
  ModuleHeader,
  TableInfo,
  TypeInfo,
} from "../abi.ts";
import { bug } from "../support/errors.ts";
import { utf8Decode } from "../support/text.ts";
import type { FuncType, Limits } from "../wasm/types.ts";
import type { ExternType, NamedExport, NamedImport } from "./engine.ts";

export interface Manifest {
  readonly imports: readonly NamedImport[];
  readonly exports: readonly NamedExport[];
  /** Function index of each export that is a function, else -1. */
  readonly exportedFuncs: Int32Array;
}

/** The type that has this id; `make` parses it when it is new. */
export type InternType = (sig: number, make: () => FuncType) => FuncType;

class Reader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly strings: number;
  readonly types: readonly FuncType[];

  constructor(bytes: Uint8Array, intern: InternType) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.strings = this.u32(ModuleHeader.strings);
    this.types = Array.from({ length: this.count(ModuleHeader.types) }, (_, k) => {
      const at = this.row(ModuleHeader.types, TypeInfo.$size, k);
      const make = (): FuncType => ({
        params: [...this.slice(at + TypeInfo.params)],
        results: [...this.slice(at + TypeInfo.results)],
        key: this.text(at + TypeInfo.key),
      });
      return intern(this.u32(at + TypeInfo.sig), make);
    });
  }

  u32(at: number): number {
    return this.view.getUint32(at, true);
  }

  /** A 64-bit limit; -1 is none. */
  private limit(at: number): number {
    const high = this.u32(at + 4);
    return high === 0xffffffff ? -1 : this.u32(at) + high * 2 ** 32;
  }

  count(array: number): number {
    return this.u32(array + 4);
  }

  row(array: number, size: number, index: number): number {
    return this.u32(array) + size * index;
  }

  text(at: number): string {
    const from = this.strings + this.u32(at);
    return utf8Decode(this.bytes, from, from + this.u32(at + 4));
  }

  private slice(at: number): Uint8Array {
    const from = this.strings + this.u32(at);
    return this.bytes.subarray(from, from + this.u32(at + 4));
  }

  private limits(min: number, max: number): Limits {
    return { min: this.u32(min), max: this.limit(max), shared: false };
  }

  /** The type of an import or export. */
  extern(kind: number, index: number): ExternType {
    switch (kind) {
      case EXTERN.func: {
        const type = this.u32(this.row(ModuleHeader.funcTypes, 4, index));
        return { kind: "func", type: this.types[type]! };
      }
      case EXTERN.table: {
        const at = this.row(ModuleHeader.tables, TableInfo.$size, index);
        const limits = this.limits(at + TableInfo.min, at + TableInfo.max);
        return { kind: "table", type: { elem: this.u32(at + TableInfo.elem), limits } };
      }
      case EXTERN.memory: {
        const at = this.row(ModuleHeader.memories, MemoryInfo.$size, index);
        const limits = this.limits(at + MemoryInfo.min, at + MemoryInfo.max);
        return { kind: "memory", type: { limits } };
      }
      case EXTERN.global: {
        const at = this.row(ModuleHeader.globals, GlobalInfo.$size, index);
        const mutable = this.u32(at + GlobalInfo.mutable) !== 0;
        return { kind: "global", type: { type: this.u32(at + GlobalInfo.type), mutable } };
      }
      default:
        return bug(`an import or export of kind ${kind}`);
    }
  }
}

/** Reads the section; nothing of the result refers to `bytes`. */
export function readManifest(bytes: Uint8Array, intern: InternType): Manifest {
  const reader = new Reader(bytes, intern);
  const imports = Array.from({ length: reader.count(ModuleHeader.imports) }, (_, k) => {
    const at = reader.row(ModuleHeader.imports, ImportInfo.$size, k);
    const module = reader.text(at + ImportInfo.module);
    const name = reader.text(at + ImportInfo.name);
    const type = reader.extern(reader.u32(at + ImportInfo.kind), reader.u32(at + ImportInfo.index));
    return { module, name, ...type };
  });
  const count = reader.count(ModuleHeader.exports);
  const exportedFuncs = new Int32Array(count).fill(-1);
  const exports = Array.from({ length: count }, (_, k) => {
    const at = reader.row(ModuleHeader.exports, ExportInfo.$size, k);
    const index = reader.u32(at + ExportInfo.index);
    const type = reader.extern(reader.u32(at + ExportInfo.kind), index);
    if (type.kind === "func") exportedFuncs[k] = index;
    return { name: reader.text(at + ExportInfo.name), ...type };
  });
  return { imports, exports, exportedFuncs };
}
