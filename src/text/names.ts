// The name section: identifiers of the module, of functions and of locals, for traces and dumps.
// In: identifiers as they are met. Out: a custom section, or nothing where nothing has a name.

import { ByteWriter } from "../support/bytes.ts";
import type { Space } from "./scope.ts";

type NameMap = readonly (readonly [index: number, name: string])[];

/** Entries of an index space in the order of their indices. */
const entries = (ids: ReadonlyMap<string, number>): NameMap =>
  [...ids].map(([name, index]) => [index, name] as const).sort((a, b) => a[0] - b[0]);

function writeMap(w: ByteWriter, map: NameMap): void {
  w.u32(map.length);
  for (const [index, name] of map) {
    w.u32(index);
    w.name(name);
  }
}

export class Names {
  private readonly module: string | undefined;
  /** Functions in ascending order, each with its named locals. */
  private readonly locals: { readonly func: number; readonly map: NameMap }[] = [];

  constructor(module: string | undefined) {
    this.module = module;
  }

  /** Notes the locals of a function; functions come in ascending order. */
  func(func: number, ids: ReadonlyMap<string, number>): void {
    if (ids.size > 0) this.locals.push({ func, map: entries(ids) });
  }

  /** Appends the section. */
  write(w: ByteWriter, funcs: Space): void {
    if (this.module === undefined && funcs.ids.size === 0 && this.locals.length === 0) return;
    w.u8(0);
    w.sized((s) => {
      s.name("name");
      this.writeModule(s);
      if (funcs.ids.size > 0) subsection(s, 1, (b) => writeMap(b, entries(funcs.ids)));
      if (this.locals.length > 0) subsection(s, 2, (b) => this.writeLocals(b));
    });
  }

  private writeModule(w: ByteWriter): void {
    const name = this.module;
    if (name !== undefined) subsection(w, 0, (b) => b.name(name));
  }

  private writeLocals(w: ByteWriter): void {
    w.u32(this.locals.length);
    for (const { func, map } of this.locals) {
      w.u32(func);
      writeMap(w, map);
    }
  }
}

function subsection(w: ByteWriter, id: number, write: (b: ByteWriter) => void): void {
  w.u8(id);
  w.sized(write);
}
