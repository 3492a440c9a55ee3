// Names for people: the "name" custom section, read when someone asks. It is advice, so nothing
// here throws: a subsection that is broken, out of place or out of range is dropped, and what was
// read before it stays.

import { ByteReader } from "../support/bytes.ts";
import type { Module, Names } from "./module.ts";

const MODULE = 0;
const FUNCTIONS = 1;
const LOCALS = 2;

interface Found {
  module: string | undefined;
  readonly funcs: Map<number, string>;
  readonly locals: Map<number, ReadonlyMap<number, string>>;
}

/** Decodes the name section; every part is empty where there is none. */
export function decodeNames(m: Module): Names {
  const found: Found = { module: undefined, funcs: new Map(), locals: new Map() };
  for (const section of m.customs) {
    if (section.name === "name") readSection(section.bytes, m.funcs.length, found);
  }
  return found;
}

function readSection(bytes: Uint8Array, funcs: number, found: Found): void {
  const r = new ByteReader(bytes);
  try {
    while (r.pos < r.end) {
      const id = r.u8();
      const part = new ByteReader(r.take(r.u32()));
      readPart(part, id, funcs, found);
    }
  } catch {
    // What follows a broken length cannot be found.
  }
}

function readPart(r: ByteReader, id: number, funcs: number, found: Found): void {
  try {
    if (id === MODULE) found.module = r.name();
    else if (id === FUNCTIONS) readMap(r, found.funcs, funcs);
    else if (id === LOCALS) readLocals(r, funcs, found);
  } catch {
    // The entries up to the broken one are good.
  }
}

function readMap(r: ByteReader, into: Map<number, string>, limit: number): void {
  const count = r.u32();
  for (let i = 0; i < count; i++) {
    const index = r.u32();
    const name = r.name();
    if (index < limit && !into.has(index)) into.set(index, name);
  }
}

function readLocals(r: ByteReader, funcs: number, found: Found): void {
  const count = r.u32();
  for (let i = 0; i < count; i++) {
    const func = r.u32();
    const names = new Map<number, string>();
    if (func < funcs && !found.locals.has(func)) found.locals.set(func, names);
    readMap(r, names, 0xffff_ffff);
  }
}

const namesOf = new WeakMap<Module, Names>();

/** The names of a module, decoded once. */
export function moduleNames(m: Module): Names {
  let names = namesOf.get(m);
  if (names === undefined) namesOf.set(m, (names = decodeNames(m)));
  return names;
}

const displayOf = new WeakMap<Module, Map<number, string>>();

/** What to call a function: its name, else its first export, else its import, else `func N`. */
export function funcName(m: Module, func: number): string {
  let display = displayOf.get(m);
  if (display === undefined) displayOf.set(m, (display = displayNames(m)));
  return display.get(func) ?? `func ${func}`;
}

function displayNames(m: Module): Map<number, string> {
  const display = new Map<number, string>();
  const offer = (func: number, name: string): void => {
    if (name !== "" && !display.has(func)) display.set(func, name);
  };
  moduleNames(m).funcs.forEach((name, func) => offer(func, name));
  for (const e of m.exports) if (e.kind === "func") offer(e.index, e.name);
  for (const e of m.imports) if (e.kind === "func") offer(e.index, `${e.module}.${e.name}`);
  return display;
}
