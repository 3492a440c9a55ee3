// Artifacts whose machine code is written by hand, so that the runtime can be tested by itself: no
// decoder, no compiler, only the layout, the linker and the writer. A Code collects the bytes of
// one amd64 function with its sites and relocations; `newModule` fills in a Module's empty parts.

import { Instance, MODEL, RELOC, SITE, TRAP, TRAPS } from "../src/abi.ts";
import type { TrapName } from "../src/abi.ts";
import { writeArtifact } from "../src/object/artifact.ts";
import type { Blob } from "../src/object/blob.ts";
import { describeData, describeModule, describeNames } from "../src/object/describe.ts";
import { link } from "../src/object/link.ts";
import type { LinkTarget } from "../src/object/link.ts";
import { layoutRecord } from "../src/wasm/layout.ts";
import type { Layout } from "../src/wasm/layout.ts";
import type { ConstExpr, Module } from "../src/wasm/module.ts";
import { OP } from "../src/wasm/ops.ts";

/** One function: bytes in hexadecimal, displacements, calls; sites where the runtime must know. */
export class Code {
  private readonly bytes: number[] = [];
  private readonly relocs: number[] = [];
  private readonly sites: number[] = [];
  private readonly layout: Layout;
  private source = 0x100;

  constructor(layout: Layout) {
    this.layout = layout;
  }

  hex(s: string): this {
    for (const byte of s.split(" ")) this.bytes.push(parseInt(byte, 16));
    return this;
  }

  word(n: number): this {
    this.bytes.push(n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >> 24) & 255);
    return this;
  }

  /** An instruction that ends in the displacement of a record field from R. */
  field(s: string, offset: number): this {
    return this.hex(s).word(offset - this.layout.distance);
  }

  /** A site at this place: a return address, or the address of the instruction that follows. */
  site(kind: keyof typeof SITE, extra = 0): this {
    this.sites.push(this.bytes.length, this.source++, SITE[kind] | (extra << 8));
    return this;
  }

  private reloc(kind: number, symbol: number): this {
    this.hex("e8");
    this.relocs.push(this.bytes.length, kind, symbol);
    return this.word(0);
  }

  call(func: number, extra = 0): this {
    return this.reloc(RELOC.call, func).site("call", extra);
  }

  trap(code: TrapName): this {
    return this.reloc(RELOC.stub, TRAP[code]).site("trap");
  }

  /** A call through the two words at [rax]: `mov r15, [rax+8]; call [rax]`. */
  callRef(): this {
    return this.site("ref").hex("4c 8b 78 08 ff 10").site("call");
  }

  /** A library call: `lea rdi, [I]; call [rdi + libcalls + 8*n]`. */
  library(n: number): this {
    this.hex("49 8d bf").word(-this.layout.distance);
    return this.hex("ff 97")
      .word(Instance.libcalls + 8 * n)
      .site("call");
  }

  blob(frame: number): Blob {
    return {
      bytes: Uint8Array.from(this.bytes),
      align: 16,
      relocs: Int32Array.from(this.relocs),
      sites: Int32Array.from(this.sites),
      frame,
      codeSize: this.bytes.length,
      cpu: 0,
    };
  }
}

const target: LinkTarget = {
  stubSize: 16,
  writeStub(out, code, distance) {
    const view = new DataView(out.buffer, out.byteOffset);
    out.set([0xb8, code, 0, 0, 0, 0x41, 0xff, 0xa7]);
    view.setInt32(8, Instance.trap - distance, true);
  },
  patch(text, at, to) {
    text.setInt32(at, to - (at + 4), true);
  },
  reach: 0x7fffffff,
  veneerSize: 0,
  writeVeneer() {
    throw new Error("nothing is too far");
  },
};

const empty: Module = {
  bytes: new Uint8Array(),
  types: [],
  imports: [],
  funcs: [],
  tables: [],
  memories: [],
  globals: [],
  importedFuncs: 0,
  importedTables: 0,
  importedMemories: 0,
  importedGlobals: 0,
  globalInits: [],
  exports: [],
  start: -1,
  elems: [],
  datas: [],
  dataCount: -1,
  bodies: [],
  customs: [],
  declared: new Uint8Array(),
};

export const newModule = (parts: Partial<Module>): Module => ({ ...empty, ...parts });

const expr = (op: number, lo: number): ConstExpr => ({ ops: [{ op, lo, hi: 0 }], offset: 0 });
export const i32Const = (value: number): ConstExpr => expr(OP["i32.const"], value);
export const refFunc = (index: number): ConstExpr => expr(OP["ref.func"], index);
export const globalGet = (index: number): ConstExpr => expr(OP["global.get"], index);

export interface Extras {
  readonly cpu?: number;
  readonly explicitBounds?: boolean;
  readonly name?: (func: number) => string;
}

/** The artifact of a module; `write` answers the code of its own functions. */
export function assemble(
  m: Module,
  write: (layout: Layout) => readonly Blob[],
  { cpu = 0, explicitBounds = false, name = () => "" }: Extras = {},
): Uint8Array {
  const layout = layoutRecord(m);
  const linked = link(target, write(layout), m.importedFuncs, layout.distance);
  if (TRAPS.length * target.stubSize > linked.text.length) throw new Error("no stubs");
  return writeArtifact({
    target: "amd64",
    cpu,
    model: explicitBounds ? MODEL.explicitBounds : MODEL.addressFacts,
    distance: layout.distance,
    recordSize: layout.size,
    wasm: m.bytes,
    embed: false,
    text: linked.text,
    funcs: linked.funcs,
    sites: linked.sites,
    module: describeModule(m, layout),
    data: describeData(m),
    names: describeNames(m.funcs.length, name),
    symbols: m.funcs.slice(m.importedFuncs).map((_, k) => `f${k}`),
  });
}
