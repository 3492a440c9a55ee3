// The C runtime by itself: memories, tables, globals, linking, segments, every library call.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXTERN, LIBCALLS, PAGE, REPLY, REQUEST, TABLE_MAX, TRAP } from "../src/abi.ts";
import type { FrameReader, FrameWriter } from "../src/engine/frames.ts";
import type { Layout } from "../src/wasm/layout.ts";
import { EXTERNREF, FUNCREF, I32, I64, newFuncType } from "../src/wasm/types.ts";
import { assemble, globalGet, i32Const, newModule, refFunc } from "./handmade.ts";
import {
  everywhere,
  hostReturn,
  i32,
  kit,
  kitBytes,
  kitCode,
  linkKit,
  newFunc,
  none,
  request,
  result,
  toI32,
  trap,
  utf8,
} from "./runtime-kit.ts";
import { Session } from "./session.ts";
import type { Handle, Reply } from "./session.ts";

everywhere(({ machine, command }) => {
  let session: Session;
  const bytes = kitBytes(machine);
  beforeEach(() => {
    session = new Session(command);
  });
  afterEach(() => session.end());

  describe("objects", () => {
    it("grows a memory up to its maximum", async () => {
      const k = await linkKit(session, bytes);
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
      const k = await linkKit(session, bytes);
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
          machine,
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
      const k = await linkKit(session, bytes);
      session.onHost = (_, args) => hostReturn(args[0]!);
      const other = await session.link(bytes, [{ kind: EXTERN.func, id: k.id("callHost") }]);
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
        assemble(machine, m, () => []),
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
        const k = await linkKit(session, bytes);
        expect(await result(k.call("load", 100))).toBe(0);
        await k.call("fill", 0, 0xff, PAGE);
        expect(await result(k.call("grow", 1))).toBe(1);
        await session.ok(request(REQUEST.freeAll));
        expect((await k.call("add", 1, 2)).message).toBe(REPLY.error);
      }
    });

    it("runs with explicit bounds and does not mix them with guard pages", async () => {
      const explicit = assemble(machine, kit, kitCode(machine), { explicitBounds: true });
      const host = await newFunc(session, toI32);
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
          assemble(machine, user, () => []),
          [memory],
        ),
      ).rejects.toThrow(/guard pages/);
      await session.link(
        assemble(machine, user, () => [], { explicitBounds: true }),
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
          machine // the five arguments move up by one
            .newCode(layout)
            .enter(8)
            .move("a5", "a4")
            .move("a4", "a3")
            .move("a3", "a2")
            .move("a2", "a1")
            .move("a1", "a0")
            .library(n)
            .leave()
            .blob(),
        );
      const exports = await session.link(assemble(machine, m, write), []);
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
      expect(await traps("table_init", 2, 0, 0, 0, 1)).toBe(TRAP.segment);
    });

    it("times a call", async () => {
      const k = await linkKit(session, bytes);
      const frame = request(REQUEST.time)
        .u64(k.id("add"))
        .values([i32(1), i32(2)]);
      const reply: FrameReader = await session.ok(frame);
      expect(reply.u64()).toBeLessThan(1e9);
      expect(reply.values()).toEqual([i32(3)]);
    });
  });
});
