// The C runtime by itself, on artifacts with hand-written machine code: calls in both directions,
// traps and their traces, guard pages, stack exhaustion, growth, linking, the command line.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  EXTERN,
  LIBCALLS,
  PAGE,
  REPLY,
  REQUEST,
  TABLE_MAX,
  TRAP,
  TableObject,
} from "../src/abi.ts";
import { FrameWriter } from "../src/engine/frames.ts";
import type { FrameReader } from "../src/engine/frames.ts";
import type { Value } from "../src/engine/store.ts";
import type { Layout } from "../src/wasm/layout.ts";
import type { Module } from "../src/wasm/module.ts";
import { EXTERNREF, F32, F64, FUNCREF, I32, I64, V128, newFuncType } from "../src/wasm/types.ts";
import type { FuncType } from "../src/wasm/types.ts";
import { Code, assemble, globalGet, i32Const, newModule, refFunc } from "./handmade.ts";
import { Session } from "./session.ts";
import type { Handle, Reply } from "./session.ts";

const loader = new URL("../build/amd64/ingot-rt", import.meta.url).pathname;

const i32 = (n: number): Value => ({ type: I32, lo: n | 0, hi: 0 });
const none = { min: 0, max: -1, shared: false };
const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s);

// ---- a module with a bit of everything ---------------------------------------------------------

const toI32 = newFuncType([I32], [I32]);
const types = [
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

const kit: Module = newModule({
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

// The frames keep rsp 16-aligned at calls: 8 bytes, or a push and a multiple of 16.
function kitCode(layout: Layout) {
  const code = (): Code => new Code(layout);
  const open = "48 83 ec 08"; // sub rsp, 8
  const close = "48 83 c4 08 c3"; // add rsp, 8; ret
  const saveBase = "4c 89 3c 24"; // mov [rsp], r15
  const loadBase = "4c 8b 3c 24";
  const recursion = (frame: string): Code =>
    code().hex(`53 48 81 ec ${frame}`).call(6).hex(`48 81 c4 ${frame} 5b c3`);
  return [
    code().hex("8d 04 37 c3").blob(0), // lea eax, [rdi+rsi]
    code() // lea rax, [slot]; call; add eax, 1
      .hex(`${open} ${saveBase}`)
      .field("49 8d 87", layout.imports[0]!)
      .callRef()
      .hex(`${loadBase} 83 c0 01 ${close}`)
      .blob(8),
    code().site("access").hex("41 8b 04 3f c3").blob(0), // mov eax, [r15+rdi]
    code().hex(open).trap("unreachable").blob(8),
    code().hex(open).call(4).hex(close).blob(8),
    recursion("20 00 00 00").blob(0x28),
    code().hex(`${open} 89 fa 31 f6`).library(0).hex(close).blob(8), // edx = edi; esi = 0
    code() // rax = table[rdi]; edi = esi
      .hex(`${open} ${saveBase}`)
      .field("49 8b 87", layout.tables[0]! + TableObject.base)
      .hex("48 8b 04 f8 89 f7")
      .callRef()
      .hex(`${loadBase} ${close}`)
      .blob(8),
    code() // r8d = edx; ecx = esi; edx = edi; esi = 0
      .hex(`${open} 41 89 d0 89 f1 89 fa 31 f6`)
      .library(1)
      .hex(close)
      .blob(8),
    code().hex("55 53 41 54 48 81 ec 00 40 03 00").call(10).blob(0x34018), // 208 KiB a frame
    code().trap("stack").blob(0x408), // as if the check for a frame so large had failed
  ];
}

const kitBytes = assemble(kit, kitCode, { name: (f) => (f === 4 ? "" : names[f]!) });

// ---- helpers -----------------------------------------------------------------------------------

let session: Session;
beforeEach(() => {
  session = new Session(loader);
});
afterEach(() => session.end());

async function newFunc(type: FuncType, number = 0): Promise<Handle> {
  const bytes = (ts: readonly number[]): string => String.fromCharCode(...ts);
  const frame = new FrameWriter(REQUEST.newFunc).u32(number).text(type.key);
  frame.text(bytes(type.params)).text(bytes(type.results));
  return { kind: EXTERN.func, id: (await session.ok(frame)).u64() };
}

interface Kit {
  call(name: string, ...args: number[]): Promise<Reply>;
  id(name: string): number;
}

async function linkKit(): Promise<Kit> {
  const exports = await session.link(kitBytes, [await newFunc(toI32)]);
  const id = (name: string): number => exports.get(name)!.id;
  return { id, call: (name, ...args) => session.invoke(id(name), args.map(i32)) };
}

async function result(reply: Promise<Reply>): Promise<number> {
  const { message, read } = await reply;
  expect(message).toBe(REPLY.ok);
  expect(read.u32()).toBe(1);
  const value = read.value();
  expect(value.hi).toBe(0);
  return value.lo;
}

interface TrapReply {
  readonly code: number;
  readonly frames: { func: number; source: number; name: string }[];
}

async function trap(reply: Promise<Reply>): Promise<TrapReply> {
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

const request = (message: number): FrameWriter => new FrameWriter(message);
const hostReturn = (...values: Value[]): Promise<FrameWriter> =>
  Promise.resolve(request(REQUEST.hostReturn).values(values));

// ---- control mode ------------------------------------------------------------------------------

describe("calls", () => {
  it("returns the result of a function", async () => {
    const k = await linkKit();
    expect(await result(k.call("add", 2, 3))).toBe(5);
    expect(await result(k.call("add", -1, -1))).toBe(-2);
  });

  it("refuses arguments of other types and handles that are none", async () => {
    const k = await linkKit();
    expect((await session.invoke(k.id("add"), [i32(1)])).message).toBe(REPLY.error);
    const wrong = [i32(1), { type: I64, lo: 1, hi: 0 }];
    expect((await session.invoke(k.id("add"), wrong)).message).toBe(REPLY.error);
    for (const handle of [0, 1, 8, 4096, k.id("add") + 8, k.id("memory"), 2 ** 46]) {
      expect((await session.invoke(handle, [])).message).toBe(REPLY.error);
    }
    expect(await result(k.call("add", 2, 3))).toBe(5);
  });

  it("calls the host and goes on", async () => {
    const k = await linkKit();
    session.onHost = (_, args) => hostReturn(i32(args[0]!.lo * 2));
    expect(await result(k.call("callHost", 20))).toBe(41);
    expect(await result(k.call("h", 20))).toBe(40);
  });

  it("lets the host call the guest meanwhile, to any depth", async () => {
    const k = await linkKit();
    session.onHost = async (_, [n]) => {
      if (n!.lo === 0) return hostReturn(i32(0));
      const inner = await result(k.call("callHost", n!.lo - 1));
      return hostReturn(i32(await result(k.call("add", inner, 1))));
    };
    expect(await result(k.call("callHost", 50))).toBe(101);
  });

  it("ends endless recursion through the host with a trap", async () => {
    const k = await linkKit();
    let code = -1;
    session.onHost = async () => {
      const reply = await session.invoke(k.id("callHost"), [i32(0)]);
      if (reply.message === REPLY.trap) code = reply.read.u32();
      return request(REQUEST.hostTrap).text("enough");
    };
    expect((await k.call("callHost", 1)).message).toBe(REPLY.hostError);
    expect(code).toBe(TRAP.stack);
    expect(await result(k.call("add", 2, 3))).toBe(5);
  });

  it("goes on after a trap in a nested call", async () => {
    const k = await linkKit();
    session.onHost = async () => {
      const { code, frames } = await trap(k.call("outer"));
      expect(code).toBe(TRAP.unreachable);
      expect(frames.map((f) => f.func)).toEqual([4, 5]);
      return hostReturn(i32(6));
    };
    expect(await result(k.call("callHost", 1))).toBe(7);
  });

  it("unwinds the guest when the host fails", async () => {
    const k = await linkKit();
    session.onHost = () => Promise.resolve(request(REQUEST.hostTrap).text("not today"));
    const { message, read } = await k.call("callHost", 1);
    expect(message).toBe(REPLY.hostError);
    expect(read.text()).toBe("not today");
    session.onHost = () => hostReturn();
    expect((await k.call("callHost", 1)).message).toBe(REPLY.hostError);
    expect(await result(k.call("add", 2, 3))).toBe(5);
  });

  it("passes many values of all types both ways", async () => {
    const all = [I64, F64, I32, F32, V128, EXTERNREF];
    const list = Array.from({ length: 60 }, (_, k) => all[k % all.length]!);
    const type = newFuncType(list, [...list].reverse());
    const value = (t: number, k: number): Value => {
      const wide = t !== I32 && t !== F32;
      const base = { type: t, lo: 1000 + k, hi: wide ? ~k : 0 };
      return t === V128 ? { ...base, w2: k * k, w3: ~k } : base;
    };
    const args = list.map(value);
    const func = await newFunc(type, 7);
    session.onHost = (number, given) => {
      expect(number).toBe(7);
      expect(given).toEqual(args);
      return hostReturn(...[...given].reverse());
    };
    const { message, read } = await session.invoke(func.id, args);
    expect(message).toBe(REPLY.ok);
    expect(read.values()).toEqual([...args].reverse());
  });

  it("puts stack arguments and results where the convention says", async () => {
    const nine = Array.from({ length: 9 }, () => I64);
    const m = newModule({
      types: [newFuncType(nine, nine), newFuncType([F32, F64, V128], [V128, F64, F32])],
      funcs: [0, 1],
      exports: [
        { name: "ints", kind: "func", index: 0, offset: 0 },
        { name: "floats", kind: "func", index: 1, offset: 0 },
      ],
    });
    const write = (layout: Layout) => [
      new Code(layout)
        .hex("4c 8b 54 24 08 4c 89 54 24 18 4c 8b 54 24 10 4c 89 54 24 20") // 7, 8: stack to stack
        .hex("49 89 c2 48 89 f8 4c 89 c7 4d 89 c8 4d 89 d1") // r10=rax rax=rdi rdi=r8 r8=r9 r9=r10
        .hex("49 89 f2 48 89 ce 48 89 d1 4c 89 d2 c2 10 00") // r10=rsi rsi=rcx rcx=rdx rdx=r10
        .blob(0),
      new Code(layout).hex("0f 28 d8 0f 28 c2 0f 28 d3 c3").blob(0), // xmm0 <-> xmm2
    ];
    const exports = await session.link(assemble(m, write), []);
    const ints = nine.map((type, k) => ({ type, lo: k + 1, hi: ~k }));
    const reply = await session.invoke(exports.get("ints")!.id, ints);
    expect(reply.read.values()).toEqual(ints);
    const v = { type: V128, lo: 1, hi: 2, w2: 3, w3: 4 };
    const [f, d] = [
      { type: F32, lo: 0x7fa00001, hi: 0 },
      { type: F64, lo: 5, hi: 0x7ff00000 },
    ];
    const swapped = await session.invoke(exports.get("floats")!.id, [f, d, v]);
    expect(swapped.read.values()).toEqual([v, d, f]);
  });
});

describe("traps", () => {
  it("names the functions and places of an explicit trap", async () => {
    const k = await linkKit();
    const { code, frames } = await trap(k.call("outer"));
    expect(code).toBe(TRAP.unreachable);
    expect(frames).toEqual([
      { func: 4, source: 0x100, name: "" },
      { func: 5, source: 0x100, name: "outer" },
    ]);
    expect(await result(k.call("add", 2, 3))).toBe(5);
  });

  it("turns an access beyond the memory into a trap, up to its last byte", async () => {
    const k = await linkKit();
    expect(await result(k.call("load", 16))).toBe(0x6c6c6568);
    expect(await result(k.call("load", PAGE - 4))).toBe(0);
    for (const at of [PAGE - 3, PAGE, -4, -1]) {
      const { code, frames } = await trap(k.call("load", at));
      expect(code).toBe(TRAP.memory);
      expect(frames).toEqual([{ func: 3, source: 0x100, name: "load" }]);
    }
  });

  it("traps at a null function reference", async () => {
    const k = await linkKit();
    session.onHost = (_, args) => hostReturn(args[0]!);
    expect(await result(k.call("through", 0, 7))).toBe(8);
    expect(await result(k.call("through", 1, 16))).toBe(0x6c6c6568);
    expect(await result(k.call("through", 2, 7))).toBe(7);
    const { code, frames } = await trap(k.call("through", 3, 7));
    expect(code).toBe(TRAP.null);
    expect(frames.map((f) => f.name)).toEqual(["through"]);
  });

  it("traps inside library calls, at the caller's place", async () => {
    const k = await linkKit();
    expect((await k.call("fill", 100, 0x41, 4)).message).toBe(REPLY.ok);
    expect(await result(k.call("load", 100))).toBe(0x41414141);
    const { code, frames } = await trap(k.call("fill", PAGE - 1, 0, 2));
    expect(code).toBe(TRAP.memory);
    expect(frames).toEqual([{ func: 9, source: 0x100, name: "fill" }]);
  });

  it("ends at every kind of stack exhaustion, again and again", async () => {
    const k = await linkKit();
    for (let round = 0; round < 3; round++) {
      for (const name of ["recurse", "deep"]) {
        const { code, frames } = await trap(k.call(name));
        expect(code).toBe(TRAP.stack);
        expect(new Set(frames.map((f) => f.name))).toEqual(new Set([name]));
        expect(frames.length).toBe(name === "recurse" ? 64 : 5);
      }
    }
    const { code, frames } = await trap(k.call("huge"));
    expect(code).toBe(TRAP.stack);
    expect(frames.map((f) => f.name)).toEqual(["huge"]);
  });

  it("finds its way back from a fault at any word of the stack", async () => {
    const frames = [0x10, 0x20, 0x30, 0x40, 0x60, 0xf0, 0x150];
    const m = newModule({
      types: [newFuncType([], [])],
      funcs: frames.map(() => 0),
      exports: frames.map((_, index) => ({ name: `f${index}`, kind: "func", index, offset: 0 })),
    });
    const write = (layout: Layout) =>
      frames.map((n, k) =>
        new Code(layout)
          .hex("53 55 41 54 48 81 ec")
          .word(n)
          .hex("48 83 ec 20 48 89 04 24") // outgoing arguments
          .call(k, 0x20)
          .blob(n + 0x18),
      );
    const exports = await session.link(assemble(m, write), []);
    for (let k = 0; k < frames.length; k++) {
      const found = await trap(session.invoke(exports.get(`f${k}`)!.id, []));
      expect(found.code).toBe(TRAP.stack);
      expect(found.frames.length).toBe(64);
    }
  });

  it("finds its way back when a library call runs out of stack", async () => {
    const frames = [0x10, 0x30, 0x50, 0x70, 0x90, 0x1f0];
    const m = newModule({
      types: [newFuncType([], [])],
      funcs: frames.map(() => 0),
      memories: [{ limits: { min: 1, max: 2, shared: false } }],
      exports: frames.map((_, index) => ({ name: `f${index}`, kind: "func", index, offset: 0 })),
    });
    const write = (layout: Layout) =>
      frames.map((n, k) =>
        new Code(layout)
          .hex("53 48 81 ec")
          .word(n)
          .hex("31 f6 31 d2") // memory_grow(0, 0)
          .library(0)
          .call(k)
          .blob(n + 8),
      );
    const exports = await session.link(assemble(m, write), []);
    for (let k = 0; k < frames.length; k++) {
      const found = await trap(session.invoke(exports.get(`f${k}`)!.id, []));
      expect(found.code).toBe(TRAP.stack);
      expect(found.frames.length).toBe(64);
      expect(found.frames.every((f) => f.func === k)).toBe(true);
    }
  });
});

describe("objects", () => {
  it("grows a memory up to its maximum", async () => {
    const k = await linkKit();
    expect(await result(k.call("grow", 1))).toBe(1);
    expect(await result(k.call("load", 2 * PAGE - 4))).toBe(0);
    expect(await result(k.call("grow", 2))).toBe(-1);
    expect(await result(k.call("grow", -1))).toBe(-1);
    expect(await result(k.call("grow", 1))).toBe(2);
    expect(await result(k.call("grow", 0))).toBe(3);
    const size = await session.ok(request(REQUEST.memorySize).u64(k.id("memory")));
    expect(size.u64()).toBe(3 * PAGE);
  });

  it("reads and writes memories, globals and tables", async () => {
    const k = await linkKit();
    const memory = k.id("memory");
    const read = (at: number, n: number): FrameWriter =>
      request(REQUEST.memoryRead).u64(memory).u64(at).u32(n);
    expect((await session.ok(read(16, 5))).rest()).toEqual(utf8("hello"));
    const write = request(REQUEST.memoryWrite)
      .u64(memory)
      .u64(PAGE - 2)
      .u32(2);
    await session.ok(write.raw(Uint8Array.of(1, 2)));
    expect((await session.ok(read(PAGE - 2, 2))).rest()).toEqual(Uint8Array.of(1, 2));
    expect((await session.request(read(PAGE - 1, 2))).message).toBe(REPLY.error);
    expect((await session.request(read(-1, 2))).message).toBe(REPLY.error);

    const g = k.id("g");
    expect((await session.ok(request(REQUEST.globalGet).u64(g))).value()).toEqual(i32(42));
    await session.ok(request(REQUEST.globalSet).u64(g).value(i32(-5)));
    expect((await session.ok(request(REQUEST.globalGet).u64(g))).value()).toEqual(i32(-5));

    const table = k.id("table");
    const entry = (n: number): FrameWriter => request(REQUEST.tableGet).u64(table).u32(n);
    expect((await session.ok(request(REQUEST.tableSize).u64(table))).u32()).toBe(4);
    const first = (await session.ok(entry(0))).value();
    expect(first.lo + first.hi * 2 ** 32).toBeCloseTo(k.id("callHost"), -33);
    await session.ok(request(REQUEST.tableSet).u64(table).u32(3).value(first));
    expect((await session.ok(entry(3))).value()).toEqual(first);
    const noise = { type: FUNCREF, lo: 64, hi: 0 };
    const bad = request(REQUEST.tableSet).u64(table).u32(3).value(noise);
    expect((await session.request(bad)).message).toBe(REPLY.error);
    expect((await session.request(entry(4))).message).toBe(REPLY.error);
  });

  it("makes memories, tables and globals, and links them", async () => {
    const object = async (kind: number, frame: FrameWriter): Promise<Handle> => ({
      kind,
      id: (await session.ok(frame)).u64(),
    });
    const memory = await object(EXTERN.memory, request(REQUEST.newMemory).u32(1).u64(2));
    const ref = { type: EXTERNREF, lo: 9, hi: 0 };
    const newTable = request(REQUEST.newTable).u8(EXTERNREF).u32(10).u64(-1).value(ref);
    const table = await object(EXTERN.table, newTable);
    const newGlobal = request(REQUEST.newGlobal).u8(I32).u8(0).value(i32(8));
    const global = await object(EXTERN.global, newGlobal);
    const imports = (["memory", "table", "global"] as const).map((kind) => ({
      module: "a",
      name: kind,
      kind,
      index: 0,
      offset: 0,
    }));
    const m = (min: number, max: number, type = I32, mutable = false): Uint8Array => {
      const at = type === I32 && !mutable ? globalGet(0) : i32Const(0);
      return assemble(
        newModule({
          imports,
          importedMemories: 1,
          importedTables: 1,
          importedGlobals: 1,
          memories: [{ limits: { min, max, shared: false } }],
          tables: [{ elem: EXTERNREF, limits: none }],
          globals: [
            { type, mutable },
            { type: I32, mutable: false },
          ],
          globalInits: [at],
          datas: [{ mode: "active", memory: 0, start: at, bytes: utf8("x"), offset: 0 }],
          exports: [
            { name: "copy", kind: "global", index: 1, offset: 0 },
            { name: "memory", kind: "memory", index: 0, offset: 0 },
          ],
        }),
        () => [],
      );
    };
    const given = [memory, table, global];
    const exports = await session.link(m(1, 3), given);
    expect(exports.get("memory")).toEqual(memory);
    const copy = await session.ok(request(REQUEST.globalGet).u64(exports.get("copy")!.id));
    expect(copy.value()).toEqual(i32(8));
    const byte = request(REQUEST.memoryRead).u64(memory.id).u64(8).u32(1);
    expect((await session.ok(byte)).rest()).toEqual(utf8("x"));
    const mismatch = /^incompatible import type/;
    await expect(session.link(m(2, 3), given)).rejects.toThrow(mismatch);
    await expect(session.link(m(1, 1), given)).rejects.toThrow(mismatch);
    await expect(session.link(m(1, 3, I32, true), given)).rejects.toThrow(mismatch);
    await expect(session.link(m(1, 3, I64), given)).rejects.toThrow(mismatch);
    await expect(session.link(m(1, 3), [table, memory, global])).rejects.toThrow(mismatch);
    const missing = [memory, { kind: EXTERN.table, id: 0 }, global];
    await expect(session.link(m(1, 3), missing)).rejects.toThrow(/^unknown import/);
  });

  it("calls another instance through its reference", async () => {
    const k = await linkKit();
    session.onHost = (_, args) => hostReturn(args[0]!);
    const other = await session.link(kitBytes, [{ kind: EXTERN.func, id: k.id("callHost") }]);
    const through = (n: number): Promise<Reply> =>
      session.invoke(other.get("through")!.id, [i32(n), i32(16)]);
    await session.ok(
      request(REQUEST.memoryWrite).u64(k.id("memory")).u64(16).u32(4).raw(utf8("abcd")),
    );
    expect(await result(through(0))).toBe(18);
    expect(await result(through(1))).toBe(0x6c6c6568);
    const load = { type: FUNCREF, lo: k.id("load") | 0, hi: Math.floor(k.id("load") / 2 ** 32) };
    const lo = Number(BigInt.asIntN(32, BigInt(k.id("load"))));
    const set = request(REQUEST.tableSet).u64(other.get("table")!.id).u32(3);
    await session.ok(set.value({ ...load, lo }));
    expect(await result(through(3))).toBe(0x64636261);
    expect(await result(through(1))).toBe(0x6c6c6568);
  });

  it("traps in segments that are out of bounds, keeping what came before", async () => {
    const memory = (await session.ok(request(REQUEST.newMemory).u32(1).u64(1))).u64();
    const m = newModule({
      imports: [{ module: "a", name: "m", kind: "memory", index: 0, offset: 0 }],
      importedMemories: 1,
      memories: [{ limits: { min: 1, max: -1, shared: false } }],
      datas: [0, PAGE - 1].map((at) => ({
        mode: "active" as const,
        memory: 0,
        start: i32Const(at),
        bytes: utf8("ab"),
        offset: 0,
      })),
    });
    const linking = session.link(
      assemble(m, () => []),
      [{ kind: EXTERN.memory, id: memory }],
    );
    await expect(linking).rejects.toThrow(`trap ${TRAP.memory}`);
    const read = request(REQUEST.memoryRead).u64(memory);
    expect((await session.ok(read.u64(0).u32(2))).rest()).toEqual(utf8("ab"));
  });

  it("refuses what it cannot hold, and starts afresh", async () => {
    const table = request(REQUEST.newTable)
      .u8(EXTERNREF)
      .u32(TABLE_MAX + 1)
      .u64(-1);
    const refused = await session.request(table.value({ type: EXTERNREF, lo: 0, hi: 0 }));
    expect(refused.message).toBe(REPLY.error);
    for (let round = 0; round < 30; round++) {
      const k = await linkKit();
      expect(await result(k.call("load", 100))).toBe(0);
      await k.call("fill", 0, 0xff, PAGE);
      expect(await result(k.call("grow", 1))).toBe(1);
      await session.ok(request(REQUEST.freeAll));
      expect((await k.call("add", 1, 2)).message).toBe(REPLY.error);
    }
  });

  it("runs with explicit bounds and does not mix them with guard pages", async () => {
    const explicit = assemble(kit, kitCode, { explicitBounds: true });
    const host = await newFunc(toI32);
    const exports = await session.link(explicit, [host]);
    expect(await result(session.invoke(exports.get("load")!.id, [i32(16)]))).toBe(0x6c6c6568);
    const user = newModule({
      imports: [{ module: "a", name: "m", kind: "memory", index: 0, offset: 0 }],
      importedMemories: 1,
      memories: [{ limits: { min: 1, max: 3, shared: false } }],
    });
    const memory = exports.get("memory")!;
    await expect(
      session.link(
        assemble(user, () => []),
        [memory],
      ),
    ).rejects.toThrow(/guard pages/);
    await session.link(
      assemble(user, () => [], { explicitBounds: true }),
      [memory],
    );
  });

  it("has every library call", async () => {
    const five = newFuncType([I32, I32, I32, I32, I32], [I32]);
    const table = (elem: number, min: number, max: number) => ({
      elem,
      limits: { min, max, shared: false },
    });
    const m = newModule({
      types: [five],
      funcs: LIBCALLS.map(() => 0),
      memories: [{ limits: { min: 1, max: 2, shared: false } }],
      tables: [table(EXTERNREF, 10, 12), table(EXTERNREF, 5, -1), table(FUNCREF, 4, 4)],
      elems: [
        {
          mode: "passive",
          type: FUNCREF,
          table: 0,
          start: undefined,
          items: [0, 1].map(refFunc),
          offset: 0,
        },
      ],
      datas: [{ mode: "passive", memory: 0, start: undefined, bytes: utf8("abcdef"), offset: 0 }],
      exports: [
        ...LIBCALLS.map(([name], index) => ({ name, kind: "func" as const, index, offset: 0 })),
        ...[0, 1, 2].map((index) => ({
          name: `t${index}`,
          kind: "table" as const,
          index,
          offset: 0,
        })),
        { name: "memory", kind: "memory", index: 0, offset: 0 },
      ],
    });
    const write = (layout: Layout) =>
      LIBCALLS.map((_, n) =>
        new Code(layout) // the five arguments move up by one
          .hex("48 83 ec 08 45 89 c1 41 89 c8 89 d1 89 f2 89 fe")
          .library(n)
          .hex("48 83 c4 08 c3")
          .blob(8),
      );
    const exports = await session.link(assemble(m, write), []);
    const id = (name: string): number => exports.get(name)!.id;
    const call = async (name: string, ...args: number[]): Promise<number> => {
      while (args.length < 5) args.push(0);
      return result(session.invoke(id(name), args.map(i32)));
    };
    const traps = async (name: string, ...args: number[]): Promise<number> => {
      while (args.length < 5) args.push(0);
      return (await trap(session.invoke(id(name), args.map(i32)))).code;
    };
    const memory = async (at: number, n: number): Promise<string> => {
      const frame = request(REQUEST.memoryRead).u64(id("memory")).u64(at).u32(n);
      return new TextDecoder().decode((await session.ok(frame)).rest());
    };
    const entries = async (t: string, at: number, n: number): Promise<number[]> => {
      const list: number[] = [];
      for (let k = at; k < at + n; k++) {
        const frame = request(REQUEST.tableGet).u64(id(t)).u32(k);
        list.push((await session.ok(frame)).value().lo);
      }
      return list;
    };

    await call("memory_init", 0, 0, 100, 1, 4);
    await call("memory_fill", 0, 104, 0x158, 3);
    expect(await memory(100, 8)).toBe("bcdeXXX\0");
    await call("memory_copy", 0, 0, 102, 100, 5);
    expect(await memory(100, 8)).toBe("bcbcdeX\0");
    expect(await traps("memory_init", 0, 0, 0, 3, 4)).toBe(TRAP.memory);
    expect(await traps("memory_init", 0, 0, PAGE - 1, 0, 2)).toBe(TRAP.memory);
    expect(await traps("memory_fill", 0, PAGE, 0, 1)).toBe(TRAP.memory);
    expect(await traps("memory_copy", 0, 0, -1, 0, 2)).toBe(TRAP.memory);
    expect(await traps("memory_copy", 0, 0, 0, PAGE - 1, 2)).toBe(TRAP.memory);
    await call("memory_fill", 0, PAGE, 0, 0);
    await call("data_drop", 0);
    await call("memory_init", 0, 0, 0, 0, 0);
    expect(await traps("memory_init", 0, 0, 0, 0, 1)).toBe(TRAP.memory);

    expect(await call("table_grow", 0, 7, 2)).toBe(10);
    expect(await call("table_grow", 0, 7, 1)).toBe(-1);
    expect(await call("table_grow", 1, 9, 1000)).toBe(5);
    expect(await call("table_grow", 1, 9, -1)).toBe(-1);
    expect(await entries("t0", 8, 4)).toEqual([0, 0, 7, 7]);
    expect(await entries("t1", 1000, 5)).toEqual([9, 9, 9, 9, 9]);
    await call("table_fill", 0, 3, 5, 2);
    await call("table_copy", 0, 0, 4, 3, 3);
    expect(await entries("t0", 2, 6)).toEqual([0, 5, 5, 5, 0, 0]);
    await call("table_copy", 1, 0, 0, 2, 3);
    expect(await entries("t1", 0, 4)).toEqual([0, 5, 5, 0]);
    expect(await traps("table_fill", 0, 11, 5, 2)).toBe(TRAP.table);
    expect(await traps("table_copy", 0, 1, 0, 1004, 2)).toBe(TRAP.table);
    await call("table_init", 2, 0, 1, 0, 2);
    const [none0, first, second] = await entries("t2", 0, 3);
    expect(none0).toBe(0);
    expect([first, second].map((lo) => lo! >>> 0)).toEqual(
      ["memory_grow", "memory_fill"].map((name) => id(name) % 2 ** 32),
    );
    expect(await traps("table_init", 2, 0, 3, 0, 2)).toBe(TRAP.table);
    await call("elem_drop", 0);
    expect(await traps("table_init", 2, 0, 0, 0, 1)).toBe(TRAP.table);
  });

  it("times a call", async () => {
    const k = await linkKit();
    const frame = request(REQUEST.time)
      .u64(k.id("add"))
      .values([i32(1), i32(2)]);
    const reply: FrameReader = await session.ok(frame);
    expect(reply.u64()).toBeLessThan(1e9);
    expect(reply.values()).toEqual([i32(3)]);
  });
});

// ---- hostile artifacts -------------------------------------------------------------------------

describe("artifacts", () => {
  const errorOf = async (bytes: Uint8Array): Promise<string> => {
    const { message, read } = await session.load(bytes);
    return message === REPLY.error ? read.text() : "";
  };

  it("says in one sentence what is wrong", async () => {
    const changed = (at: number, byte: number): Uint8Array => {
      const copy = kitBytes.slice();
      copy[at] = byte;
      return copy;
    };
    expect(await errorOf(utf8("hello"))).toMatch(/^not an ingot artifact/);
    expect(await errorOf(kitBytes.subarray(0, 1000))).toMatch(/^truncated/);
    expect(await errorOf(changed(64 + 8, 99))).toMatch(/another version of ingot \(format 99/);
    expect(await errorOf(changed(64 + 12, 2))).toMatch(/^made for arm64/);
    expect(await errorOf(changed(64 + 12, 9))).toMatch(/^made for an unknown machine/);
    expect(await errorOf(changed(64 + 17, 1))).toMatch(/^needs CPU features .* lacks: unknown/);
    expect(await errorOf(changed(0x20000, 1))).toMatch(/does not match its hash/);
    expect(await errorOf(kitBytes)).toBe("");
  });

  it("notices every flipped bit", async () => {
    for (let at = 0; at < kitBytes.length; at += at < 400 || at > 130_000 ? 3 : 1999) {
      const copy = kitBytes.slice();
      copy[at]! ^= 1 << (at % 8);
      expect(await errorOf(copy)).not.toBe("");
    }
  });

  it("refuses every truncation", async () => {
    const cuts = [
      ...Array(400).keys(),
      ...Array.from({ length: 400 }, (_, k) => kitBytes.length - 1 - k),
    ];
    for (let at = 400; at < kitBytes.length - 400; at += 997) cuts.push(at);
    for (const at of cuts) expect(await errorOf(kitBytes.subarray(0, at))).not.toBe("");
  });

  it("survives random bytes in the structure without the hash's help", async () => {
    await session.end();
    session = new Session(loader, ["--no-hash"]);
    let seed = 12345;
    const random = (n: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return Math.floor((seed / 0x80000000) * n);
    };
    const text = 2 * 65536; // header and code come first; nothing to check in code
    let refused = 0;
    for (let round = 0; round < 3000; round++) {
      const copy = kitBytes.slice();
      const flips = 1 + random(3);
      for (let k = 0; k < flips; k++) {
        const at = random(8) === 0 ? random(64 + 104) : text + random(copy.length - text);
        copy[at] = random(2) === 0 ? copy[at]! ^ (1 << random(8)) : random(256);
      }
      const host = await newFunc(toI32);
      const { message, read } = await session.load(copy);
      if (message === REPLY.error) {
        expect(read.text()).toMatch(/^[a-z].*[^.]$/);
        refused++;
        continue;
      }
      expect(message).toBe(REPLY.ok);
      const made = await session.instantiate(read.u32(), [host]);
      if (made.message === REPLY.ok) await session.exports(made.read.u32());
      await session.ok(request(REQUEST.freeAll));
    }
    expect(refused).toBeGreaterThan(1000);
  });

  it("survives requests that make no sense", async () => {
    const k = await linkKit();
    for (let message = 0; message < 64; message++) {
      if (message === REQUEST.quit || message === REQUEST.freeAll) continue;
      for (const size of [0, 1, 4, 9, 40]) {
        const frame = request(message).raw(new Uint8Array(size).fill(message * 37 + size));
        const reply = await session.request(frame);
        expect([REPLY.ok, REPLY.error]).toContain(reply.message);
      }
    }
    expect(await result(k.call("add", 2, 3))).toBe(5);
  });
});

// ---- the command line --------------------------------------------------------------------------

describe("ingot-rt", () => {
  const dir = mkdtempSync(join(tmpdir(), "ingot-rt-"));
  afterAll(() => rmSync(dir, { recursive: true }));

  const run = (...args: string[]): { status: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(loader, args, { encoding: "utf8" });
    return { status, out: stdout, err: stderr };
  };
  const file = (name: string, bytes: Uint8Array): string => {
    const path = join(dir, name);
    writeFileSync(path, bytes);
    return path;
  };
  const plain = newModule({
    types: [...types, newFuncType([F64, F32, I64, I32], [F64, F32, I64, I32])],
    funcs: [1, 1, 4, 0],
    memories: [{ limits: { min: 1, max: 1, shared: false } }],
    exports: ["_start", "outer", "echo", "add"].map((name, index) => ({
      name,
      kind: "func" as const,
      index,
      offset: 0,
    })),
  });
  const plainBytes = assemble(
    plain,
    (layout) => [
      new Code(layout)
        .hex("48 83 ec 08")
        .site("access")
        .hex("41 c7 87 00 00 01 00 00 00 00 00")
        .blob(8),
      new Code(layout).hex("48 83 ec 08").call(0).blob(8),
      new Code(layout).hex("48 89 f8 48 89 f2 c3").blob(0),
      new Code(layout).hex("8d 04 37 c3").blob(0),
    ],
    { name: (f) => ["_start", "outer\u001b", "echo", "add"][f]! },
  );

  it("prints a trap with its stack and exits 134", () => {
    const path = file("plain.cwasm", plainBytes);
    const started = run(path);
    expect(started.status).toBe(134);
    expect(started.err).toBe(
      "ingot: trap: out of bounds memory access\n  at _start (wasm-function[0]:0x100)\n",
    );
    const invoked = run("--invoke", "outer", path);
    expect(invoked.status).toBe(134);
    expect(invoked.err.split("\n")).toContain("  at outer? (wasm-function[1]:0x100)");
  });

  it("invokes an export with arguments", () => {
    const path = file("plain.cwasm", plainBytes);
    expect(run("--invoke", "add", path, "0xffffffff", "-2").out).toBe("-3\n");
    const echo = (...args: string[]): string => run("--invoke", "echo", path, ...args).out;
    const numbers: [string, string][] = [
      ["0.1", "0.1"],
      ["-0", "-0"],
      ["1e21", "1e+21"],
      ["123456789012345680000", "123456789012345680000"],
      ["1e-7", "1e-7"],
      ["0.000001", "0.000001"],
      ["5e-324", "5e-324"],
      ["1.7976931348623157e308", "1.7976931348623157e+308"],
      ["2e308", "inf"],
      ["-inf", "-inf"],
      ["nan", "nan"],
      ["0x1.8p3", "12"],
      ["9007199254740993", "9007199254740992"],
      ["2.2250738585072011e-308", "2.225073858507201e-308"],
      [".5", "0.5"],
      ["100.", "100"],
      ["0.3", "0.3"],
    ];
    for (const [input, output] of numbers) {
      expect(echo(input, "0.1", "-9223372036854775808", "7")).toBe(
        `${output}\n0.1\n-9223372036854775808\n7\n`,
      );
    }
    for (let k = 0; k < 60; k++) {
      const x = new Float64Array(
        Uint32Array.of(Math.imul(k, 0x9e3779b1), Math.imul(k + 7, 0x45d9f3b)).buffer,
      )[0]!;
      if (!Number.isFinite(x) || x === 0) continue;
      const f = Math.fround(x);
      const [double, single] = echo(String(x), String(x), "0", "0").split("\n");
      expect(double).toBe(String(x));
      if (Number.isFinite(f)) expect(Math.fround(Number(single))).toBe(f);
    }
  });

  it("runs a program that writes and exits", () => {
    const wasi = (name: string, index: number) => ({
      module: "wasi_snapshot_preview1",
      name,
      kind: "func" as const,
      index,
      offset: 0,
    });
    const four = newFuncType([I32, I32, I32, I32], [I32]);
    const m = newModule({
      types: [four, newFuncType([I32], []), newFuncType([], [])],
      imports: [wasi("fd_write", 0), wasi("proc_exit", 1)],
      importedFuncs: 2,
      funcs: [0, 1, 2],
      memories: [{ limits: { min: 1, max: 1, shared: false } }],
      datas: [
        {
          mode: "active",
          memory: 0,
          start: i32Const(0),
          bytes: Uint8Array.of(8, 0, 0, 0, 6, 0, 0, 0, ...utf8("hello\n")),
          offset: 0,
        },
      ],
      exports: [
        { name: "_start", kind: "func", index: 2, offset: 0 },
        { name: "memory", kind: "memory", index: 0, offset: 0 },
      ],
    });
    const write = (layout: Layout) => [
      new Code(layout) // fd_write(1, 0, 1, 64); proc_exit(263)
        .hex("48 83 ec 08 4c 89 3c 24")
        .hex("bf 01 00 00 00 31 f6 ba 01 00 00 00 b9 40 00 00 00")
        .field("49 8d 87", layout.imports[0]!)
        .callRef()
        .hex("4c 8b 3c 24 bf 07 01 00 00")
        .field("49 8d 87", layout.imports[1]!)
        .callRef()
        .hex("cc")
        .blob(8),
    ];
    const path = file("hello.cwasm", assemble(m, write));
    expect(run(path)).toEqual({ status: 7, out: "hello\n", err: "" });
    expect(run("--stack", "64M", path).status).toBe(7);
    expect(run("--stack", "64K", path).status).toBe(7);
  });

  it("explains wrong usage with exit code 2, unusable files with 1", () => {
    const path = file("plain.cwasm", plainBytes);
    const cases: [number, RegExp, string[]][] = [
      [2, /which file\?/, []],
      [2, /unknown option --what/, ["--what"]],
      [2, /--dir needs a value/, ["--dir"]],
      [2, /--env needs NAME=VALUE/, ["--env", "x", path]],
      [2, /--stack needs a size/, ["--stack", "1G", path]],
      [2, /no such file/, [join(dir, "none.cwasm")]],
      [2, /directory ".*nowhere" cannot be opened/, ["--dir", join(dir, "nowhere"), path]],
      [2, /exports no function "nothing"/, ["--invoke", "nothing", path]],
      [2, /add takes 2 arguments, not 1/, ["--invoke", "add", path, "1"]],
      [2, /argument 2, "1x", is not/, ["--invoke", "add", path, "1", "1x"]],
      [1, /not a file/, [dir]],
      [1, /not an ingot artifact/, [file("empty", new Uint8Array())]],
      [1, /unknown import: "env" "h"/, [file("kit.cwasm", kitBytes)]],
    ];
    for (const [status, message, args] of cases) {
      const { status: code, err } = run(...args);
      expect(err).toMatch(message);
      expect(err.startsWith("ingot: ")).toBe(true);
      expect(code).toBe(status);
    }
    expect(run("--check-only", path)).toEqual({ status: 0, out: "", err: "" });
    expect(run("--check-only", file("cut", plainBytes.subarray(0, 5000))).status).toBe(1);
  });
});
