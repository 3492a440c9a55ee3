// What the tests of the runtime share: the machines whose loader can run here, a module with a bit
// of everything whose code is written by hand, and the ways of asking a session about it.

import { describe, expect } from "vitest";
import { EXTERN, REPLY, REQUEST, TableObject } from "../src/abi.ts";
import { findLoader } from "../src/cli/loader.ts";
import { FrameWriter } from "../src/engine/frames.ts";
import type { Value } from "../src/engine/store.ts";
import type { Layout } from "../src/wasm/layout.ts";
import type { Module } from "../src/wasm/module.ts";
import { FUNCREF, I32, newFuncType } from "../src/wasm/types.ts";
import type { FuncType } from "../src/wasm/types.ts";
import { amd64 } from "./handmade-amd64.ts";
import { arm64 } from "./handmade-arm64.ts";
import { assemble, i32Const, newModule, refFunc } from "./handmade.ts";
import type { Code, Machine } from "./handmade.ts";
import type { Handle, Reply, Session } from "./session.ts";

export interface Place {
  readonly machine: Machine;
  /** Starts its loader. */
  readonly command: readonly string[];
  /** How many times fewer cases a test with many of them takes: emulated, everything is slow. */
  readonly fewer: number;
}

/** Runs tests for every machine; those that cannot run here are skipped, by the reason. */
export function everywhere(tests: (place: Place) => void, machines = [amd64, arm64]): void {
  for (const machine of machines) {
    const { command = [], missing = "" } = findLoader(machine.target);
    const name = missing === "" ? machine.target : `${machine.target} (${missing})`;
    const fewer = command.length > 1 ? 8 : 1;
    describe.skipIf(missing !== "")(name, () => tests({ machine, command, fewer }));
  }
}

export const i32 = (n: number): Value => ({ type: I32, lo: n | 0, hi: 0 });
export const none = { min: 0, max: -1, shared: false };
export const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s);

// ---- a module with a bit of everything ---------------------------------------------------------

export const toI32 = newFuncType([I32], [I32]);
export const types = [
  newFuncType([I32, I32], [I32]),
  newFuncType([], []),
  toI32,
  newFuncType([I32, I32, I32], []),
];

const names = [
  "h",
  "add",
  "callHost",
  "load",
  "dies",
  "outer",
  "recurse",
  "grow",
  "through",
  "fill",
  "deep",
  "huge",
];
const funcTypes = [2, 0, 2, 2, 1, 1, 1, 2, 0, 3, 1, 1];

export const kit: Module = newModule({
  types,
  imports: [{ module: "env", name: "h", kind: "func", index: 0, offset: 0 }],
  importedFuncs: 1,
  funcs: funcTypes,
  tables: [{ elem: FUNCREF, limits: { min: 4, max: -1, shared: false } }],
  memories: [{ limits: { min: 1, max: 3, shared: false } }],
  globals: [{ type: I32, mutable: true }],
  globalInits: [i32Const(42)],
  elems: [
    {
      mode: "active",
      type: FUNCREF,
      table: 0,
      start: i32Const(0),
      items: [refFunc(2), refFunc(3), refFunc(0)],
      offset: 0,
    },
  ],
  datas: [{ mode: "active", memory: 0, start: i32Const(16), bytes: utf8("hello"), offset: 0 }],
  exports: [
    ...names.map((name, index) => ({ name, kind: "func" as const, index, offset: 0 })),
    { name: "memory", kind: "memory", index: 0, offset: 0 },
    { name: "table", kind: "table", index: 0, offset: 0 },
    { name: "g", kind: "global", index: 0, offset: 0 },
  ],
});

/** The functions of the kit; frames keep the stack aligned at calls, as the machine wants it. */
export const kitCode = (machine: Machine) => (layout: Layout) => {
  const code = (): Code => machine.newCode(layout);
  return [
    code().add("r0", "a0", "a1").ret(),
    code() // the host's answer plus 1
      .enter(24)
      .saveBase()
      .callImport(0)
      .loadBase()
      .constant("t", 1)
      .add("r0", "r0", "t")
      .leave(),
    code().load("r0", "a0").ret(),
    code().enter(8).trap("unreachable"),
    code().enter(8).call(4).leave(),
    code().enter(32, 1).call(6).leave(),
    code().enter(8).move("a2", "a0").constant("a1", 0).library(0).leave(),
    code() // calls what entry a0 of the table refers to with a1
      .enter(24)
      .saveBase()
      .field("ref", layout.tables[0]! + TableObject.base)
      .entry("ref", "ref", "a0")
      .move("a0", "a1")
      .callRef()
      .loadBase()
      .leave(),
    code()
      .enter(8)
      .move("a4", "a2")
      .move("a3", "a1")
      .move("a2", "a0")
      .constant("a1", 0)
      .library(1)
      .leave(),
    code().enter(0x34000, 3).call(10), // 208 KiB a frame
    code().noRoom(0x408),
  ].map((c) => c.blob());
};

export const kitBytes = (machine: Machine): Uint8Array =>
  assemble(machine, kit, kitCode(machine), { name: (f) => (f === 4 ? "" : names[f]!) });

// ---- sessions ----------------------------------------------------------------------------------

export async function newFunc(session: Session, type: FuncType, number = 0): Promise<Handle> {
  const bytes = (ts: readonly number[]): string => String.fromCharCode(...ts);
  const frame = new FrameWriter(REQUEST.newFunc).u32(number).text(type.key);
  frame.text(bytes(type.params)).text(bytes(type.results));
  return { kind: EXTERN.func, id: (await session.ok(frame)).u64() };
}

export interface Kit {
  call(name: string, ...args: number[]): Promise<Reply>;
  id(name: string): number;
}

/** Instantiates the kit with a new host function. */
export async function linkKit(session: Session, bytes: Uint8Array): Promise<Kit> {
  const exports = await session.link(bytes, [await newFunc(session, toI32)]);
  const id = (name: string): number => exports.get(name)!.id;
  return { id, call: (name, ...args) => session.invoke(id(name), args.map(i32)) };
}

/** The only result, an i32, of a call. */
export async function result(reply: Promise<Reply>): Promise<number> {
  const { message, read } = await reply;
  expect(message).toBe(REPLY.ok);
  expect(read.u32()).toBe(1);
  const value = read.value();
  expect(value.hi).toBe(0);
  return value.lo;
}

export interface TrapReply {
  readonly code: number;
  readonly frames: { func: number; source: number; name: string }[];
}

/** The trap that a call ended in. */
export async function trap(reply: Promise<Reply>): Promise<TrapReply> {
  const { message, read } = await reply;
  expect(message).toBe(REPLY.trap);
  const code = read.u32();
  const frames = Array.from({ length: read.u32() }, () => ({
    func: read.u32(),
    source: read.u32(),
    name: read.text(),
  }));
  return { code, frames };
}

export const request = (message: number): FrameWriter => new FrameWriter(message);
export const hostReturn = (...values: Value[]): Promise<FrameWriter> =>
  Promise.resolve(request(REQUEST.hostReturn).values(values));
