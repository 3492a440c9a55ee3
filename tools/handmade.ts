// Artifacts whose machine code is written by hand, so that the runtime can be tested by itself: no
// decoder, no compiler, only the layout, the linker and the writer. A Code collects the bytes of
// one function with its sites and relocations; what the tests want functions to do is said in a
// vocabulary that every machine spells out for itself (handmade-amd64.ts, handmade-arm64.ts).
// `newModule` fills in a Module's empty parts.

import { createHash } from "node:crypto";
import { Instance, MODEL, RELOC, SITE, TRAP, TRAPS } from "../src/abi.ts";
import type { TargetName, TrapName } from "../src/abi.ts";
import { writeArtifact } from "../src/object/artifact.ts";
import type { ArtifactParts } from "../src/object/artifact.ts";
import type { Blob } from "../src/object/blob.ts";
import { describeData, describeModule, describeNames } from "../src/object/describe.ts";
import { link } from "../src/object/link.ts";
import type { LinkTarget } from "../src/object/link.ts";
import { layoutRecord } from "../src/wasm/layout.ts";
import type { Layout } from "../src/wasm/layout.ts";
import type { ConstExpr, Module } from "../src/wasm/module.ts";
import { OP } from "../src/wasm/ops.ts";

/**
 * A register by its part in the convention: the arguments a0 to a5, the first result, a temporary
 * that no call uses, and the address of what callRef calls.
 */
export type Reg = "a0" | "a1" | "a2" | "a3" | "a4" | "a5" | "r0" | "t" | "ref";

/** One function: what it does, and sites where the runtime must know. */
export abstract class Code {
  protected readonly layout: Layout;
  /** FuncInfo.frame. */
  protected frame = 0;
  private readonly bytes: number[] = [];
  private readonly relocs: number[] = [];
  private readonly sites: number[] = [];
  private source = 0x100;

  constructor(layout: Layout) {
    this.layout = layout;
  }

  /** Bytes in hexadecimal. */
  hex(s: string): this {
    for (const byte of s.split(" ")) this.bytes.push(parseInt(byte, 16));
    return this;
  }

  word(n: number): this {
    this.bytes.push(n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >> 24) & 255);
    return this;
  }

  /** A site at this place: a return address, or the address of the instruction that follows. */
  site(kind: keyof typeof SITE, extra = 0): this {
    this.sites.push(this.bytes.length, this.source++, SITE[kind] | (extra << 8));
    return this;
  }

  /** Something to be patched at `back` bytes before this place. */
  protected reloc(kind: keyof typeof RELOC, symbol: number, back: number): this {
    this.relocs.push(this.bytes.length - back, RELOC[kind], symbol);
    return this;
  }

  /** The function as it stands; `frame` is what FuncInfo says if not the truth. */
  blob(frame = this.frame): Blob {
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

  protected stub(code: TrapName): number {
    return TRAP[code];
  }

  /** Prologue: keeps `saves` callee-saved registers, then room for `bytes`. */
  abstract enter(bytes: number, saves?: number): this;
  /** Epilogue of that, and return. */
  abstract leave(): this;
  /** Returns without a frame, removing stack arguments. */
  abstract ret(popped?: number): this;
  /** Room for outgoing stack arguments, of which the first is written. */
  abstract pass(bytes: number): this;
  /** Keeps R in the frame's first words, and brings it back. */
  abstract saveBase(): this;
  abstract loadBase(): this;

  abstract call(func: number, extra?: number): this;
  abstract trap(code: TrapName): this;
  /** The check of a frame that is too large has failed: no frame was made. */
  abstract noRoom(bytes: number): this;
  /** Calls an imported function through its slot. */
  abstract callImport(index: number): this;
  /** A call through the reference whose address is in ref. */
  abstract callRef(): this;
  /** A library call whose arguments after the first are in place. */
  abstract library(n: number): this;

  /** 32 bits, the upper half becomes zero. */
  abstract move(to: Reg, from: Reg): this;
  abstract constant(to: Reg, n: number): this;
  abstract add(to: Reg, a: Reg, b: Reg): this;
  /** 64 bits of the record. */
  abstract field(to: Reg, offset: number): this;
  /** 64 bits at from + 8 * index. */
  abstract entry(to: Reg, from: Reg, index: Reg): this;
  /** 32 bits of memory 0; a site. */
  abstract load(to: Reg, at: Reg): this;
  /** Writes a 32-bit zero to memory 0; a site. */
  abstract clear(at: number): this;

  /** Returns the register arguments, at most seven of the integers, as they came. */
  abstract echo(): this;
  /** Copies stack argument `k` to stack result `k`, of which the arguments take `area` bytes. */
  abstract copyStack(k: number, area: number): this;
  /** Exchanges the first and the third vector argument and returns. */
  abstract swapVectors(): this;
  /** Faults like no trap does. */
  abstract stop(): this;
}

/** A target as far as the runtime cares. */
export interface Machine {
  readonly target: TargetName;
  readonly link: LinkTarget;
  /** Integer arguments that travel in registers. */
  readonly ints: number;
  readonly newCode: (layout: Layout) => Code;
}

/** Where a trap stub reads the address of the trap entry, from R on. */
export const trapEntry = (distance: number): number => Instance.trap - distance;

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
  { target, link: linkTarget }: Pick<Machine, "target" | "link">,
  m: Module,
  write: (layout: Layout) => readonly Blob[],
  { cpu = 0, explicitBounds = false, name = () => "" }: Extras = {},
): Uint8Array {
  const layout = layoutRecord(m);
  const linked = link(linkTarget, write(layout), m.importedFuncs, layout.distance);
  if (TRAPS.length * linkTarget.stubSize > linked.text.length) throw new Error("no stubs");
  const parts: ArtifactParts = {
    target,
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
  };
  return writeArtifact(parts, (bytes) => createHash("sha256").update(bytes).digest());
}
